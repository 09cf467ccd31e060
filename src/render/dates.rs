//! Dates and periods as a language writes them.

use jiff::ToSpan;
use jiff::civil::Date;

use super::templates::Templates;
use crate::error::Result;
use crate::facts::{DateRelation, DateValue, Precision};
use crate::language::Language;

/// The date in words, with its preposition ("nel primo semestre del 2024"); `None` if it has neither end.
pub(super) fn date_in_words(date: &DateValue, language: Language, templates: &Templates) -> Result<Option<String>> {
    use DateRelation::*;
    let unit = |day, relation| unit_in_words(day, date.precision, relation, language, templates).map(Some);
    match (date.from, date.to, date.relation) {
        (None, None, _) => Ok(None),
        (Some(from), _, From) => unit(from, From),
        (_, Some(to), By | Until) => unit(to, date.relation),
        (Some(from), None, About) => unit(from, About),
        (Some(from), None, _) => unit(from, From),
        (None, Some(to), _) => unit(to, Until),
        (Some(from), Some(to), _) => match one_unit(from, to, date.precision) {
            Some(day) => unit(day, date.relation),
            None => {
                let from = unit(from, From)?.unwrap_or_default();
                let until = unit(to, Until)?.unwrap_or_default();
                templates.say(language, "calendar.period", &[("from", &from), ("until", &until)]).map(Some)
            }
        },
    }
}

/// A day without a preposition ("14 marzo 2024").
pub(super) fn plain_day(day: Date, language: Language, templates: &Templates) -> Result<String> {
    say(day, "day.plain", year_in_words(day.year(), language, templates)?, language, templates)
}

/// A day that tells which unit of the calendar the period is; `None` if it is more or less than one.
fn one_unit(from: Date, to: Date, precision: Precision) -> Option<Date> {
    let days = i64::from((to - from).get_days());
    let half_a_year = |day: Date| (day.year(), (day.month() - 1) / 6);
    let one = match precision {
        Precision::Day => days == 0,
        Precision::Week => days == 6,
        Precision::Month => (from.year(), from.month()) == (to.year(), to.month()),
        Precision::Quarter => from.year() == to.year() && (from.month() - 1) / 3 == (to.month() - 1) / 3,
        Precision::Half => half_a_year(from) == half_a_year(to),
        Precision::Season => days < 100,
        Precision::Year => from.year() == to.year(),
        Precision::Decade => from.year().div_euclid(10) == to.year().div_euclid(10),
        Precision::Century => days < 36_600,
    };
    // A season and a century are counted from one day or another: their middle is sure to lie in them.
    let middle = matches!(precision, Precision::Season | Precision::Century);
    one.then(|| if middle { from.saturating_add((days / 2).days()) } else { from })
}

fn unit_in_words(
    day: Date,
    precision: Precision,
    relation: DateRelation,
    language: Language,
    templates: &Templates,
) -> Result<String> {
    let table = match precision {
        Precision::Day if templates.words(language, "calendar.elided_days").contains(&day.day().to_string()) => {
            "elided_day"
        }
        Precision::Day => "day",
        Precision::Week => "week",
        Precision::Month => "month",
        Precision::Quarter => "quarter",
        Precision::Half => "half",
        Precision::Season => ["winter", "spring", "summer", "autumn"][(day.month() % 12 / 3) as usize],
        Precision::Year => "year",
        Precision::Decade => "decade",
        Precision::Century => "century",
    };
    let relation = match relation {
        DateRelation::In => "in",
        DateRelation::By => "by",
        DateRelation::From => "from",
        DateRelation::Until => "until",
        DateRelation::About => "about",
    };
    let year = match table {
        "decade" => year_in_words(day.year() - day.year().rem_euclid(10), language, templates)?,
        "winter" => {
            let first = if day.month() == 12 { day.year() } else { day.year() - 1 };
            let (year, next) = (first.to_string(), (first + 1).to_string());
            templates.say(language, "calendar.two_years", &[("year", &year), ("next", &next)])?
        }
        _ => year_in_words(day.year(), language, templates)?,
    };
    say(day, &format!("{table}.{relation}"), year, language, templates)
}

/// The message `key` with all that can be said of a day.
fn say(day: Date, key: &str, year: String, language: Language, templates: &Templates) -> Result<String> {
    let word = |list: &str, index: i16| {
        let word = usize::try_from(index).ok().and_then(|index| templates.words(language, list).get(index));
        word.cloned().unwrap_or_else(|| (index + 1).to_string())
    };
    let number = match day.day() {
        1 if !key.starts_with("week") => templates.words(language, "calendar.first_day").first().cloned(),
        _ => None,
    };
    let ordinal = match key.split('.').next() {
        Some("quarter") => word("calendar.parts", i16::from((day.month() - 1) / 3)),
        Some("half") => word("calendar.parts", i16::from((day.month() - 1) / 6)),
        _ => word("calendar.centuries", (day.year() - 1).div_euclid(100)),
    };
    let slots = [
        ("day", number.unwrap_or_else(|| day.day().to_string())),
        ("month", word("calendar.months", i16::from(day.month() - 1))),
        ("year", year),
        ("ordinal", ordinal),
    ];
    templates.say(language, key, &slots.each_ref().map(|(slot, text)| (*slot, text.as_str())))
}

/// A year; the jiff year 0 is 1 before Christ.
fn year_in_words(year: i16, language: Language, templates: &Templates) -> Result<String> {
    match year {
        1.. => Ok(year.to_string()),
        _ => templates.say(language, "calendar.before_christ", &[("year", &(1 - year).to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_language_writes_them() {
        use DateRelation::*;
        let cases = [
            ("2024-01-01..2024-06-30", Precision::Half, In, "nel primo semestre del 2024", "in the first half of 2024"),
            (
                "2025-07-01..2025-12-31",
                Precision::Half,
                By,
                "entro il secondo semestre del 2025",
                "by the second half of 2025",
            ),
            ("2024-01-01..2024-12-31", Precision::Year, By, "entro il 2024", "by 2024"),
            ("..2030-12-31", Precision::Year, By, "entro il 2030", "by 2030"),
            ("2022-01-01..", Precision::Year, From, "dal 2022", "from 2022"),
            ("2022-01-01..", Precision::Year, In, "dal 2022", "from 2022"),
            ("2020-01-01..2023-12-31", Precision::Year, In, "dal 2020 fino al 2023", "from 2020 until 2023"),
            ("2024-03-14..2024-03-14", Precision::Day, In, "il 14 marzo 2024", "on 14 March 2024"),
            ("2024-03-08..2024-03-08", Precision::Day, By, "entro l'8 marzo 2024", "by 8 March 2024"),
            ("2024-05-01..2024-05-01", Precision::Day, In, "il 1º maggio 2024", "on 1 May 2024"),
            ("2024-03-01..2024-03-31", Precision::Month, In, "a marzo 2024", "in March 2024"),
            (
                "2024-07-01..2024-09-30",
                Precision::Quarter,
                In,
                "nel terzo trimestre del 2024",
                "in the third quarter of 2024",
            ),
            ("2024-06-21..2024-09-22", Precision::Season, In, "nell'estate del 2024", "in the summer of 2024"),
            ("2023-12-01..2024-02-29", Precision::Season, In, "nell'inverno 2023-2024", "in the winter of 2023-2024"),
            (
                "2024-03-04..2024-03-10",
                Precision::Week,
                In,
                "nella settimana del 4 marzo 2024",
                "in the week of 4 March 2024",
            ),
            ("1990-01-01..1999-12-31", Precision::Decade, In, "negli anni 1990", "in the 1990s"),
            ("1801-01-01..1900-12-31", Precision::Century, In, "nel XIX secolo", "in the 19th century"),
            ("1800-01-01..1899-12-31", Precision::Century, In, "nel XIX secolo", "in the 19th century"),
            ("-000043-01-01..-000043-12-31", Precision::Year, In, "nel 44 a.C.", "in 44 BC"),
            ("2010-01-01..2010-12-31", Precision::Year, About, "intorno al 2010", "around 2010"),
        ];
        let templates = Templates::shipped();
        for (range, precision, relation, italian, english) in cases {
            let (from, to) = range.split_once("..").expect("two ends");
            let end = |text: &str| (!text.is_empty()).then(|| text.parse().expect("a date"));
            let date = DateValue { from: end(from), to: end(to), precision, relation };
            for (language, expected) in [(Language::It, italian), (Language::En, english)] {
                let words = date_in_words(&date, language, &templates).expect("a template");
                assert_eq!(words.as_deref(), Some(expected), "{range}");
            }
        }
    }
}
