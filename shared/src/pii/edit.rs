//! Replacements of parts of a string, and how those that overlap become one.

use std::ops::Range;

use super::Redactor;
use super::finding::{Finding, Found};

/// A replacement of part of a string.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Of edits of the same range the lowest decides.
    pub(super) rank: usize,
    pub(super) with: With,
}

impl Edit {
    pub(super) const fn new(range: Range<usize>, with: With) -> Self {
        Self { start: range.start, end: range.end, rank: 0, with }
    }

    /// A find. Its ends are character boundaries where what matched is ASCII; one that is not is widened to be safe.
    pub(super) fn widened(text: &str, range: Range<usize>, finding: Finding) -> Self {
        let start = (0..=range.start).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let end = (range.end..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
        Self::new(start..end, With::Finding(finding))
    }

    /// All of `text`, rewritten, with what was found in it.
    pub(super) fn whole(text: &str, rewritten: String, found: Found) -> Self {
        Self::new(0..text.len(), With::Text(Box::new((rewritten, found))))
    }
}

/// What comes instead.
#[derive(Debug)]
pub(super) enum With {
    /// What stands for a find; counts one.
    Finding(Finding),
    /// Itself: what is found in here is none. Of a version's column, say.
    Keep,
    /// A part that was rewritten by itself, with what was found in it.
    Text(Box<(String, Found)>),
}

/// `text` with all `edits` made. Where two overlap, the one that starts first (of these, the longest; of these, the one
/// of the lowest rank) decides what comes, and everything either of them covers goes.
///
/// None when all of them stay.
pub(super) fn apply(r: &Redactor, text: &str, mut edits: Vec<Edit>, found: &mut Found) -> Option<String> {
    // Allowed values stay, and what stands for a value that was hashed or masked before.
    edits.retain(|edit| match edit.with {
        With::Finding(_) => !r.stays(text.get(edit.start..edit.end).unwrap_or_default()),
        With::Text(_) | With::Keep => true,
    });
    let kept: Vec<Range<usize>> =
        edits.iter().filter(|edit| matches!(edit.with, With::Keep)).map(|edit| edit.start..edit.end).collect();
    if !kept.is_empty() {
        let inside = |edit: &Edit| kept.iter().any(|keep| keep.start <= edit.start && edit.end <= keep.end);
        edits.retain(|edit| !inside(edit));
    }
    if edits.is_empty() {
        return None;
    }
    edits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.rank.cmp(&b.rank)));
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut edits = edits.into_iter().peekable();
    while let Some(mut edit) = edits.next() {
        while let Some(next) = edits.next_if(|next| next.start < edit.end) {
            if next.end > edit.end {
                edit.end = next.end;
                // A rewritten part cannot speak for what it did not cover.
                if let (With::Text(_), With::Finding(finding)) = (&edit.with, &next.with) {
                    edit.with = With::Finding(*finding);
                }
            }
        }
        out.push_str(text.get(copied..edit.start).unwrap_or_default());
        match edit.with {
            With::Keep => continue,
            With::Finding(finding) => {
                r.stand_in(finding, text.get(edit.start..edit.end).unwrap_or_default(), &mut out);
                found.add(finding, r.action(finding));
            }
            With::Text(rewritten) => {
                out.push_str(&rewritten.0);
                found.merge(rewritten.1);
            }
        }
        copied = edit.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::finding::Why;
    use super::super::kind::Kind;
    use super::super::testing::BUILTIN;
    use super::*;

    #[test]
    fn overlapping_finds_leave_nothing_of_either() {
        let edit = |start, end, kind| Edit::new(start..end, With::Finding(Finding::new(kind, Why::Name)));
        let mut found = Found::default();
        let out = apply(
            &BUILTIN,
            "0123456789",
            vec![edit(3, 6, Kind::Card), edit(2, 4, Kind::Phone), edit(8, 9, Kind::Ip)],
            &mut found,
        );
        assert_eq!(out.as_deref(), Some("01[PHONE]67[IP]9"));
        assert_eq!(found.counts.total(), 2);
    }
}
