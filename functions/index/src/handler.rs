//! Decides what becomes of a notification: each object below `raw/` is read and indexed, as far as it can be. What
//! notifications failed to bring, [`check`](crate::check) finds.

use aws_lambda_events::event::s3::S3EventRecord;
use droplets::block::Walker;
use droplets::event::Contract;
use droplets::index::{Index, IndexError, put_all};
use droplets::key;
use droplets::lake::{Fault, Lake, LakeError, Part};
use droplets::telemetry::{Invocation, Summary};
use droplets::timestamp::{DAY_MS, Timestamp};
use lambda_runtime::Diagnostic;
use serde::Deserialize;
use serde_json::json;
use tokio::time::timeout_at;

use crate::check::{BadCheck, Check, Known, Report};
use crate::entries::Entries;

/// Entries gathered before they are written.
const ENTRIES_AT_ONCE: usize = 250;
/// How often the walk of one object is taken up again behind a damaged member.
const MAX_DAMAGES: usize = 64;

/// What S3 sends: records, or once, when the notification is set up, `"Event":"s3:TestEvent"` and no records. A schedule
/// and the command line send a check instead.
#[derive(Debug, Deserialize)]
pub struct Request {
    #[serde(rename = "Records", default)]
    records: Vec<S3EventRecord>,
    check: Option<Check>,
}

/// A failure of AWS. Lambda tries the event twice more, then sends it to the OnFailure queue.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// S3 failed.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// DynamoDB failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The object is too large for the function's timeout, or AWS too slow.
    #[error("out of time while indexing {0}")]
    OutOfTime(String),
    /// A check that cannot be made.
    #[error(transparent)]
    BadCheck(#[from] BadCheck),
    /// One hour takes longer to check than the function has.
    #[error("out of time while checking the hour {0}: raise IndexTimeoutSeconds")]
    HourTooLong(Timestamp),
}

impl From<Failed> for Diagnostic {
    fn from(error: Failed) -> Self {
        let error_type = if matches!(error, Failed::BadCheck(_)) { "BadCheck" } else { "IndexFailed" };
        Self { error_type: error_type.into(), error_message: error.to_string() }
    }
}

/// The function, with what it works on.
#[derive(Debug)]
pub struct Indexer<L, I> {
    /// Where objects are read from.
    pub lake: L,
    /// Where entries go.
    pub index: I,
    /// What the producer calls the contract's fields.
    pub contract: Contract,
    /// Days that entries are kept after their object was written, as the bucket's lifecycle keeps the object; 0 for
    /// ever.
    pub retention_days: u32,
    /// The function's memory in MB: what bounds how much of an object is held at a time.
    pub memory_mb: usize,
}

/// What became of an invocation's objects.
#[derive(Debug, Default)]
pub struct Tally {
    objects: usize,
    entries: usize,
    /// Entries that a check did not find in the index.
    pub(crate) lacking: usize,
    /// Keys that are none of ours, or that do not decode.
    ignored: Vec<String>,
    /// Objects that were gone before they could be read.
    gone: Vec<String>,
    /// What could not be indexed of objects that could be read: where and why.
    pub(crate) skipped: Vec<serde_json::Value>,
}

impl<L: Lake, I: Index> Indexer<L, I> {
    /// Serves one notification, or makes a check. Doing so twice, late or in any order leaves the same entries.
    pub async fn handle(&self, request: Request, invocation: &Invocation) -> Result<Option<Report>, Failed> {
        if let Some(check) = request.check {
            return self.check(&check, Timestamp::now(), invocation).await.map(Some);
        }
        let mut tally = Tally::default();
        let mut failed = None;
        for record in request.records {
            let Some(key) = created(&record) else { continue };
            let Some(key) = key::decode_notification(key).filter(|key| key::is_indexable(key)) else {
                tally.ignored.push(key.to_owned());
                continue;
            };
            // The other records are served although this one failed: a retry repeats them all, to the same effect.
            match timeout_at(invocation.deadline, self.object(&key, &mut tally, None)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => failed = Some(error),
                Err(_) => failed = Some(Failed::OutOfTime(key)),
            }
        }
        tally.summary(invocation, failed.as_ref()).emit();
        failed.map_or(Ok(None), Err)
    }

    /// Indexes one object. A damaged member is passed over: the walk looks for the next one behind it.
    /// With `known`, only what the index lacks is written.
    pub(crate) async fn object(&self, key: &str, tally: &mut Tally, known: Option<&Known>) -> Result<(), Failed> {
        let (mut part, mut walker) = (Part::Whole, Walker::new(0));
        let mut damages = 0;
        loop {
            let mut body = match self.lake.get(key, part).await {
                Ok(body) => body,
                // Gone since the notification was sent, or the damage reaches to the object's end.
                Err(error) if error.fault == Fault::Missing => {
                    if damages == 0 {
                        tally.gone.push(key.to_owned());
                    }
                    return Ok(());
                }
                Err(error) => return Err(error.into()),
            };
            let expires_at = self.expires_at(body.last_modified);
            let mut entries = Entries::new(key, &self.contract, expires_at, self.memory_mb * 1024 * 1024 / 2);
            let mut broken = None;
            while let Some(chunk) = body.next().await? {
                if let Err(error) = walker.push(chunk.as_ref(), &mut |piece| entries.take(piece)) {
                    broken = Some(error);
                    break;
                }
                if entries.ready() >= ENTRIES_AT_ONCE {
                    self.write(&mut entries, tally, known).await?;
                }
            }
            if broken.is_none() {
                broken = walker.finish(&mut |piece| entries.take(piece)).err();
            }
            if broken.is_none() {
                entries.finish_plain();
            }
            self.write(&mut entries, tally, known).await?;
            tally.skipped.extend(entries.skipped());

            let Some(broken) = broken else {
                tally.objects += 1;
                return Ok(());
            };
            tally.skipped.push(json!({ "key": key, "offset": broken.at(), "reason": broken.to_string() }));
            damages += 1;
            if damages == MAX_DAMAGES {
                let rest = broken.at() + 1;
                tally
                    .skipped
                    .push(json!({ "key": key, "offset": rest, "reason": "too much damage: the rest was not read" }));
                return Ok(());
            }
            (part, walker) = (Part::From(broken.at() + 1), Walker::seeking(broken.at() + 1));
        }
    }

    async fn write(&self, entries: &mut Entries<'_>, tally: &mut Tally, known: Option<&Known>) -> Result<(), Failed> {
        let mut entries = entries.drain();
        if let Some(known) = known {
            entries = self.lacking(entries, known).await?;
            tally.lacking += entries.len();
            if !known.repairs {
                return Ok(());
            }
        }
        tally.entries += entries.len();
        put_all(&self.index, entries).await?;
        Ok(())
    }

    /// Epoch seconds at which the entries of an object last written then may go.
    fn expires_at(&self, last_modified: Option<Timestamp>) -> Option<i64> {
        let written = last_modified.unwrap_or_else(Timestamp::now);
        (self.retention_days > 0).then(|| (written.millis() + i64::from(self.retention_days) * DAY_MS) / 1000)
    }
}

/// The key, as spelled in the notification, of an object that was created.
fn created(record: &S3EventRecord) -> Option<&str> {
    let name = record.event_name.as_deref()?;
    // S3 leaves the prefix out, EventBridge and some emulators do not.
    name.strip_prefix("s3:").unwrap_or(name).starts_with("ObjectCreated:").then_some(())?;
    record.s3.object.key.as_deref()
}

impl Tally {
    fn summary(self, invocation: &Invocation, failed: Option<&Failed>) -> Summary {
        let mut summary = Summary::new(invocation)
            .field("objects", self.objects)
            .metric("EntriesWritten", self.entries)
            .metric_if_any("ObjectsSkipped", self.skipped.len());
        for (name, keys) in [("ignored", self.ignored), ("gone", self.gone)] {
            if !keys.is_empty() {
                summary = summary.field(name, keys);
            }
        }
        if !self.skipped.is_empty() {
            summary = summary.field("level", "WARN").field("skipped", self.skipped);
        }
        match failed {
            Some(error) => summary.field("level", "ERROR").field("failure", error.to_string()),
            None => summary,
        }
    }
}

#[cfg(test)]
mod tests;
