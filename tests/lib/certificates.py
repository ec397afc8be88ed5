"""Certificates of a test's own: an authority, and what it issues, good and bad."""

import datetime
import ipaddress
import os
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SERVER, CLIENT = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def days(count):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=count)


def new_key(kind):
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    return ec.generate_private_key({"p256": ec.SECP256R1, "p384": ec.SECP384R1, "p521": ec.SECP521R1}[kind]())


def key_pem(key, password=None):
    how = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)


def write_key(path, pem, mode=0o600):
    path = pathlib.Path(path)
    path.write_bytes(pem)
    os.chmod(path, mode)
    return path


class Authority:
    """An authority with a P-256 key; `folder` takes what it issues."""

    def __init__(self, folder, called="Test authority"):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.key = new_key("p256")
        subject = name(called)
        self.certificate = (
            x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(self.key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(days(-2)).not_valid_after(days(30))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256()))
        self.path = self.folder / "authority.pem"
        self.path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, file, hosts=("localhost", "127.0.0.1"), kind="p256", begins=-1, ends=20, usage=SERVER):
        """`file`.pem and `file`.key; gives both paths."""
        key = new_key(kind)
        builder = (
            x509.CertificateBuilder().subject_name(name(file)).issuer_name(self.certificate.subject)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(days(begins)).not_valid_after(days(ends))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False))
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName([alternative(h) for h in hosts]), critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        chain = self.folder / (file + ".pem")
        chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return chain, write_key(self.folder / (file + ".key"), key_pem(key))


def alternative(host):
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def serial_in(der):
    return x509.load_der_x509_certificate(der).serial_number


def serial_of(path):
    return x509.load_pem_x509_certificate(pathlib.Path(path).read_bytes()).serial_number
