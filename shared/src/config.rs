//! What a function is told by its environment, read once at start, and the AWS clients made from it.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use crate::event::Contract;
use crate::pii::HashKey;

/// A setting that is missing or that cannot be understood; names the variable and what it should be.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The variable must be set.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// The variable's value makes no sense.
    #[error("the environment variable {name} must be {expected}")]
    Invalid {
        /// Which variable.
        name: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}

/// Where settings come from: a name to its value.
type Lookup<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Reads settings by name. In a Lambda the names are environment variables; in a test, whatever the test says.
pub struct Settings<'a> {
    get: Box<Lookup<'a>>,
}

impl Settings<'static> {
    /// The process's environment.
    #[must_use]
    pub fn from_env() -> Self {
        Self::new(|name| std::env::var(name).ok())
    }
}

impl<'a> Settings<'a> {
    /// Settings from a function, so that no test needs to change the environment.
    pub fn new(get: impl Fn(&str) -> Option<String> + 'a) -> Self {
        Self { get: Box::new(get) }
    }

    /// A setting that may be left out; an empty one counts as left out, as CloudFormation passes it.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<String> {
        (self.get)(name).filter(|value| !value.is_empty())
    }

    /// A setting that must be there.
    pub fn required(&self, name: &'static str) -> Result<String, ConfigError> {
        self.optional(name).ok_or(ConfigError::Missing(name))
    }

    /// A setting with a default and a reader; `expected` completes "must be …".
    pub fn parsed<T>(
        &self,
        name: &'static str,
        default: T,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ConfigError> {
        match self.optional(name) {
            None => Ok(default),
            Some(text) => parse(&text).ok_or(ConfigError::Invalid { name, expected }),
        }
    }

    /// `BUCKET_NAME`
    pub fn bucket(&self) -> Result<String, ConfigError> {
        self.required("BUCKET_NAME")
    }

    /// `TABLE_NAME`
    pub fn table(&self) -> Result<String, ConfigError> {
        self.required("TABLE_NAME")
    }

    /// `SESSION_ID_FIELD` and `TIMESTAMP_FIELD`: two names, and none of the contract's others.
    pub fn contract(&self) -> Result<Contract, ConfigError> {
        let default = Contract::default();
        let contract = Contract {
            session_id: self.optional("SESSION_ID_FIELD").unwrap_or(default.session_id),
            timestamp: self.optional("TIMESTAMP_FIELD").unwrap_or(default.timestamp),
        };
        let taken = |name: &str| matches!(name, "event_id" | "type" | crate::event::META_FIELD);
        let expected = "a name of its own, not event_id, type or _droplets";
        if taken(&contract.session_id) {
            return Err(ConfigError::Invalid { name: "SESSION_ID_FIELD", expected });
        }
        if taken(&contract.timestamp) || contract.timestamp == contract.session_id {
            return Err(ConfigError::Invalid { name: "TIMESTAMP_FIELD", expected });
        }
        Ok(contract)
    }

    /// `PII_HASH_KEY`
    #[must_use]
    pub fn hash_key(&self) -> Option<HashKey> {
        self.optional("PII_HASH_KEY").and_then(|key| HashKey::new(&key))
    }

    /// How to reach AWS, by the variables every Lambda has. The SDK's own loader would look in profiles, SSO and the
    /// instance's metadata too, and costs 6 MB and a slower cold start to do so.
    pub fn aws(&self) -> Result<Aws, ConfigError> {
        let region = self.optional("AWS_REGION").or_else(|| self.optional("AWS_DEFAULT_REGION"));
        Ok(Aws {
            region: region.ok_or(ConfigError::Missing("AWS_REGION"))?,
            credentials: Credentials::new(
                self.required("AWS_ACCESS_KEY_ID")?,
                self.required("AWS_SECRET_ACCESS_KEY")?,
                self.optional("AWS_SESSION_TOKEN"),
                None,
                "environment",
            ),
            endpoint: self.optional("AWS_ENDPOINT_URL"),
            http: http_client(),
        })
    }
}

/// One HTTPS client for all SDK clients of a process: rustls on ring, HTTP/1.1 keep-alive.
#[must_use]
pub fn http_client() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https()
}

/// What every SDK client of a function is built from.
#[derive(Clone, Debug)]
pub struct Aws {
    region: String,
    credentials: Credentials,
    endpoint: Option<String>,
    http: SharedHttpClient,
}

/// Three attempts a call, with the SDK's backoff and jitter.
fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(3)
}

/// An attempt that makes no headway is given up, so that a retry still fits in the function's time.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(Duration::from_secs(2)).read_timeout(Duration::from_secs(10)).build()
}

impl Aws {
    /// A client for S3. With an endpoint of its own (a local AWS) buckets are in the path, not the host name.
    #[must_use]
    pub fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
            .region(aws_sdk_s3::config::Region::new(self.region.clone()))
            .credentials_provider(self.credentials.clone())
            .http_client(self.http.clone())
            .retry_config(retries())
            .timeout_config(timeouts())
            .force_path_style(self.endpoint.is_some());
        aws_sdk_s3::Client::from_conf(match &self.endpoint {
            Some(url) => config.endpoint_url(url).build(),
            None => config.build(),
        })
    }

    /// A client for DynamoDB.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
            .region(aws_sdk_dynamodb::config::Region::new(self.region.clone()))
            .credentials_provider(self.credentials.clone())
            .http_client(self.http.clone())
            .retry_config(retries())
            .timeout_config(timeouts());
        aws_sdk_dynamodb::Client::from_conf(match &self.endpoint {
            Some(url) => config.endpoint_url(url).build(),
            None => config.build(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn settings(pairs: &[(&'static str, &'static str)]) -> Settings<'static> {
        let pairs = pairs.to_vec();
        Settings::new(move |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn an_empty_setting_is_a_missing_one() {
        let s = settings(&[("BUCKET_NAME", ""), ("PII_HASH_KEY", "")]);
        assert_eq!(s.bucket(), Err(ConfigError::Missing("BUCKET_NAME")));
        assert!(s.hash_key().is_none());
        assert_eq!(s.contract(), Ok(Contract::default()));
        assert!(s.aws().is_err_and(|e| e == ConfigError::Missing("AWS_REGION")));
    }

    #[test]
    fn a_wrong_setting_names_itself_and_the_way_out() {
        let s = settings(&[("RETENTION_DAYS", "a year")]);
        let error = s.parsed("RETENTION_DAYS", 365, "a number of days", |t| t.parse::<u32>().ok()).unwrap_err();
        assert_eq!(error.to_string(), "the environment variable RETENTION_DAYS must be a number of days");
    }

    #[test]
    fn the_contracts_fields_have_names_of_their_own() {
        let refused = |pairs: &[(&'static str, &'static str)]| match settings(pairs).contract() {
            Err(ConfigError::Invalid { name, .. }) => name,
            _ => "",
        };
        assert_eq!(refused(&[("SESSION_ID_FIELD", "event_id")]), "SESSION_ID_FIELD");
        assert_eq!(refused(&[("TIMESTAMP_FIELD", "type")]), "TIMESTAMP_FIELD");
        assert_eq!(refused(&[("SESSION_ID_FIELD", "x"), ("TIMESTAMP_FIELD", "x")]), "TIMESTAMP_FIELD");
        assert_eq!(refused(&[("SESSION_ID_FIELD", "sid"), ("TIMESTAMP_FIELD", "at")]), "");
    }

    #[test]
    fn secrets_are_not_printed() {
        let s = settings(&[
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "id"),
            ("AWS_SECRET_ACCESS_KEY", "hidden-one"),
            ("PII_HASH_KEY", "hidden-two"),
        ]);
        assert!(!format!("{:?} {:?}", s.aws().unwrap(), s.hash_key()).contains("hidden"));
    }
}
