//! The reports that sum events up: `sessions`, `count` and `performance`.
//!
//! A batch of entries is worked through in stretches of time, usually one. Within a stretch each event is counted once: by its
//! entry alone where that is enough, else by its block, events told apart by their identity. What a stretch adds
//! is kept apart until it is whole, so a page can end before the stretch for which there is no time or room, and covers
//! exactly what it says.

use std::collections::{BTreeMap, HashMap, HashSet};

use droplets::durations::Durations;
use droplets::event::{Stored, push_json_string};
use droplets::index::{Entry, Index, Order};
use droplets::lake::Lake;
use droplets::timestamp::{HOUR_MS, Timestamp};
use tokio::time::timeout_at;

use crate::blocks::{self, Cost};
use crate::columns::{self, number};
use crate::entries::Batch;
use crate::reports::{Failed, Next, Rows, Source, too_much};
use crate::request::{Group, Report, Request};
use crate::select::Position;

/// What an identity takes up in a set that is just growing, and what a session's set does besides.
const IDENTITY_BYTES: usize = 64;
const SEEN_BYTES: usize = 512;
/// Most a row adds to an answer besides its names: times, numbers and their punctuation, escaped; and a sketch.
const SUM_BYTES: usize = 120;
const PERFORMANCE_BYTES: usize = 700;
const SKETCH_BYTES: usize = 3000;
/// What a group's durations take up in memory.
const DURATIONS_BYTES: usize = 4000;
/// A stretch begins no further blocks than these, in number and in bytes: what is lost when time runs out inside it.
const STRETCH_BLOCKS: usize = 1500;
const STRETCH_BYTES: u64 = 16 * 1024 * 1024;
/// Entries that are read on for, over the end of an hour, where nothing has to end with it.
const ENOUGH: usize = 128;
/// Sessions named as a group's slowest.
const SLOWEST: usize = 3;

/// A range of time, half-open.
type Stretch = (Timestamp, Timestamp);

/// What tells rows apart, in the order rows stand in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    interval: Option<Timestamp>,
    names: Vec<Name>,
}

/// What an event has of what it is grouped by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    None,
    Status(u16),
    Text(String),
}

/// What is known of a row's events.
#[derive(Clone, Debug)]
struct Sum {
    first: Timestamp,
    last: Timestamp,
    events: u64,
    errors: u64,
    /// Of `performance`.
    requests: Option<Box<Requests>>,
}

/// What `performance` says besides.
#[derive(Clone, Debug, Default)]
struct Requests {
    client_errors: u64,
    durations: Durations,
    /// By duration, the longest first; sessions are different.
    slowest: Vec<Slow>,
}

/// A session's slowest request.
#[derive(Clone, Debug, PartialEq)]
struct Slow {
    session_id: String,
    ms: f64,
    timestamp: Timestamp,
}

impl Sum {
    fn merge(&mut self, other: Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.events += other.events;
        self.errors += other.errors;
        if let (Some(own), Some(other)) = (&mut self.requests, other.requests) {
            own.client_errors += other.client_errors;
            own.durations.merge(&other.durations);
            other.slowest.into_iter().for_each(|slow| own.slow(slow));
        }
    }

    fn of_entry(entry: &Entry) -> Self {
        Self { first: entry.first, last: entry.last, events: entry.events, errors: entry.errors, requests: None }
    }
}

impl Requests {
    fn slow(&mut self, slow: Slow) {
        let order = |a: &Slow, b: &Slow| {
            b.ms.total_cmp(&a.ms).then_with(|| (a.timestamp, &a.session_id).cmp(&(b.timestamp, &b.session_id)))
        };
        let full = self.slowest.len() == SLOWEST;
        match self.slowest.iter().position(|known| known.session_id == slow.session_id) {
            Some(at) if order(&slow, &self.slowest[at]).is_lt() => self.slowest[at] = slow,
            None if !full || self.slowest.last().is_none_or(|last| order(&slow, last).is_lt()) => {
                self.slowest.push(slow)
            }
            _ => return,
        }
        self.slowest.sort_by(order);
        self.slowest.truncate(SLOWEST);
    }
}

/// The key of the row an entry's events belong to, if it is one, by what the index knows of them.
fn key_of_entry(request: &Request, entry: &Entry) -> Option<Key> {
    match request.report {
        Report::Sessions => Some(Key { interval: None, names: vec![Name::Text(entry.session_id.clone())] }),
        Report::Count => {
            let interval = match request.interval_ms {
                Some(width) if entry.first.floor(width) != entry.last.floor(width) => return None,
                width => width.map(|width| entry.first.floor(width)),
            };
            let name = |group: &Group| match group {
                Group::Type if entry.event_type != droplets::index::MIXED_TYPES => {
                    Some(Name::Text(entry.event_type.clone()))
                }
                _ => None,
            };
            Some(Key { interval, names: request.group_by.iter().map(name).collect::<Option<_>>()? })
        }
        _ => None,
    }
}

/// Adds an event to its row's sum.
fn add_event(request: &Request, sums: &mut BTreeMap<Key, Sum>, event: &Stored<'_>) {
    let needs_http =
        request.report == Report::Performance || request.group_by.iter().any(|group| *group != Group::Type);
    let http = if needs_http { event.http() } else { Default::default() };
    let timed = http.duration_ms.filter(|ms| ms.is_finite() && *ms >= 0.0);
    if request.report == Report::Performance && http.status.is_none() && timed.is_none() {
        return;
    }
    let text = |text: &str| Name::Text(text.to_owned());
    let name = |group: &Group| match group {
        Group::Type => text(event.event_type.as_str()),
        Group::Method => http.method.as_deref().map_or(Name::None, text),
        Group::Route => columns::route(&http).as_deref().map_or(Name::None, text),
        Group::Status => http.status.map_or(Name::None, Name::Status),
        Group::StatusClass => http.status.map_or(Name::None, |status| Name::Text(format!("{}xx", status / 100))),
    };
    let names = match request.report {
        Report::Sessions => vec![text(&event.session_id)],
        _ => request.group_by.iter().map(name).collect(),
    };
    let key = Key { interval: request.interval_ms.map(|width| event.timestamp.floor(width)), names };
    let (first, last) = (event.timestamp, event.timestamp);
    let sum = sums.entry(key).or_insert_with(|| Sum {
        first,
        last,
        events: 0,
        errors: 0,
        requests: (request.report == Report::Performance).then(Box::default),
    });
    sum.first = sum.first.min(first);
    sum.last = sum.last.max(last);
    sum.events += 1;
    sum.errors += u64::from(event.is_error());
    if let Some(requests) = &mut sum.requests {
        requests.client_errors += u64::from(http.status.is_some_and(|status| (400..500).contains(&status)));
        if let Some(ms) = timed {
            requests.durations.add(ms);
            requests.slow(Slow { session_id: event.session_id.clone().into_owned(), ms, timestamp: event.timestamp });
        }
    }
}

/// What a row takes up: in the answer, and in memory besides.
fn weight(request: &Request, key: &Key) -> (usize, usize) {
    let names: usize = key.names.iter().map(|name| if let Name::Text(text) = name { text.len() } else { 4 }).sum();
    let columns: usize = request.columns.iter().map(|column| column.len() + 5).sum();
    let sketch = if request.columns.iter().any(|column| column == "sketch") { SKETCH_BYTES } else { 0 };
    match request.report {
        Report::Performance => (2 * names + PERFORMANCE_BYTES + columns + sketch, names + DURATIONS_BYTES),
        // As many as fit the answer are no weight.
        _ => (2 * names + SUM_BYTES + columns, 0),
    }
}

/// The entries of a stretch: which can be counted as they are, and which must be read.
#[derive(Debug, Default)]
pub struct Sorted<'a> {
    alone: Vec<(Key, &'a Entry)>,
    /// Those whose blocks must be read.
    pub to_read: Vec<&'a Entry>,
}

/// An entry alone is enough where all its events count (it lies inside the stretch, and in one row, and the filter
/// does not look into events) and none of them can stand in another entry too (it overlaps no other of its session).
pub fn sort_out<'a, L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    entries: impl IntoIterator<Item = &'a Entry>,
    (from, to): Stretch,
) -> Sorted<'a> {
    let mut of_session: HashMap<&str, Vec<&Entry>> = HashMap::new();
    // Entries of any type take part: the same event may have been stored under two of them.
    for entry in entries {
        if !entry.is_expired(source.now) && entry.first < to && entry.last >= from {
            of_session.entry(&entry.session_id).or_default().push(entry);
        }
    }
    let mut sorted = Sorted::default();
    for group in of_session.values_mut() {
        group.sort_by_key(|entry| entry.first);
        let mut end_before = None;
        for (i, entry) in group.iter().enumerate() {
            let overlaps = end_before.is_some_and(|end| entry.first <= end)
                || group.get(i + 1).is_some_and(|next| next.first <= entry.last);
            end_before = end_before.max(Some(entry.last));
            if !request.filter.may_match(entry) {
                continue;
            }
            let inside = entry.first >= from && entry.last < to && !overlaps && request.filter.covers(entry);
            match key_of_entry(request, entry).filter(|_| inside) {
                Some(key) => sorted.alone.push((key, entry)),
                None => sorted.to_read.push(entry),
            }
        }
    }
    sorted.to_read.sort_by(|a, b| (&a.key, a.range).cmp(&(&b.key, b.range)));
    sorted
}

/// Cuts a stretch into parts that begin no more blocks than can be read at a time; they come in the report's order.
fn parts(to_read: &[&Entry], (from, to): Stretch, order: Order) -> Vec<Stretch> {
    let mut starts: Vec<(Timestamp, u64)> = to_read.iter().map(|e| (e.first.max(from), e.range.length)).collect();
    starts.sort_unstable();
    let mut parts = Vec::new();
    let (mut begin, mut blocks, mut bytes) = (from, 0, 0);
    for (start, length) in starts {
        if (blocks >= STRETCH_BLOCKS || bytes >= STRETCH_BYTES) && start > begin {
            parts.push((begin, start));
            (begin, blocks, bytes) = (start, 0, 0);
        }
        blocks += 1;
        bytes += length;
    }
    parts.push((begin, to));
    if order == Order::Descending {
        parts.reverse();
    }
    parts
}

/// Sums up one stretch. `None` when its events are more than can be told apart in memory.
async fn sum_up<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    entries: &[Entry],
    (from, to): Stretch,
    cost: &mut Cost,
) -> Result<Option<BTreeMap<Key, Sum>>, Failed> {
    let sorted = sort_out(source, request, entries, (from, to));
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    for (key, entry) in sorted.alone {
        let sum = Sum::of_entry(entry);
        match sums.get_mut(&key) {
            Some(known) => known.merge(sum),
            None => {
                sums.insert(key, sum);
            }
        }
    }
    let mut seen: HashMap<String, HashSet<u128>> = HashMap::new();
    let mut held = 0;
    blocks::read(source.lake, source.contract, &sorted.to_read, cost, &mut |event, _| {
        let inside = event.timestamp >= from && event.timestamp < to;
        if held > source.memory || !inside || !request.filter.matches(event) {
            return;
        }
        let known = match seen.get_mut(event.session_id.as_ref()) {
            Some(known) => known,
            None => {
                held += SEEN_BYTES + 2 * event.session_id.len();
                seen.entry(event.session_id.clone().into_owned()).or_default()
            }
        };
        if known.insert(event.identity_digest()) {
            held += IDENTITY_BYTES;
            let rows = sums.len();
            add_event(request, &mut sums, event);
            if sums.len() > rows {
                held += if request.report == Report::Performance { DURATIONS_BYTES } else { SUM_BYTES };
            }
        }
    })
    .await?;
    Ok((held <= source.memory).then_some(sums))
}

/// What has been summed up of a page.
struct Sums<'a> {
    request: &'a Request,
    rows: BTreeMap<Key, Sum>,
    bytes: usize,
    held: usize,
}

impl Sums<'_> {
    /// Adds a stretch, if there is room for it.
    fn add(&mut self, stretch: BTreeMap<Key, Sum>, max_bytes: usize, memory: usize) -> bool {
        let new = stretch.keys().filter(|key| !self.rows.contains_key(key)).map(|key| weight(self.request, key));
        let (bytes, held) = new.fold((self.bytes, self.held), |(bytes, held), new| (bytes + new.0, held + new.1));
        if bytes > max_bytes || held > memory {
            return false;
        }
        (self.bytes, self.held) = (bytes, held);
        for (key, sum) in stretch {
            match self.rows.get_mut(&key) {
                Some(known) => known.merge(sum),
                None => {
                    self.rows.insert(key, sum);
                }
            }
        }
        true
    }
}

/// A page: batch by batch until the range ends, `limit` rows are there, the answer is full or time runs out.
pub async fn page<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    // The rest of the range is a range of its own.
    let (from, to) = match (&after, request.order) {
        (Some(after), Order::Ascending) => (after.timestamp.max(request.from), request.to),
        (Some(after), Order::Descending) => (request.from, after.timestamp.min(request.to)),
        (None, _) => (request.from, request.to),
    };
    // Where rows are as many as intervals or sessions, a page is to end soon after it has `limit` of them.
    let enough = if request.report == Report::Performance && request.interval_ms.is_none() { ENOUGH } else { 1 };
    let mut all = source.entries_of(request, (from, to), enough);
    let mut sums = Sums { request, rows: BTreeMap::new(), bytes: 0, held: 0 };
    let mut made = Rows::default();
    // Up to where all is summed up.
    let (mut done, end) = match request.order {
        Order::Ascending => (from, to),
        Order::Descending => (to, from),
    };
    let mut stopped = false;
    // Entries of batches before that reach into the next.
    let mut carried: Vec<Entry> = Vec::new();
    'batches: loop {
        let began = done == if request.order == Order::Ascending { from } else { to };
        let batch = match timeout_at(source.deadline, all.next()).await {
            Ok(batch) => batch?,
            Err(_) if began => return Err(Failed::Bad(too_much(false))),
            Err(_) => {
                stopped = true;
                break;
            }
        };
        let Some(Batch { mut entries, edge }) = batch else { break };
        let edge = edge.max(from).min(to);
        let stretch = match request.order {
            Order::Ascending => (done, edge),
            Order::Descending => (edge, done),
        };
        let interval = request.interval_ms.unwrap_or(HOUR_MS).max(HOUR_MS);
        let at_boundary = done.floor(interval) == done;
        if !began && ((sums.rows.len() >= request.limit && at_boundary) || source.is_late()) {
            stopped = true;
            break;
        }
        entries.append(&mut carried);
        let to_read = sort_out(source, request, &entries, stretch).to_read;
        // A batch may end before the page begins, which is inside an hour then.
        let parts = if stretch.0 < stretch.1 { parts(&to_read, stretch, request.order) } else { Vec::new() };
        for part in parts {
            let began = done == if request.order == Order::Ascending { from } else { to };
            if !began && source.is_late() {
                stopped = true;
                break 'batches;
            }
            let summed = sum_up(source, request, &entries, part, &mut made.cost);
            let summed = match timeout_at(source.deadline, summed).await {
                Ok(summed) => Some(summed?),
                Err(_) => None,
            };
            let in_time = summed.is_some();
            if !summed.flatten().is_some_and(|part| sums.add(part, source.max_bytes, source.memory)) {
                if began {
                    return Err(Failed::Bad(too_much(in_time)));
                }
                stopped = true;
                break 'batches;
            }
            done = match request.order {
                Order::Ascending => part.1,
                Order::Descending => part.0,
            };
        }
        if request.order == Order::Ascending {
            entries.retain(|entry| entry.last >= edge);
            carried = entries;
        }
    }
    if !stopped {
        done = end;
    }
    made.covers = Some(match request.order {
        Order::Ascending => (from, done),
        Order::Descending => (done, to),
    });
    made.next = stopped.then(|| Next { position: Position::before(done), walked: None });
    made.index = all.cost;
    made.rows = rows(request, sums.rows);
    Ok(made)
}

/// The rows in their order.
fn rows(request: &Request, sums: BTreeMap<Key, Sum>) -> Vec<Vec<u8>> {
    let mut sums: Vec<(Key, Sum)> = sums.into_iter().collect();
    let descending = request.order == Order::Descending;
    let by_time = |a: Timestamp, b: Timestamp| if descending { b.cmp(&a) } else { a.cmp(&b) };
    sums.sort_by(|(a, sum_a), (b, sum_b)| match request.report {
        // `desc` is the whole order turned round.
        Report::Sessions if descending => (sum_b.first, b).cmp(&(sum_a.first, a)),
        Report::Sessions => (sum_a.first, a).cmp(&(sum_b.first, b)),
        _ => {
            let interval = |key: &Key| key.interval.unwrap_or(Timestamp::MIN);
            let most = if request.report == Report::Performance {
                sum_b.events.cmp(&sum_a.events)
            } else {
                std::cmp::Ordering::Equal
            };
            by_time(interval(a), interval(b)).then(most).then_with(|| a.names.cmp(&b.names))
        }
    });
    sums.iter()
        .map(|(key, sum)| columns::row(&request.columns, |column, out| cell(request, key, sum, column, out)))
        .collect()
}

fn cell(request: &Request, key: &Key, sum: &Sum, column: &str, out: &mut String) {
    let count = |n: u64, out: &mut String| out.push_str(&n.to_string());
    let grouped = request.group_by.iter().position(|group| group.name() == column);
    if let Some(name) = grouped.and_then(|i| key.names.get(i)) {
        return spell(name, out);
    }
    let requests = sum.requests.as_deref();
    let quantile = |q: f64| requests.and_then(|requests| requests.durations.quantile(q)).map(to_microseconds);
    match column {
        "session_id" => key.names.iter().for_each(|name| spell(name, out)),
        "interval" => key.interval.iter().for_each(|at| push_json_string(&at.to_string(), out)),
        "first" => push_json_string(&sum.first.to_string(), out),
        "last" => push_json_string(&sum.last.to_string(), out),
        "events" | "requests" => count(sum.events, out),
        "errors" => count(sum.errors, out),
        "client_errors" => count(requests.map_or(0, |requests| requests.client_errors), out),
        "error_rate" => number(Some((sum.errors as f64 / sum.events.max(1) as f64 * 1e6).round() / 1e6), out),
        "p50_ms" => number(quantile(0.5), out),
        "p95_ms" => number(quantile(0.95), out),
        "p99_ms" => number(quantile(0.99), out),
        "max_ms" => number(requests.and_then(|requests| requests.durations.longest()), out),
        "slowest" => {
            out.push('[');
            for (i, slow) in requests.iter().flat_map(|requests| &requests.slowest).enumerate() {
                out.push_str(if i > 0 { ",{\"session_id\":" } else { "{\"session_id\":" });
                push_json_string(&slow.session_id, out);
                out.push_str(",\"duration_ms\":");
                number(Some(slow.ms), out);
                out.push_str(&format!(",\"timestamp\":\"{}\"}}", slow.timestamp));
            }
            out.push(']');
        }
        "sketch" => requests.iter().for_each(|requests| push_json_string(&requests.durations.encode(), out)),
        _ => {}
    }
}

fn spell(name: &Name, out: &mut String) {
    match name {
        Name::None => out.push_str("null"),
        Name::Status(status) => out.push_str(&status.to_string()),
        Name::Text(text) => push_json_string(text, out),
    }
}

fn to_microseconds(ms: f64) -> f64 {
    (ms * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests;
