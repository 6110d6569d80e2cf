"""A checkout of stubs: every program that run.py starts notes how it was called, so run.py itself can be watched."""

import importlib.util
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tests.cli.calling import ROOT, Done, written

# Stands for every program run.py starts: notes what it was called with, says something, returns what it is told to.
STUB = """#!{python}
import json, os, sys
name = os.path.basename(sys.argv[0])
if sys.argv[1:] == ["--version"]:
    print("v20.1.0"); raise SystemExit
light = "gangmu.cli.main" in sys.argv
fails = os.environ.get("STUB_FAILS", "")
call = {{"program": name, "argv": sys.argv[1:], "cwd": os.getcwd(), "pid": os.getpid(),
        "path": os.environ.get("PYTHONPATH", ""), "var": os.environ.get("GANGMU_VAR", ""),
        "engine": os.environ.get("GANGMU_TEST_DB", ""),
        "stdin": sys.stdin.buffer.read().hex() if light else ""}}
with open({log!r}, "a") as log:
    log.write(json.dumps(call) + "\\n")
sys.stdout.write("from " + name + "\\n")
if fails and fails in " ".join([name, *sys.argv[1:]]):
    raise SystemExit(int(os.environ.get("STUB_WITH", "1")))
raise SystemExit(int(os.environ.get("STUB_STATUS", "0")) if light else int(os.environ.get("STUB_SETUP", "0")))
"""
TOOLS = ("uv", "ruff", "djlint", "mypy", "lint-imports")


@dataclass
class House:
    """A checkout in which every program is the stub."""

    root: Path
    log: Path
    programs: Path

    def run(self, *words: str, cwd: Path | None = None, stdin: bytes = b"", **environment: str) -> Done:
        env = {"PATH": str(self.programs), "LC_ALL": "C", **environment}  # nothing of this machine is found
        return subprocess.run([sys.executable, str(self.root / "run.py"), *words], cwd=cwd or self.root, env=env,
                              input=stdin, capture_output=True, check=False, timeout=60)  # fmt: skip

    def add(self, name: str, folder: Path | None = None) -> None:
        """Let there be one more program, on the path or in `folder`."""
        path = written(folder or self.programs, name, STUB.format(python=sys.executable, log=str(self.log)))
        path.chmod(0o755)

    def calls(self) -> list[dict[str, object]]:
        """What was called since the last time somebody asked."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]

    def called(self) -> list[str]:
        """As `calls`, a word each: the program and its first arguments."""
        return [" ".join([str(one["program"]), *map(str, one["argv"][:2])]) for one in self.calls()]  # type: ignore[index]


def module_of(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_py", path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def furnished(place: Path) -> House:
    """A house in `place` with what run.py looks for; nothing is installed or built yet."""
    root, programs, log = place / "a checkout", place / "programs", place / "calls"
    for folder in (root / ".venv/bin", root / "requirements", programs, root / "gangmu/web/assets"):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "run.py", root)
    house = House(root, log, programs)
    for name in ("node", "npm"):
        house.add(name)
    for name in ("python", *TOOLS):
        house.add(name, root / ".venv/bin")
    for level in ("runtime", "dev", "build"):
        written(root / "requirements", f"{level}.txt", f"one=={level}\n")
    for name in ("package-lock.json", "build.mjs", "gangmu/web/assets/a.css", "gangmu/web/locale/en/m.po"):
        written(root, name, name)
    return house
