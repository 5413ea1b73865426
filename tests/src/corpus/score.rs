//! Counts what leaks and what is wrongly changed.

use std::collections::{BTreeMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use super::case::{Case, Planted, Survivor};
use super::value::{Needle, digit};

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many of them are bad.
    pub bad: usize,
    /// How many there are.
    pub all: usize,
}

impl Share {
    fn add(&mut self, bad: bool) {
        self.bad += usize::from(bad);
        self.all += 1;
    }

    /// In per cent.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "the counts are far below 2^52")]
    pub fn percent(self) -> f64 {
        if self.all == 0 { 0.0 } else { 100.0 * self.bad as f64 / self.all as f64 }
    }
}

/// Shares by a label.
pub type Groups = BTreeMap<String, Share>;

/// What was wrong with one value, for a developer to look at.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The group it counts in: the kind and place of a leak, the category of a change.
    pub group: String,
    /// The scenario.
    pub scenario: String,
    /// The value.
    pub value: String,
    /// What stands where it was, or where it should be.
    pub now: String,
}

/// The figures of a corpus.
#[derive(Debug, Default)]
pub struct Score {
    /// Planted values that leak.
    pub leaks: Share,
    /// The same by kind.
    pub leaks_by_kind: Groups,
    /// The same by place.
    pub leaks_by_place: Groups,
    /// The same by whether the spelling is an unusual one.
    pub leaks_by_spelling: Groups,
    /// Cases in which anything leaks.
    pub leaking_cases: Share,
    /// Survivors that were changed.
    pub changes: Share,
    /// The same by category.
    pub changes_by_category: Groups,
    /// Words of literal text that were lost.
    pub words: Share,
    /// Outputs that are not JSON.
    pub broken: usize,
    /// Each leak.
    pub leaked: Vec<Fault>,
    /// Each change.
    pub changed: Vec<Fault>,
}

impl Score {
    /// Scores what a redactor made of cases; `strip` gets a document and gives the stripped one.
    pub fn of(cases: &[Case], mut strip: impl FnMut(&str) -> String) -> Self {
        let mut score = Self::default();
        for case in cases {
            let output = strip(&case.json);
            score.add(case, &output);
        }
        score
    }

    fn add(&mut self, case: &Case, output: &str) {
        let Ok(document) = serde_json::from_str::<Value>(output) else {
            self.broken += 1;
            return;
        };
        let ideal: Value = serde_json::from_str(&case.ideal).unwrap_or_else(|error| panic!("{error}: {}", case.ideal));
        let mut leaking = false;
        for planted in &case.planted {
            let Some(leaks) = leaks(planted, &document, &ideal) else { continue };
            leaking |= leaks;
            self.leaks.add(leaks);
            self.leaks_by_kind.entry(planted.kind.into()).or_default().add(leaks);
            self.leaks_by_place.entry(planted.place.clone()).or_default().add(leaks);
            let spelling = if planted.unusual { "unusual" } else { "ordinary" };
            self.leaks_by_spelling.entry(spelling.into()).or_default().add(leaks);
            if leaks {
                let group = format!("{} in {}", planted.kind, planted.place);
                self.leaked.push(fault(group, &case.scenario, &planted.text, &planted.pointer, &document));
            }
        }
        self.leaking_cases.add(leaking);
        for survivor in &case.survivors {
            let changed = !survives(survivor, &document);
            self.changes.add(changed);
            self.changes_by_category.entry(survivor.category.into()).or_default().add(changed);
            if changed {
                let group = survivor.category.to_owned();
                self.changed.push(fault(group, &case.scenario, &survivor.text, &survivor.pointer, &document));
            }
        }
        self.count_words(case, &document);
    }

    /// Looks for the words of each string, one after the other.
    fn count_words(&mut self, case: &Case, document: &Value) {
        let (mut at, mut pointer) = (0, "");
        for survivor in case.survivors.iter().filter(|survivor| survivor.part) {
            if survivor.pointer != pointer {
                (at, pointer) = (0, &survivor.pointer);
            }
            let text = document.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            for word in survivor.text.split_whitespace() {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                if word.is_empty() {
                    continue;
                }
                let found = text[at..].find(word);
                at += found.map_or(0, |from| from + word.len());
                self.words.add(found.is_none());
            }
        }
    }
}

fn fault(group: String, scenario: &str, value: &str, pointer: &str, document: &Value) -> Fault {
    let now = document.pointer(pointer).map_or_else(|| "(nothing there)".to_owned(), Value::to_string);
    Fault { group, scenario: scenario.to_owned(), value: value.to_owned(), now: format!("{pointer}: {now}") }
}

/// Whether a survivor stands where it stood.
fn survives(survivor: &Survivor, document: &Value) -> bool {
    match document.pointer(&survivor.pointer) {
        Some(Value::String(text)) if survivor.part => text.contains(&survivor.text),
        Some(Value::String(text)) => *text == survivor.text,
        Some(other) => serde_json::from_str::<Value>(&survivor.text).is_ok_and(|value| value == *other),
        None => false,
    }
}

/// Whether a value can be read in an output; nothing if it can be read in the ideal output as well, by chance.
fn leaks(planted: &Planted, document: &Value, ideal: &Value) -> Option<bool> {
    let (now, ideal) = (readable(&planted.pointer, document), readable(&planted.pointer, ideal));
    let mut asked = false;
    let mut found = false;
    for needle in &planted.needles {
        for part in parts(needle) {
            if !ideal.iter().any(|text| text.has(&part)) {
                asked = true;
                found |= now.iter().any(|text| text.has(&part));
            }
        }
    }
    asked.then_some(found)
}

/// What to look for: a text, or digits in a row.
enum Part<'a> {
    Text(&'a str),
    Digits(&'a str),
}

/// A needle's parts: any of them is a leak.
fn parts(needle: &Needle) -> Vec<Part<'_>> {
    match needle {
        Needle::Text(text) => vec![Part::Text(text)],
        Needle::Digits(digits, window) => {
            (0..=digits.len() - window).map(|at| Part::Digits(&digits[at..at + window])).collect()
        }
    }
}

/// A text that can be read in an output, and its digits without what separates them.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Text {
    text: String,
    digits: String,
}

impl Text {
    fn new(text: String) -> Self {
        let mut digits = String::new();
        let mut gap = false;
        for c in text.chars() {
            if let Some(d) = digit(c) {
                if gap {
                    digits.push('|');
                }
                digits.push(d);
                gap = false;
            } else if !" -./_()\t+\u{a0}\u{2009}\u{202f}\u{2011}\u{2013}".contains(c) {
                gap = true;
            }
        }
        Self { text, digits }
    }

    fn has(&self, part: &Part<'_>) -> bool {
        match part {
            // A short text must stand alone: three digits of a longer number are not a card's CVV.
            Part::Text(needle) if needle.chars().count() < 5 => self.text.match_indices(needle).any(|(at, _)| {
                let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !word(self.text[..at].chars().next_back()) && !word(self.text[at + needle.len()..].chars().next())
            }),
            Part::Text(needle) => self.text.contains(needle),
            Part::Digits(needle) => self.digits.contains(needle),
        }
    }
}

/// All that can be read at a pointer, or in the whole document if nothing is there: the texts and what they decode to.
fn readable(pointer: &str, document: &Value) -> HashSet<Text> {
    let mut texts = HashSet::new();
    collect(document.pointer(pointer).unwrap_or(document), &mut texts);
    let mut all = texts.clone();
    for _ in 0..4 {
        let mut next = HashSet::new();
        for text in &texts {
            decode(text, &mut next);
        }
        next.retain(|text| !all.contains(text));
        if next.is_empty() {
            break;
        }
        all.extend(next.iter().cloned());
        texts = next;
    }
    all.into_iter().map(Text::new).collect()
}

/// The texts, names and numbers in a value.
fn collect(value: &Value, texts: &mut HashSet<String>) {
    match value {
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => drop(texts.insert(value.to_string())),
        Value::String(text) => drop(texts.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(entries) => {
            for (key, value) in entries {
                texts.insert(key.clone());
                collect(value, texts);
            }
        }
    }
}

/// What a text says if it is taken for JSON, percent-encoding, base64 or XML.
fn decode(text: &str, found: &mut HashSet<String>) {
    if text.contains(['{', '[', '"'])
        && let Ok(value) = serde_json::from_str::<Value>(text)
    {
        collect(&value, found);
    }
    for line in text.lines().filter(|line| line.starts_with('{') && line.len() < text.len()) {
        found.insert(line.to_owned());
    }
    if text.contains('\\')
        && let Ok(Value::String(plain)) =
            serde_json::from_str(&format!("\"{}\"", text.replace('"', "\\\"").replace("\\\\\"", "\\\"")))
    {
        found.insert(plain);
    }
    if text.contains(['%', '+']) {
        found.insert(percent_decode(text, false));
        found.insert(percent_decode(text, true));
    }
    if text.contains('&') {
        found.insert(
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&"),
        );
    }
    for token in
        text.split(|c: char| !(c.is_ascii_alphanumeric() || "+/-_".contains(c))).filter(|token| token.len() > 11)
    {
        let bytes = STANDARD_NO_PAD.decode(token).or_else(|_| URL_SAFE_NO_PAD.decode(token));
        if let Some(plain) = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
            found.insert(plain);
        }
    }
}

fn percent_decode(text: &str, plus: bool) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = || u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok();
        match (first, if first == b'%' { hex() } else { None }) {
            (_, Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
                continue;
            }
            (b'+', _) if plus => bytes.push(b' '),
            (byte, _) => bytes.push(byte),
        }
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
