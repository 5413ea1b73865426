//! How the APIs are doing as a page: what it comes to, how it went over time, and a table to sort.

use std::fmt::Write as _;

use droplets::timestamp::Timestamp;

use super::svg::{Drawing, WIDTH, ticks};
use super::{document, text};
use crate::answer::Stats;
use crate::merge::{Merge, Total};
use crate::performance::{Figures, MANY_ERRORS, SLOW, group_cells, group_columns, width_of};
use crate::printer::{Unprinted, nothing_found};
use crate::query::Whole;
use crate::spell;

/// Height of a chart.
const HEIGHT: f64 = 240.0;
/// Room around what is drawn: left, right, above, below.
const ROOM: (f64, f64, f64, f64) = (64.0, 10.0, 10.0, 26.0);
/// As many times stand below a chart.
const TIMES: i64 = 6;

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// From when on.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// Width of the charts' intervals.
    pub interval: String,
    /// When the page was made.
    pub generated: Timestamp,
}

/// The page, of rows by group and of rows by interval.
pub fn page(asked: &Asked, groups: &Whole, over_time: &Whole) -> Result<String, Unprinted> {
    let (from, to) = (spell::time(&asked.from.to_string()), spell::time(&asked.to.to_string()));
    let mut stats: Stats = groups.gathered.stats;
    stats.add(over_time.gathered.stats);
    let body = match over_time.gathered.merge.as_ref().map(Merge::total).filter(|total| total.requests > 0) {
        None => format!("<p>{}</p>\n", text(&nothing_found(over_time.gathered.searched.as_deref()))),
        Some(total) => {
            let columns = &over_time.gathered.columns;
            let read = |row: &String| Interval::of(Figures::read(columns, row)?);
            let intervals: Vec<_> = over_time.rows.iter().map(read).collect::<Result<_, _>>()?;
            let axis = Axis::new(asked);
            format!(
                "{}<h2>Durations over time</h2>\n{}<h2>Requests over time</h2>\n{}<h2>By {}</h2>\n{}",
                tiles(&total),
                durations(&axis, &intervals),
                requests(&axis, &intervals),
                text(&by(groups)),
                table(groups)?
            )
        }
    };
    Ok(document("Performance", &format!("{from} to {to} UTC"), &body, asked.generated, stats))
}

fn by(groups: &Whole) -> String {
    match group_columns(groups) {
        names if names.is_empty() => "everything".to_owned(),
        names => names.join(" and "),
    }
}

/// An interval's figures, and when it begins.
struct Interval {
    at: i64,
    figures: Figures,
}

impl Interval {
    fn of(figures: Figures) -> Result<Self, serde_json::Error> {
        let at = figures.interval.as_deref().and_then(Timestamp::parse_rfc3339);
        let at = at.ok_or_else(|| serde::de::Error::custom("a row has no interval"))?.millis();
        Ok(Self { at, figures })
    }

    fn tip(&self) -> String {
        let Figures { requests, errors, p50_ms, p95_ms, p99_ms, .. } = &self.figures;
        let mut tip = format!(
            "{} · {}, {}",
            self.figures.interval.as_deref().map(spell::time).unwrap_or_default(),
            spell::many(*requests, "request"),
            spell::many(*errors, "error")
        );
        for (name, ms) in [("p50", p50_ms), ("p95", p95_ms), ("p99", p99_ms)] {
            if let Some(ms) = ms {
                let _ = write!(tip, " · {name} {}", spell::ms(*ms));
            }
        }
        tip
    }
}

/// What it all comes to.
fn tiles(total: &Total) -> String {
    let rate = total.errors as f64 / total.requests.max(1) as f64;
    let quantile = |at: usize| total.quantiles.get(at).copied().flatten().map_or("–".to_owned(), spell::ms);
    let tiles = [
        ("requests", total.requests.to_string(), format!("{} of 400 to 499", total.client_errors)),
        ("error rate", spell::percent(rate), spell::many(total.errors, "error")),
        ("p50", quantile(0), "half took no longer".to_owned()),
        ("p95", quantile(1), "95 of 100 took no longer".to_owned()),
        ("p99", quantile(2), "99 of 100 took no longer".to_owned()),
    ];
    let mut html = String::from("<dl class=\"tiles\">\n");
    for (name, value, more) in tiles {
        let _ = writeln!(html, "<div><dt>{name}</dt><dd>{}</dd><dd>{}</dd></div>", text(&value), text(&more));
    }
    html.push_str("</dl>\n");
    html
}

/// Time from left to right.
struct Axis {
    from: i64,
    to: i64,
    width: i64,
}

impl Axis {
    /// Whole intervals: the first and the last may reach beyond the range.
    fn new(asked: &Asked) -> Self {
        let width = width_of(&asked.interval);
        let from = asked.from.floor(width).millis();
        let to = asked.to.plus_millis(-1).floor(width).millis() + width;
        Self { from, to: to.max(from + width), width }
    }

    fn x(&self, at: i64) -> f64 {
        let room = WIDTH - ROOM.0 - ROOM.1;
        ROOM.0 + (at.clamp(self.from, self.to) - self.from) as f64 / (self.to - self.from) as f64 * room
    }

    fn draw(&self, drawing: &mut Drawing) {
        let count = (self.to - self.from) / self.width;
        let step = (count / TIMES).max(1) * self.width;
        let days = self.to - self.from > 36 * 3_600_000;
        for i in 0..=(self.to - self.from) / step {
            let at = self.from + i * step;
            let Some(moment) = Timestamp::from_millis(at) else { continue };
            let time = spell::time(&moment.to_string());
            let time = if days { time.get(5..16) } else { time.get(11..16) };
            let x = self.x(at);
            drawing.line((x, HEIGHT - ROOM.3), (x, HEIGHT - ROOM.3 + 4.0), "grid");
            let anchor = if x > WIDTH - 40.0 { "end" } else { "middle" };
            drawing.word((x, HEIGHT - 8.0), anchor, time.unwrap_or_default());
        }
    }
}

/// Values from below to above.
struct Values {
    most: f64,
}

impl Values {
    fn draw(most: f64, drawing: &mut Drawing, spell: impl Fn(f64) -> String) -> Self {
        let ticks = ticks(most);
        let values = Self { most: ticks.last().copied().unwrap_or(1.0) };
        for tick in ticks {
            let y = values.y(tick);
            drawing.line((ROOM.0, y), (WIDTH - ROOM.1, y), "grid");
            drawing.word((ROOM.0 - 8.0, y + 4.0), "end", &spell(tick));
        }
        values
    }

    fn y(&self, value: f64) -> f64 {
        let room = HEIGHT - ROOM.2 - ROOM.3;
        HEIGHT - ROOM.3 - value / self.most * room
    }
}

/// Where the pointer rests, all that is known of the interval is shown.
fn tips(axis: &Axis, intervals: &[Interval], drawing: &mut Drawing) {
    for interval in intervals {
        let (x, end) = (axis.x(interval.at), axis.x(interval.at + axis.width));
        drawing.rect((x, ROOM.2), (end - x, HEIGHT - ROOM.2 - ROOM.3), "hover", &interval.tip());
    }
}

fn durations(axis: &Axis, intervals: &[Interval]) -> String {
    let most = intervals.iter().filter_map(|interval| interval.figures.p99_ms).fold(0.0, f64::max);
    let told = format!("p50, p95 and p99 of each interval; the highest p99 is {}.", spell::ms(most));
    let mut drawing = Drawing::new("durations", HEIGHT, "Durations over time", &told);
    let values = Values::draw(most, &mut drawing, |ms| if ms > 0.0 { spell::ms(ms) } else { "0".to_owned() });
    axis.draw(&mut drawing);
    tips(axis, intervals, &mut drawing);
    let series: [(&str, Value); 3] =
        [("p99", |figures| figures.p99_ms), ("p95", |figures| figures.p95_ms), ("p50", |figures| figures.p50_ms)];
    for (class, of) in series {
        for points in runs(axis, intervals, of) {
            let points: Vec<_> = points.iter().map(|(x, ms)| (*x, values.y(*ms))).collect();
            drawing.curve(&points, class);
        }
    }
    drawing.figure(
        "<span class=\"key line p50\"></span>p50<span class=\"key line p95\"></span>p95<span class=\"key line p99\"></span>p99; \
         a line is broken where no request was measured",
    )
}

/// What is drawn of an interval.
type Value = fn(&Figures) -> Option<f64>;

/// Neighbouring intervals that have a value: what lies between them and others is not known.
fn runs(axis: &Axis, intervals: &[Interval], of: Value) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut next = None;
    for interval in intervals {
        let Some(ms) = of(&interval.figures) else { continue };
        let point = (axis.x(interval.at + axis.width / 2), ms);
        match runs.last_mut().filter(|_| next == Some(interval.at)) {
            Some(run) => run.push(point),
            None => runs.push(vec![point]),
        }
        next = Some(interval.at + axis.width);
    }
    runs
}

fn requests(axis: &Axis, intervals: &[Interval]) -> String {
    let most = intervals.iter().map(|interval| interval.figures.requests).max().unwrap_or_default();
    let told = format!("Requests of each interval, {most} at most, and the errors among them.");
    let mut drawing = Drawing::new("requests", HEIGHT, "Requests and errors over time", &told);
    // Less than one request there cannot be.
    let values = Values::draw((most as f64).max(4.0), &mut drawing, |count| format!("{count}"));
    axis.draw(&mut drawing);
    for Interval { at, figures } in intervals {
        let (x, end) = (axis.x(*at), axis.x(at + axis.width));
        let width = ((end - x) * 0.8).max(1.0);
        let (all, bad) = (values.y(figures.requests as f64), values.y(figures.errors as f64));
        drawing.rect((x, all), (width, bad - all), "requests", "");
        if figures.errors > 0 {
            // However few, they are to be seen.
            let height = (HEIGHT - ROOM.3 - bad).max(2.0);
            drawing.rect((x, HEIGHT - ROOM.3 - height), (width, height), "bad", "");
        }
    }
    tips(axis, intervals, &mut drawing);
    drawing.figure(
        "<span class=\"key requests\"></span>requests<span class=\"key bad\"></span>of which errors (500 and above)",
    )
}

fn table(groups: &Whole) -> Result<String, serde_json::Error> {
    let names = group_columns(groups);
    let mut html = String::from(
        "<div class=\"scroll\"><table class=\"sortable\">\n<caption>A click on a title sorts by that column; another one turns it \
         round.</caption>\n<thead><tr>",
    );
    for name in &names {
        let _ = write!(html, "<th scope=\"col\"><button type=\"button\">{}</button></th>", text(name));
    }
    for name in ["requests", "errors", "error rate", "4xx", "p50", "p95", "p99", "max"] {
        let _ = write!(html, "<th scope=\"col\" class=\"number\"><button type=\"button\">{name}</button></th>");
    }
    html.push_str("<th scope=\"col\"><button type=\"button\">slowest session</button></th></tr></thead>\n<tbody>\n");
    for row in &groups.rows {
        let figures = Figures::read(&groups.gathered.columns, row)?;
        html.push_str("<tr>");
        for cell in group_cells(groups, &names, row)? {
            let _ = write!(html, "<td class=\"path\">{}</td>", text(&cell));
        }
        let mut number = |value: f64, spelled: String, class: &str| {
            let _ = write!(html, "<td class=\"number{class}\" data-value=\"{value}\">{spelled}</td>");
        };
        let bad = match figures.error_rate {
            rate if rate >= MANY_ERRORS => " bad",
            _ if figures.errors > 0 => " poor",
            _ => "",
        };
        number(figures.requests as f64, figures.requests.to_string(), "");
        number(figures.errors as f64, figures.errors.to_string(), bad);
        number(figures.error_rate, text(&spell::percent(figures.error_rate)), bad);
        number(figures.client_errors as f64, figures.client_errors.to_string(), "");
        for (ms, marked) in
            [(figures.p50_ms, false), (figures.p95_ms, true), (figures.p99_ms, false), (figures.max_ms, false)]
        {
            let slow = if marked && ms.is_some_and(|ms| ms >= SLOW) { " bad" } else { "" };
            // What was not measured is sorted as less than anything that was.
            number(ms.unwrap_or(-1.0), ms.map(spell::ms).unwrap_or_default(), slow);
        }
        let slowest = figures.slowest.first().map(|slow| text(&slow.session_id)).unwrap_or_default();
        let _ = writeln!(html, "<td class=\"path\">{slowest}</td></tr>");
    }
    html.push_str("</tbody>\n</table></div>\n");
    Ok(html)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    fn asked() -> Asked {
        Asked {
            from: at("2026-11-21T07:10:00Z"),
            to: at("2026-11-21T11:00:00Z"),
            interval: "1h".into(),
            generated: at("2026-11-21T12:00:00Z"),
        }
    }

    fn interval(hour: i64, p50: Option<f64>) -> Interval {
        let interval = at("2026-11-21T07:00:00Z").plus_millis(hour * 3_600_000);
        let figures = Figures {
            interval: Some(interval.to_string()),
            requests: 10,
            errors: 1,
            p50_ms: p50,
            p95_ms: p50.map(|ms| ms * 2.0),
            p99_ms: p50.map(|ms| ms * 3.0),
            ..Figures::default()
        };
        Interval { at: interval.millis(), figures }
    }

    #[test]
    fn time_is_of_whole_intervals() {
        let axis = Axis::new(&asked());
        assert_eq!((axis.from, axis.to), (at("2026-11-21T07:00:00Z").millis(), at("2026-11-21T11:00:00Z").millis()));
        assert_eq!((axis.x(axis.from), axis.x(axis.to)), (ROOM.0, WIDTH - ROOM.1));
        assert_eq!(axis.x(axis.to + 1), WIDTH - ROOM.1, "nothing is drawn outside");
    }

    #[test]
    fn a_line_is_broken_where_nothing_is_known() {
        let axis = Axis::new(&asked());
        let intervals = [interval(0, Some(1.0)), interval(1, Some(2.0)), interval(2, None), interval(3, Some(3.0))];
        let runs = runs(&axis, &intervals, |figures| figures.p50_ms);
        assert_eq!(runs.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        let html = durations(&axis, &intervals);
        assert_eq!(html.matches("<polyline").count(), 6);
        assert!(html.contains("2026-11-21 07:00:00.000 · 10 requests, 1 error · p50 1.0 ms · p95"), "{html}");
    }

    #[test]
    fn requests_and_errors_are_bars() {
        let html = requests(&Axis::new(&asked()), &[interval(0, None), interval(2, None)]);
        assert_eq!(html.matches("class=\"requests\"></rect>").count(), 2, "{html}");
        assert_eq!(html.matches("class=\"bad\"></rect>").count(), 2, "{html}");
        assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    }

    #[test]
    fn nothing_measured_is_drawn_all_the_same() {
        let html = durations(&Axis::new(&asked()), &[interval(0, None)]);
        assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    }

    #[test]
    fn a_total_is_in_tiles() {
        let total = Total { requests: 200, errors: 5, client_errors: 7, quantiles: [Some(12.3), Some(1500.0), None] };
        let html = tiles(&total);
        for part in
            ["<dd>200</dd><dd>7 of 400 to 499</dd>", "<dd>2.5 %</dd><dd>5 errors</dd>", "<dd>12 ms</dd>", "<dd>–</dd>"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn an_interval_must_say_when_it_is() {
        assert!(Interval::of(Figures::default()).is_err());
    }
}
