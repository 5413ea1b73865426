//! Whole request and response events.

use fastrand::Rng;

use super::case::Case;
use super::expand::Expander;
use super::scenarios::{COMMON_HEADERS, FRAGMENTS, LISTS, RESPONSE_HEADERS};
use super::template::Tpl;
use super::value::chance;

/// An application's event, and what any event may have.
struct Templates {
    scenarios: Vec<(String, Tpl)>,
    headers: Tpl,
    response_headers: Tpl,
    fragments: Vec<Tpl>,
}

impl Templates {
    fn read() -> Self {
        let list = |json| match Tpl::parse(json) {
            Tpl::List(items) => items,
            other => vec![other],
        };
        let named = |tpl: Tpl| {
            let name = tpl.get("name").and_then(Tpl::as_text).expect("a scenario has a name").to_owned();
            let times = match tpl.get("weight") {
                Some(Tpl::Raw(weight)) => weight.parse().expect("a weight is a number"),
                _ => 1,
            };
            std::iter::repeat_n((name, tpl), times)
        };
        Self {
            scenarios: LISTS.iter().flat_map(|json| list(json)).flat_map(named).collect(),
            headers: Tpl::parse(COMMON_HEADERS),
            response_headers: Tpl::parse(RESPONSE_HEADERS),
            fragments: list(FRAGMENTS),
        }
    }
}

/// Events: every scenario in turn, in an order that the seed decides.
#[must_use]
pub fn events(seed: u64, count: usize) -> Vec<Case> {
    let templates = Templates::read();
    let mut rng = Rng::with_seed(seed);
    let mut order: Vec<usize> = (0..count).map(|at| at % templates.scenarios.len()).collect();
    rng.shuffle(&mut order);
    order
        .into_iter()
        .map(|at| {
            let (name, scenario) = &templates.scenarios[at];
            let event = envelope(&mut rng, scenario, &templates);
            let mut case = Expander::new(&mut rng).case(name, &event);
            thin(&mut rng, &mut case);
            case
        })
        .collect()
}

/// What nearly every event has.
const COMMONPLACE: &[&str] =
    &["outcome", "bytes", "host", "ua", "etag", "accept_language", "httpdate", "cache", "mime", "version", "qty", "ms"];

/// Drops most survivors that are no more than a template's constant or stand in every event: they would say little and
/// count much.
fn thin(rng: &mut Rng, case: &mut Case) {
    case.survivors.retain(|survivor| match survivor.category {
        "literal" => chance(rng, 12),
        category => !COMMONPLACE.contains(&category) || chance(rng, 20),
    });
}

/// An event of a scenario, as a middleware writes it.
fn envelope(rng: &mut Rng, scenario: &Tpl, templates: &Templates) -> Tpl {
    let text = |text: &str| Tpl::Text(text.to_owned());
    let field = |name: &str| scenario.get(name).cloned();
    let flag = |name| scenario.get(name).is_some();
    let (anonymous, no_address) = (flag("anon"), flag("noip"));

    let mut headers = entries(&templates.headers);
    if anonymous {
        headers.retain(|(_, value)| value.as_text().is_some_and(|text| !text.contains("<<")));
    }
    headers.extend(field("headers").iter().flat_map(entries));
    let headers = Tpl::Object(headers);

    let mut request =
        vec![("method".into(), field("method").expect("a method")), ("path".into(), field("path").expect("a path"))];
    request.push(("route".into(), field("route").or_else(|| field("path")).expect("a route")));
    request.extend(field("query").map(|query| ("query".into(), query)));
    match rng.u32(..10) {
        0 => request.push(("rawHeaders".into(), Tpl::Object(vec![("$pairs".into(), headers)]))),
        1 => request.push(("headers".into(), Tpl::Object(vec![("$har".into(), headers)]))),
        _ => request.push(("headers".into(), headers)),
    }
    if !no_address {
        request.push(("ip".into(), text(if anonymous || chance(rng, 12) { "~10.0.3.7" } else { "<<ip>>" })));
    }
    request.extend(field("body").map(|body| ("body".into(), body)));

    let status = match field("status") {
        Some(Tpl::List(of)) => of[if chance(rng, 80) { 0 } else { rng.usize(..of.len()) }].clone(),
        _ => panic!("a scenario has a list of status codes"),
    };
    let mut response = vec![
        ("status".into(), status),
        ("duration_ms".into(), text("#{{ms}}")),
        ("size".into(), text("#{{bytes}}")),
        ("headers".into(), templates.response_headers.clone()),
    ];
    response.extend(field("response").map(|body| ("body".into(), body)));

    let time = if chance(rng, 80) { "{{iso}}" } else { "#{{epoch_ms}}" };
    let id = ["{{uuid}}", "{{ulid}}", "{{nanoid}}"][rng.usize(..3)];
    let mut event: Vec<(String, Tpl)> = vec![
        ("session_id".into(), text("{{session_id}}")),
        ("event_id".into(), text(id)),
        ("timestamp".into(), text(time)),
        ("type".into(), field("type").expect("a type")),
        ("request".into(), Tpl::Object(request)),
        ("response".into(), Tpl::Object(response)),
        ("outcome".into(), text("{{outcome}}")),
    ];
    if !anonymous || chance(rng, 30) {
        for _ in 0..rng.usize(..4) {
            let fragment = entries(&templates.fragments[rng.usize(..templates.fragments.len())]);
            event.extend(
                fragment.into_iter().filter(|(_, value)| !anonymous || !format!("{value:?}").contains(['<', '@'])),
            );
        }
    }
    Tpl::Object(event)
}

fn entries(tpl: &Tpl) -> Vec<(String, Tpl)> {
    if let Tpl::Object(entries) = tpl { entries.clone() } else { vec![] }
}
