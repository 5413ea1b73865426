//! Reports as pages for a browser: one file that loads nothing, for any screen and for paper. Pure, but for [`file`].
//!
//! Text of an event can come from anyone. All of it passes [`text`], and a policy in the page forbids whatever is not in
//! the page itself.

pub mod file;
pub mod journey;
pub mod performance;
mod svg;

use droplets::timestamp::Timestamp;

use crate::answer::Stats;
use crate::spell;
use crate::table::{Paint, harmless};

/// Nothing is loaded, sent or framed; only the page's own style and script work.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("html/style.css");
/// Tables are sorted by a click on a column's title: numbers the greatest first, texts in their order, then the other way
/// round. `data-ready` tells that it ran.
const SCRIPT: &str = r#"
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  heads.forEach((head, at) => {
    head.querySelector("button").addEventListener("click", () => {
      const numbers = head.classList.contains("number");
      const first = numbers ? "descending" : "ascending";
      const second = numbers ? "ascending" : "descending";
      const order = head.getAttribute("aria-sort") === first ? second : first;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const key = (row) => (numbers ? Number(row.cells[at].dataset.value) : row.cells[at].textContent);
      const compare = numbers ? (a, b) => key(a) - key(b) : (a, b) => key(a).localeCompare(key(b));
      const rows = [...body.rows].sort(compare);
      body.append(...(order === "descending" ? rows.reverse() : rows));
    });
  });
}
document.documentElement.setAttribute("data-ready", "");
"#;

/// Text as HTML, also between quotes: without what acts, in a browser or elsewhere.
pub fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

/// A page. `title` and `lead` are text; `body` is HTML.
fn document(title: &str, lead: &str, body: &str, generated: Timestamp, stats: Stats) -> String {
    let (title, lead) = (text(title), text(lead));
    let generated = spell::time(&generated.to_string());
    let (cost, version) = (spell::usd(stats.cost_usd), env!("CARGO_PKG_VERSION"));
    let took = format!(
        "{}, {} of S3 ({})",
        spell::many(stats.index_reads, "index read"),
        spell::many(stats.s3_gets, "read"),
        indicatif::HumanBytes(stats.bytes)
    );
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p>{lead}</p>\n</header>\n<main>\n{body}</main>\n\
         <footer>\n<p>Generated {generated} UTC by droplets {version}. The question cost {cost}: {took}. Times are UTC.</p>\n</footer>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// The class of a colour.
fn class(paint: Paint) -> &'static str {
    match paint {
        Paint::Red => "bad",
        Paint::Yellow => "poor",
        Paint::Dim => "none",
        Paint::Plain => "good",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_act() {
        let evil = "<script>alert('1')</script> & \"x\" \u{202e}\u{1b}";
        let html = text(evil);
        assert_eq!(html, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot; \u{fffd}\u{fffd}");
    }

    #[test]
    fn a_page_loads_nothing_and_says_what_it_cost() {
        let stats = Stats { cost_usd: 0.000_012, index_reads: 2, s3_gets: 1, ..Stats::default() };
        let page = document("A <b>", "of & when", "<p>body</p>\n", Timestamp::MIN, stats);
        assert!(page.contains("<title>A &lt;b&gt;</title>") && page.contains("<p>of &amp; when</p>"));
        assert!(page.contains("cost $0.000012: 2 index reads, 1 read of S3"), "{page}");
        assert!(page.contains("Generated 0000-01-01 00:00:00.000 UTC by droplets "));
        assert!(page.contains("default-src 'none'"));
        for foreign in ["http://", "https://", "src=", "href=", "url(", "@import"] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        // What would end style or script early would let the rest be markup.
        assert_eq!((page.matches("</style>").count(), page.matches("</script>").count()), (1, 1));
        assert!(page.contains("data-ready"));
    }
}
