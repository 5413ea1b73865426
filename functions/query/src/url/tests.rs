#![allow(clippy::unwrap_used)]

use super::*;
use crate::request::Format;

fn event(method: &str, path: &str, query: &str, body: Option<&str>) -> Box<RawValue> {
    let event = json!({
        "version": "2.0", "rawPath": path, "rawQueryString": query, "headers": { "accept-encoding": "br, gzip" },
        "requestContext": { "http": { "method": method, "path": path } }, "body": body, "isBase64Encoded": false,
    });
    to_raw_value(&event).unwrap()
}

fn request(method: &str, path: &str, query: &str, body: Option<&str>) -> Result<Value, (u16, Value)> {
    let event = event(method, path, query, body);
    Call::read(&event)
        .unwrap()
        .request()
        .map_err(|answer| (answer.status, serde_json::from_slice(&answer.body).unwrap()))
}

#[test]
fn query_parameters_are_fields_and_conditions() {
    let query = "report=events&session_id=s+1%2B2&path=%2Forders%2F*&filter.status=5xx&fields=a,b&limit=5&cursor=";
    let expected = json!({
        "report": "events", "session_id": "s 1+2", "fields": "a,b", "limit": "5", "filter": { "path": "/orders/*", "status": "5xx" },
    });
    assert_eq!(request("GET", "/", query, None).unwrap(), expected);
    assert_eq!(request("GET", "/count", "from=-24h", None).unwrap(), json!({ "report": "count", "from": "-24h" }));
    // What both name is for the report to say.
    assert_eq!(request("GET", "/count/", "report=keys", None).unwrap(), json!({ "report": "keys" }));
}

#[test]
fn a_body_is_the_request() {
    assert_eq!(request("POST", "/", "", Some("{\"report\":\"count\"}")).unwrap(), json!({ "report": "count" }));
    assert_eq!(request("POST", "/journey", "", Some("{}")).unwrap(), json!({ "report": "journey" }));
    let encoded = json!({
        "rawPath": "/", "requestContext": { "http": { "method": "POST" } }, "body": STANDARD.encode("{\"report\":\"keys\"}"),
        "isBase64Encoded": true,
    });
    let encoded = to_raw_value(&encoded).unwrap();
    assert_eq!(Call::read(&encoded).unwrap().request().unwrap(), json!({ "report": "keys" }));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_status() {
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(70_000));
    for (status, code, method, path, query, body) in [
        (404, "NOT_FOUND", "GET", "/performnce", "", None),
        (404, "NOT_FOUND", "GET", "/favicon.ico", "", None),
        (405, "METHOD_NOT_ALLOWED", "DELETE", "/", "", None),
        (400, "INVALID_REQUEST", "POST", "/", "", None),
        (400, "INVALID_REQUEST", "POST", "/", "", Some("{")),
        (400, "INVALID_REQUEST", "POST", "/", "report=keys", Some("{}")),
        (413, "REQUEST_TOO_LARGE", "POST", "/", "", Some(long.as_str())),
        (400, "INVALID_REQUEST", "GET", "/", "from=%zz", None),
        (400, "INVALID_REQUEST", "GET", "/", "from=%ff", None),
        (400, "INVALID_REQUEST", "GET", "/", "from=1&from=2", None),
        (400, "INVALID_REQUEST", "GET", "/", "path=1&filter.path=2", None),
    ] {
        let (given, answer) = request(method, path, query, body).unwrap_err();
        assert_eq!(
            (given, &answer["error"]["code"], &answer["ok"]),
            (status, &json!(code), &json!(false)),
            "{method} {path} {query}"
        );
        assert!(answer["error"]["hint"].as_str().unwrap().len() > 3 && answer.to_string().len() < 600);
    }
    let (_, answer) = request("GET", "/performnce", "", None).unwrap_err();
    assert!(answer["error"]["hint"].as_str().unwrap().contains("did you mean 'performance'?"));
}

#[test]
fn another_event_is_none_of_the_url() {
    for event in [json!({ "report": "keys" }), json!({ "requestContext": {} }), json!([]), json!({ "rawPath": "/" })] {
        assert!(Call::read(&to_raw_value(&event).unwrap()).is_none(), "{event}");
    }
}

#[test]
fn answers_are_compressed_for_those_who_take_it() {
    let accepts = |header: &str| {
        let event =
            json!({ "requestContext": { "http": { "method": "GET" } }, "headers": { "accept-encoding": header } });
        let event = to_raw_value(&event).unwrap();
        let call = Call::read(&event).unwrap();
        let answer = Answer::new(200, Format::Json.content_type(), vec![b'x'; 5000], &call).write().unwrap();
        let answer: Value = serde_json::from_str(answer.get()).unwrap();
        assert_eq!(answer["isBase64Encoded"] == true, answer["headers"]["content-encoding"] == "gzip");
        answer["isBase64Encoded"] == true
    };
    assert!(accepts("gzip") && accepts("br, GZIP;q=0.5") && accepts("*"));
    assert!(!accepts("") && !accepts("br") && !accepts("gzip;q=0") && !accepts("gzip; q=0.0"));
}

#[test]
fn head_has_no_body() {
    let event = event("HEAD", "/", "report=keys", None);
    let call = Call::read(&event).unwrap();
    let answer = Answer::new(200, Format::Json.content_type(), vec![b'x'; 5000], &call).write().unwrap();
    let answer: Value = serde_json::from_str(answer.get()).unwrap();
    assert_eq!((&answer["body"], &answer["isBase64Encoded"]), (&json!(""), &json!(false)));
}
