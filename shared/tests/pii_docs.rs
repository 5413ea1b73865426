//! The table of kinds in docs/pii.md is what the code has: compared, or written with `DROPLETS_WRITE_DOCS=1`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::path::Path;

use droplets::pii::{KindEntry, Rules, catalogue};

const BEGIN: &str = "<!-- Generated: DROPLETS_WRITE_DOCS=1 cargo test -p droplets --test pii_docs -->\n";
const END: &str = "<!-- end -->";
/// Names shown of each kind; the others are in names/vocabulary.rs.
const NAMES: usize = 6;

fn table() -> String {
    let mut table = String::from(
        "| kind | stands there | found by its looks: and believed by | found by names, such as |\n|---|---|---|---|\n",
    );
    for KindEntry { kind, detectors, names } in catalogue() {
        let shown: Vec<String> = names.iter().take(NAMES).map(|name| format!("`{name}`")).collect();
        let more = names.len().saturating_sub(NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(
            table,
            "| `{}` | `{}` | {} | {}{more} |",
            kind.label(),
            kind.placeholder(),
            detectors.join("; "),
            shown.join(" ")
        )
        .unwrap();
    }
    table
}

#[test]
fn the_table_of_kinds_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pii.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the mark where the table begins");
    let (found, after) = rest.split_once(END).expect("the mark where the table ends");
    if std::env::var_os("DROPLETS_WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", table())).unwrap();
        return;
    }
    assert!(found == table(), "DROPLETS_WRITE_DOCS=1 cargo test -p droplets --test pii_docs writes it anew");
}

#[test]
fn the_example_of_rules_is_good() {
    let text = include_str!("../../docs/pii.md");
    let (_, example) = text.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    Rules::parse(example).unwrap();
}
