//! The reports, on a stack of their own that holds the shop's traffic and some invented: an independent implementation
//! (`tests/oracle`, Python and DuckDB over the raw objects) must come to the same rows, the documentation must show real
//! answers, and the function URL and the command line must say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use droplets::durations::RELATIVE_ERROR;
use droplets::timestamp::{HOUR_MS, Timestamp};
use droplets_tests::events::{Plan, Traffic};
use droplets_tests::shell::{command, finish, succeed, which};
use droplets_tests::stack::needed;
use droplets_tests::{Stack, StackOptions, root, run, scratch};
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use crate::droplets_command;

static STACK: OnceLock<Stack> = OnceLock::new();

/// Invented traffic: hours that the shop's do not touch.
const INVENTED: Plan = Plan { seed: 11, prefix: "rep", events: 1200, sessions: 40, from: Timestamp::MIN, hours: 30 };

fn invented_from() -> Timestamp {
    Timestamp::parse_rfc3339("2026-05-05T20:00:00Z").expect("a time")
}

/// The stack, with all its events stored and indexed.
fn stack() -> &'static Stack {
    STACK.get_or_init(|| {
        let stack = Stack::start(&StackOptions::named("droplets-reports").with("QueryFunctionUrl", "true"));
        let file = root().join("events/shop.jsonl");
        let output =
            succeed(droplets_command(&stack, &["send", "--quiet", "--stack", stack.name()]).arg(&file), b"", 60);
        assert!(output.is_empty());
        let shop = std::fs::read_to_string(&file).expect("events/shop.jsonl").lines().count();
        let traffic = Traffic::invent(&Plan { from: invented_from(), ..INVENTED });
        run(async {
            let mut bodies = traffic.bodies();
            bodies.push(odd_events().to_string());
            stack.send(&bodies).await;
            // On a busy machine a write may outlive the invocation that gave it up: its events can be found, and yet their
            // message comes again. Nothing may be stored any more while answers are compared.
            stack.until_queue_is_empty(120).await;
            for (from, to, events) in [
                ("2026-11-21".to_owned(), "2026-11-22".to_owned(), shop),
                (
                    invented_from().to_string(),
                    "2026-05-08".to_owned(),
                    INVENTED.events + odd_events().as_array().unwrap().len(),
                ),
            ] {
                let request = json!({ "report": "count", "from": from, "to": to, "interval": "1d", "limit": 10_000 });
                stack
                    .eventually("all events can be found", 90, async || {
                        let rows = stack.ask_all(&request).await.rows;
                        let found: u64 = rows.iter().map(|row| row[1].as_u64().unwrap()).sum();
                        if found == events as u64 { Ok(()) } else { Err(format!("{found} of {events}")) }
                    })
                    .await;
            }
            stack
                .eventually("every object is indexed", 90, async || {
                    let mut known = BTreeSet::new();
                    for (from, to) in [("2026-11-21", "2026-11-22"), ("2026-05-05", "2026-05-09")] {
                        let request = json!({ "report": "keys", "from": from, "to": to, "limit": 10_000 });
                        known.extend(
                            stack.ask_all(&request).await.rows.iter().map(|row| row[1].as_str().unwrap().to_owned()),
                        );
                    }
                    let missing = stack.keys("raw/").await.iter().filter(|key| !known.contains(*key)).count();
                    if missing == 0 { Ok(()) } else { Err(format!("{missing} objects are not")) }
                })
                .await;
        });
        stack
    })
}

/// Stops the stack, if a test has started it.
pub fn stop() {
    if let Some(stack) = STACK.get() {
        stack.stop();
    }
}

/// What invented traffic lacks: no route, no status, no duration, fractions, a path of ids, a step inside another.
fn odd_events() -> Value {
    let at = |ms: i64| invented_from().plus_millis(31 * HOUR_MS + ms).to_string();
    json!([
        { "session_id": "rep-odd", "event_id": "1", "timestamp": at(0), "outcome": "completed",
          "request": { "method": "GET", "path": "/orders/17/items/3?page=2" }, "response": { "status": 200, "duration_ms": 1500.25 } },
        { "session_id": "rep-odd", "event_id": "2", "timestamp": at(700), "outcome": "aborted",
          "request": { "method": "GET", "path": "/orders/18/items/4" }, "response": { "status": 404, "duration_ms": 0.031 } },
        { "session_id": "rep-odd", "event_id": "3", "timestamp": at(90_000), "type": "click", "target": { "id": "buy", "at": [1.50, 2] } },
        { "session_id": "rep-odd", "event_id": "4", "timestamp": at(90_001), "method": "PUT", "path": "/files/report.pdf", "status": 503 },
        { "session_id": "rep-odd", "event_id": "5", "timestamp": at(95_000), "request": { "path": "/users/8ec23615-82f2-4770-b7ca-b1f95e42e3e0" } },
        { "session_id": "rep-odd-2", "event_id": "1", "timestamp": at(95_000), "response": { "duration_ms": 3 } },
        { "session_id": "rep-odd-2", "event_id": "2", "timestamp": at(95_000), "request": { "method": "GET", "path": "/s/s-42/v2/order-1234.json" }, "response": { "status": 200, "duration_ms": 3 } },
    ])
}

/// What is asked of both.
fn questions() -> Vec<Value> {
    let shop = ("2026-11-21T03:00:00Z", "2026-11-21T05:00:00Z");
    // Ends that lie inside hours, entries and milliseconds.
    let part = ("2026-05-05T22:17:00.002Z", "2026-05-07T01:30:00Z");
    let whole = ("2026-05-05", "2026-05-09");
    let busy = format!("{}-0", INVENTED.prefix);
    let mut all = Vec::new();
    for (from, to) in [shop, part, whole] {
        let mut ask = |report: &str, more: Value| {
            let mut request = json!({ "report": report, "from": from, "to": to });
            request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            all.push(request);
        };
        for order in ["asc", "desc"] {
            ask("keys", json!({ "order": order }));
            ask("events", json!({ "order": order, "fields": ["timestamp", "session_id", "event_id"] }));
            ask("sessions", json!({ "order": order }));
            ask("count", json!({ "order": order, "interval": "15m" }));
            ask("count", json!({ "order": order, "interval": "1h", "group_by": ["status_class", "method"] }));
            ask("performance", json!({ "order": order, "interval": "6h", "group_by": ["route"] }));
        }
        for filter in [
            json!({ "status": "5xx" }),
            json!({ "path": "/orders/*", "method": "GET" }),
            json!({ "min_duration": 1500 }),
            json!({ "status": 404 }),
        ] {
            ask(
                "events",
                json!({ "filter": filter, "fields": "timestamp,session_id,event_id,type,method,path,route,status,duration_ms" }),
            );
            ask("sessions", json!({ "filter": filter }));
            ask("count", json!({ "filter": filter, "interval": "1d", "group_by": "route,status" }));
            ask("performance", json!({ "filter": filter }));
        }
        for event_type in ["http", "click", "other"] {
            ask("count", json!({ "type": event_type, "interval": "5m" }));
            ask("sessions", json!({ "type": event_type }));
        }
        ask("keys", json!({ "type": "click" }));
        ask("performance", json!({}));
        ask("performance", json!({ "group_by": [], "interval": "30m" }));
        ask(
            "performance",
            json!({ "group_by": ["type", "status"], "fields": ["status", "type", "requests", "p95_ms"] }),
        );
        ask("count", json!({ "group_by": "type", "interval": "12h" }));
    }
    for session in [busy.as_str(), "rep-odd", "rep-odd-2", "web-f3e10844c7753693", "nobody"] {
        all.push(json!({ "report": "keys", "session_id": session }));
        all.push(json!({ "report": "journey", "session_id": session }));
        all.push(json!({ "report": "journey", "session_id": session, "filter": { "status": "4xx" } }));
        all.push(json!({ "report": "events", "session_id": session, "fields": "timestamp,session_id,event_id,request.query.q,target.at.0,response.status,outcome" }));
        all.push(json!({ "report": "performance", "session_id": session, "group_by": "method" }));
        all.push(json!({ "report": "count", "session_id": session, "from": "2026-05-06T10:17:00Z" }));
    }
    all
}

/// The raw objects as files, and what the oracle reads from them.
fn oracle(stack: &Stack, questions: &[Value]) -> Vec<Value> {
    let folder = scratch().join("oracle");
    run(async {
        for key in stack.keys("raw/").await {
            let path = folder.join(&key);
            std::fs::create_dir_all(path.parent().expect("a key has a folder")).expect("a folder can be made");
            std::fs::write(path, stack.object(&key).await).expect("an object can be written");
        }
    });
    let input: String = questions.iter().map(|question| format!("{question}\n")).collect();
    let script = root().join("tests/oracle/oracle.py");
    let arguments = [Path::new("-B"), &script, &folder];
    let output = succeed(&mut command(needed(".tools/readers/bin/python"), arguments), input.as_bytes(), 240);
    String::from_utf8(output).expect("UTF-8").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Whether two answers are the same: to the number, but for quantiles, which may be off by the stated error.
fn agree(columns: &[&str], ours: &Value, theirs: &Value) -> bool {
    let (Some(ours), Some(theirs)) = (ours.as_array(), theirs.as_array()) else { return false };
    ours.len() == theirs.len()
        && columns.len() == ours.len()
        && columns.iter().zip(ours.iter().zip(theirs)).all(|(column, (a, b))| match (a.as_f64(), b.as_f64()) {
            // Rounded to three decimals besides.
            (Some(a), Some(b)) if column.starts_with('p') && column.ends_with("_ms") => {
                (a - b).abs() <= b * (RELATIVE_ERROR + 1e-9) + 0.000_501
            }
            (Some(a), Some(b)) => a == b,
            _ => spelled(a) == spelled(b),
        })
}

/// A value with its numbers all spelled in one way.
fn spelled(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(all) => all.iter().map(spelled).collect(),
        Value::Object(all) => all.iter().map(|(name, value)| (name.clone(), spelled(value))).collect(),
        other => other.clone(),
    }
}

pub fn an_independent_reading_comes_to_the_same_answers() {
    let stack = stack();
    let questions = questions();
    let expected = oracle(stack, &questions);
    assert_eq!(expected.len(), questions.len());
    let mut rows_compared = 0;
    for (n, (question, expected)) in questions.iter().zip(&expected).enumerate() {
        let columns: Vec<&str> = expected["columns"]
            .as_array()
            .unwrap_or_else(|| panic!("{question}: {expected}"))
            .iter()
            .map(|c| c.as_str().unwrap())
            .collect();
        let same = |how: &str, rows: &[Value]| {
            let mut theirs = expected["rows"].as_array().unwrap().clone();
            let mut rows = rows.to_vec();
            if question["report"] == "keys" {
                // Entries of a session that begin together stand in the order of a digest, which is the index's own affair.
                let place = |row: &Value| (row[4].to_string(), row[0].to_string());
                let in_order = |pair: &[Value]| match question["order"] == "desc" {
                    true => place(&pair[0]) >= place(&pair[1]),
                    false => place(&pair[0]) <= place(&pair[1]),
                };
                assert!(rows.windows(2).all(in_order), "{how}: by first event and session: {question}");
                rows.sort_by_key(Value::to_string);
                theirs.sort_by_key(Value::to_string);
            }
            let differs = rows.iter().zip(&theirs).position(|(ours, theirs)| !agree(&columns, ours, theirs));
            if let Some(at) = differs {
                panic!("{how}, row {at} of {question}:\n ours   {}\n theirs {}", rows[at], theirs[at]);
            }
            assert_eq!(rows.len(), theirs.len(), "{how}: rows of {question}");
        };
        // On one page, from the function itself.
        let mut whole = question.clone();
        whole["limit"] = 10_000.into();
        let answer = run(stack.ask(&whole));
        assert_eq!(answer["columns"], expected["columns"], "{question}");
        assert_eq!(answer["next_cursor"], Value::Null, "{question}");
        same("one page", answer["rows"].as_array().unwrap());
        rows_compared += expected["rows"].as_array().unwrap().len();
        // On small pages, put together by the command line: every fourth, for it takes a while.
        if n % 4 == 0 {
            let mut pages = question.clone();
            pages["limit"] = if question["report"] == "events" { 700 } else { 40 }.into();
            if question["report"] == "performance" {
                // What is summed up anew needs its sketches; they are compared by what they tell.
                pages["sketches"] = true.into();
            }
            let arguments = ["query", "--stack", stack.name(), "--all", "--format", "json", "--request", "-"];
            let output = finish(&mut droplets_command(stack, &arguments), pages.to_string().as_bytes(), 120);
            assert!(output.status.success(), "{question}: {}", String::from_utf8_lossy(&output.stderr));
            let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            let names: Vec<&str> = answer["columns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
            let keep: Vec<usize> =
                columns.iter().map(|c| names.iter().position(|n| n == c).expect("a column")).collect();
            let rows: Vec<Value> = answer["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| keep.iter().map(|at| row[*at].clone()).collect())
                .collect();
            same("all pages", &rows);
        }
    }
    assert!(rows_compared > 5_000, "{rows_compared} rows were compared");
}

/// Every fenced request of a document, with the answer behind it.
fn examples(text: &str) -> Vec<(String, String)> {
    let fences: Vec<&str> = text.split("```").collect();
    let blocks: Vec<(&str, &str)> =
        fences.iter().skip(1).step_by(2).map(|block| block.split_once('\n').unwrap_or((block, ""))).collect();
    let mut examples = Vec::new();
    for pair in blocks.windows(2) {
        if let [("json request", request), ("json answer", answer)] = pair {
            examples.push((request.trim().to_owned(), answer.trim().to_owned()));
        }
    }
    examples
}

/// An answer without what differs from run to run: how ingest came to batch the events, and what a moment took.
fn lasting(answer: &Value) -> Value {
    let mut answer = answer.clone();
    for name in ["index_reads", "read_units", "s3_gets", "bytes", "ms", "cost_usd"] {
        for part in ["stats", "explain"] {
            if answer[part].get(name).is_some() {
                answer[part][name] = "…".into();
            }
        }
    }
    for name in ["entries", "from_index_alone", "blocks"] {
        if answer["explain"].get(name).is_some() {
            answer["explain"][name] = "…".into();
        }
    }
    for name in ["url", "key", "bytes", "expires_at"] {
        if answer["result"].get(name).is_some() {
            answer["result"][name] = "…".into();
        }
    }
    if answer["next_cursor"].is_string() {
        answer["next_cursor"] = "…".into();
    }
    if answer["searched"].is_string() {
        answer["searched"] = "…".into();
    }
    if answer["report"] == "keys" {
        // Which events share an object is the queue's choice.
        answer["rows"] = "…".into();
        answer["stats"]["matched"] = "…".into();
    }
    for row in answer["rows"].as_array_mut().into_iter().flatten() {
        for name in ["message_id", "sent_at"] {
            if row["_droplets"].get(name).is_some() {
                row["_droplets"][name] = "…".into();
            }
        }
    }
    answer
}

/// An answer as a document shows it: its members and rows a line each.
fn pretty(answer: &str) -> String {
    let value: BTreeMap<String, Box<serde_json::value::RawValue>> = serde_json::from_str(answer).expect("an object");
    let order = [
        "v",
        "ok",
        "report",
        "range",
        "columns",
        "rows",
        "format",
        "body",
        "result",
        "explain",
        "searched",
        "next_cursor",
        "stats",
        "error",
    ];
    let mut lines = Vec::new();
    for name in order {
        let Some(member) = value.get(name) else { continue };
        let rows: Vec<Box<serde_json::value::RawValue>> =
            if name == "rows" { serde_json::from_str(member.get()).expect("rows") } else { Vec::new() };
        lines.push(match rows.is_empty() {
            true => format!(" \"{name}\":{}", member.get()),
            false => format!(" \"rows\":[\n  {}]", rows.iter().map(|row| row.get()).collect::<Vec<_>>().join(",\n  ")),
        });
    }
    assert_eq!(lines.len(), value.len(), "every member of an answer is shown: {:?}", value.keys());
    format!("{{\n{}\n}}", lines.join(",\n"))
}

pub fn the_documentation_shows_real_answers() {
    let stack = stack();
    let path = root().join("docs/query.md");
    let text = std::fs::read_to_string(&path).expect("docs/query.md");
    let examples = examples(&text);
    assert!(examples.len() >= 12, "{} examples", examples.len());
    let mut written = text.clone();
    let mut different = Vec::new();
    for (request, shown) in &examples {
        let request_value: Value = serde_json::from_str(request).unwrap_or_else(|error| panic!("{error} in {request}"));
        let invoked = run(stack.invoke("QueryFunctionName", &request_value));
        let answer: Value = serde_json::from_slice(&invoked.payload).expect("JSON");
        let same = serde_json::from_str::<Value>(shown).is_ok_and(|shown| lasting(&shown) == lasting(&answer));
        if !same {
            let real = pretty(&String::from_utf8_lossy(&invoked.payload));
            let (old, new) = (
                format!("{request}\n```\n\n```json answer\n{shown}"),
                format!("{request}\n```\n\n```json answer\n{real}"),
            );
            assert!(written.contains(&old), "an answer stands right behind its request: {request}");
            written = written.replacen(&old, &new, 1);
            different.push(request);
        }
    }
    for report in ["keys", "events", "journey", "sessions", "count", "performance"] {
        assert!(
            examples.iter().any(|(request, _)| request.contains(&format!("\"{report}\""))),
            "{report} has an example"
        );
    }
    // As the table of kinds in docs/pii.md: written by the test, never by the test that checks.
    if std::env::var_os("DROPLETS_WRITE_DOCS").is_some() {
        std::fs::write(&path, written).expect("docs/query.md can be written");
    } else {
        assert!(
            different.is_empty(),
            "docs/query.md shows other answers to {different:?}; DROPLETS_WRITE_DOCS=1 writes them"
        );
    }
}

/// An answer over HTTP.
struct Http {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Http {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// Calls the function URL: at the local AWS, which knows it by the id in its host name.
async fn call(stack: &Stack, method: &str, path_and_query: &str, headers: &[(&str, &str)], body: &str) -> Http {
    let url = stack.output("QueryFunctionUrl");
    let host = url.trim_start_matches("https://").trim_end_matches('/');
    let environment: BTreeMap<_, _> = stack.environment().into_iter().collect();
    let id = host.split('.').next().expect("an id");
    let endpoint = format!("{}/_aws/lambda-url/{id}{path_and_query}", environment["AWS_ENDPOINT_URL"]);
    let mut request = Request::builder().method(method).uri(endpoint);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let client = Client::builder(TokioExecutor::new()).build_http();
    let answer =
        client.request(request.body(Full::new(Bytes::from(body.to_owned()))).unwrap()).await.expect("an answer");
    let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let (status, headers) = (answer.status().as_u16(), headers.collect());
    Http { status, headers, body: answer.into_body().collect().await.expect("a body").to_bytes().to_vec() }
}

pub fn the_function_url_answers_who_signs() {
    let stack = stack();
    let key = stack.environment().into_iter().find(|(name, _)| *name == "AWS_ACCESS_KEY_ID").expect("a key").1;
    // The local AWS looks at who signed, not at the signature itself.
    let signed = format!(
        "AWS4-HMAC-SHA256 Credential={key}/20261121/us-east-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature={}",
        "0".repeat(64)
    );
    let sign = ("authorization", signed.as_str());
    run(async {
        let refused = call(stack, "GET", "/?report=count&from=2026-11-21", &[], "").await;
        assert_eq!(refused.status, 403, "without a signature");

        let range = "from=2026-11-21T03:00:00Z&to=2026-11-21T05:00:00Z";
        let direct = json!({ "report": "count", "from": "2026-11-21T03:00:00Z", "to": "2026-11-21T05:00:00Z", "filter": { "status": "4xx" }, "interval": "1d" });
        let expected = stack.ask(&direct).await;
        let get = call(stack, "GET", &format!("/count?{range}&status=4xx&interval=1d"), &[sign], "").await;
        assert_eq!((get.status, &get.json()["rows"]), (200, &expected["rows"]));
        assert_eq!(get.headers["content-type"], "application/json");
        let post = call(stack, "POST", "/", &[sign, ("content-type", "application/json")], &direct.to_string()).await;
        assert_eq!((post.status, &post.json()["rows"]), (200, &expected["rows"]));

        let csv =
            call(stack, "GET", &format!("/performance?{range}&format=csv&fields=route,requests"), &[sign], "").await;
        assert!(csv.headers["content-type"].starts_with("text/csv") && csv.body.starts_with(b"route,requests\r\n"));
        let lines = call(stack, "GET", &format!("/events?{range}&limit=7&format=ndjson"), &[sign], "").await;
        assert_eq!(lines.headers["content-type"], "application/x-ndjson");
        assert_eq!(lines.body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count(), 7);
        let cursor = &lines.headers["droplets-next-cursor"];
        let more =
            call(stack, "GET", &format!("/events?{range}&limit=7&format=ndjson&cursor={cursor}"), &[sign], "").await;
        assert!(more.status == 200 && more.body != lines.body);
        let stats: Value = serde_json::from_str(&lines.headers["droplets-stats"]).expect("JSON");
        assert_eq!(stats["matched"], 7);

        let packed =
            call(stack, "GET", &format!("/events?{range}&limit=50"), &[sign, ("accept-encoding", "gzip")], "").await;
        assert_eq!(packed.headers["content-encoding"], "gzip");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.body.as_slice()), &mut text)
            .expect("gzip");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON")["rows"].as_array().map(Vec::len), Some(50));

        for (status, method, path, field) in [
            (400, "GET", "/count?from=yesterday", "from"),
            (400, "GET", "/journey", "session_id"),
            (404, "GET", "/nothing", ""),
            (405, "PUT", "/", ""),
        ] {
            let answer = call(stack, method, path, &[sign], "").await;
            assert_eq!(answer.status, status, "{method} {path}");
            let error = &answer.json()["error"];
            assert_eq!(error["field"].as_str().unwrap_or_default(), field);
            assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
        }
    });
}

pub fn a_large_result_is_a_link() {
    let stack = stack();
    run(async {
        let request = json!({ "report": "events", "from": invented_from().to_string(), "to": "2026-05-09", "output": "s3", "format": "ndjson" });
        let answer = stack.ask(&request).await;
        let result = &answer["result"];
        let rows = answer["stats"]["matched"].as_u64().unwrap();
        assert_eq!(
            (answer["next_cursor"].is_null(), rows),
            (true, (INVENTED.events + odd_events().as_array().unwrap().len()) as u64)
        );
        // Whoever has the link, and nothing else, can read it.
        let client = Client::builder(TokioExecutor::new()).build_http();
        let get = Request::get(result["url"].as_str().unwrap()).body(Full::new(Bytes::new())).unwrap();
        let got = client.request(get).await.expect("an answer");
        assert_eq!(got.status().as_u16(), 200);
        assert_eq!(got.headers()["content-type"], "application/x-ndjson");
        let body = got.into_body().collect().await.expect("a body").to_bytes();
        assert_eq!(body.len() as u64, result["bytes"].as_u64().unwrap());
        let pages = stack.ask_all(&json!({ "report": "events", "from": invented_from().to_string(), "to": "2026-05-09", "limit": 10_000 })).await;
        let lines: Vec<Value> =
            body.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(|l| serde_json::from_slice(l).unwrap()).collect();
        assert_eq!(lines, pages.rows);
    });
}

pub fn the_command_line_is_for_people() {
    let stack = stack();
    let run_it = |arguments: &[&str]| {
        let all = [arguments, &["--stack", stack.name()]].concat();
        String::from_utf8(succeed(&mut droplets_command(stack, &all), b"", 60)).expect("UTF-8")
    };
    let session = "web-f3e10844c7753693";
    let journey = run_it(&["journey", session, "--format", "table"]);
    assert!(journey.contains(session) && journey.lines().count() >= 35, "{journey}");
    let steps = run_it(&["journey", session, "--format", "ndjson"]);
    let steps: Vec<Value> = steps.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((steps.len(), &steps[34]["step"]), (35, &json!(35)));

    let range = ["--from", "2026-11-21T03:00:00Z", "--to", "2026-11-21T05:00:00Z"];
    let table = run_it(&[&["performance", "--format", "table"], &range[..]].concat());
    assert!(table.contains("/api/v1/orders/:id"), "{table}");
    let sessions = run_it(&[&["sessions", "--format", "ndjson"], &range[..]].concat());
    assert_eq!(sessions.lines().count(), 40);
    let csv = run_it(
        &[&["query", "--report", "performance", "--format", "csv", "--fields", "route,requests"], &range[..]].concat(),
    );
    assert!(csv.starts_with("route,requests\r\n"), "{csv}");
    let explain =
        run_it(&[&["query", "--report", "performance", "--explain", "--format", "json"], &range[..]].concat());
    let explain: Value = serde_json::from_str(&explain).expect("JSON");
    assert!(explain["explain"]["blocks"].as_u64() >= Some(1), "{explain}");
    for shell in ["bash", "zsh", "fish"] {
        let script =
            String::from_utf8(succeed(&mut droplets_command(stack, &["completions", shell]), b"", 60)).unwrap();
        assert!(script.contains("performance"), "{shell}");
    }
}

pub fn html_reports_work_in_a_browser() {
    let stack = stack();
    let node = which("node").expect("Node is needed");
    let folder = scratch().join("html");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let files = ["journey.html", "performance.html", "odd.html"].map(|name| folder.join(name));
    let range = ["--from", "2026-05-05", "--to", "2026-05-08"];
    for (file, question) in files.iter().zip([
        &["journey", "web-f3e10844c7753693"][..],
        &[&["performance"], &range[..]].concat(),
        &["journey", "rep-odd"],
    ]) {
        let mut all = question.to_vec();
        all.extend(["--stack", stack.name(), "--html", file.to_str().expect("UTF-8")]);
        assert!(succeed(&mut droplets_command(stack, &all), b"", 60).is_empty());
    }

    if !root().join("tests/browser/node_modules").exists() {
        eprintln!("note: no browser is installed (`make browser`), so nobody looks at the HTML reports");
        return;
    }
    let script = root().join("tests/browser/look.mjs");
    let arguments = [&[script][..], &files].concat();
    // Chromium is unpacked there.
    let output = finish(command(node, arguments).env("TMPDIR", scratch()), b"", 180);
    if output.status.code() == Some(77) {
        eprintln!("note: the browser does not start here: {}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seen: Vec<Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("JSON"))
        .collect();
    assert_eq!(seen.len(), 3);
    for page in &seen {
        assert_eq!(page["errors"], json!([]), "{page}");
        assert_eq!(page["requests"], 1, "nothing is fetched but the file: {page}");
        assert_eq!(
            (&page["ready"], &page["wide"], &page["wideOnPhone"]),
            (&json!(true), &json!(false), &json!(false)),
            "{page}"
        );
        assert!(page["charts"].as_u64() >= Some(1) && page["marks"].as_u64() >= Some(5), "{page}");
    }
    let text = |n: usize| seen[n]["text"].as_str().unwrap();
    assert_eq!(seen[0]["rows"], 35);
    assert!(text(0).contains("/shipping/quote") && text(0).contains("500"));
    let routes =
        run(stack.ask(&json!({ "report": "performance", "from": "2026-05-05", "to": "2026-05-08", "limit": 10_000 })));
    let routes = routes["rows"].as_array().unwrap();
    assert_eq!(seen[1]["rows"], routes.len());
    assert!(text(1).contains("/products/:slug"));
    let sorted = |name: &str| {
        let mut all = seen[1][name].as_array().unwrap().clone();
        all.sort_by_key(Value::to_string);
        all
    };
    assert_eq!(sorted("firstCells"), sorted("sorted"), "a sorted table has the same rows");
    assert!(text(2).contains("aborted") && text(2).contains("click"), "{}", text(2));
}

pub fn tail_prints_each_new_event_once() {
    let stack = stack();
    let session = "tail-follows";
    let arguments = ["tail", "--stack", stack.name(), "--session", session, "--format", "ndjson", "--interval", "1"];
    let mut tail = droplets_command(stack, &arguments);
    let out = scratch().join("tail.ndjson");
    let file = std::fs::File::create(&out).expect("a file");
    let mut child = tail.stdout(file).stderr(std::process::Stdio::null()).spawn().expect("tail runs");
    let printed = || std::fs::read_to_string(&out).unwrap_or_default();
    run(async {
        for n in 0..3 {
            // The later ones are older: they are still printed, and none twice.
            let at = Timestamp::now().plus_millis(-5_000 * (n + 1)).to_string();
            let event = json!({ "session_id": session, "event_id": format!("t-{n}"), "timestamp": at });
            stack.send(&[event.to_string()]).await;
            stack
                .eventually("tail prints the event", 60, async || {
                    let lines = printed().lines().count();
                    if lines > n as usize { Ok(()) } else { Err(format!("{lines} lines")) }
                })
                .await;
        }
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    });
    let _ = child.kill();
    let _ = child.wait();
    let text = printed();
    let ids: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["event_id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["t-0", "t-1", "t-2"]);
    let _ = std::io::stderr().flush();
}
