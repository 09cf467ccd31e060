//! What the question's verb says of somebody or something must be said by what answers it: who leads a firm need not
//! own it, and a day beside a name is not the day of a purchase that no article speaks of.

use super::asked::{Asked, Asking};
use super::group;
use super::period::Tense;
use super::sentence::{Scene, Sentence, Word};
use crate::facts::Modality;
use crate::language::relations::{RelationSet, opposites, relation, relations, relations_asked};
use crate::language::{Language, standing, words};
use crate::question::{AnswerType, Intent, Question, TermPart};
use crate::text::{fold, tokens};

/// How much is missing where the relation is said elsewhere in the passage, and where it is said elsewhere in the
/// article.
const IN_PASSAGE: f32 = 0.4;
const IN_ARTICLE: f32 = 0.7;

/// The relations of which the question asks, by its verb ("chi ha *fondato*") or the noun that it asks for ("il
/// *proprietario*"); none for yes and no, where what is denied need not be said.
pub(super) fn asked(question: &Question) -> RelationSet {
    if question.expects == AnswerType::Truth {
        return 0;
    }
    let verbs = by_verbs(question);
    let noun = question.focus.as_ref().filter(|focus| !focus.verb && question.intent == Intent::Who);
    match noun {
        _ if verbs != 0 => verbs,
        Some(noun) => asked_in(&noun.text, question),
        None if asks_owner(question) => relation("own"),
        None => 0,
    }
}

/// The relations of which the verbs of `question` ask, each with the words behind it ("laid off").
fn by_verbs(question: &Question) -> RelationSet {
    let asked = tokens(&question.text);
    let words: Vec<String> = asked.iter().map(|token| fold(token.text)).collect();
    let sets = relations_asked(question.language).of_each(&words, question.language);
    asked.iter().zip(sets).filter(|(token, _)| question.has_verb_at(token.span)).fold(0, |all, (_, set)| all | set)
}

/// Whether it is asked whose something is that has a name ("di chi è la Solarix?").
fn asks_owner(question: &Question) -> bool {
    let words = words(question.language);
    let whose = tokens(&question.text).first().map(|token| fold(token.text));
    question.intent == Intent::Who
        && whose.is_some_and(|word| words.is(&word, "of") || words.is(&word, "whose"))
        && !question.terms.is_empty()
        && question.terms.iter().all(|term| term.part == TermPart::Name)
}

/// How much of the relation that is asked is missing from what stands round the sentence at `place`: 0 where the
/// sentence or its neighbours say it, 1 where none of the passages found of its article does, or the sentence says the
/// opposite. Who asks why a firm was bought is not told why it might be.
pub(super) fn unsaid(scene: &Scene<'_>, asking: &Asking, place: usize) -> f32 {
    // Who leads is told by roles.
    let wanted = asked(scene.question) & !["lead", "say", "part"].map(relation).into_iter().sum::<RelationSet>();
    if wanted == 0 {
        return 0.0;
    }
    let sentence = &scene.sentences[place];
    let here = said(sentence);
    if here & wanted == 0 && here & opposites(wanted) != 0 {
        return 1.0;
    }
    let article = |i: usize| &scene.hits[scene.sentences[i].hit].passage.article;
    let happened = asking.tense == Some(Tense::Past);
    let says = |i: usize| said(&scene.sentences[i]) & wanted != 0 && (!happened || has_happened(scene, i, wanted));
    let in_passage = |i: &usize| scene.sentences[*i].hit == sentence.hit;
    let all = || 0..scene.sentences.len();
    if all().filter(in_passage).any(|i| i.abs_diff(place) <= 1 && says(i)) {
        0.0
    } else if all().filter(in_passage).any(says) {
        IN_PASSAGE
    } else if all().filter(|i| article(*i) == article(place)).any(says) {
        IN_ARTICLE
    } else {
        1.0
    }
}

/// Whether the sentence at `place` says one of the relations `wanted` otherwise than of what is planned or possible.
fn has_happened(scene: &Scene<'_>, place: usize, wanted: RelationSet) -> bool {
    let sentence = &scene.sentences[place];
    let mut saying = sentence.words.iter().zip(by_word(sentence)).filter(|(_, said)| said & wanted != 0);
    // "Acquisterebbe", "acquisterà", but not "avrebbe acquistato".
    let is_ahead = |word: &Word<'_>| standing::words(sentence.language).ending(word.text).is_some();
    saying.any(|(word, _)| {
        let modality = group::standing(scene, place, word.span).0;
        !is_ahead(word) && !matches!(modality, Modality::Planned | Modality::Possible)
    })
}

/// Whether an amount is asked of what is named, and the sentence at `place` names it nowhere but speaks of a part: so
/// many work in a plant, not in the firm.
pub(super) fn is_of_a_part(scene: &Scene<'_>, place: usize) -> bool {
    let sentence = &scene.sentences[place];
    let part = relation("part");
    Asked::of(scene.question) == Asked::Amount
        && scene.asks_with(TermPart::Name)
        && sentence.cover.names == 0.0
        && said(sentence) & part != 0
        && asked_in(&scene.question.text, scene.question) & part == 0
}

/// Whether the words of a role in `language` say that its bearer leads; one who did, or stands in for the leader, does
/// not.
pub(super) fn is_leading(role: &str, language: Language) -> bool {
    let denied = tokens(role).iter().any(|token| words(language).is(&fold(token.text), "no_leader"));
    !denied && relations(language).in_text(role, language) & relation("lead") != 0
}

/// The relations that the words of `sentence` say, names apart.
pub(super) fn said(sentence: &Sentence<'_>) -> RelationSet {
    *sentence.relations.get_or_init(|| by_word(sentence).into_iter().fold(0, |all, set| all | set))
}

/// For each word of `sentence` the relations that it says.
pub(super) fn by_word(sentence: &Sentence<'_>) -> Vec<RelationSet> {
    sentence.sets(relations(sentence.language))
}

fn asked_in(text: &str, question: &Question) -> RelationSet {
    relations_asked(question.language).in_text(text, question.language)
}

#[cfg(test)]
mod tests {
    use super::super::candidates::Candidate;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn what_the_verb_says_must_be_said() {
        let head = "Nora Pell, amministratrice della Solarix, è soddisfatta.";
        for (question, text, expected) in [
            ("Chi ha fondato la Solarix?", head, 1.0),
            ("Chi possiede la Solarix?", head, 1.0),
            ("Di chi è la Solarix?", head, 1.0),
            ("Chi guida la Solarix?", head, 0.0),
            ("Chi ha fondato la Solarix?", "La Solarix fu creata da Nora Pell.", 0.0),
            ("Perché Nora Pell è stata condannata?", "Nora Pell è stata assolta per mancanza di prove.", 1.0),
            ("Perché Nora Pell è stata assolta?", "Nora Pell è stata assolta per mancanza di prove.", 0.0),
            ("Perché la Solarix ha venduto il porto?", "Nora Pell acquisterebbe il porto della Solarix.", 1.0),
            ("Perché la Solarix ha venduto il porto?", "Nora Pell ha acquistato il porto della Solarix.", 0.0),
            ("Perché la Solarix ha venduto il porto?", "Nora Pell avrebbe acquistato il porto della Solarix.", 0.0),
            ("Perché la Solarix vende il porto?", "Nora Pell acquisterebbe il porto della Solarix.", 0.0),
            ("Quanto ha offerto per comprare il porto?", "Nora Pell ha offerto 3 euro per comprarlo.", 0.0),
            ("Quanto ha offerto per comprare il porto?", "Nora Pell ha offerto 3 euro per l'acquisto.", 0.0),
        ] {
            let missing =
                |scene: &Scene<'_>, asking: &Asking, candidate: &Candidate| unsaid(scene, asking, candidate.sentence);
            assert_eq!(told(missing, question, text, "Nora Pell"), expected, "{question} {text}");
        }
    }

    #[test]
    fn what_a_part_has_the_whole_has_not() {
        let text = "Lo stabilimento di Trento ha 400 operai.";
        for (question, expected) in
            [("Quanti operai ha la Solarix?", true), ("Quanti operai ha lo stabilimento di Trento?", false)]
        {
            assert_eq!(
                told(|scene, _, _| is_of_a_part(scene, 0), question, text, "400 operai"),
                expected,
                "{question}"
            );
        }
    }
}
