//! How many threads work on one call: as many as the caller says, but no more than there are cores, in a pool that a forked
//! process makes anew.

use std::sync::{Arc, Mutex};
use std::thread::available_parallelism;

use rayon::ThreadPool;

struct Kept {
    process: u32,
    threads: usize,
    pool: Arc<ThreadPool>,
}

static KEPT: Mutex<Option<Kept>> = Mutex::new(None);

/// Items of work below which threads are not worth waking.
const FEW: usize = 32;

/// Run something that may use rayon, on so many threads, all cores for 0 or more than there are; or on this thread alone:
/// for 1, or few items.
pub fn within<R: Send>(threads: usize, items: usize, work: impl FnOnce(bool) -> R + Send) -> R {
    let threads = clamped(threads);
    if threads == 1 || items < FEW {
        return work(false);
    }
    pool(threads).install(|| work(true))
}

fn clamped(threads: usize) -> usize {
    let cores = available_parallelism().map_or(1, usize::from);
    if threads == 0 { cores } else { threads.min(cores) }
}

fn pool(threads: usize) -> Arc<ThreadPool> {
    let process = std::process::id();
    let mut kept = KEPT.lock().unwrap_or_else(|broken| broken.into_inner());
    if let Some(found) = kept.as_ref().filter(|each| each.process == process && each.threads == threads) {
        return found.pool.clone();
    }
    let made = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
    let pool = Arc::new(made);
    let before = kept.replace(Kept { process, threads, pool: pool.clone() });
    // The threads of a pool are not there any more after a fork: to end them would wait for ever.
    if let Some(lost) = before.filter(|each| each.process != process) {
        std::mem::forget(lost);
    }
    pool
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_as_many_as_asked_for_and_no_more_than_cores() {
        let cores = available_parallelism().map_or(1, usize::from);
        for asked in [0, 1, 2, 3, cores, cores + 1, 1000, 1 << 20, usize::MAX] {
            let wanted = if asked == 0 { cores } else { asked.min(cores) };
            let (many, threads) = within(asked, FEW, |many| (many, rayon::current_num_threads()));
            assert_eq!(many, wanted > 1, "{asked}");
            assert!(!many || threads == wanted, "{asked}: {threads}");
            assert!(!within(asked, FEW - 1, |many| many), "{asked}");
        }
    }
}
