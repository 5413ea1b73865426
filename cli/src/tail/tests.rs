#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::VecDeque;

use super::*;
use crate::error::AwsCause;

/// A function that gives these answers, one after the other, and then refuses.
struct Looks {
    answers: RefCell<VecDeque<Result<String, Error>>>,
    asked: RefCell<Vec<Value>>,
}

impl Ask for Looks {
    fn name(&self) -> &str {
        "query"
    }

    async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, Error> {
        self.asked.borrow_mut().push(serde_json::from_slice(&request).unwrap());
        match self.answers.borrow_mut().pop_front() {
            Some(answer) => answer.map(String::into_bytes),
            None => Ok(r#"{"ok":false}"#.into()),
        }
    }
}

const NOW: &str = "2026-11-21T07:30:00Z";

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn event(id: &str, time: &str) -> String {
    format!(
        r#"{{"request":{{"path":"/{id}"}},"_droplets":{{"v":1,"session_id":"s","event_id":"{id}","timestamp":"2026-11-21T07:{time}.000Z","type":"http"}}}}"#
    )
}

fn page(events: &[String], next: Option<&str>) -> Result<String, Error> {
    let (rows, next) = (events.join(","), json!(next));
    Ok(format!(r#"{{"ok":true,"report":"events","columns":[],"rows":[{rows}],"next_cursor":{next}}}"#))
}

fn fault() -> Result<String, Error> {
    Err(Error::Function { function: "query".into(), message: "the table is gone".into() })
}

fn looks(answers: impl IntoIterator<Item = Result<String, Error>>) -> Looks {
    Looks { answers: RefCell::new(answers.into_iter().collect()), asked: RefCell::default() }
}

fn tail(format: TailFormat) -> Tail {
    Tail {
        request: given(vec![("report", Some(json!("events")))]),
        seen: Seen::new(at(NOW).plus_millis(-60_000), 900_000),
        lines: Lines::new(format, false, Screen::default()),
    }
}

fn ids(out: &[u8]) -> Vec<String> {
    let id =
        |line: &str| serde_json::from_str::<Value>(line).unwrap()["_droplets"]["event_id"].as_str().unwrap().to_owned();
    std::str::from_utf8(out).unwrap().lines().map(id).collect()
}

#[tokio::test]
async fn each_event_is_printed_once_however_late_it_is_found() {
    let (a, b, late) = (event("a", "29:30"), event("b", "29:40"), event("late", "29:10"));
    let function = looks([
        page(std::slice::from_ref(&a), Some("c")),
        page(std::slice::from_ref(&b), None),
        page(&[late, a, b], None),
    ]);
    let (mut tail, mut out) = (tail(TailFormat::Ndjson), Vec::new());
    assert!(tail.look(&function, at(NOW), &mut out).await.unwrap());
    assert_eq!(ids(&out), ["a", "b"]);
    assert!(tail.look(&function, at(NOW).plus_millis(2000), &mut out).await.unwrap());
    assert_eq!(ids(&out), ["a", "b", "late"]);
    let asked = function.asked.into_inner();
    assert_eq!(asked[0], json!({ "report": "events", "from": "2026-11-21T07:29:00.000Z", "limit": 10_000 }));
    assert_eq!(asked[1]["cursor"], "c");
}

#[tokio::test]
async fn what_lies_before_the_window_is_forgotten() {
    let function = looks([page(&[event("a", "29:30"), event("b", "29:50")], None), page(&[], None), page(&[], None)]);
    let mut tail = tail(TailFormat::Ndjson);
    for now in [NOW, "2026-11-21T07:44:40Z", "2026-11-21T07:44:42Z"] {
        tail.look(&function, at(now), &mut Vec::new()).await.unwrap();
    }
    assert_eq!(tail.seen.events.len(), 1);
    assert_eq!(function.asked.into_inner()[2]["from"], "2026-11-21T07:29:40.000Z");
}

#[tokio::test]
async fn the_window_follows_the_looks_that_came_to_their_end() {
    let function = looks([fault(), page(&[], None), page(&[], Some("c")), fault(), page(&[], None)]);
    let mut tail = tail(TailFormat::Ndjson);
    tail.seen = Seen::new(at("2026-11-21T06:30:00Z"), 900_000);
    assert!(tail.look(&function, at(NOW), &mut Vec::new()).await.is_err());
    assert!(tail.look(&function, at(NOW), &mut Vec::new()).await.unwrap());
    // An hour later: half a look is none.
    assert!(tail.look(&function, at("2026-11-21T08:30:00Z"), &mut Vec::new()).await.is_err());
    assert!(tail.look(&function, at("2026-11-21T08:31:00Z"), &mut Vec::new()).await.unwrap());
    let asked = function.asked.into_inner();
    let from: Vec<_> = asked.iter().map(|request| request["from"].as_str().unwrap()).collect();
    let (since, window) = ("2026-11-21T06:30:00.000Z", "2026-11-21T07:15:00.000Z");
    assert_eq!(from, [since, since, window, window, window]);
}

#[tokio::test(start_paused = true)]
async fn a_fault_passes_and_is_no_end() {
    let throttled = Error::Aws { doing: "asking".into(), cause: AwsCause::Throttled, source: "slow down".into() };
    let function = looks([fault(), Err(throttled), page(&[event("a", "29:30")], None)]);
    let mut out = Vec::new();
    let ended = tail(TailFormat::Ndjson).follow(&function, Duration::from_secs(2), &mut out).await.unwrap();
    // The fourth look was refused.
    assert_eq!((ended, ids(&out)), (Exit::Refused, vec!["a".to_owned()]));
    assert_eq!(function.asked.into_inner().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn what_will_not_pass_is_the_end() {
    let denied = Error::Aws { doing: "asking".into(), cause: AwsCause::Denied, source: "no".into() };
    let ended = tail(TailFormat::Ndjson).follow(&looks([Err(denied)]), Duration::from_secs(2), &mut Vec::new()).await;
    assert!(matches!(ended, Err(Error::Aws { cause: AwsCause::Denied, .. })));
    let ended =
        tail(TailFormat::Ndjson).follow(&looks([Ok("[]".to_owned())]), Duration::from_secs(2), &mut Vec::new()).await;
    assert!(matches!(ended, Err(Error::NotAnAnswer { .. })));
}

#[tokio::test(start_paused = true)]
async fn a_closed_pipe_is_a_quiet_end() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let function = looks([page(&[event("a", "29:30")], None)]);
    let ended = tail(TailFormat::Ndjson).follow(&function, Duration::from_secs(2), &mut Closed).await;
    assert!(ended.unwrap_err().is_closed_pipe());
}

#[test]
fn pauses_grow_to_a_minute() {
    let pause = |seconds, failures| backed_off(Duration::from_secs(seconds), failures).as_secs();
    assert_eq!([0, 1, 2, 3, 40].map(|failures| pause(2, failures)), [2, 4, 8, 16, 60]);
    assert_eq!(pause(300, 2), 300);
}

#[tokio::test]
async fn a_table_has_one_head_and_room_for_wider_events() {
    let wide = event("a-rather-long-path-for-a-table", "29:45").replace("/a-", "/\\u001b-a-");
    let function = looks([page(&[event("a", "29:30")], None), page(&[wide], None)]);
    let (mut tail, mut out) = (tail(TailFormat::Table), Vec::new());
    tail.look(&function, at(NOW), &mut out).await.unwrap();
    tail.look(&function, at(NOW), &mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(lines[0].starts_with("time (UTC)"), "{out}");
    assert!(lines[2].contains("/\u{fffd}-a-rather-long-path-for-a-table"), "{out}");
}

#[test]
fn a_line_that_is_no_event_is_passed_over() {
    let mut seen = Seen::new(at(NOW), 900_000);
    assert!(!seen.is_new("[]"));
    // Without `_droplets`, by what the event itself says.
    let foreign = r#"{"session_id":"s","timestamp":"2026-11-21T07:29:30Z"}"#;
    assert!(seen.is_new(foreign));
    assert!(!seen.is_new(foreign));
}
