//! Days of the calendar: periods, weeks, centuries.

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

/// Monday is 1.
pub(super) fn weekday_of(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
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
