// Native mode: runs in the page's own world before any script of the page. The browser's own authenticators answer;
// this only reports what the page received. A report is the page's word and is marked so.
//
// The host wraps this file in a function and binds CHANNEL, the name of the event that carries the port.
"use strict";
if (!self.isSecureContext || typeof PublicKeyCredential === "undefined" || !navigator.credentials) return;

const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;
const uncurry = (method) => (self_, ...args) => apply(method, self_, args);
const { stringify } = JSON;
const then = uncurry(Promise.prototype.then);
const ports = uncurry(getOwnPropertyDescriptor(MessageEvent.prototype, "ports").get);
const post = uncurry(MessagePort.prototype.postMessage);
const listen = uncurry(EventTarget.prototype.addEventListener);
const stopPropagation = uncurry(Event.prototype.stopImmediatePropagation);
const toJson = uncurry(PublicKeyCredential.prototype.toJSON);
const dispatch = uncurry(EventTarget.prototype.dispatchEvent);
const Event_ = Event;
const container = CredentialsContainer.prototype;

let port = null;
let last = 0;
const take = (event) => {
  stopPropagation(event);
  port = ports(event)[0];
};
listen(self, CHANNEL, take, { once: true, capture: true });

function tell(message) {
  if (!port) {
    // A popup's first document has the window of the empty document before it, where the bridge's event did not arrive.
    listen(self, CHANNEL, take, { once: true, capture: true });
    dispatch(self, new Event_(CHANNEL + "?"));
  }
  if (port) post(port, stringify(message));
}

for (const kind of ["create", "get"]) {
  const native = container[kind];
  const method = {
    [kind](options = undefined) {
      const promise = apply(native, this, arguments);
      if (options?.publicKey !== undefined) {
        const report = (outcome) => tell({ id: ++last, kind: "native", ceremony: kind, ...outcome });
        then(
          promise,
          (made) => report({ credential: stringify(toJson(made)) }),
          (error) => report({ error: `${error?.name}` }),
        );
      }
      return promise;
    },
  }[kind];
  defineProperty(container, kind, { value: method, writable: true, enumerable: true, configurable: true });
}
