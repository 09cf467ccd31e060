//! The questions with known answers on the project's own articles: that they can be answered, or not, from these alone.

use std::collections::BTreeSet;

use chiedi::text::fold;
use regex::Regex;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    question: String,
    accept: Vec<String>,
    article: Option<String>,
}

#[test]
fn every_accepted_answer_stands_in_its_article() {
    let root = env!("CARGO_MANIFEST_DIR");
    let rows = std::fs::read_to_string(format!("{root}/tests/gold/corpus.jsonl")).expect("the gold file");
    let rows: Vec<Row> = rows.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    let refused = rows.iter().filter(|row| row.accept.is_empty()).count();
    assert_eq!((rows.len(), refused), (160, 31));
    let mut seen = BTreeSet::new();
    for row in &rows {
        assert!(seen.insert(&row.id) && seen.insert(&row.question), "{} twice", row.id);
        let Some(article) = &row.article else { continue };
        let text = std::fs::read_to_string(format!("{root}/corpus/{article}.md")).expect("an article");
        let stands = row.accept.iter().any(|accept| {
            let pattern = accept.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
            // Yes and no stand in no article.
            pattern.is_some_and(|p| p.starts_with('^'))
                || pattern.is_some_and(|p| Regex::new(p).expect("a pattern").is_match(&fold(&text)))
                || fold(&text).contains(&fold(accept))
        });
        assert!(stands, "{}: {:?} is not in {article}", row.id, row.accept);
    }
}

/// Two thirds of the questions come out right today, refusals counted; fewer is a step back.
#[test]
fn most_questions_come_out_right() {
    let root = env!("CARGO_MANIFEST_DIR");
    let index = tempfile::tempdir().expect("a temporary folder");
    let mut program = assert_cmd::Command::cargo_bin("chiedi").expect("the program");
    program.current_dir(root).args([
        "eval",
        "tests/gold/corpus.jsonl",
        "--corpus",
        "corpus",
        "--min",
        "0.65",
        "--index",
    ]);
    program.arg(index.path()).args(["--today", "2024-06-01", "--quiet"]).assert().success();
}
