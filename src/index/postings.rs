//! The posting lists of the terms that a search asks for.

use std::ops::Range;
use std::sync::Arc;

use tantivy::fastfield::AliveBitSet;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, InvertedIndexReader, Searcher, TERMINATED};

use super::query;
use super::schema::{Fields, place};
use crate::language::Language;

/// How many passages a whole block of a list has.
const BLOCK: usize = 128;

/// A segment of the index with the term dictionaries that are looked into.
pub(super) struct Segment<'a> {
    /// The number of its first passage, all segments after each other.
    base: u32,
    /// Which of its passages are in use; `None`: all.
    alive: Option<&'a AliveBitSet>,
    stems: [Terms; 2],
    titles: [Terms; 2],
    root: Terms,
    number: Terms,
}

/// The terms of one field.
struct Terms {
    index: Arc<InvertedIndexReader>,
    /// The list that was read last, which the next is read into.
    list: Option<BlockSegmentPostings>,
}

/// Where the words of the passages stand, as far as they were asked for.
#[derive(Default)]
pub(super) struct Noted {
    /// Single words, whose positions are read where they are wanted.
    words: Vec<Word>,
    /// The passages of each of `words`, in order.
    passages: Vec<u32>,
    /// The beginnings of words in a row.
    rows: Vec<Mention>,
}

/// A stem in one segment.
struct Word {
    /// The place in the question of the concept that it says.
    concept: usize,
    /// The segment's number.
    segment: usize,
    language: Language,
    info: TermInfo,
    /// Which of [`Noted::passages`] hold it.
    passages: Range<usize>,
}

/// A place where a concept is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention {
    /// The passage, or its place among those that are looked at.
    pub(super) passage: u32,
    /// How many words stand before it; between two sentences some are counted that are not there.
    pub(super) position: u32,
    /// The concept's place in the question.
    pub(super) concept: usize,
}

impl<'a> Segment<'a> {
    /// All segments that `searcher` sees.
    pub(super) fn all(searcher: &'a Searcher, fields: &Fields) -> tantivy::Result<Vec<Self>> {
        let mut base = 0;
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            let [it, en] = Language::ALL;
            let terms = |field| reader.inverted_index(field).map(|index| Terms { index, list: None });
            segments.push(Self {
                base,
                alive: reader.alive_bitset(),
                stems: [terms(fields.stem(it))?, terms(fields.stem(en))?],
                titles: [terms(fields.title(it))?, terms(fields.title(en))?],
                root: terms(fields.root)?,
                number: terms(fields.number)?,
            });
            base += reader.max_doc();
        }
        Ok(segments)
    }

    /// Calls `count` with each passage that says `terms` and how often it does; where they are stems, notes their
    /// places as those of `concept` in this segment, which is number `segment`.
    pub(super) fn count(
        &mut self,
        terms: &query::Terms,
        (concept, segment): (usize, usize),
        noted: &mut Noted,
        mut count: impl FnMut(u32, f32),
    ) -> tantivy::Result<()> {
        let (base, alive) = (self.base, self.alive);
        match terms {
            query::Terms::Number(number) => self.number.count(number, base, alive, count).map(|_| ()),
            query::Terms::Root(root) => self.root.count(root, base, alive, count).map(|_| ()),
            query::Terms::Stems(language, stems) => {
                let [stem] = &stems[..] else { return self.count_row(*language, stems, concept, noted, &mut count) };
                let first = noted.passages.len();
                let counted = |passage, often| {
                    noted.passages.push(passage);
                    count(passage, often);
                };
                if let Some(info) = self.stems[place(*language)].count(stem, base, alive, counted)? {
                    let passages = first..noted.passages.len();
                    noted.words.push(Word { concept, segment, language: *language, info, passages });
                }
                Ok(())
            }
        }
    }

    /// Calls `count` with each passage of an article whose title has `stem`.
    pub(super) fn count_titles(
        &mut self,
        language: Language,
        stem: &str,
        count: impl FnMut(u32, f32),
    ) -> tantivy::Result<()> {
        self.titles[place(language)].count(stem, self.base, self.alive, count).map(|_| ())
    }

    /// Calls `count` with each passage in which `words` follow each other and how often they do; notes their places.
    fn count_row(
        &self,
        language: Language,
        words: &[String],
        concept: usize,
        noted: &mut Noted,
        count: &mut impl FnMut(u32, f32),
    ) -> tantivy::Result<()> {
        let index = &self.stems[place(language)].index;
        let mut lists = Vec::with_capacity(words.len());
        for word in words {
            let Some(info) = index.terms().get(word)? else { return Ok(()) };
            lists.push(index.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let Some((first, others)) = lists.split_first_mut() else { return Ok(()) };
        let (mut starts, mut scratch) = (Vec::new(), Vec::new());
        while first.doc() != TERMINATED {
            let passage = first.doc();
            let together = others.iter_mut().all(|other| other.doc() <= passage && other.seek(passage) == passage);
            if together && self.alive.is_none_or(|alive| alive.is_alive(passage)) {
                first.positions(&mut starts);
                for (other, after) in others.iter_mut().zip(1..) {
                    other.positions(&mut scratch);
                    starts.retain(|start| scratch.binary_search(&(start + after)).is_ok());
                }
                let passage = self.base + passage;
                noted.rows.extend(starts.iter().map(|position| Mention { passage, position: *position, concept }));
                if !starts.is_empty() {
                    count(passage, starts.len() as f32);
                }
            }
            first.advance();
        }
        Ok(())
    }

    /// The list of `word` with its positions.
    fn positions(&self, word: &Word) -> tantivy::Result<SegmentPostings> {
        let index = &self.stems[place(word.language)].index;
        Ok(index.read_postings_from_terminfo(&word.info, IndexRecordOption::WithFreqsAndPositions)?)
    }
}

/// The address of a passage by its number in all `segments`.
pub(super) fn address(segments: &[Segment<'_>], passage: u32) -> DocAddress {
    let segment = segments.partition_point(|segment| segment.base <= passage).saturating_sub(1);
    DocAddress::new(segment as u32, passage - segments[segment].base)
}

impl Terms {
    /// Calls `count` with each passage that has `term` and how often it does, the segment's first passage being number
    /// `base`.
    fn count(
        &mut self,
        term: &str,
        base: u32,
        alive: Option<&AliveBitSet>,
        mut count: impl FnMut(u32, f32),
    ) -> tantivy::Result<Option<TermInfo>> {
        let Some(info) = self.index.terms().get(term)? else { return Ok(None) };
        let list = match &mut self.list {
            Some(list) => {
                self.index.reset_block_postings_from_terminfo(&info, list)?;
                list
            }
            none => none.insert(self.index.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?),
        };
        loop {
            for (passage, often) in list.docs().iter().zip(list.freqs()) {
                if alive.is_none_or(|alive| alive.is_alive(*passage)) {
                    count(base + passage, *often as f32);
                }
            }
            if list.block_len() < BLOCK {
                return Ok(Some(info));
            }
            list.advance();
        }
    }
}

/// What is said in some passages, as far as it is known without positions.
pub(super) struct Said<'a> {
    noted: &'a Noted,
    /// Which words stand in which of the passages, by their places in both.
    words: Vec<(usize, u32)>,
    /// The rows of words in the passages, with the passages' places.
    rows: Vec<Mention>,
}

impl Noted {
    /// What is said in `found`, passages in order with their scores, of the `all` that there are.
    pub(super) fn within(&self, found: &[(u32, f32)], all: usize) -> Said<'_> {
        // The place among those found, from 1; 0 for the others.
        let mut numbers = vec![0_u32; all];
        for ((passage, _), number) in found.iter().zip(1..) {
            numbers[*passage as usize] = number;
        }
        let mut words = Vec::new();
        for (word, at) in self.words.iter().zip(0..) {
            let numbers = self.passages[word.passages.clone()].iter().map(|passage| numbers[*passage as usize]);
            words.extend(numbers.filter(|number| *number > 0).map(|number| (at, number - 1)));
        }
        let rows = self.rows.iter().map(|row| Mention { passage: numbers[row.passage as usize], ..*row });
        let rows = rows.filter(|row| row.passage > 0).map(|row| Mention { passage: row.passage - 1, ..row }).collect();
        Said { noted: self, words, rows }
    }
}

impl Said<'_> {
    /// Each concept that is said in a passage, with the passage's place; perhaps more than once.
    pub(super) fn concepts(&self) -> impl Iterator<Item = (u32, usize)> {
        let words = self.words.iter().map(|(word, passage)| (*passage, self.noted.words[*word].concept));
        words.chain(self.rows.iter().map(|row| (row.passage, row.concept)))
    }

    /// Where the concepts are said in those of `found`, the passages asked for, whose places are `wanted`, in order.
    pub(super) fn mentions(
        &self,
        segments: &[Segment<'_>],
        found: &[(u32, f32)],
        wanted: impl Fn(u32) -> bool,
    ) -> tantivy::Result<Vec<Mention>> {
        let mut mentions: Vec<Mention> = self.rows.iter().copied().filter(|row| wanted(row.passage)).collect();
        let mut positions = Vec::new();
        for of_word in self.words.chunk_by(|a, b| a.0 == b.0) {
            let word = &self.noted.words[of_word[0].0];
            let segment = &segments[word.segment];
            let mut list = None;
            for (_, passage) in of_word.iter().filter(|(_, passage)| wanted(*passage)) {
                let list = match &mut list {
                    Some(list) => list,
                    none => none.insert(segment.positions(word)?),
                };
                list.seek(found[*passage as usize].0 - segment.base);
                list.positions(&mut positions);
                let mention =
                    |position: &u32| Mention { passage: *passage, position: *position, concept: word.concept };
                mentions.extend(positions.iter().map(mention));
            }
        }
        mentions.sort_unstable();
        Ok(mentions)
    }
}
