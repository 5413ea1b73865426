//! Numbers that states give to people, with their check digits right.

use fastrand::Rng;

use super::contact::Person;
use super::value::{Made, Needle, chance, grouped, luhn, one, random, shape, weighed};

const DIGITS: &str = "0123456789";

/// A number written as `shape`, compact, or in another shape that few use.
fn written(rng: &mut Rng, compact: &str, groups: &[usize], separator: &str, odd_separator: &str) -> Made {
    match rng.u32(..20) {
        0..=9 => Made::number(grouped(compact, groups, separator), 6),
        10..=17 => Made::number(compact, 6),
        _ => Made::number(grouped(compact, groups, odd_separator), 6).odd(true),
    }
}

/// A number with letters in it: most of its characters found are a leak.
fn lettered(text: String, odd: bool) -> Made {
    let from = text.char_indices().nth(2).map_or(0, |(at, _)| at);
    Made { needles: vec![Needle::Text(text[from..].to_owned())], text, unusual: odd }
}

/// US social security number.
pub(super) fn ssn(rng: &mut Rng, _: Person) -> Made {
    let area = loop {
        let area = rng.u32(1..900);
        if area != 666 {
            break area;
        }
    };
    let compact = format!("{area:03}{:02}{:04}", rng.u32(1..100), rng.u32(1..10_000));
    let (separator, odd) = match rng.u32(..20) {
        0..=15 => ("-", false),
        16..=17 => (" ", false),
        _ => (".", true),
    };
    Made::number(grouped(&compact, &[3, 2], separator), 5).odd(odd)
}

/// The same without separators: only a name says what it is.
pub(super) fn ssn_plain(rng: &mut Rng, who: Person) -> Made {
    Made::number(super::value::digits(&ssn(rng, who).text), 5)
}

/// US tax number of people without a social security number.
pub(super) fn itin(rng: &mut Rng, _: Person) -> Made {
    let group = one(rng, &[50, 57, 64, 70, 75, 82, 88, 90, 92, 94, 99]);
    Made::number(format!("9{:02}-{group}-{:04}", rng.u32(..100), rng.u32(1..10_000)), 5)
}

/// UK national insurance number.
pub(super) fn nino(rng: &mut Rng, _: Person) -> Made {
    let prefix = one(rng, &["AB", "CE", "HM", "JG", "LX", "NR", "PW", "RS", "SK", "WZ", "YH"]);
    let (digits, suffix) = (random(rng, DIGITS, 6), one(rng, &["A", "B", "C", "D"]));
    let spaced = format!("{prefix} {} {suffix}", grouped(&digits, &[2, 2], " "));
    match rng.u32(..10) {
        0..=4 => lettered(format!("{prefix}{digits}{suffix}"), false),
        5..=8 => lettered(spaced, false),
        _ => lettered(spaced.replace(' ', "-"), true),
    }
}

/// UK NHS number.
pub(super) fn nhs(rng: &mut Rng, _: Person) -> Made {
    let compact = loop {
        let nine = shape(rng, "N########");
        let check = 11 - weighed(&nine, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        if check != 10 {
            break format!("{nine}{}", check % 11);
        }
    };
    written(rng, &compact, &[3, 3], " ", "-")
}

/// Canadian social insurance number.
pub(super) fn sin(rng: &mut Rng, _: Person) -> Made {
    let mut compact = format!("{}{}", rng.u32(1..8), random(rng, DIGITS, 7));
    compact.push(luhn(&compact));
    written(rng, &compact, &[3, 3], "-", ".")
}

/// Australian tax file number.
pub(super) fn tfn(rng: &mut Rng, _: Person) -> Made {
    let compact = loop {
        let nine = shape(rng, "N########");
        if weighed(&nine, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) {
            break nine;
        }
    };
    written(rng, &compact, &[3, 3], " ", "-")
}

/// Australian Medicare number.
pub(super) fn medicare(rng: &mut Rng, _: Person) -> Made {
    let eight = format!("{}{}", rng.u32(2..7), random(rng, DIGITS, 7));
    let check = weighed(&eight, &[1, 3, 7, 9]) % 10;
    let compact = format!("{eight}{check}{}", rng.u32(1..10));
    written(rng, &compact, &[4, 5], " ", "-")
}

/// Verhoeff's check digit, by way of the dihedral group of order ten.
fn verhoeff(digits: &str) -> usize {
    const PERMUTE: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let multiply = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let check = digits.bytes().rev().enumerate().fold(0, |check, (at, b)| {
        let permuted = (0..(at + 1) % 8).fold(usize::from(b - b'0'), |d, _| PERMUTE[d]);
        multiply(check, permuted)
    });
    if check < 5 { (5 - check) % 5 } else { check }
}

/// Indian Aadhaar number.
pub(super) fn aadhaar(rng: &mut Rng, _: Person) -> Made {
    let eleven = shape(rng, "N##########");
    let compact = format!("{eleven}{}", verhoeff(&eleven));
    written(rng, &compact, &[4, 4], " ", "-")
}

/// Indian tax number of a person.
pub(super) fn pan(rng: &mut Rng, _: Person) -> Made {
    lettered(shape(rng, "AAAPA####A"), false)
}

const NIF: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// Spanish identity number.
pub(super) fn nif(rng: &mut Rng, _: Person) -> Made {
    let number = rng.u32(1_000_000..99_999_999);
    let letter = char::from(NIF[number as usize % 23]);
    let odd = chance(rng, 20);
    let text = if odd { format!("{number:08}-{letter}") } else { format!("{number:08}{letter}") };
    lettered(text, odd)
}

/// Spanish identity number of a foreigner.
pub(super) fn nie(rng: &mut Rng, _: Person) -> Made {
    let (lead, number) = (rng.usize(..3), rng.u32(..10_000_000));
    let letter = char::from(NIF[(lead * 10_000_000 + number as usize) % 23]);
    lettered(format!("{}{number:07}{letter}", ["X", "Y", "Z"][lead]), false)
}

/// Italian tax code.
pub(super) fn codice_fiscale(rng: &mut Rng, _: Person) -> Made {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let names = one(rng, &["RSSMRA", "BNCGLI", "FRRLCU", "MRCGLI", "PLLVTR", "CSTNNA"]);
    let town = one(rng, &["H501", "F205", "L219", "A944", "G273"]);
    let code = format!(
        "{names}{:02}{}{:02}{town}",
        rng.u32(50..100),
        one(rng, &["A", "B", "C", "D", "E", "H", "L", "M"]),
        rng.u32(1..29)
    );
    let value = |c: u8| u32::from(if c.is_ascii_digit() { c - b'0' } else { c - b'A' });
    let sum: u32 =
        code.bytes().enumerate().map(|(at, c)| if at % 2 == 0 { ODD[value(c) as usize] } else { value(c) }).sum();
    let text = format!("{code}{}", char::from(b'A' + (sum % 26) as u8));
    if chance(rng, 15) { lettered(text.to_lowercase(), true) } else { lettered(text, false) }
}

/// German tax number of a person: one digit stands twice, one not at all.
pub(super) fn steuer_id(rng: &mut Rng, _: Person) -> Made {
    let mut ten: Vec<u8> = (b'0'..=b'9').collect();
    rng.shuffle(&mut ten);
    let (from, to) = (rng.usize(..10), rng.usize(..10));
    ten[to] = ten[(from + usize::from(from == to)) % 10];
    if ten[0] == b'0' {
        let zeros = 1 + usize::from(ten[1] == b'0');
        ten.rotate_left(zeros);
    }
    let product = ten.iter().fold(10, |product, b| {
        let sum = (u32::from(b - b'0') + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    let check = (11 - product) % 10;
    let ten = String::from_utf8(ten).expect("digits are ASCII");
    written(rng, &format!("{ten}{check}"), &[2, 3, 3], " ", "/")
}

/// French social security number.
pub(super) fn nir(rng: &mut Rng, _: Person) -> Made {
    let department = one(rng, &[1, 13, 31, 33, 44, 59, 69, 75, 92]);
    let number = format!(
        "{}{:02}{:02}{department:02}{:03}{:03}",
        rng.u32(1..3),
        rng.u32(40..100),
        rng.u32(1..13),
        rng.u32(1..400),
        rng.u32(1..500)
    );
    let key = 97 - number.parse::<u64>().expect("it is a number") % 97;
    written(rng, &format!("{number}{key:02}"), &[1, 2, 2, 2, 3, 3], " ", ".")
}

/// Dutch citizen number.
pub(super) fn bsn(rng: &mut Rng, _: Person) -> Made {
    let compact = loop {
        let eight = shape(rng, "N#######");
        let check = weighed(&eight, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        if check < 10 {
            break format!("{eight}{check}");
        }
    };
    written(rng, &compact, &[4, 2], ".", " ")
}

/// Polish identity number.
pub(super) fn pesel(rng: &mut Rng, _: Person) -> Made {
    let ten = format!("{:02}{:02}{:02}{:04}", rng.u32(50..100), rng.u32(1..13), rng.u32(1..29), rng.u32(..10_000));
    let check = (10 - weighed(&ten, &[1, 3, 7, 9]) % 10) % 10;
    Made::number(format!("{ten}{check}"), 6)
}

/// Brazilian tax number of a person.
pub(super) fn cpf(rng: &mut Rng, _: Person) -> Made {
    let mut compact = random(rng, DIGITS, 9);
    for weights in [&[10, 9, 8, 7, 6, 5, 4, 3, 2][..], &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2][..]] {
        let rest = weighed(&compact, weights) * 10 % 11 % 10;
        compact += &rest.to_string();
    }
    let dotted = format!("{}-{}", grouped(&compact[..9], &[3, 3], "."), &compact[9..]);
    match rng.u32(..10) {
        0..=5 => Made::number(dotted, 6),
        6..=8 => Made::number(compact, 6),
        _ => Made::number(dotted.replace(['.', '-'], " "), 6).odd(true),
    }
}

/// Singaporean identity number.
pub(super) fn nric(rng: &mut Rng, _: Person) -> Made {
    let (lead, seven) = (rng.usize(..2), random(rng, DIGITS, 7));
    let sum = weighed(&seven, &[2, 7, 6, 5, 4, 3, 2]) as usize + lead * 4;
    lettered(format!("{}{seven}{}", ["S", "T"][lead], char::from(b"JZIHGFEDCBA"[sum % 11])), false)
}

/// Swedish personal number.
pub(super) fn personnummer(rng: &mut Rng, _: Person) -> Made {
    let nine = format!("{:02}{:02}{:02}{:03}", rng.u32(40..100), rng.u32(1..13), rng.u32(1..29), rng.u32(1..1000));
    let check = luhn(&nine);
    let century = if chance(rng, 50) { "19" } else { "" };
    Made::number(format!("{century}{}-{}{check}", &nine[..6], &nine[6..]), 6)
}

/// Swiss social security number.
pub(super) fn ahv(rng: &mut Rng, _: Person) -> Made {
    let twelve = format!("756{}", random(rng, DIGITS, 9));
    let check = (10 - weighed(&twelve, &[1, 3]) % 10) % 10;
    written(rng, &format!("{twelve}{check}"), &[3, 4, 4], ".", " ")
}

/// Belgian national number.
pub(super) fn rijksregister(rng: &mut Rng, _: Person) -> Made {
    let nine = format!("{:02}{:02}{:02}{:03}", rng.u32(50..100), rng.u32(1..13), rng.u32(1..29), rng.u32(1..998));
    let key = 97 - nine.parse::<u64>().expect("it is a number") % 97;
    let text = format!("{}.{}.{}-{}.{key:02}", &nine[..2], &nine[2..4], &nine[4..6], &nine[6..]);
    Made::number(if chance(rng, 30) { format!("{nine}{key:02}") } else { text }, 6)
}

/// Chinese identity number.
pub(super) fn cn_id(rng: &mut Rng, _: Person) -> Made {
    let region = one(rng, &["110101", "310104", "440305", "510107", "330106"]);
    let text =
        format!("{region}{}{:02}{:02}{:03}", rng.u32(1950..2005), rng.u32(1..13), rng.u32(1..29), rng.u32(1..1000));
    let sum = weighed(&text, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    Made::number(format!("{text}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11]), 6)
}

/// A passport's number: nothing but a name tells it from any other code.
pub(super) fn passport(rng: &mut Rng, _: Person) -> Made {
    let pattern = one(rng, &["#########", "C01X##T4#", "A########", "AA#######", "##AA#####", "K#######"]);
    lettered(shape(rng, pattern), false)
}

/// A driver's licence.
pub(super) fn licence(rng: &mut Rng, _: Person) -> Made {
    let pattern = one(rng, &["A#######", "A###-####-####", "AAAAA######AA#AA", "########", "AA##AA####"]);
    lettered(shape(rng, pattern), false)
}
