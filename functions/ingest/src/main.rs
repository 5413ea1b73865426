//! ingest: SQS batch → personal data stripped → S3.

mod handler;

use droplets::block::Grouping;
use droplets::config::Settings;
use droplets::lake::S3Lake;
use droplets::pii::Redactor;
use droplets::telemetry::{self, Invocation};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

use handler::Ingest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::quiet_panics();
    let settings = Settings::from_env();
    let ingest = Ingest {
        lake: S3Lake::new(settings.aws()?.s3(), settings.bucket()?),
        contract: settings.contract()?,
        redactor: Redactor::builtin(settings.hash_key()),
        grouping: settings.parsed("OBJECT_GROUPING", Grouping::Batch, "batch or session", Grouping::parse)?,
    };
    let ingest = &ingest;
    run(service_fn(move |event: LambdaEvent<_>| async move {
        let context = &event.context;
        let invocation = Invocation::new(&context.env_config.function_name, &context.request_id, context.deadline());
        ingest.handle(event.payload, &invocation).await
    }))
    .await
}
