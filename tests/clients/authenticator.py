"""An authenticator in software, for python-fido2's client. It speaks CTAP 2 as a device does, and is as honest as its
knobs say.

https://fidoalliance.org/specs/fido-v2.1-ps-20210615/fido-client-to-authenticator-protocol-v2.1-ps-errata-20220621.html
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Callable, Iterator, Mapping

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.ctap import CtapDevice, CtapError
from fido2.ctap2 import Ctap2
from fido2.hid import CAPABILITY, CTAPHID
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from attestation import batch

FLAG = AuthenticatorData.FLAG
AAGUID = hashlib.sha256(b"practice authenticator").digest()[:16]

ALGORITHMS = {"ES256": -7, "EdDSA": -8, "RS256": -257}


@dataclass(frozen=True)
class Knobs:
    """How an authenticator behaves. As it stands: an honest one whose passkeys stay on it."""

    # One algorithm for every passkey it makes; `None`: the first of the site's that it can.
    algorithm: str | None = None
    up: bool = True
    uv: bool = True
    be: bool = False
    bs: bool = False
    # The signature counters it reports, one ceremony after the other; after the last, that one again.
    counters: list[int] = field(default_factory=lambda: [0])
    # Reports this RP ID instead of the one asked for.
    rp_id: str | None = None
    # none, self (packed, without a certificate), or the name of an authority (packed, with a certificate).
    attestation: str = "none"
    # Signs something else.
    bad_signature: bool = False
    # Answers with this user handle instead of its own, in hex.
    user_handle: str | None = None
    # Makes passkeys with ids of this many bytes.
    id_length: int = 32
    # Makes a passkey with the id of the one it made last.
    same_id: bool = False


class Refused(CtapError):
    """A status other than success."""


@dataclass
class Passkey:
    """One discoverable credential."""

    id: bytes
    rp_id: str
    user: Mapping[str, Any]
    key: Any
    public: CoseKey


@cache
def _rsa_key() -> rsa.RSAPrivateKey:
    # Making one takes long, and the tests need it to be right, not secret.
    return rsa.generate_private_key(65537, 2048)


def _new_key(algorithm: int) -> tuple[Any, CoseKey]:
    if algorithm == -7:
        key = ec.generate_private_key(ec.SECP256R1())
        return key, ES256.from_cryptography_key(key.public_key())
    if algorithm == -8:
        key = ed25519.Ed25519PrivateKey.generate()
        return key, EdDSA.from_cryptography_key(key.public_key())
    key = _rsa_key()
    return key, RS256.from_cryptography_key(key.public_key())


def _sign(key: Any, message: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(message, ec.ECDSA(hashes.SHA256()))
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    return key.sign(message, padding.PKCS1v15(), hashes.SHA256())


class Authenticator(CtapDevice):
    """Holds passkeys and answers commands. `turn` changes how it behaves from now on."""

    capabilities = CAPABILITY.CBOR

    def __init__(self, knobs: Knobs = Knobs()):
        self.knobs = knobs
        self.passkeys: list[Passkey] = []
        self._ceremonies = 0
        self._commands: dict[int, Callable[[Mapping[int, Any]], Any]] = {
            Ctap2.CMD.MAKE_CREDENTIAL: self._make_credential,
            Ctap2.CMD.GET_ASSERTION: self._get_assertion,
            Ctap2.CMD.GET_INFO: lambda _: self._info(),
        }

    def turn(self, **knobs: Any) -> None:
        """Behaves differently from now on; new counters are counted from their first."""
        self.knobs = replace(self.knobs, **knobs)
        if "counters" in knobs:
            self._ceremonies = 0

    def call(self, cmd: int, data: bytes = b"", event: Any = None, on_keepalive: Any = None) -> bytes:
        if cmd != CTAPHID.CBOR:
            return bytes([CtapError.ERR.INVALID_COMMAND])
        command = self._commands.get(data[0])
        if command is None:
            return bytes([CtapError.ERR.INVALID_COMMAND])
        try:
            answer = command(cbor.decode(data[1:]) if data[1:] else {})
        except Refused as refusal:
            return bytes([refusal.code])
        return b"\0" + cbor.encode(answer)

    @classmethod
    def list_devices(cls) -> Iterator[Authenticator]:
        return iter(())

    def _info(self) -> Mapping[int, Any]:
        # To the client it always verifies, by itself: whether it says so to the site is a knob. The client wants a
        # protocol for PINs all the same.
        options = {"rk": True, "up": True, "uv": True, "plat": False}
        return {1: ["FIDO_2_0"], 3: AAGUID, 4: options, 5: 4096, 6: [1], 7: 8, 8: 1023, 9: ["internal"]}

    def _flags(self, asked_up: bool = True) -> FLAG:
        knobs = self.knobs
        present = knobs.up and asked_up
        flags = FLAG(0)
        for said, flag in ((present, FLAG.UP), (knobs.uv, FLAG.UV), (knobs.be, FLAG.BE), (knobs.bs, FLAG.BS)):
            if said:
                flags |= flag
        return flags

    def _rp_id_hash(self, rp_id: str) -> bytes:
        return hashlib.sha256((self.knobs.rp_id or rp_id).encode()).digest()

    def _counter(self) -> int:
        counters = self.knobs.counters
        counter = counters[min(self._ceremonies, len(counters) - 1)]
        self._ceremonies += 1
        return counter

    def _signature(self, key: Any, message: bytes) -> bytes:
        return _sign(key, message + b"!" if self.knobs.bad_signature else message)

    def _find(self, rp_id: str, allowed: list[Mapping[str, Any]] | None) -> Passkey | None:
        ids = None if allowed is None else {bytes(one["id"]) for one in allowed}
        found = [p for p in self.passkeys if p.rp_id == rp_id and (ids is None or p.id in ids)]
        return found[-1] if found else None

    def _make_credential(self, request: Mapping[int, Any]) -> Mapping[int, Any]:
        """`authenticatorMakeCredential`: client data hash, rp, user, algorithms, exclude list, extensions, options."""
        client_data_hash, rp, user, params = request[1], request[2], request[3], request[4]
        if request.get(5) and self._find(rp["id"], request[5]):
            raise Refused(CtapError.ERR.CREDENTIAL_EXCLUDED)
        offered = [param["alg"] for param in params]
        chosen = self.knobs.algorithm
        algorithm = ALGORITHMS[chosen] if chosen else next((a for a in offered if a in ALGORITHMS.values()), None)
        if algorithm is None:
            raise Refused(CtapError.ERR.UNSUPPORTED_ALGORITHM)
        key, public = _new_key(algorithm)
        repeats = self.knobs.same_id and self.passkeys
        identifier = self.passkeys[-1].id if repeats else os.urandom(self.knobs.id_length)
        passkey = Passkey(identifier, rp["id"], user, key, public)
        self.passkeys.append(passkey)
        auth_data = AuthenticatorData.create(
            self._rp_id_hash(rp["id"]),
            self._flags() | FLAG.AT,
            self._counter(),
            AttestedCredentialData.create(AAGUID, passkey.id, public),
        )
        kind, statement = self._attest(passkey, algorithm, auth_data + client_data_hash)
        return {1: kind, 2: bytes(auth_data), 3: statement}

    def _attest(self, passkey: Passkey, algorithm: int, message: bytes) -> tuple[str, Mapping[str, Any]]:
        """https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation"""
        kind = self.knobs.attestation
        if kind == "none":
            return "none", {}
        if kind == "self":
            return "packed", {"alg": algorithm, "sig": self._signature(passkey.key, message)}
        model = batch(kind, AAGUID)
        return "packed", {"alg": -7, "sig": self._signature(model.key, message), "x5c": [model.certificate]}

    def _get_assertion(self, request: Mapping[int, Any]) -> Mapping[int, Any]:
        """`authenticatorGetAssertion`: RP ID, client data hash, allow list, extensions, options."""
        rp_id, client_data_hash, options = request[1], request[2], request.get(5) or {}
        passkey = self._find(rp_id, request.get(3))
        if passkey is None:
            raise Refused(CtapError.ERR.NO_CREDENTIALS)
        asked_up = options.get("up", True)
        # Without presence it is the client that looks for a passkey: no ceremony.
        counter = self._counter() if asked_up else 0
        auth_data = AuthenticatorData.create(self._rp_id_hash(rp_id), self._flags(asked_up), counter)
        handle = self.knobs.user_handle
        return {
            1: {"type": "public-key", "id": passkey.id},
            2: bytes(auth_data),
            3: self._signature(passkey.key, auth_data + client_data_hash),
            4: {"id": bytes.fromhex(handle) if handle is not None else bytes(passkey.user["id"])},
        }
