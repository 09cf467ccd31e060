//! Saying it: an outcome as text, JSON, CSV or Markdown.

mod answer;

pub use answer::*;
