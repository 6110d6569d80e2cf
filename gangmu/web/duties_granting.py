"""The forms by which a duty is waived once and somebody is exempt on request: controls, what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.dated import row_on
from gangmu.catalog.definitions import Text
from gangmu.catalog.duties.definitions import DutyRow
from gangmu.catalog.duties.states import Status
from gangmu.duties.granted import EXEMPTED, WAIVED
from gangmu.duties.grants import GrantMade, stands_above
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs.permissions import TITLES, Permission, allows
from gangmu.orgs.queries import above, grants_of, unit
from gangmu.pages import formats
from gangmu.pages.entry import Choices, Field
from gangmu.pages.templatetags.gangmu import language
from gangmu.web.duty_words import OPEN, look, whose_of
from gangmu.web.record_form import day_meant
from gangmu.web.shown import Lexicon
from gangmu.web.words import choices, lexicon

NOT_CHOSEN = Problem("web.which_one", "还没选是哪一个。", "Nothing is chosen yet.", where="which")
ENDS_EARLY = Problem("web.ends_early", "结束的日子早于开始的日子；请往后写。",
                     "The last day lies before the first: write a later one.", where="until")  # fmt: skip


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A waiver or exemption as a page tells it: whose, from which day, why, by whom, and the fact that says so."""

    fact: str
    unit: str
    duty: Text | None
    whose: str
    first: str
    reason: str
    approver: str
    ends: str


def row_of(duty: str, on: date) -> DutyRow | None:
    """The row of a duty in force on the day; None where there is none."""
    known = catalog().duties.get(duty)
    terms = row_on(known.terms, on) if known else None
    return terms.row if terms else None


def on_request(row: DutyRow | None) -> bool:
    """Whether the row knows an exemption on request."""
    return row is not None and any(one.on_request for one in row.exempt)


def open_to_waiving(found: Iterable[Status], asked: str = "") -> list[Status]:
    """What may still be waived: owed and not done. `asked`: of one first day alone, as an event's address names it."""
    return [one for one in found if one.state in (*OPEN, "not_yet_due") and asked in ("", named_in_form(one))]


def named_in_form(one: Status) -> str:
    """How the forms name an obligation: whose it is and its first day."""
    owed = one.obligation
    return f"{owed.bearer.id}.{owed.period.start}"


def meant(found: Sequence[Status], typed: QueryDict) -> Status | None:
    """The obligation that is to be waived: the only one, or the one chosen."""
    named = {named_in_form(one): one for one in found}
    return found[0] if len(found) == 1 else named.get(typed.get("which", ""))


def waiver_fields(found: Sequence[Status], names: Mapping[str, str], typed: QueryDict, today: date) -> list[Field]:
    """Which one (where there are several), why, and the day on which it was approved."""
    which = tuple((named_in_form(one), " · ".join(part for part in (
        names.get(one.obligation.bearer.id, ""), formats.period(one.obligation.period, language()),
        str(look(one).words)) if part)) for one in found)  # fmt: skip
    title = Text(zh="免哪一个", en="Which one")
    several = [Field("which", title, "select", typed.get("which", ""), (), which, required=True)]
    return [
        *(several if len(found) > 1 else []),
        _reason(WAIVED, typed, required=True),
        _day("at", Text(zh="哪天批准的", en="Approved on"), typed.get("at") or today.isoformat(), required=True),
    ]


def exemption_fields(
    offered: Choices, typed: QueryDict, today: date, ending: GrantMade | None, chosen: str
) -> list[Field]:
    """Who asked, from which day on, to which day, and why where they wish to say; of one that ends: its last day."""
    until = Text(zh="到哪天为止（含当天）", en="Last day")
    if ending is not None:
        return [_day("until", until, typed.get("until") or today.isoformat(), required=True)]
    person = Field("which", Text(zh="谁申请的", en="Who asked"), "select", chosen, (), offered, required=True)
    since = _day("at", Text(zh="从哪天起", en="From which day"), typed.get("at") or today.isoformat(), required=True)
    hint = Text(zh="不填就一直免，可以随时结束。", en="Left empty it goes on, and may be ended at any time.")
    last = replace(_day("until", until, typed.get("until", ""), required=False), help=hint)
    reason = replace(
        _reason(EXEMPTED, typed, required=False),
        help=Text(zh="不问病情和残疾，可以不填。", en="Nobody is asked about an illness; it may be left out."),
    )
    return [person, since, last, reason]


def _reason(kind: str, typed: QueryDict, *, required: bool) -> Field:
    given = typed.get("reason", "")
    title = Text(zh="为什么", en="Why")
    return Field("reason", title, "chips", given, (given,), choices(catalog().facts[kind])["reason"], required)


def _day(key: str, title: Text, value: str, *, required: bool) -> Field:
    return Field(key, title, "date", value, required=required)


def days_meant(typed: QueryDict, today: date, first: date | None = None) -> tuple[date, date | None, list[Problem]]:
    """From which day (`first`, if it is known already) to which, and what is wrong with them."""
    at, wrong = (first, []) if first else day_meant(typed.get("at", ""), today)
    if not typed.get("until"):
        return at, None, wrong
    until, wrong_end = day_meant(typed.get("until", ""), today)
    problems = [*wrong, *(replace(one, where="until") for one in wrong_end)]
    if not problems and until < at:
        problems = [ENDS_EARLY]
    return at, until, problems


def approver(scope: Scope, made: GrantMade) -> str:
    """Who recorded it, by office and unit and never by name: the nearest over the unit that may record there."""
    over = [node.org for node in (*above(scope, made.org), unit(scope, made.org))]
    held = [grant for grant in grants_of(made.actor, made.recorded)
            if grant.org in over and allows(grant.role, Permission.RECORD)]  # fmt: skip
    if not held:
        return _("当时的经办人")
    nearest = max(held, key=lambda grant: over.index(grant.org))
    zh, en = TITLES[nearest.role]
    names = lexicon(scope.day).units
    where, office = names.get(str(nearest.org), ""), en if language() == "en" else zh
    return f"{office} ({where})" if language() == "en" else f"{office}（{where}）"


def lines(scope: Scope, made: Iterable[GrantMade], names: Mapping[str, str] | None = None) -> list[GrantLine]:
    """What was waived and granted, in words. `names`: the bearers who are persons."""
    words = lexicon(scope.day)
    return [_line(one, (names or {}).get(one.bearer, ""), approver(scope, one), words) for one in made]


def _line(one: GrantMade, whose: str, by: str, words: Lexicon) -> GrantLine:
    known = catalog().duties.get(one.duty)
    reason = words.choices[one.kind]["reason"].get(one.reason)
    ends = formats.day(one.until, language()) if one.until else ""
    return GrantLine(
        str(one.fact), words.units.get(str(one.org), ""), known.duty.title if known else None, whose,
        formats.day(one.first, language()), words.title(reason) if reason else "", by, ends,
    )  # fmt: skip


def who_may(scope: Scope, row: DutyRow | None, org: OrgId) -> str:
    """Why the reader cannot waive, in words: nobody does, or only the unit above; empty where the reader does."""
    if row is None or row.waived_by == "nobody":
        return _("这项职责谁都不能免。")
    if row.waived_by == "parent" and not stands_above(scope, org):
        return _("这项职责要上一级批准才能免，请联系上级党务干部。")
    return ""


def whose_line(one: Status, names: Mapping[str, str]) -> str:
    """Whose obligation it is, in words; empty where it is the unit's."""
    return names.get(one.obligation.bearer.id, "") if whose_of(one.obligation) else ""
