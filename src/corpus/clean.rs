//! Which lines of a page are the article.

use crate::text::Span;

/// What is the article in a text.
pub struct Cleaned {
    /// One span a paragraph, in order.
    pub kept: Vec<Span>,
    /// The first headline, if there is one above the article.
    pub title: Option<String>,
}

/// Finds the paragraphs of the article in the bytes `body` of `text`.
pub fn clean(text: &str, body: Span, markdown: bool) -> Cleaned {
    let mut kept = Vec::new();
    let mut at = body.start;
    for line in body.of(text).split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if !span.is_empty() {
            kept.push(bare(text, span, markdown));
        }
    }
    let title = kept.first().filter(|line| is_headline(line.of(text))).map(|line| line.of(text).to_owned());
    Cleaned { kept, title }
}

/// The line without the marks that Markdown puts before a heading, a quotation or an item.
fn bare(text: &str, line: Span, markdown: bool) -> Span {
    if !markdown {
        return line;
    }
    let rest = line.of(text).trim_start_matches(|c: char| c.is_whitespace() || "#>*-+".contains(c));
    Span::new(line.end - rest.len(), line.end)
}

/// Whether a line is a headline rather than running text.
pub fn is_headline(line: &str) -> bool {
    !line.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '!', ';', ':', ',']) && line.len() < 200
}
