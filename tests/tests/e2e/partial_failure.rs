//! When AWS fails at a part of a batch, exactly the messages concerned come back.

use droplets::timestamp::Timestamp;
use droplets_tests::aws::batch;
use droplets_tests::events::identity;
use droplets_tests::run;
use serde_json::{Value, json};

use crate::shared;

const DENIED_HOUR: &str = "raw/type=http/dt=2026-03-05/hr=03/*";

pub fn only_what_was_not_stored_is_tried_again() {
    let event = |session: &str, id: &str, hour: u32| json!({ "session_id": session, "event_id": id, "timestamp": format!("2026-03-05T0{hour}:30:00Z") });
    let messages = |session: &str| {
        [
            event(session, "denied", 3).to_string(),
            event(session, "stored", 4).to_string(),
            // Of the third message one half can be stored.
            json!([event(session, "half-denied", 3), event(session, "half-stored", 4)]).to_string(),
            event(session, "later", 5).to_string(),
        ]
    };
    let stack = shared();

    run(async {
        stack.deny("NotThisHour", "s3:PutObject", DENIED_HOUR).await;

        // By hand, to see the answer.
        let bodies = messages("partial-direct");
        let ids = ["m-1", "m-2", "m-3", "m-4"];
        let payload = batch(Timestamp::now(), ids.into_iter().zip(bodies.iter().map(String::as_str)));
        let invoked = stack.invoke("IngestFunctionName", &payload).await;
        assert_eq!(invoked.error, None);
        let failed = json!([{ "itemIdentifier": "m-1" }, { "itemIdentifier": "m-3" }]);
        assert_eq!(invoked.json()["batchItemFailures"], failed, "the messages with an event of the denied hour");

        // By the queue, to see them return.
        stack.send(&messages("partial")).await;
        let rows = stack.until_session_has("partial", 3, 60).await;
        let ids = |rows: &[Value]| rows.iter().map(|row| identity(row).2).collect::<Vec<_>>();
        assert_eq!(ids(&rows), ["half-stored", "stored", "later"]);

        stack.permit("NotThisHour").await;
        let rows = stack.until_session_has("partial", 5, 90).await;
        assert_eq!(ids(&rows), ["denied", "half-denied", "half-stored", "stored", "later"], "each once");

        // The retry stores the other half of the third message once more, in an object of its own or the same; either
        // way it is one event.
        let objects = stack.keys("raw/type=http/dt=2026-03-05/hr=03/").await;
        assert!(!objects.is_empty());
        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 0);
    });
}
