"""A changed catalog is compiled whole beside the one in use; what differs is told part by part, before and after."""

from pathlib import Path

import pytest

from gangmu.catalog import changed
from gangmu.catalog.changed import catalog_of, source_text, with_row
from gangmu.catalog.current import HOME, catalog
from gangmu.catalog.differences import Change, Part, differences
from gangmu.catalog.load import CatalogRefused

SESSIONS = (HOME / "national/indicators/activity.sessions.yaml").read_text("utf-8")


@pytest.fixture
def copy(scratch: Path) -> Path:
    """A whole catalog like the one in use, to be changed."""
    for path in (HOME / "national").rglob("*.yaml"):
        target = scratch / "changed" / path.relative_to(HOME)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text("utf-8"), "utf-8")
    return scratch / "changed"


def refused(text: str) -> list[tuple[str, str]]:
    """The code and the line of everything wrong with a row."""
    with pytest.raises(CatalogRefused) as problems:
        with_row(text)
    return [(one.code, one.where) for one in problems.value.problems]


def test_nothing_changed_is_no_difference(copy: Path) -> None:
    assert differences(catalog(), catalog_of(copy)) == ()
    assert with_row(SESSIONS).digest == catalog().digest


def test_a_changed_row_is_told_by_the_parts_that_change() -> None:
    after = with_row(SESSIONS.replace("zh: 活动场次", "zh: 活动的场次").replace("units: [场, 次,", "units: [次, 场,"))
    (change,) = differences(catalog(), after)
    assert (change.room, change.key, change.how) == ("indicators", "activity.sessions", "changed")
    assert change.parts[0] == Part("title.zh", "活动场次", "活动的场次")
    assert [part.path for part in change.parts] == ["title.zh", "units"]


def test_a_dated_row_is_known_by_its_day_and_a_tag_by_its_key(copy: Path) -> None:
    more = "  - since: 2026-01-01\n    text: 'count(activity.held, tag(selected))'\n"
    after = with_row(SESSIONS.replace("example_facts:", f"{more}example_facts:"))
    (change,) = differences(catalog(), after)
    assert [part.path for part in change.parts] == ["formula.2026-01-01.since", "formula.2026-01-01.text"]
    assert change.parts[1].before == ""


def test_definitions_added_and_removed_are_told_by_key(copy: Path) -> None:
    (copy / "national/indicators/activity.sessions.yaml").rename(copy / "national/indicators/activity.occasions.yaml")
    file = copy / "national/indicators/activity.occasions.yaml"
    file.write_text(SESSIONS.replace("key: activity.sessions", "key: activity.occasions"), "utf-8")
    found = differences(catalog(), catalog_of(copy))
    assert found == (
        Change("indicators", "activity.occasions", "added"),
        Change("indicators", "activity.sessions", "removed"),
    )


def test_a_row_of_a_new_key_is_a_definition_more() -> None:
    after = with_row(SESSIONS.replace("key: activity.sessions", "key: activity.occasions"))
    assert [(one.key, one.how) for one in differences(catalog(), after)] == [("activity.occasions", "added")]


def test_a_changed_number_of_wording_or_rule_is_told(copy: Path) -> None:
    (file,) = (copy / "national/wording").glob("*.yaml")
    text = file.read_text("utf-8")
    assert "about_share: 0.1" in text
    file.write_text(text.replace("about_share: 0.1", "about_share: 0.2", 1), "utf-8")
    (change,) = differences(catalog(), catalog_of(copy))
    assert change.room == "wording"
    assert [part.path.rpartition(".")[2] for part in change.parts] == ["about_share"]


def test_a_folder_that_is_no_whole_catalog_is_a_pack_more(scratch: Path) -> None:
    pack = scratch / "qinghe"
    (pack / "switches").mkdir(parents=True)
    unverified = (key for key, one in catalog().indicators.items() if one.source_status == "unverified")
    off = next(key for key in unverified if key not in catalog().facts)
    text = (
        "key: switches\ntitle: {zh: 关闭, en: Switches}\nwhy: {zh: 待核, en: Not verified}\nsource: local\n"
        "source_status: unverified\nreview_by: 2030-01-01\nbasis: 青组发〔2025〕1号\neffective: 2025-01-01\n"
        f"off: [{off}]\n"
    )
    (pack / "switches" / "switches.yaml").write_text(text, "utf-8")
    assert differences(catalog(), catalog_of(pack)) == (Change("indicators", off, "removed"),)


LOCAL = (
    "title: {zh: 本市的, en: Ours}\nwhy: {zh: 本市另有规定, en: We count otherwise}\nsource: 青组发〔2025〕1号\n"
    "source_status: text\nreview_by: 2030-01-01\nbasis: 青组发〔2025〕1号\neffective: 2025-01-01\n"
)
TIGHTENS = (
    "names: [主题党日]\nactions: [开展]\napplies_to: {zh: 党支部, en: branches}\ntightens: theme_day.monthly\n"
    "rows:\n  - {since: 2025-01-01, compare: at_least, value: 2, unit: 次, per: month}\n"
)


def test_one_definition_of_a_pack_is_tried_as_a_packs() -> None:
    """What a place adds, tightens or switches off stands in one file too."""
    unverified = (key for key, one in catalog().indicators.items() if one.source_status == "unverified")
    off = next(key for key in unverified if key not in catalog().facts)
    rule = with_row(f"key: theme_day.qinghe\n{LOCAL}{TIGHTENS}")
    switched = with_row(f"key: switches\n{LOCAL}off: [{off}]\n")
    ours = SESSIONS.replace("key: activity.sessions", "key: activity.occasions")
    more = with_row(f"{ours}basis: 青组发〔2025〕1号\neffective: 2025-01-01\n")
    assert [(one.room, one.key, one.how) for one in differences(catalog(), rule)] == [
        ("rules", "theme_day.qinghe", "added")
    ]
    assert Change("indicators", off, "removed") in differences(catalog(), switched)
    assert "activity.occasions" in more.local


def test_a_definition_of_the_floor_takes_no_basis_and_a_pack_takes_no_key_of_the_floor() -> None:
    assert refused(f"{SESSIONS}basis: 青组发〔2025〕1号\neffective: 2025-01-01\n")


def test_a_rule_that_forgets_what_it_is_about_is_still_read_as_a_rule() -> None:
    text = f"key: theme_day.qinghe\n{LOCAL}{TIGHTENS}".replace("applies_to: {zh: 党支部, en: branches}\n", "")
    assert refused(text) == [("catalog.field", "row:1")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [("catalog.row_key", "row")]),
        ("title: 没有名字", [("catalog.row_key", "row")]),
        ("key: x" + "\n#" * changed.LONGEST_ROW, [("catalog.row_long", "row")]),
        ("key: activity.sessions\n", [("catalog.room", "row:1")]),
        (SESSIONS.replace("kind: count", "kind: many"), [("catalog.field", "row:12")]),
        (SESSIONS.replace("count(activity.held", "count(activity.helt"), [("catalog.formula", "row:17")]),
        (SESSIONS.replace("expect: 3", "expect: 4"), [("catalog.example", "row:30")]),
        ("key: activity.sessions\nformula: &a [*a]\n", None),
        ("key: ../../etc/passwd\n", [("catalog.row_key", "row")]),
    ],
    ids=["empty", "no key", "long", "no room", "word", "formula", "example", "alias", "path"],
)  # fmt: skip
def test_a_bad_row_gets_its_sentences_with_the_line_they_are_about(
    text: str, problems: list[tuple[str, str]] | None
) -> None:
    found = refused(text)
    assert found
    assert all(where.startswith("row") for _code, where in found)
    if problems is not None:
        assert found == problems


def test_a_changed_row_that_breaks_another_definition_names_that_file() -> None:
    family = (HOME / "national/tags/activity_form.yaml").read_text("utf-8")
    found = refused(family.replace("key: lecture\n", "key: lectures\n"))
    assert found
    assert any(room in where for room in ("indicators", "facts", "duties") for _code, where in found)


def test_a_bad_folder_gets_all_its_sentences_at_once(copy: Path) -> None:
    for name, old, new in (
        ("activity.sessions", "kind: count", "kind: many"),
        ("activity.visited", "measure: flow", "measure: flaw"),
    ):
        file = copy / f"national/indicators/{name}.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(CatalogRefused) as problems:
        catalog_of(copy)
    assert {Path(one.where.rpartition(":")[0]).stem for one in problems.value.problems} == {
        "activity.sessions", "activity.visited"}  # fmt: skip


def test_the_text_of_every_definition_is_found_where_it_is_written() -> None:
    definitions = catalog()
    for room in ("facts", "indicators", "rules"):
        for key in getattr(definitions, room):
            assert f"key: {key}\n" in source_text(room, key)
    assert source_text("indicators", "no.such") == ""


def test_a_row_takes_the_place_of_its_own_kind_where_a_fact_and_an_indicator_share_a_key() -> None:
    shared = next(key for key in catalog().indicators if key in catalog().facts)
    for room in ("facts", "indicators"):
        text = source_text(room, shared)
        title = getattr(catalog(), room)[shared].title.zh
        (change,) = differences(catalog(), with_row(text.replace(f"zh: {title}", "zh: 换个说法", 1)))
        assert (change.room, change.key, [part.path for part in change.parts]) == (room, shared, ["title.zh"])


def test_asking_changes_nothing_of_the_catalog_in_use() -> None:
    before = catalog()
    with_row(SESSIONS.replace("zh: 活动场次", "zh: 别的"))
    assert catalog() is before
    assert catalog().indicators["activity.sessions"].title.zh == "活动场次"
