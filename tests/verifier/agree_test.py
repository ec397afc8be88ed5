#!/usr/bin/env python3
"""Two verifiers, one answer.

Makes a log with the real program, driven by an independent client with keys of all suites, then damages copies of
it, each in another way. `tallystick verify` and tests/verifier/verify.py, which share no code, must both call the
good log clean and each damaged one bad, at the same first entry. Bundles, the public log of the running server and
the example of docs/format.md too.
"""

import json
import pathlib
import re
import shutil
import sqlite3
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]
import suites  # noqa: E402
import tallystick_client as client  # noqa: E402
import verify  # noqa: E402
from suites import ED25519, P256, SM2, ZERO, PrivateKey, b64, leaf_hash, sha256  # noqa: E402

SEALED = 256


def check_page():
    """The example of the page, by this verifier alone; the C++ test checks the same bytes with the product's code."""
    page = (HERE.parent.parent / "docs/format.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```\w+ ([\w-]+)\n(.*?)^```", page, re.S | re.M))
    report = verify.Report()
    log = verify.LogCheck(report, None)
    for i in range(4):
        log.add(verify.Entry(report, i, blocks[f"leaf-{i}"].encode(), blocks[f"payload-{i}"][:-1].encode(),
                             blocks[f"outcome-{i}"][:-1].encode()))
    log.finish()
    assert log.check_note(4, blocks["checkpoint"], 0)
    assert verify.open_receipt(blocks["receipt-2"], blocks["leaf-2"].encode(), log.log_key)[0] == 2
    assert not report.defects, report.defects
    sums = dict(line.rsplit(" ", 1) for line in blocks["sums"].splitlines())
    for line in blocks["secrets"].splitlines():
        name, suite, secret = line.split()
        assert PrivateKey(suite, bytes.fromhex(secret)).public.id.hex() == sums["key-id " + name], name
    print("page: example clean, keys made from their secrets", flush=True)


def play(city, link):
    """A few dozen steps by keys of all suites, then batches until a tile is full."""
    maker = city.unit("maker-1", ["producer", "trader"], P256)
    user = city.unit("user-1", ["user"], SM2, [("/handler/name", "王五", bytes(range(32)))])
    other = city.unit("other-1", ["user"], ED25519)
    city.selling_paper("LIC-1", maker)
    city.buying_paper("BUY-1", user, 100)
    city.stock(maker, "L-1", 500)
    for n in range(3):
        city.send(client.sale(maker, user, f"S-{n}", 10, "BUY-1", "LIC-1"))
        city.send(user.make("sale.confirm", {"sale": f"S-{n}", "quantity": client.quantity(10)}))
        lines = [{"lot": "L-1", "quantity": client.quantity(10)}]
        city.send(maker.make("transfer.dispatch", {
            "consignment": f"C-{n}", "receiver": "user-1", "from_site": "store-maker-1", "to_site": "store-user-1",
            "lines": lines, "seals": f"A{n}", "sale": f"S-{n}"}))
        counted = [{"lot": "L-1", "quantity": client.quantity("9.5" if n == 2 else 10)}]
        city.send(user.make("transfer.count", {"consignment": f"C-{n}", "lines": counted, "seals_intact": "yes"}))
        city.send(user.make("transfer.accept", {"consignment": f"C-{n}"}))
    city.send(city.operator.make("policy.set", {"settings": [{"name": "note", "value": "一"}]}))
    extra = PrivateKey(ED25519)
    key_json = {"spki": b64(extra.public.spki), "suite": extra.suite}
    city.send(other.make("key.enrol", {"key": key_json, "role": "officer"}, [extra]))
    second = client.Author(city.ledger, "other-1", extra)
    city.send(second.make("stock.open", {"site": "store-other-1", "lines": [
        {"lot": "L-2", "substance": client.SUBSTANCE, "quantity": client.quantity(5)}]}))
    city.send(other.make("key.revoke", {"key": extra.public.id.hex(), "reason": "left"}))
    refused = link.post(second.make("use.record", {
        "site": "store-other-1", "lot": "L-2", "quantity": client.quantity(1), "purpose": "x",
        "used_on": client.today()}))
    assert refused.rule == "key-revoked", refused.body
    use_seen(city, other, link)
    fork(city, link)
    fill(city, maker, user)
    # Alone in its commit, so that a checkpoint stands right before it.
    city.send(other.make("officer.appoint", {"officer": "O-5", "duty": "keeper"}))


def use_seen(city, author, link):
    size, root = verify.parse_checkpoint(link.get("/log/checkpoint").body.decode())[:2]
    author.seen = (size, root)
    city.send(author.make("officer.appoint", {"officer": "O-2", "duty": "keeper"}))


def fork(city, link):
    """Two entries for one place, as a restored device makes them."""
    cloned = city.unit("clone-1", ["user"], SM2)
    one = cloned.write("officer.appoint", {"officer": "O-3", "duty": "keeper"}).sign(cloned.key)
    two = cloned.write("officer.appoint", {"officer": "O-4", "duty": "keeper"}).sign(cloned.key)
    city.send(one)
    refused = link.post(two)
    assert (refused.status, refused.rule) == (409, "chain-fork"), refused.body


def fill(city, *authors):
    """Batches, signed together, until entry SEALED and some more."""
    n = 0
    while city.receipts[-1]["index"] < SEALED + 20:
        for author in authors:
            entries = []
            for _ in range(20):
                n += 1
                entry = author.write("officer.appoint", {"officer": f"P-{n}", "duty": "keeper"})
                author.advance(entry)
                entries.append(entry)
            client.sign_together(author.key, city.ledger, entries)
            city.send_together(entries)


# --- damage -----------------------------------------------------------------------------------------------------------


def open_for_damage(path):
    """As somebody with the file would: triggers taken off and put back."""
    db = sqlite3.connect(path, isolation_level=None)
    triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    return db, triggers


def put_back(db, triggers):
    for _, sql in triggers:
        db.execute(sql)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def entry_of(db, seq, column):
    (value,), = db.execute(f"SELECT {column} FROM entry WHERE seq = ?", (seq,))
    return bytes(value)


def set_entry(db, seq, column, value):
    db.execute(f"UPDATE entry SET {column} = ? WHERE seq = ?", (value, seq))


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def leaf_byte(db, seqs):
    leaf = entry_of(db, seqs["stock"], "leaf")
    # A digit of the rtime: the form stays good, the hash does not.
    at = leaf.index(b"rtime ") + len("rtime 2026-01-01T00:00:00.00")
    set_entry(db, seqs["stock"], "leaf", flip(leaf, at))
    return seqs["stock"]


def payload_byte(db, seqs):
    payload = entry_of(db, seqs["count"], "payload")
    set_entry(db, seqs["count"], "payload", payload.replace(b'"value":"10"', b'"value":"11"'))
    return seqs["count"]


def outcome_byte(db, seqs):
    outcome = entry_of(db, seqs["stock"], "outcome")
    changed = re.sub(rb'"amount":(\d)', lambda m: b'"amount":' + (b"6" if m[1] != b"6" else b"7"), outcome, count=1)
    assert changed != outcome
    set_entry(db, seqs["stock"], "outcome", changed)
    return seqs["stock"]


def swapped(db, seqs):
    a = seqs["sale"]
    columns = "chain, cseq, party, type, rtime, leaf, payload, outcome"
    rows = [db.execute(f"SELECT {columns} FROM entry WHERE seq = ?", (n,)).fetchone() for n in (a, a + 1)]
    db.execute("DELETE FROM entry WHERE seq IN (?, ?)", (a, a + 1))
    for n, row in ((a, rows[1]), (a + 1, rows[0])):
        db.execute(f"INSERT INTO entry (seq, {columns}) VALUES (?,?,?,?,?,?,?,?,?)", (n, *row))
    return a


def last_gone(db, seqs):
    """The state row is made to fit, as a forger would."""
    last = seqs["last"]
    db.execute("DELETE FROM entry WHERE seq = ?", (last,))
    leaves = [leaf_hash(bytes(row[0])) for row in db.execute("SELECT leaf FROM entry ORDER BY seq")]
    rtime, = db.execute("SELECT rtime FROM entry WHERE seq = ?", (last - 1,)).fetchone()
    db.execute("UPDATE state SET size = ?, root = ?, head = ?, rtime = ?",
               (last, suites.tree_root(leaves), leaves[-1], rtime))
    return last


def changed_checkpoint(db, seqs):
    size, note = db.execute("SELECT size, note FROM checkpoint WHERE size > ? ORDER BY size",
                            (seqs["stock"],)).fetchone()
    lines = note.split("\n")
    lines[2] = b64(sha256(b"another root"))
    db.execute("UPDATE checkpoint SET note = ? WHERE size = ?", ("\n".join(lines), size))
    # Between this checkpoint and the last good one.
    before, = db.execute("SELECT max(size) FROM checkpoint WHERE size < ?", (size,)).fetchone()
    return before


def changed_tile(db, _):
    hashes, = db.execute("SELECT hashes FROM tile WHERE level = 0 AND idx = 0").fetchone()
    db.execute("UPDATE tile SET hashes = ? WHERE level = 0 AND idx = 0", (flip(bytes(hashes), 77 * 32 + 5),))
    return 77


def revoked_key_row(db, seqs):
    """The read table only: the log knows better."""
    db.execute("UPDATE key SET state = 'active', revoked = -1 WHERE state = 'revoked'")
    return None


def key_history(db, seqs):
    """The revocation is taken out of the outcome, hash and leaf are made to fit, and the chain to the end."""
    outcome = json.loads(entry_of(db, seqs["revoke"], "outcome"))
    del outcome["set"]
    rewrite(db, seqs["revoke"], client.to_jcs(outcome).encode())
    return seqs["revoke"]


def rehashed(db, seqs):
    """An amount in an outcome, and everything after it re-hashed: only what was signed stands against it."""
    outcome = entry_of(db, seqs["stock"], "outcome")
    rewrite(db, seqs["stock"], outcome.replace(b'"amount":5', b'"amount":6', 1))
    return seqs["stock"]


def rewrite(db, seq, outcome):
    set_entry(db, seq, "outcome", outcome)
    prev = None
    for n, leaf in db.execute("SELECT seq, leaf FROM entry WHERE seq >= ? ORDER BY seq", (seq,)).fetchall():
        leaf = bytes(leaf).decode()
        if n == seq:
            leaf = re.sub(r"^outcome .*$", f"outcome {len(outcome)} {sha256(outcome).hex()}", leaf, count=1, flags=re.M)
        else:
            leaf = re.sub(r"^prev .*$", "prev " + prev.hex(), leaf, count=1, flags=re.M)
        set_entry(db, n, "leaf", leaf.encode())
        prev = leaf_hash(leaf.encode())
    leaves = [leaf_hash(bytes(row[0])) for row in db.execute("SELECT leaf FROM entry ORDER BY seq")]
    db.execute("UPDATE state SET root = ?, head = ?", (suites.tree_root(leaves), leaves[-1]))
    db.execute("UPDATE tile SET hashes = ?, root = ? WHERE level = 0 AND idx = 0",
               (b"".join(leaves[:256]), suites.tree_root(leaves[:256])))


def signature(db, seqs):
    """A signature of the same key over another entry."""
    a, b = (entry_of(db, n, "leaf").decode() for n in (seqs["sale"], seqs["dispatch"]))
    line_a, line_b = (re.search(r"^sig .*\n\Z", leaf, re.M)[0] for leaf in (a, b))
    set_entry(db, seqs["sale"], "leaf", a.replace(line_a, line_b).encode())
    return seqs["sale"]


def other_type(db, seqs):
    """A column beside the leaf."""
    number, = db.execute("SELECT type FROM entry WHERE seq = 0").fetchone()
    db.execute("UPDATE entry SET type = ? WHERE seq = ?", (number, seqs["count"]))
    return None


def other_move(db, seqs):
    db.execute("UPDATE move SET amount = amount + 1 WHERE seq = ?", (seqs["stock"],))
    return None


def other_policy(db, _):
    db.execute("UPDATE state SET policy = 0")
    return None


def huge_size(db, _):
    """Neither verifier may walk that far."""
    db.execute("UPDATE state SET size = size + ?", (1 << 39,))
    return None


def far_entry(db, seqs):
    db.execute("UPDATE entry SET seq = ? WHERE seq = ?", ((1 << 63) - 1, seqs["count"]))
    return seqs["count"]


def both_far(db, seqs):
    db.execute("UPDATE state SET size = size + ?", (1 << 40,))
    return far_entry(db, seqs)


DAMAGES = [leaf_byte, payload_byte, outcome_byte, swapped, last_gone, changed_checkpoint, changed_tile, revoked_key_row,
           key_history, rehashed, signature, other_type, other_move, other_policy,
           huge_size, far_entry, both_far]


# --- comparison -------------------------------------------------------------------------------------------------------


def places(path):
    """First index of each kind of step, as the good log has it."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = dict(db.execute("SELECT type, min(seq) FROM entry_text GROUP BY type").fetchall())
    last, = db.execute("SELECT max(seq) FROM entry").fetchone()
    db.close()
    return {"stock": rows["stock.open"], "count": rows["transfer.count"], "sale": rows["sale.record"],
            "dispatch": rows["transfer.dispatch"], "revoke": rows["key.revoke"], "last": last}


def first_index(defects):
    """Of the defects that an entry of the log is behind."""
    placed = [d for d in defects if not d["place"].startswith(("table", "store", "head")) and
              d["kind"] not in ("columns", "moves")]
    return min((d["index"] for d in placed), default=None)


def ours(path, log_key):
    done = client.run("verify", path, "--json", "--log-key", log_key, check=False)
    if done.returncode not in (0, 4):
        raise AssertionError(f"verify: exit {done.returncode} {done.stdout}{done.stderr}")
    report = json.loads(done.stdout)
    if report["clean"] != (done.returncode == 0):
        raise AssertionError("exit code and report differ")
    return report["defects"]


def theirs(path, log_key):
    return verify.check(str(path), verify.LogKey(log_key)).defects


def compare(name, path, log_key, index):
    a, b = ours(path, log_key), theirs(path, log_key)
    if not a or not b:
        raise AssertionError(f"{name}: ours says {a[:3] or 'clean'}, the independent one {b[:3] or 'clean'}")
    if first_index(a) != index or first_index(b) != index:
        raise AssertionError(f"{name}: entry {index} expected, ours says {first_index(a)}: {a[:4]}, "
                             f"the independent one {first_index(b)}: {b[:4]}")
    print(f"{name}: both, at " + (f"entry {index}" if index is not None else f"{a[0]['place']}") +
          f" ({a[0]['kind']} / {b[0]['kind']})", flush=True)


def check_bundles(server, folder, tokens, log_key, indexes):
    link = server.link(tokens["auditor"])
    bundle = None
    for index in indexes:
        answer = link.get(f"/v1/entries/{index}/bundle")
        assert answer.status == 200, answer.body
        path = folder / f"bundle-{index}.json"
        path.write_bytes(answer.body)
        assert not ours(path, log_key), ours(path, log_key)
        assert not theirs(path, log_key), theirs(path, log_key)
        bundle = bundle or (index, answer.json)
    index, json_bundle = bundle
    path = folder / "bad.json"
    for name in ("payload", "outcome", "leaf", "receipt"):
        bad = json.loads(json.dumps(json_bundle))
        text = bad["entry"][name]
        at = len(text) // 2
        bad["entry"][name] = text[:at] + ("1" if text[at] != "1" else "2") + text[at + 1:]
        path.write_text(json.dumps(bad))
        compare(f"bundle with another {name}", path, log_key, index)
    link.close()


def check_server(server, log_key):
    report = verify.check(f"http://127.0.0.1:{server.port}", verify.LogKey(log_key))
    assert not report.defects, report.defects
    done = client.run("verify", f"http://127.0.0.1:{server.port}", "--json", "--log-key", log_key)
    assert json.loads(done.stdout)["facts"]["root"] == report.facts["root"]
    print(f"server: both clean, {report.facts['entries']} entries, one root", flush=True)


def main():
    suites.check_itself()
    check_page()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        data = folder / "data"
        log_key, tokens = client.init(data)
        server = client.Server(data)
        try:
            link = server.link()
            city = client.City(data, link)
            play(city, link)
            print(f"log: {city.receipts[-1]['index'] + 1} entries by an independent client, "
                  f"{time.monotonic() - began:.1f} s", flush=True)
            check_server(server, log_key)
            spread = [r["index"] for r in city.receipts]
            check_bundles(server, folder, tokens, log_key, [spread[20], 0, spread[0], spread[-1]])
            link.close()
        finally:
            server.stop()
        good = folder / "good.db"
        client.run("backup", "--data", data, "--to", good)
        assert not ours(good, log_key), ours(good, log_key)[:3]
        assert not theirs(good, log_key), theirs(good, log_key)[:3]
        print("good log: both clean", flush=True)
        seqs = places(good)
        path = folder / "handled.db"
        shutil.copy(good, path)
        put_back(*open_for_damage(path))
        assert not ours(path, log_key), ours(path, log_key)[:3]
        assert not theirs(path, log_key), theirs(path, log_key)[:3]
        for damage in DAMAGES:
            path = folder / f"{damage.__name__}.db"
            shutil.copy(good, path)
            db, triggers = open_for_damage(path)
            index = damage(db, seqs)
            put_back(db, triggers)
            compare(damage.__name__.replace("_", " "), path, log_key, index)
    print(f"agree: {len(DAMAGES)} kinds of damage and 4 of bundles, all seen by both, {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
