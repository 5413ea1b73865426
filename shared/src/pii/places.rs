//! Whether a value is a place somebody may be at: a pair of coordinates, a street and its number, a postal code and its town.

/// Whether a text is nothing but a latitude and a longitude, in degrees and told to ten metres or better:
/// `48.20849, 16.37208`, `POINT(16.37208 48.20849)`, `geo:48.20849,16.37208`.
pub(super) fn is_position(text: &str) -> bool {
    let text = text.trim();
    // Two numbers, each with its point.
    if memchr::memchr_iter(b'.', text.as_bytes()).count() < 2 {
        return false;
    }
    // `29.149491° N, 118.645982° E`
    let bare;
    let text = if text.contains('°') {
        bare = text.replace('°', "").replace([' ', 'N', 'S', 'E', 'W', 'O'], "");
        bare.as_str()
    } else {
        text
    };
    let said = text.strip_prefix("geo:").or_else(|| text.strip_prefix("POINT"));
    let inside = said.unwrap_or(text).trim();
    // RFC 5870: how exact it is, and in which system.
    let inside = inside
        .split_once([';'])
        .map_or(inside, |(at, how)| if how.starts_with("u=") || how.starts_with("crs=") { at } else { inside });
    let inside = inside.trim_start_matches(['(', '[', '{']).trim_end_matches([')', ']', '}']);
    let mut parts = inside.split([',', ' ', ';']).filter(|part| !part.is_empty());
    let degrees = |part: Option<&str>| {
        let exact = part?.split_once('.').is_some_and(|(_, decimals)| decimals.len() >= 3 || said.is_some());
        part?.parse::<f64>().ok().filter(|degrees| exact && degrees.abs() <= 180.0)
    };
    let fine = said.is_some()
        || inside.split(['.']).skip(1).any(|decimals| decimals.bytes().take_while(u8::is_ascii_digit).count() >= 4);
    fine && degrees(parts.next()).is_some() && degrees(parts.next()).is_some() && parts.next().is_none()
}

/// Whether a text is a postal address by its look: a street by its word, and a number beside it.
/// `169 Boul. Saint-Laurent, H5R 7S6 Saskatoon`, `Rosenweg 319, 46041 Passau`.
pub(super) fn is_street_address(text: &str) -> bool {
    #[rustfmt::skip]
    const STREETS: &[&str] = &[
        "street", "st", "road", "rd", "avenue", "ave", "av", "lane", "ln", "drive", "dr", "boulevard", "blvd", "boul", "court", "ct", "square", "sq", "place", "pl", "way", "terrace", "close", "crescent", "highway", "hwy", "parkway",
        "pkwy", "wharf", "row", "mews", "quay", "rue", "allée", "impasse", "quai", "via", "viale", "piazza", "corso", "calle", "avenida", "avda", "paseo", "plaza", "rua", "travessa", "praça", "ulica", "ul", "utca", "circle", "cir", "trail", "broadway", "esplanade", "gata",
        "vej", "cadde", "cd", "sokak", "sk", "mahallesi", "marg", "nagar", "улица", "ул",
    ];
    const ENDINGS: &[&str] = &[
        "straße", "strasse", "str", "weg", "gasse", "platz", "allee", "straat", "laan", "gracht", "gatan", "vägen",
        "vej", "veien", "katu", "tie", "ring", "ufer", "damm",
    ];
    let spaced = || text.bytes().any(|b| b == b' ') && text.bytes().any(|b| b.is_ascii_digit());
    if !(8..=160).contains(&text.len()) || !spaced() {
        return false;
    }
    let words = || {
        text.split([' ', ','])
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
    };
    let street = |word: &str| {
        let word = word.to_lowercase();
        STREETS.contains(&word.as_str())
            || ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    };
    // `170b`, `12bis`, `3/4`; `28mm` is a size.
    let number = |word: &str| {
        let behind = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let letters = behind.chars().filter(|c| c.is_alphabetic()).count();
        word.len() <= 6 && behind.len() < word.len() && (letters <= 1 || matches!(behind, "bis" | "ter"))
    };
    let named = words().any(street) && words().any(number);
    named && (2..=20).contains(&words().count()) && !text.contains(['=', '{', '?', '\n', '['])
}

/// Whether a text ends in a postal code and a town: `90400 Nürnberg`, `43, 2nd Cross, Indiranagar, 682061 Kochi`.
pub(super) fn is_postal_line(text: &str) -> bool {
    let line = text.rsplit(',').next().unwrap_or_default().trim();
    // `CF11 6BH Cardiff`: in two parts, of letters as well.
    let parted = || {
        let (first, rest) = line.split_once(' ')?;
        let (second, town) = rest.split_once(' ')?;
        let part = |part: &str, most: usize| {
            (2..=most).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
                && part.bytes().any(|b| b.is_ascii_digit())
        };
        (part(first, 4) && first.starts_with(|c: char| c.is_ascii_uppercase()) && part(second, 4))
            .then_some(("0000", town))
    };
    let Some((code, town)) = parted().or_else(|| line.split_once(' ')) else { return false };
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let code = (4..=8).contains(&digits) && code.bytes().all(|b| b.is_ascii_digit() || b == b'-') && code.len() <= 9;
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.' | '’'));
    code && capital(town)
        && (3..=40).contains(&town.len())
        && town.split(' ').count() <= 4
        && town.split(' ').all(letters)
        && text.len() <= 160
        && !text.contains(['=', '{', '\n', '['])
}
