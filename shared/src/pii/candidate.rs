//! A place that may be personal, and what its judges ask of it.

use std::ops::Range;

use super::context::{Words, is_word};
use super::kind::placeholder_len;
use super::names::Hint;

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

    /// Of a match that is some parts of a path, the last part: `H97984656` of `/passport/H97984656`.
    pub(super) fn last_part(&self) -> Option<Range<usize>> {
        let slash = self.matched().iter().rposition(|b| *b == b'/')?;
        Some(self.start + slash + 1..self.end)
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

    /// Whether the text goes on to call the match one of `words`: `… as my passport number`, `… (CVV)`.
    pub(super) fn called(&self, words: &Words) -> bool {
        let rest = window(self.text.as_bytes(), self.end, self.end.saturating_add(48));
        let quote = usize::from(matches!(rest.first(), Some(b'"' | b'\'')));
        let Some(rest) = rest.get(quote..) else { return false };
        if rest.first() == Some(&b'(') || rest.starts_with(b" (") {
            let close = rest.iter().position(|b| *b == b')').unwrap_or(rest.len());
            return words.in_window(rest.get(..close).unwrap_or_default());
        }
        let joint = if rest.first() == Some(&b' ') { CALLS.at(rest, 1) } else { None };
        joint.is_some_and(|end| {
            let rest = rest.get(end..).unwrap_or_default();
            words.in_window(rest.get(..rest.len().min(28)).unwrap_or_default())
        })
    }

    /// The 48 bytes before the match. What stood for something is in them as a whole or not at all: of `[BIRTH_DATE]` the
    /// end alone would read as a word.
    fn head(&self) -> &'t [u8] {
        let bytes = self.text.as_bytes();
        let from = self.start.saturating_sub(48);
        let opened = window(bytes, from.saturating_sub(LONGEST_PLACEHOLDER), from).iter().rposition(|b| *b == b'[');
        let cut = opened.and_then(|at| {
            let open = from - from.min(LONGEST_PLACEHOLDER) + at;
            placeholder_len(bytes.get(open..)?).map(|length| open + length).filter(|end| *end > from)
        });
        window(bytes, cut.unwrap_or(from), self.start)
    }

    /// Whether one of `words` begins in the `reach` bytes before the match.
    pub(super) fn behind(&self, reach: usize, words: &Words) -> bool {
        words.in_window(window(self.text.as_bytes(), self.start.saturating_sub(reach), self.start))
    }

    /// Whether one of `words` stands in the `reach` bytes behind the match.
    pub(super) fn followed(&self, reach: usize, words: &Words) -> bool {
        words.in_window(window(self.text.as_bytes(), self.end, self.end.saturating_add(reach)))
    }

    /// As [`near_before`](Self::near_before), in the same sentence or element.
    pub(super) fn in_sentence_before(&self, words: &Words) -> bool {
        let before = own_part(self.head());
        let ends = |pair: &[u8]| matches!(pair, [b'.' | b'!' | b'?' | b',', b' '] | [b'>', _] | [_, b'>']);
        // `Tel. 98…`: a full stop right before the number is an abbreviation's.
        let head = before.len().saturating_sub(6);
        let from = before.get(..head).unwrap_or_default().windows(2).rposition(ends).map_or(0, |at| at + 1);
        words.in_window(before.get(from..).unwrap_or_default())
    }

    /// Whether one of `words` stands in the 48 bytes before the match, and no other number in between.
    pub(super) fn next_to(&self, words: &Words) -> bool {
        let before = own_part(self.head());
        words.in_window(unclaimed(before))
    }

    /// As [`next_to`](Self::next_to), whatever numbers stand between: a telephone rarely comes alone.
    pub(super) fn near_before(&self, words: &Words) -> bool {
        words.in_window(own_part(self.head()))
    }
}

/// In bytes, brackets included.
const LONGEST_PLACEHOLDER: usize = 24;

/// What stands for numbers.
const NUMBERS: &[&[u8]] = &[
    b"[NATIONAL_ID]",
    b"[SSN]",
    b"[ITIN]",
    b"[NINO]",
    b"[NHS]",
    b"[PASSPORT]",
    b"[DRIVER_LICENSE]",
    b"[BIRTH_DATE]",
    b"[IBAN]",
    b"[BANK]",
    b"[CARD]",
];

/// What of the text before a value no other number claims: `PESEL 57122454479, umowa 2024/118`.
fn unclaimed(before: &[u8]) -> &[u8] {
    /// More digits than a year and a number of a list have.
    const CLAIMED: usize = 6;
    let mut digits = 0;
    let other = before.iter().enumerate().rposition(|(at, byte)| {
        digits += usize::from(byte.is_ascii_digit());
        // What was a number before this round.
        let was_one =
            *byte == b']' && before.get(..=at).is_some_and(|head| NUMBERS.iter().any(|one| head.ends_with(one)));
        digits >= CLAIMED || was_one
    });
    before.get(other.map_or(0, |at| at + 1)..).unwrap_or_default()
}

/// Words between a value and what it is called.
static CALLS: Words = Words::new(&[
    "as$",
    "is my",
    "is the",
    "is his",
    "is her",
    "under",
    "als$",
    "ist mein",
    "ist die",
    "como",
    "comme",
    "come$",
    "jako",
    "som$",
    "olarak",
    "supposed to be",
    "is still the",
    "is still my",
    "a valid",
    "which is my",
    "which is the",
]);

/// What of the text before a value is about it: not the row above it in a table, nor another parameter of a query.
fn own_part(before: &[u8]) -> &[u8] {
    let mut from = 0;
    if let Some(line) = memchr::memrchr(b'\n', before)
        && before.get(..line).is_some_and(|above| memchr::memchr3(b',', b';', b'\t', above).is_some())
    {
        from = line + 1;
    }
    if let Some(and) = memchr::memrchr(b'&', before)
        && before.get(and..).is_some_and(|field| memchr::memchr(b'=', field).is_some())
    {
        from = from.max(and + 1);
    }
    // What an element before it was called is not what this one is: `<licence>…</licence><order>…`.
    if let Some(closed) = memchr::memchr_iter(b'<', before).rev().find(|at| before.get(at + 1) == Some(&b'/')) {
        from = from.max(closed + 2 + before.get(closed + 2..).and_then(|rest| memchr::memchr(b'>', rest)).unwrap_or(0));
    }
    // In SQL what stands before the values names columns, in an order of their own.
    if memchr::memchr2(b'(', b')', before).is_some()
        && let Some(values) =
            memchr::memmem::rfind(before, b"VALUES").or_else(|| memchr::memmem::rfind(before, b"values ("))
    {
        from = from.max(values);
    }
    before.get(from..).unwrap_or_default()
}

fn window(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    bytes.get(from..to.min(bytes.len())).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhn_is_that_of_the_standard() {
        assert!(luhn(&Digits::of(b"4111 1111 1111 1111").values[..16]));
        assert!(!luhn(&Digits::of(b"4111 1111 1111 1112").values[..16]));
    }
}
