"""`check FILE… --no-ledger`: the arithmetic inside documents alone. No Django, no database, no network."""

import argparse
import json
from collections.abc import Sequence

from gangmu.cli.inputs import UNUSABLE, Output, run, tell
from gangmu.kernel.periods import asked_day
from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.report import finding_record, report
from gangmu.reading.values import Source

CONTRADICTED = 1
OF_THE_RECORD = ("--org", "--from", "--to", "--as")
DAYS = ("--from", "--to")
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def main(argv: Sequence[str]) -> int:
    """Check the files of `argv`; 2 if an input could not be used, else 1 if anything does not agree, else 0."""
    parser = argparse.ArgumentParser(
        prog="gangmu check", description="hold the numbers of documents against each other"
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--no-ledger", action="store_true", required=True, help="only the arithmetic inside the text")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line instead of a report")
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
    return run(chosen.files, as_lines if chosen.jsonl else as_report)


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
