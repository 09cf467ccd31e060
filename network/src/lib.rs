//! What the networks of the reader and of the encoder are made of: the vocabulary of pieces of words, the parts of a
//! model file, matrices of 8-bit weights, and the functions between their products.

pub mod arithmetic;
pub mod attention;
pub mod layers;
pub mod matrix;
pub mod pieces;
mod products;
pub mod weights;
