"""run.py: hands every other word to the gangmu command unchanged, and does no set-up twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, records, written
from tests.cli.house import STUB, House, module_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a shebang")  # allowed: the stubs are scripts


def test_another_word_reaches_the_command_with_everything_unchanged(ready: House, tmp_path: Path) -> None:
    words = ["claims", "甲 乙.txt", "--x", "", "a*b", "-h", "$HOME", "--", "--help"]
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    done = ready.run(*words, cwd=elsewhere, stdin=b"\x00\xff\r\n\xe5", STUB_STATUS="7", PYTHONPATH="/somewhere")
    (call,) = ready.calls()
    assert (done.returncode, done.stdout, done.stderr) == (7, b"from python\n", b"")
    assert call["argv"] == ["-m", "gangmu.cli.main", *words]
    assert call["cwd"] == str(elsewhere)
    assert call["stdin"] == b"\x00\xff\r\n\xe5".hex()
    assert call["path"] == os.pathsep.join([str(ready.root), "/somewhere"])


@pytest.mark.parametrize("status", [0, 1, 2, 130])
def test_the_commands_status_is_returned(ready: House, status: int) -> None:
    assert ready.run("claims", STUB_STATUS=str(status)).returncode == status


def test_the_command_takes_the_place_of_run_py(ready: House) -> None:
    """So a signal reaches the command, and nothing is left behind when it is stopped."""
    env = {"PATH": os.environ["PATH"]}
    command = [sys.executable, str(ready.root / "run.py"), "worker"]
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as running:
        running.wait(30)
    (call,) = ready.calls()
    assert call["pid"] == running.pid
    assert call["argv"] == ["-m", "gangmu.cli.main", "worker"]


def test_set_up_speaks_on_standard_error_only_and_happens_once(house: House) -> None:
    first = house.run("claims", "a.txt")
    assert first.stdout == b"from python\n"  # of two programs that spoke, only the command
    assert b"installing runtime.txt" in first.stderr
    assert b"from python" in first.stderr
    install, command = house.calls()
    assert install["argv"][:3] == ["-m", "pip", "install"]  # type: ignore[index]
    assert {"--require-hashes", "--no-deps", "--no-compile", "-qq"} <= set(install["argv"])  # type: ignore[call-overload]
    assert command["argv"] == ["-m", "gangmu.cli.main", "claims", "a.txt"]
    again = house.run("claims", "a.txt")
    assert (again.stdout, again.stderr) == (b"from python\n", b"")
    assert len(house.calls()) == 1


def test_a_changed_lock_is_installed_anew(ready: House) -> None:
    written(ready.root / "requirements", "runtime.txt", "one==2\n")
    ready.run("claims")
    assert ready.called() == ["python -m pip", "python -m gangmu.cli.main"]


def test_the_tools_of_developers_hold_what_is_needed_to_run(house: House) -> None:
    lock = house.root / "requirements" / "dev.txt"
    written(house.root / ".venv", ".installed-dev", module_of(house.root / "run.py").digest(lock))
    house.run("claims")
    assert house.called() == ["python -m gangmu.cli.main"]


def test_a_set_up_that_fails_is_said_and_tried_again(house: House) -> None:
    for _ in range(2):
        done = house.run("claims", STUB_SETUP="3")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"run.py: python -m pip install" in done.stderr
        assert b"Traceback" not in done.stderr
        assert house.called() == ["python -m pip"]


def test_assets_are_built_once_and_only_what_changed(ready: House) -> None:
    assert ready.run("build").returncode == 0
    assert ready.called() == ["npm ci --silent", f"node {ready.root / 'build.mjs'}", "python -m gangmu.pages.messages"]
    assert ready.run("build").returncode == 0
    assert ready.called() == []
    written(ready.root, "gangmu/web/assets/a.css", "changed")
    ready.run("build")
    assert ready.called() == [f"node {ready.root / 'build.mjs'}"]
    written(ready.root, "gangmu/web/locale/en/m.po", "changed")
    ready.run("build")
    assert ready.called() == ["python -m gangmu.pages.messages"]
    written(ready.root, "package-lock.json", "changed")
    ready.run("build")
    assert ready.called() == ["npm ci --silent", f"node {ready.root / 'build.mjs'}"]


def test_without_a_node_of_twenty_the_wheel_from_the_build_lock_is_used(ready: House) -> None:
    old = STUB.replace("v20.1.0", "v18.19.0").format(python=sys.executable, log=str(ready.log))
    written(ready.programs, "node", old)
    assert ready.run("build").returncode == 0
    called = ready.called()
    assert called[0] == "python -m pip"
    assert [word.split()[0] for word in called] == ["python"] * 4


def test_serve_builds_what_it_shows_before_it_serves(ready: House) -> None:
    ready.run("serve", "--port", "1")
    assert ready.called()[-1] == "python -m gangmu.cli.main"
    ready.run("serve", "--port", "1")
    (call,) = ready.calls()
    assert call["argv"] == ["-m", "gangmu.cli.main", "serve", "--port", "1"]


def test_the_demo_lives_in_a_folder_of_its_own_and_fresh_empties_it(ready: House) -> None:
    kept = written(ready.root, "var/demo/gangmu.sqlite3", "kept")
    ready.run("demo", "--port", "8123", "--smoke")
    call = ready.calls()[-1]
    assert call["argv"] == ["-m", "gangmu.cli.main", "demo", "--port", "8123", "--smoke"]
    assert call["var"] == str(ready.root / "var" / "demo")
    assert kept.exists()
    ready.run("demo", "--fresh")
    assert not kept.exists()


@pytest.mark.parametrize("words", [["demo", "--port", "many"], ["demo", "--unknown"]])
def test_a_slip_in_the_demos_options_is_a_usage_error(ready: House, words: list[str]) -> None:
    done = ready.run(*words)
    assert (done.returncode, done.stdout, ready.calls()) == (2, b"", [])


def test_locking_pins_and_hashes_every_level_and_names_no_host(ready: House) -> None:
    lock = ready.root / "requirements" / "dev.txt"
    written(ready.root / ".venv", ".installed-dev", module_of(ready.root / "run.py").digest(lock))
    assert ready.run("lock").returncode == 0
    calls = ready.calls()
    assert [str(one["argv"][-1]).rpartition("/")[2] for one in calls] == ["runtime.txt", "build.txt", "dev.txt"]  # type: ignore[index]
    for one in calls:
        assert {"--generate-hashes", "--no-emit-index-url", "--universal"} <= set(one["argv"])  # type: ignore[call-overload]


def test_help_names_every_word_and_no_word_is_a_usage_error(house: House) -> None:
    told = house.run("--help")
    assert told.returncode == 0
    words = module_of(house.root / "run.py").WORDS
    assert [word for word in words if word.encode() not in told.stdout] == []
    assert house.run().returncode == 2
    assert house.calls() == []


def test_run_py_needs_the_standard_library_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "run.py"), "--help"], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_real_command_reads_a_relative_path_from_where_it_was_called(ready: House, tmp_path: Path) -> None:
    real = ready.root / ".venv/bin/python"
    real.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (ready.root / "gangmu").rename(ready.root / "stubbed")
    (ready.root / "gangmu").symlink_to(ROOT / "gangmu")
    written(tmp_path / "别处", "文.txt", "工作总结\n走访120户。\n")
    done = ready.run("claims", "文.txt", cwd=tmp_path / "别处")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [record["value"] for record in records(done)] == [120]


@pytest.mark.parametrize("level", ["runtime", "dev", "build"])
def test_every_locked_requirement_is_pinned_and_hashed(level: str) -> None:
    text = (ROOT / "requirements" / f"{level}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_lock_of_packages_has_an_integrity_for_each_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert [name for name, one in packages.items() if "integrity" not in one] == []
    assert [name for name, one in packages.items() if "://" in one.get("resolved", "")] == []
