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

#[test]
fn fractions() {
    check(
        Language::It,
        &[
            ("tre ottavi", Some(0.375), ""),
            ("un quarto di milione", Some(250_000.0), ""),
            ("½ litro", Some(0.5), " litro"),
            ("5½ km", Some(5.5), " km"),
            ("1/2 litro", Some(0.5), " litro"),
            ("2/3 ospiti", Some(2.0), "/3 ospiti"),
            ("cinque mezzi", Some(2.5), ""),
            ("cinque mezzi blindati", Some(5.0), " mezzi blindati"),
        ],
    );
    check(
        Language::En,
        &[
            ("four hundred seventy sixths", Some(400.0 / 76.0), ""),
            ("four hundred and seventy sixths", Some(470.0 / 6.0), ""),
            ("four hundred and seventy-two sixths", Some(472.0 / 6.0), ""),
            ("four hundred and five sixths", Some(400.0 + 5.0 / 6.0), ""),
            ("one fifty-second of it", Some(1.0 / 52.0), " of it"),
            ("a quarter of a billion", Some(250_000_000.0), ""),
            ("a tenth of it", Some(0.1), " of it"),
            ("a tenth man", None, "a tenth man"),
            ("3½ million", Some(3_500_000.0), ""),
            ("3/8 cup", Some(0.375), " cup"),
            ("3/8/2021", Some(3.0), "/8/2021"),
            ("two halves of it", Some(2.0), " halves of it"),
        ],
    );
}

#[test]
fn powers() {
    check(
        Language::En,
        &[
            ("10^6", Some(1e6), ""),
            ("1.5^2", Some(2.25), ""),
            ("-2^-1", Some(-0.5), ""),
            ("3 * 10^4", Some(30_000.0), ""),
            ("2e3", Some(2000.0), ""),
            ("10^", Some(10.0), "^"),
        ],
    );
}

const ITALIAN: [&str; 20] = [
    "",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
];
const ITALIAN_TENS: [&str; 10] =
    ["", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];
const ENGLISH: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// `n` below a million as Italian writes it out.
fn in_italian(n: usize) -> String {
    match n {
        0 => "zero".to_owned(),
        1..1000 => italian_below_thousand(n),
        1000..2000 => format!("mille{}", italian_below_thousand(n - 1000)),
        _ => format!("{}mila{}", italian_below_thousand(n / 1000).replace('é', "e"), italian_below_thousand(n % 1000)),
    }
}

fn italian_below_thousand(n: usize) -> String {
    let hundreds = match n / 100 {
        0 => String::new(),
        1 => "cento".to_owned(),
        many => format!("{}cento", ITALIAN[many]),
    };
    let rest = n % 100;
    let (tens, unit) = (ITALIAN_TENS[rest / 10], ITALIAN[rest % 10]);
    let below = match (rest, rest % 10) {
        (0..20, _) => ITALIAN[rest].to_owned(),
        (_, 1 | 8) => format!("{}{unit}", &tens[..tens.len() - 1]),
        (_, 3) => format!("{tens}tré"),
        _ => format!("{tens}{unit}"),
    };
    hundreds + &below
}

/// `n` below a million as English writes it out, with "and" or without.
fn in_english(n: usize, and: &str) -> String {
    let below = english_below_thousand(n % 1000, and);
    match (n / 1000, n % 1000) {
        (0, 0) => "zero".to_owned(),
        (0, _) => below,
        (thousands, 0) => format!("{} thousand", english_below_thousand(thousands, and)),
        (thousands, 1..100) => format!("{} thousand {and}{below}", english_below_thousand(thousands, and)),
        (thousands, _) => format!("{} thousand {below}", english_below_thousand(thousands, and)),
    }
}

fn english_below_thousand(n: usize, and: &str) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let below = match (rest, rest % 10) {
        (0..20, _) => ENGLISH[rest].to_owned(),
        (_, 0) => ENGLISH_TENS[rest / 10].to_owned(),
        (_, unit) => format!("{}-{}", ENGLISH_TENS[rest / 10], ENGLISH[unit]),
    };
    match (hundreds, rest) {
        (0, _) => below,
        (_, 0) => format!("{} hundred", ENGLISH[hundreds]),
        _ => format!("{} hundred {and}{below}", ENGLISH[hundreds]),
    }
}

proptest::proptest! {
    /// A number that is written out in words reads back, to its last word.
    #[test]
    fn written_out_numbers_read_back(n in 0usize..1_000_000) {
        let value = u32::try_from(n).map(f64::from).ok();
        // "uno" alone is the article too.
        if n != 1 {
            check(Language::It, &[(&in_italian(n), value, "")]);
        }
        check(Language::En, &[(&in_english(n, ""), value, ""), (&in_english(n, "and "), value, "")]);
    }

    /// A written-out numerator over a written-out denominator is their quotient.
    #[test]
    fn fractions_read_back(over in 2usize..20, under in 3usize..10) {
        let plurals = ["terzi", "quarti", "quinti", "sesti", "settimi", "ottavi", "noni"];
        let value = Some(over as f64 / under as f64);
        check(Language::It, &[(&format!("{} {}", ITALIAN[over], plurals[under - 3]), value, "")]);
        let plurals = ["thirds", "quarters", "fifths", "sixths", "sevenths", "eighths", "ninths"];
        check(Language::En, &[(&format!("{} {}", ENGLISH[over], plurals[under - 3]), value, "")]);
    }

    /// Whatever stands in a text, a number begins and ends with tokens of it.
    #[test]
    fn any_text_is_read_safely(text in "([0-9½/^.,'\"+-]|one|twenty|firsts|half|out of|mezzo|su|di| ){0,14}") {
        for language in [Language::It, Language::En] {
            let part = Part::new(&text, Span::new(0, text.len()), language, None);
            for at in 0..part.len() {
                let end = read(&part, at).or_else(|| bare_fraction(&part, at)).map(|number| ratio(&part, number).end);
                proptest::prop_assert!(end.is_none_or(|end| end > at && end <= part.len()), "{text}");
            }
            crate::facts::find(&text, language, None);
        }
    }
}
