//! What may be typed.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "\
Exit codes:
  0  done; tail: ended with Ctrl-C
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
    /// One session, step by step
    Journey(Box<JourneyArgs>),
    /// How the APIs are doing: requests, errors, durations
    Performance(Box<PerformanceArgs>),
    /// Who was active
    Sessions(Box<SessionsArgs>),
    /// Events as they come, until Ctrl-C
    Tail(Box<TailArgs>),
    /// Compare the index with the bucket, and mend it
    Reindex(ReindexArgs),
    /// Move dead letters back to the queue, and failed notifications to index
    Redrive(RedriveArgs),
    /// What could not become an event: count it, show it, send it again
    Rejected(RejectedArgs),
    /// What a shell needs to complete commands and options
    Completions(CompletionsArgs),
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
    /// For spreadsheets: a header, and a row a record
    Csv,
}

/// Where rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Into the answer
    Inline,
    /// Into an object of S3; the answer has a link to it that works for an hour
    S3,
}

/// Which function to ask.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct FunctionArgs {
    /// Function to ask [default: env QueryFunctionName, or the stack's]
    #[arg(long, value_name = "NAME", conflicts_with = "stack")]
    pub function: Option<String>,
    /// Which lake.
    #[command(flatten)]
    pub lake: LakeArgs,
}

/// Which events.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct FilterArgs {
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
}

/// `droplets query`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
Reports:
  events       the stripped events themselves (default)
  journey      one session, step by step
  sessions     who was active in a range: first, last, events, errors
  count        events and errors per interval
  performance  requests, errors and durations per route
  keys         S3 keys and byte ranges, to read objects yourself

Times are RFC 3339 (2026-11-21T07:00:00Z), a date (2026-11-21), now, or relative to now (-24h; s, m, h, d, w), in UTC. A \
range includes --from and excludes --to; it must be given unless --session is. Errors are responses of 500 and above.

Formats: `table` cuts the columns of events to fit the terminal. `json` is the function's answer as it is; with --all, one answer made \
of all pages. `ndjson` is a row a line: events as they are stored, other rows as objects. `csv` has a header once. With --output s3 \
the format is that of the object, and what is printed is its link: alone for ndjson and csv, with its size for table.

Which function: --function; else QueryFunctionName of --stack; else the environment variable QueryFunctionName; else \
QueryFunctionName of the stack 'droplets'. A request the function refuses ends with exit code 2.

Examples:
  droplets query --session s-42
  droplets query --from -1h --status 5xx --path '/orders/*' --fields timestamp,path,response.error
  droplets query --report sessions --from 2026-11-21 --to 2026-11-22 --all
  droplets query --report count --from -24h --interval 15m --group-by route,status
  droplets query --session s-42 --all --format ndjson | jq .request.path
  droplets query --from -30d --explain
  curl -o year.csv \"$(droplets query --from -365d --output s3 --format csv)\"
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
    /// Which events.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// asc, or desc for the latest first [default: asc]
    #[arg(long)]
    pub order: Option<String>,
    /// Rows on a page, up to 10000 [default: 100; with --all as many as fit]
    #[arg(long, value_name = "ROWS")]
    pub limit: Option<u64>,
    /// Go on where a page with this next_cursor ended
    #[arg(long)]
    pub cursor: Option<String>,
    /// count, performance: width of an interval, such as 1m, 15m, 1h, 1d [default for count: 1h]
    #[arg(long, value_name = "WIDTH")]
    pub interval: Option<String>,
    /// count, performance: a row for each of these: type, method, route, status, status_class
    #[arg(long, value_name = "NAMES")]
    pub group_by: Option<String>,
    /// Only these columns, in this order; of events, paths such as request.headers.host
    #[arg(long, value_name = "NAMES")]
    pub fields: Option<String>,
    /// Where the rows go [default: inline]
    #[arg(long, value_enum)]
    pub output: Option<Output>,
    /// Say what would be read and what that would cost; read no event
    #[arg(long, conflicts_with_all = ["all", "output"])]
    pub explain: bool,
    /// All pages, to the end; rows of sessions, count and performance are put together
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
            "limit", "cursor", "interval", "group_by", "fields", "output", "explain",
        ]
    )]
    pub request: Option<String>,
    /// Which function.
    #[command(flatten)]
    pub function: FunctionArgs,
}

/// `droplets journey`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
One line a step: when it began after the first, the time (UTC), what was asked and answered, and how long that took, beside a bar \
as long as the longest step's at most. Half a minute and more without anything is a line of its own. Errors (500 and above) are \
red, responses of 400 to 499 yellow. A step is slow if it took a second; or, of a session with 20 or more steps that took time, if \
it took as long as the slowest twentieth of them, and 100 ms at least.

The file of --html needs nothing but a browser, and can be printed and sent on.

Examples:
  droplets journey s-42
  droplets journey s-42 --from 2026-11-21 --to 2026-11-22 --status 5xx
  droplets journey s-42 --html s-42.html
  droplets journey s-42 --format csv > s-42.csv")]
pub struct JourneyArgs {
    /// Whose
    #[arg(allow_hyphen_values = true)]
    pub session: String,
    /// From when on, inclusive [default: the session's beginning]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// Until when, exclusive [default: the session's end]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Which events.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// How to print [default: table on a terminal, else json]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write a report to look at in a browser, and print nothing
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub html: Option<PathBuf>,
    /// Which function.
    #[command(flatten)]
    pub function: FunctionArgs,
}

/// What `performance` is sorted by; the highest stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// How many
    Requests,
    /// Responses of 500 and above
    Errors,
    /// Their part of all
    ErrorRate,
    /// What half of the requests did not exceed
    P50,
    /// What 95 of 100 did not exceed
    P95,
    /// What 99 of 100 did not exceed
    P99,
    /// The slowest
    Max,
}

/// `droplets performance`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
A row for each method and route, or whatever --group-by says. p95 is what 95 of 100 requests did not exceed, within 1 %. Errors are \
responses of 500 and above. Red is a route with errors in 1 of 100 requests, or with a p95 of a second; yellow one with fewer errors. \
The last column is the session with the slowest request: `droplets journey ID` shows it.

The file of --html has charts over the range besides, needs nothing but a browser, and can be printed and sent on. Their intervals \
are chosen so that there are up to 96 of them, unless --interval says which.

Examples:
  droplets performance
  droplets performance --from -7d --sort p95 --top 10
  droplets performance --path '/orders/*' --group-by status_class --interval 1h
  droplets performance --from -7d --html week.html")]
pub struct PerformanceArgs {
    /// Only this session
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub session: Option<String>,
    /// From when on, inclusive
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, default_value = "-24h")]
    pub from: String,
    /// Until when, exclusive [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Which events.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// A row for each of these: type, method, route, status, status_class; '' for all in one [default: method,route]
    #[arg(long, value_name = "NAMES")]
    pub group_by: Option<String>,
    /// A row for each interval of this width, such as 15m, 1h, 1d
    #[arg(long, value_name = "WIDTH")]
    pub interval: Option<String>,
    /// The highest of these first [default: as the function has it: by interval, then requests]
    #[arg(long, value_enum)]
    pub sort: Option<Sort>,
    /// Only so many rows
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// How to print [default: table on a terminal, else json]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write a report to look at in a browser, and print nothing
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub html: Option<PathBuf>,
    /// Which function.
    #[command(flatten)]
    pub function: FunctionArgs,
}

/// `droplets sessions`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
The same as `droplets query --report sessions --all`; the table also says how long a session lasted, from its first event to its last \
in the range.

Examples:
  droplets sessions
  droplets sessions --from -7d --status 5xx
  droplets sessions --from 2026-11-21 --to 2026-11-22 --format csv > day.csv")]
pub struct SessionsArgs {
    /// From when on, inclusive
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, default_value = "-24h")]
    pub from: String,
    /// Until when, exclusive [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Which events.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// asc, or desc for the latest first [default: asc]
    #[arg(long)]
    pub order: Option<String>,
    /// How to print [default: table on a terminal, else json]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Which function.
    #[command(flatten)]
    pub function: FunctionArgs,
}

/// How `tail` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TailFormat {
    /// Columns, for people
    Table,
    /// An event a line, as stored
    Ndjson,
}

/// `droplets tail`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Events are indexed some seconds after they were sent, and not in order. So each look is at the last minutes as a whole (--window), and \
prints what was not printed before: each event once, those of one look in order. What is indexed later than that is not seen. \
Each look reads all of the window's events that may fit, and costs accordingly: --session, a longer --interval and a shorter --window \
make it cheaper.

When the function fails it is asked again, after a while that grows to a minute. Ctrl-C ends with exit code 0.

Examples:
  droplets tail
  droplets tail --session s-42
  droplets tail --status 5xx --interval 10
  droplets tail --since -10m --format ndjson | jq .request.path")]
pub struct TailArgs {
    /// Only this session
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub session: Option<String>,
    /// Which events.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value = "2")]
    pub interval: NonZero<u32>,
    /// From when on events are shown
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, default_value = "-1m")]
    pub since: String,
    /// How far each look goes back
    #[arg(long, value_name = "WIDTH", default_value = "15m")]
    pub window: String,
    /// How to print [default: table on a terminal, else ndjson]
    #[arg(long, value_enum)]
    pub format: Option<TailFormat>,
    /// Which function.
    #[command(flatten)]
    pub function: FunctionArgs,
}

/// `droplets completions`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  droplets completions bash > ~/.local/share/bash-completion/completions/droplets
  droplets completions zsh > ~/.zfunc/_droplets   (a directory of $fpath)
  droplets completions fish > ~/.config/fish/completions/droplets.fish")]
pub struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Shells that can complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
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
        for option in [&["--fields", "a"][..], &["--group-by", "route"], &["--output", "s3"], &["--explain"]] {
            assert!(query(option).is_ok());
            assert!(query(&[&["--request", "{}"], option].concat()).is_err(), "{option:?}");
        }
        assert!(query(&["--explain", "--all"]).is_err());
    }

    #[test]
    fn commands_for_people_have_defaults() {
        let parse = |args: &[&str]| Args::try_parse_from([&["droplets"], args].concat()).map(|args| args.command);
        match parse(&["performance"]).unwrap() {
            Command::Performance(args) => assert_eq!(args.from, "-24h"),
            _ => panic!("another command"),
        }
        match parse(&["tail"]).unwrap() {
            Command::Tail(args) => {
                assert_eq!((args.interval.get(), args.since.as_str(), args.window.as_str()), (2, "-1m", "15m"));
            }
            _ => panic!("another command"),
        }
        assert!(parse(&["journey"]).is_err());
        assert!(parse(&["journey", "s", "--html", "a.html", "--format", "json"]).is_err());
        assert!(parse(&["tail", "--interval", "0"]).is_err());
        assert!(parse(&["completions", "tcsh"]).is_err());
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
