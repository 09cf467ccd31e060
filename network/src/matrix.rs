//! Matrices of 8-bit weights, and their products with rows of numbers.
//!
//! The numbers are rounded to 16 bits, each row by a scale of its own, and multiplied in whole numbers, so that a product is the same
//! on every machine and the weights need no unpacking. What rounding costs is below a ten-thousandth of a row's largest number.

use crate::arithmetic::round;

/// The bytes of a row's scale, which stands before its weights.
const SCALE: usize = 4;

/// So many numbers are multiplied at once; a matrix' width is a multiple of it.
const STEP: usize = 16;

/// Rows of numbers that are multiplied together with `TOGETHER` rows of weights, to read each of either only once.
const ROWS: usize = 4;
const TOGETHER: usize = 2;

/// The bytes of rounded rows that are multiplied with all weights before the next are, to stay in a core's nearest cache.
const NEAR: usize = 24 * 1024;

/// Rows of 8-bit weights, each after the single-precision number that scales it.
pub struct Matrix {
    bytes: &'static [u8],
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
        let fits = width > 0 && width.is_multiple_of(STEP) && bytes.len().is_multiple_of(Self::row_bytes(width));
        if fits { Ok(Self { bytes, width }) } else { Err(format!("a matrix cannot be {width} numbers wide")) }
    }

    /// How many bytes a row of `width` weights takes.
    pub fn row_bytes(width: usize) -> usize {
        SCALE + width
    }

    /// How many weights are in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All numbers, row after row.
    pub fn numbers(&self) -> Vec<f32> {
        let numbers = |row: Row| row.weights.iter().map(move |weight| f32::from(weight.cast_signed()) * row.scale);
        self.rows().flat_map(numbers).collect()
    }

    fn rows(&self) -> impl Iterator<Item = Row> {
        self.bytes.chunks_exact(Self::row_bytes(self.width)).map(|bytes| {
            let (scale, weights) = bytes.split_at(SCALE);
            Row { scale: f32::from_le_bytes([scale[0], scale[1], scale[2], scale[3]]), weights }
        })
    }

    /// Adds to `out`, for each of the rows of numbers in `rows`, its products with all rows of weights.
    pub fn multiply(&self, rows: &[f32], out: &mut [f32]) {
        let weights: Vec<Row> = self.rows().collect();
        let near = (NEAR / (2 * self.width)).next_multiple_of(ROWS);
        let mut rounded = Rounded::default();
        for (rows, out) in rows.chunks(near * self.width).zip(out.chunks_mut(near * weights.len())) {
            rounded.take(rows, self.width);
            let rounded = rounded.rows();
            let (mut groups, mut first) = (weights.chunks_exact(TOGETHER), 0);
            for group in &mut groups {
                add_products::<TOGETHER>(&rounded, std::array::from_fn(|i| group[i]), first, weights.len(), out);
                first += TOGETHER;
            }
            for (i, row) in groups.remainder().iter().enumerate() {
                add_products(&rounded, [*row], first + i, weights.len(), out);
            }
        }
    }
}

/// Rows of numbers as 16-bit ones.
#[derive(Default)]
struct Rounded {
    numbers: Vec<i16>,
    scales: Vec<f32>,
    width: usize,
}

impl Rounded {
    fn take(&mut self, rows: &[f32], width: usize) {
        // The sum of a row's products must not exceed 32 bits.
        let most = (i32::MAX / (128 * width as i32)).min(i32::from(i16::MAX)) as f32;
        self.scales.clear();
        self.width = width;
        self.numbers.resize(rows.len(), 0);
        for (row, rounded) in rows.chunks_exact(width).zip(self.numbers.chunks_exact_mut(width)) {
            self.scales.push(round(row, most, rounded));
        }
    }

    /// Each row with its scale.
    fn rows(&self) -> Vec<(&[i16], f32)> {
        self.numbers.chunks_exact(self.width).zip(self.scales.iter().copied()).collect()
    }
}

/// Adds the products of `rows` with some rows of weights to columns `first` and following of `out`, whose rows have `stride` numbers.
fn add_products<const W: usize>(
    rows: &[(&[i16], f32)],
    weights: [Row; W],
    first: usize,
    stride: usize,
    out: &mut [f32],
) {
    let bytes = weights.map(|row| row.weights);
    let mut add = |row: usize, sums: [i32; W]| {
        for (i, sum) in sums.into_iter().enumerate() {
            out[row * stride + first + i] += sum as f32 * (rows[row].1 * weights[i].scale);
        }
    };
    for at in (0..rows.len()).step_by(ROWS) {
        match rows[at..].first_chunk::<ROWS>() {
            Some(group) => {
                dots(group.map(|row| row.0), bytes).into_iter().enumerate().for_each(|(i, sums)| add(at + i, sums));
            }
            None => (at..rows.len()).for_each(|row| add(row, dots([rows[row].0], bytes)[0])),
        }
    }
}

/// The sums of the products of each of `rows` with each of `weights`, signed bytes; all are of one length.
fn dots<const R: usize, const W: usize>(rows: [&[i16]; R], weights: [&[u8]; W]) -> [[i32; W]; R] {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has the instructions.
        return unsafe { x86::dots(rows, weights) };
    }
    portable(rows, weights)
}

/// [`dots`] on any machine.
fn portable<const R: usize, const W: usize>(rows: [&[i16]; R], weights: [&[u8]; W]) -> [[i32; W]; R] {
    let dot = |row: &[i16], weights: &[u8]| -> i32 {
        row.iter().zip(weights).map(|(x, weight)| i32::from(*x) * i32::from(weight.cast_signed())).sum()
    };
    rows.map(|row| weights.map(|weights| dot(row, weights)))
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::STEP;

    /// [`super::dots`] with 256-bit instructions.
    #[target_feature(enable = "avx2")]
    pub(super) fn dots<const R: usize, const W: usize>(rows: [&[i16]; R], weights: [&[u8]; W]) -> [[i32; W]; R] {
        let length = rows[0].len();
        assert!(length.is_multiple_of(STEP));
        assert!(rows.iter().all(|row| row.len() == length) && weights.iter().all(|row| row.len() == length));
        let mut sums = [[_mm256_setzero_si256(); W]; R];
        for at in (0..length).step_by(STEP) {
            let mut wide = [_mm256_setzero_si256(); W];
            for (weights, wide) in weights.iter().zip(&mut wide) {
                // SAFETY: all are as long as `length`, a multiple of STEP, which is as many as are loaded.
                *wide = _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(weights.as_ptr().add(at).cast()) });
            }
            for (row, sums) in rows.iter().zip(&mut sums) {
                // SAFETY: as above.
                let numbers = unsafe { _mm256_loadu_si256(row.as_ptr().add(at).cast()) };
                for (sum, wide) in sums.iter_mut().zip(&wide) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(numbers, *wide));
                }
            }
        }
        let mut totals = [[0; W]; R];
        for (sums, totals) in sums.iter().zip(&mut totals) {
            for (sum, total) in sums.iter().zip(totals) {
                let halves = _mm_add_epi32(_mm256_castsi256_si128(*sum), _mm256_extracti128_si256::<1>(*sum));
                let pairs = _mm_add_epi32(halves, _mm_unpackhi_epi64(halves, halves));
                *total = _mm_cvtsi128_si32(_mm_add_epi32(pairs, _mm_shuffle_epi32::<1>(pairs)));
            }
        }
        totals
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
    fn every_machine_gets_the_same_sums() {
        let numbers: Vec<i16> = noise(4 * 48, 5).into_iter().map(|x| ((x - 0.5) * 60_000.0) as i16).collect();
        let weights = bytes(48, TOGETHER);
        let weights: [&[u8]; TOGETHER] = std::array::from_fn(|i| &weights[i * (SCALE + 48) + SCALE..][..48]);
        let rows: [&[i16]; ROWS] = std::array::from_fn(|i| &numbers[i * 48..][..48]);
        assert_eq!(dots(rows, weights), portable(rows, weights));
        assert_eq!(dots([rows[1]], weights), portable([rows[1]], weights));
        assert_eq!(dots(rows, [weights[1]]), portable(rows, [weights[1]]));
    }
}
