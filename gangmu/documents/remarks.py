"""What a checked document says in comments and on its last page. Pure functions; language "zh-hans" or "en"."""

import re
from collections.abc import Iterable, Mapping, Sequence

from gangmu.documents.paper import URGENCY, Card, by_urgency, tally
from gangmu.documents.word.annotated import Line, Remark
from gangmu.reading.values import Span, Verdict

NAMES: Mapping[Verdict, tuple[str, str]] = {
    "contradiction": ("不符", "Contradiction"),
    "no_record": ("无台账", "No record"),
    "placeholder": ("待补", "To fill in"),
    "unbound": ("未认定", "Not identified"),
    "consistent": ("相符", "Consistent"),
    "confirmed": ("已证实", "Confirmed"),
}
REMARKED: frozenset[Verdict] = frozenset({"contradiction", "unbound"})
LISTED: tuple[Verdict, ...] = ("no_record", "placeholder", "unbound")
# signs that turn the direction of what follows them: in a quotation they would turn our own words
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def plain(words: str) -> str:
    """Words quoted from a document, on one line and without signs that turn the direction of others."""
    return " ".join(_TURNING.sub("", words).split())


def remarks(
    cards: Iterable[Card],
    places: Mapping[int, Sequence[Span]],
    figures: Mapping[int, str],
    language: str,
    about: frozenset[Verdict] = REMARKED,
) -> list[Remark]:
    """A remark at each number that bears one of the verdicts `about`: its working, then the figure and its address.

    `places` and `figures` go by the number of the card; of a number that stands over two lines the first is marked.
    """
    return [
        Remark(places[card.number][0], said(card, figures.get(card.number, ""), language))
        for card in cards
        if card.verdict in about and places.get(card.number)
    ]


def said(card: Card, figure: str, language: str) -> tuple[str, ...]:
    """The paragraphs of one comment."""
    name = name_of(card.verdict, language)
    workings = [f"{name}{': ' if language == 'en' else '：'}{words}" for words in own_workings(card, language)]
    nothing = f"{name}: nothing to hold “{plain(card.claim.text)}” against." if language == "en" else (
        f"{name}：“{plain(card.claim.text)}”没有可以对照的。"
    )  # fmt: skip
    return (*(workings or [nothing]), *([figure] if figure else []))


def own_workings(card: Card, language: str) -> list[str]:
    """The workings that give the number its verdict; those that blame another number are left to that one."""
    found = (one for one in card.findings if one.verdict == card.verdict and one.suspect in (None, card.claim.span))
    texts = (one.working_en if language == "en" and one.working_en else one.working for one in found)
    return list(dict.fromkeys(plain(text) for text in texts if text))


def name_of(verdict: Verdict, language: str) -> str:
    """What a verdict is called."""
    return NAMES[verdict][language == "en"]


def last_page(
    name: str, cards: Sequence[Card], against: Iterable[str], language: str, about: frozenset[Verdict] = REMARKED
) -> list[Line]:
    """The page that sums up: what was held against what, how many numbers bear which verdict, what does not agree.

    Numbers that nothing was sought for (unbound, where that is none of `about`) are counted and not listed.
    """
    english = language == "en"
    title = f"{plain(name)}: what the check found" if english else f"《{plain(name)}》核验小结"
    lines = [Line(title, "title"), *(Line(plain(words)) for words in against)]
    lines += [Line("How many numbers" if english else "核了多少数", "heading"), Line(_counted(cards, language))]
    groups = dict(by_urgency(cards))
    wrong = groups.get("contradiction", [])
    lines.append(Line(_heading("contradiction", len(wrong), language), "heading"))
    lines += [Line(f"{at}. {_told(card, language)}") for at, card in enumerate(wrong, 1)]
    lines += [] if wrong else [Line("None." if english else "没有。")]
    for verdict in LISTED:
        if (some := groups.get(verdict)) and (verdict in about or verdict not in REMARKED):
            glue = ", " if english else "、"
            told = glue.join(f"“{plain(card.claim.text)}”" for card in some)
            lines += [Line(_heading(verdict, len(some), language), "heading"), Line(told)]
    return lines


def _counted(cards: Sequence[Card], language: str) -> str:
    counts = tally(cards)
    english = language == "en"
    told = [f"{name_of(verdict, language)} {counts[verdict]}" for verdict in URGENCY if counts[verdict]]
    whole = f"{len(cards)} in all" if english else f"共{len(cards)}个"
    return (", " if english else "，").join([whole, *told]) + ("." if english else "。")


def _heading(verdict: Verdict, count: int, language: str) -> str:
    name = name_of(verdict, language)
    return f"{name} ({count})" if language == "en" else f"{name}（{count}个）"


def _told(card: Card, language: str) -> str:
    workings = own_workings(card, language)
    return f"“{plain(card.claim.text)}”{' — ' if language == 'en' else '：'}{' '.join(workings)}"
