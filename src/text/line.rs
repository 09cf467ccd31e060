//! Lines of a text, as an editor counts them.

use super::Span;

/// The number of the line, from 1, in which the byte `offset` stands. `\n` ends a line, and so does `\r\n`.
pub fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset].iter().filter(|b| **b == b'\n').count()
}

/// The bytes of each line without its line end, with its number.
pub fn line_spans(text: &str) -> impl Iterator<Item = (usize, Span)> {
    let mut next = 0;
    (1..).zip(text.split('\n').map(move |line| {
        let start = next;
        next += line.len() + 1;
        Span::new(start, start + line.strip_suffix('\r').unwrap_or(line).len())
    }))
}

/// Counts lines of ascending offsets in one pass.
pub struct LineCounter<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    /// Begins with `text`'s first line.
    pub fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), offset: 0, line: 1 }
    }

    /// The number of the line, from 1, in which `offset` stands: no earlier one than the last that was asked for.
    pub fn line(&mut self, offset: usize) -> usize {
        self.line += self.bytes[self.offset..offset].iter().filter(|b| **b == b'\n').count();
        self.offset = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let text = "uno\r\ndue\ntre";
        assert_eq!(line_of(text, 0), 1);
        assert_eq!(line_of(text, 5), 2);
        assert_eq!(line_of(text, text.len()), 3);
        let lines: Vec<(usize, &str)> = line_spans(text).map(|(number, span)| (number, span.of(text))).collect();
        assert_eq!(lines, [(1, "uno"), (2, "due"), (3, "tre")]);
    }
}
