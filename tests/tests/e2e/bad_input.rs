//! Whatever a producer sends: each message ends stored, as it was sent, or rejected for a reason from the closed list;
//! none is lost, comes back, or stops the function.
//!
//! The messages are a table with what the contract says becomes of each. Those SQS would refuse to carry (it takes no
//! empty text and no control characters) are handed to ingest by hand.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use droplets::event::{META_FIELD, Reason, members};
use droplets::timestamp::Timestamp;
use droplets_tests::aws::batch;
use droplets_tests::{Stack, run};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::shared;

const SESSION: &str = "bad-input";
const TIME: &str = "2026-03-15T05:00:00Z";
/// Longest message, set by SQS.
const MESSAGE_BYTES: usize = 1024 * 1024;

/// A message, and what must become of it.
struct Case {
    name: String,
    body: String,
    expected: Expected,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Expected {
    /// So many events of this session, and nothing else.
    Stored(String, usize),
    /// Nothing but rejections, for this reason.
    Rejected(Reason),
    /// So many events of [`SESSION`], and the others rejected for this reason.
    Parted(usize, Reason),
}

fn stored() -> Expected {
    Expected::Stored(SESSION.into(), 1)
}

/// The table being written.
#[derive(Default)]
struct Table(Vec<Case>);

impl Table {
    fn body(&mut self, name: impl Into<String>, body: impl Into<String>, expected: Expected) {
        self.0.push(Case { name: name.into(), body: body.into(), expected });
    }

    /// An event of [`SESSION`] with more members.
    fn event(&mut self, name: impl Into<String>, more: &str, expected: Expected) {
        self.body(name, format!(r#"{{"session_id":"{SESSION}","timestamp":"{TIME}",{more}}}"#), expected);
    }

    /// An event whose session is this JSON; `expected` is the session's id where it has one.
    fn session(&mut self, name: &str, json: &str, expected: Result<&str, Reason>) {
        let expected = expected.map_or_else(Expected::Rejected, |id| Expected::Stored(id.into(), 1));
        self.body(format!("session {name}"), format!(r#"{{"session_id":{json},"timestamp":"{TIME}"}}"#), expected);
    }

    /// An event of [`SESSION`] whose time is this JSON.
    fn time(&mut self, json: &str, expected: Expected) {
        self.body(format!("timestamp {json}"), format!(r#"{{"session_id":"{SESSION}","timestamp":{json}}}"#), expected);
    }
}

fn table() -> Vec<Case> {
    let mut table = Table::default();
    no_json(&mut table);
    unusual_json(&mut table);
    bodies(&mut table);
    sizes(&mut table);
    depths(&mut table);
    twice(&mut table);
    sessions(&mut table);
    event_ids_and_types(&mut table);
    times(&mut table);
    wrong_types(&mut table);
    naughty(&mut table);
    table.0
}

/// The classes of JSONTestSuite that RFC 8259 has no place for.
fn no_json(table: &mut Table) {
    let values = [
        ("a comma behind the last element", "[1,]"),
        ("a comma before the first element", "[,1]"),
        ("two commas", "[1,,2]"),
        ("no comma", "[1 2]"),
        ("a comma behind the last member", r#"{"a":1,}"#),
        ("no colon", r#"{"a" 1}"#),
        ("two colons", r#"{"a"::1}"#),
        ("a member without a value", r#"{"a":}"#),
        ("a member without a name", "{:1}"),
        ("a bare name", "{a:1}"),
        ("a number for a name", "{1:1}"),
        ("single quotes", "'a'"),
        ("an array too many closed", "[1]]"),
        ("an object closed as an array", r#"{"a":1]"#),
        ("a leading zero", "012"),
        ("a leading plus", "+1"),
        ("a leading point", ".5"),
        ("a trailing point", "1."),
        ("a lone minus", "-"),
        ("two minuses", "--1"),
        ("an empty exponent", "1e"),
        ("a signed empty exponent", "1e+"),
        ("a broken exponent", "1e1.5"),
        ("hexadecimal", "0x1F"),
        ("an underscore in a number", "1_000"),
        ("a full-width digit", "１"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("minus Infinity", "-Infinity"),
        ("half a word", "nul"),
        ("a word in capitals", "True"),
        ("undefined", "undefined"),
        ("an unknown escape", r#""\x41""#),
        ("an escaped apostrophe", r#""\'""#),
        ("a short unicode escape", r#""\u12""#),
        ("a broken unicode escape", r#""\u12G4""#),
        ("an escape at the end", r#""\"#),
        ("a string that does not end", r#""open"#),
        ("a tab in a string", "\"a\tb\""),
        ("a line feed in a string", "\"a\nb\""),
        ("a NUL in a string", "\"a\0b\""),
        ("an escape character in a string", "\"a\u{1b}[31mb\""),
        ("a form feed between tokens", "\u{c}1"),
        ("a no-break space between tokens", "\u{a0}1"),
        ("a comment", "/* one */ 1"),
        ("a comment to the end of the line", "1 // one"),
        ("nothing", ""),
    ];
    for (name, value) in values {
        table.event(name, &format!(r#""x":{value}"#), Expected::Rejected(Reason::NotJson));
    }
    // Cut off after each of its bytes.
    let whole = format!(r#"{{"session_id":"{SESSION}","n":[1,true,"\u00e9\n"],"timestamp":"{TIME}"}}"#);
    for end in 1..whole.len() {
        table.body(format!("cut off after {end} bytes"), &whole[..end], Expected::Rejected(Reason::NotJson));
    }
    let event = format!(r#"{{"session_id":"{SESSION}","timestamp":"{TIME}"}}"#);
    for (name, body) in [
        ("two events without an array", format!("{event}{event}")),
        ("two events on two lines", format!("{event}\n{event}")),
        ("an array cut off behind an event", format!("[{event},")),
        ("a NUL behind the event", format!("{event}\0")),
        ("UTF-16 read as UTF-8", event.chars().flat_map(|c| [c, '\0']).collect()),
        ("two byte order marks", format!("\u{feff}\u{feff}{event}")),
        ("a byte order mark between tokens", event.replacen('{', "{\u{feff}", 1)),
        ("a byte order mark at the end", format!("{event}\u{feff}")),
        ("a lone surrogate in a name", event.replacen('{', r#"{"\ud800":1,"#, 1)),
    ] {
        table.body(name, body, Expected::Rejected(Reason::NotJson));
    }
}

/// What RFC 8259 allows and parsers stumble over; kept as it was sent.
fn unusual_json(table: &mut Table) {
    let digits = "4".repeat(400);
    let values = [
        ("zero below zero", "-0"),
        ("zero below zero with a point", "-0.0"),
        ("a number beyond 64 bits", "340282366920938463463374607431768211456"),
        ("a number of 400 digits", &digits),
        ("a number beyond a double", "1e400"),
        ("a number below a double", "-1e400"),
        ("a number of many decimals", "0.10000000000000000000000000000000000001"),
        ("a number next to nothing", "1e-999999"),
        ("a huge exponent", "1E+99999999999999999999"),
        ("a number beyond 53 bits", "9007199254740993"),
        ("NUL", r#""a\u0000b""#),
        ("all short escapes", r#""\"\\\/\b\f\n\r\t""#),
        ("a lone leading surrogate", r#""\ud800""#),
        ("a lone trailing surrogate", r#""\udead""#),
        ("surrogates in the wrong order", r#""\udc00\ud800""#),
        ("a surrogate before a letter", r#""\ud83da""#),
        ("half a surrogate behind a whole one", r#""\ud83d\ude00\ud83d""#),
        ("a surrogate pair", r#""\ud83d\ude00""#),
        ("noncharacters", r#""\ufffe\uffff\udbff\udfff""#),
        ("a noncharacter as it is", "\"\u{ffff}\""),
        ("a replacement character", "\"\u{fffd}\""),
        ("bytes that are no UTF-8, percent-encoded", r#""%FF%FE%C0%AF%ED%A0%80""#),
        ("bytes that are no UTF-8, as Latin-1", r#""\u00ff\u00fe\u00c0\u00af""#),
        ("a byte order mark in a string", "\"\u{feff}a\""),
        ("delete", "\"\u{7f}\""),
        ("line and paragraph separators", "\"\u{2028}\u{2029}\""),
        ("nothing in it", r#"["",[],{},null]"#),
        ("an empty name", r#"{"":{"":0}}"#),
        ("a name that stands twice", r#"{"a":1,"a":2}"#),
        ("names in escapes", r#"{"\u0061\u0000":1}"#),
        ("white space wherever it may stand", " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n{ \"a\" \t: 2 } ] \t\r\n"),
    ];
    for (name, value) in values {
        table.event(name, &format!(r#""x":{value}"#), stored());
    }
    let event = format!(r#"{{"session_id":"{SESSION}","timestamp":"{TIME}"}}"#);
    table.body("a byte order mark", format!("\u{feff}{event}"), stored());
    table.body("a byte order mark before an array", format!("\u{feff}[{event},{event}]"), {
        Expected::Stored(SESSION.into(), 2)
    });
    table.body("white space around the event", format!(" \r\n\t{event}\n\n"), stored());
}

/// Bodies that are no event.
fn bodies(table: &mut Table) {
    for (body, reason) in [
        ("", Reason::NotJson),
        (" ", Reason::NotJson),
        ("\n\t\r\n", Reason::NotJson),
        ("\u{feff}", Reason::NotJson),
        ("\0", Reason::NotJson),
        ("hello", Reason::NotJson),
        ("session_id=s-42&n=1", Reason::NotJson),
        ("<event session=\"s-42\"/>", Reason::NotJson),
        ("\u{1f8b}\u{8}\0", Reason::NotJson),
        ("{", Reason::NotJson),
        ("]", Reason::NotJson),
        ("null", Reason::NotAnObject),
        ("true", Reason::NotAnObject),
        ("0", Reason::NotAnObject),
        ("1e400", Reason::NotAnObject),
        ("\"\"", Reason::NotAnObject),
        ("\"{\\\"session_id\\\":\\\"s\\\"}\"", Reason::NotAnObject),
        ("[]", Reason::EmptyArray),
        (" [ ] ", Reason::EmptyArray),
        ("[null]", Reason::NotAnObject),
        ("[[]]", Reason::NotAnObject),
        ("[1,\"a\",true,[{}]]", Reason::NotAnObject),
        ("{}", Reason::SessionIdMissing),
        ("[{}]", Reason::SessionIdMissing),
        ("{\"\":\"\"}", Reason::SessionIdMissing),
        ("{\"Session_Id\":\"s\"}", Reason::SessionIdMissing),
        ("{\"session_id \":\"s\"}", Reason::SessionIdMissing),
    ] {
        table.body(format!("the body {body:?}"), body, Expected::Rejected(reason));
    }
}

fn sizes(table: &mut Table) {
    let head = format!(r#"{{"session_id":"{SESSION}","timestamp":"{TIME}","x":"#);
    let filled = |open: &str, filler: &str, close: &str| {
        let room = MESSAGE_BYTES - head.len() - open.len() - close.len() - 1;
        format!("{head}{open}{}{close}}}", filler.repeat(room / filler.len()))
    };
    table.body("a mebibyte of text", filled("\"", "a plain word or two ", "\""), stored());
    table.body("a mebibyte of backslashes", filled("\"", r"\\", "\""), stored());
    table.body("a mebibyte of digits", filled("", "7", ""), stored());
    table.body("a mebibyte of one name", filled("{\"", "name", "\":0}"), stored());
    table.body("a mebibyte of numbers", filled("[", "0,", "0]"), stored());
    table.body("a mebibyte of nothing", " ".repeat(MESSAGE_BYTES), Expected::Rejected(Reason::NotJson));
    table.body("a mebibyte of open arrays", "[".repeat(MESSAGE_BYTES), Expected::Rejected(Reason::NotJson));
    table.body("a mebibyte of open objects", "{\"a\":".repeat(MESSAGE_BYTES / 5), Expected::Rejected(Reason::NotJson));

    let array =
        |element: &dyn Fn(usize) -> String| format!("[{}]", (0..10_000).map(element).collect::<Vec<_>>().join(","));
    let event = |n: usize| format!(r#"{{"session_id":"bad-input-array","timestamp":"{TIME}","n":{n}}}"#);
    table.body("ten thousand events", array(&event), Expected::Stored("bad-input-array".into(), 10_000));
    table.body("ten thousand numbers", array(&|n| n.to_string()), Expected::Rejected(Reason::NotAnObject));
    let event = format!(r#"{{"session_id":"{SESSION}","timestamp":"{TIME}"}}"#);
    let mixed = array(&|n| if n % 1000 == 999 { event.clone() } else { "[]".into() });
    table.body("ten events among ten thousand arrays", mixed, Expected::Parted(10, Reason::NotAnObject));
}

/// What a member holds has at most 128 levels.
fn depths(table: &mut Table) {
    let arrays = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let objects = |levels: usize| format!("{}0{}", r#"{"a":"#.repeat(levels), "}".repeat(levels));
    for (levels, expected) in [
        (128, stored()),
        (129, Expected::Rejected(Reason::TooDeep)),
        (5_000, Expected::Rejected(Reason::TooDeep)),
        (100_000, Expected::Rejected(Reason::TooDeep)),
    ] {
        table.event(format!("{levels} arrays"), &format!(r#""x":{}"#, arrays(levels)), expected.clone());
        table.event(format!("{levels} objects"), &format!(r#""x":{}"#, objects(levels)), expected);
    }
    let reason = |reason| Expected::Rejected(reason);
    table.body("nothing but arrays", arrays(100_000), reason(Reason::NotAnObject));
    table.session("of arrays", &arrays(100_000), Err(Reason::SessionIdInvalid));
    table.time(&arrays(200), reason(Reason::TimestampMalformed));
    // Not read, and not kept.
    table.event("a deep _droplets", &format!(r#""{META_FIELD}":{}"#, arrays(100_000)), stored());
    table.event("a deep type", &format!(r#""type":{}"#, arrays(100_000)), reason(Reason::TooDeep));
    let text = serde_json::to_string(&arrays(300)).unwrap_or_default();
    table.event("depth in a string", &format!(r#""x":{text}"#), stored());
}

fn twice(table: &mut Table) {
    for (field, first, second) in [
        ("session_id", r#""session_id":"#, r#""worse""#),
        ("session_id, the same", r#""session_id":"#, r#""bad-input""#),
        ("session_id in escapes", r#""session\u005fid":"#, "null"),
        ("timestamp", r#""timestamp":"#, "0"),
    ] {
        table.event(format!("twice: {field}"), &format!("{first}{second}"), Expected::Rejected(Reason::DuplicateField));
    }
    for field in [r#""event_id":1,"event_id":1"#, r#""type":"a","t\u0079pe":"b""#] {
        table.event(format!("twice: {field}"), field, Expected::Rejected(Reason::DuplicateField));
    }
    let meta = format!(r#""{META_FIELD}":{{"v":9,"session_id":"stolen","event_id":"stolen","type":"stolen"}}"#);
    table.event("a _droplets of the producer's", &meta, stored());
    table.event("_droplets twice", &format!("{meta},{meta}"), stored());
    table.event("a _droplets that is text", &format!(r#""{META_FIELD}":"\ud800""#), stored());
    table.event("another member twice", r#""n":1,"n":{"n":2},"n":1"#, stored());
}

fn sessions(table: &mut Table) {
    let invalid = Reason::SessionIdInvalid;
    let text = |id: &str| serde_json::to_string(id).unwrap_or_default();
    for id in [
        "/",
        "//",
        ".",
        "..",
        "../../config/pii",
        "..\\..\\config",
        "raw/type=http/dt=2026-03-15/hr=05/",
        "%",
        "%2F..%2F",
        "%00",
        "a\nb",
        "a\r\nb: c",
        "\t",
        " ",
        "a ",
        "\0",
        "a\0b",
        "🐢",
        "👩\u{200d}🔬🏳️\u{200d}🌈",
        "e\u{301}",
        "\u{202e}desrever",
        "\u{feff}",
        "_droplets",
        "null",
        "#",
        "2026-03-15#0",
        ":partition",
        "\"",
        "\\",
        "{\"$ne\":null}",
    ] {
        table.session(&format!("{id:?}"), &text(id), Ok(id));
    }
    for (id, expected) in [
        ("a".repeat(256), None),
        ("/".repeat(256), None),
        ("🐢".repeat(64), None),
        ("a".repeat(257), Some(invalid)),
        (format!("{}a", "🐢".repeat(64)), Some(invalid)),
        ("é".repeat(129), Some(invalid)),
        ("a".repeat(100_000), Some(invalid)),
    ] {
        let name = format!("of {} bytes", id.len());
        table.session(&name, &text(&id), expected.map_or(Ok(&id), Err));
    }
    for number in ["0", "-0", "-5", "12345678901234567890123", &"5".repeat(256)] {
        table.session(&format!("of {} digits", number.len()), number, Ok(number));
    }
    for json in ["1.5", "1e3", "1E400", "true", "[]", "{}", "[\"a\"]", &"5".repeat(257), r#""\ud800""#, r#""a\udc00b""#]
    {
        table.session(json, json, Err(invalid));
    }
    for json in ["null", "\"\""] {
        table.session(json, json, Err(Reason::SessionIdMissing));
    }
}

fn event_ids_and_types(table: &mut Table) {
    for id in [
        r#""/""#,
        r#""..""#,
        r#""%2e""#,
        r#""\u0000""#,
        r#""a\nb""#,
        "0",
        "-1",
        "null",
        r#""""#,
        "18446744073709551616",
    ] {
        table.event(format!("event_id {id}"), &format!(r#""event_id":{id}"#), stored());
    }
    table.event("an event_id of 256 bytes", &format!(r#""event_id":"{}""#, "e".repeat(256)), stored());
    let invalid = Expected::Rejected(Reason::EventIdInvalid);
    for id in ["1.5", "1e2", "false", "[]", "{}", r#""\ud800""#, &format!("\"{}\"", "e".repeat(257))] {
        table.event(format!("event_id of {} bytes", id.len()), &format!(r#""event_id":{id}"#), invalid.clone());
    }
    // A type that cannot stand in a key is kept, and stored as `other`.
    let long = format!("\"{}\"", "t".repeat(65));
    for json in [
        r#"".""#,
        r#""..""#,
        r#""a/b""#,
        r#""../../config""#,
        r#""HTTP""#,
        r#""""#,
        r#""a b""#,
        r#""a\nb""#,
        r#""🐢""#,
        r#""%2F""#,
        r#""\u0000""#,
        r#""\ud800""#,
        "5",
        "1e400",
        "true",
        "null",
        "[]",
        "{}",
        &long,
    ] {
        table.event(format!("type {json}"), &format!(r#""type":{json}"#), stored());
    }
}

fn times(table: &mut Table) {
    for json in [
        r#""0000-01-01T00:00:00Z""#,
        r#""0001-01-01T00:00:00.000Z""#,
        r#""0000-12-31T23:59:59+23:59""#,
        r#""1969-12-31T23:59:59.999Z""#,
        r#""2015-06-30T23:59:60Z""#,
        r#""2016-12-31T23:59:60.5Z""#,
        r#""2017-01-01T08:59:60+09:00""#,
        r#""2024-02-29T12:00:00Z""#,
        r#""2026-03-15t05:00:00z""#,
        r#""2026-03-15T05:00:00.123456789012345678Z""#,
        r#""2026-03-15T05:00:00-00:00""#,
        r#""\u0032026-03-15T05:00:00Z""#,
        "1773550800000",
        "1773550800000.999",
        "1.7735508e12",
        "100000000000",
        "null",
    ] {
        table.time(json, stored());
    }
    let reasons = [
        (
            Reason::TimestampInFuture,
            &[
                r#""9999-12-31T23:59:59.999Z""#,
                r#""2199-01-01T00:00:00Z""#,
                "253402300799999",
                "253402300800000",
                "9223372036854775808",
                "1e400",
            ][..],
        ),
        (Reason::TimestampInSeconds, &["0", "-0", "-1", "1773550800", "99999999999", "-1e400", "1e-400"]),
        (
            Reason::TimestampMalformed,
            &[
                r#""""#,
                r#"" ""#,
                r#""now""#,
                r#""null""#,
                r#""1773550800000""#,
                r#""2026-03-15""#,
                r#""20260315T050000Z""#,
                r#""2026-03-15T05:00:00""#,
                r#""2026-03-15T05:00Z""#,
                r#"" 2026-03-15T05:00:00Z""#,
                r#""2026-03-15T05:00:00Z\n""#,
                r#""2026-03-15T05:00:00Z\u0000""#,
                r#""2026-03-15T05:00:60Z""#,
                r#""2026-03-15T24:00:00Z""#,
                r#""2026-03-15T05:60:00Z""#,
                r#""2026-02-29T05:00:00Z""#,
                r#""2026-13-01T05:00:00Z""#,
                r#""2026-00-00T00:00:00Z""#,
                r#""2026-03-15T05:00:00+25:00""#,
                r#""0000-01-01T00:00:00+01:00""#,
                r#""9999-12-31T23:59:59-01:00""#,
                r#""+10000-01-01T00:00:00Z""#,
                r#""-0001-01-01T00:00:00Z""#,
                r#""٢٠٢٦-٠٣-١٥T٠٥:٠٠:٠٠Z""#,
                r#""Sun, 15 Mar 2026 05:00:00 GMT""#,
                r#""\ud800""#,
                "true",
                "[]",
                "{}",
                r#"{"$date":1773550800000}"#,
            ],
        ),
    ];
    for (reason, times) in reasons {
        for json in times {
            table.time(json, Expected::Rejected(reason));
        }
    }
}

/// What reports look into, in types nobody expects.
fn wrong_types(table: &mut Table) {
    let values = ["5", "-1", "1e400", "true", "null", "[]", "{}", r#""x""#, r#""\ud800""#];
    for value in values {
        table.event(
            format!("request and response {value}"),
            &format!(r#""request":{value},"response":{value}"#),
            stored(),
        );
        let inner = format!(
            r#""request":{{"method":{value},"path":{value},"route":{value}}},"response":{{"status":{value},"duration_ms":{value}}}"#
        );
        table.event(format!("what is in them {value}"), &inner, stored());
    }
}

/// Text that has made programs stumble, everywhere text may stand.
fn naughty(table: &mut Table) {
    for text in [
        "' OR '1'='1' --",
        "1; DROP TABLE droplets; --",
        "#timestamp <> :from AND attribute_exists(session_id)",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "{{7*7}}${7*7}<%= 7*7 %>",
        "${jndi:ldap://localhost/a}",
        "$(touch x)`touch x`|touch x;touch x&&touch x",
        "%s%n%x%d%p",
        "../../../../etc/hosts",
        "..%2f..%2f..%c0%af",
        "C:\\CON\\NUL.txt",
        "file:///raw/../rejected/",
        "s3://bucket/raw/key",
        "a\r\nX-Header: b",
        "\u{1b}[2J\u{1b}[31m",
        "\u{7}\u{8}\u{b}",
        "=1+1+cmd|' /C calc'!A0",
        "__proto__",
        "constructor",
        "toString",
        "NaN",
        "undefined",
        "-",
        "١٢٣",
        "Ω≈ç√∫˜µ≤≥÷",
        "ﷺ",
        "田中さんにあげて下さい",
        "Z\u{336}a\u{336}l\u{336}g\u{336}o\u{336}",
        "\u{202e}\u{2066}abc\u{2069}",
        "a\u{200b}\u{ad}\u{2060}b",
        "İıſẞ",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦 🇩🇪 👍🏿",
        "\u{10ffff}\u{e000}\u{fdd0}",
        "\\u0000\\x00\\0",
        "\"\\\"\\\\\"",
        "[EMAIL]",
        "{\"session_id\":\"other\"}",
        "[{\"timestamp\":0}]",
    ] {
        let json = serde_json::to_string(text).unwrap_or_default();
        for (place, more) in [
            ("a value", format!(r#""x":{json}"#)),
            ("a name", format!(r#"{json}:1,"deep":{{{json}:[{json}]}}"#)),
            ("an event_id", format!(r#""event_id":{json}"#)),
            ("a type", format!(r#""type":{json}"#)),
            ("a path", format!(r#""request":{{"method":{json},"path":{json},"route":{json}}}"#)),
        ] {
            table.event(format!("{text:?} as {place}"), &more, stored());
        }
        table.session(&format!("{text:?}"), &json, Ok(text));
    }
}

pub fn every_message_is_stored_as_sent_or_rejected_for_a_reason() {
    let cases = table();
    let stack = shared();
    run(async {
        let ids = send_all(stack, &cases).await;

        let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &cases {
            match &case.expected {
                Expected::Stored(session, events) => *expected.entry(session).or_default() += events,
                Expected::Parted(events, _) => *expected.entry(SESSION).or_default() += events,
                Expected::Rejected(_) => {}
            }
        }
        let sessions: BTreeSet<&str> = expected.keys().copied().collect();
        stack
            .eventually("every message is stored or rejected", 120, async || {
                let (found, kept) = (found(stack, &sessions).await, rejected_ids(stack).await);
                let lost: Vec<&str> = cases
                    .iter()
                    .zip(&ids)
                    .filter(|(_, id)| !found.contains_key(*id) && !kept.contains(*id))
                    .map(|(case, _)| case.name.as_str())
                    .collect();
                let all = found.values().map(Vec::len).sum::<usize>() >= expected.values().sum();
                if lost.is_empty() && all {
                    Ok(())
                } else {
                    Err(format!("{} are not, such as {:?}", lost.len(), lost.first()))
                }
            })
            .await;

        let (found, kept) = (found(stack, &sessions).await, rejected_ids(stack).await);
        let mut wrong = Vec::new();
        for (case, id) in cases.iter().zip(&ids) {
            let rows = found.get(id).map_or(&[][..], Vec::as_slice);
            let reasons = if kept.contains(id) { reasons(stack, id).await } else { BTreeSet::new() };
            let known = |reason: &String| Reason::ALL.iter().any(|known| known.as_str() == reason);
            if !reasons.iter().all(known) {
                wrong.push(format!("{}: rejected for a reason that is on no list", case.name));
            }
            let became = outcome(rows, &reasons);
            if became != spelled(&case.expected) {
                wrong.push(format!("{}: {became:?} and not {:?}", case.name, spelled(&case.expected)));
            }
            wrong.extend(changed(case, rows));
        }
        assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));

        stack.until_queue_is_empty(60).await;
        assert_eq!(stack.waiting("DeadLetterQueueUrl").await, 0, "none became a dead letter");
        let failures: String = stack.summaries().iter().map(|summary| summary["failures"].to_string()).collect();
        assert!(!ids.iter().any(|id| failures.contains(id)), "none had to be tried again");
        assert!(!stack.log().contains(r#""message":"panic""#), "no function panicked");
    });
}

/// Sends what SQS carries by SQS, and the rest in batches made by hand; gives the messages' ids, in order.
async fn send_all(stack: &Stack, cases: &[Case]) -> Vec<String> {
    let carried =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let (by_queue, by_hand): (Vec<usize>, Vec<usize>) =
        (0..cases.len()).partition(|n| !cases[*n].body.is_empty() && cases[*n].body.chars().all(carried));
    assert!(!by_hand.is_empty(), "some are what SQS does not carry");
    let mut ids = vec![String::new(); cases.len()];
    let bodies: Vec<String> = by_queue.iter().map(|n| cases[*n].body.clone()).collect();
    for (n, id) in by_queue.iter().zip(stack.send(&bodies).await) {
        ids[*n] = id;
    }
    for n in &by_hand {
        ids[*n] = format!("bad-input-{n}");
    }
    let payload = batch(Timestamp::now(), by_hand.iter().map(|n| (ids[*n].as_str(), cases[*n].body.as_str())));
    let invoked = stack.invoke("IngestFunctionName", &payload).await;
    assert_eq!(invoked.error, None);
    assert_eq!(invoked.json()["batchItemFailures"], json!([]));
    ids
}

/// A stored event, as text: some of what is stored here no reader of trees takes.
type Row = Box<RawValue>;

/// What `_droplets` says, as far as it matters here.
#[derive(Deserialize)]
struct Meta {
    session_id: String,
    event_id: String,
    message_id: String,
    pii: BTreeMap<String, u64>,
}

fn meta(row: &Row) -> Meta {
    #[derive(Deserialize)]
    struct Line {
        #[serde(rename = "_droplets")]
        meta: Meta,
    }
    serde_json::from_str::<Line>(row.get()).expect("a row has its _droplets").meta
}

/// The rows of some sessions, by the message that brought them.
async fn found(stack: &Stack, sessions: &BTreeSet<&str>) -> BTreeMap<String, Vec<Row>> {
    #[derive(Deserialize)]
    struct Page {
        ok: bool,
        body: String,
        next_cursor: Option<String>,
    }
    let mut found: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for session in sessions {
        // As lines in a string: on its way the emulator reads an answer, and not all JSON is read by all.
        let mut request = json!({ "report": "events", "session_id": session, "limit": 10_000, "format": "ndjson" });
        loop {
            let invoked = stack.invoke("QueryFunctionName", &request).await;
            assert_eq!(invoked.error, None, "{}", String::from_utf8_lossy(&invoked.payload));
            let page: Page = serde_json::from_slice(&invoked.payload).expect("query answers JSON");
            assert!(page.ok);
            for line in page.body.lines() {
                let row: Row = serde_json::from_str(line).expect("a line is JSON");
                found.entry(meta(&row).message_id).or_default().push(row);
            }
            match page.next_cursor {
                Some(cursor) => request["cursor"] = cursor.into(),
                None => break,
            }
        }
    }
    found
}

/// The messages of which something was rejected.
async fn rejected_ids(stack: &Stack) -> BTreeSet<String> {
    let id = |key: String| Some(key.rsplit_once('/')?.1.strip_suffix(".json")?.to_owned());
    stack.keys("rejected/").await.into_iter().filter_map(id).collect()
}

/// For which reasons something of a message was rejected.
async fn reasons(stack: &Stack, id: &str) -> BTreeSet<String> {
    #[derive(Deserialize)]
    struct Kept {
        message_id: String,
        rejected: Vec<Rejected>,
    }
    #[derive(Deserialize)]
    struct Rejected {
        reason: String,
    }
    let name = format!("/{id}.json");
    let key = stack.keys("rejected/").await.into_iter().find(|key| key.ends_with(&name)).expect("it was there");
    let kept: Kept = serde_json::from_slice(&stack.object(&key).await).expect("a rejected object is JSON");
    assert_eq!(kept.message_id, id);
    kept.rejected.into_iter().map(|one| one.reason).collect()
}

/// Events by session, and reasons: what became of a message.
type Outcome = (BTreeMap<String, usize>, BTreeSet<String>);

fn outcome(rows: &[Row], reasons: &BTreeSet<String>) -> Outcome {
    let mut events = BTreeMap::new();
    for row in rows {
        *events.entry(meta(row).session_id).or_default() += 1;
    }
    // Stands for the elements beyond the first thousand, whatever their reasons.
    let others = Reason::TooManyRejections.as_str();
    (events, reasons.iter().filter(|reason| *reason != others).cloned().collect())
}

fn spelled(expected: &Expected) -> Outcome {
    let events = |session: &str, events: usize| BTreeMap::from([(session.to_owned(), events)]);
    let reason = |reason: &Reason| BTreeSet::from([reason.to_string()]);
    match expected {
        Expected::Stored(session, count) => (events(session, *count), BTreeSet::new()),
        Expected::Rejected(why) => (BTreeMap::new(), reason(why)),
        Expected::Parted(count, why) => (events(SESSION, *count), reason(why)),
    }
}

/// Names the case when one of its events came back otherwise than it was sent.
fn changed(case: &Case, rows: &[Row]) -> Option<String> {
    let body = case.body.strip_prefix('\u{feff}').unwrap_or(&case.body);
    let elements = serde_json::from_str::<Vec<&RawValue>>(body).unwrap_or_default();
    for row in rows {
        let meta = meta(row);
        if !meta.pii.is_empty() {
            return Some(format!("{}: taken for personal data: {:?}", case.name, meta.pii.keys()));
        }
        // An event without an id is called after its message and its place in the array.
        let place = meta.event_id.strip_prefix(&format!("{}.", meta.message_id)).and_then(|n| n.parse::<usize>().ok());
        let sent = place.and_then(|n| elements.get(n)).map_or(body, |element| element.get());
        let without_meta = |json| {
            let members = members(json).expect("an event is an object");
            members.into_iter().filter(|(name, _)| name != META_FIELD).collect::<Vec<_>>()
        };
        if !same_members(&without_meta(sent), &without_meta(row.get())) {
            return Some(format!("{}: not stored as sent", case.name));
        }
    }
    None
}

/// Whether two values say the same: white space and escapes may differ, order and the spelling of numbers may not.
fn same(a: &RawValue, b: &RawValue) -> bool {
    let (a, b) = (a.get(), b.get());
    match (a.as_bytes()[0], b.as_bytes()[0]) {
        (b'{', b'{') => match (members(a), members(b)) {
            (Ok(a), Ok(b)) => same_members(&a, &b),
            _ => a == b,
        },
        (b'[', b'[') => {
            let elements = |json| serde_json::from_str::<Vec<&RawValue>>(json).expect("an array has elements");
            let (a, b) = (elements(a), elements(b));
            a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| same(a, b))
        }
        // A lone surrogate decodes to nothing, and is compared as it is spelled.
        (b'"', b'"') => match (serde_json::from_str::<String>(a), serde_json::from_str::<String>(b)) {
            (Ok(a), Ok(b)) => a == b,
            _ => a == b,
        },
        _ => a == b,
    }
}

fn same_members(a: &[(Cow<'_, str>, &RawValue)], b: &[(Cow<'_, str>, &RawValue)]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|((name, a), (other, b))| name == other && same(a, b))
}

/// In an object that ingest did not write a line may be anything, also no text.
pub fn lines_that_are_no_events_hide_none_that_are() {
    let stack = shared();
    let key = "raw/backfill/bad-lines.jsonl";
    let event =
        |n: u32| format!(r#"{{"session_id":"bad-lines","timestamp":"2026-03-15T07:00:{n:02}Z","event_id":{n}}}"#);
    let bad: [&[u8]; 12] = [
        b"",
        b"\r",
        b"\0",
        b"\xff\xfe{\0}\0",
        b"{\"session_id\":\"bad-lines\xff\",\"timestamp\":1773558000000}",
        b"{\"session_id\":\"bad-lines\xed\xa0\x80\",\"timestamp\":1773558000000}",
        b"{\"session_id\":\"\\ud800\",\"timestamp\":1773558000000}",
        b"{\"session_id\":\"bad-lines\",\"timestamp\":1e400}",
        b"{\"session_id\":\"bad-lines\"}",
        b"{\"session_id\":\"bad-lines\",\"timestamp\":1773558000000",
        b"{\"_droplets\":{\"v\":1,\"session_id\":\"\",\"event_id\":\"\",\"timestamp\":\"\",\"type\":\"\"}}",
        b"[[[[[[[[[[[[",
    ];
    let mut object = Vec::new();
    for (n, line) in bad.iter().enumerate() {
        object.extend_from_slice(line);
        object.extend_from_slice(format!("\n{}\n", event(n as u32)).as_bytes());
    }
    run(async {
        stack.put(key, object).await;
        let rows = stack.until_session_has("bad-lines", bad.len(), 60).await;
        let ids: Vec<u64> = rows.iter().filter_map(|row| row["event_id"].as_u64()).collect();
        assert_eq!(ids, (0..bad.len() as u64).collect::<Vec<_>>());
        let said = stack
            .eventually("index names the lines it could not read", 60, async || {
                let skipped: Vec<Value> = stack
                    .summaries()
                    .iter()
                    .filter_map(|summary| summary["skipped"].as_array().cloned())
                    .flatten()
                    .collect();
                let of_key: Vec<Value> = skipped.into_iter().filter(|one| one["key"] == key).collect();
                if of_key.is_empty() { Err("no summary does".to_owned()) } else { Ok(of_key) }
            })
            .await;
        let known = |one: &Value| Reason::ALL.iter().any(|reason| one["reason"] == reason.as_str());
        assert!(said.iter().all(known), "{said:?}");
    });
}
