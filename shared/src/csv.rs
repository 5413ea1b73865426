//! Rows as CSV: [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180), with a header, lines ended by CR LF.
//!
//! Events hold what anyone sent, and people open CSV in spreadsheets, which run what looks like a formula
//! ([OWASP: CSV injection](https://owasp.org/www-community/attacks/CSV_Injection)). So a text that starts like one gets a `'`
//! before it. Numbers stay as they are.

use serde_json::value::RawValue;

/// The first line.
pub fn header(columns: &[String], out: &mut Vec<u8>) {
    for (i, column) in columns.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        cell(&harmless(column.clone()), out);
    }
    out.extend_from_slice(b"\r\n");
}

/// A row, which is a JSON array.
pub fn line(row: &[u8], out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let cells: Vec<&RawValue> = serde_json::from_slice(row)?;
    for (i, value) in cells.into_iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        match value.get() {
            "null" => {}
            json if json.starts_with('"') => match serde_json::from_str::<String>(json) {
                Ok(text) => cell(&harmless(text), out),
                // A lone surrogate is no text; it is shown as it is spelled.
                Err(_) => cell(json, out),
            },
            json => cell(json, out),
        }
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// A body without its first record, which may have line breaks between quotes.
#[must_use]
pub fn without_header(body: &str) -> &str {
    let mut quoted = false;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return &body[at + 1..],
            _ => {}
        }
    }
    ""
}

fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

fn cell(text: &str, out: &mut Vec<u8>) {
    if !text.contains([',', '"', '\r', '\n']) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn csv(row: &str) -> String {
        let mut out = Vec::new();
        line(row.as_bytes(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            csv(r#"["a",1.50,null,true,"x,y","say \"hi\"","two\nlines"]"#),
            "a,1.50,,true,\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n"
        );
        assert_eq!(csv(r#"[{"a":[1,2]},"日本",""]"#), "\"{\"\"a\"\":[1,2]}\",日本,\r\n");
        assert_eq!(csv(r#"["\ud800"]"#), "\"\"\"\\ud800\"\"\"\r\n");
        let mut out = Vec::new();
        header(&["a".to_owned(), "=b,c".to_owned()], &mut out);
        assert_eq!(out, b"a,\"'=b,c\"\r\n");
        assert!(line(b"{}", &mut out).is_err());
    }

    #[test]
    fn a_formula_is_made_a_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", "\\r=1"] {
            assert!(csv(&format!("[\"{text}\"]")).trim_start_matches('"').starts_with('\''), "{text}");
        }
        assert_eq!(csv("[-1.5,\"a=b\"]"), "-1.5,a=b\r\n");
    }

    #[test]
    fn a_header_is_a_record_not_a_line() {
        assert_eq!(without_header("a,b\r\n1,2\r\n"), "1,2\r\n");
        assert_eq!(without_header("\"a\r\n\"\"x\",b\n1\n"), "1\n");
        assert_eq!(without_header("a,b"), "");
        assert_eq!(without_header(""), "");
    }
}
