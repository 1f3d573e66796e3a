/// <reference types="vite/client" />
/// <reference types="svelte" />

interface ImportMetaEnv {
  /** "1" in the build that carries the contract's suite. */
  readonly VITE_CONTRACT: string;
  readonly VITE_HOST: "tauri" | "mock";
}
