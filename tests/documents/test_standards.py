"""Standards and sizes of other people's lists."""

from datetime import date
from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.documents.binding import words
from gangmu.documents.rules.standards import cited_in, is_of_a_list, rule_for
from gangmu.documents.rules.verdicts import Cited, against_citations, against_rule
from gangmu.reading.wording import DEFAULT
from tests.documents.support import claim, context

DAY = date(2025, 6, 1)


def found(text: str) -> str | None:
    rule = rule_for(context(text), catalog(), words())
    return rule.key if rule else None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("党员干部定点联系群众每月不少于2次。", "contact.residents"),
        ("党员干部定点联系群众每年不少于2次。", None),
        ("党员干部定点联系群众每月不少于2天。", None),
        ("路灯每月检修不少于2次。", None),
    ],
)
def test_a_standard_is_found_by_its_name_its_measure_and_its_span_of_time(text: str, key: str | None) -> None:
    assert found(text) == key


@pytest.mark.parametrize(("stated", "verdict"), [("2次", "confirmed"), ("3次", "confirmed"), ("1次", "contradiction")])
def test_only_a_laxer_standard_contradicts_the_rule(stated: str, verdict: str) -> None:
    rule, row = catalog().rules["contact.residents"], catalog().rule("contact.residents", DAY)
    assert row is not None
    finding = against_rule(claim(f"党员干部定点联系群众每月不少于{stated}。"), rule, row)
    assert (finding.type, finding.verdict, finding.computed) == ("rule", verdict, Decimal(2))
    assert "每月不少于2次" in finding.working
    assert (finding.suspect is None) is (verdict == "confirmed")


def test_a_list_is_known_by_one_of_its_entries() -> None:
    text = "被上级列入《改革方案》19个基层经验做法之一。"
    assert is_of_a_list(context(text), text)
    assert not is_of_a_list(context("形成基层经验做法19个。"), "形成基层经验做法19个。")


def test_the_citation_is_the_one_whose_document_the_sentence_names() -> None:
    one, other = Cited(Decimal(19), "上级机关", "改革方案"), Cited(Decimal(7), "省里", "试点名单")
    text = "被上级机关列入《改革方案》19个基层经验做法之一。"
    assert cited_in(context(text), (one, other)) == (one,)
    assert cited_in(context("被省里列为7个试点之一。"), (one, other)) == (other,)
    assert cited_in(context("列为7个试点之一。"), (one, other)) == ()


@pytest.mark.parametrize(
    ("values", "verdict"), [((19,), "confirmed"), ((7, 19), "confirmed"), ((18,), "contradiction"), ((), "no_record")]
)
def test_a_cited_number_is_held_against_what_was_recorded(values: tuple[int, ...], verdict: str) -> None:
    cited = [Cited(Decimal(value), "上级机关", "《改革方案》") for value in values]
    finding = against_citations(claim("被列入19个基层经验做法之一。"), cited, DEFAULT)
    assert (finding.type, finding.verdict) == ("citation", verdict)
    assert "《《" not in finding.working
