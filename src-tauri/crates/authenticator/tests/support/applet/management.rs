//! Listing and deleting credentials (CTAP 6.8).

use ciborium::Value;
use sha2::{Digest as _, Sha256};

use super::cbor::{bytes, encode, get, map, text};
use super::{Answer, Applet};

impl Applet {
    pub(super) fn manage(&mut self, parameters: &Value) -> Answer {
        let subcommand = get(parameters, 1).and_then(|n| u8::try_from(n.as_integer()?).ok()).ok_or(0x14)?;
        if matches!(subcommand, 3 | 5) {
            return self.next.pop_front().map(Some).ok_or(0x30);
        }
        let of = get(parameters, 2);
        let message = [&[subcommand], of.as_ref().map(encode).unwrap_or_default().as_slice()].concat();
        if !self.vouched(parameters, [4, 3], &message, 0x04, None)? {
            return Err(0x36);
        }
        let of = of.unwrap_or(Value::Null);
        match subcommand {
            2 => {
                let mut rps: Vec<&str> =
                    self.credentials.iter().filter(|c| c.resident).map(|c| c.rp_id.as_str()).collect();
                rps.sort_unstable();
                rps.dedup();
                let total = u64::try_from(rps.len()).unwrap();
                let one = |(place, rp): (usize, &str)| {
                    map([
                        (3, Some(map([("id", Some(Value::from(rp)))]))),
                        (4, Some(Value::Bytes(Sha256::digest(rp).to_vec()))),
                        (5, (place == 0).then(|| Value::from(total))),
                    ])
                };
                self.next = rps.into_iter().enumerate().map(one).collect();
                self.next.pop_front().map(Some).ok_or(0x2e)
            }
            4 => {
                let hash = bytes(&of, 1)?;
                let found: Vec<_> = self
                    .credentials
                    .iter()
                    .filter(|c| c.resident && Sha256::digest(&c.rp_id).as_slice() == hash)
                    .collect();
                let total = u64::try_from(found.len()).unwrap();
                let one = |(place, c): (usize, &super::Credential)| {
                    let id = map([("id", Some(Value::Bytes(c.id.clone()))), ("type", Some(Value::from("public-key")))]);
                    map([
                        (6, Some(c.user.clone())),
                        (7, Some(id)),
                        (8, Some(c.public_key())),
                        (9, (place == 0).then(|| Value::from(total))),
                        (10, Some(Value::from(c.protect))),
                    ])
                };
                self.next = found.into_iter().enumerate().map(one).collect();
                self.next.pop_front().map(Some).ok_or(0x2e)
            }
            6 => {
                let id = get(&of, 2).and_then(|d| text(&d, "id")?.into_bytes().ok()).ok_or(0x14)?;
                let before = self.credentials.len();
                self.credentials.retain(|c| !(c.resident && c.id == id));
                if self.credentials.len() == before { Err(0x2e) } else { Ok(None) }
            }
            _ => Err(0x3e),
        }
    }
}
