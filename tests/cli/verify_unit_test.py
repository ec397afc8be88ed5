#!/usr/bin/env python3
"""Two units are verified without a visit: one by a code in a letter, one by certificates that other programs made. Then
the log is asked again, by itself, whether every entry was decided rightly."""

import base64
import datetime
import hashlib
import pathlib
import subprocess
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

from cli_test import City, REFUSED, run, serving

USCC = {"post-1": "91360300Y123456793", "cert-1": "91360302MA770HY85A", "sm2-1": "91360322MABQUL7L8P"}
ID = "distid:1234567812345678"


def register(city, url, party, suite):
    key = city.key(party, suite)
    city.submit(url, key, party, "party.register",
                {"name": party, "kinds": ["user"], "uscc": USCC[party], "region": "360302", "address": "安源区",
                 "key": city.public(key)}, "--first", "--log-key", city.log_key)
    return key


def by_letter(city, url, police, reader):
    unit = register(city, url, "post-1", "ed25519-sha256")
    said = run("letter", "--server", url, "--key", police, "--party", "ps-px", "--to", "post-1", "--letter", "HS-1",
               "--tracking", "XA123456789CN", *reader)
    code = next(line.split()[2] for line in said.splitlines() if line.startswith("code "))
    answer = {"letter": "HS-1", "code": code}
    verify = {"party": "post-1", "method": "address-code", "letter": "HS-1"}
    assert "letter-not-answered" in city.submit(url, police, "ps-px", "party.verify", verify, *reader, expect=REFUSED)
    stored = [file for file in city.data.rglob("*") if file.is_file() and code.encode() in file.read_bytes()]
    assert not stored, f"the registry knows the code before it is answered: {stored}"
    city.submit(url, unit, "post-1", "party.answer", answer)
    assert "letter-answered-already" in city.submit(url, unit, "post-1", "party.answer", answer, expect=REFUSED)
    city.submit(url, police, "ps-px", "party.verify", verify, *reader)


def named(common, code=None):
    code = [x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "NTRCN-" + code)] if code else []
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common), *code])


def certificate(subject, key, issuer, by, ca):
    now = datetime.datetime.now(datetime.timezone.utc)
    days = lambda n: now + datetime.timedelta(days=n)
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
               .serial_number(x509.random_serial_number()).not_valid_before(days(-2)).not_valid_after(days(30))
               .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True))
    made = builder.sign(by, None if isinstance(by, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


def trust(city, url, ders, reader):
    anchors = ",".join(hashlib.sha256(der).hexdigest() for der in ders)
    city.submit(url, city.data / "keys" / "operator.pem", "operator", "policy.set",
                {"settings": [{"name": "certificate_anchors", "value": anchors}]}, *reader)


def evidence(party, ders):
    return {"party": party, "method": "certificate",
            "chain": [{"certificate": base64.b64encode(der).decode()} for der in ders]}


def p256_chain(unit):
    """Made by the library `cryptography`: a P-256 CA for the unit's Ed25519 key."""
    ca_key, ca = ec.generate_private_key(ec.SECP256R1()), named("City CA")
    key = serialization.load_pem_private_key(unit.read_bytes(), None).public_key()
    return [certificate(named("cert-1", USCC["cert-1"]), key, ca, ca_key, False),
            certificate(ca, ca_key.public_key(), ca, ca_key, True)]


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def sm2_chain(folder, unit):
    """Made by the command `openssl`: an SM2 CA for the unit's SM2 key."""
    at = lambda name: folder / name
    sign = ["-sm3", "-sigopt", ID]
    openssl("genpkey", "-algorithm", "SM2", "-out", at("ca.key"))
    openssl("req", "-x509", "-key", at("ca.key"), *sign, "-subj", "/CN=SM2 CA", "-days", 30, "-out", at("ca.pem"),
            "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", "-new", "-key", unit, *sign, "-subj", f"/CN=sm2-1/serialNumber={USCC['sm2-1']}", "-out", at("csr"))
    at("unit.ext").write_text("basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n")
    openssl("x509", "-req", "-extfile", at("unit.ext"), "-in", at("csr"), "-vfyopt", ID, "-CA", at("ca.pem"),
            "-CAkey", at("ca.key"), *sign, "-days", 30, "-set_serial", 7, "-out", at("unit.pem"))
    for name in ("unit", "ca"):
        openssl("x509", "-in", at(name + ".pem"), "-outform", "DER", "-out", at(name + ".der"))
    return [at("unit.der").read_bytes(), at("ca.der").read_bytes()]


def by_certificate(city, url, police, reader, folder):
    first = register(city, url, "cert-1", "ed25519-sha256")
    second = register(city, url, "sm2-1", "sm2-sm3")
    p256, sm2 = p256_chain(first), sm2_chain(folder, second)
    verify = lambda wish, **more: city.submit(url, police, "ps-px", "party.verify", wish, *reader, **more)
    assert "certificate-anchor-unknown" in verify(evidence("cert-1", p256), expect=REFUSED)
    trust(city, url, [p256[-1], sm2[-1]], reader)
    assert "certificate-other-key" in verify(evidence("cert-1", sm2), expect=REFUSED)
    verify(evidence("cert-1", p256))
    verify(evidence("sm2-1", sm2))


def main():
    with tempfile.TemporaryDirectory(prefix="tallystick-verify-") as folder:
        folder = pathlib.Path(folder)
        city = City(folder)
        reader = ["--token", city.tokens["regulator"], "--log-key", city.log_key]
        with serving(city.data) as (url, _):
            police = city.key("police", "p256-sha256")
            city.submit(url, city.data / "keys" / "operator.pem", "operator", "agency.enrol",
                        {"agency": "ps-px", "name": "萍乡市公安局", "role": "PS", "level": "C", "region": "360300",
                         "key": city.public(police)}, "--second", police, *reader)
            by_letter(city, url, police, reader)
            by_certificate(city, url, police, reader, folder)
        said = run("audit", "--data", city.data)
        assert "is not what the rules say" not in said, said
        run("verify", city.data, "--log-key", city.log_key)
        run("rebuild", "--data", city.data)


if __name__ == "__main__":
    main()
