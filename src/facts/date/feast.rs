//! When feasts are celebrated, by the calendar that each follows.

use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri};
use icu_calendar::types::Month;
use icu_calendar::{AsCalendar, Iso};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar::{Period, weekday_of};
use super::hindu::{self, Hour};
use crate::facts::Precision;

/// When a feast is celebrated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Feast {
    rule: Rule,
    /// Days to move by where the rule leads to such a weekday.
    moves: [Option<(Weekday, i8)>; 3],
    /// Days after what the rule leads to.
    after: i16,
    /// How many days it lasts; a whole month where there is none.
    days: Option<u8>,
}

/// How the day of a feast is found.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    Fixed {
        month: i8,
        day: i8,
    },
    /// Easter Sunday.
    Easter,
    /// Easter Sunday of the Eastern churches.
    Orthodox,
    /// Such a weekday of a month, counted from its end where negative.
    Weekday {
        nth: i8,
        weekday: Weekday,
        month: i8,
    },
    Hebrew {
        month: u8,
        day: u8,
    },
    /// In the calendar of Umm al-Qura.
    Islamic {
        month: u8,
        day: u8,
    },
    Chinese {
        month: u8,
        day: u8,
    },
    /// A lunar day of the Hindu calendar, counted from the new moon.
    Hindu {
        month: u8,
        tithi: u8,
        hour: Hour,
    },
    /// The sun enters a sign of the Hindu zodiac, 0 to 11.
    Sun(u8),
    /// Every 365 days from a day.
    Wandering(Date),
}

impl Feast {
    /// A feast as `feasts.toml` writes it: `12-25`, `easter -2`, `4 4 11` (the fourth Thursday of November),
    /// `hebrew 7-15 -1 x9`, `islamic 9` (all of the month), `hindu 7-30 evening`; `7:-1` moves one that falls on a
    /// Sunday.
    pub fn parse(text: &str) -> Option<Feast> {
        let mut words = text.split(' ').peekable();
        let mut days = Some(1);
        let pair = |word: &str| {
            let (month, day) = word.split_once('-')?;
            Some((month.parse::<u8>().ok()?, day.parse::<u8>().ok()?))
        };
        let rule = match words.next()? {
            "easter" => Rule::Easter,
            "orthodox" => Rule::Orthodox,
            "sun" => Rule::Sun(words.next()?.parse().ok().filter(|sign| *sign < 12)?),
            "every" => Rule::Wandering(words.next()?.parse().ok()?),
            "hindu" => {
                let (month, tithi) = pair(words.next()?)?;
                Rule::Hindu { month, tithi, hour: Hour::named(words.next()?)? }
            }
            "islamic" => {
                let word = words.next()?;
                days = word.contains('-').then_some(1);
                let (month, day) = pair(word).or_else(|| Some((word.parse().ok()?, 1)))?;
                Rule::Islamic { month, day }
            }
            "hebrew" => pair(words.next()?).map(|(month, day)| Rule::Hebrew { month, day })?,
            "chinese" => pair(words.next()?).map(|(month, day)| Rule::Chinese { month, day })?,
            first => match pair(first) {
                Some((month, day)) => Rule::Fixed { month: month as i8, day: day as i8 },
                None => {
                    let nth = first.parse().ok()?;
                    let weekday = weekday_of(words.next()?.parse().ok()?)?;
                    Rule::Weekday { nth, weekday, month: words.next()?.parse().ok()? }
                }
            },
        };
        let mut feast = Feast { rule, moves: [None; 3], after: 0, days };
        let mut moved = feast.moves.iter_mut();
        for word in words {
            if let Some((weekday, by)) = word.split_once(':') {
                *moved.next()? = Some((weekday_of(weekday.parse().ok()?)?, by.parse().ok()?));
            } else if let Some(days) = word.strip_prefix('x') {
                feast.days = Some(days.parse().ok().filter(|days| *days > 0)?);
            } else {
                feast.after = word.parse().ok()?;
            }
        }
        Some(feast)
    }

    /// Its days in `year`: the first time that it comes, where it comes twice.
    pub fn period(self, year: i16) -> Option<Period> {
        let day = self.rule.day(year)?;
        let moved = self.moves.iter().flatten().find(|(weekday, _)| *weekday == day.weekday()).map_or(0, |(_, by)| *by);
        let from = day.checked_add((i64::from(moved) + i64::from(self.after)).days()).ok()?;
        let last = match (self.days, self.rule) {
            (Some(days), _) => from.checked_add((i64::from(days) - 1).days()).ok()?,
            (None, Rule::Islamic { .. }) => {
                let short = from.checked_add(29.days()).ok().filter(|day| begins_islamic_month(*day));
                short.map_or_else(|| from.checked_add(29.days()), |next| next.yesterday()).ok()?
            }
            (None, _) => from,
        };
        Period::new(from, last, Precision::Day)
    }
}

impl Rule {
    fn day(self, year: i16) -> Option<Date> {
        match self {
            Rule::Fixed { month, day } => Date::new(year, month, day).ok(),
            Rule::Easter => easter(year),
            Rule::Orthodox => orthodox_easter(year),
            Rule::Weekday { nth, weekday, month } => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            // The years in which one may fall are those that begin in or before it.
            Rule::Hebrew { month, day } => elsewhere(year, i32::from(year) + 3760, month, day, Hebrew),
            Rule::Islamic { month, day } => {
                let about = (i32::from(year) - 622) * 33 / 32 - 1;
                elsewhere(year, about, month, day, Hijri::new_umm_al_qura())
            }
            Rule::Chinese { month, day } => elsewhere(year, i32::from(year) - 1, month, day, ChineseTraditional::new()),
            Rule::Hindu { month, tithi, hour } => hindu::lunar_day(year, month, tithi, hour),
            Rule::Sun(sign) => hindu::sun_enters(year, sign),
            Rule::Wandering(known) => {
                let first = Date::new(year, 1, 1).ok()?;
                let days = first.duration_since(known).as_hours() / 24;
                first.checked_add((-days).rem_euclid(365).days()).ok()
            }
        }
    }
}

/// The first day of `year` that is day `day` of month `month` in another calendar, whose years from `about` on may
/// hold it.
fn elsewhere<C: AsCalendar + Copy>(year: i16, about: i32, month: u8, day: u8, calendar: C) -> Option<Date> {
    (about..about + 4).find_map(|other| {
        let date = icu_calendar::Date::try_new(other.into(), Month::new(month), day, calendar).ok()?;
        let iso = date.to_calendar(Iso);
        let found = i16::try_from(iso.era_year().year).ok().filter(|found| *found == year)?;
        Date::new(found, iso.month().number() as i8, iso.day_of_month().0 as i8).ok()
    })
}

/// Whether a month of the calendar of Umm al-Qura, which has 29 days or 30, begins on `day`.
fn begins_islamic_month(day: Date) -> bool {
    let iso = icu_calendar::Date::try_new_iso(day.year().into(), day.month() as u8, day.day() as u8);
    iso.is_ok_and(|iso| iso.to_calendar(Hijri::new_umm_al_qura()).day_of_month().0 == 1)
}

/// Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8).ok()
}

/// Easter Sunday of the Julian calendar (Meeus), as a day of the Gregorian one.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y.rem_euclid(19)) + 15).rem_euclid(30);
    let e = (2 * (y.rem_euclid(4)) + 4 * (y.rem_euclid(7)) - d + 34).rem_euclid(7);
    let days = d + e + 114;
    let shift = y.div_euclid(100) - y.div_euclid(400) - 2;
    let julian = Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8).ok()?;
    julian.checked_add(i64::from(shift).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_their_days() {
        let check = |text: &str, from: &str, to: &str| {
            let (from, to): (Date, Date) = (from.parse().unwrap(), to.parse().unwrap());
            let feast = Feast::parse(text).unwrap_or_else(|| panic!("{text}"));
            let period = feast.period(from.year()).unwrap_or_else(|| panic!("{text} in {}", from.year()));
            assert_eq!((period.from, period.to), (from, to), "{text}");
        };
        let on = |text: &str, day: &str| check(text, day, day);
        on("easter", "2024-03-31");
        on("easter +1", "2025-04-21");
        on("easter -2", "2000-04-21");
        on("orthodox", "2024-05-05");
        on("8-15", "2023-08-15");
        on("4 4 11", "2024-11-28");
        on("-1 1 5", "2024-05-27");
        on("4 4 11 +1", "2024-11-29");
        on("4-27 7:-1", "2025-04-26");
        on("hebrew 7-15", "2024-04-23");
        on("hebrew 6-14", "2024-03-24");
        on("hebrew 1-10", "1973-10-06");
        check("hebrew 1-1 -1 x3", "2023-09-15", "2023-09-17");
        on("islamic 12-10", "2024-06-16");
        check("islamic 9", "2024-03-11", "2024-04-09");
        check("islamic 9", "2030-01-05", "2030-02-03");
        check("islamic 9", "2000-11-27", "2000-12-26");
        on("islamic 12-10", "1974-01-04");
        on("chinese 1-1", "2024-02-10");
        on("chinese 8-15", "2020-10-01");
        on("every 2018-08-17", "2022-08-16");
        on("sun 9 +1", "2018-01-15");
        for broken in ["someday", "hindu 7-30", "easter x0", "sun 12", "4 9 11", "12-25 then"] {
            assert_eq!(Feast::parse(broken), None, "{broken}");
        }
    }
}
