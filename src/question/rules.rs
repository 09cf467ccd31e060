//! The rules that decide what a question wants, kept as data in `src/language/*/questions.toml`.
//!
//! The first rule that matches decides; the files go from the special to the general. A folder of one's own may have
//! rules that are tried before those that ship.

use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use super::pattern::{Match, Pattern};
use super::word::Word;
use super::{AnswerType, Detail, Intent, Measure, TrecClass};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::text::line_of;

/// The file of a language's rules.
pub const RULES_FILE: &str = "questions.toml";

/// The rules of both languages, in the order in which they are tried.
#[derive(Debug)]
pub struct Rules {
    by_language: [Vec<Rule>; 2],
}

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
    /// Questions that it must decide, and questions that it must leave to others.
    examples: Vec<Spanned<String>>,
    counter_examples: Vec<Spanned<String>>,
    /// Whether it is of a folder of one's own.
    pub own: bool,
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
    #[serde(default)]
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: Spanned<String>,
    patterns: Vec<Spanned<String>>,
    intent: Intent,
    expects: Expects,
    trec: Option<TrecClass>,
    focus: Option<FocusPlace>,
    detail: Option<Detail>,
    measure: Option<Measure>,
    #[serde(default)]
    keywords: bool,
    examples: Vec<Spanned<String>>,
    #[serde(default)]
    counter_examples: Vec<Spanned<String>>,
}

/// What a rule decided.
#[derive(Debug)]
pub struct Decision<'r> {
    /// The rule.
    pub rule: &'r Rule,
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

/// What is wrong with a table of rules, and the byte at which it is.
type Fault = (usize, String);

impl Rules {
    /// Those that ship with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Rules> = LazyLock::new(|| Rules { by_language: Language::ALL.map(shipped) });
        &SHIPPED
    }

    /// Those that ship with the program, with the rules of the files `it/questions.toml` and `en/questions.toml` in
    /// `folder` before them; a file that is not there has none.
    ///
    /// # Errors
    /// A file that cannot be read; a rule that is not as it should be, that does not decide its own examples, or that
    /// decides one of its counter-examples. Each names the file and the line.
    pub fn with_own(folder: &Path) -> Result<Self> {
        let files = Language::ALL.map(|language| folder.join(language.code()).join(RULES_FILE));
        let mut tables = [String::new(), String::new()];
        for (path, table) in files.iter().zip(&mut tables).filter(|(path, _)| path.exists()) {
            *table = std::fs::read_to_string(path).map_err(|cause| Error::File { path: path.clone(), cause })?;
        }
        let at = |language: Language, (offset, cause): Fault| {
            let language = language as usize;
            Error::Input { path: files[language].clone(), line: line_of(&tables[language], offset), cause }
        };
        let mut by_language = Language::ALL.map(shipped);
        for language in Language::ALL {
            let own = match tables[language as usize].as_str() {
                "" => Vec::new(),
                table => {
                    let shipped = Some(by_language[language as usize].as_slice());
                    parse(table, language, shipped).map_err(|fault| at(language, fault))?
                }
            };
            by_language[language as usize].splice(0..0, own);
        }
        let rules = Self { by_language };
        for language in Language::ALL {
            if let Some(fault) = rules.of(language).iter().filter(|r| r.own).find_map(|r| rules.misjudged(r, language))
            {
                return Err(at(language, fault));
            }
        }
        Ok(rules)
    }

    /// The rules of `language`.
    pub fn of(&self, language: Language) -> &[Rule] {
        &self.by_language[language as usize]
    }

    /// The names of the rules of `language` that are of a folder of one's own.
    pub fn own_names(&self, language: Language) -> Vec<&str> {
        self.of(language).iter().filter(|rule| rule.own).map(|rule| rule.name.as_str()).collect()
    }

    /// The first example of `rule` that another rule decides, or counter-example that it does.
    fn misjudged(&self, rule: &Rule, language: Language) -> Option<Fault> {
        let decides = |example: &Spanned<String>| {
            let decided = super::deciding(example.get_ref(), language, self).map(|decided| decided.name.as_str());
            (decided == Some(rule.name.as_str()), decided.unwrap_or("no rule"))
        };
        let examples = rule.examples.iter().filter_map(|example| match decides(example) {
            (true, _) => None,
            (false, other) => Some((example.span().start, format!("rule {}: {other} decides this example", rule.name))),
        });
        let counter_examples = rule.counter_examples.iter().filter(|example| decides(example).0);
        let wrong = |example: &Spanned<String>| {
            (example.span().start, format!("rule {}: it decides this counter-example", rule.name))
        };
        examples.chain(counter_examples.map(wrong)).next()
    }
}

/// The tables are part of the program, and a test reads them: a fault in one is a fault of the build.
fn shipped(language: Language) -> Vec<Rule> {
    let table = match language {
        Language::It => include_str!("../language/it/questions.toml"),
        Language::En => include_str!("../language/en/questions.toml"),
    };
    parse(table, language, None).unwrap_or_else(|(offset, cause)| {
        panic!("src/language/{}/{RULES_FILE}:{}: {cause}", language.code(), line_of(table, offset))
    })
}

/// The rules of `table`; those of one's own must have other names than the `shipped` ones.
fn parse(table: &str, language: Language, shipped: Option<&[Rule]>) -> std::result::Result<Vec<Rule>, Fault> {
    let file: File = toml::from_str(table)
        .map_err(|cause| (cause.span().map_or(0, |span| span.start), cause.message().to_owned()))?;
    let mut rules: Vec<Rule> = Vec::with_capacity(file.rule.len());
    for row in file.rule {
        let (start, name) = (row.name.span().start, row.name.into_inner());
        let refuse = |offset: usize, why: &str| (offset, format!("rule {name}: {why}"));
        let is_word = |c: char| c == '_' || c.is_alphanumeric() && !c.is_uppercase();
        if name.is_empty() || !name.chars().all(is_word) {
            return Err((start, format!("{name:?} is no name of a rule: small letters, digits and _")));
        }
        if shipped.into_iter().flatten().chain(&rules).any(|rule| rule.name == name) {
            return Err(refuse(start, "there is a rule of this name"));
        }
        if row.patterns.is_empty() || row.examples.is_empty() {
            return Err(refuse(start, "a rule has at least one pattern and one example"));
        }
        if let Some(example) = row.examples.iter().find(|example| row.counter_examples.contains(example)) {
            return Err(refuse(example.span().start, "an example is a counter-example too"));
        }
        let read = |pattern: &Spanned<String>| {
            Pattern::parse(pattern.get_ref(), language).map_err(|why| refuse(pattern.span().start, &why))
        };
        let patterns = row.patterns.iter().map(read).collect::<std::result::Result<Vec<_>, _>>()?;
        let takes_head = row.patterns.iter().any(|pattern| pattern.get_ref().contains("[head"));
        if row.expects == Expects::Head && !takes_head {
            return Err(refuse(start, "it expects what the head says, but no pattern has a head"));
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
            name,
            intent: row.intent,
            expects: row.expects,
            trec: row.trec,
            examples: row.examples,
            counter_examples: row.counter_examples,
            own: shipped.is_some(),
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
    pub fn decide(&self, words: &[Word<'_>], anchor: usize) -> Option<Decision<'_>> {
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
    use super::*;

    #[test]
    fn examples_select_their_rule_and_counter_examples_do_not() {
        let rules = Rules::shipped();
        let mut failures = Vec::new();
        for language in Language::ALL {
            failures.extend(rules.of(language).iter().filter_map(|rule| rules.misjudged(rule, language)));
        }
        assert!(failures.is_empty(), "{failures:#?}");
        let examples = |rule: &Rule| rule.examples.len() + rule.counter_examples.len();
        let count: usize = Language::ALL.iter().flat_map(|language| rules.of(*language)).map(examples).sum();
        assert!(count > 300, "{count} examples");
    }

    #[test]
    fn rules_of_one_s_own_come_first_and_are_held_to_their_examples() {
        let own = |table: &str| {
            let folder = tempfile::tempdir().expect("a folder");
            std::fs::create_dir(folder.path().join("en")).expect("a folder");
            std::fs::write(folder.path().join("en").join(RULES_FILE), table).expect("a file");
            Rules::with_own(folder.path())
        };
        let rule = "[[rule]]\nname = 'birthday'\npatterns = ['when <be> ... birthday']\nintent = 'when'\n\
                    expects = 'date'\nexamples = [\"When is Ada's birthday?\"]\n";
        let rules = own(rule).expect("a good rule");
        let decided = |text| super::super::deciding(text, Language::En, &rules).expect("a rule").name.as_str();
        assert_eq!(decided("when was his birthday"), "birthday");
        assert_eq!(decided("When does it open?"), "when");
        for (from, to, expected) in [
            ("expects", "expect", ":5: unknown field `expect`"),
            ("'when <be>", "'when <bee>", ":3: rule birthday: "),
            ("Ada's birthday", "Ada's wedding", ":6: rule birthday: when decides this example"),
            ("examples", "counter_examples = ['when is my birthday']\nexamples", ":6: rule birthday: it decides"),
            ("'birthday'", "'when'", ":2: rule when: there is a rule of this name"),
            ("'birthday'", "'Birth day'", ":2: \"Birth day\" is no name of a rule"),
        ] {
            let error = own(&rule.replacen(from, to, 1)).expect_err("an error").to_string();
            assert!(error.contains(&format!("questions.toml{expected}")), "{error}\nis not\n{expected}");
        }
    }

    #[test]
    fn a_bad_table_is_refused() {
        let rule = "[[rule]]\nname = 'a'\npatterns = ['who']\nintent = 'who'\nexpects = 'person'\nexamples = ['who']\n";
        assert!(parse(rule, Language::En, None).is_ok());
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
            assert!(parse(&bad, Language::En, None).is_err(), "{bad}");
        }
        assert!(parse(&rule.repeat(2), Language::En, None).is_err(), "a name that is there twice");
    }
}
