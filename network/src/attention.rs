//! Self-attention of one head (Vaswani et al. 2017), a few places at a time.
//!
//! Each sum is taken in the order of its places, whatever the registers of a machine hold, and no product is joined to
//! a sum, so that all machines get the same numbers.

use crate::arithmetic::{exp, fold, larger, sum, wide};

/// So many places look at all others at once.
const ROWS: usize = 6;

/// So many sums stand side by side.
const PANEL: usize = 16;

/// A row of a matrix that is multiplied from the right, [`PANEL`] columns of it.
type Line = [f32; PANEL];

wide! {
    /// What each place of a text takes from all: `all` has rows of `stride` numbers, one a place, with `width` numbers
    /// of its query from `first` on and as many of its key and of its value, each a third of a row further. Each row
    /// of `out`, of `width` numbers, is set to the values' average by their shares. `width` is a multiple of 16.
    fn attend(all: &[f32], stride: usize, first: usize, width: usize, out: &mut [f32]) -> () {
        let third = |number: usize| number * stride / 3 + first;
        let part = |number: usize| all.chunks_exact(stride).map(move |row| &row[third(number)..][..width]);
        let queries: Vec<&[f32]> = part(0).collect();
        let keys = upright(&part(1).collect::<Vec<_>>(), width);
        let values = side_by_side(&part(2).collect::<Vec<_>>(), width);
        let count = queries.len();
        let scale = 1.0 / (width as f32).sqrt();
        let mut shares: [Vec<f32>; ROWS] = std::array::from_fn(|_| vec![0.0; count.next_multiple_of(PANEL)]);
        for (queries, out) in queries.chunks(ROWS).zip(out.chunks_mut(ROWS * width)) {
            let queries = std::array::from_fn(|i| queries[i.min(queries.len() - 1)]);
            for (keys, at) in keys.chunks_exact(width).zip((0..).step_by(PANEL)) {
                for (shares, product) in shares.iter_mut().zip(products(queries, keys)) {
                    shares[at..at + PANEL].copy_from_slice(&product);
                }
            }
            let mut parts = [0.0; ROWS];
            for (part, shares) in parts.iter_mut().zip(&mut shares) {
                *part = share(&mut shares[..count], scale);
            }
            let shares = shares.each_ref().map(|shares| &shares[..count]);
            for (values, at) in values.chunks_exact(count).zip((0..).step_by(PANEL)) {
                let rows = out.chunks_exact_mut(width).zip(products(shares, values)).zip(parts);
                for ((out, product), part) in rows {
                    for (out, x) in out[at..at + PANEL].iter_mut().zip(product) {
                        *out = x * part;
                    }
                }
            }
        }
    }
}

/// The products of `rows` with the columns of `lines`, of which there are as many as numbers in a row.
#[inline(always)]
fn products(rows: [&[f32]; ROWS], lines: &[Line]) -> [Line; ROWS] {
    let rows = rows.map(|row| &row[..lines.len()]);
    let mut sums = [[0.0; PANEL]; ROWS];
    for (at, line) in lines.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            let x = row[at];
            for (sum, y) in sums.iter_mut().zip(line) {
                *sum += x * y;
            }
        }
    }
    sums
}

/// Puts in place of each number the exponential of its distance from the largest, times `scale`; gives back the share
/// of 1 among them.
#[inline(always)]
fn share(numbers: &mut [f32], scale: f32) -> f32 {
    let most = fold(numbers, f32::NEG_INFINITY, |x| x, larger);
    for x in numbers.iter_mut() {
        *x = exp((*x - most) * scale);
    }
    1.0 / sum(numbers, |x| x)
}

/// `rows` as columns, [`PANEL`] at a time, with a line for each number of a row; the last ones may be there twice.
#[inline(always)]
fn upright(rows: &[&[f32]], width: usize) -> Vec<Line> {
    let mut lines = vec![[0.0; PANEL]; rows.len().div_ceil(PANEL) * width];
    for (group, lines) in rows.chunks(PANEL).zip(lines.chunks_exact_mut(width)) {
        let group: [&[f32]; PANEL] = std::array::from_fn(|i| group[i.min(group.len() - 1)]);
        let group = group.each_ref().map(|row| &row[..lines.len()]);
        for (at, line) in lines.iter_mut().enumerate() {
            for (x, row) in line.iter_mut().zip(group) {
                *x = row[at];
            }
        }
    }
    lines
}

/// The columns of `rows`, [`PANEL`] at a time, with a line for each row.
#[inline(always)]
fn side_by_side(rows: &[&[f32]], width: usize) -> Vec<Line> {
    let mut lines = Vec::with_capacity(rows.len() * width / PANEL);
    for panel in 0..width / PANEL {
        lines.extend(rows.iter().map(|row| row.as_chunks().0[panel]));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_averaged_by_the_likeness_of_query_and_key() {
        let (count, width, heads) = (21, 32, 2);
        let stride = 3 * heads * width;
        let all: Vec<f32> = (0..count * stride).map(|i| ((i * i) as f32 * 0.37).sin()).collect();
        let part = |row: usize, number: usize| &all[row * stride + number * stride / 3 + width..][..width];
        let mut out = vec![0.0; count * width];
        attend(&all, stride, width, width, &mut out);
        for (place, found) in out.chunks_exact(width).enumerate() {
            let product = |other: usize| part(place, 0).iter().zip(part(other, 1)).map(|(x, y)| x * y).sum::<f32>();
            let shares: Vec<f32> = (0..count).map(|other| (product(other) / (width as f32).sqrt()).exp()).collect();
            for (i, found) in found.iter().enumerate() {
                let sum: f32 = (0..count).map(|other| shares[other] * part(other, 2)[i]).sum();
                let right = sum / shares.iter().sum::<f32>();
                assert!((found - right).abs() < 1e-5, "{place} {i}: {found} for {right}");
            }
        }
    }
}
