//! The raw zone: what objects are called, what is in them, and who can read them.

use std::io::Read as _;
use std::path::Path;

use droplets::timestamp::Timestamp;
use droplets_tests::aws::{batch, gunzip};
use droplets_tests::shell::{command, succeed, which};
use droplets_tests::stack::needed;
use droplets_tests::{Stack, root, run, scratch};
use flate2::bufread::GzDecoder;
use serde_json::{Value, json};

use crate::shared;

const HOUR: &str = "raw/type=http/dt=2026-03-07/hr=05/";

/// Stores one batch of three sessions and gives the one object it becomes.
async fn stored(stack: &Stack) -> (String, Vec<u8>) {
    let event = |session: &str, second: u32, more: &str| {
        format!(
            r#"{{"session_id":"{session}","event_id":"e-{second}","timestamp":"2026-03-07T05:00:0{second}Z"{more}}}"#
        )
    };
    // Out of order, over three messages.
    let bodies = [
        event("raw-b", 4, ""),
        format!("[{},{},{}]", event("raw-c", 3, ""), event("raw-a", 2, ""), event("raw-b", 1, "")),
        event("raw-a", 5, r#","z":12345678901234567890,"a":1.0,"e":1e5,"n":-0,"t":"gr\u00fcn","o":{"y":1,"x":2}"#),
    ];
    let sent_at = Timestamp::parse_rfc3339("2026-03-07T06:00:00Z").unwrap();
    let payload = batch(sent_at, ["raw-1", "raw-2", "raw-3"].into_iter().zip(bodies.iter().map(String::as_str)));
    let invoked = stack.invoke("IngestFunctionName", &payload).await;
    assert_eq!(serde_json::from_slice::<Value>(&invoked.payload).unwrap()["batchItemFailures"], json!([]));
    let keys = stack.keys(HOUR).await;
    assert_eq!(keys.len(), 1, "one object for a batch's events of one type and hour, also when the batch comes again");
    let bytes = stack.object(&keys[0]).await;
    (keys[0].clone(), bytes)
}

pub fn an_object_is_a_member_for_each_session_under_a_name_made_of_its_bytes() {
    let stack = shared();
    let (key, bytes) = run(stored(stack));

    let name = key.strip_prefix(HOUR).unwrap();
    let digest = name.strip_prefix("batch_20260307T050001000Z_").and_then(|rest| rest.strip_suffix(".jsonl.gz"));
    let digest = digest.unwrap_or_else(|| panic!("{name}: named after its first event"));
    let sum = succeed(&mut command(which("sha256sum").expect("coreutils"), [""; 0]), &bytes, 10);
    assert_eq!(digest, &String::from_utf8_lossy(&sum)[..16], "{name}: named after its bytes");

    let members = members(&bytes);
    let identities: Vec<Vec<(String, String)>> = members
        .iter()
        .map(|member| {
            let event = |line| serde_json::from_str::<Value>(line).unwrap();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            member.lines().map(event).map(|event| (text(&event["session_id"]), text(&event["event_id"]))).collect()
        })
        .collect();
    let expected =
        [vec![("raw-a", "e-2"), ("raw-a", "e-5")], vec![("raw-b", "e-1"), ("raw-b", "e-4")], vec![("raw-c", "e-3")]];
    let expected =
        expected.map(|member| member.into_iter().map(|(s, e)| (s.to_owned(), e.to_owned())).collect::<Vec<_>>());
    assert_eq!(identities, expected, "a member for each session, in order");

    // Nothing depends on the clock of the run: the same batch again is the same object.
    let (again, same) = run(stored(stack));
    assert!(again == key && same == bytes);
}

pub fn what_is_no_ones_business_is_kept_to_the_byte() {
    let (_, bytes) = run(stored(shared()));
    let text = gunzip(&bytes);
    let line = text.lines().nth(1).unwrap();
    for kept in [r#""z":12345678901234567890,"a":1.0,"e":1e5,"n":-0,"#, r#""o":{"y":1,"x":2}"#] {
        assert!(line.contains(kept), "{kept} stands as sent in {line}");
    }
    let event: Value = serde_json::from_str(line).unwrap();
    assert_eq!(event["t"], "grün");
    assert!(line.starts_with(r#"{"_droplets":{"v":1,"#), "what ingest decided stands first");
    let decided = &event["_droplets"];
    for (field, value) in [
        ("session_id", "raw-a"),
        ("event_id", "e-5"),
        ("timestamp", "2026-03-07T05:00:05.000Z"),
        ("type", "http"),
        ("message_id", "raw-3"),
    ] {
        assert_eq!(decided[field], value);
    }
    assert_eq!((&decided["sent_at"], &decided["pii"]), (&json!("2026-03-07T06:00:00.000Z"), &json!({})));
}

/// The texts of the members, each of which must be a gzip file without a name and without a time.
fn members(bytes: &[u8]) -> Vec<String> {
    let mut rest = bytes;
    let mut members = Vec::new();
    while !rest.is_empty() {
        assert_eq!(rest[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "deflate, no flags, mtime 0");
        let mut decoder = GzDecoder::new(rest);
        let mut text = String::new();
        decoder.read_to_string(&mut text).expect("a member ends well");
        assert!(text.ends_with('\n'), "every line ends");
        members.push(text);
        rest = decoder.into_inner();
    }
    members
}

pub fn every_common_reader_reads_objects_in_full() {
    let (_, bytes) = run(stored(shared()));
    let stored = scratch().join("stored.jsonl.gz");
    std::fs::write(&stored, &bytes).expect("the scratch directory can be written to");
    for (file, lines) in [(stored, 5), (root().join("tests/fixtures/many-members.jsonl.gz"), 698)] {
        let bytes = std::fs::read(&file).expect("the file is there");
        let text = gunzip(&bytes);
        assert_eq!(text.lines().count(), lines);
        for (reader, output) in read_by_all(&file) {
            assert!(output == text.as_bytes(), "{reader} reads {} bytes of {}", output.len(), text.len());
        }
    }
}

/// What each reader makes of a file.
fn read_by_all(file: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let readers = root().join("tests/readers");
    let installed = |program: &str| which(program).unwrap_or_else(|| panic!("{program} is not on the PATH"));
    let python = needed(".tools/ministack/bin/python");
    let duckdb = root().join(".tools/readers/bin/python");
    assert!(duckdb.exists(), ".tools/readers is missing; `local/venv.sh readers` makes it, and so does `make test`");
    let mut all = vec![
        ("gzip -dc", command(installed("gzip"), ["-dc"])),
        ("zcat", command(installed("zcat"), [""; 0])),
        ("Python's gzip", command(python, [readers.join("read_gzip.py")])),
        ("DuckDB", command(duckdb, [readers.join("read_duckdb.py")])),
        ("Node's zlib", command(installed("node"), [readers.join("read_zlib.js")])),
    ];
    match which("java") {
        // A Java runtime without the compiler cannot run a source file.
        Some(java)
            if command(&java, ["--list-modules"])
                .output()
                .is_ok_and(|modules| String::from_utf8_lossy(&modules.stdout).contains("jdk.compiler@")) =>
        {
            all.push(("Java's GZIPInputStream", command(java, [readers.join("ReadGzip.java")])));
        }
        _ => println!("note: no Java development kit on the PATH, GZIPInputStream is not tried"),
    }
    all.into_iter().map(|(name, mut reader)| (name, succeed(reader.arg(file), b"", 60))).collect()
}
