//! Support of the cross-crate tests: third-party sites and vault files to test with.

pub mod ceremony_bench;
#[allow(clippy::indexing_slicing, reason = "an index into JSON gives null where there is nothing")]
pub mod clients;
pub mod command;
pub mod conformance;
pub mod fuzzing;
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails says where")]
pub mod hostile;
pub mod load;
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails says where")]
pub mod pages;
pub mod programs;
pub mod rehearsal;
pub mod relying_party;
pub mod software;
pub mod vault_file;
pub mod verifiers;
#[cfg(target_os = "linux")]
pub mod window;

/// Shows what the code under test logs, as `REKEY_LOG` filters it.
pub fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::from_env("REKEY_LOG");
    // Fails only where there is a subscriber already.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
