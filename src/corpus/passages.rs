//! An article's passages: its paragraphs, the long ones split between sentences.

use super::line::Line;
use super::{Article, Passage};
use crate::text::{Span, sentences};
use crate::{facts, language};

/// A paragraph longer than this, in bytes, is split where a sentence ends.
const LONGEST: usize = 900;

/// The passages of `article`, in order, with the facts in them.
pub fn passages(article: &Article) -> Vec<Passage> {
    let info = &article.info;
    let spans: Vec<Span> = article.kept.iter().flat_map(|block| split(article, *block)).collect();
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
            heading: Line::new(&article.text, span, false, false).is_headline(),
            facts,
        })
        .collect()
}

/// The parts of one paragraph, none of them much longer than [`LONGEST`] unless a single sentence is, all of about one length.
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
    found
}

/// Counts lines of ascending offsets in one pass.
struct LineCounter<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), offset: 0, line: 1 }
    }

    fn line(&mut self, offset: usize) -> usize {
        self.line += self.bytes[self.offset..offset].iter().filter(|b| **b == b'\n').count();
        self.offset = offset;
        self.line
    }
}
