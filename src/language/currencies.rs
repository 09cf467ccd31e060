//! Currencies, from `currencies.toml`: codes and symbols, which no language owns, and their names in each.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::phrases::Phrases;
use super::{Language, table};

/// What some words say of an amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Currency {
    /// ISO 4217, where the words tell.
    pub code: Option<&'static str>,
    /// The part of the currency that is meant: 0.01 for cents.
    pub part: f64,
    /// Whether its words stand before a number too ("dollars 20") and are nothing else there ("won 6").
    pub stands_first: bool,
}

/// The currencies as one language names them.
pub struct Currencies {
    names: Phrases<Currency>,
    exact_symbols: Phrases<Currency>,
    folded_symbols: Phrases<Currency>,
    codes: FxHashMap<&'static str, Currency>,
    plain_codes: FxHashMap<String, Currency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SymbolTable {
    codes: HashSet<String>,
    plain_codes: HashSet<String>,
    symbols: BTreeMap<String, String>,
    part_symbols: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameTable {
    kinds_first: bool,
    kind_endings: BTreeMap<String, Vec<String>>,
    currency: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    words: Vec<String>,
    code: Option<String>,
    #[serde(default = "whole")]
    part: f64,
    #[serde(default)]
    only_after: bool,
    #[serde(default)]
    kinds: BTreeMap<String, String>,
}

fn whole() -> f64 {
    1.0
}

impl Currencies {
    /// The names in `language`.
    pub fn of(language: Language) -> &'static Currencies {
        static IT: LazyLock<NameTable> =
            LazyLock::new(|| table("it/currencies.toml", include_str!("it/currencies.toml")));
        static EN: LazyLock<NameTable> =
            LazyLock::new(|| table("en/currencies.toml", include_str!("en/currencies.toml")));
        static ITALIAN: LazyLock<Currencies> = LazyLock::new(|| Currencies::new(&IT));
        static ENGLISH: LazyLock<Currencies> = LazyLock::new(|| Currencies::new(&EN));
        match language {
            Language::It => &ITALIAN,
            Language::En => &ENGLISH,
        }
    }

    fn new(named: &'static NameTable) -> Self {
        static SYMBOLS: LazyLock<SymbolTable> =
            LazyLock::new(|| table("currencies.toml", include_str!("currencies.toml")));
        let shared = &*SYMBOLS;
        let of_code = |code: &'static str| Currency { code: Some(code), part: 1.0, stands_first: true };
        let symbols: Vec<(&str, Currency)> = shared
            .symbols
            .iter()
            .map(|(symbol, code)| (symbol.as_str(), of_code(code)))
            .chain(
                shared
                    .part_symbols
                    .iter()
                    .map(|s| (s.as_str(), Currency { code: None, part: 0.01, stands_first: true })),
            )
            .collect();
        let mut names = Vec::new();
        for currency in &named.currency {
            let (part, stands_first) = (currency.part, !currency.only_after);
            for word in &currency.words {
                names.push((word.clone(), Currency { code: currency.code.as_deref(), part, stands_first }));
                for (kind, code) in &currency.kinds {
                    let meaning = Currency { code: Some(code), part, stands_first };
                    names.extend(inflected(kind, &named.kind_endings).into_iter().map(|kind| {
                        let phrase =
                            if named.kinds_first { format!("{kind} {word}") } else { format!("{word} {kind}") };
                        (phrase, meaning.clone())
                    }));
                }
            }
        }
        Self {
            names: Phrases::folded(names),
            exact_symbols: Phrases::exact(symbols.iter().cloned()),
            folded_symbols: Phrases::folded(symbols),
            codes: shared.codes.iter().map(|code| (code.as_str(), of_code(code))).collect(),
            plain_codes: shared.plain_codes.iter().map(|code| (code.to_lowercase(), of_code(code))).collect(),
        }
    }

    /// The currency named by the words from word `at` on ("dollari canadesi"), folded, with the place after them.
    pub fn name_at<'w>(&self, at: usize, folded: impl Fn(usize) -> &'w str) -> Option<(&Currency, usize)> {
        self.names.at(at, folded)
    }

    /// The currency of the symbol that begins with word `at` ("US$"), with the place after it.
    pub fn symbol_at<'w>(
        &self,
        at: usize,
        written: impl Fn(usize) -> &'w str,
        folded: impl Fn(usize) -> &'w str,
    ) -> Option<(&Currency, usize)> {
        self.exact_symbols.at(at, written).or_else(|| self.folded_symbols.at(at, folded))
    }

    /// The currency of an ISO 4217 code: in capitals, or in any case where it is no word.
    pub fn of_code(&self, code: &str) -> Option<&Currency> {
        self.codes.get(code).or_else(|| self.plain_codes.get(code.to_lowercase().as_str()))
    }
}

/// The kind in all the forms that agreement gives it; the longest ending that is listed decides.
fn inflected(kind: &str, endings: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let fitting = endings.iter().filter(|(ending, _)| kind.ends_with(ending.as_str()) && !kind.contains(' '));
    match fitting.max_by_key(|(ending, _)| ending.len()) {
        Some((ending, forms)) => {
            let stem = &kind[..kind.len() - ending.len()];
            forms.iter().map(|form| format!("{stem}{form}")).collect()
        }
        None => vec![kind.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_agree_in_italian() {
        let names = Currencies::of(Language::It);
        for (words, expected) in [
            (["dollari", "canadesi"], Some("CAD")),
            (["lire", "turche"], Some("TRY")),
            (["franchi", "gatti"], None),
            (["euro", "gatti"], Some("EUR")),
        ] {
            let found = names.name_at(0, |i| words.get(i).copied().unwrap_or(""));
            assert_eq!(found.and_then(|(currency, _)| currency.code), expected, "{words:?}");
        }
        assert_eq!(names.of_code("usd").and_then(|c| c.code), Some("USD"));
        assert_eq!(names.of_code("Try"), None);
    }
}
