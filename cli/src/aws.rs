//! The only place that calls AWS: the standard environment and profiles, a stack's outputs, the queue, the function.

use std::error::Error as StdError;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, MessageSystemAttributeName, QueueAttributeName,
    SendMessageBatchRequestEntry,
};
use aws_smithy_runtime_api::client::result::SdkError;

use droplets::event::Origin;
use droplets::timestamp::Timestamp;

use crate::args::LakeArgs;
use crate::error::{AwsCause, BoxError, Error};
use crate::pack::{LARGEST_BYTES, Message};
use crate::query::Ask;
use crate::redrive::{Letter, Letters};
use crate::send::{Answer, Queue};

/// The stack's name unless another is given, as in `samconfig.toml`.
const DEFAULT_STACK: &str = "droplets";

/// Where to find a resource of the lake.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// Here.
    Given(String),
    /// The stack knows.
    Stack(String),
}

impl Place {
    /// What is said in so many words comes first, then the stack that is named, then the environment, then the stack
    /// with the default name.
    pub fn of(given: Option<&str>, stack: Option<&str>, environment: Option<String>) -> Self {
        match (given, stack, environment.filter(|value| !value.is_empty())) {
            (Some(given), _, _) => Self::Given(given.to_owned()),
            (None, Some(stack), _) => Self::Stack(stack.to_owned()),
            (None, None, Some(value)) => Self::Given(value),
            (None, None, None) => Self::Stack(DEFAULT_STACK.to_owned()),
        }
    }
}

/// A way to AWS.
pub struct Aws {
    config: SdkConfig,
}

impl Aws {
    /// Reads environment and profiles as every AWS tool does; calls nothing yet.
    pub async fn connect(args: &LakeArgs) -> Self {
        let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(droplets::config::http_client());
        if let Some(region) = &args.region {
            loader = loader.region(Region::new(region.clone()));
        }
        Self { config: loader.load().await }
    }

    /// The queue to send to.
    pub async fn queue(&self, url: Option<&str>, stack: Option<&str>) -> Result<SqsQueue, Error> {
        let url = self.place("QueueUrl", url, stack).await?;
        Ok(SqsQueue { client: self.sqs(&url)?, url })
    }

    /// The function to ask.
    pub async fn function(&self, name: Option<&str>, stack: Option<&str>) -> Result<LambdaFunction, Error> {
        self.function_of("QueryFunctionName", name, stack).await
    }

    /// The function that indexes and checks.
    pub async fn index_function(&self, name: Option<&str>, stack: Option<&str>) -> Result<LambdaFunction, Error> {
        self.function_of("IndexFunctionName", name, stack).await
    }

    async fn function_of(
        &self,
        output: &'static str,
        name: Option<&str>,
        stack: Option<&str>,
    ) -> Result<LambdaFunction, Error> {
        let name = self.place(output, name, stack).await?;
        self.needs_region(&format!("asking the function {name}"))?;
        Ok(LambdaFunction { client: aws_sdk_lambda::Client::new(&self.config), name })
    }

    /// The dead letters of the queue, and the queue.
    pub async fn dead_letters(&self, stack: Option<&str>) -> Result<SqsLetters, Error> {
        let from = self.place("DeadLetterQueueUrl", None, stack).await?;
        Ok(SqsLetters { client: self.sqs(&from)?, from, to: self.place("QueueUrl", None, stack).await? })
    }

    /// What index failed at.
    pub async fn index_failures(&self, stack: Option<&str>) -> Result<SqsLetters, Error> {
        let from = self.place("IndexFailureQueueUrl", None, stack).await?;
        Ok(SqsLetters { client: self.sqs(&from)?, from, to: String::new() })
    }

    /// The queue, for messages that were sent before.
    pub async fn sending(&self, stack: Option<&str>) -> Result<SqsLetters, Error> {
        let to = self.place("QueueUrl", None, stack).await?;
        Ok(SqsLetters { client: self.sqs(&to)?, from: String::new(), to })
    }

    /// The lake itself.
    pub async fn bucket(&self, stack: Option<&str>) -> Result<Bucket, Error> {
        let name = self.place("BucketName", None, stack).await?;
        self.needs_region(&format!("reading the bucket {name}"))?;
        // Names with dots have no certificate of their own; and a local AWS has one host for all.
        let config = aws_sdk_s3::config::Builder::from(&self.config).force_path_style(true).build();
        Ok(Bucket { client: aws_sdk_s3::Client::from_conf(config), name })
    }

    async fn place(&self, output: &'static str, given: Option<&str>, stack: Option<&str>) -> Result<String, Error> {
        match Place::of(given, stack, std::env::var(output).ok()) {
            Place::Given(value) => Ok(value),
            Place::Stack(stack) => self.output(stack, output).await,
        }
    }

    /// A client for the region the queue lives in, whatever the environment says.
    fn sqs(&self, url: &str) -> Result<aws_sdk_sqs::Client, Error> {
        let mut config = aws_sdk_sqs::config::Builder::from(&self.config);
        match region_of(url) {
            Some(region) => config = config.region(Region::new(region.to_owned())),
            None => self.needs_region(&format!("using the queue {url}"))?,
        }
        Ok(aws_sdk_sqs::Client::from_conf(config.build()))
    }

    async fn output(&self, stack: String, output: &'static str) -> Result<String, Error> {
        let doing = format!("reading the outputs of the stack '{stack}'");
        self.needs_region(&doing)?;
        let client = aws_sdk_cloudformation::Client::new(&self.config);
        let answer = client.describe_stacks().stack_name(&stack).send().await.map_err(|error| failed(doing, error))?;
        let outputs = answer.stacks().iter().flat_map(aws_sdk_cloudformation::types::Stack::outputs);
        let value = outputs.filter(|o| o.output_key() == Some(output)).find_map(|o| o.output_value());
        value.map(str::to_owned).ok_or(Error::NoOutput { stack, output })
    }

    /// Without a region the SDK fails too, in words of its own.
    fn needs_region(&self, doing: &str) -> Result<(), Error> {
        if self.config.region().is_some() {
            return Ok(());
        }
        let source = "neither AWS_REGION nor the profile names one".into();
        Err(Error::Aws { doing: doing.to_owned(), cause: AwsCause::NoRegion, source })
    }
}

/// `eu-west-1` of `https://sqs.eu-west-1.amazonaws.com/123456789012/events`.
fn region_of(queue_url: &str) -> Option<&str> {
    let host = queue_url.strip_prefix("https://")?.split('/').next()?;
    let (region, domain) = host.strip_prefix("sqs.")?.split_once('.')?;
    ["amazonaws.com", "amazonaws.com.cn"].contains(&domain).then_some(region)
}

/// A queue on SQS.
pub struct SqsQueue {
    client: aws_sdk_sqs::Client,
    url: String,
}

impl Queue for SqsQueue {
    async fn send(&self, messages: &[Message]) -> Result<Vec<Answer>, Error> {
        let mut call = self.client.send_message_batch().queue_url(&self.url);
        for (id, message) in messages.iter().enumerate() {
            let entry =
                SendMessageBatchRequestEntry::builder().id(id.to_string()).message_body(message.body.clone()).build();
            call = call.entries(entry.map_err(|error| failed_to_build(&self.url, error))?);
        }
        let answer = call.send().await.map_err(|error| failed(format!("sending to {}", self.url), error))?;
        // What the answer does not mention was not taken, as far as anyone knows.
        let silent = || Answer::NotNow { code: "no answer".to_owned() };
        let mut answers: Vec<_> = messages.iter().map(|_| silent()).collect();
        let of = |id: &str| id.parse::<usize>().ok();
        for taken in answer.successful() {
            if let Some(answer) = of(taken.id()).and_then(|id| answers.get_mut(id)) {
                *answer = Answer::Taken;
            }
        }
        for not in answer.failed() {
            if let Some(answer) = of(not.id()).and_then(|id| answers.get_mut(id)) {
                let code = not.code().to_owned();
                // The message SQS gives along may repeat the body.
                *answer = if not.sender_fault() { Answer::Never { code } } else { Answer::NotNow { code } };
            }
        }
        Ok(answers)
    }
}

/// Queues that messages are moved between.
pub struct SqsLetters {
    client: aws_sdk_sqs::Client,
    from: String,
    to: String,
}

/// Seconds to wait for a message before a queue counts as empty: with less, SQS asks only some of its servers.
const LONG_POLL: i32 = 2;
/// Most messages in a call, set by SQS.
const CALL_MESSAGES: i32 = 10;

impl SqsLetters {
    /// How many messages wait, roughly, those included that somebody took and did not delete yet.
    pub async fn waiting(&self) -> Result<u64, Error> {
        let names = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
        ];
        let call = self.client.get_queue_attributes().queue_url(&self.from).set_attribute_names(Some(names.to_vec()));
        let answer = call.send().await.map_err(|error| failed(format!("looking into {}", self.from), error))?;
        let attributes = answer.attributes.unwrap_or_default();
        Ok(names.iter().filter_map(|name| attributes.get(name)?.parse::<u64>().ok()).sum())
    }
}

impl Letters for SqsLetters {
    async fn take(&self) -> Result<Vec<Letter>, Error> {
        let call = self.client.receive_message().queue_url(&self.from).wait_time_seconds(LONG_POLL);
        let call = call.max_number_of_messages(CALL_MESSAGES).message_attribute_names("All");
        let call = call.message_system_attribute_names(MessageSystemAttributeName::SentTimestamp);
        let answer = call.send().await.map_err(|error| failed(format!("taking from {}", self.from), error))?;
        Ok(answer.messages.unwrap_or_default().into_iter().filter_map(letter).collect())
    }

    async fn send(&self, letters: &[Letter]) -> Result<Vec<bool>, Error> {
        let mut arrived = Vec::with_capacity(letters.len());
        // One by one where they are too large for a call together, which they seldom are.
        let together = letters.iter().map(|letter| letter.body.len()).sum::<usize>() <= LARGEST_BYTES / 2;
        for some in letters.chunks(if together { CALL_MESSAGES as usize } else { 1 }) {
            let mut call = self.client.send_message_batch().queue_url(&self.to);
            for (id, letter) in some.iter().enumerate() {
                let mut entry =
                    SendMessageBatchRequestEntry::builder().id(id.to_string()).message_body(letter.body.clone());
                for (name, value) in letter.origin.attributes() {
                    let value = MessageAttributeValue::builder().data_type("String").string_value(value).build();
                    entry = entry.message_attributes(name, value.map_err(|error| failed_to_build(&self.to, error))?);
                }
                call = call.entries(entry.build().map_err(|error| failed_to_build(&self.to, error))?);
            }
            let answer = call.send().await.map_err(|error| failed(format!("sending to {}", self.to), error))?;
            let taken = |id: usize| answer.successful().iter().any(|one| one.id() == id.to_string());
            arrived.extend((0..some.len()).map(taken));
        }
        Ok(arrived)
    }

    async fn delete(&self, receipts: Vec<String>) -> Result<(), Error> {
        for some in receipts.chunks(CALL_MESSAGES as usize) {
            let mut call = self.client.delete_message_batch().queue_url(&self.from);
            for (id, receipt) in some.iter().enumerate() {
                let entry = DeleteMessageBatchRequestEntry::builder().id(id.to_string()).receipt_handle(receipt);
                call = call.entries(entry.build().map_err(|error| failed_to_build(&self.from, error))?);
            }
            // One that stays is sent once more the next time, as the same events.
            call.send().await.map_err(|error| failed(format!("deleting from {}", self.from), error))?;
        }
        Ok(())
    }
}

/// A message with what it was called when it was first sent, which this may not be.
fn letter(message: aws_sdk_sqs::types::Message) -> Option<Letter> {
    let sent = message.attributes()?.get(&MessageSystemAttributeName::SentTimestamp)?.parse().ok();
    let sent_at = sent.and_then(Timestamp::from_millis)?;
    let attribute = |name: &str| message.message_attributes()?.get(name)?.string_value();
    let origin = Origin::read(sent_at, attribute)
        .or_else(|| Some(Origin { message_id: message.message_id()?.to_owned(), sent_at, positions: Vec::new() }))?;
    Some(Letter { origin, receipt: message.receipt_handle?, body: message.body? })
}

/// The bucket, as far as rejected messages go.
pub struct Bucket {
    client: aws_sdk_s3::Client,
    name: String,
}

impl Bucket {
    /// The keys that begin so, in order.
    pub async fn list(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let (mut keys, mut next) = (Vec::new(), None);
        loop {
            let call = self.client.list_objects_v2().bucket(&self.name).prefix(prefix).set_continuation_token(next);
            let doing = || format!("listing {prefix} in {}", self.name);
            let page = call.send().await.map_err(|error| failed(doing(), error))?;
            keys.extend(page.contents.unwrap_or_default().into_iter().filter_map(|object| object.key));
            next = page.next_continuation_token;
            if next.is_none() {
                return Ok(keys);
            }
        }
    }

    /// An object as text.
    pub async fn read(&self, key: &str) -> Result<String, Error> {
        let doing = || format!("reading {key} in {}", self.name);
        let object = self.client.get_object().bucket(&self.name).key(key).send().await;
        let body = object.map_err(|error| failed(doing(), error))?.body.collect().await;
        let bytes =
            body.map_err(|error| Error::Aws { doing: doing(), cause: AwsCause::Other, source: error.into() })?;
        Ok(String::from_utf8_lossy(&bytes.into_bytes()).into_owned())
    }

    /// Deletes an object.
    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        let deleted = self.client.delete_object().bucket(&self.name).key(key).send().await;
        deleted.map(|_| ()).map_err(|error| failed(format!("deleting {key} in {}", self.name), error))
    }
}

fn failed_to_build(url: &str, error: impl Into<BoxError>) -> Error {
    Error::Aws { doing: format!("sending to {url}"), cause: AwsCause::Other, source: error.into() }
}

/// The query function.
pub struct LambdaFunction {
    client: aws_sdk_lambda::Client,
    name: String,
}

impl Ask for LambdaFunction {
    fn name(&self) -> &str {
        &self.name
    }

    async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, Error> {
        let call = self.client.invoke().function_name(&self.name).payload(Blob::new(request));
        let answer = call.send().await.map_err(|error| failed(format!("asking the function {}", self.name), error))?;
        let payload = answer.payload.map(Blob::into_inner).unwrap_or_default();
        match answer.function_error {
            None => Ok(payload),
            Some(kind) => {
                Err(Error::Function { function: self.name.clone(), message: fault(&payload).unwrap_or(kind) })
            }
        }
    }
}

/// What a function that failed says of it.
fn fault(payload: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Fault {
        #[serde(rename = "errorMessage")]
        message: String,
    }
    serde_json::from_slice::<Fault>(payload).ok().map(|fault| fault.message).filter(|message| !message.is_empty())
}

/// An error of the SDK in our words. The answer of the service is told by its code and message alone.
fn failed<E, R>(doing: String, error: SdkError<E, R>) -> Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let (cause, source): (_, BoxError) = match &error {
        SdkError::ServiceError(service) => {
            let (code, message) = (service.err().code().unwrap_or("unknown error"), service.err().message());
            (cause_of(code, message.unwrap_or_default()), told(code, message).into())
        }
        SdkError::TimeoutError(_) => (AwsCause::TimedOut, error.into()),
        SdkError::DispatchFailure(failure) => {
            let cause = match credentials_error(&error) {
                Some(CredentialsError::CredentialsNotLoaded(_)) => AwsCause::NoCredentials,
                Some(_) => AwsCause::BadCredentials,
                None if failure.is_timeout() => AwsCause::TimedOut,
                None => AwsCause::Unreachable,
            };
            (cause, error.into())
        }
        _ => (AwsCause::Other, error.into()),
    };
    Error::Aws { doing, cause, source }
}

fn told(code: &str, message: Option<&str>) -> String {
    match message {
        Some(message) if !message.is_empty() => format!("{message} ({code})"),
        _ => code.to_owned(),
    }
}

/// The credentials provider's own error, which the SDK wraps as if the network had failed.
fn credentials_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a CredentialsError> {
    match error.downcast_ref() {
        Some(found) => Some(found),
        None => credentials_error(error.source()?),
    }
}

/// What the code of a service's error means; services spell the same in several ways.
fn cause_of(code: &str, message: &str) -> AwsCause {
    let code = code.rsplit('.').next().unwrap_or(code);
    match code {
        "AccessDenied" | "AccessDeniedException" | "AuthorizationError" | "KMSAccessDeniedException" => {
            AwsCause::Denied
        }
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => AwsCause::ExpiredCredentials,
        "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "InvalidAccessKeyId"
        | "MissingAuthenticationToken"
        | "IncompleteSignature" => AwsCause::RefusedCredentials,
        "Throttling" | "ThrottlingException" | "RequestThrottled" | "TooManyRequestsException" => AwsCause::Throttled,
        "ValidationError" if message.contains("does not exist") => AwsCause::NoStack,
        "ResourceNotFoundException" => AwsCause::NoFunction,
        "QueueDoesNotExist" | "NonExistentQueue" | "InvalidAddress" => AwsCause::NoQueue,
        _ => AwsCause::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_comes_before_what_is_set() {
        let environment = || Some("from-environment".to_owned());
        assert_eq!(Place::of(Some("a"), Some("b"), environment()), Place::Given("a".into()));
        assert_eq!(Place::of(None, Some("b"), environment()), Place::Stack("b".into()));
        assert_eq!(Place::of(None, None, environment()), Place::Given("from-environment".into()));
        assert_eq!(Place::of(None, None, Some(String::new())), Place::Stack("droplets".into()));
    }

    #[test]
    fn a_queue_url_of_aws_names_its_region() {
        assert_eq!(region_of("https://sqs.eu-west-1.amazonaws.com/123456789012/q"), Some("eu-west-1"));
        assert_eq!(region_of("https://sqs.cn-north-1.amazonaws.com.cn/1/q"), Some("cn-north-1"));
        for other in [
            "http://127.0.0.1:4566/000000000000/q",
            "https://sqs.example.com/1/q",
            "https://queue.amazonaws.com/1/q",
            "",
        ] {
            assert_eq!(region_of(other), None, "{other}");
        }
    }

    #[test]
    fn codes_are_told_apart() {
        assert_eq!(cause_of("ValidationError", "Stack with id x does not exist"), AwsCause::NoStack);
        assert_eq!(cause_of("ValidationError", "1 validation error detected"), AwsCause::Other);
        assert_eq!(cause_of("AWS.SimpleQueueService.NonExistentQueue", ""), AwsCause::NoQueue);
        assert_eq!(cause_of("AccessDeniedException", ""), AwsCause::Denied);
    }

    #[test]
    fn a_function_that_fails_is_quoted() {
        assert_eq!(
            fault(br#"{"errorType":"QueryFailed","errorMessage":"the table is gone"}"#).as_deref(),
            Some("the table is gone")
        );
        assert_eq!(fault(b"null"), None);
    }
}
