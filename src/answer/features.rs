//! Named features of a candidate: everything the choice among candidates knows of one.
//!
//! A feature's name is made of parts joined with `|`, so that the file of weights can be read: what is measured, and
//! for what kind of question or at which word. The method is that of log-linear answer ranking over all spans, as in
//! the baseline of Rajpurkar et al. (2016), with boundary words in the place of parse trees.

use super::asked::{Asking, Fit};
use super::bounds::is_asked_itself;
use super::candidates::Candidate;
use super::matching::Matcher;
use super::roles::is_leader;
use super::sentence::{Scene, Sentence, Word};
use crate::facts::{DateValue, Value};
use crate::language::{Language, WordClass, grammar, stem};
use crate::question::TermPart;
use crate::text::{TokenKind, fold, tokens};

/// What takes in features: the parts of a name, and a value.
pub(super) trait Sink {
    fn add(&mut self, name: &[&str], value: f32);
}

/// Tells `sink` the features that the sentence gives to all its candidates.
pub(super) fn sentence_features(scene: &Scene<'_>, asking: &Asking, sentence: &Sentence<'_>, sink: &mut dyn Sink) {
    let asked = asking.asked.name();
    let cover = &sentence.cover;
    let hit = &scene.hits[sentence.hit];
    let best = scene.hits.first().map_or(1.0, |hit| hit.score.max(f32::MIN_POSITIVE));
    for (name, value) in [
        ("cover", cover.all),
        ("cover names", cover.names),
        ("cover nouns", cover.nouns),
        ("cover verbs", cover.verbs),
        ("cover near", cover.near),
        ("cover passage", cover.passage),
        ("cover passage names", cover.passage_names),
    ] {
        sink.add(&[name], value);
        sink.add(&[name, asked], value);
    }
    sink.add(&["cover squared"], cover.all * cover.all);
    sink.add(&["retrieval"], hit.score / best);
    sink.add(&["retrieval rank"], 1.0 / (1.0 + sentence.hit as f32));
    if hit.passage.heading {
        sink.add(&["heading"], 1.0);
    }
    if sentence.span.start == 0 {
        sink.add(&["first sentence"], 1.0);
    }
    if let Some(asked_time) = &scene.question.time {
        let times = hit.passage.facts.iter().filter_map(|fact| match &fact.value {
            Value::Date(date) => Some(date),
            _ => None,
        });
        let met = times.filter(|date| overlaps(asked_time, date)).count();
        sink.add(&[if met > 0 { "time met" } else { "time not met" }], 1.0);
    }
}

fn overlaps(a: &DateValue, b: &DateValue) -> bool {
    let before = |to: Option<jiff::civil::Date>, from: Option<jiff::civil::Date>| matches!((to, from), (Some(to), Some(from)) if to < from);
    (a.from.is_some() || a.to.is_some())
        && (b.from.is_some() || b.to.is_some())
        && !before(a.to, b.from)
        && !before(b.to, a.from)
}

/// Tells `sink` the features of `candidate` itself.
pub(super) fn candidate_features(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate, sink: &mut dyn Sink) {
    let sentence = &scene.sentences[candidate.sentence];
    value_features(scene, asking, candidate, sentence, sink);
    neighbour_features(scene, asking, candidate, sentence, sink);
    boundary_features(asking, candidate, sentence, sink);
}

/// What the candidate's words are: their kind of fact, unit, role, length, and what they repeat of the question.
fn value_features(
    scene: &Scene<'_>,
    asking: &Asking,
    candidate: &Candidate,
    sentence: &Sentence<'_>,
    sink: &mut dyn Sink,
) {
    let asked = asking.asked.name();
    let words = &sentence.words[candidate.first..=candidate.last];
    let fact = candidate.fact.map(|i| &scene.hits[sentence.hit].passage.facts[i]);
    let fit = match (candidate.fit, candidate.whole) {
        (Fit::Exact, true) => "exact",
        (Fit::Exact, false) => "exact part",
        (Fit::Near, true) => "near",
        (Fit::Near, false) => "near part",
        (Fit::Wrong, true) => "wrong",
        (Fit::Wrong, false) if fact.is_some() => "wrong part",
        (Fit::Wrong, false) => "none",
    };
    sink.add(&["fit", fit, asked], 1.0);
    if candidate.told {
        sink.add(&["prior", "told"], 1.0);
    }
    if is_leader(scene, candidate) {
        sink.add(&["prior", "leader"], 1.0);
    }
    match candidate.fit {
        Fit::Wrong => sink.add(&["prior", "wrong kind", asked], 1.0),
        Fit::Near => sink.add(&["prior", "near kind", asked], 1.0),
        Fit::Exact => {}
    }
    if let Some(fact) = fact.filter(|_| candidate.whole) {
        let kind = format!("{:?}", fact.value.kind());
        sink.add(&["kind", &kind, asked], 1.0);
        if let Value::Quantity { unit, .. } = &fact.value
            && !asking.focus[sentence.language as usize].is_empty()
        {
            let same = asking.focus[sentence.language as usize].contains(&stem(&fold(unit), sentence.language));
            sink.add(&["unit", if same { "same" } else { "other" }], 1.0);
        }
        if is_asked_itself(scene, asking, candidate) {
            sink.add(&["prior", "asked itself"], 1.0);
        }
        if let Some(role) = fact.value.name().and_then(|name| name.role.as_deref()) {
            sink.add(&["prior", "role", asked], role_match(role, sentence.language, &scene.matcher));
        }
    }

    let content: Vec<&Word<'_>> = words.iter().filter(|w| w.is_content()).collect();
    let repeated = repeated(words);
    sink.add(&["repeats", asked], repeated);
    if repeated >= 0.99 {
        sink.add(&["repeats all"], 1.0);
    }
    if content.is_empty() {
        sink.add(&["no content"], 1.0);
    }
    let length = match words.len() {
        n @ 1..=5 => ["1", "2", "3", "4", "5"][n - 1],
        6..=8 => "6-8",
        9..=12 => "9-12",
        13..=20 => "13-20",
        _ => "21+",
    };
    sink.add(&["length", length, asked], 1.0);
    sink.add(&["length", length, asking.intent], 1.0);
    sink.add(&["words", asked], words.len() as f32 / 10.0);
    let any = |test: &dyn Fn(&Word<'_>) -> bool| words.iter().any(test);
    if any(&|w| w.text == ",") {
        sink.add(&["comma inside", asked], 1.0);
    }
    if any(&|w| matches!(w.class, Some(WordClass::Auxiliary))) {
        sink.add(&["auxiliary inside", asked], 1.0);
    }
    if any(&|w| matches!(w.class, Some(WordClass::Relative))) {
        sink.add(&["relative inside", asked], 1.0);
    }
    if any(&|w| matches!(w.class, Some(WordClass::Conjunction))) {
        sink.add(&["conjunction inside", asked], 1.0);
    }
    if any(&|w| matches!(w.class, Some(WordClass::Pronoun))) {
        sink.add(&["pronoun inside", asked], 1.0);
    }
    let prepositions = words[1..].iter().filter(|w| w.class == Some(WordClass::Preposition)).count();
    sink.add(&["prepositions inside", ["0", "1", "2", "3+"][prepositions.min(3)], asked], 1.0);
    let capitals = content.iter().filter(|w| w.text.starts_with(char::is_uppercase)).count();
    sink.add(&["capitals", asked], capitals as f32 / content.len().max(1) as f32);
    if content.iter().any(|w| w.kind == TokenKind::Number) {
        sink.add(&["digits", asked], 1.0);
    }
    if words.iter().any(|w| asking.is_focus(w, sentence.language)) {
        sink.add(&["focus inside", asked], 1.0);
    }
}

/// How much of the words that carry meaning the question has said already.
pub(super) fn repeated(words: &[Word<'_>]) -> f32 {
    let content = || words.iter().filter(|w| w.is_content());
    content().map(|w| w.matched.map_or(0.0, |(_, sure)| sure)).sum::<f32>() / content().count().max(1) as f32
}

/// The share, by weight, of the question's terms that a role names, squared: half a role is the role of somebody else.
pub(super) fn role_match(role: &str, language: Language, matcher: &Matcher) -> f32 {
    let mut found = vec![0.0f32; matcher.len()];
    for token in tokens(role).iter().filter(|t| t.kind == TokenKind::Word) {
        if let Some((term, sure)) = matcher.find(&fold(token.text), language) {
            found[term] = found[term].max(sure);
        }
    }
    matcher.cover(&found, None).unwrap_or(0.0).powi(2)
}

/// What stands round the candidate: how near the question's words are, and on which side.
fn neighbour_features(
    scene: &Scene<'_>,
    asking: &Asking,
    candidate: &Candidate,
    sentence: &Sentence<'_>,
    sink: &mut dyn Sink,
) {
    let asked = asking.asked.name();
    let words = &sentence.words;
    let (first, last) = (candidate.first, candidate.last);
    let mut total = 0.0;
    let mut near = 0.0;
    let (mut outside, mut left, mut right) = (0.0, 0.0, 0.0);
    let mut nearest: [Option<(usize, bool)>; 3] = [None; 3];
    for term in 0..scene.matcher.len() {
        total += scene.matcher.weight(term);
    }
    let mut seen = vec![0.0f32; scene.matcher.len()];
    for (i, word) in words.iter().enumerate() {
        let Some((term, sure)) = word.matched else { continue };
        let (distance, before) = if i < first {
            (first - i, true)
        } else if i > last {
            (i - last, false)
        } else {
            continue;
        };
        let weight = scene.matcher.weight(term) * sure;
        near += weight / (1.0 + distance as f32);
        if sure > seen[term] {
            outside += weight - seen[term] * scene.matcher.weight(term);
            seen[term] = sure;
        }
        if before {
            left += weight;
        } else {
            right += weight;
        }
        let part = match scene.matcher.part(term) {
            TermPart::Name => 0,
            TermPart::Verb => 1,
            _ => 2,
        };
        if nearest[part].is_none_or(|(d, _)| distance < d) {
            nearest[part] = Some((distance, before));
        }
    }
    let total = f32::max(total, f32::MIN_POSITIVE);
    sink.add(&["cover outside"], outside / total);
    sink.add(&["cover outside", asked], outside / total);
    sink.add(&["near", asked], near / total);
    sink.add(&["left", asked], (left / total).min(1.0));
    sink.add(&["right", asked], (right / total).min(1.0));
    for (part, found) in ["name", "verb", "noun"].into_iter().zip(nearest) {
        match found {
            Some((distance, before)) => {
                let gap =
                    ["1", "2", "3", "4"].get(distance - 1).copied().unwrap_or(if distance < 8 { "5-7" } else { "8+" });
                let side = if before { "after" } else { "before" };
                sink.add(&[side, part, gap], 1.0);
                sink.add(&[side, part, asked], 1.0 / distance as f32);
            }
            None => sink.add(&["no", part, asked], 1.0),
        }
    }
    let punctuated =
        |range: std::ops::Range<usize>| words[range].iter().any(|w| matches!(w.text, "," | ";" | ":" | "(" | ")"));
    let last_match_before = (0..first).rev().find(|i| words[*i].matched.is_some());
    let first_match_after = (last + 1..words.len()).find(|i| words[*i].matched.is_some());
    let apart = last_match_before.is_none_or(|i| punctuated(i..first))
        && first_match_after.is_none_or(|i| punctuated(last + 1..i));
    if apart {
        sink.add(&["apart", asked], 1.0);
    }
    let neighbours = [first.checked_sub(1), Some(last + 1)];
    if neighbours.iter().flatten().filter_map(|i| words.get(*i)).any(|w| asking.is_focus(w, sentence.language)) {
        sink.add(&["focus beside", asked], 1.0);
    }
}

/// The words at the two ends of the candidate and beyond them: whether they bound a phrase of the kind that is asked.
fn boundary_features(asking: &Asking, candidate: &Candidate, sentence: &Sentence<'_>, sink: &mut dyn Sink) {
    let asked = asking.asked.name();
    let language = sentence.language.code();
    let words = &sentence.words;
    let (first, last) = (candidate.first, candidate.last);
    let before = first.checked_sub(1).map_or("^", |i| shape(&words[i]));
    let after = words.get(last + 1).map_or("$", shape);
    for (place, shape) in
        [("before", before), ("first", shape(&words[first])), ("last", shape(&words[last])), ("after", after)]
    {
        sink.add(&[place, language, shape], 1.0);
        sink.add(&[place, language, shape, asked], 1.0);
    }
    sink.add(&["asked with", &asking.preposition, "before", language, before, asking.language.code()], 1.0);
    if first != last {
        sink.add(&["first", language, shape(&words[first]), "last", shape(&words[last])], 1.0);
    }
    for (place, word) in [
        ("before ends", first.checked_sub(1).and_then(|i| words.get(i))),
        ("first ends", words.get(first)),
        ("last ends", words.get(last)),
        ("after ends", words.get(last + 1)),
    ] {
        if let Some(word) = word.filter(|w| w.is_content() && w.kind == TokenKind::Word) {
            let ending = word.lower.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
            sink.add(&[place, language, &word.lower[ending..]], 1.0);
        }
    }
    let grammar = grammar(sentence.language);
    let next: Vec<&str> = words[first..].iter().take(4).map(|w| w.lower.as_str()).collect();
    let back = first.saturating_sub(3);
    let led = |length: &dyn Fn(&[&str]) -> usize| {
        (back..first).any(|i| {
            let window: Vec<&str> = words[i..first].iter().map(|w| w.lower.as_str()).collect();
            length(&window) == window.len()
        })
    };
    if grammar.reason_length(&next) > 0 {
        sink.add(&["begins a reason", asked], 1.0);
    }
    if led(&|window| grammar.reason_length(window)) {
        sink.add(&["after a reason word", asked], 1.0);
    }
    if grammar.manner_length(&next) > 0 {
        sink.add(&["begins a manner", asked], 1.0);
    }
    if led(&|window| grammar.manner_length(window)) {
        sink.add(&["after a manner word", asked], 1.0);
    }
    let quoted = matches!(before, "«" | "“" | "\"" | "”") && matches!(after, "»" | "”" | "\"" | "“");
    if quoted {
        sink.add(&["quoted", asked], 1.0);
    }
    if before == "(" && after == ")" {
        sink.add(&["in brackets", asked], 1.0);
    }
}

/// A word as its neighbours see it: a function word or a symbol by itself, another by what it looks like.
fn shape<'w>(word: &'w Word<'_>) -> &'w str {
    match word.kind {
        TokenKind::Number => "number",
        TokenKind::Symbol => word.text,
        TokenKind::Word if word.class.is_some() => &word.lower,
        TokenKind::Word if word.text.starts_with(char::is_uppercase) => "Name",
        TokenKind::Word => "word",
    }
}
