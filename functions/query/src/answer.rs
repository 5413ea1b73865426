//! The answer's shape.

use droplets::csv;
use droplets::timestamp::Timestamp;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use crate::reports::Rows;
use crate::request::{BadRequest, Format, Request, short};
use crate::{cursor, price};

/// Version of request and answer.
const VERSION: u8 = 1;

/// What an answer took, beside what its rows tell.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    /// Milliseconds.
    pub ms: u64,
    /// Dollars.
    pub cost_usd: f64,
}

/// Where a result lies.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its key in the bucket.
    pub key: String,
    /// A link to it.
    pub url: String,
    /// Until when the link works.
    pub expires_at: Timestamp,
    /// How many bytes it has.
    pub bytes: usize,
    /// What it is.
    pub content_type: &'static str,
}

impl Format {
    /// The media type of rows on their own.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The extension of a file of rows.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }
}

/// The answer's members but for the rows: those before them, and those behind, each as JSON without the object's braces.
#[must_use]
pub fn frame(request: &Request, rows: &Rows, took: Took) -> (String, String) {
    let report = request.report.name();
    let (range, columns) = (range(request, rows), json!(request.columns));
    let head = format!("\"v\":{VERSION},\"ok\":true,\"report\":\"{report}\",\"range\":{range},\"columns\":{columns}");
    let mut foot = String::new();
    if let Some(plan) = rows.plan {
        let cost = price::dollars(price::reading(&rows.index, &plan.cost));
        let explain = json!({
            "entries": plan.entries,
            "from_index_alone": plan.from_index_alone,
            "blocks": plan.blocks,
            "s3_gets": plan.cost.gets,
            "bytes": plan.cost.bytes,
            "cost_usd": cost,
            "whole_range": plan.whole_range,
        });
        foot.push_str(&format!("\"explain\":{explain},"));
    } else if rows.rows.is_empty() && rows.next.is_none() {
        foot.push_str(&format!("\"searched\":{},", json!(searched(request, rows))));
    }
    let next = next_cursor(request, rows);
    foot.push_str(&format!("\"next_cursor\":{},\"stats\":{}", json!(next), stats(rows, took)));
    (head, foot)
}

/// What the page covers.
#[must_use]
pub fn range(request: &Request, rows: &Rows) -> Value {
    let (from, to) = match rows.covers {
        Some((from, to)) => Request { from, to, ..request.clone() }.bounds(),
        None => request.bounds(),
    };
    let spell = |at: Option<Timestamp>| at.map(|at| at.to_string());
    json!({ "from": spell(from), "to": spell(to) })
}

/// The next page's cursor.
#[must_use]
pub fn next_cursor(request: &Request, rows: &Rows) -> Option<String> {
    rows.next.as_ref().map(|next| cursor::write(request, next))
}

/// What the page took.
#[must_use]
pub fn stats(rows: &Rows, took: Took) -> Value {
    json!({
        "matched": rows.rows.len(),
        "index_reads": rows.index.reads,
        "read_units": rows.index.units,
        "s3_gets": rows.cost.gets,
        "bytes": rows.cost.bytes,
        "missing": rows.cost.missing,
        "ms": took.ms,
        "cost_usd": price::dollars(took.cost_usd),
    })
}

/// What was looked through in vain.
fn searched(request: &Request, rows: &Rows) -> String {
    let of = request.session_id.as_ref().map_or("all sessions".to_owned(), |id| format!("session '{}'", short(id)));
    let when = match request.bounds() {
        (None, None) => "at any time".to_owned(),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("before {to}"),
        (Some(from), Some(to)) => format!("from {from} to {to}"),
    };
    let which = if request.filter.is_none() { "" } else { ", by type and filter" };
    let many = |n: u64, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    format!(
        "{of} {when}{which}: {} found, {} of S3",
        many(rows.index.entries, "index entry", "index entries"),
        many(rows.cost.gets, "read", "reads"),
    )
}

/// Rows as they stand in a file, or in a `body`: lines, or for JSON one object with the columns.
///
/// Rows are written as they stand in the lake, without a detour over a tree: numbers keep their spelling.
pub fn body(request: &Request, rows: &Rows) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::with_capacity(rows.rows.iter().map(|row| row.len() + 2).sum::<usize>() + 512);
    match request.format {
        Format::Json => {
            out.extend_from_slice(format!("{{\"columns\":{},\"rows\":", json!(request.columns)).as_bytes());
            array(&rows.rows, &mut out);
            out.push(b'}');
        }
        Format::Ndjson => {
            let names: Vec<Vec<u8>> = request.columns.iter().map(|name| json!(name).to_string().into_bytes()).collect();
            for row in &rows.rows {
                if names.is_empty() {
                    out.extend_from_slice(row)
                } else {
                    object(&names, row, &mut out)?
                }
                out.push(b'\n');
            }
        }
        Format::Csv => {
            csv::header(&request.columns, &mut out);
            rows.rows.iter().try_for_each(|row| csv::line(row, &mut out))?;
        }
    }
    Ok(out)
}

fn array(rows: &[Vec<u8>], out: &mut Vec<u8>) {
    out.push(b'[');
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        out.extend_from_slice(row);
    }
    out.push(b']');
}

/// A row's cells under their columns' names.
fn object(names: &[Vec<u8>], row: &[u8], out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let cells: Vec<&RawValue> = serde_json::from_slice(row)?;
    out.push(b'{');
    for (i, (name, cell)) in names.iter().zip(cells).enumerate() {
        if i > 0 {
            out.push(b',');
        }
        out.extend_from_slice(name);
        out.push(b':');
        out.extend_from_slice(cell.get().as_bytes());
    }
    out.push(b'}');
    Ok(())
}

/// The answer to a request that makes sense.
pub fn good(
    request: &Request,
    rows: &Rows,
    stored: Option<&Stored>,
    took: Took,
) -> Result<Box<RawValue>, serde_json::Error> {
    let (head, foot) = frame(request, rows, took);
    let mut json = format!("{{{head}").into_bytes();
    match (stored, request.format) {
        (Some(stored), _) => {
            let result = json!({
                "url": stored.url,
                "key": stored.key,
                "bytes": stored.bytes,
                "rows": rows.rows.len(),
                "content_type": stored.content_type,
                "expires_at": stored.expires_at.to_string(),
            });
            json.extend_from_slice(format!(",\"rows\":[],\"result\":{result}").as_bytes());
        }
        (None, Format::Json) => {
            json.extend_from_slice(b",\"rows\":");
            array(&rows.rows, &mut json);
        }
        (None, format) => {
            let body = body(request, rows)?;
            json.extend_from_slice(format!(",\"format\":\"{}\",\"body\":", format.extension()).as_bytes());
            serde_json::to_writer(&mut json, &String::from_utf8_lossy(&body))?;
        }
    }
    json.extend_from_slice(format!(",{foot}}}").as_bytes());
    serde_json::from_slice(&json)
}

/// The answer to one that does not.
pub fn bad(request: &BadRequest) -> Result<Box<RawValue>, serde_json::Error> {
    to_raw_value(&json!({ "v": VERSION, "ok": false, "error": Value::from(request) }))
}
