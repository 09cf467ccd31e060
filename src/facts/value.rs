//! Normalised values, as scripts see them.

use borsh::{BorshDeserialize, BorshSerialize, io};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::Span;

/// Something that a text says, with the place where it says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Fact {
    /// What it is, normalised.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
    /// How sure the text is of it.
    pub modality: Modality,
    /// Whom the text credits ("secondo Bloomberg").
    pub attribution: Option<String>,
}

/// A normalised value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Value {
    /// A day or a period.
    Date(DateValue),
    /// A length of time, an age too.
    Duration {
        /// ISO 8601, as `P10Y`.
        iso: String,
        /// Whether it tells how old somebody or something is.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        age: bool,
    },
    /// An amount of money.
    Money {
        /// The amount and how it is meant.
        #[serde(flatten)]
        amount: Amount,
        /// ISO 4217, where the text tells.
        currency: Option<String>,
        /// What the text says that it is in another currency ("10 billion yuan (1.3 billion euros)").
        #[serde(default, skip_serializing_if = "Option::is_none")]
        equivalent: Option<Equivalent>,
    },
    /// An amount with a unit of measure or a counted noun.
    Quantity {
        /// The amount and how it is meant.
        #[serde(flatten)]
        amount: Amount,
        /// A unit's symbol (`km`), or the counted noun in the singular of the text's language.
        unit: String,
    },
    /// A share of a hundred.
    Percent(Amount),
    /// A bare number.
    Number {
        /// The number.
        #[serde(serialize_with = "plain_number")]
        amount: f64,
    },
    /// A place in an order.
    Ordinal {
        /// First is 1.
        #[serde(serialize_with = "plain_number")]
        amount: f64,
    },
    /// A human being.
    Person(Name),
    /// A company, an institution, a team, a party.
    Organization(Name),
    /// A country, a city, a building, a river.
    Place(Name),
    /// Something that is made and sold, or a work.
    Product(Name),
    /// A name of none of these kinds, or whose kind is not known.
    Entity(Name),
    /// What something is.
    Definition {
        /// What is defined.
        name: String,
        /// What it is, in the text's words.
        text: String,
    },
    /// Somebody's own words.
    Quotation {
        /// Who said so, where the text tells.
        speaker: Option<String>,
        /// The words, without the marks.
        text: String,
    },
    /// Several things named together.
    List {
        /// The things, in the text's order.
        items: Vec<String>,
    },
    /// Yes or no.
    Truth {
        /// Yes is true.
        truth: bool,
    },
}

/// A name and what its bearer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Name {
    /// The name, in the fullest form of the article.
    pub name: String,
    /// What the text calls its bearer ("amministratore delegato di Renault").
    pub role: Option<String>,
}

/// A day or a period of days; both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct DateValue {
    /// The first day, or `None` where it is open or cannot be resolved.
    #[borsh(serialize_with = "write_day", deserialize_with = "read_day")]
    pub from: Option<Date>,
    /// The last day, or `None` where it is open or cannot be resolved.
    #[borsh(serialize_with = "write_day", deserialize_with = "read_day")]
    pub to: Option<Date>,
    /// How finely the text tells it.
    pub precision: Precision,
    /// How the event stands to the period.
    pub relation: DateRelation,
}

/// How finely a date is told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Precision {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
}

/// How an event stands to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateRelation {
    /// At some time in it.
    In,
    /// Not later than its end.
    By,
    /// Beginning with it.
    From,
    /// Ending with it.
    Until,
    /// Near it.
    About,
}

/// A number or a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Amount {
    /// The number, or the range's lower end.
    #[serde(serialize_with = "plain_number")]
    pub amount: f64,
    /// The range's upper end.
    #[serde(serialize_with = "plain_option")]
    pub to_amount: Option<f64>,
    /// How exactly it is meant.
    pub relation: AmountRelation,
}

/// An amount of money in another currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Equivalent {
    /// The amount.
    #[serde(serialize_with = "plain_number")]
    pub amount: f64,
    /// ISO 4217.
    pub currency: String,
}

/// How exactly an amount is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AmountRelation {
    Exactly,
    About,
    Over,
    Under,
    AtLeast,
    AtMost,
}

impl AmountRelation {
    /// Whether the amount is the least that is meant.
    pub fn is_upward(self) -> bool {
        matches!(self, AmountRelation::Over | AmountRelation::AtLeast)
    }

    /// Whether the amount is the most that is meant.
    pub fn is_downward(self) -> bool {
        matches!(self, AmountRelation::Under | AmountRelation::AtMost)
    }
}

/// How sure a text is of what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It is said as a fact.
    Stated,
    /// Somebody means to do it, or it is expected.
    Planned,
    /// It may be so.
    Possible,
    /// It is passed on without a warrant ("avrebbe investito", "reportedly").
    Hearsay,
    /// It is said not to be so.
    Denied,
}

/// The kinds of facts, as scripts see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum FactKind {
    Date,
    Duration,
    Money,
    Quantity,
    Percent,
    Number,
    Ordinal,
    Person,
    Organization,
    Place,
    Product,
    Entity,
    Definition,
    Quotation,
    List,
    Truth,
}

impl Value {
    /// The value's kind.
    pub fn kind(&self) -> FactKind {
        match self {
            Value::Date(_) => FactKind::Date,
            Value::Duration { .. } => FactKind::Duration,
            Value::Money { .. } => FactKind::Money,
            Value::Quantity { .. } => FactKind::Quantity,
            Value::Percent(_) => FactKind::Percent,
            Value::Number { .. } => FactKind::Number,
            Value::Ordinal { .. } => FactKind::Ordinal,
            Value::Person(_) => FactKind::Person,
            Value::Organization(_) => FactKind::Organization,
            Value::Place(_) => FactKind::Place,
            Value::Product(_) => FactKind::Product,
            Value::Entity(_) => FactKind::Entity,
            Value::Definition { .. } => FactKind::Definition,
            Value::Quotation { .. } => FactKind::Quotation,
            Value::List { .. } => FactKind::List,
            Value::Truth { .. } => FactKind::Truth,
        }
    }

    /// The name, of a person, an organization, a place, a product or an entity.
    pub fn name(&self) -> Option<&Name> {
        match self {
            Value::Person(name)
            | Value::Organization(name)
            | Value::Place(name)
            | Value::Product(name)
            | Value::Entity(name) => Some(name),
            _ => None,
        }
    }
}

/// Writes whole numbers without a fraction (`900000`, not `900000.0`).
fn plain_number<S: serde::Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(*number)
    }
}

fn plain_option<S: serde::Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => plain_number(number, serializer),
        None => serializer.serialize_none(),
    }
}

/// Writes a day as its year, month and day, which [`read_day`] reads.
fn write_day<W: io::Write>(day: &Option<Date>, writer: &mut W) -> io::Result<()> {
    borsh::to_writer(writer, &day.map(|day| (day.year(), day.month(), day.day())))
}

fn read_day<R: io::Read>(reader: &mut R) -> io::Result<Option<Date>> {
    let day = Option::<(i16, i8, i8)>::deserialize_reader(reader)?;
    day.map(|(year, month, day)| Date::new(year, month, day)).transpose().map_err(io::Error::other)
}
