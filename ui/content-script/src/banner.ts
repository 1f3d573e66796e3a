// Cookie banners: which controls belong to one that is in the way, and which of them agrees to the least.

import { attribute, composedParent, defaultView, localName, matches, ownerDocument, rectOf, select, styleOf, textOf } from "./dom.ts";
import type { Control } from "./controls.ts";
import { uncovered, visible } from "./layout.ts";
import { normalise } from "./match.ts";
import * as more from "./more-words.ts";
import type { Walk } from "./walk.ts";
import * as words from "./words.ts";

export interface Banner {
  controls: ReadonlySet<Control>;
  /** The one that leads past it with the least consent. */
  answer: Control;
  confidence: number;
}

const MAX_DEPTH = 15;
const MAX_TEXT = 4_000;

const isModal = (element: Element): boolean => attribute(element, "aria-modal") === "true" || (localName(element) === "dialog" && matches(element, ":modal"));

/** The dialog or the layer over the page that a control stands in. */
function layerOf(control: Control): Element | null {
  let at: Element | null = control.element;
  for (let depth = 0; at && depth < MAX_DEPTH; depth += 1, at = composedParent(at)) {
    if (localName(at) === "dialog" || /^(?:alert)?dialog$/.test(attribute(at, "role")) || isModal(at)) return at;
    if (["fixed", "sticky"].includes(styleOf(at).position)) return at;
  }
  return null;
}

function isBanner(layer: Element): boolean {
  if (select(layer, "input:not([type=checkbox]):not([type=radio]):not([type=hidden]),textarea").length > 0) return false;
  const text = textOf(layer, MAX_TEXT);
  return text.length < MAX_TEXT && more.cookies(normalise(text.slice(0, 600)));
}

/** Whether a layer keeps people from what is below it: `needed` are the elements that they would use there. */
function inTheWay(layer: Element, needed: readonly Element[]): boolean {
  if (isModal(layer)) return true;
  const document = ownerDocument(layer);
  const view = (document && defaultView(document)) ?? window;
  const rect = rectOf(layer);
  if (rect.width * rect.height >= 0.4 * view.innerWidth * view.innerHeight) return true;
  return needed.some((element) => {
    const { left, top, width, height } = rectOf(element);
    const inView = left + width / 2 < view.innerWidth && top + height / 2 < view.innerHeight && left >= 0 && top >= 0;
    return inView && !uncovered(element);
  });
}

/** The least consent first: refusing, closing, keeping a choice in which nothing was ticked, agreeing. */
function confidence(control: Control): number {
  const { text } = control;
  if (words.harmful(text)) return 0;
  if (more.leastConsent(text)) return 95;
  if (words.skip(text)) return 80;
  if (control.link) return 0;
  if (more.change(text) && !more.all(text)) return 60;
  return words.agree(text) || words.next(text) ? 50 : 0;
}

/** The cookie banner that is in the way, if there is one. */
export function bannerOf(found: Walk, controls: readonly Control[], inputs: readonly Element[]): Banner | null {
  if (!found.lines.some((line) => more.cookies(normalise(line.text)))) return null;
  const layers = new Map<Element, Control[]>();
  const below: Element[] = inputs.slice(0, 10);
  for (const control of controls) {
    const layer = layerOf(control);
    if (layer) layers.set(layer, [...(layers.get(layer) ?? []), control]);
    else if (control.button && below.length < 20) below.push(control.element);
  }
  for (const [layer, own] of layers) {
    if (!visible(layer) && !own.some((control) => visible(control.element))) continue;
    if (!isBanner(layer) || !inTheWay(layer, below)) continue;
    const [best] = own.map((control) => ({ control, sure: confidence(control) })).sort((a, b) => b.sure - a.sure);
    if (best && best.sure > 0) return { controls: new Set(own), answer: best.control, confidence: best.sure };
  }
  return null;
}
