#![allow(clippy::unwrap_used, clippy::panic)]

use droplets::durations::Durations;

use super::*;
use crate::args::FilterArgs;
use crate::query::tests::Pages;

fn args() -> PerformanceArgs {
    PerformanceArgs { from: "-24h".into(), ..PerformanceArgs::default() }
}

/// A row as the function has it: its groups, requests, errors, durations, and the slowest session.
fn row(groups: &str, requests: u64, errors: u64, durations: &[f64], session: &str) -> String {
    let mut all = Durations::default();
    durations.iter().for_each(|ms| all.add(*ms));
    let max = json!(all.longest());
    let slowest = match all.longest() {
        Some(ms) => json!([{ "session_id": session, "duration_ms": ms, "timestamp": "2026-11-21T07:00:00.000Z" }]),
        None => json!([]),
    };
    format!("[{groups},{requests},{errors},0,0,null,null,null,{max},{slowest},\"{}\"]", all.encode())
}

/// A page of rows; it lives as long as the test.
fn page(groups: &[&str], rows: &[String], next: Option<&str>) -> &'static str {
    let figures = [
        "requests",
        "errors",
        "client_errors",
        "error_rate",
        "p50_ms",
        "p95_ms",
        "p99_ms",
        "max_ms",
        "slowest",
        "sketch",
    ];
    let columns = json!([groups, &figures].concat());
    let (rows, next) = (rows.join(","), json!(next));
    String::leak(format!(
        r#"{{"ok":true,"report":"performance","columns":{columns},"rows":[{rows}],"next_cursor":{next},"stats":{{"cost_usd":0.000001}}}}"#
    ))
}

fn routes() -> [&'static str; 2] {
    [
        page(
            &["method", "route"],
            &[
                row(r#""GET","/orders/:id""#, 900, 0, &[10.0, 20.0], "s-1"),
                row(r#""POST","/orders""#, 100, 1, &[1500.0], "s-2"),
            ],
            Some("c"),
        ),
        page(
            &["method", "route"],
            &[
                row(r#""GET","/orders/:id""#, 100, 1, &[30.0], "s-3"),
                row(r#"null,"<script>alert(1)</script>""#, 1, 0, &[], "\u{1b}[2J"),
            ],
            None,
        ),
    ]
}

async fn arranged(args: &PerformanceArgs) -> Whole {
    let mut whole = query::whole(&Pages::new(&routes()), fields(args)).await.unwrap().unwrap();
    arrange(&mut whole, args).unwrap();
    whole
}

async fn printed(args: &PerformanceArgs, format: Format, screen: Screen) -> (String, Vec<String>) {
    let mut out = Vec::new();
    let below = print(&arranged(args).await, format, screen, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), below)
}

#[tokio::test]
async fn routes_are_lines_of_numbers_people_read() {
    let (out, below) = printed(&args(), Format::Table, Screen::default()).await;
    let expected = "\
method  route                      requests  errors  4xx  p50     p95     p99     max     slowest session
GET     /orders/:id                    1000  0.10 %    0   20 ms   20 ms   20 ms   30 ms  s-3
POST    /orders                         100   1.0 %    0  1.50 s  1.50 s  1.50 s  1.50 s  s-2
        <script>alert(1)</script>         1     0 %    0
";
    assert_eq!(out, expected);
    assert!(below[0].starts_with("3 rows") && below[0].ends_with("$0.0000020"), "{below:?}");
}

#[tokio::test]
async fn colours_say_where_to_look() {
    let (out, _) = printed(&args(), Format::Table, Screen { width: None, colors: true }).await;
    let lines: Vec<_> = out.lines().collect();
    assert!(lines[1].contains("\u{1b}[33m0.10 %\u{1b}[0m"), "{}", lines[1]);
    assert!(lines[2].contains("\u{1b}[31m 1.0 %\u{1b}[0m") && lines[2].contains("\u{1b}[31m1.50 s"), "{}", lines[2]);
    assert!(!lines[3].contains("\u{1b}[31m") && !lines[3].contains("\u{1b}[33m"), "{}", lines[3]);
}

#[tokio::test]
async fn sorting_and_the_top_hold_in_every_format() {
    let sorted = |sort, top| PerformanceArgs { sort: Some(sort), top, ..args() };
    let first = |out: &str| out.lines().nth(1).unwrap().split(',').nth(1).unwrap().to_owned();
    for (sort, route) in [
        (Sort::P50, "/orders"),
        (Sort::P95, "/orders"),
        (Sort::P99, "/orders"),
        (Sort::Max, "/orders"),
        (Sort::ErrorRate, "/orders"),
        (Sort::Errors, "/orders/:id"),
        (Sort::Requests, "/orders/:id"),
    ] {
        let (csv, _) = printed(&sorted(sort, None), Format::Csv, Screen::default()).await;
        assert_eq!(first(&csv), route, "{sort:?}: {csv}");
    }
    let (json, _) = printed(&sorted(Sort::P95, Some(1)), Format::Json, Screen::default()).await;
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["rows"].as_array().unwrap().len(), 1);
    assert_eq!((&answer["rows"][0][1], &answer["stats"]["matched"]), (&json!("/orders"), &json!(1)));
    assert!(!json.contains("sketch"), "{json}");
}

#[tokio::test]
async fn nothing_is_an_answer() {
    let none = query::whole(&Pages::new(&[page(&["route"], &[], None)]), fields(&args())).await.unwrap().unwrap();
    let mut out = Vec::new();
    let below = print(&none, Format::Table, Screen::default(), &mut out).unwrap();
    assert!(out.is_empty() && below[1].starts_with("Events can be found"), "{below:?}");
}

#[tokio::test]
async fn the_page_asks_by_group_and_over_time() {
    let interval = |hour: u8, errors| row(&format!("\"2026-11-21T{hour:02}:00:00.000Z\""), 550, errors, &[10.0], "s");
    let over_time = page(&["interval"], &[interval(7, 2), interval(9, 0)], None);
    let function = Pages::new(&[routes()[0], routes()[1], over_time]);
    let range = ["2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"].map(|text| Timestamp::parse_rfc3339(text).unwrap());
    let args = PerformanceArgs { group_by: Some("method,route".into()), top: Some(3), ..args() };
    let html = report(&function, &args, (range[0], range[1])).await.unwrap().unwrap();
    let asked = function.asked.into_inner();
    let question = json!({
        "report": "performance", "from": "2026-11-21T00:00:00.000Z", "to": "2026-11-22T00:00:00.000Z",
        "group_by": ["method", "route"], "limit": 10_000, "sketches": true,
    });
    assert_eq!(asked[0], question);
    assert_eq!((&asked[2]["group_by"], &asked[2]["interval"]), (&json!([]), &json!("15m")));
    assert_eq!(asked[2]["from"], question["from"]);

    for part in [
        "<dt>requests</dt><dd>1100</dd>",
        "<dd>0.18 %</dd><dd>2 errors</dd>",
        "<h2>By method and route</h2>",
        "2026-11-21 00:00:00.000 to 2026-11-22 00:00:00.000 UTC",
        "cost $0.000003",
        "<td class=\"number bad\" data-value=\"1500\">1.50 s</td>",
        "data-value=\"-1\"></td>",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert_eq!((html.matches("<script").count(), html.matches("<svg").count()), (1, 2));
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
}

#[tokio::test]
async fn a_page_of_nothing_says_so() {
    let function = Pages::new(&[page(&["route"], &[], None), page(&["interval"], &[], None)]);
    let range = (Timestamp::MIN, Timestamp::MIN.plus_millis(HOUR_MS));
    let html = report(&function, &args(), range).await.unwrap().unwrap();
    assert!(html.contains("Events can be found") && !html.contains("<svg"), "{html}");
    let refused = report(&Pages::new(&[r#"{"ok":false}"#]), &args(), range).await.unwrap();
    assert!(refused.is_none());
}

#[test]
fn a_chart_has_as_many_intervals_as_it_has_room_for() {
    let start = Timestamp::parse_rfc3339("2026-11-21T00:00:00Z").unwrap();
    let choose = |ms: i64| interval_for(start, start.plus_millis(ms));
    assert_eq!(choose(60_000), "1m");
    assert_eq!(choose(HOUR_MS), "1m");
    assert_eq!(choose(2 * HOUR_MS), "5m");
    assert_eq!(choose(DAY_MS), "15m");
    assert_eq!(interval_for(start.plus_millis(1), start.plus_millis(DAY_MS + 1)), "30m", "97 of 15 minutes");
    assert_eq!(choose(7 * DAY_MS), "6h");
    assert_eq!(choose(30 * DAY_MS), "12h");
    assert_eq!(choose(400 * DAY_MS), "1d");
    assert_eq!((width_of("15m"), width_of("x")), (900_000, HOUR_MS));
}

#[test]
fn options_spell_the_request() {
    let args = PerformanceArgs {
        session: Some("s".into()),
        to: Some("now".into()),
        group_by: Some(String::new()),
        interval: Some("1h".into()),
        filter: FilterArgs { path: Some("/a/*".into()), ..FilterArgs::default() },
        ..args()
    };
    let expected = json!({
        "report": "performance", "session_id": "s", "from": "-24h", "to": "now", "group_by": [], "interval": "1h",
        "filter": { "path": "/a/*" },
    });
    assert_eq!(json!(fields(&args)), expected);
    assert_eq!(json!(fields(&self::args())), json!({ "report": "performance", "from": "-24h" }));
}
