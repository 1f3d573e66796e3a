// A long list is drawn as far as one has scrolled: a vault may hold thousands of accounts.
const STEP = 100;

export class Growing {
  limit = $state(STEP);

  /** For an element behind the list's last row. */
  end = (sentinel: HTMLElement): (() => void) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.limit += STEP;
    }, { rootMargin: "800px" });
    observer.observe(sentinel);
    return () => observer.disconnect();
  };

  first<Item>(items: Item[], atLeast = 0): Item[] {
    return items.slice(0, Math.max(this.limit, atLeast));
  }
}
