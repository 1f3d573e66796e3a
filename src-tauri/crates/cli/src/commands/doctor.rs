use std::path::{Path, PathBuf};

use rekey_app::text::messages as m;
use rekey_app::{AppError, Checkup, Exit, Keyring, Profile, Readiness};

use crate::commands::runtime;
use crate::output::Output;

/// Looks only: no folder is made, no ledger opened.
pub(crate) fn run(profile: Option<&Path>, output: &Output) -> Result<Exit, AppError> {
    let profile: Option<PathBuf> = profile.map(Path::to_owned).or_else(Profile::default_folder);
    let checkup = runtime()?.block_on(Checkup::run(profile.as_deref(), &output.texts));
    if output.json {
        output.document(&checkup)?
    } else {
        in_words(&checkup, output)?
    }
    Ok(Exit::Done)
}

fn in_words(checkup: &Checkup, output: &Output) -> Result<(), AppError> {
    let texts = &output.texts;
    output
        .say(m::DOCTOR_VERSION, &[("version", checkup.version.into()), ("system", checkup.system.as_str().into())])?;
    if let Some(path) = &checkup.profile {
        output.say(m::DOCTOR_PROFILE, &[("path", path.as_str().into())])?;
    }
    output.say(m::DOCTOR_BROWSERS, &[])?;
    for browser in &checkup.browsers {
        let version = browser.version.as_deref().unwrap_or_default();
        let args = [
            ("product", browser.product.as_str().into()),
            ("version", version.into()),
            ("path", browser.path.as_str().into()),
        ];
        output.line(&format!("  {}", texts.with(m::DOCTOR_BROWSER, &args)))?;
    }
    if checkup.browsers.is_empty() {
        output.line(&format!("  {}", texts.get(m::DOCTOR_NONE)))?;
    }
    output.say(m::DOCTOR_AUTHENTICATORS, &[])?;
    for authenticator in &checkup.authenticators {
        let state = texts.get(match authenticator.state {
            Readiness::Ready => m::DOCTOR_READY,
            Readiness::Untried => m::DOCTOR_UNTRIED,
            Readiness::Absent => m::DOCTOR_ABSENT,
            Readiness::Later => m::DOCTOR_LATER,
        });
        output.line(&format!("  {} ({}): {state}", authenticator.name, authenticator.home))?;
        let facts = [
            (m::GUIDE_HOME_LIVES, &authenticator.lives),
            (m::GUIDE_HOME_USABLE, &authenticator.usable),
            (m::GUIDE_HOME_VERIFIES, &authenticator.verifies),
            (m::GUIDE_HOME_CAN, &authenticator.can),
            (m::DOCTOR_HOME_MISSING, &authenticator.missing),
            (m::DOCTOR_HOME_UNTRIED, &authenticator.untried),
        ];
        for (label, text) in facts {
            if let Some(text) = text {
                output.line(&format!("    {}: {text}", texts.get(label)))?;
            }
        }
    }
    let keyring = texts.get(match checkup.keyring {
        Keyring::Keychain => m::DOCTOR_KEYRING_KEYCHAIN,
        Keyring::CredentialManager => m::DOCTOR_KEYRING_CREDENTIAL_MANAGER,
        Keyring::SecretService => m::DOCTOR_KEYRING_SECRET_SERVICE,
        Keyring::None => m::DOCTOR_NONE,
    });
    output.say(m::DOCTOR_KEYRING, &[("name", keyring.as_str().into())])?;
    if checkup.missing.is_empty() {
        return output.say(m::DOCTOR_NOTHING_MISSING, &[]);
    }
    output.say(m::DOCTOR_MISSING, &[])?;
    for missing in &checkup.missing {
        output.line(&format!("  {} {}", missing.message, missing.remedy))?;
    }
    Ok(())
}
