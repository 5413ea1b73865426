//! The rules for personal data in the bucket: a change is a new document, a broken one stops everything until it is mended.

use droplets_tests::{Stack, StackOptions, run};
use serde_json::{Value, json};

const RULES: &str = "config/pii.json";

fn event(session: &str) -> String {
    json!({
        "session_id": session, "event_id": "e", "timestamp": "2026-03-22T07:00:00Z",
        "ip": "203.0.113.7", "email": "Nobody@example.com", "seat": "EMP-123456",
        "note": "from nobody@example.com at +44 20 7946 0958", "draft": "nobody's business",
    })
    .to_string()
}

async fn stored(stack: &Stack, session: &str) -> Value {
    stack.send(&[event(session)]).await;
    stack.until_session_has(session, 1, 60).await.remove(0)
}

pub fn rules_are_a_document_in_the_bucket_and_fail_closed() {
    let options = StackOptions::named("droplets-rules")
        .with("PiiRulesSeconds", "0")
        .with("QueueVisibilityTimeoutSeconds", "6")
        .with("PiiHashKey", "this-key-hashes-nothing-but-the-tests-own-invented-people-000002");
    let stack = Stack::start(&options);
    run(async {
        let row = stored(&stack, "rules-none").await;
        assert_eq!((&row["ip"], &row["email"]), (&json!("[IP]"), &json!("[EMAIL]")), "no document: what is built in");

        let rules = json!({
            "kinds": { "ip": "keep", "email": "hash", "phone": "mask" },
            "paths": [{ "path": "draft", "action": "drop" }],
            "patterns": [{ "pattern": r"\bEMP-[0-9]{6}\b" }],
        });
        stack.put(RULES, rules.to_string().into_bytes()).await;
        let row = stored(&stack, "rules-some").await;
        let token = row["email"].as_str().unwrap();
        assert!(token.starts_with("tok_"), "{token}");
        assert_eq!(row["note"], format!("from {token} at ****0958"));
        assert_eq!((&row["ip"], &row["seat"]), (&json!("203.0.113.7"), &json!("[CUSTOM]")));
        assert_eq!(row.get("draft"), None);
        assert_eq!(row["_droplets"]["pii"], json!({ "email": 2, "phone": 1, "custom": 2 }));

        stack.put(RULES, b"{\n \"kinds\": { \"emial\": \"keep\" } }".to_vec()).await;
        stack.send(&[event("rules-broken")]).await;
        let said = "config/pii.json: line 2: kinds.emial: there is no such field; did you mean \\\"email\\\"?";
        stack
            .eventually("ingest says what is broken", 60, async || {
                if stack.log().contains(said) { Ok(()) } else { Err("it does not".to_owned()) }
            })
            .await;
        assert_eq!(stack.waiting("QueueUrl").await, 1, "the message waits");
        stack.delete(RULES).await;
        let row = stack.until_session_has("rules-broken", 1, 60).await.remove(0);
        assert_eq!(row["email"], "[EMAIL]", "without a document what is built in");
        assert!(stack.keys("rejected/").await.is_empty());
        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 0);
    });
}
