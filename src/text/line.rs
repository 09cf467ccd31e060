//! Lines of a text, as an editor counts them.

use super::Span;

/// The number of the line, from 1, in which the byte `offset` stands. `\n` ends a line, and so does `\r\n`.
pub fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset].iter().filter(|b| **b == b'\n').count()
}

/// The bytes of line `number` (from 1) without its line end, or `None` past the last line.
pub fn line_span(text: &str, number: usize) -> Option<Span> {
    let mut start = 0;
    for (i, line) in text.split('\n').enumerate() {
        if i + 1 == number {
            let length = line.strip_suffix('\r').unwrap_or(line).len();
            return Some(Span::new(start, start + length));
        }
        start += line.len() + 1;
    }
    None
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
        assert_eq!(line_span(text, 1).map(|s| s.of(text)), Some("uno"));
        assert_eq!(line_span(text, 3).map(|s| s.of(text)), Some("tre"));
        assert_eq!(line_span(text, 4), None);
    }
}
