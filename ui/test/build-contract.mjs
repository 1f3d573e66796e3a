// Bundles the contract for the app's own window.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
await build({
  absWorkingDir: at("."),
  entryPoints: ["contract-in-window.ts"],
  outfile: at("../dist-contract/contract.js"),
  bundle: true,
  format: "iife",
  globalName: "rekeyContract",
  target: "safari16.4",
  define: { "import.meta.env.VITE_HOST": '"tauri"' },
  logLevel: "warning",
});
