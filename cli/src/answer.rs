//! The query function's answers: read as they are spelled, and the pages of one question put together. Pure.

use std::collections::BTreeMap;

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
    /// A row a line, if the request asked for `"format":"ndjson"`.
    #[serde(default)]
    pub body: Option<String>,
    /// Where the next page begins.
    #[serde(default)]
    pub next_cursor: Option<String>,
    /// What it took.
    #[serde(default)]
    pub stats: Stats,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// Reports whose rows may stand on several pages, each with a part of the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sums {
    /// A row a session.
    Sessions,
    /// A row an interval.
    Count,
}

impl Sums {
    /// Of a report; none if its pages simply follow each other.
    pub fn of(report: &str) -> Option<Self> {
        match report {
            "sessions" => Some(Self::Sessions),
            "count" => Some(Self::Count),
            _ => None,
        }
    }
}

/// The rows of several pages, summed up: a session that was active on two of them is one row.
#[derive(Debug, Default)]
pub struct Merge {
    sums: BTreeMap<String, Sum>,
}

#[derive(Clone, Debug)]
struct Sum {
    first: String,
    last: String,
    events: u64,
    errors: u64,
}

impl Merge {
    /// Adds a row.
    pub fn add(&mut self, sums: Sums, row: &str) -> Result<(), serde_json::Error> {
        let (name, sum) = match sums {
            Sums::Sessions => {
                let (session, first, last, events, errors) = serde_json::from_str(row)?;
                (session, Sum { first, last, events, errors })
            }
            Sums::Count => {
                let (interval, events, errors) = serde_json::from_str::<(String, _, _)>(row)?;
                (interval, Sum { first: String::new(), last: String::new(), events, errors })
            }
        };
        let Some(known) = self.sums.get_mut(&name) else {
            self.sums.insert(name, sum);
            return Ok(());
        };
        // Times are all spelled alike, so they compare as text.
        known.first = std::mem::take(&mut known.first).min(sum.first);
        known.last = std::mem::take(&mut known.last).max(sum.last);
        known.events += sum.events;
        known.errors += sum.errors;
        Ok(())
    }

    /// The rows, in the order the function has them in.
    pub fn rows(self, sums: Sums, descending: bool) -> Vec<String> {
        let mut all: Vec<_> = self.sums.into_iter().collect();
        all.sort_by(|(id_a, a), (id_b, b)| (&a.first, id_a).cmp(&(&b.first, id_b)));
        if descending {
            all.reverse();
        }
        let spell = |(name, sum): (String, Sum)| {
            let mut row = String::from("[");
            push_json_string(&name, &mut row);
            if sums == Sums::Sessions {
                row.push_str(&format!(",\"{}\",\"{}\"", sum.first, sum.last));
            }
            row.push_str(&format!(",{},{}]", sum.events, sum.errors));
            row
        };
        all.into_iter().map(spell).collect()
    }
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
    fn sessions_on_several_pages_are_one_row() {
        let pages = [
            r#"["b","2026-11-21T07:10:00.000Z","2026-11-21T07:20:00.000Z",3,1]"#,
            r#"["a","2026-11-21T07:30:00.000Z","2026-11-21T07:40:00.000Z",1,0]"#,
            r#"["b","2026-11-21T08:00:00.000Z","2026-11-21T08:01:00.000Z",4,0]"#,
        ];
        // Pages come the other way round when the latest is asked for first; the sums are the same.
        for descending in [false, true] {
            let mut merge = Merge::default();
            let mut rows: Vec<_> = pages.to_vec();
            if descending {
                rows.reverse();
            }
            rows.iter().for_each(|row| merge.add(Sums::Sessions, row).unwrap());
            let mut expected = [
                r#"["b","2026-11-21T07:10:00.000Z","2026-11-21T08:01:00.000Z",7,1]"#,
                r#"["a","2026-11-21T07:30:00.000Z","2026-11-21T07:40:00.000Z",1,0]"#,
            ];
            if descending {
                expected.reverse();
            }
            assert_eq!(merge.rows(Sums::Sessions, descending), expected);
        }
    }

    #[test]
    fn intervals_are_summed_up_and_in_order() {
        let mut merge = Merge::default();
        for row in [
            r#"["2026-11-21T08:00:00.000Z",2,1]"#,
            r#"["2026-11-21T07:00:00.000Z",5,0]"#,
            r#"["2026-11-21T08:00:00.000Z",1,1]"#,
        ] {
            merge.add(Sums::Count, row).unwrap();
        }
        let expected = [r#"["2026-11-21T07:00:00.000Z",5,0]"#, r#"["2026-11-21T08:00:00.000Z",3,2]"#];
        assert_eq!(merge.rows(Sums::Count, false), expected);
        assert!(Merge::default().add(Sums::Count, "[1]").is_err());
    }

    #[test]
    fn ranges_of_pages_join() {
        let range = |from: &str, to: &str| Range { from: Some(from.into()), to: Some(to.into()) };
        assert_eq!(joined(range("1", "2"), &range("2", "3"), false), range("1", "3"));
        assert_eq!(joined(range("2", "3"), &range("1", "2"), true), range("1", "3"));
    }
}
