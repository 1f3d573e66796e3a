//! Making credentials and signing with them (CTAP 6.1 and 6.2).

use ciborium::Value;
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate as _;
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};

use super::cbor::{bytes, encode, get, ids, map, text};
use super::{AAGUID, Answer, Applet, Credential, Status, pin};

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

fn sign(key: &SigningKey, message: &[u8]) -> Value {
    let signature: Signature = key.sign(message);
    Value::Bytes(signature.to_der().as_bytes().to_vec())
}

fn public_key(key: &SigningKey) -> Value {
    let point = key.verifying_key().to_sec1_point(false);
    map([
        (1, Some(Value::from(2))),
        (3, Some(Value::from(-7))),
        (-1, Some(Value::from(1))),
        (-2, Some(Value::Bytes(point.x().unwrap().to_vec()))),
        (-3, Some(Value::Bytes(point.y().unwrap().to_vec()))),
    ])
}

impl Credential {
    pub(super) fn public_key(&self) -> Value {
        public_key(&self.key)
    }
}

impl Applet {
    /// Whether the person is verified for this command; a key that is set up may insist.
    fn verified(
        &mut self,
        parameters: &Value,
        keys: [i64; 2],
        hash: &[u8],
        needed: u8,
        rp_id: &str,
        options: Option<&Value>,
    ) -> Result<bool, Status> {
        if self.vouched(parameters, keys, hash, needed, Some(rp_id))? {
            return Ok(true);
        }
        if options.and_then(|o| text(o, "uv")) == Some(Value::Bool(true)) {
            if !self.has("uv") {
                return Err(0x2c);
            }
            self.sense()?;
            return Ok(true);
        }
        Ok(false)
    }

    fn auth_data(
        &mut self,
        rp_id: &str,
        verified: bool,
        present: bool,
        attested: &[u8],
        extensions: Option<Value>,
    ) -> Vec<u8> {
        self.counter += 1;
        let flags = u8::from(present)
            | if verified { 0x04 } else { 0 }
            | if attested.is_empty() { 0 } else { 0x40 }
            | if extensions.is_some() { 0x80 } else { 0 };
        let extensions = extensions.as_ref().map(encode).unwrap_or_default();
        [Sha256::digest(rp_id).as_slice(), &[flags], &self.counter.to_be_bytes(), attested, &extensions].concat()
    }

    fn check_list(&self, list: Option<&Vec<Vec<u8>>>) -> Result<(), Status> {
        let Some(list) = list else { return Ok(()) };
        if list.len() > self.model.max_in_list {
            return Err(0x15);
        }
        if list.iter().any(|id| id.len() > self.model.max_id) { Err(0x03) } else { Ok(()) }
    }

    pub(super) fn make_credential(&mut self, parameters: &Value) -> Answer {
        let hash = bytes(parameters, 1)?;
        let rp_id = get(parameters, 2).and_then(|rp| text(&rp, "id")?.into_text().ok()).ok_or(0x14)?;
        let user = get(parameters, 3).ok_or(0x14)?;
        if get(parameters, 8) == Some(Value::Bytes(Vec::new())) {
            return Err(if self.pin.is_set() { 0x31 } else { 0x35 });
        }
        for name in ["name", "displayName"] {
            // As some keys do, it refuses long names.
            if text(&user, name).is_some_and(|name| name.as_text().is_none_or(|name| name.len() > 64)) {
                return Err(0x15);
            }
        }
        let es256 = |parameter: &Value| text(parameter, "alg") == Some(Value::from(-7));
        if !get(parameters, 4).ok_or(0x14)?.as_array().ok_or(0x11)?.iter().any(es256) {
            return Err(0x26);
        }
        let options = get(parameters, 7);
        let resident = options.as_ref().and_then(|o| text(o, "rk")) == Some(Value::Bool(true));
        if resident && !self.has("rk") {
            return Err(0x2b);
        }
        let verified = self.verified(parameters, [8, 9], &hash, 0x01, &rp_id, options.as_ref())?;
        let set_up = self.pin.is_set() || self.has("uv");
        if !verified && (self.has("alwaysUv") || (set_up && (resident || !self.has("makeCredUvNotRqd")))) {
            return Err(0x36);
        }
        let exclude = ids(get(parameters, 5))?;
        self.check_list(exclude.as_ref())?;
        self.touched();
        let excluded = |c: &Credential| {
            c.rp_id == rp_id && (verified || c.protect < 3) && exclude.iter().flatten().any(|id| *id == c.id)
        };
        if self.credentials.iter().any(excluded) {
            return Err(0x19);
        }
        let user_id = text(&user, "id");
        if resident {
            self.credentials.retain(|c| !(c.resident && c.rp_id == rp_id && text(&c.user, "id") == user_id));
            if self.resident_count() >= self.model.capacity {
                return Err(0x28);
            }
        }
        let wanted = get(parameters, 6).unwrap_or(Value::Null);
        let protect = text(&wanted, "credProtect").and_then(|p| u8::try_from(p.as_integer()?).ok());
        let hmac_secret = text(&wanted, "hmac-secret") == Some(Value::Bool(true));
        let min_pin = text(&wanted, "minPinLength") == Some(Value::Bool(true));
        let extensions = map([
            ("credProtect", protect.map(Value::from)),
            ("hmac-secret", hmac_secret.then_some(Value::Bool(true))),
            ("minPinLength", min_pin.then(|| Value::from(u64::try_from(self.model.min_pin_length).unwrap()))),
        ]);
        let extensions = Some(extensions).filter(|e| !e.as_map().unwrap().is_empty());

        let key = SigningKey::from(SecretKey::try_generate().unwrap());
        let id = random::<32>().to_vec();
        let public = public_key(&key);
        let attested = [AAGUID.as_slice(), &[0, 32], &id, &encode(&public)].concat();
        let auth_data = self.auth_data(&rp_id, verified, true, &attested, extensions);
        let signature = sign(&key, &[auth_data.as_slice(), &hash].concat());
        self.credentials.push(Credential {
            id,
            rp_id,
            user,
            key,
            resident,
            protect: protect.unwrap_or(1),
            cred_random: [random(), random()],
        });
        let statement = map([("alg", Some(Value::from(-7))), ("sig", Some(signature))]);
        Ok(Some(map([(1, Some(Value::from("packed"))), (2, Some(Value::Bytes(auth_data))), (3, Some(statement))])))
    }

    pub(super) fn get_assertion(&mut self, parameters: &Value) -> Answer {
        let rp_id = get(parameters, 1).and_then(|rp| rp.into_text().ok()).ok_or(0x14)?;
        let hash = bytes(parameters, 2)?;
        let options = get(parameters, 5);
        let present = options.as_ref().and_then(|o| text(o, "up")) != Some(Value::Bool(false));
        let verified = self.verified(parameters, [6, 7], &hash, 0x02, &rp_id, options.as_ref())?;
        if !verified && present && self.has("alwaysUv") {
            return Err(0x36);
        }
        let allow = ids(get(parameters, 3))?;
        self.check_list(allow.as_ref())?;
        let may = |c: &&Credential| {
            c.rp_id == rp_id
                && match &allow {
                    Some(allow) => allow.contains(&c.id) && (verified || c.protect < 3),
                    None => c.resident && (verified || c.protect < 2),
                }
        };
        let mut found: Vec<usize> =
            self.credentials.iter().enumerate().filter(|(_, c)| may(c)).map(|(place, _)| place).collect();
        // The newest first.
        found.reverse();
        if allow.is_some() {
            found.truncate(1);
        }
        if found.is_empty() {
            return Err(0x2e);
        }
        let count = found.len();
        let wanted = get(parameters, 4).and_then(|e| text(&e, "hmac-secret"));
        let mut answers = Vec::new();
        for (place, which) in found.into_iter().enumerate() {
            let count = (place == 0 && count > 1).then_some(count);
            answers.push(self.assertion(which, &hash, verified, present, wanted.as_ref(), count, allow.as_deref())?);
        }
        if present {
            self.touched();
        }
        self.next = answers.into();
        Ok(self.next.pop_front())
    }

    #[allow(clippy::too_many_arguments, reason = "what an assertion is made of")]
    fn assertion(
        &mut self,
        which: usize,
        hash: &[u8],
        verified: bool,
        present: bool,
        wanted: Option<&Value>,
        count: Option<usize>,
        allow: Option<&[Vec<u8>]>,
    ) -> Result<Value, Status> {
        let mut extensions = None;
        if let Some(wanted) = wanted {
            let protocol = get(wanted, 4).map_or(1, |p| u64::try_from(p.as_integer().unwrap()).unwrap());
            let shared = self.shared(protocol, &get(wanted, 1).ok_or(0x14)?)?;
            let encrypted = bytes(wanted, 2)?;
            shared.authentic(&encrypted, &bytes(wanted, 3)?)?;
            let salts = shared.decrypt(&encrypted)?;
            if salts.len() != 32 && salts.len() != 64 {
                return Err(0x02);
            }
            let random = self.credentials[which].cred_random[usize::from(verified)];
            let secrets: Vec<u8> = salts.chunks(32).flat_map(|salt| pin::hmac(&random, salt)).collect();
            extensions = Some(map([("hmac-secret", Some(Value::Bytes(shared.encrypt(&secrets))))]));
        }
        let rp_id = self.credentials[which].rp_id.clone();
        let auth_data = self.auth_data(&rp_id, verified, present, &[], extensions);
        let credential = &self.credentials[which];
        let signature = sign(&credential.key, &[auth_data.as_slice(), hash].concat());
        // Names only where there are several, and only for verified persons (CTAP 6.2.2).
        let names = count.is_some() || !self.next.is_empty() || allow.is_none();
        let user = credential.resident.then(|| {
            if names && verified { credential.user.clone() } else { map([("id", text(&credential.user, "id"))]) }
        });
        let named = map([("id", Some(Value::Bytes(credential.id.clone()))), ("type", Some(Value::from("public-key")))]);
        Ok(map([
            // With one in the list it may be left out, and here is.
            (1, (allow.map(<[_]>::len) != Some(1)).then_some(named)),
            (2, Some(Value::Bytes(auth_data))),
            (3, Some(signature)),
            (4, user),
            (5, count.map(|count| Value::from(u64::try_from(count).unwrap()))),
        ]))
    }
}
