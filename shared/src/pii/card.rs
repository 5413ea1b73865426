//! Payment cards: the number by ISO/IEC 7812-1. What belongs to a card without a checksum (security code, expiry) is known
//! by its field name only.

use std::ops::{Range, RangeInclusive};

use droplets_pattern::pattern;

use super::candidate::{Candidate, Digits, luhn};
use super::context::{Words, is_word};
use super::detector::{Detector, Find, Needs};
use super::kind::Kind;
use super::names::Hint;
use super::traits::has;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "payment card: issuer prefix, length, Luhn",
        kind: Kind::Card,
        needs: Needs { number: 12, ..Needs::NOTHING },
        find: Find::Search(cards),
    },
    Detector {
        name: "card expiry: so called, in a text about a card",
        kind: Kind::Card,
        needs: Needs { chain: 3, any: has::SPACE | has::COLON | has::WIDE, cue: Some(&EXPIRY_WORDS), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(
                r"\b(?:(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-4][0-9]|20[2-4][0-9]-(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])[2-4][0-9])\b"
            ),
            |c| {
                // `12/24` of `12/24/2026` is no month of a year.
                let of_a_date = [c.before(), c.after()].iter().any(|b| matches!(b, Some(b'/' | b'-')));
                let alone = c.stands_alone() && !of_a_date;
                // `exp 0329`
                let bare = c.matched().len() == 4 && c.matched().iter().all(u8::is_ascii_digit);
                let called = if bare { c.behind(14, &EXPIRES) } else { c.behind(32, &EXPIRY_WORDS) };
                (alone && called && c.behind(96, &CARD_WORDS)).then_some(c.start..c.end)
            },
        ),
    },
];

static EXPIRES: Words = Words::new(&[
    "exp$",
    "exp.",
    "exp:",
    "expiry",
    "expires",
    "expiration",
    "valid thru",
    "gültig",
    "scadenza",
    "caduc",
]);

#[rustfmt::skip]
static EXPIRY_WORDS: Words = Words::new(&[
    // Behind a card's number nothing else looks so.
    "[card]",
    "runs out",
    "runs until",
    "good until",
    "läuft",
    "lapsed",
    "end date",
    "front shows",
    "exp$",
    "exp.",
    "expir",
    "expires",
    "valid thru",
    "valid until",
    "good thru",
    "gültig bis",
    "caduc",
    "vence",
    "scad",
    "validade",
    "geldig tot",
    "ważna do",
    "exp:", "expiry", "valid to", "valid till", "validity", "gültig", "läuft ab", "ablauf", "expire", "expirant", "valide", "valable jusqu",
    "vigencia", "vencimiento", "vto$", "válid", "val$", "val.", "scade", "geldig", "vervalt", "ważna", "ważność", "platná", "platnost", "platí do",
    "platnosť", "utløper", "gyldig til", "giltigt", "giltig t", "går ut", "udløber", "gyldig", "voimassa", "vrijedi do", "važi do", "ističe", "lejár",
    "érvényes", "expiră", "expira", "valabil", "son kullanma", "skt$", "срок", "валидна", "годна до", "действ", "діє до", "термін", "λήξη", "λήγει",
    "有効期限", "有效期", "유효기간", "유효", "หมดอายุ", "תוקף", "صلاحية", "ينتهي", "تنتهي", "berlaku", "hết hạn", "hiệu lực", "वैध", "期限", "到期", "만료",
]);

/// The check digit of GS1's thirteen: weights one and three.
fn is_ean(digits: &[u8]) -> bool {
    let sum: u32 =
        digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    digits.len() == 13 && sum.is_multiple_of(10)
}

/// Whether an issuer gives out numbers that start so and are so long (the public ranges of the networks).
fn issued(digits: &[u8]) -> bool {
    let six = digits.iter().take(6).fold(0u32, |n, d| n * 10 + u32::from(*d));
    let two = six / 10_000;
    let three = six / 1_000;
    let four = six / 100;
    let length = digits.len();
    match two {
        40..=49 => matches!(length, 13 | 16 | 18 | 19),
        51..=55 => length == 16,
        // Mastercard's second range, Mir, and nothing else below 30.
        20..=27 => length == 16 && (matches!(four, 2221..=2720) || matches!(four, 2200..=2204)),
        34 | 37 => length == 15,
        30 => (14..=19).contains(&length) && (matches!(three, 300..=305) || three == 309),
        36 | 38 | 39 => (14..=19).contains(&length),
        35 => (16..=19).contains(&length) && matches!(four, 3528..=3589),
        // Maestro, UnionPay, Discover, RuPay, Verve, Elo, Hipercard, Dankort, Laser, Switch, Bankcard.
        50 | 56..=58 | 60..=65 | 67..=69 => {
            (if two == 62 || two == 64 || two == 65 { 16 } else { 12 }..=19).contains(&length)
                && (length >= 16 || two == 50 || two == 67)
        }
        81 => length == 16 && four <= 8171,
        97 => length == 16 && four == 9792,
        // UATP.
        10..=19 => length == 15,
        _ => false,
    }
}

/// How numbers are printed on cards and typed from them: lengths of groups.
fn printed(groups: &[usize]) -> bool {
    match groups {
        [_] => true,
        [4, 6, 5 | 4] | [6, 6, 4] | [6, 10] => true,
        [8, 8] | [6, 13] => true,
        [4, 4, 4, last] => (1..=7).contains(last),
        [4, 4, 4, 4, last] => *last <= 3,
        [4, 4, last] => matches!(*last, 5..=8),
        // Read out in pairs.
        [pairs @ .., 1 | 2] if pairs.len() >= 6 => pairs.iter().all(|length| *length == 2),
        _ => false,
    }
}

/// Walks the chains of digit groups (one space, dash or dot between two) and tries every run of groups as a number.
fn cards(text: &str, hint: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut chain: Vec<Range<usize>> = Vec::new();
    while at < bytes.len() {
        if !bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
            continue;
        }
        chain.clear();
        loop {
            let start = at;
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            chain.push(start..at);
            // A slash joins groups of four: those of dates and paths are others.
            let four =
                at - start == 4 && bytes.get(at + 1..at + 4).is_some_and(|next| next.iter().all(u8::is_ascii_digit));
            let joined =
                bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'-' | b'.' | b'+' | b'_') || (*b == b'/' && four))
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if !joined {
                break;
            }
            at += 1;
        }
        if chain.iter().map(Range::len).sum::<usize>() >= *LENGTHS.start() {
            in_chain(text, hint, &chain, add);
        }
    }
}

/// How many digits a card has (ISO/IEC 7812-1, and Maestro's of twelve).
const LENGTHS: RangeInclusive<usize> = 12..=19;
/// Most groups of digits that are read as one number.
const MOST_GROUPS: usize = 9;

fn in_chain(text: &str, hint: Hint, chain: &[Range<usize>], add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut first = 0;
    // The group before `first` belongs to an accepted number, or there is none: then it cannot make this one longer.
    let mut free_before = true;
    while first < chain.len() {
        // Pairs of digits are read out as well: `22 00 40 48 …`.
        let pairs = chain.iter().skip(first).take(MOST_GROUPS).take_while(|group| group.len() == 2).count();
        // The last digit of fifteen stands alone.
        let single = usize::from(chain.get(first + pairs).is_some_and(|group| group.len() == 1));
        let most = if pairs >= 6 { (pairs + single).min(MOST_GROUPS) } else { 5 };
        let taken = (1..=most).rev().find_map(|count| {
            let groups = chain.get(first..first + count)?;
            let range = groups.first()?.start..groups.last()?.end;
            let candidate = Candidate { text, start: range.start, end: range.end, hint };
            // A four before it, or letters at the chain's head (an IBAN), make the groups part of a longer number.
            let longer = !free_before
                && (first.checked_sub(1).and_then(|i| chain.get(i)).is_some_and(|group| group.len() == 4)
                    || chain
                        .first()
                        .and_then(|group| group.start.checked_sub(1))
                        .and_then(|i| bytes.get(i))
                        .is_some_and(|b| is_word(*b)));
            accept(&candidate, groups, longer, bytes).then_some((count, range))
        });
        match taken {
            Some((count, range)) => {
                add(range);
                first += count;
                free_before = true;
            }
            None => {
                first += 1;
                free_before = false;
            }
        }
    }
}

/// Whether a month and a year follow: `, 06/32`.
fn dated_behind(text: &[u8]) -> bool {
    let text = text.strip_prefix(b",").unwrap_or(text);
    let text = text.strip_prefix(b" ").unwrap_or(text);
    matches!(text, [b'0' | b'1', month, b'/' | b'-', a, b, rest @ ..]
        if [month, a, b].iter().all(|digit| digit.is_ascii_digit())
            && !rest.first().is_some_and(|next| next.is_ascii_digit() || matches!(next, b'/' | b'-')))
}

fn accept(c: &Candidate<'_>, groups: &[Range<usize>], longer: bool, bytes: &[u8]) -> bool {
    let mut lengths = [0; MOST_GROUPS];
    for (length, group) in lengths.iter_mut().zip(groups) {
        *length = group.len();
    }
    let total: usize = lengths.iter().sum();
    if !LENGTHS.contains(&total) || !printed(lengths.get(..groups.len()).unwrap_or_default()) {
        return false;
    }
    let digits = Digits::of(c.matched());
    let digits = digits.as_slice();
    // Thirteen digits are a barcode's more often than a card's, of which none is left.
    let anything = c.hint != Hint::None || !c.is_everything();
    // Nor do many have an air-travel card, whose numbers begin with a one.
    let rare = total == 13 || digits.first() == Some(&1);
    if rare && (is_ean(digits) || (groups.len() == 1 && anything)) && !c.near_before(&CARD_WORDS) {
        return false;
    }
    // All the same digit passes Luhn now and then and is nobody's card.
    // Maestro's may have twelve, if they are called a card's.
    let maestro = matches!(digits, [5, 0 | 6..=9, ..] | [6, ..]) && total >= 12 && c.near_before(&CARD_WORDS);
    if !(issued(digits) || maestro) || !luhn(digits) || digits.windows(2).all(|w| w.first() == w.last()) {
        return false;
    }
    // Nor do many have more than sixteen digits, as ids of seventeen and more have: `624235305063897117`.
    if total >= 17 && groups.len() == 1 && !c.near_before(&CARD_WORDS) && (anything || total == 18) {
        return false;
    }
    // `Ada Berg, 5149190333731552, 06/32`: an expiry behind it outdoes what the sentence is about.
    let dated = dated_behind(bytes.get(c.end..).unwrap_or_default());
    let separator = groups.first().and_then(|group| bytes.get(group.end));
    let uniform = groups.iter().take(groups.len() - 1).all(|group| bytes.get(group.end) == separator);
    if groups.len() > 1 && !uniform {
        return false;
    }
    // Part of a longer token: a letter, or a decimal point and its digits, or a dash that goes on.
    let tied = |edge: Option<u8>, beyond: Option<u8>| {
        edge.is_some_and(|b| is_word(b) || (matches!(b, b'.' | b'-' | b'#') && beyond.is_some_and(is_word)))
    };
    let before = c.before();
    let beyond = c.start.checked_sub(2).and_then(|i| bytes.get(i)).copied();
    let same_group_before = longer && before.is_some() && before == separator.copied() && groups.len() > 1;
    // `#4111…` is as often a card as an order; a fraction, a letter or a longer grouped number is none.
    if (tied(before, beyond) && !(before == Some(b'-') && !longer && groups.len() > 1)) || same_group_before {
        return false;
    }
    if tied(c.after(), c.after_next())
        && !(c.after() == Some(b'-') && groups.len() > 1)
        && !c.after().is_some_and(|b| b.is_ascii_alphabetic() && groups.len() > 1)
    {
        return false;
    }
    // Ungrouped digits pass by chance, one in ten: an id field or an order's number decides against.
    groups.len() > 1 || (!c.hint.is_specific() && (dated || !c.near_before(&NOT_CARDS) || c.near_before(&CARD_WORDS)))
}

#[rustfmt::skip]
static CARD_WORDS: Words = Words::new(&[
    "[card]",
    "card",
    "signature strip",
    "visa",
    "mastercard",
    "amex",
    "american express",
    "credit",
    "debit",
    "pan$",
    "karte",
    "tarjeta",
    "carte",
    "cartão",
    "cc$",
    "kreditkort", "kort$", "kortet", "kortnummer", "kaart", "karta", "kartą", "kartę", "kartu", "karty", "kartica", "kártya", "kártyaszám", "cartao",
    "kortti", "kart$", "kartı", "карт", "κάρτα", "カード", "信用卡", "银行卡", "卡号", "卡號", "카드", "บัตร", "כרטיס", "بطاقة", "thẻ", "कार्ड", "cvv", "cvc",
    "security code", "cb ", "carta$", "kredietkaart", "kreditkart", "bankkarte", "ec-karte", "girocard", "paid with", "pay with", "paying with", "charged", "bezahlt mit", "pagado con",
]);

#[rustfmt::skip]
static NOT_CARDS: Words = Words::new(&[
    "order", "invoice", "tracking", "track$", "ticket", "reference", "ref$", "ref.", "serial", "sku", "booking",
    "confirmation", "transaction", "txn", "parcel", "shipment", "imei", "isbn", "ean$", "gtin", "barcode", "id$",
    "ids$", "uuid", "hash", "bestell", "rechnung", "commande", "facture", "pedido",
    "factura", "timestamp", "epoch", "batch", "number of", "ordine", "encomenda", "zamówieni", "bestelling", "ordre", "beställning", "objednáv", "tilaus", "sipariş", "订单", "訂單", "注文", "주문", "заказ", "objednávk",
]);

/// `09/27`, `03/2029`: a month and a year, as they stand on cards and on little else.
pub(super) fn is_expiry(text: &str) -> bool {
    let Some((month, year)) = text.trim().split_once(['/', '-']) else { return false };
    let (month, year) = (month.trim(), year.trim());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    // `2027-05`: the year first.
    let (month, year) = if month.len() == 4 { (year, month) } else { (month, year) };
    digits(month)
        && digits(year)
        && matches!(month.parse::<u8>(), Ok(1..=12))
        && (year.len() == 2 || (year.len() == 4 && year.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, finds_with, lives};
    use super::*;

    #[test]
    fn cards_of_all_issuers_however_they_are_grouped() {
        for text in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111/1111/1111/1111",
            "41 11 11 11 11 11 11 11",
            "4111-1111-1111-1111",
            "4222222222222",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "3782 822463 10005",
            "6011111111111117",
            "3530111333300000",
            "30569309025904",
            "3056 930902 5904",
            "6200000000000005",
            "6759649826438453",
            "5019717010103742",
            "122000000000003",
            "2201382000000013",
            "4111.1111.1111.1111",
            "4111+1111+1111+1111",
            "411111 111111 1111",
        ] {
            assert_eq!(finds(text), "[CARD]", "{text}");
        }
        assert_eq!(finds("pay 4111 1111 1111 1111 and 5555555555554444 exp 12/29"), "pay [CARD] and [CARD] exp [CARD]");
        assert_eq!(finds("karta 4757 8442 8550 2421 platná do 8-31"), "karta [CARD] platná do [CARD]");
        assert_eq!(finds("Kortnummer 34 33 36 88 18 72 23 2, 199 kr."), "Kortnummer [CARD], 199 kr.");
        // A barcode's check digit as well as a card's.
        assert_eq!(finds("7934;5080525469679;Bike"), "7934;5080525469679;Bike");
        assert_eq!(finds("4111111111111111 4012-8888-8888-1881 4012 8888 8888 1881"), "[CARD] [CARD] [CARD]");
    }

    #[test]
    fn digits_that_pass_luhn_and_are_no_card() {
        for text in [
            "4111111111111112",
            "order 4111111111111111",
            "invoice no. 5555555555554444",
            "x4111111111111111",
            "0.4111111111111111",
            "4111111111111111.5",
            "94111111111111111119",
            "1748503543012",
            "123e4567-e89b-12d3-a456-426614174000",
            "7992739871300000",
            "DE12 4111 1111 1111 1111",
            "0000000000000000",
        ] {
            lives(text);
        }
        assert_eq!(finds_with("4111111111111111", Hint::Identifier), "4111111111111111");
        assert_eq!(finds_with("4111 1111 1111 1111", Hint::Identifier), "[CARD]");
    }
}
