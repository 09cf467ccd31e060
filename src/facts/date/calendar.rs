//! Days of the calendar: periods, feasts, weeks.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::facts::Precision;
use crate::facts::duration::Unit;

/// Days from one to another, both included, and how finely they were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub from: Date,
    pub to: Date,
    pub precision: Precision,
}

impl Period {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { from: day, to: day, precision: Precision::Day }
    }

    /// From the first day to the last, if they are in order.
    pub fn new(from: Date, to: Date, precision: Precision) -> Option<Self> {
        (from <= to).then_some(Self { from, to, precision })
    }

    /// Whole months: `count` of them from month `month` of `year`, which may lie outside 1 to 12.
    pub fn months(year: i16, month: i32, count: i32, precision: Precision) -> Option<Self> {
        let first = first_of_month(year, month)?;
        let to = first_of_month(year, month + count)?.yesterday().ok()?;
        Self::new(first, to, precision)
    }

    /// The year `year`; 0 is 1 BC.
    pub fn year(year: i16) -> Option<Self> {
        Self::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Precision::Year)
    }

    /// The years from one to another.
    pub fn years(from: i16, to: i16, precision: Precision) -> Option<Self> {
        Self::new(Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?, precision)
    }

    /// The number of days.
    pub fn length(&self) -> i64 {
        self.to.duration_since(self.from).as_hours() / 24 + 1
    }

    /// The first, the second or the last third, told more finely than the whole.
    pub fn third(&self, part: Part) -> Option<Self> {
        let precision = match self.precision {
            Precision::Day | Precision::Week => Precision::Day,
            Precision::Month => Precision::Week,
            Precision::Quarter | Precision::Half | Precision::Season => Precision::Month,
            Precision::Year => Precision::Quarter,
            Precision::Decade => Precision::Year,
            Precision::Century => Precision::Decade,
        };
        let months = whole_months(self);
        let bound = |third: i64| match months {
            Some(months) if months % 3 == 0 => self.from.checked_add((months / 3 * third).months()).ok(),
            _ if third == 3 => self.to.tomorrow().ok(),
            _ => self.from.checked_add((self.length() / 3 * third).days()).ok(),
        };
        let (first, last) = match part {
            Part::Start => (0, 1),
            Part::Middle => (1, 2),
            Part::End => (2, 3),
        };
        Self::new(bound(first)?, bound(last)?.yesterday().ok()?, precision)
    }

    /// The first or the second half.
    pub fn half(&self, second: bool) -> Option<Self> {
        let precision = match self.precision {
            Precision::Year => Precision::Half,
            Precision::Month => Precision::Week,
            Precision::Decade => Precision::Year,
            Precision::Century => Precision::Decade,
            finer => finer,
        };
        let middle = match whole_months(self) {
            Some(months) if months % 2 == 0 => self.from.checked_add((months / 2).months()).ok()?,
            _ => self.from.checked_add((self.length() / 2).days()).ok()?,
        };
        if second {
            Self::new(middle, self.to, precision)
        } else {
            Self::new(self.from, middle.yesterday().ok()?, precision)
        }
    }
}

/// A part of a period, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    Middle,
    End,
}

/// The number of months of a period that begins and ends with months.
fn whole_months(period: &Period) -> Option<i64> {
    let after = period.to.tomorrow().ok()?;
    if period.from.day() != 1 || after.day() != 1 {
        return None;
    }
    Some(months_of(after) - months_of(period.from))
}

/// The months from the year 0 to the month of `day`.
fn months_of(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// The first day of month `month` of `year`; month 0 is December of the year before.
pub(super) fn first_of_month(year: i16, month: i32) -> Option<Date> {
    let months = i32::from(year) * 12 + month - 1;
    Date::new(i16::try_from(months.div_euclid(12)).ok()?, (months.rem_euclid(12) + 1) as i8, 1).ok()
}

/// The Monday of the week of `day`.
pub(super) fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

/// The Monday of week `week` of `year`, as ISO 8601 numbers weeks.
pub(super) fn iso_week(year: i16, week: i64) -> Option<Date> {
    monday_of(Date::new(year, 1, 4).ok()?)?.checked_add((week - 1).weeks()).ok()
}

/// The whole unit that is `steps` after that of `day`.
pub(super) fn unit_at(unit: Unit, day: Date, steps: i32) -> Option<Period> {
    let years = |length: i32, precision: Precision| {
        let first = (i32::from(day.year()).div_euclid(length) + steps) * length;
        Period::years(i16::try_from(first).ok()?, i16::try_from(first + length - 1).ok()?, precision)
    };
    let months = |length: i32, precision: Precision| {
        let month = (i32::from(day.month()) - 1) / length * length + 1;
        Period::months(day.year(), month + steps * length, length, precision)
    };
    let week = || monday_of(day)?.checked_add(i64::from(steps).weeks()).ok();
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => {
            Some(Period::day(day.checked_add(i64::from(steps).days()).ok()?))
        }
        Unit::BusinessDay => None,
        Unit::Week => week().and_then(|w| Period::new(w, w.checked_add(6.days()).ok()?, Precision::Week)),
        Unit::WorkingWeek => week().and_then(|w| Period::new(w, w.checked_add(4.days()).ok()?, Precision::Week)),
        Unit::Weekend => week()
            .and_then(|w| Period::new(w.checked_add(5.days()).ok()?, w.checked_add(6.days()).ok()?, Precision::Week)),
        Unit::Fortnight => monday_of(day)?
            .checked_add((i64::from(steps) * 2).weeks())
            .ok()
            .and_then(|w| Period::new(w, w.checked_add(13.days()).ok()?, Precision::Week)),
        Unit::Month => months(1, Precision::Month),
        Unit::Quarter => months(3, Precision::Quarter),
        Unit::Half => months(6, Precision::Half),
        Unit::Year => years(1, Precision::Year),
        Unit::Decade => years(10, Precision::Decade),
        Unit::Century => century(i32::from(day.year() - 1).div_euclid(100) + 1 + steps),
        Unit::Millennium => None,
    }
}

/// The century of that number, from 1; 0 is the first before Christ.
pub(super) fn century(number: i32) -> Option<Period> {
    let last = i16::try_from(number * 100).ok()?;
    Period::years(last - 99, last, Precision::Century)
}

/// When a feast is celebrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    Fixed {
        month: i8,
        day: i8,
    },
    /// Days after Easter Sunday.
    Easter(i64),
    /// Days after Easter Sunday of the Eastern churches.
    Orthodox(i64),
    /// Such a weekday of a month, counted from its end where negative, and days after it.
    Weekday {
        nth: i8,
        weekday: Weekday,
        month: i8,
        after: i64,
    },
}

impl Feast {
    /// A feast as `dates.toml` writes it.
    pub fn parse(text: &str) -> Option<Feast> {
        for (name, feast) in [("easter", Feast::Easter as fn(i64) -> Feast), ("orthodox", Feast::Orthodox)] {
            if let Some(days) = text.strip_prefix(name) {
                return if days.is_empty() { Some(feast(0)) } else { days.parse().ok().map(feast) };
            }
        }
        if let Some((month, day)) = text.split_once('-').filter(|(month, _)| !month.is_empty() && !text.contains(' ')) {
            return Some(Feast::Fixed { month: month.parse().ok()?, day: day.parse().ok()? });
        }
        let mut words = text.split(' ');
        let nth = words.next()?.parse().ok()?;
        let weekday = weekday_of(words.next()?.parse().ok()?)?;
        let month = words.next()?.parse().ok()?;
        let after = words.next().map_or(Some(0), |days| days.parse().ok())?;
        Some(Feast::Weekday { nth, weekday, month, after })
    }

    /// Its day in `year`.
    pub fn day(self, year: i16) -> Option<Date> {
        match self {
            Feast::Fixed { month, day } => Date::new(year, month, day).ok(),
            Feast::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
            Feast::Orthodox(days) => orthodox_easter(year)?.checked_add(days.days()).ok(),
            Feast::Weekday { nth, weekday, month, after } => {
                let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
                day.checked_add(after.days()).ok()
            }
        }
    }
}

/// Monday is 1.
pub(super) fn weekday_of(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
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

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn feasts_fall_on_their_days() {
        let check = |feast: &str, year: i16, expected: &str| {
            let feast = Feast::parse(feast).unwrap_or_else(|| panic!("{feast}"));
            assert_eq!(feast.day(year), Some(day(expected)), "{feast:?}");
        };
        check("easter", 2024, "2024-03-31");
        check("easter+1", 2025, "2025-04-21");
        check("easter-2", 2000, "2000-04-21");
        check("orthodox", 2024, "2024-05-05");
        check("8-15", 2023, "2023-08-15");
        check("4 4 11", 2024, "2024-11-28");
        check("-1 1 5", 2024, "2024-05-27");
        check("4 4 11 1", 2024, "2024-11-29");
        assert_eq!(Feast::parse("someday"), None);
    }

    #[test]
    fn units_hold_the_day_they_are_asked_for() {
        let check = |unit: Unit, steps: i32, from: &str, to: &str| {
            let period = unit_at(unit, day("2024-05-15"), steps).unwrap_or_else(|| panic!("{unit:?}"));
            assert_eq!((period.from, period.to), (day(from), day(to)), "{unit:?} {steps}");
        };
        check(Unit::Week, 0, "2024-05-13", "2024-05-19");
        check(Unit::Month, -5, "2023-12-01", "2023-12-31");
        check(Unit::Quarter, 1, "2024-07-01", "2024-09-30");
        check(Unit::Half, -1, "2023-07-01", "2023-12-31");
        check(Unit::Decade, 1, "2030-01-01", "2039-12-31");
        check(Unit::Century, -1, "1901-01-01", "2000-12-31");
        assert_eq!(iso_week(2027, 3), Some(day("2027-01-18")));
    }

    #[test]
    fn thirds_and_halves_keep_to_months() {
        let year = Period::year(2024).unwrap();
        assert_eq!(year.third(Part::Start).map(|p| p.to), Some(day("2024-04-30")));
        assert_eq!(year.half(true).map(|p| p.from), Some(day("2024-07-01")));
        let march = Period::months(2024, 3, 1, Precision::Month).unwrap();
        assert_eq!(march.third(Part::End).map(|p| (p.from, p.to)), Some((day("2024-03-21"), day("2024-03-31"))));
    }
}
