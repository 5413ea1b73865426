//! What a request costs, at the list prices of us-east-1 for on-demand use, as read on 2026-11-21. Other regions differ by some
//! percent; the free tier is left out.
//!
//! Lambda: <https://aws.amazon.com/lambda/pricing/>, S3 Standard: <https://aws.amazon.com/s3/pricing/>, DynamoDB:
//! <https://aws.amazon.com/dynamodb/pricing/on-demand/>.

use std::time::Duration;

use crate::blocks::Cost;
use crate::entries::IndexCost;

/// A request of Lambda, in dollars.
const REQUEST: f64 = 0.20 / 1e6;
/// A second of a GB of memory.
const GB_SECOND: f64 = if cfg!(target_arch = "aarch64") { 0.000_013_333_4 } else { 0.000_016_666_7 };
/// A read request unit.
const READ_UNIT: f64 = 0.125 / 1e6;
/// GetObject.
const GET: f64 = 0.40 / 1e6;
/// PutObject.
const PUT: f64 = 5.00 / 1e6;

/// What reading takes, besides the function.
#[must_use]
pub fn reading(index: &IndexCost, blocks: &Cost) -> f64 {
    index.units * READ_UNIT + blocks.gets as f64 * GET
}

/// What an answer took. Lambda bills whole milliseconds.
#[must_use]
pub fn answer(index: &IndexCost, blocks: &Cost, puts: u64, took: Duration, memory_mb: usize) -> f64 {
    let seconds = took.as_millis().max(1) as f64 / 1000.0;
    reading(index, blocks) + puts as f64 * PUT + REQUEST + memory_mb as f64 / 1024.0 * seconds * GB_SECOND
}

/// Rounded to a billionth of a dollar.
#[must_use]
pub fn dollars(amount: f64) -> f64 {
    (amount * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_costs_what_it_uses() {
        let index = IndexCost { reads: 4, units: 2.0, entries: 9 };
        let blocks = Cost { gets: 10, bytes: 1, missing: 0 };
        let second = answer(&index, &blocks, 1, Duration::from_secs(1), 1024);
        let expected = 0.25e-6 + 4e-6 + 5e-6 + 0.2e-6 + GB_SECOND;
        assert!((second - expected).abs() < 1e-12, "{second}");
        // A call that took no time is billed all the same.
        assert!(answer(&IndexCost::default(), &Cost::default(), 0, Duration::ZERO, 1024) > REQUEST);
        assert_eq!(dollars(0.123_456_789_12), 0.123_456_789);
    }
}
