//! What kind of thing a question asks for, as far as choosing an answer cares.

use crate::facts::FactKind;
use crate::question::{AnswerType, Intent, Question};

/// The answer types between which the weights of the ranking tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Date,
    Duration,
    Amount,
    Person,
    Organization,
    Place,
    Thing,
    Reason,
    Manner,
    Description,
}

impl Asked {
    /// What `question` asks for.
    pub(super) fn of(question: &Question) -> Self {
        match question.expects {
            AnswerType::Date => Asked::Date,
            AnswerType::Duration => Asked::Duration,
            AnswerType::Money | AnswerType::Number | AnswerType::Percent | AnswerType::Quantity => Asked::Amount,
            AnswerType::Person => Asked::Person,
            AnswerType::Organization | AnswerType::Group => Asked::Organization,
            AnswerType::Place => Asked::Place,
            AnswerType::Reason => Asked::Reason,
            AnswerType::Manner => Asked::Manner,
            AnswerType::Definition | AnswerType::Description | AnswerType::Quote => Asked::Description,
            AnswerType::Product | AnswerType::Entity | AnswerType::Abbreviation => Asked::Thing,
            AnswerType::Truth | AnswerType::None => match question.intent {
                Intent::When => Asked::Date,
                Intent::Who | Intent::WhoIs => Asked::Person,
                Intent::Where => Asked::Place,
                Intent::HowMany | Intent::HowMuch => Asked::Amount,
                Intent::Why => Asked::Reason,
                Intent::How => Asked::Manner,
                _ => Asked::Thing,
            },
        }
    }

    /// The name under which the weights know it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Asked::Date => "date",
            Asked::Duration => "duration",
            Asked::Amount => "amount",
            Asked::Person => "person",
            Asked::Organization => "organization",
            Asked::Place => "place",
            Asked::Thing => "thing",
            Asked::Reason => "reason",
            Asked::Manner => "manner",
            Asked::Description => "description",
        }
    }

    /// Whether the answer is a value of some kind of fact rather than any words.
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Asked::Date | Asked::Duration | Asked::Amount | Asked::Person | Asked::Place)
    }
}

/// How well a fact of this kind answers a question that expects this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is of another kind.
    Wrong,
    /// It is of a kind that may serve.
    Near,
    /// It is of the very kind.
    Exact,
}

/// How well a fact of `kind` fits a question that expects `expects`.
pub(super) fn fit(expects: AnswerType, kind: FactKind) -> Fit {
    use AnswerType as A;
    use FactKind as K;
    match (expects, kind) {
        (A::Date, K::Date)
        | (A::Duration, K::Duration)
        | (A::Money, K::Money)
        | (A::Percent, K::Percent)
        | (A::Number | A::Quantity, K::Quantity)
        | (A::Number, K::Number)
        | (A::Person, K::Person)
        | (A::Organization | A::Group, K::Organization)
        | (A::Place, K::Place)
        | (A::Product, K::Product)
        | (A::Quote, K::Quotation)
        | (A::Definition, K::Definition) => Fit::Exact,
        (A::Quantity | A::Money, K::Number)
        | (A::Number, K::Percent | K::Money | K::Ordinal)
        | (A::Quantity, K::Percent | K::Duration)
        | (A::Duration, K::Date | K::Quantity)
        | (A::Date, K::Duration)
        | (A::Person, K::Organization | K::Entity)
        | (A::Organization | A::Group, K::Entity | K::Person | K::Product | K::Place)
        | (A::Place, K::Entity | K::Organization)
        | (A::Product, K::Entity | K::Organization)
        | (A::Entity | A::None | A::Abbreviation, K::Product | K::Entity | K::Organization | K::Person | K::Place) => {
            Fit::Near
        }
        _ => Fit::Wrong,
    }
}
