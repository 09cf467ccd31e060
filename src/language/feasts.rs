//! Names of feasts and of days that are kept every year, and when they are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Language, table};

/// The feasts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feasts {
    /// Names that are other words as well: they count only with a capital inside a sentence, or by themselves.
    pub capital: Vec<String>,
    /// Names that are those of persons and places as well: they count only by themselves or with a year.
    pub alone: Vec<String>,
    /// Names by their day. `facts::date` knows how it is written: `12-25`, `easter -2`, `4 4 11` (the fourth Thursday
    /// of November), `hebrew 7-15 -1 x9` (nine days from the evening before), `7:-1` (a day earlier than a Sunday).
    pub feast: BTreeMap<String, Vec<String>>,
}

impl Feasts {
    /// The feasts that `language` has names for.
    ///
    /// # Panics
    /// If the table that comes with the program is broken; a test reads it.
    pub fn of(language: Language) -> &'static Feasts {
        static IT: LazyLock<Feasts> = LazyLock::new(|| table("it/feasts.toml", include_str!("it/feasts.toml")));
        static EN: LazyLock<Feasts> = LazyLock::new(|| table("en/feasts.toml", include_str!("en/feasts.toml")));
        match language {
            Language::It => &IT,
            Language::En => &EN,
        }
    }
}
