"""Sizes ratchet: what is large wants a name of its own (STYLE §1)."""

import ast
import statistics
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(
    file
    for file in (ROOT / "gangmu").rglob("*.py")
    if "migrations" not in file.parts and "__pycache__" not in file.parts
)


@cache
def functions() -> tuple[tuple[str, int], ...]:
    """Every function with its place and its lines."""
    found = []
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append((f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", length))
    return tuple(found)


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_file_passes_four_hundred_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_function_passes_fifty_lines() -> None:
    assert [f"{name}: {length}" for name, length in functions() if length > 50] == []


def test_the_median_function_stays_short() -> None:
    assert statistics.median(length for _, length in functions()) <= 9


def test_nine_in_ten_functions_stay_within_thirty_lines() -> None:
    lengths = sorted(length for _, length in functions())
    assert lengths[int(len(lengths) * 0.9)] <= 30


def test_no_file_is_left_unfinished() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error")
    marked = [str(file.relative_to(ROOT)) for file in CODE if any(word in file.read_text("utf-8") for word in words)]
    assert marked == []
