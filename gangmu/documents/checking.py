"""A whole document held against the record: arithmetic, figures, rules, citations and holes, in text order."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gangmu.catalog.current import catalog
from gangmu.catalog.words import plain
from gangmu.documents.binding import ASKED_KINDS, Bound, Choices, bound, unit_names, words
from gangmu.documents.rules import standards, verdicts
from gangmu.documents.rules.contexts import Context, contexts
from gangmu.documents.rules.proposals import OFFERED, Proposal
from gangmu.documents.rules.times import proposed_period
from gangmu.documents.rules.verdicts import Cited, Recorded
from gangmu.indicators import queries as indicators
from gangmu.indicators.values import Figure
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs
from gangmu.reading.arithmetic import findings as arithmetic
from gangmu.reading.records import number
from gangmu.reading.values import Claim, Finding, Reading, Span
from gangmu.reading.wording import Wording

PLACES = (
    "省",
    "市",
    "县",
    "区",
    "街道",
    "镇",
    "乡",
    "社区",
    "村",
)  # the widest first; a unit of no place is the narrowest
PLACE = re.compile(f"全({'|'.join(PLACES)})")
HEADING = 120  # so many characters of a document hold its title
Question = tuple[OrgId, Period, str]  # whose, when, the indicator with its tags
LIST_SIZE = "list_size"  # the tag of a citation that tells how long somebody else's list is
NEVER_COUNTED = ("unit.", "relation.", "post.", "holding.", "account.", "access.", "person.", "claim.", "period.")


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with everything found about its numbers.

    `figures` holds the figure behind each finding of type `figure` by the claim's span; `bounds` how each claim was
    read. `period` is the one that holds where a claim says nothing of its own.
    """

    reading: Reading
    org: OrgId | None
    period: Period
    findings: tuple[Finding, ...]
    bounds: Mapping[Span, Bound]
    figures: Mapping[Span, Figure]


def check(
    reading: Reading, scope: Scope, *, org: OrgId | None = None, period: Period | None = None,
    choices: Choices | None = None,
) -> Checked:  # fmt: skip
    """Hold every number of `reading` against the record, as `scope` may see it."""
    days = period or proposed_period(reading) or latest_year(scope, org)
    wording = wording_on(days.end)
    bounds = resolved(bound(reading, scope, org, days, choices or {}), scope)
    asked = answers(scope, (question for one in bounds for question in _questions(one)))
    judged = {one.claim.span: _judged(one, asked, wording) for one in bounds}
    others = dict(_standards(reading, scope, wording, days.end))
    found = [*arithmetic(reading, wording), *({**judged, **others}.values())]
    figures = {one.claim.span: asked[_questions(one)[0]] for one in bounds
               if one.first and one.claim.span not in others and _questions(one)[0] in asked}  # fmt: skip
    return Checked(reading, org, days, tuple(sorted(found, key=lambda one: (one.spans, one.type))),
                   {one.claim.span: one for one in bounds}, figures)  # fmt: skip


def wording_on(day: date) -> Wording:
    """What wordings cover on `day`, by the catalog."""
    row = catalog().wording(day)
    return Wording(row.over_share, row.over_points, row.nearly_share, row.about_share)


def proposed_unit(reading: Reading, scope: Scope) -> OrgId | None:
    """The unit that a document's title names; else the one at the top of the scope, where there is just one.

    None where the text speaks for a wider place: a village that checks a speech about all the city (全市) would be held
    to the city's numbers.
    """
    names, said = unit_names(scope), plain(reading.source.text[reading.body.span.start :][:HEADING])
    named = max((name for name in names if name in said), key=len, default=None)
    if named:
        return names[named]
    tops = orgs.tops(scope)
    return tops[0].org if len(tops) == 1 and not _of_a_wider_place(reading, tops[0].name) else None


def _of_a_wider_place(reading: Reading, name: str) -> bool:
    """Whether the place that the text mostly speaks for (全市, 全县 …) is wider than the unit of that name."""
    said = Counter(PLACE.findall(reading.source.text))
    ours = next((place for place in PLACES if place in name), PLACES[-1])
    return bool(said) and PLACES.index(said.most_common(1)[0][0]) < PLACES.index(ours)


def latest_year(scope: Scope, org: OrgId | None) -> Period:
    """The latest calendar year in which the unit recorded something; the scope's own year where it never did."""
    tops = [orgs.unit(scope, org)] if org else list(orgs.tops(scope))
    inside = frozenset(node.org for top in tops for node in orgs.descendants(scope, top.org))
    counted = frozenset(kind for kind in catalog().facts if not kind.startswith(NEVER_COUNTED))
    newest = ledger.facts(ledger.FactFilter(orgs=inside, kinds=counted, with_reversed=False), limit=1)
    return Period.of_year(newest[0].day.year if newest else scope.day.year)


def answers(scope: Scope, questions: Iterable[Question]) -> dict[Question, Figure]:
    """The figures asked for, those of one unit and period read together."""
    together: dict[tuple[OrgId, Period], dict[str, None]] = defaultdict(dict)
    for org, period, key in questions:
        together[org, period][key] = None
    return {
        (org, period, key): figure
        for (org, period), keys in together.items()
        for key, figure in zip(keys, indicators.figures(scope, list(keys), org, period), strict=True)
    }


def resolved(bounds: Sequence[Bound], scope: Scope) -> tuple[Bound, ...]:
    """Where the record holds what a text names more narrowly, the narrower question is meant.

    农村矛盾纠纷 asks for disputes of the countryside where disputes bear their theme, else for disputes. A person's
    choice stays as it is.
    """
    ways = {place: _narrower(one) for place, one in enumerate(bounds)}
    told = answers(scope, (question for some in ways.values() for question, _ in some))
    standing = {place: [way for question, way in some if _stands(told[question])] for place, some in ways.items()}
    return tuple(_preferring(one, standing[place]) for place, one in enumerate(bounds))


def _narrower(one: Bound) -> tuple[tuple[Question, Proposal], ...]:
    """The questions that ask the same as the first, with more tags."""
    first = None if one.remembered else one.first
    return tuple(
        ((one.org, one.period, way.key), way)
        for way in one.proposals
        if first and one.org and way.indicator == first.indicator and set(way.selection) > set(first.selection) != set()
    )


def _preferring(one: Bound, ways: Sequence[Proposal]) -> Bound:
    if not ways:
        return one
    return replace(one, proposals=(ways[0], *(way for way in one.proposals if way != ways[0])))


def offered(bounds: Mapping[int, Bound], scope: Scope) -> dict[int, tuple[tuple[Proposal, Figure], ...]]:
    """What each claim may mean and what that would say; nothing where no unit is named or chosen."""
    ways = {number: _places(one) for number, one in bounds.items()}
    told = answers(scope, (question for some in ways.values() for question, _ in some))
    return {number: tuple((way, told[question]) for question, way in some) for number, some in ways.items()}


def _places(one: Bound) -> tuple[tuple[Question, Proposal], ...]:
    return tuple(((one.org, one.period, way.key), way) for way in one.proposals[:OFFERED] if one.org)


def _stands(figure: Figure) -> bool:
    return figure.withheld or (figure.value is not None and (figure.facts > 0 or bool(figure.value)))


def _questions(one: Bound) -> tuple[Question, ...]:
    """The question a claim is held against, and of a change the one about its base."""
    if one.org is None or one.first is None:
        return ()
    now = (one.org, one.period, one.first.key)
    return (now, (one.org, one.change.base(one.period), one.first.key)) if one.change else (now,)


def _judged(one: Bound, asked: Mapping[Question, Figure], wording: Wording) -> Finding:
    questions = _questions(one)
    if not questions:
        return verdicts.unbound(one.claim, nobody=one.org is None)
    figures = [asked[question] for question in questions]
    on_record = recorded(figures[0])
    return verdicts.judged(one.claim, changed(on_record, one, figures[1]) if one.change else on_record, wording)


def changed(now: Recorded, one: Bound, base: Figure) -> Recorded:
    """What is on record of a change: nothing where either side has no figure."""
    if one.change is None or now.value is None or base.value is None:
        return replace(now, value=None, why=now.why or base.why)
    value = one.change.of(now.value, base.value)
    against = verdicts.days(base.period), verdicts.days(base.period, "en")
    return replace(
        now, value=value, facts=now.facts + base.facts, why="" if value is not None else "no_whole", divided=True,
        title=f"{now.title}（比{against[0]}）", title_en=f"{now.title_en} (against {against[1]})",
    )  # fmt: skip


def recorded(figure: Figure) -> Recorded:
    """A figure as a verdict reads it."""
    title = catalog().indicators[figure.indicator].title
    chosen = [catalog().tags[tag].title for tag in figure.selection]
    node = orgs.tree(figure.tree_day).get(figure.org)
    return Recorded(
        figure.value, figure.facts, figure.why,
        "·".join([title.zh, *(tag.zh for tag in chosen)]), ", ".join([title.en, *(tag.en for tag in chosen)]),
        node.name if node else "", figure.period, divided=figure.denominator is not None,
        status=catalog().indicators[figure.indicator].source_status,
    )  # fmt: skip


def _standards(reading: Reading, scope: Scope, wording: Wording, day: date) -> Iterator[tuple[Span, Finding]]:
    """Findings for norms that a rule answers and for sizes of other people's lists."""
    cited: tuple[Cited, ...] | None = None
    for context in contexts(reading):
        claim = context.claim
        if claim.placeholder:
            continue
        if claim.kind == "norm":
            yield from _against_rule(context, day)
        elif claim.kind in ASKED_KINDS and standards.is_of_a_list(context, reading.source.text):
            cited = citations(scope) if cited is None else cited
            yield claim.span, verdicts.against_citations(claim, standards.cited_in(context, cited), wording)


def _against_rule(context: Context, day: date) -> Iterator[tuple[Span, Finding]]:
    claim: Claim = context.claim
    rule = standards.rule_for(context, catalog(), words())
    row = catalog().rule(rule.key, day) if rule else None
    if rule is None or row is None:
        yield claim.span, verdicts.unbound(claim)
    else:
        yield claim.span, verdicts.against_rule(claim, rule, row)


def citations(scope: Scope) -> tuple[Cited, ...]:
    """The sizes of other people's lists on record in the scope."""
    inside = frozenset(node.org for top in orgs.tops(scope) for node in orgs.descendants(scope, top.org))
    wanted = ledger.FactFilter(orgs=inside, kinds=frozenset({"citation.recorded"}), with_reversed=False)
    found = ledger.facts(wanted, limit=ledger.LONGEST_PAGE)
    return tuple(
        Cited(Decimal(str(fact.body["value"])), str(fact.body["issuer"]), str(fact.body["document"]))
        for fact in found
        if LIST_SIZE in str(fact.body.get("tags", ""))
    )


def figure_record(figure: Figure, code: str) -> dict[str, Json | float]:
    """A figure as `check --jsonl` prints it; the unit by its code, or its id where it has none."""
    return {
        "indicator": figure.key, "org": code or figure.org, "from": figure.period.start.isoformat(),
        "to": figure.period.end.isoformat(), "value": number(figure.value), "unit": figure.unit,
        "catalog": figure.catalog,
    }  # fmt: skip
