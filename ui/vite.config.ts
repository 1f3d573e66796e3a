import { svelte } from "@sveltejs/vite-plugin-svelte";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { browserLaunch } from "./test/browser.mjs";


export default defineConfig(({ command, mode }) => ({
  base: "./",
  plugins: [svelte()],
  define: {
    // Only the app's own window has a Rust side; everywhere else the window talks to the one in memory.
    "import.meta.env.VITE_HOST": JSON.stringify(command === "serve" || mode === "preview" ? "mock" : "tauri"),
  },
  // The words live beside the Rust side's, outside this folder.
  server: { fs: { allow: [".", "../src-tauri/locales"] } },
  build: {
    outDir: mode === "preview" ? "dist-preview" : "dist",
    target: ["es2022", "safari16.4"],
    cssTarget: "safari16.4",
    // The window's policy allows neither inline scripts nor data: addresses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: browserLaunch() }),
      instances: [{ browser: "chromium", viewport: { width: 1100, height: 760 } }],
    },
  },
}));
