"""What a stranger types wrongly gets a sentence that says what to do, on standard error, and status 2; never a trace."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gangmu.cli.main import main
from gangmu.cli.serve import address_of
from gangmu.kernel.problems import Unusable
from gangmu.ledger import sequencer
from tests.cli.calling import ROOT, gangmu, written
from tests.orgs import cast

YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")
FIGURE = ("figure", "activity.sessions", "--org", "QH", *YEAR)
Refused = Callable[..., str]


def sentence(status: object, out: bytes, err: bytes) -> str:
    """What was said, after holding it to the rule: status 2, nothing on standard output, both languages, no trace."""
    told = err.decode()
    assert (status, out) == (2, b""), told
    assert "Traceback" not in told
    assert re.search("[一-龥]", told), told
    assert re.search("[A-Za-z]{3,} [a-z]", told), told
    return told


@pytest.fixture
def refused(capfdbinary: pytest.CaptureFixture[bytes]) -> Refused:
    """Runs the command in this process and gives the sentence it was refused with."""

    def run(*words: str | Path) -> str:
        try:
            status: object = main([str(word) for word in words])
        except SystemExit as ended:
            status = ended.code
        return sentence(status, *capfdbinary.readouterr())

    return run


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        yield int(busy.getsockname()[1])


@pytest.mark.django_db
@pytest.mark.parametrize("port", ["0", "65536", "99999999999999999999", "-1", "八千", "80.5", "٨٠"])
@pytest.mark.parametrize("word", ["serve", "demo"])
def test_a_port_that_is_none_is_refused(refused: Refused, word: str, port: str) -> None:
    told = refused(word, f"--port={port}")
    assert f"1 to 65535, not {port}." in told


@pytest.mark.django_db
def test_at_least_one_worker_serves(refused: Refused) -> None:
    assert "--workers" in refused("serve", "--workers", "0")


def test_a_server_on_a_taken_port_does_not_share_it_in_silence(scratch: Path, taken: int) -> None:
    home = {"GANGMU_VAR": str(scratch), "DATABASE_URL": f"sqlite:///{scratch / 'facts.sqlite3'}"}
    done = gangmu("serve", "--port", str(taken), cwd=ROOT, **home)
    assert f"port {taken} (Address already in use)" in sentence(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "a b", "::ffff:192.0.2.1"])
def test_an_address_that_is_not_this_machines_is_refused(host: str) -> None:
    with pytest.raises(Unusable) as caught:
        address_of(host, 18999)
    problem = caught.value.problem
    assert (problem.code, problem.where) == ("port.taken", "--port")
    assert host in problem.message
    assert "an address of this machine" in problem.message_en


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "0.0.0.0")])
def test_an_address_of_this_machine_is_taken_as_it_is(host: str, address: str, taken: int) -> None:
    assert address_of(host, 0) == address


def test_a_port_whose_server_just_ended_can_be_taken_again() -> None:
    """Connections it closed linger in the kernel; a restart may not have to wait for them."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            server.accept()[0].close()  # who closes first lingers
            visitor.recv(1)
    assert address_of("127.0.0.1", port) == "127.0.0.1"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL begins with sqlite:/// or postgres://"),
        ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL begins with sqlite:/// or postgres://"),
        ({"GANGMU_PRODUCTION": "1"}, "SECRET_KEY"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(environment: dict[str, str], said: str) -> None:
    done = gangmu(*FIGURE, cwd=ROOT, **environment)
    assert said in sentence(done.returncode, done.stdout, done.stderr)


def test_a_file_that_is_no_database_is_said_to_be_none_and_stays_as_it_is(scratch: Path) -> None:
    path = written(scratch, "notes.sqlite3", "记事本\n" * 200)
    done = gangmu(*FIGURE, DATABASE_URL=f"sqlite:///{path}", GANGMU_VAR=str(scratch))
    told = sentence(done.returncode, done.stdout, done.stderr)
    assert "数据库用不了（file is not a database）" in told
    assert "DATABASE_URL" in told
    assert path.read_text("utf-8") == "记事本\n" * 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["notes.txt", "notes.txt/beneath"])
def test_an_export_into_what_is_no_folder_leaves_it_as_it_is(refused: Refused, scratch: Path, place: str) -> None:
    cast.build()
    sequencer.run_once()
    path = written(scratch, "notes.txt", "记事")
    told = refused("export", scratch / place)
    assert str(path) in told
    assert "look at its path" in told
    assert path.read_text("utf-8") == "记事"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        ("who-could-see", "QH", "--on", "2025-13-01"),
        ("who-could-see", "QH", "--on", "yesterday"),
        ("begin", "青禾市", "--keeper", "keeper", "--since", "2025-02-30"),
        ("grant", "clerk", "leader", "QH", "--by", "keeper", "--from", "20250301"),
        ("grant", "clerk", "leader", "QH", "--by", "keeper", "--to", "0001-01-01"),
    ],
)
def test_a_day_that_is_none_is_answered_with_how_a_day_is_written(refused: Refused, words: tuple[str, ...]) -> None:
    assert f"Write a day like 2025-03-31, not {words[-1]}." in refused(*words)


@pytest.mark.django_db
@pytest.mark.parametrize(("option", "said"), [("--org", "没有这个组织"), ("--as", "没有这个账号"), ("--from", "--to")])
def test_an_option_left_empty_is_not_taken_for_one_left_out(
    refused: Refused, scratch: Path, option: str, said: str
) -> None:
    """A script whose variable is empty would otherwise get the answer to another question."""
    assert said in refused("check", written(scratch, "a.txt", "讲党课3堂。"), option, "")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_folder_without_a_name_of_its_own_is_named_as_it_was_given(refused: Refused, name: str) -> None:
    assert f"《{name or '.'}》是一个文件夹" in refused("check", name)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["migrate", "sequence", "rebuild", "openapi"])
def test_a_word_too_many_is_a_usage_error(word: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([word, "besides"])
    told = capfdbinary.readouterr()
    assert (ended.value.code, told.out) == (2, b"")
    assert b"unrecognized arguments: besides" in told.err


@pytest.mark.parametrize("stream", ["0", "1", "2"])
def test_a_stream_that_the_caller_closed_costs_no_trace(scratch: Path, stream: str) -> None:
    path = written(scratch, "a.txt", "讲党课3堂。")
    called = f'exec "{sys.executable}" -m gangmu.cli.main check --no-ledger "{path}" {stream}>&-'
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    done = subprocess.run(["sh", "-c", called], env=env, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
