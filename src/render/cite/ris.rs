//! RIS records, as reference managers take them in.

use jiff::civil::Date;

use super::{Author, Reference};

/// The record. Its lines end in CR and LF, as the format wants.
pub fn ris(reference: &Reference) -> String {
    let kind = match (&reference.container, &reference.url) {
        (Some(_), _) => "NEWS",
        (None, Some(_)) => "ELEC",
        (None, None) => "GEN",
    };
    let mut record = String::new();
    let mut line = |tag: &str, value: &str| record.push_str(&format!("{tag}  - {value}\r\n"));
    line("TY", kind);
    line("ID", &reference.key);
    for author in &reference.authors {
        match author {
            Author::Person { given, family } => line("AU", &format!("{family}, {given}")),
            Author::Whole(name) => line("AU", name),
        }
    }
    for (tag, value) in [("TI", &reference.title), ("T2", &reference.container)] {
        if let Some(value) = value {
            line(tag, value);
        }
    }
    if let Some(day) = reference.published {
        line("PY", &day.year().to_string());
        line("DA", &date(day));
    }
    if let Some(url) = &reference.url {
        line("UR", url);
    }
    line("Y2", &date(reference.accessed));
    line("LA", reference.language.code());
    line("ER", "");
    record
}

fn date(day: Date) -> String {
    format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bare, hostile};
    use super::*;

    #[test]
    fn a_record_has_a_line_for_each_field() {
        let expected = [
            "TY  - NEWS",
            "ID  - 2024-03-citta-c87f35",
            "AU  - de Meo, Luca",
            "AU  - La Redazione",
            "TI  - 100 % \\write18{rm} & $x_1$ #1 ~ {aperta ^ «città», } o \"no\"?",
            "T2  - L'Eco & Figli",
            "PY  - 2024",
            "DA  - 2024/03/05",
            "UR  - https://eco.example/a%20b?x=%7B1%7D&y=%5C%20#c",
            "Y2  - 2025/01/02",
            "LA  - it",
            "ER  - ",
            "",
        ];
        assert_eq!(ris(&hostile()), expected.join("\r\n"));
        assert_eq!(ris(&bare()), "TY  - GEN\r\nID  - bare\r\nY2  - 2025/01/02\r\nLA  - en\r\nER  - \r\n");
    }
}
