//! The network: convolutions over 2, 3 and 5 neighbouring pieces, an average, and layers in a row.
//! `training/encoder/model.py` says the same with numpy.
//!
//! All up to the first convolution is linear in pieces once these are projected. What a piece adds to it, at each
//! place that it may have beside another, is therefore worked out once a piece and kept, which saves more than half
//! of the work.

use std::ops::Range;
use std::sync::{Arc, RwLock};

use chiedi_network::arithmetic::{add, rectify_and_add, tanh};
use chiedi_network::layers::{Linear, Norm};
use chiedi_network::matrix::Matrix;
use chiedi_network::weights::{Rows, Weights};
use rustc_hash::FxHashMap;

use super::WIDTH;

/// The numbers that each branch makes of a piece.
const BRANCH: usize = 256;
/// How many neighbouring pieces each branch looks at, and how many of them stand before the piece.
const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
/// All places among neighbours.
const PLACES: usize = 10;
const BRANCHED: usize = BRANCHES.len() * BRANCH;
/// The numbers of a piece that are averaged.
const ALL: usize = WIDTH + BRANCHED;
/// The numbers of the layers between the average and the vector.
const INNER: usize = 320;
/// The pieces, those first met, that are kept, at 15 kB each; running text has others in one place of ten.
const KEPT: usize = 4096;

/// A text for the network.
pub(super) struct Input {
    /// Its pieces between two marks.
    pub(super) pieces: Vec<u32>,
    /// The runs of pieces, without the marks, of which the vectors are asked for.
    pub(super) parts: Vec<Range<usize>>,
}

/// The network; its matrices stay as they are in the file.
pub(super) struct Model {
    words: Rows,
    project: Linear,
    norm_projected: Norm,
    branches: Vec<Branch>,
    norm: Norm,
    pool: Linear,
    up: Matrix,
    direct: Matrix,
    inner: Matrix,
    out: Matrix,
    kept: RwLock<FxHashMap<u32, Arc<Piece>>>,
}

/// Two convolutions in a row.
struct Branch {
    /// How many pieces it looks at, and how many of them stand before the piece.
    width: usize,
    before: usize,
    /// The first convolution, for each place that a piece may have among the neighbours.
    first: Vec<Matrix>,
    first_bias: Vec<f32>,
    second: Linear,
}

/// What is known of a piece wherever it stands.
struct Piece {
    /// Its embedding.
    word: [f32; WIDTH],
    /// For each branch what goes into it.
    projected: [f32; BRANCHED],
    /// For each branch and place among the neighbours what the piece adds to the first convolution.
    added: [f32; PLACES * BRANCH],
}

impl Branch {
    fn new(weights: &mut Weights, (width, before): (usize, usize)) -> Result<Self, String> {
        let whole = weights.matrix(BRANCH, width * BRANCH)?;
        Ok(Self {
            width,
            before,
            first: (0..width).map(|place| whole.columns(place * BRANCH, BRANCH)).collect(),
            first_bias: weights.vector(BRANCH)?,
            second: Linear::new(weights, BRANCH, width * BRANCH)?,
        })
    }

    /// What the first convolution makes of a text, between as many zeros as the second needs; `place` is that of its
    /// first place among those of all branches, and `branch` its number.
    fn convolve(&self, pieces: &[Arc<Piece>], place: usize, branch: usize) -> Vec<f32> {
        let mut rows = vec![0.0; (pieces.len() + self.width - 1) * BRANCH];
        let inside = self.inside(&rows);
        for (at, row) in rows[inside].chunks_exact_mut(BRANCH).enumerate() {
            row.copy_from_slice(&self.first_bias);
            for neighbour in 0..self.width {
                let piece = (at + neighbour).checked_sub(self.before).and_then(|at| pieces.get(at));
                if let Some(piece) = piece {
                    add(row, &piece.added[(place + neighbour) * BRANCH..][..BRANCH]);
                }
            }
            rectify_and_add(row, &pieces[at].projected[branch * BRANCH..][..BRANCH]);
        }
        rows
    }

    /// Where the text's own rows are among those that [`Branch::convolve`] makes.
    fn inside(&self, rows: &[f32]) -> Range<usize> {
        let after = self.width - 1 - self.before;
        self.before * BRANCH..rows.len() - after * BRANCH
    }
}

impl Model {
    pub(super) fn new(weights: &mut Weights, pieces: usize) -> Result<Self, String> {
        let words = weights.rows(pieces, WIDTH)?;
        let project = Linear::new(weights, BRANCHED, WIDTH)?;
        let branches = BRANCHES.into_iter().map(|shape| Branch::new(weights, shape)).collect::<Result<_, String>>()?;
        Ok(Self {
            words,
            project,
            branches,
            pool: Linear::new(weights, WIDTH, ALL)?,
            up: weights.matrix(2 * INNER, WIDTH)?,
            direct: weights.matrix(INNER, INNER)?,
            inner: weights.matrix(WIDTH, INNER)?,
            out: weights.matrix(WIDTH, INNER + WIDTH)?,
            norm_projected: Norm::new(weights, BRANCHED)?,
            norm: Norm::new(weights, ALL)?,
            kept: RwLock::default(),
        })
    }

    /// The vectors of the parts of `inputs`, one after the other; they do not depend on the other inputs.
    pub(super) fn vectors(&self, inputs: &[Input]) -> Vec<[f32; WIDTH]> {
        let numbers: Vec<u32> = inputs.iter().flat_map(|input| &input.pieces).copied().collect();
        let pieces = self.pieces(&numbers);
        let mut all = vec![0.0; pieces.len() * ALL];
        for (piece, row) in pieces.iter().zip(all.chunks_exact_mut(ALL)) {
            row[..WIDTH].copy_from_slice(&piece.word);
        }
        let mut place = 0;
        for (i, branch) in self.branches.iter().enumerate() {
            let (mut first, mut middle) = (Vec::with_capacity(inputs.len()), Vec::new());
            let mut rest = &pieces[..];
            for input in inputs {
                let (these, others) = rest.split_at(input.pieces.len());
                let rows = branch.convolve(these, place, i);
                middle.extend_from_slice(&rows[branch.inside(&rows)]);
                first.push(rows);
                rest = others;
            }
            let mut made = branch.second.slide(first.iter().map(Vec::as_slice), BRANCH);
            rectify_and_add(&mut made, &middle);
            for (row, all) in made.chunks_exact(BRANCH).zip(all.chunks_exact_mut(ALL)) {
                all[WIDTH + i * BRANCH..][..BRANCH].copy_from_slice(row);
            }
            place += branch.width;
        }
        self.norm.apply(&mut all);
        let (mut averages, mut counts) = (Vec::new(), Vec::new());
        let mut first = 0;
        for input in inputs {
            let rows = &all[first * ALL..(first + input.pieces.len()) * ALL];
            for part in &input.parts {
                // A part counts with the marks round the text, as by itself.
                let marked = [0..1, part.clone(), input.pieces.len() - 1..input.pieces.len()];
                averages.extend(average(marked.map(|place| &rows[place.start * ALL..place.end * ALL])));
                counts.push((part.len() + 2) as f32);
            }
            first += input.pieces.len();
        }
        self.finish(&averages, &counts)
    }

    /// What is known of each of the pieces in `input`.
    fn pieces(&self, input: &[u32]) -> Vec<Arc<Piece>> {
        let kept = self.kept.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut found: FxHashMap<u32, Arc<Piece>> =
            input.iter().filter_map(|number| Some((*number, kept.get(number)?.clone()))).collect();
        drop(kept);
        let mut new: Vec<u32> = input.iter().copied().filter(|number| !found.contains_key(number)).collect();
        new.sort_unstable();
        new.dedup();
        if !new.is_empty() {
            let made: Vec<_> = new.iter().copied().zip(self.make(&new).into_iter().map(Arc::new)).collect();
            let mut kept = self.kept.write().unwrap_or_else(|poisoned| poisoned.into_inner());
            let room = KEPT.saturating_sub(kept.len());
            kept.extend(made.iter().take(room).cloned());
            found.extend(made);
        }
        input.iter().map(|number| found[number].clone()).collect()
    }

    /// What is to be known of the pieces with these numbers; it does not depend on which others are made with them.
    fn make(&self, numbers: &[u32]) -> Vec<Piece> {
        let mut words = vec![0.0; numbers.len() * WIDTH];
        for (number, row) in numbers.iter().zip(words.chunks_exact_mut(WIDTH)) {
            self.words.unpack(*number, row);
        }
        let mut projected = self.project.apply(&words);
        // All three branches are normalised together.
        self.norm_projected.apply(&mut projected);
        let mut added = Vec::new();
        for (i, branch) in self.branches.iter().enumerate() {
            let parts = projected.chunks_exact(BRANCHED).map(|row| &row[i * BRANCH..][..BRANCH]);
            let parts = parts.collect::<Vec<_>>().concat();
            for matrix in &branch.first {
                let mut out = vec![0.0; parts.len()];
                matrix.multiply(&parts, &mut out);
                added.push(out);
            }
        }
        let piece = |i: usize| Piece {
            word: std::array::from_fn(|at| words[i * WIDTH + at]),
            projected: std::array::from_fn(|at| projected[i * BRANCHED + at]),
            added: std::array::from_fn(|at| added[at / BRANCH][i * BRANCH + at % BRANCH]),
        };
        (0..numbers.len()).map(piece).collect()
    }

    /// The vectors from the average of each part's rows, and how many these are.
    fn finish(&self, averages: &[f32], counts: &[f32]) -> Vec<[f32; WIDTH]> {
        let mut pooled = self.pool.apply(averages);
        // Longer texts have longer vectors here.
        for (row, count) in pooled.chunks_exact_mut(WIDTH).zip(counts) {
            row.iter_mut().for_each(|x| *x *= count.sqrt());
        }
        let up = product(&self.up, &pooled, 2 * INNER);
        let half = |first: usize| up.chunks_exact(2 * INNER).map(move |row| &row[first..first + INNER]);
        let mut bent = half(0).collect::<Vec<_>>().concat();
        rectify(&mut bent);
        let mut first = half(INNER).collect::<Vec<_>>().concat();
        self.direct.multiply(&bent, &mut first);
        rectify(&mut first);
        let mut second = product(&self.inner, &first, WIDTH);
        rectify(&mut second);
        let both = first.chunks_exact(INNER).zip(second.chunks_exact(WIDTH));
        let both = both.flat_map(|(first, second)| [first, second]).collect::<Vec<_>>().concat();
        let mut made = product(&self.out, &both, WIDTH);
        tanh(&mut made);
        let of_length_1 = |row: &[f32]| {
            let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
            std::array::from_fn(|i| row[i] / length)
        };
        made.chunks_exact(WIDTH).map(of_length_1).collect()
    }
}

/// The average of rows of all numbers of a piece.
fn average(rows: [&[f32]; 3]) -> Vec<f32> {
    let mut sum = vec![0.0; ALL];
    let mut count = 0;
    for row in rows.iter().flat_map(|rows| rows.chunks_exact(ALL)) {
        add(&mut sum, row);
        count += 1;
    }
    sum.iter_mut().for_each(|x| *x /= count as f32);
    sum
}

/// The products of each of `rows` with the rows of `matrix`, `outer` of them.
fn product(matrix: &Matrix, rows: &[f32], outer: usize) -> Vec<f32> {
    let mut out = vec![0.0; rows.len() / matrix.width() * outer];
    matrix.multiply(rows, &mut out);
    out
}

fn rectify(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = x.max(0.0));
}
