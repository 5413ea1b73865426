//! index: S3 ObjectCreated → DynamoDB, and a check now and then that nothing is missing.

mod check;
mod entries;
mod handler;

use droplets::config::Settings;
use droplets::index::DynamoIndex;
use droplets::lake::S3Lake;
use droplets::telemetry::{self, Invocation};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

use handler::Indexer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::quiet_panics();
    let settings = Settings::from_env();
    let aws = settings.aws()?;
    let indexer = Indexer {
        lake: S3Lake::new(aws.s3(), settings.bucket()?),
        index: DynamoIndex::new(aws.dynamodb(), settings.table()?),
        contract: settings.contract()?,
        retention_days: settings.parsed("RETENTION_DAYS", 0, "a number of days", |days| days.parse().ok())?,
        memory_mb: settings.parsed("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 256, "a number of MB", |mb| mb.parse().ok())?,
    };
    let indexer = &indexer;
    run(service_fn(move |event: LambdaEvent<_>| async move {
        let context = &event.context;
        let invocation = Invocation::new(&context.env_config.function_name, &context.request_id, context.deadline());
        indexer.handle(event.payload, &invocation).await
    }))
    .await
}
