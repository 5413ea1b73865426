//! Says how much personal data the redactor leaves in a corpus, and how much it takes that is nobody's.
//!
//! `cargo run --release --example pii_score -p droplets-tests -- [--seed N] [--events N] [--sentences N] [--show N] [--print N]`
//!
//! `--show` adds examples of every group of leaks and wrong changes; `--print` prints the corpus itself instead.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::time::Instant;

use droplets::pii::{Counts, Redactor};
use droplets_tests::corpus::score::{Fault, Groups, Score};
use droplets_tests::corpus::{Case, events, sentences};

struct Options {
    seed: u64,
    events: usize,
    sentences: usize,
    show: usize,
    print: usize,
}

fn options() -> Options {
    let mut options = Options { seed: 1, events: 5000, sentences: 2000, show: 0, print: 0 };
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args.next().and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} takes a number"));
        match name.as_str() {
            "--seed" => options.seed = value as u64,
            "--events" => options.events = value,
            "--sentences" => options.sentences = value,
            "--show" => options.show = value,
            "--print" => options.print = value,
            other => panic!("{other}: there are --seed, --events, --sentences, --show and --print"),
        }
    }
    options
}

fn score(cases: &[Case]) -> Score {
    let redactor = Redactor::builtin(None);
    let mut counts = Counts::default();
    Score::of(cases, |json| {
        let mut output = String::new();
        redactor.strip_json(json, &mut output, &mut counts).unwrap_or_else(|error| panic!("{error}: {json}"));
        output
    })
}

fn groups(title: &str, groups: &Groups, most: usize) {
    println!("\n{title}");
    let mut sorted: Vec<_> = groups.iter().collect();
    sorted.sort_by_key(|(_, share)| std::cmp::Reverse((share.bad, share.all)));
    for (name, share) in sorted.iter().take(most) {
        println!("  {:>6.2} %  {:>6} of {:>6}  {name}", share.percent(), share.bad, share.all);
    }
    if sorted.len() > most {
        println!("  ... and {} more groups", sorted.len() - most);
    }
}

/// Examples of each of the largest groups.
fn examples(title: &str, faults: &[Fault], show: usize) {
    let mut by_group: BTreeMap<&str, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        by_group.entry(&fault.group).or_default().push(fault);
    }
    let mut sorted: Vec<_> = by_group.into_iter().collect();
    sorted.sort_by_key(|(_, faults)| std::cmp::Reverse(faults.len()));
    println!("\n{title}: {} groups", sorted.len());
    for (group, faults) in sorted {
        println!("- {} x {group}", faults.len());
        for fault in faults.iter().take(show) {
            let now: String = fault.now.chars().take(240).collect();
            println!("    [{}] {}  =>  {now}", fault.scenario, fault.value.replace('\n', "\\n"));
        }
    }
}

/// Prints cases as they are, to be judged by eye.
fn print(cases: &[Case], count: usize) {
    for case in cases.iter().take(count) {
        println!("\n## {}\n{}", case.scenario, case.json);
        for planted in &case.planted {
            let odd = if planted.unusual { " (unusual)" } else { "" };
            println!(
                "  - {} in {}{odd}: {} at {}",
                planted.kind,
                planted.place,
                planted.text.replace('\n', "\\n"),
                planted.pointer
            );
        }
        let survivors: Vec<String> =
            case.survivors.iter().map(|survivor| format!("{}={}", survivor.category, survivor.text)).collect();
        println!("  + {}", survivors.join(" | "));
    }
}

fn main() {
    let options = options();
    let (events, sentences) = (events(options.seed, options.events), sentences(options.seed, options.sentences));
    if options.print > 0 {
        print(&events, options.print);
        print(&sentences, options.print);
        return;
    }

    let started = Instant::now();
    let score_of_events = score(&events);
    let score_of_sentences = score(&sentences);
    let bytes: usize = events.iter().map(|case| case.json.len()).sum();
    println!(
        "seed {}: {} events, {:.1} KB each, and {} sentences, stripped and scored in {:.1} s",
        options.seed,
        events.len(),
        bytes as f64 / 1000.0 / events.len().max(1) as f64,
        sentences.len(),
        started.elapsed().as_secs_f64()
    );

    for (title, score) in [("EVENTS", &score_of_events), ("SENTENCES", &score_of_sentences)] {
        let (leaks, cases, changes, words) = (score.leaks, score.leaking_cases, score.changes, score.words);
        println!("\n=== {title}");
        println!("planted values leaking       {:>7.3} %  {} of {}", leaks.percent(), leaks.bad, leaks.all);
        println!("span recall                  {:>7.3} %", 100.0 - leaks.percent());
        println!("documents leaking anything   {:>7.3} %  {} of {}", cases.percent(), cases.bad, cases.all);
        println!("survivors wrongly changed    {:>7.3} %  {} of {}", changes.percent(), changes.bad, changes.all);
        let protected = score.changes_by_category.get("protected").copied().unwrap_or_default();
        println!("protected fields changed     {:>7.3} %  {} of {}", protected.percent(), protected.bad, protected.all);
        println!("words of free text lost      {:>7.3} %  {} of {}", words.percent(), words.bad, words.all);
        println!("outputs that are not JSON    {}", score.broken);
        groups("leaks by spelling", &score.leaks_by_spelling, 2);
        groups("leaks by kind", &score.leaks_by_kind, 70);
        groups("leaks by place", &score.leaks_by_place, 40);
        groups("wrong changes by category", &score.changes_by_category, 30);
        if options.show > 0 {
            examples("leaks", &score.leaked, options.show);
            examples("wrong changes", &score.changed, options.show);
        }
    }
}
