//! Numbers in digits, with the separators of either language.

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
