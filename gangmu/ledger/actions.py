"""The only writers of the system: record, reverse, restate, close a period.

No permission is asked here: the action above asks before it calls. Everything one call writes (the envelope in the
outbox, its request key, its sealed values, every projection) is one transaction, the caller's where there is one;
its COMMIT is the acknowledgement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction

from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import alone, engine, intake, queries, receipts, rules
from gangmu.ledger.facts import CLOSED, REVERSE, Draft, Fact, Receipt, Ref, Sealed, Standing
from gangmu.ledger.intake import Ready, Taken, take_in

AT_ONCE = 2000


class Prepared(NamedTuple):
    """Facts that can be recorded as soon as a transaction is open, or the `problems` for which they will be refused."""

    drafts: Sequence[Draft]
    ready: Mapping[str, Ready]
    by: Actor
    problems: tuple[Problem, ...]


def record(draft: Draft, *, by: Actor, schema: str) -> Receipt:
    """Record one fact; sent again under the same idem, the first receipt comes back. Raises Refused."""
    return receipts.signed(record_many([draft], by=by, schema=schema)[0])


def record_many(drafts: Sequence[Draft], *, by: Actor, schema: str, savepoint: bool = True) -> list[Receipt]:
    """Record facts in their order, all or none, and return their receipts in the same order.

    A fact may refer to facts before it in the list. A request key seen before, also earlier in the list, answers with
    the first receipt. Raises Refused with every Problem of every draft. In a transaction of the caller's, a refusal
    leaves the rest of it alone; without `savepoint`, which costs two statements, it ends the whole transaction.
    """
    return record_prepared(prepare(drafts, by=by, schema=schema), savepoint=savepoint)


def prepare(drafts: Sequence[Draft], *, by: Actor, schema: str, problems: Sequence[Problem] = ()) -> Prepared:
    """Check, seal and write out facts before the transaction that records them: nobody else writes while one is open.

    `problems` is what speaks against them already. What is refused is refused by `record_prepared`, in the order in
    which its caller asks things; keys are made here, so ask first whether `by` may record at all.
    """
    found = list(problems)
    found += [rules.reverse_only()] if any(draft.kind == REVERSE for draft in drafts) else []
    return _prepared(drafts, by, schema, found)


def record_prepared(prepared: Prepared, *, savepoint: bool = True) -> list[Receipt]:
    """As `record_many`, of facts made ready before."""
    if not connection.in_atomic_block and (found := record_alone(prepared, alone.ALWAYS)):
        return [found]
    taken: list[Taken] = []
    with transaction.atomic(savepoint=savepoint):
        if prepared.problems:
            raise Refused(list(prepared.problems))
        for portion in _portions(prepared.drafts):
            taken += take_in(portion, prepared.ready, by=prepared.by)
    return [receipts.issue(item.id, item.leaf, item.received, repeated=item.repeated) for item in taken]


def record_alone(prepared: Prepared, standing: Standing) -> Receipt | None:
    """Record one fact made ready before, the shortest way; None, and nothing recorded, where it does not lead there.

    `standing` is the condition on the tables above under which what was asked before still holds: see `alone.take_in`.
    """
    if prepared.problems or len(prepared.drafts) != 1 or not alone.fits(prepared.drafts[0]):
        return None
    found = alone.take_in(prepared.ready[prepared.drafts[0].idem], standing, by=prepared.by)
    return receipts.issue(found.id, found.leaf, found.received) if found else None


def reverse(fact_id: FactId, *, reason: str, note: str, by: Actor, schema: str, idem: str) -> Receipt:
    """Take a fact back whole. `reason` is a code, `note` free text (sealed). Raises NotFound, Refused.

    A fact is reversed at most once, a reversal never.
    """
    if problems := rules.reason(reason):
        raise Refused(problems)
    with transaction.atomic():
        fact = queries.fact(fact_id)
        if not queries.recorded_under(by.account, idem) and (problems := rules.may_reverse(fact)):
            raise Refused(problems)
        try:
            return record_prepared(_prepared([_reversal(fact, reason, note, idem)], by, schema, []))[0]
        except IntegrityError:
            raise Refused([rules.reversed_already()]) from None


def restate(fact_id: FactId, draft: Draft, *, reason: str, note: str, by: Actor, schema: str) -> Receipt:
    """Take a fact back and record `draft` in its place, both or neither. Returns the new fact's receipt."""
    with transaction.atomic():
        reverse(fact_id, reason=reason, note=note, by=by, schema=schema, idem=f"{draft.idem}:reverse")
        return record(replace(draft, refs=(*draft.refs, Ref("restates", fact_id))), by=by, schema=schema)


def close_period(org: OrgId, period: Period, *, kinds: Sequence[str], by: Actor, schema: str, idem: str) -> Receipt:
    """Close `period` for `org` (no kinds: all of them): what comes later stands beside the reported figure."""
    body = {"from": period.start.isoformat(), "to": period.end.isoformat(), "kinds": sorted(kinds)}
    moment = engine.now()
    return record(Draft(CLOSED, org, body, moment, moment, idem), by=by, schema=schema)


def _reversal(fact: Fact, reason: str, note: str, idem: str) -> Draft:
    moment = engine.now()
    return Draft(
        kind=REVERSE,
        org=fact.org,
        body={"reason": reason, "reversed_kind": fact.kind},
        claimed_from=moment,
        claimed_to=moment,
        idem=idem,
        about=fact.about,
        priv=(Sealed("note", note),) if note else (),
        refs=(Ref("reverses", fact.id),),
    )


def _prepared(drafts: Sequence[Draft], by: Actor, schema: str, problems: list[Problem]) -> Prepared:
    found = problems or _problems(drafts, schema)
    try:
        ready = intake.prepare(drafts, by=by, schema=schema) if not found else {}
    except Refused as refused:
        found, ready = list(refused.problems), {}
    return Prepared(drafts, ready, by, tuple(found))


def _portions(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    """What is taken in at one moment: at most AT_ONCE, and a closing alone."""
    closings = [number for number, draft in enumerate(drafts) if draft.kind == CLOSED]
    ends = {*range(0, len(drafts), AT_ONCE), *closings, *(number + 1 for number in closings), len(drafts)}
    for start, end in pairwise(sorted(ends)):
        yield drafts[start:end]


def _problems(drafts: Sequence[Draft], schema: str) -> list[Problem]:
    problems = rules.check_schema(schema)
    for number, draft in enumerate(drafts, 1):
        found = rules.check(draft)
        problems += found if len(drafts) == 1 else [_numbered(problem, number) for problem in found]
    return problems


def _numbered(problem: Problem, number: int) -> Problem:
    return replace(problem, where=f"{number}.{problem.where}")
