// The two ceremonies, for a form or block marked with data-ceremony="create" or "get".

const token = document.querySelector('meta[name="csrf-token"]').content;

function toBytes(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}

function toText(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const withBytes = (descriptors) => (descriptors ?? []).map((d) => ({ ...d, id: toBytes(d.id) }));

// Browsers before 2024 read and write no JSON themselves.
function creationOptions(json) {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) {
    return PublicKeyCredential.parseCreationOptionsFromJSON(json);
  }
  return {
    ...json,
    challenge: toBytes(json.challenge),
    user: { ...json.user, id: toBytes(json.user.id) },
    excludeCredentials: withBytes(json.excludeCredentials),
  };
}

function requestOptions(json) {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) {
    return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  }
  return {
    ...json,
    challenge: toBytes(json.challenge),
    allowCredentials: withBytes(json.allowCredentials),
  };
}

function credentialJson(credential) {
  if (typeof credential.toJSON === "function") return credential.toJSON();
  const given = credential.response;
  const response = { clientDataJSON: toText(given.clientDataJSON) };
  if (given.attestationObject) {
    response.attestationObject = toText(given.attestationObject);
    response.transports = given.getTransports?.() ?? [];
  } else {
    response.authenticatorData = toText(given.authenticatorData);
    response.signature = toText(given.signature);
    response.userHandle = given.userHandle ? toText(given.userHandle) : null;
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** A message of the server's, to be shown as it is. */
class Refused extends Error {}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.message);
  return answer;
}

async function create(form) {
  const name = new FormData(form).get("name");
  const { publicKey } = await post("/passkeys/register/options", { name });
  const credential = await navigator.credentials.create({ publicKey: creationOptions(publicKey) });
  return post("/passkeys/register", credentialJson(credential));
}

async function get() {
  const { publicKey } = await post("/passkeys/sign-in/options", {});
  const credential = await navigator.credentials.get({ publicKey: requestOptions(publicKey) });
  return post("/passkeys/sign-in", credentialJson(credential));
}

function explain(error, texts) {
  if (error instanceof Refused) return error.message;
  if (error.name === "InvalidStateError") return texts.excluded ?? texts.cancelled;
  if (error.name === "NotAllowedError" || error.name === "AbortError") return texts.cancelled;
  return texts.failed;
}

async function run(block, ceremony) {
  const button = block.querySelector("button");
  const alert = block.querySelector("[role=alert]");
  alert.hidden = true;
  alert.textContent = "";
  button.disabled = true;
  try {
    if (!window.PublicKeyCredential) throw new Refused(block.dataset.unsupported);
    const { location } = await ceremony(block);
    window.location.assign(location);
  } catch (error) {
    alert.textContent = explain(error, block.dataset);
    alert.hidden = false;
    button.disabled = false;
  }
}

for (const block of document.querySelectorAll('[data-ceremony="get"]')) {
  block.querySelector("button").addEventListener("click", () => run(block, get));
}

for (const form of document.querySelectorAll('[data-ceremony="create"]')) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form, create);
  });
}
