//! Amounts of money: "10 miliardi di yuan", "$1.3bn", "USD 200", "20 dollars 43 cents", "470 pence".

use crate::language::{Currencies, Currency, NumberWords, is_function_word};
use crate::text::{Span, TokenKind};

use super::amount::{Measure, Term};
use super::number::{self, Reading, Style};
use super::part::Part;
use super::value::{Equivalent, Fact, Value};

/// Money whose currency stands before the number, from token `at` on.
pub(super) fn with_symbol_first(part: &Part<'_>, at: usize) -> Option<Term> {
    if let Some(term) = glued(part, at) {
        return Some(term);
    }
    let (currency, next) = before(part, at)?;
    let reading = number::read(part, next).filter(|r| part.kind(next) != Some(TokenKind::Word) || r.scale > 1.0)?;
    let reading = with_million_letter(part, reading);
    let end = match after_number(part, reading.end) {
        // "$ 10 dollars"
        Some((again, end)) if again.code == currency.code && again.part == 1.0 && !is_number(part, end) => end,
        _ => reading.end,
    };
    let term = Term::of(reading, at, end, currency.part, Some(Measure::Money(currency.code)));
    Some(with_cents(part, scaled_after(part, term)))
}

/// Money whose currency stands after the number from token `at` on.
pub(super) fn after(part: &Part<'_>, at: usize, reading: Reading) -> Option<Term> {
    let from = number::measure_at(part, &reading);
    let letter = with_million_letter(part, reading);
    let (reading, from) = match after_number(part, letter.end) {
        Some(_) if letter.end > reading.end => (letter, letter.end),
        _ => (reading, from),
    };
    let (currency, end) = if reading.style == Style::Article {
        Currencies::of(part.language).name_at(from, |i| part.word(i)).filter(|(currency, _)| currency.part == 1.0)?
    } else {
        after_number(part, from)?
    };
    if currency.code == Some("GBP") && super::quantity::is_weight(part, at, end) {
        return None;
    }
    let term = Term::of(reading, at, end, currency.part, Some(Measure::Money(currency.code)));
    Some(if currency.part == 1.0 { with_cents(part, scaled_after(part, term)) } else { term })
}

/// Joins two amounts of which one stands in parentheses after the other in another currency: each is the other's
/// equivalent. `facts` are in order.
pub(super) fn join_equivalents(part: &Part<'_>, facts: &mut [Fact]) {
    for first in 1..facts.len() {
        let (before, after) = facts.split_at_mut(first);
        let (Some(one), Some(other)) = (before.last_mut(), after.first_mut()) else { continue };
        let between = &part.text[one.span.end..other.span.start];
        let opened = between.trim_start().strip_prefix('(');
        let small = |words: &str| words.split_whitespace().count() <= 2 && !words.contains(['(', ')', '.', ';']);
        if !opened.is_some_and(small) || !part.text[other.span.end..].trim_start().starts_with(')') {
            continue;
        }
        let (Some(own), Some(theirs)) = (sum(&one.value), sum(&other.value)) else { continue };
        if own.currency != theirs.currency {
            set_equivalent(&mut one.value, theirs);
            set_equivalent(&mut other.value, own);
        }
    }
}

fn sum(value: &Value) -> Option<Equivalent> {
    match value {
        Value::Money { amount, currency: Some(currency), .. } if amount.to_amount.is_none() => {
            Some(Equivalent { amount: amount.amount, currency: currency.clone() })
        }
        _ => None,
    }
}

fn set_equivalent(value: &mut Value, to: Equivalent) {
    if let Value::Money { equivalent, .. } = value {
        *equivalent = Some(to);
    }
}

/// The currency that stands before a number: a symbol, a code or a name.
fn before(part: &Part<'_>, at: usize) -> Option<(&'static Currency, usize)> {
    let currencies = Currencies::of(part.language);
    let found = symbol(part, at).or_else(|| code(part, at)).or_else(|| {
        let named = currencies.name_at(at, |i| part.word(i));
        named.filter(|(currency, end)| currency.stands_first && part.kind(*end) == Some(TokenKind::Number))
    });
    let (currency, next) = found?;
    let has_its_own = at > 1 && (symbol(part, at - 2).is_some() || code(part, at - 2).is_some());
    let after_number = at > 0 && is_number(part, at - 1) && !has_its_own;
    let is_symbol = part.kind(next - 1) == Some(TokenKind::Symbol);
    // "10 $ 30 $" and "15 dollars 50": the currency belongs to the number before it.
    let belongs_before = after_number && !(is_symbol && part.touches_previous(next) && !part.touches_previous(at));
    // "usd$ 15"
    let next = symbol(part, next).filter(|_| !is_symbol).map_or(next, |(_, end)| end);
    (!belongs_before).then_some((currency, next))
}

/// The currency that stands after a number, from token `at` on.
fn after_number(part: &Part<'_>, at: usize) -> Option<(&'static Currency, usize)> {
    let found = Currencies::of(part.language).name_at(at, |i| part.word(i));
    let found = found.or_else(|| {
        let (currency, end) = symbol(part, at)?;
        // "3 $50 notes"
        let of_next = part.touches_previous(end) && !part.touches_previous(at);
        (!of_next || part.kind(end) != Some(TokenKind::Number)).then_some((currency, end))
    });
    found.or_else(|| code(part, at))
}

/// The currency of a symbol ("US$"). A letter alone before the sign is a part of it where it stands directly before it.
fn symbol(part: &Part<'_>, at: usize) -> Option<(&'static Currency, usize)> {
    let (currency, end) =
        Currencies::of(part.language).symbol_at(at, |i| part.tokens.get(i).map_or("", |t| t.text), |i| part.word(i))?;
    let is_word = part.word(at).len() == 1 && is_function_word(part.word(at));
    let apart = end > at + 1 && !part.touches_previous(at + 1);
    (!(is_word && apart)).then_some((currency, end))
}

fn is_number(part: &Part<'_>, at: usize) -> bool {
    part.kind(at) == Some(TokenKind::Number)
}

fn code(part: &Part<'_>, at: usize) -> Option<(&'static Currency, usize)> {
    let token = part.tokens.get(at).filter(|t| t.is_word())?;
    Currencies::of(part.language).of_code(token.text).map(|currency| (currency, at + 1))
}

/// "USD115.5", "RM42": a code and digits in one token.
fn glued(part: &Part<'_>, at: usize) -> Option<Term> {
    let token = part.tokens.get(at).filter(|t| t.is_word())?;
    let letters = token.text.find(|c: char| c.is_ascii_digit())?;
    let (code, digits) = token.text.split_at(letters);
    let currencies = Currencies::of(part.language);
    let symbol = || currencies.symbol_at(0, |i| if i == 0 { code } else { "" }, |_| "").map(|(currency, _)| currency);
    let currency = currencies.of_code(code).or_else(symbol)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let from = token.span.start + letters;
    let rest = Part::new(
        part.text,
        Span::new(from, part.text.len().min(ceil_boundary(part.text, from + 64))),
        part.language,
        None,
    );
    let reading = number::read(&rest, 0)?;
    let end_byte = from + rest.tokens[reading.end - 1].span.end;
    let end = part.tokens.iter().skip(at).position(|t| t.span.end == end_byte)? + at + 1;
    let measure = Some(Measure::Money(currency.code));
    Some(scaled_after(part, Term::of(reading, at, end, currency.part, measure)))
}

fn ceil_boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

/// "$5m": a small m is a million only where money is told.
fn with_million_letter(part: &Part<'_>, reading: Reading) -> Reading {
    let is_letter = part.word(reading.end) == "m" && part.touches_previous(reading.end) && reading.scale == 1.0;
    if is_letter { reading.times(1e6, reading.end + 1) } else { reading }
}

/// "75 USD million"
fn scaled_after(part: &Part<'_>, term: Term) -> Term {
    match number::scale_word(part, term.end).filter(|_| term.scale == 1.0) {
        Some(scale) => Term { value: term.value * scale, scale, end: term.end + 1, ..term },
        None => term,
    }
}

/// "20 dollars *43 cents*", "15 dollari *e 15*", "two yuan *five jiao three fen*"
fn with_cents(part: &Part<'_>, term: Term) -> Term {
    let mut term = term;
    let mut last = 1.0;
    while let Some((cents, currency_part, end)) = cents_at(part, &term, last) {
        term = Term { value: term.value + cents / (1.0 / currency_part), end, ..term };
        last = currency_part;
    }
    term
}

/// The amount of a smaller unit than `last` after `term`, what that unit is worth, and the token after it.
fn cents_at(part: &Part<'_>, term: &Term, last: f64) -> Option<(f64, f64, usize)> {
    if term.scale > 1.0 || last == 1.0 && term.value.fract() != 0.0 {
        return None;
    }
    let and = NumberWords::of(part.language).is_and(part.word(term.end));
    let cents = number::read(part, term.end + usize::from(and))?;
    if !(1.0..100.0).contains(&cents.value) || cents.value.fract() != 0.0 {
        return None;
    }
    if part.word(cents.end) == "c" && part.touches_previous(cents.end) {
        return Some((cents.value, 0.01, cents.end + 1));
    }
    let named = after_number(part, cents.end).filter(|(currency, _)| currency.part < last);
    if let Some((currency, end)) = named {
        return Some((cents.value, currency.part, end));
    }
    let closes = part.kind(cents.end).is_none()
        || matches!(part.word(cents.end), "." | "," | ";" | ":" | "!" | "?" | ")")
        || cents.style == Style::PlainDigits && is_function_word(part.word(cents.end));
    (last == 1.0 && closes && cents.value >= 10.0).then_some((cents.value, 0.01, cents.end))
}
