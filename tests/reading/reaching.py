"""What a reader that was taken over would try. Runs in the bare child process: standard library only."""

import os
import socket
import sys
from collections.abc import Callable

from gangmu.reading.isolated import limit_this_process, shut_this_process_in


def child(kind: str) -> None:
    """Try what `kind` names, once shut in, and write what came of it."""
    limit_this_process()
    sys.stdin.buffer.read()
    shut_this_process_in()
    try:
        came = ATTEMPTS[kind]()
    except OSError as error:
        came = f"refused: {error.strerror}"
    except MemoryError:
        came = "refused: memory"
    sys.stdout.write(came)


def call_out() -> str:
    with socket.socket() as to:
        to.connect(("127.0.0.1", 9))
    return "called out"


def look_around() -> str:
    with open("/etc/hostname") as file:
        return file.read()


def write() -> str:
    with open("left-behind", "w") as file:
        return str(file.write("x"))


def pipe() -> str:
    return str(os.pipe())


def fill_the_memory() -> str:
    return str(len(bytearray(600 * 1024 * 1024)))


def think_for_ever() -> str:
    while True:
        pass


def tell_the_surroundings() -> str:
    return " ".join(os.environ)


ATTEMPTS: dict[str, Callable[[], str]] = {
    one.__name__: one
    for one in (call_out, look_around, write, pipe, fill_the_memory, think_for_ever, tell_the_surroundings)
}
