"""A mail server and a bot's server on loopback, of the standard library alone: real sockets, real protocols."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Mailbox:
    """Where the server listens, and what it took. `refuses`: it takes no letter."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """An SMTP server that keeps every letter."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 loopback")
            while line := self.rfile.readline().strip():
                word = line.split()[0].upper()
                if word == b"DATA":
                    self.say("354 go on")
                    self.take()
                elif word == b"QUIT":
                    return self.say("221 bye")
                else:
                    self.say("550 no" if word == b"RCPT" and box.refuses else "250 ok")
            return None

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            letter = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(letter, EmailMessage)
            box.letters.append(letter)
            self.say("250 taken")

    with _running(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)) as port:
        box.port = port
        yield box


@dataclass(slots=True)
class Group:
    """A bot's group: where it is told, what it was told, and what its server answers."""

    port: int = 0
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=lambda: {"errcode": 0, "errmsg": "ok"})
    status: int = 200

    def address(self, path: str) -> str:
        """The address of a path there."""
        return f"http://127.0.0.1:{self.port}{path}"


class Bots(ThreadingHTTPServer):
    """Waits for every caller when it ends: no socket is left to whoever comes next."""

    daemon_threads = False


@contextmanager
def bot_server() -> Iterator[Group]:
    """A server that takes what bots are told."""
    group = Group()

    class Call(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            group.raw.append(body)
            group.told.append((self.path, json.loads(body)))
            answer = json.dumps(group.answer).encode()
            self.send_response(group.status)
            if group.status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def do_GET(self) -> None:
            group.told.append((self.path, {}))
            self.do_POST()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with _running(Bots(("127.0.0.1", 0), Call)) as port:
        group.port = port
        yield group


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[int]:
    worker = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    worker.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        worker.join()
