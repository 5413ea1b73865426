//! The events to measure with: those of `events/shop.jsonl`, as often as needed, with ids and times of their own.
//!
//! Nothing is random: the same call makes the same events.

use std::fs;
use std::path::Path;

use droplets::event::{members, push_json_string};
use droplets::timestamp::Timestamp;
use serde_json::json;

/// Largest payload of an invocation, set by Lambda: 6 MB, escaped bodies, envelopes and all.
pub const INVOCATION_BYTES: usize = 6 * 1024 * 1024;
/// Largest array in a message, by the contract.
pub const ARRAY_BYTES: usize = 240 * 1024;
/// More than a message takes in a payload besides its body.
const ENVELOPE_BYTES: usize = 1024;
/// When the first event happens.
const BEGIN: &str = "2026-11-21T07:00:00.000Z";

/// Prose that holds nothing personal, to bring an event to its size.
const PROSE: &str = "The parcel goes out tomorrow before noon. Assam leaves travel in the large tin, the filters in paper. \
    Please ring at the second door, the first one sticks when it rains, and leave the box dry if nobody comes. ";

/// Events as an Express app sends them.
pub struct Shop {
    lines: Vec<Line>,
}

/// One captured event without what each copy has of its own.
struct Line {
    session_id: String,
    /// What stands behind the timestamp, without the last brace.
    rest: String,
    request: String,
}

/// Whose the events are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sessions {
    /// As in the shop: eleven events a session.
    AsRecorded,
    /// Every event is of another session.
    OneEach,
}

impl Shop {
    /// Reads the captured events.
    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/shop.jsonl");
        let text = fs::read_to_string(path).expect("events/shop.jsonl can be read");
        let lines = text.lines().map(|line| {
            let members = members(line).expect("a line is an object");
            let value = |name| members.iter().find(|(known, _)| known == name).map(|(_, value)| value.get());
            let rest = line.find(",\"type\":").expect("the type stands behind the timestamp");
            Line {
                session_id: value("session_id").expect("a session id").trim_matches('"').to_owned(),
                rest: line[rest..line.len() - 1].to_owned(),
                request: value("request").expect("a request").to_owned(),
            }
        });
        Self { lines: lines.collect() }
    }

    /// How many events were captured.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The `n`th event, as captured but for its ids and time.
    pub fn event(&self, n: usize, sessions: Sessions) -> String {
        let line = &self.lines[n % self.lines.len()];
        let session = match sessions {
            Sessions::AsRecorded => format!("{}-{}", line.session_id, n / self.lines.len()),
            Sessions::OneEach => format!("web-{}", &uuid(n, 2).replace('-', "")[..16]),
        };
        let (id, at) = (uuid(n, 1), begin().plus_millis(7 * n as i64 % 3_000_000));
        format!("{{\"session_id\":\"{session}\",\"event_id\":\"{id}\",\"timestamp\":\"{at}\"{}}}", line.rest)
    }

    /// The `n`th event, brought to `size` bytes by what the session asked for next, as an app that sends breadcrumbs
    /// does, and by prose.
    pub fn event_of(&self, size: usize, n: usize, sessions: Sessions) -> String {
        let mut event = self.event(n, sessions);
        event.pop();
        event += ",\"breadcrumbs\":[";
        for next in 1.. {
            let request = &self.lines[(n + next) % self.lines.len()].request;
            if event.len() + request.len() + 32 > size {
                break;
            }
            if next > 1 {
                event.push(',');
            }
            event += request;
        }
        event += "],\"note\":\"";
        event.extend(PROSE.chars().cycle().take(size.saturating_sub(event.len() + 2)));
        event + "\"}"
    }
}

/// When the events begin.
pub fn begin() -> Timestamp {
    Timestamp::parse_rfc3339(BEGIN).expect("a time")
}

/// The payload of an invocation by SQS.
pub struct Batch {
    json: String,
    /// Messages in it.
    pub messages: usize,
    /// Events in them.
    pub events: usize,
    /// Bytes of their bodies.
    pub bytes: usize,
}

impl Batch {
    fn new() -> Self {
        Self { json: "{\"Records\":[".to_owned(), messages: 0, events: 0, bytes: 0 }
    }

    /// The given number of messages of one event each.
    pub fn of_messages(count: usize, mut event: impl FnMut(usize) -> String) -> Self {
        let mut batch = Self::new();
        (0..count).for_each(|n| assert!(batch.push(&event(n), 1), "the messages fit into an invocation"));
        batch.close()
    }

    /// As many messages of one event each as an invocation takes.
    pub fn full_of_messages(mut event: impl FnMut(usize) -> String) -> Self {
        let mut batch = Self::new();
        while batch.push(&event(batch.events), 1) {}
        batch.close()
    }

    /// As many arrays of events as an invocation takes, the last one as long as fits.
    pub fn full_of_arrays(mut event: impl FnMut(usize) -> String) -> Self {
        let mut batch = Self::new();
        // Quotes and backslashes take two bytes in the payload.
        let escapes = |text: &str| text.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count();
        let (mut array, mut held, mut escaped) = (String::from("["), 0, 0);
        for n in 0.. {
            let next = event(n);
            let more = escapes(&next);
            let full = batch.json.len() + array.len() + next.len() + escaped + more + ENVELOPE_BYTES > INVOCATION_BYTES;
            if held > 0 && (full || array.len() + next.len() + 2 > ARRAY_BYTES) {
                assert!(batch.push(&format!("{array}]"), held), "the array fits");
                (array, held, escaped) = (String::from("["), 0, 0);
            }
            if full {
                break;
            }
            if held > 0 {
                array.push(',');
            }
            array += &next;
            held += 1;
            escaped += more;
        }
        batch.close()
    }

    /// The payload.
    pub fn payload(&self) -> &[u8] {
        self.json.as_bytes()
    }

    /// Adds a message if it fits.
    fn push(&mut self, body: &str, events: usize) -> bool {
        let sent = begin().millis() + 3_600_000;
        let n = self.messages;
        let mut record = String::with_capacity(body.len() * 5 / 4 + 1024);
        record += &format!("{{\"messageId\":\"{}\",\"receiptHandle\":\"{}\",\"body\":", uuid(n, 3), "AQEB".repeat(90));
        push_json_string(body, &mut record);
        let envelope = json!({
            "attributes": {
                "ApproximateReceiveCount": "1",
                "SentTimestamp": sent.to_string(),
                "SenderId": "AROAEXAMPLE:i-0123456789abcdef0",
                "ApproximateFirstReceiveTimestamp": (sent + 900).to_string(),
            },
            "messageAttributes": {},
            "md5OfBody": "0123456789abcdef0123456789abcdef",
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:droplets-Queue-0123456789AB",
            "awsRegion": "eu-west-1",
        });
        record += ",";
        record += &envelope.to_string()[1..];
        if self.json.len() + record.len() + 3 > INVOCATION_BYTES {
            return false;
        }
        if n > 0 {
            self.json.push(',');
        }
        self.json += &record;
        self.messages += 1;
        self.events += events;
        self.bytes += body.len();
        true
    }

    fn close(mut self) -> Self {
        self.json += "]}";
        self
    }
}

/// A version 4 UUID made from a number, by SplitMix64.
fn uuid(n: usize, salt: u64) -> String {
    let mut state = (n as u64).wrapping_mul(0x2545_f491_4f6c_dd1d) ^ salt << 56;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    };
    let (a, b) = (next(), next());
    let (p, q, r) = (a >> 32, a >> 16 & 0xffff, a & 0xfff);
    format!("{p:08x}-{q:04x}-4{r:03x}-{:04x}-{:012x}", b >> 48 & 0x3fff | 0x8000, b & 0xffff_ffff_ffff)
}
