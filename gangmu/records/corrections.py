"""A second person for what is old or closed: one asks, another confirms or declines with a word (TRUST (b)).

What is asked and what is answered are facts themselves; until somebody confirms, the record stands as it was.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.kernel.clock import from_stamp, local_day, local_moment, stamp
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions as ledger
from gangmu.ledger import queries
from gangmu.ledger.facts import Closing, Draft, Fact, Receipt, Ref, Sealed
from gangmu.orgs.permissions import Permission
from gangmu.people.intake import prepare_checked, thing_id
from gangmu.records.queries import seen

ASKED, ANSWERED = "correction.asked", "correction.answered"
RULE = "correction.days"
ANSWER_IN = 7  # days: by then the request stands first on the desks of those who may answer


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants done to a record: `does` reverse or restate, why, and what would stand in its place."""

    does: str
    reason: str
    note: str
    draft: Draft | None = None


def wants_second(fact: Fact, by: Actor, idem: str) -> bool:
    """Whether this record is put right by two persons: it came long ago, or lies in a period that was closed.

    A request that was carried out before is not asked again: it answers with what it did.
    """
    if queries.recorded_under(by.account, idem) or fact.reversed_by:
        return False
    row = catalog().rule(RULE, clock.today()) if RULE in catalog().rules else None
    old = row is not None and (clock.today() - local_day(fact.received)).days > row.value
    return old or any(_covers(fact, closing) for closing in queries.closings([fact.org]))


def _covers(fact: Fact, closing: Closing) -> bool:
    inside = closing.start <= fact.day <= closing.end and (not closing.kinds or fact.kind in closing.kinds)
    return inside and closing.reversed_by is None


def ask(fact: Fact, wish: Wish, *, by: Actor, idem: str, ask: bool) -> Receipt:
    """Put on record that a second person is asked. Raises Refused without `ask`, and while another request waits."""
    if not ask:
        raise Refused([_second_person(fact)])
    again = queries.recorded_under(by.account, f"{idem}:ask")
    if not again and _waiting_for(fact):
        raise Refused([_asked_already()])
    body: dict[str, Json] = {
        "does": wish.does, "reason": wish.reason, "due_on": (clock.today() + timedelta(days=ANSWER_IN)).isoformat(),
    }  # fmt: skip
    sealed = [Sealed("note", wish.note), *([Sealed("proposal", _written(wish.draft))] if wish.draft else [])]
    moment, about = local_moment(clock.today()), thing_id(by, f"{idem}:ask")
    draft = Draft(ASKED, fact.org, body, moment, moment, f"{idem}:ask", about=about,
                  priv=tuple(one for one in sealed if one.text), refs=(Ref("answers", fact.id),))  # fmt: skip
    return _record(draft, by)


@transaction.atomic
def confirm(asked: FactId, word: str, *, by: Actor, idem: str) -> Receipt:
    """Carry out what was asked, and say so with a word. Raises NotFound outside the scope, Refused.

    Nobody confirms what they asked for themselves.
    """
    request = _open_request(asked, by, idem)
    told = _answer(request, "confirmed", word, by, idem)
    if not told.repeated:
        _carry_out(request, by, idem)
    return told


@transaction.atomic
def decline(asked: FactId, word: str, *, by: Actor, idem: str) -> Receipt:
    """Leave the record as it is, and say why with a word. Raises as `confirm`."""
    return _answer(_open_request(asked, by, idem), "declined", word, by, idem)


def answer_to(asked: Fact) -> Fact | None:
    """The standing answer to a request, or None while it waits."""
    found = queries.history([asked.about], [ANSWERED]) if asked.about else ()
    return next((fact for fact in found if not fact.reversed_by), None)


def _waiting_for(fact: Fact) -> bool:
    wanted = queries.FactFilter(orgs=frozenset({fact.org}), kinds=frozenset({ASKED}), with_reversed=False)
    asked = [one for one in queries.facts(wanted, limit=queries.LONGEST_PAGE) if one.ref("answers") == fact.id]
    return any(answer_to(one) is None for one in asked)


def _open_request(asked: FactId, by: Actor, idem: str) -> Fact:
    request = seen(by, Permission.REVERSE, asked)
    if request.kind != ASKED:
        raise Refused([_no_request()])
    if queries.recorded_under(by.account, idem):
        return request
    if request.actor == by.account:
        raise Refused([_own_request()])
    if answer_to(request) or request.reversed_by:
        raise Refused([_answered_already()])
    return request


def _answer(request: Fact, outcome: str, word: str, by: Actor, idem: str) -> Receipt:
    moment = local_moment(clock.today())
    sealed = (Sealed("word", word),) if word.strip() else ()
    draft = Draft(ANSWERED, request.org, {"outcome": outcome}, moment, moment, idem, about=request.about,
                  priv=sealed, refs=(Ref("answers", request.id),))  # fmt: skip
    return _record(draft, by)


def _carry_out(request: Fact, by: Actor, idem: str) -> None:
    """Reverse or restate as was asked, by whoever confirmed; the request says who asked and why."""
    slots = {one.slot: one.text for one in queries.open_slots([request.id], ("note", "proposal"))}
    fact, reason, note = request.ref("answers"), str(request.body["reason"]), slots.get("note", "")
    if fact is None:
        raise Refused([_no_request()])
    schema = catalog().digest
    if proposal := slots.get("proposal"):
        draft = replace(_read(json.loads(proposal)), idem=f"{idem}:done")
        ledger.restate(fact, draft, reason=reason, note=note, by=by, schema=schema)
    else:
        ledger.reverse(fact, reason=reason, note=note, by=by, schema=schema, idem=f"{idem}:done")


def _record(draft: Draft, by: Actor) -> Receipt:
    return ledger.record_prepared(prepare_checked([draft], by=by))[0]


def _written(draft: Draft) -> str:
    """What would stand in the record's place, as text for the vault."""
    return json.dumps({
        "kind": draft.kind, "org": draft.org, "body": draft.body, "about": draft.about,
        "from": stamp(draft.claimed_from), "to": stamp(draft.claimed_to),
        "sealed": [[one.slot, one.text] for one in draft.priv],
    }, ensure_ascii=False)  # fmt: skip


def _read(told: Mapping[str, Json]) -> Draft:
    body, sealed = told["body"], told["sealed"]
    return Draft(
        str(told["kind"]), OrgId(str(told["org"])), body if isinstance(body, dict) else {},
        from_stamp(str(told["from"])), from_stamp(str(told["to"])), "",
        about=str(told["about"]) if told["about"] else None,
        priv=tuple(Sealed(str(slot), str(text)) for slot, text in sealed) if isinstance(sealed, list) else (),
    )  # fmt: skip


# --- what is wrong ----------------------------------------------------------
def _second_person(fact: Fact) -> Problem:
    return Problem(
        "records.second_person",
        f"这条是 {local_day(fact.received)} 入账的，时间久了或已经关账，要另一个人核对后才改。可以现在就请。",
        f"This was recorded on {local_day(fact.received)}: it is old or lies in a closed period, so a second person "
        "looks before it is changed. You can ask for that now.",
        "second",
        "docs/trust.md",
    )


def _asked_already() -> Problem:
    return Problem(
        "records.asked_already", "已经请人核对过，还在等答复。", "A second person was asked already.", "second"
    )


def _own_request() -> Problem:
    return Problem(
        "records.own_request", "自己提的要由另一个人核对。", "Somebody else than the asker has to look at it.", "word"
    )


def _answered_already() -> Problem:
    return Problem("records.answered", "这件已经答复过了。", "This has been answered.", "word")


def _no_request() -> Problem:
    return Problem("records.no_request", "这条不是更正申请。", "This is no request for a correction.", "word")
