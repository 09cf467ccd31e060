//! Short follow-ups written out in full: "e quanto ha investito?", "and when?", "e Sony?", "who is he?".
//!
//! What is missing comes from the question before: its name, its verb, its question word. The result is a question
//! that a person could have typed, and it is shown.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;
use super::segment::{asking, core, opening};
use super::word::{Word, read};
use super::{AnswerType, Context, Intent, Question, names};
use crate::facts::{self, FactKind};
use crate::language::{Currencies, Language, verbs, words};
use crate::text::{Span, nfc};

/// A name alone, as a follow-up, is not longer than this, in words.
const LONGEST_NAME: usize = 6;
/// A follow-up without "and" before it is not longer than this, in words.
const LONGEST_WITHOUT_LEAD: usize = 4;

/// Writes a follow-up ("e quanto ha investito?", "and when?") out in full with what `previous` was about;
/// `None` if `text` stands on its own.
pub fn follow_up(text: &str, previous: &Question, context: &Context<'_>) -> Option<String> {
    let text = nfc(text.trim());
    // A word or two are in the language of the conversation.
    let language = super::language::surest(&text).unwrap_or(previous.language);
    if previous.intent.is_chat() {
        return None;
    }
    let asked = Asked::read(&text, language, context);
    let before = Asked::read(&previous.text, previous.language, context);
    if asked.body.is_empty()
        || context.rules.of(language).iter().any(|r| r.is_chat() && r.decide(&asked.found, 0).is_some())
    {
        return None;
    }
    let subject = before.subject(previous)?;
    asked
        .time_alone(&before, context)
        .or_else(|| asked.currency_alone(&before, previous))
        .or_else(|| asked.name_alone(&before, previous))
        .or_else(|| asked.question_word_alone(&before, previous))
        .or_else(|| asked.pronoun(&subject))
        .or_else(|| asked.counted_alone(&subject))
        .or_else(|| asked.without_subject(&subject))
}

/// A question, read for what it has and lacks.
struct Asked<'a> {
    text: &'a str,
    language: Language,
    found: Vec<Word<'a>>,
    /// Whether it begins with "and" or the like.
    led: bool,
    /// The words without what leads them, and without polite words and marks.
    body: Range<usize>,
    /// The places of its names.
    names: Vec<Span>,
}

impl<'a> Asked<'a> {
    fn read(text: &'a str, language: Language, context: &Context<'_>) -> Self {
        let found = read(text, language);
        let sentence = asking(&found, language);
        let lead = leads(language).iter().filter_map(|p| p.matches(&found, sentence.start)).map(|m| m.end).max();
        let led = lead.is_some();
        let body = core(&found, lead.unwrap_or(sentence.start).min(sentence.end)..sentence.end, language);
        let entities = names::names(text, &found, &[sentence.start, body.start], language, context.vocabulary, &[]);
        let names = entities.into_iter().map(|e| e.span).collect();
        Self { text, language, found, led, body, names }
    }

    fn class(&self, name: &str) -> u64 {
        words(self.language).class(name).unwrap_or(0)
    }

    fn words(&self) -> &[Word<'a>] {
        &self.found[self.body.clone()]
    }

    /// The text of a range of words.
    fn text_of(&self, range: Range<usize>) -> &'a str {
        match range.is_empty() {
            true => "",
            false => self.found[range.start].span.join(self.found[range.end - 1].span).of(self.text),
        }
    }

    fn is_name(&self, at: usize) -> bool {
        self.names.iter().any(|span| span.contains(self.found[at].span))
    }

    /// Where the question's name stands that it is about: its first.
    fn main_name(&self) -> Option<Range<usize>> {
        let span = *self.names.first()?;
        let inside = |at: &usize| span.contains(self.found[*at].span);
        let first = (0..self.found.len()).find(inside)?;
        Some(first..(first..self.found.len()).take_while(inside).last()? + 1)
    }

    /// The end of the words that ask ("in che anno", "how many"), from the body's start.
    fn question_phrase(&self) -> Option<usize> {
        let at = opening(&self.found, self.body.clone(), self.language)?;
        let (determiner, question) = (self.class("determiner"), self.class("question"));
        let mut end = at + 1;
        while end < self.body.end && self.found[end].is(question) && !self.found[end].is(determiner) {
            end += 1;
        }
        // "in che *anno*", "how *many*": what the question word takes along.
        let head = super::phrase::head(&self.found[..self.body.end], end, self.language);
        let typed = head.filter(|_| !self.is_no_noun(end)).filter(|head| {
            head.noun.and_then(|n| n.expects).is_some_and(|t| matches!(t, AnswerType::Date | AnswerType::Place))
        });
        Some(typed.map_or(end, |head| head.end))
    }

    /// The end of what a full question asks for, noun and all ("how many *cars* did", "quanti *operai* ha").
    fn asked_phrase(&self) -> Option<usize> {
        let end = self.question_phrase()?;
        let auxiliary = self.class("be") | self.class("have") | self.class("do") | self.class("modal");
        let counted = self.class("adjective") | self.class("light");
        let bare = self.found[..self.body.end].get(end).filter(|w| !w.is(self.class("determiner") | auxiliary));
        let noun = |at: usize| super::nouns::nouns(self.language).of(&self.found[at].form).is_some();
        let mut after = end;
        while bare.is_some() && after < self.body.end && (self.found[after].is(counted) || noun(after)) {
            after += 1;
        }
        let complete = after < self.body.end && self.found[after].is(auxiliary);
        Some(if complete { after } else { end })
    }

    /// What the question is about, as words to put elsewhere.
    fn subject(&self, analysed: &Question) -> Option<String> {
        // "who is *the mayor of Rome*": the phrase, rather than Rome.
        if matches!(analysed.intent, Intent::Who | Intent::What | Intent::Which | Intent::WhoIs | Intent::WhatIs) {
            let after = opening(&self.found, self.body.clone(), self.language).map(|at| at + 1);
            let copula = after.filter(|at| *at < self.body.end && self.found[*at].is(self.class("be")));
            let phrase = copula.map(|at| at + 1..self.body.end).filter(|range| {
                range.len() > 1 && range.len() <= 8 && self.found[range.start].is(self.class("article"))
            });
            if let Some(phrase) = phrase {
                return Some(self.text_of(phrase).to_owned());
            }
        }
        let named = self.main_name().map(|name| self.with_what_is_of(name));
        named.or_else(|| self.noun_phrase()).map(|range| self.text_of(range).to_owned())
    }

    /// "*il ponte di* Varzola": a name with the noun that it belongs to, article and all; else the name alone.
    fn with_what_is_of(&self, name: Range<usize>) -> Range<usize> {
        let before = self.body.start..name.start;
        let noun = before.rev().find(|at| self.found[*at].is(self.class("article")));
        let phrase = noun.and_then(|at| self.phrase_from(at)).filter(|phrase| phrase.end >= name.end);
        phrase.map_or(name.clone(), |phrase| phrase.start..name.end)
    }

    /// "quando riapre *il vecchio ponte*?": the first noun with its article that is not what is asked for.
    fn noun_phrase(&self) -> Option<Range<usize>> {
        let after = self.asked_phrase()?;
        (after..self.body.end)
            .filter(|at| self.found[*at].is(self.class("article")))
            .find_map(|at| self.phrase_from(at))
    }

    /// The noun that the article at `at` belongs to, with its adjectives and with whom or what it is of.
    fn phrase_from(&self, at: usize) -> Option<Range<usize>> {
        let is_part = |at: usize| {
            let word = &self.found[at];
            self.is_name(at)
                || word.is(self.class("adjective"))
                || word.classes == 0 && word.is_content() && !self.is_verb(at)
        };
        let is = |at: usize, class: &str| at < self.body.end && self.found[at].is(self.class(class));
        let mut end = at + 1;
        loop {
            // Empty at the article itself alone: what goes on below begins with a part.
            let words = (end..self.body.end).take_while(|at| is_part(*at)).count();
            end += words;
            let further = end + 1 + usize::from(is(end + 1, "article"));
            if words == 0 || !is(end, "of") || further >= self.body.end || !is_part(further) {
                return (words > 0).then_some(at..end);
            }
            end = further;
        }
    }

    /// "e nel 2030?": the question before, at that time.
    fn time_alone(&self, before: &Asked<'_>, context: &Context<'_>) -> Option<String> {
        let dates = facts::find(self.text, self.language, Some(context.today));
        let dates: Vec<Span> = dates.iter().filter(|f| f.value.kind() == FactKind::Date).map(|f| f.span).collect();
        let preposition = self.class("preposition");
        let covered = |w: &Word<'_>| w.is(preposition) || dates.iter().any(|date| date.contains(w.span));
        if dates.is_empty() || !self.words().iter().all(covered) {
            return None;
        }
        let time = self.text_of(self.body.clone());
        let old = facts::find(before.text, before.language, Some(context.today));
        let old = old.iter().find(|f| f.value.kind() == FactKind::Date).map(|f| f.span);
        let body = before.text_of(before.body.clone());
        Some(match old {
            Some(span) => {
                // A preposition before the old date goes with it.
                let start = before
                    .found
                    .iter()
                    .rfind(|w| w.span.end <= span.start)
                    .filter(|w| w.is(before.class("preposition")));
                let start = start.map_or(span.start, |w| w.span.start);
                finished(&format!("{}{time}{}", &before.text[..start], &before.text[span.end..]))
            }
            None => finished(&format!("{body} {time}")),
        })
    }

    /// "e in euro?": the question before, which asks how much, in that currency.
    fn currency_alone(&self, before: &Asked<'_>, previous: &Question) -> Option<String> {
        let words = self.words();
        let preposition = words.first().filter(|word| word.is(self.class("preposition")));
        let form = |at: usize| words.get(at).map_or("", |word| word.form.as_str());
        let (_, end) = Currencies::of(self.language).name_at(1, form).filter(|_| preposition.is_some())?;
        let sum = matches!(previous.intent, Intent::HowMuch | Intent::HowMany);
        let body = before.text_of(before.body.clone());
        (sum && end == words.len()).then(|| finished(&format!("{body} {}", self.text_of(self.body.clone()))))
    }

    /// "e Sony?": the question before, of that name.
    fn name_alone(&self, before: &Asked<'_>, previous: &Question) -> Option<String> {
        let (article, preposition) = (self.class("article"), self.class("preposition"));
        let only_names = self.body.clone().all(|at| self.is_name(at) || self.found[at].is(article | preposition));
        let unknown_name = self.words().iter().all(|w| w.is_capitalised());
        if !(only_names || unknown_name && self.led) || self.body.len() > LONGEST_NAME {
            return None;
        }
        let old = before.main_name()?;
        let first = (self.body.clone()).find(|at| !self.found[*at].is(preposition) || self.is_name(*at))?;
        let name = self.text_of(first..self.body.end);
        if previous.intent == Intent::Other {
            return None;
        }
        let by_preposition = |asked: &Asked<'_>, at: usize| asked.found[at].is(asked.class("preposition"));
        if by_preposition(self, self.body.start) && !(old.start > 0 && by_preposition(before, old.start - 1)) {
            // "e in Francia?": a place, say, to look at rather than another one to ask of.
            let (body, place) = (before.text_of(before.body.clone()), self.text_of(self.body.clone()));
            return Some(finished(&format!("{body} {place}")));
        }
        let (start, end) = (before.found[old.start].span.start, before.found[old.end - 1].span.end);
        let sentence = &before.text[before.found[before.body.start].span.start..];
        let offset = before.text.len() - sentence.len();
        Some(finished(&format!("{}{name}{}", &sentence[..start.checked_sub(offset)?], &sentence[end - offset..])))
    }

    /// "dove?", "and when?", "in che anno?": the question before, with these words to ask it.
    fn question_word_alone(&self, before: &Asked<'_>, previous: &Question) -> Option<String> {
        if self.question_phrase()? != self.body.end {
            return None;
        }
        let ask = self.text_of(self.body.clone());
        let rest = before.asked_phrase().map_or(before.body.start, |end| end)..before.body.end;
        let asked_subject = matches!(previous.intent, Intent::Who | Intent::WhoIs) && previous.rule == "who";
        let verb = before.found.get(rest.start).map(|w| w.form.clone())?;
        let tail = before.text_of(rest.clone());
        if tail.is_empty() {
            return None;
        }
        if asked_subject && self.language == Language::En {
            // "who founded Fiat" + "when" is "when was Fiat founded".
            let auxiliary = before.class("be") | before.class("have") | before.class("do") | before.class("modal");
            let base = verbs(Language::En).lemma(&verb)?;
            if !before.found[rest.start].is(auxiliary) {
                let object = before.text_of(rest.start + 1..rest.end);
                let participle = verbs(Language::En).listed(base).get(1).map_or(verb.as_str(), |listed| listed);
                return Some(finished(&format!("{ask} was {object} {participle}")));
            }
        }
        Some(finished(&format!("{ask} {tail}")))
    }

    /// "who is he?", "qual è il suo prezzo?": the name for the pronoun.
    fn pronoun(&self, subject: &str) -> Option<String> {
        let table = words(self.language).follow_up();
        let listed = |list: &[String], at: usize| list.contains(&self.found[at].form);
        let free = |at: &usize| !self.is_name(*at) && !self.found.get(at + 1).is_some_and(|w| w.is_capitalised());
        let begin = self.found[self.body.start].span.start;
        let replaced = |range: Range<usize>, with: &str| {
            let (start, end) = (self.found[range.start].span.start, self.found[range.end - 1].span.end);
            let last = self.found[self.body.end - 1].span.end;
            finished(&format!("{}{with}{}", &self.text[begin..start], &self.text[end..last]))
        };
        let content = |at: usize| at < self.body.end && self.found[at].is_content() && self.found[at].classes == 0;
        if let Some(at) = self.body.clone().filter(free).find(|at| listed(&table.their, *at) && content(at + 1)) {
            let thing = self.text_of(at + 1..at + 2);
            let owned = table.possessor.replace("{name}", subject).replace("{thing}", thing);
            return Some(replaced(at..at + 2, &owned));
        }
        let at = self.body.clone().filter(free).find(|at| listed(&table.they, *at))?;
        Some(replaced(at..at + 1, subject))
    }

    /// "e quanti dipendenti?": how many of them the name has.
    fn counted_alone(&self, subject: &str) -> Option<String> {
        let at = opening(&self.found, self.body.clone(), self.language)?;
        let has_verb = (at + 1..self.body.end).any(|at| self.is_verb(at));
        let has_noun = self.body.end > at + 1 && self.found[self.body.end - 1].classes == 0;
        if has_verb || !has_noun || !self.names.is_empty() || self.body.len() > LONGEST_NAME {
            return None;
        }
        let question = self.text_of(self.body.clone());
        let table = words(self.language).follow_up();
        Some(finished(&table.have.replace("{name}", subject).replace("{question}", question)))
    }

    fn is_verb(&self, at: usize) -> bool {
        let word = &self.found[at];
        let auxiliary = self.class("be") | self.class("have") | self.class("do") | self.class("modal");
        // "Entro" is a preposition before it is a form of "entrare".
        word.is(auxiliary)
            || !word.is(self.class("preposition"))
                && verbs(self.language).lemma(&word.form).is_some()
                && (super::nouns::nouns(self.language).of(&word.form).is_none() || self.is_no_noun(at))
    }

    /// "quanto *costa*": what would be a feminine noun cannot follow a masculine word, and is a verb.
    fn is_no_noun(&self, at: usize) -> bool {
        let masculine = self.class("asks_amount");
        at > 0 && at < self.found.len() && self.found[at - 1].is(masculine) && self.found[at].form.ends_with('a')
    }

    /// Whether the question names somebody, but not who did it: "e cosa ha detto sulla Cina?". In Italian that goes
    /// unsaid where a verb of doing follows the question word at `at`, and a preposition stands before the first
    /// name.
    fn lacks_actor(&self, at: usize) -> bool {
        let (have, preposition) = (self.class("have"), self.class("preposition"));
        let asks_who = self.found[at].form == "chi" && at == self.body.start;
        let doing = self.found.get(at + 1).is_some_and(|word| word.is(have));
        let named = self.names.iter().all(|name| {
            let before = self.found.iter().take_while(|word| word.span.end <= name.start).count();
            before > at + 2 && self.found[before - 1].is(preposition)
        });
        self.led && self.language == Language::It && !asks_who && doing && named
    }

    /// "e quanto ha investito?", "e quando produrrà l'auto?": the name as the subject that is missing.
    fn without_subject(&self, subject: &str) -> Option<String> {
        let at = opening(&self.found, self.body.clone(), self.language)?;
        if !(self.names.is_empty() || self.lacks_actor(at)) || !(self.led || self.body.len() <= LONGEST_WITHOUT_LEAD) {
            return None;
        }
        let table = words(self.language).follow_up();
        let question = self.text_of(self.body.clone());
        let regarding = || finished(&table.regarding.replace("{name}", subject).replace("{question}", question));
        let verb = (at + 1..self.body.end).find(|at| self.is_verb(*at));
        if self.language == Language::En || verb.is_none() {
            // English always says its subject: only what the whole is about is missing.
            return self.led.then(regarding);
        }
        let mut end = verb? + 1;
        // "è *partita*": after an auxiliary, a word that may be a noun too is a verb.
        let auxiliary = self.class("be") | self.class("have");
        let participle =
            |at: usize| self.found[at - 1].is(auxiliary) && verbs(self.language).lemma(&self.found[at].form).is_some();
        while end < self.body.end && (self.is_verb(end) || participle(end)) {
            end += 1;
        }
        let noun_follows = end < self.body.end && self.found[end].is(self.class("article"));
        let compound = end > verb? + 1;
        let copula = self.found[verb?].is(self.class("be"));
        if noun_follows && (copula || !compound) {
            // "e quanto costa il biglietto?": the noun may be the subject.
            return self.led.then(regarding);
        }
        let tail = self.text_of(end..self.body.end);
        // "chi *la* dirige?": what stands for the name goes where the name comes.
        let clitic = verb? > at + 1 && self.found[verb? - 1].is(self.class("article"));
        let start = self.text_of(self.body.start..if clitic { verb? - 1 } else { verb? });
        Some(finished(&format!("{start} {} {subject} {tail}", self.text_of(verb?..end))))
    }
}

/// The question with one question mark at its end.
fn finished(text: &str) -> String {
    let trimmed = text.trim().trim_end_matches(['?', '.', '!', ' ', ',']);
    let mut question: String = trimmed.split_whitespace().collect::<Vec<_>>().join(" ");
    question.push('?');
    question
}

fn leads(language: Language) -> &'static [Pattern] {
    static ITALIAN: LazyLock<Vec<Pattern>> = LazyLock::new(|| compiled(Language::It));
    static ENGLISH: LazyLock<Vec<Pattern>> = LazyLock::new(|| compiled(Language::En));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// The patterns are part of the program, and a test reads them: a fault in them is a fault of the build.
fn compiled(language: Language) -> Vec<Pattern> {
    let patterns = words(language).follow_up().lead.iter();
    patterns
        .map(|pattern| {
            Pattern::parse(pattern, language)
                .unwrap_or_else(|cause| panic!("src/language/{}/words.toml: {pattern:?}: {cause}", language.code()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{NoWords, Rules, analyse};
    use super::*;

    fn full(before: &str, text: &str) -> Option<String> {
        let context = Context { today: date(2025, 1, 15), vocabulary: &NoWords, rules: Rules::shipped() };
        let previous = analyse(before, None, &context).remove(0);
        follow_up(text, &previous, &context)
    }

    /// `expected` is "-" for what stands on its own.
    fn check(before: &str, text: &str, expected: &str) {
        assert_eq!(full(before, text).as_deref().unwrap_or("-"), expected, "{text:?} after {before:?}");
    }

    #[test]
    fn follow_ups_take_over_what_they_lack() {
        for (before, text, expected) in [
            ("Chi ha fondato Luxottica?", "e quando?", "quando ha fondato Luxottica?"),
            ("Quando è nata Elsa Morante?", "e dove?", "dove è nata Elsa Morante?"),
            ("Quando è nata Elsa Morante?", "dove?", "dove è nata Elsa Morante?"),
            ("Quando è nata Elsa Morante?", "e Natalia Ginzburg?", "Quando è nata Natalia Ginzburg?"),
            ("Quanto ha investito Barilla a Parma?", "e Ferrero?", "Quanto ha investito Ferrero a Parma?"),
            ("Quanti dipendenti ha Barilla?", "e nel 2030?", "Quanti dipendenti ha Barilla nel 2030?"),
            ("Quanto ha investito Barilla?", "e in euro?", "Quanto ha investito Barilla in euro?"),
            ("How much did Barilla invest?", "and in dollars?", "How much did Barilla invest in dollars?"),
            ("Quanti dipendenti aveva Barilla nel 2020?", "e nel 2030?", "Quanti dipendenti aveva Barilla nel 2030?"),
            ("Dove ha sede Barilla?", "e quanti dipendenti?", "quanti dipendenti ha Barilla?"),
            ("Dove ha sede Barilla?", "e quanti dipendenti ha?", "quanti dipendenti ha Barilla?"),
            ("Dove ha sede Barilla?", "e quanto ha investito?", "quanto ha investito Barilla?"),
            ("Chi è Samantha Cristoforetti?", "quando è partita?", "quando è partita Samantha Cristoforetti?"),
            ("Chi è Samantha Cristoforetti?", "dove vive lei?", "dove vive Samantha Cristoforetti?"),
            ("Dove ha sede Barilla?", "qual è il suo fatturato?", "qual è il fatturato di Barilla?"),
            ("Dove ha sede Barilla?", "Quanti abitanti ha Torino?", "-"),
            ("Dove ha sede Barilla?", "grazie", "-"),
            ("Dove ha sede Barilla?", "", "-"),
            ("Chi ha comprato Luxottica?", "perché?", "perché ha comprato Luxottica?"),
            ("Chi è Elsa Fornero?", "e cosa ha detto sulla Spagna?", "cosa ha detto Elsa Fornero sulla Spagna?"),
            ("Chi è Elsa Fornero?", "e con chi ha parlato a Madrid?", "con chi ha parlato Elsa Fornero a Madrid?"),
            ("Chi è Elsa Fornero?", "e chi ha incontrato la Spagna?", "-"),
            ("Chi è Elsa Fornero?", "e chi è il sindaco di Roma?", "-"),
            ("Chi è Elsa Fornero?", "e chi dirige lo stabilimento di Melfi?", "-"),
            ("Chi è Elsa Fornero?", "e quanti abitanti ci sono a Milano?", "-"),
            ("Chi è Elsa Fornero?", "e chi ha vinto a Sanremo?", "-"),
            ("Chi è Elsa Fornero?", "e cosa è successo in Francia?", "-"),
            (
                "Quando aprirà Barilla la fabbrica?",
                "e quanta pasta farà entro il 2030?",
                "quanta pasta farà Barilla entro il 2030?",
            ),
            ("Dove ha sede Barilla?", "chi la dirige?", "chi dirige Barilla?"),
            ("Dove ha sede Barilla?", "e chi è il presidente?", "a proposito di Barilla, chi è il presidente?"),
            ("Dove ha sede Barilla?", "e in Francia?", "Dove ha sede Barilla in Francia?"),
            ("Quando apre il museo egizio?", "e quanto costa?", "quanto costa il museo egizio?"),
            ("quando riapre il ponte di Cremona?", "e quanto costa?", "quanto costa il ponte di Cremona?"),
            (
                "Quando ha aperto lo stabilimento di Melfi?",
                "e quanti operai ha?",
                "quanti operai ha lo stabilimento di Melfi?",
            ),
            ("How long is the old bridge?", "how much did it cost?", "how much did the old bridge cost?"),
            ("Perché si è dimesso Fassino?", "quando?", "quando si è dimesso Fassino?"),
            ("Quanto è durato il processo a Fassino?", "e perché?", "perché è durato il processo a Fassino?"),
            ("ciao", "e quando?", "-"),
            ("When was Nokia founded?", "and where?", "where was Nokia founded?"),
            ("When was Nokia founded?", "where?", "where was Nokia founded?"),
            ("Who founded Nokia?", "and when?", "when was Nokia founded?"),
            ("Who founded Nokia?", "and Ericsson?", "Who founded Ericsson?"),
            ("Who founded Nokia?", "what about Ericsson?", "Who founded Ericsson?"),
            ("How many people does Nokia employ?", "and in 2030?", "How many people does Nokia employ in 2030?"),
            ("Who is Ada Yonath?", "when was she born?", "when was Ada Yonath born?"),
            ("Who is Ada Yonath?", "what is her job?", "what is Ada Yonath's job?"),
            ("Where is Nokia based?", "and how many employees?", "how many employees does Nokia have?"),
            ("Where is Nokia based?", "who runs it?", "who runs Nokia?"),
            ("Who is the mayor of Cork?", "how old is he?", "how old is the mayor of Cork?"),
            ("Where is Nokia based?", "How many people live in Oslo?", "-"),
            ("Where is Nokia based?", "thanks", "-"),
            ("Why did Nokia close the plant in Cork?", "when?", "when did Nokia close the plant in Cork?"),
            ("How much did Nokia invest?", "and when?", "when did Nokia invest?"),
            ("How much did Nokia invest?", "why?", "why did Nokia invest?"),
            ("What did Nokia announce?", "and how many jobs will it cut?", "how many jobs will Nokia cut?"),
            ("How many cars did Volvo sell?", "where?", "where did Volvo sell?"),
            ("Quanti operai ha assunto Barilla?", "dove?", "dove ha assunto Barilla?"),
            ("In what year was Nokia founded?", "where?", "where was Nokia founded?"),
            ("hello", "and when?", "-"),
        ] {
            check(before, text, expected);
        }
    }
}
