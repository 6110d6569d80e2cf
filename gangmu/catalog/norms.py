"""Standards that somebody is to meet, how the wording of numbers is taken, and what a place switches off."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field as Entry

from gangmu.catalog.definitions import Definition, DottedKey, Key, Names, Strict, Text, Words


class RuleRow(Strict):
    """The number a rule sets, from `since` on: `at_least` or `at_most` `value` `unit`, every `per`."""

    since: date
    compare: Literal["at_least", "at_most", "exactly", "more_than"]
    value: Decimal
    unit: str
    per: Literal["month", "quarter", "half_year", "year", "case", "none"] = "none"


class Rule(Definition):
    """A standard that somebody is to meet. `names` and `actions` as with indicators; `applies_to`: the duty's bearers.

    A local pack may ask for more, never less, of a national rule by naming it in `tightens`.
    """

    key: DottedKey
    tightens: DottedKey | None = None
    names: Names = Entry(min_length=1)
    actions: Words = ()
    applies_to: Text
    rows: tuple[RuleRow, ...] = Entry(min_length=1)


class WordingRow(Strict):
    """How far approximate wording reaches, from `since` on, around the stated value v (issue 5.3).

    `over_share` and `over_points`: 余 多 超过 reach above v by that share of v, percentages by that many points;
    `nearly_share`: 近 and 接近 reach down to that share of v; `about_share`: 约 and 左右 reach that share either side.
    What 以上, 以内 and 不到 cover follows from their words and is no parameter.
    """

    since: date
    over_share: Decimal = Entry(ge=0, le=1)
    over_points: Decimal = Entry(ge=0, le=100)
    nearly_share: Decimal = Entry(gt=0, le=1)
    about_share: Decimal = Entry(ge=0, lt=1)


class Wording(Definition):
    """The dated parameters by which the document checker reads 余, 近, 约 and their like."""

    key: Key
    rows: tuple[WordingRow, ...] = Entry(min_length=1)


class Switches(Definition):
    """Indicators and rules that a local pack switches off, because their source is not verified where it applies.

    What is off is not shown, not asked for and not bound; its facts stay as they are. What was read in its own words
    (`source_status: text`) belongs to the floor and stays.
    """

    key: Key
    off: tuple[DottedKey, ...] = Entry(min_length=1)
