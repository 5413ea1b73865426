//! Which events a request asks for, besides whose and when.

use droplets::event::{EventType, Stored};
use droplets::index::{Entry, MIXED_TYPES};
use serde_json::Value;

use crate::columns;
use crate::request::{BadRequest, did_you_mean};

/// Conditions on an event; all of them must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Its type.
    event_type: Option<EventType>,
    /// Its path, or its route.
    path: Option<Pattern>,
    /// Its method, in any case.
    method: Option<String>,
    /// Its status.
    status: Option<StatusPattern>,
    /// Its duration is at least this, in milliseconds.
    min_duration: Option<f64>,
}

/// `/orders/17` exactly, or everything below `/orders/*`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    Exact(String),
    Prefix(String),
}

/// `404` exactly, or all of `5xx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StatusPattern {
    Exact(u16),
    Class(u16),
}

/// The conditions there are.
pub const FIELDS: [&str; 4] = ["path", "method", "status", "min_duration"];

impl Filter {
    /// Reads the request's `filter` and `type`.
    pub fn parse(value: Option<&Value>, event_type: Option<EventType>) -> Result<Self, BadRequest> {
        let mut filter = Self { event_type, ..Self::default() };
        let Some(value) = value else { return Ok(filter) };
        let refuse = |field: &str, message: &str, hint: String| {
            Err(BadRequest::new("INVALID_FILTER", &format!("filter{field}"), message, hint))
        };
        let Value::Object(fields) = value else {
            return refuse("", "a filter is an object", "send for example {\"status\":\"5xx\"}".into());
        };
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
            match name.as_str() {
                "path" => match value.as_str().filter(|path| !path.is_empty()) {
                    Some(path) => filter.path = Some(Pattern::parse(path)),
                    None => {
                        return refuse(".path", "a path is a string", "send \"/orders/17\" or \"/orders/*\"".into());
                    }
                },
                "method" => match value.as_str().filter(|method| !method.is_empty()) {
                    Some(method) => filter.method = Some(method.to_owned()),
                    None => return refuse(".method", "a method is a string", "send \"GET\"".into()),
                },
                "status" => match StatusPattern::parse(value) {
                    Some(status) => filter.status = Some(status),
                    None => return refuse(".status", "a status has three digits", "send 404 or \"5xx\"".into()),
                },
                "min_duration" => {
                    let ms = value.as_f64().or_else(|| value.as_str()?.parse().ok());
                    match ms.filter(|ms| ms.is_finite() && *ms >= 0.0) {
                        Some(ms) => filter.min_duration = Some(ms),
                        None => {
                            return refuse(
                                ".min_duration",
                                "a duration is a number of milliseconds",
                                "send 250 for a quarter of a second".into(),
                            );
                        }
                    }
                }
                other => {
                    return refuse(&format!(".{other}"), "there is no such condition", did_you_mean(other, &FIELDS));
                }
            }
        }
        Ok(filter)
    }

    /// Whether an entry can hold events that match.
    #[must_use]
    pub fn may_match(&self, entry: &Entry) -> bool {
        self.event_type.as_ref().is_none_or(|t| entry.event_type == t.as_str() || entry.event_type == MIXED_TYPES)
    }

    /// Whether an entry that may match does so with all its events, as far as the index can tell.
    #[must_use]
    pub fn covers(&self, entry: &Entry) -> bool {
        !self.needs_events() && (self.event_type.is_none() || entry.event_type != MIXED_TYPES)
    }

    /// Whether there are no conditions.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the events themselves must be read to decide.
    #[must_use]
    pub fn needs_events(&self) -> bool {
        self.path.is_some() || self.method.is_some() || self.status.is_some() || self.min_duration.is_some()
    }

    /// Whether an event matches.
    #[must_use]
    pub fn matches(&self, event: &Stored<'_>) -> bool {
        if self.event_type.as_ref().is_some_and(|t| event.event_type != *t) {
            return false;
        }
        if !self.needs_events() {
            return true;
        }
        let http = event.http();
        let path = |pattern: &Pattern| {
            http.path.as_ref().is_some_and(|path| pattern.matches(path))
                || columns::route(&http).is_some_and(|route| pattern.matches(&route))
        };
        self.path.as_ref().is_none_or(path)
            && self.method.as_ref().is_none_or(|m| http.method.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(m)))
            && self.status.is_none_or(|pattern| http.status.is_some_and(|status| pattern.matches(status)))
            && self.min_duration.is_none_or(|ms| http.duration_ms.is_some_and(|own| own >= ms))
    }
}

impl Pattern {
    fn parse(text: &str) -> Self {
        match text.strip_suffix('*') {
            Some(prefix) => Self::Prefix(prefix.to_owned()),
            None => Self::Exact(text.to_owned()),
        }
    }

    fn matches(&self, path: &str) -> bool {
        match self {
            Self::Exact(exact) => path == exact,
            Self::Prefix(prefix) => path.starts_with(prefix.as_str()),
        }
    }
}

impl StatusPattern {
    fn parse(value: &Value) -> Option<Self> {
        if let Some(status) = value.as_u64() {
            return u16::try_from(status).ok().filter(|s| (100..=999).contains(s)).map(Self::Exact);
        }
        let text = value.as_str()?;
        match text.strip_suffix("xx") {
            Some(class) => class.parse().ok().filter(|c| (1..=9).contains(c)).map(Self::Class),
            None => text.parse().ok().filter(|s| (100..=999).contains(s)).map(Self::Exact),
        }
    }

    fn matches(self, status: u16) -> bool {
        match self {
            Self::Exact(exact) => status == exact,
            Self::Class(class) => status / 100 == class,
        }
    }
}
