//! The configuration file: what is in force and from where, and corpora that have a name.

use serde_json::Value;

use crate::program::Place;

/// Two corpora, of one article each, and one that nobody names.
fn garage() -> Place {
    let place = Place::with(&[("ponte.txt", "Il ponte nuovo apre a giugno.\n")]);
    place.write("cars/auto.txt", "L'auto nuova esce a maggio.\n");
    place.write("trucks/camion.txt", "Il camion nuovo esce a luglio.\n");
    place.write("boats/barca.txt", "La barca nuova esce ad aprile.\n");
    place
}

const FILE: &str = "home/config/chiedi/config.toml";

const NAMED: &str = "language = \"en\"\nreader = \"off\"\n\n[corpora]\nboats = [\"../../../boats\"]\n\
                     wheels = [\"~/../cars\", \"../../../trucks\"]\n";

fn ids(place: &Place, arguments: &[&str]) -> String {
    let output = place.chiedi(&[&["articles", "--format", "jsonl"], arguments].concat()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_string();
    text.lines().map(id).collect::<Vec<_>>().join(" ")
}

/// The settings that are not at their defaults, but the format, and where each is from.
fn set(place: &Place, variable: Option<&str>, arguments: &[&str]) -> Vec<String> {
    let mut command = place.chiedi(&["config", "--format", "json"]);
    if let Some(folder) = variable {
        command.env("CHIEDI_CORPUS", folder);
    }
    let output = command.args(arguments).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = report["settings"].as_array().unwrap();
    assert_eq!(rows.len(), 15);
    let told = rows.iter().filter(|row| row["from"] != "default" && row["setting"] != "format");
    told.map(|row| format!("{} {} {}", row["setting"].as_str().unwrap(), row["value"], row["from"])).collect()
}

#[test]
fn a_corpus_is_asked_by_its_name() {
    let place = garage();
    place.write(FILE, NAMED);
    assert_eq!(ids(&place, &[]), "ponte");
    assert_eq!(ids(&place, &["-c", "boats"]), "barca");
    assert_eq!(ids(&place, &["--corpus-name", "wheels"]), "auto camion");
    let answer = place.told(&["-c", "wheels", "--format", "jsonl", "quando esce l'auto nuova?"]);
    assert!(answer.starts_with("status 0\n") && answer.contains("\"article\":\"auto\""), "{answer}");
}

#[test]
fn config_tells_the_file_and_what_is_in_force() {
    let place = garage();
    let absent = even(&place.told(&["config"]));
    place.write(FILE, NAMED);
    let arguments = ["config", "-c", "boats", "--source", "La Voce", "--today", "2024-02-29"];
    let there = even(&place.told(&arguments));
    insta::assert_snapshot!("config", [absent, there].join("\n"));
}

/// The output of `chiedi config` without what is another in each run: the key of the index, today, and with them the
/// width of the columns.
fn even(text: &str) -> String {
    let line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["index", _, from] => format!("index  KEY  {from}\n"),
            ["today", _, "default"] => "today  TODAY  default\n".to_string(),
            _ => format!("{}\n", words.join("  ")),
        }
    };
    text.lines().map(line).collect()
}

#[test]
fn an_option_goes_before_the_environment_and_that_before_the_file() {
    let place = garage();
    assert_eq!(set(&place, None, &[]), Vec::<String>::new());
    place.write(FILE, "corpus = [\"/srv/news\"]\nthreshold = 0.25\ncolor = \"never\"\ntemplates = \"own\"\n");
    let file = set(&place, None, &["--corpus", "boats"]);
    assert_eq!(file[0], "corpus [\"boats\"] \"option\"");
    assert_eq!(file[1], "threshold 0.25 \"file\"");
    assert!(file[2].starts_with("templates") && file[2].ends_with("/home/config/chiedi/own\" \"file\""), "{file:?}");
    assert_eq!(file[3], "color \"never\" \"file\"");
    let environment = set(&place, Some("cars"), &["--threshold", "0.5", "--quiet"]);
    assert_eq!(environment[0], "corpus [\"cars\"] \"environment\"");
    assert_eq!(environment[1], "threshold 0.5 \"option\"");
    assert_eq!(environment[4], "quiet true \"option\"");
    assert_eq!(set(&place, Some("cars"), &["--corpus", "boats"])[0], "corpus [\"boats\"] \"option\"");
    assert_eq!(set(&place, None, &[])[0], "corpus [\"/srv/news\"] \"file\"");
}

#[test]
fn mistakes_about_the_file_and_the_names_are_told_with_what_to_do() {
    let place = garage();
    let mut told = vec![place.told(&["-c", "boats", "quando?"])];
    place.write(FILE, NAMED);
    told.push(place.told(&["-c", "boat", "quando?"]));
    told.push(place.told(&["-c", "boats", "--corpus", "cars", "quando?"]));
    told.push(place.told(&["config", "--format", "csv"]));
    for text in [
        "language = \"fr\"\n",
        "[corpora]\ncars = \"cars\"\n",
        "[corpora]\n\ncars = []\n",
        "[corpora.cars]\nfolders = [\"cars\"]\n",
        "threshold = \"high\"\n",
        "corpus = [\"cars\"\nlanguage = \"it\"\n",
        "reader = \"on\"\nreader = \"off\"\n",
    ] {
        place.write(FILE, text);
        told.push(format!("{text}{}", place.told(&["config"])));
    }
    insta::assert_snapshot!("configuration_mistakes", told.join("\n"));
}
