"""The forms of dues and of the yearly review: one line a member, nothing of it shown but sums and counts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.orgs import member_sheets
from gangmu.orgs.actions.member_sheets import record_dues, record_outcomes, set_base
from gangmu.orgs.rules.member_sheets import amount
from gangmu.pages.entry import Field
from gangmu.web.member_moves import Asked, offered
from gangmu.web.record_form import day_meant
from gangmu.web.registry_forms import Verb
from gangmu.web.words import choices

PAID, OUTCOME = "paid-", "outcome-"  # a control a member, by the membership
VERBS: Mapping[str, Verb] = {
    "base": Verb(
        Text(zh="登记党费基数", en="Set the base of dues"),
        Text(zh="密封；收入变动当月起按新基数。", en="Sealed; a new base counts from its month on."),
    ),
    "dues": Verb(
        Text(zh="记一个月党费", en="Note a month of dues"),
        Text(zh="只记账，不经手钱；空着的这个月没交。", en="Noted only, no money is moved; empty means not paid."),
    ),
    "review": Verb(
        Text(zh="记民主评议等次", en="Note the outcomes of the review"),
        Text(zh="会议定的，逐人密封；空着的没评等次。", en="As the meeting decided, sealed; empty means not graded."),
    ),
}


def fields(scope: Scope, org: OrgId, verb: str, typed: QueryDict) -> list[Field]:
    """The controls of one verb, with what was typed in them."""
    day = typed.get("day") or scope.day.isoformat()
    if verb == "base":
        return [*_base(scope, org, typed), Field("day", Text(zh="从哪天起", en="From"), "date", day, required=True)]
    if verb == "dues":
        month = Field("day", Text(zh="哪个月（填其中一天）", en="Month (any day of it)"), "date", day, required=True)
        return [month, *_paid(scope, org, typed)]
    held = Field("day", Text(zh="哪天评的", en="On which day"), "date", day, required=True)
    year = Field(
        "year", Text(zh="哪一年", en="Year"), "number", typed.get("year") or str(scope.day.year), required=True
    )
    grades = choices(catalog().facts[member_sheets.SETTLED])["outcome"]
    return [year, held, *(
        Field(f"{OUTCOME}{one}", name, "select", typed.get(f"{OUTCOME}{one}", ""), (), grades)
        for one, name in offered(scope, org)
    )]  # fmt: skip


def _base(scope: Scope, org: OrgId, typed: QueryDict) -> list[Field]:
    payers = tuple((one.key, one.title) for one in member_sheets.table().payers(scope.day))
    return [
        Field("member", Text(zh="哪名党员", en="Which member"), "select", typed.get("member", ""), (),
              offered(scope, org), required=True),
        Field("payer", Text(zh="按哪类交", en="Pays as"), "select", typed.get("payer", ""), (), payers, required=True),
        Field("base", Text(zh="每月基数", en="Monthly base"), "number", typed.get("base", ""), unit="元", sealed=True),
    ]  # fmt: skip


def _paid(scope: Scope, org: OrgId, typed: QueryDict) -> list[Field]:
    """Filled in with what is due where the base is on record: whoever paid it changes nothing."""
    people = offered(scope, org)
    known = member_sheets.bases({one: "" for one, _name in people})
    due = {one: member_sheets.table().due(*base, scope.day) for one, base in known.items()}
    first = {one: "" if due.get(one) is None else str(due[one]) for one, _name in people}
    return [
        Field(f"{PAID}{one}", name, "number", typed.get(f"{PAID}{one}", "" if typed.get("idem") else first[one]),
              unit="元", sealed=True)
        for one, name in people
    ]  # fmt: skip


def carry_out(verb: str, asked: Asked) -> None:
    """Do what was typed. Raises Refused with everything that is wrong."""
    day, problems = day_meant(asked.word("day"), asked.scope.day)
    people = [one for one, _name in offered(asked.scope, asked.org)]
    if verb == "base" and asked.word("member") not in people:
        problems.append(Problem("web.not_chosen", "这一项还没选。", "Nothing is chosen here yet.", where="member"))
    if problems:
        raise Refused(problems)
    if verb == "base":
        base = _amount("base", asked.word("base") or "0")
        set_base(asked.word("member"), asked.word("payer"), base, by=asked.by, at=day, idem=asked.idem)
    elif verb == "dues":
        paid = {one: _amount(f"{PAID}{one}", text) for one in people if (text := asked.word(f"{PAID}{one}"))}
        record_dues(asked.org, day, paid, by=asked.by, idem=asked.idem)
    else:
        outcomes = {one: text for one in people if (text := asked.word(f"{OUTCOME}{one}"))}
        record_outcomes(asked.org, _year(asked), outcomes, by=asked.by, at=day, idem=asked.idem)


def _amount(where: str, text: str) -> Decimal:
    found = amount(text)
    if found is None:
        message = "金额写成 15 或 15.50，单位元。"
        raise Refused([Problem("orgs.no_amount", message, "Write an amount like 15 or 15.50 yuan.", where)])
    return found


def _year(asked: Asked) -> int:
    text = asked.word("year").strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Refused([Problem("web.year", "年份写成 2025 这样。", "Write a year like 2025.", "year")])
    return int(text)


def shown(scope: Scope, org: OrgId, month: date) -> dict[str, object]:
    """What may be told of dues and of the review at a unit: sums of the month, counts of this year and the last."""
    grades = dict(choices(catalog().facts[member_sheets.SETTLED])["outcome"])
    years = [member_sheets.outcomes_of(scope, org, year) for year in (month.year, month.year - 1)]
    return {
        "dues": member_sheets.dues_of(scope, org, month),
        "reviews": [
            (one.year, one.rated, [(grades[key], number) for key, number in one.counts.items()])
            for one in years if one.rated
        ],
    }  # fmt: skip
