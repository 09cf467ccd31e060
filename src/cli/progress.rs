//! A progress bar on standard error, for what takes longer than a moment.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long something runs before its bar is shown.
const MOMENT: Duration = Duration::from_millis(400);

/// A bar that stays hidden for a moment, and wherever standard error is no terminal.
pub struct Progress {
    bar: ProgressBar,
    begun: Instant,
    quiet: bool,
}

impl Progress {
    /// A bar under the heading `what`.
    pub fn new(what: &'static str, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(what);
        Self { bar, begun: Instant::now(), quiet }
    }

    /// Tells how much is done of how much, where that is known.
    pub fn tell(&self, done: u64, total: Option<u64>) {
        self.bar.set_position(done);
        if let Some(total) = total {
            self.bar.set_length(total);
        }
        if !self.quiet && self.bar.is_hidden() && self.begun.elapsed() >= MOMENT {
            let known = self.bar.length().is_some();
            let template = if known { "{msg} {bar:32} {pos}/{len} {eta}" } else { "{msg} {pos} {per_sec}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
