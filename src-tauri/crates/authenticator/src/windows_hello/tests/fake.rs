//! The library: what it was asked, copied out of the structures, and what it answers, built by hand.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

use rekey_webauthn::CredentialId;
use windows_sys::Win32::Foundation::{NTE_NOT_SUPPORTED, NTE_USER_CANCELLED};
use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::core::{GUID, HRESULT, PCWSTR};

use super::answers::{AssertionAnswer, ListAnswer, MadeAnswer};
use crate::windows_hello::dll::WebauthnDll;
use crate::windows_hello::get_call::GetCall;
use crate::windows_hello::layout::Attestation;
use crate::windows_hello::list_call::ListCall;
use crate::windows_hello::make_call::MakeCall;

/// Two salts, the second perhaps empty.
pub(super) type TwoSalts = (Vec<u8>, Vec<u8>);

/// The arguments of `make_credential`, as far as the version in them says that they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SeenMake {
    pub(super) window: isize,
    pub(super) versions: [u32; 4],
    pub(super) rp: (String, String),
    pub(super) user: (Vec<u8>, String, String),
    pub(super) algorithms: Vec<i32>,
    pub(super) client_data: (Vec<u8>, String),
    pub(super) timeout: u32,
    pub(super) extensions: Vec<(String, Vec<u8>)>,
    pub(super) attachment: u32,
    pub(super) require_resident: i32,
    pub(super) verification: u32,
    pub(super) conveyance: u32,
    pub(super) flags: u32,
    pub(super) cancellation: u32,
    pub(super) exclude: Option<Vec<(Vec<u8>, u32)>>,
    pub(super) enterprise: u32,
    pub(super) large_blob: u32,
    pub(super) prefer_resident: i32,
    pub(super) enable_prf: i32,
    pub(super) eval: Option<TwoSalts>,
}

/// The arguments of `get_assertion`, likewise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SeenGet {
    pub(super) window: isize,
    pub(super) version: u32,
    pub(super) rp_id: String,
    pub(super) client_data: (Vec<u8>, String),
    pub(super) timeout: u32,
    pub(super) attachment: u32,
    pub(super) verification: u32,
    pub(super) flags: u32,
    pub(super) cancellation: u32,
    pub(super) allow: Option<Vec<(Vec<u8>, u32)>>,
    pub(super) blob: (u32, Vec<u8>),
    pub(super) salts: Option<SaltValues>,
}

/// Salts for whichever credential answers, and those for single ones.
pub(super) type SaltValues = (Option<TwoSalts>, Vec<(Vec<u8>, TwoSalts)>);

/// What happened, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Call {
    Make(Box<SeenMake>),
    FreeMade,
    Get(Box<SeenGet>),
    FreeAssertion,
    List(Option<String>),
    FreeList,
    Delete(Vec<u8>),
    Cancel(u32),
}

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    made: VecDeque<Result<MadeAnswer, HRESULT>>,
    asserted: VecDeque<Result<AssertionAnswer, HRESULT>>,
    listed: VecDeque<Result<ListAnswer, HRESULT>>,
    given: Vec<Box<dyn std::any::Any + Send>>,
    ids: u32,
    deaf: u32,
    cancelled: bool,
}

/// A library.
pub(super) struct Fake {
    api: u32,
    waits: bool,
    state: Mutex<State>,
    changed: Condvar,
}

impl Fake {
    /// Of this API version.
    pub(super) fn of_version(api: u32) -> Self {
        Self { api, waits: false, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Its person never answers: a ceremony ends when it is cancelled. The first so many cancellations are not heard.
    pub(super) fn waiting(deaf: u32) -> Self {
        let state = Mutex::new(State { deaf, ..State::default() });
        Self { api: 4, waits: true, state, changed: Condvar::new() }
    }

    pub(super) fn will_make(&self, answer: Result<MadeAnswer, HRESULT>) {
        self.state.lock().unwrap().made.push_back(answer);
    }

    pub(super) fn will_assert(&self, answer: Result<AssertionAnswer, HRESULT>) {
        self.state.lock().unwrap().asserted.push_back(answer);
    }

    pub(super) fn will_list(&self, answer: Result<ListAnswer, HRESULT>) {
        self.state.lock().unwrap().listed.push_back(answer);
    }

    /// What happened since it was asked last.
    pub(super) fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.state.lock().unwrap().calls)
    }

    /// Whether something like it happened.
    pub(super) fn has(&self, like: impl Fn(&Call) -> bool) -> bool {
        self.state.lock().unwrap().calls.iter().any(like)
    }

    /// Waits until something happened.
    pub(super) fn wait_for(&self, wanted: impl Fn(&[Call]) -> bool) {
        let state = self.state.lock().unwrap();
        let limit = std::time::Duration::from_secs(30);
        let (state, waited) = self.changed.wait_timeout_while(state, limit, |state| !wanted(&state.calls)).unwrap();
        assert!(!waited.timed_out(), "{:?}", state.calls);
    }

    fn record(&self, call: Call) {
        self.state.lock().unwrap().calls.push(call);
        self.changed.notify_all();
    }

    /// The person does not answer.
    fn wait_to_be_cancelled<T>(&self) -> Option<Result<T, HRESULT>> {
        if !self.waits {
            return None;
        }
        let state = self.state.lock().unwrap();
        let mut state = self.changed.wait_while(state, |state| !state.cancelled).unwrap();
        state.cancelled = false;
        Some(Err(NTE_USER_CANCELLED))
    }

    /// An answer's address, which lasts as long as the library.
    fn give<A: std::any::Any + Send, T>(&self, answer: A, at: impl Fn(&A) -> *mut T) -> *mut T {
        let answer = Box::new(answer);
        let at = at(&answer);
        self.state.lock().unwrap().given.push(answer);
        at
    }
}

// SAFETY: answers are whole structures, of whatever version they say, and last as long as the library.
unsafe impl WebauthnDll for Fake {
    fn api_version(&self) -> u32 {
        self.api
    }

    fn platform_authenticator(&self) -> Result<bool, HRESULT> {
        Ok(self.api > 0)
    }

    fn cancellation_id(&self) -> Result<GUID, HRESULT> {
        let mut state = self.state.lock().unwrap();
        state.ids += 1;
        Ok(GUID::from_u128(u128::from(state.ids) << 96))
    }

    fn cancel(&self, id: &GUID) -> Result<(), HRESULT> {
        let mut state = self.state.lock().unwrap();
        state.calls.push(Call::Cancel(id.data1));
        match state.deaf.checked_sub(1) {
            Some(rest) => state.deaf = rest,
            None => state.cancelled = true,
        }
        self.changed.notify_all();
        Ok(())
    }

    fn make_credential(&self, window: isize, call: &MakeCall) -> Result<*mut Attestation, HRESULT> {
        self.record(Call::Make(Box::new(seen_make(window, call))));
        if let Some(cancelled) = self.wait_to_be_cancelled() {
            return cancelled;
        }
        let answer = self.state.lock().unwrap().made.pop_front().expect("an answer")?;
        Ok(self.give(answer, MadeAnswer::at))
    }

    unsafe fn free_attestation(&self, _: *mut Attestation) {
        self.record(Call::FreeMade);
    }

    fn get_assertion(&self, window: isize, call: &GetCall) -> Result<*mut sys::WEBAUTHN_ASSERTION, HRESULT> {
        self.record(Call::Get(Box::new(seen_get(window, call))));
        if let Some(cancelled) = self.wait_to_be_cancelled() {
            return cancelled;
        }
        let answer = self.state.lock().unwrap().asserted.pop_front().expect("an answer")?;
        Ok(self.give(answer, AssertionAnswer::at))
    }

    unsafe fn free_assertion(&self, _: *mut sys::WEBAUTHN_ASSERTION) {
        self.record(Call::FreeAssertion);
    }

    fn platform_credentials(&self, call: &ListCall) -> Result<*mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST, HRESULT> {
        let rp_id = call.options().pwszRpId;
        self.record(Call::List((!rp_id.is_null()).then(|| text(rp_id))));
        let answer = self.state.lock().unwrap().listed.pop_front().expect("an answer")?;
        Ok(self.give(answer, ListAnswer::at))
    }

    unsafe fn free_platform_credentials(&self, _: *mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST) {
        self.record(Call::FreeList);
    }

    fn delete(&self, id: &CredentialId) -> Result<(), HRESULT> {
        self.record(Call::Delete(id.as_bytes().to_vec()));
        if self.api < 4 { Err(NTE_NOT_SUPPORTED) } else { Ok(()) }
    }

    fn error_name(&self, code: HRESULT) -> Option<String> {
        match code {
            1 => Some("InvalidStateError".to_owned()),
            2 => Some("NotAllowedError".to_owned()),
            3 => Some("UnknownError".to_owned()),
            _ => None,
        }
    }

    fn foreground_window(&self) -> isize {
        99
    }
}

fn seen_make(window: isize, call: &MakeCall) -> SeenMake {
    let (rp, user, algorithms) = (call.rp(), call.user(), call.algorithms());
    let (data, options) = (call.client_data(), &call.options().base);
    let since = |version: u32| options.dwVersion >= version;
    let algorithms = values(algorithms.cCredentialParameters, algorithms.pCredentialParameters);
    assert!(algorithms.iter().all(|one| one.dwVersion == 1 && text(one.pwszCredentialType) == "public-key"));
    let extensions = values(options.Extensions.cExtensions, options.Extensions.pExtensions);
    SeenMake {
        window,
        versions: [rp.dwVersion, user.dwVersion, data.dwVersion, options.dwVersion],
        rp: (text(rp.pwszId), text(rp.pwszName)),
        user: (values(user.cbId, user.pbId), text(user.pwszName), text(user.pwszDisplayName)),
        algorithms: algorithms.iter().map(|one| one.lAlg).collect(),
        client_data: (values(data.cbClientDataJSON, data.pbClientDataJSON), text(data.pwszHashAlgId)),
        timeout: options.dwTimeoutMilliseconds,
        extensions: extensions
            .iter()
            .map(|one| (text(one.pwszExtensionIdentifier), values(one.cbExtension, one.pvExtension.cast())))
            .collect(),
        attachment: options.dwAuthenticatorAttachment,
        require_resident: options.bRequireResidentKey,
        verification: options.dwUserVerificationRequirement,
        conveyance: options.dwAttestationConveyancePreference,
        flags: options.dwFlags,
        cancellation: one(options.pCancellationId).unwrap().data1,
        exclude: credentials(options.pExcludeCredentialList),
        enterprise: if since(4) { options.dwEnterpriseAttestation } else { 0 },
        large_blob: if since(4) { options.dwLargeBlobSupport } else { 0 },
        prefer_resident: if since(4) { options.bPreferResidentKey } else { 0 },
        enable_prf: if since(6) { options.bEnablePrf } else { 0 },
        eval: if since(8) { salts(call.options().prf_global_eval) } else { None },
    }
}

fn seen_get(window: isize, call: &GetCall) -> SeenGet {
    let (data, options) = (call.client_data(), call.options());
    let since = |version: u32| options.dwVersion >= version;
    let salt_values = if since(6) { one(options.pHmacSecretSaltValues) } else { None };
    SeenGet {
        window,
        version: options.dwVersion,
        rp_id: text(call.rp_id()),
        client_data: (values(data.cbClientDataJSON, data.pbClientDataJSON), text(data.pwszHashAlgId)),
        timeout: options.dwTimeoutMilliseconds,
        attachment: options.dwAuthenticatorAttachment,
        verification: options.dwUserVerificationRequirement,
        flags: options.dwFlags,
        cancellation: one(options.pCancellationId).unwrap().data1,
        allow: credentials(options.pAllowCredentialList),
        blob: if since(5) {
            (options.dwCredLargeBlobOperation, values(options.cbCredLargeBlob, options.pbCredLargeBlob))
        } else {
            (0, Vec::new())
        },
        salts: salt_values.map(|all| {
            let single = values(all.cCredWithHmacSecretSaltList, all.pCredWithHmacSecretSaltList);
            let single =
                single.iter().map(|one| (values(one.cbCredID, one.pbCredID), salts(one.pHmacSecretSalt).unwrap()));
            (salts(all.pGlobalHmacSalt), single.collect())
        }),
    }
}

fn credentials(list: *const sys::WEBAUTHN_CREDENTIAL_LIST) -> Option<Vec<(Vec<u8>, u32)>> {
    let list = one(list)?;
    let each = values(list.cCredentials, list.ppCredentials).into_iter().map(|at| {
        let credential = one(at).unwrap();
        assert_eq!((credential.dwVersion, text(credential.pwszCredentialType).as_str()), (1, "public-key"));
        (values(credential.cbId, credential.pbId), credential.dwTransports)
    });
    Some(each.collect())
}

fn salts(at: *const sys::WEBAUTHN_HMAC_SECRET_SALT) -> Option<TwoSalts> {
    one(at).map(|salts| (values(salts.cbFirst, salts.pbFirst), values(salts.cbSecond, salts.pbSecond)))
}

fn one<T: Copy>(at: *const T) -> Option<T> {
    // SAFETY: null, or a value that the call keeps.
    unsafe { at.as_ref() }.copied()
}

fn values<T: Copy>(count: u32, first: *const T) -> Vec<T> {
    // SAFETY: as many values as the call keeps there.
    (0..count as usize).map(|place| unsafe { first.add(place).read() }).collect()
}

fn text(at: PCWSTR) -> String {
    // SAFETY: texts of a call end with a NUL.
    let units = (0..).map(|place| unsafe { at.add(place).read() }).take_while(|unit| *unit != 0);
    String::from_utf16(&units.collect::<Vec<u16>>()).unwrap()
}
