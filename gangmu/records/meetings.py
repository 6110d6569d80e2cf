"""A meeting as it is handed in from its guided page: who did not come, and what follows from that by published rules.

Pure: frozen values in, the fact's body or every Problem out. Nobody's attendance is typed: it is the roll less the
absentees, one tick each.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.quorum import Ballot, Share, shares_of
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import Problem
from gangmu.records.roll import Roll

VOTES = ("votes_for", "votes_against", "votes_abstained")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a meeting resolved, in words; who sees to it and by when, where that was said."""

    words: str
    owner: PersonId | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One activity of `form` as told on its page.

    `absent`: by the field that names the reason, who did not come. `body` are the other fields in clear, with the tags
    and a late reason; `about` is the person it was held with.
    """

    form: str
    org: OrgId
    start: datetime
    end: datetime
    body: Mapping[str, Json] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)
    about: str | None = None
    resolutions: tuple[Resolution, ...] = ()


def body_of(meeting: Meeting, roll: Roll) -> dict[str, Json]:
    """The fact's body: what was typed, and from the roll how many should have come and did.

    Without a roll the numbers are those that were typed.
    """
    body = dict(meeting.body)
    if roll.people:
        gone = _gone(meeting)
        here = [one for one in roll.expected if one.person not in gone]
        body |= {"expected": len(roll.expected), "present": len(here)}
        if roll.entitled:
            body |= {"entitled": len(roll.entitled), "entitled_present": len(roll.entitled - gone)}
    return {**body, **{reason: sorted(people) for reason, people in meeting.absent.items() if people}}


def working(form: ActivityForm, body: Mapping[str, Json], known: Catalog, on: date) -> tuple[Share, ...]:
    """Whether enough were there and in favour, line by line, by the rules of the day. Findings, never a block."""
    entitled = body.get("entitled")
    if not isinstance(entitled, int) or isinstance(entitled, bool):
        return ()
    present, in_favour = body.get("entitled_present"), body.get("votes_for")
    ballot = Ballot(
        entitled,
        present if isinstance(present, int) else 0,
        in_favour if isinstance(in_favour, int) and body.get("vote_on") else None,
        election=body.get("vote_on") == "election",
    )
    return shares_of(form, ballot, lambda key: known.rule(key, on) if key in known.rules else None)


def against_meeting(meeting: Meeting, roll: Roll) -> list[Problem]:
    """Why a meeting cannot be recorded so: hours turned about, strangers among the absent, votes that do not add up."""
    found = [_ends_first()] if meeting.end < meeting.start else []
    found += _against_absent(meeting, roll)
    return [*found, *_against_votes(body_of(meeting, roll))]


def _against_absent(meeting: Meeting, roll: Roll) -> Iterable[Problem]:
    ticked = [person for people in meeting.absent.values() for person in people]
    expected = {one.person for one in roll.expected}
    if strangers := set(ticked) - expected:
        yield Problem(
            "records.not_on_roll",
            f"勾了没到的人里，有{len(strangers)}人不在这一天的应到名单上；名单按这一天重新列过，请再看一遍。",
            f"{len(strangers)} of those ticked as absent were not expected on that day; the list is made anew: "
            "look again.",
            "absent",
        )
    if any(count > 1 for count in Counter(ticked).values()):
        yield Problem(
            "records.absent_twice",
            "同一个人勾了两个没到的原因，留一个。",
            "Somebody is absent for two reasons; leave one.",
            "absent",
        )


def _against_votes(body: Mapping[str, Json]) -> list[Problem]:
    votes = [value for key in VOTES if isinstance(value := body.get(key), int)]
    if not votes:
        return []
    if not body.get("vote_on"):
        return [Problem("records.vote_on", "填了票数，还没选表决的是什么。", "Say what was voted on.", "vote_on")]
    here = body.get("entitled_present")
    if isinstance(here, int) and sum(votes) > here:
        return [
            Problem(
                "records.votes",
                f"票数合计 {sum(votes)}，到场有表决权的只有 {here} 人；请核对票数，或核对谁没到。",
                f"{sum(votes)} votes, and {here} people present who may vote; check the votes or who was absent.",
                "votes_for",
                "《中国共产党支部工作条例（试行）》（2018）第十一条",
            )
        ]
    return []


def _ends_first() -> Problem:
    return Problem("records.ends_first", "结束的时间在开始之前。", "It ends before it begins.", "until")


def _gone(meeting: Meeting) -> frozenset[PersonId]:
    return frozenset(person for people in meeting.absent.values() for person in people)
