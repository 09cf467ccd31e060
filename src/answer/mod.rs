//! Choosing an answer among the facts and spans of the passages found, and knowing when there is none.
//!
//! The way is: read the sentences of the passages ([`sentence`]), propose spans ([`candidates`]), weigh each by named
//! features ([`features`], [`score`]), bring together those that say the same ([`agree`], [`group`]), and decide with
//! one calibrated probability ([`confidence`]). Yes and no have a way of their own ([`truth`]).

mod agree;
mod asked;
mod bounds;
mod bystander;
mod candidates;
mod change;
mod confidence;
mod counterpart;
mod description;
mod detail;
mod direction;
mod examples;
mod features;
mod group;
mod lists;
mod matching;
mod numbered;
mod opposite;
mod ordinal;
mod outcome;
mod parallel;
mod period;
mod reading;
mod relation;
mod roles;
mod score;
mod sentence;
mod signs;
mod sources;
mod speaker;
#[cfg(test)]
mod trial;
mod trim;
mod truth;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::ArticleInfo;
use crate::index::Hit;
use crate::language::world;
use crate::question::{AnswerType, Question, TermPart, Vocabulary};
use crate::text::{Span, fold};

pub use chiedi_reader::prepare as prepare_reader;
pub use outcome::*;
pub use sources::{independent, same_words};

use agree::Agreement;
use asked::{Asked, Asking, Fit};
use group::Group;
use matching::Matcher;
use reading::Readings;
use score::weight;
use sentence::Scene;

/// How many other answers are told.
const MOST_OTHERS: usize = 4;

/// An abbreviation that an article may write out, or write in its own language, has at most this many letters.
const LONGEST_ABBREVIATION: usize = 3;

/// The least probability, beside the best answer, of a contrary one that is told.
const LEAST_CONTRARY: f64 = 0.05;

/// The least share of the question's terms that a sentence has which is shown beside a refusal.
const LEAST_NEAR: f32 = 0.25;

/// What the index found for a question.
pub struct Found<'a> {
    /// The passages, the best first.
    pub hits: &'a [Hit],
    /// What is known of their articles, by id.
    pub articles: &'a BTreeMap<String, ArticleInfo>,
    /// The words of the corpus.
    pub vocabulary: &'a dyn Vocabulary,
    /// Whether the reader reads the passages.
    pub reader: bool,
}

/// The least probability, from 0 to 1, at which an answer is given, as it ships: with the reader or without.
pub fn shipped_threshold(reader: bool) -> f64 {
    f64::from(weight(if reader { "decide|read threshold" } else { "decide|threshold" }))
}

/// Decides what the passages `found` say to `question`.
///
/// `threshold` is the least probability, from 0 to 1, at which an answer is given; `None` takes the shipped one.
pub fn decide(question: &Question, found: &Found<'_>, threshold: Option<f64>) -> Outcome {
    let threshold = threshold.unwrap_or_else(|| shipped_threshold(found.reader));
    if let Some(reason) = hopeless(question, found, threshold) {
        return Outcome::NotFound { reason, nearest: None };
    }
    let scene = scene(question, found);
    let detail = question.detail.filter(|_| !names_unknown(question));
    let printed = detail.and_then(|detail| detail::outcome(&scene, found, detail));
    if let Some(best) = printed.filter(|finding| finding.confidence >= threshold) {
        return Outcome::Answered { best, others: Vec::new() };
    }
    let scene = read(scene, found);
    let mut groups = if question.expects == AnswerType::Truth { truth::groups(&scene) } else { group::groups(&scene) };
    if groups.is_empty() {
        return Outcome::NotFound { reason: Absence::NoCandidate, nearest: nearest(&scene, None) };
    }
    let best = groups.remove(0);
    // What was put off and until when are told together: neither makes the other less probable.
    let is_changed = || groups.first().is_some_and(|next| is_changed(&scene, found, &best, next, threshold));
    let probability = if best.probability < threshold && is_changed() { best.alone } else { best.probability };
    let same_language = scene.sentences[best.sentence()].language == question.language;
    if names_unknown(question) && (probability < threshold || same_language && threshold > 0.0) {
        return Outcome::NotFound { reason: Absence::UnknownEntity, nearest: None };
    }
    if probability < threshold {
        return Outcome::NotFound { reason: reason(&scene, &best), nearest: nearest(&scene, Some(&best)) };
    }
    others(&scene, found, best, groups, threshold)
}

/// A candidate as it was weighed, for explaining and for training.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Considered {
    /// The article's id.
    pub article: String,
    /// The words, as bytes of the article's text.
    pub span: Span,
    /// The words.
    pub words: String,
    /// The logarithm of the odds with which it is chosen, up to a constant of the question.
    pub score: f32,
    /// Each named feature with its value and its weight.
    pub features: Vec<(String, f32, f32)>,
}

/// The candidates for `question`, the best first, of which `wanted` (told the rank, from 0, and the candidate yet
/// without features) picks those whose scores are to be told in full.
pub fn considered(
    question: &Question,
    found: &Found<'_>,
    wanted: &mut dyn FnMut(usize, &Considered) -> bool,
) -> Vec<Considered> {
    let scene = read(scene(question, found), found);
    let candidates = candidates::candidates(&scene);
    let asking = Asking::new(question, &candidates);
    let scores = score::scores(&scene, &asking, &candidates);
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let tell = |(rank, i): (usize, usize)| {
        let passage = &scene.hits[scene.sentences[candidates[i].sentence].hit].passage;
        let span = candidates[i].span(&scene);
        let mut told = Considered {
            article: passage.article.clone(),
            span: span.shifted(passage.span.start),
            words: span.of(&passage.text).to_owned(),
            score: scores[i],
            features: Vec::new(),
        };
        wanted(rank, &told).then(|| {
            let named = score::named(&scene, &asking, &candidates[i]);
            let weighed = |(name, value): (String, f32)| {
                let weight = score::share(&scene, &name);
                (name, value, weight)
            };
            told.features = named.into_iter().map(weighed).collect();
            told
        })
    };
    order.into_iter().enumerate().filter_map(tell).collect()
}

/// What the probability of the best answer to `question` is made of, for training; `None` without any candidate.
pub fn confidence_features(question: &Question, found: &Found<'_>) -> Option<(Finding, Vec<(String, f32)>)> {
    let scene = read(scene(question, found), found);
    let mut groups = if question.expects == AnswerType::Truth { truth::groups(&scene) } else { group::groups(&scene) };
    (!groups.is_empty()).then(|| groups.remove(0)).map(|best| {
        let features = confidence::named(&scene, &Asking::new(question, &[]), &best);
        (best.finding(&scene), features)
    })
}

fn scene<'a>(question: &'a Question, found: &Found<'a>) -> Scene<'a> {
    Scene::new(question, found.hits, found.articles, Matcher::new(question, found.vocabulary))
}

/// The scene with what the reader makes of its passages, where the reader is wanted.
fn read<'a>(scene: Scene<'a>, found: &Found<'a>) -> Scene<'a> {
    let readings = found.reader.then(|| Readings::new(&for_reading(scene.question), found.hits, found.articles));
    Scene { readings, ..scene }
}

/// The question as an article would write it: its known names in the corpus' own spelling.
fn for_reading(question: &Question) -> String {
    let mut text = question.text.clone();
    let mut known: Vec<_> = question.entities.iter().filter(|entity| entity.known).collect();
    known.sort_by_key(|entity| std::cmp::Reverse(entity.span.start));
    let mut end = text.len();
    for entity in known.into_iter().filter(|entity| fold(entity.span.of(&question.text)) == fold(&entity.text)) {
        if entity.span.end <= end {
            text.replace_range(entity.span.start..entity.span.end, &entity.text);
            end = entity.span.start;
        }
    }
    text
}

/// Why no answer need be looked for. At a threshold of 0 one is given whatever it is worth.
fn hopeless(question: &Question, found: &Found<'_>, threshold: f64) -> Option<Absence> {
    if found.hits.is_empty() {
        return Some(Absence::NoPassage);
    }
    // In the other language a name may be spelt in a way that only the reader recognises ("Warsaw", "Varsavia").
    let article = |hit: &Hit| found.articles.get(&hit.passage.article);
    let foreign = |hit: &Hit| article(hit).is_some_and(|info| info.language != question.language);
    let spelt_otherwise = found.reader && found.hits.iter().any(foreign);
    let is_unknown = || names_unknown(question) && !spelt_otherwise || numbered::is_unknown(question, found.hits);
    (threshold > 0.0 && is_unknown()).then_some(Absence::UnknownEntity)
}

/// Whether the question has a name that no article has. A country may go unnamed in an article about it, as may what
/// goes by an abbreviation.
fn names_unknown(question: &Question) -> bool {
    let may_go_unnamed = |name: &str| {
        world::place(&fold(name)).is_some()
            || name.len() <= LONGEST_ABBREVIATION && name.chars().all(char::is_uppercase)
    };
    question.entities.iter().any(|entity| !entity.known && !may_go_unnamed(&entity.text))
}

/// Whether one of the two likeliest answers is what a newer article has instead of the other, and both will be told.
fn is_changed(scene: &Scene<'_>, found: &Found<'_>, best: &Group, next: &Group, threshold: f64) -> bool {
    let [of_best, of_next] = [best, next].map(|group| group.finding(scene));
    let agreement = group::agreement_of(scene, &of_next, &of_best);
    let (rival, beside) = ((&of_next, next.sentence()), (&of_best, best.sentence()));
    is_of_now(scene)
        && may_change(next, &of_best, threshold)
        && change::changes(scene, found.articles, rival, beside, agreement)
}

/// Whether `group` is probable enough beside `best` to be told as what changes it or what it changes.
fn may_change(group: &Group, best: &Finding, threshold: f64) -> bool {
    let (rivalling, agreed) = (f64::from(weight("decide|rival")), f64::from(weight("decide|agreed")));
    group.alone >= best.confidence * rivalling && group.alone >= threshold * agreed
}

/// The outcome of an answer that is sure enough, beside the others.
fn others(scene: &Scene<'_>, found: &Found<'_>, best: Group, groups: Vec<Group>, threshold: f64) -> Outcome {
    let Asking { asked, several, .. } = Asking::new(scene.question, &[]);
    // How probable a contrary answer must be alone beside the best one, and an agreeing one beside the threshold, to be told.
    let (rivalling, agreed) = (f64::from(weight("decide|rival")), f64::from(weight("decide|agreed")));
    let (mut shown, best_alone) = (best.sentence(), best.alone);
    let mut best = best.finding(scene);
    let mut confidence = best.confidence;
    let (mut agreeing, mut contrary) = (Vec::new(), Vec::new());
    for group in groups {
        let (probability, alone) = (group.probability, group.alone);
        let said = says(scene, &group);
        let on_subject = group::on_subject(scene, group.sentence(), shown);
        let item = several && !group.unlike && group.shown.fit > Fit::Wrong;
        let supports = group::supports(scene, &group.shown, shown);
        let mut rival = group.finding(scene);
        let apart = told_apart(&best, &rival);
        let agreement = group::agreement_of(scene, &rival, &best);
        let changes = change::changes(scene, found.articles, (&rival, group.sentence()), (&best, shown), agreement);
        let agreement = if changes { Agreement::Contrary } else { agreement };
        match agreement {
            Agreement::Same if supports => best.also.push(rival.evidence),
            // The finer of two dates that agree is the better answer, if its own sentence speaks of what was asked.
            Agreement::Finer if asked == Asked::Date && apart && said => {
                shown = group.sentence();
                rival.confidence = best.confidence;
                agreeing.push(std::mem::replace(&mut best, rival));
            }
            Agreement::Coarser if asked == Asked::Date && on_subject && alone >= threshold * agreed => {
                agreeing.push(rival)
            }
            Agreement::Contrary
                if changes && may_change(&group, &best, threshold)
                    || apart
                        && on_subject
                        && alone >= best.confidence * rivalling
                        && alone >= threshold
                        && probability >= LEAST_CONTRARY =>
            {
                if changes {
                    // Who tells of a change names both, and is a source of one.
                    rival.also.retain(|evidence| evidence.article != best.evidence.article);
                    best.also.retain(|evidence| evidence.article != rival.evidence.article);
                    // Neither makes the other less probable.
                    (confidence, rival.confidence) = (best_alone, alone);
                }
                contrary.push((rival, said || changes));
            }
            // Of several things that are asked for, some stand apart: "con la Solarix per le batterie e con la
            // Nordeva per i motori".
            // What stands in one sentence with the best has to be likely without it only.
            Agreement::Different if item && (probability >= threshold || !apart && supports && alone >= threshold) => {
                agreeing.push(rival)
            }
            _ => {}
        }
    }
    // "Il primo entro il 2024, 900 mila entro il 2030": of a sentence's values the nearest to the answer is the one
    // meant.
    let nearer = |far: &Finding, near: &Finding| {
        let evidence = || std::iter::once(&near.evidence).chain(&near.also);
        evidence().any(|e| e.article == far.evidence.article && e.quote_span == far.evidence.quote_span)
            && group::agreement_of(scene, near, far) == Agreement::Finer
    };
    best.confidence = confidence;
    let told = agreeing.clone();
    agreeing.retain(|far| !told.iter().any(|near| nearer(far, near)));
    if contrary.is_empty() {
        agreeing.truncate(MOST_OTHERS);
        return Outcome::Answered { best, others: agreeing };
    }
    contrary.truncate(MOST_OTHERS);
    contradicted(scene, found, best, agreeing, contrary)
}

/// The outcome of an answer that others contradict, each of these with whether its sentence says what is asked: a change if
/// one of them is the newest, else a conflict, with what agrees.
fn contradicted(
    scene: &Scene<'_>,
    found: &Found<'_>,
    mut best: Finding,
    agreeing: Vec<Finding>,
    contrary: Vec<(Finding, bool)>,
) -> Outcome {
    let all: Vec<&Finding> = std::iter::once(&best).chain(contrary.iter().map(|(finding, _)| finding)).collect();
    let newest = sources::newest(&all, found.articles).filter(|_| is_of_now(scene));
    let said = newest.and_then(|place| place.checked_sub(1)).is_none_or(|place| contrary[place].1);
    let mut contrary: Vec<Finding> = contrary.into_iter().map(|(finding, _)| finding).collect();
    match newest.filter(|_| said) {
        Some(place) => {
            if let Some(place) = place.checked_sub(1) {
                std::mem::swap(&mut best, &mut contrary[place]);
            }
            Outcome::Changed { best, earlier: contrary }
        }
        None => {
            contrary.extend(agreeing);
            contrary.truncate(MOST_OTHERS);
            Outcome::Conflict { best, others: contrary }
        }
    }
}

/// Whether the question asks for what holds now: who names a day or a year asks for what held then.
fn is_of_now(scene: &Scene<'_>) -> bool {
    !scene.asks_with(TermPart::Number)
}

/// Whether the sentence of `group` has every name of the question, and its verb or a word of the verb's root.
fn says(scene: &Scene<'_>, group: &Group) -> bool {
    let cover = &scene.sentences[group.sentence()].cover;
    scene.asks_with(TermPart::Name) && cover.names > 0.99 && (!scene.asks_with(TermPart::Verb) || cover.verbs > 0.0)
}

/// Two values in one sentence are told of two things; only different sentences contradict each other.
fn told_apart(a: &Finding, b: &Finding) -> bool {
    a.evidence.article != b.evidence.article || !a.evidence.quote_span.overlaps(b.evidence.quote_span)
}

/// Why the best answer is not good enough.
fn reason(scene: &Scene<'_>, best: &Group) -> Absence {
    let cover = &scene.sentences[best.sentence()].cover;
    let verb_missing =
        scene.asks_with(TermPart::Verb) && scene.sentences.iter().all(|sentence| sentence.cover.verbs == 0.0);
    let names_met = scene.asks_with(TermPart::Name) && cover.passage_names > 0.99;
    if scene.presumes() && names_met && verb_missing {
        Absence::FalsePremise
    } else if cover.passage < 0.25 {
        Absence::NoPassage
    } else {
        Absence::WeakEvidence
    }
}

/// The sentence of the best answer if that is at all probable, else the one that has most of the question's words;
/// none that has hardly any.
fn nearest(scene: &Scene<'_>, best: Option<&Group>) -> Option<Evidence> {
    let on_subject = scene.sentences.iter().enumerate().filter(|(_, s)| !scene.hits[s.hit].passage.heading);
    let (most, sentence) = on_subject.max_by(|(i, a), (j, b)| {
        let value = |s: &sentence::Sentence<'_>| s.cover.all + 0.2 * s.cover.passage;
        value(a).total_cmp(&value(b)).then(j.cmp(i))
    })?;
    let probable = f64::from(weight("decide|nearest"));
    match best.filter(|best| best.probability >= probable) {
        Some(best) => Some(best.sentence()),
        None => (sentence.cover.all >= LEAST_NEAR).then_some(most),
    }
    .map(|i| group::evidence(scene, i, scene.sentences[i].span))
}
