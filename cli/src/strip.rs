//! `droplets strip`: personal data out of JSON lines, one line out for one line in.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::{self, JoinHandle};

use droplets::event::push_json_string;
use droplets::pii::{Change, Counts, HashKey, JsonError, Redactor, Rules};
use serde_json::{Map, Value, json};

use crate::args::{ReportFormat, StripArgs};
use crate::error::{Error, Exit, complain};
use crate::lines::{CHUNK_BYTES, Line, Lines};

/// Longest line, in MiB. It is held in memory, and once more stripped.
const LONGEST_LINE_MIB: usize = 256;

/// Runs the command.
pub fn run(args: &StripArgs) -> Result<Exit, Error> {
    let redactor = redactor(args)?;
    let mut tally = Tally::default();
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let stripper = match args.explain {
        Some(format) => Stripper::Explains(Box::new(redactor), format),
        None => Stripper::Strips(Arc::new(redactor), jobs),
    };
    let done = strip_all(stripper, &args.files, &mut tally);
    if done.as_ref().is_ok_and(|()| tally.not_json > 0) {
        complain(&tally.note(), None);
    }
    match args.report {
        Some(ReportFormat::Table) => eprint_quietly(&tally.table()),
        Some(ReportFormat::Json) => eprint_quietly(&format!("{}\n", tally.json())),
        None => {}
    }
    done.map(|()| Exit::Done)
}

fn redactor(args: &StripArgs) -> Result<Redactor, Error> {
    let key = hash_key(args.hash_key_file.as_deref())?;
    let Some(path) = &args.rules else { return Ok(Redactor::builtin(key)) };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { name: name.clone(), source })?;
    let rules = Rules::parse(&text).map_err(|source| Error::Rules { name, source })?;
    Redactor::new(rules, key).map_err(|_| Error::RulesNeedKey)
}

/// What strips: on many threads, or on one that says why.
enum Stripper {
    Strips(Arc<Redactor>, usize),
    Explains(Box<Redactor>, ReportFormat),
}

/// One change in one line.
fn told(line: u64, Change { path, kind, action, why, .. }: &Change, format: ReportFormat) -> String {
    let path = if path.is_empty() { "(the line)" } else { path };
    match format {
        ReportFormat::Table => format!("line {line}  {path}  {kind}  {}  {why}", action.label()),
        ReportFormat::Json => {
            let (kind, action) = (kind.label(), action.label());
            json!({ "line": line, "path": path, "kind": kind, "action": action, "why": why.to_string() }).to_string()
        }
    }
}

fn strip_all(mut stripper: Stripper, files: &[impl AsRef<Path>], tally: &mut Tally) -> Result<(), Error> {
    let mut output = io::stdout().lock();
    if files.is_empty() {
        return strip_stdin(&mut stripper, &mut output, tally);
    }
    for path in files.iter().map(AsRef::as_ref) {
        if path == "-" {
            strip_stdin(&mut stripper, &mut output, tally)?;
        } else {
            let name = path.display().to_string();
            let file = File::open(path).map_err(|source| Error::Read { name: name.clone(), source })?;
            strip(&mut stripper, Source::new(name, file), &mut output, tally)?;
        }
    }
    Ok(())
}

fn strip_stdin(stripper: &mut Stripper, output: &mut impl Write, tally: &mut Tally) -> Result<(), Error> {
    let input = io::stdin();
    if input.is_terminal() {
        complain("reading JSON lines from the terminal; Ctrl-D ends them", None);
    }
    strip(stripper, Source::new("standard input".to_owned(), input), output, tally)
}

/// Where lines come from.
struct Source<R> {
    name: String,
    input: R,
    /// Longest line, in bytes.
    longest: usize,
}

impl<R: Read> Source<R> {
    const fn new(name: String, input: R) -> Self {
        Self { name, input, longest: LONGEST_LINE_MIB << 20 }
    }

    /// Hands over the lines of each read as soon as they are there, until `take` wants no more. Also when a line is refused:
    /// what came before it is handed over first.
    fn read(mut self, mut take: impl FnMut(Block) -> Result<bool, Error>) -> Result<(), Error> {
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut lines = Lines::new(self.longest);
        loop {
            let read = match self.input.read(&mut chunk) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(Error::Read { name: self.name, source }),
            };
            let (read, _) = chunk.split_at(read);
            let mut block = Block::default();
            let mut add = |number, line: Line<'_>| block.add(number, line);
            let fed = if read.is_empty() { lines.end(&mut add) } else { lines.feed(read, &mut add) };
            let goes_on = take(block)?;
            if let Err(TooLong(line)) = fed {
                return Err(Error::LineTooLong { name: self.name, line, limit: self.longest >> 20 });
            }
            if read.is_empty() || !goes_on {
                return Ok(());
            }
        }
    }
}

/// Whole lines that follow each other.
#[derive(Default)]
struct Block {
    /// The number of the first.
    first: u64,
    text: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

/// The number of a line that may not be kept in memory.
struct TooLong(u64);

impl Block {
    fn add(&mut self, number: u64, line: Line<'_>) -> Result<(), TooLong> {
        let Line::Text(line) = line else { return Err(TooLong(number)) };
        if self.ends.is_empty() {
            self.first = number;
        }
        self.text.extend_from_slice(line);
        self.ends.push(self.text.len());
        Ok(())
    }

    fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let lines = begins.zip(&self.ends).map(|(begin, end)| self.text.get(begin..*end).unwrap_or_default());
        (self.first..).zip(lines)
    }
}

/// What was read and found.
#[derive(Debug, Default)]
struct Tally {
    lines: u64,
    empty: u64,
    not_json: u64,
    /// The first line that is no JSON.
    first: Option<String>,
    found: Counts,
}

/// Strips everything a source has, in its order. Whatever was read is written without waiting for more, so that the command
/// can stand in a pipe that never ends.
fn strip<R: Read + Send + 'static>(
    stripper: &mut Stripper,
    source: Source<R>,
    output: &mut impl Write,
    tally: &mut Tally,
) -> Result<(), Error> {
    match stripper {
        // One core has nothing to gain from threads that wait for each other.
        Stripper::Strips(redactor, 1) => {
            let name = source.name.clone();
            source.read(|block| write(output, &tally.strip(&block, redactor, &name)).map(|()| true))
        }
        Stripper::Strips(redactor, jobs) => strip_on(*jobs, redactor, source, output, tally),
        Stripper::Explains(redactor, format) => {
            let (name, mut telling) = (source.name.clone(), Telling { redactor, format: *format });
            source.read(|block| write(output, &tally.strip(&block, &mut telling, &name)).map(|()| true))
        }
    }
}

/// Strips on so many threads. They get blocks in turn, and in that turn this thread writes what they made of them, while
/// another reads.
fn strip_on<R: Read + Send + 'static>(
    jobs: usize,
    redactor: &Arc<Redactor>,
    source: Source<R>,
    output: &mut impl Write,
    tally: &mut Tally,
) -> Result<(), Error> {
    let (mut workers, mut blocks, mut stripped) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..jobs.max(1) {
        let (to_worker, to_strip) = sync_channel::<Block>(1);
        let (to_writer, to_write) = sync_channel(1);
        let (mut redactor, name) = (Arc::clone(redactor), source.name.clone());
        workers.push(thread::spawn(move || {
            for block in to_strip {
                let mut tally = Tally::default();
                let text = tally.strip(&block, &mut redactor, &name);
                if to_writer.send((text, tally)).is_err() {
                    return;
                }
            }
        }));
        blocks.push(to_worker);
        stripped.push(to_write);
    }
    let reader = thread::spawn(move || {
        let mut turn = blocks.iter().cycle();
        source.read(|block| Ok(turn.next().is_some_and(|worker| worker.send(block).is_ok())))
    });
    // The first that has nothing more to give got no more blocks, and neither did those behind it.
    for (text, found) in stripped.iter().cycle().map_while(|worker| worker.recv().ok()) {
        write(output, &text)?;
        tally.merge(found);
    }
    drop(stripped);
    let read = joined(reader);
    workers.into_iter().for_each(joined);
    read
}

/// What a thread came to. Its panic is this one's.
fn joined<T>(thread: JoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn write(output: &mut impl Write, text: &str) -> Result<(), Error> {
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(Error::Write)
}

/// What becomes of a line.
trait Strips {
    /// Appends the stripped line, if it is JSON.
    fn json(&mut self, number: u64, json: &str, out: &mut String, found: &mut Counts) -> Result<(), JsonError>;

    /// A line that is no JSON, stripped.
    fn broken(&self, line: &[u8], found: &mut Counts) -> String;
}

impl Strips for Arc<Redactor> {
    fn json(&mut self, _: u64, json: &str, out: &mut String, found: &mut Counts) -> Result<(), JsonError> {
        self.strip_json(json, out, found)
    }

    fn broken(&self, line: &[u8], found: &mut Counts) -> String {
        self.strip_broken(line, found)
    }
}

/// Says of each change where and why.
struct Telling<'a> {
    redactor: &'a mut Redactor,
    format: ReportFormat,
}

impl Strips for Telling<'_> {
    fn json(&mut self, number: u64, json: &str, out: &mut String, found: &mut Counts) -> Result<(), JsonError> {
        let changes = self.redactor.explain(json, out, found)?;
        let told: String = changes.iter().map(|change| told(number, change, self.format) + "\n").collect();
        eprint_quietly(&told);
        Ok(())
    }

    fn broken(&self, line: &[u8], found: &mut Counts) -> String {
        self.redactor.strip_broken(line, found)
    }
}

impl Tally {
    /// The lines of a block, stripped.
    fn strip(&mut self, block: &Block, strips: &mut impl Strips, name: &str) -> String {
        let mut out = String::with_capacity(block.text.len() + block.ends.len());
        for (number, line) in block.lines() {
            self.lines += 1;
            if line.trim_ascii().is_empty() {
                self.empty += 1;
            } else {
                let json = std::str::from_utf8(line).ok();
                if json.and_then(|json| strips.json(number, json, &mut out, &mut self.found).ok()).is_none() {
                    self.not_json += 1;
                    self.first.get_or_insert_with(|| format!("line {number} of {name}"));
                    push_json_string(&strips.broken(line, &mut self.found), &mut out);
                }
            }
            out.push('\n');
        }
        out
    }

    /// Adds what was found in the lines behind these.
    fn merge(&mut self, later: Self) {
        self.lines += later.lines;
        self.empty += later.empty;
        self.not_json += later.not_json;
        self.first = self.first.take().or(later.first);
        self.found.merge(&later.found);
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        self.found.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| (kind.label(), count))
    }

    fn note(&self) -> String {
        let first = self.first.as_deref().unwrap_or_default();
        let (what, are) = if self.not_json == 1 { ("line", "is") } else { ("lines", "are") };
        format!(
            "{} {what} {are} no JSON, and came out as JSON strings, stripped as text; the first: {first}",
            self.not_json
        )
    }

    fn table(&self) -> String {
        let total: u64 = self.kinds().map(|(_, count)| count).sum();
        let rows = || self.kinds().chain([("in all", total)]);
        let width = rows().map(|(kind, _)| kind.len()).max().unwrap_or(0);
        let digits = total.to_string().len().max("found".len());
        let mut table = format!("{:width$}  {:>digits$}\n", "kind", "found");
        for (kind, count) in rows() {
            table.push_str(&format!("{kind:width$}  {count:>digits$}\n"));
        }
        table.push_str(&format!("lines: {}, empty: {}, no JSON: {}\n", self.lines, self.empty, self.not_json));
        table
    }

    fn json(&self) -> Value {
        let found: Map<_, _> = self.kinds().map(|(kind, count)| (kind.to_owned(), count.into())).collect();
        json!({ "lines": self.lines, "empty": self.empty, "not_json": self.not_json, "pii": found })
    }
}

fn hash_key(file: Option<&Path>) -> Result<Option<HashKey>, Error> {
    let Some(path) = file else {
        return Ok(std::env::var("PII_HASH_KEY").ok().and_then(|key| HashKey::new(&key)));
    };
    let name = path.display().to_string();
    let key = std::fs::read_to_string(path).map_err(|source| Error::Read { name: name.clone(), source })?;
    // Editors end a file with a line end, which is no part of the key.
    HashKey::new(key.trim_end_matches(['\r', '\n'])).map(Some).ok_or(Error::EmptyHashKey { name })
}

fn eprint_quietly(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Gives at most so many bytes at a time.
    struct Slow<R>(R, usize);

    impl<R: Read> Read for Slow<R> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = buffer.len().min(self.1);
            self.0.read(&mut buffer[..most])
        }
    }

    fn quiet(jobs: usize) -> Stripper {
        Stripper::Strips(Arc::new(Redactor::builtin(None)), jobs)
    }

    fn source(input: &[u8], at_a_time: usize) -> Source<impl Read + Send + 'static> {
        Source::new("test".to_owned(), Slow(io::Cursor::new(input.to_vec()), at_a_time))
    }

    fn stripped_by(mut stripper: Stripper, input: &[u8], at_a_time: usize) -> (String, Tally) {
        let (mut output, mut tally) = (Vec::new(), Tally::default());
        strip(&mut stripper, source(input, at_a_time), &mut output, &mut tally).unwrap();
        (String::from_utf8(output).unwrap(), tally)
    }

    fn stripped(input: &[u8]) -> (String, Tally) {
        stripped_by(quiet(1), input, usize::MAX)
    }

    #[test]
    fn many_threads_do_what_one_does() {
        let line = |n: usize| match n % 7 {
            0 => format!("{{\"n\":{n},\"to\":\"jane{n}@example.com\"}}\n"),
            1 => "\n".to_owned(),
            2 => format!("half {{\"n\": {n}\n"),
            _ => format!("{{\"n\":{n}}}\r\n"),
        };
        let input: String = (0..500).map(line).collect();
        let (one, tally) = stripped(input.as_bytes());
        assert_eq!((tally.lines, tally.empty, tally.not_json), (500, 72, 72));
        assert!(one.contains("{\"n\":497,\"to\":\"[EMAIL]\"}\n"), "{one}");
        for (jobs, at_a_time) in [(1, 100), (2, 1), (3, 64), (8, 1000), (5, usize::MAX)] {
            let (many, counted) = stripped_by(quiet(jobs), input.as_bytes(), at_a_time);
            assert!(many == one, "{jobs} threads, {at_a_time} bytes at a time");
            assert_eq!((counted.json(), counted.note()), (tally.json(), tally.note()));
        }
        let telling = Stripper::Explains(Box::new(Redactor::builtin(None)), ReportFormat::Json);
        let (told, counted) = stripped_by(telling, input.as_bytes(), 333);
        assert!(told == one && counted.json() == tally.json());
    }

    #[test]
    fn what_came_before_a_line_too_long_is_done() {
        for jobs in [1, 3] {
            let mut source = source(b"{\"a\":1}\n[2]\n\"far too long\"\n3\n", 9);
            source.longest = 8;
            let mut output = Vec::new();
            let failed = strip(&mut quiet(jobs), source, &mut output, &mut Tally::default());
            assert!(matches!(failed, Err(Error::LineTooLong { line: 3, .. })), "{failed:?}");
            assert_eq!(output, b"{\"a\":1}\n[2]\n");
        }
    }

    #[test]
    fn an_output_that_is_gone_ends_it_and_so_does_an_input() {
        struct Broken;
        impl Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::InvalidData.into())
            }
        }
        let endless = Source::new("test".to_owned(), io::BufReader::new(io::repeat(b'\n')));
        let failed = strip(&mut quiet(3), endless, &mut Broken, &mut Tally::default());
        assert!(matches!(failed, Err(Error::Write(_))), "{failed:?}");
        let unread = Source::new("test".to_owned(), Broken);
        let failed = strip(&mut quiet(3), unread, &mut Vec::new(), &mut Tally::default());
        assert!(matches!(failed, Err(Error::Read { .. })), "{failed:?}");
    }

    #[test]
    fn one_line_comes_out_for_one_line_in() {
        let (output, tally) = stripped(b"{\"a\":1.0}\n\n[1e5]\r\nnull\n \nhalf {\"a\n\xff\xfe\n12345678901234567890");
        let lines: Vec<_> = output.lines().collect();
        assert_eq!(&lines[..5], ["{\"a\":1.0}", "", "[1e5]", "null", ""]);
        assert_eq!(lines[7], "12345678901234567890");
        assert_eq!(lines.len(), 8);
        for line in &lines[5..7] {
            serde_json::from_str::<String>(line).unwrap();
        }
        assert_eq!((tally.lines, tally.empty, tally.not_json), (8, 2, 2));
        assert!(tally.note().ends_with("the first: line 6 of test"), "{}", tally.note());
    }

    #[test]
    fn what_is_too_deep_is_no_json() {
        let (output, tally) = stripped(format!("{}{}\n", "[".repeat(200), "]".repeat(200)).as_bytes());
        serde_json::from_str::<String>(output.trim()).unwrap();
        assert_eq!(tally.not_json, 1);
    }

    #[test]
    fn counts_are_told_by_kind() {
        let (output, tally) = stripped(b"{\"to\":\"jane.doe@example.com\"}\n");
        assert!(!output.contains("jane"), "{output}");
        assert_eq!(tally.json()["pii"]["email"], 1);
        assert!(tally.table().starts_with("kind    found\nemail       1\nin all      1\n"), "{}", tally.table());
    }
}
