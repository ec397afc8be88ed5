#!/usr/bin/env python3
"""SIGKILL under load, again and again: nothing that was answered may be lost.

Clients with keys of all suites send without pause and keep every receipt. The server is killed at random moments and
started again on the same folder. Each answered entry must stand at its index with the same leaf, each receipt must
fit the tree at the end, and both verifiers must call the log clean. An entry whose answer was cut off is sent again
and must end at one place.

TALLYSTICK_KILLS cycles (10), TALLYSTICK_SEED.
"""

import os
import pathlib
import random
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "verifier")]
import suites  # noqa: E402
import tallystick_client as client  # noqa: E402
import verify  # noqa: E402

KILLS = int(os.environ.get("TALLYSTICK_KILLS", "10"))
SEED = int(os.environ.get("TALLYSTICK_SEED", str(random.SystemRandom().randrange(10 ** 6))))
CLIENTS = 4
# From start to the first answer: half of the starts, and each, also beside a compiler.
START_HALF_S, START_MAX_S = 2, 5


class Sender(threading.Thread):
    """One author. What it was answered is in `kept`, by entry id; `waiting` was sent without an answer."""

    def __init__(self, author, number):
        super().__init__(daemon=True)
        self.author, self.number, self.kept, self.waiting = author, number, {}, None
        self.port, self.stopped, self.problem, self.again = 0, False, None, 0
        self.go = threading.Condition()

    def run(self):
        try:
            while not self.stopped:
                with self.go:
                    while not self.port and not self.stopped:
                        self.go.wait()
                    port = self.port
                self._send_to(port)
        except Exception as error:  # noqa: BLE001 - told by the main thread
            self.problem = f"client {self.number}: {error!r}"

    def _send_to(self, port):
        link = client.Link(port, timeout=20)
        try:
            while self.port == port and not self.stopped:
                if self.waiting is None:
                    self.waiting = self.author.write("use.record", {
                        "site": "store-" + self.author.party, "lot": "L-" + self.author.party,
                        "quantity": client.quantity(1, "g"), "purpose": "washing", "used_on": client.today()})
                    self.waiting.sign(self.author.key)
                else:
                    self.again += 1
                answer = link.post(self.waiting)
                self._take(answer)
        except (OSError, client.http.client.HTTPException):
            with self.go:
                if self.port == port:
                    self.port = 0
        finally:
            link.close()

    def _take(self, answer):
        if answer.status not in (200, 201):
            raise AssertionError(f"{answer.status} {answer.body[:300]}")
        receipt = answer.json
        if receipt["entry_id"] != self.waiting.id.hex():
            raise AssertionError("the answer is for another entry")
        self.kept[self.waiting.id] = receipt
        self.author.advance(self.waiting)
        self.waiting = None

    def set_port(self, port):
        with self.go:
            self.port = port
            self.go.notify_all()


def check_kept(link, log_key, senders):
    """Every receipt so far against the log as it stands; gives its size."""
    size, root = log_key.open(link.get("/log/checkpoint").body.decode())
    leaves = client.stored_leaves(link, size)
    tree, roots = suites.TreeEdge(), {}
    for leaf in leaves:
        tree.add(suites.leaf_hash(leaf))
        roots[tree.size] = tree.root()
    if len(leaves) != size or roots[size] != root:
        raise AssertionError("the leaves are not those of the checkpoint")
    for sender in senders:
        for receipt in sender.kept.values():
            index, leaf = receipt["index"], receipt["leaf"].encode()
            if index >= size or leaves[index] != leaf:
                raise AssertionError(f"entry {index} was answered and is not there as it was")
            proven, at, signed = verify.open_receipt(receipt["receipt"], leaf, log_key)
            if proven != index or roots[at] != signed:
                raise AssertionError(f"the receipt of entry {index} is for another tree")
    return size


def main():
    dice = random.Random(SEED)
    print(f"kill: seed {SEED}, {KILLS} kills, {CLIENTS} clients", flush=True)
    starts = []
    with tempfile.TemporaryDirectory() as name:
        data = pathlib.Path(name) / "data"
        vkey, _ = client.init(data)
        log_key = verify.LogKey(vkey)
        server = client.Server(data)
        try:
            link = server.link()
            city = client.City(data, link)
            senders = []
            for n in range(CLIENTS):
                author = city.unit(f"user-{n}", ["user"], suites.SUITES[n % 3])
                city.stock(author, "L-" + author.party, 1000, "t")
                senders.append(Sender(author, n))
            for sender in senders:
                sender.start()
            size = 0
            for cycle in range(KILLS):
                before = sum(len(s.kept) for s in senders)
                for sender in senders:
                    sender.set_port(server.port)
                time.sleep(dice.uniform(0.005, 1.0))
                server.kill()
                for sender in senders:
                    sender.set_port(0)
                server = client.Server(data)
                starts.append(server.start_s)
                link = server.link()
                size = check_kept(link, log_key, senders)
                problems = [s.problem for s in senders if s.problem]
                if problems:
                    raise AssertionError(f"seed {SEED}, cycle {cycle}: {problems}")
                answered = sum(len(s.kept) for s in senders)
                print(f"  kill {cycle + 1}: {answered - before} answered before it, log {size}, "
                      f"start {server.start_s * 1000:.0f} ms", flush=True)
            for sender in senders:
                sender.set_port(server.port)
            time.sleep(0.5)
            for sender in senders:
                sender.stopped = True
                sender.set_port(0)
            for sender in senders:
                sender.join(30)
            problems = [s.problem for s in senders if s.problem]
            if problems or any(s.is_alive() for s in senders):
                raise AssertionError(f"seed {SEED}: {problems or 'a client hangs'}")
            link = server.link()
            size = check_kept(link, log_key, senders)
        finally:
            server.stop()
        client.run("verify", data, "--log-key", vkey)
        copy = pathlib.Path(name) / "copy.db"
        client.run("backup", "--data", data, "--to", copy)
        defects = verify.check(str(copy), log_key).defects
        if defects:
            raise AssertionError(f"seed {SEED}: {defects[:5]}")
        answered = sum(len(s.kept) for s in senders)
        if answered < KILLS:
            raise AssertionError(f"only {answered} entries were answered: no load, no test")
        if sorted(starts)[len(starts) // 2] > START_HALF_S or max(starts) > START_MAX_S:
            raise AssertionError(f"starts are slow: {sorted(starts)}")
        again = sum(s.again for s in senders)
        print(f"kill: {KILLS} kills, {answered} answered, 0 lost, {again} sent again, log {size}, "
              f"starts {min(starts) * 1000:.0f} to {max(starts) * 1000:.0f} ms, both verifiers clean")


if __name__ == "__main__":
    main()
