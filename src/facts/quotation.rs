//! Somebody's own words, and who said them.

use super::part::Part;
use super::speech::Reading;
use super::value::{Fact, Modality, Value};
use crate::text::{Span, TokenKind};

/// The fewest words that are somebody's words and not merely a name or a term in quotation marks.
const FEWEST_WORDS: usize = 4;

/// The same where nobody is said to have said them: a title has fewer.
const FEWEST_WORDS_ALONE: usize = 8;

/// A quotation: the tokens between its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The first token.
    pub from: usize,
    /// The token after the last: the closing mark.
    pub to: usize,
    /// Who said it, where the text tells.
    pub speaker: Option<String>,
}

/// The quotations of a part, in order.
pub(super) fn quotations(reading: &Reading<'_, '_>) -> Vec<Quotation> {
    let part = reading.part;
    let mut found = Vec::new();
    let mut at = 0;
    let mut unclosed: Vec<(&str, usize)> = Vec::new();
    while at < part.len() {
        let close = match part.word(at) {
            "«" => "»",
            "“" | "„" => "”",
            "\"" => "\"",
            _ => {
                at += 1;
                continue;
            }
        };
        // Up to there none was found from an earlier place.
        if unclosed.iter().any(|(mark, to)| *mark == close && at < *to) {
            at += 1;
            continue;
        }
        let mut within = (at + 1..part.len()).take_while(|i| !part.gap_before(*i).contains("\n\n"));
        let Some(end) = within.find(|i| part.word(*i) == close) else {
            let to = (at + 1..part.len()).find(|i| part.gap_before(*i).contains("\n\n")).unwrap_or(part.len());
            unclosed.push((close, to));
            at += 1;
            continue;
        };
        let words = (at + 1..end).filter(|i| part.kind(*i) == Some(TokenKind::Word)).count();
        if words >= FEWEST_WORDS {
            let speaker = speaker(reading, at, end);
            if speaker.is_some() || words >= FEWEST_WORDS_ALONE {
                found.push(Quotation { from: at + 1, to: end, speaker });
            }
        }
        at = end + 1;
    }
    found
}

/// Adds a fact for each quotation.
pub(super) fn find(part: &Part<'_>, quotations: &[Quotation], found: &mut Vec<Fact>) {
    for quotation in quotations {
        let span = part.span(quotation.from, quotation.to);
        let text = span.of(part.text).trim_end_matches([',', ' ']).to_string();
        let span = Span::new(span.start, span.start + text.len());
        let value = Value::Quotation { speaker: quotation.speaker.clone(), text };
        found.push(Fact { value, span, modality: Modality::Stated, attribution: quotation.speaker.clone() });
    }
}

/// Who said what stands between the marks `open` and `close`: told after it, before it, or between dashes within it.
fn speaker(reading: &Reading<'_, '_>, open: usize, close: usize) -> Option<String> {
    let phrase = after(reading, close).or_else(|| within(reading, open, close)).or_else(|| before(reading, open))?;
    Some(reading.source(phrase))
}

fn after(reading: &Reading<'_, '_>, close: usize) -> Option<(usize, usize)> {
    let mut from = close + 1;
    while reading.is_symbol(from, ",.–—-") && from < close + 3 {
        from += 1;
    }
    if reading.part.gap_before(from).contains('\n') {
        return None;
    }
    if let Some(verb) = reading.verb(from) {
        return reading.subject_after(verb, reading.part.len());
    }
    let phrase = reading.noun_phrase(from, reading.part.len())?;
    reading.verb(phrase.1).map(|_| phrase)
}

fn within(reading: &Reading<'_, '_>, open: usize, close: usize) -> Option<(usize, usize)> {
    let dash = (open + 1..close).find(|at| reading.is_symbol(*at, "–—-") && reading.verb(at + 1).is_some())?;
    let verb = reading.verb(dash + 1)?;
    reading.subject_after(verb, close)
}

fn before(reading: &Reading<'_, '_>, open: usize) -> Option<(usize, usize)> {
    let mut end = open;
    while end > 0
        && (reading.is_symbol(end - 1, ":,") || reading.word(end - 1) == "che" || reading.word(end - 1) == "that")
    {
        end -= 1;
    }
    let start = (0..end)
        .rev()
        .find(|at| reading.is_symbol(*at, ".!?»”\"") || reading.part.gap_before(at + 1).contains('\n'))
        .map_or(0, |at| at + 1);
    let verb = (start..end).rev().find_map(|at| reading.verb(at));
    if let Some(verb) = verb {
        if verb.to >= end {
            return reading.subject_before(verb, start);
        }
        return reading
            .subject_after(verb, end)
            .filter(|phrase| phrase.1 == end)
            .or_else(|| reading.subject_before(verb, start));
    }
    // As in headlines: "Rossi: «…»".
    let phrase = reading.noun_phrase(start, end)?;
    let named = reading.part.tokens[phrase.1 - 1].is_capitalised();
    (phrase.1 == end && named && end < open && reading.is_symbol(end, ":")).then_some(phrase)
}
