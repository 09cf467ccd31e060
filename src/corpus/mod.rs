//! A folder of messily scraped files as articles: read, decoded, cleaned, split into passages.
//!
//! Nothing here rewrites a text. What is not the article is left out of [`Article::kept`], and every offset stays
//! what it was in the file, so that whatever is quoted can be checked there.

mod article;
mod catalogue;
mod clean;
mod dateline;
mod decode;
mod draft;
mod fields;
mod filter;
mod front_matter;
mod html;
mod left_out;
mod line;
mod linked_data;
mod metadata;
mod paragraphs;
mod passages;
mod printed;
mod read;
mod rows;
mod scan;

pub use article::*;
pub use catalogue::{CATALOGUE, Row, Told, add_rows};
pub use decode::{Encoding, encoding};
pub use filter::{Exclusion, Filter, LeftOut, is_from};
pub use left_out::left_out;
pub use passages::passages;
pub use printed::Printed;
pub use read::{find, read};
pub use rows::row_id;
pub use scan::{Format, Scan, Skipped, SourceFile, is_read, scan};

#[cfg(test)]
mod tests;
