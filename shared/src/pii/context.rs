//! Words whose nearness says what a number is, and the cues by which a text is worth a search at all.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// Words whose nearness decides about a candidate. Case does not matter, but for the letters behind the first in scripts
/// other than Latin. A word must begin where a word begins (`tel`
/// is not in `hotel`), with a `$` also end there; placeholders do not count (`[PHONE]` is no context).
pub(super) struct Words {
    list: &'static [&'static str],
    /// The words by their first byte: made at the first question.
    sorted: OnceLock<Sorted>,
}

struct Sorted {
    /// By the bucket of their first two bytes.
    words: Vec<Word>,
    /// Where in `words` a bucket begins, and the one behind it.
    from: [u16; BUCKETS + 1],
    /// Those of one byte, which stand before anything.
    signs: Vec<Word>,
    /// Whether one begins with this byte, in any case.
    begins: [bool; 256],
}

const BUCKETS: usize = 256;

/// Where words are kept that begin so, in any case. A space may be written as a dash or an underscore.
fn bucket(first: u8, second: u8) -> usize {
    let second = if matches!(second, b'_' | b'-') { b' ' } else { second };
    (usize::from(first & 31) << 3 ^ usize::from(second & 31)) % BUCKETS
}

struct Word {
    bytes: Cow<'static, [u8]>,
    /// Of several at one place the one that came first in the list counts.
    place: usize,
    /// Written with a `$`: no letter, digit or underscore follows.
    ends: bool,
    /// Begins with a letter or digit of ASCII: no letter stands before it.
    begins: bool,
}

impl Words {
    /// At most 32,767 words, in lower case.
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        assert!(list.len() < 1 << 15, "a list of words, and as many with a capital, is indexed by 16 bits");
        Self { list, sorted: OnceLock::new() }
    }

    #[cfg(test)]
    pub(super) const fn list(&self) -> &'static [&'static str] {
        self.list
    }

    /// Whether one of the words stands in `window`, at whose edges words may begin and end.
    pub(super) fn in_window(&self, window: &[u8]) -> bool {
        self.first(window).is_some()
    }

    /// The first of the words in `window`.
    pub(super) fn first(&self, window: &[u8]) -> Option<Range<usize>> {
        let sorted = self.sorted.get_or_init(|| Sorted::of(self.list));
        for (at, byte) in window.iter().enumerate() {
            // With most bytes none begins, and inside of a word none at all.
            if !sorted.begins[usize::from(*byte)] {
                continue;
            }
            let before = at.checked_sub(1).and_then(|before| window.get(before));
            let after_letter = before.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'[');
            if after_letter && byte.is_ascii_alphanumeric() {
                continue;
            }
            if let Some(word) = sorted.at(window, at, after_letter) {
                return Some(at..at + word.bytes.len());
            }
        }
        None
    }

    /// Where the word ends that begins at `at`, behind no letter.
    pub(super) fn at(&self, window: &[u8], at: usize) -> Option<usize> {
        let sorted = self.sorted.get_or_init(|| Sorted::of(self.list));
        sorted.at(window, at, false).map(|word| at + word.bytes.len())
    }
}

impl Sorted {
    fn of(list: &'static [&'static str]) -> Self {
        let word = |(place, text): (usize, &'static str)| {
            let bytes = text.trim_end_matches('$').as_bytes();
            let begins = bytes.first().is_some_and(u8::is_ascii_alphanumeric);
            Word { bytes: Cow::Borrowed(bytes), place, ends: text.ends_with('$'), begins }
        };
        // At the beginning of a sentence: `Тел.`, `Τηλέφωνο`.
        let capital = |(place, text): (usize, &'static str)| {
            let mut letters = text.trim_end_matches('$').chars();
            let first = letters.next().filter(|first| !first.is_ascii() && first.is_lowercase())?;
            let capital: String = first.to_uppercase().chain(letters).collect();
            let bytes = Cow::Owned(capital.into_bytes());
            Some(Word { bytes, place, ends: text.ends_with('$'), begins: false })
        };
        let numbered = || list.iter().copied().enumerate();
        let all = numbered().map(word).chain(numbered().filter_map(capital));
        let (signs, mut words): (Vec<Word>, Vec<Word>) = all.partition(|word| word.bytes.len() < 2);
        let bucket = |word: &Word| match *word.bytes {
            [first, second, ..] => bucket(first, second),
            _ => 0,
        };
        // (Those of one bucket stay in their order.)
        words.sort_by_key(bucket);
        let mut from = [0; BUCKETS + 1];
        for (number, place) in from.iter_mut().enumerate() {
            *place = u16::try_from(words.partition_point(|word| bucket(word) < number)).unwrap_or(u16::MAX);
        }
        let mut begins = [false; 256];
        for first in words.iter().chain(&signs).filter_map(|word| word.bytes.first()) {
            begins[usize::from(*first)] = true;
            begins[usize::from(first.to_ascii_uppercase())] = true;
        }
        Self { words, from, signs, begins }
    }

    /// The word that begins at `at`; of several the first of the list.
    fn at(&self, window: &[u8], at: usize, after_letter: bool) -> Option<&Word> {
        let found = |word: &&Word| !(word.begins && after_letter) && word.is_at(window, at);
        let second = window.get(at + 1).copied().unwrap_or_default();
        let word = self.beginning(*window.get(at)?, second).iter().find(found);
        let sign = self.signs.iter().find(found);
        word.into_iter().chain(sign).min_by_key(|word| word.place)
    }

    fn beginning(&self, first: u8, second: u8) -> &[Word] {
        let bucket = bucket(first, second);
        let place = |at: usize| self.from.get(at).copied().map_or(0, usize::from);
        self.words.get(place(bucket)..place(bucket + 1)).unwrap_or_default()
    }
}

impl Word {
    fn is_at(&self, text: &[u8], at: usize) -> bool {
        let end = at + self.bytes.len();
        text.get(at..end).is_some_and(|part| reads(part, &self.bytes))
            && !(self.ends && text.get(end).copied().is_some_and(is_word))
    }
}

/// Whether `part` is `word`, in any case, with spaces as they are written in names: `tax_id`, `date-of-birth`.
fn reads(part: &[u8], word: &[u8]) -> bool {
    let same = |(a, b): (&u8, &u8)| a.eq_ignore_ascii_case(b) || (*b == b' ' && matches!(a, b'_' | b'-'));
    part.len() == word.len() && part.iter().zip(word).all(same)
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Which of several lists of words a text may have, from looking at the beginnings of its words.
///
/// True too often rather than too seldom: a word's end is not looked at.
pub(super) struct Cues {
    lists: Vec<&'static Words>,
    /// By a hash of its first three bytes, the bucket a word is in; 0 is none.
    buckets: Box<[u16; 1 << HASH_BITS]>,
    words: Vec<Vec<Cue>>,
    /// The lists that have words of other scripts, which are not looked for one by one.
    wide: u64,
    /// Which beginnings of four bytes there are, by a hash of them: most words are told by it that they are no cue.
    fours: Box<[u64; 1 << (FOURS - 6)]>,
    /// The same of three, where the fourth may be anything.
    threes: Box<[u64; 1 << (HASH_BITS - 6)]>,
}

/// A word, and the lists that have it.
struct Cue {
    lists: u64,
    /// Its fourth byte, of letters in lower case; 0 where there is none, or where it may be written otherwise.
    fourth: u8,
    word: &'static [u8],
}

const HASH_BITS: u32 = 12;

/// Bits of the hash of four bytes.
const FOURS: u32 = 15;

fn hash_of_four(four: [u8; 4]) -> usize {
    ((u32::from_le_bytes(four) | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> (32 - FOURS)) as usize
}

/// Whether the bit of this number is set.
fn is_set(bits: &[u64], bit: usize) -> bool {
    bits.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
}

fn set(bits: &mut [u64], bit: usize) {
    if let Some(word) = bits.get_mut(bit / 64) {
        *word |= 1 << (bit % 64);
    }
}

fn hash(first: u8, second: u8, third: u8) -> usize {
    // The bit that makes ASCII letters lower case; other bytes may collide, which is no harm.
    let fold = |byte: u8| usize::from(byte | 0x20);
    (fold(first) * 961 + fold(second) * 31 + fold(third)) & ((1 << HASH_BITS) - 1)
}

/// The bit of the list that came as this one.
fn one(list: usize) -> u64 {
    u32::try_from(list).ok().and_then(|list| 1u64.checked_shl(list)).unwrap_or(u64::MAX)
}

impl Cues {
    pub(super) fn new() -> Self {
        Self {
            lists: Vec::new(),
            buckets: Box::new([0; 1 << HASH_BITS]),
            words: vec![Vec::new()],
            wide: 0,
            fours: Box::new([0; 1 << (FOURS - 6)]),
            threes: Box::new([0; 1 << (HASH_BITS - 6)]),
        }
    }

    /// The bit that stands for a list; more than 64 share all of them, which is slower and no less right.
    pub(super) fn bit(&mut self, words: &'static Words) -> u64 {
        if let Some(known) = self.lists.iter().position(|list| std::ptr::eq(*list, words)) {
            return one(known);
        }
        let bit = one(self.lists.len());
        self.lists.push(words);
        for word in words.list {
            let marks = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
            let word = word.trim_end_matches('$').trim_start_matches(marks).as_bytes();
            match word {
                [first, second, third, ..] if first.is_ascii() => self.add(hash(*first, *second, *third), bit, word),
                // Other scripts, and what is too short to be looked up.
                _ => self.wide |= bit,
            }
        }
        bit
    }

    fn add(&mut self, hash: usize, bit: u64, word: &'static [u8]) {
        let Some(bucket) = self.buckets.get_mut(hash) else { return };
        if *bucket == 0 {
            // There are fewer hashes than numbers for buckets.
            *bucket = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
            self.words.push(Vec::new());
        }
        if let Some(words) = self.words.get_mut(usize::from(*bucket)) {
            let fourth = word.get(3).copied().filter(|b| *b != b' ').unwrap_or(0);
            match *word {
                // A space in it may be written otherwise.
                [a, b, c, ..] if fourth != 0 && ![a, b, c].contains(&b' ') => {
                    set(&mut *self.fours, hash_of_four([a, b, c, fourth]))
                }
                _ => set(&mut *self.threes, hash),
            }
            match words.iter_mut().find(|cue| cue.word == word) {
                Some(cue) => cue.lists |= bit,
                None => words.push(Cue { lists: bit, fourth, word }),
            }
        }
    }

    /// The lists that have a word that begins at `at`.
    pub(super) fn at(&self, text: &[u8], at: usize) -> u64 {
        let Some([first, second, third]) = text.get(at..at + 3) else { return 0 };
        let hash = hash(*first, *second, *third);
        let four = text
            .get(at..at + 4)
            .and_then(|four| four.try_into().ok())
            .is_some_and(|four| is_set(&*self.fours, hash_of_four(four)));
        if !four && !is_set(&*self.threes, hash) {
            return 0;
        }
        let bucket = self.buckets.get(hash).copied().unwrap_or(0);
        if bucket == 0 {
            return 0;
        }
        let words = self.words.get(usize::from(bucket)).map_or(&[][..], Vec::as_slice);
        // Most words are told apart by their fourth byte.
        let fourth = text.get(at + 3).map_or(0, u8::to_ascii_lowercase);
        words.iter().fold(0, |lists, cue| {
            let may_be = cue.fourth == fourth || cue.fourth == 0;
            let there = may_be && text.get(at..at + cue.word.len()).is_some_and(|part| reads(part, cue.word));
            if there { lists | cue.lists } else { lists }
        })
    }

    /// The lists that cannot be ruled out in a text of other scripts.
    pub(super) const fn wide(&self) -> u64 {
        self.wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SOME: Words = Words::new(&["tel$", "telephone", "ref.", "#", "电话", "née le", "a/c", "тел", "tel no"]);
    static MORE: Words = Words::new(&["telephone", "[at]"]);

    #[test]
    fn words_begin_where_words_begin() {
        for text in [
            "tel",
            "Tel: 1",
            "tel_no 1",
            "my TEL 1",
            "a-tel 1",
            "1tel 1",
            "telephones",
            "x#1",
            "我的电话1",
            "Тел.: 1",
            "née le 1",
            "A/C 1",
        ] {
            assert!(SOME.in_window(text.as_bytes()), "{text}");
        }
        for text in ["", "hotel 1", "tell 1", "tel_1", "[tel", "ref 1", "xref. 1", "电 1"] {
            assert!(!SOME.in_window(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn cues_tell_the_lists() {
        let mut cues = Cues::new();
        let (some, more) = (cues.bit(&SOME), cues.bit(&MORE));
        assert_eq!((some, more, cues.bit(&SOME)), (1, 2, 1));
        assert_eq!(cues.at(b"my Telephone", 3), some | more);
        assert_eq!(cues.at(b"my Telephone", 0), 0);
        assert_eq!(cues.at(b"(at)", 1), 0);
        assert_eq!(cues.at(b"[at] ", 1), more);
        assert_eq!(cues.at(b"te", 0), 0);
        assert_eq!(cues.wide(), some);
    }

    #[test]
    fn many_beginnings_are_all_found() {
        let mut cues = Cues::new();
        let words: Vec<&'static [u8]> = (0..400)
            .map(|n| {
                &*Box::leak(
                    format!("{}{}{}x", (b'a' + n as u8 / 100) as char, n / 10 % 10, n % 10)
                        .into_bytes()
                        .into_boxed_slice(),
                )
            })
            .collect();
        for word in &words {
            cues.add(hash(word[0], word[1], word[2]), 1, word);
        }
        assert!(words.iter().all(|word| cues.at(word, 0) == 1));
    }
}
