"""The page of one fact kind: its controls with what was typed, and what was typed as a fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind, Text
from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_day
from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.periods import asked_day
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs
from gangmu.orgs import rosters
from gangmu.orgs.tree import Node
from gangmu.pages import entry
from gangmu.pages.entry import Choices, Field
from gangmu.web import things
from gangmu.web.words import choices, tag_choices

LIST_OF_UNITS = 40  # so many units lie open in a list; more are found by name
REASONS = (
    ("mistake", Text(zh="填错了", en="Filled in wrongly")),
    ("twice", Text(zh="记重了", en="Recorded twice")),
    ("not_held", Text(zh="没有办成", en="It did not take place")),
    ("other", Text(zh="别的原因", en="Another reason")),
)
PEOPLE_OFFERED = 400
FEW_TAGS = 8  # so many tags lie open; more fold away


@dataclass(frozen=True, slots=True)
class Form:
    """The page of one kind as it stands: its controls in groups and what is remembered between tries.

    `title` is what is being recorded: the one tag that was chosen (a members' meeting), else the kind. `more` are the
    tags that may be left out. `first`: what has to be recorded before, since nothing is open that this could be about.
    """

    kind: FactKind
    title: Text
    where: list[Field]
    fields: list[Field]
    more: list[Field]
    reasons: list[Field]
    idem: str
    about: str
    first: FactKind | None = None

    @property
    def keys(self) -> frozenset[str]:
        return entry.keys([*self.where, *self.fields, *self.more, *self.reasons])

    @property
    def more_open(self) -> bool:
        """Whether something of what may be left out was chosen."""
        return any(field.values for field in self.more)


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed: where, when, body, sealed words, the thing it is about, and what could not be read."""

    org: OrgId
    day: date
    body: dict[str, Json]
    sealed: dict[str, str]
    about: str | None
    problems: tuple[Problem, ...]


# --- the controls ------------------------------------------------------------
def plain(kind: FactKind) -> FactKind:
    """The kind without what only the guided page of a form of activity asks for."""
    return kind.model_copy(update={"fields": tuple(field for field in kind.fields if not field.aside)})


def form(scope: Scope, kind: FactKind, typed: QueryDict, *, restates: Fact | None = None) -> Form:
    """The page of `kind` with what was typed."""
    where = [unit_field(scope, typed), _day_field(scope, typed), late_field(typed)]
    known = {**choices(kind), **_people(scope, kind, where[0].value), **_things(scope, kind, typed)}
    about = _about_fields(scope, kind, typed)
    needed = [_tag_field(key, typed, required=True) for key in kind.tags_required]
    fields = [*about, *needed, *_asked(kind, known, typed)]
    more = [_tag_field(key, typed, required=False) for key in kind.tags_allowed]
    reasons = reverse_fields(typed) if restates else []
    return Form(
        kind, _title(kind, needed), where, fields, more, reasons, typed.get("idem") or new_id(),
        typed.get("about", ""), _first(about, kind),
    )  # fmt: skip


def _title(kind: FactKind, needed: Sequence[Field]) -> Text:
    chosen = [catalog().tags[field.value].title for field in needed if field.value in catalog().tags]
    return chosen[0] if len(needed) == len(chosen) == 1 else kind.title


def unit_field(scope: Scope, typed: QueryDict) -> Field:
    """A list where the reader's units are few, else words to find one by."""
    title = Text(zh="哪个单位", en="Unit")
    mine = units_of(scope)
    given = typed.get("org", "")
    if len(mine) <= LIST_OF_UNITS:
        chosen = given or (str(mine[0].org) if len(mine) == 1 else "")
        return Field("org", title, "select", chosen, (), tuple((str(n.org), n.name) for n in mine), required=True)
    node = orgs.tree(scope.day).get(OrgId(given))
    return Field("org", title, "org", f"{node.name} {node.code}" if node else given, required=True)


def unit_chosen(scope: Scope, typed: QueryDict) -> OrgId:
    """The unit that a page is about as it stands: the one chosen, or the only one there is; empty while it is open."""
    value = unit_field(scope, typed).value
    return unit_meant(scope, value, "org")[0] if value else OrgId("")


def units_of(scope: Scope) -> list[Node]:
    """The living units of the scope, as far as a list is worth while."""
    tree = orgs.tree(scope.day)
    return [node for top in orgs.tops(scope) for node in tree.subtree(top.path) if node.alive]


def _day_field(scope: Scope, typed: QueryDict) -> Field:
    value = typed.get("day") or scope.day.isoformat()
    return Field("day", Text(zh="哪天", en="Day"), "date", value, required=True)


def late_field(typed: QueryDict) -> Field:
    given = typed.get("late_reason", "")
    help_text = Text(zh="补录才要写，按时记的空着。", en="Only for a late entry; leave it empty otherwise.")
    title = Text(zh="补录原因", en="Reason for a late entry")
    return Field("late_reason", title, "select", given, (), tag_choices("late_reason"), help=help_text)


def _about_fields(scope: Scope, kind: FactKind, typed: QueryDict) -> list[Field]:
    """The open thing that a fact moves or closes; what opens one names it itself."""
    if kind.about is None or (kind.moves is not None and kind.moves.does == "opens") or typed.get("about"):
        return []
    offered = things.open_things(scope, things.thing_of(kind))
    if not offered and not kind.about_required:
        return []
    title = Text(zh="说的是哪一件", en="Which one")
    return [Field("about", title, "select", "", (), offered, required=kind.about_required)]


def _first(about: Sequence[Field], kind: FactKind) -> FactKind | None:
    """What has to be recorded before: the kind that opens what this one must be about, while nothing of it is open."""
    return things.opener_of(things.thing_of(kind)) if any(not field.choices for field in about) else None


def _tag_field(family: str, typed: QueryDict, *, required: bool) -> Field:
    """One tag of a required family, any number of an allowed one."""
    key = f"tag.{family}"
    chosen, offered = tuple(typed.getlist(key)), tag_choices(family)
    if not required:
        how = "tags" if len(offered) <= FEW_TAGS else "folded"
    else:
        how = "chips" if len(offered) <= FEW_TAGS else "select"
    return Field(key, catalog().families[family].title, how, chosen[0] if chosen else "", chosen, offered, required)


def _things(scope: Scope, kind: FactKind, typed: QueryDict) -> dict[str, Choices]:
    """For each field that refers to a thing (it is called as the thing), the open ones inside the scope."""
    return {
        one.key: things.open_things(scope, one.key, typed.get(one.key, "")) for one in kind.fields if one.type == "ref"
    }


def _asked(kind: FactKind, known: Mapping[str, Choices], typed: QueryDict) -> list[Field]:
    """The fields of the kind, but for a thing that may be left out while there is none to choose."""
    nothing = {one.key for one in kind.fields if one.type == "ref" and not one.required and not known[one.key]}
    return [field for field in entry.controls(kind, known, typed) if field.key not in nothing]


def _people(scope: Scope, kind: FactKind, unit: str) -> dict[str, Choices]:
    """For each field that names a person, the members of the chosen unit by name; nothing before a unit is chosen."""
    fields = [one.key for one in kind.fields if one.type == "person"]
    org, _problems = unit_meant(scope, unit, "org") if fields else (OrgId(""), [])
    if not org:
        return {}
    return dict.fromkeys(fields, members_by_name(scope, org))


def members_by_name(scope: Scope, org: OrgId) -> Choices:
    """The members at and under a unit to choose from, by name; nobody for a reader who may not see persons."""
    members = [row.person for row in rosters.members(scope, org)][:PEOPLE_OFFERED]
    named = rosters.persons(scope, members, org)
    told = sorted((names.get("name", ""), str(person)) for person, names in named.items())
    return tuple((person, name) for name, person in told if name)


def reverse_fields(typed: QueryDict) -> list[Field]:
    """Why a fact is taken back: a reason to choose, and words."""
    reason, note = typed.get("reason", ""), typed.get("note", "")
    called = Text(zh="说清楚一点", en="In your own words")
    hint = Text(zh="比如：人数看错了，本子上是23人", en="For example: miscounted, the book says 23")
    return [
        Field("reason", Text(zh="为什么", en="Why"), "chips", reason, (reason,), REASONS, required=True),
        Field("note", called, "text", note, required=True, help=hint, sealed=True),
    ]


# --- what was typed ------------------------------------------------------------
def told(scope: Scope, kind: FactKind, typed: QueryDict) -> Told:
    """Read the form. What cannot be read is said beside what the rules say, all at once."""
    org, wrong_unit = unit_meant(scope, typed.get("org", ""), "org")
    meant = {one.key: unit_meant(scope, typed.get(one.key, ""), one.key) for one in kind.fields if one.type == "org"}
    read = entry.read(kind, typed, {key: node for key, (node, _) in meant.items()})
    day, wrong_day = day_meant(typed.get("day", ""), scope.day)
    tags = [tag for key in (*kind.tags_required, *kind.tags_allowed) for tag in typed.getlist(f"tag.{key}") if tag]
    extra: dict[str, Json] = {"tags": tags} if tags else {}
    if typed.get("late_reason"):
        extra["late_reason"] = typed.get("late_reason", "")
    missing = [_no_tag(key) for key in kind.tags_required if not typed.get(f"tag.{key}")]
    wrong = [*wrong_unit, *wrong_day, *missing, *read.problems]
    wrong += [problem for key, (_, problems) in meant.items() if typed.get(key) for problem in problems]
    return Told(org, day, {**read.body, **extra}, read.sealed, _about(kind, typed), tuple(wrong))


def _no_tag(family: str) -> Problem:
    title = catalog().families[family].title
    return Problem(
        "web.no_tag", f"还没选{title.zh}。", f"Nothing is chosen under “{title.en}” yet.", where=f"tag.{family}"
    )


def wants_second(problems: Sequence[Problem]) -> bool:
    """Whether nothing but a second person is wanting, who can be asked by one press."""
    return bool(problems) and all(problem.code == "records.second_person" for problem in problems)


def said_once(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without what the catalog says again of a control that the page has spoken of already."""
    spoken = {problem.where.partition(".")[0] for problem in problems if not problem.code.startswith("body.")}
    heard = spoken | ({"tags"} if "tag" in spoken else set())
    return [problem for problem in problems if not (problem.code.startswith("body.") and problem.where in heard)]


def _about(kind: FactKind, typed: QueryDict) -> str | None:
    if kind.about is None:
        return None
    return typed.get("about") or None  # what opens a thing is named by its request, so that sent twice it is one thing


def day_meant(text: str, today: date) -> tuple[date, list[Problem]]:
    """The day that was typed; today and a problem where it is none."""
    try:
        return asked_day(text), []
    except ValueError:
        return today, [Problem(
            "web.day", f"日期“{text}”看不懂，要写成2025-03-08的样子。",
            f"The day “{text}” cannot be read; write it like 2025-03-08.", where="day",
        )]  # fmt: skip


def unit_meant(scope: Scope, words: str, where: str) -> tuple[OrgId, list[Problem]]:
    """The unit that an id, a code, or a name with its code means; a problem where it is none or several."""
    words = words.strip()
    tree = orgs.tree(scope.day)
    node = tree.get(OrgId(words))
    if node is not None and scope.holds(node.path):
        return node.org, []
    found = orgs.find(scope, words, limit=6) if words else ()
    exact = [one for one in found if words in (one.code, one.name, f"{one.name} {one.code}")]
    if len(exact) == 1 or len(found) == 1:
        return (exact or list(found))[0].org, []
    return OrgId(""), [_which_unit(words, [one.name for one in found], where)]


def _which_unit(words: str, names: list[str], where: str) -> Problem:
    if not words:
        return Problem("web.unit_missing", "还没选单位。", "No unit is chosen yet.", where=where)
    if names:
        listed = "、".join(names)
        return Problem(
            "web.unit_ambiguous", f"“{words}”可以是{listed}，请从提示里选一个。",
            f"“{words}” may be any of {listed}; choose one of the suggestions.", where=where,
        )  # fmt: skip
    return Problem(
        "web.unit_unknown", f"您的范围里没有“{words}”，请打名称、代码或首字母，从提示里选。",
        f"There is no “{words}” inside your scope; type a name, code or initials and choose one.", where=where,
    )  # fmt: skip


def as_typed(found: Fact) -> QueryDict:
    """A fact as its form would have it, to be mended. Sealed words are not put back: they are typed anew."""
    typed = QueryDict(mutable=True)
    for key, value in found.body.items():
        if key == "tags":
            for tag in value if isinstance(value, Sequence) else ():
                typed.appendlist(f"tag.{catalog().family_of.get(str(tag), '')}", str(tag))
        else:
            typed[key] = ("yes" if value else "") if isinstance(value, bool) else str(value)
    typed["org"], typed["day"] = str(found.org), local_day(found.claimed_from).isoformat()
    typed["about"] = found.about or ""
    return typed
