//! Where a page begins, as text a client carries back.
//!
//! A cursor holds the last position of the page before, the range as it was first understood (so that `now` stays
//! the same now), and a digest of the request it belongs to. It is no secret and grants nothing: a client that made
//! one up could as well ask with another range. The digest is there so that mistakes are told, not answered.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use droplets::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

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
}

/// Bytes of the digest at the front of a cursor.
const DIGEST_BYTES: usize = 12;

/// Spells the cursor of the page after `position`.
#[must_use]
pub fn write(request: &Request, position: &Position) -> String {
    let content = Content {
        v: 1,
        t: position.timestamp.millis(),
        s: position.session_id.clone(),
        e: position.event_id.clone(),
        r: (request.from.millis(), request.to.millis()),
    };
    // Plain integers and strings always serialize.
    let json = serde_json::to_vec(&content).unwrap_or_default();
    let mut bytes = digest(request, &json).to_vec();
    bytes.extend_from_slice(&json);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads the request's cursor, if it has one: where its page begins. The request's range becomes the frozen one.
pub fn read(request: &mut Request) -> Result<Option<Position>, BadRequest> {
    let Some(text) = &request.cursor else { return Ok(None) };
    let unknown = || invalid_cursor("it is none of this function's");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| unknown())?;
    let (sum, json) = bytes.split_at_checked(DIGEST_BYTES).ok_or_else(unknown)?;
    let content: Content = serde_json::from_slice(json).map_err(|_| unknown())?;
    if digest(request, json) != sum {
        return Err(invalid_cursor("it was changed, or belongs to another request"));
    }
    let time = |ms| Timestamp::from_millis(ms).ok_or_else(unknown);
    (request.from, request.to) = (time(content.r.0)?, time(content.r.1)?);
    Ok(Some(Position { timestamp: time(content.t)?, session_id: content.s, event_id: content.e }))
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
