#!/usr/bin/env python3
"""The Debian package: what is in it, that what is in it runs, and that its service keeps to itself.

Skipped (77) where cpack or dpkg-deb is missing.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
SERVICE = pathlib.Path(__file__).resolve().parents[2] / "tools/package/tallystick.service"
TOOLS = ("cpack", "dpkg-deb", "dpkg-shlibdeps")


def run(*arguments):
    done = subprocess.run([str(each) for each in arguments], capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder)
        cls.file = next(cls.folder.glob("tallystick_*.deb"))
        cls.root = cls.folder / "root"
        run("dpkg-deb", "-x", cls.file, cls.root)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_it_holds_the_program_the_service_and_the_pages_and_no_state(self):
        files = {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()}
        self.assertTrue({"usr/bin/tallystick", "usr/lib/systemd/system/tallystick.service",
                         "usr/share/doc/tallystick/runbook.md", "usr/share/doc/tallystick/copyright"} <= files, files)
        self.assertFalse([file for file in files if file.startswith(("var/", "etc/"))])

    def test_it_names_what_it_needs_and_its_scripts_are_shells(self):
        needs = run("dpkg-deb", "-f", self.file, "Depends")
        for part in ("libc6", "libssl3", "libsqlite3-0", "libsodium", "passwd", "ca-certificates"):
            self.assertIn(part, needs)
        run("dpkg-deb", "-e", self.file, self.folder / "control")
        for script in ("postinst", "prerm", "postrm"):
            run("sh", "-n", self.folder / "control" / script)
            self.assertNotIn("rm -", (self.folder / "control" / script).read_text())

    def test_the_program_in_it_makes_and_checks_a_ledger(self):
        program = self.root / "usr/bin/tallystick"
        run(program, "init", "--data", self.folder / "data", "--ledger", "registry.example/360300", "--region", "360300")
        self.assertIn("Clean", run(program, "verify", self.folder / "data"))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not here")
    def test_the_service_is_closed_in(self):
        said = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", str(SERVICE)],
                              capture_output=True, text=True)
        if "offline" in said.stderr:
            self.skipTest("this systemd cannot look at a file")
        self.assertEqual(said.returncode, 0, said.stdout[-2000:] + said.stderr)


if __name__ == "__main__":
    if not all(map(shutil.which, TOOLS)):
        print("one of these is missing:", *TOOLS)
        sys.exit(77)
    unittest.main()
