"""The commands that need Django: one table, read top to bottom.

Each entry names the word, one line of help and the function that takes the remaining words and returns an exit
status. The functions live with their slices; importing them waits until the word is asked for.
"""

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from gangmu.cli.inputs import tell
from gangmu.kernel.problems import Problem, Refused, Unusable

Run = Callable[[list[str]], int]


class Command(NamedTuple):
    """One word of the command line."""

    word: str
    help: str
    where: str  # module:function, taking argv and returning the exit status
    migrates: bool = True  # a database that has no tables yet gets them first


COMMANDS = (
    Command("migrate", "make or update the tables", "gangmu.cli.serve:migrate", migrates=False),
    Command("serve", "serve the pages on DATABASE_URL", "gangmu.cli.serve:serve"),
    Command("worker", "number facts and seal segments until stopped", "gangmu.cli.serve:worker"),
    Command("demo", "load the invented city and serve it", "gangmu.cli.demo:demo"),
    Command("catalog", "check the definitions", "gangmu.catalog.command:main", migrates=False),
    Command("begin", "start an empty installation: root unit, first keeper of accounts", "gangmu.orgs.commands:begin"),
    Command("account", "open or close an account, set its password", "gangmu.orgs.commands:account"),
    Command("grant", "grant a role over a unit, recorded as a fact", "gangmu.orgs.commands:grant"),
    Command("revoke", "revoke a grant", "gangmu.orgs.commands:revoke"),
    Command("who-could-see", "the grants that reached a unit on a day", "gangmu.orgs.commands:who_could_see"),
    Command("record", "record facts from a file of JSON lines", "gangmu.records.commands:record"),
    Command("imports", "work on the sheets that wait to be imported", "gangmu.imports.commands:imports"),
    Command("figure", "one figure as a JSON object", "gangmu.indicators.commands:figure"),
    Command("duties", "what a unit owes and how it stands, as JSON lines", "gangmu.duties.commands:duties"),
    Command("remind", "send a day's reminders, or say what would be sent", "gangmu.reminders.commands:remind"),
    Command(
        "report",
        "the figures of a unit as a file that can be counted again",
        "gangmu.indicators.report_commands:report",
    ),
    Command(
        "recompute", "count a report again, offline", "gangmu.indicators.report_commands:recompute", migrates=False
    ),
    Command("rollup", "every unit at every level, month by month, as CSV", "gangmu.indicators.rollup_command:main"),
    Command("plan", "what a changed catalog would change, and whose figures", "gangmu.indicators.plan_command:main"),
    Command("check", "check documents against the record", "gangmu.cli.check_ledger:main"),
    Command("verify", "verify the log, an export or a receipt", "gangmu.ledger.commands:verify", migrates=False),
    Command("export", "write the log as a folder anyone can verify", "gangmu.ledger.commands:export_log"),
    Command("sequence", "number waiting facts once", "gangmu.ledger.commands:sequence"),
    Command("rebuild", "replay the ledger into the read tables", "gangmu.ledger.commands:rebuild_projections"),
    Command("world", "build a small world of facts", "gangmu.cli.world.command:main", migrates=False),
    Command("token", "a token for the API", "gangmu.api.commands:token"),
    Command("openapi", "write the API's description", "gangmu.api.commands:openapi", migrates=False),
)


def main(argv: list[str]) -> int:
    """Run the first word of `argv`; 2 with a plain sentence when it is unknown or refused."""
    command = next((row for row in COMMANDS if argv and row.word == argv[0]), None)
    if command is None:
        print(usage(), file=sys.stderr)
        return 2
    try:
        return prepared(command)(argv[1:])
    except Refused as refused:
        problems = refused.problems
    except Unusable as unusable:
        problems = [replace(unusable.problem, where="")]  # its sentence names the file
    except OperationalError as error:
        problems = [_no_database(error)]
    except ImproperlyConfigured as error:
        problems = [Problem("settings.wrong", f"设置不对：{error}", f"A setting is wrong: {error}")]
    except OSError as error:
        if error.filename is None or error.errno == errno.ENOSPC:  # a pipe that was closed, a full disk: not this file
            raise
        problems = [_no_file(error)]
    for problem in problems:
        tell(f"{problem} {problem.message_en}".rstrip())
    return 2


def prepared(command: Command) -> Run:
    """The command's function, with Django started and, unless it says otherwise, the tables in place."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")
    import django

    if not command.where.startswith(("gangmu.catalog", "gangmu.cli.world")):
        django.setup()
    module, name = command.where.split(":")
    if command.migrates:
        _ensure_tables()
    run: Run = getattr(import_module(module), name)
    return run


def _ensure_tables() -> None:
    from django.db import DatabaseError

    from gangmu.cli.serve import ensure_tables

    try:
        ensure_tables()
    except DatabaseError as error:
        raise Refused([_no_database(error)]) from error


def _no_database(error: Exception) -> Problem:
    return Problem(
        "database.unusable",
        f"数据库用不了（{error}）；请看看 DATABASE_URL 写得对不对、数据库开着没有。",
        f"The database cannot be used ({error}): look at DATABASE_URL and whether the database is running.",
    )


def _no_file(error: OSError) -> Problem:
    return Problem(
        "files.unusable",
        f"{error.filename} 用不了（{error.strerror}）；请看看路径、名字和权限。",
        f"{error.filename} cannot be used ({error.strerror}): look at its path, its name and who may use it.",
    )


def usage() -> str:
    """One line a word."""
    light = (
        ("text", "the text of a document, as offsets count it"),
        ("claims", "every number in a document that a record could prove wrong"),
        ("outline", "its titles, headings and running points"),
        ("body", "where it begins and ends"),
    )
    rows = [*light, *((row.word, row.help) for row in COMMANDS)]
    return "usage: gangmu WORD …\n\n" + "\n".join(f"  {word:13} {text}" for word, text in rows)
