#!/usr/bin/env python3
"""Behind a proxy that speaks TLS for us: whose word counts about where a request comes from."""

import json
import pathlib
import re
import socket
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402


def own_address():
    """An address of this machine that is not loopback, or nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.100.1", 9))  # sends nothing
        except OSError:
            return None
        return probe.getsockname()[0]


class Proxies(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.data = pathlib.Path(self.scratch.name) / "data"
        self.tokens = client.init(self.data)[1]
        self.asked = 0

    def serve(self, *options):
        self.server = client.Server(self.data, options=options)
        self.addCleanup(self.server.stop)

    def link(self):
        link = self.server.link()
        self.addCleanup(link.close)
        return link

    def ask(self, path="/v1/status", **fields):
        """The answer, and the address that the log has for it."""
        self.asked += 1
        name = f"ask-{self.asked}"
        link = self.server.link(self.tokens["operator"])
        more = {"X-Request-Id": name, **{key.replace("_", "-"): value for key, value in fields.items()}}
        answer = link.call("GET", path, more=more)
        link.close()
        for _ in range(200):
            line = re.search(rf'^.*"id":"{name}".*$', self.server.said(), re.M)
            if line:
                return answer, json.loads(line[0])["peer"]
            time.sleep(0.02)
        raise AssertionError(self.server.said())

    def test_without_a_declared_proxy_forwarded_fields_mean_nothing(self):
        self.serve()
        answer, peer = self.ask(X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https", Forwarded="for=203.0.113.9")
        self.assertEqual((answer.status, peer), (200, "127.0.0.1"))
        self.assertIsNone(answer.headers["Strict-Transport-Security"])

    def test_of_another_than_the_declared_proxy_they_mean_nothing_either(self):
        self.serve("--behind-proxy", "10.0.0.5")
        answer, peer = self.ask(X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http")
        self.assertEqual((answer.status, peer), (200, "127.0.0.1"))

    def test_the_declared_proxy_is_believed_up_to_the_first_address_that_is_none(self):
        self.serve("--behind-proxy", "127.0.0.1", "--behind-proxy", "10.1.0.0/16")
        for said, peer in (("203.0.113.9", "203.0.113.9"), ("6.6.6.6, 203.0.113.9", "203.0.113.9"),
                           ("6.6.6.6, 203.0.113.9, 10.1.2.3", "203.0.113.9"), ("10.1.2.3", "10.1.2.3"),
                           ("2001:db8::9", "2001:db8::9"), ("::ffff:203.0.113.9", "203.0.113.9"),
                           ("rubbish, 203.0.113.9", "203.0.113.9")):
            answer, found = self.ask(X_Forwarded_For=said, X_Forwarded_Proto="https")
            self.assertEqual((answer.status, found), (200, peer), said)
            self.assertTrue(answer.headers["Strict-Transport-Security"])

    def test_a_word_of_the_proxy_that_is_no_address_is_refused(self):
        self.serve("--behind-proxy", "127.0.0.1")
        for said in ("unknown", "203.0.113.9:4711", "203.0.113.9,", "<script>"):
            answer, _ = self.ask(X_Forwarded_For=said)
            self.assertEqual((answer.status, answer.rule), (400, "malformed-request"), said)

    def test_what_came_to_the_proxy_in_the_clear_is_refused(self):
        self.serve("--behind-proxy", "127.0.0.1")
        for scheme in ("http", "ws", "https, http"):
            answer, _ = self.ask(X_Forwarded_Proto=scheme, X_Forwarded_For="203.0.113.9")
            self.assertEqual((answer.status, answer.rule), (400, "tls-required"), scheme)

    def test_people_sign_for_the_address_they_see(self):
        self.serve("--behind-proxy", "127.0.0.1")
        link = self.link()
        body = json.dumps({"key": "00" * 32}).encode()
        asked = link.call("POST", "/v1/session/challenges", body,
                          more={"X-Forwarded-Proto": "https", "Host": "Registry.example"})
        self.assertIn("\norigin https://registry.example\n", asked.json["text"])

    def test_the_configured_origin_stands_over_what_a_request_says(self):
        file = self.data / "config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), "origin": "https://registry.example",
                                    "behind_proxy": ["127.0.0.1"]}))
        self.serve()
        asked = self.link().call("POST", "/v1/session/challenges", json.dumps({"key": "00" * 32}).encode(),
                                        more={"Host": "evil.example", "X-Forwarded-Proto": "https"})
        self.assertIn("\norigin https://registry.example\n", asked.json["text"])

    def test_others_than_the_proxy_are_not_let_in(self):
        address = own_address()
        if not address:
            self.skipTest("this machine has no address but loopback")
        self.serve("--behind-proxy", "10.0.0.5", "--address", "0.0.0.0")
        with socket.create_connection((address, self.server.port), timeout=20) as peer:
            peer.sendall(b"GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
            try:
                self.assertEqual(peer.recv(1024), b"")
            except ConnectionResetError:
                pass
        self.assertEqual(self.ask()[0].status, 200)


if __name__ == "__main__":
    unittest.main()
