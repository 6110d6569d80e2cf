"""Every problem code is documented, and nothing is kept of a person but what the list allows."""

import re
from pathlib import Path

from gangmu.catalog.current import catalog
from gangmu.orgs.permissions import ROLES, TITLES
from gangmu.people.queries import SLOTS

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r'Problem\(\s*"((?:orgs|people|records|web)\.[a-z_]+)"')
ROW = re.compile(r"^\| ((?:orgs|people|records|web)\.[a-z_]+) \|", re.M)


def test_every_problem_code_of_these_floors_is_documented_and_none_besides() -> None:
    folders = [ROOT / "gangmu" / name for name in ("orgs", "people", "records", "web")]
    used = {
        code for folder in folders for file in folder.rglob("*.py") for code in CODE.findall(file.read_text("utf-8"))
    }
    documented = set(ROW.findall((ROOT / "docs/reference/problems.md").read_text("utf-8")))
    assert used - documented == set()
    assert documented - used == set()


def test_at_most_sixteen_things_are_kept_of_a_person() -> None:
    table = (ROOT / "docs/adr/0005-sixteen-person-fields.md").read_text("utf-8")
    assert 0 < len(re.findall(r"^\| \d+ \|", table, re.M)) <= 16
    assert set(re.findall(r"sealed `(\w+)`", table)) == set(SLOTS)


def test_the_catalog_seals_every_value_of_a_person() -> None:
    kind = catalog().facts["person.recorded"]
    assert kind.body_fields == ()
    assert {field.key for field in kind.slots} == set(SLOTS)


def test_no_field_asks_for_what_is_never_kept() -> None:
    refused = ("identity", "id_number", "ethnic", "health", "faith", "religion", "family", "spouse", "blood")
    asked = {field.key for kind in catalog().facts.values() for field in kind.fields}
    assert [key for key in asked if any(word in key for word in refused)] == []


def test_the_roles_of_the_table_are_those_the_catalog_lets_grant() -> None:
    (field,) = [one for one in catalog().facts["access.granted"].fields if one.key == "role"]
    assert {value.key for value in field.values} == set(ROLES) == set(TITLES)
