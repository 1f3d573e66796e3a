"""As much of a browser as the site needs: one connection, cookies, form tokens, the headers of a page's requests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import re
import socket
import struct
from dataclasses import dataclass
from typing import Any, Mapping
from urllib.parse import urlencode, urlsplit

META_TOKEN = re.compile(r'name="csrf-token" content="([^"]*)"')

# Seconds. The site hashes passwords on purpose slowly, and other tests may use the machine too.
PATIENCE = 30


@dataclass
class Answer:
    """One answer of the site."""

    status: int
    content_type: str
    location: str | None
    text: str

    def json(self) -> Any:
        """The body, or `None` where it is no JSON."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    def seen(self) -> dict[str, Any]:
        """What the test looks at. Holds no more of the body than the message for the person and the word for programs."""
        body = self.json()
        fields = body if isinstance(body, dict) else {}
        return {
            "status": self.status,
            "body": "empty" if not self.text else "json" if body is not None else "other",
            "content_type": self.content_type,
            "message": fields.get("message"),
            "code": fields.get("code"),
            "unknown": fields.get("unknownCredential"),
            "location": fields.get("location", self.location),
        }


class Broken(Exception):
    """The site closed the connection, or did not answer."""


class Browser:
    """One session with the site. `get` and `form` do what a person does, `script` what a page's script does."""

    def __init__(self, origin: str, language: str = "en", address: str | None = None):
        """`address` is the host and port to connect to, where it differs from the origin's."""
        self.origin = origin
        self.host = urlsplit(origin).netloc
        self.language = language
        self.token = ""
        self._address = urlsplit(f"//{address or self.host}")
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: Mapping[str, str | None] = {}) -> Answer:
        return self.send("GET", path, None, {"Origin": None, **headers})

    def form(self, path: str, fields: Mapping[str, str]) -> Answer:
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self.send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def script(self, path: str, body: Any, headers: Mapping[str, str | None] = {}) -> Answer:
        """Posts JSON; a header of `None` is left out, and bytes are sent as they are."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        own = {"Content-Type": "application/json", "X-CSRF-Token": self.token}
        return self.send("POST", path, raw, {**own, **headers})

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str | None]) -> Answer:
        """One request on the connection that is open, or on a new one where the site closed it between two requests."""
        all_headers = {
            "Host": self.host,
            "Origin": self.origin,
            "Accept-Language": self.language,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()) or None,
            **headers,
        }
        kept = self._connection is not None
        try:
            return self._exchange(method, path, body, all_headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError) as error:
            self.close()
            if not kept:
                raise Broken(repr(error)) from error
        except (http.client.HTTPException, OSError) as error:
            self.close()
            raise Broken(repr(error)) from error
        try:
            return self._exchange(method, path, body, all_headers)
        except (http.client.HTTPException, OSError) as error:
            self.close()
            raise Broken(repr(error)) from error

    def _exchange(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str | None]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                self._address.hostname or "localhost", self._address.port, timeout=PATIENCE
            )
            self._connection.connect()
            # Header and body are two writes: without this the second waits for an acknowledgement.
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = self._connection
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        if response.will_close:
            self.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name.strip()] = value
        if found := META_TOKEN.search(text):
            self.token = found[1]
        kind = (response.headers.get("Content-Type") or "").split(";")[0]
        return Answer(response.status, kind, response.headers.get("Location"), text)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass
class Account:
    """What a person knows of an account."""

    user_name: str
    password: str
    totp: str | None

    def code(self, now: int) -> str:
        """The one-time code at a time in seconds since 1970 (RFC 6238: SHA-1, six digits, steps of 30 seconds)."""
        secret = self.totp or ""
        key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        digest = hmac.new(key, struct.pack(">Q", now // 30), hashlib.sha1).digest()
        offset = digest[-1] & 15
        number = struct.unpack_from(">I", digest, offset)[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"

    def sign_in(self, browser: Browser, now: int) -> Answer:
        """Signs in with the password, and with a code where the site asks for one."""
        browser.get("/login")
        answer = browser.form("/login", {"username": self.user_name, "password": self.password})
        if answer.location == "/verify/code":
            browser.get("/verify/code")
            answer = browser.form("/verify/code", {"otp": self.code(now)})
        if answer.location:
            browser.get(answer.location)
        return answer

    def confirm(self, browser: Browser) -> Answer:
        """Gives the password once more, and opens the page where a passkey is made."""
        browser.get("/account/confirm")
        answer = browser.form("/account/confirm", {"password": self.password})
        browser.get("/account/passkeys/new")
        return answer
