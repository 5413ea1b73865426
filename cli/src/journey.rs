//! `droplets journey`: one session, step by step.

use std::io::{self, BufWriter, Write};

use droplets::timestamp::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::answer::as_object;
use crate::args::{Format, JourneyArgs};
use crate::error::{Error, Exit};
use crate::html;
use crate::printer::{Unprinted, nothing_found};
use crate::query::{self, Ask, Whole, filter, format_or_default, given, tell_below};
use crate::spell;
use crate::table::{Cells, Layout, Paint, Screen, footer, harmless};

/// Nothing for so long is a line of its own, in milliseconds.
pub const LONG_GAP: f64 = 30_000.0;
/// So long is slow in any session, in milliseconds.
const SLOW: f64 = 1000.0;
/// Less than this is slow in none: nobody notices it.
const NOTICED: f64 = 100.0;
/// A session with fewer timed steps has no slowest twentieth to speak of.
const ENOUGH: usize = 20;
/// Width of the bars.
const BAR: usize = 8;

/// Runs the command.
pub async fn run(args: &JourneyArgs) -> Result<Exit, Error> {
    let (format, screen) = (format_or_default(args.format), Screen::of_stdout());
    let function = query::function(&args.function).await?;
    let Some(whole) = query::whole(&function, fields(args)).await? else { return Ok(Exit::Refused) };
    if let Some(path) = &args.html {
        let steps = steps(&whole).map_err(|error| error.of(function.name()))?;
        let page = html::journey::page(&args.session, &steps, &whole.gathered, Timestamp::now());
        html::file::write(path, &page)?;
        return Ok(Exit::Done);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = print(&args.session, &whole, format, screen, &mut out);
    out.flush().map_err(Error::Write)?;
    tell_below(&printed.map_err(|error| error.of(function.name()))?, screen);
    Ok(Exit::Done)
}

fn fields(args: &JourneyArgs) -> Map<String, Value> {
    let mut fields = given(vec![
        ("report", Some(json!("journey"))),
        ("session_id", Some(json!(args.session))),
        ("from", args.from.as_ref().map(|from| json!(from))),
        ("to", args.to.as_ref().map(|to| json!(to))),
    ]);
    fields.extend(filter(&args.filter));
    fields
}

/// A step, as far as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Step {
    /// Which.
    pub step: u64,
    /// When it began.
    pub timestamp: String,
    /// How long nothing happened before.
    pub gap_ms: Option<f64>,
    /// The event's type.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    /// `GET`, `POST`, …
    pub method: Option<String>,
    /// The path as requested.
    pub path: Option<String>,
    /// The template that matched.
    pub route: Option<String>,
    /// The response's status.
    pub status: Option<u16>,
    /// How long it took.
    pub duration_ms: Option<f64>,
    /// Whether it was answered to its end.
    pub outcome: Option<String>,
}

impl Step {
    /// When it began; the epoch if it does not say, so that it is shown somewhere.
    pub fn at(&self) -> i64 {
        Timestamp::parse_rfc3339(&self.timestamp).map_or(0, Timestamp::millis)
    }

    /// A response of 500 and above.
    pub fn is_error(&self) -> bool {
        self.status.is_some_and(|status| status >= 500)
    }

    /// Whether nobody waited for the end of the answer.
    pub fn is_aborted(&self) -> bool {
        self.outcome.as_deref() == Some("aborted")
    }

    /// What was asked for: the path, or else the route.
    pub fn what(&self) -> &str {
        self.path.as_deref().or(self.route.as_deref()).unwrap_or_default()
    }

    /// The method; of an event that is no request, its type.
    pub fn verb(&self) -> &str {
        match (&self.method, &self.event_type) {
            (Some(method), _) => method,
            (None, Some(event_type)) => event_type,
            (None, None) => "",
        }
    }

    /// The colour of the answer.
    pub fn paint(&self) -> Paint {
        match self.status {
            Some(500..) => Paint::Red,
            Some(400..) => Paint::Yellow,
            _ => Paint::Plain,
        }
    }
}

/// The steps of all pages.
pub fn steps(whole: &Whole) -> Result<Vec<Step>, Unprinted> {
    let read = |row: &String| serde_json::from_str(&as_object(&whole.gathered.columns, row)?);
    Ok(whole.rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// From how many milliseconds on a step is slow: a second; or, where enough steps took time, as long as the slowest
/// twentieth of them, if that can be noticed.
pub fn slow_from(steps: &[Step]) -> f64 {
    let mut all: Vec<f64> = steps.iter().filter_map(|step| step.duration_ms).collect();
    all.sort_by(f64::total_cmp);
    let p95 = all.get(all.len().saturating_sub(1) * 95 / 100).filter(|_| all.len() >= ENOUGH);
    p95.map_or(SLOW, |p95| p95.clamp(NOTICED, SLOW))
}

/// Who, when, how long, how much, in parts of a line.
pub fn summary(session: &str, steps: &[Step]) -> Vec<String> {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return vec![harmless(session)] };
    let time = |step: &Step| spell::time(&harmless(&step.timestamp));
    let errors = steps.iter().filter(|step| step.is_error()).count() as u64;
    vec![
        harmless(session),
        format!("{} to {} UTC", time(first), time(last)),
        spell::span((last.at() - first.at()).max(0)),
        spell::many(steps.len() as u64, "event"),
        spell::many(errors, "error"),
    ]
}

/// How long nothing happened, if that is worth a line.
pub fn long_gap(step: &Step) -> Option<String> {
    step.gap_ms.filter(|gap| *gap >= LONG_GAP).map(|gap| format!("… {} later …", spell::span(gap as i64)))
}

/// Prints; returns the lines below.
fn print(
    session: &str,
    whole: &Whole,
    format: Format,
    screen: Screen,
    out: &mut impl Write,
) -> Result<Vec<String>, Unprinted> {
    if format != Format::Table {
        whole.print(format, screen, out)?;
        return Ok(Vec::new());
    }
    let steps = steps(whole)?;
    let mut below = vec![footer(steps.len() as u64, whole.gathered.stats)];
    if steps.is_empty() {
        below.push(nothing_found(whole.gathered.searched.as_deref()));
    } else {
        timeline(session, &steps, &screen).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(below)
}

/// The lines of a session.
fn timeline(session: &str, steps: &[Step], screen: &Screen) -> Vec<String> {
    let start = steps.first().map_or(0, Step::at);
    let date = |step: &Step| step.timestamp.get(..10).unwrap_or_default().to_owned();
    // The date stands in the first line, and is repeated only where it changes.
    let one_day = steps.first().map(date) == steps.last().map(date);
    let longest = steps.iter().filter_map(|step| step.duration_ms).fold(0.0, f64::max);
    let slow = slow_from(steps);
    let took: Vec<String> = steps.iter().map(|step| step.duration_ms.map(spell::ms).unwrap_or_default()).collect();
    let widest = took.iter().map(String::len).max().unwrap_or_default();
    let cells = |(step, took): (&Step, &String)| -> Cells {
        let time = spell::time(&harmless(&step.timestamp));
        vec![
            spell::offset((step.at() - start).max(0)),
            if one_day { time.get(11..).unwrap_or_default().to_owned() } else { time },
            harmless(step.verb()),
            harmless(step.what()),
            step.status.map(|status| status.to_string()).unwrap_or_default(),
            format!("{took:>widest$}"),
            step.duration_ms.map(|ms| bar(ms, longest)).unwrap_or_default(),
            marks(step, slow),
        ]
    };
    let rows: Vec<Cells> = steps.iter().zip(&took).map(cells).collect();
    let titles = ["offset", "time", "verb", "what", "status", "took", "bar", "marks"].map(str::to_owned);
    let mut lines = vec![summary(session, steps).join(" · ")];
    let layout = Layout::without_head(&titles, &rows, screen);
    for (step, row) in steps.iter().zip(&rows) {
        if let Some(gap) = long_gap(step) {
            lines.push(screen.paint(Paint::Dim, &gap).into_owned());
        }
        let is_slow = step.duration_ms.is_some_and(|ms| ms >= slow);
        lines.push(layout.line(row, screen, |column| match column {
            "offset" => Paint::Dim,
            "took" | "bar" | "marks" if is_slow => Paint::Yellow.max(step.paint()),
            "time" | "bar" | "took" => Paint::Plain,
            _ => step.paint(),
        }));
    }
    lines
}

/// What else is to be said of a step.
fn marks(step: &Step, slow: f64) -> String {
    let mut marks = Vec::new();
    if step.duration_ms.is_some_and(|ms| ms >= slow) {
        marks.push("slow".to_owned());
    }
    // That it was completed goes without saying.
    marks.extend(step.outcome.as_deref().filter(|outcome| *outcome != "completed").map(harmless));
    marks.join(", ")
}

/// As long, of the longest, as the duration; in eighths of a character.
fn bar(ms: f64, longest: f64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if longest <= 0.0 {
        return String::new();
    }
    let eighths = (ms / longest * (8 * BAR) as f64).ceil().clamp(1.0, (8 * BAR) as f64) as usize;
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS.get(eighths % 8).unwrap_or(&""))
}

#[cfg(test)]
mod tests;
