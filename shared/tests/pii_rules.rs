//! The rules of a deployment: what each of them does to an event, and what is wrong with those that are refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use droplets::pii::{Action, Counts, HashKey, Kind, Redactor, Rules, Why};
use serde_json::Value;

fn redactor(rules: &str) -> Redactor {
    let rules = Rules::parse(rules).unwrap_or_else(|error| panic!("{error}"));
    Redactor::new(rules, HashKey::new("a key of sixteen characters")).unwrap()
}

/// Strips, sees that stripping again changes nothing, and gives what came.
fn strip(rules: &str, json: &str) -> String {
    let redactor = redactor(rules);
    let once = |json: &str| {
        let mut out = String::new();
        redactor.strip_json(json, &mut out, &mut Counts::default()).unwrap();
        serde_json::from_str::<Value>(&out).unwrap_or_else(|error| panic!("{out}: {error}"));
        out
    };
    let out = once(json);
    assert_eq!(once(&out), out, "stripped again");
    out
}

fn refused(rules: &str) -> String {
    Rules::parse(rules).expect_err(rules).to_string()
}

#[test]
fn without_a_rule_all_is_as_built_in() {
    let json = r#"{"email":"jane@example.com","n":1.0,"ip":"203.0.113.7"}"#;
    let mut builtin = String::new();
    Redactor::builtin(None).strip_json(json, &mut builtin, &mut Counts::default()).unwrap();
    for rules in ["{}", r#"{"v":1}"#, r#"{"$schema":"x","kinds":{},"names":[],"paths":[],"patterns":[],"allow":{}}"#] {
        assert_eq!(strip(rules, json), builtin);
    }
}

#[test]
fn a_kind_can_be_masked_hashed_dropped_and_kept() {
    let event = r#"{"cardNumber":"4111 1111 1111 1234","note":"paid with 4111111111111111 by jane@example.com","email":"Jane@Example.com","n":1}"#;
    assert_eq!(
        strip(r#"{"kinds":{"card":"mask","email":"keep"}}"#, event),
        r#"{"cardNumber":"****1234","note":"paid with ****1111 by jane@example.com","email":"Jane@Example.com","n":1}"#
    );
    assert_eq!(strip(r#"{"kinds":{"card":"drop","email":"drop"}}"#, event), r#"{"note":"paid with  by ","n":1}"#);
    // The same person is the same token, wherever it stands and however it is spelled.
    let hashed: Value = serde_json::from_str(&strip(r#"{"kinds":{"email":"hash"}}"#, event)).unwrap();
    let token = hashed["email"].as_str().unwrap();
    assert!(token.starts_with("tok_") && token.len() == 36, "{token}");
    assert_eq!(hashed["note"], format!("paid with [CARD] by {token}"));
    assert_eq!(hashed["cardNumber"], "[CARD]");
}

#[test]
fn a_kept_kind_does_not_count() {
    let redactor = redactor(r#"{"kinds":{"ip":"keep"}}"#);
    let mut found = Counts::default();
    redactor.strip_json(r#"{"ip":"203.0.113.7","log":"from 203.0.113.7"}"#, &mut String::new(), &mut found).unwrap();
    assert!(found.is_empty());
}

#[test]
fn short_values_are_never_shown_in_part_and_containers_not_at_all() {
    let rules =
        r#"{"kinds":{"password":"mask","card":"hash","custom":"mask"},"paths":[{"path":"all","action":"hash"}]}"#;
    assert_eq!(
        strip(rules, r#"{"password":"hunter2","pin":{"a":"12345678"},"all":{"b":[1,2]}}"#),
        r#"{"password":"[PASSWORD]","pin":"[PASSWORD]","all":"[CUSTOM]"}"#
    );
}

#[test]
fn what_is_masked_or_a_token_is_believed_only_if_rules_make_such() {
    let json = r#"{"password":"****abcd","email":"tok_0123456789abcdef0123456789abcdef"}"#;
    assert_eq!(strip("{}", json), r#"{"password":"[PASSWORD]","email":"[EMAIL]"}"#);
}

#[test]
fn names_can_be_added_and_taken_back() {
    let rules = r#"{"names":[
        {"name":"loyalty number"},
        {"name":"badge","kind":"national_id","action":"mask"},
        {"name":"agent_name","action":"keep"},
        {"name":"Straßenkürzel","kind":"address"}]}"#;
    assert_eq!(
        strip(
            rules,
            r#"{"loyaltyNumber":12345,"customer_loyalty_number":"x-1","badge":"EMP-00012345","agent_name":"jane@example.com","user":{"agentName":{"first":"Jane"},"name":"Joe"},"strassenkuerzel":"a","Strassenkurzel":"b","log":"loyalty_number=77 badge=1"}"#
        ),
        r#"{"loyaltyNumber":"[CUSTOM]","customer_loyalty_number":"[CUSTOM]","badge":"****2345","agent_name":"jane@example.com","user":{"agentName":{"first":"Jane"},"name":"[NAME]"},"strassenkuerzel":"a","Strassenkurzel":"[ADDRESS]","log":"loyalty_number=[CUSTOM] badge=[NATIONAL_ID]"}"#
    );
}

#[test]
fn paths_decide_before_names_and_patterns() {
    let rules = r#"{"paths":[
        {"path":"request.body.notes","action":"drop"},
        {"path":"request.body.support.*.email","action":"keep"},
        {"path":"request.body.flags","kind":"secret"},
        {"path":"items.1","action":"drop"},
        {"path":"items.*.weight"},
        {"path":"first","action":"drop"},{"path":"last","action":"drop"}]}"#;
    let event = r#" { "first" : 1 , "request":{"body":{"notes":{"a":["b"]},"support":{"de":{"email":"a@b.de","x":"c@d.de"}},"flags":true,"empty":null}},
        "items":[{"weight":7},{"weight":8},{"weight":"9","w":1}], "last":[] , "last":"x" } "#;
    assert_eq!(
        strip(rules, event),
        concat!(
            r#"{"request":{"body":{"support":{"de":{"email":"a@b.de","x":"[EMAIL]"}},"flags":"[SECRET]","empty":null}},"#,
            r#""items":[{"weight":"[CUSTOM]"},null,{"weight":"[CUSTOM]","w":1}],"last":[]}"#
        )
    );
}

#[test]
fn dropping_leaves_good_json_wherever_the_member_stands() {
    let rules = r#"{"kinds":{"password":"drop"}}"#;
    for (json, rest) in [
        (r#"{"password":"x"}"#, "{}"),
        (r#"{ "password" : "x" , "a":1 }"#, r#"{"a":1}"#),
        (r#"{"a":1,"password":"x"}"#, r#"{"a":1}"#),
        (
            r#"{"a":1,"password":"x","b":2,"pwd":5,"c":{"pin":"1","otp":"2"},"d":[{"pin":1}]}"#,
            r#"{"a":1,"b":2,"c":{},"d":[{}]}"#,
        ),
        (r#"{"password":"x","pwd":"y","b":{"pin":[1]},"c":2}"#, r#"{"b":{},"c":2}"#),
        (
            r#"{"fields":[{"name":"password","value":"x"},{"value":"y","name":"pin"}]}"#,
            r#"{"fields":[{"name":"password"},{"value":null,"name":"pin"}]}"#,
        ),
        (r#"[["password","x"]]"#, r#"[["password",null]]"#),
    ] {
        assert_eq!(strip(rules, json), rest);
    }
}

#[test]
fn patterns_find_what_only_this_deployment_has() {
    let rules = r#"{"patterns":[
        {"pattern":"\\bEMP-[0-9]{6}\\b","action":"hash"},
        {"pattern":"[0-9]{5}","near":["Mitarbeiter","employee no."],"kind":"name"}]}"#;
    let out: Value = serde_json::from_str(&strip(
        rules,
        r#"{"a":"EMP-123456","b":{"note":"by EMP-123456, mitarbeiter 12345; all of them meet at nine o'clock sharp in room 12345. Employee no. 54321"},"q":"/x?who=EMP%2D123456"}"#,
    ))
    .unwrap();
    let token = out["a"].as_str().unwrap();
    assert!(token.starts_with("tok_"));
    assert_eq!(
        out["b"]["note"],
        format!(
            "by {token}, mitarbeiter [NAME]; all of them meet at nine o'clock sharp in room 12345. Employee no. [NAME]"
        )
    );
    assert_eq!(out["q"], format!("/x?who={token}"), "also percent-encoded");
}

#[test]
fn what_is_allowed_stays() {
    let rules = r#"{"allow":{"values":["Support@Example.com","+49 30 1234567"],"patterns":["@noreply\\.example$"]}}"#;
    assert_eq!(
        strip(
            rules,
            r#"{"email":"support@example.com","to":"a@noreply.example, b@c.de or support@example.com","phone":"+49 30 1234567"}"#
        ),
        r#"{"email":"support@example.com","to":"a@noreply.example, [EMAIL] or support@example.com","phone":"+49 30 1234567"}"#
    );
}

#[test]
fn ids_are_judged_by_the_built_in_rules_alone() {
    let redactor = redactor(r#"{"kinds":{"email":"keep"},"patterns":[{"pattern":"s-[0-9]+"}]}"#);
    assert_eq!(redactor.personal_kind("jane@example.com"), Some(Kind::Email));
    assert_eq!(redactor.personal_kind("s-42"), None);
}

#[test]
fn hashing_needs_a_key() {
    for rules in [
        r#"{"kinds":{"email":"hash"}}"#,
        r#"{"names":[{"name":"x","action":"hash"}]}"#,
        r#"{"paths":[{"path":"x","action":"hash"}]}"#,
        r#"{"patterns":[{"pattern":"x","action":"hash"}]}"#,
    ] {
        let error = Redactor::new(Rules::parse(rules).unwrap(), None).unwrap_err();
        assert!(error.to_string().contains("PiiHashKey"), "{rules}");
    }
}

#[test]
fn errors_name_the_line_and_the_rule_and_the_way_out() {
    for (rules, message) in [
        (
            "{\n\"kinds\":\n{\"emial\":\"hash\"}}",
            "line 3: kinds.emial: there is no such field; did you mean \"email\"?",
        ),
        ("{\n\n\"kind\":{}}", "line 3: kind: there is no such field; did you mean \"kinds\"?"),
        (
            "{\"kinds\":{\"email\":\"hide\"}}",
            "line 1: kinds.email: is not known; there are redact, mask, hash, drop, keep",
        ),
        ("{\"kinds\":{\"email\":\"hash\",\n\"email\":\"keep\"}}", "line 2: kinds.email: stands there twice"),
        ("{\"kinds\":[]}", "line 1: kinds: is no object: write {…}"),
        ("{\"v\":2}", "line 1: v: is not 1, the only version there is"),
        ("{\"names\":{}}", "line 1: names: is no list: write […]"),
        ("{\"names\":[{}]}", "line 1: names[0]: has no \"name\""),
        (
            "{\"names\":[{\"name\":\"--\"}]}",
            "line 1: names[0].name: is no field name: one to five words of letters and digits",
        ),
        ("{\"names\":[{\"name\":5}]}", "line 1: names[0].name: is no string"),
        ("{\"paths\":[{\"kind\":\"email\"}]}", "line 1: paths[0]: has no \"path\""),
        (
            "{\"paths\":[{\"path\":\"a..b\"}]}",
            "line 1: paths[0].path: has an empty step: write request.body.*.note, without a dot at an end",
        ),
        ("{\"patterns\":[{\"kind\":\"email\"}]}", "line 1: patterns[0]: has no \"pattern\""),
        (
            "{\"patterns\":[{\"pattern\":\"x*\"}]}",
            "line 1: patterns[0].pattern: matches the empty text, so it would match everywhere",
        ),
        (
            "{\"patterns\":[\n{\"pattern\":\"(\"}]}",
            "line 2: patterns[0].pattern: does not compile: error: unclosed group (syntax of the regex crate, ASCII classes)",
        ),
        (
            "{\"patterns\":[{\"pattern\":\"(?:[a-z]{90}){90}{90}\"}]}",
            "line 1: patterns[0].pattern: does not compile: takes more than 262144 bytes when compiled (syntax of the regex crate, ASCII classes)",
        ),
        (
            "{\"patterns\":[{\"pattern\":\"x\",\"action\":\"keep\"}]}",
            "line 1: patterns[0].action: keeps what it finds: put the pattern into \"allow\" instead",
        ),
        ("{\"patterns\":[{\"pattern\":\"x\",\"near\":[\" \"]}]}", "line 1: patterns[0].near[0]: is empty"),
        ("[]", "line 1: the document: is no object: write {…}"),
    ] {
        assert_eq!(refused(rules), message, "{rules}");
    }
    assert!(refused("{\n\"kinds\":}").starts_with("line 2: the document: is no JSON: expected value"));
    let long = format!("{{\"patterns\":[{{\"pattern\":\"{}\"}}]}}", "x".repeat(1001));
    assert_eq!(refused(&long), "line 1: patterns[0].pattern: is longer than 1000 bytes");
    let many = format!("{{\"paths\":[{}]}}", vec![r#"{"path":"a"}"#; 65].join(","));
    assert_eq!(refused(&many), "line 1: paths: has 65 items; at most 64 are allowed");
    assert!(refused(&" ".repeat(300_000)).contains("is longer than"));
}

#[test]
fn explaining_names_places_and_reasons_and_no_value() {
    let mut redactor = redactor(
        r#"{"names":[{"name":"badge"}],"paths":[{"path":"drop.me","action":"drop"}],"patterns":[{"pattern":"EMP-[0-9]+"}],"kinds":{"phone":"mask"}}"#,
    );
    let json = r#"{"user":{"email":"jane@example.com","tels":["+44 20 7946 0958"]},"drop":{"me":"x"},"badge":1,"note":"EMP-1 or 203.0.113.7","jane@example.com":"pwd=x","json":"{\"a\":[{\"password\":\"hunter2\"}]}","state":"eyJlbWFpbCI6ImphbmVAZXhhbXBsZS5jb20ifQ"}"#;
    let (mut out, mut counts) = (String::new(), Counts::default());
    let changes = redactor.explain(json, &mut out, &mut counts).unwrap();
    let (mut again, mut counted) = (String::new(), Counts::default());
    redactor.strip_json(json, &mut again, &mut counted).unwrap();
    assert_eq!((&out, counts), (&again, counted), "explaining strips as stripping does");
    assert_eq!(changes.len() as u64, counts.total());
    let told: Vec<_> = changes.iter().map(|c| (c.path.as_str(), c.kind, c.action, c.why)).collect();
    let detector = |name| Why::Detector(name);
    assert_eq!(
        told,
        [
            ("user.email", Kind::Email, Action::Redact, Why::Name),
            ("user.tels[0]", Kind::Phone, Action::Mask, Why::Name),
            ("drop.me", Kind::Custom, Action::Drop, Why::Path(0)),
            ("badge", Kind::Custom, Action::Redact, Why::NameRule(0)),
            ("note", Kind::Custom, Action::Redact, Why::PatternRule(0)),
            ("note", Kind::Ip, Action::Redact, detector("IPv4 address: parsed")),
            ("[EMAIL]", Kind::Email, Action::Redact, detector("e-mail address: domain with a top level")),
            ("[EMAIL]", Kind::Password, Action::Redact, Why::Name),
            ("json > a[0].password", Kind::Password, Action::Redact, Why::Name),
            ("state", Kind::Secret, Action::Redact, Why::Inside),
        ]
    );
    assert!(redactor.explain("{", &mut out, &mut counts).is_err());
    assert_eq!((&out, counts), (&again, counted), "nothing came of it");
}

/// The same documents are tried against the schema (tests/template/test_rules_schema.py); `schema` marks what only the
/// parser can refuse.
#[test]
fn parser_and_schema_agree() {
    let cases = include_str!("../../tests/fixtures/rules.jsonl");
    for line in cases.lines() {
        let (_, rest) = line.split_once("\"rules\": ").unwrap();
        let (rules, good) = rest.rsplit_once(", \"good\": ").unwrap();
        assert_eq!(Rules::parse(rules).is_ok(), good.starts_with("true"), "{rules}");
    }
    assert!(Rules::parse(include_str!("../../config/pii.json")).is_ok());
    let schema: Value = serde_json::from_str(include_str!("../../config/pii.schema.json")).unwrap();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.label()).collect();
    assert_eq!(schema["$defs"]["kind"]["enum"], Value::from(kinds));
    assert_eq!(schema["$defs"]["action"]["enum"], Value::from(Action::ALL.map(Action::label).to_vec()));
}

/// What a sibling names as kept stays as it is written: a number a number.
#[test]
fn a_name_that_is_kept_keeps_what_a_sibling_calls_so() {
    let rules = r#"{"names":[{"name":"b","action":"keep"}]}"#;
    for json in
        [r#"{"number":6560201337281938,"name":"b"}"#, r#"{"value":12,"name":"B"}"#, r#"{"name":"b","value":12}"#]
    {
        assert_eq!(strip(rules, json), json);
    }
}

#[test]
fn what_is_dropped_may_say_what_stood_before_it() {
    let rules = r#"{"kinds":{"phone":"drop"}}"#;
    for (json, wanted) in [
        (
            r#"{"u":{"name":"Jane","mobile":"+44 20 7946 0958","plan":"pro"}}"#,
            r#"{"u":{"name":"[NAME]","plan":"pro"}}"#,
        ),
        (
            r#"{"u":{"sn":["Okafor"],"tel":"+44 20 7946 0958","mobile":"+44 20 7946 0959"},"n":1}"#,
            r#"{"u":{"sn":["[NAME]"]},"n":1}"#,
        ),
        (r#"{"name":"Jane Margaret Featherstone","phone":"+44 20 7946 0958"}"#, r#"{"name":"[NAME]"}"#),
    ] {
        assert_eq!(strip(rules, json), wanted);
    }
}

#[test]
fn what_finds_by_something_beside_it_obeys_the_rules() {
    // A path outdoes a login in it, an allowed value the scheme before it.
    assert_eq!(
        strip(
            r#"{"paths":[{"path":"notes_url","action":"drop"}]}"#,
            r#"{"username":"ada_berg84","notes_url":"https://x.example/ada_berg84/hunter2"}"#
        ),
        r#"{"username":"[NAME]"}"#
    );
    let allow = r#"{"allow":{"values":["Bearer test-token-1","+44 20 7946 0958"]}}"#;
    for json in [r#"{"Authorization":"Bearer test-token-1"}"#, r#"{"byPhone":{"+44 20 7946 0958":1}}"#] {
        assert_eq!(strip(allow, json), json);
    }
    let numbers = r#"{"byPhone":{"0171 2140142":1}}"#;
    assert_eq!(strip(r#"{"kinds":{"phone":"keep"}}"#, numbers), numbers);
    assert_eq!(strip(r#"{"kinds":{"phone":"drop"}}"#, numbers), r#"{"byPhone":{"[PHONE]":1}}"#);
    assert_eq!(strip(r#"{"kinds":{"phone":"mask"}}"#, numbers), r#"{"byPhone":{"****0142":1}}"#);
    // Of kinds that are kept nothing goes by the objects they are in.
    for (kind, json) in [
        ("national_id", r#"{"insurance":{"memberId":"HFY821025470"}}"#),
        ("driver_license", r#"{"vehicle":{"registration":"WK70 HUA"}}"#),
        ("name", r#"{"rank":1,"alias":"dark_thales41","score":676264}"#),
        ("wallet", r#"{"asset":"SOL","to":"3BKJmkhMZY3eDudSdTaDk8cwx7aBZuYznheZNZH8iRbb"}"#),
    ] {
        assert_eq!(strip(&format!(r#"{{"kinds":{{"{kind}":"keep"}}}}"#), json), json);
    }
}
