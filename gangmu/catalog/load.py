"""From folders of YAML to one frozen Catalog, or to every problem at once.

The first folders are the national floor and the local packs of the checkout; a folder named `national` is the floor,
any other is a pack. Worked examples are executed on every load: a definition whose examples fail does not load.
"""

from collections.abc import Sequence
from pathlib import Path

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.activity_checks import check_activity
from gangmu.catalog.basis import BasisDocument, resting
from gangmu.catalog.basis_checks import check_citations
from gangmu.catalog.bodies import Validator, compile_validator
from gangmu.catalog.checks import AT_MOST_FACTS, AT_MOST_INDICATORS, Shelf, check_all, shelve
from gangmu.catalog.column_checks import check_columns
from gangmu.catalog.columns import Columns
from gangmu.catalog.comparisons import values_of
from gangmu.catalog.compiled import Catalog, CompiledRow, digest_of, frozen
from gangmu.catalog.definitions import Definition, FactKind, Indicator
from gangmu.catalog.dues import Dues, wrong_examples
from gangmu.catalog.duties.definitions import Duty
from gangmu.catalog.duties.responsibilities import Responsibilities
from gangmu.catalog.duties.terms import CompiledDuty, calendar_of
from gangmu.catalog.duty_checks import as_written, read_duty
from gangmu.catalog.duty_examples import check_duty_examples
from gangmu.catalog.examples import check_examples
from gangmu.catalog.formulas import read_formulas
from gangmu.catalog.layers import ROOMS, Layer, Loaded, read_definition, read_layer
from gangmu.catalog.norms import Switches, Wording
from gangmu.catalog.responsibility_checks import check_responsibilities
from gangmu.catalog.way_checks import check_way
from gangmu.catalog.ways import Way
from gangmu.kernel.problems import Problem, Refused

NATIONAL = "national"


class CatalogRefused(Refused):
    """The catalog does not load; carries every problem, each with file and line."""


def load(folders: tuple[Path, ...], extra: Path | None = None, add: tuple[Path, ...] = ()) -> Catalog:
    """The catalog of `folders`, the `extra` pack and single files to `add`. Raises CatalogRefused."""
    layers = [Layer(folder, national=folder.name == NATIONAL) for folder in folders]
    layers += [Layer(extra, national=False)] if extra is not None else []
    loaded: list[Loaded] = []
    problems = [_no_folder(layer) for layer in layers if not layer.folder.is_dir()]
    for layer in layers:
        found, wrong = read_layer(layer)
        loaded, problems = [*loaded, *found], [*problems, *wrong]
    for path in add:
        one, wrong = read_definition(path, Layer(path.parent, national=False))
        loaded, problems = [*loaded, *([one] if one else [])], [*problems, *wrong]
    return compile_catalog(loaded, problems)


def compile_catalog(loaded: Sequence[Loaded], problems: list[Problem]) -> Catalog:
    """One catalog of what was loaded; `problems` are those already found while reading. Raises CatalogRefused."""
    shelf, unread = shelve(loaded), list(problems)
    problems = [*check_all(shelf), *_too_many(shelf), *check_citations(shelf, _register(shelf))]
    formulas: dict[str, tuple[CompiledRow, ...]] = {}
    duties: dict[str, CompiledDuty] = {}
    off = _switched_off(shelf)
    rules = {key: rule for key, rule in shelf.rules.items() if key not in off}
    for one in loaded:
        if isinstance(one.definition, Indicator):
            formulas[one.key], wrong = read_formulas(one, one.definition, shelf)
            problems += wrong
        elif isinstance(one.definition, Duty):
            duties[one.key], wrong = read_duty(one, one.definition, shelf, rules)
            problems += wrong
        elif isinstance(one.definition, Responsibilities):
            problems += check_responsibilities(one, one.definition, shelf)
        elif isinstance(one.definition, Columns):
            problems += check_columns(one, one.definition, shelf)
        elif isinstance(one.definition, ActivityForm):
            problems += check_activity(one, one.definition, shelf)
        elif isinstance(one.definition, Way | Dues):
            problems += _worked(one, one.definition, shelf)
    problems = [*unread, *(problem for problem in problems if not _follows(problem, unread))]
    if not problems:
        catalog = _catalog(shelf, formulas, duties)
        problems = [*check_examples(catalog, loaded), *_duty_examples(catalog, shelf)]
    if problems:
        raise CatalogRefused(sorted(problems, key=lambda problem: problem.where))
    return catalog.without(off)


def _duty_examples(catalog: Catalog, shelf: Shelf) -> list[Problem]:
    duties = [one for one in shelf.loaded if isinstance(one.definition, Duty)]
    written = ((one, as_written(one, catalog.duties[one.key], shelf)) for one in duties)
    return [problem for one, duty in written for problem in check_duty_examples(catalog, one, duty)]


def _worked(one: Loaded, definition: Way | Dues, shelf: Shelf) -> list[Problem]:
    """What is wrong with a file of steps or a table of dues, its worked examples above all."""
    if isinstance(definition, Way):
        return list(check_way(one, definition, shelf))
    return [
        one.problem(
            "catalog.dues", f"党费例子算出来是 {found}，和写的不同。", f"It comes out as {found}.", ("examples", index)
        )
        for index, found in wrong_examples(definition)
    ]


def _switched_off(shelf: Shelf) -> frozenset[str]:
    return frozenset(key for one in shelf.loaded if isinstance(one.definition, Switches) for key in one.definition.off)


def _follows(problem: Problem, unread: Sequence[Problem]) -> bool:
    """Whether a problem only says that a file which could not be read is missing: its reader has said that already."""
    stems = {Path(one.where.rpartition(":")[0]).stem for one in unread}
    return any(stem and stem in problem.message for stem in stems)


def _catalog(shelf: Shelf, formulas: dict[str, tuple[CompiledRow, ...]], duties: dict[str, CompiledDuty]) -> Catalog:
    tags = [(family.key, tag) for family in shelf.families.values() for tag in family.tags]
    wordings = [one.definition for one in shelf.loaded if isinstance(one.definition, Wording)]
    return Catalog(
        digest=digest_of(one.definition for one in shelf.loaded),
        facts=frozen(shelf.facts),
        indicators=frozen(shelf.indicators),
        families=frozen(shelf.families),
        tags=frozen({tag.key: tag for _, tag in tags}),
        family_of=frozen({tag.key: family for family, tag in tags}),
        rules=frozen(shelf.rules),
        wordings=tuple(row for wording in wordings for row in wording.rows),
        organisation_kinds=shelf.kinds,
        formulas=frozen(formulas),
        validators=frozen({kind.key: _validator(kind.key, shelf) for kind in shelf.facts.values()}),
        origins=frozen({one.key: str(one.document.path.relative_to(one.layer.folder.parent)) for one in shelf.loaded}),
        duties=frozen(duties),
        responsibilities=frozen(shelf.responsibilities),
        columns=frozen(shelf.columns),
        activities=frozen(shelf.activities),
        dues=frozen({one.key: one.definition for one in shelf.loaded if isinstance(one.definition, Dues)}),
        ways=frozen({one.key: one.definition for one in shelf.loaded if isinstance(one.definition, Way)}),
        basis=frozen(_register(shelf)),
        resting=frozen(resting(_placed(shelf), _register(shelf))),
        calendar=calendar_of(shelf.years.values()),
        local=frozenset(one.key for one in shelf.loaded if not one.layer.national),
    )


def _register(shelf: Shelf) -> dict[str, BasisDocument]:
    return {one.key: one.definition for one in reversed(shelf.loaded) if isinstance(one.definition, BasisDocument)}


def _placed(shelf: Shelf) -> list[tuple[str, str, Definition, bool]]:
    """Every definition with its folder, its key and whether it is a pack's."""
    rooms = {model: room for room, model in ROOMS.items()}
    return [(rooms[type(one.definition)], one.key, one.definition, not one.layer.national) for one in shelf.loaded]


def _validator(key: str, shelf: Shelf) -> Validator:
    return compile_validator(
        shelf.facts[key],
        values_of=lambda field: values_of(field, shelf),
        tags_of=lambda family: (
            frozenset(tag.key for tag in shelf.families[family].tags) if family in shelf.families else frozenset()
        ),
    )


def _no_folder(layer: Layer) -> Problem:
    return Problem(
        "catalog.folder",
        "没有这个定义目录；检查路径。",
        "There is no such folder of definitions.",
        where=str(layer.folder),
    )


def _too_many(shelf: Shelf) -> list[Problem]:
    """The floor stays small: general definitions with tags, not one for each slogan."""
    national = [one.definition for one in shelf.loaded if one.layer.national]
    found = (
        ("facts", sum(isinstance(one, FactKind) for one in national), AT_MOST_FACTS),
        ("indicators", sum(isinstance(one, Indicator) for one in national), AT_MOST_INDICATORS),
    )
    return [
        Problem("catalog.too_many", f"国家底线最多 {most} 个 {room}，现在 {count} 个；请并入已有的，用标签区分。",
                f"At most {most} national {room}, not {count}: merge and tell them apart by tags.", where=room)
        for room, count, most in found if count > most
    ]  # fmt: skip
