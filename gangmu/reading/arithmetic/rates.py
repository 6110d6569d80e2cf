"""Rates named after a deed: 办结1187件，办结率96.3%. The part did it, the whole is what there was to do."""

import re
from collections.abc import Iterator

from gangmu.reading.arithmetic.clauses import first_clause
from gangmu.reading.arithmetic.cues import DEEDS, OPINIONS, QUALIFIERS, SCOPES
from gangmu.reading.arithmetic.language import label, names, pairs, same_unit
from gangmu.reading.arithmetic.share_bases import Reading, block, is_larger, share_unit, stocks_near
from gangmu.reading.arithmetic.share_cues import COLLECTED, ENTERED, FAR, GAP, NEARLY, OPINION_COUNTED, OWED, SHORT
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure, wholes
from gangmu.reading.patterns import pattern
from gangmu.reading.wording import HUNDRED

OF_EACH = pattern(r"[^,;:。()、]{4,}(?:比重|比例|率)(?:均|都)?(?:超过|高于|低于|达到?|不足|在|超)")
# 已经改好 for 整改率, 已验完 for 验收率: the rate's own sign and a word of having done with it.
FINISHED = ("好", "完", "毕", "到位", "成了", "结了")


def of_rate(t: Structure, i: int, stem: str) -> Iterator[Reading]:
    """The readings of rate `i` named `stem`, likeliest first.

    `受理1233件，办结1187件，办结率96.3%`: the part did what the rate is named after.
    """
    s = t.s
    start, end = s.bounds[i]
    before = stocks_near(t, i)
    segment = s.text.find(";", s.at[i], end)
    behind = s.between(s.at[i] + 1, segment if segment > 0 else end)
    after = [j for j in behind if t.is_quantity(j) and j not in t.aside][:3]
    core = stem[-2:]
    near = [j for j in before if s.at[j] >= start]
    told = (*near, *after, *before[len(near) :])
    parts = [j for j in told if _did(label(s, j), core) and not _is_no_part(s.clauses[j])]
    parts.sort(key=lambda j: not _same_qualifiers(stem, label(s, j)))
    for part in parts[:2]:
        clear = (
            part == parts[0]
            and not _is_told_of(t, i, part)
            and _same_qualifiers(stem, label(s, part))
            and _says_no_more(s, stem, part, core)
        )
        clear = clear and (s.at[part] >= start or not _has_its_own(t, i, part))
        clear = clear or (part == parts[0] == i - 1 and not _is_each_ones(t, part, i) and _asked(t, i, stem, core))
        around = (*before, *after) if part in after else before
        fitting = [j for j in around if j != part and share_unit(t.claims[j], t.claims[part]) and is_larger(s, j, part)]
        yield from (Reading(part, j, clear and _is_near(s, i, j)) for j in fitting)
        yield from (Reading(part, j, clear=False) for j, _ in wholes(t, part))
        yield from (Reading(part, j, clear=False) for j in after if j != part and is_larger(s, j, part))
        farther = (
            j for j in t.stocks_before(part, 0) if same_unit(t.claims[j], t.claims[part]) and is_larger(s, j, part)
        )
        yield from (Reading(part, j, clear=False) for j in farther)
        if part == parts[0] and clear and not any(_is_near(s, i, j) for j in fitting):
            yield from _told_before(t, i, part)
    larger = [j for j in before[1:] if share_unit(t.claims[j], t.claims[before[0]])]
    if not parts and larger:
        each = _is_each_ones(t, before[0], i)
        yield Reading(before[0], larger[0], clear=not each and _are_its_operands(t, i, stem, before[0], larger[0]))


def _is_told_of(t: Structure, i: int, part: int) -> bool:
    """Whether a share of its own stands behind a part, or the rate's own item of a list tells of something else.

    `满意52人，占20.1%，满意率达到90%以上`; `驿站建成2个，完成率200%；…；为儿童开展窝沟封闭，完成率107%`.
    """
    item = t.s.text[max(t.s.bounds[i][0], t.s.text.rfind(";", 0, t.s.at[i]) + 1) : t.s.at[i]]
    of_others = t.s.at[part] < t.s.at[i] - len(item) and "," in item.strip(",")
    return (t.is_part(part) and part < i - 1) or of_others or _is_each_ones(t, part, i)


def _is_each_ones(t: Structure, part: int, i: int) -> bool:
    """`12个省份老年人口比重超过14%`: the rate is what each of those counted has, for no comma parts it from them."""
    between = t.s.text[t.s.at[part] + 1 : t.s.at[i]]
    return part < i and OF_EACH.fullmatch(between) is not None


def _are_its_operands(t: Structure, i: int, stem: str, part: int, whole: int) -> bool:
    """`企业240家，亏损36家，亏损面15%`: the two numbers right before, the part sharing a sign of the rate's name."""
    start = t.s.bounds[i][0]
    own, said = names(stem)[-2:], re.split("[,;:。]", t.s.text[start : t.s.at[part]])[-1]
    side_by_side = part == i - 1 and t.s.at[whole] >= start
    counted = not any(o in stem for o in OPINIONS) or OPINION_COUNTED.search(said) is not None
    alike = any(sign in said for sign in own) and counted
    return side_by_side and alike and is_larger(t.s, whole, part) and _same_qualifiers(stem, said)


def _asked(t: Structure, i: int, stem: str, core: str) -> bool:
    """`回访群众500人，表示满意的465人，群众满意率93%`: those asked and those of that mind stand side by side."""
    if core not in OPINIONS or i < 2 or t.s.at[i - 2] < t.s.bounds[i][0] or "的" not in t.s.clauses[i - 1]:
        return False
    told = label(t.s, i - 2) + t.s.clauses[i - 1]
    return share_unit(t.claims[i - 1], t.claims[i - 2]) and _same_qualifiers(stem, told)


def _has_its_own(t: Structure, i: int, part: int) -> bool:
    """Whether the rate's own sentence counts in the measure of `part`, which stands before it."""
    inside = t.s.between(t.s.bounds[i][0], t.s.at[i])
    return any(t.is_quantity(j) and same_unit(t.claims[j], t.claims[part]) for j in inside)


def _is_no_part(words: str) -> bool:
    """What should have been done, or by how much it was missed or passed."""
    return bool(OWED.search(words) or GAP.search(words))


def _told_before(t: Structure, i: int, part: int) -> Iterator[Reading]:
    """`收集诉求860件。…这些诉求…办结817件，办结率97%`: the whole stands paragraphs before; it must nearly fit."""
    said = t.claims[i].value or HUNDRED
    larger = [
        j for j in t.stocks_before(part, 0, FAR) if t.claims[j].unit == t.claims[part].unit and is_larger(t.s, j, part)
    ]
    if len({t.claims[j].value for j in larger}) == 1 and t.claims[part].value:
        near = abs(HUNDRED * (t.claims[part].value or 0) / (t.claims[larger[0]].value or HUNDRED) - said) <= NEARLY
        yield Reading(part, larger[0], clear=near)
        return
    for j in t.stocks_before(part, 0):
        whole, done = t.claims[j], t.claims[part]
        words = label(t.s, j) if whole.unit == done.unit else ""
        collected = COLLECTED.search(words) or (ENTERED.search(words) and is_larger(t.s, j, part))
        if collected and whole.value and done.value:
            yield Reading(part, j, clear=abs(HUNDRED * done.value / whole.value - said) <= NEARLY)
            return


def _did(words: str, core: str) -> bool:
    """Whether a number counts what was done: 办结 for 办结率, 实到 for 到会率."""
    if any(deed in words for deed in DEEDS.get(core, (core,))):
        return True
    if len(core) != 2:
        return False
    return 0 <= words.find(core[0]) < words.rfind(core[1]) or any(
        sign + end in words for sign in core for end in FINISHED
    )


def _same_qualifiers(stem: str, words: str) -> bool:
    return all((q in stem) == (q in words) for q in QUALIFIERS)


def _says_no_more(s: Skeleton, stem: str, part: int, core: str) -> bool:
    """Whether the rate's name says nothing that the sentence of its part does not say too."""
    rest = names(stem.removesuffix(core))
    for word in (*QUALIFIERS, *SCOPES, "本", "其"):
        rest = rest.replace(word, "")
    told = s.text[s.bounds[part][0] : s.at[part]] + first_clause(s.trail(part))
    return not rest or (pairs(rest) or {rest}) <= (pairs(told) | set(told))


def _is_near(s: Skeleton, i: int, j: int) -> bool:
    """In the same sentence or the one before it, or in the short lines before it."""
    start, end = s.bounds[i]
    before = s.sentence(start - 2)[0] if start > 1 else 0
    return s.at[j] >= (min(before, block(s, i)) if end - start < SHORT else before)
