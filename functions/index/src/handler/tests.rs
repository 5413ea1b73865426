#![allow(clippy::unwrap_used)]

use std::time::{Duration, SystemTime};

use droplets::block::{Grouping, Sourced, member, pack};
use droplets::event::{Message, read_message};
use droplets::fake::{MemoryIndex, MemoryLake};
use droplets::index::{Entry, MIXED_TYPES};
use droplets::lake::ByteRange;
use droplets::pii::Redactor;

use super::*;

fn indexer() -> Indexer<MemoryLake, MemoryIndex> {
    Indexer {
        lake: MemoryLake::default(),
        index: MemoryIndex::default(),
        contract: Contract::default(),
        retention_days: 365,
        memory_mb: 256,
    }
}

fn invocation() -> Invocation {
    Invocation::new("droplets-index", "r-1", SystemTime::now() + Duration::from_secs(60))
}

fn fixture(name: &str) -> Request {
    let path = format!("{}/../../events/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn created(key: &str) -> Request {
    let record = json!({
        "eventName": "ObjectCreated:Put", "eventTime": "2026-11-21T07:03:20.000Z",
        "userIdentity": {}, "requestParameters": {}, "responseElements": {},
        "s3": { "bucket": {}, "object": { "key": key } },
    });
    serde_json::from_value(json!({ "Records": [record] })).unwrap()
}

fn line(session: &str, time: &str, id: u32, status: u16) -> String {
    format!(r#"{{"session_id":"{session}","timestamp":"2026-11-21T{time}Z","event_id":{id},"status":{status}}}"#)
}

async fn run(indexer: &Indexer<MemoryLake, MemoryIndex>, key: &str) {
    indexer.handle(created(key), &invocation()).await.unwrap();
}

/// (session, first, last, offset, length, events, errors) of each entry.
fn entries(indexer: &Indexer<MemoryLake, MemoryIndex>) -> Vec<(String, String, String, u64, u64, u64, u64)> {
    let shown = |t: Timestamp| t.to_string()[11..19].to_owned();
    let row =
        |e: Entry| (e.session_id, shown(e.first), shown(e.last), e.range.offset, e.range.length, e.events, e.errors);
    indexer.index.all().into_iter().map(row).collect()
}

/// An object as ingest writes it.
fn batch_object() -> (String, Vec<u8>) {
    let body = format!(
        "[{},{},{}]",
        line("a", "07:00:01", 1, 200),
        line("b", "07:00:02", 2, 503),
        line("a", "07:00:03", 3, 500)
    );
    let message = Message {
        id: "m",
        sent_at: Timestamp::parse_rfc3339("2026-11-21T07:00:05Z").unwrap(),
        body: &body,
        positions: &[],
    };
    let reading = read_message(&message, &Contract::default(), &Redactor::builtin(None));
    let events = reading.events.into_iter().map(|event| Sourced { event, message: 0 }).collect();
    let object = pack(events, Grouping::Batch).remove(0);
    (object.key, object.bytes)
}

#[tokio::test]
async fn one_entry_per_block_with_its_range() {
    let indexer = indexer();
    let (key, bytes) = batch_object();
    indexer.lake.insert(&key, &bytes);
    run(&indexer, &key.replace('=', "%3D")).await;
    let all = indexer.index.all();
    assert_eq!(all.len(), 2);
    for entry in &all {
        assert_eq!((entry.key.as_str(), entry.event_type.as_str()), (key.as_str(), "http"));
        // The fake's objects were last modified at 1795244600 s.
        assert_eq!(entry.expires_at, Some(1_795_244_600 + 365 * 86_400));
        let (start, end) = (entry.range.offset as usize, (entry.range.offset + entry.range.length) as usize);
        let mut lines = 0;
        let mut walker = Walker::new(0);
        walker
            .push(&bytes[start..end], &mut |piece| {
                if let droplets::block::Piece::Line { bytes, .. } = piece {
                    let event = droplets::event::Stored::read(bytes, &Contract::default()).unwrap();
                    assert_eq!(event.session_id, entry.session_id);
                    lines += 1;
                }
            })
            .unwrap();
        assert_eq!(lines, entry.events);
    }
    let counts: Vec<_> = all.iter().map(|e| (e.session_id.as_str(), e.events, e.errors)).collect();
    assert_eq!(counts, [("a", 2, 1), ("b", 1, 1)]);
}

#[tokio::test]
async fn the_same_notification_twice_changes_nothing() {
    let indexer = indexer();
    let (key, bytes) = batch_object();
    indexer.lake.insert(&key, &bytes);
    run(&indexer, &key).await;
    let before = indexer.index.all();
    run(&indexer, &key).await;
    assert_eq!(indexer.index.all(), before);
}

#[tokio::test]
async fn a_test_event_other_keys_and_removals_are_passed_over() {
    let indexer = indexer();
    for name in ["s3-test-event", "s3-key-outside-raw", "s3-object-removed"] {
        indexer.handle(fixture(name), &invocation()).await.unwrap();
    }
    run(&indexer, "raw/broken%zz.jsonl").await;
    assert_eq!(indexer.lake.gets.into_inner(), 0);
}

#[tokio::test]
async fn keys_are_decoded_plus_then_percent() {
    let indexer = indexer();
    indexer.lake.insert("raw/backfill/a b+c.jsonl", line("s", "07:00:01", 1, 200).as_bytes());
    indexer.handle(fixture("s3-key-with-space-and-plus"), &invocation()).await.unwrap();
    assert_eq!(indexer.index.all()[0].key, "raw/backfill/a b+c.jsonl");
}

#[tokio::test]
async fn an_object_that_is_gone_is_no_error() {
    let indexer = indexer();
    indexer.handle(fixture("s3-object-created"), &invocation()).await.unwrap();
    assert!(indexer.index.all().is_empty());
}

#[tokio::test]
async fn a_fault_of_s3_or_dynamodb_is_an_error_that_a_retry_mends() {
    let mut indexer = indexer();
    let (key, bytes) = batch_object();
    indexer.lake.insert(&key, &bytes);
    indexer.lake.failing = vec!["raw/".into()];
    let error = indexer.handle(created(&key), &invocation()).await.unwrap_err();
    assert_eq!(error.to_string(), format!("s3:GetObject {key}: failed"));
    indexer.lake.failing.clear();
    indexer.index.failing = true;
    assert!(matches!(indexer.handle(created(&key), &invocation()).await, Err(Failed::Index(_))));
    indexer.index.failing = false;
    run(&indexer, &key).await;
    assert_eq!(indexer.index.all().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn out_of_time_is_an_error_that_names_the_object() {
    let mut indexer = indexer();
    indexer.lake.delay = Duration::from_secs(100);
    let error = indexer.handle(created("raw/x.jsonl"), &invocation()).await.unwrap_err();
    assert_eq!(error.to_string(), "out of time while indexing raw/x.jsonl");
}

#[tokio::test]
async fn a_plain_object_has_an_entry_per_session_and_hour_with_the_bytes_between_its_lines() {
    let indexer = indexer();
    let lines = [
        line("a", "07:00:01", 1, 200),
        line("b", "07:30:00", 2, 200),
        line("a", "07:59:59", 3, 500),
        line("a", "08:00:00", 4, 200),
    ];
    let object = lines.join("\n");
    indexer.lake.insert("raw/backfill/x.jsonl", object.as_bytes());
    run(&indexer, "raw/backfill/x.jsonl").await;
    let at = |n: usize| object.find(&lines[n]).unwrap() as u64;
    let len = |n: usize| lines[n].len() as u64;
    assert_eq!(
        entries(&indexer),
        [
            ("a".into(), "07:00:01".into(), "07:59:59".into(), 0, at(2) + len(2), 2, 1),
            ("a".into(), "08:00:00".into(), "08:00:00".into(), at(3), len(3), 1, 0),
            ("b".into(), "07:30:00".into(), "07:30:00".into(), at(1), len(1), 1, 0),
        ]
    );
}

#[tokio::test]
async fn a_member_of_several_sessions_has_entries_with_the_whole_members_range() {
    let indexer = indexer();
    let object = member(
        [line("b", "09:00:00", 1, 200), line("a", "07:00:01", 2, 200), line("b", "07:00:00", 3, 200)]
            .join("\n")
            .as_bytes(),
    );
    indexer.lake.insert("raw/backfill/x.jsonl.gz", &object);
    run(&indexer, "raw/backfill/x.jsonl.gz").await;
    let rows = entries(&indexer);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| (row.3, row.4) == (0, object.len() as u64)));
}

#[tokio::test]
async fn an_event_that_stands_twice_is_counted_once_and_types_may_mix() {
    let indexer = indexer();
    let twice = line("a", "07:00:01", 1, 500);
    let click = line("a", "07:00:02", 2, 200).replace("\"event_id\"", "\"type\":\"click\",\"event_id\"");
    indexer.lake.insert("raw/x.jsonl", format!("{twice}\n{click}\n{twice}\n").as_bytes());
    run(&indexer, "raw/x.jsonl").await;
    let all = indexer.index.all();
    assert_eq!((all[0].events, all[0].errors, all[0].event_type.as_str()), (2, 1, MIXED_TYPES));
}

#[tokio::test]
async fn bad_lines_and_damaged_members_do_not_hide_the_rest() {
    let indexer = indexer();
    let good = [member(line("a", "07:00:01", 1, 200).as_bytes()), member(line("c", "07:00:03", 3, 200).as_bytes())];
    let mut bad = member(line("b", "07:00:02", 2, 200).as_bytes());
    bad[14] ^= 0x55;
    let mixed = member(format!("no json\n{}\n{{\"timestamp\":5}}\n", line("d", "07:00:04", 4, 200)).as_bytes());
    let object = [&good[0][..], &bad, &good[1], &mixed].concat();
    indexer.lake.insert("raw/x.jsonl.gz", &object);
    run(&indexer, "raw/x.jsonl.gz").await;
    let found: Vec<_> = entries(&indexer).into_iter().map(|row| (row.0, row.3)).collect();
    let third = (good[0].len() + bad.len()) as u64;
    assert_eq!(found, [("a".into(), 0), ("c".into(), third), ("d".into(), third + good[1].len() as u64)]);
}

#[tokio::test]
async fn a_cut_object_is_indexed_up_to_the_cut() {
    let indexer = indexer();
    let (one, two) =
        (member(line("a", "07:00:01", 1, 200).as_bytes()), member(line("b", "07:00:02", 2, 200).as_bytes()));
    let object = [one, two].concat();
    indexer.lake.insert("raw/x.jsonl.gz", &object[..object.len() - 3]);
    run(&indexer, "raw/x.jsonl.gz").await;
    assert_eq!(entries(&indexer).len(), 1);
}

#[tokio::test]
async fn what_could_not_be_indexed_is_named_in_the_summary_without_its_content() {
    let contract = Contract::default();
    let mut all = Entries::new("raw/x.jsonl", &contract, None, usize::MAX);
    for (at, bytes) in [(0, &b"{\"email\":\"ann@example.com\"}"[..]), (30, b"ann@example.com"), (60, b"{}")] {
        all.take(droplets::block::Piece::Line { at, bytes });
    }
    all.take(droplets::block::Piece::LongLine { at: 90 });
    let skipped: Vec<_> = all.skipped().collect();
    assert_eq!(
        json!(skipped),
        json!([
            { "key": "raw/x.jsonl", "offset": 30, "lines": 1, "reason": "not_json" },
            { "key": "raw/x.jsonl", "offset": 0, "lines": 2, "reason": "session_id_missing" },
            { "key": "raw/x.jsonl", "offset": 90, "lines": 1, "reason": "line_too_long" },
        ])
    );
}

#[tokio::test]
async fn a_member_of_more_sessions_than_memory_holds_is_passed_over() {
    let indexer = Indexer { memory_mb: 1, ..indexer() };
    let lines = |sessions: u32| (0..sessions).map(|n| line(&format!("s-{n}"), "07:00:01", n, 200) + "\n");
    let large = member(lines(1000).collect::<String>().as_bytes());
    let small = member((line("last", "07:00:02", 1, 200) + "\n").as_bytes());
    indexer.lake.insert("raw/x.jsonl.gz", &[&large[..], &small].concat());
    run(&indexer, "raw/x.jsonl.gz").await;
    let found: Vec<_> = entries(&indexer).into_iter().map(|e| (e.0, e.3)).collect();
    assert_eq!(found, [("last".into(), large.len() as u64)]);

    let contract = Contract::default();
    let mut all = Entries::new("raw/x.jsonl.gz", &contract, None, 10_000);
    for line in lines(1000) {
        all.take(droplets::block::Piece::Line { at: 7, bytes: line.trim_end().as_bytes() });
    }
    all.take(droplets::block::Piece::Member { at: 7, length: 900 });
    assert_eq!(all.ready(), 0);
    let named = json!({ "key": "raw/x.jsonl.gz", "offset": 7, "members": 1, "reason": "member_too_large" });
    assert_eq!(all.skipped().collect::<Vec<_>>(), [named]);
}

#[tokio::test]
async fn a_plain_object_of_more_events_than_memory_holds_has_more_entries() {
    let indexer = Indexer { memory_mb: 1, ..indexer() };
    let time = |n: u32| format!("07:{:02}:{:02}.{:03}", n / 1000 / 60, n / 1000 % 60, n % 1000);
    let line = |n: u32| line(if n.is_multiple_of(1000) { "b" } else { "a" }, &time(n), n, 200) + "\n";
    indexer.lake.insert("raw/x.jsonl", (0..20_000).map(line).collect::<String>().as_bytes());
    run(&indexer, "raw/x.jsonl").await;
    let all = entries(&indexer);
    let events = |session: &str| all.iter().filter(|e| e.0 == session).map(|e| e.5).sum::<u64>();
    assert_eq!((events("a"), events("b")), (19_980, 20));
    let mut ranges: Vec<_> = all.iter().filter(|e| e.0 == "a").map(|e| (e.3, e.3 + e.4)).collect();
    ranges.sort_unstable();
    assert!(ranges.len() > 1 && ranges.windows(2).all(|two| two[0].1 < two[1].0), "ranges do not overlap");
}

#[tokio::test]
async fn retention_of_zero_days_is_for_ever() {
    let indexer = Indexer { retention_days: 0, ..indexer() };
    indexer.lake.insert("raw/x.jsonl", line("s", "07:00:01", 1, 200).as_bytes());
    run(&indexer, "raw/x.jsonl").await;
    assert_eq!(indexer.index.all()[0].expires_at, None);
    assert_eq!(
        indexer.index.all()[0].range,
        ByteRange { offset: 0, length: line("s", "07:00:01", 1, 200).len() as u64 }
    );
}
