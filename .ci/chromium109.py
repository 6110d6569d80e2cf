"""Fetch Chromium 109, the oldest browser that the pages promise to work in, into a folder. Called by .ci/run alone.

    .venv/bin/python .ci/chromium109.py FOLDER

It comes from an npm package that carries the browser itself, pinned by its hash; npm finds its registry by its own
settings.
"""

import base64
import hashlib
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import run

PACKAGE = "@sparticuz/chromium@109.0.6"
SHA512 = "9hTE03DXnrWTiGNpfjLfmGhIfmiVAerSPinDb+x5bBdM4KF4PMM1NZ0A+V7WKazoA+CasSX/osHK8K0MuO6uqg=="
CARRIED = "package/bin/chromium.br"


def fetched(folder: Path) -> bytes:
    """The browser's file. Raises run.Stop where the package cannot be had or is another than was pinned."""
    run.run(*run.node_commands()[1], "pack", PACKAGE, "--silent", "--pack-destination", folder, cwd=folder)
    (package,) = folder.glob("*.tgz")
    if base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() != SHA512:
        raise run.Stop(f"{PACKAGE} is not the package that was pinned")
    with tarfile.open(package) as members:
        carried = members.extractfile(CARRIED)
        if carried is None:
            raise run.Stop(f"{PACKAGE} carries no {CARRIED}")
        return bytes(brotli.decompress(carried.read()))


def main(place: Path) -> int:
    """Put the browser there; 0, or 1 with a sentence where it cannot be had."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            browser = fetched(Path(folder))
    except run.Stop as stop:
        print(f"Chromium 109 was not fetched: {stop}", file=sys.stderr)
        return 1
    place.mkdir(parents=True, exist_ok=True)
    (place / "chromium").write_bytes(browser)
    (place / "chromium").chmod(0o755)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
