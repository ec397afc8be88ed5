#!/usr/bin/env python3
"""Many at once on one thing: the log must tell one story.

200 draws of 1 kg on a permit of 100 kg: exactly 100 succeed. One entry sent 50 times at once: one index. Two entries
for one place of a chain: one is stored, the chain is frozen, and the log keeps the other as evidence. A key revoked
while it signs: no entry of its own after the revocation.

TALLYSTICK_RACES rounds of the last three (4), TALLYSTICK_SEED.
"""

import json
import os
import pathlib
import random
import sqlite3
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "verifier")]
import suites  # noqa: E402
import tallystick_client as client  # noqa: E402
import verify  # noqa: E402
from suites import PrivateKey, b64  # noqa: E402

RACES = int(os.environ.get("TALLYSTICK_RACES", "4"))
SEED = int(os.environ.get("TALLYSTICK_SEED", str(random.SystemRandom().randrange(10 ** 6))))
SELLERS, DRAWS, GRANTED = 20, 10, 100
DICE = random.Random(SEED)


def at_once(works):
    """Runs all in threads of their own from one moment on; gives their results in order."""
    results, problems = [None] * len(works), []
    gate = threading.Barrier(len(works))

    def run(i, work):
        try:
            gate.wait(60)
            results[i] = work()
        except Exception as error:  # noqa: BLE001 - raised below
            problems.append(repr(error))

    threads = [threading.Thread(target=run, args=(i, work), daemon=True) for i, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    if problems or any(thread.is_alive() for thread in threads):
        raise AssertionError(f"seed {SEED}: {problems[:3] or 'a thread hangs'}")
    return results


def draw_race(server, city):
    buyer = city.unit("buyer", ["user"])
    city.buying_paper("BUY", buyer, GRANTED)
    sellers = []
    for n in range(SELLERS):
        seller = city.unit(f"seller-{n}", ["trader"], suites.SUITES[n % 3])
        city.selling_paper(f"LIC-{n}", seller)
        sellers.append(seller)

    def draws(n, seller):
        link, answers = server.link(), []
        for k in range(DRAWS):
            entry = seller.write("sale.record", {
                "sale": f"S-{n}-{k}", "buyer": "buyer", "substance": client.SUBSTANCE,
                "quantity": client.quantity(1), "permit": "BUY", "licence": f"LIC-{n}", "payment": "transfer",
                "sold_on": client.today(), "checks": ["copies-kept"]}).sign(seller.key)
            answer = link.post(entry)
            answers.append((answer.status, answer.rule))
            if answer.status == 201:
                seller.advance(entry)
        link.close()
        return answers

    began = time.monotonic()
    answers = sum(at_once([lambda n=n, s=s: draws(n, s) for n, s in enumerate(sellers)]), [])
    stored = sum(status == 201 for status, _ in answers)
    others = {a for a in answers if a[0] != 201}
    if stored != GRANTED or others != {(409, "permit-exhausted")}:
        raise AssertionError(f"{stored} of {len(answers)} draws succeeded; the others: {others}")
    print(f"draws: {len(answers)} by {SELLERS} sellers at once, {stored} stored, {len(answers) - stored} refused "
          f"(permit-exhausted), {time.monotonic() - began:.2f} s", flush=True)
    return sellers


def same_entry_race(server, author, copies=50):
    """Signed afresh for each copy where the suite allows: another signature is still the same entry."""
    entry = author.write("officer.appoint", {"officer": "same-" + author.party + f"-{author.cseq}", "duty": "keeper"})
    bodies = []
    for _ in range(copies):
        entry.signatures = []
        bodies.append(entry.sign(author.key).wire())
    author.advance(entry)

    def send(body):
        link = server.link()
        answer = link.call("POST", "/v1/entries", body)
        link.close()
        return answer

    answers = at_once([lambda body=body: send(body) for body in bodies])
    statuses = sorted(a.status for a in answers)
    receipts = [a.json for a in answers if a.status in (200, 201)]
    if statuses.count(201) != 1 or len(receipts) != copies:
        raise AssertionError(f"statuses {statuses}: {[a.body[:200] for a in answers if a.status > 201][:1]}")
    if len({(r["index"], r["leaf"]) for r in receipts}) != 1:
        raise AssertionError("one entry has two places")
    return receipts[0]["index"]


def fork_race(server, city, number):
    author = city.unit(f"forked-{number}", ["user"], suites.SUITES[number % 3])
    pair = [author.write("officer.appoint", {"officer": f"fork-{number}-{i}", "duty": "keeper"}) for i in range(2)]
    for entry in pair:
        if number % 2 == 0:
            entry.sign(author.key)
        else:
            others = [client.Entry(entry.suite, entry.header + "x", "") for _ in range(number)]
            client.sign_together(author.key, city.ledger, [entry, *others])

    def send(entry):
        link = server.link()
        answer = link.post(entry)
        link.close()
        return answer

    answers = at_once([lambda e=e: send(e) for e in pair])
    if sorted((a.status, a.rule) for a in answers) != [(201, ""), (409, "chain-fork")]:
        raise AssertionError([(a.status, a.body[:300]) for a in answers])
    won = pair[[a.status for a in answers].index(201)]
    lost = pair[1 - pair.index(won)]
    author.advance(won)
    after = send(author.write("officer.appoint", {"officer": f"after-{number}", "duty": "keeper"}).sign(author.key))
    if (after.status, after.rule) != (409, "chain-frozen"):
        raise AssertionError(f"the forked chain goes on: {after.status} {after.body[:300]}")
    again = send(lost)
    if again.rule not in ("chain-fork", "chain-frozen"):
        raise AssertionError(f"the loser is taken later: {again.status} {again.body[:300]}")
    return author.chain, won.id.hex(), lost.id.hex()


def revocation_race(server, city, number, keys=4):
    """Keys that sign without pause while an administrator revokes them."""
    admin = city.unit(f"revoker-{number}", ["user"])
    signers = []
    for n in range(keys):
        key = PrivateKey(suites.SUITES[n % 3])
        city.send(admin.make("key.enrol", {"key": {"spki": b64(key.public.spki), "suite": key.suite},
                                           "role": "officer"}, [key]))
        signers.append(client.Author(city.ledger, admin.party, key))
        city.stock(admin, f"R-{number}-{n}", 100)

    def sign_on(n, author):
        link = server.link()
        for count in range(2000):
            entry = author.write("use.record", {
                "site": "store-" + admin.party, "lot": f"R-{number}-{n}", "quantity": client.quantity(1, "g"),
                "purpose": "washing", "used_on": client.today()}).sign(author.key)
            answer = link.post(entry)
            if answer.status == 201:
                author.advance(entry)
            elif answer.rule == "key-revoked":
                link.close()
                return count
            else:
                raise AssertionError(f"{answer.status} {answer.body[:300]}")
        raise AssertionError("the revocation never came")

    delays = [DICE.uniform(0.01, 0.2) for _ in signers]

    def revoke():
        link, indexes = server.link(), {}
        for author, delay in zip(signers, delays):
            time.sleep(delay)
            answer = link.post(admin.make("key.revoke", {"key": author.key.public.id.hex(), "reason": "lost"}))
            if answer.status != 201:
                raise AssertionError(f"{answer.status} {answer.body[:300]}")
            indexes[author.key.public.id] = answer.json["index"]
        link.close()
        return indexes

    results = at_once([lambda n=n, a=a: sign_on(n, a) for n, a in enumerate(signers)] + [revoke])
    return results[-1], sum(results[:-1])


def main():
    print(f"race: seed {SEED}, {RACES} rounds", flush=True)
    with tempfile.TemporaryDirectory() as name:
        data = pathlib.Path(name) / "data"
        vkey, _ = client.init(data)
        log_key = verify.LogKey(vkey)
        server = client.Server(data)
        try:
            link = server.link()
            city = client.City(data, link)
            authors = draw_race(server, city)
            for n in range(RACES):
                same_entry_race(server, authors[n % len(authors)])
            print(f"one entry: {RACES} times 50 copies at once, one index each", flush=True)
            forks = [fork_race(server, city, n) for n in range(RACES)]
            revoked, accepted = {}, 0
            for n in range(RACES):
                indexes, before = revocation_race(server, city, n)
                revoked.update(indexes)
                accepted += before
            size, _ = log_key.open(link.get("/log/checkpoint").body.decode())
            leaves = [verify.Leaf(data) for data in client.stored_leaves(link, size)]
            check_forks(leaves, forks)
            check_revoked(leaves, revoked)
            print(f"forks: {len(forks)}, one winner each, chain frozen, evidence in the log\n"
                  f"revocations: {len(revoked)} while {accepted} entries came in, none after its revocation",
                  flush=True)
            link.close()
        finally:
            server.stop()
        client.run("verify", data, "--log-key", vkey)
        copy = pathlib.Path(name) / "copy.db"
        client.run("backup", "--data", data, "--to", copy)
        report = verify.check(str(copy), log_key)
        if report.defects:
            raise AssertionError(f"seed {SEED}: {report.defects[:5]}")
        check_evidence(copy, forks)
        print(f"race: both verifiers clean, {report.facts['entries']} entries")


def check_forks(leaves, forks):
    ids = {verify.Header(leaf.header_bytes).id.hex() for leaf in leaves}
    for _, kept, other in forks:
        if kept not in ids or other in ids:
            raise AssertionError("the log holds another one than the winner")


def check_revoked(leaves, revoked):
    for leaf in leaves:
        key = verify.Header(leaf.header_bytes).key
        if key in revoked and leaf.seq > revoked[key]:
            raise AssertionError(f"seed {SEED}: entry {leaf.seq} is by a key revoked at {revoked[key]}")


def batch_message(key, header, place):
    """What a batch signature was over, from the entry's place in it: "size index path"."""
    size, index, path = place.split(" ")
    path = [] if path == "-" else [suites.unb64(p) for p in path.split(",")]
    h = suites.hash_of(key.suite)
    root = suites.root_from_path(suites.leaf_hash(header.id, h), int(index), int(size), path, h)
    return client.batch_message(key, header.ledger, int(size), root)


def check_evidence(path, forks):
    """One entry chain.fork for each, with a header and a signature that prove it by themselves."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = {}
    for payload, in db.execute("SELECT payload FROM entry JOIN entry_text t USING (seq) WHERE t.type = 'chain.fork'"):
        said = json.loads(payload)
        found.setdefault(said["chain"], []).append((said["kept"], said["other"]))
        header = verify.Header(said["header"].encode())
        if header.id.hex() != said["other"]:
            raise AssertionError("the evidence holds another header")
        spki, = db.execute("SELECT spki FROM key WHERE id = ?", (said["key"],)).fetchone()
        key = suites.PublicKey(header.suite, suites.unb64(spki))
        message = said["header"].encode()
        if "batch" in said:
            message = batch_message(key, header, said["batch"])
        if not key.verify(message, suites.unb64(said["signature"])):
            raise AssertionError("the evidence is not signed")
    db.close()
    if found != {chain: [(kept, other)] for chain, kept, other in forks}:
        raise AssertionError(f"{len(found)} chains have evidence, {len(forks)} were forked")


if __name__ == "__main__":
    main()
