#!/usr/bin/env python3
"""What an operator does by the runbook: init by questions, the keys' folder, the drill of a lost machine, a thief."""

import json
import os
import pathlib
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import certificates as certs  # noqa: E402
import tallystick_client as client  # noqa: E402


def run(*arguments, answers=None, **environment):
    return subprocess.run([client.program(), *map(str, arguments)], input=answers, capture_output=True, text=True,
                          timeout=300, env={**os.environ, **environment})


def mode(path):
    return stat.S_IMODE(pathlib.Path(path).stat().st_mode)


class Scratch(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.data = self.folder / "data"


class Wizard(Scratch):
    def ask(self, *lines, code=0):
        done = run("init", "--wizard", "--data", self.data, answers="".join(line + "\n" for line in lines))
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def config(self):
        return json.loads((self.data / "config.json").read_text())

    def test_piped_answers_make_a_server_of_this_machine(self):
        said = self.ask(client.LEDGER, "360300", "", "1", "9123", "", "", "yes")
        self.assertIn("is open in", said)
        self.assertEqual((self.config()["port"], self.config()["address"], self.config()["pack"]), (9123, "127.0.0.1", "cn"))
        self.assertNotIn("tls", self.config())
        server = client.Server(self.data)
        self.addCleanup(server.stop)
        self.assertEqual(server.link().get("/log/checkpoint").status, 200)

    def test_what_is_not_good_is_said_and_asked_again(self):
        said = self.ask("no ledger!", client.LEDGER, "36", "abcdef", "360300", "mars", "cn", "7", "1", "99999999", "port",
                        "70000", "9123", "", "", "yes")
        for part in ("ledger is no origin", "region is not six digits", "no embedded file", "1, 2 or 3 is wanted", "port is not a whole number"):
            self.assertIn(part, said)
        self.assertEqual(self.config()["port"], 9123)

    def test_the_certificate_is_tried_before_anything_is_made(self):
        authority = certs.Authority(self.folder / "authority")
        chain, key = authority.issue("server")
        other = authority.issue("other")[1]
        said = self.ask(client.LEDGER, "360300", "", "2", "0.0.0.0", chain.as_posix(), "/nothing", chain.as_posix(),
                        other.as_posix(), chain.as_posix(), key.as_posix(), "http://registry.example", "https://Registry",
                        "https://registry.example", "", "", "", "yes")
        for part in ("/nothing is missing", "not that of the first certificate", "https://registry.example is wanted",
                     "origin is no origin"):
            self.assertIn(part, said)
        self.assertEqual(self.config()["origin"], "https://registry.example")
        client.run("serve", "--data", self.data, "--check-config")

    def test_a_proxy_is_asked_for_by_address(self):
        self.ask(client.LEDGER, "360300", "", "3", "", "proxy.example", "10.0.0.5, 10.1.0.0/16", "https://registry.example",
                 "", "", "", "yes")
        self.assertEqual(self.config()["behind_proxy"], ["10.0.0.5", "10.1.0.0/16"])

    def test_answers_that_end_or_a_no_make_nothing(self):
        for lines in ((client.LEDGER,), (client.LEDGER, "360300", "", "1", "", "", "", "no"), ["x"] * 30):
            self.ask(*lines, code=2)
            self.assertFalse(self.data.exists())

    def test_without_the_wizard_the_names_are_needed(self):
        done = run("init", "--data", self.data)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--wizard", done.stderr)


class KeyFolder(Scratch):
    def test_keys_are_made_for_their_owner_only_and_refused_otherwise(self):
        client.init(self.data)
        keys = self.data / "keys"
        self.assertEqual((mode(keys), mode(keys / "log.pem"), mode(keys / "operator.pem")), (0o700, 0o600, 0o600))
        for path, wrong in ((keys / "log.pem", 0o640), (keys / "log.pem", 0o604), (keys, 0o770), (keys, 0o702)):
            right = mode(path)
            path.chmod(wrong)
            for more in (("--check-config",), ("--port", "0")):
                done = run("serve", "--data", self.data, *more)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn("by others", done.stderr)
            path.chmod(right)
        client.run("serve", "--data", self.data, "--check-config")

    def test_no_secret_is_in_the_log_or_the_list_of_processes(self):
        _, tokens = client.init(self.data)
        secrets = [*tokens.values(), *("".join((self.data / "keys" / name).read_text().splitlines()[1:-1])
                                       for name in ("log.pem", "operator.pem"))]
        server = client.Server(self.data)
        self.addCleanup(server.stop)
        for token, status in ((tokens["operator"], 200), ("wrong-" + tokens["operator"], 401)):
            link = server.link(token)
            self.assertEqual(link.get("/v1/status").status, status)
            link.close()
        shown = pathlib.Path(f"/proc/{server.process.pid}/cmdline").read_text() + \
            pathlib.Path(f"/proc/{server.process.pid}/environ").read_text() + server.said()
        for secret in secrets:
            self.assertNotIn(secret, shown)


def tables_of(path):
    """Names and row counts, as a fingerprint of a database."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


NAME, NUMBER = "龚测试甲", "13812340000"


class Drill(Scratch):
    """The machine is lost. There are a backup, its keys of personal values, the folder of keys and the anchor."""

    def setUp(self):
        super().setUp()
        _, self.tokens = client.init(self.data)
        server = client.Server(self.data)
        link = server.link(self.tokens["regulator"])
        self.addCleanup(link.close)
        city = client.City(self.data, link)
        self.unit = city.unit("P-1", ["user"], private=[("/name", NAME, b"\1" * 32), ("/phone", NUMBER, b"\2" * 32)])
        self.index = city.receipts[0]["index"]
        self.assertEqual(link.call("GET", "/v1/parties/P-1", more={"Tallystick-Purpose": "routine"}).status, 200)
        self.private = link.get(f"/v1/entries/{self.index}/private").body
        self.assertIn(NAME, self.private.decode())
        self.backup, self.keys = self.folder / "backup.db", self.folder / "personal-keys.db"
        client.run("backup", "--data", self.data, "--to", self.backup, "--keys-to", self.keys)
        server.stop()

    def test_the_backup_holds_every_state_file_but_keys_and_anchors(self):
        in_backup = {"ledger.db": "", "personal.db": ".personal", "access.db": ".access", "config.json": ".config",
                     "tokens.json": ".tokens"}
        left_out = {"anchor", "anchor.access", "ledger.db.lock"}
        made_anew = ("ledger.db.ids", "ledger.db.history")
        for path in self.data.iterdir():
            name = path.name
            if path.is_dir():
                self.assertEqual(name, "keys", "a new folder of state: is it in the backup?")
            elif not name.endswith(("-wal", "-shm")) and not name.startswith(made_anew) and name not in left_out:
                self.assertTrue(pathlib.Path(str(self.backup) + in_backup[name]).exists(), name)
        for ending in (".access", ".config", ".tokens", ""):
            self.assertEqual(mode(str(self.backup) + ending), 0o600)
        if (self.data / "access.db").exists():
            self.assertEqual(tables_of(self.data / "access.db"), tables_of(str(self.backup) + ".access"))

    def test_a_new_machine_serves_what_the_lost_one_did(self):
        fresh = self.folder / "fresh"
        fresh.mkdir(mode=0o700)
        shutil.copytree(self.data / "keys", fresh / "keys")
        (fresh / "keys" / "personal.db").unlink()
        shutil.copy(self.data / "anchor", fresh / "anchor")
        before = client.run("verify", self.data).stdout
        shutil.rmtree(self.data)
        client.run("restore", "--from", self.backup, "--data", fresh, "--keys-from", self.keys)
        self.assertEqual(client.run("verify", fresh).stdout.replace(str(fresh), str(self.data)), before)
        server = client.Server(fresh)
        try:
            link = server.link(self.tokens["regulator"])
            self.assertEqual(link.get(f"/v1/entries/{self.index}/private").body, self.private)
            site = self.unit.make("site.add", {"site": "after", "name": "Store", "kind": "store",
                                               "region": client.LEAF_REGION, "address": "Road 1"})
            self.assertEqual(link.post(site).status, 201)
            link.close()
        finally:
            server.stop()

    def test_a_thief_of_database_and_configuration_has_no_personal_value_and_no_key(self):
        loot = self.folder / "loot"
        loot.mkdir()
        for path in self.data.rglob("*"):
            if path.is_file() and "keys" not in path.relative_to(self.data).parts:
                shutil.copy(path, loot / path.name)
        for path in self.folder.glob("backup.db*"):
            shutil.copy(path, loot / path.name)
        everything = b"".join(path.read_bytes() for path in loot.iterdir())
        self.assertGreater(len(everything), 100_000)
        secrets = [NAME.encode(), NUMBER.encode(), *(token.encode() for token in self.tokens.values())]
        for name in ("log.pem", "operator.pem"):
            pem = (self.data / "keys" / name).read_text()
            seed = client.load_ed25519_pem(self.data / "keys" / name).secret
            secrets += ["".join(pem.splitlines()[1:-1]).encode(), seed, seed.hex().encode()]
        with sqlite3.connect(f"file:{self.data / 'keys/personal.db'}?mode=ro", uri=True) as connection:
            table = connection.execute("SELECT name FROM sqlite_schema WHERE type='table'").fetchall()
            keys = [value for (name,) in table for row in connection.execute(f'SELECT * FROM "{name}"') for value in row
                    if isinstance(value, bytes) and len(value) >= 16]
        self.assertGreaterEqual(len(keys), 2)
        for secret in secrets + keys:
            self.assertNotIn(secret, everything)
        self.assertIn(run("serve", "--data", loot, "--port", "0").returncode, (2, 3))
        self.assertEqual(run("backup", "--data", loot, "--to", loot / "second").returncode, 2)


if __name__ == "__main__":
    unittest.main()
