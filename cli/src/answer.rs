//! The query function's answers: read as they are spelled, and the pages of one question put together. Pure.

use droplets::event::push_json_string;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// An answer. What it has beyond this is passed over.
#[derive(Debug, Deserialize)]
pub struct Answer<'a> {
    /// Whether the request was answered.
    pub ok: bool,
    /// The report's name.
    #[serde(default)]
    pub report: String,
    /// What it covers.
    #[serde(default)]
    pub range: Range,
    /// Names of the columns; none when rows are events.
    #[serde(default)]
    pub columns: Vec<String>,
    /// JSON texts.
    #[serde(default, borrow)]
    pub rows: Vec<&'a RawValue>,
    /// The rows as a text, if the request asked for `"format":"ndjson"` or `"csv"`.
    #[serde(default)]
    pub body: Option<String>,
    /// Where the next page begins.
    #[serde(default)]
    pub next_cursor: Option<String>,
    /// What it took.
    #[serde(default)]
    pub stats: Stats,
    /// What was looked through, where nothing was found.
    #[serde(default)]
    pub searched: Option<String>,
    /// Where the rows are, if the request asked for `"output":"s3"`.
    #[serde(default)]
    pub result: Option<Stored>,
    /// What would be read, if the request asked for `"explain":true`; as it is spelled.
    #[serde(default, borrow)]
    pub explain: Option<&'a RawValue>,
    /// Why it was not answered.
    #[serde(default)]
    pub error: Option<Refusal>,
}

/// From when to when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Inclusive; none for a session's beginning.
    pub from: Option<String>,
    /// Exclusive; none for a session's end.
    pub to: Option<String>,
}

/// What an answer took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stats {
    /// Rows.
    pub matched: u64,
    /// Calls of DynamoDB.
    pub index_reads: u64,
    /// Calls of S3.
    pub s3_gets: u64,
    /// Bytes read from S3.
    pub bytes: u64,
    /// Entries whose object is gone.
    pub missing: u64,
    /// Milliseconds.
    pub ms: u64,
    /// Read request units of DynamoDB.
    pub read_units: f64,
    /// US dollars.
    pub cost_usd: f64,
}

/// Rows in an object of their own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Stored {
    /// A link to it.
    pub url: String,
    /// Its size.
    pub bytes: u64,
    /// How many rows it has.
    pub rows: u64,
    /// Until when the link works.
    pub expires_at: String,
}

/// What a request would read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Explained {
    /// Entries of the index.
    pub entries: u64,
    /// Those of them that say all that is asked.
    pub from_index_alone: u64,
    /// Blocks of events for the others.
    pub blocks: u64,
    /// Calls of S3 for them.
    pub s3_gets: u64,
    /// Bytes of S3.
    pub bytes: u64,
    /// US dollars.
    pub cost_usd: f64,
    /// Whether this is all of the range, or as much as there was time to look at.
    pub whole_range: bool,
}

/// A request that makes no sense.
#[derive(Debug, Deserialize)]
pub struct Refusal {
    /// For programs.
    pub code: String,
    /// Which field.
    #[serde(default)]
    pub field: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The way out.
    #[serde(default)]
    pub hint: Option<String>,
}

impl Refusal {
    /// What is wrong, in a line.
    pub fn describe(&self) -> String {
        match &self.field {
            Some(field) => format!("{} ({}, field {field})", self.message, self.code),
            None => format!("{} ({})", self.message, self.code),
        }
    }
}

impl Stats {
    /// Adds those of another page.
    pub fn add(&mut self, other: Self) {
        self.matched += other.matched;
        self.index_reads += other.index_reads;
        self.s3_gets += other.s3_gets;
        self.bytes += other.bytes;
        self.missing += other.missing;
        self.ms += other.ms;
        // Billionths of a cent say nothing, and sums of fractions end in them.
        let rounded = |sum: f64| (sum * 1e12).round() / 1e12;
        self.read_units = rounded(self.read_units + other.read_units);
        self.cost_usd = rounded(self.cost_usd + other.cost_usd);
    }
}

/// A row of columns as an object.
pub fn as_object(columns: &[String], row: &str) -> Result<String, serde_json::Error> {
    if columns.is_empty() {
        return Ok(row.to_owned());
    }
    let cells: Vec<&RawValue> = serde_json::from_str(row)?;
    let mut object = String::with_capacity(row.len() + 16 * columns.len());
    for (name, cell) in columns.iter().zip(cells) {
        object.push(if object.is_empty() { '{' } else { ',' });
        push_json_string(name, &mut object);
        object.push(':');
        object.push_str(cell.get());
    }
    object.push('}');
    Ok(object)
}

/// The range that two neighbouring pages cover together.
pub fn joined(range: Range, page: &Range, descending: bool) -> Range {
    match descending {
        false => Range { to: page.to.clone(), ..range },
        true => Range { from: page.from.clone(), ..range },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_it_is_spelled() {
        let json = r#"{"v":1,"ok":true,"report":"events","range":{"from":null,"to":null},"columns":[],
            "rows":[{"a":1.0,"b":12345678901234567890},{}],"next_cursor":"c","stats":{"matched":2,"new":1}}"#;
        let answer: Answer<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(answer.rows[0].get(), r#"{"a":1.0,"b":12345678901234567890}"#);
        assert_eq!((answer.next_cursor.as_deref(), answer.stats.matched), (Some("c"), 2));
    }

    #[test]
    fn a_refusal_tells_what_and_where() {
        let json = r#"{"v":1,"ok":false,"error":{"code":"INVALID_RANGE","field":"from","message":"'from' is no time","hint":"h"}}"#;
        let answer: Answer<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(answer.error.unwrap().describe(), "'from' is no time (INVALID_RANGE, field from)");
    }

    #[test]
    fn rows_become_objects_by_their_columns() {
        let columns = ["session_id", "events"].map(str::to_owned);
        assert_eq!(as_object(&columns, r#"["s \"1\"",1.0]"#).unwrap(), r#"{"session_id":"s \"1\"","events":1.0}"#);
        assert_eq!(as_object(&[], r#"{"a":1}"#).unwrap(), r#"{"a":1}"#);
    }

    #[test]
    fn costs_of_pages_add_up_without_noise() {
        let mut stats = Stats { read_units: 0.5, cost_usd: 0.1, ..Stats::default() };
        stats.add(Stats { read_units: 1.5, cost_usd: 0.2, ..Stats::default() });
        assert_eq!((stats.read_units, stats.cost_usd), (2.0, 0.3));
    }

    #[test]
    fn ranges_of_pages_join() {
        let range = |from: &str, to: &str| Range { from: Some(from.into()), to: Some(to.into()) };
        assert_eq!(joined(range("1", "2"), &range("2", "3"), false), range("1", "3"));
        assert_eq!(joined(range("2", "3"), &range("1", "2"), true), range("1", "3"));
    }
}
