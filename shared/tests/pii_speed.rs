//! A harness, not a test: prints how fast ordinary events are stripped.
//! `cargo test --release -p droplets --test pii_speed -- --ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::time::Instant;

use droplets::pii::{Counts, Redactor};

/// Events as an Express shop sends them, one to four kilobytes, mostly harmless.
fn events() -> Vec<String> {
    let agents = [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1",
    ];
    (0..400u64)
        .map(|i| {
            let items: Vec<String> = (0..i % 9)
                .map(|n| format!(r#"{{"sku":"AB-{}-XL","name":"Trail Shoe {n}","qty":{},"price":"{}.99","currency":"EUR","image":"/img/{i}/{n}@2x.png","id":"{:08x}-e89b-12d3-a456-426614174{n:03}"}}"#, 1000 + n * 7, n + 1, 10 + n, i * 2_654_435_761 % 0xffff_ffff))
                .collect();
            format!(
                r#"{{"session_id":"s-{}","event_id":"01J9Z3NDEKTSV4RRFFQ69G{i:04}","timestamp":"2026-11-21T07:03:12.{:03}Z","type":"http","request":{{"method":"POST","path":"/cart/{i}/items","route":"/cart/:id/items","query":{{"page":"{}","q":"red shoes size 42","sort":"-price"}},"headers":{{"host":"shop.example","user-agent":"{}","accept":"text/html,application/xhtml+xml;q=0.9,*/*;q=0.8","accept-encoding":"gzip, deflate, br","accept-language":"en-GB,en;q=0.9,de;q=0.8","content-type":"application/json; charset=utf-8","content-length":"482","referer":"https://shop.example/products/{i}?step=2&utm_source=mail","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","x-request-id":"req_{i:012x}","if-none-match":"W/\"33a64df551425fcc55e4d42a148795d9\"","cookie":"sid=s%3Aabc{i}; theme=dark","authorization":"Bearer abc{i}def"}},"ip":"203.0.113.{}","body":{{"items":[{}],"note":"Please leave it at the back door, thank you very much.","coupon":"SUMMER26","customer":{{"id":{i},"email":"jane{i}@example.com","name":"Jane Doe","phone":"+44 20 7946 {:04}"}},"total":"{}.00"}}}},"response":{{"status":201,"duration_ms":{}.25,"size":1840,"headers":{{"content-type":"application/json; charset=utf-8","cache-control":"no-store","etag":"W/\"730-{i:x}\"","vary":"Accept-Encoding","x-powered-by":"Express"}},"body":{{"ok":true,"cart":{{"id":"c-{i}","updated_at":"2026-11-21T07:03:12Z","lines":[{}]}}}}}},"outcome":"ok"}}"#,
                i % 60, i % 1000, i % 7, agents[(i % 2) as usize], i % 250, items.join(","), i, i * 3, i % 90, items.join(",")
            )
        })
        .collect()
}

fn rate(label: &str, bytes: usize, events: usize, mut run: impl FnMut()) {
    run();
    let mut best = f64::MAX;
    for _ in 0..7 {
        let start = Instant::now();
        for _ in 0..10 {
            run();
        }
        best = best.min(start.elapsed().as_secs_f64() / 10.0);
    }
    println!("{label}: {:.0} MB/s, {:.0} events/s", bytes as f64 / best / 1e6, events as f64 / best);
}

#[test]
#[ignore = "prints figures, for a release build"]
fn megabytes_a_second() {
    let start = Instant::now();
    let redactor = Redactor::builtin(None);
    println!("built in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let events = events();
    let start = Instant::now();
    let mut out = String::new();
    redactor.strip_json(&events[0], &mut out, &mut Counts::default()).unwrap();
    println!("first event in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);

    let bytes: usize = events.iter().map(String::len).sum();
    println!("{} events, {} bytes each on average", events.len(), bytes / events.len());
    rate("strip_json", bytes, events.len(), || {
        let mut found = Counts::default();
        for event in &events {
            out.clear();
            redactor.strip_json(event, &mut out, &mut found).unwrap();
        }
        assert!(!found.is_empty());
    });
    // Without anything to replace.
    let clean: Vec<String> = events
        .iter()
        .map(|event| {
            let mut out = String::new();
            redactor.strip_json(event, &mut out, &mut Counts::default()).unwrap();
            out
        })
        .collect();
    let clean_bytes: usize = clean.iter().map(String::len).sum();
    rate("strip_json of stripped events", clean_bytes, clean.len(), || {
        for event in &clean {
            out.clear();
            redactor.strip_json(event, &mut out, &mut Counts::default()).unwrap();
        }
    });
    rate("serde_json Value round trip", bytes, events.len(), || {
        for event in &events {
            let value: serde_json::Value = serde_json::from_str(event).unwrap();
            out = serde_json::to_string(&value).unwrap();
        }
    });
    rate("lenient scan of cut events", bytes, events.len(), || {
        for event in &events {
            out = redactor.strip_broken(&event.as_bytes()[..event.len() - 1], &mut Counts::default());
        }
    });
}
