//! The pieces of words that a network knows: SentencePiece's unigram segmentation (Kudo 2018) by Viterbi's algorithm.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::weights::Weights;

/// What stands for a space in a piece.
const SPACE: char = '▁';
/// What a character outside the vocabulary costs below the rarest piece, as in SentencePiece.
const UNKNOWN_PENALTY: f32 = 10.0;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its place in the vocabulary.
    pub number: u32,
    /// Bytes of the text, without the space before the piece.
    pub span: Range<usize>,
}

/// The vocabulary.
pub struct Pieces {
    numbers: FxHashMap<&'static str, u32>,
    scores: Vec<f32>,
    normal: HashMap<char, &'static str>,
    unknown: u32,
    unknown_score: f32,
    /// In characters.
    longest: usize,
    /// The mark at the beginning of an input.
    pub begin: u32,
    /// The mark after each of its parts.
    pub end: u32,
}

impl Pieces {
    /// The vocabulary that comes next in a model file.
    pub fn new(weights: &mut Weights) -> Result<Self, String> {
        let count = weights.number()?;
        let [begin, end, unknown] = [weights.number()? as u32, weights.number()? as u32, weights.number()? as u32];
        let texts = (0..count).map(|_| weights.text()).collect::<Result<Vec<_>, _>>()?;
        let scores = weights.vector(count)?;
        let mut normal = HashMap::new();
        for _ in 0..weights.number()? {
            let code = weights.number()? as u32;
            normal.insert(char::from_u32(code).ok_or("a code that is no character")?, weights.text()?);
        }
        let longest = texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
        let unknown_score = scores.iter().copied().fold(f32::INFINITY, f32::min) - UNKNOWN_PENALTY;
        // Marks have no text.
        let spelt = (0..).zip(&texts).filter(|(_, text)| !text.is_empty());
        let mut numbers = FxHashMap::with_capacity_and_hasher(count, Default::default());
        numbers.extend(spelt.map(|(number, text)| (*text, number)));
        Ok(Self { numbers, scores, normal, unknown, unknown_score, longest, begin, end })
    }

    /// How many pieces there are, marks among them.
    pub fn count(&self) -> usize {
        self.scores.len()
    }

    /// The likeliest pieces of `text`, in order.
    pub fn segment(&self, text: &str) -> Vec<Piece> {
        let normal = Normal::new(text, &self.normal);
        let length = normal.sources.len();
        let mut best = vec![(f32::NEG_INFINITY, 0usize, self.unknown); length + 1];
        best[0].0 = 0.0;
        for start in 0..length {
            let before = best[start].0;
            for (end, place) in best.iter_mut().enumerate().skip(start + 1).take(self.longest) {
                let chars = &normal.text[normal.offsets[start]..normal.offsets[end]];
                if let Some(number) = self.numbers.get(chars) {
                    let score = before + self.scores[*number as usize];
                    if score > place.0 {
                        *place = (score, start, *number);
                    }
                }
            }
            if before + self.unknown_score > best[start + 1].0 {
                best[start + 1] = (before + self.unknown_score, start, self.unknown);
            }
        }
        let mut pieces = Vec::new();
        let mut end = length;
        while end > 0 {
            let (_, start, number) = best[end];
            let spaced = start + 1 < end && normal.text[normal.offsets[start]..].starts_with(SPACE);
            let first = normal.sources[start + usize::from(spaced)].start;
            pieces.push(Piece { number, span: first..normal.sources[end - 1].end });
            end = start;
        }
        pieces.reverse();
        pieces
    }
}

/// A text as pieces are made of it: compatible characters made one, spaces marked, one before the first word.
struct Normal {
    text: String,
    /// The byte at which each character of `text` begins, and the end.
    offsets: Vec<usize>,
    /// The bytes of the original that each character stands for.
    sources: Vec<Range<usize>>,
}

impl Normal {
    fn new(original: &str, normal: &HashMap<char, &'static str>) -> Self {
        let first = original.chars().next().map_or(0, char::len_utf8);
        let mut made = Self {
            text: SPACE.to_string(),
            offsets: vec![0, SPACE.len_utf8()],
            sources: std::iter::once(0..first).collect(),
        };
        let mut after_space = true;
        for (at, char) in original.char_indices() {
            let source = at..at + char.len_utf8();
            let mut buffer = [0; 4];
            let chars: &str = normal.get(&char).copied().unwrap_or_else(|| char.encode_utf8(&mut buffer));
            for char in chars.chars().map(|char| if char == ' ' { SPACE } else { char }) {
                if char == SPACE && after_space {
                    continue;
                }
                after_space = char == SPACE;
                made.text.push(char);
                made.offsets.push(made.text.len());
                made.sources.push(source.clone());
            }
        }
        made
    }
}
