//! What was found, what happens to it, and the record of both.

use std::borrow::Cow;
use std::fmt;

use super::kind::{Counts, Kind};

/// What happens to a personal value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The placeholder of its kind stands in its place. What happens unless a rule says otherwise.
    Redact,
    /// `****` and its last four letters or digits, if it has at least eight; else as `Redact`.
    Mask,
    /// A token, which is the same for the same value under the same key; see
    /// [`Redactor::token`](super::Redactor::token). E-mail addresses are compared without regard to case, numbers without
    /// regard to separators.
    Hash,
    /// It goes without a trace: a member with its name, a part of a text. An array's element becomes `null`.
    Drop,
    /// It stays.
    Keep,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 5] = [Self::Redact, Self::Mask, Self::Hash, Self::Drop, Self::Keep];

    /// The name used in rules.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Redact => "redact",
            Self::Mask => "mask",
            Self::Hash => "hash",
            Self::Drop => "drop",
            Self::Keep => "keep",
        }
    }
}

/// Why a value is taken for personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The name of the member, header, parameter or element it is the value of, or a sibling that names it.
    Name,
    /// The detector of this name.
    Detector(&'static str),
    /// It is encoded, and what it holds is personal.
    Inside,
    /// A path of the rules, by its place in their list.
    Path(u16),
    /// A name of the rules, by its place in their list.
    NameRule(u16),
    /// A pattern of the rules, by its place in their list.
    PatternRule(u16),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("its name"),
            Self::Detector(name) => f.write_str(name),
            Self::Inside => f.write_str("personal data in base64"),
            Self::Path(rule) => write!(f, "rule paths[{rule}]"),
            Self::NameRule(rule) => write!(f, "rule names[{rule}]"),
            Self::PatternRule(rule) => write!(f, "rule patterns[{rule}]"),
        }
    }
}

/// A value that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) kind: Kind,
    /// What a rule of its own says; else the kind decides.
    pub(super) action: Option<Action>,
    pub(super) why: Why,
}

impl Finding {
    pub(super) const fn new(kind: Kind, why: Why) -> Self {
        Self { kind, action: None, why }
    }
}

/// A change that was made, for whoever asks why. Never holds a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where: the names and positions that lead to the value, and behind each `>` those in what it holds: `body > user.email`
    /// is in JSON in the string `body`. Names that are personal are stripped.
    pub path: String,
    /// What was found.
    pub kind: Kind,
    /// What happened to it.
    pub action: Action,
    /// Why it was taken for that.
    pub why: Why,
    /// Where the value begins in the text being read, until that is a path.
    pub(super) at: usize,
}

/// What was found so far, and where if anybody asks.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) counts: Counts,
    /// None: nobody asks.
    pub(super) changes: Option<Vec<Change>>,
    /// Where the value begins that is being looked at.
    pub(super) at: usize,
}

impl Found {
    pub(super) fn new(explains: bool) -> Self {
        Self { counts: Counts::default(), changes: explains.then(Vec::new), at: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    pub(super) fn add(&mut self, finding: Finding, action: Action) {
        self.counts.add(finding.kind, 1);
        if let Some(changes) = &mut self.changes {
            let path = String::new();
            changes.push(Change { path, kind: finding.kind, action, why: finding.why, at: self.at });
        }
    }

    /// Takes over what was found inside the value being looked at.
    pub(super) fn merge(&mut self, inside: Self) {
        self.counts.merge(&inside.counts);
        if let Some(changes) = &mut self.changes {
            let at = self.at;
            changes.extend(inside.changes.into_iter().flatten().map(|change| Change { at, ..change }));
        }
    }
}

/// What stands at the head of a masked value, and how many of its letters and digits follow.
const MASK: &str = "****";
const MASK_KEEPS: usize = 4;
/// A value with fewer letters and digits has too little to hide.
const MASK_LEAST: usize = 8;

/// The value's last four letters and digits behind a mask. None where it is too short to show any of it.
pub(super) fn masked(value: &str) -> Option<String> {
    let shown: Vec<char> = value.chars().filter(char::is_ascii_alphanumeric).collect();
    let from = (shown.len() >= MASK_LEAST).then(|| shown.len() - MASK_KEEPS)?;
    Some(MASK.chars().chain(shown.into_iter().skip(from)).collect())
}

pub(super) fn is_masked(value: &str) -> bool {
    let shown = value.strip_prefix(MASK);
    shown.is_some_and(|shown| shown.len() == MASK_KEEPS && shown.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// What stands at the head of a token, and how many hex digits follow.
pub(super) const TOKEN: &str = "tok_";
pub(super) const TOKEN_DIGITS: usize = 32;

pub(super) fn is_token(value: &str) -> bool {
    let digits = value.strip_prefix(TOKEN);
    digits.is_some_and(|digits| digits.len() == TOKEN_DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A value as it is compared: the spellings that people use for the same one become one.
pub(super) fn comparable(kind: Kind, value: &str) -> Cow<'_, str> {
    match kind {
        Kind::Email => Cow::Owned(value.trim().to_lowercase()),
        Kind::Phone | Kind::Card | Kind::Iban | Kind::Ssn | Kind::Itin | Kind::Nhs | Kind::Nino | Kind::NationalId => {
            Cow::Owned(value.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect())
        }
        _ => Cow::Borrowed(value.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_shows_four_of_eight_or_more() {
        assert_eq!(masked("4111 1111 1111 1234").as_deref(), Some("****1234"));
        assert_eq!(masked("DE89-3704").as_deref(), Some("****3704"));
        assert_eq!(masked("hunter2"), None);
        assert!(is_masked("****1234") && !is_masked("****12345") && !is_masked("1234"));
        assert!(is_token("tok_0123456789abcdef0123456789abcdef") && !is_token("tok_0123"));
    }

    #[test]
    fn spellings_of_one_value_are_one() {
        assert_eq!(comparable(Kind::Email, " Jane@Example.com"), comparable(Kind::Email, "jane@example.com"));
        assert_eq!(comparable(Kind::Phone, "+44 20 7946 0958"), comparable(Kind::Phone, "44-2079460958"));
        assert_ne!(comparable(Kind::Name, "Jane Doe"), comparable(Kind::Name, "JaneDoe"));
    }
}
