// Access to the DOM that a page cannot redirect. An isolated world has prototypes of its own, but named elements still
// shadow the properties of forms and documents there (`<input name="parentNode">`), so those are read by captured getters.

type Getter<T, R> = (self: T) => R;

function getter<T extends object, K extends keyof T>(prototype: T, name: K): Getter<T, T[K]> {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return (self) => (get ? (Reflect.apply(get, self, []) as T[K]) : self[name]);
}

function method<T extends object, A extends unknown[], R>(f: (this: T, ...args: A) => R): (self: T, ...args: A) => R {
  return (self, ...args) => Reflect.apply(f, self, args) as R;
}

export const nodeType = getter(Node.prototype, "nodeType");
export const parentNode = getter(Node.prototype, "parentNode");
export const firstChild = getter(Node.prototype, "firstChild");
export const nextSibling = getter(Node.prototype, "nextSibling");
export const isConnected = getter(Node.prototype, "isConnected");
export const ownerDocument = getter(Node.prototype, "ownerDocument");
export const rootNode = method(Node.prototype.getRootNode);
export const localName = getter(Element.prototype, "localName");
export const shadowRoot = getter(Element.prototype, "shadowRoot");
export const previousElement = getter(Element.prototype, "previousElementSibling");
export const nextElement = getter(Element.prototype, "nextElementSibling");
export const rawAttribute = method(Element.prototype.getAttribute);
export const matches = method(Element.prototype.matches as (this: Element, selectors: string) => boolean);
export const select = method(
  Element.prototype.querySelectorAll as (this: Element, selectors: string) => NodeListOf<Element>,
);
export const rectOf = method(Element.prototype.getBoundingClientRect);
export const documentElement = getter(Document.prototype, "documentElement");
export const defaultView = getter(Document.prototype, "defaultView");
export const activeElement = getter(Document.prototype, "activeElement");
export const readyState = getter(Document.prototype, "readyState");
export const titleOf = getter(Document.prototype, "title");
export const elementById = method(Document.prototype.getElementById);
export const fromPoint = method(Document.prototype.elementFromPoint);
export const shadowFromPoint = method(ShadowRoot.prototype.elementFromPoint);
export const execCommand = method(Document.prototype.execCommand);
export const dispatch = method(EventTarget.prototype.dispatchEvent);
export const listen = method(
  EventTarget.prototype.addEventListener as (
    this: EventTarget, type: string, listener: EventListener, options?: AddEventListenerOptions) => void,
);
export const unlisten = method(
  EventTarget.prototype.removeEventListener as (
    this: EventTarget, type: string, listener: EventListener, options?: EventListenerOptions) => void,
);
export const focus = method(HTMLElement.prototype.focus);
export const blur = method(HTMLElement.prototype.blur);
export const click = method(HTMLElement.prototype.click);
export const scrollTo = method(Element.prototype.scrollIntoView);
export const setInputValue = setter(HTMLInputElement.prototype);
export const setAreaValue = setter(HTMLTextAreaElement.prototype);
export const formAction = getter(HTMLFormElement.prototype, "action");
export const inputForm = getter(HTMLInputElement.prototype, "form");
export const inputAction = getter(HTMLInputElement.prototype, "formAction");
export const areaForm = getter(HTMLTextAreaElement.prototype, "form");
export const buttonForm = getter(HTMLButtonElement.prototype, "form");
export const buttonAction = getter(HTMLButtonElement.prototype, "formAction");
export const labelled = getter(HTMLLabelElement.prototype, "control");
const frameDocument = getter(HTMLIFrameElement.prototype, "contentDocument");
const checkVisibility = (Element.prototype as { checkVisibility?: Element["checkVisibility"] }).checkVisibility;

function setter<T extends { value: string }>(prototype: T): (self: T, value: string) => void {
  const set = Object.getOwnPropertyDescriptor(prototype, "value")?.set;
  return (self, value) => {
    if (set) Reflect.apply(set, self, [value]);
    else self.value = value;
  };
}

const fragmentSelect = method(DocumentFragment.prototype.querySelectorAll as (this: DocumentFragment, selectors: string) => NodeListOf<Element>);
const documentSelect = method(Document.prototype.querySelectorAll as (this: Document, selectors: string) => NodeListOf<Element>);

/** Every element of a document or a shadow root. */
export const elementsOf = (root: Document | ShadowRoot): Iterable<Element> =>
  nodeType(root) === Node.DOCUMENT_NODE ? documentSelect(root as Document, "*") : fragmentSelect(root as ShadowRoot, "*");

/** What a selector finds under the root of a tree, in document order. */
export function selectIn(root: Node, selector: string): Element[] {
  const type = nodeType(root);
  if (type === Node.DOCUMENT_NODE) return Array.from(documentSelect(root as Document, selector));
  return Array.from(type === Node.DOCUMENT_FRAGMENT_NODE ? fragmentSelect(root as DocumentFragment, selector) : select(root as Element, selector));
}

/** The text inside an element, scripts and styles left out, at most about `most` characters. */
export function textOf(element: Element, most: number): string {
  let text = "";
  let node: Node | null = firstChild(element);
  for (let steps = 0; node && node !== element && text.length < most && steps < 2_000; steps += 1) {
    const type = nodeType(node);
    if (type === Node.TEXT_NODE) text += (node as Text).data.slice(0, 4 * most).replace(/\s+/g, " ");
    const silent = isElement(node) && ["script", "style", "noscript", "template", "svg"].includes(localName(node));
    let next: Node | null = type === Node.ELEMENT_NODE && !silent ? firstChild(node) : null;
    if (isElement(node) && !next) text += " ";
    while (!next && node && node !== element) {
      next = nextSibling(node);
      if (!next) node = parentNode(node);
    }
    node = next;
  }
  return text.slice(0, most);
}

/** An attribute's value, or "". */
export const attribute = (element: Element, name: string): string => rawAttribute(element, name) ?? "";

export const isElement = (node: Node | null): node is Element => node !== null && nodeType(node) === Node.ELEMENT_NODE;

/** The parent in the composed tree: out of a shadow root to its host, out of a same-origin frame to its iframe. */
export function composedParent(node: Node): Element | null {
  const parent = parentNode(node);
  if (parent === null) return null;
  if (isElement(parent)) return parent;
  if (nodeType(parent) === Node.DOCUMENT_FRAGMENT_NODE) return (parent as ShadowRoot).host ?? null;
  if (nodeType(parent) !== Node.DOCUMENT_NODE) return null;
  try {
    return defaultView(parent as Document)?.frameElement ?? null;
  } catch {
    return null; // the parent frame is of another origin
  }
}

/** Whether `outer` is `inner` or one of its composed ancestors. */
export function contains(outer: Element, inner: Element): boolean {
  for (let at: Element | null = inner; at; at = composedParent(at)) if (at === outer) return true;
  return false;
}

/** The document in an iframe, where it has this document's own origin (and not merely a shared `document.domain`). */
export function innerDocument(element: Element): Document | null {
  if (localName(element) !== "iframe") return null;
  try {
    const inner = frameDocument(element as HTMLIFrameElement);
    const view = inner && defaultView(inner);
    return view && (view as Window & { origin: string }).origin === self.origin ? inner : null;
  } catch {
    return null;
  }
}

/** `checkVisibility` with opacity as asked; where it is missing, the same by computed style. */
export function rendered(element: Element, minding: { opacity: boolean }): boolean {
  if (checkVisibility) {
    const options = { checkVisibilityCSS: true, visibilityProperty: true, checkOpacity: minding.opacity, opacityProperty: minding.opacity };
    return Reflect.apply(checkVisibility, element, [options]) as boolean;
  }
  if (styleOf(element).visibility !== "visible") return false;
  for (let at: Element | null = element; at; at = composedParent(at)) {
    const style = styleOf(at);
    if (style.display === "none" || (minding.opacity && style.opacity === "0")) return false;
  }
  return true;
}

export function styleOf(element: Element): CSSStyleDeclaration {
  const document = ownerDocument(element);
  const view = (document && defaultView(document)) ?? window;
  return view.getComputedStyle(element);
}
