"""Verifies ceremonies with py_webauthn: one JSON object a line in, one verdict a line out."""

import json
import sys

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import AttestationFormat


def verify(case):
    common = {
        "expected_rp_id": case["rpId"],
        "expected_origin": case["origin"],
        "require_user_verification": case["verified"],
    }
    made = verify_registration_response(
        credential=case["registration"],
        expected_challenge=base64url_to_bytes(case["registrationChallenge"]),
        supported_pub_key_algs=[COSEAlgorithmIdentifier(case["algorithm"])],
        pem_root_certs_bytes_by_fmt=(
            {fmt: [case["root"].encode()] for fmt in AttestationFormat} if case["root"] else None
        ),
        **common,
    )
    verify_authentication_response(
        credential=case["authentication"],
        expected_challenge=base64url_to_bytes(case["authenticationChallenge"]),
        credential_public_key=made.credential_public_key,
        credential_current_sign_count=0,
        **common,
    )


for line in sys.stdin:
    try:
        verify(json.loads(line))
        verdict = {"accepted": True}
    # Whatever it does not take is a refusal, with its reason.
    except Exception as refused:
        verdict = {"accepted": False, "reason": f"{type(refused).__name__}: {refused}"}
    print(json.dumps(verdict), flush=True)
