//! Instants as Droplets knows them: UTC, whole milliseconds, years 0000 to 9999.
//!
//! One spelling sorts as text the way the instants sort in time, which is what DynamoDB's sort key and the
//! total order of events need: `2026-11-21T07:03:12.123Z`, always 24 characters.

use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime};

/// Milliseconds in an hour; blocks, objects and index entries never span one.
pub const HOUR_MS: i64 = 3_600_000;
/// Milliseconds in a day.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// `0000-01-01T00:00:00.000Z`
const MIN_MS: i64 = -62_167_219_200_000;
/// `9999-12-31T23:59:59.999Z`
const MAX_MS: i64 = 253_402_300_799_999;

/// An instant: milliseconds since 1970-01-01T00:00:00Z, between the years 0000 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The first instant that can be spelled.
    pub const MIN: Self = Self(MIN_MS);
    /// The last instant that can be spelled.
    pub const MAX: Self = Self(MAX_MS);

    /// From epoch milliseconds; `None` outside the years 0000 to 9999.
    #[must_use]
    pub fn from_millis(ms: i64) -> Option<Self> {
        (MIN_MS..=MAX_MS).contains(&ms).then_some(Self(ms))
    }

    /// Reads RFC 3339 with any offset. Digits below a millisecond are cut off; a leap second counts as the
    /// last millisecond before it, so that it stays in its hour.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        Self::from_millis(i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000_000)).ok()?)
    }

    /// Reads a calendar date, `2026-11-21`, as its first instant in UTC.
    #[must_use]
    pub fn parse_date(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let number = |part: Option<&str>| -> Option<u16> {
            part.filter(|p| p.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
        };
        let year = number(text.get(0..4))?;
        let month = Month::try_from(u8::try_from(number(text.get(5..7))?).ok()?).ok()?;
        let day = u8::try_from(number(text.get(8..10))?).ok()?;
        let date = Date::from_calendar_date(i32::from(year), month, day).ok()?;
        Self::from_millis(date.midnight().assume_utc().unix_timestamp() * 1000)
    }

    /// Reads a time as people write it: RFC 3339, a date, `now`, or relative to `now` (`-24h`, `now-7d`; s, m, h, d, w).
    #[must_use]
    pub fn parse_spoken(text: &str, now: Self) -> Option<Self> {
        let Some(offset) = text.strip_prefix("now").or(Some(text).filter(|text| text.starts_with('-'))) else {
            return Self::parse_rfc3339(text).or_else(|| Self::parse_date(text));
        };
        if offset.is_empty() {
            return Some(now);
        }
        let (sign, width) = match offset.split_at_checked(1)? {
            ("-", width) => (-1, width),
            ("+", width) => (1, width),
            _ => return None,
        };
        Some(now.plus_millis(sign * parse_duration(width)?))
    }

    /// This moment, by the clock of the machine.
    #[must_use]
    pub fn now() -> Self {
        let ms = OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000;
        i64::try_from(ms).ok().and_then(Self::from_millis).unwrap_or(Self::MAX)
    }

    /// Epoch milliseconds.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by `ms` milliseconds, held within the years 0000 to 9999.
    #[must_use]
    pub fn plus_millis(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms).clamp(MIN_MS, MAX_MS))
    }

    /// The start of the interval of `width_ms` milliseconds, counted from the epoch, that holds this instant.
    #[must_use]
    pub fn floor(self, width_ms: i64) -> Self {
        Self(self.0.div_euclid(width_ms.max(1)) * width_ms.max(1)).max(Self::MIN)
    }

    /// The start of the UTC hour that holds this instant.
    #[must_use]
    pub fn hour(self) -> Self {
        self.floor(HOUR_MS)
    }

    /// `2026-11-21`
    #[must_use]
    pub fn date(self) -> String {
        let at = self.parts();
        format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day())
    }

    /// Hour of the day, 0 to 23.
    #[must_use]
    pub fn hour_of_day(self) -> u8 {
        self.parts().hour()
    }

    /// `20261121T070312123Z`: for object names, where a colon would break Hadoop paths.
    #[must_use]
    pub fn compact(self) -> String {
        let at = self.parts();
        format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}{:03}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.millisecond()
        )
    }

    fn parts(self) -> OffsetDateTime {
        // In range by construction: every constructor checks or clamps.
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.parts();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.millisecond()
        )
    }
}

/// `90s`, `30m`, `24h`, `7d`, `2w` in milliseconds.
#[must_use]
pub fn parse_duration(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1000,
        "m" => 60_000,
        "h" => HOUR_MS,
        "d" => DAY_MS,
        "w" => 7 * DAY_MS,
        _ => return None,
    };
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    number.parse::<i64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Timestamp::parse_rfc3339(text).map_or_else(|| "-".into(), |t| t.to_string())
    }

    #[test]
    fn rfc3339_with_any_offset_becomes_utc_milliseconds() {
        assert_eq!(shown("2026-11-21T07:03:12.123Z"), "2026-11-21T07:03:12.123Z");
        assert_eq!(shown("2026-11-21T08:03:12.1239+01:00"), "2026-11-21T07:03:12.123Z");
        assert_eq!(shown("2026-11-21T00:03:12-07:30"), "2026-11-21T07:33:12.000Z");
        assert_eq!(shown("2026-11-21t07:03:12z"), "2026-11-21T07:03:12.000Z");
        assert_eq!(shown("1969-12-31T23:59:59.9999Z"), "1969-12-31T23:59:59.999Z");
        assert_eq!(shown("0000-01-01T00:00:00Z"), "0000-01-01T00:00:00.000Z");
        assert_eq!(shown("9999-12-31T23:59:59.999Z"), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn a_leap_second_stays_in_its_hour() {
        assert_eq!(shown("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59.999Z");
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in [
            "",
            "now",
            "2026-11-21",
            "2026-11-21T07:03:12",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "9999-12-31T23:59:59-01:00",
            "0000-01-01T00:00:00+01:00",
            "20261121T070312Z",
            "2026-11-21T25:00:00Z",
        ] {
            assert_eq!(shown(text), "-", "{text}");
        }
    }

    #[test]
    fn dates_floors_and_names() {
        let t = Timestamp::parse_rfc3339("2026-11-21T07:03:12.123Z").unwrap();
        assert_eq!(t.date(), "2026-11-21");
        assert_eq!(t.hour_of_day(), 7);
        assert_eq!(t.compact(), "20261121T070312123Z");
        assert_eq!(t.hour().to_string(), "2026-11-21T07:00:00.000Z");
        assert_eq!(t.floor(DAY_MS), Timestamp::parse_date("2026-11-21").unwrap());
        assert_eq!(Timestamp::from_millis(-1).unwrap().hour().to_string(), "1969-12-31T23:00:00.000Z");
        assert_eq!(Timestamp::MIN.to_string(), "0000-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::from_millis(MAX_MS + 1), None);
        for bad in ["2026-11-2", "2026-1-21", "+026-11-21", "2026-11-31", "é026-11-2"] {
            assert_eq!(Timestamp::parse_date(bad), None, "{bad}");
        }
    }
}
