"""Checks the three speeches against a loaded city and prints what was found, one JSON object for each speech.

DATABASE_URL=… GANGMU_VAR=… python -m tests.speeches.check
"""

import json
import os
from typing import Any

from tests.speeches.write import NAMES, SPEECHES, city_asks, each


def found_in(name: str) -> dict[str, Any]:
    """The findings of one speech and how each claim was bound first."""
    from gangmu.cli.city.plan import ROOT_CODE, YEAR, org_id
    from gangmu.documents.checking import check
    from gangmu.kernel import clock
    from gangmu.kernel.periods import Period
    from gangmu.orgs.scope import scope_of
    from gangmu.people.queries import account_named
    from gangmu.reading.pipeline import read_all
    from gangmu.reading.values import Source

    reading = read_all(Source(name, (SPEECHES / f"{name}.txt").read_text(encoding="utf-8"), "txt"))
    scope = scope_of(account_named("leader"), clock.today())
    checked = check(reading, scope, org=org_id(ROOT_CODE), period=Period.of_year(YEAR))
    return {
        "claims": [[claim.span.start, claim.span.end, claim.kind] for claim in reading.claims],
        "bound": [
            [span.start, span.end, [way.key for way in one.proposals[:3]]] for span, one in checked.bounds.items()
        ],
        "findings": [
            [one.type, one.verdict, [[span.start, span.end] for span in one.spans], one.working]
            for one in checked.findings
        ],
    }


def main() -> None:
    """Print one object a speech, with the text that the templates give today."""
    written = {name: text for name, text, _ in each(city_asks())}
    for name in NAMES:
        print(json.dumps({"name": name, "written": written[name], **found_in(name)}, ensure_ascii=False))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")
    main()
