// Acting on elements: filling, pressing, ticking.

import {
  activeElement, attribute, blur, click, dispatch, execCommand, focus, isConnected, listen, localName, matches, nodeType, ownerDocument, rootNode, scrollTo,
  setAreaValue, setInputValue, unlisten,
} from "./dom.ts";
import { isHarmful, readControl } from "./controls.ts";
import { uncovered, usable, visible } from "./layout.ts";
import { Departure } from "./departure.ts";
import { holds, remember, ways } from "./sending.ts";

export type Filled = "ok" | "gone" | "hidden" | "disabled" | "readonly" | "not-a-field" | "moved";
export type Pressed = "ok" | "gone" | "hidden" | "disabled" | "covered" | "harmful" | "moved";
export type Ticked = "ok" | "gone" | "hidden" | "disabled" | "not-a-field";

type Editable = HTMLInputElement | HTMLTextAreaElement;

const TEXT_TYPES = new Set(["text", "email", "tel", "number", "url", "password", "search"]);

const isDisabled = (element: Element): boolean => matches(element, ":disabled") || attribute(element, "aria-disabled") === "true";

const editable = (element: Element): element is Editable =>
  localName(element) === "textarea" || (localName(element) === "input" && TEXT_TYPES.has((element as HTMLInputElement).type));

function focusOn(element: HTMLElement): void {
  let seen = false;
  const note = (): void => {
    seen = true;
  };
  listen(element, "focus", note, { once: true, capture: true });
  focus(element, { preventScroll: true });
  unlisten(element, "focus", note, { capture: true });
  // A page without the window's focus gets no focus events; handlers that wait for one are told anyway.
  if (!seen) {
    dispatch(element, new FocusEvent("focus", { composed: true }));
    dispatch(element, new FocusEvent("focusin", { bubbles: true, composed: true }));
  }
}

function blurFrom(element: HTMLElement): void {
  const root = rootNode(element);
  const document = ownerDocument(element);
  const active = nodeType(root) === Node.DOCUMENT_FRAGMENT_NODE ? (root as ShadowRoot).activeElement : document && activeElement(document);
  let seen = false;
  const note = (): void => {
    seen = true;
  };
  listen(element, "blur", note, { once: true, capture: true });
  if (active === element) blur(element);
  unlisten(element, "blur", note, { capture: true });
  if (!seen) {
    dispatch(element, new FocusEvent("blur", { composed: true }));
    dispatch(element, new FocusEvent("focusout", { bubbles: true, composed: true }));
  }
}

const departure = new Departure();

/** What goes into a field. */
export interface Entry {
  value: string;
  /** The ways of sending that the host agreed to: where they are others by now, nothing is put in. */
  where: string;
  secret: boolean;
}

function put(element: Editable, value: string): void {
  if (localName(element) === "textarea") setAreaValue(element as HTMLTextAreaElement, value);
  else setInputValue(element as HTMLInputElement, value);
}

/** Puts a value in as a person's typing would: the events that pages listen to, around the value's own setter.
 *  False where the page led the form elsewhere in the meantime. */
function enter(element: Editable, value: string, { where, secret }: Entry): boolean {
  const key = value.length === 1 ? value : "Unidentified";
  const typed = { bubbles: true, composed: true, data: value, inputType: "insertText" };
  dispatch(element, new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
  dispatch(element, new InputEvent("beforeinput", { ...typed, cancelable: true }));
  // Handlers of the page have run since the host looked; none runs between this look and the value.
  if (ways(element) !== where) return false;
  remember(element, secret);
  put(element, value);
  dispatch(element, new InputEvent("input", typed));
  dispatch(element, new KeyboardEvent("keyup", { key, bubbles: true, composed: true }));
  return true;
}

/** Fills a field; `cells` are the boxes of a segmented code, of which the field is the first. */
export function fill(element: Element | null, entry: Entry, cells: readonly Element[]): Filled {
  const { value } = entry;
  if (!element || !isConnected(element)) return "gone";
  if (!editable(element)) return "not-a-field";
  if (isDisabled(element)) return "disabled";
  scrollTo(element, { block: "center", inline: "nearest", behavior: "instant" });
  if (!usable(element)) return "hidden";
  focusOn(element);
  if (element.readOnly) {
    // Some pages take the attribute away at the first click or focus, to keep browsers from filling by themselves.
    for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) dispatch(element, new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
    if (element.readOnly) return "readonly";
  }
  if (!isConnected(element)) return "gone";
  departure.expect();
  if (cells.length > 1 && value.length > 1) return fillCells(cells, Array.from(value), entry);
  if (!enter(element, value, entry)) return "moved";
  if (value !== "" && isConnected(element) && element.value === "") {
    // The page undid it: edit as a person would, with trusted events.
    focusOn(element);
    if (ways(element) !== entry.where) return "moved";
    const document = ownerDocument(element);
    if (document) execCommand(document, "insertText", false, value);
    if (isConnected(element) && element.value === "") return "readonly";
  }
  if (isConnected(element)) dispatch(element, new Event("change", { bubbles: true }));
  if (isConnected(element)) blurFrom(element);
  return "ok";
}

function fillCells(cells: readonly Element[], digits: readonly string[], entry: Entry): Filled {
  for (let i = 0; i < digits.length && i < cells.length; i += 1) {
    const cell = cells[i];
    const digit = digits[i];
    // The page may have gone on by itself as soon as enough digits were there.
    if (!cell || digit === undefined || !isConnected(cell) || !editable(cell)) return i > 0 ? "ok" : "gone";
    if (i > 0) focusOn(cell);
    if (!enter(cell, digit, entry)) return "moved";
    if (isConnected(cell)) dispatch(cell, new Event("change", { bubbles: true }));
  }
  return "ok";
}

export function press(element: Element | null, where: string): Pressed {
  if (!element || !isConnected(element)) return "gone";
  if (isDisabled(element)) return "disabled";
  scrollTo(element, { block: "center", inline: "nearest", behavior: "instant" });
  if (!visible(element)) return "hidden";
  if (!uncovered(element)) return "covered";
  // The reader offers no such control; its words may be others by now.
  const control = readControl(element);
  if (control && isHarmful(control)) return "harmful";
  if (ways(element) !== where) return "moved";
  // A page that sends the last digit's form by itself is not to get it twice.
  if (holds(element) !== "nothing" && departure.happened()) return "ok";
  departure.ignore();
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup"]) {
    const init = { bubbles: true, composed: true, cancelable: true, button: 0, buttons: type.endsWith("down") ? 1 : 0 };
    dispatch(element, type.startsWith("pointer") ? new PointerEvent(type, { ...init, pointerType: "mouse", isPrimary: true }) : new MouseEvent(type, init));
    if (type === "mousedown" && isConnected(element)) focus(element as HTMLElement, { preventScroll: true });
    if (!isConnected(element)) return "ok";
    if (ways(element) !== where) return "moved";
  }
  click(element as HTMLElement);
  return "ok";
}

const ticked = (element: Element): boolean =>
  localName(element) === "input" ? (element as HTMLInputElement).checked : attribute(element, "aria-checked") === "true";

export function tick(element: Element | null, on: boolean): Ticked {
  if (!element || !isConnected(element)) return "gone";
  const box = localName(element) === "input" && ["checkbox", "radio"].includes((element as HTMLInputElement).type);
  if (!box && !["checkbox", "switch"].includes(attribute(element, "role"))) return "not-a-field";
  if (isDisabled(element)) return "disabled";
  const labels = box ? Array.from((element as HTMLInputElement).labels ?? []) : [];
  if (!usable(element) && !labels.some((label) => visible(label))) return "hidden";
  if (ticked(element) === on) return "ok";
  scrollTo(usable(element) ? element : (labels[0] ?? element), { block: "center", inline: "nearest", behavior: "instant" });
  click(element as HTMLElement);
  // A page that draws its own box may take the change a moment later; a native one has it now.
  return box && ticked(element) !== on ? "disabled" : "ok";
}
