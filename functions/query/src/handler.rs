//! Decides how a request is answered: bad requests are answers too, faults of AWS are errors, so that alarms fire.

use std::time::Duration;

use droplets::event::Contract;
use droplets::index::Index;
use droplets::key;
use droplets::lake::Lake;
use droplets::pii::Ids;
use droplets::telemetry::{Invocation, Summary};
use droplets::timestamp::Timestamp;
use lambda_runtime::Diagnostic;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::time::Instant;

use crate::answer::{Stored, Took};
use crate::reports::{Failed, MAX_ROWS_BYTES, Rows, Source, page};
use crate::request::{BadRequest, Output, Request};
use crate::{answer, cursor, price, url};

/// Longest request, in bytes: many times what its fields have use for, and short enough that nothing it is compared or
/// answered with outgrows the function.
pub const MAX_REQUEST_BYTES: usize = 64 * 1024;

/// The function, with what it works on.
pub struct Query<L, I> {
    /// The blocks.
    pub lake: L,
    /// The entries.
    pub index: I,
    /// What the producer calls the contract's fields.
    pub contract: Contract,
    /// Maps a session id that is personal data to the token it is stored under.
    pub ids: Ids,
    /// Most index entries held at once, give or take a page of each partition.
    pub max_held: usize,
    /// The function's memory in MB: what bounds how many events are told apart at a time.
    pub memory_mb: usize,
}

/// A fault of AWS, or of ours.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// S3 or DynamoDB failed.
    #[error(transparent)]
    Aws(Failed),
    /// A line of the lake is no JSON, which reading it should have found.
    #[error("the answer could not be written: {0}")]
    Answer(#[from] serde_json::Error),
}

impl From<Fault> for Diagnostic {
    fn from(error: Fault) -> Self {
        Self { error_type: "QueryFailed".into(), error_message: error.to_string() }
    }
}

/// How long a link to a result works, at most: it ends with the credentials of the function's role that signed it, which
/// Lambda renews in time for hours.
const LINK_LIFETIME: Duration = Duration::from_secs(3600);

/// A page that was made.
pub struct Page {
    /// What was asked.
    pub request: Request,
    /// The rows.
    pub rows: Rows,
    /// Where they lie, if they went to S3.
    pub stored: Option<Stored>,
    /// What it took.
    pub took: Took,
}

impl<L: Lake, I: Index> Query<L, I> {
    /// Answers one request, which is taken as it was sent: one that cannot be read is a bad request, no fault. An event of the
    /// function URL is answered as one.
    pub async fn handle(&self, event: &RawValue, invocation: &Invocation) -> Result<Box<RawValue>, Fault> {
        if let Some(call) = url::Call::read(event) {
            let answer = match call.request() {
                Ok(request) => url::Answer::of(self.page(Ok(request), invocation, url::MAX_ROWS_BYTES).await?, &call)?,
                Err(refusal) => refusal,
            };
            return Ok(answer.write()?);
        }
        match self.page(readable(event.get()), invocation, MAX_ROWS_BYTES).await? {
            Ok(page) => Ok(answer::good(&page.request, &page.rows, page.stored.as_ref(), page.took)?),
            Err(bad) => Ok(answer::bad(&bad)?),
        }
    }

    /// Makes a page and tells the log.
    async fn page(
        &self,
        request: Result<Value, BadRequest>,
        invocation: &Invocation,
        max_bytes: usize,
    ) -> Result<Result<Page, BadRequest>, Fault> {
        let started = Instant::now();
        let made = match request {
            Ok(request) => self.make(&request, invocation, max_bytes).await,
            Err(bad) => Err(Failed::Bad(bad)),
        };
        let took = started.elapsed();
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let summary = Summary::new(invocation).field("ms", ms);
        match made {
            Ok((request, rows, stored)) => {
                summary
                    .field("report", request.report.name())
                    .field("rows", rows.rows.len())
                    .field("index_reads", rows.index.reads)
                    .field("s3_gets", rows.cost.gets)
                    .field("bytes", rows.cost.bytes)
                    .metric_if_any("EntriesMissing", usize::try_from(rows.cost.missing).unwrap_or(usize::MAX))
                    .emit();
                let puts = u64::from(stored.is_some());
                let cost_usd = price::answer(&rows.index, &rows.cost, puts, took, self.memory_mb);
                Ok(Ok(Page { request, rows, stored, took: Took { ms, cost_usd } }))
            }
            Err(Failed::Bad(bad)) => {
                summary.field("refused", bad.code).emit();
                Ok(Err(bad))
            }
            Err(failed) => {
                summary.field("level", "ERROR").field("failure", failed.to_string()).emit();
                Err(Fault::Aws(failed))
            }
        }
    }

    async fn make(
        &self,
        request: &Value,
        invocation: &Invocation,
        max_bytes: usize,
    ) -> Result<(Request, Rows, Option<Stored>), Failed> {
        let now = Timestamp::now();
        let mut request = Request::parse(request, now).map_err(Failed::Bad)?;
        let after = cursor::read(&request).map_err(Failed::Bad)?;
        request.session_id = request.session_id.map(|id| self.ids.stored(&id).into_owned());
        // What is told apart, the rows of a result, and the entries at hand: together less than half of the memory.
        let memory = self.memory_mb * 1024 * 1024 / 8;
        let to_s3 = request.output == Output::S3 && !request.explain;
        let index_time = invocation.deadline.saturating_duration_since(Instant::now()) / 2;
        let source = Source {
            lake: &self.lake,
            index: &self.index,
            contract: &self.contract,
            max_bytes: if to_s3 { memory.max(max_bytes) } else { max_bytes },
            memory,
            max_held: self.max_held,
            now,
            index_until: Instant::now() + index_time,
            deadline: invocation.deadline,
        };
        let rows = page(&source, &request, after).await?;
        let stored = if to_s3 && !rows.rows.is_empty() { Some(self.store(&request, &rows, now).await?) } else { None };
        Ok((request, rows, stored))
    }

    /// Puts rows into an object.
    async fn store(&self, request: &Request, rows: &Rows, now: Timestamp) -> Result<Stored, Failed> {
        let body = answer::body(request, rows).map_err(Failed::Answer)?;
        let content_type = request.format.content_type();
        let key = key::result(request.report.name(), now, &body, request.format.extension());
        let bytes = body.len();
        self.lake.put(&key, body, content_type).await?;
        let url = self.lake.link(&key, LINK_LIFETIME).await?;
        let expires_at = now.plus_millis(i64::try_from(LINK_LIFETIME.as_millis()).unwrap_or(0));
        Ok(Stored { key, url, expires_at, bytes, content_type })
    }
}

/// A request as a tree, unless it is too long, too deep, or has text that is no Unicode (a lone surrogate).
pub fn readable(request: &str) -> Result<Value, BadRequest> {
    let bytes = request.len();
    if bytes > MAX_REQUEST_BYTES {
        return Err(BadRequest {
            code: "REQUEST_TOO_LARGE",
            field: None,
            message: format!("the request has {bytes} bytes"),
            hint: format!("a request has at most {MAX_REQUEST_BYTES} bytes"),
        });
    }
    serde_json::from_str(request).map_err(|error| BadRequest {
        code: "INVALID_REQUEST",
        field: None,
        message: format!("the request cannot be read: {error}"),
        hint: "send for example {\"report\":\"events\",\"session_id\":\"s-42\"}".into(),
    })
}

#[cfg(test)]
mod tests;
