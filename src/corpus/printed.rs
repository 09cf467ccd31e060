//! Where a page prints what is known of its article: its writer, its day, its source.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::facts::{self, Value};
use crate::language::Language;
use crate::text::{Span, line_spans};

/// A line that prints something of its article has at most so many bytes.
const LONGEST_LINE: usize = 240;

/// Words of a page that tell something of its article rather than of what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The line, from 1, in the article's text.
    pub line: usize,
    /// The words, as bytes of the article's text.
    pub span: Span,
    /// Their line without the blanks round it.
    pub quote: String,
    /// The same, as bytes of the article's text.
    pub quote_span: Span,
}

/// The lines of a page that are not its article.
pub(super) struct Margin<'a> {
    text: &'a str,
    lines: Vec<(usize, Span)>,
}

impl<'a> Margin<'a> {
    /// Of `text`, in which the article is what was `kept`.
    pub(super) fn new(text: &'a str, kept: &[Span]) -> Self {
        let mut parts = kept.iter().peekable();
        let mut outside = |line: Span| {
            while parts.next_if(|part| part.end <= line.start).is_some() {}
            !line.is_empty() && !parts.peek().is_some_and(|part| part.overlaps(line))
        };
        let trimmed = |(number, line): (usize, Span)| {
            let words = line.of(text);
            let start = line.start + words.len() - words.trim_start().len();
            (number, Span::new(start, start + words.trim().len()))
        };
        let lines = line_spans(text).filter(|(_, line)| outside(*line)).map(trimmed);
        Self { text, lines: lines.filter(|(_, line)| (1..=LONGEST_LINE).contains(&line.len())).collect() }
    }

    /// Where `words` are printed.
    pub(super) fn words(&self, words: &str) -> Option<Printed> {
        let words = words.trim();
        let whole = |line: &str, span: Span| {
            let beside = [line[..span.start].chars().next_back(), line[span.end..].chars().next()];
            !words.is_empty() && !beside.into_iter().flatten().any(char::is_alphanumeric)
        };
        self.find(|line| {
            let mut places = line.match_indices(words).map(|(at, found)| Span::new(at, at + found.len()));
            places.find(|span| whole(line, *span))
        })
    }

    /// Where the day is printed.
    pub(super) fn day(&self, day: Date, language: Language) -> Option<Printed> {
        let is_day =
            |value: &Value| matches!(value, Value::Date(date) if date.from == Some(day) && date.to == Some(day));
        self.find(|line| {
            let dated = line.contains(|c: char| c.is_ascii_digit());
            let facts = if dated { facts::find(line, language, None) } else { Vec::new() };
            facts.into_iter().find(|fact| is_day(&fact.value)).map(|fact| fact.span)
        })
    }

    fn find(&self, place: impl Fn(&str) -> Option<Span>) -> Option<Printed> {
        self.lines.iter().find_map(|(number, line)| {
            let quote = line.of(self.text);
            let span = place(quote)?.shifted(line.start);
            Some(Printed { line: *number, span, quote: quote.to_owned(), quote_span: *line })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_found_outside_the_article_only() {
        let text = "Di Ada Riva\n  Pubblicato il 5 marzo 2024, ore 10:30 \n\nAda Riva ha vinto il 6 marzo 2024.\n";
        let body = text.find("Ada Riva ha").unwrap();
        let margin = Margin::new(text, &[Span::new(body, text.len() - 1)]);
        let author = margin.words("Ada Riva").unwrap();
        assert_eq!((author.line, author.span.of(text), author.quote.as_str()), (1, "Ada Riva", "Di Ada Riva"));
        let day = margin.day(jiff::civil::date(2024, 3, 5), Language::It).unwrap();
        assert_eq!((day.line, day.span.of(text)), (2, "il 5 marzo 2024"));
        assert_eq!(day.quote_span.of(text), day.quote);
        assert_eq!(margin.day(jiff::civil::date(2024, 3, 6), Language::It), None);
        assert_eq!(day.quote, "Pubblicato il 5 marzo 2024, ore 10:30");
        assert_eq!(margin.words("ha vinto"), None);
        assert_eq!(margin.words("Riv"), None);
        assert_eq!(margin.words(" "), None);
    }
}
