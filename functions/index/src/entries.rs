//! Lines → index entries: what a member, or a plain object, holds of each session and hour.

use std::collections::{BTreeMap, HashSet};

use droplets::block::Piece;
use droplets::event::{Contract, Reason, Stored};
use droplets::index::{Entry, MIXED_TYPES};
use droplets::lake::ByteRange;
use droplets::timestamp::Timestamp;
use serde_json::{Value, json};

/// What a session's hour takes up until its entry is written, besides its id and key: a set, an entry, a place in two maps.
const OPEN_BYTES: usize = 1024;
/// What an event's identity takes up in a set that is just growing.
const IDENTITY_BYTES: usize = 64;

/// Gathers the entries of one object.
#[derive(Debug)]
pub struct Entries<'a> {
    key: &'a str,
    contract: &'a Contract,
    expires_at: Option<i64>,
    /// What is known so far of the member being walked, or of the whole plain object.
    open: BTreeMap<(String, Timestamp), Open>,
    ready: Vec<Entry>,
    /// Lines that cannot be indexed, by reason: how many, and where the first stands.
    bad: BTreeMap<Reason, (usize, u64)>,
    long_lines: (usize, u64),
    /// What `open` takes up, about, and what it may.
    held: usize,
    memory: usize,
    /// Where the first line stands of what is open: in a gzip member, where they all do.
    opened_at: u64,
    /// The member being walked holds more than memory does; nothing of it is taken.
    passing: bool,
    large_members: (usize, u64),
}

/// One session's events of one hour.
#[derive(Debug)]
struct Open {
    first: Timestamp,
    last: Timestamp,
    /// From the first line's place to the last one's end; in a gzip member the place is the member's.
    start: u64,
    end: u64,
    /// Digests of the identities seen, so that an event that stands twice is counted once.
    seen: HashSet<u128>,
    errors: u64,
    event_type: String,
}

impl<'a> Entries<'a> {
    /// For the object with this key, in about so many bytes of memory.
    #[must_use]
    pub fn new(key: &'a str, contract: &'a Contract, expires_at: Option<i64>, memory: usize) -> Self {
        Self {
            key,
            contract,
            expires_at,
            open: BTreeMap::new(),
            ready: Vec::new(),
            bad: BTreeMap::new(),
            long_lines: (0, 0),
            held: 0,
            memory,
            opened_at: 0,
            passing: false,
            large_members: (0, 0),
        }
    }

    /// Takes what the walk comes upon.
    pub fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Line { .. } if self.passing => {}
            Piece::Line { at, bytes } => match Stored::read(bytes, self.contract) {
                Ok(event) => self.line(at, at + bytes.len() as u64, &event),
                Err(reason) => self.bad.entry(reason).or_insert((0, at)).0 += 1,
            },
            Piece::LongLine { at } => {
                if self.long_lines.0 == 0 {
                    self.long_lines.1 = at;
                }
                self.long_lines.0 += 1;
            }
            Piece::Member { at, length } => {
                self.close(Some(ByteRange { offset: at, length }));
                self.passing = false;
            }
        }
    }

    /// The walk of a plain object has ended well. What is still open in a gzip object belongs to a member that never
    /// ended, and is never made ready.
    pub fn finish_plain(&mut self) {
        self.close(None);
    }

    /// How many entries can be written.
    #[must_use]
    pub fn ready(&self) -> usize {
        self.ready.len()
    }

    /// The entries that can be written.
    pub fn drain(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.ready)
    }

    /// What could not be indexed, for the log: place, count and reason, nothing of the lines themselves.
    pub fn skipped(self) -> impl Iterator<Item = Value> + use<> {
        let key = self.key.to_owned();
        let bad = self.bad.into_iter().map(|(reason, place)| (reason.as_str(), place));
        let long = Some(("line_too_long", self.long_lines)).filter(|(_, (count, _))| *count > 0);
        let (members, at) = self.large_members;
        let large = (members > 0)
            .then(|| json!({ "key": key, "offset": at, "members": members, "reason": "member_too_large" }));
        bad.chain(long)
            .map(move |(reason, (lines, at))| json!({ "key": key, "offset": at, "lines": lines, "reason": reason }))
            .chain(large)
    }

    fn line(&mut self, start: u64, end: u64, event: &Stored<'_>) {
        if self.open.is_empty() {
            self.opened_at = start;
        }
        let place = (event.session_id.clone().into_owned(), event.timestamp.hour());
        let open = self.open.entry(place).or_insert_with(|| {
            self.held += OPEN_BYTES + self.key.len() + 2 * event.session_id.len();
            Open {
                first: event.timestamp,
                last: event.timestamp,
                start,
                end,
                seen: HashSet::new(),
                errors: 0,
                event_type: event.event_type.as_str().to_owned(),
            }
        });
        open.first = open.first.min(event.timestamp);
        open.last = open.last.max(event.timestamp);
        open.end = end;
        if open.event_type != event.event_type.as_str() {
            MIXED_TYPES.clone_into(&mut open.event_type);
        }
        if open.seen.insert(event.identity_digest()) {
            self.held += IDENTITY_BYTES;
            open.errors += u64::from(event.is_error());
        }
        if self.held > self.memory {
            self.make_room(start);
        }
    }

    /// What is open has become too much. A plain object's entries have ranges of their own, so they are made ready and new
    /// ones begun behind them; a member's have to wait for its end, so it is passed over.
    fn make_room(&mut self, at: u64) {
        if at != self.opened_at {
            return self.close(None);
        }
        self.open.clear();
        self.held = 0;
        self.passing = true;
        if self.large_members.0 == 0 {
            self.large_members.1 = at;
        }
        self.large_members.0 += 1;
    }

    /// Makes entries of what is open, all of them with the member's range, or each with its own.
    fn close(&mut self, member: Option<ByteRange>) {
        self.held = 0;
        for ((session_id, _), open) in std::mem::take(&mut self.open) {
            let own = ByteRange { offset: open.start, length: open.end - open.start };
            self.ready.push(Entry {
                session_id,
                first: open.first,
                last: open.last,
                key: self.key.to_owned(),
                range: member.unwrap_or(own),
                events: open.seen.len() as u64,
                errors: open.errors,
                event_type: open.event_type,
                expires_at: self.expires_at,
            });
        }
    }
}
