//! Session and event ids that are personal data, and the tokens that stand for them.
//!
//! Apart from the rest, because query needs nothing else of it: an id is judged by the detectors alone, as it is and
//! percent-decoded, always with the built-in rules, so that who writes and who reads judges the same.

use std::borrow::Cow;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::edit::With;
use super::embed::percent_decode;
use super::kind::Kind;
use super::names::Hint;
use super::rules::Rules;
use super::scan::Scanner;
use super::traits::Traits;

/// The key of the tokens that stand for personal ids. Secret: nothing prints it.
#[derive(Clone)]
pub struct HashKey(Box<[u8]>);

impl HashKey {
    /// A key from the stack's parameter; none if that is empty.
    #[must_use]
    pub fn new(secret: &str) -> Option<Self> {
        (!secret.is_empty()).then(|| Self(secret.as_bytes().into()))
    }

    /// What stands for a personal id: `tok_` and the first 128 bits of its HMAC-SHA-256 in hex. The same id is the same token
    /// under the same key.
    #[must_use]
    pub fn token(&self, id: &str) -> Option<String> {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(id.as_bytes());
        let digest = mac.finalize().into_bytes();
        let mut token = String::with_capacity(36);
        token.push_str("tok_");
        for byte in digest.iter().take(16) {
            token.push(char::from(HEX[usize::from(byte >> 4)]));
            token.push(char::from(HEX[usize::from(byte & 15)]));
        }
        Some(token)
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(…)")
    }
}

/// Judges ids, and makes tokens of those that are personal.
pub struct Ids {
    scanner: Scanner,
    key: Option<HashKey>,
}

impl Ids {
    /// Without a key there are no tokens.
    #[must_use]
    pub fn new(key: Option<HashKey>) -> Self {
        Self { scanner: Scanner::new(&Rules::builtin()), key }
    }

    /// The kind of personal data in a session or event id, if a detector fires in it. Ids as they should be (UUID, ULID,
    /// hash, integer, nanoid) are none.
    #[must_use]
    pub fn personal_kind(&self, id: &str) -> Option<Kind> {
        personal_kind(&self.scanner, id)
    }

    /// The id under which a session is stored: its token if it is personal, itself if it is not or there is no key.
    #[must_use]
    pub fn stored<'i>(&self, id: &'i str) -> Cow<'i, str> {
        let token = || self.key.as_ref()?.token(id);
        self.personal_kind(id).and_then(|_| token()).map_or(Cow::Borrowed(id), Cow::Owned)
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ids").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Encoded at most twice, as in `/sessions/jane%2540example.com`.
const MAX_DECODED: usize = 2;

pub(super) fn personal_kind(builtin: &Scanner, id: &str) -> Option<Kind> {
    let mut text = Cow::Borrowed(id);
    for _ in 0..=MAX_DECODED {
        let mut edits = Vec::new();
        builtin.find(&text, Traits::of(text.as_bytes()), Hint::Identifier, &mut edits);
        let found = edits.iter().find_map(|edit| match &edit.with {
            With::Keep => None,
            With::Finding(finding) => Some(finding.kind),
            With::Text(_) => None,
        });
        if found.is_some() {
            return found;
        }
        let decoded = percent_decode(text.as_bytes(), false);
        if decoded == *text {
            return None;
        }
        text = Cow::Owned(decoded);
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn personal_ids_are_stored_as_tokens() {
        let ids = Ids::new(HashKey::new("a key"));
        assert_eq!(ids.stored("s-42"), "s-42");
        let token = HashKey::new("a key").unwrap().token("jane@example.com").unwrap();
        assert_eq!(ids.stored("jane@example.com"), token);
        assert_eq!(Ids::new(None).stored("jane@example.com"), "jane@example.com");
        for id in ["jane%40example.com", "%2B49%20171%201234567", "%252B49%2520171%25201234567"] {
            assert!(ids.personal_kind(id).is_some(), "{id}");
        }
        assert_eq!(format!("{ids:?}"), "Ids { key: Some(HashKey(…)), .. }");
    }
}
