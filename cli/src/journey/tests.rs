#![allow(clippy::unwrap_used)]

use super::*;
use crate::args::FilterArgs;
use crate::query::tests::Pages;

const PAGES: [&str; 2] = [
    r#"{"ok":true,"report":"journey","columns":["step","timestamp","gap_ms","type","method","path","route","status","duration_ms","outcome","event_id"],"rows":[[1,"2026-11-21T07:03:12.000Z",null,"http","GET","/","/",200,8.1,"completed","a"],[2,"2026-11-21T07:03:13.500Z",1492,"http","GET","/search?q=x",null,404,120,"completed","b"]],"next_cursor":"c"}"#,
    r#"{"ok":true,"report":"journey","columns":["step","timestamp","gap_ms","type","method","path","route","status","duration_ms","outcome","event_id"],"rows":[[3,"2026-11-21T07:07:25.620Z",252000,"http","POST","/orders",null,503,1250.5,"aborted","d"],[4,"2026-11-21T07:15:26.871Z",0,"page.closed",null,null,null,null,null,null,"e"]],"next_cursor":null}"#,
];

fn args() -> JourneyArgs {
    JourneyArgs { session: "s-42".into(), ..JourneyArgs::default() }
}

async fn printed(answers: &[&'static str], format: Format) -> (String, Vec<String>) {
    let whole = query::whole(&Pages::new(answers), fields(&args())).await.unwrap().unwrap();
    let mut out = Vec::new();
    let below = print("s-42", &whole, format, Screen::default(), &mut out).unwrap();
    (String::from_utf8(out).unwrap(), below)
}

fn step(at: &str, status: Option<u16>, ms: Option<f64>) -> Step {
    Step { timestamp: at.into(), status, duration_ms: ms, path: Some("/a".into()), ..Step::default() }
}

#[tokio::test]
async fn a_session_is_read_at_a_glance() {
    let (out, below) = printed(&PAGES, Format::Table).await;
    let expected = "\
s-42 · 2026-11-21 07:03:12.000 to 2026-11-21 07:15:26.871 UTC · 12 min 14 s · 4 events · 1 error
+0:00.0  07:03:12.000  GET          /            200  8.1 ms  ▏
+0:01.5  07:03:13.500  GET          /search?q=x  404  120 ms  ▉
… 4 min 12 s later …
+4:13.6  07:07:25.620  POST         /orders      503  1.25 s  ████████  slow, aborted
+12:14   07:15:26.871  page.closed
";
    assert_eq!(out, expected);
    assert!(below[0].starts_with("4 rows"), "{below:?}");
}

#[tokio::test]
async fn programs_get_the_report_alone() {
    let (json, _) = printed(&PAGES, Format::Json).await;
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((answer["rows"].as_array().unwrap().len(), &answer["stats"]["matched"]), (4, &json!(4)));
    assert_eq!(printed(&PAGES, Format::Ndjson).await.0.lines().count(), 4);
    let (csv, _) = printed(&PAGES, Format::Csv).await;
    assert!(csv.starts_with("step,timestamp,gap_ms,") && csv.lines().count() == 5, "{csv}");
}

#[tokio::test]
async fn a_session_that_is_not_there_is_an_answer() {
    let none =
        r#"{"ok":true,"report":"journey","columns":[],"rows":[],"next_cursor":null,"searched":"the whole index"}"#;
    let (out, below) = printed(&[none], Format::Table).await;
    assert_eq!(out, "");
    assert!(below[1].starts_with("the whole index. "), "{below:?}");
}

#[tokio::test]
async fn a_row_that_is_none_is_no_answer() {
    let foreign = r#"{"ok":true,"report":"journey","columns":["step"],"rows":[["x"]],"next_cursor":null}"#;
    let whole = query::whole(&Pages::new(&[foreign]), fields(&args())).await.unwrap().unwrap();
    assert!(matches!(steps(&whole), Err(Unprinted::NotAnAnswer(_))));
}

#[test]
fn colours_say_what_went_wrong() {
    let steps = [
        step("2026-11-21T07:00:00.000Z", Some(200), Some(5.0)),
        step("2026-11-21T07:00:01.000Z", Some(404), Some(5.0)),
        step("2026-11-21T07:00:02.000Z", Some(500), Some(2000.0)),
        Step { gap_ms: Some(90_000_000.0), ..step("2026-11-22T08:00:04.000Z", Some(200), Some(3000.0)) },
    ];
    let lines = timeline("s", &steps, &Screen { width: None, colors: true });
    assert!(!lines[1].contains("\u{1b}[31m") && !lines[1].contains("\u{1b}[33m"), "{}", lines[1]);
    assert!(lines[2].contains("\u{1b}[33m404\u{1b}[0m"), "{}", lines[2]);
    assert!(lines[3].contains("\u{1b}[31m500\u{1b}[0m") && lines[3].contains("\u{1b}[31mslow"), "{}", lines[3]);
    assert_eq!(lines[4], "\u{1b}[2m… 1 day 1 h later …\u{1b}[0m");
    assert!(lines[5].contains("\u{1b}[33mslow"), "{}", lines[5]);
    // On another day the time alone would mislead.
    assert!(lines[5].contains("2026-11-22 08:00:04.000"), "{}", lines[5]);
}

#[test]
fn a_session_cannot_command_the_terminal() {
    let evil = Step {
        path: Some("/\u{1b}[2J".into()),
        outcome: Some("\u{1b}c".into()),
        method: Some("\u{7}".into()),
        ..step("2026-11-21T07:00:00.000Z", None, None)
    };
    let text = timeline("s\u{1b}]0;x\u{7}", &[evil], &Screen::default()).concat();
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text}");
}

#[test]
fn lines_fit_the_screen() {
    let long = Step { path: Some("/a".repeat(200)), ..step("2026-11-21T07:00:00.000Z", Some(200), Some(1.0)) };
    let lines = timeline("s", &[long], &Screen { width: Some(60), colors: false });
    assert!(lines[1].chars().count() <= 60 && lines[1].contains('…'), "{}", lines[1]);
}

#[test]
fn slow_is_a_second_or_the_slowest_twentieth() {
    let steps = |durations: &[f64]| -> Vec<Step> {
        durations.iter().map(|ms| step("2026-11-21T07:00:00.000Z", None, Some(*ms))).collect()
    };
    assert_eq!(slow_from(&steps(&[5.0, 800.0])), 1000.0, "too few to compare");
    let mut many = vec![20.0; 19];
    assert_eq!(slow_from(&steps(&[&many[..], &[400.0, 500.0]].concat())), 400.0);
    assert_eq!(slow_from(&steps(&[&many[..], &[30.0, 40.0]].concat())), 100.0, "nobody notices");
    many.extend([3000.0; 19]);
    assert_eq!(slow_from(&steps(&many)), 1000.0);
    assert_eq!(slow_from(&[]), 1000.0);
}

#[test]
fn bars_are_parts_of_the_longest() {
    assert_eq!([0.0, 50.0, 100.0].map(|ms| bar(ms, 100.0)), ["▏", "████", "████████"]);
    assert_eq!(bar(0.0, 0.0), "");
}

#[test]
fn options_spell_the_request() {
    let args = JourneyArgs {
        from: Some("-1d".into()),
        to: Some("now".into()),
        filter: FilterArgs { event_type: Some("http".into()), ..FilterArgs::default() },
        ..args()
    };
    let expected = json!({ "report": "journey", "session_id": "s-42", "from": "-1d", "to": "now", "type": "http" });
    assert_eq!(json!(fields(&args)), expected);
}
