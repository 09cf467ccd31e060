//! What must be said of facts that agree, are told more finely, contradict each other, have changed, were taken over
//! word for word, are denied or are hearsay: asked of the small corpus in `tests/trust`, in both languages.

use serde_json::Value;

use crate::program::{PROJECT, Place};

/// A question, the verdict, the short answer, how many independent sources say it, and what the whole answer must say.
struct Case {
    question: &'static str,
    verdict: &'static str,
    answer: Option<&'static str>,
    sources: u64,
    says: &'static [&'static str],
    relations: &'static [&'static str],
}

impl Case {
    /// What `answer` says otherwise than it must.
    fn fault(&self, answer: &Value) -> Option<String> {
        let text = answer["text"].as_str().unwrap_or_default();
        let short = answer["answer"].as_str().unwrap_or_default();
        let sources = answer["independent_sources"].as_u64().unwrap_or(0);
        let alternatives = answer["alternatives"].as_array().expect("alternatives");
        let relations: Vec<&str> = alternatives.iter().filter_map(|other| other["relation"].as_str()).collect();
        let missing: Vec<&&str> = self.says.iter().filter(|part| !text.contains(**part)).collect();
        let verdict = &answer["verdict"];
        let right = *verdict == self.verdict
            && self.answer.is_none_or(|part| short.contains(part))
            && sources == self.sources
            && missing.is_empty()
            && relations == self.relations;
        let told =
            format!("{}: {verdict}, {sources} sources, {relations:?}, without {missing:?}\n{text}", self.question);
        (!right).then_some(told)
    }
}

const CASES: &[Case] = &[
    // Two newspapers, one in figures and one in words.
    Case {
        question: "Quanto costerà il ponte sull'Orba?",
        verdict: "answered",
        answer: Some("12 milioni di euro"),
        sources: 2,
        says: &["[1]", "[2]"],
        relations: &[],
    },
    Case {
        question: "How much will the harbour tunnel in Aldmouth cost?",
        verdict: "answered",
        answer: Some("million"),
        sources: 2,
        says: &["[1]", "[2]"],
        relations: &[],
    },
    // The finer of two dates that agree.
    Case {
        question: "Quando aprirà il ponte sull'Orba?",
        verdict: "answered",
        answer: Some("primavera del 2027"),
        sources: 1,
        says: &["Concorda, con meno precisione:\n  nel 2027"],
        relations: &["coarser"],
    },
    Case {
        question: "When will the harbour tunnel open?",
        verdict: "answered",
        answer: Some("autumn of 2028"),
        sources: 1,
        says: &["Agrees, less precisely:\n  in 2028"],
        relations: &["coarser"],
    },
    // Two newspapers of one day.
    Case {
        question: "Quanti visitatori ha avuto la sagra del miele di Bresnola?",
        verdict: "conflict",
        answer: Some("visitatori"),
        sources: 1,
        says: &["Gli articoli non concordano", "3.000", "4.500", "Pro loco"],
        relations: &["contrary"],
    },
    Case {
        question: "How many visitors did the Aldmouth regatta draw?",
        verdict: "conflict",
        answer: Some("visitors"),
        sources: 1,
        says: &["The articles disagree", "3,000", "4,500", "organisers"],
        relations: &["contrary"],
    },
    // The newer article is right, and what was said before is told.
    Case {
        question: "Quanto costerà la nuova biblioteca di Castelverde?",
        verdict: "answered",
        answer: Some("3 milioni di euro"),
        sources: 1,
        says: &["È cambiato. In articoli meno recenti:", "2 milioni di euro", "15 gennaio 2024"],
        relations: &["earlier"],
    },
    Case {
        question: "How much will the new library in Harrow End cost?",
        verdict: "answered",
        answer: Some("£3 million"),
        sources: 1,
        says: &["This has changed. In earlier articles:", "£2 million", "15 January 2024"],
        relations: &["earlier"],
    },
    // A role has another holder, and a day was put off: what the older article says does not support the newer one.
    Case {
        question: "Chi è il presidente della banda di Rocca Alta?",
        verdict: "answered",
        answer: Some("Silvana Ferri"),
        sources: 1,
        says: &["È cambiato. In articoli meno recenti:", "Tullio Nesti"],
        relations: &["earlier"],
    },
    Case {
        question: "Who is the musical director of the Farholm Choral Society?",
        verdict: "answered",
        answer: Some("Piers Lockwood"),
        sources: 1,
        says: &["This has changed. In earlier articles:", "Imogen Strand"],
        relations: &["earlier"],
    },
    Case {
        question: "Quando chiuderà la funivia di Monte Lieto?",
        verdict: "answered",
        answer: Some("30 settembre"),
        sources: 1,
        says: &["È cambiato. In articoli meno recenti:", "31 maggio"],
        relations: &["earlier"],
    },
    Case {
        question: "When will the Skarness ferry close?",
        verdict: "answered",
        answer: Some("30 September"),
        sources: 1,
        says: &["This has changed. In earlier articles:", "31 May"],
        relations: &["earlier"],
    },
    // One agency's text in two newspapers is one source.
    Case {
        question: "Per quanto è stato venduto il mulino di Sant'Ilario?",
        verdict: "answered",
        answer: Some("800 mila euro"),
        sources: 1,
        says: &["[2]", "(le stesse parole di [1])"],
        relations: &[],
    },
    Case {
        question: "How much was the old mill at Saltby sold for?",
        verdict: "answered",
        answer: Some("£800,000"),
        sources: 1,
        says: &["[2]", "(the same words as [1])"],
        relations: &[],
    },
    // What is denied is no fact, and has no day.
    Case {
        question: "La Solarix chiuderà lo stabilimento di Trento?",
        verdict: "answered",
        answer: None,
        sources: 1,
        says: &["la fonte lo smentisce"],
        relations: &[],
    },
    Case {
        question: "Will Brightwell close its plant in Leeds?",
        verdict: "answered",
        answer: None,
        sources: 1,
        says: &["the source denies it"],
        relations: &[],
    },
    Case {
        question: "Quando la Solarix chiuderà lo stabilimento di Trento?",
        verdict: "not_found",
        answer: None,
        sources: 0,
        says: &["Gli articoli non lo dicono"],
        relations: &[],
    },
    Case {
        question: "When will Brightwell close its plant in Leeds?",
        verdict: "not_found",
        answer: None,
        sources: 0,
        says: &["The articles do not say"],
        relations: &[],
    },
    // Hearsay stays hearsay.
    Case {
        question: "Quanto ha investito la Nordeva in Puglia?",
        verdict: "answered",
        answer: Some("30 milioni di euro"),
        sources: 1,
        says: &["Non confermato: 30 milioni di euro."],
        relations: &[],
    },
    Case {
        question: "How much has Norvale invested in Wales?",
        verdict: "answered",
        answer: Some("£30 million"),
        sources: 1,
        says: &["Unconfirmed: £30 million."],
        relations: &[],
    },
    // What is planned has not happened.
    Case {
        question: "Quante piante ha venduto il vivaio di Sarenna?",
        verdict: "not_found",
        answer: None,
        sources: 0,
        says: &["Gli articoli non lo dicono"],
        relations: &[],
    },
    Case {
        question: "How many plants did the Fellbrook nursery sell?",
        verdict: "not_found",
        answer: None,
        sources: 0,
        says: &["The articles do not say"],
        relations: &[],
    },
    Case {
        question: "Quante piante venderà il vivaio di Sarenna?",
        verdict: "answered",
        answer: Some("4.000"),
        sources: 1,
        says: &["4.000 piante"],
        relations: &[],
    },
    // Of several reasons all are told.
    Case {
        question: "Per quali motivi il comune ha scelto Sarenna?",
        verdict: "answered",
        answer: Some("il prezzo basso dei terreni"),
        sources: 1,
        says: &["la vicinanza alla ferrovia, l'abbondanza"],
        relations: &[],
    },
    Case {
        question: "For what reasons did the council choose Fellbrook?",
        verdict: "answered",
        answer: Some("the low price of land"),
        sources: 1,
        says: &["nearness of the railway, plenty"],
        relations: &[],
    },
];

#[test]
fn each_answer_is_as_sure_as_its_sources() {
    let place = Place::empty();
    let questions: String = CASES.iter().map(|case| format!("{}\n", case.question)).collect();
    let corpus = format!("{PROJECT}/tests/trust");
    let told = place
        .told_with_input(&["batch", "--corpus", &corpus, "--format", "jsonl", "--today", "2025-07-01"], &questions);
    let answers: Vec<Value> = told
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).expect("an answer"))
        .collect();
    assert_eq!(answers.len(), CASES.len(), "{told}");
    let wrong: Vec<String> = CASES.iter().zip(&answers).filter_map(|(case, answer)| case.fault(answer)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}
