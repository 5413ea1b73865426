//! `droplets send`: JSON lines → queue.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};
use serde_json::value::RawValue;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use crate::args::SendArgs;
use crate::aws::Aws;
use crate::error::{AwsCause, Error, Exit, complain};
use crate::lines::{CHUNK_BYTES, Line, Lines};
use crate::pack::{Call, LARGEST_BYTES, LineRange, Message, Packer, TooLarge};

/// Calls to SQS at a time.
const CALLS_IN_FLIGHT: usize = 8;
/// Times a message is offered to SQS.
const ATTEMPTS: u32 = 8;
/// Pause before the second attempt; it doubles from one to the next.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// How long events wait for more of them to fill a call.
const LINGER: Duration = Duration::from_secs(1);
/// Longest line, in MiB: an array on one line may hold many events.
const LONGEST_LINE_MIB: usize = 64;
/// Lines that are named on standard error; more are counted.
const NAMED_LINES: u64 = 20;

/// Runs the command.
pub async fn run(args: &SendArgs) -> Result<Exit, Error> {
    // A misspelled file name should be told before anything is asked of AWS.
    let source = Source::open(&args.file)?;
    let name = source.name.clone();
    let aws = Aws::connect(&args.lake).await;
    let queue = aws.queue(args.queue_url.as_deref(), args.lake.stack.as_deref()).await?;

    let started = Instant::now();
    let mut progress = Progress::new(source.bytes, args.quiet);
    let tally = pump(&queue, source.read_aside(), &name, &mut progress).await;
    progress.bar.finish_and_clear();
    // An error that came before anything was sent speaks for itself.
    if !args.quiet && (tally.events > 0 || tally.stopped.is_none()) {
        complain(&tally.summary(started.elapsed()), None);
    }
    tally.end(&name)
}

/// What events are sent to.
pub trait Queue {
    /// Offers messages, at most a call's worth. Answers stand in the messages' order.
    async fn send(&self, messages: &[Message]) -> Result<Vec<Answer>, Error>;
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is in the queue.
    Taken,
    /// Another time, perhaps.
    NotNow {
        /// SQS's word for it.
        code: String,
    },
    /// The message is at fault.
    Never {
        /// SQS's word for it.
        code: String,
    },
}

/// Told what happens while it happens.
trait Watch {
    fn read(&mut self, bytes: u64);
    fn sent(&mut self, events: u64, messages: u64);
    fn complain(&mut self, what: &str);
}

/// What there is to send.
struct Source {
    name: String,
    bytes: Option<u64>,
    input: Box<dyn Read + Send>,
}

impl Source {
    fn open(path: &Path) -> Result<Self, Error> {
        if path == "-" {
            if io::stdin().is_terminal() {
                complain("reading events from the terminal; Ctrl-D ends them", None);
            }
            return Ok(Self { name: "standard input".into(), bytes: None, input: Box::new(io::stdin()) });
        }
        let name = path.display().to_string();
        let open = || {
            let file = File::open(path)?;
            let about = file.metadata()?;
            if about.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            // A pipe's length says nothing.
            Ok((file, Some(about.len()).filter(|_| about.is_file())))
        };
        match open() {
            Ok((file, bytes)) => Ok(Self { name, bytes, input: Box::new(file) }),
            Err(source) => Err(Error::Read { name, source }),
        }
    }

    /// Reads on a thread of its own: reading may wait for ever, and the calls in flight must not wait with it.
    fn read_aside(mut self) -> mpsc::Receiver<io::Result<Vec<u8>>> {
        let (to, chunks) = mpsc::channel(2);
        std::thread::spawn(move || {
            loop {
                let mut chunk = vec![0; CHUNK_BYTES];
                let read = self.input.read(&mut chunk).map(|bytes| {
                    chunk.truncate(bytes);
                    chunk
                });
                let go_on = match &read {
                    Ok(chunk) if chunk.is_empty() => return,
                    Ok(_) => true,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => false,
                };
                if to.blocking_send(read).is_err() || !go_on {
                    return;
                }
            }
        });
        chunks
    }
}

/// What was sent, and what was not.
#[derive(Debug, Default)]
struct Tally {
    events: u64,
    messages: u64,
    calls: u64,
    bytes: u64,
    /// Lines and elements that are no events.
    skipped: u64,
    /// Events in messages that SQS will never take.
    refused: u64,
    /// Why sending stopped.
    stopped: Option<Error>,
    /// Why reading stopped; what was read is sent.
    unread: Option<Error>,
    /// The first line of which not all was sent, when it stopped.
    resume: Option<u64>,
}

/// Sends all there is in `chunks`, several calls at a time; at most a call's worth waits in each, and two chunks beside.
async fn pump<Q: Queue>(
    queue: &Q,
    mut chunks: mpsc::Receiver<io::Result<Vec<u8>>>,
    name: &str,
    watch: &mut impl Watch,
) -> Tally {
    let mut tally = Tally::default();
    let mut lines = Lines::new(LONGEST_LINE_MIB << 20);
    let mut packer = Packer::default();
    let mut in_flight = FuturesUnordered::new();
    let mut flush_at = None;
    let mut reading = true;
    loop {
        while in_flight.len() < CALLS_IN_FLIGHT && tally.stopped.is_none() {
            let Some(call) = packer.take() else { break };
            in_flight.push(deliver(queue, call));
            flush_at = packer.is_waiting().then(|| Instant::now() + LINGER);
        }
        // While calls wait for their turn nothing is read, and that time does not count as a pause of the input.
        let may_read = reading && in_flight.len() < CALLS_IN_FLIGHT;
        if !may_read {
            flush_at = flush_at.map(|_| Instant::now() + LINGER);
        }
        if in_flight.is_empty() && !may_read {
            break;
        }
        tokio::select! {
            biased;
            Some(delivery) = in_flight.next(), if !in_flight.is_empty() => {
                tally.add(delivery, watch);
            }
            chunk = chunks.recv(), if may_read => {
                let mut take = |number, line: Line<'_>| {
                    tally.skipped += pack_line(number, line, &mut packer, &mut |what| watch.complain(what));
                    Ok::<_, std::convert::Infallible>(())
                };
                match chunk {
                    Some(Ok(chunk)) if lines.number == 0 && chunk.starts_with(b"\x1f\x8b") => {
                        tally.stopped = Some(Error::Compressed { name: name.to_owned() });
                    }
                    Some(Ok(chunk)) => {
                        let Ok(()) = lines.feed(&chunk, &mut take);
                        watch.read(chunk.len() as u64);
                        flush_at = flush_at.or_else(|| packer.is_waiting().then(|| Instant::now() + LINGER));
                    }
                    Some(Err(source)) => {
                        // The lines that were read are events; only the last may be cut off.
                        reading = false;
                        packer.flush();
                        tally.resume = Some(lines.number + 1);
                        tally.unread = Some(Error::Read { name: name.to_owned(), source });
                    }
                    None => {
                        let Ok(()) = lines.end(&mut take);
                        reading = false;
                        packer.flush();
                    }
                }
            }
            // Last in order: only when there is nothing to read.
            () = sleep_until(flush_at.unwrap_or_else(Instant::now)), if may_read && flush_at.is_some() => {
                packer.flush();
                flush_at = None;
            }
        }
        if tally.stopped.is_some() && reading {
            reading = false;
            chunks.close();
        }
    }
    if tally.stopped.is_some() {
        let rest = packer.first_line().unwrap_or(lines.number + 1);
        tally.resume = Some(tally.resume.map_or(rest, |line| line.min(rest)));
    }
    tally
}

/// Why a line, or an element of its array, is no event that can be sent.
#[derive(Debug, PartialEq, Eq)]
enum Skip {
    /// It does not begin or go on as JSON does.
    NotJson { column: usize },
    /// It ends too early.
    CutOff,
    /// It is not UTF-8.
    NotUtf8,
    /// It is JSON of another kind.
    NotAnObject,
    /// Too large for a message.
    TooLarge(TooLarge),
    /// Too large to be looked at.
    LineTooLong,
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotJson { column } => write!(f, "not JSON (column {column})"),
            Self::CutOff => {
                f.write_str("not JSON: it ends too early. Events must stand on one line each; `jq -c .` does that")
            }
            Self::NotUtf8 => f.write_str("not JSON: it is not UTF-8"),
            Self::NotAnObject => f.write_str("no event: an event is a JSON object"),
            Self::TooLarge(TooLarge { bytes }) => write!(
                f,
                "the event has {bytes} bytes, and a message holds {LARGEST_BYTES}. Send its large parts to S3 and refer to them"
            ),
            Self::LineTooLong => {
                write!(f, "longer than {LONGEST_LINE_MIB} MiB. `jq -c '.[]'` makes lines of a large array")
            }
        }
    }
}

/// Packs the events of a line; returns how many things in it are none, each told to `complain`.
fn pack_line(number: u64, line: Line<'_>, packer: &mut Packer, complain: &mut impl FnMut(&str)) -> u64 {
    let events = match line {
        Line::Text(line) => events(line),
        Line::TooLong => Err(Skip::LineTooLong),
    };
    let events = match events {
        Ok(events) => events,
        Err(skip) => {
            complain(&format!("line {number} is left out: {skip}"));
            return 1;
        }
    };
    let is_array = events.len() > 1;
    let mut skipped = 0;
    for (event, position) in events.iter().zip(1..) {
        let json = event.get();
        let added = match json.starts_with('{') {
            true => packer.add(json, number).map_err(Skip::TooLarge),
            false => Err(Skip::NotAnObject),
        };
        if let Err(skip) = added {
            skipped += 1;
            match is_array {
                true => complain(&format!("element {position} of line {number} is left out: {skip}")),
                false => complain(&format!("line {number} is left out: {skip}")),
            }
        }
    }
    skipped
}

/// The events of a line, as they are spelled.
fn events(line: &[u8]) -> Result<Vec<&RawValue>, Skip> {
    let line = line.trim_ascii();
    let json = std::str::from_utf8(line).map_err(|_| Skip::NotUtf8)?;
    let parsed = match line.first() {
        None => return Ok(Vec::new()),
        Some(b'[') => serde_json::from_str(json),
        Some(_) => serde_json::from_str(json).map(|event| vec![event]),
    };
    parsed.map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => Skip::CutOff,
        _ => Skip::NotJson { column: error.column() },
    })
}

/// What became of a call.
#[derive(Debug, Default)]
struct Delivery {
    taken: Vec<Message>,
    refused: Vec<(Message, String)>,
    /// What was not taken, and why there is no use in going on.
    failed: Option<(Vec<Message>, Error)>,
    calls: u64,
}

/// Sends a call, and again what was not taken of it, until all is or it makes no sense any more.
async fn deliver<Q: Queue>(queue: &Q, call: Call) -> Delivery {
    let mut delivery = Delivery::default();
    let mut waiting = call;
    loop {
        delivery.calls += 1;
        let answers = match queue.send(&waiting).await {
            Ok(answers) => answers,
            Err(error) => {
                delivery.failed = Some((waiting, error));
                return delivery;
            }
        };
        let mut again = Vec::new();
        let mut last_code = String::new();
        for (message, answer) in waiting.into_iter().zip(answers) {
            match answer {
                Answer::Taken => delivery.taken.push(message),
                Answer::Never { code } => delivery.refused.push((message, code)),
                Answer::NotNow { code } => {
                    again.push(message);
                    last_code = code;
                }
            }
        }
        waiting = again;
        if waiting.is_empty() {
            return delivery;
        }
        if delivery.calls >= u64::from(ATTEMPTS) {
            let error = Error::Aws {
                doing: format!("sending, {ATTEMPTS} times"),
                cause: AwsCause::Throttled,
                source: last_code.into(),
            };
            delivery.failed = Some((waiting, error));
            return delivery;
        }
        sleep(pause(delivery.calls)).await;
    }
}

/// The pause after this many attempts: between half and all of a time that doubles, so that those who were sent away
/// together do not come back together.
fn pause(attempts: u64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(u32::MAX).min(ATTEMPTS);
    FIRST_PAUSE.saturating_mul(1 << doublings).mul_f64(0.5 + fastrand::f64() / 2.0)
}

impl Tally {
    fn add(&mut self, delivery: Delivery, watch: &mut impl Watch) {
        self.calls += delivery.calls;
        for message in &delivery.taken {
            self.events += message.events;
            self.bytes += message.body.len() as u64;
        }
        self.messages += delivery.taken.len() as u64;
        watch.sent(self.events, self.messages);
        for (message, code) in delivery.refused {
            self.refused += message.events;
            let LineRange { first, last } = message.lines;
            let lines =
                if first == last { format!("line {first} was") } else { format!("lines {first} to {last} were") };
            watch.complain(&format!("{lines} refused by SQS: {code}"));
        }
        if let Some((messages, error)) = delivery.failed {
            let first = messages.iter().map(|message| message.lines.first).min();
            self.resume = [self.resume, first].into_iter().flatten().min();
            // Calls in flight mostly fail for the same reason; the first is enough.
            self.stopped.get_or_insert(error);
        }
    }

    fn summary(&self, time: Duration) -> String {
        let many = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let mut text = format!(
            "sent {} in {} and {}, {}, {:.1} s",
            many(self.events, "event"),
            many(self.messages, "message"),
            many(self.calls, "call"),
            HumanBytes(self.bytes),
            time.as_secs_f64()
        );
        if self.skipped > 0 {
            text.push_str(&format!("; {} left out", self.skipped));
        }
        if self.refused > 0 {
            text.push_str(&format!("; {} refused by SQS", many(self.refused, "event")));
        }
        text
    }

    fn end(self, name: &str) -> Result<Exit, Error> {
        // Nothing was sent: nothing to go on from.
        if let Some(line) = self.resume.filter(|_| self.events > 0) {
            let from = if name == "standard input" { "FILE" } else { name };
            complain(
                &format!("all before line {line} is in the queue, and perhaps some behind it"),
                Some(&format!("go on with: tail -n +{line} {from} | droplets send")),
            );
        }
        match self.stopped.or(self.unread) {
            Some(error) => Err(error),
            None if self.skipped + self.refused > 0 => Ok(Exit::Partly),
            None => Ok(Exit::Done),
        }
    }
}

/// A bar on a terminal, and the lines that could not be sent.
struct Progress {
    bar: ProgressBar,
    named: u64,
}

impl Progress {
    fn new(bytes: Option<u64>, quiet: bool) -> Self {
        // indicatif draws on a terminal only.
        let bar = match bytes {
            _ if quiet => ProgressBar::hidden(),
            Some(bytes) => ProgressBar::new(bytes),
            None => ProgressBar::no_length(),
        };
        let template = match bytes {
            Some(_) => "{bar:30} {bytes}/{total_bytes} {msg} {eta}",
            None => "{spinner} {bytes} {msg} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, named: 0 }
    }
}

impl Watch for Progress {
    fn read(&mut self, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn sent(&mut self, events: u64, messages: u64) {
        self.bar.set_message(format!("{events} events in {messages} messages"));
    }

    fn complain(&mut self, what: &str) {
        self.named += 1;
        match self.named {
            ..=NAMED_LINES => self.bar.suspend(|| complain(what, None)),
            n if n == NAMED_LINES + 1 => self.bar.suspend(|| complain("more lines like these are only counted", None)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
