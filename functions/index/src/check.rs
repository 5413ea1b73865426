//! Compares the raw zone with the index, hour by hour: objects that no notification told of, entries whose object is gone.
//! What differs is counted and, if asked for, mended. Doing so twice changes nothing the second time.
//!
//! A check that is not deep looks at keys only, a few calls an hour, and finds what a lost notification leaves behind. A
//! deep one reads every object and compares entry by entry. Before anything is called missing, the table itself is asked,
//! consistently: the projection by day, which is read first, lags.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use droplets::index::{DAY_SHARDS, Entry, Find, Index, Order, Partition, remove_all};
use droplets::key;
use droplets::lake::{ByteRange, Fault, Lake, Part};
use droplets::telemetry::{Invocation, Summary};
use droplets::timestamp::{HOUR_MS, Timestamp};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::timeout_at;

use crate::handler::{Failed, Indexer, Tally};

/// Objects read at once.
const READS_IN_FLIGHT: usize = 4;
/// Look-ups in the table at once, for each object that is read.
const LOOKUPS_IN_FLIGHT: usize = 8;
/// Entries gathered before they are removed.
const REMOVED_AT_ONCE: usize = 250;
/// Most objects named in a report.
const EXAMPLES: usize = 20;
/// Most hours a check may be of: a hundred years.
const MAX_HOURS: i64 = 100 * 366 * 24;
/// How old an object must be before its entries are expected, unless the check says: S3 tells of most objects in seconds,
/// and Lambda's two retries come within minutes.
const SETTLE_SECONDS: u32 = 900;

/// What to check.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// From the hour this lies in …
    pub from: Option<String>,
    /// … to the hour before this, or the one it lies in. Both as query's: RFC 3339, a date, or relative (`-24h`).
    pub to: Option<String>,
    /// Instead: the last hours, the one that has begun included.
    pub hours: Option<u32>,
    /// Read every object and compare entry by entry.
    #[serde(default)]
    pub deep: bool,
    /// Mend what differs.
    #[serde(default)]
    pub repair: bool,
    /// Pass over objects written less than this many seconds ago: their notification may still come.
    pub settle_seconds: Option<u32>,
}

/// A check that cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("check.{field}: {problem}")]
pub struct BadCheck {
    field: &'static str,
    problem: &'static str,
}

/// What a check found. Counts are of the hours from `from` to before `next`, or to `to`.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Version of this report.
    pub v: u8,
    /// The first hour.
    pub from: String,
    /// Where the last hour ends.
    pub to: String,
    /// The hour to go on with: time was up. `None` when all is done.
    pub next: Option<String>,
    /// Hours checked.
    pub hours: usize,
    /// Objects in them.
    pub objects: usize,
    /// Entries of them.
    pub entries: usize,
    /// Objects too young to be judged.
    pub unsettled: usize,
    /// Entries there should be, and are not.
    pub missing: usize,
    /// Entries whose object, or whose part of it, is gone.
    pub stale: usize,
    /// Entries written.
    pub written: usize,
    /// Entries removed.
    pub removed: usize,
    /// Some of the objects concerned.
    pub examples: Vec<Example>,
}

/// An object that the index does not agree with.
#[derive(Debug, Serialize)]
pub struct Example {
    /// Its key.
    pub key: String,
    /// Entries it lacks.
    pub missing: usize,
    /// Entries it has too many.
    pub stale: usize,
}

/// The hours of a check and how to go about it.
struct Plan {
    from: Timestamp,
    to: Timestamp,
    settled: Timestamp,
    deep: bool,
    repairs: bool,
}

/// What the index has of an hour, in digests: an hour of a million entries is 64 MB.
#[derive(Debug)]
pub struct Known {
    /// Whether what is missing is to be written.
    pub repairs: bool,
    places: Mutex<HashMap<u128, Place>>,
    keys: HashSet<u128>,
}

#[derive(Debug)]
struct Place {
    digest: u128,
    /// An object was read that calls for it.
    called_for: bool,
}

impl Known {
    fn places(&self) -> MutexGuard<'_, HashMap<u128, Place>> {
        // Nothing that holds it can panic half way.
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the index has exactly this entry; notes that it is called for.
    fn has(&self, entry: &Entry) -> bool {
        self.places().get_mut(&entry.place()).is_some_and(|place| {
            place.called_for = true;
            place.digest == entry.digest()
        })
    }
}

impl Check {
    fn plan(&self, now: Timestamp) -> Result<Plan, BadCheck> {
        let time = |field: &'static str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => Timestamp::parse_spoken(text, now)
                .map(Some)
                .ok_or(BadCheck { field, problem: "neither RFC 3339 nor a date nor relative, as -24h" }),
        };
        let next_hour = now.hour().plus_millis(HOUR_MS);
        let (from, to) = match (self.hours, time("from", &self.from)?, time("to", &self.to)?) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
                return Err(BadCheck { field: "hours", problem: "stands beside from or to: one or the other" });
            }
            (Some(hours), ..) => (next_hour.plus_millis(-i64::from(hours) * HOUR_MS), next_hour),
            (None, Some(from), to) => (from.hour(), to.unwrap_or(next_hour).plus_millis(HOUR_MS - 1).hour()),
            (None, None, _) => return Err(BadCheck { field: "from", problem: "missing; or give hours" }),
        };
        if from >= to {
            return Err(BadCheck { field: "to", problem: "not after from" });
        }
        if (to.millis() - from.millis()) / HOUR_MS > MAX_HOURS {
            return Err(BadCheck { field: "from", problem: "more than a hundred years before to" });
        }
        let settle = i64::from(self.settle_seconds.unwrap_or(SETTLE_SECONDS)) * 1000;
        Ok(Plan { from, to, settled: now.plus_millis(-settle), deep: self.deep, repairs: self.repair })
    }
}

impl<L: Lake, I: Index> Indexer<L, I> {
    /// Makes a check, as far as time allows.
    pub(crate) async fn check(&self, check: &Check, now: Timestamp, invocation: &Invocation) -> Result<Report, Failed> {
        let plan = check.plan(now)?;
        let mut report = Report { v: 1, from: plan.from.to_string(), to: plan.to.to_string(), ..Report::default() };
        let done = self.check_hours(&plan, &mut report, invocation).await;
        report.summary(invocation, done.as_ref().err()).emit();
        done.map(|()| report)
    }

    async fn check_hours(&self, plan: &Plan, report: &mut Report, invocation: &Invocation) -> Result<(), Failed> {
        let folders = self.lake.folders(key::RAW_PREFIX).await?;
        let mut hour = plan.from;
        while hour < plan.to {
            let mended = report.written + report.removed;
            let mut part = Report::default();
            let done = timeout_at(invocation.deadline, self.check_hour(hour, &folders, plan, &mut part)).await;
            report.found(part, done.is_ok());
            match done {
                Ok(done) => done?,
                // What was mended of it will be found in order the next time.
                Err(_) if report.hours > 0 || report.written + report.removed > mended => {
                    report.next = Some(hour.to_string());
                    return Ok(());
                }
                Err(_) => return Err(Failed::HourTooLong(hour)),
            }
            hour = hour.plus_millis(HOUR_MS);
        }
        Ok(())
    }

    async fn check_hour(
        &self,
        hour: Timestamp,
        folders: &[String],
        plan: &Plan,
        report: &mut Report,
    ) -> Result<(), Failed> {
        let known = self.known(hour, plan.repairs, report).await?;
        let (mut listed, mut read) = (HashSet::new(), HashSet::new());
        for folder in folders.iter().filter(|folder| folder.contains("/type=")) {
            let prefix = key::hour_folder(folder, hour);
            let mut next = None;
            loop {
                let page = self.lake.list(&prefix, next).await?;
                let mut doubtful = Vec::new();
                for object in page.objects.into_iter().filter(|object| key::is_indexable(&object.key)) {
                    let digest = key_digest(&object.key);
                    report.objects += 1;
                    listed.insert(digest);
                    if object.last_modified.is_none_or(|at| at > plan.settled) {
                        report.unsettled += 1;
                    } else if plan.deep || !known.keys.contains(&digest) {
                        doubtful.push(object.key);
                    }
                }
                self.read_again(doubtful, &known, &mut read, report).await?;
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
        }
        self.remove_stale(hour, &known, &listed, &read, report).await
    }

    /// What the index has of an hour.
    async fn known(&self, hour: Timestamp, repairs: bool, report: &mut Report) -> Result<Known, Failed> {
        let (mut places, mut keys) = (HashMap::new(), HashSet::new());
        for shard in 0..DAY_SHARDS {
            let mut start = None;
            loop {
                let page = self.index.page(&of_hour(hour, shard), start).await?;
                report.entries += page.entries.len();
                for entry in page.entries {
                    keys.insert(key_digest(&entry.key));
                    places.insert(entry.place(), Place { digest: entry.digest(), called_for: false });
                }
                start = page.next;
                if start.is_none() {
                    break;
                }
            }
        }
        Ok(Known { repairs, places: Mutex::new(places), keys })
    }

    /// Reads objects and writes what the index lacks of them. Those that could be read in full are added to `read`.
    async fn read_again(
        &self,
        keys: Vec<String>,
        known: &Known,
        read: &mut HashSet<u128>,
        report: &mut Report,
    ) -> Result<(), Failed> {
        let mut objects = stream::iter(keys)
            .map(|key| async move {
                let mut tally = Tally::default();
                self.object(&key, &mut tally, Some(known)).await.map(|()| (key, tally))
            })
            .buffer_unordered(READS_IN_FLIGHT);
        while let Some((key, tally)) = objects.try_next().await? {
            let missing = tally.lacking;
            // What was damaged since, or is too large by now, says nothing against the entries it has.
            if tally.skipped.is_empty() {
                read.insert(key_digest(&key));
            }
            report.missing += missing;
            report.written += if known.repairs { missing } else { 0 };
            report.example(key, missing, 0);
        }
        Ok(())
    }

    /// Of an object's entries, those that the index does not have.
    pub(crate) async fn lacking(&self, entries: Vec<Entry>, known: &Known) -> Result<Vec<Entry>, Failed> {
        stream::iter(entries.into_iter().filter(|entry| !known.has(entry)))
            .map(|entry| async move { self.is_stored(&entry).await.map(|stored| (!stored).then_some(entry)) })
            .buffer_unordered(LOOKUPS_IN_FLIGHT)
            .try_filter_map(|lacking| async move { Ok(lacking) })
            .try_collect()
            .await
    }

    /// Asks the table itself for an entry.
    async fn is_stored(&self, entry: &Entry) -> Result<bool, Failed> {
        let partition = Partition::Session(entry.session_id.clone());
        let find = Find { partition, from: entry.first, to: entry.first.plus_millis(1), order: Order::Ascending };
        let mut start = None;
        loop {
            let page = self.index.page(&find, start).await?;
            if page.entries.iter().any(|stored| stored.digest() == entry.digest()) {
                return Ok(true);
            }
            start = page.next;
            if start.is_none() {
                return Ok(false);
            }
        }
    }

    /// Finds the entries whose object is gone, or was read and does not call for them.
    async fn remove_stale(
        &self,
        hour: Timestamp,
        known: &Known,
        listed: &HashSet<u128>,
        read: &HashSet<u128>,
        report: &mut Report,
    ) -> Result<(), Failed> {
        let elsewhere = known.keys.iter().any(|key| !listed.contains(key));
        let uncalled = !read.is_empty() && known.places().values().any(|place| !place.called_for);
        if !elsewhere && !uncalled {
            return Ok(());
        }
        let mut gone = HashMap::new();
        for shard in 0..DAY_SHARDS {
            let mut start = None;
            loop {
                let page = self.index.page(&of_hour(hour, shard), start).await?;
                let mut stale = Vec::new();
                for entry in page.entries {
                    // What came after `known` was read is not judged.
                    let called_for = known.places().get(&entry.place()).is_none_or(|place| place.called_for);
                    let key = key_digest(&entry.key);
                    let is_stale = !called_for
                        && (read.contains(&key) || {
                            !listed.contains(&key) && self.is_gone(&entry.key, &mut gone).await?
                        });
                    if is_stale {
                        stale.push(entry);
                    }
                }
                report.stale += stale.len();
                for entry in &stale {
                    report.example(entry.key.clone(), 0, 1);
                }
                if known.repairs {
                    report.removed += stale.len();
                    for some in stale.chunks(REMOVED_AT_ONCE) {
                        remove_all(&self.index, some.to_vec()).await?;
                    }
                }
                start = page.next;
                if start.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Whether an object that stands in no folder of the hour is gone. A foreign one may stand anywhere below `raw/`.
    async fn is_gone(&self, key: &str, gone: &mut HashMap<String, bool>) -> Result<bool, Failed> {
        if let Some(gone) = gone.get(key) {
            return Ok(*gone);
        }
        let is_gone = match self.lake.get(key, Part::Range(ByteRange { offset: 0, length: 1 })).await {
            Ok(_) => false,
            Err(error) if error.fault == Fault::Missing => true,
            Err(error) => return Err(error.into()),
        };
        gone.insert(key.to_owned(), is_gone);
        Ok(is_gone)
    }
}

fn of_hour(hour: Timestamp, shard: u8) -> Find {
    let partition = Partition::Day { date: hour.date(), shard };
    Find { partition, from: hour, to: hour.plus_millis(HOUR_MS), order: Order::Ascending }
}

fn key_digest(key: &str) -> u128 {
    // Two keys of the same digest would hide a missing object; 64 bits of SHA-256 would do as well.
    u128::from_str_radix(&key::digest(key.as_bytes()), 16).unwrap_or_default()
}

impl Report {
    /// Adds what was found in an hour. Its objects and entries count when it is through.
    fn found(&mut self, part: Self, whole: bool) {
        if whole {
            self.hours += 1;
            self.objects += part.objects;
            self.entries += part.entries;
            self.unsettled += part.unsettled;
        }
        self.missing += part.missing;
        self.stale += part.stale;
        self.written += part.written;
        self.removed += part.removed;
        for example in part.examples {
            self.example(example.key, example.missing, example.stale);
        }
    }

    fn example(&mut self, key: String, missing: usize, stale: usize) {
        if missing + stale == 0 {
            return;
        }
        if let Some(example) = self.examples.iter_mut().find(|example| example.key == key) {
            example.missing += missing;
            example.stale += stale;
        } else if self.examples.len() < EXAMPLES {
            self.examples.push(Example { key, missing, stale });
        }
    }

    fn summary(&self, invocation: &Invocation, failed: Option<&Failed>) -> Summary {
        let summary = Summary::new(invocation)
            .metric("IndexMissing", self.missing)
            .metric_if_any("IndexStale", self.stale)
            .field("checked", json!({ "from": self.from, "to": self.to, "next": self.next }))
            .field("hours", self.hours)
            .field("objects", self.objects)
            .field("entries", self.entries)
            .field("written", self.written)
            .field("removed", self.removed);
        let summary = if self.examples.is_empty() {
            summary
        } else {
            summary.field("level", "WARN").field("examples", json!(self.examples))
        };
        match failed {
            Some(error) => summary.field("level", "ERROR").field("failure", error.to_string()),
            None => summary,
        }
    }
}

#[cfg(test)]
mod tests;
