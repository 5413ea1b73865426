//! Bodies that should be JSON and are not: cut off, garbled, or something else altogether.
//!
//! As far as the text is JSON, the walker strips it like any other, and its knowledge survives the cut: `"password":"hun` is
//! a password's beginning. What comes behind the first error has lost its structure. There, every `name: value` and
//! `name=value` is believed, quoted in any way, an open quote or bracket reaching to the end; and every pattern runs over
//! what strings mean and over the text as it is.

use super::edit::apply;
use super::embed::{self, Trust};
use super::finding::{Action, Finding, Found, Why};
use super::json::decode;
use super::kind::Kind;
use super::names::{Hint, Sense};
use super::paths::Paths;
use super::traits::Traits;
use super::verdict::{How, Outcome, outcome};
use super::walk::Walker;
use super::{MAX_EMBEDDED, MAX_ROUNDS, Redactor};

/// Strips `text`, which need not be JSON.
pub(super) fn strip(r: &Redactor, text: &str, depth: u8, found: &mut Found) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Several documents in a row (NDJSON) are each read strictly.
    while !rest.is_empty() {
        let mut walker = Walker::new(r, rest, depth, &mut out, found);
        if walker.run(Sense::nothing(), Paths::NONE).is_ok() {
            return out;
        }
        let outside = walker.is_outside();
        let (from, sense, swallowed) = walker.rest();
        if swallowed {
            return out;
        }
        let tail = rest.get(from..).unwrap_or_default();
        if outside && from > 0 && tail.starts_with(['{', '[']) {
            let document = rest.get(..from).unwrap_or_default();
            out.push_str(document.get(document.trim_end().len()..).unwrap_or_default());
            rest = tail;
            continue;
        }
        broken_value(r, tail, sense, depth, &mut out, found);
        return out;
    }
    out
}

/// The value at which the walker gave up, and everything behind it.
fn broken_value(r: &Redactor, tail: &str, sense: Sense, depth: u8, out: &mut String, found: &mut Found) {
    let verdict = sense.verdict.filter(|verdict| !tail.starts_with(['{', '[']) && verdict.how != How::Keep);
    let Some(verdict) = verdict else {
        let stripped = anything(r, tail, depth, found);
        let cut_in_a_string = tail.strip_prefix('"').is_some_and(|inside| closing(inside) == inside.len());
        out.push_str(&if cut_in_a_string { without_stump(stripped, found) } else { stripped });
        return;
    };
    let (content, behind) = if let Some(inside) = tail.strip_prefix('"') {
        let end = closing(inside);
        (inside.get(..end).unwrap_or_default(), inside.get(end..).unwrap_or_default())
    } else {
        let end = tail.find([',', '}', ']', '\n']).unwrap_or(tail.len());
        (tail.get(..end).unwrap_or_default(), tail.get(end..).unwrap_or_default())
    };
    let mut text = String::new();
    decode(content, &mut text);
    // A cut value is never believed to say nothing: `"pin":"un` was not `unknown` for sure.
    if text.is_empty() || matches!(outcome(verdict, &text, sense.role), Outcome::Keep) {
        out.push_str(tail.get(..tail.len() - behind.len()).unwrap_or_default());
    } else {
        // Without its own closing quote where the value had none; a bare value becomes a string, or its brackets would open
        // an array for the next reader.
        out.push('"');
        // Half a value makes no token and no mask.
        out.push_str(verdict.kind.placeholder());
        if !tail.starts_with('"') {
            out.push('"');
        }
        found.add(verdict.finding(), Action::Redact);
    }
    out.push_str(&anything(r, behind, depth, found));
}

/// The text without what its last word may be the beginning of: an address, a number. No validator knows half of one.
fn without_stump(mut text: String, found: &mut Found) -> String {
    let start = text.rfind(|c: char| c.is_whitespace() || "\"'<>(),;=&?/".contains(c)).map_or(0, |i| i + 1);
    let word = text.get(start..).unwrap_or_default();
    let at_sign = word.find('@').is_some_and(|at| at > 0);
    let digits = text.bytes().rev().take_while(|b| b.is_ascii_digit() || b" -.()+/".contains(b));
    let count = digits.clone().filter(u8::is_ascii_digit).count();
    // Eight digits are half a card, most of a phone number, and the last four hardly matter.
    let (from, kind) = if at_sign {
        (start, Kind::Email)
    } else if count >= 8 {
        (text.len() - digits.count(), Kind::Card)
    } else {
        return text;
    };
    text.truncate(from);
    text.push_str(kind.placeholder());
    found.add(Finding::new(kind, Why::Detector("the beginning of a value")), Action::Redact);
    text
}

/// The offset of the quote that closes a string, or its end.
fn closing(inside: &str) -> usize {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while let Some(i) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += i;
        if bytes.get(at) == Some(&b'"') {
            return at;
        }
        at += 2;
    }
    inside.len()
}

/// Text without a structure to trust.
fn anything(r: &Redactor, text: &str, depth: u8, found: &mut Found) -> String {
    let mut current = unescaped(r, text, depth, found).unwrap_or_else(|| text.to_owned());
    for _ in 0..MAX_ROUNDS {
        let traits = Traits::of(current.as_bytes());
        let mut edits = Vec::new();
        embed::pairs(r, &current, Trust::Broken, depth, &mut edits);
        r.scanner.find(&current, traits, Hint::None, &mut edits);
        let Some(next) = apply(r, &current, edits, found) else { break };
        current = next;
    }
    // Markup and forms inside are found by the same means as in any string.
    let traits = Traits::of(current.as_bytes());
    r.rewrite_known(&current, Some(traits), Hint::None, MAX_EMBEDDED, found).unwrap_or(current)
}

/// Strings with escapes, by what they mean: `jane\u0040example.com`, JSON in a string.
fn unescaped(r: &Redactor, text: &str, depth: u8, found: &mut Found) -> Option<String> {
    if depth >= MAX_EMBEDDED || !text.contains('\\') {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(open) = rest.find('"') {
        let (before, from) = rest.split_at(open + 1);
        let end = closing(from);
        let content = from.get(..end).unwrap_or_default();
        out.push_str(before);
        let mut plain = String::new();
        decode(content, &mut plain);
        let stripped = content.contains('\\').then(|| r.rewrite(&plain, Hint::None, depth + 1, found)).flatten();
        match stripped {
            Some(stripped) => {
                super::json::encode(&stripped, &mut out);
                changed = true;
            }
            None => out.push_str(content),
        }
        out.push_str(from.get(end..(end + 1).min(from.len())).unwrap_or_default());
        rest = from.get((end + 1).min(from.len())..).unwrap_or_default();
    }
    out.push_str(rest);
    changed.then_some(out)
}
