//! What validators and databases say about a value they did not like: they quote it, and name the field it came in.
//!
//! The forms are those of mongoose (`Cast to Number failed for value "…" (type string) at path "phone"`, ``Path `username`
//! (`…`) is shorter``), Joi (`"phone" with value "…" fails to match`), MySQL (`Duplicate entry '…' for key 'users.phone'`,
//! `Incorrect date value: '…' for column 'birth_date'`) and PostgreSQL (`Failing row contains (7, …)`), and a quoted value
//! right behind its field's name, as everybody else writes it. In JSON the field stands in a member beside the message:
//! `{"path":"taxId","message":"Value 65050553212 already registered"}`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Redactor;
use super::context::is_word;
use super::edit::{Edit, With};
use super::embed;
use super::finding::{Action, Finding, Why};
use super::kind::{Kind, is_placeholder};
use super::people;
use super::traits::{Traits, has};
use super::values::{is_organisation, is_talk};
use super::verdict::{How, Verdict};

/// Longest value looked at, in bytes.
const LONGEST: usize = 96;
/// How far behind a value the name of its field stands, in bytes.
const NAME_WITHIN: usize = 48;
/// Fewest digits of a value that is not quoted.
const LEAST_DIGITS: usize = 6;

/// Members that hold what is said, and those that name the field it is said of.
const SAYS: &[&str] = &[
    "message",
    "msg",
    "Message",
    "detail",
    "details",
    "reason",
    "description",
    "Description",
    "diagnostics",
    "error",
    "errorMessage",
    "error_message",
    "ErrorMessage",
    "title",
];
const FIELDS: &[&[u8]] = &[
    b"\"path\"",
    b"\"field\"",
    b"\"param\"",
    b"\"property\"",
    b"\"target\"",
    b"\"attribute\"",
    b"\"parameter\"",
    b"\"pointer\"",
    b"\"fieldName\"",
    b"\"field_name\"",
    b"\"propertyName\"",
    b"\"instancePath\"",
    b"\"dataPath\"",
    b"\"Path\"",
    b"\"Field\"",
    b"\"PropertyName\"",
    b"\"column\"",
    b"\"loc\"",
];

/// The name of the field that the string from `start` to `end` complains about.
pub(super) fn field_beside(json: &str, start: usize, end: usize) -> Option<&str> {
    super::json::text_beside(json, start, end, FIELDS)
}

/// Whether a member of this name holds a message, and it may quote a value at all.
#[inline]
pub(super) fn may_quote(name: &str, text: &str) -> bool {
    let told = matches!(name.as_bytes().first(), Some(b'm' | b'M' | b'd' | b'D' | b'r' | b'e' | b'E' | b't'))
        && text.len() >= 8;
    told && SAYS.contains(&name) && has_something(text)
}

fn has_something(text: &str) -> bool {
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    text.contains(' ') && (memchr::memchr3(b'\'', b'"', b'`', text.as_bytes()).is_some() || digits() >= LEAST_DIGITS)
}

/// Where the message `text` quotes what its field is said to hold.
pub(super) fn quoted_values(text: &str, verdict: Verdict) -> Vec<Range<usize>> {
    let mut found: Vec<_> =
        quotes(text).filter(|range| text.get(range.clone()).is_some_and(|value| fits(verdict, value))).collect();
    if found.is_empty() && is_numbered(verdict.kind) {
        found.extend(numbers(text).filter(|range| text.get(range.clone()).is_some_and(|value| fits(verdict, value))));
    }
    found
}

/// Values that the text itself says which field's they are.
pub(super) fn find(r: &Redactor, text: &str, traits: Traits, edits: &mut Vec<Edit>) {
    if !traits.any(has::SPACE) {
        return;
    }
    let bytes = text.as_bytes();
    if memchr::memchr3(b'\'', b'"', b'`', bytes).is_some() {
        let mut before: Option<Range<usize>> = None;
        for range in quotes(text) {
            let name = name_of(text, &range, before.as_ref());
            before = Some(range.clone());
            let (Some(name), Some(value)) = (name, text.get(range.clone())) else { continue };
            let Some(verdict) = embed::named(r, name).filter(|verdict| fits(*verdict, value)) else { continue };
            edits.push(Edit::new(range, With::Finding(verdict.finding())));
        }
    }
    taken(r, text, edits);
    if traits.any(has::PAREN) && r.rules.action(Kind::Name) != Action::Keep {
        failing_row(text, edits);
    }
}

/// `Username joan_84 is already taken`: a value between its name and what is wrong with it.
fn taken(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b" already "));
    let Some(mark) = MARK.find(text.as_bytes()) else { return };
    let before = text.get(..mark).unwrap_or_default();
    let before = [" is", " was", " has"].iter().find_map(|verb| before.strip_suffix(verb)).unwrap_or(before);
    let Some((name, value)) = before.rsplit_once(' ') else { return };
    let name = name.rsplit(' ').next().unwrap_or_default();
    let known = |verdict: &Verdict| match verdict.kind {
        Kind::Name => How::Account.fits(value),
        _ => fits(*verdict, value),
    };
    if let Some(verdict) = embed::named(r, name).filter(known).filter(|_| !is_placeholder(value)) {
        let start = before.len() - value.len();
        edits.push(Edit::new(start..before.len(), With::Finding(verdict.finding())));
    }
}

/// `Failing row contains (7, Ada Berg, …).`: PostgreSQL shows the values of a row, and no names.
fn failing_row(text: &str, edits: &mut Vec<Edit>) {
    static HEAD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"row contains ("));
    let Some(open) = HEAD.find(text.as_bytes()).map(|at| at + HEAD.needle().len()) else { return };
    let row = text.get(open..).unwrap_or_default();
    let row = row.get(..row.find(')').unwrap_or(row.len())).unwrap_or_default();
    let mut at = open;
    for cell in row.split(", ") {
        let person = people::is_person(cell) || people::is_given_name(cell);
        if person && cell.len() <= LONGEST {
            let finding = Finding::new(Kind::Name, Why::Detector("name: in a row a database shows"));
            edits.push(Edit::new(at..at + cell.len(), With::Finding(finding)));
        }
        at += cell.len() + 2;
    }
}

/// What stands in quotes: `'…'`, `"…"` (also escaped) and `` `…` ``.
fn quotes(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(from..)?;
            let open = from + memchr::memchr3(b'\'', b'"', b'`', rest)?;
            let quote = *bytes.get(open)?;
            let start = open + 1;
            // An apostrophe: `doesn't`.
            let apostrophe = open.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(|b| is_word(*b) || *b >= 0x80);
            let reach = bytes.get(start..bytes.len().min(start + LONGEST)).unwrap_or_default();
            let close = memchr::memchr2(quote, b'\n', reach).map(|length| start + length);
            match close.filter(|close| !apostrophe && *close > start && bytes.get(*close) == Some(&quote)) {
                Some(close) => {
                    from = close + 1;
                    let end = if bytes.get(close - 1) == Some(&b'\\') { close - 1 } else { close };
                    if end > start {
                        return Some(start..end);
                    }
                }
                None => from = start,
            }
        }
    })
}

/// Numbers of several digits, with what may stand between those.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + bytes.get(from..)?.iter().position(|b| b.is_ascii_digit() || *b == b'+')?;
            let within = |b: &&u8| b.is_ascii_digit() || matches!(b, b'+' | b' ' | b'.' | b'-' | b'/' | b'(' | b')');
            let length = bytes.get(start..)?.iter().take(LONGEST).take_while(within).count();
            from = start + length;
            let run = bytes.get(start..from)?;
            let end = start + run.iter().rposition(u8::is_ascii_digit).map_or(0, |last| last + 1);
            let digits = run.iter().filter(|b| b.is_ascii_digit()).count();
            let touches = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| is_word(*b));
            if digits >= LEAST_DIGITS && !touches(start.checked_sub(1)) && !touches(Some(end)) {
                return Some(start..end);
            }
        }
    })
}

/// The name of the field that the quoted value is of.
fn name_of<'a>(text: &'a str, value: &Range<usize>, before: Option<&Range<usize>>) -> Option<&'a str> {
    let ahead = text.get(..value.start - 1)?.trim_end_matches('\\');
    // `"phone" with value "…"`, ``Path `phone` (`…`)``, `'phone' '…'`.
    if let Some(between) = before.and_then(|quote| text.get(quote.end..value.start - 1)) {
        let between = between.trim_matches(['\\', '\'', '"', '`', ' ']);
        if matches!(between, "(" | "" | "with value" | "with the value" | "was" | "is" | "value" | "has value" | "got")
        {
            return before.and_then(|quote| text.get(quote.clone())).filter(|name| is_name(name));
        }
    }
    // `… for value "…" (type string) at path "phone"`, `Duplicate entry '…' for key 'users.phone'`
    let end = text.len().min(value.end + 1 + NAME_WITHIN);
    let behind = text.as_bytes().get(value.end + 1..end).unwrap_or_default();
    if let Some(open) = memchr::memchr3(b'\'', b'"', b'`', behind) {
        const HEADS: &[&[u8]] = &[b" for key ", b" for column ", b" at path ", b" for path ", b" for field ", b" for "];
        let head = behind.get(..open).unwrap_or_default();
        let head = head.strip_suffix(b"\\").unwrap_or(head);
        if HEADS.iter().any(|words| head.ends_with(words)) {
            let name = text.get(value.end + 1 + open + 1..)?;
            let length = name.bytes().take(LONGEST).position(|b| matches!(b, b'\'' | b'"' | b'`' | b'\\'))?;
            // MySQL's keys are called after their tables, and what they are: `users.phone_UNIQUE`.
            let name = name.get(..length)?.rsplit('.').next()?;
            let name = ["_UNIQUE", "_unique", "_idx", "_key", "_1"]
                .iter()
                .find_map(|end| name.strip_suffix(end))
                .unwrap_or(name);
            return Some(name).filter(|name| is_name(name));
        }
    }
    // `homePhone '…' does not match`, `username: '…'`
    let ahead = ahead.strip_suffix(' ')?;
    // `set patient.customerName to '…'`
    let ahead = ahead
        .strip_suffix(" value")
        .or_else(|| ahead.strip_suffix(" to"))
        .or_else(|| ahead.strip_suffix(':'))
        .unwrap_or(ahead);
    let start =
        ahead.bytes().rposition(|b| !(is_word(b) || matches!(b, b'.' | b'-' | b'[' | b']'))).map_or(0, |at| at + 1);
    ahead.get(start..).filter(|name| is_name(name))
}

fn is_name(text: &str) -> bool {
    (2..=64).contains(&text.len()) && text.bytes().all(|b| is_word(b) || matches!(b, b'.' | b'-' | b'[' | b']'))
}

/// Whether what is of this kind is known by its digits.
const fn is_numbered(kind: Kind) -> bool {
    !kind.is_credential() && !matches!(kind, Kind::Name | Kind::Email | Kind::Ip | Kind::Geo)
}

/// Whether a quoted `value` may be what the field holds, and no word about it: `Expected 'string'`, `Unexpected token 'a'`.
pub(super) fn fits(verdict: Verdict, value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let capital = value.starts_with(char::is_uppercase) && value.chars().any(char::is_lowercase);
    let shown = match verdict.kind {
        Kind::Password | Kind::Secret | Kind::ApiKey | Kind::PrivateKey | Kind::Auth | Kind::Cookie => {
            value.len() >= 6 && digits > 0 && !value.contains(' ')
        }
        Kind::Name => {
            let login = value.len() >= 3
                && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'@'))
                && value.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'_' | b'.'))
                && value.bytes().any(|b| b.is_ascii_alphabetic());
            login || (capital && digits == 0 && !is_organisation(value) && !people::is_sentence(value))
        }
        Kind::Email => value.contains('@') || digits > 0,
        Kind::Address => digits > 0 || capital,
        _ => digits >= 3,
    };
    shown
        && value.len() >= 2
        && !is_talk(verdict.kind, value)
        && !is_placeholder(value)
        && !value.contains(['{', '}', '[', '<', '\\'])
        && verdict.how.fits(value)
        && !verdict.says_nothing(value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::Counts;
    use super::super::testing::{BUILTIN, finds, lives};

    #[test]
    fn values_quoted_beside_their_fields_names() {
        // What somebody says is no number as a whole.
        assert_eq!(
            finds("caller: \"yeah it's 503.959.5840, and the order was 113887, I think\""),
            "caller: \"yeah it's [PHONE], and the order was 113887, I think\""
        );
        for (text, rest) in [
            ("nextOfKin.homePhone '695 945 126' does not match", "nextOfKin.homePhone '[PHONE]' does not match"),
            (
                "Cast to string failed for value \"65050553212\" (type string) at path \"taxId\"",
                "Cast to string failed for value \"[NATIONAL_ID]\" (type string) at path \"taxId\"",
            ),
            ("Username joan_84 is already taken", "Username [NAME] is already taken"),
            ("The phone 5551234567 has already been used", "The phone [PHONE] has already been used"),
            ("Path `username` (`jo_84`) is shorter than", "Path `username` (`[NAME]`) is shorter than"),
            (
                "\"taxId\" with value \"65050553212\" fails to match",
                "\"taxId\" with value \"[NATIONAL_ID]\" fails to match",
            ),
            (
                "Duplicate entry '695945126' for key 'users.phone_UNIQUE'",
                "Duplicate entry '[PHONE]' for key 'users.phone_UNIQUE'",
            ),
            (
                "Incorrect date value: '1990-02-31' for column 'birth_date' at row 1",
                "Incorrect date value: '[BIRTH_DATE]' for column 'birth_date' at row 1",
            ),
            ("set patient.customerName to 'Nigel Ashworth'", "set patient.customerName to '[NAME]'"),
            ("Failing row contains (7, Ada Berg, null, open).", "Failing row contains (7, [NAME], null, open)."),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "Unexpected token 'a', \"abc\" is not valid JSON",
            "firstName must be a 'string'",
            "Duplicate entry '4711' for key 'orders.number'",
            "it doesn't matter, the token isn't 'x'",
            "Path `status` (`open`) is invalid",
            "This account is already active",
            "The email address is already registered",
            "Failing row contains (7, Blue Lamp, null).",
        ] {
            lives(text);
        }
    }

    #[test]
    fn a_message_about_the_field_beside_it() {
        let strips = |json: &str| {
            let mut out = String::new();
            BUILTIN.strip_json(json, &mut out, &mut Counts::default()).unwrap();
            let mut again = String::new();
            BUILTIN.strip_json(&out, &mut again, &mut Counts::default()).unwrap();
            assert_eq!(again, out);
            out
        };
        for (json, rest) in [
            (
                r#"[{"path":"taxId","message":"Value 65050553212 already registered"}]"#,
                r#"[{"path":"taxId","message":"Value [NATIONAL_ID] already registered"}]"#,
            ),
            (
                r#"{"msg":"'Okafor' is not allowed","param":"lastName"}"#,
                r#"{"msg":"'[NAME]' is not allowed","param":"lastName"}"#,
            ),
            (
                r#"{"path":["body","phone"],"input":"695945126","message":"695945126 is too short"}"#,
                r#"{"path":["body","phone"],"input":"[PHONE]","message":"[PHONE] is too short"}"#,
            ),
        ] {
            assert_eq!(strips(json), rest);
        }
        for json in [
            r#"{"path":"quantity","message":"Value 65050553212 is too large"}"#,
            r#"{"path":"phone","message":"must have 10 digits"}"#,
            r#"[{"path":"phone"},{"message":"order 65050553212 not found"}]"#,
        ] {
            assert_eq!(strips(json), json);
        }
    }
}
