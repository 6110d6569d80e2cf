"""Writes speeches/*.txt and their labels from templates and the figures of the loaded city.

A template is the speech with its numbers left out. `{activity.sessions[lecture]}` is that figure of the city in 2025;
options follow behind bars: a style (`wan`, `pct`, `over`, `near`), `QH-1` for another unit, `+37` for an error that
only the ledger can find. `{=96.1%|said wrongly}` is a number of the text's own that its arithmetic contradicts.

    DATABASE_URL=… GANGMU_VAR=… python -m tests.speeches.write
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).parent
SPEECHES = HERE.parents[1] / "speeches"
NAMES = ("work-report", "governance-report", "villages-report")
BLANK = re.compile(r"\{([^{}]+)\}")
Ask = Callable[[str, str], Decimal]


@dataclass(frozen=True, slots=True)
class Label:
    """What is true of one number of a speech: where it stands, its question, and who finds it if it was planted."""

    start: int
    end: int
    text: str
    key: str
    org: str
    planted: str | None = None  # ledger | arithmetic


def written(template: str, ask: Ask) -> tuple[str, list[Label]]:
    """The speech and its labels."""
    text, labels, at = "", [], 0
    for blank in BLANK.finditer(template):
        text += template[at : blank.start()]
        said, label = _filled(blank[1], len(text), ask)
        text, at = text + said, blank.end()
        labels.append(label)
    return text + template[at:], labels


def _filled(blank: str, start: int, ask: Ask) -> tuple[str, Label]:
    key, *options = blank.split("|")
    if key.startswith("="):
        return key[1:], Label(start, start + len(key) - 1, key[1:], "", "QH", "arithmetic")
    org = next((one for one in options if one.startswith("QH")), "QH")
    wrong = next((one for one in options if one[0] in "+-"), None)
    style = next((one for one in options if one in STYLES), "plain")
    said = STYLES[style](ask(key, org) + Decimal(wrong or 0))
    return said, Label(start, start + len(said), said, key, org, "ledger" if wrong else None)


def _plain(value: Decimal) -> str:
    return str(int(value))


def _rounded(value: Decimal, places: str) -> str:
    return format(value.quantize(Decimal(places), ROUND_HALF_UP).normalize(), "f")


def _over(value: Decimal) -> str:
    """Cut off to hundreds or, from ten thousand on, to thousands: so many and some more."""
    whole = int(value)
    if whole >= 10_000:
        return f"{_rounded(Decimal(whole // 1000) / 10, '0.1')}万余"
    step = 100 if whole >= 1000 else 10
    return f"{whole // step * step}余"


def _near(value: Decimal) -> str:
    step = 100 if value >= 1000 else 10
    return f"近{-(-int(value) // step) * step}"


STYLES: Mapping[str, Callable[[Decimal], str]] = {
    "plain": _plain,
    "wan": lambda value: _rounded(value / 10_000, "0.01"),
    "pct": lambda value: _rounded(value, "0.1") + "%",
    "over": _over,
    "near": _near,
}


def city_asks() -> Ask:
    """Asks the loaded city, as its leader sees it, for 2025."""
    import django

    django.setup()
    from gangmu.cli.city.plan import YEAR, org_id
    from gangmu.indicators import queries
    from gangmu.kernel import clock
    from gangmu.kernel.periods import Period
    from gangmu.orgs.scope import scope_of
    from gangmu.people.queries import account_named

    scope = scope_of(account_named("leader"), clock.today())

    def ask(key: str, code: str) -> Decimal:
        value = queries.figure(scope, key, org_id(code), Period.of_year(YEAR)).value
        if value is None:
            raise LookupError(f"{key} of {code} says nothing")
        return value

    return ask


def each(ask: Ask) -> Iterator[tuple[str, str, list[Label]]]:
    """(name, speech, labels) of every template."""
    for name in NAMES:
        yield name, *written((HERE / "templates" / f"{name}.txt").read_text(encoding="utf-8"), ask)


def main() -> None:
    """Write them all."""
    SPEECHES.mkdir(exist_ok=True)
    for name, text, labels in each(city_asks()):
        (SPEECHES / f"{name}.txt").write_text(text, encoding="utf-8")
        lines = [json.dumps(asdict(label), ensure_ascii=False) + "\n" for label in labels]
        (HERE / "labels" / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")
    main()
