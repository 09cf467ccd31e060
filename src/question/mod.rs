//! What a question asks: its language, its intent, the kind of answer that it expects, whom and what it is about.
//!
//! A question is read as a row of words with classes (`word`), cut to the sentence that asks (`segment`), and held
//! against rules kept as data (`rules`, `pattern`); the type of its head noun (`phrase`, `nouns`) says what answers it.

mod designator;
mod follow_up;
mod language;
mod leader;
mod names;
mod nouns;
mod parts;
mod pattern;
mod phrase;
mod repair;
mod rules;
mod segment;
mod terms;
mod types;
mod word;

use std::ops::Range;

use jiff::civil::Date;

use crate::facts::{self, DateValue, Fact, Value};
use crate::language::{Language, verbs, words};
use crate::text::{Span, fold, nfc};

use nouns::nouns;
use rules::{Decision, FocusPlace, Rule};
use word::{Word, read};

pub use designator::Designated;
pub use follow_up::follow_up;
pub use language::language_of;
pub use rules::{RULES_FILE, Rules};
pub use types::*;

/// What is known beside the words of a question.
pub struct Context<'a> {
    /// The day that the question's own "quest'anno" is counted from.
    pub today: Date,
    /// The words and names of the corpus.
    pub vocabulary: &'a dyn Vocabulary,
    /// What decides what a question wants.
    pub rules: &'a Rules,
}

/// The words and names of a corpus, for repairing typing errors and for knowing which names it knows.
pub trait Vocabulary {
    /// How many passages there are.
    fn passages(&self) -> usize;
    /// How many passages hold this word, in its folded form (`text::fold`).
    fn frequency(&self, word: &str) -> usize;
    /// The known words within `distance` edits (1 or 2) of this folded word, the most frequent first.
    fn similar(&self, word: &str, distance: u8) -> Vec<String>;
    /// The corpus' name that is equal to `name` when both are folded, as most articles write it.
    fn name(&self, name: &str) -> Option<String>;
}

/// A corpus without any word: names are known by their capitals alone.
pub struct NoWords;

impl Vocabulary for NoWords {
    fn passages(&self) -> usize {
        0
    }

    fn frequency(&self, _word: &str) -> usize {
        0
    }

    fn similar(&self, _word: &str, _distance: u8) -> Vec<String> {
        Vec::new()
    }

    fn name(&self, _name: &str) -> Option<String> {
        None
    }
}

/// Understands `text`; two questions in one give two parts. There is always at least one.
///
/// `language` overrides what the words say.
pub fn analyse(text: &str, language: Option<Language>, context: &Context<'_>) -> Vec<Question> {
    let text = nfc(text.trim());
    let language = language.unwrap_or_else(|| language_of(&text));
    let mended = repair::mend(&text, language, context.vocabulary);
    let mut questions: Vec<Question> = Vec::new();
    for part in parts::split(&mended.text, language) {
        // The second of two questions leans on the first: "chi è Ada Lovelace e dove è nata?".
        let full = questions.first().and_then(|first| follow_up(&part, first, context));
        let part = full.as_deref().unwrap_or(&part);
        let ordered = segment::question_first(part, language);
        let mut question = understand(ordered.as_deref().unwrap_or(part), language, context);
        question.rewritten = full;
        if let Some(meant) = names::question_of_name(&question) {
            question = understand(&meant, language, context);
            question.rewritten = Some(meant);
        }
        question.repaired = mended.repaired.clone();
        question.ambiguous = mended.ambiguous.clone();
        questions.push(question);
    }
    questions
}

/// Understands one question.
fn understand(text: &str, language: Language, context: &Context<'_>) -> Question {
    let found = read(text, language);
    let facts = facts::find(text, language, Some(context.today));
    let sentence = segment::asking(&found, language);
    let core = segment::core(&found, sentence.clone(), language);
    let decisions = decide(&found, &sentence, &core, language, context.rules);
    let decision = decisions.first();
    let openings: Vec<usize> =
        segment::sentences(&found, language).into_iter().map(|range| range.start).chain([core.start]).collect();
    let mut entities = names::names(text, &found, &openings, language, context.vocabulary, &facts);
    // "Vorrei sapere": a capital before the question itself makes no name that the corpus lacks.
    let polite = |entity: &Entity| found[sentence.start..core.start].iter().any(|w| w.span.overlaps(entity.span));
    entities.retain(|entity| entity.known || !polite(entity));
    let verb = terms::main_verb(&found, core.clone(), decision, language);
    let polite = [sentence.start..core.start, core.end..sentence.end];
    let second = decisions.get(1).filter(|second| decision.is_some_and(|first| first.intent != second.intent));
    let mut terms = terms::terms(&found, &polite, &entities, verb, language);
    if let Some(decision) = decision.filter(|decision| decision.rule.detail.is_some()) {
        // "Chi ha scritto l'articolo" says nothing of what the article is about.
        let taken = found[decision.anchor].span.join(found[decision.matched.end - 1].span);
        terms.retain(|term| !taken.contains(term.span));
    }
    let mut question = Question {
        language,
        intent: decision.map_or(Intent::Other, |d| d.intent),
        expects: decision.map_or(AnswerType::None, |d| d.expects),
        trec: decision.map_or(TrecClass::Desc, |d| d.trec),
        focus: focus(text, &found, decision, verb, language),
        terms,
        time: time(&facts, &entities),
        detail: decision.and_then(|d| d.rule.detail),
        measure: decision.and_then(|d| d.rule.measure),
        rule: decision.map_or_else(|| "none".to_owned(), |d| d.rule.name.clone()),
        second: second.map(|d| (d.rule.name.clone(), d.intent)),
        text: text.to_owned(),
        entities,
        repaired: Vec::new(),
        ambiguous: Vec::new(),
        unclear: false,
        rewritten: None,
    };
    question.unclear = is_unclear(&question, context.vocabulary);
    question
}

/// Whether nothing can be made of the question: it asks, but of nothing ("quando?"), or it has neither the shape of a
/// question nor any word that the corpus or the tables of the languages know.
fn is_unclear(question: &Question, vocabulary: &dyn Vocabulary) -> bool {
    if question.intent.is_chat() || question.detail.is_some() || !question.entities.is_empty() {
        return false;
    }
    let known = |term: &Term| {
        let folded = fold(&term.text);
        vocabulary.frequency(&folded) > 0
            || Language::ALL.iter().any(|l| nouns(*l).of(&folded).is_some() || verbs(*l).lemma(&folded).is_some())
    };
    match question.intent {
        Intent::Other => !question.terms.iter().any(known),
        _ => question.terms.is_empty(),
    }
}

/// The rule of `rules` that decides the question `text`.
fn deciding<'r>(text: &str, language: Language, rules: &'r Rules) -> Option<&'r Rule> {
    let found = read(text, language);
    let sentence = segment::asking(&found, language);
    let core = segment::core(&found, sentence.clone(), language);
    decide(&found, &sentence, &core, language, rules).first().map(|decision| decision.rule)
}

/// The rule that decides and, where it is close, the next one that would have: talk is looked for in the whole
/// sentence, a question first at the beginning of what asks, then at each later question word.
fn decide<'r>(
    found: &[Word<'_>],
    sentence: &Range<usize>,
    core: &Range<usize>,
    language: Language,
    rules: &'r Rules,
) -> Vec<Decision<'r>> {
    let whole = &found[..sentence.end];
    let rules = rules.of(language);
    let talk = rules.iter().filter(|rule| rule.is_chat()).find_map(|rule| rule.decide(whole, sentence.start));
    if let Some(talk) = talk {
        return vec![talk];
    }
    let asking = &found[..core.end];
    let class = |name: &str| words(language).class(name).unwrap_or(0);
    let (question, preposition) = (class("question"), class("preposition"));
    let later = (core.start + 1..core.end).filter(|at| asking[*at].is(question) && asking[*at].quotation == 0);
    let later = later.map(|at| if asking[at - 1].is(preposition) && at > core.start + 1 { at - 1 } else { at });
    let (late, early): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| rule.needs_no_question_word());
    let later = later.filter(|at| !begins_clause(&asking[core.start..], at - core.start, &late, language));
    let first = segment::behind_clause(asking, core.start, language).unwrap_or(core.start);
    for anchor in std::iter::once(first).chain(later) {
        let mut decisions = early.iter().filter_map(|rule| rule.decide(asking, anchor));
        if let Some(first) = decisions.next() {
            let second = decisions.find(|second| second.intent != first.intent);
            return std::iter::once(first).chain(second).collect();
        }
    }
    late.iter().find_map(|rule| rule.decide(asking, core.start)).into_iter().collect()
}

/// Whether the question word at `at` begins a clause behind a whole statement: "era al mercato *quando* è crollato il
/// tetto?"
fn begins_clause(asking: &[Word<'_>], at: usize, late: &[&Rule], language: Language) -> bool {
    let class = |name: &str| words(language).class(name).unwrap_or(0);
    let verbal = class("be") | class("have") | class("modal");
    let clauses = words(language).clauses();
    let lemma = |word: &Word<'_>| verbs(language).lemma(&word.form);
    // "Ha detto ai sindaci quando riapre": what it tells is what is asked.
    let tells =
        |word: &Word<'_>| lemma(word).is_some_and(|verb| clauses.unless_after.iter().any(|known| known == verb));
    clauses.begin.contains(&asking[at].form)
        && !asking[..at].iter().any(tells)
        && asking[at + 1..].iter().any(|word| word.is(verbal) || lemma(word).is_some())
        && late.iter().any(|rule| rule.affirms() && rule.decide(&asking[..at], 0).is_some())
}

fn focus(
    text: &str,
    found: &[Word<'_>],
    decision: Option<&Decision<'_>>,
    verb: Option<usize>,
    language: Language,
) -> Option<Focus> {
    let decision = decision?;
    let noun = |range: Range<usize>| {
        let span = found[range.start].span.join(found[range.end - 1].span);
        let lemma = terms::lemma_of(&found[range.end - 1].form, TermPart::Noun, language);
        Focus { text: Span::of(span, text).to_owned(), lemma, verb: false }
    };
    let verb = verb.map(|at| {
        let lemma = terms::lemma_of(&found[at].form, TermPart::Verb, language);
        Focus { text: found[at].text.to_owned(), lemma, verb: true }
    });
    match decision.rule.focus {
        FocusPlace::None => None,
        FocusPlace::Head => decision.matched.head.as_ref().map(|head| noun(head.head.clone())).or(verb),
        FocusPlace::Last => Some(noun(decision.matched.end - 1..decision.matched.end)),
        FocusPlace::Verb => verb,
    }
}

/// The period that the question names outside its names.
fn time(facts: &[Fact], entities: &[Entity]) -> Option<DateValue> {
    facts.iter().filter(|fact| !entities.iter().any(|e| e.span.overlaps(fact.span))).find_map(|fact| {
        match &fact.value {
            Value::Date(date) if date.from.is_some() || date.to.is_some() => Some(*date),
            _ => None,
        }
    })
}
