#!/usr/bin/env python3
"""Measures, and asserts nothing: whether the time of a 404 tells hidden from absent, and what watching readers costs.

    TALLYSTICK=build/dev/tools/tallystick python3 tests/bench/access_cost.py [rounds]

Hidden and absent ids are asked in turns of random order over one connection, so that what disturbs one disturbs the
other; the figure that matters is the share of pairs in which the hidden one took longer (one half, when time tells
nothing) against its own standard error.
"""

import http.client
import math
import pathlib
import random
import statistics
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from cli_test import City, run, serving  # noqa: E402

# Something of unit-1 that unit-2 may not know of, and a name of the same length that nobody has.
PAIRS = {"party": ("/v1/parties/unit-1", "/v1/parties/unit-7"), "site": ("/v1/sites/store-1", "/v1/sites/store-7"),
         "permit": ("/v1/permits/LIC-1", "/v1/permits/LIC-7"), "lot": ("/v1/lots/L-1", "/v1/lots/L-7"),
         "entry": ("/v1/entries/5", "/v1/entries/7777777")}


class Line:
    def __init__(self, url, token):
        place = urllib.parse.urlsplit(url)
        self.http = http.client.HTTPConnection(place.hostname, place.port)
        self.headers = {"Authorization": "Bearer " + token}

    def ask(self, path):
        start = time.perf_counter()
        self.http.request("GET", path, headers=self.headers)
        answer = self.http.getresponse()
        answer.read()
        return answer.status, (time.perf_counter() - start) * 1e6


def compare(line, hidden, absent, rounds):
    times = {hidden: [], absent: []}
    for _ in range(rounds):
        for path in random.sample((hidden, absent), 2):
            status, took = line.ask(path)
            assert status == 404, (path, status)
            times[path].append(took)
    longer = sum(a > b for a, b in zip(times[hidden], times[absent])) / rounds
    return times[hidden], times[absent], longer


def quantiles(times):
    cuts = statistics.quantiles(times, n=100)
    return "  ".join(f"{cuts[at - 1]:7.0f}" for at in (5, 25, 50, 75, 95, 99))


def report_hidden(url, token, rounds):
    print(f"404 of hidden and absent things, microseconds, {rounds} pairs each; quantiles 5 25 50 75 95 99 %")
    line = Line(url, token)
    for name, (hidden, absent) in PAIRS.items():
        compare(line, hidden, absent, 200)
        a, b, longer = compare(line, hidden, absent, rounds)
        print(f"  {name:7} hidden {quantiles(a)}\n          absent {quantiles(b)}")
        print(f"          hidden took longer in {longer:.3f} of pairs, standard error {math.sqrt(0.25 / rounds):.3f}")


def rate(url, token, path, readers, seconds):
    counts = [0] * readers
    until = time.perf_counter() + seconds

    def go(at):
        line = Line(url, token)
        while time.perf_counter() < until:
            status, _ = line.ask(path)
            assert status == 200, status
            counts[at] += 1

    threads = [threading.Thread(target=go, args=(at,)) for at in range(readers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(counts) / seconds


def report_watching(url, watched, unwatched, seconds):
    print("reads a second of one party: by its own officer (not recorded), by a regulator (recorded durably)")
    for readers in (1, 8):
        own, official = [], []
        for _ in range(3):
            own.append(rate(url, unwatched, "/v1/parties/unit-1", readers, seconds))
            official.append(rate(url, watched, "/v1/parties/unit-1", readers, seconds))
        print(f"  {readers} connections: {statistics.median(own):7.0f} {statistics.median(official):7.0f}")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory(prefix="tallystick-cost-") as folder:
        city = City(pathlib.Path(folder))
        with serving(city.data, "--quiet") as (url, _):
            city.settle(url)
        tokens = [run("token", "new", "--data", city.data, "--role", "officer", "--party", party).split()[0]
                  for party in ("unit-2", "unit-1")]
        with serving(city.data, "--quiet") as (url, _):
            report_hidden(url, tokens[0], rounds)
            report_watching(url, city.tokens["regulator"], tokens[1], 3)


if __name__ == "__main__":
    main()
