//! What it costs to read windows of news for an answer: milliseconds a question, on all cores, by the number of
//! windows.

use std::fs;
use std::time::Instant;

use chiedi_reader::{Window, read};

/// The file with questions and texts.
const NEWS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/training/reader/news/cabinet.jsonl");
/// How many questions are asked for each number of windows.
const QUESTIONS: usize = 100;
/// About as many bytes as the passages of a window have together.
const WINDOW_BYTES: usize = 800;

fn main() {
    let news = fs::read_to_string(NEWS).expect("the news");
    let articles: Vec<serde_json::Value> =
        news.lines().map(|line| serde_json::from_str(line).expect("an article")).collect();
    let part = |number: usize, name: &str| articles[number % articles.len()][name].as_str().unwrap_or_default();
    let window = |number: usize| {
        let text = part(number, "text");
        Window { title: part(number, "title"), text: &text[..text.floor_char_boundary(WINDOW_BYTES)] }
    };
    let question = |number: usize| articles[number % articles.len()]["questions"][0]["question"].as_str();
    read("", &[window(0)]);
    println!("windows   median ms   of 95 in 100   a window");
    for count in [1, 3, 6] {
        let mut times: Vec<f64> = (0..QUESTIONS)
            .map(|number| {
                let windows: Vec<Window<'_>> = (0..count).map(|next| window(number + next)).collect();
                let question = question(number).expect("a question");
                let start = Instant::now();
                assert_eq!(read(question, &windows).len(), count);
                1000.0 * start.elapsed().as_secs_f64()
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let (median, most) = (times[QUESTIONS / 2], times[QUESTIONS * 95 / 100 - 1]);
        println!("{count:7} {median:11.1} {most:14.1} {:10.1}", median / count as f64);
    }
}
