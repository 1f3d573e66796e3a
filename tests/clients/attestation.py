"""Two certificate authorities for attestation. Their keys are derived from their names: they vouch for nothing, and a
site can be told of one before the other program starts."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

START = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
END = datetime.datetime(2099, 1, 1, tzinfo=datetime.timezone.utc)

# https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements
AAGUID_EXTENSION = ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4")


def _key(name: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hashlib.sha256(b"practice attestation: " + name.encode()).digest(), "big")
    return ec.derive_private_key(number >> 1, ec.SECP256R1())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ES"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Practice authenticators"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Authenticator Attestation"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(subject: str, issuer: str, extensions: list[tuple[x509.ExtensionType, bool]], serial: int):
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(_key(subject).public_key())
        .serial_number(serial)
        .not_valid_before(START)
        .not_valid_after(END)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(_key(issuer), hashes.SHA256(), ecdsa_deterministic=True)


@dataclass(frozen=True)
class Batch:
    """The key and certificate that a batch of authenticators attests with."""

    key: ec.EllipticCurvePrivateKey
    certificate: bytes


def authority(name: str) -> bytes:
    """The certificate of an authority, as PEM: for the site's list of those it trusts."""
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    extensions = [(x509.BasicConstraints(ca=True, path_length=0), True), (usage, True)]
    return _certificate(name, name, extensions, 1).public_bytes(serialization.Encoding.PEM)


@cache
def batch(issuer: str, aaguid: bytes) -> Batch:
    """An attestation key of authenticators of this model, certified by the authority of this name."""
    subject = f"{issuer} batch"
    extensions = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.UnrecognizedExtension(AAGUID_EXTENSION, b"\x04\x10" + aaguid), False),
    ]
    certificate = _certificate(subject, issuer, extensions, 2)
    return Batch(_key(subject), certificate.public_bytes(serialization.Encoding.DER))
