"""`gangmu rollup`: every unit at every level, month by month, as one CSV file."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from gangmu.indicators.commands import period_of
from gangmu.indicators.every_unit import EveryUnit, every_unit, usual_keys
from gangmu.indicators.values import plain
from gangmu.orgs.queries import by_code
from gangmu.orgs.scope import everything
from gangmu.pages.listing import csv_bytes

HEADER = ("层级 level", "编码 code", "单位 unit", "月份 month")


def main(argv: Sequence[str]) -> int:
    """`rollup --org CODE --from D --to D [KEY …] [--into FILE]`: 0, or Refused with what is wrong."""
    asked = _words().parse_args(argv)
    period, scope = period_of(asked.first, asked.last), everything()
    found = every_unit(scope, asked.keys or usual_keys(), by_code(scope, asked.org).org, period)
    written = csv_bytes((*HEADER, *found.amounts), _lines(found))
    if asked.into is None:
        sys.stdout.buffer.writelines(written)
    else:
        with asked.into.open("wb") as file:
            file.writelines(written)
    return 0


def _words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gangmu rollup", description="Every unit beneath a unit at every level, month by month, as a CSV file."
    )
    keys = "indicators, with tags in brackets; default: all that add up the tree"
    parser.add_argument("keys", nargs="*", metavar="KEY", help=keys)
    parser.add_argument("--org", required=True, metavar="CODE", help="the unit's code")
    parser.add_argument("--from", required=True, dest="first", metavar="D", help="first day, YYYY-MM-DD")
    parser.add_argument("--to", required=True, dest="last", metavar="D", help="last day, included")
    parser.add_argument("--into", type=Path, metavar="FILE", help="write here; default: standard output")
    return parser


def _lines(found: EveryUnit) -> Iterator[tuple[object, ...]]:
    for node, month, figures in found.rows():
        told = ("" if one is None else plain(one) for one in figures)
        yield node.level, node.code or node.org, node.name, f"{month.start:%Y-%m}", *told
