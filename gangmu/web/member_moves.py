"""The forms by which members move, live elsewhere and are kept in touch with: controls, and what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.catalog.ways import later
from gangmu.kernel.ids import FactId, OrgId, PersonId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor, Scope
from gangmu.orgs import member_moves, rosters
from gangmu.orgs.actions.member_moves import LetterAsked, issue_letter, note_away, note_contact, receive_letter
from gangmu.orgs.member_moves import AWAY, CONTACTED, Roll
from gangmu.pages.entry import Choices, Field
from gangmu.web.record_form import day_meant, unit_meant
from gangmu.web.registry_forms import Verb
from gangmu.web.words import choices, unit_names

DAYS = timedelta(days=90)  # how long a letter holds where the rule of its validity is switched off
VERBS: Mapping[str, Verb] = {
    "letter": Verb(
        Text(zh="开介绍信", en="Issue a letter of transfer"),
        Text(zh="对方收到以前，人还算在本支部。", en="Until it is received the member stays on this roll."),
    ),
    "receive": Verb(
        Text(zh="收介绍信", en="Receive a letter"),
        Text(zh="从那天起转到新支部；转到系统外的，在这里记回执。", en="From that day the member is on the new roll."),
    ),
    "away": Verb(
        Text(zh="外出和返回", en="Away and back"),
        Text(zh="只记由谁联系，不记去了哪里。", en="Only who keeps in touch, nothing of where they are."),
    ),
    "contact": Verb(
        Text(zh="记一次联系", en="Note a contact"),
        Text(zh="只有本支部和乡镇看得到，联系上了提醒就没有了。", en="For the branch and the township alone."),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, where, and what was typed."""

    by: Actor
    org: OrgId
    typed: QueryDict

    @property
    def scope(self) -> Scope:
        return self.by.scope

    @property
    def idem(self) -> str:
        return self.word("idem")

    def word(self, key: str) -> str:
        """What stands in a control, empty where nothing does."""
        return self.typed.get(key) or ""


def offered(scope: Scope, org: OrgId) -> Choices:
    """The members of the branch itself, by name."""
    rows = [row for row in rosters.members(scope, org) if row.org == org]
    names = rosters.persons(scope, [row.person for row in rows], org)
    return tuple((row.membership, names.get(row.person, {}).get("name") or "—") for row in rows)


def fields(scope: Scope, org: OrgId, verb: str, typed: QueryDict) -> list[Field]:
    """The controls of one verb, with what was typed in them."""
    day = Field("day", Text(zh="哪天", en="Day"), "date", typed.get("day") or scope.day.isoformat(), required=True)
    if verb == "receive":
        return [_which_letter(scope, org, typed), day]
    who = Field("member", Text(zh="哪名党员", en="Which member"), "select", typed.get("member", ""), (),
                offered(scope, org), required=True)  # fmt: skip
    return [who, *_FIELDS[verb](scope, org, typed), day]


def _which_letter(scope: Scope, org: OrgId, typed: QueryDict) -> Field:
    found = member_moves.letters(scope, org)
    names, units = member_moves.names_in_letters(scope, found), unit_names(scope.day)
    mine = [one for one in found.out if one.to is None]
    told = tuple((str(one.fact), f"{names.get(one.person) or '—'} · {units.get(one.org, '')}")
                 for one in (*found.coming, *mine))  # fmt: skip
    return Field("letter", Text(zh="哪一封", en="Which letter"), "select", typed.get("letter", ""), (), told,
                 required=True)  # fmt: skip


def _letter(scope: Scope, _org: OrgId, typed: QueryDict) -> list[Field]:
    row = catalog().rule("transfer.letter_days", scope.day) if "transfer.letter_days" in catalog().rules else None
    until = later(scope.day, row.value, row.unit) if row else scope.day + DAYS
    return [
        Field("to", Text(zh="转到哪个支部", en="To which branch"), "org", typed.get("to", "")),
        Field("outside", Text(zh="系统里没有的，写名称", en="Not in this system: its name"), "text",
              typed.get("outside", ""), sealed=True),
        Field("until", Text(zh="有效到哪天", en="Valid until"), "date", typed.get("until") or until.isoformat(),
              required=True, help=Text(zh="一般三个月（口径待核）", en="Three months as a rule (not verified)")),
    ]  # fmt: skip


def _away(scope: Scope, org: OrgId, typed: QueryDict) -> list[Field]:
    state, persons = typed.get("state", ""), [row.person for row in rosters.members(scope, org) if row.org == org]
    names = rosters.persons(scope, persons, org)
    people = tuple((str(person), told["name"]) for person, told in names.items() if told.get("name"))
    return [
        Field("state", Text(zh="外出还是返回", en="Away or back"), "chips", state, (state,),
              choices(catalog().facts[AWAY])["state"], required=True),
        Field("keeper", Text(zh="谁来联系", en="Who keeps in touch"), "select", typed.get("keeper", ""), (), people),
    ]  # fmt: skip


def _contact(_scope: Scope, _org: OrgId, typed: QueryDict) -> list[Field]:
    reached = typed.get("reached", "")
    return [Field("reached", Text(zh="联系上没有", en="Reached"), "chips", reached, (reached,),
                  choices(catalog().facts[CONTACTED])["reached"], required=True, sealed=True)]  # fmt: skip


_FIELDS: Mapping[str, Callable[[Scope, OrgId, QueryDict], list[Field]]] = {
    "letter": _letter, "away": _away, "contact": _contact,
}  # fmt: skip


def carry_out(verb: str, asked: Asked) -> None:
    """Do what was typed. Raises Refused with everything that is wrong, what was not chosen first."""
    day, problems = day_meant(asked.typed.get("day", ""), asked.scope.day)
    needed = {"receive": ("letter",), "away": ("member", "state"), "contact": ("member", "reached")}
    problems += [_not_chosen(key) for key in needed.get(verb, ("member",)) if not asked.typed.get(key)]
    known = {key for key, _name in offered(asked.scope, asked.org)}
    if asked.typed.get("member") and asked.word("member") not in known:
        problems.append(_not_chosen("member"))
    if problems:
        raise Refused(problems)
    membership = asked.typed.get("member", "")
    if verb == "letter":
        issue_letter(_letter_asked(asked, membership), by=asked.by)
    elif verb == "receive":
        receive_letter(FactId(asked.word("letter")), by=asked.by, at=day, idem=asked.idem)
    elif verb == "away":
        keeper = PersonId(asked.word("keeper")) if asked.typed.get("keeper") else None
        note_away(membership, asked.word("state"), by=asked.by, at=day, idem=asked.idem, keeper=keeper)
    else:
        note_contact(membership, asked.word("reached"), by=asked.by, at=day, idem=asked.idem)


def _letter_asked(asked: Asked, membership: str) -> LetterAsked:
    """The receiving branch lies as a rule outside the scope of the one that issues: it is named by its code or id."""
    day, _problems = day_meant(asked.typed.get("day", ""), asked.scope.day)
    until, wrong = day_meant(asked.typed.get("until", ""), asked.scope.day)
    to, lost = unit_anywhere(asked.scope, asked.typed.get("to", "")) if asked.typed.get("to") else (None, [])
    found = [*(Problem(one.code, one.message, one.message_en, "until") for one in wrong), *lost]
    if found:
        raise Refused(found)
    return LetterAsked(membership, day, until, asked.idem, to, asked.typed.get("outside", "").strip())


def unit_anywhere(scope: Scope, words: str) -> tuple[OrgId | None, list[Problem]]:
    """A unit of the whole organisation by its whole name, or as a form means it inside the scope."""
    named = [org for org, name in unit_names(scope.day).items() if words.strip() in (name, org)]
    if len(named) == 1:
        return OrgId(named[0]), []
    org, problems = unit_meant(scope, words, "to")
    return (None if problems else org), problems


def _not_chosen(key: str) -> Problem:
    return Problem("web.not_chosen", "这一项还没选。", "Nothing is chosen here yet.", where=key)


def roll_names(scope: Scope, org: OrgId, rows: tuple[Roll, ...]) -> dict[PersonId, str]:
    """The names of the members on the roll and of those who keep in touch with them."""
    persons = [row.member.person for row in rows] + [row.keeper for row in rows if row.keeper]
    return {person: told.get("name", "") for person, told in rosters.persons(scope, persons, org).items()}
