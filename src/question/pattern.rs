//! The patterns in which rules are written, over words and word classes.
//!
//! A pattern is a row of elements, matched from a given word on:
//!
//! | element | matches |
//! |---|---|
//! | `word`, `one\|two` | one of these words, folded |
//! | `<class>`, `<be>\|'s` | a word of the class (`words.toml`) |
//! | `word?` | the word, or nothing |
//! | `!word` | nothing, if the word is not one of these |
//! | `...` | any number of words, as few as possible |
//! | `_` | any one word or number |
//! | `[head]` | a noun phrase; its head decides (`nouns.tsv`) |
//! | `[head:person,place]` | a noun phrase whose head is of one of these types |
//! | `[head:known]` | a noun phrase whose head is in the lexicon, with a type |
//! | `[head:of]` | a noun phrase whose head is a colourless noun ("name", "kind") |
//! | `[noun:person,place]` | a noun of the lexicon of one of these types, without anything before it |
//! | `[name]` | capitalised words with the particles of names, or a quotation; among alternatives, one capitalised word |
//! | `[acronym]` | an abbreviation in capitals |
//! | `[verb]` | a form of a verb in the table |
//! | `[verb:pay,cost]` | a form of one of these verbs |
//! | `[number]` | a number in digits or a numeral |
//! | `[adjective]` | a word that is in no class, nor a name |
//! | `$` | the end of the question |

use super::AnswerType;
use super::nouns::{named, nouns};
use super::phrase::{Head, head};
use super::word::Word;
use crate::language::{Classes, Language, verbs, words as table};
use crate::text::TokenKind;

/// Each gap multiplies the ways in which a long question can be matched.
const MOST_GAPS: usize = 3;

/// A pattern, compiled.
#[derive(Debug, Clone)]
pub struct Pattern {
    language: Language,
    elements: Vec<Element>,
}

#[derive(Debug, Clone)]
enum Element {
    Word { choice: Choice, optional: bool },
    Not(Choice),
    Any,
    Gap,
    Head(HeadFilter),
    Noun(Vec<AnswerType>),
    Name,
    Acronym,
    End,
}

#[derive(Debug, Clone, Default)]
struct Choice {
    /// Sorted.
    forms: Vec<String>,
    /// The [`mark`]s of the forms: by them alone most other words are told to be none of these.
    marks: u64,
    classes: Classes,
    /// The language, where a form of any of its verbs will do.
    verb: Option<Language>,
    /// The verbs that will do, where not any.
    lemmas: Vec<String>,
    /// Whether any capitalised word will do.
    name: bool,
    /// Whether any number in digits will do.
    digits: bool,
    /// Whether any word will do that is in no class and has no capital.
    plain: bool,
}

impl Choice {
    fn takes(&self, word: &Word<'_>) -> bool {
        word.is(self.classes)
            || self.marks & mark(&word.form) != 0 && self.forms.binary_search(&word.form).is_ok()
            || self.name && word.is_capitalised()
            || self.digits && word.kind == TokenKind::Number
            || self.plain && word.is_content() && word.classes == 0 && !word.is_capitalised()
            || self.verb.is_some_and(|language| word.quotation == 0 && self.takes_verb(word, language))
    }

    fn takes_verb(&self, word: &Word<'_>, language: Language) -> bool {
        let lemma = verbs(language).lemma(&word.form);
        lemma.is_some_and(|lemma| self.lemmas.is_empty() || self.lemmas.iter().any(|wanted| wanted == lemma))
    }
}

#[derive(Debug, Clone)]
enum HeadFilter {
    Anything,
    Known,
    Colourless,
    Types(Vec<AnswerType>),
}

/// Where a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The word after the last that the pattern took.
    pub end: usize,
    /// The noun phrase that its `[head]` took.
    pub head: Option<Head>,
}

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub fn parse(pattern: &str, language: Language) -> Result<Self, String> {
        let elements: Vec<Element> =
            pattern.split_whitespace().map(|e| element(e, language)).collect::<Result<_, _>>()?;
        if elements.is_empty() {
            return Err("the pattern is empty".to_owned());
        }
        if elements.iter().filter(|element| matches!(element, Element::Gap)).count() > MOST_GAPS {
            return Err(format!("a pattern has at most {MOST_GAPS} ..."));
        }
        Ok(Self { language, elements })
    }

    /// Matches from `words[start]` on.
    pub fn matches(&self, words: &[Word<'_>], start: usize) -> Option<Match> {
        self.rest_matches(&self.elements, words, start, None)
    }

    fn rest_matches(&self, elements: &[Element], words: &[Word<'_>], at: usize, found: Option<&Head>) -> Option<Match> {
        let Some((element, rest)) = elements.split_first() else {
            return Some(Match { end: at, head: found.cloned() });
        };
        let step = |length: usize| self.rest_matches(rest, words, at + length, found);
        let word = words.get(at);
        match element {
            Element::Word { choice, optional } => {
                let taken = word.filter(|w| choice.takes(w)).and_then(|_| step(1));
                if *optional { taken.or_else(|| step(0)) } else { taken }
            }
            Element::Not(choice) => match word {
                Some(word) if choice.takes(word) => None,
                _ => step(0),
            },
            Element::Any => word.filter(|w| w.is_content()).and_then(|_| step(1)),
            Element::Gap => (at..=words.len()).find_map(|end| self.rest_matches(rest, words, end, found)),
            Element::Head(filter) => {
                let head = head(words, at, self.language).filter(|head| filter.takes(head))?;
                self.rest_matches(rest, words, head.end, Some(&head))
            }
            Element::Noun(types) => {
                let (noun, length) = nouns(self.language).at(words, at)?;
                noun.expects.filter(|expects| types.contains(expects)).and_then(|_| step(length))
            }
            Element::Name => {
                let length = name_length(words, at, self.language);
                (1..=length).rev().find_map(step)
            }
            Element::Acronym => word.filter(|w| w.is_acronym()).and_then(|_| step(1)),
            Element::End => {
                let over = words[at.min(words.len())..].iter().all(|w| !w.is_content());
                over.then(|| Match { end: words.len(), head: found.cloned() })
            }
        }
    }
}

impl HeadFilter {
    fn takes(&self, head: &Head) -> bool {
        match self {
            HeadFilter::Anything => true,
            HeadFilter::Known => head.noun.is_some_and(|noun| noun.expects.is_some()),
            HeadFilter::Colourless => head.noun.is_some_and(|noun| noun.expects.is_none()),
            HeadFilter::Types(types) => {
                head.noun.and_then(|noun| noun.expects).is_some_and(|expects| types.contains(&expects))
            }
        }
    }
}

/// How many words of a name, or of one quotation, begin at `words[at]`.
fn name_length(words: &[Word<'_>], at: usize, language: Language) -> usize {
    let Some(first) = words.get(at) else { return 0 };
    let rest = &words[at..];
    if first.quotation != 0 {
        return rest.iter().take_while(|w| w.quotation == first.quotation).count();
    }
    let particle = table(language).class("particle").unwrap_or(0);
    let capital = |word: &Word<'_>| word.is_capitalised() || word.text.starts_with(|c: char| c.is_ascii_digit());
    let mut length = 0;
    while let Some(word) = rest.get(length).filter(|w| w.is_content()) {
        // "Luca *de* Meo", "Ludwig *van der* Rohe": particles belong to the capital after them.
        let after = rest[length..].iter().take_while(|w| w.is(particle) && !w.is_capitalised()).count();
        if !capital(word) && !(1..=2).contains(&after) || !rest.get(length + after).is_some_and(capital) {
            break;
        }
        length += after + 1;
    }
    length
}

fn element(text: &str, language: Language) -> Result<Element, String> {
    Ok(match text {
        "..." => Element::Gap,
        "_" => Element::Any,
        "$" => Element::End,
        "[name]" => Element::Name,
        "[acronym]" => Element::Acronym,
        "[head]" => Element::Head(HeadFilter::Anything),
        "[head:known]" => Element::Head(HeadFilter::Known),
        "[head:of]" => Element::Head(HeadFilter::Colourless),
        _ => {
            let types = |kind: &str| text.strip_prefix(kind).and_then(|rest| rest.strip_suffix(']')).map(answer_types);
            if let Some(types) = types("[head:") {
                return Ok(Element::Head(HeadFilter::Types(types?)));
            }
            if let Some(types) = types("[noun:") {
                return Ok(Element::Noun(types?));
            }
            if let Some(negated) = text.strip_prefix('!') {
                return Ok(Element::Not(choice(negated, language)?));
            }
            let (alternatives, optional) = match text.strip_suffix('?') {
                Some(alternatives) => (alternatives, true),
                None => (text, false),
            };
            Element::Word { choice: choice(alternatives, language)?, optional }
        }
    })
}

fn answer_types(names: &str) -> Result<Vec<AnswerType>, String> {
    names.split(',').map(|name| named(name).ok_or_else(|| format!("{name:?} is no answer type"))).collect()
}

fn choice(alternatives: &str, language: Language) -> Result<Choice, String> {
    let mut choice = Choice::default();
    for alternative in alternatives.split('|') {
        if let Some(class) = alternative.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            choice.classes |=
                table(language).class(class).ok_or_else(|| format!("there is no word class {class:?}"))?;
        } else if alternative == "[verb]" {
            choice.verb = Some(language);
        } else if let Some(lemmas) = alternative.strip_prefix("[verb:").and_then(|rest| rest.strip_suffix(']')) {
            choice.verb = Some(language);
            for lemma in lemmas.split(',') {
                if verbs(language).lemma(lemma) != Some(lemma) {
                    return Err(format!("{lemma:?} is no verb of the table"));
                }
                choice.lemmas.push(lemma.to_owned());
            }
        } else if alternative == "[name]" {
            choice.name = true;
        } else if alternative == "[number]" {
            choice.digits = true;
            choice.classes |= table(language).class("number").unwrap_or(0);
        } else if alternative == "[adjective]" {
            choice.plain = true;
        } else if alternative.is_empty() || alternative.contains(['<', '>', '[', ']', '!', '?']) {
            return Err(format!("{alternative:?} is not a word"));
        } else {
            choice.forms.push(alternative.to_owned());
        }
    }
    choice.forms.sort();
    choice.marks = choice.forms.iter().fold(0, |marks, form| marks | mark(form));
    Ok(choice)
}

/// One of 64 bits for a word, by its first two bytes and its length.
fn mark(form: &str) -> u64 {
    let byte = |at: usize| u64::from(form.as_bytes().get(at).copied().unwrap_or_default());
    1 << ((byte(0) + 7 * byte(1) + 19 * form.len() as u64) % 64)
}

#[cfg(test)]
mod tests {
    use super::super::word::read;
    use super::*;

    fn check(pattern: &str, question: &str, expected: bool) {
        let pattern_read = Pattern::parse(pattern, Language::En).expect("the pattern is well formed");
        let matched = pattern_read.matches(&read(question, Language::En), 0).is_some();
        assert_eq!(matched, expected, "{pattern:?} on {question:?}");
    }

    #[test]
    fn elements_match_what_they_say() {
        check("who <be> [name] $", "Who is Ada Lovelace?", true);
        check("who <be> [name] $", "Who is Ada Lovelace's father?", false);
        check("what <do> ... stand for", "what does the U in UFO stand for", true);
        check("how !many|much", "how long", true);
        check("how !many|much", "how many", false);
        check("what|which [head:date]", "which year did it begin", true);
        check("what|which [head:date]", "which city did it begin in", false);
        check("what is? [acronym] $", "what NATO?", true);
        check("who <be> [name] $", "Who was Ludwig van der Rohe?", true);
        check("who <be> [name] $", "Who is de Sica?", true);
        check("how much <do> _ [verb:cost,pay]", "how much did it cost", true);
        check("how much <do> _ [verb:cost,pay]", "how much did it weigh", false);
        check("what <be> the [noun:product] $", "what is the car", true);
        check("what <be> the [noun:product] $", "what is the new car", false);
        check("what <be> the [number] _", "what are the 7 hills", true);
        check("what <be> the [number] _", "what are the green hills", false);
    }

    #[test]
    fn a_bad_pattern_is_refused() {
        for bad in ["", "... a ... b ... c ... d", "[haed]", "<nowhere>", "what|", "[head:colour]", "[verb:grune]"] {
            assert!(Pattern::parse(bad, Language::En).is_err(), "{bad}");
        }
    }
}
