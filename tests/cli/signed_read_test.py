#!/usr/bin/env python3
"""Programs read with an enrolled key: the examples of docs/api.md as they stand there, and the command line."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from cli_test import BOUND_S, LEDGER, REFUSED, USAGE, City, run, serving

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "api.md"
SKIPPED = 77


def example(name):
    return re.search(rf"^```sh {name}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)[1]


def run_example(name, folder, **variables):
    done = subprocess.run(["sh", "-euc", example(name)], cwd=folder, env={**os.environ, **variables},
                          capture_output=True, text=True, timeout=BOUND_S)
    if done.returncode != 0:
        raise AssertionError(f"the example {name} ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def run_the_page(city, url):
    read = run_example("read", city.root, URL=url, KEY=str(city.unit))
    assert [row["lot"] for row in read["data"]] == ["L-1"], read
    key = city.key("second-unit", "ed25519-sha256")
    payload = {"address": "二号", "key": city.public(key), "kinds": ["user"], "name": "二厂", "nonce": "5" * 32,
               "region": "360302", "uscc": "91360300MA35K00000"}
    made = run_example("write", city.root, URL=url, KEY=str(key), LEDGER=LEDGER, PARTY="unit-2",
                       TYPE="party.register/v1", PAYLOAD=json.dumps(payload, ensure_ascii=False, sort_keys=True,
                                                                    separators=(",", ":")))
    assert made.get("receipt", "").startswith("c2sp.org/tlog-proof@v1\n"), made


def run_the_commands(city, url):
    """Each suite; no token."""
    at = ["--server", url]
    assert "L-1" in run("balance", *at, "--key", city.unit)
    for key, permit in ((city.police, None), (city.safety, "LIC-1")):
        said = run("balance", *at, "--key", key, expect=REFUSED)
        if key == city.police:
            assert "Tallystick-Purpose" in said, said
            assert "L-1" in run("balance", *at, "--key", key, "--purpose", "inspection X-7")
    # A P-256 key of the safety bureau may look up permits and no stock.
    assert "LIC-1" in run("permit", "LIC-1", *at, "--key", city.safety, "--purpose", "routine")
    run("balance", *at, "--key", city.safety, "--purpose", "routine", expect=REFUSED)
    stranger = city.key("stranger", "ed25519-sha256")
    assert "没有对此请求签名" in run("balance", *at, "--key", stranger, expect=REFUSED)
    run("balance", *at, "--key", city.unit, "--token", "x", expect=USAGE)


def run_submit_without_memory(city, url):
    """A device that has lost its memory asks with its key how far its chain has come."""
    memory = pathlib.Path(str(city.unit) + ".memory")
    memory.unlink()
    city.submit(url, city.unit, "unit-1", "site.add",
                {"site": "store-2", "name": "二号库", "kind": "store", "region": "360302", "address": "安源区"},
                "--log-key", city.log_key)


def main():
    if not all(map(shutil.which, ("curl", "openssl", "jq"))):
        print("curl, openssl and jq are wanted", file=sys.stderr)
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(prefix="tallystick-signed-") as folder:
        city = City(pathlib.Path(folder))
        with serving(city.data) as (url, _):
            city.settle(url)
            run_the_page(city, url)
            run_the_commands(city, url)
            run_submit_without_memory(city, url)
    print("signed requests: the examples of the page, the commands, a device without memory")


if __name__ == "__main__":
    main()
