//! The only place that calls AWS: the standard environment and profiles, a stack's outputs, the queue, the function.

use std::error::Error as StdError;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use aws_smithy_runtime_api::client::result::SdkError;

use crate::args::LakeArgs;
use crate::error::{AwsCause, BoxError, Error};
use crate::pack::Message;
use crate::query::Ask;
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
        const OUTPUT: &str = "QueueUrl";
        let url = match Place::of(url, stack, std::env::var(OUTPUT).ok()) {
            Place::Given(url) => url,
            Place::Stack(stack) => self.output(stack, OUTPUT).await?,
        };
        let mut config = aws_sdk_sqs::config::Builder::from(&self.config);
        // A queue lives in the region of its URL, whatever the environment says.
        match region_of(&url) {
            Some(region) => config = config.region(Region::new(region.to_owned())),
            None => self.needs_region(&format!("sending to {url}"))?,
        }
        Ok(SqsQueue { client: aws_sdk_sqs::Client::from_conf(config.build()), url })
    }

    /// The function to ask.
    pub async fn function(&self, name: Option<&str>, stack: Option<&str>) -> Result<LambdaFunction, Error> {
        const OUTPUT: &str = "QueryFunctionName";
        let name = match Place::of(name, stack, std::env::var(OUTPUT).ok()) {
            Place::Given(name) => name,
            Place::Stack(stack) => self.output(stack, OUTPUT).await?,
        };
        self.needs_region(&format!("asking the function {name}"))?;
        Ok(LambdaFunction { client: aws_sdk_lambda::Client::new(&self.config), name })
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
