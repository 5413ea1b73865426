//! Patterns at work: tables that the compiler made.

use std::ops::Range;

/// A pattern as `pattern!` writes it down: an automaton's table.
pub(in crate::pii) struct Pattern {
    /// As it was written.
    #[cfg_attr(not(test), expect(dead_code, reason = "what the tables are compared with"))]
    pub(in crate::pii) source: &'static str,
    /// The column of a byte.
    pub(in crate::pii) classes: &'static [u8; 256],
    /// The column of the text's end.
    pub(in crate::pii) end: u8,
    /// Rows of columns: where the next row begins, with [`MATCH`] if a match ends before the byte that leads there.
    pub(in crate::pii) next: &'static [u16],
    /// The row to begin with at the beginning of a text, behind a byte that is not of a word, behind one that is.
    pub(in crate::pii) starts: [u16; 3],
    /// For each byte, whether a match may begin with it: 1 at the beginning of a text, 2 behind a byte that is not of a word,
    /// 4 behind one that is.
    pub(in crate::pii) begins: &'static [u8; 256],
    /// The one byte with which a match may begin, if there is but one.
    pub(in crate::pii) only: Option<u8>,
    /// Whether there is a longest match.
    #[cfg_attr(not(test), expect(dead_code, reason = "asked by a test of the detectors"))]
    pub(in crate::pii) bounded: bool,
}

/// Sorts of places: the beginning of a text, behind a byte that is not of a word, behind one that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pii) enum Place {
    Beginning,
    Other,
    InWord,
}

impl Place {
    pub(in crate::pii) const ALL: [Self; 3] = [Self::Beginning, Self::Other, Self::InWord];

    /// The bit of [`Pattern::begins`].
    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The place from `at` on.
    fn at(text: &[u8], at: usize) -> Self {
        at.checked_sub(1).and_then(|before| text.get(before)).map_or(Self::Beginning, |byte| behind(*byte))
    }
}

const MATCH: u16 = 1 << 15;
/// From here nothing matches any more.
const DEAD: u16 = 0;

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

const BEHIND: [Place; 256] = {
    let mut table = [Place::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        if is_word(byte as u8) {
            table[byte] = Place::InWord;
        }
        byte += 1;
    }
    table
};

/// The place behind a byte.
#[inline(always)]
pub(in crate::pii) const fn behind(byte: u8) -> Place {
    BEHIND[byte as usize]
}

impl Pattern {
    /// The end of the match that begins at `at`: the one a backtracking engine would find.
    pub(in crate::pii) fn match_at(&self, text: &[u8], at: usize) -> Option<usize> {
        self.match_in(text, at, Place::at(text, at))
    }

    /// The same, where it is known what sort of a place that is.
    pub(in crate::pii) fn match_in(&self, text: &[u8], at: usize, place: Place) -> Option<usize> {
        let [first, other, word] = self.starts;
        let mut state = match place {
            Place::Beginning => first,
            Place::Other => other,
            Place::InWord => word,
        };
        let mut found = None;
        for (at, byte) in (at..).zip(text.get(at..)?) {
            state = self.step(state, self.classes[usize::from(*byte)]);
            if state & MATCH != 0 {
                found = Some(at);
            }
            if state & !MATCH == DEAD {
                return found;
            }
        }
        if self.step(state, self.end) & MATCH != 0 { Some(text.len()) } else { found }
    }

    /// Whether a match may begin with this byte in such a place.
    pub(in crate::pii) fn may_begin(&self, byte: u8, place: Place) -> bool {
        self.begins[usize::from(byte)] & place.bit() != 0
    }

    /// The first match that begins at `at` or later.
    pub(in crate::pii) fn find_at(&self, text: &[u8], mut at: usize) -> Option<Range<usize>> {
        if let Some(only) = self.only {
            loop {
                at += memchr::memchr(only, text.get(at..)?)?;
                let place = Place::at(text, at);
                if self.may_begin(only, place)
                    && let Some(end) = self.match_in(text, at, place)
                {
                    return Some(at..end);
                }
                at += 1;
            }
        }
        let mut place = Place::at(text, at);
        for (at, byte) in (at..).zip(text.get(at..)?) {
            if self.may_begin(*byte, place)
                && let Some(end) = self.match_in(text, at, place)
            {
                return Some(at..end);
            }
            place = behind(*byte);
        }
        None
    }

    fn step(&self, state: u16, class: u8) -> u16 {
        self.next.get(usize::from(state & !MATCH) + usize::from(class)).copied().unwrap_or(DEAD)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use droplets_pattern::pattern;
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::string::bytes_regex;
    use proptest::test_runner::TestRunner;
    use regex::bytes::Regex;

    use super::super::detector::{FAMILIES, Find};
    use super::*;

    #[test]
    fn a_match_is_the_one_a_backtracking_engine_would_find() {
        static FIRST: Pattern = pattern!(r"\b(?:ab|abc|a)(?:d|)", r"\b");
        assert_eq!(FIRST.source, r"\b(?:ab|abc|a)(?:d|)\b");
        assert_eq!(FIRST.find_at(b"xab abc", 0), Some(4..7));
        assert_eq!(FIRST.find_at(b"abd", 0), Some(0..3));
        assert_eq!(FIRST.find_at(b"abdd", 0), None);
        assert_eq!(FIRST.match_at(b"a", 1), None);
        assert_eq!(FIRST.match_at(b"a", 2), None);
        assert_eq!(FIRST.only, Some(b'a'));
        assert!(FIRST.bounded);
        static LAZY: Pattern = pattern!("a+?b??");
        assert_eq!(LAZY.find_at(b"-aab", 0), Some(1..2));
        assert!(!LAZY.bounded);
    }

    /// Every detector's pattern beside the same pattern of the `regex` crate, on texts made from it and spoilt.
    #[test]
    fn tables_find_what_a_regex_finds() {
        let mut runner = TestRunner::deterministic();
        let mut found = 0;
        for detector in FAMILIES.into_iter().flatten() {
            let (Find::Pattern(pattern, _) | Find::Run(pattern, ..) | Find::AtWord(_, pattern, _)) = &detector.find
            else {
                continue;
            };
            let regex = Regex::new(&format!("(?-u){}", pattern.source)).unwrap();
            let anchored = Regex::new(&format!("(?-u)^(?:{})", pattern.source)).unwrap();
            let like = bytes_regex(&format!("(?-u){}", pattern.source.replace(r"\b", ""))).unwrap();
            for round in 0..48u8 {
                let mut text = like.new_tree(&mut runner).unwrap().current();
                let spoilt = usize::from(round) * 7 % text.len();
                match round % 6 {
                    0 => {}
                    1 => text[spoilt] = b"0 a_-/(:"[usize::from(round) % 8],
                    2 => drop(text.remove(spoilt)),
                    3 => text.insert(spoilt, b"1 z.-/_+"[usize::from(round) % 8]),
                    4 => text = [b"x1 (".as_slice(), &text, b" 9", &text].concat(),
                    _ => text = [b"_".as_slice(), &text, b"_a", &text, b"7"].concat(),
                }
                for from in [0, 1, spoilt] {
                    let theirs = regex.find_at(&text, from).map(|theirs| theirs.range());
                    assert_eq!(pattern.find_at(&text, from), theirs, "{} in {text:?} from {from}", detector.name);
                    found += usize::from(theirs.is_some());
                }
                let theirs = anchored.find(&text).map(|theirs| theirs.end());
                assert_eq!(pattern.match_at(&text, 0), theirs, "{} at {text:?}", detector.name);
            }
        }
        assert!(found > 3000, "{found} matches compared");
    }
}
