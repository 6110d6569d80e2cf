"""A test that does not run proves nothing: every way to leave one out says on its own line why it is allowed."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
LEAVES_OUT = re.compile(
    r"pytest\.(skip|xfail|importorskip)\(|mark\.(skip|skipif|xfail)\b|collect_ignore|unittest\.skip"
)
ALLOWED = re.compile(r"# allowed\b.{10,}")


def silent(text: str) -> list[int]:
    """The numbers of the lines that leave a test out without a reason."""
    return [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if LEAVES_OUT.search(line) and not ALLOWED.search(line)
    ]


def test_whatever_is_left_out_says_why_it_is_allowed() -> None:
    files = [path for path in TESTS.rglob("*.py") if path != Path(__file__)]
    guilty = {str(path.relative_to(TESTS)): silent(path.read_text(encoding="utf-8")) for path in files}
    assert {path: lines for path, lines in guilty.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        'pytest.skip("no time")',
        '@pytest.mark.skipif(sys.platform == "linux", reason="broken there")',
        "@pytest.mark.xfail",
        'pytest.skip("no time")  # later',
        'pytest.skip("no time")  # allowed',
        'lxml = pytest.importorskip("lxml")',
    ],
)
def test_a_planted_silent_skip_is_found(line: str) -> None:
    assert silent(f"def test_x():\n    {line}\n") == [2]


def test_a_skip_with_its_reason_passes() -> None:
    assert silent('pytest.skip("no fork")  # allowed where the system does not fork') == []
