//! Numbers states give to persons. Taken without context only where a checksum or a shape with letters or separators makes a
//! chance match rare; bare digits need a word beside them.

use std::ops::Range;

use droplets_pattern::pattern;

use super::candidate::{Candidate, Digits, luhn};
use super::context::Words;
use super::detector::{DIGIT, Detector, Find, LETTER, Needs, Shape, UPPER};
use super::kind::Kind;
use super::traits::has;

const DIGITS_AND_LETTERS: u32 = has::UPPER | has::LOWER;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "US SSN: area, group, serial",
        kind: Kind::Ssn,
        needs: Needs { number: 9, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(9).of(&[3, 5, 9]),
            pattern!(r"[0-9]{3}[-. ]?[0-9]{2}[-. ]?[0-9]{4}"),
            ssn,
        ),
    },
    Detector {
        name: "US ITIN: groups",
        kind: Kind::Itin,
        needs: Needs { number: 9, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"9").digits(9).of(&[3, 5, 9]),
            pattern!(r"9[0-9]{2}[-. ]?[0-9]{2}[-. ]?[0-9]{4}"),
            itin,
        ),
    },
    Detector {
        name: "UK NHS number: mod 11",
        kind: Kind::Nhs,
        needs: Needs { number: 10, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(10).of(&[3, 6, 10]),
            pattern!(r"[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{4}"),
            nhs,
        ),
    },
    // Prefixes by HMRC's NIM39110: no D, F, I, Q, U, V; no O second; none of the unused pairs.
    Detector {
        name: "UK national insurance number: prefix table",
        kind: Kind::Nino,
        needs: Needs { chain: 6, any: DIGITS_AND_LETTERS, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"ABCEGHJKLMNOPRSTWXYZabceghjklmnoprstwxyz").of(&[2, 4, 6, 8, 9]).digit_within(5),
            pattern!(r"(?i:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]) ?-?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-Da-d]\b"),
            nino,
        ),
    },
    Detector {
        name: "national number: the path's part before it",
        kind: Kind::NationalId,
        needs: Needs { all: has::SLASH | has::DIGIT, digits: 2, ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(
                r"(?i)/(?:cpf|ssn|nif|dni|nie|pesel|bsn|nino|nhs|sin|tfn|aadhaar|cnp|egn|rut|curp|nric|personnummer|national-id|tax-id)/[0-9A-Z.-]{7,18}\b"
            ),
            |c| {
                let value = c.last_part()?;
                let digits = c.text.as_bytes().get(value.clone())?.iter().filter(|b| b.is_ascii_digit()).count();
                (digits >= 6).then_some(value)
            },
        ),
    },
    Detector {
        name: "passport: the path's part before it",
        kind: Kind::Passport,
        needs: Needs { all: has::SLASH | has::DIGIT, digits: 5, ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"(?i)/passports?/[A-Z]{0,3}[0-9]{5,9}[A-Z]?\b"), |c| c.last_part()),
    },
    Detector {
        name: "Italian codice fiscale: in groups, a word before it",
        kind: Kind::NationalId,
        needs: Needs { all: has::DIGIT | has::SPACE, cue: Some(&CODICE), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(r"(?i)\b[A-Z]{3} [A-Z]{3} [0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2} [A-Z][0-9LMNP-V]{3}[A-Z]\b"),
            codice_fiscale,
        ),
    },
    // Italy's codice fiscale.
    Detector {
        name: "Italian codice fiscale: letters and digits in their places",
        kind: Kind::NationalId,
        needs: Needs { all: has::DIGIT, any: DIGITS_AND_LETTERS, word: 16, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(LETTER).of(&[16]).holds(has::DIGIT),
            pattern!(r"(?i:[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z])\b"),
            codice_fiscale,
        ),
    },
    // Finland's henkilötunnus.
    Detector {
        name: "Finnish henkilötunnus: check character",
        kind: Kind::NationalId,
        needs: Needs { digits: 6, run: 11, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).of(&[6, 11]),
            pattern!(r"[0-9]{6}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Ya-y]\b"),
            henkilotunnus,
        ),
    },
    // Sweden's personnummer, with its separator.
    Detector {
        name: "Swedish personnummer: date, Luhn",
        kind: Kind::NationalId,
        needs: Needs { number: 10, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(6).of(&[6, 8]),
            pattern!(r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}\b"),
            personnummer,
        ),
    },
    // Spain's NIF and NIE.
    Detector {
        name: "Spanish NIF, NIE: check letter",
        kind: Kind::NationalId,
        needs: Needs { chain: 7, any: DIGITS_AND_LETTERS, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"0123456789XYZxyz").of(&[1, 2, 8, 9]).digit_within(3),
            pattern!(r"(?:[0-9]{8}|[0-9]{2}\.[0-9]{3}\.[0-9]{3}|[XYZxyz]-?[0-9]{7})-?[A-Za-z]\b"),
            nif,
        ),
    },
    // Brazil's CPF and CNPJ as written.
    Detector {
        name: "Brazilian CPF: check digits",
        kind: Kind::NationalId,
        needs: Needs { number: 11, all: has::DASH, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(11).of(&[3, 9]),
            pattern!(r"(?:[0-9]{3}\.[0-9]{3}\.[0-9]{3}|[0-9]{9})-[0-9]{2}\b"),
            cpf,
        ),
    },
    // India's Aadhaar in groups, and PAN.
    Detector {
        name: "Indian Aadhaar: Verhoeff",
        kind: Kind::NationalId,
        needs: Needs { number: 12, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"23456789").digits(12).of(&[4]),
            pattern!(r"[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}\b"),
            aadhaar,
        ),
    },
    Detector {
        name: "Indian PAN: holder letter",
        kind: Kind::NationalId,
        needs: Needs { all: has::UPPER | has::DIGIT, digits: 4, word: 10, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(UPPER).of(&[10]).holds(has::DIGIT),
            pattern!(r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]\b"),
            alone,
        ),
    },
    // Singapore's NRIC and FIN.
    Detector {
        name: "Singapore NRIC, FIN: check letter",
        kind: Kind::NationalId,
        needs: Needs { digits: 7, any: DIGITS_AND_LETTERS, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"STFGMstfgm").of(&[9]).holds(has::DIGIT),
            pattern!(r"[STFGMstfgm][0-9]{7}[A-Za-z]\b"),
            nric,
        ),
    },
    // China's resident identity number.
    Detector {
        name: "Chinese resident identity: mod 11-2, date",
        kind: Kind::NationalId,
        needs: Needs { digits: 17, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"12345678").of(&[18]),
            pattern!(r"[1-8][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]\b"),
            china,
        ),
    },
    // Korea's resident registration number with its dash.
    Detector {
        name: "Korean resident registration: date",
        kind: Kind::NationalId,
        needs: Needs { number: 13, all: has::DASH, ..Needs::NOTHING },
        find: Find::AtWord(Shape::begins(DIGIT).digits(13).of(&[6]), pattern!(r"[0-9]{6}-[1-4][0-9]{6}\b"), korea),
    },
    // France's NIR: sex, year, month, place, order, key.
    Detector {
        name: "French NIR: key mod 97, month",
        kind: Kind::NationalId,
        needs: Needs { chain: 8, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"12").digits(6).of(&[1, 3, 5, 7, 10, 13, 15]),
            pattern!(r"[12][ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9][0-9AB][ -]?[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{2}\b"),
            nir,
        ),
    },
    // US Medicare beneficiary identifier with its dashes.
    Detector {
        name: "US Medicare beneficiary: letter table",
        kind: Kind::NationalId,
        needs: Needs { all: has::DASH, any: DIGITS_AND_LETTERS, run: 13, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"123456789").of(&[4]).holds(has::DIGIT),
            pattern!(
                r"(?i:[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]-[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]-[AC-HJKMNP-RT-Y]{2}[0-9]{2})\b"
            ),
            alone,
        ),
    },
    // UK driving licence.
    Detector {
        name: "UK driving licence: date",
        kind: Kind::DriverLicense,
        needs: Needs { all: has::DIGIT | has::UPPER, word: 16, chain: 6, plain: true, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(UPPER).of(&[16]).holds(has::DIGIT),
            pattern!(r"[A-Z]{1,5}9{0,4}[0-9][0156][0-9][0-3][0-9]{2}[A-Z][A-Z9][0-9A-Z][A-Z]{2}\b"),
            uk_licence,
        ),
    },
    // Canada's SIN in groups.
    Detector {
        name: "Canadian SIN: Luhn, groups",
        kind: Kind::NationalId,
        needs: Needs { number: 9, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"12345679").digits(9).of(&[3]),
            pattern!(r"[1-79][0-9]{2}(?:-[0-9]{3}-| [0-9]{3} )[0-9]{3}\b"),
            sin,
        ),
    },
    // Mexico's CURP: letters of the name, date of birth, sex, state, letters of the name again.
    Detector {
        name: "Mexican CURP: letters and digits in their places, date",
        kind: Kind::NationalId,
        needs: Needs { all: has::DIGIT | has::UPPER, digits: 6, word: 18, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(UPPER).of(&[18]).holds(has::DIGIT),
            pattern!(r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]\b"),
            |c| {
                let date = Digits::of(c.matched().get(4..10)?);
                when(c, valid_date(date.number(4..6), date.number(2..4)) && c.stands_alone())
            },
        ),
    },
    // Switzerland's AHV number: GS1's check digit behind the country's 756.
    Detector {
        name: "Swiss AHV number: country, check digit",
        kind: Kind::NationalId,
        needs: Needs { number: 13, all: has::DOT, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"7").digits(13).of(&[3]),
            pattern!(r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}\b"),
            |c| {
                let digits = c.digits();
                let weighed = digits.as_slice().iter().zip([1, 3].into_iter().cycle());
                when(
                    c,
                    weighed.map(|(digit, weight)| u32::from(*digit) * weight).sum::<u32>().is_multiple_of(10)
                        && c.stands_alone(),
                )
            },
        ),
    },
    // Belgium's national number: 97 minus the rest of the nine digits, with a two before them for those born since 2000.
    Detector {
        name: "Belgian national number: date, mod 97",
        kind: Kind::NationalId,
        needs: Needs { number: 11, all: has::DOT | has::DASH, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(11).of(&[2]),
            pattern!(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}[.-][0-9]{2}\b"),
            |c| {
                let digits = c.digits();
                let (number, check) = (digits.number(0..9), digits.number(9..11));
                let valid = [number, 2_000_000_000 + number].iter().any(|number| 97 - number % 97 == check);
                when(c, valid && c.stands_alone())
            },
        ),
    },
    // South Africa's: the date of birth, a serial, citizenship, a digit that was the race's, Luhn.
    Detector {
        name: "South African identity number: date, Luhn, a word beside it",
        kind: Kind::NationalId,
        needs: Needs { number: 13, digits: 13, cue: Some(&IDENTITY), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9]{10}[012][0-9]{2}\b"), |c| {
            let digits = c.digits();
            let dated = valid_date(digits.number(4..6), digits.number(2..4));
            when(c, dated && luhn(digits.as_slice()) && c.stands_alone() && c.next_to(&IDENTITY))
        }),
    },
    // Everything else by the word beside it.
    Detector {
        name: "number of an identity document: a word beside it",
        kind: Kind::NationalId,
        needs: Needs {
            all: has::DIGIT | has::UPPER,
            any: has::SPACE | has::COLON | has::WIDE,
            word: 7,
            plain: true,
            cue: Some(&ID_WORDS),
            ..Needs::NOTHING
        },
        find: Find::Pattern(pattern!(r"\b[0-9]{0,4}[A-Z][0-9A-Z]{6,16}\b"), |c| {
            let digits = c.matched().iter().filter(|b| b.is_ascii_digit()).count();
            // A German card's has no vowels, and digits as they come.
            let card = matches!(c.matched().len(), 9 | 10)
                && digits >= 1
                && c.matched().iter().all(|b| b"CFGHJKLMNPRTVWXYZ0123456789".contains(b))
                && c.behind(24, &AUSWEIS);
            let alone = (digits >= 4 || card) && !c.hint.is_specific() && c.stands_alone() && !c.behind(12, &VAT);
            when(c, alone && (c.next_to(&ID_WORDS) || c.called(&ID_WORDS)))
        }),
    },
    Detector {
        name: "Indian PAN: a word before it",
        kind: Kind::NationalId,
        needs: Needs { all: has::DIGIT | has::LOWER, word: 10, cue: Some(&PAN_WORDS), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[a-z]{3}[abcfghjlpt][a-z][0-9]{4}[a-z]\b"), |c| {
            when(c, c.stands_alone() && c.next_to(&PAN_WORDS))
        }),
    },
    Detector {
        name: "national number: a word beside it",
        kind: Kind::NationalId,
        needs: Needs {
            chain: 6,
            any: has::SPACE | has::COLON | has::WIDE,
            plain: true,
            cue: Some(&ID_WORDS),
            ..Needs::NOTHING
        },
        find: Find::Pattern(pattern!(r"\b[A-Za-z]{0,3}[0-9][0-9A-Za-z ./-]{5,24}\b"), by_context),
    },
    Detector {
        name: "driving licence: a word before it",
        kind: Kind::DriverLicense,
        needs: Needs {
            all: has::DIGIT,
            any: has::UPPER | has::LOWER | has::WIDE,
            run: 6,
            plain: true,
            cue: Some(&LICENCE_WORDS),
            ..Needs::NOTHING
        },
        find: Find::Pattern(
            pattern!(r"\b(?:[0-9]{5}/[0-9]{2}/[0-9]{4}|[A-Za-z]{0,6}-?[0-9](?:[ -]?[0-9A-Za-z]){4,17})\b"),
            licence,
        ),
    },
    Detector {
        name: "driving licence: a word before it, and a car's or who issued it",
        kind: Kind::DriverLicense,
        needs: Needs {
            all: has::UPPER | has::DIGIT | has::SPACE,
            run: 7,
            plain: true,
            cue: Some(&LICENCES),
            ..Needs::NOTHING
        },
        find: Find::Pattern(
            pattern!(
                r"\b[A-Z][0-9A-Z]{6,16}\b|\b[A-Z][0-9]{3}(?:-[0-9]{2,4}){2,4}(?:-[0-9])?\b|\b[0-9]{3} [0-9]{3} [0-9]{3}\b|\b[0-9]{7,9}\b"
            ),
            |c| {
                let digits = c.matched().iter().filter(|b| b.is_ascii_digit()).count();
                // `O820-693-62-372-3`: as Florida's are grouped.
                let grouped = c.matched().iter().filter(|b| **b == b'-').count() >= 3;
                let told = grouped || c.behind(112, &CARS) || c.followed(12, &ISSUED);
                when(c, digits >= 3 && c.stands_alone() && c.behind(10, &LICENCES) && told)
            },
        ),
    },
    // ICAO 9303, part 4: the second line of a passport that a machine reads.
    Detector {
        name: "machine-readable line of a passport: ICAO 9303, check digits",
        kind: Kind::Passport,
        needs: Needs { all: has::DIGIT | has::UPPER | has::LESS, ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(r"\b[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{7}[MFX<][0-9]{7}[A-Z0-9<]{14}[0-9<][0-9]\b"),
            machine_read,
        ),
    },
    // Ontario's: `K0783-62384-86629`.
    Detector {
        name: "Ontario driving licence: shape, a word before it",
        kind: Kind::DriverLicense,
        needs: Needs {
            all: has::UPPER | has::DIGIT | has::DASH,
            run: 17,
            plain: true,
            cue: Some(&LICENCES),
            ..Needs::NOTHING
        },
        find: Find::Pattern(pattern!(r"\b[A-Z][0-9]{4}-[0-9]{5}-[0-9]{5}\b"), |c| {
            when(c, c.stands_alone() && c.behind(32, &LICENCES))
        }),
    },
    // `Pass 20765661, flyg BA954`
    Detector {
        name: "passport: before a flight",
        kind: Kind::Passport,
        needs: Needs { all: has::SPACE | has::DIGIT, digits: 8, plain: true, cue: Some(&FLIGHT), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9]{8,9}\b"), |c| {
            when(c, c.stands_alone() && c.behind(6, &PASS) && c.followed(10, &FLIGHT))
        }),
    },
    Detector {
        name: "passport: a word beside it",
        kind: Kind::Passport,
        needs: Needs {
            any: has::SPACE | has::COLON | has::WIDE,
            plain: true,
            cue: Some(&PASSPORT_WORDS),
            ..Needs::NOTHING
        },
        find: Find::Pattern(
            pattern!(r"\b(?:[A-Za-z]{0,3}-?[0-9](?:[ -]?[0-9]|[A-Za-z]){5,10}|[A-Z][0-9A-Z]{8})\b"),
            passport,
        ),
    },
];

fn alone(c: &Candidate<'_>) -> Option<Range<usize>> {
    (c.stands_alone() && !c.hint.is_specific()).then_some(c.start..c.end)
}

fn when(c: &Candidate<'_>, personal: bool) -> Option<Range<usize>> {
    personal.then_some(c.start..c.end)
}

/// Lengths of the digit groups, and whether one and the same separator stands between them.
fn groups(c: &Candidate<'_>) -> (Vec<usize>, bool) {
    let matched = c.matched();
    let lengths = matched.split(|b| !b.is_ascii_digit()).map(<[u8]>::len).collect();
    let mut separators = matched.iter().filter(|b| !b.is_ascii_digit());
    let first = separators.next();
    (lengths, separators.all(|b| Some(b) == first))
}

static SSN_WORDS: Words = Words::new(&[
    "ssn",
    "social security",
    "social sec",
    "my social",
    "her social",
    "his social",
    "social is",
    "soc sec",
    "ss#",
    "tax id",
    "taxpayer",
    "itin",
    "tin$",
]);

static IDENTITY: Words = Words::new(&["id ", "id:", "id#", "identity"]);
static AUSWEIS: Words = Words::new(&["personalausweis", "ausweis", "perso$"]);
/// Between a number and what it is called whoever's it is may be named.
static IS_CALLED: Words = Words::new(&["lautet$", "is$", "ist$", "est$", "es$", "jest$", "är$"]);
/// A passenger's: `e-ticket 220-2917733103`.
static TICKET: Words = Words::new(&["ticket$"]);
static PAN_WORDS: Words = Words::new(&["pan$", "pan:"]);
static TICKETS: Words = Words::new(&[
    "ticket",
    "order",
    "parça",
    "części",
    "réf.",
    "replaces$",
    "case$",
    "invoice",
    "model",
    "part$",
    "part number",
    "serial",
    "sku",
    "referenc",
    "référence",
    "referenz",
    "articolo",
    "artikel",
    "onderdeel",
    "equipment",
    "reader",
    "item",
    "lot$",
    "rack",
    "batch",
    "paketti",
    "paket$",
    "paquete",
    "paczk",
    "colis",
    "parcel",
    "tracking",
    "shipment",
    "pacco",
    "csomag",
    "zásilka",
    "balík",
    "pakke",
    "pakket",
]);
static UNITS: Words = Words::new(&["mm$", "cm$", "kg$"]);
static NHS_WORDS: Words = Words::new(&["nhs", "patient", "national health"]);
static PASSPORT_WORDS: Words = Words::new(&[
    "passport",
    "reisepass",
    "pass-nr",
    "passnummer",
    "passeport",
    "pasaporte",
    "passaporto",
    "passaporte",
    "travel document",
    "paspoort",
    "pasaport",
    "paszport",
    "pasu$",
    "pasnummer",
    "passnr",
    "pass nr",
    "pass no",
    "паспорт",
    "διαβατ",
    "护照",
    "護照",
    "여권",
    "パスポート",
    "旅券",
    "पासपोर्ट",
    "جواز",
    "útlevél",
    "pašaport",
    "putovnic",
    "pașaport",
    "cestovní pas",
    "cestovný pas",
    "číslo pasu",
    "pas nr",
    "pas č",
    "passinumero",
    "passets",
    "passet",
    "דרכון",
    "หนังสือเดินทาง",
    "hộ chiếu",
    "paspor",
    "pasport",
]);

/// SSA: no area 000, 666 or 900–999, no group 00, no serial 0000. Ungrouped or half grouped digits need a word beside them.
fn ssn(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = c.digits();
    let (area, group, serial) = (digits.number(0..3), digits.number(3..5), digits.number(5..9));
    let itin_group = matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99);
    // A nine-hundred that is no ITIN either was written down as one or the other.
    let possible = group != 0 && serial != 0 && area != 0 && area != 666 && (area < 900 || !itin_group);
    let (lengths, uniform) = groups(c);
    let grouped = lengths == [3, 2, 4] && uniform;
    let in_context = uniform && !c.hint.is_specific() && c.near_before(&SSN_WORDS);
    let part = c.behind(18, &TICKETS) && !in_context;
    // `120-45-1800 mm`
    let measured = !in_context && c.followed(4, &UNITS);
    when(c, possible && !part && !measured && c.stands_alone() && ((grouped && area < 900) || in_context))
}

/// IRS: 9xx, with a group of 50–65, 70–88, 90–92 or 94–99.
fn itin(c: &Candidate<'_>) -> Option<Range<usize>> {
    let group = c.digits().number(3..5);
    let (lengths, uniform) = groups(c);
    let grouped = lengths == [3, 2, 4] && uniform;
    let in_context = !c.hint.is_specific() && c.near_before(&SSN_WORDS);
    when(c, matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99) && c.stands_alone() && (grouped || in_context))
}

/// NHS Data Dictionary: weights 10 to 2, eleven minus the sum modulo eleven is the last digit.
fn nhs(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = c.digits();
    let digits = digits.as_slice();
    let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(d, w): (&u8, u32)| u32::from(*d) * w).sum();
    let check = (11 - sum % 11) % 11;
    let valid =
        digits.last().is_some_and(|last| u32::from(*last) == check) && digits.windows(2).any(|w| w.first() != w.last());
    let (lengths, uniform) = groups(c);
    // Dashes and no leading zero or one in the first two groups: a North American telephone number first of all.
    let dialable =
        c.matched().contains(&b'-') && digits.first().is_some_and(|d| *d > 1) && digits.get(3).is_some_and(|d| *d > 1);
    let grouped = lengths == [3, 3, 4] && uniform && (!dialable || c.next_to(&NHS_WORDS)) && !c.behind(10, &TICKETS);
    // Ten bare digits are as often a time or a count; those never start with a zero.
    let bare = lengths.len() == 1
        && !c.hint.is_specific()
        && (c.near(&NHS_WORDS) || (digits.first() == Some(&0) && c.is_everything()));
    when(c, valid && c.stands_alone() && (grouped || bare))
}

fn nino(c: &Candidate<'_>) -> Option<Range<usize>> {
    let prefix: Vec<u8> = c.matched().iter().take(2).map(u8::to_ascii_uppercase).collect();
    let unused = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].iter().any(|pair| prefix == **pair);
    // In pairs, as people write it; `PN-025178-B` under `part_number` is a part's.
    let pairs = c.matched().iter().filter(|b| matches!(b, b' ' | b'-')).count() >= 4;
    when(c, !unused && c.stands_alone() && (!c.hint.is_specific() || pairs))
}

/// Decreto ministeriale 23/12/1976: odd places by a table, even ones by value, modulo 26. Codes of foreign and older software
/// carry a wrong letter; the shape alone is rare enough.
static CODICE: Words = Words::new(&["codice", "fiscale", "c.f.", "cf$"]);

fn codice_fiscale(c: &Candidate<'_>) -> Option<Range<usize>> {
    // `UqCTiYM2mm3gs6Ld` is a key.
    let holds = |is: fn(&u8) -> bool| c.matched().iter().any(is);
    let mixed =
        holds(u8::is_ascii_uppercase) && holds(u8::is_ascii_lowercase) && !holds(|b| *b == b' ') && !c.near(&CODICE);
    when(c, !mixed && c.stands_alone() && c.matched().iter().any(u8::is_ascii_digit))
}

fn valid_date(day: u64, month: u64) -> bool {
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

/// DVV: the day, month, year and serial as one number modulo 31 pick the last character.
fn henkilotunnus(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = Digits::of(c.matched().get(..10)?);
    let (date, serial) = (digits.number(0..6), digits.number(6..9));
    let expected = *b"0123456789ABCDEFHJKLMNPRSTUVWXY".get((date * 1000 + serial) as usize % 31)?;
    let valid = c.matched().last().is_some_and(|b| b.to_ascii_uppercase() == expected)
        && valid_date(digits.number(0..2), digits.number(2..4))
        && serial >= 2;
    when(c, valid && c.stands_alone() && c.after() != Some(b'-'))
}

/// Skatteverket: Luhn over the ten digits, a day above 60 for coordination numbers.
fn personnummer(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = c.digits();
    let ten = digits.as_slice().get(digits.as_slice().len().checked_sub(10)?..)?;
    let month = u64::from(*ten.get(2)?) * 10 + u64::from(*ten.get(3)?);
    let day = u64::from(*ten.get(4)?) * 10 + u64::from(*ten.get(5)?);
    // `20260916-2595` is the number of a day's batch: no child of that age has an account.
    let young = digits.as_slice().len() == 12 && digits.number(0..4) >= 2020 && !c.near(&ID_WORDS);
    when(c, luhn(ten) && !young && valid_date(if day > 60 { day - 60 } else { day }, month) && c.stands_alone())
}

/// Ministerio del Interior: the number modulo 23 picks the letter; X, Y, Z of a NIE count as 0, 1, 2.
fn nif(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let lead = match matched.first()?.to_ascii_uppercase() {
        b'Y' => 10_000_000,
        b'Z' => 20_000_000,
        _ => 0,
    };
    let digits = c.digits();
    let number = lead + digits.number(0..digits.as_slice().len());
    let expected = *b"TRWAGMYFPDXBNJZSQVHLCKE".get(number as usize % 23)?;
    when(
        c,
        matched.last().is_some_and(|b| b.to_ascii_uppercase() == expected) && c.stands_alone() && !c.hint.is_specific(),
    )
}

/// Receita Federal: two check digits, weights from 10 and from 11.
fn cpf(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = c.digits();
    let digits = digits.as_slice();
    let check = |count: usize| {
        let sum: usize = digits.iter().take(count).enumerate().map(|(i, d)| usize::from(*d) * (count + 1 - i)).sum();
        (sum * 10 % 11) % 10
    };
    let valid = digits.get(9).is_some_and(|d| usize::from(*d) == check(9))
        && digits.get(10).is_some_and(|d| usize::from(*d) == check(10));
    when(c, valid && c.stands_alone())
}

/// UIDAI: the Verhoeff check over twelve digits.
fn aadhaar(c: &Candidate<'_>) -> Option<Range<usize>> {
    const PERMUTATION: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    // The dihedral group of order ten: 0–4 are rotations, 5–9 reflections.
    let multiply = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let permute =
        |digit: usize, times: usize| (0..times % 8).fold(digit, |d, _| PERMUTATION.get(d).copied().unwrap_or(d));
    let sum = c
        .digits()
        .as_slice()
        .iter()
        .rev()
        .enumerate()
        .fold(0, |sum, (i, d)| multiply(sum, permute(usize::from(*d), i)));
    let (_, uniform) = groups(c);
    // `2026-1165-5621`: the year's batch.
    let dated =
        matches!(c.digits().number(0..4), 2015..=2035) && c.matched().get(4) == Some(&b'-') && !c.near(&ID_WORDS);
    when(c, sum == 0 && uniform && !dated && c.stands_alone() && !c.behind(16, &TICKETS) && !c.continues_groups())
}

/// ICA: weights 2, 7, 6, 5, 4, 3, 2; the series shifts the sum; a table each for citizens, foreigners and the M series.
fn nric(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let digits = c.digits();
    let sum: u32 =
        digits.as_slice().iter().zip([2, 7, 6, 5, 4, 3, 2]).map(|(d, w): (&u8, u32)| u32::from(*d) * w).sum();
    let (shift, letters): (u32, &[u8; 11]) = match matched.first()?.to_ascii_uppercase() {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        _ => (3, b"XWUTRQPNJLK"),
    };
    // The M series counts its table from the other end.
    let index = (sum + shift) as usize % 11;
    let expected = letters.get(index).copied();
    when(c, matched.last().map(u8::to_ascii_uppercase) == expected && c.stands_alone() && !c.hint.is_specific())
}

/// GB 11643: ISO 7064 mod 11-2 over seventeen digits, X for ten.
fn china(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let rest = matched.iter().take(17).fold(0u32, |sum, b| (sum + u32::from(b - b'0')) * 2 % 11);
    let check = (12 - rest) % 11;
    let last = if matched.last().is_some_and(|b| b.eq_ignore_ascii_case(&b'X')) {
        10
    } else {
        u32::from(matched.last()? - b'0')
    };
    let digits = Digits::of(matched);
    when(c, check == last && valid_date(digits.number(12..14), digits.number(10..12)) && c.stands_alone())
}

fn korea(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = c.digits();
    when(c, valid_date(digits.number(4..6), digits.number(2..4)) && c.stands_alone())
}

/// INSEE: 97 minus the first thirteen modulo 97; Corsica's 2A and 2B count as 19 and 18.
fn nir(c: &Candidate<'_>) -> Option<Range<usize>> {
    let mut value = 0u64;
    let mut digits = 0;
    for byte in c.matched().iter().filter(|b| b.is_ascii_alphanumeric()) {
        value = match byte {
            b'A' => (value / 10) * 100 + 19,
            b'B' => (value / 10) * 100 + 18,
            _ => value * 10 + u64::from(byte - b'0'),
        };
        digits += 1;
    }
    let month = Digits::of(c.matched()).number(3..5);
    let valid = digits == 15 && 97 - (value / 100) % 97 == value % 100 && (matches!(month, 1..=12 | 20..=42 | 50..=99));
    let grouped = c.matched().iter().any(|b| matches!(b, b' ' | b'-' | b'A' | b'B'));
    when(c, valid && c.stands_alone() && (grouped || !c.hint.is_specific()))
}

/// DVLA: the date of birth in the middle must be one; women's months count from 51.
fn uk_licence(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    if matched.len() != 16 {
        return None;
    }
    let digits = Digits::of(matched.get(5..11)?);
    let month = digits.number(1..3);
    let month = if month > 50 { month - 50 } else { month };
    when(
        c,
        digits.as_slice().len() == 6
            && valid_date(digits.number(3..5), month)
            && c.stands_alone()
            && !c.hint.is_specific(),
    )
}

fn sin(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = c.digits();
    let same = digits.as_slice().windows(2).all(|w| w.first() == w.last());
    when(c, luhn(digits.as_slice()) && !same && c.stands_alone() && !c.continues_groups())
}

#[rustfmt::skip]
static ID_WORDS: Words = Words::new(&[
    "aadhaar", "aadhar", "pan number", "pan card", "voter id", "national id", "national identification",
    "identity card", "identity number", "id card", "tax file", "tfn$", "medicare", "social insurance", "sin$",
    "sin:", "nas$", "nas:", "tax id", "tax number", "taxpayer", "steuer-id", "steuerid", "steuernummer", "idnr",
    "sozialversicherung",
    "rvnr", "personalausweis", "krankenkasse", "kvnr", "versichertennummer", "pesel", "bsn", "burgerservicenummer",
    "personnummer", "personal identity", "identitetsnummer", "identifikationsnummer", "identification number", "numer identyfikacyjny", "hetu", "henkilötunnus", "codice fiscale", "dni$", "nif$", "nie:", "nie n", "nie es", "nuss",
    "आधार", "fødselsnummer", "fodselsnummer", "foedselsnummer", "cnp:", "numeric personal", "nik$", "no ktp", "ktp$", "oib$", "oib:", "jmbg", "emšo", "isikukood", "asmens kod", "personas kod", "kennitala", "ahv", "avs$", "nrn$", "registre national", "rijksregister",
    "bvn$", "nin$", "mykad", "my social", "as her social", "as his social", "social is", "cpr$", "cpr-nummer", "personnr", "samordningsnummer", "ahv-nummer", "thai id", "hkid", "emirates id", "iqama", "cédula", "cedula", "rut$", "cuil$", "cuit$",
    "seguridad social", "sécurité sociale", "securite sociale", "cpf$", "nric", "rrn$",
    "resident registration", "cnp$",
    "egn$", 
    "curp", "rsa id", "sa id", "south african id", "ppsn",
    "pps$", "t.c. kimlik", "tc kimlik", "kimlik no", "mbi$", "rodné číslo", "身份证", "주민", "снилс", "СНИЛС", "マイナンバー", "個人番号",
    "adhaar", "adhar", "pan no", "ird$", "nhi$", "epic no", "epic number", "utr$", "ohip", "health card", "health insurance n", "medicare no", "mbi",
    "uan$", "esic", "abha$", "ration card", "state id", "sss no", "philhealth", "umid$", "rentenversicherungsn", "sv-nummer", "svnr$", "sv-nr",
    "perso$", "perso-nr", "ausweisnummer", "ausweis-nr", "ausweisnr", "versichertennr", "krankenversicherungsn", "krankenversichertennummer",
    "steueridentifikationsn", "steuer-identifikationsn", "iv-nummer", "n° fiscal", "numéro fiscal", "numero fiscal", "cni$", "carte d'identité",
    "carte d’identité", "carte nationale d", "insz$", "niss$", "numéro national", "carte vitale", "assurance maladie", "ramq$", "numéro de sécu",
    "n° de sécu", "n° sécu", "rijksregisternummer", "nss$", "número de afiliación", "documento$", "documento n", "clave de elector", "ine$", "rfc$",
    "ruc$", "nit$", "c.c.", "cédula de ciudadanía", "tarjeta sanitaria", "número de identidad", "tessera sanitaria", "carta d'identità",
    "carta d’identità", "carta di identità", "carta identità", "cie$", "cartão de cidadão", "cartao de cidadao", "nº cc", "n.º cc", "de utente",
    "utente n", "rg ", "rg:", "pis$", "pasep", "título de eleitor", "titulo de eleitor", "chave pix", "pix$", "pix:", "documento de identidade",
    "registro geral", "id-kaart", "identiteitskaart", "identiteitsbewijs", "dowód osobisty", "dowodu osobistego", "nr dowodu", "nip$",
    "seria i numer", "r.č.", "r. č.", "rč$", "rodné čísl", "rodného čísla", "rodne cislo", "č. op", "číslo op", "cislo op", "občansk", "občank",
    "tajszám", "taj szám", "taj$", "adóazonosít", "adószám", "személyi", "szig$", "buletin", "seria ci", "ci seria", "codul numeric", "cod numeric",
    "tckn", "tc no", "t.c. no", "t.c. kimlik no", "vergi no", "αφμ", "ΑΦΜ", "αμκα", "ΑΜΚΑ", "αδτ", "ΑΔΤ", "ταυτότητ", "инн", "ИНН", "іпн", "ІПН",
    "рнокпп", "РНОКПП", "ідентифікаційн", "ід-картк", "ІД-картк", "id-картк", "ID-картк", "полис", "егн", "ЕГН", "јмбг", "ЈМБГ", "oib",
    "osobna iskaznica", "osobne iskaznice", "lična karta", "lične karte", "matični broj", "личная карта", "身分證", "身分証", "健保", "保険証", "居民身份", "주민번호",
    "주민등록", "رقم الهوية", "هويتي", "الهوية", "الرقم القومي", "الإقامة", "إقامتي", "पैन", "תעודת זהות", "ת.ז", "ת״ז", "nik ktp", "npwp", "bpjs",
    "cmnd", "cccd", "căn cước", "chứng minh nhân dân", "บัตรประชาชน", "เลขประจำตัว", "pnr$", "kyc", "contribuinte", "turkish id$", "israeli id$", "teudat zehut", "greek id$", "croatian id$", "norwegian id$", "swedish id$", "finnish id$", "danish id$", "dutch id$", "polish id$", "czech id$", "slovak id$", "hungarian id$", "romanian id$", "bulgarian id$", "estonian id$", "latvian id$", "lithuanian id$", "spanish id$", "portuguese id$", "italian id$", "french id$", "german id$", "belgian id$", "swiss id$", "austrian id$", "chinese id$", "korean id$", "indian id$", "malaysian id$", "singapore id$", "indonesian id$", "mexican id$", "brazilian id$", "chilean id$", "colombian id$", "peruvian id$", "saudi id$", "egyptian id$", "nigerian id$", "kenyan id$", "kuwaiti id$", "pakistani id$", "amka$", "tc id", "personal code", "asmens kodas", "birth number",
]);

/// Six to twenty digits and a few letters directly behind a word that says what they are.
fn by_context(c: &Candidate<'_>) -> Option<Range<usize>> {
    if c.hint.is_specific() || c.before().is_some_and(|b| b == b'-' || b == b'.' || b == b'/') {
        return None;
    }
    // The pattern runs into the sentence; the number ends with its last word that has a digit.
    let matched = c.matched();
    let mut end = 0;
    let mut digits = 0;
    let mut at = 0;
    let mut lettered = false;
    for word in matched.split(|b| *b == b' ') {
        let has_digit = word.iter().any(u8::is_ascii_digit);
        let letters = word.iter().filter(|b| b.is_ascii_alphabetic()).count();
        // `… 123 456 Z`, but not `33409511X y mi correo`.
        let check_letter = letters == 1 && end > 0 && word.len() == 1 && word[0].is_ascii_uppercase() && !lettered
            // `… 132 75. Né le 14`: of another sentence, and no letter by itself.
            && !matched.get(..at).is_some_and(|before| before.ends_with(b". "))
            && (at + 1 < matched.len() || c.after().is_none_or(|b| b.is_ascii()));
        if letters > 4 || !(has_digit || check_letter) {
            break;
        }
        digits += word.iter().filter(|b| b.is_ascii_digit()).count();
        lettered = letters > 0;
        end = at + word.len();
        at += word.len() + 1;
    }
    let found = Candidate { end: c.start + end, ..*c };
    let trimmed = found.matched().iter().rev().take_while(|b| matches!(b, b'.' | b'-' | b'/')).count();
    let found = Candidate { end: found.end - trimmed, ..found };
    // `PESEL 57122454479. Delivered 2024-08-04`: the word has its number, and the next one is a date.
    // Nor is a code in hex a person's, or a machine's address.
    let other = found.matched().starts_with(b"0x")
        || std::str::from_utf8(found.matched()).is_ok_and(|text| text.parse::<std::net::Ipv4Addr>().is_ok());
    if other
        || is_date(found.matched())
        || is_amount(found.matched())
        || found.behind(12, &VAT)
        || found.behind(36, &OF_A_COMPANY)
        || found.behind(9, &TICKET)
    {
        return None;
    }
    let close = Candidate { start: found.start, end: found.start, ..found };
    when(
        &found,
        (6..=20).contains(&digits)
            && found.stands_alone()
            && (close.next_to(&ID_WORDS)
                || found.called(&ID_WORDS)
                || (digits >= 8 && close.behind(8, &IS_CALLED) && is_told_of(&close))),
    )
}

/// A company's.
static VAT: Words = Words::new(&["ust-id", "ust id", "vat$", "vat no", "vat reg", "tva$", "btw$"]);

static OF_A_COMPANY: Words =
    Words::new(&["инн организации", "ИНН организации", "инн юридического", "ИНН юридического"]);

/// `Sozialversicherungsnummer von Michaela Wulff lautet …`: the word stands farther away, and no other number between.
fn is_told_of(c: &Candidate<'_>) -> bool {
    let before = c.text.as_bytes().get(c.start.saturating_sub(80)..c.start).unwrap_or_default();
    ID_WORDS
        .first(before)
        .and_then(|word| before.get(word.end..))
        .is_some_and(|between| !between.iter().any(|b| b.is_ascii_digit() || matches!(b, b'[' | b'.' | b';')))
}

/// `1787.37`: two decimals, and no other sign.
pub(super) fn is_amount(text: &[u8]) -> bool {
    let (whole, decimals) = text.split_at(text.len().saturating_sub(3));
    matches!(decimals, [b'.', _, _]) && whole.iter().all(u8::is_ascii_digit)
}

/// `2024-08-04`, in this order or turned round.
pub(super) fn is_date(text: &[u8]) -> bool {
    let lengths: Vec<usize> = text.split(|b| matches!(b, b'-' | b'/' | b'.')).map(<[u8]>::len).collect();
    matches!(lengths.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]) && text.iter().all(|b| !b.is_ascii_alphabetic())
}

/// ICAO 9303, part 3, 4.9: weights of 7, 3 and 1, letters from ten on.
fn machine_read(c: &Candidate<'_>) -> Option<Range<usize>> {
    let line = c.matched();
    let value = |byte: &u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    let checks = |range: Range<usize>, check: usize| {
        let sum: u32 = line.get(range)?.iter().zip([7, 3, 1].into_iter().cycle()).map(|(b, w)| value(b) * w).sum();
        Some(sum % 10 == value(line.get(check)?))
    };
    let right = checks(0..9, 9)? && checks(13..19, 19)? && checks(21..27, 27)?;
    right.then_some(c.start..c.end)
}

fn passport(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let digits = matched.iter().filter(|b| b.is_ascii_digit()).count();
    // `passport control 2026abc…` aside, what ends a passport's number is no word.
    let words = matched.iter().rev().take_while(|b| b.is_ascii_lowercase()).count() > 2;
    let length = matched.iter().filter(|b| !matches!(b, b' ' | b'-')).count();
    when(
        c,
        // Germany's are of letters as well as digits.
        (digits >= 5
            || (matched.len() == 9
                && matched.iter().all(|b| b"CFGHJKLMNPRTVWXYZ".contains(b))
                && (c.behind(20, &PASSPORT_WORDS) || (c.behind(32, &PASSPORT_WORDS) && c.behind(8, &NUMBER))))
            || (digits >= 1
                && matches!(matched.len(), 9 | 10)
                && !matched.iter().any(|b| b.is_ascii_lowercase() || *b == b' ')))
            && !is_date(matched)
            && !words
            && (6..=10).contains(&length)
            && !c.hint.is_specific()
            && c.stands_alone()
            && !(c.behind(7, &ORDERED) && (matched.contains(&b'-') || (digits == matched.len() && digits <= 7)))
            && (c.next_to(&PASSPORT_WORDS)
                || c.called(&PASSPORT_WORDS)
                || (c.behind(20, &OTHER_ONE) && c.behind(48, &STRIPPED_PASSPORT))),
    )
}

/// Digits and letters behind a word that makes them a licence to drive; the words that follow in lower case are not of it.
fn licence(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let mut end = 0;
    for (at, part) in matched.split(|b| *b == b' ').scan(0, |at, part| {
        let begin = *at;
        *at += part.len() + 1;
        Some((begin, part))
    }) {
        // `605652065 NSW`: behind digits a word of letters is the state's; before them, the name's.
        let letters = part.iter().all(u8::is_ascii_alphabetic);
        let word = letters && (end > 0 && part.len() > 1 || part.len() > 3 || part.iter().any(u8::is_ascii_lowercase));
        if word {
            break;
        }
        end = at + part.len();
    }
    let found = Candidate { end: c.start + end, ..*c };
    let digits = found.matched().iter().filter(|b| b.is_ascii_digit()).count();
    when(
        &found,
        // Italy's have two letters and next to no order: `U1Z9XDL2MX`.
        (digits >= 4 || (digits >= 2 && end == 10 && !found.matched().iter().any(u8::is_ascii_lowercase)))
            && end >= 6
            && !c.hint.is_specific()
            && found.stands_alone()
            && (c.next_to(&LICENCE_WORDS)
                || found.called(&LICENCE_WORDS)
                || (c.behind(10, &NUMBER) && c.behind(96, &LICENCE_WORDS))),
    )
}

static PASS: Words = Words::new(&["pass$"]);
static FLIGHT: Words = Words::new(&["flyg", "flug", "flight", "vlucht", "fly "]);
static OTHER_ONE: Words = Words::new(&["old one", "to$", "new one", "previous one", "former one"]);
static ORDERED: Words = Words::new(&["order$", "ticket$"]);
static STRIPPED_PASSPORT: Words = Words::new(&["[passport]"]);
static NUMBER: Words = Words::new(&["numero$", "number$", "nummer$", "número$", "numéro$"]);
static LICENCES: Words = Words::new(&["licence$", "license$"]);
static ISSUED: Words = Words::new(&["issued in", "issued by"]);
static CARS: Words =
    Words::new(&["plate", "insured", "driver", "driving", "vehicle", "rental", "ontario", "dmv$", "onboarding"]);

#[rustfmt::skip]
static LICENCE_WORDS: Words = Words::new(&[
    "driving licence", "driving license", "driver licence", "driver license", "driver's licence", "driver's license",
    "drivers licence", "drivers license", "driver’s licen", "dl number", "dl no", "dl#", "dl:", "licence number", "license number",
    "führerschein", "fuehrerschein", "fahrerlaubnis", "permis de conduire", "carnet de conducir", "licencia de conducir", "patente di guida",
    "rijbewijs", "patente n", "patente:", "número de licencia", "permis nr", "permis n", "carta de condução", "körkort", "prawo jazdy",
    "dl ", "driver lic", "drivers lic", "driver's lic", "license no", "licence no", "führerschein-n", "patente$", "numero patente", "права",
    "водительск", "посвідчення водія", "운전면허", "免許証", "驾照", "驾驶证", "駕照", "permiso de conducir", "permis de conducere", "kørekort", "førerkort",
    "ajokort", "jogosítvány", "vezetői engedély", "řidičsk", "vodičsk", "vozačk", "δίπλωμα οδήγησης", "άδεια οδήγησης", "ehliyet", "رخصة القيادة",
    "رخصة قيادة", "רישיון נהיגה", "cnh$", "habilitação", "ใบขับขี่", "giấy phép lái xe", "bằng lái", "sim a$", "carta de conducao", "prawa jazdy", "prawem jazdy",
]);

#[cfg(test)]
mod tests {
    use super::super::names::Hint;
    use super::super::testing::{finds, finds_with, lives};

    #[test]
    fn numbers_by_the_word_beside_them_in_many_languages() {
        for (text, rest) in [
            ("r.č. 930322/7637, kontrola", "r.č. [NATIONAL_ID], kontrola"),
            ("ЕГН 6609238564", "ЕГН [NATIONAL_ID]"),
            ("nº de utente 124754375, consulta", "nº de utente [NATIONAL_ID], consulta"),
            ("Personalausweisnummer P31M9Z6472 für", "Personalausweisnummer [NATIONAL_ID] für"),
            ("her Medicare number (6WD6V67EK70) and", "her Medicare number ([NATIONAL_ID]) and"),
            ("mi CURP es RUVZ890507HPLCDP06", "mi CURP es [NATIONAL_ID]"),
            ("ID number 8001015009087", "ID number [NATIONAL_ID]"),
            ("PAN number blgpy2151f and", "PAN number [NATIONAL_ID] and"),
            ("תעודת זהות 435514666", "תעודת זהות [NATIONAL_ID]"),
            ("driver licence number 605652065 NSW", "driver licence number [DRIVER_LICENSE] NSW"),
            ("운전면허 21-97-468221-93", "운전면허 [DRIVER_LICENSE]"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "ID number 8001015009088",
            "pan no. of oil, Rs 1787.37",
            "RUVZ891307HPLCDP06",
            "blgpy2151f",
            "GB-PROD-2024-A71",
        ] {
            lives(text);
        }
    }

    #[test]
    fn us_numbers() {
        for text in ["078-05-1123", "078.05.1123", "078 05 1123"] {
            assert_eq!(finds(text), "[SSN]", "{text}");
        }
        assert_eq!(finds("my ssn is 078051123"), "my ssn is [SSN]");
        for text in ["911-70-1234", "911-53-1234"] {
            assert_eq!(finds(text), "[ITIN]", "{text}");
        }
        for text in [
            "000-12-3456",
            "666-12-3456",
            "078-00-1123x",
            "078-05-0000x",
            "693-09.4444",
            "1078-05-1123",
            "178-05-11234",
            "911-89-1234",
            "911701234",
            "078051123",
            "2023-078-05-1123",
        ] {
            lives(text);
        }
    }

    #[test]
    fn uk_numbers() {
        for text in ["401-023-2137", "221 395 1837", "0032698674"] {
            assert_eq!(finds(text), "[NHS]", "{text}");
        }
        assert_eq!(finds("NHS number 2213951837"), "NHS number [NHS]");
        for text in ["401-023-2138", "2213951837", "1234567890"] {
            lives(text);
        }
        for text in ["AA 12 34 56 B", "tw987654a", "PR 123612C", "AB123456C"] {
            assert_eq!(finds(text), "[NINO]", "{text}");
        }
        for text in ["AA 12 34 56 H", "BG123612A", "FQ 00 00 00 C", "AB1234567C", "ab123456cd"] {
            lives(text);
        }
        assert_eq!(finds_with("ab123456c", Hint::Identifier), "ab123456c");
    }

    #[test]
    fn ids_with_a_checksum() {
        for text in [
            "010594Y9032",
            "811228-9874",
            "12345678Z",
            "X9613851N",
            "X-9613851-N",
            "12.345.678-Z",
            "012.345.678-90",
            "012345678-90",
            "3123 4567 8909",
            "ABCPD1234Z",
            "S2740116C",
            "513231200012121657",
            "51323120001212169X",
            "960121-1234567",
            "2 89 04 78342 211 01",
            "289047834221297",
            "AAAAAA00B11C333Y",
            "1EG4-TE5-MK73",
            "130 692 544",
        ] {
            assert_eq!(finds(text), "[NATIONAL_ID]", "{text}");
        }
        for text in [
            "010594Y9033",
            "811228-9873",
            "12345678A",
            "345.675.677-78",
            "1234 5678 9012",
            "513231200012121293",
            "130 692 545",
        ] {
            lives(text);
        }
        assert_eq!(finds("MORGA607054SM9IJ"), "[DRIVER_LICENSE]");
    }

    #[test]
    fn bare_numbers_by_the_word_beside_them() {
        assert_eq!(finds("my passport is A12803456"), "my passport is [PASSPORT]");
        assert_eq!(finds("Meine Steuer-ID: 12345678903."), "Meine Steuer-ID: [NATIONAL_ID].");
        assert_eq!(finds("PESEL 44051401458 ok"), "PESEL [NATIONAL_ID] ok");
        lives("order 44051401458");
        // The word may come after, with underscores, or be further away than a look behind reaches.
        assert_eq!(finds("W umowie 44051401458 jako PESEL"), "W umowie [NATIONAL_ID] jako PESEL");
        assert_eq!(
            finds("german_tax_id: cast failed for \"12345678903\""),
            "german_tax_id: cast failed for \"[NATIONAL_ID]\""
        );
        assert_eq!(finds("I entered 411594663 as passport number"), "I entered [PASSPORT] as passport number");
        assert_eq!(finds("Reisepassnummer C4KW5W0J8, bis"), "Reisepassnummer [PASSPORT], bis");
        assert_eq!(finds("Номер паспорта 68 91 215410, до"), "Номер паспорта [PASSPORT], до");
        assert_eq!(finds("N9637347 as my driver's license number"), "[DRIVER_LICENSE] as my driver's license number");
        lives("12345678 people hold a passport");
        assert_eq!(finds("born 12.04.1948 in Bonn"), "born [BIRTH_DATE] in Bonn");
        assert_eq!(finds("DOB: 1948-04-12"), "DOB: [BIRTH_DATE]");
        lives("shipped 12.04.2026");
    }

    #[test]
    fn numbers_with_their_own_checks() {
        lives("756.1877.5664.56");
        assert_eq!(finds("756.1877.5664.55"), "[NATIONAL_ID]");
        assert_eq!(finds("756.9217.0769.85"), "[NATIONAL_ID]");
        assert_eq!(finds("85.07.30-033.28"), "[NATIONAL_ID]");
        lives("85.07.30-033.29");
        assert_eq!(finds("Prawo jazdy nr 58132/05/4194, kategoria B"), "Prawo jazdy nr [DRIVER_LICENSE], kategoria B");
        assert_eq!(finds("passport no. C4PLM7YYF for Jo"), "passport no. [PASSPORT] for Jo");
        assert_eq!(
            finds("Paspoortnummer NQA0Y1LI6, vlucht op 2026-01-11."),
            "Paspoortnummer [PASSPORT], vlucht op 2026-01-11."
        );
        lives("part number 8841-2210-0093, for a model");
    }

    #[test]
    fn words_farther_away_and_other_numbers() {
        for (text, rest) in [
            (
                "Die Sozialversicherungsnummer von Michaela Wulff lautet 67130484R456, Eintritt",
                "Die Sozialversicherungsnummer von Michaela Wulff lautet [NATIONAL_ID], Eintritt",
            ),
            ("Ontario licence K0783-62384-86629 sent", "Ontario licence [DRIVER_LICENSE] sent"),
            ("plate XI 7199 is insured, licence MN325174J.", "plate XI 7199 is insured, licence [DRIVER_LICENSE]."),
            ("License 806 596 837 issued in Wisconsin", "License [DRIVER_LICENSE] issued in Wisconsin"),
            ("passport KTMPYGNWY, room 7", "passport [PASSPORT], room 7"),
            ("Florida licence O820-693-62-372-3 surrendered", "Florida licence [DRIVER_LICENSE] surrendered"),
            ("PNR XN622B, e-ticket 220-2917733103, 1 bag", "PNR XN622B, e-ticket 220-2917733103, 1 bag"),
            ("Mein Reisepass mit der Nummer CNXTHWNMP läuft", "Mein Reisepass mit der Nummer [PASSPORT] läuft"),
            ("passport number CLMFXNKRM, issued", "passport number [PASSPORT], issued"),
            ("Israeli ID number 175909134.", "Israeli ID number [NATIONAL_ID]."),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "cvc check failed, avs passed, code 0x80071089",
            "the NAS (10.4.194.228) is down, not the SIN",
            "USt-IdNr. GB221337693 fehlt",
            "<licence_no></licence_no><order>SO3665612</order>",
            "passport CANCELLED",
        ] {
            lives(text);
        }
    }
}
