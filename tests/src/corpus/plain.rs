//! Values that are nobody's: what must survive.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastrand::Rng;

use super::value::{ALNUM, chance, luhn, one, random, shape};

const HEX: &str = "0123456789abcdef";

/// Makes a value of a kind.
type Make = fn(&mut Rng) -> String;

/// The kinds of survivors.
pub(super) const PLAIN: &[(&str, Make)] = &[
    ("session_id", session_id),
    ("uuid", uuid),
    ("ulid", |rng| format!("01J{}", random(rng, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23))),
    ("near_number", |rng| rng.u32(2..90_000).to_string()),
    ("near_text", |rng| one(rng, &["standard", "express", "compact", "legacy", "round-robin", "north"]).into()),
    ("near_time", |rng| format!("{}T08:15:00Z", date(rng))),
    ("objectid", |rng| format!("66{}", random(rng, HEX, 22))),
    ("nanoid", |rng| random(rng, ALNUM, 21)),
    ("prefixed_id", |rng| {
        format!(
            "{}_{}",
            one(rng, &["cus", "pi", "evt", "ch", "in", "sub", "req", "org", "job"]),
            random(rng, ALNUM, 24)
        )
    }),
    ("int_id", |rng| rng.u32(10_000..9_999_999).to_string()),
    ("sha1", |rng| random(rng, HEX, 40)),
    ("sha256", |rng| random(rng, HEX, 64)),
    ("md5", |rng| random(rng, HEX, 32)),
    ("short_sha", |rng| random(rng, HEX, 7)),
    ("epoch_s", |rng| rng.u32(1_700_000_000..1_790_000_000).to_string()),
    ("epoch_ms", |rng| rng.u64(1_700_000_000_000..1_790_000_000_000).to_string()),
    ("iso", |rng| {
        format!("{}T{:02}:{:02}:{:02}.{:03}Z", date(rng), rng.u32(..24), rng.u32(..60), rng.u32(..60), rng.u32(..1000))
    }),
    ("date", date),
    ("httpdate", |rng| {
        format!(
            "Tue, {:02} Nov 2026 {:02}:{:02}:{:02} GMT",
            rng.u32(1..29),
            rng.u32(..24),
            rng.u32(..60),
            rng.u32(..60)
        )
    }),
    ("price", |rng| format!("{}.{:02}", rng.u32(1..2500), rng.u32(1..100))),
    ("amount", |rng| rng.u32(100..500_000).to_string()),
    ("qty", |rng| rng.u32(1..20).to_string()),
    ("ms", |rng| rng.u32(1..4000).to_string()),
    ("bytes", |rng| rng.u32(120..180_000).to_string()),
    ("ratio", |rng| format!("0.{:04}7", rng.u32(1..9999))),
    ("decimal", |rng| format!("{}.{:05}1", rng.u32(1..170), rng.u32(..99_999))),
    ("percent", |rng| format!("{}%", rng.u32(1..100))),
    ("version", |rng| format!("{}.{}.{}", rng.u32(..20), rng.u32(..40), rng.u32(..100))),
    ("version4", |rng| format!("{}.0.{}.{}", rng.u32(90..140), rng.u32(1000..7000), rng.u32(1..250))),
    ("order_no", |rng| shape(rng, "O\\RD-2026-######")),
    ("invoice_no", |rng| shape(rng, "I\\NV-########")),
    ("luhn_no", |rng| {
        // As long as a card's number, but of no issuer.
        let length = one(rng, &[9, 10, 11]);
        let mut text = one(rng, &["1", "8", "9"]).to_owned() + &random(rng, "0123456789", length - 2);
        text.push(luhn(&text));
        text
    }),
    ("sku", |rng| shape(rng, "AAA-####-A#")),
    ("ean", |rng| shape(rng, "40###########")),
    ("tracking", |rng| shape(rng, "1Z###AA##########")),
    ("product", |rng| {
        one(
            rng,
            &[
                "Trail Runner 2",
                "Espresso Machine Pro 15 Bar",
                "USB-C Cable 2m",
                "Merino Socks (3 pairs)",
                "Desk Lamp \"Arc\"",
                "4K Monitor 27\"",
                "Bamboo Cutting Board XL",
            ],
        )
        .into()
    }),
    ("category", |rng| one(rng, &["outdoor/shoes", "kitchen", "electronics > audio", "garden tools", "books"]).into()),
    ("status_text", |rng| {
        one(rng, &["pending_review", "shipped", "in_transit", "authorised", "requires_action", "declined", "queued"])
            .into()
    }),
    ("outcome", |rng| one(rng, &["success", "ok", "accepted", "denied", "error", "timeout"]).into()),
    ("flag", |rng| {
        one(
            rng,
            &[
                "checkout.new_payment_sheet",
                "exp-search-ranker-v3",
                "enable_passkeys",
                "dark_mode_beta",
                "cart_upsell_2",
            ],
        )
        .into()
    }),
    ("variant", |rng| one(rng, &["control", "treatment_a", "treatment_b"]).into()),
    ("cursor", |rng| STANDARD.encode(format!(r#"{{"id":{},"dir":"next"}}"#, rng.u32(1000..99_999_999)))),
    ("etag", |rng| format!("W/\"{:x}-{}\"", rng.u32(100..9999), random(rng, ALNUM, 27))),
    ("traceparent", |rng| format!("00-{}-{}-01", random(rng, HEX, 32), random(rng, HEX, 16))),
    ("trace_id", |rng| random(rng, HEX, 32)),
    ("span_id", |rng| random(rng, HEX, 16)),
    ("ua", user_agent),
    ("locale", |rng| one(rng, &["de-DE", "en-GB", "fr-CA", "pt-BR", "ja-JP", "pl-PL", "sv-SE"]).into()),
    ("accept_language", |rng| one(rng, &["de-DE,de;q=0.9,en;q=0.8", "en-US,en;q=0.5", "fr-FR,fr;q=0.9"]).into()),
    ("country", |rng| one(rng, &["DE", "GB", "US", "FR", "BR", "IN", "SE", "PL"]).into()),
    ("currency", |rng| one(rng, &["EUR", "USD", "GBP", "BRL", "INR", "SEK"]).into()),
    ("tz", |rng| one(rng, &["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "+02:00"]).into()),
    ("private_ip", |rng| match rng.u32(..6) {
        0 => "127.0.0.1".into(),
        1 => "::1".into(),
        2 => format!("192.168.{}.{}", rng.u8(..), rng.u8(1..255)),
        3 => format!("172.{}.{}.{}", rng.u8(16..32), rng.u8(..), rng.u8(1..255)),
        _ => format!("10.{}.{}.{}", rng.u8(..), rng.u8(..), rng.u8(1..255)),
    }),
    ("host", |rng| {
        one(
            rng,
            &[
                "api.shop-nordwind.com",
                "web-7f9c5d-x2x4q",
                "checkout.internal",
                "ip-10-0-3-17.eu-central-1.compute.internal",
                "cdn.assets-hub.net",
            ],
        )
        .into()
    }),
    ("file", |rng| {
        one(
            rng,
            &[
                "logo@2x.png",
                "invoice-2026-11.pdf",
                "app.4f9a1c2b.js",
                "export_20261103.csv",
                "IMG_4821.HEIC",
                "icon-512@3x.webp",
                "main.chunk.css",
            ],
        )
        .into()
    }),
    ("mime", |rng| one(rng, &["application/json", "text/html; charset=utf-8", "image/webp", "application/pdf"]).into()),
    ("cache", |rng| {
        one(rng, &["public, max-age=31536000, immutable", "no-store", "private, max-age=0, must-revalidate"]).into()
    }),
    ("css", |rng| {
        one(rng, &["btn btn-primary mt-4", "col-md-6 offset-2", "card__title--active", "grid-cols-12 gap-4"]).into()
    }),
    ("stack", |rng| {
        format!("at OrderService.create (/srv/app/dist/orders.js:{}:{})", rng.u32(10..900), rng.u32(1..80))
    }),
    ("model", |rng| one(rng, &["Pixel 8 Pro", "iPhone15,3", "SM-S918B", "ThermoSense T400"]).into()),
    ("region", |rng| one(rng, &["eu-central-1", "us-east-2", "ap-southeast-1"]).into()),
    ("word", |rng| {
        one(
            rng,
            &["author", "monkey", "authenticated", "passenger", "tokenizer", "keyboard", "macro", "shipping", "zipper"],
        )
        .into()
    }),
    ("author_date", |rng| format!("build {} of {}", rng.u32(100..9000), date(rng))),
    ("search", |rng| {
        one(
            rng,
            &[
                "running shoes size 42",
                "wireless headphones",
                "how to reset my router",
                "vegan cookbook 2026",
                "usb c hub 7 in 1",
            ],
        )
        .into()
    }),
    ("error_code", |rng| {
        one(rng, &["ECONNRESET", "E11000", "insufficient_funds", "ERR_HTTP_HEADERS_SENT", "P2002", "rate_limited"])
            .into()
    }),
    ("error_text", |rng| {
        one(
            rng,
            &[
                "Cannot read properties of undefined (reading 'total')",
                "Request failed with status code 502",
                "duplicate key value violates unique constraint",
                "quantity must be at least 1",
            ],
        )
        .into()
    }),
    ("tx_hash", |rng| format!("0x{}", random(rng, HEX, 64))),
    ("arn", |rng| format!("arn:aws:s3:::reports-{}/2026/11", one(rng, &["prod", "staging"]))),
    ("image", |rng| format!("registry.internal/shop/api:{}@sha256:{}", rng.u32(100..999), random(rng, HEX, 64))),
    ("slug", |rng| one(rng, &["summer-sale-2026", "how-we-cut-latency", "wanderschuhe-herren", "new-in"]).into()),
    ("color", |rng| format!("#{}", random(rng, HEX, 6))),
    ("dimension", |rng| format!("{}x{}", one(rng, &[320, 1080, 1920]), one(rng, &[480, 800, 1440]))),
    ("isbn", |rng| shape(rng, "978-3-16-######-#")),
    ("flight", |rng| shape(rng, "LH### F\\RA-LIS")),
    ("temperature", |rng| format!("{}.{}", rng.u32(15..30), rng.u32(1..10))),
    ("barcode_batch", |rng| shape(rng, "B#####-####-##")),
];

fn date(rng: &mut Rng) -> String {
    format!("2026-{:02}-{:02}", rng.u32(1..13), rng.u32(1..29))
}

fn uuid(rng: &mut Rng) -> String {
    shape(rng, "hhhhhhhh-hhhh-4hhh-ahhh-hhhhhhhhhhhh")
}

fn session_id(rng: &mut Rng) -> String {
    match rng.u32(..4) {
        0 => random(rng, HEX, 32),
        1 => format!("sess-{}", random(rng, ALNUM, 12)),
        _ => uuid(rng),
    }
}

fn user_agent(rng: &mut Rng) -> String {
    let (major, minor) = (rng.u32(110..135), rng.u32(1000..7000));
    match rng.u32(..6) {
        0 => format!(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
            rng.u32(1..7)
        ),
        1 => format!("Mozilla/5.0 (X11; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0"),
        2 => "okhttp/4.12.0".into(),
        3 => "axios/1.7.2".into(),
        4 => format!(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.{minor}.119 Safari/537.36"
        ),
        _ => format!(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36{}",
            if chance(rng, 20) { " Edg/124.0.0.0" } else { "" }
        ),
    }
}
