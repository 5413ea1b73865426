//! The pages of one question put together. Pure.

use std::collections::BTreeMap;

use droplets::durations::Durations;
use droplets::event::push_json_string;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::answer::{Answer, Range, Stats, joined};

/// The column from which quantiles of several pages are made.
pub const SKETCH: &str = "sketch";
/// As many sessions stand in `slowest`.
const SLOWEST: usize = 3;

/// Reports whose rows may stand on several pages, each with a part of the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sums {
    /// A row a session.
    Sessions,
    /// A row an interval and group.
    Count,
    /// A row a group, and interval if there is one.
    Performance,
}

impl Sums {
    /// Of a report; none if its pages simply follow each other.
    pub fn of(report: &str) -> Option<Self> {
        match report {
            "sessions" => Some(Self::Sessions),
            "count" => Some(Self::Count),
            "performance" => Some(Self::Performance),
            _ => None,
        }
    }

    /// Whether a column says what a row is about, and not how much of it there is.
    pub fn says_of_what(self, column: &str) -> bool {
        !self.columns().contains(&column)
    }

    /// The columns that are summed up. Those before them say of what.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Sessions => &["first", "last", "events", "errors"],
            Self::Count => &["events", "errors"],
            Self::Performance => &[
                "requests",
                "errors",
                "client_errors",
                "error_rate",
                "p50_ms",
                "p95_ms",
                "p99_ms",
                "max_ms",
                "slowest",
                SKETCH,
            ],
        }
    }
}

/// A session's slowest request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slow {
    /// Whose.
    pub session_id: String,
    /// How slow.
    pub duration_ms: f64,
    /// When.
    pub timestamp: String,
}

/// What a row is about, in the order the function has it in: `null` first, numbers, then texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Null,
    Number(u64),
    Text(String),
}

impl Key {
    fn read(json: &str) -> Result<Self, serde_json::Error> {
        match json {
            "null" => Ok(Self::Null),
            _ if json.starts_with('"') => serde_json::from_str(json).map(Self::Text),
            _ => serde_json::from_str(json).map(Self::Number),
        }
    }

    fn push(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => push_json_string(text, out),
        }
    }
}

/// The rows of several pages, summed up: a session that was active on two of them is one row.
#[derive(Debug)]
pub struct Merge {
    sums: Sums,
    columns: Vec<String>,
    rows: BTreeMap<Vec<Key>, Sum>,
}

/// All that any of the reports sums up.
#[derive(Debug, Default)]
struct Sum {
    first: String,
    last: String,
    /// Requests, of `performance`.
    events: u64,
    errors: u64,
    client_errors: u64,
    durations: Durations,
    slowest: Vec<Slow>,
    max: Option<f64>,
}

impl Merge {
    /// For pages with these columns; an error if they are none of this report's.
    pub fn new(sums: Sums, columns: &[String]) -> Result<Self, serde_json::Error> {
        match sums.columns().iter().find(|name| !columns.iter().any(|column| column == *name)) {
            Some(name) => Err(serde_json::Error::custom(format!("it has no column {name}"))),
            None => Ok(Self { sums, columns: columns.to_owned(), rows: BTreeMap::new() }),
        }
    }

    /// Adds a row.
    pub fn add(&mut self, row: &str) -> Result<(), serde_json::Error> {
        let cells: Vec<&RawValue> = serde_json::from_str(row)?;
        if cells.len() != self.columns.len() {
            return Err(serde_json::Error::custom("a row has more or fewer cells than there are columns"));
        }
        let of = |name: &str| {
            let at = self.columns.iter().position(|column| column == name);
            at.and_then(|at| cells.get(at)).map_or("null", |cell| cell.get())
        };
        let row = match self.sums {
            Sums::Sessions => Sum { first: read(of("first"))?, last: read(of("last"))?, ..Sum::default() },
            Sums::Count => Sum::default(),
            Sums::Performance => Sum {
                client_errors: read(of("client_errors"))?,
                durations: Durations::decode(&read::<String>(of(SKETCH))?)
                    .ok_or_else(|| serde_json::Error::custom("a sketch cannot be read"))?,
                slowest: read(of("slowest"))?,
                max: read(of("max_ms"))?,
                ..Sum::default()
            },
        };
        let events = if self.sums == Sums::Performance { "requests" } else { "events" };
        let row = Sum { events: read(of(events))?, errors: read(of("errors"))?, ..row };
        let keys = self.columns.iter().zip(&cells).filter(|(column, _)| self.sums.says_of_what(column));
        let keys = keys.map(|(_, cell)| Key::read(cell.get())).collect::<Result<_, _>>()?;
        match self.rows.get_mut(&keys) {
            Some(known) => known.add(row),
            None => {
                self.rows.insert(keys, row);
            }
        }
        Ok(())
    }

    /// All of `performance` as one row's values, whatever its groups.
    pub fn total(&self) -> Total {
        let mut total = Sum::default();
        for row in self.rows.values() {
            total.events += row.events;
            total.errors += row.errors;
            total.client_errors += row.client_errors;
            total.durations.merge(&row.durations);
        }
        let quantile = |q| total.durations.quantile(q);
        Total {
            requests: total.events,
            errors: total.errors,
            client_errors: total.client_errors,
            quantiles: [quantile(0.5), quantile(0.95), quantile(0.99)],
        }
    }

    /// The rows, in the order the function has them in.
    pub fn rows(&self, descending: bool) -> Vec<String> {
        let interval = self.columns.first().is_some_and(|column| column == "interval");
        let mut all: Vec<_> = self.rows.iter().collect();
        match self.sums {
            Sums::Sessions => all.sort_by(|(id_a, a), (id_b, b)| (&a.first, id_a).cmp(&(&b.first, id_b))),
            // Only time can be turned round: groups stand in their order, and what is busy first, in either direction.
            Sums::Count | Sums::Performance => all.sort_by(|(keys_a, a), (keys_b, b)| {
                let time = if interval { keys_a.first().cmp(&keys_b.first()) } else { std::cmp::Ordering::Equal };
                let time = if descending { time.reverse() } else { time };
                let busy =
                    if self.sums == Sums::Performance { b.events.cmp(&a.events) } else { std::cmp::Ordering::Equal };
                time.then(busy).then_with(|| keys_a.cmp(keys_b))
            }),
        }
        if descending && self.sums == Sums::Sessions {
            all.reverse();
        }
        all.into_iter().map(|(keys, sum)| spell(&self.columns, keys, sum, self.sums)).collect()
    }
}

/// `performance` of all groups and intervals together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// How many.
    pub requests: u64,
    /// Of 500 and above.
    pub errors: u64,
    /// Of 400 to 499.
    pub client_errors: u64,
    /// p50, p95 and p99, in milliseconds.
    pub quantiles: [Option<f64>; 3],
}

impl Sum {
    fn add(&mut self, other: Self) {
        // Times are all spelled alike, so they compare as text.
        self.first = std::mem::take(&mut self.first).min(other.first);
        self.last = std::mem::take(&mut self.last).max(other.last);
        self.events += other.events;
        self.errors += other.errors;
        self.client_errors += other.client_errors;
        self.durations.merge(&other.durations);
        self.max = match (self.max, other.max) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        self.slowest.extend(other.slowest);
        let order = |slow: &Slow| (slow.timestamp.clone(), slow.session_id.clone());
        self.slowest.sort_by(|a, b| b.duration_ms.total_cmp(&a.duration_ms).then_with(|| order(a).cmp(&order(b))));
        let mut seen = Vec::with_capacity(SLOWEST);
        self.slowest.retain(|slow| {
            let new = seen.len() < SLOWEST && !seen.contains(&slow.session_id);
            if new {
                seen.push(slow.session_id.clone());
            }
            new
        });
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(json)
}

/// A row, its columns in their order.
fn spell(columns: &[String], keys: &[Key], sum: &Sum, sums: Sums) -> String {
    let quantile = |q| json(&sum.durations.quantile(q).map(|ms| rounded(ms, 1e3)));
    let mut keys = keys.iter();
    let mut row = String::from("[");
    for column in columns {
        if row.len() > 1 {
            row.push(',');
        }
        if sums.says_of_what(column) {
            keys.next().unwrap_or(&Key::Null).push(&mut row);
            continue;
        }
        row.push_str(&match column.as_str() {
            "first" => json(&sum.first),
            "last" => json(&sum.last),
            "events" | "requests" => json(&sum.events),
            "errors" => json(&sum.errors),
            "client_errors" => json(&sum.client_errors),
            "error_rate" => json(&rounded(sum.errors as f64 / sum.events.max(1) as f64, 1e6)),
            "p50_ms" => quantile(0.5),
            "p95_ms" => quantile(0.95),
            "p99_ms" => quantile(0.99),
            "max_ms" => json(&sum.max),
            "slowest" => json(&sum.slowest),
            _ => json(&sum.durations.encode()),
        });
    }
    row.push(']');
    row
}

fn rounded(number: f64, unit: f64) -> f64 {
    (number * unit).round() / unit
}

/// Numbers are spelled with as many digits as tell them apart. Nothing in a sum cannot be spelled.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// What the pages so far said together.
#[derive(Debug, Default)]
pub struct Gathered {
    /// How many pages.
    pub pages: u64,
    /// The report's name.
    pub report: String,
    /// What they cover.
    pub range: Range,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// What they took.
    pub stats: Stats,
    /// What was looked through, where nothing was found.
    pub searched: Option<String>,
    /// Rows that are sums, if the pages are to become one.
    pub merge: Option<Merge>,
}

impl Gathered {
    /// Adds a page; `together` if all of them are to become one. Says whether the rows went into the sums.
    pub fn add(&mut self, answer: &Answer<'_>, together: bool, descending: bool) -> Result<bool, serde_json::Error> {
        self.pages += 1;
        self.stats.add(answer.stats);
        self.searched.clone_from(&answer.searched);
        if self.pages == 1 {
            self.report.clone_from(&answer.report);
            self.range.clone_from(&answer.range);
            self.columns.clone_from(&answer.columns);
            if let Some(sums) = Sums::of(&self.report).filter(|_| together) {
                self.merge = Some(Merge::new(sums, &self.columns)?);
            }
        } else {
            self.range = joined(std::mem::take(&mut self.range), &answer.range, descending);
        }
        match &mut self.merge {
            Some(merge) => answer.rows.iter().try_for_each(|row| merge.add(row.get())).map(|()| true),
            None => Ok(false),
        }
    }
}

/// Which columns, in this order, and rows with only those; `Err` names a column that is not there.
pub fn project(columns: &[String], rows: &[String], fields: &[String]) -> Result<Vec<String>, Unprojected> {
    let at = |name: &String| columns.iter().position(|c| c == name).ok_or_else(|| Unprojected::NoColumn(name.clone()));
    let at = fields.iter().map(at).collect::<Result<Vec<_>, _>>()?;
    let some = |row: &String| -> Result<String, Unprojected> {
        let cells: Vec<&RawValue> = serde_json::from_str(row).map_err(Unprojected::NoRow)?;
        let cells: Vec<_> = at.iter().filter_map(|at| cells.get(*at)).map(|cell| cell.get()).collect();
        Ok(format!("[{}]", cells.join(",")))
    };
    rows.iter().map(some).collect()
}

/// Why rows cannot be cut to some columns.
#[derive(Debug)]
pub enum Unprojected {
    /// There is none of this name.
    NoColumn(String),
    /// This is no row.
    NoRow(serde_json::Error),
}

#[cfg(test)]
mod tests;
