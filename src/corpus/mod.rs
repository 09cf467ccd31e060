//! A folder of messily scraped files as articles: read, decoded, cleaned, split into passages.

mod article;

pub use article::*;
