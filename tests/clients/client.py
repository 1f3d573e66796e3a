"""python-fido2's client, and a collector of client data that can be told to say something else."""

from __future__ import annotations

import json
from typing import Any, Mapping

from fido2.client import ClientError, DefaultClientDataCollector, Fido2Client
from fido2.webauthn import (
    CollectedClientData,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialRequestOptions,
)

from authenticator import Authenticator


class Collector(DefaultClientDataCollector):
    """Says what an honest client says, except for the members given in `lies` (`origin`, `type`, …)."""

    def __init__(self, origin: str, lies: Mapping[str, Any]):
        super().__init__(origin)
        self._lies = dict(lies)

    def collect_client_data(self, options: Any) -> tuple[CollectedClientData, str]:
        client_data, rp_id = super().collect_client_data(options)
        if self._lies:
            told = {**json.loads(client_data), **self._lies}
            client_data = CollectedClientData(json.dumps(told, separators=(",", ":")).encode())
        return client_data, rp_id


class Client:
    """What a page's script reaches with `navigator.credentials`, from options to answers in the JSON of the API."""

    def __init__(self, authenticator: Authenticator, origin: str):
        self._authenticator = authenticator
        self._origin = origin

    def create(self, options: Mapping[str, Any], lies: Mapping[str, Any] = {}) -> dict[str, Any]:
        parsed = PublicKeyCredentialCreationOptions.from_dict(without_timeout(options))
        return plain(self._client(lies).make_credential(parsed))

    def get(self, options: Mapping[str, Any], lies: Mapping[str, Any] = {}) -> dict[str, Any]:
        parsed = PublicKeyCredentialRequestOptions.from_dict(without_timeout(options))
        return plain(self._client(lies).get_assertion(parsed).get_response(0))

    def _client(self, lies: Mapping[str, Any]) -> Fido2Client:
        return Fido2Client(self._authenticator, Collector(self._origin, lies))


def without_timeout(options: Mapping[str, Any]) -> dict[str, Any]:
    """The client would start a timer; this authenticator answers at once."""
    return {name: value for name, value in options.items() if name != "timeout"}


def plain(response: Any) -> dict[str, Any]:
    """The response as JSON values only."""
    return json.loads(json.dumps(dict(response), default=dict))


def reason(error: ClientError) -> str:
    """What the client refused with, such as `DEVICE_INELIGIBLE`."""
    return error.code.name
