//! `authenticatorCredentialManagement` (CTAP 6.8): the discoverable credentials of a key.

use ciborium::Value;

use super::cbor::{self, Fields, descriptor, map};
use super::info::Management;
use super::pin::PinToken;
use super::{CtapError, CtapStatus, Key, command, silent};

const ENUMERATE_RPS: u8 = 0x02;
const NEXT_RP: u8 = 0x03;
const ENUMERATE_CREDENTIALS: u8 = 0x04;
const NEXT_CREDENTIAL: u8 = 0x05;
const DELETE: u8 = 0x06;

/// More than any key holds.
const MOST: u64 = 1024;

/// A discoverable credential of a key.
pub(crate) struct ResidentCredential {
    pub(crate) rp_id: String,
    pub(crate) credential_id: Vec<u8>,
    pub(crate) user_name: Option<String>,
    pub(crate) user_display_name: Option<String>,
}

impl Key {
    /// All of them.
    pub(crate) async fn credentials(&mut self, token: &PinToken) -> Result<Vec<ResidentCredential>, CtapError> {
        let mut found = Vec::new();
        let mut rps = Vec::new();
        // A listing is one conversation: all sites first, then the credentials of each.
        let first = match self.manage(ENUMERATE_RPS, None, Some(token)).await {
            Err(CtapError::Status(CtapStatus::NO_CREDENTIALS)) => return Ok(found),
            answer => answer?,
        };
        let mut fields = first;
        let count = fields.number(0x05).unwrap_or(1).min(MOST);
        if count == 0 {
            return Ok(found);
        }
        rps.push(rp(fields)?);
        for _ in 1..count {
            rps.push(rp(self.manage(NEXT_RP, None, None).await?)?);
        }
        for (rp_id, hash) in rps {
            let of_rp = map([(0x01, Some(Value::Bytes(hash)))]);
            let mut fields = self.manage(ENUMERATE_CREDENTIALS, Some(of_rp), Some(token)).await?;
            let left = MOST.saturating_sub(u64::try_from(found.len()).unwrap_or(MOST));
            let count = fields.number(0x09).unwrap_or(1).min(left);
            found.push(credential(&rp_id, fields)?);
            for _ in 1..count {
                found.push(credential(&rp_id, self.manage(NEXT_CREDENTIAL, None, None).await?)?);
            }
        }
        Ok(found)
    }

    /// Deletes one for good.
    pub(crate) async fn delete(&mut self, id: &[u8], token: &PinToken) -> Result<(), CtapError> {
        let which = map([(0x02, Some(descriptor(id)))]);
        self.manage(DELETE, Some(which), Some(token)).await.map(|_| ())
    }

    async fn manage(
        &mut self,
        subcommand: u8,
        parameters: Option<Value>,
        token: Option<&PinToken>,
    ) -> Result<Fields, CtapError> {
        let command = match self.info.management() {
            Some(Management::Final) => command::CREDENTIAL_MANAGEMENT,
            Some(Management::Preview) => command::CREDENTIAL_MANAGEMENT_PREVIEW,
            None => return Err(CtapError::Status(CtapStatus::INVALID_COMMAND)),
        };
        // The token vouches for the subcommand and its parameters.
        let mut vouched = vec![subcommand];
        vouched.extend(parameters.as_ref().map(cbor::encode).unwrap_or_default());
        let request = map([
            (0x01, Some(subcommand.into())),
            (0x02, parameters),
            (0x03, token.map(|token| token.protocol().number().into())),
            (0x04, token.map(|token| Value::Bytes(token.authenticate(&vouched)))),
        ]);
        self.send(command, Some(request), &silent).await
    }
}

fn rp(mut fields: Fields) -> Result<(String, Vec<u8>), CtapError> {
    let rp = fields.take(0x03).ok_or(CtapError::Malformed("no site"))?;
    let id = cbor::member(&rp, "id").and_then(|id| id.into_text().ok());
    Ok((id.ok_or(CtapError::Malformed("no site"))?, fields.bytes(0x04, "the hash of a site")?))
}

fn credential(rp_id: &str, mut fields: Fields) -> Result<ResidentCredential, CtapError> {
    let user = fields.take(0x06).unwrap_or(Value::Null);
    let text = |name| cbor::member(&user, name).and_then(|value| value.into_text().ok());
    let id = fields.take(0x07).and_then(|credential| cbor::bytes(cbor::member(&credential, "id")?));
    Ok(ResidentCredential {
        rp_id: rp_id.to_owned(),
        credential_id: id.ok_or(CtapError::Malformed("no credential"))?,
        user_name: text("name"),
        user_display_name: text("displayName"),
    })
}
