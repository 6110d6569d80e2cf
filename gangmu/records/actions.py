"""Recording what was done, taking it back, and putting it right. Ask, check, record; one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions as ledger
from gangmu.ledger.actions import Prepared
from gangmu.ledger.facts import Draft, Fact, Receipt, Ref, Sealed
from gangmu.ledger.queries import recorded_keys
from gangmu.orgs.permissions import Permission, require, require_all
from gangmu.orgs.queries import epoch, graph_stands, last_seen, one_epoch
from gangmu.people.intake import body_problems, prepare_checked, thing_id
from gangmu.records import corrections, rules
from gangmu.records.checks import against, by_graph_alone
from gangmu.records.corrections import Wish
from gangmu.records.entries import Entry
from gangmu.records.queries import seen


def record_fact(
    kind: str, org: OrgId, *, body: Mapping[str, Json], on: date, by: Actor, idem: str,
    sealed: Mapping[str, str] | None = None, about: str | None = None, problems: Sequence[Problem] = (),
) -> Receipt:  # fmt: skip
    """Record that something happened on the local day `on`. `problems`: what a form could not read.

    Raises NotFound for a unit outside the scope, Refused with every Problem.
    """
    return record_many([Entry.on(kind, org, on, idem, body, sealed=sealed, about=about)], by=by, problems=problems)[0]


def record_many(entries: Sequence[Entry], *, by: Actor, problems: Sequence[Problem] = ()) -> list[Receipt]:
    """Record many facts in their order, all or none. A request key seen before answers with the first receipt.

    What needs no transaction is done before it: nobody else writes while one is open.
    """
    named = [_named(entry, by) for entry in entries]
    orgs = {entry.org for entry in entries}
    asked_at = _ask_before_anything_is_made(by, orgs)
    prepared = prepare_checked([_draft(entry) for entry in named], by=by)
    if len(named) == 1 and not problems and (told := _recorded_alone(named[0], prepared, by, asked_at)):
        return [told]
    with transaction.atomic():
        with one_epoch():
            require_all(by, Permission.RECORD, orgs)
            found = [*problems, *_numbered(_against_new(named, by), len(entries)), *prepared.problems]
        if found:
            raise Refused(found)
        return ledger.record_prepared(prepared, savepoint=False)


@transaction.atomic
def reverse_fact(fact_id: FactId, *, reason: str, note: str, by: Actor, idem: str, ask: bool = False) -> Receipt:
    """Take a fact back whole; it stays, with the reversal beside it. NotFound outside the scope.

    What is old or closed only a second person takes back: with `ask` one is asked, without it that is the refusal.
    """
    told = _reversible(fact_id, by)
    if corrections.wants_second(told, by, idem):
        return corrections.ask(told, Wish("reverse", reason, note), by=by, idem=idem, ask=ask)
    return ledger.reverse(fact_id, reason=reason, note=note, by=by, schema=catalog().digest, idem=idem)


@transaction.atomic
def restate_fact(
    fact_id: FactId, org: OrgId, *, body: Mapping[str, Json], on: date, reason: str, note: str, by: Actor, idem: str,
    sealed: Mapping[str, str] | None = None, problems: Sequence[Problem] = (),
    hours: tuple[datetime, datetime] | None = None, ask: bool = False,
) -> Receipt:  # fmt: skip
    """Take a fact back and record the right one of its kind, about the same thing, in its place. Both or neither.

    `hours`: from when to when it took place, where the page asks for more than the day. `ask`: as `reverse_fact`.
    """
    told = _reversible(fact_id, by)
    require(by, Permission.RECORD, org)
    entry = Entry.on(told.kind, org, on, idem, body, sealed=sealed, about=told.about)
    entry = replace(entry, start=hours[0], end=hours[1]) if hours else entry
    draft = _draft(entry)
    found = [*problems, *body_problems(catalog(), [draft])]
    if not recorded_keys(by.account, [idem]):
        found += [problem for _, problem in against([(1, entry)], by, clock.today(), instead_of=told.id)]
    if found:
        raise Refused(found)
    if corrections.wants_second(told, by, idem):
        return corrections.ask(told, Wish("restate", reason, note, draft), by=by, idem=idem, ask=ask)
    return ledger.restate(fact_id, draft, reason=reason, note=note, by=by, schema=catalog().digest)


@transaction.atomic
def close_period(org: OrgId, period: Period, *, kinds: Sequence[str] = (), by: Actor, idem: str) -> Receipt:
    """Close `period` for the unit (no kinds: all): what is recorded for it later stands beside it as restated."""
    require(by, Permission.CLOSE_PERIODS, org)
    unknown = [kind for kind in kinds if kind not in catalog().facts]
    if unknown or period.end >= clock.today():
        raise Refused([*map(_unknown_kind, unknown), *([_not_over(period)] if period.end >= clock.today() else [])])
    return ledger.close_period(org, period, kinds=kinds, by=by, schema=catalog().digest, idem=idem)


def _ask_before_anything_is_made(by: Actor, orgs: Collection[OrgId]) -> str:
    """Keys are made for nobody who may not record. By the graph as it was read last: the epoch of that graph.

    It is asked again where it counts, or that graph is made a condition.
    """
    try:
        with last_seen():
            require_all(by, Permission.RECORD, orgs)
            return epoch("graph")
    except (NotFound, Refused):  # what was read last may be old
        with one_epoch():
            require_all(by, Permission.RECORD, orgs)
            return epoch("graph")


def _recorded_alone(entry: Entry, prepared: Prepared, by: Actor, asked_at: str) -> Receipt | None:
    """The receipt of an entry against which nothing speaks by the graph of `asked_at`, if it still stands so.

    None, and nothing recorded, where anything is otherwise: then all is asked in a transaction.
    """
    if prepared.problems or not by_graph_alone(entry):
        return None
    with last_seen():
        if epoch("graph") != asked_at or against([(1, entry)], by, clock.today()):
            return None
    return ledger.record_alone(prepared, graph_stands(asked_at))


def _against_new(entries: Sequence[Entry], by: Actor) -> list[tuple[int, Problem]]:
    """What speaks against the entries that are not on record. Of one entry that is asked only when something does."""
    numbered, today = list(enumerate(entries, 1)), clock.today()
    if len(numbered) == 1 and not against(numbered, by, today):
        return []
    known = recorded_keys(by.account, [entry.idem for entry in entries])
    return against([(number, entry) for number, entry in numbered if entry.idem not in known], by, today)


def _named(entry: Entry, by: Actor) -> Entry:
    """An entry that opens a thing gives it an id of its own, the same for the same request."""
    kind = catalog().facts.get(entry.kind)
    opens = kind is not None and kind.moves is not None and kind.moves.does == "opens"
    return replace(entry, about=thing_id(by, entry.idem)) if opens and entry.about is None else entry


def _draft(entry: Entry) -> Draft:
    sealed = tuple(Sealed(slot, text) for slot, text in entry.sealed.items() if text)
    refs = (Ref("belongs_to", entry.belongs_to),) if entry.belongs_to else ()
    return Draft(entry.kind, entry.org, dict(entry.body), entry.start, entry.end or entry.start, entry.idem,
                 about=entry.about, priv=sealed, refs=refs, fact_id=entry.fact_id)  # fmt: skip


def _numbered(found: Sequence[tuple[int, Problem]], entries: int) -> list[Problem]:
    """Of several entries, a problem says which (from 1)."""
    return [
        problem if entries == 1 else replace(problem, where=f"{number}.{problem.where}") for number, problem in found
    ]


def _reversible(fact_id: FactId, by: Actor) -> Fact:
    told = seen(by, Permission.REVERSE, fact_id)
    if problems := rules.against_reversal(told.kind):
        raise Refused(problems)
    return told


def _unknown_kind(kind: str) -> Problem:
    return Problem("records.unknown_kind", f"没有“{kind}”这种记录。", f"There is no kind of record {kind}.", "kinds")


def _not_over(period: Period) -> Problem:
    return Problem(
        "records.not_over", f"{period.end} 还没有过完，不能关账。", f"{period.end} is not over yet.", "period"
    )
