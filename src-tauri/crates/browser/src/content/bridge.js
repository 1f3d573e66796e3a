// Runs in Rekey's isolated world, which no script of the page can reach, after the script in the page's world and before
// any script of the page. Hands that script one MessagePort and passes its messages on to the host, together with the
// document's own origin: `self.origin`, which is "null" in a sandboxed document, where `location.origin` looks genuine.
//
// The host wraps this file in a function and binds CHANNEL, the event's name, and BINDING, the host's function.
"use strict";

const send = globalThis[BINDING];
const channels = [];

/** Opens a channel. Synchronous: the script in the page's world takes its port before this returns. */
function handOver() {
  const { port1, port2 } = new MessageChannel();
  const channel = channels.push(port1) - 1;
  port1.onmessage = ({ data }) => {
    // The host reads it as JSON and refuses what it does not know.
    if (typeof data !== "string" || data.length > 262144) return;
    send(JSON.stringify({ origin: self.origin, top: self === self.top, channel, message: data }));
  };
  self.dispatchEvent(new MessageEvent(CHANNEL, { ports: [port2] }));
}

const bridge = {
  /** Passes an answer on to where the request came from: `{id, credential}` or `{id, error}`, as JSON. */
  answer(channel, reply) {
    channels[channel].postMessage(reply);
  },

  /** Listens for a script that got no port. A document that takes over the window of an empty one takes over these
   *  scripts, but not their listeners: then the host calls this. */
  attend() {
    self.removeEventListener(CHANNEL + "?", handOver);
    self.addEventListener(CHANNEL + "?", handOver);
    handOver();
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
};
globalThis.rekeyBridge = bridge;
bridge.attend();
