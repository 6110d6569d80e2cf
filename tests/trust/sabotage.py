"""T00: a test counts only if it fails when it should. Faults are planted in a copy of this tree, one at a time.

In the copy as it is, every named test must pass; with a fault in it, the test named for that fault must fail. Nothing is
changed in the tree itself. A fault whose text is no longer there could not be planted, which is a failure as well.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from tests.trust.children import HANDS, in_hands
from tests.trust.faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("gangmu", "tests", "catalog", "worlds", "speeches", "docs", "pyproject.toml", "run.py")
PASSED, FAILED = 0, 1  # what pytest answers; anything else means that it could not test
SECONDS = 300
PLANTED_AT = count(2_000_000_000)  # a moment of its own for every planted file, so that no compiled one is taken for it


def run(seed: int, scale: float) -> dict[str, object]:
    """Plant every fault, or a random share of them."""
    chosen = Random(seed).sample(FAULTS, max(1, round(len(FAULTS) * scale)))
    astray = [fault.name for fault in FAULTS if occurrences(ROOT, fault) != 1]
    hands = HANDS if len(chosen) > 2 * HANDS else 1  # each hand has a copy of its own to make and to see pass
    found = in_hands([partial(try_some, chosen[hand::hands]) for hand in range(hands)])
    told = {kind: sorted(names(found, kind)) for kind in ("escaped", "untested", "false_alarm")}
    caught = sum(names(found, "caught").values())
    sound = caught == len(chosen) and not astray
    return {"faults": len(FAULTS), "planted": len(chosen), "caught": caught, "astray": astray, **told, "ok": sound}


def names(found: Counter[str], kind: str) -> dict[str, int]:
    """The faults that came out as `kind`."""
    return {key.removeprefix(f"{kind}: "): number for key, number in found.items() if key.startswith(f"{kind}: ")}


def occurrences(tree: Path, fault: Fault) -> int:
    file = tree / fault.file
    return file.read_text("utf-8").count(fault.old) if file.is_file() else 0


def try_some(faults: list[Fault]) -> Counter[str]:
    """Copy the tree, see the named tests pass in it, then plant one fault after another."""
    with tempfile.TemporaryDirectory(prefix="gangmu-sabotage-") as name:
        tree = Path(name)
        copy(tree)
        if tests(tree, *sorted({fault.test for fault in faults})) != PASSED:
            return Counter(f"false_alarm: {fault.name}" for fault in faults)
        return Counter(f"{try_one(tree, fault)}: {fault.name}" for fault in faults)


def try_one(tree: Path, fault: Fault) -> str:
    """`caught`, `escaped`, or `untested` when the fault could not be planted or the tests not be run."""
    if occurrences(tree, fault) != 1:
        return "untested"
    file = tree / fault.file
    sound = file.read_text("utf-8")
    write(file, sound.replace(fault.old, fault.new))
    answer = tests(tree, fault.test)
    write(file, sound)
    return {FAILED: "caught", PASSED: "escaped"}.get(answer, "untested")


def write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    moment = next(PLANTED_AT)
    os.utime(file, (moment, moment))


def copy(tree: Path) -> None:
    """The tree with what Python has compiled of it: times are kept, so that is still good.

    What is being written beside us is left: it takes another name while it is copied.
    """
    leave = shutil.ignore_patterns(".*", "*.pyc.*", "django.*.mo")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tree / part, ignore=leave, dirs_exist_ok=True)
        elif (ROOT / part).is_file():
            shutil.copy2(ROOT / part, tree / part)


def tests(tree: Path, *wanted: str) -> int:
    """Run the named tests of a tree as they would run there; pytest's answer."""
    ours = re.compile(r"DATABASE_URL|DJANGO_SETTINGS_MODULE|GANGMU_|PYTEST_|PYTHONPATH")
    environment = {name: value for name, value in os.environ.items() if not ours.match(name)}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", *wanted]
    try:
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return -1
    return done.returncode
