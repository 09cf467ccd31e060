//! Pages as they are scraped, and what of them is the article; and any bytes at all.

use proptest::prelude::*;

use super::*;
use crate::language::Language;
use crate::language::boilerplate::boilerplate;
use crate::text::{Span, sentences, tokens};

/// Two sentences that are long enough to be the body of an article in each language.
const BODY: [&str; 2] = [
    "Il consiglio ha votato ieri sera il piano per il nuovo acquedotto della valle, che costerà sei milioni di euro. \
     I lavori cominceranno in primavera e dureranno due anni, ha spiegato l'assessora davanti a una sala piena.",
    "The council voted last night for the plan to build a new aqueduct in the valley, which will cost six million. \
     Work is due to begin in the spring and to last for two years, the councillor told a crowded hall.",
];

/// Checks that of the lines in `page`, those that begin with `+` are kept, whole, and those with `-` are not.
fn check(page: &str) -> Article {
    let text: String = page.lines().map(|line| format!("{}\n", line.get(2..).unwrap_or_default())).collect();
    let article = read_bytes("pagina.txt", text.as_bytes()).0.pop().expect("the page is read");
    let expected: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("+ ")).collect();
    let kept: Vec<&str> = article.kept.iter().map(|span| span.of(&article.text)).collect();
    assert_eq!(kept, expected, "\n{page}");
    article
}

fn read_bytes(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<Skipped>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let scan = scan(&[folder.path().to_path_buf()]).unwrap();
    read(&scan.files[0])
}

#[test]
fn an_italian_page_on_politics() {
    let article = check(
        "- Questo sito utilizza i cookie per migliorare la tua esperienza. Continuando a navigare ne accetti l'uso.
- Accetta tutti
- Home
- Politica
- Cronaca
- Sport
- Meteo
- Home > Politica > Regione

+ Acquedotto, via libera dalla giunta: «Si parte in primavera»
- di Ada Riva
- Condividi su Facebook Twitter WhatsApp Email
- Foto di repertorio (Agenzia Nord)

+ PADOVA (AdnNord) – Il piano per l'acquedotto è stato approvato con 21 voti a favore e 9 contrari, al termine di sei ore.

- Leggi anche: Siccità, chiusi trenta pozzi nella valle

+ «Il nostro canale di irrigazione è fermo dal 1987, e la nostra pagina Facebook è piena di proteste», ha detto il sindaco.

+ Le opposizioni

+ La minoranza parla di un'opera inutile. Secondo la capogruppo Lia Neri i soldi andavano spesi per riparare le tubature.
- Iscriviti alla nostra newsletter per ricevere ogni mattina le notizie della tua città
+ Il presidente ha risposto che le due cose si possono fare insieme, e che i fondi europei scadono alla fine del 2026.

- © RIPRODUZIONE RISERVATA
- Tag: acquedotto, Padova
- Potrebbe interessarti anche
- Il ponte di legno riapre a maggio
- Ladri di rame alla stazione, due arresti
- Commenti (2)
- Mario: secondo me è tutto un imbroglio, come sempre, e lo pagheremo noi con le tasse di domani.
- Privacy Policy
- © 2024 La Voce del Brenta",
    );
    assert_eq!(article.info.title.as_deref(), Some("Acquedotto, via libera dalla giunta: «Si parte in primavera»"));
    assert_eq!(article.info.author.as_deref(), Some("Ada Riva"));
    assert_eq!(article.info.source.as_deref(), Some("AdnNord"));
    assert_eq!(article.info.language, Language::It);
}

#[test]
fn the_headline_is_about_the_article() {
    let article = check(
        "- Prosegui e accetta  |  Rifiuta e paga
- Il Foglio della Valle
- Questo articolo fa parte di quelli gratuiti: oggi te ne restano altri due da leggere, domani chissà.
+ Acquedotto, il consiglio vota il piano per la valle
- Acquedotto, il consiglio vota il piano per la valle
+ I lavori da primavera. L'assessora: «Due anni per finire»
- 12.04.2024 18:20 di Ugo Bo   Segui: @
+ Il consiglio ha votato ieri sera il piano per il nuovo acquedotto della valle, che costerà sei milioni di euro.
+ I lavori cominceranno in primavera e dureranno due anni, ha spiegato l'assessora davanti a una sala piena.",
    );
    assert_eq!(article.info.title.as_deref(), Some("Acquedotto, il consiglio vota il piano per la valle"));
    assert_eq!(article.info.published, Some(jiff::civil::date(2024, 4, 12)));
}

#[test]
fn a_headline_comes_without_its_label_and_its_site() {
    let text = "Il mulino di Aldeno torna a girare dopo nove anni, e il comune ne farà un museo del grano.";
    for (head, title, source) in [
        ("Da: Nora Pell\nOggetto: Il mulino di Aldeno gira", "Il mulino di Aldeno gira", None),
        ("Il mulino di Aldeno gira | La Voce del Lago", "Il mulino di Aldeno gira", Some("La Voce del Lago")),
        ("Il mulino di Aldeno gira - e non da solo", "Il mulino di Aldeno gira - e non da solo", None),
        ("L&#8217;acqua gira il mulino di Aldeno", "L’acqua gira il mulino di Aldeno", None),
    ] {
        let article = read_bytes("pagina.txt", format!("{head}\n\n{text}\n").as_bytes()).0.pop().expect("it is read");
        assert_eq!(article.info.title.as_deref(), Some(title), "{head}");
        assert_eq!(article.info.source.as_deref(), source, "{head}");
    }
}

#[test]
fn an_italian_page_on_sport() {
    check(
        "- Serie B
- Ultime notizie
+ Rimonta del Brenta, che batte il Vento per 3-2 nel recupero
- Rimonta del Brenta, che batte il Vento per 3-2 nel recupero
- esultanza brenta gol
+ Il Brenta vince una partita che sembrava persa. Sotto di due reti all'intervallo, ha segnato tre volte nella ripresa.
+ Le pagelle
+ Neri 7,5
+ Il migliore in campo per distacco: para un rigore al 12' e salva il risultato con un piede a tempo scaduto.
+ La classifica dopo la 12ª giornata:
+ 1. Brenta 27
+ 2. Vento 25
- Ugo Bo
- Ugo Bo
- Giornalista pubblicista, scrive di calcio minore da dieci anni.
- Seguici anche su Telegram!",
    );
}

#[test]
fn an_english_page_on_crime() {
    let article = check(
        "- Skip to content
- We use cookies to give you the best experience. By using this site you agree to our policy.
- News | Sport | Weather | Opinion
+ Three held after raid on jewellery store in Harrow Lane
- By Jane Lee
- Share this story: Facebook Twitter Reddit
- Image caption: Officers outside the store
+ Three people were arrested on Tuesday after a raid on a jewellery store in which rings worth £80,000 were taken.
- Read more: Watches stolen from ferry passengers
+ \"Our community is shaken,\" said the owner, Ron Pitt, who has run the store for our whole neighbourhood since 1991.
- Sign up for our daily newsletter
- ADVERTISEMENT
+ Police believe that the men, aged 24, 31 and 40, had followed the staff on Facebook and Instagram for several weeks.
+ The three will appear in court on Friday.
- About the author
- Jane Lee
- Jane has covered courts for the paper since 2012 and is a keen cyclist in her spare time.
- Related articles
- Ferry passengers robbed",
    );
    assert_eq!(article.info.author.as_deref(), Some("Jane Lee"));
    assert_eq!(article.info.language, Language::En);
}

#[test]
fn an_english_page_on_science() {
    let article = check(
        "+ Why do some frogs freeze and live?
+ Wood frogs survive winters in which two thirds of the water in their bodies turns to ice, a study has found.
+ The team, led by Ida Moss of the Hill Institute, followed sixty animals with sensors. Their hearts stopped for weeks.
+ What the frogs do
+ They flood their cells with sugar, which keeps the water in them liquid even when it is -16 °C outside.
- Get the latest science stories straight to your inbox
- 12 Comments
- Tom: I have seen them in my garden and it is true that they look dead until the spring comes back.
- © 2023 Frozen World Media. All rights reserved.",
    );
    assert_eq!(article.info.title.as_deref(), Some("Why do some frogs freeze and live?"));
    assert_eq!(article.info.source.as_deref(), Some("Frozen World Media"));
}

#[test]
fn captions_below_the_byline_go_and_so_do_pointers_and_comments() {
    let article = check(
        "- The Hill Herald
- News / Rivers
+ Otters return to the upper Wend after forty years
+ Three cubs were filmed below the old mill last week
- Jane Lee
- Wildlife correspondent
- 4 min read
- A cub looks out from the reeds near the weir
+ Otters have come back to the upper Wend for the first time since the tannery closed in the winter of 1983.
+ Related farms had to wait. The warden, Ron Pitt, has set up nine cameras and counted at least eleven animals.
- Related: Beavers build a dam in a car park
- [14]Video: Divers look for the lost bell of Wend
+ The council wants to fence off the bank from April until the end of July, and the anglers have agreed to it.
- Most popular
- Is it safe to swim in the Wend?
- Readers' comments (2)
- otterfan: I have seen two of them by the bridge, and one was carrying a fish the size of a shoe.
- Copyright Hill Herald Media Ltd. Hill Herald is not responsible for the content of other sites.",
    );
    assert_eq!(article.info.title.as_deref(), Some("Otters return to the upper Wend after forty years"));
    assert_eq!(article.info.author.as_deref(), Some("Jane Lee"));
}

#[test]
fn text_broken_at_a_width_below_the_byline_is_no_caption() {
    let lead =
        "Otters have come back to the upper Wend for the first time since the tannery closed, and\nthe cubs are well.";
    let page = format!("Otters return to the upper Wend\nBy Jane Lee\n12 May 2024\n\n{lead}\n\n{}\n", BODY[1]);
    let article = read_bytes("pagina.txt", page.as_bytes()).0.pop().unwrap();
    let kept: Vec<&str> = article.kept.iter().map(|span| span.of(&article.text)).collect();
    assert_eq!(kept, ["Otters return to the upper Wend", lead, BODY[1]]);
}

#[test]
fn boilerplate_goes_and_what_resembles_it_stays() {
    let mut checked = 0;
    for rule in &boilerplate().rules {
        for (lines, stays) in [(&rule.examples, false), (&rule.counter_examples, true)] {
            for line in lines {
                let page = format!("{}\n{line}\n\n{}\n", BODY[0], BODY[1]);
                let article = read_bytes("pagina.txt", page.as_bytes()).0.pop().unwrap();
                let kept = article.kept.iter().any(|span| span.of(&article.text) == line);
                assert_eq!(kept, stays, "{}: {line}", rule.name);
                checked += 1;
            }
        }
    }
    assert!(checked > 90, "{checked} lines");
}

#[test]
fn words_that_a_line_is_glued_to_are_cut_off() {
    let page = format!("{}\nCondividi questo articolo! Facebook Twitter Il piano costa {} milioni.\n", BODY[0], 6);
    let article = read_bytes("pagina.txt", page.as_bytes()).0.pop().unwrap();
    assert_eq!(article.kept.last().unwrap().of(&article.text), "Il piano costa 6 milioni.");
    let page = format!("{} © Riproduzione riservata\n", BODY[0]);
    let article = read_bytes("pagina.txt", page.as_bytes()).0.pop().unwrap();
    assert_eq!(article.kept[0].of(&article.text), BODY[0]);
}

#[test]
fn the_rows_of_a_table_stay_one_by_one() {
    let rows = ["| Lista | Voti | Seggi |", "| Fiume Vivo | 12.340 | 18 |", "| Porto Nuovo | 9.870 | 11 |"];
    let table = format!("{}\n|:---|---|--:|\n{}\n{}", rows[0], rows[1], rows[2]);
    let menu = "| Home | Sport | Meteo |\n| --- | --- | --- |";
    let title = "Il voto di Porto Sole";
    for (name, page) in [
        ("voto.md", format!("# {title}\n\n{}\n\n{table}\n\n{}\n\n{menu}\n", BODY[0], BODY[1])),
        ("voto.txt", format!("{menu}\n\n{title}\n\n{table}\n| --- | --- | --- |\n\n{}\n", BODY[0])),
        ("voto.txt", format!("{title}\n\n{}\n\n{table}\n\n{menu}\n", BODY[0])),
    ] {
        let article = read_bytes(name, page.as_bytes()).0.pop().unwrap();
        let kept: Vec<&str> = article.kept.iter().map(|span| span.of(&article.text)).collect();
        assert_eq!(article.info.title.as_deref(), Some(title));
        assert!(rows.iter().all(|row| kept.contains(row)), "{page}: {kept:?}");
        assert!(!kept.iter().any(|line| line.contains("Meteo") || line.contains("--")), "{page}: {kept:?}");
        assert!(passages(&article).iter().all(|passage| !passage.heading || passage.text == title));
    }
}

#[test]
fn passages_are_paragraphs_with_their_lines() {
    let long = [BODY[0]; 6].join(" ").replacen("sei", "7", 1);
    let text = format!("---\ntitle: Il piano\nlanguage: it\n---\n# Il piano\n\n{long}\n\n## I costi\n\n{}\n", BODY[0]);
    let article = read_bytes("piano.md", text.as_bytes()).0.pop().unwrap();
    let found: Vec<_> = passages(&article).into_iter().map(|p| (p.line, p.heading, p.text.len())).collect();
    assert_eq!(article.info.title.as_deref(), Some("Il piano"));
    assert_eq!(
        found.iter().map(|(line, heading, _)| (*line, *heading)).collect::<Vec<_>>(),
        [(5, true), (7, false), (7, false), (9, true), (11, false)]
    );
    assert!(found.iter().all(|(_, _, length)| *length < 900));
}

#[test]
fn a_text_broken_into_lines_keeps_its_paragraphs() {
    let text = "Il piano\n\nIl consiglio ha votato ieri sera il piano per il nuovo acquedotto\ndella valle, che costerà \
                sei milioni di euro. I lavori cominceranno in\nprimavera e dureranno due anni, ha spiegato \
                l'assessora davanti a una\nsala piena di gente.\n\nLa minoranza ha lasciato l'aula prima del voto \
                perché non era stata data\nla parola alla capogruppo, che annuncia un ricorso.\n";
    let article = read_bytes("lettera.txt", text.as_bytes()).0.pop().unwrap();
    assert_eq!(article.kept.len(), 3);
}

#[test]
fn a_sentence_broken_now_and_then_is_one_paragraph() {
    let text = "Il consiglio regionale ha approvato ieri sera la legge sui treni notturni con 31 voti a favore e 12\n\
        contrari, dopo nove ore di discussione.\nLa giunta aveva promesso di presentarla entro l'estate, ma i conti non tornavano.\n\
        Il primo treno partirà a dicembre.\n";
    let article = read_bytes("treni.txt", text.as_bytes()).0.pop().unwrap();
    let kept: Vec<&str> = article.kept.iter().map(|span| span.of(&article.text)).collect();
    let beginnings: Vec<&str> = kept.iter().map(|paragraph| &paragraph[..10]).collect();
    assert_eq!(beginnings, ["Il consigl", "La giunta ", "Il primo t"]);
    assert!(kept[0].ends_with("discussione.") && !passages(&article)[0].heading);
}

#[test]
fn short_paragraphs_in_a_row_are_one_passage() {
    let page = format!(
        "# Il piano\n\n{}\n\n**Quanti operai lavoreranno?**\n\nQuarantadue.\n\n## I costi\n\nSono questi.\n\n\
         | Voce | Euro |\n|---|---|\n| Tubi | 30.000 |\n| Pompe | 12.000 |\n\n{}\n",
        BODY[0], BODY[0]
    );
    let article = read_bytes("piano.md", page.as_bytes()).0.pop().unwrap();
    let found = passages(&article);
    let with = |words: &str| found.iter().find(|passage| passage.text.contains(words)).unwrap();
    assert!(with("Quarantadue").text.contains("Quanti operai"));
    assert!(with("Tubi").text.contains("Voce") && with("Tubi").text.contains("Pompe"));
    assert!(with("I costi").heading && !with("Tubi").heading);
    assert!(found.iter().all(|passage| passage.text.len() <= 500));
    assert!(found.iter().all(|passage| passage.span.of(&article.text) == passage.text));
}

#[test]
fn a_file_of_one_huge_line_is_skipped_with_its_reason() {
    let (articles, skipped) = read_bytes("grande.txt", "parola ".repeat(3_000_000).as_bytes());
    assert_eq!(articles, []);
    assert_eq!(skipped[0].reason, "longer than 16 MB: too long for an article");
}

/// What holds of every article that is read.
fn hold(name: &str, bytes: &[u8]) {
    let (articles, skipped) = read_bytes(name, bytes);
    assert!(!articles.is_empty() || !skipped.is_empty());
    for article in articles {
        let mut at = 0;
        for span in &article.kept {
            assert!(at <= span.start && span.start < span.end && span.end <= article.text.len());
            assert!(article.text.is_char_boundary(span.start) && article.text.is_char_boundary(span.end));
            at = span.end;
        }
        for passage in passages(&article) {
            assert_eq!(passage.span.of(&article.text), passage.text);
            // Nothing that was left out stands in it but white space and the rules of tables.
            let within: Vec<Span> = article.kept.iter().filter(|kept| kept.overlaps(passage.span)).copied().collect();
            let (first, last) = (within[0], within[within.len() - 1]);
            assert!(first.start <= passage.span.start && passage.span.end <= last.end);
            for pair in within.windows(2) {
                let between = &article.text[pair[0].end..pair[1].start];
                assert!(between.chars().all(|c| c.is_whitespace() || "|-:".contains(c)), "{between:?}");
            }
        }
    }
}

fn in_order(spans: impl Iterator<Item = Span>, text: &str) {
    let mut at = 0;
    for span in spans {
        assert!(at <= span.start && span.start < span.end && text.is_char_boundary(span.end));
        at = span.end;
    }
}

/// Texts of the characters and words on which something depends.
fn messy() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "È",
        "il ",
        "the ",
        "Sig. ",
        "U.S. ",
        "1.",
        "2) ",
        "(b) ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "…",
        "?",
        "! ",
        ". ",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "'",
        "’",
        "(",
        ")",
        "[",
        "](",
        "<p>",
        "#",
        "- ",
        "---\n",
        "title: x\n",
        "© ",
        "Commenti",
        "Leggi anche",
        "Facebook ",
        "Twitter ",
        "By Ada Riva",
        "\u{feff}",
        "\u{200b}",
        "\u{301}",
        "\u{2028}",
        "日本",
        "ﬀ",
        "{\"text\": \"",
        "\"}",
        "ha detto che non verrà alla festa di domani sera. ",
        "said that he will not be there for the rest of it. ",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["x.txt", "x.md", "x.html", "x.jsonl"] {
            hold(name, &bytes);
        }
    }

    #[test]
    fn any_text_does_no_harm(text in messy()) {
        for name in ["x.txt", "x.md", "x.html", "x.jsonl"] {
            hold(name, text.as_bytes());
        }
        in_order(tokens(&text).iter().map(|token| token.span), &text);
        for language in Language::ALL {
            let found = sentences(&text, crate::language::abbreviations(language));
            in_order(found.iter().copied(), &text);
            let inside: usize = found.iter().map(|s| s.of(&text).chars().filter(|c| !c.is_whitespace()).count()).sum();
            prop_assert_eq!(inside, text.chars().filter(|c| !c.is_whitespace()).count());
        }
    }
}
