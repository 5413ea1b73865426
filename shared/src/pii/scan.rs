//! Patterns over one decoded string.
//!
//! Before any pattern runs, one pass over the bytes collects [`Traits`]: most strings show in it that no detector can
//! match (no `@`, no long chain of digits, …) and are passed over. What detectors find becomes [`Edit`]s; overlapping ones
//! are merged, so that no character of a find survives because another find touched it.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::Regex;

use super::Redactor;
use super::finding::{Action, Finding, Found, Why};
use super::fold::Folded;
use super::kind::Kind;
use super::names::Hint;
use super::rules::{PatternRule, Rules};
use super::{bank, card, contact, national_id, network, secret, wallet};

/// What a string contains, from one pass over its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traits {
    pub(super) has: u32,
    /// Most digits in a row, where spaces, dots, dashes, slashes, parentheses and a plus do not break the row.
    pub(super) chain: u32,
    /// As `chain`, but of digits that touch no letter: what may be a number by itself. A UUID or a timestamp has next to none.
    pub(super) number: u32,
    /// Most digits in a row without anything between.
    pub(super) digits: u32,
    /// Length in bytes of the longest run without white space, quote or bracket.
    pub(super) run: u32,
    /// Length in bytes of the longest run of letters and digits.
    pub(super) word: u32,
}

/// The bits of [`Traits::has`].
pub(super) mod has {
    pub(in crate::pii) const DIGIT: u32 = 1;
    pub(in crate::pii) const AT: u32 = 1 << 1;
    pub(in crate::pii) const COLON: u32 = 1 << 2;
    pub(in crate::pii) const EQUALS: u32 = 1 << 3;
    pub(in crate::pii) const PERCENT: u32 = 1 << 4;
    pub(in crate::pii) const OPENING: u32 = 1 << 5;
    pub(in crate::pii) const DOT: u32 = 1 << 6;
    /// A control character, which JSON forbids inside a string.
    pub(in crate::pii) const CONTROL: u32 = 1 << 7;
    pub(in crate::pii) const UPPER: u32 = 1 << 8;
    pub(in crate::pii) const LOWER: u32 = 1 << 9;
    pub(in crate::pii) const SPACE: u32 = 1 << 10;
    pub(in crate::pii) const DASH: u32 = 1 << 11;
    pub(in crate::pii) const WIDE: u32 = 1 << 12;
    pub(in crate::pii) const PLUS: u32 = 1 << 13;
    pub(in crate::pii) const LESS: u32 = 1 << 14;
    pub(in crate::pii) const AMPERSAND: u32 = 1 << 15;
    pub(in crate::pii) const PAREN: u32 = 1 << 16;
    pub(in crate::pii) const SLASH: u32 = 1 << 17;
    pub(super) const KEEPS_CHAIN: u32 = 1 << 18;
    pub(super) const KEEPS_RUN: u32 = 1 << 19;
    pub(super) const KEEPS_WORD: u32 = 1 << 20;
}

/// How a byte counts for [`Traits`].
const CLASS: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        let bits = match byte {
            b'0'..=b'9' => has::DIGIT,
            b'@' => has::AT,
            b':' => has::COLON,
            b'=' => has::EQUALS,
            b'%' => has::PERCENT,
            b'{' | b'[' => has::OPENING,
            b'<' => has::LESS,
            b'&' => has::AMPERSAND,
            b'.' => has::DOT,
            b'A'..=b'Z' => has::UPPER,
            b'a'..=b'z' => has::LOWER,
            b' ' => has::SPACE,
            b'-' => has::DASH,
            b'+' => has::PLUS,
            b'(' => has::PAREN,
            b'/' => has::SLASH,
            0..=0x1f => has::CONTROL,
            0x80.. => has::WIDE,
            _ => 0,
        };
        let chain = if matches!(byte, b'0'..=b'9' | b' ' | b'.' | b'-' | b'/' | b'(' | b')' | b'+') {
            has::KEEPS_CHAIN
        } else {
            0
        };
        let run =
            if matches!(byte, 0..=b' ' | b'"' | b'\'' | b'<' | b'{' | b'[' | b'}' | b']') { 0 } else { has::KEEPS_RUN };
        let word = if byte.is_ascii_alphanumeric() { has::KEEPS_WORD } else { 0 };
        table[i] = bits | chain | run | word;
        i += 1;
    }
    table
};

/// Fewer digits are no number worth looking at.
const LEAST_NUMBER: u32 = 7;

impl Traits {
    pub(super) fn of(text: &[u8]) -> Self {
        let mut traits = Self::default();
        let (mut chain, mut digits, mut run, mut word) = (0u32, 0u32, 0u32, 0u32);
        for byte in text {
            let class = CLASS[usize::from(*byte)];
            traits.has |= class;
            // Without branches: a digit adds one, a separator keeps, all else starts over.
            chain = (chain + (class & has::DIGIT)) * u32::from(class & has::KEEPS_CHAIN != 0);
            digits = (digits + 1) * (class & has::DIGIT);
            run = (run + 1) * u32::from(class & has::KEEPS_RUN != 0);
            word = (word + 1) * u32::from(class & has::KEEPS_WORD != 0);
            traits.chain = traits.chain.max(chain);
            traits.digits = traits.digits.max(digits);
            traits.run = traits.run.max(run);
            traits.word = traits.word.max(word);
        }
        if traits.chain >= LEAST_NUMBER {
            traits.number = longest_number(text);
        }
        traits
    }

    pub(super) const fn any(self, bits: u32) -> bool {
        self.has & bits != 0
    }

    const fn all(self, bits: u32) -> bool {
        self.has & bits == bits
    }
}

fn longest_number(text: &[u8]) -> u32 {
    let (mut longest, mut before, mut group, mut glued) = (0u32, 0u32, 0u32, false);
    for byte in text {
        let class = CLASS[usize::from(*byte)];
        if class & has::DIGIT != 0 {
            group += 1;
        } else if class & has::KEEPS_WORD != 0 || *byte == b'_' {
            (before, group, glued) = (0, 0, true);
        } else {
            before = if glued { 0 } else { before + group };
            longest = longest.max(before);
            group = 0;
            // A dash ties what follows to the word before it: `a456-426614174000`, `SKU-415-555-0132`.
            glued &= *byte == b'-';
            if class & has::KEEPS_CHAIN == 0 {
                before = 0;
            }
        }
    }
    if glued { longest } else { longest.max(before + group) }
}

/// What a string must contain for a detector to be worth running.
#[derive(Clone, Copy)]
pub(super) struct Needs {
    /// All of these bits of [`has`].
    pub(super) all: u32,
    /// At least one of these, unless zero.
    pub(super) any: u32,
    /// At least this many digits in a chain.
    pub(super) chain: u32,
    /// At least this many digits that touch no letter; less than seven are not counted.
    pub(super) number: u32,
    /// At least this many digits without anything between.
    pub(super) digits: u32,
    /// At least this many bytes without white space or quote.
    pub(super) run: u32,
    /// At least this many letters and digits in a row.
    pub(super) word: u32,
    /// A name that rules nothing out.
    pub(super) plain: bool,
    /// One of these somewhere: cheaper to look for than the pattern.
    pub(super) cue: Option<&'static Words>,
}

impl Needs {
    pub(super) const NOTHING: Self =
        Self { all: 0, any: 0, chain: 0, number: 0, digits: 0, run: 0, word: 0, plain: false, cue: None };

    const fn met(&self, traits: &Traits) -> bool {
        traits.all(self.all)
            && (self.any == 0 || traits.any(self.any))
            && traits.chain >= self.chain
            && traits.number >= self.number
            && traits.digits >= self.digits
            && traits.run >= self.run
            && traits.word >= self.word
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
        let beyond = self.start.checked_sub(2).and_then(|i| bytes.get(i)).copied();
        let tied_before = self.before().is_some_and(|b| match b {
            b'-' | b'+' | b'#' => beyond.is_some_and(is_word),
            // A decimal point, not the one of an abbreviation: `Tel.030/1234567`.
            b'.' => beyond.is_some_and(|b| b.is_ascii_digit()),
            b => is_word(b),
        });
        let tied_after = self
            .after()
            .is_some_and(|b| is_word(b) || (matches!(b, b'-' | b'.') && self.after_next().is_some_and(is_word)));
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
        self.text.get(..self.start).is_some_and(|t| t.trim().is_empty())
            && self.text.get(self.end..).is_some_and(|t| t.trim().is_empty())
    }

    /// Whether one of `words` stands in the 48 bytes before the match, or the 24 after it.
    pub(super) fn near(&self, words: &Words) -> bool {
        self.near_before(words) || words.in_window(window(self.text.as_bytes(), self.end, self.end.saturating_add(24)))
    }

    /// Whether one of `words` begins in the `reach` bytes before the match.
    pub(super) fn behind(&self, reach: usize, words: &Words) -> bool {
        words.in_window(window(self.text.as_bytes(), self.start.saturating_sub(reach), self.start))
    }

    /// Whether one of `words` stands in the 48 bytes before the match.
    pub(super) fn near_before(&self, words: &Words) -> bool {
        words.in_window(window(self.text.as_bytes(), self.start.saturating_sub(48), self.start))
    }
}

fn window(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    bytes.get(from..to.min(bytes.len())).unwrap_or_default()
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Words whose nearness decides about a candidate. ASCII case does not matter. A word must begin where a word begins (`tel`
/// is not in `hotel`), with a `$` also end there; placeholders do not count (`[PHONE]` is no context).
pub(super) struct Words {
    list: &'static [&'static str],
    /// Anywhere, in this case only.
    exact: bool,
    pattern: OnceLock<Option<Regex>>,
    /// The words wherever they stand, which is much faster to look for.
    rough: OnceLock<Option<Regex>>,
}

impl Words {
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        Self { list, exact: false, pattern: OnceLock::new(), rough: OnceLock::new() }
    }

    /// Marks rather than words: they count wherever they stand, in the case they are written in.
    pub(super) const fn exact(list: &'static [&'static str]) -> Self {
        Self { list, exact: true, pattern: OnceLock::new(), rough: OnceLock::new() }
    }

    /// What does not compile counts as there: context then decides nothing, and more goes rather than less.
    pub(super) fn in_window(&self, window: &[u8]) -> bool {
        let worth = window.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80);
        worth
            && self
                .pattern
                .get_or_init(|| Self::compile(self.list))
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(window))
    }

    /// Whether a text may have one of the words: true too often rather than too seldom.
    pub(super) fn may_be_in(&self, text: &[u8]) -> bool {
        let compile = || {
            let marks: Vec<String> = self.list.iter().map(|mark| regex::escape(mark.trim_end_matches('$'))).collect();
            Regex::new(&format!("(?{}-u){}", if self.exact { "" } else { "i" }, marks.join("|"))).ok()
        };
        self.rough.get_or_init(compile).as_ref().is_none_or(|rough| rough.is_match(text))
    }

    fn compile(list: &[&str]) -> Option<Regex> {
        let words: Vec<String> = list
            .iter()
            .map(|word| {
                let whole = word.ends_with('$');
                let word = word.trim_end_matches('$');
                let begin =
                    if word.starts_with(|c: char| c.is_ascii_alphanumeric()) { r"(?:^|[^A-Za-z\[])" } else { "" };
                format!("{begin}{}{}", regex::escape(word), if whole { r"(?:$|[^A-Za-z0-9_])" } else { "" })
            })
            .collect();
        // Bytes of other scripts must match as they are, so case folding is ASCII's.
        Regex::new(&format!("(?i-u){}", words.join("|"))).ok()
    }
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
    /// What it looks for, and by what it believes it.
    pub(super) name: &'static str,
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

/// A detector at work. Patterns compile when a string first needs them: most functions never see a Finnish id, and all forty
/// together would cost a cold start 6 ms.
struct Ready {
    detector: &'static Detector,
    /// None: the pattern did not compile. Fails closed: every string that may hold this kind goes as a whole.
    pattern: OnceLock<Option<Regex>>,
}

impl Ready {
    fn pattern(&self) -> Option<&Regex> {
        let compile = || match self.detector.find {
            Find::Pattern(pattern, _) => Regex::new(&format!("(?-u){pattern}")).ok(),
            Find::Search(_) => None,
        };
        self.pattern.get_or_init(compile).as_ref()
    }
}

/// A detector whose match may be long restarts behind a rejected match, not inside it: this keeps the scan linear.
const RESTART_INSIDE: usize = 64;

/// Where to look again after a match at `start` was rejected: at the next word. No personal value begins inside one.
fn next_word(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start + 1..).unwrap_or_default();
    let inside = if bytes.get(start).is_some_and(u8::is_ascii_alphanumeric) {
        rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count()
    } else {
        0
    };
    start + 1 + inside
}

/// All detectors, compiled once: those that need a number by itself, those that need digits, and the others. Most strings
/// have no number and spare themselves the first, the longest list.
pub(super) struct Scanner {
    others: Vec<Ready>,
    digits: Vec<Ready>,
    numbers: Vec<Ready>,
    /// Patterns of the rules.
    custom: Vec<PatternRule>,
}

/// Without any of these, a find needs at least this many bytes in a row.
const SIGNS: u32 = has::DIGIT | has::AT | has::PERCENT | has::WIDE | has::COLON | has::AMPERSAND | has::DASH;
const LEAST_RUN: u32 = 8;
/// The shortest find of all is `::1`, the one with the shortest words a national insurance number.
const SHORTEST: u32 = 3;
const LEAST_CHAIN: u32 = 6;

/// Whether `text` is a UUID (RFC 9562) and nothing more.
pub(super) fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text
            .iter()
            .enumerate()
            .all(|(i, b)| if matches!(i, 8 | 13 | 18 | 23) { *b == b'-' } else { b.is_ascii_hexdigit() })
}

/// Whether `text` is an RFC 3339 time and nothing more: half of all strings with many digits are.
fn is_time(text: &[u8]) -> bool {
    let shape = (19..=35).contains(&text.len())
        && matches!(
            (text.get(4), text.get(7), text.get(10), text.get(13)),
            (Some(b'-'), Some(b'-'), Some(b'T' | b' '), Some(b':'))
        );
    shape
        && text
            .iter()
            .enumerate()
            .all(|(i, b)| i == 10 || b.is_ascii_digit() || matches!(b, b'-' | b':' | b'.' | b'Z' | b'+'))
}

/// All detectors, by family.
pub(super) static FAMILIES: [&[Detector]; 7] = [
    secret::DETECTORS,
    bank::DETECTORS,
    card::DETECTORS,
    national_id::DETECTORS,
    contact::DETECTORS,
    network::DETECTORS,
    wallet::DETECTORS,
];

impl Scanner {
    /// The detectors of all kinds that are not kept, and the patterns of the rules.
    pub(super) fn new(rules: &Rules) -> Self {
        let custom = rules.patterns.clone();
        let mut scanner = Self { others: Vec::new(), digits: Vec::new(), numbers: Vec::new(), custom };
        let wanted = |detector: &&Detector| rules.action(detector.kind) != Action::Keep;
        for detector in FAMILIES.into_iter().flatten().filter(wanted) {
            let needs = &detector.needs;
            let list = if needs.number > 0 {
                &mut scanner.numbers
            } else if needs.chain > 0 || needs.digits > 0 || needs.all & has::DIGIT != 0 {
                &mut scanner.digits
            } else {
                &mut scanner.others
            };
            list.push(Ready { detector, pattern: OnceLock::new() });
        }
        scanner
    }

    /// Every find in `text`.
    pub(super) fn find(&self, text: &str, traits: Traits, hint: Hint, edits: &mut Vec<Edit>) {
        for rule in &self.custom {
            rule.find(text, &mut |range, finding| edits.push(Edit::widened(text, range, finding)));
        }
        let odd = traits.any(has::WIDE) || (traits.chain >= LEAST_NUMBER && has_wide_joints(text.as_bytes()));
        if let Some(folded) = odd.then(|| Folded::of(text)).flatten() {
            let mut found = Vec::new();
            self.find_in(&folded.text, Traits::of(folded.text.as_bytes()), hint, &mut found);
            edits.extend(found.into_iter().map(|edit| {
                let Range { start, end } = folded.original(&(edit.start..edit.end));
                Edit { start, end, ..edit }
            }));
            return;
        }
        self.find_in(text, traits, hint, edits);
    }

    fn find_in(&self, text: &str, traits: Traits, hint: Hint, edits: &mut Vec<Edit>) {
        let too_short = traits.run < SHORTEST && traits.chain < LEAST_CHAIN;
        if too_short
            || (!traits.any(SIGNS) && traits.run < LEAST_RUN)
            || is_time(text.as_bytes())
            || is_uuid(text.as_bytes())
        {
            return;
        }
        let run = |list: &[Ready], edits: &mut Vec<Edit>| {
            for ready in list {
                let needs = &ready.detector.needs;
                let wanted = needs.met(&traits)
                    && !(needs.plain && hint.is_specific())
                    && needs.cue.is_none_or(|cue| cue.may_be_in(text.as_bytes()));
                if wanted {
                    find_one(ready, text, hint, edits);
                }
            }
        };
        run(&self.others, edits);
        if traits.any(has::DIGIT) {
            run(&self.digits, edits);
        }
        if traits.number > 0 {
            run(&self.numbers, edits);
        }
    }

    #[cfg(test)]
    fn all(&self) -> impl Iterator<Item = &Ready> {
        [&self.others, &self.digits, &self.numbers].into_iter().flatten()
    }
}

/// Whether spaces or dashes stand so between digits that only folding makes one number of them.
fn has_wide_joints(text: &[u8]) -> bool {
    text.windows(2).any(|pair| matches!(pair, b"  " | b" -" | b"- "))
}

fn find_one(ready: &Ready, text: &str, hint: Hint, edits: &mut Vec<Edit>) {
    let finding = Finding::new(ready.detector.kind, Why::Detector(ready.detector.name));
    let mut add = |range: Range<usize>| edits.push(Edit::widened(text, range, finding));
    let judge = match ready.detector.find {
        Find::Search(search) => return search(text, hint, &mut add),
        Find::Pattern(_, judge) => judge,
    };
    let Some(pattern) = ready.pattern() else { return add(0..text.len()) };
    let mut at = 0;
    while let Some(found) = pattern.find_at(text.as_bytes(), at) {
        let candidate = Candidate { text, start: found.start(), end: found.end(), hint };
        at = match judge(&candidate) {
            Some(range) => {
                let end = range.end;
                add(range);
                end.max(found.start() + 1)
            }
            None if found.len() <= RESTART_INSIDE => next_word(text.as_bytes(), found.start()),
            None => found.end().max(found.start() + 1),
        };
        if at >= text.len() {
            break;
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

impl Edit {
    /// A find. Its ends are character boundaries where what matched is ASCII; one that is not is widened to be safe.
    fn widened(text: &str, range: Range<usize>, finding: Finding) -> Self {
        let start = (0..=range.start).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let end = (range.end..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
        Self { start, end, with: With::Finding(finding) }
    }

    /// All of `text`, rewritten, with what was found in it.
    pub(super) fn whole(text: &str, rewritten: String, found: Found) -> Self {
        Self { start: 0, end: text.len(), with: With::Text(Box::new((rewritten, found))) }
    }
}

/// What comes instead.
#[derive(Debug)]
pub(super) enum With {
    /// What stands for a find; counts one.
    Finding(Finding),
    /// A part that was rewritten by itself, with what was found in it.
    Text(Box<(String, Found)>),
}

/// `text` with all `edits` made. Where two overlap, the one that starts first (of these, the longest; of these, the first
/// found) decides what comes, and everything either of them covers goes.
///
/// None when all of them stay.
pub(super) fn apply(r: &Redactor, text: &str, mut edits: Vec<Edit>, found: &mut Found) -> Option<String> {
    // Allowed values stay, and what stands for a value that was hashed or masked before.
    edits.retain(|edit| match edit.with {
        With::Finding(_) => !r.stays(text.get(edit.start..edit.end).unwrap_or_default()),
        With::Text(_) => true,
    });
    if edits.is_empty() {
        return None;
    }
    edits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut edits = edits.into_iter().peekable();
    while let Some(mut edit) = edits.next() {
        while let Some(next) = edits.next_if(|next| next.start < edit.end) {
            if next.end > edit.end {
                edit.end = next.end;
                // A rewritten part cannot speak for what it did not cover.
                if let (With::Text(_), With::Finding(finding)) = (&edit.with, &next.with) {
                    edit.with = With::Finding(*finding);
                }
            }
        }
        out.push_str(text.get(copied..edit.start).unwrap_or_default());
        match edit.with {
            With::Finding(finding) => {
                r.stand_in(finding, text.get(edit.start..edit.end).unwrap_or_default(), &mut out);
                found.add(finding, r.action(finding));
            }
            With::Text(rewritten) => {
                out.push_str(&rewritten.0);
                found.merge(rewritten.1);
            }
        }
        copied = edit.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::testing::BUILTIN;
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for ready in Scanner::new(&Rules::builtin()).all() {
            if let Find::Pattern(pattern, _) = ready.detector.find {
                assert!(ready.pattern().is_some(), "{pattern}");
            }
        }
    }

    #[test]
    fn a_broken_pattern_finds_everything() {
        static BROKEN: Detector =
            Detector { name: "", kind: Kind::Email, needs: Needs::NOTHING, find: Find::Pattern("(", |c| c.whole()) };
        let mut edits = Vec::new();
        find_one(&Ready { detector: &BROKEN, pattern: OnceLock::new() }, "anything", Hint::None, &mut edits);
        assert_eq!(apply(&BUILTIN, "anything", edits, &mut Found::default()).as_deref(), Some("[EMAIL]"));
    }

    #[test]
    fn overlapping_finds_leave_nothing_of_either() {
        let edit = |start, end, kind| Edit { start, end, with: With::Finding(Finding::new(kind, Why::Name)) };
        let mut found = Found::default();
        let out = apply(
            &BUILTIN,
            "0123456789",
            vec![edit(3, 6, Kind::Card), edit(2, 4, Kind::Phone), edit(8, 9, Kind::Ip)],
            &mut found,
        );
        assert_eq!(out.as_deref(), Some("01[PHONE]67[IP]9"));
        assert_eq!(found.counts.total(), 2);
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
