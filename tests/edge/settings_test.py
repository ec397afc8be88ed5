#!/usr/bin/env python3
"""config.json: every member, every mistake, all of them at once."""

import json
import pathlib
import re
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402

TEXTS = ("ledger", "region", "pack", "anchor", "personal_keys", "address", "tls.certificate", "tls.key", "origin",
         "ledger_key", "oidc.issuer", "oidc.audience", "oidc.jwks")


def nested(flat):
    """{"a.b": 1} as {"a": {"b": 1}}."""
    out = {}
    for name, value in flat.items():
        group, _, member = name.rpartition(".")
        (out.setdefault(group, {}) if group else out)[member] = value
    return out


class Settings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.data = pathlib.Path(cls.scratch.name) / "data"
        client.init(cls.data)
        cls.file = cls.data / "config.json"
        cls.good = json.loads(cls.file.read_text())

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def check(self, config, code=2):
        self.file.write_text(config if isinstance(config, str) else json.dumps(config))
        done = client.run("serve", "--data", self.data, "--check-config", check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout if code == 0 else done.stderr

    def with_(self, **members):
        return {**self.good, **members}

    def in_effect(self, config):
        """{name: (value, "set" or "default")} as --check-config prints it."""
        return {m[1]: (json.loads(m[2]), m[3])
                for m in re.finditer(r"^(\S+) += (.+?) +(set|default)  +\S", self.check(config, 0), re.M)}

    def test_every_member_is_printed_with_its_value_and_where_it_is_from(self):
        shown = self.in_effect(self.with_(port=9000, limits={"connections_max": 77}))
        self.assertEqual(shown["port"], (9000, "set"))
        self.assertEqual(shown["limits.connections_max"], (77, "set"))
        self.assertEqual(shown["origin"], ("", "default"))
        self.assertTrue({*TEXTS, "behind_proxy", "limits.head_deadline_ms"} <= shown.keys())

    def test_what_the_format_bounds_is_shown_beside_it(self):
        said = self.check(self.good, 0)
        for line in (r"rows of a page += 200 +fixed", r"depth of JSON += 16 +fixed", r"bytes of an entry += 1048576 +fixed"):
            self.assertRegex(said, line)

    def test_a_wrong_type_is_named_for_every_member_at_once(self):
        names = list(self.in_effect(self.good))
        self.assertGreater(len(names), 25)
        said = self.check(nested({name: {"no": "such"} if name in TEXTS else "wrong" for name in names}))
        for name in names:
            self.assertRegex(said, rf"(?m)^  {re.escape(name)} is ", name)

    def test_numbers_keep_their_bounds(self):
        shown = self.in_effect(self.good)
        numbers = [name for name, (value, _) in shown.items() if isinstance(value, int) and name.startswith("limits.")]
        for wrong in (-1, 1 << 52, True, None, [1]):
            said = self.check({**self.good, **nested({name: wrong for name in numbers})})
            for name in numbers:
                self.assertIn(f"{name} is not a whole number", said)

    def test_unknown_members_are_named_inside_groups_too(self):
        said = self.check(self.with_(prot=1, limits={"connection_max": 5}, tls={"cert": "x"}))
        for name in ("prot", "limits.connection_max", "tls.cert"):
            self.assertIn(f"unknown member {name}", said)

    def test_what_does_not_go_together_is_said(self):
        said = self.check(self.with_(
            tls={"certificate": "server.pem"}, behind_proxy=["10.0.0.5"], origin="https://registry.example",
            limits={"connections_max": 10, "connections_per_address_max": 11, "head_bytes_max": 2048,
                    "target_bytes_max": 2048}))
        for part in ("tls.certificate and tls.key go together", "tls and behind_proxy exclude each other",
                     "limits.connections_per_address_max is above", "limits.target_bytes_max is not below"):
            self.assertIn(part, said)
        self.assertIn("origin begins with http://", self.check(self.with_(behind_proxy=["10.0.0.5"],
                                                                          origin="http://registry.example")))

    def test_an_origin_is_written_as_a_browser_writes_it(self):
        for good in ("https://registry.example", "https://registry.example:8443", "http://localhost:8360",
                     "https://[2001:db8::1]", "https://192.0.2.1"):
            self.check(self.with_(origin=good), 0)
        for wrong in ("registry.example", "https://Registry.example", "https://registry.example/",
                      "https://registry.example:443", "http://registry.example:80", "https://registry.example:0",
                      "https://registry.example:70000", "https://", "https://a b", "ftp://registry.example",
                      "https://user@registry.example", "https://[2001:db8::1"):
            self.assertIn("origin is no origin", self.check(self.with_(origin=wrong)), wrong)

    def test_a_proxy_is_an_address_or_a_network(self):
        self.check(self.with_(behind_proxy=["10.0.0.5", "10.1.0.0/16", "2001:db8::/32", "::1"]), 0)
        for wrong in (["proxy.example"], ["10.0.0.5:80"], ["10.1.0.1/16"], ["10.1.0.0/33"], [""], [7], "10.0.0.5",
                      ["10.0.0.0/"], ["010.0.0.5"]):
            self.assertIn("behind_proxy is not a list", self.check(self.with_(behind_proxy=wrong)), wrong)

    def test_plain_http_is_for_this_machine_only(self):
        for address in ("0.0.0.0", "192.0.2.5", "::"):
            self.assertIn("plain HTTP is for this machine only", self.check(self.with_(address=address)))
            self.check(self.with_(address=address, behind_proxy=["10.0.0.5"]), 0)

    def test_a_file_that_is_no_object_or_no_json_is_refused(self):
        for text in ("", "[]", "7", '{"port": 1, "port": 2}', '{"port": 1,}', "{" * 100):
            self.check(text)

    def test_old_files_may_say_connections_max_at_the_top(self):
        self.assertEqual(self.in_effect(self.with_(connections_max=33))["limits.connections_max"], (33, "set"))


if __name__ == "__main__":
    unittest.main()
