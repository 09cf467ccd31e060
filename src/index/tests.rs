use std::fs;
use std::path::PathBuf;

use jiff::civil::date;

use super::*;
use crate::corpus::Exclusion;
use crate::facts::{
    Amount, AmountRelation, DateRelation, DateValue, Equivalent, Fact, Modality, Name, Precision, Value as FactValue,
};
use crate::language::Language;
use crate::question::{AnswerType, Intent, Question, Term, TermPart, TrecClass};
use crate::text::{Span, tokens};

/// A corpus and its index in a folder of their own.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Place { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(place.corpus()).expect("a corpus folder");
        for (name, text) in files {
            place.write(name, text);
        }
        place
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.corpus().join(name), text).expect("a file of the corpus");
    }

    fn update(&self) -> Update {
        Index::bring_up_to_date(&[self.corpus()], &self.index(), Wish::default(), &mut |_| {}).expect("an index")
    }

    /// The ids of the articles that are found, the best first.
    fn ask(&self, words: &str, language: Language) -> Vec<String> {
        let index = Index::open(&self.index()).expect("an index");
        let hits = index.search(&question(words, language), None, 10).expect("a search");
        let mut ids: Vec<String> = hits.into_iter().map(|hit| hit.passage.article).collect();
        ids.dedup();
        ids
    }
}

/// A question that consists of `words`.
fn question(words: &str, language: Language) -> Question {
    let terms = tokens(words).into_iter().filter(|token| token.text.len() > 2).map(|token| Term {
        text: token.text.to_owned(),
        span: token.span,
        lemma: crate::text::fold(token.text),
        part: if token.text.starts_with(|c: char| c.is_ascii_digit()) { TermPart::Number } else { TermPart::Noun },
    });
    Question {
        text: words.to_owned(),
        language,
        intent: Intent::Other,
        expects: AnswerType::None,
        trec: TrecClass::Desc,
        focus: None,
        entities: Vec::new(),
        terms: terms.collect(),
        time: None,
        rule: String::new(),
        second: None,
        repaired: Vec::new(),
        ambiguous: Vec::new(),
        unclear: false,
        rewritten: None,
        detail: None,
        measure: None,
    }
}

const FERRY: &str = "Il nuovo traghetto collegherà Olbia e Savona da giugno.\n\nLa compagnia ha comprato tre navi.\n";
const BRIDGE: &str = "The mayor opened the bridge on Monday.\n\nIt cost the city 900,000 euros.\n";

#[test]
fn files_are_added_changed_and_removed() {
    let place = Place::new(&[("traghetto.txt", FERRY), ("bridge.txt", BRIDGE)]);
    let first = place.update();
    assert_eq!((first.added, first.changed, first.removed, first.articles), (2, 0, 0, 2));
    assert_eq!(first.anew, Some(Anew::New));
    assert_eq!(place.ask("navi comprate", Language::It), ["traghetto"]);

    let second = place.update();
    assert_eq!((second.added, second.changed, second.removed, second.unchanged), (0, 0, 0, 2));
    assert_eq!(second.anew, None);

    place.write("traghetto.txt", "Il servizio di traghetti è sospeso.\n");
    place.write("museo.txt", "Il museo ha comprato un quadro del Seicento.\n");
    fs::remove_file(place.corpus().join("bridge.txt")).expect("a file to remove");
    let third = place.update();
    assert_eq!((third.added, third.changed, third.removed, third.unchanged), (1, 1, 1, 0));
    assert_eq!(place.ask("comprato", Language::It), ["museo"]);
    assert!(place.ask("bridge mayor", Language::En).is_empty());
    assert_eq!(Index::open(&place.index()).expect("an index").articles().count(), 2);
}

#[test]
fn a_file_of_the_same_size_and_time_is_found_changed_while_it_is_new() {
    let place = Place::new(&[("a.txt", "La squadra ha vinto ieri sera.\n")]);
    place.update();
    let path = place.corpus().join("a.txt");
    let time = fs::metadata(&path).and_then(|m| m.modified()).expect("a time stamp");
    fs::write(&path, "La squadra ha perso ieri sera.\n").expect("a file");
    fs::File::options().write(true).open(&path).and_then(|f| f.set_modified(time)).expect("a time stamp to set");
    assert_eq!(place.update().changed, 1);
}

#[test]
fn a_corpus_given_by_another_path_is_not_read_again() {
    let place = Place::new(&[("bridge.txt", BRIDGE)]);
    place.update();
    let other = place.folder.path().join("index/../corpus");
    let mut read = 0;
    let update =
        Index::bring_up_to_date(std::slice::from_ref(&other), &place.index(), Wish::default(), &mut |progress| {
            read += progress.done
        });
    assert_eq!((update.expect("an index").unchanged, read), (1, 0));
    let index = Index::open(&place.index()).expect("an index");
    assert_eq!(index.article("bridge").expect("an article").path, other.join("bridge.txt"));
}

#[test]
fn an_index_of_another_version_or_a_damaged_one_is_made_anew() {
    let place = Place::new(&[("bridge.txt", BRIDGE), ("traghetto.txt", FERRY)]);
    place.update();
    let current = place.index().join("current.json");
    let check = |damage: &dyn Fn(), expected: fn(&Anew) -> bool| {
        damage();
        let update = place.update();
        assert!(update.anew.as_ref().is_some_and(expected), "{update:?}");
        assert_eq!(place.ask("ponte", Language::It), ["bridge"]);
        assert_eq!(place.update().anew, None);
    };
    check(&|| fs::write(&current, "{").expect("a file"), |anew| matches!(anew, Anew::Damaged(_)));
    check(&|| fs::write(&current, "\u{0}\u{1}").expect("a file"), |anew| matches!(anew, Anew::Damaged(_)));
    check(&|| fs::write(&current, r#"{"fingerprint":"0","generation":"generation-1"}"#).expect("a file"), |anew| {
        *anew == Anew::OtherVersion
    });
    check(&|| fs::remove_file(&current).expect("a file"), |anew| *anew == Anew::New);
    for ending in ["idx", "store", "term", "json", "fast", "pos"] {
        check(
            &|| {
                let text = fs::read_to_string(&current).expect("a file");
                let name = text.split('"').find(|part| part.starts_with("generation-")).expect("a generation");
                for entry in fs::read_dir(place.index().join(name)).expect("a folder").flatten() {
                    if entry.path().extension().is_some_and(|extension| extension == ending) {
                        let half = fs::metadata(entry.path()).expect("a file").len() / 2;
                        let file = fs::File::options().write(true).open(entry.path()).expect("a file");
                        file.set_len(half).expect("a shorter file");
                    }
                }
            },
            |anew| matches!(anew, Anew::Damaged(_)),
        );
    }
}

#[test]
fn what_a_killed_writer_leaves_does_no_harm() {
    let place = Place::new(&[("bridge.txt", BRIDGE)]);
    place.update();
    // A generation that was not finished, a listing that was not committed, and a lock that nobody holds.
    let half = place.index().join("generation-7");
    fs::create_dir(&half).expect("a folder");
    fs::write(half.join("meta.json"), "{").expect("a file");
    fs::write(place.index().join("generation-1/files-0.json"), "{}").expect("a file");
    fs::write(place.index().join("current.new"), "{").expect("a file");
    fs::write(place.index().join("generation-1/.tantivy-writer.lock"), "").expect("a file");
    assert_eq!(place.update().anew, None);
    place.write("traghetto.txt", FERRY);
    assert_eq!(place.update().added, 1);
    assert_eq!(place.ask("traghetto", Language::It), ["traghetto"]);
    let rebuilt = Index::bring_up_to_date(
        &[place.corpus()],
        &place.index(),
        Wish { rebuild: true, ..Wish::default() },
        &mut |_| {},
    )
    .expect("an index");
    assert_eq!(rebuilt.anew, Some(Anew::Asked));
    assert!(!half.exists(), "the unfinished generation is still there");
    assert_eq!(place.ask("traghetto", Language::It), ["traghetto"]);
}

#[test]
fn several_may_write_and_read_at_once() {
    let place = Place::new(&[("bridge.txt", BRIDGE), ("traghetto.txt", FERRY)]);
    place.update();
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let place = &place;
            scope.spawn(move || {
                for turn in 0..4 {
                    place
                        .write(&format!("nota-{writer}.txt"), &format!("Il comune ha deciso la nota numero {turn}.\n"));
                    let rebuild = turn == 2;
                    Index::bring_up_to_date(
                        &[place.corpus()],
                        &place.index(),
                        Wish { rebuild, ..Wish::default() },
                        &mut |_| {},
                    )
                    .expect("an index");
                }
            });
        }
        for _ in 0..20 {
            assert_eq!(place.ask("traghetto Olbia", Language::It), ["traghetto"]);
        }
    });
    place.update();
    assert_eq!(Index::open(&place.index()).expect("an index").articles().count(), 5);
}

#[test]
fn the_same_corpus_gives_the_same_results_however_it_was_indexed() {
    let text =
        |i: usize| format!("Il sindaco numero {i} ha inaugurato la scuola.\n\nLa scuola ha {} aule nuove.\n", i % 7);
    let (at_once, bit_by_bit) = (Place::new(&[]), Place::new(&[]));
    for i in 0..60 {
        at_once.write(&format!("{i}.txt"), &text(i));
    }
    at_once.update();
    for i in (0..60).rev() {
        bit_by_bit.write(&format!("{i}.txt"), &text(i));
        bit_by_bit.write("altro.txt", &format!("La scuola numero {i} è chiusa.\n"));
        if i % 10 == 0 {
            bit_by_bit.update();
        }
    }
    fs::remove_file(bit_by_bit.corpus().join("altro.txt")).expect("a file");
    bit_by_bit.update();
    for words in ["scuola aule nuove", "school classrooms", "sindaco inaugurato", "numero 7"] {
        let search = |place: &Place| {
            let index = Index::open(&place.index()).expect("an index");
            index.search(&question(words, Language::It), None, 20).expect("a search")
        };
        assert_eq!(search(&at_once), search(&bit_by_bit), "{words}");
    }
}

#[test]
fn rows_of_two_files_with_one_id_stay_two_articles() {
    let row = |id: &str, text: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    let (ferry, bridge) = (row("1", "Il traghetto parte da Olbia."), row("1", "Il ponte collega Olbia e Savona."));
    let place = Place::new(&[("b.jsonl", &bridge)]);
    // Each passage that is found, with its article's id; that is what the file says too.
    let found = |place: &Place| {
        place.update();
        let index = Index::open(&place.index()).expect("an index");
        let hits = index.search(&question("Olbia", Language::It), None, 10).expect("a search");
        let files = crate::corpus::scan(&[place.corpus()]).expect("a corpus").files;
        let mut told: Vec<(String, String)> = hits.into_iter().map(|h| (h.passage.article, h.passage.text)).collect();
        told.sort();
        for (id, text) in &told {
            let (whole, rows): (Vec<_>, Vec<_>) =
                files.iter().partition(|file| file.format != crate::corpus::Format::JsonLines);
            let article = whole.iter().chain(&rows).find_map(|file| crate::corpus::find(file, id)).expect("an article");
            assert_eq!(article.text.trim_end(), text, "{id}");
        }
        told.into_iter().map(|(id, text)| format!("{id}: {}", &text[3..11])).collect::<Vec<_>>()
    };
    assert_eq!(found(&place), ["1: ponte co"]);
    // What comes first has the id, also where the other had it until now.
    place.write("a.jsonl", &ferry);
    assert_eq!(found(&place), ["1: traghett", "b#1: ponte co"]);
    place.write("1.txt", "Un porto nuovo per Olbia, la città dei traghetti.\n");
    assert_eq!(found(&place), ["1: porto nu", "a#1: traghett", "b#1: ponte co"]);
    fs::remove_file(place.corpus().join("1.txt")).expect("the file is removed");
    fs::remove_file(place.corpus().join("a.jsonl")).expect("the file is removed");
    assert_eq!(found(&place), ["1: ponte co"]);
}

#[test]
fn passages_are_found_by_form_by_number_and_across_languages() {
    let place = Place::new(&[
        ("traghetto.txt", FERRY),
        ("bridge.txt", BRIDGE),
        ("museo.txt", "Il museo ha esposto 1.500 disegni.\n"),
        ("azienda.txt", "L'azienda acquisterà una fabbrica a Torino.\n"),
    ]);
    place.update();
    let check = |words, language, expected: &str| {
        assert_eq!(place.ask(words, language).first().map(String::as_str), Some(expected), "{words}");
    };
    check("navi comprate dalle compagnie", Language::It, "traghetto");
    check("900 mila euro", Language::It, "bridge");
    check("1,500 drawings", Language::En, "museo");
    check("factories purchased", Language::En, "azienda");
    assert!(place.ask("zzz", Language::It).is_empty());
    let index = Index::open(&place.index()).expect("an index");
    let only = index.search(&question("traghetto", Language::It), Some("bridge"), 5).expect("a search");
    assert!(only.iter().all(|hit| hit.score == 0.0 && hit.passage.article == "bridge"));
    assert!(index.search(&question("traghetto", Language::It), Some("nessuno"), 5).is_err());
    assert_eq!(index.search(&question("", Language::It), None, 5).expect("a search"), []);
}

#[test]
fn of_one_article_all_passages_are_found_in_the_end() {
    // Paragraphs so long that each is a passage.
    let more = "Ci sono voluti molti mesi di lavoro e tanta pazienza da parte di tutti. ".repeat(4);
    let bridge = ["Il ponte di Ostiglia apre a maggio.", "Lo ha detto il sindaco.", "Costa dieci milioni."];
    let bridge = bridge.map(|sentence| format!("{sentence} {more}")).join("\n\n");
    let place = Place::new(&[
        ("ponte.txt", bridge.as_str()),
        ("porto.txt", "Il sindaco apre il porto.\n\nLo ha detto la giunta."),
    ]);
    place.update();
    let index = Index::open(&place.index()).expect("an index");
    let hits = index.search(&question("sindaco", Language::It), Some("ponte"), 10).expect("a search");
    let found: Vec<_> = hits.iter().map(|hit| (hit.passage.ordinal, hit.score > 0.0)).collect();
    assert_eq!(found, [(1, true), (0, false), (2, false)]);
    assert_eq!(index.search(&question("sindaco", Language::It), Some("ponte"), 2).expect("a search").len(), 2);
}

#[test]
fn a_filter_keeps_articles_out_of_the_search_and_of_the_list() {
    let dated = |day: &str| format!("---\ndate: {day}\nsource: L'Eco\n---\n\nIl traghetto di Olbia parte alle otto.\n");
    let files: Vec<(String, String)> =
        (1..=28).map(|n| (format!("{n:02}.md"), dated(&format!("2024-02-{n:02}")))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let place = Place::new(&files);
    place.write("senza-data.txt", "Il traghetto di Olbia parte alle nove.\n");
    place.update();
    let mut index = Index::open(&place.index()).expect("an index");
    assert!(index.left_out().is_none());
    let filter = Filter { since: Some("2024-02-27".parse().expect("a day")), ..Filter::default() };
    index.narrow(&filter).expect("a filter");
    let found = |article, limit| index.search(&question("traghetto", Language::It), article, limit).expect("a search");
    let ids = |hits: Vec<Hit>| hits.into_iter().map(|hit| hit.passage.article).collect::<Vec<_>>();
    assert_eq!(ids(found(None, 2)), ["27", "28"], "the filter holds before the best are chosen");
    assert_eq!(ids(found(Some("28"), 2)), ["28"]);
    assert_eq!(ids(found(Some("01"), 2)), Vec::<String>::new());
    let left_out = index.left_out().expect("something is left out");
    assert_eq!((left_out.total(), left_out.all), (27, 29));
    assert_eq!(left_out.counts, BTreeMap::from([(Exclusion::Undated, 1), (Exclusion::Before, 26)]));
    assert_eq!(index.articles().count(), 2);
    let nowhere = Filter { sources: vec!["La Voce".into()], ..Filter::default() };
    let error = index.narrow(&nowhere).expect_err("no such publication").to_string();
    assert_eq!(error, "no article is from \"La Voce\": the publications known are \"L'Eco\"");
}

#[test]
fn the_vocabulary_knows_the_words_of_the_corpus() {
    let place = Place::new(&[("traghetto.txt", FERRY), ("bridge.txt", BRIDGE)]);
    place.update();
    let index = Index::open(&place.index()).expect("an index");
    let vocabulary = index.vocabulary();
    assert_eq!(vocabulary.passages(), 2);
    assert_eq!((vocabulary.frequency("olbia"), vocabulary.frequency("the"), vocabulary.frequency("xyz")), (1, 1, 0));
    assert_eq!(vocabulary.similar("olba", 1), ["olbia"]);
    assert_eq!(vocabulary.similar("travhetto", 1), ["traghetto"]);
    assert!(vocabulary.similar("xyz", 1).is_empty());
}

#[test]
fn what_is_said_in_other_words_or_in_the_other_language_is_found() {
    let place = Place::new(&[
        ("sciopero.txt", "Lo sciopero dei medici ha bloccato gli ospedali della regione.\n"),
        ("museo.txt", "Il museo ha comprato un quadro del Seicento.\n"),
    ]);
    place.update();
    assert_eq!(place.ask("Which clinics were hit by the walkout?", Language::En), ["sciopero"]);
    assert_eq!(place.ask("Quali cliniche sono ferme per la protesta dei dottori?", Language::It), ["sciopero"]);
}

#[test]
fn an_index_without_vectors_stays_so_until_they_are_asked_for() {
    let place = Place::new(&[("traghetto.txt", FERRY)]);
    let update = |vectors| {
        let wish = Wish { vectors, ..Wish::default() };
        Index::bring_up_to_date(&[place.corpus()], &place.index(), wish, &mut |_| {}).expect("an index").anew
    };
    // How many passages are as near to their own words as can be.
    let vectors = || {
        let index = Index::open(&place.index()).expect("an index");
        let all = 0..index.places().expect("places").passages.len() as u32;
        let is_near = |passage: &Passage| {
            let meaning = index.vectors().expect("vectors").meaning(&question(&passage.text, Language::It));
            all.clone().any(|number| meaning.of_passage(number) > 0.95)
        };
        index.first_passages(None, 10).expect("passages").iter().filter(|passage| is_near(passage)).count()
    };
    assert_eq!((update(Some(false)), vectors()), (Some(Anew::New), 0));
    place.write("bridge.txt", BRIDGE);
    assert_eq!((update(None), vectors()), (None, 0));
    assert_eq!(place.ask("navi comprate", Language::It), ["traghetto"]);
    assert_eq!((update(Some(true)), vectors()), (Some(Anew::Asked), 2));
    place.write("museo.txt", "Il museo ha comprato un quadro del Seicento.\n");
    assert_eq!((update(None), vectors()), (None, 3));
}

#[test]
fn a_passage_is_as_near_as_its_nearest_sentence() {
    let place = Place::new(&[(
        "porto.txt",
        "Il consiglio ha discusso a lungo il bilancio della città. La nave salperà domani mattina per la Sardegna.\n",
    )]);
    place.update();
    let index = Index::open(&place.index()).expect("an index");
    let meaning =
        index.vectors().expect("vectors").meaning(&question("Domani la nave salperà per la Sardegna.", Language::It));
    assert!(meaning.of_sentences(0) > meaning.of_passage(0) + 0.05);
}

/// A passage with a fact of each kind.
fn passage_with_all_facts() -> Passage {
    let amount = |relation| Amount { amount: 0.1, to_amount: Some(1e300), relation };
    let name = |role: Option<&str>| Name { name: "Zoë".to_owned(), role: role.map(str::to_owned) };
    let text = || "perché".to_owned();
    let (first, last) = (date(-44, 3, 15), date(9999, 12, 31));
    let period = DateValue { from: Some(first), to: None, precision: Precision::Century, relation: DateRelation::In };
    let equivalent = Equivalent { amount: -3.0, currency: "USD".to_owned() };
    let values = [
        FactValue::Date(period),
        FactValue::Date(DateValue { from: None, to: Some(last), relation: DateRelation::About, ..period }),
        FactValue::Duration { iso: "P10Y".to_owned(), age: true },
        FactValue::Money { amount: amount(AmountRelation::About), currency: None, equivalent: None },
        FactValue::Money { amount: amount(AmountRelation::Over), currency: Some(text()), equivalent: Some(equivalent) },
        FactValue::Quantity { amount: amount(AmountRelation::Exactly), unit: "km".to_owned() },
        FactValue::Percent(Amount { to_amount: None, ..amount(AmountRelation::AtMost) }),
        FactValue::Number { amount: 1.5 },
        FactValue::Ordinal { amount: 3.0 },
        FactValue::Person(name(Some("sindaca"))),
        FactValue::Organization(name(None)),
        FactValue::Place(name(None)),
        FactValue::Product(name(None)),
        FactValue::Entity(name(None)),
        FactValue::Definition { name: text(), text: text() },
        FactValue::Quotation { speaker: Some(text()), text: text() },
        FactValue::Quotation { speaker: None, text: String::new() },
        FactValue::List { items: vec![text(), text()] },
        FactValue::Truth { truth: true },
    ];
    let facts = values.into_iter().zip(0..).map(|(value, start)| Fact {
        value,
        span: Span::new(start, 300 * start),
        modality: if start % 2 == 0 { Modality::Stated } else { Modality::Denied },
        attribution: (start % 3 == 0).then(text),
    });
    Passage {
        article: "2024/città".to_owned(),
        ordinal: 70_000,
        text: "È così.".repeat(40),
        span: Span::new(1 << 40, (1 << 40) + 320),
        line: 128,
        heading: true,
        facts: facts.collect(),
    }
}

#[test]
fn a_passage_is_read_as_it_was_kept() {
    let passage = passage_with_all_facts();
    let kinds: BTreeSet<_> = passage.facts.iter().map(|fact| fact.value.kind()).collect();
    assert_eq!(kinds.len(), 16);
    let bytes = document::kept(&passage).expect("bytes");
    // What tantivy puts before it does not matter.
    for document in [bytes.clone(), [&[1, 3, 0, 0, 0, 5], &bytes[..]].concat()] {
        assert_eq!(document::passage(&document).expect("a passage"), passage);
    }
}

#[test]
fn a_damaged_passage_is_an_error() {
    let read = document::passage;
    let bytes = document::kept(&passage_with_all_facts()).expect("bytes");
    for end in 0..bytes.len() {
        assert!(read(&bytes[..end]).is_err(), "{end}");
    }
    assert!(read(&[&bytes[..], &[0]].concat()).is_err());
    assert!(read(&[0xff; 64]).is_err());
    // What a single byte breaks may still be a passage, another one.
    for at in 0..bytes.len() {
        for byte in [0, 1, 0x7f, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] = byte;
            let _ = read(&damaged);
        }
    }
    let from = Some(date(2024, 3, 31));
    let day = DateValue { from, to: None, precision: Precision::Day, relation: DateRelation::In };
    let mut bytes = borsh::to_vec(&day).expect("bytes");
    let last = bytes.iter().position(|byte| *byte == 31).expect("the day of the month");
    bytes[last] = 32;
    assert!(borsh::from_slice::<DateValue>(&bytes).is_err());
}
