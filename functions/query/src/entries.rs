//! The index, read in batches: all entries that can hold events of a stretch of time, from every partition that can hold
//! them.
//!
//! No entry spans an hour, so what is read of an hour is all there is of it: duplicates meet, overlaps show, and a report can
//! stop at the hour's end. Usually a batch is an hour, or several with few entries. An hour with more entries than are to
//! be held at once, or than can be read in time, comes in parts.

use std::collections::VecDeque;

use droplets::index::{DAY_SHARDS, Entry, Find, Index, IndexError, Order, PageStart, Partition};
use droplets::timestamp::{DAY_MS, HOUR_MS, Timestamp};
use futures_util::future::try_join_all;
use tokio::time::Instant;

/// Most entries held at once, give or take a page of each partition: some 25 MB.
pub const MAX_HELD: usize = 50_000;

/// The entries of a range, in order.
pub struct Entries<'a, I> {
    index: &'a I,
    limits: Limits,
    from: Timestamp,
    /// Groups of partitions still to be read; a group is read side by side, one group after the other.
    groups: VecDeque<Vec<Find>>,
    open: Vec<Shelf>,
    order: Order,
    /// What reading took.
    pub cost: IndexCost,
}

/// How much to read at a time.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A batch goes on over the hour's end while it has fewer entries, as long as they are at hand.
    pub enough: usize,
    /// A batch ends inside an hour rather than hold more entries.
    pub most: usize,
    /// A batch ends inside an hour rather than read on beyond this time.
    pub until: Instant,
}

/// What reading the index took.
#[derive(Clone, Copy, Debug, Default)]
pub struct IndexCost {
    /// Query calls made.
    pub reads: u64,
    /// Read request units they consumed.
    pub units: f64,
    /// Entries they brought.
    pub entries: u64,
}

/// Entries, and how far they go.
#[derive(Debug)]
pub struct Batch {
    /// Sorted by first event, session, object and offset.
    pub entries: Vec<Entry>,
    /// Where the next batch begins. In ascending order, every entry that begins before it has been in a batch, once. In
    /// descending order, every entry with events at or after it has been in a batch, this one or one before.
    pub edge: Timestamp,
}

/// A partition being read, page after page.
struct Shelf {
    find: Find,
    entries: VecDeque<Entry>,
    next: Next,
}

enum Next {
    Page(Option<PageStart>),
    End,
}

impl Shelf {
    fn new(find: Find) -> Self {
        Self { find, entries: VecDeque::new(), next: Next::Page(None) }
    }

    fn has_more(&self) -> bool {
        matches!(self.next, Next::Page(_))
    }

    /// When those of its entries end that begin in this hour or later, and do not reach beyond what is asked about:
    /// those that do belong to any part.
    fn ends(&self, hour: Timestamp) -> impl Iterator<Item = Timestamp> {
        let inside = self.entries.iter().filter(move |entry| entry.first >= hour && entry.last < self.find.to);
        inside.map(|entry| entry.last)
    }

    /// Up to where, in the order of reading, it is complete; `None` if all of it is there.
    fn reach(&self) -> Option<Timestamp> {
        self.entries.back().filter(|_| self.has_more()).map(|entry| entry.first)
    }
}

impl<'a, I: Index> Entries<'a, I> {
    /// The entries of one session, or of all sessions, that can hold events of `from ≤ time < to`.
    pub fn new(
        index: &'a I,
        session_id: Option<&str>,
        (from, to): (Timestamp, Timestamp),
        order: Order,
        limits: Limits,
    ) -> Self {
        let mut groups: VecDeque<Vec<Find>> = match session_id {
            Some(id) => VecDeque::from([vec![Find { partition: Partition::Session(id.to_owned()), from, to, order }]]),
            None => days(from, to)
                .map(|day| {
                    let (from, to) = (from.max(day), to.min(day.plus_millis(DAY_MS)));
                    let shard = |shard| Find { partition: Partition::Day { date: day.date(), shard }, from, to, order };
                    (0..DAY_SHARDS).map(shard).collect()
                })
                .collect(),
        };
        if order == Order::Descending {
            groups.make_contiguous().reverse();
        }
        Self { index, limits, from, groups, open: Vec::new(), order, cost: IndexCost::default() }
    }

    /// The next batch, unless there are no more entries.
    pub async fn next(&mut self) -> Result<Option<Batch>, IndexError> {
        loop {
            while self.fill(|shelf| shelf.entries.is_empty()).await? {}
            let fronts = self.open.iter().filter_map(|shelf| shelf.entries.front()).map(|entry| entry.first);
            let batch = match self.order {
                Order::Ascending => match fronts.min() {
                    Some(front) => Some(self.ascending(front).await?),
                    None => None,
                },
                Order::Descending => match fronts.max() {
                    Some(front) => Some(self.descending(front.hour()).await?),
                    None => None,
                },
            };
            if let Some(mut batch) = batch {
                batch.entries.sort_by(|a, b| {
                    (a.first, &a.session_id, &a.key, a.range.offset).cmp(&(
                        b.first,
                        &b.session_id,
                        &b.key,
                        b.range.offset,
                    ))
                });
                return Ok(Some(batch));
            }
            let Some(group) = self.groups.pop_front() else { return Ok(None) };
            self.open = group.into_iter().map(Shelf::new).collect();
        }
    }

    /// The entries from `front` on: to the end of its hour or some hours more, or as far as can be read at once.
    async fn ascending(&mut self, front: Timestamp) -> Result<Batch, IndexError> {
        let end = front.hour().plus_millis(HOUR_MS);
        loop {
            let reach = self.open.iter().filter_map(Shelf::reach).min();
            let held: usize = self.open.iter().map(|shelf| shelf.entries.len()).sum();
            let edge = match reach {
                None => self.behind_enough(end, Timestamp::MAX),
                Some(reach) if reach >= end => self.behind_enough(end, reach.hour()),
                // As far as it goes, if that is anywhere: entries that begin in one millisecond stay together, and those
                // that begin before the range are of no use without more.
                Some(reach)
                    if reach > front.max(self.from)
                        && (held >= self.limits.most || Instant::now() >= self.limits.until) =>
                {
                    reach
                }
                Some(_) => {
                    self.fill(|shelf| shelf.reach().is_some_and(|at| at < end)).await?;
                    continue;
                }
            };
            let mut entries = Vec::new();
            for shelf in &mut self.open {
                while let Some(entry) = shelf.entries.pop_front_if(|entry| entry.first < edge) {
                    entries.push(entry);
                }
            }
            return Ok(Batch { entries, edge });
        }
    }

    /// The end of the first hour, or of a later one before `limit`, up to which there are enough entries.
    fn behind_enough(&self, first: Timestamp, limit: Timestamp) -> Timestamp {
        let mut starts: Vec<_> = self
            .open
            .iter()
            .flat_map(|shelf| shelf.entries.iter().take(self.limits.enough + 1))
            .map(|e| e.first)
            .collect();
        starts.sort_unstable();
        match starts.get(self.limits.enough.saturating_sub(1)) {
            Some(enough) => enough.hour().plus_millis(HOUR_MS).min(limit).max(first),
            // All that is at hand is not enough: it is taken up to where it is complete.
            None => starts.last().map_or(first, |last| last.hour().plus_millis(HOUR_MS).min(limit).max(first)),
        }
    }

    /// The entries of an hour and of some hours before; where they are too many to hold, its last part.
    async fn descending(&mut self, hour: Timestamp) -> Result<Batch, IndexError> {
        let mut edge = None;
        loop {
            let in_hour = |shelf: &Shelf| shelf.reach().is_some_and(|at| at >= hour);
            let mut ends: Vec<_> = self.open.iter().flat_map(|shelf| shelf.ends(hour)).collect();
            if ends.len() >= self.limits.most && self.open.iter().any(in_hour) {
                // Entries that begin later come first, but one that is still to come can end as late as any. So the part
                // is chosen by the ends there are, and only entries that reach into it are kept.
                ends.sort_unstable();
                let middle = ends.get(ends.len() / 2).copied().unwrap_or(hour);
                if edge.is_none_or(|edge| middle > edge) && ends.first().is_some_and(|first| *first < middle) {
                    edge = Some(middle);
                }
            }
            if !self.fill(in_hour).await? {
                break;
            }
            if let Some(edge) = edge {
                for shelf in &mut self.open {
                    // The last one read says how far the shelf goes.
                    let back = shelf.entries.pop_back();
                    shelf.entries.retain(|entry| entry.last >= edge);
                    shelf.entries.extend(back);
                }
            }
        }
        if let Some(edge) = edge {
            let mut entries = Vec::new();
            for shelf in &mut self.open {
                entries.extend(shelf.entries.drain(..).filter(|entry| entry.last >= edge));
                // What was let go is read again, from here on back.
                *shelf = Shelf::new(Find { to: shelf.find.to.min(edge), ..shelf.find.clone() });
            }
            return Ok(Batch { entries, edge });
        }
        let complete = self.open.iter().filter_map(Shelf::reach).max().map(|at| at.hour().plus_millis(HOUR_MS));
        let mut starts: Vec<_> =
            self.open.iter().flat_map(|s| s.entries.iter().take(self.limits.enough + 1)).map(|e| e.first).collect();
        starts.sort_unstable_by(|a, b| b.cmp(a));
        let enough = starts.get(self.limits.enough.saturating_sub(1)).or(starts.last()).map_or(hour, |at| at.hour());
        let edge = enough.max(complete.unwrap_or(Timestamp::MIN)).min(hour);
        let mut entries = Vec::new();
        for shelf in &mut self.open {
            while let Some(entry) = shelf.entries.pop_front_if(|entry| entry.first >= edge) {
                entries.push(entry);
            }
        }
        Ok(Batch { entries, edge })
    }

    /// Reads a page of all partitions that need one, at once. `false` if none did.
    async fn fill(&mut self, needs: impl Fn(&Shelf) -> bool) -> Result<bool, IndexError> {
        let index = self.index;
        let reads = self.open.iter_mut().filter(|shelf| shelf.has_more() && needs(shelf)).map(|shelf| async move {
            let start = match std::mem::replace(&mut shelf.next, Next::End) {
                Next::Page(start) => start,
                Next::End => None,
            };
            let page = index.page(&shelf.find, start).await?;
            let entries = page.entries.len() as u64;
            shelf.entries.extend(page.entries);
            if let Some(next) = page.next {
                shelf.next = Next::Page(Some(next));
            }
            Ok::<_, IndexError>((entries, page.read_units))
        });
        let pages = try_join_all(reads).await?;
        for (entries, units) in &pages {
            self.cost.reads += 1;
            self.cost.units += units;
            self.cost.entries += entries;
        }
        Ok(!pages.is_empty())
    }
}

/// The days a range touches, as their first instants.
fn days(from: Timestamp, to: Timestamp) -> impl Iterator<Item = Timestamp> {
    std::iter::successors(Some(from.floor(DAY_MS)), |day| Some(day.plus_millis(DAY_MS)))
        .take_while(move |day| *day < to)
}

#[cfg(test)]
mod tests;
