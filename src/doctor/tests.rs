//! Small folders with one thing the matter each.

use super::*;

const ARTICLE: &str = "Il consiglio ha votato ieri sera il piano per il nuovo acquedotto della valle, che costerà sei milioni di \
    euro. I lavori cominceranno in primavera e dureranno due anni, ha spiegato l'assessora davanti a una sala piena. La minoranza \
    parla di un'opera inutile: i soldi andavano spesi per riparare le tubature, che perdono un terzo dell'acqua.\n";

fn report(files: &[(&str, &[u8])], only: Option<&str>) -> Report {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let scan = corpus::scan(&[folder.path().to_path_buf()]).unwrap();
    examine(&scan, only, jiff::civil::date(2024, 6, 1))
}

/// Checks what is the matter with `bytes` as an article beside nothing else: kind and line, without what is not known
/// of it.
fn check(name: &str, bytes: &[u8], expected: &[(Complaint, Option<usize>)]) {
    let report = report(&[(name, bytes)], None);
    let known =
        |finding: &&Finding| !matches!(finding.complaint, Complaint::NoTitle | Complaint::NoDate | Complaint::NoSource);
    let found: Vec<_> = report.findings.iter().filter(known).map(|finding| (finding.complaint, finding.line)).collect();
    assert_eq!(found, expected, "{:?}", report.findings);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Whatever the bytes, they are examined, and each finding names a line that is there.
    #[test]
    fn any_bytes_are_examined(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), text in ".{0,200}(â€™|Ã|Â)?.{0,9}") {
        let page = format!("{ARTICLE}\n{text}\n");
        let mixed = [page.as_bytes(), &bytes].concat();
        let report = report(&[("a.txt", &bytes), ("b.md", page.as_bytes()), ("c.html", &mixed), ("sources.csv", &bytes)], None);
        proptest::prop_assert!(report.findings.iter().all(|finding| finding.line != Some(0)));
    }
}

#[test]
fn a_sound_article_has_nothing() {
    let page = format!("---\ntitle: Acquedotto\nsource: L'Eco\ndate: 2024-03-05\n---\n\n{ARTICLE}");
    assert_eq!(report(&[("a.md", page.as_bytes())], None).findings, []);
}

#[test]
fn damage_is_told_with_its_line() {
    let with = |words: &str| {
        format!("{ARTICLE}\nIl sindaco ha detto {words} davanti a una sala piena di gente.\n").into_bytes()
    };
    check("a.txt", &with("perchÃ© no"), &[(Complaint::Mojibake, Some(3))]);
    check("a.txt", &with("«così»: “no” – 20 € a LIBERTÉ» e Åse"), &[]);
    check("a.txt", &with("l&#8217;acqua &egrave; poca"), &[(Complaint::Entities, Some(3))]);
    check("a.txt", &with("AT&T; e R&D"), &[]);
    check("a.txt", &with("perch\u{fffd} no"), &[(Complaint::LostCharacters, Some(3))]);
    check("a.txt", &[&with("è così, sì"), &b"Cos\xec.\n"[..]].concat(), &[(Complaint::Encoding, Some(4))]);
    let old = encoding_rs::WINDOWS_1252.encode(&ARTICLE.replace("costerà", "costerà, così è,")).0.into_owned();
    check("a.txt", &old, &[(Complaint::Encoding, None)]);
}

#[test]
fn what_is_no_whole_article_is_told() {
    check("a.txt", b"", &[(Complaint::Unreadable, None)]);
    check("a.txt", b"Il ponte apre domani, dice il comune di Trieste.\n", &[(Complaint::Short, None)]);
    let stub = format!("{ARTICLE}\nPer continuare a leggere, abbonati\n");
    check("a.txt", stub.as_bytes(), &[(Complaint::Paywall, Some(3))]);
    let long = format!(
        "{}\nPer continuare a leggere, abbonati\n",
        (0..8).map(|i| ARTICLE.replace("sei", &i.to_string())).collect::<String>()
    );
    check("a.txt", long.as_bytes(), &[]);
    let cut = ARTICLE.replace("tubature, che perdono un terzo dell'acqua.", "tubature, che […]");
    check("a.txt", cut.as_bytes(), &[(Complaint::BreaksOff, Some(1))]);
}

#[test]
fn copies_and_excerpts_name_the_other() {
    let other = ARTICLE.replace("sei milioni", "sette milioni");
    let more: String = (0..40)
        .map(|i| format!("La frazione numero {i} della valle avrà una condotta lunga {i} chilometri. "))
        .collect();
    let files = [
        ("a.txt", ARTICLE.to_owned()),
        ("b.txt", other),
        ("c.txt", ARTICLE.to_owned()),
        ("d.txt", format!("{ARTICLE}\n{more}\n")),
        ("e.txt", more),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let report = report(&files, None);
    let copies = report.findings.iter().filter(|finding| finding.complaint == Complaint::Copy);
    let told: Vec<String> = copies
        .map(|finding| format!("{} {}", finding.article.as_deref().unwrap_or_default(), finding.detail))
        .collect();
    let expected =
        ["a 100% of it stands in d too", "b 83% the same as a", "c the same text as a", "e 88% the same as d"];
    assert_eq!(told, expected);
}

#[test]
fn doubtful_titles_and_dates_are_told() {
    let article =
        |title: &str, date: &str| format!("---\ntitle: \"{title}\"\nsource: L'Eco\ndate: {date}\n---\n\n{ARTICLE}");
    let told = |title: &str, date: &str| {
        let report = report(&[("pagina.md", article(title, date).as_bytes())], None);
        report.findings.into_iter().map(|finding| finding.detail).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(told("Acquedotto, si parte", "2024-03-05"), "");
    assert_eq!(
        told("Acquedotto, si parte - L'Eco", "2024-03-05"),
        "“Acquedotto, si parte - L'Eco”: it ends with the publication's name"
    );
    assert_eq!(told("L'Eco", "2024-03-05"), "“L'Eco”: the publication's name");
    assert_eq!(told("Acquedotto, si...", "2024-03-05"), "“Acquedotto, si...”: cut off");
    assert_eq!(told("pagina", "2024-03-05"), "“pagina”: the file's name");
    assert_eq!(told("Acquedotto", "2024-07-01"), "2024-07-01 is after today, 2024-06-01");
    let many: Vec<(String, String)> =
        (0..6).map(|i| (format!("{i}.md"), article("Uguale", "2024-05-01").replace("sei", &i.to_string()))).collect();
    let files: Vec<(&str, &[u8])> = many.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let report = report(&files, None);
    let count = |kind: Complaint| report.findings.iter().filter(|finding| finding.complaint == kind).count();
    assert_eq!((count(Complaint::DoubtfulTitle), count(Complaint::DoubtfulDate)), (5, 1));
}

#[test]
fn what_was_left_out_is_shown_and_counted() {
    let page =
        |town: &str| format!("Accetta tutti\nHome\n\n{}\nCondividi su Facebook\n", ARTICLE.replace("valle", town));
    let (first, second) = (page("valle"), page("montagna"));
    let files: [(&str, &[u8]); 2] = [("a.txt", first.as_bytes()), ("b.txt", second.as_bytes())];
    let whole = report(&files, None);
    let told = |report: &Report| -> Vec<String> {
        report
            .left_out
            .iter()
            .map(|line| format!("{}× {} {}:{}", line.times, line.text, line.article, line.line))
            .collect()
    };
    assert_eq!(told(&whole), ["2× Accetta tutti a:1", "2× Home a:2", "2× Condividi su Facebook a:6"]);
    assert_eq!((whole.articles, whole.left_out_lines), (2, 6));
    let one = report(&files, Some("b"));
    assert_eq!(told(&one), ["1× Accetta tutti b:1", "1× Home b:2", "1× Condividi su Facebook b:6"]);
    assert!(one.findings.iter().all(|finding| finding.article.as_deref() == Some("b")));
}
