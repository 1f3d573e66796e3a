// The reader as a candidate of a form-labelling harness: `window.__classify()` gives elements with their roles.

import { read, type Table } from "../src/read.ts";
import type { FieldRole } from "../src/reading.ts";

const ROLES: Partial<Record<FieldRole, string>> = {
  "user-name": "username",
  "current-password": "current-password",
  "new-password": "new-password",
  "one-time-code": "one-time-code",
};

interface Item {
  element: Element;
  role: string;
}

function classify(): { items: Item[]; page: "login" | "signup" | null } {
  const elements: Element[] = [];
  const forms: Element[] = [];
  const index = (list: Element[], element: Element): number => {
    const at = list.indexOf(element);
    return at >= 0 ? at + 1 : list.push(element);
  };
  const table: Table = { number: (element) => index(elements, element), form: (root) => index(forms, root), cells: () => undefined };
  const reading = read(document, {}, table);
  const items: Item[] = [];
  const put = (number: number, role: string | undefined): void => {
    const element = elements[number - 1];
    if (element && role) items.push({ element, role });
  };
  for (const field of reading.fields) put(field.element, ROLES[field.role]);
  const seen = new Set<number>();
  for (const action of reading.actions) {
    if (action.role !== "submit" || seen.has(action.form)) continue;
    seen.add(action.form);
    put(action.element, "submit");
  }
  const page = ["sign-in", "second-factor", "reauthentication"].includes(reading.kind) ? "login" : ["sign-up", "change-password"].includes(reading.kind) ? "signup" : null;
  return { items, page };
}

Object.assign(window, { __classify: classify });
