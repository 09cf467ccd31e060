//! What words say about a time, and the days that it is.
//!
//! "Il primo venerdì di giugno" says a rule; which day it is depends on the day that the text was written, on whether
//! it speaks of the past or the future, and on the rest ("del 2019"). [`When`] keeps the rule, [`When::resolve`]
//! finds the days.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar::{Part, Period, century, first_of_month, iso_week, monday_of, unit_at};
use super::feast::Feast;
use crate::facts::Precision;
use crate::facts::duration::{Length, Unit};

/// What is known where a date stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The day that the text was written.
    pub reference: Option<Date>,
    /// The last day that the text named before.
    pub previous: Option<Date>,
    /// Whether the sentence speaks of the past or the future.
    pub tense: Tense,
}

/// The time a sentence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How far from the present one something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    Last,
    This,
    Next,
    /// The first that comes, be it in this week or year.
    Coming,
}

/// A time that comes again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Recurring {
    Day { month: i8, day: i8 },
    Month(i8),
    Season(i32),
    Quarter(i32),
    Half(i32),
    Feast(Feast),
    Week(i64),
    DayOfMonth(i8),
    Weekday(Weekday),
    Weekend,
}

/// What is counted off within a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item {
    Weekday(Weekday),
    Unit(Unit),
}

/// What words say about a time.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When {
    /// Days that need no more.
    Fixed(Period),
    /// Days from today.
    Offset(i64),
    /// "marzo", "venerdì": one of many.
    Recurring(Recurring),
    /// "marzo scorso".
    Shifted(Shift, Recurring),
    /// "la settimana scorsa": whole units from the present one.
    Whole(i32, Unit),
    /// "gli ultimi tre mesi", up to yesterday or from tomorrow on.
    Stretch(i64, Length),
    /// "il 12" in "del mese prossimo".
    In(Box<When>, Box<When>),
    /// "venerdì" with a date that must fall on it.
    On(Weekday, Box<When>),
    /// "il terzo martedì di maggio"; counted from the end where negative.
    Nth(i64, Item, Option<Box<When>>),
    /// "i primi tre mesi del 2024", or the last.
    Edge(bool, Length, Box<When>),
    /// "il terzo martedì dopo Natale"; before it where negative.
    Counted(i64, Weekday, Option<Box<When>>),
    /// "inizio 2024".
    Part(Part, Box<When>),
    /// "la seconda metà del 2024".
    HalfOf(bool, Box<When>),
    /// "la settimana del 4 marzo".
    Around(Unit, Box<When>),
    /// "tre anni fa", "due giorni dopo Pasqua".
    Away(i64, Length, Option<Box<When>>),
    /// "tre giorni dopo": counted from what was told before.
    Later(i64, Length),
    /// "per tre giorni da lunedì".
    For(Length, Box<When>),
    /// "dal 3 al 12".
    Range(Box<When>, Box<When>),
    /// "il resto dell'anno".
    Rest(Unit),
    /// "il mese dopo Natale": whole units from the one that a time lies in.
    NextTo(Unit, i32, Box<When>),
    /// "year to date": the present unit up to yesterday.
    Elapsed(Unit),
    /// "la scorsa stagione", whose days depend on what it is the season of.
    SomeSeason,
}

/// The time after which something comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cycle {
    Week,
    Month,
    Year,
}

impl Recurring {
    fn cycle(self) -> Cycle {
        match self {
            Recurring::Weekday(_) | Recurring::Weekend => Cycle::Week,
            Recurring::DayOfMonth(_) => Cycle::Month,
            _ => Cycle::Year,
        }
    }

    fn precision(self) -> Precision {
        match self {
            Recurring::Day { .. } | Recurring::Feast(_) | Recurring::DayOfMonth(_) | Recurring::Weekday(_) => {
                Precision::Day
            }
            Recurring::Month(_) => Precision::Month,
            Recurring::Season(_) => Precision::Season,
            Recurring::Quarter(_) => Precision::Quarter,
            Recurring::Half(_) => Precision::Half,
            Recurring::Week(_) | Recurring::Weekend => Precision::Week,
        }
    }

    /// Its days in the year, month or week that is `steps` after that of `day`, if it has any there.
    fn at(self, day: Date, steps: i32) -> Option<Period> {
        let year = i16::try_from(i32::from(day.year()) + steps).ok();
        match self {
            Recurring::Day { month, day } => Some(Period::day(Date::new(year?, month, day).ok()?)),
            Recurring::Month(month) => Period::months(year?, month.into(), 1, Precision::Month),
            // Spring begins with March, as meteorologists have it.
            Recurring::Season(season) => Period::months(year?, season * 3, 3, Precision::Season),
            Recurring::Quarter(quarter) => Period::months(year?, quarter * 3 - 2, 3, Precision::Quarter),
            Recurring::Half(half) => Period::months(year?, half * 6 - 5, 6, Precision::Half),
            Recurring::Feast(feast) => feast.period(year?),
            Recurring::Week(week) => unit_at(Unit::Week, iso_week(year?, week)?, 0),
            Recurring::DayOfMonth(number) => {
                let first = first_of_month(day.year(), i32::from(day.month()) + steps)?;
                Some(Period::day(Date::new(first.year(), first.month(), number).ok()?))
            }
            Recurring::Weekday(weekday) => {
                let days = i64::from(steps) * 7 + i64::from(weekday.to_monday_zero_offset());
                Some(Period::day(monday_of(day)?.checked_add(days.days()).ok()?))
            }
            Recurring::Weekend => unit_at(Unit::Weekend, day, steps),
        }
    }

    /// The one that is meant: within a period if there is one, else by the present day and the tense.
    fn choose(self, context: &Context, within: Option<&Period>, on: Option<Weekday>) -> Option<Period> {
        const FAR: i32 = 12;
        let fits = |p: &Period| on.is_none_or(|weekday| p.from.weekday() == weekday);
        if let Some(within) = within {
            let inside = |p: &Period| within.from <= p.from && p.from <= within.to;
            let inside: Vec<Period> = (-1..FAR).filter_map(|s| self.at(within.from, s)).filter(inside).collect();
            return inside.iter().find(|p| fits(p)).or(inside.first()).copied();
        }
        let today = context.reference?;
        if let Recurring::Week(_) = self {
            return self.at(today, 0);
        }
        if let Some(weekday) = on {
            return self.nearest_on(weekday, today).or_else(|| self.choose(context, within, None));
        }
        let current = (-1..=1).filter_map(|steps| self.at(today, steps)).find(|p| p.from < today && today <= p.to);
        if current.is_some() {
            return current;
        }
        if context.tense == Tense::Past {
            return (-FAR..=1).rev().filter_map(|steps| self.at(today, steps)).find(|p| p.from <= today);
        }
        if context.tense == Tense::Unknown {
            let distance = |p: &Period| (p.from.duration_since(today).as_hours() / 24).abs();
            return (-1..=1).filter_map(|steps| self.at(today, steps)).min_by_key(distance);
        }
        let today_counts = !matches!(self, Recurring::Weekday(_));
        let comes = |p: &Period| p.from > today || today_counts && p.from == today;
        (-1..FAR).filter_map(|steps| self.at(today, steps)).find(comes)
    }

    /// The one nearest to today that falls on a day of the week, unless that is long ago or far away: then the text
    /// errs.
    fn nearest_on(self, weekday: Weekday, today: Date) -> Option<Period> {
        const FAR: i64 = 550;
        let distance = |p: &Period| (p.from.duration_since(today).as_hours() / 24).abs();
        let periods = (-20..=20).filter_map(|steps| self.at(today, steps)).filter(|p| p.from.weekday() == weekday);
        periods.filter(|p| distance(p) <= FAR).min_by_key(distance)
    }

    fn shifted(self, shift: Shift, today: Date) -> Option<Period> {
        let weekly = self.cycle() == Cycle::Week;
        match shift {
            Shift::This => {
                let current = (-1..=1).filter_map(|s| self.at(today, s)).find(|p| p.from <= today && today <= p.to);
                current.or_else(|| self.at(today, 0))
            }
            Shift::Last if weekly => self.at(today, -1),
            Shift::Next if weekly => self.at(today, 1),
            Shift::Last => (-9..=0).rev().filter_map(|steps| self.at(today, steps)).find(|p| p.to < today),
            Shift::Next | Shift::Coming => (0..9).filter_map(|steps| self.at(today, steps)).find(|p| p.from > today),
        }
    }
}

impl When {
    /// A recurring time.
    pub fn recurring(recurring: Recurring) -> Self {
        When::Recurring(recurring)
    }

    /// How finely it is told.
    pub fn precision(&self) -> Precision {
        match self {
            When::Fixed(period) => period.precision,
            When::Offset(_) | When::On(..) | When::Counted(..) => Precision::Day,
            When::Recurring(recurring) | When::Shifted(_, recurring) => recurring.precision(),
            When::Whole(_, unit) | When::Around(unit, _) | When::Nth(_, Item::Unit(unit), _) => unit.precision(),
            When::Nth(_, Item::Weekday(_), _) => Precision::Day,
            When::Stretch(_, length) | When::Edge(_, length, _) | When::Away(_, length, None) => {
                length.finest.precision()
            }
            When::Later(_, length) => length.finest.precision(),
            When::NextTo(unit, ..) => unit.precision(),
            When::Away(_, _, Some(_)) | When::For(..) | When::Rest(_) | When::Elapsed(_) => Precision::Day,
            When::SomeSeason => Precision::Season,
            When::In(inner, _) => inner.precision(),
            When::Part(_, whole) | When::HalfOf(_, whole) => match whole.precision() {
                Precision::Month => Precision::Week,
                Precision::Year => Precision::Quarter,
                Precision::Decade => Precision::Year,
                Precision::Century => Precision::Decade,
                precision => precision,
            },
            When::Range(from, to) => from.precision().min(to.precision()),
        }
    }

    /// Whether it says itself which of many it is.
    pub fn is_anchored(&self) -> bool {
        self.cycle().is_none()
    }

    /// What it comes again after, where it does not say which one it is.
    fn cycle(&self) -> Option<Cycle> {
        match self {
            When::Recurring(recurring) => Some(recurring.cycle()),
            When::On(_, when)
            | When::Part(_, when)
            | When::HalfOf(_, when)
            | When::Around(_, when)
            | When::NextTo(_, _, when) => when.cycle(),
            When::Nth(_, _, Some(of)) => of.cycle(),
            When::Range(from, to) => from.cycle().min(to.cycle()),
            _ => None,
        }
    }

    /// The days that are meant, or `None` where that cannot be known. They lie in `within`, if it is given.
    pub fn resolve(&self, context: &Context, within: Option<&Period>) -> Option<Period> {
        let today = context.reference;
        match self {
            When::Fixed(period) => Some(*period),
            When::Offset(days) => Some(Period::day(today?.checked_add(days.days()).ok()?)),
            When::Recurring(recurring) => recurring.choose(context, within, None),
            When::Shifted(shift, recurring) => recurring.shifted(*shift, today?),
            When::Whole(steps, unit) => unit_at(*unit, today?, *steps),
            When::Stretch(sign, length) => {
                let (near, far) = (today?.checked_add(sign.days()).ok()?, length.from(today?, *sign)?);
                Period::new(near.min(far), near.max(far), length.finest.precision())
            }
            When::In(inner, outer) => inner.resolve(context, Some(&outer.resolve(context, within)?)),
            When::On(weekday, inner) => match inner.as_ref() {
                When::Recurring(recurring) => recurring.choose(context, within, Some(*weekday)),
                inner => inner.resolve(context, within),
            },
            When::Nth(n, item, of) => nth(*n, *item, &period_of(of.as_deref(), context, within)?),
            When::Edge(last, length, of) => {
                let of = of.resolve(context, within)?;
                if *last {
                    Period::new(length.from(of.to.tomorrow().ok()?, -1)?, of.to, length.finest.precision())
                } else {
                    Period::new(of.from, length.from(of.from, 1)?.yesterday().ok()?, length.finest.precision())
                }
            }
            When::Counted(n, weekday, base) => {
                let base = match base {
                    Some(base) => base.resolve(context, within)?.from,
                    None => today?,
                };
                Some(Period::day(base.nth_weekday(i32::try_from(*n).ok()?, *weekday).ok()?))
            }
            When::Part(part, whole) => whole.resolve(context, within)?.third(*part),
            When::HalfOf(second, whole) => whole.resolve(context, within)?.half(*second),
            When::Around(unit, inner) => unit_at(*unit, inner.resolve(context, within)?.from, 0),
            When::Away(sign, length, None) => away(today?, *sign, *length),
            When::Away(sign, length, Some(base)) => {
                let base = base.resolve(context, within)?;
                if base.precision == Precision::Year && length.in_years() {
                    return unit_at(Unit::Year, length.from(base.from, *sign)?, 0);
                }
                Some(Period::day(length.from(base.from, *sign)?))
            }
            When::Later(sign, length) => later(context, *sign, *length),
            When::For(length, from) => {
                let from = from.resolve(context, within)?.from;
                Period::new(from, length.from(from, 1)?.yesterday().ok()?, Precision::Day)
            }
            When::Range(from, to) => range(from, to, context, within),
            When::NextTo(unit, steps, base) => unit_at(*unit, base.resolve(context, within)?.from, *steps),
            When::Elapsed(unit) => {
                let whole = unit_at(*unit, today?, 0)?;
                Period::new(whole.from, today?.yesterday().ok()?, Precision::Day)
            }
            When::SomeSeason => None,
            When::Rest(unit) => {
                let whole = unit_at(*unit, today?, 0)?;
                Period::new(today?, whole.to, Precision::Day)
            }
        }
    }
}

impl When {
    /// What it means as an end of a range, where the middle of a period is one day.
    fn bound(&self, context: &Context, within: Option<&Period>) -> Option<Period> {
        match self {
            When::Part(Part::Middle, whole) => {
                let whole = whole.resolve(context, within)?;
                Some(Period::day(whole.from.checked_add((whole.length() / 2).days()).ok()?))
            }
            when => when.resolve(context, within),
        }
    }
}

/// The period that something is counted off in; with none said, the present month.
fn period_of(of: Option<&When>, context: &Context, within: Option<&Period>) -> Option<Period> {
    match of {
        Some(of) => of.resolve(context, within),
        None => within.copied().or_else(|| unit_at(Unit::Month, context.reference?, 0)),
    }
}

/// The `n`th item of a period; weeks are those of ISO 8601: a week belongs where its Thursday does.
fn nth(n: i64, item: Item, of: &Period) -> Option<Period> {
    let count = |unit: Unit, first: Date, last: Date| {
        let steps = if n > 0 { n - 1 } else { n + 1 };
        let period = unit_at(unit, if n > 0 { first } else { last }, i32::try_from(steps).ok()?)?;
        (of.from <= period.from && period.to <= of.to).then_some(period)
    };
    match item {
        Item::Weekday(weekday) => {
            let edge = if n > 0 { of.from.yesterday() } else { of.to.tomorrow() }.ok()?;
            let day = edge.nth_weekday(i32::try_from(n).ok()?, weekday).ok()?;
            (of.from <= day && day <= of.to).then_some(Period::day(day))
        }
        Item::Unit(Unit::Week | Unit::WorkingWeek) => {
            let thursday = nth(n, Item::Weekday(Weekday::Thursday), of)?;
            unit_at(Unit::Week, thursday.from, 0)
        }
        Item::Unit(Unit::Weekend) => {
            let saturday = nth(n, Item::Weekday(Weekday::Saturday), of)?;
            unit_at(Unit::Weekend, saturday.from, 0)
        }
        Item::Unit(Unit::Fortnight) => {
            let middle = of.from.checked_add(14.days()).ok()?;
            match n {
                1 => Period::new(of.from, middle.yesterday().ok()?, Precision::Week),
                2 | -1 => Period::new(middle, of.to, Precision::Week),
                _ => None,
            }
        }
        Item::Unit(unit) => count(unit, of.from, of.to),
    }
}

/// The day, month or year that is a length away from `today`, as finely as the length is told.
fn away(today: Date, sign: i64, length: Length) -> Option<Period> {
    let day = length.from(today, sign)?;
    match length.finest {
        unit if unit >= Unit::Year => unit_at(Unit::Year, day, 0),
        Unit::Month | Unit::Quarter | Unit::Half => unit_at(Unit::Month, day, 0),
        _ => Some(Period::day(day)),
    }
}

/// What is counted from the day told before, or from today; where the sentence speaks of another time than that, who
/// knows.
fn later(context: &Context, sign: i64, length: Length) -> Option<Period> {
    let found = match context.previous {
        Some(previous) => Period::day(length.from(previous, sign)?),
        None => Period::day(length.from(context.reference?, sign)?),
    };
    let impossible = match (context.tense, context.reference) {
        (Tense::Past, Some(today)) => found.from > today,
        _ => false,
    };
    (!impossible).then_some(found)
}

/// From the one to the other: the end that says less of itself lies next to the other.
fn range(from: &When, to: &When, context: &Context, within: Option<&Period>) -> Option<Period> {
    let near = |day: Date, tense: Tense| Context { reference: Some(day), tense, ..*context };
    let to_first = match (from.cycle(), to.cycle()) {
        (None, Some(_)) => false,
        (Some(from), Some(to)) => from <= to,
        (_, None) => true,
    };
    let (first, last) = if to_first {
        let last = to.bound(context, within)?;
        let context = if from.is_anchored() { *context } else { near(last.from, Tense::Past) };
        (from.bound(&context, None)?, last)
    } else {
        let first = from.bound(context, within)?;
        (first, to.bound(&near(first.to, Tense::Future), None)?)
    };
    Period::new(first.from, last.to, first.precision.min(last.precision))
}

/// The years of a decade: of four digits, or of two, which are of the twentieth century.
pub(super) fn decade(first: i16) -> Option<Period> {
    let first = if first < 100 { 1900 + first } else { first };
    (first % 10 == 0).then(|| Period::years(first, first + 9, Precision::Decade))?
}

/// A century before or after Christ.
pub(super) fn century_of(number: i64, before_christ: bool) -> Option<When> {
    let number = i32::try_from(number).ok().filter(|n| (1..=99).contains(n))?;
    century(if before_christ { 1 - number } else { number }).map(When::Fixed)
}

/// A year as it is written: two digits are of the years about the present one.
pub(super) fn full_year(year: i16) -> i16 {
    match year {
        0..=39 => 2000 + year,
        40..=99 => 1900 + year,
        year => year,
    }
}
