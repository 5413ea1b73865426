//! Parts of paths: what Express's route says of them, and the last part of a link that opens something.
//!
//! Express tells the route beside the path: in `/users/:username/orders` stands the name of what `/users/jo_1984/orders` has
//! in its second part.

use std::ops::Range;

use super::finding::{Action, Finding, Found};
use super::kind::{Kind, is_placeholder};
use super::names::Role;
use super::traits::is_uuid;
use super::values::is_random;
use super::verdict::{How, Verdict};
use super::{Redactor, embed, json};

/// The members that hold a path, and the one that holds its route.
const PATHS: &[&str] = &["path", "url", "originalUrl", "original_url", "uri", "pathname"];
const ROUTES: &[&[u8]] = &[b"\"route\"", b"\"route_path\"", b"\"routePath\""];

/// Whether a member of this name holds a path.
pub(super) fn is_path(name: &str, text: &str) -> bool {
    text.starts_with('/') && PATHS.contains(&name)
}

/// The route that stands in the same object as the path, whose value ends at `end` and began at `start`.
pub(super) fn route_beside(json: &str, start: usize, end: usize) -> Option<&str> {
    json::text_beside(json, start, end, ROUTES).filter(|route| route.contains(':'))
}

/// `path` with the parts stripped that `route` gives a sensitive name. None where nothing goes.
pub(super) fn strip_by_route(r: &Redactor, path: &str, route: &str, found: &mut Found) -> Option<String> {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (parts, names) = (parts(path.get(..end)?), parts(route));
    // A router knows its path from where it was mounted on.
    let ahead = parts.len().checked_sub(names.len())?;
    let mut out = String::new();
    let mut copied = 0;
    let mut role = Role::NONE;
    for (range, name) in parts.iter().skip(ahead).zip(names) {
        // `/@:handle`: something may stand before it.
        let Some((before, name)) = route.get(name).and_then(|part| part.split_once(':')) else {
            role = r.names.sense(path.get(range.clone())?, Role::NONE).role;
            continue;
        };
        let role = if before == "@" { Role::PERSON } else { role };
        if !path.get(range.clone())?.starts_with(before) {
            continue;
        }
        let range = range.start + before.len()..range.end;
        let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        let value = path.get(range.clone())?;
        let sense = r.names.sense(name, role);
        // `/agents/:user`
        let user = (sense.verdict.is_none() && sense.role.meets(Role::PERSON) && How::Account.fits(value))
            .then_some(Verdict::new(Kind::Name, How::Account))
            .filter(|_| r.rules.action(Kind::Name) != Action::Keep);
        let verdict = sense.verdict.or(user).filter(|verdict| {
            verdict.how.fits(value) && !verdict.says_nothing(value) && !is_placeholder(value) && !r.stays(value)
        });
        // What patterns know they know better: `/users/jane%40example.com`, `/accounts/67a71ae2f4aa4a6ea66313af` of `:iban`.
        let known = |kind: Kind| matches!(kind, Kind::Email | Kind::Ip | Kind::Card);
        let plain = embed::percent_decode(value.as_bytes(), false);
        let address = plain.trim_start_matches('@').contains('@');
        let hex = || {
            verdict.is_some_and(|verdict| verdict.kind == Kind::Iban) && value.bytes().all(|b| b.is_ascii_hexdigit())
        };
        let Some(verdict) = verdict
            .or_else(|| (name == "sid" && opens_session(value)).then_some(Verdict::new(Kind::Secret, How::Whole)))
            .filter(|verdict| verdict.how != How::Keep && !known(verdict.kind) && !address && !hex())
        else {
            continue;
        };
        out.push_str(path.get(copied..range.start)?);
        add(r, verdict.finding(), value, &mut out, found);
        copied = range.end;
    }
    (copied > 0).then(|| out + path.get(copied..).unwrap_or_default())
}

/// The address of somebody's page or picture without the login that was found beside it: `https://github.com/jo_1984/repo`.
pub(super) fn strip_login(r: &Redactor, url: &str, login: &str, finding: Finding, found: &mut Found) -> Option<String> {
    let host = url.find("://")? + 3;
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let path = host + url.get(host..end)?.find('/')?;
    let mut out = String::new();
    let mut copied = 0;
    for part in parts(url.get(path..end)?) {
        let part = path + part.start..path + part.end;
        let text = url.get(part.clone())?;
        let plain = text.trim_start_matches('@');
        let start = part.end - plain.len();
        // `jo_1984.png`
        let length = match plain.rsplit_once('.') {
            Some((stem, ending)) if stem == login && ending.len() <= 4 => stem.len(),
            _ if plain == login => plain.len(),
            _ => continue,
        };
        out.push_str(url.get(copied..start)?);
        add(r, finding, login, &mut out, found);
        copied = start + length;
    }
    (copied > 0).then(|| out + url.get(copied..).unwrap_or_default())
}

/// A link with its last part stripped, if that is what opens it: `https://sign.example.com/s/vkAXwONEo3vxwOgujrMc`.
pub(super) fn strip_link(r: &Redactor, url: &str, finding: Finding, found: &mut Found) -> Option<String> {
    // What opened it may have been stripped before; what else is in it looks random and opens nothing.
    let stripped = |value: &str| {
        let credential = |kind: &Kind| kind.is_credential() && kind.placeholder() == value;
        Kind::ALL.iter().any(credential) || r.stays(value)
    };
    let range = opens(url, &stripped).or_else(|| parameter(url, &stripped))?;
    let value = url.get(range.clone())?;
    if stripped(value) {
        return None;
    }
    let mut out = url.get(..range.start)?.to_owned();
    add(r, finding, value, &mut out, found);
    Some(out + url.get(range.end..)?)
}

/// Where in a URL the part is that opens it, or did before it was stripped.
fn opens(url: &str, stripped: &dyn Fn(&str) -> bool) -> Option<Range<usize>> {
    let host = url.find("://")? + 3;
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let start = host + url.get(host..end)?.rfind('/')? + 1;
    let token = url.get(start..end)?;
    if stripped(token) {
        return Some(start..end);
    }
    let bytes = token.as_bytes();
    let plain = bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'~' | b'.'));
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let mixed = bytes.iter().any(u8::is_ascii_uppercase) && bytes.iter().any(u8::is_ascii_lowercase);
    let random = is_random(token) || (bytes.len() >= 12 && digits >= 2 && mixed);
    (plain && random && bytes.len() >= 12 && !is_uuid(bytes)).then_some(start..end)
}

/// Where in a URL's query a random value stands, or stood before it was stripped.
fn parameter(url: &str, stripped: &dyn Fn(&str) -> bool) -> Option<Range<usize>> {
    let query = url.find('?')? + 1;
    let mut from = query;
    url.get(query..)?.split('&').find_map(|field| {
        let start = from;
        from += field.len() + 1;
        let (name, value) = field.split_once('=')?;
        let end = start + field.len();
        (is_random(value) || stripped(value)).then_some(start + name.len() + 1..end)
    })
}

/// Whether a part of a path is a session's id, as frameworks make them.
fn opens_session(value: &str) -> bool {
    let of_twilio = value.len() == 34 && value.bytes().take(2).all(|b| b.is_ascii_uppercase());
    let hex = (32..=64).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_hexdigit());
    !of_twilio && (hex || is_random(value))
}

fn add(r: &Redactor, finding: Finding, value: &str, out: &mut String, found: &mut Found) {
    r.stand_in(finding, value, out);
    found.add(finding, r.action(finding));
}

/// The parts between slashes.
fn parts(path: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    path.split('/')
        .map(|part| {
            let range = from..from + part.len();
            from = range.end + 1;
            range
        })
        .filter(|range| !range.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::Counts;
    use super::super::testing::BUILTIN;

    fn strips(event: &str) -> String {
        let mut out = String::new();
        BUILTIN.strip_json(event, &mut out, &mut Counts::default()).unwrap();
        out
    }

    #[test]
    fn a_route_names_the_parts_of_its_path() {
        for (event, stripped) in [
            (
                r#"{"method":"GET","path":"/users/jo_1984/orders/77","route":"/users/:username/orders/:id"}"#,
                r#"{"method":"GET","path":"/users/[NAME]/orders/77","route":"/users/:username/orders/:id"}"#,
            ),
            (
                r#"{"route": "/:ssn/records", "path":"/citizens/79911072053/records?x=1"}"#,
                r#"{"route":"/:ssn/records","path":"/citizens/[SSN]/records?x=1"}"#,
            ),
            (
                r#"{"path":"/api/profiles/jo1984","query":{},"route":"/api/profiles/:handle"}"#,
                r#"{"path":"/api/profiles/[NAME]","query":{},"route":"/api/profiles/:handle"}"#,
            ),
            (
                r#"{"path" : "/users/jo_1984" , "kind":"route", "route" :
                    "/users/:username"}"#,
                r#"{"path":"/users/[NAME]","kind":"route","route":"/users/:username"}"#,
            ),
            (r#"{"path":"/@quietstorm57","route":"/@:handle"}"#, r#"{"path":"/@[NAME]","route":"/@:handle"}"#),
        ] {
            assert_eq!(strips(event), stripped);
            assert_eq!(strips(stripped), stripped);
        }
    }

    #[test]
    fn ids_and_other_objects_routes_say_nothing() {
        for event in [
            r#"{"path":"/orders/2026-957075","route":"/orders/:number"}"#,
            r#"{"path":"/users/jo_1984","next":{"route":"/users/:username"}}"#,
            r#"{"path":"/a/b","route":"/a/b/:username"}"#,
            r#"{"path":"/users/","route":"/users/:username"}"#,
        ] {
            assert_eq!(strips(event), event);
        }
    }

    #[test]
    fn links_that_open_something_lose_their_last_part() {
        let event = r#"{"signing_url":"https://sign.example.com/s/vkAXwONEo3vxwOgujrMcHvWw","cancelUrl":"https://x.example/c/eS6jKozTcArZnMP4?x=1","help_url":"https://x.example/c/eS6jKozTcArZnMP4"}"#;
        let stripped = r#"{"signing_url":"https://sign.example.com/s/[SECRET]","cancelUrl":"https://x.example/c/[SECRET]?x=1","help_url":"https://x.example/c/eS6jKozTcArZnMP4"}"#;
        assert_eq!(strips(event), stripped);
        assert_eq!(strips(stripped), stripped);
        // What opened it is gone, and nothing else goes in its stead.
        for (url, left) in [
            (
                "https://x.example/reset-password?token=vkAXwONEo3vxwOgujrMcHvWw&uid=6a5880a6a5b5c8d96bcd71b4",
                "https://x.example/reset-password?token=[SECRET]&uid=6a5880a6a5b5c8d96bcd71b4",
            ),
            (
                "https://x.example/s/vkAXwONEo3vxwOgujrMcHvWw?ref=6a5880a6a5b5c8d96bcd71b4",
                "https://x.example/s/[SECRET]?ref=6a5880a6a5b5c8d96bcd71b4",
            ),
            ("https://x.example/s?to=[EMAIL]&x=vkAXwONEo3vxwOgujrMcHvWw", "https://x.example/s?to=[EMAIL]&x=[SECRET]"),
        ] {
            let stripped = format!(r#"{{"debugResetUrl":"{left}"}}"#);
            assert_eq!(strips(&format!(r#"{{"debugResetUrl":"{url}"}}"#)), stripped);
            assert_eq!(strips(&stripped), stripped);
        }
        for url in
            ["https://x.example/bookings/cancel", "https://x.example/b/0b0e8f0c-5a1e-4c86-9a59-0c8a3f6d9c11", "/login"]
        {
            let event = format!(r#"{{"cancel_url":"{url}"}}"#);
            assert_eq!(strips(&event), event);
        }
    }
}
