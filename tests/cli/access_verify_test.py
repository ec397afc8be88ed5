#!/usr/bin/env python3
"""The log of reads by the command line: whole, changed, cut off, rewritten, and against a head that somebody kept."""

import contextlib
import json
import pathlib
import shutil
import sqlite3
import tempfile

from cli_test import INTEGRITY, USAGE, City, get, run, serving


@contextlib.contextmanager
def spoilt(city, *statements):
    """The data folder with the log of reads as a thief with the file leaves it; put back afterwards."""
    log, kept = city.data / "access.db", city.root / "kept.db"
    shutil.copy(log, kept)
    thief = sqlite3.connect(log)
    for trigger in ("access_stays", "access_kept"):
        thief.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        thief.execute(statement)
    thief.commit()
    thief.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    thief.close()
    try:
        yield
    finally:
        for suffix in ("-wal", "-shm"):
            pathlib.Path(str(log) + suffix).unlink(missing_ok=True)
        shutil.copy(kept, log)


def read(city, url, times):
    for _ in range(times):
        get(f"{url}/v1/parties", city.tokens["regulator"])


def verify(city, *more, **options):
    return run("access", "verify", "--data", city.data, *more, **options)


def check(city, note):
    assert verify(city).startswith("7 records of reads stand"), "whole"
    verify(city, "--head", note)
    with spoilt(city, "UPDATE access SET text = replace(text, 'listParties', 'getStatus') WHERE id = 3"):
        assert "record 3 does not follow" in verify(city, expect=INTEGRITY)
    with spoilt(city, "DELETE FROM access WHERE id = 2"):
        assert "record 2 does not follow" in verify(city, expect=INTEGRITY)
    # A chain that is whole and shorter: only what was kept elsewhere tells.
    with spoilt(city, "DELETE FROM access WHERE id >= 5"):
        said = verify(city, expect=INTEGRITY)
        assert "the anchor knows 7 records; the log holds 5: record 5 and those after it were taken out" in said, said
        with serving(city.data) as (url, said):
            read(city, url, 4)
        assert "records were cut off" in said[0], said
        assert "record 6 is not the one that the anchor knows" in verify(city, expect=INTEGRITY)
    anchor = city.data / "anchor.access"
    anchor.rename(city.root / "anchor.access")
    with spoilt(city, "DELETE FROM access WHERE id >= 3"):
        verify(city)
        assert f"{note} knows 4 records" in verify(city, "--head", note, expect=INTEGRITY)
    forged = city.root / "forged"
    forged.write_text(note.read_text().replace("\n4\n", "\n3\n"))
    assert "not signed by its key" in verify(city, "--head", forged, expect=INTEGRITY)
    verify(city)


def main():
    with tempfile.TemporaryDirectory(prefix="tallystick-access-") as folder:
        city = City(pathlib.Path(folder))
        run("access", "verify", "--data", city.data, expect=USAGE)
        with serving(city.data) as (url, _):
            read(city, url, 4)
            note = city.root / "head"
            note.write_text(json.loads(get(f"{url}/v1/access-log/head", city.tokens["auditor"]))["note"])
            verify(city, "--head", note)
            read(city, url, 3)
            verify(city)
        check(city, note)
    print("log of reads: whole; changed, cut off and rewritten ones are named")


if __name__ == "__main__":
    main()
