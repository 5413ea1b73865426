//! People, and how to reach them: names, addresses, e-mail, telephone, the network.

use fastrand::Rng;

use super::value::{Made, Needle, chance, digits, one, shape};

/// Given names of many places.
const FIRST: &[&str] = &[
    "Hannah",
    "Lukas",
    "Aurélie",
    "Théo",
    "Giulia",
    "Marco",
    "Sofía",
    "Álvaro",
    "Priya",
    "Arjun",
    "Mei",
    "Haruto",
    "Olivia",
    "Noah",
    "Chidi",
    "Amara",
    "Fatima",
    "Yusuf",
    "Zofia",
    "Piotr",
    "Astrid",
    "Björn",
    "Inês",
    "João",
    "Eleni",
    "Dmitri",
    "Siobhán",
    "Rhys",
    "Ngozi",
    "Tomás",
    "Katarzyna",
    "Willem",
    "Femke",
    "Leïla",
    "Mateus",
    "Ananya",
    "Callum",
    "Freya",
    "Jerzy",
    "Ingrid",
    "Mohammed",
    "Xiomara",
    "Declan",
    "Tamsin",
    "Viktor",
    "Bronwyn",
    "Ravi",
    "Saskia",
    "Emeka",
    "Beatriz",
];

/// Family names of many places.
const LAST: &[&str] = &[
    "Oberhauser",
    "Lindqvist",
    "Marchetti",
    "Fernández",
    "Krishnamurthy",
    "Nakamura",
    "O'Sullivan",
    "Vandenberghe",
    "Kowalczyk",
    "Papadopoulos",
    "Okonkwo",
    "Dubois-Lefèvre",
    "Schneidermann",
    "Ferreira",
    "Abernathy",
    "Castellanos",
    "Hutchinson",
    "Bhattacharya",
    "Takahashi",
    "Nowicka",
    "Sørensen",
    "Mukherjee",
    "Quintanilla",
    "Rasmussen",
    "Whitcombe",
    "Yilmaz",
    "Petrovic",
    "Zimmermann",
    "Delacroix",
    "Montgomery",
    "Ramaswamy",
    "Eriksson",
    "Guimarães",
    "Pellegrini",
    "Adeyemi",
    "Hoffstetter",
    "Blanchard",
    "Trevithick",
    "Wojciechowski",
    "Villanueva",
    "Haverkamp",
    "Mac Giolla",
    "Ng",
    "de la Cruz",
];

/// Who an event is about, so that its values belong together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    first: &'static str,
    last: &'static str,
}

impl Person {
    /// Somebody.
    pub(super) fn any(rng: &mut Rng) -> Self {
        Self { first: one(rng, FIRST), last: one(rng, LAST) }
    }
}

/// A name in ASCII letters, as mail addresses have it.
fn ascii(name: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'ã' | 'ä' | 'å' | 'Á' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ï' => 'i',
        'ó' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ü' => 'u',
        c => c.to_ascii_lowercase(),
    };
    name.chars().map(plain).filter(char::is_ascii_alphabetic).collect()
}

/// A given name.
pub(super) fn first(_: &mut Rng, who: Person) -> Made {
    Made::text(who.first)
}

/// A family name.
pub(super) fn last(_: &mut Rng, who: Person) -> Made {
    Made::text(who.last)
}

/// Both, in one order or the other: either of them found is a leak.
pub(super) fn full_name(rng: &mut Rng, who: Person) -> Made {
    let Person { first, last } = who;
    let text = match rng.u32(..12) {
        0 => format!("{last}, {first}"),
        1 => format!("{} {}", first.to_uppercase(), last.to_uppercase()),
        2 => format!("Dr. {first} {last}"),
        3 => format!("{first} {}. {last}", rng.uppercase()),
        4 => one(rng, &["王小明", "Анна Кузнецова", "佐藤 花子", "محمد العتيبي", "김민준", "Ελένη Παππά"]).into(),
        _ => format!("{first} {last}"),
    };
    if text.is_ascii() || text.contains(last) || text.contains(&last.to_uppercase()) {
        let needle = if text.contains(last) { last.to_owned() } else { last.to_uppercase() };
        return Made { needles: vec![Needle::Text(needle)], unusual: text.contains(',') || !text.contains(last), text };
    }
    Made::text(text).odd(true)
}

const MAIL_HOSTS: &[&str] = &[
    "gmail.com",
    "yahoo.co.uk",
    "outlook.com",
    "proton.me",
    "gmx.de",
    "web.de",
    "orange.fr",
    "libero.it",
    "hotmail.com",
    "icloud.com",
    "qq.com",
    "mail.ru",
    "uol.com.br",
    "wp.pl",
    "telia.se",
    "fastmail.com",
    "lindhagen-bau.de",
    "acme-corp.io",
    "uni-heidelberg.de",
    "stu.nus.edu.sg",
    "kpn.nl",
    "example.com",
    "rediffmail.com",
    "startup.dev",
    "museum.travel",
];

/// An e-mail address; its local part alone is a leak too.
pub(super) fn email(rng: &mut Rng, who: Person) -> Made {
    let who = if chance(rng, 30) { Person::any(rng) } else { who };
    let (f, l) = (ascii(who.first), ascii(who.last));
    let (local, mut unusual) = match rng.u32(..20) {
        0..=6 => (format!("{f}.{l}"), false),
        7..=8 => (format!("{}{l}", &f[..1]), false),
        9..=10 => (format!("{f}{l}{}", rng.u32(60..2010)), false),
        11 => (format!("{f}_{l}"), false),
        12..=13 => (format!("{f}.{l}+{}", one(rng, &["news", "shop", "spam", "2fa"])), false),
        14 => (format!("{f}-{l}"), false),
        15 => (format!("{l}.{f}{}", rng.u32(1..99)), false),
        16 => (format!("{}.{}", who.first.to_uppercase(), l.to_uppercase()), true),
        17 => (format!("{f}'{l}"), true),
        18 => {
            (who.first.to_lowercase() + "." + &who.last.to_lowercase().replace([' ', '\''], ""), !who.first.is_ascii())
        }
        _ => (format!("{f}.{l}{}{}", one(rng, &["!", "~"]), rng.u32(1..99)), true),
    };
    let host = match rng.u32(..25) {
        0 => {
            unusual = true;
            one(rng, &["münchen-mail.de", "例え.jp", "почта.рф", "xn--mnchen-3ya.de"]).to_owned()
        }
        1 => {
            unusual = true;
            one(rng, MAIL_HOSTS).to_uppercase()
        }
        2 => format!("{}.{}", one(rng, &["mail", "corp", "eu"]), one(rng, MAIL_HOSTS)),
        _ => one(rng, MAIL_HOSTS).to_owned(),
    };
    Made::text(format!("{local}@{host}")).or(local).odd(unusual)
}

/// Telephone numbers that say their country.
const PHONES_WORLD: &[&str] = &[
    "+1 (N##) N##-####",
    "+1N##N######",
    "+1-N##-N##-####",
    "+44 7### ######",
    "+447#########",
    "+44 20 7### ####",
    "+49 151 ########",
    "+49151########",
    "+49 30 ########",
    "+33 6 ## ## ## ##",
    "+336########",
    "+91 98### #####",
    "+9198########",
    "+55 11 9####-####",
    "+5511#########",
    "+86 138 #### ####",
    "+81 90-####-####",
    "+61 4## ### ###",
    "+34 6## ## ## ##",
    "+39 3## ### ####",
    "+31 6 ########",
    "+48 5## ### ###",
    "+46 70 ### ## ##",
    "+41 79 ### ## ##",
    "+52 55 #### ####",
    "+82 10-####-####",
    "+65 9### ####",
    "+353 87 ### ####",
    "+351 91# ### ###",
    "+234 803 ### ####",
];
/// Telephone numbers of a country among itself.
const PHONES_HOME: &[&str] = &[
    "(N##) N##-####",
    "N##-N##-####",
    "07### ######",
    "020 7### ####",
    "0151 ########",
    "030 ########",
    "06 ## ## ## ##",
    "098### #####",
    "(11) 9####-####",
    "090-####-####",
    "04## ### ###",
    "06-########",
    "070-### ## ##",
    "079 ### ## ##",
];
/// The same, spelled as few do.
const PHONES_ODD: &[&str] = &[
    "N##.N##.####",
    "+49 (0)151 ########",
    "0049 151 ########",
    "001-N##-N##-####",
    "06.##.##.##.##",
    "0151/########",
    "+7 (9##) ###-##-##",
    "+44 (0)20 7### ####",
    "1-N##-N##-#### ext. ##",
    "+1.N##.N##.####",
    "+972-5#-###-####",
    "+49\u{a0}151\u{a0}########",
    "+33\u{202f}6\u{202f}##\u{202f}##\u{202f}##\u{202f}##",
    "+1 N## N## ####",
    "(0)30 / ########",
    "+4915#-########",
    "+20 10 #### ####",
    "00 44 7### ######",
    "+1\u{2011}N##\u{2011}N##\u{2011}####",
];

/// A telephone number: six digits of it are a leak.
pub(super) fn phone(rng: &mut Rng, _: Person) -> Made {
    let (shapes, odd) = match rng.u32(..10) {
        0..=4 => (PHONES_WORLD, false),
        5..=7 => (PHONES_HOME, false),
        _ => (PHONES_ODD, true),
    };
    let shape_ = one(rng, shapes);
    Made::number(shape(rng, shape_), 6).odd(odd)
}

/// A telephone number that says its country, for places where nothing else says what it is.
pub(super) fn phone_world(rng: &mut Rng, _: Person) -> Made {
    let shape_ = one(rng, PHONES_WORLD);
    Made::number(shape(rng, shape_), 6)
}

/// A date of birth.
pub(super) fn dob(rng: &mut Rng, _: Person) -> Made {
    let (y, m, d) = (rng.u32(1944..2007), rng.u32(1..13), rng.u32(1..29));
    let (text, odd) = match rng.u32(..10) {
        0..=4 => (format!("{y}-{m:02}-{d:02}"), false),
        5 => return Made::text(format!("{y}-{m:02}-{d:02}T00:00:00.000Z")).or(format!("{y}-{m:02}-{d:02}")),
        6 => (format!("{m:02}/{d:02}/{y}"), false),
        7 => (format!("{d:02}.{m:02}.{y}"), false),
        8 => (format!("{y}{m:02}{d:02}"), true),
        _ => (format!("{d} {} {y}", one(rng, &["Jan", "March", "Juni", "août", "Sep", "diciembre"])), true),
    };
    Made::text(text).odd(odd)
}

/// Streets, by the way their country writes them; `#` stands for the number.
const STREETS: &[&str] = &[
    "## Elm Grove",
    "1### Meadowbrook Lane",
    "Lindenallee ##",
    "Goethestraße ##",
    "## rue des Lilas",
    "## bis avenue Foch",
    "Calle de Alcalá ##",
    "Via Garibaldi ##",
    "Keizersgracht ###",
    "ul. Piękna ##",
    "Storgatan ##",
    "Rua das Flores ##",
    "Flat #, ## Harley Street",
    "##/# MG Road, Indiranagar",
    "N## Kingsway, Apt #A",
    "P.O. Box ####",
    "中央区銀座#-##-#",
];

/// A street with its number.
pub(super) fn street(rng: &mut Rng, _: Person) -> Made {
    let pattern = one(rng, STREETS);
    let text: String = pattern.chars().map(|c| if c == '#' { rng.digit(10) } else { c }).collect();
    let odd = !text.is_ascii();
    Made::text(text).odd(odd)
}

/// A postal code.
pub(super) fn zip(rng: &mut Rng, _: Person) -> Made {
    let pattern = one(rng, &["#####", "#####-####", "A#A #A#", "AA## #AA", "#### AA", "##-###", "#####-###", "## ###"]);
    Made::text(shape(rng, pattern))
}

/// A whole address in one string.
pub(super) fn address(rng: &mut Rng, who: Person) -> Made {
    let (street, zip) = (street(rng, who).text, zip(rng, who).text);
    let city =
        one(rng, &["Köln", "Portland", "Lyon", "Leeds", "Utrecht", "Kraków", "Porto Alegre", "Uppsala", "Bengaluru"]);
    Made { text: format!("{street}, {zip} {city}"), unusual: false, needles: vec![Needle::Text(street)] }
}

/// A latitude.
pub(super) fn lat(rng: &mut Rng, _: Person) -> Made {
    degrees(rng, 5.0, 66.0)
}

/// A longitude.
pub(super) fn lng(rng: &mut Rng, _: Person) -> Made {
    degrees(rng, -120.0, 150.0)
}

/// Degrees to six places; cut to one place they say only which city it is.
fn degrees(rng: &mut Rng, from: f64, to: f64) -> Made {
    let text = format!("{:.5}{}", from + rng.f64() * (to - from), rng.u32(1..10));
    Made { needles: vec![Needle::Text(text[..text.len() - 3].to_owned())], text, unusual: false }
}

/// A public IPv4 address, outside all that is reserved.
pub(super) fn ip4(rng: &mut Rng, _: Person) -> Made {
    let a = one(
        rng,
        &[2u8, 5, 31, 37, 46, 62, 73, 77, 81, 88, 91, 99, 109, 130, 143, 151, 163, 176, 185, 189, 201, 212, 217],
    );
    Made::text(format!("{a}.{}.{}.{}", rng.u8(1..168), rng.u8(1..255), rng.u8(1..255)))
}

/// A public IPv6 address.
pub(super) fn ip6(rng: &mut Rng, _: Person) -> Made {
    let (pattern, odd) = one(
        rng,
        &[
            ("2001:8d8:1hh:hhh:hhhh:hhhh:hhhh:hhhh", false),
            ("2a02:8109:9hhh:1hh::1hhh", false),
            ("2600:1700:2hhh:3hhh:1hhh:5hhh:6hhh:7hhh", false),
            ("2A00:23C7:4hhh:5hhh::Chh", true),
            ("2409:4042:1hhh:2hhh::", true),
        ],
    );
    let text = shape(rng, &pattern.replace('A', "\\A"));
    Made::text(text).odd(odd)
}

/// A client's address.
pub(super) fn ip(rng: &mut Rng, who: Person) -> Made {
    match rng.u32(..20) {
        0..=3 => ip6(rng, who),
        4 => {
            let inner = ip4(rng, who).text;
            Made::text(format!("::ffff:{inner}")).or(inner).odd(true)
        }
        _ => ip4(rng, who),
    }
}

/// A network card's address: three bytes of it are a leak.
pub(super) fn mac(rng: &mut Rng, _: Person) -> Made {
    let (pattern, odd) =
        one(rng, &[("hh:hh:hh:hh:hh:hh", false), ("hh-hh-hh-hh-hh-hh", false), ("hhhh.hhhh.hhhh", true)]);
    let text = loop {
        let text = shape(rng, pattern);
        // All digits would be nobody's idea of a MAC address.
        if digits(&text).len() < 10 {
            break text;
        }
    };
    let text = if chance(rng, 40) { text.to_uppercase() } else { text };
    Made { needles: vec![Needle::Text(text[8..].to_owned())], text, unusual: odd }
}
