//! Keys that begin with their issuer's mark, as the issuers document them for secret scanning.

use std::ops::Range;

use std::sync::{LazyLock, OnceLock};

use regex::bytes::Regex;

use super::context::{Words, is_word};
use super::names::Hint;

/// One sort of key: a mark, and an ASCII pattern for what follows it.
struct Key {
    mark: &'static str,
    rest: &'static str,
    /// Also known behind letters and digits: what is glued before the mark is part of the token of whoever issued it.
    glued: bool,
    /// The pattern, made when the mark is first seen. None: it did not compile, and everything behind the mark goes.
    pattern: OnceLock<Option<Regex>>,
}

const fn key(mark: &'static str, rest: &'static str) -> Key {
    Key { mark, rest, glued: false, pattern: OnceLock::new() }
}

const fn glued(mark: &'static str, rest: &'static str) -> Key {
    Key { mark, rest, glued: true, pattern: OnceLock::new() }
}

const AWS_ID: &str = r"[A-Z0-9]{16}\b";
const GITHUB: &str = "[A-Za-z0-9]{30,}";
const GITLAB: &str = "[A-Za-z0-9_.-]{16,}";
const SLACK: &str = "[A-Za-z0-9-]{10,}";
const STRIPE: &str = "[A-Za-z0-9]{10,}";
const STRIPE_CLIENT: &str = "[A-Za-z0-9_]{8,100}_secret_[A-Za-z0-9]{10,}";
const DIGITAL_OCEAN: &str = "[a-f0-9]{64}";
const SHOPIFY: &str = "[A-Fa-f0-9]{32}";
const SQUARE: &str = "[0-9A-Za-z_-]{22,64}";
const VAULT: &str = "[A-Za-z0-9_-]{24,}";
const DOPPLER: &str = "[A-Za-z0-9]{40,64}";

#[rustfmt::skip]
static KEYS: [Key; 94] = [
    // AWS access key ids.
    key("AKIA", AWS_ID), key("ASIA", AWS_ID), key("AGPA", AWS_ID), key("AIDA", AWS_ID), key("AROA", AWS_ID),
    key("AIPA", AWS_ID), key("ANPA", AWS_ID), key("ANVA", AWS_ID), key("ABIA", AWS_ID), key("ACCA", AWS_ID),
    // GitHub, GitLab.
    glued("ghp_", GITHUB), glued("gho_", GITHUB), glued("ghu_", GITHUB), glued("ghs_", GITHUB), glued("ghr_", GITHUB),
    glued("github_pat_", "[A-Za-z0-9_]{22,}"),
    key("glpat-", GITLAB), key("gldt-", GITLAB), key("glrt-", GITLAB), key("glcbt-", GITLAB), key("glptt-", GITLAB),
    key("glft-", GITLAB), key("glimt-", GITLAB), key("glagent-", GITLAB), key("glsoat-", GITLAB), key("glffct-", GITLAB),
    // Slack tokens and webhooks.
    key("xoxa-", SLACK), key("xoxb-", SLACK), key("xoxc-", SLACK), key("xoxd-", SLACK), key("xoxe-", SLACK), key("xoxo-", SLACK),
    key("xoxp-", SLACK), key("xoxr-", SLACK), key("xoxs-", SLACK), key("xapp-", SLACK),
    key("hooks.slack.com/services/", "[A-Za-z0-9/_-]{20,}"), key("hooks.slack.com/workflows/", "[A-Za-z0-9/_-]{20,}"), key("hooks.slack.com/commands/", "[A-Za-z0-9/_-]{20,}"),
    // Stripe: secret and restricted keys, webhook secrets, client secrets.
    key("sk_live_", STRIPE), key("sk_test_", STRIPE), key("sk_prod_", STRIPE),
    key("rk_live_", STRIPE), key("rk_test_", STRIPE), key("rk_prod_", STRIPE),
    key("whsec_", "[A-Za-z0-9+/=]{16,}"),
    key("pi_", STRIPE_CLIENT), key("seti_", STRIPE_CLIENT), key("cs_", STRIPE_CLIENT), key("src_", STRIPE_CLIENT),
    // Google.
    key("AIza", "[0-9A-Za-z_-]{35}"), key("ya29.", "[0-9A-Za-z_-]{20,}"), key("GOCSPX-", "[0-9A-Za-z_-]{20,64}"),
    // OpenAI and Anthropic (`sk-` also begins CSS classes: a key has a digit), Hugging Face, Groq, xAI, Replicate.
    key("sk-", "[A-Za-z0-9_-]{20,}"), key("hf_", "[A-Za-z0-9]{30,64}"), key("gsk_", "[A-Za-z0-9]{40,80}"),
    key("xai-", "[A-Za-z0-9]{40,}"), key("r8_", "[A-Za-z0-9]{30,50}"),
    // SendGrid, Mailgun.
    key("SG.", r"[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,128}"), key("key-", r"[0-9a-f]{32}\b"),
    // Salesforce's sessions, behind their organization.
    key("00D", r"[A-Za-z0-9]{12,15}![A-Za-z0-9._]{40,}"),
    // Registries: npm, Docker, PyPI, RubyGems.
    key("npm_", "[A-Za-z0-9]{30,64}"), key("dckr_pat_", "[A-Za-z0-9_-]{20,64}"), key("pypi-", "[A-Za-z0-9_-]{50,}"),
    key("rubygems_", "[0-9a-f]{48}"),
    // Grafana, Mapbox, Meta, Supabase, Figma, Notion.
    key("glc_", "[A-Za-z0-9+/=]{32,400}"), key("pk.eyJ", "[A-Za-z0-9_.-]{40,}"), key("EAAC", "[A-Za-z0-9]{40,}"),
    key("sbp_", "[0-9a-f]{40}"), key("figd_", "[A-Za-z0-9_-]{30,64}"), key("ntn_", "[A-Za-z0-9]{40,60}"),
    key("secret_", "[A-Za-z0-9]{40,50}"),
    // DigitalOcean, Shopify, Square, Atlassian, Linear, Databricks.
    key("doo_v1_", DIGITAL_OCEAN), key("dop_v1_", DIGITAL_OCEAN), key("dor_v1_", DIGITAL_OCEAN),
    key("shpat_", SHOPIFY), key("shpca_", SHOPIFY), key("shppa_", SHOPIFY), key("shpss_", SHOPIFY),
    key("sq0atp-", SQUARE), key("sq0csp-", SQUARE), key("EAAA", "[0-9A-Za-z_-]{60}"),
    key("ATATT3", "[A-Za-z0-9_=-]{60,}"), key("lin_api_", "[A-Za-z0-9]{32,64}"), key("dapi", "[0-9a-f]{32}"),
    // HashiCorp Vault, Doppler, New Relic, Postman.
    key("hvs.", VAULT), key("hvb.", VAULT), key("hvr.", VAULT),
    key("dp.pt.", DOPPLER), key("dp.st.", DOPPLER), key("dp.ct.", DOPPLER), key("dp.sa.", DOPPLER),
    key("NRAK-", "[A-Z0-9]{27}"), key("PMAK-", "[A-Za-z0-9-]{50,64}"),
];

/// The beginnings of the marks: one of them stands in every text that has a key.
#[rustfmt::skip]
pub(super) static MARKS: Words = Words::new(&[
    "00d", "akia", "asia", "agpa", "aida", "aroa", "aipa", "anpa", "anva", "abia", "acca", "ghp_", "gho_", "ghu_", "ghs_", "ghr_",
    "github_pat_", "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "glsoat-", "glffct-", "xox", "xapp-",
    "hooks.slack", "sk_", "rk_", "whsec_", "pi_", "seti_", "cs_", "src_", "aiza", "ya29.", "gocspx-", "sk-", "hf_", "gsk_", "xai-",
    "r8_", "sg.", "key-", "npm_", "dckr_", "pypi-", "rubygems_", "glc_", "pk.eyj", "eaac", "sbp_", "figd_", "ntn_", "secret_",
    "doo_", "dop_", "dor_", "shp", "sq0", "eaaa", "atatt3", "lin_api_", "dapi", "hvs.", "hvb.", "hvr.", "dp.", "nrak-", "pmak-",
]);

/// The keys whose marks begin with the byte at `at`.
fn beginning(bytes: &[u8], at: usize) -> &'static [&'static Key] {
    static BY_FIRST: LazyLock<[Vec<&'static Key>; 256]> = LazyLock::new(|| {
        let mut by_first = [const { Vec::new() }; 256];
        for key in &KEYS {
            by_first[usize::from(key.mark.as_bytes()[0])].push(key);
        }
        by_first
    });
    bytes.get(at).map(|first| &BY_FIRST[usize::from(*first)]).map_or(&[], Vec::as_slice)
}

/// How far back what is glued before a mark is looked for, in bytes.
const MAX_GLUED: usize = 32;

/// Every key with an issuer's mark: where a word begins, or right before an underscore.
pub(super) fn keys(text: &str, _: Hint, add: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let (mut at, mut done) = (0, 0);
    while at < bytes.len() {
        if !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
            continue;
        }
        let start = at;
        at += bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let inner = (bytes.get(at) == Some(&b'_')).then(|| at.saturating_sub(3)).filter(|inner| *inner > start);
        for from in [Some(start), inner].into_iter().flatten() {
            if from < done {
                continue;
            }
            let begins =
                from == start && !start.checked_sub(1).and_then(|i| bytes.get(i)).copied().is_some_and(is_word);
            let known = beginning(bytes, from)
                .iter()
                .find_map(|key| if begins || key.glued { key.end(text, from) } else { None });
            if let Some(end) = known {
                let before = bytes.get(..from).unwrap_or_default().iter().rev();
                let glued = before.take(MAX_GLUED).take_while(|b| is_word(**b)).count();
                add((from - glued).max(done)..end);
                done = end;
            }
        }
        at = at.max(done);
    }
}

impl Key {
    /// Where the key ends that begins at `at`, if one does.
    fn end(&self, text: &str, at: usize) -> Option<usize> {
        let from = at + self.mark.len();
        if text.as_bytes().get(at..from)? != self.mark.as_bytes() {
            return None;
        }
        let compile = || Regex::new(&format!("(?-u)^(?:{})", self.rest)).ok();
        let Some(pattern) = self.pattern.get_or_init(compile) else { return Some(text.len()) };
        let end = from + pattern.find(text.as_bytes().get(from..)?)?.end();
        let key = text.as_bytes().get(at..end)?;
        (self.mark != "sk-" || key.iter().any(u8::is_ascii_digit)).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};
    use super::*;

    #[test]
    fn every_pattern_compiles_and_every_mark_is_a_cue() {
        for key in &KEYS {
            assert!(Regex::new(&format!("(?-u)^(?:{})", key.rest)).is_ok(), "{}", key.mark);
            assert!(MARKS.in_window(key.mark.as_bytes()), "{}", key.mark);
        }
    }

    #[test]
    fn keys_of_issuers() {
        for (mark, rest) in [
            ("AKIA", "IOSFODNN7EXAMPLE"),
            ("ghp_", "M7H4jxUDDWHP4kZ6A4dxlQYsQIWJuq11T4V4"),
            ("glpat-", "abcdefABCDEF12345678"),
            ("xoxb-", "123456789012-abcdefABCDEF"),
            ("sk_live_", "abcdefABCDEF123456"),
            ("AIza", "SyA1234567890abcdefghijklmnopqrstuv"),
            ("sk-proj-", "abcdefABCDEF1234567890"),
            ("SG.", "abcdefghijABCDEFGHIJ12.abcdefghijABCDEFGHIJ1234567890abcdefghij123"),
            ("npm_", "abcdefghijABCDEFGHIJ1234567890abcdef"),
            ("hooks.slack.com/services/", "T00000000/B00000000/abcdefghijABCDEFGHIJ1234"),
            ("pi_", "3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH"),
        ] {
            assert_eq!(finds(&format!("{mark}{rest}")), "[API_KEY]", "{mark}");
            assert_eq!(finds(&format!("it is {mark}{rest}, and")), "it is [API_KEY], and", "{mark}");
        }
        assert_eq!(finds("x ci_prod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 y"), "x [API_KEY] y");
    }

    #[test]
    fn what_only_begins_like_a_key_lives() {
        for text in
            ["sk-loading-indicator-wrapper-x", "key-value", "xAKIAIOSFODNN7EXAMPLE", "secret_santa", "cs_test_page"]
        {
            lives(text);
        }
    }
}
