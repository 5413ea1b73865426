//! A stack with other parameters: an object for each session, and a key for ids that are personal data.

use std::collections::BTreeSet;

use droplets_tests::{Stack, StackOptions, run};
use serde_json::json;

const PERSON: &str = "nobody.at.all@example.com";
const OTHER: &str = "somebody.else@example.com";

pub fn an_object_for_each_session_and_tokens_for_personal_ids() {
    let options = StackOptions::named("droplets-session")
        .with("ObjectGrouping", "session")
        .with("PiiHashKey", "this-key-hashes-nothing-but-the-tests-own-invented-people-000001");
    let stack = Stack::start(&options);
    let event = |session: &str, id: &str, hour: u32| json!({ "session_id": session, "event_id": id, "timestamp": format!("2026-03-10T0{hour}:00:00Z") });
    let body = json!([
        event("plain", "e-1", 1),
        event("plain", "e-2", 1),
        event("plain", "e-3", 2),
        event("a/b c", "e-1", 1),
        event(PERSON, "e-1", 1),
        event(PERSON, "e-2", 1),
        event(OTHER, "e-1", 1),
    ]);

    run(async {
        stack.send(&[body.to_string()]).await;
        let of_person = stack.until_session_has(PERSON, 2, 60).await;
        let of_other = stack.until_session_has(OTHER, 1, 60).await;
        stack.until_session_has("plain", 3, 60).await;
        stack.until_session_has("a/b c", 1, 60).await;

        let token = of_person[0]["session_id"].as_str().unwrap();
        assert_ne!(token, PERSON);
        assert_eq!(of_person[0]["_droplets"]["session_id"], token);
        assert_eq!(of_person[1]["session_id"], token, "the same person is the same token");
        assert_ne!(of_other[0]["session_id"], token, "and another person another");
        assert_eq!(stack.until_session_has(token, 2, 60).await, of_person, "the token finds the same session");

        // An object for each session and hour, of one member, named after the session.
        let keys = stack.keys("raw/").await;
        let names: BTreeSet<&str> = keys.iter().map(|key| key.rsplit_once('_').unwrap().0).collect();
        let hour = |hour: u32, session: &str| {
            format!("raw/type=http/dt=2026-03-10/hr=0{hour}/session_{session}_20260310T0{hour}0000000Z")
        };
        let escaped = |token: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            token
                .chars()
                .map(|c| if plain(c) { c.to_string() } else { format!("%{:02X}", c as u32) })
                .collect::<String>()
        };
        let other = of_other[0]["session_id"].as_str().unwrap();
        let expected = [
            hour(1, "plain"),
            hour(2, "plain"),
            hour(1, "a%2Fb%20c"),
            hour(1, &escaped(token)),
            hour(1, &escaped(other)),
        ];
        assert_eq!(names, expected.iter().map(String::as_str).collect());
        assert_eq!(keys.len(), expected.len());

        // The ids themselves are kept nowhere.
        let mut kept = format!("{:?}{}{}", stack.items().await, stack.log(), keys.join("\n"));
        for key in stack.keys("").await {
            kept.push_str(&stack.object_text(&key).await);
        }
        for id in [PERSON, OTHER] {
            assert!(!kept.contains(id) && !kept.contains(&id.replace('@', "%40")));
        }
        assert!(stack.keys("rejected/").await.is_empty());
    });
}
