//! A small neural network that turns a text into a vector: what means the same, in Italian or in English, lies near.
//!
//! It is the Universal Sentence Encoder, multilingual, v3 (Yang et al. 2020), the convolutional one, with its
//! vocabulary cut down to Italian and English. `models/README.md` tells how it was made and what it is worth.

mod model;
mod vector;

use std::sync::LazyLock;

use chiedi_network::pieces::Pieces;
use chiedi_network::weights::Weights;

use model::Model;
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
        self.model.vectors(&[self.input(text)])[0]
    }

    /// The vector of each of `texts`, sooner than one by one.
    pub fn encode_all(&self, texts: &[&str]) -> Vec<[f32; WIDTH]> {
        let inputs: Vec<_> = texts.iter().map(|text| self.input(text)).collect();
        inputs.chunks(TOGETHER).flat_map(|inputs| self.model.vectors(inputs)).collect()
    }

    /// The pieces of `text`, between the marks.
    fn input(&self, text: &str) -> Vec<u32> {
        let text = text[..text.floor_char_boundary(LONGEST_BYTES)].trim();
        let mut input = vec![self.pieces.begin];
        input.extend(self.pieces.segment(text).iter().take(LONGEST).map(|piece| piece.number));
        input.push(self.pieces.end);
        input
    }
}

#[cfg(test)]
mod tests;
