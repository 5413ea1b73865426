//! Those who mean harm: a session that wants out of its prefix, an object that inflates without end, a cursor or a
//! request made up to reach what it should not.

use std::collections::BTreeSet;
use std::fs;

use aws_sdk_dynamodb::types::AttributeValue;
use droplets::block::member;
use droplets_tests::aws::notification;
use droplets_tests::{Stack, StackOptions, run};
use flate2::{Compress, Compression, Crc, FlushCompress};
use regex::Regex;
use serde_json::{Value, json};

use crate::shared;

const MIB: usize = 1024 * 1024;
/// The memory the template gives to each function, in bytes.
const INDEX_MEMORY: usize = 256 * MIB;
const QUERY_MEMORY: usize = 512 * MIB;

pub fn a_session_cannot_leave_its_prefix_or_read_anothers_blocks() {
    // Here ids stand in keys.
    let stack = Stack::start(&StackOptions::named("droplets-attack").with("ObjectGrouping", "session"));
    let long = "../".repeat(85);
    let ids = [
        "victim",
        "VICTIM",
        "victim ",
        "victim/",
        "victim/..",
        "victim\0",
        "victim\n",
        "victim%2F",
        "victim*",
        "victi?",
        "victim#2026-03-16T05:00:00.000Z",
        "victim_20260316T050000000Z",
        "victim\u{301}",
        "ｖictim",
        "..",
        ".hidden",
        "_hidden",
        "/",
        "//",
        "../../config/pii",
        "../../../config/pii.json",
        "..%2F..%2Fconfig%2Fpii",
        "%2e%2e%2f",
        "a/../../victim",
        "raw/type=http/dt=2026-03-16/hr=05/session_victim",
        "x/dt=2026-03-16/hr=06/type=other",
        "2026-03-16#0",
        ":partition",
        "#partition",
        "victim\" OR \"a\"=\"a",
        "*",
        "%",
        "+",
        "🐢",
        &long,
    ];
    let types = ["..", ".", "...", "-", "_", "a..b"];
    let event = |session: &str, id: usize, event_type: &str| {
        let timestamp = "2026-03-16T05:00:00Z";
        json!({ "session_id": session, "event_id": id.to_string(), "timestamp": timestamp, "type": event_type })
    };
    let mut events: Vec<Value> = ids.iter().enumerate().map(|(n, id)| event(id, n, "http")).collect();
    events.extend(types.iter().enumerate().map(|(n, event_type)| event("types", n, event_type)));

    run(async {
        stack.send(&[Value::from(events).to_string()]).await;
        stack.until_session_has("types", types.len(), 60).await;
        for (n, id) in ids.iter().enumerate() {
            let rows = stack.until_session_has(id, 1, 60).await;
            assert_eq!((&rows[0]["session_id"], &rows[0]["event_id"]), (&json!(id), &json!(n.to_string())));
            let keys = stack.ask(&json!({ "report": "keys", "session_id": id })).await;
            assert_eq!(keys["rows"].as_array().map(Vec::len), Some(1), "session {n} has a block of its own");
        }

        let keys = stack.keys("").await;
        assert_eq!(keys.len(), ids.len() + types.len(), "an object for each session and type");
        let spelled = r"^raw/type=[a-z0-9._-]{1,64}/dt=2026-03-16/hr=05/session_[A-Za-z0-9%-]+_20260316T050000000Z_[0-9a-f]{16}\.jsonl\.gz$";
        let spelled = Regex::new(spelled).unwrap();
        let strays: Vec<&String> = keys.iter().filter(|key| !spelled.is_match(key)).collect();
        assert!(strays.is_empty(), "{strays:?}");
        assert!(!keys.iter().any(|key| key.split('/').any(|part| matches!(part, "." | ".."))));
    });
}

pub fn a_cursor_that_was_changed_or_is_anothers_is_refused() {
    let stack = shared();
    let event = |session: &str, n: u32| {
        let timestamp = format!("2026-03-16T06:00:0{n}Z");
        json!({ "session_id": session, "event_id": format!("e-{n}"), "timestamp": timestamp })
    };
    let events: Vec<Value> = (0..3).flat_map(|n| [event("cursor-mine", n), event("cursor-theirs", n)]).collect();
    let request = json!({ "report": "events", "session_id": "cursor-mine", "limit": 1,
        "from": "2026-03-16T06:00:00Z", "to": "2026-03-16T07:00:00Z" });
    let with = |field: &str, value: Value| {
        let mut request = request.clone();
        request[field] = value;
        request
    };
    run(async {
        stack.send(&[Value::from(events).to_string()]).await;
        for session in ["cursor-mine", "cursor-theirs"] {
            stack.until_session_has(session, 3, 60).await;
        }
        let cursor = stack.ask(&request).await["next_cursor"].as_str().expect("there is a second page").to_owned();
        let second = stack.ask(&with("cursor", cursor.clone().into())).await;
        assert_eq!(second["rows"][0]["event_id"], "e-1");

        for (field, value) in [
            ("session_id", json!("cursor-theirs")),
            ("session_id", Value::Null),
            ("report", json!("keys")),
            ("report", json!("count")),
            ("order", json!("desc")),
            ("from", json!("2026-03-16T05:00:00Z")),
            ("to", json!("2026-03-17T00:00:00Z")),
            ("type", json!("http")),
            ("filter", json!({ "status": "5xx" })),
        ] {
            let mut other = with(field, value);
            other["cursor"] = cursor.clone().into();
            let answer = stack.answer(&other).await;
            assert_eq!(answer["error"]["code"], "INVALID_CURSOR", "a cursor of a request with another {field}");
        }

        let mut changed: Vec<String> = ["", "null", "{}", "=", "\0", "../..", "🐢"].map(str::to_owned).into();
        changed.push("A".repeat(60_000));
        changed.extend((1..cursor.len()).map(|end| cursor[..end].to_owned()));
        changed.extend([format!("{cursor}A"), format!("{cursor}="), format!(" {cursor}"), cursor.repeat(2)]);
        for at in 0..cursor.len() {
            let other = if &cursor[at..=at] == "A" { "B" } else { "A" };
            changed.push(format!("{}{other}{}", &cursor[..at], &cursor[at + 1..]));
        }
        for one in changed {
            let answer = stack.answer(&with("cursor", one.clone().into())).await;
            assert_eq!(answer["ok"], false, "a cursor of {} characters that is none of query's", one.len());
        }
    });
}

pub fn what_is_asked_reaches_no_other_table_bucket_or_key() {
    let stack = shared();
    let canary = json!({ "session_id": "canary", "event_id": "e", "timestamp": "2026-03-16T08:00:00Z", "type": "canary",
        "request": { "method": "GET", "path": "/canary" } });
    let hostile = [
        "canary\" OR \"1\"=\"1",
        "canary' OR '1'='1",
        "canary OR session_id = canary",
        ":partition",
        ":from OR #partition <> :partition",
        "#timestamp",
        "attribute_exists(#partition)",
        "begins_with(session_id, c)",
        "2026-03-16#0",
        "canary#",
        "ca*",
        "c.nary",
        "%63anary",
        "raw/type=canary/",
        "../raw/",
        "s3://other-bucket/raw/",
        "arn:aws:dynamodb:eu-west-1:000000000000:table/other",
        "other-table",
        "{\"S\":\"canary\"}",
        "canary\0",
        "canary\n",
        "",
        " ",
    ];
    run(async {
        stack.send(&[canary.to_string()]).await;
        stack.until_session_has("canary", 1, 60).await;
        let range = json!({ "report": "events", "from": "2026-03-16T08:00:00Z", "to": "2026-03-16T09:00:00Z" });
        let with = |base: &Value, field: &str, value: Value| {
            let mut request = base.clone();
            request[field] = value;
            request
        };
        assert_eq!(stack.ask(&range).await["rows"].as_array().map(Vec::len), Some(1), "the canary sings");

        for text in hostile {
            // Of what is found by them there is nothing; what is no word of query's is refused.
            for request in [
                with(&range, "session_id", text.into()),
                with(&range, "type", text.into()),
                with(&range, "filter", json!({ "path": text })),
                with(&range, "filter", json!({ "method": text })),
                with(&range, "filter", json!({ "status": text })),
            ] {
                let answer = stack.answer(&request).await;
                let rows = answer["rows"].as_array().map_or(0, Vec::len);
                assert_eq!(rows, 0, "nothing is found by {text:?} in {request}");
            }
            for field in ["report", "from", "to", "order", "limit", "format", "output", "cursor", "interval"] {
                let answer = stack.answer(&with(&range, field, text.into())).await;
                assert_eq!(answer["ok"], false, "{text:?} is no {field}");
            }
            for value in [json!([text]), json!({ "S": text }), json!({ "$ne": text })] {
                for field in ["session_id", "type", "filter", "report", "output"] {
                    let answer = stack.answer(&with(&range, field, value.clone())).await;
                    assert_eq!(answer["ok"], false, "{value} is no {field}");
                }
            }
        }
        for field in
            ["table", "TableName", "IndexName", "bucket", "Bucket", "key", "prefix", "__proto__", "FilterExpression"]
        {
            let answer = stack.answer(&with(&range, field, "canary".into())).await;
            assert_eq!(answer["error"]["code"], "UNKNOWN_FIELD", "{field}");
        }

        // index reads below raw/ of its own bucket, whatever it is told.
        let leak = json!({ "session_id": "leak", "event_id": "e", "timestamp": "2026-03-16T08:30:00Z" }).to_string();
        stack.put("rejected/leak.jsonl", leak.into_bytes()).await;
        let bucket = stack.output("BucketName");
        for (bucket, key) in [
            (bucket, "rejected/leak.jsonl"),
            (bucket, "raw/../rejected/leak.jsonl"),
            (bucket, "raw%2F..%2Frejected%2Fleak.jsonl"),
            (bucket, "raw/%2e%2e/rejected/leak.jsonl"),
            (bucket, "/raw/leak.jsonl"),
            (bucket, "raw/?prefix=rejected/leak.jsonl"),
            (bucket, "raw/%00.jsonl"),
            ("other-bucket", "raw/leak.jsonl"),
            ("../rejected", "raw/leak.jsonl"),
        ] {
            let invoked = stack.invoke("IndexFunctionName", &notification(bucket, key)).await;
            assert_eq!(invoked.error, None, "{key}");
        }
        let request = json!({ "report": "keys", "session_id": "leak" });
        assert_eq!(stack.ask(&request).await["rows"], json!([]), "nothing outside raw/ is indexed");
    });
}

pub fn a_request_that_is_too_long_is_refused() {
    let stack = shared();
    run(async {
        for bytes in [100_000, 5 * MIB] {
            let long = "x".repeat(bytes);
            for request in [
                json!({ &long: 1 }),
                json!({ "report": long }),
                json!({ "report": "events", "session_id": long }),
                json!({ "report": "events", "session_id": "s", "cursor": long }),
                json!({ "report": "events", "session_id": "s", "filter": { "path": long } }),
                json!({ "report": "events", "session_id": "s", "filter": { &long: 1 } }),
                json!(long),
                json!(vec![0; bytes / 2]),
            ] {
                let answer = stack.answer(&request).await;
                assert_eq!(answer["error"]["code"], "REQUEST_TOO_LARGE");
                assert!(answer.to_string().len() < 1000, "what was sent is not repeated");
            }
        }
        let fields: serde_json::Map<_, _> = (0..2000).map(|n| (format!("field-{n}"), json!(n))).collect();
        assert_eq!(stack.answer(&fields.into()).await["error"]["code"], "UNKNOWN_FIELD");
        let deep = (0..100).fold(json!(0), |inner, _| json!([inner]));
        assert_eq!(stack.answer(&json!({ "report": deep })).await["error"]["code"], "UNKNOWN_REPORT");
        assert_peak(stack, "QueryFunctionName", QUERY_MEMORY);
    });
}

pub fn a_zip_bomb_takes_neither_index_nor_query_down() {
    let stack = shared();
    let line = |session: &str, minute: u32| {
        let timestamp = format!("2026-03-16T10:{minute:02}:00Z");
        json!({ "session_id": session, "timestamp": timestamp, "event_id": "e" }).to_string() + "\n"
    };
    let block = |session: &str| member(line(session, 1).as_bytes());
    // A gigabyte each: behind an event no line ends, and no line differs from another.
    let no_line = bomb(line("bomb-line", 0).as_bytes(), &vec![b'x'; MIB], 1024);
    let lines = line("bomb-lines", 0);
    let many_lines = bomb(b"", lines.repeat(MIB / lines.len()).as_bytes(), 1100);
    // Honest in its size, and of more sessions than index's memory holds.
    let sessions: String = (0..400_000).map(|n| line(&format!("bomb-{n}"), 0)).collect();
    let many_sessions = member(sessions.as_bytes());
    assert!([&no_line, &many_lines].iter().all(|bomb| bomb.len() < 8 * MIB) && many_sessions.len() < 16 * MIB);
    let key = |name: &str| format!("raw/backfill/bomb-{name}.jsonl.gz");
    let bombs = [("line", no_line), ("lines", many_lines), ("sessions", many_sessions)];

    run(async {
        for (name, bomb) in &bombs {
            // Behind each there is a block like any other.
            let after = block(&format!("bomb-after-{name}"));
            stack.put(&key(name), [&bomb[..], &after].concat()).await;
        }
        stack.put("raw/backfill/no-bomb.jsonl.gz", block("no-bomb")).await;
        stack.until_session_has("no-bomb", 1, 120).await;
        for (name, bomb) in &bombs {
            stack.until_session_has(&format!("bomb-after-{name}"), 1, 120).await;
            let said = stack
                .eventually("index names what it passed over", 60, async || {
                    let summaries = stack.summaries();
                    let mut skipped = summaries.iter().filter_map(|summary| summary["skipped"].as_array()).flatten();
                    skipped.find(|one| one["key"] == key(name)).cloned().ok_or("no summary does".to_owned())
                })
                .await;
            assert_eq!(said["offset"], 0);
            let items = stack.items_of(&key(name)).await;
            assert_eq!(items.len(), 1, "{name}: of the object there is what stands behind the bomb");

            // Were it indexed all the same, query would say that it is missing.
            let mut item = items[0].clone();
            let session = format!("bomb-forged-{name}");
            let forged = [
                ("session_id", AttributeValue::S(session.clone())),
                ("offset", AttributeValue::N("0".into())),
                ("length", AttributeValue::N(bomb.len().to_string())),
            ];
            item.extend(forged.map(|(name, value)| (name.to_owned(), value)));
            let call = stack.dynamodb.put_item().table_name(stack.output("TableName"));
            call.set_item(Some(item)).send().await.expect("PutItem");
            for report in ["events", "sessions", "count"] {
                let filter = json!({ "method": "GET" });
                let answer = stack.ask(&json!({ "report": report, "session_id": session, "filter": filter })).await;
                assert_eq!(answer["rows"], json!([]), "{name}");
                let missing = u64::from(*name != "sessions");
                assert_eq!(answer["stats"]["missing"], missing, "{name}: {report}");
            }
        }
        for session in ["bomb-line", "bomb-lines", "bomb-7"] {
            let answer = stack.ask(&json!({ "report": "events", "session_id": session })).await;
            assert_eq!(answer["rows"], json!([]), "of a bomb nothing is indexed");
        }
        let range = json!({ "report": "sessions", "from": "2026-03-16T10:00:00Z", "to": "2026-03-16T11:00:00Z" });
        let rows = stack.ask_all(&range).await.rows;
        let found: BTreeSet<&str> = rows.iter().filter_map(|row| row[0].as_str()).collect();
        let whole = ["no-bomb", "bomb-after-line", "bomb-after-lines", "bomb-after-sessions"];
        assert!(whole.iter().all(|session| found.contains(session)), "the others of the hour are answered");

        let failures = stack.receive("IndexFailureQueueUrl").await;
        assert!(!failures.iter().any(|failure| failure.body.contains("bomb")), "no bomb is handed over as a failure");
        assert_peak(stack, "IndexFunctionName", INDEX_MEMORY);
        assert_peak(stack, "QueryFunctionName", QUERY_MEMORY);
    });
}

/// A gzip member of `head` and then `part`, so many times. Compressed once: blocks between full flushes know nothing of
/// each other.
fn bomb(head: &[u8], part: &[u8], times: u32) -> Vec<u8> {
    let deflated = |bytes: &[u8], flush| {
        let mut out = Vec::with_capacity(bytes.len() + 1024);
        Compress::new(Compression::best(), false).compress_vec(bytes, &mut out, flush).expect("there is room");
        out
    };
    let sum = |bytes: &[u8]| {
        let mut sum = Crc::new();
        sum.update(bytes);
        sum
    };
    let (mut whole, of_part) = (sum(head), sum(part));
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    bytes.extend(deflated(head, FlushCompress::Full));
    let block = deflated(part, FlushCompress::Full);
    for _ in 0..times {
        bytes.extend_from_slice(&block);
        whole.combine(&of_part);
    }
    bytes.extend(deflated(b"", FlushCompress::Finish));
    bytes.extend(whole.sum().to_le_bytes());
    bytes.extend(whole.amount().to_le_bytes());
    bytes
}

/// Asserts that no process of a function ever had more memory than the function has. In AWS it would have been ended;
/// the emulator lets it go on. `function` is the name of the output that holds its name.
fn assert_peak(stack: &Stack, function: &str, memory: usize) {
    let endpoint = stack.environment().into_iter().find(|(name, _)| *name == "AWS_ENDPOINT_URL").expect("it has one").1;
    let wanted =
        [format!("AWS_LAMBDA_FUNCTION_NAME={}", stack.output(function)), format!("AWS_ENDPOINT_URL={endpoint}")];
    let mut peaks = Vec::new();
    for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Ok(environment) = fs::read(process.path().join("environ")) else { continue };
        let variables: Vec<&[u8]> = environment.split(|byte| *byte == 0).collect();
        if !wanted.iter().all(|one| variables.contains(&one.as_bytes())) {
            continue;
        }
        let status = fs::read_to_string(process.path().join("status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB")?.trim().parse().ok());
        peaks.extend(peak.map(|kib: usize| kib * 1024));
    }
    if !fs::exists("/proc/self/status").unwrap_or_default() {
        println!("note: without /proc the functions' memory is not measured");
        return;
    }
    assert!(!peaks.is_empty(), "a process of {function} is there");
    assert!(peaks.iter().all(|peak| *peak < memory), "{function}: {} MiB at most", peaks.iter().max().unwrap() / MIB);
}
