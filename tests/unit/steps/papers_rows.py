#!/usr/bin/env python3
"""Proposes the rows of papers.csv: which paper an act needs, by class, border and state of the paper.

The expected rule of each row is argued here from the articles, in the tables ASKED and ANSWERS; nothing is copied from
what the program says. Run it to write the file anew: python3 papers_rows.py > papers.csv
"""

import csv
import sys

# class: (substance, another one of its class, seller, seller's licence, buyer, buyer's paper, transport paper,
#         a paper of another kind, article for buying, article for transport)
ASKED = {
    "1": ("CN1-03", "CN1-04", "SELLER", "C1-TRADE", "BUYER", "C1-BUY", "C1-TRAN", "C2-TRAN-3", "445-14", "445-20"),
    "1P": ("CN1-12a", "CN1-12b", "MAKER", "C1P-PROD", "BUYER", "C1P-BUY", "C1-TRAN", "C1-BUY", "445-14", "445-20"),
    "2": ("CN2-02", "CN2-01", "SELLER", "C2T-FILE", "BUYER", "C23-BUY-N", "C2-TRAN-3", "C1-TRAN", "445-17", "445-20"),
    "3": ("CN3-02", "CN3-01", "SELLER", "C3T-FILE", "BUYER", "C23-BUY-1", "C3-TRAN-3", "C1-BUY", "445-17", "445-20-3"),
    "N": ("N-18", "N-13", "WHOLESALER", "NP-TRADE", "HOSPITAL", "YJK", "NP-TRAN", "C1-TRAN", "442-36", "442-52"),
    "P1": ("P1-07", "P1-11", "WHOLESALER", "NP-TRADE", "HOSPITAL", "YJK", "NP-TRAN", "C1-TRAN", "442-36", "442-52"),
    "NP": ("NP-001", "NP-002", "LAB", "NPR-UNIT", "LAB-2", "NPR-ITEM", "NPR-ITEM", "C1-TRAN", "NP27-4", "NP27-4"),
}
ONCE = {"C1-BUY", "C1P-BUY", "C23-BUY-1", "C1-TRAN", "NPR-ITEM"}
STANDING = {"YJK", "C1-TRADE", "C1P-PROD", "C2T-FILE", "C3T-FILE", "NP-TRADE", "NPR-UNIT"}

# Trade that may begin before its paper is filed for.
FILED_AFTERWARDS = {"2", "3"}

# What the state of a paper leads to, and the article that says so.
ANSWERS = {
    "present": ("ok", ""),
    "first-day": ("ok", "87-9: valid from its first day"),
    "last-day": ("ok", "87-9: valid to the end of its last day"),
    "unknown": ("unknown-permit", "445-38: no licence or filing, or a forged one"),
    "expired": ("permit-expired", "445-38: an expired certificate"),
    "not-yet": ("permit-not-yet-valid", "WO-1: only an issued paper in its days can be drawn"),
    "exhausted": ("permit-exhausted", "87-31-s4, 445-40(3): beyond the permitted quantity"),
    "used": ("permit-used", "WO-3: a one-use paper closes on first delivery"),
    "wrong-party": ("permit-not-held", "445-38: another's certificate"),
    "wrong-substance": ("permit-wrong-substance", "445-40(3): beyond the permitted variety"),
    "wrong-kind": ("permit-wrong-kind", "445-41: wrong certificate type"),
    "revoked": ("permit-revoked", "WO-1: a revoked paper cannot be drawn"),
    "suspended": ("permit-suspended", "WO-1: only ISSUED or PARTLY USED can be drawn"),
    "closed": ("permit-closed", "WO-1: a closed paper cannot be drawn"),
    "lost": ("permit-lost", "T660-6, WO-1: a lost paper cannot be drawn"),
}
# EX-20 and 87-15 speak of precursors. Of N and P1 every transport needs its certificate, of NP its approval, also one
# inside a city: no text exempts it.
EVERY_TRANSPORT = {"N", "P1", "NP"}
BORDERS = {"same-county": False, "other-county": False, "key-county": True, "other-city": True, "other-province": True}


def fits(state, kind):
    if state == "exhausted":
        return kind not in STANDING
    return state != "used" or kind in ONCE


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["act", "class", "border", "paper", "other_kind", "state", "expected", "law"])
    for cls, (_, _, _, licence, _, buys, road, other, buy_law, road_law) in ASKED.items():
        for border, crosses in BORDERS.items():
            asked = crosses or cls in EVERY_TRANSPORT
            out.writerow(["move", cls, border, road, other, "absent", "transport-permit-required" if asked else "ok",
                          road_law if asked else "EX-20, 87-15: inside one city outside key areas"])
            for state, (rule, law) in ANSWERS.items():
                if fits(state, road):
                    out.writerow(["move", cls, border, road, other, state, rule, law or road_law])
        out.writerow(["buy", cls, "", buys, other, "absent", "purchase-permit-required", buy_law])
        if cls in FILED_AFTERWARDS:
            out.writerow(["sell", cls, "", licence, other, "absent", "ok", "445-13: filed within 30 days of beginning"])
        else:
            out.writerow(["sell", cls, "", licence, other, "absent", "sale-licence-required", "445-9, 445-13, 442-24"])
        for state, (rule, law) in ANSWERS.items():
            if fits(state, buys):
                out.writerow(["buy", cls, "", buys, other, state, rule, law or buy_law])
            if fits(state, licence):
                out.writerow(["sell", cls, "", licence, other, state, rule, law or "445-9, 445-13, 442-24"])
    for border in BORDERS:
        out.writerow(["move", "P2", border, "", "", "absent", "ok", "T660-P2: no transport certificate"])
    out.writerow(["buy", "P2", "", "", "", "absent", "ok", "442-29: no purchase paper"])


if __name__ == "__main__":
    main()
