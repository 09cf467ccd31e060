//! Matrices of 8-bit weights, and their products with rows of numbers.
//!
//! The numbers are rounded to 16 bits, each row by a scale of its own, and multiplied in whole numbers, so that a
//! product is the same on every machine and the weights stay as small as they are. What rounding costs is below a
//! ten-thousandth of a row's largest number.

use crate::arithmetic::round;
use crate::products::{Panels, ROWS, Strips, add_products};

/// The bytes of a row's scale, which stands before its weights.
const SCALE: usize = 4;

/// A matrix' width is a multiple of it.
const STEP: usize = 16;

/// Rows of 8-bit weights, each with the single-precision number that scales it.
pub struct Matrix {
    weights: Panels,
    width: usize,
}

impl Matrix {
    /// `bytes` is a whole number of rows, at least one, each a scale and `width` weights.
    pub fn new(bytes: &[u8], width: usize) -> Result<Self, String> {
        let stride = Self::row_bytes(width);
        if width == 0 || !width.is_multiple_of(STEP) || bytes.is_empty() || !bytes.len().is_multiple_of(stride) {
            return Err(format!("a matrix cannot have {} bytes and be {width} numbers wide", bytes.len()));
        }
        let (scales, rows): (Vec<_>, Vec<_>) = bytes.chunks_exact(stride).map(scaled).unzip();
        Ok(Self { weights: Panels::new(&rows, scales), width })
    }

    /// How many bytes a row of `width` weights takes in a file.
    pub fn row_bytes(width: usize) -> usize {
        SCALE + width
    }

    /// How many weights are in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The matrix of `width` weights of each row, from place `first` on.
    pub fn columns(&self, first: usize, width: usize) -> Self {
        assert!(width > 0 && width.is_multiple_of(STEP) && first.is_multiple_of(STEP) && first + width <= self.width);
        Self { weights: self.weights.part(first..first + width), width }
    }

    /// Adds to `out`, for each of the rows of numbers in `rows`, its products with all rows of weights.
    pub fn multiply(&self, rows: &[f32], out: &mut [f32]) {
        self.slide(rows.chunks_exact(self.width), self.width, out);
    }

    /// Adds to `out`, for each stretch of one of the `parts` as long as the matrix is wide that begins at a multiple of
    /// `step`, its products with all rows of weights. All numbers of a part are rounded by one scale.
    pub fn slide<'a>(&self, parts: impl Iterator<Item = &'a [f32]>, step: usize, out: &mut [f32]) {
        let rounded = Rounded::new(parts, self.width);
        let rows = rounded.rows(self.width, step);
        match rows.len() {
            0 => {}
            1 => add_products(&Strips::<1>::new(&rows), &self.weights, out),
            _ => add_products(&Strips::<ROWS>::new(&rows), &self.weights, out),
        }
    }
}

/// The scale of a row in a file, and its weights.
fn scaled(row: &[u8]) -> (f32, &[u8]) {
    let (scale, weights) = row.split_at(SCALE);
    (f32::from_le_bytes([scale[0], scale[1], scale[2], scale[3]]), weights)
}

/// The numbers that [`Matrix::new`] would take as weights, times their scales, row after row.
pub fn numbers(bytes: &[u8], width: usize) -> Vec<f32> {
    let rows = bytes.chunks_exact(Matrix::row_bytes(width)).map(scaled);
    rows.flat_map(|(scale, row)| row.iter().map(move |weight| f32::from(weight.cast_signed()) * scale)).collect()
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
            let numbers = numbers(bytes(width, outer), width);
            for (i, found) in out.iter().enumerate() {
                let (row, column) = (&rows[i / outer * width..], &numbers[i % outer * width..]);
                let right: f32 = row.iter().zip(column).take(width).map(|(x, y)| x * y).sum::<f32>() + 1.0;
                assert!((found - right).abs() < 0.02, "{width} {outer} {count} {i}: {found} for {right}");
            }
        }
    }

    #[test]
    fn nothing_has_no_products() {
        Matrix::new(bytes(16, 3), 16).unwrap().multiply(&[], &mut []);
        assert!(Matrix::new(&[], 16).is_err() && Matrix::new(bytes(16, 1), 8).is_err());
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
}
