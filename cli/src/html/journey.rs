//! A session as a page: a line of time, and a table of its steps.

use std::fmt::Write as _;

use droplets::timestamp::Timestamp;

use super::svg::{Drawing, WIDTH};
use super::{class, document, text};
use crate::journey::{LONG_GAP, Step, long_gap, slow_from, summary};
use crate::merge::Gathered;
use crate::printer::nothing_found;
use crate::spell;
use crate::table::Paint;

/// Room at the left and at the right of the chart.
const MARGIN: f64 = 8.0;
/// A step is at least so wide, or it could not be seen.
const NARROWEST: f64 = 3.0;
/// Height of a lane of steps.
const LANE: f64 = 20.0;
/// Room above the lanes, for what is said of gaps, and below them, for times.
const ROOM: (f64, f64) = (6.0, 24.0);
/// A gap is drawn so wide, however long it was, while there is room.
const GAP: f64 = 64.0;
/// Room that a time below the chart takes.
const TICK: f64 = 70.0;

/// The page.
pub fn page(session: &str, steps: &[Step], gathered: &Gathered, generated: Timestamp) -> String {
    let title = format!("Journey of {session}");
    let lead = summary(session, steps).into_iter().skip(1).collect::<Vec<_>>().join(" · ");
    let body = if steps.is_empty() {
        format!("<p>{}</p>\n", text(&nothing_found(gathered.searched.as_deref())))
    } else {
        format!("<h2>Time line</h2>\n{}<h2>Steps</h2>\n{}", chart(steps), table(steps))
    };
    document(&title, &lead, &body, generated, gathered.stats)
}

/// The colour of a step: that of its status, or none if it has none.
fn paint(step: &Step) -> Paint {
    if step.status.is_some() { step.paint() } else { Paint::Dim }
}

/// When a step ends.
fn end(step: &Step) -> f64 {
    step.at() as f64 + step.duration_ms.unwrap_or_default().max(0.0)
}

/// Steps between two long gaps.
#[derive(Debug, PartialEq)]
struct Stretch {
    from: f64,
    to: f64,
    x: f64,
}

/// Time on the drawing: stretches in proportion, the gaps between them all alike.
#[derive(Debug)]
struct Scale {
    stretches: Vec<Stretch>,
    per_ms: f64,
    gap: f64,
}

impl Scale {
    fn new(steps: &[Step]) -> Self {
        let mut stretches: Vec<Stretch> = Vec::new();
        for step in steps {
            let (from, to) = (step.at() as f64, end(step));
            match stretches.last_mut() {
                Some(last) if from - last.to < LONG_GAP => last.to = last.to.max(to),
                _ => stretches.push(Stretch { from, to, x: 0.0 }),
            }
        }
        let room = WIDTH - 2.0 * MARGIN;
        // The steps get half of the room at least, and each stretch enough for one to be seen.
        let gaps = stretches.len().saturating_sub(1) as f64;
        let gap = if gaps > 0.0 { GAP.min(room / 2.0 / gaps) } else { 0.0 };
        let least = NARROWEST.min(room / 4.0 / (gaps + 1.0));
        let busy: f64 = stretches.iter().map(|stretch| stretch.to - stretch.from).sum();
        let per_ms = if busy > 0.0 { (room - gap * gaps - least * (gaps + 1.0)) / busy } else { 0.0 };
        let mut x = MARGIN;
        for stretch in &mut stretches {
            stretch.x = x;
            x += (stretch.to - stretch.from) * per_ms + least + gap;
        }
        Self { stretches, per_ms, gap }
    }

    fn x(&self, at: f64) -> f64 {
        let stretch = self.stretches.iter().rev().find(|stretch| stretch.from <= at);
        stretch.map_or(MARGIN, |stretch| stretch.x + (at - stretch.from) * self.per_ms)
    }
}

fn chart(steps: &[Step]) -> String {
    let scale = Scale::new(steps);
    let slow = slow_from(steps);
    // Each step in the first lane that is free where it begins.
    let mut lanes: Vec<f64> = Vec::new();
    let mut placed = Vec::with_capacity(steps.len());
    for step in steps {
        let x = scale.x(step.at() as f64);
        let width = (step.duration_ms.unwrap_or_default().max(0.0) * scale.per_ms).max(NARROWEST);
        let lane = lanes.iter().position(|free| *free <= x).unwrap_or(lanes.len());
        match lanes.get_mut(lane) {
            Some(free) => *free = x + width + 1.0,
            None => lanes.push(x + width + 1.0),
        }
        placed.push((step, x, width, lane));
    }
    let below = ROOM.0 + LANE * lanes.len() as f64;
    let start = steps.first().map_or(0, Step::at);
    let told = format!(
        "{} from left to right in time, each as wide as it took; long gaps are shortened. The table below says the same.",
        spell::many(steps.len() as u64, "step")
    );
    let mut drawing = Drawing::new("time-line", below + ROOM.1, "Steps over time", &told);
    drawing.line((MARGIN, below), (WIDTH - MARGIN, below), "grid");
    let mut free = 0.0;
    let mut before: Option<&Stretch> = None;
    for stretch in &scale.stretches {
        if let Some(before) = before.replace(stretch) {
            let lasted = spell::span((stretch.from - before.to).round() as i64);
            let x = stretch.x - scale.gap;
            let inset = (scale.gap / 8.0).min(4.0);
            let size = (scale.gap - 2.0 * inset, below - ROOM.0);
            drawing.rect((x + inset, ROOM.0), size, "gap", &format!("{lasted} without anything"));
            let word = if scale.gap < GAP { "…" } else { &lasted };
            drawing.word((x + scale.gap / 2.0, (ROOM.0 + below) / 2.0 + 4.0), "middle", word);
        }
        if stretch.x >= free && stretch.x <= WIDTH - TICK {
            drawing.line((stretch.x, below), (stretch.x, below + 5.0), "grid");
            drawing.word((stretch.x, below + 18.0), "start", &spell::offset(stretch.from as i64 - start));
            free = stretch.x + TICK;
        }
    }
    if let Some(last) = scale.stretches.last().filter(|_| free < WIDTH - MARGIN - TICK) {
        drawing.word((WIDTH - MARGIN, below + 18.0), "end", &spell::offset((last.to as i64 - start).max(0)));
    }
    for (step, x, width, lane) in placed {
        let is_slow = step.duration_ms.is_some_and(|ms| ms >= slow);
        let mark = if step.is_aborted() {
            " aborted"
        } else if is_slow {
            " slow"
        } else {
            ""
        };
        let at = (x, ROOM.0 + LANE * lane as f64 + 2.0);
        drawing.rect(at, (width, LANE - 4.0), &format!("{}{mark}", class(paint(step))), &tip(step, start));
    }
    drawing.figure(
        "<span class=\"key good\"></span>answered<span class=\"key poor\"></span>400 to 499<span class=\"key bad\"></span>500 and \
         above<span class=\"key none\"></span>without a status. Framed: slow. Dashed and pale: aborted. Gaps of 30 s and more are \
         shortened.",
    )
}

/// What a step was, in a line.
fn tip(step: &Step, start: i64) -> String {
    let status = step.status.map(|status| status.to_string());
    let took = step.duration_ms.map(spell::ms);
    let parts = [
        Some(format!("{}. {}", step.step, spell::offset((step.at() - start).max(0)))),
        Some(step.verb().to_owned()),
        Some(step.what().to_owned()),
        status,
        took,
        step.outcome.clone(),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn table(steps: &[Step]) -> String {
    let start = steps.first().map_or(0, Step::at);
    let slow = slow_from(steps);
    let mut html = String::from(
        "<div class=\"scroll\"><table>\n<caption>Every step, in order. Errors are responses of 500 and above.</caption>\n<thead><tr>\
         <th scope=\"col\" class=\"number\">step</th><th scope=\"col\" class=\"number\">after</th><th scope=\"col\">time (UTC)</th>\
         <th scope=\"col\">type</th><th scope=\"col\">method</th><th scope=\"col\">path</th>\
         <th scope=\"col\" class=\"number\">status</th><th scope=\"col\" class=\"number\">took</th><th scope=\"col\">outcome</th>\
         </tr></thead>\n<tbody>\n",
    );
    for step in steps {
        if let Some(gap) = long_gap(step) {
            let _ = writeln!(html, "<tr class=\"gap\"><td colspan=\"9\">{}</td></tr>", text(&gap));
        }
        let colour = class(step.paint());
        let is_slow = step.duration_ms.is_some_and(|ms| ms >= slow);
        let cell = |value: &Option<String>| text(value.as_deref().unwrap_or_default());
        let _ = writeln!(
            html,
            "<tr><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"time\">{}</td><td>{}</td><td>{}</td>\
             <td class=\"path\">{}</td><td class=\"number {colour}\">{}</td><td class=\"number{}\">{}{}</td><td>{}</td></tr>",
            step.step,
            spell::offset((step.at() - start).max(0)),
            text(&spell::time(&step.timestamp)),
            cell(&step.event_type),
            cell(&step.method),
            text(step.what()),
            step.status.map(|status| status.to_string()).unwrap_or_default(),
            if is_slow { " poor" } else { "" },
            step.duration_ms.map(spell::ms).unwrap_or_default(),
            if is_slow { " (slow)" } else { "" },
            cell(&step.outcome),
        );
    }
    html.push_str("</tbody>\n</table></div>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Stats;

    fn step(number: u64, at: &str, gap: Option<f64>, status: Option<u16>, ms: Option<f64>) -> Step {
        Step {
            step: number,
            timestamp: format!("2026-11-21T07:{at}Z"),
            gap_ms: gap,
            method: status.map(|_| "GET".to_owned()),
            event_type: Some("http".into()),
            path: Some(format!("/{number}")),
            status,
            duration_ms: ms,
            ..Step::default()
        }
    }

    fn steps() -> Vec<Step> {
        vec![
            step(1, "00:00.000", None, Some(200), Some(1000.0)),
            step(2, "00:00.500", Some(0.0), Some(404), Some(100.0)),
            step(3, "10:00.000", Some(599_000.0), Some(503), Some(1000.0)),
            Step { outcome: Some("aborted".into()), ..step(4, "10:01.000", Some(0.0), None, None) },
        ]
    }

    #[test]
    fn long_gaps_are_shortened_and_the_rest_is_in_proportion() {
        let scale = Scale::new(&steps());
        assert_eq!(scale.stretches.len(), 2);
        let at = |text: &str| Timestamp::parse_rfc3339(text).map_or(0.0, |at| at.millis() as f64);
        let x = |text: &str| scale.x(at(text));
        let width = x("2026-11-21T07:00:01Z") - x("2026-11-21T07:00:00Z");
        assert!((width - (x("2026-11-21T07:10:01Z") - x("2026-11-21T07:10:00Z"))).abs() < 1e-6);
        assert!(width > 400.0, "{width}");
        let gap = x("2026-11-21T07:10:00Z") - x("2026-11-21T07:00:01Z");
        assert!((60.0..80.0).contains(&gap), "{gap}");
    }

    #[test]
    fn everything_is_drawn_inside() {
        // Many gaps, nothing that takes time, one step alone: none may run out of the drawing.
        let minutes = |n: u64, ms: Option<f64>| -> Vec<Step> {
            (0..n).map(|i| step(i + 1, &format!("{:02}:00.000", i % 60), Some(60_000.0), Some(200), ms)).collect()
        };
        for steps in [minutes(60, Some(5.0)), minutes(60, None), minutes(1, None), minutes(1, Some(1e6))] {
            let html = chart(&steps);
            for rect in html.lines().filter(|line| line.starts_with("<rect")) {
                let number = |name: &str| {
                    let value = rect.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
                    value.and_then(|value| value.parse::<f64>().ok()).unwrap_or(f64::NAN)
                };
                let (x, width) = (number("x"), number("width"));
                assert!(x >= 0.0 && width >= 0.0 && x + width <= WIDTH, "{rect}");
            }
        }
    }

    #[test]
    fn the_page_has_chart_and_table() {
        let gathered = Gathered { stats: Stats { cost_usd: 0.5, ..Stats::default() }, ..Gathered::default() };
        let html = page("s-42", &steps(), &gathered, Timestamp::MIN);
        assert!(html.contains("<h1>Journey of s-42</h1>") && html.contains("$0.50"), "{html}");
        assert!(html.contains("10 min 1 s · 4 events · 1 error"), "{html}");
        assert!(html.contains("<td colspan=\"9\">… 9 min 59 s later …</td>"), "{html}");
        assert!(html.contains("class=\"bad slow\"><title>3. +10:00 GET /3 503 1.00 s</title>"), "{html}");
        assert!(html.contains("class=\"none aborted\">") && html.contains("9 min 59 s without anything"), "{html}");
        assert_eq!(html.matches("<tr>").count(), 5);
        let nothing = page("s-42", &[], &Gathered { searched: Some("<all>".into()), ..gathered }, Timestamp::MIN);
        assert!(nothing.contains("<p>&lt;all&gt;. Events can be found"), "{nothing}");
    }

    #[test]
    fn an_event_cannot_become_markup() {
        let evil = "\"><script>alert(1)</script>";
        let step = Step {
            method: Some(evil.into()),
            path: Some(evil.into()),
            outcome: Some(evil.into()),
            event_type: Some(evil.into()),
            timestamp: evil.into(),
            ..step(1, "00:00.000", None, Some(200), Some(1.0))
        };
        let html = page(evil, &[step], &Gathered::default(), Timestamp::MIN);
        assert!(!html.contains("<script>alert") && !html.contains("\"><script"), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
    }
}
