//! The options that choose among the articles: by their date, publication and language.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use super::output::note;
use crate::corpus::{Exclusion, Filter, LeftOut};
use crate::error::{Error, Result};
use crate::language::Language;

/// The options that choose among the articles.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct FilterOptions {
    /// Look only in articles of this day or later: YYYY-MM-DD, YYYY-MM or YYYY.
    #[arg(long, global = true, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Look only in articles of this day, or the last of this month or year, or earlier.
    #[arg(long, global = true, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
    /// Look only in articles of this publication, by its name or some words of it; may be given more than once.
    #[arg(long, global = true, value_name = "NAME")]
    pub source: Vec<String>,
    /// Look only in articles in this language.
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = article_language())]
    pub language_of_articles: Option<Language>,
}

impl FilterOptions {
    /// The filter that they make.
    pub fn filter(&self) -> Result<Filter> {
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since > until
        {
            return Err(Error::Usage(format!("--since {since} is later than --until {until}: no article can be both")));
        }
        Ok(Filter {
            since: self.since,
            until: self.until,
            sources: self.source.clone(),
            language: self.language_of_articles,
        })
    }
}

/// Tells on standard error how many articles the filter leaves out, and by which option.
pub fn tell_left_out(left_out: &LeftOut) {
    let days = match (left_out.filter.since, left_out.filter.until) {
        (Some(_), Some(_)) => "--since and --until",
        (Some(_), None) => "--since",
        (None, _) => "--until",
    };
    let reasons = left_out.counts.iter().map(|(exclusion, count)| match exclusion {
        Exclusion::Language => format!("{count} by --language-of-articles"),
        Exclusion::Source => format!("{count} by --source"),
        Exclusion::Undated => format!("{count} without a date by {days}"),
        Exclusion::Before => format!("{count} by --since"),
        Exclusion::After => format!("{count} by --until"),
    });
    let reasons = reasons.collect::<Vec<_>>().join(", ");
    note(&format!("left out: {} of {} articles ({reasons})", left_out.total(), left_out.all));
}

fn article_language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::code))
        .try_map(|code| Language::from_code(&code).ok_or("no such language"))
}

fn first_day(text: &str) -> std::result::Result<Date, String> {
    period(text).map(|(first, _)| first)
}

fn last_day(text: &str) -> std::result::Result<Date, String> {
    period(text).map(|(_, last)| last)
}

/// The first and the last day of what is written as a day, a month or a year.
fn period(text: &str) -> std::result::Result<(Date, Date), String> {
    let wrong = || "a date is written YYYY-MM-DD, YYYY-MM or YYYY, as in 2024-02-29, 2024-02 or 2024".to_string();
    let number = |digits: &str, length: usize| {
        let written = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
        written.then(|| digits.parse::<i16>().ok()).flatten().ok_or_else(wrong)
    };
    let parts: Vec<&str> = text.split('-').collect();
    let day = |year: &str, month: &str, day: &str| {
        let [month, day] = [number(month, 2)?, number(day, 2)?].map(|number| number as i8);
        Date::new(number(year, 4)?, month, day).map_err(|_| wrong())
    };
    match parts[..] {
        [year] => Ok((day(year, "01", "01")?, day(year, "12", "31")?)),
        [year, month] => day(year, month, "01").map(|first| (first, first.last_of_month())),
        [year, month, number] => day(year, month, number).map(|day| (day, day)),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_a_month_or_a_year_is_a_period() {
        let check = |text: &str, first: &str, last: &str| {
            let (from, to) = period(text).expect(text);
            assert_eq!((from.to_string().as_str(), to.to_string().as_str()), (first, last), "{text}");
        };
        check("2024-02-29", "2024-02-29", "2024-02-29");
        check("2024-02", "2024-02-01", "2024-02-29");
        check("2023-02", "2023-02-01", "2023-02-28");
        check("2024", "2024-01-01", "2024-12-31");
        for text in ["", "24", "2024-13", "2023-02-29", "2024-1-1", "2024-01-01-01", "marzo", "+024", "2024-", "20é4"]
        {
            assert!(period(text).is_err(), "{text}");
        }
    }
}
