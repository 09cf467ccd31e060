//! Choosing an answer among the facts and spans of the passages found, and knowing when there is none.

mod outcome;

use crate::index::Hit;
use crate::question::Question;

pub use outcome::*;

/// Decides what the passages `hits` say to `question`.
///
/// `threshold` is the least probability, from 0 to 1, at which an answer is given; `None` takes the shipped one.
pub fn decide(question: &Question, hits: &[Hit], threshold: Option<f64>) -> Outcome {
    let _ = (question, hits, threshold);
    Outcome::NotFound { reason: Absence::NoPassage, nearest: None }
}
