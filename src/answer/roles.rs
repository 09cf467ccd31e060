//! Whom a role belongs to: "CEO di Polestar" says nothing of the CEO of Renault, nor of whoever is named beside them.

use std::collections::BTreeSet;

use super::candidates::Candidate;
use super::matching::SURE;
use super::relation::is_leading;
use super::sentence::Scene;
use crate::facts::{Name, Value};
use crate::language::names::{NameClass, name_words};
use crate::language::{Language, WordClass, is_function_word, words};
use crate::question::{AnswerType, Intent, Question, Term, TermPart};
use crate::text::{fold, straighten, tokens};

/// From so many content words on a role is not taken for that of a second person by chance.
const TELLING: usize = 2;

/// The roles that the articles tell of persons, as far as the question asks for one or for who has it.
#[derive(Default)]
pub(super) struct Roles {
    /// Where it is asked who somebody is: the roles of that person and of others, as sets of folded words.
    of_asked: Vec<BTreeSet<String>>,
    of_others: Vec<BTreeSet<String>>,
    /// Whether it is asked who has a role at what is named, and nothing else.
    asks_holder: bool,
}

impl Roles {
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let mut roles = Self { asks_holder: asks_holder(scene), ..Self::default() };
        if scene.question.intent != Intent::WhoIs {
            return roles;
        }
        for sentence in &scene.sentences {
            let passage = &scene.hits[sentence.hit].passage;
            let span = sentence.span.shifted(passage.span.start);
            for fact in passage.facts.iter().filter(|fact| span.contains(fact.span)) {
                let Value::Person(Name { name, role: Some(role) }) = &fact.value else { continue };
                let asked = |word: &String| is_asked_name(scene, word, sentence.language);
                let of = if content(name).iter().any(asked) { &mut roles.of_asked } else { &mut roles.of_others };
                of.push(content(role));
            }
        }
        roles
    }

    /// Whether the candidate is what somebody else is, or no one who has the role that is asked for.
    pub(super) fn are_another_s(&self, scene: &Scene<'_>, candidate: &Candidate) -> bool {
        self.asks_holder && !may_hold(scene, candidate)
            || scene.question.intent == Intent::WhoIs
                && (repeats_name(scene, candidate) || self.tell_of_another(scene, candidate))
    }

    /// Whether the candidate says what somebody else is, and not what the one asked about is.
    fn tell_of_another(&self, scene: &Scene<'_>, candidate: &Candidate) -> bool {
        let words = &scene.sentences[candidate.sentence].words[candidate.first..=candidate.last];
        let said: BTreeSet<String> =
            words.iter().filter(|word| word.is_content()).map(|word| fold(word.text)).collect();
        let within = |roles: &[BTreeSet<String>]| roles.iter().any(|role| said.is_subset(role));
        let telling = !said.is_empty() && (!self.of_asked.is_empty() || said.len() >= TELLING);
        telling && within(&self.of_others) && !within(&self.of_asked)
    }
}

/// Whether the question is who has a role at something that it names ("chi è il presidente della Solarix?").
fn asks_holder(scene: &Scene<'_>) -> bool {
    let question = scene.question;
    let named = |part: TermPart| question.terms.iter().any(|term| term.part == part);
    let by_noun = || {
        question
            .focus
            .as_ref()
            .is_some_and(|focus| !focus.verb && focus.text.split(' ').any(|word| is_role(question, word)))
    };
    // "Chi guida la Solarix?" asks for the same.
    let leader = question.leader_term();
    question.intent == Intent::Who
        && question.expects == AnswerType::Person
        && (by_noun() || leader.is_some())
        && named(TermPart::Name)
        && question
            .terms
            .iter()
            .all(|term| term.part == TermPart::Name || is_role(question, &term.text) || leader == Some(term))
}

/// Whether the candidate says again who is asked about ("Ugo Bo e Ada Rosi, notaia").
fn repeats_name(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    let words = &sentence.words[candidate.first..=candidate.last];
    words.iter().any(|word| is_asked_name(scene, &fold(word.text), sentence.language))
        && words.iter().any(|word| word.text == "," || word.class == Some(WordClass::Conjunction))
}

/// Whether the candidate may have the role: no organization, and no person whose role names something, but nothing of
/// what the question names.
fn may_hold(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    match candidate.fact.map(|i| &passage.facts[i].value) {
        Some(Value::Person(Name { role: Some(role), .. })) => {
            let of_asked = names_in(role, sentence.language).is_empty() || names_asked(scene, candidate.sentence, role);
            of_asked && may_be_asked(scene, role, sentence.language)
        }
        Some(Value::Organization(_)) => false,
        _ => true,
    }
}

/// Whether the role is the one that is asked for, in some of its words, or both are of those who lead: "primo cittadino"
/// and "sindaco" are one.
fn may_be_asked(scene: &Scene<'_>, role: &str, language: Language) -> bool {
    let question = scene.question;
    let shared = tokens(role).iter().any(|token| {
        scene
            .matcher
            .find(&fold(token.text), language)
            .is_some_and(|(term, _)| scene.matcher.part(term) != TermPart::Name)
    });
    shared || scene.asks_leader || is_leading(role, language) && is_leading(&question.text, question.language)
}

/// Whether the question asks who has a role, perhaps at what it names, and says nothing else ("chi è la sindaca di Bra?"), and
/// the text says by that role who the candidate is: one at what is named, or one that names nothing where the passage does.
pub(super) fn has_role(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let question = scene.question;
    let language = scene.sentences[candidate.sentence].language;
    let is_name = |term: &Term| term.part == TermPart::Name;
    let named = |role: &str| {
        let around = || scene.sentences[candidate.sentence].cover.passage_names > 0.99;
        !scene.asks_with(TermPart::Name)
            || names_asked(scene, candidate.sentence, role)
            || names_in(role, language).is_empty() && around()
    };
    question.intent == Intent::Who
        && question.expects == AnswerType::Person
        && !question.terms.iter().all(is_name)
        && question.terms.iter().all(|term| is_name(term) || is_role(question, &term.text))
        && role_of(scene, candidate).is_some_and(|role| is_role_asked(scene, role, language) && named(role))
}

/// Whether `role` has every word of the question but names, perhaps in the other language, and is as much of the past or
/// second to another ("ex", "deputy").
fn is_role_asked(scene: &Scene<'_>, role: &str, language: Language) -> bool {
    let told: Vec<usize> = tokens(role)
        .iter()
        .filter_map(|token| scene.matcher.find(&fold(token.text), language))
        .filter(|(_, sure)| *sure >= SURE)
        .map(|(term, _)| term)
        .collect();
    let lesser = |text: &str, language: Language| {
        tokens(text).iter().any(|token| words(language).is(&fold(token.text), "no_leader"))
    };
    let question = scene.question;
    lesser(role, language) == lesser(&question.text, question.language)
        && (0..scene.matcher.len()).all(|term| scene.matcher.part(term) == TermPart::Name || told.contains(&term))
}

/// Whether the question asks who leads what it names, and the candidate is a person of whom the text says so by a role.
pub(super) fn is_leader(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let language = scene.sentences[candidate.sentence].language;
    scene.asks_leader
        && role_of(scene, candidate).is_some_and(|role| {
            is_leading(role, language) && asks_holder(scene) && names_asked(scene, candidate.sentence, role)
        })
}

/// The role that the text tells of the person whose whole name the candidate is.
fn role_of<'a>(scene: &'a Scene<'_>, candidate: &Candidate) -> Option<&'a str> {
    let passage = &scene.hits[scene.sentences[candidate.sentence].hit].passage;
    match candidate.fact.filter(|_| candidate.whole).map(|i| &passage.facts[i].value) {
        Some(Value::Person(Name { role, .. })) => role.as_deref(),
        _ => None,
    }
}

/// Whether a word of `question` names a role.
fn is_role(question: &Question, word: &str) -> bool {
    name_words(question.language).classes(&fold(word)).has(NameClass::ROLE)
}

/// The words of `role` that are written as names, folded.
fn names_in(role: &str, language: Language) -> Vec<String> {
    let roles = name_words(language);
    let capitals = tokens(role).into_iter().filter(|token| token.is_capitalised()).map(|token| fold(token.text));
    capitals.filter(|word| !roles.classes(word).has(NameClass::ROLE)).collect()
}

/// Whether `role`, told in the sentence at `place`, names what the question names, perhaps in another form such as its
/// acronym.
fn names_asked(scene: &Scene<'_>, place: usize, role: &str) -> bool {
    let sentence = &scene.sentences[place];
    let passage = &scene.hits[sentence.hit].passage;
    let names = names_in(role, sentence.language);
    let asked = |name: &str| is_asked_name(scene, name, sentence.language);
    let others = || passage.facts.iter().filter_map(|fact| fact.value.name());
    let mut named = others().filter(|other| tokens(&other.name).iter().any(|token| asked(&fold(token.text))));
    names.iter().any(|name| asked(name))
        || named.any(|other| passage.forms_of(&other.name).any(|form| names.contains(&fold(form))))
}

/// Whether the folded `word` is of a name that the question asks of.
pub(super) fn is_asked_name(scene: &Scene<'_>, word: &str, language: Language) -> bool {
    scene.matcher.find(word, language).is_some_and(|(term, _)| scene.matcher.part(term) == TermPart::Name)
}

/// The content words of `text`, folded.
fn content(text: &str) -> BTreeSet<String> {
    let words = tokens(text).into_iter().filter(|token| token.is_word());
    words
        .filter(|token| !is_function_word(&straighten(&token.text.to_lowercase())))
        .map(|token| fold(token.text))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::candidates::candidates;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn a_role_elsewhere_is_no_answer() {
        let text = "All'incontro c'erano Nora Pell, presidente della Solarix, il sindaco Ugo Bo e Ada Rosi.";
        for (question, words, expected) in [
            ("Chi è il presidente della Nordeva?", "Nora Pell", true),
            ("Chi è il presidente della Solarix?", "Nora Pell", false),
            ("Chi è il presidente della Nordeva?", "Ugo Bo", false),
            ("Chi ha incontrato il presidente della Nordeva?", "Nora Pell", false),
            ("Chi è Ada Rosi?", "presidente della Solarix", true),
            ("Chi è Nora Pell?", "presidente della Solarix", false),
            ("Chi è Ada Rosi?", "il sindaco Ugo Bo e Ada Rosi", true),
            ("Chi è il presidente della Nordeva?", "Solarix", true),
            ("Chi è il notaio della Solarix?", "Nora Pell", true),
        ] {
            let dropped = |scene: &Scene<'_>, _: &_, candidate: &_| !candidates(scene).contains(candidate);
            assert_eq!(told(dropped, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn who_has_a_role_is_told_by_it() {
        let text = "A Torino il sindaco Ugo Bo ha visto Ada Rosi, portavoce della Solarix, e l'ex sindaco Aldo Neri.";
        for (question, words, expected) in [
            ("Chi è il sindaco?", "Ugo Bo", true),
            ("Chi è il sindaco?", "Aldo Neri", false),
            ("Chi è il sindaco di Torino?", "Ugo Bo", true),
            ("Chi è il sindaco di Milano?", "Ugo Bo", false),
            ("Chi è il portavoce della Solarix?", "Ada Rosi", true),
            ("Chi è il portavoce di Torino?", "Ada Rosi", false),
            ("Chi è il sindaco di Torino?", "Ada Rosi", false),
            ("Chi ha visto il sindaco di Torino?", "Ada Rosi", false),
        ] {
            let has = |scene: &Scene<'_>, _: &_, candidate: &_| has_role(scene, candidate);
            assert_eq!(told(has, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn who_leads_is_told_by_a_role_that_is_held() {
        let text = "Nora Pell, presidente della Solarix, ha visto Ugo Bo, ex presidente della Solarix, e Ada Rosi, \
                    vicepresidente della Solarix.";
        for (question, words, expected) in [
            ("Chi guida la Solarix?", "Nora Pell", true),
            ("Chi guida la Solarix?", "Ugo Bo", false),
            ("Chi guida la Nordeva?", "Nora Pell", false),
            ("Chi ha fondato la Solarix?", "Nora Pell", false),
        ] {
            let leads = |scene: &Scene<'_>, _: &_, candidate: &_| is_leader(scene, candidate);
            assert_eq!(told(leads, question, text, words), expected, "{question} {words}");
        }
    }
}
