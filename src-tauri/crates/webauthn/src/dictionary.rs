//! Web IDL dictionaries out of JSON, as tolerant as browsers are: unknown members and unknown enumeration values are
//! ignored, numbers and booleans become strings where a string is wanted, `null` counts as absent.

use passkey_types::Bytes;
use passkey_types::webauthn::AuthenticatorTransport;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::credential::PUBLIC_KEY;
use crate::{ClientError, CredentialDescriptor, CredentialId, MAX_LIST, MAX_OPTIONS};

/// A dictionary's members.
#[derive(Clone, Copy)]
pub(crate) struct Dictionary<'a>(&'a Map<String, Value>);

/// The options' members.
pub(crate) fn parse(json: &str) -> Result<Map<String, Value>, ClientError> {
    if json.len() > MAX_OPTIONS {
        return Err(ClientError::TooLong);
    }
    match serde_json::from_str(json) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(ClientError::NotAnObject),
    }
}

impl<'a> Dictionary<'a> {
    pub(crate) fn new(members: &'a Map<String, Value>) -> Self {
        Self(members)
    }

    fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// Whether the member is there.
    pub(crate) fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A record of dictionaries; empty where it is absent.
    pub(crate) fn record(self, name: &'static str, most: usize) -> Result<Vec<(&'a str, Self)>, ClientError> {
        let Some(record) = self.dictionary(name)? else { return Ok(Vec::new()) };
        if record.0.len() > most {
            return Err(ClientError::TooMany(name));
        }
        let values = record.0.iter().map(|(key, value)| match value {
            Value::Object(members) => Ok((key.as_str(), Self(members))),
            _ => Err(ClientError::Member(name)),
        });
        values.collect()
    }

    /// A list of an enumeration's values, those that are not known left out.
    pub(crate) fn known_list<T: DeserializeOwned>(self, name: &str) -> Vec<T> {
        let values = self.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        values.iter().take(MAX_LIST).filter_map(|value| T::deserialize(value).ok()).collect()
    }

    /// A dictionary member; `None` where it is absent.
    pub(crate) fn dictionary(self, name: &'static str) -> Result<Option<Self>, ClientError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(Self(members))),
            Some(_) => Err(ClientError::Member(name)),
        }
    }

    /// A string member; `None` where it is absent.
    pub(crate) fn string(self, name: &'static str) -> Result<Option<String>, ClientError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(Value::Bool(flag)) => Ok(Some(flag.to_string())),
            Some(_) => Err(ClientError::Member(name)),
        }
    }

    /// A byte string in base64url.
    pub(crate) fn bytes(self, name: &'static str) -> Result<Vec<u8>, ClientError> {
        let text = self.get(name).and_then(Value::as_str).ok_or(ClientError::Member(name))?;
        Bytes::try_from(text).map(Vec::from).map_err(|_| ClientError::Member(name))
    }

    /// An enumeration's value; `None` where it is absent or unknown.
    pub(crate) fn known<T: DeserializeOwned>(self, name: &str) -> Option<T> {
        self.get(name).and_then(|value| T::deserialize(value).ok())
    }

    /// A boolean; absent and everything that is no boolean counts as false.
    pub(crate) fn flag(self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A time in milliseconds; `None` where there is no number.
    pub(crate) fn milliseconds(self, name: &str) -> Option<u64> {
        let value = self.get(name)?;
        // A float saturates; the caller clamps it.
        value.as_u64().or_else(|| value.as_f64().map(|ms| ms.max(0.0) as u64))
    }

    /// A whole number, also where the page wrote it as a string.
    pub(crate) fn integer(self, name: &str) -> Option<i64> {
        let value = self.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
    }

    /// A list of dictionaries; `None` where it is absent.
    pub(crate) fn list(self, name: &'static str) -> Result<Option<Vec<Self>>, ClientError> {
        let values = match self.get(name) {
            None => return Ok(None),
            Some(Value::Array(values)) => values,
            Some(_) => return Err(ClientError::Member(name)),
        };
        if values.len() > MAX_LIST {
            return Err(ClientError::TooMany(name));
        }
        let dictionaries = values.iter().map(|value| value.as_object().map(Self).ok_or(ClientError::Member(name)));
        dictionaries.collect::<Result<_, _>>().map(Some)
    }

    /// Whether the `type` member is the one that exists.
    pub(crate) fn is_public_key(self) -> bool {
        self.get("type").and_then(Value::as_str) == Some(PUBLIC_KEY)
    }

    /// A list of credentials; those of unknown types are left out. Also says whether the page named any at all.
    pub(crate) fn descriptors(self, name: &'static str) -> Result<(Vec<CredentialDescriptor>, bool), ClientError> {
        let all = self.list(name)?.unwrap_or_default();
        let named = !all.is_empty();
        let known = all.into_iter().filter(|d| d.is_public_key()).map(|d| {
            let id = CredentialId::new(d.bytes("id").map_err(|_| ClientError::Member(name))?)
                .map_err(|_| ClientError::Member(name))?;
            let transports: Vec<AuthenticatorTransport> = match d.get("transports") {
                Some(Value::Array(values)) => {
                    values.iter().filter_map(|v| serde::Deserialize::deserialize(v).ok()).collect()
                }
                _ => Vec::new(),
            };
            Ok(CredentialDescriptor { id, transports })
        });
        Ok((known.collect::<Result<_, ClientError>>()?, named))
    }
}
