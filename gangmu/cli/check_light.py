"""`check FILE… --no-ledger`: the arithmetic inside documents alone. No Django, no database, no network."""

import argparse
import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from gangmu.cli.inputs import UNUSABLE, Output, Work, run, tell
from gangmu.kernel.clock import now
from gangmu.kernel.periods import asked_day
from gangmu.kernel.problems import Unusable
from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.report import finding_record, report
from gangmu.reading.values import Source

if TYPE_CHECKING:
    from gangmu.cli.word_file import WordFile

CONTRADICTED = 1
OF_THE_RECORD = ("--org", "--from", "--to", "--as")
DAYS = ("--from", "--to")
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def main(argv: Sequence[str]) -> int:
    """Check the files of `argv`; 2 if an input could not be used, else 1 if anything does not agree, else 0."""
    parser = argparse.ArgumentParser(
        prog="gangmu check", description="hold the numbers of documents against each other", allow_abbrev=False
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--no-ledger", action="store_true", required=True, help="only the arithmetic inside the text")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line instead of a report")
    parser.add_argument("--word", metavar="OUT.docx", help="also write the document as Word with comments")
    for name in OF_THE_RECORD:
        parser.add_argument(name, dest=name, help="read, and of use only with the record")
    chosen = parser.parse_args(argv)
    unused = [name for name in OF_THE_RECORD if getattr(chosen, name) is not None]
    for name in unused:
        if name in DAYS and not _is_day(getattr(chosen, name)):
            tell(f"{name} 要写成 2025-03-08 这样的日子，不能是 {getattr(chosen, name)}。 "
                 f"{name} wants a day like 2025-03-08, not {getattr(chosen, name)}.")  # fmt: skip
            return UNUSABLE
    if unused:
        tell(f"不对台账，{'、'.join(unused)} 没有用上。 Without the record {', '.join(unused)} changed nothing.")
    work = as_lines if chosen.jsonl else as_report
    return run(chosen.files, work) if chosen.word is None else _with_word(chosen.files, chosen.word, work)


def _with_word(files: Sequence[str], out: str, work: Work) -> int:
    from gangmu.cli.word_file import word_file  # with its libraries, only where it is asked for

    try:
        return run(files, partial(_and_word, work=work, word=word_file(files, out)))
    except Unusable as unusable:
        tell(f"{unusable.problem.message} {unusable.problem.message_en}")
        return UNUSABLE


def _and_word(source: Source, *, work: Work, word: "WordFile") -> Output:
    """What `work` gives, and the document as Word with a comment at each contradiction; nothing else was sought."""
    from gangmu.documents.word_out import Told

    reading = read_all(source)
    told = Told(now(), ("只核了文中的算术，没有对台账。",), about=frozenset({"contradiction"}))
    word.write(reading, findings(reading), told)
    return work(source)


def _is_day(text: str) -> bool:
    try:
        asked_day(text)
    except ValueError:
        return False
    return True


def as_lines(source: Source) -> Output:
    """The findings of one document, one object a line (issue 5.2)."""
    found = findings(read_all(source))
    lines = "".join(_dumps(finding_record(source.doc, finding)) + "\n" for finding in found)
    return Output(lines.encode(), (), _status([finding.verdict for finding in found]))


def as_report(source: Source) -> Output:
    """The findings of one document as a page of text."""
    reading = read_all(source)
    found = findings(reading)
    page = report(source, found, claims=len(reading.claims))
    return Output(f"{page}\n".encode(), (), _status([finding.verdict for finding in found]))


def _status(verdicts: Sequence[str]) -> int:
    return CONTRADICTED if "contradiction" in verdicts else 0
