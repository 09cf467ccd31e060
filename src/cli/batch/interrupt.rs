//! Signals that ask the program to end: heard between two lines, so that it ends with a whole one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::error::{Error, Result};

/// The exit status of a program that a signal ended is this and the signal's number.
const BY_SIGNAL: i32 = 128;

/// Whether the program was asked to end.
pub struct Interrupt {
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// From now on Ctrl-C and a request to terminate are only noted; a second one ends the program at once.
    pub fn listen() -> Result<Self> {
        let signal = Arc::new(AtomicUsize::new(0));
        let heard = Arc::new(AtomicBool::new(false));
        for number in [SIGINT, SIGTERM] {
            // The order matters: the first signal finds the flag down and puts it up.
            flag::register_conditional_shutdown(number, BY_SIGNAL + number, heard.clone())
                .and_then(|_| flag::register(number, heard.clone()))
                .and_then(|_| flag::register_usize(number, signal.clone(), number as usize))
                .map_err(|cause| Error::Usage(format!("signals cannot be heard: {cause}")))?;
        }
        Ok(Self { signal })
    }

    /// The exit status of the program, if it was asked to end.
    pub fn status(&self) -> Option<u8> {
        match self.signal.load(Ordering::Relaxed) {
            0 => None,
            number => u8::try_from(BY_SIGNAL as usize + number).ok(),
        }
    }
}
