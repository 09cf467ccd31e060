//! Days of the Hindu calendar, from the places of the sun and the moon.
//!
//! The longitudes are the leading terms of chapters 25 and 47 of Jean Meeus, *Astronomical Algorithms* (2nd edition,
//! 1998), good to some hundredths of a degree: two or three minutes of a lunar day. A lunar day (tithi) is a twelfth
//! of a sign of distance between them; a month runs from new moon to new moon and is named by the sign that the sun
//! is in when it begins, counted from the stars (Lahiri). A month in which the sun enters no sign is added, and holds
//! no feasts (S. K. Chatterjee, *Indian Calendric System*, 1988).

use jiff::ToSpan;
use jiff::civil::Date;

/// Days of a lunar month, on average.
const MONTH: f64 = 29.530_588_86;

/// The Julian day of the noon of 2000-01-01, Greenwich.
const EPOCH: f64 = 2_451_545.0;

/// Hours of Greenwich at which a lunar day must hold, in India half past five hours later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hour {
    Sunrise,
    Noon,
    Afternoon,
    Evening,
    Midnight,
}

impl Hour {
    /// The hour by its name in `feasts.toml`.
    pub fn named(name: &str) -> Option<Hour> {
        Some(match name {
            "sunrise" => Hour::Sunrise,
            "noon" => Hour::Noon,
            "afternoon" => Hour::Afternoon,
            "evening" => Hour::Evening,
            "midnight" => Hour::Midnight,
            _ => return None,
        })
    }

    /// Days after the midnight of Greenwich.
    fn days(self) -> f64 {
        let hours = match self {
            Hour::Sunrise => 0.75,
            Hour::Noon => 6.25,
            Hour::Afternoon => 9.0,
            Hour::Evening => 13.5,
            Hour::Midnight => 18.5,
        };
        hours / 24.0
    }
}

/// The day of `year` on which lunar day `tithi` (1 to 30, from the new moon) of `month` (1 is Chaitra) holds at `hour`.
pub(super) fn lunar_day(year: i16, month: u8, tithi: u8, hour: Hour) -> Option<Date> {
    let first = Date::new(year, 1, 1).ok()?;
    // Margashirsha to Magha begin in the year before where their feasts fall into this one.
    let mut moon = new_moon(julian_day(first) - 45.0);
    while moon < julian_day(first) + 370.0 {
        let next = new_moon(moon + MONTH);
        let is_added = sign(moon) == sign(next);
        if !is_added && (sign(moon) + 1) % 12 + 1 == month {
            let day = day_of_tithi(moon, tithi, hour)?;
            if day.year() == year {
                return Some(day);
            }
        }
        moon = next;
    }
    None
}

/// The day of `year` on which the sun enters sign `entered` (0 is Aries); after sunset it is the next.
pub(super) fn sun_enters(year: i16, entered: u8) -> Option<Date> {
    const SUNSET: f64 = 12.5 / 24.0;
    let mut day = Date::new(year, 1, 1).ok()?;
    let mut before = sign(julian_day(day) - 1.0 + SUNSET);
    while day.year() == year {
        let now = sign(julian_day(day) + SUNSET);
        if now != before && now == entered {
            return Some(day);
        }
        before = now;
        day = day.tomorrow().ok()?;
    }
    None
}

/// The first day after new moon `moon` on which `tithi` holds at `hour`, or in which it lies between two such hours.
fn day_of_tithi(moon: f64, tithi: u8, hour: Hour) -> Option<Date> {
    // The new moon itself ends the thirtieth lunar day: before it nothing of this month holds.
    let mut day = date_of(moon)?;
    let mut last = 0;
    for _ in 0..32 {
        let at = julian_day(day) + hour.days();
        let holds = if at < moon { 0 } else { (elongation(at) / 12.0) as u8 + 1 };
        // Past the next new moon they begin anew.
        let holds = if holds < last { 31 } else { holds };
        if holds >= tithi {
            return if holds > tithi { day.yesterday().ok() } else { Some(day) };
        }
        last = holds;
        day = day.tomorrow().ok()?;
    }
    None
}

/// The new moon nearest to the Julian day `near`.
fn new_moon(near: f64) -> f64 {
    let mut at = near;
    for _ in 0..6 {
        let ahead = (elongation(at) + 180.0).rem_euclid(360.0) - 180.0;
        at -= ahead / 360.0 * MONTH;
    }
    at
}

/// The sign (0 is Aries) among the stars that the sun is in.
fn sign(at: f64) -> u8 {
    let years = (at - EPOCH) / 365.25;
    let precession = 23.853 + years * 50.29 / 3600.0;
    ((sun(at) - precession).rem_euclid(360.0) / 30.0) as u8
}

/// Degrees of the moon before the sun, 0 to 360.
fn elongation(at: f64) -> f64 {
    (moon(at) - sun(at)).rem_euclid(360.0)
}

/// The apparent longitude of the sun in degrees.
fn sun(at: f64) -> f64 {
    let t = (at - EPOCH) / 36_525.0;
    let anomaly = (357.529_11 + 35_999.050_29 * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    280.466_46 + 36_000.769_83 * t + centre - 0.005_69
}

/// The longitude of the moon in degrees.
fn moon(at: f64) -> f64 {
    let t = (at - EPOCH) / 36_525.0;
    let distance = 297.850_192_1 + 445_267.111_403_4 * t;
    let sun_anomaly = 357.529_109_2 + 35_999.050_290_9 * t;
    let anomaly = 134.963_396_4 + 477_198.867_505_5 * t;
    let latitude = 93.272_095_0 + 483_202.017_523_3 * t;
    /// Multiples of the four angles, and millionths of a degree.
    const TERMS: [([i8; 4], f64); 20] = [
        ([0, 0, 1, 0], 6_288_774.0),
        ([2, 0, -1, 0], 1_274_027.0),
        ([2, 0, 0, 0], 658_314.0),
        ([0, 0, 2, 0], 213_618.0),
        ([0, 1, 0, 0], -185_116.0),
        ([0, 0, 0, 2], -114_332.0),
        ([2, 0, -2, 0], 58_793.0),
        ([2, -1, -1, 0], 57_066.0),
        ([2, 0, 1, 0], 53_322.0),
        ([2, -1, 0, 0], 45_758.0),
        ([0, 1, -1, 0], -40_923.0),
        ([1, 0, 0, 0], -34_720.0),
        ([0, 1, 1, 0], -30_383.0),
        ([2, 0, 0, -2], 15_327.0),
        ([0, 0, 1, 2], -12_528.0),
        ([0, 0, 1, -2], 10_980.0),
        ([4, 0, -1, 0], 10_675.0),
        ([0, 0, 3, 0], 10_034.0),
        ([4, 0, -2, 0], 8_548.0),
        ([2, 1, -1, 0], -7_888.0),
    ];
    let angles = [distance, sun_anomaly, anomaly, latitude];
    let sum: f64 = TERMS
        .iter()
        .map(|(factors, size)| {
            let angle: f64 = factors.iter().zip(angles).map(|(factor, angle)| f64::from(*factor) * angle).sum();
            size * angle.rem_euclid(360.0).to_radians().sin()
        })
        .sum();
    218.316_447_7 + 481_267.881_234_21 * t + sum / 1e6
}

/// The Julian day of the midnight that a day begins with.
fn julian_day(day: Date) -> f64 {
    let noon = jiff::civil::date(2000, 1, 1);
    EPOCH - 0.5 + (day.duration_since(noon).as_hours() / 24) as f64
}

/// The day of Greenwich that a Julian day lies in.
fn date_of(at: f64) -> Option<Date> {
    let days = (at - EPOCH + 0.5).floor() as i64;
    jiff::civil::date(2000, 1, 1).checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_of_the_moon_fall_on_their_days() {
        let check = |month: u8, tithi: u8, hour: Hour, days: &[&str]| {
            for day in days {
                let day: Date = day.parse().unwrap();
                assert_eq!(lunar_day(day.year(), month, tithi, hour), Some(day), "{month}-{tithi}");
            }
        };
        let diwali = ["2018-11-07", "2019-10-27", "2020-11-14", "2021-11-04", "2022-10-24", "2023-11-12", "2025-10-20"];
        check(7, 30, Hour::Evening, &diwali);
        check(12, 15, Hour::Evening, &["2019-03-20", "2020-03-09", "2021-03-28", "2024-03-24", "2025-03-13"]);
        check(11, 29, Hour::Midnight, &["2018-02-13", "2019-03-04", "2020-02-21", "2023-02-18", "2024-03-08"]);
        check(6, 4, Hour::Noon, &["2018-09-13", "2019-09-02", "2022-08-31", "2023-09-19"]);
        check(1, 9, Hour::Noon, &["2020-04-02", "2021-04-21", "2022-04-10", "2024-04-17"]);
        check(5, 23, Hour::Midnight, &["2023-09-06", "2024-08-26"]);
    }

    #[test]
    fn the_sun_enters_its_signs() {
        let day = |text: &str| text.parse::<Date>().ok();
        assert_eq!(sun_enters(2018, 9), day("2018-01-14"));
        assert_eq!(sun_enters(2019, 9), day("2019-01-15"));
        assert_eq!(sun_enters(2018, 0), day("2018-04-14"));
    }
}
