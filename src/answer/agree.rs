//! Whether two answers say the same: values are compared as values, words as words.

use crate::facts::{Amount, Value};
use crate::language::grammar;
use crate::language::{Language, stem};
use crate::text::{TokenKind, fold, straighten, tokens};

/// How far apart two amounts may be and still be one, as a share of the larger.
const ROUNDING: f64 = 0.02;

/// How two answers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// They say the same.
    Same,
    /// They agree, and the first tells it more finely.
    Finer,
    /// They agree, and the first tells it more coarsely.
    Coarser,
    /// They cannot both hold.
    Contrary,
    /// They are different things, which may both hold.
    Different,
}

/// How the answer `a` stands to the answer `b`; each is its value, if it has one, and its words.
pub(super) fn agreement(a: (Option<&Value>, &str, Language), b: (Option<&Value>, &str, Language)) -> Agreement {
    match (a.0, b.0) {
        (Some(Value::Date(x)), Some(Value::Date(y))) => {
            if x.is_unresolved() || y.is_unresolved() {
                words_agree(a, b)
            } else if x == y {
                Agreement::Same
            } else if x.contradicts(y) {
                Agreement::Contrary
            } else if x.is_finer_than(y) {
                Agreement::Finer
            } else if y.is_finer_than(x) {
                Agreement::Coarser
            } else {
                Agreement::Same
            }
        }
        (Some(Value::Money { amount: x, currency: c }), Some(Value::Money { amount: y, currency: d })) => {
            if c == d {
                amounts(x, y)
            } else {
                Agreement::Different
            }
        }
        (Some(Value::Quantity { amount: x, unit: u }), Some(Value::Quantity { amount: y, unit: v })) => {
            if u == v {
                amounts(x, y)
            } else {
                Agreement::Different
            }
        }
        (Some(Value::Percent(x)), Some(Value::Percent(y))) => amounts(x, y),
        (Some(Value::Duration { iso: x }), Some(Value::Duration { iso: y })) if x == y => Agreement::Same,
        (Some(Value::Number { amount: x }), Some(Value::Number { amount: y })) if x == y => Agreement::Same,
        (Some(x), Some(y)) if x.name().is_some() && y.name().is_some() => {
            let (x, y) = (x.name().map_or("", |n| &n.name), y.name().map_or("", |n| &n.name));
            words_agree((None, x, a.2), (None, y, b.2))
        }
        _ => words_agree(a, b),
    }
}

fn amounts(x: &Amount, y: &Amount) -> Agreement {
    let close = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
    let (x_to, y_to) = (x.to_amount.unwrap_or(x.amount), y.to_amount.unwrap_or(y.amount));
    if close(x.amount, y.amount) && close(x_to, y_to) {
        Agreement::Same
    } else if x.amount >= y.amount && x_to <= y_to {
        Agreement::Finer
    } else if y.amount >= x.amount && y_to <= x_to {
        Agreement::Coarser
    } else {
        Agreement::Contrary
    }
}

fn words_agree(a: (Option<&Value>, &str, Language), b: (Option<&Value>, &str, Language)) -> Agreement {
    let (x, y) = (content(a.1, a.2), content(b.1, b.2));
    let within = |inner: &[String], outer: &[String]| !inner.is_empty() && inner.iter().all(|w| outer.contains(w));
    match (within(&x, &y), within(&y, &x)) {
        (true, true) => Agreement::Same,
        (true, false) => Agreement::Coarser,
        (false, true) => Agreement::Finer,
        (false, false) => Agreement::Different,
    }
}

/// The stems of the words that carry meaning; all words, if none does.
fn content(words: &str, language: Language) -> Vec<String> {
    let grammar = grammar(language);
    let all: Vec<_> = tokens(words).into_iter().filter(|t| t.kind != TokenKind::Symbol).collect();
    let carries = |t: &&crate::text::Token<'_>| {
        t.kind == TokenKind::Number || grammar.class(&straighten(&t.text.to_lowercase())).is_none()
    };
    let told: Vec<String> = all.iter().filter(carries).map(|t| stem(&fold(t.text), language)).collect();
    if told.is_empty() { all.iter().map(|t| fold(t.text)).collect() } else { told }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::AmountRelation;

    fn money(amount: f64) -> Value {
        let amount = Amount { amount, to_amount: None, relation: AmountRelation::Exactly };
        Value::Money { amount, currency: Some("EUR".into()) }
    }

    #[test]
    fn amounts_are_compared_as_values() {
        let check = |x: f64, y: f64, expected| {
            let (x, y) = (money(x), money(y));
            assert_eq!(agreement((Some(&x), "a", Language::It), (Some(&y), "b", Language::It)), expected);
        };
        check(1.3e9, 1.31e9, Agreement::Same);
        check(1.3e9, 2.0e9, Agreement::Contrary);
    }

    #[test]
    fn words_are_compared_by_what_they_carry() {
        let check = |x, y, expected| {
            assert_eq!(agreement((None, x, Language::It), (None, y, Language::It)), expected, "{x} / {y}");
        };
        check("la Honda", "Honda", Agreement::Same);
        check("Luca de Meo", "de Meo", Agreement::Finer);
        check("Honda", "Sony", Agreement::Different);
    }
}
