//! `droplets performance`: requests, errors and durations per route.

use std::io::{self, BufWriter, Write};

use droplets::timestamp::{DAY_MS, HOUR_MS, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::answer::as_object;
use crate::args::{Format, PerformanceArgs, Sort};
use crate::error::{Error, Exit};
use crate::html;
use crate::merge::{SKETCH, Slow, Sums};
use crate::printer::{Unprinted, nothing_found};
use crate::query::{self, Ask, Whole, filter, format_or_default, given, names, tell_below};
use crate::reindex;
use crate::spell;
use crate::table::{Cells, Layout, Paint, Screen, cells_of_row, footer, harmless};

/// So large a part of errors is red.
pub const MANY_ERRORS: f64 = 0.01;
/// So long a p95 is red, in milliseconds.
pub const SLOW: f64 = 1000.0;
/// Most intervals of a chart.
const MOST_INTERVALS: i64 = 96;
/// Widths of an interval the function takes, in milliseconds.
const WIDTHS: [(&str, i64); 8] = [
    ("1m", 60_000),
    ("5m", 300_000),
    ("15m", 900_000),
    ("30m", 1_800_000),
    ("1h", HOUR_MS),
    ("6h", 6 * HOUR_MS),
    ("12h", 12 * HOUR_MS),
    ("1d", DAY_MS),
];

/// Runs the command.
pub async fn run(args: &PerformanceArgs) -> Result<Exit, Error> {
    let (format, screen) = (format_or_default(args.format), Screen::of_stdout());
    if let Some(path) = &args.html {
        // Before anything is asked: both questions are to be about the same range.
        let range = reindex::range(&args.from, args.to.as_deref(), Timestamp::now())?;
        let function = query::function(&args.function).await?;
        let Some(page) = report(&function, args, range).await? else { return Ok(Exit::Refused) };
        html::file::write(path, &page)?;
        return Ok(Exit::Done);
    }
    let function = query::function(&args.function).await?;
    let Some(mut whole) = query::whole(&function, fields(args)).await? else { return Ok(Exit::Refused) };
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = arrange(&mut whole, args).and_then(|()| print(&whole, format, screen, &mut out));
    out.flush().map_err(Error::Write)?;
    tell_below(&printed.map_err(|error| error.of(function.name()))?, screen);
    Ok(Exit::Done)
}

/// A page for a browser: what is asked for, and all of it over time; none when the request was refused.
async fn report<A: Ask>(
    function: &A,
    args: &PerformanceArgs,
    (from, to): (Timestamp, Timestamp),
) -> Result<Option<String>, Error> {
    let mut groups = fields(args);
    groups.insert("from".to_owned(), json!(from.to_string()));
    groups.insert("to".to_owned(), json!(to.to_string()));
    let interval = groups.remove("interval");
    let interval = interval.as_ref().and_then(Value::as_str).unwrap_or_else(|| interval_for(from, to)).to_owned();
    let mut over_time = groups.clone();
    over_time.insert("interval".to_owned(), json!(interval));
    over_time.insert("group_by".to_owned(), json!([]));
    let Some(mut groups) = query::whole(function, groups).await? else { return Ok(None) };
    let Some(over_time) = query::whole(function, over_time).await? else { return Ok(None) };
    let asked = html::performance::Asked { from, to, interval, generated: Timestamp::now() };
    arrange(&mut groups, args)
        .and_then(|()| html::performance::page(&asked, &groups, &over_time))
        .map(Some)
        .map_err(|error| error.of(function.name()))
}

/// The narrowest intervals that a chart has room for.
fn interval_for(from: Timestamp, to: Timestamp) -> &'static str {
    let count = |width: i64| (to.plus_millis(-1).floor(width).millis() - from.floor(width).millis()) / width + 1;
    WIDTHS.iter().find(|(_, width)| count(*width) <= MOST_INTERVALS).map_or("1d", |(name, _)| name)
}

/// How wide an interval is, in milliseconds; one of another name is the function's to refuse.
pub fn width_of(interval: &str) -> i64 {
    droplets::timestamp::parse_duration(interval).unwrap_or(HOUR_MS).max(1)
}

fn fields(args: &PerformanceArgs) -> Map<String, Value> {
    let mut fields = given(vec![
        ("report", Some(json!("performance"))),
        ("session_id", args.session.as_ref().map(|session| json!(session))),
        ("from", Some(json!(args.from))),
        ("to", args.to.as_ref().map(|to| json!(to))),
        ("group_by", args.group_by.as_ref().map(|group_by| json!(names(group_by)))),
        ("interval", args.interval.as_ref().map(|interval| json!(interval))),
    ]);
    fields.extend(filter(&args.filter));
    fields
}

/// What a row says of its group.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Its interval.
    pub interval: Option<String>,
    /// How many.
    pub requests: u64,
    /// Of 500 and above.
    pub errors: u64,
    /// Of 400 to 499.
    pub client_errors: u64,
    /// Errors of all.
    pub error_rate: f64,
    /// What half did not exceed.
    pub p50_ms: Option<f64>,
    /// What 95 of 100 did not exceed.
    pub p95_ms: Option<f64>,
    /// What 99 of 100 did not exceed.
    pub p99_ms: Option<f64>,
    /// The slowest.
    pub max_ms: Option<f64>,
    /// Whose it was.
    pub slowest: Vec<Slow>,
}

impl Figures {
    /// Of a row under columns.
    pub fn read(columns: &[String], row: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&as_object(columns, row)?)
    }

    fn by(&self, sort: Sort) -> f64 {
        // What was not measured stands last.
        let ms = |ms: Option<f64>| ms.unwrap_or(-1.0);
        match sort {
            Sort::Requests => self.requests as f64,
            Sort::Errors => self.errors as f64,
            Sort::ErrorRate => self.error_rate,
            Sort::P50 => ms(self.p50_ms),
            Sort::P95 => ms(self.p95_ms),
            Sort::P99 => ms(self.p99_ms),
            Sort::Max => ms(self.max_ms),
        }
    }
}

/// Puts the rows in the order that was asked for, and leaves out what is below the top.
fn arrange(whole: &mut Whole, args: &PerformanceArgs) -> Result<(), Unprinted> {
    if let Some(sort) = args.sort {
        let key = |row: String| -> Result<_, serde_json::Error> {
            Ok((Figures::read(&whole.gathered.columns, &row)?.by(sort), row))
        };
        let mut rows = std::mem::take(&mut whole.rows).into_iter().map(key).collect::<Result<Vec<_>, _>>()?;
        // Rows that are equal keep the order they had.
        rows.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        whole.rows = rows.into_iter().map(|(_, row)| row).collect();
    }
    whole.rows.truncate(args.top.unwrap_or(usize::MAX));
    Ok(())
}

/// The columns that say what a row is about.
pub fn group_columns(whole: &Whole) -> Vec<String> {
    let is_group = |column: &&String| Sums::Performance.says_of_what(column) && *column != SKETCH;
    whole.gathered.columns.iter().filter(is_group).cloned().collect()
}

/// A row's cells under [`group_columns`].
pub fn group_cells(whole: &Whole, groups: &[String], row: &str) -> Result<Cells, serde_json::Error> {
    let cells = cells_of_row(row)?;
    let of = |name: &String| whole.column(name).and_then(|at| cells.get(at)).cloned().unwrap_or_default();
    Ok(groups.iter().map(of).collect())
}

/// Prints; returns the lines below.
fn print(whole: &Whole, format: Format, screen: Screen, out: &mut impl Write) -> Result<Vec<String>, Unprinted> {
    if format != Format::Table {
        whole.print(format, screen, out)?;
        return Ok(Vec::new());
    }
    let below = vec![footer(whole.rows.len() as u64, whole.gathered.stats)];
    if whole.rows.is_empty() {
        return Ok([below, vec![nothing_found(whole.gathered.searched.as_deref())]].concat());
    }
    lines(whole, &screen)?.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(below)
}

/// Columns of numbers that people read, with their titles.
const TITLES: [&str; 8] = ["requests", "errors", "4xx", "p50", "p95", "p99", "max", "slowest session"];

/// The table.
fn lines(whole: &Whole, screen: &Screen) -> Result<Vec<String>, serde_json::Error> {
    let groups = group_columns(whole);
    let mut rows: Vec<(Figures, Cells)> = Vec::with_capacity(whole.rows.len());
    for row in &whole.rows {
        let figures = Figures::read(&whole.gathered.columns, row)?;
        let mut cells = group_cells(whole, &groups, row)?;
        let ms = |ms: Option<f64>| ms.map(spell::ms).unwrap_or_default();
        cells.extend([
            figures.requests.to_string(),
            spell::percent(figures.error_rate),
            figures.client_errors.to_string(),
            ms(figures.p50_ms),
            ms(figures.p95_ms),
            ms(figures.p99_ms),
            ms(figures.max_ms),
            figures.slowest.first().map(|slow| harmless(&slow.session_id)).unwrap_or_default(),
        ]);
        rows.push((figures, cells));
    }
    align(&mut rows, groups.len() + 1..groups.len() + TITLES.len() - 1);
    let titles: Vec<_> = groups.into_iter().chain(TITLES.map(str::to_owned)).collect();
    let cells: Vec<_> = rows.iter().map(|(_, cells)| cells.clone()).collect();
    // Names and ids are there to be used, so none is cut.
    let screen = Screen { width: None, ..*screen };
    let layout = Layout::new(&titles, &cells, &screen);
    let mut lines = vec![layout.head(&screen)];
    for (figures, cells) in &rows {
        lines.push(layout.line(cells, &screen, |title| match title {
            "errors" => paint_errors(figures),
            "p95" if figures.p95_ms.is_some_and(|ms| ms >= SLOW) => Paint::Red,
            "slowest session" | "interval" => Paint::Dim,
            _ => Paint::Plain,
        }));
    }
    Ok(lines)
}

fn paint_errors(figures: &Figures) -> Paint {
    match figures.error_rate {
        rate if rate >= MANY_ERRORS => Paint::Red,
        _ if figures.errors > 0 => Paint::Yellow,
        _ => Paint::Plain,
    }
}

/// Numbers with units stand on the right, as numbers without do.
fn align(rows: &mut [(Figures, Cells)], columns: std::ops::Range<usize>) {
    for at in columns {
        let width = rows.iter().filter_map(|(_, cells)| cells.get(at)).map(String::len).max().unwrap_or_default();
        for (_, cells) in rows.iter_mut() {
            if let Some(cell) = cells.get_mut(at) {
                *cell = format!("{cell:>width$}");
            }
        }
    }
}

#[cfg(test)]
mod tests;
