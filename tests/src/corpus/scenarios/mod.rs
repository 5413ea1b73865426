//! The applications whose events the corpus is made of. Each list is JSON: see [`super::template`] for its language.

mod fragments;
mod money;
mod people;
mod platform;
mod text;
mod web;

pub(super) use fragments::{COMMON_HEADERS, FRAGMENTS, RESPONSE_HEADERS};

/// All lists of scenarios.
pub(super) const LISTS: &[&str] = &[web::LIST, people::LIST, money::LIST, platform::LIST, text::LIST];
