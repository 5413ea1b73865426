//! Writes filled templates.

use super::case::{GONE, Planted, Survivor};
use super::encode::{Out, Seg, json_text, only_ascii};

/// Writes an event as it is and as it should become.
pub(super) struct Writer {
    /// Whether all but ASCII and every slash is escaped, as PHP and Python do.
    pub(super) escape: bool,
    pub(super) json: String,
    pub(super) ideal: String,
    pub(super) planted: Vec<Planted>,
    pub(super) survivors: Vec<Survivor>,
}

impl Writer {
    fn both(&mut self, text: &str) {
        self.json += text;
        self.ideal += text;
    }

    pub(super) fn write(&mut self, out: &Out, pointer: &str) {
        match out {
            Out::Text(segs) => {
                self.both("\"");
                self.segments(segs, pointer, pointer);
                self.both("\"");
            }
            Out::Raw(segs) => {
                for seg in segs {
                    self.json += &seg.text;
                    self.ideal += &if seg.planted.is_empty() { seg.text.clone() } else { format!("\"{GONE}\"") };
                    self.note(seg, pointer, segs.len() > 1);
                }
            }
            Out::List(items) => {
                self.both("[");
                for (at, item) in items.iter().enumerate() {
                    self.both(if at > 0 { "," } else { "" });
                    self.write(item, &format!("{pointer}/{at}"));
                }
                self.both("]");
            }
            Out::Object(entries) => {
                self.both("{");
                for (at, (key, value)) in entries.iter().enumerate() {
                    self.both(if at > 0 { ",\"" } else { "\"" });
                    // A name that is personal is looked for in the whole object: it will have another name.
                    self.segments(key, pointer, "");
                    self.both("\":");
                    let name: String = key.iter().map(|seg| seg.text.as_str()).collect();
                    self.write(value, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")));
                }
                self.both("}");
            }
        }
    }

    fn segments(&mut self, segs: &[Seg], pointer: &str, survivors: &str) {
        for seg in segs {
            let mut text = json_text(&seg.text);
            if self.escape {
                text = only_ascii(&text);
            }
            self.json += &text;
            self.ideal += if seg.planted.is_empty() { &text } else { GONE };
            let seg = if survivors == pointer { seg.clone() } else { Seg { survivor: None, ..seg.clone() } };
            self.note(&seg, pointer, segs.len() > 1);
        }
    }

    fn note(&mut self, seg: &Seg, pointer: &str, part: bool) {
        for &at in &seg.planted {
            pointer.clone_into(&mut self.planted[at].pointer);
        }
        let Some(category) = seg.survivor else { return };
        let text = if part { seg.text.trim_matches(|c: char| !c.is_alphanumeric()) } else { &seg.text };
        // Whether a token's scheme is a part of the secret is a matter of taste.
        let text = text.strip_suffix("Bearer").map_or(text, str::trim_end);
        // What is found everywhere proves nothing.
        if !part || text.chars().count() > 2 {
            let category = if super::PROTECTED.contains(&pointer) { "protected" } else { category };
            let (pointer, text) = (pointer.to_owned(), text.to_owned());
            self.survivors.push(Survivor { category, pointer, text, part });
        }
    }
}
