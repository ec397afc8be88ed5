#!/usr/bin/env python3
"""The registry under TLS: what it speaks and what it refuses, its certificate and key, and the people who come.

The hellos of old or weak clients are written byte by byte here, for no library would send them.
"""

import http.client
import json
import os
import pathlib
import signal
import socket
import ssl
import struct
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import certificates as certs  # noqa: E402
import tallystick_client as client  # noqa: E402
from suites import b64  # noqa: E402

TLS10, TLS11, TLS12 = 0x0301, 0x0302, 0x0303
GOOD_SUITE = 0xC02B  # ECDHE-ECDSA-AES128-GCM-SHA256
WEAK_SUITES = {"RC4": 0xC007, "3DES": 0xC008, "CBC with SHA-1": 0xC009, "CBC with SHA-256": 0xC023, "no encryption": 0xC006,
               "no forward secrecy": 0x009C, "anonymous": 0xC018}
PROTOCOL_VERSION, HANDSHAKE_FAILURE = 70, 40
HEAD_DEADLINE_MS = 1_500


def hello(version, suites):
    """A ClientHello up to TLS 1.2."""
    def sized(data):
        return struct.pack(">H", len(data)) + data
    extensions = b"".join(struct.pack(">H", number) + sized(data) for number, data in (
        (10, sized(struct.pack(">HH", 29, 23))), (11, b"\x01\x00"),
        (13, sized(struct.pack(">HHH", 0x0403, 0x0401, 0x0203)))))
    body = struct.pack(">H", version) + os.urandom(32) + b"\x00" + sized(
        b"".join(struct.pack(">H", each) for each in suites)) + b"\x01\x00" + sized(extensions)
    message = b"\x01" + struct.pack(">I", len(body))[1:] + body
    return b"\x16" + struct.pack(">H", TLS10) + sized(message)


def reply_to(port, data):
    """(type of the first record, its bytes)."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as peer:
        peer.sendall(data)
        head = b""
        while len(head) < 5:
            more = peer.recv(5 - len(head))
            if not more:
                return None, b""
            head += more
        return head[0], peer.recv(struct.unpack(">H", head[3:])[0])


def trusting(authority, version=None):
    context = ssl.create_default_context(cafile=str(authority.path))
    if version:
        context.minimum_version = context.maximum_version = version
    return context


def answer_in_the_clear(port):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as peer:
        peer.sendall(b"GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = http.client.HTTPResponse(peer)
        answer.begin()
        return answer.status, answer.headers, answer.read()


class Served(unittest.TestCase):
    """One ledger under TLS for all tests of the class."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.scratch.name)
        cls.authority = certs.Authority(folder / "authority")
        cls.chain, cls.key = cls.authority.issue("server")
        cls.data = folder / "data"
        cls.log_key, cls.tokens = client.init(cls.data)
        config = json.loads((cls.data / "config.json").read_text())
        config["tls"] = {"certificate": str(cls.chain), "key": str(cls.key)}
        config["limits"] = {"head_deadline_ms": HEAD_DEADLINE_MS}
        (cls.data / "config.json").write_text(json.dumps(config))
        cls.server = client.Server(cls.data)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.scratch.cleanup()

    def link(self, token="", version=None):
        link = self.server.link(self.tokens.get(token, ""), trust=trusting(self.authority, version))
        self.addCleanup(link.close)
        return link

    def connect(self, context=None):
        plain = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
        return (context or trusting(self.authority)).wrap_socket(plain, server_hostname="127.0.0.1")


class Protocol(Served):
    def test_tls_1_2_and_1_3_are_spoken_and_browsers_are_told_to_keep_to_them(self):
        for version, called in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            with self.connect(trusting(self.authority, version)) as peer:
                self.assertEqual(peer.version(), called)
                self.assertIn("GCM", peer.cipher()[0])
            answer = self.link("operator", version).get("/v1/status")
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.headers["Strict-Transport-Security"], "max-age=31536000")

    def test_older_versions_are_refused(self):
        for version in (TLS10, TLS11):
            kind, alert = reply_to(self.server.port, hello(version, [GOOD_SUITE, 0xC009]))
            self.assertEqual((kind, alert), (21, bytes([2, PROTOCOL_VERSION])))

    def test_a_good_suite_is_taken_and_a_weak_one_refused(self):
        kind, message = reply_to(self.server.port, hello(TLS12, [*WEAK_SUITES.values(), GOOD_SUITE]))
        self.assertEqual((kind, message[:1]), (22, b"\x02"), "a ServerHello is wanted: the control of this test")
        for called, suite in WEAK_SUITES.items():
            with self.subTest(called):
                kind, alert = reply_to(self.server.port, hello(TLS12, [suite]))
                self.assertEqual((kind, alert), (21, bytes([2, HANDSHAKE_FAILURE])))

    def test_a_session_is_not_kept(self):
        with self.connect(trusting(self.authority, ssl.TLSVersion.TLSv1_2)) as peer:
            self.assertFalse(peer.session.has_ticket)
            again = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
            with peer.context.wrap_socket(again, server_hostname="127.0.0.1", session=peer.session) as second:
                self.assertFalse(second.session_reused)

    def test_plain_http_on_the_tls_port_is_answered_once_and_says_so_in_both_languages(self):
        status, headers, body = answer_in_the_clear(self.server.port)
        self.assertEqual((status, headers["Content-Type"]), (400, "application/problem+json"))
        problem = json.loads(body)
        self.assertTrue(problem["type"].endswith("/tls-required"))
        self.assertIn("TLS", json.dumps(problem, ensure_ascii=False))
        self.assertEqual(headers["Connection"], "close")
        self.assertNotIn("registry.example", body.decode())

    def test_bytes_that_are_no_hello_end_the_connection_and_nothing_else(self):
        for waste in (b"\x16\x03\x01\xff\xff" + os.urandom(64), b"\x80\x2e\x01\x00\x02", b"\x00" * 32, b"\x15\x03\x01\x00\x02\x02\x28"):
            reply_to(self.server.port, waste + bytes(400))
        self.assertEqual(self.link("operator").get("/v1/status").status, 200)

    def test_large_answers_and_bodies_pass_whole(self):
        self.assertEqual(self.link("regulator").call("POST", "/v1/entries", b"[" + b" " * 60_000 + b"]").status, 400)
        json.loads(self.link().get("/openapi.json").body)


class SlowHandshakes(Served):
    def test_clients_that_never_say_hello_hold_nobody_up_and_are_sent_away(self):
        silent = [socket.create_connection(("127.0.0.1", self.server.port), timeout=20) for _ in range(40)]
        half = [socket.create_connection(("127.0.0.1", self.server.port), timeout=20) for _ in range(40)]
        for peer in half:
            peer.sendall(hello(TLS12, [GOOD_SUITE])[:-3])
        began = time.monotonic()
        for _ in range(20):
            link = self.link("operator")
            self.assertEqual(link.get("/v1/status").status, 200)
            link.close()
        honest = time.monotonic() - began
        for peer in silent + half:
            while peer.recv(1024):
                pass
        gone = time.monotonic() - began
        self.assertGreater(gone, HEAD_DEADLINE_MS / 1000 - 0.5, "they were not slow: this test shows nothing")
        self.assertLess(gone, 15)
        self.assertLess(honest, 10)
        for peer in silent + half:
            peer.close()

    def test_a_byte_now_and_then_does_not_stretch_the_deadline(self):
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as peer:
            peer.settimeout(0.2)
            try:
                for byte in hello(TLS12, [GOOD_SUITE] * 200):
                    peer.sendall(bytes([byte]))
                    try:
                        if peer.recv(1) == b"":
                            break
                    except TimeoutError:
                        pass
            except ConnectionError:
                pass
        self.assertLess(time.monotonic() - began, HEAD_DEADLINE_MS / 1000 + 8)
        self.assertEqual(self.link("operator").get("/v1/status").status, 200)


class Renewal(Served):
    def reload(self, expect):
        before = self.server.said().count('"event":"certificate"')
        self.server.process.send_signal(signal.SIGHUP)
        for _ in range(200):
            said = [line for line in self.server.said().splitlines() if '"event":"certificate"' in line]
            if len(said) > before:
                self.assertIn(expect, said[-1])
                return
            time.sleep(0.05)
        self.fail(self.server.said())

    def shown(self):
        with self.connect() as peer:
            return certs.serial_in(peer.getpeercert(binary_form=True))

    def test_a_new_certificate_is_taken_while_it_serves_and_a_bad_one_is_not(self):
        first = certs.serial_of(self.chain)
        self.assertEqual(self.shown(), first)
        kept = self.link("operator")
        self.assertEqual(kept.get("/v1/status").status, 200)
        chain, key = self.authority.issue("next")
        os.replace(key, self.key)
        self.reload("kept the old one")
        self.assertEqual(self.shown(), first)
        second = certs.serial_of(chain)
        os.replace(chain, self.chain)
        self.reload("renewed")
        self.assertEqual(self.shown(), second)
        self.assertNotEqual(first, second)
        self.assertEqual(kept.get("/v1/status").status, 200)
        self.chain.write_text("no certificate")
        self.reload("kept the old one")
        self.assertEqual(self.shown(), second)


class People(Served):
    def sign_in(self, link, key):
        asked = link.call("POST", "/v1/session/challenges", json.dumps({"key": key.public.id.hex()}).encode())
        self.assertEqual(asked.status, 201, asked.body)
        text = asked.json["text"]
        body = {"challenge": asked.json["challenge"], "signature": b64(key.sign(text.encode()))}
        return text, link.call("POST", "/v1/session", json.dumps(body).encode(), more={"Sec-Fetch-Site": "same-origin"})

    def test_an_officer_enrols_signs_in_and_reads_under_tls_only(self):
        city = client.City(self.data, self.link("regulator"))
        unit = city.unit("P-1", ["user"])
        link = self.link()
        text, answer = self.sign_in(link, unit.key)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertIn(f"\norigin https://127.0.0.1:{self.server.port}\n", text)
        cookie = answer.headers["Set-Cookie"]
        self.assertTrue(cookie.startswith("__Host-tallystick="))
        for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, cookie.split("; "))
        self.assertNotIn("Domain", cookie)
        me = link.call("GET", "/v1/session", more={"Cookie": cookie.split(";")[0]})
        self.assertEqual((me.status, me.json["party"]), (200, "P-1"))

    def test_the_commands_speak_to_it_when_they_know_its_authority(self):
        url = f"https://127.0.0.1:{self.server.port}"
        good = client.run("verify", url, "--ca", self.authority.path, "--log-key", self.log_key)
        self.assertIn("Clean", good.stdout)
        by_name = client.run("verify", f"https://localhost:{self.server.port}", "--ca", self.authority.path)
        self.assertIn("Clean", by_name.stdout)
        other = certs.Authority(self.data.parent / "other")
        for called, options in (("no authority known", ()), ("another authority", ("--ca", other.path)),
                                ("no such file", ("--ca", self.data / "nothing.pem"))):
            with self.subTest(called):
                refused = client.run("verify", url, *options, check=False)
                self.assertEqual(refused.returncode, 3, refused.stdout + refused.stderr)

    def test_an_entry_is_signed_and_sent_by_the_command_line_over_tls(self):
        folder = self.data.parent
        client.run("key", "new", "--out", folder / "unit.pem")
        shown = json.loads(client.run("key", "show", folder / "unit.pem", "--json").stdout)
        (folder / "unit.json").write_text(json.dumps({
            "name": "单位", "kinds": ["user"], "uscc": client.uscc_of("P-9"), "region": client.LEAF_REGION,
            "address": "Road 1", "key": {"spki": shown["spki"], "suite": shown["suite"]}}))
        done = client.run("submit", "--key", folder / "unit.pem", "--party", "P-9", "--type", "party.register",
                          folder / "unit.json", "--first", "--server", f"https://127.0.0.1:{self.server.port}",
                          "--ca", self.authority.path, "--log-key", self.log_key)
        self.assertIn("proof holds", done.stdout)


class Names(unittest.TestCase):
    def test_the_commands_refuse_a_certificate_for_somebody_else_or_of_another_time(self):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            authority = certs.Authority(folder / "authority")
            client.init(folder / "data")
            chain, key = authority.issue("elsewhere", hosts=("registry.example", "192.0.2.7"))
            server = client.Server(folder / "data", options=("--tls-cert", chain, "--tls-key", key))
            try:
                for host in ("127.0.0.1", "localhost"):
                    refused = client.run("verify", f"https://{host}:{server.port}", "--ca", authority.path, check=False)
                    self.assertEqual(refused.returncode, 3, refused.stdout + refused.stderr)
            finally:
                server.stop()


class BadFiles(unittest.TestCase):
    """What serve says to a certificate or key that it must not use: it does not start, and names the reason."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.authority = certs.Authority(cls.folder / "authority")
        cls.chain, cls.key = cls.authority.issue("server")
        cls.data = cls.folder / "data"
        client.init(cls.data)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def check(self, chain, key, reason):
        for more in (("--check-config",), ("--port", "0")):
            done = client.run("serve", "--data", self.data, "--tls-cert", chain, "--tls-key", key, *more, check=False)
            self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
            self.assertIn(reason, done.stderr)

    def issued(self, name, **more):
        return self.authority.issue(name, **more)

    def test_a_good_pair_of_every_kind_of_key_passes(self):
        for kind in ("p256", "p384", "ed25519", "rsa2048"):
            chain, key = self.issued("good-" + kind, kind=kind)
            done = client.run("serve", "--data", self.data, "--tls-cert", chain, "--tls-key", key, "--check-config")
            self.assertIn("the configuration is good", done.stdout)

    def test_the_key_must_be_there_closed_to_others_and_the_right_one(self):
        self.check(self.chain, self.folder / "nothing.key", "is missing")
        self.check(self.chain, self.folder, "is not a file")
        other = self.issued("other")[1]
        self.check(self.chain, other, "the private key is not that of the first certificate")
        for mode in (0o640, 0o604, 0o660):
            open_key = certs.write_key(self.folder / "open.key", self.key.read_bytes(), mode)
            self.check(self.chain, open_key, "can be read by others: chmod 600")
        locked = certs.write_key(self.folder / "locked.key", certs.key_pem(certs.new_key("p256"), b"secret"))
        self.check(self.chain, locked, "encrypted")
        self.check(self.chain, certs.write_key(self.folder / "no.key", b"nothing"), "no private key")

    def test_the_certificate_must_be_there_and_one_for_servers_of_today(self):
        self.check(self.folder / "nothing.pem", self.key, "cannot read")
        self.check(self.key, self.key, "there is no certificate in PEM")
        self.check(*self.issued("old", begins=-10, ends=-1), "expired at")
        self.check(*self.issued("young", begins=2, ends=9), "is valid only from")
        self.check(*self.issued("client", usage=certs.CLIENT), "not a certificate for servers")
        self.check(*self.issued("nameless", hosts=()), "it names no server")
        self.check(*self.issued("short", kind="rsa1024"), "shorter than 2048 bits")
        self.check(*self.issued("large-curve", kind="p521"), "none of P-256, P-384, Ed25519 and RSA")

    def test_one_without_the_other_is_a_mistake(self):
        for option, path in (("--tls-cert", self.chain), ("--tls-key", self.key)):
            done = client.run("serve", "--data", self.data, option, path, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertIn("go together", done.stderr)

    def test_an_origin_of_plain_http_does_not_go_with_it(self):
        config = json.loads((self.data / "config.json").read_text())
        try:
            (self.data / "config.json").write_text(json.dumps({**config, "origin": "http://registry.example"}))
            self.check(self.chain, self.key, "origin begins with http://")
        finally:
            (self.data / "config.json").write_text(json.dumps(config))


if __name__ == "__main__":
    unittest.main()
