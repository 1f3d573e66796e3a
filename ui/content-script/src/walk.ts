// One bounded walk over the composed tree: document order, into open shadow roots and frames of the same origin.

import { attribute, documentElement, firstChild, innerDocument, isElement, localName, nextSibling, nodeType, shadowRoot } from "./dom.ts";

/** Text that a reader sees as one line: the text nodes of one block, joined. */
export interface Line {
  block: Element;
  text: string;
}

/** What one walk found, each list in document order. */
export interface Walk {
  inputs: Element[];
  controls: Element[];
  headings: Element[];
  alerts: Element[];
  lists: Element[];
  frames: Element[];
  marked: Element[];
  lines: Line[];
  order: Map<Element, number>;
}

const MAX_NODES = 60_000;
const MAX_TEXT = 80_000;
const MAX_LINE = 400;
const SILENT = new Set(["script", "style", "noscript", "template", "head", "option", "textarea", "svg", "math", "canvas", "video", "audio"]);
const INLINE = new Set(["a", "abbr", "b", "bdi", "br", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"]);
const CONTROL_ROLES = new Set(["button", "link", "menuitem", "option"]);
const MARKED = /captcha|challenge|error|invalid|danger|alert|warning|success/i;

const isControl = (element: Element, name: string): boolean => {
  switch (name) {
    case "button":
    case "summary":
      return true;
    case "a":
      return attribute(element, "href") !== "" || attribute(element, "onclick") !== "" || attribute(element, "tabindex") !== "" || attribute(element, "role") !== "";
    case "input":
      return ["submit", "button", "image"].includes(attribute(element, "type").toLowerCase());
    case "label":
    case "form":
    case "body":
    case "html":
      return false;
    default:
      return CONTROL_ROLES.has(attribute(element, "role")) || attribute(element, "onclick") !== "" || attribute(element, "tabindex") === "0";
  }
};

const isInput = (element: Element, name: string): boolean =>
  name === "textarea" || name === "select" ||
  (name === "input" && !["hidden", "submit", "button", "image", "reset", "file", "range", "color"].includes(attribute(element, "type").toLowerCase())) ||
  ((attribute(element, "role") === "checkbox" || attribute(element, "role") === "switch") && name !== "input");

export function walk(document: Document): Walk {
  const found: Walk = { inputs: [], controls: [], headings: [], alerts: [], lists: [], frames: [], marked: [], lines: [], order: new Map() };
  let nodes = 0;
  let letters = 0;
  let line: Line | null = null;

  const text = (value: string, block: Element): void => {
    if (letters > MAX_TEXT || !/\S/.test(value)) return;
    if (line?.block !== block) {
      line = { block, text: "" };
      found.lines.push(line);
    }
    if (line.text.length < MAX_LINE) line.text += ` ${value.slice(0, MAX_LINE)}`;
    letters += value.length;
  };

  const keep = (list: Element[], element: Element): void => {
    list.push(element);
    found.order.set(element, nodes);
  };

  const visit = (element: Element, name: string): void => {
    const role = attribute(element, "role");
    if (isInput(element, name)) keep(found.inputs, element);
    else if (isControl(element, name)) keep(found.controls, element);
    if (/^h[1-6]$/.test(name) || name === "legend" || role === "heading") keep(found.headings, element);
    if (role === "alert" || role === "status" || name === "output" || attribute(element, "aria-live") === "assertive") keep(found.alerts, element);
    if (name === "ul" || name === "ol") keep(found.lists, element);
    if (name === "iframe") keep(found.frames, element);
    if (MARKED.test(attribute(element, "class")) || MARKED.test(attribute(element, "id"))) keep(found.marked, element);
  };

  // An explicit stack: a page may nest deeper than the engine's own stack allows.
  const stack: { next: Node | null; block: Element }[] = [];
  const root = documentElement(document);
  if (root) stack.push({ next: root, block: root });
  while (stack.length > 0 && nodes < MAX_NODES) {
    const top = stack[stack.length - 1];
    if (!top) break;
    const node = top.next;
    if (node === null) {
      stack.pop();
      continue;
    }
    top.next = nextSibling(node);
    nodes += 1;
    if (nodeType(node) === Node.TEXT_NODE) {
      text((node as Text).data, top.block);
      continue;
    }
    if (!isElement(node)) continue;
    const name = localName(node);
    visit(node, name);
    if (SILENT.has(name)) continue;
    const block = INLINE.has(name) ? top.block : node;
    stack.push({ next: firstChild(node), block });
    const shadow = shadowRoot(node);
    if (shadow) stack.push({ next: firstChild(shadow), block: node });
    const inner = innerDocument(node);
    const innerRoot = inner && documentElement(inner);
    if (innerRoot) stack.push({ next: innerRoot, block: innerRoot });
  }
  return found;
}
