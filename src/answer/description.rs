//! Whether words of a sentence can say who or what a name is, which is seen from where they stand beside it.

use super::candidates::Candidate;
use super::sentence::{Scene, Sentence, Word};
use crate::language::{Language, WordClass, verbs, words};
use crate::question::{AnswerType, TermPart};
use crate::text::{Span, fold};

/// So many words at most stand between a name and what is said of it behind a comma or a form of "be".
const FARTHEST: usize = 8;

/// Whether the question is who or what a name is, and the candidate stands apart from the name.
pub(super) fn stands_apart(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    is_asked(scene) && !describes(scene, candidate)
}

/// Whether the question is who or what a name is, and nothing else: what answers it is a description of the name.
fn is_asked(scene: &Scene<'_>) -> bool {
    let question = scene.question;
    question.expects == AnswerType::Definition
        && !question.entities.is_empty()
        && question.terms.iter().all(|term| term.part == TermPart::Name)
}

/// Whether the candidate stands where it describes a name that the question asks of: told by a fact, beside the name
/// ("il presidente Bianchi"), in apposition to it ("Bianchi, presidente dal 2020"), or said of it by a form of "be".
fn describes(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    if candidate.told {
        return true;
    }
    let sentence = &scene.sentences[candidate.sentence];
    if !begins_as_description(&sentence.words[candidate.first], sentence.language) {
        return false;
    }
    let named = |at: usize| {
        let term = sentence.words[at].matched.map(|(term, _)| scene.matcher.part(term));
        term == Some(TermPart::Name)
    };
    let after = (candidate.last + 1..sentence.words.len()).find(|at| !is_filling(&sentence.words[*at]));
    if let Some(after) = after.filter(|after| named(*after)) {
        let both = candidate.span(scene).join(sentence.words[after].span);
        return !is_within_name(scene, sentence, both);
    }
    // What is said behind it: "Bianchi, l'ex *sindaco*".
    let joint = (0..candidate.first).rev().find(|at| !is_small(&sentence.words[*at]));
    let name = (0..candidate.first).rev().find(|at| named(*at));
    let facts = &scene.hits[sentence.hit].passage.facts;
    let is_name = candidate.whole && candidate.fact.is_some_and(|i| facts[i].value.name().is_some());
    match (joint, name) {
        (Some(joint), Some(name)) if joint > name && candidate.first - name <= FARTHEST => {
            let between = &sentence.words[name + 1..=joint];
            let said = between.iter().any(|word| is_be(word, sentence.language))
                && !between.iter().any(|word| matches!(word.text, ":" | ";" | "," | "?"));
            // A name behind a comma is the next of a list.
            said || matches!(sentence.words[joint].text, "(" | "–" | "—")
                || sentence.words[joint].text == "," && !is_name
        }
        // "It is a …": the sentence goes on with what the one before spoke of.
        (Some(joint), None) => joint <= 1 && is_be(&sentence.words[joint], sentence.language),
        _ => false,
    }
}

/// Neither a clause nor an infinitive describes anything.
fn begins_as_description(first: &Word<'_>, language: Language) -> bool {
    let infinitive = language == Language::It && {
        let form = fold(first.text);
        form.ends_with("re") && verbs(language).lemma(&form) == Some(form.as_str())
    };
    !infinitive
        && !matches!(
            first.class,
            Some(
                WordClass::Relative
                    | WordClass::Auxiliary
                    | WordClass::Conjunction
                    | WordClass::Preposition
                    | WordClass::Pronoun
                    | WordClass::Negation
            )
        )
}

/// Whether the word may stand between a description and the name behind it.
fn is_filling(word: &Word<'_>) -> bool {
    word.class == Some(WordClass::Determiner) || matches!(word.text, "," | "(" | "\"" | "“" | "«" | "'" | "‘")
}

/// Whether the word may stand between what joins a description to the name before it and the description.
fn is_small(word: &Word<'_>) -> bool {
    matches!(word.class, Some(WordClass::Determiner | WordClass::Adverb))
}

fn is_be(word: &Word<'_>, language: Language) -> bool {
    let form = if word.lower == "è" { word.lower.clone() } else { fold(word.text) };
    words(language).is(&form, "be")
}

/// Whether a name takes in all of `span`: "Anna" is a part of "Anna Bianchi" and says nothing of her.
fn is_within_name(scene: &Scene<'_>, sentence: &Sentence<'_>, span: Span) -> bool {
    let passage = &scene.hits[sentence.hit].passage;
    let span = span.shifted(passage.span.start);
    passage.facts.iter().any(|fact| fact.value.name().is_some() && fact.span.contains(span))
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn a_description_stands_beside_its_name() {
        let check = |question: &str, text: &str, words: &str, expected: bool| {
            let apart = told(|scene, _, candidate| stands_apart(scene, candidate), question, text, words);
            assert_eq!(apart, !expected, "{question} {words}");
        };
        let text =
            "Carla Bonetti, sindaca di Bari dal 2020, ha incontrato i vertici della Solarix: ci sarà un accordo.";
        check("Chi è Carla Bonetti?", text, "sindaca di Bari", true);
        check("Chi è Carla Bonetti?", text, "un accordo", false);
        check("Chi è Carla Bonetti?", text, "ha incontrato i vertici", false);
        check("Chi è Carla Bonetti?", text, "Carla", false);
        check("Che cos'è la Solarix?", text, "un accordo", false);
        check("Quando è nata Carla Bonetti?", text, "un accordo", true);
        let text = "The Solarix is a small maker of panels (a start-up), says its founder, the engineer Nora Pell.";
        check("What is the Solarix?", text, "a small maker of panels", true);
        check("Who is Nora Pell?", text, "the engineer", true);
        check("Who is Nora Pell?", text, "says its founder", false);
    }
}
