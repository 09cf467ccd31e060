//! Tables of third-party data, their lines found by a hash table of line starts, which `build.rs` makes.

use super::hash::{SLOT, hash};

/// A table whose lines begin with a key and a tab (or are a key), each key once.
#[derive(Clone, Copy)]
pub struct Table {
    text: &'static str,
    /// As many slots as a power of two.
    slots: &'static [u8],
}

impl Table {
    /// The table `text` with the slots that the build made for it.
    pub const fn new(text: &'static str, slots: &'static [u8]) -> Self {
        Self { text, slots }
    }

    /// All lines.
    #[cfg(test)]
    pub fn lines(self) -> impl Iterator<Item = &'static str> {
        self.text.lines()
    }

    /// The line of `key`.
    pub fn line(self, key: &str) -> Option<&'static str> {
        let mask = self.slots.len() / SLOT - 1;
        let mut at = hash(key) & mask;
        loop {
            let slot = self.slots.get(SLOT * at..SLOT * (at + 1))?;
            let start = (u32::from_le_bytes(slot.try_into().ok()?) as usize).checked_sub(1)?;
            let rest = self.text[start..].strip_prefix(key);
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with(['\t', '\n'])) {
                let end = rest.find('\n').map_or(self.text.len(), |length| start + key.len() + length);
                return Some(&self.text[start..end]);
            }
            at = (at + 1) & mask;
        }
    }
}
