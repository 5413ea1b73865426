//! A corpus that says how well personal data is stripped: events of many Express applications and free sentences, with
//! every personal value and everything that must survive known.
//!
//! It was written without a look at the redactor, from what applications send and from the formats that countries,
//! banks and vendors publish, so that what it measures holds for traffic nobody has seen. Everything is invented by a
//! seeded generator: the same seed makes the same corpus.
//!
//! What nobody could decide is neither planted nor a survivor: names, places and addresses in free text, a city alone,
//! user names, the address of a client in a private network, what stands beside the value in a cookie or in a field
//! that is personal as a whole.

mod bank;
mod case;
mod contact;
mod encode;
mod events;
mod expand;
mod ids;
mod kinds;
mod plain;
mod scenarios;
pub mod score;
mod secret;
mod sentences;
mod template;
mod value;
mod write;

pub use case::{Case, Planted, Survivor};
pub use events::events;
pub use sentences::sentences;
pub use value::Needle;

/// The fields that every reader of the lake relies on.
pub const PROTECTED: &[&str] = &[
    "/session_id",
    "/event_id",
    "/timestamp",
    "/type",
    "/request/method",
    "/response/status",
    "/response/duration_ms",
];

#[cfg(test)]
mod tests;
