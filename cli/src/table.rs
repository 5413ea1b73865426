//! Rows as columns that fit a terminal. Pure.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};

use droplets::event::{Contract, Stored};
use serde::Deserialize;
use serde_json::value::RawValue;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::answer::Stats;
use crate::spell;

/// Between two columns.
const GAP: &str = "  ";
/// No column is cut to less.
const NARROWEST: usize = 8;

/// What is printed on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Screen {
    /// Columns of text; none if there is no end to a line.
    pub width: Option<usize>,
    /// Whether it shows colours.
    pub colors: bool,
}

/// A colour, or the lack of one; the graver the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paint {
    /// As it is.
    Plain,
    /// What stands aside.
    Dim,
    /// A response of 400 and above.
    Yellow,
    /// A response of 500 and above.
    Red,
}

impl Screen {
    /// What standard output is shown on.
    pub fn of_stdout() -> Self {
        let terminal = io::stdout().is_terminal();
        Self {
            width: console::Term::stdout().size_checked().filter(|_| terminal).map(|(_, columns)| columns.into()),
            colors: terminal && wants_colors(|name| std::env::var(name).ok()),
        }
    }

    /// Standard error beside it.
    pub fn of_stderr(self) -> Self {
        Self { colors: self.colors && io::stderr().is_terminal(), ..self }
    }

    /// The text in this colour.
    pub fn paint<'a>(&self, paint: Paint, text: &'a str) -> Cow<'a, str> {
        let code = match paint {
            _ if !self.colors || text.is_empty() => return Cow::Borrowed(text),
            Paint::Plain => return Cow::Borrowed(text),
            Paint::Dim => 2,
            Paint::Yellow => 33,
            Paint::Red => 31,
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }
}

/// https://no-color.org
fn wants_colors(get: impl Fn(&str) -> Option<String>) -> bool {
    get("NO_COLOR").is_none_or(|value| value.is_empty()) && get("TERM").is_none_or(|term| term != "dumb")
}

/// A row's cells, as many as there are titles.
pub type Cells = Vec<String>;

/// Columns and their widths, made for the first page and kept for those that follow.
#[derive(Debug)]
pub struct Layout {
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    title: String,
    width: usize,
    /// Numbers stand on the right.
    number: bool,
}

impl Layout {
    /// Columns as wide as their cells, the widest cut until a line fits the screen.
    pub fn new(titles: &[String], rows: &[Cells], screen: &Screen) -> Self {
        Self::of(titles, rows, screen, true)
    }

    /// The same where the titles are not shown, and need no room.
    pub fn without_head(titles: &[String], rows: &[Cells], screen: &Screen) -> Self {
        Self::of(titles, rows, screen, false)
    }

    fn of(titles: &[String], rows: &[Cells], screen: &Screen, head: bool) -> Self {
        let mut columns: Vec<_> = titles
            .iter()
            .enumerate()
            .map(|(i, title)| {
                let cells = || rows.iter().filter_map(|row| row.get(i));
                let width =
                    cells().map(|cell| cell.width()).max().unwrap_or(0).max(if head { title.width() } else { 0 });
                let is_number = |cell: &String| cell.is_empty() || cell.parse::<f64>().is_ok();
                let number = cells().all(is_number) && cells().any(|cell| !cell.is_empty());
                Column { title: title.clone(), width, number }
            })
            .collect();
        if let Some(width) = screen.width {
            let gaps = GAP.len() * columns.len().saturating_sub(1);
            while columns.iter().map(|column| column.width).sum::<usize>() + gaps > width {
                match columns.iter_mut().max_by_key(|column| column.width) {
                    Some(widest) if widest.width > NARROWEST => widest.width -= 1,
                    _ => break,
                }
            }
        }
        Self { columns }
    }

    /// The line above all rows.
    pub fn head(&self, screen: &Screen) -> String {
        let titles: Vec<_> = self.columns.iter().map(|column| column.title.clone()).collect();
        screen.paint(Paint::Dim, self.line(&titles, screen, |_| Paint::Plain).trim_end()).into_owned()
    }

    /// A row's line; `paint` tells a column's colour by its title.
    pub fn line(&self, cells: &Cells, screen: &Screen, paint: impl Fn(&str) -> Paint) -> String {
        let mut line = String::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            if !line.is_empty() {
                line.push_str(GAP);
            }
            // Without an end to the line nothing has to be cut, on later pages neither.
            let cell = if screen.width.is_some() { cut(cell, column.width) } else { Cow::Borrowed(cell.as_str()) };
            let blank = " ".repeat(column.width.saturating_sub(cell.width()));
            let painted = screen.paint(paint(&column.title), &cell);
            let (before, after) = if column.number { (blank.as_str(), "") } else { ("", blank.as_str()) };
            line.extend([before, &painted, after]);
        }
        line.truncate(line.trim_end().len());
        line
    }
}

fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut left = width.saturating_sub(1);
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    Cow::Owned(cut)
}

/// Text of an event can come from anyone, so it must not reach the terminal as a command: control characters, and those
/// that turn the direction of writing, are shown as a replacement character.
pub fn harmless(text: &str) -> String {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|c| if acts(c) { '\u{fffd}' } else { c }).collect()
}

/// The cells of a row under `columns`: strings without their quotes, anything else as it is spelled.
pub fn cells_of_row(row: &str) -> Result<Cells, serde_json::Error> {
    let cells: Vec<&RawValue> = serde_json::from_str(row)?;
    let spell = |cell: &RawValue| match cell.get() {
        "null" => String::new(),
        json if json.starts_with('"') => {
            serde_json::from_str::<String>(json).map_or_else(|_| harmless(json), |s| harmless(&s))
        }
        json => harmless(json),
    };
    Ok(cells.into_iter().map(spell).collect())
}

/// Which columns events are shown in.
#[derive(Clone, Copy, Debug)]
pub struct EventColumns {
    /// Whose they are; not needed where one session is asked about.
    pub session: bool,
    /// What was stripped.
    pub pii: bool,
}

impl EventColumns {
    /// As many as there is room for.
    pub fn new(one_session: bool, screen: &Screen) -> Self {
        Self { session: !one_session, pii: screen.width.is_none_or(|width| width >= 120) }
    }

    /// Their titles.
    pub fn titles(self) -> Vec<String> {
        let all = [
            (true, "time (UTC)"),
            (self.session, "session"),
            (true, "type"),
            (true, "method"),
            (true, "path"),
            (true, "status"),
            (true, "ms"),
            (self.pii, "stripped"),
        ];
        all.iter().filter(|(shown, _)| *shown).map(|(_, title)| (*title).to_owned()).collect()
    }

    /// As wide as most events are, for a table whose rows are yet to come; the path has what room there is.
    pub fn typical(self, screen: &Screen) -> Cells {
        let cells = |path| {
            let all = [
                (true, 23),
                (self.session, 16),
                (true, 4),
                (true, 6),
                (true, path),
                (true, 3),
                (true, 7),
                (self.pii, 16),
            ];
            all.into_iter().filter(|(shown, _)| *shown).map(|(_, width)| width).collect::<Vec<usize>>()
        };
        let others = cells(0);
        let others = others.iter().sum::<usize>() + GAP.len() * others.len();
        let path = screen.width.map_or(40, |width| width.saturating_sub(others).max(NARROWEST));
        cells(path).into_iter().map(|width| "0".repeat(width)).collect()
    }

    /// An event's cells. One that cannot be read has empty ones: the table shows that it is there.
    pub fn cells(self, event: &str) -> Cells {
        let contract = Contract::default();
        let stored = Stored::read(event.as_bytes(), &contract).ok();
        let http = stored.as_ref().map(Stored::http);
        let text = |value: Option<&Cow<'_, str>>| value.map(|value| harmless(value)).unwrap_or_default();
        let time = stored.as_ref().map(|e| e.timestamp.to_string().replace('T', " ").replace('Z', ""));
        let path = http.as_ref().and_then(|http| http.path.as_ref().or(http.route.as_ref()));
        let ms = http.as_ref().and_then(|http| http.duration_ms);
        let all = [
            (true, time.unwrap_or_default()),
            (self.session, text(stored.as_ref().map(|e| &e.session_id))),
            (true, stored.as_ref().map(|e| e.event_type.as_str().to_owned()).unwrap_or_default()),
            (true, text(http.as_ref().and_then(|http| http.method.as_ref()))),
            (true, text(path)),
            (true, http.as_ref().and_then(|http| http.status).map(|s| s.to_string()).unwrap_or_default()),
            (true, ms.map(|ms| format!("{ms:.1}")).unwrap_or_default()),
            (self.pii, stripped(event)),
        ];
        all.into_iter().filter(|(shown, _)| *shown).map(|(_, cell)| cell).collect()
    }
}

/// What was stripped from an event, by its own account.
fn stripped(event: &str) -> String {
    #[derive(Deserialize)]
    struct Event {
        #[serde(rename = "_droplets")]
        meta: Meta,
    }
    #[derive(Deserialize)]
    struct Meta {
        #[serde(default)]
        pii: BTreeMap<String, u64>,
    }
    let counts = serde_json::from_str::<Event>(event).map(|event| event.meta.pii).unwrap_or_default();
    let spell = |(kind, count): (&String, &u64)| match count {
        1 => harmless(kind),
        count => format!("{} ×{count}", harmless(kind)),
    };
    counts.iter().map(spell).collect::<Vec<_>>().join(", ")
}

/// The colour of a cell of an event, or of another row, by its column.
pub fn paint(title: &str, cell: &str) -> Paint {
    match (title, cell.parse::<u64>()) {
        ("status", Ok(500..)) => Paint::Red,
        ("status", Ok(400..)) => Paint::Yellow,
        ("errors", Ok(1..)) => Paint::Red,
        ("type" | "stripped", _) => Paint::Dim,
        _ => Paint::Plain,
    }
}

/// The line below: how much there is, and what it took.
pub fn footer(rows: u64, stats: Stats) -> String {
    let cost = if stats.cost_usd > 0.0 { format!(" · {}", spell::usd(stats.cost_usd)) } else { String::new() };
    format!(
        "{} · {}, {} of S3 ({}) · {} ms{cost}",
        spell::many(rows, "row"),
        spell::many(stats.index_reads, "index read"),
        spell::many(stats.s3_gets, "read"),
        indicatif::HumanBytes(stats.bytes),
        stats.ms
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"session_id":"s-1","request":{"method":"GET","path":"/search"},"response":{"status":503,"duration_ms":12.345},"_droplets":{"v":1,"session_id":"s-1","event_id":"e","timestamp":"2026-11-21T07:03:12.123Z","type":"http","pii":{"email":2,"ip":1}}}"#;

    fn titles(all: &[&str]) -> Vec<String> {
        all.iter().map(|title| (*title).to_owned()).collect()
    }

    fn render(titles: &[String], rows: &[Cells], screen: &Screen) -> Vec<String> {
        let layout = Layout::new(titles, rows, screen);
        let line = |row: &Cells| layout.line(row, screen, |_| Paint::Plain);
        std::iter::once(layout.head(screen)).chain(rows.iter().map(line)).collect()
    }

    #[test]
    fn columns_are_as_wide_as_their_cells_and_numbers_stand_right() {
        let rows = [vec!["a".to_owned(), "10".to_owned()], vec!["日本".to_owned(), "9".to_owned()]];
        let lines = render(&titles(&["id", "events"]), &rows, &Screen::default());
        assert_eq!(lines, ["id    events", "a         10", "日本       9"]);
    }

    #[test]
    fn the_widest_column_is_cut_to_fit_the_screen() {
        let rows = [vec!["short".to_owned(), "/a/very/long/path/日本日本日本".to_owned(), "1".to_owned()]];
        let screen = Screen { width: Some(30), colors: false };
        let lines = render(&titles(&["id", "path", "n"]), &rows, &screen);
        assert_eq!(lines[1], "short  /a/very/long/path/…   1");
        assert!(lines.iter().all(|line| line.width() <= 30), "{lines:?}");
        // A screen too narrow for anything is no reason to loop or fail.
        render(&titles(&["id", "path", "n"]), &rows, &Screen { width: Some(3), colors: false });
    }

    #[test]
    fn an_event_shows_what_was_asked_and_answered() {
        let columns = EventColumns { session: true, pii: true };
        assert_eq!(columns.cells(EVENT).len(), columns.titles().len());
        let all = ["2026-11-21 07:03:12.123", "s-1", "http", "GET", "/search", "503", "12.3", "email ×2, ip"];
        assert_eq!(columns.cells(EVENT), all);
        let columns = EventColumns::new(true, &Screen { width: Some(80), colors: false });
        assert_eq!(columns.cells(EVENT), ["2026-11-21 07:03:12.123", "http", "GET", "/search", "503", "12.3"]);
        assert_eq!(columns.cells("{}").join(""), "");
    }

    #[test]
    fn a_table_of_events_to_come_fits_the_screen_and_gives_the_path_what_is_left() {
        for width in [60, 80, 120, 200] {
            let screen = Screen { width: Some(width), colors: false };
            let columns = EventColumns::new(false, &screen);
            let cells = columns.typical(&screen);
            assert_eq!(cells.len(), columns.titles().len());
            let line =
                Layout::new(&columns.titles(), std::slice::from_ref(&cells), &screen)
                    .line(&cells, &screen, |_| Paint::Plain);
            assert!(line.width() <= width, "{width}: {line}");
            assert!(width < 80 || line.starts_with(&"0".repeat(20)), "{width}: {line}");
        }
    }

    #[test]
    fn an_event_cannot_command_the_terminal() {
        let row = cells_of_row("[\"a\\u001b[31mb\\n\\u202ec\",null,1.50,{\"x\":[1]}]").unwrap();
        assert_eq!(row, ["a\u{fffd}[31mb\u{fffd}\u{fffd}c", "", "1.50", "{\"x\":[1]}"]);
        let event = EVENT.replace("/search", "/\\u001b]0;x\\u0007");
        assert!(!EventColumns { session: true, pii: true }.cells(&event).concat().contains('\u{1b}'));
    }

    #[test]
    fn colours_are_for_terminals() {
        let screen = Screen { width: None, colors: true };
        assert_eq!(screen.paint(paint("status", "503"), "503"), "\u{1b}[31m503\u{1b}[0m");
        assert_eq!(screen.paint(paint("status", "200"), "200"), "200");
        assert_eq!(Screen::default().paint(Paint::Red, "503"), "503");
        assert_eq!(paint("errors", "0"), Paint::Plain);
    }

    #[test]
    fn colours_can_be_unwanted() {
        let environment =
            |name: &'static str, value: &'static str| move |n: &str| (n == name).then(|| value.to_owned());
        assert!(wants_colors(|_| None));
        assert!(!wants_colors(environment("NO_COLOR", "1")));
        assert!(wants_colors(environment("NO_COLOR", "")));
        assert!(!wants_colors(environment("TERM", "dumb")));
    }

    #[test]
    fn the_footer_counts() {
        let stats = Stats { matched: 1, index_reads: 1, s3_gets: 2, bytes: 2048, ms: 8, ..Stats::default() };
        assert_eq!(footer(1, stats), "1 row · 1 index read, 2 reads of S3 (2.00 KiB) · 8 ms");
        let footer = footer(0, Stats { cost_usd: 0.000012, ..stats });
        assert!(footer.ends_with(" · 8 ms · $0.000012"), "{footer}");
    }
}
