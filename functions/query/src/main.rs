//! query: report request → answer.

// The futures of two SDK clients, nested in the runtime's, are deeper than the default lets the compiler look.
#![recursion_limit = "256"]

mod answer;
mod blocks;
mod columns;
mod cursor;
mod entries;
mod filter;
mod handler;
mod price;
mod reports;
mod request;
mod select;
mod sums;
mod url;

use droplets::config::Settings;
use droplets::index::DynamoIndex;
use droplets::lake::S3Lake;
use droplets::pii::Ids;
use droplets::telemetry::{self, Invocation};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::value::RawValue;

use handler::Query;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::quiet_panics();
    let settings = Settings::from_env();
    let aws = settings.aws()?;
    let query = Query {
        lake: S3Lake::new(aws.s3(), settings.bucket()?),
        index: DynamoIndex::new(aws.dynamodb(), settings.table()?),
        contract: settings.contract()?,
        ids: Ids::new(settings.hash_key()),
        max_held: entries::MAX_HELD,
        memory_mb: settings.parsed("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 512, "a number of MB", |mb| mb.parse().ok())?,
    };
    let query = &query;
    run(service_fn(move |event: LambdaEvent<Box<RawValue>>| async move {
        let context = &event.context;
        let invocation = Invocation::new(&context.env_config.function_name, &context.request_id, context.deadline());
        query.handle(&event.payload, &invocation).await
    }))
    .await
}
