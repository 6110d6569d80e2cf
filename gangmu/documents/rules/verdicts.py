"""From a claim and a figure to a verdict with its working: what the text says, what is on record, what it covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gangmu.catalog.definitions import SourceStatus
from gangmu.catalog.norms import Rule, RuleRow
from gangmu.kernel.periods import Period
from gangmu.pages import formats
from gangmu.reading.arithmetic.judge import figure as written
from gangmu.reading.arithmetic.judge import number, rounded, text_of
from gangmu.reading.values import Claim, Finding, FindingType, Verdict
from gangmu.reading.wording import Interval, Wording, interval, result_interval


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record for a claim: the number, how many facts stand behind it, and in words what was counted.

    `value` is None where nothing can be said; `why` says so (absent, no_whole, withheld). `divided`: the number is the
    result of a division, so that a whole number in a text may have been rounded from it. `status`: how far the source
    of the definition was verified.
    """

    value: Decimal | None
    facts: int
    why: str
    title: str
    title_en: str
    org: str
    period: Period
    divided: bool = False
    status: SourceStatus = "text"


def judged(claim: Claim, on_record: Recorded, wording: Wording) -> Finding:
    """The finding for a claim bound to a figure. The claim states a number (no placeholder)."""
    covered = result_interval(claim, wording) if on_record.divided else interval(claim, wording)
    if on_record.value is None or (not on_record.value and not on_record.facts):
        return _finding("figure", "no_record", claim, None, *_nothing(on_record))
    agrees = on_record.value in covered
    said, found = text_of(claim), with_unit(claim, on_record.value)
    ends, ends_en = reach_of(claim, covered)
    close, close_en = ("，一致", ", which agrees") if agrees else ("，对不上", ", which does not agree")
    zh = f"文中写“{said}”，{ends}；记录里是{found}{close}。{_source(on_record)}"
    en = f"The text says “{said}”, {ends_en}; on record is {found}{close_en}. {_source_en(on_record)}"
    return _finding("figure", "confirmed" if agrees else "contradiction", claim, on_record.value, zh, en)


def _nothing(on_record: Recorded) -> tuple[str, str]:
    where, where_en = (
        f"{on_record.org}{days(on_record.period)}",
        f"{on_record.org}, {formats.period(on_record.period, 'en')}",
    )
    match on_record.why:
        case "withheld":
            return (f"{where}的“{on_record.title}”人数太少，不显示，没法核对。",
                    f"“{on_record.title_en}” ({where_en}) is over too few people to be shown.")  # fmt: skip
        case "no_whole":
            return (f"{where}的“{on_record.title}”分母是零，算不出来。",
                    f"“{on_record.title_en}” ({where_en}) has nothing to divide by.")  # fmt: skip
        case _:
            return (f"没有查到{where}“{on_record.title}”的记录。",
                    f"Nothing is on record for “{on_record.title_en}” ({where_en}).")  # fmt: skip


def _source(on_record: Recorded) -> str:
    named = f"“{on_record.title}”{pending(on_record.status)}"
    return f"按{named}，{on_record.org}，{days(on_record.period)}，依据{on_record.facts}条记录。"


def pending(status: SourceStatus, language: str = "zh-hans") -> str:
    """What is said behind the name of a definition whose source nobody has verified."""
    if status != "unverified":
        return ""
    return " (definition not verified)" if language == "en" else "（口径待核）"


def _source_en(on_record: Recorded) -> str:
    named = f"“{on_record.title_en}”{pending(on_record.status, 'en')}"
    return f"By {named}, {on_record.org}, {days(on_record.period, 'en')}, from {on_record.facts} facts."


def days(period: Period, language: str = "zh-hans") -> str:
    """A period in words."""
    return formats.period(period, language)


def with_unit(claim: Claim, value: Decimal) -> str:
    """A value as the text would have written it: in the claim's unit, and in 万 or 亿 where the claim was."""
    shown = written(claim._replace(value=value))
    return shown if shown.endswith("%") else shown + (claim.unit or "").removeprefix("余").removeprefix("多")


def reach_of(claim: Claim, covered: Interval) -> tuple[str, str]:
    """In words, what a wording covers."""
    low, high = (with_unit(claim, end) if end.is_finite() else "" for end in (covered.low, covered.high))
    if covered.is_point:
        return f"就是{low}", f"exactly {low}"
    if not high:
        return f"不少于{low}都算", f"anything from {low} on"
    if not low:
        return (
            f"{'少于' if covered.high_open else '不超过'}{high}都算",
            f"anything {'under' if covered.high_open else 'up to'} {high}",
        )
    return f"{low}到{high}都算", f"anything from {low} to {high}"


# --- rules ------------------------------------------------------------------------------------------------------------

LOOSER = {"at_least": lambda said, rule: said < rule, "more_than": lambda said, rule: said < rule,
          "at_most": lambda said, rule: said > rule, "exactly": lambda said, rule: said != rule}  # fmt: skip
COMPARE = {"at_least": ("不少于", "at least"), "at_most": ("不超过", "at most"), "more_than": ("多于", "more than"),
           "exactly": ("", "exactly")}  # fmt: skip
EVERY = {"month": ("每月", " a month"), "quarter": ("每季度", " a quarter"), "half_year": ("每半年", " a half-year"),
         "year": ("每年", " a year"), "case": ("每件", " a case"), "none": ("", "")}  # fmt: skip


def against_rule(claim: Claim, rule: Rule, row: RuleRow) -> Finding:
    """A standard named in the text against the rule's row in force: one laxer than the rule contradicts it."""
    stated = claim.value or Decimal(0)
    laxer = LOOSER[row.compare](stated, row.value)
    compare, every = COMPARE[row.compare], EVERY[row.per]
    asked = f"{every[0]}{compare[0]}{number(row.value)}{row.unit}"
    asked_en = f"{compare[1]} {number(row.value)} {row.unit}{every[1]}"
    stricter = not laxer and stated != row.value
    close = ("比规定低，对不上" if laxer else "比规定更严" if stricter else "一致",
             "which falls short of it" if laxer else "which is stricter" if stricter else "which agrees")  # fmt: skip
    said = text_of(claim)
    waits, waits_en = pending(rule.source_status), pending(rule.source_status, "en")
    zh = f"“{rule.title.zh}”规定{asked}（自{row.since}起），文中写“{said}”，{close[0]}。出处：{rule.source}{waits}。"
    en = f"“{rule.title.en}”{waits_en} asks for {asked_en} (since {row.since}); the text says “{said}”, {close[1]}."
    return _finding("rule", "contradiction" if laxer else "confirmed", claim, row.value, zh, en)


# --- citations --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cited:
    """A recorded citation: who said the number, in which document."""

    value: Decimal
    issuer: str
    document: str


def against_citations(claim: Claim, cited: Sequence[Cited], wording: Wording) -> Finding:
    """A number of somebody else's list against what was recorded of that document; none recorded: no_record."""
    if not cited:
        return _finding("citation", "no_record", claim, None, f"“{text_of(claim)}”是引用别人的数，还没有记下出处。",
                        f"“{text_of(claim)}” is somebody else's number; its source is not on record.")  # fmt: skip
    covered = interval(claim, wording)
    one = next((one for one in cited if one.value in covered), cited[0])
    agrees = one.value in covered
    close, close_en = ("一致", "which agrees") if agrees else ("对不上", "which does not agree")
    said, found = text_of(claim), number(one.value)
    zh = f"出处是{one.issuer}《{one.document.strip('《》')}》，记的是{found}；文中写“{said}”，{close}。"
    en = f"On record: {one.issuer}, {one.document}: {found}; the text says “{said}”, {close_en}."
    return _finding("citation", "confirmed" if agrees else "contradiction", claim, one.value, zh, en)


def unbound(claim: Claim, *, nobody: bool = False) -> Finding:
    """The finding for a claim that no indicator was chosen for, or (`nobody`) that names no unit."""
    said = text_of(claim)
    if nobody:
        return _finding("figure", "unbound", claim, None, f"没有说“{said}”是哪个单位的数，选了单位才能对。",
                        f"Whose number “{said}” is, is not said: choose a unit.")  # fmt: skip
    return _finding("figure", "unbound", claim, None, f"“{said}”还没有指明是哪项指标。",
                    f"No indicator is chosen for “{said}”.")  # fmt: skip


def _finding(kind: FindingType, verdict: Verdict, claim: Claim, computed: Decimal | None, zh: str, en: str) -> Finding:
    suspect = claim.span if verdict == "contradiction" else None
    known = None if computed is None else rounded(computed)
    return Finding(kind, verdict, (claim.span,), claim.value, known, zh, en, suspect)
