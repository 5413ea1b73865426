#![allow(clippy::unwrap_used)]

use std::time::{Duration, SystemTime};

use droplets::block::member;
use droplets::event::Contract;
use droplets::fake::{MODIFIED, MemoryIndex, MemoryLake};

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

fn line(session: &str, time: &str, id: u32) -> String {
    format!(r#"{{"session_id":"{session}","timestamp":"{time}Z","event_id":{id},"status":200}}"#)
}

/// An object of two sessions in the hour from 07:00.
fn put(indexer: &Indexer<MemoryLake, MemoryIndex>, name: &str) -> String {
    let key = format!("raw/type=http/dt=2026-11-21/hr=07/{name}.jsonl.gz");
    let of = |session: &str| member(line(&format!("{session}-{name}"), "2026-11-21T07:00:01", 1).as_bytes());
    indexer.lake.insert(&key, &[of("a"), of("b")].concat());
    key
}

async fn notify(indexer: &Indexer<MemoryLake, MemoryIndex>, key: &str) {
    indexer.object(key, &mut Tally::default(), None).await.unwrap();
}

fn day() -> Check {
    Check { from: Some("2026-11-21".into()), to: Some("2026-11-22".into()), ..Check::default() }
}

/// An hour after the fake's objects were written.
async fn run(indexer: &Indexer<MemoryLake, MemoryIndex>, check: &Check) -> Result<Report, Failed> {
    let invocation = Invocation::new("droplets-index", "r-1", SystemTime::now() + Duration::from_secs(60));
    let now = Timestamp::from_millis(MODIFIED + HOUR_MS).unwrap();
    indexer.check(check, now, &invocation).await
}

fn found(report: &Report) -> [usize; 5] {
    [report.objects, report.missing, report.stale, report.written, report.removed]
}

#[tokio::test]
async fn what_no_notification_told_of_is_found_and_mended_once() {
    let indexer = indexer();
    let told = put(&indexer, "told");
    notify(&indexer, &told).await;
    for name in ["lost-1", "lost-2", "lost-3"] {
        put(&indexer, name);
    }
    let report = run(&indexer, &day()).await.unwrap();
    assert_eq!((report.hours, found(&report)), (24, [4, 6, 0, 0, 0]));
    assert_eq!(report.examples.iter().map(|example| example.missing).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!(indexer.index.all().len(), 2, "a check that does not repair changes nothing");

    let repair = Check { repair: true, ..day() };
    assert_eq!(found(&run(&indexer, &repair).await.unwrap()), [4, 6, 0, 6, 0]);
    assert_eq!(indexer.index.all().len(), 8);
    assert_eq!(found(&run(&indexer, &repair).await.unwrap()), [4, 0, 0, 0, 0]);
}

#[tokio::test]
async fn a_deep_check_finds_what_is_half_indexed_or_changed() {
    let indexer = indexer();
    let keys = [put(&indexer, "half"), put(&indexer, "changed")];
    for key in &keys {
        notify(&indexer, key).await;
    }
    {
        let mut entries = indexer.index.entries.lock().unwrap();
        entries.retain(|(session, _), _| session != "a-half");
        entries.values_mut().filter(|entry| entry.session_id == "b-changed").for_each(|entry| entry.events = 7);
    }
    let repair = Check { repair: true, ..day() };
    assert_eq!(found(&run(&indexer, &repair).await.unwrap()), [2, 0, 0, 0, 0], "both keys are known");
    let deep = Check { deep: true, ..repair };
    assert_eq!(found(&run(&indexer, &deep).await.unwrap()), [2, 2, 0, 2, 0]);
    let all = indexer.index.all();
    assert_eq!(
        all.iter().map(|entry| (entry.session_id.as_str(), entry.events)).collect::<Vec<_>>(),
        [("a-changed", 1), ("a-half", 1), ("b-changed", 1), ("b-half", 1)]
    );
    assert_eq!(found(&run(&indexer, &deep).await.unwrap()), [2, 0, 0, 0, 0]);
}

#[tokio::test]
async fn entries_of_what_is_gone_are_removed_and_foreign_objects_are_none() {
    let indexer = indexer();
    let gone = put(&indexer, "gone");
    let foreign = "raw/backfill/x.jsonl";
    indexer.lake.insert(foreign, line("f", "2026-11-21T07:00:05", 1).as_bytes());
    for key in [gone.as_str(), foreign] {
        notify(&indexer, key).await;
    }
    indexer.lake.objects.lock().unwrap().remove(&gone);
    assert_eq!(found(&run(&indexer, &day()).await.unwrap()), [0, 0, 2, 0, 0]);
    let repair = Check { repair: true, ..day() };
    assert_eq!(found(&run(&indexer, &repair).await.unwrap()), [0, 0, 2, 0, 2]);
    assert_eq!(indexer.index.all().len(), 1);

    // The object was written over: a session that was in it no longer is.
    let key = put(&indexer, "other");
    notify(&indexer, &key).await;
    indexer.lake.insert(&key, &member(line("a-other", "2026-11-21T07:00:01", 1).as_bytes()));
    let deep = Check { deep: true, ..repair };
    let report = run(&indexer, &deep).await.unwrap();
    assert_eq!(found(&report), [1, 0, 1, 0, 1]);
    assert_eq!(report.examples[0].stale, 1);
}

#[tokio::test]
async fn entries_of_what_can_no_longer_be_read_stay() {
    let indexer = indexer();
    let key = put(&indexer, "torn");
    notify(&indexer, &key).await;
    let mut bytes = indexer.lake.object(&key);
    let last = bytes.len() - 9;
    bytes[last] ^= 0x55;
    indexer.lake.insert(&key, &bytes);
    let deep = Check { deep: true, repair: true, ..day() };
    assert_eq!(found(&run(&indexer, &deep).await.unwrap()), [1, 0, 0, 0, 0]);
    assert_eq!(indexer.index.all().len(), 2);
}

#[tokio::test]
async fn a_foreign_object_in_an_hours_folder_is_judged_by_the_table_itself() {
    let indexer = indexer();
    let key = "raw/type=http/dt=2026-11-21/hr=07/copied.jsonl";
    indexer.lake.insert(key, line("f", "2026-03-01T00:00:05", 1).as_bytes());
    notify(&indexer, key).await;
    assert_eq!(found(&run(&indexer, &day()).await.unwrap()), [1, 0, 0, 0, 0]);
}

#[tokio::test]
async fn what_the_schedule_sends_is_a_check() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../events/index-check.json");
    let request: crate::handler::Request = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let invocation = Invocation::new("droplets-index", "r-1", SystemTime::now() + Duration::from_secs(60));
    let report = indexer().handle(request, &invocation).await.unwrap().unwrap();
    assert_eq!((report.hours, report.next), (72, None));
}

#[tokio::test]
async fn young_objects_wait() {
    let indexer = indexer();
    put(&indexer, "young");
    let check = Check { settle_seconds: Some(7200), ..day() };
    let report = run(&indexer, &check).await.unwrap();
    assert_eq!((report.unsettled, report.missing), (1, 0));
    let hours = Check { hours: Some(2), settle_seconds: Some(0), ..Check::default() };
    let report = run(&indexer, &hours).await.unwrap();
    assert_eq!((report.hours, report.missing), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_check_stops_in_time_and_says_where_to_go_on() {
    let mut indexer = indexer();
    indexer.lake.delay = Duration::from_secs(10);
    put(&indexer, "x");
    let report = run(&indexer, &day()).await.unwrap();
    let next = report.next.unwrap();
    assert!(report.hours > 0 && report.hours < 24, "{}", report.hours);
    assert_eq!(next, format!("2026-11-21T{:02}:00:00.000Z", report.hours));
    indexer.lake.delay = Duration::from_secs(45);
    let error = run(&indexer, &day()).await.unwrap_err().to_string();
    assert!(error.contains("2026-11-21T00:00:00.000Z: raise IndexTimeoutSeconds"), "{error}");
}

#[tokio::test]
async fn nonsense_is_refused_with_its_field() {
    let indexer = indexer();
    let some = |text: &str| Some(text.to_owned());
    for (check, says) in [
        (Check::default(), "check.from: missing; or give hours"),
        (
            Check { from: some("soon"), ..Check::default() },
            "check.from: neither RFC 3339 nor a date nor relative, as -24h",
        ),
        (Check { from: some("2026-11-21"), to: some("2026-11-21"), ..Check::default() }, "check.to: not after from"),
        (Check { hours: Some(3), ..day() }, "check.hours: stands beside from or to: one or the other"),
        (Check { hours: Some(0), ..Check::default() }, "check.to: not after from"),
        (Check { from: some("0001-01-01"), ..Check::default() }, "check.from: more than a hundred years before to"),
    ] {
        assert_eq!(run(&indexer, &check).await.unwrap_err().to_string(), says);
    }
}

#[tokio::test]
async fn a_fault_is_an_error() {
    let mut indexer = indexer();
    put(&indexer, "x");
    indexer.index.failing = true;
    assert!(matches!(run(&indexer, &day()).await, Err(Failed::Index(_))));
    indexer.index.failing = false;
    indexer.lake.failing = vec!["x.jsonl".into()];
    assert!(matches!(run(&indexer, &day()).await, Err(Failed::Lake(_))));
}
