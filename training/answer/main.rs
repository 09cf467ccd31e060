//! Learns the weights in `models/answer.tsv` from questions with known answers.
//!
//! `cargo run --release --example train_answer -- choice FOLDER`, then the same with `confidence`, `signs` and
//! `reader`, reads `squad-it.dev.json`, `squad-en.dev.json` and `cross-en-it.dev.jsonl` in FOLDER and writes its part
//! of the file. The program must be built anew between them, since each asks the program with the weights of those
//! before it. With a number EVERY after FOLDER only every so many-th question is taken. `choice` run twice takes the
//! wrong candidates of its second run among those that the first thought best.
//!
//! *choice* is a log-linear model of which candidate is chosen: the likelihood of those that are right, each counted
//! by its word F1, made larger by AdaGrad. *confidence* is a logistic regression of whether the chosen answer is right,
//! on questions that their passage answers and questions that no passage given answers. One article in five is kept
//! out of both and reported on. *signs* is the choice with the reader on, of a few signs only, and *reader* the
//! confidence with the reader on: of the articles that the reader was not trained on (SQuAD's for *reader* alone, and
//! the news articles in `training/reader/news` that were kept out) two thirds are learned from and one is reported
//! on.

mod data;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use chiedi::answer::{self, Found};
use chiedi::facts::Value;
use data::{Asked, Corpus, gain};
use rayon::prelude::*;

const WEIGHTS: &str = "models/answer.tsv";
/// Passes over the questions.
const EPOCHS: usize = 4;
const LEARNING_RATE: f32 = 0.1;
/// What draws each weight towards 0, as a share of itself, at each step.
const DECAY: f32 = 0.02;
/// A feature must be met in so many questions.
const LEAST_QUESTIONS: usize = 30;
/// Weights nearer to 0 are not written.
const LEAST_WEIGHT: f32 = 0.02;
/// Of the questions on news articles every so many-th is taken.
const NEWS_EVERY: usize = 2;
/// Of the candidates thought best, so many are told apart from the right ones, beside one in `SAMPLED` of the others.
const BEST: usize = 40;
const SAMPLED: usize = 12;
/// The signs that can make an answer less probable only, and those that can make it more probable only: where the
/// questions learned from would have it otherwise, that is a chance of theirs.
const AGAINST: [&str; 20] = [
    "another time",
    "apart",
    "asked again",
    "beside",
    "bystander",
    "counterpart",
    "heading",
    "missing names",
    "missing names around",
    "missing names of article",
    "missing nouns",
    "missing nouns around",
    "missing numbers",
    "missing verbs",
    "missing verbs around",
    "of a part",
    "opposite",
    "repeats",
    "unknown name",
    "unsaid",
];
/// Those that the questions learned from hardly have, with the most that their weight may be, set by hand.
const PLAINLY_WRONG: [(&str, f32); 4] = [("ahead", -2.5), ("behind", -2.5), ("counts another", -1.0), ("unlike", -1.0)];
const FOR: [&str; 5] = ["answerable", "lead", "leads", "odds", "told"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (stage, folder, every) = match arguments.as_slice() {
        [stage, folder] => (stage, folder, 1),
        [stage, folder, every] => (stage, folder, every.parse().expect("EVERY is a number")),
        _ => panic!("usage: train_answer choice|confidence|signs|reader FOLDER [EVERY]"),
    };
    let mut sets = data::load(Path::new(folder), every);
    let (block, report) = match stage.as_str() {
        "choice" => choice(&sets),
        "confidence" => confidence(&sets, false),
        "reader" => {
            sets.push(data::news(Path::new("training/reader/news"), NEWS_EVERY));
            confidence(&sets, true)
        }
        "signs" => signs(&data::news(Path::new("training/reader/news"), NEWS_EVERY)),
        other => panic!("{other:?} is none of choice, confidence, signs and reader"),
    };
    write(stage, &report, &block);
}

/// One question's candidates: their features by number, and how right each is.
struct Instance {
    candidates: Vec<(Vec<(u32, f32)>, f32)>,
    kept_out: bool,
}

type Told = (Vec<(Vec<(String, f32)>, f32)>, bool);

fn choice(sets: &[(Corpus, Vec<Asked>)]) -> (BTreeMap<String, f32>, String) {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut names: Vec<(String, usize)> = Vec::new();
    let mut instances = Vec::new();
    for (corpus, asked) in sets {
        for chunk in asked.chunks(500) {
            let told: Vec<Told> = chunk.par_iter().flat_map_iter(|asked| tell(corpus, asked)).collect();
            for (candidates, kept_out) in told {
                let mut met = std::collections::HashSet::new();
                let mut number = |name: String| {
                    *numbers.entry(name).or_insert_with_key(|name| {
                        names.push((name.clone(), 0));
                        (names.len() - 1) as u32
                    })
                };
                let candidates: Vec<_> = candidates
                    .into_iter()
                    .map(|(features, gain)| {
                        let features: Vec<_> =
                            features.into_iter().map(|(name, value)| (number(name), value)).collect();
                        (features, gain)
                    })
                    .collect();
                met.extend(candidates.iter().flat_map(|(features, _)| features.iter().map(|(i, _)| *i)));
                met.into_iter().for_each(|i: u32| names[i as usize].1 += 1);
                instances.push(Instance { candidates, kept_out });
            }
        }
        eprintln!("{}: {} instances, {} features", corpus.name, instances.len(), names.len());
    }
    for instance in &mut instances {
        for (features, _) in &mut instance.candidates {
            features.retain(|(i, _)| names[*i as usize].1 >= LEAST_QUESTIONS);
        }
    }
    let (weights, report) = learn(&instances, vec![0.0; names.len()]);
    let block = names.into_iter().zip(weights).filter(|(_, w)| w.abs() >= LEAST_WEIGHT).map(|((name, _), w)| (name, w));
    (block.collect(), report)
}

/// The candidates of a question, with the passage given and among the passages found.
fn tell(corpus: &Corpus, asked: &Asked) -> Vec<Told> {
    let mut told = Vec::new();
    for article in [Some(asked.article.as_str()), None] {
        let question = corpus.question(asked);
        let (hits, articles) = corpus.search(&question, article, if article.is_some() { 20 } else { 5 });
        let found = Found { hits: &hits, articles: &articles, vocabulary: corpus.index.vocabulary(), reader: false };
        let mut turn = 0usize;
        let mut wanted = |rank: usize, c: &answer::Considered| {
            turn += 1;
            rank < BEST || gain_of(asked, c) > 0.3 || turn.is_multiple_of(SAMPLED)
        };
        let considered = answer::considered(&question, &found, &mut wanted);
        if !considered.iter().any(|c| gain_of(asked, c) > 0.3) {
            continue;
        }
        let candidates = considered
            .into_iter()
            .map(|c| {
                let gain = gain_of(asked, &c);
                let features = c.features.into_iter().filter(|(name, ..)| !name.starts_with("prior|"));
                (features.map(|(name, value, _)| (name, value)).collect(), gain)
            })
            .collect();
        told.push((candidates, asked.kept_out));
    }
    told
}

/// The weights of what counts in full beside the reader's odds, and of all the rest together, learned from the news.
fn signs((corpus, asked): &(Corpus, Vec<Asked>)) -> (BTreeMap<String, f32>, String) {
    let old = weights();
    let others = old["read|others"];
    assert!(others != 0.0, "without a weight of read|others nothing is known of it");
    let instance = |asked: &Asked| {
        let question = corpus.question(asked);
        let article = question.entities.is_empty().then_some(asked.article.as_str());
        let (hits, articles) = corpus.search(&question, article, 20);
        let found = Found { hits: &hits, articles: &articles, vocabulary: corpus.index.vocabulary(), reader: true };
        let considered = answer::considered(&question, &found, &mut |rank, c| rank < BEST || gain_of(asked, c) > 0.3);
        let split = |c: answer::Considered| {
            let gain = gain_of(asked, &c);
            let (signs, rest): (Vec<_>, Vec<_>) = c.features.into_iter().partition(|f| f.0.starts_with("read|"));
            let rest: f32 = rest.iter().map(|(_, value, weight)| value * weight / others).sum();
            let signs = signs.into_iter().map(|(name, value, _)| (name, value));
            (signs.chain([("read|others".to_owned(), rest)]).collect::<Vec<_>>(), gain)
        };
        (considered.into_iter().map(split).collect::<Vec<_>>(), is_reported(asked))
    };
    let answerable: Vec<&Asked> = asked.iter().filter(|a| !a.golds.is_empty() && a.truth.is_none()).collect();
    let told: Vec<Told> = answerable.par_iter().map(|asked| instance(asked)).collect();
    let met = told.iter().flat_map(|(all, _)| all).flat_map(|(features, _)| features).map(|(name, _)| name);
    let names: BTreeSet<&String> = old.keys().filter(|name| name.starts_with("read|")).chain(met).collect();
    let names: Vec<&String> = names.into_iter().collect();
    let number = |name: &String| names.binary_search(&name).expect("all names are known") as u32;
    let mut instances = Vec::new();
    for (candidates, kept_out) in told.iter().filter(|(all, _)| all.iter().any(|(_, gain)| *gain > 0.3)) {
        let numbered = |(features, gain): &(Vec<(String, f32)>, f32)| {
            (features.iter().map(|(name, value)| (number(name), *value)).collect(), *gain)
        };
        instances.push(Instance { candidates: candidates.iter().map(numbered).collect(), kept_out: *kept_out });
    }
    let (weights, report) =
        learn(&instances, names.iter().map(|name| old.get(*name).copied().unwrap_or_default()).collect());
    (names.into_iter().cloned().zip(weights).collect(), report)
}

/// Makes the likelihood of the right candidates larger, from `weights` on, and tells how good the best ones are.
fn learn(instances: &[Instance], mut weights: Vec<f32>) -> (Vec<f32>, String) {
    let expected = |kept_out: bool, weights: &[f32]| {
        let of = instances.iter().filter(|i| i.kept_out == kept_out);
        let (sum, count) = of.fold((0.0, 0), |(sum, count), i| (sum + best_gain(i, weights), count + 1));
        sum / count.max(1) as f32
    };
    let before = expected(true, &weights);
    let mut squares = vec![1.0f32; weights.len()];
    for epoch in 0..EPOCHS {
        for instance in instances.iter().filter(|i| !i.kept_out) {
            step(instance, &mut weights, &mut squares);
        }
        let (trained, out) = (expected(false, &weights), expected(true, &weights));
        eprintln!("epoch {epoch}: gain of the best, trained {trained:.4}, kept out {out:.4}");
    }
    let report = format!(
        "{} questions; on those kept out the best of the sampled candidates has a gain of {:.3}, before it was {before:.3}",
        instances.len(),
        expected(true, &weights)
    );
    (weights, report)
}

fn gain_of(asked: &Asked, considered: &answer::Considered) -> f32 {
    if considered.article == asked.article { gain(&considered.words, &asked.golds) } else { 0.0 }
}

/// Of what the reader was not trained on, every third question is reported on.
fn is_reported(asked: &Asked) -> bool {
    asked.question.bytes().map(usize::from).sum::<usize>().is_multiple_of(3)
}

fn dot(features: &[(u32, f32)], weights: &[f32]) -> f32 {
    features.iter().map(|(i, value)| weights[*i as usize] * value).sum()
}

fn shares(instance: &Instance, weights: &[f32]) -> Vec<f32> {
    let scores: Vec<f32> = instance.candidates.iter().map(|(features, _)| dot(features, weights)).collect();
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let odds: Vec<f32> = scores.iter().map(|s| (s - best).exp()).collect();
    let whole: f32 = odds.iter().sum();
    odds.into_iter().map(|o| o / whole).collect()
}

fn step(instance: &Instance, weights: &mut [f32], squares: &mut [f32]) {
    let shares = shares(instance, weights);
    // The right ones count by the cube of their F1: a word too many costs.
    let right: f32 = instance.candidates.iter().zip(&shares).map(|((_, gain), share)| gain.powi(3) * share).sum();
    let mut slope: HashMap<u32, f32> = HashMap::new();
    for ((features, gain), share) in instance.candidates.iter().zip(&shares) {
        let pull = gain.powi(3) * share / right.max(1e-9) - share;
        if pull.abs() > 1e-5 {
            for (i, value) in features {
                *slope.entry(*i).or_default() += pull * value;
            }
        }
    }
    for (i, slope) in slope {
        let i = i as usize;
        squares[i] += slope * slope;
        weights[i] += LEARNING_RATE * (slope - DECAY * weights[i]) / squares[i].sqrt();
    }
}

fn best_gain(instance: &Instance, weights: &[f32]) -> f32 {
    let best = instance.candidates.iter().max_by(|a, b| dot(&a.0, weights).total_cmp(&dot(&b.0, weights)));
    best.map_or(0.0, |(_, gain)| *gain)
}

/// What one answer shows, whether it is right, whether it is kept out, and whether its question has an answer.
type Shown = (Vec<(String, f32)>, bool, bool, bool);

/// The same with the signs by number.
type Numbered = (Vec<(usize, f32)>, bool, bool, bool);

fn confidence(sets: &[(Corpus, Vec<Asked>)], reader: bool) -> (BTreeMap<String, f32>, String) {
    let mut shown: Vec<Shown> = Vec::new();
    for (corpus, asked) in sets {
        let asked = asked.iter().filter(|asked| !reader || asked.kept_out).collect::<Vec<_>>();
        shown.par_extend(asked.par_iter().flat_map_iter(|asked| show(corpus, asked, reader)));
    }
    let mut names: Vec<String> = shown.iter().flat_map(|s| s.0.iter().map(|(name, _)| name.clone())).collect();
    names.sort();
    names.dedup();
    let number: HashMap<&str, usize> = names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
    let rows: Vec<Numbered> = shown
        .iter()
        .map(|(signs, right, out, answerable)| {
            (signs.iter().map(|(n, v)| (number[n.as_str()], *v)).collect(), *right, *out, *answerable)
        })
        .collect();
    let bounds: Vec<(f32, f32)> = names.iter().map(|name| bounds(name)).collect();
    let mut weights: Vec<f32> = bounds.iter().map(|(least, most)| 0.0f32.clamp(*least, *most)).collect();
    let mut squares = vec![1e-6f32; names.len()];
    let probability = |signs: &[(usize, f32)], weights: &[f32]| {
        1.0 / (1.0 + (-signs.iter().map(|(i, v)| weights[*i] * v).sum::<f32>()).exp())
    };
    for round in 0..60 {
        for (signs, right, _, _) in rows.iter().filter(|row| !row.2) {
            let miss = f32::from(*right) - probability(signs, &weights);
            for (i, value) in signs {
                let slope = miss * value - 1e-4 * weights[*i];
                squares[*i] += slope * slope;
                weights[*i] += 0.3 / (1.0 + round as f32).sqrt() * slope / squares[*i].sqrt();
                weights[*i] = weights[*i].clamp(bounds[*i].0, bounds[*i].1);
            }
        }
    }
    let out: Vec<_> =
        rows.iter().filter(|row| row.2).map(|row| (probability(&row.0, &weights), row.1, row.3)).collect();
    println!("threshold  answered of the answerable  right of those  refused of the others");
    for threshold in [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8f32] {
        let share = |of: &dyn Fn(&&(f32, bool, bool)) -> bool, that: &dyn Fn(&(f32, bool, bool)) -> bool| {
            let all: Vec<_> = out.iter().filter(of).collect();
            all.iter().filter(|row| that(row)).count() as f32 / all.len().max(1) as f32
        };
        println!(
            "{threshold:9.2}  {:26.3}  {:14.3}  {:21.3}",
            share(&|r| r.2, &|r| r.0 >= threshold),
            share(&|r| r.2 && r.0 >= threshold, &|r| r.1),
            share(&|r| !r.2, &|r| r.0 < threshold)
        );
    }
    let mut error = 0.0;
    println!("probability  answers  right");
    for bin in 0..10 {
        let of: Vec<_> = out.iter().filter(|r| ((r.0 * 10.0) as usize).min(9) == bin).collect();
        let right = of.iter().filter(|r| r.1).count() as f32 / of.len().max(1) as f32;
        let said = of.iter().map(|r| r.0).sum::<f32>() / of.len().max(1) as f32;
        error += (right - said).abs() * of.len() as f32 / out.len().max(1) as f32;
        println!("{said:11.2}  {:7}  {right:.2}", of.len());
    }
    println!("area under the curve, right against wrong: {:.4}", area(&out));
    let report = format!("{} answers; on those kept out the expected calibration error is {error:.3}", rows.len());
    let mut learned: BTreeMap<String, f32> =
        names.into_iter().zip(weights).filter(|(_, w)| w.abs() >= LEAST_WEIGHT).collect();
    // What no question has is as bad all the same.
    for (sign, most) in PLAINLY_WRONG.into_iter().filter(|_| reader) {
        learned.entry(format!("read confidence|{sign}")).or_insert(most);
    }
    (learned, report)
}

/// How often a right answer has a higher probability than a wrong one.
fn area(answers: &[(f32, bool, bool)]) -> f64 {
    let mut order: Vec<_> = answers.iter().collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wrong, mut pairs) = (0u64, 0u64);
    for (_, right, _) in order {
        if *right {
            pairs += wrong;
        } else {
            wrong += 1;
        }
    }
    pairs as f64 / (wrong * (answers.len() as u64 - wrong)).max(1) as f64
}

/// Between which values the weight of a sign of the confidence may lie.
fn bounds(name: &str) -> (f32, f32) {
    let sign = name.split_once('|').map_or(name, |(_, sign)| sign);
    let by_hand = PLAINLY_WRONG.iter().find(|(name, _)| *name == sign).map(|(_, most)| *most);
    let most = by_hand.unwrap_or(if AGAINST.contains(&sign) { 0.0 } else { f32::INFINITY });
    (if FOR.contains(&sign) { 0.0 } else { f32::NEG_INFINITY }, most)
}

/// The answers to a question with its passage given, among the passages found, and without its passage.
fn show(corpus: &Corpus, asked: &Asked, reader: bool) -> Vec<Shown> {
    let question = corpus.question(asked);
    let reported = if reader { is_reported(asked) } else { asked.kept_out };
    let mut shown = Vec::new();
    let (given, other) = (Some(asked.article.as_str()), asked.other.as_deref());
    let ways = match corpus.name {
        // These have questions without an answer of their own; one that names nothing is about the article at hand.
        "news" if question.entities.is_empty() => vec![(given, false)],
        "news" => vec![(None, false)],
        _ if other.is_none() => vec![(given, false), (None, false)],
        _ => vec![(given, false), (other, true), (None, false), (None, true)],
    };
    for (article, without) in ways {
        let (mut hits, articles) = corpus.search(&question, article, 20);
        if without {
            hits.retain(|hit| hit.passage.article != asked.article);
        }
        let found = Found { hits: &hits, articles: &articles, vocabulary: corpus.index.vocabulary(), reader };
        if let Some((finding, signs)) = answer::confidence_features(&question, &found) {
            // Of yes and no the words that decide it are right, unless they are taken for the opposite.
            let told = match (asked.truth, &finding.value) {
                (Some(asked), Some(Value::Truth { truth })) => asked == *truth,
                _ => true,
            };
            let right = told && gain(&finding.words, &asked.golds) >= 0.5;
            shown.push((signs, right, reported, !without && !asked.golds.is_empty()));
        }
    }
    shown
}

/// The weights as they are.
fn weights() -> BTreeMap<String, f32> {
    let text = fs::read_to_string(WEIGHTS).expect("there are weights already");
    lines_of(&text).map(|(name, weight)| (name, weight.parse().expect("a weight is a number"))).collect()
}

/// The names and weights in `text`.
fn lines_of(text: &str) -> impl Iterator<Item = (String, String)> {
    let lines = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.rsplit_once('\t'));
    lines.map(|(name, weight)| (name.to_owned(), weight.to_owned()))
}

/// Writes one stage's weights, leaving the other's as they were.
fn write(stage: &str, report: &str, block: &BTreeMap<String, f32>) {
    let old = fs::read_to_string(WEIGHTS).unwrap_or_default();
    let learned_by = |name: &str| match name.split('|').next() {
        Some("prior" | "decide") => "hand",
        Some("confidence") => "confidence",
        Some("read confidence") => "reader",
        Some("read") => "signs",
        _ => "choice",
    };
    let mine = |name: &str| learned_by(name) == stage;
    let mut comments: Vec<String> = old
        .lines()
        .filter(|l| l.starts_with('#') && !l.starts_with(&format!("# {stage}:")))
        .map(str::to_owned)
        .collect();
    if comments.is_empty() {
        comments.push("# Weights by feature; see models/README.md. Made by training/answer/main.rs.".into());
    }
    comments.push(format!("# {stage}: {report}"));
    let mut lines: BTreeMap<String, String> = lines_of(&old).filter(|(name, _)| !mine(name)).collect();
    lines.extend(block.iter().map(|(name, weight)| (name.clone(), format!("{weight:.3}"))));
    let rows = lines.iter().map(|(name, weight)| format!("{name}\t{weight}"));
    let text = comments.into_iter().chain(rows).collect::<Vec<_>>().join("\n") + "\n";
    fs::write(WEIGHTS, text).expect("the weights can be written");
    println!("{report}; {} weights", block.len());
}
