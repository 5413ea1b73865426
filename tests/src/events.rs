//! Invented traffic, the same for the same seed, and the ledger of what must come back of it.
//!
//! The events are hard to keep in order and count once: they share milliseconds, stand on the edges of hours, spell their
//! times in three ways, come shuffled, alone and in arrays, twice, and without an id. None of their text is personal
//! data, so each must come back exactly as it was sent.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use droplets::timestamp::{HOUR_MS, Timestamp};
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// What to invent.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The same seed makes the same traffic.
    pub seed: u64,
    /// First characters of every session id, so that tests which share a stack do not share sessions.
    pub prefix: &'static str,
    /// How many different events.
    pub events: usize,
    /// How many sessions; each has at least one event, a twentieth of them have a large share.
    pub sessions: usize,
    /// The first hour, which must be past.
    pub from: Timestamp,
    /// How many hours.
    pub hours: i64,
}

/// An event to send.
#[derive(Clone, Debug)]
pub struct Event {
    /// Whose.
    pub session_id: String,
    /// When.
    pub timestamp: Timestamp,
    /// The id it has of its own.
    pub event_id: Option<String>,
    /// The type it will be stored under.
    pub event_type: &'static str,
    /// Whether its status is 500 or above.
    pub error: bool,
    /// What is sent.
    pub json: Value,
}

/// A message to send.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its body.
    pub body: String,
    /// The events in it, by their place in [`Traffic::events`].
    pub events: Vec<usize>,
    /// Whether the body is an array.
    pub is_array: bool,
}

/// Events and the messages that bring them.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// Each event once.
    pub events: Vec<Event>,
    /// Messages in the order to send them; together they bring each event at least once.
    pub messages: Vec<Message>,
}

/// Timestamp (as answers spell it), session id, event id: the total order, and what makes two events the same.
pub type Identity = (String, String, String);

/// Each event that was sent, once, in the total order.
#[derive(Debug)]
pub struct Ledger<'a> {
    events: BTreeMap<Identity, &'a Event>,
}

const WORDS: [&str; 16] = [
    "harbour", "lantern", "maple", "quartz", "ribbon", "saffron", "timber", "umbrella", "velvet", "walnut", "yarn",
    "zephyr", "anchor", "basket", "copper", "drizzle",
];
const ROUTES: [(&str, &str, &str); 5] = [
    ("GET", "/search", "/search"),
    ("GET", "/products/blue-kettle", "/products/:slug"),
    ("POST", "/cart", "/cart"),
    ("GET", "/orders/17", "/orders/:id"),
    ("POST", "/checkout", "/checkout"),
];
const STATUSES: [u16; 12] = [200, 200, 200, 201, 204, 302, 304, 400, 404, 499, 500, 503];

impl Traffic {
    /// Invents traffic.
    #[must_use]
    pub fn invent(plan: &Plan) -> Self {
        let mut rng = Rng::with_seed(plan.seed);
        let mut taken = HashSet::new();
        let events: Vec<Event> = (0..plan.events).map(|n| event(plan, n, &mut taken, &mut rng)).collect();

        // Delivered twice: only what has an id of its own is the same event the second time.
        let mut deliveries: Vec<usize> = (0..events.len()).collect();
        let twice = deliveries.clone().into_iter().filter(|n| events[*n].event_id.is_some() && rng.u8(..) < 16);
        let twice: Vec<usize> = twice.collect();
        deliveries.extend(twice);
        rng.shuffle(&mut deliveries);

        let mut messages = Vec::new();
        let mut rest = deliveries.as_slice();
        while !rest.is_empty() {
            let is_array = rng.bool();
            let count = if is_array { rng.usize(1..=24).min(rest.len()) } else { 1 };
            let (now, later) = rest.split_at(count);
            rest = later;
            let body = if is_array {
                Value::Array(now.iter().map(|n| events[*n].json.clone()).collect()).to_string()
            } else {
                events[now[0]].json.to_string()
            };
            messages.push(Message { body, events: now.to_vec(), is_array });
        }
        Self { events, messages }
    }

    /// The bodies to send.
    #[must_use]
    pub fn bodies(&self) -> Vec<String> {
        self.messages.iter().map(|message| message.body.clone()).collect()
    }

    /// The ids of all sessions.
    #[must_use]
    pub fn sessions(&self) -> BTreeSet<&str> {
        self.events.iter().map(|event| event.session_id.as_str()).collect()
    }

    /// What must come back, given the ids SQS gave the messages.
    #[must_use]
    pub fn ledger(&self, message_ids: &[String]) -> Ledger<'_> {
        assert_eq!(message_ids.len(), self.messages.len());
        let mut events = BTreeMap::new();
        for (message, id) in self.messages.iter().zip(message_ids) {
            for (position, n) in message.events.iter().enumerate() {
                let event = &self.events[*n];
                let event_id = match &event.event_id {
                    Some(own) => own.clone(),
                    None if message.is_array => format!("{id}.{position}"),
                    None => id.clone(),
                };
                events.insert((event.timestamp.to_string(), event.session_id.clone(), event_id), event);
            }
        }
        assert_eq!(events.len(), self.events.len(), "no two invented events are the same");
        Ledger { events }
    }
}

fn event(plan: &Plan, n: usize, taken: &mut HashSet<(i64, usize, String)>, rng: &mut Rng) -> Event {
    // Everyone once, then half of what is left to a twentieth of the sessions: they have blocks of many events.
    let session = match n {
        n if n < plan.sessions => n,
        _ if rng.bool() => rng.usize(..plan.sessions.div_ceil(20)),
        _ => rng.usize(..plan.sessions),
    };
    // A session id is text, a number, or text that could not stand in an object key.
    let (session_id, session_json) = match session % 25 {
        7 => {
            let number = 100_000 * (plan.seed % 9 + 1) + session as u64;
            (number.to_string(), json!(number))
        }
        13 => {
            let odd = format!("{}/../ü:{session} %#", plan.prefix);
            (odd.clone(), json!(odd))
        }
        _ => {
            let plain = format!("{}-{session}", plan.prefix);
            (plain.clone(), json!(plain))
        }
    };
    let hour = plan.from.plus_millis(rng.i64(0..plan.hours) * HOUR_MS);
    let timestamp = hour.plus_millis(match rng.u8(..20) {
        0 => 0,
        1 => HOUR_MS - 1,
        // A minute that many share to the millisecond.
        2..=5 => 17 * 60_000 + rng.i64(0..4),
        _ => rng.i64(0..HOUR_MS),
    });
    let event_id = match rng.u8(..10) {
        0 | 1 => None,
        // The same id at another time, or in another session, is another event.
        2 if taken.insert((timestamp.millis(), session, "same".into())) => Some("same".to_owned()),
        _ => Some(format!("e-{n:05}")),
    };
    let (event_type, type_json) = match rng.u8(..10) {
        0 => ("click", Some(json!("click"))),
        1 => ("other", Some(json!("Not A Type"))),
        2 => ("http", Some(json!("http"))),
        _ => ("http", None),
    };
    let status = *rng.choice(&STATUSES).unwrap();
    let (method, path, route) = *rng.choice(&ROUTES).unwrap();

    let mut json = Map::new();
    json.insert("session_id".into(), session_json);
    if let Some(id) = &event_id {
        json.insert("event_id".into(), id.as_str().into());
    }
    json.insert("timestamp".into(), spelled(timestamp, rng));
    if let Some(own) = type_json {
        json.insert("type".into(), own);
    }
    json.insert("n".into(), n.into());
    json.insert(
        "request".into(),
        json!({ "method": method, "path": path, "route": route, "query": { "q": rng.choice(&WORDS) }, "body": null }),
    );
    json.insert(
        "response".into(),
        json!({ "status": status, "duration_ms": rng.u32(1..4000), "size": rng.u32(..90_000) }),
    );
    let mut note = String::new();
    let wanted = rng.usize(1024..4096);
    let length = Value::Object(json.clone()).to_string().len() + "\"note\":\"\",".len();
    while length + note.len() < wanted {
        note.push_str(rng.choice(&WORDS).unwrap());
        note.push(' ');
    }
    json.insert("note".into(), note.into());
    Event { session_id, timestamp, event_id, event_type, error: status >= 500, json: json.into() }
}

/// The same instant in one of three spellings.
fn spelled(timestamp: Timestamp, rng: &mut Rng) -> Value {
    match rng.u8(..3) {
        0 => json!(timestamp.to_string()),
        1 => json!(timestamp.millis()),
        // Two hours ahead of UTC, on the clock of whoever sent it.
        _ => json!(timestamp.plus_millis(2 * HOUR_MS).to_string().replace('Z', "+02:00")),
    }
}

/// Who, when and which a row of `events` is, by what ingest decided.
#[must_use]
pub fn identity(row: &Value) -> Identity {
    let field = |name: &str| row["_droplets"][name].as_str().unwrap_or_else(|| panic!("_droplets.{name}")).to_owned();
    (field("timestamp"), field("session_id"), field("event_id"))
}

impl Ledger<'_> {
    /// All events that `wanted` picks, in the total order.
    pub fn pick(&self, wanted: impl Fn(&Identity) -> bool) -> impl Iterator<Item = (&Identity, &Event)> {
        self.events.iter().filter(move |(identity, _)| wanted(identity)).map(|(identity, event)| (identity, *event))
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// An event by who, when and which it is.
    #[must_use]
    pub fn get(&self, identity: &Identity) -> Option<&Event> {
        self.events.get(identity).copied()
    }

    /// Panics unless `rows` are exactly the events that `wanted` picks: each once, in the total order or its reverse,
    /// and every event as it was sent.
    pub fn assert_rows(&self, what: &str, rows: &[Value], descending: bool, wanted: impl Fn(&Identity) -> bool) {
        let mut expected: Vec<&Identity> = self.pick(wanted).map(|(identity, _)| identity).collect();
        if descending {
            expected.reverse();
        }
        let came: Vec<Identity> = rows.iter().map(identity).collect();
        if !came.iter().eq(expected.iter().copied()) {
            let distinct: BTreeSet<&Identity> = came.iter().collect();
            let known: BTreeSet<&Identity> = expected.iter().copied().collect();
            let first = came.iter().zip(&expected).position(|(came, expected)| came != *expected);
            panic!(
                "{what}: {} rows for {} events; {} missing, {} that were not expected, {} more than once; the first wrong \
                 row is {:?}: {:?} for {:?}",
                came.len(),
                expected.len(),
                known.difference(&distinct).count(),
                distinct.difference(&known).count(),
                came.len() - distinct.len(),
                first,
                first.map(|at| &came[at]),
                first.map(|at| expected[at]),
            );
        }
        for (row, identity) in rows.iter().zip(&came) {
            let mut row = row.clone();
            let decided = row.as_object_mut().and_then(|row| row.remove("_droplets")).unwrap_or_default();
            let event = self.events[identity];
            assert_eq!(row, event.json, "{what}: event {identity:?} came back as it was sent");
            assert_eq!(decided["type"], event.event_type, "{what}: the type of {identity:?}");
            assert_eq!(decided["pii"], json!({}), "{what}: {identity:?} holds no personal data");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        let from = Timestamp::parse_rfc3339("2026-03-01T07:00:00Z").unwrap();
        Plan { seed: 5, prefix: "t", events: 900, sessions: 100, from, hours: 3 }
    }

    #[test]
    fn the_same_seed_makes_the_same_traffic() {
        let (a, b) = (Traffic::invent(&plan()), Traffic::invent(&plan()));
        assert_eq!(a.bodies(), b.bodies());
        assert_ne!(a.bodies(), Traffic::invent(&Plan { seed: 6, ..plan() }).bodies());
    }

    #[test]
    fn traffic_has_all_that_makes_it_hard() {
        let traffic = Traffic::invent(&plan());
        assert_eq!(traffic.sessions().len(), 100);
        assert!(traffic.messages.iter().map(|m| m.events.len()).sum::<usize>() > 900, "some are delivered twice");
        assert!(traffic.messages.iter().any(|m| !m.is_array) && traffic.messages.iter().any(|m| m.events.len() > 9));
        assert!(traffic.events.iter().any(|e| e.event_id.is_none()) && traffic.events.iter().any(|e| e.error));
        let sizes = || traffic.events.iter().map(|e| e.json.to_string().len());
        assert!(sizes().min() >= Some(1000) && sizes().max() <= Some(4200), "{:?} {:?}", sizes().min(), sizes().max());
        let mut times: Vec<_> = traffic.events.iter().map(|e| e.timestamp).collect();
        times.sort_unstable();
        assert!(times.windows(2).filter(|pair| pair[0] == pair[1]).count() > 50, "many share a millisecond");
    }
}
