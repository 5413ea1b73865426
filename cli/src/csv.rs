//! CSV as RFC 4180 has it, for rows the function did not write itself. Pure.

use std::borrow::Cow;

use serde_json::value::RawValue;

/// Appends a record of texts.
pub fn push_titles(titles: &[String], out: &mut String) {
    push(titles.iter().map(|title| Cow::Borrowed(title.as_str())), out);
}

/// Appends a row, an array of JSON: strings without their quotes, `null` as nothing, all else as it is spelled.
pub fn push_row(row: &str, out: &mut String) -> Result<(), serde_json::Error> {
    let cells: Vec<&RawValue> = serde_json::from_str(row)?;
    let spell = |cell: &&RawValue| match cell.get() {
        "null" => Cow::Borrowed(""),
        json if json.starts_with('"') => match serde_json::from_str::<String>(json) {
            Ok(text) if is_formula(&text) => Cow::Owned(format!("'{text}")),
            Ok(text) => Cow::Owned(text),
            Err(_) => Cow::Owned(json.to_owned()),
        },
        json => Cow::Owned(json.to_owned()),
    };
    push(cells.iter().map(spell), out);
    Ok(())
}

/// What a spreadsheet would run. A number is none, also where it is negative.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn push<'a>(cells: impl Iterator<Item = Cow<'a, str>>, out: &mut String) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        if cell.contains(['"', ',', '\r', '\n']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// A body without its first record, which may have line breaks between quotes.
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut out = String::new();
        push_titles(&["a".to_owned(), "b,c".to_owned()], &mut out);
        push_row(r#"["x\"y",null]"#, &mut out).unwrap();
        push_row(r#"["two\nlines",1.50]"#, &mut out).unwrap();
        push_row(r#"[true,[{"s":1}]]"#, &mut out).unwrap();
        push_row(r#"[null,{"a":"b"}]"#, &mut out).unwrap();
        assert_eq!(
            out,
            "a,\"b,c\"\r\n\"x\"\"y\",\r\n\"two\nlines\",1.50\r\ntrue,\"[{\"\"s\"\":1}]\"\r\n,\"{\"\"a\"\":\"\"b\"\"}\"\r\n"
        );
        assert!(push_row("{", &mut out).is_err());
    }

    #[test]
    fn no_cell_is_a_formula() {
        let mut out = String::new();
        push_row(r#"["=1+1","+x","-x","@x","\tx",-5]"#, &mut out).unwrap();
        assert_eq!(out, "'=1+1,'+x,'-x,'@x,'\tx,-5\r\n");
    }

    #[test]
    fn a_header_is_a_record_not_a_line() {
        assert_eq!(without_header("a,b\r\n1,2\r\n"), "1,2\r\n");
        assert_eq!(without_header("\"a\r\n\"\"x\",b\n1\n"), "1\n");
        assert_eq!(without_header("a,b"), "");
        assert_eq!(without_header(""), "");
    }
}
