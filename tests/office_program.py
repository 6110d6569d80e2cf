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
        pytest.skip("LibreOffice is absent")  # allowed: an optional reader; run.py test says it and how to get it
    return found


def converted(data: bytes, name: str, to: str, folder: Path) -> bytes:
    """The file `name` as LibreOffice writes it in another format (its ending), worked on in `folder`."""
    source, written = folder / name, folder / "written"
    source.write_bytes(data)
    written.mkdir(exist_ok=True)
    profile = (
        f"-env:UserInstallation=file://{folder.parent / 'office-profile'}"  # one for all tests: it is slow to make
    )
    command = [office(), profile, "--headless", "--convert-to", to, "--outdir", str(written), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    made = (written / name).with_suffix(f".{to.partition(':')[0]}")
    assert made.is_file(), done.stderr
    return made.read_bytes()
