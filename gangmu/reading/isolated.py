"""Reading an office file in a process of its own: little memory and time, no environment, no network, no other file."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from gangmu.kernel.problems import Problem, Unusable
from gangmu.reading.archive import Document, Note
from gangmu.reading.bundle import Member

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 15
LONGER = {"table": 6}  # so many times the seconds: a table of 100,000 rows is handed in to be imported, not just read
_ROOT = Path(__file__).resolve().parents[2]
_READER = "gangmu.reading.child"
_CHILD = "import importlib, sys; sys.path[:0] = sys.argv[3:]; importlib.import_module(sys.argv[1]).child(sys.argv[2])"


def document_in(name: str, data: bytes, kind: str) -> Document:
    """The words of a .docx, .xlsx or .pdf. Raises Unusable with a plain sentence."""
    answer = json.loads(answer_of(name, data, kind))
    refuse(name, answer)
    headings = tuple((int(at), int(level)) for at, level in answer["headings"])
    return Document(str(answer["text"]), headings, tuple(Note(*map(str, note)) for note in answer["notes"]))


def members_in(name: str, data: bytes) -> Iterator[Member]:
    """The documents of a .zip in its order. Raises Unusable with a plain sentence before the first of them."""
    head, _, content = answer_of(name, data, "zip").partition(b"\n")
    answer = json.loads(head)
    refuse(name, answer)
    at = 0
    for told in answer["members"]:
        yield Member(str(told["name"]), content[at : at + told["size"]])
        at += told["size"]


def answer_of(name: str, data: bytes, kind: str, *, child: str = _READER) -> bytes:
    """What the function `child` of the module `child` writes when it gets `data`. Raises Unusable when it gives up."""
    command = [sys.executable, "-I", "-S", "-c", _CHILD, child, kind, str(_ROOT), *_library(kind)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=WALL_SECONDS * LONGER.get(kind, 1), env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy(name) from None
    if done.returncode != 0:
        raise _too_heavy(name)
    return done.stdout


def _library(kind: str) -> list[str]:
    """Where the one library lies that a reader needs besides the standard ones."""
    found = importlib.util.find_spec("pypdfium2") if kind == "pdf" else None
    return [str(Path(found.origin).parents[1])] if found and found.origin else []


def refuse(name: str, answer: dict[str, str]) -> None:
    """Raise Unusable where the answer is a refusal."""
    if "code" in answer:
        raise Unusable(Problem(answer["code"], f"《{name}》{answer['zh']}。", f"{name} {answer['en']}.", where=name))


def _too_heavy(name: str) -> Unusable:
    return Unusable(
        Problem(
            "reading.too_heavy", f"《{name}》读起来太费时间或内存，停下了；请用原来的程序打开，另存一份再来。",
            f"{name} took too much time or memory and was given up: open it in its own program and save a fresh copy.",
            where=name,
        )
    )  # fmt: skip


def limit_this_process(kind: str = "") -> None:
    """Memory and processor time of the calling process, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows: the wall clock of the parent is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seconds = CPU_SECONDS * LONGER.get(kind, 1)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def shut_this_process_in() -> None:
    """From here on the calling process opens nothing: no file, no connection, no other process's pipe.

    Whatever it needs must be imported before. A file that takes its reader over can neither look around nor call out.
    """
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
