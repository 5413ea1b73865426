#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use droplets::block::{Piece, Walker};
use droplets::event::{Stored, read_message};
use droplets::fake::MemoryLake;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn ingest(lake: MemoryLake) -> Ingest<MemoryLake> {
    Ingest {
        lake,
        contract: Contract::default(),
        rules: PiiRules::new(None, Duration::from_secs(60)),
        grouping: Grouping::Batch,
        reader: read_message,
    }
}

fn invocation(seconds: u64) -> Invocation {
    Invocation::new("droplets-ingest", "r-1", SystemTime::now() + Duration::from_secs(seconds))
}

fn fixture(name: &str) -> SqsEvent {
    let path = format!("{}/../../events/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn batch(bodies: &[String]) -> SqsEvent {
    let records: Vec<_> = bodies
        .iter()
        .enumerate()
        .map(|(i, body)| json!({ "messageId": format!("m-{i}"), "body": body, "attributes": { "SentTimestamp": "1795244595000" } }))
        .collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

fn failures(answer: SqsBatchResponse) -> Vec<String> {
    answer.batch_item_failures.into_iter().map(|f| f.item_identifier).collect()
}

/// Every event in the lake, by identity.
fn stored(lake: &MemoryLake) -> Vec<(Timestamp, String, String)> {
    let mut found = Vec::new();
    for key in lake.keys().iter().filter(|key| key.starts_with("raw/")) {
        let mut take = |piece: Piece<'_>| {
            if let Piece::Line { bytes, .. } = piece {
                let event = Stored::read(bytes, &Contract::default()).unwrap();
                let (at, session, id) = event.identity();
                found.push((at, session.to_owned(), id.to_owned()));
            }
        };
        let mut walker = Walker::new(0);
        walker.push(&lake.object(key), &mut take).unwrap();
        walker.finish(&mut take).unwrap();
    }
    found.sort();
    found
}

fn rejections(lake: &MemoryLake, message_id: &str) -> Value {
    let key = format!("rejected/dt=2026-11-21/hr=07/{message_id}.json");
    serde_json::from_slice(&lake.object(&key)).unwrap()
}

#[tokio::test]
async fn a_batch_becomes_objects_named_by_their_bytes() {
    let ingest = ingest(MemoryLake::default());
    let answer = ingest.handle(fixture("sqs-one-event"), &invocation(60)).await.unwrap();
    assert!(answer.batch_item_failures.is_empty());
    let keys = ingest.lake.keys();
    assert_eq!(keys.len(), 1);
    let digest = key::digest(&ingest.lake.object(&keys[0]));
    assert_eq!(keys[0], format!("raw/type=http/dt=2026-11-21/hr=07/batch_20261121T070312123Z_{digest}.jsonl.gz"));
}

#[tokio::test]
async fn a_poison_message_spoils_nothing_but_itself() {
    let ingest = ingest(MemoryLake::default());
    let answer = ingest.handle(fixture("sqs-poison-among-good"), &invocation(60)).await.unwrap();
    assert!(answer.batch_item_failures.is_empty(), "bad input is acknowledged");
    let ids: Vec<_> = stored(&ingest.lake).into_iter().map(|(_, _, id)| id).collect();
    assert_eq!(ids, ["e-1", "e-2", "e-4", "e-3"]);

    let broken = rejections(&ingest.lake, "11111111-0000-4000-8000-000000000002");
    assert_eq!(broken["v"], 1);
    assert_eq!(broken["sent_at"], "2026-11-21T07:03:15.000Z");
    assert_eq!(broken["rejected"][0]["reason"], "not_json");
    assert_eq!(broken["rejected"][0]["position"], Value::Null);
    assert!(broken["rejected"][0]["body"].as_str().unwrap().contains("s-1"));

    let array = rejections(&ingest.lake, "11111111-0000-4000-8000-000000000003");
    assert_eq!(array["rejected"].as_array().unwrap().len(), 1);
    assert_eq!(array["rejected"][0]["position"], 1);
    assert_eq!(array["rejected"][0]["reason"], "session_id_missing");
    assert_eq!(array["rejected"][0]["field"], "session_id");
    assert_eq!(array["rejected"][0]["event"]["note"], "no session");

    let seconds = rejections(&ingest.lake, "11111111-0000-4000-8000-000000000004");
    assert_eq!(seconds["rejected"][0]["reason"], "timestamp_in_seconds");
    assert!(seconds["rejected"][0]["hint"].as_str().unwrap().contains("1000"));
}

#[tokio::test]
async fn nothing_personal_reaches_the_lake() {
    let ingest = ingest(MemoryLake::default());
    ingest.handle(fixture("sqs-poison-among-good"), &invocation(60)).await.unwrap();
    for key in ingest.lake.keys() {
        let bytes = ingest.lake.object(&key);
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if key.ends_with(".gz") {
            text.clear();
            let mut walker = Walker::new(0);
            walker
                .push(&bytes, &mut |piece| {
                    if let Piece::Line { bytes, .. } = piece {
                        text.push_str(&String::from_utf8_lossy(bytes));
                    }
                })
                .unwrap();
        }
        assert!(!text.contains("correct horse") && !text.contains("ann@"), "{key}");
    }
}

#[tokio::test]
async fn a_retry_of_the_same_batch_writes_the_same_objects() {
    let ingest = ingest(MemoryLake::default());
    ingest.handle(fixture("sqs-poison-among-good"), &invocation(60)).await.unwrap();
    let before = ingest.lake.objects.lock().unwrap().clone();
    ingest.handle(fixture("sqs-poison-among-good"), &invocation(60)).await.unwrap();
    assert_eq!(*ingest.lake.objects.lock().unwrap(), before);
}

#[tokio::test]
async fn exactly_the_messages_of_a_failed_put_come_back() {
    let lake = MemoryLake { failing: vec!["hr=08".into()], ..MemoryLake::default() };
    let ingest = ingest(lake);
    let answer = ingest.handle(fixture("sqs-poison-among-good"), &invocation(60)).await.unwrap();
    assert_eq!(failures(answer), ["11111111-0000-4000-8000-000000000003"]);
    assert_eq!(stored(&ingest.lake).len(), 3);
}

#[tokio::test]
async fn a_rejection_that_cannot_be_written_is_not_acknowledged() {
    let lake = MemoryLake { failing: vec!["rejected/".into()], ..MemoryLake::default() };
    let answer = ingest(lake).handle(fixture("sqs-poison-among-good"), &invocation(60)).await.unwrap();
    let ids: Vec<_> = ["2", "3", "4"].map(|n| format!("11111111-0000-4000-8000-00000000000{n}")).into();
    assert_eq!(failures(answer), ids);
}

#[tokio::test]
async fn a_message_whose_reading_panics_comes_back_alone() {
    fn reader(message: &Message<'_>, contract: &Contract, redactor: &Redactor) -> Reading {
        assert!(message.id != "m-1", "met in the second message");
        read_message(message, contract, redactor)
    }
    let ingest = Ingest { reader, ..ingest(MemoryLake::default()) };
    let event = |n: u64| {
        json!({ "session_id": "s-1", "event_id": format!("e-{n}"), "timestamp": 1_795_244_595_000 + n, "type": "http" })
            .to_string()
    };
    let answer = ingest.handle(batch(&[event(0), event(1), event(2)]), &invocation(60)).await.unwrap();
    assert_eq!(failures(answer), ["m-1"]);
    let ids: Vec<_> = stored(&ingest.lake).into_iter().map(|(_, _, id)| id).collect();
    assert_eq!(ids, ["e-0", "e-2"]);
}

#[tokio::test(start_paused = true)]
async fn near_the_deadline_the_rest_comes_back() {
    let lake = MemoryLake { delay: Duration::from_secs(100), ..MemoryLake::default() };
    let answer = ingest(lake).handle(fixture("sqs-one-event"), &invocation(10)).await.unwrap();
    assert_eq!(failures(answer), ["059f36b4-87a3-44ab-83d2-661975830a7d"]);
}

#[tokio::test(start_paused = true)]
async fn past_the_deadline_nothing_is_begun() {
    let ingest = ingest(MemoryLake::default());
    let answer = ingest.handle(fixture("sqs-poison-among-good"), &invocation(0)).await.unwrap();
    assert_eq!(answer.batch_item_failures.len(), 5);
    assert!(ingest.lake.keys().is_empty());
}

#[tokio::test(start_paused = true)]
async fn at_most_32_puts_are_in_flight() {
    let lake = MemoryLake { delay: Duration::from_millis(50), ..MemoryLake::default() };
    let ingest = Ingest { grouping: Grouping::Session, ..ingest(lake) };
    let bodies: Vec<_> = (0..200).map(|n| format!(r#"{{"session_id":"s-{n}"}}"#)).collect();
    ingest.handle(batch(&bodies), &invocation(60)).await.unwrap();
    assert_eq!(ingest.lake.keys().len(), 200);
    assert_eq!(ingest.lake.most_in_flight.into_inner(), PUTS_IN_FLIGHT);
}

#[tokio::test]
async fn a_message_without_an_id_is_refused_before_anything_is_stored() {
    let ingest = ingest(MemoryLake::default());
    for id in [Value::Null, json!("")] {
        let record = json!({ "messageId": id, "body": "{\"session_id\":\"s\"}", "attributes": { "SentTimestamp": "1795244595000" } });
        let batch = serde_json::from_value(json!({ "Records": [record] })).unwrap();
        assert!(ingest.handle(batch, &invocation(60)).await.is_err());
    }
    assert!(ingest.lake.keys().is_empty());
}

#[tokio::test]
async fn only_what_was_stored_is_counted_as_stored() {
    let ingest = ingest(MemoryLake { failing: vec!["hr=08".into(), "rejected/".into()], ..MemoryLake::default() });
    let mut gathered = Gathered::default();
    for (position, record) in fixture("sqs-poison-among-good").records.into_iter().enumerate() {
        let (message, body) = receive(record);
        let reading = ingest.read(&message, &body, &Redactor::builtin(None)).unwrap();
        gathered.events(reading.events, position);
        if !reading.rejections.is_empty() {
            gathered.upload(rejected(&message, position, &reading.rejections));
        }
    }
    let (mut failed, mut tally) = (BTreeSet::new(), Tally::default());
    ingest.store(gathered, invocation(60).deadline, &mut failed, &mut tally).await;
    assert_eq!((tally.events, tally.objects, tally.rejections.len(), tally.failures.len()), (3, 1, 0, 4));
    assert_eq!(tally.bytes, ingest.lake.object(&ingest.lake.keys()[0]).len());
}

#[tokio::test]
async fn a_batch_too_large_to_hold_is_stored_in_parts() {
    let ingest = ingest(MemoryLake::default());
    let array = format!("[{}]", vec!["{\"session_id\":1}"; 20_000].join(","));
    let answer = ingest.handle(batch(&vec![array; 8]), &invocation(60)).await.unwrap();
    assert!(answer.batch_item_failures.is_empty());
    assert!(ingest.lake.keys().len() > 1);
    assert_eq!(stored(&ingest.lake).len(), 160_000);
}

#[tokio::test]
async fn an_empty_batch_is_answered() {
    let answer = ingest(MemoryLake::default()).handle(batch(&[]), &invocation(60)).await.unwrap();
    assert_eq!(serde_json::to_value(answer).unwrap(), json!({ "batchItemFailures": [] }));
}

#[tokio::test]
async fn a_message_without_a_body_is_rejected() {
    let batch: SqsEvent = serde_json::from_value(json!({ "Records": [
        { "messageId": "m-1", "attributes": { "SentTimestamp": "1795244595000" } }
    ] }))
    .unwrap();
    let ingest = ingest(MemoryLake::default());
    ingest.handle(batch, &invocation(60)).await.unwrap();
    assert_eq!(rejections(&ingest.lake, "m-1")["rejected"][0]["reason"], "not_json");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Any batch, delivered twice and in other company: the same events, each once.
    #[test]
    fn two_deliveries_are_one_reading(
        events in prop::collection::vec(("[abc]", 0u32..7_200_000, 0u8..20), 1..20),
        split in 1usize..20,
    ) {
        let bodies: Vec<String> = events
            .iter()
            .map(|(session, ms, id)| {
                let timestamp = 1_795_240_000_000_u64 + u64::from(*ms);
                json!({ "session_id": session, "timestamp": timestamp, "event_id": id }).to_string()
            })
            .collect();
        let expected: BTreeSet<_> = events
            .iter()
            .map(|(session, ms, id)| {
                let at = Timestamp::from_millis(1_795_240_000_000 + i64::from(*ms)).unwrap();
                (at, session.clone(), id.to_string())
            })
            .collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let ingest = ingest(MemoryLake::default());
        runtime.block_on(async {
            let (one, two) = bodies.split_at(split.min(bodies.len()));
            ingest.handle(batch(&bodies), &invocation(60)).await.unwrap();
            ingest.handle(batch(two), &invocation(60)).await.unwrap();
            ingest.handle(batch(one), &invocation(60)).await.unwrap();
        });
        let found: BTreeSet<_> = stored(&ingest.lake).into_iter().collect();
        prop_assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn without_rules_to_go_by_nothing_is_stored_and_all_comes_back() {
    let lake = MemoryLake::default();
    lake.insert(key::PII_RULES, b"{\"kinds\":{\"emial\":\"keep\"}}");
    let ingest = ingest(lake);
    let error = ingest.handle(fixture("sqs-one-event"), &invocation(60)).await.unwrap_err();
    let diagnostic = Diagnostic::from(error);
    assert_eq!(diagnostic.error_type, "NoPiiRules");
    assert!(diagnostic.error_message.contains("line 1: kinds.emial"), "{}", diagnostic.error_message);
    assert_eq!(ingest.lake.keys(), [key::PII_RULES], "nothing was stored");

    ingest.lake.insert(key::PII_RULES, b"{}");
    ingest.handle(fixture("sqs-one-event"), &invocation(60)).await.unwrap();
    assert_eq!(stored(&ingest.lake).len(), 1);
}

#[tokio::test]
async fn a_message_sent_again_is_stored_under_its_first_id_and_fails_under_its_own() {
    let mut ingest = ingest(MemoryLake::default());
    let attribute = |value: &str| json!({ "stringValue": value, "dataType": "String" });
    let again = |body: &str| {
        let record = json!({
            "messageId": "new", "body": body, "attributes": { "SentTimestamp": "1795244595000" },
            "messageAttributes": {
                "droplets-message-id": attribute("first"),
                "droplets-sent-at": attribute("1795244400000"),
                "droplets-positions": attribute("2,5"),
            },
        });
        serde_json::from_value::<SqsEvent>(json!({ "Records": [record] })).unwrap()
    };
    let body = r#"[{"session_id":"s"},{"session_id":""}]"#;
    assert!(failures(ingest.handle(again(body), &invocation(60)).await.unwrap()).is_empty());
    let stored: Vec<_> = stored(&ingest.lake).into_iter().map(|(at, _, id)| (at.millis(), id)).collect();
    assert_eq!(stored, [(1_795_244_400_000, "first.2".to_owned())]);
    assert_eq!(rejections(&ingest.lake, "first")["rejected"][0]["position"], 5);

    ingest.lake.failing = vec!["raw/".to_owned()];
    assert_eq!(failures(ingest.handle(again(body), &invocation(60)).await.unwrap()), ["new"]);
}
