//! When AWS fails for long: a message is tried five times, then waits in the dead-letter queue, whole, for its return.

use droplets_tests::events::identity;
use droplets_tests::shell::succeed;
use droplets_tests::{Stack, StackOptions, run};
use serde_json::json;

use crate::droplets_command;

pub fn what_cannot_be_stored_five_times_waits_and_can_be_sent_again() {
    // Of its own, because here the bucket refuses everything, and with a short visibility timeout, because five go by.
    let stack = Stack::start(&StackOptions::named("droplets-dlq").with("QueueVisibilityTimeoutSeconds", "2"));
    let event = |n: u32| {
        let timestamp = format!("2026-03-04T07:00:0{n}Z");
        json!({ "session_id": "dead", "event_id": format!("e-{n}"), "timestamp": timestamp }).to_string()
    };
    // The second has neither id nor time of its own: it is named after the message, and dated by it.
    let body = format!("[{},{}]", event(1), r#"{"session_id":"dead"}"#);

    run(async {
        stack.deny("NoWrites", "s3:PutObject", "raw/*").await;
        let id = stack.send(std::slice::from_ref(&body)).await.remove(0);
        let sent = droplets::timestamp::Timestamp::now();
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
        let redrive = |arguments: &[&str]| {
            let all = [&["redrive", "--stack", stack.name()], arguments].concat();
            String::from_utf8(succeed(&mut droplets_command(&stack, &all), b"", 60)).expect("UTF-8")
        };
        assert_eq!(redrive(&["--dry-run"]), "1 messages would go back to the queue, 0 notifications to index\n");
        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 1, "a dry run moves nothing");
        assert_eq!(redrive(&[]), "1 messages went back to the queue, 0 notifications to index\n");
        let rows = stack.until_session_has("dead", 2, 60).await;
        let (time, _, event_id) = identity(&rows[1]);
        assert_eq!(event_id, format!("{id}.1"), "it is named after the message as it was first sent");
        let age = sent.millis() - droplets::timestamp::Timestamp::parse_rfc3339(&time).unwrap().millis();
        assert!(age.abs() < 2000, "and dated by it: {age} ms off");
        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 0);
    });
}
