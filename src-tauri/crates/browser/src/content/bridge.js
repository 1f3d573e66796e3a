// Runs in Rekey's isolated world, which no script of the page can reach, after the script in the page's world and before
// any script of the page. Hands that script one MessagePort and passes its messages on to the host, together with the
// document's own origin: `self.origin`, which is "null" in a sandboxed document, where `location.origin` looks genuine.
//
// The host wraps this file in a function and binds CHANNEL, the event's name, and SEND, which takes a text to the host.
// Where SEND returns a promise, it is the host's reply to this very document.
"use strict";
// A document that is written anew keeps its worlds and loses its listeners; WebKit then runs this once more.
if (globalThis.rekeyBridge) return void rekeyBridge.attend();

const channels = [];

/** This document's name: two documents never have the same, whichever window they share. */
const document_ = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");

/** What the host is told, and whose word it is. */
function say(words) {
  const secure = self.isSecureContext;
  return SEND(JSON.stringify({ document: document_, origin: self.origin, top: self === self.top, secure, ...words }));
}

/** What this document may do, and whether a person is there; asked anew for every message. */
function standing() {
  // Where it cannot be asked, the specification's default allows what has no other origin above it.
  const policy = document.featurePolicy;
  const above = Array.from(location.ancestorOrigins ?? []);
  const alone = self === self.top || (above.length > 0 && above.every((origin) => origin === self.origin));
  const allows = (feature) => (policy?.features().includes(feature) ? policy.allowsFeature(feature) : alone);
  return {
    create: allows("publickey-credentials-create"),
    get: allows("publickey-credentials-get"),
    activated: navigator.userActivation?.isActive === true,
    focused: document.hasFocus() && document.visibilityState === "visible",
  };
}

/** Opens a channel. Synchronous: the script in the page's world takes its port before this returns. */
function handOver() {
  const { port1, port2 } = new MessageChannel();
  const channel = channels.push(port1) - 1;
  port1.onmessage = ({ data }) => {
    // The host reads it as JSON and refuses what it does not know.
    if (typeof data !== "string" || data.length > 262144) return;
    const reply = say({ channel, message: data, standing: standing() });
    reply?.then((text) => typeof text === "string" && port1.postMessage(text), () => {});
  };
  self.dispatchEvent(new MessageEvent(CHANNEL, { ports: [port2] }));
}

const bridge = {
  document: document_,

  /** Passes an answer on to where the request came from: the message that `shim.js` describes. */
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

  /** Tells the host that this document is here. */
  hello() {
    say({ hello: true, href: location.href });
  },

  /** Asks the host for the value of a ticket and fills it in: the value goes to this document or nowhere. */
  async collect(ticket, element, where, secret) {
    const value = await say({ ticket });
    return typeof value === "string" ? rekeyReader.fill(element, value, where, secret) : "refused";
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
