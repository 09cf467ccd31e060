//! What one question costs on the articles in `corpus/`, stage by stage, with and without the reader, and what it
//! costs to index a thousand articles.

use std::fs;
use std::path::PathBuf;

use chiedi::engine::{Engine, Request};
use chiedi::index::{Index, Wish};
use chiedi::render::Templates;
use divan::{Bencher, black_box};
use jiff::civil::date;

const QUESTION: &str = "quando produrrà Xiaomi la prima auto?";

fn main() {
    divan::main();
}

fn engine(folder: &tempfile::TempDir, reader: bool) -> Engine {
    let corpus = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"));
    Index::bring_up_to_date(&[corpus], folder.path(), Wish::default(), &mut |_| {}).expect("the corpus can be indexed");
    let index = Index::open(folder.path()).expect("the index can be opened");
    Engine { index, rules: None, templates: Templates::shipped(), today: date(2024, 6, 1), threshold: None, reader }
}

#[divan::bench]
fn understanding(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let engine = engine(&folder, false);
    bencher.bench(|| engine.understand(black_box(QUESTION), None));
}

#[divan::bench]
fn searching(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let engine = engine(&folder, false);
    let question = engine.understand(QUESTION, None).remove(0);
    bencher.bench(|| engine.index.search(black_box(&question), None, 20));
}

#[divan::bench(args = [false, true])]
fn answering(bencher: Bencher<'_, '_>, reader: bool) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let engine = engine(&folder, reader);
    let request = Request { question: QUESTION.into(), ..Request::default() };
    bencher.bench(|| engine.ask(black_box(&request), None));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn indexing_a_thousand_articles(bencher: Bencher<'_, '_>) {
    let corpus = tempfile::tempdir().expect("a temporary folder");
    let articles = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).expect("the corpus");
    let texts: Vec<String> =
        articles.filter_map(|entry| fs::read_to_string(entry.expect("an entry").path()).ok()).collect();
    for (number, text) in (0..1000).zip(texts.iter().cycle()) {
        fs::write(corpus.path().join(format!("{number}.md")), format!("{text}\n\n{number}\n")).expect("an article");
    }
    bencher.with_inputs(|| tempfile::tempdir().expect("a temporary folder")).bench_values(|index| {
        Index::bring_up_to_date(&[corpus.path().to_owned()], index.path(), Wish::default(), &mut |_| {})
            .expect("an index");
    });
}
