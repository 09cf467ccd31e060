//! What words mean in Italian and in English.
//!
//! Words are data: each language has a folder of TOML tables (`it/`, `en/`), which a person who knows the language
//! and no Rust can mend.

mod abbreviations;
mod amounts;
pub mod boilerplate;
pub mod cognate;
mod currencies;
mod dates;
mod detect;
mod feasts;
mod function_words;
mod grammar;
pub mod lemma;
pub mod lexicon;
pub mod names;
mod numbers;
pub mod opposites;
pub mod paywall;
mod phrases;
mod plurals;
pub mod relations;
pub mod standing;
mod units;
mod verbs;
pub mod word_sets;
mod words;
pub mod world;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use abbreviations::abbreviations;
pub use amounts::{AmountWords, Exactness};
pub use currencies::{Currencies, Currency};
pub use dates::{DateRule, DateTables, Tenses};
pub use detect::{Detection, detect, detect_with_sureness};
pub use feasts::Feasts;
pub use function_words::is_function_word;
pub use grammar::{Grammar, WordClass, grammar};
pub use lemma::stem;
pub use numbers::{Atom, Collective, Form, NumberWords};
pub use phrases::Phrases;
pub use plurals::Plurals;
pub use units::{Trust, Unit, UnitName, UnitNames, dimension};
pub use verbs::{Verbs, verbs};
pub use words::{Classes, FollowUp, Words, words};

/// A language that chiedi understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Italian.
    It,
    /// English.
    En,
}

impl Language {
    /// Both languages.
    pub const ALL: [Language; 2] = [Language::It, Language::En];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::It => "it",
            Language::En => "en",
        }
    }

    /// The language with this code, whatever its case and region (`it`, `EN`, `it-IT`, `en_US`).
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Language::ALL.into_iter().find(|language| language.code() == primary)
    }

    /// The other one.
    pub fn other(self) -> Language {
        match self {
            Language::It => Language::En,
            Language::En => Language::It,
        }
    }
}

/// A table of words that the program carries; `file` is its path below `src/language/`.
///
/// # Panics
/// If the table is not what the program expects: it was changed since the tests ran.
pub(crate) fn table<T: DeserializeOwned>(file: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|cause| panic!("src/language/{file}: {cause}"))
}
