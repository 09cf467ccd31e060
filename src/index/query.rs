//! What is looked for: the question's terms as stems, in the language of the passages, never as a query language.

use super::document::{amounts, number_term};
use crate::facts;
use crate::language::cognate::root;
use crate::language::lemma::stem;
use crate::language::{Language, lexicon};
use crate::question::{Question, Term, TermPart};
use crate::text::{Span, TokenKind, tokens};

/// One thing that the question speaks of and all ways in which a passage may say it.
#[derive(Debug, PartialEq)]
pub(super) struct Concept {
    /// The part that it has in the question.
    pub(super) part: TermPart,
    /// How it may be said; a passage that uses several ways has said it more often, not several things.
    pub(super) ways: Vec<Way>,
}

/// One way of saying it.
#[derive(Debug, PartialEq)]
pub(super) struct Way {
    /// Which terms of which field.
    pub(super) terms: Terms,
    /// How sure it is that this means the same, from 0 to 1.
    pub(super) weight: f32,
}

/// What to look for.
#[derive(Debug, PartialEq)]
pub(super) enum Terms {
    /// Stems in a row, in passages of this language.
    Stems(Language, Vec<String>),
    /// The root of a word, in any passage.
    Root(String),
    /// A number, in any passage.
    Number(String),
}

/// The most translations of one word that are looked for.
const TRANSLATIONS: usize = 8;

/// The concepts of `question`, in its order.
pub(super) fn concepts(question: &Question) -> Vec<Concept> {
    let numbers = numbers(question);
    let mut concepts = Vec::new();
    let mut translated_to = 0;
    for (i, term) in question.terms.iter().enumerate() {
        let mut ways = vec![way(question.language, stems(&term.text, question.language), 1.0)];
        if i >= translated_to {
            let (words, translations) = translations(question, &question.terms[i..]);
            translated_to = i + words;
            ways.extend(translations);
        }
        ways.extend(root(&term.text).map(|root| Way { terms: Terms::Root(root), weight: 1.0 }));
        ways.extend(
            numbers
                .iter()
                .filter(|(span, _)| span.overlaps(term.span))
                .map(|(_, number)| Way { terms: Terms::Number(number_term(*number)), weight: 1.0 }),
        );
        ways.retain(|way| !matches!(&way.terms, Terms::Stems(_, stems) if stems.is_empty()));
        if !ways.is_empty() {
            concepts.push(Concept { part: term.part, ways });
        }
    }
    concepts
}

fn way(language: Language, stems: Vec<String>, weight: f32) -> Way {
    Way { terms: Terms::Stems(language, stems), weight }
}

fn stems(text: &str, language: Language) -> Vec<String> {
    let words = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Symbol);
    words.map(|token| stem(token.text, language)).collect()
}

/// The ways in which passages of the other language say the longest run of `terms` that the lexicon knows, and how
/// many terms these are. A word that it does not know is looked for as it is: names are.
fn translations(question: &Question, terms: &[Term]) -> (usize, Vec<Way>) {
    let (from, to) = (question.language, question.language.other());
    for words in (1..=lexicon::LONGEST.min(terms.len())).rev() {
        let run = Span::new(terms[0].span.start, terms[words - 1].span.end);
        let found = lexicon::translations(run.of(&question.text), from);
        if !found.is_empty() {
            let mut ways: Vec<Way> = Vec::new();
            for (rank, translation) in found.iter().take(TRANSLATIONS).enumerate() {
                let new = way(to, stems(translation, to), 1.0 / (1.0 + 0.1 * rank as f32));
                if ways.iter().all(|way| way.terms != new.terms) {
                    ways.push(new);
                }
            }
            let itself = way(to, stems(&terms[0].text, to), if terms[0].part == TermPart::Name { 1.0 } else { 0.5 });
            if words == 1 && ways.iter().all(|way| way.terms != itself.terms) {
                ways.push(itself);
            }
            return (words, ways);
        }
    }
    (1, vec![way(to, stems(&terms[0].text, to), 1.0)])
}

/// The numbers in the question with their places.
fn numbers(question: &Question) -> Vec<(Span, f64)> {
    if question.terms.iter().all(|term| term.part != TermPart::Number) {
        return Vec::new();
    }
    let facts = facts::find(&question.text, question.language, None);
    facts.iter().flat_map(|fact| amounts(fact).map(|number| (fact.span, number))).collect()
}
