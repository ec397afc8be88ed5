#!/usr/bin/env python3
"""Quantities through the real program: stored and given out exactly as written, or refused at the field that is at fault."""

import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import suites  # noqa: E402
import tallystick_client as client  # noqa: E402


def balance_of(link, lot):
    rows = link.get(f"/v1/balances?lot={lot}").json["data"]
    assert len(rows) == 1, rows
    return rows[0]["amount"]


def opening(author, lot, substance, amount, unit, **more):
    return author.write("stock.open", {"site": "store-" + author.party, "lines": [
        {"lot": lot, "substance": substance, "quantity": client.quantity(amount, unit), **more}]})


def check_exact(link, maker):
    entry = opening(maker, "L-1", "CN3-02", "417.29", "g")
    answer = link.post(entry.sign(maker.key))
    assert answer.status == 201, answer.body
    maker.advance(entry)
    amount = balance_of(link, "L-1")
    assert (amount["amount"], amount["unit"]) == (417290, "mg"), amount
    for value in ("417.2905", "0.0004", "12.34567"):
        entry = opening(maker, "L-2", "CN3-02", value, "mg")
        answer = link.post(entry.sign(maker.key))
        assert answer.rule == "quantity-too-fine", answer.body
        assert [e["pointer"] for e in answer.json["errors"]] == ["/lines/0/quantity"], answer.body
    assert link.get("/v1/balances?lot=L-2").json["data"] == []


def check_lot(link):
    """Purity and pure mass stand beside the mass, and how long the papers are kept."""
    lot = link.get("/v1/lots/L-3").json
    held = lot["balances"][0]
    assert held["amount"]["amount"] == 1000001, held
    assert held["pure"] == {"value": "987000.987", "unit": "mg"}, held
    assert lot["pack"] is None
    kept = {paper["document"]: paper for paper in lot["retention"]}
    assert kept["sales-ledger"]["years"] == 2 and kept["sales-ledger"]["keep_until"], kept


def check_package(link):
    lot = link.get("/v1/lots/D-1").json
    assert lot["pack"]["piece"] == {"amount": 2500, "text": "2.5 mg", "unit": "ug"}, lot["pack"]
    assert lot["pack"]["per_box"] == 24 and lot["pack"]["per_strip"] is None
    assert lot["balances"][0]["amount"]["amount"] == 10 * 24 * 2500
    ledger = [paper for paper in lot["retention"] if paper["document"] == "ledger"]
    assert ledger[0]["keep_until"] == "2032-05-31" and ledger[0]["from"] == "expiry", ledger


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data"
        _, tokens = client.init(data)
        server = client.Server(data)
        try:
            link = server.link(tokens["auditor"])
            city = client.City(data, link)
            maker = city.unit("maker", ["producer", "trader"], suites.ED25519)
            check_exact(link, maker)
            city.send(maker.make("stock.open", {"site": "store-maker", "lines": [
                {"lot": "L-3", "substance": "CN3-02", "quantity": client.quantity("1000.001", "g"),
                 "purity_ppm": 987000}]}))
            city.send(maker.make("stock.open", {"site": "store-maker", "lines": [
                {"lot": "D-1", "substance": "P2-24", "quantity": client.quantity("10", "box"), "expiry": "2027-05-31",
                 "pack": {"form": "oral", "salt": "base", "strength": client.quantity("2.5", "mg"),
                          "per_box": 24}}]}))
            check_lot(link)
            check_package(link)
        finally:
            server.stop()
    print("quantities: exact or refused")


if __name__ == "__main__":
    main()
