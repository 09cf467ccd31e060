//! What is not known of articles, and what is known and hardly true.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Complaint, Finding, shown};
use crate::corpus::ArticleInfo;
use crate::text::fold;

/// A title with more characters than this is rather a sentence of the text.
const LONGEST_TITLE: usize = 200;

/// A day that so many articles bear, and such a share of all, is rather the one on which they were saved.
const SAME_DAY: usize = 5;
const SAME_DAY_SHARE: f64 = 0.6;

/// What an article tells by itself.
pub fn of_article(info: &ArticleInfo, today: Date) -> Vec<(Complaint, String)> {
    let mut found = Vec::new();
    match &info.title {
        None => found.push((Complaint::NoTitle, String::new())),
        Some(title) => found.extend(title_doubt(title, info).map(|doubt| (Complaint::DoubtfulTitle, doubt))),
    }
    match info.published {
        None => found.push((Complaint::NoDate, String::new())),
        Some(day) if day > today => found.push((Complaint::DoubtfulDate, format!("{day} is after today, {today}"))),
        Some(_) => {}
    }
    if info.source.is_none() {
        found.push((Complaint::NoSource, String::new()));
    }
    found
}

fn title_doubt(title: &str, info: &ArticleInfo) -> Option<String> {
    let file = info.path.file_name().unwrap_or_default().to_string_lossy();
    let stem = info.path.file_stem().unwrap_or_default().to_string_lossy();
    let source = info.source.as_deref().map(fold).filter(|source| !source.is_empty());
    let doubt = if title.chars().count() > LONGEST_TITLE {
        "long for a title"
    } else if title.ends_with('…') || title.ends_with("...") {
        "cut off"
    } else if title == file || title == stem {
        "the file's name"
    } else if source.as_deref() == Some(fold(title).as_str()) {
        "the publication's name"
    } else if source.is_some_and(|source| ends_with_name(&fold(title), &source)) {
        "it ends with the publication's name"
    } else if !title.chars().any(char::is_alphabetic) {
        "no word in it"
    } else {
        return None;
    };
    Some(format!("{}: {doubt}", shown(title)))
}

/// Whether a title has a name after it that a mark parts from it.
fn ends_with_name(title: &str, name: &str) -> bool {
    let before = title.strip_suffix(name).map(str::trim_end);
    before.is_some_and(|before| before.ends_with(['|', '-', '–', '—', '·', '»', '>']))
}

/// What articles tell beside each other.
pub fn across(articles: &[&ArticleInfo]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut titles, mut days) = (BTreeMap::<String, Vec<&ArticleInfo>>::new(), BTreeMap::<Date, usize>::new());
    for info in articles {
        if let Some(title) = &info.title {
            titles.entry(fold(title)).or_default().push(info);
        }
        if let Some(day) = info.published {
            *days.entry(day).or_default() += 1;
        }
    }
    for (first, others) in titles.values().filter_map(|same| same.split_first()) {
        for info in others.iter().filter(|info| info.digest != first.digest) {
            let title = shown(info.title.as_deref().unwrap_or_default());
            findings.push(doubt(info, Complaint::DoubtfulTitle, format!("{title}: also that of {}", first.id)));
        }
    }
    let dated: usize = days.values().sum();
    for (day, count) in days {
        if count >= SAME_DAY && count as f64 >= SAME_DAY_SHARE * dated as f64 {
            let detail =
                format!("{count} of {dated} articles bear this day, {day}: perhaps the one on which they were saved");
            let first = articles.iter().find(|info| info.published == Some(day));
            findings.extend(first.map(|info| doubt(info, Complaint::DoubtfulDate, detail)));
        }
    }
    findings
}

fn doubt(info: &ArticleInfo, complaint: Complaint, detail: String) -> Finding {
    Finding { complaint, article: Some(info.id.clone()), path: info.path.clone(), line: None, detail }
}
