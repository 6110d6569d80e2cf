"""The text of one formula while it is being read: where things stand, and what was wrong with them."""

import ast
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gangmu.kernel.problems import Problem

LONGEST = 4000
PLACES = 6  # decimal places, here and in the mart
LARGEST = Decimal(10) ** 18
WORD = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")

COMPARISONS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


@dataclass(frozen=True, slots=True)
class Source:
    """A formula's text and the problems found in it so far."""

    text: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, node: ast.AST | None, code: str, message: str, english: str) -> None:
        """Note that what stands at `node` cannot be used; `message` says what to write instead."""
        self.problems.append(Problem(f"expression.{code}", message, english, where=self._place(node)))

    def written(self, node: ast.AST) -> str:
        """The text of `node` as it was written."""
        return ast.get_source_segment(self.text, node) or ast.unparse(node)

    def _place(self, node: ast.AST | None) -> str:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        lines = self.text.splitlines() or [""]
        before = lines[min(line, len(lines)) - 1].encode()[:column].decode(errors="ignore")
        return f"{line}:{len(before) + 1}"


def dotted(node: ast.AST) -> tuple[str, ...] | None:
    """`activity.held.people` as its words, or None if `node` is no such name."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return (*owner, node.attr) if owner else None
    return None


def decimal(node: ast.AST, source: Source) -> Decimal | None:
    """The number written at `node`, digit for digit, or None if it is no number of at most six places."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        positive = decimal(node.operand, source)
        return None if positive is None else -positive
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return None
    try:
        found = Decimal(source.written(node).replace("_", ""))
    except InvalidOperation:
        return None  # hexadecimal and its kin: nobody states a figure that way
    fits = abs(found) < LARGEST and found == round(found, PLACES)
    return found if fits else None


def text(node: ast.AST) -> str | None:
    """The quoted text written at `node`, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
