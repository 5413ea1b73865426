//! Where a request came from: IP addresses and networks (RFC 791, RFC 4291), hardware addresses (IEEE 802).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::Range;

use droplets_pattern::pattern;

use super::candidate::Candidate;
use super::context::{Words, is_word};
use super::detector::{DIGIT, Detector, Find, HEX, Needs, Shape};
use super::kind::{Kind, placeholder_len};
use super::names::Hint;
use super::traits::has;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "IPv6 address: parsed",
        kind: Kind::Ip,
        needs: Needs { all: has::COLON, run: 3, any: has::DIGIT, ..Needs::NOTHING },
        find: Find::Search(ipv6),
    },
    Detector {
        name: "IPv4 address: parsed",
        kind: Kind::Ip,
        needs: Needs { all: has::DOT | has::DIGIT, chain: 4, run: 7, ..Needs::NOTHING },
        find: Find::OfWord(Shape::begins(DIGIT).of(&[1, 2, 3]).followed(b"."), ipv4),
    },
    Detector {
        name: "MAC address: six pairs, one separator",
        kind: Kind::Mac,
        needs: Needs { any: has::COLON | has::DASH | has::DOT | has::SPACE, ..Needs::NOTHING },
        find: Find::OfWord(Shape::begins(HEX).of(&[2, 4]).followed(b":-. "), mac_at),
    },
    Detector {
        name: "MAC address: twelve hex digits, a word before them",
        kind: Kind::Mac,
        needs: Needs { all: has::DIGIT, word: 12, plain: true, cue: Some(&MAC_WORDS), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9A-Fa-f]{12}\b"), |c| {
            (c.stands_alone() && c.behind(20, &MAC_WORDS)).then_some(c.start..c.end)
        }),
    },
];

static MAC_WORDS: Words =
    Words::new(&["mac$", "macaddr", "mac-adr", "mac addr", "hardware address", "wlan-mac", "hwaddr"]);

/// Whether an address is of a private network, this machine, or nobody (RFC 1918, 1122, 3927, 4193, 4291): it names a machine,
/// and says next to nothing about a person.
fn is_private(address: IpAddr) -> bool {
    let v4 = |v4: Ipv4Addr| {
        v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified() || v4.is_broadcast()
    };
    match address {
        IpAddr::V4(address) => v4(address),
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || v6.to_ipv4_mapped().is_some_and(v4)
                // `::1:6379` reads as an address, and is this machine's port.
                || v6.segments().starts_with(&[0; 6]) && (v6.segments()[6] == 1 || v4(Ipv4Addr::from_bits(v6.to_bits() as u32)))
        }
    }
}

/// Whether an address goes: a public one always. A private one stays where it is a field's value, a URL's host or has a
/// port, and goes where a sentence calls it somebody's address.
fn goes(c: &Candidate<'_>, address: IpAddr) -> bool {
    if !is_private(address) {
        // `255.255.255.0` is a mask.
        return !matches!(address, IpAddr::V4(address) if address.octets().first() == Some(&255));
    }
    let bytes = c.text.as_bytes();
    let port = c.after() == Some(b':') && c.after_next().is_some_and(|b| b.is_ascii_digit());
    let host = bytes.get(..c.start).is_some_and(|before| before.ends_with(b"//"));
    let alone = |b: &u8| !b.is_ascii_alphabetic() || b.is_ascii_hexdigit();
    let (before, after) = (bytes.get(..c.start).unwrap_or_default(), bytes.get(c.end..).unwrap_or_default());
    // A longer text is more than an address or a few, and would be gone through for each of them.
    let short = bytes.len() <= 256;
    let zone = matches!(after.first(), Some(b'%' | b'@'));
    // `shop.example 10.0.0.7`, as in a hosts file.
    let name = before
        .get(before.len().saturating_sub(256)..)
        .and_then(|before| before.strip_suffix(b" "))
        .and_then(|before| before.rsplit(|b| *b == b' ').next());
    let of_host = name.is_some_and(|name| {
        name.contains(&b'.')
            && name.iter().all(|b| is_word(*b) || matches!(b, b'.' | b'-'))
            && !name.iter().any(u8::is_ascii_digit)
    });
    let only_addresses =
        short && !bytes.contains(&b' ') && before.iter().all(alone) && (zone || after.iter().all(alone));
    // In a log line or a ticket it is a machine's, whatever it is called.
    let stripped =
        memchr::memchr_iter(b'[', bytes).any(|at| placeholder_len(bytes.get(at..).unwrap_or_default()).is_some());
    let brief = bytes.len() <= 64 && !stripped;
    let called = c.near_before(&ADDRESS_WORDS) || (bytes.len() <= 44 && c.near_before(&MACHINE_WORDS));
    match c.hint {
        _ if port || host => false,
        Hint::None => only_addresses || (brief && (of_host || called)),
        _ => !only_addresses && brief && called,
    }
}

static ADDRESS_WORDS: Words = Words::new(&["ip ", "ip:", "ip=", "ips ", "ips:", "ipv4", "ipv6", "address", "addr$"]);
/// What else calls it one where next to nothing else is said.
#[rustfmt::skip]
static MACHINE_WORDS: Words = Words::new(&[
    "subnet", "gateway", "private", "loopback", "localhost", "multicast", "route", "primary", "secondary", "network", "broadcast", "link-local", "default", "connect", "tunnel", "mapped",
    "interface", "src$", "dst$", "user@", "client$",
]);

/// Whether a text is nothing but IP addresses, each with a port or prefix or not, and what was stripped of some.
pub(super) fn only_addresses(text: &str) -> bool {
    // One has two dots or colons at least, and we put brackets in its place.
    if text.bytes().filter(|b| matches!(b, b'.' | b':')).count() < 2 && !text.contains('[') {
        return false;
    }
    // RFC 7239 tells more than where a request came from.
    let other = |part: &&str| !part.is_empty() && !["proto=", "by=", "host="].iter().any(|of| part.starts_with(of));
    let mut parts = text.split([',', ' ', ';']).filter(other).peekable();
    let address = |text: &str| text.parse::<IpAddr>().is_ok();
    parts.peek().is_some()
        && parts.all(|part| {
            let part = part.trim_matches('"');
            let bare = part.strip_prefix("for=").unwrap_or(part).trim_matches('"');
            // `[[IP]]:443`
            let stripped = bare.contains('[')
                && bare.split_once("[IP]").is_some_and(|(before, after)| {
                    before.trim_matches('[').is_empty()
                        && after.bytes().all(|b| b.is_ascii_digit() || matches!(b, b']' | b':' | b'/'))
                });
            stripped
                || placeholder_len(bare.as_bytes()).is_some()
                || address(bare)
                || bare.parse::<SocketAddr>().is_ok()
                || bare.strip_prefix('[').and_then(|b| b.strip_suffix(']')).is_some_and(address)
                || bare.split_once('/').is_some_and(|(ip, bits)| address(ip) && bits.parse::<u8>().is_ok())
        })
}

/// Four numbers with dots between, judged by the parser of the standard library.
fn ipv4(c: &Candidate<'_>) -> Option<Range<usize>> {
    if c.hint == Hint::Version || c.after() != Some(b'.') || !c.after_next().is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    let bytes = c.text.as_bytes();
    let mut end = c.end;
    // Behind the first number three more, of three digits at most.
    for part in 1..=3 {
        if bytes.get(end) != Some(&b'.') {
            return None;
        }
        let digits = bytes.get(end + 1..)?.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || (digits > 3 && part < 3) {
            return None;
        }
        end += 1 + digits;
    }
    let more = bytes.get(end..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    ipv4_at(&Candidate { end: end + more, ..*c })
}

fn ipv4_at(c: &Candidate<'_>) -> Option<Range<usize>> {
    let address: Ipv4Addr = std::str::from_utf8(c.matched()).ok()?.parse().ok()?;
    if !bounded(c) || is_version(c) || !goes(c, address.into()) {
        return None;
    }
    if is_low(address) && is_release(c) {
        return None;
    }
    // A prefix that cannot be one is not part of the address: 10.0.0.0/123.
    let rest = c.text.get(c.end..).unwrap_or_default();
    let digits = rest.strip_prefix('/').map_or(0, |prefix| prefix.bytes().take_while(u8::is_ascii_digit).count());
    let prefix = rest.get(1..=digits).and_then(|digits| digits.parse::<u8>().ok()).filter(|n| *n <= 32);
    let whole = prefix.is_some() && !rest.as_bytes().get(digits + 1).is_some_and(|b| is_word(*b));
    Some(c.start..if whole { c.end + 1 + digits } else { c.end })
}

/// No letter or digit touches the address, and it is not inside a longer dotted number (an object identifier).
fn bounded(c: &Candidate<'_>) -> bool {
    let bytes = c.text.as_bytes();
    if c.before().is_some_and(is_word) || c.after().is_some_and(is_word) {
        return false;
    }
    let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    if c.before() == Some(b'.') && digit(c.start.checked_sub(2)) {
        return false;
    }
    // `FW-2.14.0.3`: the second half of a name.
    if c.before() == Some(b'-')
        && c.start.checked_sub(2).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic)
    {
        return false;
    }
    if c.after() == Some(b'.') && digit(Some(c.end + 1)) {
        // One more number may be a slip or a port; two more make an object identifier.
        let rest = bytes.get(c.end + 1..).unwrap_or_default();
        let more = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        return rest.get(more) != Some(&b'.') || !rest.get(more + 1).is_some_and(u8::is_ascii_digit);
    }
    true
}

/// Words before four dotted numbers that make them a version.
#[rustfmt::skip]
const VERSION_WORDS: &[&str] = &[
    "v", "ver", "vers", "version", "versions", "release", "build", "rev", "revision", "firmware", "chrome",
    "chromium", "firefox", "safari", "edge", "edg", "opera", "opr", "electron", "node", "nodejs", "webkit",
    "android", "ios", "windows", "macos", "darwin", "python", "java", "php", "ruby", "sdk", "app", "driver",
    "brave", "vivaldi", "yandex", "samsungbrowser", "webview", "curl", "okhttp", "dalvik", "assembly", "upgrade",
    "update", "oid", "section", "chapter", "postgres", "postgresql", "mysql", "mariadb", "redis", "nginx", "kafka", "mongodb", "elasticsearch", "docker", "kubernetes", "envoy", "openssl", "kernel", "linux", "ubuntu", "debian", "alpine", "express", "react", "angular", "vue", "django",
    "rails", "spring", "tomcat", "netty", "terraform", "helm", "consul", "vault", "haproxy", "apache", "dotnet", "framework", "plugin", "module", "package", "tag", "room", "raum", "sala", "floor", "rack", "annex", "article", "clause", "paragraph", "ii", "iii", "iv",
    "wersja", "wersji", "versie", "versione", "verze", "verzia", "versiune", "versi", "bygg", "fw", "downgrade", "rollback", "jre", "jdk", "since", "rule", "regel", "règle", "regla",
];

/// `Chrome/124.0.0.0`, `v1.2.3.4`, `"v": "1.2.3.4"`, `version 1.2.3.4`.
fn is_version(c: &Candidate<'_>) -> bool {
    let before = c.text.get(..c.start).unwrap_or_default().as_bytes();
    if before.last() == Some(&b'/') {
        // A product token (RFC 9110, 10.1.5) is a word of its own; in a path a slash comes before the word as well.
        let name = before.get(..before.len() - 1).unwrap_or_default();
        let word = name.iter().rev().take_while(|b| is_word(**b) || matches!(**b, b'.' | b'-')).count();
        let path = name.len().checked_sub(word + 1).and_then(|i| name.get(i)) == Some(&b'/');
        let has_letter = name.iter().rev().take(word).any(u8::is_ascii_alphabetic);
        return has_letter && !path;
    }
    // `Veriscan 12.4.1.0`, `checkout-service 8.27.7.173`, and no more: a program and its version.
    if matches!(c.hint, Hint::None | Hint::Field) && c.end == c.text.len() && is_program(before, c.hint) {
        return true;
    }
    let trimmed = before
        .iter()
        .rposition(|b| !matches!(b, b' ' | b'"' | b'\'' | b'=' | b':' | b'(' | b'\\' | b'>' | b'\r' | b'\n' | b']'))
        .map_or(0, |i| i + 1);
    let word = before.get(..trimmed).unwrap_or_default();
    let length = word.iter().rev().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = word.get(word.len() - length..).unwrap_or_default();
    // `registry.example.com/api:1.24.0.3`: an image's tag.
    let tag = before.last() == Some(&b':') && {
        let image = before.get(..before.len() - 1).unwrap_or_default();
        let image = image.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        image.last().is_some_and(u8::is_ascii_alphabetic)
            && memchr::memchr(b'/', image).is_some()
            && memchr::memmem::find(image, b"://").is_none()
    };
    // `firmwareVersion=4.1.32.15`
    let version = word.len() > 7 && word.get(word.len() - 7..).is_some_and(|end| end.eq_ignore_ascii_case(b"version"));
    tag || version
        || VERSION_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
        || speaks_of_versions(c)
        || is_upgrade(c)
}

/// What programs are called at the end.
const SERVICES: &[&[u8]] = &[b"-service", b"-api", b"-worker", b"-svc", b"-frontend", b"-backend"];

/// Whether one word stands before a number that a program may be called, and no machine.
fn is_program(before: &[u8], hint: Hint) -> bool {
    const MACHINES: &[&[u8]] = &[
        b"host", b"server", b"node", b"client", b"proxy", b"gateway", b"ip", b"ipv4", b"address", b"from", b"peer",
        b"remote", b"user", b"router",
    ];
    before.split_last().is_some_and(|(space, name)| {
        *space == b' '
            && ((hint == Hint::Field
                && name.first().is_some_and(u8::is_ascii_uppercase)
                && name.iter().all(u8::is_ascii_alphabetic))
                || SERVICES.iter().any(|service| name.ends_with(service)))
            && !MACHINES.iter().any(|machine| name.eq_ignore_ascii_case(machine))
    })
}

/// Whether the numbers are as low as versions have them: one address in two hundred is, and most versions are.
const fn is_low(address: Ipv4Addr) -> bool {
    matches!(address.octets(), [0..=20, 0..=60, 0..=20, _] | [0..=12, 0..=60, 0..=99, _])
}

/// `"schema":"9.7.9.206"`, `4.2.1.7-beta`, `Deploy 5.14.9.236`: low numbers where no address is expected.
fn is_release(c: &Candidate<'_>) -> bool {
    const STAGES: &[&[u8]] =
        &[b"-alpha", b"-beta", b"-rc", b"-snapshot", b"-pre", b"-dev", b"-build", b"-hotfix", b"-appendix"];
    let rest = c.text.as_bytes().get(c.end..).unwrap_or_default();
    let staged = c.start == 0 && STAGES.iter().any(|stage| rest.starts_with(stage)) && !rest.contains(&b'.');
    if c.hint == Hint::Field && (c.is_everything() || staged) {
        return true;
    }
    let before = c.text.as_bytes().get(c.start.saturating_sub(40)..c.start).unwrap_or_default();
    if c.hint == Hint::Network || SPEAKS_OF_ADDRESSES.in_window(before) {
        return false;
    }
    // `version 12.38.7.8 fails; rolling back to 12.20.5.39 helps`: of two numbers the first was called one.
    let earlier = c.text.as_bytes().get(c.start.saturating_sub(120)..c.start).unwrap_or_default();
    let one_of_two = || {
        VERSIONED.first(earlier).and_then(|word| earlier.get(word.end..)).is_some_and(|rest| {
            rest.iter().take(24).filter(|b| **b == b'.').count() >= 2 && !SPEAKS_OF_ADDRESSES.in_window(rest)
        })
    };
    (before.last().is_some_and(|b| matches!(b, b' ' | b'+')) && RELEASED.in_window(before))
        || one_of_two()
        || c.followed(28, &NEWEST)
}

/// What a number is called behind it.
static NEWEST: Words = Words::new(&[
    "sürüm",
    "the newest firmware",
    "the latest firmware",
    "the newest version",
    "the latest version",
    "the current version",
    "the newest build",
    "the latest build",
]);

/// Words that call one number a version, where another one comes behind it.
#[rustfmt::skip]
static VERSIONED: Words = Words::new(&[
    "version", "versión", "versão", "versione", "wersj", "versie", "firmware", "build", "release", "sürümü", "верси", "バージョン", "版本", "버전", "jre$", "driver",
]);

/// `upgrade from 1.2.3.4`, `fixed in 1.24.38.202`, in the same sentence.
fn is_upgrade(c: &Candidate<'_>) -> bool {
    let before = c.text.as_bytes().get(c.start.saturating_sub(40)..c.start).unwrap_or_default();
    let sentence = memchr::memmem::rfind(before, b". ").map_or(before, |at| before.get(at + 2..).unwrap_or_default());
    UPGRADES.in_window(sentence)
}

/// `the version of the app is 8.20.8.9`, `バージョン12.1.30.199`.
fn speaks_of_versions(c: &Candidate<'_>) -> bool {
    let before = c.text.as_bytes().get(c.start.saturating_sub(24)..c.start).unwrap_or_default();
    VERSIONS.first(before).and_then(|word| before.get(word.end..)).is_some_and(|between| {
        !between.iter().any(|b| b.is_ascii_digit() || matches!(b, b'.' | b';' | b',')) && !FROM.in_window(between)
    })
}

static VERSIONS: Words = Words::new(&[
    "build is",
    "release is",
    "firmware is",
    "version",
    "versión",
    "versão",
    "wersja",
    "versione",
    "versie",
    "バージョン",
    "版本",
    "버전",
    "версия",
    "версии",
    "версія",
    "έκδοση",
    "संस्करण",
]);
/// The same of numbers as low as versions are, where no address is spoken of: these words stand in lines about clients too.
static RELEASED: Words = Words::new(&[
    "upgraded the",
    "upgraded to",
    "updated the",
    "updated to",
    "bumped",
    "rolled back to",
    "update auf",
    "upgrade auf",
    "aktualisierung auf",
    "regression in",
    "regressed in",
    "broken in",
    "broke in",
    "mise à jour vers",
    "actualización a",
    "aggiornamento a",
    "atualização para",
    "bijgewerkt naar",
    "agenda item",
    "deploy$",
    "deployed$",
    "rollout of",
    "hotfix$",
]);

/// Words that make four numbers an address, however low.
static SPEAKS_OF_ADDRESSES: Words = Words::new(&[
    "ip$", "ips$", "ipv4", "client", "from$", "address", "addr", "host", "peer", "remote", "by$", "ssh", "proxy",
    "user",
]);

static UPGRADES: Words = Words::new(&[
    "upgrade from",
    "upgraded from",
    "upgrading from",
    "update from",
    "updated from",
    "downgrade",
    "firmware",
    "migrate from",
    "upgrade to",
    "upgrade the",
    "update the",
    "update to",
    "fixed in",
    "patch to",
    "patched to",
    "introduced in",
    "available in",
    "starting with",
    "works since",
    "aktualizacj",
    "aktualizace",
    "deploy of",
    "deployed",
    "deployment of",
    "rollout of",
    "released",
    "updated to",
    "upgraded to",
]);
static FROM: Words = Words::new(&["from$", "ip$", "address", "host$", "desde$", "von$", "de ip", "via$"]);

/// Runs of hex digits, colons and dots with two colons in a row or seven in all, judged by the parser of the standard library.
fn ipv6(text: &str, hint: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let part = |b: u8| b.is_ascii_hexdigit() || b == b':' || b == b'.';
    let mut done = 0;
    for colon in memchr::memchr_iter(b':', bytes) {
        if colon < done {
            continue;
        }
        let start =
            colon - bytes.get(done..colon).unwrap_or_default().iter().rev().take(5).take_while(|b| part(**b)).count();
        // `rl:2a02:…`: a key's head and a colon.
        let start = start + usize::from(start == colon && bytes.get(colon + 1) != Some(&b':'));
        let mut end = colon + bytes.get(colon..).unwrap_or_default().iter().take_while(|b| part(**b)).count();
        done = end.max(colon + 1);
        // The end of a sentence, or a colon that introduces what follows.
        while end > start
            && (bytes.get(end - 1) == Some(&b'.')
                || (bytes.get(end - 1) == Some(&b':') && bytes.get(end.wrapping_sub(2)) != Some(&b':')))
        {
            end -= 1;
        }
        let Some(run) = text.get(start..end) else { continue };
        let colons = run.bytes().filter(|b| *b == b':').count();
        // Shortest written forms and their longest: "::1" and eight groups with an embedded IPv4 address.
        if colons < 2 || run.len() < 3 || run.len() > 46 || !(run.contains("::") || colons >= 6) {
            continue;
        }
        let touches = |b: Option<&u8>| b.is_some_and(|b| is_word(*b));
        if touches(start.checked_sub(1).and_then(|i| bytes.get(i))) || touches(bytes.get(end)) {
            continue;
        }
        let Ok(address) = run.parse::<Ipv6Addr>() else { continue };
        // `dead::beef` without a digit is a name in code.
        let candidate = Candidate { text, start, end, hint };
        if !run.bytes().any(|b| b.is_ascii_digit()) && colons < 4 || !goes(&candidate, address.into()) {
            continue;
        }
        add(start..suffix_end(bytes, end));
    }
}

/// Behind the address: a zone (RFC 4007, 11) and a prefix length up to 128.
fn suffix_end(bytes: &[u8], mut end: usize) -> usize {
    if bytes.get(end) == Some(&b'%') {
        let zone = bytes
            .get(end + 1..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| is_word(**b) || matches!(**b, b'.' | b'-'))
            .count();
        if zone > 0 {
            end += 1 + zone;
        }
    }
    if bytes.get(end) == Some(&b'/') {
        let digits = bytes.get(end + 1..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
        let prefix = bytes
            .get(end + 1..end + 1 + digits)
            .and_then(|d| std::str::from_utf8(d).ok())
            .and_then(|d| d.parse::<u8>().ok());
        if prefix.is_some_and(|n| n <= 128) && !bytes.get(end + 1 + digits).is_some_and(|b| is_word(*b)) {
            end += 1 + digits;
        }
    }
    end
}

/// Six pairs of hex digits with one separator, or three groups of four with dots.
fn mac_at(c: &Candidate<'_>) -> Option<Range<usize>> {
    let separator = c.after()?;
    let group = c.end - c.start;
    let count = match (group, separator) {
        (2, b':' | b'-' | b'.' | b' ') => 6,
        (4, b'.') => 3,
        _ => return None,
    };
    let found = Candidate { end: c.start + (group + 1) * count - 1, ..*c };
    let matched = c.text.as_bytes().get(found.start..found.end)?;
    let mut places = matched.iter().enumerate();
    let shaped = places.all(|(i, b)| if i % (group + 1) == group { *b == separator } else { b.is_ascii_hexdigit() });
    // Between spaces six pairs are a dump's as often: some letter, some digit, and nothing like them around.
    let pair = |at: Option<usize>| {
        let Some(at) = at else { return false };
        let pair = c.text.as_bytes().get(at..at + 2);
        let alone = |at: Option<usize>| !at.and_then(|at| c.text.as_bytes().get(at)).is_some_and(|b| is_word(*b));
        pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
            && alone(at.checked_sub(1))
            && alone(Some(at + 2))
    };
    let apart = separator != b' '
        || (matched.iter().any(u8::is_ascii_digit)
            && matched.iter().any(u8::is_ascii_alphabetic)
            && (!matched.iter().any(u8::is_ascii_lowercase) || c.behind(16, &MAC_WORDS))
            && !pair(found.start.checked_sub(3))
            && !pair(Some(found.end + 1)));
    (shaped && apart && mac(&found)).then_some(found.start..found.end)
}

/// A hardware address of somebody: not all ones (broadcast) nor all zeros, and not part of a longer fingerprint.
fn mac(c: &Candidate<'_>) -> bool {
    let matched = c.matched();
    let separator = matched.iter().find(|b| !b.is_ascii_hexdigit()).copied();
    let bytes = c.text.as_bytes();
    let hex = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_hexdigit);
    let goes_on = separator != Some(b' ')
        && (c.before() == separator && hex(c.start.checked_sub(2)) || c.after() == separator && hex(Some(c.end + 1)));
    let touches = c.before().is_some_and(is_word) || c.after().is_some_and(is_word);
    let same = |nibble: u8| matched.iter().filter(|b| b.is_ascii_hexdigit()).all(|b| b.eq_ignore_ascii_case(&nibble));
    !goes_on && !touches && !same(b'f') && !same(b'0')
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn hardware_addresses_without_separators() {
        assert_eq!(finds("MAC B84B74AD8CFB, port 7"), "MAC [MAC], port 7");
        lives("batch B84B74AD8CFB, port 7");
        lives("the mac of a friend; ticket B84B74AD8CFB");
    }

    #[test]
    fn addresses_and_networks() {
        for text in [
            "203.0.113.7",
            "203.0.113.0/24",
            "2001:db8::1",
            "2001:db8::/32",
            "fe80::1%eth0",
            "::1",
            "::ffff:192.0.2.1",
            "2001:db8:1:2:3:4:5:6",
            "64:ff9b::192.0.2.0/96",
        ] {
            assert_eq!(finds(text), "[IP]", "{text}");
        }
        for (text, rest) in [
            ("from 203.0.113.7:443, then [2001:db8::1]:8080.", "from [IP]:443, then [[IP]]:8080."),
            ("http://203.0.113.7/index", "http://[IP]/index"),
            ("/devices/203.0.113.7/status", "/devices/[IP]/status"),
            ("10.0.0.0/123", "[IP]/123"),
            ("ip=203.0.113.7&x=1", "ip=[IP]&x=1"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
    }

    #[test]
    fn versions_and_times_live() {
        for text in [
            "set the mask to 255.255.255.0",
            "Mozilla/5.0 Chrome/124.0.0.0 Safari/537.36",
            "Edg/124.0.2478.51",
            "v1.2.3.4",
            "FW-2.14.0.3",
            "version 1.2.3.4",
            "\"Chromium\";v=\"124.0.0.0\"",
            "1.2.3",
            "256.1.1.1",
            "1.3.6.1.4.1.311",
            "12:34:56",
            "std::vec",
            "a::b",
            "text192.0.2.1",
            "2001::25de::cade",
            "10:30:00.000",
            "aa:bb:cc:dd:ee:ff:00:11:22:33",
            "00:00:00:00:00:00",
            "ff:ff:ff:ff:ff:ff",
            "::",
        ] {
            lives(text);
        }
    }

    #[test]
    fn hardware_addresses() {
        for text in ["00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "0012.3456.789a", "7c.2e.bd.d7.af.2d"] {
            assert_eq!(finds(text), "[MAC]", "{text}");
        }
        assert_eq!(finds("Printer with MAC A4 5E 60 02 FE C7 is off"), "Printer with MAC [MAC] is off");
        // Numbers, words, and a dump that goes on.
        for text in
            ["draw 12 34 56 78 90 12 of", "we be ad to da ed 12", "dump A4 5E 60 02 FE C7 B8 27 EB 0B", "v1.2.3.4.5.6"]
        {
            lives(text);
        }
    }

    #[test]
    fn versions_in_other_tongues_and_machines_in_long_lines() {
        for text in [
            "A versão 4.8.6.30 dá erro",
            "La versión 11.3.18.128 da error",
            "バージョン12.1.30.199で",
            "The driver build is 12.9.8.33, not an IP address",
            "Nach dem Update auf 2.18.13.156 startet der Drucker nicht mehr.",
            "room Fuji, agenda item 4.2.1.7.",
            "Upgraded the gateway to 9.12.31.169, CPU dropped",
            "Regression in 5.10.8.164, last good 134.0.6435.120",
            "a versão do app é 8.20.8.9",
            "2026-07-05 INFO the gateway address of the pod was 172.22.0.99 when it began to fail",
        ] {
            lives(text);
        }
        assert_eq!(finds("version 2 came from 203.0.113.7"), "version 2 came from [IP]");
    }

    #[test]
    fn private_addresses_in_sentences_and_versions_by_their_names() {
        for text in [
            "set the gateway to 10.5.170.61 and the mask to 255.255.255.0",
            "Route 10.0.0.0/8 via 10.43.77.91 is missing on the VPN",
            "firmwareVersion=4.1.32.15&x=1",
            "<firmwareVersion>4.1.32.15</firmwareVersion>",
            "rejects spaces, fixed in 1.24.38.202.",
            "firmware_version,email\n9.10.75.27,x",
        ] {
            assert!(!finds(text).contains("[IP]"), "{text}");
        }
        for (text, rest) in [
            ("An update from us. Blocked 36.229.120.104 at", "An update from us. Blocked [IP] at"),
            ("key=rl:2a02:8108:7a5e:b138:632a:91c6:3664:686c limit", "key=rl:[IP] limit"),
            ("[2001:db8:0:1:2:3:4:5]:443, 10.204.221.75", "[[IP]]:443, 10.204.221.75"),
            ("MAC address f0 03 31 83 60 0f was", "MAC address [MAC] was"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
    }
}
