//! The walk over a JSON text: one pass, no tree, no recursion.
//!
//! The output is the input with some ranges replaced. [`Walker`] therefore copies lazily: it remembers from where the input
//! has not been copied yet, and copies up to a place only when something there is left out (white space) or replaced. What is
//! not touched keeps its spelling to the byte.
//!
//! The grammar of RFC 8259 is checked in full on the way. A lone surrogate escape (`\ud800`) is in the grammar; a string with
//! one stays as sent unless something in it has to go, and then carries U+FFFD in its place.

use std::collections::BTreeMap;

use super::card;
use super::complaints;
use super::contact;
use super::edit::{self, Edit, With};
use super::embed;
use super::explain;
use super::finding::{Action, Finding, Found};
use super::json::{self, JsonError, bad_escape, decode};
use super::kind::{Kind, is_placeholder, placeholder_len};
use super::names::{self, By, Hint, How, Role, Sense, Verdict, is_organisation, may_be_a_name, role_by};
use super::network;
use super::people;
use super::routes;
use super::rules::{PathRule, Rules};
use super::tables;
use super::traits::is_uuid;
use super::{MAX_DEPTH, Redactor};

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

/// Which paths of the rules lead to a value, and which end there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paths {
    /// A bit for each path that goes on.
    alive: u64,
    /// Steps taken.
    depth: usize,
    /// The first path that ends here.
    ended: Option<u16>,
}

impl Paths {
    pub(super) const NONE: Self = Self { alive: 0, depth: 0, ended: None };

    pub(super) fn start(rules: &Rules) -> Self {
        let alive = match rules.paths.len() {
            0 => 0,
            // At most 64; see the limit of the document.
            count => u64::MAX >> (64 - count.min(64)),
        };
        Self { alive, ..Self::NONE }
    }

    /// The paths behind a member's name, or behind a position of an array.
    pub(super) fn step(self, r: &Redactor, name: &str) -> Self {
        let mut next = Self { alive: 0, depth: self.depth + 1, ended: None };
        if self.alive == 0 {
            return next;
        }
        for (i, PathRule { steps, .. }) in r.rules.paths.iter().enumerate() {
            let leads = self.alive & (1 << i) != 0
                && steps.get(self.depth).is_some_and(|step| step.as_deref().is_none_or(|step| step == name));
            if leads && steps.len() == next.depth {
                next.ended = next.ended.or(u16::try_from(i).ok());
            } else if leads {
                next.alive |= 1 << i;
            }
        }
        next
    }
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
    /// Strings in the output that become personal with such evidence.
    held: Vec<Held>,
    /// Where the name of the object stands, or of the list it is in.
    name: (usize, usize),
    /// What is in `versions` is one.
    hint: Hint,
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
    /// The names of members that were stripped, and how often each came.
    stripped: BTreeMap<String, u32>,
}

/// What a string says of a value that comes, beside a verdict: [`Sense`] in three bytes.
#[derive(Clone, Copy, Default)]
struct About {
    /// What that says about patterns.
    hint: Hint,
    is_place: bool,
    is_party: bool,
}

impl About {
    fn by_value(self, value: &str) -> Option<Verdict> {
        let sense = || Sense { is_place: self.is_place, is_party: self.is_party, ..Sense::nothing() };
        if self.is_place || self.is_party { sense().by_value(value) } else { None }
    }
}

/// A value that waits for a sibling to say what it is.
struct Held {
    start: usize,
    end: usize,
    needs: Role,
    finding: Finding,
    /// Where in the input it stands.
    at: usize,
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
    /// The value being read: where it starts and what is known of it.
    value: (usize, Sense),
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
            stack: Vec::new(),
            muted: None,
            verbatim: None,
            paths: Paths::NONE,
            gone: false,
            dropped: false,
            scratch: String::new(),
            name: (0, 0),
            before: names::Before::default(),
            sense: Sense::nothing(),
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
    fn ruled(&self, i: u16) -> Sense {
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
        // A flag's, a page's: `"passwordless-login":{"value":true}`.
        let handle = object && sense.verdict.is_some_and(|verdict| matches!(verdict.how, How::Handle | How::Account));
        let sense = if keyed
            || ticket
            || of_session
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
        let parent_leaves = self.stack.last().and_then(|frame| frame.leaves);
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
                            | How::Link
                    )
                };
                leaves = leaves.map(|of| Verdict { how: if plain(of.how) { of.how } else { How::Leaves }, ..of });
            } else if verdict.how == How::Whole && !empty {
                self.replace(start, verdict.finding(), None);
                self.testify(role_by(verdict.kind));
                self.muted = Some(self.stack.len());
            }
            if verdict.how == How::Whole && empty && !has_parts {
                leaves = None;
            }
        }
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
            value_at: None,
            evidence: self.inherited(object),
            held: Vec::new(),
            hint: sense.hint,
            paths: self.paths,
            member_at: 0,
            kept: 0,
            heading: self.may_be_a_heading(object).then(Vec::new),
            columns: Vec::new(),
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

    /// In a list of names and values, what one is says what the next may be.
    fn testify_to_list(&mut self, role: Role) {
        if let Some(list) =
            self.stack.len().checked_sub(2).and_then(|i| self.stack.get_mut(i)).filter(|list| !list.object)
        {
            list.evidence = list.evidence.and(role);
        }
    }

    /// What a name in such a list supposes of `text`.
    fn supposed(&self, text: &str) -> Option<Verdict> {
        let (needs, verdict) = self.stack.last()?.supposed?;
        let list = self.stack.len().checked_sub(2).and_then(|i| self.stack.get(i)).filter(|list| !list.object)?;
        let expiry = verdict.kind == Kind::Card && card::is_expiry(text);
        let shown = || {
            verdict.kind == Kind::Address
                && list.evidence.meets(needs)
                && embed::is_someones(text, verdict.kind)
                && is_short_line(text)
        };
        (expiry || shown()).then_some(verdict)
    }

    /// Whether the array that begins here may say what the columns of a table are: the first row of several, or a list of names.
    fn may_be_a_heading(&self, object: bool) -> bool {
        let named = || {
            let (from, to) = self.name;
            HEADINGS.contains(&self.json.get(from..to).unwrap_or_default())
        };
        // Of rows whose columns are known the first is one of them.
        let known = || self.stack.iter().rev().nth(1).is_some_and(|outer| !outer.columns.is_empty());
        let first = |frame: &Frame| if frame.object { named() } else { frame.index == 1 && !known() };
        !object && self.muted.is_none() && self.stack.last().is_some_and(first)
    }

    /// What the next element is about, if it is one of a row in a table with a heading.
    fn column(&self) -> Option<Sense> {
        let row = self.stack.last()?;
        let mut outer = self.stack.iter().rev().skip(1);
        let rows = outer.next().filter(|rows| !rows.object)?;
        let columns =
            if rows.columns.is_empty() { &outer.next().filter(|of| of.object)?.columns } else { &rows.columns };
        let column = columns.get(row.index)?;
        Some(Sense { names_sibling: false, named_by_sibling: false, latent: None, role: Role::NONE, ..*column })
    }

    /// Whether the object at `start` is JSON Schema's of a value, and holds none: `"ssn":{"type":"string"}`.
    fn describes_a_type(&self, start: usize) -> bool {
        const HOLDS: &[&[u8]] =
            &[b"\"val", b"\"default", b"\"example", b"\"const", b"\"enum", b"\"data", b"\"content", b"\"text"];
        let head = self.bytes.get(start..).unwrap_or_default();
        let Some(end) = head.iter().take(512).position(|b| *b == b'}') else { return false };
        let object = head.get(..end).unwrap_or_default();
        let mut parts = object.split(|b| *b == b'"');
        let mut next = || parts.next().map(<[u8]>::trim_ascii);
        next() == Some(b"{")
            && next() == Some(b"type")
            && next() == Some(b":")
            && matches!(next(), Some(b"string" | b"number" | b"integer" | b"boolean" | b"object" | b"array" | b"null"))
            && !HOLDS.iter().any(|name| memchr::memmem::find(object, name).is_some())
    }

    /// Whether the array at `start` is a longitude and a latitude: `"location":[-112.9474,45.76932]`.
    fn is_pair_of_degrees(&self, start: usize) -> bool {
        let head = self.bytes.get(start..self.bytes.len().min(start + 64)).unwrap_or_default();
        let end = memchr::memchr(b']', head).unwrap_or(0);
        let numbers = self.json.get(start..start + end).unwrap_or_default().trim_start_matches('[');
        // When, or how high, may stand behind them.
        let pair = numbers.match_indices(',').nth(1).map_or(numbers, |(at, _)| numbers.get(..at).unwrap_or_default());
        contact::is_position(pair)
    }

    /// Whether the object at `start` is a payment's authorization: `{"id":"auth_1","amount":1200}`.
    fn has_an_amount(&self, start: usize) -> bool {
        let head = self.bytes.get(start..(start + 512).min(self.bytes.len())).unwrap_or_default();
        let object = head.split(|b| *b == b'}').next().unwrap_or_default();
        [&b"\"amount\""[..], b"\"authorized_amount\"", b"\"authorizedAmount\""]
            .iter()
            .any(|name| memchr::memmem::find(object, name).is_some())
    }

    fn close(&mut self) {
        self.at += 1;
        let mut closed = self.stack.pop();
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
            self.name_sibling(text);
        }
        self.value_ended();
        // `{"name":"…","address":{"street":"…"}}`: what went inside a sensitive container speaks for the object around it.
        if let Some(frame) = closed.filter(|frame| frame.leaves.is_some()) {
            self.testify(frame.evidence);
        }
    }

    /// The last text of the list that ends here.
    fn last_text(&self) -> Option<&'a str> {
        let before = self.json.get(..self.at - 1)?.trim_ascii_end().strip_suffix('"')?;
        before.get(before.rfind('"')? + 1..)
    }

    /// `{"via":"Piazza Dante 37","citta":"Bologna","cap":"20852"}`: three parts of an address, a street's and a postal code among
    /// them, speak for each other.
    fn vouch(&mut self, mut held: Vec<Held>) {
        held.retain(|held| held.finding.kind == Kind::Address);
        let text = |held: &Held| self.out.get(held.start..held.end).unwrap_or_default().trim_matches('"');
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let street = |text: &str| text.contains(' ') && digits(text) > 0 && text.chars().any(char::is_alphabetic);
        let code = |text: &str| (4..=9).contains(&text.len()) && digits(text) >= 3 && !text.contains(['.', ':', '/']);
        if held.len() < 3 || !held.iter().map(text).any(street) || !held.iter().map(text).any(code) {
            return;
        }
        self.flush(self.at);
        for held in held.into_iter().rev() {
            let here = std::mem::replace(&mut self.found.at, held.at);
            self.patch(held.start, held.end, held.finding);
            self.found.at = here;
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
        let mut sense = Sense { verdict: frame.leaves, role: frame.role, ..list };
        if frame.role.meets(Role::PAIRS) && frame.index % 2 == 1 {
            sense.verdict = frame.named.or(sense.verdict);
            sense.hint = frame.about.hint;
        }
        if let Some(column) = self.column().filter(|_| sense.verdict.is_none()) {
            return column;
        }
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
            Some((length, ..)) => {
                self.at = start + 2 + length;
                false
            }
            None => self.quoted()?,
        };
        let raw = self.json.get(start + 1..self.at - 1).unwrap_or_default();
        self.name = (start + 1, self.at - 1);
        let mut decoded = std::mem::take(&mut self.scratch);
        let name = if escaped {
            decoded.clear();
            decode(raw, &mut decoded);
            decoded.as_str()
        } else {
            raw
        };
        self.found.at = start;
        let (judged, may_be_personal) = match expected {
            Some((_, sense, personal)) => (sense, personal),
            None if kept => (Sense::nothing(), false),
            None => self.r.names.member(name, role, &mut self.before),
        };
        self.sense = judged;
        let stripped = if may_be_personal && self.muted.is_none() {
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
        if let Some(frame) = self.stack.last() {
            self.paths = frame.paths.step(self.r, name);
        }
        if !self.sense.hint.is_specific() && self.stack.last().is_some_and(|frame| frame.hint == Hint::Version) {
            self.sense.hint = Hint::Version;
        }
        // `display_name` of an item is the item's.
        if self.sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Name && verdict.by == By::Name)
            && is_display_name(name)
            && self.in_a_thing()
        {
            (self.sense.verdict, self.sense.somebody) = (None, true);
        }
        self.sense.evident = evidence;
        // An answer in a form; the event's own response is none.
        self.sense.named_by_sibling |= name == "response" && self.stack.len() >= 3;
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
        if self.sense.verdict.is_none() && !self.sense.spared && !kept && !other {
            self.sense.verdict = leaves;
        }
        // What stands below a field's name is still about the field; `error.received` is a record of its own.
        if role.meets(Role::MESSAGES) && (self.sense.verdict.is_some() || MESSAGE_LISTS.contains(&name)) {
            self.sense.role = Role::MESSAGES;
        }
        if let Some(stripped) = stripped {
            // Of whom the key is, of them the object is.
            if Kind::ALL.iter().any(|kind| kind.placeholder() == stripped && role_by(*kind).meets(Role::PERSON)) {
                self.sense.role = self.sense.role.and(Role::PERSON);
            }
            self.flush(start);
            embed::quoted(&self.told_apart(stripped), self.out);
            self.skip();
        }
        self.scratch = decoded;
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.wrong("':'"));
        }
        self.at += 1;
        Ok(())
    }

    /// A stripped name, with a number behind it where the object has one like it: most readers of JSON keep the last of two.
    fn told_apart(&mut self, name: String) -> String {
        let Some(frame) = self.stack.last_mut() else { return name };
        let times = frame.stripped.entry(name.clone()).or_default();
        *times += 1;
        if *times == 1 { name } else { format!("{name}~{times}") }
    }

    /// What patterns may look for in the member's name that was just read.
    fn hint_of_names(&self, name: &str) -> Hint {
        match self.stack.last() {
            Some(frame) if frame.sense.keyed => Hint::None,
            // `"phones":{"0171 2140142":…}`: the keys are what the name says.
            Some(Frame { leaves: Some(verdict), .. })
                if matches!(verdict.kind, Kind::Phone | Kind::Mac | Kind::Ip | Kind::Email) =>
            {
                Hint::None
            }
            // As long as a card's number, which has an issuer and a check digit that an id has by chance at most.
            // Written as people write a number, in groups.
            _ if name.contains([' ', '(']) && name.bytes().all(|b| b.is_ascii_digit() || b" +()./-".contains(&b)) => {
                Hint::None
            }
            _ if matches!(name.len(), 15 | 16) && name.bytes().all(|b| b.is_ascii_digit()) => Hint::None,
            _ => Hint::Identifier,
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
        let mut decoded = std::mem::take(&mut self.scratch);
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
            self.scratch = decoded;
            return Ok(());
        }
        let mut sense = self.paired(text, sense);
        sense.verdict = sense
            .verdict
            .filter(|verdict| !matches!(verdict.how, How::Handle | How::Account) || verdict.how.fits(text));
        if self.is_one_time(start, text, sense) {
            sense.verdict = Some(Verdict::new(Kind::Password, How::Leaves));
        }
        // `"displayName":"Weekly digest"`: of anything that is displayed.
        if sense.verdict.is_some_and(|verdict| verdict.kind == Kind::Name && verdict.by == By::Name)
            && is_display_name(self.json.get(self.name.0..self.name.1).unwrap_or_default())
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
                sense.evident.meets(needs) && (verdict.how == How::Handle || !is_slug(text))
            })
        {
            sense.verdict = sense.latent.map(|(_, verdict)| verdict);
        }
        // FHIR's: `{"reference":"Patient/7","display":"Ada Berg"}`.
        if ["Patient/", "Practitioner/", "RelatedPerson/"].iter().any(|whom| text.starts_with(whom)) {
            self.testify(Role::PERSON);
        }
        let waits = sense.latent.filter(|(_, verdict)| {
            let names_something = sense.names_sibling && self.named_by(text).is_some();
            !names_something
                && (verdict.how == How::Handle || !is_slug(text))
                && sense.verdict.is_none()
                && matches!(outcome(*verdict, text, sense.role), Outcome::Replace(_))
        });
        if waits.is_some() {
            self.flush(start);
        }
        let written = self.out.len();
        match sense.verdict.map_or(Outcome::Scan, |verdict| outcome(verdict, text, sense.role)) {
            Outcome::Keep => {}
            Outcome::Replace(finding) => {
                match signed_at(text).filter(|_| finding.kind == Kind::Secret && finding.action.is_none()) {
                    Some((head, signature)) => self.replace_behind(start, head, finding, signature),
                    None => self.replace(start, finding, Some(text)),
                }
                self.testify(role_by(finding.kind));
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
            Outcome::Scan => self.scan(start, text, sense),
        }
        if let Some((needs, verdict)) = waits {
            self.flush(self.at);
            let held = Held { start: written, end: self.out.len(), needs, finding: verdict.finding(), at: start };
            if let Some(frame) = self.owner() {
                frame.held.push(held);
            }
        }
        if sense.names_sibling {
            self.name_sibling(text);
        }
        self.scratch = decoded;
        Ok(())
    }

    /// A path whose route names parts of it, and a link whose last part opens something, stripped; None of anything else.
    fn opened_parts(&mut self, start: usize, text: &str, sense: Sense) -> Option<String> {
        let link = sense.verdict.filter(|verdict| verdict.how == How::Link);
        let name = self.json.get(self.name.0..self.name.1).unwrap_or_default();
        if link.is_none() && !(sense.verdict.is_none() && routes::is_path(name, text)) {
            return None;
        }
        let stripped = match link {
            Some(verdict) => routes::strip_link(self.r, text, verdict.finding(), self.found)?,
            None => {
                let route = routes::route_beside(self.json, start, self.at)?;
                routes::strip_by_route(self.r, text, route, self.found)?
            }
        };
        let rest = self.r.rewrite(&stripped, sense.hint, self.embedded, self.found);
        Some(rest.unwrap_or(stripped))
    }

    /// A message that quotes what the field beside it holds, stripped; None of anything else.
    fn complaint(&mut self, start: usize, text: &str, sense: Sense) -> Option<String> {
        let name = self.json.get(self.name.0..self.name.1).unwrap_or_default();
        let in_object = self.stack.last().is_some_and(|frame| frame.object);
        if !in_object || sense.verdict.is_some() || !complaints::may_quote(name, text) {
            return None;
        }
        let field = complaints::field_beside(self.json, start, self.at)?;
        let verdict = self.named_by(field)?;
        // Patterns know better what they know: an address stays one under whatever name.
        let mut found = Found::new(self.r.explains);
        let text = self.r.rewrite(text, sense.hint, self.embedded, &mut found).unwrap_or_else(|| text.to_owned());
        let quoted = complaints::quoted_values(&text, verdict).into_iter();
        let edits = quoted.map(|range| Edit::new(range, With::Finding(verdict.finding()))).collect();
        let stripped = edit::apply(self.r, &text, edits, &mut found)?;
        self.found.merge(found);
        Some(stripped)
    }

    /// Whether a short `code` is a second factor's, by what stands around it: `{"method":"totp","code":"368472"}`.
    fn is_one_time(&self, start: usize, text: &str, sense: Sense) -> bool {
        const REACH: usize = 400;
        #[rustfmt::skip]
        const BESIDE: &[&[u8]] = &[
            b"challenge", b"\"mfa", b"\"otp", b"\"totp", b"_otp\"", b"factor", b"erificationId", b"erification_id", b"erifyId", b"\"2fa", b"authenticator",
        ];
        const CHECKS: &[&[u8]] = &[b"otp", b"verif", b"2fa", b"mfa", b"passcode", b"sms-code", b"one-time"];
        let code = || (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !sense.verdict.is_some_and(|verdict| verdict.how == How::Token) || !code() {
            return false;
        }
        let before = self.bytes.get(start.saturating_sub(REACH)..start).unwrap_or_default();
        let behind = self.bytes.get(self.at..self.bytes.len().min(self.at + REACH)).unwrap_or_default();
        let open = memchr::memrchr2(b'{', b'}', before).map_or(0, |at| at + 1);
        let close = memchr::memchr2(b'{', b'}', behind).unwrap_or(behind.len());
        let own = [before.get(open..).unwrap_or_default(), behind.get(..close).unwrap_or_default()];
        let beside = |word: &[u8]| own.iter().any(|part| memchr::memmem::find(part, word).is_some());
        // `POST /auth/otp {"phone":"…","code":"994121"}`
        let checks = || {
            let head = self.bytes.get(..start.min(REACH)).unwrap_or_default();
            let path = memchr::memmem::find(head, b"\"path\":").and_then(|at| head.get(at + 8..));
            let path = path.and_then(|path| path.split(|b| *b == b',').next()).unwrap_or_default();
            CHECKS.iter().any(|word| memchr::memmem::find(path, word).is_some())
        };
        BESIDE.iter().any(|word| beside(word))
            || ((beside(b"\"phone") || beside(b"\"email") || beside(b"\"mobile")) && checks())
    }

    /// Whether the object is a thing's by its name: `product`, one of `items`.
    fn in_a_thing(&self) -> bool {
        let name = self.stack.last().map_or((0, 0), |frame| frame.name);
        names::is_thing(self.json.get(name.0..name.1).unwrap_or_default())
    }

    /// The object that the value just read is a member of, or the only element of a member: `{"sn":["Okafor"]}`.
    fn owner(&mut self) -> Option<&mut Frame> {
        let only = self.stack.last().is_some_and(|list| !list.object && list.index == 1) && self.array_ends();
        let at = self.stack.len().checked_sub(if only { 2 } else { 1 })?;
        self.stack.get_mut(at).filter(|frame| frame.object)
    }

    /// Looks into a string whose name does not decide.
    fn scan(&mut self, start: usize, text: &str, sense: Sense) {
        let mut inside = Found::new(self.r.explains);
        let look = || self.r.rewrite(text, sense.hint, self.embedded, &mut inside);
        let Some(stripped) = self.r.clean.or_look(text, sense.hint, self.embedded, look) else { return };
        // Stripped, it may read like a value again; the next reader would take it for one.
        match sense.verdict.map_or(Outcome::Keep, |verdict| outcome(verdict, &stripped, sense.role)) {
            Outcome::Replace(finding) | Outcome::Cookie(finding) => self.replace(start, finding, Some(text)),
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
    }

    /// A value went that says what the object around it is about: siblings that waited for that go, too.
    fn testify(&mut self, role: Role) {
        let at = self.at;
        let Some(frame) = self.owner().filter(|_| role != Role::NONE) else { return };
        frame.evidence = frame.evidence.and(role);
        let (going, staying): (Vec<Held>, Vec<Held>) =
            std::mem::take(&mut frame.held).into_iter().partition(|held| held.needs.meets(role));
        frame.held = staying;
        if going.is_empty() || self.muted.is_some() {
            return;
        }
        self.flush(at);
        // From the last to the first, so that the places of those before stay right.
        for held in going.into_iter().rev() {
            let here = std::mem::replace(&mut self.found.at, held.at);
            self.patch(held.start, held.end, held.finding);
            self.found.at = here;
        }
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
        for frame in &mut self.stack {
            frame.member_at = moved(frame.member_at);
            frame.value_at = frame.value_at.map(|(from, to)| (moved(from), moved(to)));
            for held in &mut frame.held {
                (held.start, held.end) = (moved(held.start), moved(held.end));
            }
        }
    }

    /// In a pair (`["Authorization","Bearer x"]`, a flat list of headers, `{"name":…,"value":…}`) the first names the second.
    fn paired(&mut self, text: &str, sense: Sense) -> Sense {
        // (A sentence names nothing: `["email must be an email","phone must be a phone"]`.)
        let first = self.stack.last().is_some_and(|frame| !frame.object && frame.index % 2 == 1)
            && text.bytes().filter(|b| *b == b' ').count() <= 2;
        let (named, supposition, about) = if first { self.says(text) } else { (None, None, About::default()) };
        let alone = self.stack.last().is_some_and(|frame| !frame.object && frame.index == 2)
            && self.array_ends()
            && !self.lists_names();
        let pairs = first && self.stack.last().is_some_and(|frame| frame.role.meets(Role::PAIRS));
        let hint = if pairs { about.hint } else { Hint::None };
        let Some(frame) = self.stack.last_mut() else { return sense };
        if frame.object {
            // `{"document":{"type":"passport","number":"…"}}`: the sibling knows better than a name that only supposes.
            let supposed =
                |verdict: Verdict| matches!(verdict.how, How::Digits(_) | How::Capital | How::Person | How::Handle);
            if sense.named_by_sibling && sense.verdict.is_none_or(supposed) {
                let named = frame.named;
                let by_value = frame.about.by_value(text);
                // `{"k":"client.build","v":"8.13.6.150"}`
                let hint = if frame.about.hint == Hint::Version { Hint::Version } else { sense.hint };
                let sense = Sense { hint, ..sense };
                let verdict = named.or(sense.verdict).or(by_value).or_else(|| self.supposed(text));
                return Sense { verdict, ..sense };
            }
            return sense;
        }
        let flat = frame.role.meets(Role::PAIRS);
        if frame.index == 1 || (flat && frame.index % 2 == 1) {
            frame.named = named;
            frame.supposed = supposition;
            frame.about = About { hint, ..about };
        } else if frame.index.is_multiple_of(2)
            && (flat || frame.index == 2 && alone)
            && sense.verdict.is_none()
            && frame.named.is_none()
            && let Some(verdict) = frame.about.by_value(text)
        {
            return Sense { verdict: Some(verdict), ..sense };
        } else if frame.index == 2 && !flat && alone && sense.verdict.is_none() && frame.named.is_none() {
            return Sense { verdict: self.supposed(text), ..sense };
        } else if frame.index == 2 && !flat && alone && sense.verdict.is_none() && frame.named.is_some() {
            // `["email","password"]` lists fields; a pair's second is no name itself.
            let is_list =
                is_name(text) && !text.contains(' ') && self.r.names.sense(text, Role::NONE).verdict.is_some();
            // `["email","warehouse"]`: no address.
            let no_address = frame.named.is_some_and(|verdict| verdict.kind == Kind::Email) && is_slug(text);
            if !is_list && !no_address {
                return Sense { verdict: frame.named, ..sense };
            }
        }
        sense
    }

    /// Whether the array is of names by its own: `"properties":["email","lifecyclestage"]`.
    fn lists_names(&self) -> bool {
        let (from, to) = self.stack.last().map_or((0, 0), |frame| frame.name);
        let name = self.json.get(from..to).unwrap_or_default();
        // Of rows and pairs each has its own say.
        let of_object = self.stack.iter().rev().nth(1).is_some_and(|outer| outer.object);
        of_object && (HEADINGS.contains(&name) || LISTS_OF_NAMES.contains(&name))
    }

    /// What a string says of the value beside it, if it can be a name at all.
    fn named_by(&self, text: &str) -> Option<Verdict> {
        self.says(text).0
    }

    /// The same, and what it says only if others say more: [`Frame::supposed`].
    fn says(&self, text: &str) -> (Option<Verdict>, Option<(Role, Verdict)>, About) {
        // FHIR's systems are URLs, `https://fhir.nhs.uk/Id/nhs-number`, and a change's place a path: `/contacts/0/lastName`.
        let is_path = text.starts_with("http") || text.starts_with('/');
        // An element of a page, by its id or class.
        let text = text.trim_start_matches(['#', '.']);
        // A registry of persons or of an institution's patients.
        if text.starts_with("urn:oid:") {
            return (Some(Verdict::new(Kind::NationalId, How::Digits(8))), None, About::default());
        }
        // `Phone for reminders`
        let text = if text.contains(' ') { text.split_once(" for ").map_or(text, |(what, _)| what) } else { text };
        let part = if is_path { text.rsplit('/').find(|part| says_what(part)) } else { None };
        // `Your date of birth?`, `E-mail *`
        let text = part.unwrap_or(text).trim_end_matches(['?', ':', '*', ' ']);
        // Sumsub's type of document.
        let text = if text == "DRIVERS" { "driver_license" } else { text };
        if !is_name(text) {
            return (None, None, About::default());
        }
        let sense = self.r.names.sense(text, Role::NONE);
        // `{"label":"Nome","value":"Davide"}`: a name, if it is a person's.
        let latent = || sense.latent.filter(|(_, latent)| latent.kind == Kind::Name && !sense.guessed);
        let person = || latent().map(|(_, latent)| Verdict { how: How::Person, ..latent });
        let named = sense.verdict.or_else(person);
        let wanted = |verdict: &Verdict| matches!(verdict.kind, Kind::Address | Kind::Card);
        let supposed = sense.latent.filter(|(_, verdict)| named.is_none() && !sense.guessed && wanted(verdict));
        let about = About { hint: sense.hint, is_place: sense.is_place, is_party: sense.is_party };
        (named, supposed, about)
    }

    /// Whether nothing but a closing bracket follows: the value just read is the array's last.
    fn array_ends(&self) -> bool {
        self.bytes.get(self.at..).and_then(|rest| rest.iter().find(|b| !b.is_ascii_whitespace())) == Some(&b']')
    }

    /// `text` names the value of a sibling: of one that comes, or of one that was written already.
    fn name_sibling(&mut self, text: &str) {
        if self.muted.is_some() {
            return;
        }
        let (named, supposition, about) = self.says(text);
        if let Some(frame) =
            self.stack.last_mut().filter(|frame| frame.object && (about.is_place || about.hint == Hint::Version))
        {
            frame.about = about;
        }
        if let Some(frame) = self.stack.last_mut().filter(|frame| frame.object && supposition.is_some()) {
            frame.supposed = supposition;
        }
        let Some(verdict) = named else { return };
        let at = self.at;
        let Some(frame) = self.stack.last_mut().filter(|frame| frame.object) else { return };
        frame.named = Some(verdict);
        let Some((start, end)) = frame.value_at.filter(|(start, end)| end > start) else { return };
        let written = self.out.get(start..end).unwrap_or_default();
        let plain = written.trim_matches('"');
        let worth = !matches!(written, "true" | "false" | "null" | "\"\"" | "[]" | "{}")
            && !is_placeholder(plain)
            && !verdict.says_nothing(plain)
            && verdict.how.fits(plain);
        if worth {
            self.flush(at);
            self.patch(start, end, verdict.finding());
            if let Some(frame) = self.stack.last_mut() {
                frame.value_at = None;
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
        let second = self
            .stack
            .last()
            .filter(|frame| !frame.object && frame.index == 2 && self.array_ends())
            .and_then(|frame| frame.named);
        let text = self.json.get(start..self.at).unwrap_or_default();
        let one_time = self.is_one_time(start, text, sense).then_some(Verdict::new(Kind::Password, How::Leaves));
        if let Some(verdict) = one_time.or(sense.verdict).or(named).or(second).filter(|v| {
            let texts_only = matches!(
                v.how,
                How::Strings | How::Token | How::Key | How::Mixed | How::Handle | How::Account | How::Link
            );
            !texts_only && v.how.fits(self.json.get(start..self.at).unwrap_or_default()) && self.verbatim.is_none()
        }) {
            let number = self.json.get(start..self.at);
            // `"addresses":1`, `"emails":12`: how many.
            let (from, to) = self.name;
            let plain =
                |name: &[u8]| name.ends_with(b"s") && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
            let counts = self.bytes.get(from..to).is_some_and(plain)
                && self.at - start <= 3
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
        (_, Some(value)) => {
            let mut instead = String::new();
            r.stand_in(finding, value, &mut instead);
            embed::quoted(&instead, out);
        }
    }
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

fn is_display_name(name: &str) -> bool {
    matches!(name, "display_name" | "displayName" | "DisplayName")
}

/// `Black Friday 2024`: a word of digits among others.
fn has_a_number(text: &str) -> bool {
    text.split(' ').skip(1).any(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()))
}

/// `SE1SBEA1-0007`: an invoice's number, no house's.
fn is_document(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    text.len() >= 10
        && text.contains('-')
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        && count(u8::is_ascii_uppercase) >= 2
        && count(u8::is_ascii_digit) >= 4
}

/// `INV-2024-73048`, `R-806894721`: a document's number that is no person's.
fn is_reference(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    (1..=4).contains(&letters) && text.as_bytes().get(letters) == Some(&b'-')
}

/// Members of a cookie written as an object (as in HAR files) that are not its value.
#[rustfmt::skip]
const COOKIE_PARTS: &[&str] = &[
    "name", "path", "domain", "expires", "httpOnly", "secure", "sameSite", "maxAge", "originalMaxAge", "expirationDate", "hostOnly", "partitioned",
    "storeId", "_expires",
];

/// Members that hold what somebody wrote.
const COMMENTS: &[&[u8]] = &[
    b"\"comment\"",
    b"\"content\"",
    b"\"body\"",
    b"\"text\"",
    b"\"message\"",
    b"\"review\"",
    b"\"reply\"",
    b"\"rating\"",
    b"\"stars\"",
    b"\"texto\"",
    b"\"testo\"",
    b"\"texte\"",
    b"\"mensaje\"",
    b"\"mensagem\"",
    b"\"nachricht\"",
    b"\"bericht\"",
];

/// Members that list names of fields.
const LISTS_OF_NAMES: &[&str] = &[
    "properties",
    "select",
    "include",
    "attributes",
    "scopes",
    "required",
    "sort",
    "sortBy",
    "orderBy",
    "expand",
    "missing",
    "changed",
    "updateMask",
];

/// Members that name the columns of the rows beside them.
const HEADINGS: &[&str] = &[
    "columns",
    "headers",
    "header",
    "fields",
    "cols",
    "columnNames",
    "column_names",
    "heads",
    "headings",
    "heading",
    "keys",
    "fieldNames",
    "field_names",
    "labels",
    "names",
];

/// Members of an `errors` object that hold more messages.
const MESSAGE_LISTS: &[&str] = &["fields", "details", "messages", "children", "issues", "properties"];

/// Whether a string may be the name of a value beside it: short, of the letters of names, and not made by stripping.
fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= 64
        && bytes.iter().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'[' | b']' | b' ' | b'$') || *b >= 0x80
        })
        && !memchr::memchr_iter(b'[', bytes).any(|at| placeholder_len(bytes.get(at..).unwrap_or_default()).is_some())
}

/// Whether a path's last part is what counts, not a position or the `value` of what stands before it.
fn says_what(part: &str) -> bool {
    !part.is_empty() && part != "-" && part != "value" && !part.bytes().all(|b| b.is_ascii_digit())
}

fn is_short_line(text: &str) -> bool {
    text.len() <= 100 && !text.bytes().any(|b| matches!(b, b'=' | b'{' | b'\n' | b'<' | b'"'))
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
        && (digits >= 2 || (digits == 1 && turns >= 4))
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
    run >= Some(16) && !bytes.iter().any(|b| matches!(b, b'/' | b':' | b' ' | b'{' | b',')) && !is_uuid(bytes)
}

/// When something was signed, as Stripe and its like say it before the signature: `t=1785270498,v1=…`.
fn signed_at(text: &str) -> Option<(&str, &str)> {
    let (time, signature) = text.split_once(',')?;
    let digits = time.strip_prefix("t=")?;
    let epoch = (10..=13).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (epoch && !signature.is_empty()).then(|| text.split_at(time.len() + 1))
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
