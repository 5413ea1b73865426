//! Tables in text: a CSV file's columns have names in its first line, an SQL INSERT's in its parentheses.

use super::Redactor;
use super::edit::{Edit, With};
use super::embed::named;
use super::kind::is_placeholder;
use super::names::{Hint, Role, Sense, role_by};

/// Most columns looked at.
pub(super) const MAX_COLUMNS: usize = 128;

/// Most bytes of `INSERT INTO table` before its columns.
const MAX_HEAD: usize = 200;

/// What separates columns, likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The columns of a CSV file whose names say that their values are personal.
pub(super) fn csv(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    let Some((heading, _)) = text.split_once('\n') else { return };
    for separator in SEPARATORS {
        if memchr::memchr(separator, heading.as_bytes()).is_none() {
            continue;
        }
        let names =
            cells(text, 0, heading.len(), separator).map(|(start, end)| text.get(start..end).unwrap_or_default());
        // A sentence with commas is no heading.
        let columns = columns(r, names.take_while(|name| is_heading(name) && name.split(' ').count() <= 5));
        if memchr::memmem::find(heading.as_bytes(), b"[BIRTH_DATE]").is_some() {
            continue;
        }
        let whole = columns.len() == cells(text, 0, heading.len(), separator).count();
        if columns.len() < 2
            || !whole
            || !columns.iter().any(|column| column.verdict.is_some() || column.somebody || column.is_party)
        {
            continue;
        }
        let mut at = heading.len() + 1;
        while at < text.len() {
            let end = memchr::memchr(b'\n', text.as_bytes().get(at..).unwrap_or_default())
                .map_or(text.len(), |length| at + length);
            let line = text.get(at..end).unwrap_or_default();
            let end_of_cells = at + line.trim_end_matches('\r').len();
            // A line of another shape is no row of this table.
            if cells(text, at, end_of_cells, separator).count() == columns.len() {
                row(text, cells(text, at, end_of_cells, separator), &columns, edits);
            }
            at = end + 1;
        }
        return;
    }
}

/// Names of columns are short, and of the letters of names but for some signs: `Passport #`, `Name (natürl. Person)`.
/// One may be left out.
fn is_heading(name: &str) -> bool {
    let byte = |b: u8| b.is_ascii_alphanumeric() || b"_- .\r#/*%?'".contains(&b) || b >= 0x80;
    let name = name.trim();
    let name = name.strip_suffix(')').and_then(|name| name.split_once(" (")).map_or(name, |(name, _)| name);
    name.is_empty()
        || (name.len() <= 64 && name.bytes().all(byte) && name.bytes().any(|b| b.is_ascii_alphabetic() || b >= 0x80))
}

/// Where the cells between two places begin and end, without their quotes.
fn cells(text: &str, from: usize, to: usize, separator: u8) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = Some(from);
    std::iter::from_fn(move || {
        let begin = at?;
        let spaces = bytes.get(begin..to)?.iter().take_while(|b| **b == b' ').count();
        let quote = bytes.get(begin + spaces).copied().filter(|b| matches!(b, b'"' | b'\'') && begin + spaces < to);
        // `'s-Hertogenbosch`: what is no quote has no end before the next cell.
        let quote = quote.filter(|quote| {
            let end = quoted_end(bytes, begin + spaces + 1, to, *quote);
            *quote == b'"'
                || (end < to
                    && bytes.get(end + 1).is_none_or(|b| *b == separator || b.is_ascii_whitespace() || *b == b')'))
        });
        let (start, end, after) = match quote {
            Some(quote) => {
                let start = begin + spaces + 1;
                let end = quoted_end(bytes, start, to, quote);
                let rest = bytes.get((end + 1).min(to)..to).unwrap_or_default();
                let behind = memchr::memchr(separator, rest).map(|i| end + 1 + i);
                (start, end, behind)
            }
            None => {
                let behind = memchr::memchr(separator, bytes.get(begin..to)?).map(|i| begin + i);
                let mut end = behind.unwrap_or(to);
                while end > begin + spaces && bytes.get(end - 1) == Some(&b' ') {
                    end -= 1;
                }
                (begin + spaces, end, behind)
            }
        };
        at = after.map(|separator| separator + 1);
        Some((start, end))
    })
    .take(MAX_COLUMNS)
}

/// Where the quote stands that closes a cell; two of them in a row are one of its own.
fn quoted_end(bytes: &[u8], from: usize, to: usize, quote: u8) -> usize {
    let mut at = from;
    while let Some(i) = bytes.get(at..to).and_then(|rest| memchr::memchr(quote, rest)) {
        at += i;
        if bytes.get(at + 1) != Some(&quote) || at + 1 >= to {
            return at;
        }
        at += 2;
    }
    to
}

/// A heading without what is explained in brackets behind it.
fn plain(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(name, _)| name).trim_end_matches(['*', ':', '?', ' '])
}

/// What the names of columns say about their values.
pub(super) fn columns<'t>(r: &Redactor, names: impl Iterator<Item = &'t str>) -> Vec<Sense> {
    let mut columns: Vec<Sense> =
        names.map(plain).map(|name| Sense { verdict: named(r, name), ..r.names.sense(name, Role::NONE) }).collect();
    let evidence = columns
        .iter()
        .filter_map(|column| column.verdict)
        .fold(Role::NONE, |role, verdict| role.and(role_by(verdict.kind)));
    // The others say whose a column is: `email,first_name,city`.
    for column in &mut columns {
        let shown = column.latent.filter(|(needs, _)| needs.meets(evidence) && !column.guessed);
        if let Some((_, verdict)) = shown.filter(|_| column.verdict.is_none()) {
            (column.verdict, column.guessed) = (Some(verdict), true);
        }
    }
    columns
}

/// Whether a value of an SQL statement is given apart from it: `$1`, `?`, `:email`, `%s`.
fn is_bound(value: &str) -> bool {
    matches!(value, "?" | "%s" | "null" | "NULL" | "DEFAULT" | "default")
        || value
            .strip_prefix('$')
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        || value
            .strip_prefix([':', '@'])
            .is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
}

fn row(text: &str, cells: impl Iterator<Item = (usize, usize)>, columns: &[Sense], edits: &mut Vec<Edit>) {
    for ((start, end), column) in cells.zip(columns) {
        let Some(value) = text.get(start..end) else { continue };
        // `9.10.75.27` in a column of versions.
        let dotted = || {
            value.bytes().filter(|b| *b == b'.').count() == 3 && value.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        };
        // `2661827789499870` in a column of orders.
        let counted = || value.len() >= 12 && value.bytes().all(|b| b.is_ascii_digit());
        let kept = match column.hint {
            Hint::Version => dotted(),
            Hint::Identifier | Hint::Article => counted(),
            Hint::None | Hint::Field | Hint::Network => false,
        };
        if kept && column.verdict.is_none() {
            edits.push(Edit::new(start..end, With::Keep));
            continue;
        }
        let Some(verdict) = column.verdict.or_else(|| column.by_value(value)) else { continue };
        // `line` is an address's, and the number of a row.
        let small = column.guessed && value.len() < 4 && value.bytes().all(|b| b.is_ascii_digit());
        let nothing = value.is_empty() || small || is_bound(value) || is_placeholder(value);
        if !nothing && !verdict.says_nothing(value) && verdict.how.fits(value) {
            edits.push(Edit::new(start..end, With::Finding(verdict.finding())));
        }
    }
}

/// `INSERT INTO users (id, email) VALUES (7, 'jane@example.com'), …`
pub(super) fn insert(r: &Redactor, text: &str, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b"(") {
        // Far enough back for the table's name, and no farther: a text may be all parentheses.
        let from = (at.saturating_sub(MAX_HEAD)..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
        let head = text.get(from..at).unwrap_or_default().trim_end();
        let words: Vec<&str> = head.rsplitn(4, [' ', '\n', '\t']).collect();
        let is_insert = words.len() >= 3
            && words.get(1).is_some_and(|word| word.eq_ignore_ascii_case("into"))
            && words.get(2).is_some_and(|word| word.to_ascii_lowercase().ends_with("insert"));
        if !is_insert {
            continue;
        }
        let Some(close) = memchr::memchr(b')', bytes.get(at..).unwrap_or_default()).map(|i| at + i) else { continue };
        let names = text.get(at + 1..close).unwrap_or_default().split(',');
        let columns = columns(r, names.map(|name| name.trim().trim_matches(['"', '`', '[', ']'])));
        let mut from = close + 1;
        while let Some(open) = memchr::memchr(b'(', bytes.get(from..).unwrap_or_default()).map(|i| from + i) {
            let between = text.get(from..open).unwrap_or_default().trim();
            if !(between == "," || between.eq_ignore_ascii_case("values")) {
                break;
            }
            let end = values_end(bytes, open + 1);
            row(text, cells(text, open + 1, end, b','), &columns, edits);
            from = (end + 1).min(bytes.len());
        }
    }
}

/// Where the parenthesis stands that closes a list of values, strings passed over.
fn values_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b')' => return at,
            b'\'' => at = quoted_end(bytes, at + 1, bytes.len(), b'\''),
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn columns_are_known_by_their_headings() {
        for (text, rest) in [
            (
                "id,first_name,last_name,plan\n1,Anna,Rossi,gold\n2,\"Jo \"\"J\"\"\",,free\n",
                "id,first_name,last_name,plan\n1,[NAME],[NAME],gold\n2,\"[NAME]\",,free\n",
            ),
            ("Name;Passwort;Ort\r\nx;geheim1;Bonn\r\n", "Name;Passwort;Ort\r\nx;[PASSWORD];Bonn\r\n"),
            ("id\tdate_of_birth\n7\t04/11/1995\nnot a row", "id\tdate_of_birth\n7\t[BIRTH_DATE]\nnot a row"),
            (
                "line,email,first_name,city,signed_by\n6,a@b.co,Anna,Bonn,Jane Okafor\n7,c@d.co,Jo,Des Moines,courier",
                "line,email,first_name,city,signed_by\n6,[EMAIL],[NAME],[ADDRESS],[NAME]\n7,[EMAIL],[NAME],[ADDRESS],courier",
            ),
            (
                "Last Name;First Name;Passport #;Room;\nPruitt;Natalie;H39402766;SGL;\n",
                "Last Name;First Name;Passport #;Room;\n[NAME];[NAME];[PASSPORT];SGL;\n",
            ),
            (
                "Konto;Name (Adressattyp natürl. Person);Straße\n18287;Tremblay;228 Granville St",
                "Konto;Name (Adressattyp natürl. Person);Straße\n18287;[NAME];[ADDRESS]",
            ),
            ("sku,password\nA-1, hunter2 \nB-2,null", "sku,password\nA-1, [PASSWORD] \nB-2,null"),
        ] {
            assert_eq!(finds(text), rest);
        }
        for text in ["sku,qty\nA-1,2", "Hello, name\nfirst, second", "a,b\n1,2,3", "one line, password"] {
            lives(text);
        }
    }

    #[test]
    fn inserted_values_are_known_by_their_columns() {
        for (text, rest) in [
            (
                "INSERT INTO users (id, first_name, `password`) VALUES (1,'Anna','it''s, (x)'), (2, 'Jo', NULL);",
                "INSERT INTO users (id, first_name, `password`) VALUES (1,'[NAME]','[PASSWORD]'), (2, '[NAME]', NULL);",
            ),
            (
                "dup: insert into t(cvv,n)\nvalues (123,4) on conflict do nothing",
                "dup: insert into t(cvv,n)\nvalues ([CARD],4) on conflict do nothing",
            ),
        ] {
            assert_eq!(finds(text), rest);
        }
        lives("INSERT INTO t (a, b) VALUES (1, 'x')");
        for bound in ["$1, $2", "?, ?", ":id, :email", "@id, @email", "%s, %s", "DEFAULT, NULL"] {
            lives(&format!("INSERT INTO users (id, email) VALUES ({bound})"));
        }
    }

    #[test]
    fn versions_columns_keep_versions_only() {
        assert_eq!(
            finds("firmware_version,email\n9.10.75.27,x\na.b.c@example.co.uk,y"),
            "firmware_version,email\n9.10.75.27,[EMAIL]\n[EMAIL],[EMAIL]"
        );
    }
}
