//! What a file tells of an article beside its text: so far, the day it was published.

use jiff::civil::Date;

/// The day at the head of an ISO 8601 date or time (`2024-03-05T10:00:00+01:00`).
pub fn day(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok().filter(plausible)
}

/// The day in a path (`2024-03-05-titolo`, `2024/03/05/titolo`, `20240305_titolo`), the last one where there are more.
pub fn day_in_path(path: &str) -> Option<Date> {
    let digits: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let compact = |text: &&str| {
        let (year, rest) = text.split_at_checked(4).filter(|_| text.len() == 8)?;
        date(year, &rest[..2], &rest[2..])
    };
    let parted = digits.windows(3).filter_map(|w| date(w[0], w[1], w[2])).next_back();
    parted.or_else(|| digits.iter().filter_map(compact).next_back())
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(plausible)
}

/// Whether there were newspapers then.
fn plausible(date: &Date) -> bool {
    (1600..2200).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_paths() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(day_in_path(path).map(|d| d.to_string()).as_deref(), expected, "{path}");
        };
        check("2024-03-05-titolo", Some("2024-03-05"));
        check("sport/2024/03/05/titolo", Some("2024-03-05"));
        check("20240305_titolo", Some("2024-03-05"));
        check("2024/03/renault", None);
        check("2024-13-05", None);
        check("000_f427d4d064c51dbb", None);
    }

    #[test]
    fn days_of_iso_times() {
        assert_eq!(day("2024-03-05T10:00:00+01:00"), Some(jiff::civil::date(2024, 3, 5)));
        assert_eq!(day("5 marzo"), None);
        assert_eq!(day("perché è già così"), None);
    }
}
