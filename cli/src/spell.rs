//! Numbers as people read them. Pure.

/// A second in milliseconds.
const SECOND: i64 = 1000;
/// A minute in milliseconds.
const MINUTE: i64 = 60 * SECOND;
/// An hour in milliseconds.
const HOUR: i64 = 60 * MINUTE;
/// A day in milliseconds.
const DAY: i64 = 24 * HOUR;

/// `1 row`, `2 rows`.
pub fn many(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How long a request took, in as many digits as say something: `0.8 ms`, `120 ms`, `1.25 s`, `2 min 5 s`.
pub fn ms(ms: f64) -> String {
    match ms {
        // Where rounding would reach the next unit, that unit is used.
        _ if ms < 9.95 => format!("{ms:.1} ms"),
        _ if ms < 999.5 => format!("{ms:.0} ms"),
        _ if ms < 59_995.0 => format!("{:.2} s", ms / 1000.0),
        _ => span(ms as i64),
    }
}

/// A time of milliseconds in its two largest units: `850 ms`, `42 s`, `4 min 12 s`, `3 days 4 h`.
pub fn span(ms: i64) -> String {
    let two = |large: i64, small: i64, large_name: &str, small_name: &str| {
        let rest = ms % large / small;
        let rest = if rest > 0 { format!(" {rest} {small_name}") } else { String::new() };
        format!("{} {large_name}{rest}", ms / large)
    };
    match ms {
        _ if ms < SECOND => format!("{ms} ms"),
        _ if ms < MINUTE => format!("{} s", ms / SECOND),
        _ if ms < HOUR => two(MINUTE, SECOND, "min", "s"),
        _ if ms < DAY => two(HOUR, MINUTE, "h", "min"),
        _ if ms < 2 * DAY => two(DAY, HOUR, "day", "h"),
        _ => two(DAY, HOUR, "days", "h"),
    }
}

/// How long after the start: `+0:00.0`, `+12:03`, `+1:02:03`, `+3d 04:05`.
pub fn offset(ms: i64) -> String {
    let (days, hours, minutes, seconds) = (ms / DAY, ms % DAY / HOUR, ms % HOUR / MINUTE, ms % MINUTE / SECOND);
    match ms {
        _ if ms < 10 * MINUTE => format!("+{minutes}:{seconds:02}.{}", ms % SECOND / 100),
        _ if ms < HOUR => format!("+{minutes}:{seconds:02}"),
        _ if ms < DAY => format!("+{hours}:{minutes:02}:{seconds:02}"),
        _ => format!("+{days}d {hours:02}:{minutes:02}"),
    }
}

/// A part of all: `0 %`, `0.04 %`, `2.5 %`, `100 %`.
pub fn percent(part: f64) -> String {
    match part * 100.0 {
        percent if percent <= 0.0 => "0 %".to_owned(),
        percent if percent < 0.01 => "<0.01 %".to_owned(),
        percent if percent < 0.995 => format!("{percent:.2} %"),
        percent if percent < 9.95 => format!("{percent:.1} %"),
        percent => format!("{percent:.0} %"),
    }
}

/// What something cost, in cents, or in two digits where that is less: `$1.50`, `$0.012`, `$0.000012`.
pub fn usd(usd: f64) -> String {
    let digits = (2..12).find(|digits| usd <= 0.0 || usd >= 10_f64.powi(1 - digits)).unwrap_or(12) as usize;
    format!("${usd:.digits$}")
}

/// `2026-11-21 07:03:12.123` of `2026-11-21T07:03:12.123Z`.
pub fn time(timestamp: &str) -> String {
    timestamp.replace('T', " ").replace('Z', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_the_digits_that_say_something() {
        let all = [0.0, 0.84, 9.94, 9.96, 120.4, 999.6, 1254.0, 59_999.0, 125_000.0].map(ms);
        let expected = ["0.0 ms", "0.8 ms", "9.9 ms", "10 ms", "120 ms", "1.00 s", "1.25 s", "59 s", "2 min 5 s"];
        assert_eq!(all, expected);
    }

    #[test]
    fn spans_have_two_units() {
        let all = [0, 850, 42_000, 252_000, 240_000, 3_723_000, 90_000_000, 273_600_000].map(span);
        assert_eq!(all, ["0 ms", "850 ms", "42 s", "4 min 12 s", "4 min", "1 h 2 min", "1 day 1 h", "3 days 4 h"]);
    }

    #[test]
    fn offsets_are_short() {
        let all = [0, 1234, 599_999, 723_000, 3_723_000, 273_900_000].map(offset);
        assert_eq!(all, ["+0:00.0", "+0:01.2", "+9:59.9", "+12:03", "+1:02:03", "+3d 04:05"]);
    }

    #[test]
    fn parts_and_money() {
        assert_eq!(
            [0.0, 0.000_04, 0.0004, 0.025, 0.5, 1.0].map(percent),
            ["0 %", "<0.01 %", "0.04 %", "2.5 %", "50 %", "100 %"]
        );
        assert_eq!(
            [0.0, 1.5, 0.0123, 0.000_012, 1e-5].map(usd),
            ["$0.00", "$1.50", "$0.012", "$0.000012", "$0.000010"]
        );
        assert_eq!((many(1, "row"), many(0, "row")), ("1 row".to_owned(), "0 rows".to_owned()));
        assert_eq!(time("2026-11-21T07:03:12.123Z"), "2026-11-21 07:03:12.123");
    }
}
