//! Fractions: "mezzo", "½", "3/4", "two thirds", "one hundred thirty fifths", "two out of five hundred".
//!
//! A numerator is a cardinal, a denominator an ordinal or a word of its own ("quarter"). What stands between them
//! decides what belongs to which: "one hundred and thirty fifths" is 130/5, because "and" ties the tens to the
//! hundred, "one hundred thirty fifths" is 100/35, and "one hundred and three fifths" is 100 3/5.

use unicode_normalization::UnicodeNormalization;

use crate::facts::part::Part;
use crate::language::{AmountWords, Atom, Currencies, Form, NumberWords, UnitNames};
use crate::text::TokenKind;

use super::{Reading, Style, after_hyphen, read_ordinal, run, run_until, scale_at, scaled, simple};

/// From here on the denominator of a fraction in digits is no longer one ("20/1000").
const DENOMINATORS_END: f64 = 101.0;

/// From here on a fraction in digits does not stand directly before a noun.
const COMMON_DENOMINATORS_END: f64 = 11.0;

/// "mezzo milione", "half a million", "half million", "half a dozen", "a half".
pub(super) fn half(part: &Part<'_>, at: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    let at = if words.is_article(part.word(at)) && words.is_half(part.word(at + 1)) { at + 1 } else { at };
    if !words.is_half(part.word(at)) {
        return None;
    }
    let half = Reading::new(0.5, at + 1, Style::Fraction);
    let next = if words.is_article(part.word(at + 1)) { at + 2 } else { after_hyphen(part, at + 1) };
    let scale = scale_at(part, next).or_else(|| words.collective(part.word(next)).map(|c| c.value));
    Some(scale.map_or(half, |scale| Reading { style: Style::Words, ..half.times(scale, next + 1) }))
}

/// The fraction that is one character, at token `at`: "½".
pub(super) fn vulgar(part: &Part<'_>, at: usize) -> Option<Reading> {
    let token = part.tokens.get(at).filter(|t| t.kind == TokenKind::Symbol && !t.text.is_ascii())?;
    // The compatibility form of "½" is 1, a fraction slash and 2.
    let written: String = token.text.nfkd().collect();
    let (over, under) = written.split_once('\u{2044}')?;
    let (over, under): (f64, f64) = (over.parse().ok()?, under.parse().ok()?);
    Some(Reading::new(over / under, at + 1, Style::Fraction))
}

/// "1 4/5", "2½ million"
pub(super) fn mixed(part: &Part<'_>, reading: Reading) -> Reading {
    if reading.scale != 1.0 || !matches!(reading.style, Style::PlainDigits | Style::Words) {
        return reading;
    }
    let in_digits = || slash(part, reading.end).filter(|r| reading.style == Style::PlainDigits && r.value < 1.0);
    // "6½ sacks" are counted.
    let in_one = vulgar(part, reading.end).map(|more| Reading { style: Style::Digits, ..more });
    match in_one.or_else(in_digits) {
        Some(more) => scaled(part, Reading { value: reading.value + more.value, ..more }),
        None => reading,
    }
}

/// "*two* thirds", "*4*/5", with what they are a fraction of: "two thirds *of a million*". The numerator begins with
/// token `at`.
pub(super) fn of(part: &Part<'_>, at: usize, numerator: Reading) -> Reading {
    match fraction(part, at, numerator) {
        Some(fraction) => of_scale(part, fraction),
        None => numerator,
    }
}

/// "quarter-litre", "tenth of a gallon", "quarter of a million": one part, which counts only before what it is a part
/// of. It reads the part alone, or with a scale.
pub(crate) fn bare(part: &Part<'_>, at: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    let by_word = words.fraction(part.word(at)).map(|value| (value, at + 1));
    let by_ordinal = || {
        let (value, end, form) = read_ordinal(part, at)?;
        // "Third of Newton" is none.
        let of_name = part.tokens.get(end + 1).is_some_and(|token| token.is_capitalised());
        let is_part = form == Form::Ordinal && words.is_of(part.word(end)) && !of_name;
        (value > 2.0 && is_part).then_some((value, end))
    };
    let (value, end) = by_word.or_else(by_ordinal)?;
    let tied = after_hyphen(part, end) > end && part.touches_previous(end);
    let part_of = of_scale(part, Reading::new(1.0 / value, end, Style::Fraction));
    (tied || words.is_of(part.word(end))).then_some(part_of)
}

/// "one *out of three*", "cinquanta *su duemila*", "1 *over 3*".
pub(crate) fn ratio(part: &Part<'_>, over: Reading) -> Reading {
    let words = NumberWords::of(part.language);
    // "In 2022, over 3,000 …": years and other large numbers are no shares.
    if over.style == Style::Fraction || !(0.0..1000.0).contains(&over.value) || over.value == 0.0 {
        return over;
    }
    let whole_after = |phrases: &[String]| {
        phrases.iter().find_map(|phrase| {
            let end = over.end + phrase.split(' ').count();
            let whole = part.has_words(over.end, phrase.split(' ')).then(|| simple(part, end)).flatten();
            whole.filter(|whole| whole.value > over.value && !is_measured(part, whole.end))
        })
    };
    // "2,000 over 3 years" is no fraction.
    let ends = |whole: &Reading| part.kind(whole.end) != Some(TokenKind::Word);
    match whole_after(words.out_of()).or_else(|| whole_after(words.over()).filter(ends)) {
        Some(whole) => Reading::new(over.value / whole.value, whole.end, Style::Ratio),
        None => over,
    }
}

/// Whether a scale, a unit, a currency or a percent sign stands from token `at` on ("3 su 15 milioni", "10 over 60%").
fn is_measured(part: &Part<'_>, at: usize) -> bool {
    let text = |i: usize| part.tokens.get(i).map_or("", |t| t.text);
    matches!(text(at), "%" | "€" | "$" | "£")
        || scale_at(part, at).is_some()
        || Currencies::of(part.language).name_at(at, |i| part.word(i)).is_some()
        || UnitNames::of(part.language).at(at, text, |i| part.word(i)).is_some()
}

/// "three quarters *of a billion*"
fn of_scale(part: &Part<'_>, fraction: Reading) -> Reading {
    let words = NumberWords::of(part.language);
    let mut next = fraction.end;
    next += usize::from(words.is_of(part.word(next)));
    next += usize::from(words.is_article(part.word(next)));
    match scale_at(part, next) {
        Some(scale) => Reading { style: Style::Words, ..fraction.times(scale, next + 1) },
        None => fraction,
    }
}

/// The fraction whose numerator stands from token `at` on, if a denominator follows it.
pub(super) fn fraction(part: &Part<'_>, at: usize, numerator: Reading) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    if numerator.style == Style::Fraction || numerator.end == 0 {
        return None;
    }
    if let Some(fraction) = slash(part, numerator.end - 1).filter(|_| numerator.style == Style::PlainDigits) {
        return Some(fraction);
    }
    if let Some(fraction) = with_tens(part, at, numerator) {
        return Some(fraction);
    }
    let over = |value: f64, end: usize| Some(Reading::new(numerator.value / value, end, Style::Fraction));
    let next = after_hyphen(part, numerator.end);
    if let Some(value) = words.fraction(part.word(next)) {
        return over(value, next + 1);
    }
    if let Some(value) = words.fraction_plural(part.word(next)) {
        // "two halves of a match" are none, nor are "due mezzi".
        let is_noun = value == 2.0 && part.kind(next + 1) == Some(TokenKind::Word);
        return if is_noun { None } else { over(value, next + 1) };
    }
    let (value, end, form) = read_ordinal(part, next)?;
    let is_denominator = value > 2.0 && !words.is_no_denominator(part.word(end - 1));
    if is_denominator && counts(part, form, end, numerator) { over(value, end) } else { None }
}

/// "one hundred *thirty fifths*", "three *twenty firsts*": tens that nothing ties to what stands before them belong to
/// the denominator.
fn with_tens(part: &Part<'_>, at: usize, numerator: Reading) -> Option<Reading> {
    let at = at + usize::from(NumberWords::of(part.language).is_article(part.word(at)));
    let tens = numerator.end - 1;
    let is_tens = match part.numeral(tens)? {
        ([Atom::Cardinal(value)], Form::Cardinal) => *value >= 20.0,
        _ => false,
    };
    if tens <= at || !is_tens {
        return None;
    }
    let over = run_until(part, at, tens).filter(|over| over.end == tens)?;
    let (value, end, form) = read_ordinal(part, tens)?;
    counts(part, form, end, over).then(|| Reading::new(over.value / value, end, Style::Fraction))
}

/// Whether an ordinal is a denominator: "un terzo degli elettori" is a share, "un terzo uomo" is not.
fn counts(part: &Part<'_>, form: Form, end: usize, numerator: Reading) -> bool {
    let is_share = NumberWords::of(part.language).is_of_the(part.word(end)) || part.kind(end) != Some(TokenKind::Word);
    form == Form::OrdinalPlural || numerator.value == 1.0 && is_share
}

/// "one hundred *and thirty fifths*": the numerator that "and" ties to what stands before it, over its denominator.
/// `fraction` is what was read from token `at` on.
pub(super) fn with_hundreds(part: &Part<'_>, hundreds: Reading, at: usize, fraction: Reading) -> Option<Reading> {
    let numerator = run(part, at).filter(|numerator| numerator.value < 100.0 && fraction.style == Style::Fraction)?;
    let denominator = numerator.value / fraction.value;
    Some(Reading { value: (hundreds.value + numerator.value) / denominator, ..fraction })
}

/// "4/5": two short numbers with a slash between, which are not part of a longer row ("5/17/2018").
fn slash(part: &Part<'_>, at: usize) -> Option<Reading> {
    let joined = part.word(at + 1) == "/" && part.touches_previous(at + 1) && part.touches_previous(at + 2);
    let after_slash = part.word(at.wrapping_sub(1)) == "/";
    let before_slash = part.word(at + 3) == "/" && part.touches_previous(at + 3);
    if !joined || after_slash || before_slash {
        return None;
    }
    let short = |at: usize| part.word(at).parse::<u16>().ok().filter(|n| *n < 1000).map(f64::from);
    let (over, under) = (short(at)?, short(at + 2)?);
    let is_fraction = over < under && under < DENOMINATORS_END && closes(part, at + 3, over, under);
    is_fraction.then(|| Reading::new(over / under, at + 3, Style::Fraction))
}

/// Whether what follows two numbers with a slash lets them be a fraction. Where a slash joins the ends of a range too,
/// "20/30 persone" is one, but "1/2 litro" and "2/3 degli iscritti" are not.
fn closes(part: &Part<'_>, at: usize, over: f64, under: f64) -> bool {
    let written = |i: usize| part.tokens.get(i).map_or("", |t| t.text);
    let is_unit = || UnitNames::of(part.language).at(at, written, |i| part.word(i)).is_some();
    let next_is_word = part.kind(at) == Some(TokenKind::Word);
    if !next_is_word || NumberWords::of(part.language).is_of_the(part.word(at)) {
        return true;
    }
    if AmountWords::of(part.language).joins.at(at - 2, |i| part.word(i)).is_some() {
        return over == 1.0 && is_unit();
    }
    // "9/11 attacks" are counted from a day, "1/5 May" is one.
    is_unit() || under < COMMON_DENOMINATORS_END && !part.tokens[at].is_capitalised()
}
