"""Certificates of the tests' own, each signed by itself, so that whoever trusts its file trusts its server."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path


def certificate(folder: Path, *, host: str = "", address: str = "") -> Path:
    """Write a key, and a certificate for a name or an address, into one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host or address)])
    of = x509.IPAddress(ip_address(address)) if address else x509.DNSName(host)
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([of]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / f"{host or address}.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
