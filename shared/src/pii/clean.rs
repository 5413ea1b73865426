//! Strings that were looked through and hold nothing personal: half of all strings of an API's traffic were seen before
//! (user agents, media types, languages), and need not be looked through again.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::names::Hint;

/// Places, a power of two, and the lengths of strings that are remembered, in bytes: together at most 2.4 MB.
const PLACES: usize = 8192;
const SHORTEST: usize = 4;
const LONGEST: usize = 256;

/// What was looked through. Filled once and never emptied; shared by threads without locks.
///
/// A string takes a place when it comes twice before another one comes by: ids, which come once, take none.
pub(super) struct Clean {
    places: Box<[Place]>,
}

#[derive(Default)]
struct Place {
    /// The hash of the string that came last, or that has taken the place: most others are told from it by that, and the
    /// string itself, which lies elsewhere in memory, is not fetched.
    last: AtomicU64,
    /// Its tag, and the string.
    taken: OnceLock<Box<[u8]>>,
}

/// What is looked for in a string, and whether it is looked into any deeper.
const fn tag(hint: Hint, depth: u8) -> u8 {
    (hint as u8) << 4 | depth
}

impl Clean {
    pub(super) fn new() -> Self {
        Self { places: (0..PLACES).map(|_| Place::default()).collect() }
    }

    fn place(&self, text: &str, tag: u8) -> Option<(&Place, u64)> {
        if !(SHORTEST..=LONGEST).contains(&text.len()) {
            return None;
        }
        let hash = super::names::hash(text.as_bytes(), tag);
        Some((self.places.get(hash as usize % PLACES)?, hash))
    }

    /// Whether `look` finds nothing in the text; it need not look if it did not before.
    pub(super) fn or_look<T>(&self, text: &str, hint: Hint, depth: u8, look: impl FnOnce() -> Option<T>) -> Option<T> {
        let tag = tag(hint, depth);
        let Some((place, hash)) = self.place(text, tag) else { return look() };
        let again = place.last.load(Ordering::Relaxed) == hash;
        // The text itself is compared: a hash may be another's, and then something personal would stay.
        if again && place.taken.get().and_then(|seen| seen.split_first()) == Some((&tag, text.as_bytes())) {
            return None;
        }
        let found = look();
        if found.is_none() && place.taken.get().is_none() && place.last.swap(hash, Ordering::Relaxed) == hash {
            // Another thread may have been faster, which is as good.
            let _ = place.taken.set([&[tag], text.as_bytes()].concat().into());
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
        let place = |text: &str| clean.place(text, tag(Hint::Field, 0)).unwrap().1 as usize % PLACES;
        let other = (0..).map(|n| format!("other {n}")).find(|text| place(text) == place("first")).unwrap();
        for _ in 0..3 {
            assert_eq!(clean.or_look("first", Hint::Field, 0, || None::<()>), None);
        }
        for _ in 0..3 {
            assert_eq!(clean.or_look(&other, Hint::Field, 0, || Some(())), Some(()));
        }
    }
}
