"""What is wrong with how definitions cite documents: names that are in no register."""

from gangmu.catalog.basis import BasisDocument, parted, unregistered
from gangmu.catalog.checks import Found, Shelf, unknown
from gangmu.catalog.layers import Loaded


def check_citations(shelf: Shelf, register: dict[str, BasisDocument]) -> Found:
    """Every key in `cites` is in the register with that article; of the floor, every document a source names.

    A pack may name in its source what is in no register: the place that wrote it knows where the paper lies. A floor
    without any register is not held to one.
    """
    for one in shelf.loaded:
        yield from _by_key(one, register)
        if register and one.layer.national and not isinstance(one.definition, BasisDocument):
            for name in unregistered(one.definition.source, register):
                yield one.problem(
                    "catalog.unregistered",
                    f"source 里的 {name} 没有登记：在 basis 目录里加上这份文件（或这一条），或检查写法。",
                    f"{name} in `source` is in no register: add the document (or the article) to the folder basis.",
                    ("source",),
                )


def _by_key(one: Loaded, register: dict[str, BasisDocument]) -> Found:
    for index, citation in enumerate(one.definition.cites):
        key, article = parted(citation)
        if key not in register:
            yield unknown(one, key, "cites", ("cites", index), register)
        elif article and article not in (known := {each.number for each in register[key].articles}):
            yield unknown(one, article, f"cites {key}", ("cites", index), known)
