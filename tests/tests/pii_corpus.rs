//! How little of the invented corpus leaks, and how little else is touched: floors, below which nothing may be released.
//! `cargo run --release --example pii_score -p droplets-tests` prints the figures and shows what leaks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use droplets::pii::{Counts, Redactor};
use droplets_tests::corpus::score::{Score, Share};
use droplets_tests::corpus::{Case, events, sentences};

/// Another seed than the one the figures are worked on with.
const SEED: u64 = 20_261_121;

fn score(cases: &[Case]) -> Score {
    let redactor = Redactor::builtin(None);
    Score::of(cases, |json| {
        let mut output = String::new();
        redactor.strip_json(json, &mut output, &mut Counts::default()).expect("the corpus is JSON");
        let mut again = String::new();
        redactor.strip_json(&output, &mut again, &mut Counts::default()).expect("stripped JSON is JSON");
        assert_eq!(output, again, "stripped again it changed");
        output
    })
}

fn at_most(what: &str, percent: f64, share: Share) {
    assert!(share.all > 0, "{what}: there is something to count");
    assert!(share.percent() <= percent, "{what}: {:.3} % for at most {percent} %", share.percent());
}

#[test]
fn events_leak_next_to_nothing_and_keep_the_rest() {
    let score = score(&events(SEED, 1000));
    at_most("planted values leaking", 0.5, score.leaks);
    at_most("events leaking anything", 3.0, score.leaking_cases);
    at_most("survivors wrongly changed", 0.1, score.changes);
    at_most("unusual spellings leaking", 10.0, score.leaks_by_spelling["unusual"]);
    at_most("protected fields changed", 0.0, score.changes_by_category["protected"]);
    assert_eq!(score.broken, 0);
}

#[test]
fn sentences_lose_their_personal_data_and_keep_their_words() {
    let score = score(&sentences(SEED, 1000));
    at_most("spans leaking", 1.0, score.leaks);
    at_most("other words lost", 0.3, score.words);
    assert_eq!(score.broken, 0);
}
