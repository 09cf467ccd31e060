//! How likely each kind of name is.

use super::super::value::FactKind;

/// The kinds of names, in the order of their tags.
pub(super) const KINDS: [FactKind; 5] =
    [FactKind::Person, FactKind::Organization, FactKind::Place, FactKind::Product, FactKind::Entity];

/// For each of [`KINDS`] its log odds, up to a constant that all share.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::facts) struct Evidence(pub [f32; KINDS.len()]);

impl Evidence {
    /// Adds what `other` says, so many times.
    pub fn add(&mut self, other: Evidence, times: f32) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, log_odds)| *sum += times * log_odds);
    }

    /// The kind for which most speaks, and by how much more than for the next.
    pub fn best(&self) -> (FactKind, f32) {
        let mut kinds: Vec<(FactKind, f32)> = KINDS.into_iter().zip(self.0).collect();
        kinds.sort_by(|a, b| b.1.total_cmp(&a.1));
        (kinds[0].0, kinds[0].1 - kinds[1].1)
    }

    /// The log odds of a kind of name.
    pub fn of(&self, kind: FactKind) -> f32 {
        KINDS.iter().position(|k| *k == kind).map_or(0.0, |at| self.0[at])
    }

    /// Makes a kind of name likelier.
    pub fn raise(&mut self, kind: FactKind, by: f32) {
        if let Some(at) = KINDS.iter().position(|k| *k == kind) {
            self.0[at] += by;
        }
    }
}
