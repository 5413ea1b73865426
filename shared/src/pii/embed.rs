//! What a string may carry inside: JSON, a URL with its query, a form body, a cookie, header lines, log lines, markup, base64.
//!
//! In all of these, names decide as they do in JSON. Only the values that go are touched; every other byte stays as sent.
//! What is decoded to look inside (percent-encoding, JSON, base64) is decoded at most [`MAX_EMBEDDED`] layers deep.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::edit::{Edit, With};
use super::finding::{Action, Finding, Found, Why};
use super::kind::{Kind, is_placeholder, placeholder_len};
use super::names::{Hint, LONGEST_VALUE, Role, role_by};
use super::traits::{Traits, has};
use super::values::{self, may_be_a_name, says_nothing};
use super::verdict::{How, Verdict};
use super::{
    MAX_EMBEDDED, Redactor, complaints, documents, email, json, lenient, people, places, segments, tables, walk,
};

/// How much a `name: value` in text is trusted to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// A string of a JSON document: mostly prose and URLs. Without quotes, a colon after a name is believed for credentials.
    Text,
    /// A body that should have been structured and is not: every name is believed.
    Broken,
}

/// How much of a text was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Understood {
    /// Patterns look at it as well.
    Parts,
    /// A document that is cut off: no pattern needs to look at it.
    Leniently,
    /// A document. What is left of it is as stripped as it can be.
    All,
}

/// Looks for structure in `text` and edits what it says is personal.
pub(super) fn find(
    r: &Redactor,
    text: &str,
    traits: Traits,
    hint: Hint,
    depth: u8,
    edits: &mut Vec<Edit>,
) -> Understood {
    if traits.any(has::OPENING) && depth < MAX_EMBEDDED && looks_like_json(text) {
        let mut found = Found::new(r.explains);
        let mut out = String::with_capacity(text.len());
        let mut understood = Understood::All;
        if walk::walk(r, text, depth + 1, &mut out, &mut found).is_err() {
            // Cut off, or several documents in a row. Its fields are still fields.
            found = Found::new(r.explains);
            out = lenient::strip(r, text, depth + 1, &mut found);
            understood = Understood::Leniently;
        }
        if !found.is_empty() {
            edits.push(Edit::whole(text, out, found));
        }
        return understood;
    }
    segments::find(text, traits, edits);
    if traits.any(has::CONTROL) && traits.any(has::COLON) && documents::is_vcard(text) {
        documents::vcard(r, text, edits);
    } else if traits.any(has::EQUALS | has::COLON) {
        pairs(r, text, Trust::Text, depth, edits);
    }
    if traits.any(has::PERCENT) && depth < MAX_EMBEDDED {
        encoded_parts(r, text, hint, depth, edits);
    }
    if traits.any(has::LESS) {
        documents::markup(r, text, edits);
        if r.rules.action(Kind::Name) != Action::Keep {
            let finding = Finding::new(Kind::Name, Why::Detector("name: before an address in angle brackets"));
            email::mailbox_names(text, &mut |range| edits.push(Edit::new(range, With::Finding(finding))));
        }
    }
    if traits.any(has::CONTROL) {
        if traits.any(has::EQUALS) && text.contains("form-data") {
            multipart(r, text, edits);
        }
        tables::csv(r, text, edits);
        if traits.any(has::COLON) && traits.any(has::SPACE) {
            documents::lines(r, text, edits);
        }
    }
    if traits.any(has::COLON) && traits.any(has::DIGIT) {
        documents::serialized(r, text, edits);
    }
    complaints::find(r, text, traits, edits);
    if traits.any(has::PAREN) && traits.any(has::SPACE) {
        tables::insert(r, text, edits);
        if r.rules.action(Kind::Name) != Action::Keep {
            named_behind(text, edits);
        }
    }
    if traits.word >= 12 && traits.any(has::UPPER) && depth < MAX_EMBEDDED && hint != Hint::Version {
        base64_json(r, text, depth, edits);
        base64_text(r, text, depth, edits);
    }
    Understood::Parts
}

/// `[EMAIL] (Christoph Blum)`: whose address it is, behind it.
fn named_behind(text: &str, edits: &mut Vec<Edit>) {
    /// Longest name looked at, in bytes.
    const LONGEST: usize = 64;
    for open in memchr::memchr_iter(b'(', text.as_bytes()) {
        let start = open + 1;
        if !text.get(..open).is_some_and(|before| before.ends_with("[EMAIL] ")) {
            continue;
        }
        let Some(name) = text.get(start..).and_then(|rest| {
            let close = rest.bytes().take(LONGEST).position(|b| b == b')')?;
            rest.get(..close)
        }) else {
            continue;
        };
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        if (2..=4).contains(&name.split(' ').count()) && name.split(' ').all(capital) && How::Capital.fits(name) {
            let finding = Finding::new(Kind::Name, Why::Detector("name: in brackets behind an address"));
            edits.push(Edit::new(start..start + name.len(), With::Finding(finding)));
        }
    }
}

fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start();
    let mut bytes = text.bytes();
    match bytes.next() {
        // `{"`, `{ "`, `[{`, `["`, `[1`: prose in brackets and placeholders begin otherwise.
        Some(b'{') => matches!(bytes.find(|b| !b.is_ascii_whitespace()), Some(b'"')),
        Some(b'[') => {
            matches!(bytes.find(|b| !b.is_ascii_whitespace()), Some(b'{' | b'[' | b'"'))
                && placeholder_len(text.as_bytes()).is_none()
        }
        _ => false,
    }
}

pub(super) fn name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']' | b'%' | b'$') || byte >= 0x80
}

/// Longest token looked at behind a name that only supposes one, in bytes.
const LONGEST_TOKEN: usize = 1024;

/// Longest name before `=` or `:`, or of an element, that is looked at, in bytes.
pub(super) const MAX_NAME: usize = 80;

/// Every `name=value` and `name: value`, quoted in any way.
pub(super) fn pairs(r: &Redactor, text: &str, trust: Trust, depth: u8, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    // Values are looked at once: what lies before `done` was replaced, before `looked` it was decoded if it was encoded.
    let (mut done, mut looked) = (0, 0);
    // A form is about one thing: `nombre=Ana&apellido=Gil`.
    let (mut evidence, mut held, mut going) = (Role::NONE, Vec::new(), Vec::new());
    // Up to where brackets were looked for, and whether the last one opened an element.
    let (mut seen, mut in_tag) = (0, false);
    for at in memchr::memchr2_iter(b'=', b':', bytes) {
        if at < done {
            continue;
        }
        let sign = bytes.get(at).copied().unwrap_or_default();
        let Some(name) = name_before(text, at) else { continue };
        let mut sense = r.names.sense(&percent_name(name.text), Role::NONE);
        // A rule that keeps a member cannot keep patterns from a text.
        sense.verdict = sense.verdict.filter(|verdict| verdict.how != How::Keep);
        if let Some(bracket) = memchr::memrchr2(b'<', b'>', bytes.get(seen..name.start).unwrap_or_default()) {
            // Another element's attributes: `<item name="Lamp"/><person nom="Gil" prenom="Ana"/>`.
            in_tag = bytes.get(seen + bracket) == Some(&b'<');
            settle(&mut held, &mut evidence, &mut going);
        }
        seen = seen.max(name.start);
        // `locality=Lyon postalCode=69001`, in a log; a line of it is about one thing.
        let spaced = sign == b'=' && bytes.get(at + 1) != Some(&b' ') && follows_a_pair(bytes, name.start);
        let is_field =
            (sign == b'=' && at >= looked && (in_tag || is_field(bytes, name.start) || spaced || sets(bytes, at)))
                || (sign == b':' && !name.quoted && is_member(bytes, name.start, at));
        // What a name only supposes and the value is not, may still hold something. What nothing ends for long is no token, and
        // is not gone through for each `code=` in it.
        if let Some(supposed) = sense.verdict.filter(|verdict| {
            matches!(verdict.how, How::Token | How::Key | How::Mixed | How::Handle | How::Account | How::Link)
        }) {
            let reach = bytes.get(at + 1..bytes.len().min(at + 1 + LONGEST_TOKEN)).unwrap_or_default();
            let endless = reach.len() == LONGEST_TOKEN && !reach.iter().any(|b| b" \t\n\"'&<>".contains(b));
            let value = if endless { None } else { value_after(text, at, &name, sense.verdict, trust) };
            let fits =
                value.is_none_or(|value| supposed.how.fits(text.get(value.start..value.end).unwrap_or_default()));
            if endless || !fits {
                sense.verdict = None;
            }
        }
        if sense.verdict.is_none()
            && ((sign == b'=' && at >= looked) || name.quoted || in_tag)
            && let Some((_, expected)) =
                sense.latent.or((sense.somebody || sense.is_place).then_some((Role::NONE, SOMEBODY)))
            && let Some(value) = value_after(text, at, &name, Some(expected), trust)
        {
            // Three bytes for each of a short value, if it is encoded.
            let end = value.end.min(value.start + 3 * LONGEST_VALUE + 1);
            let content = bytes.get(value.start..end).unwrap_or_default();
            sense.verdict = sense.by_value(&percent_decode(content, is_field || content.contains(&b'%')));
        }
        if let Some((needs, verdict)) = sense.latent.filter(|_| is_field && sense.verdict.is_none())
            && let Some(value) = value_after(text, at, &name, Some(verdict), trust)
            && let plain = percent_decode(bytes.get(value.start..value.end).unwrap_or_default(), true)
            && is_someones(&plain, verdict.kind)
        {
            let name = verdict.kind == Kind::Name;
            let one = name && (people::is_given_name(&plain) || people::is_wide_name(&plain));
            if !sense.guessed || may_be_a_name(&plain) {
                let needs = if one { needs.and(Role::SOMEONE) } else { needs };
                held.push((value.start..value.end, needs, verdict));
            }
        }
        // `/verify?email=…&code=128302`
        if sign == b'=' && is_field && name.text == "code" && verifies(bytes, name.start) {
            let digits = bytes.get(at + 1..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
            let ends = bytes.get(at + 1 + digits).is_none_or(|b| !super::context::is_word(*b));
            if (4..=8).contains(&digits) && ends && r.rules.action(Kind::Password) != Action::Keep {
                let finding = Verdict::new(Kind::Password, How::Whole).finding();
                edits.push(Edit::new(at + 1..at + 1 + digits, With::Finding(finding)));
                done = at + 1 + digits;
                continue;
            }
        }
        if sense.verdict.is_none() && (sign != b'=' || at < looked || depth >= MAX_EMBEDDED) {
            continue;
        }
        let value = value_after(text, at, &name, sense.verdict, trust);
        if let Some(verdict) = sense.verdict {
            let Some(value) = value else { continue };
            // `customerName: Siobhan Baumgartner; took 30ms`: nobody writes such a name in prose.
            let variable =
                sign == b':' && !name.quoted && trust == Trust::Text && !value.line && is_variable(name.text);
            let value = if variable { all_of_it(text, value, verdict) } else { value };
            let content = text.get(value.start..value.end).unwrap_or_default();
            // `[EMAIL]` stays; the scan goes on behind it.
            // (A brace at the end of `${API_KEY}` is none of the value's for others.)
            let braces = bytes.get(value.end..).unwrap_or_default().iter().take(2).take_while(|b| **b == b'}').count();
            let braced = text.get(value.start..value.end + braces).unwrap_or_default();
            if is_placeholder(content)
                || r.stays(content)
                || verdict.says_nothing(content)
                || (braces > 0 && verdict.kind.is_credential() && values::is_template_variable(braced))
            {
                continue;
            }
            // Of addresses each is judged by itself.
            if matches!(verdict.kind, Kind::Ip | Kind::Address)
                && super::network::only_addresses(content.trim_end_matches(['}', ']', ')', ',']))
            {
                continue;
            }
            // `https://x-access-token:ghp_…@github.com`: of a URL with a password in it the rest stays.
            if sign == b':' && name.start.checked_sub(3).and_then(|from| bytes.get(from..name.start)) == Some(b"://") {
                continue;
            }
            // `password = prompt("password?")`: code, not a value.
            let call = content.find('(').filter(|open| *open > 0).is_some_and(|open| {
                let callee = content.as_bytes().get(..open).unwrap_or_default();
                bytes.get(at + 1) == Some(&b' ') && callee.iter().all(|b| b.is_ascii_alphabetic() || *b == b'.')
            });
            // `SET "email"=$1`: a value that is bound later.
            let bound = content.strip_prefix('$').is_some_and(|rest| {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                (1..=2).contains(&digits) && rest.as_bytes().get(digits).is_none_or(|b| matches!(b, b',' | b')' | b';'))
            });
            if bound {
                continue;
            }
            if call || (bytes.get(at + 1) == Some(&b' ') && trust == Trust::Text && is_code(content)) {
                continue;
            }
            // `violates "users_email": Key (email)=(…)`: a word is no address.
            if verdict.kind == Kind::Email
                && trust == Trust::Text
                && sign == b':'
                && bytes.get(at + 1) == Some(&b' ')
                && content.bytes().all(|b| b.is_ascii_alphabetic())
            {
                continue;
            }
            // `max tokens: 8192`
            let count = sign == b':'
                && verdict.kind == Kind::Secret
                && content.len() <= 8
                && content.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit());
            if count && !name.quoted && trust == Trust::Text {
                continue;
            }
            if trust == Trust::Text && values::is_talk(verdict.kind, content) {
                let number = |found: Range<usize>| value.start + found.start..value.start + found.end;
                edits.extend(
                    values::numbers_in(content).map(|found| Edit::new(number(found), With::Finding(verdict.finding()))),
                );
                continue;
            }
            let believed = sign == b'='
                || (variable && complaints::fits(verdict, content))
                || name.quoted
                || trust == Trust::Broken
                || is_literal(bytes, &name, &value)
                || (verdict.kind.is_credential() && (value.line || looks_secret(content)));
            // `ProfileName=Kenneth+Hodgson`
            let decoded = (matches!(verdict.how, How::Person | How::Capital) && content.contains(['+', '%']))
                .then(|| percent_decode(content.as_bytes(), true));
            if believed && verdict.how.fits(decoded.as_deref().unwrap_or(content)) {
                // `Authorization: Bearer …`: how one shows who one is says nothing.
                let scheme = if verdict.kind == Kind::Auth { scheme_of(content) } else { 0 };
                let shown = content.get(scheme..).unwrap_or_default();
                if is_placeholder(shown) || (scheme > 0 && is_shell_variable(shown)) {
                    continue;
                }
                // Of cookies in a text the names stay as well, and what the text says behind them.
                if verdict.how == How::Cookie && content.contains('=') {
                    let mut found = Found::new(r.explains);
                    if let Some(stripped) = cookie(r, content, verdict.finding(), &mut found) {
                        edits.push(Edit::new(value.start..value.end, With::Text(Box::new((stripped, found)))));
                    }
                    done = value.end;
                    continue;
                }
                edits.push(Edit::new(value.start + scheme..value.end, With::Finding(verdict.finding())));
                done = value.end;
                evidence = if is_field { evidence.and(role_by(verdict.kind)) } else { evidence };
            }
            continue;
        }
        let Some(value) = value else { continue };
        // `?k=YA62yGxCBQYkP9CtJIW8xiCgrIDs`: a name of one letter keeps a token short.
        let opens = |content: &str| {
            values::is_key(content) && content.bytes().any(|b| b.is_ascii_uppercase()) && values::is_random(content)
        };
        let content = text.get(value.start..value.end).unwrap_or_default();
        let hex = || (32..=64).contains(&content.len()) && content.bytes().all(|b| b.is_ascii_hexdigit());
        let short = name.text.len() == 1 && opens(content);
        // `user=catlady7569 remote=[IP]`, in a log.
        let logs_in = || ["[IP]", "auth", "login", "logged", "session"].iter().any(|word| text.contains(word));
        let in_query = self::is_field(bytes, name.start);
        if name.text == "user" && !in_query && How::Handle.fits(content) && logs_in() {
            let finding = Verdict::new(Kind::Name, How::Handle).finding();
            if r.rules.action(Kind::Name) != Action::Keep {
                edits.push(Edit::new(value.start..value.end, With::Finding(finding)));
            }
            done = value.end;
            continue;
        }
        // `the cookie was sid=…`
        let session = content.trim_end_matches([';', ',', '.']);
        let of_a_cookie = || {
            matches!(name.text, "session" | "sessionid")
                && ["cookie", "csrf", "login"].iter().any(|word| text.contains(word))
                && values::is_random(session)
        };
        let hex_session = || {
            name.text == "sid"
                && text.contains("cookie")
                && (32..=64).contains(&session.len())
                && session.bytes().all(|b| b.is_ascii_hexdigit())
        };
        // Engine.IO's: whoever has it goes on with the connection.
        if in_query && name.text == "sid" && text.contains("socket.io") && values::is_random(content) {
            edits.push(Edit::new(
                value.start..value.end,
                With::Finding(Verdict::new(Kind::Secret, How::Whole).finding()),
            ));
            done = value.end;
            continue;
        }
        // `session=… expired, redirecting to login`: no form has a space.
        let in_query = in_query && !(name.start == 0 && bytes.get(value.end) == Some(&b' '));
        if !in_query && ((name.text == "sid" && opens(session)) || of_a_cookie() || hex_session()) {
            let finding = Verdict::new(Kind::Secret, How::Whole).finding();
            let end = value.start + session.len();
            edits.push(Edit::new(value.start..end, With::Finding(finding)));
            done = end;
            continue;
        }
        let upper = || content.bytes().any(|b| b.is_ascii_uppercase());
        if is_field
            && (short
                || (name.text == "key"
                    && (opens(content)
                        || (values::is_random(content) && upper())
                        || (values::is_key(content) && hex()))))
        {
            let finding = Verdict::new(Kind::Secret, How::Whole).finding();
            edits.push(Edit::new(value.start..value.end, With::Finding(finding)));
            done = value.end;
            continue;
        }
        looked = value.end;
        let encoded = bytes.get(value.start..value.end).unwrap_or_default();
        // What has a URL's signs as they are was not encoded: `mongodb+srv://…`.
        let plus = encoded.contains(&b'+')
            && encoded.iter().any(u8::is_ascii_digit)
            && memchr::memmem::find(encoded, b"://").is_none()
            && !encoded.iter().any(|b| matches!(b, b';' | b'='));
        if encoded.contains(&b'%') || plus {
            // Before the sign of an address a plus is a plus: `user=jane+news@example.com`. It is a space in what follows.
            let sign = memchr::memmem::rfind(encoded, b"%40").max(memchr::memrchr(b'@', encoded)).unwrap_or(0);
            // Nor is there one in what is not one value but a document.
            let sign =
                if matches!(encoded, [b'{' | b'[', ..] | [b'%', b'7', b'B' | b'b', ..] | [b'%', b'5', b'B' | b'b', ..])
                {
                    0
                } else {
                    sign
                };
            let (before, behind) = encoded.split_at(sign);
            // Nor in the name before an address: `Jane+Roe+%3Cjane%2Bx@example.com%3E`.
            let local = [&b"%3C"[..], b"%3c", b"<", b"%2C", b"%2c"]
                .iter()
                .filter_map(|sign| memchr::memmem::rfind(before, sign))
                .max()
                .unwrap_or(0);
            let (head, local) = before.split_at(local);
            let plain = percent_decode(head, true) + &percent_decode(local, false) + &percent_decode(behind, true);
            if sense.is_place && places::is_position(&plain) {
                let finding = Verdict::new(Kind::Geo, How::Leaves).finding();
                edits.push(Edit::new(value.start..value.end, With::Finding(finding)));
                done = value.end;
                continue;
            }
            let mut found = Found::new(r.explains);
            if let Some(stripped) = r.rewrite(&plain, sense.hint, depth + 1, &mut found) {
                if is_field
                    && Kind::ALL.iter().any(|kind| kind.placeholder() == stripped && role_by(*kind) != Role::NONE)
                {
                    evidence = evidence.and(Role::SOMEONE);
                }
                edits.push(Edit::new(value.start..value.end, With::Text(Box::new((percent_encode(&stripped), found)))));
                done = value.end;
            }
        }
    }
    settle(&mut held, &mut evidence, &mut going);
    // Before what was found inside the same value, which does not cover all of it.
    edits.splice(0..0, going);
}

/// Whether a text begins with a variable of a shell or a template: `$TOKEN`, `${API_TOKEN}`.
fn is_shell_variable(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let shouted = |name: &str| name.len() >= 3 && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    // `<token>`
    let angled = word.strip_prefix('<').and_then(|word| word.split_once('>')).is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-'))
    });
    angled || word.strip_prefix('$').is_some_and(shouted) || values::is_template_variable(word)
}

/// Whether what stands behind `= ` is a program's, not a value: `token = os.environ["API_TOKEN"]`, `password = await ask()`.
fn is_code(content: &str) -> bool {
    const WORDS: &[&str] = &["await", "new", "NULL", "None", "nil", "undefined", "null"];
    const HEADS: &[&str] = &[
        "os.environ",
        "process.env",
        "ENV[",
        "import.meta.env",
        "secrets.",
        "settings.",
        "config.",
        "req.",
        "request.",
        "self.",
        "this.",
    ];
    let content = content.trim_end_matches([',', ';']);
    WORDS.contains(&content) || HEADS.iter().any(|head| content.starts_with(head))
}

/// The length of an authentication scheme and its space (RFC 9110, 11.4) before credentials.
pub(super) fn scheme_of(content: &str) -> usize {
    const SCHEMES: &[&str] = &["bearer", "basic", "digest", "token", "negotiate"];
    let word = content.bytes().take_while(u8::is_ascii_alphabetic).count();
    let known = content.get(..word).is_some_and(|word| SCHEMES.iter().any(|scheme| word.eq_ignore_ascii_case(scheme)));
    if known && content.as_bytes().get(word) == Some(&b' ') { word + 1 } else { 0 }
}

/// What a value is expected to be that may be a person.
const SOMEBODY: Verdict = Verdict::new(Kind::Name, How::Leaves);

/// A value that waits, what it waits for, and what it is then.
pub(super) type Held = (Range<usize>, Role, Verdict);

/// A form, or a part of one, is through: what waited goes if the others have shown whose it is.
pub(super) fn settle(held: &mut Vec<Held>, evidence: &mut Role, going: &mut Vec<Edit>) {
    let shown = held.drain(..).filter(|(_, needs, _)| needs.meets(*evidence));
    going.extend(shown.map(|(range, _, verdict)| Edit::new(range, With::Finding(verdict.finding()))));
    *evidence = Role::NONE;
}

/// Whether a name that begins at `start` is one of a query's or a form's.
fn is_field(bytes: &[u8], start: usize) -> bool {
    start.checked_sub(1).and_then(|i| bytes.get(i)).is_none_or(|b| matches!(b, b'&' | b'?'))
}

/// Whether a name stands behind a space, as the pairs of a log do.
fn follows_a_pair(bytes: &[u8], start: usize) -> bool {
    start.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b' ')
        && bytes.get(start.saturating_sub(160)..start).is_some_and(|before| before.contains(&b'='))
}

/// Whether the URL before a parameter is one that checks a code.
fn verifies(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(160)..at).unwrap_or_default();
    let url = before
        .iter()
        .rposition(u8::is_ascii_whitespace)
        .map_or(before, |space| before.get(space..).unwrap_or_default());
    [&b"verif"[..], b"otp", b"2fa", b"mfa", b"confirm", b"one-time", b"passcode"]
        .iter()
        .any(|word| memchr::memmem::find(url, word).is_some())
}

/// Whether a value is a member's of an object as programs and GraphQL write it: `{city: "Omaha", zip: "68102"}`.
fn is_member(bytes: &[u8], start: usize, at: usize) -> bool {
    let before = bytes.get(..start).unwrap_or_default().iter().rev().find(|b| !b.is_ascii_whitespace());
    matches!(before, Some(b'{' | b',' | b'('))
        && matches!(bytes.get(at + 1..at + 3), Some([b'"' | b'\'', _] | [b' ', b'"' | b'\'']))
}

/// Whether a value is given as SQL gives it: `town = 'Fresno'`.
fn sets(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1..at + 3), Some([b' ', b'\''])) && bytes.get(at - 1) == Some(&b' ')
}

/// Whether a value that waits for evidence can be somebody's at all.
pub(super) fn is_someones(value: &str, kind: Kind) -> bool {
    !is_placeholder(value)
        && !says_nothing(kind, value)
        && !values::is_slug(value)
        && (kind != Kind::Name || !values::is_number_or_code(value))
}

/// Percent-encoded parts of paths and the like, which no `=` stands before: `/verify/%2B46%2070%20358%2044%2087`.
fn encoded_parts(r: &Redactor, text: &str, hint: Hint, depth: u8, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let ends = |b: &u8| {
        matches!(b, b'/' | b'?' | b'&' | b'=' | b'#' | b'"' | b'\'' | b'<' | b'>' | b';' | b',')
            || b.is_ascii_whitespace()
    };
    while let Some(sign) = bytes.get(at..).and_then(|rest| memchr::memchr(b'%', rest)).map(|i| at + i) {
        let start = sign - bytes.get(at..sign).unwrap_or_default().iter().rev().take_while(|b| !ends(b)).count();
        let end = sign + bytes.get(sign..).unwrap_or_default().iter().take_while(|b| !ends(b)).count();
        at = end.max(sign + 1);
        // In the address of a host its user and password are found as they are: `amqp://worker:p%40ss@mq.example.com`.
        let user = bytes.get(..start).is_some_and(|head| head.ends_with(b"://"))
            && memchr::memchr(b'@', bytes.get(start..end).unwrap_or_default()).is_some();
        if user {
            continue;
        }
        // What stands behind an equals sign has a name, and is looked at with it.
        if start.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b'=') || !text.is_char_boundary(start) {
            continue;
        }
        let encoded = bytes.get(start..end).unwrap_or_default();
        let plain = percent_decode(encoded, false);
        let mut found = Found::new(r.explains);
        let stripped = if plain.as_bytes() == encoded { None } else { r.rewrite(&plain, hint, depth + 1, &mut found) };
        if let Some(stripped) = stripped {
            edits.push(Edit::new(start..end, With::Text(Box::new((percent_encode(&stripped), found)))));
        }
    }
}

struct NameBefore<'t> {
    text: &'t str,
    /// Where it starts, its quote included.
    start: usize,
    quoted: bool,
}

/// Whether a value after a colon is one of an object as programs print it: `{ email: 'x', cvv: 123 }`, `input: { phone: "x" }`.
fn is_literal(bytes: &[u8], name: &NameBefore<'_>, value: &Value) -> bool {
    let before = bytes.get(..name.start).unwrap_or_default().iter().rev().find(|b| !b.is_ascii_whitespace());
    let inside = matches!(before, Some(b'{' | b',' | b'(' | b'['));
    let quoted =
        value.start.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(|b| matches!(b, b'"' | b'\'' | b'`'));
    let after = bytes.get(value.end..).unwrap_or_default().iter().find(|b| !b.is_ascii_whitespace());
    let number = bytes
        .get(value.start..value.end)
        .unwrap_or_default()
        .iter()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    quoted || (inside && number && matches!(after, Some(b',' | b'}' | b')' | b']')))
}

/// The name that ends at `at`, over at most two spaces and a quote.
fn name_before(text: &str, at: usize) -> Option<NameBefore<'_>> {
    let bytes = text.as_bytes();
    let mut end = at;
    for _ in 0..2 {
        if end > 0 && bytes.get(end - 1) == Some(&b' ') {
            end -= 1;
        }
    }
    let mut quoted = false;
    if end > 0 && matches!(bytes.get(end - 1), Some(b'"' | b'\'' | b'`')) {
        quoted = true;
        end -= 1;
        while end > 0 && bytes.get(end - 1) == Some(&b'\\') {
            end -= 1;
        }
    }
    let name =
        bytes.get(..end)?.iter().rev().take(MAX_NAME).take_while(|b| name_byte(**b) || (quoted && **b == b' ')).count();
    let mut start = end - name;
    while start < end && !text.is_char_boundary(start) {
        start += 1;
    }
    // `First+Name=…`: a form's name goes back to where its field begins.
    let more = bytes.get(..start)?.iter().rev().take(MAX_NAME).take_while(|b| name_byte(**b) || **b == b'+').count();
    if more > 0 && is_field(bytes, start - more) && text.is_char_boundary(start - more) {
        start -= more;
    }
    let name = text.get(start..end)?;
    // A nested query may begin inside the run: `%3Ftoken` ends what came before it.
    let cut = if name.contains('%') {
        let behind = |codes: &[&str]| codes.iter().filter_map(|code| name.rfind(code)).max().map_or(0, |i| i + 3);
        let cut = behind(&["%3F", "%3f", "%26", "%23", "%2C", "%2c", "%22", "%7B", "%7b"]);
        // `First%20Name=…` is a field's name, `…%20token=…` the end of a text.
        if cut == 0 && is_field(bytes, start) { 0 } else { cut.max(behind(&["%20"])) }
    } else {
        0
    };
    let name = name.get(cut..)?;
    (!name.is_empty()).then_some(NameBefore { text: name, start: start + cut, quoted })
}

/// `user%5Bemail%5D` as `user[email]`.
fn percent_name(name: &str) -> Cow<'_, str> {
    if name.contains('%') { Cow::Owned(percent_decode(name.as_bytes(), false)) } else { Cow::Borrowed(name) }
}

struct Value {
    start: usize,
    end: usize,
    /// A header's value: the rest of its line.
    line: bool,
}

/// The value behind the `=` or `:` at `at`.
fn value_after(text: &str, at: usize, name: &NameBefore<'_>, verdict: Option<Verdict>, trust: Trust) -> Option<Value> {
    let bytes = text.as_bytes();
    let sign = bytes.get(at).copied()?;
    let mut start = at + 1;
    // `=>`, `:=`, `==`.
    while matches!(bytes.get(start), Some(b'=' | b'>')) && start < at + 3 {
        start += 1;
    }
    let spaces = bytes
        .get(start..)?
        .iter()
        .take_while(|b| **b == b' ' || (**b == b'\t') || (trust == Trust::Broken && b.is_ascii_whitespace()))
        .count();
    // In a query, `a= b` has an empty value; a colon or a quoted name expects one.
    start += spaces;
    let first = *bytes.get(start)?;
    let escapes = bytes.get(start..)?.iter().take(8).take_while(|b| **b == b'\\').count();
    if let Some(quote @ (b'"' | b'\'' | b'`')) = bytes.get(start + escapes).copied() {
        let inside = start + escapes + 1;
        let end = closing_quote(bytes, inside, quote, escapes).unwrap_or_else(|| unclosed(text, inside, trust));
        return Some(Value { start: inside, end, line: false });
    }
    let Some(Verdict { kind: verdict, .. }) = verdict else {
        // Nobody's name: the end of a query parameter is enough to decode it.
        let length = bytes
            .get(start..)?
            .iter()
            .position(|b| matches!(b, b'&' | b'#' | b'"' | b'\'' | b'<' | b'>') || b.is_ascii_whitespace());
        return Some(Value { start, end: length.map_or(bytes.len(), |length| start + length), line: false });
    };
    if matches!(first, b'{' | b'[')
        && placeholder_len(bytes.get(start..)?).is_none()
        && (trust == Trust::Broken || name.quoted)
    {
        return Some(Value { start, end: closing_bracket(bytes, start), line: false });
    }
    // `auth: retry 2` is a log's, not a header's.
    // Nor is a ticket one: `AUTH-635: …`.
    let header = sign == b':'
        && !name.quoted
        && matches!(verdict, Kind::Auth | Kind::Cookie)
        && name.text.len() > 4
        && !name.text.bytes().any(|b| b.is_ascii_digit());
    if header && let Some(length) = credentials(bytes.get(start..)?) {
        return Some(Value { start, end: start + length, line: true });
    }
    let opened_by = name.start.checked_sub(1).and_then(|i| bytes.get(i)).copied().filter(|b| matches!(b, b'"' | b'\''));
    let whole_line = header || (trust == Trust::Broken && sign == b':' && !name.quoted);
    let rest = bytes.get(start..)?;
    let length = rest
        .iter()
        .enumerate()
        .position(|(i, b)| match b {
            b'\n' | b'\r' => true,
            b'\\' => whole_line && matches!(rest.get(i + 1), Some(b'n' | b'r' | b'"')),
            _ if whole_line => Some(*b) == opened_by || (!header && matches!(b, b',' | b'}' | b'"')),
            b' ' | b'\t' | b'"' | b'<' | b'>' | b'&' => true,
            b'\'' => i > 0,
            // A path's parameter, before the query: `/cart;jsessionid=…?lang=en`.
            b'?' => verdict == Kind::Cookie && name.start.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b';'),
            // A list or an object in a log line goes on with the next name.
            b',' | b';' | b'|' | b'#' => name.quoted || next_is_name(rest, i + 1),
            b'}' | b']' | b')' => {
                name.quoted
                    || sign == b':'
                    || rest.get(i + 1).is_none_or(|b| matches!(b, b' ' | b',' | b'.' | b';' | b'\n'))
            }
            _ => false,
        })
        .unwrap_or(rest.len());
    // `email=[EMAIL], then`: a placeholder ends where it ends.
    let length =
        placeholder_len(rest).filter(|p| rest.get(*p).is_none_or(|b| !super::context::is_word(*b))).unwrap_or(length);
    let mut end = start + length;
    while end > start && bytes.get(end - 1).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b',' | b';')) {
        end -= 1;
    }
    (end > start).then_some(Value { start, end, line: header })
}

/// The length of credentials that end with their token, though the line goes on: `Bearer abc.def returned 401`.
fn credentials(line: &[u8]) -> Option<usize> {
    let scheme = line.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let known = [&b"bearer"[..], b"basic", b"token", b"apikey", b"bot", b"jwt"]
        .iter()
        .any(|known| line.get(..scheme).is_some_and(|s| s.eq_ignore_ascii_case(known)));
    let spaces = line.get(scheme..)?.iter().take_while(|b| **b == b' ').count();
    if !known || spaces == 0 {
        return None;
    }
    if let Some(stood_for) = line.get(scheme + spaces..).and_then(placeholder_len) {
        return Some(scheme + spaces + stood_for);
    }
    let token = line
        .get(scheme + spaces..)?
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || b"._~+/=-:".contains(b))
        .count();
    // `Bearer ${TOKEN} before …`: a variable ends with its word.
    let word = line.get(scheme + spaces..)?.iter().take_while(|b| !b.is_ascii_whitespace()).count();
    let length = if token > 0 { token } else { word };
    (length > 0).then_some(scheme + spaces + length)
}

/// Whether what follows is the next `name=`, or the end.
fn next_is_name(rest: &[u8], from: usize) -> bool {
    let rest = rest.get(from..).unwrap_or_default();
    let spaces = rest.iter().take_while(|b| **b == b' ').count();
    let name = rest.get(spaces..).unwrap_or_default();
    let length = name.iter().take(MAX_NAME).take_while(|b| name_byte(**b) || matches!(b, b'"' | b'\'')).count();
    (length > 0 && matches!(name.get(length), Some(b'=' | b':'))) || name.is_empty()
}

fn closing_quote(bytes: &[u8], from: usize, quote: u8, escapes: usize) -> Option<usize> {
    memchr::memchr_iter(quote, bytes.get(from..)?).map(|i| from + i).find_map(|at| {
        let slashes = bytes.get(from..at)?.iter().rev().take_while(|b| **b == b'\\').count();
        // Inside a string inside a string, the quote that closes carries as many backslashes as the one that opened.
        let closes = if escapes == 0 { slashes % 2 == 0 } else { slashes <= escapes };
        closes.then_some(at - if escapes == 0 { 0 } else { slashes })
    })
}

/// A quote that nothing closes: the text was cut. In prose the line ends the damage.
fn unclosed(text: &str, from: usize, trust: Trust) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    match trust {
        Trust::Broken => text.len(),
        Trust::Text => rest.find('\n').map_or(text.len(), |i| from + i),
    }
}

/// The end of the object or array that opens at `from`, strings skipped; the end of the text where nothing closes it.
fn closing_bracket(bytes: &[u8], from: usize) -> usize {
    let mut level = 0usize;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => level += 1,
            b'}' | b']' => {
                level = level.saturating_sub(1);
                if level == 0 {
                    return at + 1;
                }
            }
            b'"' => at = closing_quote(bytes, at + 1, b'"', 0).unwrap_or(bytes.len()),
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// `hunter2`, `p@ss!` and `xK9` look like secrets, `required` and `must` like words.
fn looks_secret(value: &str) -> bool {
    let inner_capital =
        value.bytes().skip(1).any(|b| b.is_ascii_uppercase()) && value.bytes().any(|b| b.is_ascii_lowercase());
    value.len() >= 4
        && (inner_capital
            || value.bytes().any(|b| {
                b.is_ascii_digit()
                    || matches!(b, b'@' | b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'_' | b'+' | b'=' | b'^')
            }))
}

/// Whether a name is written as variables and columns are: `dateOfBirth`, `tax_id`.
fn is_variable(name: &str) -> bool {
    let bytes = name.as_bytes();
    let hump = bytes.windows(2).any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    let joined = bytes.iter().skip(1).any(|b| *b == b'_') && bytes.iter().any(u8::is_ascii_lowercase);
    (hump || joined) && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
}

/// A value in a log that goes on behind its first word: to the comma or semicolon behind it, if that is near, and as long as
/// it may be one.
fn all_of_it(text: &str, value: Value, verdict: Verdict) -> Value {
    const LONGEST: usize = 64;
    let rest = text.get(value.start..).unwrap_or_default();
    let reach = rest.bytes().take(LONGEST).position(|b| matches!(b, b';' | b',' | b'|' | b'\n' | b'"' | b'}' | b')'));
    let whole = reach.and_then(|length| rest.get(..length)).unwrap_or_default().trim_end();
    let words = whole.split(' ').count();
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    let fits = match verdict.kind {
        Kind::Name => words <= 4 && whole.split(' ').all(capital),
        Kind::Address => words <= 8 && whole.bytes().any(|b| b.is_ascii_digit()),
        kind if kind.is_credential() => false,
        _ => whole.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || b" -./()+".contains(&b)),
    };
    if fits && whole.len() > value.end - value.start {
        Value { end: value.start + whole.len(), ..value }
    } else {
        value
    }
}

/// What a name says of the text behind it.
pub(super) fn named(r: &Redactor, name: &str) -> Option<Verdict> {
    r.names.sense(name, Role::NONE).verdict.filter(|verdict| verdict.how != How::Keep)
}

/// Parts of a multipart body (RFC 7578): headers with `name="password"`, an empty line, the value, a boundary.
fn multipart(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    let mut from = 0;
    let (mut evidence, mut held, mut going) = (Role::NONE, Vec::new(), Vec::new());
    while let Some(rest) = text.get(from..) {
        let blank = [("\r\n\r\n", "\r\n--"), ("\n\n", "\n--")]
            .into_iter()
            .filter_map(|(gap, end)| rest.find(gap).map(|at| (at, gap.len(), end)))
            .min();
        let Some((at, gap, end)) = blank else { break };
        let head = rest.get(..at).unwrap_or_default();
        let start = from + at + gap;
        let body = text.get(start..).unwrap_or_default();
        let length = body.find(end).unwrap_or(body.len());
        let name = head.rsplit_once("name=\"").and_then(|(before, after)| {
            // `filename="…"` stands behind `name="…"` and is not it.
            if before.ends_with("file") { before.rsplit_once("name=\"").map(|(_, after)| after) } else { Some(after) }
        });
        let name = name.and_then(|name| name.split('"').next()).filter(|name| name.len() <= MAX_NAME);
        let content = body.get(..length).unwrap_or_default();
        if let Some(name) = name.filter(|_| !content.trim().is_empty() && !is_placeholder(content)) {
            let sense = r.names.sense(name, Role::NONE);
            let fits = |verdict: &Verdict| {
                verdict.how != How::Keep && verdict.how.fits(content) && !verdict.says_nothing(content)
            };
            let verdict = sense.verdict.or_else(|| sense.by_value(content)).filter(fits);
            match (verdict, sense.latent) {
                (Some(verdict), _) => {
                    edits.push(Edit::new(start..start + length, With::Finding(verdict.finding())));
                    evidence = evidence.and(role_by(verdict.kind));
                }
                (None, Some((needs, verdict)))
                    if is_someones(content, verdict.kind) && (!sense.guessed || may_be_a_name(content)) =>
                {
                    held.push((start..start + length, needs, verdict));
                }
                _ => {}
            }
        }
        from = start + length;
    }
    settle(&mut held, &mut evidence, &mut going);
    edits.extend(going);
}

/// Base64 of a JSON object begins with `eyJ` (`{"`), or `eyL` where its first name is not of ASCII, of a list of them with `W3si`: an OAuth `state`, the middle of a token. Holds it personal data, it goes.
fn base64_json(r: &Redactor, text: &str, depth: u8, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    let (mut begun, mut done) = (0, 0);
    static OBJECT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"eyJ"));
    static WIDE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"eyL"));
    static LIST: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"W3si"));
    let none = || [&OBJECT, &WIDE, &LIST].iter().all(|mark| mark.find(bytes).is_none());
    if none() {
        return;
    }
    for at in OBJECT.find_iter(bytes).chain(WIDE.find_iter(bytes)).chain(LIST.find_iter(bytes)) {
        if (at < done && at >= begun)
            || at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(|b| super::context::is_word(*b))
        {
            continue;
        }
        let length = bytes
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_'))
            .count();
        (begun, done) = (at, at + length);
        let padding = bytes.get(done..).unwrap_or_default().iter().take(2).take_while(|b| **b == b'=').count();
        let Some(json) = bytes.get(at..done).and_then(|b| base64(b, |_| true)).and_then(|b| String::from_utf8(b).ok())
        else {
            continue;
        };
        let mut found = Found::default();
        if walk::walk(r, &json, depth + 1, &mut String::new(), &mut found).is_ok() && !found.is_empty() {
            let with = With::Finding(Finding::new(Kind::Secret, Why::Inside));
            edits.push(Edit::new(at..done + padding, with));
        }
    }
}

/// A whole string of base64 that holds text with personal data in it: `amFuZUBleGFtcGxlLmNvbQ==`.
fn base64_text(r: &Redactor, text: &str, depth: u8, edits: &mut Vec<Edit>) {
    let from = text.rfind(['=', '/', ':', ' ']).filter(|at| text.get(at + 1..).is_some_and(|t| !t.is_empty()));
    let padded = text.trim_end_matches('=');
    let from = if padded.len() < text.len() { padded.rfind(['=', '/', ':', ' ']) } else { from };
    let start = from.map_or(0, |at| at + 1);
    let Some(encoded) = padded.get(start..).filter(|t| t.len() >= 16 && t.len() < 4096) else { return };
    // Most that is random has a control character soon.
    // (But for the ends of lines, of a file that is uploaded so.)
    let of_text = |byte| byte >= b' ' || matches!(byte, b'\n' | b'\r' | b'\t');
    let decoded = base64(encoded.as_bytes(), of_text).and_then(|bytes| String::from_utf8(bytes).ok());
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let Some(decoded) = decoded.filter(|text| !text.contains(control)) else { return };
    if r.rewrite(&decoded, Hint::None, depth + 1, &mut Found::default()).is_some() {
        edits.push(Edit::new(start..text.len(), With::Finding(Finding::new(Kind::Secret, Why::Inside))));
    }
}

/// RFC 4648, both alphabets, without padding; given up at the first byte that is not `expected`.
fn base64(text: &[u8], expected: impl Fn(u8) -> bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            let byte = (bits >> count) as u8;
            if !expected(byte) {
                return None;
            }
            out.push(byte);
        }
    }
    Some(out)
}

/// Cookies in which an application keeps how it looks and what is tried out on whom: their values are words.
#[rustfmt::skip]
const SETTINGS: &[&str] = &[
    "locale", "lang", "language", "i18n", "i18next", "next_locale", "nf_lang", "theme", "color_scheme", "colorscheme", "color-mode", "dark_mode", "darkmode", "mode",
    "currency", "country", "region", "timezone", "tz", "consent", "cookie_consent", "cookieconsent", "cookieconsent_status", "gdpr", "gdpr_consent", "layout", "view", "sidebar", "density",
    "ab", "ab_bucket", "ab_group", "ab_test", "ab_variant", "abtest", "bucket", "experiment", "exp", "variant", "cohort", "plan", "feature", "features", "beta",
];

/// Whether a cookie is a setting, which says nothing about who has it: `theme=dark`, `ab_bucket=checkout_v2`.
pub(super) fn is_setting(r: &Redactor, name: &str, value: &str) -> bool {
    /// Words that make a cookie one.
    #[rustfmt::skip]
    const PARTS: &[&str] = &[
        "currency", "theme", "lang", "language", "locale", "consent", "variant", "bucket", "experiment", "layout", "sidebar", "timezone", "country", "display", "banner", "ab", "abtest", "exp", "cohort", "feature", "features", "flags", "items", "tour", "popup",
    ];
    /// Words that make it none.
    const OPENS: &[&str] = &[
        "session", "sess", "sid", "token", "auth", "uid", "id", "user", "login", "key", "age", "code", "otp", "pass",
        "pwd",
    ];
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    if value.len() > 32 || digits > if value.contains('_') { 6 } else { 4 } || !value.bytes().all(plain) {
        return false;
    }
    let worded = value.bytes().filter(u8::is_ascii_lowercase).count() >= 3;
    let parts = || name.split(['_', '-', '.']);
    // `currency_display`, `checkout_variant`; of `ab_session` and `user_items` another part says what they are.
    let named = || {
        let is = |part: &str| PARTS.iter().any(|known| part.eq_ignore_ascii_case(known));
        let opens = |part: &str| OPENS.iter().any(|known| part.eq_ignore_ascii_case(known));
        let mixed = |part: &str| {
            part.bytes().any(|b| b.is_ascii_uppercase())
                && part.bytes().any(|b| b.is_ascii_lowercase())
                && part.bytes().any(|b| b.is_ascii_digit())
        };
        SETTINGS.iter().any(|setting| name.eq_ignore_ascii_case(setting))
            || (parts().any(is) && !parts().any(opens) && !value.split(['_', '-', '.', '/']).any(mixed))
    };
    // `cart_items=4` is a count, whatever it counts.
    let nobodys = || {
        !name.to_ascii_lowercase().ends_with("id")
            && !parts().any(|part| {
                OPENS.iter().any(|known| part.eq_ignore_ascii_case(known))
                    || r.names.sense(part, Role::NONE).verdict.is_some()
            })
    };
    let count = digits == value.len() && digits <= 2 && name.len() > 1 && nobodys();
    count || ((digits <= 3 || worded) && named())
}

/// A cookie header: `sid=…; theme=dark` keeps its names and settings, a set-cookie its attributes. None where nothing goes.
pub(super) fn cookie(r: &Redactor, text: &str, finding: Finding, found: &mut Found) -> Option<String> {
    const ATTRIBUTES: &[&str] =
        &["path", "domain", "expires", "max-age", "samesite", "secure", "httponly", "priority", "partitioned"];
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    for (i, part) in text.split(';').enumerate() {
        if i > 0 {
            out.push(';');
        }
        let (name, value) = part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value)));
        // Several set-cookies joined by commas hide the next cookie in an attribute's value. Behind the last attribute a sentence
        // may go on.
        let word = name.trim().split(' ').next().unwrap_or_default();
        let attribute =
            i > 0 && ATTRIBUTES.iter().any(|a| word.eq_ignore_ascii_case(a)) && !value.is_some_and(|v| v.contains('='));
        let content = value.unwrap_or(part).trim();
        let harmless = value.is_some() && is_setting(r, name.trim(), content);
        if attribute || harmless || content.is_empty() || is_placeholder(content) || r.stays(content) {
            out.push_str(part);
            continue;
        }
        // No cookie has a space in it (RFC 6265, 4.1.1).
        let (content, behind) = match (value, content.split_once(' ')) {
            // Cookies joined by commas go as one.
            (Some(_), Some((content, behind))) if !behind.contains('=') => (content, Some(behind)),
            _ => (content, None),
        };
        if value.is_some() {
            out.push_str(name);
            out.push('=');
        }
        if is_placeholder(content) {
            out.push_str(content);
        } else {
            r.stand_in(finding, content, &mut out);
            found.add(finding, r.action(finding));
            changed = true;
        }
        if let Some(behind) = behind {
            out.push(' ');
            out.push_str(behind);
        }
    }
    changed.then_some(out)
}

/// Percent-decoding of RFC 3986, in forms with `+` for a space; bytes that are no UTF-8 become U+FFFD.
pub(super) fn percent_decode(bytes: &[u8], form: bool) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |i: usize| bytes.get(i).and_then(|b| (*b as char).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', ..) if form => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// Percent-encoding that leaves placeholders readable.
fn percent_encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'[' | b']') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// A JSON string with `text` in it.
pub(super) fn quoted(text: &str, out: &mut String) {
    out.push('"');
    json::encode(text, out);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::testing::{BUILTIN, finds, lives};
    use super::*;

    #[test]
    fn queries_forms_and_urls() {
        for (text, rest) in [
            ("/search?q=shoes&email=jane%40example.com&page=2", "/search?q=shoes&email=[EMAIL]&page=2"),
            (
                "https://x.io/cb?code=1&access_token=abc#id_token=def",
                "https://x.io/cb?code=1&access_token=[SECRET]#id_token=[SECRET]",
            ),
            ("user%5Bemail%5D=x&b=1", "user%5Bemail%5D=[EMAIL]&b=1"),
            ("q=jane%2540example.com&x=%2F", "q=[EMAIL]&x=%2F"),
            ("q=call%20jane%40example.com+now", "q=call%20[EMAIL]%20now"),
            ("next=%2Flogin%3Ftoken%3Dabc123%26a%3D1", "next=%2Flogin%3Ftoken%3D[SECRET]%26a%3D1"),
            ("data=%7B%22password%22%3A%22x%22%7D", "data=%7B%22password%22%3A%22[PASSWORD]%22%7D"),
            ("note=4111+1111+1111+1111", "note=[CARD]"),
            ("password=&x=1", "password=&x=1"),
            (
                "https://b.s3.amazonaws.com/k?X-Amz-Date=20260101T000000Z&X-Amz-Signature=abcdef&x=1",
                "https://b.s3.amazonaws.com/k?X-Amz-Date=20260101T000000Z&X-Amz-Signature=[SECRET]&x=1",
            ),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
    }

    #[test]
    fn log_lines_headers_and_markup() {
        for (text, rest) in [
            ("login user_id=7 password=hunter2, ok", "login user_id=7 password=[PASSWORD], ok"),
            ("password = 'my \\'secret' x", "password = '[PASSWORD]' x"),
            (
                "GET /\r\nAuthorization: Bearer x\r\nCookie: a=b; c=d\r\nAccept: */*",
                "GET /\r\nAuthorization: Bearer [AUTH]\r\nCookie: [COOKIE]\r\nAccept: */*",
            ),
            ("curl -H 'X-Api-Key: abc123' http://x", "curl -H 'X-Api-Key: [API_KEY]' http://x"),
            ("{'password': 'x', 'a': 1}", "{'password': '[PASSWORD]', 'a': 1}"),
            (
                "<user><password>hunter2</password><id>7</id></user>",
                "<user><password>[PASSWORD]</password><id>7</id></user>",
            ),
            (
                "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n[PASSWORD]\r\n--b--",
            ),
            (r#"sent {"password":"x","n":1} ok"#, r#"sent {"password":"[PASSWORD]","n":1} ok"#),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in
            ["Password: required", "The token: it expired", "a=b", "ratio 1:2", "author=jane", "if (monkey == key) {}"]
        {
            lives(text);
        }
    }

    #[test]
    fn json_in_strings_and_base64() {
        assert_eq!(finds(r#"{"a": [1.0, {"email": "x"}]}"#), r#"{"a":[1.0,{"email":"[EMAIL]"}]}"#);
        assert_eq!(finds(r#"{"a": 1}"#), r#"{"a": 1}"#);
        assert_eq!(finds("{\"a\":1}\n{\"email\":\"x\"}"), "{\"a\":1}\n{\"email\":\"[EMAIL]\"}");
        // {"email":"jane@example.com"}
        assert_eq!(finds("state=eyJlbWFpbCI6ImphbmVAZXhhbXBsZS5jb20ifQ"), "state=[SECRET]");
        lives("state=eyJyZXR1cm4iOiIvY2FydCJ9");
    }

    #[test]
    fn cookies_keep_names_and_attributes() {
        let mut found = Found::default();
        let finding = Finding::new(Kind::Cookie, Why::Name);
        let mut cookie = |text: &str| cookie(&BUILTIN, text, finding, &mut found);
        assert_eq!(cookie("sid=abc; theme=dark").as_deref(), Some("sid=[COOKIE]; theme=dark"));
        assert_eq!(cookie("ab_bucket=checkout_v2; locale=pt-BR"), None);
        assert_eq!(cookie("theme=4f9d1c8e2b7a; uid=17").as_deref(), Some("theme=[COOKIE]; uid=[COOKIE]"));
        assert_eq!(
            cookie("sid=abc; Path=/; HttpOnly was in the file").as_deref(),
            Some("sid=[COOKIE]; Path=/; HttpOnly was in the file")
        );
        assert_eq!(cookie("sid=abc and no more").as_deref(), Some("sid=[COOKIE] and no more"));
        assert_eq!(
            cookie("sid=abc; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly").as_deref(),
            Some("sid=[COOKIE]; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly")
        );
        assert_eq!(cookie("a=1; Path=/, b=2; Secure").as_deref(), Some("a=[COOKIE]; Path=[COOKIE]; Secure"));
        assert_eq!(cookie("sid=[COOKIE]; theme=[COOKIE]"), None);
        assert_eq!(found.counts.get(Kind::Cookie), 8);
    }

    #[test]
    fn variables_in_logs_and_templates() {
        for (text, rest) in [
            ("[w] customerName: Siobhan Baumgartner; took 30ms", "[w] customerName: [NAME]; took 30ms"),
            ("[w] applicantTfnNumber: 122 513 463; took 2ms", "[w] applicantTfnNumber: [NATIONAL_ID]; took 2ms"),
            ("payload={pw:'Thunder-Arsenal-70'} -> 422", "payload={pw:'[PASSWORD]'} -> 422"),
            ("a=1&ProfileName=Kenneth+Hodgson&b=2", "a=1&ProfileName=[NAME]&b=2"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "firstName: required, lastName: must be set",
            "api_key=${API_KEY} is not substituted",
            "password={{db.password}}",
            "session count 4777, max tokens: 8192.",
        ] {
            lives(text);
        }
    }
}
