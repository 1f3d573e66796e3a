// The two ceremonies, from the server's options to the server's verdict. `say` hears how far one is, by the names of
// the page's words.

import { creationOptions, credentialJson, requestOptions } from "./json.js";
import { Refused, post } from "./post.js";
import { signalUnknown } from "./signals.js";

function given(credential) {
  if (!credential) throw new DOMException("no credential", "NotAllowedError");
  return credential;
}

async function hand(path, credential, rpId) {
  try {
    return await post(path, credentialJson(credential), "location");
  } catch (error) {
    if (error instanceof Refused && error.unknownCredential) {
      await signalUnknown(rpId ?? window.location.hostname, credential.id);
    }
    throw error;
  }
}

/** Makes a passkey (https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential). Returns where to go next. */
export async function create({ name = "", passwordless = false, conditional = false, signal, say = () => {} }) {
  say("waitingForSite");
  const wish = { name, passwordless, conditional };
  const { publicKey } = await post("/passkeys/register/options", wish, "publicKey", signal);
  say("waitingForDevice");
  const mediation = conditional ? "conditional" : undefined;
  const made = navigator.credentials.create({ publicKey: creationOptions(publicKey), mediation, signal });
  const credential = given(await made);
  say("sending");
  const { location } = await hand("/passkeys/register", credential, publicKey.rp?.id);
  return location;
}

/** The options of a sign-in. `wish` may name a user, a mediation or a purpose. */
export async function beginSignIn(wish, signal) {
  const { publicKey } = await post("/passkeys/sign-in/options", wish, "publicKey", signal);
  return publicKey;
}

/** Uses a passkey (https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion). Returns where to go next. */
export async function finishSignIn(publicKey, { mediation, signal, say = () => {} }) {
  say("waitingForDevice");
  const got = navigator.credentials.get({ publicKey: requestOptions(publicKey), mediation, signal });
  const credential = given(await got);
  say("sending");
  const { location } = await hand("/passkeys/sign-in", credential, publicKey.rpId);
  return location;
}
