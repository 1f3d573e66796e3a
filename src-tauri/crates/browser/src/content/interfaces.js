// For an engine without WebAuthn: puts the specification's interfaces into the page's world, before any script of the
// page, so that a site sees what it would see in a browser. They do nothing by themselves; the shim that follows gives
// `create` and `get` their meaning. Returns whether that shim is to follow: WebKit runs these scripts once more in a
// document that is written anew, where the page's world is what its own scripts have made of it by then. A page that
// takes the interfaces away first gets them a second time, in a world of its own making: the shim's port reaches nothing
// that `navigator.credentials` does not.
// https://w3c.github.io/webauthn/#sctn-api https://w3c.github.io/webappsec-credential-management/#framework-credential-management
"use strict";
if (!self.isSecureContext) return false;
const { defineProperty, getOwnPropertyDescriptor } = Object;
const there = getOwnPropertyDescriptor(Navigator.prototype, "credentials")?.get;
if (there) return /\[native code\]/.test(Function.prototype.toString.call(there));

/** Interface objects are not enumerable on the global object, and their prototypes carry their names. */
function expose(made, name) {
  defineProperty(made.prototype, Symbol.toStringTag, { value: name, configurable: true });
  defineProperty(self, name, { value: made, writable: true, enumerable: false, configurable: true });
}

/** Attributes and operations that only an object of the host's own has; those are its own members. */
function members(made, ...names) {
  for (const name of names) {
    const get = { [name]() { throw new TypeError("Illegal invocation"); } }[name];
    defineProperty(made.prototype, name, { get, enumerable: true, configurable: true });
  }
}

function illegal() {
  throw new TypeError("Illegal constructor");
}

class Credential { constructor() { illegal(); } }
class PublicKeyCredential_ extends Credential {
  constructor() { super(); }
  static isUserVerifyingPlatformAuthenticatorAvailable() { return Promise.resolve(false); }
  static isConditionalMediationAvailable() { return Promise.resolve(false); }
  static getClientCapabilities() { return Promise.resolve({}); }
  static parseCreationOptionsFromJSON(json) {
    const options = { ...json, challenge: bytes(json.challenge), user: { ...json.user, id: bytes(json.user.id) } };
    if (json.excludeCredentials !== undefined) options.excludeCredentials = json.excludeCredentials.map(descriptor);
    return withExtensions(options, json);
  }
  static parseRequestOptionsFromJSON(json) {
    const options = { ...json, challenge: bytes(json.challenge) };
    if (json.allowCredentials !== undefined) options.allowCredentials = json.allowCredentials.map(descriptor);
    return withExtensions(options, json);
  }
}
class AuthenticatorResponse { constructor() { illegal(); } }
class AuthenticatorAttestationResponse extends AuthenticatorResponse { constructor() { super(); } }
class AuthenticatorAssertionResponse extends AuthenticatorResponse { constructor() { super(); } }
class CredentialsContainer {
  constructor() { illegal(); }
  // Kinds of credentials that this engine does not know are refused as it would refuse them.
  create() { return unsupported(); }
  get() { return unsupported(); }
  store() { return unsupported(); }
  preventSilentAccess() { return Promise.resolve(); }
}

function unsupported() {
  return Promise.reject(new DOMException("This kind of credential is not supported.", "NotSupportedError"));
}

// https://w3c.github.io/webauthn/#sctn-parseCreationOptionsFromJSON
function bytes(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new DOMException("The value is not in base64url.", "EncodingError");
  }
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0)).buffer;
}

function descriptor(json) {
  return { ...json, id: bytes(json.id) };
}

function values(json) {
  return { first: bytes(json.first), ...(json.second === undefined ? {} : { second: bytes(json.second) }) };
}

function withExtensions(options, json) {
  if (json.extensions === undefined) return options;
  const extensions = { ...json.extensions };
  const { largeBlob, prf } = extensions;
  if (largeBlob?.write !== undefined) extensions.largeBlob = { ...largeBlob, write: bytes(largeBlob.write) };
  if (prf !== undefined) {
    extensions.prf = { ...prf };
    if (prf.eval !== undefined) extensions.prf.eval = values(prf.eval);
    if (prf.evalByCredential !== undefined) {
      const entries = Object.entries(prf.evalByCredential).map(([id, each]) => [id, values(each)]);
      extensions.prf.evalByCredential = Object.fromEntries(entries);
    }
  }
  return { ...options, extensions };
}

members(Credential, "id", "type");
members(PublicKeyCredential_, "rawId", "response", "authenticatorAttachment");
members(AuthenticatorResponse, "clientDataJSON");
members(AuthenticatorAttestationResponse, "attestationObject");
members(AuthenticatorAssertionResponse, "authenticatorData", "signature", "userHandle");
defineProperty(PublicKeyCredential_, "name", { value: "PublicKeyCredential", configurable: true });

expose(Credential, "Credential");
expose(PublicKeyCredential_, "PublicKeyCredential");
expose(AuthenticatorResponse, "AuthenticatorResponse");
expose(AuthenticatorAttestationResponse, "AuthenticatorAttestationResponse");
expose(AuthenticatorAssertionResponse, "AuthenticatorAssertionResponse");
expose(CredentialsContainer, "CredentialsContainer");

const container = Object.create(CredentialsContainer.prototype);
const credentials = { get credentials() { return container; } };
const { get } = getOwnPropertyDescriptor(credentials, "credentials");
defineProperty(Navigator.prototype, "credentials", { get, enumerable: true, configurable: true });
return true;
