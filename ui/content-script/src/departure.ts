// Whether a page has sent a form or gone elsewhere by itself since a field was filled: code fields do so at the last digit.

import { listen } from "./dom.ts";

interface Navigating extends Event {
  readonly destination: { readonly sameDocument: boolean };
}

export class Departure {
  #expected = false;
  #seen = false;

  constructor() {
    listen(window, "submit", (event) => {
      if (event.isTrusted) this.#note();
    }, { capture: true });
    // `form.submit()` and `location` tell nobody else. Not every engine has it.
    const { navigation } = window as unknown as { navigation?: EventTarget };
    if (navigation) listen(navigation, "navigate", (event) => {
      if (!(event as Navigating).destination.sameDocument) this.#note();
    });
  }

  #note(): void {
    if (this.#expected) this.#seen = true;
  }

  /** A field is about to be filled: from now on the page may go. */
  expect(): void {
    this.#expected = true;
    this.#seen = false;
  }

  /** What comes now is by a press of ours. */
  ignore(): void {
    this.#expected = false;
    this.#seen = false;
  }

  /** Whether the page went by itself; told once. */
  happened(): boolean {
    const seen = this.#seen;
    this.ignore();
    return seen;
  }
}
