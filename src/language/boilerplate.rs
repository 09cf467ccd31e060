//! What stands on web pages beside articles: menus, buttons, banners, sign-ups, comments, author boxes.
//!
//! A page in one language often has the widgets of another, so that the tables of both are always used together.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::table;
use crate::text::{Token, TokenKind, fold, tokens};

/// Where a phrase has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Whole,
    Start,
    Anywhere,
}

/// What a rule says to leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Drops {
    /// The line.
    Line,
    /// The line and the headlines listed under it.
    List,
    /// The line and what presents the author under it.
    Author,
    /// The line and the rest of the page, if the article is over by then.
    Rest,
}

impl Drops {
    /// Whether nothing of the article comes after it.
    pub fn is_final(self) -> bool {
        matches!(self, Drops::Author | Drops::Rest)
    }
}

/// One kind of boilerplate, known by its phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it is called.
    pub name: String,
    at: Place,
    /// The most words that a line of this kind has.
    words: usize,
    /// What goes with it.
    pub drops: Drops,
    /// Whether running text is spared, unless a mark such as a colon follows the phrase.
    #[serde(default)]
    pub unless_running: bool,
    /// Whether the phrase has to be the whole line or to have a mark such as a colon after it.
    #[serde(default)]
    pub marked: bool,
    phrases: String,
    /// Lines of this kind, for the tests.
    pub examples: Vec<String>,
    /// Lines that are not of this kind, for the tests.
    pub counter_examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    navigation: String,
    buttons: String,
    calls: String,
    page: String,
    web: String,
    biography: String,
    captions: String,
    bylines: String,
    publication: String,
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Services {
    services: String,
    titles: String,
}

/// The boilerplate of web pages in both languages. All words are as [`words`] makes them.
pub struct Boilerplate {
    /// All rules.
    pub rules: Vec<Rule>,
    /// The rules' phrases by their first word, with the rule they are of.
    phrases: HashMap<String, Vec<(Vec<String>, usize)>>,
    /// Words of which menus and section labels consist.
    pub navigation: HashSet<String>,
    /// Words of share buttons.
    pub buttons: HashSet<String>,
    /// Verbs that ask the reader for something.
    pub calls: HashSet<String>,
    /// Words by which a page speaks of itself.
    pub page: HashSet<String>,
    /// Things that such a page offers.
    pub web: HashSet<String>,
    /// Words of the lines that present an author.
    pub biography: HashSet<String>,
    /// Words of captions and picture credits.
    pub captions: HashSet<String>,
    /// What stands before a writer's name, the longest first.
    pub bylines: Vec<Vec<String>>,
    /// Words beside the date of publication.
    pub publication: HashSet<String>,
    /// What stands with a colon before a title.
    pub titles: HashSet<String>,
}

/// A rule that a line fulfils.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The index of the word after its phrase.
    pub end: usize,
}

static BOILERPLATE: LazyLock<Boilerplate> = LazyLock::new(load);

/// The boilerplate of web pages in both languages.
pub fn boilerplate() -> &'static Boilerplate {
    &BOILERPLATE
}

/// The words of a line as phrases are compared: folded, numbers as `#`, `©` a word, other symbols left out.
pub fn words(tokens: &[Token<'_>]) -> Vec<String> {
    tokens.iter().filter_map(word).collect()
}

/// One token as a word of a phrase; `None` for a symbol.
pub fn word(token: &Token<'_>) -> Option<String> {
    match token.kind {
        TokenKind::Word => Some(fold(token.text).trim_matches('\'').replace('.', "")).filter(|word| !word.is_empty()),
        TokenKind::Number => Some("#".to_owned()),
        TokenKind::Symbol if matches!(token.text, "#" | "©") => Some(token.text.to_owned()),
        TokenKind::Symbol => None,
    }
}

impl Boilerplate {
    /// The first rule that a line or sentence of these words fulfils; `marked` tells whether a mark such as a colon
    /// stands after so many of them.
    pub fn rule(&self, words: &[String], marked: &dyn Fn(usize) -> bool) -> Option<Found<'_>> {
        (0..words.len()).find_map(|at| {
            let phrases = self.phrases.get(&words[at])?;
            phrases.iter().find_map(|(phrase, rule)| {
                let rule = &self.rules[*rule];
                let end = at + phrase.len();
                let fits = words.len() <= rule.words && words[at..].starts_with(phrase);
                let placed = match rule.at {
                    Place::Whole => at == 0 && end == words.len(),
                    Place::Start => at == 0,
                    Place::Anywhere => true,
                };
                let sound = || !rule.marked || end == words.len() || marked(end);
                (fits && placed && sound()).then_some(Found { rule, end })
            })
        })
    }
}

fn load() -> Boilerplate {
    let tables: [Words; 2] = [
        table("it/boilerplate.toml", include_str!("it/boilerplate.toml")),
        table("en/boilerplate.toml", include_str!("en/boilerplate.toml")),
    ];
    let Services { services, titles } = table("boilerplate.toml", include_str!("boilerplate.toml"));
    let mut all = Boilerplate {
        rules: Vec::new(),
        phrases: HashMap::new(),
        navigation: HashSet::new(),
        buttons: phrase(&services).into_iter().collect(),
        calls: HashSet::new(),
        page: HashSet::new(),
        web: phrase(&services).into_iter().collect(),
        biography: HashSet::new(),
        captions: HashSet::new(),
        bylines: Vec::new(),
        publication: HashSet::new(),
        titles: phrase(&titles).into_iter().collect(),
    };
    for words in tables {
        all.navigation.extend(phrase(&words.navigation));
        all.buttons.extend(phrase(&words.buttons));
        all.calls.extend(phrase(&words.calls));
        all.page.extend(phrase(&words.page));
        all.web.extend(phrase(&words.web));
        all.biography.extend(phrase(&words.biography));
        all.captions.extend(phrase(&words.captions));
        all.bylines.extend(words.bylines.lines().map(phrase).filter(|byline| !byline.is_empty()));
        all.publication.extend(phrase(&words.publication));
        for rule in words.rule {
            for phrase in rule.phrases.lines().map(phrase).filter(|phrase| !phrase.is_empty()) {
                all.phrases.entry(phrase[0].clone()).or_default().push((phrase, all.rules.len()));
            }
            all.rules.push(rule);
        }
    }
    all.bylines.sort_by_key(|byline| std::cmp::Reverse(byline.len()));
    all
}

fn phrase(text: &str) -> Vec<String> {
    words(&tokens(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_find_their_examples_and_spare_the_others() {
        let mut checked = 0;
        for rule in &boilerplate().rules {
            let marked = |text: &str| text.contains([':', '>']);
            let found = |text: &String| {
                boilerplate().rule(&phrase(text), &|_| marked(text)).map(|found| found.rule.name.as_str())
            };
            for example in &rule.examples {
                assert_eq!(found(example), Some(rule.name.as_str()), "{example}");
                checked += 1;
            }
            for example in &rule.counter_examples {
                assert!(rule.unless_running || found(example).is_none(), "{}: {example}", rule.name);
                checked += 1;
            }
        }
        assert!(checked > 90, "{checked} examples");
    }
}
