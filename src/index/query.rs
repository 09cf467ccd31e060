//! What is looked for: the question's terms as stems, in the language of the passages, never as a query language.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::document::{amounts, number_term};
use super::weights::Weights;
use crate::facts;
use crate::language::cognate::root;
use crate::language::lemma::stem;
use crate::language::relations::{relation, words_of};
use crate::language::{Language, WordClass, grammar, lexicon};
use crate::question::{Question, Term, TermPart};
use crate::text::{Span, words};

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
    Stems(Language, Cow<'static, [String]>),
    /// The root of a word, in any passage.
    Root(String),
    /// A number, in any passage.
    Number(String),
}

/// The most translations of one word that are looked for.
const TRANSLATIONS: usize = 8;

/// The concepts of `question`, in its order.
pub(super) fn concepts(question: &Question, weights: &Weights) -> Vec<Concept> {
    let numbers = numbers(question);
    let mut concepts = Vec::new();
    let mut translated_to = 0;
    let mut known = Known { language: question.language, stems: FxHashMap::default() };
    let leader = question.leader_term();
    for (i, term) in question.terms.iter().enumerate() {
        let stems: Vec<String> = words(&term.text).map(|word| known.stem(word)).collect();
        let mut translated = Vec::new();
        if i >= translated_to {
            let (words, found) = translations(question, &question.terms[i..], &stems, &mut known, weights);
            translated_to = i + words;
            translated = found;
        }
        let mut ways = vec![way(question.language, stems, 1.0)];
        ways.extend(translated);
        ways.extend(root(&term.text).map(|root| Way { terms: Terms::Root(root), weight: 1.0 }));
        ways.extend(
            numbers
                .iter()
                .filter(|(span, _)| span.overlaps(term.span))
                .map(|(_, number)| Way { terms: Terms::Number(number_term(*number)), weight: 1.0 }),
        );
        if leader == Some(term) {
            ways.extend(leading(weights));
        }
        ways.retain(|way| !matches!(&way.terms, Terms::Stems(_, stems) if stems.is_empty()));
        if !ways.is_empty() {
            concepts.push(Concept { part: term.part, ways });
        }
    }
    concepts
}

/// The ways in which articles say who leads, which they do by a role rather than a verb.
fn leading(weights: &Weights) -> impl Iterator<Item = Way> {
    static WORDS: LazyLock<Vec<(Language, Vec<String>)>> = LazyLock::new(|| {
        // Of "al vertice" the noun is among the words too, and "al" would be looked for alone.
        let telling = |(language, stems): &(Language, Vec<String>)| {
            grammar(*language).class(&stems[0]) != Some(WordClass::Preposition)
        };
        let words = |language| words_of(relation("lead"), language).into_iter().map(move |stems| (language, stems));
        Language::ALL.into_iter().flat_map(words).filter(telling).collect()
    });
    WORDS.iter().map(|(language, stems)| way(*language, stems.as_slice(), weights.leading))
}

fn way(language: Language, stems: impl Into<Cow<'static, [String]>>, weight: f32) -> Way {
    Way { terms: Terms::Stems(language, stems.into()), weight }
}

/// The stems of a question's words, each worked out once.
struct Known<'a> {
    language: Language,
    stems: FxHashMap<&'a str, String>,
}

impl<'a> Known<'a> {
    fn stem(&mut self, word: &'a str) -> String {
        self.stems.entry(word).or_insert_with(|| stem(word, self.language)).clone()
    }
}

/// The ways in which passages of the other language say the longest run of `terms` that the lexicon knows, and how
/// many terms these are; `first` are the first one's stems. A word that it does not know is looked for as it is: names
/// are.
fn translations<'a>(
    question: &'a Question,
    terms: &[Term],
    first: &[String],
    known: &mut Known<'a>,
    weights: &Weights,
) -> (usize, Vec<Way>) {
    let (from, to) = (question.language, question.language.other());
    let itself = || words(&terms[0].text).map(|word| stem(word, to)).collect::<Vec<_>>();
    let run = |last: &Term| Span::new(terms[0].span.start, last.span.end).of(&question.text);
    let runs: Vec<&str> = terms.iter().take(lexicon::LONGEST).map(run).collect();
    let found =
        first.first().and_then(|first| lexicon::longest_translations(&runs, first, from, |word| known.stem(word)));
    let Some((place, found)) = found else { return (1, vec![way(to, itself(), 1.0)]) };
    let mut ways: Vec<Way> = Vec::new();
    for (translation, rank) in found.take(TRANSLATIONS).zip(0_u8..) {
        let is_new = |way: &Way| !matches!(&way.terms, Terms::Stems(_, stems) if **stems == *translation);
        if ways.iter().all(is_new) {
            ways.push(way(to, translation, 1.0 / (1.0 + weights.translation_rank * f32::from(rank))));
        }
    }
    if place == 0 {
        let itself = way(to, itself(), if terms[0].part == TermPart::Name { 1.0 } else { weights.untranslated });
        if ways.iter().all(|way| way.terms != itself.terms) {
            ways.push(itself);
        }
    }
    (place + 1, ways)
}

/// The numbers in the question with their places.
fn numbers(question: &Question) -> Vec<(Span, f64)> {
    if question.terms.iter().all(|term| term.part != TermPart::Number) {
        return Vec::new();
    }
    let facts = facts::find(&question.text, question.language, None);
    facts.iter().flat_map(|fact| amounts(fact).map(|number| (fact.span, number))).collect()
}
