#!/usr/bin/env python3
"""A ledger's life by the command line: made, served, written to, refused, verified, damaged, rebuilt, restored."""

import contextlib
import datetime
import http.server
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

PROGRAM = os.environ.get("TALLYSTICK", "")
BOUND_S = 180
LEDGER = "registry.example/360300"
GOOD, REFUSED, USAGE, UNREACHABLE, INTEGRITY = range(5)


def run(*arguments, expect=GOOD, stdin=None):
    """Runs one command, checks its exit code, and gives standard output and error together."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=BOUND_S)
    text = done.stdout + done.stderr
    if done.returncode != expect:
        raise AssertionError(f"{arguments}: exit code {done.returncode}, {expect} was expected\n{text}")
    return text


@contextlib.contextmanager
def serving(data, *options):
    """A server of the folder on a free port; gives its address and, afterwards, what it said on standard error."""
    process = subprocess.Popen([PROGRAM, "serve", "--data", str(data), "--port", "0", *options],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = []
    try:
        line = process.stdout.readline()
        if not line.startswith("listening on http://127.0.0.1:"):
            raise AssertionError("the server did not start: " + line)
        yield line.split()[-1], said
        process.send_signal(signal.SIGTERM)
        said.append(process.communicate(timeout=BOUND_S)[1])
        if process.returncode != GOOD:
            raise AssertionError(f"the server ended with {process.returncode}\n{said[0]}")
    except BaseException:
        process.kill()
        if not said:
            print(f"the server said:\n{process.communicate()[1][-4000:]}\nand ended with {process.returncode}")
        raise


def reports(url, token):
    """The same report in every format, as of the newest entry but one of the city, whatever came later."""
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for form in ("csv", "xlsx", "json"):
            file = pathlib.Path(folder) / form
            run("report", "annual", "--party", "unit-1", "--period", "2020-01-01/2039-12-31", "--known-at", "7",
                "--format", form, "--out", file, "--server", url, "--token", token)
            made[form] = file.read_bytes()
    return made


@contextlib.contextmanager
def losing_answers(url):
    """A relay in front of the server that passes entries on and then hangs up without their answer."""

    class Relay(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            try:
                status, body = 200, urllib.request.urlopen(url + self.path, timeout=BOUND_S).read()
            except urllib.error.HTTPError as error:
                status, body = error.code, error.read()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = urllib.request.Request(url + self.path, body, {"Content-Type": self.headers["Content-Type"]})
            urllib.request.urlopen(request, timeout=BOUND_S).read()
            self.close_connection = True

        def log_message(self, *_):
            pass

    relay = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    threading.Thread(target=relay.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{relay.server_port}"
    finally:
        relay.shutdown()
        relay.server_close()


def get(url, token):
    request = urllib.request.Request(url, headers={"Authorization": "Bearer " + token})
    with urllib.request.urlopen(request, timeout=BOUND_S) as answer:
        return answer.read()


def status_of(url):
    try:
        return urllib.request.urlopen(url, timeout=BOUND_S).status
    except urllib.error.HTTPError as error:
        return error.code


def day_from_now(days):
    return str(datetime.date.today() + datetime.timedelta(days=days))


def facts_in(text):
    """Lines of two words as a table."""
    return dict(line.split() for line in text.splitlines() if len(line.split()) == 2)


class City:
    """A ledger with an agency, a unit, its store and stock, made by commands alone."""

    def __init__(self, root):
        self.root, self.data = root, root / "data"
        said = run("init", "--data", self.data, "--ledger", LEDGER, "--region", "360300")
        words = [line.split() for line in said.splitlines()]
        self.log_key = next(w[2] for w in words if w[:2] == ["log", "key"])
        self.tokens = {w[0]: w[1] for w in words if w and w[0] in ("regulator", "bureau", "auditor", "operator")}

    def key(self, name, suite):
        file = self.root / (name + ".pem")
        run("key", "new", "--suite", suite, "--out", file)
        return file

    def public(self, file):
        shown = json.loads(run("key", "show", file, "--json"))
        return {"spki": shown["spki"], "suite": shown["suite"]}

    def submit(self, url, key, party, step, payload, *more, expect=GOOD):
        return run("submit", "--server", url, "--key", key, "--party", party, "--type", step, "-", *more, expect=expect,
                   stdin=json.dumps(payload))

    def settle(self, url):
        token = ["--token", self.tokens["regulator"], "--log-key", self.log_key]
        operator = self.data / "keys" / "operator.pem"
        self.police, self.safety = self.key("police", "sm2-sm3"), self.key("safety", "p256-sha256")
        self.unit = self.key("unit", "ed25519-sha256")
        for party, name, role, key in (("ps-px", "萍乡市公安局", "PS", self.police),
                                       ("em-px", "萍乡市应急管理局", "EM", self.safety)):
            self.submit(url, operator, "operator", "agency.enrol",
                        {"agency": party, "name": name, "role": role, "level": "C", "region": "360300",
                         "key": self.public(key)}, "--second", key, *token)
        self.submit(url, self.unit, "unit-1", "party.register",
                    {"name": "萍乡化工", "kinds": ["trader"], "uscc": "91360300Y123456793", "region": "360302",
                     "address": "安源区一号", "key": self.public(self.unit)}, "--first", "--log-key", self.log_key)
        self.submit(url, self.police, "ps-px", "party.verify", {"party": "unit-1", "method": "in-person"}, *token)
        # Without a token the device's own memory says how far the chain has come.
        self.submit(url, self.unit, "unit-1", "site.add",
                    {"site": "store-1", "name": "一号库", "kind": "store", "region": "360302", "address": "安源区"})
        self.submit(url, self.safety, "em-px", "permit.issue",
                    {"permit": "LIC-1", "kind": "C3T-FILE", "holder": "unit-1", "lines": [{"substance": "CN3-02"}],
                     "valid_from": day_from_now(2), "valid_to": day_from_now(700), "purpose": "经营"}, *token)
        self.receipt = self.root / "receipt.txt"
        return self.submit(url, self.unit, "unit-1", "stock.open",
                           {"site": "store-1", "lines": [{"lot": "L-1", "substance": "CN3-02",
                                                          "quantity": {"unit": "kg", "value": "125.5"}}]},
                           "--out", self.receipt)


def flipped(source, target, offset, bit=0):
    data = bytearray(source.read_bytes())
    data[offset] ^= 1 << bit
    target.write_bytes(data)


def places(data):
    """Ten bytes that each carry meaning: leaves, payloads, outcomes, names, checkpoints, read tables, schema."""
    out = []
    for mark, skip, which in ((b"ledger.leaf/v1\nseq ", 19, 0), (b"ledger.leaf/v1\nseq ", 60, 2), (b"\nsig ", 80, 0),
                              (b"\ntime ", 10, 1), ("一号库".encode(), 1, 0), (b'"nonce":"', 12, 1), (b"125.5", 2, 0),
                              (LEDGER.encode() + b"\n3\n", len(LEDGER) + 4, 0), ("萍乡化工".encode(), 2, -1),
                              (b"CREATE TABLE party", 9, 0)):
        found, at = [], data.find(mark)
        while at >= 0:
            found.append(at)
            at = data.find(mark, at + 1)
        if not found:
            raise AssertionError(f"the database holds no {mark!r}")
        out.append((mark, found[which if which < len(found) else 0] + skip))
    return out


class CommandLine(unittest.TestCase):
    """One ledger; the tests read it or work on copies, in any order."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="tallystick-cli-")
        cls.root = pathlib.Path(cls.folder.name)
        cls.city = City(cls.root)
        cls.early = cls.root / "early.db"
        cls.backup = cls.root / "backup.db"
        cls.bundle = cls.root / "entry.json"
        with serving(cls.city.data) as (url, said):
            cls.last = cls.city.settle(url)
            cls.backed_up = run("backup", "--data", cls.city.data, "--to", cls.early)
            cls.live(url)
            run("backup", "--data", cls.city.data, "--to", cls.backup)
        cls.access_log = said[0]

    @classmethod
    def live(cls, url):
        """What only a running server can show."""
        city, reader = cls.city, ["--server", url, "--token", cls.city.tokens["regulator"]]
        cls.twice = city.submit(url, city.police, "ps-px", "party.verify", {"party": "unit-1", "method": "in-person"},
                                "--token", city.tokens["regulator"], expect=REFUSED)
        cls.malformed = city.submit(url, city.unit, "unit-1", "site.add", {"site": "x y", "kind": "castle"},
                                    expect=REFUSED)
        second = {"site": "store-2", "name": "二号库", "kind": "store", "region": "360302", "address": "安源区"}
        with losing_answers(url) as relay:
            cls.no_answer = city.submit(relay, city.unit, "unit-1", "site.add", second, expect=UNREACHABLE)
        cls.sent_again = city.submit(url, city.unit, "unit-1", "site.add", second)
        stranger = city.key("stranger", "ed25519-sha256")
        cls.no_head = city.submit(url, stranger, "unit-1", "site.add", {}, expect=USAGE)
        cls.other_log = city.submit(url, stranger, "unit-1", "site.add", {}, "--first", "--log-key",
                                    "other.example/1+00000000+AAAA", expect=USAGE)
        cls.shown = {name: run(name, *rest, *reader) for name, rest in
                     {"balance": [], "permit": ["LIC-1"], "trace": ["L-1"]}.items()}
        cls.shown["mass"] = run("balance", "--mass", *reader)
        cls.missing = run("permit", "NO-1", *reader, expect=REFUSED)
        cls.reports = reports(url, city.tokens["regulator"])
        cls.bundle.write_bytes(get(url + "/v1/entries/7/bundle", city.tokens["auditor"]))
        cls.by_url = run("verify", url, "--log-key", city.log_key)
        cls.rebuilt_live = run("rebuild", "--data", city.data)
        cls.adopt_live = run("rebuild", "--data", city.data, "--adopt", expect=UNREACHABLE)
        cls.second_server = run("serve", "--data", city.data, "--port", "0", expect=UNREACHABLE)
        cls.live_folder = run("verify", city.data, "--log-key", city.log_key)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def copy_of_folder(self, name):
        target = self.root / name
        shutil.copytree(self.city.data, target)
        return target

    # making and writing

    def test_init_makes_a_ledger_once_and_keeps_only_hashes(self):
        self.assertEqual(set(self.city.tokens), {"regulator", "bureau", "auditor", "operator"})
        stored = (self.city.data / "tokens.json").read_text()
        for token in self.city.tokens.values():
            self.assertNotIn(token, stored)
        self.assertIn("already", run("init", "--data", self.city.data, "--ledger", LEDGER, "--region", "360300",
                                     expect=USAGE))

    def test_init_that_is_refused_leaves_nothing(self):
        target = self.root / "refused"
        said = run("init", "--data", target, "--ledger", "no origin", "--region", "36", expect=USAGE)
        self.assertIn("region", said)
        self.assertIn("ledger", said)
        self.assertFalse((target / "config.json").exists())

    def test_keys_are_the_owners_alone_and_never_overwritten(self):
        key = self.city.unit
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.assertIn("exists", run("key", "new", "--out", key, expect=USAGE))
        shown = facts_in(run("key", "show", key))
        self.assertEqual(shown["chain"], shown["key"][:32])
        loose = self.root / "loose.pem"
        shutil.copy(key, loose)
        loose.chmod(0o644)
        self.assertIn("chmod 600", run("key", "show", loose, expect=USAGE))

    def test_a_token_belongs_to_an_officer_with_a_party(self):
        data = self.copy_of_folder("tokens")
        token = run("token", "new", "--data", data, "--role", "officer", "--party", "unit-1").split()[0]
        self.assertNotIn(token, (data / "tokens.json").read_text())
        self.assertIn("--party", run("token", "new", "--data", data, "--role", "officer", expect=USAGE))
        self.assertIn("--role", run("token", "new", "--data", data, "--role", "king", expect=USAGE))
        with serving(data, "--quiet") as (url, _):
            run("balance", "--server", url, "--token", token)

    def test_an_entry_gives_a_receipt_that_was_checked(self):
        self.assertIn("index 7", self.last)
        self.assertIn("proof holds", self.last)
        self.assertTrue(self.city.receipt.read_text().startswith("c2sp.org/tlog-proof@v1\n"))

    def test_a_refusal_says_what_is_wrong_in_two_languages(self):
        self.assertIn("party-verified-already", self.twice)
        self.assertIn("被拒绝", self.twice)
        self.assertIn("what to do", self.twice)
        for field in ("/site", "/kind", "/name"):
            self.assertIn(field, self.malformed)

    def test_an_entry_without_an_answer_is_stored_once(self):
        self.assertIn("no answer", self.no_answer)
        self.assertIn("index 8\nit was stored before", self.sent_again)

    def test_nothing_is_signed_on_a_guess(self):
        self.assertIn("--first", self.no_head)
        self.assertIn("--log-key", self.other_log)

    def test_the_access_log_is_json_and_holds_no_token(self):
        lines = [json.loads(line) for line in self.access_log.splitlines() if line.startswith("{")]
        self.assertGreater(len(lines), 10)
        for token in self.city.tokens.values():
            self.assertNotIn(token, self.access_log)

    def test_reads_are_shown_as_tables(self):
        self.assertIn("125.5 kg", self.shown["balance"])
        self.assertIn("C3T-FILE", self.shown["permit"])
        self.assertIn("CN3-02", self.shown["trace"])
        self.assertIn("stock.open", self.shown["trace"])
        self.assertIn("125.5 kg", self.shown["mass"])
        self.assertIn("not-found", self.missing)
        self.assertIn("no answer", run("balance", "--server", "http://127.0.0.1:9", expect=UNREACHABLE))

    def test_two_servers_never_share_a_database(self):
        self.assertIn("another process", self.second_server)

    # verifying

    def test_backup_bundle_and_server_are_clean(self):
        for said in (self.backed_up, self.by_url, self.live_folder,
                     run("verify", self.backup, "--log-key", self.city.log_key),
                     run("verify", self.bundle, "--log-key", self.city.log_key)):
            self.assertIn("Clean", said)
            self.assertIn("相符", said)
        report = json.loads(run("verify", self.backup, "--json"))
        self.assertTrue(report["clean"])
        self.assertEqual(report["facts"]["entries"], "9")

    def test_verify_changes_nothing(self):
        folder = self.root / "alone"
        folder.mkdir()
        copy = folder / "copy.db"
        shutil.copy(self.backup, copy)
        before = copy.read_bytes()
        run("verify", copy)
        self.assertEqual([f.name for f in folder.iterdir()], ["copy.db"])
        self.assertEqual(copy.read_bytes(), before)

    def test_one_bit_anywhere_is_found_and_named(self):
        copy = self.root / "flipped.db"
        for mark, offset in places(self.backup.read_bytes()):
            with self.subTest(mark=mark):
                flipped(self.backup, copy, offset)
                said = run("verify", copy, expect=INTEGRITY)
                self.assertIn("first defect", said)
                self.assertIn("不相符", said)

    def test_a_changed_bundle_is_found(self):
        bundle = json.loads(self.bundle.read_text())
        bundle["entry"]["payload"] = bundle["entry"]["payload"].replace("125.5", "25.5")
        changed = self.root / "changed.json"
        changed.write_text(json.dumps(bundle))
        self.assertIn("payload-hash", run("verify", changed, expect=INTEGRITY))
        bundle = json.loads(self.bundle.read_text())
        bundle["keys"] = []
        changed.write_text(json.dumps(bundle))
        self.assertIn("key-unknown", run("verify", changed, expect=INTEGRITY))
        changed.write_text("{}")
        run("verify", changed, expect=USAGE)

    def test_a_log_of_another_key_is_found(self):
        other = self.root / "other"
        said = run("init", "--data", other, "--ledger", LEDGER, "--region", "360300")
        key = next(line.split()[2] for line in said.splitlines() if line.startswith("log key"))
        for what in (self.backup, self.bundle):
            run("verify", what, "--log-key", key, expect=INTEGRITY)

    # keeping

    def test_a_changed_read_table_is_found_and_replaced(self):
        data = self.copy_of_folder("tampered")
        self.assertIn("are what the log says", self.rebuilt_live)
        self.assertIn("another process", self.adopt_live)
        with contextlib.closing(sqlite3.connect(data / "ledger.db")) as database:
            database.execute("UPDATE balance SET amount = amount - 1000000 WHERE lot = 'L-1'")
            database.commit()
        self.assertIn("balance", run("verify", data, expect=INTEGRITY))
        self.assertIn("balance", run("rebuild", "--data", data, expect=INTEGRITY))
        self.assertIn("replaced", run("rebuild", "--data", data, "--adopt"))
        self.assertIn("are what the log says", run("rebuild", "--data", data))
        run("verify", data)

    def test_a_report_is_the_same_after_more_entries_and_a_rebuild(self):
        self.assertTrue(self.reports["csv"].startswith("\ufeff年度报告,".encode()))
        self.assertEqual(json.loads(self.reports["json"])["known_at"], "7")
        self.assertEqual(self.reports["xlsx"][:2], b"PK")
        data = self.copy_of_folder("reported")
        token = self.city.tokens["regulator"]
        with serving(data) as (url, _):
            self.city.submit(url, self.city.unit, "unit-1", "site.add", {
                "site": "store-3", "name": "三号库", "kind": "store", "region": "360302", "address": "安源区"})
            self.assertEqual(reports(url, token), self.reports)
        run("rebuild", "--data", data, "--adopt")
        with serving(data) as (url, _):
            self.assertEqual(reports(url, token), self.reports)

    def test_a_backup_is_restored_beside_the_old_database(self):
        data = self.copy_of_folder("restored")
        self.assertIn("exists", run("backup", "--data", data, "--to", self.backup, expect=USAGE))
        said = run("restore", "--from", self.backup, "--data", data)
        self.assertIn("restored 9 entries", said)
        self.assertNotIn("quarantine", said)
        self.assertTrue(list(data.glob("ledger.db.before-*")))
        run("verify", data, "--log-key", self.city.log_key)
        with serving(data, "--quiet") as (url, _):
            self.assertEqual(status_of(url + "/readyz"), 200)

    def test_a_damaged_backup_is_not_restored(self):
        data = self.copy_of_folder("kept")
        damaged = self.root / "damaged.db"
        flipped(self.backup, damaged, places(self.backup.read_bytes())[0][1])
        before = (data / "ledger.db").read_bytes()
        self.assertIn("Nothing was restored", run("restore", "--from", damaged, "--data", data, expect=INTEGRITY))
        self.assertEqual((data / "ledger.db").read_bytes(), before)

    def test_an_old_database_starts_in_quarantine_and_is_read_only(self):
        data = self.copy_of_folder("old")
        self.assertIn("quarantine", run("restore", "--from", self.early, "--data", data))
        self.assertIn("anchor", run("verify", data, expect=INTEGRITY))
        with serving(data) as (url, said):
            self.assertEqual(status_of(url + "/readyz"), 503)
            run("balance", "--server", url, "--token", self.city.tokens["auditor"])
            # The device that signed the lost entry sees that it is gone.
            self.assertIn("set back", self.city.submit(url, self.city.unit, "unit-1", "site.add", {}, expect=INTEGRITY))
            fresh = self.city.key("fresh", "ed25519-sha256")
            refused = self.city.submit(url, fresh, "unit-2", "site.add", {}, "--first", expect=REFUSED)
            self.assertIn("503 quarantine", refused)
        self.assertIn("QUARANTINE", said[0])

    def test_every_fault_of_a_configuration_is_named_at_once(self):
        self.assertIn("good", run("serve", "--data", self.city.data, "--check-config"))
        data = self.root / "faulty"
        data.mkdir()
        (data / "config.json").write_text(json.dumps({"ledger": "no origin", "port": "x", "colour": 1}))
        (data / "tokens.json").write_text("{}")
        said = run("serve", "--data", data, "--check-config", expect=USAGE)
        for word in ("ledger", "port", "colour", "region", "tokens", "log.pem", "database"):
            self.assertIn(word, said)

    def test_usage_is_explained(self):
        self.assertIn("tallystick", run("--version"))
        self.assertIn("Examples", run("--help"))
        run(expect=USAGE)
        run("verify", expect=USAGE)
        run("verify", self.root / "nowhere.db", expect=USAGE)


if __name__ == "__main__":
    if not PROGRAM:
        raise SystemExit("TALLYSTICK names no program")
    unittest.main()
