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
use crate::request::Request;
use crate::{answer, cursor};

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
    /// Answers one request.
    pub async fn handle(&self, request: Value, invocation: &Invocation) -> Result<Box<RawValue>, Fault> {
        let started = Instant::now();
        let result = self.answer(&request, invocation).await;
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

    async fn answer(&self, request: &Value, invocation: &Invocation) -> Result<(Request, Rows), Failed> {
        let now = Timestamp::now();
        let mut request = Request::parse(request, now).map_err(Failed::Bad)?;
        let after = cursor::read(&request).map_err(Failed::Bad)?;
        request.session_id = request.session_id.map(|id| self.ids.stored(&id).into_owned());
        let source = Source {
            lake: &self.lake,
            index: &self.index,
            contract: &self.contract,
            now,
            deadline: invocation.deadline,
        };
        let rows = page(&source, &request, after).await?;
        Ok((request, rows))
    }
}

#[cfg(test)]
mod tests;
