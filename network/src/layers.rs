//! The layers that most networks have.

use crate::arithmetic::{add_and_normalise, normalise};
use crate::matrix::Matrix;
use crate::weights::Weights;

/// A linear map: a row of weights for each number that it makes.
pub struct Linear {
    weights: Matrix,
    bias: Vec<f32>,
}

impl Linear {
    /// The map from `inner` to `outer` numbers that comes next in a model file.
    pub fn new(weights: &mut Weights, outer: usize, inner: usize) -> Result<Self, String> {
        Ok(Self { weights: weights.matrix(outer, inner)?, bias: weights.vector(outer)? })
    }

    /// What is made of each of `rows`.
    pub fn apply(&self, rows: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; rows.len() / self.weights.width() * self.bias.len()];
        self.apply_to(rows, &mut out);
        out
    }

    /// Sets `out` to what is made of each of `rows`.
    pub fn apply_to(&self, rows: &[f32], out: &mut [f32]) {
        out.chunks_exact_mut(self.bias.len()).for_each(|out| out.copy_from_slice(&self.bias));
        self.weights.multiply(rows, out);
    }

    /// What is made of each stretch of one of the `parts`, as long as the map takes, that begins at a multiple of
    /// `step`.
    pub fn slide<'a>(&self, parts: impl Iterator<Item = &'a [f32]> + Clone, step: usize) -> Vec<f32> {
        let stretches: usize = parts.clone().map(|part| (part.len() - self.weights.width()) / step + 1).sum();
        let mut out = self.bias.repeat(stretches);
        self.weights.slide(parts, step, &mut out);
        out
    }
}

/// Brings rows to a mean and a variance that were learned (layer normalisation, Ba et al. 2016).
pub struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// The normalisation of rows of `width` numbers that comes next in a model file.
    pub fn new(weights: &mut Weights, width: usize) -> Result<Self, String> {
        Ok(Self { weight: weights.vector(width)?, bias: weights.vector(width)? })
    }

    /// Normalises `rows`.
    pub fn apply(&self, rows: &mut [f32]) {
        normalise(rows, &self.weight, &self.bias);
    }

    /// Adds `more` to `rows` and normalises them.
    pub fn add(&self, rows: &mut [f32], more: &[f32]) {
        add_and_normalise(rows, more, &self.weight, &self.bias);
    }
}
