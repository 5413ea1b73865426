//! E-mail addresses, in all the ways people and programs write them, and what else has an `@` before a known name.

use std::ops::Range;

use droplets_pattern::pattern;

use super::context::{Words, is_word};
use super::detector::{Detector, Find, Needs};
use super::kind::Kind;
use super::names::Hint;
use super::people;
use super::traits::has;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "e-mail address: domain with a top level",
        kind: Kind::Email,
        needs: Needs { all: has::AT, run: 5, ..Needs::NOTHING },
        find: Find::Search(|text, hint, add| {
            if !matches!(hint, Hint::Identifier | Hint::Article) || !is_message_id(text) {
                around_signs(text, "@", add);
            }
        }),
    },
    Detector {
        name: "payment address of India's UPI: a known bank behind the @",
        kind: Kind::Bank,
        needs: Needs { all: has::AT, run: 6, ..Needs::NOTHING },
        find: Find::Search(upi),
    },
    Detector {
        name: "e-mail address: at and dot, in words",
        kind: Kind::Email,
        needs: Needs { all: has::LOWER | has::SPACE, cue: Some(&DOT), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(
                r"\b[A-Za-z0-9][A-Za-z0-9._+-]{1,40}(?: [\[(]?dot[\])]? [A-Za-z0-9._+-]{1,24}){0,3} [\[(]?(?i:at)[\])]? [A-Za-z0-9-]{2,40}(?: [\[(]?(?i:dot)[\])]? [A-Za-z0-9-]{2,24}){0,2} [\[(]?(?i:dot)[\])]? ",
                r"(?i:com|net|org|edu|gov|io|co|uk|de|fr|es|it|nl|pl|eu|ie|in|au|ca|us|br|pt|ch|at|be|se|no|dk|fi|cz|jp|cn|ru|info|app|dev|me)\b"
            ),
            |c| c.whole(),
        ),
    },
    // Percent-encoded once or twice; in full width; as HTML writes it.
    Detector {
        name: "e-mail address: percent-encoded @",
        kind: Kind::Email,
        needs: Needs { all: has::PERCENT | has::DIGIT, run: 8, ..Needs::NOTHING },
        find: Find::Search(encoded_emails),
    },
    Detector {
        name: "e-mail address: full-width @",
        kind: Kind::Email,
        needs: Needs { all: has::WIDE | has::DOT, run: 5, ..Needs::NOTHING },
        find: Find::Search(|text, _, add| around_signs(text, "\u{ff20}", add)),
    },
    Detector {
        name: "e-mail address: HTML @",
        kind: Kind::Email,
        needs: Needs { all: has::AMPERSAND | has::DOT, run: 10, ..Needs::NOTHING },
        find: Find::Search(html_emails),
    },
    Detector {
        name: "e-mail address: [at] and [dot]",
        kind: Kind::Email,
        needs: Needs {
            all: has::LOWER,
            any: has::OPENING | has::PAREN,
            run: 2,
            cue: Some(&AT_WORDS),
            ..Needs::NOTHING
        },
        find: Find::Pattern(
            pattern!(
                r"\b[A-Za-z0-9][A-Za-z0-9._+-]{0,63} ?[\[({](?i:at)[\])}] ?[A-Za-z0-9-]{1,63}(?: ?[\[({](?i:dot)[\])}] ?[A-Za-z0-9-]{2,63}|\.[A-Za-z]{2,24}){1,4}\b"
            ),
            |c| c.whole(),
        ),
    },
];

/// Endings of file names, and of systemd's units: `logo@2x.png` and `getty@tty1.service` are no addresses. (`.zip` and `.mov`
/// are also top-level domains; files are likelier.)
#[rustfmt::skip]
const FILE_ENDINGS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "tif", "tiff", "css", "scss", "less", "js",
    "mjs", "cjs", "jsx", "tsx", "map", "json", "html", "htm", "xml", "txt", "pdf", "woff", "woff2", "ttf", "otf",
    "eot",
    "tgz", "gz", "tar", "zip", "jar", "exe", "dll", "mp3", "mp4", "mov", "webm", "wasm", "csv", "lock", "yaml",
    "yml", "toml", "service", "socket", "timer", "mount", "slice", "scope", "log", "php", "asp", "aspx", "jsp", "doc", "docx", "xls", "xlsx",
];

/// Local parts of letterboxes that nobody reads. (`info@` and `hello@` are many a freelancer's own.)
#[rustfmt::skip]
const SHARED: &[&str] = &[
    "no-reply", "noreply", "no.reply", "no_reply", "donotreply", "do-not-reply", "notifications", "notification", "alerts", "alertas", "mailer-daemon", "postmaster",
    "bounce", "bounces", "newsletter",
];

/// Whether an address is that of a letterbox that nobody reads.
pub(super) fn is_shared(address: &str) -> bool {
    let local = address.split(['@', '+']).next().unwrap_or_default();
    local.len() < address.len() && SHARED.iter().any(|shared| local.eq_ignore_ascii_case(shared))
}

/// The longest local part looked at. RFC 5321 allows 64 octets; percent-encoding and sloppy senders make more.
const MAX_LOCAL: usize = 200;

/// RFC 5321, 4.5.3.1.2, with room for encoding.
const MAX_DOMAIN: usize = 255;

/// The banks and services that give out addresses of the Unified Payments Interface: what stands behind the `@`, without a top
/// level.
#[rustfmt::skip]
const UPI: &[&str] = &[
    "paytm", "ybl", "ibl", "axl", "oksbi", "okaxis", "okicici", "okhdfcbank", "apl", "yapl", "ptyes", "ptsbi", "pthdfc", "ptaxis", "waicici", "wahdfcbank", "waaxis",
    "wasbi", "hdfcbank", "axisbank", "barodampay", "idfcbank", "yesbank", "naviaxis", "jupiteraxis", "upi",
];

fn upi(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        let behind = bytes.get(at + 1..).unwrap_or_default();
        let length = behind.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let bank = behind.get(..length).unwrap_or_default();
        let goes_on = behind.get(length) == Some(&b'.') && behind.get(length + 1).is_some_and(|b| is_word(*b));
        if goes_on || !UPI.iter().any(|known| bank.eq_ignore_ascii_case(known.as_bytes())) {
            continue;
        }
        let name = bytes.get(..at).unwrap_or_default().iter().rev().take(64);
        let start = at - name.take_while(|b| is_word(**b) || matches!(b, b'.' | b'-')).count();
        if start < at {
            add(start..at + 1 + length);
        }
    }
}

fn encoded_emails(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    for sign in ["%40", "%2540"] {
        around_signs(text, sign, add);
    }
}

fn html_emails(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    for sign in ["&#64;", "&#x40;", "&commat;"] {
        around_signs(text, sign, add);
    }
}

/// The name before an address in angle brackets (RFC 5322 `name-addr`): `Jane Okafor <jane@example.com>`.
pub(super) fn mailbox_names(text: &str, add: &mut dyn FnMut(Range<usize>)) {
    /// Longest name looked at, in bytes, and most words.
    const LONGEST: usize = 64;
    const MOST_WORDS: usize = 5;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let inside = text.get(at + 1..).unwrap_or_default();
        let inside = inside.get(..inside.find(['>', ' ', '<']).unwrap_or(0)).unwrap_or_default();
        if !(inside.contains('@') || inside.contains("[EMAIL]") || inside.contains("%40")) {
            continue;
        }
        let base = floor(text, at.saturating_sub(LONGEST));
        let before = text.get(base..at).unwrap_or_default();
        let before = before.trim_end_matches([' ', '"', '\'']);
        let line = before
            .rsplit(['\n', '\r', ':', ';', '"', '>', '<', '=', '(', '\t'])
            .next()
            .unwrap_or_default()
            .trim_start();
        let end = base + before.len();
        let mut starts: Vec<usize> = line
            .char_indices()
            .filter(|(i, _)| *i == 0 || line.as_bytes().get(i - 1) == Some(&b' '))
            .map(|(i, _)| i)
            .collect();
        let first = starts.len().saturating_sub(MOST_WORDS);
        let name = starts
            .drain(first..)
            .filter_map(|start| line.get(start..))
            .find(|name| people::is_person(name) || people::is_chinese_or_korean(name));
        if let Some(name) = name {
            add(end - name.len()..end);
        }
    }
}

/// Whether a text is a message's id (RFC 5322, 3.6.4) made by a machine: `<9a74920449ec1c917013@mta.example.org>`.
fn is_message_id(text: &str) -> bool {
    let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    // Mailgun's have no brackets.
    inside.unwrap_or(text).split_once('@').is_some_and(|(local, domain)| {
        // One address, and nothing but it.
        let plain =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'=' | b'+' | b'-' | b'$' | b'!' | b'/');
        if !local.bytes().all(plain) || domain.contains(['@', ' ', ',']) {
            return false;
        }
        let digits = local.bytes().filter(u8::is_ascii_digit).count();
        // Mailgun's again: a time and letters, with a point between.
        let timed = local
            .split_once('.')
            .is_some_and(|(time, id)| time.len() == 10 && time.bytes().all(|b| b.is_ascii_digit()) && id.len() >= 10);
        let least = if inside.is_some() { 4 } else { 14 };
        timed
            || (local.len() >= 12 && digits >= least)
            || (inside.is_some()
                && local.len() >= 16
                && local.bytes().all(|b| b.is_ascii_alphanumeric())
                && (digits >= 1 || turns(local) >= 3))
    })
}

/// How often a small letter is followed by a capital.
fn turns(text: &str) -> usize {
    let turn = |pair: &&[u8]| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase());
    text.as_bytes().windows(2).filter(turn).count()
}

fn around_signs(text: &str, sign: &str, add: &mut dyn FnMut(Range<usize>)) {
    let mut behind = 0;
    let bytes = sign.as_bytes();
    let Some(first) = bytes.first() else { return };
    for at in memchr::memchr_iter(*first, text.as_bytes()) {
        if !text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(bytes)) {
            continue;
        }
        let Some(end) = domain_end(text, at + sign.len()) else { continue };
        let Some(start) = local_start(text, at, behind) else { continue };
        // `git@github.com:acme/app` names a repository, not a person.
        let is_repository = text.get(start..at) == Some("git") && matches!(text.as_bytes().get(end), Some(b':' | b'/'));
        if !is_repository && !is_user_info(text, start) {
            add(start..end);
            behind = end;
        }
    }
}

/// Where the local part that ends at `at` begins, not before `from`.
fn local_start(text: &str, at: usize, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if at > from && bytes.get(at - 1) == Some(&b'"') {
        // RFC 5321 quoted string: "jane doe"@example.com
        let window = text.get(floor(text, at.saturating_sub(MAX_LOCAL).max(from))..at - 1)?;
        let open = window.rfind('"').filter(|open| open + 1 < window.len())?;
        return Some(at - 1 - window.len() + open);
    }
    let mut start = at;
    for (i, c) in text.get(from..at)?.char_indices().rev() {
        let i = i + from;
        // Letters of alphabets that put spaces between words; others would draw the sentence in.
        let allowed = c.is_ascii_alphanumeric()
            || "._%+-'~!#$*".contains(c)
            || matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}');
        // In EDIFACT an apostrophe ends a segment: `…:TE'COM+jane@example.com`.
        let segment = c == '\''
            && matches!(bytes.get(i + 1..i + 5), Some([a, b, c, b'+']) if [a, b, c].into_iter().all(u8::is_ascii_uppercase));
        if segment {
            start = i + 5;
        }
        if !allowed || segment || at - i > MAX_LOCAL {
            break;
        }
        // `%3Djane%40…`: an encoded delimiter ends the local part as the plain one would.
        if c == '%' && encoded_delimiter(bytes, i) {
            start = (i + 3).min(at);
            break;
        }
        // Encoded twice: `%253Dmail…`.
        if c == '%' && bytes.get(i + 1..i + 3) == Some(b"25") && encoded_delimiter(bytes, i + 2) {
            start = (i + 5).min(at);
            break;
        }
        start = i;
    }
    while start < at
        && bytes.get(start).is_some_and(|b| b"._%-'~!#$*".contains(b))
        && !bytes.get(start..).is_some_and(|b| b.starts_with(b"%2B"))
    {
        start += 1;
    }
    (start < at).then_some(start)
}

/// Whether `%XX` at `i` stands for something that cannot be in a local part.
fn encoded_delimiter(bytes: &[u8], i: usize) -> bool {
    let hex = |at: usize| bytes.get(at).and_then(|b| (*b as char).to_digit(16));
    match (hex(i + 1), hex(i + 2)) {
        (Some(high), Some(low)) => {
            let byte = (high * 16 + low) as u8;
            byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"._%+-'~".contains(&byte)
        }
        _ => false,
    }
}

/// Where the domain that begins at `from` ends, if there is one.
fn domain_end(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    if let Some(literal) = rest.strip_prefix('[') {
        let close = literal.get(..literal.len().min(48)).or(Some(literal))?.find(']')?;
        let inside = literal.get(..close)?.trim_start_matches("IPv6:");
        return inside.parse::<std::net::IpAddr>().is_ok().then_some(from + close + 2);
    }
    let mut length = 0;
    for (i, c) in rest.char_indices() {
        let dot_ahead = c == '.' && rest.get(i + 1..).is_some_and(|next| next.starts_with('.'));
        if i >= MAX_DOMAIN
            || dot_ahead
            || !(c.is_ascii_alphanumeric() || c == '-' || c == '.' || (!c.is_ascii() && c.is_alphanumeric()))
        {
            break;
        }
        length = i + c.len_utf8();
    }
    let mut domain = rest.get(..length)?;
    loop {
        domain = domain.trim_end_matches(['.', '-']);
        let (name, top) = domain.rsplit_once('.')?;
        // A sentence in another script may follow without a space: `jane@example.com谢谢`.
        let ascii = top.find(|c: char| !c.is_ascii()).filter(|cut| *cut > 0);
        let top = ascii.and_then(|cut| top.get(..cut)).unwrap_or(top);
        if FILE_ENDINGS.iter().any(|ending| top.eq_ignore_ascii_case(ending)) {
            return None;
        }
        let letters = top.chars().count() >= 2 && top.chars().all(|c| c.is_alphabetic());
        let encoded = top.len() > 4 && top.get(..4).is_some_and(|x| x.eq_ignore_ascii_case("xn--"));
        if (letters || encoded) && !name.is_empty() && !name.starts_with(['.', '-']) {
            return Some(from + name.len() + 1 + top.len());
        }
        domain = name;
    }
}

/// Whether what begins at `start` belongs to the user info of a URL, which has its own detector.
fn is_user_info(text: &str, start: usize) -> bool {
    let from = floor(text, start.saturating_sub(200));
    let before = text.get(from..start).unwrap_or_default();
    before.rfind("://").is_some_and(|scheme| {
        before.get(scheme + 3..).is_some_and(|between| !between.contains(['/', '?', '#', ' ', '"', ',']))
    })
}

/// The nearest character boundary at or below `i`.
fn floor(text: &str, i: usize) -> usize {
    (0..=i).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

static AT_WORDS: Words = Words::new(&["at]", "at)", "at}"]);

static DOT: Words = Words::new(&["dot ", "dot]", "dot)"]);

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn addresses_in_all_their_writings() {
        for (text, rest) in [
            ("jane.doe+shop@example.co.uk", "[EMAIL]"),
            ("Write to <jane@example.com>, please.", "Write to <[EMAIL]>, please."),
            ("mailto:jane@example.com?subject=Hi", "mailto:[EMAIL]?subject=Hi"),
            ("/users/jane%40example.com/orders", "/users/[EMAIL]/orders"),
            ("jane%2540example.com", "[EMAIL]"),
            ("o'neil@example.ie", "[EMAIL]"),
            ("jürgen@müller.de", "[EMAIL]"),
            ("联系jane@example.com谢谢", "联系[EMAIL]谢谢"),
            ("\"jane doe\"@example.com", "[EMAIL]"),
            ("jane@[192.0.2.1]", "[EMAIL]"),
            ("a@b.co,c@d.co;e@f.co", "[EMAIL],[EMAIL];[EMAIL]"),
            ("jane&#64;example.com", "[EMAIL]"),
            ("Jane@Example.com.", "[EMAIL]."),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
    }

    #[test]
    fn at_signs_that_are_no_addresses() {
        for text in [
            "logo@2x.png",
            "sprite@3x.webp",
            "react@18.2.0",
            "@scope/name@1.0.0-rc.1",
            "info@presidio.",
            "jane@localhost",
            "@media (max-width: 10px)",
            "git@github.com:acme/app.git",
            "a @ b.com",
            "user@",
            "x@.com",
        ] {
            lives(text);
        }
    }

    #[test]
    fn addresses_in_words_and_of_payments() {
        assert_eq!(finds("mail: ramirez dot tyler at gmail dot com"), "mail: [EMAIL]");
        assert_eq!(finds("e-mail jo_p at roofing dot co dot uk if so"), "e-mail [EMAIL] if so");
        assert_eq!(finds("refund to imran_sharma@oksbi, please"), "refund to [BANK], please");
        for text in ["meet me at noon dot sharp", "@paytm", "x@paytmish", "look at the dot on the map"] {
            lives(text);
        }
    }
}
