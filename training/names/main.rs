//! Learns the weights of the tagger of names in `models/names.bin` from the marked text beside this file.
//!
//! `cargo run --release --example train_names` reads `training/names/*.txt`, a paragraph a line with its names marked
//! (`{P Ada Rossi}`, a person; `O` an organization, `L` a place, `W` a work or product, `E` an event or other name),
//! and writes the weights. The language is the first two letters of a file's name. With `--report` every tenth line
//! is kept out and scored instead, and nothing is written.
//!
//! The likelihood of the right tags is made larger by AdaGrad (Duchi, Hazan and Singer, 2011), a segment at a time,
//! with features left out at random and a penalty on the weights' size. The weights kept are the mean of those after
//! each pass of the second half.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use chiedi::facts::tagger::{self, FOLLOWING, Scores, TAGS};
use chiedi::language::Language;

const DATA: &str = "training/names";
const MODEL: &str = "models/names.bin";
const LETTERS: &str = "POLWE";
/// Passes over the text.
const EPOCHS: usize = 12;
const LEARNING_RATE: f32 = 0.04;
/// The share of features left out at a token, anew in each pass.
const LEFT_OUT: f64 = 0.3;
/// What draws each weight towards 0, as a share of itself, for each segment in which it is met.
const DECAY: f32 = 0.002;
/// A feature must be met so often.
const LEAST_COUNT: usize = 4;
/// By how much an organization is made less likely than in the marked text, in log odds, since that was asked to hold
/// more of them than others do, and more that look like places.
const PRIOR: f32 = 0.8;
/// The size of the weights' unit in the file, and the least weight written.
const UNIT: f32 = 0.04;
const LEAST_WEIGHT: f32 = 0.06;

/// A segment with its right tags; features by number.
struct Example {
    features: Vec<Vec<u32>>,
    tags: Vec<usize>,
}

fn main() {
    let report = std::env::args().any(|argument| argument == "--report");
    let lines = read(Path::new(DATA));
    let kept_out = |number: usize| report && number % 10 == 3;
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut names: Vec<u32> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut examples = Vec::new();
    let mut lost = 0;
    for (_, line) in lines.iter().enumerate().filter(|(number, _)| !kept_out(*number)) {
        for segment in tagger::segments(&line.text, line.language) {
            let (tags, complete) = tags_of(&segment.tokens, &line.names);
            lost += usize::from(!complete);
            let features = segment.features.iter().map(|features| {
                let number = |feature: &u32| {
                    let number = *numbers.entry(*feature).or_insert_with(|| {
                        names.push(*feature);
                        counts.push(0);
                        names.len() as u32 - 1
                    });
                    counts[number as usize] += 1;
                    number
                };
                features.iter().map(number).collect()
            });
            examples.push(Example { features: features.collect(), tags });
        }
    }
    for example in &mut examples {
        for features in &mut example.features {
            features.retain(|number| counts[*number as usize] >= LEAST_COUNT);
        }
    }
    println!(
        "{} lines, {} segments, {} features, {lost} segments cut a name",
        lines.len(),
        examples.len(),
        names.len()
    );
    let weights = Weights::learned(&examples, names.len());
    if report {
        let out: Vec<&Line> = lines.iter().enumerate().filter(|(n, _)| kept_out(*n)).map(|(_, line)| line).collect();
        weights.score(&out, &numbers);
    } else {
        fs::write(MODEL, weights.bytes(&names)).expect("the weights can be written");
    }
}

struct Line {
    language: Language,
    text: String,
    /// Kind number, first byte, byte after the last.
    names: Vec<(usize, usize, usize)>,
}

fn read(folder: &Path) -> Vec<Line> {
    let mut files: Vec<_> = fs::read_dir(folder).expect("the folder is there").flatten().map(|e| e.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        let italian = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("it"));
        let language = if italian { Language::It } else { Language::En };
        let text = fs::read_to_string(&file).expect("a file can be read");
        lines.extend(text.lines().filter(|line| !line.trim().is_empty()).map(|line| marked(line, language)));
    }
    lines
}

fn marked(line: &str, language: Language) -> Line {
    let (mut text, mut names, mut rest) = (String::new(), Vec::new(), line.trim());
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        let end = rest[at..].find('}').unwrap_or_else(|| panic!("{line}: a name is not closed")) + at;
        let kind = LETTERS.find(&rest[at + 1..at + 2]).unwrap_or_else(|| panic!("{line}: no kind"));
        let name = rest[at + 2..end].trim();
        names.push((kind, text.len(), text.len() + name.len()));
        text.push_str(name);
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    Line { language, text, names }
}

/// The tags of tokens, and whether each name that begins there also ends there at the bounds of tokens.
fn tags_of(tokens: &[chiedi::text::Span], names: &[(usize, usize, usize)]) -> (Vec<usize>, bool) {
    let mut tags = vec![0; tokens.len()];
    let mut complete = true;
    for (kind, start, end) in names {
        let first = tokens.iter().position(|t| t.start == *start);
        let last = tokens.iter().position(|t| t.end == *end);
        if let (Some(first), Some(last)) = (first, last) {
            for (at, tag) in (first..).zip(tagger::tags_of(*kind, last + 1 - first)) {
                tags[at] = tag;
            }
        } else if tokens.iter().any(|t| t.start < *end && t.end > *start) {
            complete = false;
        }
    }
    (tags, complete)
}

struct Weights {
    features: Vec<Scores>,
    transitions: [Scores; TAGS],
}

impl Weights {
    fn learned(examples: &[Example], count: usize) -> Self {
        let mut weights = Self { features: vec![[0.0; TAGS]; count], transitions: [[0.0; TAGS]; TAGS] };
        let mut squares = vec![[1e-6f32; TAGS]; count];
        let mut transition_squares = [[1e-6f32; TAGS]; TAGS];
        let mut random = Random(1);
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut mean = Self { features: weights.features.clone(), transitions: weights.transitions };
        for epoch in 0..EPOCHS {
            for at in (1..order.len()).rev() {
                order.swap(at, random.below(at + 1));
            }
            let mut likelihood = 0.0;
            for example in order.iter().map(|at| &examples[*at]) {
                let kept: Vec<Vec<u32>> = example
                    .features
                    .iter()
                    .map(|features| features.iter().copied().filter(|_| random.unit() >= LEFT_OUT).collect())
                    .collect();
                let scores: Vec<Scores> = kept.iter().map(|features| weights.scores(features)).collect();
                let (beyond, transitions, log_likelihood) = gradient(&scores, &example.tags, &weights.transitions);
                likelihood += f64::from(log_likelihood);
                for (features, beyond) in kept.iter().zip(&beyond) {
                    for feature in features {
                        let (own, squares) =
                            (&mut weights.features[*feature as usize], &mut squares[*feature as usize]);
                        for tag in 0..TAGS {
                            let slope = beyond[tag] - DECAY * own[tag];
                            if slope.abs() > 1e-5 {
                                squares[tag] += slope * slope;
                                own[tag] += LEARNING_RATE * slope / squares[tag].sqrt();
                            }
                        }
                    }
                }
                for (before, after) in FOLLOWING.iter() {
                    let slope = transitions[*before][*after];
                    transition_squares[*before][*after] += slope * slope;
                    weights.transitions[*before][*after] +=
                        LEARNING_RATE * slope / transition_squares[*before][*after].sqrt();
                }
            }
            println!("pass {}: mean log likelihood {:.4}", epoch + 1, likelihood / examples.len() as f64);
            if epoch >= EPOCHS / 2 {
                mean.add(&weights, 1.0 / (EPOCHS - EPOCHS / 2) as f32);
            }
        }
        let organization =
            LETTERS.find('O').map(|kind| tagger::tags_of(kind, 1).chain(tagger::tags_of(kind, 2).take(1)));
        for tag in organization.into_iter().flatten() {
            mean.transitions.iter_mut().for_each(|row| row[tag] -= PRIOR);
        }
        mean
    }

    /// Adds other weights, so many times.
    fn add(&mut self, other: &Self, times: f32) {
        let own = self.features.iter_mut().chain(&mut self.transitions).flatten();
        let other = other.features.iter().chain(&other.transitions).flatten();
        own.zip(other).for_each(|(sum, weight)| *sum += times * weight);
    }

    fn scores(&self, features: &[u32]) -> Scores {
        let mut scores = [0.0; TAGS];
        for feature in features {
            scores.iter_mut().zip(self.features[*feature as usize]).for_each(|(sum, weight)| *sum += weight);
        }
        scores
    }

    /// Prints precision, recall and F1 of the names in `lines`.
    fn score(&self, lines: &[&Line], numbers: &HashMap<u32, u32>) {
        for language in [Language::It, Language::En] {
            let (mut found, mut right, mut gold) = ([0; 6], [0; 6], [0; 6]);
            for line in lines.iter().filter(|line| line.language == language) {
                for (kind, ..) in &line.names {
                    gold[*kind] += 1;
                }
                for segment in tagger::segments(&line.text, line.language) {
                    let scores: Vec<Scores> = segment
                        .features
                        .iter()
                        .map(|f| self.scores(&f.iter().filter_map(|f| numbers.get(f).copied()).collect::<Vec<_>>()))
                        .collect();
                    let tags = tagger::best_sequence(&scores, &self.transitions);
                    for range in tagger::names(&tags) {
                        let kind = tagger::kind_of(tags[range.start]);
                        let name = (kind, segment.tokens[range.start].start, segment.tokens[range.end - 1].end);
                        found[kind] += 1;
                        right[kind] += usize::from(line.names.contains(&name));
                    }
                }
            }
            for kind in 0..5 {
                found[5] += found[kind];
                right[5] += right[kind];
                gold[5] += gold[kind];
            }
            for kind in 0..6 {
                let share = |of: usize| right[kind] as f64 / (of as f64).max(1.0);
                let (precision, recall) = (share(found[kind]), share(gold[kind]));
                let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
                let name = LETTERS.get(kind..kind + 1).unwrap_or("all");
                println!(
                    "{language:?} {name}: precision {precision:.3} recall {recall:.3} F1 {f1:.3} of {}",
                    gold[kind]
                );
            }
        }
    }

    /// The file as [`chiedi::facts::tagger`] reads it.
    fn bytes(&self, names: &[u32]) -> Vec<u8> {
        let mut rows: Vec<(u32, Vec<(u8, i8)>)> = Vec::new();
        for (name, weights) in names.iter().zip(&self.features) {
            let row: Vec<(u8, i8)> = (0..TAGS)
                .filter(|tag| weights[*tag].abs() >= LEAST_WEIGHT)
                .map(|tag| (tag as u8, (weights[tag] / UNIT).round().clamp(-127.0, 127.0) as i8))
                .collect();
            if !row.is_empty() {
                rows.push((*name, row));
            }
        }
        rows.sort();
        let size = (rows.len() * 3 / 2).next_power_of_two();
        let mut slots = vec![(0u32, 0u32); size];
        let mut weights = Vec::new();
        for (name, row) in &rows {
            let mut at = *name as usize & (size - 1);
            while slots[at].0 != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (*name, ((weights.len() / 2) as u32) << tagger::COUNT_BITS | row.len() as u32);
            weights.extend(row.iter().flat_map(|(tag, units)| [*tag, *units as u8]));
        }
        let mut bytes = tagger::MAGIC.to_vec();
        bytes.extend(size.ilog2().to_le_bytes());
        bytes.extend(UNIT.to_le_bytes());
        bytes.extend(self.transitions.as_flattened().iter().flat_map(|weight| weight.to_le_bytes()));
        bytes.extend(slots.iter().flat_map(|(name, row)| [name.to_le_bytes(), row.to_le_bytes()]).flatten());
        bytes.extend(weights);
        println!("{} features with weights, {} bytes", rows.len(), bytes.len());
        bytes
    }
}

/// By how much each tag of each token, and each transition, should be likelier: what is right less what is expected
/// (forward and backward sums of exponentials); and the log likelihood.
fn gradient(scores: &[Scores], right: &[usize], transitions: &[Scores; TAGS]) -> (Vec<Scores>, [Scores; TAGS], f32) {
    let length = scores.len();
    let mut forward = vec![[0.0f64; TAGS]; length + 1];
    let mut backward = vec![[0.0f64; TAGS]; length + 1];
    let mut scales = vec![1.0f64; length + 1];
    let tops: Vec<f32> = scores.iter().map(|s| s.iter().copied().fold(f32::NEG_INFINITY, f32::max)).collect();
    let emitted: Vec<[f64; TAGS]> = scores
        .iter()
        .zip(&tops)
        .map(|(scores, top)| std::array::from_fn(|tag| f64::from(scores[tag] - top).exp()))
        .collect();
    let moved: Vec<f64> = FOLLOWING.iter().map(|(b, a)| f64::from(transitions[*b][*a]).exp()).collect();
    forward[0][0] = 1.0;
    for at in 0..length {
        let mut next = [0.0; TAGS];
        for ((before, after), moved) in FOLLOWING.iter().zip(&moved) {
            next[*after] += forward[at][*before] * moved * emitted[at][*after];
        }
        let sum: f64 = next.iter().sum();
        next.iter_mut().for_each(|value| *value /= sum);
        scales[at] = sum;
        forward[at + 1] = next;
    }
    let end: f64 = (0..TAGS)
        .filter(|tag| tagger::may_follow(*tag, 0))
        .map(|tag| forward[length][tag] * f64::from(transitions[tag][0]).exp())
        .sum();
    for tag in (0..TAGS).filter(|tag| tagger::may_follow(*tag, 0)) {
        backward[length][tag] = f64::from(transitions[tag][0]).exp() / end;
    }
    let mut expected_transitions = [[0.0f64; TAGS]; TAGS];
    for at in (0..length).rev() {
        for ((before, after), moved) in FOLLOWING.iter().zip(&moved) {
            let onward = moved * emitted[at][*after] * backward[at + 1][*after] / scales[at];
            backward[at][*before] += onward;
            expected_transitions[*before][*after] += forward[at][*before] * onward;
        }
    }
    let mut beyond = vec![[0.0f32; TAGS]; length];
    let mut slopes = [[0.0f32; TAGS]; TAGS];
    let mut likelihood = -end.ln();
    for at in 0..length {
        for tag in 0..TAGS {
            beyond[at][tag] = -(forward[at + 1][tag] * backward[at + 1][tag]) as f32;
        }
        beyond[at][right[at]] += 1.0;
        let before = if at == 0 { 0 } else { right[at - 1] };
        slopes[before][right[at]] += 1.0;
        likelihood += f64::from(scores[at][right[at]] - tops[at] + transitions[before][right[at]]) - scales[at].ln();
    }
    if let Some(last) = right.last() {
        slopes[*last][0] += 1.0;
        likelihood += f64::from(transitions[*last][0]);
        for tag in (0..TAGS).filter(|tag| tagger::may_follow(*tag, 0)) {
            slopes[tag][0] -= (forward[length][tag] * backward[length][tag]) as f32;
        }
    }
    for (before, after) in FOLLOWING.iter() {
        slopes[*before][*after] -= expected_transitions[*before][*after] as f32;
    }
    (beyond, slopes, likelihood as f32)
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
