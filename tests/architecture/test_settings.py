"""Every setting that may come from the environment is documented."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_settings_table_names_every_setting_read_from_the_environment() -> None:
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "gangmu").rglob("*.py"))
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z][A-Z_]+)\"", code)) | set(
        re.findall(r"environ(?:\.get)?[\[(]\"(GANGMU_\w+)", code)
    )
    table = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    internal = {"GANGMU_SETUP_SECONDS"}  # handed from run.py to the demo, set by nobody else
    assert read
    assert sorted(name for name in read - internal if f"`{name}`" not in table) == []
