"""The compiled catalog: every definition, frozen, with one digest that facts and figures name."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.basis import BasisDocument, Resting
from gangmu.catalog.bodies import Validator, check_body
from gangmu.catalog.columns import Columns
from gangmu.catalog.dated import row_on
from gangmu.catalog.definitions import FactKind, Indicator, OrganisationKind, Strict, Tag, TagFamily, Value
from gangmu.catalog.dues import Dues
from gangmu.catalog.duties.responsibilities import Responsibilities
from gangmu.catalog.duties.terms import CompiledDuty
from gangmu.catalog.expressions.nodes import Measure
from gangmu.catalog.norms import Rule, RuleRow, WordingRow
from gangmu.catalog.ways import Way
from gangmu.kernel.canon import Json
from gangmu.kernel.problems import Problem
from gangmu.kernel.working_days import Calendar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CompiledRow:
    """A formula that was read, in force from `since` on."""

    since: date
    measure: Measure


@dataclass(frozen=True, slots=True)
class Catalog:
    """All definitions in force. Mappings are read-only and stand in the order of their keys.

    `tags` are all tags by key, `family_of` the family of each; `formulas` the read formula rows of each indicator;
    `origins` the file each definition came from, named from its layer's folder; `local` the keys that a local layer
    added; `off` the indicators, rules and duties that one switched off: they are in none of the other mappings.
    `duties` are read and ready to be computed, `calendar` are the working days of the published years;
    `responsibilities` name duties, of which some may be off; `columns` say how people head their own sheets,
    `activities` how an activity of a form is recorded, by the form's tag; `ways` are files of steps.
    `basis` are the documents on which definitions rest, `resting` what rests on each.
    """

    digest: str
    facts: Mapping[str, FactKind]
    indicators: Mapping[str, Indicator]
    families: Mapping[str, TagFamily]
    tags: Mapping[str, Tag]
    family_of: Mapping[str, str]
    rules: Mapping[str, Rule]
    wordings: tuple[WordingRow, ...]
    organisation_kinds: Mapping[str, OrganisationKind]
    formulas: Mapping[str, tuple[CompiledRow, ...]]
    validators: Mapping[str, Validator]
    origins: Mapping[str, str]
    local: frozenset[str]
    duties: Mapping[str, CompiledDuty]
    responsibilities: Mapping[str, Responsibilities]
    columns: Mapping[str, Columns]
    activities: Mapping[str, ActivityForm]
    dues: Mapping[str, Dues]
    ways: Mapping[str, Way]
    basis: Mapping[str, BasisDocument]
    resting: Mapping[str, tuple[Resting, ...]]
    calendar: Calendar
    off: frozenset[str] = frozenset()

    def without(self, off: frozenset[str]) -> "Catalog":
        """This catalog with some indicators, rules and duties switched off; a duty goes with the rule it rests on."""
        return replace(
            self,
            indicators=frozen({key: one for key, one in self.indicators.items() if key not in off}),
            rules=frozen({key: one for key, one in self.rules.items() if key not in off}),
            formulas=frozen({key: rows for key, rows in self.formulas.items() if key not in off}),
            duties=frozen({key: one for key, one in self.duties.items() if key not in off and not _rests_on(one, off)}),
            responsibilities=frozen({key: one for key, one in self.responsibilities.items() if key not in off}),
            resting=frozen(
                {key: tuple(one for one in some if one.key not in off) for key, some in self.resting.items()}
            ),
            off=off,
        )

    def wording(self, day: date) -> WordingRow:
        """What wordings cover on `day`; before the first row, the first row (texts are older than this catalog)."""
        return row_on(self.wordings, day) or self.wordings[0]

    def measure(self, key: str, day: date) -> Measure:
        """The formula of indicator `key` in force on `day`; before its first row, the first. KeyError: no such one."""
        rows = self.formulas[key]
        return (row_on(rows, day) or rows[0]).measure

    def rule(self, key: str, day: date) -> RuleRow | None:
        """The row of rule `key` in force on `day`, or None before the first. KeyError: no such rule."""
        return row_on(self.rules[key].rows, day)

    def form(self, kind: str) -> str:
        """The legal form of a kind of unit; empty for a kind that is not here."""
        known = self.organisation_kinds.get(kind)
        return known.form if known else ""

    def check_body(self, kind: str, body: Mapping[str, Json], priv: Mapping[str, str] | None = None) -> list[Problem]:
        """Everything wrong with a fact's body and its sealed slots (slot → text). KeyError: no such kind."""
        return check_body(self.facts[kind], body, priv or {}, self.validators[kind])

    def choices(self, source: str) -> tuple[Value, ...]:
        """The values of an enum that takes them `values_from` a tag family or `organisation_kinds`."""
        return choices(source, self.families, self.organisation_kinds)


def _rests_on(duty: CompiledDuty, off: frozenset[str]) -> bool:
    return any(terms.row.rule in off for terms in duty.terms)


def choices(source: str, families: Mapping[str, TagFamily], kinds: Mapping[str, OrganisationKind]) -> tuple[Value, ...]:
    """As `Catalog.choices`, before there is a catalog. Empty when nothing of that name is there."""
    if source == "organisation_kinds":
        return tuple(Value(key=kind.key, title=kind.title) for kind in kinds.values())
    family = families.get(source)
    return tuple(Value(key=tag.key, title=tag.title) for tag in family.tags) if family else ()


def digest_of(definitions: Iterable[Strict]) -> str:
    """SHA-256 over all definitions as they mean, whatever their files' layout, comments or order."""
    texts = sorted(json.dumps(one.model_dump(mode="json"), sort_keys=True, ensure_ascii=False) for one in definitions)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def frozen(mapping: Mapping[str, T]) -> MappingProxyType[str, T]:
    """A read-only view in the order of the keys."""
    return MappingProxyType(dict(sorted(mapping.items())))
