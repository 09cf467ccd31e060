//! The encoder: layers of self-attention as in BERT (Devlin et al. 2019), and three scores for each piece.

use chiedi_network::arithmetic::{View, gelu, multiply, softmax};
use chiedi_network::layers::{Linear, Norm};
use chiedi_network::weights::{Rows, Weights};

struct Layer {
    /// Queries, keys and values, one after the other.
    attend: Linear,
    out: Linear,
    norm_attended: Norm,
    up: Linear,
    down: Linear,
    norm: Norm,
}

/// The network; its matrices stay as they are in the file.
pub(super) struct Encoder {
    hidden: usize,
    heads: usize,
    words: Rows,
    places: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    ends: Linear,
}

impl Encoder {
    pub(super) fn new(weights: &mut Weights, pieces: usize) -> Result<Self, String> {
        let [layers, heads, hidden, inner, places] =
            [weights.number()?, weights.number()?, weights.number()?, weights.number()?, weights.number()?];
        let words = weights.rows(pieces, hidden)?;
        let places = weights.matrix(places, hidden)?.numbers();
        let norm = Norm::new(weights, hidden)?;
        let mut layer = || {
            Ok(Layer {
                attend: Linear::new(weights, 3 * hidden, hidden)?,
                out: Linear::new(weights, hidden, hidden)?,
                norm_attended: Norm::new(weights, hidden)?,
                up: Linear::new(weights, inner, hidden)?,
                down: Linear::new(weights, hidden, inner)?,
                norm: Norm::new(weights, hidden)?,
            })
        };
        let layers = (0..layers).map(|_| layer()).collect::<Result<Vec<_>, String>>()?;
        Ok(Self { hidden, heads, words, places, norm, layers, ends: Linear::new(weights, 3, hidden)? })
    }

    /// For each of the pieces in `input`, how likely an answer starts there, how likely it ends there, and, at the
    /// first, how likely the answer is yes where it is yes or no (logits).
    pub(super) fn scores(&self, input: &[u32]) -> Vec<[f32; 3]> {
        let hidden = self.hidden;
        let mut rows = vec![0.0; input.len() * hidden];
        for (piece, row) in input.iter().zip(rows.chunks_exact_mut(hidden)) {
            self.words.unpack(*piece, row);
        }
        self.norm.add(&mut rows, &self.places[..input.len() * hidden]);
        for layer in &self.layers {
            let attended = self.attention(&layer.attend.apply(&rows), input.len());
            layer.norm_attended.add(&mut rows, &layer.out.apply(&attended));
            let mut inner = layer.up.apply(&rows);
            gelu(&mut inner);
            layer.norm.add(&mut rows, &layer.down.apply(&inner));
        }
        self.ends.apply(&rows).chunks_exact(3).map(|ends| [ends[0], ends[1], ends[2]]).collect()
    }

    /// What each place takes from all others, head by head, from its queries, keys and values.
    fn attention(&self, all: &[f32], count: usize) -> Vec<f32> {
        let hidden = self.hidden;
        let width = hidden / self.heads;
        let mut out = vec![0.0; count * hidden];
        let mut shares = vec![0.0; count * count];
        for head in (0..self.heads).map(|head| head * width) {
            let part = |place: usize| &all[place * hidden + head..];
            let queries = View { numbers: part(0), row: 3 * hidden, column: 1 };
            let keys = View { numbers: part(1), row: 1, column: 3 * hidden };
            let values = View { numbers: part(2), row: 3 * hidden, column: 1 };
            multiply((count, width, count), queries, keys, &mut shares, count);
            softmax(&mut shares, count, 1.0 / (width as f32).sqrt());
            let shared = View { numbers: &shares, row: count, column: 1 };
            multiply((count, count, width), shared, values, &mut out[head..], hidden);
        }
        out
    }
}
