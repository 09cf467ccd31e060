//! A small neural network that turns a text into a vector: what means the same, in Italian or in English, lies near.
//!
//! It is the Universal Sentence Encoder, multilingual, v3 (Yang et al. 2020), the convolutional one, with its
//! vocabulary cut down to Italian and English. `models/README.md` tells how it was made and what it is worth.

mod model;
mod vector;

use std::ops::Range;
use std::sync::LazyLock;

use chiedi_network::pieces::Pieces;
use chiedi_network::weights::Weights;

use model::{Input, Model};
pub use vector::Vector;

/// The numbers of a vector.
pub const WIDTH: usize = 512;

/// What the model file begins with: its kind and version.
const MAGIC: &[u8] = b"CHIEDI-ENCODER-1\n";

/// The most pieces of a text that are looked at, some 900 bytes, and the most bytes, which spaces and odd characters
/// may fill.
const LONGEST: usize = 256;
const LONGEST_BYTES: usize = 16 * LONGEST;

/// So many texts go through the network together.
const TOGETHER: usize = 16;

/// The network with its vocabulary.
pub struct Encoder {
    pieces: Pieces,
    model: Model,
}

impl Encoder {
    /// The encoder that ships with the program, taken apart when it is first asked for.
    pub fn shipped() -> &'static Encoder {
        static SHIPPED: LazyLock<Encoder> = LazyLock::new(|| {
            Encoder::new(include_bytes!("../../models/encoder.bin"))
                .unwrap_or_else(|cause| panic!("models/encoder.bin: {cause}"))
        });
        &SHIPPED
    }

    fn new(file: &'static [u8]) -> Result<Self, String> {
        let mut weights = Weights::new(file, MAGIC)?;
        let pieces = Pieces::new(&mut weights)?;
        let model = Model::new(&mut weights, pieces.count())?;
        weights.end()?;
        Ok(Self { pieces, model })
    }

    /// The vector of `text`, of length 1; that of a long text is of its first part. Equal texts have equal vectors on
    /// every machine.
    pub fn encode(&self, text: &str) -> [f32; WIDTH] {
        self.model.vectors(&[self.input(text, &[])])[0]
    }

    /// The vectors of each of `texts`, sooner than one by one: that of the whole, then those of its parts, given as
    /// bytes, which are nearly those that they have by themselves and cost next to nothing. Parts beyond what is
    /// looked at have none.
    pub fn encode_all(&self, texts: &[(&str, Vec<Range<usize>>)]) -> Vec<Vec<[f32; WIDTH]>> {
        let inputs: Vec<_> = texts.iter().map(|(text, parts)| self.input(text, parts)).collect();
        let vectors = inputs.chunks(TOGETHER).flat_map(|inputs| self.model.vectors(inputs)).collect::<Vec<_>>();
        let mut rest = vectors.into_iter();
        inputs.iter().map(|input| rest.by_ref().take(input.parts.len()).collect()).collect()
    }

    /// The pieces of `text`, between the marks.
    fn input(&self, text: &str, parts: &[Range<usize>]) -> Input {
        let start = text.len() - text.trim_start().len();
        let text = text[..text.floor_char_boundary(LONGEST_BYTES)].trim();
        let mut found = self.pieces.segment(text);
        found.truncate(LONGEST);
        let mut pieces = vec![self.pieces.begin];
        pieces.extend(found.iter().map(|piece| piece.number));
        pieces.push(self.pieces.end);
        // The mark stands before the first piece.
        let place = |byte: usize| 1 + found.partition_point(|piece| start + piece.span.start < byte);
        let parts = parts.iter().map(|part| place(part.start)..place(part.end)).filter(|part| !part.is_empty());
        let parts = std::iter::once(1..pieces.len() - 1).chain(parts).collect();
        Input { pieces, parts }
    }
}

#[cfg(test)]
mod tests;
