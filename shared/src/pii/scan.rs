//! All detectors over one decoded string.
//!
//! Before any of them runs, one pass over the bytes collects [`Traits`]: most strings show in it that no detector can match
//! (no `@`, no long chain of digits, …) and are passed over. A second pass goes through the words of what is left, for all
//! detectors that begin at words, and notes the [`Cues`] without which others need not look at all. What detectors find
//! becomes [`Edit`]s; overlapping ones are merged, so that no character of a find survives because another find touched it.

use std::ops::{Range, RangeInclusive};

use super::candidate::Candidate;
use super::context::{Cues, is_word};
use super::detector::{Detector, FAMILIES, Find, Judge, MOST_AHEAD};
use super::edit::{Edit, With};
use super::filter::{Filter, HeadFilter, Set, WordFilter};
use super::finding::{Action, Finding, Why};
use super::fold::Folded;
use super::kind::Kind;
use super::names::Hint;
use super::pattern::{Place, behind};
use super::rules::{PatternRule, Rules};
use super::traits::{KINDS, LEAST_NUMBER, Traits, digits_ahead, has, is_time, is_uuid};

/// A detector whose match may be long restarts behind a rejected match, not inside it: this keeps the scan linear.
const RESTART_INSIDE: usize = 64;

/// Where to look again after a match at `start` was rejected: at the next word. No personal value begins inside one.
fn next_word(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start + 1..).unwrap_or_default();
    let inside = if bytes.get(start).is_some_and(u8::is_ascii_alphanumeric) {
        rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count()
    } else {
        0
    };
    start + 1 + inside
}

/// All detectors of the kinds that are not kept.
pub(super) struct Scanner {
    detectors: Vec<&'static Detector>,
    filter: Filter,
    heads: HeadFilter,
    words: WordFilter,
    cues: Cues,
    /// The bit of each detector's cue; 0 for those that have none.
    cue_of: Vec<u64>,
    cued: Set,
    /// Of these, those whose cue is a part of what they find.
    glued: Set,
    /// Those that find numbers of persons.
    numbers: Set,
    /// Patterns of the rules.
    custom: Vec<PatternRule>,
}

/// Without any of these, a find needs at least this many bytes in a row.
const SIGNS: u32 = has::DIGIT | has::AT | has::PERCENT | has::WIDE | has::COLON | has::AMPERSAND | has::DASH;
const LEAST_RUN: u32 = 8;
/// The shortest find of all is `::1`, the one with the shortest words a national insurance number.
const SHORTEST: u32 = 3;
const LEAST_CHAIN: u32 = 6;

/// Where two detectors find the same, the first says what it is: those that know a shape before those that count digits.
fn order(detector: &Detector) -> u8 {
    let needs = &detector.needs;
    if needs.number > 0 { 2 } else { u8::from(needs.chain > 0 || needs.digits > 0 || needs.all & has::DIGIT != 0) }
}

impl Scanner {
    /// The detectors of all kinds that are not kept, and the patterns of the rules.
    pub(super) fn new(rules: &Rules) -> Self {
        let wanted = |detector: &&Detector| rules.action(detector.kind) != Action::Keep;
        let mut detectors: Vec<&'static Detector> =
            FAMILIES.into_iter().flatten().filter(wanted).take(Set::CAPACITY).collect();
        detectors.sort_by_key(|detector| order(detector));
        let mut cues = Cues::new();
        let cue_of: Vec<u64> = detectors.iter().map(|one| one.needs.cue.map_or(0, |words| cues.bit(words))).collect();
        let mut cued = Set::NONE;
        for number in (0..detectors.len()).filter(|i| cue_of.get(*i).is_some_and(|bit| *bit != 0)) {
            cued.add(number);
        }
        let (mut numbers, mut glued) = (Set::NONE, Set::NONE);
        for (number, detector) in detectors.iter().enumerate() {
            if detector.needs.glued {
                glued.add(number);
            }
            if matches!(
                detector.kind,
                Kind::Phone | Kind::Card | Kind::Ssn | Kind::Itin | Kind::Nhs | Kind::NationalId | Kind::Bank
            ) {
                numbers.add(number);
            }
        }
        Self {
            numbers,
            glued,
            filter: Filter::of(&detectors),
            heads: HeadFilter::of(&detectors),
            words: WordFilter::of(&detectors),
            detectors,
            cues,
            cue_of,
            cued,
            custom: rules.patterns.clone(),
        }
    }

    /// Every find in `text`.
    pub(super) fn find(&self, text: &str, traits: Traits, hint: Hint, edits: &mut Vec<Edit>) {
        for rule in &self.custom {
            rule.find(text, &mut |range, finding| edits.push(Edit::widened(text, range, finding)));
        }
        // (Of ASCII only numbers are folded.)
        let may_fold = traits.any(has::WIDE) || traits.chain >= LEAST_NUMBER;
        if let Some(folded) = may_fold.then(|| Folded::of(text, traits)).flatten() {
            let mut found = Vec::new();
            self.find_in(&folded.text, Traits::of(folded.text.as_bytes()), hint, &mut found);
            edits.extend(found.into_iter().map(|edit| {
                let Range { start, end } = folded.original(&(edit.start..edit.end));
                Edit { start, end, ..edit }
            }));
            return;
        }
        self.find_in(text, traits, hint, edits);
    }

    fn find_in(&self, text: &str, traits: Traits, hint: Hint, edits: &mut Vec<Edit>) {
        // (Six pairs with spaces between are longer.)
        let too_short = traits.run < SHORTEST && traits.chain < LEAST_CHAIN && text.len() < 17;
        if too_short
            || (!traits.any(SIGNS) && traits.run < LEAST_RUN)
            || is_time(text.as_bytes())
            || is_uuid(text.as_bytes())
        {
            return;
        }
        let mut wanted = self.filter.met(&traits, hint.is_specific());
        if hint == Hint::Article {
            wanted = wanted.without(self.numbers);
        }
        if wanted.is_empty() {
            return;
        }
        let known = edits.len();
        self.find_all(text, &traits, hint, wanted, edits);
        again(text, known, edits);
    }

    fn find_all(&self, text: &str, traits: &Traits, hint: Hint, wanted: Set, edits: &mut Vec<Edit>) {
        let mut pass = Pass { scanner: self, text, hint, edits, accepted: Vec::new() };
        let anywhere = wanted.without(self.words.all).without(self.cued);
        let heads = anywhere.and(self.heads.all);
        for number in anywhere.without(heads).iter() {
            pass.anywhere(number);
        }
        pass.heads(heads);
        let (at_words, mut cued) = (wanted.and(self.words.all), wanted.and(self.cued));
        // Of letters, digits and underscores alone: no word stands beside another.
        if traits.run as usize == text.len() && traits.has & !has::WORD == 0 {
            cued = cued.and(self.glued);
        }
        if at_words.is_empty() && cued.is_empty() {
            return;
        }
        let mut cues = pass.words(at_words, !cued.is_empty());
        if traits.any(has::WIDE) {
            cues |= self.cues.wide();
        }
        let mut cued_heads = Set::NONE;
        for number in cued.iter().filter(|i| self.cue_of.get(*i).is_some_and(|bit| cues & bit != 0)) {
            if self.heads.all.has(number) {
                cued_heads.add(number);
            } else {
                pass.anywhere(number);
            }
        }
        pass.heads(cued_heads);
    }
}

/// What was found once is the same where it stands again, without the words beside it that gave it away.
fn again(text: &str, known: usize, edits: &mut Vec<Edit>) {
    /// The longest text that is looked through again, in bytes, for how many finds, and how long these are.
    const LONGEST: usize = 4096;
    const MOST: usize = 4;
    const VALUE: RangeInclusive<usize> = 7..=128;
    if edits.len() == known || text.len() > LONGEST {
        return;
    }
    let bytes = text.as_bytes();
    let word = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| is_word(*b));
    for place in known..edits.len().min(known + MOST) {
        let Some(Edit { start, end, rank, with: With::Finding(finding) }) = edits.get(place) else { continue };
        let (start, end, rank, finding) = (*start, *end, *rank, *finding);
        let dated = matches!(finding.kind, Kind::BirthDate | Kind::Name | Kind::Address);
        if dated || !VALUE.contains(&(end - start)) || text.len() < 2 * (end - start) {
            continue;
        }
        let value = bytes.get(start..end).unwrap_or_default();
        for at in memchr::memmem::find_iter(bytes, value) {
            let alone = !word(at.checked_sub(1)) && !word(Some(at + value.len()));
            if alone && edits.iter().all(|edit| at + value.len() <= edit.start || edit.end <= at) {
                edits.push(Edit { rank, ..Edit::new(at..at + value.len(), With::Finding(finding)) });
            }
        }
    }
}

/// The detectors at one text.
struct Pass<'a> {
    scanner: &'a Scanner,
    text: &'a str,
    hint: Hint,
    edits: &'a mut Vec<Edit>,
    /// Up to where a detector that begins at words has found something.
    accepted: Vec<(usize, usize)>,
}

impl Pass<'_> {
    fn add(&mut self, number: usize, detector: &Detector, range: Range<usize>) {
        let finding = Finding::new(detector.kind, Why::Detector(detector.name));
        self.edits.push(Edit { rank: number + 1, ..Edit::widened(self.text, range, finding) });
    }

    /// Goes through the words of the text; says which cues are among them, if that is asked for.
    fn words(&mut self, wanted: Set, wants_cues: bool) -> u64 {
        let bytes = self.text.as_bytes();
        let scanner = self.scanner;
        let mut cues = 0;
        let mut at = 0;
        while at < bytes.len() {
            let first = bytes[at];
            let mut holds = KINDS[usize::from(first)];
            if holds == 0 {
                at += 1;
                continue;
            }
            let start = at;
            at += 1;
            while at < bytes.len() {
                let kind = KINDS[usize::from(bytes[at])];
                if kind == 0 {
                    break;
                }
                holds |= kind;
                at += 1;
            }
            if wants_cues {
                cues |= self.cues(start, at, holds);
            }
            let mut looking = wanted.and(scanner.words.looking(first, at - start, holds, bytes.get(at)));
            if !looking.and(scanner.words.counting).is_empty() {
                looking = looking.and(scanner.words.with_digits(digits_ahead(bytes, start, MOST_AHEAD)));
            }
            if !looking.is_empty() && start.checked_sub(1).and_then(|i| bytes.get(i)) != Some(&b'_') {
                for number in looking.iter() {
                    self.at_word(number, start, at);
                }
            }
        }
        cues
    }

    /// The cues in the word from `start` to `end`.
    fn cues(&self, start: usize, end: usize, holds: u8) -> u64 {
        let bytes = self.text.as_bytes();
        let known = &self.scanner.cues;
        let mut cues = known.at(bytes, start);
        // `123born`: a word begins behind a digit as well.
        let mixed = holds & 1 != 0 && holds & !1 != 0;
        for at in if mixed { start + 1..end } else { end..end } {
            // No cue has a digit in its first three bytes but issuers' marks, which are not looked for in here; most of what
            // looks random has.
            if let Some([b'0'..=b'9', first, second, third]) = bytes.get(at - 1..at + 3)
                && first.is_ascii_alphabetic()
                && !second.is_ascii_digit()
                && !third.is_ascii_digit()
            {
                cues |= known.at(bytes, at);
            }
        }
        // `prodghp_…`: an issuer's mark with something glued before it.
        if end - start > 3 && bytes.get(end) == Some(&b'_') {
            cues |= known.at(bytes, end - 3);
        }
        cues
    }

    /// One detector at the word from `start` to `end`.
    fn at_word(&mut self, number: usize, start: usize, end: usize) {
        let Some(detector) = self.scanner.detectors.get(number) else { return };
        if self.accepted.iter().any(|(by, until)| *by == number && start < *until) {
            return;
        }
        let (text, hint) = (self.text, self.hint);
        let bytes = text.as_bytes();
        let (shape, pattern, judge) = match &detector.find {
            Find::AtWord(shape, pattern, judge) => (shape, pattern, judge),
            Find::OfWord(_, judge) => {
                if let Some(range) = judge(&Candidate { text, start, end, hint }) {
                    self.accepted.push((number, range.end));
                    self.add(number, detector, range);
                }
                return;
            }
            Find::Pattern(..) | Find::Run(..) | Find::Search(_) => return,
        };
        let head = bytes.get(start..(start + shape.digit_within).min(bytes.len())).unwrap_or_default();
        if shape.digit_within > 0 && !head.iter().any(u8::is_ascii_digit) {
            return;
        }
        let opened = start.checked_sub(1).filter(|i| shape.opened && bytes.get(*i) == Some(&b'('));
        for from in opened.into_iter().chain([start]) {
            let Some(end) = pattern.match_at(bytes, from) else { continue };
            if let Some(range) = judge(&Candidate { text, start: from, end, hint }) {
                self.accepted.push((number, range.end));
                return self.add(number, detector, range);
            }
        }
    }

    /// The detectors of patterns that may match anywhere, in one pass for all of them.
    fn heads(&mut self, wanted: Set) {
        if wanted.is_empty() {
            return;
        }
        let (text, scanner) = (self.text, self.scanner);
        let bytes = text.as_bytes();
        // From where those look on that had a match.
        let mut resume: Vec<(usize, usize)> = Vec::new();
        let mut next = Place::Beginning;
        for (start, byte) in bytes.iter().enumerate() {
            let place = std::mem::replace(&mut next, behind(*byte));
            let beginning = wanted.and(scanner.heads.beginning(*byte, place));
            if beginning.is_empty() {
                continue;
            }
            for number in beginning.iter() {
                let known = resume.iter().position(|(by, _)| *by == number);
                let waits = known.and_then(|known| resume.get(known)).is_some_and(|(_, from)| start < *from);
                let Some(detector) = scanner.detectors.get(number).filter(|_| !waits) else { continue };
                let matched = match &detector.find {
                    Find::Pattern(pattern, judge) => {
                        pattern.match_in(bytes, start, place).map(|end| (start..end, judge))
                    }
                    Find::Run(head, more, judge) => {
                        head.match_in(bytes, start, place).map(|end| (run(bytes, start..end, *more), judge))
                    }
                    Find::AtWord(..) | Find::OfWord(..) | Find::Search(_) => None,
                };
                let Some((range, judge)) = matched else { continue };
                let from = self.judged(number, detector, *judge, range);
                match known.and_then(|known| resume.get_mut(known)) {
                    Some(known) => known.1 = from,
                    None => resume.push((number, from)),
                }
            }
        }
    }

    /// One detector over the whole text.
    fn anywhere(&mut self, number: usize) {
        let Some(detector) = self.scanner.detectors.get(number) else { return };
        let (text, hint) = (self.text, self.hint);
        let bytes = text.as_bytes();
        match &detector.find {
            Find::Search(search) => search(text, hint, &mut |range| self.add(number, detector, range)),
            Find::Pattern(pattern, judge) => self.each(number, detector, *judge, |at| pattern.find_at(bytes, at)),
            Find::Run(head, more, judge) => {
                self.each(number, detector, *judge, |at| head.find_at(bytes, at).map(|head| run(bytes, head, *more)))
            }
            Find::AtWord(..) | Find::OfWord(..) => {}
        }
    }

    /// Everything that `find` finds from some place on, and the judge believes.
    fn each(
        &mut self,
        number: usize,
        detector: &Detector,
        judge: Judge,
        mut find: impl FnMut(usize) -> Option<Range<usize>>,
    ) {
        let mut at = 0;
        while let Some(matched) = find(at) {
            at = self.judged(number, detector, judge, matched);
            if at >= self.text.len() {
                break;
            }
        }
    }

    /// Adds the match, if its judge believes it. Where the detector looks on.
    fn judged(&mut self, number: usize, detector: &Detector, judge: Judge, matched: Range<usize>) -> usize {
        let (text, hint) = (self.text, self.hint);
        let Range { start, end } = matched;
        match judge(&Candidate { text, start, end, hint }) {
            Some(range) => {
                let end = range.end;
                self.add(number, detector, range);
                end.max(start + 1)
            }
            None if end - start <= RESTART_INSIDE => next_word(text.as_bytes(), start),
            None => end.max(start + 1),
        }
    }
}

/// The match of a [`Find::Run`], from that of its head.
fn run(bytes: &[u8], head: Range<usize>, more: fn(u8) -> bool) -> Range<usize> {
    let rest = bytes.get(head.end..).unwrap_or_default();
    head.start..head.end + rest.iter().take_while(|b| more(**b)).count()
}

#[cfg(test)]
mod tests {
    use super::super::context::Words;
    use super::super::issuers;
    use super::*;

    /// Behind a digit, [`Pass::cues`] passes over what has another one so soon.
    #[test]
    fn no_cue_has_a_digit_in_its_first_three_bytes() {
        // An issuer's mark may have, and is not looked for behind a digit.
        let of_issuers = |words: &&'static Words| std::ptr::eq(*words, &raw const issuers::MARKS);
        let cues = FAMILIES.into_iter().flatten().filter_map(|detector| detector.needs.cue);
        for words in cues.filter(|words| !of_issuers(words)) {
            for word in words.list().iter().filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())) {
                assert!(!word.bytes().skip(1).take(2).any(|b| b.is_ascii_digit()), "{word}");
            }
        }
    }

    #[test]
    fn patterns_that_are_looked_for_anywhere_have_a_longest_match() {
        for detector in FAMILIES.into_iter().flatten() {
            if let Find::Pattern(pattern, _) | Find::Run(pattern, ..) = &detector.find {
                assert!(pattern.bounded, "{}: a search from every byte takes quadratic time: a `Run`", pattern.source);
            }
        }
    }
}
