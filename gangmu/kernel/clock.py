"""The only reader of "now". Everything below the edge is handed its moments and days."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")  # periods are local days, wherever the server stands
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z", re.ASCII)
REMEMBERED = 4096  # moments: facts share their days, and a day is asked for some ten times a fact


def now() -> datetime:
    """This moment, aware, in UTC, with milliseconds (what the ledger keeps)."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """The local day."""
    return now().astimezone(LOCAL).date()


@lru_cache(maxsize=REMEMBERED)
def local_day(moment: datetime) -> date:
    """The local day on which `moment` (aware) falls."""
    return moment.astimezone(LOCAL).date()


@lru_cache(maxsize=REMEMBERED)
def local_moment(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The moment, in UTC, at which the local clock shows `hour`:`minute` on `day`."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL).astimezone(UTC)


@lru_cache(maxsize=REMEMBERED)
def stamp(moment: datetime) -> str:
    """`moment` as the ledger writes it: 2025-03-08T01:02:03.000Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


@lru_cache(maxsize=REMEMBERED)
def from_stamp(text: str) -> datetime:
    """The moment a ledger stamp names. Raises ValueError on any other form."""
    if not STAMP.match(text):  # fromisoformat reads more forms than one: weeks, commas
        raise ValueError(f"a ledger stamp reads 2025-03-08T01:02:03.000Z, not {text!r}")
    return datetime.fromisoformat(text)
