//! Numbers, in words and in digits, and the one reader that all finders share.
//!
//! [`read`]`(part, at)` reads the longest number that begins with token `at`: "23", "1.500", "ventitré",
//! "novecentomila", "900 mila", "10 mld", "due milioni e mezzo", "half a million", "una dozzina", "due terzi", "-4".
//! An article alone ("un anno", "a year") is no number: callers for whom it counts ask [`read_or_article`].

mod digits;
mod sum;

use crate::language::{Atom, Form, NumberWords};
use crate::text::TokenKind;

use super::part::Part;
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
    let is_sign = matches!(part.word(at), "-" | "−" | "–") && part.kind(at + 1) == Some(TokenKind::Number)
        || matches!(part.word(at), "-" | "−") && matches!(part.word(at + 1), "," | ".");
    let opens = at == 0 || matches!(part.word(at - 1), "(" | "[" | ":");
    (is_sign && (opens || part.touches_previous(at + 1) && !part.touches_previous(at))).then_some(at + 1)
}

fn unsigned(part: &Part<'_>, at: usize) -> Option<Reading> {
    if !matches!(part.kind(at)?, TokenKind::Word | TokenKind::Number) && !is_leading_decimal(part, at) {
        return None;
    }
    let first = half(part, at).or_else(|| counted_by_article(part, at)).or_else(|| cardinal(part, at))?;
    let reading = and_more(part, scaled(part, fraction_of(part, first)));
    let is_article = reading.end == at + 1 && NumberWords::of(part.language).is_article(part.word(at));
    (!is_article).then_some(reading)
}

/// "mezzo milione", "half a million", "half million", "half a dozen", "a half".
fn half(part: &Part<'_>, at: usize) -> Option<Reading> {
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
    (denominator(part, one)?.end > at + 1).then_some(one)
}

/// "ventitré", "23", "two hundred and five", "900 mila", "three point five", "due dozzine", "3.2e5".
fn cardinal(part: &Part<'_>, at: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    let reading = decimals(part, power_of_ten(part, run(part, at)?));
    match words.collective(part.word(reading.end)) {
        Some(collective) if reading.scale == 1.0 => {
            Some(Reading { about: collective.about, ..reading.times(collective.value, reading.end + 1) })
        }
        _ => Some(reading),
    }
}

/// A run of digits and number words that add up to one number.
fn run(part: &Part<'_>, at: usize) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    let mut sum = Sum::default();
    let (mut next, mut style) = (at, Style::Words);
    if let Some((value, end)) = digits_at(part, at) {
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
        let from = after_hyphen(part, next);
        let Some((atoms, Form::Cardinal)) = part.numeral(from) else { break };
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

/// "due *milioni e mezzo*", "two hundred *and five*", "cinque *e un quarto*", "two *and a half million*".
fn and_more(part: &Part<'_>, reading: Reading) -> Reading {
    let words = NumberWords::of(part.language);
    if !words.is_and(part.word(reading.end)) || reading.style == Style::Fraction {
        return mixed_fraction(part, reading);
    }
    let Some(more) = unsigned(part, reading.end + 1) else { return reading };
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
    if more.value < magnitude && !matches!(more.style, Style::PlainDigits | Style::Fraction) {
        return Reading { value: reading.value + more.value, end: more.end, scale: more.scale, ..reading };
    }
    reading
}

/// "1 4/5"
fn mixed_fraction(part: &Part<'_>, reading: Reading) -> Reading {
    match (reading.style, slash_fraction(part, reading.end)) {
        (Style::PlainDigits, Some((value, end))) if value < 1.0 => {
            Reading::new(reading.value + value, end, Style::Fraction)
        }
        _ => reading,
    }
}

/// "*two* thirds", "*4*/5", "*uno* su tre", with what they are a fraction of: "two thirds *of a million*".
fn fraction_of(part: &Part<'_>, numerator: Reading) -> Reading {
    let Some(fraction) = denominator(part, numerator) else { return numerator };
    let words = NumberWords::of(part.language);
    let mut next = fraction.end;
    if words.is_of(part.word(next)) {
        next += 1;
    }
    if words.is_article(part.word(next)) {
        next += 1;
    }
    match scale_at(part, next) {
        Some(scale) => Reading { style: Style::Words, ..fraction.times(scale, next + 1) },
        None => fraction,
    }
}

fn denominator(part: &Part<'_>, numerator: Reading) -> Option<Reading> {
    let words = NumberWords::of(part.language);
    let fraction = |value: f64, end: usize| Some(Reading::new(numerator.value / value, end, Style::Fraction));
    if numerator.style == Style::Fraction || numerator.end == 0 {
        return None;
    }
    if let Some((value, end)) =
        slash_fraction(part, numerator.end - 1).filter(|_| numerator.style == Style::PlainDigits)
    {
        return Some(Reading::new(value, end, Style::Fraction));
    }
    let next = after_hyphen(part, numerator.end);
    if let Some(value) = words.fraction(part.word(next)) {
        return fraction(value, next + 1);
    }
    let ordinal =
        read_ordinal(part, next).filter(|(value, end, _)| *value > 2.0 && !words.is_no_denominator(part.word(end - 1)));
    if let Some((value, end, form)) = ordinal {
        // "un terzo degli elettori" is a share, "un terzo uomo" is not.
        let counts = form == Form::OrdinalPlural
            || numerator.value == 1.0 && (words.is_of_the(part.word(end)) || part.kind(end) != Some(TokenKind::Word));
        return if counts { fraction(value, end) } else { None };
    }
    let over = words.out_of().iter().find_map(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        part.has_words(numerator.end, &phrase).then_some(numerator.end + phrase.len())
    })?;
    let whole = (numerator.value == 1.0).then(|| cardinal(part, over)).flatten()?;
    if whole.value > 1.0 { fraction(whole.value, whole.end) } else { None }
}

/// "4/5": two short numbers with a slash between, which are not part of a longer row ("5/17/2018").
fn slash_fraction(part: &Part<'_>, at: usize) -> Option<(f64, usize)> {
    let joined = part.word(at + 1) == "/" && part.touches_previous(at + 1) && part.touches_previous(at + 2);
    let after_slash = part.word(at.wrapping_sub(1)) == "/";
    let before_slash = part.word(at + 3) == "/" && part.touches_previous(at + 3);
    if !joined || after_slash || before_slash {
        return None;
    }
    let short = |at: usize| part.word(at).parse::<u16>().ok().filter(|n| *n < 1000).map(f64::from);
    let (over, under) = (short(at)?, short(at + 2)?);
    // "20/30 persone" is a range.
    let is_fraction = over < under && under <= 100.0 && part.kind(at + 3) != Some(TokenKind::Word);
    is_fraction.then_some((over / under, at + 3))
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
    let touches = part.touches_previous(reading.end);
    let stands_apart = next.text.len() == 1 && next.text != "K" && part.kind(reading.end + 1) != Some(TokenKind::Word);
    // "3M" and "5G" are names, "$3M" is not.
    let at = reading.end - 1;
    let is_name = reading.value < 10.0
        && reading.value.fract() == 0.0
        && next.text.starts_with(char::is_uppercase)
        && (at == 0 || part.kind(at - 1) != Some(TokenKind::Symbol));
    (digits && !is_name && (touches || stands_apart)).then_some(scale)
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

/// "12.32e+14", "6,2 × 10^-4", "1.3x10^6".
fn power_of_ten(part: &Part<'_>, reading: Reading) -> Reading {
    if !matches!(reading.style, Style::PlainDigits | Style::Digits) || reading.scale != 1.0 {
        return reading;
    }
    let from = part.tokens[reading.end - 1].span.end;
    let rest = &part.text[from..];
    let by_e = rest.strip_prefix(['e', 'E']);
    let by_ten = || rest.trim_start().strip_prefix(['x', '×', '·'])?.trim_start().strip_prefix("10")?.strip_prefix('^');
    let Some(exponent) = by_e.or_else(by_ten) else { return reading };
    let unsigned = exponent.strip_prefix(['+', '-', '−']).unwrap_or(exponent);
    let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let Ok(power) = unsigned[..length].parse::<u16>() else { return reading };
    let to = part.text.len() - unsigned.len() + length;
    let Some(end) = part.tokens.iter().position(|t| t.span.end == to) else { return reading };
    let power = if exponent.starts_with(['-', '−']) { -f64::from(power) } else { f64::from(power) };
    let value = whole(reading.value * 10f64.powf(power));
    if value.is_finite() {
        Reading { style: Style::Digits, ..Reading::new(value, end + 1, Style::Digits) }
    } else {
        reading
    }
}

/// Digits with their separators, groups apart by a space too ("10 000,50", "1'500", ".08").
fn digits_at(part: &Part<'_>, at: usize) -> Option<(f64, usize)> {
    let decimal = NumberWords::of(part.language).decimal();
    if is_leading_decimal(part, at) {
        return format!("0.{}", part.word(at + 1)).parse().ok().map(|value| (value, at + 2));
    }
    let token = part.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
    let mut end = at + 1;
    let mut grouped = token.text.to_owned();
    if token.text.len() <= 3 && !token.text.starts_with('0') {
        while let Some(group) = part.tokens.get(end + usize::from(part.word(end) == "'")) {
            let whole = group.text.split(['.', ',']).next().unwrap_or_default();
            let spaced = matches!(part.gap_before(end), " " | "\u{a0}" | "\u{202f}" | "\u{2009}");
            let quoted = part.word(end) == "'" && part.touches_previous(end) && part.touches_previous(end + 1);
            let follows = grouped.bytes().all(|b| b.is_ascii_digit());
            if group.kind != TokenKind::Number || whole.len() != 3 || !(spaced || quoted) || !follows {
                break;
            }
            grouped.push_str(group.text);
            end += if quoted { 2 } else { 1 };
        }
    }
    if end > at + 1 && part.kind(end) == Some(TokenKind::Number) && !part.touches_previous(end) {
        // "12 300 45" is a row of numbers.
        (grouped, end) = (token.text.to_owned(), at + 1);
    }
    if grouped.len() > 40 {
        return None;
    }
    digits::value(&grouped, decimal).map(|value| (value, end))
}

/// Whether token `at` is the decimal sign of a number without a whole part (".08").
fn is_leading_decimal(part: &Part<'_>, at: usize) -> bool {
    matches!(part.word(at), "." | ",")
        && part.kind(at + 1) == Some(TokenKind::Number)
        && part.word(at + 1).bytes().all(|b| b.is_ascii_digit())
        && part.touches_previous(at + 1)
        && !(part.touches_previous(at) && part.kind(at - 1) != Some(TokenKind::Symbol))
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
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::text::Span;

    fn check(language: Language, cases: &[(&str, Option<f64>, &str)]) {
        for (text, value, rest) in cases {
            let part = Part::new(text, Span::new(0, text.len()), language, None);
            let reading = read(&part, 0);
            assert_eq!(reading.map(|r| r.value), *value, "{text}");
            let end = reading.map_or(0, |r| part.tokens[r.end - 1].span.end);
            assert_eq!(&text[end..], *rest, "{text}");
        }
    }

    #[test]
    fn italian_numbers() {
        check(
            Language::It,
            &[
                ("ventitré case", Some(23.0), " case"),
                ("novecentomila", Some(900_000.0), ""),
                ("due milioni e mezzo di voti", Some(2_500_000.0), " di voti"),
                ("un milione e duecentomila", Some(1_200_000.0), ""),
                ("900 mila copie", Some(900_000.0), " copie"),
                ("900mila", Some(900_000.0), ""),
                ("1,3 miliardi", Some(1.3e9), ""),
                ("8,2 milioni", Some(8_200_000.0), ""),
                ("10 mld di euro", Some(1e10), " di euro"),
                ("duemila miliardi", Some(2e12), ""),
                ("una dozzina di uova", Some(12.0), " di uova"),
                ("mezzo milione", Some(500_000.0), ""),
                ("trent'uno", Some(31.0), ""),
                ("due terzi dei seggi", Some(2.0 / 3.0), " dei seggi"),
                ("un terzo degli elettori", Some(1.0 / 3.0), " degli elettori"),
                ("un terzo uomo", None, "un terzo uomo"),
                ("un anno", None, "un anno"),
                ("sei e sette", Some(6.0), " e sette"),
                ("mille e duemila", Some(1000.0), " e duemila"),
                ("meno 12 gradi", Some(-12.0), " gradi"),
                ("1.500.000", Some(1_500_000.0), ""),
                ("12 300,50", Some(12_300.5), ""),
                ("10k", Some(10_000.0), ""),
                ("zero virgola zero tre", Some(0.03), ""),
            ],
        );
    }

    #[test]
    fn english_numbers() {
        check(
            Language::En,
            &[
                ("nine hundred thousand", Some(900_000.0), ""),
                ("two hundred and five people", Some(205.0), " people"),
                ("one hundred and two hundred", Some(100.0), " and two hundred"),
                ("half a million", Some(500_000.0), ""),
                ("two and a half million", Some(2_500_000.0), ""),
                ("3 million and a quarter", Some(3_250_000.0), ""),
                ("a couple of days", Some(2.0), " of days"),
                ("a hundred and twenty", Some(120.0), ""),
                ("a day", None, "a day"),
                ("1.3bn", Some(1.3e9), ""),
                ("three quarters of a billion", Some(750_000_000.0), ""),
                ("twenty-three", Some(23.0), ""),
                ("a third of voters", Some(1.0 / 3.0), " of voters"),
                ("6.5x10^3 cells", Some(6500.0), " cells"),
                ("5/17/2018", Some(5.0), "/17/2018"),
                ("1 4/5", Some(1.8), ""),
                ("two point two million", Some(2_200_000.0), ""),
                ("one hundred and three and two thirds", Some(103.0 + 2.0 / 3.0), ""),
                ("20/30 guests", Some(20.0), "/30 guests"),
                ("one point five", Some(1.5), ""),
            ],
        );
    }

    #[test]
    fn ordinals_in_words() {
        for (text, language, expected) in [
            ("ventunesimo", Language::It, Some(21.0)),
            ("terza", Language::It, Some(3.0)),
            ("centesimo", Language::It, Some(100.0)),
            ("twenty-first", Language::En, Some(21.0)),
            ("one hundred and fifth", Language::En, Some(105.0)),
            ("house", Language::En, None),
        ] {
            let part = Part::new(text, Span::new(0, text.len()), language, None);
            assert_eq!(read_ordinal(&part, 0).map(|(value, ..)| value), expected, "{text}");
        }
    }
}
