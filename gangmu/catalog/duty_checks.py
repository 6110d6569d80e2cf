"""Duties held against what they name: kinds of unit, posts, categories, rules, and the measures that discharge them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gangmu.catalog.checks import Found, Shelf, in_order, unknown
from gangmu.catalog.comparisons import Said, field_of, values_of
from gangmu.catalog.duties.definitions import Duty, DutyRow, Exemption, OwedBy
from gangmu.catalog.duties.terms import CompiledDuty, Tally, Terms, demands_of
from gangmu.catalog.expressions.bind import reads_openings, uses
from gangmu.catalog.expressions.nodes import Count, Distinct, Measure, Sum
from gangmu.catalog.formulas import read_measure
from gangmu.catalog.layers import Loaded
from gangmu.catalog.norms import Rule
from gangmu.catalog.yaml_source import Step
from gangmu.kernel.problems import Problem

SPANS = ("month", "quarter", "half_year", "year")
Selectors = Sequence[tuple[OwedBy | Exemption, tuple[Step, ...]]]
# Where the words of a selector come from: of posts and members, the choices of the facts that tell of them.
CHOSEN = {
    "posts": (("post.created", "post"),),
    "categories": (("membership.started", "category"),),
    "stages": (("membership.started", "stage"), ("membership.stage_changed", "stage")),
}


def read_duty(one: Loaded, duty: Duty, shelf: Shelf, rules: Mapping[str, Rule]) -> tuple[CompiledDuty, list[Problem]]:
    """A duty with its measures read and its numbers taken from `rules`, and every problem."""
    problems, terms = [*in_order(one, duty.rows, "rows")], list[Terms]()
    for index, row in enumerate(duty.rows):
        problems += [*_selector(one, row, index, shelf), *_rule(one, row, index, shelf), *_credit(one, row, index)]
        tally, wrong = _tally(one, row, index, shelf)
        upon, more = _upon(one, row, index, shelf)
        problems += [*wrong, *more]
        if tally is not None:
            terms.append(Terms(row.since, row, tally, upon, demands_of(row, rules)))
    return CompiledDuty(duty, tuple(terms)), problems


def as_written(one: Loaded, compiled: CompiledDuty, shelf: Shelf) -> CompiledDuty:
    """The duty by the rules of the floor and of its own pack: what its examples were written for.

    What another pack tightens or switches off moves what is owed here, and no example of others.
    """
    rules = {
        other.key: other.definition
        for other in shelf.loaded
        if isinstance(other.definition, Rule) and (other.layer.national or other.layer == one.layer)
    }
    terms = (replace(each, demands=demands_of(each.row, rules)) for each in compiled.terms)
    return replace(compiled, terms=tuple(terms))


def _selector(one: Loaded, row: DutyRow, index: int, shelf: Shelf) -> Found:
    """Every word of who owes and who is exempt is a word of the catalog."""
    exempt = [(free, ("rows", index, "exempt", at)) for at, free in enumerate(row.exempt)]
    return selector_words(one, [(row.owed_by, ("rows", index, "owed_by")), *exempt], shelf)


def selector_words(one: Loaded, written: Selectors, shelf: Shelf) -> Found:
    """Words of selectors, each written at its path, that the catalog does not have."""
    named: list[tuple[str, Sequence[str], tuple[Step, ...]]] = [
        (word, getattr(part, word), (*path, word))
        for part, path in written
        for word in ("kinds", "domains", *CHOSEN)
        if hasattr(part, word)
    ]
    for word, values, path in named:
        known = _known(word, shelf)
        for value in values:
            if value not in known:
                yield unknown(one, value, word, path, known)


def _known(word: str, shelf: Shelf) -> list[str]:
    if word == "kinds":
        return list(shelf.kinds)
    if word == "domains":
        family = shelf.families.get("domain")
        return [tag.key for tag in family.tags] if family else []
    fields = [field_of(shelf.facts[kind], key) for kind, key in CHOSEN[word] if kind in shelf.facts]
    return sorted({value for field in fields if field for value in values_of(field, shelf)})


def _rule(one: Loaded, row: DutyRow, index: int, shelf: Shelf) -> Found:
    """A rule that a duty takes its number from is there and asks for at least so much in every span."""
    if row.rule is None:
        return
    rule: Rule | None = shelf.rules.get(row.rule)
    path: tuple[Step, ...] = ("rows", index, "rule")
    if rule is None:
        yield unknown(one, row.rule, "rule", path, shelf.rules)
    elif any(each.compare != "at_least" or each.per not in SPANS for each in rule.rows):
        message = f"规定 {rule.key} 不是“每期至少多少”，职责不能照它算。"
        yield one.problem("catalog.duty", message, f"The rule {rule.key} is no 'at least so much a period'.", path)


def _credit(one: Loaded, row: DutyRow, index: int) -> Found:
    """Facts are credited to a post where a holder owes, to a person where a holder or a member does."""
    bearer, credit = row.owed_by.bearer, row.discharge.credit
    path: tuple[Step, ...] = ("rows", index, "discharge", "credit")
    if ("post" in credit and bearer != "post") or ("person" in credit and bearer == "unit"):
        yield one.problem("catalog.duty", "credit：单位没有岗位和本人，只能写 unit 或 beneath。",
                          "credit: a unit has no post and is no person; a member has no post.", path)  # fmt: skip
    if row.discharge.days == "after" and row.due.counted_from != "period_end":
        yield one.problem("catalog.duty", "days: after 时，期限从 period_end 起算。",
                          "With days: after the deadline is counted from period_end.", path[:-1])  # fmt: skip


def _tally(one: Loaded, row: DutyRow, index: int, shelf: Shelf) -> tuple[Tally | None, list[Problem]]:
    path: tuple[Step, ...] = ("rows", index, "discharge", "text")
    measure, problems = read_measure(one, row.discharge.text, path, shelf)
    if measure is not None and not problems:
        faults = _tally_faults(measure, row, shelf)
        problems = [one.problem("catalog.duty", zh, en, path) for zh, en in faults]
    return (measure if isinstance(measure, Count | Sum | Distinct) and not problems else None), problems


def _upon(one: Loaded, row: DutyRow, index: int, shelf: Shelf) -> tuple[Count | None, list[Problem]]:
    if row.upon is None:
        return None, []
    path: tuple[Step, ...] = ("rows", index, "upon")
    measure, problems = read_measure(one, row.upon, path, shelf)
    if measure is not None and not problems and not isinstance(measure, Count):
        message = "upon 写一个 count(…)：哪一种事实发生一次就欠一次。"
        problems = [one.problem("catalog.duty", message, "upon is a count(…): each such fact begins one.", path)]
    if measure is not None and not problems:
        problems = [one.problem("catalog.duty", zh, en, path) for zh, en in _open_faults(measure)]
    return (measure if isinstance(measure, Count) and not problems else None), problems


def _tally_faults(measure: Measure, row: DutyRow, shelf: Shelf) -> Iterator[Said]:
    """What discharges must only grow as facts become known, or a late record could undo what was met."""
    if not isinstance(measure, Count | Sum | Distinct):
        yield ("完成条件写一个 count、sum 或 distinct。", "What discharges a duty is one count, sum or distinct.")
        return
    yield from _open_faults(measure)
    if row.discharge.once_per and not isinstance(measure, Count):
        yield ("once_per 只和 count 一起用。", "once_per goes with count only.")
    if isinstance(measure, Sum):
        field = field_of(shelf.facts[measure.kind], measure.field)
        if field and (field.min is None or field.min < 0):
            yield (f"{measure.field} 可能是负数，会越加越少；换一个不小于 0 的字段。",
                   f"{measure.field} may be negative, and a sum shrink: take a field of at least 0.")  # fmt: skip


def _open_faults(measure: Measure) -> Iterator[Said]:
    if uses(measure).selectable:
        yield ("这里没有人选标签，不能写 tag(selected)。", "Nobody chooses a tag here: tag(selected) cannot stand.")
    if isinstance(measure, Count | Sum | Distinct) and reads_openings(measure):
        yield ("这里只看这条事实自己，不能写 opened.。", "Only the fact itself is looked at here: leave out opened.")
