"""A small bench runs from its opening to its figures."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["TALLYSTICK"]


class Bench(unittest.TestCase):
    def test_a_small_bench_states_a_rate_beside_its_ceiling(self):
        with tempfile.TemporaryDirectory() as folder:
            figures = pathlib.Path(folder) / "bench.json"
            done = subprocess.run([PROGRAM, "bench", "--suites", "ed25519-sha256", "--connections", "1,2", "--entries", "100",
                                   "--batch", "10", "--batches", "4", "--reports", "--json", str(figures)],
                                  capture_output=True, text=True, timeout=300)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("0 defects", done.stdout + done.stderr)
            reports = json.loads(figures.read_text(encoding="utf-8"))["reports"]
            self.assertEqual(len(reports), 13)
            made = {(row["kind"], row["format"]): row["bytes"] for row in reports}
            # Every deal of the bench stands in it.
            self.assertGreater(made["stock-ledger", "json"], 10_000)
            self.assertGreater(made["stock-ledger", "json"], made["city", "json"])

    def test_two_packs_are_compared_in_one_run(self):
        with tempfile.TemporaryDirectory() as folder:
            figures = pathlib.Path(folder) / "compare.json"
            done = subprocess.run([PROGRAM, "bench", "--compare", "bare", "--suites", "ed25519-sha256", "--connections", "2",
                                   "--entries", "100", "--rounds", "3", "--json", str(figures)],
                                  capture_output=True, text=True, timeout=300)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertEqual(done.stdout.count("round "), 3, done.stdout)
            found = json.loads(figures.read_text(encoding="utf-8"))
            self.assertEqual((found["pack"], found["compare"], found["rounds"]), ("cn", "bare", 3))
            self.assertGreater(found["rate_permille"], 0)


if __name__ == "__main__":
    unittest.main()
