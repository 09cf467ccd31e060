//! The model file, part after part. `training/reader/export.py` writes it.
//!
//! All numbers are little-endian. Matrices are rows of a single-precision scale and 8-bit weights, vectors are in single
//! precision; the word embeddings are blocks of 32 weights of 4 bits with a half-precision scale, as in ggml's `Q4_0`.

use super::matrix::Matrix;

/// What the file begins with: its kind and version.
const MAGIC: &[u8] = b"CHIEDI-READER-2\n";
/// The weights of one block of 4-bit weights, and its bytes.
pub(super) const BLOCK: usize = 32;
pub(super) const BLOCK_BYTES: usize = 2 + BLOCK / 2;

/// What is left to take of a model file.
pub(super) struct Weights {
    rest: &'static [u8],
}

impl Weights {
    pub(super) fn new(file: &'static [u8]) -> Result<Self, String> {
        let rest = file.strip_prefix(MAGIC).ok_or("this is no model file of this version")?;
        Ok(Self { rest })
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'static [u8], String> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or("the file ends too early")?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn number(&mut self) -> Result<usize, String> {
        let taken = self.bytes(4)?;
        Ok(u32::from_le_bytes([taken[0], taken[1], taken[2], taken[3]]) as usize)
    }

    /// A text with its length in one byte before it.
    pub(super) fn text(&mut self) -> Result<&'static str, String> {
        let length = usize::from(self.bytes(1)?[0]);
        std::str::from_utf8(self.bytes(length)?).map_err(|e| e.to_string())
    }

    pub(super) fn vector(&mut self, length: usize) -> Result<Vec<f32>, String> {
        let taken = self.bytes(4 * length)?;
        Ok(taken.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    pub(super) fn matrix(&mut self, rows: usize, columns: usize) -> Result<Matrix, String> {
        Matrix::new(self.bytes(rows * Matrix::row_bytes(columns))?, columns)
    }

    /// That nothing is left.
    pub(super) fn end(self) -> Result<(), String> {
        if self.rest.is_empty() { Ok(()) } else { Err(format!("{} bytes are left over", self.rest.len())) }
    }
}

/// Unpacks a row of blocks of 4-bit weights into `row`.
pub(super) fn unpack(blocks: &[u8], row: &mut [f32]) {
    for (block, weights) in blocks.chunks_exact(BLOCK_BYTES).zip(row.chunks_exact_mut(BLOCK)) {
        let scale = half(u16::from_le_bytes([block[0], block[1]]));
        let (low, high) = weights.split_at_mut(BLOCK / 2);
        for (byte, (low, high)) in block[2..].iter().zip(low.iter_mut().zip(high)) {
            *low = (f32::from(byte & 15) - 8.0) * scale;
            *high = (f32::from(byte >> 4) - 8.0) * scale;
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
