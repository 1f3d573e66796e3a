// Whether a person could see and use an element, by layout alone.

import { attribute, composedParent, localName, ownerDocument, defaultView, rectOf, rendered, styleOf } from "./dom.ts";

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
