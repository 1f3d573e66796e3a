// Runs in an isolated world, at document start, in every frame. Reads the page and acts on it when the host asks;
// sends nothing and changes nothing by itself.

import { fill, press, tick, type Filled, type Pressed, type Ticked } from "./act.ts";
import { elementsOf, innerDocument, isConnected, shadowRoot } from "./dom.ts";
import { quiet } from "./quiet.ts";
import { read, type Table } from "./read.ts";
import type { Hints, Reading } from "./reading.ts";
import { holds, ways, type Holds } from "./sending.ts";

interface Reader {
  read(hints?: Hints): Reading;
  /** Where a field's form may send it, or where a control sends its form, and what that form holds. */
  target(element: number): { ways: string; holds: Holds } | null;
  /** `where` is what the host agreed to: the `ways` of the target. */
  fill(element: number, value: string, where: string, secret: boolean): Filled;
  press(element: number, where: string): Pressed;
  tick(element: number, on: boolean): Ticked;
  quiet(ms: number): Promise<void>;
}

const numbers = new WeakMap<Element, number>();
const elements = new Map<number, WeakRef<Element>>();
const forms = new WeakMap<Element, number>();
const cells = new WeakMap<Element, readonly WeakRef<Element>[]>();
let lastNumber = 0;
let lastForm = 0;

const table: Table = {
  number(element) {
    const known = numbers.get(element);
    if (known !== undefined) return known;
    lastNumber += 1;
    numbers.set(element, lastNumber);
    elements.set(lastNumber, new WeakRef(element));
    return lastNumber;
  },
  form(root) {
    const known = forms.get(root);
    if (known !== undefined) return known;
    lastForm += 1;
    forms.set(root, lastForm);
    return lastForm;
  },
  cells(first, all) {
    cells.set(first, all.map((cell) => new WeakRef(cell)));
  },
};

const find = (number: number): Element | null => {
  const element = elements.get(number)?.deref() ?? null;
  if (!element || !isConnected(element)) elements.delete(number);
  return element;
};

/** The document and whatever of it a mutation observer does not reach by itself. */
function roots(document: Document): Node[] {
  const all: Node[] = [document];
  for (let i = 0; i < all.length && all.length < 200; i += 1) {
    const root = all[i] as Document | ShadowRoot;
    for (const element of elementsOf(root)) {
      const inner = shadowRoot(element) ?? innerDocument(element);
      if (inner) all.push(inner);
    }
  }
  return all;
}

const NOTHING: Reading = { kind: "unknown", confidence: 0, reasons: ["failed"], fields: [], actions: [], notices: [], signals: [], language: "" };

/** The page must never see an exception of ours, nor the host a half-made answer. */
function guarded<R>(answer: () => R, otherwise: R): R {
  try {
    return answer();
  } catch {
    return otherwise;
  }
}

const reader: Reader = Object.freeze({
  read: (hints: Hints = {}) => guarded(() => read(document, hints, table), NOTHING),
  target: (element: number) =>
    guarded(() => {
      const target = find(element);
      return target && isConnected(target) ? { ways: ways(target), holds: holds(target) } : null;
    }, null),
  fill: (element: number, value: string, where: string, secret: boolean) =>
    guarded(() => {
      const target = find(element);
      const rest = (target && cells.get(target)) ?? [];
      return fill(target, { value, where, secret }, rest.map((cell) => cell.deref()).filter((cell): cell is Element => cell !== undefined));
    }, "gone" as const),
  press: (element: number, where: string) => guarded(() => press(find(element), where), "gone" as const),
  tick: (element: number, on: boolean) => guarded(() => tick(find(element), on), "gone" as const),
  quiet: (ms: number) => quiet(document, guarded(() => roots(document), [document]), ms),
});

Object.defineProperty(globalThis, "rekeyReader", { value: reader, configurable: true });
