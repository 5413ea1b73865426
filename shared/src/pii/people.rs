//! Whether a value reads like a person's name: what a field called `name` or `signedBy` holds is a person as often as a thing,
//! and only the value tells.
//!
//! The lists are facts, not rules: given names and surnames of some forty countries as the Python packages `Faker` (MIT) and
//! `names` (of the United States' census of 1990) collect them from national statistics, letters with marks as the letters
//! they stand for, sorted, without common English words. `ambiguous.txt` holds given names that are words, places or wares as
//! well (`Rose`, `Austin`); they count where a surname follows. A name that is missing is a line.

use super::names::fold;
use super::values::{is_full_name, is_organisation};

// (A pass over all of it, when it is compiled.)
#[allow(long_running_const_eval)]
static GIVEN: List = List::new(include_str!("people/given.txt"));
static AMBIGUOUS: List = List::new(include_str!("people/ambiguous.txt"));
#[allow(long_running_const_eval)]
static SURNAMES: List = List::new(include_str!("people/surnames.txt"));
/// Surnames that are words as well: they count behind a given name only.
static PLAIN: List = List::new(include_str!("people/plain.txt"));

/// Words before and after a name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sir", "rev", "herr", "frau", "mme", "mlle", "sr", "sra", "srta", "dott", "sig", "ing", "dhr", "mevr", "pan", "pani",
];
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mr", "mrs", "ms", "miss", "mstr", "dr"];

/// Small words inside surnames.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "binti", "ben", "ter", "te", "zu", "af", "y", "e", "san",
];

/// What things are called whose first word may be somebody's: `Florence Sofa`, `Jackson Street`.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "backpack", "bag", "basket", "bath", "battery", "bed", "bench", "bike", "blanket", "board", "book", "boots", "bottle", "bowl", "box", "bracelet", "bundle", "button", "cabinet",
    "cable", "cake", "camera", "candle", "cap", "cardigan", "carpet", "carton", "case", "chair", "chocolate", "clock", "cloud", "coat", "coffee", "collection", "cotton", "cream", "cup",
    "curtain", "cushion", "desk", "dress", "duvet", "edition", "frame", "game", "gemstone", "gin", "glass", "gloves", "guide", "hat", "headphones", "hoodie", "jacket", "jeans", "jewelry", "kettle",
    "kit", "knife", "lamp", "lantern", "limestone", "lipstick", "lotion", "mat", "mattress", "mirror", "mug", "necklace", "notebook", "oil", "pack", "paint", "pan", "pants", "pen", "pendant",
    "perfume", "pillow", "plan", "plate", "polo", "poster", "pot", "print", "pro", "ring", "rug", "sandals", "scarf", "serum", "set", "shampoo", "sheet", "shelf", "shirt", "shoes",
    "shorts", "skirt", "soap", "socks", "sofa", "stool", "suit", "sweater", "table", "tea", "tee", "throw", "tie", "top", "towel", "tray", "tshirt", "vase", "vest", "wallet",
    "watch", "whisky", "wine", "avenue", "boulevard", "bridge", "centre", "center", "city", "court", "county", "district", "drive", "falls", "gardens", "harbor", "harbour", "heights", "island", "lane",
    "mall", "market", "museum", "park", "place", "plaza", "road", "river", "square", "station", "street", "terrace", "tower", "valley", "view", "village", "airport", "beach", "annual", "monthly",
    "warehouse", "store", "office", "depot", "hub", "dashboard", "branch", "basic", "premium", "standard", "plus", "max", "mini", "lite", "team", "staging", "production", "server", "cluster", "project", "report", "weekly", "daily", "test", "demo", "release", "campaign",
    "sale", "salad", "pizza", "burger", "sandwich", "soup", "steak", "cocktail", "bookcase", "boot", "shoe", "tweed", "day", "week", "post", "skills", "line", "lounge", "master", "gare", "cross", "foods", "motors", "airlines", "insurance", "capital", "retail", "health", "logistics", "energy", "software", "digital", "global", "international", "industries", "ventures", "coaching",
    "potion", "sword", "shield", "armor", "controls", "textiles", "pfd", "ops", "loan", "mortgage", "rent", "helmet", "scroll", "gem", "orb", "elixir", "staff", "bow", "dagger", "amulet", "rune", "crystal", "pour-over", "monitor", "speaker", "account", "savings", "grill", "oven",
    "fargo", "schwab", "hilfiger", "spade", "kors", "boss", "choo",
];

/// With what no person's name begins: where one stays (`Villa Rosa`, `Grand Elizabeth`), and who does what in a company
/// (`People Ops DACH`).
#[rustfmt::skip]
const HOUSES: &[&str] = &[
    "villa", "grand", "hotel", "casa", "chateau", "palazzo", "castle", "cafe", "maison", "hostel", "pension", "residence", "hacienda", "finca", "stadtwerke", "people", "human", "sales", "support", "marketing", "finance", "engineering", "customer", "product", "operations", "procurement", "amt", "verein",
];

/// Places and makers whose names are made as persons' are.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "costa rica", "sierra leone", "north macedonia", "sri lanka", "el salvador", "san marino", "saudi arabia", "south africa", "south sudan", "cape verde", "puerto rico", "dominican republic",
    "san antonio", "san jose", "san diego", "san francisco", "san juan", "san salvador", "san miguel", "santa monica", "santa fe", "santa cruz", "santa maria", "santa ana", "santa barbara", "santa clara",
    "santo domingo", "saint paul", "saint louis", "st louis", "st helena", "los angeles", "las vegas", "porto alegre", "belo horizonte", "rio grande", "rio de janeiro", "sao paulo", "buenos aires",
    "mar del plata", "monte carlo", "addis ababa", "salvador da bahia", "santiago de chile", "tel aviv", "monte rosa", "mont blanc", "diego garcia", "new york", "new orleans", "virginia beach", "fort worth",
    "charles de gaulle", "john f kennedy", "ben gurion", "indira gandhi", "queen mary", "real madrid", "paris saint germain",
    "captain morgan", "johnnie walker", "jack daniels", "jim beam", "dom perignon", "ben jerry", "martha stewart", "paul smith", "nina ricci", "carolina herrera", "giorgio armani", "yves saint laurent",
    "alfa romeo", "aston martin", "harley davidson", "mercedes benz", "rolls royce", "levi strauss", "calvin klein", "tommy hilfiger", "ralph lauren", "hugo boss", "michael kors", "jimmy choo",
    "marc jacobs", "vera wang", "oscar de la renta", "christian dior", "christian louboutin", "louis vuitton", "estee lauder", "elizabeth arden", "helena rubinstein", "bobbi brown", "charlotte tilbury",
    "mary kay", "john deere", "oscar mayer", "sara lee", "betty crocker", "ben sherman", "fred perry", "ted baker", "laura ashley", "karen millen", "jo malone", "tom ford", "john lewis",
    "merrill lynch", "morgan stanley", "charles schwab", "wells fargo", "edward jones", "raymond james", "johnson johnson", "granny smith", "earl grey", "isaac mizrahi", "donna karan", "max mara",
];

fn is_nobody(folded: &str) -> bool {
    let spaced = folded.replace('-', " ");
    // `Charles Schwab Corp`: with a word behind it as well.
    let head = spaced.rsplit_once(' ').map_or("", |(head, _)| head);
    NOBODY.contains(&spaced.as_str()) || (head.contains(' ') && NOBODY.contains(&head))
}

/// Whether `value` is a person's whole name: a given name that is known, and a surname or what may be one.
pub(super) fn is_person(value: &str) -> bool {
    let bytes = value.as_bytes();
    let capital = bytes.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
    let parted = capital && bytes.len() <= 80 && bytes.iter().any(|b| matches!(b, b' ' | b',' | b'/'));
    if !parted || bytes.iter().any(u8::is_ascii_digit) {
        return false;
    }
    if value.bytes().any(|b| b >= 0xd0) && is_slavic(value) {
        return true;
    }
    if is_listed(value) || has_initial(value) {
        return true;
    }
    // `CARTWRIGHT/GARETH MR`, as tickets have it.
    let spaced;
    let value = if value.bytes().filter(|b| *b == b'/').count() == 1 {
        spaced = value.replace('/', ", ");
        spaced.as_str()
    } else {
        value
    };
    let folded = |word: &str| fold(word).to_ascii_lowercase().replace(['.', '\'', '’'], "");
    let mut words: Vec<String> = value.split([' ', ',']).filter(|word| !word.is_empty()).map(folded).take(8).collect();
    if words.len() > 2 && words.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
        words.remove(0);
    }
    if words.len() > 2 && words.last().is_some_and(|word| SUFFIXES.contains(&word.as_str())) {
        words.pop();
    }
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    if HOUSES.contains(&first.as_str()) {
        return false;
    }
    if !(2..=5).contains(&words.len()) || THINGS.contains(&last.as_str()) || !is_named(value) {
        return false;
    }
    if is_nobody(&words.join(" ")) {
        return false;
    }
    let inner = words.get(1..words.len() - 1).unwrap_or_default();
    let plain = inner.iter().all(|word| {
        word.len() == 1
            || PARTICLES.contains(&word.as_str())
            || GIVEN.has(word)
            || AMBIGUOUS.has(word)
            || SURNAMES.has(word)
    });
    let surname = |word: &str| SURNAMES.has(word) || PLAIN.has(word) || ends_like_a_surname(word);
    plain
        && (GIVEN.has(first)
            || (AMBIGUOUS.has(first) && surname(last))
            || ((surname(first) || value.contains(',')) && (GIVEN.has(last) || AMBIGUOUS.has(last))))
}

/// Whether `value` may be a person's name where somebody is meant: a surname that is known behind a word that is not, or
/// behind an initial: `Tarquin Braithwaite`, `M. Montalbán`.
pub(super) fn may_be_a_person(value: &str) -> bool {
    let mut words = value.split(' ').filter(|word| !word.is_empty());
    let (Some(first), Some(last), None) = (words.next(), words.next_back(), words.nth(1)) else { return false };
    let initial = first.len() == 2 && first.ends_with('.') && first.starts_with(|c: char| c.is_ascii_uppercase());
    let capital = last.starts_with(char::is_uppercase) && last.len() >= 3;
    if !capital || !(initial || is_named(value)) {
        return false;
    }
    let folded = fold(last.trim_end_matches(',')).to_ascii_lowercase().replace(['.', '\'', '’'], "");
    let whole = fold(value).to_ascii_lowercase().replace(['.', '\'', '’'], "");
    !is_nobody(&whole)
        && !whole.split(' ').next().is_some_and(|first| HOUSES.contains(&first))
        && !THINGS.contains(&folded.as_str())
        && (initial || SURNAMES.has(&folded) || ends_like_a_surname(&folded))
}

/// Whether `value` ends as things are called: `Spring Sale`.
pub(super) fn is_things(value: &str) -> bool {
    let last = value.rsplit(' ').next().unwrap_or_default();
    last.len() < value.len() && THINGS.contains(&last.to_ascii_lowercase().as_str())
}

/// Whether `value` is written as a title or a sentence is, and no name: `Payroll checking`, `Linen bags in blue`.
pub(super) fn is_sentence(value: &str) -> bool {
    let mut words = value.split(' ').filter(|word| !word.is_empty());
    let capital = words.next().is_some_and(|first| first.starts_with(|c: char| c.is_ascii_uppercase()));
    let small = |word: &str| {
        let lower = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
        lower && !PARTICLES.contains(&word) && !GIVEN.has(word) && !SURNAMES.has(word) && !ends_like_a_surname(word)
    };
    capital && words.any(small)
}

/// Whether `value` is one word, and a given name that is nothing else.
pub(super) fn is_given_name(value: &str) -> bool {
    let capital = value.chars().next().is_some_and(char::is_uppercase);
    let word = |b: u8| b.is_ascii_alphabetic() || b == b'-' || b >= 0x80;
    capital && value.len() <= 24 && value.bytes().all(word) && GIVEN.has(&fold(value).to_ascii_lowercase())
}

/// As [`is_given_name`], of a word in lower case.
pub(super) fn is_given_name_in_lower_case(value: &str) -> bool {
    value.len() <= 24 && value.bytes().all(|b| b.is_ascii_lowercase()) && GIVEN.has(value)
}

/// Surnames by their first sign, of the commonest hundred of China and fifty of Korea: who is named so, and in two to four
/// signs.
const CHINESE: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚張劉陳楊趙黃吳孫鄭謝馮鄧許蕭葉閻鍾譚鄒陸錢湯賴龔";
const KOREAN: &str = "김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구나민유진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국";

/// Whether `value` is a whole name in Chinese or Korean.
pub(super) fn is_chinese_or_korean(value: &str) -> bool {
    let hangul = |c: char| ('\u{ac00}'..='\u{d7af}').contains(&c);
    // (`佐々木`: the sign before once more.)
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '々';
    // Both scripts have three bytes a sign, of which the first is no less.
    if value.as_bytes().first().is_none_or(|first| *first < 0xe3) {
        return false;
    }
    let Some(first) = value.chars().next() else { return false };
    let count = value.chars().count();
    // `高橋 大輔`, as Japan writes it.
    let parted = value.split_once([' ', '\u{3000}']).is_some_and(|(surname, given)| {
        let short = |part: &str| (1..=3).contains(&part.chars().count()) && part.chars().all(han);
        let syllables = |part: &str, of: std::ops::RangeInclusive<usize>| {
            of.contains(&part.chars().count()) && part.chars().all(hangul)
        };
        short(surname) && short(given)
            || (KOREAN.contains(first) && syllables(surname, 1..=1) && syllables(given, 2..=2))
    });
    (count == 3 && value.chars().all(hangul) && KOREAN.contains(first))
        || ((2..=3).contains(&count) && value.chars().all(han) && CHINESE.contains(first))
        || parted
}

/// Whether `value` is written as a name is in Devanagari, in two words or three: `कैलाश मित्रा`.
pub(super) fn is_indian(value: &str) -> bool {
    let devanagari = |c: char| ('\u{900}'..='\u{97f}').contains(&c) && !matches!(c, '\u{964}'..='\u{96f}');
    value.starts_with(devanagari)
        && (2..=3).contains(&value.split(' ').count())
        && value.split(' ').all(|word| (2..=14).contains(&word.chars().count()) && word.chars().all(devanagari))
}

/// `Manish C. Bhattacharya`: nothing but a person is written so.
fn has_initial(value: &str) -> bool {
    let mut words = value.split(' ');
    let (Some(first), Some(initial), Some(last), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return false;
    };
    let word = |word: &str| {
        word.len() >= 3
            && word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
            && !THINGS.contains(&fold(word).to_ascii_lowercase().as_str())
    };
    matches!(initial.as_bytes(), [b'A'..=b'Z', b'.'])
        && word(first)
        && word(last)
        && !is_organisation(value)
        && !is_nobody(&fold(value).to_ascii_lowercase().replace('.', ""))
}

/// `MOKOENA, Sibusiso`, `Sepúlveda/María José MR`: as lists and tickets have them, whatever the name.
fn is_listed(value: &str) -> bool {
    let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    let capital = |word: &str| word.starts_with(char::is_uppercase) && letters(word) && word.chars().count() >= 2;
    let fits = |part: &str, most: usize| {
        let words = || part.split(' ').filter(|word| !word.is_empty());
        let plain = |word: &str| !THINGS.contains(&fold(word).to_ascii_lowercase().as_str());
        (1..=most).contains(&words().count()) && words().all(|word| capital(word) && plain(word))
    };
    if let Some((last, first)) = value.split_once(", ") {
        let shouted =
            last.chars().count() >= 3 && !last.chars().any(char::is_lowercase) && first.chars().any(char::is_lowercase);
        return shouted && fits(last, 2) && fits(first, 2) && !is_organisation(value);
    }
    let titled = [" MR", " MRS", " MS", " MISS", " MSTR"].iter().find_map(|title| value.strip_suffix(title));
    titled.and_then(|name| name.split_once('/')).is_some_and(|(last, first)| fits(last, 3) && fits(first, 3))
}

/// Two or three words in Cyrillic, each with a capital, of which one ends as surnames do.
fn is_slavic(value: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий", "цкая", "енко", "чук",
        "юк", "ых", "их", "ян", "ич", "вна",
    ];
    // `Десислава E. Тодорова`: an initial between, `ФЁДОРОВА, ЕКАТЕРИНА`.
    let words = || {
        value.split([' ', ',']).filter(|word| !(word.is_empty() || word.ends_with('.') && word.chars().count() == 2))
    };
    let cyrillic = |word: &str| {
        word.chars().all(|c| ('\u{400}'..='\u{52f}').contains(&c) || c == '-')
            && word.starts_with(char::is_uppercase)
            && word.chars().count() >= 2
    };
    let surname =
        |word: &str| word.chars().count() >= 4 && ENDINGS.iter().any(|ending| word.to_lowercase().ends_with(ending));
    (2..=3).contains(&words().count()) && words().all(cyrillic) && words().any(surname)
}

/// A whole name in a script without capitals: two to four signs of Chinese or Korean, Japanese with a space between.
pub(super) fn is_wide_name(value: &str) -> bool {
    let sign = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{3040}'..='\u{30ff}' | ' ' | '\u{3000}');
    (2..=9).contains(&value.chars().count()) && value.chars().all(sign)
}

/// As [`is_full_name`], with the small words and initials of names.
fn is_named(value: &str) -> bool {
    let capitals: Vec<&str> =
        value.split(' ').filter(|word| !PARTICLES.contains(&word.trim_end_matches(','))).collect();
    is_full_name(&capitals.join(" ")) || (capitals.len() == 1 && value.len() > 8 && value.contains(' '))
}

/// `Featherstone`, `Papadopoulos`, `McAllister`: no list has them all.
fn ends_like_a_surname(word: &str) -> bool {
    #[rustfmt::skip]
    const ENDINGS: &[&str] = &[
        "son", "sen", "ton", "ley", "worth", "stone", "bury", "poulos", "akis", "idis", "ski", "ska", "sky", "skyi", "wicz", "czyk", "czak", "ez", "escu", "eanu", "ov", "ova", "ev", "eva",
        "enko", "mann", "berg", "stein", "feld", "meier", "meyer", "maier", "bauer", "oglu", "shvili", "dze", "yan", "ian", "field", "ford", "wood", "well", "wick", "grave", "grove", "thwaite",
        "kowski", "quist", "strom", "lund", "gaard", "sma", "stra", "inen", "nen", "elli", "etti", "ini", "ucci", "acci", "eira", "eiro", "edo", "ado", "ano", "iyer", "wal", "kar", "nathan",
        "swamy", "appa", "wala", "deh", "zadeh",
    ];
    let long = word.len() >= 6 && ENDINGS.iter().any(|ending| word.ends_with(ending));
    long || (word.len() >= 6 && (word.starts_with("mc") || word.starts_with("mac") || word.starts_with("fitz")))
}

/// A sorted list of words in lower case, one a line.
struct List {
    words: &'static str,
    /// Where the words begin that begin with two letters, or are greater. The list is many lines of the processor's cache long,
    /// of which a search that starts in its middle fetches one for each step.
    from: [u32; PAIRS + 1],
}

/// Pairs of letters.
const PAIRS: usize = 26 * 26;

/// The number of the pair a word begins with.
const fn pair(first: u8, second: u8) -> Option<usize> {
    if first.is_ascii_lowercase() && second.is_ascii_lowercase() {
        Some((first - b'a') as usize * 26 + (second - b'a') as usize)
    } else {
        None
    }
}

impl List {
    const fn new(words: &'static str) -> Self {
        assert!(words.len() <= u32::MAX as usize, "places have 32 bits");
        let bytes = words.as_bytes();
        let mut from = [0; PAIRS + 1];
        // Up to which pair the places are known.
        let mut known = 0;
        let mut at = 0;
        while at + 1 < bytes.len() {
            let begins = at == 0 || bytes[at - 1] == b'\n';
            if begins && let Some(pair) = pair(bytes[at], bytes[at + 1]) {
                while known <= pair {
                    from[known] = at as u32;
                    known += 1;
                }
            }
            at += 1;
        }
        while known <= PAIRS {
            from[known] = bytes.len() as u32;
            known += 1;
        }
        Self { words, from }
    }

    /// Whether the list has a word, or one side of a hyphen of it.
    fn has(&self, word: &str) -> bool {
        word.split('-').any(|part| part.len() >= 3 && self.lists(part.as_bytes()))
    }

    fn lists(&self, word: &[u8]) -> bool {
        let [first, second, ..] = *word else { return false };
        let Some(pair) = pair(first, second) else { return false };
        let (Some(low), Some(high)) = (self.from.get(pair), self.from.get(pair + 1)) else { return false };
        search(self.words.as_bytes(), *low as usize, *high as usize, word)
    }
}

/// Whether the word is one of the lines from `low` to `high`.
fn search(list: &[u8], mut low: usize, mut high: usize, word: &[u8]) -> bool {
    // (A name is too short for anything faster than one byte after the other.)
    let ends = |b: &u8| *b == b'\n';
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list.get(low..middle).and_then(|part| part.iter().rposition(ends)).map_or(low, |at| low + at + 1);
        let rest = list.get(start..).unwrap_or_default();
        let end = start + rest.iter().position(ends).unwrap_or(rest.len());
        match list.get(start..end).unwrap_or_default().cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_every_word_is_found() {
        for list in [&GIVEN, &AMBIGUOUS, &SURNAMES, &PLAIN] {
            let words: Vec<&str> = list.words.lines().collect();
            assert!(words.is_sorted() && words.len() > 100);
            for word in &words {
                assert!(list.has(word) && word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
            }
            for word in ["", "a", "zzzzzz", "0", "aaaaaaa", "\n"] {
                assert!(!list.lists(word.as_bytes()), "{word}");
            }
        }
    }

    #[test]
    fn people() {
        for name in [
            "Jane Okafor",
            "KIARA VILLANUEVA",
            "Paige B. Holloway",
            "Dr. Anna-Lena Müller",
            "Marloes van den Berg",
            "Villanueva, Kiara",
            "CARTWRIGHT/GARETH MR",
            "Zhi Wei Ong",
            "Poppy Featherstone",
            "Grace Kim",
            "Austin Brown",
            "José María García López",
            "Okafor Jane",
            "Алексей Титов",
            "Ольга Ивановна Петренко",
            "Manish C. Bhattacharya",
            "DARNELL Q. MONTGOMERY",
        ] {
            assert!(is_person(name), "{name}");
        }
    }

    #[test]
    fn no_people() {
        for name in [
            "Jane",
            "jane okafor",
            "Aurora Wool Blanket",
            "Florence Sofa",
            "Nordic Oak Desk",
            "Charlotte Street",
            "Austin Cotton",
            "Baumann GmbH",
            "Orchard Health",
            "Jordan Retail",
            "Morgan Stanley",
            "Costa Rica",
            "Harley-Davidson",
            "Paris Saint-Germain",
            "John F. Kennedy",
            "Easter Sale",
            "Marcus Capital Partners",
            "Pro Annual",
            "Payment Accepted",
            "Berlin Warehouse",
            "Order shipped in 2 parcels",
            "Anna Report",
            "Summer Sale",
            "Синий стул",
            "Новый Заказ",
            "Victoria Sponge Cake",
            "Vitamin C. Serum",
            "Plan B. v2",
            "https://example.com/Jane Okafor",
            "",
        ] {
            assert!(!is_person(name), "{name}");
        }
    }

    #[test]
    fn somebody() {
        for name in ["Tarquin Braithwaite", "M. Montalbán", "Quibble J. Whisenhunt", "Bronwen Featherstone"] {
            assert!(may_be_a_person(name), "{name}");
        }
        for name in [
            "Platform Team",
            "Property North",
            "BlueShield West",
            "San Francisco",
            "Acme Tools",
            "import-job",
            "M. montalban",
            "Dock 4",
            "Tarquin",
            "Order Updates",
            "",
        ] {
            assert!(!may_be_a_person(name), "{name}");
        }
    }

    #[test]
    fn given_names() {
        assert!(is_chinese_or_korean("윤하은") && is_chinese_or_korean("杨芳") && is_chinese_or_korean("高橋 大輔"));
        assert!(["하늘색의자", "金枕头", "椅子", "杨", "Yang", ""].iter().all(|name| !is_chinese_or_korean(name)));
        assert!(is_given_name("Landon") && is_given_name("Zoë"));
        assert!(is_sentence("Payroll checking") && is_sentence("Linen bags in blue"));
        assert!(["Jane okafor", "jane otherwise", "Ana de la Cruz", "Payroll"].iter().all(|name| !is_sentence(name)));
        assert!(["Rose", "landon", "Paige Otto", "", "Lamp"].iter().all(|name| !is_given_name(name)));
    }
}
