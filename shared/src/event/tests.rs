#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::pii::HashKey;

const SENT: &str = "2026-11-21T07:03:15.000Z";

fn sent_at() -> Timestamp {
    Timestamp::parse_rfc3339(SENT).unwrap()
}

fn read_with(body: &str, contract: &Contract, key: Option<&str>) -> Reading {
    let redactor = Redactor::builtin(key.and_then(HashKey::new));
    read_message(&Message { id: "m-1", sent_at: sent_at(), body, positions: &[] }, contract, &redactor)
}

fn read(body: &str) -> Reading {
    read_with(body, &Contract::default(), None)
}

fn one(body: &str) -> Event {
    let mut reading = read(body);
    assert_eq!(reading.rejections, [], "{body}");
    assert_eq!(reading.events.len(), 1, "{body}");
    reading.events.remove(0)
}

fn refused(body: &str) -> (Reason, Option<String>) {
    let mut reading = read(body);
    assert!(reading.events.is_empty(), "{body}");
    assert_eq!(reading.rejections.len(), 1, "{body}");
    let rejection = reading.rejections.remove(0);
    (rejection.reason, rejection.field)
}

fn reason(body: &str) -> Reason {
    refused(body).0
}

fn meta(event: &Event) -> Value {
    serde_json::from_str::<Value>(&event.line).unwrap()["_droplets"].clone()
}

// session_id: required, a string or an integer of 1 to 256 bytes

#[test]
fn a_session_id_is_a_string_or_an_integer() {
    assert_eq!(one(r#"{"session_id":"s-42"}"#).session_id, "s-42");
    assert_eq!(one(r#"{"session_id":42}"#).session_id, "42");
    assert_eq!(one(r#"{"session_id":-7}"#).session_id, "-7");
    assert_eq!(one(r#"{"session_id":90071992547409931234}"#).session_id, "90071992547409931234");
    assert_eq!(one(r#"{"session_id":"\u00e9\n/.."}"#).session_id, "é\n/..");
}

#[test]
fn a_session_id_has_1_to_256_bytes() {
    let id = |n: usize| format!(r#"{{"session_id":"{}"}}"#, "x".repeat(n));
    assert_eq!(one(&id(256)).session_id.len(), 256);
    assert_eq!(reason(&id(257)), Reason::SessionIdInvalid);
    assert_eq!(reason(&id(0)), Reason::SessionIdMissing);
    // 128 characters of two bytes each fit; one more does not.
    let id = |n: usize| format!(r#"{{"session_id":"{}"}}"#, "é".repeat(n));
    assert_eq!(one(&id(128)).session_id.len(), 256);
    assert_eq!(reason(&id(129)), Reason::SessionIdInvalid);
}

#[test]
fn an_event_without_a_session_id_is_rejected_and_the_field_named() {
    let missing = (Reason::SessionIdMissing, Some("session_id".to_owned()));
    assert_eq!(refused(r"{}"), missing);
    assert_eq!(refused(r#"{"session_id":null}"#), missing);
    assert_eq!(refused(r#"{"sessionId":"s"}"#), missing);
    for id in ["1.0", "1e5", "true", "[]", "{}", r#""\ud800""#] {
        let body = format!(r#"{{"session_id":{id}}}"#);
        assert_eq!(refused(&body), (Reason::SessionIdInvalid, Some("session_id".to_owned())), "{id}");
    }
}

// timestamp: RFC 3339 or epoch milliseconds

fn timed(value: &str) -> String {
    format!(r#"{{"session_id":"s","timestamp":{value}}}"#)
}

#[test]
fn a_timestamp_is_rfc_3339_or_epoch_milliseconds() {
    let time = |value: &str| one(&timed(value)).timestamp.to_string();
    assert_eq!(time(r#""2026-11-21T08:03:12.1239+01:00""#), "2026-11-21T07:03:12.123Z");
    assert_eq!(time("1795244592123"), "2026-11-21T07:03:12.123Z");
    assert_eq!(time("1795244592123.9"), "2026-11-21T07:03:12.123Z");
    assert_eq!(time("1.795244592123e12"), "2026-11-21T07:03:12.123Z");
    assert_eq!(time(r#""1969-07-20T20:17:40Z""#), "1969-07-20T20:17:40.000Z");
}

#[test]
fn a_missing_timestamp_is_the_messages_sent_timestamp() {
    for body in [r#"{"session_id":"s"}"#.to_owned(), timed("null")] {
        assert_eq!(one(&body).timestamp, sent_at());
    }
}

#[test]
fn a_malformed_timestamp_is_rejected() {
    for value in [r#""""#, r#""yesterday""#, r#""2026-11-21""#, r#""1795244592123""#, "true", "[]", "{}"] {
        assert_eq!(refused(&timed(value)), (Reason::TimestampMalformed, Some("timestamp".to_owned())), "{value}");
    }
}

#[test]
fn a_timestamp_in_seconds_is_told_from_one_in_milliseconds() {
    for value in ["1795244592", "99999999999", "0", "-1", "1.5"] {
        assert_eq!(reason(&timed(value)), Reason::TimestampInSeconds, "{value}");
    }
    assert_eq!(one(&timed("100000000000")).timestamp.to_string(), "1973-03-03T09:46:40.000Z");
}

#[test]
fn a_timestamp_more_than_24_hours_after_sending_is_rejected() {
    assert_eq!(one(&timed(r#""2026-11-22T07:03:15.000Z""#)).timestamp, sent_at().plus_millis(DAY_MS));
    for value in [r#""2026-11-22T07:03:15.001Z""#, r#""9999-12-31T23:59:59Z""#, "1795244592123000", "1e300"] {
        assert_eq!(reason(&timed(value)), Reason::TimestampInFuture, "{value}");
    }
}

// event_id: a string or an integer of at most 256 bytes

#[test]
fn an_event_id_is_a_string_or_an_integer() {
    let id = |value: &str| one(&format!(r#"{{"session_id":"s","event_id":{value}}}"#)).event_id;
    assert_eq!(id(r#""e-1""#), "e-1");
    assert_eq!(id("17"), "17");
    assert_eq!(id(&format!("\"{}\"", "x".repeat(256))).len(), 256);
    for value in [format!("\"{}\"", "x".repeat(257)), "1.5".into(), "[]".into(), "false".into()] {
        let body = format!(r#"{{"session_id":"s","event_id":{value}}}"#);
        assert_eq!(refused(&body), (Reason::EventIdInvalid, Some("event_id".to_owned())), "{value}");
    }
}

#[test]
fn a_missing_event_id_is_made_of_message_id_and_position() {
    assert_eq!(one(r#"{"session_id":"s"}"#).event_id, "m-1");
    assert_eq!(one(r#"{"session_id":"s","event_id":null}"#).event_id, "m-1");
    assert_eq!(one(r#"{"session_id":"s","event_id":""}"#).event_id, "m-1");
    let reading = read(r#"[{"session_id":"s"},{"session_id":"s","event_id":"own"},{"session_id":"s"}]"#);
    let ids: Vec<_> = reading.events.iter().map(|e| e.event_id.as_str()).collect();
    assert_eq!(ids, ["m-1.0", "own", "m-1.2"]);
}

// type: [a-z0-9._-]{1,64}, default http, else other

#[test]
fn a_type_is_kept_defaulted_or_other() {
    let kind = |value: &str| {
        let event = one(&format!(r#"{{"session_id":"s","type":{value}}}"#));
        assert_eq!(meta(&event)["type"], event.event_type.as_str());
        assert!(event.line.ends_with(&format!(r#""type":{value}}}"#)), "kept as sent: {}", event.line);
        event.event_type
    };
    assert_eq!(one(r#"{"session_id":"s"}"#).event_type, EventType::HTTP);
    assert_eq!(kind("null"), EventType::HTTP);
    assert_eq!(kind(r#""page.view_2-x""#).as_str(), "page.view_2-x");
    let long = format!("\"{}\"", "x".repeat(64));
    assert_eq!(kind(&long).as_str().len(), 64);
    let longer = format!("\"{}\"", "x".repeat(65));
    for value in [r#""Page""#, r#""a b""#, r#""../x""#, r#""""#, "17", r#"["http"]"#, &longer] {
        assert_eq!(kind(value), EventType::OTHER, "{value}");
    }
}

#[test]
fn a_type_that_is_personal_data_reaches_neither_key_nor_line() {
    for personal in ["4111111111111111", "078-05-1120"] {
        let event = one(&format!(r#"{{"session_id":"s","type":"{personal}"}}"#));
        assert_eq!(event.event_type, EventType::OTHER);
        assert!(!event.line.contains(personal));
    }
}

// everything else: any JSON, kept as sent

#[test]
fn order_numbers_and_escapes_are_kept() {
    let event = one(concat!(
        r#"{ "z": 12345678901234567890, "session_id": "s",	"a": [1.0, 1e5, -0, 1E-2, true, null],"#,
        "\n",
        r#" "text": "caf\u00e9 \/ \ud83d\ude00", "deep": {"b": {}, "a": []}, "": 0 }"#
    ));
    let rest = event.line.split_once("}},").unwrap().1;
    assert_eq!(
        rest,
        concat!(
            r#""z":12345678901234567890,"session_id":"s","a":[1.0,1e5,-0,1E-2,true,null],"#,
            r#""text":"caf\u00e9 \/ \ud83d\ude00","deep":{"b":{},"a":[]},"":0}"#
        )
    );
}

#[test]
fn other_members_may_stand_twice() {
    let event = one(r#"{"session_id":"s","x":1,"x":2}"#);
    assert!(event.line.ends_with(r#""x":1,"x":2}"#));
}

#[test]
fn a_field_of_the_contract_may_not_stand_twice() {
    for field in ["session_id", "timestamp", "event_id", "type"] {
        let body = format!(r#"{{"session_id":"s","{field}":"1","{field}":"1"}}"#);
        assert_eq!(refused(&body).0, Reason::DuplicateField, "{field}");
        assert_eq!(refused(&body).1.as_deref(), Some(field));
    }
    // Also when the second is spelled with an escape.
    assert_eq!(reason(r#"{"session_id":"s","session\u005fid":"t"}"#), Reason::DuplicateField);
}

#[test]
fn the_two_first_fields_may_be_called_otherwise() {
    let contract = Contract { session_id: "sid".into(), timestamp: "at".into() };
    let reading = read_with(r#"{"at":"2026-11-21T07:00:00Z","sid":"s-1","session_id":5}"#, &contract, None);
    let event = &reading.events[0];
    assert_eq!((event.session_id.as_str(), event.timestamp.to_string().as_str()), ("s-1", "2026-11-21T07:00:00.000Z"));
    let reading = read_with(r#"{"session_id":"s"}"#, &contract, None);
    assert_eq!(reading.rejections[0].field.as_deref(), Some("sid"));
}

// _droplets

#[test]
fn what_ingest_decided_stands_first_in_the_line() {
    let event = one(&timed(r#""2026-11-21T08:03:12.123+01:00""#));
    assert_eq!(
        event.line,
        concat!(
            r#"{"_droplets":{"v":1,"session_id":"s","event_id":"m-1","timestamp":"2026-11-21T07:03:12.123Z","#,
            r#""type":"http","sent_at":"2026-11-21T07:03:15.000Z","message_id":"m-1","pii":{}},"#,
            r#""session_id":"s","timestamp":"2026-11-21T08:03:12.123+01:00"}"#
        )
    );
}

#[test]
fn personal_data_is_counted_by_kind_and_gone() {
    let event =
        one(r#"{"session_id":"s","note":"write to ann@example.com or bob@example.org","user":{"password":"x1"}}"#);
    assert_eq!(meta(&event)["pii"]["email"], 2);
    assert_eq!(meta(&event)["pii"]["password"], 1);
    assert!(!event.line.contains("example.") && !event.line.contains("x1"), "{}", event.line);
}

#[test]
fn an_incoming_droplets_member_is_discarded() {
    let event = one(r#"{"_droplets":{"session_id":"forged"},"session_id":"s","_droplets":1}"#);
    assert_eq!(event.line.matches("_droplets").count(), 1);
    assert_eq!(meta(&event)["session_id"], "s");
}

// ids that are personal data

#[test]
fn a_personal_id_becomes_its_token() {
    let body = r#"{"session_id":"ann@example.com","event_id":"bob@example.com"}"#;
    let one = read_with(body, &Contract::default(), Some("key"));
    let event = &one.events[0];
    let stored: Value = serde_json::from_str(&event.line).unwrap();
    assert!(event.session_id.starts_with("tok_") && event.event_id.starts_with("tok_"));
    assert_ne!(event.session_id, event.event_id);
    assert_eq!(stored["session_id"], event.session_id.as_str());
    assert_eq!(stored["event_id"], event.event_id.as_str());
    assert_eq!(stored["_droplets"]["pii"]["email"], 2);
    assert!(!event.line.contains("example.com"));
    let again = read_with(body, &Contract::default(), Some("key"));
    assert_eq!(again.events[0].identity(), event.identity());
    let other = read_with(body, &Contract::default(), Some("another"));
    assert_ne!(other.events[0].session_id, event.session_id);
}

#[test]
fn a_personal_id_without_a_hash_key_is_rejected_without_being_repeated() {
    for (body, reason) in [
        (r#"{"session_id":"ann@example.com"}"#, Reason::PersonalSessionId),
        (r#"{"session_id":"s","event_id":"ann@example.com"}"#, Reason::PersonalEventId),
    ] {
        let reading = read(body);
        assert_eq!(reading.rejections[0].reason, reason);
        match &reading.rejections[0].body {
            RejectedBody::Json(json) => assert!(!json.contains("ann@"), "{json}"),
            RejectedBody::Text(text) => panic!("{text}"),
        }
    }
}

// bodies

#[test]
fn an_array_keeps_its_good_elements_and_rejects_the_bad() {
    let reading = read(r#"[{"session_id":"a"},{"session_id":"b","timestamp":17},7,{"session_id":"c"},[]]"#);
    let sessions: Vec<_> = reading.events.iter().map(|e| e.session_id.as_str()).collect();
    assert_eq!(sessions, ["a", "c"]);
    let rejected: Vec<_> = reading.rejections.iter().map(|r| (r.position, r.reason)).collect();
    assert_eq!(
        rejected,
        [(Some(1), Reason::TimestampInSeconds), (Some(2), Reason::NotAnObject), (Some(4), Reason::NotAnObject)]
    );
}

#[test]
fn an_array_of_rubbish_is_rejected_in_bounded_memory_and_keeps_its_good_elements() {
    let body = format!("[{}{{\"session_id\":\"s\"}},{{\"email\":\"ann@example.com\"}}]", "1,".repeat(5000));
    let reading = read(&body);
    assert_eq!(reading.events[0].event_id, "m-1.5000");
    assert_eq!(reading.rejections.len(), MAX_REJECTIONS + 1);
    let last = &reading.rejections[MAX_REJECTIONS];
    assert_eq!((last.position, last.reason), (None, Reason::TooManyRejections));
    assert_eq!(last.elements, 5001 - MAX_REJECTIONS);
    match &last.body {
        RejectedBody::Json(json) => {
            let others: Value = serde_json::from_str(json).unwrap();
            assert_eq!(others.as_object().unwrap().len(), 5001 - MAX_REJECTIONS);
            assert_eq!((&others["1000"], &others["5001"]), (&json!(1), &json!({ "email": "[EMAIL]" })));
        }
        RejectedBody::Text(text) => panic!("{text}"),
    }
}

#[test]
fn a_body_that_is_no_event_is_rejected() {
    for body in [
        "",
        " ",
        "{",
        "[{]",
        "{\"session_id\":\"s\"",
        "{\"session_id\":\"s\"}}",
        "nul",
        "{'session_id':1}",
        "{\"a\":01}",
    ] {
        assert_eq!(reason(body), Reason::NotJson, "{body}");
    }
    for body in ["null", "7", "\"s\"", "true"] {
        assert_eq!(reason(body), Reason::NotAnObject, "{body}");
    }
    assert_eq!(reason("[]"), Reason::EmptyArray);
    assert_eq!(one("\u{feff}{\"session_id\":\"s\"}").session_id, "s");
}

#[test]
fn a_body_that_is_no_json_keeps_no_password_in_its_rejection() {
    let reading = read(r#"{"session_id":"s","password":"hunter2","email":"ann@exam"#);
    match &reading.rejections[0].body {
        RejectedBody::Text(text) => {
            assert!(!text.contains("hunter2") && !text.contains("ann@"), "{text}");
            assert!(text.contains("session_id"), "{text}");
        }
        RejectedBody::Json(json) => panic!("{json}"),
    }
}

#[test]
fn nesting_has_a_limit_and_no_stack_is_spent_on_it() {
    let deep = |n: usize| format!(r#"{{"session_id":"s","x":{}{}}}"#, "[".repeat(n), "]".repeat(n));
    assert_eq!(one(&deep(100)).session_id, "s");
    for n in [200, 100_000] {
        assert_eq!(reason(&deep(n)), Reason::TooDeep, "{n}");
    }
}

#[test]
fn reasons_are_a_closed_list_of_distinct_words() {
    let words: std::collections::BTreeSet<_> = Reason::ALL.iter().map(|r| r.as_str()).collect();
    assert_eq!(words.len(), Reason::ALL.len());
    assert!(words.iter().all(|w| w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
    assert!(Reason::ALL.iter().all(|r| !r.hint().is_empty()));
}

// reading back

fn stored(line: &str) -> Result<Stored<'_>, Reason> {
    Stored::read(line.as_bytes(), &Contract::default())
}

#[test]
fn a_stored_line_is_read_by_what_ingest_decided() {
    let event = one(r#"{"type":"Strange","session_id":42,"timestamp":1795244592123,"event_id":7}"#);
    let read = stored(&event.line).unwrap();
    assert_eq!((read.timestamp, read.session_id.as_ref(), read.event_id.as_ref()), event.identity());
    assert_eq!(read.event_type, EventType::OTHER);
}

#[test]
fn a_foreign_line_is_read_by_the_contracts_fields() {
    let line = r#"{"session_id":"s","timestamp":"2026-11-21T07:00:00Z","event_id":5,"type":"click"}"#;
    let read = stored(line).unwrap();
    assert_eq!((read.session_id.as_ref(), read.event_id.as_ref(), read.event_type.as_str()), ("s", "5", "click"));
    let nameless = r#"{"session_id":"s","timestamp":"2026-11-21T07:00:00Z"}"#;
    assert_eq!(stored(nameless).unwrap().event_id, stored(nameless).unwrap().event_id);
    assert_ne!(stored(nameless).unwrap().event_id, stored(&nameless.replace("07:00", "07:01")).unwrap().event_id);
    // A `_droplets` that is not ours does not hide the contract's fields.
    let odd = format!(r#"{{"_droplets":{{"v":1}},{}"#, &line[1..]);
    assert_eq!(stored(&odd).unwrap().session_id, "s");
}

#[test]
fn ids_that_the_index_cannot_hold_are_none_wherever_they_stand() {
    for id in [String::new(), "x".repeat(257)] {
        let meta = format!(r#""session_id":"{id}","event_id":"e","timestamp":"2026-11-21T07:00:00Z","type":"http""#);
        assert_eq!(stored(&format!(r#"{{"_droplets":{{{meta}}}}}"#)).unwrap_err(), Reason::SessionIdMissing);
    }
}

#[test]
fn a_foreign_line_that_cannot_be_placed_says_why() {
    assert_eq!(stored("{").unwrap_err(), Reason::NotJson);
    assert_eq!(stored("[]").unwrap_err(), Reason::NotJson);
    assert_eq!(Stored::read(b"{\"a\":\"\xff\"}", &Contract::default()).unwrap_err(), Reason::NotJson);
    assert_eq!(stored(r#"{"timestamp":1795244592123}"#).unwrap_err(), Reason::SessionIdMissing);
    assert_eq!(stored(r#"{"session_id":"s"}"#).unwrap_err(), Reason::TimestampMalformed);
    assert_eq!(stored(r#"{"session_id":"s","timestamp":5}"#).unwrap_err(), Reason::TimestampInSeconds);
}

#[test]
fn http_fields_are_found_inside_request_and_response_and_then_at_the_top() {
    let line = |extra: &str| format!(r#"{{"session_id":"s","timestamp":1795244592123,{extra}}}"#);
    let nested = line(
        r#""status":200,"request":{"method":"GET","path":"/orders/1","route":"/orders/:id"},"response":{"status":503,"duration_ms":12.5}"#,
    );
    let expected = Http {
        method: Some("GET".into()),
        path: Some("/orders/1".into()),
        route: Some("/orders/:id".into()),
        status: Some(503),
        duration_ms: Some(12.5),
        outcome: None,
    };
    assert_eq!(stored(&nested).unwrap().http(), expected);
    let flat = line(
        r#""method":"GET","path":"/orders/1","route":"/orders/:id","status":503,"duration_ms":12.5,"request":null,"response":"-""#,
    );
    assert_eq!(stored(&flat).unwrap().http(), expected);
    assert_eq!(stored(&line(r#""status":"gone""#)).unwrap().http(), Http::default());
}

proptest! {
    /// Whatever an event carries besides the contract's fields comes back equal, in its order, when nothing in it is
    /// personal data.
    #[test]
    fn any_json_without_personal_data_is_kept(
        numbers in prop::collection::vec(any::<i64>().prop_map(|n| n % 1000), 0..5),
        text in "[a-zé☃\"\\\\\n\u{1}]{0,20}",
        session in "[a-z/%. \u{e9}]{1,20}",
    ) {
        let sent = json!({ "session_id": session, "n": numbers, "inner": { "t": text, "l": [text, null, 1.5] } });
        let event = one(&sent.to_string());
        let mut back: Value = serde_json::from_str(&event.line).unwrap();
        back.as_object_mut().unwrap().remove("_droplets");
        prop_assert_eq!(back, sent);
        prop_assert_eq!(event.session_id, session);
        prop_assert!(!event.line.contains('\n'));
    }

    /// No body makes ingest panic or lose anything: it becomes events, or at least one rejection.
    #[test]
    fn any_body_becomes_events_or_rejections(body in prop_oneof![".*", "[\\[\\]{}\",:a-z0-9\\\\]{0,40}"]) {
        let reading = read(&body);
        prop_assert!(!reading.events.is_empty() || !reading.rejections.is_empty());
    }
}

/// Whoever looks for a reason finds it in the README, and nothing there that does not exist.
#[test]
fn the_readme_lists_the_reasons() {
    let readme = include_str!("../../../README.md");
    let (_, listed) = readme.split_once("**Reasons of a rejection**").unwrap();
    let (_, listed) = listed.split_once(":\n").unwrap();
    let (listed, _) = listed.split_once("\n\n").unwrap();
    let listed: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, Reason::ALL.map(Reason::as_str));
}

#[test]
fn what_is_sent_again_is_the_same_event_as_the_first_time() {
    let first = Message {
        id: "m-1",
        sent_at: sent_at(),
        body: r#"[{"session_id":"a"},{"session_id":""},{"session_id":"c"}]"#,
        positions: &[],
    };
    let redactor = Redactor::builtin(None);
    let read = |message: &Message<'_>| read_message(message, &Contract::default(), &redactor);
    let once = read(&first);
    // Only the mended element, in the place it had.
    let origin = Origin { message_id: "m-1".into(), sent_at: sent_at(), positions: vec![1] };
    let attributes = origin.attributes();
    let of = |name: &str| attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
    let carried = Origin::read(sent_at().plus_millis(60_000), of).unwrap();
    assert_eq!(carried, origin);
    let again = Message {
        id: &carried.message_id,
        sent_at: carried.sent_at,
        body: r#"[{"session_id":"b"}]"#,
        positions: &carried.positions,
    };
    let events = [once.events, read(&again).events].concat();
    let identities: Vec<_> = events.iter().map(|event| (event.timestamp, event.event_id.as_str())).collect();
    assert_eq!(identities, [(sent_at(), "m-1.0"), (sent_at(), "m-1.2"), (sent_at(), "m-1.1")]);
}

#[test]
fn attributes_that_nobody_sends_again_are_passed_over() {
    let now = sent_at().millis().to_string();
    let later = (sent_at().millis() + 1).to_string();
    let long = "m".repeat(101);
    for (id, at, positions) in [
        ("", now.as_str(), ""),
        (long.as_str(), now.as_str(), ""),
        ("../m", now.as_str(), ""),
        ("m", later.as_str(), ""),
        ("m", "soon", ""),
        ("m", now.as_str(), "1,x"),
    ] {
        let of = |name: &str| match name {
            Origin::MESSAGE_ID => Some(id),
            Origin::SENT_AT => Some(at),
            _ => Some(positions),
        };
        assert_eq!(Origin::read(sent_at(), of), None, "{id} {at} {positions}");
    }
    assert_eq!(Origin::read(sent_at(), |_| None), None);
}

#[test]
fn a_dotted_path_leads_into_an_event() {
    let line = br#"{"session_id":"s","timestamp":1795244400000,"a":{"b.c":1,"b":{"c":2,"d":[{"e":1.0},[7]]}},"x.y":3,"n":null,"a":{"b.c":1,"b":{"c":2,"d":[{"e":1.0},[7]]}}}"#;
    let event = Stored::read(line, &Contract::default()).unwrap();
    let at = |path: &str| event.at(path).map(RawValue::get);
    assert_eq!(at("a.b.c"), Some("1"), "the longest name that fits");
    assert_eq!(at("a.b.d.0.e"), Some("1.0"));
    assert_eq!(at("a.b.d.1.0"), Some("7"));
    assert_eq!(at("x.y"), Some("3"));
    assert_eq!(at("n"), Some("null"));
    for path in ["", ".", "a.", "a.b.d.2", "a.b.d.x", "session_id.x", "nobody", "n.x", "a..b"] {
        assert_eq!(at(path), None, "{path}");
    }
}
