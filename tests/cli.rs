//! Commands, options, exit statuses and errors.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::program::Place;

/// Two short articles and what cannot be read beside them.
pub fn town() -> Place {
    Place::with(&[
        (
            "ponte.md",
            "---\ntitle: \"Il ponte nuovo\"\nsource: \"Il Gazzettino di Prova\"\ndate: 2024-03-05\nlanguage: it\n---\n\n\
             Il comune di Trieste aprirà il ponte nuovo il 12 giugno 2025. I lavori sono costati 14 milioni di euro.\n\n\
             La sindaca Anna Verdi ha ringraziato i 230 operai del cantiere.\n",
        ),
        (
            "2024/harbour.txt",
            "Harbour workers end strike\n\nThe dockers of Hull went back to work on Monday after nine days. The union \
             won a pay rise of 4.5 per cent, said its secretary, Tom Reed.\n",
        ),
    ])
}

/// The exit status and the JSON Lines that a command prints.
pub fn json(place: &Place, arguments: &[&str], input: &str) -> (Option<i32>, Vec<Value>) {
    let output = assert_cmd::Command::from_std(place.chiedi(arguments)).write_stdin(input).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn index_tells_what_it_did_and_what_it_could_not_read() {
    let place = town();
    let first = place.told(&["index"]);
    let again = place.told(&["index"]);
    place.write("corpus/ponte.md", "# Il ponte nuovo\n\nIl ponte nuovo è stato chiuso.\n");
    std::fs::remove_file(place.path().join("corpus/2024/harbour.txt")).unwrap();
    place.write("corpus/empty.txt", "");
    place.write("corpus/image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00".as_slice());
    place.write("corpus/notes.pdf", "%PDF-1.4");
    let changed = place.told(&["index"]);
    let rebuilt = place.told(&["index", "--rebuild", "--quiet"]);
    insta::assert_snapshot!("index", [first, again, changed, rebuilt].join("\n"));
}

#[test]
fn articles_are_listed_in_every_format() {
    let place = town();
    let told = ["text", "json", "jsonl", "csv", "markdown"].map(|format| place.told(&["articles", "--format", format]));
    insta::assert_snapshot!("articles", told.join("\n"));
}

#[test]
fn an_article_is_shown_byte_for_byte_and_a_line_in_its_context() {
    let place = town();
    let file = std::fs::read(place.path().join("corpus/2024/harbour.txt")).unwrap();
    let output = place.chiedi(&["show", "2024/harbour"]).output().unwrap();
    assert_eq!(output.stdout, file);
    insta::assert_snapshot!("show", place.told(&["show", "ponte:10"]));
}

#[test]
fn mistakes_are_told_with_what_to_do() {
    let place = town();
    place.write("templates/it/answers.toml", "[when]\nstated = \"{{ moment }}\"\n");
    place.write("templates/en/answers.toml", "");
    place.write("gold.jsonl", "{\"id\": \"1\", \"question\": \"?\"}\n");
    place.write("answers.jsonl", "{}\n");
    std::fs::create_dir_all(place.path().join("nothing")).unwrap();
    let cases: &[&[&str]] = &[
        &["--colour", "never", "chi?"],
        &["--threshold", "2", "chi?"],
        &["--today", "domani", "chi?"],
        &["--format", "yaml", "chi?"],
        &["--corpus", "nowhere", "chi?"],
        &["--corpus", "nothing", "chi?"],
        &["--article", "nowhere", "chi è la sindaca?"],
        &["--templates", "templates", "chi è la sindaca?"],
        &["--templates", "nowhere", "chi è la sindaca?"],
        &["show", "nowhere"],
        &["show", "ponte:99"],
        &["batch", "nowhere.txt"],
        &["batch", "corpus"],
        &["eval", "gold.jsonl"],
        &["verify", "answers.jsonl"],
        &["facts", "nowhere.txt"],
        &["facts", "--format", "csv", "corpus/ponte.md"],
        &["completions", "cmd"],
    ];
    let told = cases.iter().map(|case| format!("$ chiedi {}\n{}", case.join(" "), place.told(case)));
    insta::assert_snapshot!("mistakes", told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_mistake_in_the_configuration_names_file_and_line() {
    let place = town();
    place.write("home/config/chiedi/config.toml", "language = \"it\"\ncolour = \"never\"\n");
    insta::assert_snapshot!("configuration", place.told(&["chi è la sindaca?"]));
}

#[test]
fn the_configuration_and_the_environment_name_the_corpus() {
    let place = town();
    place.write("news/one.txt", "Una notizia sola.\n");
    place.write("more/two.txt", "Un'altra notizia.\n");
    let ids = |variable: Option<&str>, arguments: &[&str]| {
        let mut command = place.chiedi(&["articles", "--format", "jsonl"]);
        if let Some(folder) = variable {
            command.env("CHIEDI_CORPUS", folder);
        }
        let output = command.args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_string();
        text.lines().map(id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(None, &[]), "2024/harbour ponte");
    place.write("home/config/chiedi/config.toml", "corpus = [\"../../../more\"]\n");
    assert_eq!(ids(None, &[]), "two");
    assert_eq!(ids(Some("news"), &[]), "one");
    assert_eq!(ids(Some("news:more"), &[]), "one two");
    assert_eq!(ids(Some("news"), &["--corpus", "corpus", "--corpus", "news"]), "2024/harbour one ponte");
}

#[test]
fn rules_and_words_of_one_s_own_make_a_new_kind_of_question() {
    let place = town();
    let explained = include_str!("../templates/README.md");
    let own = |name: &str| {
        let block = explained.split("```toml\n").find_map(|block| block.strip_prefix(&format!("# {name}\n")));
        block.and_then(|block| block.split("```").next()).expect("an example").to_owned()
    };
    let rules = own("en/questions.toml");
    place.write("own/it/answers.toml", "");
    place.write("own/en/answers.toml", own("en/answers.toml"));
    place.write("own/en/questions.toml", &rules);
    let (_, answers) = json(&place, &["--templates", "own", "batch"], "When is Carla's birthday?\n");
    assert_eq!(answers[0]["analysis"]["rule"], "birthday");
    place.write("own/en/questions.toml", rules.replace("\"date\"", "\"day\""));
    let refused = place.told(&["--templates", "own", "chi è la sindaca?"]);
    assert!(refused.contains("own/en/questions.toml:5: ") && refused.starts_with("status 2"), "{refused}");
}

#[test]
fn what_is_not_understood_is_answered_with_questions_that_would_be() {
    let place = town();
    let (_, answers) = json(&place, &["batch"], "zxqw vrtk\nwhen?\n");
    for answer in &answers {
        assert_eq!((&answer["verdict"], &answer["reason"]), (&"not_understood".into(), &"unclear".into()));
    }
    let examples = answers[1]["suggestions"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let examples: Vec<&str> = examples.collect();
    assert!(!examples.is_empty());
    let (_, answers) = json(&place, &["batch"], &examples.join("\n"));
    assert!(answers.iter().all(|answer| answer["verdict"] == "answered"), "{examples:?}");
}

#[test]
fn the_first_argument_is_a_command_only_where_it_is_exactly_one() {
    let place = town();
    let asked = |arguments: &[&str]| {
        let (_, rows) = json(&place, &[&["--format", "jsonl"], arguments].concat(), "");
        rows[0]["question"].as_str().unwrap().to_string()
    };
    assert_eq!(asked(&["--", "show", "me", "the", "price"]), "show me the price");
    assert_eq!(asked(&["show me the price"]), "show me the price");
    assert_eq!(asked(&["when", "did", "the", "index", "move?"]), "when did the index move?");
    assert_eq!(asked(&["help"]), "help");
}

#[test]
fn batch_answers_every_line_in_its_place() {
    let place = town();
    let mut input = b"\xef\xbb\xbfquando aprir\xc3\xa0 il ponte nuovo?\r\n\n".to_vec();
    input.extend(b"{\"id\": 7, \"question\": \"who is Tom Reed?\", \"language\": \"it\"}\n");
    input.extend(b"{\"id\": \"x\", \"question\": \"quanto sono costati i lavori?\", \"article\": \"ponte\"}\n");
    input.extend(b"{\"question\": \"chi?\", \"article\": \"nowhere\"}\n{\"id\": 1}\n\xff\xfe\n{nothing\n");
    input.extend(format!("{}\nciao", "x".repeat(1 << 20)).bytes());
    place.write("questions.txt", &input);
    let (status, rows) = json(&place, &["batch", "questions.txt"], "");
    assert_eq!(status, Some(2));
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let error = row["error"].as_str().unwrap_or("-").split(':').next().unwrap();
            let error_verdict = row["verdict"] == "error";
            assert_eq!(error_verdict, error != "-");
            format!("{} {} {error}", row["id"].as_str().unwrap(), row["language"].as_str().unwrap())
        })
        .collect();
    insta::assert_snapshot!("batch", told.join("\n"));
    let file = place.chiedi(&["batch", "questions.txt"]).output().unwrap().stdout;
    let piped = assert_cmd::Command::from_std(place.chiedi(&["--index", "other"])).write_stdin(input).output().unwrap();
    assert!(file == piped.stdout, "a file, a pipe and another index give the same bytes");
}

#[test]
fn batch_answers_a_line_before_the_next_is_there() {
    let place = town();
    let mut child =
        place.chiedi(&["batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    for number in 1..=2 {
        std::io::Write::write_all(&mut input, b"quando aprir\xc3\xa0 il ponte nuovo?\n").unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut output, &mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], number.to_string());
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn batch_writes_every_format() {
    let place = town();
    let input = "ciao\n{nothing\n";
    for format in ["text", "json", "csv", "markdown"] {
        let told = place.told_with_input(&["batch", "--format", format], input);
        insta::assert_snapshot!(format!("batch_{format}"), told);
    }
    let told = place.told_with_input(&["batch", "--format", "json"], "");
    assert_eq!(told, "status 0\n[]\n");
}

#[test]
fn batch_tells_the_analysis_alone_and_the_passages_too() {
    let place = town();
    let (status, rows) = json(&place, &["batch", "--only", "analysis"], "quando aprirà il ponte nuovo?\n{\n");
    assert_eq!(status, Some(2));
    assert_eq!(rows[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "question", "analysis"]);
    assert_eq!(rows[0]["analysis"]["intent"], "when");
    assert_eq!(rows[1]["verdict"], "error");
    let (_, rows) = json(&place, &["batch", "--passages", "2"], "quando aprirà il ponte nuovo?\n");
    let passages = rows[0]["passages"].as_array().unwrap();
    assert!((1..=2).contains(&passages.len()));
    assert_eq!(passages[0]["article"], "ponte");
    assert_eq!(passages[0]["path"], "corpus/ponte.md");
}

#[test]
fn facts_are_told_of_rows_and_of_a_text() {
    let place = town();
    let input = "{\"id\": 1, \"text\": \"Il ponte costa 14 milioni di euro.\", \"language\": \"it\"}\n{\"id\": 2}\n";
    let rows = place.told_with_input(&["facts"], input);
    let one = place.told_with_input(&["facts"], "Il ponte costa 14 milioni di euro.");
    place.write("text.txt", "Nel 2024 il ponte\nè costato 14 milioni di euro.\n");
    let text = place.told(&["facts", "--format", "text", "text.txt"]);
    insta::assert_snapshot!("facts", [rows, one, text].join("\n"));
}

#[test]
fn who_wrote_an_article_and_when_is_read_off_its_page() {
    let bridge = "Il ponte di Rovigo riapre al traffico\n\nDi Elena Sartori\nPubblicato il 12 maggio 2023\n\n\
        Il ponte sull'Adigetto a Rovigo riapre lunedì al traffico, dopo lavori che sono durati due anni. Lo ha annunciato \
        l'assessore Paolo Ferri.\n\nI lavori sono costati tre milioni di euro, pagati per metà dalla regione.\n";
    let ferry = "A new ferry for Chioggia\n\nThe town of Chioggia has bought a new ferry that carries 300 passengers, the mayor \
        said on Monday. It replaces a boat built in 1978 and will cross the lagoon ten times a day.\n";
    let place = Place::with(&[("ponte.txt", bridge), ("ferry.txt", ferry)]);
    let answer = |question: &str| {
        let (_, mut answers) = json(&place, &["--format", "jsonl", question], "");
        let answer = answers.remove(0);
        let cited = answer["citations"][0].clone();
        (
            answer["answer"].as_str().map(str::to_owned),
            cited["line"].as_u64(),
            cited["span"].as_str().map(str::to_owned),
        )
    };
    let told = |answer: &str, line, span: &str| (Some(answer.to_owned()), Some(line), Some(span.to_owned()));
    assert_eq!(answer("chi ha scritto l'articolo sul ponte di Rovigo?"), told("Elena Sartori", 3, "Elena Sartori"));
    assert_eq!(answer("Who wrote the article about the bridge in Rovigo?"), told("Elena Sartori", 3, "Elena Sartori"));
    let (_, english) = json(&place, &["--format", "jsonl", "Who wrote the article about the bridge in Rovigo?"], "");
    assert_eq!(english[0]["value"]["kind"], "person");
    let day = answer("Quando è stato pubblicato l'articolo sul ponte di Rovigo?");
    assert_eq!(day, told("il 12 maggio 2023", 4, "il 12 maggio 2023"));
    assert_eq!(answer("Who wrote the article about Chioggia?").0, None);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = town();
    place.told(&["index"]);
    let mut child = place.chiedi(&["articles"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn completions_and_man_page_name_every_command() {
    let place = Place::empty();
    let commands =
        ["batch", "index", "articles", "show", "facts", "explain", "eval", "verify", "doctor", "completions", "man"];
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let told = place.told(&["completions", shell]);
        let missing: Vec<_> = commands.iter().filter(|command| !told.contains(**command)).collect();
        assert!(told.starts_with("status 0") && missing.is_empty(), "{shell}: {missing:?}");
    }
    let page = place.told(&["man"]);
    let missing: Vec<_> = commands.iter().filter(|command| !page.contains(**command)).collect();
    assert!(page.contains(".TH chiedi 1") && missing.is_empty(), "{missing:?}");
}

#[test]
fn help_names_every_option() {
    insta::assert_snapshot!("help", Place::empty().told(&["-h"]));
}
