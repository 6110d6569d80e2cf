"""A key that a document or a help text names is a key of the catalog."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gangmu.catalog.current import catalog
from gangmu.indicators.questions import question
from gangmu.kernel.problems import Refused
from tests.documents.support import YEAR_END

ROOT = Path(__file__).resolve().parents[2]
ASKED = re.compile(r"\bfigure\s+([a-z_]+\.[a-z0-9_]+(?:\[[a-z0-9_,]+\])?)")
NAMED = re.compile(r"(?<![\w./-])([a-z][a-z_]*\.[a-z][a-z0-9_]*)(?:\[([a-z0-9_,]+)\])?(?![\w(/.-])")
OTHER_WORDS = {"unit.kind", "unit.domain", "unit.level", "period.day", "period.order"}  # fields and problem codes
SUFFIXES = {"md", "yaml", "yml", "py", "json", "jsonl", "txt", "html", "docx", "csv", "sqlite3", "mjs", "js", "css"}


def documents() -> list[Path]:
    written = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changelog.d").glob("*.md")]
    return [path for path in sorted(written) if path.name != "GLOSSARY.md"]


def helped() -> list[Path]:
    """Files with help texts of commands."""
    return sorted([*(ROOT / "gangmu").rglob("commands.py"), *(ROOT / "gangmu" / "cli").glob("*.py"), ROOT / "run.py"])


def known() -> set[str]:
    one = catalog()
    return {*one.indicators, *one.facts, *one.rules, *one.duties}


def named(text: str) -> Iterator[tuple[str, str]]:
    """Keys in a text that begin like keys of the catalog: key, tags."""
    firsts = {key.partition(".")[0] for key in known()}
    for found in NAMED.finditer(text):
        first, _, second = found[1].partition(".")
        if first in firsts and second not in SUFFIXES:
            yield found[1], found[2] or ""


@pytest.mark.parametrize("path", [*documents(), *helped()], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_figure_that_a_text_asks_for_is_one_that_can_be_asked_for(path: Path) -> None:
    for key in ASKED.findall(path.read_text(encoding="utf-8")):
        question(key, YEAR_END, catalog())


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_key_that_a_document_names_is_in_the_catalog(path: Path) -> None:
    found = list(named(path.read_text(encoding="utf-8")))
    assert {key for key, _ in found} - known() - OTHER_WORDS == set()
    assert {tag for _, tags in found for tag in tags.split(",") if tag} <= set(catalog().tags)


def test_a_wrong_key_would_be_noticed() -> None:
    with pytest.raises(Refused):
        question(ASKED.findall("run.py figure matters.solved_share --org X")[0], YEAR_END, catalog())
    assert list(named("see matter.solved_share[request] and a matter.yaml")) == [("matter.solved_share", "request")]
