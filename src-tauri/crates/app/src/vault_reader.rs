use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};

use rekey_vault::{Import, Progress, ReadError};
use secrecy::ExposeSecret as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::process::Command;
use zeroize::Zeroizing;

use crate::vault_child::{self, READ_VAULT, Reply, Request};
use crate::vault_file::{Bytes, ContentMark, is_plain_text};
use crate::{AppError, ReadFile, ReadRequest, pass_folder};

/// The longest answer that is taken, in bytes.
const LONGEST: u64 = 1 << 30;

/// Where the bytes of a vault are made sense of.
#[derive(Debug, Clone, Default)]
pub enum VaultReader {
    /// In this very process: for tests, and for files that Rekey made itself.
    #[default]
    Here,
    /// In a process of its own, which can be ended at any moment and whose end is nobody else's. It is given the file's
    /// bytes and needs neither files nor network. What it may take is bounded on Unix; on Windows it is not (that needs a
    /// job object), and the limits of the formats are the only ones.
    Child {
        /// A program that understands [`READ_VAULT`].
        program: PathBuf,
    },
}

impl VaultReader {
    /// A child process of this very program, which understands [`READ_VAULT`].
    ///
    /// # Errors
    /// Where the system does not say which program this is.
    pub fn this_program() -> Result<Self, AppError> {
        // The very same file, also where an update has put another one in its place.
        let program = if cfg!(target_os = "linux") {
            PathBuf::from("/proc/self/exe")
        } else {
            std::env::current_exe().map_err(AppError::unexpected)?
        };
        Ok(Self::Child { program })
    }

    /// Reads a vault. Dropping the future ends the reading at once, where a child process does it. A password store is
    /// decrypted by the person's own gpg, and that is such a child process.
    ///
    /// # Errors
    /// [`AppError::Read`] where a file cannot be read, [`AppError::Vault`] where the vault in it cannot,
    /// [`AppError::ReaderDied`] where reading it ended the process that did it, [`AppError::GpgMissing`] and
    /// [`AppError::GpgRefused`] where a password store cannot be decrypted.
    pub async fn read(
        &self,
        request: ReadRequest,
        progress: impl Fn(Progress) + Send + Sync,
    ) -> Result<ReadFile, AppError> {
        if pass_folder::is_store(&request.path) {
            return pass_folder::read(request, progress).await;
        }
        match self {
            Self::Here => blocking(move || request.read_here()).await,
            Self::Child { program } => {
                let (request, file, key_file) = blocking(move || {
                    let (file, key_file) = request.files()?;
                    Ok((request, file, key_file))
                })
                .await?;
                let (is_plain_text, mark) = (is_plain_text(&file), ContentMark::of(&file));
                let path = request.path.clone();
                let import = in_child(program, request, file, key_file, progress).await?;
                Ok(ReadFile { path, import, is_plain_text, mark })
            }
        }
    }
}

pub(crate) async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, AppError> + Send + 'static,
) -> Result<R, AppError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(AppError::unexpected(error)))
}

async fn in_child(
    program: &std::path::Path,
    request: ReadRequest,
    file: Bytes,
    key_file: Option<Bytes>,
    progress: impl Fn(Progress),
) -> Result<Import, AppError> {
    let mut command = Command::new(program);
    command.arg(READ_VAULT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    #[cfg(unix)]
    {
        // What ends this program from the terminal is told to it alone, and it ends the child.
        command.env_clear().process_group(0);
    }
    let mut child = command.spawn().map_err(AppError::unexpected)?;
    let (Some(mut stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(AppError::unexpected("a child without pipes"));
    };
    // The request's pipe stays open until the end: where it closes, the child ends itself.
    let answered = match ask(&mut stdin, &request, file, key_file).await {
        Ok(()) => answer(&mut stdout, progress).await,
        Err(error) => Err(error),
    };
    match answered {
        Ok(answer) => Ok(answer?),
        Err(error) => {
            // Whatever it is up to, it is not to be trusted with more time.
            let _ = child.start_kill();
            let status = child.wait().await;
            tracing::warn!(%error, ?status, "the process that reads a vault ended without an answer");
            Err(AppError::ReaderDied { how: status.map_or_else(|error| error.to_string(), ended) })
        }
    }
}

fn ended(status: ExitStatus) -> String {
    status.to_string()
}

async fn ask(
    to: &mut (impl AsyncWrite + Unpin),
    request: &ReadRequest,
    file: Bytes,
    key_file: Option<Bytes>,
) -> io::Result<()> {
    let head = Request {
        format: request.format,
        mapping: request.mapping.clone(),
        patient: request.patient,
        password: request.password.as_ref().map(|password| password.expose_secret().len() as u64),
        key_file: key_file.as_ref().map(|bytes| bytes.len() as u64),
        file: file.len() as u64,
    };
    let head = serde_json::to_vec(&head).map_err(io::Error::other)?;
    to.write_all(&(head.len() as u64).to_le_bytes()).await?;
    to.write_all(&head).await?;
    if let Some(password) = &request.password {
        to.write_all(password.expose_secret().as_bytes()).await?;
    }
    if let Some(key_file) = &key_file {
        to.write_all(key_file).await?;
    }
    to.write_all(&file).await?;
    to.flush().await
}

/// The answer, as it comes in. The outer error: it is none.
async fn answer(
    from: &mut (impl AsyncRead + Unpin),
    progress: impl Fn(Progress),
) -> io::Result<Result<Import, ReadError>> {
    let foreign = |_| io::Error::from(io::ErrorKind::InvalidData);
    loop {
        let kind = from.read_u8().await?;
        let length = from.read_u64_le().await?;
        let most = if Reply::of(kind) == Some(Reply::Progress) { vault_child::PROGRESS_BYTES } else { LONGEST };
        if length > most {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let bytes = take(from, length).await?;
        match Reply::of(kind) {
            Some(Reply::Progress) => progress(vault_child::progress_of(&bytes).ok_or(io::ErrorKind::InvalidData)?),
            Some(Reply::Import) => return Import::decode(&bytes).map(Ok).map_err(foreign),
            Some(Reply::Error) => return ReadError::decode(&bytes).map(Err).map_err(foreign),
            None => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

/// So many bytes, for which no more room is made than twice what came.
async fn take(from: &mut (impl AsyncRead + Unpin), length: u64) -> io::Result<Bytes> {
    const STEP: usize = 1 << 20;
    let length = usize::try_from(length).map_err(|_| io::ErrorKind::InvalidData)?;
    let mut bytes: Bytes = Zeroizing::new(Vec::with_capacity(length.min(STEP)));
    while bytes.len() < length {
        let done = bytes.len();
        let more = (length - done).min(done.max(STEP));
        if bytes.capacity() < done + more {
            // By hand, so that what is left behind is wiped.
            let mut grown: Bytes = Zeroizing::new(Vec::with_capacity(done + more));
            grown.extend_from_slice(&bytes);
            bytes = grown;
        }
        bytes.resize(done + more, 0);
        let Some(room) = bytes.get_mut(done..) else { return Err(io::ErrorKind::InvalidData.into()) };
        from.read_exact(room).await?;
    }
    Ok(bytes)
}
