"""Verifies registrations and sign-ins with py_webauthn. Reads a JSON list from stdin, prints one of the same length."""

import json
import sys

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import InvalidAuthenticationResponse, InvalidRegistrationResponse


def verify(given):
    expected = {
        "expected_challenge": base64url_to_bytes(given["challenge"]),
        "expected_rp_id": given["rp_id"],
        "expected_origin": given["origin"],
        "require_user_verification": given["require_user_verification"],
    }
    made = verify_registration_response(credential=given["registration"], **expected)
    signed = verify_authentication_response(
        credential=given["authentication"],
        credential_public_key=made.credential_public_key,
        credential_current_sign_count=made.sign_count,
        **expected,
    )
    return {
        "aaguid": made.aaguid,
        "format": str(getattr(made.fmt, "value", made.fmt)),
        "registered_verified": made.user_verified,
        "signed_in_verified": signed.user_verified,
        "sign_count": signed.new_sign_count,
        "device_type": str(getattr(signed.credential_device_type, "value", signed.credential_device_type)),
        "backed_up": signed.credential_backed_up,
    }


def outcome(given):
    try:
        return verify(given)
    except (InvalidAuthenticationResponse, InvalidRegistrationResponse) as refused:
        return type(refused).__name__


json.dump([outcome(given) for given in json.load(sys.stdin)], sys.stdout)
