#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;

use super::*;

/// A function that gives these answers, one after the other.
struct Pages {
    answers: Vec<&'static str>,
    asked: RefCell<Vec<Value>>,
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
    let function = Pages { answers: answers.to_vec(), asked: RefCell::default() };
    let request = Request::new(&args).unwrap();
    let mut printer = Printer::new(format, Screen::default(), &request);
    let mut out = Vec::new();
    let footer = ask(&function, request, args.all, &mut printer, &mut out).await;
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
         \"rows\":[{\"n\":1.0},{\"n\":2},{\"n\":3e0}],\"next_cursor\":null,\"stats\":{\"bytes\":0,\"index_reads\":0,\
         \"matched\":3,\"missing\":0,\"ms\":12,\"s3_gets\":0}}\n"
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

    assert!(matches!(Request::new(&raw(request, true)), Err(Error::RequestNotPaged)));
    assert!(matches!(Request::new(&raw("[]", true)), Err(Error::RequestNotPaged)));
    assert!(matches!(Request::new(&raw("{", false)), Err(Error::RequestNotJson(_))));
    assert!(matches!(Request::new(&raw(r#"{"report":"keys"}"#, true)), Ok(Request::Fields(_))));
}

#[test]
fn options_spell_the_request() {
    let some = |text: &str| Some(text.to_owned());
    let args = QueryArgs {
        report: some("count"),
        session_id: some("42"),
        from: some("-24h"),
        to: some("now"),
        event_type: some("http"),
        path: some("/a/*"),
        method: some("GET"),
        status: some("5xx"),
        min_duration: Some(250.5),
        order: some("desc"),
        limit: Some(7),
        cursor: some("c"),
        interval: some("15m"),
        all: true,
        ..QueryArgs::default()
    };
    let expected = json!({
        "report": "count", "session_id": "42", "from": "-24h", "to": "now", "type": "http",
        "filter": { "path": "/a/*", "method": "GET", "status": "5xx", "min_duration": 250.5 },
        "order": "desc", "limit": 7, "cursor": "c", "interval": "15m",
    });
    assert_eq!(Value::Object(fields(&args)), expected);
    assert_eq!(Value::Object(fields(&QueryArgs::default())), json!({ "report": "events" }));
}

#[test]
fn colours_can_be_unwanted() {
    let environment = |name: &'static str, value: &'static str| move |n: &str| (n == name).then(|| value.to_owned());
    assert!(wants_colors(|_| None));
    assert!(!wants_colors(environment("NO_COLOR", "1")));
    assert!(wants_colors(environment("NO_COLOR", "")));
    assert!(!wants_colors(environment("TERM", "dumb")));
}
