//! `droplets query`: asks the query function and prints what it says.

use std::io::{self, BufWriter, IsTerminal, Read, Write};

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Merge, Range, Stats, Sums, as_object, joined};
use crate::args::{Format, QueryArgs};
use crate::aws::Aws;
use crate::error::{Error, Exit, complain};
use crate::table::{self, EventColumns, Layout, Paint, Screen};

/// Rows on a page when all pages are asked for: the most the function gives.
const ALL_LIMIT: u64 = 10_000;

/// Who is asked.
pub trait Ask {
    /// The function's name, for messages.
    fn name(&self) -> &str;
    /// Its answer to a request, both JSON.
    async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, Error>;
}

/// Runs the command.
pub async fn run(args: &QueryArgs) -> Result<Exit, Error> {
    let request = Request::new(args)?;
    let stdout = console::Term::stdout();
    let on_terminal = io::stdout().is_terminal();
    let format = args.format.unwrap_or(if on_terminal { Format::Table } else { Format::Json });
    let screen = Screen {
        width: stdout.size_checked().filter(|_| on_terminal).map(|(_, columns)| columns.into()),
        colors: on_terminal && wants_colors(|name| std::env::var(name).ok()),
    };
    let aws = Aws::connect(&args.lake).await;
    let function = aws.function(args.function.as_deref(), args.lake.stack.as_deref()).await?;

    let mut out = BufWriter::new(io::stdout().lock());
    let mut printer = Printer::new(format, screen, &request);
    let asked = ask(&function, request, args.all, &mut printer, &mut out).await;
    // Also when a later page failed: what was printed so far should be seen.
    out.flush().map_err(Error::Write)?;
    match asked? {
        None => Ok(Exit::Refused),
        Some(footer) => {
            // Standard error, so that a table can be piped on; after the rows, which are flushed.
            let dim = Screen { colors: screen.colors && io::stderr().is_terminal(), ..screen };
            let mut err = io::stderr().lock();
            for line in footer {
                let _ = writeln!(err, "{}", dim.paint(Paint::Dim, &line));
            }
            Ok(Exit::Done)
        }
    }
}

/// https://no-color.org
fn wants_colors(get: impl Fn(&str) -> Option<String>) -> bool {
    get("NO_COLOR").is_none_or(|value| value.is_empty()) && get("TERM").is_none_or(|term| term != "dumb")
}

/// What is asked.
#[derive(Debug)]
enum Request {
    /// Field by field.
    Fields(Map<String, Value>),
    /// As it was given; it need not make sense.
    Raw(String),
}

impl Request {
    fn new(args: &QueryArgs) -> Result<Self, Error> {
        let Some(json) = &args.request else { return Ok(Self::Fields(fields(args))) };
        let json = match json.as_str() {
            "-" => {
                let mut text = String::new();
                let read = io::stdin().read_to_string(&mut text);
                read.map_err(|source| Error::Read { name: "standard input".into(), source })?;
                text
            }
            json => json.to_owned(),
        };
        let value: Value = serde_json::from_str(&json).map_err(Error::RequestNotJson)?;
        match (value, args.all) {
            (Value::Object(fields), true) if fields.get("format").is_none_or(|f| f.is_null() || f == "json") => {
                Ok(Self::Fields(fields))
            }
            (_, true) => Err(Error::RequestNotPaged),
            // The function says what is wrong with it, so it gets it as it is.
            (_, false) => Ok(Self::Raw(json)),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Fields(fields) => json!(fields).to_string().into_bytes(),
            Self::Raw(json) => json.clone().into_bytes(),
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Fields(fields) => json!(fields),
            Self::Raw(json) => serde_json::from_str(json).unwrap_or_default(),
        }
    }
}

/// The request the options spell. What was not said is left out, so that the function's defaults hold.
fn fields(args: &QueryArgs) -> Map<String, Value> {
    let text = |value: &Option<String>| value.as_ref().map(|value| json!(value));
    let given = |pairs: Vec<(&str, Option<Value>)>| -> Map<String, Value> {
        pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    };
    let filter = given(vec![
        ("path", text(&args.path)),
        ("method", text(&args.method)),
        ("status", text(&args.status)),
        ("min_duration", args.min_duration.map(|ms| json!(ms))),
    ]);
    given(vec![
        ("report", Some(json!(args.report.as_deref().unwrap_or("events")))),
        ("session_id", text(&args.session_id)),
        ("from", text(&args.from)),
        ("to", text(&args.to)),
        ("type", text(&args.event_type)),
        ("filter", Some(Value::Object(filter)).filter(|filter| *filter != json!({}))),
        ("order", text(&args.order)),
        ("limit", args.limit.or(args.all.then_some(ALL_LIMIT)).map(|limit| json!(limit))),
        ("cursor", text(&args.cursor)),
        ("interval", text(&args.interval)),
    ])
}

/// Asks, page after page if `all`, and prints; returns the lines to be printed below, or none when it was refused.
async fn ask<A: Ask, W: Write>(
    function: &A,
    mut request: Request,
    all: bool,
    printer: &mut Printer,
    out: &mut W,
) -> Result<Option<Vec<String>>, Error> {
    let not_an_answer = |source| Error::NotAnAnswer { function: function.name().to_owned(), source };
    loop {
        let bytes = function.ask(request.bytes()).await?;
        let answer: Answer<'_> = serde_json::from_slice(&bytes).map_err(not_an_answer)?;
        if !answer.ok {
            if printer.format == Format::Json && printer.pages == 0 {
                print(out, &[&bytes, b"\n"])?;
            }
            match answer.error {
                Some(error) => complain(&error.describe(), error.hint.as_deref()),
                None => complain("the request was refused", None),
            }
            return Ok(None);
        }
        let next = if all { answer.next_cursor.clone() } else { None };
        printer.page(&bytes, &answer, all, out).map_err(|error| error.of(function.name()))?;
        match (next, &mut request) {
            (Some(next), Request::Fields(fields)) => {
                if fields.get("cursor").and_then(Value::as_str) == Some(next.as_str()) {
                    return Err(Error::SameCursor { function: function.name().to_owned() });
                }
                fields.insert("cursor".to_owned(), next.into());
            }
            _ => break,
        }
    }
    printer.end(all, out).map(Some).map_err(|error| error.of(function.name()))
}

/// Why a page was not printed.
enum Unprinted {
    Write(io::Error),
    NotAnAnswer(serde_json::Error),
}

impl Unprinted {
    fn of(self, function: &str) -> Error {
        match self {
            Self::Write(source) => Error::Write(source),
            Self::NotAnAnswer(source) => Error::NotAnAnswer { function: function.to_owned(), source },
        }
    }
}

impl From<io::Error> for Unprinted {
    fn from(source: io::Error) -> Self {
        Self::Write(source)
    }
}

impl From<serde_json::Error> for Unprinted {
    fn from(source: serde_json::Error) -> Self {
        Self::NotAnAnswer(source)
    }
}

fn print(out: &mut impl Write, parts: &[&[u8]]) -> Result<(), Error> {
    parts.iter().try_for_each(|part| out.write_all(part)).map_err(Error::Write)
}

/// Prints answers, a page as it comes; only sums wait for the last.
struct Printer {
    format: Format,
    screen: Screen,
    descending: bool,
    one_session: bool,
    pages: u64,
    rows: u64,
    stats: Stats,
    report: String,
    range: Range,
    columns: Vec<String>,
    merge: Merge,
    layout: Option<Layout>,
    next_cursor: Option<String>,
}

impl Printer {
    fn new(format: Format, screen: Screen, request: &Request) -> Self {
        let request = request.value();
        Self {
            format,
            screen,
            descending: request.get("order").is_some_and(|order| order == "desc"),
            one_session: request.get("session_id").is_some_and(|id| !id.is_null()),
            pages: 0,
            rows: 0,
            stats: Stats::default(),
            report: String::new(),
            range: Range::default(),
            columns: Vec::new(),
            merge: Merge::default(),
            layout: None,
            next_cursor: None,
        }
    }

    fn page(&mut self, bytes: &[u8], answer: &Answer<'_>, all: bool, out: &mut impl Write) -> Result<(), Unprinted> {
        self.pages += 1;
        self.stats.add(answer.stats);
        self.next_cursor.clone_from(&answer.next_cursor);
        if self.pages == 1 {
            self.report.clone_from(&answer.report);
            self.range.clone_from(&answer.range);
            self.columns.clone_from(&answer.columns);
        } else {
            self.range = joined(std::mem::take(&mut self.range), &answer.range, self.descending);
        }
        if self.format == Format::Json && !all {
            out.write_all(bytes)?;
            return Ok(out.write_all(b"\n")?);
        }
        if let Some(body) = &answer.body {
            self.rows += body.lines().count() as u64;
            return Ok(out.write_all(body.as_bytes())?);
        }
        if let Some(sums) = Sums::of(&self.report).filter(|_| all) {
            return Ok(answer.rows.iter().try_for_each(|row| self.merge.add(sums, row.get()))?);
        }
        if self.pages == 1 {
            self.begin(out)?;
        }
        let rows: Vec<_> = answer.rows.iter().map(|row| row.get()).collect();
        self.print_rows(&rows, out)?;
        // A page is there to be seen, also if the next takes a while.
        Ok(out.flush()?)
    }

    fn begin(&mut self, out: &mut impl Write) -> Result<(), Unprinted> {
        if self.format == Format::Json {
            let (report, range, columns) = (json!(self.report), json!(self.range), json!(self.columns));
            write!(
                out,
                "{{\"v\":1,\"ok\":true,\"report\":{report},\"range\":{range},\"columns\":{columns},\"rows\":["
            )?;
        }
        Ok(())
    }

    fn print_rows(&mut self, rows: &[&str], out: &mut impl Write) -> Result<(), Unprinted> {
        match self.format {
            Format::Json => {
                for (row, number) in rows.iter().zip(self.rows..) {
                    out.write_all(if number > 0 { b"," } else { b"" })?;
                    out.write_all(row.as_bytes())?;
                }
            }
            Format::Ndjson => {
                for row in rows {
                    writeln!(out, "{}", as_object(&self.columns, row)?)?;
                }
            }
            Format::Table => self.print_table(rows, out)?,
        }
        self.rows += rows.len() as u64;
        Ok(())
    }

    fn print_table(&mut self, rows: &[&str], out: &mut impl Write) -> Result<(), Unprinted> {
        let (screen, titles, cells) = if self.columns.is_empty() {
            let columns = EventColumns::new(self.one_session, &self.screen);
            let cells: Vec<_> = rows.iter().map(|row| columns.cells(row)).collect();
            (self.screen, columns.titles(), cells)
        } else {
            // Ids, keys and sums are there to be used, so none is cut.
            let cells = rows.iter().map(|row| table::cells_of_row(row)).collect::<Result<_, _>>()?;
            (Screen { width: None, ..self.screen }, self.columns.clone(), cells)
        };
        if cells.is_empty() {
            return Ok(());
        }
        if self.layout.is_none() {
            let layout = Layout::new(&titles, &cells, &screen);
            writeln!(out, "{}", layout.head(&screen))?;
            self.layout = Some(layout);
        }
        let Some(layout) = &self.layout else { return Ok(()) };
        for row in &cells {
            let cell_of = |title: &str| titles.iter().position(|t| t == title).and_then(|i| row.get(i));
            let paint = |title: &str| table::paint(title, cell_of(title).map_or("", String::as_str));
            writeln!(out, "{}", layout.line(row, &screen, paint))?;
        }
        Ok(())
    }

    /// Prints what waited for the last page; returns the lines below a table.
    fn end(&mut self, all: bool, out: &mut impl Write) -> Result<Vec<String>, Unprinted> {
        if let Some(sums) = Sums::of(&self.report).filter(|_| all) {
            self.begin(out)?;
            let rows = std::mem::take(&mut self.merge).rows(sums, self.descending);
            self.print_rows(&rows.iter().map(String::as_str).collect::<Vec<_>>(), out)?;
        }
        if all && self.format == Format::Json {
            let stats = json!(Stats { matched: self.rows, ..self.stats });
            writeln!(out, "],\"next_cursor\":null,\"stats\":{stats}}}")?;
        }
        Ok(self.footer(all))
    }

    fn footer(&self, all: bool) -> Vec<String> {
        let mut lines = Vec::new();
        if self.format == Format::Table {
            lines.push(table::footer(self.rows, self.stats));
            if self.rows == 0 && self.next_cursor.is_none() {
                lines.push("Events can be found some seconds after they were sent; times are UTC.".to_owned());
            }
        }
        if self.stats.missing > 0 && self.format != Format::Json {
            lines.push(format!("{} of the index's entries point to objects that are gone", self.stats.missing));
        }
        if let Some(cursor) = self.next_cursor.as_ref().filter(|_| !all && self.format != Format::Json) {
            lines.push(format!("There is more: --all, or --cursor {cursor}"));
        }
        lines
    }
}

#[cfg(test)]
mod tests;
