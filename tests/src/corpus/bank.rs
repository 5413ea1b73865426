//! How to pay people: cards and accounts.

use fastrand::Rng;

use super::contact::Person;
use super::value::{Made, Needle, chance, grouped, luhn, one, random, shape, weighed};

/// Issuers' prefixes, lengths.
const CARDS: &[(&str, usize)] = &[
    ("4", 16),
    ("4", 16),
    ("4539", 16),
    ("51", 16),
    ("54", 16),
    ("2223", 16),
    ("2720", 16),
    ("34", 15),
    ("37", 15),
    ("6011", 16),
    ("65", 16),
    ("3530", 16),
    ("3589", 16),
    ("36", 14),
    ("38", 14),
    ("6212", 16),
    ("6250", 19),
    ("5018", 16),
    ("6759", 16),
    ("2202", 16),
    ("6521", 16),
];

/// A card number's digits.
fn card_digits(rng: &mut Rng) -> String {
    let (prefix, length) = one(rng, CARDS);
    let mut text = prefix.to_owned();
    text += &random(rng, "0123456789", length - 1 - prefix.len());
    text.push(luhn(&text));
    text
}

/// A card number: five digits of it are a leak.
pub(super) fn card(rng: &mut Rng, _: Person) -> Made {
    let text = card_digits(rng);
    let groups: &[usize] = if text.len() < 16 { &[4, 6] } else { &[4, 4, 4] };
    let (separator, odd) = match rng.u32(..20) {
        0..=8 => ("", false),
        9..=13 => (" ", false),
        14..=16 => ("-", false),
        n => (["\u{a0}", ".", "  "][n as usize - 17], true),
    };
    Made::number(grouped(&text, groups, separator), 5).odd(odd)
}

/// A card number without separators.
pub(super) fn card_plain(rng: &mut Rng, _: Person) -> Made {
    Made::number(card_digits(rng), 5)
}

/// A card's verification value.
pub(super) fn cvv(rng: &mut Rng, _: Person) -> Made {
    let length = if chance(rng, 20) { "####" } else { "###" };
    Made::text(shape(rng, length))
}

/// A card's expiry.
pub(super) fn expiry(rng: &mut Rng, _: Person) -> Made {
    let (month, year) = (rng.u32(1..13), rng.u32(27..36));
    let text = match rng.u32(..5) {
        0 => format!("{month:02}/20{year}"),
        1 => format!("20{year}-{month:02}"),
        2 => format!("{month:02}-{year}"),
        _ => format!("{month:02}/{year}"),
    };
    Made::text(text)
}

/// Account numbers inside an IBAN, by country.
const IBANS: &[(&str, &str)] = &[
    ("DE", "##################"),
    ("FR", "#######################"),
    ("GB", "BARC##############"),
    ("NL", "ABNA##########"),
    ("ES", "####################"),
    ("IT", "X######################"),
    ("PL", "########################"),
    ("BE", "############"),
    ("CH", "#################"),
    ("AT", "################"),
    ("SE", "####################"),
    ("PT", "#####################"),
    ("IE", "AIBK##############"),
    ("DK", "##############"),
    ("NO", "###########"),
    ("FI", "##############"),
];

/// An IBAN with its check digits right.
fn iban_compact(rng: &mut Rng) -> String {
    let (country, pattern) = one(rng, IBANS);
    let bban: String = pattern.chars().map(|c| if c == '#' { rng.digit(10) } else { c }).collect();
    let value = |c: char| c.to_digit(36).unwrap_or(0).to_string();
    let number: String = format!("{bban}{country}00").chars().map(value).collect();
    let rest = number.bytes().fold(0, |rest, b| (rest * 10 + u32::from(b - b'0')) % 97);
    format!("{country}{:02}{bban}", 98 - rest)
}

/// An IBAN: seven digits of it in a row are a leak.
pub(super) fn iban(rng: &mut Rng, _: Person) -> Made {
    let compact = iban_compact(rng);
    let tail: String = compact.chars().rev().take_while(char::is_ascii_digit).collect();
    let tail: String = tail.chars().rev().collect();
    let fours = [4; 8];
    let (text, odd) = match rng.u32(..12) {
        0..=5 => (compact, false),
        6..=9 => (grouped(&compact, &fours, " "), false),
        10 => (grouped(&compact, &fours, "-"), true),
        _ => (compact.to_lowercase(), true),
    };
    let window = tail.len().min(7);
    Made { text, unusual: odd, needles: vec![Needle::Digits(tail, window)] }
}

/// A bank account's number, known by its field's name or the words before it.
pub(super) fn account(rng: &mut Rng, _: Person) -> Made {
    let pattern = one(rng, &["########", "##########", "############", "000#########"]);
    Made::number(shape(rng, pattern), 6)
}

/// A US routing number with its check digit right.
pub(super) fn routing(rng: &mut Rng, _: Person) -> Made {
    let text = one(rng, &["02", "03", "06", "07", "11", "12", "26", "31"]).to_owned() + &random(rng, "0123456789", 6);
    let sum = weighed(&text, &[3, 7, 1]);
    Made::number(format!("{text}{}", (10 - sum % 10) % 10), 6)
}

/// A UK sort code.
pub(super) fn sort_code(rng: &mut Rng, _: Person) -> Made {
    Made::number(shape(rng, "##-##-##"), 6)
}
