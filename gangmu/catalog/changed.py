"""A catalog as it would be: another folder in place of the checkout's, a pack more, or one definition written anew.

Nothing of it comes into force: it is compiled beside the catalog in use, whole, with its examples executed.
"""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import extra, folders
from gangmu.catalog.layers import Layer, Loaded, read_definition, read_layer
from gangmu.catalog.load import NATIONAL, CatalogRefused, compile_catalog, load
from gangmu.kernel.problems import Problem

LONGEST_ROW = 64 * 1024
_LOCAL = re.compile(r"^(basis|effective):", re.MULTILINE)  # only a pack's definition says by which document it holds
_NAMED = re.compile(r"^key:[ \t]*['\"]?([a-z][a-z0-9_.]{0,80})['\"]?[ \t\r]*$", re.MULTILINE)


def catalog_of(folder: Path) -> Catalog:
    """The catalog with `folder` taken for it: one that holds `national` replaces the checkout's, any other is a pack.

    Raises CatalogRefused with every problem.
    """
    if not (folder / NATIONAL).is_dir():
        return load((*folders(), folder), extra())
    local = folder / "local"
    packs = sorted(path for path in local.iterdir() if path.is_dir()) if local.is_dir() else []
    return load((folder / NATIONAL, *packs), extra())


def with_row(text: str) -> Catalog:
    """The catalog in use with one definition written anew, or a new one: the text of its file.

    A definition that names its `basis` or its day is a pack's: what a place adds, tightens or switches off.
    Raises CatalogRefused with every problem; `where` is the line in the text.
    """
    if len(text) > LONGEST_ROW:
        raise CatalogRefused([_too_long()])
    named = _NAMED.search(text)
    if named is None:
        raise CatalogRefused([_no_key()])
    with tempfile.TemporaryDirectory(prefix="gangmu-row-") as place:
        path = Path(place) / NATIONAL / f"{named[1]}.yaml"
        path.parent.mkdir()
        path.write_text(text, "utf-8", errors="replace", newline="")
        try:
            return _in_place(path, national=_LOCAL.search(text) is None)
        except CatalogRefused as refused:
            told = [_by_line(one, path) for one in refused.problems]
            raise CatalogRefused(told) from None


def _in_place(path: Path, *, national: bool) -> Catalog:
    """The catalog with the definition in this file instead of the one of its key."""
    more = extra()
    layers = [Layer(folder, national=folder.name == NATIONAL) for folder in folders()]
    layers += [Layer(more, national=False)] if more is not None else []
    loaded, problems = list[Loaded](), list[Problem]()
    for layer in layers:
        found, wrong = read_layer(layer)
        loaded, problems = [*loaded, *found], [*problems, *wrong]
    one, wrong = read_definition(path, Layer(path.parent, national=national))
    return compile_catalog(loaded if one is None else _instead(loaded, one), [*problems, *wrong])


def _instead(loaded: list[Loaded], one: Loaded) -> list[Loaded]:
    """With `one` where the definition of its kind and key stood (a fact and an indicator may share one), else last."""
    at = next((at for at, other in enumerate(loaded)
               if other.key == one.key and type(other.definition) is type(one.definition)), len(loaded))  # fmt: skip
    if at < len(loaded):
        one = replace(one, layer=replace(one.layer, national=loaded[at].layer.national))
    return [*loaded[:at], one, *loaded[at + 1 :]]


def source_text(room: str, key: str) -> str:
    """The file of a definition in a room (`indicators`, `facts` …) as it is written; empty where there is none."""
    more = extra()
    places = (*folders(), *([more] if more else []))
    found = (path for place in places for path in sorted(place.rglob("*.y*ml")) if path.stem == key)
    return next((path.read_text("utf-8") for path in found if path.parent.name == room), "")


def _by_line(problem: Problem, path: Path) -> Problem:
    """A problem of the text itself is found by its line there."""
    where = problem.where.removeprefix(str(path))
    return replace(problem, where=where if where == problem.where else f"row{where}")


def _too_long() -> Problem:
    return Problem("catalog.row_long", f"一条定义用不着超过{LONGEST_ROW // 1024}KB；请只贴要改的那一条。",
                   f"No definition takes more than {LONGEST_ROW // 1024} KiB: paste only the one to be changed.",
                   where="row")  # fmt: skip


def _no_key() -> Problem:
    return Problem("catalog.row_key", "看不出改的是哪一条：要有一行写着 key: 加它的名字。",
                   "It cannot be seen which definition this is: a line must read key: and its name.",
                   where="row")  # fmt: skip
