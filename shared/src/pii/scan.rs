//! Patterns over one decoded string.
//!
//! Before any pattern runs, one pass over the bytes collects [`Traits`]: most strings show in it that no detector can
//! match (no `@`, no long chain of digits, …) and are passed over. What detectors find becomes [`Edit`]s; overlapping ones
//! are merged, so that no character of a find survives because another find touched it.

use std::ops::Range;

use regex::bytes::Regex;

use super::kind::{Counts, Kind};
use super::names::Hint;
use super::{bank, card, contact, national_id, network, secret, wallet};

/// What a string contains, from one pass over its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traits {
    pub(super) has: u16,
    /// Most digits in a row, where spaces, dots, dashes, slashes, parentheses, underscores and a plus do not break the row.
    pub(super) chain: u32,
    /// Length in bytes of the longest run without white space, quote or bracket.
    pub(super) run: u32,
}

/// The bits of [`Traits::has`].
pub(super) mod has {
    pub(in crate::pii) const DIGIT: u16 = 1;
    pub(in crate::pii) const AT: u16 = 1 << 1;
    pub(in crate::pii) const COLON: u16 = 1 << 2;
    pub(in crate::pii) const EQUALS: u16 = 1 << 3;
    pub(in crate::pii) const PERCENT: u16 = 1 << 4;
    pub(in crate::pii) const OPENING: u16 = 1 << 5;
    pub(in crate::pii) const DOT: u16 = 1 << 6;
    /// A control character, which JSON forbids inside a string.
    pub(in crate::pii) const CONTROL: u16 = 1 << 7;
    pub(in crate::pii) const UPPER: u16 = 1 << 8;
    pub(in crate::pii) const LOWER: u16 = 1 << 9;
    pub(in crate::pii) const SPACE: u16 = 1 << 10;
    pub(in crate::pii) const DASH: u16 = 1 << 11;
    pub(in crate::pii) const WIDE: u16 = 1 << 12;
    pub(in crate::pii) const PLUS: u16 = 1 << 13;
    pub(in crate::pii) const LESS: u16 = 1 << 14;
    pub(super) const ENDS_RUN: u16 = 1 << 15;
}

/// How a byte counts for [`Traits`]: its bits, and whether it keeps a chain of digits going.
const CLASS: [(u16, u8); 256] = {
    let mut table = [(0u16, 0u8); 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        let bits = match byte {
            b'0'..=b'9' => has::DIGIT,
            b'@' => has::AT,
            b':' => has::COLON,
            b'=' => has::EQUALS,
            b'%' => has::PERCENT,
            b'{' | b'[' => has::OPENING | has::ENDS_RUN,
            b'}' | b']' | b'"' | b'\'' => has::ENDS_RUN,
            b'<' => has::LESS | has::ENDS_RUN,
            b'.' => has::DOT,
            b'A'..=b'Z' => has::UPPER,
            b'a'..=b'z' => has::LOWER,
            b' ' => has::SPACE | has::ENDS_RUN,
            b'-' => has::DASH,
            b'+' => has::PLUS,
            0..=0x1f => has::CONTROL | has::ENDS_RUN,
            0x80.. => has::WIDE,
            _ => 0,
        };
        let keeps = matches!(byte, b'0'..=b'9' | b' ' | b'.' | b'-' | b'/' | b'(' | b')' | b'+' | b'_');
        table[i] = (bits, keeps as u8);
        i += 1;
    }
    table
};

impl Traits {
    pub(super) fn of(text: &[u8]) -> Self {
        let (mut bits, mut chain, mut longest) = (0u16, 0u32, 0u32);
        let (mut run, mut longest_run) = (0u32, 0u32);
        for byte in text {
            let (class, keeps) = CLASS[usize::from(*byte)];
            bits |= class;
            // Without branches: a digit adds one, a separator keeps, all else starts over.
            chain = (chain + u32::from(class & has::DIGIT)) * u32::from(keeps);
            longest = longest.max(chain);
            run = (run + 1) * u32::from(class & has::ENDS_RUN == 0);
            longest_run = longest_run.max(run);
        }
        Self { has: bits, chain: longest, run: longest_run }
    }

    pub(super) const fn any(self, bits: u16) -> bool {
        self.has & bits != 0
    }

    const fn all(self, bits: u16) -> bool {
        self.has & bits == bits
    }
}

/// What a string must contain for a detector to be worth running.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    /// All of these bits of [`has`].
    pub(super) all: u16,
    /// At least one of these, unless zero.
    pub(super) any: u16,
    /// At least this many digits in a chain.
    pub(super) chain: u32,
    /// At least this many bytes without white space or quote.
    pub(super) run: u32,
}

impl Needs {
    pub(super) const NOTHING: Self = Self { all: 0, any: 0, chain: 0, run: 0 };

    const fn met(self, traits: Traits) -> bool {
        traits.all(self.all) && (self.any == 0 || traits.any(self.any)) && traits.chain >= self.chain && traits.run >= self.run
    }
}

/// A place where a pattern matched, with what is around it.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) hint: Hint,
}

impl<'t> Candidate<'t> {
    pub(super) fn matched(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.start..self.end).unwrap_or_default()
    }

    pub(super) fn whole(&self) -> Option<Range<usize>> {
        Some(self.start..self.end)
    }

    pub(super) fn before(&self) -> Option<u8> {
        self.start.checked_sub(1).and_then(|i| self.text.as_bytes().get(i).copied())
    }

    pub(super) fn after(&self) -> Option<u8> {
        self.text.as_bytes().get(self.end).copied()
    }

    pub(super) fn after_next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.end + 1).copied()
    }

    /// The digits of the match, at most 40.
    pub(super) fn digits(&self) -> Digits {
        Digits::of(self.matched())
    }

    /// Whether the match stands alone: no letter, digit or underscore touches it, nor a dash or dot that ties it to more of
    /// the same token.
    pub(super) fn stands_alone(&self) -> bool {
        let bytes = self.text.as_bytes();
        let tied_before = self.before().is_some_and(|b| {
            is_word(b) || (matches!(b, b'-' | b'.' | b'+' | b'#') && self.start.checked_sub(2).and_then(|i| bytes.get(i)).is_some_and(|b| is_word(*b)))
        });
        let tied_after =
            self.after().is_some_and(|b| is_word(b) || (matches!(b, b'-' | b'.') && self.after_next().is_some_and(is_word)));
        !tied_before && !tied_after
    }

    /// Whether a space joins the match to more of a number written in groups: `RO49 AAAA 1B31 [0075 9384 0000]`.
    pub(super) fn continues_groups(&self) -> bool {
        let bytes = self.text.as_bytes();
        let grouped_before = self.before() == Some(b' ') && {
            let head = bytes.get(..self.start - 1).unwrap_or_default();
            let token = head.iter().rev().take(8).take_while(|b| b.is_ascii_digit() || b.is_ascii_uppercase()).count();
            let has_digit = head.iter().rev().take(token).any(u8::is_ascii_digit);
            let word_goes_on = head.len().checked_sub(token + 1).and_then(|i| head.get(i)).is_some_and(|b| is_word(*b));
            (3..=6).contains(&token) && has_digit && !word_goes_on
        };
        grouped_before || (self.after() == Some(b' ') && self.after_next().is_some_and(|b| b.is_ascii_digit()))
    }

    /// Whether the match is the whole string, but for white space.
    pub(super) fn is_everything(&self) -> bool {
        self.text.get(..self.start).is_some_and(|t| t.trim().is_empty()) && self.text.get(self.end..).is_some_and(|t| t.trim().is_empty())
    }

    /// Whether one of `words` stands in the 48 bytes before the match, or the 24 after it; ASCII case does not matter. A word
    /// must begin where a word begins (`tel` is not in `hotel`), with a `$` also end there, and placeholders do not count: `[PHONE]` is no context.
    pub(super) fn near(&self, words: &[&str]) -> bool {
        self.near_before(words) || contains_word(window(self.text.as_bytes(), self.end, self.end.saturating_add(24)), words)
    }

    pub(super) fn near_before(&self, words: &[&str]) -> bool {
        contains_word(window(self.text.as_bytes(), self.start.saturating_sub(48), self.start), words)
    }
}

fn window(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    bytes.get(from..to.min(bytes.len())).unwrap_or_default()
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether one of `words` begins a word in `window` and is not part of a placeholder.
fn contains_word(window: &[u8], words: &[&str]) -> bool {
    let lower: Vec<u8> = window.to_ascii_lowercase();
    words.iter().any(|word| {
        let whole = word.ends_with('$');
        let word = word.trim_end_matches('$');
        memchr::memmem::find_iter(&lower, word.as_bytes()).any(|at| {
            let before = at.checked_sub(1).and_then(|i| lower.get(i)).copied();
            let first_is_letter = word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
            // camelCase and snake_case begin words too; lower-casing hid the former, so look at the original.
            let hump = window.get(at).is_some_and(u8::is_ascii_uppercase) && before.is_some_and(|b| b.is_ascii_lowercase());
            let whole_enough = !whole || !lower.get(at + word.len()).is_some_and(|b| is_word(*b));
            whole_enough && before != Some(b'[') && (!first_is_letter || hump || !before.is_some_and(|b| b.is_ascii_alphabetic()))
        })
    })
}

/// The digits of a candidate as numbers.
pub(super) struct Digits {
    values: [u8; 40],
    len: usize,
}

impl Digits {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut digits = Self { values: [0; 40], len: 0 };
        for byte in bytes.iter().filter(|b| b.is_ascii_digit()) {
            if let Some(slot) = digits.values.get_mut(digits.len) {
                *slot = byte - b'0';
                digits.len += 1;
            }
        }
        digits
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.values.get(..self.len).unwrap_or_default()
    }

    /// The number that `range` of the digits spells; 0 where there are none.
    pub(super) fn number(&self, range: Range<usize>) -> u64 {
        self.as_slice().get(range).unwrap_or_default().iter().fold(0, |n, d| n * 10 + u64::from(*d))
    }
}

/// The check of ISO/IEC 7812-1 annex B, also known as Luhn or mod 10.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| match (i % 2, u32::from(*d)) {
            (0, d) => d,
            (_, d) if d > 4 => 2 * d - 9,
            (_, d) => 2 * d,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// One way to recognise one kind. The next kind is one more of these, with its tests.
pub(super) struct Detector {
    pub(super) kind: Kind,
    pub(super) needs: Needs,
    pub(super) find: Find,
}

/// How a detector finds its candidates.
pub(super) enum Find {
    /// An ASCII pattern, and a judge that says which part of a match is personal, if any: the validator and the context.
    Pattern(&'static str, fn(&Candidate<'_>) -> Option<Range<usize>>),
    /// A search of its own, for shapes that grow from an anchor in both directions or are cut by a table.
    Search(fn(&str, Hint, &mut dyn FnMut(Range<usize>))),
}

enum Compiled {
    Pattern(Regex, fn(&Candidate<'_>) -> Option<Range<usize>>),
    Search(fn(&str, Hint, &mut dyn FnMut(Range<usize>))),
    /// The pattern did not compile. Fails closed: every string that may hold this kind goes as a whole.
    Broken,
}

/// A detector whose match may be long restarts behind a rejected match, not inside it: this keeps the scan linear.
const RESTART_INSIDE: usize = 64;

/// All detectors, compiled once.
pub(super) struct Scanner {
    detectors: Vec<(Kind, Needs, Compiled)>,
}

/// The shortest find is `::1`, the one with the shortest words a national insurance number: what has neither three bytes in a
/// row nor six digits is passed over without looking at a single detector.
const LEAST_RUN: u32 = 3;
const LEAST_CHAIN: u32 = 6;


impl Scanner {
    pub(super) fn builtin() -> Self {
        let families =
            [secret::DETECTORS, bank::DETECTORS, card::DETECTORS, national_id::DETECTORS, contact::DETECTORS, network::DETECTORS, wallet::DETECTORS];
        let detectors = families
            .into_iter()
            .flatten()
            .map(|detector| {
                let compiled = match detector.find {
                    Find::Pattern(pattern, judge) => {
                        Regex::new(&format!("(?-u){pattern}")).map_or(Compiled::Broken, |regex| Compiled::Pattern(regex, judge))
                    }
                    Find::Search(search) => Compiled::Search(search),
                };
                (detector.kind, detector.needs, compiled)
            })
            .collect();
        Self { detectors }
    }

    /// Every find in `text`, in the order of the detectors.
    pub(super) fn find(&self, text: &str, traits: Traits, hint: Hint, edits: &mut Vec<Edit>) {
        if traits.run < LEAST_RUN && traits.chain < LEAST_CHAIN {
            return;
        }
        for (kind, needs, compiled) in &self.detectors {
            if needs.met(traits) {
                find_one(*kind, compiled, text, hint, edits);
            }
        }
    }

    #[cfg(test)]
    pub(super) fn broken(&self) -> usize {
        self.detectors.iter().filter(|(_, _, compiled)| matches!(compiled, Compiled::Broken)).count()
    }
}

fn find_one(kind: Kind, compiled: &Compiled, text: &str, hint: Hint, edits: &mut Vec<Edit>) {
    let mut add = |range: Range<usize>| {
        // Bytes of a match are ASCII, so its ends are character boundaries; a span that is not is widened to be safe.
        let start = (0..=range.start).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let end = (range.end..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
        edits.push(Edit { start, end, with: With::Kind(kind) });
    };
    match compiled {
        Compiled::Broken => add(0..text.len()),
        Compiled::Search(search) => search(text, hint, &mut add),
        Compiled::Pattern(regex, judge) => {
            let mut at = 0;
            while let Some(found) = regex.find_at(text.as_bytes(), at) {
                let candidate = Candidate { text, start: found.start(), end: found.end(), hint };
                at = match judge(&candidate) {
                    Some(range) => {
                        let end = range.end;
                        add(range);
                        end.max(found.start() + 1)
                    }
                    None if found.len() <= RESTART_INSIDE => found.start() + 1,
                    None => found.end().max(found.start() + 1),
                };
                if at >= text.len() {
                    break;
                }
            }
        }
    }
}

/// A replacement of part of a string.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: With,
}

/// What comes instead.
#[derive(Debug)]
pub(super) enum With {
    /// The placeholder of a kind; counts one.
    Kind(Kind),
    /// A part that was rewritten by itself, with what was found in it.
    Text(Box<(String, Counts)>),
}

/// `text` with all `edits` made. Where two overlap, the one that starts first (of these, the longest; of these, the first
/// found) decides what comes, and everything either of them covers goes.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>, found: &mut Counts) -> String {
    edits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut edits = edits.into_iter().peekable();
    while let Some(mut edit) = edits.next() {
        while let Some(next) = edits.next_if(|next| next.start < edit.end) {
            if next.end > edit.end {
                edit.end = next.end;
                // A rewritten part cannot speak for what it did not cover.
                if let (With::Text(_), With::Kind(kind)) = (&edit.with, &next.with) {
                    edit.with = With::Kind(*kind);
                }
            }
        }
        out.push_str(text.get(copied..edit.start).unwrap_or_default());
        match edit.with {
            With::Kind(kind) => {
                out.push_str(kind.placeholder());
                found.add(kind, 1);
            }
            With::Text(rewritten) => {
                out.push_str(&rewritten.0);
                found.merge(&rewritten.1);
            }
        }
        copied = edit.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(Scanner::builtin().broken(), 0);
    }

    #[test]
    fn a_broken_pattern_finds_everything() {
        let mut edits = Vec::new();
        find_one(Kind::Email, &Compiled::Broken, "anything", Hint::None, &mut edits);
        assert_eq!(apply("anything", edits, &mut Counts::default()), "[EMAIL]");
    }

    #[test]
    fn overlapping_finds_leave_nothing_of_either() {
        let edit = |start, end, kind| Edit { start, end, with: With::Kind(kind) };
        let mut found = Counts::default();
        let out = apply("0123456789", vec![edit(3, 6, Kind::Card), edit(2, 4, Kind::Phone), edit(8, 9, Kind::Ip)], &mut found);
        assert_eq!(out, "01[PHONE]67[IP]9");
        assert_eq!(found.total(), 2);
    }

    #[test]
    fn traits_count_digits_across_separators() {
        assert_eq!(Traits::of(b"+1 (415) 555-0132").chain, 11);
        assert_eq!(Traits::of(b"2026-11-21T07:03:12").chain, 8);
        assert_eq!(Traits::of(b"Mozilla/5.0 (Windows NT 10.0; Win64)").chain, 3);
        assert!(Traits::of(b"a\nb").any(has::CONTROL));
    }

    #[test]
    fn luhn_is_that_of_the_standard() {
        assert!(luhn(&Digits::of(b"4111 1111 1111 1111").values[..16]));
        assert!(!luhn(&Digits::of(b"4111 1111 1111 1112").values[..16]));
    }
}
