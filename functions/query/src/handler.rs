//! Decides how a request is answered: bad requests are answers too, faults of AWS are errors, so that alarms fire.

use droplets::event::Contract;
use droplets::index::Index;
use droplets::lake::Lake;
use droplets::pii::Ids;
use droplets::telemetry::{Invocation, Summary};
use droplets::timestamp::Timestamp;
use lambda_runtime::Diagnostic;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::time::Instant;

use crate::reports::{Failed, Rows, Source, page};
use crate::request::{BadRequest, Request};
use crate::{answer, cursor};

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

impl<L: Lake, I: Index> Query<L, I> {
    /// Answers one request, which is taken as it was sent: one that cannot be read is a bad request, no fault.
    pub async fn handle(&self, request: &RawValue, invocation: &Invocation) -> Result<Box<RawValue>, Fault> {
        let started = Instant::now();
        let result = self.answer(request, invocation).await;
        let ms = started.elapsed().as_millis();
        let summary = Summary::new(invocation).field("ms", u64::try_from(ms).unwrap_or(u64::MAX));
        match result {
            Ok((request, rows)) => {
                summary
                    .field("report", request.report.name())
                    .field("rows", rows.rows.len())
                    .field("index_reads", rows.index_reads)
                    .field("s3_gets", rows.cost.gets)
                    .field("bytes", rows.cost.bytes)
                    .metric_if_any("EntriesMissing", usize::try_from(rows.cost.missing).unwrap_or(usize::MAX))
                    .emit();
                Ok(answer::good(&request, &rows, ms)?)
            }
            Err(Failed::Bad(bad)) => {
                summary.field("refused", bad.code).emit();
                Ok(answer::bad(&bad)?)
            }
            Err(failed) => {
                summary.field("level", "ERROR").field("failure", failed.to_string()).emit();
                Err(Fault::Aws(failed))
            }
        }
    }

    async fn answer(&self, request: &RawValue, invocation: &Invocation) -> Result<(Request, Rows), Failed> {
        let now = Timestamp::now();
        let mut request = readable(request).and_then(|request| Request::parse(&request, now)).map_err(Failed::Bad)?;
        let after = cursor::read(&request).map_err(Failed::Bad)?;
        request.session_id = request.session_id.map(|id| self.ids.stored(&id).into_owned());
        let source = Source {
            lake: &self.lake,
            index: &self.index,
            contract: &self.contract,
            memory: self.memory_mb * 1024 * 1024 / 4,
            now,
            deadline: invocation.deadline,
        };
        let rows = page(&source, &request, after).await?;
        Ok((request, rows))
    }
}

/// A request as a tree, unless it is too long, too deep, or has text that is no Unicode (a lone surrogate).
fn readable(request: &RawValue) -> Result<Value, BadRequest> {
    let bytes = request.get().len();
    if bytes > MAX_REQUEST_BYTES {
        return Err(BadRequest {
            code: "REQUEST_TOO_LARGE",
            field: None,
            message: format!("the request has {bytes} bytes"),
            hint: format!("a request has at most {MAX_REQUEST_BYTES} bytes"),
        });
    }
    serde_json::from_str(request.get()).map_err(|error| BadRequest {
        code: "INVALID_REQUEST",
        field: None,
        message: format!("the request cannot be read: {error}"),
        hint: "send for example {\"report\":\"events\",\"session_id\":\"s-42\"}".into(),
    })
}

#[cfg(test)]
mod tests;
