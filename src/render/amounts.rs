//! Numbers, sums of money, quantities and lengths of time as a language writes them.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::locale;

use super::templates::Templates;
use crate::error::Result;
use crate::facts::{Amount, AmountRelation};
use crate::language::Language;

/// The powers of ten that have a word, the greatest first.
const SCALES: [(f64, &str); 3] = [(1e12, "scale.trillion"), (1e9, "scale.billion"), (1e6, "scale.million")];

/// The amount in words with what is counted or measured in it, told by its singular and plural ("circa 10 miliardi di
/// yuan").
pub(super) fn amount_in_words(
    amount: &Amount,
    unit: Option<[&str; 2]>,
    language: Language,
    templates: &Templates,
) -> Result<String> {
    counted_in_words(amount, unit, false, language, templates)
}

/// A sum of money in words, told by its currency's singular and plural; cents are two digits ("11,80 euro").
pub(super) fn money_in_words(
    amount: &Amount,
    unit: Option<[&str; 2]>,
    language: Language,
    templates: &Templates,
) -> Result<String> {
    counted_in_words(amount, unit, true, language, templates)
}

fn counted_in_words(
    amount: &Amount,
    unit: Option<[&str; 2]>,
    cents: bool,
    language: Language,
    templates: &Templates,
) -> Result<String> {
    let (first, mut scaled) = number_in_words(amount.amount, cents, language, templates)?;
    let number = match amount.to_amount {
        Some(to) => {
            let (last, last_scaled) = number_in_words(to, cents, language, templates)?;
            scaled = last_scaled;
            templates.say(language, "amount.range", &[("amount", &first), ("to_amount", &last)])?
        }
        None => first,
    };
    let counted = match unit {
        None => number,
        Some([one, many]) => {
            let unit = if amount.amount == 1.0 && amount.to_amount.is_none() { one } else { many };
            let key = if scaled { "amount.counted_scaled" } else { "amount.counted" };
            templates.say(language, key, &[("amount", &number), ("unit", unit)])?
        }
    };
    related(amount.relation, &counted, language, templates)
}

/// A share of a hundred in words ("circa il" is left to the sentence: "circa 70%").
pub(super) fn percent_in_words(amount: &Amount, language: Language, templates: &Templates) -> Result<String> {
    let number = |number| plain_number(number, language);
    let text = match amount.to_amount {
        Some(to) => {
            let slots = [("amount", number(amount.amount)), ("to_amount", number(to))];
            templates.say(language, "amount.range", &slots.each_ref().map(|(slot, text)| (*slot, text.as_str())))?
        }
        None => number(amount.amount),
    };
    let percent = templates.say(language, "amount.percent", &[("amount", &text)])?;
    related(amount.relation, &percent, language, templates)
}

/// A place in an order ("terzo", "third").
pub(super) fn ordinal_in_words(number: f64, language: Language, templates: &Templates) -> Result<String> {
    let index = if number.fract() == 0.0 && number >= 1.0 { number as usize - 1 } else { usize::MAX };
    match templates.words(language, "ordinal.words").get(index) {
        Some(word) => Ok(word.clone()),
        None => templates.say(language, "ordinal.other", &[("amount", &plain_number(number, language))]),
    }
}

/// A currency's singular and plural; one without a name keeps its code.
pub(super) fn currency<'t>(code: &'t str, language: Language, templates: &'t Templates) -> [&'t str; 2] {
    match templates.words(language, &format!("currency.{code}")) {
        [one, many] => [one, many],
        _ => [code, code],
    }
}

/// The plural of a noun, by the longest ending that the language's table has for it; as it is where there is none.
pub(super) fn plural(noun: &str, language: Language, templates: &Templates) -> String {
    let endings = templates.words(language, "plural.endings").iter().filter_map(|pair| pair.split_once(':'));
    let longest = endings.filter(|(one, _)| noun.ends_with(one)).max_by_key(|(one, _)| one.len());
    longest.map_or_else(|| noun.to_string(), |(one, many)| format!("{}{many}", &noun[..noun.len() - one.len()]))
}

/// A length of time, from ISO 8601, in words ("1 anno e 6 mesi"); `None` if it is no such length.
pub(super) fn duration_in_words(iso: &str, language: Language, templates: &Templates) -> Result<Option<String>> {
    let Some(parts) = duration_parts(iso) else { return Ok(None) };
    let mut items = Vec::new();
    for (number, unit) in parts {
        let [one, many] = templates.words(language, unit) else { return Ok(None) };
        let unit = if number == 1.0 { one } else { many };
        items.push(format!("{} {unit}", plain_number(number, language)));
    }
    listed(&items, language, templates).map(Some)
}

/// Items joined as the language joins them ("A, B e C").
pub(super) fn listed(items: &[String], language: Language, templates: &Templates) -> Result<String> {
    let Some((first, rest)) = items.split_first() else { return Ok(String::new()) };
    let mut joined = first.clone();
    for (i, item) in rest.iter().enumerate() {
        let key = if i + 1 == rest.len() { "labels.list_last" } else { "labels.list_next" };
        joined = templates.say(language, key, &[("items", &joined), ("item", item)])?;
    }
    Ok(joined)
}

/// The number and whether it ends in the word of a scale ("1,3 miliardi"), where that is shorter than its digits; a
/// fraction in `cents` has two digits.
fn number_in_words(number: f64, cents: bool, language: Language, templates: &Templates) -> Result<(String, bool)> {
    for (scale, key) in SCALES {
        let [one, many] = templates.words(language, key) else { continue };
        let count = number / scale;
        let short = (count * 1000.0).round() / 1000.0;
        if number.abs() >= scale && short * scale == number {
            let word = if short == 1.0 { one } else { many };
            return Ok((format!("{} {word}", plain_number(short, language)), true));
        }
    }
    Ok((formatted(number, cents, language), false))
}

/// The number in digits with the language's separators; one that is not finite is left as it is.
fn plain_number(number: f64, language: Language) -> String {
    formatted(number, false, language)
}

/// The same, a fraction in `cents` with two digits at least.
fn formatted(number: f64, cents: bool, language: Language) -> String {
    let locale = match language {
        Language::It => locale!("it"),
        Language::En => locale!("en"),
    };
    let mut plain = number.to_string();
    if cents && plain.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 1) {
        plain.push('0');
    }
    match (plain.parse::<Decimal>(), DecimalFormatter::try_new(locale.into(), Default::default())) {
        (Ok(decimal), Ok(formatter)) => formatter.format(&decimal).to_string(),
        _ => plain,
    }
}

fn related(relation: AmountRelation, amount: &str, language: Language, templates: &Templates) -> Result<String> {
    let key = match relation {
        AmountRelation::Exactly => "amount.exactly",
        AmountRelation::About => "amount.about",
        AmountRelation::Over => "amount.over",
        AmountRelation::Under => "amount.under",
        AmountRelation::AtLeast => "amount.at_least",
        AmountRelation::AtMost => "amount.at_most",
    };
    templates.say(language, key, &[("amount", amount)])
}

/// The numbers of an ISO 8601 duration with the keys of their units' words.
fn duration_parts(iso: &str) -> Option<Vec<(f64, &'static str)>> {
    let (date, time) = match iso.strip_prefix('P')?.split_once('T') {
        Some((date, time)) => (date, time),
        None => (&iso[1..], ""),
    };
    let mut parts = Vec::new();
    for (text, units) in [
        (
            date,
            &[('Y', "duration.years"), ('M', "duration.months"), ('W', "duration.weeks"), ('D', "duration.days")][..],
        ),
        (time, &[('H', "duration.hours"), ('M', "duration.minutes"), ('S', "duration.seconds")][..]),
    ] {
        let mut rest = text;
        while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
            let letter = rest[end..].chars().next()?;
            let (_, key) = units.iter().find(|(known, _)| *known == letter)?;
            parts.push((rest[..end].parse().ok()?, *key));
            rest = &rest[end + 1..];
        }
        if !rest.is_empty() {
            return None;
        }
    }
    (!parts.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_writes_them() {
        use AmountRelation::*;
        let cases = [
            (900_000.0, None, Exactly, "CNY", "900.000 yuan", "900,000 yuan"),
            (1e10, None, Exactly, "CNY", "10 miliardi di yuan", "10 billion yuan"),
            (1.3e9, None, About, "EUR", "circa 1,3 miliardi di euro", "about 1.3 billion euros"),
            (1.0, None, Exactly, "EUR", "1 euro", "1 euro"),
            (2e12, None, Over, "USD", "oltre 2000 miliardi di dollari", "more than 2 trillion dollars"),
            (12_345_678.0, None, Exactly, "GBP", "12.345.678 sterline", "12,345,678 pounds"),
            (10.0, Some(20.0), Under, "XYZ", "meno di tra 10 e 20 XYZ", "less than between 10 and 20 XYZ"),
            (2.5, None, AtLeast, "CHF", "almeno 2,50 franchi svizzeri", "at least 2.50 Swiss francs"),
        ];
        let templates = Templates::shipped();
        for (amount, to_amount, relation, code, italian, english) in cases {
            let amount = Amount { amount, to_amount, relation };
            for (language, expected) in [(Language::It, italian), (Language::En, english)] {
                let unit = currency(code, language, &templates);
                assert_eq!(money_in_words(&amount, Some(unit), language, &templates).expect("a template"), expected);
            }
        }
    }

    #[test]
    fn nouns_have_their_plural() {
        let templates = Templates::shipped();
        for (language, pairs) in [
            (
                Language::It,
                "dipendente:dipendenti unità:unità operaio:operai lago:laghi medico:medici gol:gol banca:banche",
            ),
            (Language::En, "employee:employees city:cities boy:boys bus:buses person:people woman:women crisis:crises"),
        ] {
            for (one, many) in pairs.split(' ').filter_map(|pair| pair.split_once(':')) {
                assert_eq!(plural(one, language, &templates), many);
            }
        }
    }

    #[test]
    fn durations_are_written_as_the_language_writes_them() {
        let cases = [
            ("P10Y", Some(("10 anni", "10 years"))),
            ("P1Y6M", Some(("1 anno e 6 mesi", "1 year and 6 months"))),
            ("PT2H30M", Some(("2 ore e 30 minuti", "2 hours and 30 minutes"))),
            ("P1.5D", Some(("1,5 giorni", "1.5 days"))),
            ("P", None),
            ("PX", None),
            ("", None),
            ("PéY", None),
        ];
        let templates = Templates::shipped();
        for (iso, expected) in cases {
            let words = |language| duration_in_words(iso, language, &templates).expect("a template");
            assert_eq!(words(Language::It).as_deref(), expected.map(|(italian, _)| italian), "{iso}");
            assert_eq!(words(Language::En).as_deref(), expected.map(|(_, english)| english), "{iso}");
        }
    }

    #[test]
    fn percentages_and_ordinals_are_written_as_the_language_writes_them() {
        let templates = Templates::shipped();
        let share = Amount { amount: 70.5, to_amount: None, relation: AmountRelation::About };
        assert_eq!(percent_in_words(&share, Language::It, &templates).expect("a template"), "circa 70,5%");
        assert_eq!(percent_in_words(&share, Language::En, &templates).expect("a template"), "about 70.5%");
        assert_eq!(ordinal_in_words(3.0, Language::It, &templates).expect("a template"), "terzo");
        assert_eq!(ordinal_in_words(21.0, Language::En, &templates).expect("a template"), "number 21");
    }
}
