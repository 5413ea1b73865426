//! Templates: JSON whose strings hold places for values.
//!
//! `<<email>>` is a personal value, `{{uuid}}` one that must survive, and other text survives as it stands unless it
//! begins with `~`. `#` before a place makes a number of the value. A key `@phone` is one of the names that fields of the
//! kind have, `?key` is there half the time and `?2 key` two times in ten. An object with one key that begins with `$`
//! is a string that holds what is under the key: see [`Wrap`].

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A template. Objects keep their order, which `serde_json::Value` would not.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tpl {
    Text(String),
    Raw(String),
    List(Vec<Tpl>),
    Object(Vec<(String, Tpl)>),
}

impl Tpl {
    /// Reads a template.
    pub(super) fn parse(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in the template {json}"))
    }

    /// What is under a key of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The text of a string.
    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<'de> Deserialize<'de> for Tpl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Tpl;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_str<E>(self, text: &str) -> Result<Tpl, E> {
                Ok(Tpl::Text(text.to_owned()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Tpl, E> {
                Ok(Tpl::Raw(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Tpl, E> {
                Ok(Tpl::Raw(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Tpl, E> {
                Ok(Tpl::Raw(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Tpl, E> {
                Ok(Tpl::Raw(value.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Tpl, E> {
                Ok(Tpl::Raw("null".into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tpl, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Tpl::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tpl, A::Error> {
                let mut object = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    object.push(entry);
                }
                Ok(Tpl::Object(object))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// A string that holds something else, written so: `{"$json": {…}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrap {
    /// `$json`: JSON in a string.
    Json,
    /// `$form`: a form body or a query string.
    Form,
    /// `$pct`: percent-encoded.
    Pct,
    /// `$b64`: base64 of JSON or text.
    Base64,
    /// `$xml`: elements.
    Xml,
    /// `$csv`: a list of rows.
    Csv,
    /// `$ndjson`: a list of objects, one a line.
    Ndjson,
    /// `$multipart`: a multipart form.
    Multipart,
    /// `$lines`: texts, one a line.
    Lines,
    /// `$cat`: texts, one after the other.
    Cat,
    /// `$any`: one of a list.
    Any,
    /// `$pairs`: an object as a list of names and values, as Node's `rawHeaders` are.
    Pairs,
    /// `$har`: an object as a list of objects with `name` and `value`.
    Har,
}

impl Wrap {
    const ALL: &[(&str, Self)] = &[
        ("$json", Self::Json),
        ("$form", Self::Form),
        ("$pct", Self::Pct),
        ("$b64", Self::Base64),
        ("$xml", Self::Xml),
        ("$csv", Self::Csv),
        ("$ndjson", Self::Ndjson),
        ("$multipart", Self::Multipart),
        ("$lines", Self::Lines),
        ("$cat", Self::Cat),
        ("$any", Self::Any),
        ("$pairs", Self::Pairs),
        ("$har", Self::Har),
    ];

    /// The wrapper that an object is, and what is in it.
    pub(super) fn of(object: &[(String, Tpl)]) -> Option<(Self, &Tpl)> {
        let [(key, inner)] = object else { return None };
        Self::ALL.iter().find(|(name, _)| name == key).map(|(_, wrap)| (*wrap, inner))
    }

    /// What the wrapper adds to a place's label.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Form => "form",
            Self::Pct => "pct",
            Self::Base64 => "b64",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Multipart => "multipart",
            Self::Lines => "lines",
            Self::Pairs => "pairs",
            Self::Har => "har",
            Self::Cat | Self::Any => "",
        }
    }
}

/// A piece of a template's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Literal(&'a str),
    Planted(&'a str),
    Plain(&'a str),
}

/// The pieces of a text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut list = Vec::new();
    let mut rest = text;
    while let Some((before, open)) =
        [("<<", ">>"), ("{{", "}}")].iter().filter_map(|(o, c)| rest.find(o).map(|at| (at, c))).min()
    {
        let Some(length) = rest[before + 2..].find(open) else { break };
        let name = &rest[before + 2..before + 2 + length];
        if before > 0 {
            list.push(Piece::Literal(&rest[..before]));
        }
        list.push(if *open == ">>" { Piece::Planted(name) } else { Piece::Plain(name) });
        rest = &rest[before + 4 + length..];
    }
    if !rest.is_empty() {
        list.push(Piece::Literal(rest));
    }
    list
}
