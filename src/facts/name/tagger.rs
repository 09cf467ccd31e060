//! Finds the names of a part: a linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) over the
//! tokens near capitals, with the weights in `models/names.bin`.
//!
//! A tag says of a token that it is outside of names, or begins, continues or ends a name of a kind, or is one by
//! itself (the BILOU scheme). The tags found are the most probable sequence (Viterbi). `training/names` learns the
//! weights.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::part::Part;
use super::super::value::FactKind;
use super::evidence::{Evidence, KINDS};
use super::features::Seen;
use super::mention::{Mention, key};
use super::view::{Article, View};
use crate::language::names::NameClass;
use crate::language::{Language, world};
use crate::text::Span;

/// The number of tags: outside, and first, inner, last and only token of a name of each kind.
pub const TAGS: usize = 1 + 4 * KINDS.len();

const OUTSIDE: usize = 0;
const FIRST: usize = 1;
const INNER: usize = 2;
const LAST: usize = 3;
const ONLY: usize = 4;

/// The tag of the token at `place` (first, inner, last or only) of a name of kind number `kind`.
const fn tag(kind: usize, place: usize) -> usize {
    4 * kind + place
}

/// Which token of a name `tag` marks: first, inner, last or only; or that it is outside.
const fn place_of(tag: usize) -> usize {
    if tag == OUTSIDE { OUTSIDE } else { (tag - 1) % 4 + 1 }
}

/// The number of the kind of name that `tag`, which is not outside, marks.
pub const fn kind_of(tag: usize) -> usize {
    (tag - 1) / 4
}

/// Whether a token tagged `after` may follow one tagged `before`; the ends of a segment count as outside.
pub fn may_follow(before: usize, after: usize) -> bool {
    let is_open = matches!(place_of(before), FIRST | INNER);
    let goes_on = matches!(place_of(after), INNER | LAST);
    is_open == goes_on && (!is_open || kind_of(before) == kind_of(after))
}

/// The tags of a name of kind number `kind` that is `length` tokens long.
pub fn tags_of(kind: usize, length: usize) -> impl Iterator<Item = usize> {
    (0..length).map(move |at| match (at, at + 1 == length) {
        (0, true) => tag(kind, ONLY),
        (0, false) => tag(kind, FIRST),
        (_, true) => tag(kind, LAST),
        _ => tag(kind, INNER),
    })
}

/// A number for each tag.
pub type Scores = [f32; TAGS];

/// The weights as their file has them: after the magic bytes the logarithm of the number of slots, the size of a
/// unit weight, the weights of transitions, all slots (a feature's hash; where its weights begin and how many they
/// are), and the weights (a tag and so many units).
struct Model {
    unit: f32,
    transitions: [Scores; TAGS],
    slots: &'static [u8],
    weights: &'static [u8],
}

/// The first bytes of the file.
pub const MAGIC: &[u8; 8] = b"CHNAMES1";
/// Of a slot's second word so many low bits are the number of weights.
pub const COUNT_BITS: u32 = 5;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_bytes!("../../../models/names.bin")));

impl Model {
    /// Reads the file that is part of the program.
    ///
    /// # Panics
    /// If it is not of this version: a test reads it.
    fn read(bytes: &'static [u8]) -> Self {
        let rest = bytes.strip_prefix(MAGIC).expect("models/names.bin is of this version");
        let word = |at: usize| u32::from_le_bytes(rest[4 * at..4 * at + 4].try_into().expect("four bytes"));
        let slots = 8 << word(0);
        let mut transitions = [[0.0; TAGS]; TAGS];
        for (at, weight) in transitions.as_flattened_mut().iter_mut().enumerate() {
            *weight = f32::from_bits(word(2 + at));
        }
        let (slots, weights) = rest[4 * (2 + TAGS * TAGS)..].split_at(slots);
        Self { unit: f32::from_bits(word(1)), transitions, slots, weights }
    }

    /// Adds the weights of `feature`, in units.
    fn add(&self, feature: u32, units: &mut [i32; TAGS]) {
        let slots = self.slots.len() / 8;
        let mut at = feature as usize & (slots - 1);
        loop {
            let slot = &self.slots[8 * at..8 * at + 8];
            let word = |at: usize| u32::from_le_bytes([slot[at], slot[at + 1], slot[at + 2], slot[at + 3]]);
            let found = word(0);
            if found == feature {
                let (start, count) = ((word(4) >> COUNT_BITS) as usize, word(4) & ((1 << COUNT_BITS) - 1));
                for weight in self.weights[2 * start..2 * (start + count as usize)].chunks_exact(2) {
                    units[usize::from(weight[0])] += i32::from(weight[1] as i8);
                }
                return;
            }
            if found == 0 {
                return;
            }
            at = (at + 1) & (slots - 1);
        }
    }
}

/// A stretch of tokens near capitals, as the training of the weights needs it.
pub struct Segment {
    /// Where the tokens stand, as bytes of the text.
    pub tokens: Vec<Span>,
    /// The features of each.
    pub features: Vec<Vec<u32>>,
}

/// The stretches of `text` in which names are looked for.
pub fn segments(text: &str, language: Language) -> Vec<Segment> {
    let parts = [Part::new(text, Span::new(0, text.len()), language, None)];
    let view = View::new(&parts[0], &Article::new(&parts));
    let seen = Seen::new(&view);
    let features = |at| {
        let mut found = Vec::new();
        seen.features(at, &mut found);
        found
    };
    let segment = |range: Range<usize>| Segment {
        tokens: range.clone().map(|at| parts[0].tokens[at].span).collect(),
        features: range.map(features).collect(),
    };
    seen.segments.iter().cloned().map(segment).collect()
}

/// The names of a part, in order, each with what speaks for its kinds.
pub(super) fn find(view: &View<'_, '_>) -> Vec<Mention> {
    let seen = Seen::new(view);
    let mut found = Vec::new();
    let mut features = Vec::new();
    for segment in &seen.segments {
        let scores: Vec<Scores> = segment
            .clone()
            .map(|at| {
                let mut units = [0; TAGS];
                features.clear();
                seen.features(at, &mut features);
                features.iter().for_each(|feature| MODEL.add(*feature, &mut units));
                units.map(|units| MODEL.unit * units as f32)
            })
            .collect();
        let tags = best_sequence(&scores, &MODEL.transitions);
        for range in names(&tags) {
            let evidence = told(&scores[range.clone()], &MODEL.transitions);
            let (from, mut to) = (segment.start + range.start, segment.start + range.end);
            if evidence.best().0 == FactKind::Person {
                to = before_role(view, from, to);
            }
            found.push(Mention { from, to, key: key(view, from, to), evidence });
        }
    }
    found
}

/// The end of a person's name of at least two words without the role that follows it with a capital ("Nora Pell
/// *Presidente* e CEO").
fn before_role(view: &View<'_, '_>, from: usize, to: usize) -> usize {
    let last = to - 1;
    let role = view.is(last, NameClass::ROLE) && !world::is_surname(view.word(last));
    if role && last - from >= 2 { last } else { to }
}

/// How likely each kind is for a name whose tokens have `scores`, if no name stands beside it: as log odds that share a
/// constant.
fn told(scores: &[Scores], transitions: &[Scores; TAGS]) -> Evidence {
    let of_kind = |kind| {
        let (mut sum, mut before) = (0.0, OUTSIDE);
        for (scores, tag) in scores.iter().zip(tags_of(kind, scores.len())) {
            sum += transitions[before][tag] + scores[tag];
            before = tag;
        }
        sum + transitions[before][OUTSIDE]
    };
    Evidence(std::array::from_fn(of_kind))
}

/// Where names stand in a sequence of tags.
pub fn names(tags: &[usize]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, tag) in tags.iter().enumerate() {
        match place_of(*tag) {
            ONLY => found.push(at..at + 1),
            FIRST => from = at,
            LAST => found.push(from..at + 1),
            _ => {}
        }
    }
    found
}

/// The sequence of tags with the highest sum of scores and transitions.
pub fn best_sequence(scores: &[Scores], transitions: &[Scores; TAGS]) -> Vec<usize> {
    let mut best = [f32::NEG_INFINITY; TAGS];
    best[OUTSIDE] = 0.0;
    let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
    for scores in scores {
        let mut next = [f32::NEG_INFINITY; TAGS];
        let mut from = [0; TAGS];
        for (before, after) in FOLLOWING.iter().copied() {
            let score = best[before] + transitions[before][after] + scores[after];
            if score > next[after] {
                (next[after], from[after]) = (score, before as u8);
            }
        }
        best = next;
        back.push(from);
    }
    let mut last = OUTSIDE;
    for tag in (0..TAGS).filter(|tag| may_follow(*tag, OUTSIDE)) {
        if best[tag] + transitions[tag][OUTSIDE] > best[last] + transitions[last][OUTSIDE] {
            last = tag;
        }
    }
    let mut tags = Vec::with_capacity(back.len());
    for from in back.iter().rev() {
        tags.push(last);
        last = usize::from(from[last]);
    }
    tags.reverse();
    tags
}

/// All pairs of tags that may follow each other.
pub static FOLLOWING: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    (0..TAGS)
        .flat_map(|before| (0..TAGS).map(move |after| (before, after)))
        .filter(|(b, a)| may_follow(*b, *a))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_each_other_as_names_are_written() {
        let person = |place| tag(0, place);
        let place = |place| tag(2, place);
        assert!(may_follow(OUTSIDE, person(FIRST)) && may_follow(person(LAST), place(ONLY)));
        assert!(may_follow(person(FIRST), person(INNER)) && may_follow(person(INNER), person(LAST)));
        assert!(!may_follow(person(FIRST), OUTSIDE) && !may_follow(person(FIRST), place(LAST)));
        assert!(!may_follow(OUTSIDE, person(INNER)) && !may_follow(person(ONLY), person(LAST)));
        assert_eq!(tags_of(2, 3).collect::<Vec<_>>(), [place(FIRST), place(INNER), place(LAST)]);
        assert_eq!(names(&[OUTSIDE, place(ONLY), person(FIRST), person(LAST)]), [1..2, 2..4]);
    }

    #[test]
    fn the_best_sequence_is_allowed_and_has_the_highest_score() {
        let mut scores = vec![[0.0; TAGS]; 3];
        scores[0][tag(1, LAST)] = 9.0;
        scores[0][tag(1, FIRST)] = 2.0;
        scores[1][tag(1, LAST)] = 2.0;
        scores[2][OUTSIDE] = 1.0;
        assert_eq!(best_sequence(&scores, &[[0.0; TAGS]; TAGS]), [tag(1, FIRST), tag(1, LAST), OUTSIDE]);
        assert!(best_sequence(&[], &[[0.0; TAGS]; TAGS]).is_empty());
    }
}
