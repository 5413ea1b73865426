//! What a detector is: a kind, what a text must have for it, how it finds its candidates, and what believes them.

use std::ops::Range;

use super::candidate::Candidate;
use super::context::Words;
use super::kind::Kind;
use super::names::Hint;
use super::pattern::Pattern;
use super::{bank, card, email, handles, national_id, network, phone, secret, spoken, wallet};

/// All detectors, by family.
pub(super) static FAMILIES: [&[Detector]; 10] = [
    secret::DETECTORS,
    bank::DETECTORS,
    card::DETECTORS,
    national_id::DETECTORS,
    email::DETECTORS,
    phone::DETECTORS,
    handles::DETECTORS,
    network::DETECTORS,
    wallet::DETECTORS,
    spoken::DETECTORS,
];

/// One way to recognise one kind. The next kind is one more of these, with its tests.
pub(super) struct Detector {
    /// What it looks for, and by what it believes it.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) needs: Needs,
    pub(super) find: Find,
}

/// Says which part of a candidate is personal, if any: the validator and the context.
pub(super) type Judge = fn(&Candidate<'_>) -> Option<Range<usize>>;

/// How a detector finds its candidates.
pub(super) enum Find {
    /// An ASCII pattern that may match anywhere, and whose matches have a greatest length: the search begins anew at every byte.
    Pattern(Pattern, Judge),
    /// The same for the head of a match, which goes on as far as there are such bytes.
    Run(Pattern, fn(u8) -> bool, Judge),
    /// An ASCII pattern that can match only where a word of this shape begins. All words of a text are gone through once,
    /// for all detectors of this sort together: by far the cheapest of the five, and the first to be thought of.
    AtWord(Shape, Pattern, Judge),
    /// Words of this shape. The candidate is the word; the judge looks at what is around it.
    OfWord(Shape, Judge),
    /// A search of its own, for shapes that grow from an anchor in both directions or are cut by a table.
    Search(fn(&str, Hint, &mut dyn FnMut(Range<usize>))),
}

/// What a string must contain for a detector to be worth running.
#[derive(Clone, Copy)]
pub(super) struct Needs {
    /// All of these bits of [`has`](super::traits::has).
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
    /// One of these where a word begins.
    pub(super) cue: Option<&'static Words>,
    /// The cue may touch what is found, or be a part of it.
    pub(super) glued: bool,
}

impl Needs {
    pub(super) const NOTHING: Self =
        Self { all: 0, any: 0, chain: 0, number: 0, digits: 0, run: 0, word: 0, plain: false, cue: None, glued: false };
}

/// Words (letters and digits in a row, ASCII's) at which a detector looks.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// What the first byte may be.
    pub(super) first: &'static [u8],
    /// A bit for each length; the last stands for all that are longer.
    pub(super) lengths: u64,
    /// All of these bits of [`has`](super::traits::has) are in the word itself.
    pub(super) holds: u32,
    /// The match may begin with the parenthesis before the word.
    pub(super) opened: bool,
    /// At least this many digits from the word on, where what also joins digits of [`Traits::chain`](super::traits::Traits)
    /// does not end the row.
    pub(super) digits: u32,
    /// One of these stands right behind the word; empty asks for none.
    pub(super) followed: &'static [u8],
    /// A digit stands among this many bytes from the word's beginning; 0 asks for none. Keeps `to` and `of` from being tried
    /// where two letters may begin a number.
    pub(super) digit_within: usize,
}

/// The longest word whose length is told from longer ones, and one more.
pub(super) const LENGTHS: u32 = 64;

/// Digits are counted so far.
pub(super) const MOST_AHEAD: u32 = 15;

pub(super) const DIGIT: &[u8] = b"0123456789";
pub(super) const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
pub(super) const LETTER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
pub(super) const HEX: &[u8] = b"0123456789ABCDEFabcdef";

impl Shape {
    /// Begins with one of these bytes.
    pub(super) const fn begins(first: &'static [u8]) -> Self {
        Self { first, lengths: u64::MAX, holds: 0, opened: false, digits: 0, followed: b"", digit_within: 0 }
    }

    /// Of one of these lengths, each below [`LENGTHS`].
    pub(super) const fn of(self, lengths: &[u32]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < lengths.len() {
            bits |= 1u64 << lengths[i];
            i += 1;
        }
        Self { lengths: bits, ..self }
    }

    /// At least and at most so long.
    pub(super) const fn within(self, least: u32, most: u32) -> Self {
        Self { lengths: (u64::MAX << least) & (u64::MAX >> (LENGTHS - 1 - most)), ..self }
    }

    /// Of this length or longer.
    pub(super) const fn from(self, length: u32) -> Self {
        Self { lengths: u64::MAX << length, ..self }
    }

    /// With all of these, of the bits of [`has`], in it: of digits, upper and lower case.
    pub(super) const fn holds(self, bits: u32) -> Self {
        Self { holds: bits, ..self }
    }

    /// Also tried at a parenthesis right before the word.
    pub(super) const fn or_opened(self) -> Self {
        Self { opened: true, ..self }
    }

    /// With at least so many digits from here on, at most [`MOST_AHEAD`]; for words that begin with one.
    pub(super) const fn digits(self, least: u32) -> Self {
        assert!(least <= MOST_AHEAD, "not so many are counted");
        Self { digits: least, ..self }
    }

    /// Only with one of these right behind it.
    pub(super) const fn followed(self, by: &'static [u8]) -> Self {
        Self { followed: by, ..self }
    }

    /// Only with a digit among the first bytes.
    pub(super) const fn digit_within(self, bytes: usize) -> Self {
        Self { digit_within: bytes, ..self }
    }
}
