//! Any text as a message: it becomes events and rejections, each element one of them, without a panic.
#![no_main]

use std::sync::LazyLock;

use droplets::event::{Contract, Message, Stored, read_message};
use droplets::pii::Redactor;
use droplets::timestamp::Timestamp;
use libfuzzer_sys::fuzz_target;

static REDACTOR: LazyLock<Redactor> = LazyLock::new(|| Redactor::builtin(None));

fuzz_target!(|body: &str| {
    let contract = Contract::default();
    let sent_at = Timestamp::from_millis(1_795_244_595_000).expect("an instant of 2026");
    let message = Message { id: "059f36b4-87a3-44ab-83d2-661975830a7d", sent_at, body, positions: &[] };
    let reading = read_message(&message, &contract, &REDACTOR);
    assert!(reading.events.len() + reading.rejections.len() > 0, "nothing is lost");
    for event in &reading.events {
        let stored = Stored::read(event.line.as_bytes(), &contract).expect("a line is an event");
        assert_eq!(stored.identity(), (event.timestamp, event.session_id.as_str(), event.event_id.as_str()));
        assert!(!event.line.contains('\n'), "a line is one line");
    }
});
