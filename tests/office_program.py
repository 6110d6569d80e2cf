"""LibreOffice where it is installed: an independent reader and printer of the files that we write and read."""

import shutil
import subprocess
from pathlib import Path

import pytest

PATIENCE = 120


def office() -> str:
    """Its command; the test is left out where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip(
            "LibreOffice is absent: apt-get install libreoffice-writer libreoffice-calc"
        )  # allowed: run.py test says it
    return found


def converted(data: bytes, name: str, to: str, folder: Path) -> bytes:
    """The file `name` as LibreOffice writes it in another format (its ending), worked on in `folder`."""
    source = folder / name
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office(), profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    made = source.with_suffix(f".{to.partition(':')[0]}")
    assert made.is_file(), done.stderr
    return made.read_bytes()
