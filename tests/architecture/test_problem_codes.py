"""Every problem code that the code can say is documented, and none besides; every sentence is in both languages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z]+\.[a-z_]+\Z")
DOCUMENTED = frozenset(
    re.findall(r"^\| ([a-z]+\.[a-z_]+) \|", (ROOT / "docs/reference/problems.md").read_text("utf-8"), re.M)
)
PREFIXES = {code.partition(".")[0] for code in DOCUMENTED}

# Functions of two floors put their word before the code: file or folder → (function, word, place of the code).
PREFIXED = {"gangmu/ledger": ("problem", "ledger", 0), "gangmu/catalog/expressions": ("refuse", "expression", 1)}
NO_CODES = frozenset(  # a kind of fact, a file, projections
    {
        "period.closed",
        "indicators.md",
        "duties.md",
        "people.persons",
        "people.accounts",
        "ledger.facts",
        "ledger.closings",
    }
)


@cache
def sources() -> tuple[tuple[Path, ast.Module], ...]:
    files = sorted((ROOT / "gangmu").rglob("*.py"))
    return tuple((file, ast.parse(file.read_text("utf-8"))) for file in files if "migrations" not in file.parts)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""), node


def constant(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def said() -> frozenset[str]:
    """Every code in the source: where a Problem is made, in the tables it is made from, and behind a prefix."""
    found: set[str] = set()
    for file, tree in sources():
        for name, call in calls(tree):
            if name == "Problem" and call.args and (code := constant(call.args[0])):
                found.add(code)
            for folder, (function, word, place) in PREFIXED.items():
                inside = str(file.relative_to(ROOT)).startswith(folder)
                if inside and name == function and len(call.args) > place and (code := constant(call.args[place])):
                    found.add(f"{word}.{code}")
        words = (constant(node) for node in ast.walk(tree) if isinstance(node, ast.Constant))
        found |= {word for word in words if word and CODE.match(word) and word.partition(".")[0] in PREFIXES}
    return frozenset(found - NO_CODES)


def test_every_code_has_the_form_of_its_floors_word_and_a_dot() -> None:
    assert sorted(code for code in said() if not CODE.match(code)) == []


def test_every_code_is_documented() -> None:
    assert sorted(said() - DOCUMENTED) == []


def test_no_code_is_documented_that_nothing_says() -> None:
    assert sorted(DOCUMENTED - said()) == []


def test_every_problem_is_said_in_both_languages() -> None:
    """A Problem made with a written sentence has the English one beside it."""
    silent = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file, tree in sources()
        for name, call in calls(tree)
        if name == "Problem" and len(call.args) < 3 and not {"message_en"} & {word.arg for word in call.keywords}
        if not any(isinstance(argument, ast.Starred) for argument in call.args)
    ]
    assert silent == []
