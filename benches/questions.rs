//! How long a question takes to be understood; the goal is under 100 microseconds.

use chiedi::question::{Context, NoWords, analyse};
use divan::counter::ItemsCount;
use jiff::civil::date;

fn main() {
    divan::main();
}

/// Questions of all kinds, well and badly typed, in both languages.
const QUESTIONS: &str = include_str!("../tests/questions/analysis.tsv");

#[divan::bench]
fn analysis(bencher: divan::Bencher<'_, '_>) {
    let questions: Vec<&str> =
        QUESTIONS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next()).collect();
    let context = Context { today: date(2025, 1, 15), vocabulary: &NoWords };
    bencher.counter(ItemsCount::new(questions.len())).bench_local(|| {
        questions.iter().map(|question| analyse(divan::black_box(question), None, &context).len()).sum::<usize>()
    });
}
