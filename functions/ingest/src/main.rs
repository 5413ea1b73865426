//! ingest: SQS batch → personal data stripped → S3.

mod handler;
mod rules;

use std::time::Duration;

use droplets::block::Grouping;
use droplets::config::Settings;
use droplets::event::read_message;
use droplets::lake::S3Lake;
use droplets::telemetry::{self, Invocation};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

use handler::Ingest;
use rules::PiiRules;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::quiet_panics();
    let settings = Settings::from_env();
    let ingest = Ingest {
        lake: S3Lake::new(settings.aws()?.s3(), settings.bucket()?),
        contract: settings.contract()?,
        rules: PiiRules::new(
            settings.hash_key(),
            Duration::from_secs(
                settings.parsed("PII_RULES_SECONDS", 60, "a number of seconds", |text| text.parse().ok())?,
            ),
        ),
        grouping: settings.parsed("OBJECT_GROUPING", Grouping::Batch, "batch or session", Grouping::parse)?,
        reader: read_message,
    };
    let ingest = &ingest;
    run(service_fn(move |event: LambdaEvent<_>| async move {
        let context = &event.context;
        let invocation = Invocation::new(&context.env_config.function_name, &context.request_id, context.deadline());
        ingest.handle(event.payload, &invocation).await
    }))
    .await
}
