//! `droplets tail`: events as they are indexed.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::Duration;

use droplets::event::{Contract, Stored};
use droplets::timestamp::{Timestamp, parse_duration};
use serde_json::{Map, Value, json};

use crate::args::{TailArgs, TailFormat};
use crate::error::{Error, Exit, complain};
use crate::printer::{Unprinted, print_lines};
use crate::query::{self, Ask, filter, given};
use crate::spell;
use crate::table::{Cells, EventColumns, Layout, Screen};

/// The longest pause after an error.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Runs the command.
pub async fn run(args: &TailArgs) -> Result<Exit, Error> {
    let window = parse_duration(&args.window).filter(|ms| *ms > 0);
    let window = window.ok_or_else(|| Error::NoTime { option: "--window", text: args.window.clone() })?;
    let since = Timestamp::parse_spoken(&args.since, Timestamp::now());
    let since = since.ok_or_else(|| Error::NoTime { option: "--since", text: args.since.clone() })?;
    let at_terminal = io::stdout().is_terminal();
    let format = args.format.unwrap_or(if at_terminal { TailFormat::Table } else { TailFormat::Ndjson });
    let function = query::function(&args.function).await?;
    let mut tail = Tail {
        request: request(args),
        seen: Seen::new(since, window),
        lines: Lines::new(format, args.session.is_some(), Screen::of_stdout()),
    };
    let pause = Duration::from_secs(u64::from(args.interval.get()));
    let mut out = BufWriter::new(io::stdout().lock());
    tokio::select! {
        ended = tail.follow(&function, pause, &mut out) => ended,
        pressed = tokio::signal::ctrl_c() => pressed.map(|()| Exit::Done).map_err(Error::Runtime),
    }
}

fn request(args: &TailArgs) -> Map<String, Value> {
    let mut fields = given(vec![
        ("report", Some(json!("events"))),
        ("session_id", args.session.as_ref().map(|session| json!(session))),
    ]);
    fields.extend(filter(&args.filter));
    fields
}

/// What is followed, and how far it is printed.
struct Tail {
    request: Map<String, Value>,
    seen: Seen,
    lines: Lines,
}

impl Tail {
    /// Looks again and again; ends with an error that will not pass by itself, or when the request is refused.
    async fn follow<A: Ask>(&mut self, function: &A, pause: Duration, out: &mut impl Write) -> Result<Exit, Error> {
        let mut failures = 0;
        loop {
            match self.look(function, Timestamp::now(), out).await {
                Ok(true) => failures = 0,
                Ok(false) => return Ok(Exit::Refused),
                Err(error) if error.may_pass() => {
                    failures += 1;
                    let next = backed_off(pause, failures);
                    let wait = spell::span(i64::try_from(next.as_millis()).unwrap_or(i64::MAX));
                    complain(&error.describe(), Some(&format!("asking again in {wait}")));
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(backed_off(pause, failures)).await;
        }
    }

    /// Prints what was not printed before; false when the request is refused.
    async fn look<A: Ask>(&mut self, function: &A, now: Timestamp, out: &mut impl Write) -> Result<bool, Error> {
        let from = self.seen.forget();
        let mut request = self.request.clone();
        request.insert("from".to_owned(), json!(from.to_string()));
        let (seen, lines) = (&mut self.seen, &mut self.lines);
        let each = |rows: &[&str]| {
            let new: Vec<_> = rows.iter().copied().filter(|row| seen.is_new(row)).collect();
            lines.print(&new, out)
        };
        let answered = query::each_page(function, request, each).await?;
        self.seen.looked = Some(now);
        Ok(answered)
    }
}

/// Twice as long after each failure in a row.
fn backed_off(pause: Duration, failures: u32) -> Duration {
    match failures {
        0 => pause,
        n => pause.saturating_mul(2_u32.saturating_pow(n)).min(LONGEST_PAUSE.max(pause)),
    }
}

/// The events of the window that were printed.
struct Seen {
    since: Timestamp,
    window: i64,
    /// The last look that came to its end.
    looked: Option<Timestamp>,
    events: BTreeSet<(Timestamp, String, String)>,
}

impl Seen {
    fn new(since: Timestamp, window: i64) -> Self {
        Self { since, window, looked: None, events: BTreeSet::new() }
    }

    /// Where the window begins. What lies before it is not asked for again, and so need not be remembered.
    fn forget(&mut self) -> Timestamp {
        // From the last whole look, not from now: after an hour without answers nothing is passed over. The first look
        // reaches back as far as was asked.
        let from = self.looked.map_or(self.since, |looked| self.since.max(looked.plus_millis(-self.window)));
        self.events = self.events.split_off(&(from, String::new(), String::new()));
        from
    }

    /// Remembers it; false if it was there. A line that is no event has nothing to be known by, and is passed over.
    fn is_new(&mut self, event: &str) -> bool {
        let Ok(event) = Stored::read(event.as_bytes(), &Contract::default()) else { return false };
        let (timestamp, session, id) = event.identity();
        self.events.insert((timestamp, session.to_owned(), id.to_owned()))
    }
}

/// Events as lines.
struct Lines {
    format: TailFormat,
    columns: EventColumns,
    screen: Screen,
    layout: Option<Layout>,
}

impl Lines {
    fn new(format: TailFormat, one_session: bool, screen: Screen) -> Self {
        Self { format, columns: EventColumns::new(one_session, &screen), screen, layout: None }
    }

    fn print(&mut self, events: &[&str], out: &mut impl Write) -> Result<(), Unprinted> {
        if events.is_empty() {
            return Ok(());
        }
        match self.format {
            TailFormat::Ndjson => events.iter().try_for_each(|event| writeln!(out, "{event}"))?,
            TailFormat::Table => {
                let cells: Vec<Cells> = events.iter().map(|event| self.columns.cells(event)).collect();
                let titles = self.columns.titles();
                if self.layout.is_none() {
                    // Events to come may be wider than the first.
                    let wide: Vec<_> = cells.iter().cloned().chain([self.columns.typical(&self.screen)]).collect();
                    let layout = Layout::new(&titles, &wide, &self.screen);
                    writeln!(out, "{}", layout.head(&self.screen))?;
                    self.layout = Some(layout);
                }
                if let Some(layout) = &self.layout {
                    print_lines(layout, &titles, &cells, &self.screen, out)?;
                }
            }
        }
        Ok(out.flush()?)
    }
}

#[cfg(test)]
mod tests;
