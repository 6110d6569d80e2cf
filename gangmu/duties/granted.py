"""What was waived and who asked to be exempt, by the facts known: values for the plain rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from gangmu.catalog.duties.states import Waiver
from gangmu.ledger.facts import Fact

WAIVED, EXEMPTED = "duty.waived", "duty.exempted"
KINDS = frozenset({WAIVED, EXEMPTED})


@dataclass(frozen=True, slots=True)
class Granted:
    """The waivers, and by duty the bearers who are exempt at their own wish."""

    waivers: tuple[Waiver, ...] = ()
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, bearer: str) -> frozenset[str]:
        """The duties from which a bearer asked to be exempt."""
        return frozenset(duty for duty, bearers in self.asked.items() if bearer in bearers)


def granted(facts: Iterable[Fact], on: date) -> Granted:
    """What these standing facts grant on the day. Of several exemptions of one bearer the one recorded last holds."""
    every = sorted(facts, key=lambda fact: (fact.received, fact.id))
    waivers = tuple(_waiver(fact) for fact in every if fact.kind == WAIVED)
    last = {(str(fact.body["duty"]), str(fact.body["bearer"])): fact for fact in every if fact.kind == EXEMPTED}
    asked: dict[str, set[str]] = defaultdict(set)
    for (duty, bearer), fact in last.items():
        if fact.day <= on and on <= date.fromisoformat(str(fact.body.get("until") or date.max)):
            asked[duty].add(bearer)
    return Granted(waivers, {duty: frozenset(bearers) for duty, bearers in asked.items()})


def _waiver(fact: Fact) -> Waiver:
    body = {key: str(value) for key, value in fact.body.items()}
    start = date.fromisoformat(body["period_start"])
    return Waiver(body["duty"], body["bearer"], start, body["reason"], str(fact.post or fact.actor))
