//! What may be asked, and what is wrong with what was asked.

use droplets::event::EventType;
use droplets::index::Order;
use droplets::timestamp::{DAY_MS, HOUR_MS, Timestamp, parse_duration};
use serde_json::{Map, Value, json};

use crate::filter::Filter;
use crate::{columns, cursor};

/// Rows on a page unless the request says otherwise.
pub const DEFAULT_LIMIT: usize = 100;
/// Most rows a request may ask for on one page.
pub const MAX_LIMIT: usize = 10_000;
/// Most rows of a result that goes to S3, and how many unless the request says otherwise.
pub const MAX_RESULT_ROWS: usize = 1_000_000;
/// Longest range over all sessions, in days. A session's own range has no limit.
pub const MAX_RANGE_DAYS: i64 = 400;
/// Most columns a request may name.
pub const MAX_FIELDS: usize = 100;

/// The reports there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// The S3 keys and byte ranges.
    Keys,
    /// The events themselves.
    Events,
    /// One session, step by step.
    Journey,
    /// Who was active.
    Sessions,
    /// Events and errors per interval.
    Count,
    /// Requests, errors and durations per route.
    Performance,
}

impl Report {
    /// All of them, by name.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("keys", Self::Keys),
        ("events", Self::Events),
        ("journey", Self::Journey),
        ("sessions", Self::Sessions),
        ("count", Self::Count),
        ("performance", Self::Performance),
    ];

    /// The report's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, report)| *report == self).map_or("", |(name, _)| name)
    }
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// `rows`: an array.
    #[default]
    Json,
    /// `body`: a row a line.
    Ndjson,
    /// `body`: RFC 4180.
    Csv,
}

/// Where rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Output {
    /// Into the answer.
    #[default]
    Inline,
    /// Into an object in the bucket, which the answer links to.
    S3,
}

/// What events are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The event's type.
    Type,
    /// The request's method.
    Method,
    /// The route, or the path with its ids folded.
    Route,
    /// The response's status.
    Status,
    /// `2xx`, `4xx`, …
    StatusClass,
}

impl Group {
    const NAMES: [(&'static str, Self); 5] = [
        ("type", Self::Type),
        ("method", Self::Method),
        ("route", Self::Route),
        ("status", Self::Status),
        ("status_class", Self::StatusClass),
    ];

    /// The name of its column.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, group)| *group == self).map_or("", |(name, _)| name)
    }
}

/// A request that makes sense.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is asked.
    pub report: Report,
    /// Of whom; `None` for all sessions.
    pub session_id: Option<String>,
    /// From when on; [`Timestamp::MIN`] for a whole session.
    pub from: Timestamp,
    /// Up to when, exclusive; [`Timestamp::MAX`] for a whole session.
    pub to: Timestamp,
    /// Which events.
    pub filter: Filter,
    /// Which way.
    pub order: Order,
    /// Rows on a page.
    pub limit: usize,
    /// Where the page begins, as sent.
    pub cursor: Option<String>,
    /// How rows are written.
    pub format: Format,
    /// Where rows go.
    pub output: Output,
    /// Width of an interval in milliseconds, if rows are told apart by intervals.
    pub interval_ms: Option<i64>,
    /// What else rows are told apart by.
    pub group_by: Vec<Group>,
    /// The columns rows have, in their order; none where rows are whole events.
    pub columns: Vec<String>,
    /// Whether to tell what would be read instead of reading it.
    pub explain: bool,
    /// What the cursor must belong to: the request without paging and form.
    pub fingerprint: String,
}

/// A request that makes no sense: what is wrong, with which field, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRequest {
    /// For programs.
    pub code: &'static str,
    /// Which field; `None` when it is the request as a whole.
    pub field: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub hint: String,
}

impl BadRequest {
    /// A complaint about a field.
    pub fn new(code: &'static str, field: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, field: Some(field.to_owned()), message: message.into(), hint: hint.into() }
    }
}

/// The fields of a request.
pub const FIELDS: [&str; 16] = [
    "report",
    "session_id",
    "from",
    "to",
    "type",
    "filter",
    "order",
    "limit",
    "cursor",
    "format",
    "output",
    "interval",
    "group_by",
    "fields",
    "explain",
    "sketches",
];
const TIMES: &str =
    "RFC 3339 (2026-11-21T07:00:00Z), a date (2026-11-21), \"now\", or relative to now (\"-24h\"; s, m, h, d, w)";

impl Request {
    /// Reads a request; relative times count from `now`.
    pub fn parse(value: &Value, now: Timestamp) -> Result<Self, BadRequest> {
        let Value::Object(fields) = value else {
            return Err(BadRequest {
                code: "INVALID_REQUEST",
                field: None,
                message: "the request is no JSON object".into(),
                hint: "send for example {\"report\":\"events\",\"session_id\":\"s-42\"}".into(),
            });
        };
        if let Some(unknown) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Err(BadRequest::new(
                "UNKNOWN_FIELD",
                unknown,
                format!("there is no field '{unknown}'"),
                did_you_mean(unknown, &FIELDS),
            ));
        }
        // `null` is the same as leaving a field out.
        let field = |name: &str| fields.get(name).filter(|value| !value.is_null());

        let report = report(field("report"))?;
        let session_id = session_id(field("session_id"))?;
        if report == Report::Journey && session_id.is_none() {
            return Err(BadRequest::new(
                "MISSING_FIELD",
                "session_id",
                "a journey is one session's",
                "send 'session_id'; 'sessions' tells which there are",
            ));
        }
        let cursor = cursor_text(field("cursor"))?;
        let (from, to) = match cursor.as_deref().map(cursor::frozen_range).transpose()? {
            // As first understood: `-24h` and `now` mean on every page what they meant on the first.
            Some((from, to)) => bounded(from, to, session_id.is_some())?,
            None => range(field("from"), field("to"), session_id.is_some(), now)?,
        };
        let event_type = event_type(field("type"))?;
        let filter = Filter::parse(field("filter"), event_type)?;
        if report == Report::Keys && filter.needs_events() {
            return Err(BadRequest::new(
                "INVALID_FILTER",
                "filter",
                "'keys' reads the index alone, which knows only the type of events",
                "leave 'filter' out, or ask for 'events'",
            ));
        }
        let order = [("asc", Order::Ascending), ("desc", Order::Descending)];
        let order = choice(field("order"), "order", "INVALID_ORDER", &order, Order::Ascending)?;
        if report == Report::Journey && order == Order::Descending {
            return Err(BadRequest::new(
                "INVALID_ORDER",
                "order",
                "a journey goes forward: its steps are counted from the first",
                "leave 'order' out, or ask for 'events'",
            ));
        }
        let formats = [("json", Format::Json), ("ndjson", Format::Ndjson), ("csv", Format::Csv)];
        let format = choice(field("format"), "format", "INVALID_FORMAT", &formats, Format::Json)?;
        let outputs = [("inline", Output::Inline), ("s3", Output::S3)];
        let output = choice(field("output"), "output", "INVALID_OUTPUT", &outputs, Output::Inline)?;
        let interval_ms = interval(report, field("interval"))?;
        let group_by = group_by(report, field("group_by"))?;
        let sketches = flag(field("sketches"), "sketches", "INVALID_SKETCHES")?;
        if sketches && report != Report::Performance {
            return Err(only_for("INVALID_SKETCHES", "sketches", report, "performance"));
        }
        let known = columns::of_report(report, interval_ms.is_some(), &group_by, sketches);
        let columns = columns::chosen(field("fields"), report, format, known)?;

        Ok(Self {
            report,
            session_id,
            from,
            to,
            filter,
            order,
            limit: limit(field("limit"), output)?,
            cursor,
            format,
            output,
            interval_ms,
            group_by,
            columns,
            explain: flag(field("explain"), "explain", "INVALID_EXPLAIN")?,
            fingerprint: fingerprint(fields),
        })
    }

    /// Whether the range has a beginning and an end, rather than being a whole session.
    #[must_use]
    pub fn bounds(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        (Some(self.from).filter(|t| *t != Timestamp::MIN), Some(self.to).filter(|t| *t != Timestamp::MAX))
    }
}

/// The request without what may differ from page to page, spelled in one way whatever order its fields came in.
fn fingerprint(fields: &Map<String, Value>) -> String {
    fn canonical(fields: &Map<String, Value>) -> Vec<(&String, String)> {
        let spell = |value: &Value| match value {
            Value::Object(inner) => format!("{:?}", canonical(inner)),
            other => other.to_string(),
        };
        let mut all: Vec<_> =
            fields.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, spell(value))).collect();
        all.sort();
        all
    }
    let mut fields = fields.clone();
    for name in ["cursor", "limit", "format", "output", "explain"] {
        fields.remove(name);
    }
    format!("{:?}", canonical(&fields))
}

fn report(value: Option<&Value>) -> Result<Report, BadRequest> {
    let names = Report::NAMES.map(|(name, _)| name);
    let Some(value) = value else {
        return Err(BadRequest::new("MISSING_FIELD", "report", "no report is asked for", one_of(&names)));
    };
    let name = value.as_str().unwrap_or_default();
    Report::NAMES.iter().find(|(known, _)| *known == name).map(|(_, report)| *report).ok_or_else(|| {
        BadRequest::new("UNKNOWN_REPORT", "report", "there is no such report", did_you_mean(name, &names))
    })
}

fn session_id(value: Option<&Value>) -> Result<Option<String>, BadRequest> {
    let id = match value {
        None => return Ok(None),
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) if !id.is_f64() => Some(id.to_string()),
        Some(_) => None,
    };
    id.filter(|id| (1..=droplets::event::MAX_ID_BYTES).contains(&id.len())).map(Some).ok_or_else(|| {
        BadRequest::new(
            "INVALID_SESSION_ID",
            "session_id",
            "a session id is a string or an integer of 1 to 256 bytes",
            "send an integer of more than 64 bits as a string; leave it out to ask about all sessions of a range",
        )
    })
}

fn range(
    from: Option<&Value>,
    to: Option<&Value>,
    one_session: bool,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp), BadRequest> {
    let read = |name: &'static str, value: Option<&Value>| {
        value
            .map(|value| {
                time(value, now).ok_or_else(|| {
                    BadRequest::new("INVALID_RANGE", name, format!("'{name}' is no time"), format!("send {TIMES}"))
                })
            })
            .transpose()
    };
    let (from, to) = (read("from", from)?, read("to", to)?);
    if one_session {
        let (from, to) = (from.unwrap_or(Timestamp::MIN), to.unwrap_or(Timestamp::MAX));
        return ordered(from, to);
    }
    let from = from.ok_or_else(|| {
        BadRequest::new(
            "MISSING_FIELD",
            "from",
            "neither a session nor a range is asked about",
            "send 'session_id', or 'from' such as \"-24h\"",
        )
    })?;
    bounded(from, to.unwrap_or(now), false)
}

fn bounded(from: Timestamp, to: Timestamp, one_session: bool) -> Result<(Timestamp, Timestamp), BadRequest> {
    let (from, to) = ordered(from, to)?;
    if !one_session && to.millis() - from.millis() > MAX_RANGE_DAYS * DAY_MS {
        return Err(BadRequest::new(
            "RANGE_TOO_LARGE",
            "from",
            format!("a range over all sessions has at most {MAX_RANGE_DAYS} days"),
            "ask for a shorter range, or for one session",
        ));
    }
    Ok((from, to))
}

fn ordered(from: Timestamp, to: Timestamp) -> Result<(Timestamp, Timestamp), BadRequest> {
    if from < to {
        return Ok((from, to));
    }
    Err(BadRequest::new(
        "INVALID_RANGE",
        "from",
        format!("the range is empty: 'from' {from} is not before 'to' {to}"),
        "'from' is inclusive and 'to' exclusive; 'to' is now unless sent",
    ))
}

/// A time as people and programs write it.
fn time(value: &Value, now: Timestamp) -> Option<Timestamp> {
    if let Some(ms) = value.as_i64() {
        // Below this it was meant in seconds, as in the event contract.
        return Timestamp::from_millis(ms).filter(|_| ms as f64 >= droplets::event::MIN_EPOCH_MS);
    }
    let text = value.as_str()?;
    Timestamp::parse_spoken(text, now)
}

fn interval(report: Report, value: Option<&Value>) -> Result<Option<i64>, BadRequest> {
    let Some(value) = value else { return Ok((report == Report::Count).then_some(HOUR_MS)) };
    if !matches!(report, Report::Count | Report::Performance) {
        return Err(only_for("INVALID_INTERVAL", "interval", report, "count' and 'performance"));
    }
    // Intervals are counted from the epoch, so only widths that divide the hour or the day begin where people expect.
    let width = value.as_str().and_then(parse_duration).filter(|ms| *ms >= 60_000);
    width.filter(|ms| HOUR_MS % ms == 0 || (ms % HOUR_MS == 0 && DAY_MS % ms == 0)).map(Some).ok_or_else(|| {
        BadRequest::new(
            "INVALID_INTERVAL",
            "interval",
            "an interval must divide the hour or the day",
            "send 1m, 5m, 15m, 30m, 1h, 6h, 12h or 1d",
        )
    })
}

fn group_by(report: Report, value: Option<&Value>) -> Result<Vec<Group>, BadRequest> {
    let Some(names) = names(value, "group_by", "INVALID_GROUP_BY")? else {
        return Ok(if report == Report::Performance { vec![Group::Method, Group::Route] } else { Vec::new() });
    };
    if !matches!(report, Report::Count | Report::Performance) {
        return Err(only_for("INVALID_GROUP_BY", "group_by", report, "count' and 'performance"));
    }
    let known = Group::NAMES.map(|(name, _)| name);
    let mut groups = Vec::new();
    for name in names {
        let group = Group::NAMES.iter().find(|(known, _)| *known == name).map(|(_, group)| *group);
        let refuse =
            |message: String, hint: String| Err(BadRequest::new("INVALID_GROUP_BY", "group_by", message, hint));
        match group {
            Some(group) if groups.contains(&group) => {
                return refuse(format!("'{name}' stands there twice"), "name it once".into());
            }
            Some(group) => groups.push(group),
            None => {
                return refuse(format!("nothing can be grouped by '{}'", short(&name)), did_you_mean(&name, &known));
            }
        }
    }
    Ok(groups)
}

/// A list of names: an array, or one string with commas between them.
pub fn names(
    value: Option<&Value>,
    field: &'static str,
    code: &'static str,
) -> Result<Option<Vec<String>>, BadRequest> {
    let names = match value {
        None => return Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Some(Vec::new()),
        Some(Value::String(text)) => Some(text.split(',').map(|name| name.trim().to_owned()).collect()),
        Some(Value::Array(names)) => names.iter().map(|name| name.as_str().map(str::to_owned)).collect(),
        Some(_) => None,
    };
    let names: Option<Vec<String>> =
        names.filter(|names| names.len() <= MAX_FIELDS && names.iter().all(|n| !n.is_empty()));
    names.map(Some).ok_or_else(|| {
        let message = format!("'{field}' is a list of up to {MAX_FIELDS} names");
        BadRequest::new(code, field, message, format!("send for example {{\"{field}\":[\"route\",\"status\"]}}"))
    })
}

/// Text of a request, as far as it is repeated in an answer.
pub fn short(text: &str) -> String {
    let mut short: String = text.chars().take(100).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn only_for(code: &'static str, field: &'static str, report: Report, others: &str) -> BadRequest {
    let message = format!("'{}' has no '{field}'", report.name());
    BadRequest::new(code, field, message, format!("leave it out, or ask for '{others}'"))
}

/// `true` or `false`; as a query parameter it comes as a string.
fn flag(value: Option<&Value>, field: &'static str, code: &'static str) -> Result<bool, BadRequest> {
    match value {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(Value::String(text)) if text == "true" => Ok(true),
        Some(Value::String(text)) if text == "false" => Ok(false),
        Some(_) => Err(BadRequest::new(code, field, format!("'{field}' is a truth value"), "send true or false")),
    }
}

fn event_type(value: Option<&Value>) -> Result<Option<EventType>, BadRequest> {
    let Some(value) = value else { return Ok(None) };
    value.as_str().and_then(EventType::parse).map(Some).ok_or_else(|| {
        BadRequest::new(
            "INVALID_TYPE",
            "type",
            "a type has 1 to 64 of a-z, 0-9, '.', '_' and '-'",
            "events whose own type is anything else are found as 'other'",
        )
    })
}

fn limit(value: Option<&Value>, output: Output) -> Result<usize, BadRequest> {
    let (default, most) = match output {
        Output::Inline => (DEFAULT_LIMIT, MAX_LIMIT),
        Output::S3 => (MAX_RESULT_ROWS, MAX_RESULT_ROWS),
    };
    let Some(value) = value else { return Ok(default) };
    // As a query parameter it comes as a string.
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    let limit = number.and_then(|n| usize::try_from(n).ok());
    limit.filter(|n| (1..=most).contains(n)).ok_or_else(|| {
        let hint = match (limit, output) {
            (Some(0), _) | (None, _) => format!("send a whole number of 1 to {most}, or leave 'limit' out"),
            (_, Output::Inline) => "ask for the next page with 'next_cursor', or send {\"output\":\"s3\"}".to_owned(),
            (_, Output::S3) => "ask for the next page with 'next_cursor'".to_owned(),
        };
        BadRequest::new("INVALID_LIMIT", "limit", format!("a page has 1 to {most} rows"), hint)
    })
}

fn cursor_text(value: Option<&Value>) -> Result<Option<String>, BadRequest> {
    match value {
        None => Ok(None),
        Some(Value::String(cursor)) => Ok(Some(cursor.clone())),
        Some(_) => Err(invalid_cursor("it is no string")),
    }
}

/// A cursor that cannot be used.
pub fn invalid_cursor(why: &str) -> BadRequest {
    BadRequest::new(
        "INVALID_CURSOR",
        "cursor",
        format!("this cursor cannot be used: {why}"),
        "send the 'next_cursor' of the last page with an otherwise unchanged request, or start again without one",
    )
}

/// A field that takes one of a few words.
fn choice<T: Copy>(
    value: Option<&Value>,
    field: &'static str,
    code: &'static str,
    words: &[(&'static str, T)],
    default: T,
) -> Result<T, BadRequest> {
    let Some(value) = value else { return Ok(default) };
    let word = value.as_str().unwrap_or_default();
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        BadRequest::new(code, field, format!("'{field}' is none of its words"), one_of(&known))
    })
}

fn one_of(words: &[&str]) -> String {
    format!("send one of: {}", words.join(", "))
}

/// The nearest of the known words, when one is near, and all of them otherwise.
pub fn did_you_mean(word: &str, known: &[&str]) -> String {
    let nearest = known.iter().map(|k| (strsim::damerau_levenshtein(word, k), k)).min();
    match nearest {
        Some((distance, nearest)) if distance <= 1 + nearest.len() / 4 => format!("did you mean '{nearest}'?"),
        _ => one_of(known),
    }
}

impl From<&BadRequest> for Value {
    fn from(bad: &BadRequest) -> Self {
        json!({ "code": bad.code, "field": bad.field, "message": bad.message, "hint": bad.hint })
    }
}

#[cfg(test)]
mod tests;
