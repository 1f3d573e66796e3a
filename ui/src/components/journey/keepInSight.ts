/** Scrolls the list, and only the list, so far that its current item can be seen. */
export function keepInSight(list: HTMLElement): void {
  const item = list.querySelector("[aria-current]");
  if (!item) return;
  const [outer, inner] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  const shift = (start: number, end: number, from: number, to: number) => (start < from ? start - from : Math.max(0, end - to));
  list.scrollTop += shift(inner.top, inner.bottom, outer.top, outer.bottom);
  list.scrollLeft += shift(inner.left, inner.right, outer.left, outer.right);
}
