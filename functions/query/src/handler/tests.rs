#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use droplets::block::{Grouping, Piece, Sourced, Walker, pack};
use droplets::event::{Message, Stored, read_message};
use droplets::fake::{MemoryIndex, MemoryLake};
use droplets::index::{Entry, put_all};
use droplets::lake::ByteRange;
use droplets::pii::{HashKey, Ids, Redactor};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::reports::Next;
use crate::select::Position;

/// 2026-11-21T07:00:00Z
const SEVEN: i64 = 1_795_244_400_000;
const HOUR: i64 = droplets::timestamp::HOUR_MS;

/// (session, milliseconds after seven, event id, status)
type Sent = (&'static str, i64, u32, u16);

/// A request as it comes in.
fn raw(request: &Value) -> Box<RawValue> {
    RawValue::from_string(request.to_string()).unwrap()
}

struct World {
    query: Query<MemoryLake, MemoryIndex>,
    key: Option<&'static str>,
}

impl World {
    fn new() -> Self {
        Self::with_key(None)
    }

    fn with_key(key: Option<&'static str>) -> Self {
        Self {
            query: Query {
                lake: MemoryLake::default(),
                index: MemoryIndex { page_size: 2, ..MemoryIndex::default() },
                contract: Contract::default(),
                ids: Ids::new(key.and_then(HashKey::new)),
                max_held: crate::entries::MAX_HELD,
                memory_mb: 512,
            },
            key,
        }
    }

    /// Sends a batch through ingest's and index's own code.
    async fn deliver(&self, events: &[Sent]) {
        let event = |(session, ms, id, status): &Sent| {
            json!({ "session_id": session, "timestamp": SEVEN + ms, "event_id": id.to_string(),
                "request": { "method": "GET", "path": format!("/orders/{id}"), "route": "/orders/:id" },
                "response": { "status": status, "duration_ms": id } })
        };
        let body = json!(events.iter().map(event).collect::<Vec<_>>()).to_string();
        let sent_at = Timestamp::from_millis(SEVEN + 20 * HOUR).unwrap();
        let redactor = Redactor::builtin(self.key.and_then(HashKey::new));
        let reading =
            read_message(&Message { id: "m", sent_at, body: &body, positions: &[] }, &Contract::default(), &redactor);
        let batch = reading.events.into_iter().map(|event| Sourced { event, message: 0 }).collect();
        for object in pack(batch, Grouping::Batch) {
            self.store(&object.key, &object.bytes).await;
        }
    }

    /// Stores an object and indexes its members, one session and hour each.
    async fn store(&self, key: &str, bytes: &[u8]) {
        let mut open: Vec<(Timestamp, String, bool)> = Vec::new();
        let mut entries = Vec::new();
        Walker::new(0)
            .push(bytes, &mut |piece| match piece {
                Piece::Line { bytes, .. } => {
                    let event = Stored::read(bytes, &Contract::default()).unwrap();
                    open.push((event.timestamp, event.session_id.clone().into_owned(), event.is_error()));
                }
                Piece::Member { at, length } => {
                    entries.push(Entry {
                        session_id: open[0].1.clone(),
                        first: open[0].0,
                        last: open[open.len() - 1].0,
                        key: key.to_owned(),
                        range: ByteRange { offset: at, length },
                        events: open.len() as u64,
                        errors: open.iter().filter(|o| o.2).count() as u64,
                        event_type: "http".into(),
                        expires_at: None,
                    });
                    open.clear();
                }
                Piece::LongLine { .. } => {}
            })
            .unwrap();
        self.query.lake.insert(key, bytes);
        put_all(&self.query.index, entries).await.unwrap();
    }

    async fn ask(&self, request: Value) -> Value {
        let invocation = Invocation::new("droplets-query", "r-1", SystemTime::now() + Duration::from_secs(60));
        let answer = self.query.handle(&raw(&request), &invocation).await.unwrap();
        serde_json::from_str(answer.get()).unwrap()
    }

    /// All pages of a request, put together.
    async fn pages(&self, mut request: Value) -> Vec<Value> {
        let mut rows = Vec::new();
        loop {
            let answer = self.ask(request.clone()).await;
            assert_eq!(answer["ok"], true, "{answer}");
            rows.extend(answer["rows"].as_array().unwrap().iter().cloned());
            if answer["next_cursor"].is_null() {
                return rows;
            }
            assert!(!answer["rows"].as_array().unwrap().is_empty() || answer["range"] != Value::Null);
            request["cursor"] = answer["next_cursor"].clone();
        }
    }

    /// Event ids of all pages of `events`.
    async fn ids(&self, mut request: Value) -> Vec<String> {
        request["report"] = "events".into();
        self.pages(request).await.iter().map(|row| row["event_id"].as_str().unwrap().to_owned()).collect()
    }
}

fn time(ms: i64) -> String {
    Timestamp::from_millis(SEVEN + ms).unwrap().to_string()
}

#[tokio::test]
async fn a_session_comes_back_whole_and_in_order() {
    let world = World::new();
    world.deliver(&[("s", 3_000, 3, 200), ("t", 1_500, 9, 200), ("s", 1_000, 1, 200)]).await;
    world.deliver(&[("s", 2_000, 2, 500), ("s", 2 * HOUR, 4, 200)]).await;
    assert_eq!(world.ids(json!({ "session_id": "s" })).await, ["1", "2", "3", "4"]);
    assert_eq!(world.ids(json!({ "session_id": "s", "order": "desc" })).await, ["4", "3", "2", "1"]);
    assert!(world.ids(json!({ "session_id": "nobody" })).await.is_empty());
}

#[tokio::test]
async fn the_answer_has_the_shape_of_the_contract() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200)]).await;
    let answer = world.ask(json!({ "report": "events", "session_id": "s", "from": time(0) })).await;
    assert_eq!((&answer["v"], &answer["ok"]), (&json!(1), &json!(true)));
    assert_eq!(answer["range"], json!({ "from": time(0), "to": null }));
    assert_eq!(answer["next_cursor"], Value::Null);
    assert_eq!(answer["columns"], json!([]));
    for (name, value) in [("matched", 1), ("s3_gets", 1), ("missing", 0), ("index_reads", 1)] {
        assert_eq!(answer["stats"][name], value, "{name}");
    }
    assert!(answer["stats"]["bytes"].as_u64() > Some(0) && answer["stats"]["ms"].is_u64());
    assert_eq!(answer["rows"][0]["_droplets"]["session_id"], "s");
}

#[tokio::test]
async fn a_bad_request_is_an_answer_and_a_fault_an_error() {
    let mut world = World::new();
    let answer = world.ask(json!({ "report": "events", "sesion_id": "s" })).await;
    assert_eq!(answer["ok"], false);
    assert_eq!(answer["error"]["code"], "UNKNOWN_FIELD");
    assert_eq!(answer["error"]["hint"], "did you mean 'session_id'?");
    world.deliver(&[("s", 1_000, 1, 200)]).await;
    let invocation = Invocation::new("droplets-query", "r-1", SystemTime::now() + Duration::from_secs(60));
    let request = json!({ "report": "events", "session_id": "s" });
    world.query.lake.failing = vec!["raw/".into()];
    assert!(world.query.handle(&raw(&request), &invocation).await.is_err());
    world.query.lake.failing.clear();
    world.query.index.failing = true;
    assert!(world.query.handle(&raw(&request), &invocation).await.is_err());
}

#[tokio::test]
async fn a_request_that_cannot_be_read_is_a_bad_one() {
    let world = World::new();
    let invocation = Invocation::new("droplets-query", "r-1", SystemTime::now() + Duration::from_secs(60));
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    for (code, request) in [
        ("REQUEST_TOO_LARGE", format!("{{\"{}\":1}}", "x".repeat(5 * 1024 * 1024))),
        ("INVALID_REQUEST", format!("{{\"report\":{deep}}}")),
        ("INVALID_REQUEST", "{\"report\":\"events\",\"session_id\":\"\\ud800\"}".to_owned()),
        ("INVALID_REQUEST", "{\"report\":\"events\",\"limit\":1e999}".to_owned()),
    ] {
        let request = RawValue::from_string(request).unwrap();
        let answer = world.query.handle(&request, &invocation).await.unwrap();
        assert!(answer.get().len() < 1000);
        let answer: Value = serde_json::from_str(answer.get()).unwrap();
        assert_eq!((&answer["ok"], &answer["error"]["code"]), (&json!(false), &json!(code)));
    }
}

#[tokio::test]
async fn more_events_than_memory_tells_apart_are_too_much_for_an_answer() {
    let mut world = World::new();
    world.deliver(&[("s", 0, 1, 200), ("s", HOUR, 2, 200), ("s", HOUR + 1, 3, 200)]).await;
    world.query.memory_mb = 0;
    let request = json!({ "report": "count", "session_id": "s" });
    assert_eq!(world.ask(request.clone()).await["rows"].as_array().unwrap().len(), 2, "the index is enough");
    let mut filtered = request;
    filtered["filter"] = json!({ "method": "GET" });
    assert_eq!(world.ask(filtered).await["error"]["code"], "ANSWER_TOO_LARGE");
}

#[tokio::test]
async fn a_block_that_begins_before_the_range_and_ends_in_it_is_found() {
    let world = World::new();
    world.deliver(&[("s", 0, 1, 200), ("s", 1_800_000, 2, 200), ("s", 3_599_999, 3, 200)]).await;
    let range = |from: i64, to: i64| json!({ "from": time(from), "to": time(to) });
    assert_eq!(world.ids(range(1_000_000, 2_000_000)).await, ["2"]);
    // `from` is inclusive, `to` exclusive.
    assert_eq!(world.ids(range(1_800_000, 3_599_999)).await, ["2"]);
    assert_eq!(world.ids(range(1_800_001, 3_600_000)).await, ["3"]);
    let mut one = range(1_000_000, 2_000_000);
    one["session_id"] = "s".into();
    assert_eq!(world.ids(one).await, ["2"]);
}

#[tokio::test]
async fn all_sessions_of_a_range_come_in_the_total_order_across_days_and_shards() {
    let world = World::new();
    let sessions = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let mut expected = Vec::new();
    for n in 0..40_u32 {
        let ms = i64::from(n) * HOUR / 2 - 10 * HOUR;
        world.deliver(&[(sessions[n as usize % 8], ms, n, 200)]).await;
        expected.push(n.to_string());
    }
    let range = json!({ "from": time(-24 * HOUR), "to": time(24 * HOUR) });
    assert_eq!(world.ids(range.clone()).await, expected);
    let mut desc = range;
    desc["order"] = "desc".into();
    desc["limit"] = 7.into();
    expected.reverse();
    assert_eq!(world.ids(desc).await, expected);
}

#[tokio::test]
async fn a_duplicate_on_the_next_page_is_not_shown_again() {
    for order in ["asc", "desc"] {
        for limit in 1..6 {
            let world = World::new();
            // 2 and 3 are delivered twice, in different company, so a page can end between the two copies.
            world.deliver(&[("s", 1_000, 1, 200), ("s", 2_000, 2, 200), ("s", 2_000, 3, 200)]).await;
            world.deliver(&[("s", 2_000, 2, 200), ("s", 2_000, 3, 200), ("s", 4_000, 4, 200)]).await;
            world.deliver(&[("s", 2_000, 3, 200), ("s", 5_000, 5, 200), ("t", 2_000, 6, 200)]).await;
            let mut one = vec!["1", "2", "3", "4", "5"];
            let mut all = vec!["1", "2", "3", "6", "4", "5"];
            if order == "desc" {
                one.reverse();
                all.reverse();
            }
            assert_eq!(world.ids(json!({ "session_id": "s", "order": order, "limit": limit })).await, one);
            let range = json!({ "from": time(0), "to": time(HOUR), "order": order, "limit": limit });
            assert_eq!(world.ids(range).await, all);
        }
    }
}

#[tokio::test]
async fn a_cursor_freezes_the_range_and_belongs_to_its_request() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200), ("s", 2_000, 2, 200), ("s", 3_000, 3, 200)]).await;
    let request = json!({ "report": "events", "session_id": "s", "from": time(0), "to": "now+30d", "limit": 1 });
    let first = world.ask(request.clone()).await;
    let cursor = first["next_cursor"].as_str().unwrap().to_owned();
    let with = |name: &str, value: Value| {
        let mut request = request.clone();
        request["cursor"] = cursor.clone().into();
        request[name] = value;
        request
    };
    let second = world.ask(with("limit", json!(2))).await;
    assert_eq!(second["rows"].as_array().unwrap().len(), 2);
    assert_eq!(second["range"], first["range"]);
    for (name, value) in [("session_id", json!("t")), ("order", json!("desc")), ("to", json!("now+31d"))] {
        let answer = world.ask(with(name, value)).await;
        assert_eq!(answer["error"]["code"], "INVALID_CURSOR", "{name}");
    }
    for changed in ["", "x", "AAAA", &format!("{cursor}A"), &cursor[1..], &cursor.replace('J', "K")] {
        let answer = world.ask(with("cursor", changed.into())).await;
        assert_eq!(answer["error"]["code"], "INVALID_CURSOR", "{changed}");
    }
}

#[tokio::test]
async fn filters_choose_events() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200), ("s", 2_000, 2, 404), ("s", 3_000, 300, 503)]).await;
    let ids = async |filter: Value| world.ids(json!({ "session_id": "s", "filter": filter })).await;
    assert_eq!(ids(json!({ "status": "5xx" })).await, ["300"]);
    assert_eq!(ids(json!({ "status": 404 })).await, ["2"]);
    assert_eq!(ids(json!({ "path": "/orders/2" })).await, ["2"]);
    assert_eq!(ids(json!({ "path": "/orders/*" })).await.len(), 3);
    assert_eq!(ids(json!({ "path": "/orders/:id" })).await.len(), 3);
    assert!(ids(json!({ "path": "/order" })).await.is_empty());
    assert_eq!(ids(json!({ "method": "get", "min_duration": 2 })).await, ["2", "300"]);
    assert!(ids(json!({ "method": "POST" })).await.is_empty());
    assert_eq!(world.ids(json!({ "session_id": "s", "type": "http" })).await.len(), 3);
    assert!(world.ids(json!({ "session_id": "s", "type": "click" })).await.is_empty());
}

#[tokio::test]
async fn ndjson_is_the_rows_a_line_each() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200), ("s", 2_000, 2, 200)]).await;
    let mut request = json!({ "report": "events", "session_id": "s" });
    let json = world.ask(request.clone()).await;
    request["format"] = "ndjson".into();
    let ndjson = world.ask(request).await;
    let body = ndjson["body"].as_str().unwrap();
    assert!(body.ends_with('\n') && ndjson.get("rows").is_none());
    let lines: Vec<Value> = body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines), json["rows"]);
    let empty = world.ask(json!({ "report": "events", "session_id": "t", "format": "ndjson" })).await;
    assert_eq!(empty["body"], "");
}

#[tokio::test]
async fn numbers_keep_their_spelling() {
    let world = World::new();
    let line = br#"{"session_id":"s","timestamp":1795244400000,"event_id":"1","n":[12345678901234567890123,1.0,1e5]}"#;
    world.store("raw/x.jsonl.gz", &droplets::block::member(line)).await;
    let invocation = Invocation::new("droplets-query", "r-1", SystemTime::now() + Duration::from_secs(60));
    let answer =
        world.query.handle(&raw(&json!({ "report": "events", "session_id": "s" })), &invocation).await.unwrap();
    assert!(answer.get().contains("[12345678901234567890123,1.0,1e5]"));
}

#[tokio::test]
async fn a_personal_session_id_is_found_by_itself() {
    let world = World::with_key(Some("key"));
    world.deliver(&[("ann@example.com", 1_000, 1, 200)]).await;
    assert_eq!(world.ids(json!({ "session_id": "ann@example.com" })).await, ["1"]);
    assert!(world.query.lake.keys().iter().all(|key| !key.contains("ann")));
}

#[tokio::test]
async fn keys_are_the_index_itself() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200), ("s", 2_000, 2, 500), ("t", 1_000, 3, 200)]).await;
    let answer = world.ask(json!({ "report": "keys", "session_id": "s" })).await;
    let columns: Vec<_> = answer["columns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    assert_eq!(columns, ["session_id", "key", "offset", "length", "first", "last", "events", "errors", "type"]);
    let row = answer["rows"][0].as_array().unwrap();
    assert_eq!(row[0], "s");
    assert_eq!(row[4..], [json!(time(1_000)), json!(time(2_000)), json!(2), json!(1), json!("http")]);
    assert_eq!(answer["stats"]["s3_gets"], 0);
    let key = row[1].as_str().unwrap();
    let (offset, length) = (row[2].as_u64().unwrap() as usize, row[3].as_u64().unwrap() as usize);
    assert_eq!(world.query.lake.object(key)[offset..offset + 2], [0x1f, 0x8b]);
    assert!(offset + length <= world.query.lake.object(key).len());
    let all = world.pages(json!({ "report": "keys", "from": time(0), "to": time(HOUR), "limit": 1 })).await;
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn expired_entries_are_hidden() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200)]).await;
    for entry in world.query.index.entries.lock().unwrap().values_mut() {
        entry.expires_at = Some(1);
    }
    for report in ["events", "keys", "sessions", "count"] {
        let answer = world.ask(json!({ "report": report, "session_id": "s" })).await;
        assert_eq!(answer["rows"], json!([]), "{report}");
    }
}

#[tokio::test]
async fn missing_objects_are_counted_and_do_not_hide_the_rest() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200)]).await;
    world.deliver(&[("s", 2_000, 2, 200)]).await;
    let gone = world.query.lake.keys().remove(0);
    world.query.lake.objects.lock().unwrap().remove(&gone);
    let answer = world.ask(json!({ "report": "events", "session_id": "s" })).await;
    assert_eq!((answer["rows"].as_array().unwrap().len(), &answer["stats"]["missing"]), (1, &json!(1)));
}

#[tokio::test]
async fn sessions_come_from_the_index_alone_where_that_is_exact() {
    let world = World::new();
    world.deliver(&[("a", 1_000, 1, 200), ("a", 9_000, 2, 500), ("b", 2_000, 3, 200)]).await;
    world.deliver(&[("a", 20_000, 4, 200), ("c", HOUR, 5, 200)]).await;
    let answer = world.ask(json!({ "report": "sessions", "from": time(0), "to": time(2 * HOUR) })).await;
    assert_eq!(answer["columns"], json!(["session_id", "first", "last", "events", "errors"]));
    assert_eq!(
        answer["rows"],
        json!([
            ["a", time(1_000), time(20_000), 3, 1],
            ["b", time(2_000), time(2_000), 1, 0],
            ["c", time(HOUR), time(HOUR), 1, 0]
        ])
    );
    assert_eq!(answer["stats"]["s3_gets"], 0);
    assert_eq!(answer["range"], json!({ "from": time(0), "to": time(2 * HOUR) }));
}

#[tokio::test]
async fn sessions_and_count_read_the_blocks_where_entries_overlap_or_cross_the_range() {
    let world = World::new();
    world.deliver(&[("a", 1_000, 1, 500), ("a", 5_000, 2, 200)]).await;
    world.deliver(&[("a", 1_000, 1, 500), ("a", 7_000, 3, 200)]).await;
    let range = |report: &str, from: i64, to: i64| json!({ "report": report, "from": time(from), "to": time(to) });
    let answer = world.ask(range("sessions", 0, HOUR)).await;
    assert_eq!(answer["rows"], json!([["a", time(1_000), time(7_000), 3, 1]]));
    let answer = world.ask(range("sessions", 2_000, 6_000)).await;
    assert_eq!(answer["rows"], json!([["a", time(5_000), time(5_000), 1, 0]]));
    let answer = world.ask(range("count", 0, HOUR)).await;
    assert_eq!(answer["rows"], json!([[time(0), 3, 1]]));
    let mut filtered = range("count", 0, HOUR);
    filtered["filter"] = json!({ "status": "5xx" });
    assert_eq!(world.ask(filtered).await["rows"], json!([[time(0), 1, 1]]));
}

#[tokio::test]
async fn an_entry_counted_from_the_index_is_not_counted_again_when_its_neighbours_are_read() {
    // Objects put one behind the other are an object too: here a session has two members in it.
    let world = World::new();
    let mut members = Vec::new();
    for (session, from, to) in [("s", 0, 600_000), ("s", 1_200_000, 1_800_000), ("t", 0, 600_000)] {
        let line =
            |ms: i64| format!("{{\"session_id\":\"{session}\",\"timestamp\":{},\"event_id\":\"{ms}\"}}\n", SEVEN + ms);
        members.push(droplets::block::member(format!("{}{}", line(from), line(to)).as_bytes()));
    }
    world.store("raw/x.jsonl.gz", &members.concat()).await;
    let range = |report: &str| json!({ "report": report, "from": time(300_000), "to": time(HOUR) });
    let answer = world.ask(range("sessions")).await;
    assert_eq!(
        answer["rows"],
        json!([["s", time(600_000), time(1_800_000), 3, 0], ["t", time(600_000), time(600_000), 1, 0]])
    );
    assert_eq!(world.ask(range("count")).await["rows"], json!([[time(0), 4, 0]]));
}

#[tokio::test]
async fn a_cursor_outlives_the_moment_its_range_was_relative_to() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200), ("s", 2_000, 2, 200)]).await;
    // The range is empty by now; it was not when the first page was read.
    let mut request = json!({ "report": "events", "from": "-1h", "to": time(HOUR), "limit": 1 });
    let at = |time| Next { position: Position::before(time), walked: None };
    let first = Request {
        from: Timestamp::from_millis(SEVEN).unwrap(),
        to: Timestamp::from_millis(SEVEN + HOUR).unwrap(),
        ..Request::parse(&request, Timestamp::from_millis(SEVEN + 1).unwrap()).unwrap()
    };
    request["cursor"] = cursor::write(&first, &at(first.from)).into();
    assert_eq!(world.ids(request.clone()).await, ["1", "2"]);
    // A cursor that carries more than may be asked for is refused like a request that does.
    let far = Request { from: Timestamp::MIN, to: Timestamp::MAX, ..first };
    request["cursor"] = cursor::write(&far, &at(far.from)).into();
    assert_eq!(world.ask(request).await["error"]["code"], "RANGE_TOO_LARGE");
}

#[tokio::test]
async fn out_of_time_inside_an_hour_ends_the_page_where_reading_stopped() {
    for order in ["asc", "desc"] {
        let world = World::new();
        for n in 0..40 {
            world.deliver(&[("a", i64::from(n) * 1000, n, 200), ("a", i64::from(n) * 1000 + 1500, n + 100, 200)]).await;
        }
        let late = Invocation::new("droplets-query", "r-1", SystemTime::now());
        let mut request = json!({ "report": "events", "session_id": "a", "order": order, "limit": 1000 });
        let mut ids = Vec::new();
        let mut pages = 0;
        loop {
            let answer = world.query.handle(&raw(&request), &late).await.unwrap();
            let answer: Value = serde_json::from_str(answer.get()).unwrap();
            ids.extend(answer["rows"].as_array().unwrap().iter().map(|row| row["timestamp"].as_i64().unwrap()));
            pages += 1;
            if answer["next_cursor"].is_null() {
                break;
            }
            request["cursor"] = answer["next_cursor"].clone();
        }
        if order == "desc" {
            ids.reverse();
        }
        assert!(ids.is_sorted() && ids.len() == 80, "{order}: {}", ids.len());
        assert!(pages > 2, "{order}: {pages}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_hour_that_cannot_be_summed_up_in_time_is_refused_with_the_way_out() {
    let mut world = World::new();
    world.deliver(&[("a", 1_000, 1, 500), ("a", 5_000, 2, 200)]).await;
    world.query.lake.delay = Duration::from_secs(100);
    let request = json!({ "report": "count", "from": time(2_000), "to": time(HOUR) });
    let answer = world.ask(request).await;
    assert_eq!(answer["error"]["code"], "OUT_OF_TIME");
}

#[tokio::test]
async fn a_page_of_sessions_ends_before_the_hour_that_would_not_fit() {
    let world = World::new();
    // Two hours of sessions with long names: each fits an answer, both do not.
    for hour in 0..2 {
        let lines: String = (0..6000)
            .map(|n| {
                format!(
                    "{{\"session_id\":\"{hour}{n:0>249}\",\"timestamp\":{},\"event_id\":\"1\"}}\n",
                    SEVEN + hour * HOUR
                )
            })
            .collect();
        let key = format!("raw/{hour}.jsonl");
        let entries = lines.lines().scan(0_u64, |offset, line| {
            let event = Stored::read(line.as_bytes(), &Contract::default()).unwrap();
            let range = ByteRange { offset: *offset, length: line.len() as u64 };
            *offset += line.len() as u64 + 1;
            Some(Entry {
                session_id: event.session_id.clone().into_owned(),
                first: event.timestamp,
                last: event.timestamp,
                key: key.clone(),
                range,
                events: 1,
                errors: 0,
                event_type: "http".into(),
                expires_at: None,
            })
        });
        put_all(&world.query.index, entries.collect()).await.unwrap();
    }
    let world = World {
        query: Query { index: MemoryIndex { page_size: 100_000, ..world.query.index }, ..world.query },
        key: None,
    };
    let mut request = json!({ "report": "sessions", "from": time(0), "to": time(2 * HOUR), "limit": 10_000 });
    let first = world.ask(request.clone()).await;
    assert_eq!(first["rows"].as_array().unwrap().len(), 6000);
    assert_eq!(first["range"]["to"], time(HOUR));
    request["cursor"] = first["next_cursor"].clone();
    assert_eq!(world.ask(request).await["rows"].as_array().unwrap().len(), 6000);
}

#[tokio::test]
async fn count_counts_per_interval() {
    let world = World::new();
    world.deliver(&[("a", 59_000, 1, 200), ("a", 61_000, 2, 500), ("b", 62_000, 3, 200), ("b", HOUR, 4, 200)]).await;
    let mut request = json!({ "report": "count", "from": time(0), "to": time(2 * HOUR), "interval": "1m" });
    let rows = json!([[time(0), 1, 0], [time(60_000), 2, 1], [time(HOUR), 1, 0]]);
    assert_eq!(world.ask(request.clone()).await["rows"], rows);
    request["order"] = "desc".into();
    let reversed: Vec<_> = rows.as_array().unwrap().iter().rev().cloned().collect();
    assert_eq!(world.ask(request.clone()).await["rows"], json!(reversed));
    request["interval"] = "1d".into();
    assert_eq!(world.ask(request).await["rows"], json!([[time(-7 * HOUR), 4, 1]]));
}

#[tokio::test]
async fn a_page_of_sessions_covers_whole_hours_and_says_which() {
    let world = World::new();
    for hour in 0..4 {
        world.deliver(&[("a", hour * HOUR, hour as u32, 200), ("b", hour * HOUR + 1, hour as u32, 200)]).await;
    }
    for (order, bounds) in [("asc", [(0, 1), (1, 2)]), ("desc", [(3, 4), (2, 3)])] {
        let mut request =
            json!({ "report": "sessions", "from": time(0), "to": time(4 * HOUR), "limit": 1, "order": order });
        let mut seen = Vec::new();
        for (from, to) in bounds {
            let answer = world.ask(request.clone()).await;
            assert_eq!(answer["range"], json!({ "from": time(from * HOUR), "to": time(to * HOUR) }));
            seen.extend(answer["rows"].as_array().unwrap().clone());
            request["cursor"] = answer["next_cursor"].clone();
        }
        assert_eq!(seen.len(), 4);
    }
    let counted = world.pages(json!({ "report": "count", "from": time(0), "to": time(4 * HOUR), "limit": 1 })).await;
    assert_eq!(counted.len(), 4);
    // A page does not end inside an interval.
    let day = json!({ "report": "count", "from": time(0), "to": time(4 * HOUR), "limit": 1, "interval": "1d" });
    assert_eq!(world.pages(day).await, [json!([time(-7 * HOUR), 8, 0])]);
}

#[tokio::test]
async fn out_of_time_ends_the_page_and_not_the_answer() {
    let world = World::new();
    for hour in 0..3 {
        world.deliver(&[("a", hour * HOUR, hour as u32, 200)]).await;
    }
    let late = Invocation::new("droplets-query", "r-1", SystemTime::now());
    for report in ["events", "keys", "sessions", "count"] {
        for order in ["asc", "desc"] {
            let mut request = json!({ "report": report, "session_id": "a", "order": order });
            let mut rows = 0;
            let mut pages = 0;
            loop {
                let answer = world.query.handle(&raw(&request), &late).await.unwrap();
                let answer: Value = serde_json::from_str(answer.get()).unwrap();
                rows += answer["rows"].as_array().unwrap().len();
                pages += 1;
                if answer["next_cursor"].is_null() {
                    break;
                }
                request["cursor"] = answer["next_cursor"].clone();
            }
            assert_eq!(rows, 3, "{report} {order}");
            assert!(pages >= 3, "{report} {order}: {pages}");
        }
    }
}

#[tokio::test]
async fn a_page_stops_before_the_answer_is_too_large() {
    let world = World::new();
    let big = "x".repeat(400_000);
    let lines: String = (0..30)
        .map(|n| format!("{{\"session_id\":\"s\",\"timestamp\":{},\"event_id\":\"{n}\",\"x\":\"{big}\"}}\n", SEVEN + n))
        .collect();
    world.store("raw/x.jsonl.gz", &droplets::block::member(lines.as_bytes())).await;
    for format in ["json", "ndjson"] {
        let request = json!({ "report": "events", "session_id": "s", "format": format });
        let answer = world.ask(request).await;
        assert!(answer.to_string().len() < 6_000_000);
        assert_eq!(answer["stats"]["matched"], 13);
    }
    let ids = world.ids(json!({ "session_id": "s" })).await;
    assert_eq!(ids, (0..30).map(|n| n.to_string()).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Any deliveries, any page size, either order, by session or over all: each event exactly once, in order, and
    /// sessions and count agree with the events.
    #[test]
    fn any_deliveries_are_one_reading(
        deliveries in prop::collection::vec(
            prop::collection::vec(
                (prop::sample::select(vec!["a", "b", "c"]), 0i64..3 * HOUR, 0u32..4, prop::sample::select(vec![200u16, 500])),
                1..8,
            ),
            1..6,
        ),
        again in 0usize..6,
        limit in 1usize..9,
        from in 0i64..3 * HOUR,
        width in 1i64..3 * HOUR,
        held in prop::sample::select(vec![1usize, 3, 1000]),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new();
            world.query.max_held = held;
            // One identity is one event, so its status must not differ between deliveries.
            let same = |(s, ms, id, _): Sent| (s, ms, id, if (ms + i64::from(id)) % 2 == 0 { 200 } else { 500 });
            for delivery in deliveries.iter().chain(deliveries.get(again)) {
                world.deliver(&delivery.iter().copied().map(same).collect::<Vec<_>>()).await;
            }
            let all: BTreeSet<(i64, &str, u32, u16)> = deliveries
                .iter()
                .flatten()
                .copied()
                .map(same)
                .map(|(s, ms, id, status)| (ms, s, id, status))
                .collect();
            let inside: Vec<_> = all.iter().filter(|e| e.0 >= from && e.0 < from + width).collect();
            let expected: Vec<String> = inside.iter().map(|e| format!("{}/{}", e.0, e.2)).collect();
            let show = |row: &Value| format!("{}/{}", row["timestamp"].as_i64().unwrap() - SEVEN, row["event_id"].as_str().unwrap());

            let range = json!({ "report": "events", "from": time(from), "to": time(from + width), "limit": limit });
            let rows: Vec<_> = world.pages(range.clone()).await.iter().map(show).collect();
            prop_assert_eq!(&rows, &expected);
            let mut desc = range.clone();
            desc["order"] = "desc".into();
            let mut rows: Vec<_> = world.pages(desc).await.iter().map(show).collect();
            rows.reverse();
            prop_assert_eq!(&rows, &expected);
            let of_a: Vec<_> = all.iter().filter(|e| e.1 == "a").map(|e| format!("{}/{}", e.0, e.2)).collect();
            let rows = world.pages(json!({ "report": "events", "session_id": "a", "limit": limit })).await;
            prop_assert_eq!(&rows.iter().map(show).collect::<Vec<_>>(), &of_a);

            let steps = world.pages(json!({ "report": "journey", "session_id": "a", "limit": limit })).await;
            let walked: Vec<_> = steps.iter().map(|row| row[0].as_u64().unwrap()).collect();
            prop_assert_eq!(walked, (1..=of_a.len() as u64).collect::<Vec<_>>());
            let mut before: Option<(i64, u32)> = None;
            for (step, event) in steps.iter().zip(all.iter().filter(|e| e.1 == "a")) {
                let gap = before.map(|(ms, duration)| (event.0 - ms - i64::from(duration)).max(0));
                prop_assert_eq!(&step[2], &json!(gap));
                before = Some((event.0, event.2));
            }

            let errors = inside.iter().filter(|e| e.3 >= 500).count() as u64;
            for (report, events_at) in [("count", 1), ("sessions", 3), ("performance", 2)] {
                for order in ["asc", "desc"] {
                    let mut request = range.clone();
                    request["report"] = report.into();
                    request["order"] = order.into();
                    let rows = world.pages(request).await;
                    let sum = |at: usize| rows.iter().map(|row| row[at].as_u64().unwrap()).sum::<u64>();
                    prop_assert_eq!((sum(events_at), sum(events_at + 1)), (inside.len() as u64, errors));
                }
            }
            Ok(())
        })?;
    }
}

/// The rows of a request, all on one page.
async fn rows(world: &World, request: Value) -> Value {
    let answer = world.ask(request).await;
    assert_eq!((&answer["ok"], &answer["next_cursor"]), (&json!(true), &Value::Null), "{answer}");
    answer["rows"].clone()
}

#[tokio::test]
async fn a_journey_counts_steps_and_gaps_over_all_pages() {
    let world = World::new();
    world.deliver(&[("s", 0, 100, 200), ("s", 50, 1, 200), ("s", 5_000, 30, 503), ("t", 60, 9, 200)]).await;
    world.deliver(&[("s", 50, 1, 200), ("s", 2 * HOUR, 4, 404)]).await;
    let request =
        json!({ "report": "journey", "session_id": "s", "fields": "step,gap_ms,event_id,route,status,outcome" });
    let expected = json!([
        [1, null, "100", "/orders/:id", 200, null],
        // It began while the first was answered.
        [2, 0, "1", "/orders/:id", 200, null],
        [3, 4_949, "30", "/orders/:id", 503, null],
        [4, 2 * HOUR - 5_030, "4", "/orders/:id", 404, null],
    ]);
    assert_eq!(rows(&world, request.clone()).await, expected);
    for limit in 1..4 {
        let mut request = request.clone();
        request["limit"] = limit.into();
        assert_eq!(json!(world.pages(request).await), expected);
    }
    let mut errors = request;
    errors["filter"] = json!({ "min_duration": 5 });
    let chosen = rows(&world, errors).await;
    assert_eq!(chosen[1], json!([2, 4_900, "30", "/orders/:id", 503, null]), "between those that match");
    let whole = world.ask(json!({ "report": "journey", "session_id": "s" })).await;
    assert_eq!(whole["columns"].as_array().unwrap().len(), 11);
    assert_eq!(whole["rows"][0][1], time(0));
}

#[tokio::test]
async fn performance_sums_up_by_route() {
    let world = World::new();
    let mut sent: Vec<Sent> =
        (1..=100).map(|n| ("s", i64::from(n) * 1000, n, if n % 10 == 0 { 500 } else { 200 })).collect();
    sent.extend([("t", 500, 250, 404), ("u", 600, 240, 404), ("v", 700, 240, 404)]);
    world.deliver(&sent).await;
    world.deliver(&sent[..50]).await;
    let request = json!({ "report": "performance", "from": time(0), "to": time(HOUR) });
    let answer = world.ask(request.clone()).await;
    let columns = [
        "method",
        "route",
        "requests",
        "errors",
        "client_errors",
        "error_rate",
        "p50_ms",
        "p95_ms",
        "p99_ms",
        "max_ms",
        "slowest",
    ];
    assert_eq!(answer["columns"], json!(columns));
    assert_eq!(answer["rows"].as_array().unwrap().len(), 1);
    let row = &answer["rows"][0];
    assert_eq!(json!(row.as_array().unwrap()[..6]), json!(["GET", "/orders/:id", 103, 10, 3, 0.097_087]));
    for (at, exact) in [(6, 52.0), (7, 97.0), (8, 240.0)] {
        assert!((row[at].as_f64().unwrap() - exact).abs() <= exact * 0.01 + 0.001, "{at}: {}", row[at]);
    }
    assert_eq!(row[9], 250.0);
    let slow =
        |session: &str, ms: f64, at: i64| json!({ "session_id": session, "duration_ms": ms, "timestamp": time(at) });
    assert_eq!(row[10], json!([slow("t", 250.0, 500), slow("u", 240.0, 600), slow("v", 240.0, 700)]));

    let grouped = async |extra: Value| {
        let mut request = request.clone();
        request.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        rows(&world, request).await
    };
    let by_class = json!({ "group_by": ["status_class"], "fields": ["status_class", "requests"] });
    assert_eq!(grouped(by_class).await, json!([["2xx", 90], ["5xx", 10], ["4xx", 3]]));
    let by_status = json!({ "group_by": "status,type", "fields": "type,status,requests", "order": "desc" });
    assert_eq!(grouped(by_status).await, json!([["http", 200, 90], ["http", 500, 10], ["http", 404, 3]]));
    let by_minute = json!({ "group_by": [], "interval": "1m", "fields": "interval,requests" });
    assert_eq!(grouped(by_minute.clone()).await, json!([[time(0), 62], [time(60_000), 41]]));
    let mut latest = by_minute;
    latest["order"] = "desc".into();
    assert_eq!(grouped(latest).await, json!([[time(60_000), 41], [time(0), 62]]));
    assert_eq!(grouped(json!({ "filter": { "min_duration": 1000 } })).await, json!([]));

    // What a page's sketch says, others can be added to.
    let sketch = grouped(json!({ "sketches": true, "fields": "sketch,p95_ms" })).await;
    let durations = droplets::durations::Durations::decode(sketch[0][0].as_str().unwrap()).unwrap();
    assert_eq!(durations.count(), 103);
    assert!((durations.quantile(0.95).unwrap() - sketch[0][1].as_f64().unwrap()).abs() < 0.001);
}

#[tokio::test]
async fn events_without_status_and_duration_are_no_requests_and_paths_are_folded() {
    let world = World::new();
    let lines: String = [
        r#""path":"/users/17?x=1","method":"GET","status":200"#,
        r#""request":{"path":"/users/18","method":"GET"},"response":{"status":500,"duration_ms":-1}"#,
        r#""request":{"path":"/users/19"}"#,
        r#""response":{"duration_ms":3.5}"#,
        r#""type":"click""#,
    ]
    .iter()
    .enumerate()
    .map(|(n, rest)| {
        format!("{{\"session_id\":\"s\",\"timestamp\":{},\"event_id\":\"{n}\",{rest}}}\n", SEVEN + n as i64)
    })
    .collect();
    world.store("raw/x.jsonl.gz", &droplets::block::member(lines.as_bytes())).await;
    let request = json!({ "report": "performance", "session_id": "s" });
    let expected = json!([
        ["GET", "/users/:id", 2, 1, 0, 0.5, null, null, null, null, []],
        [null, null, 1, 0, 0, 0.0, 3.5, 3.5, 3.5, 3.5, [{ "session_id": "s", "duration_ms": 3.5, "timestamp": time(3) }]],
    ]);
    assert_eq!(rows(&world, request).await, expected);
    let count = json!({ "report": "count", "session_id": "s", "group_by": "route" });
    assert_eq!(rows(&world, count).await, json!([[time(0), null, 2, 0], [time(0), "/users/:id", 3, 1]]));
    // The filter knows the route that reports show.
    let filtered = json!({ "report": "count", "session_id": "s", "filter": { "path": "/users/:id" } });
    assert_eq!(rows(&world, filtered).await, json!([[time(0), 3, 1]]));
}

#[tokio::test]
async fn count_by_type_needs_no_blocks_where_entries_have_one() {
    let world = World::new();
    world.deliver(&[("a", 1_000, 1, 200), ("b", 2_000, 2, 500)]).await;
    let request = json!({ "report": "count", "from": time(0), "to": time(HOUR), "group_by": ["type"] });
    let answer = world.ask(request.clone()).await;
    assert_eq!((&answer["rows"], &answer["stats"]["s3_gets"]), (&json!([[time(0), "http", 2, 1]]), &json!(0)));
    let mut by_method = request;
    by_method["group_by"] = "method".into();
    let answer = world.ask(by_method).await;
    assert_eq!(answer["rows"], json!([[time(0), "GET", 2, 1]]));
    assert!(answer["stats"]["s3_gets"].as_u64() > Some(0));
}

#[tokio::test]
async fn fields_choose_columns_and_paths() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 7, 200)]).await;
    let fields = [
        "timestamp",
        "request.path",
        "status",
        "response.duration_ms",
        "session_id",
        "type",
        "_droplets.v",
        "nothing.there",
    ];
    let answer = world.ask(json!({ "report": "events", "session_id": "s", "fields": fields })).await;
    assert_eq!(answer["columns"], json!(fields));
    assert_eq!(answer["rows"], json!([[time(1_000), "/orders/7", 200, 7, "s", "http", 1, null]]));
    let keys = world.ask(json!({ "report": "keys", "session_id": "s", "fields": "events,session_id" })).await;
    assert_eq!((&keys["columns"], &keys["rows"]), (&json!(["events", "session_id"]), &json!([[1, "s"]])));
}

#[tokio::test]
async fn lines_and_csv_have_the_columns_names() {
    let world = World::new();
    let line =
        br#"{"session_id":"=1+1","timestamp":1795244400000,"event_id":"1","request":{"path":"/a,b","method":"GET"}}"#;
    world.store("raw/x.jsonl.gz", &droplets::block::member(line)).await;
    let body = async |request: Value| world.ask(request).await["body"].as_str().unwrap().to_owned();
    let events = json!({ "report": "events", "session_id": "=1+1", "format": "csv" });
    let header = "timestamp,session_id,event_id,type,method,path,route,status,duration_ms\r\n";
    assert_eq!(body(events.clone()).await, format!("{header}{},'=1+1,1,http,GET,\"/a,b\",\"/a,b\",,\r\n", time(0)));
    let keys = json!({ "report": "keys", "session_id": "=1+1", "format": "ndjson", "fields": "session_id,events" });
    assert_eq!(body(keys).await, "{\"session_id\":\"=1+1\",\"events\":1}\n");
    let mut none = events;
    none["session_id"] = "nobody".into();
    assert_eq!(body(none).await, header);
}

#[tokio::test]
async fn a_result_goes_to_s3_with_a_link() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200), ("s", 2_000, 2, 200)]).await;
    for (format, content_type, text) in [
        ("json", "application/json", "{\"columns\":[\"event_id\"],\"rows\":[[\"1\"],[\"2\"]]}"),
        ("ndjson", "application/x-ndjson", "{\"event_id\":\"1\"}\n{\"event_id\":\"2\"}\n"),
        ("csv", "text/csv; charset=utf-8", "event_id\r\n1\r\n2\r\n"),
    ] {
        let request =
            json!({ "report": "events", "session_id": "s", "fields": "event_id", "output": "s3", "format": format });
        let answer = world.ask(request).await;
        assert_eq!((&answer["rows"], &answer["next_cursor"]), (&json!([]), &Value::Null));
        let result = &answer["result"];
        let key = result["key"].as_str().unwrap();
        assert!(key.starts_with("results/events_") && key.ends_with(format), "{key}");
        assert_eq!(result["url"], format!("memory:{key}?seconds=3600"));
        assert_eq!((&result["rows"], &result["bytes"]), (&json!(2), &json!(text.len())));
        assert_eq!(result["content_type"], content_type);
        assert!(result["expires_at"].is_string() && answer["stats"]["matched"] == 2);
        assert_eq!(world.query.lake.object(key), text.as_bytes());
    }
    let mut nothing = json!({ "report": "events", "session_id": "nobody", "output": "s3" });
    let answer = world.ask(nothing.clone()).await;
    assert!(answer.get("result").is_none() && answer["searched"].is_string(), "{answer}");
    nothing["session_id"] = "s".into();
    nothing["limit"] = 1.into();
    let page = world.ask(nothing).await;
    assert!(page["next_cursor"].is_string() && page["result"]["rows"] == 1);
}

#[tokio::test]
async fn explain_tells_what_would_be_read_and_reads_no_event() {
    let world = World::new();
    world.deliver(&[("a", 1_000, 1, 500), ("a", 5_000, 2, 200), ("b", 0, 4, 200)]).await;
    world.deliver(&[("a", 1_000, 1, 500), ("a", 7_000, 3, 200)]).await;
    for (report, blocks) in [("keys", 0), ("events", 3), ("sessions", 2), ("count", 2), ("performance", 3)] {
        let request = json!({ "report": report, "from": time(0), "to": time(HOUR), "explain": true });
        let before = world.query.lake.gets.load(std::sync::atomic::Ordering::SeqCst);
        let answer = world.ask(request.clone()).await;
        assert_eq!(world.query.lake.gets.load(std::sync::atomic::Ordering::SeqCst), before);
        let explain = &answer["explain"];
        assert_eq!((&explain["entries"], &explain["blocks"]), (&json!(3), &json!(blocks)), "{report}: {answer}");
        assert_eq!(explain["from_index_alone"], 3 - blocks);
        assert_eq!((&explain["whole_range"], &answer["rows"]), (&json!(true), &json!([])));
        // It is what is read then.
        let mut request = request;
        request["explain"] = false.into();
        let stats = world.ask(request).await["stats"].clone();
        assert_eq!((&explain["s3_gets"], &explain["bytes"]), (&stats["s3_gets"], &stats["bytes"]), "{report}");
    }
}

#[tokio::test]
async fn an_empty_result_says_what_was_searched() {
    let world = World::new();
    world.deliver(&[("s", 1_000, 1, 200)]).await;
    let searched = async |request: Value| world.ask(request).await["searched"].as_str().unwrap_or_default().to_owned();
    let nobody = json!({ "report": "events", "session_id": "nobody" });
    assert_eq!(searched(nobody).await, "session 'nobody' at any time: 0 index entries found, 0 reads of S3");
    let errors = json!({ "report": "count", "from": time(0), "to": time(HOUR), "filter": { "status": "5xx" } });
    let said = format!(
        "all sessions from {} to {}, by type and filter: 1 index entry found, 1 read of S3",
        time(0),
        time(HOUR)
    );
    assert_eq!(searched(errors).await, said);
    assert_eq!(searched(json!({ "report": "events", "session_id": "s" })).await, "");
}

#[tokio::test(start_paused = true)]
async fn a_range_too_large_for_one_invocation_comes_in_parts_of_hours() {
    // Two sessions whose entries overlap, so each of their blocks has to be read, in one hour.
    let mut world = World::new();
    let sent: Vec<Sent> = (0..60).map(|n| (if n % 2 == 0 { "a" } else { "b" }, i64::from(n) * 1000, n, 200)).collect();
    for pair in sent.chunks(4).chain(sent.chunks(6)) {
        world.deliver(pair).await;
    }
    // Each read takes a sixth of the function's time.
    world.query.lake.delay = Duration::from_secs(10);
    for (held, order) in [(1, "asc"), (5, "desc"), (1000, "asc")] {
        world.query.max_held = held;
        let mut request = json!({ "report": "performance", "from": time(0), "to": time(HOUR), "group_by": [], "fields": "requests", "order": order });
        let (mut requests, mut pages, mut covered) = (0, 0, Vec::new());
        loop {
            let answer = world.ask(request.clone()).await;
            assert_eq!(answer["ok"], true, "{answer}");
            requests += answer["rows"].as_array().unwrap().iter().map(|row| row[0].as_u64().unwrap()).sum::<u64>();
            covered.push((
                answer["range"]["from"].as_str().unwrap().to_owned(),
                answer["range"]["to"].as_str().unwrap().to_owned(),
            ));
            pages += 1;
            if answer["next_cursor"].is_null() {
                break;
            }
            request["cursor"] = answer["next_cursor"].clone();
        }
        assert_eq!(requests, 60, "{held} {order}");
        assert_eq!(held == 1000, pages == 1, "{held} {order}: {pages}");
        covered.sort();
        assert_eq!((covered[0].0.as_str(), covered[pages - 1].1.as_str()), (time(0).as_str(), time(HOUR).as_str()));
        assert!(covered.windows(2).all(|two| two[0].1 == two[1].0), "no gap and no overlap: {covered:?}");
    }
}
