//! A security key in software: CTAP 2.0 and 2.1 as its authenticator, written from the specification and sharing nothing
//! with the client that it tests. It misbehaves on demand.

mod cbor;
mod credentials;
pub mod hid;
pub mod link;
mod management;
mod pin;
#[cfg(target_os = "linux")]
pub mod reader;

use std::collections::VecDeque;

use ciborium::Value;
use p256::ecdsa::SigningKey;

use cbor::{get, map, text};
use pin::{Pin, Token};

pub const MAKE_CREDENTIAL: u8 = 0x01;
pub const GET_ASSERTION: u8 = 0x02;
pub const GET_INFO: u8 = 0x04;
pub const CLIENT_PIN: u8 = 0x06;
pub const GET_NEXT_ASSERTION: u8 = 0x08;
pub const CREDENTIAL_MANAGEMENT: u8 = 0x0a;
pub const SELECTION: u8 = 0x0b;
pub const CREDENTIAL_MANAGEMENT_PREVIEW: u8 = 0x41;

pub const AAGUID: [u8; 16] = *b"rekey test key!!";

/// A status, as the specification numbers them.
pub type Status = u8;
pub type Answer = Result<Option<Value>, Status>;

/// What a command comes to instead.
#[derive(Clone)]
pub enum Fault {
    /// This status.
    Status(Status),
    /// These bytes, after the status 0.
    Bytes(Vec<u8>),
    /// The key is taken away.
    Removed,
    /// It never answers.
    Silence,
}

/// What kind of key it is.
#[derive(Clone)]
pub struct Model {
    pub version: &'static str,
    /// In the order of preference; empty for a key that does not say (2.0).
    pub protocols: &'static [u64],
    pub options: Vec<(&'static str, bool)>,
    pub extensions: Vec<&'static str>,
    pub max_message: usize,
    pub max_in_list: usize,
    pub max_id: usize,
    pub capacity: usize,
    pub transports: &'static [&'static str],
    pub min_pin_length: usize,
    pub must_change_pin: bool,
}

impl Model {
    /// A key of today, without a PIN.
    pub fn ctap_2_1() -> Self {
        Self {
            version: "FIDO_2_1",
            protocols: &[2, 1],
            options: vec![
                ("rk", true),
                ("up", true),
                ("credMgmt", true),
                ("pinUvAuthToken", true),
                ("makeCredUvNotRqd", true),
            ],
            extensions: vec!["credProtect", "hmac-secret", "minPinLength"],
            max_message: 1200,
            max_in_list: 4,
            max_id: 64,
            capacity: 8,
            transports: &["usb", "nfc"],
            min_pin_length: 4,
            must_change_pin: false,
        }
    }

    /// A key of 2019.
    pub fn ctap_2_0() -> Self {
        Self {
            version: "FIDO_2_0",
            protocols: &[],
            options: vec![("rk", true), ("up", true), ("credentialMgmtPreview", true)],
            extensions: vec!["hmac-secret"],
            max_message: 1024,
            max_in_list: 1,
            transports: &[],
            ..Self::ctap_2_1()
        }
    }
}

pub struct Credential {
    id: Vec<u8>,
    rp_id: String,
    user: Value,
    key: SigningKey,
    resident: bool,
    protect: u8,
    /// For persons who are not verified, and for those who are.
    cred_random: [[u8; 32]; 2],
}

/// The key.
pub struct Applet {
    pub model: Model,
    credentials: Vec<Credential>,
    pin: Pin,
    counter: u32,
    /// What the sensor will say, where there is one.
    pub sensor: VecDeque<bool>,
    pub uv_retries: u64,
    faults: Vec<(u8, Fault)>,
    /// Every message, for tests that look at what was said.
    pub heard: Vec<Vec<u8>>,
    pub touches: usize,
    /// Answers to `getNextAssertion`, and to the "next" of management.
    next: VecDeque<Value>,
}

impl Applet {
    pub fn new(model: Model) -> Self {
        Self {
            model,
            credentials: Vec::new(),
            pin: Pin::new(),
            counter: 0,
            sensor: VecDeque::new(),
            uv_retries: 3,
            faults: Vec::new(),
            heard: Vec::new(),
            touches: 0,
            next: VecDeque::new(),
        }
    }

    pub fn with_pin(model: Model, pin: &str) -> Self {
        let mut applet = Self::new(model);
        applet.pin.set(pin);
        applet
    }

    /// The next command of this number goes wrong.
    pub fn fail(&mut self, command: u8, fault: Fault) {
        self.faults.push((command, fault));
    }

    /// Taken out and put in again.
    pub fn power_cycle(&mut self) {
        self.pin.power_cycle();
        self.next.clear();
    }

    pub fn pin_retries(&self) -> u64 {
        self.pin.retries
    }

    pub fn spend_pin_retries(&mut self, left: u64) {
        self.pin.retries = left;
    }

    pub fn resident_count(&self) -> usize {
        self.credentials.iter().filter(|c| c.resident).count()
    }

    /// How many commands of this number were heard.
    pub fn count(&self, command: u8) -> usize {
        self.heard.iter().filter(|message| message.first() == Some(&command)).count()
    }

    fn option(&self, name: &str) -> Option<bool> {
        match name {
            "clientPin" if self.model.options.iter().any(|(option, _)| *option == "noPin") => None,
            "clientPin" => Some(self.pin.is_set()),
            _ => self.model.options.iter().find(|(option, _)| *option == name).map(|(_, on)| *on),
        }
    }

    fn has(&self, option: &str) -> bool {
        self.option(option) == Some(true)
    }

    /// Whether the person must touch it before it does this.
    pub fn wants_touch(&self, message: &[u8]) -> bool {
        let Some((&command, parameters)) = message.split_first() else { return false };
        let parameters: Value = ciborium::from_reader(parameters).unwrap_or(Value::Null);
        match command {
            MAKE_CREDENTIAL | SELECTION => true,
            GET_ASSERTION => get(&parameters, 5).and_then(|o| text(&o, "up")) != Some(Value::Bool(false)),
            CLIENT_PIN => get(&parameters, 2) == Some(Value::from(6)),
            _ => false,
        }
    }

    /// The fault that was wished for this message.
    pub fn fault(&mut self, message: &[u8]) -> Option<Fault> {
        let place = self.faults.iter().position(|(command, _)| message.first() == Some(command))?;
        Some(self.faults.remove(place).1)
    }

    /// A message that came to it; the answer begins with its status.
    pub fn answer(&mut self, message: &[u8]) -> Vec<u8> {
        self.heard.push(message.to_vec());
        if self.wants_touch(message) {
            self.touches += 1;
        }
        let answer = match self.fault(message) {
            Some(Fault::Status(status)) => Err(status),
            Some(Fault::Bytes(bytes)) => return [&[0], bytes.as_slice()].concat(),
            Some(Fault::Removed | Fault::Silence) => Err(0x7f),
            None => self.command(message),
        };
        match answer {
            Ok(None) => vec![0],
            Ok(Some(value)) => [&[0], cbor::encode(&value).as_slice()].concat(),
            Err(status) => vec![status],
        }
    }

    fn command(&mut self, message: &[u8]) -> Answer {
        if message.len() > self.model.max_message {
            return Err(0x39);
        }
        let (&command, parameters) = message.split_first().ok_or(0x03)?;
        let parameters = match parameters {
            [] => Value::Map(Vec::new()),
            bytes => cbor::canonical(bytes).ok_or(0x12)?,
        };
        let is_2_1 = self.model.version == "FIDO_2_1";
        match command {
            MAKE_CREDENTIAL => self.make_credential(&parameters),
            GET_ASSERTION => self.get_assertion(&parameters),
            GET_NEXT_ASSERTION => self.next.pop_front().map(Some).ok_or(0x30),
            GET_INFO => Ok(Some(self.info())),
            CLIENT_PIN => self.client_pin(&parameters),
            CREDENTIAL_MANAGEMENT if self.has("credMgmt") => self.manage(&parameters),
            CREDENTIAL_MANAGEMENT_PREVIEW if self.has("credentialMgmtPreview") => self.manage(&parameters),
            SELECTION if is_2_1 => Ok(None),
            _ => Err(0x01),
        }
    }

    fn info(&self) -> Value {
        let texts = |list: &[&str]| Value::Array(list.iter().map(|text| Value::from(*text)).collect());
        let mut options: Vec<(&str, bool)> =
            self.model.options.iter().filter(|(name, _)| *name != "noPin").copied().collect();
        options.extend(self.option("clientPin").map(|set| ("clientPin", set)));
        let is_2_1 = self.model.version == "FIDO_2_1";
        let number = |n: usize| Value::from(u64::try_from(n).unwrap());
        map([
            (1, Some(texts(&[self.model.version]))),
            (2, Some(texts(&self.model.extensions))),
            (3, Some(Value::Bytes(AAGUID.to_vec()))),
            (4, Some(map(options.into_iter().map(|(name, on)| (name, Some(Value::Bool(on))))))),
            (5, Some(number(self.model.max_message))),
            (
                6,
                (!self.model.protocols.is_empty())
                    .then(|| Value::Array(self.model.protocols.iter().map(|p| Value::from(*p)).collect())),
            ),
            (7, is_2_1.then(|| number(self.model.max_in_list))),
            (8, is_2_1.then(|| number(self.model.max_id))),
            (9, (!self.model.transports.is_empty()).then(|| texts(self.model.transports))),
            (12, self.model.must_change_pin.then_some(Value::Bool(true))),
            (13, is_2_1.then(|| number(self.model.min_pin_length))),
        ])
    }

    /// Whether this proof is the token's, for this permission and site.
    fn vouched(
        &mut self,
        parameters: &Value,
        [proof, protocol]: [i64; 2],
        message: &[u8],
        needed: u8,
        rp_id: Option<&str>,
    ) -> Result<bool, Status> {
        let Some(proof) = get(parameters, proof) else { return Ok(false) };
        let proof = proof.into_bytes().map_err(|_| 0x11)?;
        let protocol: u64 =
            get(parameters, protocol).ok_or(0x14)?.into_integer().map_err(|_| 0x11)?.try_into().unwrap();
        let Some(Token { key, permissions, rp_id: bound }) = &mut self.pin.token else { return Err(0x33) };
        if pin::authenticate(protocol, key, message) != proof || *permissions & needed == 0 {
            return Err(0x33);
        }
        match (bound.as_deref(), rp_id) {
            (Some(bound), Some(rp_id)) if bound != rp_id => return Err(0x33),
            (None, Some(rp_id)) => *bound = Some(rp_id.to_owned()),
            _ => {}
        }
        Ok(true)
    }

    /// A touch uses up what the token was for (CTAP 2.1).
    fn touched(&mut self) {
        if let Some(token) = self.pin.token.as_mut().filter(|_| self.model.version == "FIDO_2_1") {
            token.permissions = 0;
        }
    }
}
