"""Which indicators a claim may mean, the likeliest first.

An indicator must answer claims of this kind and count in this measure. What speaks for it: its names and those of one
of its tags in the words around the claim, the nearer the better, and the verb.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Indicator, Tag
from gangmu.documents.rules import caution
from gangmu.documents.rules.contexts import Context
from gangmu.documents.rules.growth import growth
from gangmu.documents.rules.vocabulary import Mention, Vocabulary

SIDE = ("theme", "level", "grade", "matter_source")  # families that narrow a question and never make it
SUBJECT, CLAUSE, BESIDE = (
    3.0,
    1.0,
    0.95,
)  # regions from these weights on: named itself, in its clause, in the one before
ELSEWHERE = 0.2  # words of the sentence before tell of a theme, never of the kind of thing
VERB, VERB_NEAR, TAG_VERB, MEASURE = 12.0, 1.2, 0.8, 0.6
OWN_VERB, OWN_VERB_HERE = 3, 2  # by so much less than a name an indicator's own verb tells what is counted (办结2件)
VERY_NAME = 2.0  # what a subject tells that is a name of the indicator and nothing besides
SAME_NAME = 0.7  # what an indicator's name adds to a tag's where both are one word
MEANT_BY_TAG = frozenset({"activity_form", "money_use"})  # 举办活动, 投入资金: which, is not said without such a tag
INSIDE = 0.4  # what is left of a name that stands inside a longer name of an indicator
OWN_UNIT = 4.0  # what a measure word adds that only one indicator uses
NEARER = 0.4  # by so much a mention at a region's end counts more than one at its beginning
ENOUGH = 12.0  # below this a proposal is a guess, and the claim stays unbound
OFFERED = 3


class Proposal(NamedTuple):
    """An indicator with the tags chosen, how much speaks for it, and how much of that names what is counted."""

    indicator: str
    selection: tuple[str, ...]
    score: float
    named: float

    @property
    def is_enough(self) -> bool:
        """Whether the words name what is counted; a verb alone (占, 组织, 开展) names nothing."""
        return self.named >= ENOUGH

    @property
    def key(self) -> str:
        """As indicators.questions writes it."""
        return f"{self.indicator}[{','.join(self.selection)}]" if self.selection else self.indicator


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each owner of a name: how strongly the words around a claim speak for it, and where it is named nearest."""

    words: Vocabulary
    strength: Mapping[str, float]
    weight: Mapping[str, float]
    name: Mapping[str, str]


def proposals(context: Context, catalog: Catalog, words: Vocabulary) -> tuple[Proposal, ...]:
    """The likeliest questions, best first; at most six."""
    fitting = [one for one in catalog.indicators.values() if _fits(context, one)]
    seen = evidence(context, words, fitting, catalog)
    verbs = {one.key: _verb(one, context, fitting) - _no_whole(one, context) for one in fitting}
    by_verb = {one.selects[0] for one in fitting if one.selects and verbs[one.key] == VERB}
    found = {
        (proposal.indicator, frozenset(proposal.selection)): proposal
        for one in fitting
        for proposal in sorted(
            _questions(one, context, catalog, seen, _against_others(one, verbs[one.key], by_verb)),
            key=lambda proposal: proposal.score,
        )
    }
    return tuple(sorted(found.values(), key=lambda one: (-one.score, one.key))[: 2 * OFFERED])


def _against_others(one: Indicator, verb: float, by_verb: Set[str]) -> float:
    """What the verb says for an indicator: 排查 speaks for what was received and so against what was solved."""
    is_anothers = verb != VERB and one.selects and one.selects[0] in by_verb
    return verb - VERB if is_anothers else verb


def evidence(context: Context, words: Vocabulary, fitting: Sequence[Indicator], catalog: Catalog) -> Evidence:
    """The best mention of every owner; later in a region, nearer to the claim, is a little better."""
    strength: dict[str, float] = {}
    weight: dict[str, float] = {}
    name: dict[str, str] = {}
    for region in context.regions:
        mentions = words.mentions(region.words)
        longer = [(mention, one) for mention in mentions for one in fitting if one.key == mention.owner]
        for mention in mentions:
            place = 1 + NEARER * (mention.start + len(mention.name)) / len(region.words)
            worth = mention.strength * region.weight * place
            if any(_says_more(outer, one, mention, catalog) for outer, one in longer):
                worth *= INSIDE
            strength[mention.owner] = max(worth, strength.get(mention.owner, 0.0))
            if region.weight > weight.get(mention.owner, 0.0):
                weight[mention.owner], name[mention.owner] = region.weight, mention.name
    return Evidence(words, strength, weight, name)


def _no_whole(one: Indicator, context: Context) -> float:
    """What 每月, 人均 and 尚缺 say against an indicator of wholes."""
    return VERB if caution.is_no_whole(context, one) else 0.0


def _says_more(outer: Mention, one: Indicator, inner: Mention, catalog: Catalog) -> bool:
    """Whether a name stands inside a longer one of another indicator: 集体经济收入 in 村均集体经济收入."""
    if len(outer.name) <= len(inner.name) or catalog.family_of.get(inner.owner) in one.selects:
        return False
    end, outer_end = inner.start + len(inner.name), outer.start + len(outer.name)
    return outer.start <= inner.start and end <= outer_end


def _fits(context: Context, one: Indicator) -> bool:
    claim, change = context.claim, growth(context)
    if change and change.fits(one, claim.unit):
        return True
    if claim.kind != one.kind:
        return False
    return claim.unit is None or claim.kind in ("ratio", "change") or claim.unit in one.units


def _questions(one: Indicator, context: Context, catalog: Catalog, seen: Evidence, verb: float) -> Iterator[Proposal]:
    """The indicator with its likeliest tags, with those that narrow it further, and with none.

    A level or grade makes an honour another one and stands first; anything else only narrows and comes second.
    """
    own = seen.strength.get(one.key, 0.0)
    if context.claim.unit == "%" and not own + (verb if context.claim.kind == "change" else 0.0):
        return  # a rate has no measure word that tells 场次 from 人次: the indicator itself must be named
    ranked = _ranked(one, catalog, seen)
    for number, key in enumerate(_main(ranked, one, catalog, seen)[:2]):
        named = seen.strength[key] + own * (SAME_NAME if seen.name[key] == seen.name.get(one.key) else 1)
        named += OWN_UNIT if context.claim.unit in seen.words.own_units[one.key] else 0.0
        score = named + verb + _tag_verb(catalog.tags[key], context) - number
        named += _named_by_verb(verb, one, context)
        side = tuple(tag for tag in _narrowing(one, catalog.tags[key], context, catalog, seen) if tag != key)
        fixed = tuple(tag for tag in side if "grade" in one.selects and catalog.family_of[tag] != "theme")
        yield Proposal(one.key, (key, *fixed), score, named)
        if len(side) > len(fixed):
            yield Proposal(one.key, (key, *side), score - 0.5, named)
        if fixed:
            yield Proposal(one.key, (key,), score - 2, named)
    for key in [key for key in ranked if catalog.family_of[key] == "theme" and seen.weight[key] >= BESIDE][:1]:
        yield Proposal(one.key, (key,), own + verb + 0.8 * seen.strength[key], own + 0.8 * seen.strength[key])
    named = own + (_named_by_verb(verb, one, context) if seen.weight.get(one.key, 0.0) >= SUBJECT else 0.0)
    named += VERY_NAME if context.subject in one.names else 0.0
    yield Proposal(one.key, (), own + verb, 0.0 if _is_meant_by_tag(one) else named)


def _named_by_verb(verb: float, one: Indicator, context: Context) -> float:
    """What an indicator's own verb tells of what is counted, right before the number more than further off."""
    if verb != VERB:
        return 0.0
    return VERB / (OWN_VERB_HERE if _is_verb(context.item, one) else OWN_VERB)


def _is_meant_by_tag(one: Indicator) -> bool:
    """Whether the indicator says nothing without a tag; a share of records (补录率) does, a share of units does not."""
    return bool(MEANT_BY_TAG & set(one.selects)) and not (one.kind == "ratio" and one.measure == "flow")


def _ranked(one: Indicator, catalog: Catalog, seen: Evidence) -> list[str]:
    """The tags that the words name and the indicator offers, the strongest first."""
    offered = (key for key in seen.strength if _tells(key, one, catalog, seen))
    return sorted(offered, key=lambda key: (-seen.strength[key], key))


def _main(ranked: list[str], one: Indicator, catalog: Catalog, seen: Evidence) -> list[str]:
    """The tags that make a question: those of the telling family where the words near the claim name one."""
    telling = [key for key in ranked if catalog.family_of[key] == one.selects[0] and seen.weight[key] >= BESIDE]
    return telling or [key for key in ranked if catalog.family_of[key] not in SIDE and seen.weight[key] > ELSEWHERE]


def _tells(key: str, one: Indicator, catalog: Catalog, seen: Evidence) -> bool:
    """Whether a tag's name says more than the indicator's own: 问题 is every problem and no kind of it."""
    return catalog.family_of.get(key) in one.selects and seen.name[key] not in seen.words.everyone[one.key]


def _verb(one: Indicator, context: Context, fitting: Sequence[Indicator]) -> float:
    """How far the verb speaks for an indicator. One before the very number (消除1996处) goes before one further off."""
    if any(_is_verb(context.item, other) for other in fitting):
        return VERB if _is_verb(context.item, one) else 0.0
    if context.action and context.action in one.actions:
        return VERB
    near = context.item + context.own
    return VERB_NEAR if any(word in near for word in one.actions) else 0.0


def _is_verb(item: str, one: Indicator) -> bool:
    """Whether the words before a number are a verb of the indicator, with two characters more: 成功化解, 整改到位."""
    return any(word in item and len(item) <= len(word) + 2 for word in one.actions)


def _tag_verb(tag: Tag, context: Context) -> float:
    verb = TAG_VERB if context.action and context.action in tag.actions else 0.0
    return verb + (MEASURE if context.claim.unit in tag.units else 0.0)


def _narrowing(one: Indicator, main: Tag, context: Context, catalog: Catalog, seen: Evidence) -> Iterator[str]:
    """What a claim's own words add to the main tag: a theme of the subject, level and grade of an honour, a source."""
    for family in SIDE:
        keys = [
            key
            for key in seen.strength
            if family in one.selects
            and catalog.family_of.get(key) == family
            and (_is_theme(key, main, context, seen) if family == "theme" else _is_level(key, family, one, seen))
        ]
        if keys:
            yield max(keys, key=lambda key: (seen.weight[key], seen.strength[key], key))


def _is_theme(key: str, main: Tag, context: Context, seen: Evidence) -> bool:
    """Whether the subject names the theme besides the main tag: 农村矛盾纠纷 is both, 主题教育 is one word."""
    if seen.weight[key] < SUBJECT:
        return False
    theme, called = seen.name[key], seen.name.get(main.key, "")
    rest = called.replace(theme, "", 1)
    if theme in called:
        return any(rest.endswith(name) for name in main.names)
    return called in context.subject.replace(theme, "", 1)


def _is_level(key: str, family: str, one: Indicator, seen: Evidence) -> bool:
    """Whether a level, grade or source is meant: 全省 before an honour is one, elsewhere it says whose figure it is."""
    name = seen.name[key]
    reaches_over = len(name) == 2 and name.startswith("全")
    near = seen.weight[key] >= (CLAUSE if family in ("grade", "matter_source") else BESIDE)
    return near and len(name) > 1 and ("grade" in one.selects or not reaches_over)
