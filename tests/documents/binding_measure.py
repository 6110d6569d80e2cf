"""How often the first proposal is right, and one of the first three, before anybody confirmed anything.

    python -m tests.documents.binding_measure [ANSWERS.jsonl …]

Without files: the five seeds by their labelled answers. A file of one's own holds a line a claim:
{"file": path, "start": offset, "indicator": key, "selection": [tags]}. Prints one JSON object a set.
"""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from gangmu.catalog.current import catalog
from gangmu.documents.rules.contexts import contexts
from gangmu.documents.rules.proposals import OFFERED, Proposal, proposals
from gangmu.documents.rules.vocabulary import vocabulary
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import read_file
from tests.definitions.seed_claims import ANSWERS

SHARED = Path(os.environ.get("GANGMU_SHARED", Path(__file__).resolve().parents[3] / "shared"))
Wanted = tuple[str, frozenset[str]]


class Measured(NamedTuple):
    """Of `claims` claims: how many first proposals were right, how many among the first three."""

    claims: int
    first: int
    among_three: int
    missed: tuple[str, ...]

    def as_record(self, name: str) -> dict[str, object]:
        return {"set": name, "claims": self.claims, "first": self.first, "first_share": round(self.first / self.claims, 4),
                "top_three": self.among_three, "top_three_share": round(self.among_three / self.claims, 4),
                "missed": list(self.missed)}  # fmt: skip


def measure(answers: Mapping[Path, Mapping[int, Wanted]]) -> Measured:
    """Hold the proposals of every labelled claim against what it means."""
    words = vocabulary(catalog())
    first = three = claims = 0
    missed = []
    for file, wanted in answers.items():
        reading = read_all(read_file(file).source)
        found = {context.claim.span.start: proposals(context, catalog(), words) for context in contexts(reading)}
        for start, meant in wanted.items():
            claims += 1
            keys = [_as_wanted(one) for one in found.get(start, ())]
            first += keys[:1] == [meant]
            three += meant in keys[:OFFERED]
            missed += [f"{file.name}:{start}"] if keys[:1] != [meant] else []
    return Measured(claims, first, three, tuple(missed))


def _as_wanted(one: Proposal) -> Wanted:
    return one.indicator, frozenset(one.selection)


def seeds(shared: Path = SHARED) -> dict[Path, dict[int, Wanted]]:
    """The 86 claims of the seeds that mean figures."""
    found: dict[Path, dict[int, Wanted]] = {}
    for (seed, start), answer in ANSWERS.items():
        if answer.what == "figure":
            [file] = (shared / "seeds").glob(f"{seed}*.txt")
            found.setdefault(file, {})[start] = (answer.key, frozenset(answer.tags))
    return found


def labelled(file: Path) -> dict[Path, dict[int, Wanted]]:
    """The claims that a file of answers labels."""
    found: dict[Path, dict[int, Wanted]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        place = found.setdefault((file.parent / one["file"]).resolve(), {})
        place[one["start"]] = (one["indicator"], frozenset(one.get("selection", ())))
    return found


def main(files: Iterable[str]) -> None:
    """Print one object a set."""
    sets = {name: labelled(Path(name)) for name in files} or {"seeds": seeds()}
    for name, answers in sets.items():
        print(json.dumps(measure(answers).as_record(name), ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
