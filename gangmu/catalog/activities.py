"""How an activity of one form is recorded: who is expected, who may vote, what is asked, what the minutes show.

One file a form, named as the tag of `activity_form` that it guides; nothing of any form stands in Python.
"""

from datetime import date
from typing import Literal

from pydantic import Field as Entry

from gangmu.catalog.definitions import Definition, DottedKey, Key, Strict, Text

Stage = Literal["probationary", "full", "extended"]
Part = Literal["attendance", "agenda", "record", "vote", "resolutions", "signatures", "sign_in"]


class Expected(Strict):
    """Whose names are filled in from the registry of the day.

    `members` of the branch in one of `stages`, or `officers`: who holds one of `posts` of the unit (empty: any).
    Whoever asked to be exempt from the duty `excused_by` is shown and not expected.
    """

    of: Literal["members", "officers"]
    stages: tuple[Stage, ...] = ("probationary", "extended", "full")
    posts: tuple[Key, ...] = ()
    excused_by: DottedKey | None = None


class Voting(Strict):
    """Who of the expected may vote, and the rules of shares: of them to be there, of them in favour.

    The base of each share is everybody entitled, never those who came. `stages` None: all who are expected vote.
    """

    stages: tuple[Stage, ...] | None = ("full",)
    attendance: DottedKey
    in_favour: DottedKey | None = None
    election: DottedKey | None = None


class VoteExample(Strict):
    """Numbers of one meeting and what follows from them; `carried` None: nothing was voted on."""

    name: str
    on: date = date(2025, 6, 30)
    entitled: int = Entry(ge=0)
    present: int = Entry(ge=0)
    in_favour: int | None = Entry(default=None, ge=0)
    election: bool = False
    quorum: bool
    carried: bool | None = None


class ActivityForm(Definition):
    """The guided page of a form of activity.

    `asks` are the fields of the fact that are asked for, in their order; `absent` its lists of persons who did not
    come, one a reason, the usual one first. `with_whom`: the one member it was held with. `agenda`: usual topics, by a
    tick each. `resolutions`: whether some may be recorded with it. `minutes`: the parts of the printed minutes.
    """

    key: Key
    expected: Expected | None = None
    voting: Voting | None = None
    with_whom: bool = False
    asks: tuple[Key, ...] = ()
    absent: tuple[Key, ...] = ()
    agenda: tuple[Text, ...] = ()
    resolutions: bool = False
    minutes: tuple[Part, ...] = ()
    examples: tuple[VoteExample, ...] = ()
