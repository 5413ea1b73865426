//! `droplets query` against the stack. (`droplets send` is how the shop's traffic is sent.)

use droplets_tests::shell::{finish, succeed};
use droplets_tests::{Stack, run};
use serde_json::{Value, json};

use crate::{droplets_command, shared};

const SESSION: &str = "command-line";

fn traffic(stack: &Stack) {
    let events: Vec<Value> = (0..30)
        .map(|n| {
            json!({
                "session_id": SESSION,
                "event_id": format!("e-{n:02}"),
                "timestamp": format!("2026-03-11T07:00:{n:02}Z"),
                "request": { "method": "GET", "path": format!("/orders/{n}"), "route": "/orders/:id" },
                "response": { "status": if n == 7 { 503 } else { 200 }, "duration_ms": n },
            })
        })
        .collect();
    let lines: String = events.iter().map(|event| format!("{event}\n")).collect();
    let mut send = droplets_command(stack, &["send", "--quiet", "--queue-url", stack.output("QueueUrl")]);
    let output = succeed(&mut send, lines.as_bytes(), 60);
    assert!(output.is_empty());
    run(stack.until_session_has(SESSION, 30, 60));
}

pub fn query_prints_tables_json_and_lines_and_refuses_nonsense() {
    let stack = shared();
    traffic(stack);
    let query = |arguments: &[&str]| {
        let mut all = vec!["query", "--stack", stack.name()];
        all.extend(arguments);
        String::from_utf8(succeed(&mut droplets_command(stack, &all), b"", 60)).expect("UTF-8")
    };

    // All pages as lines: the events themselves.
    let lines = query(&["--session", SESSION, "--all", "--limit", "7", "--format", "ndjson"]);
    let ids: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["event_id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, (0..30).map(|n| format!("e-{n:02}")).collect::<Vec<_>>());

    // One page as the function answers it; a pipe gets JSON unless told otherwise.
    for format in [&["--format", "json"][..], &[]] {
        let page = query(&[&["--session", SESSION, "--limit", "7", "--order", "desc"], format].concat());
        let answer: Value = serde_json::from_str(&page).expect("one JSON object");
        assert_eq!((&answer["v"], &answer["ok"], &answer["stats"]["matched"]), (&json!(1), &json!(true), &json!(7)));
        assert_eq!(answer["rows"][0]["event_id"], "e-29");
        assert!(answer["next_cursor"].is_string());
    }

    // For people.
    let table = query(&["--session", SESSION, "--status", "5xx", "--format", "table"]);
    assert!(table.contains("/orders/7") && table.contains("503") && !table.contains("/orders/8"), "{table}");
    let range = ["--from", "2026-03-11T07:00:00Z", "--to", "2026-03-11T08:00:00Z"];
    let table = query(&[&["--report", "sessions", "--format", "table"], &range[..]].concat());
    let row = table.lines().find(|row| row.contains(SESSION)).unwrap_or_else(|| panic!("{table}"));
    assert!(row.split_whitespace().any(|cell| cell == "30"), "{row}");

    // The function by name rather than by stack.
    let function = stack.output("QueryFunctionName");
    let count = ["query", "--function", function, "--report", "count", "--interval", "1h", "--format", "ndjson"];
    let output = succeed(&mut droplets_command(stack, &[&count, &range[..]].concat()), b"", 60);
    let row: Value = serde_json::from_slice(&output).expect("one interval");
    assert_eq!((&row["events"], &row["errors"]), (&json!(30), &json!(1)), "{row}");
}

pub fn exit_codes_tell_what_went_wrong() {
    let stack = shared();
    let fails = |arguments: &[&str], code: i32, says: &[&str]| {
        let output = finish(&mut droplets_command(stack, arguments), b"", 60);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
        for word in says {
            assert!(stderr.contains(word), "{arguments:?} says {word}: {stderr}");
        }
        output
    };
    let stack_name = stack.name();

    // The function refuses: what is wrong, and the way out.
    let empty = ["query", "--stack", stack_name, "--from", "2026-03-12", "--to", "2026-03-11"];
    fails(&empty, 2, &["from"]);
    fails(&["query", "--stack", stack_name, "--request", r#"{"report":"events","sesion_id":"s"}"#], 2, &["session_id"]);
    // Nothing there to ask.
    let missing = fails(&["query", "--stack", "no-such-stack", "--session", "s"], 1, &["no-such-stack"]);
    assert!(missing.stdout.is_empty());
    // A line that is no event is named, and the rest is sent.
    let event =
        format!("{{\"session_id\":\"{SESSION}-2\",\"event_id\":\"e\",\"timestamp\":\"2026-03-11T09:00:00Z\"}}\n");
    let mut send = droplets_command(stack, &["send", "--quiet", "--stack", stack_name]);
    let output = finish(&mut send, format!("no event\n{event}").as_bytes(), 60);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    run(stack.until_session_has(&format!("{SESSION}-2"), 1, 60));
}
