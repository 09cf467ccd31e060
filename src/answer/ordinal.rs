//! Things that are counted through: what is said of the second stage is not said of the third.

use super::sentence::{Scene, Sentence};
use crate::facts::{self, Fact, Value};
use crate::text::{Span, fold, tokens};

/// For each sentence whether it counts what the question counts by an ordinal, but by other ones only.
pub(super) fn of_another(scene: &Scene<'_>) -> Vec<bool> {
    let question = scene.question;
    let found = facts::find(&question.text, question.language, None);
    let words: Vec<(Span, Option<usize>)> = tokens(&question.text)
        .iter()
        .map(|token| (token.span, scene.matcher.find(&fold(token.text), question.language).map(|(term, _)| term)))
        .collect();
    let asked: Vec<(f64, usize)> = ordinals(&found, 0).filter_map(|o| Some((o.0, counted(&words, o.1)?))).collect();
    let speaks = |sentence: &Sentence<'_>| {
        let passage = &scene.hits[sentence.hit].passage;
        let words: Vec<(Span, Option<usize>)> =
            sentence.words.iter().map(|word| (word.span, word.matched.map(|(term, _)| term))).collect();
        let inside = |span: &Span| sentence.span.contains(*span);
        let said: Vec<(f64, usize)> = ordinals(&passage.facts, passage.span.start)
            .filter(|(_, span)| inside(span))
            .filter_map(|(value, span)| Some((value, counted(&words, span)?)))
            .collect();
        asked.iter().any(|(value, term)| {
            let mut same = said.iter().filter(|(_, of)| of == term).map(|(told, _)| told == value).peekable();
            same.peek().is_some() && !same.any(|same| same)
        })
    };
    scene.sentences.iter().map(|sentence| !asked.is_empty() && speaks(sentence)).collect()
}

/// The ordinals among `facts` with their places, in bytes after `base`.
fn ordinals(facts: &[Fact], base: usize) -> impl Iterator<Item = (f64, Span)> {
    facts.iter().filter(move |fact| fact.span.start >= base).filter_map(move |fact| match &fact.value {
        Value::Ordinal { amount } => Some((*amount, Span::new(fact.span.start - base, fact.span.end - base))),
        _ => None,
    })
}

/// Of `words`, each with the question's term that it stands for, the term that the ordinal at `span` counts.
fn counted(words: &[(Span, Option<usize>)], span: Span) -> Option<usize> {
    words.iter().find(|(word, _)| word.start >= span.end).and_then(|(_, term)| *term)
}

#[cfg(test)]
mod tests {
    use super::super::candidates::Candidate;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn what_is_said_of_the_second_is_not_said_of_the_third() {
        let text = "Nora Pell ha vinto la seconda tappa del Giro dei Monti per tre secondi.";
        for (question, expected) in [
            ("Chi ha vinto la terza tappa del Giro dei Monti?", true),
            ("Chi ha vinto la seconda tappa del Giro dei Monti?", false),
            ("Chi ha vinto la tappa del Giro dei Monti?", false),
            ("Chi ha vinto il terzo Giro dei Monti?", false),
        ] {
            let another = |scene: &Scene<'_>, _: &_, candidate: &Candidate| of_another(scene)[candidate.sentence];
            assert_eq!(told(another, question, text, "Nora Pell"), expected, "{question}");
        }
    }
}
