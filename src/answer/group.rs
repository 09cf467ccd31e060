//! Candidates that say the same are one answer, and the probabilities of all of them are its own.

use super::agree::{Agreement, agreement};
use super::asked::{Asking, Fit};
use super::bounds::unlike;
use super::candidates::{Candidate, candidates};
use super::confidence::{self, Shares};
use super::examples::with_examples;
use super::lists::{enumeration, has_several_names, is_list, whole_list};
use super::outcome::{Evidence, Finding};
use super::score::scores;
use super::sentence::Scene;
use super::trim;
use crate::facts::{self, DateRelation, Modality, Value};
use crate::language::Language;
use crate::question::{AnswerType, TermPart};
use crate::text::Span;

/// How many of the best candidates are brought together.
const MOST: usize = 60;
/// The least logarithm of the reader's odds of words that support an answer.
const LEAST_ODDS: f32 = -1.0;
/// A sentence in the question's language is shown if it has this share of what the best in the other has.
const OWN_LANGUAGE: f64 = 0.3;
/// A sentence speaks of the same as another if it has this share of what the other has of the question's words.
const SAME_SUBJECT: f32 = 0.5;

/// An answer: its best candidate and the others that say the same, the best first.
pub(super) struct Group {
    /// The candidate whose words are shown.
    pub shown: Candidate,
    /// All of them with their shares of the choice, the likeliest first.
    pub members: Vec<(Candidate, f64)>,
    /// The share of the choice that falls on them, from 0 to 1.
    pub share: f64,
    /// The share of the likeliest other answer.
    pub rival: f64,
    /// The score of the best of them.
    pub score: f32,
    /// Whether the words shown are of a kind that cannot answer.
    pub unlike: bool,
    /// The calibrated probability that the answer is right, from 0 to 1.
    pub probability: f64,
    /// What it would be if the likeliest other answer were not there: two articles may each say their own.
    pub alone: f64,
    /// The value, where it is not that of the shown candidate's fact.
    pub value: Option<Value>,
}

impl Group {
    /// The place of the sentence that is shown.
    pub(super) fn sentence(&self) -> usize {
        self.shown.sentence
    }

    /// The answer with its evidence.
    pub(super) fn finding(&self, scene: &Scene<'_>) -> Finding {
        let evidence = evidence(scene, self.shown.sentence, trim::evidence(scene, &self.shown));
        let mut also: Vec<Evidence> = Vec::new();
        for (member, _) in &self.members {
            let seen = |sentence: usize| {
                let span = scene.sentences[sentence].span.shifted(passage_start(scene, sentence));
                let article = &scene.hits[scene.sentences[sentence].hit].passage.article;
                std::iter::once(&evidence).chain(&also).any(|e| e.article == *article && e.quote_span == span)
            };
            if !seen(member.sentence) && supports(scene, member, self.shown.sentence) {
                also.push(self::evidence(scene, member.sentence, trim::evidence(scene, member)));
            }
        }
        Finding {
            words: trim::answer(scene, &self.shown)
                .of(&scene.hits[scene.sentences[self.shown.sentence].hit].passage.text)
                .to_owned(),
            value: self.value.clone().or_else(|| value(scene, &self.shown).cloned()),
            confidence: self.probability,
            evidence,
            also,
        }
    }
}

/// The answers that `scene` offers, the likeliest first.
pub(super) fn groups(scene: &Scene<'_>) -> Vec<Group> {
    let all = candidates(scene);
    let asking = Asking::new(scene.question, &all);
    let scores = scores(scene, &asking, &all);
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let Some(best) = order.first().map(|i| scores[*i]) else { return Vec::new() };
    let relative = |i: usize| f64::from(scores[i] - best).exp();
    let whole: f64 = (0..all.len()).map(relative).sum();

    let mut groups: Vec<Group> = Vec::new();
    for i in order.into_iter().take(MOST) {
        let candidate = all[i];
        let share = relative(i) / whole;
        match groups.iter_mut().find(|group| same(scene, &group.members[0].0, &candidate)) {
            Some(group) => {
                group.members.push((candidate, share));
                group.share += share;
            }
            None => groups.push(Group {
                shown: candidate,
                members: vec![(candidate, share)],
                share,
                rival: 0.0,
                score: scores[i],
                unlike: false,
                probability: 0.0,
                alone: 0.0,
                value: None,
            }),
        }
    }
    for group in &mut groups {
        group.shown = whole_fact(scene, &asking, &all, central(scene, &group.members));
        group.shown = enumeration(scene, &asking, &group.members, group.shown);
        group.shown = whole_list(scene, &asking, group.shown);
        group.shown = with_examples(scene, &asking, group.shown);
        group.unlike = unlike(scene, &asking, &group.shown);
    }
    groups.sort_by(|a, b| b.share.total_cmp(&a.share).then(b.score.total_cmp(&a.score)));
    let shares: Vec<f64> = groups.iter().map(|group| group.share).collect();
    let share = |i: usize| shares.get(i).copied().unwrap_or(0.0);
    for (i, group) in groups.iter_mut().enumerate() {
        group.rival = share(usize::from(i == 0));
        let chosen = Shares { own: group.share, rival: group.rival };
        let rest = (1.0 - share(usize::from(i == 0))).max(f64::MIN_POSITIVE);
        let next = share(if i <= 1 { 2 } else { 1 });
        let alone = Shares { own: group.share / rest, rival: next / rest };
        [group.probability, group.alone] = confidence::probabilities(scene, &asking, group, [chosen, alone]);
    }
    groups
}

/// Whether `candidate`, which says the same as an answer in the sentence at `shown`, supports it: it speaks of the same, and
/// the reader, where it has read it, does not find it unlikely to answer ("Rossi has left" does not say who leads).
pub(super) fn supports(scene: &Scene<'_>, candidate: &Candidate, shown: usize) -> bool {
    let hit = scene.sentences[candidate.sentence].hit;
    let odds = scene.readings.as_ref().and_then(|readings| readings.log_odds(hit, candidate.span(scene)));
    let answers = candidate.told || odds.is_none_or(|odds| odds >= LEAST_ODDS);
    answers && on_subject(scene, candidate.sentence, shown)
}

/// Whether the sentence at `other` speaks of the question's subject about as much as the one at `shown`: two values
/// may be equal by chance.
pub(super) fn on_subject(scene: &Scene<'_>, other: usize, shown: usize) -> bool {
    let cover = |place: usize| scene.sentences[place].cover;
    let named =
        !scene.asks_with(TermPart::Name) || cover(other).passage_names >= SAME_SUBJECT * cover(shown).passage_names;
    named && cover(other).near >= SAME_SUBJECT * cover(shown).near
}

/// The member that has most words in common with all the others in its sentence, by their shares: the span of the
/// least expected loss in word F1. The sentence is the best member's, or one in the question's language with a share nearly as large.
fn central(scene: &Scene<'_>, members: &[(Candidate, f64)]) -> Candidate {
    let of_asked = |c: &Candidate| scene.sentences[c.sentence].language == scene.question.language;
    let near = |(c, share): &&(Candidate, f64)| of_asked(c) && *share >= OWN_LANGUAGE * members[0].1;
    let best = members.iter().find(near).unwrap_or(&members[0]).0;
    let beside: Vec<&(Candidate, f64)> = members.iter().filter(|(c, _)| c.sentence == best.sentence).collect();
    let gain = |a: &Candidate| -> f64 { beside.iter().map(|(b, share)| share * overlap(a, b)).sum() };
    let typed = |c: &Candidate| value(scene, c).is_some() == value(scene, &best).is_some();
    let mut chosen = (best, gain(&best));
    for (candidate, _) in beside.iter().filter(|(c, _)| typed(c)) {
        let gained = gain(candidate);
        if gained > chosen.1 + 1e-12 {
            chosen = (*candidate, gained);
        }
    }
    chosen.0
}

/// The candidate that is the whole fact of which `part` is some words, or with which it says others; a list stays as it
/// is. Of a sum that is given again in another currency in parentheses it is the first; else `part` itself.
fn whole_fact(scene: &Scene<'_>, asking: &Asking, all: &[Candidate], part: Candidate) -> Candidate {
    let listed = || is_list(scene, asking, &part) || asking.several && has_several_names(scene, &part);
    if part.fit < Fit::Exact || !asking.asked.is_typed() || listed() {
        return part;
    }
    let sentence = &scene.sentences[part.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let fact = part.fact.map(|i| &passage.facts[i]);
    // "entro" and "dal" are part of what is said; the "nel" of a plain date is not.
    let bare = fact.is_none_or(|f| !matches!(&f.value, Value::Date(d) if d.relation != DateRelation::In));
    if part.whole && bare {
        return first_sum(scene, asking, all, part);
    }
    let is_fact = |c: &&Candidate| {
        c.sentence == part.sentence
            && c.fact == part.fact
            && fact.is_some_and(|f| c.span(scene).shifted(passage.span.start) == f.span)
    };
    first_sum(scene, asking, all, all.iter().find(is_fact).copied().unwrap_or(part))
}

/// The sum before the parentheses in which `sum` stands, if it is one given again and not in the currency asked for.
fn first_sum(scene: &Scene<'_>, asking: &Asking, all: &[Candidate], sum: Candidate) -> Candidate {
    const WORDS_BETWEEN: usize = 3;
    let money = |c: &Candidate| matches!(value(scene, c), Some(Value::Money { .. }));
    let words = &scene.sentences[sum.sentence].words;
    let before = |c: &&Candidate| {
        c.sentence == sum.sentence
            && money(c)
            && c.last + 1 < sum.first
            && sum.first - c.last <= WORDS_BETWEEN
            && words[c.last + 1].text == "("
    };
    let currency = match value(scene, &sum) {
        Some(Value::Money { currency, .. }) => currency.as_deref(),
        _ => return sum,
    };
    if currency.is_some_and(|currency| asking.currency == Some(currency)) {
        return sum;
    }
    all.iter().filter(before).max_by_key(|c| c.last - c.first).copied().unwrap_or(sum)
}

/// The F1 of the words of two spans of one sentence.
fn overlap(a: &Candidate, b: &Candidate) -> f64 {
    let common = (a.last.min(b.last) + 1).saturating_sub(a.first.max(b.first)) as f64;
    let (x, y) = ((a.last - a.first + 1) as f64, (b.last - b.first + 1) as f64);
    2.0 * common / (x + y)
}

/// Whether two candidates are one answer: they overlap, or they say the same in different places.
fn same(scene: &Scene<'_>, a: &Candidate, b: &Candidate) -> bool {
    if a.sentence == b.sentence && a.first <= b.last && b.first <= a.last {
        return true;
    }
    agreement(told(scene, a), told(scene, b)) == Agreement::Same
}

fn told<'a>(scene: &'a Scene<'_>, candidate: &Candidate) -> (Option<&'a Value>, &'a str, Language) {
    let sentence = &scene.sentences[candidate.sentence];
    let words = candidate.span(scene).of(&scene.hits[sentence.hit].passage.text);
    (value(scene, candidate), words, sentence.language)
}

/// How two findings stand to each other.
pub(super) fn agreement_of(scene: &Scene<'_>, a: &Finding, b: &Finding) -> Agreement {
    let language = |finding: &Finding| {
        let of = |s: &&super::sentence::Sentence<'_>| scene.hits[s.hit].passage.article == finding.evidence.article;
        scene.sentences.iter().find(of).map_or(scene.question.language, |s| s.language)
    };
    agreement((a.value.as_ref(), &a.words, language(a)), (b.value.as_ref(), &b.words, language(b)))
}

/// The value of the candidate: that of the fact it is, if it is of a kind that was asked for.
pub(super) fn value<'a>(scene: &'a Scene<'_>, candidate: &Candidate) -> Option<&'a Value> {
    let passage = &scene.hits[scene.sentences[candidate.sentence].hit].passage;
    let fits = candidate.whole && candidate.fit > Fit::Wrong;
    candidate.fact.filter(|_| fits).map(|i| &passage.facts[i].value)
}

fn passage_start(scene: &Scene<'_>, sentence: usize) -> usize {
    scene.hits[scene.sentences[sentence].hit].passage.span.start
}

/// How sure the article is of the words at `span` of the passage, and whom it credits.
pub(super) fn standing(scene: &Scene<'_>, sentence: usize, span: Span) -> (Modality, Option<String>) {
    let read = &scene.sentences[sentence];
    let truth = scene.question.expects == AnswerType::Truth;
    facts::standing(&scene.hits[read.hit].passage.text, read.span, span, read.language, truth)
}

/// The evidence that the words at `span` of the passage give.
pub(super) fn evidence(scene: &Scene<'_>, sentence: usize, span: Span) -> Evidence {
    let read = &scene.sentences[sentence];
    let passage = &scene.hits[read.hit].passage;
    let (modality, attribution) = standing(scene, sentence, span);
    Evidence {
        article: passage.article.clone(),
        line: passage.line + crate::text::line_of(&passage.text, span.start) - 1,
        span: span.shifted(passage.span.start),
        words: span.of(&passage.text).to_owned(),
        quote_span: read.span.shifted(passage.span.start),
        quote: read.span.of(&passage.text).to_owned(),
        modality,
        attribution,
    }
}
