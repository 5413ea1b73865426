//! `droplets query`: asks the query function and prints what it says.

use std::io::{self, BufWriter, IsTerminal, Read, Write};

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Refusal};
use crate::args::{FilterArgs, Format, FunctionArgs, Output, QueryArgs};
use crate::aws::{Aws, LambdaFunction};
use crate::error::{Error, Exit, complain};
use crate::merge::{Gathered, Sums};
use crate::printer::{Printer, Settings, Unprinted, print};
use crate::table::{Paint, Screen};

/// Rows on a page when all pages are asked for: the most the function gives.
pub const ALL_LIMIT: u64 = 10_000;

/// Who is asked.
pub trait Ask {
    /// The function's name, for messages.
    fn name(&self) -> &str;
    /// Its answer to a request, both JSON.
    async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, Error>;
}

/// Runs the command.
pub async fn run(args: &QueryArgs) -> Result<Exit, Error> {
    let format = format_or_default(args.format);
    let request = Request::new(args, format)?;
    let screen = Screen::of_stdout();
    let function = function(&args.function).await?;

    let mut out = BufWriter::new(io::stdout().lock());
    let mut printer = request.printer(format, screen);
    let asked = ask(&function, request, &mut printer, &mut out).await;
    // Also when a later page failed: what was printed so far should be seen.
    out.flush().map_err(Error::Write)?;
    match asked? {
        None => Ok(Exit::Refused),
        Some(footer) => {
            tell_below(&footer, screen);
            Ok(Exit::Done)
        }
    }
}

/// What is printed unless the options say: columns for a person who looks.
pub fn format_or_default(format: Option<Format>) -> Format {
    format.unwrap_or(if io::stdout().is_terminal() { Format::Table } else { Format::Json })
}

/// The function the options name.
pub async fn function(args: &FunctionArgs) -> Result<LambdaFunction, Error> {
    let aws = Aws::connect(&args.lake).await;
    aws.function(args.function.as_deref(), args.lake.stack.as_deref()).await
}

/// Lines below the rows, on standard error, so that a table can be piped on.
pub fn tell_below(lines: &[String], screen: Screen) {
    let screen = screen.of_stderr();
    let mut err = io::stderr().lock();
    for line in lines {
        let _ = writeln!(err, "{}", screen.paint(Paint::Dim, line));
    }
}

/// What is asked.
#[derive(Debug)]
struct Request {
    what: What,
    /// Columns that rows are cut to here, since pages can only be put together from all of them.
    fields: Option<Vec<String>>,
    /// Whether the sketches were asked for, and not only to put pages together.
    sketches: bool,
    all: bool,
}

#[derive(Debug)]
enum What {
    /// Field by field.
    Fields(Map<String, Value>),
    /// As it was given; it need not make sense.
    Raw(String),
}

impl Request {
    fn new(args: &QueryArgs, format: Format) -> Result<Self, Error> {
        let Some(json) = &args.request else {
            if args.all && args.output == Some(Output::S3) {
                return Err(Error::AllIntoS3);
            }
            return Ok(Self::of_fields(fields(args), args.all, format, args.output == Some(Output::S3)));
        };
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
        let plain = |fields: &Map<String, Value>, name: &str, word: Value| {
            fields.get(name).is_none_or(|value| value.is_null() || *value == word)
        };
        match value {
            Value::Object(fields)
                if args.all
                    && plain(&fields, "format", json!("json"))
                    && plain(&fields, "output", json!("inline"))
                    && plain(&fields, "explain", json!(false)) =>
            {
                Ok(Self::of_fields(fields, true, format, false))
            }
            _ if args.all => Err(Error::RequestNotPaged),
            // Only the function knows the columns of events.
            Value::Object(fields) if format == Format::Csv && plain(&fields, "format", Value::Null) => {
                Ok(Self::of_fields(fields, false, format, false))
            }
            // The function says what is wrong with it, so it gets it as it is.
            _ => Ok(Self { what: What::Raw(json), fields: None, sketches: false, all: false }),
        }
    }

    /// With what the printing of it needs.
    fn of_fields(mut fields: Map<String, Value>, all: bool, format: Format, into_s3: bool) -> Self {
        let sums = fields.get("report").and_then(Value::as_str).and_then(Sums::of).filter(|_| all);
        let sketches = fields.get("sketches") == Some(&json!(true));
        let mut cut = None;
        match sums {
            Some(sums) => {
                cut = fields.remove("fields").as_ref().and_then(names_in);
                if sums == Sums::Performance {
                    fields.insert("sketches".to_owned(), json!(true));
                }
            }
            None if format == Format::Csv => {
                fields.insert("format".to_owned(), json!("csv"));
            }
            None if format == Format::Ndjson && into_s3 => {
                fields.insert("format".to_owned(), json!("ndjson"));
            }
            None => {}
        }
        if all {
            fields.entry("limit").or_insert(json!(ALL_LIMIT));
        }
        Self { what: What::Fields(fields), fields: cut, sketches, all }
    }

    fn bytes(&self) -> Vec<u8> {
        match &self.what {
            What::Fields(fields) => json!(fields).to_string().into_bytes(),
            What::Raw(json) => json.clone().into_bytes(),
        }
    }

    fn printer(&self, format: Format, screen: Screen) -> Printer {
        let request = match &self.what {
            What::Fields(fields) => json!(fields),
            What::Raw(json) => serde_json::from_str(json).unwrap_or_default(),
        };
        Printer::new(Settings {
            format,
            screen,
            all: self.all,
            descending: request.get("order").is_some_and(|order| order == "desc"),
            one_session: request.get("session_id").is_some_and(|id| !id.is_null()),
            fields: self.fields.clone(),
            sketches: self.sketches,
        })
    }
}

/// Names with commas between them, or a list.
fn names_in(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(names(text)),
        Value::Array(all) => Some(all.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()),
        _ => None,
    }
}

/// `a`, `b` of `a, b`.
pub fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The fields that have a value.
pub fn given(pairs: Vec<(&str, Option<Value>)>) -> Map<String, Value> {
    pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The fields `type` and `filter`.
pub fn filter(args: &FilterArgs) -> Map<String, Value> {
    let filter = given(vec![
        ("path", args.path.as_ref().map(|path| json!(path))),
        ("method", args.method.as_ref().map(|method| json!(method))),
        ("status", args.status.as_ref().map(|status| json!(status))),
        ("min_duration", args.min_duration.map(|ms| json!(ms))),
    ]);
    given(vec![
        ("type", args.event_type.as_ref().map(|name| json!(name))),
        ("filter", Some(Value::Object(filter)).filter(|filter| *filter != json!({}))),
    ])
}

/// The request the options spell. What was not said is left out, so that the function's defaults hold.
fn fields(args: &QueryArgs) -> Map<String, Value> {
    let text = |value: &Option<String>| value.as_ref().map(|value| json!(value));
    let list = |value: &Option<String>| value.as_ref().map(|value| json!(names(value)));
    let mut fields = given(vec![
        ("report", Some(json!(args.report.as_deref().unwrap_or("events")))),
        ("session_id", text(&args.session_id)),
        ("from", text(&args.from)),
        ("to", text(&args.to)),
        ("order", text(&args.order)),
        ("limit", args.limit.map(|limit| json!(limit))),
        ("cursor", text(&args.cursor)),
        ("interval", text(&args.interval)),
        ("group_by", list(&args.group_by)),
        ("fields", list(&args.fields)),
        ("output", args.output.filter(|output| *output == Output::S3).map(|_| json!("s3"))),
        ("explain", args.explain.then_some(json!(true))),
    ]);
    fields.extend(filter(&args.filter));
    fields
}

/// A request the function refused.
struct Refused {
    bytes: Vec<u8>,
    pages: u64,
}

/// Says why.
fn complain_of(refusal: Option<Refusal>) {
    match refusal {
        Some(error) => complain(&error.describe(), error.hint.as_deref()),
        None => complain("the request was refused", None),
    }
}

/// Asks for page after page, if `all`, and hands each on; says if one was refused, and tells why.
async fn pages<A: Ask>(
    function: &A,
    request: &mut Request,
    mut each: impl FnMut(&[u8], &Answer<'_>) -> Result<(), Unprinted>,
) -> Result<Option<Refused>, Error> {
    let not_an_answer = |source| Error::NotAnAnswer { function: function.name().to_owned(), source };
    let mut pages = 0;
    loop {
        let bytes = function.ask(request.bytes()).await?;
        let mut answer: Answer<'_> = serde_json::from_slice(&bytes).map_err(not_an_answer)?;
        if !answer.ok {
            complain_of(answer.error.take());
            return Ok(Some(Refused { bytes, pages }));
        }
        pages += 1;
        let next = if request.all { answer.next_cursor.clone() } else { None };
        each(&bytes, &answer).map_err(|error| error.of(function.name()))?;
        match (next, &mut request.what) {
            (Some(next), What::Fields(fields)) => {
                if fields.get("cursor").and_then(Value::as_str) == Some(next.as_str()) {
                    return Err(Error::SameCursor { function: function.name().to_owned() });
                }
                fields.insert("cursor".to_owned(), next.into());
            }
            _ => return Ok(None),
        }
    }
}

/// Asks, page after page if `all`, and prints; returns the lines to be printed below, or none when it was refused.
async fn ask<A: Ask, W: Write>(
    function: &A,
    mut request: Request,
    printer: &mut Printer,
    out: &mut W,
) -> Result<Option<Vec<String>>, Error> {
    let refused = pages(function, &mut request, |bytes, answer| printer.page(bytes, answer, out)).await?;
    match refused {
        Some(refused) => {
            if printer.is_json() && refused.pages == 0 {
                print(out, &[&refused.bytes, b"\n"])?;
            }
            Ok(None)
        }
        None => printer.end(out).map(Some).map_err(|error| error.of(function.name())),
    }
}

/// All pages of a request.
#[derive(Debug, Default)]
pub struct Whole {
    /// What they say together; of reports that are summed up, `merge` has the sums too.
    pub gathered: Gathered,
    /// The rows, in order. They have sketches, of reports that have them.
    pub rows: Vec<String>,
}

/// Asks for all pages and puts them together; none when the request was refused.
pub async fn whole<A: Ask>(function: &A, fields: Map<String, Value>) -> Result<Option<Whole>, Error> {
    let descending = fields.get("order").is_some_and(|order| order == "desc");
    let mut request = Request::of_fields(fields, true, Format::Json, false);
    let mut whole = Whole::default();
    let refused = pages(function, &mut request, |_, answer| {
        if !whole.gathered.add(answer, true, descending)? {
            whole.rows.extend(answer.rows.iter().map(|row| row.get().to_owned()));
        }
        Ok(())
    });
    if refused.await?.is_some() {
        return Ok(None);
    }
    if let Some(merge) = &whole.gathered.merge {
        whole.rows = merge.rows(descending);
    }
    whole.gathered.stats.matched = whole.rows.len() as u64;
    Ok(Some(whole))
}

/// Asks for all pages of events and hands on each page's rows as they come; false when the request was refused.
pub async fn each_page<A: Ask>(
    function: &A,
    fields: Map<String, Value>,
    mut each: impl FnMut(&[&str]) -> Result<(), Unprinted>,
) -> Result<bool, Error> {
    let mut request = Request::of_fields(fields, true, Format::Json, false);
    let refused =
        pages(function, &mut request, |_, answer| each(&answer.rows.iter().map(|row| row.get()).collect::<Vec<_>>()));
    Ok(refused.await?.is_none())
}

impl Whole {
    /// Prints it in a format for programs, without sketches, which were only needed to put pages together.
    pub fn print(&self, format: Format, screen: Screen, out: &mut impl Write) -> Result<(), Unprinted> {
        let settings = Settings { format, screen, all: true, ..Settings::default() };
        let mut printer = Printer::new(settings);
        printer.whole(&self.gathered, &self.rows, out)
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.gathered.columns.iter().position(|column| column == name)
    }
}

#[cfg(test)]
pub mod tests;
