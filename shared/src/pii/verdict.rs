//! What a name, a path or a rule says is to become of a value ([`Verdict`]), and what becomes of it then ([`Outcome`]).

use super::finding::{Action, Finding, Why};
use super::kind::{Kind, is_placeholder};
use super::names::{LONGEST_VALUE, Role};
use super::values::{
    is_handle, is_key, is_no_value, is_nobodys_place, is_organisation, is_random, is_twilios, says_nothing,
};
use super::{embed, network, people};

/// What happens to the value of a sensitive name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The value goes as a whole, whatever its JSON type.
    Whole,
    /// Every string and number in it goes; objects and arrays keep their shape.
    Leaves,
    /// As `Leaves`, but numbers stay: `tokens` is as often a count as a secret.
    Strings,
    /// A cookie header: names stay, values go. Objects as `Leaves`.
    Cookie,
    /// Strings that look random go, words and short codes stay: `code` is a login's as often as an error's.
    Token,
    /// Long strings without a pattern go, paths and words stay: `stream_key` opens something, `row_key` finds it.
    Key,
    /// The same of both cases, of 32 bytes or more: what is called `key` and no more.
    Mixed,
    /// Nothing in it is touched.
    Keep,
    /// The value goes if it has at least so many digits, and next to no letters: `run`, `rrn`, `partyA`.
    Digits(u8),
    /// The value goes if it is a number with three places or more behind the point: `long`, `breite`.
    Decimal,
    /// The value goes if it is written as names are, with a capital and no digit: `signed_by` is a courier's as often.
    Capital,
    /// The value goes if it reads like a person's name: `{"label":"Nome","value":"Davide"}`.
    Person,
    /// The value goes if it may be what somebody calls himself: `login`.
    Handle,
    /// The same where a program's name is as likely, and only a digit or a joint tells them apart: `created_by`.
    Account,
    /// Strings with the sign of an e-mail address go: what a `mail` holds is a template and a queue as well.
    Addresses,
    /// Everything in it goes but two short words with a joint: an `auth` has a user and a password, and a payment's has
    /// `normal-risk`.
    Unworded,
    /// Of a link that opens something the last part goes, if it looks random: `signing_url`.
    Link,
}

impl How {
    /// Whether `value` is what goes under such a name.
    pub(super) fn fits(self, value: &str) -> bool {
        let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
        match self {
            Self::Whole | Self::Leaves | Self::Cookie => true,
            Self::Keep => false,
            Self::Strings => !value.bytes().all(|b| b.is_ascii_digit()),
            // Of what is encoded JSON its content decides, and Twilio's `sid` is an id.
            Self::Token => {
                let open = (!value.starts_with("eyJ") || value.contains('.')) && !value.starts_with(['{', '[']);
                open && is_random(value) && !is_twilios(value)
            }
            Self::Handle => is_handle(value),
            Self::Account => {
                value.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'_' | b'.'))
                    && !value.bytes().any(|b| matches!(b, b'-' | b' '))
                    && is_handle(value)
            }
            Self::Addresses => value.contains('@') || value.contains("%40"),
            Self::Unworded => {
                let word = |word: &str| (3..=12).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
                let parts = || value.split(['-', '_']);
                parts().count() != 2 || !parts().all(word)
            }
            // Never as a whole.
            Self::Link => false,
            Self::Key => is_key(value),
            Self::Mixed => {
                let has = |is: fn(&u8) -> bool| value.bytes().any(|b| is(&b));
                value.len() >= 32
                    && is_key(value)
                    && is_random(value)
                    && has(u8::is_ascii_uppercase)
                    && has(u8::is_ascii_lowercase)
                    && has(u8::is_ascii_digit)
                    && !value.contains('.')
            }
            Self::Digits(least) => {
                count(u8::is_ascii_digit) >= usize::from(least) && count(u8::is_ascii_alphabetic) <= 2
            }
            Self::Person => {
                value.len() <= LONGEST_VALUE
                    && (people::is_chinese_or_korean(value)
                        || people::is_person(value)
                        || people::may_be_a_person(value)
                        || people::is_given_name(value))
            }
            Self::Capital => {
                value.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
                    && value.len() <= LONGEST_VALUE
                    && count(u8::is_ascii_digit) == 0
                    && !people::is_sentence(value)
                    && !is_organisation(value)
            }
            Self::Decimal => {
                let (whole, places) = value.trim_start_matches('-').split_once('.').unwrap_or((value, ""));
                (1..=3).contains(&whole.len())
                    && places.len() >= 3
                    && [whole, places].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
            }
        }
    }
}

/// A name's judgement of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) kind: Kind,
    pub(super) how: How,
    pub(super) by: By,
    /// What a rule of its own says; else the kind decides.
    pub(super) action: Option<Action>,
}

/// Who judges: the part of [`Why`] that a name can be, in two bytes, since every member of an event carries one. There are no
/// more paths and names of rules than fit; see the limits of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Name,
    Path(u8),
    NameRule(u8),
}

impl Verdict {
    pub(super) const fn new(kind: Kind, how: How) -> Self {
        Self { kind, how, by: By::Name, action: None }
    }

    pub(super) const fn finding(self) -> Finding {
        let why = match self.by {
            By::Name => Why::Name,
            By::Path(i) => Why::Path(i as u16),
            By::NameRule(i) => Why::NameRule(i as u16),
        };
        Finding { kind: self.kind, action: self.action, why }
    }

    /// Whether `value` says nothing of anybody. Of what a name means by itself some values are something else; what a rule
    /// names goes, whatever it is.
    pub(super) fn says_nothing(self, value: &str) -> bool {
        match self.by {
            By::NameRule(_) => is_no_value(self.kind, value.trim()),
            // `"location":"Clinic North"`
            By::Name if self.kind == Kind::Address && self.how == How::Capital && is_nobodys_place(value) => true,
            By::Name | By::Path(_) => says_nothing(self.kind, value),
        }
    }

    /// Whether a path of the rules says so, which nothing outdoes.
    pub(super) const fn is_ruled(self) -> bool {
        matches!(self.by, By::Path(_))
    }
}

/// What becomes of a string under a sensitive name.
pub(super) enum Outcome {
    /// It says nothing, or was stripped before.
    Keep,
    Replace(Finding),
    Cookie(Finding),
    /// The name does not decide; patterns do.
    Scan,
}

pub(super) fn outcome(verdict: Verdict, text: &str, role: Role) -> Outcome {
    if text.is_empty() || is_placeholder(text) {
        return Outcome::Keep;
    }
    let finding = verdict.finding();
    if verdict.is_ruled() {
        return Outcome::Replace(finding);
    }
    // `Bearer [AUTH]`
    if verdict.kind == Kind::Auth && is_placeholder(text.get(embed::scheme_of(text)..).unwrap_or_default()) {
        return Outcome::Keep;
    }
    // Below `errors` a sentence is about the field, not its value.
    if verdict.says_nothing(text) || (role.meets(Role::MESSAGES) && text.contains(' ')) {
        return Outcome::Scan;
    }
    // Of addresses each is judged by itself: the proxies' own stay. A machine's is no postal one.
    if matches!(verdict.kind, Kind::Ip | Kind::Address) && network::only_addresses(text) {
        return Outcome::Scan;
    }
    // A coin's: `"token":"USDC"`.
    if verdict.kind == Kind::Secret && (3..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase()) {
        return Outcome::Scan;
    }
    // A sentence about somebody is not all address: `ada@example.com is known already for customer K1647162`.
    if verdict.kind == Kind::Email
        && text.bytes().filter(|b| *b == b' ').count() >= 3
        && (text.contains('@') || text.contains("[EMAIL]"))
    {
        return Outcome::Scan;
    }
    // Of a URL with somebody's password in it the rest may stay: `amqps://worker:…@queue.internal/jobs`.
    if verdict.kind == Kind::ApiKey && text.split_once("://").is_some_and(|(_, rest)| rest.contains('@')) {
        return Outcome::Scan;
    }
    match verdict.how {
        How::Keep => Outcome::Keep,
        How::Cookie => Outcome::Cookie(finding),
        how if !how.fits(text) => Outcome::Scan,
        _ => Outcome::Replace(finding),
    }
}
