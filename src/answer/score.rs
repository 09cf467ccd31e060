//! Weights and the probabilities that they give.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::asked::Asking;
use super::candidates::Candidate;
use super::features::{Sink, candidate_features, sentence_features};
use super::sentence::Scene;
use super::signs::{OTHERS, signs};

/// The scores of `candidates`, in their order: the logarithm of the odds with which each is chosen, up to a constant.
pub(super) fn scores(scene: &Scene<'_>, asking: &Asking, candidates: &[Candidate]) -> Vec<f32> {
    let weights = &*WEIGHTS;
    let others = weight(OTHERS);
    let mut of_signs = None;
    let mut by_sentence: Vec<Option<f32>> = vec![None; scene.sentences.len()];
    let mut score = |candidate: &Candidate| {
        let base = by_sentence[candidate.sentence].get_or_insert_with(|| {
            let mut sum = Sum { weights, total: 0.0 };
            sentence_features(scene, asking, &scene.sentences[candidate.sentence], &mut sum);
            sum.total
        });
        let mut sum = Sum { weights, total: *base };
        candidate_features(scene, asking, candidate, &mut sum);
        match signs(scene, asking, candidate) {
            Some(signs) => {
                // All candidates have the same signs in the same order.
                let weights = of_signs.get_or_insert_with(|| signs.map(|(name, _)| weight(name)));
                sum.total * others + signs.iter().zip(weights).map(|((_, value), weight)| *weight * value).sum::<f32>()
            }
            None => sum.total,
        }
    };
    candidates.iter().map(&mut score).collect()
}

/// What a feature's value is multiplied with in this scene.
pub(super) fn share(scene: &Scene<'_>, name: &str) -> f32 {
    if scene.readings.is_some() && !name.starts_with("read|") { weight(name) * weight(OTHERS) } else { weight(name) }
}

/// The features of each candidate by name, for training and for explaining.
pub(super) fn named(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> Vec<(String, f32)> {
    let mut list = Named(Vec::new());
    sentence_features(scene, asking, &scene.sentences[candidate.sentence], &mut list);
    candidate_features(scene, asking, candidate, &mut list);
    for (name, value) in signs(scene, asking, candidate).into_iter().flatten() {
        list.add(&[name], value);
    }
    list.0
}

/// The weight of a feature; 0 for one that training did not find of use.
pub(super) fn weight(name: &str) -> f32 {
    WEIGHTS.get(&key(&[name])).copied().unwrap_or(0.0)
}

struct Named(Vec<(String, f32)>);

impl Sink for Named {
    fn add(&mut self, name: &[&str], value: f32) {
        if value != 0.0 {
            self.0.push((name.join("|"), value));
        }
    }
}

struct Sum<'a> {
    weights: &'a Weights,
    total: f32,
}

impl Sink for Sum<'_> {
    fn add(&mut self, name: &[&str], value: f32) {
        if value != 0.0
            && let Some(weight) = self.weights.get(&key(name))
        {
            self.total += weight * value;
        }
    }
}

type Weights = HashMap<u64, f32, BuildHasherDefault<Same>>;

/// The weights that ship with the program, by the hash of the feature's name.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let lines = include_str!("../../models/answer.tsv").lines().filter(|line| !line.starts_with('#'));
    let read = |line: &str| {
        let (name, weight) = line.rsplit_once('\t')?;
        Some((key(&[name]), weight.parse().ok()?))
    };
    lines
        .map(|line| read(line).unwrap_or_else(|| panic!("models/answer.tsv: not a name and a weight: {line:?}")))
        .collect()
});

/// The FNV-1a hash of the parts joined with `|`.
fn key(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut feed = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            feed(b'|');
        }
        part.bytes().for_each(&mut feed);
    }
    hash
}

/// Keys are hashes already.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash << 8) | u64::from(*byte));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
