//! What something is: "X è un …", "X is the …", "X, il noto produttore di …, …".

use crate::language::names::NameClass;
use crate::language::standing::WordClass;
use crate::text::{Span, TokenKind};

use super::name::{Named, View, ending_at};
use super::speech::Reading;
use super::value::{Fact, Modality, Value};

/// The most tokens of a definition.
const LONGEST: usize = 45;

/// Adds the definitions in the sentences of `ranges` (tokens); `names` are the names of the part.
pub(super) fn find(
    view: &View<'_, '_>,
    reading: &Reading<'_, '_>,
    ranges: &[(usize, usize)],
    names: &[Named],
    found: &mut Vec<Fact>,
) {
    for (from, to) in ranges {
        for at in *from..*to {
            if let Some((subject, text)) = copula(view, reading, names, at, *from, *to) {
                found.push(fact(view, subject, text));
            }
        }
    }
    for name in names {
        let after = ranges.partition_point(|(from, _)| *from <= name.from);
        let to = after.checked_sub(1).map_or(view.part.len(), |range| ranges[range].1);
        if let Some(text) = apposition(view, reading, name, to) {
            found.push(fact(view, (name.from, name.to), text));
        }
    }
}

fn fact(view: &View<'_, '_>, subject: (usize, usize), text: (usize, usize)) -> Fact {
    let words = |range: (usize, usize)| {
        view.part.span(range.0, range.1).of(view.part.text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let span: Span = view.part.span(text.0, text.1);
    let value = Value::Definition { name: words(subject), text: words(text) };
    Fact { value, span, modality: Modality::Stated, attribution: None }
}

/// The subject and the definition that the verb at `at` joins.
fn copula(
    view: &View<'_, '_>,
    reading: &Reading<'_, '_>,
    names: &[Named],
    at: usize,
    from: usize,
    to: usize,
) -> Option<((usize, usize), (usize, usize))> {
    if !view.words.is_copula(reading.word(at)) || !view.is_lower(at) || at == from {
        return None;
    }
    let mut text = at + 1;
    while text < to && reading.is(WordClass::Adverb, text) {
        text += 1;
    }
    let noun = text + 1;
    let defines = view.words.defines(reading.word(text)) && view.part.kind(noun) == Some(TokenKind::Word) && noun < to;
    if !defines {
        return None;
    }
    let subject = subject(view, reading, names, at, from)?;
    let end = clause_end(view, reading, noun, to);
    (end > noun).then_some((subject, (text, end)))
}

/// The name or the noun phrase that ends before the verb at `at`.
fn subject(
    view: &View<'_, '_>,
    reading: &Reading<'_, '_>,
    names: &[Named],
    at: usize,
    from: usize,
) -> Option<(usize, usize)> {
    let mut end = at;
    if view.is_symbol(end - 1, ")") {
        end = (from..end).rev().find(|i| view.is_symbol(*i, "("))?;
    } else if view.is_symbol(end - 1, ",") {
        end = (from..end - 1).rev().find(|i| view.is_symbol(*i, ","))?;
    }
    if let Some(name) = ending_at(names, end) {
        let owned = name.from > from && view.is(name.from - 1, NameClass::OF);
        if !owned {
            return Some((name.from, name.to));
        }
    }
    let phrase = reading.noun_phrase(from, end)?;
    let noun =
        (phrase.0..phrase.1).any(|i| view.word(i).len() >= 3 && !crate::language::is_function_word(view.word(i)));
    (phrase.1 == end && noun).then_some(phrase)
}

/// What stands in apposition to `name`, in a sentence that ends before token `to`.
fn apposition(view: &View<'_, '_>, reading: &Reading<'_, '_>, name: &Named, to: usize) -> Option<(usize, usize)> {
    let mut comma = name.to;
    if view.is_symbol(comma, "(") {
        comma = (comma..(comma + 10).min(to)).find(|at| view.is_symbol(*at, ")"))? + 1;
    }
    let from = comma + 1;
    if !view.is_symbol(comma, ",") || from + 1 >= to {
        return None;
    }
    let article = view.words.defines(reading.word(from));
    let noun = if article { from + 1 } else { from };
    let role = (noun..noun + 3).any(|at| view.is(at, NameClass::ROLE) && view.part.kind(at) == Some(TokenKind::Word));
    if !(article && (view.is_lower(noun) || role) || role && view.is_lower(noun)) {
        return None;
    }
    let end = (noun..to.min(from + LONGEST))
        .find(|at| view.is_symbol(*at, ",.;:!?)–—»”\"") || reading.is(WordClass::Beside, *at))
        .unwrap_or(to);
    let relative = (noun..end).find(|at| reading.is(WordClass::Inside, *at)).unwrap_or(end);
    let verb = (noun..relative).any(|at| {
        view.is_lower(at)
            && (reading.is(WordClass::Finite, at)
                || reading.verb(at).is_some()
                || reading.words.ending(view.text(at)).is_some())
    });
    let closed = view.is_symbol(end, ",)–—") || (noun..relative).any(|at| view.is(at, NameClass::OF));
    (!verb && closed && end > noun).then_some((from, end))
}

/// Where the clause that begins at `from` ends.
fn clause_end(view: &View<'_, '_>, reading: &Reading<'_, '_>, from: usize, to: usize) -> usize {
    let limit = to.min(from + LONGEST);
    let ends = |at: usize| {
        let other = reading.is(WordClass::Beside, at + 1)
            || reading.is(WordClass::Coordinating, at + 1) && reading.is(WordClass::Finite, at + 2);
        view.is_symbol(at, ";:!?–—»”") || view.is_symbol(at, ".") && at + 1 >= to || view.is_symbol(at, ",") && other
    };
    (from..limit).find(|at| ends(*at)).unwrap_or(limit)
}
