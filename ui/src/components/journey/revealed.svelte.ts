// What is shown of a vault's field, and for how long.
const SECONDS = 10;

export class Revealed {
  field = $state<number | null>(null);
  text = $state("");
  seconds = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;
  #over = false;

  show(field: number, text: string): void {
    this.hide();
    if (document.hidden || this.#over) return;
    this.field = field;
    this.text = text;
    this.seconds = SECONDS;
    const end = performance.now() + SECONDS * 1000;
    this.#timer = setInterval(() => {
      this.seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      if (this.seconds === 0) this.hide();
    }, 250);
  }

  hide(): void {
    clearInterval(this.#timer);
    this.field = null;
    this.text = "";
  }

  /** What comes later is for nobody. */
  end = (): void => {
    this.#over = true;
    this.hide();
  };
}
