//! Vaults that a person names on the command line: looked at, unlocked, and read where reading them can do no harm.

use std::future::Future;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rekey_app::text::{Texts, messages as m};
use rekey_app::{
    AppError, Lock, Look, Mapping, Profile, Progress, ReadRequest, Session, Stage, VaultReader, Vaults, is_same_file,
    look_at,
};
use secrecy::SecretString;

use crate::arguments::VaultKey;
use crate::commands::runtime;
use crate::output::{Output, erase_line, rewrite_line};
use crate::secrets::{Locked, vault_passwords};

/// A reading that is over sooner is not worth a word.
pub(crate) const QUIET: Duration = Duration::from_secs(1);

/// How often the person is told how far it is.
const TELL: Duration = Duration::from_millis(200);

/// Opens vaults with the passwords that the person gives, asking only where one is needed.
///
/// A person who presses Ctrl-C ends this program at once, and with it the process that reads.
pub(crate) fn open(session: &Session, files: &[PathBuf], key: &VaultKey, output: &Output) -> Result<Vaults, AppError> {
    if key.format.len() > 1 && key.format.len() != files.len() {
        return Err(AppError::NotOneEach { option: "--format" });
    }
    for wanted in &key.prefer {
        if !files.iter().any(|file| is_file(file, wanted)) {
            return Err(AppError::NotAmongFiles { file: wanted.display().to_string() });
        }
    }
    let looks: Vec<Look> = files.iter().map(|file| look_at(file)).collect::<Result<_, _>>()?;
    let mut requests = requests(&session.profile, files, &looks, key);
    unlock(&mut requests, &looks, key, output)?;

    let (runtime, reader) = (runtime()?, VaultReader::this_program()?);
    let placements = session.placements()?;
    let mut vaults = Vaults::default();
    for request in requests {
        let (mapping, path) = (request.mapping.clone(), request.path.clone());
        let teller = Teller::new(&path, output);
        let read = runtime.block_on(teller.wait(reader.read(request, |progress| teller.hear(progress))));
        vaults.add(read?, &placements);
        // What a person said of columns holds for the next table with the same ones.
        if let (Some(mapping), Some(look)) =
            (mapping.filter(|_| !key.columns.is_empty()), look_of(files, &looks, &path))
            && let Some(key) = look.preview.as_ref().and_then(|preview| preview.heading_key.as_ref())
        {
            session.profile.remember_columns(key, &mapping)?;
        }
    }
    for wanted in &key.prefer {
        if let Some(source) = vaults.sources.iter().position(|source| is_file(&source.path, wanted)) {
            vaults.prefer_source(source);
        }
    }
    Ok(vaults)
}

fn is_file(file: &Path, wanted: &Path) -> bool {
    file == wanted || is_same_file(file, wanted)
}

fn look_of<'a>(files: &[PathBuf], looks: &'a [Look], path: &Path) -> Option<&'a Look> {
    files.iter().position(|file| file == path).and_then(|number| looks.get(number))
}

fn requests(profile: &Profile, files: &[PathBuf], looks: &[Look], key: &VaultKey) -> Vec<ReadRequest> {
    let mut formats = key.format.iter().copied();
    let format = |_| if key.format.len() == 1 { key.format.first().copied() } else { formats.next() };
    let formats: Vec<_> = files.iter().map(format).collect();
    // Whether the first row is a heading the table says, unless the person does.
    let given = |look: &Look| {
        let heading = !key.no_heading && look.preview.as_ref().is_none_or(|preview| preview.guess.heading);
        (!key.columns.is_empty()).then(|| Mapping { heading, columns: key.columns.clone() })
    };
    files
        .iter()
        .zip(looks)
        .zip(formats)
        .map(|((file, look), format)| {
            // A table of a known program needs no mapping, unless the person says so of one file alone.
            let known = || look.preview.as_ref().and_then(|preview| profile.columns(preview.heading_key.as_ref()?));
            let mapping = match given(look) {
                Some(given) if look.preview.is_some() || files.len() == 1 => Some(given),
                _ => known(),
            };
            ReadRequest { format, mapping, patient: key.patient, ..ReadRequest::new(file) }
        })
        .collect()
}

/// Passwords and key files go to the locked files in their order.
fn unlock(requests: &mut [ReadRequest], looks: &[Look], key: &VaultKey, output: &Output) -> Result<(), AppError> {
    let takes_key_file = |look: &Look| look.found.is_some_and(|found| found.lock == Lock::PasswordOrKeyFile);
    let mut key_files = key.key_file.iter().cloned();
    for (request, look) in requests.iter_mut().zip(looks) {
        if takes_key_file(look) {
            request.key_file = key_files.next();
        }
    }
    if key_files.next().is_some() {
        return Err(AppError::NotOneEach { option: "--key-file" });
    }
    let locked = || requests.iter().zip(looks).filter(|(_, look)| look.is_locked());
    let names: Vec<String> = locked().map(|(request, _)| file_name(&request.path)).collect();
    let locked: Vec<Locked<'_>> = locked()
        .zip(&names)
        .map(|((request, _), file)| Locked { file, has_key_file: request.key_file.is_some() })
        .collect();
    let passwords: Vec<Option<SecretString>> = vault_passwords(&locked, key, output)?;
    let locked = requests.iter_mut().zip(looks).filter(|(_, look)| look.is_locked());
    for ((request, _), password) in locked.zip(passwords) {
        request.password = password;
    }
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Says on a terminal how far a long reading is, in one line that is written over.
struct Teller<'a> {
    file: String,
    texts: &'a Texts,
    newest: Mutex<Option<Progress>>,
    welcome: bool,
}

impl<'a> Teller<'a> {
    fn new(path: &Path, output: &'a Output) -> Self {
        let welcome = !output.json && io::stderr().is_terminal();
        Self { file: file_name(path), texts: &output.texts, newest: Mutex::new(None), welcome }
    }

    fn hear(&self, progress: Progress) {
        if let Ok(mut newest) = self.newest.lock() {
            *newest = Some(progress);
        }
    }

    /// Waits for a reading, and tells from time to time how far it is once it lasts.
    async fn wait<T>(&self, reading: impl Future<Output = T>) -> T {
        let mut reading = std::pin::pin!(reading);
        let mut wait = QUIET;
        let mut told = false;
        let read = loop {
            match tokio::time::timeout(wait, &mut reading).await {
                Ok(read) => break read,
                Err(_) if self.welcome => told = self.tell(),
                Err(_) => {}
            }
            wait = TELL;
        };
        if told {
            erase_line();
        }
        read
    }

    fn tell(&self) -> bool {
        let newest = self.newest.lock().map_or(None, |newest| *newest);
        let stage = newest.map_or(Stage::Key, |progress| progress.stage);
        let percent = newest.and_then(|p| p.done.saturating_mul(100).checked_div(p.total)).map(|done| done.min(100));
        let stage = self.texts.of_code("reading", stage.name());
        let percent = percent.map_or_else(String::new, |percent| format!("{percent} %"));
        let words = [("file", self.file.as_str().into()), ("stage", stage.into()), ("percent", percent.into())];
        rewrite_line(&self.texts.with(m::READING, &words));
        true
    }
}
