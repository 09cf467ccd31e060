//! Shares of a hundred: "70%", "tre per cento", "5 percentage points".

use crate::language::AmountWords;
use crate::text::TokenKind;

use super::amount::{Measure, Term};
use super::number::{Reading, Style};
use super::part::Part;

/// The share that the number from token `at` on tells, if a percent sign or word follows it.
pub(super) fn after(part: &Part<'_>, at: usize, number: Reading) -> Option<Term> {
    if number.style == Style::Article {
        return None;
    }
    let hyphen = part.word(number.end) == "-" && part.kind(number.end + 1) == Some(TokenKind::Word);
    let from = number.end + usize::from(hyphen);
    let (factor, end) = AmountWords::of(part.language).shares.at(from, |i| part.word(i))?;
    let is_code = part.touches_previous(end) && part.kind(end) != Some(TokenKind::Symbol);
    (!is_code).then(|| Term::of(number, at, end, *factor, Some(Measure::Percent)))
}
