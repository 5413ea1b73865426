//! Keys that begin with their issuer's mark, as the issuers document them for secret scanning.

use std::ops::Range;
use std::sync::LazyLock;

use super::context::{Words, is_word};
use super::names::Hint;

/// One sort of key: a mark, and what follows it.
struct Key {
    mark: &'static str,
    /// The bytes that may follow.
    of: Letters,
    /// The fewest and the most bytes that follow; what goes on behind the most is no key of this sort.
    least: usize,
    most: usize,
    /// What must be among them, if anything must.
    holds: &'static str,
    /// The fewest letters and digits in a row, of both: where words begin with the mark as well (`test_checkout_2024`).
    run: usize,
    /// Also known behind letters and digits: what is glued before the mark is part of the token of whoever issued it.
    glued: bool,
}

/// The bytes of a key.
#[derive(Clone, Copy)]
enum Letters {
    /// Letters and digits.
    Plain,
    /// Those of upper case, and digits.
    Upper,
    /// Those of lower case, and digits.
    Lower,
    Hex,
    /// With `_` and `-`: base64 as URLs have it.
    Url,
    /// With `.` as well: several parts.
    Parts,
    /// With `+`, `/` and `=`: any base64.
    Base64,
    /// With what stands in a URL's path.
    Path,
    /// As UUIDs are written.
    Uuid,
}

impl Letters {
    const fn has(self, byte: u8) -> bool {
        match self {
            Self::Plain => byte.is_ascii_alphanumeric(),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Lower => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Parts => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'!'),
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'='),
            Self::Uuid => byte.is_ascii_hexdigit() || byte == b'-',
            Self::Path => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/'),
        }
    }
}

const fn key(mark: &'static str, of: Letters, least: usize) -> Key {
    Key { mark, of, least, most: usize::MAX, holds: "", run: 0, glued: false }
}

const fn glued(mark: &'static str, of: Letters, least: usize) -> Key {
    Key { glued: true, ..key(mark, of, least) }
}

/// Of this length exactly.
const fn exact(mark: &'static str, of: Letters, length: usize) -> Key {
    Key { most: length, ..key(mark, of, length) }
}

const fn with(mark: &'static str, of: Letters, least: usize, holds: &'static str) -> Key {
    Key { holds, ..key(mark, of, least) }
}

const fn uuid(mark: &'static str) -> Key {
    exact(mark, Letters::Uuid, 36)
}

const fn random(mark: &'static str, of: Letters, least: usize) -> Key {
    Key { run: 12, ..key(mark, of, least) }
}

use Letters::{Base64, Hex, Lower, Parts, Path, Plain, Upper, Url};

#[rustfmt::skip]
static KEYS: &[Key] = &[
    // AWS: access key ids, temporary session tokens, Bedrock.
    exact("AKIA", Upper, 16), exact("ASIA", Upper, 16), exact("AGPA", Upper, 16), exact("AIDA", Upper, 16), exact("AROA", Upper, 16),
    exact("AIPA", Upper, 16), exact("ANPA", Upper, 16), exact("ANVA", Upper, 16), exact("ABIA", Upper, 16), exact("ACCA", Upper, 16),
    key("IQoJb3JpZ2lu", Base64, 60), key("FwoGZXIvYXdz", Base64, 60), key("ABSK", Base64, 100), random("bedrock-api-key-", Base64, 30),
    // GitHub, GitLab, Bitbucket and Atlassian.
    glued("ghp_", Plain, 30), glued("gho_", Plain, 30), glued("ghu_", Plain, 30), glued("ghs_", Plain, 30), glued("ghr_", Plain, 30),
    glued("github_pat_", Url, 22),
    key("glpat-", Parts, 16), key("gldt-", Parts, 16), key("glrt-", Parts, 16), key("glcbt-", Parts, 16), key("glptt-", Parts, 16),
    key("glft-", Parts, 16), key("glimt-", Parts, 16), key("glagent-", Parts, 16), key("glsoat-", Parts, 16), key("glffct-", Parts, 16),
    key("gloas-", Parts, 16), key("GR1348941", Url, 20),
    key("ATATT3", Base64, 60), key("ATCTT3", Base64, 60), key("ATBB", Plain, 28), key("BBDC-", Base64, 30),
    // Slack: tokens and webhooks; Discord's webhooks.
    key("xoxa-", Url, 10), key("xoxb-", Url, 10), key("xoxc-", Url, 10), key("xoxd-", Base64, 10), key("xoxe-", Url, 10), key("xoxo-", Url, 10),
    key("APA91", Url, 60), key("xoxp-", Url, 10), key("xoxr-", Url, 10), key("xoxs-", Url, 10), key("xapp-", Url, 10), key("xoxe.xox", Parts, 10),
    key("hooks.slack.com/services/", Path, 20), key("hooks.slack.com/workflows/", Path, 20), key("hooks.slack.com/commands/", Path, 20),
    key("hooks.slack.com/triggers/", Path, 20), key("hooks.zapier.com/", Path, 20), key("tokencc_", Url, 20), with("discord.com/api/webhooks/", Path, 40, "/"), with("discordapp.com/api/webhooks/", Path, 40, "/"),
    // Stripe: secret and restricted keys, webhook secrets, client secrets. Others that took over its form: Clerk, Paystack.
    key("sk_live_", Plain, 10), key("sk_test_", Plain, 10), key("sk_prod_", Plain, 10), key("sk_sandbox_", Plain, 10),
    key("rk_live_", Plain, 10), key("rk_test_", Plain, 10), key("rk_prod_", Plain, 10),
    key("whsec_", Base64, 16),
    with("pi_", Url, 26, "_secret_"), with("seti_", Url, 26, "_secret_"), with("cs_", Url, 26, "_secret_"), with("src_", Url, 26, "_secret_"),
    // Other payments: Square, PayPal, Adyen, Mollie, GoCardless, Razorpay, Flutterwave, Mercado Pago, WooCommerce, Plaid.
    key("sq0atp-", Url, 22), key("sq0csp-", Url, 22), key("sq0idp-", Url, 22), key("EAAA", Url, 60), key("A21AA", Url, 60), key("AQE", Base64, 90),
    random("live_", Url, 30), random("test_", Url, 30), key("rzp_live_", Plain, 12), key("rzp_test_", Plain, 12),
    key("FLWSECK_TEST-", Url, 12), key("FLWSECK-", Url, 12), key("APP_USR-", Url, 30), random("TEST-", Url, 50),
    exact("ck_", Hex, 40), exact("cs_", Hex, 40), random("access-sandbox-", Url, 30), random("access-development-", Url, 30),
    random("access-production-", Url, 30), key("access_token$production$", Lower, 20), key("access_token$sandbox$", Lower, 20),
    // Google.
    key("AIza", Url, 35), key("ya29.", Parts, 20), key("GOCSPX-", Url, 20), random("1//0", Url, 36),
    // OpenAI and Anthropic (`sk-` also begins CSS classes: a key has a digit), Hugging Face, Groq, xAI, Replicate and others.
    key("sk-", Url, 20), key("hf_", Plain, 30), key("api_org_", Plain, 30), key("gsk_", Plain, 40), key("xai-", Plain, 40), key("r8_", Plain, 30),
    key("pplx-", Plain, 40), random("nvapi-", Url, 40), random("tvly-", Url, 20), key("fc-", Hex, 32), key("jina_", Plain, 40), key("rpa_", Plain, 36),
    // Mail and messages: SendGrid, Mailgun, Brevo, Resend, Postmark's form is a UUID; Meta.
    key("SG.", Parts, 33), exact("key-", Hex, 32), key("xkeysib-", Url, 60), key("xsmtpsib-", Url, 60), Key { holds: "_", ..random("re_", Url, 30) },
    key("EAA", Plain, 60),
    // Salesforce's sessions, behind their organization.
    with("00D", Parts, 53, "!"),
    // Registries: npm, Docker, PyPI, RubyGems, Clojars, crates.io.
    key("npm_", Plain, 30), key("dckr_pat_", Url, 20), key("dckr_oat_", Url, 20), key("pypi-", Url, 50), key("rubygems_", Hex, 48),
    key("CLOJARS_", Plain, 60), random("cio", Plain, 32), key("AKCp", Plain, 69), key("cmVmd", Plain, 59),
    // Monitoring: Grafana, New Relic, Sentry, Dynatrace, PostHog, LaunchDarkly, Honeycomb, PagerDuty.
    key("glc_", Base64, 32), key("glsa_", Url, 32), key("eyJrIjoi", Base64, 60), key("NRAK-", Upper, 27), key("NRII-", Url, 32), key("NRJS-", Hex, 19),
    key("sntrys_", Base64, 40), key("sntryu_", Hex, 64), key("dt0c01.", Parts, 60), key("dt0s01.", Parts, 60), key("phx_", Plain, 30),
    uuid("sdk-"), uuid("api-"), key("hcaik_", Plain, 30), key("pdus+_", Base64, 20),
    // Data and work: Mapbox, Supabase, Figma, Notion, Linear, Databricks, Airtable, Asana, Shopify, Contentful, Typeform, HubSpot.
    key("pk.eyJ", Parts, 40), key("sk.eyJ", Parts, 40), key("sbp_", Hex, 40), random("sb_secret_", Url, 20), key("figd_", Url, 30), key("ntn_", Plain, 40),
    random("secret_", Plain, 40), key("lin_api_", Plain, 32), key("lin_oauth_", Plain, 32), key("dapi", Hex, 32), with("pat", Parts, 60, "."),
    key("shpat_", Hex, 32), key("shpca_", Hex, 32), key("shppa_", Hex, 32), key("shpss_", Hex, 32), key("shpua_", Hex, 32), key("shptka_", Hex, 32),
    key("CFPAT-", Url, 40), key("tfp_", Parts, 40), random("pat-na1-", Url, 36), random("pat-eu1-", Url, 36), key("rdme_", Lower, 60), key("1000.", Parts, 60),
    // Clouds and hosts: DigitalOcean, Vault, Doppler, Terraform, Pulumi, Fly, Heroku, Netlify, Vercel, PlanetScale, Alibaba, Yandex, Tailscale, OpenShift.
    key("doo_v1_", Hex, 64), key("dop_v1_", Hex, 64), key("dor_v1_", Hex, 64),
    key("hvs.", Url, 24), key("hvb.", Url, 24), key("hvr.", Url, 24), key("dp.pt.", Plain, 40), key("dp.st.", Parts, 40), key("dp.ct.", Plain, 40), key("dp.sa.", Plain, 40),
    random("pul-", Hex, 40), key("fo1_", Url, 40), key("fm1a_", Base64, 60), key("fm1r_", Base64, 60), key("fm2_", Base64, 60), random("HRKU-", Url, 36), key("nfp_", Plain, 30),
    key("vercel_blob_rw_", Url, 30), key("pscale_tkn_", Parts, 30), key("pscale_oauth_", Parts, 30), key("pscale_pw_", Parts, 30), exact("LTAI", Plain, 20),
    key("AQVN", Url, 35), key("t1.9eu", Parts, 60), random("tskey-", Url, 20), key("sha256~", Url, 43),
    // The rest: Postman, Shippo, EasyPost, Duffel, Frame.io, SonarQube, Sourcegraph, Prefect, Octopus, Infracost, Scalingo, 1Password, age, Adobe, Harness.
    key("PMAK-", Url, 50), key("shippo_live_", Hex, 40), key("shippo_test_", Hex, 40), exact("EZAK", Plain, 54), exact("EZTK", Plain, 54),
    key("duffel_test_", Url, 40), key("duffel_live_", Url, 40), random("fio-u-", Url, 60), exact("squ_", Hex, 40), exact("sqp_", Hex, 40), exact("sqa_", Hex, 40),
    random("sgp_", Url, 40), key("pnu_", Plain, 36), exact("API-", Upper, 26), random("ico-", Plain, 32), random("tk-us-", Url, 48), key("ops_eyJ", Base64, 60),
    key("AGE-SECRET-KEY-1", Upper, 58), key("p8e-", Plain, 32), random("sat.", Parts, 60), key("s-s4t2", Url, 60),
];

/// The beginnings of the marks: one of them stands in every text that has a key.
#[rustfmt::skip]
pub(super) static MARKS: Words = Words::new(&[
    "00d", "1000.", "1//0", "a21aa", "abia", "absk", "acca", "access", "age-secret", "agpa", "aida", "aipa", "aiza", "akcp", "akia", "anpa", "anva", "apa91",
    "api-", "api_org_", "app_usr-", "aqe", "aqvn", "aroa", "asia", "atatt3", "atbb", "atctt3", "bbdc-", "bedrock-", "cfpat-", "cio", "ck_", "clojars_",
    "cmvmd", "cs_", "dapi", "dckr_", "discord", "doo_", "dop_", "dor_", "dp.", "dt0", "duffel_", "eaa", "eyjrijoi", "ezak", "eztk", "fc-", "figd_",
    "fio-u-", "flwseck", "fm1", "fm2_", "fo1_", "fwogzxivyxdz", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-",
    "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "glsoat-", "glffct-", "gloas-", "glc_", "glsa_", "gocspx-", "gr1348941", "gsk_", "hcaik_", "hf_",
    "hooks.slack", "hooks.zapier", "hrku-", "hvb.", "hvr.", "hvs.", "ico-", "iqojb3jpz2lu", "jina_", "key-", "lin_", "live_", "ltai", "nfp_", "npm_", "nrak-", "nrii-",
    "nrjs-", "ntn_", "nvapi-", "ops_eyj", "p8e-", "pat", "pdus+_", "phx_", "pi_", "pk.eyj", "pmak-", "pnu_", "pplx-", "pscale_", "pul-", "pypi-", "r8_",
    "rdme_", "re_", "rk_", "rpa_", "rubygems_", "rzp_", "s-s4t2", "sat.", "sb_secret_", "sbp_", "sdk-", "secret_", "seti_", "sg.", "sgp_", "sha256~",
    "shippo_", "shp", "sk-", "sk.eyj", "sk_", "sntry", "sq0", "sqa_", "sqp_", "squ_", "src_", "t1.9eu", "test", "tokencc_", "tfp_", "tk-us-", "tskey-", "tvly-",
    "vercel_blob", "whsec_", "xai-", "xapp-", "xkeysib-", "xox", "xsmtpsib-", "ya29.",
]);

/// The keys whose marks begin with the byte at `at`.
fn beginning(bytes: &[u8], at: usize) -> &'static [&'static Key] {
    static BY_FIRST: LazyLock<[Vec<&'static Key>; 256]> = LazyLock::new(|| {
        let mut by_first = [const { Vec::new() }; 256];
        for key in KEYS {
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
                // Stripped before: `hooks.slack.com/services/T…/B…/[API_KEY]`.
                if bytes.get(from..end).is_some_and(|key| key.starts_with(b"hooks.slack.") && key.ends_with(b"/")) {
                    (at, done) = (at.max(end), end);
                    continue;
                }
                let before = bytes.get(..from).unwrap_or_default().iter().rev();
                let glued = before.take(MAX_GLUED).take_while(|b| is_word(**b)).count();
                // Of a webhook what stands before the secret may stay.
                let host = bytes.get(from..end).filter(|_| glued == 0).and_then(|key| {
                    let after = |part: &[u8]| memchr::memmem::find(key, part).map(|at| at + part.len());
                    match key.first() {
                        // Slack's workspace and channel are none.
                        Some(b'h') if key.starts_with(b"hooks.slack.") => memchr::memrchr(b'/', key).map(|at| at + 1),
                        Some(b'd') if key.starts_with(b"discord") => after(b"/webhooks/"),
                        _ => None,
                    }
                });
                add((from - glued + host.unwrap_or(0)).max(done)..end);
                done = end;
            }
        }
        at = at.max(done);
    }
}

impl Key {
    /// Where the key ends that begins at `at`, if one does.
    fn end(&self, text: &str, at: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let from = at + self.mark.len();
        if bytes.get(at..from)? != self.mark.as_bytes() {
            return None;
        }
        let rest = bytes.get(from..)?;
        let length = rest.iter().take_while(|b| self.of.has(**b)).count();
        let long_enough = (self.least..=self.most).contains(&length);
        // What goes on in other letters is another thing, if the key has a length.
        let ends = self.most == usize::MAX || !rest.get(length).is_some_and(u8::is_ascii_alphanumeric);
        let follows = rest.get(..length)?;
        let holds = self.holds.is_empty() || memchr::memmem::find(follows, self.holds.as_bytes()).is_some();
        // Marks that words begin with as well (`test_`, `sk-`): a key of theirs has digits, and letters.
        let mixed = follows.iter().any(u8::is_ascii_digit) && follows.iter().any(u8::is_ascii_alphabetic);
        // By chance without a digit: of all the same case and of a length, or long and of both cases.
        let turns = follows
            .windows(2)
            .filter(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
        let mixed = mixed
            || (self.most != usize::MAX && matches!(self.of, Letters::Upper))
            || (follows.len() >= 18 && turns.count() >= 4);
        let plain = !matches!(self.of, Letters::Path) && !mixed;
        let both = |run: &&[u8]| run.iter().any(u8::is_ascii_digit) && run.iter().any(u8::is_ascii_alphabetic);
        let run = || follows.split(|b| !b.is_ascii_alphanumeric()).filter(both).map(<[u8]>::len).max();
        let plain = plain || (self.run > 0 && run() < Some(self.run));
        // A full stop, an exclamation mark or a dash at the end is the sentence's.
        let end = follows.iter().rposition(|b| !matches!(b, b'.' | b'!' | b'-'))? + 1;
        (long_enough && ends && holds && !plain).then_some(from + end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{finds, lives};
    use super::*;

    #[test]
    fn every_mark_is_a_cue() {
        for key in KEYS {
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
            ("hooks.slack.com/services/T00000000/B00000000/", "abcdefghijABCDEFGHIJ1234"),
            ("pi_", "3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH"),
            ("glsa_", "2nknAOlqo8zSnGnTtMGieuvwqPGSIRXd_1e892aae"),
            ("APP_USR-", "4100933394411518-650882-a22eca708bd8c95adbda6e0ca4124b01-241552608"),
            ("FLWSECK-", "71e17598f4a8df9fea31637e16caae4b-X"),
            ("EZAK", "56adff52f9c301bc9d0c3da2c7fa8066f7e00cea2284b6b2165510"),
            ("pat", "Bx7kQ2mN9vR4tZ.0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"),
            ("1//0", "gT5x2Kq8LmNpQrStUvWxYz1A2b3C4d5E6f7G8h9J"),
            ("discord.com/api/webhooks/", "112233445566778899/aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"),
        ] {
            let stays = if mark.ends_with('/') { mark } else { "" };
            assert_eq!(finds(&format!("{mark}{rest}")), format!("{stays}[API_KEY]"), "{mark}");
            assert_eq!(finds(&format!("it is {mark}{rest}, and")), format!("it is {stays}[API_KEY], and"), "{mark}");
        }
        assert_eq!(finds("x ci_prod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 y"), "x [API_KEY] y");
    }

    #[test]
    fn what_only_begins_like_a_key_lives() {
        for text in [
            "sk-loading-indicator-wrapper-x",
            "key-value",
            "xAKIAIOSFODNN7EXAMPLE",
            "secret_santa",
            "cs_test_page",
            "test_checkout_flow_with_coupon_and_refund",
            "api-gateway-staging-eu-west-with-cache",
            "patients/records.html",
            "AKIAIOSFODNN7EXAMPLEs",
            "sha256:0f9e8d7c6b5a",
        ] {
            lives(text);
        }
    }
}
