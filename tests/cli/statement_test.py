#!/usr/bin/env python3
"""A permit from credit to zero as one file: it verifies offline, and no part of it can be changed unseen."""

import json
import pathlib
import tempfile
import unittest

from cli_test import GOOD, INTEGRITY, PROGRAM, City, day_from_now, run, serving


class Statement(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="tallystick-statement-")
        cls.root = pathlib.Path(cls.folder.name)
        cls.city = city = City(cls.root)
        cls.bundle, cls.open = cls.root / "permit.json", cls.root / "open.json"
        with serving(city.data) as (url, _):
            city.settle(url)
            token = ["--token", city.tokens["regulator"]]
            city.submit(url, city.police, "ps-px", "permit.issue", {
                "permit": "GB-1", "kind": "C23-BUY-1", "holder": "unit-1", "purpose": "溶剂",
                "lines": [{"substance": "CN3-02", "quantity": {"unit": "kg", "value": "100"}}],
                "valid_from": day_from_now(2), "valid_to": day_from_now(20)}, *token)
            reader = ["--server", url, *token]
            cls.said = run("permit", "GB-1", "--bundle", cls.open, *reader)
            city.submit(url, city.unit, "unit-1", "permit.close", {"permit": "GB-1", "statement": "未使用"})
            run("permit", "GB-1", "--bundle", cls.bundle, *reader)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def verify(self, bundle, expect=GOOD):
        file = self.root / "changed.json"
        file.write_text(json.dumps(bundle), encoding="utf-8")
        return run("verify", file, "--log-key", self.city.log_key, expect=expect)

    def read(self):
        return json.loads(self.bundle.read_text(encoding="utf-8"))

    def test_a_closed_permit_is_written_off_to_zero(self):
        said = run("verify", self.bundle, "--log-key", self.city.log_key)
        self.assertIn("Clean", said)
        self.assertRegex(said, r"granted 100000000 = used 0 \+ lapsed 100000000 \+ held 0 \+ left 0")
        self.assertRegex(said, r"written off +yes")
        self.assertEqual(len(self.read()["entries"]), 2)

    def test_an_open_permit_says_what_is_left(self):
        self.assertIn("entries 1", self.said)
        said = run("verify", self.open, "--log-key", self.city.log_key)
        self.assertRegex(said, r"left 100000000")
        self.assertRegex(said, r"written off +no")

    def test_an_amount_that_was_changed_is_found(self):
        bundle = self.read()
        entry = bundle["entries"][0]
        entry["outcome"] = entry["outcome"].replace("100000000", "10000000")
        said = self.verify(bundle, INTEGRITY)
        self.assertIn("outcome-hash", said)

    def test_an_entry_that_was_left_out_is_missed(self):
        bundle = self.read()
        del bundle["entries"][0]
        self.assertIn("statement-below-zero", self.verify(bundle, INTEGRITY))

    def test_another_order_and_another_place_are_found(self):
        bundle = self.read()
        bundle["entries"].reverse()
        self.assertIn("statement-order", self.verify(bundle, INTEGRITY))
        bundle = self.read()
        bundle["entries"][0]["receipt"] = bundle["entries"][1]["receipt"]
        self.assertIn("receipt", self.verify(bundle, INTEGRITY))

    def test_what_may_not_be_seen_is_not_taken_for_nothing(self):
        bundle = self.read()
        bundle["entries"][1]["outcome"] = None
        said = self.verify(bundle)
        self.assertIn("some outcomes are not in the file", said)
        self.assertRegex(said, r"written off +no")

    def test_keys_that_are_not_there_are_named(self):
        bundle = self.read()
        bundle["keys"] = []
        self.assertIn("key-unknown", self.verify(bundle, INTEGRITY))


if __name__ == "__main__":
    if not PROGRAM:
        raise SystemExit("TALLYSTICK names no program")
    unittest.main()
