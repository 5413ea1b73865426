//! `droplets strip` as people run it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Output, Stdio};

fn droplets(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_droplets"));
    command.args(args).env_remove("PII_HASH_KEY").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = droplets(args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // Who reads files only, or stops at an error, may be gone before all is written.
    let fed = feed.join().unwrap();
    assert!(fed.is_ok() || fed.is_err_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe));
    output
}

#[test]
fn one_line_out_for_one_line_in_in_the_same_order() {
    // More than a chunk, so that lines span two of them.
    let input: String = (0..20_000)
        .map(|n| match n % 4 {
            0 => format!("{{\"n\":{n}.0,\"email\":\"jane.doe{n}@example.com\"}}\n"),
            1 => "\n".to_owned(),
            2 => format!("line {n} of something else, from jane.doe@example.com\n"),
            _ => format!("[{n},12345678901234567890,\"\\u00e9\"]\n"),
        })
        .collect();
    let output = run(&["strip"], input.as_bytes());
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 20_000);
    assert!(!text.contains("jane"));
    for (n, line) in text.lines().enumerate() {
        match n % 4 {
            0 => assert!(line.starts_with(&format!("{{\"n\":{n}.0,")), "{line}"),
            1 => assert_eq!(line, ""),
            2 => assert!(serde_json::from_str::<String>(line).unwrap().contains(&n.to_string()), "{line}"),
            _ => assert_eq!(line, format!("[{n},12345678901234567890,\"\\u00e9\"]")),
        }
    }
    let note = String::from_utf8(output.stderr).unwrap();
    assert!(note.contains("5000 lines are no JSON") && note.contains("line 3 of standard input"), "{note}");
}

#[test]
fn counts_go_to_standard_error() {
    let input = b"{\"to\":\"jane.doe@example.com\"}\n\nnot json\n";
    let output = run(&["strip", "--report=json"], input);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let counts: serde_json::Value = serde_json::from_str(stderr.lines().last().unwrap()).unwrap();
    assert_eq!(counts, serde_json::json!({ "lines": 3, "empty": 1, "not_json": 1, "pii": { "email": 1 } }));

    let table = String::from_utf8(run(&["strip", "--report"], input).stderr).unwrap();
    assert!(table.contains("email       1\n"), "{table}");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 3);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = droplets(&["strip"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feed = std::thread::spawn(move || while stdin.write_all(&b"{\"a\":1}\n".repeat(10_000)).is_ok() {});
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    assert_eq!(first, "{\"a\":1}\n");
    drop(stdout);
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
    feed.join().unwrap();
}

#[test]
fn a_line_comes_out_before_the_next_is_there() {
    let mut child = droplets(&["strip"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for n in 0..3 {
        writeln!(stdin, "{n}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(line, format!("{n}\n"));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn files_follow_each_other_and_a_missing_one_is_named() {
    let directory = tempdir();
    let (first, second) = (directory.join("a.jsonl"), directory.join("b.jsonl"));
    // The first has no line end.
    std::fs::write(&first, "1").unwrap();
    std::fs::write(&second, "2\n").unwrap();
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let output = run(&["strip", &path(&first), "-", &path(&second)], b"3\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "1\n3\n2\n");

    let output = run(&["strip", &path(&directory.join("none"))], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("droplets: cannot read "));

    std::fs::write(&first, "\n").unwrap();
    let output = run(&["strip", "--hash-key-file", &path(&first)], b"1\n");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    std::fs::remove_dir_all(directory).unwrap();
}

fn tempdir() -> std::path::PathBuf {
    let directory = std::env::temp_dir().join(format!("droplets-strip-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

#[test]
fn rules_are_a_file_and_every_change_can_be_explained() {
    let dir = std::env::temp_dir().join(format!("droplets-rules-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let rules =
        write("pii.json", r#"{"kinds":{"ip":"keep","email":"hash"},"names":[{"name":"badge","action":"drop"}]}"#);
    let key = write("key", "a key of sixteen characters\n");
    let input = br#"{"ip":"203.0.113.7","badge":7,"to":["jane.doe@example.com"]}
[1]
not json
"#;
    let output = run(&["strip", "--rules", &rules, "--hash-key-file", &key, "--explain=json"], input);
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.starts_with(r#"{"ip":"203.0.113.7","to":["tok_"#), "{lines}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    let told: Vec<serde_json::Value> =
        stderr.lines().filter(|line| line.starts_with('{')).map(|line| serde_json::from_str(line).unwrap()).collect();
    let change = |path: &str, kind: &str, action: &str, why: &str| serde_json::json!({ "line": 1, "path": path, "kind": kind, "action": action, "why": why });
    assert_eq!(
        told,
        [
            change("badge", "custom", "drop", "rule names[0]"),
            change("to[0]", "email", "hash", "e-mail address: domain with a top level"),
        ]
    );
    assert!(!stderr.contains("jane"));
    let table = run(&["strip", "--rules", &rules, "--hash-key-file", &key, "--explain"], input);
    let table = String::from_utf8(table.stderr).unwrap();
    assert!(table.contains("line 1  badge  custom  drop  rule names[0]\n"), "{table}");

    let refused = |arguments: &[&str]| {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let broken = write("broken.json", "{\n\"kind\":{}}");
    let told = refused(&["strip", "--rules", &broken]);
    assert!(told.contains("broken.json: line 2: kind: there is no such field; did you mean \"kinds\"?"), "{told}");
    assert!(refused(&["strip", "--rules", &rules]).contains("--hash-key-file"));
    assert_eq!(run(&["strip", "--rules", "no/such/file"], b"").status.code(), Some(1));
    std::fs::remove_dir_all(&dir).unwrap();
}
