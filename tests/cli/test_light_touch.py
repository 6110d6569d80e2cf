"""The commands that read documents alone touch no database, secret, network or built asset."""

import json
from pathlib import Path

import pytest

from tests.cli.calling import LIGHT, ROOT, python, word_document, written

# Run the command and, after it, tell on standard error what it imported, opened and called.
PROBE = """
import json, sys
told = []
def hear(event, args):
    if event in ("open", "os.listdir", "os.scandir", "os.mkdir") and isinstance(args[0], (str, bytes)):
        told.append([event, str(args[0])])
    elif event.split(".")[0] in ("socket", "sqlite3", "ftplib", "http", "urllib", "smtplib"):
        told.append([event, ""])
sys.addaudithook(hear)
from gangmu.cli.main import main
status = main(sys.argv[1:])
sys.stderr.write(json.dumps({"status": status, "told": told, "modules": sorted(sys.modules)}))
"""
POISON = {
    "DATABASE_URL": "postgres://nobody:wrong@192.0.2.1:1/none",  # an address that answers nobody
    "GANGMU_VAR": "/dev/null/var",
    "GANGMU_KEYS": "/dev/null/keys",
    "GANGMU_SECRET_KEY": "",
    "DJANGO_SETTINGS_MODULE": "no.such.settings",
    "HTTP_PROXY": "http://192.0.2.1:1",
}
HEAVY = ("django", "duckdb", "ibis", "pyarrow", "pydantic", "psycopg", "sqlite3", "pysqlite3", "cryptography", "yaml",
         "ssl", "gangmu.settings", "gangmu.ledger", "gangmu.orgs", "gangmu.catalog")  # fmt: skip
COMMANDS = [*((word,) for word in LIGHT), ("check", "--no-ledger"), ("check", "--no-ledger", "--jsonl")]


@pytest.fixture(params=["txt", "docx"])
def document(request: pytest.FixtureRequest, scratch: Path) -> Path:
    lines = ["工作总结", "全年受理诉求1233件，办结1187件，办结率96.3%。"]
    if request.param == "docx":
        return word_document(scratch, "文.docx", lines)
    return written(scratch, "文.txt", "\n".join(lines))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_reading_alone_touches_nothing_but_the_document(document: Path, command: tuple[str, ...]) -> None:
    done = python("-c", PROBE, *command, str(document), **POISON)
    assert done.returncode == 0, done.stderr.decode()
    heard = json.loads(done.stderr)
    assert heard["status"] == 0
    assert [name for name in HEAVY if name in heard["modules"]] == []
    assert [event for event, _ in heard["told"] if event.startswith(("socket", "sqlite3", "http", "urllib"))] == []
    touched = [
        path
        for _, path in heard["told"]
        if path.startswith(str(ROOT)) and not {".venv", "__pycache__"} & set(Path(path).parts)
    ]
    strange = [path for path in touched if not path.endswith((".py", ".pyc")) and Path(path).suffix]
    assert strange == []
    assert [path for path in touched if "/var" in path or "/static" in path or "/locale" in path] == []
    assert [path for _, path in heard["told"] if path.startswith("/dev/null/")] == []


def test_the_probe_hears_a_database_and_a_network_call() -> None:
    planted = PROBE.replace("from gangmu.cli.main import main\n", "").replace(
        "main(sys.argv[1:])", "__import__('sqlite3').connect(':memory:') and __import__('socket').socket().close()"
    )
    done = python("-c", planted)
    heard = {event for event, _ in json.loads(done.stderr)["told"]}
    assert {"sqlite3.connect", "socket.__new__"} <= heard


def test_a_command_that_needs_the_ledger_does_ask_for_it(scratch: Path) -> None:
    """The same poison stops `check` with the ledger: the light commands pass because they do not ask."""
    poison = {**POISON, "DATABASE_URL": "sqlite:////dev/null/none.sqlite3", "DJANGO_SETTINGS_MODULE": "gangmu.settings"}
    done = python("-m", "gangmu.cli.main", "check", str(written(scratch, "文.txt", "走访120户。")), **poison)
    assert done.returncode not in (0, 1) or done.stdout == b""
