//! Personal data: found, replaced and counted. Pure: knows no AWS, no clock, no file.
//!
//! # The way of a text
//!
//! 1. `walk` reads the JSON text once, strictly, and writes it out again without its white space. It knows of each value
//!    what its member's name says (`names`): the value of a sensitive name goes, whatever it looks like.
//! 2. A string whose name says nothing is judged by what it holds. `scan` collects its traits in one pass over the bytes;
//!    most strings show there that they hold nothing.
//! 3. `embed` looks for structure inside the string (JSON, queries, forms, header lines, markup, base64), where names decide
//!    again, up to [`MAX_EMBEDDED`] layers deep.
//! 4. The detectors of each family (`contact`, `card`, `bank`, `national_id`, `network`, `secret`, `wallet`) look for values
//!    by pattern, validator and context.
//! 5. What was found is replaced by the placeholder of its [`Kind`] and counted. What a replacement uncovers is looked at
//!    again until nothing is found, so stripping what is stripped changes nothing.
//! 6. A body that is no JSON goes through `lenient` instead, which knows no error.
//!
//! The next kind is a line in `kind.rs` and a detector in its family's file, or a name in `names.rs`.
//!
//! # What is replaced how
//!
//! Under a credential's or a number's name (password, token, card, …) the value goes as a whole: string, number, object or
//! array. Under names that often hold a structure (e-mail, phone, name, address, position, …) objects and arrays keep their
//! shape and every string and number in them goes, but for a few that say nothing about a person (`country`, `type`, `id`).
//! Null, booleans, empty strings and the like (`"none"`, `"unknown"`) stay. Each replaced value counts one.
//!
//! Numbers are judged by their names only: a bare number is as often an amount as anything else.
//!
//! # What is not found
//!
//! Names and addresses of persons in running text, passwords without a name beside them, pictures.

mod bank;
mod card;
mod contact;
mod embed;
mod json;
mod kind;
mod lenient;
mod names;
mod national_id;
mod network;
mod scan;
mod secret;
mod walk;
mod wallet;

use std::borrow::Cow;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub use json::JsonError;
pub use kind::{Counts, Kind};

use names::{Hint, Names, Role, Sense};
use scan::{Scanner, Traits, apply};

/// Most objects and arrays in each other; what is deeper is refused with [`JsonError::TooDeep`].
pub const MAX_DEPTH: usize = 128;

/// Most layers of decoding to look inside a string: JSON in a string in JSON in a string, percent-encoding twice, base64.
pub const MAX_EMBEDDED: u8 = 3;

/// Most times a string is looked at again after something in it was replaced. The second look nearly always finds nothing.
const MAX_ROUNDS: usize = 8;

/// The key of the tokens that stand for personal ids. Secret: nothing prints it.
pub struct HashKey(Box<[u8]>);

impl HashKey {
    /// A key from the stack's parameter; none if that is empty.
    #[must_use]
    pub fn new(secret: &str) -> Option<Self> {
        (!secret.is_empty()).then(|| Self(secret.as_bytes().into()))
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(…)")
    }
}

/// Strips personal data. Built once, shared by reference; all methods are pure.
pub struct Redactor {
    names: Names,
    scanner: Scanner,
    key: Option<HashKey>,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Redactor {
    /// The built-in rules. Without a key there are no tokens for personal ids.
    #[must_use]
    pub fn builtin(hash_key: Option<HashKey>) -> Self {
        Self { names: Names::builtin(), scanner: Scanner::builtin(), key: hash_key }
    }

    /// Appends the JSON text `json`, stripped and without insignificant white space, to `out`.
    ///
    /// Order of members, spelling of numbers and of strings that need no stripping stay to the byte. The output is one line.
    ///
    /// # Errors
    /// When `json` is not one JSON value (RFC 8259) or is nested deeper than [`MAX_DEPTH`]. `out` and `found` are as before.
    pub fn strip_json(&self, json: &str, out: &mut String, found: &mut Counts) -> Result<(), JsonError> {
        self.strip(json, Sense::nothing(), out, found)
    }

    /// Appends the value of one object member, judged by its decoded name as well: `name` is `set-cookie`, `json_value` the
    /// value's JSON text.
    ///
    /// # Errors
    /// As [`strip_json`](Self::strip_json).
    pub fn strip_member(
        &self,
        name: &str,
        json_value: &str,
        out: &mut String,
        found: &mut Counts,
    ) -> Result<(), JsonError> {
        let sense = self.names.sense(name, Role::NONE);
        self.strip(json_value, sense, out, found)
    }

    fn strip(&self, json: &str, sense: Sense, out: &mut String, found: &mut Counts) -> Result<(), JsonError> {
        let before = out.len();
        let mut counts = Counts::default();
        out.reserve(json.len());
        let result = walk::Walker::new(self, json, 0, out, &mut counts).run(sense);
        match result {
            Ok(()) => found.merge(&counts),
            Err(_) => out.truncate(before),
        }
        result
    }

    /// A member's name that is itself personal (an e-mail address as a key), stripped.
    ///
    /// Two such names in one object become the same name.
    #[must_use]
    pub fn strip_name<'n>(&self, name: &'n str, found: &mut Counts) -> Cow<'n, str> {
        self.rewrite(name, Hint::Identifier, 0, found).map_or(Cow::Borrowed(name), Cow::Owned)
    }

    /// Appends a decoded string that has no name, stripped, to `out`.
    pub fn strip_text(&self, text: &str, out: &mut String, found: &mut Counts) {
        match self.rewrite(text, Hint::None, 0, found) {
            Some(stripped) => out.push_str(&stripped),
            None => out.push_str(text),
        }
    }

    /// A body that is no JSON, stripped by a scan that knows no error: cut off, garbled, another format. Bytes that are no
    /// UTF-8 become U+FFFD.
    #[must_use]
    pub fn strip_broken(&self, body: &[u8], found: &mut Counts) -> String {
        lenient::strip(self, &String::from_utf8_lossy(body), 0, found)
    }

    /// The kind of personal data in a session or event id, if a detector fires in it. Ids as they should be (UUID, ULID,
    /// hash, integer, nanoid) are none.
    #[must_use]
    pub fn personal_kind(&self, id: &str) -> Option<Kind> {
        let mut found = Counts::default();
        self.rewrite(id, Hint::Identifier, 0, &mut found)?;
        found.iter().next().map(|(kind, _)| kind)
    }

    /// What stands for a personal id: `tok_` and the first 128 bits of its HMAC-SHA-256 in hex. The same id is the same token
    /// under the same key. None without a key.
    #[must_use]
    pub fn token(&self, id: &str) -> Option<String> {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let key = self.key.as_ref()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).ok()?;
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

    /// `text` stripped; None where nothing was found.
    fn rewrite(&self, text: &str, hint: Hint, depth: u8, found: &mut Counts) -> Option<String> {
        self.rewrite_known(text, Traits::of(text.as_bytes()), hint, depth, found)
    }

    /// As `rewrite`, for a text whose traits are known.
    fn rewrite_known(
        &self,
        text: &str,
        mut traits: Traits,
        hint: Hint,
        depth: u8,
        found: &mut Counts,
    ) -> Option<String> {
        let mut current: Option<String> = None;
        let mut edits = Vec::new();
        for _ in 0..MAX_ROUNDS {
            let looked_at = current.as_deref().unwrap_or(text);
            let whole = embed::find(self, looked_at, traits, hint, depth, &mut edits);
            if !whole {
                self.scanner.find(looked_at, traits, hint, &mut edits);
            }
            if edits.is_empty() {
                break;
            }
            let next = apply(looked_at, std::mem::take(&mut edits), found);
            traits = Traits::of(next.as_bytes());
            current = Some(next);
        }
        current
    }
}

/// Helpers of the families' tests.
#[cfg(test)]
mod testing {
    #![allow(clippy::panic)]
    use std::sync::LazyLock;

    use super::*;

    pub(super) static BUILTIN: LazyLock<Redactor> = LazyLock::new(|| Redactor::builtin(None));

    pub(super) fn finds(text: &str) -> String {
        finds_with(text, Hint::None)
    }

    pub(super) fn finds_with(text: &str, hint: Hint) -> String {
        let mut found = Counts::default();
        let out = BUILTIN.rewrite(text, hint, 0, &mut found).unwrap_or_else(|| text.to_owned());
        let mut again = Counts::default();
        assert_eq!(BUILTIN.rewrite(&out, hint, 0, &mut again), None, "stripping {out:?} again");
        out
    }

    pub(super) fn lives(text: &str) {
        assert_eq!(finds(text), text);
    }
}
