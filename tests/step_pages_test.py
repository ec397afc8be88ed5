#!/usr/bin/env python3
"""Every page of a step shows a payload in canonical form whose hash is the one that it states, and is listed."""

import hashlib
import json
import pathlib
import re
import unittest

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "schema" / "steps"
EXAMPLE = re.compile(r"```json\n(.*?)\n```\n+```\nsha256 ([0-9a-f]{64})\n```", re.S)


class StepPages(unittest.TestCase):
    def test_pages(self):
        listed = (FOLDER / "README.md").read_text(encoding="utf-8")
        pages = [page for page in FOLDER.glob("*.md") if page.name != "README.md"]
        self.assertGreater(len(pages), 8)
        for page in pages:
            with self.subTest(page=page.name):
                text = page.read_text(encoding="utf-8")
                found = EXAMPLE.search(text)
                self.assertIsNotNone(found, "no example with its hash")
                payload, digest = found.groups()
                self.assertEqual(hashlib.sha256(payload.encode()).hexdigest(), digest)
                canonical = json.dumps(json.loads(payload), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                self.assertEqual(payload, canonical)
                self.assertTrue(text.startswith(f"# {page.stem}/v1"))
                self.assertIn(f"`{page.stem}/v1`", listed)


if __name__ == "__main__":
    unittest.main()
