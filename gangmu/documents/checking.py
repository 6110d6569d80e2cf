"""A whole document held against the record: arithmetic, figures, rules, citations and holes, in text order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gangmu.catalog.current import catalog
from gangmu.documents.binding import ASKED_KINDS, Bound, Choices, bound, words
from gangmu.documents.rules import standards, verdicts
from gangmu.documents.rules.contexts import Context, contexts
from gangmu.documents.rules.proposals import Proposal
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
    """Of several ways to ask one indicator the first with something on record comes first.

    A text says 农村致富带头人 where the record may hold the theme or only the roster: what is not recorded so narrowly
    is meant more widely. A person's choice stays as it is.
    """
    first = answers(scope, (question for one in bounds for question in _questions(one)))
    empty = [one for one in bounds if one.first and not one.remembered and not _stands(first[_questions(one)[0]])]
    ways = {
        id(one): [way for way in one.proposals if one.first and way.indicator == one.first.indicator] for one in empty
    }
    more = answers(scope, ((one.org, one.period, way.key) for one in empty for way in ways[id(one)] if one.org))
    return tuple(_widened(one, ways[id(one)], more) if id(one) in ways else one for one in bounds)


def _ways(one: Bound) -> tuple[Proposal, ...]:
    """The proposals that ask the indicator of the first."""
    return tuple(way for way in one.proposals if one.first and way.indicator == one.first.indicator)


def _widened(one: Bound, ways: Sequence[Proposal], more: Mapping[Question, Figure]) -> Bound:
    better = next((way for way in ways if one.org and _stands(more[one.org, one.period, way.key])), None)
    if better is None:
        return one
    return replace(one, proposals=(better, *(way for way in one.proposals if way != better)))


def _stands(figure: Figure) -> bool:
    return figure.withheld or (figure.value is not None and (figure.facts > 0 or bool(figure.value)))


def _questions(one: Bound) -> tuple[Question, ...]:
    return ((one.org, one.period, one.first.key),) if one.org and one.first else ()


def _judged(one: Bound, asked: Mapping[Question, Figure], wording: Wording) -> Finding:
    questions = _questions(one)
    return (
        verdicts.judged(one.claim, recorded(asked[questions[0]]), wording) if questions else verdicts.unbound(one.claim)
    )


def recorded(figure: Figure) -> Recorded:
    """A figure as a verdict reads it."""
    title = catalog().indicators[figure.indicator].title
    chosen = [catalog().tags[tag].title for tag in figure.selection]
    node = orgs.tree(figure.tree_day).get(figure.org)
    return Recorded(
        figure.value, figure.facts, figure.why,
        "·".join([title.zh, *(tag.zh for tag in chosen)]), ", ".join([title.en, *(tag.en for tag in chosen)]),
        node.name if node else "", figure.period, divided=figure.denominator is not None,
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
