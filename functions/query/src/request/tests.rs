#![allow(clippy::unwrap_used)]

use super::*;

fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-21T07:00:00Z").unwrap()
}

fn parse(request: Value) -> Result<Request, BadRequest> {
    Request::parse(&request, now())
}

fn refused(request: Value) -> (&'static str, String, String) {
    let bad = parse(request).unwrap_err();
    assert!(!bad.message.is_empty() && !bad.hint.is_empty());
    (bad.code, bad.field.unwrap_or_default(), bad.hint)
}

#[test]
fn the_fixtures_are_requests() {
    for name in ["query-session-events", "query-last-day-sessions", "query-errors-of-a-range", "query-count-per-minute"]
    {
        let path = format!("{}/../../events/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let request = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        parse(request).unwrap();
    }
}

#[test]
fn a_session_is_asked_about_whole_and_a_range_up_to_now() {
    let session = parse(json!({ "report": "events", "session_id": "s" })).unwrap();
    assert_eq!((session.from, session.to), (Timestamp::MIN, Timestamp::MAX));
    assert_eq!(session.bounds(), (None, None));
    assert_eq!(session.limit, DEFAULT_LIMIT);
    let range = parse(json!({ "report": "events", "from": "-24h" })).unwrap();
    assert_eq!((range.from, range.to), (now().plus_millis(-DAY_MS), now()));
    assert_eq!(parse(json!({ "report": "keys", "session_id": 42 })).unwrap().session_id.unwrap(), "42");
}

#[test]
fn times_are_absolute_dates_or_relative() {
    let from = |from: Value| parse(json!({ "report": "events", "from": from })).map(|r| r.from.to_string());
    assert_eq!(from(json!("2026-11-20T08:00:00+01:00")).unwrap(), "2026-11-20T07:00:00.000Z");
    assert_eq!(from(json!("2026-11-20")).unwrap(), "2026-11-20T00:00:00.000Z");
    assert_eq!(from(json!("-90s")).unwrap(), "2026-11-21T06:58:30.000Z");
    assert_eq!(from(json!("-15m")).unwrap(), "2026-11-21T06:45:00.000Z");
    assert_eq!(from(json!("now-2w")).unwrap(), "2026-11-07T07:00:00.000Z");
    assert_eq!(from(json!(1_795_240_000_000_i64)).unwrap(), "2026-11-21T05:46:40.000Z");
    for bad in [
        json!("yesterday"),
        json!("-24"),
        json!("-h"),
        json!("- 4h"),
        json!(1_795_240_000),
        json!(true),
        json!("24h"),
        json!("-é"),
    ] {
        assert_eq!(parse(json!({ "report": "events", "from": bad })).unwrap_err().code, "INVALID_RANGE", "{bad}");
    }
}

#[test]
fn ranges_must_make_sense() {
    assert_eq!(refused(json!({ "report": "events" })).1, "from");
    assert_eq!(refused(json!({ "report": "events", "from": "now" })).0, "INVALID_RANGE");
    assert_eq!(
        refused(json!({ "report": "events", "session_id": "s", "from": "now", "to": "-1h" })).0,
        "INVALID_RANGE"
    );
    assert_eq!(refused(json!({ "report": "events", "from": "2020-01-01" })).0, "RANGE_TOO_LARGE");
    parse(json!({ "report": "events", "from": "-400d" })).unwrap();
    parse(json!({ "report": "events", "session_id": "s", "from": "2001-01-01" })).unwrap();
}

#[test]
fn an_unknown_field_is_answered_with_the_nearest() {
    let (code, field, hint) = refused(json!({ "report": "events", "sesion_id": "s" }));
    assert_eq!((code, field.as_str(), hint.as_str()), ("UNKNOWN_FIELD", "sesion_id", "did you mean 'session_id'?"));
    let (_, _, hint) = refused(json!({ "report": "events", "colour": "red" }));
    assert!(hint.starts_with("send one of: report, session_id"));
    let (code, field, hint) = refused(json!({ "report": "event", "session_id": "s" }));
    assert_eq!((code, field.as_str(), hint.as_str()), ("UNKNOWN_REPORT", "report", "did you mean 'events'?"));
    assert_eq!(refused(json!({ "session_id": "s" })).0, "MISSING_FIELD");
    assert_eq!(refused(json!([])).0, "INVALID_REQUEST");
}

#[test]
fn limits_and_words() {
    let with = |name: &str, value: Value| {
        let mut request = json!({ "report": "events", "session_id": "s" });
        request[name] = value;
        parse(request)
    };
    assert_eq!(with("limit", json!(MAX_LIMIT)).unwrap().limit, MAX_LIMIT);
    assert_eq!(with("limit", json!("7")).unwrap().limit, 7);
    for bad in [json!(0), json!(MAX_LIMIT + 1), json!(-1), json!(1.5), json!("many")] {
        assert_eq!(with("limit", bad).unwrap_err().code, "INVALID_LIMIT");
    }
    assert_eq!(with("order", json!("up")).unwrap_err().code, "INVALID_ORDER");
    assert_eq!(with("format", json!("xml")).unwrap_err().code, "INVALID_FORMAT");
    assert_eq!(with("output", json!("tape")).unwrap_err().code, "INVALID_OUTPUT");
    assert_eq!(with("type", json!("A B")).unwrap_err().code, "INVALID_TYPE");
    assert_eq!(with("session_id", json!("x".repeat(257))).unwrap_err().code, "INVALID_SESSION_ID");
    assert_eq!(with("session_id", json!(1.5)).unwrap_err().code, "INVALID_SESSION_ID");
    assert_eq!(with("interval", json!("1h")).unwrap_err().code, "INVALID_INTERVAL");
    assert_eq!(with("cursor", json!(5)).unwrap_err().code, "INVALID_CURSOR");
    for name in ["limit", "order", "format", "output", "type", "cursor", "filter", "from"] {
        with(name, Value::Null).unwrap();
    }
}

#[test]
fn intervals_divide_the_hour_or_the_day() {
    let interval = |text: &str| {
        parse(json!({ "report": "count", "from": "-1d", "interval": text })).map(|r| r.interval_ms).map_err(|b| b.code)
    };
    assert_eq!(interval("1m"), Ok(Some(60_000)));
    assert_eq!(interval("15m"), Ok(Some(900_000)));
    assert_eq!(interval("6h"), Ok(Some(6 * HOUR_MS)));
    assert_eq!(interval("1d"), Ok(Some(DAY_MS)));
    for bad in ["7m", "5h", "2d", "30s", "90m", "0h", "h", ""] {
        assert_eq!(interval(bad), Err("INVALID_INTERVAL"), "{bad}");
    }
}

#[test]
fn filters_are_read_and_refused_by_field() {
    let with = |filter: Value| parse(json!({ "report": "events", "session_id": "s", "filter": filter }));
    with(json!({ "path": "/orders/*", "status": "5xx", "method": "GET", "min_duration": 250 })).unwrap();
    with(json!({ "status": 404 })).unwrap();
    with(json!({ "status": "404", "min_duration": "1.5", "path": null })).unwrap();
    for (bad, field) in [
        (json!("x"), "filter"),
        (json!({ "statuz": 5 }), "filter.statuz"),
        (json!({ "status": 5 }), "filter.status"),
        (json!({ "status": "5x" }), "filter.status"),
        (json!({ "path": 1 }), "filter.path"),
        (json!({ "method": "" }), "filter.method"),
        (json!({ "min_duration": -1 }), "filter.min_duration"),
    ] {
        let refusal = with(bad).unwrap_err();
        assert_eq!((refusal.code, refusal.field.as_deref()), ("INVALID_FILTER", Some(field)));
    }
    let keys = json!({ "report": "keys", "session_id": "s", "filter": { "status": 404 } });
    assert_eq!(refused(keys).0, "INVALID_FILTER");
    parse(json!({ "report": "keys", "session_id": "s", "type": "http" })).unwrap();
}

#[test]
fn a_request_is_the_same_whatever_the_order_of_its_fields_and_its_paging() {
    let print = |text: &str| parse(serde_json::from_str(text).unwrap()).unwrap().fingerprint;
    let one = print(r#"{"report":"events","session_id":"s","filter":{"status":404,"path":"/x"},"limit":5}"#);
    let two = print(
        r#"{"filter":{"path":"/x","status":404},"session_id":"s","report":"events","format":"ndjson","type":null}"#,
    );
    assert_eq!(one, two);
    assert_ne!(one, print(r#"{"report":"events","session_id":"t","filter":{"status":404,"path":"/x"}}"#));
    assert_ne!(one, print(r#"{"report":"events","session_id":"s","filter":{"status":"404","path":"/x"}}"#));
}
