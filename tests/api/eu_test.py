#!/usr/bin/env python3
"""A ledger under another pack: the EU's, from the first registration to the count, refused by the EU's own articles."""

import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402

LEDGER, GERMANY, FRANCE = "registry.example/eu", "276001", "250001"
COUNTRY = {GERMANY: "DE", FRANCE: "FR"}
ANHYDRIDE, PERMANGANATE, PIPERIDINE = "EU-2A-1", "EU-2B-1", "EU-2B-2"
CHINESE = re.compile("[\u4e00-\u9fff]")


class Market(client.City):
    """An authority, a maker and a user of acetic anhydride, and a carrier, in two countries."""

    def __init__(self, data, link):
        super().__init__(data, link, LEDGER)
        self.authority = client.Author(LEDGER, "bfarm", client.PrivateKey(client.ED25519))
        self.send(self.operator.make("agency.enrol", {
            "agency": "bfarm", "name": "Authority", "role": "MR", "level": "N", "region": "000000",
            "key": self.authority.key_json}, [self.authority.key]))
        self.maker = self.unit("maker", ["producer", "trader"], GERMANY)
        self.user = self.unit("user", ["user"], FRANCE)
        self.carrier = self.unit("carrier", ["carrier"], GERMANY)

    def registration(self, author, kinds, region):
        return author.write("party.register", {
            "name": "Unit " + author.party, "kinds": kinds, "country": COUNTRY[region], "number": "HRB " + author.party, "region": region,
            "address": "Street 1", "key": author.key_json}).sign(author.key)

    def unit(self, party, kinds, region):
        author = client.Author(LEDGER, party, client.PrivateKey(client.ED25519))
        entry = self.registration(author, kinds, region)
        author.advance(entry)
        self.send(entry)
        self.send(self.authority.make("party.verify", {"party": party, "method": "in-person"}))
        self.send(author.make("site.add", {"site": "store-" + party, "name": "Store", "kind": "store",
                                           "region": region, "address": "Street 1"}))
        return author

    def issue(self, permit, kind, holder, substance, amount=None):
        line = {"substance": substance} | ({"quantity": client.quantity(amount)} if amount else {})
        self.send(self.authority.make("permit.issue", {
            "permit": permit, "kind": kind, "holder": holder.party, "purpose": "acetylation", "lines": [line],
            "valid_from": client.today(), "valid_to": client.today(300)}))

    def sale(self, name, substance, amount, **more):
        return {"sale": name, "buyer": "user", "substance": substance, "quantity": client.quantity(amount),
                "payment": "transfer", "sold_on": client.today(), "licence": "REG-" + substance, **more}

    def refused(self, author, step, payload):
        """The problem; the chain stays where it is."""
        answer = self.link.post(author.write(step, payload).sign(author.key))
        assert answer.status >= 400, answer.body
        return answer.json


def every(link, path):
    rows, cursor = [], ""
    while cursor is not None:
        page = link.get(path + (f"&cursor={cursor}" if cursor else "")).json
        rows, cursor = rows + page["data"], page["next_cursor"]
    return rows


def check_papers(market):
    """Who is not registered does not sell, who has declared nothing does not buy, and the EU's article says so."""
    seller = market.refused(market.maker, "sale.record", market.sale("S-0", PIPERIDINE, "5", licence=""))
    problem = seller if seller["rule"] == "sale-licence-required" else market.refused(
        market.maker, "sale.record", {k: v for k, v in market.sale("S-0", PIPERIDINE, "5").items() if k != "licence"})
    assert (problem["rule"], problem["article"]) == ("sale-licence-required", "Regulation (EC) No 273/2004 art. 3")
    market.issue("REG-" + PIPERIDINE, "EU-REG-2", market.maker, PIPERIDINE)
    problem = market.refused(market.maker, "sale.record", market.sale("S-1", PIPERIDINE, "5"))
    assert problem["rule"] == "purchase-permit-required", problem
    assert problem["article"] == "Regulation (EC) No 273/2004 art. 4" and problem["facts"]["kinds"] == "EU-DECL", problem
    assert problem["confidence"] == "M" and problem["confidence_note"] == "to be confirmed", problem
    # So is the listing of the substance itself.
    assert problem["facts"]["listing_note_zh"] == "待确认", problem
    market.issue("DECL-1", "EU-DECL", market.user, PIPERIDINE, "8")
    market.send(market.maker.make("sale.record", market.sale("S-1", PIPERIDINE, "5", permit="DECL-1")))
    problem = market.refused(market.maker, "sale.record", market.sale("S-2", PIPERIDINE, "4", permit="DECL-1"))
    assert problem["rule"] == "permit-exhausted", problem
    assert problem["article"] == "Regulation (EC) No 273/2004 art. 4", problem


def check_annex(market):
    """Annex II: half a kilogram of piperidine in a year needs no declaration; a gram more does."""
    exempt = {"exemption": "EU-ANNEX-II-PIP"}
    market.send(market.maker.make("sale.record", market.sale("S-3", PIPERIDINE, "0.4", **exempt)))
    problem = market.refused(market.maker, "sale.record", market.sale("S-4", PIPERIDINE, "0.101", **exempt))
    assert problem["rule"] == "year-exceeded" and problem["confidence_note"] == "to be confirmed", problem
    assert problem["article"] == "Regulation (EC) No 273/2004 annex II", problem
    market.send(market.maker.make("sale.record", market.sale("S-4", PIPERIDINE, "0.1", **exempt)))


def check_movement(market):
    """Acetic anhydride goes from Germany to France: no paper of China's stops it, and the receiver counts blind."""
    market.issue("REG-" + ANHYDRIDE, "EU-REG-2", market.maker, ANHYDRIDE)
    market.issue("USE-1", "EU-REG-2A-USE", market.user, ANHYDRIDE)
    market.send(market.maker.make("stock.open", {"site": "store-maker", "lines": [
        {"lot": "AA-1", "substance": ANHYDRIDE, "quantity": client.quantity("500")}]}))
    market.send(market.maker.make("sale.record", market.sale("S-5", ANHYDRIDE, "200", permit="USE-1")))
    market.send(market.maker.make("transfer.dispatch", {
        "consignment": "C-1", "receiver": "user", "from_site": "store-maker", "to_site": "store-user",
        "carrier": "carrier", "vehicle": "B-XY 1", "sale": "S-5",
        "lines": [{"lot": "AA-1", "quantity": client.quantity("200")}]}))
    market.send(market.carrier.make("transfer.carry", {
        "consignment": "C-1", "vehicle": "B-XY 1", "seals_intact": "yes",
        "lines": [{"lot": "AA-1", "quantity": client.quantity("200")}]}))
    counted = market.send(market.user.make("transfer.count", {
        "consignment": "C-1", "seals_intact": "yes", "lines": [{"lot": "AA-1", "quantity": client.quantity("199")}]}))
    assert "finding" in counted["outcome"], counted["outcome"]
    market.send(market.user.make("transfer.accept", {"consignment": "C-1"}))
    rows = market.link.get("/v1/balances?place=store-user").json["data"]
    assert [(r["substance"], r["amount"]["text"]) for r in rows] == [(ANHYDRIDE, "199 kg")], rows


def check_limits(market):
    """What the pack does not know is refused as that, and never judged by another country's rules."""
    stranger = client.Author(LEDGER, "clinic", client.PrivateKey(client.ED25519))
    answer = market.link.post(market.registration(stranger, ["user", "hospital"], FRANCE))
    assert answer.rule == "unknown-party-kind", answer.body
    assert [e["pointer"] for e in answer.json["errors"]] == ["/kinds/1"], answer.body
    problem = market.refused(market.authority, "count.demand", {"site": "store-user", "reason": "spot check"})
    assert problem["rule"] == "rule-not-in-pack", problem
    assert problem["facts"]["pack"] == "eu" and "count-demand" in problem["facts"]["rule"], problem
    rules = every(market.link, "/v1/rules?limit=200")
    chinese = [r["rule"] for r in rules if CHINESE.search(r["article"] or "")]
    assert len(rules) > 400 and not chinese, (len(rules), chinese)


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data"
        said = client.run("init", "--data", data, "--ledger", LEDGER, "--region", "000000", "--pack", "eu").stdout
        token = re.search(r"^  auditor +(\S+)$", said, re.M)[1]
        log_key = re.search(r"^log key +(\S+)$", said, re.M)[1]
        server = client.Server(data)
        try:
            market = Market(data, server.link(token))
            for check in (check_papers, check_annex, check_movement, check_limits):
                check(market)
        finally:
            server.stop()
        client.run("verify", data, "--log-key", log_key)
        client.run("audit", "--data", data)
    print("eu: registered, sold, refused, sent, counted and audited under the EU's own articles")


if __name__ == "__main__":
    main()
