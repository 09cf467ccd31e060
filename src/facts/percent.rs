//! Shares of a hundred: "70%", "tre per cento", "5 percentage points".

use crate::language::AmountWords;
use crate::text::TokenKind;

use super::amount::{Measure, Term};
use super::number::{self, Reading, Style};
use super::part::Part;

/// The share that the number from token `at` on tells, if a percent sign or word follows it.
pub(super) fn after(part: &Part<'_>, at: usize, number: Reading) -> Option<Term> {
    if number.style == Style::Article {
        return None;
    }
    let from = number::measure_at(part, &number);
    let (factor, end) = AmountWords::of(part.language).shares.at(from, |i| part.word(i))?;
    let is_code = part.touches_previous(end) && part.kind(end) != Some(TokenKind::Symbol);
    (!is_code).then(|| Term::of(number, at, end, *factor, Some(Measure::Percent)))
}

/// "a *percentage of 12*": a share told before the number, from token `at` on.
pub(super) fn share_of(part: &Part<'_>, at: usize) -> Option<Term> {
    let (factor, from) = AmountWords::of(part.language).shares_before.at(at, |i| part.word(i))?;
    let number = number::read(part, from)?;
    let counts_nothing = part.kind(number.end).is_none_or(|kind| kind == TokenKind::Symbol);
    counts_nothing.then(|| Term::of(number, at, number.end, *factor, Some(Measure::Percent)))
}
