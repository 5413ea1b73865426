//! Makes a [`Case`] of a template.

use fastrand::Rng;

use super::case::{Case, Planted};
use super::contact::Person;
use super::encode::{
    Out, Seg, base64, escaped, flat, form, join, json, list, multipart, pairs, percent, rows, rows_of, xml,
};
use super::kinds::{Case as NameCase, KINDS, field};
use super::plain::PLAIN;
use super::template::{Piece, Tpl, Wrap, pieces};
use super::value::{chance, digits};
use super::write::Writer;

/// The pointer of what is not written yet.
const UNPLACED: &str = "unplaced";

/// Fills templates.
#[derive(Debug)]
pub(super) struct Expander<'a> {
    rng: &'a mut Rng,
    who: Person,
    case: NameCase,
    headers: HeaderCase,
    planted: Vec<Planted>,
    /// The wrappers around what is being filled.
    wraps: Vec<Wrap>,
    /// Where in the event it stands: a header, the query, the body.
    area: &'static str,
    /// Whether the field's name is one that few use.
    odd_name: bool,
    /// How many fields around are personal as a whole: what else stands in them need not survive.
    muted: usize,
}

/// How an application or a proxy writes its headers' names.
#[derive(Debug, Clone, Copy)]
enum HeaderCase {
    Lower,
    Title,
    Upper,
}

impl<'a> Expander<'a> {
    /// An expander for one event.
    pub(super) fn new(rng: &'a mut Rng) -> Self {
        let headers = match rng.u32(..10) {
            0..=6 => HeaderCase::Lower,
            7..=8 => HeaderCase::Title,
            _ => HeaderCase::Upper,
        };
        let (who, case) = (Person::any(rng), NameCase::any(rng));
        Self { rng, who, case, headers, planted: vec![], wraps: vec![], area: "custom", odd_name: false, muted: 0 }
    }

    /// Fills a template and writes it out.
    pub(super) fn case(mut self, scenario: &str, template: &Tpl) -> Case {
        let out = self.fill(template, "");
        let escape = chance(self.rng, 6);
        let mut writer =
            Writer { escape, json: String::new(), ideal: String::new(), planted: self.planted, survivors: vec![] };
        writer.write(&out, "");
        let Writer { json, ideal, mut planted, survivors, .. } = writer;
        // A field whose name was taken already is not in the event, nor is what was in it.
        planted.retain(|planted| planted.pointer != UNPLACED);
        Case { scenario: scenario.to_owned(), json, ideal, planted, survivors }
    }

    fn fill(&mut self, template: &Tpl, leaf: &'static str) -> Out {
        match template {
            Tpl::Text(text) => self.text(text, leaf),
            Tpl::Raw(text) => {
                let survivor = (self.muted == 0).then_some("literal");
                Out::Raw(vec![Seg { text: text.clone(), planted: vec![], survivor }])
            }
            Tpl::List(items) => Out::List(items.iter().map(|item| self.fill(item, "list item")).collect()),
            Tpl::Object(entries) => match Wrap::of(entries) {
                Some((wrap, inner)) => self.wrap(wrap, inner, leaf),
                None => self.object(entries),
            },
        }
    }

    fn object(&mut self, entries: &[(String, Tpl)]) -> Out {
        let mut object: Vec<(Vec<Seg>, Out)> = Vec::new();
        for (key, value) in entries {
            let mut key = key.as_str();
            if let Some(rest) = key.strip_prefix('?') {
                let (percent, name) = match rest.split_once(' ') {
                    Some((tenths, name)) => (tenths.parse::<u32>().expect("tenths") * 10, name),
                    None => (50, rest),
                };
                if !chance(self.rng, percent) {
                    continue;
                }
                key = name;
            }
            let (area, odd_name, muted) = (self.area, self.odd_name, self.muted);
            let mut names = vec![Seg::syntax(key)];
            if let Some(area) = area_of(key).filter(|_| self.wraps.is_empty() && matches!(area, "custom" | "response"))
            {
                self.area = if area == "body" && self.area == "response" { "response" } else { area };
            }
            if self.area == "header"
                && area == "header"
                && self.wraps.iter().all(|w| matches!(w, Wrap::Pairs | Wrap::Har))
            {
                names = vec![Seg::syntax(self.header_name(key))];
            }
            let out = if let Some(kind) = key.strip_prefix('@') {
                let (name, odd) = field(self.rng, kind, self.case);
                names = vec![Seg::syntax(name)];
                self.odd_name |= odd;
                self.muted += 1;
                match value {
                    Tpl::Raw(null) if null == "null" => self.text(&format!("<<{kind}>>"), "field"),
                    value => self.fill(value, "field"),
                }
            } else if key.contains(['<', '{']) {
                names = self.segments(key, "key");
                self.muted += usize::from(key.contains('<'));
                self.fill(value, "field")
            } else {
                if let Some(name) = key.strip_prefix('!') {
                    // A field that is personal as a whole, by a name that is written as it stands.
                    names = vec![Seg::syntax(name)];
                    self.muted += 1;
                }
                self.fill(value, "field")
            };
            (self.area, self.odd_name, self.muted) = (area, odd_name, muted);
            // A name that comes twice would make the first value unreachable.
            let text = |segs: &[Seg]| segs.iter().map(|seg| seg.text.as_str()).collect::<String>();
            let name = text(&names);
            if !object.iter().any(|(other, _)| text(other) == name) {
                object.push((names, out));
            }
        }
        Out::Object(object)
    }

    fn header_name(&self, name: &str) -> String {
        match self.headers {
            HeaderCase::Lower => name.to_lowercase(),
            HeaderCase::Upper => name.to_uppercase(),
            HeaderCase::Title => {
                let word = |word: &str| word[..1].to_uppercase() + &word[1..];
                name.split('-').map(word).collect::<Vec<_>>().join("-")
            }
        }
    }

    fn text(&mut self, text: &str, leaf: &'static str) -> Out {
        match text.strip_prefix('#') {
            // A number that begins with zero is none; what is not all digits stays a string.
            Some(number) if number.contains(['<', '{']) => {
                let segs = self.segments(number, leaf);
                let [seg] = &segs[..] else { return Out::Text(segs) };
                let plain = if seg.text.contains('.') { seg.text.clone() } else { digits(&seg.text) };
                if plain.starts_with('0') && !plain.starts_with("0.")
                    || plain.parse::<f64>().is_err()
                    || plain.len() > 15
                {
                    return Out::Text(segs);
                }
                Out::Raw(vec![Seg { text: plain, ..seg.clone() }])
            }
            _ => Out::Text(self.segments(text, leaf)),
        }
    }

    /// Fills the places of a text.
    fn segments(&mut self, text: &str, leaf: &'static str) -> Vec<Seg> {
        let (text, muted) = text.strip_prefix('~').map_or((text, self.muted > 0), |text| (text, true));
        let pieces = pieces(text);
        let alone = pieces.len() == 1;
        let leaf = if alone { leaf } else { "in text" };
        let literal = if alone { "literal" } else { "words around" };
        let fill = |piece: Piece<'_>| match piece {
            Piece::Literal(text) => {
                Seg { text: text.to_owned(), planted: vec![], survivor: (!muted).then_some(literal) }
            }
            Piece::Plain(name) => {
                let (category, make) =
                    PLAIN.iter().find(|plain| plain.0 == name).unwrap_or_else(|| panic!("no {name}"));
                Seg { text: make(self.rng), planted: vec![], survivor: Some(category) }
            }
            Piece::Planted(name) => self.plant(name, leaf),
        };
        pieces.into_iter().map(fill).collect()
    }

    fn plant(&mut self, name: &str, leaf: &'static str) -> Seg {
        let (kind, make) = KINDS.iter().find(|kind| kind.0 == name).unwrap_or_else(|| panic!("no kind {name}"));
        let made = make(self.rng, self.who);
        let count = |wrap| self.wraps.iter().filter(|w| **w == wrap).count();
        let deep = count(Wrap::Json) > 2 || count(Wrap::Pct) + count(Wrap::Form) > 1 || count(Wrap::Base64) > 0;
        let labels = self.wraps.iter().map(|wrap| wrap.label()).filter(|label| !label.is_empty());
        let place: Vec<&str> =
            std::iter::once(self.area).chain(labels).chain([leaf]).filter(|part| !part.is_empty()).collect();
        self.planted.push(Planted {
            kind: kind_name(kind),
            place: place.join(" > "),
            unusual: made.unusual || self.odd_name || deep || leaf == "key",
            text: made.text.clone(),
            pointer: UNPLACED.into(),
            needles: made.needles,
        });
        Seg { text: made.text, planted: vec![self.planted.len() - 1], survivor: None }
    }

    fn wrap(&mut self, wrap: Wrap, inner: &Tpl, leaf: &'static str) -> Out {
        if let (Wrap::Any, Tpl::List(items)) = (wrap, inner) {
            let at = self.rng.usize(..items.len());
            return self.fill(&items[at], leaf);
        }
        self.wraps.push(wrap);
        let out = self.fill(inner, leaf);
        self.wraps.pop();
        let text = match wrap {
            Wrap::Pairs | Wrap::Har => return pairs(out, wrap),
            Wrap::Json => json(&out),
            Wrap::Form => form(out),
            Wrap::Pct => escaped(flat(out), |text| percent(text, false)),
            Wrap::Base64 => vec![base64(self.rng, out)],
            Wrap::Xml => xml(out),
            Wrap::Csv => rows(out, |cells| join(cells, ",")),
            Wrap::Ndjson => rows_of(out, |item| json(&item)),
            Wrap::Lines => rows_of(out, flat),
            Wrap::Multipart => multipart(self.rng, out),
            Wrap::Cat => list(out).into_iter().flat_map(flat).collect(),
            Wrap::Any => flat(out),
        };
        Out::Text(text)
    }
}

/// A kind's name in reports: the spellings of one kind are one.
fn kind_name(name: &'static str) -> &'static str {
    match name {
        "phone_world" => "phone",
        "card_plain" => "card",
        "ssn_plain" => "ssn",
        "ip4" | "ip6" => "ip",
        name => name,
    }
}

/// The part of an event that a key begins.
fn area_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "headers" | "rawHeaders" => "header",
        "query" => "query",
        "path" | "url" | "originalUrl" => "path",
        "body" => "body",
        "response" => "response",
        "ip" => "request ip",
        _ => return None,
    })
}
