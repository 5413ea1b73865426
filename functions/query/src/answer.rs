//! The answer's shape.

use droplets::timestamp::Timestamp;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use crate::cursor;
use crate::reports::Rows;
use crate::request::{BadRequest, Format, Request};

/// Version of request and answer.
const VERSION: u8 = 1;

/// The answer to a request that makes sense.
///
/// Rows are written as they stand in the lake, without a detour over a tree: numbers keep their spelling.
pub fn good(request: &Request, rows: &Rows, ms: u128) -> Result<Box<RawValue>, serde_json::Error> {
    let (from, to) = match rows.covers {
        Some((from, to)) => {
            let bounds = Request { from, to, ..request.clone() };
            bounds.bounds()
        }
        None => request.bounds(),
    };
    let spell = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let head = json!({ "from": spell(from), "to": spell(to) });
    let stats = json!({
        "matched": rows.rows.len(),
        "index_reads": rows.index_reads,
        "s3_gets": rows.cost.gets,
        "bytes": rows.cost.bytes,
        "missing": rows.cost.missing,
        "ms": u64::try_from(ms).unwrap_or(u64::MAX),
    });
    let next = rows.next.as_ref().map(|position| cursor::write(request, position));

    let mut json = format!(
        "{{\"v\":{VERSION},\"ok\":true,\"report\":\"{}\",\"range\":{head},\"columns\":{},",
        request.report.name(),
        json!(rows.columns)
    )
    .into_bytes();
    json.reserve(rows.rows.iter().map(|row| row.len() + 2).sum::<usize>() + 512);
    let (open, between, close): (&[u8], &[u8], &[u8]) = match request.format {
        Format::Json => (b"\"rows\":[", b",", b"]"),
        Format::Ndjson => (b"\"format\":\"ndjson\",\"body\":\"", b"\\n", b"\""),
    };
    json.extend_from_slice(open);
    for (i, row) in rows.rows.iter().enumerate() {
        if i > 0 {
            json.extend_from_slice(between);
        }
        json.extend_from_slice(row);
    }
    if request.format == Format::Ndjson && !rows.rows.is_empty() {
        json.extend_from_slice(between);
    }
    json.extend_from_slice(close);
    json.extend_from_slice(format!(",\"next_cursor\":{},\"stats\":{stats}}}", json!(next)).as_bytes());
    serde_json::from_slice(&json)
}

/// The answer to one that does not.
pub fn bad(request: &BadRequest) -> Result<Box<RawValue>, serde_json::Error> {
    to_raw_value(&json!({ "v": VERSION, "ok": false, "error": Value::from(request) }))
}
