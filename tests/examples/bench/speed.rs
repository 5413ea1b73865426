//! The library's speed, on one thread and without AWS, beside the obvious ways to do the same.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use droplets::block::{Grouping, Sourced, member, pack};
use droplets::event::{Contract, Message, read_message};
use droplets::pii::{Counts, Redactor};
use droplets_tests::corpus;
use regex::Regex;
use serde_json::Value;

use crate::events::{ARRAY_BYTES, Sessions, Shop, begin};
use crate::{lambda, table};

/// Seed and number of the corpus' events: those of its scores in the documentation.
const CORPUS: (u64, usize) = (7, 2000);
/// Times the captured events are repeated, with other ids.
const COPIES: usize = 6;
/// Rounds, of which each contender's best counts.
const ROUNDS: usize = 5;
/// Least time of a contender's turn in a round: the kernel's clock of processor time ticks every few milliseconds.
const TURN: Duration = Duration::from_millis(200);

/// What a team writes first: a pattern for each kind, applied to the whole text one after the other. ASCII classes, so
/// that it does not lose by Unicode tables.
const NAIVE: [(&str, &str); 12] = [
    (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", "[EMAIL]"),
    (r"(?-u:\b)(?:[0-9][ -]?){13,16}(?-u:\b)", "[CARD]"),
    (r"(?-u:\b)[0-9]{3}-[0-9]{2}-[0-9]{4}(?-u:\b)", "[SSN]"),
    (r"(?-u:\b)[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}(?-u:\b)", "[IBAN]"),
    (r"\+[0-9][0-9 ().-]{7,}[0-9]", "[PHONE]"),
    (r"(?-u:\b)(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?-u:\b)", "[IP]"),
    (r"(?-u:\b)(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?-u:\b)", "[IP]"),
    (r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", "[JWT]"),
    (r"(?i-u:bearer) [A-Za-z0-9._~+/-]+=*", "[TOKEN]"),
    (r"(?i-u:basic) [A-Za-z0-9+/]+=*", "[TOKEN]"),
    (r"(?-u:\b)(?:AKIA|ASIA)[A-Z0-9]{16}(?-u:\b)", "[AWS_KEY]"),
    (r#""(?i-u:password|passwd|secret)":"[^"]*""#, "\"password\":\"[PASSWORD]\""),
];

/// Prints the figures.
pub fn report(shop: &Shop) {
    let events: Vec<String> = (0..shop.len() * COPIES).map(|n| shop.event(n, Sessions::AsRecorded)).collect();
    let messages = arrays(&events);
    let (contract, redactor) = (Contract::default(), Redactor::builtin(None));
    let naive: Naive = NAIVE.map(|(pattern, instead)| (Regex::new(pattern).expect("a pattern"), instead));
    let all = events.concat();

    let read = || {
        let mut batch = Vec::new();
        for (message, body) in messages.iter().enumerate() {
            let id = "059f36b4-87a3-44ab-83d2-661975830a7d";
            let reading = read_message(&Message { id, sent_at: begin(), body, positions: &[] }, &contract, &redactor);
            assert!(reading.rejections.is_empty(), "all events are good");
            batch.extend(reading.events.into_iter().map(|event| Sourced { event, message }));
        }
        batch
    };
    let (strip, round_trip, regexes) = contenders(&events, &redactor, &naive);
    let [whole, tree, reading, stripping, chain, gzip] = race([
        &|| drop(black_box(pack(read(), Grouping::Batch))),
        &round_trip,
        &|| drop(black_box(read())),
        &strip,
        &regexes,
        &|| drop(black_box(member(all.as_bytes()))),
    ]);

    table::head("SPEED, ONE CORE", &["MB/s", "events/s", "of Value"]);
    let row = |name: &str, time: Duration| row_of_all(name, &events, time, tree);
    row("messages to objects: read_message and pack", whole);
    row("  of that, read_message (with stripping)", reading);
    row("serde_json::Value, read and written", tree);
    row("gzip alone, libdeflate level 6", gzip);
    row("stripping alone: Redactor::strip_json", stripping);
    row("Value, then twelve regexes one by one", chain);
    note(&events, chain, stripping);

    // Many kinds, many places, six personal values in an event: what a redactor is worst at.
    let events: Vec<String> = corpus::events(CORPUS.0, CORPUS.1).into_iter().map(|case| case.json).collect();
    let (strip, round_trip, regexes) = contenders(&events, &redactor, &naive);
    let [tree, stripping, chain] = race([&round_trip, &strip, &regexes]);
    table::head("SPEED, ONE CORE, EVENTS OF THE CORPUS", &["MB/s", "events/s", "of Value"]);
    row_of_all("serde_json::Value, read and written", &events, tree, tree);
    row_of_all("stripping alone: Redactor::strip_json", &events, stripping, tree);
    row_of_all("Value, then twelve regexes one by one", &events, chain, tree);
    note(&events, chain, stripping);
}

type Naive = [(Regex, &'static str); 12];

/// Stripping, and what it is measured against: reading and writing, and the naive chain.
fn contenders<'a>(
    events: &'a [String],
    redactor: &'a Redactor,
    naive: &'a Naive,
) -> (impl Fn() + 'a, impl Fn() + 'a, impl Fn() + 'a) {
    let strip = move || {
        let mut out = String::new();
        for event in events {
            out.clear();
            redactor.strip_json(event, &mut out, &mut Counts::default()).expect("events are JSON");
            black_box(&out);
        }
    };
    let round_trip = move || {
        for event in events {
            black_box(rewritten(event));
        }
    };
    let regexes = move || {
        for event in events {
            let start = rewritten(event);
            black_box(
                naive.iter().fold(start, |text, (regex, instead)| regex.replace_all(&text, *instead).into_owned()),
            );
        }
    };
    (strip, round_trip, regexes)
}

/// A contender's speed, and how many times as fast as `tree` it is.
fn row_of_all(name: &str, events: &[String], time: Duration, tree: Duration) {
    let (seconds, bytes) = (time.as_secs_f64(), events.iter().map(String::len).sum::<usize>());
    let (mb, n) = (bytes as f64 / seconds / 1e6, events.len() as f64 / seconds);
    table::row(name, &[format!("{mb:.0}"), format!("{n:.0}"), table::times(tree.as_secs_f64(), seconds)]);
}

fn note(events: &[String], chain: Duration, stripping: Duration) {
    table::note(&format!(
        "{} events of {} bytes on average; strip_json is {} as fast as the twelve regexes",
        events.len(),
        events.iter().map(String::len).sum::<usize>() / events.len(),
        table::times(chain.as_secs_f64(), stripping.as_secs_f64()),
    ));
}

fn rewritten(event: &str) -> String {
    let value: Value = serde_json::from_str(event).expect("events are JSON");
    value.to_string()
}

/// Events packed as `droplets send` does.
fn arrays(events: &[String]) -> Vec<String> {
    let mut arrays: Vec<String> = Vec::new();
    for event in events {
        match arrays.last_mut() {
            Some(last) if last.len() + event.len() + 2 <= ARRAY_BYTES => {
                last.push(',');
                last.push_str(event);
            }
            _ => arrays.push(format!("[{event}")),
        }
    }
    arrays.iter_mut().for_each(|array| array.push(']'));
    arrays
}

/// The least processor time of each contender for one pass. They take turns, so that all see the same machine.
fn race<const N: usize>(contenders: [&dyn Fn(); N]) -> [Duration; N] {
    let clock = || lambda::cpu_time(Path::new("/proc/thread-self/schedstat"));
    contenders.iter().for_each(|run| run());
    let mut best = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (run, best) in contenders.iter().zip(&mut best) {
            let (begun, before, mut passes) = (Instant::now(), clock(), 0);
            while begun.elapsed() < TURN {
                run();
                passes += 1;
            }
            *best = (clock() - before).div_f64(f64::from(passes)).min(*best);
        }
    }
    best
}
