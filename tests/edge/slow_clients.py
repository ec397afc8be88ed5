#!/usr/bin/env python3
"""Measures what honest clients notice of 500 slow connections and 200 malformed messages at once.

Every kind of client has a loopback address of its own, so that the caps of one address count as they do in the field.
Quiet and attacked rounds alternate in one run; prints the percentiles of each and their ratio. --json FILE.
"""

import argparse
import contextlib
import json
import os
import pathlib
import secrets
import socket
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402

SLOW, MALFORMED = 500, 200
HONEST_FROM, SLOW_FROM, MALFORMED_FROM = "127.0.0.2", "127.0.0.3", "127.0.0.4"
HONEST = 4
LIMITS = {"connections_max": 512, "connections_per_address_max": 384, "idle_timeout_ms": 5_000}


def connect(port, source, timeout=30):
    return socket.create_connection(("127.0.0.1", port), timeout=timeout, source_address=(source, 0))


def malformed_message(number):
    messages = (
        b"GET /v1/status HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /v1/status HTTP/1.1\nHost: x\n\n",
        b"POST /v1/entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n" + b"{" * 90_000,
        b"\x16\x03\x01\x02\x00\x01\x00" + secrets.token_bytes(200),
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /%zz%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /v1/entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n" + b"[" * 40,
        secrets.token_bytes(4_000),
        b"BREW / HTTP/9.9\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    )
    return messages[number % len(messages)]


class Attack:
    """Slow connections, each opened again when it is cut, and waves of malformed messages."""

    def __init__(self, port):
        self.port, self.over, self.held, self.sent, self.refused = port, threading.Event(), 0, 0, 0
        self.threads = [threading.Thread(target=self.be_slow, daemon=True),
                        threading.Thread(target=self.be_malformed, daemon=True)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        while self.held == 0 or self.sent == 0:
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def be_slow(self):
        """A byte of a head each second, on all of them."""
        head = b"GET /v1/status HTTP/1.1\r\nHost: registry.example\r\nX-Slow: " + b"y" * 200
        peers = {}
        while not self.over.is_set():
            while len(peers) < SLOW:
                try:
                    peer = connect(self.port, SLOW_FROM)
                except OSError:
                    break
                peer.setblocking(False)
                peers[peer] = 0
            for peer, at in list(peers.items()):
                try:
                    peer.send(head[at:at + 1])
                    peers[peer] = at + 1
                    if peer.recv(4_096) == b"":
                        raise ConnectionError
                except BlockingIOError:
                    pass
                except OSError:
                    peer.close()
                    del peers[peer]
            self.held = max(self.held, len(peers))
            self.over.wait(1)
        for peer in peers:
            peer.close()

    def be_malformed(self):
        while not self.over.is_set():
            peers = []
            for number in range(MALFORMED):
                with contextlib.suppress(OSError):
                    peer = connect(self.port, MALFORMED_FROM, 5)
                    peer.setblocking(False)
                    peers.append(peer)
                    peer.send(malformed_message(number))
                    self.sent += 1
            self.over.wait(1)
            for peer in peers:
                peer.close()


class Honest:
    """People who read, send entries, and come anew each few requests."""

    def __init__(self, port, token, unit):
        self.port, self.token, self.unit = port, token, unit
        self.times, self.wrong, self.lock = [], [], threading.Lock()

    def run(self, seconds):
        """Milliseconds of each request, sorted."""
        self.times = []
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=self.read, args=(until,)) for _ in range(HONEST - 1)]
        threads.append(threading.Thread(target=self.write, args=(until,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(self.times)

    def link(self):
        link = client.Link(self.port, self.token)
        connect_plain = link._connection

        def from_own_address():
            connection = connect_plain()
            connection.source_address = (HONEST_FROM, 0)
            return connection
        link._connection = from_own_address
        return link

    def ask(self, call, good):
        began = time.perf_counter()
        try:
            answer = call()
        except OSError as error:
            with self.lock:
                self.wrong.append(repr(error))
            return
        took = (time.perf_counter() - began) * 1_000
        with self.lock:
            self.times.append(took)
            if answer.status != good:
                self.wrong.append(f"{answer.status} {answer.body[:200]}")
        time.sleep(0.01)

    def read(self, until):
        while time.monotonic() < until:
            link = self.link()
            for path in ("/v1/parties", "/log/checkpoint", "/v1/permits", "/v1/obligations"):
                self.ask(lambda path=path, link=link: link.get(path), 200)
            link.close()

    def write(self, until):
        link = self.link()
        while time.monotonic() < until:
            entry = self.unit.make("site.add", {"site": "s-" + secrets.token_hex(6), "name": "Store", "kind": "store",
                                                "region": client.LEAF_REGION, "address": "Road 1"})
            self.ask(lambda entry=entry: link.post(entry), 201)
        link.close()


def percentile(times, share):
    return times[min(len(times) - 1, int(len(times) * share))]


@contextlib.contextmanager
def served():
    """A server with the limits of the field, and somebody honest."""
    with tempfile.TemporaryDirectory() as scratch:
        data = pathlib.Path(scratch) / "data"
        _, tokens = client.init(data)
        file = data / "config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), "limits": LIMITS}))
        server = client.Server(data, options=("--quiet",))
        try:
            link = server.link(tokens["regulator"])
            unit = client.City(data, link).unit("P-1", ["user"])
            link.close()
            yield server, Honest(server.port, tokens["regulator"], unit)
        finally:
            server.stop()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--json")
    options = options.parse_args()
    quiet, attacked = [], []
    with served() as (server, honest):
        honest.run(2)
        for number in range(options.rounds):
            quiet.append(honest.run(options.seconds))
            with Attack(server.port) as attack:
                attacked.append(honest.run(options.seconds))
            print(f"round {number + 1}: quiet p99 {percentile(quiet[-1], .99):.1f} ms, under attack "
                  f"{percentile(attacked[-1], .99):.1f} ms; {attack.held} slow held, {attack.sent} malformed sent", flush=True)
        figures = {name: {f"p{int(s * 100)}_ms": round(percentile(sorted(sum(rounds, [])), s), 2) for s in (.5, .95, .99)}
                   for name, rounds in (("quiet", quiet), ("attacked", attacked))}
        figures["ratio_p99"] = round(figures["attacked"]["p99_ms"] / figures["quiet"]["p99_ms"], 2)
        figures["requests"], figures["not_served"] = sum(map(len, quiet + attacked)), len(honest.wrong)
        figures["load"] = os.getloadavg()[0]
    print(json.dumps(figures))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if figures["ratio_p99"] < 5 and not honest.wrong else 1


if __name__ == "__main__":
    sys.exit(main())
