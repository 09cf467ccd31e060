//! What the model that ships says, in few words; how good it is, is measured elsewhere (models/README.md).

use super::{MODEL, Reading, Window, read};

const TEXT: &str = "L'officina  di Tarvisio aprirà nel marzo 2027,\nha detto «Anna Löw» — costerà 1,3 milioni di euro…";

fn one(question: &str, text: &str) -> Reading {
    read(question, &[Window { title: "Lavoro", text }]).remove(0)
}

fn best<'a>(reading: &Reading, text: &'a str) -> (&'a str, f32) {
    let (span, odds) = reading.likeliest(1, 40).remove(0);
    (&text[span], odds)
}

#[test]
fn pieces_stand_where_their_words_stand() {
    for text in [TEXT, "", " ", "e\u{301}", "ﬁne\u{a0}½ 10\u{202f}000 km²", "日本 \u{1f600}\u{200b}x"] {
        let pieces = MODEL.pieces.segment(text);
        let mut end = 0;
        for piece in &pieces {
            assert!(text.get(piece.span.clone()).is_some(), "{text:?} {piece:?}");
            assert!(piece.span.end >= end, "{text:?} {piece:?}");
            end = piece.span.end;
        }
        assert_eq!(end, text.trim_end_matches('\u{200b}').len(), "{text:?}");
    }
}

#[test]
fn an_answer_is_found_in_either_language() {
    for (question, expected) in [
        ("Quando aprirà l'officina di Tarvisio?", "marzo 2027"),
        ("when will the Tarvisio workshop open", "marzo 2027"),
        ("Chi lo ha detto?", "Anna Löw"),
        ("Quanto costerà l'officina di Tarvisio?", "1,3 milioni di euro"),
    ] {
        let (words, odds) = best(&one(question, TEXT), TEXT);
        assert_eq!(words, expected, "{question}");
        // What is not said lies far below.
        let unsaid = best(&one("Quanti operai lavoreranno nella centrale nucleare di Caorso?", TEXT), TEXT).1;
        assert!(odds > unsaid + 3.0, "{question} {odds} {unsaid}");
    }
}

#[test]
fn what_a_text_does_not_say_has_low_odds() {
    let reading = one("Quanti operai lavoreranno nella centrale nucleare di Caorso?", TEXT);
    let (words, odds) = best(&reading, TEXT);
    assert!(odds < 0.0, "{words} {odds}");
    assert!(reading.answerable() < one("Quando aprirà l'officina di Tarvisio?", TEXT).answerable());
    assert!(reading.answerable() >= odds / 2.0);
    assert_eq!(one("Quando?", "").answerable(), f32::NEG_INFINITY);
}

#[test]
fn odds_are_those_of_the_words_asked_about() {
    let reading = one("Quando aprirà l'officina di Tarvisio?", TEXT);
    let (span, odds) = reading.likeliest(1, 40).remove(0);
    assert_eq!(reading.log_odds(span.clone()), Some(odds));
    assert!(reading.log_odds(0..TEXT.len()).unwrap() < odds);
    assert_eq!(reading.log_odds(0..TEXT.len() + 1), None);
    assert_eq!(one("Quando?", "").likeliest(3, 40), []);
}

#[test]
fn equal_input_gives_equal_odds_and_long_input_is_cut() {
    let long = TEXT.repeat(60);
    let windows = [Window { title: "", text: &long }; 3];
    let read = read("Quando aprirà l'officina di Tarvisio?", &windows);
    assert_eq!(read[0].starts, read[2].starts);
    assert!(super::read("Quando?", &[]).is_empty());
    assert!(read[0].pieces.len() < 256);
    assert_eq!(read[0].log_odds(0..long.len()), None);
    // What is read beside a window changes nothing.
    assert_eq!(one("Quando aprirà l'officina di Tarvisio?", TEXT).starts, {
        let windows = [windows[0], Window { title: "Lavoro", text: TEXT }];
        super::read("Quando aprirà l'officina di Tarvisio?", &windows)[1].starts.clone()
    });
}
