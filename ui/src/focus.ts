// Where the keyboard stands after the screen changed.
let first = true;

/** For a screen's heading: takes the focus, except on the very first screen, where nothing was left behind. */
export function landing(heading: HTMLElement): void {
  if (!first && !document.querySelector("[role=alertdialog]")) heading.focus({ preventScroll: true });
  if (!first) window.scrollTo(0, 0);
  first = false;
}

/** For a part whose members go once they are answered: the keyboard then stands at its heading instead of nowhere. */
export function keeping(part: HTMLElement): () => void {
  let last: Element | null = null;
  const note = (event: FocusEvent): void => void (last = event.target as Element);
  const observer = new MutationObserver(() => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    part.querySelector<HTMLElement>("[data-fallback]")?.focus({ preventScroll: true });
  });
  part.addEventListener("focusin", note);
  observer.observe(part, { childList: true, subtree: true });
  return () => {
    part.removeEventListener("focusin", note);
    observer.disconnect();
  };
}
