"""Runs pages in an installed Chromium, each with a script before its own: one JSON object in, one out.

Job: {"browser": {"path", "sandbox"}, "script": address, "pages": [address]}; each page leaves its
results in window.__results when it is done. Result: {address: results}."""

from __future__ import annotations

import json
import sys
import urllib.request

from playwright.sync_api import sync_playwright

# Milliseconds.
PATIENCE = 60_000

RESULTS = """async () => {
  while (window.__results === undefined) await new Promise(resolve => setTimeout(resolve, 20));
  return window.__results;
}"""


def main() -> None:
    job = json.load(sys.stdin)
    with urllib.request.urlopen(job["script"]) as answer:
        script = answer.read().decode()
    results = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=job["browser"]["path"],
            chromium_sandbox=job["browser"]["sandbox"],
            # Pages of this computer may speak to the host on this computer.
            args=[
                "--disable-component-update",
                "--no-first-run",
                "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
            ],
        )
        for address in job["pages"]:
            context = browser.new_context()
            context.set_default_timeout(PATIENCE)
            context.add_init_script(script=script)
            page = context.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(address)
            try:
                results[address] = page.evaluate(RESULTS)
            except Exception as error:
                results[address] = {"the page": f"{error} {errors}"}
            context.close()
        browser.close()
    json.dump(results, sys.stdout)


main()
