//! Names and values of all sorts, put together by chance: what comes out is JSON, and stripped again it stays as it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::LazyLock;

use droplets::pii::{Counts, HashKey, Redactor, Rules};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

static BUILTIN: LazyLock<Redactor> = LazyLock::new(|| Redactor::builtin(None));
static RULED: LazyLock<Redactor> = LazyLock::new(|| {
    let rules = r#"{"kinds":{"email":"hash","card":"mask","phone":"mask","name":"hash","ip":"keep"},"allow":{"values":["Ada Berg"]}}"#;
    Redactor::new(Rules::parse(rules).unwrap(), HashKey::new("a key of sixteen characters")).unwrap()
});

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "name", "value", "key", "type", "id", "title", "text", "field", "label", "code", "number", "email", "phone", "byPhone", "user", "username", "login", "handle", "alias", "score",
    "displayName", "nickname", "author", "rating", "body", "owner", "customer", "recipient", "patient", "reference", "display", "location", "city", "street", "zip", "via", "address", "lines",
    "home", "a1", "pc", "town", "lat", "lng", "coordinates", "card", "expiry", "cvc", "iban", "bic", "insurance", "memberId", "vehicle", "registration", "order", "no", "orders", "sku",
    "modelNumber", "firmwareMin", "tokens", "token", "password", "authorization", "cookie", "set-cookie", "rawHeaders", "headers", "url", "html_url", "avatar_url", "path", "route",
    "message", "errors", "error", "log", "asset", "to", "from", "mac", "ip", "x-forwarded-for", "birthDate", "passport", "tag", "location_info", "fields", "properties", "columns", "rows",
    "question", "answer", "old", "new", "state", "signature", "nombre", "apellidos", "Straße", "電話番号", "[EMAIL]", "a@b.co", "0171 2140142",
];

#[rustfmt::skip]
const VALUES: &[&str] = &[
    "Ada Berg", "Xhevahire Qorri", "joan_84", "Patient/7", "Patient/jane@example.com", "jane@example.com", "info@qorri.al", "no-reply@example.com", "+44 20 7946 0958", "0171 2140142",
    "4111 1111 1111 1111", "2661827789499870", "07/29", "737", "DE89370400440532013000", "BARCGB22", "12 High Street", "62 Station Parade", "DD6 2LN", "Dundee", "Winnipeg", "Remote-EMEA", "Clinic North",
    "48.20849", "48.20849, 16.37208", "203.0.113.7", "10.0.0.7", "f0:c6:30:b6:db:57", "2.55.78.77", "1979-03-04", "4 March 1987", "C01X00T47", "123-45-6789", "HFY821025470", "WK70 HUA",
    "Bearer abc123DEF456ghi789JKL", "Basic dXNlcjpwYXNzd29yZDE=", "sid=s3cr3tV4lue99xYz; theme=dark; cart_items=4", "t=1785270498,v1=5257a869e7ecebeda32affa62cdca3fa", "${API_KEY}", "hunter2!Secret",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "https://git.example/joan_84/shop?token=abc123DEF456ghi789JKL", "/users/joan_84/orders", "/users/:username/orders", "Username joan_84 is already taken",
    "Savings 4111111111111111", "Weekly digest", "Charlotte Tilbury", "my password is Otter-velvet-40, yes, Otter-velvet-40!", "call 0221-4086436, I tried 0221-4086436 6 times", "the code is 482913",
    "email=jane%40example.com&name=Ada+Berg&code=482913", "name,email,order_no\nAda Berg,jane@example.com,4048476234721981\n", "<user name=\"email\">jane@example.com</user><add key=\"password\" value=\"x1y2z3\"/>",
    "ORGANIZER;CN=Ada Berg:mailto:jane@example.com", "BEGIN:VCARD\nFN:Ada Berg\nADR:;;12 High Street;Dundee;;DD6 2LN;UK\nEND:VCARD\n", "PID|1||7164362||Reyes^Theresa||20040828|F|||630 Road||608 957 6871",
    "{\"customer\":{\"name\":\"Ada Berg\",\"city\":\"Dundee\"}}", "eyJlbWFpbCI6ImphbmVAZXhhbXBsZS5jb20ifQ==", "RW1haWwsRmlyc3QKYWRhQGV4YW1wbGUuY29tLEFkYQo=", "email", "phone", "Date of birth", "Your name?",
    "acme", "open", "USD", "in_transit", "SKU-415-555-0132", "#68734", "INV-2026-73048", "", "none", "[EMAIL]", "[CARD] x", "Bearer [AUTH]", "tok_x", "****1234",
];

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        6 => prop::sample::select(VALUES).prop_map(str::to_owned),
        1 => (prop::sample::select(VALUES), prop::sample::select(VALUES)).prop_map(|(a, b)| format!("{a} {b}")),
        1 => (prop::sample::select(NAMES), prop::sample::select(VALUES)).prop_map(|(a, b)| format!("{a}={b}&x=1")),
    ];
    let leaf = prop_oneof![
        12 => text.prop_map(Value::String),
        1 => prop::sample::select(vec![json!(1), json!(4_111_111_111_111_111_u64), json!(48.20849), json!(true), json!(null)]),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            4 => prop::collection::vec((prop::sample::select(NAMES), inner.clone()), 1..6).prop_map(|members| {
                Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
            }),
            1 => prop::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_out_is_json_and_stays_as_it_is(value in value()) {
        let json = value.to_string();
        for redactor in [&*BUILTIN, &*RULED] {
            let strip = |json: &str| {
                let (mut out, mut found) = (String::new(), Counts::default());
                redactor.strip_json(json, &mut out, &mut found).unwrap();
                (out, found)
            };
            let (once, _) = strip(&json);
            prop_assert!(serde_json::from_str::<Value>(&once).is_ok(), "{json} became {once}");
            let (twice, found) = strip(&once);
            prop_assert_eq!(&twice, &once, "stripped again, from {}", json);
            prop_assert!(found.is_empty(), "{found:?} in {once}");
        }
    }
}
