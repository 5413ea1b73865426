//! index: whatever S3 says, however often, and whatever is in the object.

use std::collections::BTreeSet;

use droplets::block::member;
use droplets::timestamp::{HOUR_MS, Timestamp};
use droplets_tests::aws::notification;
use droplets_tests::{Stack, run};
use serde_json::{Value, json};

use crate::shared;

const FUNCTION: &str = "IndexFunctionName";

fn line(session: &str, time: &str, id: &str) -> String {
    format!(
        "{{\"session_id\":\"{session}\",\"timestamp\":\"{time}\",\"event_id\":\"{id}\",\"response\":{{\"status\":200}}}}\n"
    )
}

/// Invokes index with a notification, as S3 would; the key as it is spelled in one.
async fn notify(stack: &Stack, encoded_key: &str) {
    let invoked = stack.invoke(FUNCTION, &notification(stack.output("BucketName"), encoded_key)).await;
    assert_eq!(invoked.error, None, "{}", String::from_utf8_lossy(&invoked.payload));
}

/// Waits until index has said, in its summary, something that `wanted` accepts.
async fn until_said(stack: &Stack, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    stack
        .eventually(what, 60, async || {
            stack.summaries().into_iter().find(|summary| wanted(summary)).ok_or("no summary says so".to_owned())
        })
        .await
}

pub fn the_same_notification_twice_changes_nothing() {
    let stack = shared();
    let key = "raw/type=http/dt=2026-03-08/hr=01/twice.jsonl.gz";
    let mut object = member(line("twice-a", "2026-03-08T01:00:00Z", "1").as_bytes());
    object.extend(member(line("twice-b", "2026-03-08T01:00:00Z", "1").as_bytes()));
    run(async {
        stack.put(key, object).await;
        stack.until_session_has("twice-b", 1, 60).await;
        let before = stack.items_of(key).await;
        assert_eq!(before.len(), 2, "an entry for each block");
        // As S3 spells the key, and as some other producers of such events do.
        for spelled in ["raw/type%3Dhttp/dt%3D2026-03-08/hr%3D01/twice.jsonl.gz", key] {
            notify(stack, spelled).await;
        }
        assert_eq!(stack.items_of(key).await, before);
    });
}

pub fn a_test_event_and_keys_outside_raw_are_passed_over() {
    let stack = shared();
    run(async {
        for fixture in ["s3-test-event.json", "s3-key-outside-raw.json", "s3-object-removed.json"] {
            let file = droplets_tests::root().join("events").join(fixture);
            let event: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
            let invoked = stack.invoke(FUNCTION, &event).await;
            assert_eq!(invoked.error, None, "{fixture}: {}", String::from_utf8_lossy(&invoked.payload));
        }
    });
}

pub fn a_key_with_space_and_plus_is_found() {
    let stack = shared();
    let key = "raw/backfill/a b+c.jsonl";
    run(async {
        // The bucket's own notification leads index to it …
        stack.put(key, line("odd-key", "2026-03-08T02:00:00Z", "1").into_bytes()).await;
        stack.until_session_has("odd-key", 1, 60).await;
        assert_eq!(stack.items_of(key).await.len(), 1);
        // … and so does one that spells the key as AWS documents it; what it decodes wrongly would be gone.
        let is_it =
            |key: &Value| key.as_str().is_some_and(|key| key.starts_with("raw/backfill/a") && key.ends_with("c.jsonl"));
        let says_gone = || stack.summaries().iter().filter(|summary| is_it(&summary["gone"][0])).count();
        let before = says_gone();
        notify(stack, "raw/backfill/a+b%2Bc.jsonl").await;
        assert_eq!(says_gone(), before);
    });
}

pub fn a_plain_file_of_several_sessions_and_hours_can_be_asked_about() {
    let stack = shared();
    let key = "raw/backfill/old-log.jsonl";
    let mut lines = String::new();
    for n in 0..60 {
        let time = format!("2026-03-09T{:02}:{:02}:00Z", n / 20, n);
        lines.push_str(&line(&format!("plain-{}", n % 3), &time, &format!("e-{n:02}")));
        if n == 30 {
            lines.push_str("this line is no event\n\n");
        }
    }
    run(async {
        stack.put(key, lines.into_bytes()).await;
        for session in 0..3 {
            let rows = stack.until_session_has(&format!("plain-{session}"), 20, 60).await;
            let ids: Vec<&str> = rows.iter().map(|row| row["event_id"].as_str().unwrap()).collect();
            let expected: Vec<String> = (session..60).step_by(3).map(|n| format!("e-{n:02}")).collect();
            assert_eq!(ids, expected);
        }
        assert_eq!(stack.items_of(key).await.len(), 9, "an entry for each session and hour");
        let range =
            json!({ "report": "events", "from": "2026-03-09T00:30:00Z", "to": "2026-03-09T02:00:00Z", "limit": 7 });
        let said = until_said(stack, "index names the line it could not read", |summary| {
            summary["skipped"][0]["key"] == key && summary["skipped"][0]["reason"] == "not_json"
        });
        assert_eq!(said.await["skipped"].as_array().map(Vec::len), Some(1));
        assert_eq!(
            stack.ask_all(&range).await.rows.len(),
            20,
            "the second hour, and no minute of the first is past its half"
        );
    });
}

/// DynamoDB cuts a page of a Query at 1 MB: this session's entries are larger than that.
pub fn more_entries_than_a_page_of_the_index_holds_are_all_found() {
    const HOURS: usize = 4500;
    let stack = shared();
    let begin = Timestamp::parse_rfc3339("2025-03-01T00:00:00Z").unwrap();
    let at = |n: usize| begin.plus_millis(n as i64 * HOUR_MS).to_string();
    let lines: String = (0..HOURS).map(|n| line("months-long", &at(n), &format!("e-{n:04}"))).collect();
    run(async {
        // A long key, for it stands in every entry.
        let key = format!("raw/backfill/a-session-of-many-months-{}.jsonl", "x".repeat(200));
        stack.put(&key, lines.into_bytes()).await;
        let request = json!({ "report": "keys", "session_id": "months-long", "limit": 10_000 });
        let answer = stack
            .eventually("all hours are indexed", 60, async || {
                let answer = stack.ask(&request).await;
                let rows = answer["rows"].as_array().map_or(0, Vec::len);
                if rows == HOURS { Ok(answer) } else { Err(format!("{rows} are")) }
            })
            .await;
        assert!(answer["stats"]["index_reads"].as_u64() > Some(1), "{}", answer["stats"]);
        let firsts: Vec<_> = answer["rows"].as_array().unwrap().iter().map(|row| row[4].as_str().unwrap()).collect();
        assert!(firsts.is_sorted() && firsts[HOURS - 1] == at(HOURS - 1));
    });
}

pub fn an_object_that_is_gone_is_no_error() {
    let stack = shared();
    run(async {
        // Before it is indexed.
        notify(stack, "raw/backfill/gone-before.jsonl.gz").await;
        let is_gone = |summary: &Value| summary["gone"][0] == "raw/backfill/gone-before.jsonl.gz";
        until_said(stack, "index says that the object is gone", is_gone).await;

        // And after.
        let key = "raw/backfill/gone-after.jsonl.gz";
        stack.put(key, member(line("gone", "2026-03-08T03:00:00Z", "1").as_bytes())).await;
        stack.until_session_has("gone", 1, 60).await;
        stack.delete(key).await;
        let answer = stack.ask(&json!({ "report": "events", "session_id": "gone" })).await;
        assert_eq!((&answer["rows"], &answer["stats"]["missing"]), (&json!([]), &json!(1)));
    });
}

pub fn a_broken_member_does_not_hide_the_others_and_a_lasting_fault_is_handed_over() {
    let stack = shared();
    let (broken, denied) = ("raw/backfill/broken.jsonl.gz", "raw/backfill/denied.jsonl.gz");
    let block = |session: &str| {
        let lines: String =
            (0..40).map(|n| line(session, &format!("2026-03-08T04:00:{n:02}Z"), &format!("e-{n}"))).collect();
        member(lines.as_bytes())
    };
    let mut object = block("broken-a");
    let damaged = object.len();
    object.extend(block("broken-b"));
    let end = object.len();
    object.extend(block("broken-c"));
    object[damaged + (end - damaged) / 2] ^= 0x55;

    run(async {
        stack.put(broken, object).await;
        for session in ["broken-a", "broken-c"] {
            stack.until_session_has(session, 40, 60).await;
        }
        assert_eq!(stack.items_of(broken).await.len(), 2);
        let said = until_said(stack, "index names the member it could not read", |summary| {
            summary["skipped"].as_array().is_some_and(|all| all.iter().any(|skipped| skipped["key"] == broken))
        });
        let said = said.await;
        assert_eq!((&said["skipped"][0]["offset"], &said["ObjectsSkipped"]), (&json!(damaged), &json!(1)));

        // A fault that a retry could mend, and does not: index may not read the object.
        stack.deny("NotThisObject", "s3:GetObject", denied).await;
        stack.put(denied, block("denied")).await;
        let failures = stack
            .eventually("the notification lies in the failure queue", 60, async || {
                let messages = stack.receive("IndexFailureQueueUrl").await;
                if messages.is_empty() { Err("it is empty".to_owned()) } else { Ok(messages) }
            })
            .await;
        let failures: Vec<Value> =
            failures.iter().map(|failure| serde_json::from_str(&failure.body).unwrap()).collect();
        let keys: BTreeSet<&str> = failures
            .iter()
            .map(|failure| key_of(&failure["requestPayload"]).expect("it holds the notification"))
            .collect();
        assert_eq!(keys, BTreeSet::from([denied]), "and no notification of an object that no retry can mend");
        let why = failures[0]["responsePayload"]["errorMessage"].as_str().unwrap_or_default();
        assert!(why.contains(denied) && why.contains("AccessDenied"), "{why}");

        // Once the fault is mended, what the queue holds is all that is needed.
        stack.permit("NotThisObject").await;
        let invoked = stack.invoke(FUNCTION, &failures[0]["requestPayload"]).await;
        assert_eq!(invoked.error, None);
        stack.until_session_has("denied", 40, 60).await;
    });
}

fn key_of(notification: &Value) -> Option<&str> {
    notification.pointer("/Records/0/s3/object/key")?.as_str()
}
