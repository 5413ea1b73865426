//! Addresses of crypto wallets. What carries a checksum is believed by it: Bitcoin and its kin by base58check or Bech32.

use std::ops::Range;

use sha2::{Digest, Sha256};

use droplets_pattern::pattern;

use super::candidate::Candidate;
use super::context::Words;
use super::detector::{Detector, Find, Needs, Shape};
use super::kind::Kind;
use super::traits::has;

pub(super) static DETECTORS: &[Detector] = &[
    Detector {
        name: "Bitcoin and kin: base58check",
        kind: Kind::Wallet,
        needs: Needs { all: has::DIGIT | has::LOWER | has::UPPER, word: 25, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"13LMDXTr").within(25, 35).holds(has::DIGIT | has::UPPER | has::LOWER),
            pattern!(r"[13LMDXTr][1-9A-HJ-NP-Za-km-z]{24,34}\b"),
            base58check,
        ),
    },
    Detector {
        name: "Bitcoin private key: WIF, base58check",
        kind: Kind::PrivateKey,
        needs: Needs { all: has::DIGIT | has::LOWER | has::UPPER, word: 51, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"5KL").within(51, 52).holds(has::DIGIT | has::UPPER | has::LOWER),
            pattern!(r"[5KL][1-9A-HJ-NP-Za-km-z]{50,51}\b"),
            wif,
        ),
    },
    Detector {
        name: "Bitcoin and kin: Bech32 checksum",
        kind: Kind::Wallet,
        needs: Needs { all: has::DIGIT, word: 14, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"btlasBTLAS").from(14).holds(has::DIGIT),
            pattern!(r"(?:bc1|tb1|ltc1|addr1|stake1|BC1|TB1|LTC1)[02-9ac-hj-np-zAC-HJ-NP-Z]{11,110}\b"),
            bech32,
        ),
    },
    // Ethereum: 20 bytes in hex. A hash is longer, and the prefix keeps plain hex strings out.
    Detector {
        name: "Ethereum address: 0x and 20 bytes",
        kind: Kind::Wallet,
        needs: Needs { all: has::DIGIT, word: 42, ..Needs::NOTHING },
        find: Find::AtWord(Shape::begins(b"0").of(&[42]), pattern!(r"0x[0-9A-Fa-f]{40}\b"), |c| c.whole()),
    },
    // Solana's are 32 bytes of base58 without a checksum: only beside a word that says so.
    Detector {
        name: "wallet: a word before it",
        kind: Kind::Wallet,
        needs: Needs {
            all: has::DIGIT | has::LOWER | has::UPPER,
            word: 25,
            cue: Some(&WALLET_WORDS),
            ..Needs::NOTHING
        },
        find: Find::Pattern(pattern!(r"\b[1-9A-HJ-NP-Za-km-z]{25,44}\b"), named),
    },
    // Monero: 69 bytes in its block-wise base58. Nothing else has that alphabet, that first letter and that length.
    Detector {
        name: "Monero address: alphabet, length",
        kind: Kind::Wallet,
        needs: Needs { word: 95, ..Needs::NOTHING },
        find: Find::AtWord(
            Shape::begins(b"48").from(63),
            pattern!(r"(?:[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}|4[1-9A-HJ-NP-Za-km-z]{105})\b"),
            |c| c.whole(),
        ),
    },
];

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// The same digits in another order, which makes every address of the XRP ledger begin with an `r`.
const BASE58_XRP: &[u8] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Whether a value is written as addresses are: base 58 or Bech32's letters, of both digits and letters, 26 to 64 of them.
pub(super) fn is_shaped(value: &str) -> bool {
    let bech = value.starts_with("bc1") || value.starts_with("ltc1");
    let base58 = value.bytes().all(|b| BASE58.contains(&b)) && value.bytes().any(|b| b.is_ascii_uppercase());
    (26..=64).contains(&value.len())
        && (base58 || (bech && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())))
        && value.bytes().any(|b| b.is_ascii_digit())
        && value.bytes().any(|b| b.is_ascii_lowercase())
}

fn named(c: &Candidate<'_>) -> Option<Range<usize>> {
    // Shorter than Solana's, and without the check digits of Bitcoin and its kin: one that was mistyped.
    let mixed = || {
        let count = |is: fn(&u8) -> bool| c.matched().iter().filter(|b| is(b)).count();
        count(u8::is_ascii_digit) >= 1 && count(u8::is_ascii_uppercase) >= 3 && count(u8::is_ascii_lowercase) >= 3
    };
    let called = c.behind(32, &WALLET_WORDS) || (c.matched().len() < 36 && c.called(&WALLET_WORDS));
    // `…, tx 12f27c5e…` is what was sent; `tx to 9WzDXwBb…` is to whom.
    let before = c.text.as_bytes().get(..c.start).unwrap_or_default().trim_ascii_end();
    let sent = c.behind(12, &TRANSACTIONS) && ![&b" to"[..], b" from"].iter().any(|joint| before.ends_with(joint));
    (c.stands_alone() && called && !sent && (c.matched().len() >= 32 || mixed())).then_some(c.start..c.end)
}

static TRANSACTIONS: Words = Words::new(&["tx$", "txid$", "txn$", "hash$", "transaction$"]);

static WALLET_WORDS: Words = Words::new(&[
    "wallet", "solana", "sol$", "crypto", "btc", "bitcoin", "usdc", "usdt", "litecoin", "ltc$", "dogecoin", "doge$",
    "xrp$", "tron$", "trx$",
]);

/// A version byte, 32 bytes, perhaps a mark that the public key is compressed, and their checksum.
fn wif(c: &Candidate<'_>) -> Option<Range<usize>> {
    const VERSION: u8 = 0x80;
    let length = if c.matched().first() == Some(&b'5') { 37 } else { 38 };
    let mut bytes = [0u8; 38];
    decode_base58(c.matched(), BASE58, bytes.get_mut(..length)?)?;
    let (payload, checksum) = bytes.get(..length)?.split_at(length - 4);
    let digest = Sha256::digest(Sha256::digest(payload));
    (payload.first() == Some(&VERSION) && digest.starts_with(checksum)).then_some(c.start..c.end)
}

/// The number that `text` is in base 58, in all of `bytes`; None if it is none or too large.
fn decode_base58(text: &[u8], alphabet: &[u8], bytes: &mut [u8]) -> Option<()> {
    for letter in text {
        let mut carry = alphabet.iter().position(|b| b == letter)?;
        for byte in bytes.iter_mut().rev() {
            carry += usize::from(*byte) * 58;
            *byte = (carry & 0xff) as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    Some(())
}

/// Version byte, 20 bytes, and the first four bytes of their double SHA-256.
fn base58check(c: &Candidate<'_>) -> Option<Range<usize>> {
    // Hex of the same length is far more common, and has one case.
    if !(c.matched().iter().any(u8::is_ascii_lowercase) && c.matched().iter().any(u8::is_ascii_uppercase)) {
        return None;
    }
    let alphabet = if c.matched().first() == Some(&b'r') { BASE58_XRP } else { BASE58 };
    let mut bytes = [0u8; 25];
    decode_base58(c.matched(), alphabet, &mut bytes)?;
    let (payload, checksum) = bytes.split_at(21);
    let digest = Sha256::digest(Sha256::digest(payload));
    digest.starts_with(checksum).then_some(c.start..c.end)
}

/// BIP 173 (constant 1) and BIP 350 (Bech32m).
fn bech32(c: &Candidate<'_>) -> Option<Range<usize>> {
    const ALPHABET: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    const BECH32M: u32 = 0x2bc8_30a3;
    let text = c.matched();
    if text.iter().any(u8::is_ascii_lowercase) && text.iter().any(u8::is_ascii_uppercase) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let split = lower.iter().position(|b| *b == b'1')?;
    let (prefix, data) = (lower.get(..split)?, lower.get(split + 1..)?);
    // A slip in typing does not make nobody's what is called a wallet.
    if matches!(prefix, b"bc" | b"ltc") && matches!(data.len(), 39 | 59) && c.behind(32, &WALLET_WORDS) {
        return c.whole();
    }
    let step = |sum: u32, value: u32| {
        let top = sum >> 25;
        let sum = ((sum & 0x01ff_ffff) << 5) ^ value;
        GENERATOR.iter().enumerate().fold(sum, |sum, (i, g)| if top >> i & 1 == 1 { sum ^ g } else { sum })
    };
    let high = prefix.iter().fold(1, |sum, b| step(sum, u32::from(b >> 5)));
    let low = prefix.iter().fold(step(high, 0), |sum, b| step(sum, u32::from(b & 31)));
    let mut sum = low;
    for byte in data {
        sum = step(sum, ALPHABET.iter().position(|b| b == byte)? as u32);
    }
    matches!(sum, 1 | BECH32M).then_some(c.start..c.end)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};

    #[test]
    fn wallets_with_their_checksums() {
        for text in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        ] {
            assert_eq!(finds(text), "[WALLET]", "{text}");
        }
    }

    #[test]
    fn near_misses_and_hashes_live() {
        for text in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "8f953371d3e85eddb89b05ed6b9e680791055315c73e1025ab5dba7bb2aee189",
            "0x8f953371d3e85eddb89b05ed6b9e680791055315c73e1025ab5dba7bb2aee189",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ2",
        ] {
            lives(text);
        }
    }

    #[test]
    fn a_slip_in_what_is_called_a_wallet() {
        assert_eq!(finds("my wallet bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"), "my wallet [WALLET]");
    }

    #[test]
    fn wallets_without_their_check_digits() {
        for text in
            ["Send 1.5 BTC to 3aTaWwhmNFno26Vx2xg19witpPSC.", "Litecoin address: LX7aCanAbr39FzJaVUNmaELbTe1xG."]
        {
            assert!(finds(text).contains("[WALLET]."), "{text}");
        }
        lives("file 3aTaWwhmNFno26Vx2xg19witpPSC of the build");
    }
}
