//! The event contract (version 1): what a queue message may say, and how a stored line is read back.
//!
//! A message's body is one JSON object or an array of them. [`read_message`] turns it into [`Event`]s, stripped of
//! personal data and ready to store, and [`Rejection`]s, each with a reason from a closed list. Nothing is dropped
//! in between: every element of every message is one or the other.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

pub use crate::json::members;
use crate::key::hex;
use crate::pii::{Counts, JsonError, Member, Redactor};
use crate::timestamp::{DAY_MS, Timestamp};

/// Version of the contract, stored as `_droplets.v`.
pub const CONTRACT_VERSION: u8 = 1;
/// The member that ingest adds, and discards when a producer sends one.
pub const META_FIELD: &str = "_droplets";
/// Longest session or event id, in bytes of UTF-8.
pub const MAX_ID_BYTES: usize = 256;
/// How far after its message's SentTimestamp an event may be dated, in milliseconds: 24 hours.
pub const MAX_FUTURE_MS: i64 = DAY_MS;
/// Most elements of one array that are rejected one by one, each with its reason. A hostile array of a megabyte has half a
/// million elements, and that many reasons would not fit into the function's memory.
pub const MAX_REJECTIONS: usize = 1000;
/// A numeric timestamp below this (March 1973 in milliseconds) was meant in seconds.
pub const MIN_EPOCH_MS: f64 = 1e11;

/// What the two configurable fields of the contract are called by the producer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Name of the member that holds the session id; `session_id` by default.
    pub session_id: String,
    /// Name of the member that holds the time; `timestamp` by default.
    pub timestamp: String,
}

impl Default for Contract {
    fn default() -> Self {
        Self { session_id: "session_id".into(), timestamp: "timestamp".into() }
    }
}

/// An event's type as the raw zone knows it: `[a-z0-9._-]{1,64}`, or `other`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventType(Cow<'static, str>);

impl EventType {
    /// The type of an event that names none.
    pub const HTTP: Self = Self(Cow::Borrowed("http"));
    /// The type of an event whose own cannot stand in an object key.
    pub const OTHER: Self = Self(Cow::Borrowed("other"));

    /// Takes a well-formed type; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
        match text {
            "http" => Some(Self::HTTP),
            _ if (1..=64).contains(&text.len()) && text.bytes().all(allowed) => Some(Self(text.to_owned().into())),
            _ => None,
        }
    }

    /// The type as spelled in keys and answers.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From the `type` member as sent: nothing is `http`, anything malformed is `other`.
    fn from_member(value: Option<&RawValue>) -> Self {
        match value.map(RawValue::get) {
            None | Some("null") => Self::HTTP,
            Some(json) => decode_string(json).and_then(|text| Self::parse(&text)).unwrap_or(Self::OTHER),
        }
    }
}

/// Why something could not become an event. The list is closed: tools may match on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The body is no JSON (truncated, not UTF-8, empty, …).
    NotJson,
    /// The body, or the array's element, is JSON but no object.
    NotAnObject,
    /// The body is an array without elements.
    EmptyArray,
    /// Objects and arrays stand deeper in each other than [`crate::pii::MAX_DEPTH`].
    TooDeep,
    /// More than [`MAX_REJECTIONS`] elements of one array were rejected; these are the others, whatever their reasons,
    /// as one object that maps position to element.
    TooManyRejections,
    /// A field of the contract stands twice in the object.
    DuplicateField,
    /// There is no session id.
    SessionIdMissing,
    /// The session id is neither a string nor an integer of 1 to 256 bytes.
    SessionIdInvalid,
    /// The session id is personal data and the stack has no hash key to replace it with a token.
    PersonalSessionId,
    /// The event id is neither a string nor an integer of at most 256 bytes.
    EventIdInvalid,
    /// The event id is personal data and the stack has no hash key to replace it with a token.
    PersonalEventId,
    /// The timestamp is neither RFC 3339 nor epoch milliseconds.
    TimestampMalformed,
    /// The timestamp is a number under 10^11: seconds, where milliseconds are meant.
    TimestampInSeconds,
    /// The timestamp is more than 24 hours after the message was sent.
    TimestampInFuture,
}

impl Reason {
    /// Every reason there is.
    pub const ALL: [Self; 14] = [
        Self::NotJson,
        Self::NotAnObject,
        Self::EmptyArray,
        Self::TooDeep,
        Self::TooManyRejections,
        Self::DuplicateField,
        Self::SessionIdMissing,
        Self::SessionIdInvalid,
        Self::PersonalSessionId,
        Self::EventIdInvalid,
        Self::PersonalEventId,
        Self::TimestampMalformed,
        Self::TimestampInSeconds,
        Self::TimestampInFuture,
    ];

    /// The reason as spelled in `rejected/` and in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotJson => "not_json",
            Self::NotAnObject => "not_an_object",
            Self::EmptyArray => "empty_array",
            Self::TooDeep => "too_deep",
            Self::TooManyRejections => "too_many_rejections",
            Self::DuplicateField => "duplicate_field",
            Self::SessionIdMissing => "session_id_missing",
            Self::SessionIdInvalid => "session_id_invalid",
            Self::PersonalSessionId => "personal_session_id",
            Self::EventIdInvalid => "event_id_invalid",
            Self::PersonalEventId => "personal_event_id",
            Self::TimestampMalformed => "timestamp_malformed",
            Self::TimestampInSeconds => "timestamp_in_seconds",
            Self::TimestampInFuture => "timestamp_in_future",
        }
    }

    /// What was expected and the way out, for whoever reads `rejected/`.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::NotJson => "the message body must be a JSON object or an array of objects, in UTF-8",
            Self::NotAnObject => "an event is a JSON object: {\"session_id\":…}",
            Self::EmptyArray => "the array has no events; send none rather than an empty array",
            Self::TooDeep => "at most 128 levels of objects and arrays; send the deep part as a string",
            Self::TooManyRejections => "most of the array is wrong: see the reasons of the elements before these",
            Self::DuplicateField => "a field of the contract may stand only once in an event",
            Self::SessionIdMissing => "send a session id, or name its field with the parameter SessionIdField",
            Self::SessionIdInvalid => "a session id is a string or an integer of 1 to 256 bytes",
            Self::PersonalSessionId => {
                "the session id is personal data: send an opaque id, or set the parameter PiiHashKey"
            }
            Self::EventIdInvalid => "an event id is a string or an integer of at most 256 bytes",
            Self::PersonalEventId => {
                "the event id is personal data: send an opaque id, or set the parameter PiiHashKey"
            }
            Self::TimestampMalformed => "a timestamp is RFC 3339 (2026-11-21T07:03:12.123Z) or epoch milliseconds",
            Self::TimestampInSeconds => "epoch seconds were sent: multiply by 1000",
            Self::TimestampInFuture => "the event is dated more than 24 h after its message was sent: check the clock",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A queue message as ingest gets it.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The SQS message id.
    pub id: &'a str,
    /// The message's SentTimestamp.
    pub sent_at: Timestamp,
    /// The body, as sent.
    pub body: &'a str,
    /// Where the elements of the array stood in the message they first came in; empty if here.
    pub positions: &'a [usize],
}

/// What a message that was sent before carries, so that its events are the same events as the first time: without ids of
/// their own they are named after the message and dated by it. `droplets redrive` and `droplets rejected replay` send it
/// as message attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The id the message had when it was first sent.
    pub message_id: String,
    /// When it was first sent.
    pub sent_at: Timestamp,
    /// Where each element of the array stood in the first one; empty if all are there, in their order.
    pub positions: Vec<usize>,
}

impl Origin {
    /// Message attribute of the id.
    pub const MESSAGE_ID: &str = "droplets-message-id";
    /// Message attribute of the time, in epoch milliseconds.
    pub const SENT_AT: &str = "droplets-sent-at";
    /// Message attribute of the positions: numbers from 0 on, with commas.
    pub const POSITIONS: &str = "droplets-positions";
    /// Longest message id, as SQS sets it.
    const MAX_ID: usize = 100;

    /// Reads the attributes of a message that SQS was sent at `sent_at`. `None` if it has none, or such as nobody could
    /// have sent who sends again: an id that is none of SQS's, a time after the message's own.
    pub fn read<'a>(sent_at: Timestamp, attribute: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let message_id = attribute(Self::MESSAGE_ID)?;
        let is_id = message_id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let first = attribute(Self::SENT_AT)?.parse().ok().and_then(Timestamp::from_millis)?;
        let positions = attribute(Self::POSITIONS).unwrap_or_default();
        let positions: Result<_, _> = positions.split(',').filter(|n| !n.is_empty()).map(str::parse).collect();
        ((1..=Self::MAX_ID).contains(&message_id.len()) && is_id && first <= sent_at).then_some(())?;
        Some(Self { message_id: message_id.to_owned(), sent_at: first, positions: positions.ok()? })
    }

    /// The attributes to send.
    #[must_use]
    pub fn attributes(&self) -> Vec<(&'static str, String)> {
        let mut attributes =
            vec![(Self::MESSAGE_ID, self.message_id.clone()), (Self::SENT_AT, self.sent_at.millis().to_string())];
        if !self.positions.is_empty() {
            let positions: Vec<_> = self.positions.iter().map(usize::to_string).collect();
            attributes.push((Self::POSITIONS, positions.join(",")));
        }
        attributes
    }
}

/// An event that keeps the contract, stripped and ready to store.
///
/// Two events are the same when (session id, timestamp, event id) are equal; `Ord` is the total order every reader
/// works in: timestamp, session id, event id.
#[derive(Clone, Debug)]
pub struct Event {
    /// When it happened.
    pub timestamp: Timestamp,
    /// Whose it is: the partition key of everything.
    pub session_id: String,
    /// Which it is among the events of the same session and millisecond.
    pub event_id: String,
    /// Where in the raw zone it belongs.
    pub event_type: EventType,
    /// The stripped JSON object with `_droplets` first; one line, without its line feed.
    pub line: String,
}

impl Event {
    /// (timestamp, session id, event id): equal means the same event.
    #[must_use]
    pub fn identity(&self) -> (Timestamp, &str, &str) {
        (self.timestamp, &self.session_id, &self.event_id)
    }
}

/// One element of a message that could not become an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Position in the message's array; `None` when the body is not an array of events.
    pub position: Option<usize>,
    /// Why.
    pub reason: Reason,
    /// The field the reason is about, as the producer calls it.
    pub field: Option<String>,
    /// How many elements this stands for: one, but for [`Reason::TooManyRejections`].
    pub elements: usize,
    /// What was sent, stripped.
    pub body: RejectedBody,
}

/// What was sent and could not become an event, stripped of personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RejectedBody {
    /// It was JSON and still is.
    Json(String),
    /// It was no JSON: text after the lenient scan.
    Text(String),
}

/// What became of a message.
#[derive(Debug, Default)]
pub struct Reading {
    /// What can be stored, in the order sent.
    pub events: Vec<Event>,
    /// What cannot.
    pub rejections: Vec<Rejection>,
    /// Personal data found in all of it, by kind.
    pub found: Counts,
}

/// Reads one queue message: every element of its body becomes an event or a rejection.
#[must_use]
pub fn read_message(message: &Message<'_>, contract: &Contract, redactor: &Redactor) -> Reading {
    let reader = Reader { message, contract, redactor };
    let mut reading = Reading::default();
    // Some producers write a byte order mark; RFC 8259 section 8.1 lets a parser ignore it.
    let body = message.body.strip_prefix('\u{feff}').unwrap_or(message.body);

    match serde_json::from_str::<&RawValue>(body) {
        Err(_) => reader.reject(None, Refusal::from(Reason::NotJson), body, &mut reading),
        Ok(value) if value.get().starts_with('[') => match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            Err(_) => reader.reject(None, Refusal::from(Reason::NotJson), body, &mut reading),
            Ok(elements) if elements.is_empty() => {
                reader.reject(None, Refusal::from(Reason::EmptyArray), body, &mut reading);
            }
            Ok(elements) => {
                let mut others = Others::default();
                for (at, element) in elements.into_iter().enumerate() {
                    let position = message.positions.get(at).copied().unwrap_or(at);
                    reader.read(position, element.get(), &mut reading, &mut others);
                }
                reading.rejections.extend(others.finish());
            }
        },
        Ok(value) => match reader.event(None, value.get(), &mut reading.found) {
            Ok(event) => reading.events.push(event),
            Err(refusal) => reader.reject(None, refusal, value.get(), &mut reading),
        },
    }
    reading
}

struct Reader<'a> {
    message: &'a Message<'a>,
    contract: &'a Contract,
    redactor: &'a Redactor,
}

/// A reason and the field it is about.
struct Refusal {
    reason: Reason,
    field: Option<String>,
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { reason, field: None }
    }
}

impl Reason {
    fn of(self, field: &str) -> Refusal {
        Refusal { reason: self, field: Some(field.to_owned()) }
    }
}

impl Reader<'_> {
    /// Reads one element of an array.
    fn read(&self, position: usize, json: &str, reading: &mut Reading, others: &mut Others) {
        match self.event(Some(position), json, &mut reading.found) {
            Ok(event) => reading.events.push(event),
            Err(refusal) if reading.rejections.len() < MAX_REJECTIONS => {
                self.reject(Some(position), refusal, json, reading);
            }
            Err(_) => others.push(position, &self.stripped(json, &mut reading.found)),
        }
    }

    /// Turns one element into an event. What is found in it counts only if it becomes one: a rejected element is stripped
    /// again as a whole.
    fn event(&self, position: Option<usize>, json: &str, all: &mut Counts) -> Result<Event, Refusal> {
        let mut found = Counts::default();
        let event = self.strip_event(position, json, &mut found)?;
        all.merge(&found);
        Ok(event)
    }

    fn strip_event(&self, position: Option<usize>, json: &str, found: &mut Counts) -> Result<Event, Refusal> {
        if !json.starts_with('{') {
            return Err(Reason::NotAnObject.into());
        }
        let members = members(json).map_err(|_| Reason::NotJson)?;
        let fields = self.fields(&members)?;

        // A type stands in keys and in the index; digits and dots alone can spell a card or an address.
        let mut event_type = EventType::from_member(fields.event_type);
        let mut stripped_type = None;
        if event_type != EventType::HTTP && event_type != EventType::OTHER {
            let mut text = String::new();
            self.redactor.strip_text(event_type.as_str(), &mut text, found);
            if text != event_type.as_str() {
                event_type = EventType::OTHER;
                let mut json = String::new();
                push_json_string(&text, &mut json);
                stripped_type = Some(json);
            }
        }
        let timestamp = self.timestamp(fields.timestamp)?;
        let session = self.id(
            &self.contract.session_id,
            fields.session_id,
            [Reason::SessionIdInvalid, Reason::PersonalSessionId],
            found,
        )?;
        let session = session.ok_or_else(|| Reason::SessionIdMissing.of(&self.contract.session_id))?;
        let event_id =
            self.id("event_id", fields.event_id, [Reason::EventIdInvalid, Reason::PersonalEventId], found)?;

        let mut rest = String::with_capacity(json.len() + 64);
        for (name, value) in &members {
            if name == META_FIELD {
                continue;
            }
            let before = rest.len();
            rest.push(',');
            push_json_string(&self.redactor.strip_name(name, found), &mut rest);
            rest.push(':');
            // The fields of the contract are kept as sent, ids as their tokens: they have been judged already.
            let judged = match name.as_ref() {
                name if name == self.contract.session_id => session.token.as_deref(),
                name if name == self.contract.timestamp => Some(value.get()),
                "event_id" => event_id.as_ref().and_then(|id| id.token.as_deref()),
                "type" if event_type != EventType::OTHER => Some(value.get()),
                "type" => stripped_type.as_deref(),
                _ => None,
            };
            match judged {
                Some(json) => rest.push_str(json),
                None => match self.redactor.strip_member(name, value.get(), &mut rest, found).map_err(refusal_of)? {
                    Member::Written => {}
                    Member::Dropped => rest.truncate(before),
                },
            }
        }

        let event_id = event_id.map_or_else(|| self.default_event_id(position), |id| id.text);
        let mut line = String::with_capacity(rest.len() + 320);
        line.push_str("{\"_droplets\":");
        self.push_meta(&session.text, &event_id, timestamp, &event_type, found, &mut line);
        line.push_str(&rest);
        line.push('}');
        Ok(Event { timestamp, session_id: session.text, event_id, event_type, line })
    }

    fn fields<'a>(&self, members: &[(Cow<'_, str>, &'a RawValue)]) -> Result<Fields<'a>, Refusal> {
        let mut fields = Fields::default();
        for (name, value) in members {
            let slot = match name.as_ref() {
                name if name == self.contract.session_id => &mut fields.session_id,
                name if name == self.contract.timestamp => &mut fields.timestamp,
                "event_id" => &mut fields.event_id,
                "type" => &mut fields.event_type,
                _ => continue,
            };
            if slot.replace(value).is_some() {
                return Err(Reason::DuplicateField.of(name));
            }
        }
        Ok(fields)
    }

    /// The time of the event; a missing one is the message's SentTimestamp.
    fn timestamp(&self, value: Option<&RawValue>) -> Result<Timestamp, Refusal> {
        let refuse = |reason: Reason| reason.of(&self.contract.timestamp);
        let timestamp = match parse_timestamp(value) {
            Ok(None) => return Ok(self.message.sent_at),
            Ok(Some(timestamp)) => timestamp,
            Err(reason) => return Err(refuse(reason)),
        };
        if timestamp.millis() - self.message.sent_at.millis() > MAX_FUTURE_MS {
            return Err(refuse(Reason::TimestampInFuture));
        }
        Ok(timestamp)
    }

    /// A session or event id; one that is personal data becomes its token.
    fn id(
        &self,
        field: &str,
        value: Option<&RawValue>,
        [invalid, personal]: [Reason; 2],
        found: &mut Counts,
    ) -> Result<Option<Id>, Refusal> {
        let Some(text) = parse_id(value).map_err(|()| invalid.of(field))? else { return Ok(None) };
        let Some(kind) = self.redactor.personal_kind(&text) else {
            let token = value.map(|v| v.get().to_owned());
            return Ok(Some(Id { text: text.into_owned(), token }));
        };
        let token = self.redactor.token(&text).ok_or_else(|| personal.of(field))?;
        found.add(kind, 1);
        let mut json = String::with_capacity(token.len() + 2);
        push_json_string(&token, &mut json);
        Ok(Some(Id { text: token, token: Some(json) }))
    }

    /// A redelivery of the message has the same ids, so its events are the same events.
    fn default_event_id(&self, position: Option<usize>) -> String {
        match position {
            Some(position) => format!("{}.{position}", self.message.id),
            None => self.message.id.to_owned(),
        }
    }

    fn push_meta(
        &self,
        session_id: &str,
        event_id: &str,
        timestamp: Timestamp,
        event_type: &EventType,
        found: &Counts,
        out: &mut String,
    ) {
        let mut member = |name: &str, text: &str| {
            out.push_str(name);
            push_json_string(text, out);
        };
        member(&format!("{{\"v\":{CONTRACT_VERSION},\"session_id\":"), session_id);
        member(",\"event_id\":", event_id);
        member(",\"timestamp\":", &timestamp.to_string());
        member(",\"type\":", event_type.as_str());
        member(",\"sent_at\":", &self.message.sent_at.to_string());
        member(",\"message_id\":", self.message.id);
        out.push_str(",\"pii\":{");
        for (i, (kind, count)) in found.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write!(out, "{}\"{}\":{count}", if i == 0 { "" } else { "," }, kind.label());
        }
        out.push_str("}}");
    }

    fn reject(&self, position: Option<usize>, refusal: Refusal, sent: &str, reading: &mut Reading) {
        let body = self.stripped(sent, &mut reading.found);
        reading.rejections.push(Rejection {
            position,
            reason: refusal.reason,
            field: refusal.field,
            elements: 1,
            body,
        });
    }

    fn stripped(&self, sent: &str, found: &mut Counts) -> RejectedBody {
        let mut json = String::with_capacity(sent.len());
        match self.redactor.strip_json(sent, &mut json, found) {
            Ok(()) => RejectedBody::Json(json),
            Err(_) => RejectedBody::Text(self.redactor.strip_broken(sent.as_bytes(), found)),
        }
    }
}

/// The rejected elements of an array beyond [`MAX_REJECTIONS`], as one JSON object.
#[derive(Default)]
struct Others {
    json: String,
    elements: usize,
}

impl Others {
    fn push(&mut self, position: usize, body: &RejectedBody) {
        self.elements += 1;
        self.json.push(if self.json.is_empty() { '{' } else { ',' });
        // Writing to a String cannot fail.
        let _ = write!(self.json, "\"{position}\":");
        match body {
            RejectedBody::Json(json) => self.json.push_str(json),
            RejectedBody::Text(text) => push_json_string(text, &mut self.json),
        }
    }

    fn finish(mut self) -> Option<Rejection> {
        if self.json.is_empty() {
            return None;
        }
        self.json.push('}');
        let (elements, body) = (self.elements, RejectedBody::Json(self.json));
        Some(Rejection { position: None, reason: Reason::TooManyRejections, field: None, elements, body })
    }
}

/// The contract's members as sent.
#[derive(Default)]
struct Fields<'a> {
    session_id: Option<&'a RawValue>,
    timestamp: Option<&'a RawValue>,
    event_id: Option<&'a RawValue>,
    event_type: Option<&'a RawValue>,
}

/// An id as it is compared and as it is stored.
struct Id {
    text: String,
    /// JSON to store in the id's own member.
    token: Option<String>,
}

fn refusal_of(error: JsonError) -> Refusal {
    match error {
        JsonError::TooDeep { .. } => Reason::TooDeep.into(),
        _ => Reason::NotJson.into(),
    }
}

/// Reads a `timestamp` member. Missing, `null`: `None`.
fn parse_timestamp(value: Option<&RawValue>) -> Result<Option<Timestamp>, Reason> {
    let Some(json) = value.map(RawValue::get).filter(|json| *json != "null") else { return Ok(None) };
    if let Some(text) = decode_string(json) {
        return Timestamp::parse_rfc3339(&text).map(Some).ok_or(Reason::TimestampMalformed);
    }
    // Only a number parses as f64 here; whole milliseconds up to the year 9999 are exact in it.
    let ms: f64 = json.parse().map_err(|_| Reason::TimestampMalformed)?;
    if ms < MIN_EPOCH_MS {
        return Err(Reason::TimestampInSeconds);
    }
    if ms > Timestamp::MAX.millis() as f64 {
        return Err(Reason::TimestampInFuture);
    }
    Timestamp::from_millis(ms as i64).map(Some).ok_or(Reason::TimestampMalformed)
}

/// Reads an id member: a string or an integer of 1 to 256 bytes. Missing, `null` and (an empty id would make
/// strangers equal) the empty string: `None`.
fn parse_id<'a>(value: Option<&'a RawValue>) -> Result<Option<Cow<'a, str>>, ()> {
    let Some(json) = value.map(RawValue::get).filter(|json| *json != "null") else { return Ok(None) };
    let text = if json.starts_with('"') {
        decode_string(json).ok_or(())?
    } else {
        let digits = json.strip_prefix('-').unwrap_or(json);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(());
        }
        Cow::Borrowed(json)
    };
    match text.len() {
        0 => Ok(None),
        1..=MAX_ID_BYTES => Ok(Some(text)),
        _ => Err(()),
    }
}

/// A JSON string's text; `None` for any other JSON value, or one that is no Unicode text (a lone surrogate).
fn decode_string(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str::<String>(json).ok().map(Cow::Owned)
}

/// Appends `text` as a JSON string.
pub fn push_json_string(text: &str, out: &mut String) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..0x20 => "",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        plain = at + 1;
        if escaped.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        } else {
            out.push_str(escaped);
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// A stored line as a reader sees it: by `_droplets` where it stands, else by the contract's fields.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// Whose event it is.
    pub session_id: Cow<'a, str>,
    /// When it happened.
    pub timestamp: Timestamp,
    /// Which it is; for a line without one, the digest of the line, so that every reader gives it the same id.
    pub event_id: Cow<'a, str>,
    /// Its type.
    pub event_type: EventType,
    members: Vec<(Cow<'a, str>, &'a RawValue)>,
}

/// What reports ask of an HTTP event: looked for in `request` and `response`, then at the top level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Http<'a> {
    /// `GET`, `POST`, …
    pub method: Option<Cow<'a, str>>,
    /// The path as requested, `/orders/17`.
    pub path: Option<Cow<'a, str>>,
    /// The template that matched, `/orders/:id`.
    pub route: Option<Cow<'a, str>>,
    /// The response's status code.
    pub status: Option<u16>,
    /// How long the response took, in milliseconds.
    pub duration_ms: Option<f64>,
    /// Whether it was answered to its end: `completed`, `aborted`. A member of the event itself.
    pub outcome: Option<Cow<'a, str>>,
}

impl<'a> Stored<'a> {
    /// Reads a line of the raw zone. `Err` names what it lacks, without repeating any of it.
    pub fn read(line: &'a [u8], contract: &Contract) -> Result<Self, Reason> {
        let json = std::str::from_utf8(line).map_err(|_| Reason::NotJson)?;
        let members = members(json).map_err(|_| Reason::NotJson)?;
        let meta =
            find(&members, META_FIELD).and_then(|value| serde_json::from_str::<Meta<'a>>(value.get()).ok()).and_then(
                |meta| Some((Timestamp::parse_rfc3339(&meta.timestamp)?, EventType::parse(&meta.event_type)?, meta)),
            );
        // A foreign object may say anything here, but an id the index cannot hold is none.
        let is_id = |id: &str| (1..=MAX_ID_BYTES).contains(&id.len());
        let meta = meta.filter(|(_, _, meta)| is_id(&meta.session_id) && is_id(&meta.event_id));
        if let Some((timestamp, event_type, meta)) = meta {
            let Meta { session_id, event_id, .. } = meta;
            return Ok(Self { session_id, timestamp, event_id, event_type, members });
        }

        let session_id = parse_id(find(&members, &contract.session_id))
            .map_err(|()| Reason::SessionIdInvalid)?
            .ok_or(Reason::SessionIdMissing)?;
        // Nothing says when this line was sent, so a line without a time cannot be placed.
        let timestamp = parse_timestamp(find(&members, &contract.timestamp))?.ok_or(Reason::TimestampMalformed)?;
        let event_id = parse_id(find(&members, "event_id"))
            .map_err(|()| Reason::EventIdInvalid)?
            .unwrap_or_else(|| hex(&Sha256::digest(line)[..8]).into());
        let event_type = EventType::from_member(find(&members, "type"));
        Ok(Self { session_id, timestamp, event_id, event_type, members })
    }

    /// What an HTTP event says of its request and response.
    #[must_use]
    pub fn http(&self) -> Http<'a> {
        let (request, response) = (self.inner("request"), self.inner("response"));
        let text = |name| self.first_of(&request, name).and_then(|value| decode_string(value.get()));
        Http {
            method: text("method"),
            path: text("path"),
            route: text("route"),
            status: status(self.first_of(&response, "status")),
            duration_ms: number(self.first_of(&response, "duration_ms")),
            outcome: find(&self.members, "outcome").and_then(|value| decode_string(value.get())),
        }
    }

    /// What stands at a dotted path, as it is spelled: `request.headers.user-agent`, `items.0.sku`. A member whose own name
    /// has dots is found too: the longest name that fits is tried first.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&'a RawValue> {
        walk(&self.members, path)
    }

    /// (timestamp, session id, event id): equal means the same event, and its order is the total order.
    #[must_use]
    pub fn identity(&self) -> (Timestamp, &str, &str) {
        (self.timestamp, &self.session_id, &self.event_id)
    }

    /// 128 bits of SHA-256 over timestamp and event id: tells a session's events apart in 16 bytes each.
    #[must_use]
    pub fn identity_digest(&self) -> u128 {
        let mut hash = Sha256::new();
        hash.update(self.timestamp.millis().to_be_bytes());
        hash.update(self.event_id.as_bytes());
        let digest = hash.finalize();
        digest.iter().take(16).fold(0, |all, byte| all << 8 | u128::from(*byte))
    }

    /// Whether the response's status is 500 or above.
    #[must_use]
    pub fn is_error(&self) -> bool {
        status(self.first_of(&self.inner("response"), "status")).is_some_and(|status| status >= 500)
    }

    /// The members of a member that is an object.
    fn inner(&self, name: &str) -> Vec<(Cow<'a, str>, &'a RawValue)> {
        find(&self.members, name).and_then(|value| members(value.get()).ok()).unwrap_or_default()
    }

    /// A member of `inner`, or else of the event itself.
    fn first_of(&self, inner: &[(Cow<'a, str>, &'a RawValue)], name: &str) -> Option<&'a RawValue> {
        find(inner, name).filter(|value| value.get() != "null").or_else(|| find(&self.members, name))
    }
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow)]
    session_id: Cow<'a, str>,
    #[serde(borrow)]
    event_id: Cow<'a, str>,
    #[serde(borrow)]
    timestamp: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    event_type: Cow<'a, str>,
}

fn number(value: Option<&RawValue>) -> Option<f64> {
    value?.get().parse().ok()
}

fn status(value: Option<&RawValue>) -> Option<u16> {
    number(value).filter(|status| (0.0..=999.0).contains(status)).map(|status| status as u16)
}

fn walk<'a>(members: &[(Cow<'_, str>, &'a RawValue)], path: &str) -> Option<&'a RawValue> {
    let dots = path.rmatch_indices('.').map(|(at, _)| at);
    std::iter::once(path.len()).chain(dots).find_map(|end| {
        let value = find(members, &path[..end])?;
        match path.get(end + 1..) {
            None => Some(value),
            Some(rest) => inside(value, rest),
        }
    })
}

/// What stands at a path in an object or an array.
fn inside<'a>(value: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    match value.get().as_bytes().first()? {
        b'{' => walk(&members(value.get()).ok()?, path),
        b'[' => {
            let (index, rest) = path.split_once('.').map_or((path, None), |(index, rest)| (index, Some(rest)));
            let elements: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            let element = *elements.get(index.parse::<usize>().ok()?)?;
            rest.map_or(Some(element), |rest| inside(element, rest))
        }
        _ => None,
    }
}

fn find<'a>(members: &[(Cow<'_, str>, &'a RawValue)], name: &str) -> Option<&'a RawValue> {
    // The last of several wins, as in JavaScript and most parsers.
    members.iter().rev().find(|(n, _)| n == name).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests;
