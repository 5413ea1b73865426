//! A personal value, and what would prove that it leaked.

use fastrand::Rng;

/// What must not be found in the stripped output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needle {
    /// This text.
    Text(String),
    /// This many consecutive digits of these, whatever separates them.
    Digits(String, usize),
}

/// A value made up: its text, whether it is spelled in an unusual way, and what would prove a leak.
#[derive(Debug, Clone)]
pub struct Made {
    pub(super) text: String,
    pub(super) unusual: bool,
    pub(super) needles: Vec<Needle>,
}

impl Made {
    /// A value that leaks if its text is found.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { needles: vec![Needle::Text(text.clone())], text, unusual: false }
    }

    /// A secret: half of it found is a leak.
    pub(super) fn secret(text: impl Into<String>) -> Self {
        let text: String = text.into();
        let chars: Vec<char> = text.chars().collect();
        let needles = if chars.len() < 16 {
            vec![Needle::Text(text.clone())]
        } else {
            let half = chars.len() / 2;
            // The first characters say only which vendor's key it is.
            vec![
                Needle::Text(chars[half..].iter().collect()),
                Needle::Text(chars[chars.len() / 3..chars.len() * 3 / 4].iter().collect()),
            ]
        };
        Self { text, unusual: false, needles }
    }

    /// A number: `window` consecutive digits of it found are a leak.
    pub(super) fn number(text: impl Into<String>, window: usize) -> Self {
        let text = text.into();
        let digits = digits(&text);
        let window = window.min(digits.len());
        Self { needles: vec![Needle::Digits(digits, window)], text, unusual: false }
    }

    /// The same value, marked as unusual if `unusual`.
    pub(super) fn odd(mut self, unusual: bool) -> Self {
        self.unusual |= unusual;
        self
    }

    /// The same value, with one more proof of a leak.
    pub(super) fn or(mut self, text: impl Into<String>) -> Self {
        self.needles.push(Needle::Text(text.into()));
        self
    }
}

/// The value of a digit in any of the scripts the corpus writes digits in.
pub(super) fn digit(c: char) -> Option<char> {
    let base = match c {
        '0'..='9' => return Some(c),
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        '\u{660}'..='\u{669}' => 0x660,
        '\u{966}'..='\u{96f}' => 0x966,
        _ => return None,
    };
    char::from_digit(c as u32 - base, 10)
}

/// The digits of a text.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// One of several.
pub(super) fn one<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())]
}

/// Whether something that happens `percent` times in a hundred happens now.
pub(super) fn chance(rng: &mut Rng, percent: u32) -> bool {
    rng.u32(..100) < percent
}

/// `#` becomes a digit, `N` one of 2 to 9, `A` a capital letter, `h` a hexadecimal digit, `w` a letter or digit; a
/// backslash keeps what follows.
pub(super) fn shape(rng: &mut Rng, pattern: &str) -> String {
    let mut text = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '#' => rng.digit(10),
            'N' => char::from(b'2' + rng.u8(..8)),
            'A' => rng.uppercase(),
            'h' => char::from(b"0123456789abcdef"[rng.usize(..16)]),
            'w' => rng.alphanumeric(),
            '\\' => chars.next().unwrap_or('\\'),
            c => c,
        });
    }
    text
}

/// `count` characters of an alphabet.
pub(super) fn random(rng: &mut Rng, alphabet: &str, count: usize) -> String {
    let alphabet = alphabet.as_bytes();
    (0..count).map(|_| char::from(alphabet[rng.usize(..alphabet.len())])).collect()
}

/// Letters and digits.
pub(super) const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The digits grouped, with a separator between the groups; what is left is the last group.
pub(super) fn grouped(text: &str, groups: &[usize], separator: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = text;
    for &size in groups {
        if rest.len() <= size {
            break;
        }
        let (part, after) = rest.split_at(size);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts.join(separator)
}

/// The digit that makes `digits` followed by it pass Luhn's check.
pub(super) fn luhn(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, b)| {
            let d = u32::from(b - b'0') << u32::from(at % 2 == 0);
            if d > 9 { d - 9 } else { d }
        })
        .sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

/// The sum of the digits, each times its weight; the weights repeat.
pub(super) fn weighed(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights.iter().cycle()).map(|(b, w)| u32::from(b - b'0') * w).sum()
}
