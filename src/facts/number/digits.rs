//! Numbers in digits, with the separators of either language, and their powers.

use crate::facts::part::Part;
use crate::language::NumberWords;
use crate::text::TokenKind;

use super::{Reading, Style, whole};

/// The value of digits with their separators (`1.500`, `1,234.5`), where `decimal` is the decimal sign of the text's
/// language, or `None` for what is no number (`12.03.2024`, `007`).
pub(super) fn value(text: &str, decimal: char) -> Option<f64> {
    let separators: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let Some((last, sign)) = separators.last().copied() else {
        return (text.len() == 1 || !text.starts_with('0')).then(|| text.parse().ok()).flatten();
    };
    let kinds_differ = separators.iter().any(|(_, c)| *c != sign);
    let decimals = &text[last + 1..];
    let is_fraction = if kinds_differ {
        separators.iter().filter(|(_, c)| *c == sign).count() == 1
    } else if separators.len() > 1 {
        false
    } else {
        decimals.len() != 3 || sign == decimal || text.starts_with('0') || last > 3
    };
    let whole = if is_fraction { &text[..last] } else { text };
    if !is_grouped(whole) {
        return None;
    }
    let mut plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    if is_fraction {
        plain.push('.');
        plain.push_str(decimals);
    }
    plain.parse().ok()
}

/// Whether the digits have no separators, or groups of three after the first.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    rest.is_empty() || (matches!(first.len(), 1..=3) && rest.iter().all(|g| g.len() == 3))
}

/// Digits with their separators, groups apart by a space too ("10 000,50", "1'500", ".08").
pub(super) fn at(part: &Part<'_>, at: usize) -> Option<(f64, usize)> {
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
    value(&grouped, decimal).map(|value| (value, end))
}

/// Whether token `at` is the decimal sign of a number without a whole part (".08").
pub(super) fn is_leading_decimal(part: &Part<'_>, at: usize) -> bool {
    matches!(part.word(at), "." | ",")
        && part.kind(at + 1) == Some(TokenKind::Number)
        && part.word(at + 1).bytes().all(|b| b.is_ascii_digit())
        && part.touches_previous(at + 1)
        && !(part.touches_previous(at) && part.kind(at - 1) != Some(TokenKind::Symbol))
}

/// "12.32e+14", "6,2 × 10^-4", "1.3x10^6", "1.1^23".
pub(super) fn power(part: &Part<'_>, reading: Reading) -> Reading {
    if !matches!(reading.style, Style::PlainDigits | Style::Digits) || reading.scale != 1.0 {
        return reading;
    }
    let from = part.tokens[reading.end - 1].span.end;
    let rest = &part.text[from..];
    let by_e = || rest.strip_prefix(['e', 'E']).map(|exponent| (reading.value, 10.0, exponent));
    let by_ten = || {
        let ten = rest.trim_start().strip_prefix(['x', '×', '·', '*'])?.trim_start().strip_prefix("10")?;
        Some((reading.value, 10.0, ten.strip_prefix('^')?))
    };
    let by_itself = || rest.strip_prefix('^').map(|exponent| (1.0, reading.value, exponent));
    let Some((times, base, exponent)) = by_e().or_else(by_ten).or_else(by_itself) else { return reading };
    let unsigned = exponent.trim_start_matches(['+', '-', '−']);
    let signs = &exponent[..exponent.len() - unsigned.len()];
    let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let Ok(power) = unsigned[..length].parse::<u16>() else { return reading };
    let to = part.text.len() - unsigned.len() + length;
    let Some(end) = part.tokens.iter().skip(reading.end).position(|t| t.span.end == to) else { return reading };
    let is_negative = signs.chars().filter(|sign| *sign != '+').count() % 2 == 1;
    let power = if is_negative { -f64::from(power) } else { f64::from(power) };
    let value = whole(times * base.powf(power));
    if value.is_finite() { Reading::new(value, reading.end + end + 1, Style::Digits) } else { reading }
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn separators_of_both_languages() {
        for (text, decimal, expected) in [
            ("1.500", ',', Some(1500.0)),
            ("1.500", '.', Some(1.5)),
            ("1,500", ',', Some(1.5)),
            ("1.5", ',', Some(1.5)),
            ("1,234,567", ',', Some(1_234_567.0)),
            ("1.234,56", '.', Some(1234.56)),
            ("1,234.56", ',', Some(1234.56)),
            ("0.500", ',', Some(0.5)),
            ("01,10", ',', Some(1.1)),
            ("5,00", '.', Some(5.0)),
            ("2024", ',', Some(2024.0)),
            ("0", ',', Some(0.0)),
            ("007", ',', None),
            ("12.03.2024", ',', None),
            ("192.168.1.1", '.', None),
            ("1.23,456.7", '.', None),
        ] {
            assert_eq!(value(text, decimal), expected, "{text} with {decimal}");
        }
    }
}
