"""`check --no-ledger`: what has a meaning only with the record is refused in a sentence, never passed over."""

from pathlib import Path

import pytest

from gangmu.cli.main import main
from tests.cli.calling import written


@pytest.mark.parametrize(
    "words", [("--from", "2025-13-01"), ("--from", "2025-01-01", "--to", "2025-12-31"), ("--org", "QH"), ("--as", "x")]
)
def test_options_of_the_record_are_refused_without_it(
    words: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--no-ledger", *words, str(written(tmp_path, "a.txt", "走访12户。"))]) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert "用不上" in told.err
    assert "leave it out" in told.err
    assert all(word in told.err for word in words if word.startswith("--"))
