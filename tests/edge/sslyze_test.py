#!/usr/bin/env python3
"""sslyze against the TLS port: nothing that Mozilla's "intermediate" profile does not allow.

Skipped (77) where there is no sslyze: pip install sslyze into a folder of its own and name that Python in
TALLYSTICK_SSLYZE.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib")]
import certificates as certs  # noqa: E402
import tallystick_client as client  # noqa: E402

PYTHON = os.environ.get("TALLYSTICK_SSLYZE", sys.executable)
BAD = ("VULNERABLE", "Compression enabled", "NOT SUPPORTED - Server did not send TLS_FALLBACK")


def scan(folder, kind):
    authority = certs.Authority(folder / "authority")
    chain, key = authority.issue("server", kind=kind)
    client.init(folder / "data")
    server = client.Server(folder / "data", options=("--tls-cert", chain, "--tls-key", key, "--quiet"))
    try:
        return subprocess.run([PYTHON, "-W", "ignore", "-m", "sslyze", "--mozilla_config", "intermediate",
                               "--certinfo_ca_file", str(authority.path), f"localhost:{server.port}"],
                              capture_output=True, text=True, timeout=300).stdout
    finally:
        server.stop()


def main():
    if subprocess.run([PYTHON, "-c", "import sslyze"], capture_output=True).returncode:
        print("no sslyze in", PYTHON)
        return 77
    for kind in ("p256", "rsa2048"):
        with tempfile.TemporaryDirectory() as folder:
            said = scan(pathlib.Path(folder), kind)
        if "OK - Compliant." not in said or any(f" {word}" in said.replace("NOT VULNERABLE", "") for word in BAD):
            print(said)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
