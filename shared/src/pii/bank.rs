//! Bank accounts: the IBAN of ISO 13616. National account, routing and sort codes have no shape of their own and are known
//! by their field names.

use std::ops::Range;

use droplets_pattern::pattern;

use super::candidate::Candidate;
use super::context::{Words, is_word};
use super::detector::{Detector, Find, LETTER, Needs, Shape, UPPER};
use super::kind::Kind;
use super::national_id::{is_amount, is_date};
use super::traits::has;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "IBAN: country, length, ISO 7064 mod 97",
        kind: Kind::Iban,
        needs: Needs { any: has::UPPER | has::LOWER, chain: 2, digits: 2, run: 4, ..Needs::NOTHING },
        find: Find::OfWord(Shape::begins(LETTER).from(4).holds(has::DIGIT), iban_at),
    },
    Detector {
        name: "IBAN: country apart, length, ISO 7064 mod 97",
        kind: Kind::Iban,
        needs: Needs { any: has::UPPER, all: has::SPACE, number: 8, ..Needs::NOTHING },
        find: Find::OfWord(Shape::begins(UPPER).of(&[2]), |c| {
            // `ES 36 92661200 0840977922 90`
            let apart = matches!(c.text.as_bytes().get(c.end..c.end + 4), Some([b' ', a, b, b' ']) if a.is_ascii_digit() && b.is_ascii_digit());
            let known = LENGTHS.iter().any(|(code, _)| code.as_slice() == c.matched());
            if apart && known { iban_of(c, c.start, c.end + 3) } else { None }
        }),
    },
    Detector {
        name: "account, routing or sort code: a word before it",
        kind: Kind::Bank,
        needs: Needs {
            any: has::UPPER | has::LOWER | has::WIDE,
            chain: 5,
            plain: true,
            cue: Some(&BANK_WORDS),
            ..Needs::NOTHING
        },
        find: Find::Pattern(pattern!(r"\b[0-9](?:[ .-]?[0-9]){4,21}\b"), account),
    },
    Detector {
        name: "account: a bank or what is done with it beside it",
        kind: Kind::Bank,
        needs: Needs { all: has::SPACE, digits: 8, plain: true, cue: Some(&MONEY), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9]{8,12}\b"), |c| {
            let told = c.behind(80, &MONEY) || c.followed(24, &MONEY);
            (c.stands_alone() && told && c.behind(9, &ACCOUNT) && !c.behind(24, &ORDERS)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "sort code and account: as pairs",
        kind: Kind::Bank,
        needs: Needs { all: has::SPACE, number: 14, plain: true, cue: Some(&DETAILS), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2} ?[/ ] ?[0-9]{8}\b"), |c| {
            (c.stands_alone() && c.behind(48, &DETAILS)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "account of a country: check digits, an account or a bank spoken of",
        kind: Kind::Bank,
        needs: Needs { chain: 20, plain: true, cue: Some(&ACCOUNTS), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9](?:[ .-]?[0-9]){19,25}\b"), |c| {
            let digits = c.digits();
            let known = is_ccc(digits.as_slice()) || is_rib(digits.as_slice()) || is_nrb(digits.as_slice());
            let zeros = digits.as_slice().iter().all(|digit| *digit == 0);
            (c.stands_alone() && known && !zeros && c.behind(48, &ACCOUNTS)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "random key of Brazil's Pix: called one",
        kind: Kind::Bank,
        needs: Needs { all: has::DIGIT | has::DASH | has::SPACE, run: 36, cue: Some(&PIX), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"),
            |c| (c.stands_alone() && c.behind(32, &PIX)).then_some(c.start..c.end),
        ),
    },
    Detector {
        name: "bank account: the path's part before it",
        kind: Kind::Bank,
        needs: Needs { all: has::SLASH | has::DIGIT, digits: 18, ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"(?i)/(?:cvu|cbu|clabe)s?/[0-9]{18,22}\b"), |c| c.last_part()),
    },
];

/// A Spanish account (código cuenta cliente): bank and branch of four digits each, two check digits modulo 11, ten digits.
fn is_ccc(digits: &[u8]) -> bool {
    /// Powers of two modulo 11.
    const WEIGHTS: [u32; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let check = |part: &[u8]| {
        // (Bank and branch have eight digits; two zeros before them weigh nothing.)
        let sum: u32 =
            part.iter().rev().zip(WEIGHTS.iter().rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        match 11 - sum % 11 {
            11 => 0,
            10 => 1,
            rest => rest,
        }
    };
    let (Some(branch), Some(&[first, second]), Some(account)) =
        (digits.get(..8), digits.get(8..10), digits.get(10..20))
    else {
        return false;
    };
    digits.len() == 20 && check(branch) == u32::from(first) && check(account) == u32::from(second)
}

/// A French account (relevé d'identité bancaire) of digits alone: bank and branch of five each, eleven, a key modulo 97.
fn is_rib(digits: &[u8]) -> bool {
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).unwrap_or_default().iter().fold(0u64, |number, digit| number * 10 + u64::from(*digit))
    };
    digits.len() == 23 && (89 * number(0..5) + 15 * number(5..10) + 3 * number(10..21) + number(21..23)) % 97 == 0
}

/// A Polish account (numer rachunku bankowego): its IBAN without the country.
fn is_nrb(digits: &[u8]) -> bool {
    let mut iban = *b"PL00000000000000000000000000";
    for (place, digit) in iban.iter_mut().skip(2).zip(digits) {
        *place = b'0' + digit;
    }
    digits.len() == 26 && mod_97(&iban)
}

static ACCOUNTS: Words = Words::new(&[
    "cuenta", "ccc$", "rib$", "compte", "virement", "konta", "konto", "rachun", "account", "bank", "przelew",
    "transfer",
]);

/// A country's letters, two check digits, and groups of letters and digits behind them; also glued to its name, `IBANGB07…`.
fn iban_at(c: &Candidate<'_>) -> Option<Range<usize>> {
    let bytes = c.text.as_bytes();
    let begins = |at: usize| {
        let head = bytes.get(at..at + 4).unwrap_or_default();
        matches!(head, [a, b, c, d] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit())
    };
    let glued = if c.matched().starts_with(b"IBAN") { Some(c.start + 4) } else { None };
    let start = [Some(c.start), glued].into_iter().flatten().find(|at| begins(*at))?;
    iban_of(c, start, start + 4)
}

/// The IBAN that begins at `start` and whose check digits end at `end`.
fn iban_of(c: &Candidate<'_>, start: usize, mut end: usize) -> Option<Range<usize>> {
    let bytes = c.text.as_bytes();
    let mut count = 0;
    while count < 30 {
        let joint = usize::from(matches!(bytes.get(end), Some(b' ' | b'.' | b'-')));
        if !bytes.get(end + joint).is_some_and(u8::is_ascii_alphanumeric) {
            break;
        }
        end += joint + 1;
        count += 1;
    }
    if count < 11 { None } else { iban(&Candidate { start, end, ..*c }) }
}

/// Digits directly behind a word that makes them an account.
fn account(c: &Candidate<'_>) -> Option<Range<usize>> {
    if c.hint.is_specific() || !c.stands_alone() || is_date(c.matched()) || is_amount(c.matched()) {
        return None;
    }
    // `phase=in_transit&updated=1788628880201`: a form's pair has a name of its own.
    if c.before() == Some(b'=')
        && c.text.as_bytes().get(c.start.saturating_sub(40)..c.start).is_some_and(|b| b.contains(&b'&'))
    {
        return None;
    }
    let digits = c.matched().iter().filter(|b| b.is_ascii_digit()).count();
    // Canada's branches have five.
    if digits == 5 && !c.behind(16, &TRANSIT) {
        return None;
    }
    // `the bank account number on the cheque, …`: further away, but nothing else is spoken of.
    let spoken_of = (c.behind(24, &BANK_WORDS) && !c.behind(12, &ORDERS))
        || (digits >= 8 && c.behind(40, &BANK_WORDS) && c.next_to(&BANK_WORDS) && !c.behind(30, &ORDERS));
    let with_bank = (c.behind(12, &ACCOUNT) || c.behind(17, &DEPOSIT))
        && (c.followed(64, &BANK_CODES) || c.behind(48, &BANK_CODES));
    (spoken_of || with_bank || c.called(&BANK_WORDS)).then_some(c.start..c.end)
}

static DETAILS: Words = Words::new(&[
    "bank details",
    "account details",
    "bank",
    "bacs",
    "sort code",
    "refund",
    "pay into",
    "wages",
    "salary",
    "account$",
]);
static PIX: Words = Words::new(&["pix$", "pix:", "chave aleat"]);
static TRANSIT: Words = Words::new(&["transit"]);
static ORDERS: Words = Words::new(&[
    "order",
    "invoice",
    "ticket",
    "reference",
    "ref$",
    "ref.",
    "ref:",
    "zamówieni",
    "bestell",
    "commande",
    "pedido",
    "ordine",
    "rechnung",
    "factur",
    "fattur",
    "objednáv",
    "beställning",
    "tracking",
    "case$",
    "id$",
    "number is not",
]);
/// What is done with a bank's account, and who keeps it.
#[rustfmt::skip]
static MONEY: Words = Words::new(&[
    "transfer", "debit", "credited", "cheque", "voided check", "check for", "wire", "wired", "direct deposit", "payroll", "mortgage", "standing order", "payout", "refund to",
    "überweis", "abgebucht", "virement", "transferencia", "bonifico", "overboek", "citibank", "hsbc", "chase$", "wells fargo", "santander", "barclays", "lloyds", "natwest", "revolut",
    "monzo", "bbva", "bnp", "deutsche bank", "commerzbank", "sparkasse", "unicredit", "intesa", "rabobank", "abn amro", "nordea", "swedbank", "capital one", "bank of america", "ing$", "westpac",
    "caixabank", "td bank", "my bank", "at bank", "charge of", "charged to", "hit my",
]);
static ACCOUNT: Words =
    Words::new(&["account$", "konto$", "cuenta$", "compte$", "conto$", "conta$", "rekening$", "into$", "to$"]);
static DEPOSIT: Words = Words::new(&["direct deposit$"]);
static BANK_CODES: Words = Words::new(&[
    "sort code",
    "sort-code",
    "routing",
    "aba$",
    "bsb$",
    "blz$",
    "bankleitzahl",
    "iban",
    "swift",
    "bic$",
    "transit",
    "institution",
    "agência",
    "agencia",
    "filiale",
]);

#[rustfmt::skip]
static BANK_WORDS: Words = Words::new(&[
    "account number", "account no", "account nr", "account#", "account #", "acct$", "acct.", "a/c", "bank account",
    "routing", "aba$", "sort code", "sortcode", "sort-code", "kontonummer", "konto-nr", "kontonr", "konto$", "bankleitzahl", "blz$",
    "numero de cuenta", "número de cuenta", "cuenta bancaria", "numéro de compte", "numero de compte", "compte bancaire",
    "numero di conto", "conto corrente", "número da conta", "conta corrente", "rekeningnummer", "bsb$", "clabe", "普通 ", "当座 ", "खाते", "खाता ",
    "savings account", "checking account", "current account", "acc no", "acc nr", "acc number", "acc:", "to acc", "account:", "s/c$", "s/c:",
    "girokonto", "konto nr", "konto:", "nr konta", "numer konta", "číslo účtu", "cislo uctu", "kontonr.", "broj računa", "številka računa",
    "hesap no", "банковск", "р/с", "расчетный счет", "계좌", "口座番号", "银行账号", "银行账户", "رقم الحساب", "số tài khoản", "stk$", "rekening$", "no rekening",
    "tilinumero", "számlaszám", "cont bancar", "αριθμός λογαριασμού", "cbu$", "cvu$", "cci:", "cci n", "transit$", "transit n", "transit:", "खाता संख्या", "खाता नंबर", "khata", "bank a/c", "account ending in full", "iban-nummer", "into account", "account 0", "salary account", "bacs$", "kto.", "kto-nr", "kto nr", "bacs to", "para a conta$", "на счёт$", "на счет$",
]);

/// Length of the IBAN by country, from the registry SWIFT keeps for ISO 13616.
#[rustfmt::skip]
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16), (b"BG", 22),
    (b"BH", 22), (b"BI", 27), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22), (b"CY", 28), (b"CZ", 24),
    (b"DE", 22), (b"DJ", 27), (b"DK", 18), (b"DO", 28), (b"EE", 20), (b"EG", 29), (b"ES", 24), (b"FI", 18),
    (b"FK", 18), (b"FO", 18), (b"FR", 27), (b"GB", 22), (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27),
    (b"GT", 28), (b"HN", 28), (b"HR", 21), (b"HU", 28), (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26),
    (b"IT", 27), (b"JO", 30), (b"KW", 30), (b"KZ", 20), (b"LB", 28), (b"LC", 32), (b"LI", 21), (b"LT", 20),
    (b"LU", 20), (b"LV", 21), (b"LY", 25), (b"MC", 27), (b"MD", 24), (b"ME", 22), (b"MK", 19), (b"MN", 20),
    (b"MR", 27), (b"MT", 31), (b"MU", 30), (b"NI", 28), (b"NL", 18), (b"NO", 15), (b"OM", 23), (b"PK", 24),
    (b"PL", 28), (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22), (b"RU", 33), (b"SA", 24),
    (b"SC", 31), (b"SD", 18), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"SM", 27), (b"SO", 23), (b"ST", 25),
    (b"SV", 28), (b"TL", 23), (b"TN", 24), (b"TR", 26), (b"UA", 29), (b"VA", 22), (b"VG", 24), (b"XK", 20),
    (b"YE", 30),
];

/// Cuts the match to its country's length and checks it. Written in one case: `LV80 bANK` is a typing error, not an IBAN.
fn iban(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let country: [u8; 2] = [matched.first()?.to_ascii_uppercase(), matched.get(1)?.to_ascii_uppercase()];
    let length = LENGTHS.iter().find(|(code, _)| **code == country)?.1;
    let mut seen = 0;
    let end = matched.iter().position(|b| {
        seen += usize::from(b.is_ascii_alphanumeric());
        seen == length
    })? + 1;
    let number = matched.get(..end)?;
    let next = c.text.as_bytes().get(c.start + end).copied();
    if next.is_some_and(is_word)
        || (number.iter().any(u8::is_ascii_lowercase) && number.iter().any(u8::is_ascii_uppercase))
    {
        return None;
    }
    mod_97(number).then_some(c.start..c.start + end)
}

/// ISO 13616, 6: the first four characters moved to the end, letters as 10–35, the whole modulo 97 is 1 (ISO/IEC 7064).
fn mod_97(number: &[u8]) -> bool {
    let compact = || number.iter().filter(|b| b.is_ascii_alphanumeric());
    let moved = compact().skip(4).chain(compact().take(4));
    let rest = moved.fold(0u32, |rest, byte| match (*byte as char).to_digit(36) {
        Some(value) if value > 9 => (rest * 100 + value) % 97,
        Some(value) => (rest * 10 + value) % 97,
        None => rest,
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn ibans_compact_grouped_and_in_sentences() {
        for text in [
            "DE89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
            "GB29-NWBK-6016-1331-9268-19",
            "gb29nwbk60161331926819",
            "NO9386011117947",
            "LC55HEMM000100010012001200023015",
        ] {
            assert_eq!(finds(text), "[IBAN]", "{text}");
        }
        assert_eq!(finds("pay to DE89 3704 0044 0532 0130 00 X now"), "pay to [IBAN] X now");
    }

    #[test]
    fn accounts_by_the_words_around_them() {
        for (text, rest) in [
            ("account number 13767645", "account number [BANK]"),
            (
                "the bank account number on the cheque, 84029135, is",
                "the bank account number on the cheque, [BANK], is",
            ),
            ("direct deposit 5107734604 at routing 117379080.", "direct deposit [BANK] at routing [BANK]."),
            ("pay into account 13767645, sort code 60-25-52", "pay into account [BANK], sort code [BANK]"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        assert_eq!(
            finds("ifsc ICIC0872694, a/c number 38749491673, added 2024-11-27"),
            "ifsc ICIC0872694, a/c number [BANK], added 2024-11-27"
        );
        for text in ["account 13767645 was closed", "ICIC0872694", "my bank account! The order 84029135 is late"] {
            lives(text);
        }
        assert_eq!(finds("IBANGB29NWBK60161331926819"), "IBAN[IBAN]");
    }

    #[test]
    fn wrong_length_country_or_checksum_lives() {
        for text in [
            "DE89370400440532013001",
            "DE8937040044053201300",
            "XX89370400440532013000",
            "xDE89370400440532013000",
            "DE893704004405320130001",
            "AL47/2121/1009/0000/0002/3569/8741",
        ] {
            lives(text);
        }
    }

    #[test]
    fn branches_and_random_keys() {
        for (text, rest) in [
            ("transit 46326, institution 004, account 3795178.", "transit [BANK], institution 004, account [BANK]."),
            ("Minha chave Pix é 1c64ace3-6c11-481f-a6f7-4e722894f335, é", "Minha chave Pix é [BANK], é"),
            ("pay my expenses into 50608103, sort code 40-59-40", "pay my expenses into [BANK], sort code [BANK]"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        lives("order 1c64ace3-6c11-481f-a6f7-4e722894f335");
        lives("konto: zamówienie 7700127123411499");
    }

    #[test]
    fn accounts_by_what_is_done_with_them() {
        for (text, rest) in [
            ("will be debited from account 1174778627.", "will be debited from account [BANK]."),
            ("Refund via BACS to 60-94-36 / 95186844 please", "Refund via BACS to [BANK] please"),
            ("kontonr 4335.14.68700, beløp 7.181,18 kr", "kontonr [BANK], beløp 7.181,18 kr"),
            ("to ES 36 92661200 0840977922 90 today", "to [IBAN] today"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in ["account 13767645 was closed", "at 1752144671, CZ0cci expired"] {
            lives(text);
        }
    }
}
