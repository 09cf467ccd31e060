//! Yes and no: a sentence that says all that the question says affirms it, unless it denies it.
//!
//! Silence is not a no: where no sentence says all of it, there is no answer. The reader finds words that decide the
//! matter in other terms than the question's; these words alone are the answer then, since it takes more than a reader
//! of spans to tell what follows from them.

use super::asked::Fit;
use super::candidates::Candidate;
use super::group::{self, Group};
use super::sentence::Scene;
use crate::facts::{Modality, Value};
use crate::language::{WordClass, grammar};
use crate::question::Question;
use crate::text::{straighten, tokens};

/// The least share of the question's terms that a sentence must hold to be taken for its affirmation.
const LEAST_COVER: f32 = 0.6;
/// The least share that a sentence must hold for yes or no beside what the reader found in it.
const WHOLE_COVER: f32 = 0.95;

/// The answers yes or no that the sentences of `scene` give, the likeliest first.
pub(super) fn groups(scene: &Scene<'_>) -> Vec<Group> {
    if scene.readings.is_some() { read(scene) } else { affirmed(scene) }
}

/// The words that the reader found to decide the matter, with yes or no where they stand in a sentence that says or denies
/// all that the question says.
fn read(scene: &Scene<'_>) -> Vec<Group> {
    let mut groups = group::groups(scene);
    for group in &mut groups {
        let said = scene.sentences[group.sentence()].cover.all >= WHOLE_COVER;
        group.value = said.then(|| Value::Truth { truth: truth(scene, group.sentence()) });
    }
    groups
}

/// Whether what the question says is so, as the sentence at `place` says or denies it.
fn truth(scene: &Scene<'_>, place: usize) -> bool {
    is_denied(scene, place) == is_negated(scene.question)
}

/// Whether the question asks of what is not so ("quanti non sono tornati?").
pub(super) fn is_negated(question: &Question) -> bool {
    let grammar = grammar(question.language);
    let class = |word: &str| grammar.class(&straighten(&word.to_lowercase()));
    tokens(&question.text).iter().any(|token| class(token.text) == Some(WordClass::Negation))
}

/// Whether the sentence at `place` denies what it says.
pub(super) fn is_denied(scene: &Scene<'_>, place: usize) -> bool {
    group::standing(scene, place, scene.sentences[place].span).0 == Modality::Denied
}

/// The sentences that say what the question says.
fn affirmed(scene: &Scene<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, sentence) in scene.sentences.iter().enumerate() {
        // What the sentence leaves out may stand beside it.
        let cover = 0.7 * sentence.cover.all + 0.3 * sentence.cover.near;
        if cover < LEAST_COVER || sentence.words.is_empty() || sentence.asks() {
            continue;
        }
        let candidate = Candidate {
            sentence: i,
            first: 0,
            last: sentence.words.len() - 1,
            fact: None,
            fit: Fit::Wrong,
            whole: false,
            told: false,
        };
        let truth = truth(scene, i);
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
                unlike: false,
                probability,
                alone: probability,
                value: Some(Value::Truth { truth }),
            }),
        }
    }
    groups.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.shown.sentence.cmp(&b.shown.sentence)));
    groups
}
