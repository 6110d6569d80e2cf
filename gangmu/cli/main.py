"""The `gangmu` command. Words that read documents alone never start Django."""

import os
import sys

LIGHT = ("text", "claims", "outline", "body")


def main(argv: list[str] | None = None) -> int:
    """Run the command in `argv` (without the program's name) and return its exit status."""
    words = sys.argv[1:] if argv is None else argv
    try:
        return _dispatch(words)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _dispatch(words: list[str]) -> int:
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
