#!/usr/bin/env python3
"""A two-way check by the command line: notified, a link issued, read and answered by somebody without an account."""

import json
import pathlib
import tempfile
import urllib.error
import urllib.request

from cli_test import BOUND_S, City, REFUSED, USAGE, day_from_now, run, serving

QUANTITY = {"unit": "kg", "value": "40"}
NOTICE = {"border_case": "PEN-1", "direction": "export", "party": "exporter-1", "country": "SG",
          "authority": "Central Narcotics Bureau", "exporter_name": "Ganxi", "exporter_address": "Xiangdong",
          "importer_name": "Lim Pte", "importer_address": "1 Quay", "end_use": "acetylation", "substance": "CN2-02",
          "quantity": QUANTITY, "mode": "sea", "port_exit": "Shanghai", "port_entry": "Singapore"}


def call(url, body=None, headers=None):
    request = urllib.request.Request(url, body and json.dumps(body).encode(),
                                     {"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=BOUND_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def settle(city, url, reader):
    operator = city.data / "keys" / "operator.pem"
    commerce, exporter, police = (city.key(name, "ed25519-sha256") for name in ("commerce", "exporter", "police"))
    for party, role, key in (("co-jx", "CO", commerce), ("ps-jx", "PS", police)):
        city.submit(url, operator, "operator", "agency.enrol",
                    {"agency": party, "name": party, "role": role, "level": "P", "region": "360000",
                     "key": city.public(key)}, "--second", key, *reader)
    city.submit(url, exporter, "exporter-1", "party.register",
                {"name": "江西赣西进出口有限公司", "kinds": ["exporter"], "uscc": "91360300Y123456793", "region": "360313",
                 "address": "湘东区", "key": city.public(exporter)}, "--first", "--log-key", city.log_key)
    city.submit(url, police, "ps-jx", "party.verify", {"party": "exporter-1", "method": "in-person"}, *reader)
    notice = {**NOTICE, "dispatch_on": day_from_now(20), "reply_by": day_from_now(15)}
    city.submit(url, commerce, "co-jx", "border.notify", notice, *reader)
    return commerce


def check_link(city, url, commerce, reader):
    issue = ["border-link", "--server", url, "--key", commerce, "--party", "co-jx", "--case", "PEN-1", *reader]
    assert "border-link-life" in run(*issue, "--days", "90", expect=REFUSED)
    run(*issue, "--days", "0", expect=USAGE)
    said = run(*issue, "--days", "10")
    link = next(line.split()[1] for line in said.splitlines() if line.startswith("link "))
    status, text = call(link, headers={"Accept": "text/plain"})
    assert status == 200 and "end_use: acetylation" in text and "Silence is not an approval" in text, text
    status, text = call(link[:-1] + ("0" if link[-1] != "0" else "1"))
    assert status == 404 and json.loads(text)["rule"] == "border-link-tampered", text
    answer = {"answer": "no_objection", "officer_reference": "CNB/2026/17"}
    status, text = call(link, answer)
    assert status == 201 and "tlog-proof" in json.loads(text)["receipt"], text
    status, text = call(link, answer)
    assert status == 409 and json.loads(text)["rule"] == "border-link-used", text
    return link.rsplit(".", 1)[1]


def main():
    with tempfile.TemporaryDirectory(prefix="tallystick-border-") as folder:
        city = City(pathlib.Path(folder))
        reader = ["--token", city.tokens["regulator"]]
        with serving(city.data) as (url, said):
            commerce = settle(city, url, reader)
            assert "notified" in run("border", "--server", url, *reader)
            secret = check_link(city, url, commerce, reader)
            shown = run("border", "PEN-1", "--server", url, *reader)
            for word in ("no_objection", "reading", "registry", "40 kg"):
                assert word in shown, shown
            assert "nothing" in run("border", "--standing", "silent", "--server", url, *reader)
            run("border", "PEN-2", "--server", url, *reader, expect=REFUSED)
            run("border", "--standing", "nowhere", "--server", url, *reader, expect=REFUSED)
        assert "answerBorderNotice" in said[0] and secret not in said[0], "the access log holds the secret of a link"
        run("verify", city.data, "--log-key", city.log_key)
        run("rebuild", "--data", city.data)
    print("border: notified, read, answered once, verified and rebuilt")


if __name__ == "__main__":
    main()
