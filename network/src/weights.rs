//! A model file, part after part. `training/reader/model_file.py` writes the parts.
//!
//! All numbers are little-endian. Matrices are rows of a single-precision scale and 8-bit weights, vectors are in
//! single precision; the word embeddings are blocks of 32 weights of 4 bits with a half-precision scale, as in ggml's
//! `Q4_0`.

use crate::matrix::{Matrix, numbers};

/// The weights of one block of 4-bit weights, and its bytes.
const BLOCK: usize = 32;
const BLOCK_BYTES: usize = 2 + BLOCK / 2;

/// What is left to take of a model file.
pub struct Weights {
    rest: &'static [u8],
}

impl Weights {
    /// What comes after `magic`, the kind and version of the file that it must begin with.
    pub fn new(file: &'static [u8], magic: &[u8]) -> Result<Self, String> {
        let rest = file.strip_prefix(magic).ok_or("this is no model file of this version")?;
        Ok(Self { rest })
    }

    /// The next `count` bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'static [u8], String> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or("the file ends too early")?;
        self.rest = rest;
        Ok(taken)
    }

    /// A whole number of 32 bits.
    pub fn number(&mut self) -> Result<usize, String> {
        let taken = self.bytes(4)?;
        Ok(u32::from_le_bytes([taken[0], taken[1], taken[2], taken[3]]) as usize)
    }

    /// A text with its length in one byte before it.
    pub fn text(&mut self) -> Result<&'static str, String> {
        let length = usize::from(self.bytes(1)?[0]);
        std::str::from_utf8(self.bytes(length)?).map_err(|e| e.to_string())
    }

    /// Numbers in single precision.
    pub fn vector(&mut self, length: usize) -> Result<Vec<f32>, String> {
        let taken = self.bytes(4 * length)?;
        Ok(taken.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// A matrix of 8-bit weights.
    pub fn matrix(&mut self, rows: usize, columns: usize) -> Result<Matrix, String> {
        Matrix::new(self.bytes(rows * Matrix::row_bytes(columns))?, columns)
    }

    /// The numbers that a matrix of 8-bit weights stands for, row after row.
    pub fn numbers(&mut self, rows: usize, columns: usize) -> Result<Vec<f32>, String> {
        Ok(numbers(self.bytes(rows * Matrix::row_bytes(columns))?, columns))
    }

    /// Rows of 4-bit weights, `width` in each, a multiple of 32.
    pub fn rows(&mut self, rows: usize, width: usize) -> Result<Rows, String> {
        let packed = width / BLOCK * BLOCK_BYTES;
        Ok(Rows { bytes: self.bytes(rows * packed)?, packed })
    }

    /// That nothing is left.
    pub fn end(self) -> Result<(), String> {
        if self.rest.is_empty() { Ok(()) } else { Err(format!("{} bytes are left over", self.rest.len())) }
    }
}

/// Rows of 4-bit weights, of which few are needed at a time.
pub struct Rows {
    bytes: &'static [u8],
    /// The bytes of a row.
    packed: usize,
}

impl Rows {
    /// Writes row `number` to `row`.
    pub fn unpack(&self, number: u32, row: &mut [f32]) {
        let blocks = &self.bytes[number as usize * self.packed..][..self.packed];
        for (block, weights) in blocks.chunks_exact(BLOCK_BYTES).zip(row.chunks_exact_mut(BLOCK)) {
            let scale = half(u16::from_le_bytes([block[0], block[1]]));
            let (low, high) = weights.split_at_mut(BLOCK / 2);
            for (byte, (low, high)) in block[2..].iter().zip(low.iter_mut().zip(high)) {
                *low = (f32::from(byte & 15) - 8.0) * scale;
                *high = (f32::from(byte >> 4) - 8.0) * scale;
            }
        }
    }
}

/// A half-precision number in single precision (IEEE 754; no infinities stand in the file).
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
    let size =
        if exponent == 0 { fraction * 2f32.powi(-24) } else { (1.0 + fraction / 1024.0) * 2f32.powi(exponent - 15) };
    sign * size
}
