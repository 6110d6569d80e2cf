"""JSON Schemas of the catalog's files, so that an editor helps while a definition is written."""

import json
from pathlib import Path

from gangmu.catalog.layers import ROOMS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference" / "catalog-schema"


def schemas() -> dict[str, str]:
    """File name → JSON Schema of each kind of definition."""
    return {f"{room}.json": _text(room) for room in ROOMS}


def write_schemas(folder: Path = FOLDER) -> None:
    """Write every schema; a test holds that the files in docs say what this writes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(room: str) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ROOMS[room].model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
