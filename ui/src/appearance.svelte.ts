// Light or dark: the system's choice unless the person made another one, kept on this computer.
export type Appearance = "system" | "light" | "dark";

const KEY = "rekey-appearance";
const isChoice = (value: string | null): value is Appearance => value === "system" || value === "light" || value === "dark";

function remembered(): Appearance {
  try {
    const value = localStorage.getItem(KEY);
    return isChoice(value) ? value : "system";
  } catch {
    return "system"; // no storage here: the choice lasts as long as the window
  }
}

class AppearanceChoice {
  #current = $state<Appearance>(remembered());

  get current(): Appearance {
    return this.#current;
  }

  choose(value: Appearance): void {
    this.#current = value;
    this.apply();
    try {
      localStorage.setItem(KEY, value);
    } catch {
      // as above
    }
  }

  apply(): void {
    const root = document.documentElement;
    if (this.#current === "system") delete root.dataset.appearance;
    else root.dataset.appearance = this.#current;
  }
}

export const appearance = new AppearanceChoice();
