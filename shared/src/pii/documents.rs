//! Documents inside a string whose lines or elements have names of their own: markup and contact cards.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Redactor;
use super::edit::{Edit, With};
use super::embed::{Held, MAX_NAME, is_someones, name_byte, named, scheme_of, settle};
use super::finding::{Action, Finding, Why};
use super::kind::{Kind, is_placeholder};
use super::names::{Role, role_by};
use super::values::may_be_a_name;
use super::verdict::{self, How, Outcome, Verdict};

/// An element that is open.
struct Element<'t> {
    tag: &'t str,
    role: Role,
    /// Its name is personal: what is in it speaks for the element around it.
    sensitive: bool,
    /// What the elements in it have shown so far.
    evidence: Role,
    /// Values that go once one of their siblings shows whose they are.
    held: Vec<Held>,
    /// What it is when its value stands in an element of its own: `<DateOfBirth><Date>…</Date></DateOfBirth>`,
    /// `<Attribute Name="givenname"><AttributeValue>…`.
    inner: Option<Verdict>,
}

impl<'t> Element<'t> {
    const fn new(tag: &'t str, role: Role, sensitive: bool) -> Self {
        Self { tag, role, sensitive, evidence: Role::NONE, held: Vec::new(), inner: None }
    }

    /// All of it was read.
    fn close(mut self, edits: &mut Vec<Edit>) -> Role {
        let evidence = self.evidence;
        settle(&mut self.held, &mut self.evidence, edits);
        if self.sensitive { evidence } else { Role::NONE }
    }
}

/// How many open elements a closing tag is looked for in: HTML leaves some open.
const MAX_OPEN: usize = 16;

/// `<password>…</password>`, attributes or a namespace allowed. As in JSON, an element says what its children are about:
/// `<Dbtr><Nm>…</Nm></Dbtr>`, `<givenName>…</givenName><sn>…</sn>`.
pub(super) fn markup(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    let mut open = vec![Element::new("", Role::NONE, false)];
    let mut done = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        if at < done {
            continue;
        }
        let closes = bytes.get(at + 1) == Some(&b'/');
        let from = at + 1 + usize::from(closes);
        let is_tag = |b: &&u8| (name_byte(**b) || **b == b':') && !matches!(b, b'[' | b']' | b'%');
        let length = bytes.get(from..).unwrap_or_default().iter().take(MAX_NAME).take_while(is_tag).count();
        let Some(tag) = text.get(from..from + length).filter(|tag| !tag.is_empty()) else { continue };
        let tag = tag.rsplit(':').next().unwrap_or(tag);
        if closes {
            let Some(depth) = open.iter().skip(1).rev().take(MAX_OPEN).position(|element| element.tag == tag) else {
                continue;
            };
            for _ in 0..=depth {
                let evidence = open.pop().map_or(Role::NONE, |element| element.close(edits));
                if let Some(parent) = open.last_mut() {
                    parent.evidence = parent.evidence.and(evidence);
                }
            }
            continue;
        }
        let Some(parent) = open.last_mut() else { break };
        let mut sense = r.names.sense(tag, parent.role);
        sense.verdict = sense.verdict.filter(|verdict| verdict.how != How::Keep);
        let head = bytes.get(at..).unwrap_or_default();
        let Some(end) = head.iter().take(400).position(|b| *b == b'>') else { continue };
        let attributes = text.get(at + 1 + length..at + end).unwrap_or_default();
        // `<add key="SmtpPassword" value="…"/>`: one attribute names the other.
        if let Some(value) = attribute(attributes, "value").filter(|value| !value.is_empty())
            && let Some(verdict) = attribute_named(attributes).and_then(|name| named(r, name))
            && let Some(content) = attributes.get(value.clone())
            && !is_placeholder(content)
            && goes(verdict, content)
        {
            let from = at + 1 + length;
            edits.push(Edit::new(from + value.start..from + value.end, With::Finding(verdict.finding())));
        }
        // `<address/>` has no content.
        if end.checked_sub(1).and_then(|i| head.get(i)) == Some(&b'/') {
            continue;
        }
        let called = attribute_named(attributes).filter(|_| sense.verdict.is_none()).and_then(|name| named(r, name));
        sense.verdict = sense.verdict.or(called);
        let start = at + end + 1;
        let end = memchr::memchr(b'<', bytes.get(start..).unwrap_or_default()).map_or(text.len(), |i| start + i);
        let content = text.get(start..end).unwrap_or_default();
        // Elements inside are judged by themselves.
        // `API_KEY=<YOUR_API_KEY> and restart` is no element.
        let prose = content.starts_with(' ') && !text.get(end..).is_some_and(|rest| rest.starts_with("</"));
        let has_text = !content.trim().is_empty() && !is_placeholder(content.trim()) && !prose;
        if sense.verdict.is_none() && has_text {
            let inner = parent.inner.filter(|_| !sense.spared && sense.role == Role::NONE);
            sense.verdict = inner.or_else(|| sense.by_value(content.trim()));
        }
        match (sense.verdict, sense.latent) {
            (Some(verdict), _) if has_text && goes(verdict, content) => {
                edits.push(Edit::new(start..end, With::Finding(verdict.finding())));
                parent.evidence = parent.evidence.and(role_by(verdict.kind));
                done = end;
            }
            (None, Some((needs, verdict)))
                if has_text && is_someones(content, verdict.kind) && (!sense.guessed || may_be_a_name(content)) =>
            {
                parent.held.push((start..end, needs, verdict));
            }
            _ => {}
        }
        let mut element = Element::new(tag, sense.role, sense.verdict.is_some());
        element.inner = sense.verdict.filter(|verdict| {
            let single = matches!(
                verdict.kind,
                Kind::BirthDate
                    | Kind::Phone
                    | Kind::Email
                    | Kind::Ssn
                    | Kind::NationalId
                    | Kind::Passport
                    | Kind::DriverLicense
            );
            !has_text && (called.is_some() || single)
        });
        open.push(element);
    }
    while let Some(element) = open.pop() {
        let evidence = element.close(edits);
        if let Some(parent) = open.last_mut() {
            parent.evidence = parent.evidence.and(evidence);
        }
    }
}

/// What an element says it is about: `<field name="apellido">`, `<Attribute Name="http://…/claims/givenname">`.
fn attribute_named(attributes: &str) -> Option<&str> {
    let of = |name: &str| {
        let value = attributes.get(attribute(attributes, name)?)?;
        let part = value.rsplit(['/', ':', '#']).next()?;
        (part.len() <= MAX_NAME && !part.is_empty()).then_some(part)
    };
    if !attributes.contains('=') {
        return None;
    }
    ["name", "Name", "FriendlyName", "key", "field", "id", "n"].iter().find_map(|name| of(name))
}

/// Lines of `Name: value`, as notes, labels and registries have them; three at least, and half of all. As in a form, they
/// say of each other whose they are.
pub(super) fn lines(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    let parted = |line: &str| -> Option<(usize, usize)> {
        let colon = line.find(": ").or_else(|| line.find(":\t"))?;
        let name = line.get(..colon)?.trim_start();
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '(' | ')');
        let fits = (1..=40).contains(&name.len()) && name.chars().all(plain);
        (fits && !line.get(colon + 2..)?.trim().is_empty()).then_some((colon, colon - name.len()))
    };
    let all = text.lines().filter(|line| !line.trim().is_empty()).take(200);
    let (named, lines) =
        all.fold((0, 0), |(named, lines), line| (named + usize::from(parted(line).is_some()), lines + 1));
    if named < 3 || named * 2 < lines {
        return;
    }
    let (mut evidence, mut held, mut going) = (Role::NONE, Vec::new(), Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        let content = line.trim_end();
        let Some((colon, indent)) = parted(content) else { continue };
        let mut sense = r.names.sense(content.get(indent..colon).unwrap_or_default(), Role::NONE);
        let value = content.get(colon + 2..).unwrap_or_default();
        let start = begin + colon + 2 + (value.len() - value.trim_start().len());
        let (value, range) = (value.trim(), start..begin + content.len());
        sense.verdict = sense.verdict.filter(|verdict| verdict.how != How::Keep).or_else(|| sense.by_value(value));
        let scheme = if sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Auth) { scheme_of(value) } else { 0 };
        let (value, range) = (value.get(scheme..).unwrap_or_default(), range.start + scheme..range.end);
        match (sense.verdict, sense.latent) {
            (Some(verdict), _) if goes(verdict, value) => {
                edits.push(Edit::new(range, With::Finding(verdict.finding())));
                evidence = evidence.and(role_by(verdict.kind));
            }
            (None, Some((needs, verdict)))
                if is_someones(value, verdict.kind) && (!sense.guessed || may_be_a_name(value)) =>
            {
                held.push((range, needs, verdict));
            }
            _ => {}
        }
    }
    settle(&mut held, &mut evidence, &mut going);
    edits.extend(going);
}

/// What PHP's `serialize` writes: `s:8:"password";s:14:"…";`. A string stands behind its length in bytes.
pub(super) fn serialized(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    static NEXT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b";s:"));
    if NEXT.find(text.as_bytes()).is_none() {
        return;
    }
    let string = |at: usize| -> Option<Range<usize>> {
        let rest = text.get(at..)?.strip_prefix("s:")?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length: usize = rest.get(..digits)?.parse().ok()?;
        let start = at + "s:".len() + digits + ":\"".len();
        let end = start.checked_add(length)?;
        (text.get(start - 2..start)? == ":\"" && text.get(end..)?.starts_with("\";")).then_some(start..end)
    };
    let mut name: Option<Range<usize>> = None;
    for at in memchr::memchr_iter(b's', text.as_bytes()) {
        let Some(value) = string(at) else { continue };
        match name.take().filter(|name| name.end + 2 == at) {
            Some(name) => {
                let content = text.get(value.clone()).unwrap_or_default();
                let verdict = text.get(name).and_then(|name| named(r, name)).filter(|verdict| goes(*verdict, content));
                edits.extend(verdict.map(|verdict| Edit::new(value, With::Finding(verdict.finding()))));
            }
            None => name = Some(value),
        }
    }
}

/// Where the content of an attribute stands, in quotes of either kind, if there is one of this name.
fn attribute(attributes: &str, name: &str) -> Option<Range<usize>> {
    for (at, _) in attributes.match_indices(name) {
        let apart = attributes.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_whitespace()));
        let Some(value) = attributes.get(at + name.len()..).and_then(|rest| rest.strip_prefix('=')) else { continue };
        let Some(quote) = value.chars().next().filter(|quote| apart && matches!(quote, '"' | '\'')) else { continue };
        let start = attributes.len() - value.len() + 1;
        let length = attributes.get(start..)?.find(quote)?;
        return Some(start..start + length);
    }
    None
}

/// Whether a name's verdict holds for what an element contains: `<code>0</code>` is no grant.
fn goes(verdict: Verdict, content: &str) -> bool {
    matches!(verdict::outcome(verdict, content.trim(), Role::NONE), Outcome::Replace(_) | Outcome::Cookie(_))
}

/// Whether `text` holds a contact card (RFC 6350, and its elder versions).
pub(super) fn is_vcard(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"BEGIN:VCARD").is_some()
}

/// A contact card's properties by their names: `FN:…`, `item1.TEL;TYPE=CELL:…`. A line that begins with a space goes on with
/// the property before it.
pub(super) fn vcard(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    let mut at = 0;
    let mut last = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let Some(colon) = content.find(':').filter(|_| !line.starts_with([' ', '\t'])) else {
            let more = content.trim();
            if let Some(kind) = last.filter(|_| !more.is_empty() && !is_placeholder(more)) {
                let indent = content.len() - content.trim_start().len();
                edits.push(Edit::new(
                    start + indent..start + content.len(),
                    With::Finding(Finding::new(kind, Why::Name)),
                ));
            }
            continue;
        };
        let property = content.get(..colon).unwrap_or_default();
        let property = property.split(';').next().unwrap_or_default();
        last = property_of(property.rsplit('.').next().unwrap_or_default())
            .filter(|kind| r.action(Finding::new(*kind, Why::Name)) != Action::Keep);
        let value = content.get(colon + 1..).unwrap_or_default();
        // Of an address (RFC 6350, 6.3.1) the country may stay.
        let parts: Vec<usize> = value
            .match_indices(';')
            .map(|(at, _)| at)
            .filter(|at| !value.get(..*at).is_some_and(|before| before.ends_with('\\')))
            .collect();
        let whole = value;
        let value = match (last, parts.last()) {
            (Some(kind @ Kind::Address), Some(country))
                if parts.len() == 6
                    && country + 1 < value.len()
                    && r.action(Finding::new(kind, Why::Name)) == Action::Redact =>
            {
                value.get(..*country).unwrap_or(value)
            }
            _ => value,
        };
        // `[ADDRESS];Austria`
        let before = match last {
            Some(Kind::Address) => whole.split(';').next().unwrap_or_default(),
            _ => whole,
        };
        if let Some(kind) = last
            && value.chars().any(char::is_alphanumeric)
            && !is_placeholder(before.trim())
        {
            edits.push(Edit::new(
                start + colon + 1..start + colon + 1 + value.len(),
                With::Finding(Finding::new(kind, Why::Name)),
            ));
        }
    }
}

fn property_of(name: &str) -> Option<Kind> {
    const PROPERTIES: &[(&str, Kind)] = &[
        ("N", Kind::Name),
        ("FN", Kind::Name),
        ("NICKNAME", Kind::Name),
        ("RELATED", Kind::Name),
        ("ADR", Kind::Address),
        ("LABEL", Kind::Address),
        ("BIRTHPLACE", Kind::Address),
        ("BDAY", Kind::BirthDate),
        ("TEL", Kind::Phone),
        ("EMAIL", Kind::Email),
        ("IMPP", Kind::Email),
        ("GEO", Kind::Geo),
    ];
    PROPERTIES.iter().find(|(property, _)| property.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn elements_say_what_their_children_are_about() {
        for (text, rest) in [
            (
                "<user><password>hunter2</password><id>7</id></user>",
                "<user><password>[PASSWORD]</password><id>7</id></user>",
            ),
            ("<Dbtr><Nm>Jo Li</Nm><Ctry>DE</Ctry></Dbtr>", "<Dbtr><Nm>[NAME]</Nm><Ctry>DE</Ctry></Dbtr>"),
            (
                "<A><CAP>20121</CAP><Nome>Ada</Nome><Cognome>Rossi</Cognome><Indirizzo>Via Po 1</Indirizzo></A>",
                "<A><CAP>[ADDRESS]</CAP><Nome>[NAME]</Nome><Cognome>[NAME]</Cognome><Indirizzo>[ADDRESS]</Indirizzo></A>",
            ),
            (
                "<s:a><mail>x@y.io</mail><sn>Roe</sn></s:a><item><name>Lamp</name>",
                "<s:a><mail>[EMAIL]</mail><sn>[NAME]</sn></s:a><item><name>Lamp</name>",
            ),
            (
                "<Attribute Name=\"http://x/claims/givenname\"><AttributeValue>Ada</AttributeValue></Attribute>",
                "<Attribute Name=\"http://x/claims/givenname\"><AttributeValue>[NAME]</AttributeValue></Attribute>",
            ),
            (
                "<form><field name=\"apellido\">Gil</field><field name=\"plan\">pro</field></form>",
                "<form><field name=\"apellido\">[NAME]</field><field name=\"plan\">pro</field></form>",
            ),
            (
                "<DateOfBirth><Date>1970-03-02</Date></DateOfBirth><Phone><Type>home</Type><Number>8732882087</Number></Phone>",
                "<DateOfBirth><Date>[BIRTH_DATE]</Date></DateOfBirth><Phone><Type>home</Type><Number>[PHONE]</Number></Phone>",
            ),
            (
                "<c><name>Jo Li</name><address><street>Elm 1</street>",
                "<c><name>[NAME]</name><address><street>[ADDRESS]</street>",
            ),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "<product><name>Desk Lamp</name><cap>20 l</cap><sn>SN-2231</sn></product>",
            "<a></b></a><name>Chair</name>",
            "<ul><li>x<br>y<li>z</ul><nm>1</nm>",
        ] {
            lives(text);
        }
    }

    #[test]
    fn lines_with_names() {
        assert_eq!(
            finds("Name: GEMMA CHAUDHRY\nStreet: Flat 12, 192 Dock Street\nZIP: BS9 9ZG\nCity: Hull\nPieces: 9\n"),
            "Name: [NAME]\nStreet: [ADDRESS]\nZIP: [ADDRESS]\nCity: [ADDRESS]\nPieces: 9\n"
        );
        assert_eq!(
            finds("FORM AF-91008\nName:\tSean Parker\nDate of birth:\t04/05/1967\nSSN:\t219-09-9999\n"),
            "FORM AF-91008\nName:\t[NAME]\nDate of birth:\t[BIRTH_DATE]\nSSN:\t[SSN]\n"
        );
        assert_eq!(
            finds(
                "Registrar: Tessera Inc.\r\nRegistrant Name: Trevor A. Holloway\r\nRegistrant Street: 319 County Road 12\r\n"
            ),
            "Registrar: Tessera Inc.\r\nRegistrant Name: [NAME]\r\nRegistrant Street: [ADDRESS]\r\n"
        );
        for text in
            ["Name: checkout\nCity: unknown\nLevel: info", "a: b\nStreet: x\nnothing\nmore\nto say\nat all\nc: d"]
        {
            lives(text);
        }
    }

    #[test]
    fn what_php_serialized() {
        assert_eq!(
            finds(r#"a:3:{s:8:"password";s:14:"NNTet0Z0X5w8kJ";s:4:"tier";s:4:"gold";s:9:"firstName";s:5:"Zoë;";}"#),
            r#"a:3:{s:8:"password";s:14:"[PASSWORD]";s:4:"tier";s:4:"gold";s:9:"firstName";s:5:"[NAME]";}"#
        );
        lives(r#"a:2:{s:8:"password";s:99:"x";s:1:"a";s:99999999999999999999:"b";}"#);
        lives(r#"a:1:{s:4:"tier";s:8:"password";i:7;}"#);
    }

    #[test]
    fn contact_cards_lose_their_person() {
        assert_eq!(
            finds(
                "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Roe;Jane;;;\r\nFN:Jane\r\n  Roe\r\nitem1.TEL;TYPE=CELL:+31 6 1234 5678\r\nADR;TYPE=HOME:;;Elm 1;;;1234 AB;\r\nBDAY:1987-03-04\r\nORG:Acme\r\nREV:20240101T000000Z\r\nEND:VCARD\r\n"
            ),
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:[NAME]\r\nFN:[NAME]\r\n  [NAME]\r\nitem1.TEL;TYPE=CELL:[PHONE]\r\nADR;TYPE=HOME:[ADDRESS]\r\nBDAY:[BIRTH_DATE]\r\nORG:Acme\r\nREV:20240101T000000Z\r\nEND:VCARD\r\n"
        );
        lives("BEGIN:VCARD\nVERSION:4.0\nADR:;;;;;;\nEND:VCARD");
    }
}
