//! Cases as they stand in files: groups whose members share what they do not say themselves.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use rekey_relying_party::Seed;
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};

/// Members of an entry that are about the case; the others are about its one step, where it lists no `steps`.
const OF_THE_CASE: [&str; 10] =
    ["name", "given", "steps", "after", "accounts", "totp", "language", "expect", "device", "site"];

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name, unique over all files.
    pub name: String,
    /// How many accounts it needs.
    pub accounts: usize,
    /// Whether they have one-time codes.
    pub totp: bool,
    /// How the site is set up where it differs from the usual.
    pub site: Option<String>,
    /// What must be seen, of the last step and of the account.
    pub expect: Value,
    /// What the client is handed.
    play: Value,
}

impl Case {
    /// The cases of one file in `tests/clients/cases`, in its order.
    pub fn read(file: &str) -> Result<Vec<Self>> {
        let groups: Vec<Map<String, Value>> = serde_json::from_value(read(file)?)?;
        let mut cases = Vec::new();
        for group in groups {
            let entries = group.get("cases").and_then(Value::as_array).with_context(|| format!("{file}: no cases"))?;
            for entry in entries {
                let case = Self::new(&group, entry).with_context(|| format!("{file}: {entry}"))?;
                ensure!(cases.iter().all(|other: &Self| other.name != case.name), "{file}: {} twice", case.name);
                cases.push(case);
            }
        }
        Ok(cases)
    }

    fn new(group: &Map<String, Value>, entry: &Value) -> Result<Self> {
        let entry = entry.as_object().context("no object")?;
        let of = |name: &str| entry.get(name).or_else(|| group.get(name)).cloned();
        let name = of("name").and_then(|name| name.as_str().map(str::to_owned)).context("no name")?;
        let mut expect = group.get("expect").and_then(Value::as_object).cloned().unwrap_or_default();
        expect.extend(entry.get("expect").and_then(Value::as_object).cloned().unwrap_or_default());
        let steps = match (of("steps"), of("do")) {
            (Some(steps), _) => steps,
            (None, Some(kind)) => {
                let of_the_step = |(name, _): &(&String, &Value)| !OF_THE_CASE.contains(&name.as_str());
                let mut step: Map<String, Value> =
                    entry.iter().filter(of_the_step).map(|(name, value)| (name.clone(), value.clone())).collect();
                step.insert("do".into(), kind);
                json!([step])
            }
            (None, None) => bail!("neither steps nor something to do"),
        };
        let mut play = Map::from_iter([("name".to_owned(), json!(name)), ("steps".to_owned(), steps)]);
        for member in ["given", "after", "language", "device"] {
            play.extend(of(member).map(|value| (member.to_owned(), value)));
        }
        let accounts = of("accounts").and_then(|count| count.as_u64()).unwrap_or(1);
        Ok(Self {
            accounts: usize::try_from(accounts)?,
            totp: of("totp") == Some(Value::Bool(true)),
            site: of("site").and_then(|site| site.as_str().map(str::to_owned)),
            expect: Value::Object(expect),
            play: Value::Object(play),
            name,
        })
    }

    /// The language that the client asks for.
    pub(super) fn language(&self) -> &str {
        self.play.get("language").and_then(Value::as_str).unwrap_or("en")
    }

    /// What the client is told: the case, and its accounts' secrets.
    pub(super) fn for_client(&self, seeds: &[Seed]) -> Value {
        let accounts: Vec<Value> = seeds
            .iter()
            .map(|seed| {
                json!({
                    "user_name": seed.user_name,
                    "password": seed.password.expose_secret(),
                    "totp": seed.totp.as_ref().map(|totp| totp.expose_secret()),
                })
            })
            .collect();
        json!({ "case": self.play, "accounts": accounts })
    }
}

/// One JSON file beside the cases.
fn read(file: &str) -> Result<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/cases").join(file);
    let text = std::fs::read_to_string(&path).with_context(|| file.to_owned())?;
    serde_json::from_str(&text).with_context(|| file.to_owned())
}
