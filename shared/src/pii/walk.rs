//! The walk over a JSON text: one pass, no tree, no recursion.
//!
//! The output is the input with some ranges replaced. [`Walker`] therefore copies lazily: it remembers from where the input
//! has not been copied yet, and copies up to a place only when something there is left out (white space) or replaced. What is
//! not touched keeps its spelling to the byte.
//!
//! The grammar of RFC 8259 is checked in full on the way. A lone surrogate escape (`\ud800`) is in the grammar; a string with
//! one stays as sent unless something in it has to go, and then carries U+FFFD in its place.

mod siblings;

use std::collections::BTreeMap;

use super::email;
use super::embed;
use super::explain;
use super::finding::{Action, Finding, Found, Why};
use super::json::{self, JsonError, bad_escape, decode};
use super::kind::{Kind, is_placeholder};
use super::names::{self, Hint, Known, Role, Sense, role_by};
use super::paths::Paths;
use super::people;
use super::phone;
use super::routes;
use super::tables;
use super::values::{
    has_a_number, is_document, is_handle, is_number_or_code, is_organisation, is_reference, is_short_line, is_slug,
    may_be_a_name,
};
use super::verdict::{By, How, Outcome, Verdict, outcome};
use super::wallet;
use super::{MAX_DEPTH, Redactor};
use siblings::{About, COMMENTS, Held, is_name};

/// Strips the JSON text `json`. On an error `out` holds what was written so far.
pub(super) fn walk(
    r: &Redactor,
    json: &str,
    embedded: u8,
    out: &mut String,
    found: &mut Found,
) -> Result<(), JsonError> {
    // The rules' paths lead through the event, not through what its strings hold.
    Walker::new(r, json, embedded, out, found).run(Sense::nothing(), Paths::NONE)?;
    if let Some(changes) = &mut found.changes {
        explain::give_paths(r, json, changes);
    }
    Ok(())
}

struct Frame {
    object: bool,
    role: Role,
    /// What stands for every leaf in here, unless the leaf's own name says something else.
    leaves: Option<Verdict>,
    /// What the current element or member was said to be before its value was read.
    sense: Sense,
    /// Elements begun so far.
    index: usize,
    /// Where the string stands that may name a value, as long as none has come: most never do, and nobody asks what it says.
    namer: Option<(usize, usize)>,
    /// What the last string read names: the first of a pair, or the `name` beside a `value`.
    named: Option<Verdict>,
    /// What the string read before says, where a value shows what it is: `["X-User-Location","-32.417,113.991"]`.
    about: About,
    /// What that may be, if the list's others say whose it is: `{"key":"town","value":"Leeds"}`.
    supposed: Option<(Role, Verdict)>,
    /// Where in the output the value of the `value` member stands.
    value_at: Option<(usize, usize)>,
    /// What replaced values said about this object.
    evidence: Role,
    /// What was known of the object around a list when the list began.
    evident: Role,
    /// Strings in the output that become personal with such evidence.
    held: Vec<Held>,
    /// Where the name of the object stands, or of the list it is in.
    name: (usize, usize),
    /// What is in `versions` is one.
    hint: Hint,
    /// What the sibling that names the object says of what is in it.
    told: Hint,
    /// The rules' paths that lead into here.
    paths: Paths,
    /// Where in the output the current member begins, its comma included; kept only if a rule drops.
    member_at: usize,
    /// Members that were not dropped.
    kept: usize,
    /// The strings of an array that may be the heading of a table.
    heading: Option<Vec<String>>,
    /// What the columns of the rows in here are about: `{"columns":["id","vorname"],"rows":[[7,"Ada"]]}`.
    columns: Vec<Sense>,
    /// What the keys are, if they are telephone numbers: `byPhone`.
    numbers: Option<Finding>,
    /// What the login in here is, and where it stands: the addresses of somebody's pages have it as well.
    login: Option<(Finding, (usize, usize))>,
    /// The names of members that were stripped, and how often each came.
    stripped: BTreeMap<String, u32>,
}

pub(super) struct Walker<'a> {
    r: &'a Redactor,
    json: &'a str,
    bytes: &'a [u8],
    out: &'a mut String,
    found: &'a mut Found,
    /// How many strings this text is inside of.
    embedded: u8,
    at: usize,
    /// Input before here is in the output, replaced or left out.
    copied: usize,
    stack: Vec<Frame>,
    /// While set, nothing is written: the container at this level was replaced as a whole.
    muted: Option<usize>,
    /// While set, nothing is changed: a rule keeps the container at this level.
    verbatim: Option<usize>,
    /// The rules' paths to the value being read.
    paths: Paths,
    /// The value just read is to be dropped.
    gone: bool,
    /// The whole text was dropped.
    pub(super) dropped: bool,
    scratch: String,
    /// What is known of the value that comes.
    sense: Sense,
    /// What siblings before it have said.
    evident: Role,
    /// The value being read: where it starts and what is known of it.
    value: (usize, Sense),
    /// Where in the output the string being read begins.
    begun: usize,
    /// Where the last member's name stands.
    name: (usize, usize),
    before: names::Before,
}

impl<'a> Walker<'a> {
    pub(super) fn new(r: &'a Redactor, json: &'a str, embedded: u8, out: &'a mut String, found: &'a mut Found) -> Self {
        Self {
            r,
            json,
            bytes: json.as_bytes(),
            out,
            found,
            embedded,
            at: 0,
            copied: 0,
            // Most events are no deeper.
            stack: Vec::with_capacity(if embedded == 0 { 12 } else { 4 }),
            muted: None,
            verbatim: None,
            paths: Paths::NONE,
            gone: false,
            dropped: false,
            scratch: String::new(),
            begun: 0,
            name: (0, 0),
            before: names::Before::default(),
            sense: Sense::nothing(),
            evident: Role::NONE,
            value: (0, Sense::nothing()),
        }
    }

    /// Reads one value and nothing behind it.
    pub(super) fn run(&mut self, sense: Sense, paths: Paths) -> Result<(), JsonError> {
        self.sense = sense;
        self.paths = paths;
        loop {
            self.space();
            if let Some(ended) = self.paths.ended {
                self.sense = self.ruled(ended);
            }
            self.value = (self.at, self.sense);
            self.found.at = self.at;
            let opened = match self.peek() {
                Some(b'{') => self.open(true, self.sense)?,
                Some(b'[') => self.open(false, self.sense)?,
                Some(b'"') => {
                    self.string(self.sense)?;
                    false
                }
                Some(b'-' | b'0'..=b'9') => {
                    self.number(self.sense)?;
                    false
                }
                Some(b't') => self.literal("true", self.sense)?,
                Some(b'f') => self.literal("false", self.sense)?,
                Some(b'n') => self.literal("null", self.sense)?,
                _ => return Err(self.wrong("a value")),
            };
            if opened {
                self.space();
                let close = if self.stack.last().is_some_and(|frame| frame.object) { b'}' } else { b']' };
                if self.peek() != Some(close) {
                    self.next_sense()?;
                    continue;
                }
            } else {
                self.value_ended();
            }
            // Behind a value: the next one, or the end of the container, or of its container, …
            loop {
                self.space();
                let Some(frame) = self.stack.last() else {
                    if self.at < self.bytes.len() {
                        return Err(self.wrong("the end"));
                    }
                    self.flush(self.at);
                    return Ok(());
                };
                match (self.peek(), frame.object) {
                    (Some(b','), object) => {
                        self.comma(object);
                        self.space();
                        self.next_sense()?;
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => self.close(),
                    (_, true) => return Err(self.wrong("',' or '}'")),
                    (_, false) => return Err(self.wrong("',' or ']'")),
                }
            }
        }
    }

    /// What the rules' path of this number says of the value that comes.
    fn ruled(&self, i: u8) -> Sense {
        let Some(rule) = self.r.rules.paths.get(usize::from(i)) else { return self.sense };
        let keeps = rule.action.unwrap_or_else(|| self.r.rules.action(rule.kind)) == Action::Keep;
        let how = if keeps { How::Keep } else { How::Whole };
        let verdict = Verdict { kind: rule.kind, how, by: By::Path(i), action: rule.action };
        Sense { verdict: Some(verdict), latent: None, spared: false, ..self.sense }
    }

    /// Passes over a comma.
    fn comma(&mut self, object: bool) {
        if self.r.drops && object {
            self.flush(self.at);
            // The members before were all dropped, and their commas with them.
            let first = self.stack.last().is_some_and(|frame| frame.kept == 0);
            let written = self.out.len();
            if let Some(frame) = self.stack.last_mut() {
                frame.member_at = written;
            }
            self.at += 1;
            if first {
                self.skip();
            }
        } else {
            self.at += 1;
        }
    }

    /// Whether reading stopped outside of everything: a document is complete and something follows it.
    pub(super) fn is_outside(&self) -> bool {
        self.stack.is_empty() && self.at > 0
    }

    /// After an error: where the input begins that did not make it into the output, what was known of the value there, and
    /// whether all that follows is inside something that was replaced.
    pub(super) fn rest(&mut self) -> (usize, Sense, bool) {
        if self.muted.is_some() {
            return (self.bytes.len(), Sense::nothing(), true);
        }
        let (start, sense) = self.value;
        // Between values the rest begins where reading stopped; inside one, where it starts.
        let from = if start >= self.copied && start <= self.at { start } else { self.at.max(self.copied) };
        self.flush(from);
        if from != start {
            return (from, Sense::nothing(), false);
        }
        // Whatever could have named the value is believed: nothing more will come to say otherwise.
        self.ask_namer();
        let named = self.stack.last().and_then(|frame| {
            let second = !frame.object && (frame.index == 2 || (frame.role.meets(Role::PAIRS) && frame.index % 2 == 0));
            frame.named.filter(|_| second || sense.named_by_sibling)
        });
        (from, Sense { verdict: sense.verdict.or(named), ..sense }, false)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn wrong(&self, expected: &'static str) -> JsonError {
        let offset = self.at;
        if offset < self.bytes.len() {
            JsonError::Unexpected { offset, expected }
        } else {
            JsonError::End { offset, expected }
        }
    }

    /// Copies the input up to `to`.
    fn flush(&mut self, to: usize) {
        if self.muted.is_none() && to > self.copied {
            self.out.push_str(self.json.get(self.copied..to).unwrap_or_default());
        }
        self.copied = self.copied.max(to);
    }

    /// Leaves out what is between the last copy and here.
    fn skip(&mut self) {
        self.copied = self.at;
    }

    /// Passes over white space, of which what programs write has none.
    #[inline(always)]
    fn space(&mut self) {
        if self.peek().is_none_or(|b| b > b' ') {
            return;
        }
        // One, as Python writes it.
        if self.peek() == Some(b' ') && self.bytes.get(self.at + 1).is_some_and(|b| *b > b' ') {
            self.flush(self.at);
            self.at += 1;
            self.skip();
        } else {
            self.some_space();
        }
    }

    #[cold]
    #[inline(never)]
    fn some_space(&mut self) {
        self.flush(self.at);
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.skip();
    }

    /// Writes what stands for the input from `start` to here. `value` is what that says; none of a container, which is not
    /// known yet.
    fn replace(&mut self, start: usize, finding: Finding, value: Option<&str>) {
        let action = self.r.action(finding);
        if self.muted.is_some() || action == Action::Keep || value.is_some_and(|value| self.r.stays(value)) {
            return;
        }
        debug_assert!(self.copied <= start, "what is replaced was copied already");
        self.flush(start);
        stand_in(self.r, finding, value, self.out);
        self.found.add(finding, action);
        self.gone = action == Action::Drop;
        self.skip();
    }

    /// As [`replace`](Self::replace), of a string whose head stays.
    fn replace_behind(&mut self, start: usize, head: &str, finding: Finding, value: &str) {
        let action = self.r.action(finding);
        if matches!(action, Action::Drop | Action::Keep)
            || self.muted.is_some()
            || is_placeholder(value)
            || self.r.stays(value)
        {
            if action == Action::Drop {
                self.replace(start, finding, Some(value));
            }
            return;
        }
        self.flush(start);
        let mut instead = head.to_owned();
        self.r.stand_in(finding, value, &mut instead);
        embed::quoted(&instead, self.out);
        self.found.add(finding, action);
        self.skip();
    }

    fn open(&mut self, object: bool, sense: Sense) -> Result<bool, JsonError> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(JsonError::TooDeep { offset: self.at });
        }
        let start = self.at;
        self.at += 1;
        let judged = sense.verdict.is_some_and(|verdict| !verdict.is_ruled());
        let keyed = object && sense.keyed && judged;
        let numbers =
            sense.verdict.filter(|verdict| object && judged && verdict.kind == Kind::Phone).map(Verdict::finding);
        // Somebody with a name, an address and an order is not all name: `"destinatario":{…}`.
        let party = object
            && sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Name)
            && sense.role.meets(Role::PERSON)
            && !sense.role.meets(Role::NAME);
        // A wallet's, an event's: `"pass":{"serialNumber":"…"}`.
        let ticket = object && judged && sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Password) && {
            let (from, to) = self.name;
            self.json.get(from..to) == Some("pass")
        };
        // A session of passport.js: `"passport":{"user":7}`.
        let of_session = object && judged && sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Passport) && {
            let behind = self.bytes.get(self.at..).unwrap_or_default().trim_ascii_start();
            behind.starts_with(b"\"user\"")
        };
        // Slack's list of those who installed an app: `"authorizations":[{"team_id":"T0BW9GZP4S"}]`.
        let installed = !object
            && judged
            && sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Auth)
            && self.lists_installations();
        // A flag's, a page's: `"passwordless-login":{"value":true}`.
        let handle = object && sense.verdict.is_some_and(|verdict| matches!(verdict.how, How::Handle | How::Account));
        let parent_leaves = self.stack.last().and_then(|frame| frame.leaves);
        // `"tokens":{"color.text":{"value":"…"}}`: a design's; one that opens something looks random.
        let listed = object
            && self.stack.last().is_some_and(|parent| parent.object)
            && parent_leaves.is_some_and(|of| of.kind == Kind::Secret && of.how == How::Strings && !of.is_ruled());
        let random =
            |of: Verdict| if listed && Some(of) == parent_leaves { Verdict { how: How::Token, ..of } } else { of };
        let sense = Sense { verdict: sense.verdict.map(random), ..sense };
        let parent_leaves = parent_leaves.map(random);
        let sense = if keyed
            || ticket
            || of_session
            || installed
            || handle
            || (party && judged)
            || (object && judged && self.describes_a_type(start))
            || (object && judged && sense.verdict.is_some_and(|v| v.kind == Kind::Auth) && self.has_an_amount(start))
        {
            Sense { verdict: None, spared: true, ..sense }
        } else if !object && sense.verdict.is_none() && sense.is_place && self.is_pair_of_degrees(start) {
            Sense { verdict: Some(Verdict::new(Kind::Geo, How::Decimal)), ..sense }
        } else {
            sense
        };
        let mut leaves = if sense.spared { None } else { sense.verdict.or(parent_leaves) };
        // Below `errors`, a list under `password` is a list of messages.
        let messages = sense.role.meets(Role::MESSAGES);
        if sense.verdict.is_some_and(|verdict| verdict.how == How::Keep) && self.muted.is_none() {
            self.verbatim.get_or_insert(self.stack.len());
        }
        if let Some(verdict) = sense.verdict.filter(|v| self.muted.is_none() && (!messages || v.is_ruled())) {
            let empty = self
                .bytes
                .get(self.at..)
                .and_then(|rest| rest.iter().find(|b| !b.is_ascii_whitespace()))
                .is_some_and(|b| matches!(b, b'}' | b']'));
            // Of what is no credential, what kind it is and where it is from may stay: only the leaves go.
            let has_parts = !verdict.kind.is_credential() && !verdict.is_ruled();
            if has_parts {
                let plain = |how| {
                    matches!(
                        how,
                        How::Digits(_)
                            | How::Decimal
                            | How::Capital
                            | How::Person
                            | How::Handle
                            | How::Account
                            | How::Addresses
                            | How::Unworded
                            | How::Link
                    )
                };
                let of_a_mail = |of: Verdict| object && of.kind == Kind::Email && of.by == By::Name;
                leaves = leaves.map(|of| Verdict {
                    how: match of.how {
                        how if plain(how) => how,
                        _ if of_a_mail(of) => How::Addresses,
                        _ => How::Leaves,
                    },
                    ..of
                });
            } else if verdict.how == How::Whole && !empty {
                self.replace(start, verdict.finding(), None);
                self.testify(role_by(verdict.kind));
                self.muted = Some(self.stack.len());
            }
            if verdict.how == How::Whole && empty && !has_parts {
                leaves = None;
            }
        }
        leaves = leaves.map(|of| {
            let (from, to) = self.name;
            let called_so = || self.json.get(from..to) == Some("auth");
            let in_auth = object && of.kind == Kind::Auth && of.how == How::Leaves && of.by == By::Name && called_so();
            if in_auth { Verdict { how: How::Unworded, ..of } } else { of }
        });
        let name = match self.stack.last() {
            Some(list) if !list.object => list.name,
            _ => self.name,
        };
        self.stack.push(Frame {
            name,
            object,
            role: sense.role,
            leaves,
            sense,
            index: 0,
            named: None,
            supposed: None,
            about: About::default(),
            namer: None,
            value_at: None,
            evidence: self.inherited(object),
            evident: self.evident,
            held: Vec::new(),
            hint: sense.hint,
            told: self.told_hint(object, sense),
            paths: self.paths,
            member_at: 0,
            kept: 0,
            heading: self.may_be_a_heading(object).then(Vec::new),
            columns: Vec::new(),
            numbers,
            login: None,
            stripped: BTreeMap::new(),
        });
        if self.r.drops && object {
            self.flush(self.at);
            let written = self.out.len();
            if let Some(frame) = self.stack.last_mut() {
                frame.member_at = written;
            }
        }
        Ok(true)
    }

    /// OpenTelemetry's attributes: `{"key":"telemetry.sdk.version","value":{"stringValue":"5.22.144.210"}}`.
    fn told_hint(&self, object: bool, sense: Sense) -> Hint {
        let told = self.stack.last().filter(|frame| object && frame.object && sense.named_by_sibling);
        told.map_or(Hint::None, |frame| frame.about.hint)
    }

    /// What the object around it says of a place in it: `{"ip":"…","location":{"city":"Graz"}}`.
    fn inherited(&self, object: bool) -> Role {
        let (from, to) = self.name;
        let place = || {
            matches!(
                self.json.get(from..to),
                Some("location" | "geo" | "geo_location" | "geoLocation" | "location_info")
            )
        };
        let known = |frame: &Frame| frame.object && frame.evidence.meets(Role::PERSON.and(Role::SOMEONE));
        if object && self.stack.last().is_some_and(known) && place() { Role::SOMEONE } else { Role::NONE }
    }

    fn close(&mut self) {
        self.at += 1;
        // `{"field":{"title":"Date of birth"},"text":"…"}`: what a field is called names what is beside it.
        let describes = self.stack.last().is_some_and(|frame| {
            frame.object
                && matches!(self.json.get(frame.name.0..frame.name.1), Some("field" | "question" | "attribute"))
        });
        if describes {
            self.ask_namer();
        }
        let mut closed = self.stack.pop();
        if let Some(named) = closed.as_ref().filter(|_| describes).and_then(|field| field.named)
            && self.stack.last().is_some_and(|answer| answer.object && answer.named.is_none())
        {
            self.believe(named);
        }
        let heading =
            closed.as_mut().filter(|list| !list.object).and_then(|list| Some((list.heading.take()?, list.index)));
        // Two names are a pair's as often as a table's.
        let least = if self.stack.last().is_some_and(|outer| outer.object) { 2 } else { 3 };
        if let Some((names, _)) = heading.filter(|(names, elements)| names.len() >= least && names.len() == *elements) {
            let columns = tables::columns(self.r, names.iter().map(String::as_str));
            let tell = |column: &Sense| column.verdict.is_some() || column.somebody;
            if let Some(outer) = self.stack.last_mut().filter(|_| columns.iter().any(tell)) {
                outer.columns = columns;
            }
        }
        if self.muted == Some(self.stack.len()) {
            self.muted = None;
            self.skip();
        }
        if self.verbatim == Some(self.stack.len()) {
            self.verbatim = None;
        }
        if let Some(frame) =
            closed.as_mut().filter(|frame| frame.object && frame.held.len() >= 3 && self.muted.is_none())
        {
            let held = std::mem::take(&mut frame.held);
            self.vouch(held);
        }
        // `"path":["body","phone"]`: the last part names what is beside it.
        if closed
            .as_ref()
            .is_some_and(|list| !list.object && matches!(self.json.get(list.name.0..list.name.1), Some("path" | "loc")))
            && let Some(text) = self.last_text()
        {
            self.name_sibling(text, None);
        }
        self.value_ended();
        // `{"name":"…","address":{"street":"…"}}`: what went inside a sensitive container speaks for the object around it.
        if let Some(evidence) = closed.as_ref().filter(|frame| frame.leaves.is_some()).map(|frame| frame.evidence) {
            self.testify(evidence);
        }
    }

    /// What is known of the next element; in an object, after reading its name.
    fn next_sense(&mut self) -> Result<(), JsonError> {
        if self.stack.last().is_some_and(|frame| frame.object) {
            self.member_name()?;
        } else {
            self.sense = self.element_sense();
        }
        let track = self.muted.is_none() && self.sense.named_by_sibling;
        if track {
            self.ask_namer();
            self.space();
            self.flush(self.at);
        }
        let written = self.out.len();
        if let Some(frame) = self.stack.last_mut() {
            frame.index += 1;
            frame.sense = self.sense;
            if track && frame.object {
                frame.value_at = Some((written, written));
            }
        }
        Ok(())
    }

    fn element_sense(&mut self) -> Sense {
        let Some(frame) = self.stack.last() else { return Sense::nothing() };
        self.paths = match frame.paths.alive {
            0 => Paths::NONE,
            _ => frame.paths.step(self.r, &frame.index.to_string()),
        };
        if self.verbatim.is_some() {
            return Sense::nothing();
        }
        // An array is of what its name says: `emails`, `users`, `trace_ids`.
        let list = self
            .stack
            .len()
            .checked_sub(1)
            .and_then(|i| self.stack.get(i))
            .map_or(Sense::nothing(), |frame| frame.sense);
        let evident = frame.evident;
        let mut sense = Sense { verdict: frame.leaves, role: frame.role, ..list };
        if frame.role.meets(Role::PAIRS) && frame.index % 2 == 1 {
            sense.verdict = frame.named.or(sense.verdict);
            sense.hint = frame.about.hint;
        }
        if let Some(column) = self.column().filter(|_| sense.verdict.is_none()) {
            self.evident = Role::NONE;
            return column;
        }
        self.evident = evident;
        // The list itself names no sibling.
        sense.names_sibling = false;
        sense.named_by_sibling = false;
        sense
    }

    /// Reads `"name":` and notes what the name says.
    fn member_name(&mut self) -> Result<(), JsonError> {
        if self.peek() != Some(b'"') {
            return Err(self.wrong("a member name"));
        }
        let start = self.at;
        self.value = (start, Sense::nothing());
        let (role, leaves, evidence) = self
            .stack
            .last()
            .map_or((Role::NONE, None, Role::NONE), |frame| (frame.role, frame.leaves, frame.evidence));
        let kept = self.verbatim.is_some();
        let rest = self.bytes.get(start + 1..).unwrap_or_default();
        let expected = if kept { None } else { self.r.names.expected(rest, role, &mut self.before) };
        let escaped = match expected {
            Some((length, _)) => {
                self.at = start + 2 + length;
                false
            }
            None => self.quoted()?,
        };
        let raw = self.json.get(start + 1..self.at - 1).unwrap_or_default();
        self.name = (start + 1, self.at - 1);
        let mut decoded = if escaped { std::mem::take(&mut self.scratch) } else { String::new() };
        let name = if escaped {
            decoded.clear();
            decode(raw, &mut decoded);
            decoded.as_str()
        } else {
            raw
        };
        self.found.at = start;
        let r = self.r;
        let known = match expected {
            Some((_, judged)) => Some(Known::Remembered(judged)),
            None if kept => None,
            None => Some(r.names.member(name, role, &mut self.before)),
        };
        // (Each way from where it stands: put together first, it would be copied twice.)
        let (may_be_personal, asks) = match &known {
            Some(Known::Remembered(judged)) => {
                self.sense = judged.sense;
                (judged.personal, judged.asks)
            }
            Some(Known::Anew { sense, personal, asks }) => {
                self.sense = *sense;
                (*personal, *asks)
            }
            None => {
                self.sense = Sense::nothing();
                (false, false)
            }
        };
        let number = self.stack.last().and_then(|frame| frame.numbers).filter(|finding| {
            self.muted.is_none()
                && phone::may_be_number(name)
                && self.r.action(*finding) != Action::Keep
                && !self.r.stays(name)
        });
        let stripped = if let Some(finding) = number {
            // A name that is dropped would leave its member without one.
            let action = self.r.action(finding);
            let mut number = String::new();
            match action {
                Action::Drop => number.push_str(finding.kind.placeholder()),
                _ => self.r.stand_in(finding, name, &mut number),
            }
            self.found.add(finding, action);
            Some(number)
        } else if may_be_personal && self.muted.is_none() {
            let hint = self.hint_of_names(name);
            let look = || self.r.rewrite(name, hint, self.embedded, self.found);
            self.r.clean.or_look(name, hint, self.embedded, look)
        } else {
            None
        };
        // The name that is written is the name that judges, so that the next reader judges the same.
        if let Some(stripped) = &stripped {
            self.sense = self.r.names.sense(stripped, role);
        }
        if !self.r.rules.paths.is_empty()
            && let Some(frame) = self.stack.last()
        {
            self.paths = frame.paths.step(self.r, name);
        }
        if let Some(Frame { hint, told, .. }) = self.stack.last() {
            if !self.sense.hint.is_specific() && (*hint == Hint::Version || *told == Hint::Version) {
                self.sense.hint = Hint::Version;
            } else if self.sense.hint == Hint::None && matches!(told, Hint::Field | Hint::Network) {
                self.sense.hint = *told;
            }
        }
        if asks {
            self.ask_around(name, start);
        }
        // `display_name` of an item is the item's.
        if self.sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Name && verdict.by == By::Name)
            && is_display_name(name)
            && self.in_a_thing()
            && !self
                .stack
                .last()
                .is_some_and(|frame| self.json.get(frame.name.0..frame.name.1).is_some_and(names::is_author))
        {
            (self.sense.verdict, self.sense.somebody) = (None, true);
        }
        self.evident = evidence;
        // A cookie as an object: of its parts the value is the secret.
        if leaves.is_some_and(|leaves| leaves.how == How::Cookie) && COOKIE_PARTS.contains(&name) {
            self.sense.spared = true;
        }
        // `"geo":{"lat":…,"trace_id":"…"}`: an id among coordinates or in an address is none of it.
        let other = self.sense.hint.is_specific()
            && leaves
                .is_some_and(|leaves| matches!(leaves.kind, Kind::Geo | Kind::Address | Kind::Wallet | Kind::Email))
            || leaves.is_some_and(|leaves| leaves.kind == Kind::Geo)
                && self.sense.latent.is_some_and(|(_, latent)| latent.kind == Kind::Address);
        // `"invite":{"code":"x7Kd9…","name":"Ada Berg"}`: what only random values are is not asked of a name.
        let means_more =
            leaves.is_some_and(|leaves| matches!(leaves.how, How::Token | How::Link)) && self.sense.latent.is_some();
        if self.sense.verdict.is_none() && !self.sense.spared && !kept && !other && !means_more {
            self.sense.verdict = leaves.map(|of| match of.how {
                // `"email":{"value":"jane at example","verified":true}`
                How::Addresses if PARTS_OF_A_MAIL.contains(&name) => Verdict { how: How::Leaves, ..of },
                _ => of,
            });
        }
        // What stands below a field's name is still about the field; `error.received` is a record of its own.
        if role.meets(Role::MESSAGES) && (self.sense.verdict.is_some() || MESSAGE_LISTS.contains(&name)) {
            self.sense.role = Role::MESSAGES;
        }
        // `"dependencies":{"passport":"^0.7.0","jsonwebtoken":{"version":"9.0.2"}}`: packages.
        if self.sense.verdict.is_some_and(|verdict| !verdict.is_ruled()) && self.in_packages() {
            self.sense.verdict = None;
        }
        // Of whom the key is, of them the object is; also if it was stripped before.
        let shown = stripped.as_deref().unwrap_or(name);
        if shown.starts_with('[')
            && Kind::ALL
                .iter()
                .any(|kind| kind.placeholder() == names::told_apart(shown) && role_by(*kind).meets(Role::PERSON))
        {
            self.sense.role = self.sense.role.and(Role::PERSON);
        }
        if let Some(stripped) = stripped {
            self.flush(start);
            embed::quoted(&self.told_apart(stripped), self.out);
            self.skip();
        }
        self.keep(decoded);
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.wrong("':'"));
        }
        self.at += 1;
        Ok(())
    }

    /// What stands around the member called so says of it.
    #[inline(never)]
    fn ask_around(&mut self, name: &str, start: usize) {
        // `"order":{"no":"4045180455750751"}`: the number of a thing is no card's.
        if self.sense.verdict.is_none()
            && !self.sense.hint.is_specific()
            && names::names_a_number(name)
            && self.in_a_document()
        {
            (self.sense.hint, self.sense.latent) = (Hint::Identifier, None);
        }
        // `"vin":"WVWXK0359MK630819","registration":"WK70 HUA"`: a car's number beside its plate is its keeper's.
        if self.sense.verdict.is_none()
            && names::is_vin(name)
            && self.a_string_follows()
            && self.r.rules.action(Kind::DriverLicense) != Action::Keep
            && json::stands_beside(self.json, start, self.at, PLATES)
        {
            self.sense.verdict = Some(Verdict::new(Kind::DriverLicense, How::Leaves));
        }
        // `"insurance":{"memberId":"…"}`, `"vehicle":{"registration":"WK70 HUA"}`
        if self.sense.verdict.is_none()
            && let Some((kind, objects)) = names::of_an_object(name)
            && self.in_one_of(objects)
            && self.a_string_follows()
            && self.r.rules.action(kind) != Action::Keep
        {
            self.sense.verdict = Some(Verdict::new(kind, How::Leaves));
        }
        // `"chave":"57036479671"`: with so many digits Pix's, by a CPF; an invoice's has 44.
        if name == names::PIX_KEY
            && self.r.rules.action(Kind::NationalId) != Action::Keep
            && self.text_that_follows().is_some_and(|text| text.len() == 11 && text.iter().all(u8::is_ascii_digit))
        {
            self.sense.verdict = Some(Verdict::new(Kind::NationalId, How::Leaves));
        }
        if name == names::APP_ID
            && self.r.rules.action(Kind::ApiKey) != Action::Keep
            && self.text_that_follows().is_some_and(|text| text.len() == 32 && text.iter().all(u8::is_ascii_hexdigit))
        {
            self.sense.verdict = Some(Verdict::new(Kind::ApiKey, How::Leaves));
        }
        // An answer in a form; the event's own response is none.
        self.sense.named_by_sibling |= name == names::ANSWER && self.stack.len() >= 3;
    }

    /// Whether the value of the member whose name was just read is a string.
    fn a_string_follows(&self) -> bool {
        self.text_that_follows().is_some()
    }

    /// That string, as it is written.
    fn text_that_follows(&self) -> Option<&[u8]> {
        let rest = self.bytes.get(self.at..).unwrap_or_default().trim_ascii_start();
        let text = rest.strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
        text.get(..memchr::memchr(b'"', text)?)
    }

    /// A stripped name, with a number behind it where the object has one like it: most readers of JSON keep the last of two.
    fn told_apart(&mut self, name: String) -> String {
        let Some(frame) = self.stack.last_mut() else { return name };
        let times = frame.stripped.entry(name.clone()).or_default();
        *times += 1;
        if *times == 1 { name } else { format!("{name}~{times}") }
    }

    /// Keeps the room of a decoded string for the next one; most are not decoded, and need none.
    fn keep(&mut self, decoded: String) {
        if decoded.capacity() > 0 {
            self.scratch = decoded;
        }
    }

    /// Passes over a string, quotes included; whether it has escapes.
    fn quoted(&mut self) -> Result<bool, JsonError> {
        let start = self.at;
        let mut at = start + 1;
        let mut escaped = false;
        loop {
            let Some(found) = json::next_special(self.bytes, at) else {
                return Err(JsonError::End { offset: self.bytes.len(), expected: "'\"'" });
            };
            match self.bytes.get(found) {
                Some(b'"') => {
                    self.at = found + 1;
                    break;
                }
                Some(b'\\') => {
                    escaped = true;
                    at = found + 2;
                }
                _ => {
                    return Err(JsonError::Unexpected { offset: found, expected: "no control character in a string" });
                }
            }
        }
        if escaped {
            let raw = self.bytes.get(start + 1..self.at - 1).unwrap_or_default();
            if let Some(bad) = bad_escape(raw) {
                self.at = start;
                return Err(JsonError::Unexpected { offset: start + 1 + bad, expected: "an escape sequence" });
            }
        }
        Ok(escaped)
    }

    fn string(&mut self, sense: Sense) -> Result<(), JsonError> {
        let start = self.at;
        let escaped = self.quoted()?;
        let raw = self.json.get(start + 1..self.at - 1).unwrap_or_default();
        let kept = self.verbatim.is_some() || sense.verdict.is_some_and(|verdict| verdict.how == How::Keep);
        if self.muted.is_some() || kept {
            return Ok(());
        }
        let mut decoded = if escaped { std::mem::take(&mut self.scratch) } else { String::new() };
        let text = if escaped {
            decoded.clear();
            decode(raw, &mut decoded);
            decoded.as_str()
        } else {
            raw
        };
        if let Some(heading) = self
            .stack
            .last_mut()
            .and_then(|frame| frame.heading.as_mut())
            .filter(|heading| is_name(text) && heading.len() < tables::MAX_COLUMNS)
        {
            heading.push(text.to_owned());
        }
        let rewritten = self.opened_parts(start, text, sense).or_else(|| self.complaint(start, text, sense));
        if let Some(stripped) = rewritten {
            self.flush(start);
            embed::quoted(&stripped, self.out);
            self.skip();
            self.keep(decoded);
            return Ok(());
        }
        let plain = (!escaped).then_some((start + 1, self.at - 1));
        // Most strings are a member's whose name says nothing, and no sibling says more.
        if sense.says_nothing() && self.stack.last().is_some_and(|frame| frame.object) {
            self.scan(start, text, sense);
            self.note_reference(text);
            self.keep(decoded);
            return Ok(());
        }
        let mut sense = self.paired(text, plain, sense);
        sense.verdict = sense
            .verdict
            .filter(|verdict| !matches!(verdict.how, How::Handle | How::Account) || verdict.how.fits(text));
        let is_code = |sense: Sense| sense.verdict.is_some_and(|verdict| verdict.how == How::Token);
        if is_code(sense) && self.is_one_time(start, text) {
            sense.verdict = Some(Verdict::new(Kind::Password, How::Leaves));
        }
        // `"displayName":"Weekly digest"`, `"nickname":"Car loan"`: of anything that is displayed.
        if sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Name && verdict.by == By::Name)
            && is_shown_name(self.json.get(self.name.0..self.name.1).unwrap_or_default())
            && !self.stack.last().is_some_and(|frame| frame.role.meets(Role::PERSON))
            && (people::is_sentence(text) || has_a_number(text) || people::is_things(text))
        {
            sense.verdict = None;
        }
        if sense.verdict.is_none() {
            sense.verdict = sense.by_value(text);
            // A product's `name` is its own, whatever it is called.
            if sense.verdict.is_some() && sense.names_sibling && self.in_a_thing() {
                sense.verdict = None;
            }
        }
        // `{"rank":1,"alias":"dark_thales41","score":676264}`
        if sense.verdict.is_none()
            && sense.somebody
            && matches!(
                self.json.get(self.name.0..self.name.1),
                Some("alias" | "Alias" | "player" | "Player" | "nick" | "gamer" | "user" | "User" | "owner")
            )
            && How::Account.fits(text)
            && self.r.action(SOMEBODYS_NAME) != Action::Keep
            && (json::stands_beside(self.json, start, self.at, SCORES)
                // `{"rating":4,"body":"…","nick":"mareike_brin61"}`
                || self.json.get(self.name.0..self.name.1) == Some("nick")
                    && json::stands_beside(self.json, start, self.at, COMMENTS))
        {
            sense.verdict = Some(Verdict::new(Kind::Name, How::Account));
        }
        // An answer of Typeform's, which names its field by a number: `{"type":"text","text":"Ada Berg","field":{"id":"…"}}`.
        if sense.verdict.is_none()
            && self.r.action(SOMEBODYS_NAME) != Action::Keep
            && self.json.get(self.name.0..self.name.1) == Some("text")
            && people::is_person(text)
            && json::stands_beside(self.json, start, self.at, &[b"\"field\""])
        {
            sense.verdict = Some(Verdict::new(Kind::Name, How::Person));
        }
        // `{"asset":"SOL-mainnet","to":"3BKJmkhM…"}`: an address without a checksum, beside its coin.
        if sense.verdict.is_none()
            && sense.is_party
            && wallet::is_shaped(text)
            && self.r.rules.action(Kind::Wallet) != Action::Keep
            && json::stands_beside(self.json, start, self.at, COINS)
        {
            sense.verdict = Some(Verdict::new(Kind::Wallet, How::Leaves));
        }
        // A given name beside an address that only looks like one.
        if let Some((needs, latent)) = &mut sense.latent
            && latent.kind == Kind::Name
            && (people::is_given_name(text) || people::is_wide_name(text))
        {
            *needs = needs.and(Role::SOMEONE);
        }
        // A hotel has an address as guests have.
        let business = sense.latent.is_some_and(|(_, latent)| latent.kind == Kind::Name)
            && self
                .stack
                .last()
                .is_some_and(|frame| names::is_business(self.json.get(frame.name.0..frame.name.1).unwrap_or_default()));
        if business {
            sense.latent = None;
        }
        // A book's author is everybody's, a comment's is not.
        if sense.latent.is_some_and(|(_, latent)| latent.kind == Kind::Name)
            && names::is_author(self.json.get(self.name.0..self.name.1).unwrap_or_default())
            && !json::stands_beside(self.json, start, self.at, COMMENTS)
        {
            sense.latent = None;
        }
        // A log's line is none of an address, and an order's number no name.
        sense.latent = sense.latent.filter(|(_, latent)| match latent.kind {
            // `"province":"QC"` is known of thousands.
            Kind::Address => {
                is_short_line(text)
                    && !is_document(text)
                    && !(text.len() <= 3 && text.bytes().all(|b| b.is_ascii_uppercase()))
            }
            Kind::NationalId => !is_reference(text),
            Kind::Name => {
                !is_number_or_code(text)
                    && !has_a_number(text)
                    && !people::is_sentence(text)
                    && !is_organisation(text)
                    && (!sense.guessed || may_be_a_name(text))
            }
            _ => true,
        });
        if sense.verdict.is_none()
            && sense.latent.is_some_and(|(needs, verdict)| {
                self.evident.meets(needs) && (verdict.how == How::Handle || !is_slug(text))
            })
        {
            sense.verdict = sense.latent.map(|(_, verdict)| verdict);
        }
        let waits = sense.latent.filter(|(_, verdict)| {
            // (`Fernanda Nascimento` is no birth's date.)
            let names_something = sense.names_sibling && self.named_by(text).is_some() && !people::is_person(text);
            // (Who wrote a comment may be called so.)
            let account = || {
                names::is_author(self.json.get(self.name.0..self.name.1).unwrap_or_default()) && How::Account.fits(text)
            };
            !names_something
                && (verdict.how == How::Handle || !is_slug(text) || account())
                && sense.verdict.is_none()
                && matches!(outcome(*verdict, text, sense.role), Outcome::Replace(_))
        });
        if waits.is_some() {
            self.flush(start);
        }
        if sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Cookie && verdict.by == By::Name)
            && sense.named_by_sibling
            && self.is_cookie_setting(start, text)
        {
            sense.verdict = None;
        }
        self.begun = self.out.len();
        let mut names = sense.names_sibling;
        match sense.verdict.map_or(Outcome::Scan, |verdict| outcome(verdict, text, sense.role)) {
            Outcome::Keep => {}
            Outcome::Replace(finding) => {
                names = false;
                match told_before(text, finding).filter(|_| !self.r.stays(text)) {
                    Some((head, secret)) => self.replace_behind(start, head, finding, secret),
                    None => self.replace(start, finding, Some(text)),
                }
                let goes = self.r.action(finding) != Action::Keep && !self.r.stays(text);
                if finding.kind == Kind::Name && goes && is_handle(text) {
                    self.note_login(finding, plain);
                }
                // Of a letterbox nobody's alone no name is somebody's: `no-reply@…`.
                // (What stands for a value was judged when it was made.)
                if !(self.r.stands_for(text) || finding.kind == Kind::Email && email::is_shared(text)) {
                    self.testify(role_by(finding.kind));
                }
                if sense.named_by_sibling || self.stack.last().is_some_and(|frame| !frame.object && frame.index == 2) {
                    self.testify_to_list(role_by(finding.kind));
                }
            }
            Outcome::Cookie(finding) => {
                if let Some(stripped) = embed::cookie(self.r, text, finding, self.found) {
                    self.flush(start);
                    embed::quoted(&stripped, self.out);
                    self.skip();
                }
            }
            Outcome::Scan => names &= !self.scan(start, text, sense),
        }
        if let Some((needs, verdict)) = waits {
            self.flush(self.at);
            let held = Held { start: self.begun, end: self.out.len(), needs, finding: verdict.finding(), at: start };
            if let Some(frame) = self.owner() {
                frame.held.push(held);
            }
        }
        self.note_reference(text);
        if names {
            self.name_sibling(text, plain);
        } else if sense.names_sibling {
            self.name_nothing();
        }
        self.keep(decoded);
        Ok(())
    }

    /// A path whose route names parts of it, and a link whose last part opens something, stripped; None of anything else.
    fn opened_parts(&mut self, start: usize, text: &str, sense: Sense) -> Option<String> {
        let link = sense.verdict.filter(|verdict| verdict.how == How::Link);
        let name = self.json.get(self.name.0..self.name.1).unwrap_or_default();
        let login = self.stack.last().and_then(|frame| frame.login);
        let page = login.filter(|_| sense.verdict.is_none()).and_then(|(finding, (from, to))| {
            let login = self.json.get(from..to).unwrap_or_default();
            routes::strip_login(self.r, text, login, finding, self.found)
        });
        if page.is_none() && link.is_none() && !(sense.verdict.is_none() && routes::is_path(name, text)) {
            return None;
        }
        let stripped = match link {
            None if page.is_some() => page?,
            Some(verdict) => routes::strip_link(self.r, text, verdict.finding(), self.found)?,
            None => {
                let route = routes::route_beside(self.json, start, self.at)?;
                routes::strip_by_route(self.r, text, route, self.found)?
            }
        };
        let rest = self.r.rewrite(&stripped, sense.hint, self.embedded, self.found);
        Some(rest.unwrap_or(stripped))
    }

    /// Looks into a string whose name does not decide; whether something in it went.
    fn scan(&mut self, start: usize, text: &str, sense: Sense) -> bool {
        let mut inside = Found::new(self.r.explains);
        // Where addresses are expected, four numbers are one, however low they are.
        // (What a row's columns are called may still come.)
        let listed = self.stack.last().is_some_and(|frame| !frame.object);
        let expected = listed || sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Ip);
        let hint = if expected && sense.hint == Hint::Field { Hint::Network } else { sense.hint };
        let look = || self.r.rewrite(text, hint, self.embedded, &mut inside);
        let Some(stripped) = self.r.clean.or_look(text, hint, self.embedded, look) else { return false };
        // Stripped, it may read like a value again; the next reader would take it for one.
        match sense.verdict.map_or(Outcome::Keep, |verdict| outcome(verdict, &stripped, sense.role)) {
            Outcome::Replace(finding) | Outcome::Cookie(finding) => {
                self.replace(start, finding, Some(text));
                self.testify(role_by(finding.kind));
            }
            Outcome::Keep | Outcome::Scan => {
                self.flush(start);
                embed::quoted(&stripped, self.out);
                self.skip();
                self.found.merge(inside);
                if Kind::ALL.iter().any(|kind| kind.placeholder() == stripped && role_by(*kind) != Role::NONE) {
                    self.testify(Role::SOMEONE);
                }
            }
        }
        true
    }

    /// Replaces a value that was written already, in the current object.
    fn patch(&mut self, start: usize, end: usize, finding: Finding) {
        let written = self.out.get(start..end).unwrap_or_default();
        let mut value = String::new();
        decode(written.trim_matches('"'), &mut value);
        if is_placeholder(&value) || self.r.stays(&value) || self.r.action(finding) == Action::Keep {
            return;
        }
        let mut placeholder = String::new();
        stand_in(self.r, finding, Some(&value), &mut placeholder);
        self.out.replace_range(start..end, &placeholder);
        self.found.add(finding, self.r.action(finding));
        let moved = |place: usize| if place >= end { place - (end - start) + placeholder.len() } else { place };
        self.begun = moved(self.begun);
        for frame in &mut self.stack {
            frame.member_at = moved(frame.member_at);
            frame.value_at = frame.value_at.map(|(from, to)| (moved(from), moved(to)));
            for held in &mut frame.held {
                (held.start, held.end) = (moved(held.start), moved(held.end));
            }
        }
    }

    /// A value is complete: remember where a `value` member's ended.
    fn value_ended(&mut self) {
        if self.muted.is_some() {
            return;
        }
        let gone = std::mem::take(&mut self.gone);
        let at = self.at;
        let Some(frame) = self.stack.last_mut() else {
            self.dropped = gone;
            return;
        };
        if gone && frame.object {
            self.out.truncate(frame.member_at);
            self.copied = at;
            return;
        }
        frame.kept += 1;
        if frame.object && frame.sense.named_by_sibling && frame.named.is_none() {
            self.flush(self.at);
            let end = self.out.len();
            if let Some((_, value_end)) = self.stack.last_mut().and_then(|frame| frame.value_at.as_mut()) {
                *value_end = end;
            }
        }
    }

    /// RFC 8259, 6.
    fn number(&mut self, sense: Sense) -> Result<(), JsonError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(self.wrong("a digit")),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        let named =
            self.stack.last().filter(|frame| frame.object && sense.named_by_sibling).and_then(|frame| frame.named);
        let second = if self.stack.last().is_some_and(|frame| !frame.object && frame.index == 2) && self.array_ends() {
            self.ask_namer();
            self.stack.last().and_then(|frame| frame.named)
        } else {
            None
        };
        let text = self.json.get(start..self.at).unwrap_or_default();
        let is_code = sense.verdict.is_some_and(|verdict| verdict.how == How::Token);
        let one_time = (is_code && self.is_one_time(start, text)).then_some(Verdict::new(Kind::Password, How::Leaves));
        if let Some(verdict) = one_time.or(sense.verdict).or(named).or(second).filter(|v| {
            let texts_only = matches!(
                v.how,
                How::Strings
                    | How::Token
                    | How::Key
                    | How::Mixed
                    | How::Handle
                    | How::Account
                    | How::Addresses
                    | How::Link
            );
            // No address is a number: `"columns":["id","email"],"matrix":[[47.081,89.1733]]`.
            let in_row = self.stack.last().is_some_and(|frame| !frame.object);
            let address = in_row && v.kind == Kind::Email && v.by == By::Name;
            !texts_only
                && !address
                && v.how.fits(self.json.get(start..self.at).unwrap_or_default())
                && self.verbatim.is_none()
        }) {
            let number = self.json.get(start..self.at);
            // `"addresses":1`, `"emails":12`: how many.
            let (from, to) = self.name;
            let plain =
                |name: &[u8]| name.ends_with(b"s") && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
            // `"unverified_phones":6695291`
            let counted = || {
                let name = self.json.get(from..to).unwrap_or_default().to_ascii_lowercase();
                self.at - start <= 8 && COUNTED.iter().any(|how| name.starts_with(how)) && !name.ends_with("ss")
            };
            let counts = self.bytes.get(from..to).is_some_and(plain)
                && (self.at - start <= 3 || counted())
                && self.stack.last().is_some_and(|frame| frame.object)
                && matches!(verdict.kind, Kind::Address | Kind::Email | Kind::Phone | Kind::Name | Kind::Card);
            // `"mobile":1`, `"ipv4":12`: a flag, a count.
            if verdict.is_ruled() || !(counts || number.is_some_and(|number| verdict.says_nothing(number))) {
                self.replace(start, verdict.finding(), number);
                self.testify(role_by(verdict.kind));
            }
        }
        Ok(())
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        self.digits();
        if self.at == start { Err(self.wrong("a digit")) } else { Ok(()) }
    }

    fn literal(&mut self, word: &'static str, sense: Sense) -> Result<bool, JsonError> {
        let start = self.at;
        if !self.bytes.get(start..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return Err(self.wrong(word));
        }
        self.at += word.len();
        // `"phone":true` says that there is one; under a credential's or a number's name it is as bad as any other value.
        let goes = |verdict: &Verdict| match verdict.how {
            How::Whole => !sense.role.meets(Role::MESSAGES) || verdict.is_ruled(),
            _ => false,
        };
        if let Some(verdict) = sense.verdict.filter(|v| goes(v) && self.verbatim.is_none() && word != "null") {
            self.replace(start, verdict.finding(), Some(word));
        }
        Ok(false)
    }
}

/// What stands for a value in JSON: a string, or null for what is dropped. Of a container no part is shown and no token
/// made.
fn stand_in(r: &Redactor, finding: Finding, value: Option<&str>, out: &mut String) {
    match (r.action(finding), value) {
        (Action::Drop, _) => out.push_str("null"),
        (_, None) => {
            out.push('"');
            out.push_str(finding.kind.placeholder());
            out.push('"');
        }
        (Action::Redact, Some(_)) => {
            // (No sign in it needs an escape.)
            out.extend(["\"", finding.kind.placeholder(), "\""]);
        }
        (_, Some(value)) => {
            let mut instead = String::new();
            r.stand_in(finding, value, &mut instead);
            embed::quoted(&instead, out);
        }
    }
}

const SOMEBODYS_NAME: Finding = Finding::new(Kind::Name, Why::Name);
/// What says which coin is sent.
const COINS: &[&[u8]] = &[b"\"asset\"", b"\"coin\"", b"\"network\"", b"\"chain\"", b"\"crypto\"", b"\"blockchain\""];
/// Who stands beside one of these plays.
const SCORES: &[&[u8]] =
    &[b"\"score\"", b"\"Score\"", b"\"rank\"", b"\"Rank\"", b"\"xp\"", b"\"elo\"", b"\"kills\"", b"\"trophies\""];

/// Members of an e-mail address written as an object, and of a mail who it is from and to.
#[rustfmt::skip]
const PARTS_OF_A_MAIL: &[&str] = &[
    "value", "val", "address", "addr", "raw", "data", "S", "current", "previous", "old", "new", "work", "home", "primary", "secondary", "local", "localPart", "local_part", "mailbox", "user",
    "username", "to", "from", "cc", "bcc", "name", "sender", "recipient", "recipients",
];

/// How members begin that tell a car's plate, or its keeper.
const PLATES: &[&[u8]] = &[
    b"\"registration",
    b"\"plate",
    b"\"licensePlate",
    b"\"license_plate",
    b"\"licencePlate",
    b"\"licence_plate",
    b"\"numberPlate",
    b"\"number_plate",
    b"\"kennzeichen",
    b"\"reg\"",
    b"\"owner",
    b"\"driver",
    b"\"policyholder",
    b"\"policyHolder",
];

/// What anything that is shown has, a report and an account as well.
fn is_shown_name(name: &str) -> bool {
    is_display_name(name) || matches!(name, "nickname" | "Nickname" | "nickName")
}

fn is_display_name(name: &str) -> bool {
    matches!(name, "display_name" | "displayName" | "DisplayName")
}

/// Members of a cookie written as an object (as in HAR files) that are not its value.
#[rustfmt::skip]
const COOKIE_PARTS: &[&str] = &[
    "name", "path", "domain", "expires", "httpOnly", "secure", "sameSite", "maxAge", "originalMaxAge", "expirationDate", "hostOnly", "partitioned",
    "storeId", "_expires",
];

/// How names begin of what is counted by how it is.
const COUNTED: &[&str] = &[
    "unverified",
    "verified",
    "total",
    "unique",
    "distinct",
    "invalid",
    "valid",
    "bounced",
    "failed",
    "missing",
    "duplicate",
    "active",
    "inactive",
    "sent",
    "num_",
];

/// Members of an `errors` object that hold more messages.
const MESSAGE_LISTS: &[&str] = &["fields", "details", "messages", "children", "issues", "properties"];

/// What stands before a secret and may stay: when something was signed, how one shows who one is (`Bearer …`).
fn told_before(text: &str, finding: Finding) -> Option<(&str, &str)> {
    match finding.kind {
        _ if finding.action.is_some() => None,
        Kind::Secret => signed_at(text),
        Kind::Auth => {
            let scheme = embed::scheme_of(text);
            (scheme > 0 && scheme < text.len()).then(|| text.split_at(scheme))
        }
        _ => None,
    }
}

/// When something was signed, as Stripe and its like say it before the signature: `t=1785270498,v1=…`.
fn signed_at(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with("t=") {
        return None;
    }
    let (time, signature) = text.split_once(',')?;
    let digits = time.strip_prefix("t=")?;
    let epoch = (10..=13).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (epoch && !signature.is_empty()).then(|| text.split_at(time.len() + 1))
}
