"""A fault of our own while one of many files is read: that file gets a sentence, the others their records."""

from pathlib import Path

import pytest

from gangmu.cli import light
from gangmu.cli.inputs import Output, run
from gangmu.kernel.problems import Problem, Refused
from gangmu.reading.values import Source
from tests.cli.calling import written


def faulty(source: Source) -> Output:
    """The text of a document, with a fault planted for one of them."""
    if source.doc == "坏.txt":
        raise KeyError("planted")
    return light.text(source)


def refusing(source: Source) -> Output:
    raise Refused([Problem("test.no", f"{source.doc}不行。", "No.")])


@pytest.mark.parametrize("length", [10, 100_000], ids=["one process", "several processes"])
def test_a_planted_fault_costs_its_own_file_only(
    length: int, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    files = [written(tmp_path, f"{name}.txt", name * length) for name in ("前", "坏", "后")]
    assert run([str(file) for file in files], faulty) == 2
    told = capfdbinary.readouterr()
    assert told.out.decode() == "前" * length + "后" * length
    (sentence,) = told.err.decode().splitlines()
    assert sentence.startswith("《坏.txt》没有读成：内部错误（KeyError）")
    assert "please report it" in sentence


def test_where_the_fault_lies_is_told_only_on_request(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(written(tmp_path, "坏.txt", "走访12户。"))
    monkeypatch.setenv("GANGMU_DEBUG", "1")
    assert run([file], faulty) == 2
    told = capfdbinary.readouterr().err.decode()
    assert "Traceback" in told
    assert "planted" in told
    monkeypatch.setenv("GANGMU_DEBUG", "0")
    run([file], faulty)
    assert "Traceback" not in capfdbinary.readouterr().err.decode()


def test_what_is_refused_is_no_fault_of_ours(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不行"):
        run([str(written(tmp_path, "a.txt", "x"))], refusing)
