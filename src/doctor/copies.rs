//! Articles that say much the same: copies of an agency's text, an article saved twice, an excerpt beside the whole.
//!
//! Two texts are compared by their shingles, the runs of five words in them (Broder, 1997). Texts that share none are
//! never compared: the shingles of all articles lead to those that have them.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::{Complaint, Finding};
use crate::corpus::ArticleInfo;
use crate::text::{TokenKind, fold, tokens};

/// The words of a shingle.
const WORDS: usize = 5;

/// Articles with fewer shingles than this are too short to be told apart by them.
const LEAST: usize = 20;

/// Of the shingles that either of two texts has, the share that both have in copies of each other.
const ALIKE: f64 = 0.5;

/// Of the shingles of the shorter text, the share that the longer one has too if it holds the shorter one.
const WITHIN: f64 = 0.8;

/// A shingle that more articles than this have is one of their sites, not of what they say.
const COMMON: usize = 50;

/// The shingles of an article, as hashes, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Of a text in parts; a shingle lies in one of them.
    pub fn of(parts: &[&str]) -> Self {
        let mut hashes = Vec::new();
        for part in parts {
            let words: Vec<String> = tokens(part)
                .iter()
                .filter(|token| token.kind != TokenKind::Symbol)
                .map(|token| fold(token.text))
                .collect();
            hashes.extend(words.windows(WORDS).map(hash));
        }
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }
}

fn hash(words: &[String]) -> u64 {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The articles of which another says the same. The one that is told of is the later in the list; the other one its
/// pattern.
pub fn find(articles: &[(&ArticleInfo, &Shingles)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut by_digest: HashMap<&str, usize> = HashMap::new();
    let mut same = vec![false; articles.len()];
    for (i, (info, _)) in articles.iter().enumerate() {
        if let Some(first) = by_digest.get(info.digest.as_str()) {
            same[i] = true;
            findings.push(finding(info, format!("the same text as {}", articles[*first].0.id)));
        } else {
            by_digest.insert(&info.digest, i);
        }
    }
    // Of each article the one that it is most like, an earlier one, or that holds most of it.
    let (mut copies, mut excerpts) = (BTreeMap::new(), BTreeMap::new());
    for ((a, b), shared) in shared_shingles(articles, &same) {
        let (first, second) = (articles[a].1.0.len(), articles[b].1.0.len());
        let share = shared as f64 / (first + second - shared) as f64;
        let within = shared as f64 / first.min(second) as f64;
        let (part, whole) = if first < second { (a, b) } else { (b, a) };
        let (best, place, found) = if share >= ALIKE {
            (&mut copies, b, (share, a))
        } else if within >= WITHIN {
            (&mut excerpts, part, (within, whole))
        } else {
            continue;
        };
        let known: &mut (f64, usize) = best.entry(place).or_insert(found);
        if found.0 > known.0 {
            *known = found;
        }
    }
    for (place, (share, other)) in &copies {
        let detail = format!("{:.0}% the same as {}", share * 100.0, articles[*other].0.id);
        findings.push(finding(articles[*place].0, detail));
    }
    for (place, (share, other)) in excerpts.iter().filter(|(place, _)| !copies.contains_key(place)) {
        let detail = format!("{:.0}% of it stands in {} too", share * 100.0, articles[*other].0.id);
        findings.push(finding(articles[*place].0, detail));
    }
    findings
}

/// How many shingles two articles share, by their places, the first before the second; for those that share any.
fn shared_shingles(articles: &[(&ArticleInfo, &Shingles)], same: &[bool]) -> BTreeMap<(usize, usize), usize> {
    let mut having: Vec<(u64, u32)> = Vec::new();
    for (i, (_, shingles)) in articles.iter().enumerate().filter(|(i, (_, of))| !same[*i] && of.0.len() >= LEAST) {
        having.extend(shingles.0.iter().map(|hash| (*hash, i as u32)));
    }
    having.sort_unstable();
    let mut shared: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    for having in having.chunk_by(|a, b| a.0 == b.0).filter(|having| (2..=COMMON).contains(&having.len())) {
        for (at, (_, a)) in having.iter().enumerate() {
            for (_, b) in &having[at + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    shared.into_iter().map(|((a, b), count)| ((a as usize, b as usize), count)).collect()
}

fn finding(info: &ArticleInfo, detail: String) -> Finding {
    Finding { complaint: Complaint::Copy, article: Some(info.id.clone()), path: info.path.clone(), line: None, detail }
}
