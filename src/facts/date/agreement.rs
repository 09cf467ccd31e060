//! Whether two dates can both be right, and which of them says more.
//!
//! "Entro il 2024" and "nel primo semestre del 2024" are one answer told more or less finely; "nel 2024" and "nel 2026"
//! cannot both hold. Dates are compared as the days that they allow.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::facts::{DateRelation, DateValue, Precision};

impl DateValue {
    /// Whether both ends are unknown: a relative date without a reference, a day without its year.
    pub fn is_unresolved(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether one event can be at both dates: they have a day in common. An unresolved date agrees with none.
    pub fn agrees_with(&self, other: &DateValue) -> bool {
        if self.is_unresolved() || other.is_unresolved() {
            return false;
        }
        let ((a_from, a_to), (b_from, b_to)) = (self.days(), other.days());
        a_from <= b_to && b_from <= a_to
    }

    /// Whether one event cannot be at both dates. An unresolved date contradicts none.
    pub fn contradicts(&self, other: &DateValue) -> bool {
        !self.is_unresolved() && !other.is_unresolved() && !self.agrees_with(other)
    }

    /// Whether this date says more closely than `other` when something is: fewer days, or as many but not roughly.
    pub fn is_finer_than(&self, other: &DateValue) -> bool {
        let rank = |value: &DateValue| (value.width(), value.relation == DateRelation::About, value.precision);
        rank(self) < rank(other)
    }

    /// The first and last day that the date allows; open ends are those of the calendar, rough ones give way a little.
    fn days(&self) -> (Date, Date) {
        let slack = match self.relation {
            DateRelation::About => match self.precision {
                Precision::Day | Precision::Week => 7.days(),
                Precision::Month => 1.month(),
                Precision::Quarter | Precision::Half | Precision::Season => 3.months(),
                Precision::Year => 1.year(),
                Precision::Decade => 5.years(),
                Precision::Century => 50.years(),
            },
            _ => 0.days(),
        };
        let from = self.from.map_or(Date::MIN, |d| d.saturating_sub(slack));
        (from, self.to.map_or(Date::MAX, |d| d.saturating_add(slack)))
    }

    /// The number of days that the date leaves open, the most where it is unresolved.
    fn width(&self) -> i64 {
        if self.is_unresolved() {
            return i64::MAX;
        }
        let from = self.from.unwrap_or(Date::MIN);
        let to = self.to.unwrap_or(Date::MAX);
        to.duration_since(from).as_hours() / 24
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(from: &str, to: &str, precision: Precision, relation: DateRelation) -> DateValue {
        let date = |text: &str| text.parse::<Date>().ok();
        DateValue { from: date(from), to: date(to), precision, relation }
    }

    #[test]
    fn dates_agree_where_they_share_a_day() {
        let half = value("2024-01-01", "2024-06-30", Precision::Half, DateRelation::In);
        let by = value("", "2024-12-31", Precision::Year, DateRelation::By);
        let later = value("2026-01-01", "2026-12-31", Precision::Year, DateRelation::In);
        let since = value("2022-01-01", "", Precision::Year, DateRelation::From);
        let open = value("", "", Precision::Day, DateRelation::In);
        assert!(half.agrees_with(&by) && by.agrees_with(&half));
        assert!(!half.agrees_with(&later) && half.contradicts(&later));
        assert!(by.contradicts(&later));
        assert!(since.agrees_with(&later) && since.agrees_with(&by));
        assert!(!open.agrees_with(&half) && !open.contradicts(&half));
        let about = value("2025-01-01", "2025-12-31", Precision::Year, DateRelation::About);
        assert!(about.agrees_with(&later));
    }

    #[test]
    fn the_finer_date_leaves_fewer_days_open() {
        let day = value("2024-03-14", "2024-03-14", Precision::Day, DateRelation::In);
        let half = value("2024-01-01", "2024-06-30", Precision::Half, DateRelation::In);
        let by = value("", "2024-12-31", Precision::Year, DateRelation::By);
        let open = value("", "", Precision::Day, DateRelation::In);
        assert!(day.is_finer_than(&half) && half.is_finer_than(&by) && by.is_finer_than(&open));
        assert!(!half.is_finer_than(&half));
        let about = value("2024-01-01", "2024-06-30", Precision::Half, DateRelation::About);
        assert!(half.is_finer_than(&about));
    }
}
