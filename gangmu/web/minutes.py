"""The minutes of a recorded meeting, from the record alone: what was not recorded is printed 待补, never made up.

Minutes are papers of the office and in Chinese, whatever language the reader has chosen for the pages.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.current import catalog
from gangmu.documents.minutes import Minutes, Section
from gangmu.kernel.clock import LOCAL
from gangmu.kernel.ids import PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs
from gangmu.pages import formats
from gangmu.records import meetings
from gangmu.records import roll as rolls
from gangmu.records.meeting_actions import RESOLVED
from gangmu.web.usual import ACTIVITY

OPEN = "待补"
USUAL = ("attendance", "agenda", "record", "signatures")  # of an activity whose form has no guided page
SLOTS = ("place", "host", "recorder", "guests", "agenda", "subject", "minutes")


def form_of(fact: Fact) -> ActivityForm | None:
    """The guided form of an activity, or None."""
    tags = fact.body.get("tags")
    found = [catalog().activities[str(tag)] for tag in (tags if isinstance(tags, list | tuple) else ())
             if str(tag) in catalog().activities]  # fmt: skip
    return found[0] if found else None


def parts_of(fact: Fact) -> tuple[str, ...]:
    """The parts that its minutes have; empty for what has no minutes: a talk, a visit, anything but an activity."""
    if fact.kind != ACTIVITY:
        return ()
    form = form_of(fact)
    return form.minutes if form else USUAL


def minutes_of(scope: Scope, fact: Fact) -> Minutes:
    """The minutes of one activity; names of the day, to a reader who may see persons there (the caller has asked)."""
    form, parts = form_of(fact), parts_of(fact)
    said = {one.slot: one.text for one in ledger.open_slots([fact.id], SLOTS)}
    people = _people(scope, fact, form)
    unit = orgs.tree(fact.day).get(fact.org) or orgs.tree(scope.day).get(fact.org)
    sign_in = tuple((name, "") for name in people.values()) if "sign_in" in parts else ()
    return Minutes(
        _called(fact, form), unit.name if unit else "", tuple(_head(fact, form, said, people)),
        tuple(_sections(fact, form, parts, said, people)),
        ("主持人", "记录人") if "signatures" in parts else (), sign_in, _source(fact),
    )  # fmt: skip


def _called(fact: Fact, form: ActivityForm | None) -> str:
    if form:
        return form.title.zh
    tags = fact.body.get("tags")
    known = [catalog().tags[str(tag)].title.zh for tag in (tags if isinstance(tags, list | tuple) else ())
             if catalog().family_of.get(str(tag)) == "activity_form"]  # fmt: skip
    return known[0] if known else catalog().facts[ACTIVITY].title.zh


def _people(scope: Scope, fact: Fact, form: ActivityForm | None) -> Mapping[PersonId, str]:
    """The roll of the day by name; empty where the unit keeps none."""
    if form is None:
        return {}
    try:
        people = rolls.roll(scope, fact.org, form, fact.day)
    except NotFound:
        return {}
    names = rolls.named(scope, fact.org, people, fact.day)
    return {one.person: names.get(one.person, "") for one in people.people}


def _head(
    fact: Fact, form: ActivityForm | None, said: Mapping[str, str], people: Mapping[PersonId, str]
) -> list[tuple[str, str]]:
    present, expected = fact.body.get("present"), fact.body.get("expected")
    rows = [
        ("时间", _when(fact.claimed_from.astimezone(LOCAL), fact.claimed_to.astimezone(LOCAL))),
        ("地点", said.get("place", OPEN)),
        ("主持人", said.get("host", OPEN)),
        ("记录人", said.get("recorder", OPEN)),
        ("应到", f"{expected}人" if expected is not None else OPEN),
        ("实到", f"{present}人" if present is not None else OPEN),
    ]
    rows += [("缺席", _absent(fact, form, people))] if form and form.absent and people else []
    return [*rows, *([("列席", said["guests"])] if said.get("guests") else [])]


def _when(start: datetime, end: datetime) -> str:
    day = formats.day(start.date(), "zh-hans")
    if start == end and (start.hour, start.minute) == (0, 0):
        return day
    return f"{day} {start:%H:%M}—{end:%H:%M}"


def _absent(fact: Fact, form: ActivityForm, people: Mapping[PersonId, str]) -> str:
    titles = {field.key: field.title.zh for field in catalog().facts[ACTIVITY].fields}
    told = []
    for reason in form.absent:
        gone = fact.body.get(reason)
        names = [people.get(PersonId(str(one)), "") or OPEN for one in (gone if isinstance(gone, list | tuple) else ())]
        told += [f"{'、'.join(names)}（{titles[reason]}）"] if names else []
    return "；".join(told) or "无"


def _sections(
    fact: Fact, form: ActivityForm | None, parts: Sequence[str], said: Mapping[str, str], people: Mapping[PersonId, str]
) -> list[Section]:
    topics = said.get("agenda") or said.get("subject") or ""
    found = [Section("议题", _lines(topics) or (OPEN,))] if "agenda" in parts else []
    found += [Section("记录", _lines(said.get("minutes", "")))] if "record" in parts else []
    votes = _votes(fact, form) if "vote" in parts and form else ()
    found += [Section("到会和表决", votes)] if votes else []
    resolved = _resolved(fact, people) if "resolutions" in parts else ()
    found += [Section("会上定的事", resolved)] if resolved else []
    return [Section(f"{number}、{one.heading}", one.lines) for number, one in zip("一二三四", found, strict=False)]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _votes(fact: Fact, form: ActivityForm) -> tuple[str, ...]:
    """The working in words, and the votes where something was voted on."""
    lines = []
    for share in meetings.working(form, fact.body, catalog(), fact.day):
        rule, more = catalog().rules[share.rule], "超过" if share.more_than else "不少于"
        enough = "够" if share.met else "不够"
        lines.append(
            f"{rule.title.zh}：应到有表决权{share.base}人，要{more}{share.row.value.normalize():f}%，"
            f"至少{share.needed}人；{share.have}人，{enough}（{rule.source}）。"
        )
    if fact.body.get("vote_on"):
        counts = [fact.body.get(key) or 0 for key in meetings.VOTES]
        lines.append("表决结果：赞成{}票，反对{}票，弃权{}票。".format(*counts))
    return tuple(lines)


def _resolved(fact: Fact, people: Mapping[PersonId, str]) -> tuple[str, ...]:
    wanted = ledger.FactFilter(
        orgs=frozenset({fact.org}), kinds=frozenset({RESOLVED}), with_reversed=False,
        period=Period(fact.day, fact.claimed_to.astimezone(LOCAL).date()),
    )  # fmt: skip
    found = [one for one in ledger.facts(wanted, limit=ledger.LONGEST_PAGE) if one.ref("belongs_to") == fact.id]
    words = {one.fact: one.text for one in ledger.open_slots([one.id for one in found], ("words",))} if found else {}
    return tuple(_one(one, words.get(one.id, OPEN), people) for one in reversed(found))


def _one(fact: Fact, words: str, people: Mapping[PersonId, str]) -> str:
    owner, due = fact.body.get("owner"), fact.body.get("due_on")
    who = f"，责任人：{people.get(PersonId(str(owner))) or OPEN}" if owner else ""
    return f"{words}{who}{f'，{due}前办完' if due else ''}。"


def _source(fact: Fact) -> str:
    place = f"台账第{fact.seq}条" if fact.seq is not None else "已入账，等编号"
    late = "，补录" if fact.body.get("late_reason") else ""
    return f"（{place}，{formats.day(fact.received.astimezone(LOCAL).date(), 'zh-hans')}入账{late}，编号{fact.id}）"
