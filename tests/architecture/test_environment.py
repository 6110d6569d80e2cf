"""A run of the tests has a folder of its own and leaves nothing behind, however it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BEGIN = "import os, signal, tests.environment as e; print(e.SCRATCH, os.environ['DATABASE_URL'], flush=True); "


def ran(then: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-c", BEGIN + then], env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("then", "status"),
    [
        ("", 0),
        ("raise SystemExit(3)", 3),
        ("raise KeyboardInterrupt", -2),
        ("os.kill(os.getpid(), signal.SIGTERM)", 143),
        ("(e.SCRATCH / 'mart').mkdir(); (e.SCRATCH / 'mart' / 'a').write_text('x'); raise SystemExit(1)", 1),
    ],
)
def test_the_folder_is_gone_when_the_run_has_ended(then: str, status: int) -> None:
    done = ran(then)
    assert done.returncode == status
    folder = Path(done.stdout.split()[0])
    assert folder.name.startswith("gangmu-tests-")
    assert not folder.exists()


def test_the_database_lies_in_that_folder_whatever_the_environment_says() -> None:
    done = ran("print(os.environ['GANGMU_VAR'], 'GANGMU_KEYS' in os.environ)", DATABASE_URL="postgres://x/y",
               GANGMU_VAR="/nowhere", GANGMU_KEYS="/nowhere")  # fmt: skip
    folder, url, var, keys = done.stdout.split()
    assert url == f"sqlite:///{folder}/live.sqlite3"
    assert (var, keys) == (folder, "False")


def test_a_worker_uses_the_server_that_the_run_has_started() -> None:
    url = "postgresql://postgres:@/postgres?host=/somewhere"
    done = ran("", GANGMU_TEST_DB="postgres", PYTEST_XDIST_WORKER="gw0", DATABASE_URL=url)
    assert done.stdout.split()[1] == url
