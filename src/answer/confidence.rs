//! How probable it is that an answer is right: a logistic regression over a few named signs, calibrated on questions
//! that their passage answers and questions that it does not.

use super::asked::{Asked, Asking, Fit};
use super::bounds::{counts_another, is_asked_itself};
use super::description::stands_apart;
use super::features::repeated;
use super::group::{Group, standing};
use super::opposite::opposite;
use super::roles::{has_role, is_leader};
use super::score::weight;
use super::sentence::Scene;
use super::signs::{answerable, odds};
use super::{bystander, counterpart, names_unknown, period, relation, speaker, truth};
use crate::facts::Modality;
use crate::index::Hit;
use crate::question::TermPart;

/// What the choice gives to an answer and to the likeliest other one, each a share from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    pub own: f64,
    pub rival: f64,
}

/// The probability, from 0 to 1, that `group` is the right answer, for each of several shares of the choice.
pub(super) fn probabilities<const N: usize>(
    scene: &Scene<'_>,
    asking: &Asking,
    group: &Group,
    shares: [Shares; N],
) -> [f64; N] {
    let sum = |signs: Vec<(String, f32)>| signs.iter().map(|(name, value)| weight(name) * value).sum::<f32>();
    let rest = sum(apart_from_shares(scene, asking, group)) + sum(set_by_hand(scene, asking, group));
    // A role that a fact tells of somebody is as good as any sentence that says who leads or has it.
    let told = is_leader(scene, &group.shown) || has_role(scene, &group.shown);
    let least = if told { f64::from(weight("decide|leads")) } else { 0.0 };
    shares.map(|shares| {
        let log_odds = rest + sum(of_shares(scene, shares));
        (1.0 / (1.0 + f64::from(-log_odds).exp())).max(least)
    })
}

/// How probable it is that what a page prints of its article is right, and that the question means that article.
pub(super) fn of_detail() -> f64 {
    f64::from(weight("decide|detail"))
}

/// The signs whose weights are set by hand, for there is no reader and nothing to learn them from: what of the question
/// the whole article does not know, and what else speaks against an answer, or for it.
fn set_by_hand(scene: &Scene<'_>, asking: &Asking, group: &Group) -> Vec<(String, f32)> {
    if scene.readings.is_some() {
        return Vec::new();
    }
    let cover = &scene.sentences[group.sentence()].cover;
    let absent = |part: TermPart, found: f32| if scene.asks_with(part) { 1.0 - found } else { 0.0 };
    let absent = [
        ("names absent", absent(TermPart::Name, cover.article_names)),
        ("verbs absent", absent(TermPart::Verb, cover.article_verbs)),
    ];
    let signs = absent.into_iter().chain(against(scene, asking, group));
    signs.map(|(name, value)| (format!("prior|{name}"), value)).collect()
}

/// What speaks against an answer however well its words fit, or for it: whether it stands apart from the name that it is
/// to describe; how much of the relation that is asked is said nowhere about it; whether a role tells that somebody leads
/// what is asked about; whether an amount is that of a part; whether words are another's or about another thing; whether
/// no article has a name of the question, which only another language may spell otherwise; whether it only repeats the
/// question; whether it holds for another time, lies ahead of what has happened or behind what is to come, or is a number
/// of other things; whether it is told as a fact; whether its sentence tells the opposite, tells of somebody else, or of
/// the like thing with another name.
fn against(scene: &Scene<'_>, asking: &Asking, group: &Group) -> [(&'static str, f32); 16] {
    let (place, shown) = (group.sentence(), &group.shown);
    let modality = standing(scene, place, shown.span(scene)).0;
    let words = &scene.sentences[place].words[shown.first..=shown.last];
    [
        ("apart", f32::from(stands_apart(scene, shown))),
        ("unsaid", relation::unsaid(scene, asking, place)),
        ("leads", f32::from(is_leader(scene, shown))),
        ("of a part", f32::from(relation::is_of_a_part(scene, place))),
        ("beside", f32::from(speaker::is_beside(scene, place, shown.span(scene)))),
        ("unknown name", f32::from(names_unknown(scene.question))),
        ("repeats", repeated(words)),
        ("asked again", f32::from(is_asked_itself(scene, asking, shown))),
        ("another time", f32::from(period::is_of_another(scene, shown))),
        ("ahead", f32::from(period::is_ahead(asking, modality))),
        ("behind", f32::from(period::is_behind(scene, asking, shown))),
        ("stated", f32::from(modality == Modality::Stated)),
        ("counts another", f32::from(counts_another(scene, asking, shown))),
        ("opposite", opposite(scene, asking, shown)),
        ("bystander", f32::from(bystander::is_of_another(scene, shown))),
        ("counterpart", f32::from(counterpart::is_of_another(scene, shown))),
    ]
}

/// The signs and their values, by name.
pub(super) fn named(scene: &Scene<'_>, asking: &Asking, group: &Group) -> Vec<(String, f32)> {
    let mut signs = apart_from_shares(scene, asking, group);
    signs.extend(of_shares(scene, Shares { own: group.share, rival: group.rival }));
    signs
}

/// Under which name the weights know the signs: with the reader the same signs mean something else.
fn origin(scene: &Scene<'_>) -> &'static str {
    if scene.readings.is_some() { "read confidence" } else { "confidence" }
}

fn of_shares(scene: &Scene<'_>, shares: Shares) -> Vec<(String, f32)> {
    let own = shares.own.clamp(1e-6, 1.0 - 1e-6);
    let origin = origin(scene);
    vec![
        (format!("{origin}|share"), (own / (1.0 - own)).ln() as f32 / 4.0),
        (format!("{origin}|lead"), (own - shares.rival) as f32),
    ]
}

/// The signs that do not depend on the shares of the choice.
fn apart_from_shares(scene: &Scene<'_>, asking: &Asking, group: &Group) -> Vec<(String, f32)> {
    let sentence = &scene.sentences[group.sentence()];
    let cover = &sentence.cover;
    let asked = Asked::of(scene.question);
    let mut signs = Vec::new();
    let origin = origin(scene);
    let mut add = |name: String, value: f32| {
        if value != 0.0 {
            signs.push((format!("{origin}|{name}"), value));
        }
    };
    if let Some(odds) = odds(scene, &group.members[0].0) {
        add("odds".into(), odds / 4.0);
        add("odds above".into(), odds.max(0.0) / 4.0);
        let answerable = answerable(scene, &group.members[0].0);
        add("answerable".into(), answerable / 4.0);
        add("answerable above".into(), answerable.max(0.0) / 4.0);
    }
    add("one".into(), 1.0);
    add(format!("asked|{}", asked.name()), 1.0);
    add("score".into(), group.score / 10.0);
    add("cover".into(), cover.all);
    add("cover near".into(), cover.near);
    add("cover passage".into(), cover.passage);
    add("cover passage squared".into(), cover.passage * cover.passage);
    add("cover passage whole".into(), f32::from(cover.passage > 0.95));
    add("cover near whole".into(), f32::from(cover.near > 0.95));
    for (part, name, here, around) in [
        (TermPart::Name, "names", cover.names, cover.passage_names),
        (TermPart::Verb, "verbs", cover.verbs, cover.passage_verbs),
        (TermPart::Noun, "nouns", cover.nouns, cover.passage_nouns),
    ] {
        if scene.asks_with(part) {
            add(format!("missing {name}"), 1.0 - here);
            add(format!("missing {name} around"), 1.0 - around);
        }
    }
    add("terms".into(), 1.0 / scene.matcher.len().max(1) as f32);
    let fit = match (group.shown.fit, group.shown.whole) {
        (Fit::Exact, true) => "exact",
        (Fit::Near, true) => "near",
        _ => "none",
    };
    add(format!("fit|{fit}|{}", if asked.is_typed() { "typed" } else { "free" }), 1.0);
    add("unlike".into(), f32::from(group.unlike));
    // "Perché ha chiuso?" takes it for certain that it has.
    let presumes = scene.presumes() && scene.asks_with(TermPart::Verb);
    if scene.readings.is_some() {
        add("presumed verb missing".into(), if presumes { 1.0 - cover.article_verbs } else { 0.0 });
        let names = scene.asks_with(TermPart::Name);
        add("missing names of article".into(), if names { 1.0 - cover.article_names } else { 0.0 });
    }
    if scene.readings.is_some() {
        for (name, value) in against(scene, asking, group) {
            add(name.into(), value);
        }
        let numbers = scene.matcher.cover(&sentence.found, Some(TermPart::Number));
        add("missing numbers".into(), numbers.map_or(0.0, |found| 1.0 - found));
        add("rank".into(), 1.0 / (1.0 + sentence.hit as f32));
        let article = |hit: &Hit| hit.passage.article == scene.hits[sentence.hit].passage.article;
        let of_article = scene.hits.iter().filter(|hit| article(hit)).count();
        add("found of article".into(), of_article as f32 / scene.hits.len() as f32);
        add("words".into(), (group.shown.last - group.shown.first + 1) as f32 / 10.0);
        add(
            "polarity".into(),
            f32::from(truth::is_negated(scene.question) && !truth::is_denied(scene, group.sentence())),
        );
        add("told".into(), f32::from(group.shown.told));
    }
    add("several".into(), f32::from(group.members.iter().any(|(c, _)| c.sentence != group.sentence())));
    add("other language".into(), f32::from(sentence.language != scene.question.language));
    add("heading".into(), f32::from(scene.hits[sentence.hit].passage.heading));
    signs
}
