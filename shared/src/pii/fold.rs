//! Numbers as people and word processors write them: with hard and narrow spaces, long dashes, two spaces, full-width and
//! other digits. The detectors know ASCII; what they look at is folded to it, and what they find is told in the text's places.

use std::ops::Range;

use super::traits::{Traits, has};

/// A text folded to ASCII where that says the same, and where each byte of it came from.
pub(super) struct Folded {
    pub(super) text: String,
    /// The place in the original of each byte, and the original's end.
    places: Vec<usize>,
}

impl Folded {
    /// None where folding changes nothing.
    pub(super) fn of(text: &str, traits: Traits) -> Option<Self> {
        let bytes = text.as_bytes();
        // Most letters with marks stay, and all that joins digits of ASCII has a space in it.
        let wide = || traits.any(has::WIDE) && text.chars().any(|c| !c.is_ascii() && read(c) != Read::AsIs);
        let joined = || has_wide_joints(bytes) || (may_be_spelled(bytes) && spelled(bytes).next().is_some());
        if !(traits.any(has::SPACE) && joined() || wide()) {
            return None;
        }
        let mut folded = Self { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len() + 1) };
        let mut changed = false;
        let mut spelled = spelled(bytes).peekable();
        for (at, c) in text.char_indices() {
            while spelled.peek().is_some_and(|range| range.end <= at) {
                spelled.next();
            }
            // A second space, also around a dash, between digits.
            let mut joins = || between_digits(bytes, at) || spelled.peek().is_some_and(|range| range.contains(&at));
            let read = if c == ' ' && joins() { Read::Nothing } else { read(c) };
            changed |= read != Read::AsIs;
            let written = match read {
                Read::AsIs => c,
                Read::As(ascii) => ascii,
                Read::Nothing => continue,
            };
            folded.text.push(written);
            folded.places.extend(std::iter::repeat_n(at, written.len_utf8()));
        }
        folded.places.push(text.len());
        changed.then_some(folded)
    }

    /// A range of the folded text in the original.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.get(at).or(self.places.last()).copied().unwrap_or(0);
        // The last character's own end, not what was folded away behind it.
        let end = match range.end.checked_sub(1) {
            Some(last) if range.end > range.start => {
                let begin = place(last);
                self.places.iter().skip(last).copied().find(|at| *at > begin).unwrap_or(begin)
            }
            _ => place(range.end),
        };
        place(range.start)..end
    }
}

/// How a character is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    AsIs,
    As(char),
    Nothing,
}

fn read(c: char) -> Read {
    let at_distance = |distance: u32| char::from_u32(u32::from(c) - distance).map_or(Read::AsIs, Read::As);
    match c {
        _ if c.is_ascii() => Read::AsIs,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Read::As(' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Read::As('-'),
        // Full-width forms stand at the same distance from ASCII.
        '\u{ff01}'..='\u{ff5e}' => at_distance(0xfee0),
        '\u{660}'..='\u{669}' => at_distance(0x660 - 0x30),
        '\u{6f0}'..='\u{6f9}' => at_distance(0x6f0 - 0x30),
        '\u{966}'..='\u{96f}' => at_distance(0x966 - 0x30),
        // Between the parts of a number, and seen by nobody.
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Read::Nothing,
        _ => Read::AsIs,
    }
}

/// Whether single signs stand between spaces anywhere: `4 1 1 1`.
fn may_be_spelled(text: &[u8]) -> bool {
    text.windows(5).any(|five| matches!(five, [b' ', _, b' ', _, b' ']))
}

/// Whether spaces or dashes stand so between digits that only folding makes one number of them.
fn has_wide_joints(text: &[u8]) -> bool {
    text.windows(2).any(|pair| matches!(pair, b"  " | b" -" | b"- "))
}

/// Runs of single letters and digits with a space between: `4 7 2 3 …`, `G B 7 6 …`.
pub(super) fn spelled(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    /// Signs that make a number, at least.
    const LEAST: usize = 10;
    let sign = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let begins = sign(at) && !at.checked_sub(1).is_some_and(sign);
            while begins && sign(at) && bytes.get(at + 1) == Some(&b' ') && sign(at + 2) && !sign(at + 3) {
                at += 2;
            }
            // `… 7 2 2 3,980`: the last one is a price's.
            let price = matches!(bytes.get(at + 1..at + 3), Some([b',' | b'.', next]) if next.is_ascii_digit());
            let end = if price && at > start { at - 1 } else { at + 1 };
            at += 1;
            let (start, end) = trimmed(bytes, start, end);
            let digits = || bytes.get(start..end).unwrap_or_default().iter().filter(|b| b.is_ascii_digit()).count();
            if begins && (end - start).div_ceil(2) >= LEAST && digits() * 2 >= LEAST {
                return Some(start..end);
            }
        }
        None
    })
}

/// Without the small words that stand alone before and behind: `a E S 2 1 …`, `… 4 3 i chatten`.
fn trimmed(bytes: &[u8], mut start: usize, mut end: usize) -> (usize, usize) {
    let small = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_lowercase);
    while start + 2 < end && small(Some(start)) {
        start += 2;
    }
    while end > start + 2 && small(end.checked_sub(1)) {
        end -= 2;
    }
    (start, end)
}

/// Whether what joins two groups of digits around here is more than one sign, and this space is not the first of it.
fn between_digits(bytes: &[u8], at: usize) -> bool {
    let (before, after) = join(bytes, at);
    let sign = bytes.get(before..after).unwrap_or_default();
    if sign.len() < 2 || sign.len() > 3 || !digits_around(bytes, before, after) {
        return false;
    }
    match sign.iter().position(|b| *b != b' ') {
        // Around a dash all spaces go, of spaces only the first stays.
        Some(_) => true,
        None => at > before,
    }
}

/// The run of spaces and dashes around a place.
fn join(bytes: &[u8], at: usize) -> (usize, usize) {
    let joins = |b: &&u8| matches!(b, b' ' | b'-');
    let before = bytes.get(..at).unwrap_or_default().iter().rev().take(3).take_while(joins).count();
    let after = bytes.get(at..).unwrap_or_default().iter().take(4).take_while(joins).count();
    (at - before, at + after)
}

fn digits_around(bytes: &[u8], before: usize, after: usize) -> bool {
    // Two on each side: `5 - 3` is arithmetic.
    let two = |slice: Option<&[u8]>| slice.is_some_and(|two| two.len() == 2 && two.iter().all(u8::is_ascii_digit));
    two(before.checked_sub(2).and_then(|from| bytes.get(from..before))) && two(bytes.get(after..after + 2))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};
    use super::*;

    #[test]
    fn places_lead_back() {
        let fold = |text: &str| Folded::of(text, Traits::of(text.as_bytes()));
        let text = "é 12\u{a0}34  56";
        let folded = fold(text).map(|folded| {
            let whole = folded.original(&(0..folded.text.len()));
            let number = folded.text.find("12").map(|at| folded.original(&(at..folded.text.len())));
            (folded.text.clone(), whole, number)
        });
        assert_eq!(folded, Some(("é 12 34 56".to_owned(), 0..text.len(), Some(3..text.len()))));
        assert!(fold("plain text - 12 of 3, a  b").is_none());
    }

    #[test]
    fn numbers_in_every_dress() {
        for (text, rest) in [
            ("4111\u{a0}1111\u{a0}1111\u{a0}1111", "[CARD]"),
            ("pay 4111  1111  1111  1111 now", "pay [CARD] now"),
            ("4111 - 1111 - 1111 - 1111", "[CARD]"),
            ("4111–1111–1111–1111", "[CARD]"),
            ("ssn 078\u{2011}05\u{2011}1123 ok", "ssn [SSN] ok"),
            ("+33\u{202f}6\u{202f}12\u{202f}34\u{202f}56\u{202f}78", "[PHONE]"),
            ("カード番号 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 3,980", "カード番号 [CARD] 3,980"),
            ("IBAN D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0 please", "IBAN [IBAN] please"),
            ("４１１１１１１１１１１１１１１１", "[CARD]"),
            ("jane＠example．com", "[EMAIL]"),
            ("jane\u{200b}@example.com", "[EMAIL]"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        lives("12\u{a0}345,67\u{a0}€ – 3\u{a0}000\u{a0}km");
        lives("items 10 - 20 of 4000");
        lives("a b c d 1 2 3 4, 5 6 7");
        lives("grades 1 2 1 3 2 1 1 2 4 1 and a b c d e f g h i j k");
    }
}
