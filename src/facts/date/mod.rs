//! Dates, periods and lengths of time.
//!
//! Stretches of words that may belong to a date are parsed with the rules of `dates.toml`; of the facts that begin at a
//! word the longest counts. What the words say ([`when::When`]) is then resolved to days, as far as it can be known.

mod agreement;
mod calendar;
mod digits;
mod feast;
mod grammar;
mod hindu;
mod make;
mod tense;
mod when;
mod words;
mod years;

use super::number;
use super::part::Part;
use super::{DateRelation, DateValue, Fact, Modality, Precision, Value};
use crate::language::DateTables;
use crate::language::standing::{self, Cue, WordClass};
use crate::text::TokenKind;

use calendar::Part as PartOf;
use grammar::{Class, Grammar, Parser};
use make::{Bound, Meaning, Said};
use tense::tense_at;
use when::{Context, Recurring, When};

/// How many words about one that tells of a time may belong to the same date.
const REACH: usize = 12;
/// How many words before "before" a denial of it may stand.
const DENIED_WITHIN: usize = 8;
/// How many words before "until" may stand what says that a thing was put off.
const PUT_OFF_WITHIN: usize = 3;

/// Adds the dates and lengths of time of `part`.
pub(super) fn find(part: &Part<'_>, found: &mut Vec<Fact>) {
    let grammar = Grammar::of(part.language);
    let mut previous = None;
    let mut done = 0;
    for at in 0..part.len() {
        if at < done || !grammar.vocabulary.tells_time(part, at) {
            continue;
        }
        let start = at.saturating_sub(REACH).max(done);
        let (island_start, lattice) = island(grammar, part, start, at);
        let mut parser = Parser::new(grammar, &lattice);
        let mut place = 0;
        while place < lattice.len() {
            let longest = parser.facts(place).iter().max_by_key(|(end, _)| *end).cloned();
            let read = longest.and_then(|(end, meaning)| {
                let (from, to) = (island_start + place, without_stop(part, island_start + end));
                let (from, meaning) = turned_about(grammar, part, from, meaning);
                let value = value_of(part, from, to, &meaning, &mut previous)?;
                Some((end, Fact { value, span: part.span(from, to), modality: Modality::Stated, attribution: None }))
            });
            match read {
                Some((end, fact)) => {
                    found.push(fact);
                    place = end;
                }
                None => place += 1,
            }
        }
        done = island_start + lattice.len();
    }
}

/// The words about token `at`, without a gap, that may belong to a date.
fn island(grammar: &Grammar, part: &Part<'_>, start: usize, at: usize) -> (usize, Vec<Vec<words::Lexeme>>) {
    let mut first = at;
    let mut lattice = vec![grammar.vocabulary.lexemes(part, at)];
    while first > start {
        let lexemes = grammar.vocabulary.lexemes(part, first - 1);
        if lexemes.is_empty() && !inside_longer(grammar, part, start, first - 1) {
            break;
        }
        first -= 1;
        lattice.insert(0, lexemes);
    }
    let mut next = at + 1;
    let mut covered =
        lattice.iter().enumerate().flat_map(|(i, l)| l.iter().map(move |l| first + i + l.length)).max().unwrap_or(next);
    while next < part.len() {
        let lexemes = grammar.vocabulary.lexemes(part, next);
        if lexemes.is_empty() && next >= covered {
            break;
        }
        covered = lexemes.iter().map(|l| next + l.length).max().unwrap_or(covered).max(covered);
        lattice.push(lexemes);
        next += 1;
    }
    (first, lattice)
}

/// Whether token `at` is inside something of several words that begins before it.
fn inside_longer(grammar: &Grammar, part: &Part<'_>, start: usize, at: usize) -> bool {
    (start.max(at.saturating_sub(4))..at).any(|i| grammar.vocabulary.lexemes(part, i).iter().any(|l| i + l.length > at))
}

/// The end of a span, without the full stop of an abbreviation that ends it.
fn without_stop(part: &Part<'_>, end: usize) -> usize {
    if part.word(end - 1) == "." { end - 1 } else { end }
}

/// A fact that begins at token `from`, or "from then on" where what holds "before" or "until" then is denied: with the
/// denial where it stands just before ("*non prima del* 3 maggio"), else without the words that limit ("non riapre prima
/// del *3 maggio*"). What is put off "until" then takes place then ("postponed until *3 May*").
fn turned_about(grammar: &Grammar, part: &Part<'_>, from: usize, meaning: Meaning) -> (usize, Meaning) {
    let Meaning::Fact(Said::Date(bound @ (Bound::Before | Bound::Until), when)) = &meaning else {
        return (from, meaning);
    };
    let limits = if *bound == Bound::Before { Class::Before } else { Class::Until };
    let lexemes = grammar.vocabulary.lexemes(part, from);
    let length = lexemes.iter().filter(|lexeme| lexeme.class == limits).map(|lexeme| lexeme.length).max();
    let behind = from + length.unwrap_or(0);
    let DateTables { not, put_off, .. } = DateTables::of(part.language);
    let opens = |at: usize| {
        let classes = standing::words(part.language).classes(&standing::lower(part.tokens[at].text));
        [WordClass::Inside, WordClass::Beside, WordClass::Coordinating].into_iter().any(|class| classes.has(class))
    };
    let in_clause = |at: &usize| part.kind(*at) == Some(TokenKind::Word) && !opens(*at);
    let is_said = |words: &String, at: usize| words.split(' ').enumerate().all(|(i, word)| word == part.word(at + i));
    let put_off = |at: usize| put_off.iter().any(|words| is_said(words, at));
    let mut near = (from.saturating_sub(PUT_OFF_WITHIN)..from).rev().take_while(in_clause);
    if *bound == Bound::Until && near.any(put_off) {
        return (behind, Meaning::Fact(Said::Date(Bound::In, when.clone())));
    }
    // "Per i non residenti" denies nothing that anybody does, and "non esclude" is no denial.
    let classes = |at: usize| standing::words(part.language).classes(part.word(at));
    let is_name = |at: usize| {
        at > 0 && [WordClass::Article, WordClass::Connector].iter().any(|class| classes(at - 1).has(*class))
    };
    let phrase = |at: usize| standing::words(part.language).phrase(|i| part.word(at + i));
    let denies = |at: &usize| {
        not.iter().any(|word| word == part.word(*at))
            && !is_name(*at)
            && phrase(*at).is_none_or(|(_, cue)| cue != Cue::Neutral)
    };
    let mut clause = (from.saturating_sub(DENIED_WITHIN)..from).rev().take_while(in_clause);
    let Some(denied) = clause.find(denies) else {
        return (from, meaning);
    };
    let start = if denied + 1 == from { denied } else { behind };
    (start, Meaning::Fact(Said::Date(Bound::From, when.clone())))
}

/// The value of what was read between two tokens, if it is one.
fn value_of(
    part: &Part<'_>,
    from: usize,
    to: usize,
    meaning: &Meaning,
    previous: &mut Option<jiff::civil::Date>,
) -> Option<Value> {
    let Meaning::Fact(said) = meaning else { return None };
    let (bound, when) = match said {
        Said::Length(length) => {
            let age = length.age || length.is_years() && stands_as_age(part, from, to);
            return Some(Value::Duration { iso: length.iso(), age });
        }
        Said::Date(bound, when) => (*bound, when),
    };
    if matches!(when, When::Recurring(Recurring::DayOfMonth(_))) && !stands_alone(part, to)
        || bound == Bound::Alone && !(from == 0 && words::is_end(part, to))
    {
        return None;
    }
    let tense = tense_at(part, DateTables::of(part.language), from, to);
    let context = Context { reference: part.reference, previous: *previous, tense };
    let period = when.resolve(&context, None);
    if let Some(period) = period.filter(|p| p.precision == Precision::Day && when.is_anchored()) {
        *previous = Some(period.from);
    }
    let (from, to) = (period.map(|p| p.from), period.map(|p| p.to));
    let (from, to, relation) = match bound {
        Bound::In | Bound::Alone => (from, to, DateRelation::In),
        Bound::About => (from, to, DateRelation::About),
        Bound::By => (None, to, DateRelation::By),
        // Before the end of the year is within the year.
        Bound::Before if matches!(when, When::Part(PartOf::End, _)) => (None, to, DateRelation::By),
        Bound::Before => (None, from.and_then(|d| d.yesterday().ok()), DateRelation::By),
        Bound::From => (from, None, DateRelation::From),
        Bound::After => (to.and_then(|d| d.tomorrow().ok()), None, DateRelation::From),
        Bound::Until if matches!(when, When::Stretch(..)) => (from, to, DateRelation::By),
        Bound::Until => (None, to, DateRelation::Until),
    };
    let precision = period.map_or_else(|| when.precision(), |p| p.precision);
    Some(Value::Date(DateValue { from, to, precision, relation }))
}

/// Whether a number of years between two tokens stands in apposition to a name: "Anna Bonetti, 47 anni, è uscita",
/// "Ugo Bo (61 anni)". In a row ("Bo, 12 anni; Riva, 8 anni") it may as well be a term in prison.
fn stands_as_age(part: &Part<'_>, from: usize, to: usize) -> bool {
    let number = part.kind(from) == Some(TokenKind::Number) || number::read(part, from).is_some();
    if !number || from < 2 || !part.tokens[from - 2].is_capitalised() {
        return false;
    }
    match part.word(from - 1) {
        "," => to >= part.len() || matches!(part.word(to), "," | "."),
        "(" => to < part.len() && part.word(to) == ")",
        _ => false,
    }
}

/// Whether a lone number before token `to` can be the day of a month: nothing follows that it could count.
fn stands_alone(part: &Part<'_>, to: usize) -> bool {
    to >= part.len() || matches!(part.word(to), "." | "," | ";" | ")" | "!" | "?" | ":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::text::Span;

    fn read(text: &str, language: Language) -> Vec<(String, String)> {
        let reference = "2024-05-15".parse().ok();
        let part = Part::new(text, Span::new(0, text.len()), language, reference);
        let mut found = Vec::new();
        find(&part, &mut found);
        found.into_iter().map(|fact| (fact.span.of(text).to_owned(), written(&fact.value))).collect()
    }

    fn written(value: &Value) -> String {
        match value {
            Value::Duration { iso, age: false } => iso.clone(),
            Value::Duration { iso, age: true } => format!("{iso} of age"),
            Value::Date(date) => match (date.from, date.to) {
                (Some(from), Some(to)) if from == to => from.to_string(),
                (from, to) => {
                    let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
                    format!("{}/{}", day(from), day(to))
                }
            },
            value => panic!("neither date nor duration: {value:?}"),
        }
    }

    #[test]
    fn rules_read_their_examples_and_not_their_counter_examples() {
        let (mut read_examples, mut wrong) = (0, Vec::new());
        for language in Language::ALL {
            for rule in &DateTables::of(language).rule {
                for (text, expected) in &rule.examples {
                    read_examples += 1;
                    let found = read(text, language);
                    if found.iter().map(|(_, value)| value).ne([expected]) {
                        wrong.push(format!("{language:?} {}: {text:?} gives {found:?}, not {expected}", rule.name));
                    }
                }
                for text in &rule.counter_examples {
                    read_examples += 1;
                    let found = read(text, language);
                    if !found.is_empty() {
                        wrong.push(format!("{language:?} {}: {text:?} gives {found:?}", rule.name));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(read_examples > 100, "only {read_examples} examples");
    }
}
