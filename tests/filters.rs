//! The options that choose among the articles, for questions and for lists.

use crate::program::Place;

/// Four articles on one ferry: two with dates, one without, one in English.
fn ferry() -> Place {
    let article = |head: &str, text: &str| format!("---\n{head}---\n\n{text}\n");
    let files = [
        (
            "gennaio.md",
            article(
                "title: La tariffa\nsource: L'Eco del Porto\ndate: 2024-01-10\nlanguage: it\n",
                "Il biglietto del traghetto per Olbia costa 40 euro.",
            ),
        ),
        (
            "giugno.md",
            article(
                "title: La tariffa d'estate\nsource: La Voce\ndate: 2024-06-30\nlanguage: it\n",
                "Il biglietto del traghetto per Olbia costa 55 euro.",
            ),
        ),
        (
            "ieri.md",
            article(
                "title: La tariffa di ieri\nsource: La Voce\nlanguage: it\n",
                "Il biglietto del traghetto per Olbia costava 20 euro.",
            ),
        ),
        (
            "ferry.md",
            article(
                "title: The fare\nsource: Harbour News\ndate: 2024-06-01\nlanguage: en\n",
                "The ferry to Olbia leaves from Genoa at nine in the evening.",
            ),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Place::with(&files)
}

/// What the list of articles tells with each of the options of `cases`.
fn listed(place: &Place, command: &[&str], cases: &[&[&str]]) -> String {
    let told = cases.iter().map(|case| {
        let arguments = [command, *case].concat();
        format!("$ chiedi articles {}\n{}", case.join(" "), place.told(&arguments))
    });
    told.collect::<Vec<_>>().join("\n")
}

const QUESTION: &str = "quanto costa il biglietto del traghetto per Olbia?";

#[test]
fn a_list_shows_what_the_filters_admit_and_tells_how_much_they_leave_out() {
    let place = ferry();
    let cases: &[&[&str]] = &[
        &["--since", "2024-02"],
        &["--until", "2024-06"],
        &["--since", "2024", "--until", "2024-06-15"],
        &["--source", "voce"],
        &["--source", "voce", "--source", "harbour news"],
        &["--language-of-articles", "en"],
        &["--since", "2024-06", "--source", "la voce", "--language-of-articles", "it"],
        &["--until", "2023", "--quiet"],
    ];
    insta::assert_snapshot!("filtered_articles", listed(&place, &["articles", "--format", "csv"], cases));
}

#[test]
fn a_question_is_answered_from_what_the_filters_admit() {
    let place = ferry();
    let cases: &[&[&str]] = &[
        &["--until", "2024-01"],
        &["--since", "2024-02"],
        &["--source", "Harbour News"],
        &["--source", "Harbour News", "--language", "en"],
        &["--since", "2025", "--article", "giugno"],
    ];
    let told = cases.iter().map(|case| {
        let arguments = [*case, &[QUESTION]].concat();
        format!("$ chiedi {} \"{QUESTION}\"\n{}", case.join(" "), place.told(&arguments))
    });
    insta::assert_snapshot!("filtered_answers", told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn batch_and_explain_hear_the_filters_too() {
    let place = ferry();
    let batch = place.told_with_input(&["batch", "--format", "text", "--until", "2024-01"], QUESTION);
    assert!(batch.contains("40 euro") && !batch.contains("55 euro"), "{batch}");
    assert!(batch.contains("left out: 3 of 4 articles (1 without a date by --until, 2 by --until)"), "{batch}");
    let explained = place.told(&["explain", "--since", "2024-06", QUESTION]);
    assert!(explained.contains("giugno:") && !explained.contains("gennaio:"), "{explained}");
}

#[test]
fn mistakes_in_the_filters_are_told_with_what_to_do() {
    let place = ferry();
    let cases: &[&[&str]] = &[
        &["--since", "marzo"],
        &["--until", "2024-02-30"],
        &["--since", "2024-03", "--until", "2024-02"],
        &["--source", "Gazzetta"],
        &["--language-of-articles", "fr"],
    ];
    insta::assert_snapshot!("filter_mistakes", listed(&place, &["articles"], cases));
}
