#!/usr/bin/env python3
"""Plays the demo twice: everything it promises is in what it prints, and both runs have the same number of entries. Then
the city of the second is asked what is due, and every entry of it is decided again by the rules of its day."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402

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


def play(*options):
    command = [os.environ["TALLYSTICK"], "demo", "--once", "--port", "0", *options]
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


def check_audit(data, entries):
    """Re-judged by the edition in force on its day, every entry comes out as it is stored."""
    said = client.run("audit", "--data", data).stdout
    assert said.startswith(f"{entries} entries were decided again"), said
    assert "is not what the rules say" not in said, said
    editions = {name: int(count) for name, count in re.findall(r"^  (cn/\S+)  (\d+)$", said, re.M)}
    assert editions and sum(editions.values()) == entries, said


def check_duties(data):
    """What is open, of whom, when it was due and how late it is; filters narrow it down."""
    token = client.run("token", "new", "--data", data, "--role", "regulator").stdout.split()[-1]
    server = client.Server(data)
    try:
        at = ["--server", f"http://127.0.0.1:{server.port}", "--token", token]
        rows = json.loads(client.run("duties", *at, "--json").stdout)
        assert len(rows) > 20, len(rows)
        for row in rows:
            assert row["due"] and row["title_zh"] and row["rule"], row
        kinds = {row["kind"] for row in rows}
        assert {"annual-report", "count-month", "write-off"} <= kinds, kinds
        one = json.loads(client.run("duties", *at, "--json", "--kind", "annual-report").stdout)
        assert one and {row["kind"] for row in one} == {"annual-report"}, one
        party = one[0]["party"]
        own = json.loads(client.run("duties", *at, "--json", "--party", party).stdout)
        assert own and {row["party"] for row in own} == {party}, own
        late = json.loads(client.run("duties", *at, "--json", "--overdue").stdout)
        assert late and all(row["days_late"] > 0 or row["stage"] != "waiting" for row in late), late[:3]
        table = client.run("duties", *at, "--overdue").stdout
        assert "due 期限" in table and len(table.splitlines()) >= len(late), table[:500]
    finally:
        server.stop()


def main():
    first = check(play())
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "city"
        second = check(play("--data", str(data)))
        assert first == second, (first, second)
        check_audit(data, second)
        check_duties(data)
    print(f"demo: {first} entries, twice; each decided again, and asked for its duties")


if __name__ == "__main__":
    main()
