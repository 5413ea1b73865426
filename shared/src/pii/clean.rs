//! Strings that were looked through and hold nothing personal: half of all strings of an API's traffic were seen before
//! (user agents, media types, languages), and need not be looked through again.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::names::Hint;

/// Places, a power of two, and the lengths of strings that are remembered, in bytes: together at most 2.3 MB.
const PLACES: usize = 8192;
const SHORTEST: usize = 4;
const LONGEST: usize = 256;

/// What was looked through. Filled once and never emptied; shared by threads without locks.
///
/// A string takes a place when it comes twice before another one comes by: ids, which come once, take none.
pub(super) struct Clean {
    /// For each place the mark of the string that came last, or that has taken it. All of them fit the processor's first
    /// cache, and most strings are told by them from what was seen: the strings, which lie elsewhere, are not fetched.
    marks: Box<[AtomicU32]>,
    /// Their tags, and the strings.
    taken: Box<[OnceLock<Box<[u8]>>]>,
}

/// The bit of a mark that says that the place is taken; the others are of the string's hash.
const TAKEN: u32 = 1;

/// What is looked for in a string, and whether it is looked into any deeper.
const fn tag(hint: Hint, depth: u8) -> u8 {
    (hint as u8) << 4 | depth
}

impl Clean {
    pub(super) fn new() -> Self {
        Self {
            marks: (0..PLACES).map(|_| AtomicU32::new(0)).collect(),
            taken: (0..PLACES).map(|_| OnceLock::new()).collect(),
        }
    }

    /// The place of a text and its mark there.
    fn place(text: &str, tag: u8) -> Option<(usize, u32)> {
        if !(SHORTEST..=LONGEST).contains(&text.len()) {
            return None;
        }
        let hash = super::names::hash(text.as_bytes(), tag);
        Some((hash as usize % PLACES, (hash >> 32) as u32 & !TAKEN))
    }

    /// Whether `look` finds nothing in the text; it need not look if it did not before.
    #[inline(always)]
    pub(super) fn or_look<T>(&self, text: &str, hint: Hint, depth: u8, look: impl FnOnce() -> Option<T>) -> Option<T> {
        let tag = tag(hint, depth);
        let Some((place, mark)) = Self::place(text, tag) else { return look() };
        let (Some(last), Some(taken)) = (self.marks.get(place), self.taken.get(place)) else { return look() };
        let before = last.load(Ordering::Relaxed);
        let again = before & !TAKEN == mark;
        // The text itself is compared: a mark may be another's, and then something personal would stay.
        if again
            && before & TAKEN != 0
            && taken.get().and_then(|seen| seen.split_first()) == Some((&tag, text.as_bytes()))
        {
            return None;
        }
        let found = look();
        if found.is_none() && before & TAKEN == 0 {
            if again {
                // Another thread may have been faster, which is as good.
                let _ = taken.set([&[tag], text.as_bytes()].concat().into());
            }
            let now = if again { mark | TAKEN } else { mark };
            let _ = last.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn looks_until_a_string_came_twice_and_only_at_what_it_has_not_seen() {
        let clean = Clean::new();
        let look = |text: &str, hint, depth, finds: bool| {
            let mut looked = false;
            let found = clean.or_look(text, hint, depth, || {
                looked = true;
                finds.then_some(())
            });
            (looked, found.is_some())
        };
        assert_eq!(look("application/json", Hint::Field, 0, false), (true, false));
        assert_eq!(look("application/json", Hint::Field, 0, false), (true, false));
        assert_eq!(look("application/json", Hint::Field, 0, false), (false, false));
        // Under another name or depth, and what only looks alike, is another string.
        assert_eq!(look("application/json", Hint::None, 0, false), (true, false));
        assert_eq!(look("application/json", Hint::Field, 1, false), (true, false));
        assert_eq!(look("application/xml", Hint::Field, 0, false), (true, false));
        // What holds something is looked through every time.
        for _ in 0..4 {
            assert_eq!(look("jane@example.com", Hint::Field, 0, true), (true, true));
        }
        // As is what is too long.
        let long = "x".repeat(LONGEST + 1);
        for _ in 0..4 {
            assert_eq!(look(&long, Hint::Field, 0, false), (true, false));
        }
    }

    #[test]
    fn strings_of_one_place_are_told_apart() {
        let clean = Clean::new();
        let place = |text: &str| Clean::place(text, tag(Hint::Field, 0)).unwrap().0;
        let other = (0..).map(|n| format!("other {n}")).find(|text| place(text) == place("first")).unwrap();
        for _ in 0..3 {
            assert_eq!(clean.or_look("first", Hint::Field, 0, || None::<()>), None);
        }
        for _ in 0..3 {
            assert_eq!(clean.or_look(&other, Hint::Field, 0, || Some(())), Some(()));
        }
    }
}
