//! A progress bar on standard error, for what takes longer than a moment.

use std::fmt::Write;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

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
        Self::after(what, 0, quiet)
    }

    /// The same where `done` was done at an earlier time, which does not count for the rate.
    pub fn after(what: &'static str, done: u64, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(what);
        bar.set_position(done);
        bar.reset_eta();
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
            let template =
                if known { "{msg} {bar:32} {pos}/{len}, {rate}, {eta} to go" } else { "{msg} {pos}, {rate}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style.with_key("rate", rate));
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

/// How many are done in a second, or in a minute where they are few.
fn rate(state: &ProgressState, text: &mut dyn Write) {
    let rate = state.per_sec();
    let _ = if rate < 1.0 { write!(text, "{:.1}/min", rate * 60.0) } else { write!(text, "{rate:.1}/s") };
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
