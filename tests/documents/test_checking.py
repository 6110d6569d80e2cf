"""Documents held against facts: confirmed and contradicted, whose, when, as narrowly as the record holds it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gangmu.documents.binding import digest, phrase
from gangmu.documents.checking import check, proposed_unit
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound
from gangmu.kernel.scope import Scope
from tests.documents.conftest import Check, Record, only, told
from tests.documents.support import context, read
from tests.orgs.cast import City

LECTURE = {"tags": ["lecture"]}


def test_a_number_agrees_with_the_record_until_the_record_changes(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    assert told(checked("全年讲党课3堂。")) == [("figure", "confirmed")]
    record("activity.held", "荷塘村", **LECTURE)
    finding = only(checked("全年讲党课3堂。"))
    assert (finding.verdict, finding.stated, finding.computed) == ("contradiction", Decimal(3), Decimal(4))


def test_the_figure_behind_a_finding_is_the_one_of_the_pages(record: Record, checked: Check, city: City) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    found = checked("全年讲党课3堂。")
    figure = found.figures[only(found).spans[0]]
    assert (figure.key, figure.org, figure.period, figure.value) == (
        "activity.sessions[lecture]", city["青禾市"], Period.of_year(2025), 3,
    )  # fmt: skip


def test_a_unit_that_the_text_names_is_asked_for_its_own_number(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    record("activity.held", "荷塘村", times=2, **LECTURE)
    text = "全市讲党课5堂。比如：柳溪村党委讲党课3堂；荷塘村党委讲党课3堂。"
    assert [verdict for _, verdict in told(checked(text))] == ["confirmed", "confirmed", "contradiction"]


def test_without_a_unit_only_what_names_one_itself_is_bound(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    found = checked("全市讲党课3堂。柳溪村党委讲党课3堂。", org="")
    assert [verdict for _, verdict in told(found)] == ["unbound", "confirmed"]
    assert "哪个单位" in found.findings[0].working


def test_the_claims_own_time_goes_before_the_chosen_one(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", day="2024-05-01", times=2, **LECTURE)
    record("activity.held", "柳溪村", day="2025-05-01", times=3, **LECTURE)
    text = "去年讲党课2堂。今年讲党课3堂。近两年讲党课5堂。讲党课3堂。"
    assert {verdict for _, verdict in told(checked(text))} == {"confirmed"}


def test_without_a_period_the_latest_year_on_record_is_taken(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", day="2023-05-01", times=2, **LECTURE)
    found = checked("讲党课2堂。", period=None)
    assert found.period == Period.of_year(2023)
    assert told(found) == [("figure", "confirmed")]
    assert checked("2022年工作总结\n讲党课2堂。", period=None).period == Period.of_year(2022)


def test_a_theme_counts_where_the_record_holds_it_and_only_there(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", tags=["public_talk"], times=2)
    assert told(checked("开展红色故事主题宣讲2场。"))[0][1] == "confirmed"
    record("activity.held", "柳溪村", tags=["public_talk", "red_story"])
    found = checked("开展红色故事主题宣讲1场。")
    assert [figure.key for figure in found.figures.values()] == ["activity.sessions[public_talk,red_story]"]
    assert told(found)[0][1] == "confirmed"


def test_what_is_not_on_record_is_never_called_wrong(checked: Check) -> None:
    assert told(checked("全年讲党课3堂。")) == [("figure", "no_record")]


@pytest.mark.parametrize("text", ["常住人口52.3万人。", "举办活动3场。", "村均讲党课3堂。"])
def test_what_names_no_figure_of_ours_stays_open(record: Record, checked: Check, text: str) -> None:
    record("activity.held", "柳溪村", times=5, **LECTURE)
    assert told(checked(text)) == [("figure", "unbound")]


def test_holes_rules_and_arithmetic_stand_beside_the_figures(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    text = "全年讲党课3堂，走访X户。党员干部定点联系群众每月不少于1次。应到50人，实到47人，到会率90%。"
    assert {
        ("figure", "confirmed"),
        ("placeholder", "placeholder"),
        ("rule", "contradiction"),
        ("share", "contradiction"),
    } <= set(told(checked(text)))


def test_a_list_of_others_is_held_against_its_recorded_citation(record: Record, checked: Check) -> None:
    text = "被列入《深化改革方案》19个基层经验做法之一。"
    assert told(checked(text)) == [("citation", "no_record")]
    record("citation.recorded", "柳溪村", tags=["list_size"], value=19, issuer="上级机关", document="深化改革方案")
    assert told(checked(text)) == [("citation", "confirmed")]
    assert told(checked(text.replace("19", "18"))) == [("citation", "contradiction")]


def test_a_persons_choice_goes_before_every_proposal(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    text = "全年开展大学习3次。"
    chosen = {digest(phrase(context(text))): ("activity.sessions", ("lecture",))}
    assert told(checked(text)) == [("figure", "unbound")]
    assert told(checked(text, choices=chosen)) == [("figure", "confirmed")]


def test_a_scope_sees_no_further_than_its_branch(record: Record, city: City, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    secretary = city.account("zhishu", "branch_secretary", "荷塘支部").scope
    found = check(read("柳溪村党委讲党课3堂。"), secretary, period=Period.of_year(2025))
    assert told(found) == [("figure", "unbound")]
    with pytest.raises(NotFound):
        check(read("讲党课3堂。"), secretary, org=city["柳溪村"])


def test_an_account_without_a_unit_may_still_check_arithmetic(city: City) -> None:
    found = check(read("应到50人，实到47人，到会率90%。"), Scope((), date(2025, 6, 1)), period=Period.of_year(2025))
    assert ("share", "contradiction") in told(found)


def test_the_title_proposes_the_unit_and_else_the_top_of_the_scope(city: City) -> None:
    scope = city.clerk.scope
    assert proposed_unit(read("柳溪村党委2025年工作总结\n讲党课3堂。"), scope) == city["柳溪村"]
    assert proposed_unit(read("2025年工作总结\n讲党课3堂。"), scope) == city["青禾市"]
    assert proposed_unit(read("讲党课3堂。"), Scope((), date(2025, 6, 1))) is None


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("2025年工作总结\n讲党课3堂。", True),
        ("2025年工作总结\n全村讲党课3堂。", True),
        ("2025年工作总结\n全市讲党课300堂，全市走访企业90家。", False),
        ("2025年工作总结\n全村讲党课3堂，全村走访企业8家，获全市先进1次。", True),
    ],
)
def test_a_branch_is_not_held_to_the_numbers_of_the_city(city: City, text: str, proposed: bool) -> None:
    secretary = city.account("zhishu", "branch_secretary", "荷塘支部").scope
    assert proposed_unit(read(text), secretary) == (city["荷塘支部"] if proposed else None)


def test_a_city_is_held_to_what_it_says_of_all_its_city(city: City) -> None:
    assert proposed_unit(read("2025年工作总结\n全市讲党课300堂。"), city.clerk.scope) == city["青禾市"]


def test_more_numbers_need_no_more_queries(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    some = "全年讲党课3堂。召开支部党员大会6次。走访企业8家。化解农村矛盾纠纷7起。"
    one, many = some, some * 5
    counts = []
    for text in (one, many):
        checked(text)
        with CaptureQueriesContext(connection) as asked:
            checked(text)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_choice_of_what_the_catalog_no_longer_holds_is_passed_over(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, **LECTURE)
    called = digest(phrase(context("全年讲党课3堂。")))
    for gone in (("pack.gone", ()), ("activity.sessions", ("tag_gone",))):
        found = checked("全年讲党课3堂。", choices={called: gone})
        assert [figure.key for figure in found.figures.values()] == ["activity.sessions[lecture]"]


def test_a_figure_or_rule_that_nobody_verified_says_so(record: Record, checked: Check) -> None:
    record("money.booked", "柳溪村", tags=["donation"], direction="in", amount=5000)
    assert "口径待核" in only(checked("募集爱心捐款5000元。")).working
    assert "口径待核" in only(checked("党员干部每月走访联系户不少于2次。")).working
    record("activity.held", "柳溪村", times=3, **LECTURE)
    assert "口径待核" not in only(checked("全年讲党课3堂。")).working
