#!/usr/bin/env python3
"""Each page of a step shows an example payload and its SHA-256: the example must be what the hash is of."""

import hashlib
import json
import pathlib
import re
import sys

PAGES = pathlib.Path(__file__).resolve().parent.parent / "schema" / "steps"


def canonical(value):
    """RFC 8785 for what payloads hold: no floats, and names of plain ASCII."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def check(page):
    text = page.read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)\n```", text, re.S)
    stated = re.search(r"\b([0-9a-f]{64})\b[`\s]*$", text)
    if not example or not stated:
        return f"{page.name}: no example, or no hash at the end"
    payload = json.loads(example[1])
    if not re.fullmatch(r"[0-9a-f]{32}", payload.get("nonce", "")):
        return f"{page.name}: the example has no nonce"
    digest = hashlib.sha256(canonical(payload)).hexdigest()
    return "" if digest == stated[1] else f"{page.name}: the example hashes to {digest}"


def main():
    pages = sorted(page for page in PAGES.glob("*.md") if page.name != "README.md")
    if not pages:
        sys.exit("no pages")
    wrong = [problem for problem in map(check, pages) if problem]
    listed = (PAGES / "README.md").read_text(encoding="utf-8")
    wrong += [f"README.md: no line for {page.stem}" for page in pages if f"`{page.stem}/v1`" not in listed]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(pages)} pages of steps: examples and hashes agree")


if __name__ == "__main__":
    main()
