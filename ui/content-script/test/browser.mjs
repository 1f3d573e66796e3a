// Opens pages in a real Chromium with the content script in an isolated world of every document, as the app does.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const BUNDLE = fileURLToPath(new URL("../../../src-tauri/crates/browser/src/content/content_script.js", import.meta.url));
const WORLD = "rekey";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** A page whose `reader(expression)` evaluates in the isolated world of the top document. */
export async function openReader(context) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  let world = null;
  const { frameTree } = await cdp.send("Page.getFrameTree");
  cdp.on("Runtime.executionContextCreated", ({ context: created }) => {
    if (created.name === WORLD && created.auxData?.frameId === frameTree.frame.id) world = created.uniqueId;
  });
  await cdp.send("Page.enable");
  await cdp.send("Runtime.enable");
  await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: readFileSync(BUNDLE, "utf8"), worldName: WORLD });
  const evaluate = async (expression) => {
    const answer = await cdp.send("Runtime.evaluate", { expression, uniqueContextId: world, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value;
  };
  const call = (name, ...args) => evaluate(`rekeyReader.${name}(${args.map((arg) => JSON.stringify(arg)).join(",")})`);
  /** As the host does: asks where it leads, agrees to it, and acts. */
  const fill = async (element, value) => call("fill", element, value, (await call("target", element))?.ways ?? "", true);
  const press = async (element) => call("press", element, (await call("target", element))?.ways ?? "");
  /** A property of what a selector finds (`a >> b`: b inside the shadow root or the frame a). */
  const property = (selector, name) => evaluate(`(() => {
    let at = document;
    for (const part of ${JSON.stringify(selector)}.split(" >> ")) {
      const root = at.contentDocument ?? at.shadowRoot ?? at;
      at = (root.nodeType === 9 ? Document : root.nodeType === 11 ? DocumentFragment : Element).prototype.querySelector.call(root, part);
    }
    return at[${JSON.stringify(name)}];
  })()`);
  return { page, cdp, evaluate, call, fill, press, property };
}
