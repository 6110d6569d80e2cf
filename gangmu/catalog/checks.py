"""What must hold between definitions: keys once, names known, rows in order, packs that add or tighten."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.columns import Columns
from gangmu.catalog.compiled import choices
from gangmu.catalog.dated import Since, row_on
from gangmu.catalog.definitions import (
    Definition,
    FactKind,
    Indicator,
    OrganisationKind,
    OrganisationKinds,
    TagFamily,
)
from gangmu.catalog.duties.definitions import Duty, HolidayYear
from gangmu.catalog.duties.responsibilities import Responsibilities
from gangmu.catalog.layers import Loaded
from gangmu.catalog.norms import Rule, RuleRow, Switches, Wording
from gangmu.catalog.yaml_source import Step
from gangmu.kernel.problems import Problem

AT_MOST_FACTS = 56  # ADR 0017
AT_MOST_INDICATORS = 70  # ADR 0016
Found = Iterator[Problem]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything loaded, sorted by kind and reachable by key. `families` are whole: with what packs add."""

    loaded: tuple[Loaded, ...]
    facts: dict[str, FactKind]
    indicators: dict[str, Indicator]
    families: dict[str, TagFamily]
    rules: dict[str, Rule]
    kinds: dict[str, OrganisationKind]
    duties: dict[str, Duty]
    years: dict[int, HolidayYear]
    responsibilities: dict[str, Responsibilities]
    columns: dict[str, Columns]
    activities: dict[str, ActivityForm]


def shelve(loaded: Sequence[Loaded]) -> Shelf:
    """Sort definitions; of equal keys the first stands (`check_keys` names the others)."""
    sheets = {one.key: one.definition for one in reversed(loaded) if isinstance(one.definition, Columns)}
    activities = {one.key: one.definition for one in reversed(loaded) if isinstance(one.definition, ActivityForm)}
    shelf = Shelf(tuple(loaded), {}, {}, {}, {}, {}, {}, {}, {}, sheets, activities)
    for one in loaded:
        match one.definition:
            case FactKind() as kind:
                shelf.facts.setdefault(kind.key, kind)
            case Indicator() as indicator:
                shelf.indicators.setdefault(indicator.key, indicator)
            case TagFamily() as family:
                _shelve_family(shelf, family)
            case Rule() as rule:
                shelf.rules.setdefault(rule.key, rule)
            case Duty() as duty:
                shelf.duties.setdefault(duty.key, duty)
            case HolidayYear() as table:
                shelf.years.setdefault(table.year, table)
            case Responsibilities() as listed:
                shelf.responsibilities.setdefault(listed.key, listed)
            case OrganisationKinds() as organisations:
                _shelve_kinds(shelf, organisations)
            case _:
                continue
    return shelf


def _shelve_kinds(shelf: Shelf, organisations: OrganisationKinds) -> None:
    for kind in organisations.kinds:
        shelf.kinds.setdefault(kind.key, kind)


def _shelve_family(shelf: Shelf, family: TagFamily) -> None:
    if family.extends is None:
        shelf.families.setdefault(family.key, family)
    elif whole := shelf.families.get(family.extends):
        shelf.families[family.extends] = whole.model_copy(update={"tags": (*whole.tags, *family.tags)})


def check_all(shelf: Shelf) -> list[Problem]:
    """Every problem between definitions; formulas and examples are checked elsewhere."""
    problems = [*check_keys(shelf), *check_tag_keys(shelf), *check_kinds_of_unit(shelf),
                *check_years(shelf), *check_layers(shelf)]  # fmt: skip
    for one in shelf.loaded:
        match one.definition:
            case FactKind() as kind:
                problems += check_fact_kind(one, kind, shelf)
            case Indicator() as indicator:
                problems += [
                    *in_order(one, indicator.formula, "formula"),
                    *known_families(one, indicator.selects, "selects", shelf),
                ]
            case Rule() as rule:
                problems += [*in_order(one, rule.rows, "rows"), *check_tightening(one, rule, shelf)]
            case Wording() as wording:
                problems += in_order(one, wording.rows, "rows")
            case Switches() as switches:
                problems += check_switches(one, switches, shelf)
            case _:
                continue
    return problems


def check_keys(shelf: Shelf) -> Found:
    """A key stands once; a pack that repeats one would redefine the floor, and none may."""
    first: dict[tuple[type, str], Loaded] = {}
    for one in shelf.loaded:
        known = first.setdefault((type(one.definition), one.key), one)
        if known is not one:
            yield one.problem(
                "catalog.redefined",
                f"{one.key} 已经在 {known.document.place()} 定义过：只能新增或加严，不能改写；请换一个 key。",
                f"{one.key} is already defined at {known.document.place()}: add or tighten, never redefine.",
                ("key",),
            )


def check_tag_keys(shelf: Shelf) -> Found:
    """A tag's key means one thing in all families, since formulas name tags without their family."""
    first: dict[str, str] = {}
    for one in shelf.loaded:
        if isinstance(one.definition, TagFamily):
            for index, tag in enumerate(one.definition.tags):
                known = first.setdefault(tag.key, one.document.place(("tags", index)))
                if known != one.document.place(("tags", index)):
                    message, english = f"标签 {tag.key} 已经在 {known} 用过。", f"The tag {tag.key} is used at {known}."
                    yield one.problem("catalog.tag_twice", message, english, ("tags", index))


def check_kinds_of_unit(shelf: Shelf) -> Found:
    """A kind of unit stands once in all files, and hangs under kinds that are there."""
    first: dict[str, str] = {}
    for one in shelf.loaded:
        if not isinstance(one.definition, OrganisationKinds):
            continue
        for index, kind in enumerate(one.definition.kinds):
            path: tuple[Step, ...] = ("kinds", index)
            known = first.setdefault(kind.key, one.document.place(path))
            if known != one.document.place(path):
                message = f"组织类别 {kind.key} 已经在 {known} 定义过：请换一个 key。"
                yield one.problem("catalog.redefined", message, f"The kind {kind.key} is defined at {known}.", path)
            for place, parent in enumerate(kind.parents):
                if parent not in shelf.kinds:
                    yield unknown(one, parent, "parents", (*path, "parents", place), shelf.kinds)


def check_years(shelf: Shelf) -> Found:
    """A year has one table of holidays, and no day of it is both off and worked."""
    for one in shelf.loaded:
        if not isinstance(one.definition, HolidayYear):
            continue
        table = one.definition
        if shelf.years[table.year] is not table:
            message = f"{table.year} 年的节假日表已经有了：一年只有一张，请改那一张。"
            yield one.problem(
                "catalog.redefined", message, f"The holidays of {table.year} are there already.", ("year",)
            )
        spans = [(each.first, each.last) for each in table.closures]
        for index, each in enumerate(table.closures):
            for day in each.worked:
                if any(first <= day <= last for first, last in spans):
                    message = f"{day} 又放假又上班；请对照通知改一处。"
                    yield one.problem("catalog.holiday", message, f"{day} is both off and worked.", ("closures", index))


def check_layers(shelf: Shelf) -> Found:
    """A pack names its basis and effective day; the national floor needs neither, and only packs extend or tighten."""
    for one in shelf.loaded:
        definition = one.definition
        if one.layer.national and (definition.basis or definition.effective):
            yield one.problem(
                "catalog.basis", "国家底线不写 basis 和 effective。", "The national floor has no basis.", ("basis",)
            )
        if not one.layer.national and not (definition.basis and definition.effective):
            yield one.problem(
                "catalog.basis",
                "地方定义要写依据文件 basis 和生效日期 effective。",
                "A local definition names its document in `basis` and its day in `effective`.",
            )
        if isinstance(definition, TagFamily) and definition.extends and definition.extends not in shelf.families:
            yield unknown(one, definition.extends, "extends", ("extends",), shelf.families)


def check_fact_kind(one: Loaded, kind: FactKind, shelf: Shelf) -> Found:
    """Fields stand once, enums know their values, families and kinds of unit exist, what moves has an opening."""
    for key, times in Counter(field.key for field in kind.fields).items():
        if times > 1 or key in ("tags", "late_reason"):
            yield one.problem(
                "catalog.field_twice", f"字段 {key} 写重了。", f"The field {key} stands twice.", ("fields",)
            )
    for index, field in enumerate(kind.fields):
        if field.values_from and not choices(field.values_from, shelf.families, shelf.kinds):
            path: tuple[Step, ...] = ("fields", index, "values_from")
            yield unknown(one, field.values_from, "values_from", path, (*shelf.families, "organisation_kinds"))
    yield from known_families(one, kind.tags_required, "tags_required", shelf)
    yield from known_families(one, kind.tags_allowed, "tags_allowed", shelf)
    for index, unit_kind in enumerate(kind.org_kinds):
        if unit_kind not in shelf.kinds:
            yield unknown(one, unit_kind, "org_kinds", ("org_kinds", index), shelf.kinds)
    if kind.moves and kind.moves.does != "opens" and not _opened_by(kind.moves.thing, shelf):
        opened = [other.moves.thing for other in shelf.facts.values() if other.moves and other.moves.does == "opens"]
        yield unknown(one, kind.moves.thing, "moves", ("moves", "thing"), opened)


def _opened_by(thing: str, shelf: Shelf) -> bool:
    return any(kind.moves and kind.moves.does == "opens" and kind.moves.thing == thing for kind in shelf.facts.values())


def check_switches(one: Loaded, switches: Switches, shelf: Shelf) -> Found:
    """A pack switches off indicators, rules, duties and lists that are there and not of status text; the floor none."""
    if one.layer.national:
        message = "国家底线不关自己的定义；请写进地方包。"
        yield one.problem("catalog.switch", message, "The floor switches nothing off: write it into a pack.", ("off",))
    known: dict[str, Definition] = {
        **shelf.rules, **shelf.indicators, **shelf.duties, **shelf.responsibilities,
    }  # fmt: skip
    for index, key in enumerate(switches.off):
        path: tuple[Step, ...] = ("off", index)
        if key in shelf.facts:
            message = f"{key} 是事实种类，记过的不会消失，不能关；只能关指标、规定和职责。"
            yield one.problem("catalog.switch", message, f"{key} is a kind of fact and cannot be switched off.", path)
        elif key not in known:
            yield unknown(one, key, "off", path, known)
        elif known[key].source_status == "text":
            message = f"{key} 已核对原文（{known[key].source}），属于国家底线，不能关。"
            yield one.problem(
                "catalog.switch", message, f"{key} was read in its source and cannot be switched off.", path
            )


def check_tightening(one: Loaded, rule: Rule, shelf: Shelf) -> Found:
    """A tightened rule asks, on every day it holds, for at least as much as the floor's row, in the same terms."""
    if rule.tightens is None:
        return
    floor = shelf.rules.get(rule.tightens)
    if floor is None or floor is rule:
        yield unknown(one, rule.tightens, "tightens", ("tightens",), shelf.rules)
        return
    for day in sorted({row.since for row in (*rule.rows, *floor.rows)}):
        row, below = row_on(rule.rows, day), row_on(floor.rows, day)
        if row and below and not _at_least_as_strict(row, below):
            message = f"{rule.key} 比国家底线（{day} 起 {below.value} {below.unit}）宽，或算法不同：只能加严。"
            english = f"{rule.key} asks for less than {floor.key} does from {day} on, or in other terms."
            yield one.problem("catalog.loosened", message, english, ("rows", rule.rows.index(row)))


def _at_least_as_strict(row: RuleRow, floor: RuleRow) -> bool:
    if (row.compare, row.unit, row.per) != (floor.compare, floor.unit, floor.per):
        return False
    return {
        "at_least": row.value >= floor.value,
        "more_than": row.value >= floor.value,
        "at_most": row.value <= floor.value,
        "exactly": row.value == floor.value,
    }[row.compare]


def in_order(one: Loaded, rows: Sequence[Since], key: str) -> Found:
    for index in range(1, len(rows)):
        if rows[index].since <= rows[index - 1].since:
            message = "各行按 since 从早到晚写，不能同一天；新口径加在最后。"
            yield one.problem("catalog.row_order", message, "Rows stand in the order of `since`.", (key, index))


def known_families(one: Loaded, families: Sequence[str], key: str, shelf: Shelf) -> Found:
    for index, family in enumerate(families):
        if family not in shelf.families:
            yield unknown(one, family, key, (key, index), shelf.families)


def unknown(one: Loaded, name: str, key: str, path: tuple[Step, ...], known: Iterable[str]) -> Problem:
    zh, en = meant(name, known)
    return one.problem("catalog.unknown", f"{key}：没有 {name}{zh}。", f"{key}: there is no {name}{en}.", path)


def meant(name: str, known: Iterable[str]) -> tuple[str, str]:
    """What to do about a name that is not there, in Chinese and English: the nearest that is, or where to look."""
    near = get_close_matches(name, list(known), n=1)
    if near:
        return f"，是不是 {near[0]}", f"; did you mean {near[0]}"
    return "，运行 catalog list 看有哪些", "; `catalog list` tells what there is"
