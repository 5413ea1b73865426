//! The rules of a deployment: one JSON document that says what differs from what is built in.
//!
//! ```json
//! {
//!   "v": 1,
//!   "kinds": { "ip": "hash", "phone": "keep" },
//!   "names": [{ "name": "loyalty_number", "kind": "custom", "action": "mask" }, { "name": "agent_name", "action": "keep" }],
//!   "paths": [{ "path": "request.body.notes", "action": "drop" }],
//!   "patterns": [{ "pattern": "\\bEMP-[0-9]{6}\\b", "near": ["employee"], "kind": "custom" }],
//!   "allow": { "values": ["support@example.com"], "patterns": ["@example\\.com$"] }
//! }
//! ```
//!
//! Every part may be left out. What is not understood is an error, never ignored: a rule that does nothing because of a
//! misspelled word would let personal data through.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};
use serde_json::value::RawValue;

use super::finding::{Action, Finding, Why};
use super::kind::Kind;
use super::names;
use crate::json::members;

/// Longest document, in bytes.
pub const MAX_RULES_BYTES: usize = 256 * 1024;
/// Most names, patterns, and allowed values and patterns each.
pub const MAX_RULES: usize = 256;
/// Most paths.
pub const MAX_PATHS: usize = 64;
/// Longest pattern, in bytes, and the most memory it may take compiled.
pub const MAX_PATTERN_BYTES: usize = 1000;
const MAX_COMPILED_BYTES: usize = 256 * 1024;
/// How far before a match, in bytes, a word of `near` may begin.
const NEAR_BYTES: usize = 48;

/// What is wrong with a document: where, which rule, and the way out. Names no value of anybody, only the document's own
/// words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {rule}: {problem}")]
pub struct RulesError {
    /// The line, from 1.
    pub line: usize,
    /// The rule, such as `patterns[2].pattern`.
    pub rule: String,
    /// What is wrong and what would be right.
    pub problem: String,
}

/// What differs from what is built in. Made by [`Rules::parse`].
#[derive(Debug, Clone)]
pub struct Rules {
    /// By kind, in the order of [`Kind::ALL`].
    actions: [Action; Kind::ALL.len()],
    pub(super) names: Vec<NameRule>,
    pub(super) paths: Vec<PathRule>,
    pub(super) patterns: Vec<PatternRule>,
    /// In lower case.
    values: HashSet<String>,
    allowed: Vec<Regex>,
}

/// A field name and what becomes of its value.
#[derive(Debug, Clone)]
pub(super) struct NameRule {
    /// As the tables of names spell it.
    pub(super) joined: String,
    pub(super) kind: Kind,
    /// None: as its kind.
    pub(super) action: Option<Action>,
}

/// A place and what becomes of the value there.
#[derive(Debug, Clone)]
pub(super) struct PathRule {
    /// None: any name or position.
    pub(super) steps: Vec<Option<String>>,
    pub(super) kind: Kind,
    /// None: as its kind.
    pub(super) action: Option<Action>,
}

/// A pattern and what becomes of what it matches.
#[derive(Debug, Clone)]
pub(super) struct PatternRule {
    pattern: Regex,
    /// One of these words must stand before a match.
    near: Option<Regex>,
    finding: Finding,
}

impl PatternRule {
    pub(super) fn find(&self, text: &str, add: &mut dyn FnMut(Range<usize>, Finding)) {
        let bytes = text.as_bytes();
        for found in self.pattern.find_iter(bytes).filter(|found| !found.is_empty()) {
            let before = bytes.get(found.start().saturating_sub(NEAR_BYTES)..found.start()).unwrap_or_default();
            if self.near.as_ref().is_none_or(|near| near.is_match(before)) {
                add(found.range(), self.finding);
            }
        }
    }
}

impl Rules {
    /// Nothing differs.
    #[must_use]
    pub fn builtin() -> Self {
        Self {
            actions: [Action::Redact; Kind::ALL.len()],
            names: Vec::new(),
            paths: Vec::new(),
            patterns: Vec::new(),
            values: HashSet::new(),
            allowed: Vec::new(),
        }
    }

    /// Reads a document.
    ///
    /// # Errors
    /// When it is no JSON object, when anything in it is not understood, and when a pattern does not compile or is too large.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let reader = Reader { text };
        if text.len() > MAX_RULES_BYTES {
            return Err(reader.wrong(text, "the document", format!("is longer than {MAX_RULES_BYTES} bytes")));
        }
        let top = serde_json::from_str::<&RawValue>(text).map_err(|error| {
            let problem = format!("is no JSON: {error}");
            RulesError { line: error.line().max(1), rule: "the document".to_owned(), problem }
        })?;
        let mut rules = Self::builtin();
        reader.object(
            "the document",
            top,
            &["v", "$schema", "kinds", "names", "paths", "patterns", "allow"],
            |field| {
                match field.name {
                    "v" if field.value.get() == "1" => Ok(()),
                    "v" => Err(field.wrong("is not 1, the only version there is")),
                    "kinds" => rules.read_kinds(field),
                    "names" => field.list(MAX_RULES, |item| rules.read_name(&item)),
                    "paths" => field.list(MAX_PATHS, |item| rules.read_path(&item)),
                    "patterns" => field.list(MAX_RULES, |item| rules.read_pattern(&item)),
                    "allow" => rules.read_allowed(field),
                    // For editors.
                    _ => Ok(()),
                }
            },
        )?;
        Ok(rules)
    }

    /// What happens to values of a kind.
    #[must_use]
    pub fn action(&self, kind: Kind) -> Action {
        self.actions.get(kind as usize).copied().unwrap_or(Action::Redact)
    }

    /// Whether any rule has this action.
    pub(super) fn has(&self, action: Action) -> bool {
        let own = self.names.iter().map(|rule| rule.action).chain(self.paths.iter().map(|rule| rule.action));
        let own = own.chain(self.patterns.iter().map(|rule| rule.finding.action));
        self.actions.contains(&action) || own.into_iter().any(|one| one == Some(action))
    }

    /// Whether a value stays although it is personal.
    pub(super) fn allows(&self, value: &str) -> bool {
        if self.values.is_empty() && self.allowed.is_empty() {
            return false;
        }
        self.values.contains(&value.to_lowercase()) || self.allowed.iter().any(|one| one.is_match(value.as_bytes()))
    }

    fn read_kinds(&mut self, field: &Field<'_>) -> Result<(), RulesError> {
        let labels: Vec<&'static str> = Kind::ALL.iter().map(|kind| kind.label()).collect();
        field.reader.object(&field.rule, field.value, &labels, |field| {
            let action = field.action()?;
            let slot = Kind::from_label(field.name).and_then(|kind| self.actions.get_mut(kind as usize));
            if let Some(slot) = slot {
                *slot = action;
            }
            Ok(())
        })
    }

    fn read_name(&mut self, item: &Field<'_>) -> Result<(), RulesError> {
        let (mut joined, mut kind, mut action) = (None, Kind::Custom, None);
        item.reader.object(&item.rule, item.value, &["name", "kind", "action"], |field| {
            match field.name {
                "name" => {
                    let name = field.string()?;
                    joined = names::joined(&name);
                    if joined.is_none() {
                        return Err(field.wrong("is no field name: one to five words of letters and digits"));
                    }
                }
                "kind" => kind = field.kind()?,
                _ => action = Some(field.action()?),
            }
            Ok(())
        })?;
        let joined = joined.ok_or_else(|| item.wrong("has no \"name\""))?;
        self.names.push(NameRule { joined, kind, action });
        Ok(())
    }

    fn read_path(&mut self, item: &Field<'_>) -> Result<(), RulesError> {
        let (mut steps, mut kind, mut action) = (Vec::new(), Kind::Custom, None);
        item.reader.object(&item.rule, item.value, &["path", "kind", "action"], |field| {
            match field.name {
                "path" => {
                    let path = field.string()?;
                    steps = path.split('.').map(|step| (step != "*").then(|| step.to_owned())).collect();
                    if steps.iter().any(|step| step.as_deref() == Some("")) {
                        return Err(
                            field.wrong("has an empty step: write request.body.*.note, without a dot at an end")
                        );
                    }
                }
                "kind" => kind = field.kind()?,
                _ => action = Some(field.action()?),
            }
            Ok(())
        })?;
        if steps.is_empty() {
            return Err(item.wrong("has no \"path\""));
        }
        self.paths.push(PathRule { steps, kind, action });
        Ok(())
    }

    fn read_pattern(&mut self, item: &Field<'_>) -> Result<(), RulesError> {
        let (mut pattern, mut near, mut kind, mut action) = (None, None, Kind::Custom, None);
        item.reader.object(&item.rule, item.value, &["pattern", "near", "kind", "action"], |field| {
            match field.name {
                "pattern" => pattern = Some(field.pattern()?),
                "near" => {
                    let mut words = Vec::new();
                    field.list(MAX_RULES, |item| {
                        let word = item.string()?;
                        if word.trim().is_empty() {
                            return Err(item.wrong("is empty"));
                        }
                        words.push(regex::escape(&word));
                        Ok(())
                    })?;
                    near = Some(field.compile(&format!("(?i:{})", words.join("|")))?);
                }
                "kind" => kind = field.kind()?,
                _ => {
                    let chosen = field.action()?;
                    if chosen == Action::Keep {
                        return Err(field.wrong("keeps what it finds: put the pattern into \"allow\" instead"));
                    }
                    action = Some(chosen);
                }
            }
            Ok(())
        })?;
        let pattern = pattern.ok_or_else(|| item.wrong("has no \"pattern\""))?;
        let rule = u16::try_from(self.patterns.len()).unwrap_or(u16::MAX);
        let finding = Finding { kind, action, why: Why::PatternRule(rule) };
        self.patterns.push(PatternRule { pattern, near, finding });
        Ok(())
    }

    fn read_allowed(&mut self, field: &Field<'_>) -> Result<(), RulesError> {
        field.reader.object(&field.rule, field.value, &["values", "patterns"], |field| match field.name {
            "values" => field.list(MAX_RULES, |item| {
                self.values.insert(item.string()?.to_lowercase());
                Ok(())
            }),
            _ => field.list(MAX_RULES, |item| {
                self.allowed.push(item.pattern()?);
                Ok(())
            }),
        })
    }
}

/// Reads parts of the document and knows their lines.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
}

/// A value of the document and what it is called.
struct Field<'a> {
    reader: Reader<'a>,
    name: &'static str,
    rule: String,
    value: &'a RawValue,
}

impl<'a> Reader<'a> {
    fn wrong(&self, part: &str, rule: &str, problem: impl Into<String>) -> RulesError {
        // Parts are slices of the text, so their addresses tell where they begin.
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let before = self.text.as_bytes().get(..offset.min(self.text.len())).unwrap_or_default();
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        RulesError { line, rule: rule.to_owned(), problem: problem.into() }
    }

    /// Reads an object whose members are among `known`, each once.
    fn object(
        self,
        rule: &str,
        value: &'a RawValue,
        known: &[&'static str],
        mut read: impl FnMut(&Field<'a>) -> Result<(), RulesError>,
    ) -> Result<(), RulesError> {
        let prefix = if rule == "the document" { String::new() } else { format!("{rule}.") };
        let all = members(value.get()).map_err(|_| self.wrong(value.get(), rule, "is no object: write {…}"))?;
        let mut seen = HashSet::new();
        for (name, value) in all {
            let rule = format!("{prefix}{name}");
            let Some(name) = known.iter().copied().find(|known| *known == name) else {
                let nearest = nearest(&name, known);
                let problem = format!("there is no such field; {nearest}");
                return Err(self.wrong(value.get(), &rule, problem));
            };
            let field = Field { reader: self, name, rule, value };
            if !seen.insert(name) {
                return Err(field.wrong("stands there twice"));
            }
            read(&field)?;
        }
        Ok(())
    }
}

fn nearest(name: &str, known: &[&str]) -> String {
    let close = known.iter().min_by_key(|one| strsim::levenshtein(name, one));
    match close.filter(|one| strsim::levenshtein(name, one) <= 2) {
        Some(one) => format!("did you mean {one:?}?"),
        None => format!("there are {}", known.join(", ")),
    }
}

impl<'a> Field<'a> {
    fn wrong(&self, problem: impl Into<String>) -> RulesError {
        self.reader.wrong(self.value.get(), &self.rule, problem)
    }

    fn list(&self, most: usize, mut read: impl FnMut(Field<'a>) -> Result<(), RulesError>) -> Result<(), RulesError> {
        let items: Vec<&'a RawValue> =
            serde_json::from_str(self.value.get()).map_err(|_| self.wrong("is no list: write […]"))?;
        if items.len() > most {
            return Err(self.wrong(format!("has {} items; at most {most} are allowed", items.len())));
        }
        for (i, value) in items.into_iter().enumerate() {
            read(Field { reader: self.reader, name: "", rule: format!("{}[{i}]", self.rule), value })?;
        }
        Ok(())
    }

    fn string(&self) -> Result<Cow<'a, str>, RulesError> {
        serde_json::from_str::<String>(self.value.get()).map(Cow::Owned).map_err(|_| self.wrong("is no string"))
    }

    fn one_of<T: Copy>(&self, all: &[T], label: impl Fn(T) -> &'static str) -> Result<T, RulesError> {
        let text = self.string()?;
        all.iter().copied().find(|one| label(*one) == text).ok_or_else(|| {
            let labels: Vec<&str> = all.iter().map(|one| label(*one)).collect();
            self.wrong(format!("is not known; {}", nearest(&text, &labels)))
        })
    }

    fn action(&self) -> Result<Action, RulesError> {
        self.one_of(&Action::ALL, Action::label)
    }

    fn kind(&self) -> Result<Kind, RulesError> {
        self.one_of(Kind::ALL, Kind::label)
    }

    fn pattern(&self) -> Result<Regex, RulesError> {
        let pattern = self.string()?;
        if pattern.len() > MAX_PATTERN_BYTES {
            return Err(self.wrong(format!("is longer than {MAX_PATTERN_BYTES} bytes")));
        }
        let compiled = self.compile(&pattern)?;
        if compiled.is_match(b"") {
            return Err(self.wrong("matches the empty text, so it would match everywhere"));
        }
        Ok(compiled)
    }

    fn compile(&self, pattern: &str) -> Result<Regex, RulesError> {
        let built = RegexBuilder::new(pattern)
            .unicode(false)
            .size_limit(MAX_COMPILED_BYTES)
            .dfa_size_limit(MAX_COMPILED_BYTES)
            .build();
        built.map_err(|error| {
            let why = match error {
                regex::Error::CompiledTooBig(_) => format!("takes more than {MAX_COMPILED_BYTES} bytes when compiled"),
                // The message shows the pattern with a mark under the place; its last line says what is wrong.
                error => error.to_string().lines().last().unwrap_or_default().trim().to_owned(),
            };
            self.wrong(format!("does not compile: {why} (syntax of the regex crate, ASCII classes)"))
        })
    }
}
