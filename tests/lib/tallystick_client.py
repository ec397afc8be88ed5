"""An independent client: writes, signs and sends entries as docs/format.md says, and starts servers for tests."""

import datetime
import http.client
import json
import os
import pathlib
import re
import secrets
import signal
import socket
import subprocess
import threading
import time

import suites
from suites import ED25519, P256, SM2, ZERO, PrivateKey, b64, hash_of, leaf_hash, sha256

NONE_SEEN = (0, sha256())


def to_jcs(value):
    """RFC 8785 for objects, lists, texts, integers, booleans and null."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(n, ensure_ascii=False) + ":" + to_jcs(value[n]) for n in names) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(to_jcs, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def utc(ms=None):
    ms = int(time.time() * 1000) if ms is None else ms
    moment = datetime.datetime.fromtimestamp(ms // 1000, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def today(days=0):
    """A civil day in Asia/Shanghai."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8, days=days)
    return moment.strftime("%Y-%m-%d")


def commitment(suite, path, value, salt):
    def sized(text):
        return len(text.encode()).to_bytes(8, "big") + text.encode()
    return hash_of(suite)(b"ledger.priv/v1\x00", salt, sized(path), sized(value))


def private_root(suite, values):
    if not values:
        return ZERO
    h = hash_of(suite)
    return suites.tree_root([leaf_hash(commitment(suite, *v), h) for v in values], h)


def entry_id(suite, header):
    return hash_of(suite)(b"ledger.id/v1\x00", header.encode())


def batch_message(key, ledger, size, root):
    return f"ledger.batch/v1\n{key.suite}\n{ledger}\n{key.id.hex()}\n{size} {b64(root)}\n".encode()


class Entry:
    def __init__(self, suite, header, payload, private=()):
        self.suite, self.header, self.payload, self.private = suite, header, payload, list(private)
        self.id = entry_id(suite, header)
        self.signatures = []

    def sign(self, key):
        self.signatures.append({"key": key.public.id.hex(), "signature": b64(key.sign(self.header.encode()))})
        return self

    def wire(self):
        out = {"header": self.header, "payload": self.payload, "signatures": self.signatures}
        if self.private:
            out["private"] = [{"path": p, "value": v, "salt": b64(s)} for p, v, s in self.private]
        return json.dumps(out, ensure_ascii=False).encode()


class Author:
    """One key and its chain. Not for several threads at once."""

    def __init__(self, ledger, party, key):
        self.ledger, self.party, self.key = ledger, party, key
        self.chain = key.public.id.hex()[:32]
        self.cseq, self.prev, self.seen = 0, ZERO, NONE_SEEN

    @property
    def key_json(self):
        return {"spki": b64(self.key.public.spki), "suite": self.key.suite}

    def write(self, step, payload, time_ms=None, private=()):
        """The next entry, not signed yet; the chain goes on with advance()."""
        suite, h = self.key.suite, hash_of(self.key.suite)
        payload = to_jcs({"nonce": secrets.token_hex(16), **payload})
        header = (
            "ledger.entry/v1\n"
            f"suite {suite}\n"
            f"ledger {self.ledger}\n"
            f"party {self.party}\n"
            f"key {self.key.public.id.hex()}\n"
            f"chain {self.chain}\n"
            f"cseq {self.cseq + 1}\n"
            f"prev {self.prev.hex()}\n"
            f"seen {self.seen[0]} {b64(self.seen[1])}\n"
            f"type {step}/v1\n"
            f"time {utc(time_ms)}\n"
            f"payload {len(payload.encode())} {h(payload.encode()).hex()}\n"
            f"private {len(private)} {private_root(suite, private).hex()}\n")
        return Entry(suite, header, payload, private)

    def advance(self, entry):
        self.cseq, self.prev = self.cseq + 1, entry.id

    def make(self, step, payload, seconds=(), time_ms=None, private=()):
        """The next entry, signed by the author and by the other keys, with the chain advanced."""
        entry = self.write(step, payload, time_ms, private).sign(self.key)
        for key in seconds:
            entry.sign(key)
        self.advance(entry)
        return entry


def sign_together(key, ledger, entries):
    """One signature over several entries, which carry none yet."""
    h = hash_of(key.suite)
    leaves = [leaf_hash(e.id, h) for e in entries]
    signature = b64(key.sign(batch_message(key.public, ledger, len(entries), suites.tree_root(leaves, h))))
    for i, entry in enumerate(entries):
        path = [b64(p) for p in suites.inclusion_path(leaves, i, h)]
        entry.signatures.append({"key": key.public.id.hex(), "signature": signature,
                                 "batch": {"size": len(entries), "index": i, "path": path}})


# --- server -----------------------------------------------------------------------------------------------------------


def program():
    path = os.environ.get("TALLYSTICK", "")
    if not os.path.isfile(path):
        raise SystemExit("TALLYSTICK names no program: " + (path or "it is not set"))
    return path


def run(*arguments, check=True, timeout=300):
    done = subprocess.run([program(), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="replace", timeout=timeout)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def rule(self):
        """Last part of a problem's type."""
        try:
            return str(self.json.get("type", "")).rsplit("/", 1)[-1]
        except (ValueError, AttributeError):
            return ""


class Link:
    """A kept connection; for one thread at a time. `trust`: an ssl.SSLContext, for a server with TLS."""

    def __init__(self, port, token="", timeout=60, trust=None):
        self.port, self.token, self.timeout, self.trust, self.connection = port, token, timeout, trust, None
        self.fields = {}  # sent with every request

    def call(self, method, path, body=None, kind="application/json", more=None):
        headers = {"Content-Type": kind} if body is not None else {}
        headers.update({**self.fields, **(more or {})})
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        fresh = self.connection is None
        try:
            return self._call(method, path, body, headers)
        except (http.client.BadStatusLine, ConnectionError, BrokenPipeError):
            self.close()
            if fresh:
                raise
            # The server may close a kept connection between two requests; an entry sent twice is stored once.
            return self._call(method, path, body, headers)

    def _call(self, method, path, body, headers):
        if self.connection is None:
            self.connection = self._connection()
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.read(), answer.headers)
        except Exception:
            self.close()
            raise

    def _connection(self):
        if self.trust is None:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=self.timeout, context=self.trust)

    def get(self, path):
        return self.call("GET", path)

    def post(self, entry):
        return self.call("POST", "/v1/entries", entry.wire())

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Server:
    """`tallystick serve` as a child; always ended by stop() or kill()."""

    def __init__(self, data, preexec=None, ready_s=60, options=()):
        self.data = pathlib.Path(data)
        self.log = open(self.data.parent / (self.data.name + ".server.log"), "ab")
        began = time.monotonic()
        self.process = subprocess.Popen([program(), "serve", "--data", str(data), "--port", "0",
                                         *map(str, options)],
                                        stdout=subprocess.PIPE, stderr=self.log, preexec_fn=preexec)
        self.port = self._read_port(ready_s)
        self.start_s = time.monotonic() - began
        self.drain = threading.Thread(target=self.process.stdout.read, daemon=True)
        self.drain.start()

    def _read_port(self, ready_s):
        timer = threading.Timer(ready_s, self.process.kill)
        timer.start()
        try:
            for line in self.process.stdout:
                found = re.search(rb"listening on https?://[^ ]*:(\d+)", line)
                if found:
                    return int(found[1])
        finally:
            timer.cancel()
        self.process.wait()
        self.log.close()
        raise AssertionError(f"the server did not start (exit {self.process.returncode}):\n" + self.said())

    def said(self):
        return pathlib.Path(self.log.name).read_text(errors="replace")[-4000:]

    def link(self, token="", timeout=60, trust=None):
        return Link(self.port, token, timeout, trust)

    def _end(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(30)
            raise AssertionError("the server did not end within 30 s")
        finally:
            self.log.close()
        self.drain.join(5)
        self.process.stdout.close()
        return self.process.returncode

    def stop(self):
        return self._end(signal.SIGTERM)

    def kill(self):
        return self._end(signal.SIGKILL)


def load_ed25519_pem(path):
    """The seed in an unencrypted PKCS#8 file: its last 32 bytes."""
    text = pathlib.Path(path).read_text()
    der = suites.base64.b64decode("".join(line for line in text.splitlines() if not line.startswith("-----")))
    if not der.startswith(bytes.fromhex("302e020100300506032b657004220420")) or len(der) != 48:
        raise ValueError(f"{path} holds no Ed25519 key")
    return PrivateKey(ED25519, der[-32:])


LEDGER, REGION, LEAF_REGION = "registry.example/360300", "360300", "360302"


def init(data, *more, ledger=LEDGER):
    """Makes a data folder; gives its log key (vkey) and its tokens by role."""
    said = run("init", "--data", data, "--ledger", ledger, "--region", REGION, *more).stdout
    tokens = dict(re.findall(r"^  (regulator|bureau|auditor|operator) +(\S+)$", said, re.M))
    return re.search(r"^log key +(\S+)$", said, re.M)[1], tokens


def quantity(value, unit="kg"):
    return {"unit": unit, "value": str(value)}


def uscc_of(party):
    """A unified social credit code (GB 32100) of its own for each unit, with its check character."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    number = int.from_bytes(sha256(party.encode())[:5], "big")
    text = "91360302"
    for _ in range(9):
        number, digit = divmod(number, len(alphabet))
        text += alphabet[digit]
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(text))
    return text + alphabet[-total % 31]


class City:
    """The people of a ledger: operator, agencies, units. Sends through `link`, which may be replaced."""

    def __init__(self, data, link, ledger=LEDGER):
        self.ledger, self.link = ledger, link
        self.receipts = []
        self.operator = Author(ledger, "operator", load_ed25519_pem(pathlib.Path(data) / "keys/operator.pem"))
        self.agencies = {}
        first = stored_leaves(link, 1)[0].decode()
        self.operator.cseq, self.operator.prev = 1, entry_id(ED25519, header_in(first))

    def send(self, entry):
        answer = self.link.post(entry)
        if answer.status not in (200, 201):
            raise AssertionError(f"{answer.status}: {answer.body.decode(errors='replace')}\n{entry.header}")
        self.receipts.append(answer.json)
        return answer.json

    def send_together(self, entries):
        """Through the batch call; gives the receipts."""
        body = b"".join(entry.wire() + b"\n" for entry in entries)
        answer = self.link.call("POST", "/v1/entries:batch", body, "application/x-ndjson")
        receipts = [json.loads(line) for line in answer.body.splitlines()]
        bad = [r for r in receipts if "index" not in r]
        if answer.status != 200 or bad or len(receipts) != len(entries):
            raise AssertionError(f"batch: {answer.status} {bad[:1] or answer.body[:500]}")
        self.receipts += receipts
        return receipts

    def agency(self, role, suite=ED25519):
        if role not in self.agencies:
            author = Author(self.ledger, "agency-" + role, PrivateKey(suite))
            self.send(self.operator.make("agency.enrol", {
                "agency": author.party, "name": "机关 " + role, "role": role, "level": "X", "region": LEAF_REGION,
                "key": author.key_json}, [author.key]))
            self.agencies[role] = author
        return self.agencies[role]

    def unit(self, party, kinds, suite=ED25519, private=()):
        """Registered, verified, with a site of its name."""
        author = Author(self.ledger, party, PrivateKey(suite))
        self.send(author.make("party.register", {
            "name": "单位 " + party, "kinds": kinds, "uscc": uscc_of(party), "region": LEAF_REGION,
            "address": "Road 1", "key": author.key_json}, private=private))
        self.send(self.agency("PS").make("party.verify", {"party": party, "method": "in-person"}))
        self.send(author.make("site.add", {
            "site": "store-" + party, "name": "Store", "kind": "store", "region": LEAF_REGION, "address": "Road 1"}))
        return author

    def buying_paper(self, permit, holder, value, unit="kg"):
        self.send(self.agency("PS").make("permit.issue", {
            "permit": permit, "kind": "C23-BUY-N", "holder": holder.party, "purpose": "cleaning",
            "lines": [{"substance": SUBSTANCE, "quantity": quantity(value, unit)}],
            "valid_from": today(), "valid_to": today(150), "clean_since": today(-400)}))

    def selling_paper(self, permit, holder):
        self.send(self.agency("EM").make("permit.issue", {
            "permit": permit, "kind": "C3T-FILE", "holder": holder.party, "purpose": "trade",
            "lines": [{"substance": SUBSTANCE}], "valid_from": today(), "valid_to": today(900)}))

    def stock(self, owner, lot, value, unit="kg"):
        self.send(owner.make("stock.open", {"site": "store-" + owner.party, "lines": [
            {"lot": lot, "substance": SUBSTANCE, "quantity": quantity(value, unit)}]}))


SUBSTANCE = "CN3-02"


def sale(seller, buyer, name, value, permit, licence):
    return seller.make("sale.record", {
        "sale": name, "buyer": buyer.party, "substance": SUBSTANCE, "quantity": quantity(value), "permit": permit,
        "licence": licence, "payment": "transfer", "sold_on": today(), "checks": ["copies-kept"]})


def stored_leaves(link, size):
    """All leaves of the public log, from its entry bundles."""
    leaves = []
    for n in range((size + 255) // 256):
        width = min(256, size - n * 256)
        groups = f"x{n // 1000:03d}/{n % 1000:03d}" if n >= 1000 else f"{n:03d}"
        data = link.get(f"/log/tile/entries/{groups}" + ("" if width == 256 else f".p/{width}")).body
        while data:
            length = int.from_bytes(data[:2], "big")
            leaves.append(data[2:2 + length])
            data = data[2 + length:]
    return leaves


def header_in(text):
    """The header inside a leaf."""
    return re.search(r"^ledger\.entry/v1\n.*?^private [^\n]*\n", text, re.S | re.M)[0]
