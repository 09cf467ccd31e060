//! Trying one sign of a candidate on a sentence, for tests.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::asked::{Asking, Fit};
use super::candidates::{Candidate, candidates};
use super::matching::Matcher;
use super::sentence::Scene;
use crate::corpus::Passage;
use crate::facts;
use crate::index::Hit;
use crate::question::{Context, NoWords, Rules, analyse};
use crate::text::Span;

/// What `sign` says of `words` in `text` as an answer to `question`.
pub(super) fn told<T>(
    sign: impl Fn(&Scene<'_>, &Asking, &Candidate) -> T,
    question: &str,
    text: &str,
    words: &str,
) -> T {
    let context = Context { today: date(2024, 6, 1), vocabulary: &NoWords, rules: Rules::shipped() };
    let question = analyse(question, None, &context).remove(0);
    let passage = Passage {
        article: "a".into(),
        ordinal: 1,
        text: text.into(),
        span: Span::new(0, text.len()),
        line: 1,
        heading: false,
        facts: facts::find(text, question.language, None),
    };
    let hits = [Hit { passage, score: 1.0 }];
    let scene = Scene::new(&question, &hits, &BTreeMap::new(), Matcher::new(&question, &NoWords));
    let start = text.find(words).expect("the words stand in the text");
    let span = Span::new(start, start + words.len());
    let proposed = candidates(&scene).into_iter().find(|candidate| candidate.span(&scene) == span);
    let of = |i: usize| scene.sentences[0].words[i].span;
    let ends = |i: &usize| of(*i).start == span.start;
    let plain = || {
        let first = (0..scene.sentences[0].words.len()).find(ends).expect("a word begins there");
        let last = (first..scene.sentences[0].words.len()).find(|i| of(*i).end == span.end);
        let last = last.expect("a word ends there");
        Candidate { sentence: 0, first, last, fact: None, fit: Fit::Wrong, whole: false, told: false }
    };
    sign(&scene, &Asking::new(&question, &[]), &proposed.unwrap_or_else(plain))
}
