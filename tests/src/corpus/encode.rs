//! Strings that hold something else: JSON, forms, tables, XML, base64. What is known of each piece of text is kept.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use fastrand::Rng;

use super::template::Wrap;
use super::value::chance;

/// A piece of text and what it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Seg {
    pub(super) text: String,
    /// The personal values in it.
    pub(super) planted: Vec<usize>,
    /// The category, if it must survive.
    pub(super) survivor: Option<&'static str>,
}

impl Seg {
    /// Text that is neither personal nor has to survive.
    pub(super) fn syntax(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A template with its places filled.
#[derive(Debug)]
pub(super) enum Out {
    Text(Vec<Seg>),
    /// A number, a boolean or null.
    Raw(Vec<Seg>),
    List(Vec<Out>),
    Object(Vec<(Vec<Seg>, Out)>),
}

pub(super) fn list(out: Out) -> Vec<Out> {
    if let Out::List(items) = out { items } else { vec![out] }
}

/// A value as text.
pub(super) fn flat(out: Out) -> Vec<Seg> {
    match out {
        Out::Text(segs) | Out::Raw(segs) => segs,
        other => json(&other),
    }
}

pub(super) fn escaped(segs: Vec<Seg>, escape: impl Fn(&str) -> String) -> Vec<Seg> {
    segs.into_iter().map(|seg| Seg { text: escape(&seg.text), ..seg }).collect()
}

pub(super) fn join(parts: Vec<Vec<Seg>>, separator: &str) -> Vec<Seg> {
    let mut all = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            all.push(Seg::syntax(separator));
        }
        all.extend(part);
    }
    all
}

pub(super) fn rows(out: Out, row: impl Fn(Vec<Vec<Seg>>) -> Vec<Seg>) -> Vec<Seg> {
    rows_of(out, |item| row(list(item).into_iter().map(|cell| escaped(flat(cell), csv_cell)).collect()))
}

pub(super) fn csv_cell(text: &str) -> String {
    text.replace([',', '"'], "")
}

pub(super) fn rows_of(out: Out, row: impl Fn(Out) -> Vec<Seg>) -> Vec<Seg> {
    join(list(out).into_iter().map(row).collect(), "\n")
}

/// What JSON has in a string for a text.
pub(super) fn json_text(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a string can be written");
    quoted[1..quoted.len() - 1].to_owned()
}

/// JSON text in ASCII, with escapes that nobody needs and some writers make.
pub(super) fn only_ascii(text: &str) -> String {
    let mut ascii = String::new();
    for c in text.chars() {
        match c {
            '/' => ascii += "\\/",
            c if c.is_ascii() => ascii.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| ascii += &format!("\\u{unit:04x}")),
        }
    }
    ascii
}

/// JSON, in pieces.
pub(super) fn json(out: &Out) -> Vec<Seg> {
    let quoted = |segs: &[Seg]| {
        let mut all = vec![Seg::syntax("\"")];
        all.extend(escaped(segs.to_vec(), json_text));
        all.push(Seg::syntax("\""));
        all
    };
    let between = |open: &str, parts: Vec<Vec<Seg>>, close: &str| {
        let mut all = vec![Seg::syntax(open)];
        all.extend(join(parts, ","));
        all.push(Seg::syntax(close));
        all
    };
    match out {
        Out::Text(segs) => quoted(segs),
        Out::Raw(segs) => segs.clone(),
        Out::List(items) => between("[", items.iter().map(json).collect(), "]"),
        Out::Object(entries) => {
            let entry = |(key, value): &(Vec<Seg>, Out)| {
                let mut all = quoted(key);
                all.push(Seg::syntax(":"));
                all.extend(json(value));
                all
            };
            between("{", entries.iter().map(entry).collect(), "}")
        }
    }
}

/// Percent-encodes; in a form a space is a plus.
pub(super) fn percent(text: &str, plus: bool) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => encoded.push(char::from(byte)),
            b' ' if plus => encoded.push('+'),
            byte => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

pub(super) fn form(out: Out) -> Vec<Seg> {
    let Out::Object(entries) = out else { panic!("a form is made of an object") };
    let pair = |(key, value): (Vec<Seg>, Out)| {
        let mut all = escaped(key, |text| percent(text, true));
        all.push(Seg::syntax("="));
        all.extend(escaped(flat(value), |text| percent(text, true)));
        all
    };
    join(entries.into_iter().map(pair).collect(), "&")
}

/// Base64 hides where in it a value stands: all of it is personal if any of it is.
pub(super) fn base64(rng: &mut Rng, out: Out) -> Seg {
    let segs = flat(out);
    let text: String = segs.iter().map(|seg| seg.text.as_str()).collect();
    let planted: Vec<usize> = segs.into_iter().flat_map(|seg| seg.planted).collect();
    let text = if chance(rng, 50) { STANDARD.encode(text) } else { URL_SAFE_NO_PAD.encode(text) };
    let survivor = planted.is_empty().then_some("base64");
    Seg { text, planted, survivor }
}

pub(super) fn xml(out: Out) -> Vec<Seg> {
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    match out {
        Out::Object(entries) => {
            let element = |(key, value): (Vec<Seg>, Out)| {
                let name: String = key.iter().map(|seg| seg.text.as_str()).collect();
                let name = name.replace('[', "_").replace([']', ' '], "");
                let mut all = vec![Seg::syntax(format!("<{name}>"))];
                all.extend(xml(value));
                // The closing tag has no attributes.
                all.push(Seg::syntax(format!("</{}>", name.split(' ').next().unwrap_or_default())));
                all
            };
            entries.into_iter().flat_map(element).collect()
        }
        Out::List(items) => items.into_iter().flat_map(xml).collect(),
        leaf => escaped(flat(leaf), text),
    }
}

pub(super) fn multipart(rng: &mut Rng, out: Out) -> Vec<Seg> {
    let Out::Object(entries) = out else { panic!("a multipart form is made of an object") };
    let boundary = format!("------WebKitFormBoundary{:x}", rng.u64(..));
    let mut all = Vec::new();
    for (key, value) in entries {
        all.push(Seg::syntax(format!("{boundary}\r\nContent-Disposition: form-data; name=\"")));
        all.extend(key);
        all.push(Seg::syntax("\"\r\n\r\n"));
        all.extend(flat(value));
        all.push(Seg::syntax("\r\n"));
    }
    all.push(Seg::syntax(format!("{boundary}--\r\n")));
    all
}

/// An object as a list of pairs, flat or as objects.
pub(super) fn pairs(out: Out, wrap: Wrap) -> Out {
    let Out::Object(entries) = out else { panic!("pairs are made of an object") };
    Out::List(
        entries
            .into_iter()
            .flat_map(|(key, value)| match wrap {
                Wrap::Har => {
                    let name = vec![Seg::syntax("name")];
                    vec![Out::Object(vec![(name, Out::Text(key)), (vec![Seg::syntax("value")], value)])]
                }
                _ => vec![Out::Text(key), value],
            })
            .collect(),
    )
}
