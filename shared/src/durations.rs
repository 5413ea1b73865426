//! How long requests took: quantiles of any number of durations in a few kilobytes, which can be put together.
//!
//! A [DDSketch](https://www.vldb.org/pvldb/vol12/p2195-masson.pdf) keeps counts in buckets whose widths grow with the
//! value, so a quantile it tells is within [`RELATIVE_ERROR`] of a duration that was really seen: of that at index
//! ⌊q·(n−1)⌋ of all n in order. Sketches of parts of the events, put together, are the sketch of all of them, to the
//! bucket: it makes no difference how a range was cut into pages.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sketches_ddsketch::DDSketch;

/// How far a quantile may be off, as a part of itself.
pub const RELATIVE_ERROR: f64 = 0.01;
/// Durations in milliseconds. Their settings are the crate's defaults, which are what it reads sketches back with: an error of
/// 1 %, and 2,048 buckets, which span a nanosecond to years before any are merged.
#[derive(Clone, Default)]
pub struct Durations(DDSketch);

impl std::fmt::Debug for Durations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Durations").field("count", &self.count()).finish_non_exhaustive()
    }
}

impl Durations {
    /// Adds one; what is no duration (negative, infinite, not a number) is passed over.
    pub fn add(&mut self, ms: f64) {
        if ms.is_finite() && ms >= 0.0 {
            self.0.add(ms);
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        // Only sketches of another error cannot be put together, and there is but one here.
        let _ = self.0.merge(&other.0);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.count() as u64
    }

    /// The longest, exactly; `None` if there are none.
    #[must_use]
    pub fn longest(&self) -> Option<f64> {
        self.0.max()
    }

    /// The duration that a part `q` (0 to 1) of all do not exceed, within [`RELATIVE_ERROR`]; `None` if there are none.
    /// No less than the shortest and no more than the longest seen.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let ms = self.0.quantile(q).ok().flatten()?;
        Some(ms.clamp(self.0.min()?, self.0.max()?))
    }

    /// As text, for another to put together: base64 of the encoding that DataDog's sketch libraries share.
    #[must_use]
    pub fn encode(&self) -> String {
        STANDARD_NO_PAD.encode(self.0.to_java_bytes())
    }

    /// From its text; `None` if it is none of this module's.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let sketch = DDSketch::from_java_bytes(&STANDARD_NO_PAD.decode(text).ok()?).ok()?;
        // What was read knows only its buckets' width; put into an empty one it has all the settings, or is refused.
        let mut own = Self::default();
        own.0.merge(&sketch).ok()?;
        Some(own)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn some(n: u32) -> Vec<f64> {
        let mut random = fastrand::Rng::with_seed(u64::from(n));
        (0..n).map(|_| (random.f64() * 12.0 - 4.0).exp()).collect()
    }

    #[test]
    fn quantiles_are_within_the_stated_error() {
        for n in [1, 2, 10, 999, 20_000] {
            let mut all = some(n);
            let mut durations = Durations::default();
            all.iter().for_each(|ms| durations.add(*ms));
            all.sort_by(f64::total_cmp);
            for q in [0.0, 0.5, 0.95, 0.99, 1.0] {
                let exact = all[(q * (f64::from(n) - 1.0)) as usize];
                let told = durations.quantile(q).unwrap();
                assert!((told - exact).abs() <= exact * (RELATIVE_ERROR + 1e-9), "{q} of {n}: {told}, {exact}");
            }
            assert_eq!(durations.longest(), all.last().copied());
            assert_eq!(durations.count(), u64::from(n));
        }
    }

    #[test]
    fn parts_put_together_as_text_are_the_whole() {
        let all = some(5000);
        let mut whole = Durations::default();
        all.iter().for_each(|ms| whole.add(*ms));
        let mut together = Durations::default();
        for part in all.chunks(700) {
            let mut durations = Durations::default();
            part.iter().for_each(|ms| durations.add(*ms));
            let text = durations.encode();
            assert!(text.len() < 4000, "{}", text.len());
            together.merge(&Durations::decode(&text).unwrap());
        }
        for q in [0.0, 0.01, 0.5, 0.95, 0.99, 1.0] {
            assert_eq!(together.quantile(q), whole.quantile(q));
        }
    }

    #[test]
    fn nothing_and_nonsense() {
        let mut durations = Durations::default();
        assert_eq!((durations.quantile(0.5), durations.longest(), durations.count()), (None, None, 0));
        assert_eq!(Durations::decode(&durations.encode()).unwrap().count(), 0);
        [f64::NAN, f64::INFINITY, -1.0].iter().for_each(|ms| durations.add(*ms));
        assert_eq!(durations.count(), 0);
        durations.add(0.0);
        assert_eq!(durations.quantile(0.5), Some(0.0));
        for text in ["", "!", "AAAA", "////////"] {
            assert!(Durations::decode(text).is_none_or(|d| d.count() == 0), "{text}");
        }
    }
}
