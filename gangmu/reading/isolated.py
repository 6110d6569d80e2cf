"""Reading a Word file in a process of its own: little memory, little time, no environment."""

import json
import subprocess
import sys
from pathlib import Path

from gangmu.kernel.problems import Problem, Unusable

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 15
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from gangmu.reading.docx import child; child()"


def docx_text(name: str, data: bytes) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of a .docx (paragraphs on lines, cells ended by tabs) and where its headings begin, with their levels.

    Raises Unusable with a plain sentence."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _CHILD, str(_ROOT)],
            input=data, capture_output=True, timeout=WALL_SECONDS, env={}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _too_heavy(name) from None
    if done.returncode != 0:
        raise _too_heavy(name)
    answer = json.loads(done.stdout)
    if "text" in answer:
        return str(answer["text"]), tuple((int(at), int(level)) for at, level in answer["headings"])
    raise Unusable(Problem(answer["code"], f"《{name}》{answer['zh']}。", f"{name} {answer['en']}.", where=name))


def _too_heavy(name: str) -> Unusable:
    return Unusable(
        Problem(
            "reading.too_heavy", f"《{name}》读起来太费时间或内存，停下了；请用 Word 打开，另存一份再来。",
            f"{name} took too much time or memory and was given up: open it in Word and save a fresh copy.", where=name,
        )
    )  # fmt: skip


def limit_this_process() -> None:
    """Memory and processor time of the calling process, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows: the wall clock of the parent is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
