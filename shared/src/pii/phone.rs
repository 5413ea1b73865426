//! Telephone numbers: by their shape where that is enough, by the words beside them elsewhere.

use std::ops::Range;

use droplets_pattern::pattern;

use super::candidate::{Candidate, Digits};
use super::context::{Words, is_word};
use super::detector::{DIGIT, Detector, Find, Needs, Shape};
use super::kind::Kind;
use super::names::Hint;
use super::traits::has;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "phone: +, calling code, E.164 length",
        kind: Kind::Phone,
        needs: Needs { all: has::PLUS, chain: 8, ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\+ ?\(?[1-9][0-9() ./-]{5,24}[0-9]"), international),
    },
    Detector {
        name: "phone: 00, calling code, E.164 length",
        kind: Kind::Phone,
        needs: Needs { number: 10, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"0").digits(10).from(2),
            pattern!(r"00 ?[1-9][0-9() ./-]{6,22}[0-9]"),
            international,
        ),
    },
    Detector {
        name: "phone: North American plan",
        kind: Kind::Phone,
        needs: Needs { number: 10, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"123456789").digits(10).within(1, 3).or_opened(),
            pattern!(
                r"(?:[1-9][0-9]{0,2}[ .-])?(?:\([2-9][0-9]{2}\)[ -]?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}"
            ),
            north_american,
        ),
    },
    Detector {
        name: "phone: area code in parentheses",
        kind: Kind::Phone,
        needs: Needs { all: has::PAREN, number: 8, ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(r"(?:0 ?)?\((?:0[1-9]|0?[1-9][0-9]{1,4})\)[ -]?[0-9]{2,9}(?:[ -][0-9]{2,5}){0,3}"),
            area_in_parentheses,
        ),
    },
    Detector {
        name: "phone: trunk zero, groups",
        kind: Kind::Phone,
        needs: Needs { number: 9, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"0").digits(9).within(1, 6),
            pattern!(r"0(?:[1-9][0-9]{0,4}|[ -][1-9][0-9]{2})(?:[ ./-][0-9]{2,8}){1,5}"),
            trunk_zero,
        ),
    },
    Detector {
        name: "phone: trunk zero, ten or eleven digits",
        kind: Kind::Phone,
        needs: Needs { number: 10, plain: true, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"0").digits(10).of(&[10, 11]),
            pattern!(r"0[1-9][0-9]{8,9}\b"),
            bare_trunk_zero,
        ),
    },
    Detector {
        name: "phone: India's mobile numbers, beside an address or alone",
        kind: Kind::Phone,
        needs: Needs { number: 10, all: has::SPACE, plain: true, ..Needs::NOTHING },
        find: Find::AtWord(Shape::begins(b"6789").digits(10).of(&[5]), pattern!(r"[6-9][0-9]{4} [0-9]{5}\b"), |c| {
            let beside = c.is_everything() || c.near(&ADDRESS);
            (beside && c.stands_alone() && !c.continues_groups() && !c.behind(16, &OTHER_NUMBERS))
                .then_some(c.start..c.end)
        }),
    },
    // `721.026.2287x8861`: nobody but a switchboard has an extension.
    Detector {
        name: "phone: ten digits and an extension",
        kind: Kind::Phone,
        needs: Needs { chain: 10, any: has::LOWER | has::UPPER, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(10).of(&[1, 3, 10]).or_opened(),
            pattern!(
                r"(?:(?:00)?1[ .-])?(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}(?: ?x|,? (?i:x|ext\.?|extension) ?)[0-9]{1,6}\b"
            ),
            |c| {
                (!c.before().is_some_and(|b| is_word(b) || b == b'-') && c.hint != Hint::Version)
                    .then_some(c.start..c.end)
            },
        ),
    },
    Detector {
        name: "phone: beside an e-mail address",
        kind: Kind::Phone,
        needs: Needs { number: 8, all: has::AT | has::SPACE, plain: true, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(8).or_opened(),
            pattern!(r"[0-9(][0-9() ./-]{6,18}[0-9]\b"),
            beside_address,
        ),
    },
    Detector {
        name: "telephone's IMEI: fifteen digits, so called",
        kind: Kind::Phone,
        needs: Needs { chain: 15, plain: true, cue: Some(&IMEI), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{6}[ -]?[0-9](?:[0-9])?\b"), |c| {
            (c.stands_alone() && c.next_to(&IMEI)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "phone: a word beside it",
        kind: Kind::Phone,
        needs: Needs { number: 7, any: has::LOWER | has::UPPER | has::WIDE, plain: true, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(DIGIT).digits(7).or_opened(),
            pattern!(r"[0-9(][0-9() ./-]{5,20}[0-9]"),
            in_context,
        ),
    },
];

/// The calling codes of ITU-T E.164 by their first digits.
fn calling_code(digits: &[u8]) -> bool {
    matches!(
        digits,
        [1 | 7, ..]
            | [2, 0 | 7, ..]
            | [3, 0..=4 | 6 | 9, ..]
            | [4, 0 | 1 | 3..=9, ..]
            | [5, 1..=8, ..]
            | [6, 0..=6, ..]
            | [8, 1 | 2 | 4 | 6, ..]
            | [9, 0..=5 | 8, ..]
            | [2, 1..=6, ..]
            | [2, 9, 0 | 1 | 7..=9, ..]
            | [3, 5 | 7 | 8, ..]
            | [4, 2, 0 | 1 | 3, ..]
            | [5, 0 | 9, ..]
            | [6, 7..=9, ..]
            | [8, 0, 0 | 8, ..]
            | [8, 5 | 7 | 8, ..]
            | [9, 6 | 7 | 9, ..]
    )
}

/// `+` or `00`, a calling code and 8–15 digits (E.164, 6.1), in groups however they are cut.
fn international(c: &Candidate<'_>) -> Option<Range<usize>> {
    if c.before().is_some_and(|b| is_word(b) || b == b'+') {
        return None;
    }
    // GS1's element strings: `(01)00366855917997(17)280101`.
    if let Some([b'(', a, b, b')']) = c.start.checked_sub(4).and_then(|at| c.text.as_bytes().get(at..c.start))
        && a.is_ascii_digit()
        && b.is_ascii_digit()
    {
        return None;
    }
    let c = &without_count(&without_aside(c));
    let matched = c.matched();
    let plus = matched.first() == Some(&b'+');
    let skip = if plus { 0 } else { 2 };
    let all = c.digits();
    let code = all.as_slice().get(skip..)?;
    // (Twelve: as Faker's Indian numbers begin.)
    let fits = |digits: usize| {
        if code.first() == Some(&1) {
            digits == 11 || (plus && digits == 12 && code.get(1) == Some(&1))
        } else {
            (8..=15).contains(&digits)
        }
    };
    // The match runs into whatever digits come next; the number ends with the last group that still makes one.
    let (mut digits, mut end) = (0, None);
    for (i, byte) in matched.iter().enumerate() {
        let next = matched.get(i + 1).or_else(|| c.text.as_bytes().get(c.end).filter(|_| i + 1 == matched.len()));
        if byte.is_ascii_digit() {
            digits += 1;
            if !next.is_some_and(u8::is_ascii_digit) && digits > skip && fits(digits - skip) {
                end = Some(i + 1);
            }
        } else if i > 0
            && next.is_some_and(|n| !n.is_ascii_digit())
            && ![Some(byte), next].iter().any(|b| matches!(b, Some(b'(' | b')')))
        {
            // Two separators in a row belong to the sentence: ". 10 of 10", " - 2 items".
            break;
        }
    }
    let found = Candidate { end: c.start + end?, ..*c };
    if !calling_code(code) || found.after() == Some(b'_') {
        return None;
    }
    // `00` also pads numbers with zeros: it needs groups, or words around it.
    let grouped = found.matched().iter().any(|b| matches!(b, b' ' | b'-' | b'(' | b'/'));
    let beside = || found.near(&PHONE_WORDS) || found.near(&ADDRESS) || found.near(&NUMBER_WORDS);
    let believed = (grouped && !found.continues_groups()) || beside();
    // No number goes on with a zero behind its calling code, but Italy's.
    let told = memchr::memmem::find(found.matched(), b"(0)").is_some();
    let trunk = !plus && code.get(2) == Some(&0) && !code.starts_with(&[3, 9]) && !told;
    let others = || found.in_sentence_before(&OTHER_NUMBERS) && !found.behind(24, &PHONE_WORDS);
    if !plus && (c.hint.is_specific() || trunk || !found.stands_alone() || !believed || others()) {
        return None;
    }
    found.whole()
}

/// Without what a sentence goes on to count behind a number that is one already: `+447901064975 10 min before`.
fn without_count<'t>(c: &Candidate<'t>) -> Candidate<'t> {
    let matched = c.matched();
    let unit = c.followed(6, &UNITS);
    let last = memchr::memrchr(b' ', matched).filter(|at| unit && matched.len() - at <= 3);
    let number = last.and_then(|at| matched.get(..at)).filter(|number| {
        let groups = || number.split(|b| !b.is_ascii_digit()).filter(|group| !group.is_empty());
        groups().map(<[u8]>::len).sum::<usize>() >= 10 && groups().any(|group| group.len() > 4)
    });
    Candidate { end: number.map_or(c.end, |number| c.start + number.len()), ..*c }
}

/// Without what a bracket says behind a number that is one already: `07932 878 422 (12 attempts)`.
fn without_aside<'t>(c: &Candidate<'t>) -> Candidate<'t> {
    let mut digits = 0;
    let aside = c.matched().windows(2).position(|pair| {
        digits += usize::from(pair.first().is_some_and(u8::is_ascii_digit));
        digits >= 8 && pair == b" ("
    });
    Candidate { end: aside.map_or(c.end, |at| c.start + at), ..*c }
}

/// Whether a text is nothing but the digits of an E.164 number, with its calling code, and not a time in milliseconds.
pub(super) fn is_full_number(text: &str) -> bool {
    let digits = Digits::of(text.as_bytes());
    let digits = digits.as_slice();
    let plain = digits.len() == text.len() && (10..=15).contains(&digits.len());
    let american = digits.first() == Some(&1);
    plain && calling_code(digits) && (!american || (digits.len() == 11 && digits.get(1) > Some(&1)))
        || is_dialable(text)
}

/// Whether a text is nothing but a number as one dials it at home, in groups or with its trunk zero: `0176 57442428`.
/// Whether what stands where numbers do may be one: seven digits or more, and the signs between them.
pub(super) fn may_be_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits) && text.bytes().all(|b| b.is_ascii_digit() || b" +()./-".contains(&b))
}

fn is_dialable(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let signs = text.bytes().filter(|b| matches!(b, b' ' | b'-' | b'/' | b'(' | b')')).count();
    let grouped = signs > 0 && !text.contains("--");
    (9..=13).contains(&digits)
        && digits + signs == text.len()
        && text.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        && (grouped || (text.starts_with('0') && (10..=11).contains(&digits)))
        && !looks_like_date(text.as_bytes())
}

/// Three, three and four digits as the North American Numbering Plan has them: neither area nor exchange starts with 0 or 1.
fn north_american(c: &Candidate<'_>) -> Option<Range<usize>> {
    if !c.stands_alone() {
        return None;
    }
    // `415-555-2527 is the part number`
    if is_called_other(c) {
        return None;
    }
    // `Ticket 410-992-0522`
    let dialled = c.matched().starts_with(b"1-") || c.matched().starts_with(b"1 ");
    if c.behind(12, &OTHER_NUMBERS) && !dialled && !c.near_before(&PHONE_WORDS) {
        return None;
    }
    let matched = c.matched();
    let only_spaces = !matched.iter().any(|b| matches!(b, b'-' | b'.' | b'('));
    let bracketed = c.before() == Some(b'(') && c.after() == Some(b')');
    if (only_spaces || c.hint == Hint::Version)
        && !bracketed
        && !c.behind(4, &SEPARATED)
        && !c.is_everything()
        && !c.near(&PHONE_WORDS)
        && !says_number(c)
    {
        return None;
    }
    c.whole()
}

fn area_in_parentheses(c: &Candidate<'_>) -> Option<Range<usize>> {
    let digits = c.digits();
    if !(8..=12).contains(&digits.as_slice().len()) || !c.stands_alone() {
        return None;
    }
    let matched = c.matched();
    let trunk = matched.first() == Some(&b'0') || matched.starts_with(b"(0");
    (trunk || matched.contains(&b'-') || c.is_everything() || c.near(&PHONE_WORDS) || says_number(c))
        .then_some(c.start..c.end)
}

/// A national number with its trunk zero and separators: `030 1234567`, `06 12 34 56 78`, `0171-1234567`, `089/1234567`.
fn trunk_zero(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let count = c.digits().as_slice().len();
    if !c.stands_alone() || !(9..=12).contains(&count) || looks_like_date(matched) || c.hint == Hint::Version {
        return None;
    }
    let separators = |byte: u8| matched.iter().filter(|b| **b == byte).count();
    let mixed = [b' ', b'.', b'/', b'-'].into_iter().filter(|b| separators(*b) > 0).count() > 2;
    let pairs = matched.split(|b| !b.is_ascii_digit()).all(|group| group.len() == 2);
    // `0 941 146 306` is a part's number: with its zero apart, Turkey's have eleven digits.
    let apart = matches!(matched, [b'0', b' ' | b'-', ..]) && count == 10;
    let plain =
        (10..=11).contains(&count) && !apart && !mixed && separators(b'/') <= 1 && (separators(b'.') == 0 || pairs);
    let plain = plain && !c.behind(12, &OTHER_NUMBERS);
    // `call … about part 019-0843-24`
    let near = || c.near(&PHONE_WORDS) && !c.behind(8, &NUMBERED);
    (plain && !c.hint.is_specific() && !c.continues_groups() || near() || says_number(c)).then_some(c.start..c.end)
}

fn bare_trunk_zero(c: &Candidate<'_>) -> Option<Range<usize>> {
    (!c.hint.is_specific()
        && c.stands_alone()
        && (c.is_everything()
            || c.near(&PHONE_WORDS)
            || says_number(c)
            || c.behind(4, &SIGNATURE)
            || c.behind(7, &HOME)))
    .then_some(c.start..c.end)
}

/// A number that stands for somebody as the address beside it does: `ada@example.com or 074 963 175`.
fn beside_address(c: &Candidate<'_>) -> Option<Range<usize>> {
    const JOINTS: &[&[u8]] = &[
        b" or ",
        b" oder ",
        b" ou ",
        b" o ",
        b" of ",
        b" eller ",
        b" lub ",
        b" albo ",
        b" nebo ",
        b" / ",
        b" | ",
        b" or call ",
        b" or on ",
        b"\t",
        b"\n",
    ];
    /// Longest address looked at, in bytes.
    const REACH: usize = 80;
    let bytes = c.text.as_bytes();
    let digits = c.digits().as_slice().len();
    if !(8..=13).contains(&digits) || !c.stands_alone() || looks_like_date(c.matched()) {
        return None;
    }
    let ahead = bytes.get(c.start.saturating_sub(REACH)..c.start).unwrap_or_default();
    let behind = bytes.get(c.end..bytes.len().min(c.end + REACH)).unwrap_or_default();
    // (A row of a table is no address.)
    let address = |token: &[u8]| memchr::memchr(b'@', token).is_some() && memchr::memchr2(b',', b';', token).is_none();
    let ends = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'|');
    let beside = JOINTS.iter().any(|joint| {
        let before = ahead.strip_suffix(*joint).and_then(|head| head.rsplit(ends).next());
        let after = behind.strip_prefix(*joint).and_then(|rest| rest.split(ends).next());
        before.is_some_and(address) || after.is_some_and(address)
    });
    beside.then_some(c.start..c.end)
}

/// Any 7–15 digits where the words around say that it is a telephone number.
fn in_context(c: &Candidate<'_>) -> Option<Range<usize>> {
    // A full stop or a dash between spaces ends the number: "call 555 0132. 10 of 10 like it".
    let sentence = c.matched().windows(2).position(|w| matches!(w, b". " | b" -" | b"- "));
    let c = &without_aside(&Candidate { end: sentence.map_or(c.end, |at| c.start + at), ..*c });
    let c = &without_count(c);
    let matched = c.matched();
    let count = c.digits().as_slice().len();
    let usual = (7..=15).contains(&count)
        && !looks_like_date(matched)
        && !std::str::from_utf8(matched).is_ok_and(|text| text.parse::<std::net::Ipv4Addr>().is_ok());
    // `firmware 10.4.24790.180`, `contract 2026-118`.
    let numbered = matched.len() <= 10 && matched.starts_with(b"20") && matches!(matched.get(4), Some(b'-' | b'/'));
    if c.hint.is_specific() || !usual || numbered || !c.stands_alone() || c.behind(16, &RELEASES) || is_called_other(c)
        // `GET /auth/callback 302 746.021 ms`
        || c.text.get(c.end..).is_some_and(|rest| rest.starts_with(" ms")) && matched.contains(&b'.')
    {
        return None;
    }
    // `M 206 670 6298`, at the beginning of a signature's line.
    let before = c.text.as_bytes().get(..c.start).unwrap_or_default();
    let lettered = matches!(before, [.., b'\n', b'M' | b'T' | b'P' | b'F' | b'C' | b'H' | b'W', b' ']) && count >= 9;
    let texted = ((c.behind(8, &TEXT) || c.behind(14, &CONTACT)) && count >= 9)
        || (c.followed(14, &REACHABLE) && count >= 9 && matched.first() == Some(&b'0'))
        || (c.behind(16, &SENT_TO) && count >= 9 && c.behind(64, &CODE))
        || (count >= 10 && c.near_before(&PHONE_NUMBER));
    (texted
        || lettered
        || (count >= 9 && (c.behind(7, &DIRECT) || is_right_behind(before)))
        || c.near_before(&PHONE_WORDS) && !c.in_sentence_before(&OTHER_NUMBERS)
        || says_number(c))
    .then_some(c.start..c.end)
}

/// `2026-11-21`, `21.11.2026`, `05/12/2024 10`, `20261121`.
fn looks_like_date(matched: &[u8]) -> bool {
    let digits = Digits::of(matched);
    if matched.len() == 8
        && matches!(digits.number(0..4), 1900..=2099)
        && matches!((digits.number(4..6), digits.number(6..8)), (1..=12, 1..=31))
    {
        return true;
    }
    let year_first = matches!(digits.number(0..4), 1900..=2099);
    let mut groups = matched.split(|b| !b.is_ascii_digit()).map(<[u8]>::len);
    match (groups.next(), groups.next(), groups.next()) {
        (Some(4), Some(1 | 2), Some(1 | 2)) => year_first,
        (Some(1 | 2), Some(1 | 2), Some(4)) => true,
        _ => false,
    }
}

/// Whether the text goes on to say what else it is: `415-555-2527 is the part number`.
fn is_called_other(c: &Candidate<'_>) -> bool {
    let rest = c.text.as_bytes().get(c.end..).unwrap_or_default();
    let noun = [&b" is the "[..], b" is a ", b" is an ", b" is our ", b" is my ", b" is your ", b" ist die "]
        .iter()
        .find_map(|joint| rest.strip_prefix(*joint));
    noun.is_some_and(|noun| {
        let noun = noun.get(..noun.len().min(24)).unwrap_or_default();
        OTHER_NUMBERS.first(noun).is_some_and(|word| word.start == 0) && NUMBER_WORDS.in_window(noun)
    })
}

/// Whether the last word before a number calls it a telephone's, whatever the sentence is about.
fn is_right_behind(before: &[u8]) -> bool {
    let Some((b' ', before)) = before.split_last() else { return false };
    let word = before.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let (rest, word) = before.split_at(before.len() - word);
    let said =
        [&b"phone"[..], b"telephone", b"mobile", b"cell", b"tel"].iter().any(|one| word.eq_ignore_ascii_case(one));
    said && rest.last() != Some(&b'[')
}

/// `number` and its like, unless another noun claims it: an order number is not a phone number.
fn says_number(c: &Candidate<'_>) -> bool {
    // `<Number>7962823498</Number>`: an element's name, of any number.
    if c.before() == Some(b'>') {
        return false;
    }
    c.near_before(&NUMBER_WORDS) && !c.in_sentence_before(&OTHER_NUMBERS)
}

/// Right before a number: `Text 09856367265 when you are there`.
static PHONE_NUMBER: Words =
    Words::new(&["phone number", "telephone number", "mobile number", "cell number", "contact number", "phone no"]);

/// As signatures have their parts: `Columbus, OH 43215 · 702 806 8007`.
static SEPARATED: Words = Words::new(&["· "]);

static IMEI: Words = Words::new(&["imei"]);

/// Right before a number, whatever else the sentence is about.
static DIRECT: Words =
    Words::new(&["tel.", "tel:", "tél.", "tél:", "phone:", "cell.", "cell:", "mob.", "mob:", "mobile:", "tlf."]);
static RELEASES: Words = Words::new(&["firmware", "version", "build", "release"]);
static SENT_TO: Words = Words::new(&["sent to$"]);

/// Right before what is their number, whatever the sentence is about.
static NUMBERED: Words = Words::new(&["part$", "parts$", "ricambio$"]);

static CODE: Words = Words::new(&["code", "otp$", "one-time p"]);

/// Units of what is counted behind a number.
static UNITS: Words =
    Words::new(&["min$", "mins$", "minutes", "hours", "hrs", "times", "am$", "pm$", "uhr$", "sec$", "seconds", "days"]);

/// Before or behind a number of nine digits or more.
static CONTACT: Words = Words::new(&["contact on$", "o kontakt$", "fragen?"]);
static REACHABLE: Words = Words::new(&["erreichbar"]);

static TEXT: Words = Words::new(&["text ", "txt ", "contact "]);

static ADDRESS: Words = Words::new(&["[email]", "@"]);

/// What stands before numbers below a letter.
static SIGNATURE: Words = Words::new(&["t:", "p:", "m:", "f:", "h:", "ph:", "t.", "m."]);

/// Which of several it is: `Home 0544232155, work …`.
static HOME: Words = Words::new(&["home ", "home:", "work ", "work:", "office ", "office:"]);

static NUMBER_WORDS: Words =
    Words::new(&["number$", "numbers$", "numero$", "número$", "nummer$", "numéro$", "номер", "号码", "番号"]);

/// Words that make a group of digits a telephone number.
#[rustfmt::skip]
static PHONE_WORDS: Words = Words::new(&[
    "ruft mich", "erreichen mich unter", "getting calls from$", "dzwoni z$", "dzwoni z numeru$", "звонит с$", "llaman del$", "llama del$",
    "phone", "telephone", "tel$", "tel:", "voicemail", "callback", "bizum a$", "bizum al", "tel.", "old one was", "new one is", "new one:", "kr till", "nouveau num$", "nuevo num$", "appeller", "zadzwoni", "позвон", "line is",  "or text", "and text", "text:", "rappel$", "chiamate", "chiama$", "richiamare", "richiamate", "called from", "called at", "be called", "be reached", "rappelez", "rappeler", "zadzwonić", "dzwoń", "oddzwonić", "rang from", "missed call", "llamar al", "llamar a$", "llama al", "marque el", "marcar", "appeler le", "appeler au", "ligar para", "ligue para", "ligar ao", "chiami il", "chiamare il", "bellen op", "bel naar", "bel$", "ring på", "ring til", "ringa", "soita", "позвоните", "звоните", "звонить", "zavolejte", "sunați", "ara$", "arayın", "mobile", "cell$", "cellphone", "fax", "whatsapp", "call$", "calling$",
    "dial$", "ring$", "sms", "text me", "reach me", "reach us", "hotline", "landline", "contact no",
    "contact number",
    "telefon", "handy$", "handynummer", "handynr", "can text", "text us", "please text", "text or call", "rufnummer", "mobil", "anrufen", "ruf$", "téléphone", "tél$", "portable", "appelez", "joindre au", "joignable au", "rappeler au",
    "nové číslo", "moje číslo", "nowy numer", "mój numer", "my number", "new number", "mi número", "nuevo número", "mon numéro", "nouveau numéro", "meine nummer", "neue nummer", "mijn nummer", "nieuwe nummer", "mio numero", "nuovo numero", "meu número", "novo número", "mitt nummer", "mit nummer", "nytt nummer", "nyt nummer", "uusi numero", "numărul meu", "számom", "moj broj", "novi broj", "numaram", "мой номер", "новый номер", "мій номер", "richiamat", "poziv na", "zavolání", "reachable at", "llámenme", "llamenme", "liguem", "me ligue", "soittakaa", "nomor saya", "καλέστε", "पर कॉल", "联系", "請聯絡", "连絡", "bellen naar", "ringe på", "ringe til", "ringa på", "ringa till", "soittaa", "soita$", "menelepon", "telepon", "hubungi", "volat na", "zavolat", "volejte", "подзвон", "дзвон", "reach her", "reach him", "hívja", "hívj", "sunați", "suna la", "nazovi", "pokličite", "arayın", "arayabilir", "κάλεσ",
    "móvil", "movil", "celular", "teléfono", "llame", "llamarme", "llámame", "llamen", "dzwonić", "zadzwoń", "cellulare", "chiamare", "telepono", "cep no", "gsm$",
    "电话", "手机", "電話", "携帯", "전화", "тел", "моб", "फोन", "मोबाइल", "هاتف", "τηλ", "κινητ", "telefone", "komórk", "numer kom", "cep tel",
    "vm on$", "voicemail on", "left vm", "left a vm", "page me", "buzz on", "a buzz", "txt$", "txt me", "my digits", "ph ", "ph:", "my hp", 
    "hp no", "h/p", "contact:", "pls contact", "reach out on", "reach out at", "contact him on", "contact her on", "contact them on",
    "contact tenant on", "on the blower", "registered mobile", "best no", "reach on", "ring us", "ring him", "natel", "tlf$", "tlf.",
    "tlm$", "tlmv", "tfno", "tfn.", "contacto:", "contacto al", "yape", "plin$", "nequi", "daviplata", "márcame", "marcame", "escríbeme", "escribeme",
    "escríbanme", "wasap", "guasap", "meu whats", "no whats", "pelo whats", "wpp$", "zap$", "wsp$", "cel$", "cel.", "al cel", "cell.", "llamame", "avísame al", 
    "wa ku", "chat wa", "via wa", "nomer wa", "nomor wa", "no wa$", "no. wa", "no hp", "nomor hp", "hp saya", "nomor telepon", "contattat", "mi trovi al", "mi trovate al",
    "chiamami", "telefonami", "ligue-me", "me liga", "liga para", "liga-me", "telemóvel", "telemovel", "fala comigo no", "chama no", "erreichbar unter", "joignable",
    "appelle-moi", "mon num$", "mon tel", "erreichen unter", "durchklingeln", "meine nr", "bereikbaar op", "app me op",
    "appen op", "06-nummer", "kontakt:", "nr tel", "numer tel", "volajte", "číslo na mňa", "tel. č", "číslo telefonu", "telefónne číslo",
    "telefonszám", "telefonom$", "hívható", "nr meu", "nr. meu", "telefonul", "mob$", "mob.", "broj mob", "broj tel", "zovite", "nazovite", "обадет",
    "звънете", "вайбер", "viber", "вотсап", "ватсап", "вацап", "ватцап", "телег", "набер", "номер:", "πάρτε με", "πάρε με", "πάρτε", "κιν.",
    "αριθμός μου", "ulaşabilir", "جوال", "رقمي", "رقم الجوال", "واتس", "اتصل", "موبايل", "كلمني", "טלפון", "נייד", "התקשר", "תתקשר", "וואטסאפ",
    "ווטסאפ", "नंबर", "व्हाट्सएप", "वॉट्सऐप", "कॉल कर", "เบอร์", "โทร", "ไลน์", "số điện thoại", "sđt", "gọi cho", "gọi số", "gọi lại", "zalo", "번호는",
    "연락처", "핸드폰", "휴대폰", "連絡先", "お電話", "折り返し", "回电", "回電", "致电", "致電", "拨打", "打给", "打給", "微信同号", "微信", "nummeret mitt", "nummeret mit", "mitt mobil",
    "mit mobil", "nås på", "nå meg på", "nå mig på", "når mig på", "numret", "numeroni", "puhelin", "puh$", "puh.", "swish$", "vipps", "mobilepay",
    "rang$", "rufen sie", "ruf mich", "rückruf", "zurückruf", "zurückzuruf", "ring me", "ringen sie", "me rappeler", "mi richiami", "llámeme",
    "llameme", "me llame", "ligar-me", "terugbellen", "terug te bellen", "zwrotny telefon", "ring mig", "ring meg",
    "msisdn", "emergency contact", "contact for", "caller id", "caller-id", "nobody called", "they called", "called me on", "chiami al", "mi chiami", "mi chiamate", "chiamatemi", "a shout on", "shout on", "give us a ring", "on whatsapp", "phone no", "kontaktnummer", "nummer lautet", "richiamami", "contactnr", "sms an", "ping me on", "give me a bell", "mob no", "pod numerem", "pod nr", "kontakt pod", "unter der nummer", "au numéro", "al número", "al numero", "richiamarmi", "chiamarmi", "contattarmi", "spoke to", "spoke with", "text from", "sms from", "call from", "her no", "his no", "my no$", "their no", "llamó al", "llamó a$", "dzwonił na", "dzwoniła na", "zadzwonił na", "appelé au", "appelée au", "text only", "no answer on", "llÁmenme", "if urgent", "urgent:", "llamarme al", "reaching", "reach you", "forward calls", "forward my calls", "avvisatemi al", "reach$", "avvisami al", "forwarded to", "contacted on", "contacted at", "fange mig på", "fang mig på", "answers on", "called back from", "calls back from", "phoned from", "ligar no", "ligue no", "me ligar", "questions?", 
]);

/// Nouns whose numbers are no telephone numbers.
#[rustfmt::skip]
static OTHER_NUMBERS: Words = Words::new(&[
    "order", "invoice", "tracking", "ticket", "reference", "ref$", "ref.", "case$", "serial", "part$", "model",
    "item", "sku", "customer n", "booking", "confirmation", "transaction", "version", "flight", "room", "account",
    "card$", "passport", "licence", "license", "routing", "batch", "parcel",
    "shipment", "product", "article", "policy", "claim", "id$", "uuid", "hash", "bestell", "rechnung", "commande",
    "facture", "pedido", "factura", "security", "insurance", "nhs", "tax", "vat", "iban", "isbn", "ean", "lot$",
    "build", "timestamp", "epoch", "card n", "ra n", "rma", "consignment", "awb", "waybill", "auftrag", "伝票",
    "注文", "订单", "訂單", "单号", "請求", "发票", "發票", "주문", "송장", "청구", "заказ", "счет", "счёт", "παραγγελ", "τιμολόγ", "طلب", "فاتورة", "ऑर्डर", "बिल", "tickets", "id number", "ordine", "boleto", "encomenda", "envío", "paczk", "zamówieni", "lotto", "objednávk", "ordre$", "tilaus", "bestilling", "beställning", "bestelling", "narudžb", "comand", "megrendel", "sipariş", "delen$", "parts$", "ricambio$", "registered under", "onderdeel", "pezzo", "teil$", "truck", "teilenummer", "pièce", "ersatzteil", "rendelés", "számla", "referencia", "drawing", "dibujo", "zeichnung", ", sprawa$", ", processo$", ", proceso$", ", expediente$", ", protocolo$", "法人番号", ".java", "and quote$", "numéro de suivi$", "n° de suivi$", "numero di spedizione$", "número de seguimiento", "numero de seguimiento", "seguimiento n", "mi número de cliente", "mi numero de cliente", "meu número do cliente", "meu numero do cliente", "mój numer klienta", "mój nr klienta", "tytuł$", "causale$", "verwendungszweck$",
]);

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn numbers_by_the_word_beside_them() {
        for (text, rest) in [
            ("Best,\nJo\nT: 09779329401", "Best,\nJo\nT: [PHONE]"),
            ("Тел.:8-910-071-59-91", "Тел.:[PHONE]"),
            ("Τηλέφωνο: 693 881 6323", "Τηλέφωνο: [PHONE]"),
            ("You can text 604 714 1872 later", "You can text [PHONE] later"),
            ("msisdn 915 367 5660 ported", "msisdn [PHONE] ported"),
            ("Text 09856367265 when near", "Text [PHONE] when near"),
            ("Landlord (613 930 0197) says", "Landlord ([PHONE]) says"),
            ("πάρτε με στο 694 484 8535", "πάρτε με στο [PHONE]"),
            ("เบอร์ 02-431-6684", "เบอร์ [PHONE]"),
            ("escríbeme al wasap 622 94 09 33", "escríbeme al wasap [PHONE]"),
            ("the otp was sent to 9010646938 but never came", "the otp was sent to [PHONE] but never came"),
            ("pode ligar no 21 96492-4886?", "pode ligar no [PHONE]?"),
            ("Customer called back from 917 775 331, again", "Customer called back from [PHONE], again"),
            ("proszę o kontakt 601 188 185", "proszę o kontakt [PHONE]"),
            ("call Paul +447901064975 10 min before", "call Paul [PHONE] 10 min before"),
            ("call Mei 07239 403590 10 min before", "call Mei [PHONE] 10 min before"),
            ("passport number L2082309 and phone 99306 38077", "passport number [PASSPORT] and phone [PHONE]"),
            ("telephone +90 532 473 92 34, file 2026/79799/CIV.", "telephone [PHONE], file 2026/79799/CIV."),
            ("berührt, erreichbar unter 01714611392.", "berührt, erreichbar unter [PHONE]."),
            ("proszę o kontakt na jo@example.com albo 704 398 036.", "proszę o kontakt na [EMAIL] albo [PHONE]."),
            ("Ich bin unter 0179 85711000 erreichbar", "Ich bin unter [PHONE] erreichbar"),
            ("Kindly contact on 9881322168 or mail", "Kindly contact on [PHONE] or mail"),
            ("Wei to call +86 138 8689 2178 about part 019-0843-24", "Wei to call [PHONE] about part 019-0843-24"),
            (
                "rufen Sie mich unter 040 / 43 21 80 96 zurück, Auftrag 4500012345.",
                "rufen Sie mich unter [PHONE] zurück, Auftrag 4500012345.",
            ),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "注文番号 7862473",
            "заказ номер 7862473",
            "RA number 4505122",
            "delivered,702.59\n72645923,",
            "GET /auth/:provider/callback 302 746.021 ms - 2514",
            "Il ricambio 0522-3886-968 costa 87,54 €",
            "74 dents, parts 0220-9747-920",
            "The company, registered under number 05193485, denies liability.",
            "Do not dial it, 415-555-2527 is the part number printed on the gasket.",
            "INSERT INTO t (user_id, card_number) VALUES (6879237, '')",
        ] {
            lives(text);
        }
    }

    #[test]
    fn numbers_of_many_countries() {
        for text in [
            "+1 415 555 0132",
            "+14155550132",
            "+1 (415) 555-0132",
            "+44 20 7946 0958",
            "+44 (0)20 7946 0958",
            "+49 30 1234567",
            "+49-171-1234567",
            "+33 1 42 68 53 00",
            "+91 98765 43210",
            "+55 11 98456-5666",
            "+358 40 1234567",
            "0049 30 1234567",
            "(415) 555-0132",
            "415-555-0132",
            "415.555.0132",
            "1-800-555-0132",
            "020 7946 0958",
            "07911 123456",
            "06 12 34 56 78",
            "06.12.34.56.78",
            "0171-1234567",
            "030/12345678",
            "(011) 98456-5666",
            "(0171) 1234567",
            "0 532 123 45 67",
            "07911123456",
        ] {
            assert_eq!(finds(text), "[PHONE]", "{text}");
        }
        for (text, rest) in [
            ("call me at 5550132 tonight", "call me at [PHONE] tonight"),
            ("Mobile: 9876543210", "Mobile: [PHONE]"),
            ("mein Telefon ist 1234567", "mein Telefon ist [PHONE]"),
            ("手机13812345678", "手机[PHONE]"),
            ("call +353 20 910 1234. 10/10", "call [PHONE]. 10/10"),
            ("+1 415 555 0132 2026-11-21", "[PHONE] 2026-11-21"),
            ("Ring +44 20 7946 0958, or +49 30 1234567.", "Ring [PHONE], or [PHONE]."),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
    }

    #[test]
    fn digits_that_are_no_numbers_to_call() {
        for text in [
            "2026-11-21",
            "2026-11-21T07:03:12.123Z",
            "21.11.2026 10:30",
            "1700000000",
            "1700000000123",
            "order 9876543210",
            "Your order number is 13812345678",
            "112-3456789-1234567",
            "SKU-415-555-0132",
            "1+2345678",
            "3.14159265358979",
            "52.520008, 13.404954",
            "00000012345678",
            "12345-6789",
            "+02:00",
            "hotel 1234567",
            "1 234 567.89 EUR",
            "a telltale 1234567",
            "10.0.19045 20348",
            "v=124.0.6367.60",
        ] {
            lives(text);
        }
    }

    #[test]
    fn numbers_that_are_called_and_numbers_that_are_not() {
        for (text, rest) in [
            ("jo@example.com, 67332 63241, since 2022", "[EMAIL], [PHONE], since 2022"),
            ("phone number on my account to 9824387355 please", "phone number on my account to [PHONE] please"),
            ("contact 8303870028, no email", "contact [PHONE], no email"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "Ticket 410-992-0522 is closed",
            "batch 67332 63241",
            "reach me at the pump, 172.27.8.237 is its address, far from the office",
        ] {
            lives(text);
        }
    }

    #[test]
    fn extensions_and_numbers_beside_addresses() {
        for (text, rest) in [
            ("call 721.026.2287x8861 now", "call [PHONE] now"),
            ("ring 001-425-813-7089x8971.", "ring [PHONE]."),
            ("work 879-117-5439, ext. 592.", "work [PHONE]."),
            ("a@example.com or 074 963 175.", "[EMAIL] or [PHONE]."),
            ("43 5102-4497 or a@example.com", "[PHONE] or [EMAIL]"),
            ("Home 0544232155, work", "Home [PHONE], work"),
            ("its IMEI reads 49-249934-709479-8.", "its IMEI reads [PHONE]."),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in ["screen 1024x768 of 3840x2160", "part 0 941 146 306 fits"] {
            lives(text);
        }
    }
}
