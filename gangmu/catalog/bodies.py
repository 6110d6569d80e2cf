"""Whether a fact's body is what its kind says: one validator is compiled per kind and kept.

Checking costs a few microseconds, because it stands in the way of every recorded fact.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.definitions import FactKind, Field
from gangmu.kernel.canon import LARGEST, Json
from gangmu.kernel.problems import Problem

ALWAYS_ALLOWED = ("tags", "late_reason")

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?\Z")
_MONEY = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\Z")

Fault = tuple[str, str, str]  # code, Chinese, English; the field's name and place are added by the caller
Test = Callable[[Json], Fault | None]


@dataclass(frozen=True, slots=True)
class Validator:
    """The compiled checks of one kind."""

    required: tuple[Field, ...]
    tests: Mapping[str, tuple[Field, Test]]
    slots: Mapping[str, Field]
    required_slots: tuple[Field, ...]
    tags_required: tuple[tuple[str, frozenset[str]], ...]
    tags_known: frozenset[str]
    late_reasons: frozenset[str]


def check_body(
    kind: FactKind, body: Mapping[str, Json], priv: Mapping[str, str], validator: Validator
) -> list[Problem]:
    """Everything that is wrong with a body and its sealed slots (slot → text). Empty: nothing is."""
    problems: list[Problem] = []
    for key, value in body.items():
        test = validator.tests.get(key)
        if test is None:
            if key not in ALWAYS_ALLOWED:
                problems.append(_unknown(kind, key, validator))
        elif fault := test[1](value):
            problems.append(_faulty(kind, test[0], fault))
    problems += [_missing(kind, field) for field in validator.required if body.get(field.key) is None]
    if priv or validator.required_slots:
        problems += _check_slots(kind, priv, validator)
    problems += _check_tags(kind, body.get("tags", ()), validator)
    reason = body.get("late_reason", "")
    if "late_reason" in body and not (isinstance(reason, str) and reason in validator.late_reasons):
        problems.append(_late_reason(kind, validator))
    return problems


def compile_validator(
    kind: FactKind, values_of: Callable[[Field], frozenset[str]], tags_of: Callable[[str], frozenset[str]]
) -> Validator:
    """The checks of `kind`. `values_of` gives an enum's choices, `tags_of` the tags of a family."""
    required = tuple((family, tags_of(family)) for family in kind.tags_required)
    allowed = [tags_of(family) for family in kind.tags_allowed]
    return Validator(
        required=tuple(field for field in kind.body_fields if field.required),
        tests={field.key: (field, _test(field, values_of)) for field in kind.body_fields},
        slots={field.key: field for field in kind.slots},
        required_slots=tuple(field for field in kind.slots if field.required),
        tags_required=required,
        tags_known=frozenset().union(*allowed, *(tags for _, tags in required)),
        late_reasons=tags_of("late_reason"),
    )


def _test(field: Field, values_of: Callable[[Field], frozenset[str]]) -> Test:
    test = _test_one(field, values_of)
    return _each(test) if field.many else test


def _each(test: Test) -> Test:
    def tests(value: Json) -> Fault | None:
        if not isinstance(value, list | tuple) or not value:
            return ("body.list", "要写成一列，至少一个", "wants a list with at least one in it")
        return next((fault for one in value if (fault := test(one))), None)

    return tests


def _test_one(field: Field, values_of: Callable[[Field], frozenset[str]]) -> Test:
    match field.type:
        case "int":
            return _whole(field)
        case "decimal":
            return _number(field, _DECIMAL, '要写数字，如 12 或 "12.5"', 'wants a number like 12 or "12.5"')
        case "money":
            return _number(field, _MONEY, '要写元，最多两位小数，如 "1000.50"', 'wants yuan like "1000.50"')
        case "bool":
            return lambda value: None if isinstance(value, bool) else ("body.bool", "只能选是或否", "is true or false")
        case "enum":
            return _choice(values_of(field))
        case "date":
            return _day
        case "text":
            return _words(field)
        case _:
            return _opaque_id


def _bounds(field: Field) -> Callable[[Decimal | int], Fault | None]:
    low, high = field.min, field.max
    sides = (("不小于", "at least", low), ("不大于", "at most", high))
    said = "，".join(f"{zh} {limit}" for zh, _, limit in sides if limit is not None)
    english = " and ".join(f"{en} {limit}" for _, en, limit in sides if limit is not None)

    def within(value: Decimal | int) -> Fault | None:
        if (low is not None and value < low) or (high is not None and value > high):
            return ("body.range", f"要{said}，现在是 {value}", f"must be {english}, not {value}")
        return None

    return within


def _whole(field: Field) -> Test:
    within = _bounds(field)

    def test(value: Json) -> Fault | None:
        if type(value) is not int or not -LARGEST <= value <= LARGEST:
            return ("body.int", "要写整数", "wants a whole number")
        return within(value)

    return test


def _number(field: Field, pattern: re.Pattern[str], message: str, english: str) -> Test:
    within = _bounds(field)

    def test(value: Json) -> Fault | None:
        if type(value) is int and -LARGEST <= value <= LARGEST:
            return within(value)
        if isinstance(value, str) and pattern.match(value):
            return within(Decimal(value))
        return ("body.number", message, english)

    return test


def _choice(values: frozenset[str]) -> Test:
    listed = "、".join(sorted(values))

    def test(value: Json) -> Fault | None:
        if isinstance(value, str) and value in values:
            return None
        return ("body.choice", f"只能从 {listed} 里选", f"must be one of {listed}")

    return test


def _day(value: Json) -> Fault | None:
    if isinstance(value, str) and _DAY.match(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            return ("body.date", f"没有 {value} 这一天", f"no such day as {value}")
        return None
    return ("body.date", "日期写成 2025-03-08 这样", "wants a day like 2025-03-08")


def _words(field: Field) -> Test:
    low, high = int(field.min or 1), int(field.max or 200)

    def test(value: Json) -> Fault | None:
        if isinstance(value, str) and low <= len(value.strip()) and len(value) <= high:
            return None
        return ("body.text", f"要写 {low} 到 {high} 个字", f"wants {low} to {high} characters")

    return test


def _opaque_id(value: Json) -> Fault | None:
    if isinstance(value, str) and _ID.match(value):
        return None
    return ("body.id", "要选一个已登记的对象", "wants something that is on record")


def _check_slots(kind: FactKind, priv: Mapping[str, str], validator: Validator) -> list[Problem]:
    problems = [_missing(kind, field) for field in validator.required_slots if not priv.get(field.key, "").strip()]
    for slot, text in priv.items():
        field = validator.slots.get(slot)
        if field is None:
            problems.append(_unknown(kind, slot, validator))
        elif len(text) > int(field.max or 2000):
            problems.append(_faulty(kind, field, ("body.text", "太长了", "is too long")))
    return problems


def _check_tags(kind: FactKind, tags: Json, validator: Validator) -> list[Problem]:
    if not isinstance(tags, Sequence) or isinstance(tags, str) or not all(isinstance(tag, str) for tag in tags):
        return [Problem("body.tags", "tags 要写成一列标签。", "tags must be a list of tags.", where="tags")]
    problems = [_unknown_tag(kind, str(tag)) for tag in tags if tag not in validator.tags_known]
    if len(tags) > 1 and len(set(map(str, tags))) != len(tags):
        problems.append(Problem("body.tag_twice", "同一个标签写了两次。", "A tag stands twice.", where="tags"))
    for family, known in validator.tags_required:
        found = sum(tag in known for tag in tags)
        if found != 1:
            problems.append(_one_tag(kind, family, found))
    return problems


def _missing(kind: FactKind, field: Field) -> Problem:
    return Problem(
        "body.missing",
        f"“{field.title.zh}”还没填。",
        f'"{field.title.en}" is missing.',
        where=field.key,
        rule=kind.source,
    )


def _faulty(kind: FactKind, field: Field, fault: Fault) -> Problem:
    code, message, english = fault
    return Problem(
        code, f"“{field.title.zh}”{message}。", f'"{field.title.en}" {english}.', where=field.key, rule=kind.source
    )


def _unknown(kind: FactKind, key: str, validator: Validator) -> Problem:
    known = "、".join([*validator.tests, *validator.slots, *ALWAYS_ALLOWED])
    return Problem(
        "body.unknown",
        f"“{kind.title.zh}”没有 {key} 这一项；可填：{known}。",
        f'"{kind.title.en}" has no field {key}; it has {known}.',
        where=key,
        rule=kind.source,
    )


def _unknown_tag(kind: FactKind, tag: str) -> Problem:
    families = "、".join([*kind.tags_required, *kind.tags_allowed]) or "（没有）"
    return Problem(
        "body.tag_unknown",
        f"标签 {tag} 不能用在“{kind.title.zh}”上；可用这些标签组：{families}。",
        f'The tag {tag} does not belong to "{kind.title.en}"; its tag lists are {families}.',
        where="tags",
        rule=kind.source,
    )


def _one_tag(kind: FactKind, family: str, found: int) -> Problem:
    return Problem(
        "body.tag_one",
        f"“{kind.title.zh}”要从 {family} 里选一个标签，现在有 {found} 个。",
        f'"{kind.title.en}" takes exactly one tag of {family}, not {found}.',
        where="tags",
        rule=kind.source,
    )


def _late_reason(kind: FactKind, validator: Validator) -> Problem:
    listed = "、".join(sorted(validator.late_reasons))
    return Problem(
        "body.late_reason",
        f"补录原因只能从 {listed} 里选。",
        f"The reason for a late record is one of {listed}.",
        where="late_reason",
        rule=kind.source,
    )
