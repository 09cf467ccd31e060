//! Which passages are about what a question asks.
//!
//! BM25 (Robertson and Zaragoza, 2009) over tantivy's postings, with three changes. All ways of saying one thing, the
//! translations of a word above all, count as one term (Pirkola, 1998), so that a rare translation does not outweigh a
//! common one; and its frequency is counted among the passages of the same language. What the rest of an article says
//! counts a little for each of its passages, and how near the meaning of the whole passage is to that of the question
//! ([`super::vectors`]) counts beside its words. The best passages are then looked at more closely: how near to each
//! other the things that were asked for stand.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

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
    fn mean_length(&self, language: Language) -> f32 {
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
    /// The number of each passage's article, in the order of the ids, all segments after each other.
    pub(super) articles: &'a [u32],
    /// Each passage's place in its article.
    pub(super) ordinals: &'a [u32],
    /// How near each passage is to what the question means.
    pub(super) meaning: &'a Meaning<'a>,
    /// Whether the passages of the article with this number are looked at.
    pub(super) admits: &'a dyn Fn(u32) -> bool,
}

/// A place where a concept is said.
#[derive(Clone, Copy)]
struct Mention {
    position: u32,
    concept: usize,
}

impl Search<'_> {
    /// The best passages and their scores, the best first.
    pub(super) fn best(&self, concepts: &[Concept], limit: usize) -> tantivy::Result<Vec<(DocAddress, f32)>> {
        let total = self.articles.len();
        let mut scores = Scores::new(total, self.articles.iter().max().map_or(0, |most| *most as usize + 1));
        let mut weights = Vec::with_capacity(concepts.len());
        for concept in concepts {
            weights.push(self.add(concept, &mut scores)?);
        }
        let mut found = self.found(&scores, weights.iter().sum());
        let id = |passage: u32| (self.articles[passage as usize], self.ordinals[passage as usize]);
        let by_score = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then_with(|| id(a.0).cmp(&id(b.0)));
        let candidates = self.weights.candidates.max(limit);
        if found.len() > candidates {
            found.select_nth_unstable_by(candidates, by_score);
            found.truncate(candidates);
        }
        let mut ranked = self.look_closely(found, concepts, &weights)?;
        ranked.sort_by(by_score);
        ranked.truncate(limit);
        Ok(ranked.into_iter().map(|(passage, score)| (self.address(passage), score)).collect())
    }

    /// The passages that have a concept or nearly the question's meaning, and their scores; `telling` is how
    /// telling all concepts together are.
    fn found(&self, scores: &Scores, telling: f32) -> Vec<(u32, f32)> {
        let share = self.weights.article;
        let meaning = (self.weights.meaning + self.weights.meaning_sentence) * telling.max(1.0);
        let mut found = Vec::new();
        for (passage, (sum, article)) in scores.sums.iter().zip(self.articles).enumerate() {
            if !(self.admits)(*article) {
                continue;
            }
            let cosine = self.meaning.of_passage(passage as u32);
            if *sum == 0.0 && cosine < self.weights.meaning_alone {
                continue;
            }
            let words = if *sum > 0.0 { (1.0 - share) * sum + share * scores.articles[*article as usize] } else { 0.0 };
            found.push((passage as u32, words + meaning * cosine));
        }
        found
    }

    /// Adds what `concept` is worth to the passages that speak of it; gives back how telling it is.
    fn add(&self, concept: &Concept, scores: &mut Scores) -> tantivy::Result<f32> {
        let weight = self.weights.part(concept.part);
        let mut most = 0.0_f32;
        for language in Language::ALL {
            self.count(concept, |terms| matches!(terms, Terms::Stems(l, _) if *l == language), scores)?;
            most = most.max(self.worth(weight, &[language], scores)?);
        }
        self.count(concept, |terms| matches!(terms, Terms::Number(_)), scores)?;
        most = most.max(self.worth(weight, &Language::ALL, scores)?);
        self.count(concept, |terms| matches!(terms, Terms::Root(_)), scores)?;
        self.worth(weight * self.weights.root, &Language::ALL, scores)?;
        scores.close_concept(self.articles);
        Ok(most)
    }

    /// Counts in each passage how often the ways of `concept` that are `chosen` occur in it.
    fn count(&self, concept: &Concept, chosen: impl Fn(&Terms) -> bool, scores: &mut Scores) -> tantivy::Result<()> {
        let mut base = 0;
        for segment in self.searcher.segment_readers() {
            for way in concept.ways.iter().filter(|way| chosen(&way.terms)) {
                let row = self.row(segment, &way.terms, IndexRecordOption::WithFreqs)?;
                scores.count_row(segment, base, row, way.weight);
                if let Terms::Stems(language, stems) = &way.terms
                    && stems.len() == 1
                {
                    let row = Row::open(segment, self.fields.title(*language), stems, IndexRecordOption::WithFreqs)?;
                    scores.count_row(segment, base, row, way.weight * self.weights.title);
                }
            }
            base += segment.max_doc();
        }
        Ok(())
    }

    /// Turns the counts into BM25 for passages in `languages`; gives back how telling the concept is.
    fn worth(&self, weight: f32, languages: &[Language], scores: &mut Scores) -> tantivy::Result<f32> {
        let weights = self.weights;
        let telling = weight * self.statistics.weight(languages, scores.counted.len());
        let mut counted = std::mem::take(&mut scores.counted);
        counted.sort_unstable();
        if counted.is_empty() {
            return Ok(0.0);
        }
        let mut base = 0;
        let mut rest = &counted[..];
        for segment in self.searcher.segment_readers() {
            let lengths = Language::ALL.map(|language| {
                let norms = segment.get_fieldnorms_reader(self.fields.stem(language));
                norms.map(|norms| (norms, self.statistics.mean_length(language)))
            });
            let [italian, english] = lengths;
            let lengths = [italian?, english?];
            let end = base + segment.max_doc();
            let here = rest.iter().position(|passage| *passage >= end).unwrap_or(rest.len());
            for passage in &rest[..here] {
                let norms = lengths.iter().map(|(norms, mean)| norms.fieldnorm(passage - base) as f32 / mean);
                let length: f32 = norms.sum();
                let count = std::mem::take(&mut scores.counts[*passage as usize]);
                let frequency = count / (1.0 - weights.length + weights.length * length);
                scores.credit(
                    *passage,
                    telling * frequency * (weights.saturation + 1.0) / (frequency + weights.saturation),
                );
            }
            rest = &rest[here..];
            base = end;
        }
        Ok(telling)
    }

    /// Adds to the scores of `found` what the nearness of the concepts in each passage is worth, and replaces what the passage
    /// means by what its nearest sentence does, as far as that counts.
    fn look_closely(
        &self,
        mut found: Vec<(u32, f32)>,
        concepts: &[Concept],
        weights: &[f32],
    ) -> tantivy::Result<Vec<(u32, f32)>> {
        found.sort_unstable_by_key(|(passage, _)| *passage);
        let mut base = 0;
        let mut mentions: Vec<Vec<Mention>> = vec![Vec::new(); found.len()];
        for segment in self.searcher.segment_readers() {
            let end = base + segment.max_doc();
            for (i, concept) in concepts.iter().enumerate() {
                for way in &concept.ways {
                    let Terms::Stems(..) = way.terms else { continue };
                    let Some(mut row) = self.row(segment, &way.terms, IndexRecordOption::WithFreqsAndPositions)? else {
                        continue;
                    };
                    for (place, (passage, _)) in found.iter().enumerate() {
                        if *passage < base || *passage >= end {
                            continue;
                        }
                        if row.seek(passage - base) == passage - base {
                            let places = row.positions().iter();
                            mentions[place].extend(places.map(|position| Mention { position: *position, concept: i }));
                        }
                    }
                }
            }
            base = end;
        }
        let meaning = self.weights.meaning_sentence * weights.iter().sum::<f32>().max(1.0);
        for ((passage, score), mentions) in found.iter_mut().zip(&mut mentions) {
            mentions.sort_unstable_by_key(|mention| (mention.position, mention.concept));
            *score += self.weights.window * best_window(mentions, weights, self.weights.window_length)
                + self.weights.neighbours * neighbours(mentions, weights)
                + meaning * (self.meaning.of_sentences(*passage) - self.meaning.of_passage(*passage));
        }
        Ok(found)
    }

    fn address(&self, passage: u32) -> DocAddress {
        let mut base = 0;
        for (i, segment) in self.searcher.segment_readers().iter().enumerate() {
            if passage < base + segment.max_doc() {
                return DocAddress::new(i as u32, passage - base);
            }
            base += segment.max_doc();
        }
        DocAddress::new(0, passage)
    }

    /// The passages of `segment` that hold `terms`, or `None` if there are none.
    fn row(&self, segment: &SegmentReader, terms: &Terms, record: IndexRecordOption) -> tantivy::Result<Option<Row>> {
        match terms {
            Terms::Number(number) => {
                let words = std::slice::from_ref(number);
                Row::open(segment, self.fields.number, words, IndexRecordOption::WithFreqs)
            }
            Terms::Root(root) => {
                let words = std::slice::from_ref(root);
                Row::open(segment, self.fields.root, words, IndexRecordOption::WithFreqs)
            }
            Terms::Stems(language, stems) => Row::open(segment, self.fields.stem(*language), stems, record),
        }
    }
}

/// The passages in which some terms follow each other.
struct Row {
    words: Vec<SegmentPostings>,
    /// Where the row begins in the current passage; filled where there are several words, or when asked for.
    starts: Vec<u32>,
    scratch: Vec<u32>,
}

impl Row {
    fn open(
        segment: &SegmentReader,
        field: Field,
        words: &[String],
        record: IndexRecordOption,
    ) -> tantivy::Result<Option<Row>> {
        let index = segment.inverted_index(field)?;
        let record = if words.len() > 1 { IndexRecordOption::WithFreqsAndPositions } else { record };
        let mut opened = Vec::with_capacity(words.len());
        for word in words {
            match index.read_postings(&Term::from_field_text(field, word), record)? {
                Some(postings) => opened.push(postings),
                None => return Ok(None),
            }
        }
        let mut row = Row { words: opened, starts: Vec::new(), scratch: Vec::new() };
        if row.words.len() > 1 {
            row.settle();
        }
        Ok((!row.words.is_empty()).then_some(row))
    }

    fn doc(&self) -> DocId {
        self.words[0].doc()
    }

    fn advance(&mut self) {
        self.words[0].advance();
        if self.words.len() > 1 {
            self.settle();
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.words[0].seek(target);
            if self.words.len() > 1 {
                self.settle();
            }
        }
        self.doc()
    }

    fn frequency(&self) -> usize {
        if self.words.len() > 1 { self.starts.len() } else { self.words[0].term_freq() as usize }
    }

    fn positions(&mut self) -> &[u32] {
        if self.words.len() == 1 {
            self.words[0].positions(&mut self.starts);
        }
        &self.starts
    }

    /// Goes on to the next passage, from the current one, in which the words follow each other.
    fn settle(&mut self) {
        'passages: while self.doc() != TERMINATED {
            let doc = self.doc();
            self.words[0].positions(&mut self.starts);
            for (i, word) in self.words.iter_mut().enumerate().skip(1) {
                if word.doc() < doc && word.seek(doc) != doc || word.doc() != doc {
                    self.words[0].advance();
                    continue 'passages;
                }
                word.positions(&mut self.scratch);
                self.starts.retain(|start| self.scratch.binary_search(&(start + i as u32)).is_ok());
            }
            if !self.starts.is_empty() {
                return;
            }
            self.words[0].advance();
        }
    }
}

/// Scores on their way; everything is per passage, all segments after each other.
struct Scores {
    /// How often the concept at hand occurs.
    counts: Vec<f32>,
    /// Where it does.
    counted: Vec<u32>,
    /// What the concept at hand is worth.
    credits: Vec<f32>,
    /// Where it is worth something.
    credited: Vec<u32>,
    /// The sum over the concepts.
    sums: Vec<f32>,
    /// The sum over the concepts of the best in each article.
    articles: Vec<f32>,
    /// The best of the concept at hand in each article.
    best: Vec<f32>,
}

impl Scores {
    fn new(passages: usize, articles: usize) -> Self {
        Self {
            counts: vec![0.0; passages],
            counted: Vec::new(),
            credits: vec![0.0; passages],
            credited: Vec::new(),
            sums: vec![0.0; passages],
            articles: vec![0.0; articles],
            best: vec![0.0; articles],
        }
    }

    /// Counts the passages of `row`, whose segment begins at `base`.
    fn count_row(&mut self, segment: &SegmentReader, base: u32, row: Option<Row>, weight: f32) {
        let Some(mut row) = row else { return };
        while row.doc() != TERMINATED {
            if !segment.is_deleted(row.doc()) {
                let passage = base + row.doc();
                let slot = &mut self.counts[passage as usize];
                if *slot == 0.0 {
                    self.counted.push(passage);
                }
                *slot += weight * row.frequency() as f32;
            }
            row.advance();
        }
    }

    fn credit(&mut self, passage: u32, credit: f32) {
        let slot = &mut self.credits[passage as usize];
        if *slot == 0.0 {
            self.credited.push(passage);
        }
        *slot = slot.max(credit);
    }

    fn close_concept(&mut self, articles: &[u32]) {
        for passage in &self.credited {
            let credit = std::mem::take(&mut self.credits[*passage as usize]);
            self.sums[*passage as usize] += credit;
            let best = &mut self.best[articles[*passage as usize] as usize];
            *best = best.max(credit);
        }
        for passage in self.credited.drain(..) {
            let article = articles[passage as usize] as usize;
            self.articles[article] += std::mem::take(&mut self.best[article]);
        }
    }
}

/// The greatest sum of weights of different concepts within one window.
fn best_window(mentions: &[Mention], weights: &[f32], length: u32) -> f32 {
    let mut counts = vec![0_u32; weights.len()];
    let (mut sum, mut best, mut start) = (0.0_f32, 0.0_f32, 0);
    for mention in mentions {
        while mentions[start].position + length < mention.position {
            let gone = mentions[start].concept;
            counts[gone] -= 1;
            if counts[gone] == 0 {
                sum -= weights[gone];
            }
            start += 1;
        }
        counts[mention.concept] += 1;
        if counts[mention.concept] == 1 {
            sum += weights[mention.concept];
        }
        best = best.max(sum);
    }
    best
}

/// The sum over the concepts that follow each other in the question of how near they stand in the passage.
fn neighbours(mentions: &[Mention], weights: &[f32]) -> f32 {
    const FARTHEST: u32 = 6;
    let mut best = vec![0.0_f32; weights.len()];
    for (i, mention) in mentions.iter().enumerate() {
        for other in mentions[i + 1..].iter().take_while(|other| other.position <= mention.position + FARTHEST) {
            let (first, second) = (mention.concept.min(other.concept), mention.concept.max(other.concept));
            if second != first + 1 || other.position == mention.position {
                continue;
            }
            let nearness = weights[first].min(weights[second]) / (other.position - mention.position) as f32;
            best[first] = best[first].max(nearness);
        }
    }
    best.iter().sum()
}
