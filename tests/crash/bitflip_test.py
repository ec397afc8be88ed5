#!/usr/bin/env python3
"""One flipped bit in a copy of a log: `tallystick verify` names it, or nothing that the log says has changed.

The first flips hit a random cell of each table, with triggers and checks out of the way; of those that follow one
half a random cell, the other half a random bit of the file. What counts as said: every row of every table but the
epoch, which counts starts of the server.

TALLYSTICK_FLIPS (30), TALLYSTICK_SEED.
"""

import json
import os
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "verifier")]
import suites  # noqa: E402
import tallystick_client as client  # noqa: E402

FLIPS = int(os.environ.get("TALLYSTICK_FLIPS", "30"))
SEED = int(os.environ.get("TALLYSTICK_SEED", str(random.SystemRandom().randrange(10 ** 6))))


def play(city):
    """Something in most tables."""
    maker = city.unit("maker", ["producer", "trader"], suites.P256)
    user = city.unit("user", ["user"], suites.SM2)
    city.selling_paper("LIC", maker)
    city.buying_paper("BUY", user, 100)
    city.stock(maker, "L-1", 500)
    for n in range(3):
        city.send(client.sale(maker, user, f"S-{n}", 10, "BUY", "LIC"))
        city.send(user.make("sale.confirm", {"sale": f"S-{n}", "quantity": client.quantity(10)}))
        city.send(maker.make("transfer.dispatch", {
            "consignment": f"C-{n}", "receiver": "user", "from_site": "store-maker", "to_site": "store-user",
            "lines": [{"lot": "L-1", "quantity": client.quantity(10)}], "sale": f"S-{n}"}))
        city.send(user.make("transfer.count", {
            "consignment": f"C-{n}", "seals_intact": "none",
            "lines": [{"lot": "L-1", "quantity": client.quantity(9)}]}))
        city.send(user.make("transfer.accept", {"consignment": f"C-{n}"}))
    used = city.send(user.make("use.record", {
        "site": "store-user", "lot": "L-1", "quantity": client.quantity(1), "purpose": "washing",
        "used_on": client.today()}))
    city.send(user.make("entry.correct", {
        "entry": used["index"], "reason": "typing", "lines": [{"lot": "L-1", "quantity": client.quantity(2)}]}))
    city.send(city.operator.make("policy.set", {"settings": [{"name": "note", "value": "1"}]}))
    fork = user.write("officer.appoint", {"officer": "O-1", "duty": "keeper"}).sign(user.key)
    city.send(user.make("officer.appoint", {"officer": "O-2", "duty": "keeper"}))
    if city.link.post(fork).rule != "chain-fork":
        raise AssertionError("no fork was made")
    entries = [maker.make("officer.appoint", {"officer": f"P-{n}", "duty": "keeper"}) for n in range(260)]
    city.send_together(entries)


def tables_of(db):
    return [name for name, in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]


def dump(path):
    """All rows of all tables and the schema, or the error that stops it."""
    out = {}
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = bytes
    try:
        out["schema"] = sorted(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"), key=repr)
        for table in tables_of(sqlite3.connect(f"file:{path}?mode=ro", uri=True)):
            columns = [c[1].decode() for c in db.execute(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{c}"' for c in columns if (table, c) != ("state", "epoch"))
            out[table] = sorted(db.execute(f'SELECT {kept} FROM "{table}"'), key=repr)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        out["error"] = repr(error)
    finally:
        db.close()
    return out


def flipped(value, dice):
    """The value with one bit changed, of the same type where the type allows."""
    if isinstance(value, int):
        return value ^ (1 << dice.randrange(40))
    data = bytearray(value.encode() if isinstance(value, str) else value)
    if not data:
        return "\x01" if isinstance(value, str) else b"\x01"
    for _ in range(64):
        at, bit = dice.randrange(len(data)), 1 << dice.randrange(8)
        data[at] ^= bit
        if isinstance(value, bytes):
            return bytes(data)
        try:
            return data.decode()
        except UnicodeDecodeError:
            data[at] ^= bit
    raise AssertionError("no bit of the text can be flipped")


def flip_cell(path, table, dice):
    """Gives what was done, or nothing where the change is refused (a key that is taken)."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        # Put back below: only the cell differs.
        db.execute("PRAGMA ignore_check_constraints = ON")
        info = db.execute(f'PRAGMA table_info("{table}")').fetchall()
        if not info:
            return None
        columns = [c[1] for c in info if (table, c[1]) not in (("state", "epoch"), ("state", "id"))]
        keys = [c[1] for c in info if c[5]]
        rows, = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if rows == 0:
            return None
        column = dice.choice(columns)
        names = ", ".join(f'"{k}"' for k in [column, *keys])
        value, *key = db.execute(f'SELECT {names} FROM "{table}" LIMIT 1 OFFSET ?', (dice.randrange(rows),)).fetchone()
        where = " AND ".join(f'"{k}" = ?' for k in keys)
        try:
            db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (flipped(value, dice), *key))
        except sqlite3.IntegrityError:
            return None
        return f"{table}.{column} of {'/'.join(map(str, key))}"
    finally:
        db.close()


def put_triggers_back(path, good):
    db = sqlite3.connect(path, isolation_level=None)
    source = sqlite3.connect(f"file:{good}?mode=ro", uri=True)
    for sql, in source.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'"):
        db.execute(sql)
    source.close()
    db.close()


def flip_byte(path, dice):
    size = path.stat().st_size
    at, bit = dice.randrange(size), 1 << dice.randrange(8)
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ bit]))
    return f"byte {at} of {size}, bit {bit:#04x}"


def judge(path, what, good_dump, log_key, counts):
    done = client.run("verify", path, "--json", "--log-key", log_key, check=False, timeout=120)
    if done.returncode == 4:
        report = json.loads(done.stdout)
        if report["clean"] or not report["defects"]:
            raise AssertionError(f"seed {SEED}, {what}: exit 4 without a defect")
        counts["named"] += 1
        return
    if done.returncode not in (0, 3):
        raise AssertionError(f"seed {SEED}, {what}: exit {done.returncode} {done.stdout[-500:]}{done.stderr[-500:]}")
    if done.returncode == 3:
        counts["cannot be opened"] += 1
        return
    if dump(path) != good_dump:
        raise AssertionError(f"seed {SEED}: {what} changes what the log says, and verify calls it clean")
    counts["nothing changed"] += 1


def main():
    dice = random.Random(SEED)
    print(f"bitflip: seed {SEED}, {FLIPS} flips", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        data, good, bad = folder / "data", folder / "good.db", folder / "bad.db"
        log_key, _ = client.init(data)
        server = client.Server(data)
        try:
            link = server.link()
            play(client.City(data, link))
            link.close()
        finally:
            server.stop()
        client.run("backup", "--data", data, "--to", good)
        client.run("verify", good, "--log-key", log_key)
        good_dump = dump(good)
        if "error" in good_dump:
            raise AssertionError(good_dump["error"])
        tables = [t for t in good_dump if t != "schema" and good_dump[t]]
        empty = [t for t in good_dump if t != "schema" and not good_dump[t]]
        # Taking the triggers off and putting them back is itself no damage, or every flip would look found.
        shutil.copy(good, bad)
        flip_cell(bad, "no such table", dice)
        put_triggers_back(bad, good)
        client.run("verify", bad, "--log-key", log_key)
        counts = {"named": 0, "nothing changed": 0, "cannot be opened": 0}
        hit = set()
        for n in range(FLIPS):
            shutil.copy(good, bad)
            table = tables[n % len(tables)]
            what = None
            if n < len(tables) or n % 2 == 0:
                for _ in range(20):
                    what = flip_cell(bad, table, dice)
                    if what:
                        break
                put_triggers_back(bad, good)
                if what is None:
                    raise AssertionError(f"seed {SEED}: no cell of {table} can be changed")
                hit.add(table)
            else:
                what = flip_byte(bad, dice)
            judge(bad, what, good_dump, log_key, counts)
            bad.unlink()
        print(f"bitflip: {FLIPS} flips, " + ", ".join(f"{n} {kind}" for kind, n in counts.items()) +
              f", 0 missed; cells of {len(hit)} of {len(tables)} tables" +
              (f" (empty: {' '.join(empty)})" if empty else ""))


if __name__ == "__main__":
    main()
