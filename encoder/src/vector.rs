//! Vectors in 8 bits, for keeping and comparing.

use chiedi_network::arithmetic::dot;

use super::WIDTH;

/// A vector of which only the direction counts, 8 bits a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    numbers: [i8; WIDTH],
    /// In steps of the numbers.
    length: f32,
}

impl Vector {
    /// `vector` rounded.
    pub fn new(vector: &[f32; WIDTH]) -> Self {
        let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
        Self::of(vector.map(|x| (x / largest * 127.0).round() as i8))
    }

    /// The vector that was kept as these bytes, if they are as many as one has.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; WIDTH] = bytes.try_into().ok()?;
        Some(Self::of(bytes.map(u8::cast_signed)))
    }

    fn of(numbers: [i8; WIDTH]) -> Self {
        let length = (dot(&numbers, &numbers) as f32).sqrt();
        Self { numbers, length }
    }

    /// What to keep of it.
    pub fn bytes(&self) -> [u8; WIDTH] {
        self.numbers.map(i8::cast_unsigned)
    }

    /// The cosine of the angle between the two, from −1 to 1; 0 if one has no direction.
    pub fn cosine(&self, other: &Self) -> f32 {
        let lengths = self.length * other.length;
        if lengths > 0.0 { dot(&self.numbers, &other.numbers) as f32 / lengths } else { 0.0 }
    }
}
