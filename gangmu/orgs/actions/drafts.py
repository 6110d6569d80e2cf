"""How every action of the graph says what it records: one way to build a draft, one way to hand it in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import OLD_BOOKS, OrganisationKind
from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_day, local_moment
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger.actions import Prepared, record_prepared
from gangmu.ledger.facts import Draft, Receipt, Sealed
from gangmu.ledger.queries import began, recorded_keys, recorded_under
from gangmu.orgs import lookups, rules
from gangmu.orgs.entries import Ending
from gangmu.orgs.permissions import Permission, require_all
from gangmu.people.intake import prepare_checked, thing_id

__all__ = ["ask_members", "draft", "end", "kind_rules", "ready", "record_prepared", "refuse", "repeated",
           "repeats", "submit", "thing_id"]  # fmt: skip


def draft(kind: str, org: OrgId, about: str, at: date, idem: str, priv: Sequence[Sealed] = (), **body: Json) -> Draft:
    """A fact that happened on the day `at`; fields that were left empty are left out."""
    moment = local_moment(at)
    said = {key: value for key, value in body.items() if value is not None and value != ""}
    return Draft(kind, org, said, moment, moment, idem, about=about, priv=tuple(priv))


def refuse(problems: Sequence[Problem]) -> None:
    """Raise Refused with all of them, if there are any."""
    if problems:
        raise Refused(list(problems))


def kind_rules(kind: str) -> OrganisationKind | None:
    """What the catalog says about a kind of unit."""
    return catalog().organisation_kinds.get(kind)


def repeated(by: Actor, idem: str) -> bool:
    """Whether this request was recorded before: then the rules, which would see its own effect, are not asked."""
    return recorded_under(by.account, idem) is not None


def repeats(by: Actor, idems: Iterable[str]) -> frozenset[str]:
    """As `repeated`, for the request keys of a batch."""
    return recorded_keys(by.account, list(idems))


def submit(drafts: Sequence[Draft], by: Actor) -> list[Receipt]:
    """Record what was decided, all or none; what happened before the ledger began comes out of old books."""
    with transaction.atomic():
        return record_prepared(ready(drafts, by))


def ready(drafts: Sequence[Draft], by: Actor) -> Prepared:
    """As `submit`, up to the transaction: of a long list, most of the work, during which others may write.

    For whoever has been asked for the permission; asked in the transaction, the rules decide whether it is recorded.
    """
    first = began()
    return prepare_checked([_marked(one, first) for one in drafts], by=by)


def _marked(one: Draft, began_on: date) -> Draft:
    """The draft, saying that it comes out of old books if it does (docs/adr/0007)."""
    old = local_day(one.claimed_to) < began_on
    return replace(one, body={"late_reason": OLD_BOOKS, **one.body}) if old else one


def ask_members(orgs: Iterable[OrgId], by: Actor) -> None:
    """Ask for the keeping of members at each of the units."""
    require_all(by, Permission.KEEP_MEMBERS, orgs)


def end(table: str, kind: str, rows: Sequence[Ending], by: Actor) -> list[Receipt]:
    """Record that things end: asks at their units, refuses what never began or has ended. Raises NotFound, Refused."""
    things = lookups.spells(table, (one.about for one in rows))
    ask_members((thing.org for thing in things.values()), by)
    known, today = repeats(by, (one.idem for one in rows)), clock.today()
    refuse([
        problem for one in rows if one.idem not in known
        for problem in rules.against_closing(things[one.about].valid_from, things[one.about].valid_to, one.at, today)
    ])  # fmt: skip
    return submit(
        [draft(kind, things[one.about].org, one.about, one.at, one.idem, reason=one.reason) for one in rows], by
    )
