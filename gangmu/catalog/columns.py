"""How people head the columns of their own sheets, and what a row of such a sheet becomes: data, not code."""

from typing import Annotated, Literal

from pydantic import Field as Entry
from pydantic import StringConstraints

from gangmu.catalog.definitions import Definition, DottedKey, Key, Names, Strict, Text
from gangmu.catalog.words import plain

COMMON = "common"  # the sheet whose words hold for the columns of every other
SheetKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}(\.[a-z][a-z0-9_]{0,31})?$")]


class ColumnWords(Strict):
    """What one column is called. `reads` month: a day or a month is kept as 1986-05. `values`: words for choices.

    `title`: what we call it on such a sheet, where it has another name than the field.
    """

    names: Names = ()
    title: Text | None = None
    reads: Literal["", "month"] = ""
    values: dict[Key, Names] = Entry(default={})


class Ages(Strict):
    """A field that is told by another: the age band of the day (`field`), by the month of birth (`born`)."""

    field: Key
    born: Key


class CommonWords(Strict):
    """Words that mean the same on every sheet.

    `never`: headings of columns that are not read at all; `totals` and `notes`: how rows begin that are none.
    """

    never: Names = Entry(min_length=1)
    totals: Names = Entry(min_length=1)
    notes: Names = Entry(min_length=1)
    yes: Names = Entry(min_length=1)
    no: Names = Entry(min_length=1)


class HeadingExample(Strict):
    """A heading as it stands in somebody's sheet, and the field it means (None: none)."""

    heading: str = Entry(min_length=1)
    field: str | None


class Columns(Definition):
    """A kind of sheet. `records`: the kinds of fact a row becomes; without it the one kind that the key names.

    `leaves_out`: fields nobody writes down, which the system gives. `needs`: fields without which no row is taken,
    though the fact could do without; `given`: fields that the system gives where a row does not. `same`: fields that
    tell two rows apart; rows alike in all of them are one thing twice. `words`: only on the sheet named COMMON.
    """

    key: SheetKey
    records: tuple[DottedKey, ...] = ()
    leaves_out: tuple[Key, ...] = ()
    fields: dict[str, ColumnWords] = Entry(min_length=1)
    needs: tuple[Key, ...] = ()
    given: tuple[Key, ...] = ()
    same: tuple[Key, ...] = ()
    ages: Ages | None = None
    words: CommonWords | None = None
    examples: tuple[HeadingExample, ...] = Entry(min_length=1)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of fact a row becomes; none for the words that hold everywhere."""
        return () if self.key == COMMON else self.records or (self.key,)


def heading_of(text: str) -> str:
    """A heading without what people add to it: blanks, brackets with remarks, stars, colons."""
    bare = plain(text).strip("*＊:：")
    cut = bare.find("(")
    return bare[:cut] if cut > 0 else bare
