"""Expressions compiled when first asked: the same answers, and nothing compiled by an import."""

import re
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import pytest

from gangmu import reading
from gangmu.reading.alternatives import searched
from gangmu.reading.patterns import Late, late, pattern

TEXT = "去年受理1233件，办结1187件；今年受理1300件。"
WRITTEN = r"(?P<deed>受理|办结)(\d+)件"
COUNT = """
import re
from re import _compiler
compiled = []
original = _compiler.compile
_compiler.compile = lambda source, flags=0: compiled.append(source) or original(source, flags)
import gangmu.reading.pipeline, gangmu.reading.arithmetic, gangmu.reading.read
print(sum(1 for source in compiled if any(sign > "\\u2e7f" for sign in str(source))))
"""


def _modules() -> list[ModuleType]:
    return [import_module(found.name) for found in walk_packages(reading.__path__, "gangmu.reading.")]


def test_every_method_answers_as_the_compiled_expression() -> None:
    at_once, late_one = re.compile(WRITTEN), pattern(WRITTEN)
    assert late_one.findall(TEXT) == at_once.findall(TEXT) == [("受理", "1233"), ("办结", "1187"), ("受理", "1300")]
    assert [m.span("deed") for m in late_one.finditer(TEXT)] == [m.span("deed") for m in at_once.finditer(TEXT)]
    assert late_one.sub(r"\1", TEXT) == at_once.sub(r"\1", TEXT) == "去年受理，办结；今年受理。"
    assert late_one.split(TEXT) == at_once.split(TEXT)
    assert late_one.match(TEXT) is None
    assert late_one.match(TEXT, 2)
    assert late_one.fullmatch("办结1187件")
    found = late_one.search(TEXT, 5)
    assert found is not None
    assert found.span() == (10, 17)


def test_flags_are_those_that_were_written() -> None:
    assert pattern("ABC", re.IGNORECASE).search("xabc")
    assert pattern("A B # spaced", re.VERBOSE).fullmatch("AB")
    assert pattern("ABC").search("xabc") is None


def test_an_expression_is_made_once_and_not_before_it_is_asked() -> None:
    made = []

    def make() -> re.Pattern[str]:
        made.append(1)
        return re.compile("件")

    waiting = late(make)
    assert made == []
    assert waiting.search(TEXT)
    assert waiting.findall(TEXT) == ["件"] * 3
    assert made == [1]


def test_what_no_expression_has_is_refused_without_making_it() -> None:
    def make() -> re.Pattern[str]:
        raise AssertionError("compiled")

    with pytest.raises(AttributeError, match="serach"):
        late(make).serach  # type: ignore[attr-defined]  # noqa: B018


def test_a_mistake_in_an_expression_comes_out_when_it_is_asked() -> None:
    broken = pattern("(受理")
    with pytest.raises(re.error, match="unterminated subpattern"):
        broken.search(TEXT)


def test_alternatives_are_searched_late_as_well() -> None:
    assert isinstance(searched("去年|上年"), Late)
    assert searched("去年|上年").findall(TEXT) == ["去年"]


def test_importing_all_of_reading_compiles_no_expression_about_chinese_words() -> None:
    counted = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    assert counted.stdout == "0\n"


@pytest.mark.parametrize("module", _modules(), ids=lambda module: module.__name__.removeprefix("gangmu.reading."))
def test_every_expression_of_a_module_can_be_compiled(module: ModuleType) -> None:
    for name, held in vars(module).items():
        assert not isinstance(held, re.Pattern), f"{name} is compiled when {module.__name__} is imported"
        for one in held if isinstance(held, tuple) else (held,):
            if isinstance(one, Late):
                assert one.search is not None
