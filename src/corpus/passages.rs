//! An article's passages: its paragraphs, the long ones split between sentences, short ones in a row together. A sentence
//! that is a paragraph of its own, a short answer of an interview, a row of a table say little without what stands before.

use super::line::Line;
use super::{Article, Passage};
use crate::text::{LineCounter, Span, sentences};
use crate::{facts, language};

/// A paragraph longer than this, in bytes, is split where a sentence ends.
const LONGEST: usize = 900;
/// Paragraphs in a row are one passage up to this length, in bytes.
const TOGETHER: usize = 500;
/// What goes on for longer than this, in bytes, without the end of a sentence is cut at a space.
const LONGEST_SENTENCE: usize = 4 * LONGEST;

/// The passages of `article`, in order, with the facts in them.
pub fn passages(article: &Article) -> Vec<Passage> {
    let info = &article.info;
    let spans: Vec<Span> = joined(article).into_iter().flat_map(|block| split(article, block)).collect();
    let facts = facts::find_in(&article.text, &spans, info.language, info.published);
    let mut lines = LineCounter::new(&article.text);
    spans
        .into_iter()
        .zip(facts)
        .enumerate()
        .map(|(ordinal, (span, facts))| Passage {
            article: info.id.clone(),
            ordinal,
            text: span.of(&article.text).to_owned(),
            span,
            line: lines.line(span.start),
            heading: is_paragraph(article, span) && Line::new(&article.text, span, false, false).is_headline(),
            facts,
        })
        .collect()
}

/// The paragraphs of `article`, those in a row that are short together joined: only where nothing was left out between
/// them, and a heading begins a passage of its own.
fn joined(article: &Article) -> Vec<Span> {
    let mut found: Vec<(Span, bool)> = Vec::with_capacity(article.kept.len());
    for block in &article.kept {
        let line = Line::new(&article.text, *block, false, false);
        let heading = line.is_headline() && !line.is_terminal() && !is_row(line.text);
        match found.last_mut() {
            Some((last, false))
                if !heading && last.join(*block).len() <= TOGETHER && is_gap(&article.text[last.end..block.start]) =>
            {
                *last = last.join(*block);
            }
            _ => found.push((*block, heading)),
        }
    }
    found.into_iter().map(|(block, _)| block).collect()
}

/// Whether a passage is of one paragraph.
fn is_paragraph(article: &Article, span: Span) -> bool {
    let after = article.kept.partition_point(|block| block.end < span.end);
    article.kept.get(after).is_some_and(|block| block.contains(span))
}

/// Whether a line is a row of a table, as Markdown writes it; a title has one bar at the most, before the site's name.
fn is_row(line: &str) -> bool {
    line.matches('|').count() > 1
}

/// Whether nothing stands between two paragraphs, but for the rule below a table's head.
fn is_gap(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, '|' | '-' | ':'))
}

/// The parts of one paragraph, none of them much longer than [`LONGEST`] unless a single sentence is, all of about
/// one length.
fn split(article: &Article, block: Span) -> Vec<Span> {
    if block.len() <= LONGEST {
        return vec![block];
    }
    let parts = block.len().div_ceil(LONGEST);
    let wanted = block.len() / parts;
    let mut found: Vec<Span> = Vec::with_capacity(parts);
    for sentence in sentences(block.of(&article.text), language::abbreviations(article.info.language)) {
        let sentence = sentence.shifted(block.start);
        match found.last_mut() {
            Some(last) if last.len() < wanted && last.join(sentence).len() <= LONGEST => *last = last.join(sentence),
            _ => found.push(sentence),
        }
    }
    found.into_iter().flat_map(|part| pieces(&article.text, part)).collect()
}

/// A sentence that is no sentence, cut at spaces.
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let mut cut = Vec::new();
    let mut rest = span;
    while rest.len() > LONGEST_SENTENCE {
        let end = text.floor_char_boundary(rest.start + LONGEST_SENTENCE);
        let space = text[rest.start..end].rfind(char::is_whitespace).filter(|at| *at > 0);
        let end = space.map_or(end, |at| rest.start + at);
        cut.push(Span::new(rest.start, end));
        let next = text[end..rest.end].trim_start();
        rest = Span::new(rest.end - next.len(), rest.end);
    }
    if !rest.is_empty() {
        cut.push(rest);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_cut_at_spaces() {
        let text = "a è ".repeat(LONGEST_SENTENCE);
        let whole = Span::new(2, text.len() - 1);
        let cut = pieces(&text, whole);
        assert!(cut.iter().all(|part| !part.is_empty() && part.len() <= LONGEST_SENTENCE));
        let joined: Vec<&str> = cut.iter().map(|part| part.of(&text)).collect();
        assert_eq!(joined.join(" "), whole.of(&text));
        let unbroken = "è".repeat(LONGEST_SENTENCE);
        assert_eq!(pieces(&unbroken, Span::new(0, unbroken.len())).len(), 2);
    }
}
