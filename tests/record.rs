//! Answers kept and looked at again: scored, verified, cited, shown as evidence; and the corpus itself, examined.

use serde_json::{Value, json as value};

use crate::cli::{json, town};
use crate::program::Place;

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

/// The lines of a text but those that begin so: they tell probabilities, which change whenever something is learned
/// anew.
fn without(text: &str, beginnings: &[&str]) -> String {
    let kept = |line: &&str| !beginnings.iter().any(|beginning| line.starts_with(beginning));
    text.lines().filter(kept).collect::<Vec<_>>().join("\n")
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

#[test]
fn a_row_that_shifted_is_known_by_its_digest() {
    let row = "{\"text\": \"Il comune di Trieste aprirà il ponte nuovo il 12 giugno 2025.\"}\n";
    let place = Place::with(&[("rows.jsonl", row)]);
    place.write("questions.txt", "quando aprirà il ponte nuovo?\n");
    place.told(&["--reader", "off", "batch", "questions.txt", "--output", "answers.jsonl"]);
    place.write("corpus/rows.jsonl", format!("{{\"text\": \"La scuola chiude a luglio.\"}}\n{row}"));
    let (status, rows) = json(&place, &["verify", "answers.jsonl", "--format", "jsonl"], "");
    assert_eq!((status, rows[0]["standing"].as_str()), (Some(0), Some("moved")), "{rows:?}");
    assert_eq!(rows[0]["now"]["article"], "rows#2");
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
    place.write("other.jsonl", GOLD.replace("\"id\": \"", "\"id\": \"other "));
    let told = [
        first,
        later,
        place.told(&["eval", "gold.jsonl", "--against", "nowhere.jsonl"]),
        place.told(&["eval", "other.jsonl", "--against", "run.jsonl"]),
        place.told(&["eval", "gold.jsonl", "--save", "gold.jsonl"]),
        place.told(&["eval", "gold.jsonl", "--against", "run.jsonl", "--save", "./run.jsonl"]),
        place.told(&["eval", "gold.jsonl", "--save", "corpus/run.jsonl"]),
        place.told(&["eval", "gold.jsonl", "--save", "new.jsonl", "--format", "csv"]),
    ]
    .join("\n");
    assert!(!place.path().join("new.jsonl").exists());
    insta::assert_snapshot!("eval", without(&told, &["calibration error", ">= "]));
}

/// Articles with what a hostile page may have in its title and its text.
fn hostile() -> Place {
    Place::with(&[
        (
            "2024/ponte.md",
            "---\ntitle: \"Il ponte <script>alert(1)</script> & {100%}\"\nsource: \"L'Eco di Prova\"\n\
             author: \"Anna Verdi e La Redazione\"\ndate: 2024-03-05\nurl: \"https://eco.example/ponte?a=1&b=<x>\"\n\
             language: it\n---\n\nIl comune di Trieste aprirà il ponte nuovo il 12 giugno 2025. I lavori sono costati \
             14 milioni di euro, <b onclick=\"alert(2)\">non</b> di meno.\n",
        ),
        (
            "bridge.txt",
            "A new bridge for Trieste\n\nThe bridge in Trieste, the town hall said, will open by the end of 2025.\n",
        ),
    ])
}

const QUESTIONS: &str =
    "quando aprirà il ponte nuovo di Trieste?\nquanto sono costati i lavori?\nchi ha inventato il telefono?\nciao\n";

#[test]
fn the_sources_of_answers_are_written_as_bibliographies() {
    let place = hostile();
    let one = |style: &str, question: &str| place.told(&["--today", "2025-01-02", "--cite", style, question]);
    let all = ["bibtex", "csl", "ris"].map(|style| {
        let told = place.told_with_input(&["batch", "--today", "2025-01-02", "--cite", style], QUESTIONS);
        told.replace('\r', "")
    });
    let told = [
        all.join("\n"),
        one("bibtex", "quanto sono costati i lavori?"),
        one("csl", "chi ha inventato il telefono?"),
        place.told(&["articles", "--cite", "csl"]),
        place.told(&["--cite", "csl", "--format", "json", "ciao"]),
        place.told(&["--cite", "endnote", "ciao"]),
    ];
    insta::assert_snapshot!("cite", told.join("\n"));
    let output = place.chiedi(&["--cite", "csl", "quando aprirà il ponte nuovo di Trieste?"]).output().unwrap();
    let items: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(items[0]["type"], "article-newspaper");
}

#[test]
fn a_page_of_evidence_is_one_file_without_foreign_markup() {
    let place = hostile();
    let page = place.told_with_input(&["batch", "--today", "2025-01-02", "--format", "html"], QUESTIONS);
    let style = page.find("<style>").unwrap()..page.find("</style>").unwrap();
    let told = format!("{}{}", &page[..style.start], &page[style.end..]);
    insta::assert_snapshot!("page", without(&told, &["<p class=\"verdict\">"]));
    assert!(!page.contains("<script") && !page.contains("<b ") && !page.contains("src=") && !page.contains("url("));
    let empty = place.told_with_input(&["batch", "--format", "html"], "");
    assert!(empty.starts_with("status 0\n<!doctype html>") && empty.ends_with("</html>\n"), "{empty}");
    let one = place.told(&["--format", "html", "chi ha inventato il telefono?"]);
    assert!(one.starts_with("status 1\n<!doctype html>\n<html lang=\"it\">"), "{one}");
    let articles = place.told(&["articles", "--format", "html"]);
    assert_eq!(articles, "status 2\n--- stderr\nchiedi: articles writes text, json, jsonl, csv and markdown\n");
}

#[test]
fn the_doctor_tells_what_a_folder_lacks_and_writes_a_table_to_fill_in() {
    let place = town();
    place.write("corpus/copy.txt", std::fs::read(place.path().join("corpus/2024/harbour.txt")).unwrap());
    place.write(
        "corpus/stub.txt",
        "Il rogo di Marghera\n\nUn rogo ha distrutto un magazzino.\n\nPer continuare a leggere, abbonati\n",
    );
    place.write("corpus/mojibake.txt", "Il sindaco ha detto perchÃ© no, e la cittÃ\u{a0} ne parla da due giorni.\n");
    place.write("corpus/empty.txt", "");
    let doctor = |arguments: &[&str]| place.told(&[&["doctor", "--today", "2025-01-02"], arguments].concat());
    let first = doctor(&[]);
    let one = doctor(&["--article", "stub"]);
    let refused = [doctor(&["--write", "--format", "csv"]), doctor(&["--write", "--since", "2024"])].join("");
    assert_eq!(
        refused,
        "status 2\n--- stderr\nchiedi: doctor writes text, json and jsonl\nstatus 2\n--- stderr\nchiedi: doctor looks at \
         all articles, or with --article at one: leave out --since, --until, --source and --language-of-articles\n"
    );
    assert!(!place.path().join("corpus/sources.csv").exists());
    let written = doctor(&["--write", "--article", "stub", "--format", "jsonl"]);
    let table = || std::fs::read_to_string(place.path().join("corpus/sources.csv")).unwrap();
    assert_eq!(table(), "id,title,source,author,url,published,language\nstub,Il rogo di Marghera,,,,,it\n");
    place.write("corpus/sources.csv", table().replace("Marghera,,,,,", "Marghera,L'Eco,Anna Verdi,,2024-12-30,"));
    let filled = place.told(&["articles", "--article", "stub", "--format", "jsonl"]);
    assert!(filled.contains("\"source\":\"L'Eco\"") && filled.contains("\"missing\":[]"), "{filled}");
    let again = doctor(&["--write", "--format", "json", "--article", "stub"]);
    assert!(again.contains("nothing to add"), "{again}");
    place.write("corpus/sources.csv", table() + "nowhere,Nulla,,,,,\nponte,,,,,ieri,\n");
    let told = [first, one, written, place.told(&["index"]), doctor(&["--write"]), doctor(&["--article", "nowhere"])];
    insta::assert_snapshot!("doctor", told.join("\n"));
    let sound = Place::with(&[(
        "a.md",
        "---\ntitle: Acquedotto\nsource: L'Eco\ndate: 2024-03-05\n---\n\nIl consiglio ha votato ieri sera il piano per il nuovo \
         acquedotto della valle, che costerà sei milioni di euro. I lavori cominceranno in primavera e dureranno due anni, ha \
         spiegato l'assessora davanti a una sala piena di gente.\n",
    )]);
    assert_eq!(sound.chiedi(&["doctor", "--today", "2025-01-02"]).output().unwrap().status.code(), Some(0));
}

#[test]
fn the_doctor_adds_a_row_once_to_the_table_of_the_article_s_own_folder() {
    let place = Place::with(&[("2024/a.txt", "Il ponte è aperto, dice il comune.\n")]);
    place.write("corpus/a.txt", "La scuola è chiusa, dice il comune.\n");
    place.write("corpus/sources.csv", "\npath;title\na.txt;\n");
    place.write("other/a.txt", "Il porto è vuoto, dice il comune.\n");
    let write = || place.told(&["doctor", "--write", "--corpus", "corpus", "--corpus", "other", "--format", "jsonl"]);
    let first = write();
    assert!(
        first.contains("corpus/sources.csv: rows added: 1;") && first.contains("other/sources.csv: rows added: 1;")
    );
    let tables = || ["corpus", "other"].map(|folder| place.path().join(folder).join("sources.csv"));
    let written = tables().map(|table| std::fs::read_to_string(table).unwrap());
    assert!(written[0].starts_with("\npath;title\na.txt;\n2024/a;"), "{}", written[0]);
    assert!(written[1].starts_with("id,title,source,author,url,published,language\nother/a,"), "{}", written[1]);
    let second = write();
    assert_eq!(second.matches("nothing to add").count(), 2, "{second}");
    assert_eq!(tables().map(|table| std::fs::read_to_string(table).unwrap()), written);
}

#[test]
fn the_commands_on_the_record_tell_how_they_are_used() {
    let told = ["eval", "verify", "doctor"].map(|command| {
        let told = Place::empty().told(&[command, "--help"]);
        // The options that hold everywhere are in another snapshot.
        let everywhere =
            told.find("      --corpus").unwrap_or(told.len())..told.find("  -h, --help").unwrap_or(told.len());
        format!("{}…\n\n{}", &told[..everywhere.start], &told[everywhere.end..])
    });
    insta::assert_snapshot!("usage", told.join("\n"));
}
