//! Messages whose fields have places instead of names: HL7 version 2 (ANSI/HL7 V2.x, chapter 3 for patients) and UN/EDIFACT
//! (ISO 9735; the segments NAD, CTA and COM of the UN directories), banks' statements, and ASC X12 (NM1, N3, N4, DMG, PER, REF).

use std::ops::Range;

use super::edit::{Edit, With};
use super::finding::{Finding, Why};
use super::kind::{Kind, is_placeholder};
use super::traits::{Traits, has};
use super::values::may_be_a_name;

/// A field: its segment, its number from 1, what it is. Of doctors (XCN) the first component is an id.
struct Field(&'static [u8], usize, Kind, bool);

const HL7: &[Field] = &[
    // The lists of ids a patient has, in this hospital and outside.
    Field(b"PID", 2, Kind::NationalId, false),
    Field(b"PID", 3, Kind::NationalId, false),
    Field(b"PID", 4, Kind::NationalId, false),
    Field(b"PID", 5, Kind::Name, false),
    Field(b"PID", 6, Kind::Name, false),
    Field(b"PID", 7, Kind::BirthDate, false),
    Field(b"PID", 9, Kind::Name, false),
    Field(b"PID", 11, Kind::Address, false),
    Field(b"PID", 13, Kind::Phone, false),
    Field(b"PID", 14, Kind::Phone, false),
    Field(b"PID", 19, Kind::Ssn, false),
    Field(b"PID", 20, Kind::DriverLicense, false),
    Field(b"PID", 23, Kind::Address, false),
    Field(b"NK1", 2, Kind::Name, false),
    Field(b"NK1", 4, Kind::Address, false),
    Field(b"NK1", 5, Kind::Phone, false),
    Field(b"NK1", 6, Kind::Phone, false),
    Field(b"NK1", 16, Kind::BirthDate, false),
    Field(b"NK1", 37, Kind::Ssn, false),
    Field(b"GT1", 3, Kind::Name, false),
    Field(b"GT1", 4, Kind::Name, false),
    Field(b"GT1", 5, Kind::Address, false),
    Field(b"GT1", 6, Kind::Phone, false),
    Field(b"GT1", 7, Kind::Phone, false),
    Field(b"GT1", 8, Kind::BirthDate, false),
    Field(b"GT1", 12, Kind::Ssn, false),
    Field(b"IN1", 16, Kind::Name, false),
    Field(b"IN1", 18, Kind::BirthDate, false),
    Field(b"IN1", 19, Kind::Address, false),
    Field(b"MRG", 7, Kind::Name, false),
    Field(b"PV1", 7, Kind::Name, true),
    Field(b"PV1", 8, Kind::Name, true),
    Field(b"PV1", 9, Kind::Name, true),
    Field(b"PV1", 17, Kind::Name, true),
    Field(b"OBR", 16, Kind::Name, true),
    Field(b"ORC", 12, Kind::Name, true),
];

/// The personal fields of a message, if `text` is one of these.
pub(super) fn find(text: &str, traits: Traits, edits: &mut Vec<Edit>) {
    let bytes = text.trim_start().as_bytes();
    match bytes {
        [b'M', b'S', b'H', field, component, ..] if !field.is_ascii_alphanumeric() => {
            hl7(text, *field, *component, edits);
        }
        // A segment out of its message.
        [b'P', b'I', b'D', b'|', rest @ ..] if memchr::memchr_iter(b'|', rest).take(6).count() == 6 => {
            hl7(text, b'|', b'^', edits);
        }
        [b'U', b'N', b'A' | b'B' | b'H', b'+' | b':', ..] => edifact(text, edits),
        // The interchange's head has a fixed length, behind which the signs that separate stand.
        [b'I', b'S', b'A', element, ..] if !element.is_ascii_alphanumeric() => {
            let end = bytes.get(105).copied().filter(|end| !end.is_ascii_alphanumeric()).unwrap_or(b'~');
            x12(text, *element, end, edits);
        }
        [b'S', b'S', b'R', b' ', ..] => special_service(text, edits),
        [b'S', b'T', b'*', ..] | [b'N', b'M', b'1', b'*', ..] => x12(text, b'*', b'~', edits),
        _ if traits.any(has::COLON)
            && (traits.any(has::CONTROL) || bytes.starts_with(b":"))
            && traits.any(has::SLASH | has::DIGIT)
            && (text.contains(":86:") || text.contains("\n:59")) =>
        {
            mt940(text, edits)
        }
        _ => {}
    }
}

/// The parts of `range` between a separator.
fn parts(bytes: &[u8], range: Range<usize>, separator: u8) -> impl Iterator<Item = Range<usize>> {
    let mut at = Some(range.start);
    std::iter::from_fn(move || {
        let start = at?;
        let rest = bytes.get(start..range.end)?;
        let end = memchr::memchr(separator, rest).map_or(range.end, |i| start + i);
        at = (end < range.end).then_some(end + 1);
        Some(start..end)
    })
}

fn add(text: &str, range: Range<usize>, kind: Kind, edits: &mut Vec<Edit>) {
    let value = text.get(range.clone()).unwrap_or_default();
    let says = value.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80);
    if says && !is_placeholder(value) {
        edits.push(Edit::new(range, With::Finding(Finding::new(kind, Why::Name))));
    }
}

fn hl7(text: &str, field: u8, component: u8, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    for line in parts(bytes, 0..bytes.len(), b'\r').flat_map(|line| parts(bytes, line, b'\n')) {
        let name = bytes.get(line.clone()).unwrap_or_default().trim_ascii_start().get(..3).unwrap_or_default();
        // (The fields of one segment stand together.)
        let Some(first) = HL7.iter().position(|known| known.0 == name) else { continue };
        let of_segment = || HL7.iter().skip(first).take_while(|known| known.0 == name);
        for (number, range) in parts(bytes, line, field).enumerate() {
            let Some(known) = of_segment().find(|known| known.1 == number) else { continue };
            let from = if known.3 {
                parts(bytes, range.clone(), component).nth(1).map_or(range.end, |second| second.start)
            } else {
                range.start
            };
            add(text, from..range.end, known.2, edits);
        }
    }
}

/// A bank's statement (SWIFT MT940): in field 86 a party's name and address stand behind their codes.
fn mt940(text: &str, edits: &mut Vec<Edit>) {
    // Ordering customer and beneficiary: account, name, then the address, a line each.
    for code in [":50K:", ":50A:", ":50F:", ":59:", ":59F:"] {
        let begins = |at: &usize| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        let Some(at) = text.find(code).filter(begins).map(|at| at + code.len()) else { continue };
        let field = text.get(at..).unwrap_or_default();
        let length = field.find("\n:").or_else(|| field.find("\n-")).unwrap_or(field.len());
        let mut from = at;
        let mut kind = Kind::Name;
        for line in field.get(..length).unwrap_or_default().split_inclusive('\n') {
            let start = from;
            from += line.len();
            if !line.starts_with('/') {
                add(text, start..start + line.trim_end().len(), kind, edits);
                kind = Kind::Address;
            }
        }
    }
    for (code, kind, end) in [
        ("/NAME/", Kind::Name, '/'),
        ("/ADDR/", Kind::Address, '/'),
        ("?32", Kind::Name, '?'),
        ("?33", Kind::Name, '?'),
        ("?31", Kind::Bank, '?'),
    ] {
        for (at, _) in text.match_indices(code) {
            let start = at + code.len();
            let value = text.get(start..).unwrap_or_default();
            let length = value.find([end, '\r', '\n']).unwrap_or(value.len());
            add(text, start..start + length, kind, edits);
        }
    }
}

/// ASC X12, as insurers and hospitals exchange it (837, 834, 270): elements by their number in the segment.
fn x12(text: &str, element: u8, end: u8, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    for segment in parts(bytes, 0..bytes.len(), end) {
        let elements: Vec<Range<usize>> = parts(bytes, segment, element).take(16).collect();
        let at = |number: usize| elements.get(number).cloned().unwrap_or_default();
        let of = |number: usize| text.get(at(number)).unwrap_or_default();
        let mut is = |number: usize, kind: Kind| add(text, at(number), kind, edits);
        match of(0).trim() {
            // Of a person, not of an organisation.
            "NM1" if of(2) == "1" => {
                (3..=5).for_each(|number| is(number, Kind::Name));
                if of(8) == "34" {
                    is(9, Kind::Ssn);
                }
            }
            "N3" => (1..=2).for_each(|number| is(number, Kind::Address)),
            "N4" => {
                is(1, Kind::Address);
                is(3, Kind::Address);
            }
            "DMG" => is(2, Kind::BirthDate),
            "REF" if of(1) == "SY" => is(2, Kind::Ssn),
            "PER" => {
                is(2, Kind::Name);
                for number in [4, 6, 8] {
                    match of(number - 1) {
                        "TE" | "FX" | "HP" | "WP" | "CP" => is(number, Kind::Phone),
                        "EM" => is(number, Kind::Email),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

/// A traveller's special service request (IATA AIRIMP): `DOCS` has the passport, `CTCE` the e-mail, `CTCM` the telephone.
fn special_service(text: &str, edits: &mut Vec<Edit>) {
    let last = text.trim_end().rfind(' ').map_or(0, |at| at + 1)..text.trim_end().len();
    match text.get(4..8) {
        Some("DOCS") => {
            let bytes = text.as_bytes();
            for (number, range) in parts(bytes, 0..text.trim_end().len(), b'/').enumerate() {
                match number {
                    2 => add(text, range, Kind::Passport, edits),
                    4 => add(text, range, Kind::BirthDate, edits),
                    7.. => add(text, range, Kind::Name, edits),
                    _ => {}
                }
            }
        }
        Some("CTCE") => add(text, last, Kind::Email, edits),
        Some("CTCM" | "CTCH" | "CTCB") => add(text, last, Kind::Phone, edits),
        _ => {}
    }
}

fn edifact(text: &str, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    for segment in parts(bytes, 0..bytes.len(), b'\'') {
        let fields: Vec<Range<usize>> = parts(bytes, segment, b'+').take(12).collect();
        let value = |at: usize| fields.get(at).cloned().unwrap_or_default();
        let of = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        match of(&value(0)).trim() {
            "NAD" => {
                add(text, value(3), Kind::Address, edits);
                if may_be_a_name(of(&value(4))) {
                    add(text, value(4), Kind::Name, edits);
                }
                for at in [5, 6, 8] {
                    add(text, value(at), Kind::Address, edits);
                }
            }
            "CTA" => {
                if let Some(name) = parts(bytes, value(2), b':').nth(1) {
                    add(text, name, Kind::Name, edits);
                }
            }
            // A plus inside the value is released by `?`, or doubled by those who forget to.
            "COM" => {
                let end = fields.last().map_or(0, |last| last.end);
                let whole = value(1).start..end;
                let colon = of(&whole).rfind(':').map(|at| whole.start + at);
                let Some(colon) = colon else { continue };
                let start = whole.start + of(&whole).bytes().take_while(|b| *b == b'+').count();
                let kind = match text.get(colon + 1..end).unwrap_or_default().trim() {
                    "TE" | "FX" | "AL" | "AM" => Kind::Phone,
                    "EM" => Kind::Email,
                    _ => continue,
                };
                add(text, start.min(colon)..colon, kind, edits);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn patients_of_hl7() {
        assert_eq!(
            finds(
                "MSH|^~\\&|ADT1|GOOD HEALTH|GHH LAB|ELAB-3|202406111030||ADT^A01|MSG380167|P|2.5\rPID|1||8452045^^^MRN||Rowlands^Fergus||19840312|F|||The Old Forge, 226 Church Street^^Dundee^^LS8 2AT||07088 414958\rPV1|1|I|W1||||4711^Shetty^Meera"
            ),
            "MSH|^~\\&|ADT1|GOOD HEALTH|GHH LAB|ELAB-3|202406111030||ADT^A01|MSG380167|P|2.5\rPID|1||[NATIONAL_ID]||[NAME]||[BIRTH_DATE]|F|||[ADDRESS]||[PHONE]\rPV1|1|I|W1||||4711^[NAME]"
        );
    }

    #[test]
    fn parties_of_edifact() {
        assert_eq!(
            finds(
                "UNH+1+ORDERS:D:96A:UN'NAD+DP+++Jane Okafor+12 Elm Street+Portland++97205+US'CTA+IC+:Jane Okafor'COM++14155550132:TE'COM+a.b@example.com:EM'LIN+1++5024147093386:EN'"
            ),
            "UNH+1+ORDERS:D:96A:UN'NAD+DP+++[NAME]+[ADDRESS]+[ADDRESS]++[ADDRESS]+US'CTA+IC+:[NAME]'COM++[PHONE]:TE'COM+[EMAIL]:EM'LIN+1++5024147093386:EN'"
        );
    }

    #[test]
    fn persons_of_x12() {
        assert_eq!(
            finds(
                "ISA*00*          *00*          *ZZ*SUBMITTER      *ZZ*PAYERID        *240517*1253*^*00501*160723998*0*P*:~ST*837*0021~NM1*85*2*LUMEN CLINIC*****XX*1234567893~NM1*IL*1*HOLLOWAY*DELILAH****MI*W89924475~N3*87 SE Hawthorne Blvd~N4*Chattanooga*OH*69728~DMG*D8*19780405*F~REF*SY*078051120~PER*IC*Ann Lee*TE*4155550132~"
            ),
            "ISA*00*          *00*          *ZZ*SUBMITTER      *ZZ*PAYERID        *240517*1253*^*00501*160723998*0*P*:~ST*837*0021~NM1*85*2*LUMEN CLINIC*****XX*1234567893~NM1*IL*1*[NAME]*[NAME]****MI*W89924475~N3*[ADDRESS]~N4*[ADDRESS]*OH*[ADDRESS]~DMG*D8*[BIRTH_DATE]*F~REF*SY*[SSN]~PER*IC*[NAME]*TE*[PHONE]~"
        );
    }

    #[test]
    fn parties_of_statements() {
        assert_eq!(
            finds(":61:2509010901D49,90NTRFNONREF\r\n:86:/NAME/Marie-Ange Dujardin/REMI/INV0469623\r\n:62F:C"),
            ":61:2509010901D49,90NTRFNONREF\r\n:86:/NAME/[NAME]/REMI/INV0469623\r\n:62F:C"
        );
        assert_eq!(
            finds(":86:166?20SVWZ+RE 7?31DE89370400440532013000?32Jane Okafor?34992"),
            ":86:166?20SVWZ+RE 7?31[BANK]?32[NAME]?34992"
        );
    }

    #[test]
    fn travellers_and_payers() {
        for (text, rest) in [
            (
                "SSR DOCS AY HK1 P/UTO/UY0144469/UTO/26AUG04/M/14APR31/TAMM/LIIS",
                "SSR DOCS AY HK1 P/UTO/[PASSPORT]/UTO/[BIRTH_DATE]/M/14APR31/[NAME]/[NAME]",
            ),
            ("SSR CTCE AY HK1 liis.tamm//example.com", "SSR CTCE AY HK1 [EMAIL]"),
            (
                ":20:C7TV13WH\r\n:50K:/DE33552262253682533200\r\nWACHTER, KONSTANTIN\r\nBAHNHOFSTRASSE 168\r\n:59:/DE79091520972746757416\r\nWACHTER, WIEBKE\r\n:70:/INV/865409\r\n",
                ":20:C7TV13WH\r\n:50K:/[IBAN]\r\n[NAME]\r\n[ADDRESS]\r\n:59:/[IBAN]\r\n[NAME]\r\n:70:/INV/865409\r\n",
            ),
        ] {
            assert_eq!(finds(text), rest);
        }
        lives("SSR WCHR AY HK1/P1");
    }

    #[test]
    fn other_messages_live() {
        for text in [
            "MSHA|1|2|3|4|Rowlands^Fergus",
            "PID|1||8452045^^^MRN||Rowlands^Fergus",
            "UNITS+1'NAD+DP+++x",
            "MSH",
            "UNH+",
            "MSH|^",
        ] {
            lives(text);
        }
    }
}
