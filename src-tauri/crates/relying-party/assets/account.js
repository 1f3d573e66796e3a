// The account page: tells password managers what the account is, and makes a passkey along the way after a sign-in with
// a password, where browser and site do that.

import { create } from "./ceremonies.js";
import { signalAccount } from "./signals.js";

const account = document.querySelector("[data-signal]");

/** Makes a passkey without a question (https://www.w3.org/TR/webauthn-3/#dom-clientcapability-conditionalcreate). */
async function upgrade() {
  try {
    const capabilities = await window.PublicKeyCredential?.getClientCapabilities?.();
    if (capabilities?.conditionalCreate !== true) return;
    window.location.assign(await create({ conditional: true }));
  } catch {
    // Nobody asked for it, so nobody is told that it did not work.
  }
}

if (account) {
  signalAccount(JSON.parse(account.dataset.signal));
  if ("conditionalCreate" in account.dataset) upgrade();
}
