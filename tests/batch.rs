//! Many questions: tables in and out, files to write into, going on after what was broken off, a matrix of answers.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::Place;

/// Two articles with dates.
fn town() -> Place {
    Place::with(&[
        (
            "ponte.md",
            "---\ntitle: Il ponte nuovo\nsource: \"L'Eco, di Prova\"\ndate: 2024-03-05\nlanguage: it\n---\n\n\
             Il comune di Trieste aprirà il ponte nuovo il 12 giugno 2025. I lavori sono costati 14 milioni di euro.\n\n\
             La sindaca Anna Verdi ha ringraziato i 230 operai del cantiere.\n",
        ),
        (
            "scuola.md",
            "---\ntitle: La scuola nuova\ndate: 2024-04-10\nlanguage: it\n---\n\n\
             La scuola nuova aprirà il 10 settembre 2024. I lavori sono costati 3 milioni di euro.\n",
        ),
    ])
}

const QUESTIONS: [&str; 6] = [
    "quando aprirà il ponte nuovo?",
    "quanto sono costati i lavori del ponte?",
    "{\"id\": \"x\", \"question\": \"chi è Anna Verdi e quando aprirà la scuola nuova?\"}",
    "{nothing",
    "ciao",
    "quanti operai ha il cantiere?",
];

/// So many lines of questions.
fn questions(count: usize) -> String {
    (0..count).map(|number| format!("{}\n", QUESTIONS[number % QUESTIONS.len()])).collect()
}

fn batch<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&["--reader", "off", "--today", "2024-06-01", "batch", "questions.txt"], rest].concat()
}

fn bytes(place: &Place, name: &str) -> Vec<u8> {
    std::fs::read(place.path().join(name)).unwrap_or_default()
}

#[test]
fn a_table_of_questions_is_answered_row_by_row() {
    let place = town();
    place.write(
        "questions.csv",
        "\u{feff}Id;Desk;Question;Article;Language\r\n\
         a;news;quando aprirà il ponte nuovo?;;en\r\n\
         b;news;\"quanto sono costati\ni lavori?\";scuola;\r\n\
         ;;;;\r\n\
         c;;;;\r\n\
         ;;chi?;;fr\r\n\
         d;;chi?;nowhere;\r\n\
         e;;chi; e quando; e dove?;;\r\n",
    );
    let told = place.told(&["--reader", "off", "batch", "questions.csv", "--output", "answers.csv"]);
    let table = String::from_utf8(bytes(&place, "answers.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = ["id", "question", "language", "verdict", "answer", "article", "line", "reason"];
    let places = columns.map(|column| reader.headers().unwrap().iter().position(|name| name == column).unwrap());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        format!("{:?}\n", places.map(|place| row[place].to_string()))
    });
    insta::assert_snapshot!("batch_table", told + &rows.collect::<String>());
    let piped = std::fs::read_to_string(place.path().join("questions.csv")).unwrap();
    let arguments = ["--reader", "off", "--quiet", "--format", "csv", "batch", "--input-format", "csv"];
    assert!(place.told_with_input(&arguments, &piped).ends_with(&table));
}

#[test]
fn a_file_s_name_tells_the_format_of_the_answers() {
    let place = town();
    place.write("questions.txt", "ciao\n{nothing\n");
    let mut told = Vec::new();
    for name in ["answers.jsonl", "answers.json", "answers.csv", "answers.md", "answers.txt", "answers"] {
        place.write(name, "what was there before, and is longer than what comes; ".repeat(100));
        let status = place.told(&batch(&["--output", name]));
        let text = String::from_utf8(bytes(&place, name)).unwrap();
        told.push(format!("$ chiedi batch questions.txt --output {name}\n{status}{}", text.lines().next().unwrap()));
    }
    let json: Value = serde_json::from_slice(&bytes(&place, "answers.json")).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    assert_eq!(bytes(&place, "answers"), bytes(&place, "answers.jsonl"));
    insta::assert_snapshot!("batch_output", told.join("\n"));
}

/// What is told where a question could not be read.
const UNREAD: &str = "status 2\n--- stderr\nchiedi: not every question could be read: its answer tells why\n";

#[test]
fn a_torn_output_is_gone_on_with_wherever_it_was_torn() {
    let place = town();
    place.write("questions.txt", questions(8));
    let analyses: &[&str] = &["--only", "analysis"];
    for (name, only) in [("whole.jsonl", &[] as &[&str]), ("whole.csv", &[]), ("whole.jsonl", analyses)] {
        let status = place.told(&[&batch(&["--output", name, "--quiet"]), only].concat());
        let whole = bytes(&place, name);
        let step = whole.len() / 13;
        for length in (0..whole.len()).step_by(step).chain([whole.len() - 1, whole.len()]) {
            let torn = name.replace("whole", "torn");
            place.write(&torn, &whole[..length]);
            let resumed = place.told(&[&batch(&["--resume", &torn, "--quiet"]), only].concat());
            assert_eq!(resumed, status, "{length} bytes of {name}");
            assert!(bytes(&place, &torn) == whole, "{length} bytes of {name}");
        }
    }
    place.told(&batch(&["--output", "whole.jsonl"]));
    let absent = place.told(&batch(&["--resume", "new.jsonl"]));
    assert_eq!((absent.as_str(), bytes(&place, "new.jsonl")), (UNREAD, bytes(&place, "whole.jsonl")));
    let told = place.told(&batch(&["--resume", "new.jsonl"]));
    assert_eq!(told, UNREAD.replace("chiedi: not", "chiedi: going on after 8 answers\nchiedi: not"));
}

#[test]
fn only_an_output_of_the_same_questions_is_gone_on_with() {
    let place = town();
    place.write("questions.txt", questions(3));
    place.told(&batch(&["--output", "answers.jsonl"]));
    place.told(&batch(&["--output", "answers.csv"]));
    place.told(&batch(&["--per-article", "--output", "pairs.csv", "--format", "jsonl"]));
    place.write("notes.txt", "some\nnotes\n");
    place.write("odd.csv", "a,b\n1,2,3\n");
    place.told(&batch(&["--only", "analysis", "--output", "analyses.jsonl"]));
    // Files of others, the last line of which has no end.
    place.write("row.jsonl", "{\"text\": \"Il ponte è aperto.\"}");
    place.write("question.jsonl", "{\"id\":\"1\",\"question\":\"quando aprirà il ponte nuovo?\"}");
    place.write("header.csv", "id,name");
    let mut told = Vec::new();
    let mut check = |arguments: &[&str]| {
        let before = bytes(&place, arguments[arguments.len() - 1]);
        told.push(format!("$ chiedi batch {}\n{}", arguments.join(" "), place.told(&batch(arguments))));
        assert!(bytes(&place, arguments[arguments.len() - 1]) == before, "what is not gone on with is not touched");
    };
    check(&["--format", "jsonl", "--resume", "notes.txt"]);
    check(&["--resume", "notes.txt"]);
    check(&["--resume", "odd.csv"]);
    check(&["--resume", "questions.txt"]);
    check(&["--format", "csv", "--resume", "answers.jsonl"]);
    check(&["--output", "answers.jsonl", "--resume", "answers.jsonl"]);
    check(&["--only", "analysis", "--resume", "answers.jsonl"]);
    check(&["--resume", "analyses.jsonl"]);
    check(&["--resume", "row.jsonl"]);
    check(&["--resume", "question.jsonl"]);
    check(&["--per-article", "--resume", "question.jsonl"]);
    check(&["--resume", "header.csv"]);
    check(&["--per-article", "--resume", "header.csv"]);
    check(&["--per-article", "--resume", "answers.csv"]);
    check(&["--resume", "pairs.csv", "--format", "jsonl"]);
    check(&["--per-article", "--resume", "answers.jsonl"]);
    place.write("questions.txt", questions(2));
    check(&["--resume", "answers.jsonl"]);
    check(&["--resume", "answers.csv"]);
    place.write("questions.txt", "quando aprirà il ponte nuovo?\nchi?\nciao\n");
    check(&["--resume", "answers.jsonl"]);
    check(&["--resume", "answers.csv"]);
    insta::assert_snapshot!("batch_resume_mistakes", told.join("\n"));
}

#[test]
fn each_question_is_asked_of_each_article() {
    let place = town();
    place.write(
        "questions.txt",
        "quando aprirà?\n{\"id\": \"costo\", \"question\": \"quanto sono costati i lavori?\"}\n",
    );
    let table = place.told(&batch(&["--per-article", "--format", "csv"]));
    let since = place.told(&batch(&["--per-article", "--format", "csv", "--since", "2024-04"]));
    insta::assert_snapshot!("batch_matrix", [table, since].join("\n"));
    let status = place.told(&batch(&["--per-article", "--output", "pairs.jsonl"]));
    assert_eq!(status, "status 0\n");
    let pairs = String::from_utf8(bytes(&place, "pairs.jsonl")).unwrap();
    let pair = |line: &str| {
        let pair: Value = serde_json::from_str(line).unwrap();
        let cited = pair["citations"].as_array().unwrap().iter().all(|cited| cited["article"] == pair["article"]);
        assert!(cited, "an answer of one article cites no other");
        ["article", "id", "answer"].map(|key| pair[key].as_str().unwrap_or("-").to_string()).join(" ")
    };
    let expected = [
        "ponte 1 12 giugno 2025",
        "ponte costo 14 milioni di euro",
        "scuola 1 10 settembre 2024",
        "scuola costo 3 milioni di euro",
    ];
    assert_eq!(pairs.lines().map(pair).collect::<Vec<_>>(), expected);
    let one = place.told(&batch(&["--per-article", "--article", "scuola"]));
    assert_eq!(one.lines().count(), 3);
    for (name, whole) in [("torn.jsonl", pairs.into_bytes()), ("torn.csv", bytes_of_table(&place))] {
        for length in (0..whole.len()).step_by(whole.len() / 6) {
            place.write(name, &whole[..length]);
            place.told(&batch(&["--per-article", "--resume", name]));
            assert!(bytes(&place, name) == whole, "{length} bytes of {name}");
        }
    }
}

fn bytes_of_table(place: &Place) -> Vec<u8> {
    place.told(&batch(&["--per-article", "--output", "table.csv"]));
    bytes(place, "table.csv")
}

#[test]
fn mistakes_in_a_batch_are_told_with_what_to_do() {
    let place = town();
    place.write("questions.txt", questions(4));
    place.write("plain.csv", "chi?\ndove?\n");
    place.write("one.txt", "{\"question\": \"chi?\", \"article\": \"ponte\"}\n");
    let cases: &[&[&str]] = &[
        &["plain.csv"],
        &["questions.txt", "--per-article"],
        &["one.txt", "--per-article"],
        &["one.txt", "--per-article", "--format", "markdown"],
        &["questions.txt", "--per-article", "--only", "analysis"],
        &["questions.txt", "--output", "nowhere/answers.jsonl"],
        &["questions.txt", "--output", "questions.txt"],
        &["questions.txt", "--output", "corpus/answers.jsonl"],
        &["questions.txt", "--resume", "corpus/sources.csv"],
        &["questions.txt", "--per-article", "--cite", "csl"],
        &["questions.txt", "--only", "analysis", "--format", "csv"],
        &["questions.txt", "--only", "analysis", "--cite", "ris"],
        &["questions.txt", "--resume", "answers.md"],
        &["questions.txt", "--input-format", "xlsx"],
    ];
    let told = cases.iter().map(|case| {
        let arguments = [&["--reader", "off", "batch"], *case].concat();
        format!("$ chiedi batch {}\n{}", case.join(" "), place.told(&arguments))
    });
    insta::assert_snapshot!("batch_mistakes", told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn batch_tells_its_options() {
    insta::assert_snapshot!("batch_help", Place::empty().told(&["batch", "--help"]));
}

/// Starts a batch that writes into `answers.jsonl`, sends it `signal` when it has written something new, and tells the
/// exit status and the errors.
#[cfg(unix)]
fn broken_off(place: &Place, signal: &str) -> (Option<i32>, String) {
    let path = place.path().join("answers.jsonl");
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |data| data.len());
    let before = size(&path);
    let mut command = place.chiedi(&batch(&["--resume", "answers.jsonl"]));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while size(&path) <= before {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is written");
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let status = child.wait().unwrap();
    let errors = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
    (status.code(), errors)
}

#[test]
#[cfg(unix)]
fn what_was_broken_off_and_gone_on_with_is_the_same_as_what_was_not() {
    let place = town();
    place.write("questions.txt", questions(200));
    assert_eq!(place.told(&batch(&["--output", "whole.jsonl"])), UNREAD);
    let whole = bytes(&place, "whole.jsonl");
    let is_begun = || {
        let part = bytes(&place, "answers.jsonl");
        assert!(whole.starts_with(&part) && part.len() < whole.len(), "{} of {} bytes", part.len(), whole.len());
        part
    };
    for (signal, status) in [("-INT", 130), ("-TERM", 143), ("-INT", 130)] {
        let (told, errors) = broken_off(&place, signal);
        assert_eq!(told, Some(status), "{errors}");
        let part = is_begun();
        let answers = part.iter().filter(|byte| **byte == b'\n').count();
        assert!(part.ends_with(b"\n"), "only whole lines are left");
        let stopped = format!("chiedi: stopped after {answers} answers; --resume answers.jsonl goes on\n");
        assert!(errors.ends_with(&stopped), "{errors}");
    }
    for _ in 0..2 {
        assert_eq!(broken_off(&place, "-KILL").0, None);
        is_begun();
    }
    let resumed = place.told(&[&batch(&["--resume", "answers.jsonl"])[..], &["--quiet"]].concat());
    assert_eq!(resumed, "status 2\n");
    assert!(bytes(&place, "answers.jsonl") == whole);
}
