#!/usr/bin/env python3
"""Plays the demo twice: everything it promises is in what it prints, and both runs have the same number of entries."""

import os
import re
import subprocess
import sys

ENTRIES_MIN = 1500
# What the closing report must say, each with the part of the month it stands for.
PROMISES = {
    "the refusal": r"409 permit-exhausted",
    "what was left and wanted": r"25 kg.*30 kg|30 kg.*25 kg",
    "the write-off": r"granted 100 kg = used 98\.8 kg \+ lapsed 1\.2 kg; left 0 mg, held 0 mg",
    "the finding": r"loss-in-transit",
    "the amount": r"missing 短缺 +1\.2 kg, between",
    "the interval": r"interval 区间 +after entry \d+ \(\d\d-\d\d \d\d:\d\d\), not after entry \d+ \(\d\d-\d\d \d\d:\d\d\)",
    "the custodian": r"anyuan-freight \(carrier, had the goods",
    "the vehicle": r"赣JA3718",
    "the seals": r"broken by huaxin-changsha",
    "the zero sums": r"in - out - closing, and the sum of all accounts, is 0 for each of 12 substances",
    "the stocks": r"closing is what all lots in stores and on the road add up to",
    "the offline check": r"clean: every signature, hash, proof and read table agrees",
    "the two-way check out": r"PEN-CN-VN-017 export, VN, state confirmed",
    "the answer of the partner": r"answer +registry +- +no_objection|answer +registry .*no_objection",
    "the two-way check in": r"PEN-IN-CN-204 import, IN, state arrived",
    "the end": r"Everything is as promised",
}


def play():
    command = [os.environ["TALLYSTICK"], "demo", "--once", "--port", "0"]
    run = subprocess.run(command, capture_output=True, timeout=800, check=False)
    output = run.stdout.decode("utf-8")
    if run.returncode != 0:
        sys.exit(f"the demo ended with {run.returncode}\n{output}\n{run.stderr.decode('utf-8')}")
    return output


def check(output):
    for name, pattern in PROMISES.items():
        assert re.search(pattern, output), f"{name} is not in the output:\n{output}"
    assert output.count("Authorization: Bearer ") >= 2, output
    entries = int(re.search(r"entries 登记 (\d+)", output)[1])
    assert entries >= ENTRIES_MIN, entries
    assert re.search(rf"^ +entries {entries}$", output, re.M), "the offline check saw another number of entries"
    return entries


def main():
    first, second = check(play()), check(play())
    assert first == second, (first, second)
    print(f"demo: {first} entries, twice")


if __name__ == "__main__":
    main()
