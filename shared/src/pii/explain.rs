//! From places in a JSON text to the paths that lead there.

use super::Redactor;
use super::finding::Change;
use super::json::decode;

/// Gives each change the path to its value in `json`, a valid text in which the changes know their places.
pub(super) fn give_paths(r: &Redactor, json: &str, changes: &mut [Change]) {
    let mut by_place: Vec<&mut Change> = changes.iter_mut().collect();
    by_place.sort_by_key(|change| change.at);
    let mut wanted = by_place.into_iter().peekable();
    values(json, |at, trail| {
        while let Some(change) = wanted.next_if(|change| change.at <= at) {
            let inside = std::mem::take(&mut change.path);
            change.path = trail.spelled(r);
            if !inside.is_empty() {
                change.path = format!("{} > {inside}", change.path);
            }
        }
    });
}

/// The steps from the whole text to a value.
struct Trail<'a>(Vec<Step<'a>>);

enum Step<'a> {
    /// A member's name, as it stands between its quotes.
    Member(&'a str),
    Element(usize),
}

impl Trail<'_> {
    fn spelled(&self, r: &Redactor) -> String {
        let mut path = String::new();
        for step in &self.0 {
            match step {
                Step::Element(index) => path.push_str(&format!("[{index}]")),
                Step::Member(raw) => {
                    let mut name = String::new();
                    decode(raw, &mut name);
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&r.strip_name(&name, &mut super::Counts::default()));
                }
            }
        }
        path
    }
}

/// Calls `visit` with the place of every member's name and every value, in order.
fn values<'a>(json: &'a str, mut visit: impl FnMut(usize, &Trail<'a>)) {
    let bytes = json.as_bytes();
    let mut trail = Trail(Vec::new());
    let mut at = 0;
    // Whether the next string is a member's name.
    let mut naming = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                visit(at, &trail);
                naming = *byte == b'{';
                trail.0.push(if naming { Step::Member("") } else { Step::Element(0) });
            }
            b'}' | b']' => {
                trail.0.pop();
                naming = false;
            }
            b',' => match trail.0.last_mut() {
                Some(Step::Element(index)) => *index += 1,
                _ => naming = true,
            },
            b'"' => {
                let end = string_end(bytes, at);
                if naming {
                    if let Some(step) = trail.0.last_mut() {
                        *step = Step::Member(json.get(at + 1..end).unwrap_or_default());
                    }
                    naming = false;
                }
                visit(at, &trail);
                at = end;
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                visit(at, &trail);
                let literal = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
                at += bytes.get(at..).unwrap_or_default().iter().take_while(literal).count() - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// The place of the quote that closes the string whose opening quote is at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while let Some(i) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += i;
        if bytes.get(at) == Some(&b'"') {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_path() {
        let r = Redactor::builtin(None);
        let mut paths = Vec::new();
        let json = r#" {"a":{"b\u0041":[1,-2e5,{"c":"x\"y"}],"jane@example.com":null},"d":[[],true]} "#;
        values(json, |at, trail| paths.push((json.as_bytes()[at], trail.spelled(&r))));
        let values: Vec<_> = paths.iter().filter(|(byte, _)| *byte != b'"').map(|(_, path)| path.as_str()).collect();
        assert_eq!(values, ["", "a", "a.bA", "a.bA[0]", "a.bA[1]", "a.bA[2]", "a.[EMAIL]", "d", "d[0]", "d[1]"]);
        assert!(paths.contains(&(b'"', "a.bA[2].c".to_owned())));
    }
}
