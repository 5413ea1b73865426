//! What a string contains, from one pass over its bytes: enough to rule most detectors out.

/// What a string contains, from one pass over its bytes. Nothing is counted beyond 255.
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
    /// Letters and digits of ASCII.
    pub(in crate::pii) const WORD: u32 = DIGIT | UPPER | LOWER;
}

const fn ends_run(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | b'"' | b'\'' | b'<' | b'{' | b'[' | b'}' | b']')
}

/// The bits of [`has`] of a byte.
const CLASS: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        table[i] = match byte {
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
        i += 1;
    }
    table
};

/// Counts of [`Traits`] that one pass keeps: chain, digits, run, word.
const LANES: usize = 4;

/// What a byte does to the counts.
struct Counted {
    adds: [u8; LANES],
    /// All bits where the count goes on, none where it starts over.
    keeps: [u8; LANES],
}

const COUNTS: [Counted; 256] = {
    let mut table = [const { Counted { adds: [0; LANES], keeps: [0; LANES] } }; 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        let digit = byte.is_ascii_digit();
        let chain = digit || matches!(byte, b' ' | b'.' | b'-' | b'/' | b'(' | b')' | b'+' | b'_');
        let run = !ends_run(byte);
        let word = byte.is_ascii_alphanumeric();
        let keeps = [chain, digit, run, word];
        let adds = [digit, digit, run, word];
        let mut lane = 0;
        while lane < keeps.len() {
            table[i].adds[lane] = adds[lane] as u8;
            table[i].keeps[lane] = if keeps[lane] { u8::MAX } else { 0 };
            lane += 1;
        }
        i += 1;
    }
    table
};

/// Fewer digits are no number worth looking at.
pub(super) const LEAST_NUMBER: u32 = 7;

/// Of letters and digits the bits of [`has::WORD`], in a byte: digits 1, upper case 2, lower case 4.
pub(super) const KINDS: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        table[i] = byte.is_ascii_digit() as u8
            | (byte.is_ascii_uppercase() as u8) << 1
            | (byte.is_ascii_lowercase() as u8) << 2;
        i += 1;
    }
    table
};

/// The bits of [`has`] of a byte.
pub(super) fn class(byte: u8) -> u32 {
    CLASS[usize::from(byte)]
}

impl Traits {
    pub(super) fn of(text: &[u8]) -> Self {
        let (has, most) = counts(text);
        let [chain, digits, run, word] = most.map(u32::from);
        let number = if chain < LEAST_NUMBER || is_time(text) { 0 } else { longest_number(text) };
        Self { has, chain, number, digits, run, word }
    }

    pub(super) const fn any(self, bits: u32) -> bool {
        self.has & bits != 0
    }
}

/// The bits of [`has`], and the longest of each row. By itself, so that the four counts stay in one register: without branches a byte adds one to
/// some and sets others back.
#[inline(never)]
fn counts(text: &[u8]) -> (u32, [u8; LANES]) {
    let (mut has, mut counts, mut most) = (0, [0u8; LANES], [0u8; LANES]);
    for byte in text {
        has |= class(*byte);
        let Counted { adds, keeps } = &COUNTS[usize::from(*byte)];
        for lane in 0..LANES {
            counts[lane] = counts[lane].saturating_add(adds[lane]) & keeps[lane];
            most[lane] = most[lane].max(counts[lane]);
        }
    }
    (has, most)
}

/// The bits of [`has`] of a text, and how many digits are in it: what a short name is asked.
pub(super) fn holds(text: &[u8]) -> (u32, u32) {
    text.iter().fold((0, 0), |(holds, digits), byte| {
        let class = class(*byte);
        (holds | class, digits + (class & has::DIGIT))
    })
}

/// How many digits follow from `at` on, at most `most`, where what keeps [`Traits::chain`] does not end them.
pub(super) fn digits_ahead(text: &[u8], at: usize, most: u32) -> u32 {
    let mut digits = 0;
    for byte in text.get(at..).unwrap_or_default() {
        let Counted { adds, keeps } = &COUNTS[usize::from(*byte)];
        digits += u32::from(adds[0]);
        if keeps[0] == 0 || digits >= most {
            break;
        }
    }
    digits
}

fn longest_number(text: &[u8]) -> u32 {
    let (mut longest, mut before, mut group, mut glued) = (0u32, 0u32, 0u32, false);
    for byte in text {
        let class = CLASS[usize::from(*byte)];
        if class & has::DIGIT != 0 {
            group += 1;
        } else if class & has::WORD != 0 || (*byte == b'_' && group == 0) {
            (before, group, glued) = (0, 0, true);
        } else {
            before = if glued { 0 } else { before + group };
            longest = longest.max(before);
            group = 0;
            // A dash ties what follows to the word before it: `a456-426614174000`, `SKU-415-555-0132`.
            glued &= *byte == b'-';
            if COUNTS[usize::from(*byte)].keeps[0] == 0 {
                before = 0;
            }
        }
    }
    if glued { longest } else { longest.max(before + group) }
}

/// Whether `text` is a UUID (RFC 9562) and nothing more.
pub(super) fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text
            .iter()
            .enumerate()
            .all(|(i, b)| if matches!(i, 8 | 13 | 18 | 23) { *b == b'-' } else { b.is_ascii_hexdigit() })
}

/// Whether `text` is an RFC 3339 time and nothing more: half of all strings with many digits are.
pub(super) fn is_time(text: &[u8]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_count_digits_across_separators() {
        assert_eq!(Traits::of(b"+1 (415) 555-0132").chain, 11);
        assert_eq!(Traits::of(b"2026-11-21T07:03:12").chain, 8);
        assert_eq!(Traits::of(b"Mozilla/5.0 (Windows NT 10.0; Win64)").chain, 3);
        assert!(Traits::of(b"a\nb").any(has::CONTROL));
        let long = Traits::of(&[b'7'; 1000]);
        assert_eq!((long.chain, long.digits, long.run, long.word), (255, 255, 255, 255));
        let some = Traits::of(b"ab 12.5 'xyz1' 7");
        assert_eq!((some.chain, some.digits, some.run, some.word), (3, 2, 4, 4));
    }
}
