//! The paths of the rules, followed while the walk goes down: which of them still lead to a value, which end there.

use super::Redactor;
use super::rules::{PathRule, Rules};

/// Which paths of the rules lead to a value, and which end there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paths {
    /// A bit for each path that goes on.
    pub(super) alive: u64,
    /// Steps taken.
    depth: usize,
    /// The first path that ends here.
    pub(super) ended: Option<u8>,
}

impl Paths {
    pub(super) const NONE: Self = Self { alive: 0, depth: 0, ended: None };

    pub(super) fn start(rules: &Rules) -> Self {
        let alive = match rules.paths.len() {
            0 => 0,
            // At most 64; see the limit of the document.
            count => u64::MAX >> (64 - count.min(64)),
        };
        Self { alive, ..Self::NONE }
    }

    /// The paths behind a member's name, or behind a position of an array.
    pub(super) fn step(self, r: &Redactor, name: &str) -> Self {
        let mut next = Self { alive: 0, depth: self.depth + 1, ended: None };
        if self.alive == 0 {
            return next;
        }
        for (i, PathRule { steps, .. }) in r.rules.paths.iter().enumerate() {
            let leads = self.alive & (1 << i) != 0
                && steps.get(self.depth).is_some_and(|step| step.as_deref().is_none_or(|step| step == name));
            if leads && steps.len() == next.depth {
                next.ended = next.ended.or(u8::try_from(i).ok());
            } else if leads {
                next.alive |= 1 << i;
            }
        }
        next
    }
}
