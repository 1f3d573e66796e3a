// The contract for the app's own window: the window's tests put this into the real page, over the real Rust side.
import { contract } from "../src/host/contract";
import { tauriHost } from "../src/host/tauri";

/** Resolves with what was proven, or with the first promise that the host broke. */
export const run = (): Promise<unknown> => contract(tauriHost).catch((broken: unknown) => ({ broken: String(broken) }));
