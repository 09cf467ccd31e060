//! The spans that may answer: every stretch of a sentence that could be a phrase, and every fact.

use std::collections::BTreeSet;

use super::asked::{Asked, Fit, fit};
use super::reading::Readings;
use super::roles::{Roles, is_asked_name};
use super::sentence::{Scene, Sentence, Word};
use super::{direction, numbered, ordinal, period};
use crate::facts::{Fact, Value};
use crate::language::WordClass;
use crate::question::{AnswerType, Intent};
use crate::text::{Span, TokenKind, fold, tokens};

/// The most words in a phrase that is proposed for its words alone.
const LONGEST_PHRASE: usize = 12;
/// The most words in a clause that is proposed up to its end.
const LONGEST_CLAUSE: usize = 32;
/// How many of the best covered sentences are cut into phrases; facts are taken from all.
const PHRASED_SENTENCES: usize = 8;

/// A span that may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The sentence's place in the scene.
    pub sentence: usize,
    /// The first word's place in the sentence.
    pub first: usize,
    /// The last word's place in the sentence.
    pub last: usize,
    /// The fact of the passage whose value the span has, if any.
    pub fact: Option<usize>,
    /// How the fact's kind fits what is asked.
    pub fit: Fit,
    /// Whether the span is the whole of the fact but perhaps a preposition or an article before it.
    pub whole: bool,
    /// Whether a fact tells it of a name that the question asks of: a role, a definition, words that were said.
    pub told: bool,
}

impl Candidate {
    /// The words' span, as bytes of the passage's text.
    pub(super) fn span(&self, scene: &Scene<'_>) -> Span {
        let words = &scene.sentences[self.sentence].words;
        words[self.first].span.join(words[self.last].span)
    }
}

/// The candidates of `scene`, by sentence and place.
pub(super) fn candidates(scene: &Scene<'_>) -> Vec<Candidate> {
    let asked = Asked::of(scene.question);
    // What an interviewer asks is no answer.
    let mut by_cover: Vec<usize> = (0..scene.sentences.len()).filter(|i| !scene.sentences[*i].asks()).collect();
    let value = |i: usize| {
        let cover = &scene.sentences[i].cover;
        cover.all + 0.5 * cover.near + 0.3 * cover.passage
    };
    by_cover.sort_by(|a, b| value(*b).total_cmp(&value(*a)).then(a.cmp(b)));
    let phrased: BTreeSet<usize> = by_cover.into_iter().take(PHRASED_SENTENCES).collect();

    let proposed = scene.readings.as_ref().map_or_else(Vec::new, Readings::proposed);

    let mut found = Vec::new();
    for (i, sentence) in scene.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.asks()) {
        let vouched = vouched(scene, sentence);
        let fitting = vouched.iter().filter(|v| v.fit > Fit::Wrong);
        let mut spans: BTreeSet<(usize, usize)> = fitting.map(|v| (v.first, v.last)).collect();
        if phrased.contains(&i) {
            phrases(sentence, asked, &mut spans);
        }
        spans.extend(
            proposed
                .iter()
                .filter(|(hit, _)| *hit == sentence.hit)
                .filter_map(|(_, span)| sentence.span.overlaps(*span).then(|| words_of(sentence, *span)).flatten())
                .map(|span| without_joint(sentence, asked, span)),
        );
        found.extend(spans.into_iter().map(|span| with_fact(i, span, &vouched, sentence)));
    }
    let roles = Roles::new(scene);
    let of_others = [numbered::of_another(scene), ordinal::of_another(scene), direction::reversed(scene)];
    let datelines = period::datelines(scene);
    found.retain(|candidate| {
        !roles.are_another_s(scene, candidate)
            && !datelines[candidate.sentence].as_ref().is_some_and(|line| line.has(scene, candidate))
            && !of_others.iter().any(|of_other| of_other[candidate.sentence])
    });
    found
}

/// The words without the conjunction or the comma that joins them to what stands before them; a reason may begin with
/// one.
fn without_joint(sentence: &Sentence<'_>, asked: Asked, (first, last): (usize, usize)) -> (usize, usize) {
    let joins = |at: &usize| {
        let word = &sentence.words[*at];
        matches!(word.text, "," | ";") || word.class == Some(WordClass::Conjunction)
    };
    let clause = matches!(asked, Asked::Reason | Asked::Manner | Asked::Description);
    let first = if clause { first } else { (first..last).find(|at| !joins(at)).unwrap_or(first) };
    (first, last)
}

/// Words of a sentence that a fact vouches for.
struct Vouched {
    /// The fact whose value the words are, as its place in the passage; none for what a fact says of its name.
    fact: Option<usize>,
    first: usize,
    last: usize,
    fit: Fit,
}

/// The facts that lie in `sentence`, and what they say of the names that the question asks of.
fn vouched(scene: &Scene<'_>, sentence: &Sentence<'_>) -> Vec<Vouched> {
    let passage = &scene.hits[sentence.hit].passage;
    let base = passage.span.start;
    let mut found = Vec::new();
    for (i, fact) in passage.facts.iter().enumerate() {
        let inside = fact.span.start >= base && sentence.span.shifted(base).contains(fact.span);
        if !inside {
            continue;
        }
        let span = Span::new(fact.span.start - base, fact.span.end - base);
        if let Some((first, last)) = words_of(sentence, span) {
            found.push(Vouched { fact: Some(i), first, last, fit: fit_of(scene, &fact.value) });
            found.extend(told_of(scene, sentence, fact, (first, last)));
        }
    }
    found
}

/// How a value of this kind fits the question.
fn fit_of(scene: &Scene<'_>, value: &Value) -> Fit {
    match value {
        Value::List { .. } if scene.question.intent == Intent::List => Fit::Exact,
        _ => fit(scene.question.expects, value.kind()),
    }
}

/// What `fact` says of somebody or something that the question names: the role, the definition, the quoted words.
fn told_of(scene: &Scene<'_>, sentence: &Sentence<'_>, fact: &Fact, words: (usize, usize)) -> Option<Vouched> {
    let described = matches!(scene.question.expects, AnswerType::Definition | AnswerType::Description);
    let (name, told) = match &fact.value {
        Value::Definition { name, text } if described => (name.as_str(), text.as_str()),
        Value::Quotation { speaker: Some(speaker), text } if scene.question.expects == AnswerType::Quote => {
            (speaker.as_str(), text.as_str())
        }
        value if described => (value.name()?.name.as_str(), value.name()?.role.as_deref()?),
        _ => return None,
    };
    let asked = |word: &str| is_asked_name(scene, &fold(word), sentence.language);
    let passage = &scene.hits[sentence.hit].passage;
    let text = &passage.text;
    // The question may use another form of the name, such as its acronym.
    if !passage.forms_of(name).flat_map(tokens).any(|token| token.kind == TokenKind::Word && asked(token.text)) {
        return None;
    }
    // The words told of the name stand near it: the nearest place counts.
    let at = sentence.words[words.0].span.start;
    let places = sentence.span.of(text).match_indices(told).map(|(i, _)| i + sentence.span.start);
    let start = places.min_by_key(|start| start.abs_diff(at))?;
    let (first, last) = words_of(sentence, Span::new(start, start + told.len()))?;
    Some(Vouched { fact: None, first, last, fit: Fit::Exact })
}

/// The first and the last word of `sentence` that `span` of the passage touches.
pub(super) fn words_of(sentence: &Sentence<'_>, span: Span) -> Option<(usize, usize)> {
    let first = sentence.words.iter().position(|w| w.span.overlaps(span))?;
    let last = sentence.words.iter().rposition(|w| w.span.overlaps(span))?;
    Some((first, last))
}

/// The candidate of these words, with the fact that fits best among those that it overlaps.
fn with_fact(place: usize, (first, last): (usize, usize), vouched: &[Vouched], sentence: &Sentence<'_>) -> Candidate {
    let mut best = Candidate { sentence: place, first, last, fact: None, fit: Fit::Wrong, whole: false, told: false };
    let mut seen = false;
    for other in vouched.iter().filter(|other| other.first <= last && first <= other.last) {
        let little = |range: std::ops::Range<usize>| sentence.words[range].iter().all(|w| w.class.is_some());
        let whole = other.last == last
            && if other.first < first { little(other.first..first) } else { little(first..other.first) };
        let told = whole && other.fact.is_none();
        if !seen || (other.fit, whole, told) > (best.fit, best.whole, best.told) {
            best = Candidate { fact: other.fact, fit: other.fit, whole, told, ..best };
            seen = true;
        }
    }
    best
}

/// Adds the stretches of `sentence` that could be phrases.
fn phrases(sentence: &Sentence<'_>, asked: Asked, spans: &mut BTreeSet<(usize, usize)>) {
    let words = &sentence.words;
    let clauses = matches!(asked, Asked::Reason | Asked::Manner | Asked::Description | Asked::Thing);
    for first in 0..words.len() {
        if !may_begin(&words[first], asked) {
            continue;
        }
        let mut depth = 0i32;
        for last in first..words.len().min(first + LONGEST_CLAUSE) {
            let word = &words[last];
            match word.text {
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                "«" | "“" | "”" | "»" | "\"" | ";" | ":" if last > first => break,
                _ => {}
            }
            if depth < 0 {
                break;
            }
            let long = last - first >= LONGEST_PHRASE;
            if long && !clauses {
                break;
            }
            if depth == 0 && may_end(word) && (!long || ends_clause(words, last)) {
                spans.insert((first, last));
            }
        }
    }
}

fn may_begin(word: &Word<'_>, asked: Asked) -> bool {
    if word.kind == TokenKind::Symbol {
        return matches!(word.text, "$" | "€" | "£" | "¥" | "+" | "-");
    }
    match word.class {
        None | Some(WordClass::Determiner | WordClass::Preposition | WordClass::Adverb) => true,
        Some(WordClass::Conjunction) => matches!(asked, Asked::Reason),
        Some(WordClass::Negation) => matches!(asked, Asked::Reason | Asked::Manner | Asked::Description),
        _ => false,
    }
}

fn may_end(word: &Word<'_>) -> bool {
    match word.kind {
        TokenKind::Symbol => matches!(word.text, "%" | "$" | "€" | "£" | "¥" | ")" | "°"),
        TokenKind::Number => true,
        TokenKind::Word => word.class.is_none() || word.text.chars().next().is_some_and(char::is_uppercase),
    }
}

/// Whether the word after `last` cannot belong to the same clause.
fn ends_clause(words: &[Word<'_>], last: usize) -> bool {
    words.get(last + 1).is_none_or(|next| {
        next.kind == TokenKind::Symbol && !matches!(next.text, "-" | "/" | "'" | "’")
            || matches!(next.class, Some(WordClass::Relative | WordClass::Conjunction))
    })
}
