//! Members of a row that each have a value and what it belongs to: "12 euro per gli adulti e 8 per i ragazzi" tells two prices,
//! and who asks for one of them is not told the other.

use std::ops::Range;

use super::candidates::Candidate;
use super::lists::{NameAt, is_same_preposition, names};
use super::matching::SURE;
use super::sentence::{Scene, Sentence, Word};
use super::trim::is_number;
use crate::facts::FactKind;
use crate::language::WordClass;
use crate::question::TermPart;
use crate::text::TokenKind;

/// So many words at most stand between a number and the preposition behind it ("400 *operai* a Leeds").
const COUNTED: usize = 2;

/// Whether `candidate` is a value of another member of such a row than the question names: what stands beside it by a
/// preposition has no word of the question, and what stands so beside another value of the sentence has one that is
/// nowhere else.
pub(super) fn is_of_another(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let others = scene.sentences[candidate.sentence].unasked.get_or_init(|| unasked(scene, candidate.sentence));
    others.iter().any(|(first, last)| *first >= candidate.first && *last <= candidate.last)
}

/// The values in the sentence at `place`, by their first and last words, of whose row the question names another.
fn unasked(scene: &Scene<'_>, place: usize) -> Vec<(usize, usize)> {
    let row = Row { scene, sentence: &scene.sentences[place] };
    if !row.has_asked(0..row.sentence.words.len()) {
        return Vec::new();
    }
    let values = values(scene, place);
    let is_unasked = |value: &Valued, behind: bool| {
        let Some(own) = row.beside(value, behind).filter(|own| !row.has_asked(own.clone())) else { return false };
        let others = values.iter().filter(|other| other.sort == value.sort && other.first != value.first);
        let mut others = others.filter_map(|other| row.beside(other, behind)).filter(|o| row.are_members(&own, o));
        others.any(|other| row.has_asked_alone(other))
    };
    let unasked = values.iter().filter(|value| is_unasked(value, true) || is_unasked(value, false));
    unasked.map(|value| (value.first, value.last)).collect()
}

/// A number or a name, by the places of its first and last words.
struct Valued {
    first: usize,
    last: usize,
    sort: Sort,
}

#[derive(PartialEq, Eq)]
enum Sort {
    Number,
    Place,
    Name,
}

/// The numbers and names in the sentence at `place`.
fn values(scene: &Scene<'_>, place: usize) -> Vec<Valued> {
    let sentence = &scene.sentences[place];
    let numbers = sentence.words.iter().enumerate().filter(|(_, word)| is_number(word, sentence.language));
    let numbers = numbers.map(|(at, _)| Valued { first: at, last: at, sort: Sort::Number });
    let named = names(scene, place).into_iter().map(|NameAt { first, last, kind }| {
        let sort = if kind == FactKind::Place { Sort::Place } else { Sort::Name };
        Valued { first, last, sort }
    });
    numbers.chain(named).collect()
}

struct Row<'s, 'a> {
    scene: &'s Scene<'s>,
    sentence: &'s Sentence<'a>,
}

impl Row<'_, '_> {
    /// What tells to what `value` belongs, behind it or before it.
    fn beside(&self, value: &Valued, behind: bool) -> Option<Range<usize>> {
        if behind { self.behind(value) } else { self.before(value) }
    }

    /// The preposition behind `value` and the words up to the end of the member.
    fn behind(&self, value: &Valued) -> Option<Range<usize>> {
        let words = &self.sentence.words;
        let counted = if value.sort == Sort::Number { COUNTED } else { 0 };
        let mut near = (value.last + 1..words.len()).take(counted + 1).take_while(|at| !ends(&words[*at]));
        let from = near.find(|at| words[*at].class == Some(WordClass::Preposition))?;
        let to = (from..words.len()).find(|at| ends(&words[*at])).unwrap_or(words.len());
        self.whole(from..to)
    }

    /// The preposition with which the member of `value` begins and the words up to the value.
    fn before(&self, value: &Valued) -> Option<Range<usize>> {
        let words = &self.sentence.words;
        let from = (0..value.first).rev().find(|at| ends(&words[*at])).map_or(0, |end| end + 1);
        let begins = words[from].class == Some(WordClass::Preposition);
        self.whole(from..value.first).filter(|_| begins)
    }

    /// Whether the words at `one` and at `other` have the same preposition and are not the same words.
    fn are_members(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let words = &self.sentence.words;
        let apart = other.end <= one.start || one.end <= other.start;
        apart && is_same_preposition(&words[one.start], &words[other.start], self.sentence.language)
    }

    /// `range`, if there are words of meaning in it.
    fn whole(&self, range: Range<usize>) -> Option<Range<usize>> {
        self.sentence.words[range.clone()].iter().any(Word::is_content).then_some(range)
    }

    /// The nouns and names of the question in `range`, as its terms.
    fn asked(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let matched = self.sentence.words[range].iter().filter_map(|word| word.matched);
        let terms = matched.filter(|(_, sure)| *sure >= SURE).map(|(term, _)| term);
        terms.filter(|term| matches!(self.scene.matcher.part(*term), TermPart::Noun | TermPart::Name))
    }

    fn has_asked(&self, range: Range<usize>) -> bool {
        self.asked(range).next().is_some()
    }

    /// Whether a word of the question stands in `range` and nowhere else in the sentence.
    fn has_asked_alone(&self, range: Range<usize>) -> bool {
        let (before, behind) = (0..range.start, range.end..self.sentence.words.len());
        self.asked(range).any(|term| !self.asked(before.clone()).chain(self.asked(behind.clone())).any(|t| t == term))
    }
}

/// Whether a member of a row ends at `word`.
fn ends(word: &Word<'_>) -> bool {
    word.kind == TokenKind::Symbol || matches!(word.class, Some(WordClass::Conjunction | WordClass::Relative))
}

#[cfg(test)]
mod tests {
    use super::super::asked::Asking;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn each_member_of_a_row_has_its_own_value() {
        let price = "Il biglietto costa 12 euro per gli adulti e 8 per i ragazzi.";
        let plants = "A Torino lavorano 400 operai, a Trieste 250.";
        let firms =
            "Dal 2019 collabora con Nordeva per i motori e le vele, e con Solarix e Bellavia per gli strumenti.";
        let english = "She won two medals in Rome and three in Leeds.";
        let another = |scene: &Scene<'_>, _: &Asking, candidate: &Candidate| is_of_another(scene, candidate);
        for (question, text, words, expected) in [
            ("Quanto costa il biglietto per i ragazzi?", price, "12 euro", true),
            ("Quanto costa il biglietto per i ragazzi?", price, "8", false),
            ("Quanto costa il biglietto per gli adulti?", price, "8", true),
            ("Quanto costa il biglietto per gli adulti?", price, "12 euro", false),
            ("Quanto costa il biglietto?", price, "8", false),
            ("Quanti operai lavorano a Trieste?", plants, "400 operai", true),
            ("Quanti operai lavorano a Trieste?", plants, "250", false),
            ("Quanti operai lavorano a Torino?", plants, "250", true),
            ("Con chi collabora per gli strumenti?", firms, "Nordeva", true),
            ("Con chi collabora per gli strumenti?", firms, "Solarix e Bellavia", false),
            ("Con chi collabora per i motori?", firms, "Nordeva", false),
            ("Con chi collabora?", firms, "Nordeva", false),
            ("How many medals did she win in Leeds?", english, "two medals", true),
            ("How many medals did she win in Leeds?", english, "three", false),
        ] {
            assert_eq!(told(another, question, text, words), expected, "{question} {words}");
        }
    }
}
