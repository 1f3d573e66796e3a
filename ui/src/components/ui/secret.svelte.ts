// A field for a password. Its value stays in the input itself: here is only what may be shown about it.
export class SecretField {
  length = $state(0);
  shown = $state(false);
  caps = $state(false);
  #input: HTMLInputElement | null = null;

  attach = (input: HTMLInputElement): (() => void) => {
    this.#input = input;
    return () => {
      input.value = "";
      this.#input = null;
    };
  };

  typed = (): void => {
    this.length = [...(this.#input?.value ?? "")].length;
  };

  keyed = (event: KeyboardEvent): void => {
    this.caps = event.getModifierState("CapsLock");
  };

  /** Hands the value over and forgets it in the same moment. */
  take(): string {
    const value = this.#input?.value ?? "";
    this.clear();
    return value;
  }

  clear(): void {
    if (this.#input) this.#input.value = "";
    this.length = 0;
    this.shown = false;
  }

  equals(other: SecretField): boolean {
    return this.#input?.value === other.#input?.value;
  }

  focus(): void {
    this.#input?.focus();
  }
}
