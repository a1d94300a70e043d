"""Certificates for a cluster. Dask's scheduler unpickles what it is sent, so that whoever can speak to it can make it
do anything: nobody can who has not one of these.

One authority signs a certificate each for the scheduler, the workers and the drivers, and then its key is forgotten:
there is nothing to steal with which more could be made. Everyone in a cluster trusts whom that authority has signed,
whatever their part and their address: a worker's certificate is worth as much to a thief as a driver's.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from grader.outcome import Refusal

AUTHORITY = "ca.pem"
PARTS = ("scheduler", "worker", "client")  # each has PART.pem, with its certificate and its key
LONGEST = 3650  # days
OVERLAP = timedelta(hours=1)  # clocks differ
PURPOSES = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])


def make(folder: Path, days: int) -> None:
    """Make the certificates in `folder`, which must not be there: others than the owner cannot read them.

    Raises Refusal.
    """
    if not 1 <= days <= LONGEST:
        raise Refusal(f"--days must be between 1 and {LONGEST}.")
    until = datetime.now(UTC) + timedelta(days=days)
    key = ec.generate_private_key(ec.SECP256R1())
    authority = signed("Echo to WSGI: a cluster", key.public_key(), None, key, until)
    files = {AUTHORITY: authority.public_bytes(Encoding.PEM)}
    for part in PARTS:
        own = ec.generate_private_key(ec.SECP256R1())
        certificate = signed(part, own.public_key(), authority, key, until)
        secret = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        files[f"{part}.pem"] = certificate.public_bytes(Encoding.PEM) + secret
    try:
        folder.mkdir(mode=0o700, parents=True)
        for name, content in files.items():
            (folder / name).touch(0o600)
            (folder / name).write_bytes(content)
    except FileExistsError:
        raise Refusal(
            f"{folder} is there already: a cluster may be using it. Name a new folder, or remove it."
        ) from None
    except OSError as error:
        raise Refusal(f"Cannot write to {folder}: {(error.strerror or str(error)).lower()}.") from error


def signed(
    name: str,
    key: ec.EllipticCurvePublicKey,
    authority: x509.Certificate | None,
    signing: ec.EllipticCurvePrivateKey,
    until: datetime,
) -> x509.Certificate:
    """A certificate for whoever has `key`, by the authority; that of the authority itself, if there is none."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject if authority else subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - OVERLAP)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
        .add_extension(usage(signs=authority is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
    )
    if authority:
        builder = builder.add_extension(PURPOSES, critical=False)
    return builder.sign(signing, hashes.SHA256())


def usage(*, signs: bool) -> x509.KeyUsage:
    """What a key is for: to sign certificates, or to speak TLS with. Python 3.13 insists that it is said."""
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
