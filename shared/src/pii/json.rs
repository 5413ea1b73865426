//! The strings of JSON, read and written, and what can be wrong with a text that should be JSON (RFC 8259).

use std::ops::Range;

use thiserror::Error;

/// Why a text is no JSON. Names the place and what was expected there, never any of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum JsonError {
    /// The text ends inside a value.
    #[error("JSON ends at byte {offset}, expected {expected}")]
    End {
        /// Bytes before the end.
        offset: usize,
        /// What should have come.
        expected: &'static str,
    },
    /// Something else stands where a part of the grammar should.
    #[error("no JSON at byte {offset}, expected {expected}")]
    Unexpected {
        /// Bytes before the place.
        offset: usize,
        /// What should have come.
        expected: &'static str,
    },
    /// More than [`MAX_DEPTH`](super::MAX_DEPTH) objects and arrays in each other.
    #[error("JSON is nested deeper than {} levels at byte {offset}", super::MAX_DEPTH)]
    TooDeep {
        /// Bytes before the bracket that is one too many.
        offset: usize,
    },
}

impl JsonError {
    /// Where the error was noticed, in bytes from the start of the text.
    #[must_use]
    pub const fn offset(&self) -> usize {
        match self {
            Self::End { offset, .. } | Self::Unexpected { offset, .. } | Self::TooDeep { offset } => *offset,
        }
    }
}

/// The character an escape of two characters stands for.
fn simple_escape(letter: u8) -> Option<char> {
    Some(match letter {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}

/// Every byte of eight.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The high bit of every byte of eight.
const HIGH: u64 = EACH << 7;

/// Where the next byte from `at` on is that may not simply stand in a string (RFC 8259, 7): the quote that ends it, a backslash,
/// a control character.
///
/// Names and most values are shorter than what a search has to prepare, so eight bytes are asked at once; long texts are
/// left to a search.
pub(super) fn next_special(bytes: &[u8], at: usize) -> Option<usize> {
    /// Bytes that are looked at here.
    const SHORT: usize = 64;
    let rest = bytes.get(at..)?;
    let (short, long) = rest.split_at(rest.len().min(SHORT));
    let (words, last) = short.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // Where a byte is zero, or less than a space, its high bit is set; of several, the lowest is right.
        let zero = |bytes: u64| bytes.wrapping_sub(EACH) & !bytes;
        let quote = zero(word ^ (EACH * b'"' as u64));
        let backslash = zero(word ^ (EACH * b'\\' as u64));
        let control = word.wrapping_sub(EACH * 0x20) & !word;
        let hits = (quote | backslash | control) & HIGH;
        if hits != 0 {
            return Some(at + 8 * i + hits.trailing_zeros() as usize / 8);
        }
    }
    let special = |b: &u8| *b < 0x20 || *b == b'"' || *b == b'\\';
    if let Some(i) = last.iter().position(special) {
        return Some(at + short.len() - last.len() + i);
    }
    let end = memchr::memchr2(b'"', b'\\', long);
    // Without a branch, so that it is done many bytes at a time.
    let text = long.get(..end.unwrap_or(long.len())).unwrap_or_default();
    let control = text.iter().fold(false, |any, b| any | (*b < 0x20));
    let end = if control { text.iter().position(|b| *b < 0x20) } else { end };
    end.map(|i| at + short.len() + i)
}

fn hex4(bytes: Option<&[u8]>) -> Option<u32> {
    bytes?.iter().try_fold(0, |n, b| Some(n * 16 + (*b as char).to_digit(16)?))
}

/// The first escape in `raw` (a string between its quotes) that the grammar does not know, as an offset.
pub(super) fn bad_escape(raw: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = raw.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += next;
        match raw.get(at + 1) {
            Some(b'u') if hex4(raw.get(at + 2..at + 6)).is_some() => at += 6,
            Some(letter) if simple_escape(*letter).is_some() => at += 2,
            _ => return Some(at),
        }
    }
    None
}

/// Decodes `raw` (a string between its quotes) into `out`. A lone surrogate, which no Unicode text can hold, becomes U+FFFD,
/// and an unknown escape stays as it is: what cannot be decoded must still be looked at.
pub(super) fn decode(raw: &str, out: &mut String) {
    let bytes = raw.as_bytes();
    out.reserve(raw.len());
    let mut copied = 0;
    while let Some(next) = bytes.get(copied..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        let at = copied + next;
        out.push_str(raw.get(copied..at).unwrap_or_default());
        let (c, length) = match bytes.get(at + 1) {
            Some(b'u') => match hex4(bytes.get(at + 2..at + 6)) {
                Some(high @ 0xd800..0xdc00) => {
                    let low =
                        (bytes.get(at + 6..at + 8) == Some(b"\\u")).then(|| hex4(bytes.get(at + 8..at + 12))).flatten();
                    match low {
                        Some(low @ 0xdc00..0xe000) => {
                            (char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)), 12)
                        }
                        _ => (None, 6),
                    }
                }
                Some(code) => (char::from_u32(code), 6),
                None => (Some('\\'), 1),
            },
            Some(letter) => simple_escape(*letter).map_or((Some('\\'), 1), |c| (Some(c), 2)),
            None => (Some('\\'), 1),
        };
        out.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        copied = at + length;
    }
    out.push_str(raw.get(copied..).unwrap_or_default());
}

/// Writes `text` as the inside of a JSON string.
pub(super) fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut copied = 0;
    for (i, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1f => "\\u00",
            _ => continue,
        };
        out.push_str(text.get(copied..i).unwrap_or_default());
        out.push_str(escape);
        if escape.len() == 4 {
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
        copied = i + 1;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
}

/// How far from a value a sibling is looked for, in bytes.
const REACH: usize = 512;

/// The text of the first member of `names` (each in its quotes) that stands in the same object as the value from `start` to
/// `end` of `json`, behind it or before it, within half a kilobyte; of a list its last text. As it is written, escapes and
/// all.
pub(super) fn text_beside<'a>(json: &'a str, start: usize, end: usize, names: &[&[u8]]) -> Option<&'a str> {
    json.get(beside(json, start, end, names, text_of)?)
}

/// Whether a member of `names` stands there, whatever its value.
pub(super) fn stands_beside(json: &str, start: usize, end: usize, names: &[&[u8]]) -> bool {
    beside(json, start, end, names, |_, at| Some(at..at)).is_some()
}

fn beside(
    json: &str,
    start: usize,
    end: usize,
    names: &[&[u8]],
    value: impl Fn(&[u8], usize) -> Option<Range<usize>>,
) -> Option<Range<usize>> {
    let bytes = json.as_bytes();
    let behind = bytes.get(end..bytes.len().min(end + REACH)).unwrap_or_default();
    let first = start.saturating_sub(REACH);
    let before = bytes.get(first..start).unwrap_or_default();
    let named = |part: &[u8], at: usize| {
        let rest = part.get(at..)?;
        // Most are told apart by their first letter.
        let first = rest.get(1);
        let name = names.iter().find(|name| name.get(1) == first && rest.starts_with(name))?;
        value(part, at + name.len())
    };
    // Up to where the object ends, or begins; of those in it nothing counts.
    let search = |part: &[u8], places: &mut dyn Iterator<Item = usize>, opens: u8| {
        let mut depth = 0usize;
        for at in places {
            match part.get(at) {
                Some(b'"') if depth > 0 => {}
                Some(b'"') => {
                    if let Some(range) = named(part, at) {
                        return Some(range);
                    }
                }
                Some(brace) if *brace == opens => depth += 1,
                _ if depth == 0 => return None,
                _ => depth -= 1,
            }
        }
        None
    };
    let ahead = search(behind, &mut memchr::memchr3_iter(b'"', b'{', b'}', behind), b'{');
    let back = || search(before, &mut memchr::memchr3_iter(b'"', b'{', b'}', before).rev(), b'}');
    let (from, range) = ahead.map(|range| (end, range)).or_else(|| Some((first, back()?)))?;
    Some(from + range.start..from + range.end)
}

/// Where the text is that is the value of the member whose name ends at `name`, or the last of the list that is.
fn text_of(json: &[u8], name: usize) -> Option<Range<usize>> {
    let value = json.get(name..)?.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
    let (text, list) = match value.strip_prefix(b"[") {
        Some(list) => (list.get(..memchr::memchr(b']', list)?)?, true),
        None => (value.strip_prefix(b"\"")?, false),
    };
    let from = json.len() - value.len() + 1;
    if !list {
        return Some(from..from + memchr::memchr(b'"', text)?);
    }
    let close = memchr::memrchr(b'"', text)?;
    let open = memchr::memrchr(b'"', text.get(..close)?)?;
    Some(from + open + 1..from + close)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn strings_survive_the_round_trip() {
        for text in ["", "plain", "q\"b\\s/", "\u{0}\u{1f}\n\r\t", "é😀\u{2028}"] {
            let mut raw = String::new();
            encode(text, &mut raw);
            assert_eq!(serde_json::from_str::<String>(&format!("\"{raw}\"")).unwrap(), text);
            let mut back = String::new();
            decode(&raw, &mut back);
            assert_eq!(back, text);
        }
    }

    #[test]
    fn siblings_are_of_the_same_object() {
        let beside = |json: &'static str| {
            let start = json.find("\"X\"").unwrap();
            text_beside(json, start, start + 3, &[b"\"path\""])
        };
        assert_eq!(beside(r#"{"m":"X","path":"a"}"#), Some("a"));
        assert_eq!(beside(r#"{"m":"X","c":{"path":"b"},"path" : "a"}"#), Some("a"));
        assert_eq!(beside(r#"{"path":["body",0,"a"],"c":{},"m":"X"}"#), Some("a"));
        assert_eq!(beside(r#"[{"path":"a"},{"m":"X"},{"path":"b"}]"#), None);
        assert_eq!(beside(r#"{"path":"a","c":{"m":"X"}}"#), None);
        assert_eq!(beside(r#"{"m":"X","path":7}"#), None);
        assert_eq!(beside(r#"{"m":"X","path":[]}"#), None);
        assert_eq!(beside(r#"{"m":"X","path":"cut"#), None);
    }

    #[test]
    fn escapes_are_decoded_as_far_as_they_go() {
        let mut out = String::new();
        decode(r"\u00e9\ud83d\ude00\/\ud800x\q\u12", &mut out);
        assert_eq!(out, "é😀/\u{fffd}x\\q\\u12");
        assert_eq!(bad_escape(br"\u00e9\n\ud800"), None);
        assert_eq!(bad_escape(br"ok\q"), Some(2));
        assert_eq!(bad_escape(br"\u12"), Some(0));
    }
}
