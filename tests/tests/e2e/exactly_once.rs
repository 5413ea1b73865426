//! Events come back exactly once and in order, however they were sent and however they are asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use droplets::timestamp::{HOUR_MS, Timestamp};
use droplets_tests::aws::{batch, gunzip};
use droplets_tests::events::{Identity, Ledger, Plan, Traffic, identity};
use droplets_tests::{Stack, run};
use serde_json::{Value, json};

use crate::shared;

const DAY: &str = "2026-03-01";
const PLAN_HOURS: i64 = 4;

pub fn every_event_comes_back_exactly_once_and_in_order() {
    let from = Timestamp::parse_rfc3339(&format!("{DAY}T07:00:00Z")).unwrap();
    let to = from.plus_millis(PLAN_HOURS * HOUR_MS);
    let plan = Plan { seed: 1, prefix: "many", events: 5000, sessions: 600, from, hours: PLAN_HOURS };
    let traffic = Traffic::invent(&plan);
    assert!(traffic.messages.iter().map(|message| message.events.len()).sum::<usize>() > 5000, "some are sent twice");
    let stack = shared();

    run(async {
        let ids = stack.send(&traffic.bodies()).await;
        let ledger = traffic.ledger(&ids);
        let range = json!({ "from": from.to_string(), "to": to.to_string() });
        until_counted(stack, &range, ledger.len()).await;

        by_session(stack, &traffic, &ledger).await;
        by_range(stack, &range, &ledger).await;
        part_of_the_range(stack, from, &ledger).await;
        keys(stack, &range, &ledger).await;
        sessions(stack, &range, &ledger).await;
        count(stack, &range, &ledger).await;
        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 0, "the dead-letter queue is empty");
    });
}

/// Ten events, each in two objects: wherever a page ends, the event before the end and the one behind it are there
/// twice.
pub fn a_duplicate_on_each_side_of_a_page_boundary_is_left_out() {
    let session = "boundary";
    let range = json!({ "from": "2026-03-21T05:00:00Z", "to": "2026-03-21T06:00:00Z" });
    // The fourth to the seventh share their millisecond, so that their ids alone tell them apart.
    let second = |n: usize| if (3..7).contains(&n) { 3 } else { n };
    let event = |n: usize| json!({ "session_id": session, "event_id": format!("e-{n}"), "timestamp": format!("2026-03-21T05:00:0{}Z", second(n)) });
    let expected: Vec<String> = (0..10).map(|n| format!("e-{n}")).collect();
    // Invocations of their own make objects of their own: one with all, one with the even and one with the odd events.
    let parts: [Vec<usize>; 3] = [(0..10).collect(), (0..10).step_by(2).collect(), (1..10).step_by(2).collect()];
    let stack = shared();
    run(async {
        for (n, part) in parts.iter().enumerate() {
            let body = Value::Array(part.iter().map(|n| event(*n)).collect()).to_string();
            let payload = batch(Timestamp::now(), [(format!("m-{n}").as_str(), body.as_str())]);
            let invoked = stack.invoke("IngestFunctionName", &payload).await;
            assert_eq!(invoked.json(), json!({ "batchItemFailures": [] }));
        }
        let keys = json!({ "report": "keys", "session_id": session });
        stack
            .eventually("each event is indexed twice", 60, async || match stack.ask_all(&keys).await.rows.len() {
                3 => Ok(()),
                count => Err(format!("{count} of 3 blocks are")),
            })
            .await;

        let by_session = json!({ "report": "events", "session_id": session });
        let by_range = request("events", &range, json!({}));
        for (what, request) in [("the session", by_session), ("the range", by_range)] {
            for order in ["asc", "desc"] {
                let mut expected = expected.clone();
                if order == "desc" {
                    expected.reverse();
                }
                for limit in 1..=10_usize {
                    let mut request = request.clone();
                    request["order"] = order.into();
                    request["limit"] = limit.into();
                    let pages = stack.ask_all(&request).await;
                    let came: Vec<String> = pages.rows.iter().map(|row| identity(row).2).collect();
                    assert_eq!(came, expected, "{what}, {order}, {limit} a page");
                    assert_eq!(pages.sizes.len(), 10_usize.div_ceil(limit), "{what}, {order}: {:?}", pages.sizes);
                }
            }
        }
    });
}

/// The request for a report over a range, with more fields.
fn request(report: &str, range: &Value, more: Value) -> Value {
    let mut request = json!({ "report": report });
    for fields in [range, &more] {
        request.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    }
    request
}

/// Waits until index has caught up: then `count` counts every event.
async fn until_counted(stack: &Stack, range: &Value, events: usize) {
    let request = request("count", range, json!({ "interval": "1d" }));
    stack
        .eventually(&format!("{events} events are counted"), 120, async || {
            let rows = stack.ask_all(&request).await.rows;
            let counted: u64 = rows.iter().filter_map(|row| row[1].as_u64()).sum();
            if counted == events as u64 { Ok(()) } else { Err(format!("{counted} are")) }
        })
        .await;
}

async fn by_session(stack: &Stack, traffic: &Traffic, ledger: &Ledger<'_>) {
    for (n, session) in traffic.sessions().into_iter().enumerate() {
        let of_session = |identity: &Identity| identity.1 == session;
        let request = json!({ "report": "events", "session_id": session, "limit": 10_000 });
        let whole = stack.ask_all(&request).await;
        ledger.assert_rows(&format!("session {session}"), &whole.rows, false, of_session);

        // Every page is a question of its own, so small ones are for some.
        if n % 15 == 0 {
            for (order, descending) in [("asc", false), ("desc", true)] {
                let request = json!({ "report": "events", "session_id": session, "limit": 7, "order": order });
                let pages = stack.ask_all(&request).await;
                ledger.assert_rows(
                    &format!("session {session} by sevens, {order}"),
                    &pages.rows,
                    descending,
                    of_session,
                );
                assert!(pages.sizes.iter().rev().skip(1).all(|size| *size == 7), "pages are full: {:?}", pages.sizes);
            }
        }
    }
}

async fn by_range(stack: &Stack, range: &Value, ledger: &Ledger<'_>) {
    for (limit, order, format) in
        [(10_000, "asc", "json"), (10_000, "asc", "ndjson"), (10_000, "desc", "json"), (100, "asc", "json")]
    {
        let request = request("events", range, json!({ "limit": limit, "order": order, "format": format }));
        let pages = stack.ask_all(&request).await;
        ledger.assert_rows(&format!("the range by {limit}, {order}, {format}"), &pages.rows, order == "desc", |_| true);
        if limit == 100 {
            assert_eq!(pages.sizes.len(), ledger.len().div_ceil(100), "pages are full");
        }
    }
}

/// A range that begins and ends inside blocks, asked for in both orders, and one filtered by type.
async fn part_of_the_range(stack: &Stack, from: Timestamp, ledger: &Ledger<'_>) {
    // Between two of the milliseconds that many events share.
    let (from, to) = (from.plus_millis(17 * 60_000 + 2), from.plus_millis(2 * HOUR_MS + 17 * 60_000 + 1));
    let range = json!({ "from": from.to_string(), "to": to.to_string() });
    let inside = |identity: &Identity| (from.to_string()..to.to_string()).contains(&identity.0);
    for (limit, order, descending) in [(1000, "asc", false), (100, "desc", true)] {
        let pages = stack.ask_all(&request("events", &range, json!({ "limit": limit, "order": order }))).await;
        ledger.assert_rows(&format!("a part of the range, {order}"), &pages.rows, descending, inside);
    }
    let pages = stack.ask_all(&request("events", &range, json!({ "limit": 1000, "type": "click" }))).await;
    let clicks = |identity: &Identity| inside(identity) && ledger.get(identity).unwrap().event_type == "click";
    ledger.assert_rows("a part of the range, clicks", &pages.rows, false, clicks);
    until_counted(stack, &range, ledger.pick(inside).count()).await;
}

/// The keys lead to the events: each entry's bytes are one gzip member with the events it says it has.
async fn keys(stack: &Stack, range: &Value, ledger: &Ledger<'_>) {
    let pages = stack.ask_all(&request("keys", range, json!({ "limit": 1000 }))).await;
    let mut objects: HashMap<String, Vec<u8>> = HashMap::new();
    let mut found: BTreeSet<Identity> = BTreeSet::new();
    for row in &pages.rows {
        let text = |at: usize| row[at].as_str().unwrap();
        let number = |at: usize| usize::try_from(row[at].as_u64().unwrap()).unwrap();
        let (session, key, offset, length) = (text(0), text(1), number(2), number(3));
        if !objects.contains_key(key) {
            objects.insert(key.to_owned(), stack.object(key).await);
        }
        let lines = gunzip(&objects[key][offset..offset + length]);
        let events: Vec<Identity> = lines.lines().map(|line| identity(&serde_json::from_str(line).unwrap())).collect();
        assert!(events.iter().all(|event| event.1 == session), "a block is of one session");
        assert!(events.is_sorted(), "a block is in order");
        assert_eq!((text(4), text(5)), (events[0].0.as_str(), events[events.len() - 1].0.as_str()), "first and last");
        let errors = events.iter().filter(|event| ledger.get(event).unwrap().error).count();
        assert_eq!((number(6), number(7)), (events.len(), errors), "events and errors");
        assert_eq!(text(8), ledger.get(&events[0]).unwrap().event_type);
        found.extend(events);
    }
    assert!(found.iter().eq(ledger.pick(|_| true).map(|(identity, _)| identity)), "the keys lead to all events");
}

/// First, last, events and errors of some events.
type Sum = (String, String, u64, u64);

fn add(sum: Option<Sum>, (first, last, events, errors): Sum) -> Sum {
    match sum {
        None => (first, last, events, errors),
        Some(sum) => (sum.0.min(first), sum.1.max(last), sum.2 + events, sum.3 + errors),
    }
}

async fn sessions(stack: &Stack, range: &Value, ledger: &Ledger<'_>) {
    let mut expected: BTreeMap<String, Sum> = BTreeMap::new();
    for ((timestamp, session, _), event) in ledger.pick(|_| true) {
        let one = (timestamp.clone(), timestamp.clone(), 1, u64::from(event.error));
        expected.insert(session.clone(), add(expected.get(session).cloned(), one));
    }
    for limit in [1, 10_000] {
        let pages = stack.ask_all(&request("sessions", range, json!({ "limit": limit }))).await;
        // A page covers whole hours, so a session may stand on several.
        let mut came: BTreeMap<String, Sum> = BTreeMap::new();
        for row in &pages.rows {
            let text = |at: usize| row[at].as_str().unwrap().to_owned();
            let sum = (text(1), text(2), row[3].as_u64().unwrap(), row[4].as_u64().unwrap());
            came.insert(text(0), add(came.get(&text(0)).cloned(), sum));
        }
        assert!(came == expected, "sessions, {limit} a page: {} sessions for {}", came.len(), expected.len());
        assert_eq!(pages.sizes.len() > 1, limit == 1, "a page ends with an hour: {:?}", pages.sizes);
    }
}

async fn count(stack: &Stack, range: &Value, ledger: &Ledger<'_>) {
    let width = 15 * 60_000;
    let mut expected: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for (_, event) in ledger.pick(|_| true) {
        let sum = expected.entry(event.timestamp.floor(width).to_string()).or_default();
        *sum = (sum.0 + 1, sum.1 + u64::from(event.error));
    }
    for limit in [3, 10_000] {
        let pages = stack.ask_all(&request("count", range, json!({ "interval": "15m", "limit": limit }))).await;
        let row =
            |row: &Value| (row[0].as_str().unwrap().to_owned(), (row[1].as_u64().unwrap(), row[2].as_u64().unwrap()));
        let came: Vec<_> = pages.rows.iter().map(row).collect();
        assert_eq!(came, expected.clone().into_iter().collect::<Vec<_>>(), "count, {limit} a page");
    }
}
