"""What a member owes each month: rates by the whole base, exact decimals, in force from a day on."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pydantic import Field as Entry

from gangmu.catalog.dated import row_on
from gangmu.catalog.definitions import Definition, Key, Strict, Text

FEN = Decimal("0.01")


class Bracket(Strict):
    """Of a base of more than `over` yuan, `percent` of the whole base (not of what lies over)."""

    over: Decimal = Entry(ge=0)
    percent: Decimal = Entry(ge=0, le=100)


class Payer(Strict):
    """A kind of payer: `brackets` of the base, or a `fixed` sum a month."""

    key: Key
    title: Text
    brackets: tuple[Bracket, ...] = ()
    fixed: Decimal | None = Entry(default=None, ge=0)


class DuesRow(Strict):
    """The rates in force from `since` on."""

    since: date
    payers: tuple[Payer, ...] = Entry(min_length=1)


class DuesExample(Strict):
    """A base on a day and what is due; null where nothing was in force."""

    name: str
    on: date = date(2025, 6, 30)
    payer: Key
    base: Decimal = Decimal(0)
    due: Decimal | None


class Dues(Definition):
    """The table of dues."""

    key: Key
    rows: tuple[DuesRow, ...] = Entry(min_length=1)
    examples: tuple[DuesExample, ...] = Entry(min_length=1)

    def payers(self, day: date) -> tuple[Payer, ...]:
        """The kinds of payer known on the day."""
        row = row_on(self.rows, day)
        return row.payers if row else ()

    def due(self, payer: str, base: Decimal, day: date) -> Decimal | None:
        """What is due for a month, to the fen; None where the table knows no such payer on the day."""
        one = next((known for known in self.payers(day) if known.key == payer), None)
        if one is None:
            return None
        if one.fixed is not None:
            return one.fixed.quantize(FEN)
        percent = next((bracket.percent for bracket in reversed(one.brackets) if base > bracket.over), Decimal(0))
        return (base * percent / 100).quantize(FEN, ROUND_HALF_UP)


def wrong_examples(table: Dues) -> Iterator[tuple[int, Decimal | None]]:
    """The worked examples that come out otherwise: their place and what comes out."""
    for index, example in enumerate(table.examples):
        found = table.due(example.payer, example.base, example.on)
        if found != example.due:
            yield index, found
