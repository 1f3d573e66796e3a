//! The folder of a `pass` store (<https://www.passwordstore.org>): its files are found here and decrypted by the person's
//! own gpg, whose agent asks for the passphrase. Nothing in the folder is written.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rekey_vault::{Format, Progress, ReadError, Stage, pass_store};
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::vault_file::{Bytes, ContentMark};
use crate::vault_reader::blocking;
use crate::{AppError, ReadFile, ReadRequest};

/// The most files and folders that are looked at.
const MOST_FILES: usize = 50_000;
/// How many folders may lie in each other.
const DEEPEST: usize = 64;
/// The largest file, and the largest plaintext, in bytes.
const LARGEST_FILE: u64 = 1 << 20;
/// The most plaintext of one store, in bytes.
const MOST_PLAINTEXT: usize = 256 << 20;
/// How much of what gpg says is looked at, in bytes.
const MOST_SAID: u64 = 64 << 10;
/// How long gpg may take for a file: a person may have to find and type a passphrase.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many gpg run at the same time, once the key is unlocked.
const AT_ONCE: usize = 4;
/// The programs that are tried; where an old GnuPG 1 is `gpg`, `pass` itself prefers the second.
const PROGRAMS: [&str; 2] = ["gpg", "gpg2"];

/// Whether this is the folder of a store.
pub(crate) fn is_store(path: &Path) -> bool {
    path.is_dir() && path.join(".gpg-id").is_file()
}

/// Reads a store. Dropping the future ends every gpg that runs for it.
pub(crate) async fn read(request: ReadRequest, progress: impl Fn(Progress)) -> Result<ReadFile, AppError> {
    if let Some(asked) = request.format.filter(|format| *format != Format::PASS) {
        return Err(ReadError::OtherFormat { asked, found: Some(Format::PASS) }.into());
    }
    let store = request.path;
    let folder = store.clone();
    let files = blocking(move || walk(&folder)).await?;
    let plaintexts = decrypt_all(&store, &files, progress).await?;
    let import = pass_store(files.into_iter().map(|file| file.name).zip(plaintexts));
    Ok(ReadFile { path: store, import, is_plain_text: false, mark: ContentMark::of(&[]) })
}

/// A file of a store.
struct StoreFile {
    /// Its path below the store, with `/`.
    name: String,
    /// Where it lies; `None` where it is not to be read.
    path: Option<PathBuf>,
}

/// The files of a store in the order of their names. Links are followed to files of the store alone, so that no folder is
/// met twice; a link to a folder of the store leads to nothing new.
fn walk(store: &Path) -> Result<Vec<StoreFile>, AppError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| AppError::Read { path, source: error }
    };
    let root = store.canonicalize().map_err(failed(store))?;
    let mut files = Vec::new();
    let mut folders = vec![(root.clone(), String::new(), 0)];
    let mut seen = 0;
    while let Some((folder, prefix, depth)) = folders.pop() {
        let entries = match folder.read_dir() {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(failed(store)(error)),
            Err(_) => {
                files.push(StoreFile { name: prefix, path: None });
                continue;
            }
        };
        for entry in entries {
            let entry = entry.map_err(failed(&folder))?;
            seen += 1;
            if seen > MOST_FILES {
                return Err(failed(store)(io::ErrorKind::FileTooLarge.into()));
            }
            let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
            let is_link = entry.file_type().map_err(failed(&path))?.is_symlink();
            // Also where a link leads nowhere.
            let target = path.canonicalize().ok().filter(|target| target.starts_with(&root));
            let metadata = target.as_ref().and_then(|target| target.metadata().ok());
            let is_folder = metadata.as_ref().is_some_and(std::fs::Metadata::is_dir);
            let is_entry = name.ends_with(".gpg") && name != ".gpg";
            let place = format!("{prefix}{name}");
            if is_folder && (is_link || name.starts_with('.')) {
                continue;
            }
            if is_folder && depth < DEEPEST {
                folders.push((path, format!("{place}/"), depth + 1));
            } else if is_folder || is_entry || (is_link && target.is_none() && path.is_dir()) {
                let fits = metadata.is_some_and(|found| found.is_file() && found.len() <= LARGEST_FILE);
                files.push(StoreFile { name: place, path: target.filter(|_| fits) });
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// The plaintexts of the files in their order. One at a time until the first is decrypted, because the person may be asked
/// for the passphrase.
async fn decrypt_all(
    store: &Path,
    files: &[StoreFile],
    progress: impl Fn(Progress),
) -> Result<Vec<Option<Bytes>>, AppError> {
    let mut plaintexts: Vec<Option<Bytes>> = files.iter().map(|_| None).collect();
    let program = program(store).await?;
    let mut waiting = files.iter().enumerate().filter_map(|(at, file)| Some((at, file.path.clone()?)));
    let mut running = JoinSet::new();
    let (mut done, mut decrypted, mut room) = (0, 0, MOST_PLAINTEXT);
    loop {
        progress(Progress { stage: Stage::Entries, done, total: files.len() as u64 });
        while running.len() < if decrypted == 0 { 1 } else { AT_ONCE }
            && let Some((at, path)) = waiting.next()
        {
            running.spawn(async move { (at, decrypt(program, &path).await) });
        }
        let Some(ended) = running.join_next().await else { break };
        let (at, answer) = ended.map_err(AppError::unexpected)?;
        done += 1;
        match answer {
            Answer::Plaintext(plaintext) => {
                decrypted += 1;
                let too_much = || AppError::read(store, io::ErrorKind::FileTooLarge.into());
                room = room.checked_sub(plaintext.len()).ok_or_else(too_much)?;
                if let Some(place) = plaintexts.get_mut(at) {
                    *place = Some(plaintext);
                }
            }
            Answer::Unreadable => {}
            // Who says no once is not asked for each of the other files.
            Answer::Refused => return Err(AppError::GpgRefused { path: store.to_owned() }),
        }
    }
    if done > 0 && decrypted == 0 {
        return Err(AppError::GpgRefused { path: store.to_owned() });
    }
    Ok(plaintexts)
}

/// The first of [`PROGRAMS`] that is there.
async fn program(store: &Path) -> Result<&'static str, AppError> {
    for program in PROGRAMS {
        let mut command = command(program);
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(mut child) = command.spawn() else { continue };
        if tokio::time::timeout(PATIENCE, child.wait()).await.is_ok_and(|ended| ended.is_ok_and(|it| it.success())) {
            return Ok(program);
        }
    }
    Err(AppError::GpgMissing { path: store.to_owned() })
}

/// A program that ends with whoever waits for it.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.kill_on_drop(true);
    // CREATE_NO_WINDOW (<https://learn.microsoft.com/windows/win32/procthread/process-creation-flags>): gpg is a program of
    // the console, and the window has none.
    #[cfg(windows)]
    command.creation_flags(0x0800_0000);
    command
}

/// What gpg made of a file.
enum Answer {
    Plaintext(Bytes),
    /// Damaged, or for somebody else's key.
    Unreadable,
    /// The person did not unlock the key, or nobody answered in time.
    Refused,
}

async fn decrypt(program: &str, path: &Path) -> Answer {
    match tokio::time::timeout(PATIENCE, run(program, path)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => {
            tracing::debug!(%error, "a file of a password store could not be given to gpg");
            Answer::Unreadable
        }
        Err(_) => {
            tracing::debug!("gpg did not answer in time");
            Answer::Refused
        }
    }
}

async fn run(program: &str, path: &Path) -> io::Result<Answer> {
    // Given as it was opened: no name of an entry stands among the arguments, which others can read.
    let file = tokio::fs::File::open(path).await?.into_std().await;
    let mut command = command(program);
    // Nothing of it needs the network: no signature is checked, and no key is fetched for one.
    command.args(["--batch", "--quiet", "--no-tty", "--skip-verify", "--disable-dirmngr", "--status-fd", "2"]);
    command.arg("--max-output").arg(LARGEST_FILE.to_string()).arg("--decrypt");
    command.stdin(Stdio::from(file)).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    if let (None, Some(terminal)) = (std::env::var_os("GPG_TTY"), terminal()) {
        command.env("GPG_TTY", terminal);
    }
    let mut child = command.spawn()?;
    let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let (plaintext, said) = tokio::try_join!(take(stdout, LARGEST_FILE), take(stderr, MOST_SAID))?;
    let status = child.wait().await?;
    // The lines for programs, <https://github.com/gpg/gnupg/blob/master/doc/DETAILS>. gpg may end well without having
    // decrypted anything.
    let told = |word: &str| {
        let mut lines = said.split(|byte| *byte == b'\n').filter_map(|line| line.strip_prefix(b"[GNUPG:] "));
        lines.any(|line| line.split(u8::is_ascii_whitespace).next() == Some(word.as_bytes()))
    };
    let fits = plaintext.len() as u64 <= LARGEST_FILE;
    if status.success() && told("DECRYPTION_OKAY") && fits {
        // Of the large buffer only what is used is kept.
        return Ok(Answer::Plaintext(Zeroizing::new(plaintext.to_vec())));
    }
    let was_asked = told("PINENTRY_LAUNCHED") && !told("DECRYPTION_OKAY");
    tracing::debug!(%status, was_asked, fits, "gpg did not decrypt a file of a password store");
    Ok(if was_asked { Answer::Refused } else { Answer::Unreadable })
}

/// The terminal at which gpg's agent can ask, as `pass` names it, for gpg itself is given another input.
#[cfg(unix)]
fn terminal() -> Option<std::ffi::OsString> {
    use std::os::unix::ffi::OsStringExt as _;
    let name = rustix::termios::ttyname(io::stdin(), Vec::new()).ok()?;
    Some(std::ffi::OsString::from_vec(name.into_bytes()))
}

/// What comes, of which one byte more than `most` is kept, so that whoever looks sees that it was too much.
async fn take(mut from: impl AsyncRead + Unpin, most: u64) -> io::Result<Bytes> {
    // With room for all of it from the start, no copy is left behind by growing.
    let room = usize::try_from(most).unwrap_or(0).saturating_add(64);
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    (&mut from).take(most + 1).read_to_end(&mut bytes).await?;
    // Whoever writes more does not wait for ever.
    tokio::io::copy(&mut from, &mut tokio::io::sink()).await?;
    Ok(bytes)
}
