// The specifications' interfaces, which hold what the host answered: in an engine that has them they keep the engine's
// interface objects and get members of Rekey's, in one without WebAuthn they are made. An instance has no members of its
// own; what it holds is in `slots`, where no script of the page reaches, and its attributes refuse any other object.
//
// Second of the three files of the page's world; see `webidl.js`. CAPABILITIES, which the host binds, is what Rekey can do
// (`PublicKeyCredentialClientCapabilities`).
// https://w3c.github.io/webauthn/#sctn-api https://w3c.github.io/webappsec-credential-management/#framework-credential-management
{
  // WebKit runs these scripts once more in a document that is written anew, where the page's world is what its own scripts
  // have made of it by then. A page that takes the interfaces away first gets them a second time, in a world of its own
  // making: the port reaches nothing that `navigator.credentials` does not.
  const there = getOwnPropertyDescriptor(Navigator.prototype, "credentials")?.get;
  const named = /^function (get )?credentials\(\) \{\s*\[native code\]/;
  if (there && !named.test(Function.prototype.toString.call(there))) return;
}

const slots = new WeakMap();
/** What an instance of Rekey's holds: `undefined` for any other value. */
const held = (value) => (isObject(value) ? slotsOf(slots, value) : undefined);
const illegal = () => fail("Illegal invocation");
/** An instance's slots, where it is of the kind that a member belongs to. */
const brand = (value, kind) => {
  const record = held(value);
  return record !== undefined && record[kind] ? record : illegal();
};

/** The interface object of a name, made where the engine has none. */
function interfaceOf(name, parent) {
  const known = getOwnPropertyDescriptor(self, name)?.value;
  if (typeof known === "function") return known;
  const made = native({ [name]: class { constructor() { fail("Illegal constructor"); } } }[name]);
  defineProperty(made.prototype, "constructor", { __proto__: null, value: made, writable: true, configurable: true });
  defineProperty(made.prototype, Symbol.toStringTag, { __proto__: null, value: name, configurable: true });
  if (parent) {
    setPrototypeOf(made, parent);
    setPrototypeOf(made.prototype, parent.prototype);
  }
  defineProperty(self, name, { __proto__: null, value: made, writable: true, configurable: true });
  return made;
}

const define = (target, name, made) => put(target, name, made);
const defineAttribute = (target, name, get) =>
  defineProperty(target, name, { __proto__: null, get, set: undefined, enumerable: true, configurable: true });

/** Takes out what the engine has and Rekey does not speak for: it would not do what a site expects of it. */
function only(target, ...names) {
  const keep = new Set(["length", "name", "prototype", "constructor", Symbol.toStringTag, ...names]);
  for (const name of ownKeys(target)) if (!keep.has(name)) deleteProperty(target, name);
}

const hasNative = typeof CredentialsContainer === "function";
const Credential_ = interfaceOf("Credential");
const PublicKeyCredential_ = interfaceOf("PublicKeyCredential", Credential_);
const AuthenticatorResponse_ = interfaceOf("AuthenticatorResponse");
const Attestation_ = interfaceOf("AuthenticatorAttestationResponse", AuthenticatorResponse_);
const Assertion_ = interfaceOf("AuthenticatorAssertionResponse", AuthenticatorResponse_);
const Container_ = interfaceOf("CredentialsContainer");
const prototypes = {
  __proto__: null,
  credential: PublicKeyCredential_.prototype,
  create: Attestation_.prototype,
  get: Assertion_.prototype,
};

// --- credentials ---------------------------------------------------------------------------------------------------------

// An engine that has other kinds of credentials keeps them.
for (const name of ["id", "type"]) {
  const before = getter(Credential_.prototype, name);
  const get = attribute(name, (self_) => {
    const record = held(self_);
    if (record !== undefined && record.credential) return record[name];
    return before ? before(self_) : illegal();
  });
  defineAttribute(Credential_.prototype, name, get);
}
if (!own(Credential_, "isConditionalMediationAvailable")) {
  define(Credential_, "isConditionalMediationAvailable",
    promising("isConditionalMediationAvailable", 0, (_, __, resolve) => resolve(false)));
}
if (!own(Credential_, "willRequestConditionalCreation")) {
  define(Credential_, "willRequestConditionalCreation",
    promising("willRequestConditionalCreation", 0, (_, __, resolve) => resolve(undefined)));
}

for (const name of ["rawId", "response", "authenticatorAttachment"]) {
  defineAttribute(prototypes.credential, name, attribute(name, (self_) => brand(self_, "credential")[name]));
}
define(prototypes.credential, "getClientExtensionResults", method("getClientExtensionResults", 0, (self_) =>
  extensionResults(parse(brand(self_, "credential").json).clientExtensionResults)));
define(prototypes.credential, "toJSON", method("toJSON", 0, (self_) => parse(brand(self_, "credential").json)));
only(prototypes.credential, "rawId", "response", "authenticatorAttachment", "getClientExtensionResults", "toJSON");

defineAttribute(AuthenticatorResponse_.prototype, "clientDataJSON",
  attribute("clientDataJSON", (self_) => brand(self_, "answering").clientDataJSON));
only(AuthenticatorResponse_.prototype, "clientDataJSON");

defineAttribute(prototypes.create, "attestationObject",
  attribute("attestationObject", (self_) => brand(self_, "attestation").attestationObject));
const attested = {
  __proto__: null,
  getTransports: (answer) => parse(stringify(answer.transports ?? [])),
  getAuthenticatorData: (answer) => bytesOrNull(answer.authenticatorData),
  getPublicKey: (answer) => bytesOrNull(answer.publicKey),
  getPublicKeyAlgorithm: (answer) => answer.publicKeyAlgorithm,
};
for (const name of ownKeys(attested)) {
  define(prototypes.create, name, method(name, 0, (self_) => attested[name](brand(self_, "attestation").answer)));
}
only(prototypes.create, "attestationObject", ...ownKeys(attested));

for (const name of ["authenticatorData", "signature", "userHandle"]) {
  defineAttribute(prototypes.get, name, attribute(name, (self_) => brand(self_, "assertion")[name]));
}
only(prototypes.get, "authenticatorData", "signature", "userHandle");

const bytesOrNull = (value) => (typeof value === "string" ? decode(value) : null);

/** `AuthenticationExtensionsClientOutputs` from its JSON form, which is a new object. */
function extensionResults(results) {
  const prf = own(results, "prf") && own(results.prf, "results") ? results.prf.results : null;
  if (prf !== null) {
    if (typeof prf.first === "string") prf.first = decode(prf.first);
    if (typeof prf.second === "string") prf.second = decode(prf.second);
  }
  const blob = own(results, "largeBlob") ? results.largeBlob : null;
  if (blob !== null && typeof blob.blob === "string") blob.blob = decode(blob.blob);
  return results;
}

function instance(prototype, record) {
  const made = create_(prototype);
  keepSlots(slots, made, record);
  return made;
}

/** A credential from what the host says: `RegistrationResponseJSON` or `AuthenticationResponseJSON`. */
function credential(kind, json) {
  const said = parse(json);
  const answer = said.response;
  if (!own(said, "clientExtensionResults")) fail("no results");
  const response = { __proto__: null, answering: true, answer, clientDataJSON: decode(answer.clientDataJSON) };
  if (kind === "create") {
    response.attestation = true;
    response.attestationObject = decode(answer.attestationObject);
  } else {
    response.assertion = true;
    response.authenticatorData = decode(answer.authenticatorData);
    response.signature = decode(answer.signature);
    response.userHandle = own(answer, "userHandle") ? bytesOrNull(answer.userHandle) : null;
  }
  return instance(prototypes.credential, {
    __proto__: null,
    credential: true,
    json,
    id: said.id,
    type: "public-key",
    rawId: decode(said.rawId),
    authenticatorAttachment: own(said, "authenticatorAttachment") ? said.authenticatorAttachment : null,
    response: instance(prototypes[kind], response),
  });
}

// --- what the interface objects can --------------------------------------------------------------------------------------

const capabilities = create_(null);
for (const name of ownKeys(CAPABILITIES)) capabilities[name] = CAPABILITIES[name] === true;
const capabilityNames = ownKeys(capabilities).sort();

const availability = {
  __proto__: null,
  isConditionalMediationAvailable: "conditionalGet",
  isUserVerifyingPlatformAuthenticatorAvailable: "userVerifyingPlatformAuthenticator",
};
for (const name of ownKeys(availability)) {
  define(PublicKeyCredential_, name,
    promising(name, 0, (_, __, resolve) => resolve(capabilities[availability[name]] === true)));
}
define(PublicKeyCredential_, "getClientCapabilities", promising("getClientCapabilities", 0, (_, __, resolve) => {
  const all = {};
  for (let i = 0; i < capabilityNames.length; i++) put(all, capabilityNames[i], capabilities[capabilityNames[i]]);
  resolve(all);
}));

// --- options from JSON -----------------------------------------------------------------------------------------------------
// https://w3c.github.io/webauthn/#sctn-parseCreationOptionsFromJSON

const none = () => [];
const descriptorsJson = listOf(dictionary(["id", text, REQUIRED], ["transports", listOf(text)], ["type", text, REQUIRED]));
const prfValuesJson = dictionary(["first", text, REQUIRED], ["second", text]);
const extensionsJson = dictionary(
  ["appid", text],
  ["appidExclude", text],
  ["credProps", flag],
  ["credentialProtectionPolicy", text],
  ["enforceCredentialProtectionPolicy", flag],
  ["largeBlob", dictionary(["read", flag], ["support", text], ["write", text])],
  ["minPinLength", flag],
  ["prf", dictionary(["eval", prfValuesJson], ["evalByCredential", recordOf(prfValuesJson)])],
);
const parameters = listOf(dictionary(["alg", long, REQUIRED], ["type", text, REQUIRED]));
const optionsJson = {
  __proto__: null,
  create: dictionary(
    ["attestation", text, false, () => "none"],
    ["attestationFormats", listOf(text), false, none],
    ["authenticatorSelection", dictionary(
      ["authenticatorAttachment", text],
      ["requireResidentKey", flag, false, () => false],
      ["residentKey", text],
      ["userVerification", text, false, () => "preferred"],
    )],
    ["challenge", text, REQUIRED],
    ["excludeCredentials", descriptorsJson, false, none],
    ["extensions", extensionsJson],
    ["hints", listOf(text), false, none],
    ["pubKeyCredParams", parameters, REQUIRED],
    ["rp", dictionary(["name", text, REQUIRED], ["id", text]), REQUIRED],
    ["timeout", unsignedLong],
    ["user", dictionary(["displayName", text, REQUIRED], ["id", text, REQUIRED], ["name", text, REQUIRED]), REQUIRED],
  ),
  get: dictionary(
    ["allowCredentials", descriptorsJson, false, none],
    ["challenge", text, REQUIRED],
    ["extensions", extensionsJson],
    ["hints", listOf(text), false, none],
    ["rpId", text],
    ["timeout", unsignedLong],
    ["userVerification", text, false, () => "preferred"],
  ),
};

/** Replaces a member in base64url by its bytes. */
function toBytes(object, name) {
  if (!own(object, name)) return;
  const bytes = decode(object[name]);
  if (bytes === null) throw new Error_(`'${name}' contains invalid base64url data`, "EncodingError");
  object[name] = bytes;
}

function prfToBytes(values) {
  toBytes(values, "first");
  toBytes(values, "second");
}

/** A plain object, as a page expects of a dictionary. */
function plain(value) {
  if (!isObject(value) || (!isArray(value) && !isRecord(value))) return value;
  const copy = isArray(value) ? [] : {};
  const keys = ownKeys(value);
  for (let i = 0; i < keys.length; i++) if (keys[i] !== "length") put(copy, keys[i], plain(value[keys[i]]));
  return copy;
}
const isArray = Array.isArray;
const prototypeOf = Object.getPrototypeOf;
const isRecord = (value) => prototypeOf(value) === null;

function optionsFromJson(kind, json) {
  const options = optionsJson[kind](json);
  toBytes(options, "challenge");
  if (kind === "create") toBytes(options.user, "id");
  const listed = kind === "create" ? options.excludeCredentials : options.allowCredentials;
  for (let i = 0; i < listed.length; i++) toBytes(listed[i], "id");
  const { extensions } = options;
  if (extensions !== undefined) {
    if (extensions.largeBlob !== undefined) toBytes(extensions.largeBlob, "write");
    const { prf } = extensions;
    if (prf !== undefined) {
      if (prf.eval !== undefined) prfToBytes(prf.eval);
      const each = prf.evalByCredential;
      const keys = each === undefined ? [] : ownKeys(each);
      for (let i = 0; i < keys.length; i++) prfToBytes(each[keys[i]]);
    }
  }
  return plain(options);
}

for (const [name, kind] of [["parseCreationOptionsFromJSON", "create"], ["parseRequestOptionsFromJSON", "get"]]) {
  define(PublicKeyCredential_, name, method(name, 1, (_, given) => {
    if (given.length < 1) fail("1 argument required, but only 0 present.");
    return optionsFromJson(kind, given[0]);
  }));
}
