//! Matrices of 8-bit weights, and their products with rows of numbers.
//!
//! The numbers are rounded to 16 bits, each row by a scale of its own, and multiplied in whole numbers, so that a
//! product is the same on every machine and the weights need no unpacking. What rounding costs is below a
//! ten-thousandth of a row's largest number.

use crate::arithmetic::{round, widen};

/// The bytes of a row's scale, which stands before its weights.
const SCALE: usize = 4;

/// So many numbers are multiplied at once; a matrix' width is a multiple of it.
const STEP: usize = 16;

/// Rows of numbers that are multiplied together with `TOGETHER` rows of weights, to read each of either less often.
const ROWS: usize = 2;
const TOGETHER: usize = 4;

/// The bytes of rounded rows that are multiplied with all weights before the next are, to stay in a core's nearest
/// cache.
const NEAR: usize = 32 * 1024;

/// Rows of 8-bit weights, each after the single-precision number that scales it.
#[derive(Clone)]
pub struct Matrix {
    bytes: &'static [u8],
    /// The bytes of a row in the file.
    stride: usize,
    /// The first of the row's weights that belong to this matrix, and how many do.
    first: usize,
    width: usize,
}

/// A row of weights.
#[derive(Clone, Copy)]
struct Row {
    scale: f32,
    weights: &'static [u8],
}

impl Matrix {
    /// `bytes` is a whole number of rows of `width` weights.
    pub fn new(bytes: &'static [u8], width: usize) -> Result<Self, String> {
        let stride = Self::row_bytes(width);
        let fits = width > 0 && width.is_multiple_of(STEP) && bytes.len().is_multiple_of(stride);
        let matrix = Self { bytes, stride, first: 0, width };
        if fits { Ok(matrix) } else { Err(format!("a matrix cannot be {width} numbers wide")) }
    }

    /// How many bytes a row of `width` weights takes.
    pub fn row_bytes(width: usize) -> usize {
        SCALE + width
    }

    /// How many weights are in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The matrix of `width` weights of each row, from place `first` on.
    pub fn columns(&self, first: usize, width: usize) -> Self {
        assert!(width > 0 && width.is_multiple_of(STEP) && first + width <= self.width);
        Self { first: self.first + first, width, ..*self }
    }

    /// All numbers, row after row.
    pub fn numbers(&self) -> Vec<f32> {
        let numbers = |row: Row| row.weights.iter().map(move |weight| f32::from(weight.cast_signed()) * row.scale);
        self.rows().flat_map(numbers).collect()
    }

    fn rows(&self) -> impl Iterator<Item = Row> {
        self.bytes.chunks_exact(self.stride).map(|bytes| {
            let (scale, weights) = bytes.split_at(SCALE);
            let scale = f32::from_le_bytes([scale[0], scale[1], scale[2], scale[3]]);
            Row { scale, weights: &weights[self.first..][..self.width] }
        })
    }

    /// Adds to `out`, for each of the rows of numbers in `rows`, its products with all rows of weights.
    pub fn multiply(&self, rows: &[f32], out: &mut [f32]) {
        self.slide(rows.chunks_exact(self.width), self.width, out);
    }

    /// Adds to `out`, for each stretch of one of the `parts` as long as the matrix is wide that begins at a multiple of
    /// `step`, its products with all rows of weights. All numbers of a part are rounded by one scale.
    pub fn slide<'a>(&self, parts: impl Iterator<Item = &'a [f32]>, step: usize, out: &mut [f32]) {
        let weights: Vec<Row> = self.rows().collect();
        let rounded = Rounded::new(parts, self.width);
        let rows = rounded.rows(self.width, step);
        let near = (NEAR / (2 * step)).next_multiple_of(ROWS);
        let mut tile = Tile::default();
        for (rows, out) in rows.chunks(near).zip(out.chunks_mut(near * weights.len())) {
            for (group, first) in weights.chunks(TOGETHER).zip((0..).step_by(TOGETHER)) {
                tile.take(group);
                tile.add_products(rows, first, weights.len(), out);
            }
        }
    }
}

/// Numbers as 16-bit ones.
struct Rounded {
    numbers: Vec<i16>,
    /// Where each part ends, and its scale.
    parts: Vec<(usize, f32)>,
}

impl Rounded {
    /// Numbers to be multiplied with `width` weights.
    fn new<'a>(parts: impl Iterator<Item = &'a [f32]>, width: usize) -> Self {
        // The sum of a row's products must not exceed 32 bits.
        let most = (i32::MAX / (128 * width as i32)).min(i32::from(i16::MAX)) as f32;
        let mut made = Self { numbers: Vec::new(), parts: Vec::new() };
        for part in parts {
            let start = made.numbers.len();
            made.numbers.resize(start + part.len(), 0);
            let scale = round(part, most, &mut made.numbers[start..]);
            made.parts.push((made.numbers.len(), scale));
        }
        made
    }

    /// Each stretch of `width` numbers of a part that begins at a multiple of `step`, with its scale.
    fn rows(&self, width: usize, step: usize) -> Vec<(&[i16], f32)> {
        let mut start = 0;
        let mut rows = Vec::new();
        for (end, scale) in &self.parts {
            let part = &self.numbers[start..*end];
            rows.extend(part.windows(width).step_by(step).map(|row| (row, *scale)));
            start = *end;
        }
        rows
    }
}

/// A few rows of weights, made wide to be multiplied with many rows of numbers; those that are missing are zeros.
#[derive(Default)]
struct Tile {
    weights: [Vec<i16>; TOGETHER],
    scales: [f32; TOGETHER],
    count: usize,
}

impl Tile {
    fn take(&mut self, rows: &[Row]) {
        self.count = rows.len();
        for (i, wide) in self.weights.iter_mut().enumerate() {
            let row = rows[i.min(rows.len() - 1)];
            self.scales[i] = row.scale;
            wide.resize(row.weights.len(), 0);
            widen(row.weights, wide);
        }
    }

    /// Adds the products with `rows` to columns `first` and following of `out`, whose rows have `stride` numbers.
    fn add_products(&self, rows: &[(&[i16], f32)], first: usize, stride: usize, out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the machine has the instructions.
            return unsafe { x86::add_products(self, rows, first, stride, out) };
        }
        self.add_all(rows, first, stride, out, portable, portable);
    }

    #[inline(always)]
    fn add_all(
        &self,
        rows: &[(&[i16], f32)],
        first: usize,
        stride: usize,
        out: &mut [f32],
        several: impl Fn([&[i16]; ROWS], [&[i16]; TOGETHER]) -> [[i32; TOGETHER]; ROWS],
        single: impl Fn([&[i16]; 1], [&[i16]; TOGETHER]) -> [[i32; TOGETHER]; 1],
    ) {
        let weights = self.weights.each_ref().map(Vec::as_slice);
        let mut add = |row: usize, scale: f32, sums: [i32; TOGETHER]| {
            let out = &mut out[row * stride + first..][..self.count];
            for ((out, sum), of_weights) in out.iter_mut().zip(sums).zip(self.scales) {
                *out += sum as f32 * (scale * of_weights);
            }
        };
        let (groups, rest) = rows.as_chunks::<ROWS>();
        for (i, group) in groups.iter().enumerate() {
            let sums = several(group.map(|row| row.0), weights);
            (0..ROWS).for_each(|k| add(i * ROWS + k, group[k].1, sums[k]));
        }
        for (i, row) in rest.iter().enumerate() {
            add(groups.len() * ROWS + i, row.1, single([row.0], weights)[0]);
        }
    }
}

/// The sums of the products of each of `rows` with each of `weights`; all are of one length.
fn portable<const R: usize>(rows: [&[i16]; R], weights: [&[i16]; TOGETHER]) -> [[i32; TOGETHER]; R] {
    let dot = |row: &[i16], weights: &[i16]| -> i32 {
        row.iter().zip(weights).map(|(x, weight)| i32::from(*x) * i32::from(*weight)).sum()
    };
    rows.map(|row| weights.map(|weights| dot(row, weights)))
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{STEP, TOGETHER, Tile};

    /// [`Tile::add_products`] with 256-bit instructions.
    #[target_feature(enable = "avx2")]
    pub(super) fn add_products(tile: &Tile, rows: &[(&[i16], f32)], first: usize, stride: usize, out: &mut [f32]) {
        tile.add_all(
            rows,
            first,
            stride,
            out,
            |rows, weights| dots(rows, weights),
            |rows, weights| dots(rows, weights),
        );
    }

    /// [`super::portable`] with 256-bit instructions.
    #[target_feature(enable = "avx2")]
    pub(super) fn dots<const R: usize>(rows: [&[i16]; R], weights: [&[i16]; TOGETHER]) -> [[i32; TOGETHER]; R] {
        let length = rows[0].len();
        assert!(length.is_multiple_of(STEP));
        assert!(rows.iter().all(|row| row.len() == length) && weights.iter().all(|row| row.len() == length));
        let mut sums = [[_mm256_setzero_si256(); TOGETHER]; R];
        for at in (0..length).step_by(STEP) {
            // SAFETY: all are as long as `length`, a multiple of STEP, which is as many as are loaded.
            let load = |row: &[i16]| unsafe { _mm256_loadu_si256(row.as_ptr().add(at).cast()) };
            let weights = weights.map(load);
            for (row, sums) in rows.iter().zip(&mut sums) {
                let numbers = load(row);
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(numbers, weights));
                }
            }
        }
        sums.map(|[a, b, c, d]| {
            let both = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
            let total = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256::<1>(both));
            let mut totals = [0; TOGETHER];
            // SAFETY: `totals` has room for the four numbers.
            unsafe { _mm_storeu_si128(totals.as_mut_ptr().cast(), total) };
            totals
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that follow no pattern, from 0 to 1 (a linear congruential generator).
    fn noise(count: usize, mut seed: u32) -> Vec<f32> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / (1 << 24) as f32
        };
        (0..count).map(|_| next()).collect()
    }

    fn bytes(width: usize, rows: usize) -> &'static [u8] {
        let weights = noise(width * rows, 7);
        let row = |(i, row): (usize, &[f32])| {
            let scale = (0.01 * (i + 1) as f32).to_le_bytes();
            let weights = row.iter().map(|x| ((x - 0.5) * 255.0) as i8).map(i8::cast_unsigned);
            scale.into_iter().chain(weights).collect::<Vec<u8>>()
        };
        weights.chunks(width).enumerate().flat_map(row).collect::<Vec<u8>>().leak()
    }

    #[test]
    fn a_product_is_that_of_the_numbers() {
        for (width, outer, count) in [(16, 1, 1), (48, 5, 7), (384, 7, 70)] {
            let matrix = Matrix::new(bytes(width, outer), width).unwrap();
            let rows: Vec<f32> = noise(width * count, 3).into_iter().map(|x| 8.0 * x - 4.0).collect();
            let mut out = vec![1.0; outer * count];
            matrix.multiply(&rows, &mut out);
            let numbers = matrix.numbers();
            for (i, found) in out.iter().enumerate() {
                let (row, column) = (&rows[i / outer * width..], &numbers[i % outer * width..]);
                let right: f32 = row.iter().zip(column).take(width).map(|(x, y)| x * y).sum::<f32>() + 1.0;
                assert!((found - right).abs() < 0.02, "{width} {outer} {count} {i}: {found} for {right}");
            }
        }
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let width = 1536;
        let full: Vec<u8> = 1.0f32.to_le_bytes().into_iter().chain(vec![128; width]).collect();
        let matrix = Matrix::new(full.leak(), width).unwrap();
        let mut out = [0.0];
        matrix.multiply(&vec![-2.0; width], &mut out);
        assert!((out[0] - 256.0 * width as f32).abs() < 20.0, "{}", out[0]);
    }

    #[test]
    fn sliding_multiplies_each_stretch() {
        let (step, width, outer, count) = (16, 48, 6, 9);
        let matrix = Matrix::new(bytes(width, outer), width).unwrap();
        let length = step * (count - 1) + width;
        let rows: Vec<f32> = noise(2 * length, 3).into_iter().map(|x| 8.0 * x - 4.0).collect();
        let mut out = vec![0.0; 2 * outer * count];
        matrix.slide(rows.chunks(length), step, &mut out);
        let stretches = rows.chunks(length).flat_map(|part| part.windows(width).step_by(step));
        assert_eq!(stretches.clone().count(), 2 * count);
        for (stretch, found) in stretches.zip(out.chunks_exact(outer)) {
            let mut right = vec![0.0; outer];
            matrix.multiply(stretch, &mut right);
            assert!(found.iter().zip(&right).all(|(found, right)| (found - right).abs() < 0.02), "{found:?} {right:?}");
        }
    }

    #[test]
    fn the_products_of_some_columns_add_up() {
        let matrix = Matrix::new(bytes(48, 5), 48).unwrap();
        let row: Vec<f32> = noise(48, 3);
        let (mut whole, mut parts) = (vec![0.0; 5], vec![0.0; 5]);
        matrix.multiply(&row, &mut whole);
        for (first, width) in [(0, 16), (16, 32)] {
            matrix.columns(first, width).multiply(&row[first..first + width], &mut parts);
        }
        assert!(whole.iter().zip(&parts).all(|(whole, parts)| (whole - parts).abs() < 0.001), "{whole:?} {parts:?}");
    }

    #[test]
    fn every_machine_gets_the_same_sums() {
        let numbers: Vec<i16> = noise(4 * 48, 5).into_iter().map(|x| ((x - 0.5) * 60_000.0) as i16).collect();
        let weights: Vec<i16> = bytes(48, TOGETHER).iter().map(|byte| i16::from(byte.cast_signed())).collect();
        let weights: [&[i16]; TOGETHER] = std::array::from_fn(|i| &weights[i * (SCALE + 48) + SCALE..][..48]);
        let rows: [&[i16]; ROWS] = std::array::from_fn(|i| &numbers[i * 48..][..48]);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the machine has the instructions.
            assert_eq!(unsafe { x86::dots(rows, weights) }, portable(rows, weights));
            // SAFETY: as above.
            assert_eq!(unsafe { x86::dots([rows[1]], weights) }, portable([rows[1]], weights));
        }
    }
}
