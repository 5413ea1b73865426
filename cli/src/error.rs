//! What can go wrong, in words that say what to do about it. Never anything of an event's content.

use std::error::Error as StdError;
use std::io::{self, Write};
use std::process::ExitCode;

use droplets::pii::RulesError;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is done.
    Done = 0,
    /// AWS, a file or the function failed.
    Failed = 1,
    /// The request or the arguments make no sense; clap's own errors end with this too.
    Refused = 2,
    /// `send` is through, but not every line was an event that could be sent.
    Partly = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Any error with its own causes.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a command ended early.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input cannot be read.
    #[error("cannot read {name}")]
    Read {
        /// The file, or "standard input".
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// The output cannot be written.
    #[error("cannot write to standard output")]
    Write(#[source] io::Error),
    /// A line too long to be kept in memory.
    #[error("line {line} of {name} is longer than {limit} MiB")]
    LineTooLong {
        /// The file, or "standard input".
        name: String,
        /// Which line.
        line: u64,
        /// What is too long.
        limit: usize,
    },
    /// The input is gzip.
    #[error("{name} is compressed with gzip")]
    Compressed {
        /// The file, or "standard input".
        name: String,
    },
    /// The key of the tokens is empty.
    #[error("the hash key in {name} is empty")]
    EmptyHashKey {
        /// The file.
        name: String,
    },
    /// The rules are not understood.
    #[error("{name}: {source}")]
    Rules {
        /// The file.
        name: String,
        /// Which rule, and what is wrong.
        source: RulesError,
    },
    /// The rules ask for tokens.
    #[error("the rules have the action \"hash\", which needs a key")]
    RulesNeedKey,
    /// The process cannot have what the calls to AWS need.
    #[error("cannot start")]
    Runtime(#[source] io::Error),
    /// AWS refused, or cannot be reached.
    #[error("{doing}: {cause}")]
    Aws {
        /// What was tried.
        doing: String,
        /// What came of it.
        cause: AwsCause,
        /// As the SDK, or the service, tells it.
        source: BoxError,
    },
    /// The stack has no such output.
    #[error("the stack '{stack}' has no output {output}")]
    NoOutput {
        /// Which stack.
        stack: String,
        /// Which output.
        output: &'static str,
    },
    /// The function ran, and failed.
    #[error("the function {function} failed: {message}")]
    Function {
        /// Its name.
        function: String,
        /// What it says, or Lambda of it.
        message: String,
    },
    /// The function answers, but not as `query` does.
    #[error("the function {function} gave an answer that is none of query's")]
    NotAnAnswer {
        /// Its name.
        function: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// Following the cursors leads nowhere.
    #[error("the function {function} gave the same cursor twice")]
    SameCursor {
        /// Its name.
        function: String,
    },
    /// A time that is none.
    #[error("{option} {text} is no time")]
    NoTime {
        /// Which option.
        option: &'static str,
        /// What was typed.
        text: String,
    },
    /// Nothing lies in the range.
    #[error("the range is empty: --from is not before --to")]
    EmptyRange,
    /// A rename without two names.
    #[error("--rename {text} has not two names")]
    NoRename {
        /// What was typed.
        text: String,
    },
    /// A reason that is none of the list.
    #[error("--reason {reason} is no reason for a rejection")]
    NoReason {
        /// What was typed.
        reason: String,
    },
    /// No such message in rejected/.
    #[error("rejected/ has no message {id} in that range")]
    NoMessage {
        /// What was typed.
        id: String,
    },
    /// An object in rejected/ that ingest did not write.
    #[error("{key} is not what ingest writes")]
    NotRejected {
        /// Its key.
        key: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A message in the failure queue that Lambda did not send.
    #[error("a message in the failure queue is no record of a failed invocation")]
    NotANotification,
    /// `--request` is no JSON.
    #[error("the request is no JSON: {0}")]
    RequestNotJson(#[source] serde_json::Error),
    /// `--request` cannot be asked page by page.
    #[error("--all needs a request that is a JSON object, without \"format\", \"output\":\"s3\" and \"explain\"")]
    RequestNotPaged,
    /// An object has all rows.
    #[error("--all and --output s3 exclude each other")]
    AllIntoS3,
    /// A column that the report does not have.
    #[error("the report has no column '{name}'")]
    NoColumn {
        /// What was asked for.
        name: String,
        /// What there is.
        columns: Vec<String>,
    },
    /// A file cannot be written.
    #[error("cannot write {name}")]
    WriteFile {
        /// The file.
        name: String,
        /// Why not.
        source: io::Error,
    },
}

/// What a failed call to AWS means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AwsCause {
    /// Nothing provides credentials.
    #[error("no AWS credentials were found")]
    NoCredentials,
    /// Something should provide them and cannot.
    #[error("the AWS credentials could not be obtained")]
    BadCredentials,
    /// AWS does not accept them.
    #[error("AWS does not accept the credentials")]
    RefusedCredentials,
    /// They were good once.
    #[error("the AWS credentials have expired")]
    ExpiredCredentials,
    /// Nobody says which region.
    #[error("no AWS region is set")]
    NoRegion,
    /// They are good, but not for this.
    #[error("access denied")]
    Denied,
    /// No connection.
    #[error("AWS cannot be reached")]
    Unreachable,
    /// No answer.
    #[error("AWS did not answer in time")]
    TimedOut,
    /// Too many calls.
    #[error("AWS asks to slow down, and still does after all retries")]
    Throttled,
    /// No such stack.
    #[error("there is no such stack")]
    NoStack,
    /// No such function.
    #[error("there is no such function")]
    NoFunction,
    /// No such queue.
    #[error("there is no such queue")]
    NoQueue,
    /// Anything else.
    #[error("AWS refused")]
    Other,
}

impl AwsCause {
    /// What to try.
    pub fn hint(self) -> Option<&'static str> {
        Some(match self {
            Self::NoCredentials => {
                "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `aws sts \
                 get-caller-identity` shows what works. For the local stack take the lines that `make up` prints"
            }
            Self::BadCredentials => {
                "an SSO session is renewed with `aws sso login`; look at the profile in ~/.aws/config"
            }
            Self::RefusedCredentials => {
                "look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; they must belong together, and \
                 to AWS_ENDPOINT_URL if that is set"
            }
            Self::ExpiredCredentials => "get new ones, with `aws sso login` for example",
            Self::NoRegion => "set AWS_REGION (or --region), or a region in the profile",
            Self::Denied => {
                "attach the stack's policy to this user or role: its outputs ProducerPolicyArn (for send), AnalystPolicyArn \
                 (for query, journey, performance, sessions and tail) and OperatorPolicyArn (for reindex, redrive and rejected) name it"
            }
            Self::Unreachable => "look at the network, AWS_REGION, and AWS_ENDPOINT_URL if that is set",
            Self::TimedOut => "try again; a question about a shorter range is answered sooner",
            Self::Throttled => "try again later",
            Self::NoStack => {
                "say which with --stack NAME, look at the region and the account, or name the resource itself: \
                 --queue-url (QueueUrl) for send, --function (QueryFunctionName) for query"
            }
            Self::NoFunction => "look at --function or QueryFunctionName, the region and the account",
            Self::NoQueue => "look at --queue-url or QueueUrl, the region and the account",
            Self::Other => return None,
        })
    }
}

impl Error {
    /// What to try.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Aws { cause, .. } => cause.hint()?.to_owned(),
            Self::LineTooLong { .. } => "is it one JSON document? `jq -c '.[]'` makes lines of an array".to_owned(),
            Self::Compressed { name } => format!("unpack it on the way: zcat {name} | droplets …"),
            Self::NoTime { .. } => "a time is RFC 3339, a date, or relative to now, as -24h".to_owned(),
            Self::NoRename { .. } => "for example: --rename sid=session_id".to_owned(),
            Self::NoReason { .. } => {
                let reasons: Vec<_> = droplets::event::Reason::ALL.iter().map(|reason| reason.as_str()).collect();
                format!("one of {}", reasons.join(", "))
            }
            Self::NoMessage { .. } => "`droplets rejected list` names some; --from reaches further back".to_owned(),
            Self::NoOutput { stack, .. } => format!("is '{stack}' a stack of Droplets, and complete? See --stack"),
            Self::Function { .. } => {
                "its log says more: `aws logs tail /aws/lambda/STACK/query` (or index), with the stack's name"
                    .to_owned()
            }
            Self::NotAnAnswer { .. } => "look at --function and QueryFunctionName".to_owned(),
            Self::RulesNeedKey => "put the stack's PiiHashKey into a file for --hash-key-file".to_owned(),
            Self::RequestNotJson(_) => r#"for example: --request '{"report":"events","session_id":"s-42"}'"#.to_owned(),
            Self::RequestNotPaged => "use --format ndjson or csv instead; --all puts the pages together".to_owned(),
            Self::AllIntoS3 => {
                "an object holds up to a million rows; leave --all out, and go on with --cursor if there is more"
                    .to_owned()
            }
            Self::NoColumn { columns, .. } => format!("it has {}", columns.join(", ")),
            Self::Read { source, .. } if source.kind() == io::ErrorKind::IsADirectory => "name a file".to_owned(),
            _ => return None,
        })
    }

    /// What the process ends with.
    pub fn exit(&self) -> Exit {
        match self {
            Self::NoTime { .. } | Self::EmptyRange | Self::NoRename { .. } | Self::NoReason { .. } => Exit::Refused,
            Self::RequestNotJson(_) | Self::RequestNotPaged | Self::AllIntoS3 | Self::NoColumn { .. } => Exit::Refused,
            Self::Rules { .. } | Self::RulesNeedKey => Exit::Refused,
            _ => Exit::Failed,
        }
    }

    /// Whether nobody reads our output any more, which is no error of ours.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write(source) if source.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Whether the same may succeed after a while, as far as one can tell.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Function { .. } => true,
            Self::Aws { cause, .. } => {
                matches!(cause, AwsCause::Unreachable | AwsCause::TimedOut | AwsCause::Throttled | AwsCause::Other)
            }
            _ => false,
        }
    }

    /// The error and its causes in one line.
    pub fn describe(&self) -> String {
        let mut text = self.to_string();
        // The provider chain's own account is a page long and says no more.
        let told = matches!(self, Self::Aws { cause: AwsCause::NoCredentials, .. });
        let mut cause = self.source().filter(|_| !told);
        while let Some(error) = cause {
            let next = error.to_string();
            if !is_empty_talk(&next) && !text.contains(&next) {
                text.push_str(": ");
                text.push_str(&next);
            }
            cause = error.source();
        }
        text
    }

    /// Says it on standard error.
    pub fn tell(&self) {
        complain(&self.describe(), self.hint().as_deref());
    }
}

/// Words the SDK puts around the cause, which say nothing by themselves.
fn is_empty_talk(text: &str) -> bool {
    [
        "dispatch failure",
        "io error",
        "other",
        "timeout",
        "service error",
        "construction failure",
        "client error (Connect)",
    ]
    .contains(&text)
}

/// Says what is wrong, and what to do about it, on standard error. That there is none is nothing to fail about.
pub fn complain(what: &str, hint: Option<&str>) {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "droplets: {what}");
    if let Some(hint) = hint {
        let _ = writeln!(err, "  hint: {hint}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_once_and_without_empty_talk() {
        let read =
            Error::Read { name: "a.jsonl".into(), source: io::Error::new(io::ErrorKind::NotFound, "no such file") };
        assert_eq!(read.describe(), "cannot read a.jsonl: no such file");

        let source: BoxError = Box::new(io::Error::other(io::Error::other("dispatch failure")));
        let aws = Error::Aws { doing: "reading the stack 'x'".into(), cause: AwsCause::Unreachable, source };
        assert_eq!(aws.describe(), "reading the stack 'x': AWS cannot be reached");
        assert!(aws.hint().is_some_and(|hint| hint.contains("AWS_ENDPOINT_URL")));
        assert_eq!(aws.exit(), Exit::Failed);
    }

    #[test]
    fn what_may_pass_is_worth_another_try() {
        let aws = |cause| Error::Aws { doing: "asking".into(), cause, source: "x".into() };
        assert!(Error::Function { function: "query".into(), message: "m".into() }.may_pass());
        assert!(aws(AwsCause::Throttled).may_pass() && aws(AwsCause::Unreachable).may_pass());
        for lasting in [AwsCause::Denied, AwsCause::NoCredentials, AwsCause::NoFunction, AwsCause::ExpiredCredentials] {
            assert!(!aws(lasting).may_pass(), "{lasting}");
        }
        assert!(!Error::Write(io::ErrorKind::BrokenPipe.into()).may_pass());
    }

    #[test]
    fn a_request_that_makes_no_sense_ends_with_its_own_exit_code() {
        let unknown = Error::NoColumn { name: "x".into(), columns: vec!["a".into(), "b".into()] };
        assert_eq!((unknown.exit(), unknown.hint().as_deref()), (Exit::Refused, Some("it has a, b")));
        assert_eq!((Error::AllIntoS3.exit(), Error::RequestNotPaged.exit()), (Exit::Refused, Exit::Refused));
        let file = Error::WriteFile { name: "a.html".into(), source: io::ErrorKind::PermissionDenied.into() };
        assert_eq!((file.exit(), file.describe().starts_with("cannot write a.html: ")), (Exit::Failed, true));
    }

    #[test]
    fn only_a_closed_output_is_silent() {
        let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(Error::Write(pipe()).is_closed_pipe());
        assert!(!Error::Read { name: "x".into(), source: pipe() }.is_closed_pipe());
        assert!(!Error::Write(io::ErrorKind::StorageFull.into()).is_closed_pipe());
    }
}
