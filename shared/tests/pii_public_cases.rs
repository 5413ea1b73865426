//! How much of the public test literals of Presidio and Datadog's scanner is found, and how much is changed that should live.
//!
//! The cases lie beside the repository (`../shared/pii`), not in it; a checkout without them skips these tests with a note.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;

use droplets::pii::{Counts, Redactor};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    entity: String,
    text: String,
    /// In characters.
    spans: Vec<(usize, usize)>,
    core: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    also: Vec<String>,
}

fn cases(file: &str) -> Option<Vec<Case>> {
    let path = format!("{}/../../shared/pii/{file}", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: no {path}");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a case")).collect())
}

fn strip(redactor: &Redactor, text: &str) -> String {
    let mut out = String::new();
    redactor.strip_text(text, &mut out, &mut Counts::default());
    out
}

/// Which characters of `text` are still there. The output is the text with ranges replaced by placeholders, so the pieces
/// between placeholders are found again from left to right.
fn survives(text: &str, out: &str) -> Vec<bool> {
    let chars: Vec<char> = text.chars().collect();
    let mut alive = vec![false; chars.len()];
    let placeholders: Vec<&str> = droplets::pii::Kind::ALL.iter().map(|kind| kind.placeholder()).collect();
    let mut pieces = vec![String::new()];
    let mut rest = out;
    while let Some(c) = rest.chars().next() {
        if let Some(placeholder) = placeholders.iter().find(|p| rest.starts_with(**p) && !text.contains(**p)) {
            pieces.push(String::new());
            rest = &rest[placeholder.len()..];
        } else {
            pieces.last_mut().unwrap().push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    let mut from = 0;
    let count = pieces.len();
    for (i, piece) in pieces.iter().enumerate() {
        let piece: Vec<char> = piece.chars().collect();
        let at = if i == 0 {
            0
        } else if i + 1 == count {
            chars.len() - piece.len()
        } else {
            (from..=chars.len() - piece.len())
                .find(|at| chars[*at..*at + piece.len()] == piece[..])
                .expect("a piece of the text")
        };
        alive[at..at + piece.len()].fill(true);
        from = at + piece.len();
    }
    alive
}

#[derive(Default)]
struct Tally {
    spans: usize,
    gone: usize,
    negatives: usize,
    changed: usize,
}

fn measure(file: &str, core: bool) -> Option<BTreeMap<String, Tally>> {
    let redactor = Redactor::builtin(None);
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for case in cases(file)?.iter().filter(|case| case.core == core && !case.weak) {
        let tally = tallies.entry(case.entity.clone()).or_default();
        let out = strip(&redactor, &case.text);
        if case.spans.is_empty() {
            if case.also.is_empty() {
                tally.negatives += 1;
                tally.changed += usize::from(out != case.text);
                if out != case.text && core {
                    println!("changed: {} {:?} -> {:?}", case.entity, case.text, out);
                }
            }
            continue;
        }
        let alive = survives(&case.text, &out);
        let chars: Vec<char> = case.text.chars().collect();
        let gone = case.spans.iter().all(|(start, end)| (*start..*end).all(|i| !alive[i] || chars[i].is_whitespace()));
        tally.spans += 1;
        tally.gone += usize::from(gone);
        if !gone && core {
            println!("missed: {} {:?} -> {:?}", case.entity, case.text, out);
        }
    }
    Some(tallies)
}

fn report(file: &str, core: bool) -> Option<(f64, f64)> {
    let tallies = measure(file, core)?;
    let mut total = Tally::default();
    for (entity, tally) in &tallies {
        println!(
            "{file} {entity}: {}/{} gone, {}/{} negatives changed",
            tally.gone, tally.spans, tally.changed, tally.negatives
        );
        total.spans += tally.spans;
        total.gone += tally.gone;
        total.negatives += tally.negatives;
        total.changed += tally.changed;
    }
    let recall = total.gone as f64 / total.spans as f64;
    let changed = total.changed as f64 / total.negatives.max(1) as f64;
    println!("{file} core={core}: recall {:.2} %, negatives changed {:.2} %", recall * 100.0, changed * 100.0);
    Some((recall, changed))
}

#[test]
fn presidio_core_kinds_are_gone_and_clean_negatives_live() {
    if let Some((recall, changed)) = report("presidio_cases.jsonl", true) {
        assert!(recall >= 0.994, "recall {recall}");
        assert!(changed <= 0.02, "changed {changed}");
    }
}

#[test]
fn datadog_core_kinds_are_gone() {
    if let Some((recall, _)) = report("datadog_cases.jsonl", true) {
        assert!(recall >= 0.98, "recall {recall}");
    }
}

/// Kinds that need a locale or context, for the record: no promise is made on them yet.
#[test]
fn the_other_kinds_are_counted() {
    report("presidio_cases.jsonl", false);
    report("datadog_cases.jsonl", false);
}
