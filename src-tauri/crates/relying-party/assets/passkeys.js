// Passkeys on a page: blocks marked data-ceremony="create" or "get", and the passkeys among a field's suggestions.

import { beginSignIn, create, finishSignIn } from "./ceremonies.js";
import { Panel } from "./panel.js";

/** A challenge is good for five minutes: one that waits in a field is renewed before that. */
const RENEWAL = 4 * 60_000;

/** The request behind a field's suggestions. Browsers run one request at a time. */
let suggesting;

async function suggest(panel) {
  const controller = new AbortController();
  const { signal } = controller;
  suggesting = controller;
  let answered = false;
  const renewal = setTimeout(() => {
    if (answered) return;
    controller.abort();
    suggest(panel);
  }, RENEWAL);
  try {
    const publicKey = await beginSignIn({ mediation: "conditional" }, signal);
    const say = (stage) => {
      answered = stage === "sending";
      if (answered) panel.say(stage);
    };
    panel.leave(await finishSignIn(publicKey, { mediation: "conditional", signal, say }));
  } catch (error) {
    // Nobody asked for it: only what became of a passkey that was chosen is worth a word.
    if (answered) panel.fail(error);
  } finally {
    clearTimeout(renewal);
  }
}

async function canSuggest() {
  if (!document.querySelector('input[autocomplete~="webauthn"]')) return false;
  try {
    return (await window.PublicKeyCredential?.isConditionalMediationAvailable?.()) === true;
  } catch {
    return false;
  }
}

async function useButton(block) {
  const panel = new Panel(block);
  const { userName, purpose } = block.dataset;
  const suggests = !userName && !purpose && (await canSuggest());
  panel.button.addEventListener("click", async () => {
    suggesting?.abort();
    await panel.run(async (signal, say) => {
      say("waitingForSite");
      const publicKey = await beginSignIn({ userName, purpose }, signal);
      return finishSignIn(publicKey, { signal, say });
    });
    if (suggests && !panel.button.disabled) suggest(panel);
  });
  if (suggests) suggest(panel);
}

/** A hint where the device may not do it by itself. Phones and security keys may, so nothing is closed. */
async function hint(form, words) {
  const place = form.querySelector("[data-hint]");
  try {
    const able = await window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.();
    if (able) return;
    place.textContent = window.PublicKeyCredential ? words.noLock : words.unsupported;
    place.hidden = false;
  } catch {
    // No hint.
  }
}

function useForm(form) {
  const panel = new Panel(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wishes = new FormData(form);
    const wish = { name: wishes.get("name") ?? "", passwordless: wishes.has("passwordless") };
    panel.run((signal, say) => create({ ...wish, signal, say }));
  });
  hint(form, panel.words);
}

for (const block of document.querySelectorAll('[data-ceremony="get"]')) useButton(block);
for (const form of document.querySelectorAll('[data-ceremony="create"]')) useForm(form);
