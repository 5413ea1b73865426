//! Rows under columns: which there are, which are asked for, and how a cell is spelled.

use std::borrow::Cow;

use droplets::event::{Http, Stored, push_json_string};
use serde_json::Value;

use crate::request::{BadRequest, Format, Group, Report, did_you_mean, names, short};

/// Columns of `events` as CSV, unless the request names others.
const OF_EVENTS: [&str; 9] =
    ["timestamp", "session_id", "event_id", "type", "method", "path", "route", "status", "duration_ms"];

/// The columns a report has; none where its rows are events.
#[must_use]
pub fn of_report(report: Report, interval: bool, group_by: &[Group], sketches: bool) -> Vec<&'static str> {
    let groups = || interval.then_some("interval").into_iter().chain(group_by.iter().map(|group| group.name()));
    match report {
        Report::Keys => vec!["session_id", "key", "offset", "length", "first", "last", "events", "errors", "type"],
        Report::Events => Vec::new(),
        Report::Journey => vec![
            "step",
            "timestamp",
            "gap_ms",
            "type",
            "method",
            "path",
            "route",
            "status",
            "duration_ms",
            "outcome",
            "event_id",
        ],
        Report::Sessions => vec!["session_id", "first", "last", "events", "errors"],
        Report::Count => groups().chain(["events", "errors"]).collect(),
        Report::Performance => groups()
            .chain([
                "requests",
                "errors",
                "client_errors",
                "error_rate",
                "p50_ms",
                "p95_ms",
                "p99_ms",
                "max_ms",
                "slowest",
            ])
            .chain(sketches.then_some("sketch"))
            .collect(),
    }
}

/// The columns a request asks for with its `fields`.
pub fn chosen(
    fields: Option<&Value>,
    report: Report,
    format: Format,
    known: Vec<&'static str>,
) -> Result<Vec<String>, BadRequest> {
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let Some(names) = names(fields, "fields", "INVALID_FIELDS")?.filter(|names| !names.is_empty()) else {
        return Ok(match (report, format) {
            (Report::Events, Format::Csv) => own(&OF_EVENTS),
            _ => own(&known),
        });
    };
    for name in &names {
        if report != Report::Events && !known.contains(&name.as_str()) {
            let message = format!("'{}' has no column '{}'", report.name(), short(name));
            return Err(BadRequest::new("INVALID_FIELDS", "fields", message, did_you_mean(name, &known)));
        }
    }
    Ok(names)
}

/// A row: a JSON array of a cell for each column.
pub fn row(columns: &[String], mut cell: impl FnMut(&str, &mut String)) -> Vec<u8> {
    let mut row = String::from("[");
    for (i, column) in columns.iter().enumerate() {
        if i > 0 {
            row.push(',');
        }
        let before = row.len();
        cell(column, &mut row);
        if row.len() == before {
            row.push_str("null");
        }
    }
    row.push(']');
    row.into_bytes()
}

/// A text, if there is one.
pub fn text(value: Option<&str>, out: &mut String) {
    if let Some(value) = value {
        push_json_string(value, out);
    }
}

/// A number in the shortest spelling that is read as the same one.
pub fn number(value: Option<f64>, out: &mut String) {
    if let Some(value) = value.filter(|value| value.is_finite()) {
        out.push_str(&serde_json::json!(value).to_string());
    }
}

/// The route an event belongs to: the one it gives, or else its path with ids folded.
#[must_use]
pub fn route<'a>(http: &'a Http<'_>) -> Option<Cow<'a, str>> {
    match (&http.route, &http.path) {
        (Some(route), _) => Some(Cow::Borrowed(route)),
        (None, Some(path)) => Some(droplets::route::fold(path)),
        (None, None) => None,
    }
}

/// The columns of an event that every reader of the lake understands in the same way, or else what stands at the path.
pub fn of_event(event: &Stored<'_>, http: &Http<'_>, column: &str, out: &mut String) {
    match column {
        "session_id" => push_json_string(&event.session_id, out),
        "timestamp" => push_json_string(&event.timestamp.to_string(), out),
        "event_id" => push_json_string(&event.event_id, out),
        "type" => push_json_string(event.event_type.as_str(), out),
        "method" => text(http.method.as_deref(), out),
        "path" => text(http.path.as_deref(), out),
        "route" => text(route(http).as_deref(), out),
        "status" => out.extend(http.status.map(|status| status.to_string())),
        "duration_ms" => number(http.duration_ms, out),
        path => out.extend(event.at(path).map(|value| value.get())),
    }
}
