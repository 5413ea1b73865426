//! Keys, tokens, passwords, sessions, signed addresses, wallets.
//!
//! A vendor's key is put together when the generator runs: written out here, every secret scanner would report it.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use fastrand::Rng;
use sha2::{Digest as _, Sha256};

use super::contact::{Person, email};
use super::value::{ALNUM, Made, Needle, chance, one, random};

const HEX: &str = "0123456789abcdef";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Vendors' keys: a name, the parts of the prefix, the alphabet and length of the rest.
pub(super) const VENDORS: &[(&str, &[&str], &str, usize)] = &[
    ("aws_id", &["AK", "IA"], UPPER, 16),
    ("github", &["gh", "p_"], ALNUM, 36),
    ("github", &["github", "_pat_", "11ABCDEFG0"], ALNUM, 72),
    ("gitlab", &["gl", "pat-"], URL_SAFE, 20),
    ("slack", &["xo", "xb-", "2847561930-4817263950-"], ALNUM, 24),
    ("stripe", &["sk", "_li", "ve_"], ALNUM, 24),
    ("stripe", &["rk", "_te", "st_"], ALNUM, 24),
    ("stripe_webhook", &["wh", "sec_"], ALNUM, 32),
    ("google", &["AI", "za", "Sy"], URL_SAFE, 33),
    ("google_oauth", &["ya", "29.", "a0"], URL_SAFE, 60),
    ("openai", &["sk", "-pro", "j-"], ALNUM, 48),
    ("anthropic", &["sk", "-ant-", "api03-"], URL_SAFE, 80),
    ("twilio", &["S", "K"], HEX, 32),
    ("sendgrid", &["SG", ".", "ngeVfQFYQlKU0ufo8x5d1A", "."], URL_SAFE, 43),
    ("npm", &["np", "m_"], ALNUM, 36),
    ("mailgun", &["ke", "y-"], HEX, 32),
    ("shopify", &["shp", "at_"], HEX, 32),
    ("square", &["sq0", "csp-"], URL_SAFE, 43),
    ("digitalocean", &["dop", "_v1_"], HEX, 64),
    ("telegram", &["58293", "01746:", "AA"], URL_SAFE, 33),
];

/// A key of some vendor, which its prefix gives away.
pub(super) fn vendor_key(rng: &mut Rng, name: Option<&str>) -> Made {
    let of: Vec<_> = VENDORS.iter().filter(|v| name.is_none_or(|name| v.0 == name)).collect();
    let (_, prefix, alphabet, length) = of[rng.usize(..of.len())];
    Made::secret(prefix.concat() + &random(rng, alphabet, *length))
}

/// An AWS secret access key: forty characters that say nothing of themselves.
pub(super) fn aws_secret(rng: &mut Rng, _: Person) -> Made {
    Made::secret(random(rng, BASE64, 40))
}

/// A private key in PEM.
pub(super) fn pem(rng: &mut Rng, _: Person) -> Made {
    let kind = one(rng, &["RSA PRIVATE", "PRIVATE", "EC PRIVATE", "OPENSSH PRIVATE"]);
    let lines: Vec<String> = (0..5).map(|_| random(rng, BASE64, 64)).collect();
    let needles = lines.iter().map(|line| Needle::Text(line.clone())).collect();
    let (dash, end) = ("-----", "KEY-----");
    let text = format!("{dash}BEGIN {kind} {end}\n{}\n{dash}END {kind} {end}", lines.join("\n"));
    Made { text, unusual: false, needles }
}

/// A JSON web token: its payload or its signature found is a leak.
pub(super) fn jwt(rng: &mut Rng, who: Person) -> Made {
    let subject = email(rng, who).text;
    let head = one(
        rng,
        &[
            r#"{"alg":"HS256","typ":"JWT"}"#,
            r#"{"alg":"RS256","kid":"k1","typ":"JWT"}"#,
            r#"{"typ":"JWT","alg":"ES256"}"#,
        ],
    );
    let payload =
        format!(r#"{{"sub":"{}","email":"{subject}","iat":1732{}}}"#, rng.u32(1000..90_000), rng.u32(100_000..999_999));
    let [head, payload] = [head, &payload].map(|part| URL_SAFE_NO_PAD.encode(part));
    let signature = random(rng, URL_SAFE, 43);
    let needles = vec![Needle::Text(payload.clone()), Needle::Text(signature.clone())];
    Made { text: format!("{head}.{payload}.{signature}"), unusual: false, needles }
}

/// A token that only its place gives away.
pub(super) fn token(rng: &mut Rng, _: Person) -> Made {
    let (alphabet, length) =
        one(rng, &[(HEX, 40), (HEX, 64), (URL_SAFE, 32), (ALNUM, 24), (URL_SAFE, 43), (ALNUM, 16)]);
    Made::secret(random(rng, alphabet, length))
}

/// A password.
pub(super) fn password(rng: &mut Rng, _: Person) -> Made {
    let word = one(
        rng,
        &["Sommer", "dragon", "Tr0ub4dor", "liverpool", "Kätzchen", "qwerty", "correct-horse", "S3cr3t", "пароль"],
    );
    let tail = one(rng, &["!", "#1", "$x", "_77", "@home", "%%", "&more", "?"]);
    Made::text(format!("{word}{}{tail}", rng.u32(10..9999))).odd(!word.is_ascii() || tail == "@home")
}

/// A code sent to somebody's telephone.
pub(super) fn otp(rng: &mut Rng, _: Person) -> Made {
    Made::text(random(rng, "0123456789", 6))
}

/// A PIN.
pub(super) fn pin(rng: &mut Rng, _: Person) -> Made {
    Made::text(random(rng, "123456789", 4))
}

/// A session's secret as Express signs it.
pub(super) fn session(rng: &mut Rng, _: Person) -> Made {
    let (id, signature) = (random(rng, URL_SAFE, 32), random(rng, BASE64, 43));
    let needles = vec![Needle::Text(id.clone()), Needle::Text(signature.replace('/', "%2F").replace('+', "%2B"))];
    let text = format!("s%3A{id}.{}", signature.replace('/', "%2F").replace('+', "%2B"));
    Made { text, unusual: false, needles }
}

/// What stands after `Basic`.
pub(super) fn basic(rng: &mut Rng, who: Person) -> Made {
    let (user, pass) = (email(rng, who).text, password(rng, who).text);
    let encoded = STANDARD.encode(format!("{user}:{pass}"));
    Made::text(encoded).or(pass).or(user)
}

/// An address with a user and a password in it.
pub(super) fn url_login(rng: &mut Rng, _: Person) -> Made {
    let scheme = one(rng, &["postgres", "mongodb+srv", "redis", "amqp", "https", "ftp", "mysql"]);
    let user = one(rng, &["svc_orders", "app", "deploy", "root", "reader"]);
    let password = random(rng, ALNUM, 14);
    let host = one(rng, &["db-1.internal", "cluster0.kx2mq.mongodb.net", "cache.prod.local", "files.partner.io"]);
    let text = format!("{scheme}://{user}:{password}@{host}/main");
    Made { text, unusual: false, needles: vec![Needle::Text(password)] }
}

/// The parameters of a signed address, without its path: a signature found is a leak.
pub(super) fn signature(rng: &mut Rng, _: Person) -> Made {
    let hex = random(rng, HEX, 64);
    let base = random(rng, ALNUM, 43);
    match rng.u32(..3) {
        0 => Made {
            text: format!("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature={hex}"),
            unusual: false,
            needles: vec![Needle::Text(hex)],
        },
        1 => Made {
            text: format!("sv=2022-11-02&sr=b&sp=r&sig={base}%3D"),
            unusual: false,
            needles: vec![Needle::Text(base)],
        },
        _ => Made {
            text: format!("X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature={hex}"),
            unusual: false,
            needles: vec![Needle::Text(hex)],
        },
    }
}

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Base58 with four bytes of double SHA-256, as Bitcoin's first addresses have it.
fn base58check(version: u8, hash: &[u8]) -> String {
    let mut bytes = vec![version];
    bytes.extend_from_slice(hash);
    let check = Sha256::digest(Sha256::digest(&bytes));
    bytes.extend_from_slice(&check[..4]);
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    let mut reversed: Vec<u8> = Vec::new();
    for byte in bytes {
        let mut carry = u32::from(byte);
        for digit in &mut reversed {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
        while carry > 0 {
            reversed.push((carry % 58) as u8);
            carry /= 58;
        }
    }
    reversed.extend(std::iter::repeat_n(0, zeros));
    reversed.iter().rev().map(|d| char::from(BASE58[usize::from(*d)])).collect()
}

const BECH32: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// A version 0 witness address with its checksum.
fn bech32(rng: &mut Rng) -> String {
    fn polymod(values: impl Iterator<Item = u32>) -> u32 {
        const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        values.fold(1, |check, value| {
            let top = check >> 25;
            let check = (check & 0x01ff_ffff) << 5 ^ value;
            (0..5).filter(|at| top >> at & 1 == 1).fold(check, |check, at| check ^ GENERATOR[at])
        })
    }
    let mut data: Vec<u32> = vec![0];
    data.extend((0..32).map(|_| rng.u32(..32)));
    // "bc", spread over high and low bits with a zero between.
    let prefix = [3, 3, 0, 2, 3];
    let check = polymod(prefix.into_iter().chain(data.iter().copied()).chain([0; 6])) ^ 1;
    data.extend((0..6).map(|at| check >> (5 * (5 - at)) & 31));
    let text: String = data.iter().map(|d| char::from(BECH32[*d as usize])).collect();
    format!("bc1{text}")
}

/// A wallet's address with its checksum right.
pub(super) fn wallet(rng: &mut Rng, _: Person) -> Made {
    let hash: Vec<u8> = (0..20).map(|_| rng.u8(..)).collect();
    let (text, odd) = match rng.u32(..10) {
        0..=1 => (base58check(0, &hash), false),
        2 => (base58check(5, &hash), false),
        3..=4 => (bech32(rng), false),
        5 => (base58check(0x30, &hash), true),
        6 => (base58check(0x41, &hash), true),
        _ => (format!("0x{}", random(rng, HEX, 40)), false),
    };
    let text = if text.starts_with("bc1") && chance(rng, 10) { text.to_uppercase() } else { text };
    Made::secret(text).odd(odd)
}

/// The code that an OAuth provider hands to a callback.
pub(super) fn oauth_code(rng: &mut Rng, _: Person) -> Made {
    Made::secret(format!("4/0A{}", random(rng, URL_SAFE, 60)))
}
