//! Which detectors can find anything, from tables: a handful of look-ups for a text or a word instead of sixty questions.

use super::detector::{Detector, Find, LENGTHS, MOST_AHEAD, Needs};
use super::pattern::Place;
use super::traits::{Traits, has};

/// A set of detectors, by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set(u128);

impl Set {
    pub(super) const NONE: Self = Self(0);
    /// How many detectors there can be.
    pub(super) const CAPACITY: usize = 128;

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn has(self, detector: usize) -> bool {
        self.0 >> detector & 1 == 1
    }

    pub(super) const fn add(&mut self, detector: usize) {
        self.0 |= 1 << detector;
    }

    /// The numbers, lowest first.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let lowest = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            lowest
        })
    }
}

/// The detectors allowed by a number: by its value, the last entry for all that are higher.
struct AtLeast<const N: usize>(Box<[Set; N]>);

impl<const N: usize> AtLeast<N> {
    fn of(detectors: &[&Detector], least: fn(&Needs) -> u32) -> Self {
        let mut table = Box::new([Set::NONE; N]);
        for (number, detector) in detectors.iter().enumerate() {
            if let Some(set) = table.get_mut(least(&detector.needs) as usize) {
                set.add(number);
            }
        }
        // What is allowed by a number is allowed by all that are higher.
        let mut lower = Set::NONE;
        for set in table.iter_mut() {
            lower = lower.or(*set);
            *set = lower;
        }
        Self(table)
    }

    fn get(&self, value: u32) -> Set {
        self.0.get((value as usize).min(N - 1)).copied().unwrap_or(Set::NONE)
    }
}

fn matching(detectors: &[&Detector], test: impl Fn(&Needs) -> bool) -> Set {
    let mut set = Set::NONE;
    for (number, detector) in detectors.iter().enumerate() {
        if test(&detector.needs) {
            set.add(number);
        }
    }
    set
}

/// For each number what its bits stand for, together.
fn unions(of_bits: &[Set; HALF as usize]) -> Box<[Set; 1 << HALF]> {
    let mut table = Box::new([Set::NONE; 1 << HALF]);
    for index in 1..table.len() {
        let of_lowest = of_bits.get(index.trailing_zeros() as usize).copied().unwrap_or(Set::NONE);
        let of_others = table.get(index & (index - 1)).copied().unwrap_or(Set::NONE);
        if let Some(set) = table.get_mut(index) {
            *set = of_lowest.or(of_others);
        }
    }
    table
}

/// Bits of [`has`] looked up at once: two tables of 512 entries instead of one of a quarter of a million.
const HALF: u32 = 9;

/// What [`Needs`] say, turned around: from what a text has to the detectors that need no more.
pub(super) struct Filter {
    /// No bit of this half is missing, and one of those that do is there, for each half.
    all: [Box<[Set; 1 << HALF]>; 2],
    any: [Box<[Set; 1 << HALF]>; 2],
    chain: AtLeast<64>,
    number: AtLeast<64>,
    digits: AtLeast<64>,
    run: AtLeast<128>,
    word: AtLeast<128>,
    /// Those that a name can rule out.
    plain: Set,
}

impl Filter {
    pub(super) fn of(detectors: &[&Detector]) -> Self {
        let half = |shift: u32, bits: fn(&Needs) -> u32| {
            let mut asking = [Set::NONE; HALF as usize];
            for (number, detector) in detectors.iter().enumerate() {
                for (bit, set) in asking.iter_mut().enumerate() {
                    if bits(&detector.needs) >> shift >> bit & 1 == 1 {
                        set.add(number);
                    }
                }
            }
            unions(&asking)
        };
        let everything = matching(detectors, |_| true);
        // None of the bits that are missing is asked for.
        let all = |shift: u32| {
            let asked = half(shift, |needs| needs.all);
            let mut table = Box::new([Set::NONE; 1 << HALF]);
            for (set, missing) in table.iter_mut().zip(asked.iter().rev()) {
                *set = everything.without(*missing);
            }
            table
        };
        // One of those that are there is, or none at all.
        let any = |shift: u32| {
            let indifferent = matching(detectors, |needs| needs.any == 0);
            let mut table = half(shift, |needs| needs.any);
            for set in table.iter_mut() {
                *set = set.or(indifferent);
            }
            table
        };
        Self {
            all: [all(0), all(HALF)],
            any: [any(0), any(HALF)],
            chain: AtLeast::of(detectors, |n| n.chain),
            number: AtLeast::of(detectors, |n| n.number),
            digits: AtLeast::of(detectors, |n| n.digits),
            run: AtLeast::of(detectors, |n| n.run),
            word: AtLeast::of(detectors, |n| n.word),
            plain: matching(detectors, |n| n.plain),
        }
    }

    /// The detectors whose needs are met, but for their cues.
    pub(super) fn met(&self, traits: &Traits, named: bool) -> Set {
        let half = |tables: &[Box<[Set; 1 << HALF]>; 2], which: usize| {
            let index = (traits.has >> (HALF * which as u32)) as usize & ((1 << HALF) - 1);
            tables.get(which).and_then(|table| table.get(index)).copied().unwrap_or(Set::NONE)
        };
        let met = half(&self.all, 0)
            .and(half(&self.all, 1))
            .and(half(&self.any, 0).or(half(&self.any, 1)))
            .and(self.chain.get(traits.chain))
            .and(self.number.get(traits.number))
            .and(self.digits.get(traits.digits))
            .and(self.run.get(traits.run))
            .and(self.word.get(traits.word));
        if named { met.without(self.plain) } else { met }
    }
}

/// The detectors whose patterns may match anywhere, by the byte a match begins with and what stands before it.
pub(super) struct HeadFilter {
    /// For each sort of place.
    begin: Box<[[Set; 256]; 3]>,
    /// All of them.
    pub(super) all: Set,
}

impl HeadFilter {
    pub(super) fn of(detectors: &[&Detector]) -> Self {
        let mut filter = Self { begin: Box::new([[Set::NONE; 256]; 3]), all: Set::NONE };
        for (number, detector) in detectors.iter().enumerate() {
            let (Find::Pattern(pattern, _) | Find::Run(pattern, ..)) = &detector.find else { continue };
            // One byte alone is looked for faster than all of them.
            if pattern.only.is_some() {
                continue;
            }
            filter.all.add(number);
            for (place, bytes) in Place::ALL.into_iter().zip(filter.begin.iter_mut()) {
                for (byte, set) in (0..=u8::MAX).zip(bytes) {
                    if pattern.may_begin(byte, place) {
                        set.add(number);
                    }
                }
            }
        }
        filter
    }

    /// Those whose match may begin with `byte` at such a place.
    #[inline(always)]
    pub(super) fn beginning(&self, byte: u8, place: Place) -> Set {
        self.begin[place as usize][usize::from(byte)]
    }
}

/// The detectors that look at a word, by what the word is.
pub(super) struct WordFilter {
    first: Box<[Set; 256]>,
    lengths: [Set; LENGTHS as usize],
    /// By what is in the word: digits 1, upper case 2, lower case 4.
    holds: [Set; 8],
    /// By the byte behind it.
    next: Box<[Set; 256]>,
    /// Those that may end the text.
    last: Set,
    /// By how many digits there are from the word on.
    ahead: [Set; MOST_AHEAD as usize + 1],
    /// Those that ask for digits.
    pub(super) counting: Set,
    /// All of them.
    pub(super) all: Set,
}

/// The index into [`WordFilter::holds`], as in [`KINDS`](super::traits::KINDS).
const fn held(bits: u32) -> usize {
    (bits & has::DIGIT != 0) as usize
        | ((bits & has::UPPER != 0) as usize) << 1
        | ((bits & has::LOWER != 0) as usize) << 2
}

impl WordFilter {
    pub(super) fn of(detectors: &[&Detector]) -> Self {
        let mut filter = Self {
            first: Box::new([Set::NONE; 256]),
            lengths: [Set::NONE; LENGTHS as usize],
            holds: [Set::NONE; 8],
            next: Box::new([Set::NONE; 256]),
            last: Set::NONE,
            ahead: [Set::NONE; MOST_AHEAD as usize + 1],
            counting: Set::NONE,
            all: Set::NONE,
        };
        for (number, detector) in detectors.iter().enumerate() {
            let (Find::AtWord(shape, ..) | Find::OfWord(shape, _)) = &detector.find else { continue };
            filter.all.add(number);
            if shape.digits > 0 {
                filter.counting.add(number);
            }
            let add =
                |set: Option<&mut Set>, fits: bool| set.filter(|_| fits).into_iter().for_each(|set| set.add(number));
            for byte in shape.first {
                add(filter.first.get_mut(usize::from(*byte)), true);
            }
            add(Some(&mut filter.last), shape.followed.is_empty());
            for (byte, set) in (0..=u8::MAX).zip(filter.next.iter_mut()) {
                add(Some(set), shape.followed.is_empty() || shape.followed.contains(&byte));
            }
            for length in 0..filter.lengths.len() {
                add(filter.lengths.get_mut(length), shape.lengths >> length & 1 == 1);
            }
            for digits in 0..filter.ahead.len() {
                add(filter.ahead.get_mut(digits), shape.digits as usize <= digits);
            }
            for index in 0..filter.holds.len() {
                add(filter.holds.get_mut(index), held(shape.holds) & index == held(shape.holds));
            }
        }
        filter
    }

    /// Those that look at a word that begins with `first`, is so long, holds such bytes, and has `next` behind it.
    #[inline(always)]
    pub(super) fn looking(&self, first: u8, length: usize, kinds: u8, next: Option<&u8>) -> Set {
        let lengths = self.lengths.get(length.min(LENGTHS as usize - 1)).copied().unwrap_or(Set::NONE);
        let next = next.map_or(self.last, |byte| self.next[usize::from(*byte)]);
        self.first[usize::from(first)].and(lengths).and(self.holds[usize::from(kinds & 7)]).and(next)
    }

    /// Those that look where there are so many digits.
    pub(super) fn with_digits(&self, digits: u32) -> Set {
        self.ahead.get(digits as usize).or(self.ahead.last()).copied().unwrap_or(Set::NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::super::detector::FAMILIES;
    use super::*;

    /// The needs, asked one by one.
    fn met_one_by_one(needs: &Needs, traits: &Traits, named: bool) -> bool {
        traits.has & needs.all == needs.all
            && (needs.any == 0 || traits.any(needs.any))
            && traits.chain >= needs.chain
            && traits.number >= needs.number
            && traits.digits >= needs.digits
            && traits.run >= needs.run
            && traits.word >= needs.word
            && !(needs.plain && named)
    }

    #[test]
    fn tables_say_what_the_needs_say() {
        let detectors: Vec<&Detector> = FAMILIES.into_iter().flatten().collect();
        assert!(detectors.len() <= Set::CAPACITY);
        let filter = Filter::of(&detectors);
        for text in [
            "",
            "jane@example.com",
            "+1 (415) 555-0132",
            "2026-11-21T07:03:12",
            "Mozilla/5.0 (Windows NT 10.0; Win64)",
            "Basic dXNlcjpwYXNz today",
            "call me on 0171 1234567, or write to <j@e.de>",
            "4111 1111 1111 1111",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "https://jane:hunter2@db.example.com/x?a=b%20c&d=1",
            "名前 12345678901234567",
        ] {
            let traits = Traits::of(text.as_bytes());
            for named in [false, true] {
                let met = filter.met(&traits, named);
                let wanted: Vec<usize> =
                    (0..detectors.len()).filter(|i| met_one_by_one(&detectors[*i].needs, &traits, named)).collect();
                assert_eq!(met.iter().collect::<Vec<_>>(), wanted, "{text}");
            }
        }
    }
}
