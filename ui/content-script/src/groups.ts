// Which inputs and controls belong together: a form, a part of a page-wide form, or a group that has no form at all.

import { composedParent, contains, localName } from "./dom.ts";
import { aside, type Control } from "./controls.ts";
import { hasToken, type Input } from "./inputs.ts";

export interface Group {
  /** The form, or the smallest element around the inputs and the control that sends them. */
  root: Element;
  inputs: Input[];
  controls: Control[];
  /** Segmented code cells, where the group has them. */
  cells: Input[];
}

const CLIMB = 25;

/** The smallest ancestor of an input, inside `limit`, that holds one of the controls. */
function around(input: Input, controls: readonly Control[], limit: Element | null): Element {
  let at: Element = input.element;
  for (let depth = 0; depth < CLIMB; depth += 1) {
    const parent = composedParent(at);
    if (!parent || at === limit || ["body", "html"].includes(localName(parent))) return at === input.element && parent ? parent : at;
    at = parent;
    if (controls.some((control) => contains(at, control.element))) return at;
  }
  return at;
}

/** Cells of one code: four or more inputs in a row that take one character each. */
function segments(inputs: readonly Input[]): Input[] {
  let run: Input[] = [];
  let best: Input[] = [];
  for (const input of inputs) {
    const single = (input.shape === "text" || input.shape === "password") && (input.maxLength === 1 || (run.length > 0 && run[0]?.maxLength === 1 && input.numeric));
    run = single ? [...run, input] : [];
    if (run.length > best.length) best = run;
  }
  const first = best[0];
  const lead = first && inputs[inputs.indexOf(first) - 1];
  // The first cell may take the whole code, so that a browser can put it there.
  if (lead && lead.shape === "text" && (lead.maxLength === best.length + 1 || (lead.maxLength !== 1 && hasToken(lead, "one-time-code")))) best.unshift(lead);
  return best.length >= 4 && best.length <= 10 ? best : [];
}

export function group(inputs: readonly Input[], controls: readonly Control[]): Group[] {
  const groups: Group[] = [];
  const put = (root: Element, input: Input): void => {
    let into = groups.find((g) => g.root === root);
    if (!into) groups.push((into = { root, inputs: [], controls: [], cells: [] }));
    into.inputs.push(input);
  };
  const plain = controls.filter((control) => !control.form && control.button && !control.minor);
  const main = plain.filter((control) => !aside(control));
  const loose = main.length > 0 ? main : plain;
  for (const input of inputs) {
    if (!input.form) {
      put(around(input, loose, null), input);
      continue;
    }
    const senders = controls.filter((control) => control.form === input.form && control.sends && !control.minor);
    const many = senders.length > 1 && inputs.filter((i) => i.form === input.form && (i.shape === "text" || i.shape === "password")).length > 2;
    put(many ? around(input, senders, input.form) : input.form, input);
  }
  merge(groups);
  for (const g of groups) g.cells = segments(g.inputs);
  for (const control of controls) {
    const holders = groups.filter((g) => (control.form !== null && control.form === g.root) || contains(g.root, control.element));
    const inner = holders.filter((g) => !holders.some((other) => other !== g && contains(g.root, other.root)));
    inner[0]?.controls.push(control);
  }
  return groups;
}

/** Joins a group without a password to one with a password that follows it closely, and nested groups to the outer one. */
function merge(groups: Group[]): void {
  for (let i = groups.length - 1; i >= 0; i -= 1) {
    const inner = groups[i];
    if (!inner || localName(inner.root) === "form") continue;
    const outer = groups.find((g) => g !== inner && contains(g.root, inner.root) && sameForm(g, inner));
    if (!outer) continue;
    const passwords = (g: Group): number => g.inputs.filter((input) => input.shape === "password").length;
    if (passwords(outer) > 0 && passwords(inner) > 0) continue;
    outer.inputs.push(...inner.inputs);
    groups.splice(i, 1);
  }
}

const sameForm = (a: Group, b: Group): boolean => a.inputs[0]?.form === b.inputs[0]?.form;
