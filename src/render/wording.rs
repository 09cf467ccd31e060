//! A finding as a short answer in the language of the answers.
//!
//! Where source and answer share a language, the source's own words are the best. Across languages values are
//! written anew, names stay as they are, and whatever else was said stays as it was said, and is marked as such.

use super::amounts::{
    amount_in_words, currency, duration_in_words, listed, money_in_words, ordinal_in_words, percent_in_words, plural,
};
use super::dates::date_in_words;
use super::templates::Templates;
use crate::answer::Finding;
use crate::error::Result;
use crate::facts::{Modality, Value};
use crate::language::Language;
use crate::language::lemma::stem;
use crate::language::lexicon::translations;
use crate::question::{Intent, Question};
use crate::text::{fold, unescaped};

/// Stands in a frame of quotation marks for the words that come there.
pub(super) const HOLE: &str = "\u{fffc}";

/// A question's noun of more words than this is not said for the source's: "maximum number of people".
const LONGEST_NOUN: usize = 2;

/// A short answer, bare for scripts and as it stands in a sentence.
pub(super) struct Wording {
    /// The answer alone.
    pub(super) short: String,
    /// The answer for the eye: with its role, the date it comes to, or the marks of a quotation.
    pub(super) shown: String,
}

impl Wording {
    fn same(text: String) -> Self {
        Self { shown: text.clone(), short: text }
    }
}

/// What a finding is written with.
pub(super) struct Writer<'a> {
    /// The question that it answers.
    pub(super) question: &'a Question,
    /// The language of the answer.
    pub(super) language: Language,
    /// The language of the article.
    pub(super) source: Language,
    /// The words of the language.
    pub(super) templates: &'a Templates,
}

impl Writer<'_> {
    /// The finding in words.
    pub(super) fn wording(&self, finding: &Finding) -> Result<Wording> {
        let Wording { short, shown } = self.marked_wording(finding)?;
        Ok(Wording { short, shown: unmarked(&shown) })
    }

    fn marked_wording(&self, finding: &Finding) -> Result<Wording> {
        let words = one_line(&finding.words);
        if let Some(Value::Truth { truth }) = &finding.value {
            let key = format!("truth.{}{}", if *truth { "yes" } else { "no" }, doubt(finding.evidence.modality));
            return self.templates.say(self.language, &key, &[]).map(Wording::same);
        }
        if self.language == self.source { self.own_words(words, finding) } else { self.other_words(words, finding) }
    }

    /// In the source's words.
    fn own_words(&self, words: String, finding: &Finding) -> Result<Wording> {
        match &finding.value {
            Some(Value::Date(date)) => {
                let written = date_in_words(date, self.language, self.templates)?.unwrap_or_default();
                let year = date.from.or(date.to).map(|day| day.year().unsigned_abs().to_string());
                if fold(&written).ends_with(&fold(&words)) {
                    Ok(Wording { short: words, shown: written })
                } else if written.is_empty() || year.is_none_or(|year| tells_year(&words, &year)) {
                    Ok(Wording::same(words))
                } else {
                    let slots = [("answer", words.as_str()), ("date", written.as_str())];
                    let shown = self.templates.say(self.language, "labels.resolved", &slots)?;
                    Ok(Wording { short: words, shown })
                }
            }
            Some(Value::Person(person)) => {
                let fuller = fold(&person.name).contains(&fold(&words));
                let name = if fuller { one_line(&person.name) } else { words };
                let role = person.role.as_deref().map(one_line).filter(|role| !role.is_empty());
                match role.filter(|_| self.question.intent == Intent::Who) {
                    Some(role) if !fold(self.question.text.as_str()).contains(&fold(&role)) => {
                        let slots = [("name", name.as_str()), ("role", role.as_str())];
                        let shown = self.templates.say(self.language, "labels.person", &slots)?;
                        Ok(Wording { short: name, shown })
                    }
                    _ => Ok(Wording::same(name)),
                }
            }
            Some(Value::Quotation { speaker, text }) => self.quotation(speaker.as_deref(), text),
            _ => Ok(Wording::same(words)),
        }
    }

    /// In words of the answer's language, as far as the value allows.
    fn other_words(&self, words: String, finding: &Finding) -> Result<Wording> {
        let (language, templates) = (self.language, self.templates);
        let written = match &finding.value {
            Some(Value::Date(date)) => date_in_words(date, language, templates)?,
            Some(Value::Duration { iso, .. }) => duration_in_words(iso, language, templates)?,
            Some(Value::Money { amount, currency: code, .. }) => {
                let unit = code.as_deref().map(|code| currency(code, language, templates));
                Some(money_in_words(amount, unit, language, templates)?)
            }
            Some(Value::Quantity { amount, unit }) => {
                let [one, many] = self.counted(unit)?;
                Some(amount_in_words(amount, Some([&one, &many]), language, templates)?)
            }
            Some(Value::Percent(amount)) => Some(percent_in_words(amount, language, templates)?),
            Some(Value::Number { amount }) => {
                let amount = crate::facts::Amount {
                    amount: *amount,
                    to_amount: None,
                    relation: crate::facts::AmountRelation::Exactly,
                };
                Some(amount_in_words(&amount, None, language, templates)?)
            }
            Some(Value::Ordinal { amount }) => Some(ordinal_in_words(*amount, language, templates)?),
            Some(value) if value.name().is_some() => {
                let fuller =
                    value.name().map(|name| one_line(&name.name)).filter(|name| fold(name).contains(&fold(&words)));
                Some(match value {
                    Value::Person(_) => fuller.unwrap_or(words.clone()),
                    _ => words.clone(),
                })
            }
            Some(Value::List { items }) if items.iter().all(|item| item.starts_with(char::is_uppercase)) => {
                Some(listed(items, language, templates)?)
            }
            Some(Value::Quotation { speaker, text }) => return self.quotation(speaker.as_deref(), text),
            _ => None,
        };
        match written {
            Some(written) => Ok(Wording::same(written)),
            None => Ok(Wording { shown: self.quoted(&words)?, short: words }),
        }
    }

    /// What is counted or measured, in the singular and the plural. The question's own noun says it best if the source
    /// counts the same; a symbol needs no words; a noun that the lexicon does not know stays as the source has it.
    fn counted(&self, unit: &str) -> Result<[String; 2]> {
        let both = |unit: String| [unit.clone(), unit];
        let asked = self.question.focus.as_ref().filter(|focus| {
            !focus.verb
                && self.question.intent == Intent::HowMany
                && self.question.language == self.language
                && focus.text.split(' ').count() <= LONGEST_NOUN
                && means(unit, self.source, &focus.lemma)
        });
        if let Some(focus) = asked {
            return Ok(both(focus.text.clone()));
        }
        if unit.chars().count() <= 3 || unit.contains(|c: char| !c.is_lowercase() && c != ' ') {
            return Ok(both(unit.to_string()));
        }
        match translations(unit, self.source).into_iter().find(|noun| !noun.contains(' ')) {
            Some(noun) => Ok([noun.to_string(), plural(noun, self.language, self.templates)]),
            None => self.templates.say(self.language, "labels.quote", &[("text", unit)]).map(both),
        }
    }

    fn quotation(&self, speaker: Option<&str>, text: &str) -> Result<Wording> {
        let text = one_line(text);
        let quote = self.quoted(&text)?;
        let shown = match speaker {
            Some(speaker) => {
                let slots = [("speaker", speaker), ("quote", quote.as_str())];
                self.templates.say(self.language, "labels.speaker", &slots)?
            }
            None => quote,
        };
        Ok(Wording { short: text, shown })
    }

    /// Words of the source between marks, with its language where that is another.
    pub(super) fn quoted(&self, words: &str) -> Result<String> {
        let key = match self.source {
            source if source == self.language => "labels.quote",
            Language::It => "labels.from_it",
            Language::En => "labels.from_en",
        };
        let frame = self.templates.say(self.language, key, &[("text", HOLE)])?;
        Ok(frame.replace(HOLE, &within(&frame, words)))
    }
}

/// The text of a quote with the quotation marks in it unlike those in `frame`, which stands round it.
pub(super) fn within(frame: &str, text: &str) -> String {
    let inner = |c: char| match c {
        '«' if frame.contains('«') => '“',
        '»' if frame.contains('«') => '”',
        '“' if frame.contains('“') => '‘',
        '”' if frame.contains('“') => '’',
        c => c,
    };
    text.chars().map(inner).collect()
}

/// Whether `noun`, of the language `source`, is in the other language what `lemma` is.
fn means(noun: &str, source: Language, lemma: &str) -> bool {
    let is = |a: &str, b: &str, language| stem(a, language) == stem(b, language);
    let there = source.other();
    translations(noun, source).into_iter().any(|translation| is(translation, lemma, there))
        || translations(lemma, there).into_iter().any(|translation| is(translation, noun, source))
        || fold(noun) == fold(lemma)
}

/// The text without Markdown's marks of bold print; those within a word ("c**o") or between numbers are none.
pub(super) fn unmarked(text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("**") {
        left.push_str(&rest[..at]);
        let (before, after) = (left.chars().next_back(), rest[at + 2..].chars().next());
        let in_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '*');
        if in_word(before) && in_word(after) {
            left.push_str("**");
        }
        rest = &rest[at + 2..];
    }
    left + rest
}

/// The text with every run of white space as one space, and HTML's references as their characters.
pub(super) fn one_line(text: &str) -> String {
    unescaped(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the words tell the year, in full or by its last two digits.
fn tells_year(words: &str, year: &str) -> bool {
    words
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits == year || digits.len() == 2 && words.contains(['\'', '’']) && year.ends_with(digits))
}

/// The end of a message's key that tells how sure the source is.
fn doubt(modality: Modality) -> &'static str {
    match modality {
        Modality::Stated => "",
        Modality::Planned => "_planned",
        Modality::Possible => "_possible",
        Modality::Hearsay => "_hearsay",
        Modality::Denied => "_denied",
    }
}
