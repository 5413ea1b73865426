//! What may be typed.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed: AWS, a file, or the function; the message says which
  2  the arguments or the request make no sense
  3  finished, but not all is well: send left lines out, redrive and replay left messages where they were, reindex --dry-run found
     something to mend; the messages say what";

const SEND_EXAMPLES: &str = "\
Examples:
  droplets send events.jsonl
  zcat old.jsonl.gz | droplets send --stack staging
  tail -f app.jsonl | droplets send --quiet";

/// A data lake for request/response events: send them, strip personal data, ask what happened.
#[derive(Debug, Parser)]
#[command(name = "droplets", version, after_help = EXIT_CODES, propagate_version = true, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Send events, a JSON object (or an array of them) a line, to the queue
    Send(SendArgs),
    /// Strip personal data from JSON lines, by the rules the lake applies; needs no AWS
    Strip(StripArgs),
    /// Ask the lake
    Query(Box<QueryArgs>),
    /// Compare the index with the bucket, and mend it
    Reindex(ReindexArgs),
    /// Move dead letters back to the queue, and failed notifications to index
    Redrive(RedriveArgs),
    /// What could not become an event: count it, show it, send it again
    Rejected(RejectedArgs),
}

/// Which lake.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Which lake")]
pub struct LakeArgs {
    /// CloudFormation stack whose outputs name queue and function [default: droplets]
    #[arg(long, value_name = "NAME", global = true)]
    pub stack: Option<String>,
    /// AWS region [default: env AWS_REGION, or the profile's]
    #[arg(long, global = true)]
    pub region: Option<String>,
}

/// `droplets send`
#[derive(Debug, ClapArgs)]
#[command(
    after_help = SEND_EXAMPLES,
    after_long_help = format!(
        "\
How events travel:
Each line is an event (a JSON object) or an array of events. They are sent as they are, to the byte, packed into \
messages of up to 240 KiB and calls of up to 1 MiB; an event above 240 KiB goes alone. When the input pauses for a \
second, what is there is sent. Empty lines are passed over.

What cannot be sent:
A line that is not JSON, one that holds something other than objects, or an event above 1 MiB is named by its line number \
on standard error and left out; everything else is sent, and the exit code is 3. To check a file beforehand: \
`jq -e . FILE >/dev/null`. Whether an event keeps the contract (session_id, timestamp, …) is for the lake to decide; \
it stores what does not under rejected/.

When it fails:
What SQS could not take is sent again, up to 8 times. After that, or when AWS cannot be reached, sending stops with exit \
code 1 and names the line to go on from. Events may then arrive twice; those with an event_id and a timestamp of their \
own are still answered once.

Which queue:
--queue-url; else QueueUrl of --stack; else the environment variable QueueUrl; else QueueUrl of the stack 'droplets'. \
To use a local stack, export what `make up` prints.

{SEND_EXAMPLES}"
    )
)]
pub struct SendArgs {
    /// JSON lines; - is standard input
    #[arg(default_value = "-", hide_default_value = true)]
    pub file: PathBuf,
    /// Queue to send to [default: env QueueUrl, or the stack's]
    #[arg(long, value_name = "URL", conflicts_with = "stack")]
    pub queue_url: Option<String>,
    /// Print errors only
    #[arg(short, long)]
    pub quiet: bool,
    /// Which lake.
    #[command(flatten)]
    pub lake: LakeArgs,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}

/// `droplets strip`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Any JSON value a line goes in, and one line comes out for each, in the same order. An empty line stays empty. A line that \
is no JSON (or is nested more than 128 deep) is stripped as text and comes out as a JSON string; a note on standard error \
counts them, and the exit code is 0.

PII_HASH_KEY in the environment is the key of tokens, as the stack's parameter PiiHashKey; --hash-key-file reads it from a \
file. It is never taken from the command line, where others could see it.

Examples:
  droplets strip < events.jsonl > stripped.jsonl
  droplets strip --report events.jsonl | less
  droplets strip --report=json *.jsonl 2>counts.json >/dev/null
  droplets strip --rules config/pii.json --explain events.jsonl >/dev/null
  droplets strip --rules config/pii.json </dev/null   (are the rules good?)")]
pub struct StripArgs {
    /// JSON lines, one file after the other; - is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print on standard error what was found, by kind
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "table")]
    pub report: Option<ReportFormat>,
    /// Rules for personal data, as config/pii.json in the lake's bucket [default: what is built in]
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// Print on standard error where each value stood, what it was, what became of it and why; never the value
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "table")]
    pub explain: Option<ReportFormat>,
    /// File that holds the key of tokens [default: env PII_HASH_KEY]
    #[arg(long, value_name = "FILE")]
    pub hash_key_file: Option<PathBuf>,
    /// Threads [default: one for each core]; with --explain there is one
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
}

/// `droplets reindex`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
Finds objects that no notification told index of, or that it did not index to the end, and entries whose object is gone. It may \
be interrupted and run again: what is in order stays as it is. The work is done by the index function, as many hours at a time as \
it has time for. The stack does the same (as --shallow) every day for the last days: see IndexCheckHours.

Times are as for query; whole hours are checked, by the events' time.

Examples:
  droplets reindex --from -24h --dry-run
  droplets reindex --from 2026-11-01 --to 2026-11-08
  droplets reindex --from -90d --shallow")]
pub struct ReindexArgs {
    /// From when on
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub from: String,
    /// Until when [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Change nothing; the exit code is 3 if there is something to mend
    #[arg(long)]
    pub dry_run: bool,
    /// Look at keys only, which is cheaper: an object that was indexed in part is not noticed
    #[arg(long)]
    pub shallow: bool,
    /// Pass over objects younger than this, whose notification may be on its way
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    pub settle: u32,
    /// How to print
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub format: ReportFormat,
    /// Index function [default: env IndexFunctionName, or the stack's]
    #[arg(long, value_name = "NAME", conflicts_with = "stack")]
    pub function: Option<String>,
    /// Which lake.
    #[command(flatten)]
    pub lake: LakeArgs,
}

/// `droplets redrive`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Mend the cause first: the alarm's description says where to look. A message goes back with the id and the time it first had, so \
that events which were stored in part before are the same events. It is deleted from the dead-letter queue after it was sent; \
interrupted between the two it is there twice, and read once.

Examples:
  droplets redrive --dry-run
  droplets redrive --max 10")]
pub struct RedriveArgs {
    /// Say how many there are, and move none
    #[arg(long)]
    pub dry_run: bool,
    /// Move no more messages than this
    #[arg(long, value_name = "N")]
    pub max: Option<u64>,
    /// Which lake.
    #[command(flatten)]
    pub lake: LakeArgs,
}

/// `droplets rejected`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  droplets rejected list --from -24h
  droplets rejected show 059f36b4-87a3-44ab-83d2-661975830a7d
  droplets rejected replay --reason session_id_missing --rename sid=session_id --dry-run")]
pub struct RejectedArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: RejectedCommand,
    /// Which lake.
    #[command(flatten)]
    pub lake: LakeArgs,
}

/// `droplets rejected …`
#[derive(Debug, Subcommand)]
pub enum RejectedCommand {
    /// Reasons, how often, and a message of each
    List {
        /// Of when.
        #[command(flatten)]
        range: RejectedRange,
        /// How to print
        #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
        format: ReportFormat,
    },
    /// One message, stripped, with what is wrong with it
    Show {
        /// Message id, or key in the bucket
        message: String,
        /// Of when.
        #[command(flatten)]
        range: RejectedRange,
    },
    /// Send messages again, after a fix, under their first ids and times
    Replay(ReplayArgs),
}

/// When a message was sent.
#[derive(Debug, Default, ClapArgs)]
pub struct RejectedRange {
    /// Sent from when on; whole hours
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, default_value = "-90d")]
    pub from: String,
    /// Sent until when [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: Option<String>,
}

/// `droplets rejected replay`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
What is sent is what was kept: personal data was stripped from it. Elements of an array go with the positions they had, so nothing \
that was stored before is doubled. A message leaves rejected/ once it was sent; what is rejected again comes back under the same key. \
Messages that are no JSON stay.")]
pub struct ReplayArgs {
    /// Only these messages
    #[arg(value_name = "MESSAGE")]
    pub messages: Vec<String>,
    /// Of when.
    #[command(flatten)]
    pub range: RejectedRange,
    /// Only messages with this reason, such as session_id_missing
    #[arg(long)]
    pub reason: Option<String>,
    /// Call a field of the events anew, such as sid=session_id; may be repeated
    #[arg(long, value_name = "OLD=NEW")]
    pub rename: Vec<String>,
    /// Say how many there are, and send none
    #[arg(long)]
    pub dry_run: bool,
}

/// How answers are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns, for people
    Table,
    /// The function's answer as it is: one object
    Json,
    /// A row a line: events as stored, other rows as objects
    Ndjson,
}

/// `droplets query`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
Reports:
  events    the stripped events themselves (default)
  sessions  who was active in a range: first, last, events, errors
  count     events and errors per interval
  keys      S3 keys and byte ranges, to read objects yourself

Times are RFC 3339 (2026-11-21T07:00:00Z), a date (2026-11-21), now, or relative to now (-24h; s, m, h, d, w), in UTC. A \
range includes --from and excludes --to; it must be given unless --session is. Errors are responses of 500 and above.

Formats: `table` cuts the columns of events to fit the terminal. `json` is the function's answer as it is; with --all, one answer made \
of all pages. `ndjson` is a row a line: events as they are stored, other rows as objects.

Which function: --function; else QueryFunctionName of --stack; else the environment variable QueryFunctionName; else \
QueryFunctionName of the stack 'droplets'. A request the function refuses ends with exit code 2.

Examples:
  droplets query --session s-42
  droplets query --from -1h --status 5xx --path '/orders/*'
  droplets query --report sessions --from 2026-11-21 --to 2026-11-22 --all
  droplets query --report count --from -24h --interval 15m
  droplets query --session s-42 --all --format ndjson | jq .request.path
  droplets query --request '{\"report\":\"keys\",\"session_id\":\"s-42\"}'")]
pub struct QueryArgs {
    /// What to ask [default: events]
    #[arg(long)]
    pub report: Option<String>,
    /// Whose events
    #[arg(long, visible_alias = "session", value_name = "ID", allow_hyphen_values = true)]
    pub session_id: Option<String>,
    /// From when on, inclusive
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// Until when, exclusive [default: now, or the session's end]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Only events of this type, such as http
    #[arg(long = "type", value_name = "TYPE")]
    pub event_type: Option<String>,
    /// Only this path or route; a * at its end stands for anything
    #[arg(long)]
    pub path: Option<String>,
    /// Only this method
    #[arg(long)]
    pub method: Option<String>,
    /// Only this status: 404, or 5xx
    #[arg(long)]
    pub status: Option<String>,
    /// Only what took at least this long
    #[arg(long, value_name = "MS")]
    pub min_duration: Option<f64>,
    /// asc, or desc for the latest first [default: asc]
    #[arg(long)]
    pub order: Option<String>,
    /// Rows on a page, up to 10000 [default: 100; with --all as many as fit]
    #[arg(long, value_name = "ROWS")]
    pub limit: Option<u64>,
    /// Go on where a page with this next_cursor ended
    #[arg(long)]
    pub cursor: Option<String>,
    /// count: width of an interval, such as 1m, 15m, 1h, 1d [default: 1h]
    #[arg(long, value_name = "WIDTH")]
    pub interval: Option<String>,
    /// All pages, to the end; rows of sessions and count are summed up
    #[arg(long)]
    pub all: bool,
    /// How to print [default: table on a terminal, else json]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The request itself, instead of the options above; - reads it from standard input
    #[arg(
        long,
        value_name = "JSON|-",
        conflicts_with_all = [
            "report", "session_id", "from", "to", "event_type", "path", "method", "status", "min_duration", "order",
            "limit", "cursor", "interval",
        ]
    )]
    pub request: Option<String>,
    /// Function to ask [default: env QueryFunctionName, or the stack's]
    #[arg(long, value_name = "NAME", conflicts_with = "stack")]
    pub function: Option<String>,
    /// Which lake.
    #[command(flatten)]
    pub lake: LakeArgs,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn query(args: &[&str]) -> Result<QueryArgs, clap::Error> {
        match Args::try_parse_from([&["droplets", "query"], args].concat())?.command {
            Command::Query(args) => Ok(*args),
            _ => panic!("another command"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_relative_time_is_no_option() {
        let args = query(&["--from", "-24h", "--to=-1h", "--session", "-x"]).unwrap();
        assert_eq!((args.from.as_deref(), args.to.as_deref()), (Some("-24h"), Some("-1h")));
        assert_eq!(args.session_id.as_deref(), Some("-x"));
    }

    #[test]
    fn a_raw_request_stands_alone() {
        assert!(query(&["--request", "{}", "--all"]).is_ok());
        assert!(query(&["--request", "{}", "--from", "-1h"]).is_err());
        assert!(query(&["--function", "f", "--stack", "s"]).is_err());
    }

    #[test]
    fn a_report_needs_no_format() {
        let strip = |args: &[&str]| match Args::try_parse_from([&["droplets", "strip"], args].concat()).unwrap().command
        {
            Command::Strip(args) => args,
            _ => panic!("another command"),
        };
        assert_eq!(strip(&["--report", "a.jsonl"]).report, Some(ReportFormat::Table));
        assert_eq!(strip(&["--report=json"]).report, Some(ReportFormat::Json));
        assert_eq!(strip(&["--report", "a.jsonl"]).files.len(), 1);
        assert_eq!(strip(&[]).report, None);
    }
}
