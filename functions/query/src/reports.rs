//! The reports: each reads hour by hour and stops at its page's end.

use std::collections::{BTreeMap, HashMap, HashSet};

use droplets::event::{Contract, Stored, push_json_string};
use droplets::index::{Entry, Index, IndexError, Order};
use droplets::lake::{Lake, LakeError};
use droplets::timestamp::{HOUR_MS, Timestamp};
use tokio::time::{Instant, timeout_at};

use crate::blocks::{self, Cost, GETS_IN_FLIGHT};
use crate::hours::Hours;
use crate::request::{BadRequest, Format, Report, Request};
use crate::select::{Page, Position};

/// Most bytes of rows on a page, as they stand in the answer; a Lambda answers with at most 6 MB.
pub const MAX_ROWS_BYTES: usize = 5_500_000;

/// What an identity takes up in a set that is just growing, and what a session's set does besides.
const IDENTITY_BYTES: usize = 64;
const SEEN_BYTES: usize = 512;

/// What a report is made from.
pub struct Source<'a, L, I> {
    /// The blocks.
    pub lake: &'a L,
    /// The entries.
    pub index: &'a I,
    /// What the producer calls the contract's fields.
    pub contract: &'a Contract,
    /// Most bytes that the identities of one hour's events may take up.
    pub memory: usize,
    /// Entries that expired before this are hidden.
    pub now: Timestamp,
    /// When to stop and answer with what there is.
    pub deadline: Instant,
}

/// A page of a report.
#[derive(Debug, Default)]
pub struct Rows {
    /// Names of the columns; empty when rows are events.
    pub columns: &'static [&'static str],
    /// JSON texts.
    pub rows: Vec<Vec<u8>>,
    /// Where the next page begins.
    pub next: Option<Position>,
    /// The range the page covers, where that is whole hours.
    pub covers: Option<(Timestamp, Timestamp)>,
    /// Query calls made.
    pub index_reads: u64,
    /// What reading blocks cost.
    pub cost: Cost,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// DynamoDB failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// S3 failed.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// The request cannot be answered as it is.
    #[error("bad request")]
    Bad(BadRequest),
}

/// Makes a page of the report asked for, behind `after`.
pub async fn page<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    match request.report {
        Report::Keys => keys(source, request, after).await,
        Report::Events => events(source, request, after).await,
        Report::Sessions => sessions(source, request, after).await,
        Report::Count => count(source, request, after).await,
    }
}

impl<L: Lake, I: Index> Source<'_, L, I> {
    /// The hours still to be read: those of the request from the page's beginning on.
    fn hours(&self, request: &Request, after: Option<&Position>) -> Hours<'_, I> {
        let (mut from, mut to) = (request.from, request.to);
        if let Some(after) = after {
            match request.order {
                Order::Ascending => from = from.max(after.timestamp),
                // Nothing at its own millisecond stands before a bare time in the total order; before an event, others may.
                Order::Descending if after.session_id.is_empty() => to = to.min(after.timestamp),
                Order::Descending => to = to.min(after.timestamp.plus_millis(1)),
            }
        }
        Hours::new(self.index, request.session_id.as_deref(), from, to, request.order)
    }

    fn is_late(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// Whether an entry can have anything to do with the request.
    fn concerns(&self, request: &Request, entry: &Entry) -> bool {
        !entry.is_expired(self.now) && request.filter.may_match(entry)
    }
}

/// The position at which the hour after this one begins, in the report's direction.
fn behind(hour: Timestamp, order: Order) -> Position {
    Position::before(match order {
        Order::Ascending => hour.plus_millis(HOUR_MS),
        Order::Descending => hour,
    })
}

/// The position before which all is known when an entry, and the entries after it in the report's direction, have not
/// been read.
fn before(unread: &Entry, order: Order) -> Position {
    Position::before(match order {
        Order::Ascending => unread.first,
        Order::Descending => unread.last.plus_millis(1),
    })
}

const KEYS_COLUMNS: &[&str] = &["session_id", "key", "offset", "length", "first", "last", "events", "errors", "type"];

async fn keys<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    let mut hours = source.hours(request, after.as_ref());
    let mut page = Page::new(request.order, request.limit, MAX_ROWS_BYTES, after);
    while let Some((hour, entries)) = hours.next().await? {
        for entry in entries.iter().filter(|entry| source.concerns(request, entry)) {
            // Entries that begin in the same millisecond are told apart by their sort key, as events by their id.
            let position =
                Position { timestamp: entry.first, session_id: entry.session_id.clone(), event_id: entry.sort_key() };
            if page.wants(&position) {
                page.insert(position, sized(keys_row(entry), request.format));
            }
        }
        if page.is_full() {
            break;
        }
        if source.is_late() {
            page.close(behind(hour, request.order));
            break;
        }
    }
    let (rows, next) = page.finish();
    Ok(Rows { columns: KEYS_COLUMNS, rows, next, index_reads: hours.reads, ..Rows::default() })
}

fn keys_row(entry: &Entry) -> Vec<u8> {
    let mut row = String::from("[");
    push_json_string(&entry.session_id, &mut row);
    row.push(',');
    push_json_string(&entry.key, &mut row);
    row.push_str(&format!(
        ",{},{},\"{}\",\"{}\",{},{},\"{}\"]",
        entry.range.offset, entry.range.length, entry.first, entry.last, entry.events, entry.errors, entry.event_type
    ));
    row.into_bytes()
}

async fn events<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    let mut hours = source.hours(request, after.as_ref());
    let mut page = Page::new(request.order, request.limit, MAX_ROWS_BYTES, after);
    let mut cost = Cost::default();
    'hours: while let Some((hour, entries)) = hours.next().await? {
        let mut entries: Vec<&Entry> = entries.iter().filter(|entry| source.concerns(request, entry)).collect();
        if request.order == Order::Descending {
            entries.sort_by(|a, b| (b.last, &a.session_id, &a.key).cmp(&(a.last, &b.session_id, &b.key)));
        }
        // A page is often filled by the first few blocks, so reading begins with few and goes on with more.
        let mut at_once = 4;
        let mut rest = entries.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(at_once.min(rest.len()));
            rest = later;
            at_once = (at_once * 2).min(8 * GETS_IN_FLIGHT);
            let wanted: Vec<&Entry> =
                now.iter().copied().filter(|entry| !page.excludes(entry.first, entry.last)).collect();
            blocks::read(source.lake, source.contract, &wanted, &mut cost, &mut |event, line| {
                take_event(request, &mut page, event, line);
            })
            .await?;
            if let Some(position) =
                rest.first().filter(|_| source.is_late()).map(|unread| before(unread, request.order))
            {
                // A page must get further than the one before, however late it is.
                if page.wants(&position) {
                    page.close(position);
                    break 'hours;
                }
            }
        }
        if page.is_full() {
            break;
        }
        if source.is_late() {
            page.close(behind(hour, request.order));
            break;
        }
    }
    let (rows, next) = page.finish();
    Ok(Rows { columns: &[], rows, next, index_reads: hours.reads, cost, covers: None })
}

fn take_event(request: &Request, page: &mut Page, event: &Stored<'_>, line: &[u8]) {
    if event.timestamp < request.from || event.timestamp >= request.to || !request.filter.matches(event) {
        return;
    }
    let position = Position {
        timestamp: event.timestamp,
        session_id: event.session_id.clone().into_owned(),
        event_id: event.event_id.clone().into_owned(),
    };
    if page.wants(&position) {
        page.insert(position, sized(line.to_vec(), request.format));
    }
}

/// A row as it stands in the answer; the lines of `ndjson` stand there inside a JSON string.
fn sized(row: Vec<u8>, format: Format) -> Vec<u8> {
    match format {
        Format::Json => row,
        Format::Ndjson => {
            let mut text = String::with_capacity(row.len() + row.len() / 4);
            push_json_string(&String::from_utf8_lossy(&row), &mut text);
            // Without its quotes: the answer puts the lines into one string.
            text.pop();
            text.split_off(1).into_bytes()
        }
    }
}

/// What is known of a session, or of an interval.
#[derive(Clone, Copy, Debug)]
struct Sum {
    first: Timestamp,
    last: Timestamp,
    events: u64,
    errors: u64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.events += other.events;
        self.errors += other.errors;
    }

    fn of(event: &Stored<'_>) -> Self {
        let (first, last) = (event.timestamp, event.timestamp);
        Self { first, last, events: 1, errors: u64::from(event.is_error()) }
    }

    fn of_entry(entry: &Entry) -> Self {
        Self { first: entry.first, last: entry.last, events: entry.events, errors: entry.errors }
    }
}

/// Sums up one hour's events, exactly. An entry alone is enough where all its events count (it lies inside the range,
/// and in one interval, and the filter does not look into events) and none of them can stand in another entry too (it
/// overlaps no other of its session); the blocks of all others are read, and an event is counted once. `false` when they
/// are more than can be told apart in memory.
async fn sum_up<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    entries: &[Entry],
    interval_ms: i64,
    cost: &mut Cost,
    add: &mut impl FnMut(&str, Sum),
) -> Result<bool, Failed> {
    let mut of_session: HashMap<&str, Vec<&Entry>> = HashMap::new();
    // Entries of any type take part: the same event may have been stored under two of them.
    for entry in entries.iter().filter(|entry| !entry.is_expired(source.now)) {
        of_session.entry(&entry.session_id).or_default().push(entry);
    }
    let mut to_read = Vec::new();
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
            let inside = entry.first >= request.from
                && entry.last < request.to
                && entry.first.floor(interval_ms) == entry.last.floor(interval_ms);
            if !overlaps && inside && request.filter.covers(entry) {
                add(&entry.session_id, Sum::of_entry(entry));
            } else {
                to_read.push(*entry);
            }
        }
    }
    to_read.sort_by(|a, b| (&a.key, a.range).cmp(&(&b.key, b.range)));

    let mut seen: HashMap<String, HashSet<u128>> = HashMap::new();
    let mut held = 0;
    blocks::read(source.lake, source.contract, &to_read, cost, &mut |event, _| {
        let inside = event.timestamp >= request.from && event.timestamp < request.to;
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
            add(&event.session_id, Sum::of(event));
        }
    })
    .await?;
    Ok(held <= source.memory)
}

async fn sessions<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    let (mut page, sums) = by_hours(source, request, after, HOUR_MS, |session, _| session.to_owned()).await?;
    let mut rows: Vec<_> = sums.into_iter().collect();
    rows.sort_by(|(id_a, a), (id_b, b)| (a.first, id_a).cmp(&(b.first, id_b)));
    if request.order == Order::Descending {
        rows.reverse();
    }
    page.columns = &["session_id", "first", "last", "events", "errors"];
    page.rows = rows
        .into_iter()
        .map(|(session, sum)| {
            let mut row = String::from("[");
            push_json_string(&session, &mut row);
            row.push_str(&format!(",\"{}\",\"{}\",{},{}]", sum.first, sum.last, sum.events, sum.errors));
            sized(row.into_bytes(), request.format)
        })
        .collect();
    Ok(page)
}

async fn count<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    let width = request.interval_ms;
    let (mut page, sums) = by_hours(source, request, after, width, |_, sum| sum.first.floor(width).to_string()).await?;
    page.columns = &["interval", "events", "errors"];
    let row = |(interval, sum): (String, Sum)| {
        sized(format!("[\"{interval}\",{},{}]", sum.events, sum.errors).into_bytes(), request.format)
    };
    page.rows = match request.order {
        Order::Ascending => sums.into_iter().map(row).collect(),
        Order::Descending => sums.into_iter().rev().map(row).collect(),
    };
    Ok(page)
}

/// Most a row of sums adds to an answer besides its name: two times, two numbers and their punctuation, escaped.
const SUM_BYTES: usize = 120;

/// Sums up hour by hour, by the name `row` gives each part, until the range ends, `limit` rows are there, the answer is
/// full or time runs out. A page ends where an hour does, and, but for want of room or time, where an interval does.
async fn by_hours<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
    interval_ms: i64,
    row: impl Fn(&str, &Sum) -> String,
) -> Result<(Rows, BTreeMap<String, Sum>), Failed> {
    let (from, to) = match (&after, request.order) {
        (Some(after), Order::Ascending) => (after.timestamp.max(request.from), request.to),
        (Some(after), Order::Descending) => (request.from, after.timestamp.min(request.to)),
        (None, _) => (request.from, request.to),
    };
    // The rest of the range is a range of its own; a page never begins inside an hour that another page has read.
    let rest = Request { from, to, ..request.clone() };
    let mut hours = source.hours(&rest, None);
    let mut page = Rows::default();
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let mut bytes = 0;
    let mut last: Option<Timestamp> = None;
    while let Some((hour, entries)) = hours.next().await? {
        let begins = last.is_none_or(|last| hour.floor(interval_ms) != last.floor(interval_ms));
        if last.is_some() && ((sums.len() >= request.limit && begins) || source.is_late()) {
            page.next = last.map(|last| behind(last, request.order));
            break;
        }
        // Kept apart until it is whole: half an hour's sums are no answer.
        let mut of_hour: BTreeMap<String, Sum> = BTreeMap::new();
        let mut add = |session: &str, sum: Sum| {
            of_hour.entry(row(session, &sum)).and_modify(|known| known.add(sum)).or_insert(sum);
        };
        let summed = sum_up(source, &rest, &entries, interval_ms, &mut page.cost, &mut add);
        let (in_time, all) = match timeout_at(source.deadline, summed).await {
            Ok(result) => (true, result?),
            Err(_) => (false, false),
        };
        let added: usize =
            of_hour.keys().filter(|key| !sums.contains_key(*key)).map(|key| 2 * key.len() + SUM_BYTES).sum();
        let fits = all && bytes + added <= MAX_ROWS_BYTES;
        if !(in_time && fits) {
            let Some(last) = last else { return Err(Failed::Bad(too_much(in_time))) };
            page.next = Some(behind(last, request.order));
            break;
        }
        bytes += added;
        for (name, sum) in of_hour {
            sums.entry(name).and_modify(|known| known.add(sum)).or_insert(sum);
        }
        last = Some(hour);
    }
    page.covers = Some(match (&page.next, request.order) {
        (Some(next), Order::Ascending) => (rest.from, next.timestamp),
        (Some(next), Order::Descending) => (next.timestamp, rest.to),
        (None, _) => (rest.from, rest.to),
    });
    page.index_reads = hours.reads;
    Ok((page, sums))
}

/// One hour alone has more than an answer holds, or than can be read in time.
fn too_much(in_time: bool) -> BadRequest {
    let (code, message) = match in_time {
        true => ("ANSWER_TOO_LARGE", "one hour has more than an answer, or the function's memory, holds"),
        false => ("OUT_OF_TIME", "one hour has more events than can be read in the function's time"),
    };
    BadRequest::new(code, "from", message, "ask for ranges shorter than an hour")
}
