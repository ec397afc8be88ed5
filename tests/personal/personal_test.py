#!/usr/bin/env python3
"""Personal values: kept sealed, shown to whom they are for, and gone for good once they are erased.

The bytes of an erased value, of its seal and of its key are looked for in every file of the data folder and in backups
made later. A server that is killed while it erases leaves the value readable or gone, and never a broken ledger.

TALLYSTICK_ERASE_KILLS cycles (15), TALLYSTICK_SEED.
"""

import os
import pathlib
import random
import secrets
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402

KILLS = int(os.environ.get("TALLYSTICK_ERASE_KILLS", "15"))
SEED = int(os.environ.get("TALLYSTICK_SEED", str(random.SystemRandom().randrange(10 ** 6))))
# Born in 1901 and 1900: no living holders.
ID_NUMBER, OTHER_ID = "360321190102280016", "36030219000101000X"
NAME, PHONE = "龚测试甲", "13812340000"


def private(path, value):
    return (path, value, secrets.token_bytes(32))


def files_of(folder):
    return [path for path in pathlib.Path(folder).rglob("*") if path.is_file()]


def holding(folder, needle):
    """Names of the files in which the bytes stand."""
    needle = needle.encode() if isinstance(needle, str) else needle
    return [str(path) for path in files_of(folder) if needle in path.read_bytes()]


def one(path, sql, *values):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        row = connection.execute(sql, values).fetchone()
        return row[0] if row else None
    finally:
        connection.close()


class Ledger:
    """A data folder with a served city and one unit whose officer is named."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.log_key, self.tokens = client.init(self.data)
        self.server = client.Server(self.data)
        self.city = client.City(self.data, self.server.link(self.tokens["regulator"]))
        self.unit = self.city.unit("P-1", ["user"])

    def start(self):
        self.server = client.Server(self.data)
        self.city.link = self.server.link(self.tokens["regulator"])

    def token(self, role, party=""):
        options = ["--party", party] if party else []
        said = client.run("token", "new", "--data", self.data, "--role", role, *options).stdout
        return said.split()[-1]

    def appoint(self, officer, *values):
        return self.city.send(self.unit.make("officer.appoint", {"officer": officer, "duty": "keeper"},
                                             private=values))

    def order(self, entry, *numbers):
        return self.unit.make("personal.erase", {"entry": entry, "ground": "retention-ended",
                                                 "values": [{"n": n} for n in numbers]})

    def values(self, index, link=None):
        answer = (link or self.city.link).get(f"/v1/entries/{index}/private")
        if answer.status != 200:
            raise AssertionError(f"{answer.status}: {answer.body!r}")
        return answer.json["values"]

    def key_of(self, entry_id, n):
        return one(self.data / "keys/personal.db", "SELECT key FROM key WHERE entry = ? AND n = ?", entry_id, n)

    def seal_of(self, entry_id, n):
        return one(self.data / "personal.db", "SELECT sealed FROM value WHERE entry = ? AND n = ?", entry_id, n)


class PersonalValues(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.ledger = Ledger(self.folder.name)
        self.addCleanup(lambda: self.ledger.server.process.poll() is None and self.ledger.server.kill())

    def test_who_sees_them(self):
        ledger = self.ledger
        receipt = ledger.appoint("O-1", private("/officer/name", NAME), private("/officer/id_number", ID_NUMBER))
        index = receipt["index"]
        seen = ledger.values(index)
        self.assertEqual([v["value"] for v in seen], [NAME, ID_NUMBER])
        self.assertEqual([v["path"] for v in seen], ["/officer/name", "/officer/id_number"])
        self.assertEqual({v["state"] for v in seen}, {"kept"})
        for value in seen:
            made = client.commitment("ed25519-sha256", value["path"], value["value"],
                                     client.suites.base64.b64decode(value["salt"]))
            self.assertEqual(made.hex(), value["commitment"])
        ledger.city.unit("P-2", ["user"])
        tokens = {role: ledger.token(role, party)
                  for role, party in (("officer", "P-1"), ("auditor", ""), ("bureau", ""))}
        other = ledger.token("officer", "P-2")
        ledger.server.stop()
        ledger.start()
        self.assertEqual(len(ledger.values(index, ledger.server.link(tokens["officer"]))), 2)
        for token in (tokens["auditor"], tokens["bureau"], other, ""):
            answer = ledger.server.link(token).get(f"/v1/entries/{index}/private")
            self.assertIn(answer.status, (401, 403, 404))
            self.assertNotIn(NAME.encode(), answer.body)
        # Nowhere on the disk, not even before they are erased, nor in what the server says of its requests.
        for value in (NAME, ID_NUMBER):
            self.assertEqual(holding(self.folder.name, value), [])

    def test_bad_values_are_refused_with_their_places(self):
        ledger = self.ledger
        entry = ledger.unit.write("officer.appoint", {"officer": "O-1", "duty": "keeper"}, private=[
            private("/officer/name", NAME), private("/officer/id_number", ID_NUMBER[:-1] + "7"),
            private("/officer/phone", "1381234"), private("officer", "")]).sign(ledger.unit.key)
        answer = ledger.city.link.post(entry)
        self.assertEqual((answer.status, answer.rule), (422, "personal-value-form"))
        self.assertEqual([(e["pointer"], e["code"]) for e in answer.json["errors"]],
                         [("/private/1/value", "bad_identity_number"), ("/private/2/value", "bad_phone"),
                          ("/private/3/path", "bad_pointer"), ("/private/3/value", "bad_personal_text")])
        good = ledger.unit.write("officer.appoint", {"officer": "O-1", "duty": "nothing"},
                                 private=[private("/officer/name", NAME)]).sign(ledger.unit.key)
        self.assertEqual(ledger.city.link.post(good).status, 422)
        gap = ledger.unit.make("officer.appoint", {"officer": "O-1", "duty": "keeper"},
                               private=[private("/officer/name", NAME)])
        gap_next = ledger.unit.make("officer.appoint", {"officer": "O-2", "duty": "keeper"},
                                    private=[private("/officer/name", NAME)])
        self.assertEqual(ledger.city.link.post(gap_next).status, 409)
        self.assertIsNone(self.ledger.seal_of(gap_next.id.hex(), 1), "a refused entry leaves no value behind")
        self.assertEqual(ledger.city.link.post(gap).status, 201)

    def test_erased_is_gone_everywhere(self):
        ledger = self.ledger
        for n in range(30):
            ledger.appoint(f"O-{n}", private("/officer/name", f"某人{n}"), private("/officer/phone", PHONE))
        receipt = ledger.appoint("O-X", private("/officer/name", NAME), private("/officer/id_number", ID_NUMBER))
        index, entry = receipt["index"], receipt["entry_id"]
        key, seal = ledger.key_of(entry, 2), ledger.seal_of(entry, 2)
        self.assertEqual(len(key), 32)
        early = self.folder.name + "/early.db"
        client.run("backup", "--data", ledger.data, "--to", early)
        self.assertTrue(holding(ledger.data, key) and holding(ledger.data, seal))
        erased = ledger.city.send(ledger.order(index, 2))
        values = ledger.values(index)
        self.assertEqual(values[0]["value"], NAME)
        self.assertEqual((values[1]["state"], values[1]["erased_at"]), ("erased", erased["index"]))
        self.assertNotIn("value", values[1])
        self.assertEqual(holding(ledger.data, key), [])
        self.assertEqual(holding(ledger.data, seal), [])
        # The early backup holds the seal and no key: nothing opens it any more.
        self.assertEqual(holding(self.folder.name, key), [])
        late = pathlib.Path(self.folder.name) / "late"
        late.mkdir()
        client.run("backup", "--data", ledger.data, "--to", late / "ledger.db", "--keys-to", late / "keys.db")
        for needle in (key, seal, ID_NUMBER):
            self.assertEqual(holding(late, needle), [])
        client.run("verify", ledger.data)
        again = ledger.city.send(ledger.order(index, 2))
        self.assertEqual(ledger.values(index)[1]["erased_at"], erased["index"])
        self.assertGreater(again["index"], erased["index"])
        self.restore(late, index)

    def restore(self, late, index):
        """Into the same folder: what was kept is there, what was erased is not."""
        ledger = self.ledger
        ledger.server.stop()
        client.run("restore", "--data", ledger.data, "--from", late / "ledger.db", "--keys-from", late / "keys.db")
        ledger.start()
        values = ledger.values(index)
        self.assertEqual((values[0]["state"], values[1]["state"]), ("kept", "erased"))

    def test_no_export_and_no_log_line_holds_a_value(self):
        """What leaves the registry besides the value itself: entries, receipts, reports, metrics, and what it logs."""
        ledger = self.ledger
        index = ledger.appoint("O-1", private("/officer/name", NAME), private("/officer/id_number", ID_NUMBER))["index"]
        out = pathlib.Path(self.folder.name) / "exports"
        out.mkdir()
        entry_id = ledger.city.link.get(f"/v1/entries/{index}").json["entry_id"]
        paths = [f"/v1/entries/{index}", f"/v1/entries/{index}/receipt", f"/v1/entries/by-id/{entry_id}", "/v1/entries",
                 "/v1/parties/P-1", "/v1/officers?party=P-1", "/metrics", "/log/checkpoint", "/v1/access-log"]
        paths += [f"/v1/reports/{kind}?party=P-1&period=2026&format={form}"
                  for kind in ("annual", "stock-ledger", "corrections") for form in ("json", "csv", "xlsx")]
        read = 0
        for n, path in enumerate(paths):
            answer = ledger.city.link.get(path)
            read += answer.status == 200
            (out / f"{n}").write_bytes(answer.body)
        self.assertGreater(read, 12)
        # A refused entry is logged with its rule, never with its values.
        bad = ledger.unit.write("officer.appoint", {"officer": "O-2", "duty": "nothing"},
                                private=[private("/officer/name", NAME)]).sign(ledger.unit.key)
        self.assertEqual(ledger.city.link.post(bad).status, 422)
        ledger.city.send(ledger.order(index, 1, 2))
        client.run("backup", "--data", ledger.data, "--to", out / "late.db", "--keys-to", out / "late-keys.db")
        for value in (NAME, ID_NUMBER):
            self.assertEqual(holding(self.folder.name, value), [])
            self.assertNotIn(value, ledger.server.said())

    def test_an_old_backup_with_its_keys_is_erased_again(self):
        ledger = self.ledger
        index = ledger.appoint("O-1", private("/officer/id_number", ID_NUMBER))["index"]
        ledger.server.stop()
        old = pathlib.Path(self.folder.name) / "old"
        old.mkdir()
        for name in ("personal.db", "keys/personal.db"):
            shutil.copy(ledger.data / name, old / name.replace("/", "-"))
        ledger.start()
        ledger.city.send(ledger.order(index, 1))
        ledger.server.stop()
        for name in ("personal.db", "keys/personal.db"):
            for suffix in ("-wal", "-shm"):
                (ledger.data / (name + suffix)).unlink(missing_ok=True)
            shutil.copy(old / name.replace("/", "-"), ledger.data / name)
        ledger.start()
        self.assertEqual(ledger.values(index)[0]["state"], "erased")
        entry = ledger.city.link.get(f"/v1/entries/{index}").json["entry_id"]
        self.assertIsNone(ledger.key_of(entry, 1))
        self.assertEqual(ledger.seal_of(entry, 1), b"")

    def test_stolen_files_without_the_keys_say_nothing(self):
        ledger = self.ledger
        index = ledger.appoint("O-1", private("/officer/name", NAME))["index"]
        ledger.server.stop()
        keys = ledger.data / "keys/personal.db"
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(str(keys) + suffix).unlink(missing_ok=True)
        self.assertEqual(holding(ledger.data, NAME), [])
        ledger.start()
        self.assertEqual(ledger.values(index)[0]["state"], "missing")

    def test_only_who_may_orders_an_erasure(self):
        ledger = self.ledger
        index = ledger.appoint("O-1", private("/officer/name", NAME))["index"]
        other = ledger.city.unit("P-2", ["user"])
        strange = other.write("personal.erase", {"entry": index, "ground": "mistake", "values": [{"n": 1}]})
        answer = ledger.city.link.post(strange.sign(other.key))
        self.assertEqual((answer.status, answer.rule), (409, "entry-of-another"))
        bad = ledger.unit.write("personal.erase", {"entry": 10 ** 6, "ground": "mistake", "values": [{"n": 1}]})
        self.assertEqual(ledger.city.link.post(bad.sign(ledger.unit.key)).rule, "unknown-entry")
        bad = ledger.unit.write("personal.erase", {"entry": index, "ground": "boredom", "values": [{"n": 0}, {"n": 2},
                                                                                                   {"n": 2}]})
        answer = ledger.city.link.post(bad.sign(ledger.unit.key))
        self.assertEqual(sorted(e["pointer"] for e in answer.json["errors"]), ["/ground", "/values/0/n", "/values/2/n"])
        self.assertEqual(ledger.values(index)[0]["state"], "kept")
        entry = ledger.city.operator.make("personal.erase", {"entry": index, "ground": "court-order",
                                                             "values": [{"n": 1}]})
        ledger.city.send(entry)
        self.assertEqual(ledger.values(index)[0]["state"], "erased")

    def test_an_order_for_a_number_that_is_not_there_destroys_nothing(self):
        """Idempotent, as the page of the step says: what is kept stays, and what is not there is not made up."""
        ledger = self.ledger
        index = ledger.appoint("O-1", private("/officer/name", NAME), private("/officer/phone", PHONE))["index"]
        bare = ledger.city.send(ledger.unit.make("site.add", {
            "site": "S-9", "name": "库", "kind": "store", "region": client.LEAF_REGION, "address": "路1号"}))["index"]
        for target, numbers in ((index, (3, 100)), (bare, (1,))):
            first = ledger.city.send(ledger.order(target, *numbers))
            again = ledger.city.send(ledger.order(target, *numbers))
            self.assertGreater(again["index"], first["index"])
        self.assertEqual([v["state"] for v in ledger.values(index)], ["kept", "kept"])
        self.assertEqual(ledger.values(bare), [])
        too_far = ledger.unit.write("personal.erase", {"entry": index, "ground": "mistake", "values": [{"n": 101}]})
        answer = ledger.city.link.post(too_far.sign(ledger.unit.key))
        self.assertEqual([e["pointer"] for e in answer.json["errors"]], ["/values/0/n"])
        ledger.server.stop()
        ledger.start()
        self.assertEqual([v["value"] for v in ledger.values(index)], [NAME, PHONE])
        ledger.server.stop()
        client.run("verify", ledger.data)
        ledger.start()

    def test_by_the_command_line(self):
        ledger = self.ledger
        index = ledger.appoint("O-1", private("/officer/name", NAME))["index"]
        said = client.run("erase", "--server", f"http://127.0.0.1:{ledger.server.port}", "--token",
                          ledger.tokens["regulator"], "--key", ledger.data / "keys/operator.pem", "--party", "operator",
                          "--entry", index, "--value", 1, "--ground", "consent-withdrawn").stdout
        self.assertIn("index ", said)
        self.assertEqual(ledger.values(index)[0]["state"], "erased")

    def test_killed_while_it_erases(self):
        ledger, dice = self.ledger, random.Random(SEED)
        print(f"seed {SEED}, {KILLS} kills")
        states = set()
        for n in range(KILLS):
            receipt = ledger.appoint(f"O-{n}", private("/officer/id_number", OTHER_ID))
            index, entry = receipt["index"], receipt["entry_id"]
            order = ledger.order(index, 1)
            thread = threading.Thread(target=self.send_quietly, args=(order,))
            thread.start()
            # Most erasures take a few milliseconds: early moments are tried more often.
            time.sleep(dice.random() ** 2 * 0.02)
            ledger.server.kill()
            thread.join()
            ledger.start()
            value = ledger.values(index)[0]
            states.add(value["state"])
            gone = ledger.key_of(entry, 1) is None
            self.assertEqual(gone, value["state"] == "erased", "erased and no key, or kept and readable")
            if value["state"] == "kept":
                self.assertEqual(value["value"], OTHER_ID)
            else:
                self.assertEqual(ledger.seal_of(entry, 1), b"")
            # Sent again: stored once, and now it is gone in any case.
            self.assertIn(ledger.city.link.post(order).status, (200, 201))
            self.assertEqual(ledger.values(index)[0]["state"], "erased")
            self.assertIsNone(ledger.key_of(entry, 1))
        client.run("verify", ledger.data)
        print("after the kill:", ", ".join(sorted(states)))

    def send_quietly(self, entry):
        try:
            self.ledger.server.link(self.ledger.tokens["regulator"], timeout=20).post(entry)
        except (OSError, client.http.client.HTTPException):
            pass


if __name__ == "__main__":
    unittest.main()
