//! What a value says by itself: that it is nobody's (`n/a`, a company's, a version, a template's variable), or that it may be
//! what its name foretells (a handle, a full name).

use super::kind::{Kind, placeholder_len};
use super::people;
use super::traits::{self, is_uuid};

/// `SM` and 32 hex digits.
pub(super) fn is_twilios(value: &str) -> bool {
    let (mark, hex) = value.split_at_checked(2).unwrap_or_default();
    hex.len() == 32 && mark.bytes().all(|b| b.is_ascii_uppercase()) && hex.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a value may be what somebody calls himself: one word, and none of those that say how one came in.
pub(super) fn is_handle(value: &str) -> bool {
    const WAYS: &[&str] = &[
        "success",
        "successful",
        "succeeded",
        "failure",
        "failed",
        "denied",
        "granted",
        "password",
        "passwordless",
        "google",
        "facebook",
        "github",
        "gitlab",
        "apple",
        "microsoft",
        "twitter",
        "linkedin",
        "sso",
        "saml",
        "oidc",
        "oauth",
        "oauth2",
        "ldap",
        "email",
        "phone",
        "sms",
        "otp",
        "magic_link",
        "passkey",
        "webauthn",
        "guest",
        "anonymous",
        "admin",
        "root",
        "system",
        "local",
        "manual",
        "auto",
        "none",
        "null",
        "login",
        "signin",
        "signup",
        "register",
        "logout",
        "yes",
        "true",
        "false",
        "enabled",
        "disabled",
        "required",
        "optional",
        "pending",
        "active",
        "always",
    ];
    const PROGRAMS: &[&str] = &[
        "system",
        "cron",
        "api",
        "scheduler",
        "import",
        "importer",
        "migration",
        "webhook",
        "worker",
        "bot",
        "service",
        "svc",
        "automation",
        "sync",
        "batch",
        "job",
        "agent",
        "app",
        "server",
        "gateway",
        "queue",
        "workflow",
        "pipeline",
        "integration",
        "backend",
        "robot",
        "process",
        "daemon",
        "trigger",
    ];
    const IDS: &[&str] = &[
        "usr", "user", "u", "uid", "cus", "cust", "acc", "acct", "id", "emp", "agt", "svc", "sa", "bot", "msg", "org",
        "team", "grp", "role",
    ];
    // `@thompsonf91`
    let value = value.strip_prefix('@').unwrap_or(value);
    let is_id =
        || value.split_once(['_', '-']).is_some_and(|(head, _)| IDS.iter().any(|id| head.eq_ignore_ascii_case(id)));
    (3..=40).contains(&value.len())
        && !value.bytes().any(|b| matches!(b, b' ' | b'/' | b':' | b'@'))
        && !is_id()
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '#'))
        && value.bytes().filter(|b| b.is_ascii_lowercase() || *b >= 0x80).count() >= 3
        && value.bytes().filter(u8::is_ascii_digit).count() <= 5
        && !value.split(['_', '-', '.']).any(|part| PROGRAMS.iter().any(|program| part.eq_ignore_ascii_case(program)))
        && !value.bytes().take(4).all(|b| b.is_ascii_digit())
        && !WAYS.iter().any(|way| value.eq_ignore_ascii_case(way))
        && !is_uuid(value.as_bytes())
        && !(value.len() >= 20 && value.bytes().filter(u8::is_ascii_digit).count() >= 4)
}

/// Legal forms of companies, without full stops at their end, in any case.
#[rustfmt::skip]
const LEGAL_FORMS: &[&str] = &[
    "inc", "ltd", "llc", "llp", "plc", "gmbh", "limited", "corp", "corporation", "company", "b.v", "bv", "s.r.l", "srl", "sarl", "s.a.s", "s.p.a", "kft", "aps", "a/s", "o.o", "pty", "oyj", "sro", "s.r.o", "sp.z.o.o", "co.kg",
];

/// The same where small letters or none would make them a word or a name's beginning: `Novatrack AB`.
const SHORT_FORMS: &[&str] = &["AB", "AG", "KG", "KGaA", "OHG", "Oy", "SpA", "ASA", "NV", "S.A", "OOO", "ZAO"];

/// What a business is called at the end, and nobody by birth: `Tidewater Systems`.
#[rustfmt::skip]
const BUSINESSES: &[&str] = &[
    "university", "services", "solutions", "systems", "labs", "consulting", "logistics", "industries", "technologies", "software", "insurance", "airlines", "motors", "foods", "airways", "outfitters", "roasters", "foundation", "institute", "enterprises", "ventures", "holdings", "restaurant", "pharmacy", "associates", "bakery", "brewing", "brewery", "films", "studios", "analytics", "supermarket", "robotics", "pharma", "pharmaceuticals", "biotech", "telecom", "electronics", "hotels", "publishing", "furniture",
];

/// What no person is called at the end either, where a name is only supposed: `Lumen Clinic`.
#[rustfmt::skip]
const ORGANISATIONS: &[&str] = &[
    "hospital", "holding", "partners", "clinic", "lines", "saver", "cafe", "energy", "union", "college", "academy", "agency", "account", "savings", "checking", "bank", "group", "hotel", "school", "store", "shop", "studio", "media", "team", "trust", "church", "museum", "association", "council", "ministry", "wallet", "card", "department", "warehouse", "ag", "kg",
];

/// Words that stand in no person's name: besides those a business is called by at the end.
#[rustfmt::skip]
const IN_COMPANIES: &[&str] = &[
    "ag", "kg", "nv", "ug", "se", "sa", "sas", "spa", "oy", "ab", "as", "zoo", "co", "group", "holding", "bank", "school", "hotel", "store", "shop", "studio", "clinic", "hospital", "partners", "media", "team", "support", "the", "and", "of",
];

/// The last word of several, without what ends it.
fn last_word(value: &str) -> Option<&str> {
    let last = value.trim_end_matches('.').rsplit([' ', ',']).next()?;
    (last.len() < value.len()).then_some(last)
}

fn among(list: &[&str], word: &str) -> bool {
    list.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Whether a value ends in a legal form of companies or in what they do, as no person's name does.
fn is_company(value: &str) -> bool {
    if value.len() < 5 || memchr::memchr(b' ', value.as_bytes()).is_none() {
        return false;
    }
    let Some(last) = last_word(value) else { return false };
    // `Suresh AG`, `Kumar S.A.`: initials behind a name are written as some forms are.
    let somebody = || value.split(' ').next().is_some_and(people::is_given_name);
    among(LEGAL_FORMS, last)
        || ((SHORT_FORMS.contains(&last) || among(BUSINESSES, last) || value.ends_with(" Co.")) && !somebody())
}

/// Whether a value is an organisation's name, as far as its last word shows.
pub(super) fn is_organisation(value: &str) -> bool {
    is_company(value) || last_word(value).is_some_and(|last| among(ORGANISATIONS, last))
}

/// Whether a value reads like a person's name and like no company's: two to five words, each with a capital if its script has
/// them.
pub(super) fn is_full_name(value: &str) -> bool {
    let words = value.split([' ', ',']).filter(|word| !word.is_empty());
    let named = |word: &str| {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase());
        let plain = word.trim_end_matches('.');
        capital
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
            && ![LEGAL_FORMS, BUSINESSES, IN_COMPANIES].iter().any(|list| among(list, plain))
    };
    value.len() <= 80 && (2..=5).contains(&words.clone().count()) && words.clone().all(named)
}

/// Whether a location is no place of somebody's: that of a business (`Clinic North`), or none at all (`Remote-EMEA`).
pub(super) fn is_nobodys_place(value: &str) -> bool {
    #[rustfmt::skip]
    const FACILITIES: &[&str] = &[
        "Clinic", "Hospital", "Center", "Centre", "Office", "Room", "Branch", "Store", "Warehouse", "Studio", "HQ", "Campus", "Depot", "Terminal",
    ];
    let ends = [value.split(' ').next(), value.rsplit(' ').next()];
    let (head, region) = value.split_once('-').unwrap_or((value, ""));
    let nowhere = ["Remote", "Hybrid", "Online", "Virtual", "Onsite", "Anywhere", "Worldwide"].contains(&head);
    ends.iter().flatten().any(|word| FACILITIES.contains(word))
        || (nowhere && region.bytes().all(|b| b.is_ascii_uppercase()))
}

/// What an order's or a bill's state is called, which is no state of a country.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "active", "inactive", "pending", "shipped", "delivered", "processing", "complete", "completed", "cancelled", "canceled", "failed", "open", "closed", "paid", "unpaid", "ready", "queued", "abandoned",
    "returned", "refunded", "current", "former", "previous", "home", "work", "billing", "shipping", "primary", "secondary", "mailing", "residential", "business", "verified", "unverified", "suspended", "enabled", "disabled", "new", "draft", "done", "ok", "started", "stopped", "running", "none",
];

/// `79.7`, `-2.43109939`: a number with a point, and no card's month (`12.27`).
fn is_measure(value: &str, kind: Kind) -> bool {
    let plain = value.trim_start_matches('-');
    let Some((whole, places)) = plain.split_once('.') else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    // Of places of the earth there are more digits behind the point than of prices.
    (kind != Kind::Address || places.len() == 2)
        && digits(whole)
        && digits(places)
        && (whole.len() <= 4 || kind == Kind::Address)
        && (kind != Kind::Card || places.len() != 2 && places.len() != 4)
}

/// Whether a value under what is probably a name can be one.
pub(super) fn may_be_a_name(value: &str) -> bool {
    is_full_name(value) || people::is_given_name(value) || people::is_wide_name(value)
}

/// `null`, `n/a`, `unknown`.
pub(super) fn is_no_value(kind: Kind, value: &str) -> bool {
    // What another filter has put in its place: Rails', Sentry's.
    const FILTERED: &[&str] = &["[FILTERED]", "[REDACTED]", "[REMOVED]", "[MASKED]", "<redacted>", "<filtered>"];
    if FILTERED.iter().any(|mark| value.eq_ignore_ascii_case(mark)) {
        return true;
    }
    let nothing = ["", "true", "false", "null", "undefined", "none", "n/a", "nan", "-", "?0", "?1", "unknown"];
    nothing.iter().any(|word| value.eq_ignore_ascii_case(word)) && (kind != Kind::Password || value.is_empty())
}

/// A TURN server's user (draft-uberti-behave-turn-rest): epoch seconds, and perhaps a colon and a name of the service's own.
fn is_relay_user(value: &str) -> bool {
    let seconds = value.split(':').next().unwrap_or_default();
    seconds.len() == 10 && seconds.starts_with('1') && seconds.bytes().all(|b| b.is_ascii_digit()) && value.len() <= 16
}

/// Whether a value is what a program calls a fault, another program or a field.
fn is_technical(value: &str) -> bool {
    const ACCOUNTS: &[&str] = &["svc-", "svc_", "svc.", "robot$"];
    const FIELDS: &[&str] = &[
        "firstName",
        "first_name",
        "lastName",
        "last_name",
        "fullName",
        "full_name",
        "givenName",
        "given_name",
        "familyName",
        "family_name",
        "userName",
        "user_name",
    ];
    /// What a program shows is called so, by analysts as well: `"screen_name":"CheckoutPaymentScreen"`.
    const SHOWN: &[&str] = &["Screen", "Fragment", "Controller"];
    let shown = value.bytes().all(|b| b.is_ascii_alphanumeric())
        && SHOWN.iter().any(|shown| value.len() > shown.len() + 2 && value.ends_with(shown));
    let fault = (value.ends_with("Error") || value.ends_with("Exception"))
        && value.len() > 9
        && value.starts_with(|c: char| c.is_ascii_uppercase())
        && value.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
    // `dev_d67c0d7f`: a device's.
    let device = value.split_once('_').is_some_and(|(head, id)| {
        matches!(head, "dev" | "device" | "iot" | "gw")
            && id.len() >= 6
            && id.bytes().all(|b| b.is_ascii_hexdigit())
            && id.bytes().filter(u8::is_ascii_digit).count() >= 2
    });
    device || fault || shown || ACCOUNTS.iter().any(|head| value.starts_with(head)) || FIELDS.contains(&value)
}

/// Whether a value is a colour's or a length's of CSS.
fn is_style(value: &str) -> bool {
    if value.len() > 9 {
        return false;
    }
    let hex = |digits: &str| matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let length = |number: &str| {
        !number.is_empty() && number.len() <= 6 && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    value.strip_prefix('#').is_some_and(hex)
        || ["px", "rem", "em", "%", "ms", "vh", "vw"].iter().any(|unit| value.strip_suffix(unit).is_some_and(length))
}

/// Whether a value is an id with its sort before it, or a field's name.
fn is_prefixed_or_mapped(value: &str) -> bool {
    let (head, rest) = value.split_once('_').unwrap_or_default();
    // (Our own tokens are none.)
    let id = (2..=5).contains(&head.len())
        && head != "tok"
        && head.bytes().all(|b| b.is_ascii_lowercase())
        && rest.len() >= 10
        && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    // `contact.Email`: where a field of another system is.
    let field = value.rsplit('.').next().filter(|last| last.len() < value.len()).is_some_and(|last| {
        ["email", "e_mail", "mail", "emailaddress", "email_address"].iter().any(|name| last.eq_ignore_ascii_case(name))
    });
    id || (field && value.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'.')))
        || (value.contains("mail")
            && value.contains(['_', '.'])
            && value.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'.')))
}

/// Whether a value is a file's path.
fn is_file(value: &str) -> bool {
    let Some((path, ending)) = value.rsplit_once('.') else { return false };
    path.contains('/')
        && (2..=4).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && !value.contains(['=', '+', ':'])
}

/// Whether a value is a variable's name in a template or a shell.
pub(super) fn is_template_variable(value: &str) -> bool {
    let name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b' ' | b'-'))
    };
    let shouted =
        |name: &str| name.len() >= 3 && name.contains('_') && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    if !value.starts_with(['$', '{']) {
        return false;
    }
    value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).is_some_and(name)
        || value.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).is_some_and(name)
        || value.strip_prefix('$').is_some_and(shouted)
}

/// `~4.0.1`, `^1.2.0-rc.1`: three numbers, as package.json has them.
fn is_range_of_versions(value: &str) -> bool {
    if value.len() > 32 {
        return false;
    }
    let plain = value.trim_start_matches(['~', '^', '>', '<', '=', 'v']);
    let release = plain.split(['-', '+']).next().unwrap_or_default();
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    release.split('.').count() == 3 && release.split('.').all(number)
}

/// Words in capitals with underscores between, of which one is of what sort an address is.
fn is_sort_of_address(value: &str) -> bool {
    const SORTS: &[&str] = &[
        "MAILING",
        "BILLING",
        "SHIPPING",
        "DELIVERY",
        "RESIDENTIAL",
        "COMMERCIAL",
        "BUSINESS",
        "BOX",
        "TYPE",
        "STATUS",
        "VERIFIED",
        "PARTIAL",
        "PRIMARY",
        "SECONDARY",
    ];
    value.contains('_')
        && value.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
        && value.split('_').any(|word| SORTS.contains(&word))
}

/// Values that say nothing about anybody, whatever their name.
pub(super) fn says_nothing(kind: Kind, value: &str) -> bool {
    let value = value.trim();
    if is_no_value(kind, value) {
        return true;
    }
    let has_digit = value.bytes().any(|b| b.is_ascii_digit());
    // An e-mail address or a name that was hashed before it was sent: `"em":["7bcce63c…"]`.
    let hashed = matches!(value.len(), 32 | 40 | 64) && has_digit && value.bytes().all(|b| b.is_ascii_hexdigit());
    if hashed && matches!(kind, Kind::Email | Kind::Phone | Kind::Name | Kind::Address | Kind::BirthDate) {
        return !value.bytes().all(|b| b.is_ascii_digit());
    }
    // `${API_KEY}`, `{{password}}`, `$DB_PASS`: what stands for a value.
    if kind.is_credential() && is_template_variable(value) {
        return true;
    }
    // `urn:ietf:params:oauth:grant-type:device_code`
    // (A `request_uri` of RFC 9126 opens something: its last part is random.)
    if kind.is_credential()
        && value.starts_with("urn:ietf:")
        && !value.bytes().any(|b| b.is_ascii_uppercase())
        && value.bytes().filter(u8::is_ascii_digit).count() <= 1
    {
        return true;
    }
    // `Kestrel Systems GmbH` is nobody.
    if kind == Kind::Name && is_company(value) {
        return true;
    }
    // `"passport-jwt":"~4.0.1"`: a package and its version.
    if matches!(kind, Kind::Secret | Kind::Jwt | Kind::Cookie | Kind::Passport | Kind::Auth | Kind::ApiKey)
        && is_range_of_versions(value)
    {
        return true;
    }
    // `"bounces":{"jo@example.com":{"last":"2026-12-01T22:11:07Z"}}`, `"phone":{"verified_at":"…"}`
    if !matches!(kind, Kind::BirthDate | Kind::Card | Kind::Custom) && traits::is_time(value.as_bytes()) {
        return true;
    }
    // `"address":{"ADDR_TYPE_CD":"MAILING_PO_BOX"}`: one of a list's.
    if kind == Kind::Address && is_sort_of_address(value) {
        return true;
    }
    // `"iban_support":"sepa_b2b_only"`: how something is done, not a number.
    if is_number(kind) && value.contains('_') && is_slug(value) && value.bytes().filter(u8::is_ascii_digit).count() < 4
    {
        return true;
    }
    match kind {
        // `"pan":79.7` beside a tilt, `"sin":2.431`, `"line15000":"690.15"`.
        Kind::Card | Kind::NationalId | Kind::Address if is_measure(value, kind) => true,
        // `"uidNumber":70751`, `"risk":0.14` below an address.
        Kind::NationalId if value.len() < 6 && value.bytes().all(|b| b.is_ascii_digit()) => true,
        // `"qid":"q10"`: a question's, and Qatar's.
        Kind::NationalId
            if value.len() <= 6 && value.is_ascii() && value.bytes().filter(u8::is_ascii_digit).count() < 4 =>
        {
            true
        }
        Kind::Ip
            if value
                .split_once('.')
                .is_some_and(|(a, b)| [a, b].iter().all(|part| part.bytes().all(|c| c.is_ascii_digit()))) =>
        {
            true
        }
        // `msg_6WokC9oAuXY5emJD`; `contact.primary_email` of a mapping.
        Kind::Email if !value.contains(['@', '%', ' ']) && is_prefixed_or_mapped(value) => true,
        // What a column is called.
        Kind::Email if matches!(value, "email" | "Email" | "mail" | "e-mail" | "EMAIL") => true,
        // An object's id.
        Kind::Email
            if !value.contains(['@', '%', ' '])
                && value.len() == 24
                && value.bytes().all(|b| b.is_ascii_hexdigit()) =>
        {
            true
        }
        // `"redis-geo":"4.32.8"`
        Kind::Geo if value.matches('.').count() == 2 && value.bytes().all(|b| b.is_ascii_digit() || b == b'.') => true,
        // `MongoServerError`, `svc-partner-465`, `firstName`: a fault's, a program's, a field's.
        Kind::Name if is_technical(value) => true,
        // Who may relay calls, and until when: `1718066579:u`.
        Kind::Name if is_relay_user(value) => true,
        // `"tokens":{"colorPrimary":"#51eae0","spacingUnit":"8px"}`: a design's.
        Kind::Secret if is_style(value) => true,
        // `"storageKey":"forms/w9/a747cf39848707c6.pdf"`
        Kind::ApiKey if is_file(value) => true,
        // `"token":"usps_priority"`.
        Kind::Secret => {
            !has_digit
                && value.contains('_')
                && value.len() <= 32
                && value.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
                && !value.bytes().any(|b| b.is_ascii_lowercase()) | !value.bytes().any(|b| b.is_ascii_uppercase())
        }
        // `["totp","webauthn"]`: ways to log in.
        Kind::Password => {
            ["webauthn", "sms", "totp", "otp", "u2f", "fido2", "passkey", "push", "authenticator", "app", "voice"]
                .contains(&value)
        }
        // `"mobile":1`, `"cell":"LTE-0589"`: too few digits for a telephone's. Digits of other scripts are digits too.
        Kind::Phone if value.is_ascii() => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
            // `"surgeCells":["393e43930fd37f3"]`
            let code = letters >= 2 && value.len() >= 8 && value.bytes().all(|b| b.is_ascii_alphanumeric());
            is_uuid(value.as_bytes())
                || code
                || value.len() < 24 && (digits < 4 || (letters >= 3 && digits < 7 && !value.contains('*')))
        }
        // Of a number with as many digits some address may be made, of one with fewer none of a client's.
        Kind::Ip => {
            !value.contains([':', '.', '%'])
                && (value.len() < 8 || value.bytes().filter(u8::is_ascii_digit).count() < 2)
        }
        // `"licence":"MIT"`.
        Kind::DriverLicense => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            // `XT63 FKO` of a car.
            let plate = value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b' ' | b'-'));
            value.is_ascii() && digits < if plate && value.len() >= 5 { 1 } else { 3 }
        }
        // A bank's public code (ISO 9362): `"bankCode":"DEUTDEDB110"`.
        Kind::Bank
            if matches!(value.len(), 8 | 11)
                && value.bytes().take(6).all(|b| b.is_ascii_uppercase())
                && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) =>
        {
            true
        }
        // `"branchCode":"main"`, `"bank":"Northern Mutual Bank"`; what a bank's API calls an account.
        Kind::Bank => {
            (!has_digit && ((value.is_ascii() && value.len() < 8) || last_word(value) == Some("Bank")))
                || is_an_object(value)
        }
        // `"iban_support":"sepa_only"`
        Kind::Iban => !has_digit && value.is_ascii(),
        // `"shippingState":"in_transit"`.
        Kind::Address => {
            const BUSES: &[&str] = &[
                "knx", "bacnet", "modbus", "opc", "opcua", "unix", "can", "i2c", "usb", "pci", "zigbee", "zwave", "dmx",
            ];
            // `in_transit`, `zone_4_remote`.
            let zone = value.starts_with("zone_");
            let word = |b: u8| b.is_ascii_lowercase() || b == b'_' || (zone && b.is_ascii_digit());
            // Of a bus or a socket: `knx:1/2/14`, `bacnet:AI-12`, `unix:/run/app.sock`.
            let bus = value.split_once(':').is_some_and(|(scheme, rest)| {
                BUSES.contains(&scheme)
                    && !rest.is_empty()
                    && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_'))
            });
            // A proxy's: `2.0 20c1….cloudfront.net (CloudFront)` under `via`.
            let via = ["1.0 ", "1.1 ", "2.0 ", "3.0 "].iter().any(|version| {
                value.strip_prefix(version).is_some_and(|proxy| !proxy.contains(' ') || proxy.ends_with(')'))
            });
            // A machine's: `rsp.esim.example`.
            let host = value.contains('.') && value.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'-'));
            via || host
                || bus
                || value.bytes().all(word) && (value.contains('_') || STATES.contains(&value))
                || STATES.iter().any(|state| value.eq_ignore_ascii_case(state))
        }
        // `DEM-2026-17034`: what an application for a certificate is called.
        Kind::BirthDate | Kind::Passport if is_dated_reference(value) => true,
        // `"phone":"home"`, `"mobile":"iOS"`.
        Kind::Phone | Kind::Geo | Kind::BirthDate | Kind::Ssn | Kind::Itin | Kind::Nhs | Kind::NationalId => {
            !has_digit && value.is_ascii() && value.len() < 24
        }
        Kind::Mac => !value.contains([':', '-', '.', '%']) && value.bytes().filter(u8::is_ascii_hexdigit).count() != 12,
        // A repository's: `"full_name":"acme/storefront"`.
        Kind::Name => {
            value.is_ascii()
                && value.contains('/')
                && !value.contains(' ')
                && value.bytes().any(|b| b.is_ascii_lowercase())
        }
        // `"wallet":"apple-pay"`: no network's address is so short, or has spaces.
        Kind::Wallet => {
            value.len() < 24 || value.contains(' ') || is_uuid(value.as_bytes()) || traits::is_time(value.as_bytes())
        }
        // How one logs in: `"auth":"manual"`.
        Kind::Auth => [
            "manual",
            "ldap",
            "saml",
            "local",
            "kerberos",
            "sso",
            "cas",
            "basic",
            "bearer",
            "digest",
            "oauth",
            "oauth2",
            "jwt",
            "apikey",
            "required",
            "optional",
            "anonymous",
            "include",
            "omit",
            "same-origin",
            "public",
        ]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word)),
        _ => false,
    }
}

/// Where numbers of seven digits or more stand in what somebody says.
pub(super) fn numbers_in(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let part = |b: &u8| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'.' | b'(' | b')' | b'+');
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes.get(at..)?.iter().position(|b| b.is_ascii_digit() || *b == b'+')?;
            let run = bytes.get(at..)?.iter().take_while(|b| part(b)).count();
            let run = bytes.get(at..at + run)?;
            let length = run.iter().rposition(u8::is_ascii_digit).map_or(1, |last| last + 1);
            let start = at;
            at += length;
            if run.iter().filter(|b| b.is_ascii_digit()).count() >= 7 {
                return Some(start..start + length);
            }
        }
    })
}

/// `BAJ3KMNHV8MNM8`, `qtOi809ovymjxS6j5LmsCAWI4ggnBmMxJnFg5`: an object of somebody's API. Of accounts' numbers most is digits,
/// and letters stand first.
fn is_an_object(value: &str) -> bool {
    let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let iban = value.bytes().take(2).all(|b| b.is_ascii_alphabetic())
        && value.bytes().skip(2).take(2).all(|b| b.is_ascii_digit());
    let turns =
        value.as_bytes().windows(2).filter(|pair| matches!(pair, [a, b] if a.is_ascii_digit() != b.is_ascii_digit()));
    (12..=64).contains(&value.len())
        && digits + letters == value.len()
        // `xxxxxxxxxx1234` is an account's number, and `JANEMILLERSAVINGS01` says whose it is.
        && turns.count() >= 3
        && digits > 0
        && letters > 2 * digits
        && !iban
}

/// Whether what is of this kind has digits in it, and no words.
const fn is_number(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Phone
            | Kind::Card
            | Kind::Ssn
            | Kind::Itin
            | Kind::Nhs
            | Kind::Nino
            | Kind::NationalId
            | Kind::Passport
            | Kind::DriverLicense
            | Kind::Iban
            | Kind::Bank
            | Kind::Ip
    )
}

/// Whether what stands in quotes behind the name of a number is what somebody says: `caller: "yeah, it is … I think"`.
pub(super) fn is_talk(kind: Kind, value: &str) -> bool {
    let word = |word: &&str| {
        word.len() >= 2 && word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'\'' | b',' | b'.'))
    };
    is_number(kind) && value.split(' ').filter(word).count() >= 3
}

/// `purchase`, `page_view`, `order.paid`: a thing's name, not a person's.
pub(super) fn is_slug(text: &str) -> bool {
    let slug_byte = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'.' | b':');
    text.bytes().all(slug_byte) && text.bytes().any(|b| b.is_ascii_lowercase())
}

/// `#55108`, `SO-20931`, `C02XK1ABJGH5`: what an order or a device is called.
pub(super) fn is_number_or_code(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let digits = count(u8::is_ascii_digit);
    digits > 0 && text.is_ascii() && (digits > count(u8::is_ascii_alphabetic) || count(u8::is_ascii_lowercase) == 0)
}

/// `Black Friday 2024`: a word of digits among others.
pub(super) fn has_a_number(text: &str) -> bool {
    let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    text.split(' ').skip(1).any(number) || holds_stripped(text)
}

/// Whether something in a text was stripped before: what is left of it is judged as the whole was.
pub(super) fn holds_stripped(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'[', bytes).any(|at| placeholder_len(bytes.get(at..).unwrap_or_default()).is_some())
        || text.contains("****")
        || text.contains("tok_")
}

/// `SE1SBEA1-0007`: an invoice's number, no house's.
pub(super) fn is_document(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    text.len() >= 10
        && text.contains('-')
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        && count(u8::is_ascii_uppercase) >= 2
        && count(u8::is_ascii_digit) >= 4
}

/// `INV-2024-73048`, `R-806894721`: a document's number that is no person's.
pub(super) fn is_reference(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    (1..=4).contains(&letters) && text.as_bytes().get(letters) == Some(&b'-')
}

pub(super) fn is_short_line(text: &str) -> bool {
    text.len() <= 100 && !text.bytes().any(|b| matches!(b, b'=' | b'{' | b'\n' | b'<' | b'"' | b'['))
}

/// `DEM-2026-17034`: letters, a year and a number.
fn is_dated_reference(text: &str) -> bool {
    let mut parts = text.split('-');
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase()))
        && parts.next().is_some_and(|year| year.len() == 4 && year.starts_with("20") && digits(year))
        && parts.next().is_some_and(|number| number.len() >= 3 && digits(number))
        && parts.next().is_none()
}

/// Twenty bytes or more without a space, of both digits and letters: no word, no code that people read to each other.
pub(super) fn is_random(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    // Words glued together change case as well, but have no digit between: `InvalidArgumentExceptionThrown`.
    let turns = bytes
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()))
        .count();
    // `23505_unique_violation`: words and a number.
    let worded = || {
        let parts = || bytes.split(|b| matches!(b, b'_' | b'-' | b'.' | b':'));
        let word = |part: &[u8]| {
            part.iter().all(u8::is_ascii_lowercase) || (part.len() <= 7 && part.iter().all(u8::is_ascii_digit))
        };
        parts().count() >= 3
            && parts().all(word)
            && parts().filter(|part| part.len() >= 3 && part.iter().all(u8::is_ascii_lowercase)).count() >= 2
    };
    bytes.len() >= 20
        && !bytes.contains(&b' ')
        && bytes.iter().any(u8::is_ascii_lowercase)
        // Of letters alone as often as chance changes their case, which words do not.
        && (digits >= 2 || (digits == 1 && turns >= 4) || (bytes.len() >= 24 && turns * 5 >= bytes.len()))
        && !is_uuid(bytes)
        && !worded()
        && !memchr::memchr_iter(b':', bytes).any(|at| bytes.get(at + 1..at + 3) == Some(b"//"))
}

/// As [`is_random`], and no path, file or list of words: sixteen letters and digits in a row, of both.
pub(super) fn is_key(text: &str) -> bool {
    let bytes = text.as_bytes();
    let run = bytes
        .split(|b| !b.is_ascii_alphanumeric())
        .filter(|run| run.iter().any(u8::is_ascii_digit) && run.iter().any(u8::is_ascii_alphabetic))
        .map(<[u8]>::len)
        .max();
    // `NxuQeJEfqrZuQjbdNfwPNuWiyOzjhdIk`: of thirty letters chance makes one in two hundred without a digit.
    let letters = || bytes.len() >= 24 && bytes.iter().all(u8::is_ascii_alphabetic) && is_random(text);
    (run >= Some(16) || letters())
        && !bytes.iter().any(|b| matches!(b, b'/' | b':' | b' ' | b'{' | b','))
        && !is_uuid(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_under_a_personal_name() {
        for (kind, value) in [
            (Kind::NationalId, "q10"),
            (Kind::Email, "msg_6WokC9oAuXY5emJD"),
            (Kind::Email, "contact.primary_email"),
            (Kind::Secret, "~4.0.1"),
            (Kind::Secret, "#51eae0"),
            (Kind::Secret, "8px"),
            (Kind::ApiKey, "forms/w9/a747cf39848707c6.pdf"),
            (Kind::ApiKey, "${API_KEY}"),
            (Kind::Password, "{{db.password}}"),
            (Kind::Name, "Kestrel Systems GmbH"),
            (Kind::Name, "Novatrack AB"),
            (Kind::Name, "Tidewater Brewing Co."),
            (Kind::Name, "Castor & Pollux Films"),
            (Kind::Iban, "sepa_only"),
            (Kind::Bank, "BAJ3KMNHV8MNM8"),
            (Kind::Bank, "qtOi809ovymjxS6j5LmsCAWI4ggnBmMxJnFg5"),
            (Kind::Wallet, "2026-06-13T15:47:24.741Z"),
        ] {
            assert!(says_nothing(kind, value), "{kind} {value}");
        }
        for (kind, value) in [
            (Kind::NationalId, "1234567"),
            (Kind::Email, "ada_berg"),
            (Kind::Secret, "4.0.1.9f"),
            (Kind::Password, "$ecret_1"),
            (Kind::Name, "Sarah Ltdale"),
            (Kind::Name, "Priya Sharma"),
            (Kind::Iban, "DE89 **** **** ****"),
            (Kind::Bank, "xxxxxxxxxx1234"),
            (Kind::Bank, "GB29NWBK60161331926819"),
            (Kind::Bank, "MT84MALT011000012345MTLCAST001S"),
            (Kind::Bank, "20041010050500013M02606"),
        ] {
            assert!(!says_nothing(kind, value), "{kind} {value}");
        }
    }

    #[test]
    fn keys_of_letters_alone() {
        assert!(is_key("NxuQeJEfqrZuQjbdNfwPNuWiyOzjhdIk"));
        assert!(!is_key("InvalidArgumentExceptionThrown"));
        assert!(!is_key("storefrontConfigurationKey"));
    }

    #[test]
    fn talk_is_no_number() {
        assert!(is_talk(Kind::Phone, "yeah it's 503.959.5840, and the order was 113887, I think"));
        assert!(!is_talk(Kind::Phone, "503.959.5840 ext. 12"));
        assert!(!is_talk(Kind::Address, "between the church and the old mill"));
    }
}
