//! The kinds of personal data, and how many of each were found.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

/// Declares [`Kind`] from one table, so that label, placeholder and order cannot drift apart.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $label:literal $placeholder:literal;)*) => {
        /// A kind of personal or secret data. Its order is the order of [`Kind::ALL`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $variant,)*
        }

        impl Kind {
            /// Every kind, in the order in which counts are reported.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name used in counts and in rules, such as `email`.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// What stands where a value of this kind stood, such as `[EMAIL]`. No placeholder matches any rule.
            #[must_use]
            pub const fn placeholder(self) -> &'static str {
                match self { $(Self::$variant => $placeholder,)* }
            }
        }
    };
}

kinds! {
    /// An e-mail address.
    Email "email" "[EMAIL]";
    /// A telephone or fax number.
    Phone "phone" "[PHONE]";
    /// A payment card: its number, and its security code, expiry or PIN by field name.
    Card "card" "[CARD]";
    /// A US social security number.
    Ssn "ssn" "[SSN]";
    /// A US individual taxpayer identification number.
    Itin "itin" "[ITIN]";
    /// An international bank account number.
    Iban "iban" "[IBAN]";
    /// A national account, routing or sort code.
    Bank "bank" "[BANK]";
    /// An IPv4 or IPv6 address or network.
    Ip "ip" "[IP]";
    /// A hardware (MAC) address.
    Mac "mac" "[MAC]";
    /// A JSON web token, signed or encrypted.
    Jwt "jwt" "[JWT]";
    /// Credentials of an HTTP authorization, and those in a URL.
    Auth "auth" "[AUTH]";
    /// The value of a cookie.
    Cookie "cookie" "[COOKIE]";
    /// A password, passphrase, PIN or one-time code.
    Password "password" "[PASSWORD]";
    /// A token, secret or signature by field name.
    Secret "secret" "[SECRET]";
    /// A key whose issuer is known by its shape.
    ApiKey "api_key" "[API_KEY]";
    /// A private key in PEM.
    PrivateKey "private_key" "[PRIVATE_KEY]";
    /// A UK National Health Service number.
    Nhs "nhs" "[NHS]";
    /// A UK national insurance number.
    Nino "nino" "[NINO]";
    /// Any other number a state gives to a person.
    NationalId "national_id" "[NATIONAL_ID]";
    /// A passport number.
    Passport "passport" "[PASSPORT]";
    /// A driving licence number.
    DriverLicense "driver_license" "[DRIVER_LICENSE]";
    /// A date of birth.
    BirthDate "birth_date" "[BIRTH_DATE]";
    /// A person's name or user name, by field name.
    Name "name" "[NAME]";
    /// A postal address or a part of one, by field name.
    Address "address" "[ADDRESS]";
    /// A geographic position, by field name.
    Geo "geo" "[GEO]";
    /// The address of a crypto wallet.
    Wallet "wallet" "[WALLET]";
    /// What only the rules of a deployment call personal.
    Custom "custom" "[CUSTOM]";
}

impl Kind {
    /// The kind of this [label](Self::label).
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.label() == label)
    }

    /// Whether a value of this kind opens a door. Such values go as a whole, whatever their JSON type.
    pub(super) const fn is_credential(self) -> bool {
        matches!(
            self,
            Self::Auth | Self::Password | Self::Secret | Self::ApiKey | Self::PrivateKey | Self::Jwt | Self::Cookie
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// The length in bytes of the placeholder that `text` starts with, if it starts with one.
pub(super) fn placeholder_len(text: &[u8]) -> Option<usize> {
    if text.first() != Some(&b'[') {
        return None;
    }
    Kind::ALL.iter().map(|kind| kind.placeholder()).find(|p| text.starts_with(p.as_bytes())).map(str::len)
}

/// Whether `text` is exactly one placeholder: a value that was stripped before.
pub(super) fn is_placeholder(text: &str) -> bool {
    placeholder_len(text.as_bytes()) == Some(text.len())
}

/// How many values of each kind were replaced. Never holds a value.
///
/// Serializes as an object of the non-zero counts, `{"email":2}`, in the order of [`Kind::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    by_kind: [u64; Kind::ALL.len()],
}

impl Counts {
    /// Adds `count` values of `kind`.
    pub fn add(&mut self, kind: Kind, count: u64) {
        // Indexing by the enum's own discriminant: ALL lists every variant in order.
        if let Some(n) = self.by_kind.get_mut(kind as usize) {
            *n = n.saturating_add(count);
        }
    }

    /// Adds all counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.by_kind.iter_mut().zip(other.by_kind) {
            *mine = mine.saturating_add(theirs);
        }
    }

    /// The kinds that were found, with their counts, in the order of [`Kind::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Kind, u64)> + '_ {
        Kind::ALL.iter().copied().zip(self.by_kind).filter(|(_, count)| *count > 0)
    }

    /// How many values of `kind` were replaced.
    #[must_use]
    pub fn get(&self, kind: Kind) -> u64 {
        self.by_kind.get(kind as usize).copied().unwrap_or(0)
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_kind.iter().all(|count| *count == 0)
    }

    /// The sum over all kinds.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_kind.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (kind, count) in self.iter() {
            map.serialize_entry(kind.label(), &count)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn counts_serialize_their_non_zero_kinds_in_order() {
        let mut counts = Counts::default();
        assert!(counts.is_empty());
        counts.add(Kind::Card, 1);
        counts.add(Kind::Email, 2);
        let mut more = Counts::default();
        more.add(Kind::Email, 1);
        counts.merge(&more);
        assert_eq!(serde_json::to_string(&counts).unwrap(), r#"{"email":3,"card":1}"#);
        assert_eq!(counts.total(), 4);
        assert_eq!(counts.get(Kind::Email), 3);
        assert_eq!(counts.iter().collect::<Vec<_>>(), [(Kind::Email, 3), (Kind::Card, 1)]);
    }

    #[test]
    fn placeholders_are_known_by_their_whole() {
        for kind in Kind::ALL {
            assert!(is_placeholder(kind.placeholder()));
            assert_eq!(Kind::ALL.get(*kind as usize), Some(kind));
        }
        assert!(!is_placeholder("[EMAIL] "));
        assert!(!is_placeholder("[OTHER]"));
        assert!(!is_placeholder(""));
    }
}
