// The ground that the page's side stands on: the engine's functions, saved before any script of the page runs, and the
// conversions of Web IDL. What a page replaces or adds later reaches only the page. So in all three files no value of
// Rekey's goes through a method, an iterator or a member of a prototype that a page could have changed: functions are
// the saved ones, records have no prototype, lists are walked by index.
//
// First of the three files of the page's world (`webidl.js`, `interfaces.js`, `shim.js`), which the host joins into one
// function. https://webidl.spec.whatwg.org/#js-type-mapping
"use strict";
if (!self.isSecureContext) return;

const { apply, getOwnPropertyDescriptor, defineProperty, deleteProperty, ownKeys, setPrototypeOf } = Reflect;
const create_ = Object.create;
const own = (object, name) => apply(Object_hasOwn, object, [name]);
const Object_hasOwn = Object.prototype.hasOwnProperty;
const uncurry = (method) => (self_, ...args) => apply(method, self_, args);
const getter = (prototype, name) => {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  return get && uncurry(get);
};

const { parse, stringify } = JSON;
const Promise_ = Promise;
const Proxy_ = Proxy;
const Error_ = DOMException;
const TypeError_ = TypeError;
const Bytes = Uint8Array;
const TypedArray = Object.getPrototypeOf(Uint8Array.prototype);
const buffers = {
  __proto__: null,
  isView: ArrayBuffer.isView,
  length: getter(ArrayBuffer.prototype, "byteLength"),
  /** Missing in engines without resizable buffers. */
  resizable: getter(ArrayBuffer.prototype, "resizable"),
  typedTag: getter(TypedArray, Symbol.toStringTag),
  typedBuffer: getter(TypedArray, "buffer"),
  typedOffset: getter(TypedArray, "byteOffset"),
  typedLength: getter(TypedArray, "byteLength"),
  viewBuffer: getter(DataView.prototype, "buffer"),
  viewOffset: getter(DataView.prototype, "byteOffset"),
  viewLength: getter(DataView.prototype, "byteLength"),
};
const wellFormed = uncurry(String.prototype.toWellFormed ?? String.prototype.toString);
const slotsOf = uncurry(WeakMap.prototype.get);
const keepSlots = uncurry(WeakMap.prototype.set);
const iterator = Symbol.iterator;
const listen = uncurry(EventTarget.prototype.addEventListener);
const unlisten = uncurry(EventTarget.prototype.removeEventListener);
const dispatch = uncurry(EventTarget.prototype.dispatchEvent);
const stopPropagation = uncurry(Event.prototype.stopImmediatePropagation);
const Event_ = Event;
const eventPorts = getter(MessageEvent.prototype, "ports");
const eventData = getter(MessageEvent.prototype, "data");
const post = uncurry(MessagePort.prototype.postMessage);
const setOnMessage = uncurry(getOwnPropertyDescriptor(MessagePort.prototype, "onmessage").set);
const aborted = getter(AbortSignal.prototype, "aborted");
const reason = getter(AbortSignal.prototype, "reason");

/** More bytes or letters than this are taken neither from a page nor by the host. */
const LIMIT = 65536;

const fail = (words) => {
  throw new TypeError_(words);
};
const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";
const put = (object, name, value) =>
  defineProperty(object, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });

// --- bytes -----------------------------------------------------------------------------------------------------------

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = create_(null);
for (let i = 0; i < 64; i++) VALUE[ALPHABET[i]] = i;

/** The bytes of a BufferSource, read through its internal slots: neither shared nor resizable, none where detached. */
function bytesOf(source) {
  const kind = buffers.isView(source) ? (buffers.typedTag(source) === undefined ? "view" : "typed") : "";
  const buffer = kind === "" ? source : buffers[`${kind}Buffer`](source);
  let length;
  try {
    length = buffers.length(buffer);
  } catch {
    fail("The provided value is not of type '(ArrayBuffer or ArrayBufferView)', or it is shared.");
  }
  if (buffers.resizable?.(buffer)) fail("The provided buffer must not be resizable.");
  if (kind === "" || length === 0) return new Bytes(length === 0 ? 0 : buffer);
  return new Bytes(buffer, buffers[`${kind}Offset`](source), buffers[`${kind}Length`](source));
}

/** A BufferSource's bytes in base64url. */
function encode(source) {
  const bytes = bytesOf(source);
  const length = buffers.typedLength(bytes);
  if (length > LIMIT) fail("The provided value is too long.");
  let text = "";
  for (let i = 0; i < length; i += 3) {
    const group = (bytes[i] << 16) | ((i + 1 < length ? bytes[i + 1] : 0) << 8) | (i + 2 < length ? bytes[i + 2] : 0);
    text += ALPHABET[group >> 18] + ALPHABET[(group >> 12) & 63];
    if (i + 1 < length) text += ALPHABET[(group >> 6) & 63];
    if (i + 2 < length) text += ALPHABET[group & 63];
  }
  return text;
}

/** An ArrayBuffer from base64url, or `null` where the text is none. */
function decode(text) {
  if (text.length % 4 === 1) return null;
  const bytes = new Bytes((text.length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUE[text[i]];
    if (value === undefined) return null;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return buffers.typedBuffer(bytes);
}

// --- conversions -------------------------------------------------------------------------------------------------------

/** DOMString and USVString alike: a lone surrogate does not pass the host's JSON. A symbol throws, as it must. */
const text = (value) => wellFormed(`${value}`);
const flag = (value) => !!value;
// A bigint and a symbol throw.
const unsignedLong = (value) => +value >>> 0;
const long = (value) => +value | 0;
const oneOf = (...values) => (value) => {
  const chosen = `${value}`;
  for (let i = 0; i < values.length; i++) if (values[i] === chosen) return chosen;
  return fail(`The provided value '${chosen}' is not a valid enum value.`);
};

/** https://webidl.spec.whatwg.org/#js-sequence */
const listOf = (item) => (value) => {
  if (!isObject(value)) fail("The provided value cannot be converted to a sequence.");
  const method = value[iterator];
  if (typeof method !== "function") fail("The object must have a callable @@iterator property.");
  const steps = apply(method, value, []);
  if (!isObject(steps)) fail("The iterator is not an object.");
  const next = steps.next;
  const items = [];
  for (let at = 0; ; at++) {
    const step = apply(next, steps, []);
    if (!isObject(step)) fail("The iterator's result is not an object.");
    if (step.done) return items;
    if (at >= 1024) fail("The sequence is too long.");
    put(items, at, item(step.value));
  }
};

/** https://webidl.spec.whatwg.org/#js-record */
const recordOf = (item) => (value) => {
  if (!isObject(value)) fail("The provided value cannot be converted to a record.");
  const copy = create_(null);
  const keys = ownKeys(value);
  for (let i = 0; i < keys.length; i++) {
    const described = getOwnPropertyDescriptor(value, keys[i]);
    if (described !== undefined && described.enumerable) put(copy, text(keys[i]), item(value[keys[i]]));
  }
  return copy;
};

/**
 * A dictionary's members in the order in which they are read: lexicographically, those of the dictionary it inherits
 * from first. Each is `[name, conversion]`, `[name, conversion, REQUIRED]` or `[name, conversion, , () => default]`.
 * https://webidl.spec.whatwg.org/#js-dictionary
 */
const REQUIRED = true;
const dictionary = (...members) => (value) => {
  if (value !== undefined && value !== null && !isObject(value)) fail("The provided value is not an object.");
  const copy = create_(null);
  for (let i = 0; i < members.length; i++) {
    const member = members[i];
    const name = member[0];
    const given = value === undefined || value === null ? undefined : value[name];
    if (given !== undefined) copy[name] = member[1](given);
    else if (member.length > 2 && member[2] === REQUIRED) fail(`Failed to read the '${name}' property: Required member is undefined.`);
    else if (member.length > 3) copy[name] = member[3]();
  }
  return copy;
};

/** An AbortSignal, told by its own slots. */
const signal = (value) => {
  try {
    aborted(value);
  } catch {
    fail("The provided value is not of type 'AbortSignal'.");
  }
  return value;
};

// --- functions that look like the engine's -------------------------------------------------------------------------------

/** Passes everything through; a proxy's source is `function () { [native code] }`. */
const native = (made) => new Proxy_(made, create_(null));

/** A method; `steps` gets `this` and the list of arguments. */
function method(name, length, steps) {
  const made = { [name](...given) { return steps(this, given); } }[name];
  defineProperty(made, "length", { __proto__: null, value: length });
  return native(made);
}

/** A method that returns a promise, and so never throws: what its steps throw rejects it. */
const promising = (name, length, steps) =>
  method(name, length, (self_, given) => new Promise_((resolve, reject) => {
    if (given.length < length) fail(`${length} argument required, but only ${given.length} present.`);
    steps(self_, given, resolve, reject);
  }));

/** The getter of an attribute. */
const attribute = (name, read) => native(getOwnPropertyDescriptor({ get [name]() { return read(this); } }, name).get);
