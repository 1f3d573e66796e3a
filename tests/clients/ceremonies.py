"""Cases of python-fido2's client: each is data (`cases/*.json`), played step by step."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Callable

from fido2.client import ClientError

import tamper
from authenticator import Authenticator, Knobs
from client import Client, reason
from visitor import Account, Answer, Browser, Broken

Json = dict[str, Any]


@dataclass
class Ceremony:
    """Where one of the two ceremonies stands in the site's API."""

    options: str
    answer: str


CREATE = Ceremony("/passkeys/register/options", "/passkeys/register")
GET = Ceremony("/passkeys/sign-in/options", "/passkeys/sign-in")
CEREMONIES = {"create": CREATE, "get": GET}


# Recovery codes on the page that shows them.
RECOVERY_CODE = re.compile(r"<code>([^<]+)</code>")


class Unexpected(Exception):
    """Something that a case stands on did not work, so it says nothing."""


def offered(options: Json) -> Json:
    """What the test looks at of options: which credentials a sign-in may use, and which attestation is asked for."""
    allowed = [entry["id"] for entry in options.get("allowCredentials") or []]
    return {"allowed": allowed, "attestation": options.get("attestation")}


@dataclass
class Clock:
    """The site's clock: it stands still until it is set."""

    now: int
    advance_site: Callable[[int], None]

    def advance(self, seconds: int) -> None:
        self.advance_site(seconds)
        self.now += seconds


@dataclass
class Play:
    """One case on its way."""

    case: Json
    origin: str
    accounts: list[Account]
    clock: Clock
    authenticator: Authenticator = field(init=False)
    browsers: dict[str, Browser] = field(default_factory=dict)
    # By user name: ids of the passkeys that the site took, and how often one signed in.
    made: dict[str, list[str]] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    signed_in_as: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.authenticator = Authenticator(Knobs(**self.case.get("device", {})))

    def run(self) -> Json:
        """What was seen of the case's steps, and whether the site still works afterwards."""
        seen: Json = {"case": self.case["name"], "users": [account.user_name for account in self.accounts]}
        try:
            self._given(self.case["given"])
            seen["steps"] = [self._step(step) for step in self.case["steps"]]
            seen["signed_in"] = self.browser("a").get("/account").status == 200
            self._after(self.case.get("after", self._usual_end()))
        except (Unexpected, Broken) as error:
            seen["failed"] = str(error)
        seen["made"], seen["used"] = self.made, self.used
        for browser in self.browsers.values():
            browser.close()
        return seen

    def browser(self, name: str) -> Browser:
        """The browser of this name; a new one opens the sign-in page."""
        if name not in self.browsers:
            self.browsers[name] = Browser(self.origin, self.case.get("language", "en"))
            self.browsers[name].get("/login")
        return self.browsers[name]

    # What a case begins with.

    def _given(self, given: str) -> None:
        if given == "anonymous":
            self.browser("a")
        elif given == "signed-in":
            self._sign_in("a", 0)
        elif given == "ready":
            self._ready("a", 0)
        elif given == "passkey":
            self._ready("maker", 0)
            self._create_well("maker", self.authenticator)
            self.browser("a")
        else:
            raise Unexpected(f"given {given}?")

    def _sign_in(self, name: str, account: int) -> None:
        browser, person = self.browser(name), self.accounts[account]
        if person.totp:
            self.clock.advance(30)
        answer = person.sign_in(browser, self.clock.now)
        if answer.location != "/account":
            raise Unexpected(f"signing in with the password: {answer.status} {answer.location}")
        self.signed_in_as[name] = person.user_name

    def _ready(self, name: str, account: int) -> None:
        self._sign_in(name, account)
        self._confirm(name, account)

    def _confirm(self, name: str, account: int) -> None:
        answer = self.accounts[account].confirm(self.browser(name))
        if answer.location != "/account/passkeys/new":
            raise Unexpected(f"confirming the password: {answer.status} {answer.location}")

    # Steps.

    def _step(self, step: Json) -> Json:
        kind = step["do"]
        name = step.get("browser", "a")
        if kind in CEREMONIES:
            return self._ceremony(step, CEREMONIES[kind])
        if kind == "turn":
            self.authenticator.turn(**step["authenticator"])
            return {}
        if kind == "ready":
            self._ready(name, step.get("account", 0))
            return {}
        if kind == "advance":
            self.clock.advance(step["seconds"])
            return {}
        if kind == "new-authenticator":
            self.authenticator = Authenticator(Knobs(**step.get("authenticator", {})))
            return {}
        if kind == "open":
            address = self.origin.removeprefix("http://")
            self.browsers[name] = Browser(self._here(step)["origin"], self.case.get("language", "en"), address)
            return self.browsers[name].get("/login").seen()
        if kind == "page":
            return self._page(self.browser(name).get(self._filled(step["path"])))
        if kind == "options":
            answer = self.browser(name).script(CEREMONIES[step["of"]].options, self._named(step["wish"]))
            body = answer.json() or {}
            return {**answer.seen(), "options": offered(body.get("publicKey") or {})}
        if kind == "form":
            return self._form(step, self.browser(name))
        raise Unexpected(f"do {kind}?")

    def _page(self, answer: Answer) -> Json:
        body = answer.json()
        origins = body.get("origins", []) if isinstance(body, dict) else []
        port = self.origin.rsplit(":", 1)[1]
        return {**answer.seen(), "origins": [origin.replace(port, "{port}") for origin in origins]}

    def _form(self, step: Json, browser: Browser) -> Json:
        """Sends a form of a page, and keeps the recovery codes that the answer shows. A form that `removes` takes the
        passkey made last away."""
        if "page" in step:
            browser.get(step["page"])
        answer = browser.form(self._filled(step["path"]), self._named(step.get("fields", {})))
        self.codes = RECOVERY_CODE.findall(answer.text) or self.codes
        if step.get("removes") and answer.status == 303:
            for ids in self.made.values():
                ids[:] = [one for one in ids if one != self._passkey()]
        return answer.seen()

    def _passkey(self) -> str:
        """The id of the passkey made last."""
        return tamper.encode(self.authenticator.passkeys[-1].id) if self.authenticator.passkeys else ""

    def _filled(self, path: str) -> str:
        return path.replace("{passkey}", self._passkey())

    def _named(self, texts: Json) -> Json:
        """With the account's user name and password for `{user}` and `{password}`, the id of the passkey made last for
        `{passkey}`, and the first recovery code for `{code}`."""
        person = self.accounts[0]
        known = {
            "{user}": person.user_name,
            "{other user}": self.accounts[-1].user_name,
            "{password}": person.password,
            "{passkey}": self._passkey(),
            "{code}": self.codes[0] if self.codes else "",
        }
        return {name: known.get(text, text) for name, text in texts.items()}

    def _post(self, browser: Browser, path: str, request: Json, body: Any) -> Answer:
        """Posts as a page's script does, except where `request` says otherwise."""
        if "body" in request:
            body = request["body"]
        if "text" in request:
            body = request["text"].encode() * request.get("times", 1)
        if "padding" in request:
            body = {**(body or {}), "padding": "x" * request["padding"]}
        return browser.script(path, body if body is not None else {}, self._here(request.get("headers", {})))

    def _ceremony(self, step: Json, ceremony: Ceremony) -> Json:
        asking = self.browser(step.get("options_by", step.get("browser", "a")))
        default = {"name": "Test key"} if ceremony is CREATE else {}
        wish = self._named(step.get("wish", default))
        answer = self._post(asking, ceremony.options, step.get("options_request", {}), wish)
        body = answer.json()
        if answer.status != 200 or not isinstance(body, dict) or "publicKey" not in body:
            return {**answer.seen(), "stage": "options"}
        options = {**body["publicKey"], **step.get("options", {})}
        name = step.get("answer_by", step.get("browser", "a"))
        # A challenge of its own, which this is the answer to, or is not.
        if own := step.get("own_challenge") or step.get("challenge_of"):
            other = self.browser(name).script(CEREMONIES[own].options, {}).json() or {}
            if "challenge_of" in step:
                options["challenge"] = other["publicKey"]["challenge"]
        given = offered(options)

        usual = self.authenticator.knobs
        self.authenticator.turn(**step.get("authenticator", {}))
        client = Client(self.authenticator, asking.origin)
        try:
            make = client.create if ceremony is CREATE else client.get
            credential = make(options, self._here(step.get("client", {})))
        except ClientError as error:
            return {"client_error": reason(error), "options": given}
        finally:
            self.authenticator.knobs = usual
        credential = tamper.apply(credential, self._changes(step.get("tamper", [])))
        for between in step.get("between", []):
            self._step(between)

        for repeated in range(step.get("replays", 0) + 1):
            if repeated:
                # A sign-in gave the session another token.
                self.browser(name).get("/account")
            answer = self._post(self.browser(name), ceremony.answer, step.get("request", {}), credential)
            if wish.get("purpose") != "confirm":
                self._count(ceremony, name, credential, answer)
        return {**answer.seen(), "stage": "answer", "options": given}

    def _here(self, texts: Json) -> Json:
        """With the site's port for `{port}`."""
        port = self.origin.rsplit(":", 1)[1]
        return {name: text.replace("{port}", port) if isinstance(text, str) else text for name, text in texts.items()}

    def _changes(self, changes: list[Json]) -> list[Json]:
        """With the user handle of the case's second account for `{other handle}`."""
        return [
            {**change, "value": self._other_handle()} if change.get("value") == "{other handle}" else change
            for change in changes
        ]

    def _other_handle(self) -> str:
        self._ready("other", 1)
        options = self.browser("other").script(CREATE.options, {"name": "Other"}).json()
        return options["publicKey"]["user"]["id"]

    def _count(self, ceremony: Ceremony, name: str, credential: Json, answer: Answer) -> None:
        if answer.status != 200:
            return
        if ceremony is CREATE:
            self.made.setdefault(self.signed_in_as[name], []).append(credential["id"])
        elif (answer.json() or {}).get("location") == "/account":
            owner = next((user for user, ids in self.made.items() if credential["id"] in ids), "")
            self.used[owner] = self.used.get(owner, 0) + 1
            self.signed_in_as[name] = owner

    # Afterwards the site must work as before.

    def _usual_end(self) -> str:
        return {"ready": "create", "passkey": "get"}.get(self.case["given"], "all")

    def _after(self, end: str) -> None:
        if end == "all":
            # A browser without a session, because the case's own may be signed in or not.
            self._ready("later", 0)
            self._create_well("later", Authenticator())
        elif end == "confirm":
            self._confirm("a", 0)
            self._create_well("a", Authenticator())
        elif end == "create":
            self._create_well("a", Authenticator())
        elif end == "use":
            self._get_well("visitor", self.authenticator)
        elif end == "get":
            self._get_well("a", self.authenticator)

    def _create_well(self, name: str, authenticator: Authenticator) -> None:
        """Makes a passkey in this browser, and signs in with it in another one."""
        options = self.browser(name).script(CREATE.options, {"name": "Good key"}).json()
        if not options or "publicKey" not in options:
            raise Unexpected(f"no options for a good passkey: {options}")
        credential = Client(authenticator, self.origin).create(options["publicKey"])
        answer = self.browser(name).script(CREATE.answer, credential)
        if answer.status != 200:
            raise Unexpected(f"a good passkey was refused: {answer.seen()}")
        self._count(CREATE, name, credential, answer)
        if authenticator is not self.authenticator:
            self._get_well("visitor", authenticator)

    def _get_well(self, name: str, authenticator: Authenticator) -> None:
        options = self.browser(name).script(GET.options, {}).json()
        if not options or "publicKey" not in options:
            raise Unexpected(f"no options for a good sign-in: {options}")
        credential = Client(authenticator, self.origin).get(options["publicKey"])
        answer = self.browser(name).script(GET.answer, credential)
        if answer.status != 200:
            raise Unexpected(f"a good sign-in was refused: {answer.seen()}")
        self._count(GET, name, credential, answer)
        if self.browser(name).get("/account").status != 200:
            raise Unexpected("a good sign-in does not open the account")
