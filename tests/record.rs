//! Answers kept and looked at again: scored, verified, cited, shown as evidence; and the corpus itself, examined.

use serde_json::{Value, json as value};

use crate::cli::{json, town};

/// An answer as `batch` writes it, with one citation.
fn answer(id: &str, article: &str, start: usize, span: &str, quote: &str) -> Value {
    let citation = value!({
        "number": 1, "article": article, "path": "", "digest": "", "title": null, "source": null, "author": null,
        "url": null, "published": null, "language": "it", "line": 1, "start": start, "end": start + span.len(),
        "span": span, "quote": quote, "modality": "stated", "attribution": null
    });
    value!({
        "id": id, "question": "?", "language": "it", "analysis": null, "verdict": "answered", "answer": span, "text": "",
        "value": null, "confidence": 0.5, "citations": [citation], "alternatives": [], "reason": null, "suggestions": []
    })
}

#[test]
fn citations_are_checked_again() {
    let place = town();
    let text = std::fs::read_to_string(place.path().join("corpus/ponte.md")).unwrap();
    let (span, quote) = ("14 milioni di euro", "I lavori sono costati 14 milioni di euro.");
    let start = text.find("14 milioni").unwrap();
    let with = |mut answer: Value, key: &str, other: Value| {
        answer[key] = other;
        answer
    };
    let other = answer("x", "ponte", start + 2, span, quote)["citations"].clone();
    let alternatives = value!([{"answer": span, "value": null, "confidence": 0.1, "citations": other}]);
    let answers = [
        answer("holds", "ponte", start, span, quote),
        answer("moved", "ponte", start + 1, span, quote),
        answer("changed", "ponte", start, "15 milioni di euro", "I lavori sono costati 15 milioni di euro."),
        answer("other sentence", "ponte", start, "tre anni", "Ci vorranno tre anni, dice il comune."),
        answer("no article", "nowhere", start, span, quote),
        answer("beyond the end", "ponte", usize::MAX - 100, span, quote),
        with(answer("part", "ponte", start, span, quote), "parts", value!([answer("p", "nowhere", 1, span, quote)])),
        with(answer("other", "ponte", start, span, quote), "alternatives", alternatives),
    ]
    .map(|answer| answer.to_string());
    place.write("answers.jsonl", answers.join("\n"));
    place.write("two.json", format!("[{}, {}]", answers[0], answers[1]));
    place.write("none.jsonl", "\n");
    let told = [
        place.told(&["verify", "answers.jsonl"]),
        place.told(&["verify", "two.json"]),
        place.told(&["verify", "two.json", "--strict"]),
        place.told_with_input(&["verify", "-", "--format", "jsonl"], &answers[2]),
        place.told(&["verify", "none.jsonl"]),
        place.told(&["verify", "none.jsonl", "--format", "csv"]),
    ];
    insta::assert_snapshot!("verify", told.join("\n"));
}

#[test]
fn answers_are_verified_as_they_were_given() {
    let place = town();
    let questions =
        "quando aprirà il ponte nuovo?\nwho is Tom Reed?\nquanto sono costati i lavori e chi è la sindaca?\n";
    let output = assert_cmd::Command::from_std(place.chiedi(&["batch"])).write_stdin(questions).output().unwrap();
    place.write("answers.jsonl", output.stdout);
    let verified = || json(&place, &["verify", "answers.jsonl", "--format", "jsonl"], "");
    let standings = |rows: &[Value]| -> Vec<String> {
        rows.iter().map(|row| format!("{} {}", row["standing"].as_str().unwrap(), row["same_digest"])).collect()
    };
    let (status, rows) = verified();
    assert_eq!(status, Some(0));
    assert!(!rows.is_empty() && standings(&rows).iter().all(|told| told == "unchanged true"), "{rows:?}");
    // A file that goes by another name now is known by its digest.
    let corpus = place.path().join("corpus");
    std::fs::rename(corpus.join("ponte.md"), corpus.join("bridge.md")).unwrap();
    let (status, rows) = verified();
    let moved: Vec<&Value> = rows.iter().filter(|row| row["article"] == "ponte").collect();
    assert_eq!(status, Some(0));
    assert!(!moved.is_empty());
    assert!(moved.iter().all(|row| row["standing"] == "moved" && row["now"]["article"] == "bridge"), "{moved:?}");
}

/// Questions of which the second is answered wrongly.
const GOLD: &str = "{\"id\": \"a\", \"question\": \"quando aprirà il ponte nuovo?\", \"accept\": [\"/giugno/\"], \"article\": \"ponte\"}\n\
    {\"id\": \"b\", \"question\": \"who is Tom Reed?\", \"accept\": [\"the mayor\"], \"article\": \"harbor\"}\n\
    {\"id\": \"c\", \"question\": \"chi ha inventato il telefono?\", \"accept\": [], \"article\": null}\n";

#[test]
fn eval_tells_figures_and_sets_the_exit_status() {
    let place = town();
    place.write("gold.jsonl", GOLD);
    let (_, rows) = json(&place, &["eval", "gold.jsonl", "--format", "jsonl"], "");
    assert_eq!(rows[0]["accuracy"], value!({"right": 2, "all": 3}));
    assert_eq!(rows[0]["misses"][0]["wanted"], "harbor");
    let status = |min: &str| place.chiedi(&["eval", "gold.jsonl", "--min", min]).output().unwrap().status.code();
    assert_eq!(["0", "0.6", "0.7", "1", "1.1"].map(status), [Some(0), Some(0), Some(1), Some(1), Some(2)]);
}

#[test]
fn a_run_is_kept_and_held_against_a_later_one() {
    let place = town();
    place.write("gold.jsonl", GOLD);
    let first = place.told(&["eval", "gold.jsonl", "--save", "run.jsonl"]);
    let same = place.chiedi(&["eval", "gold.jsonl", "--against", "run.jsonl"]).output().unwrap();
    assert_eq!(same.status.code(), Some(0));
    // The article says something else, one question is new, one is no longer asked, and one is put in other words.
    let text = std::fs::read_to_string(place.path().join("corpus/ponte.md")).unwrap();
    place.write("corpus/ponte.md", text.replace("12 giugno", "12 luglio"));
    let new =
        "{\"id\": \"d\", \"question\": \"chi è la sindaca?\", \"accept\": [\"Anna Verdi\"], \"article\": \"ponte\"}\n";
    place.write("gold.jsonl", GOLD.replace("the mayor", "secretary").replace("\"c\"", "\"e\"") + new);
    let later = place.told(&["eval", "gold.jsonl", "--against", "run.jsonl", "--quiet"]);
    let (status, rows) = json(&place, &["eval", "gold.jsonl", "--against", "run.jsonl", "--format", "jsonl"], "");
    assert_eq!(status, Some(1));
    assert_eq!(rows[0]["against"]["worse"][0]["id"], "a");
    let missing = place.told(&["eval", "gold.jsonl", "--against", "nowhere.jsonl"]);
    insta::assert_snapshot!("eval", [first, later, missing].join("\n"));
}
