#!/usr/bin/env python3
"""An independent verifier of a log: written from docs/format.md, it shares no code with the program.

    verify.py FILE.db | BUNDLE.json | http://SERVER  [--log-key VKEY] [--json]

Prints every defect with the entry it concerns. Exit code 0 clean, 2 cannot be read at all, 4 not clean. Needs Python
3.9 and nothing else; the package `cryptography` makes it quicker.
"""

import argparse
import json
import pathlib
import re
import sqlite3
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
import suites  # noqa: E402
from suites import ZERO, b64, hash_of, leaf_hash, sha256, unb64  # noqa: E402

INDEX_MAX, AMOUNT_MAX, MISSING_MAX = 2 ** 53 - 1, 9_000_000_000_000_000, 1_000_000
HEADER_MAX, LEAF_MAX, SIGNERS_MAX, TILE = 4096, 65535, 4, 256
EMPTY_ROOT = sha256()
HOLDING = ("site:", "transit:", "permit:", "held:", "used:")


class Bad(Exception):
    """A text that has another form than the one of the page."""

# --- forms ------------------------------------------------------------------------------------------------------------


def number(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", text) or int(text) > INDEX_MAX:
        raise Bad("no number: " + text[:40])
    return int(text)


def hex_hash(text):
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise Bad("no hash in hex: " + text[:80])
    return bytes.fromhex(text)


def base64_bytes(text, length=None):
    try:
        data = unb64(text)
    except ValueError as error:
        raise Bad("no base 64: " + text[:80]) from error
    if not data or (length is not None and len(data) != length):
        raise Bad("base 64 of another length")
    return data


def moment(text):
    """Milliseconds since 1970."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z", text)
    if not found:
        raise Bad("no time: " + text[:40])
    import datetime
    try:
        parts = list(map(int, found.groups()))
        at = datetime.datetime(*parts[:6], tzinfo=datetime.timezone.utc)
    except ValueError as error:
        raise Bad("no such time") from error
    day = at - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return (day.days * 86400 + day.seconds) * 1000 + parts[6]


class Lines:
    def __init__(self, data):
        try:
            self.rest = data.decode("ascii")
        except UnicodeDecodeError as error:
            raise Bad("not ASCII") from error

    def line(self):
        text, newline, self.rest = self.rest.partition("\n")
        if not newline:
            raise Bad("a line is missing")
        return text

    def fixed(self, expected):
        if self.line() != expected:
            raise Bad("not " + expected)

    def value(self, name):
        text = self.line()
        if not text.startswith(name + " "):
            raise Bad("not the line " + name)
        return text[len(name) + 1:]


def two(text):
    parts = text.split(" ")
    if len(parts) != 2:
        raise Bad("two words are expected")
    return parts


def matching(text, pattern, what):
    if not re.fullmatch(pattern, text):
        raise Bad("no " + what)
    return text


class Header:
    def __init__(self, data):
        if len(data) > HEADER_MAX:
            raise Bad("the header is too long")
        self.bytes = data
        lines = Lines(data)
        lines.fixed("ledger.entry/v1")
        self.suite = lines.value("suite")
        if self.suite not in suites.SUITES:
            raise Bad("no suite")
        self.ledger = matching(lines.value("ledger"), r"[!-*,-~]{1,200}", "ledger name")
        self.party = matching(lines.value("party"), r"[A-Za-z0-9._-]{1,32}", "party id")
        self.key = hex_hash(lines.value("key"))
        self.chain = matching(lines.value("chain"), r"[0-9a-f]{32}", "chain id")
        self.cseq = number(lines.value("cseq"))
        self.prev = hex_hash(lines.value("prev"))
        size, root = two(lines.value("seen"))
        self.seen = (number(size), base64_bytes(root, 32))
        step = lines.value("type")
        matching(step, r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+/v[1-9][0-9]{0,2}", "step")
        self.type = step.rsplit("/", 1)[0]
        if len(self.type) > 64:
            raise Bad("the step's name is too long")
        self.time = moment(lines.value("time"))
        count, digest = two(lines.value("payload"))
        self.payload = (number(count), hex_hash(digest))
        count, digest = two(lines.value("private"))
        self.private = (number(count), hex_hash(digest))
        if lines.rest:
            raise Bad("something follows the header")
        if self.cseq == 0 or (self.cseq == 1) != (self.prev == ZERO):
            raise Bad("cseq and prev do not fit")
        if (self.private[0] == 0) != (self.private[1] == ZERO) or (self.seen[0] == 0 and self.seen[1] != EMPTY_ROOT):
            raise Bad("a count and its root do not fit")
        self.id = hash_of(self.suite)(b"ledger.id/v1\x00", data)


class Signature:
    def __init__(self, line):
        words = line.split(" ")
        self.batch = None
        if words[0] == "sig" and len(words) == 3:
            pass
        elif words[0] == "sig-batch" and len(words) == 6:
            path = [] if words[4] == "-" else [base64_bytes(p, 32) for p in words[4].split(",")]
            self.batch = (number(words[2]), number(words[3]), path)
            if self.batch[1] >= self.batch[0] or len(path) > 53:
                raise Bad("no place in a batch")
        else:
            raise Bad("no signature line")
        self.key, self.bytes = hex_hash(words[1]), base64_bytes(words[-1])
        if len(self.bytes) > 128:
            raise Bad("a signature is too long")


class Leaf:
    def __init__(self, data):
        if len(data) > LEAF_MAX:
            raise Bad("the leaf is too long")
        lines = Lines(data)
        lines.fixed("ledger.leaf/v1")
        self.seq = number(lines.value("seq"))
        self.prev = hex_hash(lines.value("prev"))
        self.rtime = moment(lines.value("rtime"))
        self.policy = number(lines.value("policy"))
        count, digest = two(lines.value("outcome"))
        self.outcome = (number(count), hex_hash(digest))
        length = number(lines.value("tbs"))
        if length > HEADER_MAX or length > len(lines.rest):
            raise Bad("the header is cut")
        self.header_bytes, lines.rest = lines.rest[:length].encode(), lines.rest[length:]
        self.signatures = []
        while lines.rest or not self.signatures:
            if len(self.signatures) == SIGNERS_MAX:
                raise Bad("too many signers")
            self.signatures.append(Signature(lines.line()))


def canonical_object(data):
    """A JSON object whose bytes are its one form (RFC 8785), integers only."""
    def no_number(text):
        raise Bad("a fraction or a constant: " + text)

    def pairs(items):
        if len(dict(items)) != len(items):
            raise Bad("a key stands twice")
        return dict(items)

    def integer(text):
        if abs(int(text)) > INDEX_MAX:
            raise Bad("an integer beyond 2^53")
        return int(text)

    try:
        value = json.loads(data.decode("utf-8"), parse_float=no_number, parse_constant=no_number, parse_int=integer,
                           object_pairs_hook=pairs)
    except (ValueError, RecursionError) as error:
        raise Bad("no JSON: " + str(error)) from error
    if not isinstance(value, dict) or to_canonical(value).encode("utf-8", "surrogatepass") != data:
        raise Bad("not the canonical form of an object")
    return value


def to_canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(to_canonical(n) + ":" + to_canonical(value[n]) for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(to_canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


# --- notes ------------------------------------------------------------------------------------------------------------


class LogKey:
    def __init__(self, vkey):
        found = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(.+)", vkey)
        if not found:
            raise Bad("no vkey: " + vkey[:100])
        data = base64_bytes(found[3], 33)
        self.vkey, self.name, self.raw = vkey, found[1], data[1:]
        self.hash = sha256(self.name.encode(), b"\n", data)[:4]
        if data[0] != 1 or self.hash.hex() != found[2] or not suites.is_good_ed25519_point(self.raw):
            raise Bad("the vkey's parts do not fit")

    def open(self, note):
        """(size, root) of a checkpoint that this key signed."""
        size, root, body, lines = parse_checkpoint(note)
        if body.split("\n", 1)[0] != self.name:
            raise Bad("a checkpoint of another log")
        good = False
        for name, key_hash, signature in lines:
            if (name, key_hash) != (self.name, self.hash):
                continue
            if not suites.ed25519_verify(self.raw, body.encode(), signature):
                raise Bad("the log's signature fails")
            good = True
        if not good:
            raise Bad("the log did not sign it")
        return size, root


def parse_checkpoint(note):
    body, gap, rest = note.rpartition("\n\n")
    if not gap or not rest.endswith("\n"):
        raise Bad("no signed note")
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", note):
        raise Bad("a control character in a note")
    signatures = []
    for line in rest[:-1].split("\n"):
        found = re.fullmatch("\u2014 (\\S+) (\\S+)", line)
        data = base64_bytes(found[2]) if found else b""
        if len(data) < 5:
            raise Bad("no signature line of a note")
        signatures.append((found[1], data[:4], data[4:]))
    lines = body.split("\n")
    if len(lines) < 3 or "" in lines:
        raise Bad("no checkpoint")
    return number(lines[1]), base64_bytes(lines[2], 32), body + "\n", signatures


def open_receipt(receipt, leaf_data, log_key):
    """(index, size, root) of a receipt that proves this leaf."""
    head, gap, note = receipt.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != "c2sp.org/tlog-proof@v1":
        raise Bad("no receipt")
    if len(lines) > 1 and lines[1].startswith("extra "):
        del lines[1]
    if len(lines) < 2 or not lines[1].startswith("index "):
        raise Bad("the receipt has no index")
    index = number(lines[1][6:])
    path = [base64_bytes(line, 32) for line in lines[2:]]
    size, root = log_key.open(note)
    if suites.root_from_path(leaf_hash(leaf_data), index, size, path) != root:
        raise Bad("the path does not lead from the leaf to the root")
    return index, size, root


# --- one entry --------------------------------------------------------------------------------------------------------


class Report:
    def __init__(self):
        self.defects, self.facts = [], {}

    def add(self, place, index, kind, detail=""):
        self.defects.append({"place": place, "index": index, "kind": kind, "detail": detail})

    def entry(self, index, kind, detail=""):
        self.add(f"entry {index}", index, kind, detail)

    def note(self, name, count=1):
        self.facts[name] = self.facts.get(name, 0) + count


class Entry:
    """What an entry says by itself. `leaf`, `header`, `payload`, `outcome` are None where they cannot be read."""

    def __init__(self, report, index, leaf_data, payload, outcome):
        self.index, self.hash = index, leaf_hash(leaf_data)
        self.leaf = self._try(report, "leaf-form", lambda: Leaf(leaf_data))
        self.header = self.leaf and self._try(report, "header-form", lambda: Header(self.leaf.header_bytes))
        if self.leaf and self.leaf.seq != index:
            report.entry(index, "seq", f"the leaf states index {self.leaf.seq}")
        self.payload = self._payload(report, payload) if payload is not None else None
        self.outcome = self._outcome(report, outcome) if outcome is not None else None
        if self.outcome is not None and payload is not None:
            if self.outcome.get("salt") != sha256(b"ledger.outcome/v1\x00", payload).hex():
                report.entry(index, "salt", "the outcome's salt is not its payload's")
        if self.header:
            self._signers(report)

    def _try(self, report, kind, read):
        try:
            return read()
        except Bad as error:
            report.entry(self.index, kind, str(error))
            return None

    def _payload(self, report, data):
        if self.header and (len(data), hash_of(self.header.suite)(data)) != self.header.payload:
            report.entry(self.index, "payload-hash", "the payload is not the one that was signed")
        return self._try(report, "payload-form", lambda: canonical_object(data))

    def _outcome(self, report, data):
        if self.leaf and (len(data), sha256(data)) != self.leaf.outcome:
            report.entry(self.index, "outcome-hash", "the outcome is not the one the leaf names")
        return self._try(report, "outcome-form", lambda: canonical_object(data))

    def _signers(self, report):
        keys = [s.key for s in self.leaf.signatures]
        if keys[0] != self.header.key:
            report.entry(self.index, "signature-form", "the first signature is not the author's")
        if len(set(keys)) != len(keys):
            report.entry(self.index, "signature-form", "one key signs twice")

    def check_signature(self, report, signature, key, cache):
        report.note("signatures")
        if signature.key == self.header.key and key.suite != self.header.suite:
            return report.entry(self.index, "signature", "the author's key is of another suite")
        message = self.header.bytes
        if signature.batch:
            size, index, path = signature.batch
            h = hash_of(key.suite)
            root = suites.root_from_path(leaf_hash(self.header.id, h), index, size, path, h)
            if root is None:
                return report.entry(self.index, "signature", "no path in the batch")
            message = (f"ledger.batch/v1\n{key.suite}\n{self.header.ledger}\n{key.id.hex()}\n"
                       f"{size} {b64(root)}\n").encode()
        fact = (key.id, message, signature.bytes)
        if fact in cache:
            return None
        if not key.verify(message, signature.bytes):
            return report.entry(self.index, "signature", f"key {key.id.hex()} did not sign this header")
        cache.add(fact)
        return None


def rows_of(outcome, part, table):
    tables = outcome.get(part, {})
    rows = tables.get(table, []) if isinstance(tables, dict) else []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def enrolled(row):
    """The key of a row of put.key; Bad when it is none."""
    try:
        key = suites.PublicKey(str(row.get("suite")), base64_bytes(str(row.get("spki"))))
    except ValueError as error:
        raise Bad("no key: " + str(error)) from error
    if key.id.hex() != row.get("id"):
        raise Bad("the key has another id")
    return key


def check_genesis(report, entry, log_key):
    """The log key that entry 0 names, or the pinned one."""
    try:
        payload = entry.payload
        if entry.header is None or payload is None:
            raise Bad("the first entry cannot be read")
        if entry.header.type != "ledger.open" or payload.get("ledger") != entry.header.ledger:
            raise Bad("it does not open this ledger")
        named = LogKey(str(payload.get("log_key")))
        if named.name != entry.header.ledger:
            raise Bad("the log key has another name")
        operator = payload.get("operator_key")
        operator = operator if isinstance(operator, dict) else {}
        try:
            key = suites.PublicKey(str(operator.get("suite")), base64_bytes(str(operator.get("spki"))))
        except ValueError as error:
            raise Bad("the operator's key is none") from error
        if key.id != entry.header.key:
            raise Bad("another key than the operator's signs")
        if log_key and log_key.vkey != named.vkey:
            raise Bad("it names another log key than the one pinned")
        return log_key or named
    except Bad as error:
        report.entry(0, "genesis", str(error))
        return log_key


# --- a whole log ------------------------------------------------------------------------------------------------------


class LogCheck:
    """Follows entries in order. `whole` is False where payloads and outcomes are not public."""

    def __init__(self, report, log_key, whole=True):
        self.report, self.log_key, self.whole = report, log_key, whole
        self.ledger = log_key.name if log_key else None
        self.tree, self.size, self.rtime, self.policy, self.last = suites.TreeEdge(), 0, 0, 0, ZERO
        self.roots = {0: EMPTY_ROOT}
        self.broken = None
        self.heads, self.keys, self.balances, self.cache = {}, {}, {}, set()
        self.levels = [[]]
        self.parties_of_keys = {}

    def add(self, entry):
        report = self.report
        self._links(entry)
        self.tree.add(entry.hash)
        self.size += 1
        self.roots[self.size] = self.tree.root()
        self._tiles(0, entry.hash)
        if entry.leaf:
            self._frame(entry)
        if entry.index == 0 and self.whole:
            self.log_key = check_genesis(report, entry, self.log_key)
        if entry.header:
            self._header(entry)
        if self.whole:
            self._keys(entry)
            self._moves(entry)
        self.last = entry.hash
        report.note("entries")

    def _links(self, entry):
        """A broken link says only that one of two neighbours was changed; the next link tells which."""
        whole = entry.leaf is None or entry.leaf.prev == self.last or entry.leaf.seq != entry.index
        if whole:
            if self.broken is not None:
                self._changed(self.broken)
            self.broken = None
        elif entry.index == 0:
            self._changed(0)
        elif self.broken is not None:
            self._changed(entry.index - 1)
            self.broken = None
        else:
            self.broken = entry.index - 1

    def _changed(self, index):
        self.report.entry(index, "changed", "its hash is not the one its neighbours recorded")

    def _tiles(self, level, digest):
        while len(self.levels) <= level:
            self.levels.append([])
        self.levels[level].append(digest)
        if len(self.levels[level]) % TILE == 0:
            self._tiles(level + 1, suites.tree_root(self.levels[level][-TILE:]))

    def tiles(self):
        for level, hashes in enumerate(self.levels):
            for n in range(len(hashes) // TILE):
                part = hashes[n * TILE:(n + 1) * TILE]
                yield level, n, b"".join(part), suites.tree_root(part)

    def _frame(self, entry):
        leaf = entry.leaf
        if leaf.rtime < self.rtime:
            self.report.entry(entry.index, "rtime", "it was received before the entry before it")
        self.rtime = max(self.rtime, leaf.rtime)
        if leaf.policy != self.policy:
            self.report.entry(entry.index, "policy", f"entry {leaf.policy} is not the policy in force")
        # Goes on from the entry, so that a policy entry that cannot be read is not a defect of all that follow.
        self.policy = leaf.policy
        if entry.header and entry.header.type == "policy.set":
            self.policy = entry.index

    def _header(self, entry):
        header, report = entry.header, self.report
        if self.ledger is None:
            self.ledger = header.ledger
        if header.ledger != self.ledger:
            report.entry(entry.index, "ledger", "it was signed for " + header.ledger)
        cseq, prev, key = self.heads.get(header.chain, (0, ZERO, header.key))
        if header.chain != header.key.hex()[:32] or key != header.key:
            report.entry(entry.index, "chain", "the chain is not this key's")
        elif header.cseq != cseq + 1:
            report.entry(entry.index, "chain", f"cseq {header.cseq} follows {cseq}")
        elif header.prev != prev:
            report.entry(entry.index, "chain", "prev is not the entry before it in its chain")
        self.heads[header.chain] = (header.cseq, entry.header.id, header.key)
        size, root = header.seen
        if size > entry.index:
            report.entry(entry.index, "seen", "its author saw more than there was")
        elif self.roots[size] != root:
            report.entry(entry.index, "seen", f"its author saw another root at size {size}")

    def _keys(self, entry):
        signatures = entry.leaf.signatures if entry.leaf else []
        before = [self.keys.get(s.key, (None, None, False))[2] for s in signatures]
        outcome = entry.outcome or {}
        for row in rows_of(outcome, "put", "key"):
            try:
                key = enrolled(row)
                self.keys[key.id] = (key, row.get("party"), row.get("state", "active") == "active")
            except Bad as error:
                self.report.entry(entry.index, "key-put", str(error))
        for row in rows_of(outcome, "set", "key"):
            known = self.keys.get(bytes.fromhex(str(row.get("id"))) if re.fullmatch(
                "[0-9a-f]{64}", str(row.get("id"))) else b"")
            if "state" not in row:
                continue
            if known is None:
                self.report.entry(entry.index, "key-put", "the state of a key never enrolled is changed")
            else:
                self.keys[known[0].id] = (known[0], known[1], row["state"] == "active")
        for signature, was_active in zip(signatures, before):
            self._signer(entry, signature, was_active)

    def _signer(self, entry, signature, was_active):
        key, party, active = self.keys.get(signature.key, (None, None, False))
        if key is None:
            return self.report.entry(entry.index, "key-unknown", f"key {signature.key.hex()} was never enrolled")
        if not was_active and not active:
            self.report.entry(entry.index, "key-inactive", f"key {signature.key.hex()} is revoked at this index")
        if entry.header is None:
            return None
        if signature.key == entry.header.key and party != entry.header.party:
            self.report.entry(entry.index, "key-party", f"the author's key belongs to {party}")
        return entry.check_signature(self.report, signature, key, self.cache)

    def _moves(self, entry):
        moves = (entry.outcome or {}).get("moves", [])
        touched = set()
        for move in moves if isinstance(moves, list) else [None]:
            amount = move.get("amount") if isinstance(move, dict) else None
            if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= AMOUNT_MAX:
                self.report.entry(entry.index, "balance", "a move with an impossible amount")
                continue
            for account, sign in ((move.get("from"), -1), (move.get("to"), 1)):
                at = (move.get("substance"), account)
                self.balances[at] = self.balances.get(at, 0) + sign * amount
                if sign < 0 and str(account).startswith(HOLDING):
                    touched.add(at)
        for at in sorted(touched, key=str):
            if self.balances[at] < 0:
                self.report.entry(entry.index, "balance", f"{at[1]} falls below zero in {at[0]}")

    def check_note(self, size, note, good_size):
        """True when the checkpoint fits; `good_size` is the size of the last one that did."""
        place = f"checkpoint {size}"
        self.report.note("checkpoints")
        try:
            stated, root = self.log_key.open(note) if self.log_key else parse_checkpoint(note)[:2]
        except Bad as error:
            self.report.add(place, good_size, "checkpoint-form", str(error))
            return False
        if stated != size:
            self.report.add(place, good_size, "checkpoint-form", "it is stored under another size")
        elif size > self.size:
            self.report.add(place, self.size, "checkpoint-root", "it covers entries that are not there")
        elif root != self.roots[size]:
            self.report.add(place, good_size, "checkpoint-root", "its root is not that of the entries")
        else:
            return True
        return False

    def finish(self):
        if self.broken is not None:
            self._changed(self.broken + 1)


# --- database ---------------------------------------------------------------------------------------------------------

# Key columns first; for each further column its default.
TABLES = {
    "setting": (["name"], {"value": "", "seq": 0}),
    "party": (["id"], {"name": "", "kinds": "", "uscc": "", "region": "", "status": "registered", "agency_role": "",
                       "agency_level": "", "registered": 0, "verified": -1, "verified_by": ""}),
    "site": (["id"], {"party": "", "name": "", "kind": "", "region": "", "address": "", "added": 0, "closed": -1}),
    "officer": (["id"], {"party": "", "duty": "", "appointed": 0, "withdrawn": -1, "keys": ""}),
    "key": (["id"], {"party": "", "suite": "", "spki": "", "role": "officer", "state": "active", "officer": "",
                     "since": 0, "revoked": -1}),
    "chain": (["id"], {"key": "", "party": "", "cseq": 0, "head": "", "seq": -1, "state": "open"}),
    "permit": (["no"], {"kind": "", "issuer": "", "holder": "", "supplier": "", "consignee": "", "carrier": "",
                        "origin": "", "destination": "", "substances": "", "valid_from": "1970-01-01",
                        "valid_to": "1970-01-01", "uses": "once", "status": "issued", "issued": 0, "closed": -1,
                        "purpose": ""}),
    "permit_line": (["permit", "substance"], {"granted": 0}),
    "lot": (["id"], {"substance": "", "maker": "", "parents": "", "purity_ppm": 1000000, "expiry": "1970-01-01",
                     "seq": 0, "piece": 0, "strip": 0, "box": 0}),
    "balance": (["account", "substance", "lot"], {"amount": 0}),
    "measurement": (["account", "lot"], {"amount": 0, "seq": 0, "time": 0, "uncertainty": 0}),
    "sale": (["id"], {"seller": "", "buyer": "", "substance": "", "amount": 0, "permit": "", "exemption": "",
                      "state": "recorded", "dispatched": 0, "delivered": 0, "sold_on": "1970-01-01", "seq": 0,
                      "confirmed": -1, "consignee": "", "returned": 0, "cancelled": -1, "form": "", "doses": 0}),
    "consignment": (["id"], {"sender": "", "receiver": "", "carrier": "", "from_site": "", "to_site": "", "sale": "",
                             "permit": "", "exemption": "", "vehicle": "", "seals": "", "lines": 0,
                             "state": "dispatched", "dispatched": 0, "carried": -1, "counted": -1, "settled": -1,
                             "dispatched_at": 0, "checked": -1, "returns": "", "handovers": 0, "custodian": ""}),
    "consignment_line": (["consignment", "n"], {"lot": "", "substance": "", "shipped": 0, "carried": -1,
                                                "counted": -1, "piece": 0}),
    "obligation": (["id"], {"party": "", "kind": "", "subject": "", "rule": "", "due": 0, "opened": 0, "closed": -1,
                            "region": ""}),
    "finding": (["id"], {"kind": "", "rule": "", "party": "", "subject": "", "substance": "", "lot": "",
                         "severity": "medium", "state": "open", "lo": 0, "hi": 0, "from_index": -1, "to_index": -1,
                         "custodian": "", "vehicle": "", "seals": "", "opened": 0, "closed": -1, "missing": 0,
                         "settled": 0, "booked": "", "same_as": "", "case_no": "", "result": "none", "notes": 0}),
    "finding_note": (["finding", "n"], {"act": "explained", "party": "", "code": "", "substance": "", "amount": 0,
                                        "evidence": "", "statement": "", "other": "", "seq": 0}),
    "shortage": (["account", "lot"], {"finding": ""}),
    "seizure": (["id", "lot"], {"agency": "", "party": "", "subject": "", "substance": "", "amount": 0, "disposed": 0,
                                "case_no": "", "seized_on": "1970-01-01", "seq": 0}),
    "stop": (["id"], {"agency": "", "vehicle": "", "consignment": "", "permit": "", "region": "", "place": "",
                      "result": "green", "deviations": "", "seq": 0, "time": 0}),
    "inspection": (["id"], {"agency": "", "party": "", "site": "", "result": "passed", "inspected_on": "1970-01-01",
                            "deviations": "", "lots": 0, "seq": 0}),
    "erasure": (["entry", "n"], {"ground": "", "party": "", "seq": 0}),
    "correction": (["entry"], {"by": 0}),
    "fork": (["chain", "cseq"], {"kept": "", "other": "", "seq": 0}),
    "border_case": (["id"], {"direction": "export", "party": "", "agency": "", "country": "", "substance": "",
                             "state": "notified", "answer": "none", "licence": "", "application": "", "link": "",
                             "office": "", "declaration": "", "notified": 0, "licensed": -1, "cleared": -1,
                             "moved": -1, "confirmed": -1, "reply_by": "1970-01-01", "notified_at": 0,
                             "answered_at": 0, "documents": 0, "opened": 0, "closed": -1}),
    "border_document": (["border_case", "n"], {"kind": "notice", "substance": "", "amount": -1, "answer": "none",
                                               "seq": 0}),
    "border_link": (["id"], {"border_case": "", "purpose": "answer", "secret_hash": "", "expires": 0,
                             "state": "issued", "issued": 0, "used": -1}),
    "border_licence": (["permit"], {"border_case": ""}),
    "application": (["id"], {"applicant": "", "agency": "", "kind": "", "supplier": "", "consignee": "",
                             "carrier": "", "origin": "", "destination": "", "substances": "", "purpose": "",
                             "state": "open", "permit": "", "reason": "", "applied": 0, "decided": -1}),
    "application_line": (["application", "substance"], {"amount": 0}),
    "conduct": (["party"], {"finding": "", "day": "1970-01-01"}),
    "person_purchase": (["party", "substance", "year"], {"amount": 0}),
    "handover": (["consignment", "n"], {"giver": "", "taker": "", "vehicle": "", "seals": "", "seq": 0}),
    "handover_line": (["consignment", "handover", "line"], {"amount": 0}),
    "pack": (["lot"], {"form": "", "salt": "", "strength": 0, "factor": 10000, "code": ""}),
    "prescription": (["id"], {"party": "", "site": "", "patient": "", "dispensed_on": "1970-01-01",
                              "keep_until": "1970-01-01", "seq": 0}),
    "empties": (["party", "lot"], {"due": 0, "held": 0, "destroyed": 0}),
    "trace_code": (["code"], {"lot": "", "seq": 0}),
    "duty": (["id"], {"party": "", "kind": "", "obligation": "", "opened": 0, "closed": -1}),
    "report": (["party", "kind", "subject"], {"hash": "", "at_index": 0, "due": 0, "filed_on": "1970-01-01",
                                              "first": 0, "filed": 0, "times": 1}),
    "named": (["id"], {"what": "", "name": "", "region": "", "named_by": "", "first": 0, "known_as": "", "known": -1}),
    "device": (["chain"], {"key": "", "party": "", "label": "", "purpose": "", "replaces": "", "opened": 0}),
    "address_letter": (["id"], {"party": "", "agency": "", "commitment": "", "salt": "", "due": 0, "sent": 0,
                                "answered": -1}),
}


class Fold:
    """The read tables, made from outcomes, headers and moves."""

    def __init__(self):
        self.tables = {name: {} for name in TABLES}

    def apply(self, entry):
        outcome = entry.outcome or {}
        for part in ("put", "set"):
            for table, (keys, defaults) in TABLES.items():
                for row in rows_of(outcome, part, table):
                    key = tuple(row.get(k, "") for k in keys)
                    at = self.tables[table].get(key)
                    if part == "put" or at is None:
                        at = self.tables[table][key] = dict(defaults)
                    at.update({name: value for name, value in row.items() if name in defaults})
        for move in outcome.get("moves", []):
            quota = str(move["from"]).startswith(("permit:", "held:", "used:", "granted", "lapsed"))
            for account, sign in ((move["from"], -1), (move["to"], 1)):
                key = (account, move["substance"], "" if quota else move["lot"])
                row = self.tables["balance"].setdefault(key, {"amount": 0})
                row["amount"] += sign * move["amount"]
                if row["amount"] == 0:
                    del self.tables["balance"][key]
        if entry.header:
            chain = self.tables["chain"].setdefault((entry.header.chain,), dict(TABLES["chain"][1]))
            chain.update(key=entry.header.key.hex(), party=entry.header.party, cseq=entry.header.cseq,
                         head=entry.header.id.hex(), seq=entry.index)

    def compare(self, report, table, rows):
        keys, defaults = TABLES[table]
        stored = {row[:len(keys)]: dict(zip(defaults, row[len(keys):])) for row in rows}
        for key in sorted(stored.keys() | self.tables[table].keys(), key=str):
            if stored.get(key) != self.tables[table].get(key):
                report.add(f"table {table}", 0, "table", "row " + "/".join(map(str, key)))


def quoted(names):
    return ", ".join('"' + name + '"' for name in names)


def as_bytes(value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")


class Database:
    def __init__(self, report, path):
        self.report = report
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        self.names = dict(self.db.execute("SELECT id, text FROM name"))

    def check(self, log_key):
        report = self.report
        (size, root, head, rtime, policy, folded), = self.db.execute(
            "SELECT size, root, head, rtime, policy, folded FROM state")
        log = LogCheck(report, log_key)
        fold = Fold()
        moves = self._moves()
        entries = self.db.execute("SELECT seq, chain, cseq, party, type, rtime, leaf, payload, outcome "
                                  "FROM entry ORDER BY seq").fetchall()
        at = 0
        # A damaged number must not mean an endless walk: the state is compared at the end.
        stated, size = size, min(size, max((row[0] for row in entries), default=-1) + 1, len(entries) + MISSING_MAX)
        for row in entries:
            if row[0] >= size:
                report.entry(row[0], "missing", "it stands behind a gap that is too long")
                continue
            while at < min(row[0], size):
                report.entry(at, "missing", "the entry is not there")
                log.tree.add(ZERO)
                log.size, at = log.size + 1, at + 1
                log.roots[log.size] = log.tree.root()
                log.last = ZERO
                log.levels[0].append(ZERO)
            entry = Entry(report, row[0], as_bytes(row[6]), as_bytes(row[7]), as_bytes(row[8]))
            self._columns(entry, row)
            # Behind the fold there are no moves yet.
            self._compare_moves(entry, moves.get(row[0], []), row[0] < folded)
            log.add(entry)
            if row[0] < folded:
                fold.apply(entry)
            at = row[0] + 1
        for missing in range(at, size):
            report.entry(missing, "missing", "the entry is not there")
        log.finish()
        self._listed(folded, size)
        self._checkpoints(log)
        self._stored_tiles(log)
        if (stated, root, head, rtime, policy) != (log.size, log.tree.root(), log.last, log.rtime, log.policy):
            report.add("head", size, "head", "the state is not that of the entries")
        for table, (keys, defaults) in TABLES.items():
            fold.compare(report, table, self.db.execute(f'SELECT {quoted([*keys, *defaults])} FROM "{table}"'))
        report.facts["root"] = b64(log.tree.root())
        self.db.close()

    def _listed(self, folded, size):
        (count, last), = self.db.execute("SELECT count(*), coalesce(max(seq), -1) FROM entry_list")
        if not count == last + 1 == folded <= size:
            self.report.add("head", size, "folded", "the state counts other folded entries than there are")
        for seq, in self.db.execute("SELECT l.seq FROM entry_list l LEFT JOIN entry e USING (seq) WHERE "
                                    "(l.chain, l.cseq, l.party, l.type, l.rtime) IS NOT "
                                    "(e.chain, e.cseq, e.party, e.type, e.rtime)"):
            self.report.entry(seq, "columns", "it is listed otherwise than it stands")

    def _moves(self):
        out = {}
        for seq, n, *names, amount in self.db.execute(
                "SELECT seq, n, substance, lot, source, target, amount FROM move ORDER BY seq, n"):
            out.setdefault(seq, []).append((n, *(self.names.get(name) for name in names), amount))
        return out

    def _columns(self, entry, row):
        if not entry.leaf or not entry.header:
            return
        h = entry.header
        if (self.names.get(row[1]), row[2], self.names.get(row[3]), self.names.get(row[4]), row[5]) != (
                h.chain, h.cseq, h.party, h.type, entry.leaf.rtime):
            self.report.entry(entry.index, "columns", "its columns are not what its leaf says")

    def _compare_moves(self, entry, stored, is_folded):
        if entry.outcome is None:
            return
        told = [] if not is_folded else [
            (n, m.get("substance"), m.get("lot"), m.get("from"), m.get("to"), m.get("amount"))
            for n, m in enumerate(entry.outcome.get("moves", []))]
        if told != stored:
            self.report.entry(entry.index, "moves", "the rows of its moves are not those of its outcome")

    def _checkpoints(self, log):
        good = newest = 0
        for size, note in self.db.execute("SELECT size, note FROM checkpoint ORDER BY size"):
            if log.check_note(size, note, good):
                good = size
            newest = size
        if newest < log.size:
            self.report.add(f"checkpoint {log.size}", newest, "checkpoint-missing", "none covers the last entries")

    def _stored_tiles(self, log):
        stored = {(level, n): (bytes(hashes), bytes(root)) for level, n, root, hashes in self.db.execute(
            "SELECT level, idx, root, hashes FROM tile")}
        for level, n, hashes, root in log.tiles():
            self.report.note("tiles")
            found = stored.pop((level, n), None)
            first = n * TILE << 8 * level
            if found is None:
                self.report.add(f"tile {level}/{n}", first, "tile-missing")
            elif found[0] != hashes:
                at = next((i for i in range(TILE) if found[0][i * 32:i * 32 + 32] != hashes[i * 32:i * 32 + 32]), 0)
                self.report.add(f"tile {level}/{n}", n * TILE + at << 8 * level, "tile", f"hash {at} differs")
            elif found[1] != root:
                self.report.add(f"tile {level}/{n}", first, "tile", "its root is not that of its hashes")
        for level, n in stored:
            self.report.add(f"tile {level}/{n}", 0, "tile", "it is no full tile of this tree")


# --- bundle -----------------------------------------------------------------------------------------------------------


class Bundle:
    def __init__(self, report, bundle):
        self.report, self.bundle, self.keys, self.cache = report, bundle, {}, set()

    def check(self, pinned):
        bundle, report = self.bundle, self.report
        self.log_key = pinned or LogKey(bundle["log_key"])
        if bundle["ledger"] != self.log_key.name or bundle["log_key"] != self.log_key.vkey:
            report.add("bundle", 0, "log-key", "it is of another log")
        entries = [self._entry(bundle["entry"])]
        for key in bundle["keys"]:
            by = self._entry(key["enrolled_by"])
            entries.append(by)
            self._key(key, by)
        for entry in entries:
            if entry.header:
                self._signatures(entry)

    def _entry(self, json_entry):
        leaf = json_entry["leaf"].encode()
        texts = [None if json_entry[name] is None else json_entry[name].encode() for name in ("payload", "outcome")]
        entry = Entry(self.report, json_entry["index"], leaf, *texts)
        try:
            index, _, _ = open_receipt(json_entry["receipt"], leaf, self.log_key)
            if index != entry.index:
                self.report.entry(entry.index, "receipt", f"it is for entry {index}")
        except Bad as error:
            self.report.entry(entry.index, "receipt", str(error))
        if entry.header and entry.header.ledger != self.log_key.name:
            self.report.entry(entry.index, "ledger", "it was signed for " + entry.header.ledger)
        if entry.index == 0 and entry.payload is not None:
            check_genesis(self.report, entry, self.log_key)
        self.report.note("entries")
        return entry

    def _key(self, told, by):
        for row in rows_of(by.outcome or {}, "put", "key"):
            if row.get("id") == told["key"]:
                try:
                    self.keys[enrolled(row).id] = (enrolled(row), row.get("party"), by.index, told["revoked"])
                    return
                except Bad as error:
                    self.report.entry(by.index, "key-put", str(error))
        self.report.entry(by.index, "key-put", f"it does not enrol key {told['key']}")

    def _signatures(self, entry):
        for signature in entry.leaf.signatures:
            key, party, since, revoked = self.keys.get(signature.key, (None, None, 0, None))
            if key is None:
                self.report.entry(entry.index, "key-unknown", f"key {signature.key.hex()} is not in the bundle")
                continue
            revokes = any(row.get("id") == key.id.hex() for row in rows_of(entry.outcome or {}, "set", "key"))
            if since > entry.index or (revoked is not None and revoked <= entry.index and not revokes):
                self.report.entry(entry.index, "key-inactive", f"key {key.id.hex()} is not active at this index")
            if signature.key == entry.header.key and party != entry.header.party:
                self.report.entry(entry.index, "key-party", f"the author's key belongs to {party}")
            entry.check_signature(self.report, signature, key, self.cache)


# --- server -----------------------------------------------------------------------------------------------------------


def grouped(index):
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03d}")
    return "/".join(groups)


class ServerLog:
    def __init__(self, report, url):
        self.report, self.url = report, url.rstrip("/")

    def _get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return answer.read()

    def check(self, log_key):
        if log_key is None:
            log_key = LogKey(json.loads(self._get("/v1/checkpoint"))["log_key"])
        note = self._get("/log/checkpoint").decode()
        try:
            size, root = log_key.open(note)
        except Bad as error:
            return self.report.add("checkpoint", 0, "checkpoint-form", str(error))
        log = LogCheck(self.report, log_key, whole=False)
        for n in range((size + TILE - 1) // TILE):
            self._take(log, n, min(TILE, size - n * TILE))
        log.finish()
        log.check_note(size, note, 0)
        for level, hashes in enumerate(log.levels):
            self._tiles(level, hashes)
        self.report.facts["root"] = b64(log.tree.root())
        return None

    def _path(self, kind, n, width):
        return f"/log/tile/{kind}/{grouped(n)}" + ("" if width == TILE else f".p/{width}")

    def _take(self, log, n, width):
        data = self._get(self._path("entries", n, width))
        for i in range(width):
            length = int.from_bytes(data[:2], "big")
            log.add(Entry(self.report, n * TILE + i, data[2:2 + length], None, None))
            data = data[2 + length:]
        if data:
            self.report.add(f"bundle {n}", n * TILE, "missing", "an entry bundle of another length")

    def _tiles(self, level, hashes):
        for n in range((len(hashes) + TILE - 1) // TILE):
            part = hashes[n * TILE:(n + 1) * TILE]
            self.report.note("tiles")
            if self._get(self._path(level, n, len(part))) != b"".join(part):
                self.report.add(f"tile {level}/{n}", n * TILE << 8 * level, "tile", "it is not made of these entries")


# --- command line -----------------------------------------------------------------------------------------------------


def check(subject, log_key):
    """Checks a database file, a bundle file or a server; gives the report."""
    report = Report()
    if "://" in subject:
        ServerLog(report, subject).check(log_key)
    elif open(subject, "rb").read(1) == b"{":
        bundle = json.loads(pathlib.Path(subject).read_text(encoding="utf-8"))
        if bundle.get("format") != "tallystick.bundle/v1":
            raise Bad("no bundle of format tallystick.bundle/v1")
        try:
            Bundle(report, bundle).check(log_key)
        except (KeyError, TypeError, AttributeError) as error:
            report.add("bundle", 0, "form", repr(error))
    else:
        try:
            Database(report, subject).check(log_key)
        except sqlite3.Error as error:
            report.add("file", 0, "file", str(error))
    report.defects.sort(key=lambda defect: (defect["place"].startswith("table"), defect["index"]))
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("subject")
    parser.add_argument("--log-key", default="", help="the log's vkey, from paper")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        report = check(options.subject, LogKey(options.log_key) if options.log_key else None)
    except (OSError, ValueError, Bad) as error:
        print(f"{options.subject} cannot be checked: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({"clean": not report.defects, "defects": report.defects, "facts": report.facts}, indent=2))
    else:
        print(", ".join(f"{name} {value}" for name, value in report.facts.items()))
        for defect in report.defects:
            print(f"{defect['place']}  {defect['kind']}  {defect['detail']}")
        print("NOT clean" if report.defects else "Clean")
    return 4 if report.defects else 0


if __name__ == "__main__":
    sys.exit(main())
