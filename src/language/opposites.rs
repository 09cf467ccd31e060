//! What is said instead of something else: "begins" for "ends", "the wounded" for "the dead".

use std::sync::LazyLock;

use serde::Deserialize;

use super::Language;
use super::word_sets::{Sets, WordSets};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    alternative: Vec<Alternative>,
}

/// Things of which one is said where another is not meant, each with its words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alternative {
    it: Vec<Vec<String>>,
    en: Vec<Vec<String>>,
}

impl Alternative {
    fn sides(&self, language: Language) -> &[Vec<String>] {
        match language {
            Language::It => &self.it,
            Language::En => &self.en,
        }
    }
}

static FILE: LazyLock<File> = LazyLock::new(|| super::table("opposites.toml", include_str!("opposites.toml")));

/// The sides of all alternatives, and of each alternative all its sides.
static ALTERNATIVES: LazyLock<Vec<Sets>> = LazyLock::new(|| {
    let mut first = 0;
    let sides = |alternative: &Alternative| {
        let count = alternative.it.len();
        let all = ((1 << count) - 1) << first;
        first += count;
        all
    };
    FILE.alternative.iter().map(sides).collect()
});

/// The words of `language`, those known in questions only where it is one (`asked`), each with its sides.
pub fn sides(language: Language, asked: bool) -> &'static WordSets {
    static TABLES: LazyLock<[[WordSets; 2]; 2]> =
        LazyLock::new(|| Language::ALL.map(|language| [false, true].map(|asked| of_language(language, asked))));
    let place = Language::ALL.iter().position(|other| *other == language).unwrap_or_default();
    &TABLES[place][usize::from(asked)]
}

fn of_language(language: Language, asked: bool) -> WordSets {
    let sides = FILE.alternative.iter().flat_map(|alternative| alternative.sides(language));
    let known: Vec<(String, Sets)> = sides
        .enumerate()
        .flat_map(|(number, words)| words.iter().map(move |word| (word, 1 << number)))
        .filter_map(|(word, side)| match word.strip_prefix('?') {
            Some(word) => asked.then(|| (word.to_owned(), side)),
            None => Some((word.clone(), side)),
        })
        .collect();
    WordSets::new(language, known.iter().map(|(word, side)| (word, *side)))
}

/// The sides that are opposed to those of `asked`: none of an alternative of which it has no side, or all.
pub fn opposed(asked: Sets) -> Sets {
    ALTERNATIVES.iter().filter(|all| asked & **all != 0).fold(0, |found, all| found | (all & !asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, language: Language, asked: bool) -> Sets {
        sides(language, asked).in_text(text, language)
    }

    #[test]
    fn each_alternative_has_the_same_sides_in_both_languages() {
        for alternative in &FILE.alternative {
            let (it, en) = (&alternative.it, &alternative.en);
            assert!(
                it.len() == en.len() && it.len() > 1 && it.iter().chain(en).all(|words| !words.is_empty()),
                "{it:?}"
            );
        }
        let sides: usize = FILE.alternative.iter().map(|alternative| alternative.it.len()).sum();
        assert!(sides <= Sets::BITS as usize);
    }

    #[test]
    fn common_words_of_another_meaning_have_no_side() {
        for (language, text) in [
            (
                Language::It,
                "iniziativa ultimo completo sala salute bocca licenza papa parte partito importante maggiore minore",
            ),
            (Language::It, "accusare riprendere andato termine calore chiodo avviso nascosto padrone rosso quotidiano"),
            (Language::En, "author authority department important major minor even declined ruling mind rosy"),
        ] {
            for word in text.split(' ') {
                assert_eq!(said(word, language, false), 0, "{word}");
            }
        }
    }

    #[test]
    fn one_side_is_opposed_to_the_others() {
        for (asked, language, text, of_text, expected) in [
            ("quando finiranno i lavori", Language::It, "i lavori cominciano a settembre", Language::It, true),
            ("quando finiranno i lavori", Language::It, "work begins in september", Language::En, true),
            ("quando finiranno i lavori", Language::It, "i lavori finiranno a settembre", Language::It, false),
            ("when does work end", Language::En, "work starts in may", Language::En, true),
            ("when does work start", Language::En, "it will be ready by the end of may", Language::En, false),
            ("who is the youngest", Language::En, "il più anziano è ugo", Language::It, true),
            ("quanti sono i feriti", Language::It, "i morti sono tre", Language::It, true),
            ("quanto costa al mese", Language::It, "costa 90 euro all'anno", Language::It, true),
        ] {
            let opposed = opposed(said(asked, language, true)) & said(text, of_text, false);
            assert_eq!(opposed != 0, expected, "{asked}: {text}");
        }
    }
}
