use std::time::Duration;

use passkey_types::webauthn::{
    AuthenticatorAttachment, AuthenticatorTransport, ResidentKeyRequirement, UserVerificationRequirement,
};
use rekey_origin::RpId;
use serde::Serialize;

use crate::credential::{PUBLIC_KEY, base64url};
use crate::dictionary::{self, Dictionary};
use crate::extensions::CreateResults;
use crate::{
    Attestation, Caller, ClientData, ClientError, CreateExtensions, CredentialDescriptor, Hint, MadeCredential,
    ceremony_timeout,
};

/// COSE's number of ECDSA on P-256 with SHA-256.
const ES256: i64 = -7;
/// COSE's number of RSASSA-PKCS1-v1_5 with SHA-256.
const RS256: i64 = -257;
/// Signature algorithms that authenticators have: ECDSA, EdDSA, ML-DSA, RSASSA-PSS and RSASSA-PKCS1-v1_5.
///
/// <https://www.iana.org/assignments/cose/cose.xhtml#algorithms>
const KNOWN_ALGORITHMS: [i64; 20] =
    [ES256, -8, -9, -19, -35, -36, -37, -38, -39, -47, -48, -49, -50, -51, -52, -53, RS256, -258, -259, -65535];

/// For whom a site makes a credential.
///
/// <https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialuserentity>
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// The user handle, 1 to 64 bytes. Some sites send another at every call.
    pub id: Vec<u8>,
    /// The account's name.
    pub name: String,
    /// The person's name.
    pub display_name: String,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("User")
    }
}

/// `navigator.credentials.create()` of a page, checked and ready for an authenticator.
///
/// <https://www.w3.org/TR/webauthn-3/#sctn-createCredential>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// What the credential will be bound to.
    pub rp_id: RpId,
    /// The relying party's own name.
    pub rp_name: String,
    /// The origin of the calling page, for the person to see.
    pub origin: rekey_origin::Origin,
    /// Whose credential it will be.
    pub user: User,
    /// COSE algorithms that the site accepts, the most wanted first; never empty.
    pub algorithms: Vec<i64>,
    /// Credentials of which the authenticator must not hold any.
    pub exclude: Vec<CredentialDescriptor>,
    /// Whether the credential shall be discoverable.
    pub resident_key: ResidentKeyRequirement,
    /// Whether the person shall be verified.
    pub user_verification: UserVerificationRequirement,
    /// What kind of authenticator the site wishes.
    pub attachment: Option<AuthenticatorAttachment>,
    /// Kinds of authenticator that the site expects people to use, the most wanted first.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#enum-hints>
    pub hints: Vec<Hint>,
    /// Whether the site wants to know where the credential was made.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#enum-attestation-convey>
    pub attestation: Attestation,
    /// How long the ceremony may take: 300 to 600 seconds.
    pub timeout: Duration,
    /// The extensions it asked for.
    pub extensions: CreateExtensions,
    /// The client data.
    pub client_data: ClientData,
}

impl CreateRequest {
    /// Reads the `publicKey` member of a page's options in its JSON form
    /// (`PublicKeyCredentialCreationOptionsJSON`).
    ///
    /// # Errors
    /// See [`ClientError`]; [`ClientError::dom_exception`] is what the page gets.
    pub fn parse(caller: &Caller, options_json: &str) -> Result<Self, ClientError> {
        let members = dictionary::parse(options_json)?;
        let options = Dictionary::new(&members);

        // Web IDL: the required members, before any step runs.
        let rp = options.dictionary("rp")?.ok_or(ClientError::Member("rp"))?;
        let rp_name = rp.string("name")?.ok_or(ClientError::Member("rp.name"))?;
        let user = options.dictionary("user")?.ok_or(ClientError::Member("user"))?;
        let user = User {
            id: user.bytes("id").map_err(|_| ClientError::Member("user.id"))?,
            name: user.string("name")?.ok_or(ClientError::Member("user.name"))?,
            display_name: user.string("displayName")?.ok_or(ClientError::Member("user.displayName"))?,
        };
        let challenge = options.bytes("challenge")?;
        let parameters = options.list("pubKeyCredParams")?.ok_or(ClientError::Member("pubKeyCredParams"))?;

        caller.must_be_allowed()?;
        // "If sameOriginWithAncestors is false": without transient activation, NotAllowedError.
        if caller.is_cross_origin() && !caller.activated {
            return Err(ClientError::NotActivated);
        }

        // lifetimeTimer: the page's wish corrected into a reasonable range, or the default.
        let timeout = ceremony_timeout(options.milliseconds("timeout"));

        // The length of pkOptions.user.id is not between 1 and 64 bytes: TypeError.
        if !(1..=64).contains(&user.id.len()) {
            return Err(ClientError::UserHandle);
        }

        // callerOrigin is opaque: NotAllowedError; opaque origins are not representable here.
        // effectiveDomain is not a valid domain, or pkOptions.rp.id neither equals it nor is a registrable domain suffix of
        // it: SecurityError. Without pkOptions.rp.id it is effectiveDomain.
        let rp_id = caller.relying_party(rp.string("id")?.as_deref())?;

        // credTypesAndPubKeyAlgs: ES256 and RS256 where the page lists nothing; otherwise what it lists of a known type,
        // and where that is nothing: NotSupportedError.
        let algorithms = if parameters.is_empty() {
            vec![ES256, RS256]
        } else {
            let known = parameters.iter().filter(|p| p.is_public_key());
            let listed: Vec<i64> = known.filter_map(|p| p.integer("alg")).collect();
            if listed.is_empty() {
                return Err(ClientError::NoCredentialType);
            }
            // Nobody need be asked about algorithms of which no authenticator can be known.
            if !listed.iter().any(|algorithm| KNOWN_ALGORITHMS.contains(algorithm)) {
                return Err(ClientError::NoAlgorithm);
            }
            listed
        };

        let extensions = CreateExtensions::read(options.dictionary("extensions")?)?;

        // collectedClientData, clientDataJSON and clientDataHash.
        let client_data = ClientData::new("webauthn.create", &challenge, caller);

        // What the site selects by, once an authenticator becomes available.
        let selection = options.dictionary("authenticatorSelection")?;
        // "If residentKey is not present or unknown": required if requireResidentKey is true, else discouraged.
        let resident_key = selection.and_then(|s| s.known("residentKey")).unwrap_or_else(|| {
            if selection.is_some_and(|s| s.flag("requireResidentKey")) {
                ResidentKeyRequirement::Required
            } else {
                ResidentKeyRequirement::Discouraged
            }
        });

        Ok(Self {
            rp_id,
            rp_name,
            origin: caller.origin.clone(),
            user,
            algorithms,
            // excludeCredentialDescriptorList: the descriptors of known types.
            exclude: options.descriptors("excludeCredentials")?.0,
            resident_key,
            user_verification: selection.and_then(|s| s.known("userVerification")).unwrap_or_default(),
            attachment: selection.and_then(|s| s.known("authenticatorAttachment")),
            hints: options.known_list("hints"),
            attestation: options.known("attestation").unwrap_or_default(),
            timeout,
            extensions,
            client_data,
        })
    }

    /// Whether a credential made without verifying the person is of no use to the site.
    pub fn requires_user_verification(&self) -> bool {
        self.user_verification == UserVerificationRequirement::Required
    }

    /// The credential as the page gets it: a `RegistrationResponseJSON`.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson>
    pub fn response(&self, made: &MadeCredential) -> String {
        // The [[transports]] slot: unique, in lexicographical order.
        let mut transports: Vec<&'static str> = made.transports.iter().map(transport_name).collect();
        transports.sort_unstable();
        transports.dedup();
        let id = made.credential_id.to_string();
        let json = RegistrationResponseJson {
            raw_id: id.clone(),
            id,
            response: AttestationResponseJson {
                client_data_json: base64url(self.client_data.json()),
                authenticator_data: base64url(&made.authenticator_data),
                transports,
                public_key: made.public_key.as_deref().map(base64url),
                public_key_algorithm: made.algorithm,
                attestation_object: base64url(&made.attestation_object),
            },
            authenticator_attachment: made.attachment,
            client_extension_results: self.extensions.results(&made.extensions, made.discoverable),
            kind: PUBLIC_KEY,
        };
        to_json(&json)
    }
}

/// The value as JSON; strings, numbers and fixed member names always have one.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn transport_name(transport: &AuthenticatorTransport) -> &'static str {
    match transport {
        AuthenticatorTransport::Usb => "usb",
        AuthenticatorTransport::Nfc => "nfc",
        AuthenticatorTransport::Ble => "ble",
        AuthenticatorTransport::Hybrid => "hybrid",
        AuthenticatorTransport::Internal => "internal",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RegistrationResponseJson {
    id: String,
    raw_id: String,
    response: AttestationResponseJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticator_attachment: Option<AuthenticatorAttachment>,
    client_extension_results: CreateResults,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AttestationResponseJson {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    authenticator_data: String,
    transports: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_key: Option<String>,
    public_key_algorithm: i64,
    attestation_object: String,
}
