"""What the commands on documents share: input files, all cores, the streams. No Django.

Standard output carries records only: UTF-8 whatever the locale, nothing translated. Notes and trouble go to
standard error. Documents come out in the order given, also from several processes; a .zip stands for the documents
in it.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gangmu.kernel.problems import Refused, Unusable
from gangmu.reading.bundle import Member
from gangmu.reading.read import bundled, bytes_of, is_bundle, name_of, read_file, read_member
from gangmu.reading.values import Source

UNUSABLE = 2
_WORTH_A_POOL = 300_000  # bytes; below it starting processes costs more than it saves


class Output(NamedTuple):
    """What one document gave: bytes for standard output, lines for standard error, the exit status it asks for."""

    records: bytes
    notes: tuple[str, ...]
    status: int


Work = Callable[[Source], Output]
Step = Callable[[], None]
Input = Path | Member | Output  # a file, a document of an archive, or what is to be said of an archive that is none


def run(paths: Sequence[str], work: Work, *, leave: Step | None = None, begin: Step | None = None) -> int:
    """Do `work` on every file and write what it gives in order; the highest status. All cores, where that saves time.

    `work` is handed to other processes. `leave` is called here before they are born, to let go of what they may not
    share; `begin` in each of them before its first file.
    """
    files = [one for path in paths for one in _opened(Path(path))]
    twice = _named_twice(files)
    if twice:
        tell(f"有两个文件都叫《{twice}》，分不清是谁的数；请改掉一个名字，或者分开核。 Two inputs are called {twice}.")
        return UNUSABLE
    status = 0
    for done, output in enumerate(_outputs(files, work, leave, begin), 1):
        status = max(status, _write(output))
        _progress(done, len(files))
    return status


def tell(sentence: str) -> None:
    """One line on standard error, whatever the locale."""
    sys.stderr.buffer.write(sentence.encode(errors="surrogateescape") + b"\n")  # words of the caller as they came
    sys.stderr.buffer.flush()


def _opened(path: Path) -> Sequence[Input]:
    """The file itself, or the documents in it."""
    if not is_bundle(path.name):
        return [path]
    try:
        return bundled(name_of(path), bytes_of(path))
    except Unusable as unusable:
        return [_refused(unusable)]


def _refused(unusable: Unusable) -> Output:
    return Output(b"", (unusable.problem.message, unusable.problem.message_en), UNUSABLE)


def _failed(name: str, error: Exception) -> Output:
    """What is said of a file that our own fault kept from being read; with GANGMU_DEBUG=1 where the fault lies."""
    import traceback

    trace = traceback.format_exc() if os.environ.get("GANGMU_DEBUG") == "1" else ""
    kind = type(error).__name__
    note = (f"《{name}》没有读成：内部错误（{kind}），是程序的问题，请报告给维护的人；其余文件照常。 "
            f"{name} was not read: an internal error ({kind}), our fault; please report it. {trace}")  # fmt: skip
    return Output(b"", (note.rstrip(),), UNUSABLE)


def _named_twice(files: Sequence[Input]) -> str | None:
    seen: set[str] = set()
    for file in files:
        if isinstance(file, Output):
            continue
        name = name_of(file) if isinstance(file, Path) else file.name
        if name in seen:
            return name
        seen.add(name)
    return None


def _outputs(files: Sequence[Input], work: Work, leave: Step | None, begin: Step | None) -> Iterator[Output]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(files) < 2 or cores < 2 or sum(map(_size, files)) < _WORTH_A_POOL:
        yield from (_one(file, work) for file in files)
        return
    if leave:
        leave()
    from concurrent.futures import ProcessPoolExecutor  # with all they bring, only where there is work for several
    from multiprocessing import get_context

    context = get_context("fork" if sys.platform == "linux" else "spawn")
    chunk = max(1, min(16, len(files) // (cores * 4)))
    with ProcessPoolExecutor(min(cores, len(files)), mp_context=context, initializer=begin) as pool:
        yield from pool.map(_one, files, [work] * len(files), chunksize=chunk)


def _size(file: Input) -> int:
    if not isinstance(file, Path):
        return len(file.data) if isinstance(file, Member) else 0
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _one(file: Input, work: Work) -> Output:
    if isinstance(file, Output):
        return file
    try:
        return _worked(file, work)
    except Unusable as unusable:
        return _refused(unusable)
    except Refused:
        raise
    except Exception as error:  # a fault of ours in one file must not cost the others theirs
        return _failed(name_of(file) if isinstance(file, Path) else file.name, error)


def _worked(file: Path | Member, work: Work) -> Output:
    loaded = read_file(file) if isinstance(file, Path) else read_member(file)
    records, notes, status = work(loaded.source)
    return Output(records, (*(note.message for note in loaded.notes), *notes), status)


def _write(output: Output) -> int:
    for note in output.notes:
        tell(note)
    sys.stdout.buffer.write(output.records)
    sys.stdout.buffer.flush()
    return output.status


def _progress(done: int, total: int) -> None:
    """A line that overwrites itself, only on a terminal and only for many files."""
    if total > 20 and sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()
