//! Adding up the pieces of a number in the order in which they are said.

use crate::language::Atom;

use super::whole;

/// A number that is being said. Every state is a whole number; a piece that cannot follow is refused.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    /// What is finished: "due milioni" of "due milioni trecento".
    total: f64,
    /// What the next scale multiplies.
    group: f64,
    /// What may still be added to the group.
    room: Room,
    /// The last scale from a thousand up, or 0.
    scale: f64,
    /// Whether anything was said.
    begun: bool,
}

/// What may still be added below the next thousand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Room {
    /// Nothing was said since the last scale.
    #[default]
    Hundreds,
    /// A hundred was said.
    Tens,
    /// A multiple of ten was said.
    Units,
    /// A unit was said.
    UnitSaid,
    /// Nothing but a scale can follow.
    None,
}

impl Sum {
    /// The number so far.
    pub fn value(&self) -> f64 {
        self.total + self.group
    }

    /// The last scale from a thousand up that was said, or 1 if something followed it.
    pub fn scale(&self) -> f64 {
        if self.room == Room::Hundreds && self.scale > 0.0 { self.scale } else { 1.0 }
    }

    /// Whether "and" may stand here: "two hundred and five".
    pub fn takes_and(&self) -> bool {
        self.begun && matches!(self.room, Room::Tens | Room::Hundreds)
    }

    /// Whether a hundred was said last.
    pub fn ends_in_hundred(&self) -> bool {
        self.room == Room::Tens
    }

    /// Begins with a number in digits; only a scale can follow it.
    pub fn take_digits(&mut self, value: f64) {
        *self = Sum { group: value, room: Room::None, begun: true, ..Sum::default() };
    }

    /// Adds all pieces of one word, or says that they cannot follow (and is then of no use any more).
    pub fn take_all(&mut self, atoms: &[Atom]) -> bool {
        atoms.iter().all(|atom| self.take(*atom))
    }

    fn take(&mut self, atom: Atom) -> bool {
        let taken = match atom {
            Atom::Cardinal(value) => self.add(value),
            Atom::Scale(100.0) => self.hundred(),
            Atom::Scale(scale) => self.multiply(scale),
        };
        self.begun |= taken;
        taken
    }

    fn add(&mut self, value: f64) -> bool {
        let (taken, room) = match (self.room, value) {
            (Room::Hundreds, 0.0) => (!self.begun, Room::None),
            (_, 0.0) => (false, Room::None),
            (Room::Hundreds, 1.0..10.0) => (true, Room::UnitSaid),
            (Room::Tens | Room::Units, 1.0..10.0) => (true, Room::None),
            (Room::Hundreds, 10.0..20.0) => (true, Room::None),
            (Room::Tens, 10.0..20.0) => (true, Room::None),
            (Room::Hundreds | Room::Tens, _) => (value >= 20.0, Room::Units),
            // "one twenty-two" is 122.
            (Room::UnitSaid, _) if value >= 20.0 && self.total == 0.0 => {
                self.group *= 100.0;
                (true, Room::Units)
            }
            _ => (false, self.room),
        };
        if taken {
            self.group += value;
            self.room = room;
        }
        taken
    }

    fn hundred(&mut self) -> bool {
        let fits = match self.room {
            Room::Hundreds => true,
            Room::Units | Room::UnitSaid | Room::None => self.group > 0.0 && self.group < 100.0,
            Room::Tens => false,
        };
        if fits {
            self.group = if self.group == 0.0 { 100.0 } else { self.group * 100.0 };
            self.room = Room::Tens;
        }
        fits
    }

    fn multiply(&mut self, scale: f64) -> bool {
        if self.group == 0.0 && self.begun && self.total == 0.0 {
            return false;
        }
        if self.scale == 0.0 || scale < self.scale {
            let group = if self.group == 0.0 { 1.0 } else { self.group };
            self.total += whole(group * scale);
        } else if scale > self.scale {
            // "three thousand million"
            self.total = whole((self.total + self.group) * scale);
        } else {
            return false;
        }
        self.group = 0.0;
        self.scale = scale;
        self.room = Room::Hundreds;
        true
    }
}
