"""What the rules must know about entries, read once for a batch: units, roles, things, values that name others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import OLD_BOOKS
from gangmu.kernel.ids import FactId, OrgId, PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Fact
from gangmu.ledger.queries import began, history
from gangmu.orgs.permissions import roles_at_each
from gangmu.orgs.queries import lives
from gangmu.orgs.rules import Life
from gangmu.people.queries import known_persons
from gangmu.records import rules
from gangmu.records.entries import Entry
from gangmu.records.rules import Thing

Numbered = tuple[int, Entry]


@dataclass(slots=True)
class _Known:
    """All that is known for a batch. `things` grows as entries of the batch open and close them.

    `naming` says of each kind which of its fields name a unit or a person: (the field's key, its type).
    """

    definitions: Catalog
    units: dict[OrgId, Life]
    roles: dict[OrgId, frozenset[str]]
    things: dict[str, Thing]
    openers: frozenset[str]
    naming: dict[str, list[tuple[str, str]]]
    persons: frozenset[PersonId]
    today: date
    began: date


def against(
    entries: Sequence[Numbered], by: Actor, today: date, instead_of: FactId | None = None
) -> list[tuple[int, Problem]]:
    """Every Problem of every entry with the entry's number. `instead_of`: the fact that is about to be taken back."""
    definitions = catalog()
    of_known_kind = [(number, entry) for number, entry in entries if entry.kind in definitions.facts]
    known = _known(definitions, [entry for _, entry in of_known_kind], by, today, instead_of)
    return [(number, problem) for number, entry in of_known_kind for problem in _against(entry, known)]


def by_graph_alone(entry: Entry) -> bool:
    """Whether the graph and the catalog say all there is to ask of an entry: it names no thing, unit, person, old book.

    False also of a kind that the catalog does not know.
    """
    known = catalog()
    if entry.kind not in known.facts or entry.about is not None or entry.body.get("late_reason") == OLD_BOOKS:
        return False
    return not any(key in entry.body for key, _ in _naming(known.digest, entry.kind))


def _against(entry: Entry, known: _Known) -> list[Problem]:
    kind, unit = known.definitions.facts[entry.kind], known.units.get(entry.org)
    first, reason, about = entry.first_day, entry.body.get("late_reason"), entry.about
    thing = known.things.get(about) if about else None
    found = [
        *rules.against_kind(kind, unit, known.roles.get(entry.org, frozenset())),
        *rules.against_days(kind, unit, first, entry.last_day, known.today, reason, known.began),
        *rules.before_in_force(kind, first),
        *rules.against_thing(kind, about, thing, kind.about in known.openers, first),
        *(_against_values(entry, known) if known.naming[entry.kind] else ()),
    ]
    if kind.moves is not None and about is not None:
        _note(kind.moves.does, about, first, known)
    return found


def _against_values(entry: Entry, known: _Known) -> Iterator[Problem]:
    for key, type_ in known.naming[entry.kind]:
        on_record = known.units if type_ == "org" else known.persons
        if any(value not in on_record for value in _named_in(entry, key)):
            yield rules.unknown_values(key)


def _named_in(entry: Entry, key: str) -> list[str]:
    """The units or persons that a field of an entry names: one, or a list of them."""
    value = entry.body.get(key)
    each = value if isinstance(value, list | tuple) else [value]
    return [one for one in each if isinstance(one, str)]


def _note(does: str, about: str, day: date, known: _Known) -> None:
    """What an entry does to its thing counts for the entries after it."""
    if does == "opens":
        known.things.setdefault(about, Thing(day))
    elif does == "closes" and about in known.things:
        known.things[about] = replace(known.things[about], closed_on=day)


def _known(definitions: Catalog, entries: Sequence[Entry], by: Actor, today: date, instead_of: FactId | None) -> _Known:
    naming = {key: _naming(definitions.digest, key) for key in {entry.kind for entry in entries}}
    values = _values(naming, entries)
    facts = [fact for fact in _history(definitions, entries) if fact.reversed_by is None and fact.id != instead_of]
    orgs = {entry.org for entry in entries}
    roles = roles_at_each(by.scope, orgs | {fact.org for fact in facts})
    return _Known(
        definitions,
        units=lives(orgs | {OrgId(value) for value in values["org"]}),
        roles=roles,
        things=_things(definitions, (fact for fact in facts if roles.get(fact.org))),
        openers=_openers(definitions.digest),
        naming=naming,
        persons=known_persons(PersonId(value) for value in values["person"]),
        today=today,
        began=_began(entries, today),
    )


def _began(entries: Sequence[Entry], today: date) -> date:
    """When the ledger began, which is read only when an entry is from the books before it."""
    return began() if any(entry.body.get("late_reason") == OLD_BOOKS for entry in entries) else today


def _history(definitions: Catalog, entries: Sequence[Entry]) -> tuple[Fact, ...]:
    """What is on record about the things that the entries concern; nothing is read for what nobody opens."""
    opened = _openers(definitions.digest)
    abouts = {entry.about for entry in entries if entry.about and definitions.facts[entry.kind].about in opened}
    return history(abouts) if abouts else ()


@lru_cache(maxsize=1)
def _openers(_catalog: str) -> frozenset[str]:
    """What facts open, move and close, by the catalog with this digest (the one in force)."""
    return frozenset(kind.moves.thing for kind in catalog().facts.values() if kind.moves)


def _things(definitions: Catalog, facts: Iterable[Fact]) -> dict[str, Thing]:
    """Things by id from standing facts in the order in which they happened."""
    found: dict[str, Thing] = {}
    for fact in facts:
        kind, about = definitions.facts.get(fact.kind), str(fact.about)
        does = kind.moves.does if kind and kind.moves else None
        if does == "opens":
            found.setdefault(about, Thing(fact.day))
        elif does == "closes" and about in found:
            found[about] = replace(found[about], closed_on=found[about].closed_on or fact.day)
    return found


@lru_cache(maxsize=512)
def _naming(_catalog: str, kind: str) -> list[tuple[str, str]]:
    """Which fields of a kind name a unit or a person, by the catalog with this digest (the one in force)."""
    fields = catalog().facts[kind].body_fields
    return [(field.key, field.type) for field in fields if field.type in ("org", "person")]


def _values(naming: Mapping[str, list[tuple[str, str]]], entries: Sequence[Entry]) -> dict[str, set[str]]:
    """The units and persons that fields of the entries name, by the field's type."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for key, kind_of_value in naming[entry.kind]:
            found[kind_of_value].update(_named_in(entry, key))
    return found
