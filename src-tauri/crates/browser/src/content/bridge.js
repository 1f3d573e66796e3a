// Runs in Rekey's isolated world, which no script of the page can reach, after the script in the page's world and before
// any script of the page. Hands that script one MessagePort and passes its messages on to the host, together with the
// document's own origin: `self.origin`, which is "null" in a sandboxed document, where `location.origin` looks genuine.
//
// The host wraps this file in a function and binds CHANNEL, the event's name, and BINDING, the host's function.
"use strict";
if (globalThis.rekeyBridge) return;

const send = globalThis[BINDING];
const { port1, port2 } = new MessageChannel();

port1.onmessage = ({ data }) => {
  // The host reads it as JSON and refuses what it does not know.
  if (typeof data !== "string" || data.length > 262144) return;
  send(JSON.stringify({ origin: self.origin, top: self === self.top, message: data }));
};

globalThis.rekeyBridge = Object.freeze({
  /** Passes an answer on to the page: `{id, credential}` or `{id, error}`, as JSON. */
  answer(reply) {
    port1.postMessage(reply);
  },

  /** Resolves when the document changes, so that the host need not ask again and again. */
  changed() {
    return new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve(true);
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  },
});

// Synchronous: the page's world takes the port before this call returns. The port's queue opens with `onmessage`.
self.dispatchEvent(new MessageEvent(CHANNEL, { ports: [port2] }));
