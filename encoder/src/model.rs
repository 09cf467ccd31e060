//! The network: convolutions over 2, 3 and 5 neighbouring pieces, an average, and layers in a row.
//! `training/encoder/model.py` says the same with numpy.

use chiedi_network::arithmetic::{rectify_and_add, tanh};
use chiedi_network::layers::{Linear, Norm};
use chiedi_network::matrix::Matrix;
use chiedi_network::weights::{Rows, Weights};

use super::WIDTH;

/// The numbers that each branch makes of a piece.
const BRANCH: usize = 256;
/// How many neighbouring pieces each branch looks at, and how many of them stand before the piece.
const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
const BRANCHED: usize = BRANCHES.len() * BRANCH;
/// The numbers of the layers between the average and the vector.
const INNER: usize = 320;

/// The network; its matrices stay as they are in the file.
pub(super) struct Model {
    words: Rows,
    project: Linear,
    /// Two convolutions for each branch.
    branches: Vec<[Linear; 2]>,
    pool: Linear,
    up: Matrix,
    direct: Matrix,
    inner: Matrix,
    out: Matrix,
    norm_projected: Norm,
    norm: Norm,
}

impl Model {
    pub(super) fn new(weights: &mut Weights, pieces: usize) -> Result<Self, String> {
        let words = weights.rows(pieces, WIDTH)?;
        let project = Linear::new(weights, BRANCHED, WIDTH)?;
        let mut branch = |(width, _)| {
            let mut convolution = || Linear::new(weights, BRANCH, width * BRANCH);
            Ok([convolution()?, convolution()?])
        };
        let branches = BRANCHES.into_iter().map(&mut branch).collect::<Result<_, String>>()?;
        Ok(Self {
            words,
            project,
            branches,
            pool: Linear::new(weights, WIDTH, WIDTH + BRANCHED)?,
            up: weights.matrix(2 * INNER, WIDTH)?,
            direct: weights.matrix(INNER, INNER)?,
            inner: weights.matrix(WIDTH, INNER)?,
            out: weights.matrix(WIDTH, INNER + WIDTH)?,
            norm_projected: Norm::new(weights, BRANCHED)?,
            norm: Norm::new(weights, WIDTH + BRANCHED)?,
        })
    }

    /// The vector of the pieces in `input`, at least one.
    pub(super) fn vector(&self, input: &[u32]) -> [f32; WIDTH] {
        let mut words = vec![0.0; input.len() * WIDTH];
        for (piece, row) in input.iter().zip(words.chunks_exact_mut(WIDTH)) {
            self.words.unpack(*piece, row);
        }
        let mut projected = self.project.apply(&words);
        // All three branches are normalised together.
        self.norm_projected.apply(&mut projected);
        let mut all = vec![0.0; input.len() * (WIDTH + BRANCHED)];
        put(&words, WIDTH, &mut all, 0);
        for (i, (convolutions, (width, before))) in self.branches.iter().zip(BRANCHES).enumerate() {
            let parts = projected.chunks_exact(BRANCHED).map(|row| &row[i * BRANCH..][..BRANCH]);
            let mut rows = parts.collect::<Vec<_>>().concat();
            for convolution in convolutions {
                let mut made = convolution.apply(&windows(&rows, width, before));
                rectify_and_add(&mut made, &rows);
                rows = made;
            }
            put(&rows, BRANCH, &mut all, WIDTH + i * BRANCH);
        }
        self.norm.apply(&mut all);
        self.finish(&all)
    }

    /// The vector from all numbers of each piece.
    fn finish(&self, all: &[f32]) -> [f32; WIDTH] {
        let mut sum = vec![0.0; WIDTH + BRANCHED];
        for row in all.chunks_exact(WIDTH + BRANCHED) {
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        // The average times the root of the count: longer texts have longer vectors here.
        let count = (all.len() / sum.len()) as f32;
        sum.iter_mut().for_each(|x| *x /= count);
        let mut pooled = self.pool.apply(&sum);
        pooled.iter_mut().for_each(|x| *x *= count.sqrt());

        let mut up = product(&self.up, &pooled, INNER * 2);
        let (bent, straight) = up.split_at_mut(INNER);
        rectify(bent);
        self.direct.multiply(bent, straight);
        rectify(straight);
        let mut second = product(&self.inner, straight, WIDTH);
        rectify(&mut second);
        let mut made = product(&self.out, &[straight, second.as_mut_slice()].concat(), WIDTH);
        tanh(&mut made);

        let length = made.iter().map(|x| x * x).sum::<f32>().sqrt();
        std::array::from_fn(|i| made[i] / length)
    }
}

fn product(matrix: &Matrix, row: &[f32], outer: usize) -> Vec<f32> {
    let mut out = vec![0.0; outer];
    matrix.multiply(row, &mut out);
    out
}

fn rectify(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = x.max(0.0));
}

/// Puts `rows` of `width` numbers into the rows of `all`, from column `first` on.
fn put(rows: &[f32], width: usize, all: &mut [f32], first: usize) {
    for (row, all) in rows.chunks_exact(width).zip(all.chunks_exact_mut(WIDTH + BRANCHED)) {
        all[first..first + width].copy_from_slice(row);
    }
}

/// Each of `rows` with its neighbours, `width` in all of which `before` stand before it; zeros outside.
fn windows(rows: &[f32], width: usize, before: usize) -> Vec<f32> {
    let mut padded = vec![0.0; before * BRANCH];
    padded.extend_from_slice(rows);
    padded.resize(rows.len() + (width - 1) * BRANCH, 0.0);
    padded.windows(width * BRANCH).step_by(BRANCH).collect::<Vec<_>>().concat()
}
