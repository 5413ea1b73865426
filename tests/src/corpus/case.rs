//! What is generated: a document, what is planted in it and what must survive.

use super::value::Needle;

/// A personal value in a case.
#[derive(Debug, Clone)]
pub struct Planted {
    /// What it is.
    pub kind: &'static str,
    /// Where and how it stands.
    pub place: String,
    /// Whether its spelling, its field's name or its encoding is one that few use.
    pub unusual: bool,
    /// The value before it was encoded.
    pub text: String,
    /// The JSON pointer of what holds it.
    pub pointer: String,
    /// What must not be found.
    pub needles: Vec<Needle>,
}

/// A value that must survive.
#[derive(Debug, Clone)]
pub struct Survivor {
    /// What it is.
    pub category: &'static str,
    /// The JSON pointer of what it is or stands in.
    pub pointer: String,
    /// The text.
    pub text: String,
    /// Whether it is only a part of the string at the pointer.
    pub part: bool,
}

/// A document and what is known about it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Which template it was made of.
    pub scenario: String,
    /// The document.
    pub json: String,
    /// The document as a perfect redactor would leave it.
    pub ideal: String,
    /// The personal values.
    pub planted: Vec<Planted>,
    /// What must survive, in the order of the document.
    pub survivors: Vec<Survivor>,
}

/// What stands in [`Case::ideal`] for a personal value.
pub(super) const GONE: &str = "▮";
