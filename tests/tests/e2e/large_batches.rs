//! Batches as large as Lambda hands them out. The emulator stops at ten messages, so ingest is invoked by hand.

use droplets::timestamp::Timestamp;
use droplets_tests::aws::batch;
use droplets_tests::run;
use serde_json::{Value, json};

use crate::shared;

/// What Lambda takes in one invocation.
const MOST_BYTES: usize = 6 * 1024 * 1024;

pub fn a_thousand_messages_are_stored() {
    let bodies: Vec<String> = (0..1000).map(|n| event("2026-03-06T07", n, 4000).to_string()).collect();
    stored_whole("2026-03-06T07", &bodies, 1000);
}

pub fn five_and_a_half_megabytes_are_stored() {
    // As the command line packs them: arrays close to 240 KiB.
    let body = |at: usize| {
        let events: Vec<Value> = (0..58).map(|n| event("2026-03-06T09", at * 58 + n, 4000)).collect();
        Value::Array(events).to_string()
    };
    let bodies: Vec<String> = (0..23).map(body).collect();
    stored_whole("2026-03-06T09", &bodies, 23 * 58);
}

fn event(hour: &str, n: usize, bytes: usize) -> Value {
    let mut event = json!({
        "session_id": format!("large-{}", n % 200),
        "event_id": format!("e-{n}"),
        "timestamp": format!("{hour}:{:02}:{:02}.{:03}Z", n / 60 % 60, n % 60, n % 1000),
        "request": { "method": "GET", "path": "/search" },
        "response": { "status": 200 },
    });
    let missing = bytes - event.to_string().len();
    event["note"] = "a plain word or two ".repeat(missing / 20 + 1)[..missing].into();
    event
}

fn stored_whole(hour: &str, bodies: &[String], events: usize) {
    let ids: Vec<String> = (0..bodies.len()).map(|n| format!("{hour}-{n}")).collect();
    let payload = batch(Timestamp::now(), ids.iter().map(String::as_str).zip(bodies.iter().map(String::as_str)));
    let bytes = payload.to_string().len();
    assert!((4_000_000..MOST_BYTES).contains(&bytes), "{bytes} bytes");
    let stack = shared();
    let from = Timestamp::parse_rfc3339(&format!("{hour}:00:00Z")).unwrap();
    let to = from.plus_millis(3_600_000);

    run(async {
        let invoked = stack.invoke("IngestFunctionName", &payload).await;
        let answer = String::from_utf8_lossy(&invoked.payload);
        assert_eq!(invoked.error, None, "{answer}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["batchItemFailures"], json!([]), "all are stored");

        let request = json!({ "report": "count", "from": from.to_string(), "to": to.to_string() });
        stack
            .eventually(&format!("{events} events are counted"), 60, async || {
                let rows = stack.ask_all(&request).await.rows;
                let counted: u64 = rows.iter().filter_map(|row| row[1].as_u64()).sum();
                if counted == events as u64 { Ok(()) } else { Err(format!("{counted} are")) }
            })
            .await;
    });
}
