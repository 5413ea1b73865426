#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;

use super::*;

/// A function that gives these answers, one after the other.
pub struct Pages {
    answers: Vec<&'static str>,
    pub asked: RefCell<Vec<Value>>,
}

impl Pages {
    pub fn new(answers: &[&'static str]) -> Self {
        Self { answers: answers.to_vec(), asked: RefCell::default() }
    }
}

impl Ask for Pages {
    fn name(&self) -> &str {
        "query"
    }

    async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, Error> {
        let mut asked = self.asked.borrow_mut();
        asked.push(serde_json::from_slice(&request).unwrap());
        Ok(self.answers[(asked.len() - 1).min(self.answers.len() - 1)].into())
    }
}

const EVENTS: [&str; 2] = [
    r#"{"v":1,"ok":true,"report":"events","range":{"from":"a","to":"c"},"columns":[],"rows":[{"n":1.0},{"n":2}],"next_cursor":"c1","stats":{"matched":2,"ms":5}}"#,
    r#"{"v":1,"ok":true,"report":"events","range":{"from":"a","to":"c"},"columns":[],"rows":[{"n":3e0}],"next_cursor":null,"stats":{"matched":1,"ms":7}}"#,
];
const SESSIONS: [&str; 2] = [
    r#"{"v":1,"ok":true,"report":"sessions","range":{"from":"a","to":"b"},"columns":["session_id","first","last","events","errors"],"rows":[["s","1","2",1,0]],"next_cursor":"c1","stats":{"matched":1}}"#,
    r#"{"v":1,"ok":true,"report":"sessions","range":{"from":"b","to":"c"},"columns":["session_id","first","last","events","errors"],"rows":[["s","3","4",2,1]],"next_cursor":null,"stats":{"matched":1}}"#,
];

struct Run {
    out: String,
    footer: Result<Option<Vec<String>>, Error>,
    asked: Vec<Value>,
}

async fn run(answers: &[&'static str], format: Format, args: QueryArgs) -> Run {
    let function = Pages::new(answers);
    let request = Request::new(&args, format).unwrap();
    let mut printer = request.printer(format, Screen::default());
    let mut out = Vec::new();
    let footer = ask(&function, request, &mut printer, &mut out).await;
    Run { out: String::from_utf8(out).unwrap(), footer, asked: function.asked.into_inner() }
}

fn all() -> QueryArgs {
    QueryArgs { all: true, ..QueryArgs::default() }
}

#[tokio::test]
async fn json_is_the_answer_to_the_byte() {
    let run = run(&EVENTS, Format::Json, QueryArgs::default()).await;
    assert_eq!(run.out, format!("{}\n", EVENTS[0]));
    assert_eq!(run.asked, [json!({ "report": "events" })]);
    assert!(run.footer.unwrap().unwrap().is_empty());
}

#[tokio::test]
async fn all_pages_are_one_answer() {
    let run = run(&EVENTS, Format::Json, all()).await;
    assert_eq!(
        run.out,
        "{\"v\":1,\"ok\":true,\"report\":\"events\",\"range\":{\"from\":\"a\",\"to\":\"c\"},\"columns\":[],\
         \"rows\":[{\"n\":1.0},{\"n\":2},{\"n\":3e0}],\"next_cursor\":null,\"stats\":{\"bytes\":0,\"cost_usd\":0.0,\
         \"index_reads\":0,\"matched\":3,\"missing\":0,\"ms\":12,\"read_units\":0.0,\"s3_gets\":0}}\n"
    );
    assert_eq!(run.asked[1], json!({ "report": "events", "limit": 10_000, "cursor": "c1" }));
    assert_eq!(run.asked.len(), 2);
}

#[tokio::test]
async fn sums_of_all_pages_are_one_row() {
    let run = run(&SESSIONS, Format::Json, all()).await;
    let answer: Answer<'_> = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer.rows.iter().map(|row| row.get()).collect::<Vec<_>>(), [r#"["s","1","4",3,1]"#]);
    assert_eq!((answer.range.from.as_deref(), answer.range.to.as_deref()), (Some("a"), Some("c")));
    assert_eq!(answer.stats.matched, 1);
}

#[tokio::test]
async fn ndjson_is_a_row_a_line() {
    assert_eq!(run(&EVENTS, Format::Ndjson, all()).await.out, "{\"n\":1.0}\n{\"n\":2}\n{\"n\":3e0}\n");
    let one = run(&SESSIONS, Format::Ndjson, QueryArgs::default()).await;
    assert_eq!(one.out, "{\"session_id\":\"s\",\"first\":\"1\",\"last\":\"2\",\"events\":1,\"errors\":0}\n");
    assert_eq!(one.footer.unwrap().unwrap(), ["There is more: --all, or --cursor c1"]);
}

#[tokio::test]
async fn a_table_has_its_costs_and_the_way_on_below() {
    let run = run(&SESSIONS, Format::Table, QueryArgs::default()).await;
    assert_eq!(run.out, "session_id  first  last  events  errors\ns               1     2       1       0\n");
    let footer = run.footer.unwrap().unwrap();
    assert!(footer[0].starts_with("1 row ·"), "{footer:?}");
    assert!(footer[1].contains("--cursor c1"), "{footer:?}");
}

#[tokio::test]
async fn a_refusal_ends_with_its_own_exit_code() {
    let refused = r#"{"v":1,"ok":false,"error":{"code":"X","field":null,"message":"m","hint":"h"}}"#;
    let run_json = run(&[refused], Format::Json, QueryArgs::default()).await;
    assert!(run_json.footer.unwrap().is_none());
    assert_eq!(run_json.out, format!("{refused}\n"));
    assert_eq!(run(&[refused], Format::Table, all()).await.out, "");
}

#[tokio::test]
async fn what_leads_nowhere_ends() {
    let run_same = run(&EVENTS[..1], Format::Ndjson, all()).await;
    assert!(matches!(run_same.footer, Err(Error::SameCursor { .. })));
    assert_eq!(run_same.asked.len(), 2);
    let run_foreign = run(&[r#""hello""#], Format::Json, QueryArgs::default()).await;
    assert!(matches!(run_foreign.footer, Err(Error::NotAnAnswer { .. })));
}

#[tokio::test]
async fn a_raw_request_is_sent_as_it_is() {
    let raw = |json: &str, all| QueryArgs { request: Some(json.into()), all, ..QueryArgs::default() };
    let ndjson = r#"{"v":1,"ok":true,"report":"events","format":"ndjson","body":"{\"n\":1.0}\n","next_cursor":null}"#;
    let request = r#"{"report":"events","format":"ndjson","sesion":1}"#;
    let run = run(&[ndjson], Format::Table, raw(request, false)).await;
    assert_eq!(run.out, "{\"n\":1.0}\n");
    assert_eq!(run.asked, [serde_json::from_str::<Value>(request).unwrap()]);

    assert!(matches!(Request::new(&raw(request, true), Format::Json), Err(Error::RequestNotPaged)));
    assert!(matches!(Request::new(&raw("[]", true), Format::Json), Err(Error::RequestNotPaged)));
    assert!(matches!(Request::new(&raw("{", false), Format::Json), Err(Error::RequestNotJson(_))));
    for page in [r#"{"output":"s3"}"#, r#"{"explain":true}"#, r#"{"format":"csv"}"#] {
        assert!(matches!(Request::new(&raw(page, true), Format::Json), Err(Error::RequestNotPaged)), "{page}");
    }
    let paged = Request::new(&raw(r#"{"report":"keys"}"#, true), Format::Json).unwrap();
    assert!(matches!(paged.what, What::Fields(_)));
}

#[test]
fn options_spell_the_request() {
    let some = |text: &str| Some(text.to_owned());
    let args = QueryArgs {
        report: some("count"),
        session_id: some("42"),
        from: some("-24h"),
        to: some("now"),
        filter: FilterArgs {
            event_type: some("http"),
            path: some("/a/*"),
            method: some("GET"),
            status: some("5xx"),
            min_duration: Some(250.5),
        },
        order: some("desc"),
        limit: Some(7),
        cursor: some("c"),
        interval: some("15m"),
        group_by: some("route, status"),
        fields: some("a,b.c"),
        output: Some(Output::S3),
        explain: true,
        ..QueryArgs::default()
    };
    let expected = json!({
        "report": "count", "session_id": "42", "from": "-24h", "to": "now", "type": "http",
        "filter": { "path": "/a/*", "method": "GET", "status": "5xx", "min_duration": 250.5 },
        "order": "desc", "limit": 7, "cursor": "c", "interval": "15m", "group_by": ["route", "status"], "fields": ["a", "b.c"],
        "output": "s3", "explain": true,
    });
    assert_eq!(Value::Object(fields(&args)), expected);
    assert_eq!(Value::Object(fields(&QueryArgs::default())), json!({ "report": "events" }));
}

const CSV: [&str; 2] = [
    r#"{"ok":true,"report":"events","format":"csv","body":"a,\"b\r\nc\"\r\n1,2\r\n","next_cursor":"c1","stats":{"matched":1}}"#,
    r#"{"ok":true,"report":"events","format":"csv","body":"a,\"b\r\nc\"\r\n3,4\r\n","next_cursor":null,"stats":{"matched":1}}"#,
];

#[tokio::test]
async fn csv_has_its_header_once() {
    let run_all = run(&CSV, Format::Csv, all()).await;
    assert_eq!(run_all.out, "a,\"b\r\nc\"\r\n1,2\r\n3,4\r\n");
    assert_eq!(run_all.asked[0], json!({ "report": "events", "format": "csv", "limit": 10_000 }));
    let one = run(&CSV, Format::Csv, QueryArgs::default()).await;
    assert_eq!(one.out, "a,\"b\r\nc\"\r\n1,2\r\n");
    assert_eq!(one.footer.unwrap().unwrap(), ["There is more: --all, or --cursor c1"]);
    // Sums can only be made of rows.
    let sums = run(&SESSIONS, Format::Csv, QueryArgs { report: Some("sessions".into()), ..all() }).await;
    assert_eq!(sums.out, "session_id,first,last,events,errors\r\ns,1,4,3,1\r\n");
    assert_eq!(sums.asked[0], json!({ "report": "sessions", "limit": 10_000 }));
    let raw = QueryArgs { request: Some(r#"{"report":"events"}"#.into()), ..QueryArgs::default() };
    assert_eq!(run(&CSV, Format::Csv, raw).await.asked, [json!({ "report": "events", "format": "csv" })]);
}

const PERFORMANCE: &str = r#"{"ok":true,"report":"performance","range":{"from":"a","to":"b"},"columns":["route","requests","errors","client_errors","error_rate","p50_ms","p95_ms","p99_ms","max_ms","slowest","sketch"],"rows":[["/a",2,1,0,0.5,null,null,null,null,[],"SKETCH"]],"next_cursor":null,"stats":{"cost_usd":0.000001}}"#;

/// Answers live as long as the test.
fn performance() -> &'static str {
    let sketch = droplets::durations::Durations::default().encode();
    String::leak(PERFORMANCE.replace("SKETCH", &sketch))
}

#[tokio::test]
async fn sketches_put_pages_together_and_are_seen_only_when_asked_for() {
    let report = |fields: Option<&str>| QueryArgs {
        report: Some("performance".into()),
        fields: fields.map(str::to_owned),
        ..all()
    };
    let run_plain = run(&[performance()], Format::Ndjson, report(None)).await;
    assert!(!run_plain.out.contains("sketch"), "{}", run_plain.out);
    assert_eq!(run_plain.asked[0], json!({ "report": "performance", "limit": 10_000, "sketches": true }));

    // Fields are cut here: the rows to be put together need all columns.
    let cut = run(&[performance()], Format::Json, report(Some("requests,route"))).await;
    assert!(cut.out.contains(r#""columns":["requests","route"],"rows":[[2,"/a"]]"#), "{}", cut.out);
    assert!(cut.asked[0].get("fields").is_none());
    let unknown = run(&[performance()], Format::Json, report(Some("nobody"))).await;
    assert!(matches!(unknown.footer, Err(Error::NoColumn { .. })));

    let raw = r#"{"report":"performance","sketches":true}"#;
    let raw = QueryArgs { request: Some(raw.into()), ..all() };
    assert!(run(&[performance()], Format::Ndjson, raw).await.out.contains("sketch"));
    // One page is what the function says.
    let one = QueryArgs { report: Some("performance".into()), ..QueryArgs::default() };
    assert_eq!(run(&[performance()], Format::Json, one).await.asked, [json!({ "report": "performance" })]);
}

#[tokio::test]
async fn a_column_that_is_missing_makes_no_answer() {
    let no_sketch = String::leak(PERFORMANCE.replace(r#","sketch"]"#, "]"));
    let run = run(&[no_sketch], Format::Json, QueryArgs { report: Some("performance".into()), ..all() }).await;
    assert!(matches!(run.footer, Err(Error::NotAnAnswer { .. })));
}

const S3: &str = r#"{"ok":true,"report":"events","columns":[],"rows":[],"result":{"url":"https://x/y?z","key":"results/y","bytes":2048,"rows":17,"content_type":"text/csv","expires_at":"2026-11-21T08:00:00.000Z"},"next_cursor":null,"stats":{"matched":17,"cost_usd":0.5}}"#;

#[tokio::test]
async fn a_result_in_s3_is_a_link() {
    let args = || QueryArgs { output: Some(Output::S3), ..QueryArgs::default() };
    let table = run(&[S3], Format::Table, args()).await;
    assert_eq!(
        table.out,
        "url      https://x/y?z\nrows     17\nsize     2.00 KiB\nexpires  2026-11-21 08:00:00.000 UTC\n"
    );
    assert!(!table.footer.unwrap().unwrap().concat().contains("some seconds after"));
    let csv = run(&[S3], Format::Csv, args()).await;
    assert_eq!(csv.out, "https://x/y?z\n");
    assert_eq!(csv.asked, [json!({ "report": "events", "output": "s3", "format": "csv" })]);
    assert_eq!(run(&[S3], Format::Ndjson, args()).await.asked[0]["format"], "ndjson");
    assert_eq!(run(&[S3], Format::Json, args()).await.out, format!("{S3}\n"));
    let refused = Request::new(&QueryArgs { all: true, ..args() }, Format::Csv);
    assert!(matches!(refused, Err(Error::AllIntoS3)));
}

const EXPLAIN: &str = r#"{"ok":true,"report":"events","columns":[],"rows":[],"explain":{"entries":12,"from_index_alone":4,"blocks":8,"s3_gets":1,"bytes":2048,"cost_usd":0.000012,"whole_range":false},"next_cursor":null}"#;

#[tokio::test]
async fn what_would_be_read_is_told_in_lines() {
    let args = || QueryArgs { explain: true, ..QueryArgs::default() };
    let table = run(&[EXPLAIN], Format::Table, args()).await;
    let expected = "\
index  12 entries, of which 4 say all that is asked
S3     8 blocks in 1 read (2.00 KiB)
cost   $0.000012
This is a part of the range: there was no time to look at all of the index. The rest comes on top.
";
    assert_eq!(table.out, expected);
    assert_eq!(table.asked, [json!({ "report": "events", "explain": true })]);
    let line = run(&[EXPLAIN], Format::Ndjson, args()).await.out;
    assert!(line.starts_with(r#"{"entries":12,"#) && line.ends_with("}\n"), "{line}");
    let whole = String::leak(EXPLAIN.replace("false}", "true}"));
    assert_eq!(run(&[whole], Format::Table, args()).await.out.lines().count(), 3);
}

#[tokio::test]
async fn an_empty_result_says_what_was_looked_through() {
    let none = r#"{"ok":true,"report":"events","columns":[],"rows":[],"next_cursor":null,"searched":"3 hours of\u001b 2 sessions","stats":{}}"#;
    let footer = run(&[none], Format::Table, QueryArgs::default()).await.footer.unwrap().unwrap();
    let expected =
        "3 hours of\u{fffd} 2 sessions. Events can be found some seconds after they were sent; times are UTC.";
    assert_eq!(footer[1], expected);
}

#[test]
fn names_have_commas_between_them() {
    assert_eq!(names("a, b.c,,"), ["a", "b.c"]);
    assert!(names("").is_empty());
    assert_eq!(names_in(&json!(["a", 1])), Some(vec!["a".to_owned()]));
    assert_eq!(names_in(&json!(1)), None);
}
