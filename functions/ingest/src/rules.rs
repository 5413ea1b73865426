//! The rules for personal data, as they stand in the bucket: read anew now and then, so that a change needs no deployment.
//!
//! They fail closed: while the document is broken or cannot be read, nothing is stored, and messages wait in the queue. An
//! event that was stripped by yesterday's rules could not be stripped again.

use std::sync::Arc;
use std::time::Duration;

use droplets::key::PII_RULES;
use droplets::lake::{Document, Lake, LakeError};
use droplets::pii::{HashKey, MAX_RULES_BYTES, NoHashKey, Redactor, Rules, RulesError};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

/// Why there are no rules to go by.
#[derive(Debug, thiserror::Error)]
pub enum NoRules {
    /// S3 failed.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// S3 took too long.
    #[error("out of time: s3:GetObject {PII_RULES}")]
    OutOfTime,
    /// The document is broken.
    #[error("{PII_RULES}: {0}; nothing is stored until it is mended or deleted")]
    Broken(#[from] RulesError),
    /// The document is no text.
    #[error("{PII_RULES}: byte {0} is no UTF-8; nothing is stored until it is mended or deleted")]
    NoText(usize),
    /// The document asks for tokens.
    #[error("{PII_RULES}: {0}")]
    NoHashKey(#[from] NoHashKey),
}

/// The rules in the bucket.
#[derive(Debug)]
pub struct PiiRules {
    hash_key: Option<HashKey>,
    /// How long they are believed.
    for_how_long: Duration,
    known: Mutex<Option<Known>>,
}

#[derive(Debug)]
struct Known {
    redactor: Arc<Redactor>,
    /// None: there is no document.
    etag: Option<String>,
    read_at: Instant,
}

impl PiiRules {
    /// Rules that are looked at again after `for_how_long`. Without a key they can ask for no tokens.
    pub fn new(hash_key: Option<HashKey>, for_how_long: Duration) -> Self {
        Self { hash_key, for_how_long, known: Mutex::default() }
    }

    /// What strips by the rules as they are now: the built-in ones where the bucket has none.
    pub async fn redactor(&self, lake: &impl Lake, deadline: Instant) -> Result<Arc<Redactor>, NoRules> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.read_at.elapsed() < self.for_how_long) {
            return Ok(Arc::clone(&known.redactor));
        }
        // What is known is not believed again unless S3 says that it is still true.
        let before = known.take();
        let read = timeout_at(deadline, self.read(lake, before)).await.map_err(|_| NoRules::OutOfTime)??;
        Ok(Arc::clone(&known.insert(read).redactor))
    }

    async fn read(&self, lake: &impl Lake, before: Option<Known>) -> Result<Known, NoRules> {
        let read_at = Instant::now();
        let etag = before.as_ref().and_then(|known| known.etag.as_deref());
        let (mut body, etag) = match (lake.document(PII_RULES, etag).await?, before) {
            (Document::Unchanged, Some(before)) => return Ok(Known { read_at, ..before }),
            (Document::Missing, Some(before)) if before.etag.is_none() => return Ok(Known { read_at, ..before }),
            (Document::Missing | Document::Unchanged, _) => {
                let redactor = Arc::new(Redactor::builtin(self.hash_key.clone()));
                return Ok(Known { redactor, etag: None, read_at });
            }
            (Document::Changed { body, etag }, _) => (body, etag),
        };
        let mut bytes = Vec::new();
        // One chunk beyond the limit is enough to be refused for its length.
        while bytes.len() <= MAX_RULES_BYTES {
            let Some(chunk) = body.next().await? else { break };
            bytes.extend_from_slice(chunk.as_ref());
        }
        let text = std::str::from_utf8(&bytes).map_err(|error| NoRules::NoText(error.valid_up_to()))?;
        let redactor = Redactor::new(Rules::parse(text)?, self.hash_key.clone())?;
        // A document without an entity tag is read anew each time; with one that no document has, it is never unchanged.
        let etag = Some(etag.unwrap_or_else(|| "\"\"".to_owned()));
        Ok(Known { redactor: Arc::new(redactor), etag, read_at })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::atomic::Ordering;

    use droplets::fake::MemoryLake;
    use droplets::pii::Counts;

    use super::*;

    const TTL: Duration = Duration::from_secs(60);

    fn rules(key: Option<&str>) -> PiiRules {
        PiiRules::new(key.and_then(HashKey::new), TTL)
    }

    async fn stripped(rules: &PiiRules, lake: &MemoryLake) -> Result<String, String> {
        let redactor = rules.redactor(lake, Instant::now() + TTL).await.map_err(|error| error.to_string())?;
        let mut out = String::new();
        redactor.strip_json(r#"{"ip":"203.0.113.7"}"#, &mut out, &mut Counts::default()).unwrap();
        Ok(out)
    }

    #[tokio::test(start_paused = true)]
    async fn rules_are_read_again_when_they_are_old() {
        let (rules, lake) = (rules(None), MemoryLake::default());
        assert_eq!(stripped(&rules, &lake).await.unwrap(), r#"{"ip":"[IP]"}"#, "no document: what is built in");
        lake.insert(PII_RULES, br#"{"kinds":{"ip":"keep"}}"#);
        assert_eq!(stripped(&rules, &lake).await.unwrap(), r#"{"ip":"[IP]"}"#, "believed for a while");
        tokio::time::advance(TTL).await;
        assert_eq!(stripped(&rules, &lake).await.unwrap(), r#"{"ip":"203.0.113.7"}"#);
        tokio::time::advance(TTL).await;
        assert_eq!(stripped(&rules, &lake).await.unwrap(), r#"{"ip":"203.0.113.7"}"#, "unchanged");
        assert_eq!(lake.documents.load(Ordering::SeqCst), 3);
        lake.objects.lock().unwrap().clear();
        tokio::time::advance(TTL).await;
        assert_eq!(stripped(&rules, &lake).await.unwrap(), r#"{"ip":"[IP]"}"#, "gone: what is built in");
    }

    #[tokio::test(start_paused = true)]
    async fn rules_that_cannot_be_read_or_understood_stop_everything() {
        let rules = rules(None);
        let lake = MemoryLake::default();
        stripped(&rules, &lake).await.unwrap();
        for (document, why) in [
            (&b"{\n\"kind\":{}}"[..], "config/pii.json: line 2: kind: there is no such field; did you mean \"kinds\"?"),
            (b"{\xff", "config/pii.json: byte 1 is no UTF-8"),
            (
                br#"{"kinds":{"email":"hash"}}"#,
                "config/pii.json: the rules have the action \"hash\", which needs a key",
            ),
            (&[b' '; MAX_RULES_BYTES + 1], "is longer than"),
        ] {
            lake.insert(PII_RULES, document);
            tokio::time::advance(TTL).await;
            for _ in 0..2 {
                let error = stripped(&rules, &lake).await.unwrap_err();
                assert!(error.contains(why), "{error}");
            }
        }
        // Mended, at once.
        lake.insert(PII_RULES, b"{}");
        assert_eq!(stripped(&rules, &lake).await.unwrap(), r#"{"ip":"[IP]"}"#);

        let failing = MemoryLake { failing: vec!["config/".into()], ..MemoryLake::default() };
        tokio::time::advance(TTL).await;
        let error = stripped(&rules, &failing).await.unwrap_err();
        assert!(error.contains("s3:GetObject config/pii.json"), "{error}");
        let slow = MemoryLake { document_delay: 2 * TTL, ..MemoryLake::default() };
        let error = stripped(&rules, &slow).await.unwrap_err();
        assert_eq!(error, "out of time: s3:GetObject config/pii.json");
    }

    #[tokio::test(start_paused = true)]
    async fn with_a_key_rules_may_ask_for_tokens() {
        let (rules, lake) = (rules(Some("a key of sixteen characters")), MemoryLake::default());
        lake.insert(PII_RULES, br#"{"kinds":{"ip":"hash"}}"#);
        assert!(stripped(&rules, &lake).await.unwrap().starts_with(r#"{"ip":"tok_"#));
    }
}
