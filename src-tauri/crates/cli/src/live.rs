//! A run as it happens: a line per step for people, a JSON object per line for scripts.

use rekey_app::text::messages as m;
use rekey_app::{AccountRef, AppError, Explanation, Outcome, RunLine, Summary};
use serde_json::json;

use crate::output::Output;

/// Prints the lines of a run.
pub(crate) struct Live<'a> {
    output: &'a Output,
    failed: Option<AppError>,
}

impl<'a> Live<'a> {
    pub(crate) fn new(output: &'a Output) -> Self {
        Self { output, failed: None }
    }

    /// Prints one line. The run goes on when printing fails; [`Self::finish`] tells.
    pub(crate) fn show(&mut self, line: &RunLine) {
        if let RunLine::Failed { code, args, .. } = line {
            self.output.explain(&Explanation::of(code, args, &self.output.texts));
        }
        let printed = if self.output.json { self.output.json_line(line) } else { self.in_words(line) };
        if let Err(error) = printed {
            self.failed.get_or_insert(error);
        }
    }

    /// Says why what comes after a run could not be done. Not the last word: that is the summary.
    pub(crate) fn broke_off(&mut self, error: &AppError) {
        tracing::info!(code = error.code(), ?error, "the run's end broke off");
        let said = error.explain(&self.output.texts);
        if self.output.json {
            let printed = self.output.json_line(&json!({ "event": "failed", "code": said.code }));
            self.failed = self.failed.take().or(printed.err());
        }
        self.output.explain(&said);
    }

    /// The last line of a run.
    ///
    /// # Errors
    /// The first failure of printing.
    pub(crate) fn finish(self, summary: &Summary) -> Result<(), AppError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.output.json { self.output.json_line(&json!({ "summary": summary })) } else { Ok(()) }
    }

    fn in_words(&self, line: &RunLine) -> Result<(), AppError> {
        let texts = &self.output.texts;
        match line {
            RunLine::StoreCreated { store, passphrase_file: None } => {
                self.output.say(m::LIVE_STORE_CREATED, &[("store", store.as_str().into())])
            }
            RunLine::StoreCreated { store, passphrase_file: Some(file) } => self.output.say(
                m::LIVE_STORE_CREATED_FROM_FILE,
                &[("store", store.as_str().into()), ("file", file.as_str().into())],
            ),
            RunLine::Failed { .. } => Ok(()),
            RunLine::AccountStarted { account, number, of } => {
                self.output.line(&format!("[{number}/{of}] {}", name(account)))
            }
            RunLine::Ledger { fact, .. } => self.step(&texts.fact(fact)),
            RunLine::WaitingForCode { seconds, .. } => {
                self.step(&texts.with(m::LIVE_WAITING_FOR_CODE, &[("seconds", (*seconds).into())]))
            }
            RunLine::WaitingForPerson { reason, .. } => {
                let words = texts.stop(*reason);
                let waiting = texts.with(m::LIVE_WAITING_FOR_PERSON, &[("reason", words.title.as_str().into())]);
                self.step(&waiting)
            }
            RunLine::PleasePress { label, .. } => {
                self.step(&texts.with(m::LIVE_PLEASE_PRESS, &[("label", label.as_str().into())]))
            }
            RunLine::PleaseFill { field, .. } => self.step(&texts.please_fill(*field)),
            RunLine::PleaseTick { .. } => self.step(&texts.get(m::LIVE_PLEASE_TICK)),
            RunLine::AccountFinished { account, outcome: outcome @ Outcome::Skipped, .. } => {
                self.output.line(&format!("{}  {}", name(account), self.outcome(*outcome)))
            }
            RunLine::AccountFinished { outcome, reason, .. } => {
                self.output.line(&format!("      {}", self.outcome(*outcome)))?;
                let Some(reason) = reason else { return Ok(()) };
                let words = texts.stop(*reason);
                for sentence in [words.happened, words.safe, words.next] {
                    self.output.line(&format!("        {sentence}"))?;
                }
                Ok(())
            }
            // Lines that are for scripts alone.
            _ => Ok(()),
        }
    }

    fn step(&self, words: &str) -> Result<(), AppError> {
        self.output.line(&format!("      · {words}"))
    }

    fn outcome(&self, outcome: Outcome) -> String {
        let sign = match outcome {
            Outcome::Proven | Outcome::SecondFactor => "✓",
            Outcome::NeedsPerson | Outcome::Stuck => "✗",
            Outcome::Skipped => "–",
        };
        format!("{sign} {}", self.output.texts.outcome(outcome))
    }
}

fn name(account: &AccountRef) -> String {
    if account.user.is_empty() { account.site.to_string() } else { format!("{}@{}", account.user, account.site) }
}
