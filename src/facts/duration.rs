//! Lengths of time: "tre mesi e mezzo", "48 hours", and how they are written (ISO 8601) and counted on a calendar.

use jiff::civil::Date;
use serde::Deserialize;

use crate::facts::Precision;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    BusinessDay,
    Weekend,
    Week,
    WorkingWeek,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit by its name in `dates.toml`.
    pub fn named(name: &str) -> Option<Unit> {
        serde::Deserialize::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name)).ok()
    }

    /// How finely something is told that is told in this unit.
    pub fn precision(self) -> Precision {
        match self {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::BusinessDay => Precision::Day,
            Unit::Weekend | Unit::Week | Unit::WorkingWeek | Unit::Fortnight => Precision::Week,
            Unit::Month => Precision::Month,
            Unit::Quarter => Precision::Quarter,
            Unit::Half => Precision::Half,
            Unit::Year => Precision::Year,
            Unit::Decade => Precision::Decade,
            Unit::Century | Unit::Millennium => Precision::Century,
        }
    }
}

/// A length of time. Counts are kept apart by what the calendar can add exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Length {
    months: f64,
    days: f64,
    seconds: f64,
    /// The smallest unit that was named.
    pub finest: Unit,
    /// Whether a whole number of weeks is what was said.
    weeks: bool,
    /// Whether the count is unknown ("some days").
    pub vague: bool,
    /// Whether it tells how old somebody or something is.
    pub age: bool,
}

impl Length {
    /// `count` times `unit`.
    pub fn new(count: f64, unit: Unit) -> Self {
        let (months, days, seconds) = match unit {
            Unit::Second => (0.0, 0.0, 1.0),
            Unit::Minute => (0.0, 0.0, 60.0),
            Unit::Hour => (0.0, 0.0, 3600.0),
            Unit::Day | Unit::BusinessDay => (0.0, 1.0, 0.0),
            Unit::Weekend => (0.0, 2.0, 0.0),
            Unit::WorkingWeek => (0.0, 5.0, 0.0),
            Unit::Week => (0.0, 7.0, 0.0),
            Unit::Fortnight => (0.0, 14.0, 0.0),
            Unit::Month => (1.0, 0.0, 0.0),
            Unit::Quarter => (3.0, 0.0, 0.0),
            Unit::Half => (6.0, 0.0, 0.0),
            Unit::Year => (12.0, 0.0, 0.0),
            Unit::Decade => (120.0, 0.0, 0.0),
            Unit::Century => (1200.0, 0.0, 0.0),
            Unit::Millennium => (12000.0, 0.0, 0.0),
        };
        let weeks = matches!(unit, Unit::Week | Unit::Fortnight);
        let mut length = Self {
            months: months * count,
            days: days * count,
            seconds: seconds * count,
            finest: unit,
            weeks,
            vague: false,
            age: false,
        };
        // Parts of a month are days, parts of a day are hours.
        length.days += length.months.fract() * 30.0;
        length.months = length.months.trunc();
        if length.days.fract() != 0.0 {
            length.seconds += (length.days.fract() * 86_400.0).round();
            length.days = length.days.trunc();
        }
        length
    }

    /// An unknown number of `unit`.
    pub fn some(unit: Unit) -> Self {
        Self { vague: true, ..Self::new(1.0, unit) }
    }

    /// The length as somebody's age.
    pub fn as_age(self) -> Self {
        Self { age: true, ..self }
    }

    /// Both lengths, one after the other.
    pub fn plus(self, other: Length) -> Self {
        Self {
            months: self.months + other.months,
            days: self.days + other.days,
            seconds: self.seconds + other.seconds,
            finest: self.finest.min(other.finest),
            weeks: self.weeks && other.weeks,
            vague: self.vague || other.vague,
            age: self.age || other.age,
        }
    }

    /// Whether the length is told in years and nothing smaller.
    pub fn in_years(self) -> bool {
        self.finest >= Unit::Year
    }

    /// Whether it is a known number of years, as ages are.
    pub fn is_years(self) -> bool {
        self.finest == Unit::Year && !self.vague
    }

    /// ISO 8601, with `X` for an unknown number (as in TimeML): `P1Y6M`, `PT90M`, `PXD`.
    pub fn iso(self) -> String {
        if self.vague {
            return match self.finest {
                Unit::Second => "PTXS",
                Unit::Minute => "PTXM",
                Unit::Hour => "PTXH",
                Unit::Day | Unit::BusinessDay | Unit::Weekend => "PXD",
                Unit::Week | Unit::WorkingWeek | Unit::Fortnight => "PXW",
                Unit::Month | Unit::Quarter | Unit::Half => "PXM",
                Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => "PXY",
            }
            .to_owned();
        }
        if self.weeks && self.months == 0.0 && self.seconds == 0.0 && self.days % 7.0 == 0.0 {
            return format!("P{}W", self.days / 7.0);
        }
        let part = |amount: f64, mark: &str| if amount == 0.0 { String::new() } else { format!("{amount}{mark}") };
        let (years, months) = match self.finest {
            Unit::Month | Unit::Quarter | Unit::Half if self.months % 12.0 != 0.0 && self.months < 24.0 => {
                (0.0, self.months)
            }
            _ => ((self.months / 12.0).trunc(), self.months % 12.0),
        };
        let date = part(years, "Y") + &part(months, "M") + &part(self.days, "D");
        let hours = (self.seconds / 3600.0).trunc();
        let minutes = (self.seconds % 3600.0 / 60.0).trunc();
        let seconds = (self.seconds % 60.0 * 1000.0).round() / 1000.0;
        let time = part(hours, "H") + &part(minutes, "M") + &part(seconds, "S");
        match (date.is_empty(), time.is_empty()) {
            (true, true) => "PT0S".to_owned(),
            (_, true) => format!("P{date}"),
            _ => format!("P{date}T{time}"),
        }
    }

    /// The day that is this long after `day`, or before it where `sign` is negative. Hours do not count.
    pub fn from(self, day: Date, sign: i64) -> Option<Date> {
        if self.vague || self.months > 120_000.0 || self.days > 4_000_000.0 {
            return None;
        }
        if self.finest == Unit::BusinessDay {
            return business_days(day, sign * self.days as i64);
        }
        let span = jiff::Span::new()
            .try_months(sign * self.months as i64)
            .and_then(|s| s.try_days(sign * self.days as i64))
            .ok()?;
        day.checked_add(span).ok()
    }
}

/// The day `count` working days (Monday to Friday) after `day`.
fn business_days(day: Date, count: i64) -> Option<Date> {
    let mut day = day;
    let mut left = count.abs().min(10_000);
    while left > 0 {
        day = if count > 0 { day.tomorrow() } else { day.yesterday() }.ok()?;
        left -= i64::from(day.weekday().to_monday_one_offset() <= 5);
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_iso_8601() {
        let check = |length: Length, iso: &str| assert_eq!(length.iso(), iso);
        check(Length::new(10.0, Unit::Year), "P10Y");
        check(Length::new(1.5, Unit::Year), "P1Y6M");
        check(Length::new(18.0, Unit::Month), "P18M");
        check(Length::new(3.0, Unit::Week), "P3W");
        check(Length::new(48.0, Unit::Hour), "PT48H");
        check(Length::new(1.5, Unit::Hour), "PT1H30M");
        check(Length::new(0.5, Unit::Day), "PT12H");
        check(Length::new(3.5, Unit::Month), "P3M15D");
        check(Length::new(2.0, Unit::Decade), "P20Y");
        check(Length::some(Unit::Day), "PXD");
        check(Length::new(2.0, Unit::Year).plus(Length::new(3.0, Unit::Month)), "P2Y3M");
    }

    #[test]
    fn lengths_lead_from_one_day_to_another() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(Length::new(1.0, Unit::Month).from(day("2024-03-31"), -1), Some(day("2024-02-29")));
        assert_eq!(Length::new(2.0, Unit::BusinessDay).from(day("2024-05-17"), 1), Some(day("2024-05-21")));
        assert_eq!(Length::new(1e9, Unit::Year).from(day("2024-05-17"), -1), None);
        assert_eq!(Length::some(Unit::Day).from(day("2024-05-17"), 1), None);
    }
}
