//! Blocks, read by the byte ranges of index entries: few GETs, many at once, and never more in memory than stated.

use std::collections::BTreeMap;

use droplets::block::{Broken, Piece, Walker};
use droplets::event::{Contract, Stored};
use droplets::index::Entry;
use droplets::lake::{ByteRange, Fault, Lake, LakeError, Part};
use droplets::timestamp::Timestamp;
use futures_util::{StreamExt as _, stream};

/// Most ranged GETs in flight at once.
pub const GETS_IN_FLIGHT: usize = 32;
/// Ranges of one object that are no farther apart than this are read with one GET: 64 KiB come in sooner than a
/// second request is answered.
const MAX_GAP: u64 = 64 * 1024;
/// A read does not grow beyond this by joining ranges.
const MAX_JOINED: u64 = 512 * 1024;
/// A range longer than this (an object that ingest did not write) is not held in memory but read on its own.
const MAX_BUFFERED: u64 = 2 * 1024 * 1024;

/// What reading cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// GET requests made.
    pub gets: u64,
    /// Bytes they brought.
    pub bytes: u64,
    /// Entries whose object is gone, or whose member is damaged.
    pub missing: u64,
}

/// One GET: a range of an object that holds the ranges of some entries.
#[derive(Debug)]
struct Read<'a> {
    key: &'a str,
    range: ByteRange,
    entries: Vec<&'a Entry>,
}

/// How many GETs, and how many bytes, reading the blocks of entries takes.
#[must_use]
pub fn plan(entries: &[&Entry]) -> Cost {
    let reads = join(entries);
    Cost { gets: reads.len() as u64, bytes: reads.iter().map(|read| read.range.length).sum(), missing: 0 }
}

/// Reads the events of entries; `visit` gets each line that belongs to one of them. A range that several
/// entries share is read once.
pub async fn read<L: Lake>(
    lake: &L,
    contract: &Contract,
    entries: &[&Entry],
    cost: &mut Cost,
    visit: &mut impl FnMut(&Stored<'_>, &[u8]),
) -> Result<(), LakeError> {
    let mut fetched = stream::iter(join(entries))
        .map(|read| async move {
            if read.range.length > MAX_BUFFERED {
                return Ok((read, None));
            }
            let bytes = buffer(lake, read.key, read.range).await;
            bytes.map(|bytes| (read, Some(bytes)))
        })
        .buffered(GETS_IN_FLIGHT);

    while let Some(result) = fetched.next().await {
        let (read, fetched) = result?;
        let outcome = match fetched {
            None => walk_stream(lake, contract, &read, cost, visit).await?,
            Some(None) => {
                cost.gets += 1;
                Outcome::Gone
            }
            Some(Some(bytes)) => {
                cost.gets += 1;
                cost.bytes += bytes.len() as u64;
                walk_bytes(contract, &read, &bytes, visit)
            }
        };
        match outcome {
            Outcome::Whole => {}
            Outcome::Gone => cost.missing += read.entries.len() as u64,
            // One damaged member spoils what was read along with it, so each is tried on its own, once: a member that
            // ingest did not write may be of thousands of sessions.
            Outcome::Broken if read.entries.len() > 1 => {
                let mut members: BTreeMap<ByteRange, Vec<&Entry>> = BTreeMap::new();
                for entry in read.entries {
                    members.entry(entry.range).or_default().push(entry);
                }
                for (range, entries) in members {
                    let alone = Read { key: read.key, range, entries };
                    match walk_stream(lake, contract, &alone, cost, visit).await? {
                        Outcome::Whole => {}
                        Outcome::Gone | Outcome::Broken => cost.missing += alone.entries.len() as u64,
                    }
                }
            }
            Outcome::Broken => cost.missing += 1,
        }
    }
    Ok(())
}

enum Outcome {
    Whole,
    Gone,
    Broken,
}

impl From<Result<(), Broken>> for Outcome {
    fn from(result: Result<(), Broken>) -> Self {
        if result.is_ok() { Self::Whole } else { Self::Broken }
    }
}

/// The bytes of a range; `None` when they are gone.
async fn buffer<L: Lake>(lake: &L, key: &str, range: ByteRange) -> Result<Option<Vec<u8>>, LakeError> {
    let mut body = match lake.get(key, Part::Range(range)).await {
        Ok(body) => body,
        Err(error) if error.fault == Fault::Missing => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::with_capacity(usize::try_from(range.length).unwrap_or(0));
    while let Some(chunk) = body.next().await? {
        bytes.extend_from_slice(chunk.as_ref());
    }
    Ok(Some(bytes))
}

fn walk_bytes(
    contract: &Contract,
    read: &Read<'_>,
    bytes: &[u8],
    visit: &mut impl FnMut(&Stored<'_>, &[u8]),
) -> Outcome {
    let wanted = Wanted::of(read);
    let mut walker = Walker::new(read.range.offset);
    let mut take = |piece: Piece<'_>| wanted.take(contract, piece, visit);
    match walker.push(bytes, &mut take) {
        Ok(()) => walker.finish(&mut take).into(),
        Err(_) => Outcome::Broken,
    }
}

/// Reads a range as it comes in, without holding it.
async fn walk_stream<L: Lake>(
    lake: &L,
    contract: &Contract,
    read: &Read<'_>,
    cost: &mut Cost,
    visit: &mut impl FnMut(&Stored<'_>, &[u8]),
) -> Result<Outcome, LakeError> {
    cost.gets += 1;
    let mut body = match lake.get(read.key, Part::Range(read.range)).await {
        Ok(body) => body,
        Err(error) if error.fault == Fault::Missing => return Ok(Outcome::Gone),
        Err(error) => return Err(error),
    };
    let wanted = Wanted::of(read);
    let mut walker = Walker::new(read.range.offset);
    while let Some(chunk) = body.next().await? {
        cost.bytes += chunk.as_ref().len() as u64;
        if walker.push(chunk.as_ref(), &mut |piece| wanted.take(contract, piece, visit)).is_err() {
            return Ok(Outcome::Broken);
        }
    }
    Ok(walker.finish(&mut |piece| wanted.take(contract, piece, visit)).into())
}

/// Which lines of a read belong to its entries: those of an entry's session and hour that stand in its range. A read
/// that joins ranges brings what lies between them too, and another entry may already stand for that.
struct Wanted<'a> {
    places: BTreeMap<(&'a str, Timestamp), Vec<ByteRange>>,
}

impl<'a> Wanted<'a> {
    fn of(read: &Read<'a>) -> Self {
        let mut places: BTreeMap<_, Vec<ByteRange>> = BTreeMap::new();
        for entry in &read.entries {
            places.entry((entry.session_id.as_str(), entry.first.hour())).or_default().push(entry.range);
        }
        Self { places }
    }

    fn take(&self, contract: &Contract, piece: Piece<'_>, visit: &mut impl FnMut(&Stored<'_>, &[u8])) {
        // index has named the lines that cannot be read; there is nothing to add to that here.
        let Piece::Line { at, bytes } = piece else { return };
        let Ok(event) = Stored::read(bytes, contract) else { return };
        let ranges = self.places.get(&(event.session_id.as_ref(), event.timestamp.hour()));
        let holds = |range: &ByteRange| (range.offset..range.offset + range.length).contains(&at);
        if ranges.is_some_and(|ranges| ranges.iter().any(holds)) {
            visit(&event, bytes);
        }
    }
}

/// Joins the ranges of entries into reads, in the order of their first entries.
fn join<'a>(entries: &[&'a Entry]) -> Vec<Read<'a>> {
    let mut sorted: Vec<(usize, &Entry)> = entries.iter().copied().enumerate().collect();
    sorted.sort_by(|(_, a), (_, b)| (&a.key, a.range).cmp(&(&b.key, b.range)));
    let mut reads: Vec<(usize, Read<'a>)> = Vec::new();
    for (position, entry) in sorted {
        if let Some((first, read)) = reads.last_mut().filter(|(_, read)| read.key == entry.key) {
            let (end, entry_end) = (read.range.offset + read.range.length, entry.range.offset + entry.range.length);
            let joined = end.max(entry_end) - read.range.offset;
            // Ranges that overlap are joined whatever their length: apart, their bytes would come twice.
            if entry.range.offset < end || (entry.range.offset <= end + MAX_GAP && joined <= MAX_JOINED) {
                read.range.length = joined;
                read.entries.push(entry);
                *first = (*first).min(position);
                continue;
            }
        }
        reads.push((position, Read { key: &entry.key, range: entry.range, entries: vec![entry] }));
    }
    reads.sort_by_key(|(first, _)| *first);
    reads.into_iter().map(|(_, read)| read).collect()
}

#[cfg(test)]
mod tests;
