//! Quantities: units of measure ("3 km", "5 feet 10 inches") and counted nouns ("2.000 dipendenti").

use crate::language::{AmountWords, NumberWords, Plurals, Trust, Unit, UnitNames};
use crate::text::{TokenKind, nfc};

use super::amount::{Measure, Term};
use super::number::{self, Reading, Style};
use super::part::Part;

/// How many words may stand between a number and the noun that it counts.
const WORDS_BETWEEN: usize = 3;

/// From here on no number tells a temperature by itself.
const LARGEST_BELOW_ZERO: f64 = 274.0;

/// From here on no quotation mark stands for inches.
const LARGEST_WITH_MARK: f64 = 200.0;

/// A measure with the number from token `at` on.
pub(super) fn measured(part: &Part<'_>, at: usize, reading: Reading) -> Option<Term> {
    let words = AmountWords::of(part.language);
    let Some((unit, end)) = unit_after(part, &reading) else {
        // "10 below zero"
        let cools = reading.style != Style::Article && (0.0..LARGEST_BELOW_ZERO).contains(&reading.value);
        let (_, end) = words.below_zero.at(reading.end, |i| part.word(i)).filter(|_| cools)?;
        let below = Reading { value: -reading.value, ..reading };
        return Some(Term::of(below, at, end, 1.0, Some(Measure::Unit(Unit::degree()))));
    };
    let term = Term::of(reading, at, end, 1.0, Some(Measure::Unit(unit)));
    let term = with_smaller_unit(part, with_half(part, term), unit);
    Some(match words.below_zero.at(term.end, |i| part.word(i)) {
        Some((_, end)) if is_temperature(unit) => Term { value: -term.value, end, ..term },
        _ => term,
    })
}

fn is_temperature(unit: &Unit) -> bool {
    matches!(unit.dimension.as_str(), "celsius" | "fahrenheit" | "angle")
}

/// The unit that the number is followed by: "3 km", "68-ounce", "2,4 miliardi di galloni", "half a gallon".
fn unit_after(part: &Part<'_>, reading: &Reading) -> Option<(&'static Unit, usize)> {
    let from = number::measure_at(part, reading);
    // "20 {kg}", "20 <kg>"
    let brackets = matches!(part.word(from), "{" | "<" | "[") && part.word(from + 1).len() <= 3;
    let (name, end) = unit_at(part, from + usize::from(brackets))?;
    let closes = brackets && matches!(part.word(end), "}" | ">" | "]" | ")");
    let fits = match name.trust {
        Trust::Name => true,
        Trust::Common => reading.style != Style::Article,
        Trust::Guarded => reading.style != Style::Article && guard(part, from, end),
    };
    let is_word = part.kind(from) == Some(TokenKind::Word);
    let is_code = part.touches_previous(end) && part.kind(end) != Some(TokenKind::Symbol);
    // "a m" is no metre, "an ml" is.
    let short = reading.style == Style::Article && part.word(from).len() < 2;
    (fits && !short && !(is_code && is_word)).then_some((name.unit, end + usize::from(closes)))
}

fn unit_at(part: &Part<'_>, at: usize) -> Option<(crate::language::UnitName, usize)> {
    let written = |i: usize| part.tokens.get(i).map_or("", |t| t.text);
    UnitNames::of(part.language).at(at, written, |i| part.word(i))
}

/// Whether an abbreviation that is a word too stands as a unit does: next to the digits, or before no word.
fn guard(part: &Part<'_>, from: usize, end: usize) -> bool {
    if matches!(part.word(from), "\"" | "'" | "’") {
        return is_mark(part, from);
    }
    let closes = part.kind(end).is_none() || matches!(part.word(end), "." | "," | ";" | ":" | ")" | "!" | "?");
    part.touches_previous(from) || closes
}

/// Whether a quotation mark or an apostrophe directly after a small number stands for inches or feet: it closes no
/// quotation, and an apostrophe is followed by inches.
fn is_mark(part: &Part<'_>, at: usize) -> bool {
    let mark = part.word(at);
    let small = part.word(at - 1).parse::<f64>().is_ok_and(|n| n < LARGEST_WITH_MARK);
    let opened = (0..at).filter(|i| part.word(*i) == mark).count() % 2 == 1;
    let tied =
        part.touches_previous(at) && !(part.touches_previous(at + 1) && part.kind(at + 1) == Some(TokenKind::Word));
    let inches_follow =
        || part.kind(at + 1) == Some(TokenKind::Number) && part.touches_previous(at + 1) && part.word(at + 2) == "\"";
    small && tied && if mark == "\"" { !opened || is_feet_before(part, at) } else { inches_follow() }
}

/// Whether the number before token `at` follows feet: `6'2"`.
fn is_feet_before(part: &Part<'_>, at: usize) -> bool {
    at > 2 && matches!(part.word(at - 2), "'" | "’") && part.touches_previous(at - 1) && part.touches_previous(at - 2)
}

/// "un chilometro *e mezzo*", "1 metro *e 85*"
fn with_half(part: &Part<'_>, term: Term) -> Term {
    if !NumberWords::of(part.language).is_and(part.word(term.end)) {
        return term;
    }
    let Some(more) = number::read(part, term.end + 1) else { return term };
    let closes =
        !matches!(part.kind(more.end), Some(TokenKind::Word | TokenKind::Number)) || more.style == Style::Fraction;
    let in_metres = matches!(&term.measure, Some(Measure::Unit(unit)) if unit.symbol == "m");
    let part_of_unit = match more.style {
        Style::Fraction if more.value < 1.0 => more.value,
        Style::PlainDigits | Style::Words if in_metres && term.value < 3.0 && (10.0..100.0).contains(&more.value) => {
            more.value / 100.0
        }
        _ => return term,
    };
    if closes { Term { value: term.value + part_of_unit, end: more.end, ..term } } else { term }
}

/// "7 feet *10 inches*", "2 km *and 1 metre*": in the larger unit.
fn with_smaller_unit(part: &Part<'_>, term: Term, unit: &'static Unit) -> Term {
    let mut term = term;
    let mut last = unit;
    loop {
        let mut next = term.end;
        next += usize::from(part.word(next) == ",");
        next += usize::from(NumberWords::of(part.language).is_and(part.word(next)));
        let Some(more) = number::read(part, next).filter(|r| r.scale == 1.0 && r.value >= 0.0) else { return term };
        let Some((name, end)) = unit_at(part, more.end) else { return term };
        if name.unit.dimension != unit.dimension || name.unit.size >= last.size || more.style == Style::Fraction {
            return term;
        }
        last = name.unit;
        term = Term { value: term.value + more.value * last.size / unit.size, end, ..term };
    }
}

/// Whether pounds weigh something here rather than being money: "a pound of", "lost 20 pounds".
pub(super) fn is_weight(part: &Part<'_>, at: usize, end: usize) -> bool {
    let words = AmountWords::of(part.language);
    let of = NumberWords::of(part.language).is_of(part.word(end));
    let article = NumberWords::of(part.language).is_article(part.word(at));
    let near = (at.saturating_sub(4)..at).chain(end..end + 2).any(|i| words.weight.contains(part.word(i)));
    unit_at(part, end - 1).is_some() && (of || article || near)
}

/// A counted noun with the number from token `at` on.
pub(super) fn counted(part: &Part<'_>, at: usize, reading: Reading) -> Option<Term> {
    if reading.style == Style::Fraction {
        return divided(part, at, reading);
    }
    if reading.style == Style::Article {
        return one_and_a_half(part, at, reading);
    }
    if reading.value < 0.0 {
        return None;
    }
    let of = NumberWords::of(part.language).is_of(part.word(reading.end)) && (reading.scale > 1.0 || reading.about);
    let from = reading.end + usize::from(of);
    let (noun, end) = hyphenated(part, reading.end).or_else(|| counted_noun(part, from, reading.value == 1.0))?;
    let value = whole(part, &reading);
    let term = Term::of(Reading { value, ..reading }, at, end, 1.0, Some(Measure::Noun(noun)));
    let is_name = reading.style == Style::PlainDigits
        && (numbers_a_name(part, &term) && !is_sure_noun(part, &term) || is_year(part, at, &reading));
    (!is_name).then(|| if is_divisible(part, &term) { with_half(part, term) } else { term })
}

/// "un *punto e mezzo*"
fn one_and_a_half(part: &Part<'_>, at: usize, one: Reading) -> Option<Term> {
    let noun = Measure::Noun(part.word(one.end).to_owned());
    let term = Term::of(one, at, one.end + 1, 1.0, Some(noun));
    let half = is_divisible(part, &term).then(|| with_half(part, term.clone()))?;
    (half.end > term.end).then_some(half)
}

fn is_divisible(part: &Part<'_>, term: &Term) -> bool {
    let words = AmountWords::of(part.language);
    matches!(&term.measure, Some(Measure::Noun(noun)) if words.divisible.contains(noun.as_str()))
}

/// "half a *turn*", "mezzo *giro*"
fn divided(part: &Part<'_>, at: usize, reading: Reading) -> Option<Term> {
    let noun = number::measure_at(part, &reading);
    let is_divisible = AmountWords::of(part.language).divisible.contains(part.word(noun));
    is_divisible.then(|| Term::of(reading, at, noun + 1, 1.0, Some(Measure::Noun(part.word(noun).to_owned()))))
}

/// Things are counted in whole numbers: in "1,500 dipendenti" the comma stands before thousands in any language.
fn whole(part: &Part<'_>, reading: &Reading) -> f64 {
    let last = reading.end - 1;
    let in_digits = reading.scale == 1.0 && reading.value.fract() != 0.0 && part.kind(last) == Some(TokenKind::Number);
    match part.word(last).split_once(['.', ',']) {
        Some((whole, thousands)) if in_digits && thousands.len() == 3 && whole != "0" => {
            format!("{whole}{thousands}").parse().unwrap_or(reading.value)
        }
        _ => reading.value,
    }
}

/// "a *12-member* panel": a singular tied to the number by a hyphen.
fn hyphenated(part: &Part<'_>, hyphen: usize) -> Option<(String, usize)> {
    let words = AmountWords::of(part.language);
    let tied = part.word(hyphen) == "-" && part.touches_previous(hyphen) && part.touches_previous(hyphen + 1);
    let token = part.tokens.get(hyphen + 1).filter(|t| words.hyphenated && tied && t.is_word())?;
    let folded = part.word(hyphen + 1);
    let is_noun = token.text.chars().all(char::is_lowercase)
        && folded.len() > 2
        && !words.not_counted.contains(folded)
        && !Plurals::of(part.language).may_be_plural(folded, folded)
        && number::read_ordinal(part, hyphen + 1).is_none()
        && part.kind(hyphen + 2) == Some(TokenKind::Word);
    is_noun.then(|| (folded.to_owned(), hyphen + 2))
}

/// Whether the last word of a term is a noun even after a capitalised word that may be a name.
fn is_sure_noun(part: &Part<'_>, term: &Term) -> bool {
    let words = AmountWords::of(part.language);
    let noun = part.tokens[term.end - 1].text;
    let in_capitals = noun.chars().count() > 2 && noun.chars().all(char::is_uppercase);
    let sure = words.sure_endings.iter().any(|ending| part.word(term.end - 1).ends_with(ending.as_str()));
    in_capitals || sure && term.start > 0 && begins_sentence(part, term.start - 1)
}

fn begins_sentence(part: &Part<'_>, at: usize) -> bool {
    at == 0
        || part.gap_before(at).contains('\n')
        || matches!(part.word(at - 1), "." | "!" | "?" | ":" | "“" | "«" | "\"")
}

/// The noun that begins with token `from`, after adjectives, in the singular, with the token after it.
fn counted_noun(part: &Part<'_>, from: usize, one: bool) -> Option<(String, usize)> {
    let words = AmountWords::of(part.language);
    let plurals = Plurals::of(part.language);
    let mut best = None;
    let mut at = from;
    let mut skipped = 0;
    while skipped <= WORDS_BETWEEN {
        let Some(token) = part.tokens.get(at).filter(|t| t.is_word() && !t.is_elided()) else { break };
        let folded = part.word(at);
        let is_code = token.text.chars().any(|c| c.is_ascii_digit()) || folded.contains(['\'', '.']);
        let glued = at == from && part.touches_previous(at);
        let never = words.never_endings.iter().any(|ending| folded.ends_with(ending.as_str()));
        if is_code || glued || never || words.not_counted.contains(folded) || folded.chars().count() < 2 {
            break;
        }
        let noun = nfc(token.text).to_lowercase();
        let is_adjective = words.adjectives.contains(folded);
        let is_noun = !is_adjective && if one { best.is_none() } else { plurals.may_be_plural(&noun, folded) };
        if is_noun && (words.head_last || best.is_none()) {
            // "tre Ferrari": a name has no plural.
            let is_name =
                part.tokens[at].is_capitalised() && part.tokens[from - 1].text.starts_with(char::is_lowercase);
            let singular = if one || is_name { noun } else { plurals.singular(&noun, folded) };
            best = Some((singular, at + 1));
            if one || !words.head_last {
                break;
            }
        } else if best.is_some() || !is_adjective && !words.head_last {
            break;
        }
        at += 1;
        skipped += 1;
    }
    best
}

/// Whether four digits are a year here, which counts nothing ("nel 2024 clienti").
fn is_year(part: &Part<'_>, at: usize, reading: &Reading) -> bool {
    if part.word(at).len() != 4 {
        return false;
    }
    let recent = (1900.0..2050.0).contains(&reading.value) && reading.value != 2000.0;
    let introduced = at > 0 && AmountWords::of(part.language).year_before.contains(part.word(at - 1));
    recent || introduced && (1000.0..2100.0).contains(&reading.value)
}

/// Whether digits are a part of the name before them ("Polestar 4", "Boeing 737").
pub(super) fn numbers_a_name(part: &Part<'_>, term: &Term) -> bool {
    if term.style != Style::PlainDigits || term.value >= 10_000.0 || term.start == 0 {
        return false;
    }
    let previous = &part.tokens[term.start - 1];
    let words = AmountWords::of(part.language);
    previous.is_capitalised()
        && !previous.is_elided()
        && !words.not_counted.contains(part.word(term.start - 1))
        && !words.adjectives.contains(part.word(term.start - 1))
        && part.gap_before(term.start) == " "
}
