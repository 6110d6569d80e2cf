"""The published catalog: complete, explained, small, fast to load, and written down in the documents."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from gangmu.catalog.current import HOME, catalog, folders
from gangmu.catalog.definitions import Definition, FactKind, Indicator, Text
from gangmu.catalog.examples import figure_of
from gangmu.catalog.load import load
from gangmu.catalog.norms import Rule
from gangmu.catalog.reference import GLOSSARY, documents, glossary
from gangmu.reading.wording import DEFAULT

HAN = re.compile(r"[\u4e00-\u9fff]")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"


def definitions() -> list[Definition]:
    known = catalog()
    return [
        *known.facts.values(),
        *known.indicators.values(),
        *known.families.values(),
        *known.rules.values(),
    ]


def test_it_keeps_within_fifty_six_kinds_and_seventy_indicators() -> None:
    assert len(catalog().facts) <= 56
    assert len(catalog().indicators) <= 70


@pytest.mark.parametrize("key", sorted(catalog().indicators))
def test_every_indicator_has_an_example_with_a_figure_and_one_without(key: str) -> None:
    """Both the count and the absence are shown, but where the tree itself is counted and cannot be absent."""
    examples = catalog().indicators[key].examples
    assert any(example.expect is not None for example in examples)
    if not catalog().indicators[key].formula[0].text.startswith("units("):
        assert any(example.expect is None for example in examples)


@pytest.mark.parametrize("key", sorted(catalog().indicators))
def test_every_indicators_examples_come_out(key: str) -> None:
    indicator = catalog().indicators[key]
    for example in indicator.examples:
        computed = figure_of(catalog(), key, example)
        expected = example.expect
        if expected is None or computed is None:
            assert computed == expected
        else:
            assert abs(computed - expected) <= Decimal(1).scaleb(-indicator.places) / 2, example.name


@pytest.mark.parametrize("key", sorted(catalog().facts))
def test_every_kind_of_fact_shows_a_body_that_is_taken_and_one_that_is_not(key: str) -> None:
    examples = catalog().facts[key].examples
    assert any(not example.refused for example in examples)
    assert any(example.refused for example in examples)


def test_every_kind_of_fact_that_opens_something_can_be_closed_and_the_other_way_round() -> None:
    moves = [kind.moves for kind in catalog().facts.values() if kind.moves]
    opened = {move.thing for move in moves if move.does == "opens"}
    closed = {move.thing for move in moves if move.does == "closes"}
    assert opened == closed


def test_matters_problems_and_pledges_are_opened_moved_and_closed() -> None:
    for thing in ("matter", "problem", "pledge"):
        assert {f"{thing}.{word}" for word in ("opened", "moved", "closed")} <= set(catalog().facts)


def test_no_english_text_holds_a_chinese_character() -> None:
    strangers = [(text.zh, text.en) for one in definitions() for text in texts(one) if HAN.search(text.en)]
    assert strangers == []


def texts(one: object) -> list[Text]:
    """All two-language texts within a definition."""
    if isinstance(one, Text):
        return [one]
    if isinstance(one, tuple):
        return [text for inner in one for text in texts(inner)]
    if hasattr(type(one), "model_fields"):
        return [text for name in type(one).model_fields for text in texts(getattr(one, name))]
    return []


def test_every_chinese_text_is_chinese() -> None:
    assert [text.zh for one in definitions() for text in texts(one) if not HAN.search(text.zh)] == []


def test_reasons_are_written_for_this_definition_and_not_copied() -> None:
    reasons = Counter(one.why.zh for one in definitions() if not isinstance(one, FactKind))
    twice = {reason for reason, times in reasons.items() if times > 1}
    villages = {catalog().indicators[f"village.income_{limit}"].why.zh for limit in ("50k", "100k", "500k")}
    assert twice <= villages


def test_free_text_is_sealed_unless_nobody_can_be_named_in_it() -> None:
    for kind in catalog().facts.values():
        for field in kind.fields:
            if field.type == "text":
                assert field.sealed or field.public, (kind.key, field.key)


def test_no_field_asks_for_what_the_system_refuses_to_collect() -> None:
    """TRUST (j): no identity numbers, faith, health, faces, location trails; no scores of people."""
    banned = re.compile(
        r"identity|身份证|人脸|指纹|定位|轨迹|宗教|信仰|民族|病历|血型|打卡|积分|忠诚|思想评分|face|gps|religion|ethnic"
    )
    fields = [(kind.key, field.key, field.title.zh) for kind in catalog().facts.values() for field in kind.fields]
    assert [one for one in fields if banned.search(" ".join(one))] == []


def test_figures_over_members_and_residents_have_a_least_group() -> None:
    for indicator in catalog().indicators.values():
        if indicator.visibility.group in ("members", "residents"):
            assert indicator.visibility.k is not None
            assert indicator.visibility.k >= 10


def test_tag_lists_hold_an_age_and_an_education_band_but_no_year_of_birth() -> None:
    assert "education_band" in catalog().families
    assert not any("birth" in tag for tag in catalog().tags)


def test_names_of_one_list_tell_its_tags_apart() -> None:
    """Within one list no word names two tags: a text that uses it could not be understood."""
    for family in catalog().families.values():
        words = Counter(name for tag in family.tags for name in set(tag.names))
        assert [word for word, times in words.items() if times > 1] == [], family.key


def test_names_are_written_once_each() -> None:
    known = catalog()
    named: list[Indicator | Rule] = [*known.indicators.values(), *known.rules.values()]
    assert [one.key for one in named if len(set(one.names)) != len(one.names)] == []


def test_the_wording_of_the_catalog_is_what_the_reader_takes_without_it() -> None:
    row = catalog().wordings[-1]
    mine = (row.over_share, row.over_points, row.nearly_share, row.about_share)
    assert mine == (DEFAULT.over_share, DEFAULT.over_points, DEFAULT.nearly_share, DEFAULT.about_share)


def test_temporary_branches_may_not_admit_members() -> None:
    kinds = catalog().organisation_kinds
    assert not kinds["temporary_branch"].may_admit
    assert kinds["branch"].may_admit


def test_no_kind_of_unit_hangs_under_one_that_is_not_there() -> None:
    kinds = catalog().organisation_kinds
    assert [kind.key for kind in kinds.values() if not set(kind.parents) <= set(kinds)] == []


def test_no_local_programmes_name_stands_in_the_floor() -> None:
    programmes = re.compile("三个下沉|九把号|先锋夺榜|领头雁工程|甬|莼享|文建明|奉楫")
    assert [path.name for path in HOME.rglob("*.yaml") if programmes.search(path.read_text(encoding="utf-8"))] == []


def test_two_loads_give_the_same_digest() -> None:
    assert load(folders()).digest == catalog().digest


def test_every_head_word_is_in_the_glossary() -> None:
    known, text = catalog(), GLOSSARY.read_text(encoding="utf-8")
    heads = {key.partition(".")[0] for part in (known.facts, known.indicators, known.rules) for key in part}
    words = heads | set(known.families) | set(known.tags) | set(known.organisation_kinds)
    assert [word for word in sorted(words) if not re.search(rf"\b{word}\b", text)] == []


def test_the_glossary_says_what_the_catalog_says() -> None:
    """Run `catalog docs` after a change of the definitions."""
    text = GLOSSARY.read_text(encoding="utf-8")
    assert text == glossary(catalog(), text)


@pytest.mark.parametrize("path", sorted(documents(catalog())), ids=lambda path: path.name)
def test_the_reference_lists_say_what_the_catalog_says(path: Path) -> None:
    """Run `catalog docs` after a change of the definitions."""
    assert path.read_text(encoding="utf-8") == documents(catalog())[path]


def test_the_examples_of_the_handbook_load(scratch: Path) -> None:
    """The three files shown in docs/reference/catalog.md are accepted as they stand there."""
    shown = re.findall(r"```yaml\n(key: .*?)```", (DOCS / "catalog.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(shown) == 3
    for text in shown:
        (scratch / f"{yaml.safe_load(text)['key']}.yaml").write_text(text, encoding="utf-8")
    assert {"visit.elderly", "visit.elderly_sessions", "visit.elderly_calls"} <= load(folders(), scratch).local


def test_every_problem_code_of_the_catalog_is_documented() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (HOME.parent / "gangmu" / "catalog").glob("*.py"))
    codes = set(re.findall(r'"((?:catalog|body)\.[a-z_]+)"', sources))
    documented = set(
        re.findall(r"^\| ((?:catalog|body)\.[a-z_]+) \|", (DOCS / "problems.md").read_text(encoding="utf-8"), re.M)
    )
    assert codes == documented
