"""Cases of an installed Chromium: the site's real pages, clicked through, with the DevTools protocol's virtual
authenticator (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/)."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any, Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, Route, sync_playwright

from visitor import Account

Json = dict[str, Any]

# Milliseconds. A page that takes longer does not come.
PATIENCE = 30_000

# An authenticator of the computer itself whose user is always there and always verified.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

# What a ceremony's block says: the name of the message that it shows, and whether it leads to what happened.
LOOK = """block => {
  const alert = block.querySelector('[role=alert]');
  if (alert.hidden) return null;
  const message = alert.querySelector('[data-says]').textContent;
  const named = Object.entries(JSON.parse(block.dataset.words)).find(([, text]) => text === message);
  return { alert: named ? named[0] : 'server', message, explains: !alert.querySelector('[data-explain]').hidden };
}"""

# Keeps what a page tells password managers, and tells them nothing.
SIGNALS = """if (window.PublicKeyCredential) {
  window.signalled = {};
  for (const name of ['signalUnknownCredential', 'signalAllAcceptedCredentials', 'signalCurrentUserDetails']) {
    PublicKeyCredential[name] = async details => { window.signalled[name] = details; };
  }
}"""

# A browser that offers no passkeys in its fields' suggestions. Otherwise the virtual authenticator, whose user never
# hesitates, answers such a request as soon as the page makes it.
NO_SUGGESTIONS = """if (window.PublicKeyCredential) {
  PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  const capabilities = PublicKeyCredential.getClientCapabilities?.bind(PublicKeyCredential);
  if (capabilities) {
    PublicKeyCredential.getClientCapabilities = async () => ({ ...await capabilities(), conditionalGet: false });
  }
}"""


def play_all(job: Json, plays: list[tuple[Json, list[Account]]]) -> Iterator[Json]:
    """Plays each case in a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=job["browser"]["path"],
            chromium_sandbox=job["browser"]["sandbox"],
            # The tests' home and its caches belong to the tests.
            args=["--disable-component-update", "--no-first-run"],
        )
        for case, accounts in plays:
            yield Visit(case, job, accounts[0], browser).run()
        browser.close()


@dataclass
class Visit:
    """One case on its way."""

    case: Json
    job: Json
    account: Account
    browser: Browser
    errors: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    used: int = 0
    authenticator: str | None = None
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    devtools: CDPSession = field(init=False)

    def run(self) -> Json:
        seen: Json = {"case": self.case["name"]}
        self._open()
        try:
            seen["steps"] = [self._step(step) for step in self.case["steps"]]
            # By the browser's own cookies, beside the page.
            answer = self.context.request.get(f"{self.job['origin']}/account", max_redirects=0)
            seen["signed_in"] = answer.status == 200
        except Error as error:
            # What follows the first line tells what was typed.
            seen["failed"] = f"{error.message.splitlines()[0]} at {urlsplit(self.page.url).path}"
        finally:
            self.context.close()
        seen["errors"] = self.errors
        seen["made"] = {self.account.user_name: self.made}
        seen["used"] = {self.account.user_name: self.used}
        return seen

    def _open(self) -> None:
        locale = {"es": "es-ES"}.get(self.case.get("language", "en"), "en-GB")
        self.context = self.browser.new_context(base_url=self.job["origin"], locale=locale)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: self._console(line.type, line.text))
        device = self.case.get("device", {})
        if device.get("no_webauthn"):
            self.page.add_init_script("delete window.PublicKeyCredential")
        self.page.add_init_script(SIGNALS)
        if not device.get("suggests"):
            self.page.add_init_script(NO_SUGGESTIONS)
        self.devtools = self.context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        if not device.get("absent") and not device.get("no_webauthn"):
            self._plug_in(device.get("authenticator", {}))

    def _plug_in(self, differs: Json) -> None:
        options = {**AUTHENTICATOR, **differs}
        self.authenticator = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
            "authenticatorId"
        ]

    def _console(self, kind: str, text: str) -> None:
        # The browser itself notes every answer of 4xx; a refusal is one.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.errors.append(text)

    # Steps.

    def _step(self, step: Json) -> Json:
        kind = step["do"].replace("-", "_")
        seen = getattr(self, f"do_{kind}")(step) or {}
        language = self.page.locator("html").get_attribute("lang")
        return {"page": urlsplit(self.page.url).path, "language": language, **seen}

    def do_password(self, step: Json) -> None:
        """Signs in with user name and password on the one-page form, with a code where the site asks for one."""
        self.page.goto("/login")
        form = self.page.locator('form[action="/login"]')
        form.locator("[name=username]").fill(self.account.user_name)
        form.locator("[name=password]").fill(self.account.password)
        form.locator("[type=submit]").click()
        self.page.wait_for_url(lambda url: urlsplit(url).path in ("/account", "/verify/code"))
        if self.page.url.endswith("/verify/code"):
            code = self.page.locator('form[action="/verify/code"]')
            code.locator("[name=otp]").fill(self.account.code(self.job["now"]))
            code.locator("[type=submit]").click()
            self.page.wait_for_url("**/account")

    def do_add_passkey(self, step: Json) -> Json:
        """From the account to the page where a passkey is made, and the button there."""
        self.page.goto("/account")
        self.page.locator('main a[href="/account/passkeys/new"]').click()
        self._confirm("**/account/passkeys/new")
        form = self.page.locator('[data-ceremony="create"]')
        if "name" in step:
            form.locator("[name=name]").fill(step["name"])
        form.locator("[type=submit]").click()
        seen = self._outcome('[data-ceremony="create"]')
        if "alert" not in seen:
            self.made.append(self._newest())
            if "name" in step and not self.page.locator("main").get_by_text(step["name"]).count():
                self.errors.append("the new passkey is not listed by its name")
        return seen

    def do_sign_out(self, step: Json) -> None:
        self.page.locator('form[action="/sign-out"] [type=submit]').click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == "/")

    def do_use_passkey(self, step: Json) -> Json:
        """The passkey button of a sign-in page."""
        self.page.goto(step.get("at", "/login"))
        return self._use()

    def do_named_passkey(self, step: Json) -> Json:
        """The passkey button of the page that knows the user name already."""
        self.page.goto("/signin")
        form = self.page.locator('form[action="/signin"]')
        form.locator("[name=identifier]").fill(self.account.user_name)
        form.locator("[type=submit]").click()
        self.page.wait_for_url("**/signin/password")
        with self.page.expect_request("**/passkeys/sign-in/options") as options:
            seen = self._use()
        if options.value.post_data_json.get("userName") != self.account.user_name:
            self.errors.append("the options were asked for without the user name")
        return seen

    def _use(self) -> Json:
        self.page.locator('[data-ceremony="get"] > button').click()
        seen = self._outcome('[data-ceremony="get"]')
        if "alert" not in seen:
            self.used += 1
        return seen

    def do_rename(self, step: Json) -> None:
        """Gives the first passkey another name."""
        self.page.goto("/account")
        self.page.locator("details summary").first.click()
        form = self.page.locator('form[action="/account/passkeys/rename"]').first
        form.locator("[name=name]").fill(step["name"])
        form.locator("[type=submit]").click()
        self.page.get_by_role("status").wait_for()
        if self.page.locator("li .name").first.inner_text() != step["name"]:
            self.errors.append("the passkey is not listed by its new name")

    def do_remove(self, step: Json) -> None:
        """Takes the first passkey away, in two steps."""
        self.page.goto("/account")
        link = self.page.locator('main a[href^="/account/passkeys/"][href$="/remove"]').first
        removed = (link.get_attribute("href") or "").split("/")[3]
        link.click()
        self._confirm("**/remove")
        self.page.locator('form[action="/account/passkeys/remove"] [type=submit]').click()
        self.page.wait_for_url("**/account")
        self.made.remove(removed)

    def do_sign_out_everywhere(self, step: Json) -> None:
        self.page.goto("/account")
        self.page.locator('form[action="/account/sign-out-everywhere"] [type=submit]').click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == "/")

    def do_language(self, step: Json) -> None:
        """The link to the other language."""
        self.page.locator(f'header a[hreflang="{step["to"]}"]').click()
        self.page.locator(f'html[lang="{step["to"]}"]').wait_for()

    def do_open(self, step: Json) -> None:
        self.page.goto(step["path"])

    def do_explained(self, step: Json) -> Json:
        """How many steps of the last ceremony are explained beside the page."""
        return {"explained": self.page.locator("aside .explain-step").count()}

    def do_see_why(self, step: Json) -> Json:
        """From the alert of a ceremony to what happened in it."""
        self.page.locator("[data-explain] a").click()
        self.page.wait_for_url("**/explain")
        return {"explained": self.page.locator("main .explain-step").count()}

    def do_signals(self, step: Json) -> Json:
        """What the page told password managers, once it told all that is asked for."""
        self.page.wait_for_function("names => names.every(name => name in window.signalled)", arg=step["names"])
        return {"signals": self.page.evaluate("window.signalled")}

    def _confirm(self, then: str) -> None:
        """The page that was asked for, or the password first."""
        self.page.wait_for_url(lambda url: urlsplit(url).path != "/account")
        if self.page.url.endswith("/account/confirm"):
            form = self.page.locator('form[action="/account/confirm"]')
            form.locator("[name=password]").fill(self.account.password)
            form.locator("[type=submit]").click()
        self.page.wait_for_url(then)

    def do_use_passkey_from_the_field(self, step: Json) -> Json:
        """Opens a sign-in page and presses nothing: the passkey comes with the user name field's suggestions."""
        self.page.goto(step.get("at", "/login"))
        self.page.wait_for_url("**/account")
        self.used += 1
        return {}

    def do_user(self, step: Json) -> None:
        """Whether the person is recognised, or there at all, from now on."""
        for member, command, argument in (
            ("verified", "setUserVerified", "isUserVerified"),
            ("present", "setAutomaticPresenceSimulation", "enabled"),
        ):
            if member in step:
                argument_value = {"authenticatorId": self.authenticator, argument: step[member]}
                self.devtools.send(f"WebAuthn.{command}", argument_value)

    def do_another_authenticator(self, step: Json) -> None:
        """The one that was there goes, and its passkeys with it."""
        self.devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.authenticator})
        self._plug_in(step.get("authenticator", {}))

    def do_short_timeouts(self, step: Json) -> None:
        """Options arrive with a timeout of so many milliseconds instead of the site's."""

        def shorten(route: Route) -> None:
            response = route.fetch()
            body = response.json()
            body["publicKey"]["timeout"] = step["ms"]
            route.fulfill(response=response, json=body)

        self.page.route("**/options", shorten)

    # What came of a ceremony.

    def _outcome(self, block: str) -> Json:
        """Waits until the page shows a message or goes to the account."""
        self.page.wait_for_function(
            f"""() => {{
              if (location.pathname === '/account') return document.readyState === 'complete';
              const alert = document.querySelector('{block} [role=alert]');
              return alert && !alert.hidden;
            }}"""
        )
        if urlsplit(self.page.url).path == "/account":
            return {}
        found = self.page.locator(block)
        enabled = found.locator("button").first.is_enabled()
        return {**found.evaluate(LOOK), "button": "ready" if enabled else "disabled"}

    def _newest(self) -> str:
        """The id of the passkey that was made last, as the site writes it."""
        found = self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})["credentials"]
        known = set(self.made)
        ids = [base64.urlsafe_b64encode(base64.b64decode(one["credentialId"])).rstrip(b"=").decode() for one in found]
        return next((one for one in ids if one not in known), "")
