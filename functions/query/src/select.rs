//! A page: the first rows behind a position in the total order, whatever order they come in.
//!
//! The page is filled from blocks that overlap and repeat each other. It keeps the nearest rows up to its limits and
//! a ceiling: the nearest row it had to let go. Nothing at or beyond the ceiling is on this page, so it says when to
//! stop reading, and memory stays the size of one page however large the range.

use std::collections::BTreeMap;

use droplets::index::Order;
use droplets::timestamp::Timestamp;

/// A place in the total order: timestamp, session id, event id. The fields are compared in this order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// When.
    pub timestamp: Timestamp,
    /// Whose; empty stands before all sessions.
    pub session_id: String,
    /// Which.
    pub event_id: String,
}

impl Position {
    /// The place before everything that happened at this time.
    #[must_use]
    pub fn before(timestamp: Timestamp) -> Self {
        Self { timestamp, session_id: String::new(), event_id: String::new() }
    }
}

/// A page being filled.
#[derive(Debug)]
pub struct Page<R> {
    order: Order,
    limit: usize,
    max_bytes: usize,
    /// The last row of the page before.
    after: Option<Position>,
    rows: BTreeMap<Position, (R, usize)>,
    bytes: usize,
    ceiling: Option<Position>,
    /// Where the next page begins although this one was not full: what lies behind has not been read.
    closed_at: Option<Position>,
}

impl<R> Page<R> {
    /// An empty page of at most `limit` rows and (unless one row alone is larger) `max_bytes` bytes.
    #[must_use]
    pub fn new(order: Order, limit: usize, max_bytes: usize, after: Option<Position>) -> Self {
        Self { order, limit, max_bytes, after, rows: BTreeMap::new(), bytes: 0, ceiling: None, closed_at: None }
    }

    /// Whether a row at this position would be on the page and is not there yet.
    #[must_use]
    pub fn wants(&self, position: &Position) -> bool {
        let behind = |a: &Position, b: &Position| match self.order {
            Order::Ascending => a > b,
            Order::Descending => a < b,
        };
        self.after.as_ref().is_none_or(|after| behind(position, after))
            && self.ceiling.as_ref().is_none_or(|ceiling| behind(ceiling, position))
            && !self.rows.contains_key(position)
    }

    /// Puts a row that the page [wants](Page::wants) on it, which takes up so many bytes; the farthest rows make room.
    pub fn insert(&mut self, position: Position, row: R, bytes: usize) {
        self.bytes += bytes;
        self.rows.insert(position, (row, bytes));
        while self.rows.len() > self.limit || (self.bytes > self.max_bytes && self.rows.len() > 1) {
            let farthest = match self.order {
                Order::Ascending => self.rows.pop_last(),
                Order::Descending => self.rows.pop_first(),
            };
            let Some((position, (_, bytes))) = farthest else { return };
            self.bytes -= bytes;
            self.ceiling = Some(position);
        }
    }

    /// Whether nothing between these times (both inclusive) can be on the page.
    #[must_use]
    pub fn excludes(&self, first: Timestamp, last: Timestamp) -> bool {
        let (beyond, passed) = match self.order {
            Order::Ascending => (
                self.ceiling.as_ref().is_some_and(|ceiling| first > ceiling.timestamp),
                self.after.as_ref().is_some_and(|after| last < after.timestamp),
            ),
            Order::Descending => (
                self.ceiling.as_ref().is_some_and(|ceiling| last < ceiling.timestamp),
                self.after.as_ref().is_some_and(|after| first > after.timestamp),
            ),
        };
        beyond || passed
    }

    /// Whether rows had to be let go: the next page has something to show, and what lies behind is not on this one.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.ceiling.is_some()
    }

    /// Whether it is full, and nothing from `edge` on, in its direction, can be on it.
    #[must_use]
    pub fn is_full_before(&self, edge: Timestamp) -> bool {
        self.ceiling.as_ref().is_some_and(|ceiling| match self.order {
            Order::Ascending => ceiling.timestamp < edge,
            Order::Descending => ceiling.timestamp >= edge,
        })
    }

    /// Ends the page before `position`, for want of time to read on: rows beyond it go, for others may belong between them.
    pub fn close(&mut self, position: Position) {
        let beyond = self.rows.split_off(&position);
        if self.order == Order::Descending {
            self.rows = beyond;
        }
        self.closed_at = Some(position);
    }

    /// The rows in their order, and where the next page begins if this one is full.
    #[must_use]
    pub fn finish(self) -> (Vec<(Position, R)>, Option<Position>) {
        let full = self.is_full();
        let mut rows: Vec<_> = self.rows.into_iter().map(|(position, (row, _))| (position, row)).collect();
        if self.order == Order::Descending {
            rows.reverse();
        }
        let last = rows.last().filter(|_| full).map(|(position, _)| position.clone());
        let next = self.closed_at.or(last);
        (rows, next)
    }
}
