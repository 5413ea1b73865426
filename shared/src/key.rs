//! How an object key is spelled. Nothing else in Droplets builds or takes apart a key.
//!
//! - `raw/type=<type>/dt=YYYY-MM-DD/hr=HH/<name>.jsonl.gz`, UTC, by event time
//! - `rejected/dt=YYYY-MM-DD/hr=HH/<message id>.json`, UTC, by the message's SentTimestamp
//! - `config/pii.json`, the rules for personal data
//!
//! In a key an id keeps `[A-Za-z0-9-]` and everything else becomes `%XX`, so no id leaves its prefix, adds a path
//! segment, or brings a colon (which breaks Hadoop paths) or a leading `_` or `.` (hidden to Hive readers).

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};

use crate::event::EventType;
use crate::timestamp::Timestamp;

/// Prefix of the stripped events; only objects below it are indexed.
pub const RAW_PREFIX: &str = "raw/";
/// Prefix of what could not become an event.
pub const REJECTED_PREFIX: &str = "rejected/";
/// Results of queries; they are deleted after a day.
pub const RESULTS_PREFIX: &str = "results/";
/// Key of the rules for personal data.
pub const PII_RULES: &str = "config/pii.json";

/// Key of an object that holds one batch's blocks of one type and hour. `first` is its first event's time.
#[must_use]
pub fn raw_batch(event_type: &EventType, hour: Timestamp, first: Timestamp, object: &[u8]) -> String {
    format!("{}batch_{}_{}.jsonl.gz", raw_folder(event_type, hour), first.compact(), digest(object))
}

/// Key of an object that holds a single session's block.
#[must_use]
pub fn raw_session(
    event_type: &EventType,
    hour: Timestamp,
    first: Timestamp,
    session_id: &str,
    object: &[u8],
) -> String {
    format!(
        "{}session_{}_{}_{}.jsonl.gz",
        raw_folder(event_type, hour),
        escape(session_id),
        first.compact(),
        digest(object)
    )
}

/// Key of a message's rejections.
#[must_use]
pub fn rejected(message_id: &str, sent_at: Timestamp) -> String {
    format!("{}{}.json", hour_folder(REJECTED_PREFIX, sent_at), escape(message_id))
}

/// Whether index reads this object: below `raw/`, and `.jsonl` or `.jsonl.gz` by name.
#[must_use]
pub fn is_indexable(key: &str) -> bool {
    key.starts_with(RAW_PREFIX) && (key.ends_with(".jsonl") || key.ends_with(".jsonl.gz"))
}

/// Decodes a key as S3 spells it in a notification: `+` is a space, then `%XX` is a byte. What does not decode to
/// UTF-8 is no key that S3 sent.
#[must_use]
pub fn decode_notification(key: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (&[high, low], tail) = rest.split_first_chunk::<2>()?;
                bytes.push(hex_value(high)? << 4 | hex_value(low)?);
                rest = tail;
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

/// First 16 hex digits of SHA-256: the same name for the same bytes, whoever writes them and whenever.
#[must_use]
pub fn digest(object: &[u8]) -> String {
    hex(&Sha256::digest(object)[..8])
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    text
}

/// Key of a query's result: the same result of the same moment has the same key.
#[must_use]
pub fn result(report: &str, now: Timestamp, object: &[u8], extension: &str) -> String {
    format!("{RESULTS_PREFIX}{report}_{}_{}.{extension}", now.compact(), digest(object))
}

fn raw_folder(event_type: &EventType, hour: Timestamp) -> String {
    hour_folder(&format!("{RAW_PREFIX}type={}/", event_type.as_str()), hour)
}

/// The folder of an hour below a folder: that of a type in the raw zone, or [`REJECTED_PREFIX`].
#[must_use]
pub fn hour_folder(folder: &str, hour: Timestamp) -> String {
    format!("{folder}dt={}/hr={:02}/", hour.date(), hour.hour_of_day())
}

fn escape(id: &str) -> Cow<'_, str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    if id.bytes().all(plain) {
        return Cow::Borrowed(id);
    }
    let mut text = String::with_capacity(id.len() * 3);
    for byte in id.bytes() {
        if plain(byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    Cow::Owned(text)
}

fn hex_value(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|v| u8::try_from(v).ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn raw_keys_name_type_hour_first_event_and_bytes() {
        let first = at("2026-11-21T07:03:12.123Z");
        let http = EventType::parse("http").unwrap();
        assert_eq!(
            raw_batch(&http, first.hour(), first, b"abc"),
            "raw/type=http/dt=2026-11-21/hr=07/batch_20261121T070312123Z_ba7816bf8f01cfea.jsonl.gz"
        );
        assert_eq!(
            raw_session(&http, first.hour(), first, "s-42", b"abc"),
            "raw/type=http/dt=2026-11-21/hr=07/session_s-42_20261121T070312123Z_ba7816bf8f01cfea.jsonl.gz"
        );
    }

    #[test]
    fn no_id_leaves_its_prefix() {
        let first = at("2026-11-21T07:03:12.123Z");
        let http = EventType::parse("http").unwrap();
        for id in ["../../config/pii", "a/b", "..", "a%2Fb", "a:b", "_x", ".x", "a\nb", "a b", "é", "a+b", "\u{0}"] {
            let key = raw_session(&http, first.hour(), first, id, b"");
            let name = key.strip_prefix("raw/type=http/dt=2026-11-21/hr=07/session_").unwrap();
            assert!(!name.contains(['/', ':', '+', ' ', '\n', '\0']) && !name.contains(".."), "{key}");
            assert!(key.is_ascii());
            let key = rejected(id, first);
            let name = key.strip_prefix("rejected/dt=2026-11-21/hr=07/").unwrap();
            assert!(!name.contains('/') && !name.starts_with(['_', '.']), "{key}");
        }
        let longest = raw_session(&http, first.hour(), first, &"/".repeat(256), b"");
        assert!(longest.len() <= 1024, "S3 keys hold at most 1,024 bytes: {}", longest.len());
    }

    #[test]
    fn two_ids_never_share_a_spelling() {
        assert_ne!(escape("a_b"), escape("a%5Fb"));
        assert_eq!(escape("a_b"), "a%5Fb");
        assert_eq!(escape("a%5Fb"), "a%255Fb");
    }

    #[test]
    fn notification_keys_are_decoded_plus_first() {
        assert_eq!(decode_notification("raw/a+b.jsonl").unwrap(), "raw/a b.jsonl");
        assert_eq!(decode_notification("raw/a%2Bb.jsonl").unwrap(), "raw/a+b.jsonl");
        assert_eq!(decode_notification("raw/session_a%255Fb.jsonl").unwrap(), "raw/session_a%5Fb.jsonl");
        assert_eq!(decode_notification("raw/%C3%A9").unwrap(), "raw/é");
        assert_eq!(decode_notification("raw/type%3Dhttp/x").unwrap(), "raw/type=http/x");
        for broken in ["raw/%", "raw/%2", "raw/%zz", "raw/%ff", "raw/%+1"] {
            assert_eq!(decode_notification(broken), None, "{broken}");
        }
    }

    #[test]
    fn json_lines_below_raw_are_indexed() {
        assert!(is_indexable("raw/x.jsonl") && is_indexable("raw/a/x.jsonl.gz"));
        assert!(!is_indexable("raw/x.parquet") && !is_indexable("results/x.jsonl") && !is_indexable("raw/"));
    }
}
