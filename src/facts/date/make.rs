//! What the parts of a pattern mean together.

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::calendar::{Part, Period};
use super::feast::Feast;
use super::when::{Item, Recurring, Shift, When, century_of, decade, full_year};
use crate::facts::duration::{Length, Unit};

/// What a word, or several, mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    Nothing,
    Month(i8),
    Weekday(Weekday),
    Season(i32),
    Unit(Unit),
    Shift(Shift),
    Offset(i64),
    Part(Part),
    Number(f64),
    Some,
    Place(i64),
    Year(i16),
    /// Two digits that are a year.
    ShortYear(i16),
    /// Day, month and perhaps year in digits; a month and year have no day.
    Numeric {
        year: Option<i16>,
        month: i8,
        day: Option<i8>,
    },
    Decade(i16),
    Century(i64),
    Feast(Feast),
    Recurring(Recurring),
    Length(Length),
    When(When),
    Fact(Said),
}

/// A fact before its days are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    Length(Length),
    Date(Bound, When),
}

/// How something stands to a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    In,
    /// Only where nothing else is said.
    Alone,
    About,
    /// Its end included.
    By,
    /// Up to the day before.
    Before,
    From,
    /// From the day after.
    After,
    Until,
}

/// A way to make a meaning of parts; `dates.toml` names it in `by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Maker {
    /// The only part, as it is.
    Same,
    Count,
    DayNumber,
    Length,
    LengthAndFraction,
    LengthSum,
    HourAndMinutes,
    OneUnit,
    Age,
    FactAge,
    DayMonth,
    Recurring,
    Half,
    Year,
    YearBeforeChrist,
    Decade,
    CenturyOf,
    CenturyBeforeChrist,
    Within,
    WithinFirst,
    On,
    Shifted,
    ShiftedYear,
    ShiftedMonth,
    ShiftedWeek,
    PresentMonth,
    Stretch,
    Nth,
    NthFromEnd,
    Edge,
    Counted,
    CountedBack,
    Part,
    HalfOf,
    Around,
    AroundOf,
    /// The week that a time lies in.
    AroundWeek,
    /// A day counted from today, or the unit that today is in.
    Present,
    /// "the 5 upcoming years".
    StretchCounted,
    Ago,
    Ahead,
    YearsAgo,
    YearsAhead,
    ShortYear,
    RangeToNow,
    /// Days of the month without a name for it.
    RangeOfDays,
    /// The same in a month that comes after them.
    RangeWithin,
    UntilNow,
    Later,
    Earlier,
    AfterThat,
    BeforeThat,
    ForFrom,
    Range,
    ShortRange,
    Rest,
    /// "The month after Christmas".
    UnitAfter,
    UnitBefore,
    /// "The day before" under another name: "the eve of".
    DayBefore,
    /// "The Friday after next".
    AfterNext,
    /// A season as sports have it, which nobody can tell the days of.
    SomeSeason,
    ThisWeek,
    /// The present unit up to yesterday: "year to date".
    Elapsed,
    Numeric,
    Now,
    FactLength,
    FactIn,
    FactAlone,
    FactAbout,
    FactBy,
    FactBefore,
    FactFrom,
    FactAfter,
    FactUntil,
    FactWithin,
}

impl Maker {
    /// What the parts mean together, or `None` where they make no sense.
    pub fn make(self, parts: &[Meaning]) -> Option<Meaning> {
        match self {
            Maker::Same => match parts {
                [part] => Some(part.clone()),
                [Meaning::Place(n), Meaning::Shift(Shift::Last)] => Some(Meaning::Place(*n)),
                _ => None,
            },
            Maker::Count => count(parts),
            Maker::DayNumber => match parts {
                [Meaning::Number(n)] if n.fract() == 0.0 && (1.0..=31.0).contains(n) => Some(Meaning::Place(*n as i64)),
                [Meaning::Place(n)] if (1..=31).contains(n) => Some(Meaning::Place(*n)),
                _ => None,
            },
            Maker::Length | Maker::LengthAndFraction | Maker::LengthSum | Maker::HourAndMinutes | Maker::OneUnit => {
                self.length(parts).map(Meaning::Length)
            }
            Maker::DayMonth | Maker::Recurring | Maker::Half => self.recurring(parts).map(Meaning::Recurring),
            Maker::FactLength => match parts {
                [Meaning::Length(length)] => Some(Meaning::Fact(Said::Length(*length))),
                _ => None,
            },
            Maker::FactAge => match parts {
                [Meaning::Length(length)] => Some(Meaning::Fact(Said::Length(length.as_age()))),
                _ => None,
            },
            Maker::Age => match parts {
                [Meaning::Length(length)] => Some(Meaning::Length(length.as_age())),
                [Meaning::Number(age)] if (1.0..=130.0).contains(age) => {
                    Some(Meaning::Length(Length::new(*age, Unit::Year).as_age()))
                }
                _ => None,
            },
            Maker::UntilNow => Some(Meaning::Fact(Said::Date(Bound::Until, When::Offset(0)))),
            Maker::FactWithin => match parts {
                [Meaning::Length(length)] => Some(Meaning::Fact(Said::Date(Bound::Until, When::Stretch(1, *length)))),
                _ => None,
            },
            _ => match self.bound() {
                Some(bound) => when_of(parts.first()?).map(|when| Meaning::Fact(Said::Date(bound, when))),
                None => self.when(parts).map(Meaning::When),
            },
        }
    }

    fn bound(self) -> Option<Bound> {
        Some(match self {
            Maker::FactIn => Bound::In,
            Maker::FactAlone => Bound::Alone,
            Maker::FactAbout => Bound::About,
            Maker::FactBy => Bound::By,
            Maker::FactBefore => Bound::Before,
            Maker::FactFrom => Bound::From,
            Maker::FactAfter => Bound::After,
            Maker::FactUntil => Bound::Until,
            _ => return None,
        })
    }

    fn length(self, parts: &[Meaning]) -> Option<Length> {
        match (self, parts) {
            (Maker::Length, [Meaning::Number(count), Meaning::Unit(unit)]) => {
                (*count > 0.0).then(|| Length::new(*count, *unit))
            }
            (Maker::Length, [Meaning::Some, Meaning::Unit(unit)]) => Some(Length::some(*unit)),
            (Maker::Length, [Meaning::Number(share), Meaning::Number(count), Meaning::Unit(unit)]) if *share < 1.0 => {
                Some(Length::new(share * count, *unit))
            }
            (Maker::LengthAndFraction, [Meaning::Number(count), Meaning::Unit(unit), Meaning::Number(share)])
            | (Maker::LengthAndFraction, [Meaning::Number(count), Meaning::Number(share), Meaning::Unit(unit)]) => {
                (*share < 1.0).then(|| Length::new(count + share, *unit))
            }
            (Maker::LengthSum, [Meaning::Length(first), Meaning::Length(rest)]) => {
                (rest.finest < first.finest && !first.vague && !rest.vague).then(|| first.plus(*rest))
            }
            (Maker::HourAndMinutes, [Meaning::Number(hours), Meaning::Unit(Unit::Hour), Meaning::Number(minutes)]) => {
                let fits = minutes.fract() == 0.0 && (1.0..60.0).contains(minutes);
                fits.then(|| Length::new(*hours, Unit::Hour).plus(Length::new(*minutes, Unit::Minute)))
            }
            (Maker::OneUnit, [Meaning::Unit(unit)]) => Some(Length::new(1.0, *unit)),
            _ => None,
        }
    }

    fn recurring(self, parts: &[Meaning]) -> Option<Recurring> {
        match (self, parts) {
            (Maker::DayMonth, [Meaning::Place(day), Meaning::Month(month)])
            | (Maker::DayMonth, [Meaning::Month(month), Meaning::Place(day)]) => day_of_month(*day, *month),
            (Maker::DayMonth, [Meaning::Place(day), Meaning::Unit(Unit::Day)]) => {
                Some(Recurring::DayOfMonth(*day as i8))
            }
            (Maker::DayMonth, [Meaning::Place(day), Meaning::Unit(Unit::Day), Meaning::Month(month)]) => {
                day_of_month(*day, *month)
            }
            (Maker::DayMonth, [Meaning::Place(day)]) => Some(Recurring::DayOfMonth(*day as i8)),
            (Maker::DayMonth, [Meaning::Numeric { year: None, month, day: Some(day) }]) => {
                day_of_month((*day).into(), *month)
            }
            (Maker::Recurring, [Meaning::Numeric { year: None, month, day: Some(day) }]) => {
                day_of_month((*day).into(), *month)
            }
            (Maker::Recurring, [Meaning::Month(month)]) => Some(Recurring::Month(*month)),
            (Maker::Recurring, [Meaning::Unit(Unit::Month), Meaning::Month(month)]) => Some(Recurring::Month(*month)),
            (Maker::Recurring, [Meaning::Season(season)]) => Some(Recurring::Season(*season)),
            (Maker::Recurring, [Meaning::Feast(feast)]) => Some(Recurring::Feast(*feast)),
            (Maker::Recurring, [Meaning::Weekday(weekday)]) => Some(Recurring::Weekday(*weekday)),
            (Maker::Recurring, [Meaning::Unit(Unit::Weekend)]) => Some(Recurring::Weekend),
            (Maker::Recurring, [Meaning::Recurring(recurring)]) => Some(*recurring),
            (Maker::Recurring, [Meaning::Unit(Unit::Week), Meaning::Number(n)]) => {
                (n.fract() == 0.0 && (1.0..=53.0).contains(n)).then_some(Recurring::Week(*n as i64))
            }
            (Maker::Recurring | Maker::Half, [Meaning::Place(n), Meaning::Unit(unit)]) => {
                let n = i32::try_from(*n).ok()?;
                match unit {
                    Unit::Quarter if (1..=4).contains(&n) => Some(Recurring::Quarter(n)),
                    Unit::Half if (1..=2).contains(&n) => Some(Recurring::Half(n)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn when(self, parts: &[Meaning]) -> Option<When> {
        match (self, parts) {
            (Maker::Numeric, [Meaning::Numeric { year: Some(year), month, day }]) => match day {
                Some(day) => Some(When::Fixed(Period::day(Date::new(*year, *month, *day).ok()?))),
                None => Period::months(*year, (*month).into(), 1, crate::facts::Precision::Month).map(When::Fixed),
            },
            (Maker::Year, [Meaning::Year(year) | Meaning::ShortYear(year)]) => {
                Period::year(full_year(*year)).map(When::Fixed)
            }
            (Maker::Year, [Meaning::Number(n)]) if n.fract() == 0.0 && (1.0..=2200.0).contains(n) => {
                Period::year(*n as i16).map(When::Fixed)
            }
            (Maker::Year, [Meaning::Place(n)]) if (32..=99).contains(n) => {
                Period::year(full_year(*n as i16)).map(When::Fixed)
            }
            (Maker::YearBeforeChrist, [Meaning::Number(n)]) if n.fract() == 0.0 && (1.0..=9000.0).contains(n) => {
                Period::year(1 - *n as i16).map(When::Fixed)
            }
            (Maker::YearBeforeChrist, [Meaning::Year(n)]) => Period::year(1 - *n).map(When::Fixed),
            (Maker::Decade, [Meaning::Decade(first) | Meaning::Year(first) | Meaning::ShortYear(first)]) => {
                decade(*first).map(When::Fixed)
            }
            (Maker::Decade, [Meaning::Number(n)]) if n.fract() == 0.0 && (10.0..=2190.0).contains(n) => {
                decade(*n as i16).map(When::Fixed)
            }
            (Maker::CenturyOf, [Meaning::Century(n)]) => century_of(*n, false),
            (Maker::CenturyOf, [Meaning::Place(n), Meaning::Unit(Unit::Century)])
            | (Maker::CenturyOf, [Meaning::Unit(Unit::Century), Meaning::Place(n)]) => century_of(*n, false),
            (Maker::CenturyBeforeChrist, [Meaning::Place(n), Meaning::Unit(Unit::Century)])
            | (Maker::CenturyBeforeChrist, [Meaning::Unit(Unit::Century), Meaning::Place(n)]) => century_of(*n, true),
            (Maker::Within, [inner, outer]) => within(when_of(inner)?, when_of(outer)?),
            (Maker::WithinFirst, [outer, inner]) => within(when_of(inner)?, when_of(outer)?),
            (Maker::On, [Meaning::Weekday(weekday), inner]) | (Maker::On, [inner, Meaning::Weekday(weekday)]) => {
                Some(on(*weekday, when_of(inner)?))
            }
            (Maker::On, [Meaning::Shift(shift), Meaning::Weekday(weekday), inner]) => match when_of(inner)? {
                When::Recurring(inner) => Some(on(*weekday, When::Shifted(*shift, inner))),
                inner => Some(on(*weekday, inner)),
            },
            (Maker::Shifted, [Meaning::Shift(shift), what]) | (Maker::Shifted, [what, Meaning::Shift(shift)]) => {
                shifted(*shift, what)
            }
            (Maker::ShiftedYear, parts) => shifted_unit(parts, |unit| unit == Unit::Year),
            (Maker::ShiftedMonth, parts) => shifted_unit(parts, |unit| unit == Unit::Month),
            (Maker::ShiftedWeek, parts) => {
                shifted_unit(parts, |unit| (Unit::Weekend..=Unit::Fortnight).contains(&unit))
            }
            (Maker::PresentMonth, [Meaning::Unit(Unit::Month)]) => Some(When::Whole(0, Unit::Month)),
            (Maker::Stretch, [Meaning::When(when)]) => Some(when.clone()),
            (Maker::Stretch, parts) => stretch(parts),
            (Maker::Nth | Maker::NthFromEnd, _) => nth(parts, self == Maker::NthFromEnd),
            (Maker::Edge, [Meaning::Place(n @ (1 | -1)), Meaning::Length(length), of]) => {
                Some(When::Edge(*n < 0, *length, Box::new(when_of(of)?)))
            }
            (Maker::Counted | Maker::CountedBack, [Meaning::Number(n), Meaning::Weekday(weekday), base @ ..]) => {
                counted(*n as i64, *weekday, base, self == Maker::CountedBack)
            }
            (Maker::Counted | Maker::CountedBack, [Meaning::Place(n), Meaning::Weekday(weekday), base @ ..]) => {
                counted(*n, *weekday, base, self == Maker::CountedBack)
            }
            (Maker::Part, [Meaning::Part(part), Meaning::Unit(unit)]) => {
                Some(When::Part(*part, Box::new(When::Whole(0, *unit))))
            }
            (Maker::Part, [Meaning::Part(part), whole]) => Some(When::Part(*part, Box::new(when_of(whole)?))),
            (Maker::HalfOf, [Meaning::Place(n @ (1 | 2 | -1)), whole]) => half_of(*n != 1, whole),
            (Maker::Around, [Meaning::Unit(unit), inner]) => Some(When::Around(*unit, Box::new(when_of(inner)?))),
            (Maker::AroundOf, [inner, Meaning::Unit(unit)]) => Some(When::Around(*unit, Box::new(when_of(inner)?))),
            (Maker::AroundWeek, [inner]) => {
                let day = match when_of(inner)? {
                    When::Away(sign, length, None) => When::Away(sign, length, Some(Box::new(When::Offset(0)))),
                    day => day,
                };
                Some(When::Around(Unit::Week, Box::new(day)))
            }
            (Maker::Present, [part @ (Meaning::Offset(_) | Meaning::Unit(_))]) => when_of(part),
            (Maker::StretchCounted, [Meaning::Number(count), Meaning::Shift(shift), Meaning::Unit(unit)])
                if *count < 1000.0 =>
            {
                stretch(&[Meaning::Shift(*shift), Meaning::Length(Length::new(*count, *unit))])
            }
            (Maker::StretchCounted, [Meaning::Some, Meaning::Shift(shift), Meaning::Unit(unit)]) => {
                stretch(&[Meaning::Shift(*shift), Meaning::Length(Length::some(*unit))])
            }
            (Maker::Ago, [Meaning::Length(length)]) => away(-1, *length, None),
            (Maker::Ahead, [Meaning::Length(length)]) => away(1, *length, None),
            (Maker::YearsAgo, [Meaning::Length(length)]) if length.in_years() => away(-1, *length, None),
            (Maker::YearsAhead, [Meaning::Length(length)]) if length.in_years() => away(1, *length, None),
            (Maker::ShortYear, [Meaning::ShortYear(year)]) => Period::year(full_year(*year)).map(When::Fixed),
            (Maker::ShortYear, [Meaning::Place(year @ 0..=99)]) => {
                Period::year(full_year(*year as i16)).map(When::Fixed)
            }
            (Maker::RangeOfDays, [from, to]) => Some(When::Range(Box::new(when_of(from)?), Box::new(when_of(to)?))),
            (Maker::RangeWithin, [from, to, month]) => {
                let days = When::Range(Box::new(when_of(from)?), Box::new(when_of(to)?));
                within(days, when_of(month)?)
            }
            (Maker::RangeToNow, [from]) => range(when_of(from)?, When::Offset(0)),
            (Maker::Later, [Meaning::Length(length)]) => later(1, *length),
            (Maker::Earlier, [Meaning::Length(length)]) => later(-1, *length),
            (Maker::AfterThat, [Meaning::Length(length), base]) => away(1, *length, Some(when_of(base)?)),
            (Maker::BeforeThat, [Meaning::Length(length), base]) => away(-1, *length, Some(when_of(base)?)),
            (Maker::ForFrom, [Meaning::Length(length), base]) => {
                (length.finest >= Unit::Day).then_some(When::For(*length, Box::new(when_of(base)?)))
            }
            (Maker::Range, [from, to]) => range(when_of(from)?, when_of(to)?),
            (Maker::ShortRange, [Meaning::Year(from), Meaning::Place(to)]) => {
                let to = from / 100 * 100 + i16::try_from(*to).ok()?;
                range(When::Fixed(Period::year(*from)?), When::Fixed(Period::year(to)?))
                    .filter(|_| (1..=15).contains(&(to - from)))
            }
            (Maker::Rest, [Meaning::Unit(unit)]) => (*unit > Unit::Day).then_some(When::Rest(*unit)),
            (Maker::UnitAfter, [Meaning::Unit(unit), base]) => next_to(*unit, 1, base),
            (Maker::UnitBefore, [Meaning::Unit(unit), base]) => next_to(*unit, -1, base),
            (Maker::DayBefore, [base]) => next_to(Unit::Day, -1, base),
            (Maker::AfterNext, [Meaning::Unit(unit), Meaning::Shift(Shift::Next)]) => {
                (*unit > Unit::BusinessDay).then_some(When::Whole(2, *unit))
            }
            (Maker::AfterNext, [Meaning::Weekday(weekday), Meaning::Shift(Shift::Next)]) => {
                counted(2, *weekday, &[], false)
            }
            (Maker::SomeSeason, [Meaning::Shift(_)]) => Some(When::SomeSeason),
            (Maker::Elapsed, [Meaning::Unit(unit)]) => (*unit > Unit::BusinessDay).then_some(When::Elapsed(*unit)),
            (Maker::ThisWeek, []) => Some(When::Whole(0, Unit::Week)),
            (Maker::Now, []) => Some(When::Offset(0)),
            _ => None,
        }
    }
}

/// The time that a part means by itself.
fn when_of(part: &Meaning) -> Option<When> {
    match part {
        Meaning::When(when) => Some(when.clone()),
        Meaning::Recurring(recurring) => Some(When::recurring(*recurring)),
        Meaning::Month(month) => Some(When::recurring(Recurring::Month(*month))),
        Meaning::Weekday(weekday) => Some(When::recurring(Recurring::Weekday(*weekday))),
        Meaning::Place(n) if (1..=31).contains(n) => Some(When::recurring(Recurring::DayOfMonth(*n as i8))),
        Meaning::Offset(days) => Some(When::Offset(*days)),
        Meaning::Unit(unit) => Some(When::Whole(0, *unit)),
        Meaning::Year(year) | Meaning::ShortYear(year) => Period::year(full_year(*year)).map(When::Fixed),
        Meaning::Numeric { year: None, month, day: Some(day) } => {
            day_of_month((*day).into(), *month).map(When::recurring)
        }
        _ => None,
    }
}

fn count(parts: &[Meaning]) -> Option<Meaning> {
    match parts {
        [Meaning::Number(n)] if *n > 0.0 => Some(Meaning::Number(*n)),
        [Meaning::Number(n), Meaning::Number(share)] if *share < 1.0 && *n >= 1.0 => Some(Meaning::Number(n + share)),
        [Meaning::Some] => Some(Meaning::Some),
        _ => None,
    }
}

fn day_of_month(day: i64, month: i8) -> Option<Recurring> {
    // A leap year has every day that there is.
    let day = i8::try_from(day).ok()?;
    Date::new(2000, month, day).ok().map(|_| Recurring::Day { month, day })
}

/// `inner` in `outer`, where the one can lie in the other.
fn within(inner: When, outer: When) -> Option<When> {
    let fits = inner.precision() < outer.precision() && !inner.is_anchored();
    fits.then(|| When::In(Box::new(inner), Box::new(outer)))
}

fn on(weekday: Weekday, inner: When) -> When {
    match inner {
        When::In(inner, outer) => When::In(Box::new(When::On(weekday, inner)), outer),
        inner => When::On(weekday, Box::new(inner)),
    }
}

fn shifted_unit(parts: &[Meaning], fits: fn(Unit) -> bool) -> Option<When> {
    match parts {
        [Meaning::Shift(shift), Meaning::Unit(unit)] | [Meaning::Unit(unit), Meaning::Shift(shift)] => {
            fits(*unit).then(|| When::Whole(steps(*shift), *unit))
        }
        _ => None,
    }
}

fn steps(shift: Shift) -> i32 {
    match shift {
        Shift::Last => -1,
        Shift::This => 0,
        Shift::Next | Shift::Coming => 1,
    }
}

fn shifted(shift: Shift, what: &Meaning) -> Option<When> {
    match what {
        Meaning::Unit(Unit::BusinessDay | Unit::Second | Unit::Minute | Unit::Hour) => None,
        Meaning::Unit(unit) => Some(When::Whole(steps(shift), *unit)),
        what => match when_of(what)? {
            When::Recurring(recurring) => Some(When::Shifted(shift, recurring)),
            When::On(weekday, inner) => Some(When::On(weekday, inner)),
            _ => None,
        },
    }
}

/// "gli ultimi tre mesi", "i tre mesi scorsi", "the 5 upcoming years"; without a count, nobody knows how many.
fn stretch(parts: &[Meaning]) -> Option<When> {
    let mut shift = None;
    let mut length = None;
    for part in parts {
        match part {
            Meaning::Shift(s) => shift = Some(*s),
            Meaning::Length(l) => length = Some(*l),
            Meaning::Unit(unit) => length = Some(Length::some(*unit)),
            Meaning::Place(-1) => shift = Some(Shift::Last),
            _ => return None,
        }
    }
    let length = length.filter(|l| l.finest >= Unit::Day)?;
    match shift? {
        Shift::Last => Some(When::Stretch(-1, length)),
        Shift::Next | Shift::Coming => Some(When::Stretch(1, length)),
        Shift::This => None,
    }
}

fn nth(parts: &[Meaning], from_end: bool) -> Option<When> {
    let [Meaning::Place(n), what, of @ ..] = parts else { return None };
    let n = if from_end { -n } else { *n };
    let item = match what {
        Meaning::Weekday(weekday) => Item::Weekday(*weekday),
        Meaning::Unit(unit) if *unit >= Unit::Day && *unit <= Unit::Decade => Item::Unit(*unit),
        _ => return None,
    };
    let of = match of {
        [] if matches!(item, Item::Weekday(_)) => None,
        [of] => Some(when_of(of)?),
        _ => return None,
    };
    if let (Item::Unit(unit), Some(of)) = (item, &of)
        && unit.precision() >= of.precision()
    {
        return None;
    }
    (n != 0 && n.abs() < 400).then(|| When::Nth(n, item, of.map(Box::new)))
}

fn counted(n: i64, weekday: Weekday, base: &[Meaning], back: bool) -> Option<When> {
    let base = match base {
        [] => None,
        [base] => Some(Box::new(when_of(base)?)),
        _ => return None,
    };
    (1..=500).contains(&n).then(|| When::Counted(if back { -n } else { n }, weekday, base))
}

/// "La prima metà del 2024" is a half year as the calendar has it; of anything else it is half of the days.
fn half_of(second: bool, whole: &Meaning) -> Option<When> {
    match when_of(whole)? {
        When::Recurring(Recurring::Weekday(_) | Recurring::Day { .. } | Recurring::Feast(_)) => None,
        whole => Some(When::HalfOf(second, Box::new(whole))),
    }
}

fn away(sign: i64, length: Length, base: Option<When>) -> Option<When> {
    (length.finest >= Unit::Day).then(|| When::Away(sign, length, base.map(Box::new)))
}

/// The unit before or after the one that a time lies in; it has to say as finely as the unit does.
fn next_to(unit: Unit, steps: i32, base: &Meaning) -> Option<When> {
    let base = when_of(base)?;
    let fits = unit >= Unit::Day && unit != Unit::BusinessDay && base.precision() <= unit.precision();
    fits.then(|| When::NextTo(unit, steps, Box::new(base)))
}

fn later(sign: i64, length: Length) -> Option<When> {
    (length.finest >= Unit::Day).then_some(When::Later(sign, length))
}

fn range(from: When, to: When) -> Option<When> {
    let is_range = |when: &When| matches!(when, When::Range(..) | When::Stretch(..));
    let is_number = |when: &When| matches!(when, When::Recurring(Recurring::DayOfMonth(_)));
    let fits = !(is_range(&from) || is_range(&to) || is_number(&from) && is_number(&to));
    fits.then(|| When::Range(Box::new(from), Box::new(to)))
}
