// Serves a built window as the app does: with its policy, and with a frozen `Object.prototype` before any script.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { csp } = JSON.parse(readFileSync(at("../../tauri.conf.json"), "utf8")).app.security;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

export async function serve(folder) {
  const root = at(`../${folder}`);
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    if (path === "/favicon.ico") return response.writeHead(204).end(); // every browser asks, no window does
    try {
      const body = readFileSync(join(root, path === "/" ? "index.html" : path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html", "content-security-policy": csp }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** A page that writes down every violation of the policy and every error. */
export async function openWindow(browser, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 760 }, ...options });
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.stack ?? String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.addInitScript(() => {
    Object.freeze(Object.prototype);
  });
  return { page, complaints };
}
