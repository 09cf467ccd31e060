//! A passage as bytes: what is kept of it in the index, small and quickly read.
//!
//! Numbers are unsigned LEB128, texts stand after their length in bytes, and what may be missing after a byte that says
//! whether it is there. Only the build that wrote them reads them: the index is made anew by any other.

use jiff::civil::Date;

use crate::corpus::Passage;
use crate::facts::{
    Amount, AmountRelation, DateRelation, DateValue, Equivalent, Fact, FactKind, Modality, Name, Precision, Value,
};
use crate::text::Span;

/// The bytes of `passage`.
pub(super) fn to_bytes(passage: &Passage) -> Vec<u8> {
    let mut bytes = Writer(Vec::with_capacity(2 * passage.text.len()));
    bytes.text(&passage.article);
    bytes.number(passage.ordinal);
    bytes.text(&passage.text);
    bytes.span(passage.span);
    bytes.number(passage.line);
    bytes.flag(passage.heading);
    bytes.number(passage.facts.len());
    for fact in &passage.facts {
        bytes.fact(fact);
    }
    bytes.0
}

/// The passage whose bytes these are; `None` if they are damaged.
pub(super) fn from_bytes(bytes: &[u8]) -> Option<Passage> {
    let mut bytes = Reader(bytes);
    let passage = Passage {
        article: bytes.text()?,
        ordinal: bytes.number()?,
        text: bytes.text()?,
        span: bytes.span()?,
        line: bytes.number()?,
        heading: bytes.flag()?,
        facts: bytes.list(Reader::fact)?,
    };
    bytes.0.is_empty().then_some(passage)
}

// Each is kept as its place.
const KINDS: [FactKind; 16] = [
    FactKind::Date,
    FactKind::Duration,
    FactKind::Money,
    FactKind::Quantity,
    FactKind::Percent,
    FactKind::Number,
    FactKind::Ordinal,
    FactKind::Person,
    FactKind::Organization,
    FactKind::Place,
    FactKind::Product,
    FactKind::Entity,
    FactKind::Definition,
    FactKind::Quotation,
    FactKind::List,
    FactKind::Truth,
];
const MODALITIES: [Modality; 5] =
    [Modality::Stated, Modality::Planned, Modality::Possible, Modality::Hearsay, Modality::Denied];
const PRECISIONS: [Precision; 9] = [
    Precision::Day,
    Precision::Week,
    Precision::Month,
    Precision::Quarter,
    Precision::Half,
    Precision::Season,
    Precision::Year,
    Precision::Decade,
    Precision::Century,
];
const DATE_RELATIONS: [DateRelation; 5] =
    [DateRelation::In, DateRelation::By, DateRelation::From, DateRelation::Until, DateRelation::About];
const AMOUNT_RELATIONS: [AmountRelation; 6] = [
    AmountRelation::Exactly,
    AmountRelation::About,
    AmountRelation::Over,
    AmountRelation::Under,
    AmountRelation::AtLeast,
    AmountRelation::AtMost,
];

struct Writer(Vec<u8>);

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    fn float(&mut self, number: f64) {
        self.0.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend(text.as_bytes());
    }

    fn span(&mut self, span: Span) {
        self.number(span.start);
        self.number(span.len());
    }

    fn option<T>(&mut self, value: Option<T>, write: impl Fn(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn date(&mut self, date: Date) {
        self.0.extend(date.year().to_le_bytes());
        self.byte(date.month().cast_unsigned());
        self.byte(date.day().cast_unsigned());
    }

    fn amount(&mut self, amount: &Amount) {
        self.float(amount.amount);
        self.option(amount.to_amount, Self::float);
        self.byte(amount.relation as u8);
    }

    fn name(&mut self, name: &Name) {
        self.text(&name.name);
        self.option(name.role.as_deref(), Self::text);
    }

    fn fact(&mut self, fact: &Fact) {
        self.byte(fact.value.kind() as u8);
        self.value(&fact.value);
        self.span(fact.span);
        self.byte(fact.modality as u8);
        self.option(fact.attribution.as_deref(), Self::text);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Date(date) => {
                self.option(date.from, Self::date);
                self.option(date.to, Self::date);
                self.byte(date.precision as u8);
                self.byte(date.relation as u8);
            }
            Value::Duration { iso, age } => {
                self.text(iso);
                self.flag(*age);
            }
            Value::Money { amount, currency, equivalent } => {
                self.amount(amount);
                self.option(currency.as_deref(), Self::text);
                self.option(equivalent.as_ref(), |bytes, equivalent| {
                    bytes.float(equivalent.amount);
                    bytes.text(&equivalent.currency);
                });
            }
            Value::Quantity { amount, unit } => {
                self.amount(amount);
                self.text(unit);
            }
            Value::Percent(amount) => self.amount(amount),
            Value::Number { amount } | Value::Ordinal { amount } => self.float(*amount),
            Value::Person(name)
            | Value::Organization(name)
            | Value::Place(name)
            | Value::Product(name)
            | Value::Entity(name) => self.name(name),
            Value::Definition { name, text } => {
                self.text(name);
                self.text(text);
            }
            Value::Quotation { speaker, text } => {
                self.option(speaker.as_deref(), Self::text);
                self.text(text);
            }
            Value::List { items } => {
                self.number(items.len());
                items.iter().for_each(|item| self.text(item));
            }
            Value::Truth { truth } => self.flag(*truth),
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn flag(&mut self) -> Option<bool> {
        self.byte().map(|byte| byte != 0)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn float(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).ok().map(str::to_owned)
    }

    fn span(&mut self) -> Option<Span> {
        let (start, length) = (self.number()?, self.number()?);
        Some(Span::new(start, start.checked_add(length)?))
    }

    fn option<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Some(None) }
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        // Each takes a byte at least.
        let mut list = Vec::with_capacity(count.min(self.0.len()));
        for _ in 0..count {
            list.push(read(self)?);
        }
        Some(list)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::from(self.byte()?)).copied()
    }

    fn date(&mut self) -> Option<Date> {
        let year = i16::from_le_bytes(self.array()?);
        Date::new(year, self.byte()?.cast_signed(), self.byte()?.cast_signed()).ok()
    }

    fn amount(&mut self) -> Option<Amount> {
        Some(Amount {
            amount: self.float()?,
            to_amount: self.option(Self::float)?,
            relation: self.one_of(&AMOUNT_RELATIONS)?,
        })
    }

    fn name(&mut self) -> Option<Name> {
        Some(Name { name: self.text()?, role: self.option(Self::text)? })
    }

    fn fact(&mut self) -> Option<Fact> {
        let kind = self.one_of(&KINDS)?;
        Some(Fact {
            value: self.value(kind)?,
            span: self.span()?,
            modality: self.one_of(&MODALITIES)?,
            attribution: self.option(Self::text)?,
        })
    }

    fn value(&mut self, kind: FactKind) -> Option<Value> {
        Some(match kind {
            FactKind::Date => Value::Date(DateValue {
                from: self.option(Self::date)?,
                to: self.option(Self::date)?,
                precision: self.one_of(&PRECISIONS)?,
                relation: self.one_of(&DATE_RELATIONS)?,
            }),
            FactKind::Duration => Value::Duration { iso: self.text()?, age: self.flag()? },
            FactKind::Money => Value::Money {
                amount: self.amount()?,
                currency: self.option(Self::text)?,
                equivalent: self
                    .option(|bytes| Some(Equivalent { amount: bytes.float()?, currency: bytes.text()? }))?,
            },
            FactKind::Quantity => Value::Quantity { amount: self.amount()?, unit: self.text()? },
            FactKind::Percent => Value::Percent(self.amount()?),
            FactKind::Number => Value::Number { amount: self.float()? },
            FactKind::Ordinal => Value::Ordinal { amount: self.float()? },
            FactKind::Person => Value::Person(self.name()?),
            FactKind::Organization => Value::Organization(self.name()?),
            FactKind::Place => Value::Place(self.name()?),
            FactKind::Product => Value::Product(self.name()?),
            FactKind::Entity => Value::Entity(self.name()?),
            FactKind::Definition => Value::Definition { name: self.text()?, text: self.text()? },
            FactKind::Quotation => Value::Quotation { speaker: self.option(Self::text)?, text: self.text()? },
            FactKind::List => Value::List { items: self.list(Self::text)? },
            FactKind::Truth => Value::Truth { truth: self.flag()? },
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// A passage with a value of each kind.
    fn passage() -> Passage {
        let amount = |relation| Amount { amount: 0.1, to_amount: Some(1e300), relation };
        let name = |role: Option<&str>| Name { name: "Zoë".to_owned(), role: role.map(str::to_owned) };
        let text = || "perché".to_owned();
        let mut values = vec![
            Value::Duration { iso: "P10Y".to_owned(), age: true },
            Value::Money { amount: amount(AmountRelation::About), currency: None, equivalent: None },
            Value::Money {
                amount: amount(AmountRelation::Over),
                currency: Some("EUR".to_owned()),
                equivalent: Some(Equivalent { amount: -3.0, currency: "USD".to_owned() }),
            },
            Value::Quantity { amount: amount(AmountRelation::Exactly), unit: "km".to_owned() },
            Value::Number { amount: 1.5 },
            Value::Ordinal { amount: 3.0 },
            Value::Person(name(Some("sindaca"))),
            Value::Organization(name(None)),
            Value::Place(name(None)),
            Value::Product(name(None)),
            Value::Entity(name(None)),
            Value::Definition { name: text(), text: text() },
            Value::Quotation { speaker: Some(text()), text: text() },
            Value::Quotation { speaker: None, text: String::new() },
            Value::List { items: vec![text(), text()] },
            Value::Truth { truth: true },
        ];
        values.extend(AMOUNT_RELATIONS.map(|relation| Value::Percent(amount(relation))));
        values.extend(PRECISIONS.map(|precision| {
            let (from, to) = (Some(date(-44, 3, 15)), None);
            Value::Date(DateValue { from, to, precision, relation: DateRelation::In })
        }));
        values.extend(DATE_RELATIONS.map(|relation| {
            let (from, to) = (None, Some(date(9999, 12, 31)));
            Value::Date(DateValue { from, to, precision: Precision::Day, relation })
        }));
        let modalities = MODALITIES.into_iter().cycle();
        let facts = values.into_iter().zip(modalities).zip(0..).map(|((value, modality), start)| Fact {
            value,
            span: Span::new(start, 300 * start),
            modality,
            attribution: (start % 2 == 0).then(text),
        });
        Passage {
            article: "2024/città".to_owned(),
            ordinal: 70_000,
            text: "È così.".repeat(40),
            span: Span::new(1 << 40, (1 << 40) + 320),
            line: 128,
            heading: true,
            facts: facts.collect(),
        }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let passage = passage();
        for kind in KINDS {
            assert!(passage.facts.iter().any(|fact| fact.value.kind() == kind), "{kind:?}");
        }
        assert_eq!(from_bytes(&to_bytes(&passage)), Some(passage));
    }

    #[test]
    fn damaged_bytes_are_read_without_harm() {
        let bytes = to_bytes(&passage());
        for end in 0..bytes.len() {
            assert_eq!(from_bytes(&bytes[..end]), None, "{end}");
        }
        for at in 0..bytes.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] = byte;
                let _ = from_bytes(&damaged);
            }
        }
        assert_eq!(from_bytes(&[0xff; 64]), None);
    }
}
