//! What is no event: kept with its reason and without personal data, and never in the way of what is one.

use std::collections::BTreeSet;

use droplets::event::{MAX_REJECTIONS, Reason};
use droplets_tests::run;
use serde_json::{Value, json};

use crate::shared;

/// Personal data that stands in every bad message; it has no owner.
const SECRETS: [&str; 3] = ["nobody.at.all@example.com", "4242424242424242", "tr0ub4dor-and-horse"];
const PERSONAL: &str =
    r#""email":"nobody.at.all@example.com","card":"4242424242424242","password":"tr0ub4dor-and-horse""#;

/// A bad message for each reason as it is spelled for those who read `rejected/`, the field it is about, and whether it still is JSON.
fn bad() -> Vec<(&'static str, Option<&'static str>, String)> {
    let event = |fields: &str| format!("{{{fields},{PERSONAL}}}");
    let time = r#""timestamp":"2026-03-03T07:00:00Z""#;
    let deep = format!(r#""session_id":"bad",{time},"deep":{}{}"#, "[".repeat(200), "]".repeat(200));
    let (session, when) = (Some("session_id"), Some("timestamp"));
    vec![
        ("not_json", None, format!(r#"{{"session_id":"bad",{PERSONAL},"more":"cut he"#)),
        ("not_an_object", None, r#""nobody.at.all@example.com""#.into()),
        ("empty_array", None, "[]".into()),
        ("too_deep", None, event(&deep)),
        ("duplicate_field", session, event(&format!(r#""session_id":"bad","session_id":"worse",{time}"#))),
        ("session_id_missing", session, event(time)),
        ("session_id_invalid", session, event(&format!(r#""session_id":{{"id":"bad"}},{time}"#))),
        ("session_id_invalid", session, event(&format!(r#""session_id":"{}",{time}"#, "x".repeat(257)))),
        ("personal_session_id", session, event(&format!(r#""session_id":"nobody.at.all@example.com",{time}"#))),
        ("event_id_invalid", Some("event_id"), event(&format!(r#""session_id":"bad","event_id":1.5,{time}"#))),
        (
            "personal_event_id",
            Some("event_id"),
            event(&format!(r#""session_id":"bad","event_id":"nobody.at.all@example.com",{time}"#)),
        ),
        ("timestamp_malformed", when, event(r#""session_id":"bad","timestamp":"yesterday""#)),
        ("timestamp_in_seconds", when, event(r#""session_id":"bad","timestamp":1795244592"#)),
        ("timestamp_in_future", when, event(r#""session_id":"bad","timestamp":"2199-01-01T00:00:00Z""#)),
    ]
}

pub fn bad_messages_are_kept_with_their_reason_and_good_ones_arrive() {
    let session = "rejected-good";
    let good = |n: usize| json!({ "session_id": session, "event_id": format!("e-{n:02}"), "timestamp": format!("2026-03-03T07:00:{n:02}Z") });
    let bad = bad();
    let tried: BTreeSet<&str> = bad.iter().map(|(reason, _, _)| *reason).collect();
    let untried: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).filter(|one| !tried.contains(one)).collect();
    assert_eq!(untried, ["too_many_rejections"], "every reason is tried, here or below");

    // Bad and good in turn, so that every batch has both; then an array in which all bad objects stand between good ones.
    let mut bodies: Vec<String> = Vec::new();
    for (n, (_, _, body)) in bad.iter().enumerate() {
        bodies.extend([body.clone(), good(n).to_string()]);
    }
    let elements: Vec<_> = bad.iter().filter(|(reason, _, _)| !matches!(*reason, "not_json" | "empty_array")).collect();
    let between: Vec<String> =
        elements.iter().enumerate().map(|(n, (_, _, body))| format!("{body},{}", good(bad.len() + n))).collect();
    bodies.push(format!("[{}]", between.join(",")));
    let count = bad.len() + elements.len();

    let stack = shared();
    run(async {
        let ids = stack.send(&bodies).await;
        let rows = stack.until_session_has(session, count, 60).await;
        let came: Vec<&str> = rows.iter().map(|row| row["event_id"].as_str().unwrap()).collect();
        let all: Vec<String> = (0..count).map(|n| format!("e-{n:02}")).collect();
        assert_eq!(came, all, "the good ones arrive, once and in order");

        for (n, (reason, field, body)) in bad.iter().enumerate() {
            let kept = stack.rejected(&ids[2 * n], 60).await;
            assert_eq!(kept["message_id"], ids[2 * n].as_str());
            assert_eq!(kept["rejected"].as_array().map(Vec::len), Some(1), "{reason}");
            assert_kept(&kept["rejected"][0], &Value::Null, reason, *field, body);
        }
        let kept = stack.rejected(&ids[2 * bad.len()], 60).await;
        assert_eq!(kept["rejected"].as_array().map(Vec::len), Some(elements.len()));
        for (n, (reason, field, body)) in elements.into_iter().enumerate() {
            assert_kept(&kept["rejected"][n], &json!(2 * n), reason, *field, body);
        }

        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 0, "bad input is acknowledged, never a dead letter");
        let log = stack.log();
        assert!(!SECRETS.iter().any(|secret| log.contains(secret)), "the log has none of it");
    });
}

pub fn a_hostile_array_is_kept_whole() {
    let session = "rejected-hostile";
    let bad = format!("{{{PERSONAL}}}");
    let good = json!({ "session_id": session, "event_id": "e-1", "timestamp": "2026-03-03T08:00:00Z" }).to_string();
    let mut elements = vec![bad; MAX_REJECTIONS + 3];
    elements.push(good);
    let stack = shared();
    run(async {
        let ids = stack.send(&[format!("[{}]", elements.join(","))]).await;
        stack.until_session_has(session, 1, 60).await;
        let kept = stack.rejected(&ids[0], 60).await;
        let kept = kept["rejected"].as_array().unwrap();
        assert_eq!(kept.len(), MAX_REJECTIONS + 1);
        assert!(kept[..MAX_REJECTIONS].iter().all(|one| one["reason"] == "session_id_missing"));
        let others = &kept[MAX_REJECTIONS];
        assert_eq!(others["reason"], "too_many_rejections");
        let positions: Vec<&String> = others["event"].as_object().expect("position to element").keys().collect();
        assert_eq!(positions, ["1000", "1001", "1002"], "the others, by their positions");
        let text = Value::from(kept.clone()).to_string();
        assert!(!SECRETS.iter().any(|secret| text.contains(secret)), "kept without personal data");
    });
}

fn assert_kept(kept: &Value, position: &Value, reason: &str, field: Option<&str>, body: &str) {
    assert_eq!(kept["reason"], reason);
    assert_eq!((&kept["position"], &kept["field"]), (position, &json!(field)), "{reason}");
    assert!(kept["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{reason} says the way out");
    let text = kept.to_string();
    assert!(!SECRETS.iter().any(|secret| text.contains(secret)), "{reason}: kept without personal data");
    if matches!(reason, "not_json" | "too_deep") {
        assert!(kept["body"].is_string(), "{reason}: kept as text");
    } else {
        assert!(kept.get("body").is_none(), "{reason}: kept as JSON");
    }
    if body.contains(PERSONAL) {
        for placeholder in ["[EMAIL]", "[CARD]", "[PASSWORD]"] {
            assert!(text.contains(placeholder), "{reason}: {placeholder} stands where the value stood");
        }
    }
}
