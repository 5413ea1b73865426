//! `droplets reindex`: has the index function compare bucket and index, hour by hour, and mend what differs.

use std::io::{self, IsTerminal, Write};

use droplets::timestamp::{HOUR_MS, Timestamp};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::args::{ReindexArgs, ReportFormat};
use crate::aws::Aws;
use crate::error::{Error, Exit, complain};
use crate::query::Ask;
use crate::table::{Layout, Screen};

/// Most objects that are named.
const EXAMPLES: usize = 20;

/// Runs the command.
pub async fn run(args: &ReindexArgs) -> Result<Exit, Error> {
    let (from, to) = range(&args.from, args.to.as_deref(), Timestamp::now())?;
    let aws = Aws::connect(&args.lake).await;
    let function = aws.index_function(args.function.as_deref(), args.lake.stack.as_deref()).await?;
    let total = check(&function, args, from, to, &bar(from, to)).await?;
    print(&total, args, &mut io::stdout().lock()).map_err(Error::Write)?;
    let differs = total.missing + total.stale > total.written + total.removed;
    Ok(if differs { Exit::Partly } else { Exit::Done })
}

/// `--from` and `--to` as typed; to now, unless said.
pub fn range(from: &str, to: Option<&str>, now: Timestamp) -> Result<(Timestamp, Timestamp), Error> {
    let moment = |option, text: &str| {
        Timestamp::parse_spoken(text, now).ok_or_else(|| Error::NoTime { option, text: text.to_owned() })
    };
    let from = moment("--from", from)?;
    let to = to.map_or(Ok(now), |to| moment("--to", to))?;
    if from < to { Ok((from, to)) } else { Err(Error::EmptyRange) }
}

fn bar(from: Timestamp, to: Timestamp) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let hours = (to.plus_millis(HOUR_MS - 1).hour().millis() - from.hour().millis()) / HOUR_MS;
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} hours  {eta} left  {msg}");
    let bar = ProgressBar::new(u64::try_from(hours).unwrap_or_default());
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// What the function reports of the hours it came through.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Report {
    from: String,
    to: String,
    #[serde(skip_serializing)]
    next: Option<String>,
    hours: u64,
    objects: u64,
    entries: u64,
    unsettled: u64,
    missing: u64,
    stale: u64,
    written: u64,
    removed: u64,
    examples: Vec<Example>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Example {
    key: String,
    missing: u64,
    stale: u64,
}

impl Report {
    fn add(&mut self, part: Self) {
        if self.hours == 0 {
            self.from = part.from;
        }
        self.to = part.to;
        for (sum, count) in [
            (&mut self.hours, part.hours),
            (&mut self.objects, part.objects),
            (&mut self.entries, part.entries),
            (&mut self.unsettled, part.unsettled),
            (&mut self.missing, part.missing),
            (&mut self.stale, part.stale),
            (&mut self.written, part.written),
            (&mut self.removed, part.removed),
        ] {
            *sum += count;
        }
        self.examples.extend(part.examples);
        self.examples.truncate(EXAMPLES);
    }
}

/// Asks until all hours are checked. Each call takes as many as the function has time for.
async fn check<A: Ask>(
    function: &A,
    args: &ReindexArgs,
    from: Timestamp,
    to: Timestamp,
    bar: &ProgressBar,
) -> Result<Report, Error> {
    let mut total = Report::default();
    let mut from = from.to_string();
    loop {
        let request = json!({ "check": {
            "from": from,
            "to": to.to_string(),
            "deep": !args.shallow,
            "repair": !args.dry_run,
            "settle_seconds": args.settle,
        }});
        let asked = function.ask(request.to_string().into_bytes()).await;
        let part: Result<Report, _> = asked.and_then(|answer| {
            let not = |source| Error::NotAnAnswer { function: function.name().to_owned(), source };
            serde_json::from_slice(&answer).map_err(not)
        });
        let part = match part {
            Ok(part) => part,
            Err(error) => {
                if total.hours > 0 {
                    complain(&format!("{} hours are done; go on with --from {from}", total.hours), None);
                }
                return Err(error);
            }
        };
        let next = part.next.clone();
        total.add(part);
        bar.set_position(total.hours);
        bar.set_message(format!("{} missing, {} stale", total.missing, total.stale));
        match next {
            Some(next) => from = next,
            None => {
                bar.finish_and_clear();
                return Ok(total);
            }
        }
    }
}

fn print(total: &Report, args: &ReindexArgs, out: &mut impl Write) -> io::Result<()> {
    if args.format == ReportFormat::Json {
        return writeln!(out, "{}", json!(total));
    }
    writeln!(
        out,
        "{} to {}: {} objects, {} entries in {} hours",
        total.from, total.to, total.objects, total.entries, total.hours
    )?;
    let done = |count: u64, what: &str| if args.dry_run { String::new() } else { format!(", {count} {what}") };
    writeln!(out, "missing from the index: {}{}", total.missing, done(total.written, "written"))?;
    writeln!(out, "of objects that are gone: {}{}", total.stale, done(total.removed, "removed"))?;
    if total.unsettled > 0 {
        writeln!(out, "too young to tell: {} objects (--settle)", total.unsettled)?;
    }
    if !total.examples.is_empty() {
        let screen = Screen::default();
        let titles = ["missing", "stale", "object"].map(str::to_owned);
        let row = |example: &Example| vec![example.missing.to_string(), example.stale.to_string(), example.key.clone()];
        let rows: Vec<_> = total.examples.iter().map(row).collect();
        let layout = Layout::new(&titles, &rows, &screen);
        writeln!(out, "\n{}", layout.head(&screen))?;
        for row in &rows {
            writeln!(out, "{}", layout.line(row, &screen, |_| crate::table::Paint::Plain))?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Answers with what it has, and remembers what it was asked.
    struct Function {
        answers: Mutex<Vec<serde_json::Value>>,
        asked: Mutex<Vec<serde_json::Value>>,
    }

    impl Ask for Function {
        fn name(&self) -> &str {
            "index"
        }

        async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, Error> {
            self.asked.lock().unwrap().push(serde_json::from_slice(&request).unwrap());
            let mut answers = self.answers.lock().unwrap();
            if answers.is_empty() {
                return Err(Error::Function { function: "index".into(), message: "throttled".into() });
            }
            Ok(answers.remove(0).to_string().into_bytes())
        }
    }

    fn part(from: &str, next: Option<&str>) -> serde_json::Value {
        json!({
            "v": 1, "from": from, "to": "2026-11-22T00:00:00.000Z", "next": next, "hours": 12, "objects": 5,
            "entries": 9, "unsettled": 0, "missing": 2, "stale": 1, "written": 2, "removed": 1,
            "examples": [{ "key": "raw/x", "missing": 2, "stale": 1 }],
        })
    }

    fn args() -> ReindexArgs {
        ReindexArgs { from: "2026-11-21".into(), format: ReportFormat::Table, ..ReindexArgs::default() }
    }

    async fn run(answers: Vec<serde_json::Value>) -> (Result<Report, Error>, Vec<serde_json::Value>) {
        let function = Function { answers: Mutex::new(answers), asked: Mutex::default() };
        let day = |text| Timestamp::parse_date(text).unwrap();
        let total = check(&function, &args(), day("2026-11-21"), day("2026-11-22"), &ProgressBar::hidden()).await;
        (total, function.asked.into_inner().unwrap())
    }

    #[tokio::test]
    async fn the_function_is_asked_until_it_is_through() {
        let noon = "2026-11-21T12:00:00.000Z";
        let (total, asked) = run(vec![part("2026-11-21T00:00:00.000Z", Some(noon)), part(noon, None)]).await;
        let total = total.unwrap();
        assert_eq!((total.hours, total.missing, total.removed, total.examples.len()), (24, 4, 2, 2));
        assert_eq!(total.from, "2026-11-21T00:00:00.000Z");
        assert_eq!((&asked[0]["check"]["deep"], &asked[0]["check"]["repair"]), (&json!(true), &json!(true)));
        assert_eq!(asked[1]["check"]["from"], noon);

        let mut out = Vec::new();
        print(&total, &args(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("missing from the index: 4, 4 written"), "{out}");
    }

    #[tokio::test]
    async fn a_failure_is_an_error_and_an_answer_of_another_function_too() {
        let (total, _) = run(vec![]).await;
        assert!(matches!(total, Err(Error::Function { .. })));
        let (total, _) = run(vec![json!({ "ok": true })]).await;
        assert!(matches!(total, Err(Error::NotAnAnswer { .. })));
    }

    #[test]
    fn a_time_that_is_none_is_named() {
        for (from, to, says) in [
            ("yesterday", None, "--from yesterday is no time"),
            ("-1h", Some("soon"), "--to soon is no time"),
            ("now", Some("-1h"), "the range is empty: --from is not before --to"),
        ] {
            let error = range(from, to, Timestamp::now()).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.exit()), (says, Exit::Refused));
        }
    }
}
