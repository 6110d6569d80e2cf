"""What is wrong, as values.

The error tree::

    Refused              an action or a definition was refused; carries every Problem found, not the first
      NotFound           it does not exist, or the asker may not see it: the same answer for both
    Unusable             an input (file, archive, text) cannot be used; carries one Problem

A Problem is data: a stable code, where it is, which rule says so and what to do. Pages, commands and the
API all render the same Problem, so a sentence is written once.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said so that a person can mend it.

    `code` is stable and documented in docs/reference/problems.md; `where` names a field, file:line or unit;
    `message` is a full sentence in Chinese, `message_en` the same in English; `rule` cites its source.
    """

    code: str
    message: str
    message_en: str = ""
    where: str = ""
    rule: str = ""
    data: dict[str, object] = field(default_factory=dict, hash=False, compare=True)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class Refused(Exception):
    """The request was understood and refused; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


class NotFound(Refused):
    """No such thing in the asker's scope. Never says whether it exists elsewhere."""


class Unusable(Exception):
    """An input cannot be used; the Problem says what it is and what to do."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))
