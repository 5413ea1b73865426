//! `droplets strip`: personal data out of JSON lines, one line out for one line in.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

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
    let done = strip_all(Stripper { redactor, explain: args.explain }, &args.files, &mut tally);
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

/// What strips, and whether it says why.
struct Stripper {
    redactor: Redactor,
    explain: Option<ReportFormat>,
}

impl Stripper {
    /// Strips a line into `out`, if it is JSON.
    fn strip(&mut self, number: u64, json: &str, out: &mut String, found: &mut Counts) -> Result<(), JsonError> {
        let Some(format) = self.explain else { return self.redactor.strip_json(json, out, found) };
        let changes = self.redactor.explain(json, out, found)?;
        let told: String = changes.iter().map(|change| told(number, change, format) + "\n").collect();
        eprint_quietly(&told);
        Ok(())
    }
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
            let mut file = File::open(path).map_err(|source| Error::Read { name: name.clone(), source })?;
            strip(&mut stripper, &name, &mut file, &mut output, tally)?;
        }
    }
    Ok(())
}

fn strip_stdin(stripper: &mut Stripper, output: &mut impl Write, tally: &mut Tally) -> Result<(), Error> {
    let mut input = io::stdin().lock();
    if input.is_terminal() {
        complain("reading JSON lines from the terminal; Ctrl-D ends them", None);
    }
    strip(stripper, "standard input", &mut input, output, tally)
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

/// Strips everything `input` has. Whatever was read is written before more is waited for, so that the command can stand
/// in a pipe that never ends.
fn strip(
    stripper: &mut Stripper,
    name: &str,
    input: &mut impl Read,
    output: &mut impl Write,
    tally: &mut Tally,
) -> Result<(), Error> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut lines = Lines::new(LONGEST_LINE_MIB << 20);
    // Stripped lines are appended here, and nowhere copied until they are written.
    let mut out = String::with_capacity(CHUNK_BYTES * 2);
    let mut one = |number: u64, line: Line<'_>, out: &mut String| match line {
        Line::Text(line) => {
            strip_line(stripper, name, number, line, out, tally);
            Ok(())
        }
        Line::TooLong => Err(Error::LineTooLong { name: name.to_owned(), line: number, limit: LONGEST_LINE_MIB }),
    };
    loop {
        let read = match input.read(&mut chunk) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(source) => return Err(Error::Read { name: name.to_owned(), source }),
        };
        let (read, _) = chunk.split_at(read);
        let mut take = |number, line: Line<'_>| one(number, line, &mut out);
        let taken = if read.is_empty() { lines.end(&mut take) } else { lines.feed(read, &mut take) };
        // Also when a line is refused: what came before it is done.
        output.write_all(out.as_bytes()).and_then(|()| output.flush()).map_err(Error::Write)?;
        out.clear();
        taken?;
        if read.is_empty() {
            return Ok(());
        }
    }
}

fn strip_line(stripper: &mut Stripper, name: &str, number: u64, line: &[u8], out: &mut String, tally: &mut Tally) {
    tally.lines += 1;
    if line.trim_ascii().is_empty() {
        tally.empty += 1;
    } else {
        let stripped = match std::str::from_utf8(line) {
            Ok(json) => stripper.strip(number, json, out, &mut tally.found).is_ok(),
            Err(_) => false,
        };
        if !stripped {
            tally.not_json += 1;
            tally.first.get_or_insert_with(|| format!("line {number} of {name}"));
            push_json_string(&stripper.redactor.strip_broken(line, &mut tally.found), out);
        }
    }
    out.push('\n');
}

impl Tally {
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

    fn stripped(input: &[u8]) -> (String, Tally) {
        let mut output = Vec::new();
        let mut tally = Tally::default();
        let mut stripper = Stripper { redactor: Redactor::builtin(None), explain: None };
        strip(&mut stripper, "test", &mut &*input, &mut output, &mut tally).unwrap();
        (String::from_utf8(output).unwrap(), tally)
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
