"""What rules rest on: documents are registered, sources are looked up in the register, what is in none is refused."""

from pathlib import Path

import pytest

from gangmu.catalog.basis import ARTICLE, BasisDocument, Citation, cited, parted, unregistered
from gangmu.catalog.current import catalog
from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import HEAD, LOCAL, RULE, national, write

HALL = (
    "key: hall_rules\n"
    + HEAD.replace("zh: 会议, en: Meeting", "zh: 会场管理办法, en: Rules of halls")
    + 'issuer: {zh: 青禾市委, en: Qinghe}\nissued: "2019-05"\nnumber: 青组发〔2019〕3号\n'
    + "articles:\n  - {number: 第四条, about: {zh: 每月开会, en: monthly}}\n"
    + "  - {number: 第二章, about: {zh: 会场, en: halls}}\n"
)
REGISTERED = {"basis/hall_rules.yaml": HALL}
RULED = RULE.replace("source: local", "source: 《会场管理办法》（2019）第四条")


def problems_of(*folders: Path) -> list[Problem]:
    with pytest.raises(CatalogRefused) as caught:
        load(folders)
    return caught.value.problems


def floor(scratch: Path, rule: str = RULED) -> Path:
    return write(national(scratch, meeting_monthly=rule), REGISTERED)


def pack(scratch: Path, text: str) -> Path:
    return write(scratch / "local" / "town", {"rules/town.weekly.yaml": text.replace("meeting.monthly", "town.weekly")})


def hall() -> dict[str, BasisDocument]:
    return {"hall_rules": BasisDocument.model_validate({
        "key": "hall_rules", "title": {"zh": "会场管理办法", "en": "Rules of halls"}, "why": {"zh": "会", "en": "m"},
        "source": "local", "source_status": "unverified", "review_by": "2030-01-01", "number": "青组发〔2019〕3号",
        "issuer": {"zh": "青禾市委", "en": "Qinghe"}, "issued": "2019-05",
        "articles": [{"number": "第四条", "about": {"zh": "每月", "en": "monthly"}}],
    })}  # fmt: skip


def rule_with(**said: object) -> BasisDocument:
    """A definition that says so; any kind will do."""
    return hall()["hall_rules"].model_copy(update={"source": "local", **said})


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("《会场管理办法》（2019）第四条", [Citation("hall_rules", ("第四条",))]),
        ("《会场管理办法》（2019）", [Citation("hall_rules")]),
        ("《会场管理办法》第四条、第二章", [Citation("hall_rules", ("第四条", "第二章"))]),
        ("《别的办法》（2019）第五条；《会场管理办法》（2019）第四条", [Citation("hall_rules", ("第四条",))]),
        ("《会场管理办法》（2019）；《别的办法》（2019）第五条", [Citation("hall_rules")]),
        ("会场管理办法", [Citation("hall_rules")]),
        ("市委通知（青组发〔2019〕3号）", [Citation("hall_rules")]),
        ("《会场管理办法实施细则》（2019）", []),
        ("《关于贯彻会场管理办法的通知》", []),
        ("各地开会的通行做法（local）", []),
    ],
)
def test_a_source_cites_what_it_names(source: str, found: list[Citation]) -> None:
    assert list(cited(rule_with(source=source), hall())) == found


def test_a_pack_cites_in_its_basis_and_by_key_and_each_document_once() -> None:
    one = rule_with(source="《会场管理办法》（2019）第四条", basis="青组发〔2019〕3号", cites=("hall_rules 第二章",))
    assert cited(one, hall()) == (Citation("hall_rules", ("第四条", "第二章")),)


@pytest.mark.parametrize(
    ("citation", "told"),
    [
        ("branch_work", ("branch_work", "")),
        ("branch_work 第四条", ("branch_work", "第四条")),
        ("a  第二章 ", ("a", "第二章")),
    ],
)
def test_a_citation_by_key_is_a_key_and_perhaps_an_article(citation: str, told: tuple[str, str]) -> None:
    assert parted(citation) == told


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("《会场管理办法》（2019）第四条", []),
        ("《会场管理办法》第四条", []),
        ("《会场管理办法》（2018）第四条", ["《会场管理办法》（2018）"]),
        ("《会场管理办法》（2019）第五条", ["《会场管理办法》第五条"]),
        ("《会场管理办法》（2019）第四条、第六章", ["《会场管理办法》第六章"]),
        ("《没有的办法》（2019）", ["《没有的办法》"]),
        ("GB/T 12345-2020《没有的标准》", ["GB/T 12345-2020", "《没有的标准》"]),
        ("各地开会的通行做法（local）", []),
    ],
)
def test_what_a_source_names_beyond_the_register_is_told(source: str, missing: list[str]) -> None:
    assert unregistered(source, hall()) == missing


def test_the_register_knows_what_rests_on_a_document(scratch: Path) -> None:
    known = load((floor(scratch), pack(scratch, RULED.replace("1, unit", "2, unit") + LOCAL)))
    told = [(one.room, one.key, one.articles, one.local, one.unverified) for one in known.resting["hall_rules"]]
    assert told == [
        ("rules", "meeting.monthly", ("第四条",), False, True), ("rules", "town.weekly", ("第四条",), True, True),
    ]  # fmt: skip


def test_what_is_switched_off_rests_on_nothing(scratch: Path) -> None:
    off = "key: town_off\n" + HEAD + LOCAL + "off: [meeting.monthly]\n"
    known = load((floor(scratch), write(scratch / "local" / "town", {"switches/town_off.yaml": off})))
    assert known.resting["hall_rules"] == ()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("《没有的办法》（2019）", "《没有的办法》"),
        ("《会场管理办法》（2019）第九条", "《会场管理办法》第九条"),
        ("《会场管理办法》（2020）", "《会场管理办法》（2020）"),
        ("GB/T 12345-2020", "GB/T 12345-2020"),
    ],
)
def test_the_floor_names_no_document_that_is_not_registered(scratch: Path, source: str, names: str) -> None:
    rule = RULE.replace("source: local", f"source: {source}")
    (problem,) = problems_of(floor(scratch, rule))
    line = rule.splitlines().index(f"source: {source}") + 1
    assert (problem.code, problem.where.endswith(f"meeting.monthly.yaml:{line}")) == ("catalog.unregistered", True)
    assert names in problem.message


def test_a_floor_without_a_register_is_held_to_none(scratch: Path) -> None:
    known = load((national(scratch, meeting_monthly=RULE.replace("source: local", "source: 《没有的办法》（2019）")),))
    assert (dict(known.basis), dict(known.resting)) == ({}, {})


def test_a_pack_may_name_a_paper_that_only_its_place_knows(scratch: Path) -> None:
    text = RULE.replace("source: local", "source: 《本镇会议办法》（2025）") + LOCAL
    assert "town.weekly" in load((floor(scratch), pack(scratch, text))).rules


@pytest.mark.parametrize(
    ("cites", "code", "words"),
    [
        ("[hall_rule]", "catalog.unknown", "是不是 hall_rules"),
        ("[nothing_like_it]", "catalog.unknown", "没有 nothing_like_it"),
        ("[hall_rules 第九条]", "catalog.unknown", "没有 第九条"),
    ],
)
@pytest.mark.parametrize("layer", ["floor", "pack"])
def test_a_key_that_is_in_no_register_is_refused_with_file_and_line(
    scratch: Path, layer: str, cites: str, code: str, words: str
) -> None:
    text = RULE + f"cites: {cites}\n"
    folders = [floor(scratch, text)] if layer == "floor" else [floor(scratch), pack(scratch, text + LOCAL)]
    (problem,) = problems_of(*folders)
    line = text.splitlines().index(f"cites: {cites}") + 1
    assert problem.code == code
    assert problem.where.endswith(f".yaml:{line}")
    assert words in problem.message


@pytest.mark.parametrize("cites", ["[hall_rules]", "[hall_rules 第四条]", "[]"])
def test_a_key_of_the_register_is_taken(scratch: Path, cites: str) -> None:
    known = load((floor(scratch), pack(scratch, RULE + f"cites: {cites}\n" + LOCAL)))
    resting = [one.key for one in known.resting["hall_rules"]]
    assert ("town.weekly" in resting) == (cites != "[]")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [('issued: "2019-05"', "issued"), ("number: 第四条", "number"), ("issuer: {zh: 青禾市委, en: Qinghe}", "issuer")],
)
def test_a_document_written_wrongly_is_refused(scratch: Path, wrong: str, words: str) -> None:
    bad = HALL.replace(wrong, f"{words}: 去年")
    (problem,) = problems_of(write(national(scratch), {"basis/hall_rules.yaml": bad}))
    assert problem.code == "catalog.field"
    assert words in problem.message


def test_a_pack_brings_its_own_document(scratch: Path) -> None:
    files = {"basis/hall_rules.yaml": HALL + LOCAL, "rules/town.weekly.yaml": RULED.replace("meeting.monthly", "town.weekly") + LOCAL}  # fmt: skip
    known = load((national(scratch), write(scratch / "local" / "town", files)))
    assert [one.key for one in known.resting["hall_rules"]] == ["town.weekly"]


# --- the real register


@pytest.mark.parametrize("key", sorted(catalog().basis))
def test_every_document_of_the_floor_governs_something(key: str) -> None:
    assert catalog().resting[key]


def test_every_article_of_the_register_is_cited_or_is_a_whole_chapter() -> None:
    named = {(key, number) for key, some in catalog().resting.items() for one in some for number in one.articles}
    idle = [
        (key, article.number) for key, one in catalog().basis.items() for article in one.articles
        if (key, article.number) not in named and not article.number.endswith("章")
    ]  # fmt: skip
    assert idle == [("branch_work", "第十五条")]


def test_every_article_is_written_as_sources_write_it() -> None:
    numbers = [article.number for one in catalog().basis.values() for article in one.articles]
    assert numbers
    assert [number for number in numbers if not ARTICLE.fullmatch(number)] == []


def test_no_two_documents_of_the_register_bear_one_title() -> None:
    titles = [one.title.zh for one in catalog().basis.values()]
    assert len(set(titles)) == len(titles)


def test_the_branch_regulations_govern_duties_rules_and_records_alike() -> None:
    rooms = {one.room for one in catalog().resting["branch_work"]}
    assert {"duties", "rules", "facts", "indicators", "organisations"} <= rooms


def test_every_method_has_steps_in_both_languages() -> None:
    methods = [tag for tag in catalog().families["method"].tags if tag.guide]
    assert len(methods) == len(catalog().families["method"].tags) > 3
    assert [tag.key for tag in methods if tag.guide and not all(step.zh and step.en for step in tag.guide.steps)] == []
