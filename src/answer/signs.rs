//! The few signs that count in full beside the reader's odds; all other features together are one of them.

use super::asked::{Asking, Fit};
use super::bounds::{cuts_list, cuts_name, unlike};
use super::candidates::Candidate;
use super::features::{is_same_person, repeated, role_match};
use super::sentence::Scene;
use crate::question::TermPart;

/// The names under which the weights know the signs.
pub(super) const SIGNS: [&str; 15] = [
    "read|odds",
    // What is plainly wrong with the words.
    "read|unlike",
    "read|cuts name",
    "read|cuts list",
    // What the typed facts say of them.
    "read|told",
    "read|role",
    "read|same person",
    "read|exact",
    "read|exact part",
    "read|wrong kind",
    // What the sentence, the passage and the article know of the question.
    "read|terms missing",
    "read|names missing",
    "read|names absent",
    "read|heading",
    "read|repeats",
];

/// The weight of all features that are no signs.
pub(super) const OTHERS: &str = "read|others";

/// The logarithm of the odds of words that were not read, and the least and most that any others can have.
const UNREAD: f32 = -8.0;
const MOST_ODDS: f32 = 14.0;

/// The logarithm of the odds that the reader gives to `candidate`, if there is a reader.
pub(super) fn odds(scene: &Scene<'_>, candidate: &Candidate) -> Option<f32> {
    let readings = scene.readings.as_ref()?;
    let read = readings.log_odds(scene.sentences[candidate.sentence].hit, candidate.span(scene));
    Some(read.unwrap_or(UNREAD).clamp(-MOST_ODDS, MOST_ODDS))
}

/// The values of [`SIGNS`], if there is a reader.
pub(super) fn signs(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> Option<[f32; SIGNS.len()]> {
    let odds = odds(scene, candidate)?;
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let words = &sentence.words[candidate.first..=candidate.last];
    let fact = candidate.fact.map(|i| &passage.facts[i]).filter(|_| candidate.whole);
    let role = fact.and_then(|fact| fact.value.name()?.role.as_deref());
    let typed = asking.asked.is_typed();
    let is = |sign: bool| f32::from(sign);
    let missing = |found: f32| if scene.asks_with(TermPart::Name) { 1.0 - found } else { 0.0 };
    Some([
        odds,
        is(unlike(scene, asking, candidate)),
        is(cuts_name(scene, candidate)),
        is(cuts_list(scene, asking, candidate)),
        is(candidate.told),
        role.map_or(0.0, |role| role_match(role, sentence.language, &scene.matcher)),
        is(fact.is_some_and(|fact| is_same_person(&fact.value, words, &scene.matcher))),
        is(typed && candidate.fit == Fit::Exact && candidate.whole),
        is(typed && candidate.fit == Fit::Exact && !candidate.whole),
        is(typed && candidate.fit == Fit::Wrong),
        1.0 - sentence.cover.near,
        missing(sentence.cover.passage_names),
        missing(sentence.cover.article_names),
        is(passage.heading),
        repeated(words),
    ])
}
