//! The rules that decide what a question wants, kept as data in `src/language/*/questions.toml`.
//!
//! The first rule that matches decides; the files go from the special to the general.

use std::sync::LazyLock;

use serde::Deserialize;

use super::pattern::{Match, Pattern};
use super::word::Word;
use super::{AnswerType, Detail, Intent, Measure, TrecClass};
use crate::language::Language;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its readable name.
    pub name: String,
    intent: Intent,
    expects: Expects,
    /// The coarse class, where it is another than that of the head noun or of what is expected.
    trec: Option<TrecClass>,
    /// What of the question is its focus.
    pub focus: FocusPlace,
    /// What it asks of an article itself.
    pub detail: Option<Detail>,
    /// How it wants a value told.
    pub measure: Option<Measure>,
    keywords: bool,
    patterns: Vec<Pattern>,
    #[cfg(test)]
    examples: Vec<String>,
    #[cfg(test)]
    counter_examples: Vec<String>,
}

/// What of a question is its focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FocusPlace {
    /// The head of the noun phrase that the pattern took; the main verb, where it took none.
    Head,
    /// The last word that the pattern took.
    Last,
    /// The main verb.
    Verb,
    /// Nothing.
    None,
}

/// What a rule expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expects {
    /// What the head noun says, and its class; an unlisted noun asks for an entity.
    Head,
    #[serde(untagged)]
    Is(AnswerType),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    patterns: Vec<String>,
    intent: Intent,
    expects: Expects,
    trec: Option<TrecClass>,
    focus: Option<FocusPlace>,
    detail: Option<Detail>,
    measure: Option<Measure>,
    #[serde(default)]
    keywords: bool,
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

/// What a rule decided.
#[derive(Debug)]
pub struct Decision {
    /// The rule.
    pub rule: &'static Rule,
    /// Where it matched.
    pub matched: Match,
    /// The word from which it matched.
    pub anchor: usize,
    /// What is wanted.
    pub intent: Intent,
    /// What answers it.
    pub expects: AnswerType,
    /// The coarse class.
    pub trec: TrecClass,
}

/// The rules of `language`, in the order in which they are tried.
pub fn rules(language: Language) -> &'static [Rule] {
    static ITALIAN: LazyLock<Vec<Rule>> =
        LazyLock::new(|| shipped(Language::It, include_str!("../language/it/questions.toml")));
    static ENGLISH: LazyLock<Vec<Rule>> =
        LazyLock::new(|| shipped(Language::En, include_str!("../language/en/questions.toml")));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// The table is part of the program, and a test reads it: a fault in it is a fault of the build.
fn shipped(language: Language, table: &str) -> Vec<Rule> {
    parse(table, language).unwrap_or_else(|cause| panic!("src/language/{}/questions.toml: {cause}", language.code()))
}

fn parse(table: &str, language: Language) -> Result<Vec<Rule>, String> {
    let file: File = toml::from_str(table).map_err(|cause| cause.to_string())?;
    let mut rules: Vec<Rule> = Vec::with_capacity(file.rule.len());
    for row in file.rule {
        let refuse = |why: &str| format!("rule {:?}: {why}", row.name);
        if row.name.is_empty() || rules.iter().any(|rule| rule.name == row.name) {
            return Err(refuse("the name is empty or there twice"));
        }
        if row.patterns.is_empty() || row.examples.is_empty() {
            return Err(refuse("a rule has at least one pattern and one example"));
        }
        if row.examples.iter().any(|example| row.counter_examples.contains(example)) {
            return Err(refuse("an example is a counter-example too"));
        }
        let patterns = row.patterns.iter().map(|p| Pattern::parse(p, language).map_err(|why| refuse(&why)));
        let patterns = patterns.collect::<Result<Vec<_>, _>>()?;
        let takes_head = row.patterns.iter().any(|p| p.contains("[head"));
        if row.expects == Expects::Head && !takes_head {
            return Err(refuse("it expects what the head says, but no pattern has a head"));
        }
        rules.push(Rule {
            focus: row.focus.unwrap_or(match (row.intent.is_chat(), takes_head) {
                (true, _) => FocusPlace::None,
                (false, true) => FocusPlace::Head,
                (false, false) => FocusPlace::Verb,
            }),
            detail: row.detail,
            measure: row.measure,
            keywords: row.keywords,
            patterns,
            name: row.name,
            intent: row.intent,
            expects: row.expects,
            trec: row.trec,
            #[cfg(test)]
            examples: row.examples,
            #[cfg(test)]
            counter_examples: row.counter_examples,
        });
    }
    Ok(rules)
}

impl Rule {
    /// Whether the rule answers without any article.
    pub fn is_chat(&self) -> bool {
        self.intent.is_chat()
    }

    /// Whether the rule is for questions of yes or no.
    pub fn affirms(&self) -> bool {
        self.intent == Intent::YesNo
    }

    /// Whether the rule reads keywords, for which nothing else is to be tried.
    pub fn needs_no_question_word(&self) -> bool {
        self.keywords
    }

    /// What the rule makes of `words` from `anchor` on, if it matches.
    pub fn decide(&'static self, words: &[Word<'_>], anchor: usize) -> Option<Decision> {
        let matched = self.patterns.iter().find_map(|pattern| pattern.matches(words, anchor))?;
        let noun = matched.head.as_ref().and_then(|head| head.noun);
        let (expects, of_noun) = match self.expects {
            Expects::Is(expects) => (expects, None),
            Expects::Head => match noun.and_then(|noun| noun.expects.map(|expects| (expects, noun.trec))) {
                Some((expects, trec)) => (expects, Some(trec)),
                None => (AnswerType::Entity, None),
            },
        };
        let intent = if self.expects == Expects::Head && self.intent != Intent::List {
            of_type(expects, self.intent)
        } else {
            self.intent
        };
        let trec = self.trec.or(of_noun).unwrap_or_else(|| class_of(expects));
        Some(Decision { rule: self, matched, anchor, intent, expects, trec })
    }
}

/// A head noun may say more than "what": "in che *anno*" asks when.
fn of_type(expects: AnswerType, otherwise: Intent) -> Intent {
    use AnswerType as T;
    match expects {
        T::Date => Intent::When,
        T::Duration | T::Money | T::Percent | T::Quantity => Intent::HowMuch,
        T::Number => Intent::HowMany,
        T::Person => Intent::Who,
        T::Reason => Intent::Why,
        T::Manner => Intent::How,
        T::Definition => Intent::WhatIs,
        T::Quote => Intent::Quote,
        _ => otherwise,
    }
}

/// The coarse class of questions that expect such an answer.
fn class_of(expects: AnswerType) -> TrecClass {
    use AnswerType as T;
    match expects {
        T::Date | T::Duration | T::Money | T::Number | T::Percent | T::Quantity => TrecClass::Num,
        T::Person | T::Organization | T::Group => TrecClass::Hum,
        T::Place => TrecClass::Loc,
        T::Product | T::Entity => TrecClass::Enty,
        T::Definition | T::Reason | T::Manner | T::Description | T::Quote | T::Truth | T::None => TrecClass::Desc,
        T::Abbreviation => TrecClass::Abbr,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{segment, word};
    use super::*;

    fn deciding(question: &str, language: Language) -> String {
        let found = word::read(question, language);
        let sentence = segment::asking(&found, language);
        let core = segment::core(&found, sentence.clone(), language);
        super::super::decide(&found, &sentence, &core, language)
            .first()
            .map_or_else(|| "none".to_owned(), |decision| decision.rule.name.clone())
    }

    #[test]
    fn examples_select_their_rule_and_counter_examples_do_not() {
        let (mut examples, mut failures) = (0, Vec::new());
        for language in Language::ALL {
            for rule in rules(language) {
                examples += rule.examples.len() + rule.counter_examples.len();
                for example in &rule.examples {
                    let decided = deciding(example, language);
                    if decided != rule.name {
                        failures.push(format!("{}: {example:?} is decided by {decided}", rule.name));
                    }
                }
                for example in &rule.counter_examples {
                    if deciding(example, language) == rule.name {
                        failures.push(format!("{}: {example:?} should not be decided by it", rule.name));
                    }
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
        assert!(examples > 300, "{examples} examples");
    }

    #[test]
    fn a_bad_table_is_refused() {
        let rule = "[[rule]]\nname = 'a'\npatterns = ['who']\nintent = 'who'\nexpects = 'person'\nexamples = ['who']\n";
        assert!(parse(rule, Language::En).is_ok());
        for (from, to) in [
            ("'who']\nintent", "'<nowhere>']\nintent"),
            ("'person'", "'head'"),
            ("'person'", "'colour'"),
            ("intent = 'who'", "intent = 'whom'"),
            ("name = 'a'", "name = ''"),
            ("examples = ['who']", "examples = []"),
            ("examples", "exmaples"),
        ] {
            let bad = rule.replace(from, to);
            assert!(parse(&bad, Language::En).is_err(), "{bad}");
        }
        assert!(parse(&rule.repeat(2), Language::En).is_err(), "a name that is there twice");
    }
}
