//! Text that comes in chunks, taken apart into lines. Lines are lent out of the chunk; only one that spans two chunks
//! is copied.

/// Bytes to read at a time.
pub const CHUNK_BYTES: usize = 64 * 1024;

/// A line, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// Its bytes.
    Text(&'a [u8]),
    /// It was longer than may be kept in memory.
    TooLong,
}

/// What is left of the chunks so far.
#[derive(Debug)]
pub struct Lines {
    /// The beginning of a line whose end is still to come.
    begun: Vec<u8>,
    too_long: bool,
    longest: usize,
    /// Lines that have ended.
    pub number: u64,
}

impl Lines {
    /// Takes lines of at most `longest` bytes; of a longer one no more than that is ever kept.
    pub fn new(longest: usize) -> Self {
        Self { begun: Vec::new(), too_long: false, longest, number: 0 }
    }

    /// Hands every line that ends in this chunk to `take`, with its number (the first is 1).
    pub fn feed<E>(
        &mut self,
        mut chunk: &[u8],
        take: &mut impl FnMut(u64, Line<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        while let Some(end) = memchr::memchr(b'\n', chunk) {
            let (line, rest) = chunk.split_at(end);
            chunk = rest.split_first().map_or(&[], |(_, rest)| rest);
            self.finish(line, take)?;
        }
        self.keep(chunk);
        Ok(())
    }

    /// Hands over the last line, if it had no line end.
    pub fn end<E>(&mut self, take: &mut impl FnMut(u64, Line<'_>) -> Result<(), E>) -> Result<(), E> {
        if self.begun.is_empty() && !self.too_long { Ok(()) } else { self.finish(&[], take) }
    }

    fn keep(&mut self, part: &[u8]) {
        if self.begun.len() + part.len() > self.longest {
            self.too_long = true;
            self.begun = Vec::new();
        }
        if !self.too_long {
            self.begun.extend_from_slice(part);
        }
    }

    fn finish<E>(&mut self, part: &[u8], take: &mut impl FnMut(u64, Line<'_>) -> Result<(), E>) -> Result<(), E> {
        let whole = if self.begun.is_empty() && !self.too_long && part.len() <= self.longest {
            part
        } else {
            self.keep(part);
            &self.begun
        };
        self.number += 1;
        // Windows writes a mark before the first line that is no part of it.
        let whole = if self.number == 1 { whole.strip_prefix(b"\xef\xbb\xbf").unwrap_or(whole) } else { whole };
        let whole = whole.strip_suffix(b"\r").unwrap_or(whole);
        let taken = take(self.number, if self.too_long { Line::TooLong } else { Line::Text(whole) });
        self.begun.clear();
        self.too_long = false;
        taken
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::convert::Infallible;

    fn split(chunks: &[&[u8]], longest: usize) -> Vec<Option<String>> {
        let mut lines = Lines::new(longest);
        let mut all = Vec::new();
        let mut take = |number: u64, line: Line<'_>| {
            all.push(match line {
                Line::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
                Line::TooLong => None,
            });
            assert_eq!(number, all.len() as u64);
            Ok::<_, Infallible>(())
        };
        for chunk in chunks {
            lines.feed(chunk, &mut take).unwrap();
        }
        lines.end(&mut take).unwrap();
        all
    }

    fn some(lines: &[&str]) -> Vec<Option<String>> {
        lines.iter().map(|line| Some((*line).to_owned())).collect()
    }

    #[test]
    fn lines_end_with_any_line_end_and_the_last_needs_none() {
        assert_eq!(split(&[b"a\r\n\nb\nc"], 9), some(&["a", "", "b", "c"]));
        assert_eq!(split(&[b"a\n"], 9), some(&["a"]));
        assert_eq!(split(&[], 9), some(&[]));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_line() {
        assert_eq!(split(&[b"\xef\xbb", b"\xbfa\n\xef\xbb\xbfb"], 9), some(&["a", "\u{feff}b"]));
    }

    #[test]
    fn a_line_that_is_too_long_is_named_and_the_next_is_read() {
        let expected = vec![Some("12345".to_owned()), None, Some("ab".to_owned()), None];
        assert_eq!(split(&[b"12345\n123456\nab\n1234", b"56"], 5), expected);
        assert_eq!(split(&[b"12345\n1234", b"56", b"78\nab\n123456\n"], 5), expected);
    }

    proptest! {
        #[test]
        fn chunks_do_not_matter(text in "[a\n\r]{0,40}", cuts in prop::collection::vec(0usize..40, 0..6)) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let chunks: Vec<_> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(split(&chunks, 100), split(&[bytes], 100));
            prop_assert_eq!(split(&chunks, 100).len(), text.split_terminator('\n').count());
        }
    }
}
