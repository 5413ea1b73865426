//! Any bytes as a body: stripped without a panic; what is JSON stays JSON, and stripped again it stays as it is.
#![no_main]

use std::sync::LazyLock;

use droplets::pii::{Counts, HashKey, Redactor, Rules};
use libfuzzer_sys::fuzz_target;

/// The built-in rules, and rules with every action there is.
static REDACTORS: LazyLock<[Redactor; 2]> = LazyLock::new(|| {
    let rules = r#"{
        "kinds": { "email": "hash", "card": "mask", "phone": "drop", "password": "drop", "ip": "keep" },
        "names": [{ "name": "a", "action": "drop" }, { "name": "b", "action": "keep" }, { "name": "c", "action": "mask" }],
        "paths": [{ "path": "p.*", "action": "drop" }, { "path": "q.0", "action": "hash" }, { "path": "*.k", "action": "keep" }],
        "patterns": [{ "pattern": "[x-z]{3}", "near": ["w"], "action": "drop" }],
        "allow": { "values": ["a@b.de"], "patterns": ["@c\\.de$"] }
    }"#;
    let rules = Rules::parse(rules).expect("these rules are good");
    let ruled = Redactor::new(rules, HashKey::new("a key of sixteen characters")).expect("there is a key");
    [Redactor::builtin(None), ruled]
});

fuzz_target!(|body: &[u8]| {
    for redactor in REDACTORS.iter() {
        let _ = redactor.strip_broken(body, &mut Counts::default());
        let Ok(text) = std::str::from_utf8(body) else { continue };
        let mut once = String::new();
        if redactor.strip_json(text, &mut once, &mut Counts::default()).is_err() {
            assert!(once.is_empty(), "an error leaves nothing behind");
            continue;
        }
        let (mut twice, mut found) = (String::new(), Counts::default());
        redactor.strip_json(&once, &mut twice, &mut found).expect("stripped JSON is JSON");
        assert_eq!(once, twice, "stripped again it changed");
        assert!(found.is_empty(), "there was something left");
    }
});
