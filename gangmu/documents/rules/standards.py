"""Claims that are no figures of ours: a standard named in a text, and the size of somebody else's list."""

import re

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.norms import Rule
from gangmu.catalog.words import plain
from gangmu.documents.rules.contexts import Context
from gangmu.documents.rules.proposals import SUBJECT
from gangmu.documents.rules.verdicts import Cited
from gangmu.documents.rules.vocabulary import Vocabulary

ONE_OF = re.compile(r"^[^,;:。]{0,24}?之一")
PER = {
    "month": "每月|每个月|月均|按月",
    "quarter": "每季|每个季度",
    "half_year": "每半年|半年",
    "year": "每年|年度|一年",
    "case": "",
}
ENOUGH = 4.0


def rule_for(context: Context, catalog: Catalog, words: Vocabulary) -> Rule | None:
    """The rule a norm speaks of: named in its own clause, in the same measure and over the same span of time."""
    best: tuple[float, str] | None = None
    for region in context.regions:
        if region.weight < 1.0:
            continue
        for mention in words.mentions(region.words):
            rule = catalog.rules.get(mention.owner)
            worth = mention.strength * min(region.weight, SUBJECT)
            if rule and worth >= ENOUGH and _fits(context, rule) and (best is None or (worth, rule.key) > best):
                best = (worth, rule.key)
    return catalog.rules[best[1]] if best else None


def _fits(context: Context, rule: Rule) -> bool:
    row = rule.rows[-1]
    same_time = row.per == "none" or re.search(PER[row.per], context.own) is not None
    return same_time and (context.claim.unit or "") == row.unit


def is_of_a_list(context: Context, text: str) -> bool:
    """Whether the claim is the size of a list of which one entry is told: 19个…之一."""
    end = context.claim.span.end
    return context.claim.kind == "count" and ONE_OF.match(plain(text[end : end + 30])) is not None


def cited_in(context: Context, cited: tuple[Cited, ...]) -> tuple[Cited, ...]:
    """The citations whose document, or else whose issuer, the sentence names."""
    by_document = tuple(one for one in cited if _named(one.document, context.sentence))
    return by_document or tuple(one for one in cited if _named(one.issuer, context.sentence))


def _named(name: str, sentence: str) -> bool:
    said = plain(name)
    return len(said) > 1 and said in sentence
