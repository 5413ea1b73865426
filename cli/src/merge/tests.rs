#![allow(clippy::unwrap_used)]

use super::*;

const SESSIONS: [&str; 5] = ["session_id", "first", "last", "events", "errors"];

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

fn merged(sums: Sums, columns: &[&str], rows: &[impl AsRef<str>], descending: bool) -> Vec<String> {
    let mut merge = Merge::new(sums, &names(columns)).unwrap();
    rows.iter().for_each(|row| merge.add(row.as_ref()).unwrap());
    merge.rows(descending)
}

#[test]
fn sessions_on_several_pages_are_one_row() {
    let mut pages = [
        r#"["b","2026-11-21T07:10:00.000Z","2026-11-21T07:20:00.000Z",3,1]"#,
        r#"["a","2026-11-21T07:30:00.000Z","2026-11-21T07:40:00.000Z",1,0]"#,
        r#"["b","2026-11-21T08:00:00.000Z","2026-11-21T08:01:00.000Z",4,0]"#,
    ];
    let mut expected = [
        r#"["b","2026-11-21T07:10:00.000Z","2026-11-21T08:01:00.000Z",7,1]"#,
        r#"["a","2026-11-21T07:30:00.000Z","2026-11-21T07:40:00.000Z",1,0]"#,
    ];
    assert_eq!(merged(Sums::Sessions, &SESSIONS, &pages, false), expected);
    // Pages come the other way round when the latest is asked for first; the sums are the same.
    pages.reverse();
    expected.reverse();
    assert_eq!(merged(Sums::Sessions, &SESSIONS, &pages, true), expected);
}

#[test]
fn intervals_are_summed_up_and_in_order() {
    let rows = [
        r#"["2026-11-21T08:00:00.000Z",2,1]"#,
        r#"["2026-11-21T07:00:00.000Z",5,0]"#,
        r#"["2026-11-21T08:00:00.000Z",1,1]"#,
    ];
    let expected = [r#"["2026-11-21T07:00:00.000Z",5,0]"#, r#"["2026-11-21T08:00:00.000Z",3,2]"#];
    assert_eq!(merged(Sums::Count, &["interval", "events", "errors"], &rows, false), expected);
}

#[test]
fn groups_are_summed_up_with_null_first_and_numbers_by_value() {
    let rows = [
        r#"["08","/b",1000,1,0]"#,
        r#"["08","/b",null,1,0]"#,
        r#"["08","/b",200,2,0]"#,
        r#"["08",null,500,1,1]"#,
        r#"["08","/b",200,3,0]"#,
    ];
    let expected =
        [r#"["08",null,500,1,1]"#, r#"["08","/b",null,1,0]"#, r#"["08","/b",200,5,0]"#, r#"["08","/b",1000,1,0]"#];
    assert_eq!(merged(Sums::Count, &["interval", "route", "status", "events", "errors"], &rows, false), expected);
}

const PERFORMANCE: [&str; 11] = [
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
    "sketch",
];

fn sketch(durations: &[f64]) -> Durations {
    let mut all = Durations::default();
    durations.iter().for_each(|ms| all.add(*ms));
    all
}

/// A row as the function has it: of these durations, and slowest sessions.
fn row(route: &str, requests: u64, errors: u64, durations: &[f64], slowest: &[(&str, f64, &str)]) -> String {
    let all = sketch(durations);
    let slowest: Vec<_> = slowest
        .iter()
        .map(|(id, ms, at)| Slow { session_id: (*id).into(), duration_ms: *ms, timestamp: (*at).into() })
        .collect();
    format!(
        "[{route},{requests},{errors},1,0.5,1,1,1,{},{},{}]",
        json(&all.longest()),
        json(&slowest),
        json(&all.encode())
    )
}

#[test]
fn quantiles_of_all_pages_are_those_of_all_requests() {
    let durations: Vec<f64> = (1..=300).map(|i| f64::from(i) * 1.7).collect();
    let (a, b) = durations.split_at(100);
    let pages = [
        row("\"/a\"", 100, 1, a, &[("s1", 170.0, "T1"), ("s2", 160.0, "T1"), ("s3", 150.0, "T1")]),
        row("\"/b\"", 500, 0, &[], &[]),
        row("\"/a\"", 200, 0, b, &[("s1", 510.0, "T3"), ("s4", 170.0, "T0"), ("s2", 160.0, "T0")]),
    ];
    let rows = merged(Sums::Performance, &PERFORMANCE, &pages, false);
    let whole = sketch(&durations);
    let quantile = |q: f64| json(&rounded(whole.quantile(q).unwrap(), 1e3));
    let expected = format!(
        "[\"/a\",300,1,2,0.003333,{},{},{},510.0,[{},{},{}],\"{}\"]",
        quantile(0.5),
        quantile(0.95),
        quantile(0.99),
        r#"{"session_id":"s1","duration_ms":510.0,"timestamp":"T3"}"#,
        r#"{"session_id":"s4","duration_ms":170.0,"timestamp":"T0"}"#,
        r#"{"session_id":"s2","duration_ms":160.0,"timestamp":"T0"}"#,
        whole.encode()
    );
    // The most requests first; where nothing was measured, there is nothing to tell.
    let nothing = format!("[\"/b\",500,0,1,0.0,null,null,null,null,[],\"{}\"]", Durations::default().encode());
    assert_eq!(rows, [nothing, expected]);
}

#[test]
fn ties_are_in_the_documented_order() {
    let slow = |id: &str, ms: f64, at: &str| Slow { session_id: id.into(), duration_ms: ms, timestamp: at.into() };
    let mut sum = Sum { slowest: vec![slow("c", 5.0, "T2"), slow("b", 5.0, "T2")], ..Sum::default() };
    sum.add(Sum { slowest: vec![slow("b", 5.0, "T1"), slow("a", 5.0, "T2"), slow("d", 4.0, "T0")], ..Sum::default() });
    assert_eq!(sum.slowest, [slow("b", 5.0, "T1"), slow("a", 5.0, "T2"), slow("c", 5.0, "T2")]);
}

#[test]
fn performance_is_by_interval_then_requests_then_group() {
    let columns = [&["interval"], &PERFORMANCE[..]].concat();
    let in_interval = |interval: &str, route: &str, requests| {
        format!("[\"{interval}\",{}", &row(route, requests, 0, &[1.0], &[])[1..])
    };
    let rows = [
        in_interval("08", "null", 1),
        in_interval("08", "\"/a\"", 2),
        in_interval("07", "\"/b\"", 1),
        in_interval("07", "null", 1),
    ];
    let heads = |rows: Vec<String>| -> Vec<String> {
        rows.iter().map(|row| row.split(',').take(3).collect::<Vec<_>>().join(",")).collect()
    };
    let ascending = heads(merged(Sums::Performance, &columns, &rows, false));
    assert_eq!(ascending, ["[\"07\",null,1", "[\"07\",\"/b\",1", "[\"08\",\"/a\",2", "[\"08\",null,1"]);
    let descending = heads(merged(Sums::Performance, &columns, &rows, true));
    assert_eq!(descending, ["[\"08\",\"/a\",2", "[\"08\",null,1", "[\"07\",null,1", "[\"07\",\"/b\",1"]);
}

#[test]
fn a_total_is_of_all_rows() {
    let mut merge = Merge::new(Sums::Performance, &names(&PERFORMANCE)).unwrap();
    merge.add(&row("\"/a\"", 2, 1, &[1.0, 2.0], &[])).unwrap();
    merge.add(&row("\"/b\"", 1, 0, &[9.0], &[])).unwrap();
    let all = sketch(&[1.0, 2.0, 9.0]);
    let quantiles = [all.quantile(0.5), all.quantile(0.95), all.quantile(0.99)];
    assert_eq!(merge.total(), Total { requests: 3, errors: 1, client_errors: 2, quantiles });
}

#[test]
fn what_is_no_page_of_the_report_is_an_error() {
    assert!(Merge::new(Sums::Performance, &names(&PERFORMANCE[..10])).unwrap_err().to_string().contains("sketch"));
    let mut count = Merge::new(Sums::Count, &names(&["interval", "events", "errors"])).unwrap();
    for row in ["[1]", "{}", r#"["a",1,"x"]"#, r#"["a",-1,0]"#, r#"[true,1,0]"#] {
        assert!(count.add(row).is_err(), "{row}");
    }
    let mut performance = Merge::new(Sums::Performance, &names(&PERFORMANCE)).unwrap();
    let bad = row("\"/a\"", 1, 0, &[1.0], &[]).replace(&sketch(&[1.0]).encode(), "!");
    assert!(performance.add(&bad).unwrap_err().to_string().contains("sketch"));
}

#[test]
fn rows_are_cut_to_columns() {
    let rows = [r#"["s","1","2",3,{"a":[1]}]"#.to_owned()];
    assert_eq!(project(&names(&SESSIONS), &rows, &names(&["errors", "session_id"])).unwrap(), [r#"[{"a":[1]},"s"]"#]);
    assert!(
        matches!(project(&names(&SESSIONS), &rows, &names(&["x"])), Err(Unprojected::NoColumn(name)) if name == "x")
    );
    assert!(matches!(project(&names(&SESSIONS), &["{".into()], &[]), Err(Unprojected::NoRow(_))));
}
