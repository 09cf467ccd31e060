//! What the model that ships says, against the reference in `training/encoder/`, whose weights are not rounded.

use super::{Encoder, Vector, WIDTH};

/// Sentences, each followed by the cosines with those before it; every second one translates the one before it.
const SENTENCES: &str = include_str!("sentences.tsv");

fn cosine(a: &[f32; WIDTH], b: &[f32; WIDTH]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn sentences() -> Vec<(&'static str, [f32; WIDTH])> {
    let text = |line: &'static str| line.split('\t').next().unwrap();
    SENTENCES.lines().map(text).map(|text| (text, Encoder::shipped().encode(text))).collect()
}

#[test]
fn cosines_are_those_of_the_reference() {
    let sentences = sentences();
    let mut differences = Vec::new();
    for (i, line) in SENTENCES.lines().enumerate() {
        for (other, right) in line.split('\t').skip(1).enumerate() {
            let (found, right) = (cosine(&sentences[i].1, &sentences[other].1), right.parse::<f32>().unwrap());
            assert!((found - right).abs() < 0.07, "{} / {}: {found} for {right}", sentences[i].0, sentences[other].0);
            differences.push((found - right).abs());
        }
    }
    assert_eq!(differences.len(), 66);
    assert!(differences.iter().sum::<f32>() / 66.0 < 0.012, "{differences:?}");
}

#[test]
fn a_translation_is_nearer_than_any_other_sentence() {
    let sentences = sentences();
    for (i, (text, vector)) in sentences.iter().enumerate() {
        let others = sentences.iter().enumerate().filter(|(other, _)| *other != i);
        let nearest = others.max_by(|a, b| cosine(vector, &a.1.1).total_cmp(&cosine(vector, &b.1.1)));
        assert_eq!(nearest.map(|(other, _)| other), Some(i ^ 1), "{text}");
    }
}

#[test]
fn rounding_hardly_changes_cosines_and_bytes_are_read_back() {
    let sentences = sentences();
    let rounded: Vec<Vector> = sentences.iter().map(|(_, vector)| Vector::new(vector)).collect();
    for (a, (_, exact)) in rounded.iter().zip(&sentences) {
        assert!((a.cosine(&rounded[0]) - cosine(exact, &sentences[0].1)).abs() < 0.01);
        assert_eq!(Vector::from_bytes(&a.bytes()).as_ref(), Some(a));
    }
    assert_eq!(Vector::from_bytes(&[1; WIDTH - 1]), None);
    assert_eq!(rounded[0].cosine(&Vector::new(&[0.0; WIDTH])), 0.0);
}

#[test]
fn any_text_has_a_vector_of_length_1() {
    let long = "la prova ".repeat(5_000);
    let odd = "\u{10ffff}\u{0}\u{200b}".repeat(3_000);
    for text in ["", " ", "\n", "x", "日本 \u{1f600}", "e\u{301}\u{301}", "½ 10\u{202f}km²", &long, &odd] {
        let vector = Encoder::shipped().encode(text);
        assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-4, "{text:.20}");
        assert_eq!(vector, Encoder::shipped().encode(text));
    }
}

#[test]
fn a_vector_does_not_depend_on_what_is_encoded_with_it() {
    let sentences = sentences();
    let texts = sentences.iter().map(|(text, _)| *text).cycle().take(40).chain(["", "Il ponte"]);
    let texts: Vec<_> = texts.map(|text| (text, Vec::new())).collect();
    let together = Encoder::shipped().encode_all(&texts);
    assert_eq!(together.len(), texts.len());
    for ((text, _), vectors) in texts.iter().zip(&together) {
        assert_eq!(*vectors, [Encoder::shipped().encode(text)], "{text}");
    }
}

#[test]
fn a_part_means_nearly_what_it_means_by_itself() {
    let parts: Vec<&str> = sentences().iter().map(|(text, _)| *text).step_by(4).collect();
    let text = format!(" {} ", parts.join(" "));
    let places: Vec<_> = parts.iter().map(|part| text.find(part).map(|at| at..at + part.len()).unwrap()).collect();
    let found = Encoder::shipped().encode_all(&[(text.as_str(), places)]).remove(0);
    assert_eq!(found.len(), 1 + parts.len());
    assert_eq!(found[0], Encoder::shipped().encode(&text));
    for (part, vector) in parts.iter().zip(&found[1..]) {
        let near = cosine(vector, &Encoder::shipped().encode(part));
        assert!(near > 0.95, "{part}: {near}");
    }
}

#[test]
fn space_round_a_text_does_not_count() {
    assert_eq!(Encoder::shipped().encode("  Il ponte\n"), Encoder::shipped().encode("Il ponte"));
}
