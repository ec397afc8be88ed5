#!/usr/bin/env python3
"""The disk fills up: the public log is read on, writes are refused (507 or 503), and after space returns work goes on by itself.

On a small file system of its own where this user may mount one; else the size of the program's files is limited
(RLIMIT_FSIZE), which fails with another error, and after which the server may need a new start: it says so itself
(503).

TALLYSTICK_FILLS rounds (2); TALLYSTICK_DISK=limit takes the second way.
"""

import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "verifier")]
import suites  # noqa: E402
import tallystick_client as client  # noqa: E402
import verify  # noqa: E402

FILLS = int(os.environ.get("TALLYSTICK_FILLS", "2"))
MOUNT_MB, ROOM_BYTES = 8, 400_000
REFUSED = {(507, "storage-full"), (503, "store-unavailable"), (503, "outcome-unknown"), (503, "writer-stopped")}


class Tmpfs:
    """A disk of MOUNT_MB, filled by a file beside the data."""
    name = "tmpfs"

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MOUNT_MB}m,mode=0700", "tmpfs", str(folder)],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise PermissionError(done.stderr.strip())

    def preexec(self):
        return None

    def fill(self, _):
        """All but ROOM_BYTES, so that it is an entry that meets the end."""
        with open(self.folder / "ballast", "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
            file.truncate(max(0, os.fstat(file.fileno()).st_size - ROOM_BYTES))

    def free(self, _):
        (self.folder / "ballast").unlink()

    def end(self):
        subprocess.run(["umount", str(self.folder)], check=True)


class FileLimit:
    """No file of the server may grow beyond what it has."""
    name = "file size limit"

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def preexec(self):
        return lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def fill(self, server):
        largest = max(f.stat().st_size for f in server.data.glob("ledger.db*"))
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (largest + ROOM_BYTES, resource.RLIM_INFINITY))

    def free(self, server):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def end(self):
        return None


def make_disk(folder):
    if os.environ.get("TALLYSTICK_DISK") == "limit":
        return FileLimit(folder)
    try:
        return Tmpfs(folder)
    except (PermissionError, FileNotFoundError) as error:
        folder.rmdir()
        print(f"disk full: no mount here ({error}); the size of files is limited instead", flush=True)
        return FileLimit(folder)


def entry_of(author):
    return author.write("use.record", {
        "site": "store-user", "lot": "L-1", "quantity": client.quantity(1, "g"), "purpose": "washing " + "x" * 180,
        "used_on": client.today()}).sign(author.key)


def write_until_refused(link, author, seconds=120):
    """Gives the number of entries stored and the refusal, and leaves the refused entry for later."""
    stored, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        entry = entry_of(author)
        answer = link.post(entry)
        if answer.status != 201:
            return stored, answer, entry
        author.advance(entry)
        stored += 1
    raise AssertionError("the disk never filled")


PUBLIC = ("/log/checkpoint", "/v1/checkpoint")
WATCHED = ("/v1/entries/0", "/v1/entries/1/bundle", "/v1/entries?limit=5")


def check_reads(link, tokens):
    """The public log is read on. A read that must be recorded is answered, or refused where no record of it fits."""
    reader = client.Link(link.port, tokens["auditor"])
    for path in PUBLIC + WATCHED:
        answer = reader.get(path)
        unrecorded = path in WATCHED and (answer.status, answer.rule) in REFUSED
        if answer.status != 200 and not unrecorded:
            raise AssertionError(f"on a full disk {path} gives {answer.status} {answer.body[:300]}")
    reader.close()


def check_all_reads(link, tokens):
    reader = client.Link(link.port, tokens["auditor"])
    for path in PUBLIC + WATCHED:
        answer = reader.get(path)
        if answer.status != 200:
            raise AssertionError(f"after space returned {path} gives {answer.status} {answer.body[:300]}")
    reader.close()


def resume(server, disk, link, entry, author):
    """The refused entry goes in now; gives the server, perhaps a new one, and how it came."""
    end = time.monotonic() + 10
    answer = link.post(entry)
    while answer.rule in ("storage-full", "store-unavailable", "queue-full") and time.monotonic() < end:
        time.sleep(0.1)
        answer = link.post(entry)
    how = "by itself"
    if answer.rule in ("writer-stopped", "outcome-unknown"):
        server.stop()
        server = client.Server(server.data, disk.preexec())
        link = server.link()
        answer, how = link.post(entry), "after a new start, as it asked for"
    if answer.status not in (200, 201):
        raise AssertionError(f"after space returned: {answer.status} {answer.body[:400]}\n{server.said()}")
    author.advance(entry)
    return server, link, how


def main():
    with tempfile.TemporaryDirectory() as name:
        disk = make_disk(pathlib.Path(name) / "disk")
        try:
            rounds(disk)
        finally:
            disk.end()


def rounds(disk):
    data = disk.folder / "data"
    vkey, tokens = client.init(data)
    server = client.Server(data, disk.preexec())
    try:
        link = server.link()
        city = client.City(data, link)
        user = city.unit("user", ["user"], suites.P256)
        city.stock(user, "L-1", 1000, "t")
        for n in range(FILLS):
            disk.fill(server)
            stored, answer, entry = write_until_refused(link, user)
            if (answer.status, answer.rule) not in REFUSED:
                raise AssertionError(f"a full disk gives {answer.status} {answer.body[:400]}")
            check_reads(link, tokens)
            refused = (answer.status, answer.rule)
            again = link.post(entry)
            if (again.status, again.rule) not in REFUSED:
                raise AssertionError(f"still full, and the answer is {again.status} {again.body[:400]}")
            began = time.monotonic()
            disk.free(server)
            server, link, how = resume(server, disk, link, entry, user)
            check_all_reads(link, tokens)
            print(f"  fill {n + 1} ({disk.name}): {stored} stored, then {refused[0]} {refused[1]}, the log was read on; back "
                  f"{how} in {time.monotonic() - began:.2f} s", flush=True)
        size = json_size(link)
    finally:
        server.stop()
    client.run("verify", data, "--log-key", vkey)
    with tempfile.TemporaryDirectory() as name:
        copy = pathlib.Path(name) / "copy.db"
        client.run("backup", "--data", data, "--to", copy)
        defects = verify.check(str(copy), verify.LogKey(vkey)).defects
    if defects:
        raise AssertionError(defects[:5])
    print(f"disk full: {FILLS} fills, both verifiers clean, {size} entries")


def json_size(link):
    return link.get("/v1/checkpoint").json["size"]


if __name__ == "__main__":
    main()
