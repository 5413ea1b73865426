//! What two rooms of Droplets need: the event contract, personal data, the raw format, the lake and the index.
//!
//! [`event`], [`pii`], [`block`] and [`key`] know no AWS; [`lake`] and [`index`] are the only places that call it.

pub mod block;
pub mod config;
pub mod csv;
pub mod durations;
pub mod event;
#[cfg(feature = "fakes")]
pub mod fake;
pub mod index;
pub mod json;
pub mod key;
pub mod lake;
pub mod pii;
pub mod route;
pub mod telemetry;
pub mod timestamp;
