//! Values that have no shape of their own, and that a sentence gives away: "born on 4 March 1987", "the CVV is 123", "my
//! password is …". Always by a word beside them, in the languages people write to a support team in.

use std::ops::Range;

use droplets_pattern::pattern;

use super::candidate::Candidate;
use super::context::Words;
use super::detector::{Detector, Find, Needs};
use super::kind::{Kind, placeholder_len};
use super::names::Hint;
use super::pattern::Pattern;
use super::traits::{has, is_uuid};
use super::values::is_random;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "date of birth: a word beside it",
        kind: Kind::BirthDate,
        needs: Needs { chain: 4, any: has::SPACE | has::COLON | has::WIDE, cue: Some(&BIRTH_WORDS), ..Needs::NOTHING },
        find: Find::Pattern(DATES, birth_date),
    },
    Detector {
        name: "date of birth: in brackets behind a child or a partner",
        kind: Kind::BirthDate,
        needs: Needs { chain: 4, all: has::SPACE | has::PAREN, cue: Some(&KIN), ..Needs::NOTHING },
        find: Find::Pattern(DATES, |c| {
            let bracketed = c.before() == Some(b'(') && c.after() == Some(b')');
            (bracketed && c.behind(12, &KIN)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "card security code: a word before it",
        kind: Kind::Card,
        needs: Needs { digits: 3, any: has::SPACE | has::COLON | has::WIDE, cue: Some(&CODE_WORDS), ..Needs::NOTHING },
        find: Find::Search(security_codes),
    },
    Detector {
        name: "card security code: called one",
        kind: Kind::Card,
        needs: Needs { digits: 3, all: has::SPACE, cue: Some(&CODE_WORDS), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9]{3,4}\b"), |c| {
            (c.stands_alone() && c.called(&CODE_WORDS)).then_some(c.start..c.end)
        }),
    },
    // `My card [CARD] was declined twice, the code 679 is right.`
    Detector {
        name: "card security code: the code, where a card's number was",
        kind: Kind::Card,
        needs: Needs { digits: 3, all: has::SPACE | has::OPENING, cue: Some(&A_CARD), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[0-9]{3,4}\b"), |c| {
            (c.stands_alone() && c.behind(9, &THE_CODE) && c.behind(64, &A_CARD)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "password: named in a sentence",
        kind: Kind::Password,
        needs: Needs { any: has::SPACE | has::COLON | has::WIDE, run: 4, cue: Some(&PASSWORD_WORDS), ..Needs::NOTHING },
        find: Find::Search(passwords),
    },
    Detector {
        name: "key: named in a sentence, in another language",
        kind: Kind::Secret,
        needs: Needs { all: has::DIGIT | has::LOWER, word: 16, run: 20, cue: Some(&KEYS), ..Needs::NOTHING },
        find: Find::Run(
            pattern!(r"\b[A-Za-z0-9_+/=~-]{20}"),
            |b| is_of_a_key(b) && b != b'.',
            |c| {
                let token = std::str::from_utf8(c.matched()).unwrap_or_default();
                (c.behind(24, &KEYS) && is_random(token)).then_some(c.start..c.end)
            },
        ),
    },
    Detector {
        name: "one-time code: named in a sentence",
        kind: Kind::Password,
        needs: Needs {
            all: has::DIGIT,
            any: has::SPACE | has::COLON | has::WIDE,
            chain: 1,
            cue: Some(&ONE_TIME),
            ..Needs::NOTHING
        },
        find: Find::Pattern(
            pattern!(r"\b(?:[0-9]{3}[ -][0-9]{3}\b|[0-9]{4,8}\b|[A-Z]-[0-9]{4,8}\b|[a-z0-9]{4}-[a-z0-9]{4}\b)"),
            |c| {
                // `fzc3-lnn8` is one only where it is called so.
                let plain = !c.matched().iter().any(u8::is_ascii_lowercase);
                let backup = !plain && c.matched().iter().any(u8::is_ascii_digit) && c.behind(24, &BACKUP);
                if !plain {
                    return (backup && c.stands_alone()).then_some(c.start..c.end);
                }
                // A card's has three or four.
                if c.matched().len() < 6 && c.behind(28, &SECURITY) {
                    return None;
                }
                let called = c.followed(14, &IS_YOUR) && c.followed(72, &ONE_TIME);
                // Letters of other scripts have two bytes or three.
                let wide = c.text.as_bytes().get(c.start.saturating_sub(28)..c.start).is_some_and(|b| !b.is_ascii());
                let reach = if wide { 56 } else { 28 };
                (c.stands_alone()
                    && !c.hint.is_specific()
                    && (called || c.behind(reach, &ONE_TIME) && c.next_to(&ONE_TIME)))
                .then_some(c.start..c.end)
            },
        ),
    },
    Detector {
        name: "one-time code: a message that begins with it",
        kind: Kind::Password,
        needs: Needs { all: has::DIGIT | has::SPACE, digits: 3, plain: true, cue: Some(&IS_YOUR), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b(?:[0-9]{3}[ -][0-9]{3}|[0-9]{4,8})\b"), |c| {
            let first = c.start == 0 || c.before() == Some(b'\n');
            (first && c.followed(10, &IS_YOUR) && c.followed(48, &A_CODE)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "PIN, or a code that was sent",
        kind: Kind::Password,
        needs: Needs {
            all: has::DIGIT | has::SPACE,
            digits: 3,
            plain: true,
            cue: Some(&PIN_OR_CODE),
            ..Needs::NOTHING
        },
        find: Find::Pattern(pattern!(r"\b(?:[0-9]{3}[ -][0-9]{3}|[0-9]{3,8})\b"), |c| {
            let sent = (c.behind(8, &CODE)
                && (c.followed(24, &SENT) || c.behind(64, &MESSAGES) || c.followed(40, &MESSAGES)))
                || (c.behind(8, &CODE) && c.followed(24, &FAILED))
                || (c.behind(9, &TEXTED) && c.matched().len() >= 5)
                || (c.behind(9, &ENTER) && c.matched().len() >= 4 && c.followed(40, &TO_CONFIRM));
            let pin = (c.matched().len() == 4 && (c.behind(9, &PIN) || (c.behind(16, &USER) && c.behind(48, &PIN))))
                || (c.matched().len() >= 4 && c.behind(16, &USER) && c.behind(56, &ASKED));
            // `failed with code 30040`: an error's.
            let fault = c.behind(18, &FAULT);
            (c.stands_alone() && !fault && (sent || pin)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "code: by what it opens or who it is for",
        kind: Kind::Password,
        needs: Needs { all: has::DIGIT | has::SPACE, digits: 3, plain: true, cue: Some(&CODES), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b(?:[0-9]{3}[ -][0-9]{3}|[0-9]{3,8})\b"), |c| {
            (c.stands_alone() && !c.behind(18, &FAULT) && called_code(c)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "backup code: so called",
        kind: Kind::Password,
        needs: Needs { all: has::DIGIT | has::DASH | has::SPACE, run: 9, cue: Some(&BACKUP), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[A-Za-z0-9]{4,5}(?:-[A-Za-z0-9]{4,5}){1,3}\b"), |c| {
            let digits = c.matched().iter().any(u8::is_ascii_digit);
            // Of several some may have none: `yvia-hsyw`.
            let lettered = c.matched().len() == 9 && c.matched().iter().all(|b| b.is_ascii_lowercase() || *b == b'-');
            (c.stands_alone() && (digits || lettered) && c.behind(64, &BACKUP)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "secret of an authenticator: base32, called a key",
        kind: Kind::Secret,
        needs: Needs { all: has::UPPER | has::DIGIT | has::SPACE, word: 16, cue: Some(&SETUP), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b[A-Z2-7]{16,64}\b"), |c| {
            let digit = c.matched().iter().any(u8::is_ascii_digit);
            (c.stands_alone() && digit && c.behind(24, &SETUP)).then_some(c.start..c.end)
        }),
    },
    Detector {
        name: "password: behind an address, as leaks list them",
        kind: Kind::Password,
        needs: Needs { all: has::AT | has::DIGIT, any: has::COLON | has::SLASH, run: 7, ..Needs::NOTHING },
        find: Find::Search(behind_address),
    },
    Detector {
        name: "password: behind an account's usual name, in a text about a login",
        kind: Kind::Password,
        needs: Needs { all: has::SPACE | has::SLASH | has::LOWER, plain: true, cue: Some(&LOGINS), ..Needs::NOTHING },
        find: Find::Pattern(pattern!(r"\b(?:admin|administrator|root) / [!-~]{6,40}"), |c| {
            let token = c.matched().iter().rposition(|b| *b == b' ').map_or(0, |at| at + 1);
            let token = c.matched().get(token..).unwrap_or_default();
            let ending = token.iter().rev().take_while(|b| matches!(b, b'.' | b',' | b')' | b';')).count();
            let token = token.get(..token.len() - ending).unwrap_or_default();
            let shaped = is_strong(token) || is_plain(token) || is_mixed(token) || is_leet(token) || is_phrase(token);
            let end = c.end - ending;
            (shaped && c.behind(64, &LOGINS)).then_some(end - token.len()..end)
        }),
    },
    Detector {
        name: "password: tried, or set to",
        kind: Kind::Password,
        needs: Needs { all: has::SPACE | has::DIGIT, run: 7, cue: Some(&TRIED), ..Needs::NOTHING },
        find: Find::Search(tried),
    },
    Detector {
        name: "token or key: named in a sentence, for something or in brackets",
        kind: Kind::Secret,
        needs: Needs { all: has::SPACE | has::DIGIT | has::LOWER, run: 20, cue: Some(&CREDENTIALS), ..Needs::NOTHING },
        find: Find::Run(
            pattern!(r"\b[A-Za-z0-9_+/=~-]{20}"),
            |b| is_of_a_key(b) && b != b'.',
            |c| {
                let token = std::str::from_utf8(c.matched()).unwrap_or_default();
                let before = c.text.as_bytes().get(..c.start).unwrap_or_default();
                let introduced = [&b" is "[..], b" is: ", b": ", b" ("].iter().any(|joint| before.ends_with(joint))
                    || (before.last() == Some(&b' ') && c.behind(16, &NAMED_KEYS) && !before.ends_with(b"id "));
                let called = introduced && c.behind(80, &NAMED_KEYS);
                (called && (is_random(token) || is_uuid(token.as_bytes()))).then_some(c.start..c.end)
            },
        ),
    },
    Detector {
        name: "token or key: named in a sentence",
        kind: Kind::Secret,
        needs: Needs { all: has::SPACE | has::DIGIT | has::LOWER, run: 20, cue: Some(&CREDENTIALS), ..Needs::NOTHING },
        find: Find::Run(
            pattern!(
                r"\b(?i:tokens?|secrets?|(?:api|access|secret|signing|private|encryption|integration|master|webhook|client|account|storage|setup|shared|subscription|x-api)[ -]?key)(?:(?i: is| was| =|:){1,2} ?| )[A-Za-z0-9_+/=.~-]{20}"
            ),
            is_of_a_key,
            credential,
        ),
    },
];

#[rustfmt::skip]
static BIRTH_WORDS: Words = Words::new(&[
    "born", "dob$", "d.o.b", "date of birth", "birth date", "birthdate", "birthday", "geboren", "geb.", "geburtsdatum", "geburtstag",
    "né le", "née le", "naissance", "nacido", "nacida", "nací", "nacimiento", "nato il", "nata il", "nascita", "nascido", "nascida", "nasci$",
    "nascimento", "geboortedatum", "född", "födelse", "fødselsdato", "født", "syntymä", "urodzen", "urodził", "ur.", "narozen", "narodil",
    "doğum", "doğdum", "γέννηση", "γεννήθηκ", "родил", "рождени", "народжен", "出生", "生年月日", "生まれ", "생년월일", "출생",
    "जन्म", "ميلاد", "الميلاد", "ngày sinh", "วันเกิด",
    "bday", "b-day", "d/o/b", "birth dt", "date of b", "geb$", "syntyny", "γεννημέν", "γέννησης", "f. nac", "fec. nac", "fecha nac", "fecha de nac",
    "nasc.", "生日", "出生日", "誕生日", "תאריך לידה", "נולד", "datum rođenja", "rođen", "рођен", "dátum narodenia", "narodený", "narodená", "datum narozen",
    "data nașterii", "data nasterii", "născut", "nascut", "născută", "nascuta", "születet", "született", "születés", "szül.", "szul.",
    "tanggal lahir", "tgl lahir", "tgl. lahir", "lahir", "sinh ngày", "năm sinh", "роден", "рождён", "рожден", "дата рожд", "дата нар", "д.р.",
    "д.н.", "родив", "doğumlu", "d. tarihi", "เกิดวันที่", "เกิดเมื่อ", "مواليد", "تاريخ الميلاد", "जन्मतिथि", "जन्म तिथि", "data urodz", "data ur",
    "fødselsdag", "fodselsdato", "fødd", "ημερομηνία γέννησης", "ημ. γέννησης", "datum rojstva", "rojen", "sünd", "dzimš", "gimim",
    "urodzon", "narozena", "date de naiss", "ddn$", "f.nac", "janam", "janm", "d.o.b.", "janmdin", "geboortedag", "birth$", "nació", "nacÍ", "nacIÓ", "nasceu", "né(e)", "naciÓ",
]);

/// Written in digits, as in East Asia, with the month's name behind the day or before it. The month may be any word: the word
/// beside the date decides.
const DATES: Pattern = pattern!(
    r"\b(?:[0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?(?:19|20)?[0-9]{2}\b",
    r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}Z?",
    r"|(?:19|20)[0-9]{2}[./-] ?[0-9]{1,2}[./-] ?[0-9]{1,2}\b",
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])\b",
    r"|(?:19|20)[0-9]{2} ?(?:\xe5\xb9\xb4|\xeb\x85\x84) ?[0-9]{1,2} ?(?:\xe6\x9c\x88|\xec\x9b\x94) ?[0-9]{1,2}(?: ?(?:\xe6\x97\xa5|\xec\x9d\xbc))?",
    r"|[0-9]{1,2}(?:\.|st|nd|rd|th|er|\xc2\xba)?[ /-]?(?:de |of )?[A-Za-z\x80-\xff]{3,24}\.?,?[ /-](?:de |del )?(?:19|20)[0-9]{2}\b",
    r"|[A-Za-z]{3,12}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{2}\b)",
);

fn birth_date(c: &Candidate<'_>) -> Option<Range<usize>> {
    // In `email = 'ana.nascimento@…' AND created_at > '2026-01-01'` the word is a name, and the date another column's.
    let before = c.text.as_bytes().get(c.start.saturating_sub(48)..c.start).unwrap_or_default();
    let address_between = BIRTH_WORDS
        .first(before)
        .and_then(|word| before.get(word.end..))
        .is_some_and(|between| memchr::memchr(b'@', between).is_some());
    // `DOB 2 March 1967, leaving date 24 July 2025`: the word has its date.
    let has_one = BIRTH_WORDS.first(before).and_then(|word| before.get(word.end..)).is_some_and(|between| {
        between.iter().filter(|b| b.is_ascii_digit()).count() >= 5 && !BIRTH_WORDS.in_window(between)
    });
    // `… is [BIRTH_DATE] and not 18 Feb 1983 as in the system`
    let instead = c.behind(24, &INSTEAD) && c.behind(40, &FOUND);
    let named = instead
        || (!address_between && !has_one && c.next_to(&BIRTH_WORDS))
        || c.called(&BIRTH_WORDS)
        || c.followed(12, &BORN)
        || (c.behind(6, &ON) && c.followed(40, &BORN));
    (c.stands_alone() && named && !c.behind(9, &RELEASE)).then_some(c.start..c.end)
}

static RELEASE: Words = Words::new(&["version$", "versión$", "versão$", "versione$", "release$", "build$"]);

static KIN: Words = Words::new(&[
    "son (",
    "daughter (",
    "child (",
    "baby (",
    "kid (",
    "wife (",
    "husband (",
    "partner (",
    "mother (",
    "father (",
    "mum (",
    "mom (",
    "dad (",
    "sohn (",
    "tochter (",
    "kind (",
    "hijo (",
    "hija (",
    "fils (",
    "fille (",
    "figlio (",
    "figlia (",
    "zoon (",
    "dochter (",
]);
static INSTEAD: Words = Words::new(&[
    "and not ",
    "have it as",
    "has it as",
    "have as",
    "on file as",
    "form says",
    "file says",
    "on the application",
    "on the form",
    "instead of",
    "rather than",
    "statt",
    "nicht",
    "en lugar de",
    "et non",
    "no el",
    "e não",
    "e non",
]);
static FOUND: Words = Words::new(&["[birth_date]"]);
/// `am 9. Januar 1971 in Celle geboren`
static ON: Words = Words::new(&["am$"]);
/// What stands behind the date: `am 25.08.2006 geboren`, `19.2.1999 г.р.`
static BORN: Words = Words::new(&[
    "geboren",
    "г.р",
    "г. р",
    "р.н",
    "года рожд",
    "року нар",
    "doğumlu",
    "született",
    "syntynyt",
    "生まれ",
    "출생",
    "出生",
]);

#[rustfmt::skip]
static CODE_WORDS: Words = Words::new(&[
    // A number and an expiry before it.
    "[card], [card]", "[card] [card]", "[card] / [card]", "[card]/[card]", "beveiligingscode",
    "cvv", "cvc", "cvn$", "csc$", "verification value", "verification code", "verification number", "security code", "code de sécurité",
    "cryptogramme", "código de segur", "codice di sicurezza", "kartenprüfnummer", "prüfziffer", "sicherheitscode",
    "crypto$", "signature strip", "digit code on", "code on the front", "three digits on", "digits on the", "security no", "code on the back", "digits on the back", "セキュリティコード", "安全码", "安全碼", "보안코드", "veiligheidscode", "kontrollsiffer",
    "sikkerhedskode", "sikkerhetskode", "säkerhetskod", "turvakoodi", "güvenlik kodu", "kod bezpieczeństwa", "код безопасности", "[card], code", "[card] code", "[card], security", "cid$", "सीवीवी", "cvv है", "कोड cvv", "セキュリティ番号", "código cvv", "prüfnummer", "[card], cód", "[card], cod", "[card], kod", "[card], sicherheit", "[card], krypto", "security digits",
]);

static THE_CODE: Words = Words::new(&["the code$"]);
static A_CARD: Words = Words::new(&["[card]"]);
/// Words between a code and what it is called.
static CODE_JOINTS: Words = Words::new(&[
    "is$", "was$", "are$", "reads$", "code$", "number$", "no$", "nr$", "ist$", "lautet$", "est$", "es$", "è", "é",
    "jest$", "i$", "a$", "my$", "front$", "said$", "on$", "the$", "back$", "er$", "är$", "je$", "är", "of$", "card$",
]);

fn security_codes(text: &str, hint: Hint, add: &mut dyn FnMut(Range<usize>)) {
    /// Words that may stand between.
    const MOST_JOINTS: usize = 6;
    let bytes = text.as_bytes();
    let count =
        |at: usize, is: fn(&u8) -> bool| bytes.get(at..).unwrap_or_default().iter().take_while(|b| is(b)).count();
    let letter: fn(&u8) -> bool = |b| b.is_ascii_alphabetic() || *b >= 0x80;
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(|rest| CODE_WORDS.first(rest)) {
        let listed = bytes.get(at + word.start) == Some(&b'[');
        at += word.end;
        // To the end of the word, which may be inflected: `セキュリティコードは`; `cvv2`.
        at += count(at, letter);
        let mut place = at;
        place += usize::from(bytes.get(place) == Some(&b'2') && !bytes.get(place + 1).is_some_and(u8::is_ascii_digit));
        for _ in 0..MOST_JOINTS {
            let begin = place;
            place += count(place, |b| b" :=#-.(,?".contains(b));
            let comma = bytes.get(begin..place).is_some_and(|gap| gap.contains(&b','));
            let digits = count(place, u8::is_ascii_digit);
            if digits > 0 {
                let found = Candidate { text, start: place, end: place + digits, hint };
                // `cvv: 12.5`, `security code 404-b`, `no CVV, 300 pieces`.
                if (3..=4).contains(&digits) && found.stands_alone() && (listed || !comma) {
                    add(place..found.end);
                }
                break;
            }
            let end = place + count(place, letter);
            let joint =
                bytes.get(place..end).is_some_and(|word| CODE_JOINTS.first(word).is_some_and(|found| found.start == 0));
            if !joint {
                break;
            }
            place = end;
        }
    }
}

#[rustfmt::skip]
static PASSWORD_WORDS: Words = Words::new(&[
    "passw", "passcode", "passphrase", "pwd$", "kennwort", "contrase", "mot de passe", "senha", "palavra-passe", "wachtwoord", "hasło", "hasłem",
    "haslo", "heslo", "lösenord", "adgangskode", "passord", "salasana", "parola", "şifre", "sifre", "пароль", "пароля", "κωδικός", "κωδικό",
    "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호", "पासवर्ड", "كلمة السر", "كلمة المرور", "mật khẩu", "รหัสผ่าน",
    "mdp$", "pw ", "pw:", "psw$", "pass is", "pass:", "pass wifi", "wifi pass", "wi-fi pass", "pass for", "admin pass", "root pass", "user pass",
    ", pass ", "and pass ", "current pass", "my pass$", "new pass$", "old pass$", "/ pass$", "ww ", "ww:", "jelsz", "lösen$", "losen$", "šifra", "lozink", "kata sandi",
    "sandi wifi", "zaporka", "باسورد", "الرقم السري", "סיסמ", "סיסמה", "geslo", "parool", "slaptažod", "koden til", "koden är", "clave de",
    "clave es", "clave:", "la clave", "비번", "密碼是", "รหัส", "wifi key", "wi-fi key", "wlan key", "wlan-schlüssel", "network key", "mot de passe c'est", "पासवर्ड है", "credentials", "creds", "my login", "with pass",
]);

/// Words behind which the password itself is expected.
static IS: Words = Words::new(&[
    "is$",
    "was$",
    "ist$",
    "war$",
    "lautet$",
    "es$",
    "est$",
    "era$",
    "now$",
    "of$",
    "to$",
    "är$",
    "er$",
    "este$",
    "je$",
    "jest$",
    "be$",
    "è",
    "é",
    "είναι",
    "هي",
    "هو",
    "это",
    "są$",
    "c'est",
    "c’est",
    "sarà$",
    "será$",
    "sera$",
    // For now, and given by somebody.
    "provvisoria$",
    "provisória$",
    "provisoria$",
    "provisoire$",
    "provisional$",
    "temporanea$",
    "temporária$",
    "temporaire$",
    "dieron$",
]);

/// Words that make it talk about passwords.
static TALK: Words = Words::new(&[
    "reset",
    "policy",
    "expire",
    "link",
    "field",
    "hint",
    "manager",
    "required",
    "requires",
    "must",
    "should",
    "length",
    "strength",
    "change ",
    "page",
    "form",
    "confirmation",
    "abgelaufen",
    "expiré",
    "caducad",
    "scadut",
    "verlopen",
]);

/// How far behind its word a password is looked for, in bytes and in words.
const REACH: usize = 96;
const MOST_WORDS: usize = 8;

fn passwords(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(|rest| PASSWORD_WORDS.first(rest)) {
        let begin = at + word.start;
        // (A word of two letters is listed with the space behind it.)
        at += word.end - usize::from(bytes.get(at + word.end - 1) == Some(&b' '));
        let called = called_password(bytes, begin);
        let had_one = called.is_some() || is_called_already(bytes, begin);
        if let Some(range) = called {
            add(range);
        }
        // To the end of the word, which may be inflected: `Şifrem`, `パスワードは`, `contraseña`.
        let latin = bytes.get(begin).is_some_and(u8::is_ascii);
        let inflects = |b: &&u8| **b >= 0x80 || (latin && b.is_ascii_alphabetic());
        at += bytes.get(at..).unwrap_or_default().iter().take_while(inflects).count();
        // `reset-password?token=…` is a path, and what has an equals sign was looked at as a pair.
        if latin && !matches!(bytes.get(at), Some(b' ' | b':' | b'"' | b'\'' | b')' | b',')) {
            continue;
        }
        at += usize::from(bytes.get(at) == Some(&b','));
        // `typed [PASSWORD] as the password into …`: the word has its own.
        if had_one {
            continue;
        }
        if let Some(range) = password_behind(bytes, at) {
            at = range.end;
            add(range);
            // `… was Tango1978! or T4ngo#998`
            for joint in [&b" or "[..], b" and ", b" oder ", b" ou ", b" o "] {
                let other = bytes.get(at..).and_then(|rest| rest.strip_prefix(joint)).unwrap_or_default();
                let length = other
                    .iter()
                    .take(REACH)
                    .take_while(|b| b.is_ascii_graphic() && !matches!(b, b',' | b'.' | b';' | b'"'))
                    .count();
                let token = other.get(..length).unwrap_or_default();
                if is_strong(token) || is_plain(token) {
                    add(at + joint.len()..at + joint.len() + length);
                    break;
                }
            }
        }
    }
}

/// The password in what follows its word.
fn password_behind(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let end = bytes.len().min(from + REACH);
    let mut introduced = false;
    let mut quoted = false;
    let mut at = from;
    for _ in 0..MOST_WORDS {
        // `the password you gave me, Otter-velvet-40, …`
        if at > from && bytes.get(at) == Some(&b',') && bytes.get(at + 1) == Some(&b' ') {
            at += 1;
        }
        // A colon or an equals sign introduces, quotes and brackets are passed over.
        while let Some(b) =
            bytes.get(at).filter(|b| matches!(b, b' ' | b':' | b'=' | b'"' | b'\'' | b'`' | b'(' | b'>'))
        {
            introduced |= matches!(b, b':' | b'=');
            quoted = *b == b'\'';
            at += 1;
        }
        let rest = bytes.get(at..end)?;
        let ends = |b: &u8| matches!(b, b',' | b';' | b'"' | b'`' | b'<') || (quoted && *b == b'\'');
        let length = rest.iter().take_while(|b| b.is_ascii_graphic() && !ends(b)).count();
        let word = rest.get(..length)?;
        let ending = word.iter().rev().take_while(|b| matches!(b, b'.' | b')' | b'\'' | b':' | b'?')).count();
        let token = word.get(..length - ending).unwrap_or_default();
        // `mdp pizza2009`, without a word between.
        let direct = at <= from + 2 && (is_plain(token) || is_phrase(token) || is_mixed(token) || is_grouped(token));
        let opened = at > from && bytes.get(at - 1) == Some(&b'(');
        if is_strong(token)
            || direct
            || (introduced && (is_weak(token) || is_phrase(token)))
            || (opened && is_phrase(token))
        {
            return Some(at..at + token.len());
        }
        // `är`, `c’est`: a word of other letters as well.
        let wide = |b: &&u8| **b >= 0x80 || (length == 0 && b.is_ascii_alphanumeric());
        let other = rest.get(length..)?.iter().take_while(wide).count();
        let whole = rest.get(..length + other).unwrap_or_default();
        // `changed from [PASSWORD] to …`: the one found before is not all.
        if matches!(whole, b"\xc2\xab" | b"\xe2\x80\x9e" | b"\xe2\x80\x9c") {
            // « … », „…“, “…”
            introduced = true;
            at += whole.len();
            at += usize::from(bytes.get(at) == Some(&b' '));
            while bytes.get(at..).is_some_and(|rest| rest.starts_with(b"\xc2\xa0")) {
                at += 2;
            }
            continue;
        }
        if word == b"[PASSWORD]" && rest.get(length..).is_some_and(|behind| behind.starts_with(b" to ")) {
            introduced = true;
            at += length + b" to ".len();
            continue;
        }
        // The sentence ends, it only talks about passwords, or the password was found before.
        let over = whole.is_empty() || word.last() == Some(&b'.') || placeholder_len(word).is_some();
        if over || TALK.in_window(whole) {
            return None;
        }
        introduced = IS.first(whole).is_some_and(|is| is.start == 0) || word.last() == Some(&b':');
        at += whole.len();
    }
    None
}

static LOGINS: Words =
    Words::new(&["login is", "login:", "login after", "default login", "credentials", "default user", "zugangsdaten"]);

static TRIED: Words = Words::new(&[
    "tried ",
    "one typed ",
    "reset ",
    "picked ",
    "attempt 1: ",
    "attempt 2: ",
    "attempt 3: ",
    "logging in with ",
    "log in with ",
    "logged in with ",
    "user typed ",
]);
static LOCKED: Words = Words::new(&["got locked", "is locked", "invalid credentials", "locked out"]);
static LOGIN: Words =
    Words::new(&["login", "credential", "creds", "account", "log in", "sign in", "zugang", "identifiant", "acceso"]);

/// `ada@example.com:Dragon53#`, `login: ada@example.com / Dragon53#`.
fn behind_address(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        let behind = bytes.get(at + 1..).unwrap_or_default();
        let domain = behind.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
        let end = at + 1 + domain;
        let joint = match bytes.get(end..) {
            Some([b':', next, ..]) if *next != b' ' => 1,
            Some([b' ', b'/' | b'|', b' ', ..])
                if LOGIN.in_window(bytes.get(end.saturating_sub(96)..at).unwrap_or_default()) =>
            {
                3
            }
            _ => continue,
        };
        let host = behind.get(..domain).unwrap_or_default();
        let named = host.contains(&b'.') && at > 0 && !bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace);
        let start = end + joint;
        let rest = bytes.get(start..bytes.len().min(start + REACH)).unwrap_or_default();
        let length = rest.iter().take_while(|b| b.is_ascii_graphic() && !matches!(b, b',' | b'"' | b'<')).count();
        let length = length - usize::from(length > 0 && rest.get(length - 1) == Some(&b'.'));
        let token = rest.get(..length).unwrap_or_default();
        if named && (is_strong(token) || is_plain(token) || is_mixed(token)) {
            add(start..start + length);
        }
    }
}

/// `I tried lavender4417 and also Sunshine83!, both "wrong password"`, `I reset hers to 'Falcon-58' for now`.
fn tried(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    const MOST: usize = 8;
    let bytes = text.as_bytes();
    let of_passwords = PASSWORD_WORDS.in_window(bytes) || LOCKED.in_window(bytes);
    let mut from = 0;
    while let Some(word) = bytes.get(from..).and_then(|rest| TRIED.first(rest)) {
        let begin = from + word.start;
        from += word.end;
        let set = bytes.get(begin).is_some_and(|b| b.eq_ignore_ascii_case(&b'r'));
        let (mut at, mut to) = (from, !set);
        for _ in 0..MOST {
            let rest = bytes.get(at..).unwrap_or_default();
            let word = rest.get(..memchr::memchr(b' ', rest).unwrap_or(rest.len())).unwrap_or_default();
            let quote = usize::from(matches!(word.first(), Some(b'\'' | b'"' | b'`')));
            let ending =
                word.iter().rev().take_while(|b| matches!(b, b'.' | b',' | b'\'' | b'"' | b'`' | b')' | b';')).count();
            let token = word.get(quote..word.len().saturating_sub(ending).max(quote)).unwrap_or_default();
            let shaped = is_strong(token)
                || is_plain(token)
                || is_mixed(token)
                || is_leet(token)
                || (quote > 0 && is_phrase(token));
            if to && shaped && (of_passwords || (set && quote > 0)) {
                add(at + quote..at + quote + token.len());
            } else if set && to {
                break;
            }
            to |= word == b"to";
            at += word.len() + 1;
        }
    }
}

/// `M4pl3%50 as password`: the token before, if the word at `begin` calls it so.
fn called_password(bytes: &[u8], begin: usize) -> Option<Range<usize>> {
    let before = bytes.get(begin.saturating_sub(80)..begin)?;
    let joints = [
        &b" as "[..],
        b" as the ",
        b" as my ",
        b" as a ",
        b" als ",
        b" como ",
        b" comme ",
        b" come ",
        b" jako ",
        b" som ",
    ];
    let joint = joints.iter().find(|joint| before.ends_with(joint))?;
    let before = before.get(..before.len() - joint.len())?;
    let length = before.iter().rev().take_while(|b| b.is_ascii_graphic()).count();
    let token = before.get(before.len() - length..)?;
    let end = begin - joint.len();
    if let Some(quoted) = token.strip_prefix(b"\"").and_then(|token| token.strip_suffix(b"\"")) {
        return is_weak(quoted).then_some(end - length + 1..end - 1);
    }
    (is_strong(token) || is_plain(token) || is_phrase(token)).then_some(end - length..end)
}

/// Whether what the word at `begin` calls so was stripped before.
fn is_called_already(bytes: &[u8], begin: usize) -> bool {
    let before = bytes.get(begin.saturating_sub(40)..begin).unwrap_or_default();
    [&b"[PASSWORD] as "[..], b"[PASSWORD] as the ", b"[PASSWORD] as my ", b"[PASSWORD] as a "]
        .iter()
        .any(|joint| before.ends_with(joint))
}

/// What follows "is": a digit, a mark or a capital inside says that it is no word.
fn is_weak(token: &[u8]) -> bool {
    let digit_or_mark = token.iter().any(|b| b.is_ascii_digit() || b"!@#$%^&*_+=?~".contains(b));
    (4..=64).contains(&token.len())
        && (digit_or_mark || has_inner_capital(token))
        && placeholder_len(token).is_none()
        && !is_pair(token)
        && !token.contains(&b'/')
}

/// `horse-rocket-maple-battery`, `maple-lantern-violet-26`: three words or more of four letters or more, and perhaps a number.
fn is_phrase(token: &[u8]) -> bool {
    let word = |word: &[u8]| word.len() >= 4 && word.iter().all(u8::is_ascii_lowercase);
    let digits = token.iter().rev().take(5).take_while(|b| b.is_ascii_digit()).count();
    let words = token.get(..token.len() - digits).and_then(|head| head.strip_suffix(b"-"));
    let token = words.filter(|_| (1..=4).contains(&digits)).unwrap_or(token);
    token.len() <= 64 && token.split(|b| *b == b'-').count() >= 3 && token.split(|b| *b == b'-').all(word)
}

/// `RFKprt_WuINJz`: no digit, but a mark and a capital inside.
fn is_mixed(token: &[u8]) -> bool {
    (8..=64).contains(&token.len())
        && token.iter().any(|b| b"!#$%^&*_+=?~@".contains(b))
        && has_inner_capital(token)
        && !(token.contains(&b'@') && token.contains(&b'.'))
        && !is_pair(token)
        && !token.contains(&b'/')
        && placeholder_len(token).is_none()
}

/// A word with a number behind it, of seven bytes or more: what people choose.
fn is_plain(token: &[u8]) -> bool {
    // `Winter-mango-27-55p`
    let words =
        token.split(|b| *b == b'-').filter(|word| word.len() >= 4 && word.iter().all(u8::is_ascii_alphabetic)).count();
    let phrase = (12..=64).contains(&token.len())
        && words >= 2
        && token.iter().any(u8::is_ascii_digit)
        && token.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    if phrase {
        return true;
    }
    let head = token.iter().take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
    let digits = token.iter().skip(head).take_while(|b| b.is_ascii_digit()).count();
    let marks = token.len() - head - digits;
    let dashes = token.iter().take(head).filter(|b| **b == b'-').count();
    // `Arsenal-tiger-93`; `SHA-256` is no password.
    let least = if dashes > 0 { 8 } else { 3 };
    (7..=32).contains(&token.len()) && head - dashes >= least && digits >= 2 && marks <= 1
}

/// `bbt99-waf78-cvn69`: three groups or more, each of letters and digits.
fn is_grouped(token: &[u8]) -> bool {
    let group = |group: &[u8]| {
        (3..=6).contains(&group.len())
            && group.iter().all(u8::is_ascii_alphanumeric)
            && group.iter().any(u8::is_ascii_digit)
            && group.iter().any(u8::is_ascii_alphabetic)
    };
    token.split(|b| *b == b'-').count() >= 3 && token.split(|b| *b == b'-').all(group)
}

/// `drag0n-9215`, `p3pp3r_817`, `Maple.Ocean72`: words with digits in them, and a number behind a joint.
fn is_leet(token: &[u8]) -> bool {
    let part = |part: &[u8]| part.len() >= 3 && part.iter().all(u8::is_ascii_alphanumeric);
    (8..=32).contains(&token.len())
        && token.split(|b| matches!(b, b'-' | b'_' | b'.' | b'!')).count() == 2
        && token.split(|b| matches!(b, b'-' | b'_' | b'.' | b'!')).all(part)
        && token.iter().filter(|b| b.is_ascii_digit()).count() >= 2
        && token.first().is_some_and(u8::is_ascii_alphabetic)
}

/// `attempt=2` has a name of its own.
fn is_pair(token: &[u8]) -> bool {
    let name = token.iter().take_while(|b| b.is_ascii_lowercase() || **b == b'_').count();
    name > 0 && token.get(name) == Some(&b'=')
}

/// What no sentence needs: letters and digits, with a mark or a capital inside.
fn is_strong(token: &[u8]) -> bool {
    let mark = token.iter().any(|b| b"!#$%^&*_+=?~@".contains(b));
    let address =
        memchr::memchr(b'@', token).is_some_and(|at| token.get(at..).is_some_and(|domain| domain.contains(&b'.')));
    (7..=64).contains(&token.len())
        && token.iter().any(u8::is_ascii_digit)
        && token.iter().any(u8::is_ascii_lowercase)
        && (mark || has_inner_capital(token))
        && !address
        && !is_pair(token)
        && !token.contains(&b'/')
        && placeholder_len(token).is_none()
}

fn has_inner_capital(token: &[u8]) -> bool {
    token.iter().skip(1).any(u8::is_ascii_uppercase) && token.iter().any(u8::is_ascii_lowercase)
}

#[rustfmt::skip]
static ONE_TIME: Words = Words::new(&[
    "your code is", "your code:", "otp$", "one-time code", "one time code", "one-time pass", "one time pass", "verification code", "login code", "sign-in code", "signin code", "log-in code", "2fa code", "authentication code",
    "passcode", "code de vérification", "code de connexion", "bestätigungscode", "verifizierungscode", "anmeldecode", "código de verificación", "código de verificação", "codice di verifica", "verificatiecode", "kod weryfikacyjny",
    "verifieringskod", "bekræftelseskode", "engangskode", "vahvistuskoodi", "ověřovací kód", "doğrulama kodu", "код подтверждения", "код підтвердження", "验证码", "驗證碼", "인증번호", "認証コード", "確認コード", "رمز التحقق", "mã xác", "einmalcode", "einmal-code", "einmalpasswort", "engångskod", "engångslösen", "code de validation", "code de sécurité est", "code à usage unique", "código de un solo uso", "código de uso único", "codice monouso", "codice otp", "eenmalige code", "kod jednorazowy", "jednorazowy kod", "ओटीपी", "otp है", "security code", "2fa$", "2-fa", "mfa code", "two-factor code", "two factor code", "authenticator code", "access code", "one-time pin", "one time pin", "one-time", "app says", "sms says", "code i got", "code i received", "code we texted", "code they texted", "code i typed", "kod sms", "sms-kod", "смс-код", "Код подтверждения", "code they sent", "code you sent", "code sent to", "code by text", "sms code", "sms-code", "text code", "confirmation code is", "tan$", "code pin", "ワンタイム", "一次性", "código sms", "code sms", "codice sms", "backup code", "recovery code", "back-up code", "card pin", "my pin$", "pin is",
]);
#[rustfmt::skip]
static KEYS: Words = Words::new(&[
    "api-schlüssel", "api schlüssel", "api-key lautet", "zugriffsschlüssel", "geheimschlüssel", "clé api", "clé d'api", "clé d’api", "clé secrète", "clave de api", "clave api", "clave secreta", "chiave api", "chiave segreta",
    "chave de api", "chave da api", "chave api", "chave secreta", "api-sleutel", "geheime sleutel", "klucz api", "klucza api", "api-nyckel", "api-nøkkel", "api-nøgle", "api-avain", "api klíč", "klíč api", "api kľúč", "api-kulcs", "api kulcs", "cheia api",
    "api anahtarı", "κλειδί api", "api-ключ", "api ключ", "ключ api", "apiキー", "api キー", "api密钥", "api 密钥", "api 키", "api키", "مفتاح api", "api कुंजी", "kunci api",
]);
static CODE: Words = Words::new(&["code "]);
static SENT: Words = Words::new(&["has been sent", "was sent", "was texted", "has been texted"]);
static PIN: Words = Words::new(&["pin$", "pin code"]);
#[rustfmt::skip]
static PIN_OR_CODE: Words = Words::new(&[
    "pin$", "pin code", "code ", "texted ", "type ", "typed ", "use ", "enter", "entered ",
]);
/// What a code opens or who it is for; `code` alone is anything's.
#[rustfmt::skip]
static CODES: Words = Words::new(&[
    "pin$", "gate code", "door code", "alarm code", "entry code", "access code", "key safe", "keysafe", "lockbox", "key box", "keybox", "safe code", "puk$", "pincode", "inlogcode", "code d'entrée", "code d'accès",
    "kod do bramy", "kod do drzwi", "kod do furtki", "kod do domofonu", "kod do klatki", "kod domofonu", "código do portão", "codigo do portão", "código da porta", "código do prédio", "código del portal", "código del portón", "código de la puerta", "portal: código", "codice cancello", "codice del cancello", "codice portone", "codice citofono", "code du portail", "code portail", "code de la porte", "code porte", "hekcode", "code van het hek", "pincode van het hek", "kod till porten", "portkoden", "smart lock: code", "lock code",
    "code d’entrée", "code d’accès", "digicode", "codice di accesso", "código de acesso", "código de acceso", "codigo de acceso", "kod dostępu", "kertakäyttökood", "schlüsselkasten", "zugangscode", "türcode", "din kod",
    "din kode", "je code", "ihr code", "dein code", "votre code", "ton code", "tu código", "su código", "tuo codice", "suo codice", "seu código", "code lautet", "kod do ", "deurcode", "portkod", "code for the", "code to the", "code of the",
    "voicemail pin", "-code lautet",
]);
static MESSAGES: Words = Words::new(&[
    "by text",
    "sms",
    "text message",
    "success",
    "sim ",
    "login",
    "log in",
    "sign in",
    "verif",
    "swapped",
]);
static FAILED: Words = Words::new(&[
    "did not work",
    "didn't work",
    "does not work",
    "doesn't work",
    "is not accepted",
    "was rejected",
    "has expired",
]);
static TEXTED: Words = Words::new(&["texted$"]);
static FAULT: Words = Words::new(&[
    "failed with code",
    "failed: code",
    "exited with code",
    "error code",
    "exit code",
    "status code",
    "reason code",
    "response code",
]);
static ENTER: Words = Words::new(&["use ", "enter ", "entered ", "use code ", "type ", "typed "]);
static TO_CONFIRM: Words = Words::new(&[
    "to confirm",
    "to verify",
    "to log in",
    "to sign in",
    "from the text",
    "from the sms",
    "from your phone",
    "as the tan",
    "as tan",
    "the code is",
    "code is expired",
    "code is wrong",
    "code is invalid",
    "in your banking app",
]);

/// `The PIN for the voicemail box is 2864`, `Gate code 2087`: the code's name, and perhaps what it is for, before it.
fn called_code(c: &Candidate<'_>) -> bool {
    const REACH: usize = 40;
    let before = c.text.as_bytes().get(c.start.saturating_sub(REACH)..c.start).unwrap_or_default();
    // Of several the last: `PIN 7227 and PUK 21308865`.
    let mut between = None;
    while let Some(word) = CODES.first(between.unwrap_or(before)) {
        between = between.unwrap_or(before).get(word.end..);
    }
    let Some(between) = between else { return false };
    // The sentence ends, or something else is told of.
    if between.iter().any(|b| b.is_ascii_digit() || matches!(b, b'.' | b';' | b'\n' | b'[')) {
        return false;
    }
    let direct = between.iter().all(|b| matches!(b, b' ' | b':' | b'=' | b'"' | b'\''));
    let joined = direct
        || [
            &b" is "[..],
            b" lautet ",
            b" ist ",
            b" est ",
            b" es ",
            "è ".as_bytes(),
            "é ".as_bytes(),
            b" to ",
            b" be ",
            b" with ",
            b" mit ",
            b" on ",
            b" er ",
            "är ".as_bytes(),
            b": ",
            b" was ",
        ]
        .iter()
        .any(|joint| before.ends_with(joint));
    let year = !direct && matches!(c.digits().number(0..4), 1900..=2099) && c.matched().len() == 4;
    joined && !year
}
/// Who answers what was asked: `Bot: please type your PIN. User: 3363`.
static USER: Words =
    Words::new(&["user:", "customer:", "caller:", "client:", "a:", "me:", "customer>", "user>", "client>"]);
static ASKED: Words = Words::new(&["code we texted", "code we sent", "code we have sent", "code from the", "the code"]);
static A_CODE: Words = Words::new(&["code"]);
static IS_YOUR: Words = Words::new(&["is your", "as your"]);
static SECURITY: Words = Words::new(&["security code"]);
static BACKUP: Words = Words::new(&["backup code", "recovery code", "back-up code"]);
static SETUP: Words = Words::new(&[
    "setup key",
    "secret key",
    "authenticator key",
    "totp secret",
    "2fa secret",
    "totp key",
    "totp seed",
    "otp seed",
    "2fa key",
]);

static NAMED_KEYS: Words = Words::new(&[
    "client secret",
    "app secret",
    "shared secret",
    "signing secret",
    "webhook secret",
    "api key",
    "secret key",
    "access key",
    "access token",
    "api token",
    "bearer token",
    "refresh token",
    "auth token",
    "deploy token",
    "bot token",
    "session token",
    "push token",
    "api secret",
]);
static CREDENTIALS: Words = Words::new(&[
    "token",
    "secret",
    "api key",
    "apikey",
    "access key",
    "signing key",
    "private key",
    "encryption key",
    "integration key",
    "account key",
    "storage key",
    "setup key",
    "shared key",
    "subscription key",
    "x-api",
    "master key",
    "webhook key",
    "client key",
    "heroku",
]);

/// The bytes of tokens and keys, of any base64 and a few signs more.
fn is_of_a_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_+/=.~-".contains(&byte)
}

fn credential(c: &Candidate<'_>) -> Option<Range<usize>> {
    let matched = c.matched();
    let mut length = matched.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || b"_+/=.~-".contains(b)).count();
    let mut end = c.end;
    while length > 0 && c.text.as_bytes().get(end - 1) == Some(&b'.') {
        (length, end) = (length - 1, end - 1);
    }
    let token = c.text.get(end - length..end)?;
    is_random(token).then_some(end - length..end)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn dates_of_birth() {
        for (text, rest) in [
            ("I was born on 4 March 1987.", "I was born on [BIRTH_DATE]."),
            ("Born on Jan 19, 2004, moved", "Born on [BIRTH_DATE], moved"),
            ("(born 19th of April 1980)", "(born [BIRTH_DATE])"),
            ("Geboren am 2. April 1989", "Geboren am [BIRTH_DATE]"),
            ("Data de nascimento: 22 de junho de 1994", "Data de nascimento: [BIRTH_DATE]"),
            ("Я родился 16 июня 2004, в", "Я родился [BIRTH_DATE], в"),
            ("Дата рождения: 19 июля 1969", "Дата рождения: [BIRTH_DATE]"),
            ("我的出生日期是1988年2月13日,", "我的出生日期是[BIRTH_DATE],"),
            ("생년월일: 1956년 3월 11일", "생년월일: [BIRTH_DATE]"),
            ("Narodil jsem se 26. 7. 1985 a", "Narodil jsem se [BIRTH_DATE] a"),
            ("14 November 1966 under date of birth", "[BIRTH_DATE] under date of birth"),
            ("F. nac. 28/07/1951, alergia", "F. nac. [BIRTH_DATE], alergia"),
            ("Ich bin am 25.08.2006 geboren", "Ich bin am [BIRTH_DATE] geboren"),
            // The end of a placeholder is no word.
            ("जन्म तिथि 15-11-1986, अगली मुलाकात 09/05/2025", "जन्म तिथि [BIRTH_DATE], अगली मुलाकात 09/05/2025"),
            ("született 1985.12.09", "született [BIRTH_DATE]"),
            ("пациент 19.2.1999 г.р., кашель", "пациент [BIRTH_DATE] г.р., кашель"),
            ("生日1979-11-22,血型O", "生日[BIRTH_DATE],血型O"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "Delivered on 4 March 2024.",
            "born in the USA",
            "Stubborn bug of 12/03/2024",
            "The birthday offer ends soon: 500 points",
        ] {
            lives(text);
        }
    }

    #[test]
    fn security_codes() {
        for (text, rest) in [
            ("CVV2 is 171, by the way.", "CVV2 is [CARD], by the way."),
            ("cvc:852", "cvc:[CARD]"),
            ("My card verification value is 292; no", "My card verification value is [CARD]; no"),
            ("the digits are 353 (CVV) in case", "the digits are [CARD] (CVV) in case"),
            ("He typed 345 as the CVC", "He typed [CARD] as the CVC"),
            ("Security code on the back 504, card", "Security code on the back [CARD], card"),
            ("セキュリティコード 840", "セキュリティコード [CARD]"),
            ("asked for my cvv, I said 680, ok", "asked for my cvv, I said [CARD], ok"),
            ("安全码316", "安全码[CARD]"),
            ("card 4449 1276 5995 6561, 06/28, 685, 12 EUR", "card [CARD], [CARD], [CARD], 12 EUR"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "CVV must have 3 digits",
            "no CVV, 300 pieces",
            "the CVV check failed with 402",
            "cvv 12.50 x",
            "security code 48213",
        ] {
            lives(text);
        }
    }

    #[test]
    fn passwords_in_sentences() {
        for (text, rest) in [
            ("my password is hunter2!", "my password is [PASSWORD]"),
            (
                "The password for the shared box is 7W6dC#NHY4e. Node",
                "The password for the shared box is [PASSWORD]. Node",
            ),
            ("I used the password C0pp3rLemon57#x", "I used the password [PASSWORD]"),
            ("Şifrem Tiger#Candle646 ama", "Şifrem [PASSWORD] ama"),
            ("密码是 Copper_River203,但是", "密码是 [PASSWORD],但是"),
            ("パスワードは 57Rm3GVX9M6BqI です", "パスワードは [PASSWORD] です"),
            ("كلمة المرور هي 9j3qH!Hz4NK ولا", "كلمة المرور هي [PASSWORD] ولا"),
            ("Heslo je k1tNb!we8ct a", "Heslo je [PASSWORD] a"),
            ("M4pl3%50 as password, from", "[PASSWORD] as password, from"),
            ("password to \"Sommer24\"", "password to \"[PASSWORD]\""),
            ("mdp pizza2009 ne marche plus", "mdp [PASSWORD] ne marche plus"),
            ("pw blue1985* works", "pw [PASSWORD] works"),
            ("her password, Blue$1746Zz, on a note", "her password, [PASSWORD], on a note"),
            ("login admin hasło Dragon-kaffee-90", "login admin hasło [PASSWORD]"),
            (
                "password changed from dragon9279! to vhfK#VN5Iv847 on",
                "password changed from [PASSWORD] to [PASSWORD] on",
            ),
            ("tried \"blue-maple-27\" as my password", "tried \"[PASSWORD]\" as my password"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "password is required for 2FA",
            "Your password was reset on 2024-05-01",
            "Forgot your password? Visit Help/Center2You",
            "password policy: at least 12 characters",
            "I lost my password on Windows10 yesterday",
            "The password expired. Error E1234abcD",
            "hash the password SHA-256 or bcrypt",
        ] {
            lives(text);
        }
    }

    #[test]
    fn one_time_codes() {
        for (text, rest) in [
            ("Your code is 153117. Valid 5 minutes.", "Your code is [PASSWORD]. Valid 5 minutes."),
            ("482913 is your Shop verification code", "[PASSWORD] is your Shop verification code"),
            ("Ihr Bestätigungscode: 4821", "Ihr Bestätigungscode: [PASSWORD]"),
            ("验证码482913,5分钟内有效", "验证码[PASSWORD],5分钟内有效"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in
            ["The error code is 500123", "zip code 90210", "the OTP has 6 digits", "order 482913 is your largest"]
        {
            lives(text);
        }
    }

    #[test]
    fn credentials_in_sentences() {
        assert_eq!(
            finds("Our Twilio auth token is 342a463f1c4147562f5e1d821cc10739 and"),
            "Our Twilio auth token is [SECRET] and"
        );
        let key = "7a9438b2c5b0d448834563e1b833a32f4256c6d8";
        for text in ["API-Schlüssel", "La clé API", "Klucz API", "APIキー"] {
            assert_eq!(finds(&format!("{text} {key} im Log")), format!("{text} [SECRET] im Log"));
        }
        lives("the token is invalid, the secret was rotated");
        lives("commit 342a463f1c4147562f5e1d821cc10739aa00bb11 is the key");
    }

    #[test]
    fn codes_and_passwords_of_other_tongues() {
        for (text, rest) in [
            ("Ihr Einmalcode lautet 840795. Danke", "Ihr Einmalcode lautet [PASSWORD]. Danke"),
            ("Use G-552131 as your Google verification code", "Use [PASSWORD] as your Google verification code"),
            ("2FA code 865 832 rejected twice", "2FA code [PASSWORD] rejected twice"),
            ("My last backup code is 6hbd-ox1t, hm", "My last backup code is [PASSWORD], hm"),
            ("Security code: 923725. Do not share it", "Security code: [PASSWORD]. Do not share it"),
            ("lösenordet är copper-orbit-amber-45 men", "lösenordet är [PASSWORD] men"),
            ("mot de passe c'est bonjour769 mais", "mot de passe c'est [PASSWORD] mais"),
            ("पासवर्ड Winter-mango-27-55p काम", "पासवर्ड [PASSWORD] काम"),
            ("my password is horse-rocket-maple-battery but", "my password is [PASSWORD] but"),
            ("Mon mot de passe !vPmO@GirjTCtgv ne marche plus", "Mon mot de passe [PASSWORD] ne marche plus"),
            (
                "date of birth is 1988-07-23 and not 01/12/1952 as in the system",
                "date of birth is [BIRTH_DATE] and not [BIRTH_DATE] as in the system",
            ),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "the password is case-sensitive",
            "password up-to-date",
            "error code 840795",
            "route a1b2-c3d4",
            "room code 840 795 of 900",
        ] {
            lives(text);
        }
    }

    #[test]
    fn codes_by_what_they_open() {
        for (text, rest) in [
            ("Gate code 2087, then left", "Gate code [PASSWORD], then left"),
            ("The PIN for the voicemail box is 2864, press 2", "The PIN for the voicemail box is [PASSWORD], press 2"),
            ("he gave PIN 7227 and PUK 21308865.", "he gave PIN [PASSWORD] and PUK [PASSWORD]."),
            ("Il tuo codice di accesso è 278036.", "Il tuo codice di accesso è [PASSWORD]."),
            ("A text with the code 93726 has been sent", "A text with the code [PASSWORD] has been sent"),
            ("Use 813-321 to confirm the transfer", "Use [PASSWORD] to confirm the transfer"),
            ("Bot: type your PIN. User: 3363", "Bot: type your PIN. User: [PASSWORD]"),
            ("Backup codes: Q3YG-KJ3T-NAUL, i4vw5-odf84. Keep", "Backup codes: [PASSWORD], [PASSWORD]. Keep"),
            ("setup key CYVVDBLQ3PLFZSQU in your app", "setup key [SECRET] in your app"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in [
            "PIN code 560001 is in Bengaluru",
            "the gate code policy is of 2024",
            "the error code 93726 was logged",
            "use 4 to 8 digits",
            "pin 12 of the chip",
            "use 2000 to finish the level",
            "dress code 2024 for the office",
        ] {
            lives(text);
        }
    }

    #[test]
    fn passwords_without_their_word() {
        for (text, rest) in [
            ("published a@example.com:Dragon53# on a forum", "published [EMAIL]:[PASSWORD] on a forum"),
            ("login: a@example.com / EnlLXM4E3M8p", "login: [EMAIL] / [PASSWORD]"),
            (
                "i tried lavender4417 and also Sunshine83!, both \"wrong password\"",
                "i tried [PASSWORD] and also [PASSWORD], both \"wrong password\"",
            ),
            ("I reset hers to 'Falcon-Rosebud-58' for now.", "I reset hers to '[PASSWORD]' for now."),
            (
                "typed willow-copper-89-amber as the password into ticket CS3310456",
                "typed [PASSWORD] as the password into ticket CS3310456",
            ),
            (
                "The client secret for our Morgan integration is WZPxsuBNL1Xjgvwe87UuGbi6SAyvZVXL.",
                "The client secret for our Morgan integration is [SECRET].",
            ),
            ("access token (ErcouqPX0ke5EcGbepGoNJ) expired", "access token ([SECRET]) expired"),
            (
                "got a bot token that works, mine is p38aKSnyybI6li6SAWJZnfneHuPJPhri and it",
                "got a bot token that works, mine is [SECRET] and it",
            ),
            ("Wifi ka password bbt99-waf78-cvn69 hai", "Wifi ka password [PASSWORD] hai"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        for text in
            ["I tried version2 and also chrome124", "reset the router to 'factory'", "mail to a@example.com:8080x"]
        {
            assert!(!finds(text).contains("[PASSWORD]"), "{text}");
        }
    }

    #[test]
    fn dates_of_birth_with_dashes_and_times() {
        for (text, rest) in [
            ("DOB 17-Oct-1964: metformin", "DOB [BIRTH_DATE]: metformin"),
            ("born 1946-08-22T00:00:00.000Z in", "born [BIRTH_DATE] in"),
            ("Nació el 10/12/1966 en", "Nació el [BIRTH_DATE] en"),
            ("Ich bin am 9. Januar 1971 in Celle geboren.", "Ich bin am [BIRTH_DATE] in Celle geboren."),
            ("birth is 07-11-1945, you have it as 06.06.1970", "birth is [BIRTH_DATE], you have it as [BIRTH_DATE]"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
        lives("Delivered 17-Oct-2024, returned 2024-10-20T10:00:00Z");
    }

    #[test]
    fn more_of_what_sentences_say() {
        for (text, rest) in [
            ("The security code on my card is 699 but", "The security code on my card is [CARD] but"),
            ("I got the code 223873 by text", "I got the code [PASSWORD] by text"),
            ("type 755607 in your banking app as the TAN", "type [PASSWORD] in your banking app as the TAN"),
            ("the passphrase was Tango1978! or T4ngo#998 from", "the passphrase was [PASSWORD] or [PASSWORD] from"),
            ("La contraseña que me disteis, M3rlin#631, no va", "La contraseña que me disteis, [PASSWORD], no va"),
            ("using client_secret 8B5wU7eUYvNb8DT3v2xMQQvEUfpAuF0y for", "using client_secret [SECRET] for"),
        ] {
            assert_eq!(finds(text), rest, "{text}");
        }
    }
}
