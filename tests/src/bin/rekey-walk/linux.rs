use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};
use rekey_app::text::{Language, Texts};
use rekey_tests::software::rekey;
use rekey_tests::window::{Display, ImportFiles, Session, WindowOptions, bench, import, sandbox_starts, walk};

pub(crate) fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        Some((what, [])) if what == "bench" => bench().map(|()| ExitCode::SUCCESS),
        Some((what, rest)) if what == "demo" => demo(rest),
        Some((what, rest)) if what == "import" => bring(rest),
        _ => Err(anyhow::anyhow!("what is there to walk? demo or import [--lang LANG] [--profile DIR], or bench")),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

/// The options of a walk: its language and its folder.
fn options(arguments: &[String]) -> Result<(Language, PathBuf)> {
    let (mut language, mut folder) = (Language::English, None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--lang" => language = value.parse()?,
            "--profile" => folder = Some(PathBuf::from(value)),
            other => bail!("a walk does not know {other}"),
        }
    }
    let folder = match folder {
        Some(folder) => folder,
        None => tempfile::TempDir::with_prefix("rekey-demo-")?.keep(),
    };
    Ok((language, folder))
}

/// Starts the window for a walk, and makes the folder for its pictures.
fn start(display: &Display, language: Language, folder: &Path, files: &[String]) -> Result<(Session, PathBuf)> {
    let pictures = folder.join("pictures");
    std::fs::create_dir_all(&pictures)?;
    println!("Walking through the window; pictures in {}", pictures.display());
    let mut options = WindowOptions { program: None, arguments: Vec::new(), environment: Vec::new() };
    options.arguments.extend(["--profile".into(), folder.display().to_string(), "--lang".into(), language.to_string()]);
    if !sandbox_starts() {
        eprintln!("WebKit's sandbox cannot start here; going without it");
        options.arguments.push("--no-browser-sandbox".into());
    }
    options.arguments.extend_from_slice(files);
    Ok((Session::start(display, &options)?, pictures))
}

fn list(pictures: &[PathBuf]) {
    for picture in pictures {
        println!("  {}", picture.file_name().unwrap_or_default().display());
    }
}

/// Files of several kinds into the window.
fn bring(arguments: &[String]) -> Result<ExitCode> {
    let (language, folder) = options(arguments)?;
    let files = folder.join("files");
    std::fs::create_dir_all(&files)?;
    let files = ImportFiles::write(&files)?;
    let display = Display::start(1100, 760)?;
    let (session, pictures) = start(&display, language, &folder, &files.arguments())?;
    let imported = import(&session, &display, &Texts::new(language), Some(&pictures))?;
    list(&imported.pictures);
    println!("{}", imported.deleted);
    Ok(ExitCode::SUCCESS)
}

/// All practice accounts through the window; ends with what the command line's demo ends with.
fn demo(arguments: &[String]) -> Result<ExitCode> {
    let (language, folder) = options(arguments)?;
    let display = Display::start(1960, 760)?;
    let (session, pictures) = start(&display, language, &folder, &[])?;
    let walked = walk(&session, &display, &Texts::new(language), Some(&pictures))?;
    drop(session);
    list(&walked.pictures);
    println!("{}\n", walked.summary);

    let practice = folder.join("practice");
    let command = |arguments: &[&str]| {
        let mut command = Command::new(rekey()?);
        command.arg("--profile").arg(&practice).args(["--lang", language.tag()]).args(arguments);
        let status = command.status().context("rekey does not start")?;
        anyhow::Ok(status.success())
    };
    let report = folder.join("report.html").display().to_string();
    let done = command(&["accounts"])? && command(&["report", "--format", "html", "--out", &report])?;
    let all = Command::new(rekey()?).arg("--profile").arg(&practice).args(["--json", "status"]).output()?;
    let status: serde_json::Value = serde_json::from_slice(&all.stdout)?;
    let count = |name: &str| status.get(name).and_then(serde_json::Value::as_u64).unwrap_or(0);
    let proven = count("proven") == 3 && count("accounts") == 3;
    println!("{} of {} proven", count("proven"), count("accounts"));
    Ok(if done && proven { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
