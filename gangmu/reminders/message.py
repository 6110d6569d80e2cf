"""The words of a digest. A bot gets counts and a link alone; a letter names duties and units, never persons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.orgs.queries import tree
from gangmu.reminders.digests import Digest, Line
from gangmu.reminders.rules import Counts

LINES = 20  # in a letter; the others wait behind the link


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: its subject says how many, its text says which."""

    subject: str
    text: str


def bot_text(counts: Counts, link: str, language: str) -> str:
    """What a bot says into a group. It is told numbers alone, so that it can name nobody."""
    parts = "，".join(_parts(counts, language)) if language != "en" else ", ".join(_parts(counts, language))
    return f"Gangmu: {parts}.\n{link}" if language == "en" else f"纲目：{parts}。\n{link}"


def _parts(counts: Counts, language: str) -> Iterator[str]:
    told = (
        (counts.own, "本人{}件", "{} of your own"),
        (counts.unit, "本单位{}件", "{} of your unit"),
        (counts.beneath, "下级{}件", "{} of units beneath"),
    )
    yield f"{counts.whole} to look at" if language == "en" else f"有{counts.whole}件要看看"
    yield from ((en if language == "en" else zh).format(number) for number, zh, en in told if number)


def letter(found: Digest, day: date, link: str, language: str) -> Letter:
    """The digest as an e-mail: no person's name stands in it."""
    english = language == "en"
    subject = ", ".join(_parts(found.counts, language)) if english else "，".join(_parts(found.counts, language))
    lines = [*_told(found.here, day, english), *_told(found.beneath, day, english)]
    shown = lines[:LINES]
    if len(lines) > LINES:
        shown.append(f"… {len(lines) - LINES} more" if english else f"……还有{len(lines) - LINES}行")
    end = (
        f"See them and record what was done: {link}\nChoose another way, or quiet for a while: {link}reminders"
        if english
        else f"看清单、记上办了的：{link}\n换个方式或者先安静一阵：{link}reminders"
    )
    return Letter(subject, "\n".join([*shown, "", end, ""]))


def _told(lines: tuple[Line, ...], day: date, english: bool) -> Iterator[str]:
    units, duties = tree(day), catalog().duties
    for line in lines:
        node = units.get(line.org)
        unit = node.name if node else ""
        title = duties[line.duty].duty.title if line.duty in duties else None
        called = (title.en if english else title.zh) if title else line.duty
        many = (f" ({line.count})" if english else f"（{line.count}）") if line.count > 1 else ""
        own = ("your own, " if english else "本人，") if line.own else ""
        yield f"· {called}{many} — {own}{unit} — {_when(line.due, day, english)}"


def _when(due: date, day: date, english: bool) -> str:
    left = (due - day).days
    if left < 0:
        return f"was due on {due}, still counts when recorded" if english else f"{due}已过期，补上还算"
    return f"due on {due}" if english else f"{due}到期"
