//! Answers as text: a page as it comes; only sums wait for the last.

use std::io::{self, Write};

use droplets::csv;
use serde_json::json;

use crate::answer::{Answer, Explained, Stats, Stored, as_object};
use crate::args::Format;
use crate::error::Error;
use crate::merge::{Gathered, SKETCH, Unprojected, project};
use crate::spell;
use crate::table::{self, Cells, EventColumns, Layout, Screen, harmless};

/// Why a page was not printed.
#[derive(Debug)]
pub enum Unprinted {
    /// Standard output.
    Write(io::Error),
    /// It is none of query's.
    NotAnAnswer(serde_json::Error),
    /// What was asked for is not in it.
    Of(Error),
}

impl Unprinted {
    /// As an error of the function.
    pub fn of(self, function: &str) -> Error {
        match self {
            Self::Write(source) => Error::Write(source),
            Self::NotAnAnswer(source) => Error::NotAnAnswer { function: function.to_owned(), source },
            Self::Of(error) => error,
        }
    }
}

impl From<io::Error> for Unprinted {
    fn from(source: io::Error) -> Self {
        Self::Write(source)
    }
}

impl From<serde_json::Error> for Unprinted {
    fn from(source: serde_json::Error) -> Self {
        Self::NotAnAnswer(source)
    }
}

/// Writes all parts.
pub fn print(out: &mut impl Write, parts: &[&[u8]]) -> Result<(), Error> {
    parts.iter().try_for_each(|part| out.write_all(part)).map_err(Error::Write)
}

/// How answers are printed.
#[derive(Clone, Debug)]
pub struct Settings {
    /// As what.
    pub format: Format,
    /// On what.
    pub screen: Screen,
    /// Whether all pages are to become one answer.
    pub all: bool,
    /// Whether the latest stands first.
    pub descending: bool,
    /// Whether all events are of one session.
    pub one_session: bool,
    /// Only these columns, where the function did not cut the rows itself.
    pub fields: Option<Vec<String>>,
    /// Whether sketches are to be seen.
    pub sketches: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: Format::Json,
            screen: Screen::default(),
            all: false,
            descending: false,
            one_session: false,
            fields: None,
            sketches: false,
        }
    }
}

/// Prints answers.
pub struct Printer {
    settings: Settings,
    gathered: Gathered,
    columns: Vec<String>,
    rows: u64,
    layout: Option<Layout>,
    next_cursor: Option<String>,
    /// The answer is not about rows that stand in it.
    aside: bool,
}

impl Printer {
    /// Which has printed nothing yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            gathered: Gathered::default(),
            columns: Vec::new(),
            rows: 0,
            layout: None,
            next_cursor: None,
            aside: false,
        }
    }

    /// Whether it prints the function's answers as they are.
    pub fn is_json(&self) -> bool {
        self.settings.format == Format::Json
    }

    /// Prints a page, or keeps it for its sums.
    pub fn page(&mut self, bytes: &[u8], answer: &Answer<'_>, out: &mut impl Write) -> Result<(), Unprinted> {
        let summed = self.gathered.add(answer, self.settings.all, self.settings.descending)?;
        let first = self.gathered.pages == 1;
        self.next_cursor.clone_from(&answer.next_cursor);
        if self.is_json() && !self.settings.all {
            out.write_all(bytes)?;
            return Ok(out.write_all(b"\n")?);
        }
        if let Some(stored) = &answer.result {
            return self.print_stored(stored, out);
        }
        if let Some(explain) = answer.explain {
            self.aside = true;
            return match self.settings.format {
                Format::Table => explained(&serde_json::from_str(explain.get())?, out),
                _ => Ok(writeln!(out, "{}", explain.get())?),
            };
        }
        if let Some(body) = &answer.body {
            let header = self.settings.format == Format::Csv && !first;
            self.rows += answer.stats.matched;
            out.write_all(if header { csv::without_header(body) } else { body }.as_bytes())?;
            return Ok(out.flush()?);
        }
        if summed {
            return Ok(());
        }
        if first {
            self.columns.clone_from(&self.gathered.columns);
            self.begin(out)?;
        }
        let rows: Vec<_> = answer.rows.iter().map(|row| row.get()).collect();
        self.print_rows(&rows, out)?;
        // A page is there to be seen, also if the next takes a while.
        Ok(out.flush()?)
    }

    fn print_stored(&mut self, stored: &Stored, out: &mut impl Write) -> Result<(), Unprinted> {
        self.aside = true;
        let url = harmless(&stored.url);
        if self.settings.format != Format::Table {
            return Ok(writeln!(out, "{url}")?);
        }
        writeln!(out, "url      {url}")?;
        writeln!(out, "rows     {}", stored.rows)?;
        writeln!(out, "size     {}", indicatif::HumanBytes(stored.bytes))?;
        Ok(writeln!(out, "expires  {} UTC", spell::time(&harmless(&stored.expires_at)))?)
    }

    fn begin(&mut self, out: &mut impl Write) -> Result<(), Unprinted> {
        match self.settings.format {
            Format::Json => {
                let Gathered { report, range, .. } = &self.gathered;
                let (report, range, columns) = (json!(report), json!(range), json!(self.columns));
                write!(
                    out,
                    "{{\"v\":1,\"ok\":true,\"report\":{report},\"range\":{range},\"columns\":{columns},\"rows\":["
                )?;
            }
            Format::Csv => {
                let mut header = Vec::new();
                csv::header(&self.columns, &mut header);
                out.write_all(&header)?;
            }
            Format::Table | Format::Ndjson => {}
        }
        Ok(())
    }

    fn print_rows(&mut self, rows: &[&str], out: &mut impl Write) -> Result<(), Unprinted> {
        match self.settings.format {
            Format::Json => {
                for (row, number) in rows.iter().zip(self.rows..) {
                    out.write_all(if number > 0 { b"," } else { b"" })?;
                    out.write_all(row.as_bytes())?;
                }
            }
            Format::Ndjson => {
                for row in rows {
                    writeln!(out, "{}", as_object(&self.columns, row)?)?;
                }
            }
            Format::Csv => {
                let mut records = Vec::new();
                rows.iter().try_for_each(|row| csv::line(row.as_bytes(), &mut records))?;
                out.write_all(&records)?;
            }
            Format::Table => self.print_table(rows, out)?,
        }
        self.rows += rows.len() as u64;
        Ok(())
    }

    fn print_table(&mut self, rows: &[&str], out: &mut impl Write) -> Result<(), Unprinted> {
        let screen = self.settings.screen;
        let (screen, titles, cells) = if self.columns.is_empty() {
            let columns = EventColumns::new(self.settings.one_session, &screen);
            let cells: Vec<_> = rows.iter().map(|row| columns.cells(row)).collect();
            (screen, columns.titles(), cells)
        } else {
            // Ids, keys and sums are there to be used, so none is cut.
            let cells = rows.iter().map(|row| table::cells_of_row(row)).collect::<Result<_, _>>()?;
            // Names of columns come from the request.
            let titles = self.columns.iter().map(|title| harmless(title)).collect();
            (Screen { width: None, ..screen }, titles, cells)
        };
        if cells.is_empty() {
            return Ok(());
        }
        if self.layout.is_none() {
            let layout = Layout::new(&titles, &cells, &screen);
            writeln!(out, "{}", layout.head(&screen))?;
            self.layout = Some(layout);
        }
        let Some(layout) = &self.layout else { return Ok(()) };
        Ok(print_lines(layout, &titles, &cells, &screen, out)?)
    }

    /// Prints what waited for the last page; returns the lines below a table.
    pub fn end(&mut self, out: &mut impl Write) -> Result<Vec<String>, Unprinted> {
        if let Some(merge) = self.gathered.merge.take() {
            let rows = merge.rows(self.settings.descending);
            self.print_sums(&rows, out)?;
        }
        self.close(out)?;
        Ok(self.footer())
    }

    /// Prints pages that were put together before.
    pub fn whole(&mut self, gathered: &Gathered, rows: &[String], out: &mut impl Write) -> Result<(), Unprinted> {
        let Gathered { report, range, columns, stats, .. } = gathered;
        let (report, range, columns) = (report.clone(), range.clone(), columns.clone());
        self.gathered = Gathered { pages: 1, report, range, columns, stats: *stats, ..Gathered::default() };
        self.print_sums(rows, out)?;
        self.close(out)?;
        Ok(out.flush()?)
    }

    /// Rows that have all columns, cut to those that are to be seen.
    fn print_sums(&mut self, rows: &[String], out: &mut impl Write) -> Result<(), Unprinted> {
        let all = &self.gathered.columns;
        let shown = || all.iter().filter(|column| self.settings.sketches || *column != SKETCH).cloned().collect();
        let columns: Vec<_> = self.settings.fields.clone().unwrap_or_else(shown);
        let cut;
        let rows = if columns == *all {
            rows
        } else {
            cut = project(all, rows, &columns).map_err(|error| match error {
                Unprojected::NoRow(source) => Unprinted::NotAnAnswer(source),
                Unprojected::NoColumn(name) => Unprinted::Of(Error::NoColumn { name, columns: all.clone() }),
            })?;
            &cut
        };
        self.columns = columns;
        self.begin(out)?;
        self.print_rows(&rows.iter().map(String::as_str).collect::<Vec<_>>(), out)
    }

    fn close(&self, out: &mut impl Write) -> io::Result<()> {
        if !self.settings.all || !self.is_json() {
            return Ok(());
        }
        let stats = json!(Stats { matched: self.rows, ..self.gathered.stats });
        writeln!(out, "],\"next_cursor\":null,\"stats\":{stats}}}")
    }

    fn footer(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let stats = self.gathered.stats;
        if self.settings.format == Format::Table {
            lines.push(table::footer(self.rows, stats));
            if self.rows == 0 && self.next_cursor.is_none() && !self.aside {
                lines.push(nothing_found(self.gathered.searched.as_deref()));
            }
        }
        if stats.missing > 0 && !self.is_json() {
            lines.push(format!("{} of the index's entries point to objects that are gone", stats.missing));
        }
        if let Some(cursor) = self.next_cursor.as_ref().filter(|_| !self.settings.all && !self.is_json()) {
            lines.push(format!("There is more: --all, or --cursor {cursor}"));
        }
        lines
    }
}

/// The lines of cells, each in its column's colour.
pub fn print_lines(
    layout: &Layout,
    titles: &[String],
    cells: &[Cells],
    screen: &Screen,
    out: &mut impl Write,
) -> io::Result<()> {
    for row in cells {
        let cell_of = |title: &str| titles.iter().position(|t| t == title).and_then(|i| row.get(i));
        let paint = |title: &str| table::paint(title, cell_of(title).map_or("", String::as_str));
        writeln!(out, "{}", layout.line(row, screen, paint))?;
    }
    Ok(())
}

/// What is said where there are no rows: an empty result is an answer.
pub fn nothing_found(searched: Option<&str>) -> String {
    let searched = searched.map(|text| format!("{}. ", harmless(text).trim_end_matches('.'))).unwrap_or_default();
    format!("{searched}Events can be found some seconds after they were sent; times are UTC.")
}

/// What a request would read, for people.
fn explained(explained: &Explained, out: &mut impl Write) -> Result<(), Unprinted> {
    let Explained { entries, from_index_alone, blocks, s3_gets, bytes, cost_usd, whole_range } = explained;
    let entries = if *entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    writeln!(out, "index  {entries}, of which {from_index_alone} say all that is asked")?;
    let (blocks, gets) = (spell::many(*blocks, "block"), spell::many(*s3_gets, "read"));
    writeln!(out, "S3     {blocks} in {gets} ({})", indicatif::HumanBytes(*bytes))?;
    writeln!(out, "cost   {}", spell::usd(*cost_usd))?;
    if !whole_range {
        writeln!(
            out,
            "This is a part of the range: there was no time to look at all of the index. The rest comes on top."
        )?;
    }
    Ok(())
}
