//! S3 and DynamoDB as maps, for tests of the functions: same traits, and faults to order.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_s3::primitives::ByteStream;

use crate::index::{Entry, Find, Index, IndexError, Order, Page, PageStart, Partition};
use crate::lake::{Body, Document, Fault, Lake, LakeError, Listed, Listing, Part};
use crate::timestamp::Timestamp;

/// When every object was last written, in epoch milliseconds: 2026-11-21T07:03:20Z.
pub const MODIFIED: i64 = 1_795_244_600_000;

/// A lake in memory.
#[derive(Debug, Default)]
pub struct MemoryLake {
    /// The objects by key.
    pub objects: Mutex<BTreeMap<String, Vec<u8>>>,
    /// Calls whose key contains one of these fail as AWS would.
    pub failing: Vec<String>,
    /// How long each PUT and GET takes.
    pub delay: Duration,
    /// How long reading a document takes.
    pub document_delay: Duration,
    /// Most calls that were in flight at once.
    pub most_in_flight: AtomicUsize,
    /// GETs answered.
    pub gets: AtomicUsize,
    /// Documents asked for.
    pub documents: AtomicUsize,
    /// Calls in flight now.
    pub in_flight: AtomicUsize,
}

impl MemoryLake {
    /// The keys there are.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }

    /// An object's bytes.
    #[must_use]
    pub fn object(&self, key: &str) -> Vec<u8> {
        self.objects.lock().unwrap().get(key).cloned().unwrap_or_default()
    }

    /// Puts an object there.
    pub fn insert(&self, key: &str, bytes: &[u8]) {
        self.objects.lock().unwrap().insert(key.to_owned(), bytes.to_vec());
    }

    async fn call(&self, action: &'static str, key: &str, delay: Duration) -> Result<(), LakeError> {
        let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_in_flight.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(delay).await;
        self.in_flight.fetch_sub(1, Ordering::SeqCst);
        if self.failing.iter().any(|part| key.contains(part)) {
            return Err(LakeError::new(action, key, Fault::Aws));
        }
        Ok(())
    }
}

impl Lake for MemoryLake {
    async fn put(&self, key: &str, body: Vec<u8>, _: &'static str) -> Result<(), LakeError> {
        self.call("PutObject", key, self.delay).await?;
        self.objects.lock().unwrap().insert(key.to_owned(), body);
        Ok(())
    }

    async fn get(&self, key: &str, part: Part) -> Result<Body, LakeError> {
        self.call("GetObject", key, self.delay).await?;
        self.gets.fetch_add(1, Ordering::SeqCst);
        let missing = || LakeError::new("GetObject", key, Fault::Missing);
        let bytes = self.objects.lock().unwrap().get(key).cloned().ok_or_else(missing)?;
        let (start, end) = match part {
            Part::Whole => (0, bytes.len()),
            Part::From(offset) => (offset as usize, bytes.len()),
            Part::Range(range) => (range.offset as usize, ((range.offset + range.length) as usize).min(bytes.len())),
        };
        if start >= bytes.len() && start > 0 {
            return Err(missing());
        }
        Ok(Body::new(key, ByteStream::from(bytes[start..end].to_vec()), Timestamp::from_millis(MODIFIED)))
    }

    async fn link(&self, key: &str, lifetime: Duration) -> Result<String, LakeError> {
        Ok(format!("memory:{key}?seconds={}", lifetime.as_secs()))
    }

    async fn list(&self, prefix: &str, next: Option<String>) -> Result<Listing, LakeError> {
        self.call("ListObjectsV2", prefix, self.delay).await?;
        let objects = self.objects.lock().unwrap();
        let after = |key: &&String| next.as_ref().is_none_or(|next| *key > next);
        let keys: Vec<_> =
            objects.keys().filter(|key| key.starts_with(prefix)).filter(after).take(2).cloned().collect();
        let last_modified = Timestamp::from_millis(MODIFIED);
        // Two to a page, so that every listing has several.
        let next = keys.get(1).cloned();
        Ok(Listing { objects: keys.into_iter().map(|key| Listed { key, last_modified }).collect(), next })
    }

    async fn folders(&self, prefix: &str) -> Result<Vec<String>, LakeError> {
        self.call("ListObjectsV2", prefix, self.delay).await?;
        let folder = |key: &String| Some(format!("{prefix}{}/", key.strip_prefix(prefix)?.split_once('/')?.0));
        let folders: BTreeSet<String> = self.objects.lock().unwrap().keys().filter_map(folder).collect();
        Ok(folders.into_iter().collect())
    }

    async fn document(&self, key: &str, etag: Option<&str>) -> Result<Document, LakeError> {
        self.call("GetObject", key, self.document_delay).await?;
        self.documents.fetch_add(1, Ordering::SeqCst);
        let Some(bytes) = self.objects.lock().unwrap().get(key).cloned() else { return Ok(Document::Missing) };
        let fresh = crate::key::digest(&bytes);
        if etag == Some(fresh.as_str()) {
            return Ok(Document::Unchanged);
        }
        Ok(Document::Changed { body: Body::new(key, ByteStream::from(bytes), None), etag: Some(fresh) })
    }
}

/// An index in memory.
#[derive(Debug)]
pub struct MemoryIndex {
    /// The entries by primary key.
    pub entries: Mutex<BTreeMap<(String, String), Entry>>,
    /// Entries a page holds.
    pub page_size: usize,
    /// Every call fails as AWS would.
    pub failing: bool,
    /// Pages read.
    pub pages: AtomicUsize,
}

impl Default for MemoryIndex {
    fn default() -> Self {
        Self { entries: Mutex::default(), page_size: 1000, failing: false, pages: AtomicUsize::new(0) }
    }
}

impl MemoryIndex {
    /// The entries, by session and sort key.
    #[must_use]
    pub fn all(&self) -> Vec<Entry> {
        self.entries.lock().unwrap().values().cloned().collect()
    }
}

impl Index for MemoryIndex {
    async fn write(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, IndexError> {
        if self.failing {
            return Err(IndexError::new("BatchWriteItem", "fake"));
        }
        let mut table = self.entries.lock().unwrap();
        table.extend(entries.into_iter().map(|entry| ((entry.session_id.clone(), entry.sort_key()), entry)));
        Ok(Vec::new())
    }

    async fn remove(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, IndexError> {
        if self.failing {
            return Err(IndexError::new("BatchWriteItem", "fake"));
        }
        let mut table = self.entries.lock().unwrap();
        for entry in entries {
            table.remove(&(entry.session_id.clone(), entry.sort_key()));
        }
        Ok(Vec::new())
    }

    async fn page(&self, find: &Find, start: Option<PageStart>) -> Result<Page, IndexError> {
        if self.failing {
            return Err(IndexError::new("Query", "fake"));
        }
        self.pages.fetch_add(1, Ordering::SeqCst);
        let mut found: Vec<(String, Entry)> = self
            .entries
            .lock()
            .unwrap()
            .values()
            .filter(|entry| match &find.partition {
                Partition::Session(id) => entry.session_id == *id,
                Partition::Day { date, shard } => entry.day() == crate::index::day_partition(date, *shard),
            })
            // As the key condition: from the hour of `from` on; the filter on the last event comes after the page.
            .filter(|entry| entry.first >= find.from.hour() && entry.first < find.to)
            .map(|entry| (format!("{}/{}", entry.sort_key(), entry.session_id), entry.clone()))
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        if find.order == Order::Descending {
            found.reverse();
        }
        if let Some(after) = start.as_ref().and_then(PageStart::sort_key) {
            let passed = |key: &str| if find.order == Order::Ascending { key <= after } else { key >= after };
            found.retain(|(key, _)| !passed(key));
        }
        let next = (found.len() > self.page_size).then(|| PageStart::after(&found[self.page_size - 1].0));
        found.truncate(self.page_size);
        let entries = found.into_iter().map(|(_, entry)| entry).filter(|entry| entry.last >= find.from).collect();
        Ok(Page { entries, next, read_units: 0.5 })
    }
}
