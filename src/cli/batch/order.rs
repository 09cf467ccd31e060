//! Work on all cores whose results come in the order of what they were made from.

use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// How many results are made ahead of the one that is awaited, at most.
const AHEAD: usize = 256;

/// Where one result arrives; it ends without any if `work` panicked.
pub type Awaited<R> = Receiver<R>;

/// Does `work` on each of `items`, as soon as there is one, and gives back where the results arrive, in order.
///
/// The items are taken by a thread of their own, so that waiting for one delays no result. When the receiver is
/// dropped, no further item is taken.
pub fn in_order<T, R>(
    items: impl Iterator<Item = T> + Send + 'static,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> Receiver<Awaited<R>>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let (order, awaited) = sync_channel(AHEAD);
    let (tasks, waiting) = channel::<(T, Sender<R>)>();
    let (waiting, work) = (Arc::new(Mutex::new(waiting)), Arc::new(work));
    for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
        let (waiting, work) = (waiting.clone(), work.clone());
        thread::spawn(move || {
            loop {
                let task = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((item, result)) = task else { return };
                // Nobody may wait for the result any more.
                let _ = result.send(work(item));
            }
        });
    }
    thread::spawn(move || {
        for item in items {
            let (result, arrives) = channel();
            if order.send(arrives).is_err() || tasks.send((item, result)).is_err() {
                return;
            }
        }
    });
    awaited
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        // The earlier an item, the longer it takes.
        let slow = |number: u64| {
            thread::sleep(Duration::from_millis(20_u64.saturating_sub(number)));
            number * 2
        };
        let results: Vec<u64> = in_order(0..400, slow).iter().map(|awaited| awaited.recv().expect("one")).collect();
        assert_eq!(results, (0..400).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[test]
    fn a_result_is_there_before_the_next_item_is() {
        let (items, given) = channel();
        let results = in_order(given.into_iter(), |number: u32| number + 1);
        for number in 0..3 {
            items.send(number).expect("somebody who takes it");
            assert_eq!(results.recv().expect("a place").recv().expect("a result"), number + 1);
        }
        drop(items);
        assert!(results.recv().is_err());
    }
}
