/// What a file may ask for before it is refused as [`crate::ReadError::TooCostly`].
///
/// The defaults admit every vault that KeePass and KeePassXC let a person configure with their own delay setting, and
/// keep a hostile header from taking the computer's memory or an evening of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Argon2's memory, bytes.
    pub argon2_memory: u64,
    /// Argon2's memory times its iterations, bytes. About 1 GiB is filled a second.
    pub argon2_work: u64,
    /// Argon2's lanes.
    pub argon2_lanes: u32,
    /// Rounds of the AES key derivation. About 30 million are done a second.
    pub aes_rounds: u64,
    /// Bytes of the payload after inflating, attachments included.
    pub inflated: u64,
    /// Nested XML elements.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            argon2_memory: 1 << 30,
            argon2_work: 128 << 30,
            argon2_lanes: 256,
            aes_rounds: 1_000_000_000,
            inflated: 512 << 20,
            nesting: 4096,
        }
    }
}
