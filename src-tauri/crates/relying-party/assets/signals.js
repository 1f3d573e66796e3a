// What password managers are told about the account, where the browser passes it on
// (https://www.w3.org/TR/webauthn-3/#sctn-signal-methods). It is a help and no more: a failure changes nothing.

async function signal(method, details) {
  try {
    await window.PublicKeyCredential?.[method]?.(details);
  } catch {
    // The password manager keeps showing what it had.
  }
}

/** The site does not know this passkey: it need not be offered any more. */
export function signalUnknown(rpId, credentialId) {
  return signal("signalUnknownCredential", { rpId, credentialId });
}

/** Which passkeys the account has, and how it is called. */
export async function signalAccount({ rpId, userId, allAcceptedCredentialIds, name, displayName }) {
  await signal("signalAllAcceptedCredentials", { rpId, userId, allAcceptedCredentialIds });
  await signal("signalCurrentUserDetails", { rpId, userId, name, displayName });
}
