"""The few forms of Markdown in which the catalog writes itself down."""

from collections.abc import Iterable, Sequence

MARK = "<!-- written by `catalog docs`; change the definitions, not this file -->"


def page(title: str, parts: Iterable[str]) -> str:
    """A whole document: its title, the mark that it is written by machine, its parts."""
    return "\n".join([f"# {title}", "", MARK, "", *parts])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its head; bars in cells are escaped."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
