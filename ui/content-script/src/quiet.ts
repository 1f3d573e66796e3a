// Waits for the page to come to rest.

import { readyState } from "./dom.ts";

const WATCHED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["class", "style", "hidden", "disabled", "readonly", "type", "open", "href", "src", "aria-hidden", "aria-invalid", "aria-disabled", "aria-busy"],
};

/** Resolves once the document is complete and nothing in the given roots has changed for `ms` milliseconds. */
export function quiet(document: Document, roots: readonly Node[], ms: number): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (readyState(document) !== "complete") return wait();
        observer.disconnect();
        resolve();
      }, ms);
    };
    const observer = new MutationObserver(wait);
    for (const root of roots) observer.observe(root, WATCHED);
    wait();
  });
}
