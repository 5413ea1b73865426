//! The index, read hour by hour: all entries of one UTC hour at a time, from every partition that can hold them.
//!
//! No entry spans an hour, so what is read of an hour is all there is of it: duplicates meet, overlaps show, and a
//! report can stop at the hour's end.

use std::collections::VecDeque;

use droplets::index::{DAY_SHARDS, Entry, Find, Index, IndexError, Order, PageStart, Partition};
use droplets::timestamp::{DAY_MS, Timestamp};
use futures_util::future::try_join_all;

/// The hours of a range that have entries, in order.
pub struct Hours<'a, I> {
    index: &'a I,
    /// Groups of partitions still to be read; a group is read side by side, one group after the other.
    groups: VecDeque<Vec<Find>>,
    open: Vec<Shelf>,
    order: Order,
    /// Query calls made.
    pub reads: u64,
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

impl<'a, I: Index> Hours<'a, I> {
    /// The hours of one session's entries, or of all sessions', that can hold events of `from ≤ time < to`.
    pub fn new(index: &'a I, session_id: Option<&str>, from: Timestamp, to: Timestamp, order: Order) -> Self {
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
        Self { index, groups, open: Vec::new(), order, reads: 0 }
    }

    /// The next hour that has entries, with all of them, sorted by first event, session, object and offset.
    pub async fn next(&mut self) -> Result<Option<(Timestamp, Vec<Entry>)>, IndexError> {
        loop {
            self.fill(|shelf| shelf.entries.is_empty()).await?;
            let fronts = self.open.iter().filter_map(|shelf| shelf.entries.front()).map(|entry| entry.first.hour());
            let hour = match self.order {
                Order::Ascending => fronts.min(),
                Order::Descending => fronts.max(),
            };
            if let Some(hour) = hour {
                return Ok(Some((hour, self.take(hour).await?)));
            }
            let Some(group) = self.groups.pop_front() else { return Ok(None) };
            let shelf = |find| Shelf { find, entries: VecDeque::new(), next: Next::Page(None) };
            self.open = group.into_iter().map(shelf).collect();
        }
    }

    async fn take(&mut self, hour: Timestamp) -> Result<Vec<Entry>, IndexError> {
        // A shelf whose last entry is of this hour may have more of it on its next page.
        self.fill(|shelf| shelf.entries.back().is_some_and(|entry| entry.first.hour() == hour)).await?;
        let mut all = Vec::new();
        for shelf in &mut self.open {
            while let Some(entry) = shelf.entries.pop_front_if(|entry| entry.first.hour() == hour) {
                all.push(entry);
            }
        }
        all.sort_by(|a, b| {
            let place = |e: &'_ Entry| (e.first, e.range.offset);
            (place(a).0, &a.session_id, &a.key, place(a).1).cmp(&(place(b).0, &b.session_id, &b.key, place(b).1))
        });
        Ok(all)
    }

    /// Reads pages, of all partitions that need one at once, until none does.
    async fn fill(&mut self, needs: impl Fn(&Shelf) -> bool) -> Result<(), IndexError> {
        loop {
            let index = self.index;
            let reads = self.open.iter_mut().filter(|shelf| needs(shelf)).filter_map(|shelf| {
                let start = match std::mem::replace(&mut shelf.next, Next::End) {
                    Next::Page(start) => start,
                    Next::End => return None,
                };
                Some(async move {
                    let page = index.page(&shelf.find, start).await?;
                    shelf.entries.extend(page.entries);
                    if let Some(next) = page.next {
                        shelf.next = Next::Page(Some(next));
                    }
                    Ok::<_, IndexError>(())
                })
            });
            let done = try_join_all(reads).await?.len() as u64;
            self.reads += done;
            if done == 0 {
                return Ok(());
            }
        }
    }
}

/// The days a range touches, as their first instants.
fn days(from: Timestamp, to: Timestamp) -> impl Iterator<Item = Timestamp> {
    std::iter::successors(Some(from.floor(DAY_MS)), |day| Some(day.plus_millis(DAY_MS)))
        .take_while(move |day| *day < to)
}
