"""The `gangmu` command as a person or a script meets it: a process of its own, with an environment of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import docx

from tests import warm

ROOT = Path(__file__).resolve().parents[2]
LIGHT = ("text", "claims", "outline", "body")
Done = subprocess.CompletedProcess[bytes]


def gangmu(*words: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    """Run the command in the C locale, with nothing of this process's environment but what is said."""
    return warm.call(["gangmu.cli.main", *map(str, words)], surroundings(environment), cwd)


def started(*words: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    """As `gangmu`, from a Python that has imported nothing: for what depends on how Python starts, and what it loads."""
    return python("-m", "gangmu.cli.main", *map(str, words), cwd=cwd, **environment)


def surroundings(environment: dict[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C", **environment}


def python(*words: str, cwd: Path = ROOT, **environment: str) -> Done:
    """Run the venv's Python likewise."""
    env = surroundings(environment)
    return subprocess.run([sys.executable, *words], cwd=cwd, env=env, capture_output=True, check=False, timeout=120)


def records(done: Done) -> list[dict[str, object]]:
    """The objects printed, one a line; every line ends with a line feed and holds one object."""
    assert done.stdout == b"" or done.stdout.endswith(b"\n")
    return [json.loads(line) for line in done.stdout.decode("utf-8").split("\n")[:-1]]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file of that content (text as UTF-8, exactly as it stands)."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def word_document(folder: Path, name: str, paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Path:
    """A .docx with paragraphs and then, if there are rows, a table."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    document.save(str(folder / name))
    return folder / name
