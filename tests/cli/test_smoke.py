"""The demo's ports and its look at its own pages: each trouble has its sentence."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from gangmu.cli import demo, smoke
from gangmu.kernel.problems import Unusable

FORM = '<form><input type="hidden" name="csrfmiddlewaretoken" value="t0ken"></form>'


DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def child(program: str) -> "subprocess.Popen[bytes]":
    """A process that has begun to do what `program` says."""
    started = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stdout.readline() == b"up\n"
    started.stdout.close()
    return started


def test_a_server_that_does_not_end_is_killed_and_that_is_told() -> None:
    deaf = child(DEAF)
    assert not demo.stopped(deaf, patience=0.2)
    assert deaf.poll() is not None


def test_a_server_that_ends_when_asked_is_not_killed() -> None:
    assert demo.stopped(child("import time; print('up', flush=True); time.sleep(60)"))


class Site(BaseHTTPRequestHandler):
    """A sign-in, two pages, a form for documents, and pages that are not as they should be."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        pages = {"/in": FORM, "/home": "今天", "/unit": "柳林县", "/check": FORM, "/bare": "no form here"}
        self.answer(200 if self.path in pages else 404, pages.get(self.path, ""))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.sent.append((self.path, body))
        right = "csrfmiddlewaretoken=t0ken" in body and self.headers["Referer"].endswith(self.path)
        self.answer(200 if right else 403, "今天" if self.path == "/in" else "对不上")

    def answer(self, status: int, page: str) -> None:
        content = page.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on standard error."""


@pytest.fixture
def root() -> Iterator[str]:
    Site.sent.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def visit(*pages: tuple[str, str, str], check: str = "/check", shows: str = "对不上") -> smoke.Visit:
    home = ("desk", "/home", "今天")
    return smoke.Visit("/in", "clerk", "secret", (home, *pages), check, (("text", "讲党课3堂"),), shows)


def test_every_page_is_fetched_as_a_signed_in_person_and_timed(root: str) -> None:
    phases: dict[str, float] = {}
    smoke.fetch_all(root, visit(("organisation", "/unit", "柳林县")), phases)
    assert list(phases) == ["sign-in form", "sign-in", "desk", "organisation", "document form", "document"]
    assert all(seconds >= 0 for seconds in phases.values())
    assert [path for path, _ in Site.sent] == ["/in", "/check"]
    assert "name=clerk" in Site.sent[0][1]


@pytest.mark.parametrize(
    ("going", "said"),
    [
        (visit(("figure", "/none", "")), "figure: .*/none answered 404"),
        (visit(("figure", "/unit", "东河镇")), "figure: .*/unit does not show '东河镇'"),
        (visit(check="/bare"), "/bare does not show 'csrfmiddlewaretoken'"),
        (visit(shows="全对"), "document: .*/check does not show '全对'"),
    ],
)
def test_a_page_that_is_not_as_it_should_be_is_named(root: str, going: smoke.Visit, said: str) -> None:
    with pytest.raises(smoke.Failed, match=said):
        smoke.fetch_all(root, going, {})


def test_a_server_that_is_not_there_is_said(root: str) -> None:
    with pytest.raises(smoke.Failed, match=r"sign-in form: .* could not be reached"):
        smoke.fetch_all(f"http://127.0.0.1:{unused()}", visit(), {})


def unused() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        yield int(busy.getsockname()[1])


def test_a_port_that_is_free_is_taken_as_asked() -> None:
    port = unused()
    assert not demo.listening(port)
    assert demo.free_port(port) == port


def test_a_port_that_is_taken_is_refused_with_what_to_do(taken: int) -> None:
    with pytest.raises(Unusable) as refused:
        demo.free_port(taken)
    problem = refused.value.problem
    assert (problem.code, problem.where) == ("port.taken", "--port")
    assert str(taken) in problem.message
    assert f"port {taken} is taken" in problem.message_en
    assert "--port" in problem.message_en


def test_without_a_wish_the_first_free_port_is_found() -> None:
    port = demo.free_port(None)
    assert demo.FIRST_PORT <= port < demo.FIRST_PORT + demo.PORTS


def test_a_server_that_stops_by_itself_is_told_with_its_status() -> None:
    child = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(smoke.Failed, match="stopped by itself with status 3"):
        demo.wait_for(unused(), child)


def test_a_server_is_waited_for_until_it_answers() -> None:
    port = unused()
    listen = (
        "import socket, sys, time; time.sleep(0.2); s = socket.socket(); "
        f"s.bind(('127.0.0.1', {port})); s.listen(); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", listen], stdin=subprocess.PIPE) as child:
        demo.wait_for(port, child)
        assert demo.listening(port)
        child.terminate()


def test_the_time_of_a_phase_is_noted_even_beside_others() -> None:
    phases = {"setup": 1.0}
    with demo.timed(phases, "load"):
        pass
    assert phases["setup"] == 1.0
    assert 0 <= phases["load"] < 1
