#!/usr/bin/env python3
"""Keys that never leave their token: P-256 by PKCS#11 (SoftHSM2), SM2 by a program of one's own."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
LIB = HERE.parent / "lib"
sys.path[:0] = [str(LIB)]
import tallystick_client as client  # noqa: E402
from suites import SM2, PrivateKey  # noqa: E402

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
           "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so")
MODULE = next((path for path in MODULES if os.path.exists(path)), None)
PIN = "4711"
# Of the measurement in docs/runbook.md.
ENTRIES = 200


class SoftToken:
    """A token of SoftHSM2 with these keys in it, by label and suite; its PIN stands in a file."""

    def __init__(self, folder, name, keys):
        (folder / "tokens").mkdir()
        self.name = name
        self.conf = folder / "softhsm2.conf"
        self.conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
        self.softhsm("--init-token", "--free", "--label", name, "--so-pin", "12345678", "--pin", PIN)
        for number, (label, suite) in enumerate(keys):
            pem = folder / (label + ".pem")
            client.run("key", "new", "--suite", suite, "--out", pem)
            self.softhsm("--import", pem, "--token", name, "--label", label, "--id", f"A{number}", "--pin", PIN)
            pem.unlink()
        self.pin = folder / "pin"
        self.pin.write_text(PIN + "\n")
        self.pin.chmod(0o600)

    def softhsm(self, *arguments):
        done = subprocess.run(["softhsm2-util", *map(str, arguments)], capture_output=True, text=True,
                              env={**os.environ, "SOFTHSM2_CONF": str(self.conf)})
        if done.returncode:
            raise AssertionError(done.stdout + done.stderr)

    def address(self, label, token=None, module=MODULE, pin=True):
        return (f"pkcs11:token={token or self.name};object={label}?module-path={module}"
                + (f"&pin-source=file:{self.pin}" if pin else ""))


class Served(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.log_key, cls.tokens = client.init(cls.folder / "data")
        cls.server = client.Server(cls.folder / "data")
        cls.make_token()

    @classmethod
    def make_token(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.scratch.cleanup()

    def run_command(self, *arguments, **environment):
        return subprocess.run([client.program(), *map(str, arguments)], capture_output=True, text=True, timeout=300,
                              env={**os.environ, **self.environment(), **environment})

    def environment(self):
        return {}

    def submit(self, signer, party, step, payload, *more, **environment):
        file = self.folder / "payload.json"
        file.write_text(json.dumps(payload))
        return self.run_command("submit", "--key", signer, "--memory", self.folder / (party + ".memory"), "--party", party,
                                "--type", step, file, "--server", f"http://127.0.0.1:{self.server.port}", "--log-key",
                                self.log_key, *more, **environment)

    def check_life(self, signer, party, suite):
        """The unit registers with the key and signs once more."""
        shown = self.run_command("key", "show", signer, "--json")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        key = json.loads(shown.stdout)
        self.assertEqual(key["suite"], suite)
        registered = self.submit(signer, party, "party.register", {
            "name": "单位", "kinds": ["user"], "uscc": client.uscc_of(party), "region": client.LEAF_REGION,
            "address": "Road 1", "key": {"spki": key["spki"], "suite": suite}}, "--first")
        self.assertEqual(registered.returncode, 0, registered.stdout + registered.stderr)
        self.assertIn("proof holds", registered.stdout)
        link = self.server.link(self.tokens["regulator"])
        self.addCleanup(link.close)
        city = client.City(self.folder / "data", link)
        city.send(city.agency("PS").make("party.verify", {"party": party, "method": "in-person"}))
        second = self.submit(signer, party, "site.add", {
            "site": "store-" + party, "name": "Store", "kind": "store", "region": client.LEAF_REGION, "address": "Road 1"})
        self.assertEqual(second.returncode, 0, second.stdout + second.stderr)


@unittest.skipUnless(MODULE and shutil.which("softhsm2-util"), "SoftHSM2 is not installed")
class Pkcs11(Served):
    @classmethod
    def make_token(cls):
        cls.token = SoftToken(cls.folder, "officer", (("signing", "p256-sha256"), ("other", "p256-sha256")))

    def environment(self):
        return {"SOFTHSM2_CONF": str(self.token.conf)}

    def address(self, label="signing", **others):
        return self.token.address(label, **others)

    def test_a_unit_lives_with_a_key_in_a_token(self):
        self.check_life(self.address(), "P-1", "p256-sha256")

    def refused(self, signer, reason, **environment):
        done = self.run_command("key", "show", signer, **environment)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn(reason, done.stderr)

    def test_what_is_wrong_with_the_token_is_said(self):
        self.refused(self.address(token="nobody"), "there is no token nobody")
        self.refused(self.address(label="nothing"), "not exactly one key nothing")
        self.refused(self.address(module="/nothing.so"), "cannot be loaded")
        self.refused(self.address(pin=False), "PIN is missing")
        self.refused(self.address(pin=False), "PIN is wrong", TALLYSTICK_PIN="9999")
        self.refused("pkcs11:token=officer", "is wanted")
        self.refused(self.address(pin=False) + "&pin-value=4711", "seen by others")
        self.refused(self.address() + "&speed=9", "does not know speed")

    def test_the_pin_may_come_from_the_environment_and_its_file_is_closed_to_others(self):
        done = self.run_command("key", "show", self.address(pin=False), TALLYSTICK_PIN=PIN)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.token.pin.chmod(0o644)
        try:
            self.refused(self.address(), "can be read by others")
        finally:
            self.token.pin.chmod(0o600)

    def test_a_token_without_a_memory_file_is_asked_for_one(self):
        file = self.folder / "nothing.json"
        file.write_text("{}")
        done = self.run_command("submit", "--key", self.address(), "--party", "P-9", "--type", "site.add", file)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--memory", done.stderr)


@unittest.skipUnless(MODULE and shutil.which("softhsm2-util"), "SoftHSM2 is not installed")
class LedgerKey(unittest.TestCase):
    """The key that signs the log, in a token: nothing of it is in the data folder."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.token = SoftToken(cls.folder, "ledger", (("log", "ed25519-sha256"), ("other", "p256-sha256")))
        cls.before = os.environ.get("SOFTHSM2_CONF")
        os.environ["SOFTHSM2_CONF"] = str(cls.token.conf)
        cls.log_key, cls.tokens = client.init(cls.folder / "data", "--ledger-key", cls.token.address("log"))

    @classmethod
    def tearDownClass(cls):
        os.environ.pop("SOFTHSM2_CONF")
        if cls.before is not None:
            os.environ["SOFTHSM2_CONF"] = cls.before
        cls.scratch.cleanup()

    def program(self, *arguments):
        return subprocess.run([client.program(), *map(str, arguments)], capture_output=True, text=True, timeout=300)

    def test_a_ledger_lives_with_its_key_in_a_token(self):
        data = self.folder / "data"
        self.assertFalse((data / "keys" / "log.pem").exists())
        self.assertEqual(self.program("serve", "--data", data, "--check-config").returncode, 0)
        server = client.Server(data)
        try:
            link = server.link(self.tokens["regulator"])
            city = client.City(data, link)
            unit = city.unit("P-1", ["user"])
            started = time.monotonic()
            for number in range(ENTRIES):
                city.send(unit.make("site.add", {"site": f"S-{number}", "name": "Store", "kind": "store",
                                                 "region": client.LEAF_REGION, "address": "Road 1"}))
            print(f"{ENTRIES} entries, a commit each: {time.monotonic() - started:.2f} s", file=sys.stderr)
            link.close()
        finally:
            server.stop()
        verified = self.program("verify", data / "ledger.db", "--log-key", self.log_key)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_without_the_token_nothing_is_signed_and_the_reason_is_said(self):
        self.token.pin.write_text("9999\n")
        try:
            done = self.program("serve", "--data", self.folder / "data", "--check-config")
        finally:
            self.token.pin.write_text(PIN + "\n")
        self.assertEqual(done.returncode, 2)
        self.assertIn("PIN is wrong", done.stderr)

    def test_only_an_ed25519_key_signs_a_log(self):
        done = self.program("init", "--data", self.folder / "p256", "--ledger", client.LEDGER, "--region", "360300",
                            "--ledger-key", self.token.address("other"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("no Ed25519 key", done.stderr)
        self.assertFalse((self.folder / "p256" / "ledger.db").exists())


PROGRAM = """\
#!{python} -B
import base64, json, sys
sys.path.insert(0, {lib!r})
from suites import SM2, PrivateKey
key, other = (PrivateKey(SM2, bytes.fromhex(text)) for text in {keys!r})
verb = sys.argv[-1]
if verb == "public":
    print(json.dumps({{"spki": base64.b64encode(key.public.spki).decode(), "suite": SM2}}))
elif verb == "sign":
    message = sys.stdin.buffer.read()
    mode = sys.argv[1] if len(sys.argv) > 2 else ""
    if mode == "--broken":
        sys.exit(7)
    signature = (other if mode == "--lying" else key).sign(message)
    print("?" if mode == "--rubbish" else base64.b64encode(b"x" * 5 if mode == "--short" else signature).decode())
"""


class Command(Served):
    @classmethod
    def make_token(cls):
        cls.program = cls.folder / "sm2-token"
        keys = [PrivateKey(SM2).secret.hex() for _ in range(2)]
        cls.program.write_text(textwrap.dedent(PROGRAM).format(python=sys.executable, lib=str(LIB), keys=keys))
        cls.program.chmod(0o700)

    def test_a_unit_lives_with_an_sm2_key_behind_a_program(self):
        self.check_life(f"exec:{self.program}", "P-2", "sm2-sm3")

    def test_nothing_is_sent_that_does_not_verify(self):
        link = self.server.link(self.tokens["operator"])
        before = link.get("/v1/status").json["size"]
        for option, reason in (("--lying", "not of the key"), ("--broken", "ended with 7"), ("--rubbish", "base64"),
                               ("--short", "no signature")):
            done = self.submit(f"exec:{self.program} {option}", "P-3" + option[2:], "site.add", {"site": "x"}, "--first")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(reason, done.stderr)
        self.assertEqual(link.get("/v1/status").json["size"], before)
        link.close()

    def test_the_program_must_be_there_by_its_whole_path(self):
        for spec in ("exec:sm2-token", "exec:/nothing/here", "exec:"):
            done = self.run_command("key", "show", spec)
            self.assertEqual(done.returncode, 2)
            self.assertIn("absolute path", done.stderr)
        done = self.run_command("key", "show", "exec:/bin/true")
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
