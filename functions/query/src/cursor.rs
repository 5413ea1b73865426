//! Where a page begins, as text a client carries back.
//!
//! A cursor holds the last position of the page before, the range as it was first understood (so that `now` stays
//! the same now), and a digest of the request it belongs to. It is no secret and grants nothing: what it carries is
//! held to the same limits as a request, so a client that made one up could as well have asked. The digest is there so
//! that mistakes are told, not answered.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use droplets::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::reports::{Next, Walked};
use crate::request::{BadRequest, Request, invalid_cursor};
use crate::select::Position;

#[derive(Serialize, Deserialize)]
struct Content {
    /// Version.
    v: u8,
    /// Epoch milliseconds of the position.
    t: i64,
    /// Session id of the position.
    s: String,
    /// Event id of the position.
    e: String,
    /// The frozen range, in epoch milliseconds.
    r: (i64, i64),
    /// How far a journey has come: steps, and the end of the last in epoch milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    w: Option<(u64, f64)>,
}

/// Bytes of the digest at the front of a cursor.
const DIGEST_BYTES: usize = 12;

/// Spells the cursor of the next page.
#[must_use]
pub fn write(request: &Request, next: &Next) -> String {
    let position = &next.position;
    let content = Content {
        v: 1,
        t: position.timestamp.millis(),
        s: position.session_id.clone(),
        e: position.event_id.clone(),
        r: (request.from.millis(), request.to.millis()),
        w: next.walked.map(|walked| (walked.steps, walked.end_ms)),
    };
    // Plain numbers and strings always serialize.
    let json = serde_json::to_vec(&content).unwrap_or_default();
    let mut bytes = digest(request, &json).to_vec();
    bytes.extend_from_slice(&json);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The range that a cursor carries, before it is known to be a good one: a request with a cursor is about this range.
pub fn frozen_range(text: &str) -> Result<(Timestamp, Timestamp), BadRequest> {
    let (_, _, content) = decode(text).ok_or_else(unknown)?;
    let time = |ms| Timestamp::from_millis(ms).ok_or_else(unknown);
    Ok((time(content.r.0)?, time(content.r.1)?))
}

/// Reads the request's cursor, if it has one: where its page begins.
pub fn read(request: &Request) -> Result<Option<Next>, BadRequest> {
    let Some(text) = &request.cursor else { return Ok(None) };
    let (sum, json, content) = decode(text).ok_or_else(unknown)?;
    if digest(request, &json) != *sum {
        return Err(invalid_cursor("it was changed, or belongs to another request"));
    }
    let timestamp = Timestamp::from_millis(content.t).ok_or_else(unknown)?;
    let position = Position { timestamp, session_id: content.s, event_id: content.e };
    Ok(Some(Next { position, walked: content.w.map(|(steps, end_ms)| Walked { steps, end_ms }) }))
}

/// A cursor's digest, its JSON and what that says.
fn decode(text: &str) -> Option<(Vec<u8>, Vec<u8>, Content)> {
    let mut sum = URL_SAFE_NO_PAD.decode(text).ok()?;
    let json = (sum.len() >= DIGEST_BYTES).then(|| sum.split_off(DIGEST_BYTES))?;
    let content = serde_json::from_slice(&json).ok()?;
    Some((sum, json, content))
}

fn unknown() -> BadRequest {
    invalid_cursor("it is none of this function's")
}

fn digest(request: &Request, json: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::new();
    hash.update(request.fingerprint.as_bytes());
    hash.update([0]);
    hash.update(json);
    let mut sum = [0; DIGEST_BYTES];
    sum.copy_from_slice(&hash.finalize()[..DIGEST_BYTES]);
    sum
}
