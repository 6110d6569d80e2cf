"""`text`, `claims`, `outline`, `body`: what can be read from a document alone. No Django, no database, no network."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence

from gangmu.cli.inputs import Output, Work, run
from gangmu.reading.pipeline import read_all
from gangmu.reading.records import body_records, claim_records, outline_records
from gangmu.reading.values import Reading, Source

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def main(word: str, argv: Sequence[str]) -> int:
    """Run `word` on the files of `argv`; 0, or 2 if an input could not be used."""
    parser = argparse.ArgumentParser(prog=f"gangmu {word}", description=HELP[word])
    parser.add_argument("files", nargs="+", metavar="FILE")
    return run(parser.parse_args(argv).files, WORKS[word])


def text(source: Source) -> Output:
    """Exactly the characters that offsets count."""
    return Output(source.text.encode(), (), 0)


def claims(source: Source) -> Output:
    """One claim a line."""
    return _records(source, claim_records)


def outline(source: Source) -> Output:
    """One heading a line."""
    return _records(source, outline_records)


def body(source: Source) -> Output:
    """One line a document."""
    return _records(source, body_records)


def _records(source: Source, records: Callable[[Reading], Iterator[dict[str, object]]]) -> Output:
    lines = "".join(_dumps(record) + "\n" for record in records(read_all(source)))
    return Output(lines.encode(), (), 0)


WORKS: dict[str, Work] = {"text": text, "claims": claims, "outline": outline, "body": body}
HELP = {
    "text": "the text of a document, as offsets count it",
    "claims": "every number in a document that a record could prove wrong, as JSON lines",
    "outline": "titles, headings and running points of a document, as JSON lines",
    "body": "where a document begins and ends between page boilerplate, as JSON lines",
}
