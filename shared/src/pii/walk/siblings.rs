//! What the members of an object say of each other, and the elements of a list: a name in one what the value in the next is,
//! a heading what its columns are, a street and a postal code whose town it is, an address what the name beside it is.

use super::{Frame, Walker};
use crate::pii::card;
use crate::pii::complaints;
use crate::pii::edit::{self, Edit, With};
use crate::pii::embed;
use crate::pii::finding::{Finding, Found};
use crate::pii::json;
use crate::pii::kind::{Kind, is_placeholder};
use crate::pii::names::{self, Hint, Role, Sense};
use crate::pii::places;
use crate::pii::values::{holds_stripped, is_short_line, is_slug};
use crate::pii::verdict::{How, Verdict};

/// What a string says of a value that comes, beside a verdict: [`Sense`] in three bytes.
#[derive(Clone, Copy, Default)]
pub(super) struct About {
    /// What that says about patterns.
    pub(super) hint: Hint,
    pub(super) is_place: bool,
    pub(super) is_party: bool,
}

impl About {
    pub(super) fn by_value(self, value: &str) -> Option<Verdict> {
        let sense = || Sense { is_place: self.is_place, is_party: self.is_party, ..Sense::nothing() };
        if self.is_place || self.is_party { sense().by_value(value) } else { None }
    }
}

/// A value that waits for a sibling to say what it is.
pub(super) struct Held {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) needs: Role,
    pub(super) finding: Finding,
    /// Where in the input it stands.
    pub(super) at: usize,
}

/// Members that hold what somebody wrote.
pub(super) const COMMENTS: &[&[u8]] = &[
    b"\"comment\"",
    b"\"content\"",
    b"\"body\"",
    b"\"text\"",
    b"\"message\"",
    b"\"review\"",
    b"\"reply\"",
    b"\"rating\"",
    b"\"stars\"",
    b"\"texto\"",
    b"\"testo\"",
    b"\"texte\"",
    b"\"mensaje\"",
    b"\"mensagem\"",
    b"\"nachricht\"",
    b"\"bericht\"",
    b"\"Comment\"",
    b"\"Content\"",
    b"\"Body\"",
    b"\"Text\"",
    b"\"Message\"",
    b"\"Review\"",
    b"\"Reply\"",
    b"\"Rating\"",
    b"\"Stars\"",
];

/// Members that list names of fields.
const LISTS_OF_NAMES: &[&str] = &[
    "properties",
    "select",
    "include",
    "attributes",
    "scopes",
    "required",
    "sort",
    "sortBy",
    "orderBy",
    "expand",
    "missing",
    "changed",
    "updateMask",
];

/// Members that name the columns of the rows beside them.
const HEADINGS: &[&str] = &[
    "columns",
    "headers",
    "header",
    "fields",
    "cols",
    "columnNames",
    "column_names",
    "heads",
    "headings",
    "heading",
    "keys",
    "fieldNames",
    "field_names",
    "labels",
    "names",
    "spalten",
    "felder",
    "colonnes",
    "entetes",
    "columnas",
    "cabeceras",
    "encabezados",
    "colunas",
    "colonne",
    "intestazioni",
    "kolommen",
    "kolumny",
];

/// Whether a string may be the name of a value beside it: short, of the letters of names, and not made by stripping.
pub(super) fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    // (A number with what it is called before it is no name: stripped, it would be none either.)
    bytes.len() <= 64
        && bytes.iter().filter(|b| b.is_ascii_digit()).count() <= 5
        && bytes.iter().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'_' | b'-' | b'.' | b'[' | b']' | b' ' | b'$' | b'\'' | b'#')
                || *b >= 0x80
        })
        && !holds_stripped(text)
}

/// Whether a question is one that many have, as it stands in a list of answers to them.
fn asks_for_all(text: &str) -> bool {
    const ASKING: &[&str] =
        &[" I ", " i ", " ich ", "-je ", " je ", " puedo ", " posso ", " kan ik ", " my ", " mon ", " mi "];
    const FIRST: &[&str] = &[
        "How ",
        "Why ",
        "Where can ",
        "Where do ",
        "Can ",
        "Do ",
        "What if ",
        "Wie ",
        "Warum ",
        "Wo ",
        "Kann ",
        "Comment ",
        "Pourquoi ",
        "¿Cómo ",
        "Cómo ",
        "Come ",
        "Hoe ",
        "Como ",
    ];
    // `Can I have your name?` asks one.
    const OF_YOU: &[&str] =
        &["you", "Ihr", "dein", "votre", "vos ", " su ", " tu ", " seu", " sua", "vostr", " uw ", "jouw"];
    text.ends_with('?')
        && FIRST.iter().any(|first| text.starts_with(first))
        && ASKING.iter().any(|word| text.contains(word))
        && !OF_YOU.iter().any(|word| text.contains(word))
}

/// Whether a path's last part is what counts, not a position or the `value` of what stands before it.
fn says_what(part: &str) -> bool {
    !part.is_empty() && part != "-" && part != "value" && !part.bytes().all(|b| b.is_ascii_digit())
}

impl<'a> Walker<'a> {
    /// In a list of names and values, what one is says what the next may be.
    pub(super) fn testify_to_list(&mut self, role: Role) {
        if let Some(list) =
            self.stack.len().checked_sub(2).and_then(|i| self.stack.get_mut(i)).filter(|list| !list.object)
        {
            list.evidence = list.evidence.and(role);
        }
    }

    /// What a name in such a list supposes of `text`.
    pub(super) fn supposed(&self, text: &str) -> Option<Verdict> {
        let (needs, verdict) = self.stack.last()?.supposed?;
        let list = self.stack.len().checked_sub(2).and_then(|i| self.stack.get(i)).filter(|list| !list.object)?;
        let expiry = verdict.kind == Kind::Card && card::is_expiry(text);
        let shown = || {
            verdict.kind == Kind::Address
                && list.evidence.meets(needs)
                && embed::is_someones(text, verdict.kind)
                && is_short_line(text)
        };
        (expiry || shown()).then_some(verdict)
    }

    /// Whether the array that begins here may say what the columns of a table are: the first row of several, or a list of names.
    pub(super) fn may_be_a_heading(&self, object: bool) -> bool {
        let named = || {
            let (from, to) = self.name;
            HEADINGS.contains(&self.json.get(from..to).unwrap_or_default())
        };
        // Of rows whose columns are known the first is one of them.
        let known = || self.stack.iter().rev().nth(1).is_some_and(|outer| !outer.columns.is_empty());
        let first = |frame: &Frame| if frame.object { named() } else { frame.index == 1 && !known() };
        !object && self.muted.is_none() && self.stack.last().is_some_and(first)
    }

    /// What the next element is about, if it is one of a row in a table with a heading.
    pub(super) fn column(&self) -> Option<Sense> {
        let row = self.stack.last()?;
        let mut outer = self.stack.iter().rev().skip(1);
        let rows = outer.next().filter(|rows| !rows.object)?;
        let columns =
            if rows.columns.is_empty() { &outer.next().filter(|of| of.object)?.columns } else { &rows.columns };
        let column = columns.get(row.index)?;
        Some(Sense { names_sibling: false, named_by_sibling: false, latent: None, role: Role::NONE, ..*column })
    }

    /// Whether the object at `start` is JSON Schema's of a value, and holds none: `"ssn":{"type":"string"}`.
    pub(super) fn describes_a_type(&self, start: usize) -> bool {
        const HOLDS: &[&[u8]] =
            &[b"\"val", b"\"default", b"\"example", b"\"const", b"\"enum", b"\"data", b"\"content", b"\"text"];
        let head = self.bytes.get(start..).unwrap_or_default();
        let Some(end) = head.iter().take(512).position(|b| *b == b'}') else { return false };
        let object = head.get(..end).unwrap_or_default();
        let mut parts = object.split(|b| *b == b'"');
        let mut next = || parts.next().map(<[u8]>::trim_ascii);
        next() == Some(b"{")
            && next() == Some(b"type")
            && next() == Some(b":")
            && matches!(next(), Some(b"string" | b"number" | b"integer" | b"boolean" | b"object" | b"array" | b"null"))
            && !HOLDS.iter().any(|name| memchr::memmem::find(object, name).is_some())
    }

    /// Whether the array at `start` is a longitude and a latitude: `"location":[-112.9474,45.76932]`.
    pub(super) fn is_pair_of_degrees(&self, start: usize) -> bool {
        let head = self.bytes.get(start..self.bytes.len().min(start + 64)).unwrap_or_default();
        let end = memchr::memchr(b']', head).unwrap_or(0);
        let numbers = self.json.get(start..start + end).unwrap_or_default().trim_start_matches('[');
        // When, or how high, may stand behind them.
        let pair = numbers.match_indices(',').nth(1).map_or(numbers, |(at, _)| numbers.get(..at).unwrap_or_default());
        places::is_position(pair)
    }

    /// Whether the object at `start` is a payment's authorization: `{"id":"auth_1","amount":1200}`.
    pub(super) fn has_an_amount(&self, start: usize) -> bool {
        let head = self.bytes.get(start..(start + 512).min(self.bytes.len())).unwrap_or_default();
        let object = head.split(|b| *b == b'}').next().unwrap_or_default();
        [&b"\"amount\""[..], b"\"authorized_amount\"", b"\"authorizedAmount\""]
            .iter()
            .any(|name| memchr::memmem::find(object, name).is_some())
    }

    /// Whether the list that was just opened is Slack's of those who installed an app, which holds nobody's credentials.
    pub(super) fn lists_installations(&self) -> bool {
        let (from, to) = self.name;
        let list = self.bytes.get(self.at..).unwrap_or_default().trim_ascii_start();
        let head = list.get(..list.len().min(256)).unwrap_or_default();
        self.json.get(from..to) == Some("authorizations")
            && list.starts_with(b"{")
            && [&b"\"team_id\""[..], b"\"enterprise_id\""].iter().any(|id| memchr::memmem::find(head, id).is_some())
    }

    /// The last text of the list that ends here.
    pub(super) fn last_text(&self) -> Option<&'a str> {
        let before = self.json.get(..self.at - 1)?.trim_ascii_end().strip_suffix('"')?;
        before.get(before.rfind('"')? + 1..)
    }

    /// `{"via":"Piazza Dante 37","citta":"Bologna","cap":"20852"}`: three parts of an address, a street's and a postal code among
    /// them, speak for each other.
    pub(super) fn vouch(&mut self, mut held: Vec<Held>) {
        held.retain(|held| held.finding.kind == Kind::Address);
        let text = |held: &Held| self.out.get(held.start..held.end).unwrap_or_default().trim_matches('"');
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let street = |text: &str| text.contains(' ') && digits(text) > 0 && text.chars().any(char::is_alphabetic);
        // `34106`, `DD6 2LN`
        let british = |text: &str| {
            (6..=8).contains(&text.len())
                && text.contains(' ')
                && digits(text) == 2
                && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ')
        };
        let code = |text: &str| {
            (4..=9).contains(&text.len()) && (digits(text) >= 3 || british(text)) && !text.contains(['.', ':', '/'])
        };
        if held.len() < 3 || !held.iter().map(text).any(street) || !held.iter().map(text).any(code) {
            return;
        }
        self.flush(self.at);
        for held in held.into_iter().rev() {
            let here = std::mem::replace(&mut self.found.at, held.at);
            self.patch(held.start, held.end, held.finding);
            self.found.at = here;
        }
    }

    /// What patterns may look for in the member's name that was just read.
    pub(super) fn hint_of_names(&self, name: &str) -> Hint {
        match self.stack.last() {
            Some(frame) if frame.sense.keyed => Hint::None,
            // `"phones":{"0171 2140142":…}`: the keys are what the name says.
            Some(Frame { leaves: Some(verdict), .. })
                if matches!(verdict.kind, Kind::Phone | Kind::Mac | Kind::Ip | Kind::Email) =>
            {
                Hint::None
            }
            // Written as people write a number, in groups.
            _ if name.contains([' ', '(']) && name.bytes().all(|b| b.is_ascii_digit() || b" +()./-".contains(&b)) => {
                Hint::None
            }
            // As long as a card's number, which has an issuer and a check digit that an id has by chance at most.
            _ if matches!(name.len(), 15 | 16) && name.bytes().all(|b| b.is_ascii_digit()) => Hint::None,
            _ => Hint::Identifier,
        }
    }

    /// A message that quotes what the field beside it holds, stripped; None of anything else.
    pub(super) fn complaint(&mut self, start: usize, text: &str, sense: Sense) -> Option<String> {
        let name = self.json.get(self.name.0..self.name.1).unwrap_or_default();
        let in_object = self.stack.last().is_some_and(|frame| frame.object);
        if !in_object || sense.verdict.is_some() || !complaints::may_quote(name, text) {
            return None;
        }
        let field = complaints::field_beside(self.json, start, self.at)?;
        let verdict = self.named_by(field)?;
        // Patterns know better what they know: an address stays one under whatever name.
        let mut found = Found::new(self.r.explains);
        let text = self.r.rewrite(text, sense.hint, self.embedded, &mut found).unwrap_or_else(|| text.to_owned());
        let quoted = complaints::quoted_values(&text, verdict).into_iter();
        let edits = quoted.map(|range| Edit::new(range, With::Finding(verdict.finding()))).collect();
        let stripped = edit::apply(self.r, &text, edits, &mut found)?;
        self.found.merge(found);
        Some(stripped)
    }

    /// Whether what is called a `code`, and is short, is a second factor's, by what stands around it: `{"method":"totp","code":"368472"}`.
    pub(super) fn is_one_time(&self, start: usize, text: &str) -> bool {
        const REACH: usize = 400;
        #[rustfmt::skip]
        const BESIDE: &[&[u8]] = &[
            b"challenge", b"\"mfa", b"\"otp", b"\"totp", b"_otp\"", b"factor", b"erificationId", b"erification_id", b"erifyId", b"\"2fa", b"authenticator",
        ];
        const CHECKS: &[&[u8]] = &[b"otp", b"verif", b"2fa", b"mfa", b"passcode", b"sms-code", b"one-time"];
        let code = || (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !code() {
            return false;
        }
        let before = self.bytes.get(start.saturating_sub(REACH)..start).unwrap_or_default();
        let behind = self.bytes.get(self.at..self.bytes.len().min(self.at + REACH)).unwrap_or_default();
        let open = memchr::memrchr2(b'{', b'}', before).map_or(0, |at| at + 1);
        let close = memchr::memchr2(b'{', b'}', behind).unwrap_or(behind.len());
        let own = [before.get(open..).unwrap_or_default(), behind.get(..close).unwrap_or_default()];
        let beside = |word: &[u8]| own.iter().any(|part| memchr::memmem::find(part, word).is_some());
        // `POST /auth/otp {"phone":"…","code":"994121"}`
        let checks = || {
            let head = self.bytes.get(..start.min(REACH)).unwrap_or_default();
            let path = memchr::memmem::find(head, b"\"path\":").and_then(|at| head.get(at + 8..));
            let path = path.and_then(|path| path.split(|b| *b == b',').next()).unwrap_or_default();
            CHECKS.iter().any(|word| memchr::memmem::find(path, word).is_some())
        };
        BESIDE.iter().any(|word| beside(word))
            || ((beside(b"\"phone") || beside(b"\"email") || beside(b"\"mobile")) && checks())
    }

    /// Whether the object is a thing's by its name: `product`, one of `items`.
    pub(super) fn in_a_thing(&self) -> bool {
        let name = self.stack.last().map_or((0, 0), |frame| frame.name);
        names::is_thing(self.json.get(name.0..name.1).unwrap_or_default())
    }

    /// Whether the members of the object are called as packages are.
    pub(super) fn in_packages(&self) -> bool {
        let (from, to) = self.stack.last().filter(|frame| frame.object).map_or((0, 0), |frame| frame.name);
        let name = self.json.get(from..to).unwrap_or_default();
        matches!(name, "dependencies" | "devDependencies" | "peerDependencies" | "optionalDependencies")
    }

    /// A cookie written as an object whose name says that its value is a setting: `{"name":"theme","value":"dark"}`.
    pub(super) fn is_cookie_setting(&self, start: usize, text: &str) -> bool {
        json::text_beside(self.json, start, self.at, &[b"\"name\"", b"\"key\""])
            .filter(|name| {
                let sense = self.r.names.sense(name, Role::NONE);
                sense.verdict.is_none() && sense.latent.is_none() && !sense.somebody
            })
            .is_some_and(|name| embed::is_setting(self.r, name, text))
    }

    /// FHIR's: `{"reference":"Patient/7","display":"Ada Berg"}`.
    pub(super) fn note_reference(&mut self, text: &str) {
        if text.starts_with(['P', 'R'])
            && ["Patient/", "Practitioner/", "RelatedPerson/"].iter().any(|whom| text.starts_with(whom))
        {
            self.testify(Role::PERSON);
        }
    }

    /// Notes where the login of the object stands, for the addresses behind it.
    pub(super) fn note_login(&mut self, finding: Finding, place: Option<(usize, usize)>) {
        if let Some(place) = place.filter(|(from, to)| to - from >= 4)
            && let Some(frame) = self.stack.last_mut().filter(|frame| frame.object && frame.login.is_none())
        {
            frame.login = Some((finding, place));
        }
    }

    /// Whether the object is an order's, a bill's or the like by its name.
    pub(super) fn in_a_document(&self) -> bool {
        const DOCUMENTS: &[&str] = &[
            "order",
            "orders",
            "invoice",
            "invoices",
            "quote",
            "quotes",
            "shipment",
            "shipments",
            "ticket",
            "tickets",
            "booking",
            "bookings",
            "receipt",
            "receipts",
            "transaction",
            "transactions",
            "contract",
            "contracts",
            "claim",
            "claims",
            "purchase",
            "purchases",
            "delivery_note",
            "bestellung",
            "rechnung",
            "commande",
            "pedido",
            "ordine",
            "fattura",
            "facture",
            "zamowienie",
            "bestelling",
        ];
        self.in_one_of(DOCUMENTS)
    }

    /// Whether the object is called one of these.
    pub(super) fn in_one_of(&self, names: &[&str]) -> bool {
        let (from, to) = self.stack.last().map_or((0, 0), |frame| frame.name);
        let name = self.json.get(from..to).unwrap_or_default();
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The object that the value just read is a member of, or the only element of a member: `{"sn":["Okafor"]}`.
    pub(super) fn owner(&mut self) -> Option<&mut Frame> {
        let only = self.stack.last().is_some_and(|list| !list.object && list.index == 1) && self.array_ends();
        let at = self.stack.len().checked_sub(if only { 2 } else { 1 })?;
        self.stack.get_mut(at).filter(|frame| frame.object)
    }

    /// A value went that says what the object around it is about: siblings that waited for that go, too.
    pub(super) fn testify(&mut self, role: Role) {
        let at = self.at;
        let Some(frame) = self.owner().filter(|_| role != Role::NONE) else { return };
        frame.evidence = frame.evidence.and(role);
        let (going, staying): (Vec<Held>, Vec<Held>) =
            std::mem::take(&mut frame.held).into_iter().partition(|held| held.needs.meets(role));
        frame.held = staying;
        if going.is_empty() || self.muted.is_some() {
            return;
        }
        self.flush(at);
        // From the last to the first, so that the places of those before stay right.
        for held in going.into_iter().rev() {
            let here = std::mem::replace(&mut self.found.at, held.at);
            self.patch(held.start, held.end, held.finding);
            self.found.at = here;
        }
    }

    /// In a pair (`["Authorization","Bearer x"]`, a flat list of headers, `{"name":…,"value":…}`) the first names the second.
    /// `raw` is where `text` stands, if it is spelled there as it reads.
    pub(super) fn paired(&mut self, text: &str, raw: Option<(usize, usize)>, sense: Sense) -> Sense {
        // (A sentence names nothing: `["email must be an email","phone must be a phone"]`.)
        let first = self.stack.last().is_some_and(|frame| !frame.object && frame.index % 2 == 1)
            && text.bytes().filter(|b| *b == b' ').count() <= 2;
        let pairs = first && self.stack.last().is_some_and(|frame| frame.role.meets(Role::PAIRS));
        // Of a list nobody asks the first what it says before a second and last one comes.
        let later = first && !pairs && raw.is_some();
        let (named, supposition, about) =
            if first && !later { self.says(text) } else { (None, None, About::default()) };
        let alone = self.stack.last().is_some_and(|frame| !frame.object && frame.index == 2)
            && self.array_ends()
            && !self.lists_names();
        if alone {
            self.ask_namer();
        }
        let hint = if pairs { about.hint } else { Hint::None };
        let Some(frame) = self.stack.last_mut() else { return sense };
        if frame.object {
            // `{"document":{"type":"passport","number":"…"}}`: the sibling knows better than a name that only supposes.
            let supposed =
                |verdict: Verdict| matches!(verdict.how, How::Digits(_) | How::Capital | How::Person | How::Handle);
            if sense.named_by_sibling && sense.verdict.is_none_or(supposed) {
                let named = frame.named;
                let by_value = frame.about.by_value(text);
                // `{"k":"client.build","v":"8.13.6.150"}`
                let hint = match frame.about.hint {
                    hint if hint.is_specific() => hint,
                    Hint::Field | Hint::Network if sense.hint == Hint::None => frame.about.hint,
                    _ => sense.hint,
                };
                let sense = Sense { hint, ..sense };
                let verdict = named.or(sense.verdict).or(by_value).or_else(|| self.supposed(text));
                return Sense { verdict, ..sense };
            }
            return sense;
        }
        let flat = frame.role.meets(Role::PAIRS);
        if frame.index == 1 || (flat && frame.index % 2 == 1) {
            frame.namer = raw.filter(|_| later);
            frame.named = named;
            frame.supposed = supposition;
            frame.about = About { hint, ..about };
        } else if frame.index.is_multiple_of(2)
            && (flat || frame.index == 2 && alone)
            && sense.verdict.is_none()
            && frame.named.is_none()
            && let Some(verdict) = frame.about.by_value(text)
        {
            return Sense { verdict: Some(verdict), ..sense };
        } else if frame.index == 2 && !flat && alone && sense.verdict.is_none() && frame.named.is_none() {
            return Sense { verdict: self.supposed(text), ..sense };
        } else if frame.index == 2 && !flat && alone && sense.verdict.is_none() && frame.named.is_some() {
            // `["email","password"]` lists fields; a pair's second is no name itself.
            let is_list =
                is_name(text) && !text.contains(' ') && self.r.names.sense(text, Role::NONE).verdict.is_some();
            // `["email","warehouse"]`: no address.
            let no_address = frame.named.is_some_and(|verdict| verdict.kind == Kind::Email) && is_slug(text);
            if !is_list && !no_address {
                return Sense { verdict: frame.named, ..sense };
            }
        }
        sense
    }

    /// Whether the array is of names by its own: `"properties":["email","lifecyclestage"]`.
    pub(super) fn lists_names(&self) -> bool {
        let (from, to) = self.stack.last().map_or((0, 0), |frame| frame.name);
        let name = self.json.get(from..to).unwrap_or_default();
        // Of rows and pairs each has its own say.
        let of_object = self.stack.iter().rev().nth(1).is_some_and(|outer| outer.object);
        of_object && (HEADINGS.contains(&name) || LISTS_OF_NAMES.contains(&name))
    }

    /// What a string says of the value beside it, if it can be a name at all.
    pub(super) fn named_by(&self, text: &str) -> Option<Verdict> {
        self.says(text).0
    }

    /// The same, and what it says only if others say more: [`Frame::supposed`].
    pub(super) fn says(&self, text: &str) -> (Option<Verdict>, Option<(Role, Verdict)>, About) {
        // FHIR's systems are URLs, `https://fhir.nhs.uk/Id/nhs-number`, and a change's place a path: `/contacts/0/lastName`.
        let is_path = text.starts_with("http") || text.starts_with('/');
        // An element of a page, by its id or class.
        let text = text.trim_start_matches(['#', '.']);
        // A registry of persons or of an institution's patients.
        if text.starts_with("urn:oid:") {
            return (Some(Verdict::new(Kind::NationalId, How::Digits(7))), None, About::default());
        }
        let asks_for_all = asks_for_all(text);
        // `Phone for reminders`
        let text = if text.contains(' ') { text.split_once(" for ").map_or(text, |(what, _)| what) } else { text };
        let part = if is_path { text.rsplit('/').find(|part| says_what(part)) } else { None };
        // `Your date of birth?`, `E-mail *`
        let text = part.unwrap_or(text).trim_end_matches(['?', ':', '*', ' ']);
        // Sumsub's type of document.
        let text = if text == "DRIVERS" { "driver_license" } else { text };
        if !is_name(text) {
            // What was a name and was stripped says as little as one that says nothing.
            let hint = if holds_stripped(text) { Hint::Field } else { Hint::None };
            return (None, None, About { hint, ..About::default() });
        }
        let sense = self.r.names.sense(text, Role::NONE);
        // `{"label":"Nome","value":"Davide"}`: a name, if it is a person's.
        let latent = || {
            sense.latent.filter(|(_, latent)| latent.kind == Kind::Name && !sense.guessed && !names::is_author(text))
        };
        let person = || latent().map(|(_, latent)| Verdict { how: How::Person, ..latent });
        // `How do I change my password?`: of everybody's, and its answer is.
        let verdict = sense.verdict.filter(|verdict| !(asks_for_all && verdict.kind.is_credential()));
        let named = verdict.or_else(person);
        let wanted = |verdict: &Verdict| matches!(verdict.kind, Kind::Address | Kind::Card);
        let supposed = sense.latent.filter(|(_, verdict)| named.is_none() && !sense.guessed && wanted(verdict));
        let about = About { hint: sense.hint, is_place: sense.is_place, is_party: sense.is_party };
        (named, supposed, about)
    }

    /// Whether nothing but a closing bracket follows: the value just read is the array's last.
    pub(super) fn array_ends(&self) -> bool {
        self.bytes.get(self.at..).and_then(|rest| rest.iter().find(|b| !b.is_ascii_whitespace())) == Some(&b']')
    }

    /// `text` names the value of a sibling: of one that comes, or of one that was written already.
    /// `raw` is where it stands, if it is spelled there as it reads.
    pub(super) fn name_sibling(&mut self, text: &str, raw: Option<(usize, usize)>) {
        if self.muted.is_some() {
            return;
        }
        self.ask_namer();
        let waits = raw.is_some() && self.stack.last().is_some_and(|frame| frame.object && frame.value_at.is_none());
        match self.stack.last_mut().filter(|_| waits) {
            Some(frame) => frame.namer = raw,
            None => self.name_it(text),
        }
    }

    /// A string that might name a value was stripped: it names none, as in the next pass.
    pub(super) fn name_nothing(&mut self) {
        self.ask_namer();
        if let Some(frame) = self.stack.last_mut().filter(|frame| frame.object) {
            frame.about = About { hint: Hint::Field, ..About::default() };
        }
    }

    /// Asks the string that may name a value what it says, now that there is a value.
    pub(super) fn ask_namer(&mut self) {
        let Some((from, to)) = self.stack.last_mut().and_then(|frame| frame.namer.take()) else { return };
        let json = self.json;
        let text = json.get(from..to).unwrap_or_default();
        if self.stack.last().is_some_and(|frame| frame.object) {
            return self.name_it(text);
        }
        let (named, supposed, about) = self.says(text);
        if let Some(list) = self.stack.last_mut() {
            (list.named, list.supposed, list.about) = (named, supposed, About { hint: Hint::None, ..about });
        }
    }

    fn name_it(&mut self, text: &str) {
        let (named, supposition, about) = self.says(text);
        if let Some(frame) =
            self.stack.last_mut().filter(|frame| frame.object && (about.is_place || about.hint != Hint::None))
        {
            frame.about = about;
        }
        if let Some(frame) = self.stack.last_mut().filter(|frame| frame.object && supposition.is_some()) {
            frame.supposed = supposition;
        }
        if let Some(verdict) = named {
            self.believe(verdict);
        }
    }

    /// What the value in this object is: one that comes, or one that was written already.
    pub(super) fn believe(&mut self, verdict: Verdict) {
        let at = self.at;
        let Some(frame) = self.stack.last_mut().filter(|frame| frame.object) else { return };
        frame.named = Some(verdict);
        let Some((start, end)) = frame.value_at.filter(|(start, end)| end > start) else { return };
        let written = self.out.get(start..end).unwrap_or_default();
        let plain = written.trim_matches('"');
        let worth = !matches!(written, "true" | "false" | "null" | "\"\"" | "[]" | "{}")
            && !is_placeholder(plain)
            && !verdict.says_nothing(plain)
            && verdict.how.fits(plain);
        if worth {
            self.flush(at);
            self.patch(start, end, verdict.finding());
            if let Some(frame) = self.stack.last_mut() {
                frame.value_at = None;
            }
        }
    }
}
