//! KeePassXC's passkey files: one JSON object a passkey, the key in PEM. KeePassXC reads and writes them since 2.7.7
//! (*Database › Import passkey*): <https://keepassxc.org/docs/KeePassXC_UserGuide#_passkeys>.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::TransferError;
use super::json::{self, Text};
use super::passkey::{Draft, Gathered, Portable};
use crate::store::key;

/// What KeePassXC's own files end with.
const ENDING: &str = ".passkey";
/// The longest name of a file, without its ending, in characters.
const LONGEST_NAME: usize = 80;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Out<'a> {
    credential_id: String,
    private_key: Zeroizing<String>,
    relying_party: &'a str,
    url: &'a str,
    user_handle: String,
    /// KeePassXC reads no file without one.
    username: &'a str,
}

pub(super) fn write(passkey: &Portable) -> Result<Zeroizing<Vec<u8>>, TransferError> {
    let name = [&passkey.user_name, &passkey.user_display_name, &passkey.rp_id].into_iter().find(|n| !n.is_empty());
    json::write(&Out {
        credential_id: passkey.credential_id.to_string(),
        private_key: key::pem_of(passkey.key.der()),
        relying_party: &passkey.rp_id,
        url: &passkey.url,
        user_handle: json::base64url(&passkey.user_handle),
        username: name.map_or("", String::as_str),
    })
}

/// A name for the file of each passkey, no two the same whatever the case.
pub(super) fn names(passkeys: &[&Portable]) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    let plain = |c: char| if c.is_alphanumeric() || "-_.@ ".contains(c) { c } else { '_' };
    let mut name = |passkey: &&Portable| {
        let stem: String = format!("{} ({})", passkey.rp_id, passkey.user_name).chars().take(LONGEST_NAME).collect();
        let stem: String =
            stem.trim_end_matches(" ()").chars().map(|c| if "()".contains(c) { c } else { plain(c) }).collect();
        let mut name = format!("{stem}{ENDING}");
        let mut number = 2_usize;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{stem} {number}{ENDING}");
            number = number.saturating_add(1);
        }
        name
    };
    passkeys.iter().map(&mut name).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct In<'a> {
    #[serde(borrow)]
    credential_id: Text<'a>,
    #[serde(borrow)]
    private_key: Text<'a>,
    #[serde(borrow)]
    relying_party: Text<'a>,
    #[serde(borrow, default)]
    url: Text<'a>,
    #[serde(borrow)]
    user_handle: Text<'a>,
    #[serde(borrow, default)]
    username: Text<'a>,
}

pub(super) fn read(document: &str, into: &mut Gathered) {
    let Some(passkey) = json::parse::<In<'_>>(document) else { return into.take(None) };
    into.take(Some(Draft {
        credential_id: json::decode(&passkey.credential_id).map(|bytes| bytes.to_vec()),
        rp_id: &passkey.relying_party,
        user_name: &passkey.username,
        user_handle: json::decode(&passkey.user_handle).map(|bytes| bytes.to_vec()),
        url: &passkey.url,
        key: key::der(&passkey.private_key),
        ..Draft::default()
    }));
}
