//! What opens doors and shows it by its shape: tokens, credentials in headers and URLs, keys of well-known issuers.
//! Passwords and the like have no shape; they are known by their field names.

use std::ops::Range;

use droplets_pattern::pattern;

use super::candidate::Candidate;
use super::context::Words;
use super::detector::{DIGIT, Detector, Find, HEX, Needs, Shape};
use super::issuers;
use super::kind::Kind;
use super::names::Hint;
use super::traits::has;
use super::values::is_random;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "link that opens something: so called",
        kind: Kind::Secret,
        needs: Needs { all: has::SLASH | has::SPACE | has::DIGIT, run: 30, cue: Some(&LINKS), ..Needs::NOTHING },
        find: Find::Run(pattern!(r"/[A-Za-z0-9_-]{20}"), is_url_safe, |c| {
            let token = c.matched().get(1..).and_then(|token| std::str::from_utf8(token).ok())?;
            let ends = c.after().is_none_or(|b| !matches!(b, b'/' | b'.') || c.after_next().is_none_or(|b| b == b' '));
            (ends && is_random(token) && c.behind(96, &LINKS)).then_some(c.start + 1..c.end)
        }),
    },
    Detector {
        name: "OpenWeather's key: `appid` in a query",
        kind: Kind::ApiKey,
        needs: Needs { all: has::EQUALS | has::DIGIT, word: 32, cue: Some(&APPID), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\bappid=[0-9a-f]{32}\b"), |c| Some(c.start + b"appid=".len()..c.end)),
    },
    Detector {
        name: "private key: PEM header",
        kind: Kind::PrivateKey,
        needs: Needs { all: has::DASH | has::UPPER, run: 10, cue: Some(&PEM), ..Needs::NOTHING },
        find: Find::Search(private_keys),
    },
    Detector {
        name: "URL user info",
        kind: Kind::Auth,
        needs: Needs { all: has::AT | has::COLON, run: 8, ..Needs::NOTHING },
        find: Find::Search(user_info),
    },
    // RFC 7519: the header is base64url of `{"`; signed tokens have three parts, encrypted ones five, cut ones fewer.
    Detector {
        name: "JSON web token: encoded header",
        kind: Kind::Jwt,
        needs: Needs { all: has::UPPER | has::LOWER | has::DOT, run: 20, cue: Some(&JWT), ..Needs::NOTHING },
        find: Find::Run(pattern!(r"\beyJ[A-Za-z0-9_=-]{8}"), |b| is_url_safe(b) || matches!(b, b'=' | b'.'), jwt),
    },
    Detector {
        name: "Telegram bot token: number, colon, mark",
        kind: Kind::Secret,
        needs: Needs { all: has::COLON | has::UPPER | has::DIGIT, digits: 8, run: 40, ..Needs::NOTHING },
        find: Find::Search(telegram_tokens),
    },
    Detector {
        name: "HTTP credentials: scheme before them",
        kind: Kind::Auth,
        needs: Needs { run: 8, any: has::SPACE | has::PERCENT | has::PLUS, cue: Some(&SCHEMES), ..Needs::NOTHING },
        find: Find::Run(
            pattern!(
                r"\b(?i:bearer|basic|digest|negotiate|token|apikey|ssws|geniekey|shippotoken|klaviyo-api-key)(?: {1,3}|%20|\+)",
                r"[A-Za-z0-9._~+/=%-]{8}"
            ),
            |b| is_url_safe(b) || b".~+/=%".contains(&b),
            scheme,
        ),
    },
    Detector {
        name: "vendor key: issuer's prefix",
        kind: Kind::ApiKey,
        needs: Needs {
            run: 18,
            any: has::UPPER | has::LOWER,
            cue: Some(&issuers::MARKS),
            glued: true,
            ..Needs::NOTHING
        },
        find: Find::Search(issuers::keys),
    },
    Detector {
        name: "curl's user and password",
        kind: Kind::Auth,
        needs: Needs { all: has::SPACE | has::DASH | has::COLON, run: 5, cue: Some(&CURL), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(r"(?: -u| --user)[ =][\x22\x27]?[^ \x22\x27:]{1,64}:[^ \x22\x27]{3,200}"),
            curl_user,
        ),
    },
    Detector {
        name: "user of an access log (NCSA's format)",
        kind: Kind::Name,
        needs: Needs { all: has::OPENING | has::COLON | has::SLASH | has::SPACE | has::DASH, ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(r" - [A-Za-z0-9._][A-Za-z0-9._-]{1,40} \[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:"),
            |c| {
                let user = c.matched().get(3..)?.iter().position(|b| *b == b' ')?;
                Some(c.start + 3..c.start + 3 + user)
            },
        ),
    },
    Detector {
        name: "Discord bot token: three parts of known lengths",
        kind: Kind::Secret,
        needs: Needs { all: has::UPPER | has::LOWER | has::DIGIT | has::DOT, run: 58, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"MNO").from(8),
            pattern!(r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}"),
            |c| c.stands_alone().then_some(c.start..c.end),
        ),
    },
    Detector {
        name: "MySQL's password on a command line",
        kind: Kind::Password,
        needs: Needs { all: has::SPACE | has::DASH, run: 6, cue: Some(&MYSQL), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r" -p ?[\x22\x27]?[^ \x22\x27\[-][^ \x22\x27]{3,63}"), |c| {
            let spaces = c.matched().iter().skip(3).take_while(|b| matches!(b, b' ' | b'"' | b'\'')).count();
            // `-p 3306` is a port's in some tools.
            let number = c.matched().iter().skip(3 + spaces).all(u8::is_ascii_digit);
            // `mysql -u root -p failed, …`: asked for, and talked about.
            let word = spaces > 0 && c.matched().iter().skip(3 + spaces).all(|b| b.is_ascii_lowercase() || *b == b',');
            let talk = word && c.matched().ends_with(b",");
            (c.behind(96, &MYSQL) && !number && !talk).then_some(c.start + 3 + spaces..c.end)
        }),
    },
    Detector {
        name: "key written as a UUID or in hex: called a key",
        kind: Kind::Secret,
        needs: Needs { all: has::DIGIT | has::SPACE, run: 32, cue: Some(&KEY_WORDS), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(r"\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,64})\b"),
            |c| {
                let called = c.behind(16, &KEY_WORDS) || (c.behind(56, &KEY_WORDS) && c.behind(5, &IS));
                (called && c.stands_alone() && !c.behind(16, &KEY_IDS)).then_some(c.start..c.end)
            },
        ),
    },
    Detector {
        name: "token in a path: a word before it",
        kind: Kind::Secret,
        needs: Needs { all: has::SLASH, run: 22, word: 8, cue: Some(&TOKEN_PATHS), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(
                r"/(?i:(?:password[_-]?)?reset(?:[_-]?password)?|verify(?:[_-]?email)?|confirm(?:ation|[_-]?email)?|activat(?:e|ion)|invit(?:e|ation)s?|magic(?:[_-]?link)?|unsubscribe|tokens?|unlock|recover(?:y)?|join|accept)/[A-Za-z0-9_.~-]{16,512}"
            ),
            path_token,
        ),
    },
    // `/unsubscribe/[EMAIL]/…`: the address was found in the round before.
    Detector {
        name: "token in a path: behind an address",
        kind: Kind::Secret,
        needs: Needs { all: has::SLASH, run: 22, word: 8, cue: Some(&TOKEN_PATHS), ..Needs::NOTHING },
        find: Find::Pattern(
            pattern!(
                r"/(?i:reset|verify|confirm|activate|invite|unsubscribe|optout|opt-out)/\[EMAIL\]/[A-Za-z0-9_.~-]{16,256}"
            ),
            path_token,
        ),
    },
    Detector {
        name: "Twilio key: SK and 32 hex digits",
        kind: Kind::ApiKey,
        needs: Needs { all: has::UPPER | has::DIGIT, word: 34, ..Needs::NOTHING },
        find: Find::AtWord(Shape::begins(b"S").of(&[34]).holds(has::DIGIT), pattern!(r"SK[0-9a-f]{32}\b"), |c| {
            c.whole()
        }),
    },
    // Issuers that put their mark elsewhere: Mailchimp behind, Telegram in the middle.
    Detector {
        name: "Mailchimp key: region behind it",
        kind: Kind::ApiKey,
        needs: Needs { all: has::DASH | has::LOWER | has::DIGIT, word: 32, ..Needs::NOTHING },
        find: Find::AtWord(Shape::begins(HEX).of(&[32]), pattern!(r"[0-9a-f]{32}-us[0-9]{1,2}\b"), |c| c.whole()),
    },
    Detector {
        name: "Telegram bot token: mark in the middle",
        kind: Kind::ApiKey,
        needs: Needs { all: has::COLON | has::UPPER, chain: 8, run: 44, ..Needs::NOTHING },
        find: Find::AtWord(Shape::begins(DIGIT).of(&[8, 9, 10]), pattern!(r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"), |c| {
            c.whole()
        }),
    },
    // Keys of the form prefix_…, 36 characters of which the last six are the checksum GitHub describes for its tokens.
    // `connect.sid` of express-session: the session's id of 24 bytes and its HMAC-SHA-256, both in base64 (cookie-signature).
    Detector {
        name: "signed session cookie of Express: id and signature",
        kind: Kind::Cookie,
        needs: Needs { all: has::LOWER | has::UPPER | has::DIGIT | has::DOT, run: 70, ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\bs(?::|%3A)[A-Za-z0-9_-]{32}\.[A-Za-z0-9+/%]{43,64}"), |c| c.whole()),
    },
    Detector {
        name: "checksummed key: prefix, CRC-32",
        kind: Kind::ApiKey,
        needs: Needs { all: has::UPPER | has::LOWER | has::DIGIT, word: 36, ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b(?:[A-Za-z0-9]{1,12}_){1,3}[A-Za-z0-9]{36}\b"), checksummed_key),
    },
    Detector {
        name: "AWS secret key: a word beside it",
        kind: Kind::ApiKey,
        needs: Needs {
            all: has::UPPER | has::LOWER | has::DIGIT,
            run: 40,
            cue: Some(&AWS_CUES),
            glued: true,
            ..Needs::NOTHING
        },
        find: Find::Search(aws_secrets),
    },
];

static PEM: Words = Words::new(&["begin "]);
static JWT: Words = Words::new(&["eyj"]);
static SCHEMES: Words = Words::new(&[
    "bearer",
    "basic",
    "digest",
    "negotiate",
    "token",
    "apikey",
    "ssws",
    "geniekey",
    "shippotoken",
    "klaviyo-api-key",
]);
static LINKS: Words = Words::new(&[
    "magic link",
    "reset link",
    "login link",
    "sign-in link",
    "signin link",
    "invite link",
    "invitation link",
    "one-time link",
    "verification link",
    "confirmation link",
]);
static APPID: Words = Words::new(&["appid="]);
static CURL: Words = Words::new(&["curl"]);
static MYSQL: Words = Words::new(&["mysql", "mariadb", "docker login", "sshpass"]);
static KEY_WORDS: Words = Words::new(&[
    "api key",
    "apikey",
    "access key",
    "secret key",
    "signing key",
    "client secret",
    "license key",
    "auth token",
    "access token",
]);
static KEY_IDS: Words = Words::new(&["key id", "key-id", "token id", "id:", "id "]);
static IS: Words = Words::new(&["is ", "was ", "are ", ": "]);
static TOKEN_PATHS: Words = Words::new(&[
    "reset",
    "password",
    "verify",
    "confirm",
    "activat",
    "invit",
    "magic",
    "unsubscribe",
    "opt",
    "token",
    "unlock",
    "recover",
    "join",
    "accept",
]);
static AWS_CUES: Words = Words::new(&["secret", "aws", "akia", "asia", "[api_key]"]);

fn curl_user(c: &Candidate<'_>) -> Option<Range<usize>> {
    let flag = c.matched().iter().skip(1).position(|b| matches!(b, b' ' | b'='))? + 2;
    let quote = usize::from(matches!(c.matched().get(flag), Some(b'"' | b'\'')));
    let value = c.matched().get(flag + quote..)?;
    let user = memchr::memchr(b':', value).and_then(|colon| std::str::from_utf8(value.get(..colon)?).ok());
    let program = user.filter(|user| is_program(user)).map_or(0, |user| user.len() + 1);
    (!value.ends_with(b"[AUTH]") && c.text.contains("curl")).then_some(c.start + flag + quote + program..c.end)
}

/// A reset's, an invitation's or a confirmation's token; ids (a UUID, a number, words) are none.
fn path_token(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let from = memchr::memrchr(b'/', matched)? + 1;
    let token = matched.get(from..)?;
    let digits = token.iter().filter(|b| b.is_ascii_digit()).count();
    let mixed = token.iter().any(u8::is_ascii_uppercase) && token.iter().any(u8::is_ascii_lowercase);
    let letters = token.iter().any(u8::is_ascii_alphabetic);
    // What resets or lets in is a secret even where it is written as an id.
    let lets_in = [&b"/magic"[..], b"/reset", b"/password", b"/unlock", b"/recover"]
        .iter()
        .any(|word| matched.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)));
    // `/unsubscribe/spring-sale-2026`: words and a year.
    let word = |part: &[u8]| {
        part.iter().all(u8::is_ascii_lowercase) || (part.len() <= 4 && part.iter().all(u8::is_ascii_digit))
    };
    let parts = || token.split(|b| matches!(b, b'-' | b'_' | b'.'));
    let worded = parts().count() >= 2
        && parts().all(word)
        && parts().any(|part| part.len() >= 4 && !part.iter().any(u8::is_ascii_digit));
    let random =
        letters && (lets_in || !worded) && (digits >= 2 || (mixed && !token.contains(&b'-') && !token.contains(&b'.')));
    (random && (lets_in || !super::traits::is_uuid(token))).then_some(c.start + from..c.end)
}

fn jwt(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    // Five parts at most.
    let mut dots = memchr::memchr_iter(b'.', matched);
    dots.next()?;
    let end = dots.nth(3).unwrap_or(matched.len());
    // `eyJhbGci….` with nothing behind its dots could be a file name; a payload of a few characters could not.
    (end >= 20).then_some(c.start..c.start + end)
}

/// The alphabet of base64url (RFC 4648, 5).
const fn is_url_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The credentials behind an authentication scheme (RFC 9110, 11.4). Prose says `basic information` and `token expired` too.
fn scheme(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let name = matched.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let gap = matched.get(name..)?.iter().take_while(|b| **b == b' ').count().max(1);
    let gap = if matched.get(name) == Some(&b'%') { 3 } else { gap };
    let credentials = matched.get(name + gap..)?;
    let digits = credentials.iter().filter(|b| b.is_ascii_digit()).count();
    let marks = credentials.iter().any(|b| matches!(b, b'_' | b'~' | b'+' | b'/' | b'='));
    let mixed =
        credentials.iter().skip(1).any(u8::is_ascii_uppercase) && credentials.iter().any(u8::is_ascii_lowercase);
    let named = |word: &[u8]| matched.get(..name).is_some_and(|m| m.eq_ignore_ascii_case(word));
    let secret = if named(b"bearer") {
        digits > 0 || marks || mixed || credentials.len() > 24
    } else if named(b"basic") || named(b"negotiate") {
        credentials.len() % 4 == 0 && (digits > 0 || marks || mixed)
    } else {
        digits > 1 && (mixed || credentials.len() >= 20)
    };
    secret.then_some(c.start + name + gap..c.end)
}

/// From `-----BEGIN … PRIVATE KEY` (RFC 7468) to the end of its block, or of the text where that is missing.
fn private_keys(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| memchr::memmem::find(rest.as_bytes(), b"-----BEGIN ")) {
        let start = from + at;
        let head = text.as_bytes().get(start..(start + 64).min(text.len())).unwrap_or_default();
        if memchr::memmem::find(head, b"PRIVATE KEY").is_none() {
            from = start + 11;
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let end = rest
            .find("-----END ")
            .and_then(|end| {
                rest.get(end + 9..).and_then(|tail| tail.find("-----")).map(|close| start + end + 9 + close + 5)
            })
            .unwrap_or(text.len());
        add(start..end);
        from = end;
    }
}

/// `user:password` or a token before the host of a URL (RFC 3986, 3.2.1).
fn user_info(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    for scheme in memchr::memmem::find_iter(bytes, b"://") {
        let start = scheme + 3;
        let authority = bytes.get(start..).unwrap_or_default().get(..512.min(bytes.len() - start)).unwrap_or_default();
        let is_end = |b: &u8| matches!(b, b'/' | b' ' | b'"' | b'\'' | b'<' | b'>' | b'\n' | b'\r' | b'\t' | b',');
        let length = authority.iter().take_while(|b| !is_end(b)).count();
        // `#` and `?` end the host. In a password they should be encoded, and often are not: behind a colon that is none of a
        // port they are one's.
        let ends = authority.iter().take(length).position(|b| matches!(b, b'#' | b'?'));
        let is_host = |info: &[u8]| {
            let behind = memchr::memchr(b':', info).and_then(|colon| info.get(colon + 1..));
            !info.contains(&b'@') && behind.is_none_or(|port| port.iter().all(u8::is_ascii_digit))
        };
        let length = ends.filter(|at| authority.get(..*at).is_none_or(is_host)).unwrap_or(length);
        let Some(at) = bytes.get(start..start + length).and_then(|a| memchr::memrchr(b'@', a)) else { continue };
        let info = text.get(start..start + at).unwrap_or_default();
        // `ssh://git@…` is everybody's user, and a program's name says nothing of a person.
        let of_a_store = STORES.iter().any(|store| text.get(..scheme).is_some_and(|before| before.ends_with(store)));
        let program = |user: &str| is_program(user) || (of_a_store && is_role(user));
        let program = info.split_once(':').filter(|(user, _)| program(user)).map_or(0, |(user, _)| user.len() + 1);
        let secret = info.get(program..).unwrap_or_default();
        if !secret.is_empty() && info != "git" && !super::kind::is_placeholder(secret) {
            add(start + program..start + at);
        }
    }
}

/// Databases and queues, whose users are programs.
#[rustfmt::skip]
const STORES: &[&str] = &[
    "postgres", "postgresql", "mysql", "mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "amqps", "kafka", "nats", "mqtt", "mqtts", "clickhouse", "sqlserver",
    "mssql", "oracle", "cassandra", "cockroachdb", "couchdb", "influxdb", "neo4j", "bolt", "memcached",
];

/// A word that is no given name.
fn is_role(user: &str) -> bool {
    (2..=24).contains(&user.len())
        && user.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'))
        && !user.split(['_', '-']).any(super::people::is_given_name_in_lower_case)
}

/// Whether a user of a database or a queue is a program's: `postgres://billing_app:…`.
fn is_program(user: &str) -> bool {
    #[rustfmt::skip]
    const PROGRAMS: &[&str] = &[
        "app", "root", "postgres", "mysql", "redis", "rabbitmq", "admin", "default", "worker", "service", "api", "web", "readonly", "user", "guest", "deploy", "oauth2", "token", "x-access-token", "x-token-auth", "bot", "ci", "jenkins", "builder", "gitlab-ci-token",
    ];
    PROGRAMS.contains(&user)
        || ["svc_", "svc-", "service_", "app_"].iter().any(|head| user.starts_with(head))
        || ["-bot", "_bot", "-ci", "_app", "_svc", "_service", "_api", "_user", "_ro", "_rw", "_worker"]
            .iter()
            .any(|tail| user.ends_with(tail))
}

/// CRC-32 (ISO-HDLC) of the random part, in base 62, is what the last six characters say.
fn checksummed_key(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let secret = matched.get(matched.len().checked_sub(36)?..)?;
    let (random, checksum) = secret.split_at(30);
    let crc = random.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    });
    let said = checksum.iter().try_fold(0u64, |n, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'Z' => byte - b'A' + 10,
            b'a'..=b'z' => byte - b'a' + 36,
            _ => return None,
        };
        Some(n * 62 + u64::from(digit))
    })?;
    (said == u64::from(!crc)).then_some(c.start..c.end)
}

/// Forty characters of base64 have no mark: only beside the words AWS and its SDKs use, or next to an access key id.
/// Forty signs of base64, neither more nor less.
fn aws_secrets(text: &str, hint: Hint, add: &mut dyn FnMut(Range<usize>)) {
    const LENGTH: usize = 40;
    let bytes = text.as_bytes();
    let of_key = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'+');
    let kinds = [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit];
    let mut end = 0;
    while let Some(next) = bytes.get(end..).and_then(|rest| rest.iter().position(of_key)) {
        let start = end + next;
        end = start + bytes.iter().skip(start).take_while(|b| of_key(b)).count();
        if end - start != LENGTH {
            continue;
        }
        let c = Candidate { text, start, end, hint };
        let alone = c.before() != Some(b'=') && c.after() != Some(b'=');
        let random = kinds.iter().all(|kind| c.matched().iter().any(kind));
        if alone && random && (c.near(&AWS_WORDS) || text.contains("AKIA") || text.contains("[API_KEY]")) {
            add(start..end);
        }
    }
}

/// `8184072930:AAF…`, anywhere: in an address `bot` is glued to it.
fn telegram_tokens(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for colon in memchr::memmem::find_iter(bytes, b":AA") {
        let before = bytes.get(from..colon).unwrap_or_default();
        let digits = before.iter().rev().take(10).take_while(|b| b.is_ascii_digit()).count();
        let behind = bytes.get(colon + 3..).unwrap_or_default();
        let length = behind.iter().take(34).take_while(|b| is_url_safe(**b)).count();
        if digits >= 8 && length >= 31 {
            from = colon + 3 + length;
            add(colon - digits..from);
        }
    }
}

static AWS_WORDS: Words = Words::new(&["secret", "aws", "akia", "asia"]);

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    #[test]
    fn tokens_and_credentials() {
        assert_eq!(finds(JWT), "[JWT]");
        assert_eq!(finds(&format!("/verify/{JWT}?x=1")), "/verify/[JWT]?x=1");
        assert_eq!(finds("Authorization: Bearer abc123DEF456ghi"), "Authorization: Bearer [AUTH]");
        assert_eq!(finds("sent Bearer abc123DEF456ghi today"), "sent Bearer [AUTH] today");
        assert_eq!(finds("sent Basic dXNlcjpwYXNz today"), "sent Basic [AUTH] today");
        assert_eq!(finds("https://jane:hunter2@db.example.com/x"), "https://[AUTH]@db.example.com/x");
        assert_eq!(finds("postgres://app:p%40ss@10.0.0.1:5432/x"), "postgres://app:[AUTH]@10.0.0.1:5432/x");
        assert_eq!(
            finds("amqp://worker:p%40ss6936@mq.example.com:5671/x"),
            "amqp://worker:[AUTH]@mq.example.com:5671/x"
        );
        assert_eq!(
            finds("/unsubscribe/jo@example.com/6574709062d01527e2abe8c4ee6fb530?c=1"),
            "/unsubscribe/[EMAIL]/[SECRET]?c=1"
        );
        lives("/unsubscribe/newsletters/weekly?c=1");
        lives("/unsubscribe/spring-sale-2026?c=1");
        assert_eq!(finds("https://jo:p%40s?s@10.0.0.1:5432/x"), "https://[AUTH]@10.0.0.1:5432/x");
        assert_eq!(finds("postgres://jane:h2unter@db/x"), "postgres://[AUTH]@db/x");
        assert_eq!(finds("postgres://reporting:h2unter@db/x"), "postgres://reporting:[AUTH]@db/x");
        assert_eq!(finds("amqp://svc_orders:[AUTH]@mq:5672/x"), "amqp://svc_orders:[AUTH]@mq:5672/x");
        assert_eq!(finds("http://mq:8080?to=jo@example.com"), "http://mq:8080?to=[EMAIL]");
        assert_eq!(
            finds("x -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc=\n-----END RSA PRIVATE KEY----- y"),
            "x [PRIVATE_KEY] y"
        );
        assert_eq!(finds("-----BEGIN PRIVATE KEY-----\nMIIEow"), "[PRIVATE_KEY]");
    }

    #[test]
    fn keys_whose_mark_is_not_all() {
        assert_eq!(finds("SK0123456789abcdef0123456789abcdef"), "[API_KEY]");
        assert_eq!(finds("0123456789abcdef0123456789abcdef-us21"), "[API_KEY]");
        assert_eq!(finds("AWS_SECRET=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1"), "AWS_SECRET=[API_KEY]");
        assert_eq!(finds("aws key wJalrXUtnFEMI/K7MDENG/bPxRfiCY3XAMPLEKEY ok"), "aws key [API_KEY] ok");
    }

    #[test]
    fn words_and_hashes_live() {
        for text in [
            "basic information",
            "Bearer authentication",
            "token expired yesterday",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "sk-loading-indicator-wrapper-x",
            "-----BEGIN PUBLIC KEY-----",
            "https://example.com/@jane",
            "eyJ",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCY3XAMPLEKEY",
            "d41d8cd98f00b204e9800998ecf8427e",
            "V1StGXR8_Z5jdHi6B-myT",
        ] {
            lives(text);
        }
    }

    #[test]
    fn keys_that_are_called_so() {
        for (text, rest) in [
            ("Heroku API key 75f76006-0493-4b2b-96f7-13b28788ff71 in .netrc", "Heroku API key [SECRET] in .netrc"),
            (
                "our API key for the sandbox is 504eb9459e5db25e670f8f63d6be0d8b71ecc173, ok",
                "our API key for the sandbox is [SECRET], ok",
            ),
            ("mysql -u root -pR0v3r@73 prod < dump.sql", "mysql -u root -p[PASSWORD] prod < dump.sql"),
            (
                "login(\"MTA2MDM1ODAwNjgxOTQ5MTQ3.npvE7r.cb3bwEb4nUIgJ_LzT6N3UCzCr027HSUiib2bsY\")",
                "login(\"[SECRET]\")",
            ),
            ("/magic/40f50795-e2ef-40c1-aea1-406e311431a1?u=7", "/magic/[SECRET]?u=7"),
            ("https://x.example/join/4fS2LwD3FdkCmUieJzFzhQ0hkz60", "https://x.example/join/[SECRET]"),
            ("login --token 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 worked", "login --token [API_KEY] worked"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "access key id 75f76006-0493-4b2b-96f7-13b28788ff71",
            "/orders/40f50795-e2ef-40c1-aea1-406e311431a1",
            "commit 504eb9459e5db25e670f8f63d6be0d8b71ecc173",
            "ssh -p 2222 host",
        ] {
            lives(text);
        }
    }
}
