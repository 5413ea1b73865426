//! When AWS fails for long: a message is tried five times, then waits in the dead-letter queue, whole, for its return.

use droplets_tests::{Stack, StackOptions, run};
use serde_json::json;

pub fn what_cannot_be_stored_five_times_waits_and_can_be_sent_again() {
    // Of its own, because here the bucket refuses everything, and with a short visibility timeout, because five go by.
    let stack = Stack::start(&StackOptions::named("droplets-dlq").with("QueueVisibilityTimeoutSeconds", "2"));
    let event = |n: u32| {
        let timestamp = format!("2026-03-04T07:00:0{n}Z");
        json!({ "session_id": "dead", "event_id": format!("e-{n}"), "timestamp": timestamp }).to_string()
    };
    let body = format!("[{},{}]", event(1), event(2));

    run(async {
        stack.deny("NoWrites", "s3:PutObject", "raw/*").await;
        stack.send(std::slice::from_ref(&body)).await;
        let letter = stack
            .eventually("the message lies in the dead-letter queue", 90, async || {
                stack.receive("DeadLetterQueueUrl").await.pop().ok_or("it is empty".to_owned())
            })
            .await;
        assert_eq!(letter.body, body, "the message is whole");
        stack.until_queue_is_empty(60).await;

        let attempts = async || {
            let failed = stack.summaries().into_iter().filter(|summary| summary["BatchItemFailures"] == 1).count();
            if failed == 5 { Ok(()) } else { Err(format!("{failed} attempts failed")) }
        };
        stack.eventually("five attempts have failed", 30, attempts).await;
        let failure = stack.summaries().iter().find_map(|summary| summary["failures"][0].as_str().map(str::to_owned));
        let failure = failure.expect("the summary says why");
        assert!(failure.contains("PutObject") && failure.contains("AccessDenied"), "{failure}");
        assert!(stack.keys("rejected/").await.is_empty(), "a fault of AWS rejects nothing");
        assert!(stack.keys("raw/").await.is_empty());

        stack.permit("NoWrites").await;
        stack.send(&[letter.body]).await;
        stack.until_session_has("dead", 2, 60).await;
    });
}
