//! Who did it to whom: where a text says that Alfa bought Beta, nobody is told when Beta bought Alfa.

use super::relation::{asked, by_word};
use super::sentence::{Scene, Sentence, Word};
use crate::language::relations::{RelationSet, directed};
use crate::language::{Language, WordClass, words};
use crate::question::{Entity, Intent, Question, TermPart};
use crate::text::{Span, TokenKind, fold, tokens};

/// So many words at most stand between a verb and the name that it is done to.
const FARTHEST: usize = 8;
/// So many stand between a verb and the words that tell its voice.
const VOICE: usize = 3;

/// Of a question or a sentence, who does it and to whom it is done; names as numbers of the question's terms.
#[derive(Debug, Default)]
struct Parties {
    agent: Vec<usize>,
    patient: Vec<usize>,
}

/// For each sentence whether it says what the question asks the other way round, and nowhere the way it is asked.
pub(super) fn reversed(scene: &Scene<'_>) -> Vec<bool> {
    let relations = directed(asked(scene.question));
    let Some(wanted) = (relations != 0).then(|| parties_asked(scene)).flatten() else {
        return vec![false; scene.sentences.len()];
    };
    scene.sentences.iter().map(|sentence| is_reversed(scene, sentence, relations, &wanted)).collect()
}

fn is_reversed(scene: &Scene<'_>, sentence: &Sentence<'_>, relations: RelationSet, wanted: &Parties) -> bool {
    let said = by_word(sentence);
    let verbs = (0..sentence.words.len()).filter(|at| said[*at] & relations != 0);
    let meet = |a: &[usize], b: &[usize]| a.iter().any(|term| b.contains(term));
    let mut turned = false;
    for at in verbs {
        let found = parties(scene, sentence, at);
        if meet(&found.agent, &wanted.agent) || meet(&found.patient, &wanted.patient) {
            return false;
        }
        turned |= meet(&found.agent, &wanted.patient) || meet(&found.patient, &wanted.agent);
    }
    turned
}

/// Who does to whom what the question asks; `None` where it leaves that open.
fn parties_asked(scene: &Scene<'_>) -> Option<Parties> {
    let question = scene.question;
    let verb = question.terms.iter().find(|term| term.part == TermPart::Verb)?;
    let before: Vec<&Entity> = question.entities.iter().filter(|e| e.span.end <= verb.span.start).collect();
    let after: Vec<&Entity> = question.entities.iter().filter(|e| e.span.start >= verb.span.end).collect();
    let found = tokens(&question.text);
    let at = found.iter().position(|token| token.span.overlaps(verb.span))?;
    let lowered: Vec<String> = found.iter().map(|token| fold(token.text)).collect();
    let passive = is_passive(&lowered, at, question.language);
    let terms = |entities: &[&Entity]| entities.iter().flat_map(|entity| terms_of(scene, entity.span)).collect();
    match (before.as_slice(), after.as_slice()) {
        ([subject], [object]) if passive => Some(Parties { agent: terms(&[object]), patient: terms(&[subject]) }),
        ([subject], [object]) => Some(Parties { agent: terms(&[subject]), patient: terms(&[object]) }),
        ([], [object]) if asks_agent(question) && !passive => {
            Some(Parties { agent: Vec::new(), patient: terms(&[object]) })
        }
        _ => None,
    }
}

/// Whether it is asked who does it: "chi ha comprato …?", "which firm bought …?".
fn asks_agent(question: &Question) -> bool {
    matches!(question.intent, Intent::Who | Intent::Which)
}

/// The names about the verb at `at` of `sentence`, as far as they are the question's.
fn parties(scene: &Scene<'_>, sentence: &Sentence<'_>, at: usize) -> Parties {
    let lowered: Vec<String> = sentence.words.iter().map(|word| fold(word.text)).collect();
    let passive = is_passive(&lowered, at, sentence.language);
    let name = |i: &usize| {
        let (term, _) = sentence.words[*i].matched?;
        (scene.matcher.part(term) == TermPart::Name).then_some(term)
    };
    let mut parties = Parties::default();
    let mut by = false;
    for i in (at + 1..sentence.words.len()).take(FARTHEST) {
        let word = &sentence.words[i];
        if ends(word) {
            break;
        }
        by |= words(sentence.language).is(&lowered[i], "by");
        if let Some(term) = name(&i) {
            if by { parties.agent.push(term) } else { parties.patient.push(term) }
        }
    }
    // The name right before the verb and its auxiliaries is its subject.
    let mut subject = (0..at).rev().skip_while(|i| is_small(&sentence.words[*i]));
    if let Some(term) = subject.next().as_ref().and_then(name) {
        if passive { parties.patient.push(term) } else { parties.agent.push(term) }
    }
    if passive && !by {
        // "È stata comprata Alfa": what stands behind is still what it is done to.
        parties.agent.clear();
    }
    parties
}

/// Whether the verb at `at` is said of whom it is done to: behind a form of "be", or with the doer behind "by".
fn is_passive(lowered: &[String], at: usize, language: Language) -> bool {
    let words = words(language);
    let progressive = language == Language::En && lowered[at].ends_with("ing");
    let before = &lowered[at.saturating_sub(VOICE)..at];
    let mut after = lowered[at + 1..].iter().take(VOICE);
    !progressive
        && (before.iter().any(|word| words.is(word, "be") || words.is(word, "passive"))
            || after.any(|word| words.is(word, "by")))
}

fn is_small(word: &Word<'_>) -> bool {
    matches!(word.class, Some(WordClass::Auxiliary | WordClass::Adverb | WordClass::Negation | WordClass::Pronoun))
}

fn ends(word: &Word<'_>) -> bool {
    word.kind == TokenKind::Symbol && matches!(word.text, "," | ";" | ":" | "." | "(" | ")" | "–" | "—")
        || matches!(word.class, Some(WordClass::Relative | WordClass::Conjunction))
}

/// The question's terms that are of the name at `span` of its text.
fn terms_of(scene: &Scene<'_>, span: Span) -> Vec<usize> {
    let question = scene.question;
    let found = tokens(span.of(&question.text));
    found.iter().filter_map(|token| scene.matcher.find(&fold(token.text), question.language)).map(|(t, _)| t).collect()
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn who_did_it_to_whom_makes_a_difference() {
        let active = "La Solarix ha comprato la Nordeva nel 2019.";
        let passive = "La Nordeva è stata comprata dalla Solarix nel 2019.";
        for (question, text, expected) in [
            ("Quando la Nordeva ha comprato la Solarix?", active, true),
            ("Quando la Solarix ha comprato la Nordeva?", active, false),
            ("Quando la Nordeva ha comprato la Solarix?", passive, true),
            ("Quando la Solarix ha comprato la Nordeva?", passive, false),
            ("Quando la Nordeva ha incontrato la Solarix?", active, false),
        ] {
            assert_eq!(told(|scene, _, _| reversed(scene)[0], question, text, "2019"), expected, "{question} {text}");
        }
        let english = "Solarix bought Nordeva in 2019.";
        for (question, expected) in
            [("When did Nordeva buy Solarix?", true), ("When did Solarix acquire Nordeva?", false)]
        {
            assert_eq!(told(|scene, _, _| reversed(scene)[0], question, english, "2019"), expected, "{question}");
        }
    }
}
