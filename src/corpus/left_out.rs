//! What of a page was taken for boilerplate.

use super::{Article, Format, SourceFile, front_matter};
use crate::text::{Span, line_spans};

/// The lines of an article of `file` of which nothing was kept, each with its number, from 1, without the blanks
/// round it. What the page prints of its article (its writer, its day) and front matter are not among them.
pub fn left_out(article: &Article, file: &SourceFile) -> Vec<(usize, Span)> {
    let text = article.text.as_str();
    let head = match file.format {
        Format::Text | Format::Markdown => front_matter::length(text, file.format == Format::Markdown),
        Format::Html | Format::JsonLines => 0,
    };
    let info = &article.info;
    let printed = [&info.author_at, &info.published_at, &info.source_at];
    let title = info.title.as_deref().unwrap_or_default();
    let mut kept = article.kept.iter().peekable();
    let mut found = Vec::new();
    for (number, line) in line_spans(text).filter(|(_, line)| line.start >= head) {
        while kept.next_if(|part| part.end <= line.start).is_some() {}
        let words = line.of(text);
        let start = line.start + words.len() - words.trim_start().len();
        let span = Span::new(start, start + words.trim().len());
        let known = printed.iter().any(|place| place.as_ref().is_some_and(|place| place.line == number));
        let is_title = span.of(text).trim_start_matches(['#', ' ', '\u{feff}']) == title;
        if !span.is_empty() && !known && !is_title && !kept.peek().is_some_and(|part| part.overlaps(span)) {
            found.push((number, span));
        }
    }
    found
}
