"""`gangmu token` and `gangmu openapi`."""

import argparse
import json
from pathlib import Path

from gangmu.kernel import clock

DESCRIPTION = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"


def token(argv: list[str]) -> int:
    """Print a new token for an account; it is shown once."""
    from gangmu.api.tokens import issue
    from gangmu.people.queries import account_named

    parser = argparse.ArgumentParser(prog="gangmu token", description="A token for the API, shown once.")
    parser.add_argument("login")
    parser.add_argument("--days", type=_days, default=90, help="how long it is good for, 1 to 365")
    said = parser.parse_args(argv)
    print(issue(account_named(said.login), days=said.days, on=clock.today()))
    return 0


def _days(text: str) -> int:
    from gangmu.api.tokens import LONGEST

    if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LONGEST.days:
        return int(text)
    raise argparse.ArgumentTypeError(f"写 1 到 {LONGEST.days} 天。 Write 1 to {LONGEST.days} days.")


def openapi(argv: list[str]) -> int:
    """Write the API's description to docs/reference/openapi.json."""
    argparse.ArgumentParser(prog="gangmu openapi").parse_args(argv)
    DESCRIPTION.write_text(description(), encoding="utf-8")
    return 0


def description() -> str:
    """The OpenAPI document as text, keys in a fixed order."""
    from gangmu.api.routes import api

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n"
