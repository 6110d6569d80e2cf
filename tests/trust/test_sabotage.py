"""Every planted fault is caught, or the run says that it was not."""

from collections import Counter
from pathlib import Path

import pytest

from tests.trust import sabotage
from tests.trust.faults import FAULTS, Fault

pytestmark = pytest.mark.trust


def test_every_fault_can_be_planted_and_names_a_test_that_is_there() -> None:
    assert len(FAULTS) >= 12
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert [fault.name for fault in FAULTS if sabotage.occurrences(sabotage.ROOT, fault) != 1] == []
    for fault in FAULTS:
        file, _, name = fault.test.partition("::")
        assert f"def {name}(" in (sabotage.ROOT / file).read_text("utf-8"), fault.test


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with one sum and one test of it."""
    (tmp_path / "sums.py").write_text("def add(a, b):\n    return a + b\n")
    (tmp_path / "test_sums.py").write_text("from sums import add\n\ndef test_adds():\n    assert add(2, 2) == 4\n")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        ("a + b", "a - b", "caught"),
        ("a + b", "a * b", "escaped"),  # two and two: a test that is too kind
        ("a + b", "a +", "untested"),  # nothing could be imported, so nothing was tested
        ("a / b", "a", "untested"),
    ],
)
def test_a_fault_is_caught_or_escapes_or_could_not_be_tried(tree: Path, old: str, new: str, answer: str) -> None:
    sound = (tree / "sums.py").read_text()
    assert sabotage.try_one(tree, Fault("sum", "sums.py", old, new, "test_sums.py::test_adds")) == answer
    assert (tree / "sums.py").read_text() == sound


def test_a_fault_whose_text_is_gone_fails_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Fault("gone", "run.py", "this text stands nowhere", "", "tests/trust/test_shocks.py::test_x")
    monkeypatch.setattr(sabotage, "FAULTS", (gone,))
    monkeypatch.setattr(sabotage, "in_hands", lambda jobs: Counter({"untested: gone": 1}))
    found = sabotage.run(1, 1.0)
    assert (found["astray"], found["untested"], found["ok"]) == (["gone"], ["gone"], False)
