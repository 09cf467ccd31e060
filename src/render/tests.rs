//! Whole answers, as a terminal shows them, for each verdict in both languages.

mod forms;

use std::path::PathBuf;

use super::*;
use crate::answer::{Absence, Evidence, Finding, Misunderstanding, Outcome};
use crate::corpus::ArticleInfo;
use crate::facts::{Amount, AmountRelation, DateRelation, DateValue, FactKind, Modality, Name, Precision, Value};
use crate::language::Language;
use crate::question::{AnswerType, Entity, Focus, Intent, Question, Repair, TrecClass};
use crate::text::Span;

fn question(text: &str, language: Language, intent: Intent, expects: AnswerType) -> Question {
    Question {
        text: text.to_string(),
        language,
        intent,
        expects,
        trec: TrecClass::Num,
        focus: None,
        entities: Vec::new(),
        terms: Vec::new(),
        time: None,
        rule: "test".to_string(),
        second: None,
        repaired: Vec::new(),
        ambiguous: Vec::new(),
        unclear: false,
        rewritten: None,
        detail: None,
        measure: None,
    }
}

/// A finding whose words stand between `[` and `]` in the quote.
fn finding(article: &str, line: usize, quote: &str, value: Option<Value>) -> Finding {
    let (before, rest) = quote.split_once('[').expect("an open bracket");
    let (words, after) = rest.split_once(']').expect("a closed bracket");
    let quote = format!("{before}{words}{after}");
    let start = 100 + before.len();
    let evidence = Evidence {
        article: article.to_string(),
        line,
        span: Span::new(start, start + words.len()),
        words: words.to_string(),
        quote_span: Span::new(100, 100 + quote.len()),
        quote,
        modality: Modality::Stated,
        attribution: None,
    };
    Finding { words: words.to_string(), value, confidence: 0.9, evidence, also: Vec::new() }
}

fn as_told(mut finding: Finding, modality: Modality, attribution: Option<&str>) -> Finding {
    finding.evidence.modality = modality;
    finding.evidence.attribution = attribution.map(str::to_string);
    finding
}

/// The articles `ponte` (Italian) and `bridge` (English), and nameless ones with any other id.
fn article(id: &str) -> Option<ArticleInfo> {
    let named = |title: &str, source: &str| (Some(title.to_string()), Some(source.to_string()));
    let (title, source) = match id {
        "ponte" => named("Il nuovo ponte sull'Arno", "La Gazzetta del Fiume"),
        "bridge" => named("A new bridge for Pisa", "The River Post"),
        _ => (None, None),
    };
    Some(ArticleInfo {
        id: id.to_string(),
        path: PathBuf::from(format!("corpus/{id}.md")),
        title,
        source,
        author: None,
        url: (id == "bridge").then(|| "https://river.example/bridge".to_string()),
        published: (id == "ponte").then(|| "2023-11-08".parse().expect("a date")),
        language: if id == "bridge" { Language::En } else { Language::It },
        author_at: None,
        published_at: None,
        source_at: None,
        digest: "blake3:00".to_string(),
    })
}

fn said(question: &Question, outcome: Outcome, language: Language) -> Answer {
    answer(question, outcome, &article, language, &Templates::shipped()).expect("an answer")
}

fn year(year: i16, relation: DateRelation) -> Option<Value> {
    let day = |month, day| Some(jiff::civil::date(year, month, day));
    Some(Value::Date(DateValue { from: day(1, 1), to: day(12, 31), precision: Precision::Year, relation }))
}

fn when_planned() -> Outcome {
    let half = DateValue {
        from: "2026-01-01".parse().ok(),
        to: "2026-06-30".parse().ok(),
        precision: Precision::Half,
        relation: DateRelation::In,
    };
    let quote =
        "I lavori per il ponte, dice il comune,\ncominceranno [nel primo semestre del 2026]  e dureranno due anni.";
    let best = as_told(finding("ponte", 7, quote, Some(Value::Date(half))), Modality::Planned, None);
    let other = finding("bridge", 3, "The city wants the site open [by 2026].", year(2026, DateRelation::By));
    Outcome::Answered { best, others: vec![as_told(other, Modality::Planned, None)] }
}

#[test]
fn a_plan_is_told_as_a_plan_and_what_agrees_as_agreeing() {
    let asked = question("Quando cominciano i lavori?", Language::It, Intent::When, AnswerType::Date);
    let told = said(&asked, when_planned(), Language::It);
    assert_eq!(told.answer.as_deref(), Some("nel primo semestre del 2026"));
    assert_eq!(told.alternatives[0].answer, "entro il 2026");
    insta::assert_snapshot!(told.text, @r"
        Previsto nel primo semestre del 2026.

          «I lavori per il ponte, dice il comune, cominceranno **nel primo semestre del 2026** e dureranno due anni.» [1]

        Concorda, con meno precisione:
          entro il 2026 [2]

        Fonti
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 novembre 2023 – corpus/ponte.md:7
          [2] A new bridge for Pisa, The River Post – corpus/bridge.md:3
    ");
    let asked = question("When do the works begin?", Language::En, Intent::When, AnswerType::Date);
    let told = said(&asked, when_planned(), Language::En);
    assert_eq!(told.answer.as_deref(), Some("in the first half of 2026"));
    insta::assert_snapshot!(told.text, @r"
        Expected in the first half of 2026.

          “I lavori per il ponte, dice il comune, cominceranno **nel primo semestre del 2026** e dureranno due anni.” [1]

        Agrees, less precisely:
          by 2026 [2]

        Sources
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 November 2023 – corpus/ponte.md:7
          [2] A new bridge for Pisa, The River Post – corpus/bridge.md:3
    ");
}

#[test]
fn rumour_and_source_reach_the_sentence() {
    let cost = Value::Money {
        amount: Amount { amount: 4.5e7, to_amount: None, relation: AmountRelation::About },
        currency: Some("EUR".to_string()),
        equivalent: None,
    };
    let quote = "Stando al Tirreno, il ponte costerebbe [circa 45 milioni di euro].";
    let best = || as_told(finding("ponte", 9, quote, Some(cost.clone())), Modality::Hearsay, Some("il Tirreno"));
    let outcome = || Outcome::Answered { best: best(), others: Vec::new() };
    let asked = question("Quanto costa il ponte?", Language::It, Intent::HowMuch, AnswerType::Money);
    insta::assert_snapshot!(said(&asked, outcome(), Language::It).text, @r"
        Non confermato, lo riferisce il Tirreno: circa 45 milioni di euro.

          «Stando al Tirreno, il ponte costerebbe **circa 45 milioni di euro**.» [1]

        Fonti
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 novembre 2023 – corpus/ponte.md:9
    ");
    let asked = question("How much is the bridge?", Language::En, Intent::HowMuch, AnswerType::Money);
    insta::assert_snapshot!(said(&asked, outcome(), Language::En).text, @r"
        Unconfirmed, reported by whoever is cited there (“il Tirreno”): about 45 million euros.

          “Stando al Tirreno, il ponte costerebbe **circa 45 milioni di euro**.” [1]

        Sources
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 November 2023 – corpus/ponte.md:9
    ");
}

#[test]
fn whoever_is_credited_stands_well_in_the_sentence() {
    for (credited, expected) in [
        ("Bloomberg", "Secondo Bloomberg: 45 metri."),
        ("l'assessora", "Secondo l'assessora: 45 metri."),
        ("il Tirreno", "Secondo il Tirreno: 45 metri."),
        ("assessora ai lavori", "Secondo chi vi è citato («assessora ai lavori»): 45 metri."),
    ] {
        let best = as_told(finding("ponte", 2, "È lungo [45 metri], dicono.", None), Modality::Stated, Some(credited));
        let asked = question("Quanto è lungo?", Language::It, Intent::HowMuch, AnswerType::Quantity);
        let told = said(&asked, Outcome::Answered { best, others: Vec::new() }, Language::It);
        assert_eq!(told.text.lines().next(), Some(expected));
    }
}

#[test]
fn articles_that_disagree_are_both_shown() {
    let outcome = || Outcome::Conflict {
        best: finding("ponte", 12, "Il ponte vecchio fu chiuso [nel 2019].", year(2019, DateRelation::In)),
        others: vec![finding("bridge", 5, "The old bridge was closed [in 2020].", year(2020, DateRelation::In))],
    };
    let asked = question("Quando fu chiuso il ponte?", Language::It, Intent::When, AnswerType::Date);
    insta::assert_snapshot!(said(&asked, outcome(), Language::It).text, @r"
        Gli articoli non concordano. La versione meglio sostenuta:

        Nel 2019.

          «Il ponte vecchio fu chiuso **nel 2019**.» [1]

        Altre versioni:
          Nel 2020.
          «The old bridge was closed **in 2020**.» [2]

        Fonti
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 novembre 2023 – corpus/ponte.md:12
          [2] A new bridge for Pisa, The River Post – corpus/bridge.md:5
    ");
    let asked = question("When was the bridge closed?", Language::En, Intent::When, AnswerType::Date);
    insta::assert_snapshot!(said(&asked, outcome(), Language::En).text, @r"
        The articles disagree. The best supported version:

        In 2019.

          “Il ponte vecchio fu chiuso **nel 2019**.” [1]

        Other versions:
          In 2020.
          “The old bridge was closed **in 2020**.” [2]

        Sources
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 November 2023 – corpus/ponte.md:12
          [2] A new bridge for Pisa, The River Post – corpus/bridge.md:5
    ");
}

#[test]
fn marks_of_bold_print_and_of_quotations_do_not_meet_those_of_the_answer() {
    let asked = question("Quando ha chiuso il ponte?", Language::It, Intent::When, AnswerType::Date);
    let quote = "«Il ponte» chiuse **[nel 2019]**, dice il sindaco.";
    let best = finding("ponte", 12, quote, year(2019, DateRelation::In));
    let text = said(&asked, Outcome::Answered { best, others: Vec::new() }, Language::It).text;
    assert!(text.contains("«“Il ponte” chiuse **nel 2019**, dice il sindaco.»"), "{text}");
}

#[test]
fn a_refusal_gives_its_reason_and_the_nearest_sentence_as_no_answer() {
    let mut asked = question("Quanto costa il ponte di Ferrara?", Language::It, Intent::HowMuch, AnswerType::Money);
    let nearest = || Some(finding("ponte", 4, "Il ponte avrà [due] corsie.", None).evidence);
    let refused = |asked: &Question, reason, language| {
        said(asked, Outcome::NotFound { reason, nearest: nearest() }, language).text
    };
    insta::assert_snapshot!(refused(&asked, Absence::NoCandidate, Language::It), @r"
        Gli articoli non lo dicono: qualcuno tocca l'argomento, ma non dice quale somma.

        La frase più vicina, che da sola non basta a rispondere:
          «Il ponte avrà due corsie.» [1]

        Fonti
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 novembre 2023 – corpus/ponte.md:4
    ");
    insta::assert_snapshot!(refused(&asked, Absence::WeakEvidence, Language::En), @r"
        The articles do not say so clearly enough.

        The nearest sentence, which by itself is not an answer:
          “Il ponte avrà due corsie.” [1]

        Sources
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 November 2023 – corpus/ponte.md:4
    ");
    asked.entities.push(Entity {
        text: "Ferrara".to_string(),
        span: Span::new(26, 33),
        kind: Some(FactKind::Place),
        known: false,
    });
    for (reason, language, expected) in [
        (Absence::UnknownEntity, Language::It, "Gli articoli non lo dicono: nessuno nomina «Ferrara»."),
        (Absence::UnknownEntity, Language::En, "The articles do not say: none mentions “Ferrara”."),
        (Absence::NoPassage, Language::It, "Gli articoli non lo dicono: nessuno parla di questo."),
        (
            Absence::FalsePremise,
            Language::En,
            "The articles do not say: they do not confirm what the question takes for granted.",
        ),
    ] {
        let told = said(&asked, Outcome::NotFound { reason, nearest: None }, language);
        assert_eq!(told.text, expected);
        assert_eq!(told.verdict, Verdict::NotFound);
        assert!(told.citations.is_empty() && told.answer.is_none());
    }
}

#[test]
fn what_is_not_understood_is_asked_back() {
    let asked = question("ponte?", Language::It, Intent::Other, AnswerType::None);
    let outcome = |reason| Outcome::NotUnderstood {
        reason,
        suggestions: vec!["Quando apre il ponte?".to_string(), "Quanto costa il ponte?".to_string()],
    };
    insta::assert_snapshot!(said(&asked, outcome(Misunderstanding::Unclear), Language::It).text, @r"
        Non ho capito la domanda.

        Prova con una domanda come:
          Quando apre il ponte?
          Quanto costa il ponte?
    ");
    insta::assert_snapshot!(said(&asked, outcome(Misunderstanding::Ambiguous), Language::En).text, @r"
        The question can be read in more than one way.

        Perhaps you meant:
          Quando apre il ponte?
          Quanto costa il ponte?
    ");
}

#[test]
fn every_chat_intent_has_a_reply_in_both_languages() {
    use Intent::*;
    let intents = [Greeting, Thanks, Goodbye, Help, About, Sources];
    for language in Language::ALL {
        for intent in intents {
            let told = said(&question("ciao", language, intent, AnswerType::None), Outcome::Chat, language);
            assert_eq!(told.verdict, Verdict::Chat);
            assert!(told.text.ends_with('.') && !told.text.contains('\n'), "{}", told.text);
        }
    }
}

#[test]
fn every_sentence_of_every_intent_and_certainty_is_there() {
    use Intent::*;
    let intents = [When, Who, WhoIs, Where, HowMany, HowMuch, What, WhatIs, Which, Why, How, YesNo, List, Quote, Other];
    let modalities = [Modality::Stated, Modality::Planned, Modality::Possible, Modality::Hearsay, Modality::Denied];
    let values = [None, Some(Value::Truth { truth: true }), Some(Value::Truth { truth: false })];
    let mut told = 0;
    for language in Language::ALL {
        for intent in intents {
            for modality in modalities {
                for attribution in [None, Some("l'assessora")] {
                    for value in &values {
                        let best = finding("ponte", 2, "Il ponte è [lungo e stretto], si sa.", value.clone());
                        let outcome =
                            Outcome::Answered { best: as_told(best, modality, attribution), others: Vec::new() };
                        let asked = question("Com'è il ponte?", language, intent, AnswerType::Description);
                        let text = said(&asked, outcome, language).text;
                        let lead = text.lines().next().unwrap_or_default();
                        assert!(lead.ends_with('.') || lead.ends_with(".»"), "{lead}");
                        assert_eq!(lead.contains("l'assessora"), attribution.is_some(), "{lead}");
                        told += 1;
                    }
                }
            }
        }
    }
    assert_eq!(told, 2 * 15 * 5 * 2 * 3);
}

#[test]
fn an_answer_is_written_in_the_language_that_was_asked_for() {
    let exactly = |amount| Amount { amount, to_amount: None, relation: AmountRelation::Exactly };
    let name = |name: &str, role: Option<&str>| Name { name: name.to_string(), role: role.map(str::to_string) };
    let cases = [
        (
            Intent::HowMany,
            "Ci lavorano [2.000 operai].",
            Value::Quantity { amount: exactly(2000.0), unit: "operaio".to_string() },
            "2.000 operai",
            "2,000 workers",
        ),
        (
            Intent::HowMuch,
            "È lungo [1,5 km].",
            Value::Quantity { amount: exactly(1.5), unit: "km".to_string() },
            "1,5 km",
            "1.5 km",
        ),
        (
            Intent::HowMuch,
            "Pesa [1.200 quintali].",
            Value::Quantity { amount: exactly(1200.0), unit: "quintale".to_string() },
            "1.200 quintali",
            "1,200 “quintale”",
        ),
        (
            Intent::HowMany,
            "Mancano [nove medici].",
            Value::Quantity { amount: exactly(9.0), unit: "medico".to_string() },
            "nove medici",
            "9 doctors",
        ),
        (Intent::HowMuch, "Lo usa [il 30%] degli abitanti.", Value::Percent(exactly(30.0)), "il 30%", "30%"),
        (
            Intent::HowMuch,
            "È rimasto chiuso [sei anni].",
            Value::Duration { iso: "P6Y".to_string(), age: false },
            "sei anni",
            "6 years",
        ),
        (
            Intent::Who,
            "Lo ha disegnato [Rossi].",
            Value::Person(name("Carla Rossi", Some("architetta"))),
            "Carla Rossi",
            "Carla Rossi",
        ),
        (
            Intent::Which,
            "Lo costruisce [Ponti S.p.A.].",
            Value::Organization(name("Ponti Toscani S.p.A.", None)),
            "Ponti S.p.A.",
            "Ponti S.p.A.",
        ),
        (
            Intent::List,
            "Lo vogliono [Pisa, Cascina e Pontedera].",
            Value::List { items: ["Pisa", "Cascina", "Pontedera"].map(str::to_string).to_vec() },
            "Pisa, Cascina e Pontedera",
            "Pisa, Cascina and Pontedera",
        ),
        (Intent::Which, "È il [terzo] ponte.", Value::Ordinal { amount: 3.0 }, "terzo", "third"),
        (Intent::YesNo, "Il ponte [è aperto].", Value::Truth { truth: true }, "sì", "yes"),
    ];
    for (intent, quote, value, italian, english) in cases {
        let mut asked = question("How many workers are there?", Language::En, intent, AnswerType::Number);
        asked.focus = Some(Focus { text: "workers".to_string(), lemma: "worker".to_string(), verb: false });
        let outcome =
            || Outcome::Answered { best: finding("ponte", 1, quote, Some(value.clone())), others: Vec::new() };
        for (language, expected) in [(Language::It, italian), (Language::En, english)] {
            assert_eq!(said(&asked, outcome(), language).answer.as_deref(), Some(expected));
        }
    }
}

#[test]
fn words_that_are_no_value_stay_in_their_language_and_are_marked() {
    let outcome = || Outcome::Answered {
        best: finding("ponte", 3, "Lo hanno chiuso [perché i piloni si muovevano] troppo.", None),
        others: Vec::new(),
    };
    let asked = question("Why was it closed?", Language::En, Intent::Why, AnswerType::Reason);
    let told = said(&asked, outcome(), Language::En);
    assert_eq!(told.answer.as_deref(), Some("perché i piloni si muovevano"));
    insta::assert_snapshot!(told.text, @r"
        “perché i piloni si muovevano” (in Italian).

          “Lo hanno chiuso **perché i piloni si muovevano** troppo.” [1]

        Sources
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 November 2023 – corpus/ponte.md:3
    ");
}

#[test]
fn a_date_that_the_words_leave_open_is_told() {
    let best = || finding("ponte", 3, "Il ponte apre [l'anno prossimo].", year(2024, DateRelation::In));
    let asked = question("Quando apre?", Language::It, Intent::When, AnswerType::Date);
    let told = said(&asked, Outcome::Answered { best: best(), others: Vec::new() }, Language::It);
    assert_eq!(told.answer.as_deref(), Some("l'anno prossimo"));
    assert!(told.text.starts_with("L'anno prossimo (cioè nel 2024)."), "{}", told.text);
}

#[test]
fn how_a_question_was_read_is_said() {
    let mut asked = question("Quando apre il ponte?", Language::It, Intent::When, AnswerType::Date);
    asked.repaired.push(Repair { from: "pnte".to_string(), to: "ponte".to_string() });
    asked.rewritten = Some("Quando apre il ponte?".to_string());
    let told = said(&asked, Outcome::NotFound { reason: Absence::NoPassage, nearest: None }, Language::It);
    insta::assert_snapshot!(told.text, @r"
        Ho letto «ponte» dove è scritto «pnte».

        Domanda intesa: Quando apre il ponte?

        Gli articoli non lo dicono: nessuno parla di questo.
    ");
}

#[test]
fn two_questions_make_one_answer_with_sources_numbered_through() {
    let asked = question("Quando cominciano i lavori?", Language::It, Intent::When, AnswerType::Date);
    let first = said(&asked, when_planned(), Language::It);
    let asked = question("Quando fu chiuso?", Language::It, Intent::When, AnswerType::Date);
    let best = finding("ponte", 12, "Il ponte vecchio fu chiuso [nel 2019].", year(2019, DateRelation::In));
    let second = said(&asked, Outcome::Answered { best, others: Vec::new() }, Language::It);
    let both = combined("Quando cominciano i lavori e quando fu chiuso?", vec![first, second]);
    assert_eq!(both.verdict, Verdict::Answered);
    assert_eq!(both.parts[1].citations[0].number, 3);
    insta::assert_snapshot!(both.text, @r"
        Quando cominciano i lavori?

        Previsto nel primo semestre del 2026.

          «I lavori per il ponte, dice il comune, cominceranno **nel primo semestre del 2026** e dureranno due anni.» [1]

        Concorda, con meno precisione:
          entro il 2026 [2]

        Fonti
          [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 novembre 2023 – corpus/ponte.md:7
          [2] A new bridge for Pisa, The River Post – corpus/bridge.md:3

        Quando fu chiuso?

        Nel 2019.

          «Il ponte vecchio fu chiuso **nel 2019**.» [3]

        Fonti
          [3] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 novembre 2023 – corpus/ponte.md:12
    ");
}
