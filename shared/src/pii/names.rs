//! Field names that say what their value is.
//!
//! A name is cut into words (`billingEmail`, `user[email]`, `DATE.OF.BIRTH`), and the *last* words decide, joined without
//! separators: `dateofbirth` stands for every spelling of it, while `author` never meets `auth`, and `token_type`,
//! `card_brand` or `email_verified` are about something else than their first word. A few words that only qualify
//! (`password_confirmation`, `phone2`, `email_normalized`) are looked past.
//!
//! Some words are personal only in company: `name` in a `customer`, `city` in an `address`, `number` in a `card`. Objects
//! hand their [`Role`] to their members for that, and so does the word before (`customer_name`, `billingCity`).

mod vocabulary;
mod words;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};

use super::finding::Action;
use super::kind::{Kind, is_placeholder};
use super::languages::{LANGUAGES, OF_NOBODY, SHORT, STEMS};
use super::rules::Rules;
use super::traits::{self, has};
use super::verdict::{By, How, Verdict};
use super::{card, people, phone, places};
use vocabulary::*;
pub(super) use words::fold;
use words::{
    MAX_NAME, Words, attribute_of, beginning, behind_holder, ending, in_brackets, met, numbered_part, spelled_out,
};

/// What an object is about, as far as it decides about the names in it. A set: `billing` is a person and an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Role(u8);

impl Role {
    pub(super) const NONE: Self = Self(0);
    pub(super) const PERSON: Self = Self(1);
    pub(super) const ADDRESS: Self = Self(2);
    pub(super) const CARD: Self = Self(4);
    pub(super) const BANK: Self = Self(8);
    /// The parts of a person's name.
    pub(super) const NAME: Self = Self(16);
    /// Messages about fields: `{"errors":{"password":"is too short"}}`. Prose under a sensitive name lives.
    pub(super) const MESSAGES: Self = Self(32);
    /// A flat list of header names and values.
    pub(super) const PAIRS: Self = Self(64);
    /// Somebody's address or number was found beside it by what it looks like: weaker than a name that says so.
    pub(super) const SOMEONE: Self = Self(128);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What the name says about values that are not personal by name: which patterns would be a mistake there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Hint {
    /// Nothing: free text, or no name at all.
    #[default]
    None,
    /// The name is a field's, and says no more.
    Field,
    /// The same, where IP addresses are expected.
    Network,
    /// An id, hash, reference or time: bare digits there are no card and no phone number, whatever their checksum.
    Identifier,
    /// A part's, a model's or a ware's: as an identifier, and digits in groups are no number of a person either.
    Article,
    /// A version or a user agent: four dotted numbers are no address.
    Version,
}

impl Hint {
    /// Whether it rules patterns out.
    pub(super) const fn is_specific(self) -> bool {
        matches!(self, Self::Identifier | Self::Article | Self::Version)
    }
}

/// Everything a name says.
///
/// Three times eight bytes, so that to copy it is two moves, of which the next copy reads what the last one wrote: a
/// processor waits where a read spans several writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(align(8))]
pub(super) struct Sense {
    pub(super) verdict: Option<Verdict>,
    pub(super) role: Role,
    pub(super) hint: Hint,
    /// The value names another member's value: `{"name":"Authorization","value":"…"}`.
    pub(super) names_sibling: bool,
    /// The value is what a sibling names.
    pub(super) named_by_sibling: bool,
    /// Personal once a sibling turns out to be: `name` beside `email`, `city` beside `street`, `expiry` beside a card.
    pub(super) latent: Option<(Role, Verdict)>,
    /// `latent` is a guess from the last word of the name, which a value has to bear out: [`is_full_name`](super::values::is_full_name).
    pub(super) guessed: bool,
    /// One end of a call or message: bare digits there are a telephone number.
    pub(super) is_party: bool,
    /// The object's names are what this says: `recipients_by_phone`.
    pub(super) keyed: bool,
    /// Where something is: a pair of coordinates there is somebody's place.
    pub(super) is_place: bool,
    /// Lives inside a container whose leaves go: `country` of an address, `type` of a phone.
    pub(super) spared: bool,
    /// A person, if the value reads like one: `signedBy`, `owner`, `name`. See [`people`](super::people).
    pub(super) somebody: bool,
}

const _: () = assert!(size_of::<Sense>() == 24, "a sense is copied in two moves");

impl Sense {
    /// What the value itself says where the name says what it may be: a card's date under `expiry`, a whole telephone number
    /// under `to`, a pair of coordinates under `position`, a person under `signedBy`.
    pub(super) fn by_value(&self, value: &str) -> Option<Verdict> {
        let found = |kind| Some(Verdict::new(kind, How::Leaves));
        match self.latent {
            _ if self.verdict.is_some() || value.len() > LONGEST_VALUE => None,
            Some((_, latent)) if latent.kind == Kind::Card && card::is_expiry(value) => Some(latent),
            _ if self.is_party && phone::is_full_number(value) => found(Kind::Phone),
            _ if self.is_place && places::is_position(value) => found(Kind::Geo),
            _ if self.is_place && (places::is_street_address(value) || places::is_postal_line(value)) => {
                found(Kind::Address)
            }
            _ if self.somebody && !self.names_sibling && people::is_chinese_or_korean(value) => found(Kind::Name),
            _ if self.somebody && !self.names_sibling && people::is_indian(value) => found(Kind::Name),
            _ if self.somebody
                && (people::is_person(value)
                    || (!self.names_sibling && people::may_be_a_person(value))
                    || (!self.names_sibling
                        && people::is_given_name(value)
                        && (self.role.meets(Role::PERSON) || (self.latent.is_some() && !self.guessed)))) =>
            {
                found(Kind::Name)
            }
            _ => None,
        }
    }

    /// Whether the name neither judges its value nor says what it or a sibling's may be.
    pub(super) const fn says_nothing(&self) -> bool {
        self.verdict.is_none()
            && self.latent.is_none()
            && !self.names_sibling
            && !self.named_by_sibling
            && !self.is_party
            && !self.is_place
            && !self.somebody
    }

    pub(super) const fn nothing() -> Self {
        Self {
            verdict: None,
            role: Role::NONE,
            hint: Hint::None,
            names_sibling: false,
            named_by_sibling: false,
            latent: None,
            guessed: false,
            is_party: false,
            is_place: false,
            keyed: false,
            spared: false,
            somebody: false,
        }
    }
}

/// What a replaced value of `kind` says about the object it stood in.
pub(super) const fn role_by(kind: Kind) -> Role {
    match kind {
        Kind::Card => Role::CARD.and(Role::PERSON),
        Kind::Address => Role::ADDRESS.and(Role::PERSON),
        Kind::Iban | Kind::Bank => Role::BANK.and(Role::PERSON),
        Kind::Email
        | Kind::Phone
        | Kind::BirthDate
        | Kind::Name
        | Kind::Ssn
        | Kind::Itin
        | Kind::Nino
        | Kind::Nhs
        | Kind::DriverLicense
        | Kind::Passport => Role::PERSON,
        // Whoever sat at the machine, or came in.
        Kind::Ip | Kind::Mac | Kind::Password => Role::SOMEONE,
        _ => Role::NONE,
    }
}

/// Eight bytes at a time, each folded in by a multiplication: names are short and come from our own tables, so speed counts
/// and flooding does not.
#[derive(Clone, Default)]
struct NameHash(u64);

impl NameHash {
    fn fold(&mut self, word: u64) {
        // The golden ratio in 64 bits, which spreads what is close together.
        let product = u128::from(self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = (product as u64) ^ (product >> 64) as u64 ^ 0x9e37_79b9;
    }
}

impl Hasher for NameHash {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.fold(u64::from_le_bytes(*word));
        }
        // The last bytes in one piece, whatever their number: with some of those before, or some of them twice.
        let last = match (rest, bytes.last_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            ([], ..) => 0,
            (_, Some(word), ..) => u64::from_le_bytes(*word),
            (_, _, Some(head), Some(tail)) => {
                u64::from(u32::from_le_bytes(*head)) << 32 | u64::from(u32::from_le_bytes(*tail))
            }
            (rest, ..) => rest.iter().fold(0, |last, byte| (last << 8) | u64::from(*byte)),
        };
        self.fold(last ^ (bytes.len() as u64) << 56);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Of a text and one byte more.
pub(super) fn hash(text: &[u8], more: u8) -> u64 {
    let mut hash = NameHash(u64::from(more));
    hash.write(text);
    hash.finish()
}

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    sense: Sense,
    /// Ends the search: nothing shorter may match.
    decided: bool,
    /// The verdict holds for the whole name only.
    alone: bool,
    qualifier: bool,
    /// The last word of names of free text.
    is_text: bool,
    in_role: [Option<(Role, Verdict)>; 4],
}

/// Most words one phrase may consist of.
const MAX_PHRASE: usize = 5;

/// All names, compiled once.
pub(super) struct Names {
    table: HashMap<Box<[u8]>, Entry, BuildHasherDefault<NameHash>>,
    /// One bit for each three letters a known word can end in: most names are dismissed by it.
    endings: Box<[u64; 512]>,
    /// The same for the first three letters of the words of [`FIRST_WORDS`].
    beginnings: Box<[u64; 512]>,
    /// Names that were judged, each in the place its hash gives it; the first to come stays. The same few hundred names make
    /// up all traffic, and no lock is needed to remember them.
    judged: Box<[Place]>,
    /// For each place, the hash of the name that came by last and was dismissed.
    dismissed: Box<[AtomicU64]>,
    /// For each place, that of the name that came behind it the last time.
    behind: Box<[AtomicU16]>,
    /// Kinds that are switched off, by their place in [`Kind::ALL`].
    kept: [bool; Kind::ALL.len()],
}

/// The place of the name that was read last; at first any.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before(usize);

/// A line of the processor's cache, so that to look a name up is to fetch one.
#[derive(Default)]
#[repr(align(64))]
struct Place(OnceLock<Judged>);

const _: () = assert!(size_of::<Place>() == 64, "a place is one line of the cache");

/// A name that is remembered, and what there is to know of it.
pub(super) struct Judged {
    name: Remembered,
    role: Role,
    pub(super) sense: Sense,
    /// Whether something personal may stand in the name itself.
    pub(super) personal: bool,
    /// Whether what stands around it may say more; see [`asks_around`].
    pub(super) asks: bool,
}

/// What is said of a name: where it is remembered, or for this once.
pub(super) enum Known<'a> {
    Remembered(&'a Judged),
    Anew { sense: Sense, personal: bool, asks: bool },
}

/// What a number is called that says nothing of what it is of.
pub(super) fn names_a_number(name: &str) -> bool {
    matches!(name, "number" | "no" | "num" | "nr" | "No" | "Number" | "Nr" | "Num" | "numero" | "nummer" | "numer")
}

/// The number on a car's frame (ISO 3779).
pub(super) fn is_vin(name: &str) -> bool {
    matches!(name, "vin" | "VIN" | "Vin" | "vehicleVin" | "vehicle_vin")
}

/// What a name says in some objects only, and in which.
pub(super) fn of_an_object(name: &str) -> Option<(Kind, &'static [&'static str])> {
    match name {
        "memberId" | "member_id" | "memberID" | "MemberId" | "subscriberId" | "subscriber_id" | "policyHolderId" => {
            Some((Kind::NationalId, &["insurance", "health_insurance", "healthInsurance", "coverage", "insurancePlan"]))
        }
        "registration" | "reg" | "regNo" | "reg_no" | "Registration" => {
            Some((Kind::DriverLicense, &["vehicle", "car", "truck", "van", "motorbike", "taxi"]))
        }
        _ => None,
    }
}

/// An app's, and at OpenWeather the key.
pub(super) const APP_ID: &str = "appid";

/// A key in Portuguese: that of a payment (Pix), or of an invoice.
pub(super) const PIX_KEY: &str = "chave";

/// What answers are called, in a form as well as an event.
pub(super) const ANSWER: &str = "response";

/// Whether the walk asks for what stands around a member of this name: most say all by themselves.
fn asks_around(name: &str) -> bool {
    names_a_number(name) || is_vin(name) || of_an_object(name).is_some() || matches!(name, ANSWER | APP_ID | PIX_KEY)
}

/// A name, in its place if it is short.
enum Remembered {
    Short(u8, [u8; 22]),
    Long(Box<[u8]>),
}

impl Remembered {
    fn new(name: &[u8]) -> Self {
        let mut short = [0; 22];
        match (short.get_mut(..name.len()), u8::try_from(name.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(name);
                Self::Short(length, short)
            }
            _ => Self::Long(name.into()),
        }
    }

    fn length(&self) -> usize {
        match self {
            Self::Short(length, _) => usize::from(*length),
            Self::Long(long) => long.len(),
        }
    }

    fn is(&self, name: &[u8]) -> bool {
        match self {
            Self::Short(length, short) => short.get(..usize::from(*length)) == Some(name),
            Self::Long(long) => **long == *name,
        }
    }
}

/// Whether something personal may stand in a name: no find in one is shorter, or has fewer digits, without one of these.
fn may_be_personal(name: &str) -> bool {
    let (holds, digits) = traits::holds(name.as_bytes());
    holds & (has::AT | has::WIDE | has::PERCENT | has::COLON) != 0
        || digits >= 7
        || (holds & has::DOT != 0 && digits >= 4)
        || name.len() >= 17
}

/// A stripped name without the number that tells it from others like it: of `[EMAIL]~2` what stands before the sign.
pub(super) fn told_apart(name: &str) -> &str {
    name.rsplit_once('~')
        .filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(name, |(name, _)| name)
}

/// Whether an object of this name is a place of business, whose name and address are everybody's to know.
pub(super) fn is_business(name: &str) -> bool {
    let mut lower = [0; 16];
    let Some(place) = lower.get_mut(..name.len()) else { return false };
    for (to, from) in place.iter_mut().zip(name.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    let one = place.strip_suffix(b"s").unwrap_or(place);
    #[rustfmt::skip]
    let business = matches!(
        one,
        b"hotel" | b"restaurant" | b"venue" | b"store" | b"shop" | b"branch" | b"clinic" | b"pharmacy" | b"hospital" | b"school" | b"garage" | b"station"
            | b"airport" | b"warehouse" | b"depot" | b"outlet" | b"boutique" | b"dealer" | b"dealership" | b"workshop" | b"gym" | b"cinema" | b"theatre"
            | b"theater" | b"museum" | b"bakery" | b"salon" | b"university" | b"campu" | b"airline" | b"manufacturer" | b"pickup_point" | b"pickuppoint"
            | b"parcel_shop" | b"parcelshop" | b"laboratory"
    );
    business
}

/// The longest value that may say by itself what it is, in bytes: an address on one line.
pub(super) const LONGEST_VALUE: usize = 160;

/// About as many words and phrases as are built in.
const WORDS: usize = 7000;

/// Places for remembered names, a power of two, and the longest name remembered: together at most 1.6 MB.
const REMEMBERED: usize = 8192;
const LONGEST_REMEMBERED: usize = 64;

impl Names {
    /// The built-in names of all kinds that are not kept, and those of the rules.
    pub(super) fn new(rules: &Rules) -> Self {
        let judged = (0..REMEMBERED).map(|_| Place::default()).collect();
        let dismissed = (0..REMEMBERED).map(|_| AtomicU64::new(0)).collect();
        let mut names = Self {
            table: HashMap::with_capacity_and_hasher(WORDS, BuildHasherDefault::default()),
            endings: Box::new([0; 512]),
            beginnings: Box::new([0; 512]),
            judged,
            dismissed,
            behind: (0..REMEMBERED).map(|_| AtomicU16::new(0)).collect(),
            kept: [false; Kind::ALL.len()],
        };
        let goes = |kind: Kind| rules.action(kind) != Action::Keep;
        for (kept, kind) in names.kept.iter_mut().zip(Kind::ALL) {
            *kept = !goes(*kind);
        }
        for Family(kind, how, phrases) in FAMILIES.iter().filter(|family| goes(family.0)) {
            for phrase in *phrases {
                let entry = names.entry(phrase.trim_start_matches('='));
                entry.sense.verdict = Some(Verdict::new(*kind, *how));
                entry.alone = phrase.starts_with('=');
                entry.decided = true;
            }
        }
        for (kind, phrases) in LANGUAGES.iter().flat_map(|(_, kinds)| *kinds).filter(|(kind, _)| goes(*kind)) {
            for phrase in *phrases {
                let entry = names.entry(phrase.trim_start_matches('='));
                // What is said above of a name, with a manner of its own, stays said.
                if !entry.decided {
                    entry.sense.verdict = Some(Verdict::new(*kind, how_of(*kind)));
                    entry.alone = phrase.starts_with('=');
                    entry.decided = true;
                }
            }
        }
        for phrase in HARMLESS {
            let entry = names.entry(phrase);
            entry.sense.verdict = None;
            entry.decided = true;
        }
        for (role, words) in ROLES {
            for word in *words {
                let entry = names.entry(word);
                entry.sense.role = entry.sense.role.and(*role);
            }
        }
        for (role, kind, how, words) in IN_ROLE.iter().filter(|(_, kind, ..)| goes(*kind)) {
            for word in *words {
                let slot = names.entry(word).in_role.iter_mut().find(|slot| slot.is_none());
                if let Some(slot) = slot {
                    *slot = Some((*role, Verdict::new(*kind, *how)));
                }
            }
        }
        for (role, kind, how, words) in LATENT.iter().filter(|(_, kind, ..)| goes(*kind)) {
            for word in *words {
                names.entry(word).sense.latent = Some((*role, Verdict::new(*kind, *how)));
            }
        }
        for (hint, words) in HINTS {
            for word in *words {
                names.entry(word).sense.hint = *hint;
            }
        }
        for word in PARTIES {
            names.entry(word).sense.is_party = true;
        }
        for word in PLACES {
            names.entry(word).sense.is_place = true;
        }
        for word in TEXTS {
            names.entry(word).is_text = true;
        }
        for word in NAMERS {
            names.entry(word).sense.names_sibling = true;
        }
        for word in NAMED {
            names.entry(word).sense.named_by_sibling = true;
        }
        for word in SPARED {
            names.entry(word).sense.spared = true;
        }
        for word in QUALIFIERS {
            names.entry(word).qualifier = true;
        }
        for (short, _) in SHORT {
            names.admit(short.as_bytes(), b"");
        }
        for word in [&b"nam"[..], b"fnm", b"lnm", b"adr", b"zip", b"cty", b"phn", b"eml", b"mob"] {
            names.admit(word, b"");
        }
        for word in SOMEBODY.iter().chain(NAME_WORDS).chain(&[&b"by"[..], b"for", b"key"]) {
            names.admit(word, b"");
        }
        for word in
            FIRST_WORDS.iter().flat_map(|(_, words)| *words).chain(FIELD_PREFIXES).chain(PREFIXES).chain(&[&b"nom"[..]])
        {
            let bit = beginning(word);
            if let Some(cell) = names.beginnings.get_mut(bit >> 6) {
                *cell |= 1 << (bit & 63);
            }
        }
        // Last, so that a rule outdoes what is built in.
        for (i, rule) in rules.names.iter().enumerate() {
            let entry = names.entry(&rule.joined);
            let keeps = rule.action.unwrap_or_else(|| rules.action(rule.kind)) == Action::Keep;
            let how = if keeps { How::Keep } else { how_of(rule.kind) };
            let by = By::NameRule(u8::try_from(i).unwrap_or(u8::MAX));
            *entry = Entry { decided: true, ..Entry::default() };
            entry.sense.verdict = Some(Verdict { kind: rule.kind, how, by, action: rule.action });
        }
        names
    }

    fn entry(&mut self, phrase: &str) -> &mut Entry {
        // The plural is looked up as the singular; its ending has to pass as well.
        for ending in ["", "s", "es"] {
            self.admit(phrase.as_bytes(), ending.as_bytes());
        }
        self.table.entry(phrase.as_bytes().into()).or_default()
    }

    /// Lets names pass that end in this word, with this ending.
    fn admit(&mut self, word: &[u8], plural: &[u8]) {
        let mut allow = |bit: usize| {
            if let Some(cell) = self.endings.get_mut(bit >> 6) {
                *cell |= 1 << (bit & 63);
            }
        };
        let bit = ending(plural.iter().rev().chain(word.iter().rev()).copied());
        allow(bit);
        // Before a word of two letters another word may end: `client_ip`.
        if word.iter().chain(plural).filter(|byte| byte.is_ascii_alphabetic()).count() == 2 {
            (1..=26).for_each(|letter| allow((bit << 5) | letter));
        }
    }

    /// What `name` says about its value, inside an object of the given role.
    pub(super) fn sense(&self, name: &str, role: Role) -> Sense {
        match self.member(name, role, &mut Before::default()) {
            Known::Remembered(judged) => judged.sense,
            Known::Anew { sense, .. } => sense,
        }
    }

    /// All there is to know of `name`. `before` is where the name before it was found: objects of one sort have the same names
    /// in the same order.
    pub(super) fn member(&self, name: &str, role: Role, before: &mut Before) -> Known<'_> {
        let known = |at: usize| {
            let judged = self.judged.get(at)?.0.get()?;
            (judged.role == role && judged.name.is(name.as_bytes())).then_some(Known::Remembered(judged))
        };
        let behind = self.behind.get(before.0);
        let guess = behind.map_or(0, |place| usize::from(place.load(Ordering::Relaxed)));
        if let Some(judged) = known(guess) {
            self.fetch_ahead(guess, before);
            return judged;
        }
        let hash = hash(name.as_bytes(), role.0);
        let at = hash as usize % REMEMBERED;
        let mut free = None;
        // The place, and the one beside it.
        for at in [at, at ^ 1] {
            if let Some(judged) = known(at) {
                if let (Some(behind), Ok(at)) = (behind, u16::try_from(at)) {
                    behind.store(at, Ordering::Relaxed);
                }
                self.fetch_ahead(at, before);
                return judged;
            }
            if let Some(place) = self.judged.get(at).filter(|place| place.0.get().is_none()) {
                free = Some(place);
                break;
            }
        }
        let (sense, known) = self.judged_anew(name, role);
        let (personal, asks) = (may_be_personal(name), asks_around(name));
        // What JSON writes with an escape is not what it reads like.
        let plain = || !name.bytes().any(|b| b < b' ' || matches!(b, b'"' | b'\\'));
        if let Some(Place(place)) = free.filter(|_| name.len() <= LONGEST_REMEMBERED && plain()) {
            // Ids as names, which come once, take no place.
            let again = || self.dismissed.get(at).is_some_and(|last| last.swap(hash, Ordering::Relaxed) == hash);
            if known || again() {
                // Another thread may have been faster, which is as good.
                let _ = place.set(Judged { name: Remembered::new(name.as_bytes()), role, sense, personal, asks });
            }
        }
        Known::Anew { sense, personal, asks }
    }

    /// The name that came behind the one before the last time, if it stands at the beginning of `text` with a quote behind it:
    /// its length, and as [`member`](Self::member). Nobody needs to look for its end then.
    pub(super) fn expected(&self, text: &[u8], role: Role, before: &mut Before) -> Option<(usize, &Judged)> {
        let at = usize::from(self.behind.get(before.0)?.load(Ordering::Relaxed));
        let judged = self.judged.get(at)?.0.get()?;
        let length = judged.name.length();
        let here = judged.role == role && text.get(length) == Some(&b'"') && judged.name.is(text.get(..length)?);
        let found = here.then_some((length, judged))?;
        self.fetch_ahead(at, before);
        Some(found)
    }

    /// Notes that the name at this place was read, and fetches the line of the one that came behind it the last time: it is
    /// there when that name has been read, and nobody waits for it.
    fn fetch_ahead(&self, at: usize, before: &mut Before) {
        before.0 = at;
        let next = self.behind.get(at).map_or(0, |place| usize::from(place.load(Ordering::Relaxed)));
        std::hint::black_box(self.judged.get(next).is_some_and(|place| place.0.get().is_some()));
    }

    /// What a name says that is not remembered, and whether any of ours ends, or begins, as it does.
    fn judged_anew(&self, name: &str, role: Role) -> (Sense, bool) {
        // Salesforce's mark of a field that its customer added.
        let name = name.strip_suffix("__c").unwrap_or(name);
        let bytes = name.as_bytes();
        // A key that was itself personal and was stripped: `[EMAIL]` is no field called email.
        if is_placeholder(told_apart(name)) {
            return (Sense::nothing(), false);
        }
        // Most names are none of ours, and their last and first three letters already show it.
        if bytes.is_ascii()
            && !met(&self.endings, ending(bytes.iter().rev().copied()))
            && !met(&self.beginnings, beginning(bytes))
        {
            return (Sense { hint: Hint::Field, ..Sense::nothing() }, false);
        }
        (self.in_any_script(name, role), true)
    }

    fn in_any_script(&self, name: &str, role: Role) -> Sense {
        if name.is_ascii() {
            return self.judge(name.as_bytes(), role);
        }
        self.in_other_script(name).unwrap_or_else(|| self.judge(fold(name).as_bytes(), role))
    }

    fn in_other_script(&self, name: &str) -> Option<Sense> {
        // Latin letters with marks are spelled without them in the tables; those of Vietnam stand further behind.
        if name.chars().all(|c| c < '\u{370}') {
            return None;
        }
        let lower = name.trim().to_lowercase().replace(['_', '-'], " ");
        let whole = OTHER_SCRIPTS.iter().find(|(_, _, names)| names.contains(&lower.as_str()));
        let (kind, how) = whole.map(|(kind, how, _)| (*kind, *how)).or_else(|| {
            let nobodys = || OF_NOBODY.iter().any(|word| lower.contains(word));
            let (kind, _) = STEMS.iter().find(|(_, stems)| stems.iter().any(|stem| lower.contains(stem)))?;
            (!nobodys()).then(|| (*kind, how_of(*kind)))
        })?;
        let verdict = Some(Verdict::new(kind, how));
        (!self.kept[kind as usize]).then_some(Sense { verdict, ..Sense::nothing() })
    }

    fn judge(&self, name: &[u8], role: Role) -> Sense {
        // `form_fields[name]`, `data[Contact][email]`: a form's field is what stands in its brackets.
        let name = in_brackets(name).unwrap_or(name);
        // `user[phones][0][number]`
        let name = numbered_part(name).unwrap_or(name);
        // SAML's attributes, by their object identifiers.
        let name = name.strip_prefix(b"urn:oid:").and_then(attribute_of).unwrap_or(name);
        // `attributes.city`
        let name = behind_holder(name);
        // The first and the second line of an address, which without its number would be a letter.
        let name =
            if [&b"a1"[..], b"a2"].iter().any(|short| name.eq_ignore_ascii_case(short)) { b"line" } else { name };
        let mut words = Words::cut(name);
        // `oldCity`, `new_email`: of a change.
        if words.len > 1 && [&b"old"[..], b"new", b"prev", b"previous"].contains(&words.joined(0, 1)) {
            words.starts.copy_within(1.., 0);
            words.ends.copy_within(1.., 0);
            words.len -= 1;
        }
        let mut end = words.len;
        let mut sense = Sense::nothing();
        // Known to be about something else: `sec-ch-ua-mobile`.
        let mut decided = false;
        for looked_past in 0..3 {
            if end == 0 {
                break;
            }
            if let Some(found) = self.judge_tail(&words, end, role) {
                // Only a verdict is worth looking past a qualifier for; role and hint belong to the real last word.
                if looked_past == 0 {
                    sense = found.0;
                } else if let Some(verdict) = found.0.verdict {
                    sense.verdict = Some(verdict);
                } else if sense.latent.is_none() {
                    sense.latent = found.0.latent;
                }
                decided = found.1;
                if decided || sense.verdict.is_some() {
                    break;
                }
            }
            let last = words.joined(end - 1, end);
            if !self.table.get(last).is_some_and(|entry| entry.qualifier) {
                break;
            }
            end -= 1;
        }
        if sense.verdict.is_none() {
            sense.verdict = self.of_whom(&words, role);
        }
        // `NR_CEP`, `strPoblacion`, `adr_rue`: what programmers and databases put before a name.
        if !decided
            && sense.verdict.is_none()
            && sense.latent.is_none()
            && words.len > 1
            && marks(words.joined(0, 1)) & mark::PREFIX != 0
        {
            let rest = self.judge(&words.apart(1), role);
            if rest.verdict.is_some_and(|verdict| verdict.how != How::Token)
                || rest.latent.is_some_and(|_| !rest.guessed)
            {
                return rest;
            }
        }
        if !decided
            && sense.verdict.is_none()
            && matches!(sense.role, Role::NONE | Role::NAME)
            && sense.latent.is_none()
        {
            let long = spelled_out(&words).map(|long| self.judge(&long, role));
            // One short word alone is too little to go by: `ph` is an acid's as often as a phone.
            // Unless it stands in a person: `{"Dbtr":{"Nm":…}}`.
            let enough = words.len > 1 || role.meets(Role::PERSON);
            let long = long.map(|long| Sense { verdict: long.verdict.filter(|_| enough), ..long });
            if let Some(long) =
                long.filter(|long| long.verdict.is_some() || long.role != Role::NONE || long.latent.is_some())
            {
                return long;
            }
        }
        if !decided && sense.verdict.is_none() {
            sense.verdict = self.by_first_word(&words).or_else(|| self.key(&words));
        }
        // What is no account's name may still be a person's.
        let account = sense.verdict.is_some_and(|verdict| matches!(verdict.how, How::Handle | How::Account));
        if (!decided || account) && !self.kept[Kind::Name as usize] && (sense.verdict.is_none() || account) {
            if sense.latent.is_none() && of_somebody(&words) {
                sense.latent = Some((Role::PERSON, Verdict::new(Kind::Name, How::Leaves)));
                sense.guessed = true;
            }
            // A book's author is everybody's.
            let author = words.len.checked_sub(1).is_some_and(|last| AUTHORS.contains(&words.joined(last, words.len)));
            sense.somebody = sense.latent.is_some_and(|(_, verdict)| verdict.kind == Kind::Name && !author)
                || sense.role.meets(Role::PERSON)
                || is_party_to(&words);
        }
        // `has_ssn`: true is no number.
        if let Some(verdict) = sense.verdict.as_mut().filter(|verdict| verdict.how == How::Whole)
            && words.len > 1
            && marks(words.joined(0, 1)) & mark::ASKS != 0
        {
            verdict.how = How::Leaves;
        }
        // A method and its price; the first of two lines is an address's: `shippingLine1`.
        let numbered = decided && name.last().is_some_and(u8::is_ascii_digit) && words.len >= 2;
        if numbered && [&b"shippingline"[..], b"deliveryline"].contains(&words.joined(words.len - 2, words.len)) {
            sense.verdict = (!self.kept[Kind::Address as usize]).then_some(Verdict::new(Kind::Address, How::Leaves));
        }
        // A product's has no digit, a person's often.
        if sense.verdict.is_none() && !decided && words.len == 1 && words.joined(0, 1) == b"handle" {
            sense.verdict = (!self.kept[Kind::Name as usize]).then_some(Verdict::new(Kind::Name, How::Account));
        }
        // OAuth's, which keeps requests from being forged; of everything else a word or two.
        if sense.verdict.is_none()
            && !decided
            && sense.latent.is_none()
            && words.len == 1
            && words.joined(0, 1) == b"state"
        {
            sense.verdict = (!self.kept[Kind::Secret as usize]).then_some(Verdict::new(Kind::Secret, How::Token));
        }
        // What a name's object holds: `"name":{"value":"Zhi Wei Ong"}`.
        sense.somebody |= role.meets(Role::NAME) && sense.named_by_sibling;
        // A ware's: `skuDisplayName`.
        let shown = words.len > 2 && words.joined(words.len - 2, words.len) == b"displayname";
        if shown && is_nobodys_thing(words.joined(words.len - 3, words.len - 2)) {
            (sense.verdict, sense.somebody) = (None, true);
        }
        // Of what sort the rest is: `numberType`, `addressUType`.
        sense.spared |= words.len > 1 && sense.verdict.is_none() && words.joined(words.len - 1, words.len) == b"type";
        sense.keyed = (1..words.len).any(|at| matches!(words.joined(at - 1, at), b"by" | b"per"));
        // A name that says nothing still is a name, unless it is one of text.
        let last = words.len.checked_sub(1).map(|last| words.joined(last, words.len));
        if sense.hint == Hint::None && !last.and_then(|last| self.find(last)).is_some_and(|entry| entry.is_text) {
            let of_machines = (0..words.len).any(|at| marks(words.joined(at, at + 1)) & mark::MACHINE != 0);
            sense.hint = if of_machines { Hint::Network } else { Hint::Field };
        }
        // `firmwareMin`, `version_from`: which of several.
        let version = |word: &[u8]| self.find(word).is_some_and(|entry| entry.sense.hint == Hint::Version);
        if matches!(sense.hint, Hint::Field | Hint::Network | Hint::Identifier)
            && last.is_some_and(|last| BOUNDS.contains(&last))
        {
            let before = words.len.checked_sub(2).map(|at| words.joined(at, at + 1));
            if before.is_some_and(version) {
                sense.hint = Hint::Version;
            }
        }
        sense
    }

    /// `telefonoContacto`, `adresse_actuelle`: in some languages the first word is the one that says what it is.
    fn by_first_word(&self, words: &Words) -> Option<Verdict> {
        if words.len < 2 {
            return None;
        }
        // `txtTelefonoCitado`: a form's field.
        let prefixed = words.len > 2 && marks(words.joined(0, 1)) & mark::FIELD_PREFIX != 0;
        let at = usize::from(prefixed);
        let first = words.joined(at, at + 1);
        if !prefixed && !met(&self.beginnings, beginning(first)) {
            return None;
        }
        let (kind, _) = FIRST_WORDS.iter().find(|(_, heads)| heads.contains(&first))?;
        let other = (at + 1..words.len).any(|at| marks(words.joined(at, at + 1)) & mark::NOT_AFTER != 0);
        (!other && !self.kept[*kind as usize]).then(|| Verdict::new(*kind, How::Leaves))
    }

    /// `stream_key`, `hmacKey`: opens something, if the value looks like it.
    fn key(&self, words: &Words) -> Option<Verdict> {
        let last = words.len.checked_sub(1).filter(|last| *last > 0)?;
        let of_data = || (0..last).any(|at| marks(words.joined(at, at + 1)) & mark::KEY_OF_DATA != 0);
        let is_key = words.joined(last, words.len) == b"key" && !of_data() && !self.kept[Kind::ApiKey as usize];
        is_key.then_some(Verdict::new(Kind::ApiKey, How::Key))
    }

    /// `nameOfSpouse`, `dob_of_child`, `nombreDelPadre`: what is whose.
    fn of_whom(&self, words: &Words, role: Role) -> Option<Verdict> {
        const OF: &[&[u8]] = &[b"of", b"de", b"del", b"di", b"du", b"da", b"do", b"von", b"van"];
        let of = (1..words.len.saturating_sub(1)).find(|at| OF.contains(&words.joined(*at, at + 1)))?;
        let whom = self.find(words.joined(of + 1, words.len))?.sense.role;
        let person = whom.meets(Role::PERSON).then(|| role.and(Role::PERSON))?;
        self.judge_tail(words, of, person)?.0.verdict
    }

    /// The sense of the words before `end`, and whether it is final.
    fn judge_tail(&self, words: &Words, end: usize, role: Role) -> Option<(Sense, bool)> {
        let mut result: Option<(Sense, bool)> = None;
        for start in end.saturating_sub(MAX_PHRASE)..end {
            let joined = words.joined(start, end);
            let Some(entry) = self.find(joined) else { continue };
            let around = if start > 0 { self.role_before(words, start) } else { Role::NONE };
            // `dk.cpr`, `customer_nif`: whose it is, and no more.
            let of_whom = || {
                let random = entry.sense.verdict.is_some_and(|verdict| verdict.how == How::Token);
                around.meets(Role::PERSON) && !random || (start == 1 && COUNTRIES.contains(&words.joined(0, 1)))
            };
            if entry.alone && start > 0 && !of_whom() {
                continue;
            }
            let mut sense = entry.sense;
            let in_role = |wanted: Role| {
                entry.in_role.iter().flatten().find(|(needs, _)| wanted.meets(*needs)).map(|(_, verdict)| *verdict)
            };
            if sense.verdict.is_none() && !entry.decided {
                sense.verdict = in_role(around).or_else(|| if start == 0 { in_role(role) } else { None });
            }
            let first = result.is_none();
            if first || sense.verdict.is_some() {
                let hint = result
                    .map_or(sense.hint, |(found, _)| if sense.hint.is_specific() { sense.hint } else { found.hint });
                // Whole-name roles only: `user` names a person, `last_user` as well, but a namer stands alone.
                let alone = start == 0;
                let sense = Sense {
                    hint,
                    names_sibling: sense.names_sibling && alone,
                    named_by_sibling: sense.named_by_sibling && alone,
                    spared: sense.spared && alone,
                    latent: sense.latent.filter(|(_, verdict)| {
                        let of_whom = around.meets(Role::PERSON.and(Role::ADDRESS)) && !PARTS.contains(&joined);
                        let of_card = verdict.kind == Kind::Card && around.meets(Role::PERSON);
                        alone || of_card || (verdict.kind == Kind::Address && of_whom)
                    }),
                    ..sense
                };
                result = Some((sense, entry.decided));
            }
            if entry.decided || sense.verdict.is_some() {
                break;
            }
        }
        if result.is_none() {
            let last = words.joined(end - 1, end);
            for (tail, kind, how) in GLUED {
                let goes = !self.kept[*kind as usize];
                if goes && last.len() > tail.len() && last.ends_with(tail.as_bytes()) {
                    return Some((Sense { verdict: Some(Verdict::new(*kind, *how)), ..Sense::nothing() }, true));
                }
            }
            // `patientname`, `billingzip`: someone's. `CUSADR`: of a column of six letters.
            if let Some(verdict) = self.glued(last).or_else(|| self.of_six_letters(last)) {
                return Some((Sense { verdict: Some(verdict), ..Sense::nothing() }, true));
            }
        }
        result
    }

    /// What two words without a seam say, of which the first is a person's or an address's.
    fn glued(&self, word: &[u8]) -> Option<Verdict> {
        (3..word.len().saturating_sub(2)).find_map(|seam| {
            let (who, what) = word.split_at(seam);
            let role = self.find(who).map(|entry| entry.sense.role)?;
            if !role.meets(Role::PERSON.and(Role::ADDRESS)) {
                return None;
            }
            let entry = self.find(what)?;
            let in_role =
                entry.in_role.iter().flatten().find(|(needs, _)| role.meets(*needs)).map(|(_, verdict)| *verdict);
            entry.sense.verdict.filter(|_| !entry.alone).or(in_role)
        })
    }

    /// Two words of three letters each, as the columns of elder databases have them: `CUSNAM`, `EMPDOB`.
    fn of_six_letters(&self, word: &[u8]) -> Option<Verdict> {
        const WHOSE: &[&[u8]] = &[
            b"cus", b"cst", b"cli", b"emp", b"pat", b"mbr", b"stu", b"ven", b"vnd", b"bil", b"shp", b"own", b"usr",
            b"con", b"ins",
        ];
        const WHAT: &[(Kind, &[&[u8]])] = &[
            (Kind::Name, &[b"nam", b"fnm", b"lnm", b"fst", b"lst"]),
            (Kind::Address, &[b"adr", b"ad1", b"ad2", b"zip", b"cty", b"str", b"pst"]),
            (Kind::Phone, &[b"tel", b"phn", b"mob", b"fax"]),
            (Kind::Email, &[b"eml"]),
            (Kind::BirthDate, &[b"dob"]),
            (Kind::Ssn, &[b"ssn"]),
        ];
        let (whose, what) = word.split_at_checked(3)?;
        let (kind, _) = WHAT.iter().find(|(_, words)| words.contains(&what))?;
        (WHOSE.contains(&whose) && !self.kept[*kind as usize]).then_some(Verdict::new(*kind, How::Leaves))
    }

    fn find(&self, word: &[u8]) -> Option<&Entry> {
        // (A short name's plural in "es" is another word: `fines` is not of `fin`.)
        self.table.get(word).or_else(|| {
            let singular = word.strip_suffix(b"s")?;
            // `addresses`, but not `pass` from `passs`, nor `address` as a plural of `addres`.
            self.table.get(singular).or_else(|| {
                let singular = singular.strip_suffix(b"e").filter(|singular| singular.len() > 3)?;
                self.table.get(singular)
            })
        })
    }

    /// The role of the one or two words before `start`.
    fn role_before(&self, words: &Words, start: usize) -> Role {
        // `users[0][city]`: the number is a place's.
        let number = |at: usize| words.joined(at - 1, at).iter().all(u8::is_ascii_digit);
        let start = if start > 1 && number(start) { start - 1 } else { start };
        let one = self.find(words.joined(start - 1, start)).map_or(Role::NONE, |entry| entry.sense.role);
        if start < 2 {
            return one;
        }
        // `bill_to_name`: two words may make one.
        one.and(self.find(words.joined(start - 2, start)).map_or(Role::NONE, |entry| entry.sense.role))
    }
}

/// The built-in names of a kind.
pub(super) fn of_kind(kind: Kind) -> impl Iterator<Item = &'static str> {
    let of_family = |family: &Family| family.2.iter().map(|name| name.trim_start_matches('='));
    let languages = LANGUAGES.iter().flat_map(|(_, kinds)| *kinds).filter(move |(of, _)| *of == kind);
    let foreign = languages.flat_map(|(_, names)| names.iter().map(|name| name.trim_start_matches('=')));
    FAMILIES.iter().filter(move |family| family.0 == kind).flat_map(of_family).chain(foreign)
}

/// How values of a kind go whose name only the rules know: as those of the built-in names of that kind.
fn how_of(kind: Kind) -> How {
    FAMILIES.iter().find(|family| family.0 == kind).map_or(How::Whole, |family| family.1)
}

/// The name as the tables spell it: its words, joined. None if it has none, or more than a phrase may have.
pub(super) fn joined(name: &str) -> Option<String> {
    let folded = fold(name);
    let words = Words::cut(folded.as_bytes());
    let fits = (1..=MAX_PHRASE).contains(&words.len) && name.len() <= MAX_NAME;
    let joined = fits.then(|| words.joined(0, words.len))?;
    String::from_utf8(joined.to_vec()).ok()
}

/// Whether a field is called after who wrote something.
pub(super) fn is_author(name: &str) -> bool {
    matches!(name.len(), 5..=9) && AUTHORS.iter().any(|author| author.eq_ignore_ascii_case(name.as_bytes()))
}

fn is_of_a_thing(word: &[u8]) -> bool {
    let marked = |word: &[u8]| marks(word) & mark::THING != 0;
    marked(word) || word.strip_suffix(b"s").is_some_and(marked)
}

/// Whether a field that ends in a word for a name, or in some languages begins with it, may be somebody's: no word of it is
/// a thing's.
fn of_somebody(words: &Words) -> bool {
    let word = |at: usize| words.joined(at, at + 1);
    let Some(last) = words.len.checked_sub(1).filter(|last| *last > 0) else { return false };
    let things = |from: usize, to: usize| (from..to).any(|at| is_of_a_thing(word(at)));
    (marks(word(last)) & mark::NAME != 0 && !things(0, last))
        || ([&b"nom"[..], b"nome", b"nombre"].contains(&word(0)) && !things(1, words.len))
}

fn is_nobodys_thing(word: &[u8]) -> bool {
    is_of_a_thing(word) && marks(word) & mark::SOMETIMES_SOMEBODY == 0
}

/// Whether the last word is a thing's, and of one that is nobody.
pub(super) fn is_thing(name: &str) -> bool {
    let words = Words::cut(name.as_bytes());
    words.len.checked_sub(1).is_some_and(|last| is_nobodys_thing(words.joined(last, words.len)))
}

/// `signedBy`, `attn`, `client_name`: a person, if the value is one.
fn is_party_to(words: &Words) -> bool {
    let word = |at: usize| words.joined(at, at + 1);
    let Some(last) = words.len.checked_sub(1) else { return false };
    let by = last > 0 && matches!(word(last), b"by" | b"for") && word(last - 1) != b"author";
    let marks_of_last = marks(word(last));
    let named = last > 0 && marks_of_last & mark::NAME != 0 && !(0..last).any(|at| is_nobodys_thing(word(at)));
    let somebody = |marks: u16| marks & mark::SOMEBODY != 0;
    by || named || somebody(marks_of_last) || (last > 0 && somebody(marks(words.joined(0, words.len))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> Option<Kind> {
        Names::new(&Rules::builtin()).sense(name, Role::NONE).verdict.map(|v| v.kind)
    }

    #[test]
    fn every_spelling_of_a_name_is_the_same_name() {
        for name in [
            "dateOfBirth",
            "date-of-birth",
            "date_of_birth",
            "DATE.OF.BIRTH",
            "Date Of Birth",
            "dateofbirth",
            "DateOfBirth",
            "user[date_of_birth]",
            "customer.dateOfBirth",
            "DOB",
            "userDOB",
            "dob_1",
        ] {
            assert_eq!(kind(name), Some(Kind::BirthDate), "{name}");
        }
        for name in [
            "email",
            "Email",
            "e-mail",
            "E_MAIL",
            "billingEmail",
            "user[email]",
            "emailAddress",
            "email2",
            "useremail",
            "emails",
            "email_confirmation",
        ] {
            assert_eq!(kind(name), Some(Kind::Email), "{name}");
        }
        for name in [
            "customer.phone_number",
            "phoneNumber",
            "PHONE",
            "mobile",
            "homePhone",
            "phone_e164",
            "Téléphone",
            "teléfono",
            "Handynummer",
        ] {
            assert_eq!(kind(name), Some(Kind::Phone), "{name}");
        }
    }

    #[test]
    fn names_of_other_languages_and_of_others() {
        for (name, wanted) in [
            ("adres_zamieszkania", Kind::Address),
            ("straatnaam", Kind::Address),
            ("indirizzoResidenza", Kind::Address),
            ("rueckrufnummer", Kind::Phone),
            ("Telemóvel", Kind::Phone),
            ("rodné_číslo", Kind::NationalId),
            ("Fødselsnummer", Kind::NationalId),
            ("doğumTarihi", Kind::BirthDate),
            ("születési_idő", Kind::BirthDate),
            ("apellido_paterno", Kind::Name),
            ("hanyu_pinyin_name", Kind::Name),
            ("nama-lengkap", Kind::Name),
            ("fatherName", Kind::Name),
            ("nameOfSpouse", Kind::Name),
            ("dob_of_guardian", Kind::BirthDate),
            ("clave_acceso", Kind::Password),
            ("chavePix", Kind::Bank),
            ("presharedKey", Kind::ApiKey),
            ("cust_nm", Kind::Name),
            ("ZIP_CD", Kind::Address),
            ("AcctHolderNm", Kind::Name),
            ("psprtNo", Kind::Passport),
            ("dob_dt", Kind::BirthDate),
            ("адрес регистрации", Kind::Address),
            ("номер водительского удостоверения", Kind::DriverLicense),
            ("เลขบัตรประชาชน", Kind::NationalId),
            ("số hộ chiếu", Kind::Passport),
        ] {
            assert_eq!(kind(name), Some(wanted), "{name}");
        }
        for name in [
            "nameOfProduct",
            "date_of_delivery",
            "parentName",
            "packageManagerName",
            "subjectName",
            "ciudades_de",
            "prod_nm",
            "ship_dt",
            "water_ph",
            "tm_strt",
            "doc_nbr",
            "customerAccount",
            "имя файла",
            "网址",
            "doc_nm",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    #[test]
    fn credentials_are_known_by_name() {
        for (name, wanted) in [
            ("password", Kind::Password),
            ("newPassword", Kind::Password),
            ("password_confirmation", Kind::Password),
            ("pwd", Kind::Password),
            ("pin", Kind::Password),
            ("clientSecret", Kind::Secret),
            ("client_secret", Kind::Secret),
            ("refreshToken", Kind::Secret),
            ("X-CSRF-Token", Kind::Secret),
            ("_csrf", Kind::Secret),
            ("X-Amz-Signature", Kind::Secret),
            ("x-amz-security-token", Kind::Secret),
            ("x-api-key", Kind::ApiKey),
            ("apiKey", Kind::ApiKey),
            ("AWS_SECRET_ACCESS_KEY", Kind::ApiKey),
            ("Authorization", Kind::Auth),
            ("PROXY-AUTHORIZATION", Kind::Auth),
            ("cookie", Kind::Cookie),
            ("Set-Cookie", Kind::Cookie),
            ("connect.sid", Kind::Cookie),
            ("cvv", Kind::Card),
            ("cardNumber", Kind::Card),
            ("card[number]", Kind::Card),
            ("card.exp_month", Kind::Card),
            ("ssn", Kind::Ssn),
            ("iban", Kind::Iban),
            ("accountNumber", Kind::Bank),
            ("routing_number", Kind::Bank),
            ("x-forwarded-for", Kind::Ip),
            ("remoteAddress", Kind::Ip),
            ("clientIp", Kind::Ip),
            ("client_ip_address", Kind::Ip),
            ("passportNumber", Kind::Passport),
            ("drivers_license", Kind::DriverLicense),
            ("first_name", Kind::Name),
            ("customerName", Kind::Name),
            ("billing[name]", Kind::Name),
            ("shippingAddress", Kind::Address),
            ("billing_city", Kind::Address),
            ("zip", Kind::Address),
            ("lat", Kind::Geo),
            ("Straße", Kind::Address),
        ] {
            assert_eq!(kind(name), Some(wanted), "{name}");
        }
    }

    #[test]
    fn names_about_something_else_live() {
        for name in [
            "author",
            "monkey",
            "authenticated",
            "accept",
            "accept-encoding",
            "tokenize",
            "tokenizer",
            "id",
            "session_id",
            "sessionId",
            "event_id",
            "status",
            "type",
            "method",
            "route",
            "path",
            "duration",
            "duration_ms",
            "timestamp",
            "name",
            "product_name",
            "productName",
            "filename",
            "hostname",
            "token_type",
            "tokenType",
            "card_brand",
            "cardType",
            "email_verified",
            "emailVerified",
            "phone_type",
            "address_id",
            "country",
            "country_code",
            "city",
            "description",
            "public_key",
            "nextPageToken",
            "total_tokens",
            "idempotency-key",
            "cc",
            "etag",
            "traceparent",
            "user-agent",
            "sec-ch-ua-mobile",
            "zone",
            "pinned",
            "spin",
            "shipping",
            "keyboard",
            "passenger_count",
            "compass",
            "latency",
            "slated",
            "ipsum",
            "title",
            "price",
            "access-control-allow-headers",
            "content-type",
            "origin",
            "referer",
            "host",
            "cache-control",
            "if-none-match",
            "outcome",
            "size",
            "query",
            "params",
            "body",
            "request",
            "response",
            "requiresAuth",
            "cookie_consent",
            "errorCode",
            "sid",
            "nonce",
            "mailer",
            "telemetry",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    #[test]
    fn a_role_makes_plain_words_personal() {
        let names = Names::new(&Rules::builtin());
        let in_role = |name, role| names.sense(name, role).verdict.map(|v: Verdict| v.kind);
        assert_eq!(in_role("name", Role::PERSON), Some(Kind::Name));
        assert_eq!(in_role("city", Role::ADDRESS), Some(Kind::Address));
        assert_eq!(in_role("number", Role::CARD), Some(Kind::Card));
        assert_eq!(in_role("number", Role::BANK), Some(Kind::Bank));
        assert_eq!(in_role("brand", Role::CARD), None);
        assert_eq!(names.sense("customer", Role::NONE).role, Role::PERSON);
        assert_eq!(names.sense("users", Role::NONE).role, Role::PERSON);
        assert!(names.sense("billingAddress", Role::NONE).role.meets(Role::ADDRESS));
        assert_eq!(names.sense("order_id", Role::NONE).hint, Hint::Identifier);
        assert_eq!(names.sense("invoiceNumber", Role::NONE).hint, Hint::Identifier);
        assert_eq!(names.sense("appVersion", Role::NONE).hint, Hint::Version);
        assert_eq!(names.sense("User-Agent", Role::NONE).hint, Hint::Version);
    }
}
