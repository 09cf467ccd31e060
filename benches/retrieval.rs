//! What it costs to find passages among 10,000 of news, in both languages: by words alone, beside tantivy's own ten best of the
//! same index for the same stems, and by words and meaning; and what it costs to index them, with vectors and without.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chiedi::index::{Index, Wish};
use chiedi::language::lemma::stem;
use chiedi::question::{Context, Question, Rules, analyse};
use divan::{Bencher, black_box};
use jiff::civil::date;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
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

/// The same stems, as tantivy finds them.
#[divan::bench]
fn tantivy_alone(bencher: Bencher<'_, '_>) {
    let (_, questions) = CORPUS.open(false);
    let generations = fs::read_dir(CORPUS.place(false)).expect("an index");
    let mut folders = generations.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let index = tantivy::Index::open_in_dir(folders.next().expect("a generation")).expect("an index of tantivy's");
    let searcher: Searcher = index.reader().expect("a reader").searcher();
    let queries = questions.iter().map(|question| {
        let field = index.schema().get_field(&format!("stem_{}", question.language.code())).expect("a field");
        let clause = |term: &chiedi::question::Term| {
            let term = Term::from_field_text(field, &stem(&term.text, question.language));
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>)
        };
        BooleanQuery::new(question.terms.iter().map(clause).collect())
    });
    let queries: Vec<BooleanQuery> = queries.collect();
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
