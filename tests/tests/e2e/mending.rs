//! What an operator mends with the command line: an index that lost something, and messages that were rejected.

use droplets_tests::events::identity;
use droplets_tests::shell::finish;
use droplets_tests::{Stack, StackOptions, run};
use serde_json::{Value, json};

use crate::{droplets_command, shared};

/// What a command printed, and how it ended.
fn told(stack: &Stack, arguments: &[&str]) -> (String, Option<i32>) {
    let all = [arguments, &["--stack", stack.name()]].concat();
    let output = finish(&mut droplets_command(stack, &all), b"", 120);
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (text, output.status.code())
}

fn report(stack: &Stack, arguments: &[&str]) -> (Value, Option<i32>) {
    let range = ["--from", "2026-03-23", "--to", "2026-03-24", "--settle", "0", "--format", "json"];
    let (text, code) = told(stack, &[&["reindex"], &range[..], arguments].concat());
    (serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")), code)
}

fn counts(report: &Value) -> [u64; 4] {
    ["missing", "stale", "written", "removed"].map(|name| report[name].as_u64().unwrap())
}

/// Entries are taken out of the table and an object out of the bucket, as a lost notification and a hand would.
pub fn what_the_index_lacks_or_has_too_much_is_mended() {
    // Of its own: it looks at all objects of a day.
    let stack = Stack::start(&StackOptions::named("droplets-mending"));
    let event = |session: &str, hour: u32| {
        let timestamp = format!("2026-03-23T{hour:02}:00:01Z");
        json!({ "session_id": session, "event_id": "e", "timestamp": timestamp }).to_string()
    };
    let request = |session: &str| json!({ "report": "events", "session_id": session });
    run(async {
        let array = |hour: u32| format!("[{},{}]", event("mend-a", hour), event("mend-b", hour));
        stack.send(&[array(5), array(9), event("mend-gone", 11)]).await;
        stack.until_session_has("mend-b", 2, 60).await;
        stack.until_session_has("mend-gone", 1, 60).await;
        assert_eq!(counts(&report(&stack, &["--dry-run"]).0), [0; 4]);

        // Both entries of one object, one of another's two, and the object of a third.
        let removed = async |session: &str, hour: &str| {
            for item in stack.items().await {
                let is = |name: &str, wanted: &str| item[name].as_s().unwrap().starts_with(wanted);
                if is("session_id", session) && is("timestamp", hour) {
                    let delete = stack.dynamodb.delete_item().table_name(stack.output("TableName"));
                    let delete = delete.key("session_id", item["session_id"].clone());
                    delete.key("timestamp", item["timestamp"].clone()).send().await.expect("DeleteItem");
                }
            }
        };
        for (session, hour) in [("mend-a", "2026-03-23T05"), ("mend-b", "2026-03-23T05"), ("mend-a", "2026-03-23T09")] {
            removed(session, hour).await;
        }
        for key in stack.keys("raw/type=http/dt=2026-03-23/hr=11/").await {
            stack.delete(&key).await;
        }
        assert_eq!(stack.ask_all(&request("mend-a")).await.rows.len(), 0);

        let (found, code) = report(&stack, &["--dry-run"]);
        assert_eq!((counts(&found), code), ([3, 1, 0, 0], Some(3)), "{found}");
        let (shallow, _) = report(&stack, &["--dry-run", "--shallow"]);
        assert_eq!(counts(&shallow), [2, 1, 0, 0], "by keys alone, an object that is indexed in part is none");

        // What the schedule sends, but for the hours: shallow, and it repairs.
        let day = json!({ "from": "2026-03-23", "to": "2026-03-24", "repair": true, "settle_seconds": 0 });
        let invoked = stack.invoke("IndexFunctionName", &json!({ "check": day })).await;
        assert_eq!((invoked.error, counts(&invoked_report(&invoked.payload))), (None, [2, 1, 2, 1]));
        let metric = |summary: &Value| summary["IndexMissing"] == 2 && summary["_aws"].is_object();
        assert!(stack.summaries().iter().any(metric), "the summary publishes IndexMissing");

        let (mended, code) = report(&stack, &[]);
        assert_eq!((counts(&mended), code), ([1, 0, 1, 0], Some(0)), "{mended}");
        assert_eq!(counts(&report(&stack, &[]).0), [0; 4]);
        assert_eq!(stack.ask_all(&request("mend-a")).await.rows.len(), 2);
        assert_eq!(stack.ask_all(&request("mend-b")).await.rows.len(), 2);
        let gone = stack.ask(&json!({ "report": "events", "session_id": "mend-gone" })).await;
        assert_eq!((gone["rows"].as_array().map(Vec::len), &gone["stats"]["missing"]), (Some(0), &json!(0)));
    });

    let (text, code) = told(&stack, &["reindex", "--from", "yesterday"]);
    assert!(code == Some(2) && text.contains("--from yesterday is no time"), "{text}");
    let invoked = run(stack.invoke("IndexFunctionName", &json!({ "check": { "from": "soon" } })));
    let why = String::from_utf8_lossy(&invoked.payload).into_owned();
    assert!(invoked.error.is_some() && why.contains("check.from: neither RFC 3339"), "{why}");
}

fn invoked_report(payload: &[u8]) -> Value {
    serde_json::from_slice(payload).expect("a report is JSON")
}

pub fn rejected_messages_are_sent_again_without_doubles() {
    let stack = shared();
    let session = "sent-again";
    // Of three, the first is stored; the others call their session by another name, and have no id of their own.
    let body = json!([
        { "session_id": session, "timestamp": "2026-03-24T07:00:00Z", "n": 0 },
        { "sid": session, "timestamp": "2026-03-24T07:00:01Z", "n": 1.50 },
        { "sid": session, "timestamp": "2026-03-24T07:00:02Z", "n": 2, "email": "[EMAIL]" },
    ]);
    let (id, broken) = run(async {
        let ids = stack.send(&[body.to_string(), "{\"session_id\":".to_owned()]).await;
        stack.until_session_has(session, 1, 60).await;
        for id in &ids {
            stack.rejected(id, 60).await;
        }
        (ids[0].clone(), ids[1].clone())
    });

    let rejected = |arguments: &[&str]| told(stack, &[&["rejected"], arguments].concat());
    let (list, code) = rejected(&["list", "--from", "-1h"]);
    assert!(code == Some(0) && list.contains("session_id_missing") && list.contains("not_json"), "{list}");
    let (shown, code) = rejected(&["show", &id]);
    assert!(code == Some(0) && shown.contains("\"position\": 2") && shown.contains("SessionIdField"), "{shown}");
    let (text, code) = rejected(&["show", "no-such-message"]);
    assert!(code == Some(1) && text.contains("rejected/ has no message no-such-message"), "{text}");
    let (text, code) = rejected(&["replay", "--reason", "bad_mood"]);
    assert!(code == Some(2) && text.contains("one of not_json"), "{text}");

    let replay = ["replay", &id, &broken, "--rename", "sid=session_id"];
    let (text, code) = rejected(&[&replay[..], &["--dry-run"]].concat());
    assert!(code == Some(3) && text.contains("2 events of 1 messages would be sent again"), "{text}");
    let (text, code) = rejected(&replay);
    assert!(code == Some(3) && text.contains("2 events of 1 messages were sent again"), "{text}");
    assert!(text.contains("1 messages are no JSON"), "{text}");

    run(async {
        let rows = stack.until_session_has(session, 3, 60).await;
        let ids: Vec<String> = rows.iter().map(|row| identity(row).2).collect();
        assert_eq!(ids, [format!("{id}.0"), format!("{id}.1"), format!("{id}.2")], "each in the place it had");
        let left = stack.keys("rejected/").await;
        assert!(!left.iter().any(|key| key.contains(&id)), "what was sent is no longer rejected");
        assert!(left.iter().any(|key| key.contains(&broken)), "what is no JSON stays");
    });
}
