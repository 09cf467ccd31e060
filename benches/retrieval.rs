//! What it costs to find passages among 10,000 of news, in both languages, and to index them, with vectors and without.
//!
//! Each figure of a search is of four questions, and each search gives back its ten best, read from the index.
//! `searching` is the whole of ours, by words alone and by words and meaning: what to look for, finding it, passages
//! and facts. Beside it stand two searches of tantivy's in the same index, of queries that are made beforehand:
//! `tantivy_alone` asks for the stems of the question's terms, `tantivy_asked_for_all` for all that we look for as
//! well, translations, words of one root and titles.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chiedi::index::{Index, Wish};
use chiedi::language::Language;
use chiedi::language::cognate::root;
use chiedi::language::lemma::stem;
use chiedi::language::lexicon::translations;
use chiedi::question::{Context, Question, Rules, analyse};
use divan::{Bencher, black_box};
use jiff::civil::date;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, TantivyDocument, Term};

/// Questions on what the articles tell.
const QUESTIONS: [&str; 4] = [
    "Chi costruirà la fabbrica di batterie di Sagunto?",
    "Quanti posti di lavoro porterà il nuovo stabilimento?",
    "How much will the new bridge over the river cost?",
    "When did the city council approve the tram line?",
];
const PASSAGES: u64 = 10_000;
const HITS: usize = 10;

fn main() {
    divan::main();
}

/// A corpus of so many passages, with an index without vectors and one with them.
struct Corpus {
    folder: tempfile::TempDir,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let articles = folder.path().join("corpus");
    fs::create_dir(&articles).expect("a folder");
    let news = concat!(env!("CARGO_MANIFEST_DIR"), "/training/reader/news");
    let mut files: Vec<PathBuf> =
        fs::read_dir(news).expect("the news").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let rows = files.iter().flat_map(|file| {
        let text = fs::read_to_string(file).expect("a file of news");
        text.lines().map(|line| serde_json::from_str(line).expect("an article")).collect::<Vec<serde_json::Value>>()
    });
    // An article of these has seven or eight passages.
    for (number, row) in rows.enumerate().take(PASSAGES as usize * 2 / 15) {
        let part = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        fs::write(articles.join(format!("{number}.txt")), format!("{}\n\n{}\n", part("title"), part("text")))
            .expect("an article can be written");
    }
    let corpus = Corpus { folder };
    for vectors in [false, true] {
        let passages = corpus.index(vectors, &corpus.place(vectors));
        assert!(passages.abs_diff(PASSAGES) < PASSAGES / 10, "{passages} passages");
    }
    corpus
});

impl Corpus {
    fn place(&self, vectors: bool) -> PathBuf {
        self.folder.path().join(if vectors { "hybrid" } else { "words" })
    }

    fn index(&self, vectors: bool, index: &Path) -> u64 {
        let wish = Wish { vectors: Some(vectors), rebuild: true };
        let corpus = self.folder.path().join("corpus");
        Index::bring_up_to_date(&[corpus], index, wish, &mut |_| {}).expect("an index").passages
    }

    fn open(&self, vectors: bool) -> (Index, Vec<Question>) {
        let index = Index::open(&self.place(vectors)).expect("an index");
        let context = Context { today: date(2026, 6, 1), vocabulary: index.vocabulary(), rules: Rules::shipped() };
        let questions = QUESTIONS.iter().map(|text| analyse(text, None, &context).remove(0)).collect();
        (index, questions)
    }
}

/// All four questions, with vectors or without.
#[divan::bench(args = [false, true])]
fn searching(bencher: Bencher<'_, '_>, vectors: bool) {
    let (index, questions) = CORPUS.open(vectors);
    let search = |question| index.search(question, None, HITS).expect("a search").len();
    bencher.bench_local(|| black_box(&questions).iter().map(search).sum::<usize>());
}

/// The question's stems, as tantivy finds them.
#[divan::bench]
fn tantivy_alone(bencher: Bencher<'_, '_>) {
    let (index, questions) = tantivy();
    let clauses = |question: &Question, term: &chiedi::question::Term| {
        vec![clause(&index, "stem", question.language, &[stem(&term.text, question.language)])]
    };
    search_with_tantivy(bencher, &index, &questions, clauses);
}

/// All ways of saying the question's terms, as tantivy finds them.
#[divan::bench]
fn tantivy_asked_for_all(bencher: Bencher<'_, '_>) {
    let (index, questions) = tantivy();
    let clauses = |question: &Question, term: &chiedi::question::Term| {
        let (from, to) = (question.language, question.language.other());
        let translated = translations(&term.text, from).into_iter().take(8);
        let stems = |words: &str| words.split(' ').map(|word| stem(word, to)).collect::<Vec<_>>();
        let mut ways: Vec<(Language, Vec<String>)> = translated.map(|words| (to, stems(words))).collect();
        ways.extend([(from, vec![stem(&term.text, from)]), (to, vec![stem(&term.text, to)])]);
        let titles = ways.iter().filter(|(_, stems)| stems.len() == 1);
        let titles = titles.map(|(language, stems)| clause(&index, "title", *language, stems)).collect::<Vec<_>>();
        let mut clauses: Vec<Clause> =
            ways.iter().map(|(language, stems)| clause(&index, "stem", *language, stems)).chain(titles).collect();
        let field = index.schema().get_field("root").expect("a field");
        clauses.extend(root(&term.text).map(|root| of_term(Term::from_field_text(field, &root))));
        clauses
    };
    search_with_tantivy(bencher, &index, &questions, clauses);
}

type Clause = (Occur, Box<dyn Query>);

/// The index without vectors, as tantivy's own.
fn tantivy() -> (tantivy::Index, Vec<Question>) {
    let (_, questions) = CORPUS.open(false);
    let generations = fs::read_dir(CORPUS.place(false)).expect("an index");
    let mut folders = generations.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    (tantivy::Index::open_in_dir(folders.next().expect("a generation")).expect("an index of tantivy's"), questions)
}

/// `stems` in a row in what `field` keeps of passages in `language`.
fn clause(index: &tantivy::Index, field: &str, language: Language, stems: &[String]) -> Clause {
    let field = index.schema().get_field(&format!("{field}_{}", language.code())).expect("a field");
    let mut terms: Vec<Term> = stems.iter().map(|stem| Term::from_field_text(field, stem)).collect();
    match terms.len() {
        1 => of_term(terms.remove(0)),
        _ => (Occur::Should, Box::new(PhraseQuery::new(terms))),
    }
}

fn of_term(term: Term) -> Clause {
    (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
}

fn search_with_tantivy(
    bencher: Bencher<'_, '_>,
    index: &tantivy::Index,
    questions: &[Question],
    clauses: impl Fn(&Question, &chiedi::question::Term) -> Vec<Clause>,
) {
    let query = |question: &Question| {
        BooleanQuery::new(question.terms.iter().flat_map(|term| clauses(question, term)).collect())
    };
    let queries: Vec<BooleanQuery> = questions.iter().map(query).collect();
    let searcher: Searcher = index.reader().expect("a reader").searcher();
    bencher.bench_local(|| {
        let search = |query: &BooleanQuery| {
            let best = searcher.search(query, &TopDocs::with_limit(HITS).order_by_score()).expect("a search");
            best.iter().filter(|(_, place)| searcher.doc::<TantivyDocument>(*place).is_ok()).count()
        };
        black_box(&queries).iter().map(search).sum::<usize>()
    });
}

#[divan::bench(args = [false, true], sample_count = 3, sample_size = 1)]
fn indexing(bencher: Bencher<'_, '_>, vectors: bool) {
    let corpus = &*CORPUS;
    let folder = || tempfile::tempdir().expect("a temporary folder");
    bencher.with_inputs(folder).bench_values(|folder| corpus.index(vectors, folder.path()));
}
