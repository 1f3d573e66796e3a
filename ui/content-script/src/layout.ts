// Whether a person could see and use an element, by layout alone.

import { attribute, composedParent, defaultView, fromPoint, isElement, localName, ownerDocument, rectOf, rendered, shadowFromPoint, shadowRoot, styleOf } from "./dom.ts";

/** How many ancestors are asked whether they clip an element away. */
const CLIP_DEPTH = 12;

const onPage = (element: Element): boolean => {
  const rect = rectOf(element);
  if (rect.width < 2 || rect.height < 2) return false;
  const document = ownerDocument(element);
  const view = (document && defaultView(document)) ?? window;
  // Left of or above the page's beginning nobody can scroll to; right and below one can.
  return rect.right + view.scrollX > 0 && rect.bottom + view.scrollY > 0 && rect.left + view.scrollX < 20_000;
};

const clippedAway = (element: Element): boolean => {
  let at = composedParent(element);
  for (let depth = 0; at && depth < CLIP_DEPTH; depth += 1, at = composedParent(at)) {
    const name = localName(at);
    if (name === "body" || name === "html" || name === "iframe") return false;
    const rect = rectOf(at);
    if (rect.width >= 2 && rect.height >= 2) continue;
    const style = styleOf(at);
    if (style.display !== "contents" && (style.overflow !== "visible" || style.clipPath !== "none")) return true;
  }
  return false;
};

/** Whether an element is drawn where one can see it. */
export const visible = (element: Element): boolean => rendered(element, { opacity: true }) && onPage(element) && !clippedAway(element);

/** Whether an element takes room and could be used, though it may be drawn by something else (a transparent input). */
export const usable = (element: Element): boolean => rendered(element, { opacity: false }) && onPage(element) && !clippedAway(element);

/** Whether the page keeps an input away from people on purpose: out of the tab order and out of the accessibility tree. */
export function concealed(element: Element): boolean {
  if (attribute(element, "tabindex") !== "-1") return false;
  let at: Element | null = element;
  for (let depth = 0; at && depth < 4; depth += 1, at = composedParent(at)) if (attribute(at, "aria-hidden") === "true") return true;
  return false;
}

/** The deepest element drawn at a point of the element's own frame. */
function at(element: Element, x: number, y: number): Element | null {
  const document = ownerDocument(element);
  let hit = document ? fromPoint(document, x, y) : null;
  for (let depth = 0; hit && depth < 10; depth += 1) {
    const shadow = shadowRoot(hit);
    const inner = shadow && shadowFromPoint(shadow, x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
}

/** Whether two elements are one inside the other, in the composed tree of one document. */
function related(a: Element, b: Element): boolean {
  for (const [outer, inner] of [[a, b], [b, a]] as const) {
    let node: Element | null = inner;
    for (let depth = 0; node && depth < 200; depth += 1, node = composedParent(node)) if (node === outer) return outer === a || depth <= 3;
  }
  return false;
}

/** Whether a person's pointer would reach an element, at one of several points of it. */
export function uncovered(element: Element): boolean {
  const rect = rectOf(element);
  const points: readonly [number, number][] = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75], [0.1, 0.5], [0.9, 0.5]];
  const seen = points.some(([fx, fy]) => {
    const hit = at(element, rect.left + rect.width * fx, rect.top + rect.height * fy);
    return hit !== null && related(element, hit);
  });
  if (!seen) return false;
  const document = ownerDocument(element);
  const frame = document && defaultView(document)?.frameElement;
  return !isElement(frame ?? null) || document === self.document ? true : uncovered(frame as Element);
}
