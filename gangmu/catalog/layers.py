"""Folders of definitions: every YAML file becomes one frozen model, every fault a Problem with file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.basis import BasisDocument
from gangmu.catalog.columns import Columns
from gangmu.catalog.definitions import Definition, FactKind, Indicator, OrganisationKinds, TagFamily
from gangmu.catalog.dues import Dues
from gangmu.catalog.duties.definitions import Duty, HolidayYear
from gangmu.catalog.duties.responsibilities import Responsibilities
from gangmu.catalog.norms import Rule, Switches, Wording
from gangmu.catalog.ways import Way
from gangmu.catalog.yaml_source import Document, Step, read_yaml
from gangmu.kernel.problems import Problem

ROOMS: Mapping[str, type[Definition]] = {
    "facts": FactKind,
    "indicators": Indicator,
    "tags": TagFamily,
    "rules": Rule,
    "duties": Duty,
    "responsibilities": Responsibilities,
    "holidays": HolidayYear,
    "wording": Wording,
    "organisations": OrganisationKinds,
    "switches": Switches,
    "columns": Columns,
    "activities": ActivityForm,
    "basis": BasisDocument,
    "dues": Dues,
    "ways": Way,
}

# A file that lies in none of the rooms is known by a key that only its kind of definition has.
_TELLTALE = {"formula": "indicators", "late_after_days": "facts", "fields": "facts", "about": "facts",
             "tags": "tags", "issuer": "basis",
             "applies_to": "rules", "tightens": "rules", "group": "duties", "whose": "responsibilities",
             "closures": "holidays", "kinds": "organisations", "rows": "wording", "off": "switches"}  # fmt: skip

# The checker's faults in plain words; {…} are its own findings.
_PLAIN_WORDS = {
    "extra_forbidden": ("没有这一项；检查拼写，或删去", "no such key here; check the spelling or remove it"),
    "missing": ("缺这一项", "is missing"),
    "literal_error": ("只能写 {listed}", "must be {expected}"),
    "string_type": ("要写文字；像数字的文字加引号", "wants text; quote what looks like a number"),
    "string_pattern_mismatch": ("只用小写字母、数字和下划线", "uses small letters, digits and underscores"),
    "string_too_short": ("不能空着", "must not be empty"),
    "tuple_type": ("要写成一列：[甲, 乙]，方括号和逗号用半角", "wants a list: [a, b], with plain brackets and commas"),
    "too_short": ("至少写一个", "wants at least one"),
    "model_type": ("要写成 {{zh: …, en: …}} 这样的几项", "wants keys and values"),
    "bool_type": ("只写 true 或 false", "must be true or false"),
    "bool_parsing": ("只写 true 或 false", "must be true or false"),
    "greater_than": ("要大于 {gt}", "must be more than {gt}"),
    "greater_than_equal": ("不能小于 {ge}", "must be at least {ge}"),
    "less_than": ("要小于 {lt}", "must be less than {lt}"),
    "less_than_equal": ("不能大于 {le}", "must be at most {le}"),
    "int_from_float": ("要写整数，如 12", "wants a whole number like 12"),
    "dict_type": ("要写成 {{键: 值}} 这样的几项", "wants keys and values"),
    "decimal_parsing": ("要写数字，如 12 或 12.5", "wants a number like 12 or 12.5"),
    "decimal_type": ("要写数字，如 12 或 12.5", "wants a number like 12 or 12.5"),
    "int_parsing": ("要写整数，如 12", "wants a whole number like 12"),
    "int_type": ("要写整数，如 12", "wants a whole number like 12"),
    "date_type": ("日期写成 2025-03-08 这样", "wants a day like 2025-03-08"),
    "date_parsing": ("日期写成 2025-03-08 这样", "wants a day like 2025-03-08"),
    "date_from_datetime_parsing": ("日期写成 2025-03-08 这样", "wants a day like 2025-03-08"),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of definitions: the national floor, or a pack that may add and tighten."""

    folder: Path
    national: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """One definition with the file it came from."""

    definition: Definition
    document: Document
    layer: Layer

    @property
    def key(self) -> str:
        return str(self.definition.key)  # type: ignore[attr-defined]  # every kind of definition has one

    def problem(self, code: str, message: str, english: str, path: tuple[Step, ...] = ()) -> Problem:
        """A Problem about the part of this file at `path`."""
        return Problem(code, message, english, where=self.document.place(path), rule=self.definition.source)


def read_layer(layer: Layer) -> tuple[list[Loaded], list[Problem]]:
    """All definitions of a layer, in the order of their paths, and everything wrong with its files."""
    loaded, problems = [], []
    for path in sorted(layer.folder.rglob("*.y*ml")):
        one, wrong = read_definition(path, layer)
        problems += wrong
        if one is not None:
            loaded.append(one)
    return loaded, problems


def read_definition(path: Path, layer: Layer) -> tuple[Loaded | None, list[Problem]]:
    """One file as a definition, or None with what is wrong."""
    document = read_yaml(path)
    if document.problems:
        return None, list(document.problems)
    if not isinstance(document.content, dict):
        return None, [_shapeless(document)]
    room = path.parent.name if path.parent.name in ROOMS else _room_by_content(document.content)
    if room is None:
        return None, [_homeless(document)]
    try:
        definition = ROOMS[room].model_validate(document.content)
    except ValidationError as error:
        return None, list(_plain(error, document))
    return _named(Loaded(definition, document, layer), path)


def _shapeless(document: Document) -> Problem:
    message = "文件里要写一条定义：一行一项，写成“键: 值”。"
    return Problem("catalog.shape", message, "The file must hold one definition: keys and values.", document.place())


def _homeless(document: Document) -> Problem:
    rooms = "、".join(ROOMS)
    message = f"看不出这是哪一类定义：请放进 {rooms} 之一。"
    return Problem("catalog.room", message, f"Put the file into one of {rooms}.", document.place())


def _room_by_content(content: Mapping[str, object]) -> str | None:
    return next((room for key, room in _TELLTALE.items() if key in content), None)


def _named(loaded: Loaded, path: Path) -> tuple[Loaded | None, list[Problem]]:
    if loaded.key == path.stem:
        return loaded, []
    message = f"文件名要和 key 一样：请改名为 {loaded.key}.yaml。"
    return loaded, [loaded.problem("catalog.file_name", message, f"Name the file {loaded.key}.yaml.", ("key",))]


def _plain(error: ValidationError, document: Document) -> Iterator[Problem]:
    faults = error.errors()
    paths = [tuple(fault["loc"]) for fault in faults]
    for fault, path in zip(faults, paths, strict=True):
        if fault["type"] == "too_short" and any(other[: len(path)] == path != other for other in paths):
            continue  # a list is only short of what is wrong in it
        named = ".".join(map(str, path)) or "（整个文件）"
        chinese, english = _said(fault)
        yield Problem("catalog.field", f"{named}：{chinese}。", f"{named}: {english}.", where=document.place(path))


def _said(fault: ErrorDetails) -> tuple[str, str]:
    """One fault in Chinese and English; our own checks say both, parted by a slash."""
    found = fault.get("ctx", {})
    if fault["type"] == "value_error":
        chinese, _, english = str(found["error"]).partition(" / ")
        return chinese, english
    chinese, english = _PLAIN_WORDS.get(fault["type"], ("写法不对，看看别的定义怎么写", fault["msg"]))
    listed = str(found.get("expected", "")).replace(" or ", "、").replace(", ", "、").replace("'", "")
    return chinese.format(**found, listed=listed), english.format(**found)
