"""python-fido2 as the other client of the software key: its messages go out as lines of hex, the answers come back so.

Arguments: the PIN, the version of the PIN/UV protocol. The last line is what it found, as JSON.
"""

import json
import sys

from fido2.attestation import Attestation
from fido2.cose import CoseKey
from fido2.ctap import CtapDevice, CtapError
from fido2.ctap2 import Ctap2
from fido2.ctap2.credman import CredentialManagement
from fido2.ctap2.pin import ClientPin, PinProtocolV1, PinProtocolV2
from fido2.hid import CAPABILITY

RP_ID = "example.com"
HASH = bytes(range(32))


class Device(CtapDevice):
    @property
    def capabilities(self):
        return CAPABILITY.CBOR

    def call(self, cmd, data=b"", event=None, on_keepalive=None):
        # Its commands are those of the transport; the CTAP2 command is the first byte of the data.
        print(data.hex(), flush=True)
        return bytes.fromhex(sys.stdin.readline())

    @classmethod
    def list_devices(cls):
        return iter(())


def main(pin, version):
    protocol = {1: PinProtocolV1, 2: PinProtocolV2}[version]()
    ctap = Ctap2(Device())
    client = ClientPin(ctap, protocol)
    found = {}

    try:
        client.get_pin_token("wrong-pin", ClientPin.PERMISSION.CREDENTIAL_MGMT)
    except CtapError as error:
        found["wrong"] = error.code.name
    found["retries"] = client.get_pin_retries()[0]

    # The credential that is there already: listed, and the PRF of it evaluated and its signature checked.
    token = client.get_pin_token(pin, ClientPin.PERMISSION.CREDENTIAL_MGMT)
    manager = CredentialManagement(ctap, protocol, token)

    def listed():
        sites = manager.enumerate_rps()
        of_site = [manager.enumerate_creds(site[CredentialManagement.RESULT.RP_ID_HASH]) for site in sites]
        return [credential for credentials in of_site for credential in credentials]

    credential = listed()[0]
    public_key = CoseKey.parse(credential[CredentialManagement.RESULT.PUBLIC_KEY])
    token = client.get_pin_token(pin, ClientPin.PERMISSION.GET_ASSERTION, RP_ID)
    agreement, secret = client._get_shared_secret()
    salts = protocol.encrypt(secret, bytes([1]) * 32 + bytes([2]) * 32)
    salts = {1: agreement, 2: salts, 3: protocol.authenticate(secret, salts), 4: version}
    # With one in the list the key may leave out which it was, which this client does not know.
    another = {"type": "public-key", "id": bytes(32)}
    assertion = ctap.get_assertion(
        RP_ID,
        HASH,
        [another, credential[CredentialManagement.RESULT.CREDENTIAL_ID]],
        {"hmac-secret": salts},
        pin_uv_param=protocol.authenticate(token, HASH),
        pin_uv_protocol=version,
    )
    assertion.verify(HASH, public_key)
    found["secrets"] = protocol.decrypt(secret, assertion.auth_data.extensions["hmac-secret"]).hex()

    # One of its own, with a statement that it verifies.
    token = client.get_pin_token(pin, ClientPin.PERMISSION.MAKE_CREDENTIAL, RP_ID)
    made = ctap.make_credential(
        HASH,
        {"id": RP_ID, "name": "Example"},
        {"id": b"bob", "name": "bob", "displayName": "Bob"},
        [{"type": "public-key", "alg": -7}],
        extensions={"credProtect": 2},
        options={"rk": True},
        pin_uv_param=protocol.authenticate(token, HASH),
        pin_uv_protocol=version,
    )
    Attestation.for_type(made.fmt)().verify(made.att_stmt, made.auth_data, HASH)
    found["protected"] = made.auth_data.extensions["credProtect"]

    token = client.get_pin_token(pin, ClientPin.PERMISSION.CREDENTIAL_MGMT)
    manager = CredentialManagement(ctap, protocol, token)
    found["users"] = [credential[CredentialManagement.RESULT.USER]["name"] for credential in listed()]

    client.change_pin(pin, "changed-pin")
    found["changed"] = client.get_pin_retries()[0]
    print(json.dumps(found), flush=True)


main(sys.argv[1], int(sys.argv[2]))
