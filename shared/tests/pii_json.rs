//! The walker as a JSON reader: it takes exactly what RFC 8259 takes, and keeps to the byte what it need not change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;

use std::sync::LazyLock;

use droplets::pii::{Counts, JsonError, Kind, MAX_DEPTH, Redactor};
use proptest::prelude::*;
use serde::de::IgnoredAny;

static BUILTIN: LazyLock<Redactor> = LazyLock::new(|| Redactor::builtin(None));

fn strip(json: &str) -> Result<(String, Counts), JsonError> {
    let mut out = String::new();
    let mut found = Counts::default();
    BUILTIN.strip_json(json, &mut out, &mut found).map(|()| (out, found))
}

fn kept(json: &str) {
    let (out, found) = strip(json).unwrap();
    assert_eq!(out, json);
    assert!(found.is_empty());
}

#[test]
fn spelling_of_what_stays_is_kept_to_the_byte() {
    for json in [
        "12345678901234567890",
        "1.0",
        "-0",
        "1e5",
        "1E+05",
        "0.10",
        r#""\u00e9\/\b\f\n\r\t\\\"""#,
        r#""é😀""#,
        "null",
        "true",
        "false",
        "[]",
        "{}",
        r#"[1,[2,{"b":{},"a":[]}],null]"#,
        r#"{"z":1,"a":2,"z":3}"#,
        r#"{"\u0061":1}"#,
        r#""\ud800""#,
        r#"["\udc00x"]"#,
        r#""\ud83d\ude00""#,
    ] {
        kept(json);
    }
}

#[test]
fn white_space_between_tokens_goes_and_the_output_is_one_line() {
    let (out, _) = strip(" {\r\n\t\"a\" : [ 1 , \"b c\" , { } , [ ] ] ,\n \"email\" : \"x\" }\n ").unwrap();
    assert_eq!(out, r#"{"a":[1,"b c",{},[]],"email":"[EMAIL]"}"#);
}

#[test]
fn no_json_is_refused_with_the_place_and_without_the_text() {
    for (json, offset) in [
        ("", 0),
        ("  ", 2),
        ("{", 1),
        ("[1,", 3),
        ("[1,]", 3),
        ("{\"a\":1,}", 7),
        ("{\"a\"}", 4),
        ("{a:1}", 1),
        ("[1 2]", 3),
        ("01", 1),
        ("1.", 2),
        (".5", 0),
        ("+1", 0),
        ("-", 1),
        ("1e", 2),
        ("1e+", 3),
        ("tru", 0),
        ("nul1", 0),
        ("\"abc", 4),
        ("\"a\\", 3),
        ("\"\\x\"", 1),
        ("\"\\u12g4\"", 1),
        ("\"a\nb\"", 2),
        ("\"\u{0}\"", 1),
        ("{\"a\nb\":1}", 3),
        ("1 2", 2),
        ("{} x", 3),
        ("\u{feff}1", 0),
        ("[1}", 2),
        ("{\"a\":1]", 6),
        ("'a'", 0),
        ("NaN", 0),
        ("{\"hunter2\":}", 11),
    ] {
        let error = strip(json).unwrap_err();
        assert_eq!(error.offset(), offset, "{json:?}: {error}");
        assert!(!error.to_string().contains("hunter2"));
        assert!(serde_json::from_str::<IgnoredAny>(json).is_err(), "{json:?}");
    }
}

#[test]
fn on_an_error_output_and_counts_are_as_before() {
    let redactor = &*BUILTIN;
    let mut out = String::from("kept");
    let mut found = Counts::default();
    redactor.strip_json(r#"{"email":"jane@example.com","#, &mut out, &mut found).unwrap_err();
    assert_eq!(out, "kept");
    assert!(found.is_empty());
}

#[test]
fn depth_is_limited_and_costs_no_stack() {
    let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
    kept(&nested(MAX_DEPTH));
    assert_eq!(strip(&nested(MAX_DEPTH + 1)), Err(JsonError::TooDeep { offset: MAX_DEPTH }));
    assert_eq!(strip(&"{\"a\":".repeat(10_000)), Err(JsonError::TooDeep { offset: MAX_DEPTH * 5 }));
    // The limit holds inside what is replaced as well.
    assert!(strip(&format!("{{\"password\":{}}}", nested(MAX_DEPTH))).is_err());
    // And a string that holds such a text is a string.
    let inner = serde_json::to_string(&nested(10_000)).unwrap();
    kept(&inner);
}

/// Nothing is timed here: what is not linear would not end.
#[test]
fn long_strings_take_linear_time() {
    let redactor = Redactor::builtin(None);
    for unit in [
        "(",
        "10.0.0.1,",
        "10.0.0.1 ",
        "a:",
        "a: ",
        "a=%41&",
        "%25",
        "/%41",
        "<a>",
        "1 - ",
        "12  ",
        "x,",
        "x,\n",
        "eyJ",
        "into t(",
        "user@",
        "[at]",
        "{\"a\":",
        "\u{a0}1",
        "DE12 ",
        "password is ",
        "::",
        "-----BEGIN ",
        "Basic ",
        "é",
        "\\",
        "'",
        "key=",
        ";CN=a",
        ";CN=a:mailto:b\n",
        "<a b='c' value=\"",
        " already ",
        "@ab12 ",
        "4111 1111 1111 1111 ",
    ] {
        let text = unit.repeat(300_000 / unit.len());
        let json = serde_json::to_string(&text).unwrap();
        let mut out = String::new();
        redactor.strip_json(&json, &mut out, &mut Counts::default()).unwrap();
        assert!(!out.is_empty(), "{unit}");
        assert!(!redactor.strip_broken(text.as_bytes(), &mut Counts::default()).is_empty(), "{unit}");
    }
}

#[test]
fn strings_that_change_are_encoded_again() {
    let (out, found) = strip(r#""say \"hi\"\n to jane\u0040example.com \u00e9\/""#).unwrap();
    assert_eq!(out, r#""say \"hi\"\n to [EMAIL] é/""#);
    assert_eq!(found.get(Kind::Email), 1);
}

/// Any JSON, with names and values that make the rules work.
fn any_json() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        "[a-z_]{1,8}",
        Just("email".to_owned()),
        Just("password".to_owned()),
        Just("user".to_owned()),
        Just("address".to_owned()),
        Just("name".to_owned()),
        Just("value".to_owned()),
        Just("cookie".to_owned()),
        Just("rawHeaders".to_owned()),
        Just("errors".to_owned()),
        Just("tokens".to_owned()),
        Just("city".to_owned()),
        Just("expiry".to_owned()),
        Just("cardNumber".to_owned()),
        Just("phone".to_owned()),
        Just("key".to_owned()),
        Just("jane@example.com".to_owned()),
    ];
    let text = prop_oneof![any::<String>(), pii_text(), Just("Authorization".to_owned()), Just("email".to_owned())];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        Just("1.0e5".to_owned()),
        text.prop_map(|s| serde_json::to_string(&s).unwrap()),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let name = name.clone();
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|v| format!("[{}]", v.join(","))),
            prop::collection::vec((name, inner.clone()), 0..5).prop_map(|members| {
                let members: Vec<String> =
                    members.iter().map(|(k, v)| format!("{}:{v}", serde_json::to_string(k).unwrap())).collect();
                format!("{{{}}}", members.join(", "))
            }),
            inner.prop_map(|json| serde_json::to_string(&json).unwrap()),
        ]
    })
}

/// Text made of pieces that the rules care about, so that finds touch each other.
fn pii_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("jane@example.com"),
        Just("4111 1111 1111 1111"),
        Just("4111111111111111"),
        Just("+1 415 555 0132"),
        Just("415-555-0132"),
        Just("030 1234567"),
        Just("203.0.113.7"),
        Just("2001:db8::1"),
        Just("078-05-1123"),
        Just("DE89370400440532013000"),
        Just("password="),
        Just("token: "),
        Just("Authorization: Bearer "),
        Just("email%3D"),
        Just("%40"),
        Just("https://"),
        Just("user:pw1@host.de/"),
        Just("eyJhbGciOiJIUzI1NiJ9.e30.x"),
        Just("[EMAIL]"),
        Just("[PHONE"),
        Just("]"),
        Just("["),
        Just("\""),
        Just("'"),
        Just("\\"),
        Just("&"),
        Just("?"),
        Just("="),
        Just(":"),
        Just(" "),
        Just("-"),
        Just("."),
        Just("1"),
        Just("a"),
        Just("é"),
        Just("{"),
        Just("}"),
        Just("<email>"),
        Just("</"),
        Just(";"),
        Just(","),
        Just("\n"),
        Just("phone "),
        Just("aws "),
        Just("wJalrXUtnFEMI/K7MDENG/bPxRfiCY3XAMPLEKEY"),
        Just("{\"email\":\"x\"}"),
        Just("name=\"pin\"\n\n"),
        Just("form-data"),
        Just("00"),
        Just("@"),
        Just("::1"),
        Just("%"),
        Just("+"),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Names in document order, decoded, as a reader sees them; personal ones are left out, for they change.
fn names(json: &str) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    fn collect(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => {
                for (name, member) in members {
                    out.push(name.clone());
                    collect(member, out);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    collect(&value, &mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_json_in_valid_json_out_and_twice_changes_nothing(json in any_json()) {
        let (once, _) = strip(&json).unwrap();
        serde_json::from_str::<serde_json::Value>(&once).unwrap();
        prop_assert!(!once.contains(['\n', '\r']));
        let (twice, found) = strip(&once).unwrap();
        prop_assert_eq!(&twice, &once);
        prop_assert!(found.is_empty(), "{:?} in {}", found, once);
    }

    #[test]
    fn text_stripped_is_text_that_needs_no_stripping(text in pii_text()) {
        let redactor = &*BUILTIN;
        let mut once = String::new();
        redactor.strip_text(&text, &mut once, &mut Counts::default());
        let (mut twice, mut found) = (String::new(), Counts::default());
        redactor.strip_text(&once, &mut twice, &mut found);
        prop_assert_eq!(&twice, &once);
        prop_assert!(found.is_empty());
    }

    #[test]
    fn harmless_json_comes_out_as_it_went_in(members in prop::collection::vec(("[b-df-h]{3,9}", "[b-df-h ]{0,20}"), 0..8)) {
        let mut json = String::from("{");
        for (i, (name, value)) in members.iter().enumerate() {
            write!(json, "{}\"{name}\":\"{value}\"", if i > 0 { "," } else { "" }).unwrap();
        }
        json.push('}');
        prop_assert_eq!(strip(&json).unwrap().0, json.clone());
        prop_assert_eq!(names(&json), names(&strip(&json).unwrap().0));
    }

    #[test]
    fn it_takes_what_serde_json_takes(json in any_json(), cut in any::<prop::sample::Index>(), insert in "[ -~\\n]{0,2}") {
        let at = (0..=cut.index(json.len() + 1)).rev().find(|i| json.is_char_boundary(*i)).unwrap();
        for text in [json[..at].to_owned(), format!("{}{insert}{}", &json[..at], &json[at..])] {
            let theirs = serde_json::from_str::<IgnoredAny>(&text).is_ok();
            prop_assert_eq!(strip(&text).is_ok(), theirs, "{}", text);
        }
    }

    #[test]
    fn no_text_and_no_bytes_make_it_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let redactor = &*BUILTIN;
        let mut found = Counts::default();
        let mut out = String::new();
        let _ = redactor.strip_json(&text, &mut out, &mut found);
        redactor.strip_text(&text, &mut out, &mut found);
        let _ = redactor.strip_name(&text, &mut found);
        let _ = redactor.personal_kind(&text);
        let _ = redactor.strip_broken(&bytes, &mut found);
        let _ = redactor.strip_member(&text, "\"x\"", &mut out, &mut found);
    }
}
