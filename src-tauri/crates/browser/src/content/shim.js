// Runs in the page's own world before any script of the page. Puts Rekey in the place of the browser's WebAuthn and
// talks to the bridge over one MessagePort. Everything it needs is saved here, first: what the page replaces later
// reaches only the page. The port grants no more than `navigator.credentials` does, because the host attributes a
// request to the document whose bridge passed it on, never to what the request says.
//
// The host wraps this file in a function and binds CHANNEL, the name of the event that carries the port.
// https://w3c.github.io/webauthn/#sctn-api
"use strict";
if (!self.isSecureContext || typeof PublicKeyCredential === "undefined" || !navigator.credentials) return;

const { apply, getOwnPropertyDescriptor, defineProperty, ownKeys } = Reflect;
const create_ = Object.create;
const own = (object, name) => apply(Object.prototype.hasOwnProperty, object, [name]);
const uncurry = (method) => (self_, ...args) => apply(method, self_, args);
const getter = (prototype, name) => uncurry(getOwnPropertyDescriptor(prototype, name).get);

const { parse, stringify } = JSON;
const Promise_ = Promise;
const Error_ = DOMException;
const TypeError_ = TypeError;
const String_ = String;
const Number_ = Number;
const Bytes = Uint8Array;
const isView = ArrayBuffer.isView;
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
const TypedArray = Object.getPrototypeOf(Uint8Array.prototype);
const typedBuffer = getter(TypedArray, "buffer");
const typedOffset = getter(TypedArray, "byteOffset");
const typedLength = getter(TypedArray, "byteLength");
const viewBuffer = getter(DataView.prototype, "buffer");
const viewOffset = getter(DataView.prototype, "byteOffset");
const viewLength = getter(DataView.prototype, "byteLength");
const typedTag = getter(TypedArray, Symbol.toStringTag);
const charCode = uncurry(String.prototype.charCodeAt);
const iterator = Symbol.iterator;
const ports = getter(MessageEvent.prototype, "ports");
const data = getter(MessageEvent.prototype, "data");
const post = uncurry(MessagePort.prototype.postMessage);
const setOnMessage = uncurry(getOwnPropertyDescriptor(MessagePort.prototype, "onmessage").set);
const stopPropagation = uncurry(Event.prototype.stopImmediatePropagation);
const aborted = getter(AbortSignal.prototype, "aborted");
const reason = getter(AbortSignal.prototype, "reason");
const listen = uncurry(EventTarget.prototype.addEventListener);
const unlisten = uncurry(EventTarget.prototype.removeEventListener);
const dispatch = uncurry(EventTarget.prototype.dispatchEvent);
const Event_ = Event;
const split = uncurry(String.prototype.split);
const container = CredentialsContainer.prototype;
const native = { create: container.create, get: container.get };
const Credential_ = PublicKeyCredential;
const prototypes = {
  credential: PublicKeyCredential.prototype,
  create: AuthenticatorAttestationResponse.prototype,
  get: AuthenticatorAssertionResponse.prototype,
};
const LIMIT = 65536;

// --- bytes -----------------------------------------------------------------------------------------------------------

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = create_(null);
for (let i = 0; i < 64; i++) VALUE[ALPHABET[i]] = i;

/** A copy of a BufferSource's bytes in base64url, read through its internal slots. */
function encode(source) {
  let bytes;
  if (isView(source)) {
    bytes =
      typedTag(source) !== undefined
        ? new Bytes(typedBuffer(source), typedOffset(source), typedLength(source))
        : new Bytes(viewBuffer(source), viewOffset(source), viewLength(source));
  } else {
    try {
      bufferLength(source);
    } catch {
      throw new TypeError_("The provided value is not of type '(ArrayBuffer or ArrayBufferView)'.");
    }
    bytes = new Bytes(source);
  }
  const length = typedLength(bytes);
  if (length > LIMIT) throw new TypeError_("The provided value is too long.");
  let text = "";
  for (let i = 0; i < length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET[group >> 18] + ALPHABET[(group >> 12) & 63];
    if (i + 1 < length) text += ALPHABET[(group >> 6) & 63];
    if (i + 2 < length) text += ALPHABET[group & 63];
  }
  return text;
}

/** An ArrayBuffer from base64url. */
function decode(text) {
  const bytes = new Bytes((text.length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    held = ((held << 6) | VALUE[text[i]]) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return typedBuffer(bytes);
}

// --- options to JSON (a strict copy of the members the specification names) -------------------------------------------

const text = (value) => String_(value);
const flag = (value) => !!value;
const number = (value) => {
  const n = Number_(value);
  return n === n && n > 0 ? n : 0;
};
const integer = (value) => Number_(value) | 0;
const listOf = (item) => (value) => {
  if (value === null || typeof value !== "object" || typeof value[iterator] !== "function") {
    throw new TypeError_("The provided value cannot be converted to a sequence.");
  }
  const items = [];
  let at = 0;
  for (const each of value) {
    if (at >= 1024) throw new TypeError_("The sequence is too long.");
    defineProperty(items, at++, { value: item(each), writable: true, enumerable: true, configurable: true });
  }
  return items;
};
const recordOf = (item) => (value) => {
  const copy = create_(null);
  const keys = ownKeys(value);
  for (let i = 0; i < keys.length; i++) if (typeof keys[i] === "string") copy[keys[i]] = item(value[keys[i]]);
  return copy;
};
const dictionary = (members) => (value) => {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    throw new TypeError_("The provided value is not of type 'object'.");
  }
  const copy = create_(null);
  for (const name in members) {
    if (!own(members, name)) continue;
    // By index: the page may have replaced the iterator of arrays.
    const rule = members[name];
    const member = value[name];
    if (member !== undefined) copy[name] = rule[0](member);
    else if (rule[1]) throw new TypeError_(`required member ${name} is undefined.`);
  }
  return copy;
};

const descriptors = listOf(dictionary({ type: [text, true], id: [encode, true], transports: [listOf(text)] }));
const prfValues = dictionary({ first: [encode, true], second: [encode] });
const extensions = dictionary({
  appid: [text],
  appidExclude: [text],
  credProps: [flag],
  credentialProtectionPolicy: [text],
  enforceCredentialProtectionPolicy: [flag],
  minPinLength: [flag],
  largeBlob: [dictionary({ support: [text], read: [flag], write: [encode] })],
  prf: [dictionary({ eval: [prfValues], evalByCredential: [recordOf(prfValues)] })],
});
const toJson = {
  create: dictionary({
    rp: [dictionary({ id: [text], name: [text, true] }), true],
    user: [dictionary({ id: [encode, true], name: [text, true], displayName: [text, true] }), true],
    challenge: [encode, true],
    pubKeyCredParams: [listOf(dictionary({ type: [text, true], alg: [integer, true] })), true],
    timeout: [number],
    excludeCredentials: [descriptors],
    authenticatorSelection: [
      dictionary({
        authenticatorAttachment: [text],
        residentKey: [text],
        requireResidentKey: [flag],
        userVerification: [text],
      }),
    ],
    hints: [listOf(text)],
    attestation: [text],
    attestationFormats: [listOf(text)],
    extensions: [extensions],
  }),
  get: dictionary({
    challenge: [encode, true],
    timeout: [number],
    rpId: [text],
    allowCredentials: [descriptors],
    userVerification: [text],
    hints: [listOf(text)],
    extensions: [extensions],
  }),
};

// --- credentials from JSON ---------------------------------------------------------------------------------------------

/** Own data members hide the prototype's getters, which would refuse an object that the browser did not make. */
function object(prototype, members) {
  const made = create_(prototype);
  for (const name in members) {
    if (!own(members, name)) continue;
    defineProperty(made, name, { value: members[name], enumerable: true, configurable: true, writable: false });
  }
  return made;
}

const bytesOrNull = (value) => (typeof value === "string" ? decode(value) : null);

function extensionResults(json) {
  const results = json ?? {};
  const prf = results.prf?.results;
  if (prf) {
    if (typeof prf.first === "string") prf.first = decode(prf.first);
    if (typeof prf.second === "string") prf.second = decode(prf.second);
  }
  if (typeof results.largeBlob?.blob === "string") results.largeBlob.blob = decode(results.largeBlob.blob);
  return results;
}

/** https://w3c.github.io/webauthn/#iface-pkcredential */
function credential(kind, reply) {
  const json = parse(reply);
  const { response } = json;
  const members = { clientDataJSON: decode(response.clientDataJSON) };
  if (kind === "create") {
    members.attestationObject = decode(response.attestationObject);
    members.getTransports = () => parse(stringify(response.transports ?? []));
    members.getAuthenticatorData = () => bytesOrNull(response.authenticatorData);
    members.getPublicKey = () => bytesOrNull(response.publicKey);
    members.getPublicKeyAlgorithm = () => response.publicKeyAlgorithm;
  } else {
    members.authenticatorData = decode(response.authenticatorData);
    members.signature = decode(response.signature);
    members.userHandle = bytesOrNull(response.userHandle);
  }
  return object(prototypes.credential, {
    id: json.id,
    rawId: decode(json.rawId),
    type: "public-key",
    authenticatorAttachment: json.authenticatorAttachment ?? null,
    response: object(prototypes[kind], members),
    getClientExtensionResults: () => extensionResults(parse(reply).clientExtensionResults),
    toJSON: () => parse(reply),
  });
}

// --- the channel -------------------------------------------------------------------------------------------------------

let port = null;
let last = 0;
let held = "";
const waiting = create_(null);

function take(event) {
  stopPropagation(event);
  port = ports(event)[0];
  setOnMessage(port, (message) => {
    const { id, credential: made, error } = parse(data(message));
    const one = waiting[id];
    if (!one) return;
    delete waiting[id];
    one.settle(made, error);
  });
  const lines = split(held, "\n");
  held = "";
  for (let i = 0; i < lines.length; i++) if (lines[i] !== "") post(port, lines[i]);
}

listen(self, CHANNEL, take, { once: true, capture: true });

/** Sends a message, or keeps it until there is a port: a popup's first document has the window, and so this script, of
 *  the empty document before it, where the bridge's event did not arrive. Then this asks the bridge for another. */
function tell(message) {
  const line = stringify(message);
  if (port) return post(port, line);
  held += line + "\n";
  listen(self, CHANNEL, take, { once: true, capture: true });
  dispatch(self, new Event_(CHANNEL + "?"));
}

function request(kind, options, signal) {
  return new Promise_((resolve, reject) => {
    const json = stringify(toJson[kind](options));
    if (json.length > LIMIT) throw new TypeError_("The options are too long.");
    if (signal !== undefined && aborted(signal)) throw reason(signal);
    const id = ++last;
    const onAbort = () => {
      if (!waiting[id]) return;
      delete waiting[id];
      tell({ id, kind: "abort" });
      reject(reason(signal));
    };
    if (signal !== undefined) listen(signal, "abort", onAbort, { once: true });
    waiting[id] = {
      settle(made, error) {
        if (signal !== undefined) unlisten(signal, "abort", onAbort);
        if (made !== undefined) {
          try {
            resolve(credential(kind, made));
          } catch {
            reject(new Error_("The answer is unreadable.", "UnknownError"));
          }
        } else if (error === "TypeError") reject(new TypeError_("The options are invalid."));
        else reject(new Error_("The operation either timed out or was not allowed.", error));
      },
    };
    tell({ id, kind, options: json });
  });
}

function replace(target, name, value) {
  defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

const methods = {
  create(options = undefined) {
    const publicKey = options?.publicKey;
    if (publicKey === undefined) return apply(native.create, this, arguments);
    if (options.mediation === "conditional") {
      return Promise_.reject(new Error_("Conditional creation is not supported.", "NotAllowedError"));
    }
    return request("create", publicKey, options.signal);
  },
  get(options = undefined) {
    const publicKey = options?.publicKey;
    if (publicKey === undefined) return apply(native.get, this, arguments);
    if (options.mediation === "conditional") {
      return Promise_.reject(new TypeError_("Conditional mediation is not supported."));
    }
    return request("get", publicKey, options.signal);
  },
};
replace(container, "create", methods.create);
replace(container, "get", methods.get);
replace(Credential_, "isUserVerifyingPlatformAuthenticatorAvailable", () => Promise_.resolve(true));
replace(Credential_, "isConditionalMediationAvailable", () => Promise_.resolve(false));
replace(Credential_, "getClientCapabilities", () =>
  Promise_.resolve({
    conditionalCreate: false,
    conditionalGet: false,
    hybridTransport: false,
    passkeyPlatformAuthenticator: true,
    relatedOrigins: false,
    signalAllAcceptedCredentials: false,
    signalCurrentUserDetails: false,
    signalUnknownCredential: false,
    userVerifyingPlatformAuthenticator: true,
    "extension:credProps": true,
    "extension:prf": false,
  }),
);
