//! The encoder: layers of self-attention as in BERT (Devlin et al. 2019), and three scores for each piece.

use chiedi_network::arithmetic::gelu;
use chiedi_network::attention::attend;
use chiedi_network::layers::{Linear, Norm};
use chiedi_network::weights::{Rows, Weights};
use rayon::prelude::*;

/// So many places of all texts go through the layers together, on one core.
const STRIP: usize = 24;

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
        let places = weights.numbers(places, hidden)?;
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

    /// For each of the pieces in each of `inputs`, how likely an answer starts there and how likely it ends there
    /// (logits). All cores work on it; what is said of an input does not depend on the others.
    pub(super) fn scores(&self, inputs: &[Vec<u32>]) -> Vec<Vec<[f32; 2]>> {
        let hidden = self.hidden;
        let places: Vec<Place> = inputs.iter().enumerate().flat_map(|(text, input)| places(text, input)).collect();
        let mut rows: Vec<f32> = inputs.iter().flat_map(|input| self.embed(input)).collect();
        let mut all = vec![0.0; 3 * rows.len()];
        for layer in &self.layers {
            let strips = rows.par_chunks(STRIP * hidden).zip(all.par_chunks_mut(STRIP * 3 * hidden));
            strips.for_each(|(rows, all)| layer.attend.apply_to(rows, all));
            let attended = self.attention(&all, inputs);
            let strips = rows.par_chunks_mut(STRIP * hidden).zip(places.par_chunks(STRIP));
            strips.for_each(|(rows, places)| layer.transform(rows, &attended.rows(places)));
        }
        let mut ends = self.ends.apply(&rows).into_iter();
        // The third, which was to tell yes from no, was not learned.
        let mut next = || {
            let [start, end, _] = std::array::from_fn(|_| ends.next().unwrap_or_default());
            [start, end]
        };
        inputs.iter().map(|input| input.iter().map(|_| next()).collect()).collect()
    }

    /// What goes into the first layer: the pieces of `input`, each at its place.
    fn embed(&self, input: &[u32]) -> Vec<f32> {
        let mut rows = vec![0.0; input.len() * self.hidden];
        for (piece, row) in input.iter().zip(rows.chunks_exact_mut(self.hidden)) {
            self.words.unpack(*piece, row);
        }
        self.norm.add(&mut rows, &self.places[..input.len() * self.hidden]);
        rows
    }

    /// What each place takes from all others of its text, from their queries, keys and values.
    fn attention(&self, all: &[f32], inputs: &[Vec<u32>]) -> Attended {
        let (hidden, width) = (self.hidden, self.hidden / self.heads);
        let mut tasks = Vec::new();
        let mut rest = all;
        for input in inputs {
            let (rows, others) = rest.split_at(input.len() * 3 * hidden);
            tasks.extend((0..self.heads).map(|head| (rows, head)));
            rest = others;
        }
        let attend = |(rows, head): (&[f32], usize)| {
            let mut out = vec![0.0; rows.len() / (3 * hidden) * width];
            attend(rows, 3 * hidden, head * width, width, &mut out);
            out
        };
        Attended { heads: tasks.into_par_iter().map(attend).collect(), of_text: self.heads, width }
    }
}

impl Layer {
    /// Takes `rows` through what follows the attention.
    fn transform(&self, rows: &mut [f32], attended: &[f32]) {
        self.norm_attended.add(rows, &self.out.apply(attended));
        let mut inner = self.up.apply(rows);
        gelu(&mut inner);
        self.norm.add(rows, &self.down.apply(&inner));
    }
}

/// A text and a place in it.
#[derive(Clone, Copy)]
struct Place {
    text: usize,
    place: usize,
}

fn places(text: usize, input: &[u32]) -> impl Iterator<Item = Place> {
    (0..input.len()).map(move |place| Place { text, place })
}

/// What each head made of each text, one text after the other.
struct Attended {
    heads: Vec<Vec<f32>>,
    of_text: usize,
    width: usize,
}

impl Attended {
    /// What all heads made of `places`.
    fn rows(&self, places: &[Place]) -> Vec<f32> {
        let mut rows = Vec::with_capacity(places.len() * self.of_text * self.width);
        for Place { text, place } in places {
            for head in &self.heads[text * self.of_text..][..self.of_text] {
                rows.extend_from_slice(&head[place * self.width..][..self.width]);
            }
        }
        rows
    }
}
