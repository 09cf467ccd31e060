//! Text as bytes with positions: spans, normal forms, tokens, sentences and lines.
//!
//! Everything chiedi says is a byte range of somebody's file, so this module is the one place that decides
//! where a word or a sentence begins and ends. Offsets are always bytes, half-open, on character boundaries.

mod enclosed;
mod line;
pub mod mojibake;
mod normal;
mod reference;
mod sentence;
mod span;
mod token;

pub use line::{LineCounter, line_of, line_spans};
pub use normal::{fold, nfc, straighten};
pub use reference::{Unescaped, unescaped};
pub use sentence::{Abbreviations, sentences};
pub use span::Span;
pub use token::{Token, TokenKind, tokens, words};
