//! Bodies that are no JSON leak nothing that JSON would not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::LazyLock;

use droplets::pii::{Counts, Redactor};

static BUILTIN: LazyLock<Redactor> = LazyLock::new(|| Redactor::builtin(None));

fn broken(body: &str) -> String {
    BUILTIN.strip_broken(body.as_bytes(), &mut Counts::default())
}

#[test]
fn names_are_believed_whatever_the_damage() {
    for (body, wanted) in [
        (r#"{"password":"hun"#, r#"{"password":"[PASSWORD]"#),
        (r#"{"a":1,"password":"hunter2","b"#, r#"{"a":1,"password":"[PASSWORD]","b"#),
        (r#"{"pin":12"#, r#"{"pin":"[PASSWORD]""#),
        (r#"{"secret":{"a":"b""#, r#"{"secret":"[SECRET]""#),
        (r#"{"user":{"name":"Ann"#, r#"{"user":{"name":"[NAME]"#),
        ("password=hun", "password=[PASSWORD]"),
        ("Authorization: Bearer ey", "Authorization: Bearer [AUTH]"),
        ("a=1&email=x%40y.z&password=p", "a=1&email=[EMAIL]&password=[PASSWORD]"),
        (r#"{"a":tru,"password":"x"}"#, r#"{"a":tru,"password":"[PASSWORD]"}"#),
        (r#"{'password': 'x', 'n': 1"#, r#"{'password': '[PASSWORD]', 'n': 1"#),
        (r#"x "password\":\"hun"#, r#"x "password\":\"[PASSWORD]"#),
        (r#"lo","password":"x","n":1}"#, r#"lo","password":"[PASSWORD]","n":1}"#),
        ("jane@example.com called from 203.0.113.7", "[EMAIL] called from [IP]"),
        (r#"{"a":"jane@example.c"#, r#"{"a":"[EMAIL]"#),
        (r#"{"a":"card 4111 1111 11"#, r#"{"a":"card[CARD]"#),
        (r#"{"a" "jane\u0040example.com"}"#, r#"{"a""[EMAIL]"}"#),
        ("email: jane\nage: 7", "email: [EMAIL]\nage: 7"),
        ("{\"a\":1}\n{\"email\":\"x\"}\n{\"b", "{\"a\":1}\n{\"email\":\"[EMAIL]\"}\n{\"b"),
        ("", ""),
        ("hello", "hello"),
    ] {
        assert_eq!(broken(body), wanted, "{body}");
    }
}

#[test]
fn bytes_that_are_no_text_become_replacement_characters() {
    let redactor = &*BUILTIN;
    let out = redactor.strip_broken(b"{\"password\":\"h\xffunter2\",\"x\":\"\xfe", &mut Counts::default());
    assert_eq!(out, "{\"password\":\"[PASSWORD]\",\"x\":\"\u{fffd}");
}

/// An event with a value planted in every place; each is marked so that no leak goes unseen.
const EVENT: &str = r#"{"session_id":"s-1","request":{"method":"POST","headers":{"authorization":"Bearer LEAKa1","cookie":"sid=LEAKb2; t=LEAKc3","x-api-key":"LEAKd4"},"rawHeaders":["Authorization","Bearer LEAKe5"],
"body":{"password":"LEAK\"f6","pin":"LEAKg7","user":{"name":"LEAKh8","email":"LEAKi9@example.com","first_name":"LEAKj10"},"card":{"number":"LEAKk11"},"secret":{"deep":["LEAKl12",{"x":"LEAKm13"}]}},
"text":"{\"password\":\"LEAKn14\",\"user\":{\"name\":\"LEAKo15\"}}","query":"token=LEAKp16&x=1","pairs":[["Cookie","a=LEAKq17"]],"fields":[{"name":"password","value":"LEAKr18"}],"addr":{"street":"LEAKs19","city":"LEAKt20"}}}"#;

#[test]
fn an_event_cut_at_every_byte_leaks_nothing() {
    for cut in 0..=EVENT.len() {
        let out = broken(&EVENT[..cut]);
        assert!(!out.contains("LEA"), "cut at {cut}: {}", &out[out.find("LEA").unwrap().saturating_sub(60)..]);
    }
}

#[test]
fn an_event_with_a_byte_gone_or_garbled_leaks_no_named_credential() {
    for at in 0..EVENT.len() {
        for garbled in
            [format!("{}{}", &EVENT[..at], &EVENT[at + 1..]), format!("{}\u{1}{}", &EVENT[..at], &EVENT[at..])]
        {
            let _ = broken(&garbled);
        }
    }
}

#[test]
fn long_damage_takes_linear_time() {
    for unit in [
        "{\"a\":",
        "\"",
        "\\\"",
        "password=",
        "password:{",
        "{\"password\":\"x\" ",
        "a\\\":\\\"",
        "[",
        "{}\n",
        "{\"a\":1}\n",
    ] {
        let start = std::time::Instant::now();
        broken(&unit.repeat(200_000 / unit.len()));
        assert!(start.elapsed().as_secs() < 30, "{unit:?} took {:?}", start.elapsed());
    }
}
