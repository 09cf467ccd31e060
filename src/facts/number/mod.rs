//! Numbers, in words and in digits, and the one reader that all finders share.
//!
//! [`read`]`(part, at)` reads the longest number that begins with token `at`: "23", "1.500", "ventitré",
//! "novecentomila", "900 mila", "10 mld", "due milioni e mezzo", "half a million", "una dozzina", "due terzi", "-4".
//! An article alone ("un anno", "a year") is no number: callers for whom it counts ask [`read_or_article`].

mod digits;
mod fraction;
mod sum;

use crate::language::{Atom, Form, NumberWords};
use crate::text::TokenKind;

use super::part::Part;
pub(crate) use fraction::{bare as bare_fraction, ratio};
use sum::Sum;

/// A number that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    /// Its value.
    pub value: f64,
    /// The token after its last.
    pub end: usize,
    /// The last word that multiplies ("milioni" is 1,000,000), or 1.
    pub scale: f64,
    /// How it is written.
    pub style: Style,
    /// Whether it is a round number by its nature ("una decina").
    pub about: bool,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// In digits alone, without separators: perhaps a year.
    PlainDigits,
    /// In digits with separators, or with a scale ("900 mila").
    Digits,
    /// In words.
    Words,
    /// As a fraction ("two thirds", "mezzo").
    Fraction,
    /// As a number of another number ("two out of three"), of which nothing is measured.
    Ratio,
    /// As an indefinite article.
    Article,
}

impl Reading {
    fn new(value: f64, end: usize, style: Style) -> Self {
        Self { value, end, scale: 1.0, style, about: false }
    }

    /// The same number, multiplied by a scale that stands before token `end`.
    pub fn times(self, scale: f64, end: usize) -> Self {
        let style = if self.style == Style::PlainDigits { Style::Digits } else { self.style };
        Self { value: whole(self.value * scale), end, scale: self.scale * scale, style, about: self.about }
    }
}

/// The whole number that `value` is but for the error of multiplying fractions: 8.2 million is 8,200,000.
pub(super) fn whole(value: f64) -> f64 {
    if (value - value.round()).abs() < value.abs() * 1e-12 { value.round() } else { value }
}

/// The number that begins with token `at`, if one does.
pub(crate) fn read(part: &Part<'_>, at: usize) -> Option<Reading> {
    let negative = minus(part, at).and_then(|next| {
        let reading = unsigned(part, next)?;
        Some(Reading { value: -reading.value, ..reading })
    });
    negative.or_else(|| unsigned(part, at))
}

/// The number that begins with token `at`, where "un" or "a" alone counts as 1.
pub(crate) fn read_or_article(part: &Part<'_>, at: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    read(part, at).or_else(|| words.is_article(part.word(at)).then(|| Reading::new(1.0, at + 1, Style::Article)))
}

/// The ordinal in words that begins with token `at` ("terzo", "twenty-first"), with the token after it.
pub(crate) fn read_ordinal(part: &Part<'_>, at: usize) -> Option<(f64, usize, Form)> {
    let mut sum = Sum::default();
    let mut next = at;
    loop {
        let (atoms, form) = part.numeral(next)?;
        if !sum.take_all(atoms) {
            return None;
        }
        next += 1;
        if form != Form::Cardinal {
            return Some((sum.value(), next, form));
        }
        next = after_hyphen(part, next);
        if NumberWords::of(part.language).is_and(part.word(next)) && sum.takes_and() {
            next += 1;
        }
    }
}

/// The token after a sign, if token `at` makes the number after it negative.
fn minus(part: &Part<'_>, at: usize) -> Option<usize> {
    if NumberWords::of(part.language).is_minus(part.word(at)) {
        return Some(at + 1);
    }
    let counts = || part.kind(at + 1) == Some(TokenKind::Number) || fraction::vulgar(part, at + 1).is_some();
    let is_sign = matches!(part.word(at), "-" | "−" | "–") && counts()
        || matches!(part.word(at), "-" | "−") && matches!(part.word(at + 1), "," | ".");
    let opens = at == 0 || matches!(part.word(at - 1), "(" | "[" | ":");
    (is_sign && (opens || part.touches_previous(at + 1) && !part.touches_previous(at))).then_some(at + 1)
}

fn unsigned(part: &Part<'_>, at: usize) -> Option<Reading> {
    let reading = simple(part, at)?;
    let is_article = reading.end == at + 1 && NumberWords::of(part.language).is_article(part.word(at));
    (!is_article).then_some(reading)
}

/// The number without a sign; "uno" is one here.
fn simple(part: &Part<'_>, at: usize) -> Option<Reading> {
    if let Some(reading) = fraction::vulgar(part, at) {
        return Some(scaled(part, reading));
    }
    if !matches!(part.kind(at)?, TokenKind::Word | TokenKind::Number) && !digits::is_leading_decimal(part, at) {
        return None;
    }
    if let Some(part_of_scale) = fraction::bare(part, at).filter(|reading| reading.scale > 1.0) {
        return Some(part_of_scale);
    }
    let first = fraction::half(part, at).or_else(|| counted_by_article(part, at)).or_else(|| cardinal(part, at))?;
    Some(and_more(part, scaled(part, fraction::of(part, at, first))))
}

/// "un milione", "a hundred", "una dozzina", "a quarter", "un terzo".
fn counted_by_article(part: &Part<'_>, at: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    if !words.is_article(part.word(at)) {
        return None;
    }
    let one = Reading::new(1.0, at + 1, Style::Words);
    if let Some(collective) = words.collective(part.word(at + 1)) {
        return Some(Reading { about: collective.about, ..one.times(collective.value, at + 2) });
    }
    if scale_at(part, at + 1).is_some() {
        return run(part, at + 1).map(|reading| Reading { style: Style::Words, ..reading });
    }
    fraction::fraction(part, at, one).is_some().then_some(one)
}

/// "ventitré", "23", "two hundred and five", "900 mila", "three point five", "due dozzine", "3.2e5".
fn cardinal(part: &Part<'_>, at: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    let reading = decimals(part, digits::power(part, run(part, at)?));
    match words.collective(part.word(reading.end)) {
        Some(collective) if reading.scale == 1.0 => {
            Some(Reading { about: collective.about, ..reading.times(collective.value, reading.end + 1) })
        }
        _ => Some(reading),
    }
}

/// A run of digits and number words that add up to one number.
fn run(part: &Part<'_>, at: usize) -> Option<Reading> {
    run_until(part, at, part.len())
}

/// A run that ends before token `limit`.
fn run_until(part: &Part<'_>, at: usize, limit: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    let mut sum = Sum::default();
    let (mut next, mut style) = (at, Style::Words);
    if let Some((value, end)) = digits::at(part, at) {
        sum.take_digits(value);
        style = if end == at + 1 && part.word(at).bytes().all(|b| b.is_ascii_digit()) {
            Style::PlainDigits
        } else {
            Style::Digits
        };
        next = end;
    } else {
        let (atoms, form) = part.numeral(at)?;
        let begins_with_scale = !part.word(at).ends_with('\'') && scale_at(part, at).is_some();
        let after_article = at > 0 && (words.is_article(part.word(at - 1)) || words.is_half(part.word(at - 1)));
        if form != Form::Cardinal
            || !sum.take_all(atoms)
            || begins_with_scale && !after_article && !words.stands_alone(part.word(at))
        {
            return None;
        }
        next += 1;
    }
    loop {
        let mut from = after_hyphen(part, next);
        if sum.ends_in_hundred() && words.is_and(part.word(from)) && leads_to_scale(part, from + 1) {
            from += 1;
        }
        let Some((atoms, Form::Cardinal)) = part.numeral(from).filter(|_| from < limit) else { break };
        let mut longer = sum;
        if !longer.take_all(atoms) {
            break;
        }
        sum = longer;
        next = from + 1;
        if style == Style::PlainDigits {
            style = Style::Digits;
        }
    }
    Some(Reading { scale: sum.scale(), ..Reading::new(sum.value(), next, style) })
}

/// Whether a scale from a thousand up multiplies the tens and units from token `at` on: "one hundred and *five
/// thousand*".
fn leads_to_scale(part: &Part<'_>, at: usize) -> bool {
    let mut next = at;
    while let Some((atoms, Form::Cardinal)) = part.numeral(next)
        && atoms.iter().all(|atom| matches!(atom, Atom::Cardinal(_)))
    {
        next = after_hyphen(part, next + 1);
    }
    next > at && scale_at(part, next).is_some_and(|scale| scale >= 1000.0)
}

/// "due *milioni e mezzo*", "two hundred *and five*", "cinque *e un quarto*", "two *and a half million*".
fn and_more(part: &Part<'_>, reading: Reading) -> Reading {
    let words = NumberWords::of(part.language);
    if !words.is_and(part.word(reading.end)) || reading.style == Style::Fraction {
        return fraction::mixed(part, reading);
    }
    let Some(more) = simple(part, reading.end + 1) else { return reading };
    if more.end == reading.end + 2 && words.is_article(part.word(reading.end + 1)) {
        return reading;
    }
    if more.style == Style::Fraction && more.value < 1.0 {
        let sum = Reading { value: reading.value + more.value * reading.scale, end: more.end, ..reading };
        let sum = if sum.style == Style::PlainDigits { Reading { style: Style::Digits, ..sum } } else { sum };
        return if reading.scale == 1.0 { scaled(part, sum) } else { sum };
    }
    if reading.scale == 1.0 && more.scale > 1.0 && more.value < more.scale {
        // "two and a half million"
        return Reading {
            value: whole(reading.value * more.scale + more.value),
            scale: more.scale,
            end: more.end,
            ..reading
        };
    }
    let magnitude = if reading.scale > 1.0 {
        reading.scale
    } else if reading.style == Style::Words && reading.value % 100.0 == 0.0 && reading.value > 0.0 {
        100.0
    } else {
        return reading;
    };
    if let Some(fraction) = fraction::with_hundreds(part, reading, reading.end + 1, more) {
        return fraction;
    }
    if more.value < magnitude && !matches!(more.style, Style::PlainDigits | Style::Fraction) {
        return Reading { value: reading.value + more.value, end: more.end, scale: more.scale, ..reading };
    }
    reading
}

/// A scale that stands after the number: "900 mila", "10 mld", "10k".
fn scaled(part: &Part<'_>, reading: Reading) -> Reading {
    let words = NumberWords::of(part.language);
    let mut reading = reading;
    if reading.style == Style::Fraction {
        let next = reading.end;
        return match scale_at(part, next).filter(|_| reading.value != 0.0 && part.kind(next) == Some(TokenKind::Word)) {
            Some(scale) => Reading { style: Style::Words, ..reading.times(scale, next + 1) },
            None => reading,
        };
    }
    let next = reading.end;
    if let Some(scale) = scale_at(part, next).filter(|scale| *scale > reading.scale && reading.value.fract() != 0.0) {
        reading = reading.times(scale, next + 1);
    } else if let Some(scale) = words.scale_abbreviation(part.word(next)).filter(|_| reading.scale == 1.0) {
        let dot = usize::from(
            part.word(next + 1) == "." && part.touches_previous(next + 1) && !ends_sentence(part, next + 1),
        );
        reading = reading.times(scale, next + 1 + dot);
    } else if let Some(scale) = scale_letter(part, reading) {
        reading = reading.times(scale, next + 1);
    }
    reading
}

fn scale_letter(part: &Part<'_>, reading: Reading) -> Option<f64> {
    let next = part.tokens.get(reading.end)?;
    let scale = NumberWords::of(part.language).scale_letter(next.text)?;
    let digits = matches!(reading.style, Style::PlainDigits | Style::Digits) && reading.scale == 1.0;
    // "5 k.g" is no thousand.
    let abbreviates = part.word(reading.end + 1) == "."
        && part.touches_previous(reading.end + 2)
        && part.kind(reading.end + 2) == Some(TokenKind::Word);
    let touches = part.touches_previous(reading.end);
    let stands_apart = next.text.len() == 1 && next.text != "K" && part.kind(reading.end + 1) != Some(TokenKind::Word);
    // "3M" and "5G" are names, "$3M" is not.
    let at = reading.end - 1;
    let is_name = reading.value < 10.0
        && reading.value.fract() == 0.0
        && next.text.starts_with(char::is_uppercase)
        && (at == 0 || part.kind(at - 1) != Some(TokenKind::Symbol));
    (digits && !is_name && !abbreviates && (touches || stands_apart)).then_some(scale)
}

fn ends_sentence(part: &Part<'_>, stop: usize) -> bool {
    part.tokens.get(stop + 1).is_none_or(|next| next.is_capitalised())
}

/// "three *point five*", "duecento *virgola zero tre*", with a scale after it.
fn decimals(part: &Part<'_>, whole: Reading) -> Reading {
    let words = NumberWords::of(part.language);
    if !words.is_decimal_word(part.word(whole.end)) || whole.style != Style::Words {
        return whole;
    }
    let mut written = String::from("0.");
    let mut next = whole.end + 1;
    let mut scale = 1.0;
    while let Some(digits) = run(part, next).filter(|r| r.value / r.scale < 100_000.0 && scale == 1.0) {
        written.push_str(&(digits.value / digits.scale).to_string());
        (next, scale) = (digits.end, digits.scale);
        if digits.value >= 10.0 {
            break;
        }
    }
    match written.parse::<f64>() {
        Ok(fraction) if next > whole.end + 1 => {
            Reading { value: self::whole((whole.value + fraction) * scale), scale, end: next, ..whole }
        }
        _ => whole,
    }
}

/// Where the measure of a number may begin: "68-*ounce*", "due milioni di *galloni*", "half a *gallon*".
pub(crate) fn measure_at(part: &Part<'_>, reading: &Reading) -> usize {
    let words = NumberWords::of(part.language);
    let end = reading.end;
    let is_tied = part.touches_previous(end) || !part.touches_previous(end + 1) && part.word(end + 1).len() > 2;
    let hyphen = part.word(end) == "-" && part.kind(end + 1) == Some(TokenKind::Word) && is_tied;
    let counts = reading.scale > 1.0 || reading.about || reading.style == Style::Fraction;
    let from = end + usize::from(hyphen || counts && words.is_of(part.word(end)));
    from + usize::from(reading.style == Style::Fraction && words.is_article(part.word(from)))
}

/// The value of the scale at token `at`, written out or abbreviated.
pub(crate) fn scale_word(part: &Part<'_>, at: usize) -> Option<f64> {
    scale_at(part, at).or_else(|| NumberWords::of(part.language).scale_abbreviation(part.word(at)))
}

/// The value of the word at token `at`, if it multiplies what stands before it ("mila").
fn scale_at(part: &Part<'_>, at: usize) -> Option<f64> {
    match part.numeral(at)? {
        ([Atom::Scale(scale)], Form::Cardinal) => Some(*scale),
        _ => None,
    }
}

/// The token after a hyphen at `at`, or `at`.
fn after_hyphen(part: &Part<'_>, at: usize) -> usize {
    if at > 0 && part.word(at) == "-" && part.kind(at + 1) == Some(TokenKind::Word) { at + 1 } else { at }
}

#[cfg(test)]
mod tests;
