#!/usr/bin/env python3
"""Who asks too often waits, and nobody can make somebody else wait.

The server stands behind a proxy on loopback, so that X-Forwarded-For gives each client an address of its own.
"""

import json
import pathlib
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402
from suites import ED25519, PrivateKey, b64  # noqa: E402

ADDRESS, SESSION, KEY, FAILURE = 30, 20, 12, 10
OPEN = "/log/checkpoint"


def parts_of(field):
    """'"address";r=29;t=2' as ("address", {"r": 29, "t": 2})."""
    name, *rest = field.split(";")
    return json.loads(name), {key: int(value) for key, value in (each.split("=") for each in rest)}


class Behind(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.data = pathlib.Path(cls.scratch.name) / "data"
        cls.tokens = client.init(cls.data)[1]
        for note in ("first", "second"):
            cls.tokens[note] = client.run("token", "new", "--data", cls.data, "--role", "auditor", "--note",
                                          note).stdout.strip()
        file = cls.data / "config.json"
        cls.config = json.loads(file.read_text())
        file.write_text(json.dumps({**cls.config, "behind_proxy": ["127.0.0.1"], "limits": {
            "address_requests_per_minute": ADDRESS, "session_requests_per_minute": SESSION,
            "key_entries_per_minute": KEY, "failed_proof_cost": FAILURE}}))
        cls.server = client.Server(cls.data)
        cls.addresses = (f"198.51.100.{n}" for n in range(1, 250))

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.scratch.cleanup()

    def from_address(self, address=None, token=""):
        link = self.server.link(self.tokens.get(token, token))
        link.fields = {"X-Forwarded-For": address or next(self.addresses), "X-Forwarded-Proto": "https"}
        self.addCleanup(link.close)
        return link

    def exhaust(self, link, path=OPEN, most=100):
        """How many were answered before the first 429, and that answer."""
        for count in range(most):
            answer = link.get(path)
            if answer.status == 429:
                return count, answer
            self.assertEqual(answer.status, 200, answer.body)
        self.fail(f"{most} requests were answered")

    def check_refusal(self, answer, payer, quota):
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (429, "application/problem+json"))
        problem = answer.json
        self.assertEqual(answer.rule, "too-many-requests")
        for member in ("title", "detail", "what_to_do"):
            self.assertTrue(problem[member] and problem[member + "_zh"])
        self.assertIn(payer, problem["detail"])
        self.assertIn(str(quota), problem["detail_zh"])
        self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        self.assertLessEqual(int(answer.headers["Retry-After"]), 60)
        self.assertEqual(parts_of(answer.headers["RateLimit-Policy"]), (payer, {"q": quota, "w": 60}))
        self.assertEqual(parts_of(answer.headers["RateLimit"])[0], payer)


class Rates(Behind):
    def test_every_answer_says_what_is_left_and_the_last_one_when_to_come_back(self):
        link = self.from_address()
        before = None
        for _ in range(5):
            answer = link.get(OPEN)
            name, left = parts_of(answer.headers["RateLimit"])
            self.assertEqual((name, parts_of(answer.headers["RateLimit-Policy"])), ("address", ("address", {"q": ADDRESS, "w": 60})))
            self.assertTrue(before is None or left["r"] == before - 1 or left["t"] < 60)
            before = left["r"]
        count, refused = self.exhaust(link)
        self.assertGreaterEqual(count, ADDRESS - 6)
        self.check_refusal(refused, "address", ADDRESS)
        self.assertEqual(parts_of(refused.headers["RateLimit"])[1]["r"], 0)
        time.sleep(int(refused.headers["Retry-After"]))
        self.assertEqual(link.get(OPEN).status, 200)

    def test_what_is_not_there_and_what_is_malformed_costs_the_same(self):
        link = self.from_address()
        for _ in range(ADDRESS):
            self.assertIn(link.get("/nothing/here").status, (404, 429))
        self.assertEqual(link.get("/nothing/here").status, 429)

    def test_one_address_is_not_another_but_a_network_of_v6_is_one(self):
        self.exhaust(self.from_address("2001:db8:1:2::1"))
        self.assertEqual(self.from_address("2001:db8:1:2:ffff::9").get(OPEN).status, 429)
        self.assertEqual(self.from_address("2001:db8:1:3::1").get(OPEN).status, 200)
        self.assertEqual(self.from_address().get(OPEN).status, 200)

    def test_who_brings_a_token_is_not_held_up_by_others_behind_its_address(self):
        address = next(self.addresses)
        self.exhaust(self.from_address(address))
        self.assertEqual(self.from_address(address, "first").get("/v1/parties").status, 200)

    def test_a_token_has_its_own_quota_from_wherever_it_is_used(self):
        _, refused = self.exhaust(self.from_address(token="second"), "/v1/status")
        self.check_refusal(refused, "session", SESSION)
        self.assertEqual(self.from_address(token="second").get("/v1/status").status, 429)
        self.assertEqual(self.from_address(token="regulator").get("/v1/status").status, 200)

    def test_wrong_tokens_cost_the_address_more(self):
        link = self.from_address(token="not-a-token")
        answers = [link.get("/v1/parties").status for _ in range(6)]
        self.assertEqual(answers[:2], [401, 401])
        self.assertIn(429, answers)


class Keys(Behind):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        link = cls.server.link(cls.tokens["regulator"])
        link.fields = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}
        cls.city = client.City(cls.data, link)

    def unit(self, party):
        self.city.link = self.from_address()
        return self.city.unit(party, ["user"])

    def site(self, author, name):
        return author.write("site.add", {"site": name, "name": "Store", "kind": "store", "region": client.LEAF_REGION,
                                         "address": "Road 1"})

    def store_until_refused(self, author, prefix):
        for n in range(KEY + 5):
            entry = self.site(author, f"{prefix}-{n}").sign(author.key)
            answer = self.from_address().post(entry)
            if answer.status == 429:
                return n, answer, entry
            self.assertEqual(answer.status, 201, answer.body)
            author.advance(entry)
        self.fail("nothing was refused")

    def test_a_key_has_its_quota_of_entries_from_wherever_they_come(self):
        unit, other = self.unit("P-1"), self.unit("P-2")
        count, refused, entry = self.store_until_refused(unit, "one")
        self.assertGreaterEqual(count, KEY - 4)
        self.check_refusal(refused, "key", KEY)
        self.assertEqual(self.from_address().post(self.site(other, "o-1").sign(other.key)).status, 201)
        time.sleep(int(refused.headers["Retry-After"]))
        self.assertEqual(self.from_address().post(entry).status, 201, "the same entry, later")

    def test_bad_signatures_in_the_name_of_a_key_cost_their_sender_and_not_the_key(self):
        unit, thief = self.unit("P-3"), PrivateKey(ED25519)
        attacker = self.from_address()
        answers = []
        for n in range(KEY * 2):
            forged = self.site(unit, f"forged-{n}")
            forged.signatures.append({"key": unit.key.public.id.hex(), "signature": b64(thief.sign(forged.header.encode()))})
            answers.append(attacker.post(forged))
        self.assertEqual((answers[0].status, answers[0].rule), (422, "bad-signature"))
        self.check_refusal(answers[-1], "address", ADDRESS)
        self.assertLess(sum(a.status != 429 for a in answers), ADDRESS / FAILURE + 2)
        self.assertEqual(self.from_address().post(self.site(unit, "true-1").sign(unit.key)).status, 201)

    def test_forged_lines_of_a_batch_cost_their_sender_too(self):
        unit, thief = self.unit("P-4"), PrivateKey(ED25519)
        attacker = self.from_address()
        lines = b""
        for n in range(6):
            forged = self.site(unit, f"batch-{n}")
            forged.signatures.append({"key": unit.key.public.id.hex(), "signature": b64(thief.sign(forged.header.encode()))})
            lines += forged.wire() + b"\n"
        self.assertEqual(attacker.call("POST", "/v1/entries:batch", lines, "application/x-ndjson").status, 200)
        self.assertEqual(attacker.get(OPEN).status, 429)
        self.assertEqual(self.from_address().post(self.site(unit, "true-2").sign(unit.key)).status, 201)

    def test_failed_sign_ins_do_not_lock_the_person_out(self):
        unit, thief = self.unit("P-5"), PrivateKey(ED25519)

        def try_with(link, key):
            asked = link.call("POST", "/v1/session/challenges", json.dumps({"key": unit.key.public.id.hex()}).encode())
            if asked.status != 201:
                return asked
            body = {"challenge": asked.json["challenge"], "signature": b64(key.sign(asked.json["text"].encode()))}
            return link.call("POST", "/v1/session", json.dumps(body).encode(), more={"Sec-Fetch-Site": "same-origin"})

        attacker = self.from_address()
        answers = [try_with(attacker, thief) for _ in range(8)]
        self.assertEqual(answers[0].rule, "sign-in-refused")
        self.assertEqual(answers[-1].status, 429)
        self.assertEqual(try_with(self.from_address(), unit.key).status, 201)


class OnThisMachine(unittest.TestCase):
    def test_nobody_is_counted_on_loopback_unless_it_is_set(self):
        with tempfile.TemporaryDirectory() as scratch:
            data = pathlib.Path(scratch) / "data"
            client.init(data)
            server = client.Server(data)
            try:
                link = server.link()
                answers = [link.get(OPEN) for _ in range(50)]
                link.close()
                self.assertEqual({a.status for a in answers}, {200})
                self.assertIsNone(answers[0].headers["RateLimit"])
            finally:
                server.stop()

    def test_the_commands_wait_as_they_are_told_and_go_on(self):
        with tempfile.TemporaryDirectory() as scratch:
            data = pathlib.Path(scratch) / "data"
            client.init(data)
            file = data / "config.json"
            file.write_text(json.dumps({**json.loads(file.read_text()), "limits": {"address_requests_per_minute": 60}}))
            server = client.Server(data)
            try:
                link = server.link()
                while link.get(OPEN).status != 429:
                    pass
                link.close()
                done = client.run("verify", f"http://127.0.0.1:{server.port}")
                self.assertIn("Clean", done.stdout)
            finally:
                server.stop()


if __name__ == "__main__":
    unittest.main()
