//! AWS slow, AWS taking only a part of what it is given, and how much the functions ask of it at a time: seen from
//! between the functions and AWS.

use std::time::Duration;

use droplets::block::member;
use droplets::timestamp::Timestamp;
use droplets_tests::aws::batch;
use droplets_tests::events::identity;
use droplets_tests::faults::{Fault, Rule};
use droplets_tests::{Stack, StackOptions, run};
use serde_json::{Value, json};

/// Longer than any function has.
const TOO_LONG: Duration = Duration::from_secs(40);
/// How many calls are meant to be in flight at most: PUTs of ingest, GETs of query.
const IN_FLIGHT: usize = 32;

/// These share a stack of their own, since each looks at all calls of its kind, and go one after the other.
pub fn aws_is_slow_leaves_writes_unprocessed_and_is_not_overrun() {
    let options = StackOptions::named("droplets-faults").with("IngestTimeoutSeconds", "8").with_faults();
    let stack = Stack::start(&options.with("QueueVisibilityTimeoutSeconds", "15"));
    run(async {
        what_a_slow_s3_has_not_taken_comes_back(&stack).await;
        what_is_left_unprocessed_is_written_again(&stack).await;
        what_stays_unprocessed_fails_and_is_tried_again(&stack).await;
        at_most_32_objects_are_written_at_a_time(&stack).await;
        at_most_32_ranges_are_read_at_a_time(&stack).await;
        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 0);
    });
}

fn event(session: &str, id: &str, time: &str) -> String {
    json!({ "session_id": session, "event_id": id, "timestamp": time }).to_string()
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| identity(row).2).collect()
}

/// ingest answers before its time is up, and names exactly the messages it could not store.
async fn what_a_slow_s3_has_not_taken_comes_back(stack: &Stack) {
    let messages = |session: &str| {
        [
            event(session, "slow", "2026-03-12T03:30:00Z"),
            event(session, "quick", "2026-03-12T04:30:00Z"),
            format!(
                "[{},{}]",
                event(session, "half-slow", "2026-03-12T03:31:00Z"),
                event(session, "half-quick", "2026-03-12T04:31:00Z")
            ),
        ]
    };
    let slow = stack.faults().spoil("PutObject", "dt=2026-03-12/hr=03/", Fault::Slow(TOO_LONG));

    // By hand, to see the answer.
    let bodies = messages("slow-direct");
    let payload = batch(Timestamp::now(), ["m-1", "m-2", "m-3"].into_iter().zip(bodies.iter().map(String::as_str)));
    let invoked = stack.invoke("IngestFunctionName", &payload).await;
    assert_eq!(invoked.error, None, "ingest ends by itself: {}", String::from_utf8_lossy(&invoked.payload));
    let failed = json!([{ "itemIdentifier": "m-1" }, { "itemIdentifier": "m-3" }]);
    assert_eq!(invoked.json()["batchItemFailures"], failed);
    let failures: Vec<Value> = stack.summaries().iter().map(|summary| summary["failures"][0].clone()).collect();
    let named = |why: &Value| why.as_str().is_some_and(|why| why.contains("out of time: s3:PutObject"));
    assert!(failures.iter().any(named), "the summary says why: {failures:?}");

    // By the queue, to see them return. What S3 took late, when ingest no longer waited, is there twice and read once.
    stack.send(&messages("slow")).await;
    assert_eq!(ids(&stack.until_session_has("slow", 2, 60).await), ["quick", "half-quick"]);
    let seen = slow.seen();
    assert!(seen > 0);
    drop(slow);
    let rows = stack.until_session_has("slow", 4, 90).await;
    assert_eq!(ids(&rows), ["slow", "half-slow", "quick", "half-quick"], "each once and in order");
    assert_eq!(ids(&stack.until_session_has("slow-direct", 2, 60).await), ["quick", "half-quick"]);
    stack.until_queue_is_empty(60).await;
}

/// The bodies of many objects' worth of one member each: sessions `name-0` and on.
fn members(name: &str, count: usize, time: &str) -> Vec<u8> {
    let line = |n: usize| event(&format!("{name}-{n}"), "e", time) + "\n";
    (0..count).flat_map(|n| member(line(n).as_bytes())).collect()
}

async fn until_indexed(stack: &Stack, key: &str, entries: usize) {
    stack
        .eventually(&format!("{key} has {entries} entries"), 60, async || match stack.items_of(key).await.len() {
            count if count == entries => Ok(()),
            count => Err(format!("it has {count}")),
        })
        .await;
}

/// DynamoDB takes four of the writes of each call: the others are sent again until all are there, without an error.
async fn what_is_left_unprocessed_is_written_again(stack: &Stack) {
    let key = "raw/type=http/dt=2026-03-13/hr=01/unprocessed.jsonl.gz";
    let rule = stack.faults().spoil("BatchWriteItem", "unprocessed.jsonl.gz", Fault::Unprocessed { taken: 4 });
    stack.put(key, members("unprocessed", 20, "2026-03-13T01:00:00Z")).await;
    until_indexed(stack, key, 20).await;
    assert_eq!(rule.seen(), 5, "twenty writes, four taken in a call");
    let said = stack.summaries().into_iter().filter(|summary| summary.to_string().contains("unprocessed.jsonl.gz"));
    assert_eq!(said.collect::<Vec<_>>(), Vec::<Value>::new(), "which is no error");
}

/// DynamoDB takes nothing for long: index fails, says why, and is invoked again by Lambda.
async fn what_stays_unprocessed_fails_and_is_tried_again(stack: &Stack) {
    let key = "raw/type=http/dt=2026-03-13/hr=02/stays.jsonl.gz";
    let rule = stack.faults().spoil("BatchWriteItem", "stays.jsonl.gz", Fault::Unprocessed { taken: 0 });
    stack.put(key, members("stays", 3, "2026-03-13T02:00:00Z")).await;
    let why = stack
        .eventually("index has given up once", 90, async || {
            let said = stack.summaries().into_iter().map(|summary| summary["failure"].to_string());
            said.into_iter().find(|failure| failure.contains("unprocessed")).ok_or("no summary says so".to_owned())
        })
        .await;
    assert!(why.contains("BatchWriteItem left 3 items unprocessed after 8 calls"), "{why}");
    assert!(rule.seen() >= 8);
    assert!(stack.items_of(key).await.is_empty());
    drop(rule);
    until_indexed(stack, key, 3).await;
}

/// Waits until a rule holds as many calls as may be in flight; then lets go of them.
async fn until_full(stack: &Stack, rule: Rule) {
    stack
        .eventually("as many calls are in flight as may be", 60, async || match rule.waiting() {
            IN_FLIGHT => Ok(()),
            count => Err(format!("{count} are")),
        })
        .await;
    // Were one more to come it would have come with the others; it is given the time.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((rule.waiting(), rule.most()), (IN_FLIGHT, IN_FLIGHT));
}

async fn at_most_32_objects_are_written_at_a_time(stack: &Stack) {
    // Of an hour each, so an object each.
    let time = |n: usize| format!("2026-03-{:02}T{:02}:00:00Z", 14 + n / 24, n % 24);
    let bodies: Vec<String> = (0..100).map(|n| event("written", &format!("e-{n:02}"), &time(n))).collect();
    let names: Vec<String> = (0..100).map(|n| format!("m-{n}")).collect();
    let payload = batch(Timestamp::now(), names.iter().map(String::as_str).zip(bodies.iter().map(String::as_str)));
    let rule = stack.faults().spoil("PutObject", "/raw/type=http/", Fault::Held);
    let (invoked, ()) = tokio::join!(stack.invoke("IngestFunctionName", &payload), until_full(stack, rule));
    assert_eq!(invoked.json(), json!({ "batchItemFailures": [] }));
    stack.until_session_has("written", 100, 60).await;
}

async fn at_most_32_ranges_are_read_at_a_time(stack: &Stack) {
    let prefix = "raw/type=http/dt=2026-03-20/hr=01/";
    for n in 0..100 {
        let line = json!({
            "session_id": "read", "event_id": format!("e-{n:02}"), "timestamp": "2026-03-20T01:00:00Z",
            "response": { "status": 200 },
        });
        stack.put(&format!("{prefix}read-{n}.jsonl.gz"), member(format!("{line}\n").as_bytes())).await;
    }
    stack.until_session_has("read", 100, 60).await;

    // A filter looks into all blocks, and begins with as many as may be.
    let rule = stack.faults().spoil("GetObject", prefix, Fault::Held);
    let request = json!({ "report": "count", "session_id": "read", "filter": { "status": 200 } });
    let (answer, ()) = tokio::join!(stack.ask(&request), until_full(stack, rule));
    assert_eq!((&answer["rows"][0][1], &answer["stats"]["s3_gets"]), (&json!(100), &json!(100)));

    // Events begin with a few, because a page may be full after them, and go on with more.
    let rule = stack.faults().spoil("GetObject", prefix, Fault::Slow(Duration::from_millis(200)));
    let answer = stack.ask(&json!({ "report": "events", "session_id": "read", "limit": 1000 })).await;
    assert_eq!(answer["rows"].as_array().map(Vec::len), Some(100));
    assert!((2..=IN_FLIGHT).contains(&rule.most()), "{} at a time", rule.most());
}
