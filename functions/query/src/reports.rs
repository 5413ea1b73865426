//! The reports whose rows are entries or events: each reads batch by batch and stops at its page's end. Those that sum up
//! are in [`sums`](crate::sums).

use droplets::event::{Contract, Http, Stored, push_json_string};
use droplets::index::{Entry, Index, IndexError, Order};
use droplets::lake::{Lake, LakeError};
use droplets::timestamp::Timestamp;
use tokio::time::Instant;

use crate::blocks::{self, Cost, GETS_IN_FLIGHT};
use crate::columns::{self, number, text};
use crate::entries::{Batch, Entries, IndexCost, Limits};
use crate::request::{BadRequest, Format, Output, Report, Request};
use crate::select::{Page, Position};
use crate::sums;

/// Most bytes of rows on a page, as they stand in the answer; a Lambda answers with at most 6 MB.
pub const MAX_ROWS_BYTES: usize = 5_500_000;
/// Entries that are read on for, over the end of an hour, where hours have few.
const ENOUGH: usize = 4 * GETS_IN_FLIGHT;

/// What a report is made from.
pub struct Source<'a, L, I> {
    /// The blocks.
    pub lake: &'a L,
    /// The entries.
    pub index: &'a I,
    /// What the producer calls the contract's fields.
    pub contract: &'a Contract,
    /// Most bytes of rows on a page.
    pub max_bytes: usize,
    /// Most bytes that the identities of the events of a stretch of time, or the groups of a page, may take up.
    pub memory: usize,
    /// Most index entries held at once.
    pub max_held: usize,
    /// Entries that expired before this are hidden.
    pub now: Timestamp,
    /// When the index should have been read: from then on, in parts.
    pub index_until: Instant,
    /// When to stop and answer with what there is.
    pub deadline: Instant,
}

/// A page of a report.
#[derive(Debug, Default)]
pub struct Rows {
    /// JSON texts.
    pub rows: Vec<Vec<u8>>,
    /// Where the next page begins.
    pub next: Option<Next>,
    /// The range the page covers, where that is a part of the range asked about.
    pub covers: Option<(Timestamp, Timestamp)>,
    /// What reading the index took.
    pub index: IndexCost,
    /// What reading blocks cost.
    pub cost: Cost,
    /// What would be read, where that was asked for.
    pub plan: Option<Plan>,
}

/// Where the next page begins, and what it has to know of the pages before.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// The last row, or the place, that this page ends with.
    pub position: Position,
    /// Of a journey.
    pub walked: Option<Walked>,
}

/// How far a journey has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Walked {
    /// Steps so far.
    pub steps: u64,
    /// When the last of them ended, in epoch milliseconds.
    pub end_ms: f64,
}

/// What would be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Index entries that concern the request.
    pub entries: u64,
    /// Of these, how many answer it by themselves.
    pub from_index_alone: u64,
    /// Of these, how many point to a block that has to be read.
    pub blocks: u64,
    /// What that takes.
    pub cost: Cost,
    /// Whether the whole range was looked at.
    pub whole_range: bool,
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
    /// A line of the lake is no JSON, which reading it should have found.
    #[error("the rows could not be written: {0}")]
    Answer(serde_json::Error),
    /// The request cannot be answered as it is.
    #[error("bad request")]
    Bad(BadRequest),
}

/// Makes a page of the report asked for, behind `after`.
pub async fn page<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Next>,
) -> Result<Rows, Failed> {
    let (position, walked) = match after {
        Some(Next { position, walked }) => (Some(position), walked.unwrap_or_default()),
        None => (None, Walked::default()),
    };
    match request.report {
        _ if request.explain => plan(source, request, position).await,
        Report::Keys => keys(source, request, position).await,
        Report::Events => events(source, request, position).await,
        Report::Journey => journey(source, request, position, walked).await,
        Report::Sessions | Report::Count | Report::Performance => sums::page(source, request, position).await,
    }
}

impl<L: Lake, I: Index> Source<'_, L, I> {
    /// The entries still to be read: those of the request from the page's beginning on.
    fn entries(&self, request: &Request, after: Option<&Position>) -> Entries<'_, I> {
        let (mut from, mut to) = (request.from, request.to);
        if let Some(after) = after {
            match request.order {
                Order::Ascending => from = from.max(after.timestamp),
                // Nothing at its own millisecond stands before a bare time in the total order; before an event, others may.
                Order::Descending if after.session_id.is_empty() => to = to.min(after.timestamp),
                Order::Descending => to = to.min(after.timestamp.plus_millis(1)),
            }
        }
        self.entries_of(request, (from, to), ENOUGH)
    }

    /// The entries of a range of time; batches end with the hour once they have `enough` of them.
    pub fn entries_of(&self, request: &Request, range: (Timestamp, Timestamp), enough: usize) -> Entries<'_, I> {
        // Late, every batch counts.
        let enough = if self.is_late() { 1 } else { enough };
        let limits = Limits { enough, most: self.max_held, until: self.index_until };
        Entries::new(self.index, request.session_id.as_deref(), range, request.order, limits)
    }

    /// Whether it is time to answer.
    pub fn is_late(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// Whether an entry can have anything to do with the request.
    fn concerns(&self, request: &Request, entry: &Entry) -> bool {
        !entry.is_expired(self.now) && request.filter.may_match(entry)
    }
}

/// The position before which all is known when an entry, and the entries after it in the report's direction, have not
/// been read.
fn before(unread: &Entry, order: Order) -> Position {
    Position::before(match order {
        Order::Ascending => unread.first,
        Order::Descending => unread.last.plus_millis(1),
    })
}

/// What a row takes up in the answer: as lines it stands in a JSON string, under the names of its columns.
pub fn size_of(row: &[u8], request: &Request) -> usize {
    if request.output == Output::S3 || request.format == Format::Json {
        return row.len() + 1;
    }
    let escaped = memchr::memchr2_iter(b'"', b'\\', row).count();
    let names: usize = request.columns.iter().map(|name| 5 + name.len()).sum();
    match request.format {
        // A quote in a cell is doubled, and each of the two escaped.
        Format::Csv => row.len() + 3 * escaped + 4,
        Format::Json | Format::Ndjson => row.len() + escaped + names + 2,
    }
}

async fn keys<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    let mut all = source.entries(request, after.as_ref());
    let mut page = Page::new(request.order, request.limit, source.max_bytes, after);
    while let Some(Batch { entries, edge }) = all.next().await? {
        for entry in entries.iter().filter(|entry| source.concerns(request, entry)) {
            // Entries that begin in the same millisecond are told apart by their sort key, as events by their id.
            let position =
                Position { timestamp: entry.first, session_id: entry.session_id.clone(), event_id: entry.sort_key() };
            if page.wants(&position) {
                let row = columns::row(&request.columns, |column, out| of_entry(entry, column, out));
                let bytes = size_of(&row, request);
                page.insert(position, row, bytes);
            }
        }
        if page.is_full_before(edge) {
            break;
        }
        if source.is_late() {
            page.close(Position::before(edge));
            break;
        }
    }
    let (rows, next) = page.finish();
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(Rows { rows, next: next.map(bare), index: all.cost, ..Rows::default() })
}

fn bare(position: Position) -> Next {
    Next { position, walked: None }
}

fn of_entry(entry: &Entry, column: &str, out: &mut String) {
    match column {
        "session_id" => push_json_string(&entry.session_id, out),
        "key" => push_json_string(&entry.key, out),
        "offset" => out.push_str(&entry.range.offset.to_string()),
        "length" => out.push_str(&entry.range.length.to_string()),
        "first" => push_json_string(&entry.first.to_string(), out),
        "last" => push_json_string(&entry.last.to_string(), out),
        "events" => out.push_str(&entry.events.to_string()),
        "errors" => out.push_str(&entry.errors.to_string()),
        "type" => push_json_string(&entry.event_type, out),
        _ => {}
    }
}

async fn events<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    let (page, mut made) = read_events(source, request, after, |event, line| {
        if request.columns.is_empty() {
            return line.to_vec();
        }
        let http = event.http();
        columns::row(&request.columns, |column, out| columns::of_event(event, &http, column, out))
    })
    .await?;
    let (rows, next) = page.finish();
    made.rows = rows.into_iter().map(|(_, row)| row).collect();
    made.next = next.map(bare);
    Ok(made)
}

/// A step of a journey: its row but for what depends on the step before.
struct Step {
    row: Vec<u8>,
    duration_ms: Option<f64>,
}

impl AsRef<[u8]> for Step {
    fn as_ref(&self) -> &[u8] {
        &self.row
    }
}

/// Stands in a step's row where its number, or the gap before it, belongs: no JSON has it.
const NUMBER: u8 = 0;
const GAP: u8 = 1;

async fn journey<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
    mut walked: Walked,
) -> Result<Rows, Failed> {
    let (page, mut made) = read_events(source, request, after, |event, _| {
        let http = event.http();
        let row = columns::row(&request.columns, |column, out| of_step(event, &http, column, out));
        Step { row, duration_ms: http.duration_ms.filter(|ms| ms.is_finite() && *ms >= 0.0) }
    })
    .await?;
    let (steps, next) = page.finish();
    for (position, step) in steps {
        let start = position.timestamp.millis() as f64;
        let gap = (walked.steps > 0).then(|| (start - walked.end_ms).max(0.0).round());
        walked = Walked { steps: walked.steps.saturating_add(1), end_ms: start + step.duration_ms.unwrap_or_default() };
        let mut row = Vec::with_capacity(step.row.len() + 16);
        for byte in step.row {
            match byte {
                NUMBER => row.extend(walked.steps.to_string().bytes()),
                GAP => row.extend(gap.map_or("null".to_owned(), |gap| gap.to_string()).bytes()),
                byte => row.push(byte),
            }
        }
        made.rows.push(row);
    }
    made.next = next.map(|position| Next { position, walked: Some(walked) });
    Ok(made)
}

fn of_step(event: &Stored<'_>, http: &Http<'_>, column: &str, out: &mut String) {
    match column {
        "step" => out.push(char::from(NUMBER)),
        "gap_ms" => out.push(char::from(GAP)),
        "outcome" => text(http.outcome.as_deref(), out),
        "duration_ms" => number(http.duration_ms, out),
        column => columns::of_event(event, http, column, out),
    }
}

/// Reads the events a page is made of; `row` makes a row of one, or what becomes one.
async fn read_events<L: Lake, I: Index, R: AsRef<[u8]>>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
    row: impl Fn(&Stored<'_>, &[u8]) -> R,
) -> Result<(Page<R>, Rows), Failed> {
    let mut all = source.entries(request, after.as_ref());
    let mut page = Page::new(request.order, request.limit, source.max_bytes, after);
    let mut cost = Cost::default();
    'batches: while let Some(Batch { entries, edge }) = all.next().await? {
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
                if let Some(position) = wanted_by(request, &page, event) {
                    let row = row(event, line);
                    let bytes = size_of(row.as_ref(), request);
                    page.insert(position, row, bytes);
                }
            })
            .await?;
            if let Some(position) =
                rest.first().filter(|_| source.is_late()).map(|unread| before(unread, request.order))
            {
                // A page must get further than the one before, however late it is.
                if page.wants(&position) {
                    page.close(position);
                    break 'batches;
                }
            }
        }
        if page.is_full_before(edge) {
            break;
        }
        if source.is_late() {
            page.close(Position::before(edge));
            break;
        }
    }
    Ok((page, Rows { index: all.cost, cost, ..Rows::default() }))
}

/// The place of an event that belongs on the page.
fn wanted_by<R>(request: &Request, page: &Page<R>, event: &Stored<'_>) -> Option<Position> {
    if event.timestamp < request.from || event.timestamp >= request.to || !request.filter.matches(event) {
        return None;
    }
    let position = Position {
        timestamp: event.timestamp,
        session_id: event.session_id.clone().into_owned(),
        event_id: event.event_id.clone().into_owned(),
    };
    page.wants(&position).then_some(position)
}

/// What all pages from here on would read. Reads the index, and no event.
async fn plan<L: Lake, I: Index>(
    source: &Source<'_, L, I>,
    request: &Request,
    after: Option<Position>,
) -> Result<Rows, Failed> {
    let mut all = source.entries(request, after.as_ref());
    let mut plan = Plan { whole_range: true, ..Plan::default() };
    while let Some(Batch { entries, edge }) = all.next().await? {
        let blocks: Vec<&Entry> = match request.report {
            Report::Keys => Vec::new(),
            Report::Events | Report::Journey => {
                entries.iter().filter(|entry| source.concerns(request, entry)).collect()
            }
            Report::Sessions | Report::Count | Report::Performance => {
                sums::sort_out(source, request, &entries, (request.from, request.to)).to_read
            }
        };
        let concerned = entries.iter().filter(|entry| source.concerns(request, entry)).count();
        let cost = blocks::plan(&blocks);
        plan.entries += concerned as u64;
        plan.blocks += blocks.len() as u64;
        plan.from_index_alone += concerned.saturating_sub(blocks.len()) as u64;
        plan.cost.gets += cost.gets;
        plan.cost.bytes += cost.bytes;
        if source.is_late() && edge < request.to && edge > request.from {
            plan.whole_range = false;
            break;
        }
    }
    Ok(Rows { plan: Some(plan), index: all.cost, ..Rows::default() })
}

/// One millisecond alone has more than an answer holds, or than can be read in time.
pub fn too_much(in_time: bool) -> BadRequest {
    let (code, message) = match in_time {
        true => ("ANSWER_TOO_LARGE", "a moment of the range has more than an answer, or the function's memory, holds"),
        false => ("OUT_OF_TIME", "not even the first part of the range can be read in the function's time"),
    };
    BadRequest::new(
        code,
        "from",
        message,
        "ask for a shorter range or with a narrower filter, or give the function more memory and time",
    )
}
