// Where a form would send what is in it. The host decides whether that may be; what is said here is read from the
// browser's own view of the form, past any element that is named like one of its properties.

import { areaForm, buttonAction, buttonForm, composedParent, formAction, inputAction, inputForm, labelled, localName, rawAttribute, rootNode, selectIn } from "./dom.ts";

/** One way of sending a form. */
interface Way {
  /** The address as the browser resolves it, `<base>` included; null for the form's own document. */
  action: string | null;
  /** Whether the page itself says `get`, which makes what is sent a part of the address. A form that says nothing
   *  counts as one that its page's script sends: that is how applications write them. */
  get: boolean;
}

/** What a form holds that Rekey filled in, or that is a password. */
export type Holds = "nothing" | "name" | "secret";

/** The fields that Rekey filled in, and whether with a secret. */
const filled = new WeakMap<Element, boolean>();

export const remember = (element: Element, secret: boolean): void => {
  filled.set(element, secret);
};

const MOST_PARENTS = 200;

function formOf(element: Element): HTMLFormElement | null {
  try {
    switch (localName(element)) {
      case "input": return inputForm(element as HTMLInputElement);
      case "textarea": return areaForm(element as HTMLTextAreaElement);
      case "button": return buttonForm(element as HTMLButtonElement);
      default: return null;
    }
  } catch {
    return null; // named like one of them, in another namespace
  }
}

const submits = (element: Element): boolean =>
  ["button", "input"].includes(localName(element)) && ["submit", "image"].includes((element as HTMLButtonElement).type) && formOf(element) !== null;

const isField = (element: Element): boolean => ["input", "textarea"].includes(localName(element)) && !submits(element);

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm (steps 10 to 13) */
function way(form: HTMLFormElement, submitter: Element | null): Way {
  const own = submitter && rawAttribute(submitter, "formaction");
  const stated = own ?? rawAttribute(form, "action") ?? "";
  const resolved = (): string => {
    if (submitter && typeof own === "string") return localName(submitter) === "button" ? buttonAction(submitter as HTMLButtonElement) : inputAction(submitter as HTMLInputElement);
    return formAction(form);
  };
  const method = (submitter && rawAttribute(submitter, "formmethod")) ?? rawAttribute(form, "method") ?? "";
  return { action: /^[\t\n\f\r ]*$/.test(stated) ? null : resolved(), get: method.toLowerCase() === "get" };
}

const members = (form: HTMLFormElement, selector: string): Element[] =>
  selectIn(rootNode(form), selector).filter((element) => formOf(element) === form);

/** The control that a press on an element would send a form with. */
function submitterAt(element: Element): Element | null {
  // A field in the label of a control is not that control.
  if (isField(element)) return null;
  let at: Element | null = element;
  for (let depth = 0; at && depth < MOST_PARENTS; depth += 1, at = composedParent(at)) {
    const control: Element | null = localName(at) === "label" ? labelled(at as HTMLLabelElement) : at;
    if (control && submits(control)) return control;
  }
  return null;
}

/** The ways in which the form of a field may be sent, or the one in which a control sends its form, the likeliest first;
 *  as text, so that two moments compare. */
export function ways(element: Element): string {
  const submitter = submitterAt(element);
  if (submitter) return JSON.stringify([way(formOf(submitter) as HTMLFormElement, submitter)]);
  const form = isField(element) ? formOf(element) : null;
  if (!form) return "[]";
  const all = members(form, "button,input").filter(submits).map((control) => JSON.stringify(way(form, control)));
  // The first of them is what the return key presses; and a script may send the form without any.
  return `[${[...new Set([...all, JSON.stringify(way(form, null))])].join(",")}]`;
}

/** What the form that a control sends holds. */
export function holds(element: Element): Holds {
  const submitter = submitterAt(element);
  const form = submitter && formOf(submitter);
  if (!form) return "nothing";
  let most: Holds = "nothing";
  for (const field of members(form, "input,textarea")) {
    const input = field as HTMLInputElement;
    if (filled.get(field) === true || (localName(field) === "input" && input.type === "password" && input.value !== "")) return "secret";
    if (filled.has(field)) most = "name";
  }
  return most;
}
