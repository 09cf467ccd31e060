//! A small neural network that reads: how likely an answer to a question starts, and ends, at each place of a text.
//!
//! It is the encoder of multilingual-e5-small (Wang et al. 2024) with its vocabulary cut down to Italian and English,
//! fine-tuned to find answers or to say that there is none (the task and the scores of start and end are those of
//! Devlin et al. 2019, the comparison with "not here" that of SQuAD 2.0). `models/README.md` tells how it was made
//! and what it is worth.

mod encoder;

use std::ops::Range;
use std::sync::LazyLock;

use chiedi_network::pieces::{Piece, Pieces};
use chiedi_network::weights::Weights;

use encoder::Encoder;

/// What the model file begins with: its kind and version.
const MAGIC: &[u8] = b"CHIEDI-READER-2\n";

/// The most pieces of a question, of a title, and of everything together, as in training.
const LONGEST_QUESTION: usize = 48;
const LONGEST_TITLE: usize = 24;
const LONGEST_INPUT: usize = 256;

/// A stretch of an article that is read at once.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    /// The article's title, or nothing.
    pub title: &'a str,
    /// The text; what exceeds about 200 pieces (some 900 bytes) is not read.
    pub text: &'a str,
}

/// What was read in a [`Window`]: pieces of words with their scores.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    pieces: Vec<Range<usize>>,
    starts: Vec<f32>,
    ends: Vec<f32>,
}

impl Reading {
    /// The logarithm of the odds that the window says it, in whatever words, against "the window does not say"; minus
    /// infinity for an empty window.
    pub fn answerable(&self) -> f32 {
        let all = |odds: &[f32]| odds.iter().map(|odds| odds.exp()).sum::<f32>().ln();
        (all(&self.starts) + all(&self.ends)) / 2.0
    }

    /// The logarithm of the odds of `span` (bytes of the window's text) as the answer against "the window does not
    /// say"; `None` where the span was not read to its end.
    pub fn log_odds(&self, span: Range<usize>) -> Option<f32> {
        let first = self.pieces.partition_point(|piece| piece.end <= span.start);
        let last = self.pieces.partition_point(|piece| piece.end < span.end);
        Some(self.starts.get(first)? + self.ends.get(last)?)
    }

    /// The `count` likeliest spans of at most `longest` pieces, the likeliest first, each with its log odds.
    pub fn likeliest(&self, count: usize, longest: usize) -> Vec<(Range<usize>, f32)> {
        let mut found: Vec<(Range<usize>, f32)> = Vec::new();
        for (first, start) in self.starts.iter().enumerate() {
            for (last, end) in self.ends.iter().enumerate().skip(first).take(longest) {
                let odds = start + end;
                if found.len() < count || found.last().is_some_and(|(_, least)| odds > *least) {
                    let place = found.partition_point(|(_, better)| *better >= odds);
                    found.insert(place, (self.pieces[first].start..self.pieces[last].end, odds));
                    found.truncate(count);
                }
            }
        }
        found
    }
}

/// Reads `windows` for an answer to `question`, on all cores.
pub fn read(question: &str, windows: &[Window<'_>]) -> Vec<Reading> {
    MODEL.read(question, windows)
}

/// Begins to take the model apart, on a thread of its own, for who is going to [`read`] and has something else to do
/// first.
pub fn prepare() {
    std::thread::spawn(|| LazyLock::force(&MODEL));
}

/// The model that ships with the program, taken apart when it is first asked.
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::new(include_bytes!("../../models/reader.bin")).unwrap_or_else(|e| panic!("models/reader.bin: {e}"))
});

struct Model {
    pieces: Pieces,
    encoder: Encoder,
}

impl Model {
    fn new(file: &'static [u8]) -> Result<Self, String> {
        let mut weights = Weights::new(file, MAGIC)?;
        let pieces = Pieces::new(&mut weights)?;
        let encoder = Encoder::new(&mut weights, pieces.count())?;
        weights.end()?;
        Ok(Self { pieces, encoder })
    }

    fn read(&self, question: &str, windows: &[Window<'_>]) -> Vec<Reading> {
        let head = self.head(question);
        let (inputs, texts): (Vec<_>, Vec<_>) = windows.iter().map(|window| self.input(&head, *window)).unzip();
        let scores = self.encoder.scores(&inputs);
        scores.iter().zip(texts).map(|(scores, text)| reading(scores, text)).collect()
    }

    /// What each input begins with.
    fn head(&self, question: &str) -> Vec<u32> {
        let mut input = vec![self.pieces.begin];
        self.add(question, LONGEST_QUESTION, &mut input);
        input.push(self.pieces.end);
        input
    }

    /// What is read of `window` after `head`, and the pieces of its text that are.
    fn input(&self, head: &[u32], window: Window<'_>) -> (Vec<u32>, Vec<Piece>) {
        let mut input = head.to_vec();
        if !window.title.is_empty() {
            self.add(window.title, LONGEST_TITLE, &mut input);
        }
        let mut text: Vec<Piece> = self.pieces.segment(window.text);
        text.retain(|piece| !piece.span.is_empty());
        text.truncate(LONGEST_INPUT - input.len() - 1);
        input.extend(text.iter().map(|piece| piece.number));
        input.push(self.pieces.end);
        (input, text)
    }

    /// Adds at most `most` pieces of `text` to `input`, and the mark after them.
    fn add(&self, text: &str, most: usize, input: &mut Vec<u32>) {
        input.extend(self.pieces.segment(text).iter().take(most).map(|piece| piece.number));
        input.push(self.pieces.end);
    }
}

/// What the network's `scores` of an input say of the pieces of its text, which stand last in it before a mark.
fn reading(scores: &[[f32; 2]], text: Vec<Piece>) -> Reading {
    // The first place stands for "not here".
    let none = scores[0];
    let inside = &scores[scores.len() - 1 - text.len()..scores.len() - 1];
    Reading {
        pieces: text.into_iter().map(|piece| piece.span).collect(),
        starts: inside.iter().map(|[start, _]| start - none[0]).collect(),
        ends: inside.iter().map(|[_, end]| end - none[1]).collect(),
    }
}

#[cfg(test)]
mod tests;
