//! The index: a DynamoDB table that maps (session, time) to (key, offset, length).
//!
//! One entry per session, gzip member and UTC hour. Sort key: `<first event>#<16 hex of SHA-256(key, offset)>`, so
//! that two members which begin in the same millisecond do not overwrite each other, and the same member always
//! writes the same entry. The projection `by_day` spreads each day over [`DAY_SHARDS`] partitions.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, PutRequest, ReturnConsumedCapacity, WriteRequest};
use futures_util::{TryStreamExt as _, stream};
use sha2::{Digest as _, Sha256};

use crate::key::hex;
use crate::lake::{ByteRange, write_causes};
use crate::timestamp::Timestamp;

/// Name of the projection by day.
pub const BY_DAY: &str = "by_day";
/// Partitions a day is spread over in [`BY_DAY`].
pub const DAY_SHARDS: u8 = 4;
/// `type` of an entry whose events are of several types; no event's own type is spelled so.
pub const MIXED_TYPES: &str = "*";
/// Most items in one BatchWriteItem call, set by DynamoDB.
pub const BATCH_WRITE_ITEMS: usize = 25;

/// BatchWriteItem calls in flight at once.
const WRITES_IN_FLIGHT: usize = 4;
/// How often what DynamoDB left unprocessed is sent again, beyond the SDK's own retries of whole calls.
const WRITE_ATTEMPTS: u32 = 8;
/// First wait before sending unprocessed items again; doubles, with full jitter, up to [`MAX_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(50);
const MAX_WAIT: Duration = Duration::from_secs(2);

/// One session's events in one member of one object, within one UTC hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose events they are.
    pub session_id: String,
    /// Time of the first of them.
    pub first: Timestamp,
    /// Time of the last of them, in the same hour.
    pub last: Timestamp,
    /// The object.
    pub key: String,
    /// The member in it, or, in a plain object, the bytes from the session's first line to the end of its last.
    pub range: ByteRange,
    /// How many distinct events.
    pub events: u64,
    /// How many of them have a status of 500 or above.
    pub errors: u64,
    /// Their type, or [`MIXED_TYPES`].
    pub event_type: String,
    /// When the entry may go, in epoch seconds; `None` for never.
    pub expires_at: Option<i64>,
}

impl Entry {
    /// The sort key.
    #[must_use]
    pub fn sort_key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.key.as_bytes());
        hash.update([0]);
        hash.update(self.range.offset.to_string().as_bytes());
        format!("{}#{}", self.first, hex(&hash.finalize()[..8]))
    }

    /// Partition of the projection by day.
    #[must_use]
    pub fn day(&self) -> String {
        day_partition(&self.first.date(), shard(&self.session_id))
    }

    /// Whether DynamoDB's TTL has passed it, even if its sweep (within days) has not.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at.saturating_mul(1000) <= now.millis())
    }

    /// Its primary key, in 128 bits: two entries of the same place cannot both be there.
    #[must_use]
    pub fn place(&self) -> u128 {
        let mut hash = Sha256::new();
        hash.update(self.session_id.as_bytes());
        hash.update([0]);
        hash.update(self.sort_key().as_bytes());
        first_half(&hash.finalize())
    }

    /// What it says, in 128 bits: where, whose, when and how many; not when it may go.
    #[must_use]
    pub fn digest(&self) -> u128 {
        let mut hash = Sha256::new();
        for text in [self.session_id.as_str(), &self.sort_key(), &self.last.to_string(), &self.key, &self.event_type] {
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        for number in [self.range.offset, self.range.length, self.events, self.errors] {
            hash.update(number.to_le_bytes());
        }
        first_half(&hash.finalize())
    }

    fn to_item(&self) -> HashMap<String, AttributeValue> {
        let text = |text: String| AttributeValue::S(text);
        let number = |n: u64| AttributeValue::N(n.to_string());
        let mut item = HashMap::from([
            ("session_id".to_owned(), text(self.session_id.clone())),
            ("timestamp".to_owned(), text(self.sort_key())),
            ("last_timestamp".to_owned(), text(self.last.to_string())),
            ("key".to_owned(), text(self.key.clone())),
            ("offset".to_owned(), number(self.range.offset)),
            ("length".to_owned(), number(self.range.length)),
            ("events".to_owned(), number(self.events)),
            ("errors".to_owned(), number(self.errors)),
            ("type".to_owned(), text(self.event_type.clone())),
            ("day".to_owned(), text(self.day())),
        ]);
        if let Some(at) = self.expires_at {
            item.insert("expires_at".to_owned(), AttributeValue::N(at.to_string()));
        }
        item
    }

    /// Reads an item; `None` when it is no entry of ours.
    fn from_item(item: &HashMap<String, AttributeValue>) -> Option<Self> {
        let text = |name: &str| item.get(name)?.as_s().ok();
        let number = |name: &str| item.get(name)?.as_n().ok()?.parse::<u64>().ok();
        Some(Self {
            session_id: text("session_id")?.clone(),
            first: Timestamp::parse_rfc3339(text("timestamp")?.split_once('#')?.0)?,
            last: Timestamp::parse_rfc3339(text("last_timestamp")?)?,
            key: text("key")?.clone(),
            range: ByteRange { offset: number("offset")?, length: number("length")? },
            events: number("events")?,
            errors: number("errors")?,
            event_type: text("type")?.clone(),
            expires_at: item.get("expires_at").and_then(|v| v.as_n().ok()?.parse().ok()),
        })
    }
}

/// The first half of a SHA-256.
fn first_half(hash: &[u8]) -> u128 {
    hash.iter().take(16).fold(0, |half, byte| (half << 8) | u128::from(*byte))
}

/// Partition of the projection by day for a date and a shard: `2026-11-21#3`.
#[must_use]
pub fn day_partition(date: &str, shard: u8) -> String {
    format!("{date}#{shard}")
}

/// Which of a day's partitions a session is in: 64-bit FNV-1a of its id, modulo [`DAY_SHARDS`].
#[must_use]
pub fn shard(session_id: &str) -> u8 {
    let hash = session_id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // Below DAY_SHARDS, so it fits.
    (hash % u64::from(DAY_SHARDS)) as u8
}

/// Which partition to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Partition {
    /// One session, read consistently.
    Session(String),
    /// One shard of one day of all sessions, eventually consistent.
    Day {
        /// `2026-11-21`
        date: String,
        /// 0 to [`DAY_SHARDS`] − 1
        shard: u8,
    },
}

/// Which order to read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// Oldest first.
    #[default]
    Ascending,
    /// Newest first.
    Descending,
}

/// A read of one partition: entries that hold events of `from ≤ time < to`, as far as their first and last tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// Where.
    pub partition: Partition,
    /// Entries that end before are left out.
    pub from: Timestamp,
    /// Entries that begin at or after are left out.
    pub to: Timestamp,
    /// Which way.
    pub order: Order,
}

/// One page of a read: at most 1 MB of items.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The entries, by sort key.
    pub entries: Vec<Entry>,
    /// Where the next page begins; `None` at the end. A page may be empty and yet not the last.
    pub next: Option<PageStart>,
    /// Read request units it consumed.
    pub read_units: f64,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq)]
pub struct PageStart(HashMap<String, AttributeValue>);

impl PageStart {
    /// A start after the given sort key, for fakes.
    #[must_use]
    pub fn after(sort_key: &str) -> Self {
        Self(HashMap::from([("timestamp".to_owned(), AttributeValue::S(sort_key.to_owned()))]))
    }

    /// The sort key of the last item read.
    #[must_use]
    pub fn sort_key(&self) -> Option<&str> {
        self.0.get("timestamp").and_then(|value| value.as_s().ok()).map(String::as_str)
    }
}

/// What a function needs of the index; DynamoDB in AWS, a map in a test.
pub trait Index: Sync {
    /// Writes at most [`BATCH_WRITE_ITEMS`] entries; returns those that were not taken.
    fn write(&self, entries: Vec<Entry>) -> impl Future<Output = Result<Vec<Entry>, IndexError>> + Send;

    /// Removes at most [`BATCH_WRITE_ITEMS`] entries; returns those that were not. One that is not there counts as removed.
    fn remove(&self, entries: Vec<Entry>) -> impl Future<Output = Result<Vec<Entry>, IndexError>> + Send;

    /// Reads a page.
    fn page(&self, find: &Find, start: Option<PageStart>) -> impl Future<Output = Result<Page, IndexError>> + Send;
}

/// A call to DynamoDB that failed; trying the invocation again can help.
#[derive(Debug)]
pub struct IndexError {
    /// The DynamoDB action.
    pub action: &'static str,
    /// What it was about.
    pub about: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl IndexError {
    /// A failure for tests and fakes.
    #[must_use]
    pub fn new(action: &'static str, about: &str) -> Self {
        Self { action, about: about.to_owned(), source: None }
    }
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "dynamodb:{} {}", self.action, self.about)?;
        match &self.source {
            Some(source) => {
                f.write_str(": ")?;
                write_causes(f, source.as_ref())
            }
            None => Ok(()),
        }
    }
}

impl Error for IndexError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// Writes entries in calls of 25, and sends again what DynamoDB leaves unprocessed, with backoff and full jitter.
/// Two entries of one primary key may not stand in one call, so the last of them is kept.
pub async fn put_all(index: &impl Index, entries: Vec<Entry>) -> Result<(), IndexError> {
    all(index, entries, Change::Put).await
}

/// Removes entries, as [`put_all`] writes them.
pub async fn remove_all(index: &impl Index, entries: Vec<Entry>) -> Result<(), IndexError> {
    all(index, entries, Change::Remove).await
}

#[derive(Clone, Copy)]
enum Change {
    Put,
    Remove,
}

async fn all(index: &impl Index, entries: Vec<Entry>, change: Change) -> Result<(), IndexError> {
    let unique: BTreeMap<(String, String), Entry> =
        entries.into_iter().map(|entry| ((entry.session_id.clone(), entry.sort_key()), entry)).collect();
    let unique: Vec<Entry> = unique.into_values().collect();
    stream::iter(unique.chunks(BATCH_WRITE_ITEMS).map(<[Entry]>::to_vec).map(Ok))
        .try_for_each_concurrent(WRITES_IN_FLIGHT, |chunk| one_chunk(index, chunk, change))
        .await
}

async fn one_chunk(index: &impl Index, mut entries: Vec<Entry>, change: Change) -> Result<(), IndexError> {
    for attempt in 0..WRITE_ATTEMPTS {
        if attempt > 0 {
            let wait = FIRST_WAIT.saturating_mul(1 << (attempt - 1)).min(MAX_WAIT);
            tokio::time::sleep(wait.mul_f64(fastrand::f64())).await;
        }
        entries = match change {
            Change::Put => index.write(entries).await?,
            Change::Remove => index.remove(entries).await?,
        };
        if entries.is_empty() {
            return Ok(());
        }
    }
    let about = format!("left {} items unprocessed after {WRITE_ATTEMPTS} calls", entries.len());
    Err(IndexError::new("BatchWriteItem", &about))
}

/// The index in a DynamoDB table.
#[derive(Clone, Debug)]
pub struct DynamoIndex {
    client: Client,
    table: String,
}

impl DynamoIndex {
    /// The index in this table.
    #[must_use]
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    fn error<E: Error + Send + Sync + 'static>(&self, action: &'static str, source: E) -> IndexError {
        IndexError { action, about: self.table.clone(), source: Some(Box::new(source)) }
    }

    /// One BatchWriteItem; gives what was left unprocessed.
    async fn batch(&self, writes: Vec<WriteRequest>) -> Result<impl Iterator<Item = WriteRequest> + use<>, IndexError> {
        let call = self.client.batch_write_item().request_items(&self.table, writes);
        let answer = call.send().await.map_err(|source| self.error("BatchWriteItem", source))?;
        Ok(answer.unprocessed_items.unwrap_or_default().into_values().flatten())
    }
}

impl Index for DynamoIndex {
    async fn write(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, IndexError> {
        let mut writes = Vec::with_capacity(entries.len());
        for entry in &entries {
            let put = PutRequest::builder().set_item(Some(entry.to_item())).build();
            let put = put.map_err(|source| self.error("BatchWriteItem", source))?;
            writes.push(WriteRequest::builder().put_request(put).build());
        }
        let unprocessed = self.batch(writes).await?.filter_map(|write| write.put_request);
        Ok(unprocessed.filter_map(|put| Entry::from_item(&put.item)).collect())
    }

    async fn remove(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, IndexError> {
        let mut writes = Vec::with_capacity(entries.len());
        for entry in &entries {
            let delete = DeleteRequest::builder()
                .key("session_id", AttributeValue::S(entry.session_id.clone()))
                .key("timestamp", AttributeValue::S(entry.sort_key()))
                .build();
            let delete = delete.map_err(|source| self.error("BatchWriteItem", source))?;
            writes.push(WriteRequest::builder().delete_request(delete).build());
        }
        let left: Vec<_> = self.batch(writes).await?.filter_map(|write| write.delete_request).collect();
        let is_left = |entry: &Entry| {
            let named = |delete: &DeleteRequest, name: &str, value: &str| {
                delete.key.get(name).and_then(|v| v.as_s().ok()).is_some_and(|v| v == value)
            };
            let sort_key = entry.sort_key();
            left.iter()
                .any(|delete| named(delete, "session_id", &entry.session_id) && named(delete, "timestamp", &sort_key))
        };
        Ok(entries.into_iter().filter(is_left).collect())
    }

    async fn page(&self, find: &Find, start: Option<PageStart>) -> Result<Page, IndexError> {
        // An entry begins in the hour it ends in, so nothing that begins before the hour of `from` reaches it. Sort
        // keys are longer than a bare time, so BETWEEN … AND `to` leaves out those that begin at `to` itself.
        let earliest = find.from.hour();
        if find.to <= find.from {
            return Ok(Page::default());
        }
        // Every name is aliased: most of them are reserved words.
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#partition = :partition AND #timestamp BETWEEN :earliest AND :to")
            .filter_expression("#last_timestamp >= :from")
            .expression_attribute_names("#timestamp", "timestamp")
            .expression_attribute_names("#last_timestamp", "last_timestamp")
            .expression_attribute_values(":earliest", AttributeValue::S(earliest.to_string()))
            .expression_attribute_values(":to", AttributeValue::S(upper_bound(find.to)))
            .expression_attribute_values(":from", AttributeValue::S(find.from.to_string()))
            .scan_index_forward(find.order == Order::Ascending)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .set_exclusive_start_key(start.map(|start| start.0));
        let query = match &find.partition {
            Partition::Session(id) => query
                .consistent_read(true)
                .expression_attribute_names("#partition", "session_id")
                .expression_attribute_values(":partition", AttributeValue::S(id.clone())),
            Partition::Day { date, shard } => query
                .index_name(BY_DAY)
                .expression_attribute_names("#partition", "day")
                .expression_attribute_values(":partition", AttributeValue::S(day_partition(date, *shard))),
        };
        let answer = query.send().await.map_err(|source| self.error("Query", source))?;
        let next = answer.last_evaluated_key.filter(|key| !key.is_empty()).map(PageStart);
        let read_units = answer.consumed_capacity.and_then(|consumed| consumed.capacity_units).unwrap_or_default();
        Ok(Page {
            entries: answer.items.unwrap_or_default().iter().filter_map(Entry::from_item).collect(),
            next,
            read_units,
        })
    }
}

/// The greatest string an entry that begins before `to` can have as its sort key, or what sorts just above it.
fn upper_bound(to: Timestamp) -> String {
    // `to` is exclusive, except that nothing lies behind the last instant there is.
    if to == Timestamp::MAX { "~".to_owned() } else { to.to_string() }
}

#[cfg(test)]
mod tests;
