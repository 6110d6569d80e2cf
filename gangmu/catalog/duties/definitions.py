"""What a duty's file may say, and a year's table of holidays: frozen models, unknown keys refused.

A duty says who owes it, how often or after which event, by which day, what discharges it, how long one waits for a
record before it counts as missed, who is then told, who is exempt and who may waive it. Everything that may change
stands in dated rows.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field as Entry
from pydantic import model_validator

from gangmu.catalog.definitions import Definition, DottedKey, ExampleUnit, Form, Key, Strict, Text

Every = Literal["month", "quarter", "half_year", "year"]
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
BearerKind = Literal["unit", "post", "member"]
Body = Literal["committee", "groups"]
State = Literal["not_yet_due", "due", "grace", "met", "met_late", "missed", "waived", "not_applicable"]
UPWARD_AFTER = 3  # working days that the secretary has after grace before anybody above is told
Month = Annotated[int, Entry(ge=1, le=12)]


class Closure(Strict):
    """Days off in a row, from `first` to `last`, and the Saturdays and Sundays `worked` in exchange (调休)."""

    title: Text
    first: date
    last: date
    worked: tuple[date, ...] = ()


class HolidayYear(Definition):
    """The days off of one year as published. What is counted over a year without such a table says so."""

    key: Key
    year: int = Entry(ge=1950, le=2199)
    closures: tuple[Closure, ...] = Entry(min_length=1)

    @model_validator(mode="after")
    def _lies_in_its_year(self) -> "HolidayYear":
        for one in self.closures:
            if one.last < one.first:
                raise ValueError(f"{one.title.zh}的 last 早于 first / {one.title.en} ends before it begins")
            if any(day.year != self.year for day in (one.first, one.last, *one.worked)):
                raise ValueError(
                    f"{one.title.zh}有日子不在 {self.year} 年 / a day of {one.title.en} is not in {self.year}"
                )
            if ordinary := [day for day in one.worked if day.weekday() < 5]:
                raise ValueError(
                    f"{ordinary[0]} 本来就上班，不写进 worked / {ordinary[0]} is a weekday and worked anyway"
                )
        return self


class Span(Strict):
    """So many days, of the calendar or worked."""

    days: int = Entry(ge=0, le=366)
    measure: Literal["calendar_day", "working_day"] = "calendar_day"


class OwedBy(Strict):
    """Who owes it: units, holders of posts, or members; empty lists mean all.

    `needs`: only where the unit has that body on the day. `forms`, `kinds` and `domains` are of the unit, also where a
    holder or a member owes; a form takes every kind of that legal form, those of local packs too.
    """

    bearer: BearerKind = "unit"
    forms: tuple[Form, ...] = ()
    kinds: tuple[Key, ...] = ()
    domains: tuple[Key, ...] = ()
    posts: tuple[Key, ...] = ()
    categories: tuple[Key, ...] = ()
    stages: tuple[Key, ...] = ()
    needs: tuple[Body, ...] = ()

    @model_validator(mode="after")
    def _fits_its_bearer(self) -> "OwedBy":
        if (self.bearer == "post") != bool(self.posts):
            raise ValueError("bearer 是 post 才写 posts，也必须写 / posts go with the bearer post, and must")
        if (self.categories or self.stages) and self.bearer != "member":
            raise ValueError("categories 和 stages 只用于 member / categories and stages are of members only")
        return self


class DueRule(Strict):
    """By which day, and from when on it shows as due.

    Counted from the eve of the period (`period_start`: its first day is the first counted), from its last day, or from
    the day of the event, which is itself not counted: `add` calendar days, working days or months on. `at_rest` says
    where a deadline moves that falls on a day of rest. `opens`: so many calendar days before the deadline it shows as
    due; without it, from the first day on which it can be done. Days of the months `paused_in` are not counted.
    """

    counted_from: Literal["period_start", "period_end", "event"] = "period_end"
    add: int = Entry(default=0, ge=0, le=366)
    measure: Literal["calendar_day", "working_day", "month"] = "calendar_day"
    at_rest: Literal["keep", "next", "previous"] = "keep"
    opens: int | None = Entry(default=None, ge=0, le=366)
    paused_in: tuple[Month, ...] = Entry(default=(), max_length=11)


class Discharge(Strict):
    """What discharges it: a count, sum or distinct of facts in the expression language, that reaches what is owed.

    `credit` says whose facts count: of the bearer's `unit`, of it and all `beneath`, recorded for the bearer's `post`,
    or about the bearer as a `person`; a fact that names a post in its body is of that post alone. `once_per`: facts
    alike in all of these count once. `days`: facts of the days `in_period`, or of the period `after` it (a report of
    the quarter that ended); of an event, every day from it on. `same_about`: the fact must be about what the event was
    about.
    """

    text: str = Entry(min_length=1)
    credit: tuple[Literal["unit", "beneath", "post", "person"], ...] = Entry(default=("unit",), min_length=1)
    once_per: tuple[Literal["about", "day", "org"], ...] = ()
    days: Literal["in_period", "after"] = "in_period"
    same_about: bool = False


class Told(Strict):
    """Who is told while it stands open: so many working days after the deadline or after grace; negative: before."""

    to: Literal["bearer", "secretary", "parent", "grandparent"]
    counted_from: Literal["due", "grace"] = "grace"
    working_days: int = Entry(default=0, ge=-30, le=60)


USUALLY_TOLD = (
    Told(to="bearer", counted_from="due", working_days=-3),
    Told(to="secretary", counted_from="due", working_days=1),
    Told(to="parent", working_days=UPWARD_AFTER),
)


class Exemption(Strict):
    """Who need not: all that is written must hold. `on_request`: only whoever asked for it."""

    why: Text
    kinds: tuple[Key, ...] = ()
    domains: tuple[Key, ...] = ()
    categories: tuple[Key, ...] = ()
    months: tuple[Month, ...] = ()
    without: Body | None = None
    new_in_period: bool = False
    on_request: bool = False

    @model_validator(mode="after")
    def _exempts_somebody_only(self) -> "Exemption":
        if self.model_fields_set <= {"why"}:
            raise ValueError("免除要写明条件，不能人人都免 / an exemption names its condition")
        return self


class DutyRow(Strict):
    """The duty as it holds from `since` on.

    How often and how much: `rule` names a rule of the catalog and takes its number and span, with whatever a pack
    tightens; else `every` and `at_least` say it; or it is owed once `upon` an event (a count in the expression
    language). `for_each: group` multiplies by the unit's groups. `pro_rata`: whoever stood through a part of the
    period owes that share of whole months, rounded down; below one there is nothing to owe.
    """

    since: date
    rule: DottedKey | None = None
    every: Every | None = None
    upon: str | None = None
    at_least: Decimal = Entry(default=Decimal(1), gt=0)
    for_each: Literal["group"] | None = None
    owed_by: OwedBy
    due: DueRule = DueRule()
    discharge: Discharge
    grace: Span = Span(days=0)
    told: tuple[Told, ...] = USUALLY_TOLD
    exempt: tuple[Exemption, ...] = ()
    pro_rata: bool = False
    waived_by: Literal["nobody", "secretary", "parent"] = "parent"

    @model_validator(mode="after")
    def _says_when(self) -> "DutyRow":
        if sum(one is not None for one in (self.rule, self.every, self.upon)) != 1:
            raise ValueError("rule、every、upon 写且只写一个 / write exactly one of rule, every and upon")
        if self.rule and "at_least" in self.model_fields_set:
            raise ValueError("数由 rule 给出，不再写 at_least / the rule sets the number: leave out at_least")
        if (self.due.counted_from == "event") != (self.upon is not None):
            raise ValueError("upon 和 counted_from: event 一起写 / upon and counted_from: event go together")
        if self.discharge.same_about and self.upon is None:
            raise ValueError("same_about 只用于 upon / same_about belongs to upon")
        if self.upon and (self.pro_rata or self.discharge.days == "after"):
            raise ValueError("upon 没有周期，不写 pro_rata 和 days / upon has no period: no pro_rata, no days")
        return self

    @model_validator(mode="after")
    def _tells_in_order(self) -> "DutyRow":
        early = [one for one in self.told if one.to in ("parent", "grandparent")
                 and (one.counted_from == "due" or one.working_days < UPWARD_AFTER)]  # fmt: skip
        if early:
            raise ValueError(
                "上级要等宽限期满、书记有三个工作日之后才告知 / above is told three working days after grace"
            )
        return self


class ExampleBearer(Strict):
    """Who owes in an example: a unit called `unit` with one `post` and one `person`, standing from `since` on."""

    kind: Key = "branch"
    domain: Key = "rural"
    post: Key | None = None
    category: Key = "rural"
    stage: Key = "full"
    since: date = date(1949, 10, 1)
    until: date = date(9999, 12, 31)
    has: tuple[Body, ...] = ("committee",)
    groups: int = Entry(default=0, ge=0)
    asked: bool = False


class DutyExample(Strict):
    """Facts, a day, and the state that must come out; `due` and `need` are checked where they are written.

    Facts are flat rows as in indicators' examples, with `by_post` (for which post it was recorded) and `received`
    besides; without `org` they are of the unit `unit`. A fact is known from its `received` day on, without one from its
    own day.
    """

    name: str
    bearer: ExampleBearer = ExampleBearer()
    units: tuple[ExampleUnit, ...] = ()
    given: tuple[dict[str, Any], ...] = ()
    period: date
    on: date
    waived: bool = False
    expect: State
    due: date | None = None
    need: Decimal | None = None


class Duty(Definition):
    """Something somebody owes again and again, or after an event. `group` is the heading under which it is shown."""

    key: DottedKey
    group: Literal["organisational_life", "study", "leading_body", "contact", "supervision"]
    rows: tuple[DutyRow, ...] = Entry(min_length=1)
    examples: tuple[DutyExample, ...] = Entry(min_length=1)
