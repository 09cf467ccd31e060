//! Yes and no: a sentence that says all that the question says affirms it, unless it denies it.
//!
//! Silence is not a no: where no sentence says all of it, there is no answer. The reader finds words that decide the
//! matter in other terms than the question's, and says what follows from them; where it is unsure, the words alone
//! are the answer.

use super::asked::Fit;
use super::candidates::Candidate;
use super::group::{self, Group, evidence};
use super::sentence::Scene;
use crate::facts::{Modality, Value};
use crate::language::{WordClass, grammar};
use crate::text::{straighten, tokens};

/// The least share of the question's terms that a sentence must hold to be taken for its affirmation.
const LEAST_COVER: f32 = 0.6;
/// The least odds, as a logarithm, at which the reader's yes or no is told.
const LEAST_ODDS: f32 = 0.8;

/// The answers yes or no that the sentences of `scene` give, the likeliest first.
pub(super) fn groups(scene: &Scene<'_>) -> Vec<Group> {
    if scene.readings.is_some() { read(scene) } else { affirmed(scene) }
}

/// The words that the reader found to decide the matter, with its yes or no where it is sure enough of it.
fn read(scene: &Scene<'_>) -> Vec<Group> {
    let mut groups = group::groups(scene);
    for group in &mut groups {
        group.value = yes(scene, group.sentence()).map(|truth| Value::Truth { truth });
    }
    groups
}

/// Whether what the reader read round a sentence means yes or no; `None` where it may well be either.
fn yes(scene: &Scene<'_>, sentence: usize) -> Option<bool> {
    let odds = scene.readings.as_ref()?.yes(scene.sentences[sentence].hit)?;
    (odds.abs() >= LEAST_ODDS).then_some(odds > 0.0)
}

/// The sentences that say what the question says.
fn affirmed(scene: &Scene<'_>) -> Vec<Group> {
    let grammar = grammar(scene.question.language);
    let class = |word: &str| grammar.class(&straighten(&word.to_lowercase()));
    let negated = tokens(&scene.question.text).iter().any(|token| class(token.text) == Some(WordClass::Negation));
    let mut groups: Vec<Group> = Vec::new();
    for (i, sentence) in scene.sentences.iter().enumerate() {
        // What the sentence leaves out may stand beside it.
        let cover = 0.7 * sentence.cover.all + 0.3 * sentence.cover.near;
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
                unlike: false,
                probability,
                value: Some(Value::Truth { truth }),
            }),
        }
    }
    groups.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.shown.sentence.cmp(&b.shown.sentence)));
    groups
}
