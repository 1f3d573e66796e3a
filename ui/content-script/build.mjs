// Bundles the content script. The result is committed, so it must depend on nothing but the sources and the locked
// version of esbuild: no date, no path, no minifying (people should be able to read what is injected into sites).
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const shared = {
  absWorkingDir: at("."),
  bundle: true,
  format: "iife",
  target: ["chrome115", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

await build({
  ...shared,
  entryPoints: ["src/index.ts"],
  outfile: at("../../src-tauri/crates/browser/src/content/content_script.js"),
  banner: { js: "// Made by `npm run build:content-script` from ui/content-script/src. Do not edit." },
});

if (process.argv.includes("--bench")) {
  await build({ ...shared, entryPoints: ["bench/classify.ts"], outfile: at("../dist/classify.js") });
}
