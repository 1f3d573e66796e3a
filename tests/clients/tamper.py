"""Changes to an answer after the client made it, as somebody between the client and the site could make them."""

from __future__ import annotations

import base64
import json
from typing import Any, Callable

from fido2 import cbor

Json = dict[str, Any]


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def place(answer: Json, path: str) -> tuple[Json, str]:
    """The object that holds what a dotted path names, and its name there."""
    *parents, name = path.split(".")
    for parent in parents:
        answer = answer[parent]
    return answer, name


def set_member(answer: Json, path: str, value: Any) -> None:
    holder, name = place(answer, path)
    holder[name] = value


def remove(answer: Json, path: str) -> None:
    holder, name = place(answer, path)
    del holder[name]


def change_bytes(answer: Json, path: str, change: Callable[[bytes], bytes]) -> None:
    holder, name = place(answer, path)
    holder[name] = encode(change(decode(holder[name])))


def flip(answer: Json, path: str, at: int = -1) -> None:
    """One bit of the byte `at`."""

    def change(data: bytes) -> bytes:
        changed = bytearray(data)
        changed[at] ^= 1
        return bytes(changed)

    change_bytes(answer, path, change)


def cut(answer: Json, path: str, bytes_left: int) -> None:
    change_bytes(answer, path, lambda data: data[:bytes_left])


def append(answer: Json, path: str, hex: str) -> None:
    change_bytes(answer, path, lambda data: data + bytes.fromhex(hex))


def replace(answer: Json, path: str, hex: str, times: int = 1) -> None:
    """These bytes, so many times, in place of what there is."""
    change_bytes(answer, path, lambda _: bytes.fromhex(hex) * times)


def client_data(answer: Json, **members: Any) -> None:
    """Other members in the client data; the signature is over the ones before."""

    def change(data: bytes) -> bytes:
        return json.dumps({**json.loads(data), **members}).encode()

    change_bytes(answer, "response.clientDataJSON", change)


def attestation(answer: Json, member: str, hex: str | None = None, cut: int | None = None, append: str = "") -> None:
    """One member of the attestation object (`fmt`, `attStmt`, `authData`): other bytes, fewer, or more; `hex` is
    CBOR. Without any of them the member goes."""

    def change(data: bytes) -> bytes:
        found = dict(cbor.decode(data))
        if hex is not None:
            found[member] = cbor.decode(bytes.fromhex(hex))
        elif cut is not None or append:
            found[member] = bytes(found[member])[:cut] + bytes.fromhex(append)
        else:
            del found[member]
        return cbor.encode(found)

    change_bytes(answer, "response.attestationObject", change)


CHANGES: dict[str, Callable[..., None]] = {
    "set": set_member,
    "remove": remove,
    "flip": flip,
    "cut": cut,
    "append": append,
    "replace": replace,
    "client-data": client_data,
    "attestation": attestation,
}


def apply(answer: Json, changes: list[Json]) -> Json:
    """The answer with all changes, each `{"change": name, …arguments}`."""
    changed = json.loads(json.dumps(answer))
    for entry in changes:
        arguments = dict(entry)
        CHANGES[arguments.pop("change")](changed, **arguments)
    return changed
