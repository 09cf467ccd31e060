//! The hash by which `build.rs` files the lines of the tables and the program finds them.

/// The bytes of a slot: the start of a line and 1, little-endian; 0 for none.
pub const SLOT: usize = 4;

/// The 64-bit FNV-1a hash of `key`, its upper half mixed in.
pub fn hash(key: &str) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in key.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (hash ^ hash >> 32) as usize
}
