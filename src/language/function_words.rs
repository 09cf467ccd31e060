//! The small words of a language: what holds running text together.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{Language, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    own: String,
    shared: String,
    endings: String,
}

/// The function words of a language, in lower case.
pub(super) struct FunctionWords {
    /// Those that the other language does not have, or hardly.
    pub(super) own: FxHashSet<String>,
    /// Those that both have.
    pub(super) shared: FxHashSet<String>,
    /// How many of its other words end.
    pub(super) endings: Vec<String>,
}

static IT: LazyLock<FunctionWords> =
    LazyLock::new(|| load("it/function_words.toml", include_str!("it/function_words.toml")));
static EN: LazyLock<FunctionWords> =
    LazyLock::new(|| load("en/function_words.toml", include_str!("en/function_words.toml")));

/// The function words of `language`.
pub(super) fn function_words(language: Language) -> &'static FunctionWords {
    match language {
        Language::It => &IT,
        Language::En => &EN,
    }
}

/// Whether `word`, in lower case and with straight apostrophes, is a function word of either language.
pub fn is_function_word(word: &str) -> bool {
    Language::ALL.iter().any(|language| {
        let words = function_words(*language);
        words.own.contains(word) || words.shared.contains(word)
    })
}

fn load(file: &str, text: &str) -> FunctionWords {
    let table: Table = table(file, text);
    FunctionWords {
        own: table.own.split_whitespace().map(str::to_owned).collect(),
        shared: table.shared.split_whitespace().map(str::to_owned).collect(),
        endings: table.endings.split_whitespace().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_the_own_of_both() {
        let (it, en) = (function_words(Language::It), function_words(Language::En));
        assert!(it.own.len() > 150 && en.own.len() > 120);
        for word in &it.own {
            assert!(!en.own.contains(word), "{word} is in both lists");
        }
    }
}
