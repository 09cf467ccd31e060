//! Units of measure, from `units.toml`: their abbreviations, which no language owns, and their names in each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::phrases::Phrases;
use super::{Language, table};
use crate::text::fold;

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The symbol that it is told by: `km`.
    pub symbol: String,
    /// What it measures. Only units of one dimension add up.
    pub dimension: String,
    /// Its size in the dimension's base unit.
    pub size: f64,
    #[serde(default)]
    written: Vec<String>,
    #[serde(default)]
    guarded: Vec<String>,
}

impl Unit {
    /// The degree of an angle or of a temperature whose scale is not told.
    pub fn degree() -> &'static Unit {
        by_symbol("°")
    }
}

/// How a text names a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitName {
    /// The unit.
    pub unit: &'static Unit,
    /// How much the words must be distrusted.
    pub trust: Trust,
}

/// How sure it is that some words name a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// They are nothing else.
    Name,
    /// They are an everyday noun too, and need a number before them ("a foot").
    Common,
    /// They are a word or a name too, and count next to digits or where no word follows ("5 in").
    Guarded,
}

/// The units as one language names them.
pub struct UnitNames {
    exact: Phrases<UnitName>,
    folded: Phrases<UnitName>,
    names: Phrases<UnitName>,
    asked: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitTable {
    unit: Vec<Unit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameTable {
    names: BTreeMap<String, Vec<String>>,
    common: BTreeMap<String, Vec<String>>,
    /// By dimension, the words that ask for it.
    asked: BTreeMap<String, Vec<String>>,
}

impl UnitNames {
    /// The names in `language`.
    pub fn of(language: Language) -> &'static UnitNames {
        static IT: LazyLock<UnitNames> =
            LazyLock::new(|| UnitNames::new(table("it/units.toml", include_str!("it/units.toml"))));
        static EN: LazyLock<UnitNames> =
            LazyLock::new(|| UnitNames::new(table("en/units.toml", include_str!("en/units.toml"))));
        match language {
            Language::It => &IT,
            Language::En => &EN,
        }
    }

    fn new(table: NameTable) -> Self {
        let named = |symbol: &str, trust: Trust| UnitName { unit: by_symbol(symbol), trust };
        let names = |names: BTreeMap<String, Vec<String>>, trust: Trust| {
            let each =
                names.into_iter().flat_map(|(symbol, words)| words.into_iter().map(move |w| (w, symbol.clone())));
            each.map(|(word, symbol)| (word, named(&symbol, trust))).collect::<Vec<_>>()
        };
        let written = all_units().iter().flat_map(|unit| {
            let plain = unit.written.iter().map(move |w| (w, UnitName { unit, trust: Trust::Name }));
            plain.chain(unit.guarded.iter().map(move |w| (w, UnitName { unit, trust: Trust::Guarded })))
        });
        Self {
            exact: Phrases::exact(written.clone()),
            folded: Phrases::folded(written),
            names: Phrases::folded(
                names(table.names, Trust::Name).into_iter().chain(names(table.common, Trust::Common)),
            ),
            asked: table
                .asked
                .into_iter()
                .flat_map(|(dimension, words)| words.into_iter().map(move |word| (fold(&word), dimension.clone())))
                .collect(),
        }
    }

    /// The dimension that the words of a question, in lower case and without accents, ask to be told in ("long",
    /// "length": `length`); none where they speak of several.
    pub fn dimension_asked<'w>(&'static self, words: impl Iterator<Item = &'w str>) -> Option<&'static str> {
        let mut asked = words.filter_map(|word| self.asked.get(word).map(String::as_str));
        let first = asked.next()?;
        asked.all(|other| other == first).then_some(first)
    }

    /// The unit named by the longest phrase that begins with word `at`, with the place after it; `written` gives the
    /// words as they stand, `folded` in lower case and without accents.
    pub fn at<'w>(
        &self,
        at: usize,
        written: impl Fn(usize) -> &'w str,
        folded: impl Fn(usize) -> &'w str,
    ) -> Option<(UnitName, usize)> {
        let name = self.names.at(at, &folded);
        let exact = self.exact.at(at, written);
        let abbreviation = match (exact, self.folded.at(at, &folded)) {
            (Some(exact), Some(folded)) if folded.1 > exact.1 => Some(folded),
            (exact, folded) => exact.or(folded),
        };
        let longest = match (name, abbreviation) {
            (Some(name), Some(abbreviation)) if abbreviation.1 > name.1 => Some(abbreviation),
            (Some(name), _) => Some(name),
            (None, abbreviation) => abbreviation,
        };
        longest.map(|(name, end)| (*name, end))
    }
}

/// What the unit that is told by `symbol` measures; none if there is no such unit.
pub fn dimension(symbol: &str) -> Option<&'static str> {
    find(symbol).map(|unit| unit.dimension.as_str())
}

fn find(symbol: &str) -> Option<&'static Unit> {
    all_units().iter().find(|unit| unit.symbol == symbol)
}

fn all_units() -> &'static [Unit] {
    static UNITS: LazyLock<UnitTable> = LazyLock::new(|| table("units.toml", include_str!("units.toml")));
    &UNITS.unit
}

/// # Panics
/// If a language names a unit that is not in the table.
fn by_symbol(symbol: &str) -> &'static Unit {
    find(symbol).unwrap_or_else(|| panic!("units.toml has no {symbol:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn check(text: &str, language: Language, expected: Option<&str>) {
        let written: Vec<&str> = tokens(text).iter().map(|t| t.text).collect();
        let folded: Vec<String> = written.iter().map(|w| fold(w)).collect();
        let found = UnitNames::of(language).at(
            0,
            |i| written.get(i).copied().unwrap_or(""),
            |i| folded.get(i).map_or("", String::as_str),
        );
        assert_eq!(found.map(|(name, _)| name.unit.symbol.as_str()), expected, "{text}");
    }

    #[test]
    fn units_are_told_by_name_and_abbreviation() {
        check("chilometri quadrati", Language::It, Some("km²"));
        check("chilometri", Language::It, Some("km"));
        check("square miles", Language::En, Some("mi²"));
        check("KM/H", Language::It, Some("km/h"));
        check("mW", Language::En, Some("mW"));
        check("MW", Language::En, Some("MW"));
        check("°C", Language::En, Some("°C"));
        check("gatti", Language::It, None);
    }

    #[test]
    fn a_question_asks_for_one_dimension() {
        let asked = |question: &str, language| UnitNames::of(language).dimension_asked(question.split(' '));
        assert_eq!(asked("quanto è lungo il ponte", Language::It), Some("length"));
        assert_eq!(asked("how much does it weigh", Language::En), Some("mass"));
        assert_eq!(asked("quanto pesa il ponte lungo tre campate", Language::It), None);
        assert_eq!(asked("quanto costa il ponte", Language::It), None);
        assert_eq!(dimension("km²"), Some("area"));
        assert_eq!(dimension("operai"), None);
    }

    #[test]
    fn every_symbol_stands_once() {
        let mut symbols: Vec<&str> = all_units().iter().map(|unit| unit.symbol.as_str()).collect();
        let count = symbols.len();
        symbols.sort_unstable();
        symbols.dedup();
        assert_eq!(symbols.len(), count);
    }
}
