//! A name cut into its words, whatever sets them apart: humps, dashes, dots, brackets, digits.

use super::vocabulary::{mark, marks};
use crate::pii::languages::SHORT;

/// Longest name looked at, in bytes, and most words: what is longer is judged by its end.
pub(super) const MAX_NAME: usize = 96;

pub(super) const MAX_WORDS: usize = 24;

/// Five bits for each of the last three letters, counted from the end; digits and separators do not count.
pub(super) fn ending(from_the_end: impl Iterator<Item = u8>) -> usize {
    from_the_end
        .filter(u8::is_ascii_alphabetic)
        .take(3)
        .fold(0, |bits, byte| (bits << 5) | usize::from(byte.to_ascii_lowercase() - b'a' + 1))
}

/// Whether a table of endings or beginnings has one.
pub(super) fn met(table: &[u64; 512], bit: usize) -> bool {
    table.get(bit >> 6).is_some_and(|cell| cell & (1 << (bit & 63)) != 0)
}

/// The same of the first three.
pub(super) fn beginning(name: &[u8]) -> usize {
    ending(name.iter().take(3).copied())
}

/// A name cut into lower-case words, without allocating.
pub(super) struct Words {
    pub(super) text: [u8; MAX_NAME],
    pub(super) starts: [u8; MAX_WORDS],
    pub(super) ends: [u8; MAX_WORDS],
    pub(super) len: usize,
}

impl Words {
    pub(super) fn cut(name: &[u8]) -> Self {
        let name = &name[name.len().saturating_sub(MAX_NAME)..];
        let mut words = Self { text: [0; MAX_NAME], starts: [0; MAX_WORDS], ends: [0; MAX_WORDS], len: 0 };
        let mut at = 0usize;
        let mut open = false;
        let mut last = b' ';
        for (i, byte) in name.iter().copied().enumerate() {
            if !byte.is_ascii_alphanumeric() {
                open = false;
                last = byte;
                continue;
            }
            let next_is_lower = name.get(i + 1).is_some_and(u8::is_ascii_lowercase);
            // `dateOfBirth` cuts before O and B; `IPAddress` before the A that starts a word, not inside `IP`.
            let hump = byte.is_ascii_uppercase()
                && (last.is_ascii_lowercase() || (last.is_ascii_uppercase() && next_is_lower));
            let digit_edge = byte.is_ascii_digit() != last.is_ascii_digit() && last.is_ascii_alphanumeric();
            if !open || hump || digit_edge {
                if words.len == MAX_WORDS {
                    break;
                }
                words.starts[words.len] = at as u8;
                words.len += 1;
                open = true;
            }
            words.text[at] = byte.to_ascii_lowercase();
            at += 1;
            words.ends[words.len - 1] = at as u8;
            last = byte;
        }
        // `phone2` and `address_line_1` are what they are without the number.
        while words.len > 1 && words.joined(words.len - 1, words.len).iter().all(u8::is_ascii_digit) {
            words.len -= 1;
        }
        words
    }

    /// The words from `from` on, with underscores between.
    pub(super) fn apart(&self, from: usize) -> Vec<u8> {
        let words: Vec<&[u8]> = (from..self.len).map(|at| self.joined(at, at + 1)).collect();
        words.join(&b'_')
    }

    pub(super) fn joined(&self, from: usize, to: usize) -> &[u8] {
        &self.text[usize::from(self.starts[from])..usize::from(self.ends[to - 1])]
    }
}

/// What fields stand in, and what says nothing of them.
#[rustfmt::skip]
const HOLDERS: &[&[u8]] = &[
    b"client", b"form_fields", b"filter", b"filtre", b"filtro", b"where", b"fields", b"field", b"form", b"formdata", b"form_data", b"data", b"values", b"value", b"attributes", b"properties", b"answers", b"input", b"inputs", b"params", b"body", b"payload", b"metadata", b"custom_fields", b"customfields", b"custom", b"submission", b"entry", b"your", b"item_meta", b"source", b"instrument",
];

/// A name without what holds it: `attributes.city` as `city`.
pub(super) fn behind_holder(name: &[u8]) -> &[u8] {
    let Some(dot) = memchr::memchr(b'.', name) else { return name };
    let (holder, rest) = name.split_at(dot);
    let known = HOLDERS.iter().any(|known| holder.eq_ignore_ascii_case(known));
    if known && rest.len() > 1 { &rest[1..] } else { name }
}

/// What stands in the last brackets of a name, if what stands before them says nothing.
pub(super) fn in_brackets(name: &[u8]) -> Option<&[u8]> {
    let inner = name.strip_suffix(b"]")?;
    let open = inner.iter().rposition(|b| *b == b'[')?;
    let (before, inner) = (name.get(..open)?, inner.get(open + 1..)?);
    let known = HOLDERS.iter().any(|holder| before.eq_ignore_ascii_case(holder));
    (known && !inner.is_empty() && !inner.iter().all(u8::is_ascii_digit)).then_some(inner)
}

/// What has the number in a form's field: of `user[phones][0][number]` the telephones.
pub(super) fn numbered_part(name: &[u8]) -> Option<&[u8]> {
    let of_number = [&b"[number]"[..], b"[no]", b"[num]", b"[value]"].iter().find_map(|end| name.strip_suffix(*end))?;
    let of_list = of_number.strip_suffix(b"]")?;
    let open = of_list.iter().rposition(|b| *b == b'[')?;
    let position = of_list.get(open + 1..)?;
    if position.is_empty() || !position.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let list = of_list.get(..open)?;
    let list = list.strip_suffix(b"]").unwrap_or(list);
    let from = list.iter().rposition(|b| *b == b'[').map_or(0, |open| open + 1);
    let list = list.get(from..)?;
    let called = |word: &[u8]| list.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    [&b"phone"[..], b"mobile", b"tel"].iter().any(|word| called(word)).then_some(list)
}

/// What an attribute of a person is called in directories (RFC 4519, RFC 2798, eduPerson), by its object identifier.
pub(super) fn attribute_of(oid: &[u8]) -> Option<&'static [u8]> {
    Some(match oid {
        b"2.5.4.3" => b"commonname",
        b"2.5.4.4" => b"surname",
        b"2.5.4.20" => b"telephonenumber",
        b"2.5.4.42" => b"givenname",
        b"2.16.840.1.113730.3.1.241" => b"displayname",
        b"0.9.2342.19200300.100.1.1" => b"username",
        b"0.9.2342.19200300.100.1.3" => b"email",
        b"1.3.6.1.4.1.5923.1.1.1.6" => b"eppn",
        _ => return None,
    })
}

/// `cust_nm` as `customer_name`; None where nothing is short.
pub(super) fn spelled_out(words: &Words) -> Option<Vec<u8>> {
    let word = |at: usize| words.joined(at, at + 1);
    if !(0..words.len).any(|at| marks(word(at)) & mark::SHORT != 0) {
        return None;
    }
    let long = |word: &[u8]| SHORT.iter().find(|(short, _)| short.as_bytes() == word).map(|(_, long)| long.as_bytes());
    let mut name = Vec::new();
    for at in 0..words.len {
        name.extend_from_slice(long(word(at)).unwrap_or(word(at)));
        name.push(b'_');
    }
    Some(name)
}

/// Letters with marks as the letters they stand for, so that the tables need no accents.
pub(in super::super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'à'..='å' | 'ā' | 'ą' | 'ă' => folded.push('a'),
            'À'..='Å' => folded.push('A'),
            'Ç' | 'Ć' | 'Č' => folded.push('C'),
            'Ł' => folded.push('L'),
            'Ñ' => folded.push('N'),
            'Ş' | 'Ś' | 'Š' => folded.push('S'),
            'Ù'..='Ü' => folded.push('U'),
            'Ź' | 'Ż' | 'Ž' => folded.push('Z'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'ğ' | 'ģ' => folded.push('g'),
            'ķ' => folded.push('k'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ė' => folded.push('e'),
            'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => folded.push('E'),
            'Ì'..='Ï' | 'İ' | 'Ī' => folded.push('I'),
            'Ò'..='Ö' | 'Ø' | 'Ő' | 'Ō' => folded.push('O'),
            'Ă' | 'Ą' | 'Ā' => folded.push('A'),
            'Ý' | 'Ÿ' => folded.push('Y'),
            'Ď' | 'Đ' => folded.push('D'),
            'Ğ' | 'Ģ' => folded.push('G'),
            'Ń' | 'Ň' => folded.push('N'),
            'Ř' => folded.push('R'),
            'Ť' | 'Ț' | 'Ţ' => folded.push('T'),
            'Ș' => folded.push('S'),
            'Ű' | 'Ů' | 'Ū' => folded.push('U'),
            'ì'..='ï' | 'ı' | 'ī' | 'į' => folded.push('i'),
            'ł' | 'ľ' | 'ļ' => folded.push('l'),
            'ñ' | 'ń' | 'ň' | 'ņ' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ő' | 'ō' | 'ơ' => folded.push('o'),
            'ř' => folded.push('r'),
            'ţ' | 'ț' | 'ť' => folded.push('t'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ù'..='ü' | 'ű' | 'ū' | 'ů' | 'ų' | 'ư' => folded.push('u'),
            'ß' => folded.push_str("ss"),
            'ş' | 'ș' | 'ś' | 'š' => folded.push('s'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            // A combining mark after its letter.
            '\u{300}'..='\u{36f}' => {}
            _ => folded.push(c),
        }
    }
    folded
}
