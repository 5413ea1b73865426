//! The corpus is right, as far as it can say so itself.

use std::collections::BTreeSet;

use super::score::Score;
use super::{Needle, PROTECTED, events, sentences};

#[test]
fn the_same_seed_makes_the_same_corpus() {
    let text =
        |seed| events(seed, 300).into_iter().chain(sentences(seed, 300)).map(|case| case.json).collect::<Vec<_>>();
    assert_eq!(text(7), text(7));
    assert_ne!(text(7), text(8));
}

#[test]
fn the_corpus_is_large_and_broad() {
    let events = events(1, 5000);
    let planted: usize = events.iter().map(|case| case.planted.len()).sum();
    let survivors: usize = events.iter().map(|case| case.survivors.len()).sum();
    let scenarios: BTreeSet<_> = events.iter().map(|case| &case.scenario).collect();
    let kinds: BTreeSet<_> = events.iter().flat_map(|case| case.planted.iter().map(|planted| planted.kind)).collect();
    let size = events.iter().map(|case| case.json.len()).sum::<usize>() / events.len();
    assert!((22_000..38_000).contains(&planted), "{planted} planted");
    assert!((85_000..130_000).contains(&survivors), "{survivors} survivors");
    assert!(scenarios.len() >= 50, "{} scenarios", scenarios.len());
    assert!(kinds.len() >= 55, "{} kinds", kinds.len());
    assert!((1000..4000).contains(&size), "{size} bytes on average");
}

#[test]
fn every_event_has_the_protected_fields() {
    for case in events(2, 500) {
        for pointer in PROTECTED {
            assert!(case.survivors.iter().any(|survivor| survivor.pointer == *pointer), "{pointer} in {}", case.json);
        }
    }
}

#[test]
fn nothing_stripped_is_all_leaked_and_nothing_changed() {
    for cases in [events(3, 2000), sentences(3, 1000)] {
        let score = Score::of(&cases, str::to_owned);
        let first = score.changed.first();
        assert_eq!(score.broken, 0);
        assert_eq!(score.changes.bad, 0, "{first:?}");
        assert_eq!(score.words.bad, 0);
        let missed: Vec<_> = score.leaks_by_kind.iter().filter(|(_, share)| share.bad < share.all).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }
}

#[test]
fn everything_stripped_leaks_nothing_and_changes_everything() {
    for cases in [events(3, 500), sentences(3, 500)] {
        let score = Score::of(&cases, |_| "{}".to_owned());
        assert_eq!(score.leaks.bad, 0);
        assert_eq!(score.changes.bad, score.changes.all);
        assert_eq!(score.words.bad, score.words.all);
    }
}

#[test]
fn a_perfect_redactor_has_a_perfect_score() {
    for mut cases in [events(4, 2000), sentences(4, 1000)] {
        let mut ideal: Vec<String> = cases.iter_mut().map(|case| case.ideal.clone()).collect();
        ideal.reverse();
        let score = Score::of(&cases, |_| ideal.pop().unwrap());
        assert_eq!((score.leaks.bad, score.changes.bad, score.words.bad), (0, 0, 0), "{:?}", score.changed.first());
    }
}

#[test]
fn a_part_of_a_value_is_a_leak() {
    let cases = events(5, 500);
    let mut planted = 0;
    for case in &cases {
        for value in case.planted.iter().filter(|value| value.kind == "card" && value.place == "body > field") {
            // A number with brackets would be no JSON.
            if !case.json.contains(&format!("\"{}", value.text)) {
                continue;
            }
            let [Needle::Digits(digits, _)] = &value.needles[..] else { panic!("a card is looked for by its digits") };
            let tail = &digits[digits.len() - 6..];
            let kept = case.json.replace(&value.text, &format!("[CARD {tail}]"));
            let score = Score::of(std::slice::from_ref(case), |_| kept.clone());
            assert!(score.leaked.iter().any(|fault| fault.value == value.text), "{}", value.text);
            planted += 1;
        }
    }
    assert!(planted > 10);
}
