//! What somebody is called on a network or a machine, where the text around it says so: pages, and logs of who came in.

use std::ops::Range;

use droplets_pattern::pattern;

use super::context::{Words, is_word};
use super::detector::{Detector, Find, Needs};
use super::kind::{Kind, placeholder_len};
use super::names::Hint;
use super::traits::has;
use super::verdict::How;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "somebody's page on LinkedIn",
        kind: Kind::Name,
        needs: Needs { all: has::SLASH | has::DOT, run: 18, cue: Some(&LINKEDIN), ..Needs::NOTHING },
        find: Find::Run(
            pattern!(r"\b(?i:linkedin\.com/(?:in|pub)/)[A-Za-z0-9%_.-]{3}"),
            |b| b.is_ascii_alphanumeric() || matches!(b, b'%' | b'_' | b'-' | b'.'),
            |c| c.last_part(),
        ),
    },
    // `@nurzorl65 see you on Friday`. Without a number it is as often a package or a program's.
    Detector {
        name: "mention: at sign, letters and a number",
        kind: Kind::Name,
        needs: Needs { all: has::AT | has::DIGIT, run: 6, ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"@[a-z][a-z0-9_.]{3,28}[0-9]{1,4}\b"), |c| {
            let letters = c.matched().iter().filter(|b| b.is_ascii_lowercase()).count();
            let opens = c.before().is_none_or(|b| matches!(b, b' ' | b'\n' | b'(' | b',' | b'"' | b'>'));
            let goes_on = c.after().is_some_and(|b| is_word(b) || matches!(b, b'/' | b'(' | b'@' | b'-' | b'='));
            let domain = c.after() == Some(b'.') && c.after_next().is_some_and(is_word);
            (opens && !goes_on && !domain && letters >= 4 && c.hint != Hint::Version).then_some(c.start + 1..c.end)
        }),
    },
    Detector {
        name: "name: of who is invited, in a calendar",
        kind: Kind::Name,
        needs: Needs { all: has::EQUALS | has::COLON, run: 6, cue: Some(&INVITED), ..Needs::NOTHING },
        find: Find::Search(invited),
    },
    Detector {
        name: "user of a log: who tried to come in",
        kind: Kind::Name,
        needs: Needs { all: has::SPACE, any: has::LOWER, run: 3, cue: Some(&TRIED), ..Needs::NOTHING },
        find: Find::Search(came_in),
    },
];

/// RFC 5545, 3.2.2.
static INVITED: Words = Words::new(&["cn="]);

/// `ORGANIZER;CN=Ada Berg:mailto:ada@example.com`
fn invited(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    /// How far the address may stand behind the name, in bytes.
    const REACH: usize = 512;
    for (at, mark) in text.match_indices(";CN=") {
        let start = at + mark.len();
        let reach = (start..=text.len().min(start + REACH)).rev().find(|end| text.is_char_boundary(*end));
        let line = text.get(start..reach.unwrap_or(start)).unwrap_or_default();
        // A line goes on where the next begins with white space (RFC 5545, 3.1).
        let end = line
            .match_indices('\n')
            .find(|(end, _)| !line.get(end + 1..).is_some_and(|next| next.starts_with([' ', '\t'])));
        let line = end.map_or(line, |(end, _)| line.get(..end).unwrap_or_default());
        let quote = usize::from(line.starts_with('"'));
        let name =
            line.get(quote..).and_then(|rest| rest.split(['"', ':', ';', '\r', '\n']).next()).unwrap_or_default();
        let invites = line.contains("mailto:") || line.contains("MAILTO:");
        if invites && !name.is_empty() && placeholder_len(name.as_bytes()).is_none() {
            add(start + quote..start + quote + name.len());
        }
    }
}

static LINKEDIN: Words = Words::new(&["linkedin.com/in/", "linkedin.com/pub/"]);

static TRIED: Words = Words::new(&[
    "password for ",
    "publickey for ",
    "invalid user ",
    "authentication failure for ",
    "login failed for user ",
]);

/// `Failed password for invalid user noemicar323 from 203.0.113.7 port 41988 ssh2`
fn came_in(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(|rest| TRIED.first(rest)) {
        at += word.end;
        let rest = text.get(at..).unwrap_or_default();
        let quote = usize::from(rest.starts_with(['\'', '"']));
        let length = rest.bytes().skip(quote).take_while(|b| is_word(*b) || matches!(b, b'.' | b'-')).count();
        let user = rest.get(quote..quote + length).unwrap_or_default();
        let behind = rest.get(quote + length..).unwrap_or_default();
        let told = quote > 0 || behind.starts_with(" from ");
        if told && How::Account.fits(user) {
            add(at + quote..at + quote + length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn accounts_in_logs_and_pages() {
        for (text, rest) in [
            ("linkedin.com/in/ada-berg-7b2 is me", "linkedin.com/in/[NAME] is me"),
            ("@nurzorl65 see you, @jo.berg1984!", "@[NAME] see you, @[NAME]!"),
            (
                "Failed password for invalid user noemicar323 from 203.0.113.7 port 22",
                "Failed password for invalid user [NAME] from [IP] port 22",
            ),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "Accepted publickey for deploy from 10.0.0.7 port 22 ssh2",
            "linkedin.com/company/acme",
            "npm i @angular2/core react@18.2.0 logo@2x.png @v4",
            "@media print, @lru_cache and user@host1",
        ] {
            lives(text);
        }
    }
}
