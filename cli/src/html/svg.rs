//! What both charts need: a drawing, an axis of values, coordinates with as many digits as can be seen.

use std::fmt::Write as _;

use super::text;

/// Width of a drawing, in units of its own; the browser scales it.
pub const WIDTH: f64 = 1000.0;

/// A drawing being made.
pub struct Drawing {
    svg: String,
}

impl Drawing {
    /// Of this height; what it shows is told to those who do not see it.
    pub fn new(id: &str, height: f64, title: &str, description: &str) -> Self {
        let (title, description) = (text(title), text(description));
        let svg = format!(
            "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-description\">\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-description\">{description}</desc>\n"
        );
        Self { svg }
    }

    /// A box; the tip is shown when the pointer rests on it.
    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), class: &str, tip: &str) {
        let tip = if tip.is_empty() { String::new() } else { format!("<title>{}</title>", text(tip)) };
        let _ = writeln!(
            self.svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" class=\"{class}\">{tip}</rect>"
        );
    }

    /// A line between two points.
    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), class: &str) {
        let _ =
            writeln!(self.svg, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" class=\"{class}\"/>");
    }

    /// A line through many points; one alone is a short dash, which can be seen too.
    pub fn curve(&mut self, points: &[(f64, f64)], class: &str) {
        let alone = points.first().filter(|_| points.len() == 1).map(|(x, y)| [(x - 2.0, *y), (x + 2.0, *y)]);
        let points = alone.as_ref().map_or(points, |dash| &dash[..]);
        let points: Vec<_> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(self.svg, "<polyline points=\"{}\" class=\"series {class}\"/>", points.join(" "));
    }

    /// A word; `anchor` is `start`, `middle` or `end`.
    pub fn word(&mut self, (x, y): (f64, f64), anchor: &str, word: &str) {
        let word = text(word);
        let _ = writeln!(self.svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{word}</text>");
    }

    /// The drawing as a figure with a caption, which is HTML.
    pub fn figure(self, caption: &str) -> String {
        format!("<figure>\n{}</svg>\n<figcaption>{caption}</figcaption>\n</figure>\n", self.svg)
    }
}

/// Values for the lines of a grid, from 0 to what is no less than `most`: steps of 1, 2 or 5 of a power of ten.
pub fn ticks(most: f64) -> Vec<f64> {
    if !most.is_finite() || most <= 0.0 {
        return vec![0.0, 1.0];
    }
    let power = 10_f64.powf((most / 4.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|of| of * power).into_iter().find(|step| step * 4.0 >= most);
    let step = step.unwrap_or(most);
    let count = (most / step).ceil() as usize;
    (0..=count).map(|i| i as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_of_round_numbers() {
        assert_eq!(ticks(7.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(400.0), [0.0, 100.0, 200.0, 300.0, 400.0]);
        assert_eq!(ticks(1234.0), [0.0, 500.0, 1000.0, 1500.0]);
        for nothing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(ticks(nothing), [0.0, 1.0]);
        }
        assert!(ticks(1e-300).len() >= 2);
    }

    #[test]
    fn drawings_are_told_and_escaped() {
        let mut drawing = Drawing::new("x", 10.0, "a <b>", "c & d");
        drawing.rect((0.0, 1.0), (2.0, 3.0), "good", "<script>");
        drawing.word((0.0, 0.0), "start", "</text>");
        drawing.curve(&[(1.0, 1.0)], "p50");
        let html = drawing.figure("<span>caption</span>");
        assert!(html.contains("<title id=\"x-title\">a &lt;b&gt;</title>") && html.contains("c &amp; d"));
        assert!(html.contains("<title>&lt;script&gt;</title>") && html.contains(">&lt;/text&gt;</text>"));
        assert!(html.contains("points=\"-1.0,1.0 3.0,1.0\""));
        assert!(html.contains("role=\"img\" aria-labelledby=\"x-title x-description\""));
    }
}
