//! `droplets sessions`: who was active, and for how long.

use std::io::{self, BufWriter, Write};

use droplets::timestamp::Timestamp;
use serde_json::{Map, Value, json};

use crate::args::{Format, SessionsArgs};
use crate::error::{Error, Exit};
use crate::printer::{Unprinted, nothing_found, print_lines};
use crate::query::{self, Ask, Whole, filter, format_or_default, given, tell_below};
use crate::spell;
use crate::table::{Layout, Screen, cells_of_row, footer};

/// Runs the command.
pub async fn run(args: &SessionsArgs) -> Result<Exit, Error> {
    let (format, screen) = (format_or_default(args.format), Screen::of_stdout());
    let function = query::function(&args.function).await?;
    let Some(whole) = query::whole(&function, fields(args)).await? else { return Ok(Exit::Refused) };
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = print(&whole, format, screen, &mut out);
    out.flush().map_err(Error::Write)?;
    tell_below(&printed.map_err(|error| error.of(function.name()))?, screen);
    Ok(Exit::Done)
}

fn fields(args: &SessionsArgs) -> Map<String, Value> {
    let mut fields = given(vec![
        ("report", Some(json!("sessions"))),
        ("from", Some(json!(args.from))),
        ("to", args.to.as_ref().map(|to| json!(to))),
        ("order", args.order.as_ref().map(|order| json!(order))),
    ]);
    fields.extend(filter(&args.filter));
    fields
}

/// Prints; returns the lines below.
fn print(whole: &Whole, format: Format, screen: Screen, out: &mut impl Write) -> Result<Vec<String>, Unprinted> {
    if format != Format::Table {
        whole.print(format, screen, out)?;
        return Ok(Vec::new());
    }
    let mut titles = whole.gathered.columns.clone();
    titles.push("duration".to_owned());
    let time = |name: &str, cells: &[String]| {
        Timestamp::parse_rfc3339(whole.column(name).and_then(|at| cells.get(at)).map_or("", String::as_str))
    };
    let mut rows = Vec::with_capacity(whole.rows.len());
    for row in &whole.rows {
        let mut cells = cells_of_row(row)?;
        let lasted =
            time("last", &cells).zip(time("first", &cells)).map(|(last, first)| last.millis() - first.millis());
        cells.push(lasted.map(spell::span).unwrap_or_default());
        rows.push(cells);
    }
    // Ids are there to be used, so none is cut.
    let screen = Screen { width: None, ..screen };
    let mut below = vec![footer(rows.len() as u64, whole.gathered.stats)];
    if rows.is_empty() {
        below.push(nothing_found(whole.gathered.searched.as_deref()));
    } else {
        let layout = Layout::new(&titles, &rows, &screen);
        writeln!(out, "{}", layout.head(&screen))?;
        print_lines(&layout, &titles, &rows, &screen, out)?;
    }
    Ok(below)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::args::FilterArgs;
    use crate::query::tests::Pages;

    const PAGES: [&str; 2] = [
        r#"{"ok":true,"report":"sessions","columns":["session_id","first","last","events","errors"],"rows":[["s-1","2026-11-21T07:00:00.000Z","2026-11-21T07:10:00.000Z",3,1]],"next_cursor":"c"}"#,
        r#"{"ok":true,"report":"sessions","columns":["session_id","first","last","events","errors"],"rows":[["s-1","2026-11-21T08:00:00.000Z","2026-11-21T08:02:00.000Z",1,0],["s\u001b[2J","2026-11-21T08:00:00.000Z","2026-11-21T08:00:00.000Z",1,0]],"next_cursor":null}"#,
    ];

    fn args() -> SessionsArgs {
        SessionsArgs { from: "-24h".into(), ..SessionsArgs::default() }
    }

    async fn printed(answers: &[&'static str], format: Format) -> (String, Vec<String>) {
        let whole = query::whole(&Pages::new(answers), fields(&args())).await.unwrap().unwrap();
        let mut out = Vec::new();
        let below = print(&whole, format, Screen::default(), &mut out).unwrap();
        (String::from_utf8(out).unwrap(), below)
    }

    #[tokio::test]
    async fn a_session_on_two_pages_is_one_and_has_a_duration() {
        let (out, below) = printed(&PAGES, Format::Table).await;
        let expected = "\
session_id  first                     last                      events  errors  duration
s-1         2026-11-21T07:00:00.000Z  2026-11-21T08:02:00.000Z       4       1  1 h 2 min
s\u{fffd}[2J       2026-11-21T08:00:00.000Z  2026-11-21T08:00:00.000Z       1       0  0 ms
";
        assert_eq!(out, expected);
        assert!(below[0].starts_with("2 rows"), "{below:?}");
    }

    #[tokio::test]
    async fn programs_get_the_report_alone() {
        let (out, _) = printed(&PAGES, Format::Csv).await;
        assert!(out.starts_with("session_id,first,last,events,errors\r\ns-1,"), "{out}");
        assert_eq!(printed(&PAGES, Format::Ndjson).await.0.lines().count(), 2);
    }

    #[tokio::test]
    async fn nobody_is_an_answer() {
        let none = r#"{"ok":true,"report":"sessions","columns":["session_id","first","last","events","errors"],"rows":[],"next_cursor":null,"searched":"all of today."}"#;
        let (out, below) = printed(&[none], Format::Table).await;
        assert_eq!(out, "");
        assert!(below[1].starts_with("all of today. Events can be found"), "{below:?}");
    }

    #[test]
    fn options_spell_the_request() {
        let args = SessionsArgs {
            filter: FilterArgs { status: Some("5xx".into()), ..FilterArgs::default() },
            order: Some("desc".into()),
            ..args()
        };
        let expected = json!({"report": "sessions", "from": "-24h", "order": "desc", "filter": { "status": "5xx" }});
        assert_eq!(json!(fields(&args)), expected);
    }
}
