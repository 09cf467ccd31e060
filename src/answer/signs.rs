//! The few signs that count in full beside the reader's odds; all other features together are one of them.

use super::asked::{Asking, Fit};
use super::bounds::{cuts_name, is_asked_itself, repeats_amount, unlike};
use super::candidates::Candidate;
use super::description::stands_apart;
use super::features::{repeated, role_match};
use super::lists::{cuts_list, is_list};
use super::opposite::opposite;
use super::sentence::Scene;
use super::{bystander, parallel, period};
use crate::question::TermPart;

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

/// The logarithm of the odds that what was read round `candidate` answers at all, in these words or others.
pub(super) fn answerable(scene: &Scene<'_>, candidate: &Candidate) -> f32 {
    let read =
        scene.readings.as_ref().and_then(|readings| readings.answerable(scene.sentences[candidate.sentence].hit));
    read.unwrap_or(UNREAD).clamp(-MOST_ODDS, MOST_ODDS)
}

/// The signs of `candidate` with the names under which the weights know them, if there is a reader.
pub(super) fn signs(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> Option<[(&'static str, f32); 24]> {
    let odds = odds(scene, candidate)?;
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let words = &sentence.words[candidate.first..=candidate.last];
    let fact = candidate.fact.map(|i| &passage.facts[i]).filter(|_| candidate.whole);
    let role = fact.and_then(|fact| fact.value.name()?.role.as_deref());
    let typed = asking.asked.is_typed();
    // Of several values that are asked for, all are as good as one that is asked for.
    let exact = typed && candidate.fit == Fit::Exact;
    let whole = candidate.whole || exact && asking.several && is_list(scene, asking, candidate);
    let is = |sign: bool| f32::from(sign);
    let best = scene.hits.first().map_or(1.0, |hit| hit.score.max(f32::MIN_POSITIVE));
    let missing = |found: f32| if scene.asks_with(TermPart::Name) { 1.0 - found } else { 0.0 };
    Some([
        ("read|odds", odds),
        // What is plainly wrong with the words.
        ("read|unlike", is(unlike(scene, asking, candidate))),
        ("read|repeats amount", is(repeats_amount(scene, asking, candidate))),
        ("read|apart", is(stands_apart(scene, candidate))),
        ("read|cuts name", is(cuts_name(scene, candidate))),
        ("read|cuts list", is(cuts_list(scene, asking, candidate))),
        // What the typed facts say of them.
        ("read|told", is(candidate.told)),
        ("read|another told", is(asking.told && !candidate.told)),
        ("read|role", role.map_or(0.0, |role| role_match(role, sentence.language, &scene.matcher))),
        ("read|asked itself", is(is_asked_itself(scene, asking, candidate))),
        ("read|exact", is(exact && whole)),
        ("read|exact part", is(exact && !whole)),
        ("read|wrong kind", is(typed && candidate.fit == Fit::Wrong)),
        // What the sentence and those beside it, the passage and the article lack of the question.
        ("read|terms missing nearby", 1.0 - sentence.cover.near),
        ("read|names missing in passage", missing(sentence.cover.passage_names)),
        ("read|names missing in article", missing(sentence.cover.article_names)),
        // Of what else the sentence speaks.
        ("read|opposite", opposite(scene, asking, candidate)),
        ("read|bystander", is(bystander::is_of_another(scene, candidate))),
        ("read|parallel", is(parallel::is_of_another(scene, candidate))),
        ("read|another time", is(period::is_of_another(scene, candidate))),
        ("read|behind", is(period::is_behind(scene, asking, candidate))),
        ("read|heading", is(passage.heading)),
        ("read|retrieval", scene.hits[sentence.hit].score / best),
        ("read|repeats", repeated(words)),
    ])
}
