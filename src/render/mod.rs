//! Saying it: an outcome as text, JSON, CSV, Markdown or a page of evidence, in the words of the templates; its
//! sources as a bibliography.

mod amounts;
mod answer;
mod cite;
mod compose;
mod csv;
mod dates;
mod document;
mod fragment;
mod html;
mod left_out;
mod markdown;
mod source;
mod templates;
mod terminal;
#[cfg(test)]
mod tests;
mod wording;

pub use answer::*;
pub use cite::{Author, Reference, bibtex, csl, ris, web_address};
pub use compose::{analysis, answer, combined};
pub use csv::{csv_columns, csv_header, csv_line, csv_rows};
pub use document::{Block, BlockKind, Document, Look, Piece};
pub use html::{HTML_END, html, html_start};
pub use left_out::tell_left_out;
pub use markdown::markdown;
pub use source::sources;
pub use templates::{Templates, Topic};
pub use terminal::{Style, printable, printable_json, terminal};
