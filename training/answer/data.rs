//! Questions with known answers, as a corpus that can be asked.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use chiedi::corpus::ArticleInfo;
use chiedi::index::{Hit, Index, Wish};
use chiedi::language::Language;
use chiedi::question::{self, Context, Question, Rules};
use chiedi::text::{TokenKind, fold, tokens};
use jiff::civil::date;
use serde_json::Value;

/// Paragraphs as articles, indexed.
pub struct Corpus {
    pub name: &'static str,
    pub index: Index,
    _folder: tempfile::TempDir,
}

/// A question, its right answers and its paragraph.
pub struct Asked {
    pub question: String,
    pub language: Language,
    pub golds: Vec<String>,
    /// The answer to a question for yes or no.
    pub truth: Option<bool>,
    pub article: String,
    /// Another paragraph of the same article, without any of the answers.
    pub other: Option<String>,
    /// Whether the article is kept out of the training.
    pub kept_out: bool,
}

/// The three sets in `folder`, with every `every`-th question.
pub fn load(folder: &Path, every: usize) -> Vec<(Corpus, Vec<Asked>)> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let json = |name: &str| serde_json::from_str::<Value>(&read(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let italian = json("squad-it.dev.json");
    let english = json("squad-en.dev.json");
    let cross: Vec<Value> =
        read("cross-en-it.dev.jsonl").lines().map(|l| serde_json::from_str(l).expect("a line is an object")).collect();
    let in_italian = paragraphs(&italian);
    let crossed = cross
        .iter()
        .map(|row| {
            let golds = strings(&row["answers"]);
            asked(&in_italian, text(&row["question"]), Language::En, golds, text(&row["paragraph"]))
        })
        .collect();
    let some = |all: Vec<Asked>| all.into_iter().step_by(every).collect();
    vec![
        (corpus("squad-it", &in_italian), some(questions(&italian, Language::It))),
        (corpus("squad-en", &paragraphs(&english)), some(questions(&english, Language::En))),
        (corpus("cross-en-it", &in_italian), some(crossed)),
    ]
}

/// The news articles that the reader was not trained on, with every `every`-th question; some have no answer.
pub fn news(folder: &Path, every: usize) -> (Corpus, Vec<Asked>) {
    let (mut articles, mut all) = (BTreeMap::new(), Vec::new());
    let listed = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut topics: Vec<_> = listed.map(|entry| entry.expect("a folder's entry can be read").path()).collect();
    topics.sort();
    for path in topics {
        let lines = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        // As in training/reader/data.py: the articles of a family are kept out together or not at all.
        let mut units: HashMap<String, usize> = HashMap::new();
        for line in lines.lines() {
            let row: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let next = units.len();
            let unit = units.entry(row["family"].as_str().unwrap_or(text(&row["id"])).to_owned()).or_insert(next);
            if *unit % 5 != 2 {
                continue;
            }
            let id = text(&row["id"]);
            articles.insert(id.to_owned(), format!("{}\n\n{}\n", text(&row["title"]), text(&row["text"])));
            // What another article of the family answers too may be answered rightly in other words.
            let only_here = |asked: &&Value| asked["also"].is_null();
            let questions = row["questions"].as_array().into_iter().flatten().filter(only_here);
            all.extend(questions.map(|asked| Asked {
                question: text(&asked["question"]).to_owned(),
                language: if asked["language"] == "it" { Language::It } else { Language::En },
                golds: Some(text(&asked["answer"])).filter(|a| !a.is_empty()).map(str::to_owned).into_iter().collect(),
                truth: asked["truth"].as_bool(),
                article: id.to_owned(),
                other: None,
                kept_out: true,
            }));
        }
    }
    (corpus("news", &articles), all.into_iter().step_by(every).collect())
}

impl Corpus {
    /// The question as the program understands it.
    pub fn question(&self, asked: &Asked) -> Question {
        let context = Context { today: date(2024, 6, 1), vocabulary: self.index.vocabulary(), rules: Rules::shipped() };
        question::analyse(&asked.question, Some(asked.language), &context).remove(0)
    }

    /// The passages found and their articles.
    pub fn search(
        &self,
        question: &Question,
        article: Option<&str>,
        limit: usize,
    ) -> (Vec<Hit>, BTreeMap<String, ArticleInfo>) {
        let hits = self.index.search(question, article, limit).expect("the index can be searched");
        let articles = hits
            .iter()
            .filter_map(|hit| self.index.article(&hit.passage.article))
            .map(|info| (info.id.clone(), info.clone()))
            .collect();
        (hits, articles)
    }
}

fn corpus(name: &'static str, paragraphs: &BTreeMap<String, String>) -> Corpus {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let articles = folder.path().join("corpus");
    fs::create_dir(&articles).expect("a folder can be made");
    for (id, text) in paragraphs {
        fs::write(articles.join(format!("{id}.txt")), text).expect("a paragraph can be written");
    }
    let index = folder.path().join("index");
    Index::bring_up_to_date(&[articles], &index, Wish::default(), &mut |_| {}).expect("the corpus can be indexed");
    Corpus { name, index: Index::open(&index).expect("the index can be opened"), _folder: folder }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|v| text(v).to_owned()).collect()
}

fn paragraphs(data: &Value) -> BTreeMap<String, String> {
    let articles = data["data"].as_array().into_iter().flatten().enumerate();
    let all = articles.flat_map(|(a, article)| {
        let paragraphs = article["paragraphs"].as_array().into_iter().flatten().enumerate();
        paragraphs.map(move |(p, paragraph)| (id(paragraph, a, p), text(&paragraph["context"]).to_owned()))
    });
    all.collect()
}

fn id(paragraph: &Value, article: usize, place: usize) -> String {
    paragraph["id"].as_str().map_or_else(|| format!("a{article:02}p{place:03}"), str::to_owned)
}

fn questions(data: &Value, language: Language) -> Vec<Asked> {
    let known = paragraphs(data);
    let mut all = Vec::new();
    for (a, article) in data["data"].as_array().into_iter().flatten().enumerate() {
        for (p, paragraph) in article["paragraphs"].as_array().into_iter().flatten().enumerate() {
            for row in paragraph["qas"].as_array().into_iter().flatten() {
                let golds: Vec<String> =
                    row["answers"].as_array().into_iter().flatten().map(|v| text(&v["text"]).to_owned()).collect();
                if !golds.is_empty() {
                    all.push(asked(&known, text(&row["question"]), language, golds, &id(paragraph, a, p)));
                }
            }
        }
    }
    all
}

fn asked(
    paragraphs: &BTreeMap<String, String>,
    question: &str,
    language: Language,
    golds: Vec<String>,
    article: &str,
) -> Asked {
    let group = &article[..3];
    let free = |text: &str| !golds.iter().any(|gold| text.to_lowercase().contains(&gold.to_lowercase()));
    let others: Vec<&String> = paragraphs
        .iter()
        .filter(|(id, text)| id.starts_with(group) && *id != article && free(text))
        .map(|(id, _)| id)
        .collect();
    let drawn = question.bytes().fold(7usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    let other = (!others.is_empty()).then(|| others[drawn % others.len()].clone());
    let number: usize = group[1..].parse().unwrap_or(0);
    Asked {
        question: question.to_owned(),
        language,
        golds,
        truth: None,
        article: article.to_owned(),
        other,
        kept_out: number % 5 == 2,
    }
}

/// The best word F1 of `words` with one of `golds`, articles and elisions left out.
pub fn gain(words: &str, golds: &[String]) -> f32 {
    let said = normal(words);
    golds.iter().map(|gold| f1(&said, &normal(gold))).fold(0.0, f32::max)
}

fn normal(words: &str) -> Vec<String> {
    const ARTICLES: [&str; 13] = ["il", "lo", "la", "i", "gli", "le", "l'", "un", "uno", "una", "un'", "a", "the"];
    tokens(words)
        .iter()
        .filter(|t| t.kind != TokenKind::Symbol)
        .map(|t| fold(t.text))
        .filter(|w| !ARTICLES.contains(&w.as_str()) && w != "an")
        .collect()
}

fn f1(said: &[String], gold: &[String]) -> f32 {
    let mut left: Vec<&String> = gold.iter().collect();
    let common = said
        .iter()
        .filter(|word| left.iter().position(|other| other == word).map(|i| left.swap_remove(i)).is_some())
        .count() as f32;
    if common == 0.0 { 0.0 } else { 2.0 * common / (said.len() + gold.len()) as f32 }
}
