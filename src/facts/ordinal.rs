//! Places in an order: "terzo", "twenty-first", "3rd", "2ª".

use crate::language::{AmountWords, Form};
use crate::text::{Span, TokenKind};

use super::part::Part;
use super::{Fact, Modality, Value, number};

/// From here on "32°" is a temperature or an angle, not a place in an order.
const LAST_WITH_DEGREE_SIGN: f64 = 31.0;

/// Finds the ordinals of `part`.
pub(super) fn find(part: &Part<'_>, found: &mut Vec<Fact>) {
    let mut at = 0;
    while at < part.len() {
        let ordinal = digits(part, at).or_else(|| in_words(part, at));
        if let Some((amount, end)) = ordinal {
            let span: Span = part.span(at, end);
            found.push(Fact { value: Value::Ordinal { amount }, span, modality: Modality::Stated, attribution: None });
        }
        at = ordinal.map_or(at + 1, |(_, end)| end);
    }
}

/// The ordinal in digits that begins with token `at`, with the token after it.
pub(super) fn digits(part: &Part<'_>, at: usize) -> Option<(f64, usize)> {
    let words = AmountWords::of(part.language);
    let mark = part.tokens.get(at + 1).filter(|_| part.touches_previous(at + 1))?;
    let is_mark = words.ordinal_marks.contains(mark.text) || mark.text == "°" && is_place(part, at);
    let digits = part.word(at);
    let whole = part.kind(at) == Some(TokenKind::Number) && digits.bytes().all(|b| b.is_ascii_digit());
    let begins = !part.touches_previous(at)
        || part.tokens[at - 1].is_elided()
        || matches!(part.word(at - 1), "(" | "\"" | "“" | "«");
    let ends = !part.touches_previous(at + 2) || part.kind(at + 2) == Some(TokenKind::Symbol);
    if !(is_mark && whole && begins && ends && digits.len() <= 6) {
        return None;
    }
    digits.parse().ok().filter(|n| *n > 0.0).map(|n| (n, at + 2))
}

/// Whether "3°" is a place in an order here and no temperature.
fn is_place(part: &Part<'_>, at: usize) -> bool {
    let words = AmountWords::of(part.language);
    let small = part.word(at).parse::<f64>().is_ok_and(|n| n <= LAST_WITH_DEGREE_SIGN);
    let scale = matches!(part.word(at + 2), "c" | "f" | "k" | "celsius" | "fahrenheit");
    let near = (at.saturating_sub(6)..at).chain(at + 2..at + 5);
    words.degree_is_ordinal && small && !scale && !near.into_iter().any(|i| words.temperature.contains(part.word(i)))
}

fn in_words(part: &Part<'_>, at: usize) -> Option<(f64, usize)> {
    let (value, end, form) = number::read_ordinal(part, at)?;
    let words = AmountWords::of(part.language);
    let after_never = at > 0 && words.never_after.contains(part.word(at - 1));
    let in_compound =
        part.word(end) == "-" && part.touches_previous(end) && words.compounds.contains(part.word(end + 1));
    if form == Form::OrdinalPlural && value != 1.0 || after_never || in_compound {
        return None;
    }
    if end == at + 1 && words.ambiguous_ordinals.contains(part.word(at)) {
        let alone = part.len() == 1;
        let determined = at > 0 && words.determiners.contains(part.word(at - 1));
        if !alone && (!determined || words.not_before.contains(part.word(end))) {
            return None;
        }
    }
    Some((value, end))
}
