//! What somebody says or thinks of something: the words must be that person's, and about that thing.

use super::group;
use super::relation::asked;
use super::sentence::Scene;
use crate::language::relations::relation;
use crate::language::words;
use crate::question::{AnswerType, Entity, Question, TermPart};
use crate::text::{Span, fold, tokens};

/// Whether the question is what somebody says or thinks, and the words `span` of the sentence at `place` are another's
/// or about another thing.
pub(super) fn is_beside(scene: &Scene<'_>, place: usize, span: Span) -> bool {
    let Some(speaker) = speaker(scene.question) else { return false };
    let sentence = &scene.sentences[place];
    let in_passage = |term: usize| scene.sentences.iter().any(|s| s.hit == sentence.hit && s.found[term] > 0.0);
    let is_of_speaker = |term: usize, text: &str| {
        tokens(text).iter().any(|token| {
            scene.matcher.find(&fold(token.text), sentence.language).is_some_and(|(found, _)| found == term)
        })
    };
    let of_speaker = terms(scene, |at| speaker.overlaps(at));
    let credited = group::standing(scene, place, span).1;
    let another = credited.as_ref().is_some_and(|source| {
        source.starts_with(char::is_uppercase) && !of_speaker.iter().any(|term| is_of_speaker(*term, source))
    });
    let absent = !of_speaker.iter().any(|term| in_passage(*term));
    // What is spoken of stands behind the verb and the speaker; any of it will do.
    let topic = terms(scene, |at| !speaker.overlaps(at));
    let in_article = |term: &usize| {
        let article = |hit: usize| &scene.hits[hit].passage.article;
        scene.sentences.iter().any(|s| article(s.hit) == article(sentence.hit) && s.found[*term] > 0.0)
    };
    let elsewhere = !topic.is_empty() && !topic.iter().any(in_article);
    another || absent || elsewhere
}

/// The name of whom the question asks to be told the words or thoughts; `None` for another question.
fn speaker(question: &Question) -> Option<Span> {
    // "Il capo di Alfa" is somebody else than Alfa.
    let by_role = |entity: &Entity| {
        let before = tokens(&question.text[..entity.span.start]);
        before.last().is_some_and(|token| words(question.language).is(&fold(token.text), "of"))
    };
    let kind = matches!(question.expects, AnswerType::Quote | AnswerType::Description | AnswerType::Entity);
    let asks = kind && asked(question) & relation("say") != 0;
    asks.then(|| question.entities.first().filter(|entity| !by_role(entity)).map(|entity| entity.span)).flatten()
}

/// The terms of names and nouns of the question that `is` admits by their place, as numbers of the matcher.
fn terms(scene: &Scene<'_>, is: impl Fn(Span) -> bool) -> Vec<usize> {
    let question = scene.question;
    let named = question.terms.iter().filter(|term| matches!(term.part, TermPart::Name | TermPart::Noun));
    let parts = named.filter(|term| is(term.span)).flat_map(|term| tokens(&term.text));
    parts.filter_map(|token| scene.matcher.find(&fold(token.text), question.language)).map(|(term, _)| term).collect()
}

#[cfg(test)]
mod tests {
    use super::super::candidates::Candidate;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn words_must_be_of_whom_and_about_what_is_asked() {
        let text = "«Siamo contenti», ha detto Nora Pell della Solarix.";
        for (question, expected) in [
            ("Cosa pensa Nora Pell della Solarix?", false),
            ("Cosa pensa Nora Pell della Nordeva?", true),
            ("Cosa pensa Ugo Bo della Solarix?", true),
            ("Chi ha incontrato Nora Pell?", false),
        ] {
            let beside = |scene: &Scene<'_>, _: &_, candidate: &Candidate| {
                is_beside(scene, candidate.sentence, candidate.span(scene))
            };
            assert_eq!(told(beside, question, text, "Siamo contenti"), expected, "{question}");
        }
    }
}
