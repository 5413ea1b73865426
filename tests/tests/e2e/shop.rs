//! Real traffic: a shop's events, captured over HTTP, sent with the command line. All of it is stored and nothing of the
//! people in it.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use droplets::timestamp::Timestamp;
use droplets_tests::events::{Identity, identity};
use droplets_tests::shell::succeed;
use droplets_tests::{Stack, root, run};
use memchr::memmem;
use serde_json::{Value, json};

use crate::{droplets_command, shared};

/// Fields of `people.json` that the stripper promises to find wherever they stand.
const PROMISED: [&str; 6] = ["email", "phone", "card", "password", "iban", "ssn"];
/// Fields that are looked for and counted, and may remain: some are only personal beside others.
const COUNTED: [&str; 8] = ["family", "street", "postcode", "born", "nhs_number", "nino", "dni", "tax_id"];
/// A value shorter than this stands in unrelated text by chance.
const SHORTEST: usize = 7;

pub fn real_traffic_is_stored_whole_and_without_the_people_in_it() {
    let file = root().join("events/shop.jsonl");
    let text = std::fs::read_to_string(&file).expect("events/shop.jsonl is there");
    let sent: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let stack = shared();
    let output = succeed(droplets_command(stack, &["send", "--quiet", "--stack", stack.name()]).arg(&file), b"", 60);
    assert!(output.is_empty(), "send prints nothing on standard output");

    run(async {
        let stored = until_all_are_stored(stack, &sent).await;
        in_order_and_exactly_once(stack, &sent, &stored).await;
        what_is_not_personal_is_as_sent(&sent, &stored);
        nothing_of_the_people_is_left(stack, &text).await;
    });
}

/// What an event as sent must be stored as.
fn sent_identity(event: &Value) -> Identity {
    let text = |name: &str| event[name].as_str().expect("the capture gives all three").to_owned();
    let timestamp = Timestamp::parse_rfc3339(&text("timestamp")).expect("RFC 3339");
    (timestamp.to_string(), text("session_id"), text("event_id"))
}

async fn until_all_are_stored(stack: &Stack, sent: &[Value]) -> Vec<Value> {
    let times = || sent.iter().map(|event| Timestamp::parse_rfc3339(event["timestamp"].as_str().unwrap()).unwrap());
    let (from, to) = (times().min().unwrap(), times().max().unwrap().plus_millis(1));
    let request =
        json!({ "report": "events", "from": from.to_string(), "to": to.to_string(), "limit": 250, "format": "ndjson" });
    stack
        .eventually("all events of the shop are stored", 60, async || {
            let rows = stack.ask_all(&request).await.rows;
            if rows.len() >= sent.len() { Ok(rows) } else { Err(format!("{} of {} are", rows.len(), sent.len())) }
        })
        .await
}

async fn in_order_and_exactly_once(stack: &Stack, sent: &[Value], stored: &[Value]) {
    let expected: BTreeSet<Identity> = sent.iter().map(sent_identity).collect();
    assert_eq!(expected.len(), sent.len(), "the capture has no event twice");
    assert!(stored.iter().map(identity).eq(expected.iter().cloned()), "by range: each event once, in the total order");

    let sessions: BTreeSet<&str> = expected.iter().map(|(_, session, _)| session.as_str()).collect();
    assert!(sessions.len() >= 25);
    for session in sessions {
        let rows = stack.ask_all(&json!({ "report": "events", "session_id": session })).await.rows;
        let of_session = expected.iter().filter(|(_, own, _)| own == session);
        assert!(rows.iter().map(identity).eq(of_session.cloned()), "session {session}: each event once, in order");
    }
}

fn what_is_not_personal_is_as_sent(sent: &[Value], stored: &[Value]) {
    let sent: BTreeMap<Identity, &Value> = sent.iter().map(|event| (sent_identity(event), event)).collect();
    for row in stored {
        let event = sent[&identity(row)];
        for pointer in [
            "/type",
            "/outcome",
            "/request/method",
            "/request/route",
            "/request/headers/user-agent",
            "/request/headers/x-request-id",
            "/request/headers/traceparent",
            "/response/status",
            "/response/duration_ms",
            "/response/size",
            "/response/headers/etag",
        ] {
            assert_eq!(row.pointer(pointer), event.pointer(pointer), "{pointer} of {:?}", identity(row));
        }
    }
}

/// Looks for every value of every person that was sent, in every spelling it can be recognised in, in all that is kept
/// anywhere.
async fn nothing_of_the_people_is_left(stack: &Stack, sent: &str) {
    let people = std::fs::read(root().join("express/shop/people.json")).expect("express/shop/people.json is there");
    let people: Vec<BTreeMap<String, Value>> = serde_json::from_slice(&people).expect("people are JSON");
    let sent = Haystack::new("shop.jsonl", sent.to_owned());

    let mut kept = Vec::new();
    // Below backfill/ stand other tests' objects, which did not pass through ingest.
    for key in stack.keys("").await.iter().filter(|key| !key.starts_with("raw/backfill/")) {
        let text = stack.object_text(key).await;
        kept.push(Haystack::new("objects", format!("{key}\n{text}")));
    }
    kept.push(Haystack::new("index", format!("{:?}", stack.items().await)));
    kept.push(Haystack::new("logs", stack.log()));

    // Field → where → how many values are left.
    let mut left: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut looked_for: BTreeMap<&str, usize> = BTreeMap::new();
    for person in &people {
        for field in PROMISED.into_iter().chain(COUNTED) {
            let Some(value) = person.get(field).and_then(Value::as_str).filter(|value| value.len() >= SHORTEST) else {
                continue;
            };
            let needles = Needles::of(value);
            if !sent.has(&needles) {
                continue;
            }
            *looked_for.entry(field).or_default() += 1;
            let places: BTreeSet<&str> = kept.iter().filter(|text| text.has(&needles)).map(|text| text.place).collect();
            for place in places {
                *left.entry((field, place)).or_default() += 1;
            }
        }
    }
    for field in PROMISED {
        assert!(looked_for.contains_key(field), "the capture has a {field} to look for");
    }
    let (promised, counted): (Vec<_>, Vec<_>) = left.iter().partition(|((field, _), _)| PROMISED.contains(field));
    println!("looked for in the shop's traffic: {looked_for:?}; left of what is not promised: {counted:?}");
    assert!(promised.is_empty(), "values of people are left, by field and place: {promised:?}");
}

/// Text to look into.
struct Haystack {
    place: &'static str,
    text: String,
    /// Base64 distinguishes case, everything else is found in any.
    lower: String,
}

/// A value in the spellings it can be recognised in.
struct Needles {
    lower: Vec<String>,
    exact: Vec<String>,
}

impl Haystack {
    fn new(place: &'static str, text: String) -> Self {
        Self { place, lower: text.to_lowercase(), text }
    }

    fn has(&self, needles: &Needles) -> bool {
        // Many megabytes, thousands of times: worth the vectorised search.
        let found = |text: &str, needle: &String| memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
        needles.lower.iter().any(|needle| found(&self.lower, needle))
            || needles.exact.iter().any(|needle| found(&self.text, needle))
    }
}

impl Needles {
    fn of(value: &str) -> Self {
        let plain = value.to_lowercase();
        let compact: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut lower = vec![plain.clone()];
        // Cards, numbers and accounts are the same without their gaps; other text would not be recognised.
        if compact.bytes().filter(u8::is_ascii_digit).count() * 2 > compact.len() && !compact.is_empty() {
            lower.push(compact);
            lower.push(plain.replace(' ', "-"));
        }
        for spelling in lower.clone() {
            let once = percent(&spelling);
            lower.push(percent(&once));
            lower.push(once.replace("%20", "+"));
            lower.push(once);
            let escaped: String = spelling.chars().flat_map(char::escape_default).collect();
            lower.push(escaped.replace("\\u{", "\\u"));
            lower.push(serde_json::to_string(&spelling).unwrap_or_default().trim_matches('"').to_owned());
        }
        Self { lower, exact: base64(value) }
    }
}

fn percent(text: &str) -> String {
    let spell = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02x}"),
    };
    text.bytes().map(spell).collect()
}

/// The part of the value's base64 that is the same whatever stands around it, for each of the three ways it can fall on
/// groups of three bytes.
fn base64(value: &str) -> Vec<String> {
    let mut all = Vec::new();
    for before in 0..3 {
        let padded = [&[b' '; 3][..before], value.as_bytes()].concat();
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            let text = engine.encode(&padded);
            let (start, end) = (if before == 0 { 0 } else { before + 1 }, padded.len() / 3 * 4);
            all.push(text[start..end].to_owned());
        }
    }
    all
}
