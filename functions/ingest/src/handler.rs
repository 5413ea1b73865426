//! Decides what becomes of a batch: every message ends stored, rejected, or as a batch item failure.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use droplets::block::{Grouping, Object, Sourced, pack};
use droplets::event::{Contract, Event, Message, Origin, Reading, Reason, RejectedBody, Rejection, push_json_string};
use droplets::key;
use droplets::lake::Lake;
use droplets::pii::{Counts, Redactor};
use droplets::telemetry::{Invocation, Summary};
use droplets::timestamp::Timestamp;
use futures_util::{StreamExt as _, stream};
use lambda_runtime::Diagnostic;
use tokio::time::{Instant, timeout_at};

use crate::rules::{NoRules, PiiRules};

/// Most PUTs in flight at once.
const PUTS_IN_FLIGHT: usize = 32;
/// Events and rejections gathered, in bytes, before they are stored. A batch of real events stays far below and becomes
/// one object per type and hour; six megabytes of the smallest events there are become fifty times that, and are stored
/// in parts rather than not at all.
const GATHERED_BYTES: usize = 32 * 1024 * 1024;
/// What an event costs besides its line.
const EVENT_BYTES: usize = 256;
/// Most failures named in the summary line.
const FAILURES_NAMED: usize = 5;

/// The whole batch is refused, and comes back.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A message without an id could neither be named in a partial answer (an empty id in one makes Lambda fail the batch as
    /// well) nor keep its rejections apart from another's. SQS sends none such.
    #[error("{0} messages of the batch have no messageId")]
    Unnamed(usize),
    /// Nobody knows what is to be stripped.
    #[error(transparent)]
    NoRules(#[from] NoRules),
}

impl From<Refused> for Diagnostic {
    fn from(error: Refused) -> Self {
        let error_type = match error {
            Refused::Unnamed(_) => "UnnamedMessages",
            Refused::NoRules(_) => "NoPiiRules",
        };
        Self { error_type: error_type.into(), error_message: error.to_string() }
    }
}

/// The function, with what it works on.
#[derive(Debug)]
pub struct Ingest<L> {
    /// Where objects go.
    pub lake: L,
    /// What the producer calls the contract's fields.
    pub contract: Contract,
    /// What is personal data.
    pub rules: PiiRules,
    /// How blocks share objects.
    pub grouping: Grouping,
    /// What reads a message: [`droplets::event::read_message`], which is not known to panic. Tests say what becomes of a
    /// batch if it does.
    pub reader: Reader,
}

/// A message in, its events and rejections out.
pub type Reader = fn(&Message<'_>, &Contract, &Redactor) -> Reading;

/// What a message of the batch is called, and what it was called when it was first sent.
struct Received {
    id: String,
    origin: Origin,
}

/// An object on its way to the lake, the messages that fail with it, and what is stored once it is there.
struct Upload {
    key: String,
    bytes: Vec<u8>,
    content_type: &'static str,
    messages: Vec<usize>,
    events: usize,
    rejections: BTreeMap<Reason, usize>,
}

/// What has been read and is to be stored.
#[derive(Default)]
struct Gathered {
    events: Vec<Sourced>,
    uploads: Vec<Upload>,
    bytes: usize,
}

impl Gathered {
    fn events(&mut self, events: Vec<Event>, message: usize) {
        self.bytes += events.iter().map(|event| event.line.len() + EVENT_BYTES).sum::<usize>();
        self.events.extend(events.into_iter().map(|event| Sourced { event, message }));
    }

    fn upload(&mut self, upload: Upload) {
        self.bytes += upload.bytes.len();
        self.uploads.push(upload);
    }
}

#[derive(Default)]
struct Tally {
    events: usize,
    rejections: BTreeMap<Reason, usize>,
    found: Counts,
    objects: usize,
    bytes: usize,
    failures: Vec<String>,
}

impl<L: Lake> Ingest<L> {
    /// Serves one batch. What AWS failed at comes back as batch item failures, for exactly the messages concerned.
    pub async fn handle(&self, batch: SqsEvent, invocation: &Invocation) -> Result<SqsBatchResponse, Refused> {
        let unnamed =
            batch.records.iter().filter(|record| record.message_id.as_deref().unwrap_or("").is_empty()).count();
        if unnamed > 0 {
            return Err(Refused::Unnamed(unnamed));
        }
        let deadline = invocation.deadline;
        let redactor = match self.rules.redactor(&self.lake, deadline).await {
            Ok(redactor) => redactor,
            Err(error) => {
                Tally::default().refused(invocation, batch.records.len(), &error).emit();
                return Err(error.into());
            }
        };
        let mut tally = Tally::default();
        let mut failed = BTreeSet::new();
        let mut received = Vec::with_capacity(batch.records.len());
        let mut gathered = Gathered::default();

        for (position, record) in batch.records.into_iter().enumerate() {
            let (message, body) = receive(record);
            let read =
                if Instant::now() < deadline { self.read(&message, &body, &redactor) } else { Err("out of time") };
            match read {
                Err(why) => {
                    tally.fail(format!("{why}: message {}", message.id));
                    failed.insert(position);
                }
                Ok(Reading { events: read, rejections, found }) => {
                    tally.found.merge(&found);
                    gathered.events(read, position);
                    if !rejections.is_empty() {
                        gathered.upload(rejected(&message, position, &rejections));
                    }
                }
            }
            received.push(message);
            if gathered.bytes > GATHERED_BYTES {
                self.store(std::mem::take(&mut gathered), deadline, &mut failed, &mut tally).await;
            }
        }
        self.store(gathered, deadline, &mut failed, &mut tally).await;

        tally.summary(invocation, received.len(), failed.len()).emit();
        let mut answer = SqsBatchResponse::default();
        for position in failed {
            let mut failure = BatchItemFailure::default();
            failure.item_identifier.clone_from(&received[position].id);
            answer.batch_item_failures.push(failure);
        }
        Ok(answer)
    }

    /// Reads one message. A panic, which would be a bug, costs this message a retry and not its whole batch.
    fn read(&self, received: &Received, body: &str, redactor: &Redactor) -> Result<Reading, &'static str> {
        let Origin { message_id, sent_at, positions } = &received.origin;
        let message = Message { id: message_id, sent_at: *sent_at, body, positions };
        catch_unwind(AssertUnwindSafe(|| (self.reader)(&message, &self.contract, redactor)))
            .map_err(|_| "panic while reading")
    }

    /// Stores everything, as many at once as allowed, until the deadline; what is not stored by then failed.
    async fn store(&self, gathered: Gathered, deadline: Instant, failed: &mut BTreeSet<usize>, tally: &mut Tally) {
        let mut uploads = gathered.uploads;
        uploads.extend(pack(gathered.events, self.grouping).into_iter().map(Upload::from));
        let mut results = stream::iter(uploads)
            .map(|mut upload| async move {
                let bytes = std::mem::take(&mut upload.bytes);
                let length = bytes.len();
                let put = timeout_at(deadline, self.lake.put(&upload.key, bytes, upload.content_type)).await;
                let result = match put {
                    Ok(Ok(())) => Ok(length),
                    Ok(Err(error)) => Err(error.to_string()),
                    Err(_) => Err(format!("out of time: s3:PutObject {}", upload.key)),
                };
                (upload, result)
            })
            .buffer_unordered(PUTS_IN_FLIGHT);
        while let Some((upload, result)) = results.next().await {
            match result {
                Ok(bytes) => tally.stored(upload, bytes),
                Err(why) => {
                    tally.fail(why);
                    failed.extend(upload.messages);
                }
            }
        }
    }
}

fn receive(record: SqsMessage) -> (Received, String) {
    let sent = record.attributes.get("SentTimestamp").and_then(|ms| ms.parse().ok()).and_then(Timestamp::from_millis);
    // SQS always says when; a hand-made invocation may not.
    let sent_at = sent.unwrap_or_else(Timestamp::now);
    let id = record.message_id.unwrap_or_default();
    let attribute = |name: &str| record.message_attributes.get(name)?.string_value.as_deref();
    let origin = Origin::read(sent_at, attribute);
    let origin = origin.unwrap_or_else(|| Origin { message_id: id.clone(), sent_at, positions: Vec::new() });
    (Received { id, origin }, record.body.unwrap_or_default())
}

/// The object that keeps what of a message could not become an event.
fn rejected(message: &Received, position: usize, rejections: &[Rejection]) -> Upload {
    let Origin { message_id: id, sent_at, .. } = &message.origin;
    let mut json = String::from("{\"v\":1,\"message_id\":");
    push_json_string(id, &mut json);
    // Writing to a String cannot fail.
    let _ = write!(json, ",\"sent_at\":\"{sent_at}\",\"rejected\":[");
    for (i, Rejection { position, reason, field, elements, body }) in rejections.iter().enumerate() {
        let _ = write!(json, "{}{{\"position\":", if i == 0 { "" } else { "," });
        match position {
            Some(position) => {
                let _ = write!(json, "{position}");
            }
            None => json.push_str("null"),
        }
        let _ = write!(json, ",\"reason\":\"{reason}\",\"field\":");
        match field {
            Some(field) => push_json_string(field, &mut json),
            None => json.push_str("null"),
        }
        let _ = write!(json, ",\"elements\":{elements},\"hint\":");
        push_json_string(reason.hint(), &mut json);
        match body {
            RejectedBody::Json(event) => {
                json.push_str(",\"event\":");
                json.push_str(event);
            }
            RejectedBody::Text(text) => {
                json.push_str(",\"body\":");
                push_json_string(text, &mut json);
            }
        }
        json.push('}');
    }
    json.push_str("]}\n");
    let mut reasons = BTreeMap::new();
    for rejection in rejections {
        *reasons.entry(rejection.reason).or_default() += rejection.elements;
    }
    Upload {
        key: key::rejected(id, *sent_at),
        bytes: json.into_bytes(),
        content_type: "application/json",
        messages: vec![position],
        events: 0,
        rejections: reasons,
    }
}

impl From<Object> for Upload {
    fn from(object: Object) -> Self {
        Self {
            key: object.key,
            bytes: object.bytes,
            content_type: "application/gzip",
            messages: object.messages,
            events: object.events,
            rejections: BTreeMap::new(),
        }
    }
}

impl Tally {
    fn stored(&mut self, upload: Upload, bytes: usize) {
        if upload.events > 0 {
            self.events += upload.events;
            self.objects += 1;
            self.bytes += bytes;
        }
        for (reason, count) in upload.rejections {
            *self.rejections.entry(reason).or_default() += count;
        }
    }

    fn fail(&mut self, why: String) {
        self.failures.push(why);
    }

    fn refused(mut self, invocation: &Invocation, messages: usize, why: &NoRules) -> Summary {
        self.fail(why.to_string());
        self.summary(invocation, messages, messages)
    }

    fn summary(self, invocation: &Invocation, messages: usize, failed: usize) -> Summary {
        let rejected = self.rejections.values().sum();
        let reasons: serde_json::Map<_, _> =
            self.rejections.iter().map(|(reason, count)| (reason.to_string(), (*count).into())).collect();
        let found: serde_json::Map<_, _> =
            self.found.iter().map(|(kind, count)| (kind.label().to_owned(), count.into())).collect();
        let mut failures = self.failures;
        failures.truncate(FAILURES_NAMED);
        let summary = Summary::new(invocation)
            .field("messages", messages)
            .metric("EventsStored", self.events)
            .metric_if_any("EventsRejected", rejected)
            .metric_if_any("BatchItemFailures", failed)
            .field("objects", self.objects)
            .field("bytes", self.bytes)
            .field("pii", found);
        let summary = if rejected > 0 { summary.field("reasons", reasons) } else { summary };
        if failures.is_empty() { summary } else { summary.field("level", "ERROR").field("failures", failures) }
    }
}

#[cfg(test)]
mod tests;
