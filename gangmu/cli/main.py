"""The `gangmu` command. Words that read documents alone never start Django."""

import errno
import io
import os
import sys

HELP = ("-h", "--help", "help")
LIGHT = ("text", "claims", "outline", "body")


def main(argv: list[str] | None = None) -> int:
    """Run the command in `argv` (without the program's name) and return its exit status."""
    words = sys.argv[1:] if argv is None else argv
    _ready_streams()
    try:
        return _dispatch(words)
    except BrokenPipeError:  # the reader of our output has seen enough
        _say_no_more()
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _say_no_more()
        sys.stderr.buffer.write("磁盘满了，没有写完；请腾出地方再来一次。 The disk is full.\n".encode())
        return 2
    except KeyboardInterrupt:
        return 130


def _ready_streams() -> None:
    """Both are there, UTF-8 and with line feeds: neither the caller's locale nor a closed stream changes a status."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller, who wants the rest only; no file may take its number
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")


def _say_no_more() -> None:
    """What is left in the buffer has nowhere to go; Python would stumble over it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(words: list[str]) -> int:
    if words and words[0] in HELP:
        from gangmu.cli import heavy

        print(heavy.usage())
        return 0
    if words and words[0] in LIGHT:
        from gangmu.cli import light

        return light.main(words[0], words[1:])
    if words and words[0] == "check" and "--no-ledger" in words:
        from gangmu.cli import check_light

        return check_light.main(words[1:])
    from gangmu.cli import heavy

    return heavy.main(words)


if __name__ == "__main__":
    sys.exit(main())
