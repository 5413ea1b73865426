//! Personal data: found, replaced and counted. Pure: knows no AWS, no clock, no file.
//!
//! # The way of a text
//!
//! 1. `walk` reads the JSON text once, strictly, and writes it out again without its white space. It knows of each value
//!    what its member's name says (`names`, its words in `names::vocabulary`) and what its siblings do (`walk::siblings`); a
//!    `verdict` says what becomes of it. The value of a sensitive name goes, unless it says by itself that it is nobody's
//!    (`values`).
//! 2. A string whose name says nothing is judged by what it holds. `scan` collects its traits in one pass over the bytes;
//!    most strings show there that they hold nothing.
//! 3. `embed` looks for structure inside the string (JSON, queries, forms, header lines, markup, base64), where names decide
//!    again, up to [`MAX_EMBEDDED`] layers deep.
//!    Tables (`tables`: CSV, SQL inserts) have their names at their heads.
//! 4. The detectors of each family (`email`, `phone`, `handles`, `card`, `bank`, `national_id`, `network`, `secret`, `wallet`, and
//!    `spoken` for what only a sentence gives away) look for values by pattern, validator and context, in a text whose odd
//!    spaces, dashes and digits are `fold`ed to ASCII.
//! 5. What was found (`finding`) becomes what the [`Rules`] say, the placeholder of its [`Kind`] if nothing else, and is
//!    counted. What a replacement uncovers is looked at again until nothing is found, so stripping what is stripped changes
//!    nothing.
//! 6. A body that is no JSON goes through `lenient` instead, which knows no error.
//!
//! The next kind is a line in `kind.rs` and a detector in its family's file, or a name in `names/vocabulary.rs`.
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
mod candidate;
mod card;
mod clean;
mod complaints;
mod context;
mod detector;
mod documents;
mod edit;
mod email;
mod embed;
mod explain;
mod filter;
mod finding;
mod fold;
mod handles;
mod ids;
mod issuers;
mod json;
mod kind;
mod languages;
mod lenient;
mod names;
mod national_id;
mod network;
mod paths;
mod pattern;
mod people;
mod phone;
mod places;
mod routes;
mod rules;
mod scan;
mod secret;
mod segments;
mod spoken;
mod tables;
mod traits;
mod values;
mod verdict;
mod walk;
mod wallet;

use std::borrow::Cow;
use std::fmt;

pub use finding::{Action, Change, Why};
pub use ids::{HashKey, Ids};
pub use json::JsonError;
pub use kind::{Counts, Kind};
pub use rules::{MAX_RULES_BYTES, Rules, RulesError};

use clean::Clean;
use edit::apply;
use embed::Understood;
use finding::{Finding, Found};
use names::{Hint, Names, Role, Sense};
use paths::Paths;
use scan::Scanner;
use traits::{Traits, is_time, is_uuid};
use walk::Walker;

/// Most objects and arrays in each other; what is deeper is refused with [`JsonError::TooDeep`].
pub const MAX_DEPTH: usize = 128;

/// Most layers of decoding to look inside a string: JSON in a string in JSON in a string, percent-encoding twice, base64.
pub const MAX_EMBEDDED: u8 = 3;

/// Most times a string is looked at again after something in it was replaced. The second look nearly always finds nothing.
const MAX_ROUNDS: usize = 8;

/// Rules ask for tokens, and there is no key to make them with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rules have the action \"hash\", which needs a key: set the parameter PiiHashKey")]
pub struct NoHashKey;

/// Strips personal data. Built once, shared by reference; all methods are pure.
pub struct Redactor {
    names: Names,
    scanner: Scanner,
    clean: Clean,
    rules: Rules,
    key: Option<HashKey>,
    /// Whether changes are noted one by one.
    explains: bool,
    /// What judges session and event ids, whatever the rules say. None: `scanner`.
    builtin: Option<Scanner>,
    /// Some rule hashes, masks, drops.
    hashes: bool,
    masks: bool,
    drops: bool,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").field("key", &self.key).finish_non_exhaustive()
    }
}

/// What became of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// Its value was written.
    Written,
    /// A rule drops it: nothing was written, and its name should not be.
    Dropped,
}

impl Redactor {
    /// The built-in rules. Without a key there are no tokens for personal ids.
    #[must_use]
    pub fn builtin(hash_key: Option<HashKey>) -> Self {
        Self::build(Rules::builtin(), hash_key)
    }

    /// The built-in rules, and what a deployment's differ.
    ///
    /// # Errors
    /// When the rules hash and there is no key.
    pub fn new(rules: Rules, hash_key: Option<HashKey>) -> Result<Self, NoHashKey> {
        let mut redactor = Self::build(rules, hash_key);
        redactor.builtin = Some(Scanner::new(&Rules::builtin()));
        if redactor.hashes && redactor.key.is_none() { Err(NoHashKey) } else { Ok(redactor) }
    }

    fn build(rules: Rules, key: Option<HashKey>) -> Self {
        Self {
            names: Names::new(&rules),
            scanner: Scanner::new(&rules),
            clean: Clean::new(),
            key,
            explains: false,
            builtin: None,
            hashes: rules.has(Action::Hash),
            masks: rules.has(Action::Mask),
            drops: rules.has(Action::Drop),
            rules,
        }
    }

    /// Strips as [`strip_json`](Self::strip_json) does and says of each change where and why it was made.
    ///
    /// # Errors
    /// As [`strip_json`](Self::strip_json).
    pub fn explain(&mut self, json: &str, out: &mut String, counts: &mut Counts) -> Result<Vec<Change>, JsonError> {
        let before = out.len();
        let mut found = Found::new(true);
        self.explains = true;
        let result = Walker::new(self, json, 0, out, &mut found).run(Sense::nothing(), self.paths());
        self.explains = false;
        if let Err(error) = result {
            out.truncate(before);
            return Err(error);
        }
        counts.merge(&found.counts);
        let mut changes = found.changes.unwrap_or_default();
        explain::give_paths(self, json, &mut changes);
        Ok(changes)
    }

    /// Appends the JSON text `json`, stripped and without insignificant white space, to `out`.
    ///
    /// Order of members, spelling of numbers and of strings that need no stripping stay to the byte. The output is one line.
    ///
    /// # Errors
    /// When `json` is not one JSON value (RFC 8259) or is nested deeper than [`MAX_DEPTH`]. `out` and `found` are as before.
    pub fn strip_json(&self, json: &str, out: &mut String, found: &mut Counts) -> Result<(), JsonError> {
        self.strip(json, Sense::nothing(), self.paths(), out, found).map(|_| ())
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
    ) -> Result<Member, JsonError> {
        let sense = self.names.sense(name, Role::NONE);
        self.strip(json_value, sense, self.paths().step(self, name), out, found)
    }

    fn strip(
        &self,
        json: &str,
        sense: Sense,
        paths: Paths,
        out: &mut String,
        counts: &mut Counts,
    ) -> Result<Member, JsonError> {
        let before = out.len();
        let mut found = Found::default();
        out.reserve(json.len());
        let mut walker = Walker::new(self, json, 0, out, &mut found);
        let result = walker.run(sense, paths);
        let dropped = walker.dropped;
        match result {
            Ok(()) => counts.merge(&found.counts),
            Err(_) => out.truncate(before),
        }
        result.map(|()| if dropped { Member::Dropped } else { Member::Written })
    }

    /// The rules' paths, before the first step.
    fn paths(&self) -> Paths {
        Paths::start(&self.rules)
    }

    /// A member's name that is itself personal (an e-mail address as a key), stripped.
    ///
    /// Two such names in one object become the same name.
    #[must_use]
    pub fn strip_name<'n>(&self, name: &'n str, found: &mut Counts) -> Cow<'n, str> {
        let mut inside = Found::default();
        let stripped = self.rewrite(name, Hint::Identifier, 0, &mut inside);
        found.merge(&inside.counts);
        stripped.map_or(Cow::Borrowed(name), Cow::Owned)
    }

    /// Appends a decoded string that has no name, stripped, to `out`.
    pub fn strip_text(&self, text: &str, out: &mut String, found: &mut Counts) {
        let mut inside = Found::default();
        match self.rewrite(text, Hint::None, 0, &mut inside) {
            Some(stripped) => out.push_str(&stripped),
            None => out.push_str(text),
        }
        found.merge(&inside.counts);
    }

    /// A body that is no JSON, stripped by a scan that knows no error: cut off, garbled, another format. Bytes that are no
    /// UTF-8 become U+FFFD.
    #[must_use]
    pub fn strip_broken(&self, body: &[u8], found: &mut Counts) -> String {
        let mut inside = Found::default();
        let stripped = lenient::strip(self, &String::from_utf8_lossy(body), 0, &mut inside);
        found.merge(&inside.counts);
        stripped
    }

    /// The kind of personal data in a session or event id; see [`Ids::personal_kind`].
    #[must_use]
    pub fn personal_kind(&self, id: &str) -> Option<Kind> {
        ids::personal_kind(self.builtin.as_ref().unwrap_or(&self.scanner), id)
    }

    /// What stands for a personal id; see [`HashKey::token`]. None without a key.
    #[must_use]
    pub fn token(&self, id: &str) -> Option<String> {
        self.key.as_ref()?.token(id)
    }

    /// What happens to a find.
    fn action(&self, finding: Finding) -> Action {
        finding.action.unwrap_or_else(|| self.rules.action(finding.kind))
    }

    /// Appends what stands for `value`.
    fn stand_in(&self, finding: Finding, value: &str, out: &mut String) {
        let instead = match self.action(finding) {
            Action::Redact => None,
            Action::Mask => finding::masked(value),
            Action::Hash => self.token(&finding::comparable(finding.kind, value)),
            Action::Drop => return,
            Action::Keep => return out.push_str(value),
        };
        out.push_str(instead.as_deref().unwrap_or(finding.kind.placeholder()));
    }

    /// Whether a value stays although a name or a pattern found it: the rules allow it, or it stands for another already.
    fn stays(&self, value: &str) -> bool {
        self.stands_for(value) || self.rules.allows(value)
    }

    /// Whether a value is what the rules make of another.
    fn stands_for(&self, value: &str) -> bool {
        (self.hashes && finding::is_token(value)) || (self.masks && finding::is_masked(value))
    }

    /// `text` stripped; None where nothing was found.
    fn rewrite(&self, text: &str, hint: Hint, depth: u8, found: &mut Found) -> Option<String> {
        self.rewrite_known(text, None, hint, depth, found)
    }

    /// As `rewrite`, for a text whose traits may be known.
    fn rewrite_known(
        &self,
        text: &str,
        mut traits: Option<Traits>,
        hint: Hint,
        depth: u8,
        found: &mut Found,
    ) -> Option<String> {
        let mut current: Option<String> = None;
        let mut edits = Vec::new();
        // Half of all strings with many digits: nothing in them has a name, and patterns have nothing to do with them.
        if self.rules.patterns.is_empty() && (is_time(text.as_bytes()) || is_uuid(text.as_bytes())) {
            return None;
        }
        for _ in 0..MAX_ROUNDS {
            let looked_at = current.as_deref().unwrap_or(text);
            let mut understood = Understood::Parts;
            let mut look = || {
                let traits = traits.unwrap_or_else(|| Traits::of(looked_at.as_bytes()));
                understood = embed::find(self, looked_at, traits, hint, depth, &mut edits);
                if understood == Understood::Parts {
                    self.scanner.find(looked_at, traits, hint, &mut edits);
                }
                (!edits.is_empty()).then_some(())
            };
            // What is stripped is the same text more often than what was sent.
            let first = current.is_none();
            let found_any = if first { look() } else { self.clean.or_look(looked_at, hint, depth, look) };
            if found_any.is_none() {
                break;
            }
            let Some(next) = apply(self, looked_at, std::mem::take(&mut edits), found) else { break };
            traits = None;
            current = Some(next);
            // The walk leaves nothing for another one.
            if understood == Understood::All {
                break;
            }
        }
        current
    }
}

/// What is built in for one kind, for documentation.
#[derive(Debug, Clone)]
pub struct KindEntry {
    /// The kind.
    pub kind: Kind,
    /// What its detectors look for, and by what they believe it.
    pub detectors: Vec<&'static str>,
    /// Field names whose values are of this kind, as words joined in lower case.
    pub names: Vec<&'static str>,
}

/// What is built in, by kind.
pub fn catalogue() -> impl Iterator<Item = KindEntry> {
    Kind::ALL.iter().map(|kind| KindEntry {
        kind: *kind,
        detectors: detector::FAMILIES
            .into_iter()
            .flatten()
            .filter(|one| one.kind == *kind)
            .map(|one| one.name)
            .collect(),
        names: names::of_kind(*kind).collect(),
    })
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
        let mut found = Found::default();
        let out = BUILTIN.rewrite(text, hint, 0, &mut found).unwrap_or_else(|| text.to_owned());
        let mut again = Found::default();
        assert_eq!(BUILTIN.rewrite(&out, hint, 0, &mut again), None, "stripping {out:?} again");
        out
    }

    pub(super) fn lives(text: &str) {
        assert_eq!(finds(text), text);
    }
}
