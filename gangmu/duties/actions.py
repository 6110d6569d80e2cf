"""Waiving a duty once, and exempting whoever asked: permission, rules, the fact."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.catalog.dated import row_on
from gangmu.catalog.duties.definitions import DutyRow
from gangmu.catalog.duties.obligations import obligations
from gangmu.duties.bearers import bearers_at, bearers_of
from gangmu.duties.footing import footing
from gangmu.duties.granted import EXEMPTED, WAIVED
from gangmu.duties.grants import stands_above
from gangmu.duties.known import Known, deeds_of
from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions as ledger
from gangmu.ledger.facts import Draft, Receipt
from gangmu.ledger.queries import recorded_keys
from gangmu.orgs.permissions import Permission, require
from gangmu.people.intake import body_problems


@transaction.atomic
def waive(
    duty: str, org: OrgId, bearer: str, period_start: date, *, reason: str, by: Actor, at: date, idem: str
) -> Receipt:
    """Waive a duty of a bearer at `org` for the period (or event) that begins on `period_start`; who does so approves.

    Raises NotFound outside the scope; Refused where the duty's row lets nobody, or only the unit above, waive it, and
    where nothing is owed then.
    """
    require(by, Permission.RECORD, org)
    body: dict[str, Json] = {"duty": duty, "bearer": bearer, "period_start": period_start.isoformat(), "reason": reason}
    new = not recorded_keys(by.account, [idem])
    return _record(
        WAIVED, org, body, _against_waiving(duty, org, bearer, period_start, by) if new else (), by, at, idem
    )


@transaction.atomic
def exempt(
    duty: str, org: OrgId, bearer: str, *, by: Actor, at: date, idem: str, until: date | None = None, reason: str = ""
) -> Receipt:
    """Put on record that a bearer at `org` asked to be exempt from `at` on, to the last day `until` if one is said.

    The one recorded last holds: an exemption ends by recording it again with its last day. Raises NotFound outside the
    scope, Refused where the duty knows no exemption on request or nobody of that id owes there.
    """
    require(by, Permission.RECORD, org)
    said = {"until": until.isoformat() if until else "", "reason": reason}
    body: dict[str, Json] = {"duty": duty, "bearer": bearer, **{key: text for key, text in said.items() if text}}
    return _record(EXEMPTED, org, body, _against_exempting(duty, org, bearer, by, at), by, at, idem)


def _record(
    kind: str, org: OrgId, body: dict[str, Json], problems: Iterable[Problem], by: Actor, at: date, idem: str
) -> Receipt:
    moment, known = clock.local_moment(at), catalog()
    draft = Draft(kind, org, body, moment, moment, idem)
    found = [*problems, *body_problems(known, [draft]), *([_TOMORROW] if at > clock.today() else [])]
    if found:
        raise Refused(found)
    return ledger.record(draft, by=by, schema=known.digest)


def _row(duty: str, on: date) -> DutyRow | None:
    known = catalog().duties.get(duty)
    terms = row_on(known.terms, on) if known else None
    return terms.row if terms else None


def _against_waiving(duty: str, org: OrgId, bearer: str, start: date, by: Actor) -> list[Problem]:
    row = _row(duty, start)
    if row is None:
        return [_no_such_duty(duty)]
    if row.waived_by == "nobody":
        return [_NOT_WAIVED]
    if row.waived_by == "parent" and not stands_above(by.scope, org):
        return [_ABOVE_ONLY]
    return [] if _owes(duty, org, bearer, start, by) else [_NOTHING_OWED]


def _owes(duty: str, org: OrgId, bearer: str, start: date, by: Actor) -> bool:
    """Whether the bearer owes something for a period that begins on that day."""
    known, span, today = catalog(), Period(start, start), clock.today()
    at = footing(by.scope, org, Known(today))
    those = [one for one in bearers_at(by.scope, at, today) if one.id == bearer]
    deeds = deeds_of(known, at, those, span, Known(today))
    owed = (one for each in those for one in obligations(known.duties[duty], each, span, known.calendar, deeds))
    return any(one.period.start == start and one.need is not None for one in owed)


def _against_exempting(duty: str, org: OrgId, bearer: str, by: Actor, at: date) -> list[Problem]:
    row = _row(duty, at)
    if row is None:
        return [_no_such_duty(duty)]
    if not any(one.on_request for one in row.exempt):
        return [_NOT_ON_REQUEST]
    kind = row.owed_by.bearer
    found = any(one.id == bearer and one.kind == kind for one in bearers_of(by.scope, org, clock.today()))
    return [] if found else [_NO_BEARER]


_TOMORROW = Problem("duties.tomorrow", "日期还没有到；请写今天或以前。",
                    "That day is still to come: write today or an earlier one.", "at")  # fmt: skip
_NOT_WAIVED = Problem("duties.not_waived", "这项职责谁都不能免。", "Nobody may waive this duty.", "duty")
_ABOVE_ONLY = Problem("duties.waived_above", "这项职责要上一级批准才能免；请联系上级党务干部。",
                      "Only the unit above may waive this duty: ask its Party clerk.", "duty")  # fmt: skip
_NOTHING_OWED = Problem("duties.nothing_owed", "从这一天开始的一期，本来就不欠这项职责；请核对是谁的、哪一期。",
                        "Nothing is owed for a period that begins on that day: check whose it is, and which period.",
                        "period_start")  # fmt: skip
_NOT_ON_REQUEST = Problem("duties.not_on_request", "这项职责没有“本人申请免除”这一条。",
                          "This duty knows no exemption on request.", "duty")  # fmt: skip
_NO_BEARER = Problem("duties.no_bearer", "这个单位没有这个人（或这个单位不欠这项职责）。",
                     "Nobody of that id stands at this unit for such a duty.", "bearer")  # fmt: skip


def _no_such_duty(duty: str) -> Problem:
    return Problem("duties.unknown", f"没有“{duty}”这项职责，或者那时还没有。",
                   f"There is no duty {duty}, or it was not in force then.", "duty")  # fmt: skip
