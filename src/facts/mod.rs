//! Facts: dates, amounts, names and what is said of them, with normalised values.
//!
//! Facts are found when an article is indexed, so that answering a question is choosing among them. Each kind has
//! its own finder, `find(part, &mut found)`, that adds what it sees in one [`part::Part`] with spans of that part;
//! finders know nothing of each other. Of values that overlap (a number inside a date) only one is kept, here.
//! Names need the whole article and are found over all parts at once.

mod amount;
mod date;
mod definition;
mod duration;
mod list;
mod modality;
mod money;
mod name;
mod number;
mod ordinal;
mod part;
mod percent;
mod quantity;
mod quotation;
mod role;
mod speech;
mod value;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::language::{Language, NumberWords, abbreviations};
use crate::text::{Span, sentences};

pub use modality::standing;
pub use name::tagger;
pub use value::*;

use modality::Standing;
use name::{Named, View};
use part::Part;
use speech::{Reading, token_ranges};

/// The facts in `text`, in order of their start. Spans are bytes of `text`.
///
/// `reference` is the day that "domani" and "last year" are counted from; without it they stay unresolved.
pub fn find(text: &str, language: Language, reference: Option<Date>) -> Vec<Fact> {
    find_in(text, &[Span::new(0, text.len())], language, reference).pop().unwrap_or_default()
}

/// The facts in each of `parts` of one article's `text`; what a name stands for in one part is known in the others.
/// Spans are bytes of the whole `text`.
pub fn find_in(text: &str, parts: &[Span], language: Language, reference: Option<Date>) -> Vec<Vec<Fact>> {
    let parts: Vec<Part<'_>> = parts.iter().map(|span| Part::new(text, *span, language, reference)).collect();
    let mut found: Vec<Vec<Fact>> = parts.iter().map(values_in).collect();
    let names = name::find(&parts, &mut found);
    for ((view, names), facts) in names.iter().zip(&mut found) {
        find_what_is_said(view, names, facts);
        facts.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end), f.value.kind()));
        for fact in facts {
            fact.span = fact.span.shifted(view.part.base);
        }
    }
    found
}

/// Adds definitions, lists and quotations, and tells for each fact how sure its sentence is and whom it credits.
fn find_what_is_said(view: &View<'_, '_>, names: &[Named], facts: &mut Vec<Fact>) {
    let part = view.part;
    let reading = Reading::new(part);
    let ranges = token_ranges(part, &sentences(part.text, abbreviations(part.language)));
    definition::find(view, &reading, &ranges, names, facts);
    list::find(view, &reading, &ranges, names, facts);
    facts.sort_by_key(|fact| fact.span.start);
    let mut rest = facts.as_mut_slice();
    for (from, to) in ranges.into_iter().filter(|(from, to)| from < to) {
        let end = part.tokens[to - 1].span.end;
        let (inside, others) = rest.split_at_mut(rest.partition_point(|fact| fact.span.start < end));
        rest = others;
        if inside.is_empty() {
            continue;
        }
        let standing = Standing::of(&reading, from, to);
        for fact in inside {
            (fact.modality, fact.attribution) = standing.at(&reading, fact.span, false);
        }
    }
    let quotations = quotation::quotations(&reading);
    for quotation in quotations.iter().filter(|quotation| quotation.speaker.is_some()) {
        let words = part.span(quotation.from, quotation.to);
        let first = facts.partition_point(|fact| fact.span.start < words.start);
        for fact in facts[first..].iter_mut().take_while(|fact| fact.span.start < words.end) {
            fact.attribution.clone_from(&quotation.speaker);
        }
    }
    quotation::find(part, &quotations, facts);
}

/// The dates and amounts of one part, none of which overlaps another.
fn values_in(part: &Part<'_>) -> Vec<Fact> {
    let mut found = Vec::new();
    amount::find(part, &mut found);
    ordinal::find(part, &mut found);
    let shares: Vec<Span> = found.iter().filter(|fact| is_share(part, fact)).map(|fact| fact.span).collect();
    date::find(part, &mut found);
    found.retain(|fact| !matches!(fact.value, Value::Duration { .. }) || !shares.contains(&fact.span));
    let decimals: Vec<Span> = found.iter().filter(|fact| is_decimal(part, fact)).map(|fact| fact.span).collect();
    found.retain(|fact| !matches!(fact.value, Value::Date { .. }) || !decimals.contains(&fact.span));
    let mut found = without_overlaps(found);
    found.sort_by_key(|fact| fact.span.start);
    money::join_equivalents(part, &mut found);
    found
}

/// Whether "three quarters" is a fraction and no length of time: of something, or with nothing round it.
fn is_share(part: &Part<'_>, fact: &Fact) -> bool {
    let below_one = matches!(fact.value, Value::Number { amount } if amount > 0.0 && amount < 1.0);
    let next = part.tokens.partition_point(|token| token.span.start < fact.span.end);
    below_one
        && (NumberWords::of(part.language).is_of_the(part.word(next)) || fact.span.len() == part.text.trim().len())
}

/// Whether digits have the decimal sign of the text's language, and are no day of a month: "10.08" in English.
fn is_decimal(part: &Part<'_>, fact: &Fact) -> bool {
    let decimal = NumberWords::of(part.language).decimal();
    matches!(fact.value, Value::Number { .. }) && fact.span.of(part.text).matches(decimal).count() == 1
}

/// Of facts that overlap, the longest, and of equally long ones the most specific (the first in [`FactKind`]); a bare
/// number or ordinal displaces only what lies wholly inside a longer number.
fn without_overlaps(mut found: Vec<Fact>) -> Vec<Fact> {
    let is_bare = |f: &Fact| matches!(f.value, Value::Number { .. } | Value::Ordinal { .. });
    // "a quarter" is no time in "one billion and a quarter million". Numbers are found in order and do not overlap.
    let numbers: Vec<Span> = found.iter().filter(|f| matches!(f.value, Value::Number { .. })).map(|f| f.span).collect();
    let is_within = |span: Span| {
        let before = numbers.partition_point(|n| n.start <= span.start);
        before > 0 && numbers[before - 1].len() > span.len() && numbers[before - 1].contains(span)
    };
    found.retain(|f| is_bare(f) || !is_within(f.span));
    found.sort_by_key(|f| (is_bare(f), std::cmp::Reverse(f.span.len()), f.value.kind(), f.span.start));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let overlaps = |taken: &BTreeMap<usize, usize>, span: Span| {
        taken.range(..span.end).next_back().is_some_and(|(_, end)| *end > span.start)
    };
    found.retain(|fact| {
        let free = !overlaps(&taken, fact.span);
        if free {
            taken.insert(fact.span.start, fact.span.end);
        }
        free
    });
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// Checks what holds of the facts of any text: spans inside it, on the bounds of characters and in order, and
    /// values that can be written and read again. `fuzz/fuzz_targets/facts.rs` asks the same of bytes found by
    /// search.
    fn check(text: &str) {
        for language in Language::ALL {
            let facts = find(text, language, Some(date(2024, 2, 29)));
            for fact in &facts {
                assert!(text.get(fact.span.start..fact.span.end).is_some_and(|words| !words.is_empty()), "{text:?}");
                let value = serde_json::to_string(&fact.value).expect("a value can be written");
                assert!(serde_json::from_str::<Value>(&value).is_ok(), "{text:?}: {value}");
            }
            assert!(facts.is_sorted_by_key(|fact| fact.span.start), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_read_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            check(&String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn any_mixture_of_words_is_read_without_harm(words in prop::collection::vec(prop::sample::select(vec![
            "il", "di", "tra", "and", "from", "dal", "31", "30 febbraio", "0", "1e308", "1.500,75", "½", "-", "–", "/", ".", ",",
            "mila", "miliardi", "billion", "percent", "%", "€", "US$", "km", "°", "2024", "44 a.C.", "XIX secolo", "fa", "ago",
            "Easter", "Ramadan", "99999", "Mario", "De", "Roma", "S.p.A.", "(", ")", "«", "»", "\"", "“", "detto", "avrebbe",
            "'", "’s", "é", "e\u{301}", "\u{200b}", "🙂", "\n", "\n\n", "\t", "ﬁ", "İ", "ß", "Ǆ",
        ]), 0..24), spaced in any::<bool>()) {
            check(&words.join(if spaced { " " } else { "" }));
        }
    }
}
