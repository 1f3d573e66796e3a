"""Verifies ceremonies with python-fido2's server: one JSON object a line in, one verdict a line out."""

import json
import sys

from fido2.attestation import Attestation
from fido2.server import Fido2Server
from fido2.webauthn import AttestationObject, PublicKeyCredentialRpEntity


def attestation(obj: AttestationObject, client_data_hash: bytes) -> None:
    """The statement's signature; whom the certificates are by is not asked."""
    Attestation.for_type(obj.fmt)().verify(obj.att_stmt, obj.auth_data, client_data_hash)


def verify(case):
    server = Fido2Server(
        PublicKeyCredentialRpEntity(name="Practice", id=case["rpId"]),
        attestation="direct",
        verify_origin=lambda origin: origin == case["origin"],
        verify_attestation=attestation,
    )
    state = {"user_verification": "required" if case["verified"] else "discouraged"}
    registered = server.register_complete(
        {**state, "challenge": case["registrationChallenge"]}, case["registration"]
    )
    server.authenticate_complete(
        {**state, "challenge": case["authenticationChallenge"]},
        [registered.credential_data],
        case["authentication"],
    )


for line in sys.stdin:
    try:
        verify(json.loads(line))
        verdict = {"accepted": True}
    # Whatever it does not take is a refusal, with its reason.
    except Exception as refused:
        verdict = {"accepted": False, "reason": f"{type(refused).__name__}: {refused}"}
    print(json.dumps(verdict), flush=True)
