//! Events → queue messages → calls, as full as SQS takes them: a call is billed by 64 KiB, and a batch of events is
//! stored as one object. Pure.

use std::borrow::Cow;
use std::collections::VecDeque;

/// Most bytes of a message that holds several events. A full one is four of the units SQS bills, less a little.
pub const MESSAGE_BYTES: usize = 240 * 1024;
/// Most bytes of a message, and of the messages of one call together
/// (SQS quotas, "Message size" and "Batched message" sizes).
pub const LARGEST_BYTES: usize = 1024 * 1024;
/// Most messages of one call.
pub const CALL_MESSAGES: usize = 10;

/// Lines of the input, the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRange {
    /// The first.
    pub first: u64,
    /// The last, inclusive.
    pub last: u64,
}

/// A message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// A JSON object, or an array of them.
    pub body: String,
    /// Events in the body.
    pub events: u64,
    /// Where they came from.
    pub lines: LineRange,
}

/// Messages that go in one call.
pub type Call = Vec<Message>;

/// An event that no message can hold.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// Its size.
    pub bytes: usize,
}

/// Gathers events until a call is full.
#[derive(Debug, Default)]
pub struct Packer {
    /// The message being filled: `[`, then events with commas between them.
    open: Option<Message>,
    call: Call,
    call_bytes: usize,
    ready: VecDeque<Call>,
}

impl Packer {
    /// Adds the JSON text of an event.
    pub fn add(&mut self, event: &str, line: u64) -> Result<(), TooLarge> {
        let event = sendable(event);
        if event.len() > LARGEST_BYTES {
            return Err(TooLarge { bytes: event.len() });
        }
        if let Some(open) = &mut self.open {
            // With a comma before and a bracket behind.
            if open.body.len() + event.len() + 2 <= MESSAGE_BYTES {
                open.body.push(',');
                open.body.push_str(&event);
                open.events += 1;
                open.lines.last = line;
                return Ok(());
            }
            self.close();
        }
        let mut body = String::with_capacity(event.len() + 1);
        body.push('[');
        body.push_str(&event);
        self.open = Some(Message { body, events: 1, lines: LineRange { first: line, last: line } });
        // Nothing fits beside it: not even a second bracket, as it may be as large as a message can be.
        if event.len() > MESSAGE_BYTES {
            self.close();
        }
        Ok(())
    }

    /// A call that is full.
    pub fn take(&mut self) -> Option<Call> {
        self.ready.pop_front()
    }

    /// Makes calls of all that was added, full or not.
    pub fn flush(&mut self) {
        self.close();
        self.end_call();
    }

    /// Whether something waits for more to come.
    pub fn is_waiting(&self) -> bool {
        self.open.is_some() || !self.call.is_empty()
    }

    /// The first line of what was added and not taken.
    pub fn first_line(&self) -> Option<u64> {
        self.ready.iter().flatten().chain(&self.call).chain(&self.open).map(|message| message.lines.first).min()
    }

    fn close(&mut self) {
        let Some(mut message) = self.open.take() else { return };
        if message.events == 1 {
            // A lone event stands without brackets, so that the largest fits.
            message.body.remove(0);
        } else {
            message.body.push(']');
        }
        if self.call.len() == CALL_MESSAGES || self.call_bytes + message.body.len() > LARGEST_BYTES {
            self.end_call();
        }
        self.call_bytes += message.body.len();
        self.call.push(message);
    }

    fn end_call(&mut self) {
        self.call_bytes = 0;
        if !self.call.is_empty() {
            self.ready.push_back(std::mem::take(&mut self.call));
        }
    }
}

/// SQS refuses a whole message for U+FFFE or U+FFFF in it (it takes the characters of XML 1.0). In a JSON text they can
/// only stand inside a string, where an escape means the same.
fn sendable(event: &str) -> Cow<'_, str> {
    // Both end in three bytes that begin with EF BF, as U+FFC0 and above do: rare enough to look closer.
    if memchr::memmem::find(event.as_bytes(), b"\xef\xbf").is_none() || !event.contains(['\u{fffe}', '\u{ffff}']) {
        return Cow::Borrowed(event);
    }
    Cow::Owned(event.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    /// An event of exactly this many bytes.
    fn event(number: usize, bytes: usize) -> String {
        let mut event = format!("{{\"n\":{number},\"x\":\"\"}}");
        event.insert_str(event.len() - 2, &"x".repeat(bytes.saturating_sub(event.len())));
        event
    }

    fn pack(events: &[String]) -> Vec<Call> {
        let mut packer = Packer::default();
        for (event, line) in events.iter().zip(1..) {
            packer.add(event, line).unwrap();
        }
        packer.flush();
        assert!(!packer.is_waiting());
        std::iter::from_fn(|| packer.take()).collect()
    }

    fn unpack(message: &Message) -> Vec<String> {
        let events: Vec<String> = match message.body.starts_with('[') {
            true => {
                serde_json::from_str::<Vec<&RawValue>>(&message.body).unwrap().iter().map(|e| e.get().into()).collect()
            }
            false => vec![message.body.clone()],
        };
        assert_eq!(events.len() as u64, message.events);
        events
    }

    #[test]
    fn events_share_a_message_and_a_lone_one_stands_bare() {
        let calls = pack(&[event(1, 0), event(2, 0)]);
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0][0].body, r#"[{"n":1,"x":""},{"n":2,"x":""}]"#);
        assert_eq!(calls[0][0].lines, LineRange { first: 1, last: 2 });
        assert_eq!(pack(&[event(1, 0)])[0][0].body, r#"{"n":1,"x":""}"#);
        assert!(pack(&[]).is_empty());
    }

    #[test]
    fn limits_are_reached_and_not_passed() {
        // [a,b] with both brackets and the comma is exactly a message.
        let half = (MESSAGE_BYTES - 3) / 2;
        let (fits, not) = (MESSAGE_BYTES - 3 - half, MESSAGE_BYTES - 2 - half);
        assert_eq!(pack(&[event(1, half), event(2, fits)])[0].len(), 1);
        assert_eq!(pack(&[event(1, half), event(2, fits)])[0][0].body.len(), MESSAGE_BYTES);
        assert_eq!(pack(&[event(1, half), event(2, not)])[0].len(), 2);

        // The largest event there can be, in a message and a call of its own, between small ones.
        let calls = pack(&[event(1, 20), event(2, LARGEST_BYTES), event(3, 20)]);
        assert_eq!(calls.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
        assert_eq!(calls[1][0].body.len(), LARGEST_BYTES);

        let mut packer = Packer::default();
        assert_eq!(packer.add(&event(1, LARGEST_BYTES + 1), 1), Err(TooLarge { bytes: LARGEST_BYTES + 1 }));
        assert!(!packer.is_waiting());
    }

    #[test]
    fn ten_messages_make_a_call() {
        let calls = pack(&(0..11).map(|n| event(n, MESSAGE_BYTES / 2 - 1)).collect::<Vec<_>>());
        // 1 MiB comes first with messages that are full.
        assert!(calls.iter().all(|call| call.len() <= CALL_MESSAGES));
        // Each of the small ones stands alone, because the next event has no room beside it.
        let alternating: Vec<_> = (0..24).map(|n| event(n, if n % 2 == 0 { 20 } else { MESSAGE_BYTES })).collect();
        assert!(pack(&alternating).iter().flatten().all(|message| message.events == 1));
    }

    #[test]
    fn what_sqs_refuses_is_escaped() {
        let calls = pack(&["{\"a\":\"\u{fffe}x\u{ffff}\u{ffee}\"}".to_owned()]);
        assert_eq!(calls[0][0].body, "{\"a\":\"\\ufffex\\uffff\u{ffee}\"}");
    }

    #[test]
    fn what_was_not_taken_is_known_by_its_first_line() {
        let mut packer = Packer::default();
        assert_eq!(packer.first_line(), None);
        for line in 5..20 {
            packer.add(&event(0, MESSAGE_BYTES), line).unwrap();
        }
        assert_eq!(packer.first_line(), Some(5));
        assert_eq!(packer.take().unwrap().len(), 4);
        assert_eq!(packer.first_line(), Some(9));
    }

    fn sizes() -> impl Strategy<Value = usize> {
        prop_oneof![
            20 => 16usize..4_000,
            4 => 16usize..MESSAGE_BYTES,
            2 => MESSAGE_BYTES - 4..MESSAGE_BYTES + 4,
            1 => MESSAGE_BYTES..=LARGEST_BYTES,
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn every_event_once_in_order_within_the_limits(sizes in prop::collection::vec(sizes(), 0..80)) {
            let events: Vec<_> = sizes.iter().enumerate().map(|(n, size)| event(n, *size)).collect();
            let calls = pack(&events);
            for call in &calls {
                prop_assert!((1..=CALL_MESSAGES).contains(&call.len()));
                prop_assert!(call.iter().map(|message| message.body.len()).sum::<usize>() <= LARGEST_BYTES);
            }
            let mut next_line = 1;
            for message in calls.iter().flatten() {
                prop_assert!(message.events == 1 || message.body.len() <= MESSAGE_BYTES);
                prop_assert_eq!(message.lines.first, next_line);
                next_line += message.events;
                prop_assert_eq!(message.lines.last, next_line - 1);
            }
            let sent: Vec<_> = calls.iter().flatten().flat_map(unpack).collect();
            prop_assert!(sent == events);
        }
    }
}
