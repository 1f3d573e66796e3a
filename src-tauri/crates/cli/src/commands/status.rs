use rekey_app::text::messages as m;
use rekey_app::{AccountState, AppError, Exit, Session};

use crate::output::Output;

pub(crate) fn run(session: &Session, output: &Output) -> Result<Exit, AppError> {
    let status = session.status()?;
    if output.json {
        output.document(&status)?;
        return Ok(Exit::Done);
    }
    if status.accounts == 0 {
        output.say(m::ACCOUNTS_NONE, &[])?;
        return Ok(Exit::Done);
    }
    output.say(m::COUNT_ACCOUNTS, &[("count", status.accounts.into())])?;
    for state in AccountState::ALL {
        let count = match state {
            AccountState::New => status.new,
            AccountState::Started => status.started,
            AccountState::Registered => status.registered,
            AccountState::Proven => status.proven,
            AccountState::SecondFactor => status.second_factor,
            AccountState::NeedsPerson => status.needs_person,
            AccountState::Stuck => status.stuck,
        };
        if count > 0 {
            output.line(&format!("{count:>5}  {}", output.texts.state(state)))?;
        }
    }
    Ok(Exit::Done)
}
