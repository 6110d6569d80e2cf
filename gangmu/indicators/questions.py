"""What is asked for: an indicator with the tags chosen, by the formula in force."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Indicator
from gangmu.catalog.expressions.bind import bind
from gangmu.catalog.expressions.nodes import Measure
from gangmu.kernel.problems import NotFound, Problem, Refused

KEY = re.compile(r"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)(?:\[([a-z0-9_,]*)\])?\Z")


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator and the tags chosen; `measure` is its formula with the tags put in."""

    definition: Indicator
    selection: tuple[str, ...]
    measure: Measure

    @property
    def key(self) -> str:
        return key_of(self.definition.key, self.selection)


def key_of(indicator: str, selection: tuple[str, ...]) -> str:
    """How a question is written: activity.sessions[lecture,red_story], or the indicator's key alone."""
    return f"{indicator}[{','.join(selection)}]" if selection else indicator


def question(key: str, on: date, catalog: Catalog) -> Question:
    """Read a key; the formula is the one in force on `on`.

    Raises NotFound for an indicator that does not exist, Refused for tags it does not offer.
    """
    match = KEY.match(key)
    definition = catalog.indicators.get(match[1]) if match else None
    if match is None or definition is None:
        raise NotFound([_not_there(key, is_off=match is not None and match[1] in catalog.off)])
    selection = tuple(dict.fromkeys(tag for tag in (match[2] or "").split(",") if tag))
    if problems := _against(selection, definition, catalog):
        raise Refused(problems)
    return Question(definition, selection, _bound(catalog.measure(definition.key, on), selection))


@lru_cache(maxsize=4096)
def _bound(measure: Measure, selection: tuple[str, ...]) -> Measure:
    """As `bind`: pages ask for the same few formulas again and again."""
    return bind(measure, selection)


def _not_there(key: str, *, is_off: bool) -> Problem:
    if is_off:
        return Problem("indicators.off", f"指标“{key}”口径待核，本地已经关闭，不再显示。",
                       f"The indicator {key} is not verified and was switched off here.", "key")  # fmt: skip
    return Problem("indicators.unknown", f"没有“{key}”这个指标。", f"There is no indicator {key}.", "key")


def _against(selection: tuple[str, ...], definition: Indicator, catalog: Catalog) -> list[Problem]:
    offered, offered_en = "、".join(definition.selects) or "无", ", ".join(definition.selects) or "none"
    return [
        Problem(
            "indicators.tag",
            f"指标 {definition.key} 不能按标签 {tag} 挑选；可选的标签组：{offered}。",
            f"Indicator {definition.key} offers no tag {tag}; its tag families: {offered_en}.",
            "key",
        )
        for tag in selection
        if catalog.family_of.get(tag) not in definition.selects
    ]
