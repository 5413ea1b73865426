//! Figures as a person reads them.

use std::fs;
use std::time::Duration;

/// Width of the first column.
const NAME: usize = 46;
/// Width of the others.
const CELL: usize = 13;

/// What this machine is and how busy: what absolute figures hold for.
pub fn machine() {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    println!("{}, {cores} cores, load {load} before the start", model.trim_start_matches(['\t', ':', ' ']));
}

/// A part's title and its columns.
pub fn head(title: &str, columns: &[&str]) {
    println!();
    row(title, &columns.iter().map(ToString::to_string).collect::<Vec<_>>());
    println!("{}", "─".repeat(NAME + CELL * columns.len()));
}

/// One line of figures.
pub fn row(name: &str, cells: &[String]) {
    let cells: String = cells.iter().map(|cell| format!("{cell:>CELL$}")).collect();
    println!("{}", format!("{name:<NAME$}{cells}").trim_end());
}

/// Something to know about the lines above.
pub fn note(text: &str) {
    println!("  {text}");
}

pub fn mb(bytes: u64) -> String {
    format!("{:.2} MB", bytes as f64 / 1e6)
}

pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

pub fn times(a: f64, b: f64) -> String {
    format!("{:.2} ×", a / b)
}

pub fn percent(part: u64, whole: u64) -> String {
    format!("{:.0} %", 100.0 * part as f64 / whole as f64)
}

/// `PASS` or `OVER`.
pub fn verdict(kept: bool) -> &'static str {
    if kept { "PASS" } else { "OVER" }
}

/// The middle one.
pub fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[all.len() / 2]
}
