//! Which passages are about what a question asks.
//!
//! BM25 (Robertson and Zaragoza, 2009) over tantivy's postings, with three changes. All ways of saying one thing, the
//! translations of a word above all, count as one term (Pirkola, 1998), so that a rare translation does not outweigh a
//! common one; and its frequency is counted among the passages of the same language. What the rest of an article says
//! counts a little for each of its passages, and how near the meaning of the whole passage is to that of the question
//! ([`super::vectors`]) counts beside its words. The best passages are then looked at more closely: how near to each
//! other the things that were asked for stand.

use std::cmp::Ordering;
use std::sync::Mutex;

use tantivy::{DocAddress, Searcher};

use super::places::{Place, Places};
use super::postings::{Mention, Noted, Segment, address};
use super::query::{Concept, Terms};
use super::schema::{Fields, place};
use super::vectors::Meaning;
use super::weights::Weights;
use crate::language::Language;

/// What the scores need to know of the corpus.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statistics {
    /// How many passages there are in each language.
    pub(super) passages: [u64; 2],
    /// How many stems these have.
    pub(super) stems: [u64; 2],
}

impl Statistics {
    /// How many stems a passage in `language` has on the average.
    pub(super) fn mean_length(&self, language: Language) -> f32 {
        let place = place(language);
        self.stems[place].max(1) as f32 / self.passages[place].max(1) as f32
    }

    /// How telling a term is that `count` of the passages in these languages hold.
    fn weight(&self, languages: &[Language], count: usize) -> f32 {
        let all: u64 = languages.iter().map(|language| self.passages[place(*language)]).sum();
        let (all, count) = ((all as f32).max(count as f32), count as f32);
        (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
    }
}

/// One search.
pub(super) struct Search<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) statistics: &'a Statistics,
    pub(super) weights: &'a Weights,
    /// Where each passage belongs.
    pub(super) places: &'a Places,
    /// Scores that are free, of these places.
    pub(super) spare: &'a Spare,
    /// How near each passage is to what the question means.
    pub(super) meaning: &'a Meaning<'a>,
    /// Whether the passages of the article with this number are looked at; `None`: all are.
    pub(super) admits: Option<&'a dyn Fn(u32) -> bool>,
}

impl Search<'_> {
    /// The best passages and their scores, the best first.
    pub(super) fn best(&self, concepts: &[Concept], limit: usize) -> tantivy::Result<Vec<(DocAddress, f32)>> {
        let mut segments = Segment::all(self.searcher, self.fields)?;
        let mut scores = self.spare.take().unwrap_or_else(|| Scores::new(self.places));
        let mut noted = Noted::default();
        let mut weights = Vec::with_capacity(concepts.len());
        for (number, concept) in concepts.iter().enumerate() {
            weights.push(self.add(concept, number, &mut segments, &mut noted, &mut scores)?);
        }
        let mut found = self.found(&scores, weights.iter().sum(), self.weights.candidates.max(limit));
        scores.clear(&self.places.passages);
        self.spare.put_back(scores);
        self.look_closely(&mut found, &segments, &noted, &weights, limit)?;
        found.sort_unstable_by(|a, b| self.by_score(a, b));
        found.truncate(limit);
        Ok(found.into_iter().map(|(passage, score)| (address(&segments, passage), score)).collect())
    }

    /// The better score first, and of equal ones the passage that is first in the order of the articles' ids.
    fn by_score(&self, a: &(u32, f32), b: &(u32, f32)) -> Ordering {
        let id = |passage: u32| {
            let place = &self.places.passages[passage as usize];
            (place.article, place.ordinal)
        };
        b.1.total_cmp(&a.1).then_with(|| id(a.0).cmp(&id(b.0)))
    }

    /// The `limit` best of the passages that have a concept or nearly the question's meaning, and their scores;
    /// `telling` is how telling all concepts together are.
    fn found(&self, scores: &Scores, telling: f32, limit: usize) -> Vec<(u32, f32)> {
        let share = self.weights.article;
        let article = |passage: u32| self.places.passages[passage as usize].article;
        let words = |passage: u32| {
            let sum = scores.passages[passage as usize].worth.sum();
            if sum > 0.0 { (1.0 - share) * sum + share * scores.articles[article(passage) as usize].sum() } else { 0.0 }
        };
        let is_admitted = |passage: &u32| self.admits.is_none_or(|admits| admits(article(*passage)));
        if self.meaning.is_unknown() {
            let best = share * scores.articles.iter().map(Sum::sum).fold(0.0, f32::max);
            let most = |passage: u32| (1.0 - share) * scores.passages[passage as usize].worth.sum() + best;
            return self.select(scores.spoken.iter().copied().filter(is_admitted), most, |p| Some(words(p)), limit);
        }
        let meaning = (self.weights.meaning + self.weights.meaning_sentence) * telling.max(1.0);
        let score = |passage: u32| {
            let (words, cosine) = (words(passage), self.meaning.of_passage(passage));
            (words > 0.0 || cosine >= self.weights.meaning_alone).then_some(words + meaning * cosine)
        };
        let all = 0..self.places.passages.len() as u32;
        self.select(all.filter(is_admitted), |passage| words(passage) + meaning, score, limit)
    }

    /// The `limit` best of `passages` by their `score`, where they have one; none is above `most`.
    fn select(
        &self,
        passages: impl Iterator<Item = u32>,
        most: impl Fn(u32) -> f32,
        score: impl Fn(u32) -> Option<f32>,
        limit: usize,
    ) -> Vec<(u32, f32)> {
        // So many more are kept until the worst are left out, all at once.
        let room = limit.saturating_mul(4);
        let mut best: Vec<(u32, f32)> = Vec::new();
        let mut least = f32::NEG_INFINITY;
        for passage in passages {
            if most(passage) < least {
                continue;
            }
            let Some(score) = score(passage).filter(|score| *score >= least) else { continue };
            best.push((passage, score));
            if best.len() > room {
                least = self.truncate(&mut best, limit);
            }
        }
        self.truncate(&mut best, limit);
        best
    }

    /// Leaves the `limit` best; gives back what another must reach to be among them.
    fn truncate(&self, best: &mut Vec<(u32, f32)>, limit: usize) -> f32 {
        if best.len() <= limit {
            return f32::NEG_INFINITY;
        }
        let (_, (_, worst), _) = best.select_nth_unstable_by(limit, |a, b| self.by_score(a, b));
        let worst = *worst;
        best.truncate(limit);
        worst
    }

    /// Adds what `concept` is worth to the passages that speak of it; gives back how telling it is.
    fn add(
        &self,
        concept: &Concept,
        number: usize,
        segments: &mut [Segment<'_>],
        noted: &mut Noted,
        scores: &mut Scores,
    ) -> tantivy::Result<f32> {
        let weight = self.weights.part(concept.part);
        scores.concept += 1;
        let mut count = |chosen: &dyn Fn(&Terms) -> bool, scores: &mut Scores| {
            for (segment, at) in segments.iter_mut().zip(0..) {
                for way in concept.ways.iter().filter(|way| chosen(&way.terms)) {
                    let counted = |passage, often: f32| scores.count(passage, way.weight * often);
                    segment.count(&way.terms, (number, at), noted, counted)?;
                    if let Terms::Stems(language, stems) = &way.terms
                        && let [stem] = &stems[..]
                    {
                        let weight = way.weight * self.weights.title;
                        segment
                            .count_titles(*language, stem, |passage, often| scores.count(passage, weight * often))?;
                    }
                }
            }
            tantivy::Result::Ok(())
        };
        let mut most = 0.0_f32;
        for language in Language::ALL {
            count(&|terms| matches!(terms, Terms::Stems(l, _) if *l == language), scores)?;
            most = most.max(self.worth(weight, &[language], scores));
        }
        count(&|terms| matches!(terms, Terms::Number(_)), scores)?;
        most = most.max(self.worth(weight, &Language::ALL, scores));
        count(&|terms| matches!(terms, Terms::Root(_)), scores)?;
        self.worth(weight * self.weights.root, &Language::ALL, scores);
        Ok(most)
    }

    /// Turns the counts into BM25 for passages in `languages`; gives back how telling the concept is.
    fn worth(&self, weight: f32, languages: &[Language], scores: &mut Scores) -> f32 {
        if scores.counted.is_empty() {
            return 0.0;
        }
        let telling = weight * self.statistics.weight(languages, scores.counted.len());
        let saturation = self.weights.saturation;
        scores.credit_counted(&self.places.passages, |place, count| {
            telling * (saturation + 1.0) * count / (count + saturation * place.length)
        });
        telling
    }

    /// Adds to the scores of `found` what the nearness of the concepts in each passage is worth, and replaces what the
    /// passage means by what its nearest sentence does, as far as that counts. Passages that cannot be among the
    /// `limit` best are left as they are, below these.
    fn look_closely(
        &self,
        found: &mut [(u32, f32)],
        segments: &[Segment<'_>],
        noted: &Noted,
        weights: &[f32],
        limit: usize,
    ) -> tantivy::Result<()> {
        found.sort_unstable_by_key(|(passage, _)| *passage);
        let meaning = self.weights.meaning_sentence * weights.iter().sum::<f32>().max(1.0);
        for (passage, score) in found.iter_mut().filter(|_| !self.meaning.is_unknown()) {
            *score += meaning * (self.meaning.of_sentences(*passage) - self.meaning.of_passage(*passage));
        }
        let said = noted.within(found, self.places.passages.len());
        // Any concept is a window by itself, and none counts more than all in one.
        let mut bounds: Vec<Bounds> = found.iter().map(|(_, score)| Bounds::new(*score)).collect();
        for (passage, concept) in said.concepts() {
            bounds[passage as usize].add(concept, weights[concept], self.weights);
        }
        let mut least: Vec<f32> = bounds.iter().map(|bounds| bounds.least).collect();
        let enough = match least.len() > limit && limit > 0 {
            true => *least.select_nth_unstable_by(limit - 1, |a, b| b.total_cmp(a)).1,
            false => f32::NEG_INFINITY,
        };
        let mentions = said.mentions(segments, found, |passage| bounds[passage as usize].most >= enough)?;
        let mut closeness = Closeness::new(weights, self.weights);
        for mentions in mentions.chunk_by(|a, b| a.passage == b.passage) {
            found[mentions[0].passage as usize].1 += closeness.of(mentions);
        }
        Ok(())
    }
}

/// Scores on their way.
struct Scores {
    /// Those of each passage, all segments after each other.
    passages: Vec<Score>,
    /// Where the concept at hand occurs.
    counted: Vec<u32>,
    /// Where any concept is.
    spoken: Vec<u32>,
    /// Those of each article, whose worth of a concept is that of its best passage.
    articles: Vec<Sum>,
    /// The number of the concept at hand, from 1.
    concept: u32,
}

/// Scores that no search is using, as new: filling so much memory takes a good part of a search.
#[derive(Default)]
pub(super) struct Spare(Mutex<Vec<Scores>>);

impl Spare {
    fn take(&self) -> Option<Scores> {
        self.0.lock().ok()?.pop()
    }

    fn put_back(&self, scores: Scores) {
        if let Ok(mut spare) = self.0.lock() {
            spare.push(scores);
        }
    }
}

/// A passage's.
#[derive(Clone, Copy, Default)]
struct Score {
    /// How often the concept at hand occurs.
    count: f32,
    /// What the concepts are worth.
    worth: Sum,
}

/// A sum over concepts.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// The number of the last concept that is worth something; 0: none is.
    concept: u32,
    /// What it is worth.
    last: f32,
    /// The sum over those before.
    before: f32,
}

impl Sum {
    /// The concept with this number is worth so much; of several worths of one concept the greatest counts.
    fn credit(&mut self, concept: u32, worth: f32) {
        // The sums are chosen between rather than branched for: which it is cannot be foretold.
        let is_same = self.concept == concept;
        let before = if is_same { self.before } else { self.sum() };
        let last = if is_same { self.last } else { 0.0 };
        *self = Self { concept, last: if worth > last { worth } else { last }, before };
    }

    /// The whole.
    fn sum(&self) -> f32 {
        self.before + self.last
    }
}

impl Scores {
    fn new(places: &Places) -> Self {
        let passages = places.passages.len();
        Self {
            passages: vec![Score::default(); passages],
            counted: Vec::with_capacity(passages),
            spoken: Vec::with_capacity(passages),
            articles: vec![Sum::default(); places.articles],
            concept: 0,
        }
    }

    /// Makes them as new.
    fn clear(&mut self, places: &[Place]) {
        for passage in self.spoken.drain(..) {
            self.passages[passage as usize] = Score::default();
            self.articles[places[passage as usize].article as usize] = Sum::default();
        }
        self.concept = 0;
    }

    /// The concept at hand occurs in `passage` so often.
    fn count(&mut self, passage: u32, often: f32) {
        let count = &mut self.passages[passage as usize].count;
        if *count == 0.0 {
            self.counted.push(passage);
        }
        *count += often;
    }

    /// Turns the counts into what they are worth.
    fn credit_counted(&mut self, places: &[Place], worth: impl Fn(&Place, f32) -> f32) {
        for passage in self.counted.drain(..) {
            let (score, place) = (&mut self.passages[passage as usize], &places[passage as usize]);
            let worth = worth(place, std::mem::take(&mut score.count));
            if score.worth.concept == 0 {
                self.spoken.push(passage);
            }
            score.worth.credit(self.concept, worth);
            self.articles[place.article as usize].credit(self.concept, worth);
        }
    }
}

/// Between what a passage's score is once it was looked at closely.
struct Bounds {
    least: f32,
    most: f32,
    score: f32,
    /// The concept that was added last.
    last: Option<usize>,
}

impl Bounds {
    /// What rounding may make of sums, as a share.
    const SLACK: f32 = 1e-3;

    fn new(score: f32) -> Self {
        Self { least: score, most: score, score, last: None }
    }

    /// A concept that the passage has.
    fn add(&mut self, concept: usize, weight: f32, weights: &Weights) {
        if self.last != Some(concept) {
            self.last = Some(concept);
            self.least = self.least.max(self.score + weights.window * weight);
            self.most += (1.0 + Self::SLACK) * (weights.window + weights.neighbours) * weight;
        }
    }
}

/// What it counts that concepts stand near each other.
struct Closeness<'a> {
    /// How telling each concept is.
    telling: &'a [f32],
    weights: &'a Weights,
    /// How often each concept is in the window at hand.
    counts: Vec<u32>,
    /// How near each concept and the one that follows it in the question come.
    nearest: Vec<f32>,
}

impl<'a> Closeness<'a> {
    fn new(telling: &'a [f32], weights: &'a Weights) -> Self {
        Self { telling, weights, counts: vec![0; telling.len()], nearest: vec![0.0; telling.len()] }
    }

    /// What the `mentions` of one passage, in order, are worth.
    fn of(&mut self, mentions: &[Mention]) -> f32 {
        self.weights.window * self.best_window(mentions) + self.weights.neighbours * self.neighbours(mentions)
    }

    /// The greatest sum of weights of different concepts within one window.
    fn best_window(&mut self, mentions: &[Mention]) -> f32 {
        self.counts.fill(0);
        let (mut sum, mut best, mut start) = (0.0_f32, 0.0_f32, 0);
        for mention in mentions {
            while mentions[start].position + self.weights.window_length < mention.position {
                let gone = mentions[start].concept;
                self.counts[gone] -= 1;
                if self.counts[gone] == 0 {
                    sum -= self.telling[gone];
                }
                start += 1;
            }
            self.counts[mention.concept] += 1;
            if self.counts[mention.concept] == 1 {
                sum += self.telling[mention.concept];
            }
            best = best.max(sum);
        }
        best
    }

    /// The sum over the concepts that follow each other in the question of how near they stand in the passage.
    fn neighbours(&mut self, mentions: &[Mention]) -> f32 {
        /// Words further apart than so many are not near each other.
        const FARTHEST: u32 = 6;
        self.nearest.fill(0.0);
        for (i, mention) in mentions.iter().enumerate() {
            for other in mentions[i + 1..].iter().take_while(|other| other.position <= mention.position + FARTHEST) {
                let (first, second) = (mention.concept.min(other.concept), mention.concept.max(other.concept));
                if second != first + 1 || other.position == mention.position {
                    continue;
                }
                let least = self.telling[first].min(self.telling[second]);
                let nearness = least / (other.position - mention.position) as f32;
                self.nearest[first] = self.nearest[first].max(nearness);
            }
        }
        self.nearest.iter().sum()
    }
}
