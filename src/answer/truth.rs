//! Yes and no: a sentence that says all that the question says affirms it, unless it denies it.
//!
//! Silence is not a no: where no sentence says all of it, there is no answer. Where the reader has found words that decide
//! the matter in other terms than the question's, they are the answer themselves: what follows from them is for people.

use super::asked::Fit;
use super::candidates::Candidate;
use super::group::{self, Group, evidence};
use super::sentence::{Scene, Sentence};
use crate::facts::{Modality, Value};
use crate::language::{WordClass, grammar};
use crate::text::{straighten, tokens};

/// The least share of the question's terms that a sentence must hold to be taken for its affirmation.
const LEAST_COVER: f32 = 0.6;

/// The answers yes or no that the sentences of `scene` give, the likeliest first.
pub(super) fn groups(scene: &Scene<'_>) -> Vec<Group> {
    let negated = {
        let grammar = grammar(scene.question.language);
        let class = |word: &str| grammar.class(&straighten(&word.to_lowercase()));
        tokens(&scene.question.text).iter().any(|token| class(token.text) == Some(WordClass::Negation))
    };
    if scene.readings.is_some() { read(scene, negated) } else { affirmed(scene, negated) }
}

/// The words that the reader found, with what follows from them: a denial is a no, and a yes repeats the question.
fn read(scene: &Scene<'_>, negated: bool) -> Vec<Group> {
    let mut groups = group::groups(scene);
    for group in &mut groups {
        let sentence = &scene.sentences[group.sentence()];
        let denied = evidence(scene, group.sentence(), group.shown.span(scene)).modality == Modality::Denied;
        let repeated = cover(sentence) >= LEAST_COVER;
        group.value = (denied != negated || repeated).then_some(Value::Truth { truth: denied == negated });
    }
    groups
}

/// How much of the question a sentence says: what it leaves out may stand beside it.
fn cover(sentence: &Sentence<'_>) -> f32 {
    0.7 * sentence.cover.all + 0.3 * sentence.cover.near
}

/// The sentences that say what the question says.
fn affirmed(scene: &Scene<'_>, negated: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, sentence) in scene.sentences.iter().enumerate() {
        let cover = cover(sentence);
        if cover < LEAST_COVER || sentence.words.is_empty() {
            continue;
        }
        let denied = evidence(scene, i, sentence.span).modality == Modality::Denied;
        let candidate = Candidate {
            sentence: i,
            first: 0,
            last: sentence.words.len() - 1,
            fact: None,
            fit: Fit::Wrong,
            whole: false,
            told: false,
        };
        let truth = denied == negated;
        let probability = f64::from(cover * cover);
        match groups.iter_mut().find(|group| group.value == Some(Value::Truth { truth })) {
            Some(group) => {
                group.members.push((candidate, probability));
                if probability > group.probability {
                    (group.shown, group.probability, group.share) = (candidate, probability, probability);
                }
            }
            None => groups.push(Group {
                shown: candidate,
                members: vec![(candidate, probability)],
                share: probability,
                rival: 0.0,
                score: 0.0,
                probability,
                value: Some(Value::Truth { truth }),
            }),
        }
    }
    groups.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.shown.sentence.cmp(&b.shown.sentence)));
    groups
}
