// Where the keyboard stands after the screen changed.
let first = true;

/** For a screen's heading: takes the focus, except on the very first screen, where nothing was left behind. */
export function landing(heading: HTMLElement): void {
  if (!first && !document.querySelector("[role=alertdialog]")) heading.focus({ preventScroll: true });
  if (!first) window.scrollTo(0, 0);
  first = false;
}
