"""The guided page of a form of activity: its controls with what was typed, and what was typed as a meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import QueryDict
from django.utils.translation import gettext as _

from gangmu.catalog import definitions
from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind, Text
from gangmu.catalog.quorum import Share
from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_day, local_moment
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import asked_day
from gangmu.kernel.problems import NotFound, Problem
from gangmu.kernel.scope import Scope
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs
from gangmu.pages import entry
from gangmu.pages.entry import Choices, Field
from gangmu.records import roll as rolls
from gangmu.records.meetings import VOTES, Meeting, Resolution, body_of, working
from gangmu.records.roll import Roll
from gangmu.web import record_form
from gangmu.web.record_form import Told
from gangmu.web.usual import ACTIVITY, FORMS

VOTING = ("vote_on", *VOTES)
RESOLUTIONS = 3  # so many lie on the page; more are recorded as matters of their own
WHOM = Text(zh="和谁谈的", en="With whom")


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the page of attendance: name, posts, and whether and why absent."""

    person: str
    name: str
    posts: str
    probationary: bool
    excused: bool
    absent: bool
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working: which rule with its source, the sum in words, whether it is enough."""

    title: Text
    source: str
    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What follows from the ticks: who was expected and came, in words, and the working by the rules."""

    words: str
    shares: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Guided:
    """The page as it stands. `rows` empty: numbers are typed instead. `like`: the meeting whose shape was copied."""

    form: ActivityForm
    base: record_form.Form
    hours: tuple[str, str]
    rows: tuple[Row, ...]
    reasons: Choices
    counted: Counted | None
    fields: list[Field]
    whom: Field | None
    agenda: list[tuple[str, Text, bool]]
    voting: list[Field]
    resolutions: list[dict[str, str]]
    owners: Choices

    @property
    def keys(self) -> frozenset[str]:
        """The controls that a problem can lead to."""
        whom = [self.whom] if self.whom else []
        shown = entry.keys([*self.base.where, *self.base.reasons, *self.base.more, *self.fields, *self.voting, *whom])
        return shown | {"absent", "until"}


def form_of(typed: QueryDict) -> ActivityForm | None:
    """The form of activity whose guided page is asked for; None where its form has none, or none was chosen."""
    return catalog().activities.get(typed.get(f"tag.{FORMS}", ""))


def fields_of(form: ActivityForm) -> list[definitions.Field]:
    """The fields of the fact that this page asks for, in the form's order."""
    known = {field.key: field for field in catalog().facts[ACTIVITY].fields}
    return [known[key] for key in form.asks]


# --- what was typed ----------------------------------------------------------
def told(scope: Scope, form: ActivityForm, typed: QueryDict) -> tuple[Meeting, tuple[Problem, ...]]:
    """The meeting that was typed, and what of it could not be read."""
    kind = catalog().facts[ACTIVITY]
    said: Told = record_form.told(scope, narrowed(form, typed), typed)
    start, end, unread = _hours(said.day, typed)
    resolved, wrong = _resolutions(typed) if form.resolutions else ((), [])
    about = (typed.get("about") or None) if form.with_whom else None
    missing = [_no_whom()] if form.with_whom and not about else []
    meeting = Meeting(
        form.key, said.org, start, end, said.body, _with_topics(form, typed, said.sealed, kind), _absent(form, typed),
        about, resolved,
    )  # fmt: skip
    return meeting, (*said.problems, *unread, *wrong, *missing)


def narrowed(form: ActivityForm, typed: QueryDict | None = None) -> FactKind:
    """The kind of fact with the fields alone that this page asks for, and of `typed` what any page may say.

    Of a talk nothing but what its page asks for is ever taken.
    """
    kind = catalog().facts[ACTIVITY]
    asked = {*form.asks, *(VOTING if form.voting and form.voting.in_favour else ()), *_numbers(form)}
    if typed and not form.with_whom:
        asked |= {field.key for field in kind.fields if not field.aside and typed.get(field.key)}
    return kind.model_copy(update={"fields": tuple(field for field in kind.fields if field.key in asked)})


def _numbers(form: ActivityForm) -> tuple[str, ...]:
    """Where there is no roll, how many came is typed."""
    return ("present", "expected") if form.expected else ()


def _absent(form: ActivityForm, typed: QueryDict) -> dict[str, tuple[PersonId, ...]]:
    """Whom the page ticked, by the reason chosen for each; without one the usual."""
    found: dict[str, list[PersonId]] = {}
    for person in dict.fromkeys(typed.getlist("absent")):
        why = typed.get(f"why.{person}", "")
        found.setdefault(why if why in form.absent else next(iter(form.absent), ""), []).append(PersonId(person))
    return {reason: tuple(people) for reason, people in found.items() if reason}


def _hours(day: date, typed: QueryDict) -> tuple[datetime, datetime, list[Problem]]:
    """From when to when; the whole day where no hour was said."""
    first, last = typed.get("from", "").strip(), typed.get("until", "").strip()
    try:
        start, end = _hour(first or last), _hour(last or first)
    except ValueError:
        moment = local_moment(day)
        return moment, moment, [_no_hour(first, last)]
    return local_moment(day, start.hour, start.minute), local_moment(day, end.hour, end.minute), []


def _hour(text: str) -> time:
    return time.fromisoformat(text.replace("：", ":").zfill(5)) if text else time()


def _with_topics(form: ActivityForm, typed: QueryDict, sealed: Mapping[str, str], kind: FactKind) -> dict[str, str]:
    """The sealed words; usual topics that were ticked stand before those that were typed."""
    ticked = [topic.zh for number, topic in enumerate(form.agenda) if str(number) in typed.getlist("topic")]
    if not ticked:
        return dict(sealed)
    written = [line for line in sealed.get("agenda", "").splitlines() if line.strip() and line.strip() not in ticked]
    longest = next((int(field.max or 0) for field in kind.fields if field.key == "agenda"), 0)
    return {**sealed, "agenda": "\n".join([*ticked, *written])[: longest or None]}


def _resolutions(typed: QueryDict) -> tuple[tuple[Resolution, ...], list[Problem]]:
    found: list[Resolution] = []
    wrong: list[Problem] = []
    for number in range(1, RESOLUTIONS + 1):
        words, due = typed.get(f"resolved.{number}", "").strip(), typed.get(f"due.{number}", "").strip()
        owner = PersonId(typed.get(f"owner.{number}", "")) or None
        try:
            due_on = asked_day(due) if due else None
        except ValueError:
            due_on, wrong = None, [*wrong, _no_due(due, number)]
        if words:
            found.append(Resolution(words, owner, due_on))
        elif owner or due:
            wrong.append(_no_words(number))
    return tuple(found), wrong


# --- the page ---------------------------------------------------------------
def guided(
    scope: Scope, form: ActivityForm, typed: QueryDict, excused: frozenset[str], *, restates: Fact | None = None
) -> Guided:
    """The page of `form` with what was typed, its list of names made from the registry of the typed day."""
    base = record_form.form(scope, narrowed(form), typed, restates=restates)
    org = record_form.unit_chosen(scope, typed)
    day, _unread = record_form.day_meant(base.where[1].value, scope.day)
    people, names = _roll(scope, org, form, day, excused)
    fields = sorted((one for one in base.fields if one.key in form.asks), key=lambda one: form.asks.index(one.key))
    if not people.people:
        fields = [*(one for one in base.fields if one.key in _numbers(form)), *fields]
    owners = tuple((str(person), name) for person, name in names.items() if name)
    return Guided(
        form, base, (typed.get("from", ""), typed.get("until", "")), _rows(form, people, names, typed),
        _reasons(form), _counted(scope, form, people, typed), fields, _whom(scope, form, org, typed),
        [(str(number), topic, str(number) in typed.getlist("topic")) for number, topic in enumerate(form.agenda)],
        [one for one in base.fields if one.key in VOTING] if form.voting and form.voting.in_favour else [],
        [_resolution_row(typed, number) for number in range(1, RESOLUTIONS + 1)]
        if form.resolutions and not restates else [],
        owners,
    )  # fmt: skip


def _roll(
    scope: Scope, org: OrgId, form: ActivityForm, day: date, excused: frozenset[str]
) -> tuple[Roll, Mapping[PersonId, str]]:
    if not org:
        return Roll(), {}
    try:
        people = rolls.roll(scope, org, form, day, excused)
    except NotFound:
        return Roll(), {}
    return people, rolls.named(scope, org, people, day) if people.people else {}


def _rows(form: ActivityForm, people: Roll, names: Mapping[PersonId, str], typed: QueryDict) -> tuple[Row, ...]:
    gone, usual = set(typed.getlist("absent")), next(iter(form.absent), "")
    rows = [
        Row(str(one.person), names.get(one.person, ""), "、".join(one.posts), one.stage == "probationary", one.excused,
            one.person in gone and not one.excused, typed.get(f"why.{one.person}", "") or usual)
        for one in people.people
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.excused))


def _reasons(form: ActivityForm) -> Choices:
    titles = {field.key: field.title for field in catalog().facts[ACTIVITY].fields}
    return tuple((key, titles[key]) for key in form.absent)


def _counted(scope: Scope, form: ActivityForm, people: Roll, typed: QueryDict) -> Counted | None:
    """The arithmetic of what is ticked now; None where there is no list to count from."""
    if not people.people:
        return None
    meeting, _unread = told(scope, form, typed)
    known = {one.person for one in people.expected}
    absent = {reason: tuple(p for p in gone if p in known) for reason, gone in meeting.absent.items()}
    ticked = Meeting(form.key, meeting.org, meeting.start, meeting.end, meeting.body, absent=absent)
    body = body_of(ticked, people)
    shares = working(form, body, catalog(), local_day(meeting.start))
    return Counted(_attendance(body), tuple(map(line, shares)))


def _attendance(body: Mapping[str, Json]) -> str:
    told = {key: _number(body, key) for key in ("expected", "present", "entitled", "entitled_present")}
    said = _("应到%(expected)s人，实到%(present)s人") % told
    voters = _("；其中有表决权的应到%(entitled)s人，实到%(entitled_present)s人") % told
    return said + (voters if told["entitled"] else "") + _("。")


def line(share: Share) -> Line:
    """A line of the working as the page writes it: of how many, how many are enough, how many there are."""
    rule = catalog().rules[share.rule]
    told = {
        "base": share.base, "value": f"{share.row.value.normalize():f}", "exact": f"{share.exact:f}",
        "needed": share.needed, "have": share.have,
    }  # fmt: skip
    more = _("应到%(base)s人，要超过%(value)s%%（%(exact)s人），至少%(needed)s人；")
    least = _("应到%(base)s人的%(value)s%%是%(exact)s人，至少%(needed)s人；")
    enough = _("现在%(have)s人，够。") if share.met else _("现在%(have)s人，不够：会可以记，表决不算数。")
    return Line(rule.title, rule.source, ((more if share.more_than else least) + enough) % told, share.met)


def _number(body: Mapping[str, Json], key: str) -> int:
    value = body.get(key)
    return value if isinstance(value, int) else 0


def _whom(scope: Scope, form: ActivityForm, org: OrgId, typed: QueryDict) -> Field | None:
    """The members to choose from, by name, where it was held with one of them."""
    if not form.with_whom:
        return None
    offered = record_form.members_by_name(scope, org) if org and orgs.holds(scope, org) else ()
    hint = "" if offered else entry.CHOOSE_UNIT
    return Field("about", WHOM, "select", typed.get("about", ""), (), offered, required=True, help=hint)


def _resolution_row(typed: QueryDict, number: int) -> dict[str, str]:
    return {"number": str(number), **{key: typed.get(f"{key}.{number}", "") for key in ("resolved", "owner", "due")}}


# --- what is wrong ----------------------------------------------------------
def _no_hour(first: str, last: str) -> Problem:
    said = "、".join(filter(None, (first, last)))
    return Problem(
        "web.hour", f"时间“{said}”看不懂，要写成9:30的样子。", f"The time “{said}” cannot be read; write 9:30.", "until"
    )


def _no_whom() -> Problem:
    return Problem("web.no_whom", "还没选和谁谈的。", "Choose with whom it was held.", "about")


def _no_due(text: str, number: int) -> Problem:
    return Problem(
        "web.day", f"第{number}件的日期“{text}”看不懂，要写成2025-03-08的样子。",
        f"The day “{text}” of item {number} cannot be read; write it like 2025-03-08.", f"due.{number}",
    )  # fmt: skip


def _no_words(number: int) -> Problem:
    return Problem(
        "web.no_resolution", f"第{number}件写了谁办、哪天办完，还没写定了什么。",
        f"Item {number} has an owner or a day, and not what was resolved.", f"resolved.{number}",
    )  # fmt: skip
