// Rekey in the place of the browser's WebAuthn: takes what a page asks of `navigator.credentials`, and gives it what the
// host answers. It needs nothing but one MessagePort, and whoever holds the other end is the host.
//
// Last of the three files of the page's world; see `webidl.js`. The host joins them into a function that runs before any
// script of the page and binds CHANNEL and CAPABILITIES.
//
// The port comes with a MessageEvent of the type CHANNEL, dispatched at the window, as its only port; a later one takes
// the place of the one before. Where there is none when it is needed, an event of the type CHANNEL + "?" asks for it and
// messages wait. Everything on the port is JSON text.
//
//   to the host   {id, kind: "create" | "get", mediation, options}   a ceremony; `options` is the JSON text of `publicKey`,
//                                                                    with bytes in base64url and without defaults;
//                                                                    `mediation` as in the specification
//                 {id, kind: "signal", signal, options}              signalUnknownCredential and its like; `signal` is the
//                                                                    name without "signal", `options` their JSON text
//                 {id, kind: "abort"}                                the page gave the ceremony `id` up
//   from it       {id, credential}                                   the credential's JSON text
//                 {id, done: true}                                   the signal was taken
//                 {id, error}                                        a DOMException by its name, or "TypeError"
//
// A document has one ceremony at a time. A conditional `get` waits until the host answers or the page gives it up; all
// time limits are the host's. The port grants no more than `navigator.credentials` does, because the host attributes a
// request to the document whose port brought it, never to what the request says.
// https://w3c.github.io/webauthn/#sctn-api https://w3c.github.io/webappsec-credential-management/#algorithm-request

// --- the channel -------------------------------------------------------------------------------------------------------

let port = null;
let last = 0;
const unsent = create_(null);
let unsentFrom = 0;
let unsentTo = 0;
const waiting = create_(null);

function take(event) {
  stopPropagation(event);
  port = eventPorts(event)[0];
  setOnMessage(port, (message) => {
    const reply = parse(eventData(message));
    const one = waiting[reply.id];
    if (!one) return;
    delete waiting[reply.id];
    one(reply);
  });
  for (; unsentFrom < unsentTo; unsentFrom++) {
    post(port, unsent[unsentFrom]);
    delete unsent[unsentFrom];
  }
}

listen(self, CHANNEL, take, true);

/** Sends a message, or keeps it until there is a port: a popup's first document has the window, and so this script, of
 *  the empty document before it, where the bridge's event did not arrive. Then this asks the bridge for another. */
function tell(message) {
  const line = stringify(message);
  if (port) return post(port, line);
  unsent[unsentTo++] = line;
  // A document that is written anew has lost its listeners.
  listen(self, CHANNEL, take, true);
  dispatch(self, new Event_(CHANNEL + "?"));
}

const jsonOf = (options) => {
  const json = stringify(options);
  if (json.length > LIMIT) fail("The options are too long.");
  return json;
};

const refusal = (reply) => exception(own(reply, "error") ? reply.error : "UnknownError");
const exception = (name) =>
  name === "TypeError"
    ? new TypeError_("The options are invalid.")
    : new Error_("The operation either timed out or was not allowed.", name);

// --- options (the members that the specifications name) ------------------------------------------------------------------

const descriptors = listOf(dictionary(["id", encode, REQUIRED], ["transports", listOf(text)], ["type", text, REQUIRED]));
const prfValues = dictionary(["first", encode, REQUIRED], ["second", encode]);
const extensions = dictionary(
  ["appid", text],
  ["appidExclude", text],
  ["credProps", flag],
  ["credentialProtectionPolicy", text],
  ["enforceCredentialProtectionPolicy", flag],
  ["largeBlob", dictionary(["read", flag], ["support", text], ["write", encode])],
  ["minPinLength", flag],
  ["prf", dictionary(["eval", prfValues], ["evalByCredential", recordOf(prfValues)])],
);
const publicKey = {
  __proto__: null,
  create: dictionary(
    ["attestation", text],
    ["attestationFormats", listOf(text)],
    ["authenticatorSelection", dictionary(
      ["authenticatorAttachment", text],
      ["requireResidentKey", flag],
      ["residentKey", text],
      ["userVerification", text],
    )],
    ["challenge", encode, REQUIRED],
    ["excludeCredentials", descriptors],
    ["extensions", extensions],
    ["hints", listOf(text)],
    ["pubKeyCredParams", parameters, REQUIRED],
    ["rp", dictionary(["name", text, REQUIRED], ["id", text]), REQUIRED],
    ["timeout", unsignedLong],
    ["user", dictionary(["name", text, REQUIRED], ["displayName", text, REQUIRED], ["id", encode, REQUIRED]), REQUIRED],
  ),
  get: dictionary(
    ["allowCredentials", descriptors],
    ["challenge", encode, REQUIRED],
    ["extensions", extensions],
    ["hints", listOf(text)],
    ["rpId", text],
    ["timeout", unsignedLong],
    ["userVerification", text],
  ),
};

/** Other kinds of credentials, where the engine has them: it converts and answers those itself. */
const same = (value) => value;
const kindsOf = (kinds) => {
  const present = [];
  for (const [name, interface_] of kinds) {
    if (hasNative && typeof self[interface_] === "function") present[present.length] = name;
  }
  return present;
};
const others = {
  __proto__: null,
  create: kindsOf([["digital", "DigitalCredential"], ["federated", "FederatedCredential"],
    ["identity", "IdentityCredential"], ["password", "PasswordCredential"]]),
  get: kindsOf([["digital", "DigitalCredential"], ["federated", "FederatedCredential"],
    ["identity", "IdentityCredential"], ["otp", "OTPCredential"], ["password", "PasswordCredential"]]),
};
const requested = (kind) => {
  const members = [
    ["mediation", oneOf("silent", "optional", "conditional", "required"), false, () => "optional"],
    ["publicKey", publicKey[kind]],
    ["signal", signal],
  ];
  for (const name of others[kind]) members[members.length] = [name, name === "password" && kind === "get" ? flag : same];
  return dictionary(...members.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
};
const requests = { __proto__: null, create: requested("create"), get: requested("get") };

// --- ceremonies ------------------------------------------------------------------------------------------------------------

const setTimeout_ = setTimeout;

/** The ceremony that waits for an answer, or 0; and what gives it up. */
let active = 0;
let giveUp = null;

// A document that is left and comes back from the browser's memory has no ceremony: the host forgot it.
const isKept = getter(PageTransitionEvent.prototype, "persisted");
listen(self, "pagehide", (event) => giveUp !== null && isKept(event) && giveUp(exception("NotAllowedError")));

function ask(kind, options, resolve, reject) {
  // In a task of its own: a page that asks again and again must not keep itself from everything else.
  if (active !== 0) {
    const refuse = () => reject(new Error_("A request is already pending.", "NotAllowedError"));
    apply(setTimeout_, self, [refuse, 0]);
    return;
  }
  const { signal, mediation } = options;
  const json = jsonOf(options.publicKey);
  const id = ++last;
  const settled = () => {
    active = 0;
    giveUp = null;
    delete waiting[id];
    if (signal !== undefined) unlisten(signal, "abort", onAbort);
  };
  const abort = (why) => {
    settled();
    tell({ __proto__: null, id, kind: "abort" });
    reject(why);
  };
  // A page may dispatch such an event itself.
  const onAbort = () => active === id && aborted(signal) && abort(reason(signal));
  if (signal !== undefined) listen(signal, "abort", onAbort);
  active = id;
  giveUp = abort;
  waiting[id] = (reply) => {
    settled();
    if (!own(reply, "credential")) return reject(refusal(reply));
    let made;
    try {
      made = credential(kind, reply.credential);
    } catch {
      return reject(exception("UnknownError"));
    }
    resolve(made);
  };
  tell({ __proto__: null, id, kind, mediation, options: json });
}

const navigatorCredentials = getter(Navigator.prototype, "credentials");
const isNavigator = getter(Navigator.prototype, "userAgent");
const navigator_ = navigator;
const container = navigatorCredentials ? navigatorCredentials(navigator_) : instance(Container_.prototype, create_(null));
const isContainer = (value) =>
  value === container || (navigatorCredentials !== undefined && value === navigatorCredentials(navigator_));

function containerMethod(kind) {
  const before = Container_.prototype[kind];
  return promising(kind, 0, (self_, given, resolve, reject) => {
    if (!isContainer(self_)) illegal();
    const options = requests[kind](given.length > 0 ? given[0] : undefined);
    if (options.publicKey === undefined && hasNative) return resolve(apply(before, self_, [options]));
    if (options.signal !== undefined && aborted(options.signal)) return reject(reason(options.signal));
    let kinds = options.publicKey === undefined ? 0 : 1;
    for (let i = 0; i < others[kind].length; i++) {
      const given = options[others[kind][i]];
      if (given !== undefined && given !== false) kinds++;
    }
    if (kinds !== 1) throw new Error_("Exactly one kind of credential must be asked for.", "NotSupportedError");
    // "If options.mediation is silent, resolve p with null": a passkey is never used without its person.
    if (kind === "get" && options.mediation === "silent") return resolve(null);
    ask(kind, options, resolve, reject);
  });
}
for (const kind of ["create", "get"]) define(Container_.prototype, kind, containerMethod(kind));

{
  const { preventSilentAccess, store } = hasNative ? Container_.prototype : {};
  define(Container_.prototype, "preventSilentAccess", promising("preventSilentAccess", 0, (self_, _, resolve) => {
    if (!isContainer(self_)) illegal();
    resolve(preventSilentAccess && apply(preventSilentAccess, self_, []));
  }));
  define(Container_.prototype, "store", promising("store", 1, (self_, given, resolve) => {
    if (!isContainer(self_)) illegal();
    const record = held(given[0]);
    if (record !== undefined && record.credential) throw new Error_("A passkey is not stored.", "NotSupportedError");
    if (!store) fail("parameter 1 is not of type 'Credential'.");
    resolve(apply(store, self_, [given[0]]));
  }));
}

if (!hasNative) {
  defineAttribute(Navigator.prototype, "credentials", attribute("credentials", (self_) => {
    isNavigator(self_);
    return container;
  }));
}

// --- signals ---------------------------------------------------------------------------------------------------------------
// https://w3c.github.io/webauthn/#sctn-signal-methods

const base64url = (value) => (decode(value) === null ? fail("The value is not in base64url.") : value);
const signals = {
  __proto__: null,
  UnknownCredential: [dictionary(["credentialId", text, REQUIRED], ["rpId", text, REQUIRED]), ["credentialId"]],
  AllAcceptedCredentials: [
    dictionary(["allAcceptedCredentialIds", listOf(text), REQUIRED], ["rpId", text, REQUIRED], ["userId", text, REQUIRED]),
    ["userId", "allAcceptedCredentialIds"],
  ],
  CurrentUserDetails: [
    dictionary(["displayName", text, REQUIRED], ["name", text, REQUIRED], ["rpId", text, REQUIRED], ["userId", text, REQUIRED]),
    ["userId"],
  ],
};
for (const name of ownKeys(signals)) {
  const convert = signals[name][0];
  const encoded = signals[name][1];
  const signal = name[0].toLowerCase() + name.slice(1);
  define(PublicKeyCredential_, `signal${name}`, promising(`signal${name}`, 1, (_, given, resolve, reject) => {
    const options = convert(given[0]);
    for (let i = 0; i < encoded.length; i++) {
      const value = options[encoded[i]];
      if (typeof value === "string") base64url(value);
      else for (let at = 0; at < value.length; at++) base64url(value[at]);
    }
    const json = jsonOf(options);
    const id = ++last;
    waiting[id] = (reply) => (own(reply, "done") ? resolve(undefined) : reject(refusal(reply)));
    tell({ __proto__: null, id, kind: "signal", signal, options: json });
  }));
}
only(PublicKeyCredential_, ...ownKeys(availability), "getClientCapabilities", "parseCreationOptionsFromJSON",
  "parseRequestOptionsFromJSON", "signalUnknownCredential", "signalAllAcceptedCredentials", "signalCurrentUserDetails");
