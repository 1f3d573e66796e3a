//! Many visitors at once: a browser and a passkey that cost next to nothing, so that the practice site is what takes the
//! time.

mod bench;
mod key;
mod visitor;

use std::thread;

use anyhow::{Result, anyhow};

pub use bench::bench;
pub use key::Key;
pub use visitor::{Answer, Visitor, agent};

/// Runs `work` for each of `items`, on so many threads at once. Each thread has one connection of its own. The results
/// are in the order of the items.
///
/// # Errors
/// The first error of any of them.
pub fn in_parallel<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&ureq::Agent, &T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let share = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let work = &work;
        let run = |items| {
            move || {
                let agent = agent();
                Iterator::map(<[T]>::iter(items), |item| work(&agent, item)).collect::<Result<Vec<R>>>()
            }
        };
        let threads: Vec<_> = items.chunks(share).map(|items| scope.spawn(run(items))).collect();
        let mut results = Vec::with_capacity(items.len());
        for thread in threads {
            results.extend(thread.join().map_err(|_| anyhow!("a visitor panicked"))??);
        }
        Ok(results)
    })
}

/// The memory of this process that is in use, in MiB, where the system tells.
/// <https://docs.kernel.org/filesystems/proc.html>
pub fn resident_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib / 1024.0)
}
