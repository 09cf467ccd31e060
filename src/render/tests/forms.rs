//! An answer in each of the forms in which it leaves the program.

use super::*;

#[test]
fn an_answer_as_markdown_and_csv() {
    let asked = question("Quando cominciano i *lavori*?", Language::It, Intent::When, AnswerType::Date);
    let mut told = said(&asked, when_planned(), Language::It);
    told.id = "q.1".to_string();
    insta::assert_snapshot!(markdown(&told), @r"
        ## Quando cominciano i \*lavori\*?

        **Previsto nel primo semestre del 2026.**

        > «I lavori per il ponte, dice il comune, cominceranno **nel primo semestre del 2026** e dureranno due anni.» [^q-1-1]

        Concorda, con meno precisione:

        - entro il 2026 [^q-1-2]

        [^q-1-1]: Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 novembre 2023 – [corpus/ponte.md:7](<corpus/ponte.md>)

        [^q-1-2]: [A new bridge for Pisa](<https://river.example/bridge>), The River Post – [corpus/bridge.md:3](<corpus/bridge.md>)

            > The city wants the site open by 2026.
    ");
    insta::assert_snapshot!(format!("{}{}", csv_header(), csv_rows(&told)), @r#"
        id,question,language,intent,verdict,answer,value,confidence,article,path,line,start,end,span,quote,modality,attribution,title,source,published,reason
        q.1,Quando cominciano i *lavori*?,it,when,answered,nel primo semestre del 2026,"{""kind"":""date"",""from"":""2026-01-01"",""to"":""2026-06-30"",""precision"":""half"",""relation"":""in""}",0.9,ponte,corpus/ponte.md,7,152,179,nel primo semestre del 2026,"I lavori per il ponte, dice il comune,
        cominceranno nel primo semestre del 2026  e dureranno due anni.",planned,,Il nuovo ponte sull'Arno,La Gazzetta del Fiume,2023-11-08,
    "#);
}

#[test]
fn an_answer_with_colours_and_links() {
    let asked = question("When do the works begin?", Language::En, Intent::When, AnswerType::Date);
    let told = said(&asked, when_planned(), Language::En);
    let style = Style { colour: true, width: Some(60), hyperlinks: Some(PathBuf::from("/home/ada")) };
    insta::assert_snapshot!(terminal(&told.document, &style).replace('\x1b', "␛"), @r"
        ␛[1mExpected in the first half of 2026.␛[0m

          “I lavori per il ponte, dice il comune, cominceranno ␛[1m␛[32mnel␛[0m
          ␛[1m␛[32mprimo semestre del 2026␛[0m e dureranno due anni.” ␛[36m[1]␛[0m

        Agrees, less precisely:
          by 2026 ␛[36m[2]␛[0m

        Sources
          ␛[36m[1]␛[0m Il nuovo ponte sull'Arno␛[2m, La Gazzetta del Fiume, 8␛[0m
              ␛[2mNovember 2023 –␛[0m ␛]8;;file:///home/ada/corpus/ponte.md␛\␛[2mcorpus/ponte.md:7␛[0m␛]8;;␛\
          ␛[36m[2]␛[0m ␛]8;;https://river.example/bridge␛\A new bridge for Pisa␛]8;;␛\␛[2m, The River Post –␛[0m
              ␛]8;;file:///home/ada/corpus/bridge.md␛\␛[2mcorpus/bridge.md:3␛[0m␛]8;;␛\
    ");
}

#[test]
fn the_sources_of_an_answer_stand_alone_too() {
    let asked = question("When do the works begin?", Language::En, Intent::When, AnswerType::Date);
    let told = said(&asked, when_planned(), Language::En);
    let listed = sources(&told, &Templates::shipped()).expect("sources");
    insta::assert_snapshot!(listed.plain(), @r"
        [1] Il nuovo ponte sull'Arno, La Gazzetta del Fiume, 8 November 2023 – corpus/ponte.md:7
        [2] A new bridge for Pisa, The River Post – corpus/bridge.md:3
    ");
}

#[test]
fn an_answer_survives_json() {
    let asked = question("When do the works begin?", Language::En, Intent::When, AnswerType::Date);
    let told = said(&asked, when_planned(), Language::En);
    let line = serde_json::to_string(&told).expect("JSON");
    assert!(!line.contains("document"), "{line}");
    let read: Answer = serde_json::from_str(&line).expect("an answer");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), line);
}

proptest::proptest! {
    /// Whatever stands in an article, a terminal is not disturbed by it, and lines keep to the width.
    #[test]
    fn any_words_are_shown_safely(words in "\\PC*|.*", quote in ".*", title in "[\\x00-\\x7f\u{202e}]*", start in 0usize..40) {
        let mut best = finding("ponte", 1, "[x]", None);
        best.evidence.quote_span = Span::new(10, 10 + quote.len());
        best.evidence.span = Span::new(start, start + words.len());
        best.evidence.words.clone_from(&words);
        best.evidence.quote = quote;
        best.evidence.attribution = Some(title.clone());
        best.words = words;
        let asked = question(&title, Language::It, Intent::Who, AnswerType::Person);
        let outcome = Outcome::Answered { best, others: Vec::new() };
        let hostile = |id: &str| {
            let some = Some(title.clone());
            let known = article(id)?;
            Some(ArticleInfo { path: PathBuf::from(&title), url: some.clone(), title: some.clone(), source: some, ..known })
        };
        let told = answer(&asked, outcome, &hostile, Language::En, &Templates::shipped()).expect("an answer");
        let shown = terminal(&told.document, &Style { width: Some(40), ..Style::default() });
        for text in [&told.text, &shown] {
            proptest::prop_assert_eq!(printable(text), text.as_str());
        }
        proptest::prop_assert!(!markdown(&told).contains('\x1b'));
        let page = html(&told, &Templates::shipped()).expect("a page");
        let elements = |page: &str| page.matches('<').count();
        let quotes = |page: &str| page.matches('"').count();
        let foreign = page.replace("&lt;", "").replace("&quot;", "");
        proptest::prop_assert!(elements(&page) == elements(&foreign) && quotes(&page) % 2 == 0 && !page.contains('\x1b'));
        proptest::prop_assert!(!page.to_lowercase().contains("<script"));
        let rows = csv_header() + &csv_rows(&told);
        let rows: Vec<_> = ::csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes()).into_records().collect();
        // A row of another length is an error.
        proptest::prop_assert!(rows.len() == 2 && rows.iter().all(Result::is_ok), "{rows:?}");
    }
}
