//! The words of pages that hide an article behind a subscription, in both languages: either may stand on a page in
//! the other.

use std::sync::LazyLock;

use serde::Deserialize;

use super::boilerplate::words;
use super::table;
use crate::text::tokens;

/// A line in which a page asks for a subscription has at most so many words.
const LONGEST: usize = 40;

/// The words of one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paywall {
    phrases: String,
    /// Beginnings of words of a line that asks for consent to cookies, say.
    consent: Vec<String>,
    /// Beginnings of words of a line that asks for a subscription all the same.
    pays: Vec<String>,
    /// Lines that ask for a subscription, for the tests.
    pub examples: Vec<String>,
    /// Lines that do not, for the tests.
    pub counter_examples: Vec<String>,
}

static TABLES: LazyLock<[Paywall; 2]> = LazyLock::new(tables);

static PHRASES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let phrases = TABLES.iter().flat_map(|table| table.phrases.lines().map(phrase));
    phrases.filter(|phrase| !phrase.is_empty()).collect()
});

/// Whether `line` asks for a subscription, or for an account, to show the rest of an article.
pub fn asks_for_subscription(line: &str) -> bool {
    let words = phrase(line);
    words.len() <= LONGEST
        && PHRASES.iter().any(|phrase| words.windows(phrase.len()).any(|part| part == &phrase[..]))
        && !asks_for_consent(&words)
}

/// Whether a line asks to accept cookies and not to pay: the article is there below the banner.
fn asks_for_consent(words: &[String]) -> bool {
    let some = |of: fn(&Paywall) -> &[String]| {
        let mut starts = TABLES.iter().flat_map(of);
        starts.any(|start| words.iter().any(|word| word.starts_with(start.as_str())))
    };
    some(|table| &table.consent) && !some(|table| &table.pays)
}

/// The tables of both languages.
fn tables() -> [Paywall; 2] {
    [
        table("it/paywall.toml", include_str!("it/paywall.toml")),
        table("en/paywall.toml", include_str!("en/paywall.toml")),
    ]
}

fn phrase(text: &str) -> Vec<String> {
    words(&tokens(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_ask_and_counter_examples_do_not() {
        let mut checked = 0;
        for table in &*TABLES {
            for example in &table.examples {
                assert!(asks_for_subscription(example), "{example}");
            }
            for example in &table.counter_examples {
                assert!(!asks_for_subscription(example), "{example}");
            }
            checked += table.examples.len() + table.counter_examples.len();
        }
        assert!(checked >= 20, "{checked} examples");
    }
}
