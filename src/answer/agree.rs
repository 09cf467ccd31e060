//! Whether two answers say the same: values are compared as values, words as words.

use crate::facts::{Amount, AmountRelation, Value};
use crate::language::{Language, grammar, lexicon, stem, world};
use crate::text::{TokenKind, fold, straighten, tokens};

/// How far apart two amounts may be and still be one, as a share of the larger; and how far "about" reaches.
const ROUNDING: f64 = 0.02;
const ABOUT: f64 = 0.1;

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
        (
            Some(Value::Money { amount: x, currency: c, equivalent: p }),
            Some(Value::Money { amount: y, currency: d, equivalent: q }),
        ) => {
            let about = |amount| Amount { amount, to_amount: None, relation: AmountRelation::About };
            if c == d {
                amounts(x, y)
            } else if let Some(told) = p.as_ref().filter(|told| Some(&told.currency) == d.as_ref()) {
                amounts(&about(told.amount), y)
            } else if let Some(told) = q.as_ref().filter(|told| Some(&told.currency) == c.as_ref()) {
                amounts(x, &about(told.amount))
            } else {
                Agreement::Different
            }
        }
        (Some(Value::Quantity { amount: x, unit: u }), Some(Value::Quantity { amount: y, unit: v })) => {
            if same_thing((u, a.2), (v, b.2)) { amounts(x, y) } else { Agreement::Different }
        }
        (Some(Value::Number { amount: x }), Some(Value::Number { amount: y })) => {
            let exactly = |amount| Amount { amount, to_amount: None, relation: AmountRelation::Exactly };
            amounts(&exactly(*x), &exactly(*y))
        }
        // What the bare number counts, the sentence says in other words.
        (Some(Value::Number { amount: x }), Some(Value::Quantity { amount: y, .. }))
        | (Some(Value::Quantity { amount: y, .. }), Some(Value::Number { amount: x })) => {
            if *x == y.amount && y.to_amount.is_none() { Agreement::Same } else { Agreement::Different }
        }
        (Some(Value::Percent(x)), Some(Value::Percent(y))) => amounts(x, y),
        (Some(Value::Duration { iso: x, .. }), Some(Value::Duration { iso: y, .. })) if x == y => Agreement::Same,
        (Some(x), Some(y)) if x.name().is_some() && y.name().is_some() => {
            let (x, y) = (x.name().map_or("", |n| &n.name), y.name().map_or("", |n| &n.name));
            let place = |name: &str| world::place(&fold(name)).map(|place| place.english);
            if place(x).is_some() && place(x) == place(y) {
                return Agreement::Same;
            }
            words_agree((None, x, a.2), (None, y, b.2))
        }
        _ => words_agree(a, b),
    }
}

/// Whether two counted nouns or units are one, perhaps in two languages.
fn same_thing(a: (&str, Language), b: (&str, Language)) -> bool {
    let stemmed =
        |words: &str, language| tokens(words).iter().map(|t| stem(&fold(t.text), language)).collect::<Vec<_>>();
    let of_b = stemmed(b.0, b.1);
    a.0 == b.0
        || a.1 == b.1 && stemmed(a.0, a.1) == of_b
        || a.1 != b.1 && lexicon::translations(a.0, a.1).iter().any(|word| stemmed(word, b.1) == of_b)
}

fn amounts(x: &Amount, y: &Amount) -> Agreement {
    let close = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
    let (x_to, y_to) = (x.to_amount.unwrap_or(x.amount), y.to_amount.unwrap_or(y.amount));
    let apart =
        x.relation.is_upward() && y.relation.is_downward() || x.relation.is_downward() && y.relation.is_upward();
    if close(x.amount, y.amount) && close(x_to, y_to) && !apart {
        return Agreement::Same;
    }
    let (x, y) = (reach(x), reach(y));
    if x.0 >= y.0 && x.1 <= y.1 {
        Agreement::Finer
    } else if y.0 >= x.0 && y.1 <= x.1 {
        Agreement::Coarser
    } else if x.1 < y.0 || y.1 < x.0 {
        Agreement::Contrary
    } else {
        Agreement::Different
    }
}

/// From where to where an amount may lie: "over 300" is not contradicted by 350.
fn reach(amount: &Amount) -> (f64, f64) {
    use AmountRelation::*;
    let (from, to) = (amount.amount, amount.to_amount.unwrap_or(amount.amount));
    match amount.relation {
        Exactly => (from, to),
        About => (from - ABOUT * from.abs(), to + ABOUT * to.abs()),
        relation if relation.is_upward() => (from, f64::INFINITY),
        _ => (f64::NEG_INFINITY, to),
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

    fn money((amount, relation): (f64, AmountRelation)) -> Value {
        let amount = Amount { amount, to_amount: None, relation };
        Value::Money { amount, currency: Some("EUR".into()), equivalent: None }
    }

    #[test]
    fn money_in_another_currency_agrees_by_the_equivalent_that_a_text_tells() {
        let yuan = |text: &str| crate::facts::find(text, Language::En, None).remove(0).value;
        let told = yuan("10 billion yuan (1.3 billion euros)");
        let euros = money((1.31e9, AmountRelation::Exactly));
        let check = |x: &Value, y: &Value, expected| {
            assert_eq!(agreement((Some(x), "a", Language::En), (Some(y), "b", Language::En)), expected);
        };
        check(&told, &euros, Agreement::Same);
        check(&euros, &told, Agreement::Same);
        check(&told, &money((2.6e9, AmountRelation::Exactly)), Agreement::Contrary);
        check(&yuan("10 billion yuan"), &euros, Agreement::Different);
    }

    #[test]
    fn amounts_are_compared_as_values() {
        use AmountRelation::*;
        let check = |x: (f64, AmountRelation), y: (f64, AmountRelation), expected| {
            let (x, y) = (money(x), money(y));
            assert_eq!(
                agreement((Some(&x), "a", Language::It), (Some(&y), "b", Language::It)),
                expected,
                "{x:?} {y:?}"
            );
        };
        check((1.3e9, Exactly), (1.31e9, Exactly), Agreement::Same);
        check((1.3e9, Exactly), (2.0e9, Exactly), Agreement::Contrary);
        check((900.0, Exactly), (800.0, Over), Agreement::Finer);
        check((700.0, Exactly), (800.0, Over), Agreement::Contrary);
        check((800.0, About), (850.0, Exactly), Agreement::Coarser);
        check((850.0, Over), (800.0, About), Agreement::Different);
        check((800.0, Under), (800.0, Over), Agreement::Different);
    }

    #[test]
    fn counted_things_and_places_are_compared_across_languages() {
        let amount = |amount| Amount { amount, to_amount: None, relation: AmountRelation::Exactly };
        let counted = |count: f64, unit: &str| Value::Quantity { amount: amount(count), unit: unit.into() };
        let check = |x: &Value, y: &Value, expected| {
            assert_eq!(agreement((Some(x), "a", Language::It), (Some(y), "b", Language::En)), expected, "{x:?} {y:?}");
        };
        check(&counted(900.0, "dipendenti"), &counted(900.0, "employees"), Agreement::Same);
        check(&counted(900.0, "dipendenti"), &counted(700.0, "employees"), Agreement::Contrary);
        check(&counted(900.0, "dipendenti"), &counted(700.0, "bridges"), Agreement::Different);
        check(&counted(900.0, "dipendenti"), &Value::Number { amount: 900.0 }, Agreement::Same);
        check(&counted(900.0, "dipendenti"), &Value::Number { amount: 700.0 }, Agreement::Different);
        let place = |name: &str| {
            let found = crate::facts::find(&format!("Vive a {name} da anni."), Language::It, None);
            found.into_iter().map(|fact| fact.value).find(|value| value.name().is_some()).expect("a place")
        };
        check(&place("Londra"), &place("London"), Agreement::Same);
        check(&place("Londra"), &place("Parigi"), Agreement::Different);
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
