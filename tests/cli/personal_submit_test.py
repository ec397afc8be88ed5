#!/usr/bin/env python3
"""Personal values by the command line: an officer is appointed with a name that no file of the log holds, and the name
is erased again."""

import json
import pathlib
import re
import tempfile

from cli_test import City, REFUSED, USAGE, get, run, serving

NAME, BAD_NUMBER = "王晓明", "36030219000101000Y"


def personal_file(city, values):
    file = city.root / "personal.json"
    file.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")
    return file


def appoint(city, url, officer, values, **more):
    return city.submit(url, city.unit, "unit-1", "officer.appoint",
                       {"officer": officer, "duty": "information-officer"}, "--personal", personal_file(city, values),
                       **more)


def check(city, url):
    for bad in ("[]", '{"/name": 7}', "{"):
        appoint(city, url, "o-0", bad, expect=USAGE)
    said = appoint(city, url, "o-0", {"/name": NAME, "/id_number": BAD_NUMBER}, expect=REFUSED)
    assert "personal-value-form" in said and BAD_NUMBER not in said, said
    said = appoint(city, url, "o-1", {"/name": NAME, "/phone": "13812345678"})
    index = int(re.search(r"^index (\d+)$", said, re.M)[1])
    text = get(f"{url}/v1/entries/{index}", city.tokens["auditor"]).decode()
    assert re.search(r"private 2 [0-9a-f]{64}", text) and NAME not in text, text
    return index


def main():
    with tempfile.TemporaryDirectory(prefix="tallystick-personal-") as folder:
        city = City(pathlib.Path(folder))
        with serving(city.data) as (url, _):
            city.settle(url)
            index = check(city, url)
            run("erase", "--server", url, "--key", city.unit, "--party", "unit-1", "--entry", index, "--value", "1",
                "--ground", "mistake")
        for file in city.data.glob("ledger.db*"):
            assert NAME.encode() not in file.read_bytes(), f"{file.name} holds the name"
        run("verify", city.data, "--log-key", city.log_key)
    print("personal values: committed to, kept apart, erased")


if __name__ == "__main__":
    main()
