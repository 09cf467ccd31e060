//! Saying it: an outcome as text, JSON, CSV or Markdown, in the words of the templates.

mod amounts;
mod answer;
mod compose;
mod csv;
mod dates;
mod document;
mod left_out;
mod markdown;
mod source;
mod templates;
mod terminal;
#[cfg(test)]
mod tests;
mod wording;

pub use answer::*;
pub use compose::{analysis, answer, combined};
pub use csv::{csv_columns, csv_header, csv_line, csv_rows};
pub use document::{Block, BlockKind, Document, Look, Piece};
pub use left_out::tell_left_out;
pub use markdown::markdown;
pub use source::sources;
pub use templates::{Templates, Topic};
pub use terminal::{Style, printable, terminal};
