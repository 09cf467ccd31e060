//! Several things named together: "mele, pere e uva".

use crate::language::standing::WordClass;
use crate::text::TokenKind;

use super::name::{Named, View, beginning_at, ending_at};
use super::speech::Reading;
use super::value::{Fact, Modality, Value};

/// The most tokens of one item.
const LONGEST: usize = 6;

/// Adds the lists in the sentences of `ranges` (tokens); `names` are the names of the part.
pub(super) fn find(
    view: &View<'_, '_>,
    reading: &Reading<'_, '_>,
    ranges: &[(usize, usize)],
    names: &[Named],
    found: &mut Vec<Fact>,
) {
    for (from, to) in ranges {
        for at in *from..*to {
            let joins = reading.is(WordClass::Coordinating, at) && view.is_lower(at);
            let Some(items) = joins.then(|| items(view, reading, names, at, *from, *to)).flatten() else { continue };
            let (first, last) = (items[0].0, items[items.len() - 1].1);
            let words = |item: &(usize, usize)| {
                view.part.span(item.0, item.1).of(view.part.text).split_whitespace().collect::<Vec<_>>().join(" ")
            };
            let value = Value::List { items: items.iter().map(words).collect() };
            found.push(Fact {
                value,
                span: view.part.span(first, last),
                modality: Modality::Stated,
                attribution: None,
            });
        }
    }
}

/// The items that the conjunction at `at` ends, in order, at least three.
fn items(
    view: &View<'_, '_>,
    reading: &Reading<'_, '_>,
    names: &[Named],
    at: usize,
    from: usize,
    to: usize,
) -> Option<Vec<(usize, usize)>> {
    let name_at = |start: usize| beginning_at(names, start);
    let skip_article = |start: usize| if reading.is(WordClass::Article, start) { start + 1 } else { start };
    let start = skip_article(at + 1);
    let named = name_at(start);
    let last = match named {
        Some(name) => (name.from, name.to),
        None => reading.noun_phrase(at + 1, to.min(at + 1 + LONGEST))?,
    };
    let mut items = vec![last];
    let mut end = if at > from && view.is_symbol(at - 1, ",") { at - 1 } else { at };
    while let Some(comma) = (from..end).rev().take(LONGEST + 1).find(|i| view.is_symbol(*i, ",")) {
        let start = skip_article(comma + 1);
        let item = match name_at(start) {
            Some(name) if name.to == end => (name.from, name.to),
            None if named.is_none() && is_plain(view, reading, start, end) => (start, end),
            _ => return None,
        };
        items.push(item);
        end = comma;
        let begins = (from..end).rev().take(LONGEST + 1).find(|i| view.is_symbol(*i, ","));
        let another = begins.is_some_and(|comma| match named {
            Some(_) => name_at(skip_article(comma + 1)).is_some_and(|name| name.to == end),
            None => is_plain(view, reading, skip_article(comma + 1), end),
        });
        if !another {
            break;
        }
    }
    if items.len() < 2 {
        return None;
    }
    items.push(match named {
        Some(_) => ending_at(names, end).map(|name| (name.from, name.to))?,
        None => tail(view, reading, from, end, items.iter().map(|item| item.1 - item.0).max().unwrap_or(1))?,
    });
    items.reverse();
    let words_only = named.is_none();
    let capital = |item: &(usize, usize)| (item.0..item.1).any(|at| view.part.tokens[at].is_capitalised());
    let closed = last.1 >= to || view.part.kind(last.1) == Some(TokenKind::Symbol);
    // Of three phrases the first may be what the other two describe.
    let sure = items.len() >= 4 || items.iter().all(|item| item.1 - item.0 == 1);
    (!words_only || closed && sure && !items.iter().any(capital)).then_some(items)
}

/// Whether the tokens `from..to` are nouns without a verb.
fn is_plain(view: &View<'_, '_>, reading: &Reading<'_, '_>, from: usize, to: usize) -> bool {
    from < to
        && to - from <= LONGEST
        && !reading.is(WordClass::Preposition, from)
        && (from..to).all(|at| view.part.kind(at) == Some(TokenKind::Word) && !stops(view, reading, at))
        && (from..to).any(|at| !crate::language::is_function_word(view.word(at)))
}

fn stops(view: &View<'_, '_>, reading: &Reading<'_, '_>, at: usize) -> bool {
    let classes = [WordClass::Finite, WordClass::Inside, WordClass::Beside, WordClass::Adverb];
    classes.iter().any(|class| reading.is(*class, at))
        || reading.verb(at).is_some()
        || reading.words.ending(view.text(at)).is_some()
}

/// The words before the first comma that are its item: back to an article, a preposition or a verb, and no more than
/// the other items have.
fn tail(
    view: &View<'_, '_>,
    reading: &Reading<'_, '_>,
    from: usize,
    end: usize,
    longest: usize,
) -> Option<(usize, usize)> {
    let mut start = end;
    while start > from && end - start < longest.min(3) {
        let at = start - 1;
        let ends = reading.is(WordClass::Article, at)
            || reading.is(WordClass::Preposition, at)
            || reading.is(WordClass::Connector, at)
            || stops(view, reading, at);
        if ends || view.part.kind(at) != Some(TokenKind::Word) {
            break;
        }
        start -= 1;
    }
    let content = start < end && (start..end).any(|at| !crate::language::is_function_word(view.word(at)));
    content.then_some((start, end))
}
