//! The raw format: events → gzip members → objects, and back.
//!
//! A *block* is the events of one session in one object, in order, a line each: one gzip member (RFC 1952) with no
//! name and mtime 0. An *object* is the blocks of one batch that share type and hour, one after the other, which is
//! itself an ordinary gzip file (RFC 1952 section 2.2). Nothing in an object depends on who writes it or when, so
//! the same events make the same bytes and the same key.

use std::fmt;

use flate2::{Decompress, FlushDecompress, Status};
use libdeflater::{CompressionLvl, Compressor};

use crate::event::Event;
use crate::key;

/// Longest line a reader takes, in bytes: two and a half times the largest queue message, and short enough to be answered
/// by a Lambda, 6 MB, with every character escaped. A longer one is passed over.
pub const MAX_LINE_BYTES: usize = 5 * 512 * 1024;

/// Bytes a gzip member may inflate to whatever its size: more than ingest makes of a full invocation.
pub const MAX_INFLATED_BYTES: u64 = 256 * 1024 * 1024;
/// How many times its size a member may inflate to beyond that. Lines of JSON inflate ten to thirty times; deflate could
/// reach a thousand, with a member made to keep its readers busy.
pub const MAX_INFLATED_RATIO: u64 = 100;

/// Level 6 of libdeflate: half the speed of level 1, but an event is compressed once and stored for a year.
const LEVEL: i32 = 6;

/// Inflated bytes handed on at a time.
const INFLATE_BYTES: usize = 64 * 1024;

/// What an object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Grouping {
    /// All blocks of a batch that share type and hour: fewest PUTs.
    #[default]
    Batch,
    /// One session's block: an object per session, type and hour.
    Session,
}

impl Grouping {
    /// Reads the parameter `ObjectGrouping`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "batch" => Some(Self::Batch),
            "session" => Some(Self::Session),
            _ => None,
        }
    }
}

/// An event and the position, in its batch, of the message that brought it.
#[derive(Clone, Debug)]
pub struct Sourced {
    /// The event.
    pub event: Event,
    /// Position of its message in the batch.
    pub message: usize,
}

/// An object ready to be stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Object {
    /// Where it goes.
    pub key: String,
    /// What it is.
    pub bytes: Vec<u8>,
    /// How many events it holds.
    pub events: usize,
    /// Positions of the messages that have an event in it, ascending: if it cannot be stored, these failed.
    pub messages: Vec<usize>,
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, bytes, events, messages } = self;
        write!(f, "Object({key}, {} bytes, {events} events of messages {messages:?})", bytes.len())
    }
}

/// Packs a batch's events into objects. An event that stands twice (same identity) is stored once.
#[must_use]
pub fn pack(mut batch: Vec<Sourced>, grouping: Grouping) -> Vec<Object> {
    // Sorted by where it goes, then by the total order within a session; duplicates end up side by side.
    batch.sort_by(|a, b| {
        let place = |s: &'_ Sourced| (s.event.event_type.clone(), s.event.timestamp.hour());
        place(a)
            .cmp(&place(b))
            .then_with(|| a.event.session_id.cmp(&b.event.session_id))
            .then_with(|| a.event.timestamp.cmp(&b.event.timestamp))
            .then_with(|| a.event.event_id.cmp(&b.event.event_id))
            .then_with(|| a.message.cmp(&b.message))
    });

    let mut packer = Packer { compressor: Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()) };
    let mut objects = Vec::new();
    for place in batch.chunk_by(|a, b| {
        a.event.event_type == b.event.event_type && a.event.timestamp.hour() == b.event.timestamp.hour()
    }) {
        match grouping {
            Grouping::Batch => objects.extend(packer.object(place, grouping)),
            Grouping::Session => {
                for session in place.chunk_by(|a, b| a.event.session_id == b.event.session_id) {
                    objects.extend(packer.object(session, grouping));
                }
            }
        }
    }
    objects
}

struct Packer {
    compressor: Compressor,
}

impl Packer {
    /// One object of events that share type and hour, sorted by session and time. `None` for no events.
    fn object(&mut self, events: &[Sourced], grouping: Grouping) -> Option<Object> {
        let mut bytes = Vec::new();
        let mut stored = 0;
        let mut lines = Vec::new();
        for session in events.chunk_by(|a, b| a.event.session_id == b.event.session_id) {
            lines.clear();
            let mut last: Option<&Event> = None;
            for Sourced { event, .. } in session {
                if last.is_some_and(|last| last.identity() == event.identity()) {
                    continue;
                }
                lines.extend_from_slice(event.line.as_bytes());
                lines.push(b'\n');
                stored += 1;
                last = Some(event);
            }
            self.member(&lines, &mut bytes);
        }

        let (first, head) = (events.iter().map(|s| s.event.timestamp).min()?, &events.first()?.event);
        let (event_type, hour) = (&head.event_type, first.hour());
        let key = match grouping {
            Grouping::Batch => key::raw_batch(event_type, hour, first, &bytes),
            Grouping::Session => key::raw_session(event_type, hour, first, &head.session_id, &bytes),
        };
        let mut messages: Vec<usize> = events.iter().map(|s| s.message).collect();
        messages.sort_unstable();
        messages.dedup();
        Some(Object { key, bytes, events: stored, messages })
    }

    /// Appends one gzip member.
    fn member(&mut self, data: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + self.compressor.gzip_compress_bound(data.len()), 0);
        // libdeflate fails only for want of room, and the bound is its own.
        let length = self.compressor.gzip_compress(data, &mut out[start..]).unwrap_or(0);
        out.truncate(start + length);
    }
}

/// One gzip member of the given lines, as [`pack`] writes them.
#[must_use]
pub fn member(lines: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    Packer { compressor: Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()) }.member(lines, &mut bytes);
    bytes
}

/// What a [`Walker`] comes upon.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A line, without its line feed; never empty. In a plain object `at` is the line's own place; in a gzip object
    /// it is the place of its member, whose length only [`Piece::Member`] tells.
    Line {
        /// Offset in the object.
        at: u64,
        /// The line.
        bytes: &'a [u8],
    },
    /// A line longer than [`MAX_LINE_BYTES`] was passed over.
    LongLine {
        /// Offset in the object, as for [`Piece::Line`].
        at: u64,
    },
    /// A gzip member ended, its checksum is right, and all its lines have been seen.
    Member {
        /// Offset in the object.
        at: u64,
        /// Length in bytes.
        length: u64,
    },
}

/// Why a gzip object cannot be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A member's bytes are no gzip, or its checksum is wrong.
    #[error("the gzip member at byte {at} is damaged")]
    Damaged {
        /// Offset of the member.
        at: u64,
    },
    /// The object ends inside a member.
    #[error("the gzip member at byte {at} is cut off")]
    CutOff {
        /// Offset of the member.
        at: u64,
    },
    /// A member inflates to more than [`MAX_INFLATED_BYTES`], and to more than [`MAX_INFLATED_RATIO`] times its size.
    #[error("the gzip member at byte {at} inflates to too much")]
    Inflated {
        /// Offset of the member.
        at: u64,
    },
}

impl Broken {
    /// Where the member begins that cannot be read.
    #[must_use]
    pub fn at(self) -> u64 {
        match self {
            Self::Damaged { at } | Self::CutOff { at } | Self::Inflated { at } => at,
        }
    }
}

/// Walks an object, or a part of one that begins with a member or a line, as its bytes come in: gzip members or
/// plain lines, told by the first bytes. Holds one line and one inflate window, however large the object.
pub struct Walker {
    /// Offset of the next byte to come.
    at: u64,
    /// Looking for the next gzip header rather than expecting one: the walk resumes behind a damaged member.
    seeking: bool,
    state: State,
    /// The first bytes of a possible header that stood at the end of a chunk.
    head: Vec<u8>,
    lines: Lines,
    output: Vec<u8>,
}

enum State {
    /// Before a member, or before anything.
    Between,
    Member {
        inflate: Box<Decompress>,
        start: u64,
    },
    Plain,
}

/// ID1, ID2 and the only compression method there is (RFC 1952 section 2.3.1).
const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

impl Walker {
    /// A walk whose first byte stands at `offset` of the object.
    #[must_use]
    pub fn new(offset: u64) -> Self {
        Self {
            at: offset,
            seeking: false,
            state: State::Between,
            head: Vec::new(),
            lines: Lines::default(),
            output: Vec::new(),
        }
    }

    /// A walk that begins at `offset` by looking for the next gzip member: how to go on behind [`Broken`].
    #[must_use]
    pub fn seeking(offset: u64) -> Self {
        Self { seeking: true, ..Self::new(offset) }
    }

    /// Takes the next bytes of the object. After an error the walk is over.
    pub fn push(&mut self, chunk: &[u8], visit: &mut impl FnMut(Piece<'_>)) -> Result<(), Broken> {
        if self.head.is_empty() {
            return self.consume(chunk, visit);
        }
        let mut joined = std::mem::take(&mut self.head);
        self.at -= joined.len() as u64;
        joined.extend_from_slice(chunk);
        self.consume(&joined, visit)
    }

    /// The object has ended.
    pub fn finish(mut self, visit: &mut impl FnMut(Piece<'_>)) -> Result<(), Broken> {
        match self.state {
            State::Plain => {
                self.lines.end(visit);
                Ok(())
            }
            State::Member { start, .. } => Err(Broken::CutOff { at: start }),
            State::Between if self.head.is_empty() || self.seeking => Ok(()),
            State::Between => Err(Broken::CutOff { at: self.at - self.head.len() as u64 }),
        }
    }

    fn consume(&mut self, mut chunk: &[u8], visit: &mut impl FnMut(Piece<'_>)) -> Result<(), Broken> {
        while !chunk.is_empty() {
            let used = match std::mem::replace(&mut self.state, State::Between) {
                State::Plain => {
                    self.lines.push(chunk, Some(self.at), visit);
                    self.at += chunk.len() as u64;
                    self.state = State::Plain;
                    return Ok(());
                }
                State::Member { inflate, start } => self.inflate(inflate, start, chunk, visit)?,
                State::Between => self.begin(chunk)?,
            };
            chunk = &chunk[used..];
        }
        Ok(())
    }

    /// Decides what stands at the start of `chunk` and steps into it; returns how many bytes that used up.
    fn begin(&mut self, chunk: &[u8]) -> Result<usize, Broken> {
        let skip = if self.seeking {
            seek(chunk)
        } else {
            // gzip files may be padded with zeros behind a member.
            chunk.iter().take_while(|b| **b == 0).count()
        };
        self.at += skip as u64;
        let rest = &chunk[skip..];
        if rest.len() < GZIP_MAGIC.len() && GZIP_MAGIC.starts_with(rest) {
            self.head = rest.to_vec();
            self.at += rest.len() as u64;
            return Ok(chunk.len());
        }
        self.lines.begin(self.at);
        if rest.starts_with(&GZIP_MAGIC) {
            self.seeking = false;
            self.state = State::Member { inflate: Box::new(Decompress::new_gzip(15)), start: self.at };
        } else if rest.starts_with(&GZIP_MAGIC[..2]) {
            return Err(Broken::Damaged { at: self.at });
        } else {
            self.state = State::Plain;
        }
        Ok(skip)
    }

    /// Inflates from `chunk` until it is used up or the member ends; returns how much was used.
    fn inflate(
        &mut self,
        mut inflate: Box<Decompress>,
        start: u64,
        chunk: &[u8],
        visit: &mut impl FnMut(Piece<'_>),
    ) -> Result<usize, Broken> {
        self.output.resize(INFLATE_BYTES, 0);
        let mut used = 0;
        loop {
            let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
            let status = inflate
                .decompress(&chunk[used..], &mut self.output, FlushDecompress::None)
                .map_err(|_| Broken::Damaged { at: start })?;
            let taken = usize::try_from(inflate.total_in() - before_in).unwrap_or(0);
            let made = usize::try_from(inflate.total_out() - before_out).unwrap_or(0);
            used += taken;
            self.at += taken as u64;
            if inflate.total_out() > MAX_INFLATED_BYTES.max(inflate.total_in() * MAX_INFLATED_RATIO) {
                return Err(Broken::Inflated { at: start });
            }
            self.lines.push(&self.output[..made], None, visit);
            if status == Status::StreamEnd {
                self.lines.end(visit);
                visit(Piece::Member { at: start, length: self.at - start });
                return Ok(used);
            }
            if taken == 0 && made == 0 {
                if used < chunk.len() {
                    return Err(Broken::Damaged { at: start });
                }
                self.state = State::Member { inflate, start };
                return Ok(used);
            }
        }
    }
}

/// Where the next gzip header may begin in `chunk`: at a whole one, or at the start of one at the very end.
fn seek(chunk: &[u8]) -> usize {
    memchr::memmem::find(chunk, &GZIP_MAGIC).unwrap_or_else(|| {
        let tail = (1..GZIP_MAGIC.len()).rev().find(|n| chunk.ends_with(&GZIP_MAGIC[..*n]));
        chunk.len() - tail.unwrap_or(0)
    })
}

/// Cuts bytes into lines; holds at most one line.
#[derive(Default)]
struct Lines {
    /// What the next line is called: its own offset in a plain object, its member's in a gzip one.
    at: u64,
    /// The start of a line whose end has not come yet.
    partial: Vec<u8>,
    /// The line being read is over the limit: its bytes are dropped until it ends.
    too_long: bool,
}

impl Lines {
    fn begin(&mut self, at: u64) {
        *self = Self { at, ..Self::default() };
    }

    /// `offset`: where `bytes` stand in a plain object; `None` inside a member.
    fn push(&mut self, bytes: &[u8], offset: Option<u64>, visit: &mut impl FnMut(Piece<'_>)) {
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            let line = &bytes[start..end];
            if self.partial.is_empty() && !self.too_long && line.len() <= MAX_LINE_BYTES {
                emit(line, self.at, visit);
            } else {
                self.extend(line);
                self.end(visit);
            }
            start = end + 1;
            if let Some(offset) = offset {
                self.at = offset + start as u64;
            }
        }
        self.extend(&bytes[start..]);
    }

    fn extend(&mut self, bytes: &[u8]) {
        self.too_long |= self.partial.len() + bytes.len() > MAX_LINE_BYTES;
        if self.too_long {
            self.partial = Vec::new();
        } else {
            self.partial.extend_from_slice(bytes);
        }
    }

    fn end(&mut self, visit: &mut impl FnMut(Piece<'_>)) {
        if std::mem::take(&mut self.too_long) {
            visit(Piece::LongLine { at: self.at });
        } else {
            emit(&self.partial, self.at, visit);
        }
        self.partial.clear();
    }
}

fn emit(line: &[u8], at: u64, visit: &mut impl FnMut(Piece<'_>)) {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if !line.is_empty() {
        visit(Piece::Line { at, bytes: line });
    }
}

#[cfg(test)]
mod tests;
