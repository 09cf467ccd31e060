//! Numbers read back: by example, and as they are written out in words.

use super::*;
use crate::language::Language;
use crate::text::Span;

fn check(language: Language, cases: &[(&str, Option<f64>, &str)]) {
    for (text, value, rest) in cases {
        let part = Part::new(text, Span::new(0, text.len()), language, None);
        let reading = read(&part, 0);
        assert_eq!(reading.map(|r| r.value), *value, "{text}");
        let end = reading.map_or(0, |r| part.tokens[r.end - 1].span.end);
        assert_eq!(&text[end..], *rest, "{text}");
    }
}

#[test]
fn italian_numbers() {
    check(
        Language::It,
        &[
            ("ventitré case", Some(23.0), " case"),
            ("novecentomila", Some(900_000.0), ""),
            ("due milioni e mezzo di voti", Some(2_500_000.0), " di voti"),
            ("un milione e duecentomila", Some(1_200_000.0), ""),
            ("900 mila copie", Some(900_000.0), " copie"),
            ("900mila", Some(900_000.0), ""),
            ("1,3 miliardi", Some(1.3e9), ""),
            ("8,2 milioni", Some(8_200_000.0), ""),
            ("10 mld di euro", Some(1e10), " di euro"),
            ("duemila miliardi", Some(2e12), ""),
            ("una dozzina di uova", Some(12.0), " di uova"),
            ("mezzo milione", Some(500_000.0), ""),
            ("trent'uno", Some(31.0), ""),
            ("due terzi dei seggi", Some(2.0 / 3.0), " dei seggi"),
            ("un terzo degli elettori", Some(1.0 / 3.0), " degli elettori"),
            ("un terzo uomo", None, "un terzo uomo"),
            ("un anno", None, "un anno"),
            ("sei e sette", Some(6.0), " e sette"),
            ("mille e duemila", Some(1000.0), " e duemila"),
            ("meno 12 gradi", Some(-12.0), " gradi"),
            ("1.500.000", Some(1_500_000.0), ""),
            ("12 300,50", Some(12_300.5), ""),
            ("10k", Some(10_000.0), ""),
            ("zero virgola zero tre", Some(0.03), ""),
        ],
    );
}

#[test]
fn english_numbers() {
    check(
        Language::En,
        &[
            ("nine hundred thousand", Some(900_000.0), ""),
            ("two hundred and five people", Some(205.0), " people"),
            ("one hundred and two hundred", Some(100.0), " and two hundred"),
            ("half a million", Some(500_000.0), ""),
            ("two and a half million", Some(2_500_000.0), ""),
            ("3 million and a quarter", Some(3_250_000.0), ""),
            ("a couple of days", Some(2.0), " of days"),
            ("a hundred and twenty", Some(120.0), ""),
            ("a day", None, "a day"),
            ("1.3bn", Some(1.3e9), ""),
            ("three quarters of a billion", Some(750_000_000.0), ""),
            ("twenty-three", Some(23.0), ""),
            ("a third of voters", Some(1.0 / 3.0), " of voters"),
            ("6.5x10^3 cells", Some(6500.0), " cells"),
            ("5/17/2018", Some(5.0), "/17/2018"),
            ("1 4/5", Some(1.8), ""),
            ("two point two million", Some(2_200_000.0), ""),
            ("one hundred and three and two thirds", Some(103.0 + 2.0 / 3.0), ""),
            ("20/30 guests", Some(20.0), "/30 guests"),
            ("one point five", Some(1.5), ""),
        ],
    );
}

#[test]
fn ordinals_in_words() {
    for (text, language, expected) in [
        ("ventunesimo", Language::It, Some(21.0)),
        ("terza", Language::It, Some(3.0)),
        ("centesimo", Language::It, Some(100.0)),
        ("twenty-first", Language::En, Some(21.0)),
        ("one hundred and fifth", Language::En, Some(105.0)),
        ("house", Language::En, None),
    ] {
        let part = Part::new(text, Span::new(0, text.len()), language, None);
        assert_eq!(read_ordinal(&part, 0).map(|(value, ..)| value), expected, "{text}");
    }
}
