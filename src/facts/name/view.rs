//! A part as names are looked for in it: what class its words are of, where sentences begin, which lines are titles.

use std::collections::{HashMap, HashSet};

use crate::language::is_function_word;
use crate::language::names::{NameClass, NameWords, name_words};
use crate::language::{Language, world};
use crate::text::TokenKind;

use super::super::part::Part;

/// What the whole article tells of its words.
pub(super) struct Article {
    /// Folded words that stand in lower case somewhere.
    lower: HashSet<String>,
    /// Folded words that stand with a capital where no sentence begins.
    capital: HashSet<String>,
    /// Folded words with a number after them that stand so at least twice ("polestar 4").
    models: HashMap<String, usize>,
}

/// One part.
pub(in crate::facts) struct View<'p, 'a> {
    /// The part.
    pub part: &'p Part<'a>,
    /// The words of its language.
    pub words: &'static NameWords,
    classes: Vec<NameClass>,
    starts: Vec<bool>,
    title: Vec<bool>,
    models: Vec<bool>,
    lower: Vec<bool>,
    capital: Vec<bool>,
}

impl Article {
    pub fn new(parts: &[Part<'_>]) -> Self {
        let (mut lower, mut capital) = (HashSet::new(), HashSet::new());
        let mut models: HashMap<String, usize> = HashMap::new();
        for part in parts {
            let words = name_words(part.language);
            let title = title_lines(part);
            for (at, token) in part.tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
                if token.is_capitalised()
                    && part.kind(at + 1) == Some(TokenKind::Number)
                    && part.gap_before(at + 1) == " "
                {
                    *models.entry(format!("{} {}", part.word(at), part.word(at + 1))).or_default() += 1;
                }
                if title[at] {
                    continue;
                }
                let seen = if token.text.starts_with(char::is_lowercase) {
                    &mut lower
                } else if !starts_sentence(part, words, at) {
                    &mut capital
                } else {
                    continue;
                };
                if !seen.contains(part.word(at)) {
                    seen.insert(part.word(at).to_string());
                }
            }
        }
        models.retain(|_, count| *count >= 2);
        Self { lower, capital, models }
    }
}

impl<'p, 'a> View<'p, 'a> {
    pub(super) fn new(part: &'p Part<'a>, article: &Article) -> Self {
        let words = name_words(part.language);
        let classes: Vec<NameClass> = (0..part.len()).map(|at| words.classes(part.word(at))).collect();
        let starts: Vec<bool> = (0..part.len()).map(|at| starts_sentence(part, words, at)).collect();
        let title = title_lines(part);
        let model = |at: usize| {
            let number = at > 0 && part.kind(at) == Some(TokenKind::Number) && part.tokens[at - 1].is_capitalised();
            number && article.models.contains_key(&format!("{} {}", part.word(at - 1), part.word(at)))
        };
        let models = (0..part.len()).map(model).collect();
        let stands = |words: &HashSet<String>| (0..part.len()).map(|at| words.contains(part.word(at))).collect();
        let (lower, capital) = (stands(&article.lower), stands(&article.capital));
        Self { part, words, classes, starts, title, models, lower, capital }
    }

    /// Token `at`, folded; empty past the end.
    pub fn word(&self, at: usize) -> &str {
        self.part.word(at)
    }

    /// Token `at` as it is written; empty past the end.
    pub fn text(&self, at: usize) -> &'a str {
        self.part.tokens.get(at).map_or("", |t| t.text)
    }

    /// Whether token `at` is of one of the classes.
    pub fn is(&self, at: usize, classes: NameClass) -> bool {
        self.classes.get(at).is_some_and(|c| c.has(classes))
    }

    /// The classes of token `at`.
    pub(super) fn classes(&self, at: usize) -> NameClass {
        self.classes.get(at).copied().unwrap_or_default()
    }

    /// Whether the word at `at` stands in lower case somewhere in the article.
    pub(super) fn stands_lower(&self, at: usize) -> bool {
        self.lower.get(at).copied().unwrap_or(false)
    }

    /// Whether the word at `at` stands with a capital somewhere in the article where no sentence begins.
    pub(super) fn stands_capital(&self, at: usize) -> bool {
        self.capital.get(at).copied().unwrap_or(false)
    }

    /// Whether token `at` is the first of a sentence.
    pub fn starts(&self, at: usize) -> bool {
        self.starts.get(at).copied().unwrap_or(false)
    }

    /// Whether token `at` stands in a line whose words are all capitalised.
    pub fn in_title(&self, at: usize) -> bool {
        self.title.get(at).copied().unwrap_or(false)
    }

    /// Whether the number at `at` stands after the same word in other places too.
    pub fn is_model(&self, at: usize) -> bool {
        self.models.get(at).copied().unwrap_or(false)
    }

    /// Whether token `at` is this symbol.
    pub fn is_symbol(&self, at: usize, symbols: &str) -> bool {
        self.part.kind(at) == Some(TokenKind::Symbol) && symbols.contains(self.text(at))
    }

    /// Whether token `at` is a word in lower case.
    pub fn is_lower(&self, at: usize) -> bool {
        self.part.kind(at) == Some(TokenKind::Word) && self.text(at).starts_with(char::is_lowercase)
    }

    /// Whether the word at `at` is also an ordinary word.
    pub fn is_common(&self, at: usize) -> bool {
        let word = self.part.word(at);
        self.is(at, NameClass::STARTER.or(NameClass::NO_NAME))
            || is_function_word(word)
            || self.part.language == Language::En && world::is_english_word(word)
    }
}

/// Whether a sentence, a line, a quotation or an item of a list begins with token `at`.
fn starts_sentence(part: &Part<'_>, words: &NameWords, at: usize) -> bool {
    if at == 0 || part.gap_before(at).contains('\n') {
        return true;
    }
    let before = &part.tokens[at - 1];
    if before.kind != TokenKind::Symbol {
        // The full stop may belong to an abbreviation, which rarely ends a sentence.
        return false;
    }
    match before.text {
        "." => {
            let Some(last) = at.checked_sub(2) else { return true };
            let short = part.tokens[last].is_word() && part.touches_previous(at - 1) && {
                let initial = part.tokens[last].text.chars().count() == 1 && part.tokens[last].is_capitalised();
                let abbreviation = part.word(last).len() <= 4
                    && words
                        .classes(part.word(last))
                        .has(NameClass::ROLE.or(NameClass::PLACE_HEAD).or(NameClass::ORGANIZATION_TAIL));
                initial || abbreviation
            };
            !short
        }
        "!" | "?" | "…" | ":" | "•" | "«" | "“" | "*" | "·" | "|" => true,
        "\"" | "'" | "(" => {
            at == 1
                || part.gap_before(at - 1).contains('\n')
                || matches!(part.tokens[at - 2].text, ":" | "." | "," | "»" | "”")
                || before.text == "\"" && part.gap_before(at).is_empty()
        }
        "-" | "–" | "—" => !part.gap_before(at).is_empty() && (at == 1 || part.gap_before(at - 1).contains('\n')),
        _ => false,
    }
}

/// For each token, whether it stands in a line in capitals, or in a line whose longer words all have one.
fn title_lines(part: &Part<'_>) -> Vec<bool> {
    let mut title = vec![false; part.len()];
    let mut from = 0;
    while from < part.len() {
        let to = (from + 1..part.len()).find(|at| part.gap_before(*at).contains('\n')).unwrap_or(part.len());
        let longer = || part.tokens[from..to].iter().filter(|t| t.is_word() && t.text.chars().count() >= 4);
        let (all, capitalised) = (longer().count(), longer().filter(|t| t.is_capitalised()).count());
        let shouted = longer().filter(|t| t.text.chars().all(|c| !c.is_lowercase())).count();
        if all >= 3 && shouted * 10 >= all * 7 || all >= 5 && capitalised * 10 >= all * 9 {
            title[from..to].fill(true);
        }
        from = to;
    }
    title
}
