#!/usr/bin/env python3
"""Writes clocks.csv: for every deadline of the rule packs and every awkward start, when it is due and whether it is
overdue on the day before the last day, on it, and on the day after. Shares no code with the registry: calendar
arithmetic is done anew here, from the same data. A row that a reader doubts can be worked out by hand."""

import calendar
import csv
import datetime as dt
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RULES, DATA = ROOT / "schema/rules", ROOT / "schema/data"

CASES = {
    "ordinary": "2026-03-02",
    "across new year": "2025-12-29",
    "across a leap day": "2024-02-27",
    "on a leap day": "2024-02-29",
    "end of a short month": "2026-01-31",
    "before a make-up day": "2026-02-12",
    "over a long holiday": "2025-09-26",
    "on a make-up day": "2026-05-09",
}


def deadlines():
    found = []
    # Provincial rules stand in files of their own, cn-<province>.json.
    for path in sorted(p for p in RULES.glob("cn*.json") if "-" not in p.stem):
        found += json.loads(path.read_text()).get("deadlines", [])
    return sorted(found, key=lambda d: d["rule"])


def holidays():
    rows = list(csv.DictReader((DATA / "holidays-cn.csv").open()))
    days = lambda kind: {dt.date.fromisoformat(r["day"]) for r in rows if r["kind"] == kind}
    return days("closed"), days("worked")


CLOSED, WORKED = holidays()


def works(day):
    return day in WORKED or (day.weekday() < 5 and day not in CLOSED)


def shift_months(day, n):
    month = day.year * 12 + day.month - 1 + n
    year, month = divmod(month, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def of_month(year, month, day):
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def next_period_day(rule, day):
    if rule["period"] == "year":
        return dt.date(day.year + 1, rule["month"], rule["day"])
    months = 1 if rule["period"] == "month" else 3 - (day.month - 1) % 3
    first = shift_months(day.replace(day=1), months)
    return of_month(first.year, first.month, rule["day"])


def last_day(rule, start):
    if rule.get("period", "none") != "none":
        day = next_period_day(rule, start)
    elif "months" in rule:
        day = shift_months(start, rule["months"])
    elif rule.get("working_days"):
        day, left = start, rule["days"]
        while left:
            day += dt.timedelta(1)
            left -= works(day)
    else:
        day = start + dt.timedelta(rule["days"])
    while rule.get("rolls") and not works(day):
        day += dt.timedelta(1)
    return day


def utc_of_midnight_after(day):
    """24:00 of a civil day in Asia/Shanghai."""
    return dt.datetime.combine(day, dt.time(16), dt.timezone.utc)


def text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def rows():
    for rule in deadlines():
        for case, start in CASES.items():
            due = utc_of_midnight_after(last_day(rule, dt.date.fromisoformat(start)))
            moments = {"the day before": (due - dt.timedelta(days=1, milliseconds=1), "no"),
                       "the last day": (due - dt.timedelta(milliseconds=1), "no"), "the day after": (due, "yes")}
            for name, (at, overdue) in moments.items():
                yield rule["rule"], case, start, name, text(at), overdue, text(due)


def main():
    with (pathlib.Path(__file__).parent / "clocks.csv").open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["rule", "case", "start", "moment", "at", "overdue", "due"])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
