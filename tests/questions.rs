//! What questions of all kinds are read as, typed well and badly: `questions/analysis.tsv` has one a line.

use chiedi::language::Language;
use chiedi::question::{Context, Question, Vocabulary, analyse};
use chiedi::text::fold;
use jiff::civil::date;

/// What the made-up corpus calls people and things.
const NAMES: [&str; 8] =
    ["Bari", "Bonetti", "Busto", "Carla Bonetti", "Nicola de Santis", "Santis", "Solarix", "Carla"];

/// A corpus that holds these names and nothing else.
struct Names;

impl Vocabulary for Names {
    fn passages(&self) -> usize {
        100
    }

    fn frequency(&self, word: &str) -> usize {
        usize::from(NAMES.iter().any(|name| fold(name).split(' ').any(|part| part == word)))
    }

    fn similar(&self, word: &str, _distance: u8) -> Vec<String> {
        // The one typing error that the questions make in a name.
        if word == "solarx" { vec!["solarix".to_owned()] } else { Vec::new() }
    }

    fn name(&self, name: &str) -> Option<String> {
        NAMES.iter().find(|known| fold(known) == fold(name)).map(|known| (*known).to_owned())
    }
}

fn read(question: &str) -> Question {
    let context = Context { today: date(2025, 1, 15), vocabulary: &Names };
    let mut parts = analyse(question, None, &context);
    assert_eq!(parts.len(), 1, "{question}");
    parts.remove(0)
}

/// A line of the table: question, language, intent, answer type, focus, entities.
fn line(question: &str) -> String {
    let read = read(question);
    let named = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let entities: Vec<&str> = read.entities.iter().map(|entity| entity.text.as_str()).collect();
    [
        question.to_owned(),
        if read.language == Language::It { "it" } else { "en" }.to_owned(),
        named(serde_json::to_value(read.intent).unwrap()),
        named(serde_json::to_value(read.expects).unwrap()),
        read.focus.map_or_else(|| "-".to_owned(), |focus| focus.text),
        if entities.is_empty() { "-".to_owned() } else { entities.join("; ") },
    ]
    .join("\t")
}

#[test]
fn questions_are_read_as_the_table_says() {
    let table = include_str!("questions/analysis.tsv");
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 460);
    let mut wrong = Vec::new();
    for expected in lines {
        let question = expected.split('\t').next().unwrap();
        let found = line(question);
        if found != expected {
            wrong.push(format!("{found}\n  but expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of the table:\n{}", wrong.len(), wrong.join("\n"));
}
